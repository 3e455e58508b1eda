"""Under which day each event of a diagram stands, and where a diagram is cut into columns and parts.

The order of a schedule is never changed: days run on, and an event whose own date lies before that of
one that it follows stands under the later day (and tells its own).
"""

from __future__ import annotations

from itertools import pairwise
from math import log2
from typing import TYPE_CHECKING

from timeline.civil import local
from timeline.gregorian import ymd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.schedule import Placed

Day = int | None


def days(placed: Sequence[Placed]) -> list[Day]:
    """For each event the number of its day: the first that it can touch, or where that is open the
    last, if none of the next begins before. None for those without any date after the last with one.
    """
    firsts = [_day(p, p.told.start.earliest, False) for p in placed]
    found: list[Day] = []
    following: Day = None
    for p, first in zip(reversed(placed), reversed(firsts), strict=True):
        day = first
        if day is None:
            start, end = p.told
            known = (end.latest, start.latest, end.earliest)
            at = next((at for at in known if at is not None), None)
            last = _day(p, at, at == end.latest)
            day = min((d for d in (last, following) if d is not None), default=None)
        else:
            following = day if following is None else min(day, following)
        found.append(day)
    found.reverse()
    reached: Day = None
    for i, day in enumerate(found):
        if day is not None:  # None only where no later event has a day either
            reached = found[i] = day if reached is None else max(day, reached)
    return found


def _day(placed: Placed, at: int | None, closing: bool) -> Day:
    """A day in the event's own zone; the midnight that closes a period belongs to it."""
    if at is None:
        return None
    return local(at - closing, placed.event.tz)[0]


def only_year(of: Sequence[Day]) -> int | None:
    """The year in which all days lie; None where there are several or none."""
    years = {ymd(day)[0] for day in of if day is not None}
    return years.pop() if len(years) == 1 else None


def split(of: Sequence[Day], most: int) -> list[range]:
    """As few runs of events as hold at most so many each, cut where a year ends if that is near,
    else a month, else a day; of like length else."""
    runs: list[range] = []
    start = 0
    while len(of) - start > most:
        left = len(of) - start
        ideal = left / -(-left // most)
        least = start + max(1, round(ideal / 2))
        cuts = range(least, start + most + 1)
        cut = max(cuts, key=lambda c: (_break(of[c - 1], of[c]), -abs(c - start - ideal), -c))
        runs.append(range(start, cut))
        start = cut
    return [*runs, range(start, len(of))]


def _break(before: Day, after: Day) -> int:
    """How natural it is to cut between two days."""
    if before is None or after is None:
        return 3 * (before is not after)
    (y, m, _), (to_y, to_m, _) = ymd(before), ymd(after)
    return 3 if y != to_y else 2 if m != to_m else int(before != after)


def columns(of: Sequence[Day], most: int) -> list[range]:
    """Runs of events to stand below each other: one a day if that many columns are enough, else of
    like number, cut where most time lies between, never within a day."""
    cuts = [0, *(i for i in range(1, len(of)) if of[i] != of[i - 1]), len(of)]
    if len(cuts) - 1 <= most:
        return [range(a, b) for a, b in pairwise(cuts)]
    ideal = len(of) / most
    # best[j]: the least cost of columns that end at cuts[j], and the cut before; column by column.
    best: list[list[tuple[float, int]]] = [[(0.0 if j == 0 else 1e9, 0) for j in range(len(cuts))]]
    for _ in range(most):
        last = best[-1]
        best.append([
            min(
                ((last[i][0] + ((cuts[j] - cuts[i]) / ideal) ** 2 - _gap(of, cuts[i]), i)
                 for i in range(j)),
                default=(1e9, 0),
            )
            for j in range(len(cuts))
        ])  # fmt: skip
    runs: list[range] = []
    j = len(cuts) - 1
    for row in reversed(best[1:]):
        i = row[j][1]
        runs.append(range(cuts[i], cuts[j]))
        j = i
    return runs[::-1]


def _gap(of: Sequence[Day], at: int) -> float:
    """What a cut before an event is worth: more for each doubling of the days between."""
    if at == 0:
        return 0.0
    before, after = of[at - 1], of[at]
    if before is None or after is None:
        return 2.0
    return 0.15 * log2(after - before) + 0.5 * (ymd(before)[0] != ymd(after)[0])
