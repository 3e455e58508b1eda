"""A time axis for a terminal's columns that shortens the stretches in which nothing happens."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import frozen

from timeline.civil import local
from timeline.duration import DAY
from timeline.gregorian import ymd
from timeline.words import MONTHS, clock_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from timeline.schedule import Placed

_HOUR = 3_600
_STEPS = (  # each the longest of its kind: a day has up to 25 hours, a year up to 366 days
    60, 600, _HOUR, 6 * _HOUR, DAY + _HOUR, 7 * DAY + _HOUR, 31 * DAY + _HOUR, 366 * DAY,
    3_653 * DAY, 36_525 * DAY,
)  # fmt: skip
_MARGIN = 2  # columns at an edge past which some window is open


@frozen(eq=False)
class Axis:
    """Instants to columns, in order but not to scale.

    The instants at which a window begins or ends divide the axis. A stretch between two of them is
    as wide as it lasts, up to `step` (seconds; about what most of them last); a longer one is
    shortened to that, so that ten years are no wider than a day among days.
    """

    columns: int
    step: int
    first: int  # the column of the first instant
    last: int  # the column after that of the last
    times: tuple[int, ...]
    spots: tuple[float, ...]  # where each of `times` lies, in units of `step`

    @property
    def grain(self) -> float:
        """About how many seconds a column stands for, at least: labels are no finer."""
        return self.step * max(1.0, self.spots[-1] / (self.last - self.first))

    def at(self, seconds: int) -> float:
        """Where an instant lies, in columns from the left edge."""
        times, spots = self.times, self.spots
        i = min(max(bisect_right(times, seconds) - 1, 0), len(times) - 2)
        part = (seconds - times[i]) / (times[i + 1] - times[i])
        spot = spots[i] + min(max(part, 0.0), 1.0) * (spots[i + 1] - spots[i])
        return self.first + (self.last - self.first) * spot / spots[-1]

    def cell(self, seconds: int) -> int:
        """The column in which what begins at an instant is drawn."""
        return min(int(self.at(seconds) + 0.5), self.last - 1)

    def final(self, seconds: int) -> int:
        """The last column of what ends at an instant."""
        return max(int(self.at(seconds) + 0.5) - 1, self.first)

    def cells(self, low: int, high: int) -> range:
        """The columns of a stretch [low, high): the nearest whole ones, at least one."""
        first = self.cell(low)
        return range(first, max(self.final(high), first) + 1)


def limits(placed: Placed) -> tuple[int | None, int | None]:
    """From when to when an event can reach, with what is known nearest to it on an open side; the
    end of a moment whose start is exact is its start, if nothing bounds it."""
    start, end = placed.told
    low = start.earliest
    high = end.latest
    if high is None:
        high = max((t for t in (start.latest, end.earliest, low) if t is not None), default=None)
    if low is None:
        low = min((t for t in (start.latest, end.earliest, high) if t is not None), default=None)
    return low, high


def axis(shown: Iterable[Placed], columns: int) -> Axis | None:
    """An axis for some events; None where fewer than two instants are known of them."""
    events = list(shown)
    times = sorted({t for p in events for t in limits(p) if t is not None})
    if len(times) < 2:
        return None
    gaps = [after - before for before, after in pairwise(times)]
    middle = sorted(gaps)[(len(gaps) - 1) // 2]
    step = next((s for s in _STEPS if s >= middle), _STEPS[-1])
    spots = [0.0]
    for gap in gaps:
        spots.append(spots[-1] + min(gap, step) / step)
    left = any(p.start.earliest is None for p in events)
    right = any(p.told.end.latest is None and not p.start.exact for p in events)
    return Axis(
        columns, step, _MARGIN * left, columns - _MARGIN * right, tuple(times), tuple(spots)
    )


def scale(axis: Axis, shown: Iterable[Placed], tz: ZoneInfo) -> list[str]:
    """The axis, its labels above it: years, months and days (or months, days and hours, or less),
    as many as have room. `┄` is a stretch that is shortened."""
    rows = _levels(axis.grain)
    labelled: list[list[str]] = [[" "] * axis.columns for _ in range(rows)]
    free = [0] * rows
    last: list[object] = [None] * rows  # what the last label of each row stands for
    ticks = set()
    for cell, seconds in _starts(axis, shown):
        names, keys = _names(seconds, tz, axis.grain)
        for i in range(rows):
            if last[i] == keys[i]:
                continue
            at = min(cell, axis.columns - len(names[i]))
            if at < free[i]:
                break  # a day without its month would be read as one of the month before
            labelled[i][at : at + len(names[i])] = names[i]
            free[i] = at + len(names[i]) + 1
            last[i] = keys[i]
            ticks.add(cell)
    line = []
    for column in range(axis.columns):
        if column in ticks:
            line.append("┬")
        else:
            line.append("┄" if _shortened(axis, column) else "─")
    return ["".join(row).rstrip() for row in labelled] + ["".join(line)]


def _starts(axis: Axis, shown: Iterable[Placed]) -> list[tuple[int, int]]:
    """Where something begins or, of what has no known beginning, ends: the column, and the instant.

    What ends with a day is labelled with that day; on a finer axis, with the instant itself.
    """
    found = {}
    for placed in shown:
        low, high = placed.start.earliest, placed.told.end.latest
        if low is not None:
            found[low] = axis.cell(low)
        elif high is not None:
            if axis.grain < DAY:
                found[high] = axis.cell(high)
            else:
                found[high - 1] = axis.final(high)
    return sorted((cell, seconds) for seconds, cell in found.items())


def _levels(grain: float) -> int:
    return 1 if grain >= 366 * DAY else 2 if grain >= 31 * DAY else 3


def _names(seconds: int, tz: ZoneInfo, grain: float) -> tuple[list[str], list[object]]:
    """The labels of an instant, the coarsest first, and what each of them stands for."""
    day, second = local(seconds, tz)
    year, month, date = ymd(day)
    if grain < DAY:
        names = [f"{MONTHS[month - 1]} {year}", str(date), clock_words(second // 60 * 60)]
        return names, [(year, month), day, (day, second // 60)]
    count = _levels(grain)
    return [str(year), MONTHS[month - 1], str(date)][:count], [year, (year, month), day][:count]


def _shortened(axis: Axis, column: int) -> bool:
    """Whether most of a column lies in a stretch that is shortened."""
    middle = column + 0.5
    if not axis.first <= middle <= axis.last:
        return False
    spot = (middle - axis.first) / (axis.last - axis.first) * axis.spots[-1]
    i = min(max(bisect_right(axis.spots, spot) - 1, 0), len(axis.times) - 2)
    return axis.times[i + 1] - axis.times[i] > 2 * axis.step
