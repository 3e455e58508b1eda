"""A time zone as calendars carry it: an IANA zone over the years in use -> VTIMEZONE.

RFC 5545 3.6.5 lets a zone's history be told in several ways; readers agree on few of them.  Lists
of RDATEs are misread by ical.js and vobject, UNTIL and a bare DTSTART by `ical`, and Exchange reads
one STANDARD and one DAYLIGHT with a rule "BYMONTH and one BYDAY" (MS-OXCICAL 2.1.3.1.1.19.2).  So
changes that follow "the nth or last weekday of a month" to the end of the years in use become one
rule without an end, and every other change an observance of its own, its DTSTART repeated as its
RDATE.  A zone with plain daylight saving thus has exactly one STANDARD and one DAYLIGHT.

DTSTART of an observance is local time in the offset *before* the change.  Changes are found by
asking the zone, so the result agrees with whatever table the caller loaded.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_DAY = 86_400
_YEAR = 366 * _DAY
_EPOCH = datetime(1970, 1, 1)
# No two changes of a zone in tzdata lie closer than 6.9 days; a test watches this.
_STRIDE = 3 * _DAY
# tzdata knows no change before December 1844, and its tables end in 2086.
_OLDEST = int((datetime(1844, 1, 1) - _EPOCH).total_seconds())
_SETTLED = int((datetime(2100, 1, 1) - _EPOCH).total_seconds())
# A rule has to hold this long after the last instant in use.
_FORESIGHT = 3 * _YEAR
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@frozen
class Change:
    """One change of a zone's offset; offsets in seconds east of UTC."""

    at: int  # seconds UTC of the first instant in the new offset
    before: int
    after: int
    name: str  # the abbreviation from then on
    daylight: bool

    @property
    def onset(self) -> datetime:
        """The wall clock at the change, still in the old offset (naive)."""
        return _EPOCH + timedelta(seconds=self.at + self.before)


def vtimezone(key: str, first_utc: int, last_utc: int, zone: ZoneInfo) -> Timezone:
    """Return the VTIMEZONE of `zone` for local times from `first_utc` to `last_utc` (inclusive).

    `key` becomes the TZID and should be the IANA name as it is: node-ical never reads VTIMEZONE
    and looks it up.  Correct for every instant that is `local_form_safe`; write others in UTC.
    """
    from icalendar import Timezone  # slow to load, and only zones that are not UTC need it

    component = Timezone()
    component.add("TZID", key)
    start = min(max(first_utc, _OLDEST), _SETTLED)
    stop = min(last_utc, _SETTLED) + _FORESIGHT
    found = changes(zone, start - _YEAR, stop)
    earlier = [change for change in found if change.at <= start]
    if not earlier:
        component.add_component(_unchanging(zone, start, first_utc))
    later = (change for change in found if change.at > start)
    # One year beyond shows both halves of daylight saving though all events fall in one.
    for change, nth in _observances((*earlier[-1:], *later), stop):
        if change.at <= last_utc + _YEAR:
            component.add_component(_observance(change, nth))
    return component


def local_form_safe(at: int, zone: ZoneInfo) -> bool:
    """Whether every reader takes the local time of `at` (seconds UTC) in `zone` for that instant.

    Not so where a change of offset repeats the local time: RFC 5545 3.3.5 means the first pass,
    ical.js, libical and node-ical take the second.  Not so where the offset has seconds (before
    standard time), which readers round or drop.  Not so from 2100 on, where rules that no weekday
    of the month tells would need an observance for every year.
    """
    if not _OLDEST <= at < _SETTLED:
        return False
    offset = _offset(zone, at)
    local = _EPOCH + timedelta(seconds=at + offset)
    readings = {local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)}
    return len(readings) == 1 and offset % 60 == 0


def changes(zone: ZoneInfo, first: int, last: int) -> list[Change]:
    """Return the changes of offset in (first, last], seconds UTC, in order."""
    found: list[Change] = []
    low, before = first, _offset(zone, first)
    while low < last:
        high = min(low + _STRIDE, last)
        after = _offset(zone, high)
        if after != before:
            at = _bisect(zone, low, high, after)
            found.append(_change(zone, at, before, after))
        low, before = high, after
    return found


def _bisect(zone: ZoneInfo, low: int, high: int, after: int) -> int:
    """Return the first instant in (low, high] with the offset `after`."""
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, middle) == after:
            high = middle
        else:
            low = middle
    return high


def _change(zone: ZoneInfo, at: int, before: int, after: int) -> Change:
    new, old = _local(zone, at), _local(zone, at - 1)
    saving, saved = new.dst() or timedelta(), old.dst() or timedelta()
    # tzdata calls Irish winter a negative saving; calendars call the summer half DAYLIGHT.
    daylight = saving > timedelta() or (not saving and saved < timedelta())
    return Change(at, before, after, new.tzname() or "", daylight)


def _local(zone: ZoneInfo, at: int) -> datetime:
    return zone.fromutc((_EPOCH + timedelta(seconds=at)).replace(tzinfo=zone))


def _offset(zone: ZoneInfo, at: int) -> int:
    offset = _local(zone, at).utcoffset() or timedelta()
    return offset.days * _DAY + offset.seconds


def _observances(found: Iterable[Change], stop: int) -> list[tuple[Change, int]]:
    """Return the changes up to `stop` that need an observance, in order, and the rule of each.

    The rule is the weekday's number in the month (-1 the last) of a change that comes back every
    year at least until `stop`, 0 of a change that stands alone.
    """
    runs: list[tuple[list[Change], set[int]]] = []
    for change in found:
        nths = _nths(change.onset)
        for run, fits in runs:
            if _succeeds(run[-1], change) and fits & nths:
                run.append(change)
                fits &= nths
                break
        else:
            runs.append(([change], nths))
    observances: list[tuple[Change, int]] = []
    for run, fits in runs:
        # "The last" is preferred to any number.
        if _next(run[-1], min(fits)) > stop:
            observances.append((run[0], min(fits)))
        else:
            observances.extend((change, 0) for change in run)
    return sorted(observances, key=lambda observance: observance[0].at)


def _nths(onset: datetime) -> set[int]:
    """Return the numbers by which `onset` is a weekday of its month; a fifth is the last too."""
    last = onset.day + 7 > monthrange(onset.year, onset.month)[1]
    return {(onset.day + 6) // 7} | ({-1} if last else set())


def _succeeds(last: Change, change: Change) -> bool:
    """Whether `change` can follow `last` by a yearly rule: same kind, month, weekday and hour."""
    here, there = last.onset, change.onset
    return (
        (last.before, last.after, last.name, last.daylight)
        == (change.before, change.after, change.name, change.daylight)
        and (here.year + 1, here.month) == (there.year, there.month)
        and (here.weekday(), here.time()) == (there.weekday(), there.time())
    )


def _next(last: Change, nth: int) -> int:
    """Return the instant, seconds UTC, of the rule's onset in the year after `last`."""
    onset = last.onset
    year = onset.year + 1
    days = monthrange(year, onset.month)[1]
    if nth < 0:
        day = days - (date(year, onset.month, days).weekday() - onset.weekday()) % 7
    else:
        skip = (onset.weekday() - date(year, onset.month, 1).weekday()) % 7
        day = 1 + skip + 7 * (nth - 1)
    onset = onset.replace(year=year, day=day)
    return int((onset - _EPOCH).total_seconds()) - last.before


def _observance(change: Change, nth: int) -> TimezoneStandard | TimezoneDaylight:
    onset = change.onset
    component = _component(change.daylight, onset, change.before, change.after, change.name)
    if nth:
        day = f"{nth}{_WEEKDAYS[onset.weekday()]}"
        component.add("RRULE", {"FREQ": "YEARLY", "BYMONTH": onset.month, "BYDAY": day})
    else:
        component.add("RDATE", onset)
    return component


def _unchanging(zone: ZoneInfo, at: int, first_utc: int) -> TimezoneStandard | TimezoneDaylight:
    """Return the observance for the time before a zone's first change in the years in use."""
    year = max((_EPOCH + timedelta(seconds=first_utc)).year - 1, 1)
    onset = datetime(min(year, 1970), 1, 1)
    offset = _offset(zone, at)
    component = _component(False, onset, offset, offset, _local(zone, at).tzname() or "")
    component.add("RDATE", onset)
    return component


def _component(
    daylight: bool, onset: datetime, before: int, after: int, name: str
) -> TimezoneStandard | TimezoneDaylight:
    from icalendar import TimezoneDaylight, TimezoneStandard

    component = TimezoneDaylight() if daylight else TimezoneStandard()
    component.add("DTSTART", onset)
    component.add("TZOFFSETFROM", timedelta(seconds=before))
    component.add("TZOFFSETTO", timedelta(seconds=after))
    component.add("TZNAME", name)
    return component
