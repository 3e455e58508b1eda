"""EDTF text to civil dates: which days a text may mean, without any time zone.

Read are levels 0 and 1 of EDTF (Library of Congress, 2019; ISO 8601-2:2019, annex A), of level 2
what dates events (sets, seasons by hemisphere, quarters, `2025-1X`), and besides EDTF the weeks of
ISO 8601-1, times to the minute, and times in intervals and sets. What reaches outside the years
0001 to 9999 is refused, as is all else that is not of this form; nothing is guessed.

    date    = period | [side] "/" [side] | "[" members "]" | "{" members "}"
    side    = period | ".."
    members = member *("," member), where ".." may open the first and close the last one
    member  = period | period ".." period
    period  = days ["T" hh ":" mm [":" ss] ["Z" | ("+" | "-") hh [":" mm]]] ["~" | "?" | "%"]
    days    = yyyy | yyyy "-" mm | yyyy "-" mm "-" dd | yyyy "-W" ww | yyyy "-W" ww "-" d

`X` stands for the last digits of yyyy, mm or dd, with no part after it but `XX`, and that only
where the part before is whole or `XXXX`: `2XXX`, `202X`, `2025-1X`, `2025-XX-XX`, `XXXX-XX`.
"""

# Annotations are evaluated here: as texts, `NamedTuple` would compile each at every start.
import datetime
import re
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from timeline import gregorian
from timeline.gregorian import day_text, days_in_month, ordinal, ymd
from timeline.period import PRECISIONS, DateError, Period, read_period, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "PRECISIONS", "Date", "DateError", "Period", "day_text", "days_in_month", "from_date",
    "from_datetime", "from_year", "ordinal", "parse", "parse_period", "ymd",
]  # fmt: skip


class Date(NamedTuple):
    """What one EDTF expression says.

    `kind` is "single" (`end` is `start`), "interval", or "set" (`start` is the member that begins
    first, `end` the one that ends last). None is an end left open (`..`) or unknown (""); some end
    has a bound, but for a single `XXXX`. The end never lies wholly before the start, though with
    unlike offsets its day may have the lower number: 2025-10-28T00:30+09:00/2025-10-27T23:30Z.
    """

    kind: str
    start: Period | None
    end: Period | None
    open_start: bool
    open_end: bool
    text: str

    @property
    def approximate(self) -> bool:
        """Whether any part is marked `~` or `%`, members within a set included."""
        return "~" in self.text or "%" in self.text

    @property
    def uncertain(self) -> bool:
        """Whether any part is marked `?` or `%`, members within a set included."""
        return "?" in self.text or "%" in self.text

    @property
    def precision(self) -> str:
        """The precision of the start, or of the end where no start is written."""
        part = self.start or self.end
        return part.precision if part else "unknown"


def parse(text: str) -> Date:
    """Read any expression of the grammar above. Raises `DateError`."""
    try:
        return _read(text)
    except DateError as fault:
        if fault.reason in ("syntax", "qualifier") and len(text) <= 100:
            fault.help = _advice(text) or fault.help
        raise


def parse_period(text: str) -> Period:
    """Read one date, neither interval nor set. Raises `DateError`."""
    date = parse(text)
    if date.kind != "single" or date.start is None:
        message = f"One date is wanted here; `{shown(text)}` is more than one."
        help = "Write one date, such as `2025-10-27`. Intervals and sets are for the key `when`."
        raise DateError(message, 0, len(text), help, "not-single")
    return date.start


def from_date(day: datetime.date) -> Date:
    """A TOML date, as if written as a text."""
    return parse(day.isoformat())


def from_datetime(moment: datetime.datetime) -> Date:
    """A TOML date-time, as if written as a text; `DateError` for what a text could not say."""
    text = moment.isoformat()
    if moment.microsecond or moment.tzinfo is not None:
        return parse(text)
    day = moment.toordinal()
    time = gregorian.clock_seconds(moment.hour, moment.minute, moment.second)
    period = Period(day, day, time, None, "second", False, False, text)
    return Date("single", period, period, False, False, text)


def from_year(year: int) -> Date:
    """A year given as a TOML integer. Raises `DateError` outside 1 to 9999."""
    if not 1 <= year <= 9999:
        raise DateError("The years 1 to 9999 can be read.", 0, 1, "", "year-range")
    return parse(f"{year:04}")


# -- Intervals and sets ------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _read(text: str) -> Date:
    is_set = text[:1] in ("[", "{")
    longest = 4_000 if is_set else 200
    if len(text) > longest:
        message = f"A date has at most {longest} characters; this text has {len(text)}."
        raise DateError(message, longest, len(text) - longest, "", "length")
    if not text.strip():
        help = "Leave the key out, or write `XXXX` for an unknown date."
        raise DateError("There is no date here.", 0, max(len(text), 1), help, "empty")
    if is_set:
        return _set(text)
    if "/" in text:
        return _interval(text)
    one = read_period(text, 0)
    return Date("single", one, one, False, False, text)


def _interval(text: str) -> Date:
    left, _, right = text.partition("/")
    if "/" in right:
        column, message = text.rindex("/"), f"`{shown(text)}` has more slashes than an interval."
        raise DateError(message, column, 1, "", "syntax")
    start = None if left in ("", "..") else read_period(left, 0)
    end = None if right in ("", "..") else read_period(right, len(left) + 1)
    _require_order(start, end, text, 0)
    _require_bound(start, end, text)
    return Date("interval", start, end, left == "..", right == "..", text)


def _set(text: str) -> Date:
    close = "]" if text[0] == "[" else "}"
    if text.find(close) != len(text) - 1:
        raise DateError(f"A set ends with its one `{close}`.", 0, len(text), "", "syntax")
    starts: list[Period | None] = []
    ends: list[Period | None] = []
    at = 1
    for member in text[1:-1].split(","):
        low, dots, high = member.partition("..")
        start = end = read_period(low, at) if low or not dots else None
        if dots:
            end = read_period(high, at + len(low) + 2) if high else None
            _require_order(start, end, member, at)
        starts.append(start)
        ends.append(end)
        at += len(member) + 1
    if None in starts[1:] or None in ends[:-1]:
        message = "`..` opens only the first member of a set, or closes the last one."
        raise DateError(message, 0, len(text), "", "syntax")
    start, end = _outermost(starts, False, text), _outermost(ends, True, text)
    _require_bound(start, end, text)
    return Date("set", start, end, starts[0] is None, ends[-1] is None, text)


def _second(period: Period, last: bool) -> int:
    """The first or last second of a period, as if in UTC where no offset is written."""
    day = period.last if last else period.first
    if day is None:
        return 1 << 60 if last else -1 << 60
    second = (86_399 if last else 0) if period.time is None else period.time
    return day * 86_400 + second - (period.offset or 0)


def _doubt(one: Period, other: Period) -> int:
    """By how many seconds `_second` may misjudge two periods, where one alone has an offset."""
    return 0 if (one.offset is None) == (other.offset is None) else gregorian.FURTHEST_OFFSET


def _outermost(members: list[Period | None], last: bool, text: str) -> Period | None:
    """The member that begins first, or ends last; None where one is open."""
    periods = [period for period in members if period]
    if len(periods) < len(members):
        return None
    ranks = [_second(period, last) * (1 if last else -1) for period in periods]
    best = ranks.index(max(ranks))
    if any(r + _doubt(p, periods[best]) > ranks[best] for r, p in zip(ranks, periods, strict=True)):
        message = f"Which date {'ends last' if last else 'begins first'} depends on the zone."
        help = "Write an offset at every member of the set, or at none."
        raise DateError(message, 0, len(text), help, "offset")
    return periods[best]


def _require_order(start: Period | None, end: Period | None, text: str, at: int) -> None:
    if start and end and _second(end, True) + _doubt(start, end) < _second(start, False):
        message = f"The end, `{end.text}`, lies wholly before the start, `{start.text}`."
        raise DateError(message, at, len(text), "Write the earlier date first.", "reversed")


def _require_bound(start: Period | None, end: Period | None, text: str) -> None:
    if (start is None or start.first is None) and (end is None or end.last is None):
        message = f"`{shown(text)}` says nothing, since neither end has a bound."
        help = "Write a date at one end, or leave the key out."
        raise DateError(message, 0, len(text), help, "nothing")


# -- What else people write --------------------------------------------------------------------

# Patterns as texts: compiled when first used, which on a file without faults is never.
_ABOUT = r"^(?:C|CA|CIRCA|ABOUT|AROUND|APPROX)(?![A-Z])[. ]*|[~%]"
_UNSURE = r"^(?:MAYBE|PERHAPS|POSSIBLY|PROBABLY)(?![A-Z])|[?%]"
_ONE_SIDED = r"(BEFORE|AFTER) +(.+)"
_FROM_TO = r"(?:FROM +)?(.+?) *(?: - |/| TO | UNTIL ) *(.+)"
_TIME = r"([0-9]{1,2})(?::?([0-9]{2}))?(?::?([0-9]{2}))? *(Z|UTC|[+-][0-9]{2}:?[0-9]{2})?"
_TO_ASCII = {0xFF01 + i: 0x21 + i for i in range(94)} | dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")


def _advice(text: str) -> str:
    """What to write instead, or "". Every text proposed has been read, so that it will do."""
    said = " ".join(text.translate(_TO_ASCII).upper().split())
    one_sided = re.fullmatch(_ONE_SIDED, said)
    if not one_sided:
        dates = _read_all(_readings(said))
        return f"Write `{'` or `'.join(dates)}`." if dates else ""
    before = one_sided[1] == "BEFORE"
    parts = (date.start for date in _read_all(_readings(one_sided[2])).values() if date.start)
    days = (p.first - 1 if before else p.last + 1 for p in parts if p.first and p.last)
    told = "` or `".join(_read_all(map(day_text, days)))
    return f"Write `{told}` under the key `{'latest' if before else 'earliest'}`." if told else ""


def _read_all(texts: "Iterator[str]") -> dict[str, Date]:
    """Those of the texts that are dates."""
    dates = {}
    for text in texts:
        with suppress(DateError):
            dates[text] = _read(text)
    return dates


def _readings(said: str) -> "Iterator[str]":
    """What a text in capitals may mean: guesses, some of which are no dates."""
    mark = ("", "~", "?", "%")[bool(re.search(_ABOUT, said)) + 2 * bool(re.search(_UNSURE, said))]
    bare = re.sub(_UNSURE, "", re.sub(_ABOUT, "", said)).strip()
    yield said.replace(" ", "")
    if said[:1] in ("[", "{"):
        return
    yield from (day + mark for day in _days_meant(bare))
    clock = re.fullmatch(r"(.+?)(?:T|,? +)" + _TIME, bare)
    if clock:
        time = f"T{clock[2]:0>2}:{clock[3] or '00'}" + (f":{clock[4]}" if clock[4] else "")
        if clock[5]:
            time += "Z" if clock[5] in ("Z", "UTC") else f"{clock[5][:3]}:{clock[5][-2:]}"
        yield from (day + time + mark for day in _days_meant(clock[1]))
    sides = re.fullmatch(_FROM_TO, said)
    if sides and not re.fullmatch(_FROM_TO, sides[2]):
        for start in _read_all(_readings(sides[1])):
            yield from (f"{start}/{end}" for end in _readings(sides[2]))


def _days_meant(said: str) -> "Iterator[str]":
    yield said
    names = [name for name in re.findall("[A-Z]+", said) if name not in ("ST", "ND", "RD", "TH")]
    numbers = [number.zfill(2) for number in re.findall("[0-9]+", said)]
    if len(numbers) == 1 and len(numbers[0]) in (6, 8):
        numbers = re.findall("^....|..", numbers[0])
    if names:
        for month, name in enumerate(gregorian.MONTHS, 1):
            if names == [name.upper()[: max(len(names[0]), 3)]]:
                yield "-".join(sorted([*numbers, f"{month:02}"], key=len)[::-1])
    elif re.sub("[年月日]", "", said).isascii():
        yield from map("-".join, (numbers, numbers[::-1], numbers[2:] + numbers[:2]))
        if len(numbers) == 2 and not said.isdecimal():
            yield f"{numbers[0]}/{numbers[1]}"
            yield f"{numbers[0]}/{numbers[0][:2]}{numbers[1]}"
