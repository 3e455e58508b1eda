"""Real calendar readers behind one small interface: bytes of an .ics -> plain events.

Each `read_*` returns the events in file order as dicts with the keys of `Event`, the instants being
UTC seconds *as that reader understands the TZID*.  Where the readers have a zone table of their own
it is the tzdata package's (Python) or ICU's (node): the machine's own is switched off, so that two
machines give one answer.  A reader that refuses the bytes raises `RefusedError`.

Known deviations, found by running them, that a test of a feed has to know:

- node-ical and `ical` split CATEGORIES at an escaped comma too, leaving the backslash.
- node-ical gives an event without DTEND an end: its start.
- `ical` knows no RELTYPE but PARENT and CHILD and reads every other as PARENT.
- node-ical never reads a VTIMEZONE whose TZID has a name of its own: it takes local time instead.
"""

from __future__ import annotations

import atexit
import importlib
import importlib.util
import json
import os
import shutil
import subprocess
import tempfile
import zoneinfo
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypedDict

HERE = Path(__file__).parent
JS = HERE / "js"
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")

Instant = (
    tuple[Literal["date"], str] | tuple[Literal["utc"], int] | tuple[Literal["floating"], None]
)


class Event(TypedDict):
    """What a reader says of one VEVENT; absent properties are None, 0 or an empty list."""

    uid: str
    summary: str | None
    description: str | None
    location: str | None
    status: str | None
    sequence: int
    start: Instant | None
    end: Instant | None
    categories: list[str]
    related: list[tuple[str, str]]  # (RELTYPE, UID)


class RefusedError(Exception):
    """The reader does not take these bytes; the text is its own."""


# Python readers ---------------------------------------------------------------------------------


@contextmanager
def _only_the_tzdata_package() -> Iterator[None]:
    """Switch the machine's zone files off, so that zoneinfo reads the tzdata package alone."""
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()
    try:
        yield
    finally:
        zoneinfo.reset_tzpath(to=before)
        zoneinfo.ZoneInfo.clear_cache()


def _instant(value: date | datetime | None) -> Instant | None:
    if value is None:
        return None
    if not isinstance(value, datetime):
        return ("date", value.isoformat())
    if value.utcoffset() is None:
        return ("floating", None)
    return ("utc", (value - _EPOCH) // timedelta(seconds=1))


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def read_icalendar(data: bytes) -> list[Event]:
    """Read with icalendar: its own zone table first, VTIMEZONE for names that are not in it."""
    icalendar = importlib.import_module("icalendar")
    icalendar.use_zoneinfo()  # forgets the zones of earlier files
    with _only_the_tzdata_package():
        try:
            calendar = icalendar.Calendar.from_ical(data)
        except ValueError as error:
            raise RefusedError(str(error)) from error
        return [_of_icalendar(event) for event in calendar.walk("VEVENT")]


def _of_icalendar(event: Any) -> Event:
    related = event.get("RELATED-TO", [])
    return Event(
        uid=str(event["UID"]),
        summary=_text(event.get("SUMMARY")),
        description=_text(event.get("DESCRIPTION")),
        location=_text(event.get("LOCATION")),
        status=_text(event.get("STATUS")),
        sequence=int(event.get("SEQUENCE", 0)),
        start=_instant(event["DTSTART"].dt),
        end=_instant(event["DTEND"].dt if "DTEND" in event else None),
        categories=[str(category) for category in event.categories],
        related=[
            (link.params.get("RELTYPE", "PARENT"), str(link))
            for link in (related if isinstance(related, list) else [related])
        ],
    )


def read_vobject(data: bytes) -> list[Event]:
    """Read with vobject: dateutil's reading of the VTIMEZONE, whatever the TZID is called."""
    vobject = importlib.import_module("vobject")
    registry = vobject.icalendar.__dict__["__tzidMap"]
    registry.clear()  # else the first file's zones would answer for the second's
    vobject.icalendar.registerTzid("UTC", vobject.icalendar.utc)
    try:
        calendar = vobject.readOne(data.decode())
    except (ValueError, vobject.base.VObjectError) as error:
        raise RefusedError(str(error)) from error
    return [_of_vobject(event) for event in calendar.contents.get("vevent", [])]


def _of_vobject(event: Any) -> Event:
    return Event(
        uid=event.uid.value,
        summary=event.getChildValue("summary"),
        description=event.getChildValue("description"),
        location=event.getChildValue("location"),
        status=event.getChildValue("status"),
        sequence=int(event.getChildValue("sequence", 0)),
        start=_instant(event.dtstart.value),
        end=_instant(event.getChildValue("dtend")),
        categories=[name for line in event.contents.get("categories", []) for name in line.value],
        related=[
            (line.params.get("RELTYPE", ["PARENT"])[0], line.value)
            for line in event.contents.get("related-to", [])
        ],
    )


def read_ical(data: bytes) -> list[Event]:
    """Read with `ical` (Home Assistant's): as icalendar, its own zone table comes first."""
    with _only_the_tzdata_package():
        stream = importlib.import_module("ical.calendar_stream")
        failure = importlib.import_module("ical.exceptions").CalendarParseError
        try:
            calendar = stream.IcsCalendarStream.calendar_from_ics(data.decode())
        except failure as error:
            raise RefusedError(str(error)) from error
        return [_of_ical(event) for event in calendar.events]


def _of_ical(event: Any) -> Event:
    return Event(
        uid=event.uid,
        summary=event.summary,
        description=event.description,
        location=event.location,
        status=event.status and event.status.value,
        sequence=event.sequence or 0,
        start=_instant(event.dtstart),
        end=_instant(event.dtend),
        categories=event.categories,
        related=[(link.reltype.value, link.uid) for link in event.related_to],
    )


# Readers in other languages, each a process of its own -------------------------------------------


def _run(command: list[str], data: bytes) -> list[Event]:
    # A strange local zone, so that a reader which falls back on local time is seen to.
    environment = {**os.environ, "TZ": "Asia/Kathmandu"}
    done = subprocess.run(command, input=data, capture_output=True, env=environment, check=False)
    if done.returncode:
        raise RefusedError(done.stderr.decode(errors="replace").strip())
    events: list[Event] = json.loads(done.stdout)
    for event in events:
        event["start"] = _tuple(event["start"])
        event["end"] = _tuple(event["end"])
        event["related"] = [(reltype, uid) for reltype, uid in event["related"]]
    return events


def _tuple(value: Any) -> Instant | None:
    return None if value is None else (value[0], value[1])


def read_icaljs(data: bytes) -> list[Event]:
    """Read with ical.js (Thunderbird, Nextcloud): always by the VTIMEZONE."""
    return _run(["node", str(JS / "read.mjs"), "ical.js"], data)


def read_node_ical(data: bytes) -> list[Event]:
    """Read with node-ical: never by the VTIMEZONE, always by node's own table."""
    return _run(["node", str(JS / "read.mjs"), "node-ical"], data)


def read_libical(data: bytes) -> list[Event]:
    """Read with libical (Evolution, KOrganizer): by the VTIMEZONE; its restrictions must hold."""
    return _run([str(_libical())], data)


@cache
def _libical() -> Path:
    """Compile the C reader once a process, into a folder that goes with it."""
    folder = tempfile.mkdtemp(prefix="libical-reader-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    program = Path(folder) / "libical_reader"
    flags = subprocess.check_output(["pkg-config", "--cflags", "--libs", "libical"], text=True)
    source = str(HERE / "libical_reader.c")
    subprocess.run(["cc", "-O1", source, "-o", str(program), *flags.split()], check=True)
    return program


def node_table_year() -> int:
    """Return the year of the zone table that node came with ("2025c"): it knows nothing newer."""
    version = subprocess.check_output(["node", "-p", "process.versions.tz"], text=True)
    return int(version[:4])


# What there is ------------------------------------------------------------------------------------

READERS: dict[str, Callable[[bytes], list[Event]]] = {
    "icalendar": read_icalendar,
    "vobject": read_vobject,
    "ical": read_ical,
    "ical.js": read_icaljs,
    "node-ical": read_node_ical,
    "libical": read_libical,
}
# Those that find the offset in the VTIMEZONE even where the TZID is a name they know.
READ_VTIMEZONE = ("vobject", "ical.js", "libical")

INSTALL = {
    "icalendar": "icalendar (pip)",
    "vobject": "vobject (pip)",
    "ical": "ical (pip)",
    "ical.js": "node and ical.js (npm install --prefix tests/js)",
    "node-ical": "node and node-ical (npm install --prefix tests/js)",
    "libical": "cc, pkg-config and libical-dev (apt)",
}


@cache
def available(name: str) -> bool:
    """Whether the reader `name` of READERS can run on this machine."""
    if name == "libical":
        if not (shutil.which("cc") and shutil.which("pkg-config")):
            return False
        return subprocess.run(["pkg-config", "--exists", "libical"], check=False).returncode == 0
    if name in ("ical.js", "node-ical"):
        return shutil.which("node") is not None and (JS / "node_modules" / name).is_dir()
    return importlib.util.find_spec(name) is not None
