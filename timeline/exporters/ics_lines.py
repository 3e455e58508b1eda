"""Content lines of RFC 5545 written directly: one property, one line, folded where it may be long.

icalendar writes the same bytes some twenty times slower; tests hold each function here equal to it.
In three places the two part on purpose, each time since icalendar's bytes would do harm:

- it reads `\\N` in a text as a line break, so that `C:\\New` loses its name (trap 5);
- it can fold between the two backslashes of an escaped one (trap 9);
- it writes a position near zero with an exponent, which a FLOAT does not have.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from timeline.civil import EPOCH_DAY
from timeline.duration import DAY
from timeline.gregorian import ymd

if TYPE_CHECKING:
    from collections.abc import Sequence

CRLF = "\r\n"
_LIMIT = 74  # octets before a break; a continuation has a blank besides (RFC 5545 3.1)
# Patterns are texts: most feeds need none of them, and each takes a while to be compiled.
# C0 but TAB and LF, DEL, C1, half characters, and the two that XML (so CalDAV) cannot carry.
_UNWRITABLE = "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
_BREAK = "\r\n|[\r\x85\u2028\u2029]"
_UNSAFE_IN_URI = r'[^!#$%&\'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]'


def clean(text: str) -> str:
    """A text that every reader takes: line breaks as LF, without control characters but TAB."""
    if text.replace("\n", "").isprintable():
        return text
    return re.sub(_UNWRITABLE, "", re.sub(_BREAK, "\n", text))


def escaped(text: str) -> str:
    """A text, cleaned, as a TEXT value (RFC 5545 3.3.11)."""
    if text.isprintable():
        return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    text = clean(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\n", "\\n")


def text_line(name: str, lines: Sequence[str]) -> bytes:
    """A property with a TEXT value of several lines, cleaned, escaped and folded: on octets, for most
    such texts have letters beyond ASCII."""
    text = "\n".join(lines)
    if not all(map(str.isprintable, lines)):
        return fold(f"{name}:{escaped(text)}").encode()
    told = text.encode().replace(b"\\", b"\\\\").replace(b";", b"\\;").replace(b",", b"\\,")
    return _fold_octets(b"%b:%b" % (name.encode(), told.replace(b"\n", b"\\n")))


def uri(address: str) -> str:
    """A web address as a URI value (RFC 3986): what has no place in one is percent-encoded."""
    return re.sub(
        _UNSAFE_IN_URI,
        lambda found: "".join(f"%{octet:02X}" for octet in found[0].encode("utf-8", "replace")),
        address,
    )


@lru_cache(maxsize=4096)
def date(day: int) -> str:
    """A day (its ordinal; 0001-01-01 is 1) as a DATE value."""
    year, month, number = ymd(day)
    return f"{year:04}{month:02}{number:02}"


def date_time(seconds: int) -> str:
    """Seconds UTC, or those of a local clock, as a DATE-TIME value without its `Z`."""
    day, second = divmod(seconds, DAY)
    return date(day + EPOCH_DAY) + _time(second)


@lru_cache(maxsize=4096)
def _time(second: int) -> str:
    minutes, second = divmod(second, 60)
    hour, minute = divmod(minutes, 60)
    return f"T{hour:02}{minute:02}{second:02}"


def day_ends(start: int, end: int | None) -> list[str]:
    """DTSTART and DTEND of whole days; the end is exclusive (RFC 5545 3.6.1)."""
    first = f"DTSTART;VALUE=DATE:{date(start)}"
    return [first] if end is None else [first, f"DTEND;VALUE=DATE:{date(end)}"]


def utc_ends(start: int, end: int | None) -> list[str]:
    """DTSTART and DTEND in UTC."""
    first = f"DTSTART:{date_time(start)}Z"
    return [first] if end is None else [first, f"DTEND:{date_time(end)}Z"]


def local_ends(start: int, end: int | None, tzid: str) -> list[str]:
    """DTSTART and DTEND as local clocks show them, with the name of their zone."""
    first = fold(f"DTSTART;TZID={tzid}:{date_time(start)}")
    return [first] if end is None else [first, fold(f"DTEND;TZID={tzid}:{date_time(end)}")]


def duration(seconds: int) -> str:
    """A length of time, at least a second, as a DURATION value: `PT12H`, `P1DT30M`."""
    days, rest = divmod(seconds, DAY)
    minutes, second = divmod(rest, 60)
    hour, minute = divmod(minutes, 60)
    clock = f"{hour}H" if hour else ""
    clock += f"{minute}M" if minute or (hour and second) else ""  # no unit is passed over
    clock += f"{second}S" if second else ""
    return "P" + (f"{days}D" if days else "") + (f"T{clock}" if clock else "")


@lru_cache(maxsize=4096)
def geo(latitude: float, longitude: float) -> str:
    """A position in degrees as a GEO value, to six places (RFC 5545 3.8.1.6)."""
    return f"{_degrees(latitude)};{_degrees(longitude)}"


def _degrees(number: float) -> str:
    whole, _, rest = f"{number:.6f}".partition(".")
    digits = f"{whole}.{rest.rstrip('0') or '0'}"
    return "0.0" if digits == "-0.0" else digits


def fold(line: str) -> str:
    """A line in pieces of at most 75 octets, broken neither in a character nor in an escape."""
    if not line.isascii():
        return _fold_octets(line.encode()).decode()
    if len(line) <= _LIMIT:
        return line
    pieces, at, end = [], 0, len(line)
    while end - at > _LIMIT:
        cut = at + _LIMIT
        if line[cut - 1] in "\\^" and _opens_escape(line[at:cut]):
            cut -= 1
        pieces.append(line[at:cut])
        at = cut
    pieces.append(line[at:])
    return "\r\n ".join(pieces)


def _fold_octets(line: bytes) -> bytes:
    pieces, at, end = [], 0, len(line)
    while end - at > _LIMIT:
        cut = at + _LIMIT
        while line[cut] & 0xC0 == 0x80:
            cut -= 1
        if line[cut - 1] in b"\\^" and _opens_escape(line[at:cut].decode()):
            cut -= 1
        pieces.append(line[at:cut])
        at = cut
    pieces.append(line[at:])
    return b"\r\n ".join(pieces)


def _opens_escape(piece: str) -> bool:
    """Whether the last character begins an escape, which the next one would end. A piece never
    begins within one."""
    mark = piece[-1]
    return (len(piece) - len(piece.rstrip(mark))) % 2 == 1


class Content(NamedTuple):
    """All lines of an entry but those of its revision, folded: in front its UID first, its time and its
    SUMMARY, then its DESCRIPTION, and behind it the rest."""

    front: list[str]
    description: bytes
    back: list[str]

    def lines(self) -> list[str]:
        """All of them."""
        return [*self.front, self.description.decode(), *self.back]


def component(name: bytes, *parts: bytes) -> bytes:
    """A component of lines that are folded. A part holds one or more, without the last line break."""
    return b"\r\n".join((b"BEGIN:" + name, *parts, b"END:" + name, b""))
