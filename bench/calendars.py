"""The same events written as a calendar by every library that writes one, twelve properties each."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from typing import Any

from attrs import frozen

FIRST = datetime(2012, 1, 1, tzinfo=UTC)
STAMP = datetime(2026, 1, 1, tzinfo=UTC)


@frozen
class Row:
    """What an entry says."""

    uid: str
    start: datetime
    end: datetime
    summary: str
    description: str


def rows(count: int) -> list[Row]:
    """Entries of an hour each, with a description of a few lines."""
    return [
        Row(f"e{i}@bench", FIRST + timedelta(hours=7 * i), FIRST + timedelta(hours=7 * i + 1),
            f"Event number {i}",
            f"27 Oct 2025, 18:30 (UTC)\nThe date is stated; source: A source\nNumber {i}, as told")
        for i in range(count)
    ]  # fmt: skip


def story(count: int) -> str:
    """events.toml of the same: a time, a duration, a description and a source each."""
    parts = ['[timeline]\nid = "bench"\ntimezone = "UTC"\n[sources.s]\ntitle = "A source"\n']
    parts += [
        f'[events.e{i}]\ntitle = "{row.summary}"\nwhen = {row.start:%Y-%m-%dT%H:%M:%S}\n'
        f'duration = "1h"\ndescription = "Number {i}, as told"\nsource = "s"\n'
        for i, row in enumerate(rows(count))
    ]
    return "\n".join(parts)


def with_icalendar(listed: list[Row]) -> bytes:
    """icalendar's `add` and `to_ical`."""
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//bench//EN")
    for row in listed:
        event = icalendar.Event()
        for name, value in _properties(row):
            event.add(name, value)
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def with_vobject(listed: list[Row]) -> str:
    """vobject."""
    import vobject

    calendar = vobject.iCalendar()
    for row in listed:
        event = calendar.add("vevent")
        for name, value in _properties(row):
            if isinstance(value, datetime):
                value = value.replace(tzinfo=vobject.icalendar.utc)
            event.add(name).value = str(value) if name == "sequence" else value
    written: str = calendar.serialize(validate=False)
    return written


def with_ical(listed: list[Row]) -> str:
    """allenporter's ical."""
    from ical.calendar import Calendar
    from ical.calendar_stream import IcsCalendarStream
    from ical.event import Event

    calendar = Calendar()
    for row in listed:
        calendar.events.append(
            Event(uid=row.uid, dtstamp=STAMP, created=STAMP, last_modified=STAMP, sequence=0,
                  dtstart=row.start, dtend=row.end, summary=row.summary,
                  description=row.description, status="CONFIRMED", transparency="TRANSPARENT",
                  classification="PUBLIC")
        )  # fmt: skip
    written: str = IcsCalendarStream.calendar_to_ics(calendar)
    return written


def with_ics(listed: list[Row]) -> str:
    """ics, which knows nine of the twelve."""
    import ics

    calendar = ics.Calendar()
    for row in listed:
        calendar.events.add(
            ics.Event(name=row.summary, begin=row.start, end=row.end, uid=row.uid,
                      description=row.description, created=STAMP, last_modified=STAMP,
                      status="CONFIRMED", transparent=True)
        )  # fmt: skip
    out = io.StringIO()
    out.writelines(calendar.serialize_iter())
    return out.getvalue()


def _properties(row: Row) -> list[tuple[str, Any]]:
    return [
        ("uid", row.uid), ("dtstamp", STAMP), ("created", STAMP), ("last-modified", STAMP),
        ("sequence", 0), ("dtstart", row.start), ("dtend", row.end), ("summary", row.summary),
        ("description", row.description), ("status", "CONFIRMED"), ("transp", "TRANSPARENT"),
        ("class", "PUBLIC"),
    ]  # fmt: skip


def peers() -> dict[str, Callable[[list[Row]], object]]:
    """The libraries in Python that are installed, but for icalendar."""
    known = {"ics": with_ics, "vobject": with_vobject, "ical": with_ical}
    return {name: write for name, write in known.items() if find_spec(name)}
