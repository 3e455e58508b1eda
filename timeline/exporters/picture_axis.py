"""The axis of a picture: which instants are named, how, and where the names have room."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from timeline.civil import local
from timeline.duration import DAY
from timeline.exporters.picture_scale import SECONDS, floor, following
from timeline.exporters.picture_text import ems
from timeline.gregorian import ymd
from timeline.words import MONTHS, clock_words

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from timeline.exporters.picture_scale import Scale, Step

SIZE = 10.0
"""The size of the letters, pixels."""
_GAP = 2.0
_STEPS: tuple[Step, ...] = (
    ("second", 1), ("second", 5), ("second", 10), ("second", 30), ("minute", 1), ("minute", 5),
    ("minute", 10), ("minute", 30), ("hour", 1), ("hour", 3), ("hour", 6), ("hour", 12), ("day", 1),
    ("day", 5), ("day", 10), ("month", 1), ("month", 3), ("month", 6), ("year", 1), ("year", 2),
    ("year", 5), ("year", 10), ("year", 20), ("year", 50), ("year", 100), ("year", 200),
    ("year", 500), ("year", 1000), ("year", 2000),
)  # fmt: skip
_MOST = 400  # ticks in a picture


@frozen
class Tick:
    """A named instant: its place, its name, and above it what that belongs to where it is another
    than before (`Oct`, `2025`), the names from `at` on where they would pass the right edge."""

    x: float
    names: tuple[str, ...]
    at: float


class _Named(NamedTuple):
    """An instant that might be named: its place, and its names from the finest to the coarsest."""

    x: float
    names: tuple[str, ...]


def ticks(scale: Scale, right: float) -> list[Tick]:
    """The ticks of a scale, left to right, at the finest step whose names have room up to `right`.

    All have as many names, of which those are empty that the tick before had as well.
    """
    step = _step(scale)
    made = _placed(_found(scale, step), right)
    if {tick.names[0] for tick in made} == {"00:00"}:  # days that say no more than that they begin
        made = _placed(_found(scale, ("day", 1)), right)
    return made


def _found(scale: Scale, step: Step) -> list[_Named]:
    """Every instant of a step on the scale, and the start of each run that has none."""
    found: list[_Named] = []
    for run in scale.runs:
        if run.folded:
            continue
        at = floor(step, run.first, scale.tz)
        inside: list[int] = []
        while at < run.last and len(found) + len(inside) < _MOST:
            if at >= run.first:
                inside.append(at)
            at = following(step, at, scale.tz)
        found += [_Named(scale.x(at), _names(step, at, scale.tz)) for at in inside or [run.first]]
    return found


def _step(scale: Scale) -> Step:
    return next((step for step in _STEPS if _has_room(step, scale.pace)), _STEPS[-1])


def _has_room(step: Step, pace: float) -> bool:
    """Whether the names of a step fit between its instants."""
    unit, count = step
    name = {"year": "2025", "month": "Mar", "day": "28"}.get(unit, "18:00")
    return SECONDS[unit] * count * pace >= ems(name) * SIZE + _GAP


def _names(step: Step, seconds: int, tz: ZoneInfo) -> tuple[str, ...]:
    day, second = local(seconds, tz)
    year, month, date = ymd(day)
    unit = step[0]
    if unit == "year":
        return (str(year),)
    if unit == "month":
        return MONTHS[month - 1], str(year)
    if unit == "day":
        return str(date), MONTHS[month - 1], str(year)
    clock = clock_words(second if unit == "second" else second // 60 * 60)
    return clock, f"{date} {MONTHS[month - 1]}", str(year)


def _placed(found: list[_Named], right: float) -> list[Tick]:
    """The ticks that have room. One whose month or year has none is left out: a day without its
    month would be read as one of the month before. What begins something comes first."""
    rank = {}
    before: tuple[str, ...] = ()
    for i, one in enumerate(found):
        news = next((n for n in range(len(one.names), 0, -1) if one.names[n - 1 :] != before[n - 1 :]), 0)
        rank[i] = -news
        before = one.names
    kept: list[int] = []
    for i in sorted(rank, key=lambda i: (rank[i], i)):
        trial = sorted([*kept, i])
        near = trial.index(i)
        if _fits(found, trial[max(0, near - 1) : near + 2], right) and _told(found, trial, right):
            kept = trial
    return _told(found, kept, right) or []


def _fits(found: list[_Named], some: list[int], right: float) -> bool:
    """Whether neighbours have room side by side, by their finest names."""
    for one, other in pairwise(some):
        if found[one].x + 3 + _wide(found[one].names[0]) + _GAP > found[other].x:
            return False
    return True


def _wide(name: str) -> float:
    return ems(name) * SIZE


def _told(found: list[_Named], chosen: list[int], right: float) -> list[Tick] | None:
    """These ticks with the names that are news; None where they have no room."""
    out: list[Tick] = []
    before: tuple[str, ...] = ()
    free = [0.0] * (len(found[0].names) if found else 0)
    for i in chosen:
        x, names = found[i]
        news = [name if names[n:] != before[n:] else "" for n, name in enumerate(names)]
        news[0] = names[0]
        wide = max(map(_wide, news))
        at = min(x + 3, right - wide)
        for n, name in enumerate(news):
            if name:
                if at < free[n]:
                    return None
                free[n] = at + _wide(name) + _GAP
        out.append(Tick(x, tuple(news), at))
        before = names
    return out


def skipped_words(seconds: int) -> str:
    """About how much time a break stands for: `3 years`, `5 months`, `12 days`, `6 h`."""
    for unit, size in (("year", 365.2425 * DAY), ("month", 30.44 * DAY), ("day", DAY)):
        count = round(seconds / size)
        if seconds >= 1.5 * size or (unit == "day" and count):
            return f"{count:,} {unit}{'s' if count > 1 else ''}"
    return f"{max(1, round(seconds / 3600))} h"
