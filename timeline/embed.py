"""A document with diagrams in it: text in, text out. Between a marker

    <!-- timeline: view=trip diagram=gantt -->      in Markdown
    .. timeline: view=trip diagram=gantt            in reStructuredText

and the next `<!-- /timeline -->` or `.. /timeline` stands what the events give; all else is kept as it
is, character by character. A marker begins its line and is alone on it; in a code block, a literal
block or an HTML block it is text like any other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from timeline import embed_text
from timeline.diagnostics import closest
from timeline.exporters import EXPORTERS, Look, LookError, Occasion, look
from timeline.exporters.mermaid_words import chosen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.schedule import Schedule

DIAGRAMS = ("auto", "timeline", "gantt", "flowchart", "none")
_KEYS = (
    "view", "diagram", "list", "table", "lanes", "direction", "theme", "span", "part", "file",
)  # fmt: skip

_MARKDOWN_OPEN = re.compile(r"<!--[ \t]*timeline:(.*?)-->[ \t]*\Z")
_MARKDOWN_CLOSE = re.compile(r"<!--[ \t]*/timeline[ \t]*-->[ \t]*\Z")
_RST_OPEN = re.compile(r"\.\.[ \t]+timeline:(?!:)(.*)\Z")
_RST_CLOSE = re.compile(r"\.\.[ \t]+/timeline[ \t]*\Z")
_ATTRIBUTE = re.compile(r"[ \t]*([^\s=]+)=(?:\"([^\"]*)\"|([^\s\"]+))(?=[ \t]|\Z)")


class EmbedError(ValueError):
    """A document whose markers cannot be followed: `row` and `column` from 1."""

    def __init__(self, filename: str, row: int, column: int, message: str) -> None:
        super().__init__(f"{filename}:{row}:{column}: {message}")
        self.row, self.column, self.message = row, column, message


@frozen(eq=False)
class Embedded:
    """A document as it should be, how many markers it has, and what is to be said of it."""

    text: str
    markers: int
    notes: tuple[str, ...] = ()


@frozen(eq=False)
class _Line:
    """A line without its end, and its end; its row from 1. `live` where a marker is one."""

    row: int
    text: str
    end: str
    live: bool = True


@frozen(eq=False)
class _Marker:
    """An opening marker: what it asks for, and where each of that stands (columns from 1)."""

    line: _Line
    values: dict[str, str]
    columns: dict[str, int]


Find = Callable[[str], "Schedule"]
"""The solved events of a marker's `file`, "" where it names none. May raise ValueError."""


def embed(text: str, filename: str, find: Find) -> Embedded:
    """The document with every marked passage written anew.

    Its name tells the markup: `.rst` is reStructuredText, all else Markdown. Raises EmbedError for
    markers that are nested, not closed, or ask for what there is not; what `find` raises but
    ValueError passes.
    """
    is_rst = filename.lower().endswith((".rst", ".rest"))
    opening, closing = (_RST_OPEN, _RST_CLOSE) if is_rst else (_MARKDOWN_OPEN, _MARKDOWN_CLOSE)
    out: list[str] = []
    notes: list[str] = []
    count = 0
    open_at: _Marker | None = None
    for line in _rst_lines(text) if is_rst else _markdown_lines(text):
        plain = line.text.removeprefix("\ufeff")
        begins = opening.match(plain) if line.live else None
        ends = closing.match(plain) if line.live else None
        if begins is None and ends is None and line.live:
            _refuse_half(filename, line, plain, is_rst)
        if begins is not None:
            if open_at is not None:
                told = f"a marker within the one of line {open_at.line.row}, which is not closed"
                raise EmbedError(filename, line.row, 1, told)
            open_at = _marker(filename, line, begins, len(line.text) - len(plain))
            out.append(line.text + line.end)
        elif ends is not None:
            if open_at is None:
                told = "this closes a marker, and none is open"
                raise EmbedError(filename, line.row, 1, told)
            rows, said = _filling(filename, open_at, find, is_rst)
            end = open_at.line.end
            out += [row + end for row in rows]
            out.append(line.text + line.end)
            notes += [f"{filename}:{open_at.line.row}: {note}" for note in said]
            open_at = None
            count += 1
        elif open_at is None:
            out.append(line.text + line.end)
    if open_at is not None:
        close = ".. /timeline" if is_rst else "<!-- /timeline -->"
        told = f"this marker is not closed: write {close} on a line of its own below it"
        raise EmbedError(filename, open_at.line.row, 1, told)
    return Embedded("".join(out), count, tuple(notes))


# --- lines, and where a marker is none -----------------------------------------------------------


def _lines(text: str) -> Iterator[_Line]:
    for row, found in enumerate(re.finditer(r"([^\r\n]*)(\r\n|\n|\r|\Z)", text), start=1):
        if found[0]:
            yield _Line(row, found[1], found[2])


_FENCE = re.compile(
    r"(?P<outer>(?: {0,3}+(?:>[ \t]?+|(?:[-+*]|[0-9]{1,9}[.)])[ \t]++))*) {0,3}+"
    r"(?P<fence>`{3,}(?=[^`]*\Z)|~{3,})"
)
_BLOCKS = tuple(
    (re.compile(rf" {{0,3}}{start}", re.IGNORECASE), re.compile(end, re.IGNORECASE))
    for start, end in (
        (r"<(?:pre|script|style|textarea)(?=[\s>]|\Z)", r"</(?:pre|script|style|textarea)>"),
        ("<!--", "-->"),
        (r"<\?", r"\?>"),
        (r"<!\[CDATA\[", r"\]\]>"),
        ("<![a-z]", ">"),
    )
)
"""HTML blocks that end with a sign and not with an empty line (CommonMark 0.31, section 4.6)."""


def _markdown_lines(text: str) -> Iterator[_Line]:
    """The lines of Markdown; dead in fenced code and in HTML that spans lines."""
    fence, outer, until = "", "", None
    for line in _lines(text):
        plain = line.text.removeprefix("\ufeff")
        if fence and _leaves(plain, outer):
            fence = ""
        if fence:
            if _closes(plain, fence, outer):
                fence = ""
            yield evolve(line, live=False)
        elif until is not None:
            if until.search(plain):
                until = None
            yield evolve(line, live=False)
        elif opened := _FENCE.match(plain):
            fence, outer = opened["fence"], opened["outer"].strip()
            yield evolve(line, live=False)
        else:
            for start, end in _BLOCKS:
                begun = start.match(plain)
                if begun and not end.search(plain, begun.end()):
                    until = end
                    break
            yield line


def _leaves(plain: str, outer: str) -> bool:
    """Whether a line ends the quotation or the list in which a fence was opened, and so the fence."""
    if outer.startswith(">"):
        return not re.match(" {0,3}>", plain)
    return bool(outer) and plain[:1] not in ("", " ", "\t")


def _closes(plain: str, fence: str, outer: str) -> bool:
    """Whether a line closes a fence: as long a run of its sign, indented by at most three."""
    inner = plain.lstrip(" >") if outer else plain
    rest = inner.strip(" \t")
    near = bool(outer) or len(inner) - len(inner.lstrip(" ")) < 4
    return near and len(rest) >= len(fence) and set(rest) == {fence[0]}


def _rst_lines(text: str) -> Iterator[_Line]:
    """The lines of reStructuredText; dead in a literal block that is quoted instead of indented
    (an indented one ends where a line begins at the margin)."""
    announced = quoted = False
    for line in _lines(text):
        plain = line.text.removeprefix("\ufeff").rstrip(" \t")
        if not plain:
            quoted = False
        elif announced and not plain[0].isspace():
            announced, quoted = False, not plain[0].isalnum()
        yield evolve(line, live=not quoted)
        if plain and not quoted:
            announced = plain.endswith("::") and not plain.startswith("..")


def _refuse_half(filename: str, line: _Line, plain: str, is_rst: bool) -> None:
    """Raise for what was meant as a marker of Markdown and is none."""
    meant = None if is_rst else re.match(r" {0,3}<!--[ \t]*/?timeline[ \t]*(?::|-->)", plain)
    if meant is not None:
        told = "a marker begins its line and is alone on it, from <!-- to -->"
        raise EmbedError(filename, line.row, len(line.text) - len(plain.lstrip(" ")) + 1, told)


# --- what a marker asks for ----------------------------------------------------------------------


def _marker(filename: str, line: _Line, found: re.Match[str], shift: int) -> _Marker:
    """Read the attributes of an opening marker."""
    text, start = found[1].rstrip(" \t"), found.start(1) + shift
    values: dict[str, str] = {}
    columns: dict[str, int] = {}
    at = 0
    while text[at:].strip(" \t"):
        read = _ATTRIBUTE.match(text, at)
        space = len(text[at:]) - len(text[at:].lstrip(" \t"))
        column = start + at + space + 1
        if read is None:
            told = "attributes are written key=value, values with spaces in quotation marks"
            raise EmbedError(filename, line.row, column, told)
        name = read[1]
        if name not in _KEYS:
            near = closest(name, _KEYS)
            hint = f'did you mean "{near}"?' if near else f"there are: {', '.join(_KEYS)}"
            raise EmbedError(filename, line.row, column, f'there is no attribute "{name}"; {hint}')
        if name in values:
            raise EmbedError(filename, line.row, column, f'"{name}" is given twice')
        values[name] = read[2] if read[2] is not None else read[3]
        columns[name] = column
        at = read.end()
    return _Marker(line, values, columns)


def _filling(filename: str, marker: _Marker, find: Find, is_rst: bool) -> tuple[list[str], list[str]]:
    """What stands between a marker and its end, empty lines around it; and what is to be said."""
    values = marker.values

    def fault(key: str, message: str) -> EmbedError:
        return EmbedError(filename, marker.line.row, marker.columns.get(key, 1), message)

    def one_of(key: str, known: tuple[str, ...]) -> str:
        value = values.get(key, known[0])
        if value not in known:
            raise fault(key, f'{key} cannot be "{value}"; there are: {", ".join(known)}')
        return value

    diagram = one_of("diagram", DIAGRAMS)
    listed, tabled = one_of("list", ("no", "yes")), one_of("table", ("no", "yes"))
    if diagram == "none" and listed == tabled == "no":
        raise fault("diagram", "nothing is asked for: add list=yes or table=yes")
    part = values.get("part", "")
    if part and not re.fullmatch("[1-9][0-9]{0,3}", part):
        raise fault("part", f'part cannot be "{part}"; parts are numbered from 1')
    wishes: dict[str, str] = {}
    for key in ("lanes", "direction", "theme", "span"):
        wishes[key] = values.get(key, "")
        try:
            chosen_look = look(**wishes)
        except LookError as error:
            raise fault(key, str(error)) from None
    try:
        schedule = find(values.get("file", ""))
    except ValueError as error:
        raise fault("file", str(error)) from None
    views = {"all": None, **schedule.timeline.views}
    name = values.get("view", "all")
    if name not in views:
        near = closest(name, views)
        hint = f'did you mean "{near}"?' if near else f"there are: {', '.join(views)}"
        raise fault("view", f'there is no view "{name}"; {hint}')
    return _written(schedule, name, chosen_look, diagram, part, (listed, tabled), is_rst, fault)


def _written(schedule: Schedule, name: str, wanted: Look, diagram: str, part: str,
             beside: tuple[str, str], is_rst: bool, fault: Callable[[str, str], EmbedError]
             ) -> tuple[list[str], list[str]]:  # fmt: skip
    view = schedule.timeline.views.get(name)
    rows: list[str] = [""]
    notes: list[str] = []
    try:
        placed = chosen(schedule, view, wanted)
    except LookError as error:
        raise fault("span", str(error)) from None
    if diagram != "none":
        kind = "mermaid" if diagram == "auto" else f"mermaid-{diagram}"
        made = EXPORTERS[kind].export(schedule, view, Occasion(lambda: 0, None, wanted))
        parts = [made.text, *made.more]
        if part and int(part) > len(parts):
            raise fault("part", f"there is no part {part}; the diagram has {len(parts)}")
        for text in parts[int(part) - 1 : int(part)] if part else parts:
            rows += [*(embed_text.directive(text) if is_rst else embed_text.fence(text)), ""]
        notes += [f"{event} is left out: {reason}" for event, reason in made.omitted]
        notes += made.notes
    if beside[0] == "yes":
        escape = embed_text.rst if is_rst else embed_text.markdown
        rows += [*embed_text.bullets(schedule, placed, escape), ""]
    if beside[1] == "yes":
        table = embed_text.rst_table if is_rst else embed_text.markdown_table
        rows += [*table(schedule, placed), ""]
    return rows, notes
