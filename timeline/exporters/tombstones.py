"""Entries whose event was taken out of the file, as `removed = "cancel"` keeps them: cancelled,
until the feed changes again.

They are made from the feed as it lies, which anyone may have edited: only what can be read without
doubt is used, and written anew.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.civil import EPOCH_DAY, LocalTimeError, UnknownZone, instant, zone
from timeline.duration import DAY
from timeline.exporters.ics_lines import Content, day_ends, escaped, fold, utc_ends
from timeline.feed import is_instant, unescaped
from timeline.gregorian import ordinal

if TYPE_CHECKING:
    from timeline.feed import Past

CANCELLED = "Cancelled: "
_MARK = "X-TIMELINE-BASIS:removed"
_END = (
    r"(?am)^DT(?P<end>START|END)(?:;VALUE=DATE:(?P<day>\d{8})"
    r"|;TZID=(?P<zone>[^:;,\n]+):(?P<local>\d{8}T\d{6})|:(?P<utc>\d{8}T\d{6}Z))$"
)


def is_tombstone(past: Past, uid: str) -> bool:
    """Whether an entry as it lies stands for an event that was already taken out."""
    return _MARK in past.lines(uid).split("\n")


def tombstone(past: Past, uid: str) -> Content | None:
    """The content of the entry that says so; None where what lies there has no clear
    beginning. Times are in UTC, so that they need no zone."""
    lines = past.lines(uid)
    ends = {found["end"]: read for found in re.finditer(_END, lines) if (read := _read(found))}
    if "START" not in ends:
        return None
    all_day, start = ends["START"]
    whole, until = ends.get("END", (all_day, start))
    end = until if whole is all_day and until > start else None
    summary = re.search("(?m)^SUMMARY:(.*)$", lines)
    title = unescaped(summary[1]) if summary is not None else ""
    front = [
        fold(f"UID:{escaped(uid)}"),
        *(day_ends if all_day else utc_ends)(start, end),
        fold(f"SUMMARY:{escaped(CANCELLED + title.removeprefix(CANCELLED))}"),
    ]
    back = ["STATUS:CANCELLED", "TRANSP:TRANSPARENT", "CLASS:PUBLIC", _MARK]
    return Content(front, b"DESCRIPTION:Taken out of the timeline.", back)


def _read(found: re.Match[str]) -> tuple[bool, int] | None:
    """Whether an end is a day, and that day, else its instant; None where the calendar has none."""
    text = found["day"] or found["local"] or found["utc"]
    if not is_instant(f"{text[:8]}T{text[9:15] or '000000'}Z"):
        return None
    day = ordinal(int(text[:4]), int(text[4:6]), int(text[6:8]))
    if found["day"]:
        return True, day
    second = int(text[9:11]) * 3600 + int(text[11:13]) * 60 + int(text[13:15])
    if found["utc"]:
        return False, (day - EPOCH_DAY) * DAY + second
    try:
        return False, instant(day, second, zone(found["zone"]))
    except (UnknownZone, LocalTimeError):
        return None
