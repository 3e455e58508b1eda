"""A time scale in pixels: true to scale where something happens, with the empty stretches cut short.

Time is counted in cells: minutes, hours, days, months, years. A run of cells in which no window
begins or ends may be folded into a break of fixed width; all else is drawn to one scale. Of all
ways to do so the one is taken that keeps instants best apart with the fewest breaks.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from attrs import frozen

from timeline.civil import day_start, instant_after_skip, local, offset_at
from timeline.duration import DAY
from timeline.gregorian import ordinal, ymd

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from zoneinfo import ZoneInfo

    from timeline.schedule import Placed

BREAK = 15.0
"""How wide a folded stretch is, pixels."""
_APART = 12.0  # pixels from which a reader sees at once how far apart two instants are
_SAME = 2  # seconds: the last second of a day and the next day are no two instants
_FOLDS = (4, 8, 16, 48)  # cells without any event from which a stretch is folded
_COST = 0.5  # a break has to set so many instants apart
_COVERED = 3  # times that, where it cuts through a mark
_IDLE = 0.05  # the line before the first instant and after the last is worth so much less
_BETTER = 0.02  # so much a finer cell or a shorter fold has to gain
_TO_SCALE = 0.4  # of the line, at least
_SAMPLE = 400  # instants by which a scale is chosen

Step = tuple[str, int]
"""A unit of the calendar or the clock and how many of it: `("day", 1)`, `("minute", 10)`."""

CELLS: tuple[Step, ...] = (
    ("year", 100), ("year", 10), ("year", 1), ("month", 1), ("day", 1), ("hour", 6), ("hour", 1),
    ("minute", 10), ("minute", 1), ("second", 1),
)  # fmt: skip
SECONDS = {
    "second": 1, "minute": 60, "hour": 3600, "day": DAY, "month": 30 * DAY, "year": 365 * DAY,
}  # fmt: skip
_CLOCK = ("second", "minute", "hour")


@frozen
class Run:
    """A stretch [first, last] of seconds UTC on [left, right] pixels; `folded` where it is a break."""

    first: int
    last: int
    left: float
    right: float
    folded: bool = False


@frozen
class Scale:
    """Instants to pixels, left to right. `pace` is pixels a second, in all runs but folded ones."""

    runs: tuple[Run, ...]
    pace: float
    tz: ZoneInfo

    @property
    def left(self) -> float:
        """Where the first known instant lies."""
        return self.runs[0].left

    @property
    def right(self) -> float:
        """Where the last known instant lies."""
        return self.runs[-1].right

    def x(self, seconds: int) -> float:
        """Where an instant lies; one outside the scale at its nearer end."""
        run = self.runs[0]
        if len(self.runs) > 1:
            i = bisect_right(self.runs, seconds, key=lambda run: run.first) - 1
            run = self.runs[max(i, 0)]
        part = (seconds - run.first) / (run.last - run.first)
        return run.left + min(max(part, 0.0), 1.0) * (run.right - run.left)


@lru_cache(maxsize=2)
def instants(shown: tuple[Placed, ...]) -> tuple[int, ...]:
    """Every instant at which a window of these events begins or ends, in order."""
    found: set[int | None] = set()
    for placed in shown:
        start, end = placed.told
        found.update(start)
        found.update(end)
    return tuple(sorted(at for at in found if at is not None))


def floor(step: Step, seconds: int, tz: ZoneInfo) -> int:
    """The start of the cell that holds an instant, by the clocks and the calendar of a zone."""
    unit, count = step
    day, second = local(seconds, tz)
    if unit in _CLOCK:
        return seconds - second % (SECONDS[unit] * count)
    year, month, date = ymd(day)
    if unit == "year":
        return day_start(ordinal(year // count * count, 1, 1), tz)
    if unit == "month":
        return day_start(ordinal(year, (month - 1) // count * count + 1, 1), tz)
    first = day - (date - 1) % count
    if ymd(first + count // 2)[1] != month:  # the days left over at a month's end
        first -= count
    return day_start(first, tz)


def following(step: Step, start: int, tz: ZoneInfo) -> int:
    """The start of the cell after the one that begins at `start`."""
    unit, count = step
    day, second = local(start, tz)
    if unit in _CLOCK:
        size = SECONDS[unit] * count
        second += size - second % size
        if second >= DAY:
            return day_start(day + 1, tz)
        return max(instant_after_skip(day, second, tz), start + 1)
    year, month, _ = ymd(day)
    if unit == "year":
        return day_start(ordinal(year // count * count + count, 1, 1), tz)
    if unit == "month":
        past = (month - 1) // count * count + count
        return day_start(ordinal(year + past // 12, past % 12 + 1, 1), tz)
    day += count
    if ymd(day + count // 2)[1] != month:
        day = ordinal(year + month // 12, month % 12 + 1, 1)
    return day_start(day, tz)


def longest_first(times: Sequence[int]) -> list[tuple[int, int, int]]:
    """The gaps between instants in order: how long, and from when to when."""
    return sorted(((after - before, before, after) for before, after in pairwise(times)), reverse=True)


def scale(
    times: Sequence[int], gaps: Sequence[tuple[int, int, int]], covered: Covered,
    left: float, right: float, tz: ZoneInfo,
) -> Scale:  # fmt: skip
    """The best scale for some instants (at least one, in order) between two pixels. `gaps` are those
    between them, `covered` tells where marks reach: breaks rather lie where there are none."""
    sample = [times[0]]
    for at in times[1 :: max(1, len(times) // _SAMPLE)]:
        if at - sample[-1] > _SAME:
            sample.append(at)
    most = int((right - left) * (1 - _TO_SCALE) / BREAK) + 1
    best: tuple[float, Scale] | None = None
    for step in CELLS if len(sample) > 1 else (("day", 1),):
        for fold in (None, *_FOLDS):
            stretches = _stretches(times, gaps if fold else [], step, fold or 0, tz, most)
            if not stretches:
                continue
            made = _laid(stretches, left, right, tz)
            worth = _worth(made, sample, covered)
            if best is None or worth > best[0] + _BETTER:
                best = worth, made
            if fold is not None and len(stretches) == 1:
                break  # nothing to fold, however little is asked for
    assert best is not None
    return best[1]


def _stretches(
    times: Sequence[int], gaps: Iterable[tuple[int, int, int]], step: Step, fold: int, tz: ZoneInfo,
    most: int,
) -> list[tuple[int, int]]:  # fmt: skip
    """The stretches that are drawn to scale, from a cell's start to a cell's end, where what lies
    between two of them is `fold` cells or more; none where they are more than `most`. `gaps` are
    between one instant and the next, the longest first: it, and the two."""
    least = fold * SECONDS[step[0]] * step[1]
    breaks: list[tuple[int, int]] = []
    for gap, before, after in gaps:
        if gap < least:
            break
        last, first = _ceiling(step, before, tz), floor(step, after, tz)
        if first - last >= least:
            breaks.append((last, first))
            if len(breaks) == most:
                return []
    breaks.sort()
    starts = [floor(step, times[0], tz), *(first for _, first in breaks)]
    ends = [*(last for last, _ in breaks), _ceiling(step, times[-1], tz)]
    for i, (first, last) in enumerate(zip(starts, ends, strict=True)):
        if first == last:  # a boundary alone: the cell that it ends, or begins
            if i:
                starts[i] = floor(step, first - 1, tz)
            else:
                ends[i] = following(step, first, tz)
    return list(zip(starts, ends, strict=True))


def _ceiling(step: Step, seconds: int, tz: ZoneInfo) -> int:
    """The end of the cell that holds an instant; an instant that ends one is that itself."""
    first = floor(step, seconds, tz)
    return seconds if first == seconds else following(step, first, tz)


def _laid(stretches: list[tuple[int, int]], left: float, right: float, tz: ZoneInfo) -> Scale:
    """Stretches and the breaks between them on a line."""
    free = right - left - BREAK * (len(stretches) - 1)
    pace = free / sum(last - first for first, last in stretches)
    runs: list[Run] = []
    at = left
    for first, last in stretches:
        if runs:
            runs.append(Run(runs[-1].last, first, at, at + BREAK, folded=True))
            at += BREAK
        runs.append(Run(first, last, at, at + pace * (last - first)))
        at = runs[-1].right
    return Scale(tuple(runs), pace, tz)


class Covered:
    """Whether some span covers a stretch."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._lows = [low for low, _ in ordered]
        self._highs = list(accumulate((high for _, high in ordered), max))

    def __call__(self, run: Run) -> bool:
        i = bisect_right(self._lows, run.first)
        return i > 0 and self._highs[i - 1] >= run.last


def _worth(made: Scale, times: Sequence[int], covered: Covered) -> float:
    """How well the instants are told apart, less what the breaks cost."""
    places = [made.x(at) for at in times]
    gaps = [after - before for before, after in pairwise(places)]
    apart = sum(min(gap / _APART, 1.0) for gap in gaps) / max(len(gaps), 1)
    cost = sum(_COVERED if covered(run) else 1 for run in made.runs if run.folded)
    idle = 1 - (places[-1] - places[0]) / (made.right - made.left)
    return apart - _COST * cost / len(times) - _IDLE * idle


def offset_words(seconds: int, tz: ZoneInfo) -> str:
    """The offset that a zone has at an instant: `UTC+9`, `UTC−3:30`, `UTC`."""
    shift = offset_at(seconds, tz)
    hours, minutes = divmod(abs(shift) // 60, 60)
    sign = "−" if shift < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{minutes:02}" if minutes else "") if shift else "UTC"
