"""What a VTIMEZONE says, worked out by RFC 5545 3.6.5 and nothing else.

The test side's own reading, that shares no code with the writer, a library or a zone table.
"""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache

from attrs import frozen
from ics_values import local_time

_EPOCH = datetime(1970, 1, 1)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@frozen
class Observance:
    """A STANDARD or DAYLIGHT; onsets are local times before the change, offsets are in seconds."""

    start: datetime
    before: int
    after: int
    rule: dict[str, str] | None
    dates: tuple[datetime, ...]


@frozen(eq=False)  # so that a zone is a key of the cache by what it is, not by what it holds
class Zone:
    """A VTIMEZONE as it is defined."""

    name: str
    number: int
    observances: tuple[Observance, ...]


def onsets(observance: Observance, year: int) -> Iterator[datetime]:
    """Yield the rule's onset in `year`, or in its nearest year, as local time before the change."""
    if observance.rule is None:
        return
    until = observance.rule.get("UNTIL", "99991231T235959Z")
    year = max(observance.start.year, min(year, int(until[:4])))
    month, day = int(observance.rule["BYMONTH"]), observance.rule["BYDAY"]
    nth, weekday = int(day[:-2]), _WEEKDAYS.index(day[-2:])
    first, days = monthrange(year, month)
    candidates = range(1 + (weekday - first) % 7, days + 1, 7)
    onset = observance.start.replace(
        year=year, month=month, day=candidates[nth if nth < 0 else nth - 1]
    )
    last = local_time(until[:-1])
    if last and onset >= observance.start and seconds(onset) - observance.before <= seconds(last):
        yield onset


@lru_cache(maxsize=4096)
def _changes(zone: Zone, year: int) -> list[tuple[int, int]]:
    """Return the changes that matter to local times in `year`: instant, and offset from then on."""
    changes: set[tuple[int, int]] = set()
    for observance in zone.observances:
        times = [*observance.dates]
        for near in (year - 1, year, year + 1):
            times.extend(onsets(observance, near))
        changes.update((seconds(time) - observance.before, observance.after) for time in times)
    return sorted(changes)


def instants(local: datetime, zone: Zone) -> list[int]:
    """Return what the local time can be in seconds UTC: none in a gap, or before every onset."""
    possible = set()
    changes = _changes(zone, local.year)
    for after in {after for _, after in changes}:
        instant = seconds(local) - after
        passed = bisect_right(changes, (instant, 86_400))
        if passed and changes[passed - 1][1] == after:
            possible.add(instant)
    return sorted(possible)


def seconds(moment: datetime) -> int:
    """Return the seconds since 1970 of a naive time."""
    return (moment - _EPOCH) // timedelta(seconds=1)
