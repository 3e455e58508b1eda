"""When an entry is, in lines: DTSTART and DTEND, and the VTIMEZONEs that they name.

A local time is written only where every reader takes it for the same instant; else it stands in UTC.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from timeline.civil import EPOCH_DAY, offset_at
from timeline.duration import DAY
from timeline.exporters.ics_lines import day_ends, local_ends, utc_ends
from timeline.gregorian import ordinal, ymd

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from timeline.exporters.entries import Entry
    from timeline.model import Event

Zones = dict[str, tuple["ZoneInfo", int, int]]
"""The zones in use by TZID, each with the first and the last instant told by it."""

_UTC = frozenset(("UTC", "UCT", "GMT", "GMT0", "GMT+0", "GMT-0", "Greenwich", "Universal", "Zulu"))


def ends(chosen: Entry, event: Event, zones: Zones) -> list[str]:
    """DTSTART and DTEND. Local times with the event's zone where every reader takes them for the
    same instants; else in UTC. Notes the zone that is used."""
    start, end = chosen.start, chosen.end
    if chosen.all_day:
        return day_ends(start, end)
    if chosen.utc or _fixed(event.zone):
        return utc_ends(start, end)
    last, tz = start if end is None else end, event.tz
    before, after = _offset(start, tz), _offset(last, tz)
    if before is None or after is None:
        return utc_ends(start, end)
    _, low, high = zones.get(event.zone, (tz, start, last))
    zones[event.zone] = (tz, min(low, start), max(high, last))
    return local_ends(start + before, None if end is None else end + after, event.zone)


def _fixed(key: str) -> bool:
    """Whether a zone is UTC or a fixed offset from it, by its name."""
    return key in _UTC or key.startswith("Etc/")


def _offset(at: int, tz: ZoneInfo) -> int | None:
    """The offset by which every reader takes a local time for that instant; None where not all do.

    Zones change seldom, so most days answer for all their instants: a day on which the offset is
    what it was a day before and will be a day after repeats no local time (of changes in less than
    a week tzdata has none).
    """
    day = at // DAY
    steady = _steady_offset(day, tz)
    if steady is not None:
        return steady
    return offset_at(at, tz) if _safe(at, tz) else None


def _safe(at: int, tz: ZoneInfo) -> bool:
    """Whether every reader takes the local time at an instant for that instant."""
    from timeline.exporters.vtimezone import local_form_safe  # not loaded where all is in UTC

    return local_form_safe(at, tz)


@lru_cache(maxsize=4096)
def _steady_offset(day: int, tz: ZoneInfo) -> int | None:
    start = day * DAY
    offset = offset_at(start, tz)
    around = (offset_at(start - DAY, tz), offset_at(start + 2 * DAY, tz))
    sure = around == (offset, offset) and _safe(start, tz)
    return offset if sure and _safe(start + DAY, tz) else None


def components(zones: Zones) -> list[str]:
    """The VTIMEZONE of each zone in use, by name."""
    return [
        _zone(key, tz, _year(low), _year(high)) for key, (tz, low, high) in sorted(zones.items())
    ]


def _year(seconds: int) -> int:
    return ymd(seconds // DAY + EPOCH_DAY)[0]


@lru_cache(maxsize=256)
def _zone(key: str, tz: ZoneInfo, first: int, last: int) -> str:
    """A VTIMEZONE that serves whole years, so that hardly an edit changes it and views share it."""
    from timeline.exporters.vtimezone import vtimezone

    low = (ordinal(first, 1, 1) - EPOCH_DAY) * DAY
    high = (ordinal(last + 1, 1, 1) - EPOCH_DAY) * DAY - 1
    written: bytes = vtimezone(key, low, high, tz).to_ical(sorted=False)
    return written.decode()
