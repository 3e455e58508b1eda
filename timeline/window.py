"""Windows: the earliest and the latest instant at which an end of an event may lie.

An event is an interval [start, end) with start ≤ end. A stated date gives a window for its start
and one for its end, in whole seconds UTC, both limits included; None is open.
"""

# Annotations are evaluated here: as texts, `NamedTuple` would compile each at every start.
from typing import NamedTuple
from zoneinfo import ZoneInfo

from timeline.civil import EPOCH_DAY, LocalTimeError, day_start, instant, shift
from timeline.duration import DAY, Amount
from timeline.edtf import Date, Period


class Window(NamedTuple):
    """From the earliest to the latest second, both included; None where that side is open."""

    earliest: int | None
    latest: int | None

    @property
    def exact(self) -> bool:
        """Only one second is left."""
        return self.earliest is not None and self.earliest == self.latest


OPEN = Window(None, None)


class Ends(NamedTuple):
    """The windows of an event's start and of its end."""

    start: Window
    end: Window


def bounds(period: Period, tz: ZoneInfo) -> tuple[int | None, int | None]:
    """The instants [from, to) of a period in a zone; for an exact time both are that instant.

    None where nothing is known (`XXXX`). Raises LocalTimeError where the zone skips or repeats the
    time of day, or skips the whole day (`skipped-day`).
    """
    if period.first is None or period.last is None:
        return None, None
    if period.time is not None:
        if period.offset is not None:
            at = day_start_utc(period.first) + period.time - period.offset
        else:
            at = instant(period.first, period.time, tz)
        return at, at
    low, high = day_start(period.first, tz), day_start(period.last + 1, tz)
    if low >= high:
        raise LocalTimeError("skipped-day", (low, high))
    return low, high


def day_start_utc(day: int) -> int:
    """Seconds UTC of a day's midnight in UTC."""
    return (day - EPOCH_DAY) * DAY


def stated(key: str, date: Date, tz: ZoneInfo, throughout: bool, tolerance: Amount | None) -> Ends:
    """What one date key says of both ends of its event.

    `key` is `when`, `start`, `end`, `earliest` or `latest`. With `throughout` the event fills the
    period; otherwise it lies within it (CIDOC CRM P82: "at some time within"). A tolerance widens
    both ways. Raises LocalTimeError.
    """
    first = bounds(date.start, tz) if date.start is not None else (None, None)
    last = first
    if date.end is not date.start:
        last = bounds(date.end, tz) if date.end is not None else (None, None)
    low, high = first[0], last[1]
    if key == "earliest":
        ends = Ends(Window(low, None), OPEN)
    elif key == "latest":
        ends = Ends(OPEN, Window(None, high))
    elif key == "start":
        ends = Ends(Window(low, low) if throughout else _start_within(low, high, date.end), OPEN)
    elif key == "end":
        ends = Ends(OPEN, Window(high, high) if throughout else _end_within(low, high, date.start))
    elif date.kind == "interval":
        begins = _start_within(*first, date.start)
        finishes = _end_within(*last, date.end)
        if throughout:
            begins, finishes = Window(first[0], first[0]), Window(last[1], last[1])
        ends = Ends(begins, finishes)
    elif throughout:
        ends = Ends(Window(low, low), Window(high, high))
    elif date.kind == "single":
        exact = low is not None and low == high
        ends = Ends(_start_within(low, high, date.end), Window(None, None if exact else high))
    else:
        ends = Ends(_start_within(low, high, date.end), Window(None, high))
    return ends if tolerance is None else _widen(ends, tolerance, tz)


def _start_within(low: int | None, high: int | None, last: Period | None) -> Window:
    """A start in [low, high), whose last period this is: at its last second at the latest, and at
    the instant itself where the period is one."""
    return Window(low, high if high is None or _instant(last) else high - 1)


def _end_within(low: int | None, high: int | None, first: Period | None) -> Window:
    """An end in [low, high), whose first period this is: after its first instant, or at the
    instant itself where the period is one; at the end of it all at the latest."""
    return Window(low if low is None or _instant(first) else low + 1, high)


def _instant(period: Period | None) -> bool:
    return period is not None and period.time is not None


def _widen(ends: Ends, by: Amount, tz: ZoneInfo) -> Ends:
    less = Amount(-by.months, -by.seconds)

    def wider(window: Window) -> Window:
        low, high = window.earliest, window.latest
        return Window(
            None if low is None else shift(low, less, tz),
            None if high is None else shift(high, by, tz),
        )

    return Ends(wider(ends.start), wider(ends.end))


def tighten(ends: Ends, least: int, most: int | None) -> Ends | None:
    """Both windows drawn together by a duration of `least` to `most` seconds; None where nothing
    fits. For two points and one distance a single pass each way is the closure."""
    low, high = ends.start.earliest, ends.start.latest
    first, last = ends.end.earliest, ends.end.latest
    if first is not None and most is not None:
        low = first - most if low is None else max(low, first - most)
    if last is not None:
        high = last - least if high is None else min(high, last - least)
    if low is not None:
        first = low + least if first is None else max(first, low + least)
    if high is not None and most is not None:
        last = high + most if last is None else min(last, high + most)
    if low is not None and high is not None and low > high:
        return None
    if first is not None and last is not None and first > last:
        return None
    if most is not None and least > most:
        return None
    return Ends(Window(low, high), Window(first, last))


def meet(one: Window, other: Window) -> Window:
    """The part that two windows share (it may be empty: earliest after latest)."""
    if one == OPEN:
        return other
    (low, high), (first, last) = one, other
    if low is None or (first is not None and first > low):
        low = first
    if high is None or (last is not None and last < high):
        high = last
    return Window(low, high)


def hull(one: Window, other: Window) -> Window:
    """The least window that holds both; open where either is."""
    low = high = None
    if one.earliest is not None and other.earliest is not None:
        low = min(one.earliest, other.earliest)
    if one.latest is not None and other.latest is not None:
        high = max(one.latest, other.latest)
    return Window(low, high)
