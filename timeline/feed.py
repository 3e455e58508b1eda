"""What a calendar feed remembers: the revision of each entry, kept in the last published file.

A calendar client takes an entry for new only where its revision rises. So an entry whose content is
what it was keeps its revision to the letter; one that changed counts on; one that left the feed is
remembered by the number that it had, and counts on from there should it come back.

The file is read as a stranger's: it may have been torn, edited, merged, or given other line ends by
git. What its lines still say is used; where they cannot be trusted, `Foreign` says why.

Instants are DATE-TIME values in UTC, such as `20251027T093000Z`, which sort as they follow.
"""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from timeline.gregorian import days_in_month

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

PRODID = "-//timeline-exporter//timeline//EN"
IDENTITY = "X-TIMELINE-ID"
GONE = "X-TIMELINE-GONE"
HIGHEST = 999_999_999
"""The highest SEQUENCE; an INTEGER has 32 bits with sign (RFC 5545 3.3.8)."""

_REVISION = ("DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE")
# Patterns are texts: a feed that is new needs none of them, and each takes a while to be compiled.
# Those that begin with a line's end, and not with `^`, pass over what lies between.
_NO_LINE = r"\n(?![A-Za-z0-9-]++[;:]|[\n \t]|\Z)"
_EDGE = r"\n(BEGIN|END):(.*)"
_UID = r"(?im)^UID(?:;[^:\n]*)?:(.*)$"
_INSTANT = r"(?a)(\d{4})(\d\d)(\d\d)T([01]\d|2[0-3])[0-5]\d[0-5]\dZ"
_WRITTEN = (
    r"(?a)(UID:.*)\nDTSTAMP:(.*)\nCREATED:(.*)\nLAST-MODIFIED:\2\nSEQUENCE:(\d{1,9})\n"
)
_GONE = rf"(?am)^{GONE}:([0-9a-f]{{12}})=(\d{{1,10}})$"


class Foreign(ValueError):
    """What lies at the destination is no whole feed of this timeline: it must not be replaced."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason}; move it away, or name another folder")


class Past(NamedTuple):
    """A feed as it lies: its text with unfolded lines that end in LF, and the calendar's own
    LAST-MODIFIED ("" where there is none).

    `entries` says where in the text the lines of each VEVENT stand, by its UID: one span,
    more where it stands twice. `gone` is the last SEQUENCE of those that left, by `trace` of it.
    """

    text: str = ""
    modified: str = ""
    entries: Mapping[str, list[tuple[int, int]]] = MappingProxyType({})
    gone: Mapping[str, int] = MappingProxyType({})

    def lines(self, uid: str) -> str:
        """The lines of an entry; of one that stands twice, as after a merge, those of both."""
        return "\n".join([self.text[start:end] for start, end in self.entries[uid]])


class Revision(NamedTuple):
    """How often an entry changed since it was first published, and when it first and last did."""

    sequence: int
    created: str
    modified: str


def recall(previous: bytes | None, identity: str = "") -> Past:
    """Read the feed that lies at the destination; nothing is remembered where there is none.

    `identity` is the timeline's id where its file states one. Raises Foreign.
    """
    if previous is None:
        return Past()
    text = unfolded(_text(previous))
    parts = _parts(text)
    head = text[: parts[0][1]] if parts else text
    made_by = _value(head, "PRODID")
    if made_by != PRODID:
        told = f"was made by {made_by[:80]}" if made_by else "does not say what made it"
        raise Foreign(f"the calendar that lies there {told}, not by this program")
    other = _value(head, IDENTITY)
    if other not in ("", identity):
        mine = f"this one is `{identity}`" if identity else "this one states no id"
        raise Foreign(f"the calendar that lies there is of the timeline `{other[:80]}`, and {mine}")
    entries: dict[str, list[tuple[int, int]]] = {}
    uid = re.compile(_UID)
    for name, start, end in parts:
        if name == "VEVENT":
            found = uid.search(text, start, end)
            if found is None:
                raise Foreign("an entry of the calendar that lies there has no UID")
            entries.setdefault(unescaped(found[1]), []).append((start, end))
    modified = _value(head, "LAST-MODIFIED")
    return Past(text, modified if is_instant(modified) else "", entries,
                {found[1]: int(found[2]) for found in re.finditer(_GONE, head)})  # fmt: skip


def states(data: bytes, identity: str) -> bool:
    """Whether a file says of itself that it is a feed of the timeline with this id."""
    return re.search(rf"(?m)^{IDENTITY}:{re.escape(identity)}\r?$".encode(), data) is not None


def unchanged(past: Past, text: str) -> bool:
    """Whether a calendar about to be published says what lies there, but for its LAST-MODIFIED.

    `text` is unfolded, and has none."""
    stamp = f"\nLAST-MODIFIED:{past.modified}\n"
    return bool(past.modified) and past.text.replace(stamp, "\n", 1) == text


def revise(
    past: Past, uid: str, content: list[str], moment: Callable[[], str]
) -> Revision:
    """The revision under which an entry is published.

    `content` are its lines, folded or not, but those of the revision itself; their order does not
    matter. `moment` is asked only where the entry is new or changed. Raises Foreign.
    """
    if uid not in past.entries:
        now = moment()
        number = past.gone.get(trace(uid)) if past.gone else None
        return Revision(0 if number is None else _next(number), now, now)
    lines = past.lines(uid)
    text = "\n".join(content).replace("\r\n ", "")
    kept = _as_written(lines, text)
    if kept is not None:
        return kept
    before, said = _split(lines)
    number = _number(uid, said["SEQUENCE"])
    created, modified = _latest(said["CREATED"]), _latest(said["LAST-MODIFIED"])
    if (
        created
        and modified
        and said["DTSTAMP"] == said["LAST-MODIFIED"] == [modified]
        and len(said["CREATED"]) == len(said["SEQUENCE"]) == 1
        and sorted(before) == sorted(text.split("\n"))
    ):
        return Revision(number, created, modified)
    now = max(moment(), modified)
    return Revision(_next(number), created or modified or now, now)


def sequence(past: Past, uid: str) -> int:
    """The SEQUENCE of an entry as it lies; 0 where it has none. Raises Foreign for what is no such
    number: a guess might let it fall."""
    return _number(uid, _split(past.lines(uid))[1]["SEQUENCE"])


def _number(uid: str, numbers: list[str]) -> int:
    for number in numbers:
        if re.fullmatch(r"(?a)\+?\d{1,10}", number) is None or int(number) > HIGHEST:
            raise Foreign(f"the entry {uid[:80]} that lies there has the SEQUENCE `{number[:40]}`")
    return max(map(int, numbers), default=0)


def _as_written(lines: str, content: str) -> Revision | None:
    """The revision of an entry that stands there as this program writes it, with that content: the
    common case, told without a look at each line."""
    found = re.match(_WRITTEN, lines)
    if found is None or f"{found[1]}\n{lines[found.end():]}" != content:
        return None
    if is_instant(found[2]) and is_instant(found[3]):
        return Revision(int(found[4]), found[3], found[2])
    return None


def _next(number: int) -> int:
    return min(number, HIGHEST - 1) + 1


def departed(past: Past, present: Iterable[str]) -> dict[str, int]:
    """What is remembered of all entries that are not present, by `trace`."""
    here = set(present)
    gone = dict(past.gone)
    gone.update((trace(uid), sequence(past, uid)) for uid in past.entries if uid not in here)
    if gone:
        for uid in here:
            gone.pop(trace(uid), None)
    return gone


def trace(uid: str) -> str:
    """What a feed keeps of an entry that left it: enough to know it again, and not its name."""
    from hashlib import sha256  # most feeds have lost no entry

    return sha256(uid.encode("utf-8", "replace")).hexdigest()[:12]


@lru_cache(maxsize=4096)
def is_instant(value: str) -> bool:
    """Whether a value is an instant in UTC that a calendar has."""
    found = re.fullmatch(_INSTANT, value)
    if found is None:
        return False
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    return year >= 1 and 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)


def unfolded(text: str) -> str:
    """A calendar's text with LF line ends, each line in one piece, and no blank ones."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\n\n" in text:
        text = re.sub("\n\n+", "\n", text)
    return text.replace("\n ", "").replace("\n\t", "").strip("\n")


def unescaped(value: str) -> str:
    """The text that a TEXT value stands for (RFC 5545 3.3.11); a stray backslash is dropped."""
    if "\\" not in value:
        return value
    return re.sub(r"\\(.?)", lambda found: "\n" if found[1] in ("n", "N") else found[1], value)


def _text(previous: bytes) -> str:
    """The bytes as text, every line of which has the form of a calendar's."""
    try:
        text = previous.replace(b"\r\n", b"\n").replace(b"\r", b"\n").decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Foreign("what lies there is not text in UTF-8") from None
    if not text or text.isspace():
        raise Foreign("the file that lies there is empty, and may have held a calendar")
    if not text.lstrip("\n").startswith("BEGIN:VCALENDAR\n"):
        raise Foreign("what lies there is not a calendar")
    odd = re.search(_NO_LINE, text)
    if odd is not None:
        number = text.count("\n", 0, odd.end()) + 1
        raise Foreign(f"line {number} of the calendar that lies there is none of a calendar's")
    return text


def _parts(text: str) -> list[tuple[str, int, int]]:
    """The components right below VCALENDAR: name, and from where to where their lines stand."""
    parts: list[tuple[str, int, int]] = []
    first = text.partition("\n")[0]
    stack = [(first.removeprefix("BEGIN:"), len(first) + 1)]
    for edge in re.finditer(_EDGE, text):
        kind, name = edge[1], edge[2]
        if not stack and parts and kind == "BEGIN":
            raise Foreign("the file that lies there holds more than one calendar")
        if kind == "BEGIN":
            stack.append((name, edge.end() + 1))
        elif not stack or stack[-1][0] != name:
            raise Foreign(f"the calendar that lies there is torn: END:{name[:40]} ends nothing")
        else:
            start = stack.pop()[1]
            if len(stack) < 2:
                parts.append((name, start, max(start, edge.start())))
    if stack:
        raise Foreign(f"the calendar that lies there is torn: BEGIN:{stack[-1][0][:40]} has no END")
    name, start, end = parts.pop()
    if text[end:].strip("\n") != f"END:{name}":
        raise Foreign("the calendar that lies there goes on after its end")
    return parts


def _value(lines: str, name: str) -> str:
    """The value of the first line of that name, "" where there is none."""
    found = re.search(rf"^{name}(?:;[^:\n]*)?:(.*)$", lines, re.MULTILINE)
    return "" if found is None else found[1]


def _split(lines: str) -> tuple[list[str], dict[str, list[str]]]:
    """An entry's lines: those of its content, and the values of those of its revision."""
    content: list[str] = []
    revision: dict[str, list[str]] = {name: [] for name in _REVISION}
    for line in lines.split("\n"):
        name, _, value = line.partition(":")
        if name in revision:
            revision[name].append(value)
        elif name.partition(";")[0].upper() in revision:
            revision[name.partition(";")[0].upper()] += [value, value]  # not as it was written
        else:
            content.append(line)
    return content, revision


def _latest(instants: list[str]) -> str:
    return max(filter(is_instant, instants), default="")
