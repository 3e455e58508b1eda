"""The lines of a document that a finding speaks of, with carets under the exact piece."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline.render.fit import head, shown, tail, wrap
from timeline.render.paint import paint
from timeline.source import line, locate
from timeline.width import visible, width

if TYPE_CHECKING:
    from timeline.diagnostics import Path
    from timeline.source import Document, Span

_MOST_ROWS = 6  # rows of one span that are shown
_LEAST = 12  # columns that an excerpt takes, however narrow the terminal


class Mark(NamedTuple):
    """A place to show: its span, what to say of it, and the path that it was found by."""

    span: Span
    message: str
    path: Path
    sign: str = "^"
    style: str = "error"


def gutter(marks: list[Mark]) -> int:
    """Columns that the greatest row number takes."""
    return max(len(str(mark.span.end_row)) for mark in marks)


def excerpt(
    document: Document, marks: list[Mark], *, colour: bool, columns: int, room: int, lead: str = "",
    headers: bool = True,
) -> list[str]:  # fmt: skip
    """The lines around some marks, in their order; rows that are left out between them as `…`.

    `room` is the width of the row numbers, `lead` stands before each line. With `headers`, above a
    key stands the header of its table, so that one sees whose key it is. A list or table over
    several rows, of which the other marks show entries, is marked at its key alone.
    """
    out = _Page(document, colour, max(columns - len(lead) - room - 3, _LEAST), room, lead)
    whole = marks[0].span
    told = set()
    for mark in marks:
        if headers and (header := _header(document, mark)) and header not in told:
            told.add(header)
            out.skip_to(header)
            out.row(header)
        if mark.span.end_row == mark.span.row:
            out.marked(mark)
        elif mark is marks[0] and len(marks) > 1 and all(
            whole.row <= m.span.row and m.span.end_row <= whole.end_row for m in marks[1:]
        ):  # fmt: skip
            out.marked(mark._replace(span=locate(document, mark.path, "key")))
        else:
            out.block(mark)
    return out.lines


def _header(document: Document, mark: Mark) -> int:
    """The row of the header of the table that holds a mark, if that stands above it; else 0."""
    for depth in (2, 1):
        if len(mark.path) > depth:
            span = locate(document, mark.path[:depth])
            text = line(document, span.row)
            if text[: span.column].strip() == "[" and span.row < mark.span.row:
                return span.row
            if span.row != 1 or span.column != 1:
                return 0
    return 0


class _Page:
    """The lines so far, and the row that was last shown."""

    def __init__(
        self, document: Document, colour: bool, columns: int, room: int, lead: str
    ) -> None:
        self.document, self.colour, self.columns = document, colour, columns
        self.room, self.lead = room, lead
        self.lines: list[str] = []
        self.last = 0
        self.seen = (0, "")

    def put(self, number: str, text: str) -> None:
        """One line: what stands in the gutter, then the text, which is painted already."""
        side = paint(f"{number:>{self.room}} |", "gutter", self.colour)
        self.lines.append(self.lead + side + (" " + text if text else ""))

    def skip_to(self, row: int) -> None:
        """Say that rows are left out between the last one shown and this one."""
        if self.last and row not in (self.last, self.last + 1):
            self.put("…", "")

    def row(self, row: int, sign: str = "") -> None:
        """A row, cut at its end."""
        text = _clean(line(self.document, row)[: 8 * self.columns])
        room = self.columns - len(sign)
        self.put(str(row), sign + (text if width(text) <= room else head(text, room - 1) + "…"))
        self.last = row

    def marked(self, mark: Mark) -> None:
        """A row with carets under a span (or under the part of it that stands there), and what is
        said of it: beside the carets where it fits, else below them."""
        span = mark.span
        text = line(self.document, span.row)
        stop = span.end_column - 1 if span.end_row == span.row else len(text)
        before, inside, after = _window(text, span.column - 1, stop, self.columns)
        seen = (span.row, before + inside + after)
        if self.seen != seen:  # else the row stands above, with another mark in it
            self.skip_to(span.row)
            self.put(str(span.row), seen[1])
            self.last, self.seen = span.row, seen
        at = width(before)
        signs = " " * at + mark.sign * max(width(inside), 1)
        self.say(signs, mark)

    def block(self, mark: Mark) -> None:
        """A span of several rows: each row that it touches, marked at its left."""
        rows = range(mark.span.row, mark.span.end_row + 1)
        long = len(rows) > _MOST_ROWS
        for row in (*rows[: _MOST_ROWS - 1], rows[-1]) if long else rows:
            self.skip_to(row)
            self.row(row, "> ")
        self.say("", mark)

    def say(self, signs: str, mark: Mark) -> None:
        """Carets, and the message beside or below them."""
        message = shown(mark.message).strip()
        painted = paint(signs, mark.style, self.colour)
        if signs and message and width(signs) + 1 + width(message) <= self.columns:
            self.put("", f"{painted} {paint(message, mark.style, self.colour)}")
            return
        if signs:
            self.put("", painted)
        if message:
            indent = min(len(signs) - len(signs.lstrip()), self.columns // 3)
            for part in wrap(message, self.columns, " " * indent):
                self.put("", paint(part, mark.style, self.colour))


def _clean(text: str) -> str:
    """A piece of a row, tabs as blanks."""
    return visible(text.replace("\t", "    "))


def _window(text: str, start: int, stop: int, columns: int) -> tuple[str, str, str]:
    """What is shown of a row: before, inside and after a span, together in so many columns.

    The span comes first; where it is too long, its beginning and its end. Of the rest, what stands
    before it has up to half of the room, what stands behind it the remainder.
    """
    start, stop = min(start, len(text)), min(max(start, stop), len(text))
    most = 8 * columns  # code points that may be of use: marks without width are many to a column
    before = _clean(text[max(start - most, 0) : start])
    inside = text[start:stop]
    inside = (
        _clean(inside)
        if len(inside) <= 2 * most
        else _clean(inside[:most]) + "…" + _clean(inside[-most:])
    )
    after = _clean(text[stop : stop + most])
    whole = start <= most and len(text) - stop <= most
    if whole and width(before) + width(inside) + width(after) <= columns:
        return before, inside, after
    room = max(columns * 2 // 3, columns - width(before) - 1)
    if width(inside) > room:
        inside = head(inside, room * 2 // 3) + "…" + tail(inside, room - room * 2 // 3 - 1)
    spare = columns - width(inside)
    room = max(spare - min(width(after), spare // 2), 0)
    if width(before) > room or start > most:
        before = "…" + tail(before, room - 1)
    room = columns - width(before) - width(inside)
    if width(after) > room or len(text) - stop > most:
        after = head(after, room - 1) + "…" if room > 0 else ""
    return before, inside, after
