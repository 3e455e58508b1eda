"""Where things stand in a TOML text: keys, values, headers, as offsets.

tomli reads a document and says nothing of positions; this scan finds them. It trusts that tomli
accepted the text: it is exact on every document of TOML 1.1, and on one that tomli refused as far
as the statement that holds the error, after which it still ends and never raises. It is linear,
counts brackets instead of recursing, and looks into a value one level at a time, when asked to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import tomli

# Grammar. Strings are total (one that is never closed ends with its line or with the text).
BLANK = r"(?:[ \t\r\n]++|#[^\n]*+)*"
STRING = (
    r'(?:"{3}(?:[^"\\]++|\\.|"{1,2}+(?!"))*(?:"{3,5}|\Z)|"(?:[^"\\\n]++|\\[^\n])*"?'
    r"|'{3}(?:[^']++|'{1,2}+(?!'))*(?:'{3,5}|\Z)|'[^'\n]*+'?)"
)
INERT = r"(?:[^\"'#\[\]{}]++|#[^\n]*+)*"  # all that neither opens nor closes, but for strings
PART = r"(?:[A-Za-z0-9_-]++|\"(?:[^\"\\\n]++|\\[^\n])*\"|'[^'\n]*+')"
DOT = r"[ \t]*+\.[ \t]*+"
KEY = rf"{PART}(?:{DOT}{PART})*"
_BARE = (  # a date may hold a space
    r"[^ \t\r\n,\]}#\[{\"'][^ \t\r\n,\]}#]*+(?:[ \t]++[^ \t\r\n,\]}#]++)*"
)
# Patterns are kept few and small: compiling them is most of what a short file costs.
_VALUE = rf"(?:{STRING}|{_BARE})?"  # without brackets
_EQUALS = r"[ \t]*+=?[ \t]*+"
# The plainest form of a key, for speed; all others go a longer way.
_PLAIN = rf"{BLANK}([A-Za-z0-9_-]++)[ \t]*+=[ \t]*+"

KeyPart = tuple[str, int, int]  # what it denotes, and its offsets in the text
Statement = tuple[int, list[KeyPart], int, int, int]  # start, key, value's start, end, brackets
Element = tuple[list[KeyPart], int, int]  # key (none in an array), value's start, end


class Node:
    """A place in the text: offsets of the key and of the value, and what lies below by name.

    `kind` is "value" for what stands after `=` or in an array, until it has been looked into; the
    offsets of an array's elements then wait in `items` (start, end, start, end, …).
    """

    __slots__ = ("inner", "items", "key", "kind", "place")

    def __init__(self, key: tuple[int, int] | None, place: tuple[int, int], kind: str) -> None:
        self.key = key
        self.place = place
        self.kind: str = kind  # "table", "tables" or "value"
        self.inner: dict[str | int, Node] = {}
        self.items: Sequence[int] = ()


def find(text: str, root: Node, path: tuple[str | int, ...]) -> Node:
    """The node at `path`, or of its nearest ancestor that exists."""
    node = root
    for name in path:
        if node.kind == "value":
            _look_into(text, node)
        if isinstance(name, int) and 0 <= 2 * name < len(node.items):
            place = (node.items[2 * name], node.items[2 * name + 1])
            node.inner.setdefault(name, Node(None, place, "value"))
        if name not in node.inner:
            break
        node = node.inner[name]
    return node


def _look_into(text: str, node: Node) -> None:
    within = elements(text, node.place[0])
    if text.startswith("{", node.place[0]):
        for parts, start, end in within:
            put(node, parts, start, end)
    else:
        from array import array  # a list may be very long: 16 bytes an element

        node.items = array("q", (offset for _, start, end in within for offset in (start, end)))
    node.kind = "table"


def tree(statements: Iterable[Statement]) -> tuple[Node, Node]:
    """All that the statements say, and the table that the next key would belong to."""
    root = table = Node(None, (0, 0), "table")
    for start, parts, begin, end, brackets in statements:
        if not brackets:
            put(table, parts, begin, end)
            continue
        owner = _under(root, parts[:-1], end, start)
        name, *key = parts[-1]
        table = Node((key[0], key[1]), (start, end), "table")
        if brackets == 2:
            tables = owner.inner.setdefault(name, Node(table.key, table.place, "tables"))
            table.key = None
            tables.inner[len(tables.inner)] = table
        else:
            implied = owner.inner.setdefault(name, table)  # by `[events.talks]`, before `[events]`
            implied.key, implied.place = table.key, table.place
            table = implied
    return root, table


def put(table: Node, parts: list[KeyPart], start: int, end: int) -> None:
    """Enter a value, which stands from `start` to `end`, under its dotted key."""
    name, first, last = parts[-1]
    owner = _under(table, parts[:-1], last) if len(parts) > 1 else table
    owner.inner[name] = Node((first, last), (start, end), "value")


def _under(node: Node, parts: list[KeyPart], end: int, header: int | None = None) -> Node:
    """The table that `parts` lead to; one that they imply stands where they do, up to `end`."""
    for name, first, last in parts:
        if name not in node.inner:
            place = (first if header is None else header, end)
            node.inner[name] = Node((first, last), place, "table")
        node = node.inner[name]
        if node.kind == "tables":
            node = node.inner[len(node.inner) - 1]
    return node


def statements(text: str) -> Iterator[Statement]:
    """Every header and every key with its value, in the order of the text."""
    plain, value = pattern(_PLAIN).match, pattern(_VALUE).match
    pos = 0
    while True:
        if found := plain(text, pos):
            first, last = found.span(1)
            begin = found.end()
            read = value(text, begin)
            end = read.end() if read else begin
            if end == begin:
                end = _skip(text, begin)
            yield first, [(found[1], first, last)], begin, end, 0
            pos = _line_end(text, end)
            continue
        start = after(BLANK, text, pos)
        if start == len(text):
            return
        brackets = 2 if text.startswith("[[", start) else int(text[start] == "[")
        parts, end = _key(text, after(r"[ \t]*+", text, start + brackets))
        if brackets:
            begin, end = start, after(r"[ \t]*+\]{0,2}+", text, end)
        else:
            begin = after(_EQUALS, text, end)
            end = _skip(text, begin)
        yield start, parts, begin, end, brackets
        pos = _line_end(text, end)


def _line_end(text: str, pos: int) -> int:
    end = text.find("\n", pos)
    return end if end >= 0 else len(text)


def _key(text: str, pos: int) -> tuple[list[KeyPart], int]:
    """The parts of the dotted key at `pos`, and where it ends."""
    parts = []
    while part := pattern(PART).match(text, pos):
        parts.append((_name(part[0]), part.start(), part.end()))
        dot = pattern(DOT).match(text, part.end())
        if not dot:
            return parts, part.end()
        pos = dot.end()
    return parts, pos


def _name(part: str) -> str:
    if part[0] not in "\"'":
        return part
    if part[0] == "'" or "\\" not in part:
        return part[1:-1]
    try:
        return str(tomli.loads(f"name = {part}")["name"])
    except tomli.TOMLDecodeError:  # tomli refused the document for it
        return part


def _skip(text: str, pos: int) -> int:
    """Where the value that begins at `pos` ends."""
    end = after(_VALUE, text, pos)
    if end > pos or not text.startswith(("[", "{"), pos):
        return end
    depth = 0
    while (pos := after(INERT, text, pos)) < len(text):
        if text[pos] in "\"'":
            pos = after(_VALUE, text, pos)
            continue
        depth += 1 if text[pos] in "[{" else -1
        pos += 1
        if depth == 0:
            break
    return pos


def elements(text: str, pos: int) -> Iterator[Element]:
    """What the array or inline table at `pos` holds; nothing where there is none."""
    closing = {"[": "]", "{": "}"}.get(text[pos : pos + 1])
    if not closing:
        return
    parts: list[KeyPart] = []
    while True:
        pos = after(BLANK, text, pos + 1)
        if text.startswith(closing, pos):
            return
        if closing == "}":
            parts, pos = _key(text, pos)
            pos = after(_EQUALS, text, pos)
        end = _skip(text, pos)
        yield parts, pos, end
        pos = after(BLANK, text, end)
        if not text.startswith(",", pos):
            return


@cache
def pattern(source: str) -> re.Pattern[str]:
    """The compiled pattern; at first use, as a clean run needs none."""
    return re.compile(source, re.DOTALL)


def after(source: str, text: str, pos: int, end: int | None = None) -> int:
    """Where `source`, a pattern that may be empty, ends when it is matched at `pos`."""
    found = pattern(source).match(text, pos, len(text) if end is None else end)
    return found.end() if found else pos
