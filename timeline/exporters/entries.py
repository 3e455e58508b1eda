"""Which entry of a calendar an event becomes, by how much is known of when it happened.

A calendar knows two kinds of entry: from one instant to another, or whole days. ROWS is the whole
policy: the first row that knows the event gives its entry, and OMITTED says why none did. An entry
claims no more than is certain: what is only a window is TENTATIVE and covers all of it; where the
start is certain and the end is not, the entry lasts as long as the event is sure to last.

Instants are seconds UTC, days are ordinals (0001-01-01 is 1) of the event's own zone.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from timeline.civil import FIRST, LAST, day_start, fixed_offset, local
from timeline.duration import DAY, in_words
from timeline.gregorian import LAST_DAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    from timeline.edtf import Date
    from timeline.memo import Memo
    from timeline.schedule import Placed, Schedule

SHORT = 12 * 3600  # a window below this is shown by its times, seconds


class Entry(NamedTuple):
    """One entry. `start` and `end` are instants, or days where it is `all_day`; the end is
    exclusive, and None where nothing after the start is certain (or the calendar is at its end).

    `row` names the row of the policy that gave it. `utc` asks for times in UTC, since the author
    wrote an offset and no zone's local time.
    """

    all_day: bool
    start: int
    end: int | None
    tentative: bool
    row: str
    utc: bool = False


def entry(placed: Placed, longest: int) -> Entry | str:
    """The entry of an event, or the reason in words why it has none.

    `longest` is the widest window, in seconds, that is still shown. Where it is whole days, a
    window of so many days fits it, even where a change of the clocks makes them an hour longer.
    """
    for row in ROWS:
        found = row(placed, longest)
        if found is not None:
            return found if _writable(found) else "it passes the last day of the year 9999"
    return omitted(placed, longest)


@lru_cache(maxsize=1)
def entries(schedule: Schedule, memo: Memo | None = None) -> dict[str, Entry | str]:
    """The entry of every event by its id, or the reason why it has none: several exporters ask, and
    each for every view."""
    longest = schedule.timeline.calendar.longest_window
    if memo is None:
        return {placed.event.id: entry(placed, longest) for placed in schedule.events}
    by_id = schedule.by_id
    return memo.room("entries", longest).each(
        by_id.items(), lambda name: entry(by_id[name], longest)
    )


def whole_days(placed: Placed, _: int) -> Entry | None:
    """Both ends are exact, and midnights that no one wrote as times of day: those days, confirmed.

    This is `throughout`, and what is `equals` to it.
    """
    (low, high), (until, latest), tz = placed.start, placed.end, placed.event.tz
    if low is None or low != high or until is None or until != latest:
        return None
    if low == until or _timed(placed):
        return None
    first, last = _day_begun(low, tz), _day_begun(until, tz)
    if first is None or last is None:
        return None
    return Entry(True, first, last, False, "whole days")


def exact_start(placed: Placed, _: int) -> Entry | None:
    """The start is exact, by the author or by the order: a timed entry, confirmed.

    It ends at its exact end, or as late as it is sure to last; where only the day of the end is
    known, with that day. Without any of these, and for a moment, it has no end.
    """
    (at, high), (until, latest), tz = placed.start, placed.end, placed.event.tz
    if at is None or at != high or _fills_from_midnight(placed):
        return None
    exact = until == latest
    if until is not None and latest is not None and not exact:
        day = _day(latest - 1, tz)
        if (until, latest) == (day_start(day, tz) + 1, day_start(day + 1, tz)):
            until = latest  # "it ends on the 28th": with that day, not at its first second
    least = 1 if exact else 60  # that it ends after another event is a second, and no length
    sure = until if until is not None and until - at >= least else None
    return Entry(False, at, sure, False, "exact start", _offset_written(placed))


def stated_day(placed: Placed, _: int) -> Entry | None:
    """The author states the day on which it starts: an all-day entry, confirmed.

    It runs through the last day that it is sure to touch: of DAY/DAY the second. An order that
    narrows the day to some hours of it does not make the day less sure.
    """
    low, high = placed.own.start.earliest, placed.own.start.latest
    if low is None or high is None or _timed(placed):
        return None
    if not (_day_written(placed) or _fills_from_midnight(placed)):
        return None
    tz = placed.event.tz
    first = _day(low, tz)
    if _day(high, tz) != first:
        return None  # two accounts that name two days
    end = placed.end.earliest
    last = first if end is None else max(first, _day(end - 1, tz))
    return Entry(True, first, last + 1, False, "day")


def short_window(placed: Placed, _: int) -> Entry | None:
    """A window under twelve hours, bounded by times of day on both sides: timed, tentative."""
    low, high = _window(placed)
    if low is None or high is None or not 0 < high - low < SHORT:
        return None
    if not (_is_time(placed, low, (0,)) and _is_time(placed, high, (0, DAY - 1))):
        return None
    return Entry(False, low, high, True, "short window", _offset_written(placed))


def window_of_days(placed: Placed, longest: int) -> Entry | None:
    """Any other window that is not too wide: one all-day entry over it, tentative."""
    low, high = _window(placed)
    if low is None or high is None:
        return None
    first, last = _days(placed, low, high)
    if high - low > longest and (last + 1 - first) * DAY > longest:
        return None
    return Entry(True, first, last + 1, True, "window")


def last_day(placed: Placed, _: int) -> Entry | None:
    """The author states a last possible day and no first one: an entry on that day, tentative.

    Not where the last day only follows from the order ("before the publication"): that is no
    deadline, and such an entry would lie on a day that has nothing to do with the event.
    """
    high = placed.end.latest
    if placed.own.end.latest is None or placed.own.start.earliest is not None or high is None:
        return None
    day = _day(high - 1, placed.event.tz)
    return Entry(True, day, day + 1, True, "last day")


def status(placed: Placed, entry: Entry) -> str:
    """STATUS (RFC 5545 3.8.1.11): what the author says of the event, else how sure its time is. A
    date marked `?` or `%` is doubted by the author; `~` only makes it approximate."""
    if placed.event.status == "confirmed":
        return "TENTATIVE" if entry.tentative or placed.uncertain else "CONFIRMED"
    return placed.event.status.upper()


ROWS: tuple[Callable[[Placed, int], Entry | None], ...] = (
    whole_days, exact_start, stated_day, short_window, window_of_days, last_day,
)  # fmt: skip


def omitted(placed: Placed, longest: int) -> str:
    """Why an event that no row knows has no entry."""
    low, high = _window(placed)
    if low is not None and high is not None:
        return f"its window, {placed.label}, is longer than {in_words(longest)}"
    if placed.end.latest is not None and placed.own.end.latest is None:
        return f"its last possible time only follows from the order: {placed.label}"
    if low is None and placed.start.latest is None and placed.end.earliest is None:
        return "nothing is known of its date"
    return f"too little is known of its date: {placed.label}"


def _window(placed: Placed) -> tuple[int | None, int | None]:
    """From the earliest start to the latest end; to the latest start, where no end is known."""
    start, end = placed.told
    return start.earliest, start.latest if end.latest is None else end.latest


@lru_cache(maxsize=8192)
def _day(at: int, tz: ZoneInfo) -> int:
    return local(at, tz)[0]


def _day_begun(at: int, tz: ZoneInfo) -> int | None:
    """The day that begins at an instant; None where none does."""
    day, second = local(at, tz)
    if fixed_offset(tz) is not None:
        return None if second else day
    return day if day_start(day, tz) == at else None


def _days(placed: Placed, low: int, high: int) -> tuple[int, int]:
    """The first and the last day that a window touches; its end is not in it."""
    tz = placed.event.tz
    return _day(low, tz), _day(max(low, high - 1), tz)


def _has_time(date: Date) -> bool:
    start, end = date.start, date.end
    return (start is not None and start.time is not None) or (
        end is not None and end.time is not None
    )


def _timed(placed: Placed) -> bool:
    """Whether the author wrote a time of day."""
    for dated in placed.dates:
        for part in (dated.date.start, dated.date.end):
            if part is not None and part.time is not None:
                return True
    return False


def _day_written(placed: Placed) -> bool:
    """Whether a date of the author's names the day of the start."""
    return any(
        dated.key in ("when", "start")
        and dated.date.kind != "set"
        and dated.date.start is not None
        and dated.date.start.precision == "day"
        for dated in placed.dates
    )


def _fills_from_midnight(placed: Placed) -> bool:
    """`start = DAY` with `throughout` and the like: exact by its own dates, and yet no time."""
    start = placed.own.start
    if start.earliest is None or not start.exact or _timed(placed):
        return False
    tz = placed.event.tz
    return day_start(_day(start.earliest, tz), tz) == start.earliest


def _offset_written(placed: Placed) -> bool:
    """Whether all times that the author wrote have an offset of their own."""
    written = False
    for dated in placed.dates:
        for part in (dated.date.start, dated.date.end):
            if part is not None and part.time is not None:
                if part.offset is None:
                    return False
                written = True
    return written


def _is_time(placed: Placed, at: int, edges: tuple[int, ...]) -> bool:
    """Whether a bound is a time of day and not the edge of a day: it lies elsewhere in the day, or
    the author wrote that very instant as a time."""
    if local(at, placed.event.tz)[1] not in edges:
        return True
    return any(
        at in (dated.ends.start.earliest, dated.ends.start.latest, dated.ends.end.latest)
        and _has_time(dated.date)
        for dated in placed.dates
    )


def _writable(entry: Entry) -> bool:
    """Whether both ends lie in the years that a calendar can write, 1 to 9999."""
    first, last = (1, LAST_DAY) if entry.all_day else (FIRST, LAST - 1)
    return first <= entry.start and (entry.start if entry.end is None else entry.end) <= last
