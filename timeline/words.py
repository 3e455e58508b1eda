"""Windows, instants and statements as a person says them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from timeline.civil import local, offset_at
from timeline.duration import DAY
from timeline.gregorian import days_in_month, ymd
from timeline.model import Accounts, Dated, Lasting, Linked, Related

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from zoneinfo import ZoneInfo

    from timeline.duration import Range
    from timeline.model import Statement, Timeline
    from timeline.window import Ends

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

RELATION_WORDS = {
    "after": "is after", "before": "is before", "during": "is during", "contains": "contains",
    "meets": "ends just as", "met_by": "starts just as", "overlaps": "overlaps",
    "overlapped_by": "is overlapped by", "starts": "starts together with, and ends before,",
    "started_by": "starts together with, and ends after,",
    "finishes": "ends together with, and starts after,",
    "finished_by": "ends together with, and starts before,", "equals": "is at the same time as",
}  # fmt: skip
_RELATION_TAILS = {"meets": " starts", "met_by": " ends"}
DATE_WORDS = {
    "when": "is dated", "start": "starts", "end": "ends", "earliest": "is no earlier than",
    "latest": "is no later than",
}  # fmt: skip


@lru_cache(maxsize=4096)
def day_words(day: int, *, year: bool = True) -> str:
    """A day: `27 Oct 2025`."""
    y, m, d = ymd(day)
    return f"{d} {MONTHS[m - 1]} {y}" if year else f"{d} {MONTHS[m - 1]}"


@lru_cache(maxsize=4096)
def clock_words(second: int) -> str:
    """A time of day: `18:30`, with seconds only where there are any."""
    hours, rest = divmod(second, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}" if seconds else f"{hours:02}:{minutes:02}"


def instant_words(seconds: int, tz: ZoneInfo) -> str:
    """An instant in a zone: `27 Oct 2025, 18:30`; a midnight keeps its time of day."""
    day, second = local(seconds, tz)
    return f"{day_words(day)}, {clock_words(second)}"


def bound_words(seconds: int, tz: ZoneInfo, side: str, end: str = "end") -> str:
    """A bound in a zone, as short as is exact: the first second of a day as that day where it is an
    earliest, the last one as that day where it is a latest, and so the midnight after it where it is
    the latest of an `end`."""
    day, second = local(seconds, tz)
    if side == "earliest" and second == 0:
        return day_words(day)
    if side == "latest" and second == 0 and end == "end":
        return day_words(day - 1)
    if side == "latest" and second == DAY - 1:
        return day_words(day)
    return f"{day_words(day)}, {clock_words(second)}"


def zone_words(seconds: int | None, tz: ZoneInfo) -> str:
    """A zone with the offset that it has at an instant: `Asia/Tokyo, UTC+9`."""
    if tz.key == "UTC":
        return "UTC"
    return _zone_words(offset_at(seconds or 0, tz), tz)


@lru_cache(maxsize=256)
def _zone_words(shift: int, tz: ZoneInfo) -> str:
    sign = "−" if shift < 0 else "+"
    hours, minutes = divmod(abs(shift) // 60, 60)
    offset = f"UTC{sign}{hours}" + (f":{minutes:02}" if minutes else "")
    key = str(tz.key)
    return f"{key}, {offset if shift else 'UTC'}"


def label(ends: Ends, tz: ZoneInfo, dates: Sequence[Dated] = ()) -> str:
    """The window of an event in words, in its zone, with `~` and `?` where its dates are so marked."""
    words = _window_words(ends, tz, dates)
    if not dates:
        return words
    approximate, uncertain = marks(dates)
    return ("~" if approximate else "") + words + ("?" if uncertain else "")


def marks(dates: Sequence[Dated]) -> tuple[bool, bool]:
    """Whether any of the dates is marked as approximate, and whether any is as uncertain."""
    approximate = uncertain = False
    for dated in dates:
        date = dated.date
        approximate = approximate or date.approximate
        uncertain = uncertain or date.uncertain
    return approximate, uncertain


def _window_words(ends: Ends, tz: ZoneInfo, dates: Sequence[Dated]) -> str:
    start, end = ends
    low, high = start.earliest, end.latest
    if low is not None and high is not None:
        spans = low == start.latest and high == end.earliest  # both ends are exact
        for dated in dates:
            spans = spans or dated.date.kind == "interval"
        return range_words(low, high, tz, "–" if spans else " to ")
    if low is not None:
        if start.exact:
            return instant_words(low, tz)
        if start.latest is not None:
            return "starts " + range_words(low, start.latest, tz, " to ")
        return "from " + bound_words(low, tz, "earliest")
    if high is not None and end.exact:
        return "ends " + instant_words(high, tz)
    if high is not None and end.earliest is not None:
        first = end.earliest - (local(end.earliest, tz)[1] == 1)  # after its first instant
        return "ends " + range_words(first, high, tz, " to ")
    if high is not None:
        return "by " + bound_words(high, tz, "latest")
    if start.latest is not None:
        return "begun by " + bound_words(start.latest, tz, "latest", "start")
    if end.earliest is not None:
        return "not over before " + bound_words(end.earliest, tz, "earliest")
    return "date unknown"


def range_words(low: int, high: int, tz: ZoneInfo, joint: str) -> str:
    """From one instant to another: `26 to 28 Oct 2025`, `Oct 2025`, `27 Oct 2025, 18:05 to 19:00`."""
    (day, second), (last, until) = local(low, tz), local(high, tz)
    if low == high:
        return f"{day_words(day)}, {clock_words(second)}"
    if until == 0:
        last, until = last - 1, DAY
    elif until == DAY - 1:
        until = DAY
    if second == 0 and until == DAY:
        return _days_words(day, last, joint)
    if day == last:
        if until == DAY:
            return f"{day_words(day)}, from {clock_words(second)}"
        if second == 0:
            return f"{day_words(day)}, by {clock_words(until)}"
        return f"{day_words(day)}, {clock_words(second)}{joint}{clock_words(until)}"
    one = day_words(day, year=ymd(day)[0] != ymd(last)[0])
    first = one if second == 0 else f"{one}, {clock_words(second)}"
    final = day_words(last) if until == DAY else f"{day_words(last)}, {clock_words(until)}"
    wide = joint if joint != "–" else " – "
    return f"{first}{wide}{final}"


@lru_cache(maxsize=4096)
def _days_words(first: int, last: int, joint: str) -> str:
    y, m, d = ymd(first)
    to_y, to_m, to_d = ymd(last)
    wide = joint if joint != "–" else " – "
    if d == 1 and to_d == days_in_month(to_y, to_m):
        if m == 1 and to_m == 12:
            return str(y) if y == to_y else f"{y}{joint}{to_y}"
        if (y, m) == (to_y, to_m):
            return f"{MONTHS[m - 1]} {y}"
        if y == to_y:
            return f"{MONTHS[m - 1]}{joint}{MONTHS[to_m - 1]} {y}"
        return f"{MONTHS[m - 1]} {y}{wide}{MONTHS[to_m - 1]} {to_y}"
    if first == last:
        return day_words(first)
    if (y, m) == (to_y, to_m):
        return f"{d}{joint}{to_d} {MONTHS[m - 1]} {y}"
    return f"{day_words(first, year=y != to_y)}{wide}{day_words(last)}"


class Voice(NamedTuple):
    """How the parts of a statement are put: an event by its id, one end of it, a date key's claim, and
    a length of time."""

    event: Callable[[str], str]
    end: Callable[[str, str], str]
    dated: Callable[[Dated], str]
    lasting: Callable[[Range], str]


def dated_words(claim: Dated) -> str:
    """A date key's value as written, with its tolerance and whether it fills the period."""
    words = claim.date.text
    if claim.tolerance is not None:
        words += " with a tolerance"
    return words + (" throughout" if claim.throughout else "")


AS_WRITTEN = Voice(str, "{}.{}".format, dated_words, lambda length: length.text)
"""Ids, dates and lengths as they stand in the file."""


def claim_words(timeline: Timeline, statement: Statement, voice: Voice = AS_WRITTEN) -> str:
    """A statement in a few words: `talks is after audience`."""
    _, name, claim, _, _, _ = statement
    event = voice.event(name) if name else ""
    if isinstance(claim, Related):
        relation, other, end, lag = claim
        by = f" by {voice.lasting(lag)}" if lag is not None else ""
        other = voice.event(other)
        if end:
            other = f"the {end} of {other}"
        return f"{event} {RELATION_WORDS[relation]} {other}{_RELATION_TAILS.get(relation, '')}{by}"
    if isinstance(claim, Dated):
        return f"{event} {DATE_WORDS[claim.key]} {voice.dated(claim)}"
    if isinstance(claim, Lasting):
        return f"{event} lasts {voice.lasting(claim.length)}"
    if isinstance(claim, Accounts):
        told = "; ".join(
            ", ".join(
                [voice.dated(d) for d in a.dates] + ([voice.lasting(a.length)] if a.length else [])
            )
            for a in claim.accounts[:4]
        )
        more = f" and {len(claim.accounts) - 4} more" if len(claim.accounts) > 4 else ""
        count = len(claim.accounts)
        return f"{event} by {count} account{'s' if count > 1 else ''}: {told}{more}"
    if isinstance(claim, Linked):
        title = timeline.sequences[claim.sequence].title
        chain = f' in the sequence "{title}"' if title else " in a sequence"
        verb = "is" if len(claim.later) == 1 else "are"
        later, earlier = _listed(claim.later, voice), _listed(claim.earlier, voice)
        return f"{later} {verb} after {earlier}{chain}"
    tail, head = voice.end(*claim.tail), voice.end(*claim.head)
    return f"from {tail} to {head}: {voice.lasting(claim.lag)}"


def _listed(names: Sequence[str], voice: Voice) -> str:
    shown = [voice.event(name) for name in names[:4]]
    if len(names) > 4:
        return ", ".join(shown) + f" and {len(names) - 4} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
