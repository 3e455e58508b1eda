"""A document: TOML text to plain data, and where each thing stands in its text.

Positions are found by a scan of our own (`scan.py`), and only when somebody asks for one (a
diagnostic is shown): a clean run pays nothing. Rows end with LF or CRLF as TOML has it, and with
nothing else; rows and columns count from 1, columns in code points. A byte order mark takes none.
"""

# Annotations are evaluated here: as texts, `NamedTuple` would compile each at every start.
from collections.abc import Collection
from typing import Any, Literal, NamedTuple

import tomli
from attrs import field, frozen

from timeline.scan import DOT, PART, Node, find, pattern, statements, tree

Path = tuple[str | int, ...]  # as in ("events", "talks", "after", 0, "lag")
Part = Literal["value", "key"]
Reason = Literal["encoding", "syntax", "size", "nesting"]

SIZE = 64 * 2**20  # bytes that are read at most
NESTING = 32  # levels of tables and lists that are read at most; the format itself has seven
_PLAIN = r"'[^'\n]*+'|\"[^\"\\\n]*+\""  # a text that reads as it is written
# Of two parts or more, so that it is no list in a list: `[1.5]`, `[true]`.
_HEADER = r"\n\[([A-Za-z][A-Za-z0-9_-]*+(?:\.[A-Za-z0-9_-]++)++)\](?=\r?\n|\Z)"
_LONG_KEY = rf"(?m:^)[ \t]*+\[{{0,2}}+[ \t]*+(?:{PART}{DOT}){{{NESTING}}}"


class Span(NamedTuple):
    """A stretch of text. `end_column` is the column after the last code point, in row `end_row`."""

    row: int
    column: int
    end_row: int
    end_column: int


@frozen(eq=False)
class Document:
    """What was read: the name shown to people, the text as it stands, and its plain data."""

    filename: str
    text: str = field(repr=False)
    data: dict[str, Any] = field(repr=False)
    _known: dict[str, Any] = field(init=False, factory=dict, repr=False)  # found when asked for


class SourceError(Exception):
    """The bytes are no TOML document: where, why, and what to do about it.

    `span` lies in `text`, which is what could be decoded (a byte that could not is one U+FFFD).
    """

    def __init__(
        self, document: Document, message: str, help: str, reason: Reason, start: int, end: int
    ) -> None:
        super().__init__(message)
        self.text = document.text
        self.message = message
        self.help = help
        self.reason: Reason = reason
        self.span = _span(document, start, end)


def parse(raw: bytes, filename: str) -> Document:
    """Read TOML (1.1 as far as the installed tomli goes) from UTF-8; `-` is shown as `<stdin>`.

    Raises SourceError, and nothing else, for what is not UTF-8, not TOML, larger than `SIZE` or
    nested deeper than tomli goes. Who meets faults in the data then asks `refuse_deep`.
    """
    name = "<stdin>" if filename == "-" else filename
    if len(raw) > SIZE:
        message = f"the file has {len(raw):,} bytes; at most {SIZE:,} are read"
        raise SourceError(Document(name, "", {}), message, "split the story", "size", 0, 0)
    body = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        document = Document(name, body.decode(), {})
    except UnicodeDecodeError as error:
        raise _not_utf8(name, body, error.start) from None
    # tomli takes time in the square of a dotted key's parts: in a small file that is little
    if len(raw) > 2**15 and _may_hold_a_long_key(body) and pattern(_LONG_KEY).search(document.text):
        for _, parts, _, _, _ in statements(document.text):
            if len(parts) > NESTING:
                raise _too_deep(document, parts[NESTING][1], parts[NESTING][2])
    try:
        data = tomli.loads(document.text)
    except (ValueError, RecursionError) as error:
        raise _not_toml(document, error) from None
    return Document(name, document.text, data)


def refuse_deep(document: Document) -> None:
    """Raise SourceError where tables or lists are nested deeper than `NESTING` levels.

    No key of the format needs it, so what lies so deep is a fault to every reader: a document
    without faults need not be asked, which would cost a look at each of its values.
    """
    if _is_deep(document.data):
        start, end = _node(document, _deep_path(document.data)).place
        raise _too_deep(document, start, min(start + 1, end))


def _may_hold_a_long_key(body: bytes) -> bool:
    """Whether some line has as many dots as a key that is too long."""
    others = bytes(set(range(256)) - set(b".\n"))
    return b"." * NESTING in body.translate(None, others)


def _not_utf8(name: str, raw: bytes, at: int) -> SourceError:
    from timeline import slips  # a clean run needs none of it

    document = Document(name, raw.decode(errors="replace"), {})
    start = len(raw[:at].decode())
    message, help = slips.encoding(raw, at)
    return SourceError(document, message, help, "encoding", start, start + 1)


def _not_toml(document: Document, error: ValueError | RecursionError) -> SourceError:
    from timeline import slips

    if isinstance(error, RecursionError):
        return _too_deep(document, *slips.nesting(document.text, NESTING - 1))
    if not isinstance(error, tomli.TOMLDecodeError):  # Python's limit on the digits of an integer
        message, help, start, end = slips.digits(document.text)
        return SourceError(document, message, help, "size", start, end)
    at = _starts(document)[error.lineno - 1] + error.colno - 1
    message, help, start, end = slips.syntax(document.text, min(at, len(document.text)), error.msg)
    return SourceError(document, message, help, "syntax", start, end)


def _too_deep(document: Document, start: int, end: int) -> SourceError:
    message = f"tables and lists are nested more than {NESTING} levels deep here"
    return SourceError(document, message, "no key of the format needs it", "nesting", start, end)


def _is_deep(data: dict[str, Any]) -> bool:
    level: list[Any] = [data]
    for _ in range(NESTING):
        level = [
            value
            for holder in level
            for value in (holder.values() if type(holder) is dict else holder)
            if type(value) is dict or type(value) is list
        ]
    return bool(level)


def _deep_path(data: dict[str, Any]) -> Path:
    """The path of a table or list that lies too deep; there is one."""
    level: list[tuple[Path, Any]] = [((), data)]
    for _ in range(NESTING):
        level = [
            ((*path, name), value)
            for path, holder in level
            for name, value in (holder.items() if type(holder) is dict else enumerate(holder))
            if type(value) is dict or type(value) is list
        ]
    return level[0][0]


def locate(
    document: Document, path: Path, part: Part = "value", within: tuple[int, int] | None = None
) -> Span:
    """Where the value at `path` stands, or with `part="key"` its key.

    A table stands where its header does (`[events.talks]`, of which `talks` is the key), where its
    braces do, or where the first dotted key does that makes it (`when.date`); an array of tables at
    its first header. An element has no key but itself. What does not exist stands where its nearest
    ancestor does; the root is row 1, column 1. `within` (offset and length in code points) narrows
    the value to a piece of a text on one line that holds no escape, and is else ignored.
    """
    node = _node(document, path)
    start, end = (node.key if part == "key" else None) or node.place
    if within and part == "value" and pattern(_PLAIN).fullmatch(document.text, start, end):
        start = min(start + 1 + within[0], end - 1)
        end = min(start + within[1], end - 1)
    return _span(document, start, end)


def position(document: Document, path: Path) -> int:
    """A key that sorts paths as they stand in the file: the offset where key or header begins."""
    node = _node(document, path)
    return min(node.place[0], node.key[0]) if node.key else node.place[0]


def positions(document: Document, paths: Collection[Path]) -> list[int]:
    """The position of each path. Tables with a plain header such as `[events.talks]` are found
    without a scan of the whole document, unless it has texts of several lines, which may hold what
    looks like a header."""
    known: dict[Path, int] = {}
    if not ('"""' in document.text or "'''" in document.text):
        wanted = {".".join(map(str, p)): p for p in paths if _is_plain_table(document.data, p)}
        for header in pattern(_HEADER).finditer(document.text):
            if header[1] in wanted:
                known[wanted[header[1]]] = header.start() + 1
    return [known[path] if path in known else position(document, path) for path in paths]


def _is_plain_table(data: Any, path: Path) -> bool:
    """Whether there is a table at a path, with no dot in any name that leads there."""
    for name in path:
        data = data.get(name) if type(data) is dict else None
    return type(data) is dict and not any("." in str(name) for name in path)


def line(document: Document, row: int) -> str:
    """The text of a row without its line ending; empty outside the document."""
    starts = _starts(document)
    if not 1 <= row <= len(starts):
        return ""
    end = starts[row] - 1 if row < len(starts) else len(document.text)
    return document.text[starts[row - 1] : end].removesuffix("\r")


def _starts(document: Document) -> list[int]:
    """The offset of the first code point of each row."""
    if "starts" not in document._known:
        ends = pattern(r"\n").finditer(document.text)
        document._known["starts"] = [0, *(found.end() for found in ends)]
    starts: list[int] = document._known["starts"]
    return starts


def _node(document: Document, path: Path) -> Node:
    if "root" not in document._known:
        document._known["root"] = tree(statements(document.text))[0]
    return find(document.text, document._known["root"], path)


def _span(document: Document, start: int, end: int) -> Span:
    from bisect import bisect_right  # a clean run needs none of it

    starts = _starts(document)
    row, end_row = bisect_right(starts, start), bisect_right(starts, end)
    return Span(row, start - starts[row - 1] + 1, end_row, end - starts[end_row - 1] + 1)
