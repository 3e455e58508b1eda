"""What every diagram says of an event in words, so that no certainty is told by colour alone.

`~` approximate, `?` uncertain, `26 to 28 Oct` somewhere within, `by …` a deadline, `(inferred)` placed
by order alone, `(sources differ)`. A key explains the marks that occur.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.civil import offset_at
from timeline.exporters.mermaid_text import clean
from timeline.model import Accounts
from timeline.network import agree
from timeline.words import range_words, zone_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.exporters import Look
    from timeline.model import Timeline, View
    from timeline.schedule import Placed, Schedule

CHARACTERS = 50_000
"""What Mermaid draws at most; a longer diagram becomes an error box in the page."""

TITLE, LETTERS = 120, 400
"""So many letters are shown of a diagram's title and of an event's: no title makes a diagram too long."""

WITHIN = "…"
"""Between two times of one day: some time within. (A dash: it lasts from the one to the other.)"""


def chosen(schedule: Schedule, view: View | None, look: Look) -> tuple[Placed, ...]:
    """The events of a view that the look's span leaves, in order."""
    placed = schedule.select(view)
    span = _span(schedule.timeline, look)
    if span is None:
        return placed
    from timeline.model import View
    from timeline.solution import shows

    within = View("span", "", within=span)
    return tuple(p for p in placed if shows(within, p.event, p.told, p.dates))


def _span(timeline: Timeline, look: Look) -> tuple[int | None, int | None] | None:
    if look.span is None:
        return None
    from timeline.civil import LocalTimeError
    from timeline.exporters import LookError
    from timeline.window import bounds

    date = look.span
    try:
        low = bounds(date.start, timeline.tz)[0] if date.start is not None else None
        high = bounds(date.end, timeline.tz)[1] if date.end is not None else None
    except LocalTimeError:
        told = f"{timeline.zone} skips or repeats that time"
        raise LookError(f'span cannot be "{date.text}": {told}') from None
    return low, high


def heading(timeline: Timeline, view: View | None, look: Look, part: str = "") -> str:
    """A diagram's title: the timeline's, the view's, the span, the part."""
    title = clean(timeline.title or timeline.id)
    if view is not None:
        title += f": {clean(view.title)}"
    span = _span(timeline, look)
    if span is not None and look.span is not None:
        low, high = span
        known = low is not None and high is not None
        title += f", {range_words(low or 0, high or 0, timeline.tz, '–') if known else look.span.text}"
    tail = f" ({part})" if part else ""
    return short(title, TITLE - len(tail)) + tail


def short(text: str, most: int) -> str:
    """A text of at most so many letters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def numbered(part: int, parts: int) -> str:
    """`part 1 of 3`, or nothing where there is but one."""
    return f"part {part} of {parts}" if parts > 1 else ""


def city(zone: str) -> str:
    """A zone by the last part of its name: `Kuala Lumpur`."""
    return zone.rpartition("/")[2].replace("_", " ")


def zone_told(placed: Sequence[Placed], timeline: Timeline) -> str:
    """The zone of the times, with its offset where that is one: `Tokyo, UTC+9`."""
    tz = timeline.tz
    times = [
        at
        for p in placed
        if ":" in p.label
        for window in p.told
        for at in window
        if at is not None
    ]
    if len({offset_at(at, tz) for at in times}) > 1:
        return city(timeline.zone)
    if not times:
        times = [p.start.earliest for p in placed if p.start.earliest is not None]
    told = zone_words(times[0] if times else None, tz)
    name, comma, offset = told.partition(", ")
    return city(name) + comma + offset


def zone_row(placed: Sequence[Placed], timeline: Timeline, year: int | None) -> str:
    """The same as a row of a key; with the year, where dates are told without."""
    times = f"times: {zone_told(placed, timeline)}"
    return f"dates: {year}; {times}" if year is not None else times


def dated(placed: Placed, timeline: Timeline, year: int | None = None) -> str:
    """An event's window, without a year that is told elsewhere; with its place's time where that is
    another than the diagram's."""
    label = placed.label
    if year is not None:
        label = re.sub(rf"(?<=[A-Z][a-z]{{2}}) {year}\b", "", label)
    elsewhere = ":" in label and placed.event.zone != timeline.zone
    return f"{label} ({city(placed.event.zone)})" if elsewhere else label


def clock(placed: Placed, timeline: Timeline) -> tuple[str, str]:
    """The day of an event that lies within one, and what is told of the time of day, in one piece:
    `27 Oct 2025`, `~18:05…19:00`. The whole window and nothing for any other."""
    body = placed.label.removeprefix("~").removesuffix("?")
    day, comma, time = body.partition(", ")
    if ", " in time or not day[:1].isdigit() or " to " in day or "–" in day:
        return placed.label, ""
    about = "~" * placed.label.startswith("~")
    doubt = "?" * placed.label.endswith("?")
    if not comma:
        return day, about + doubt
    own = f" ({city(placed.event.zone)})" if placed.event.zone != timeline.zone else ""
    return day, about + time.replace(" to ", WITHIN) + doubt + own


def titled(placed: Placed, timeline: Timeline, *, basis: bool = True) -> str:
    """An event's title with what is to be known of it; without its basis where that is told beside."""
    event = placed.event
    words = ["Cancelled:"] if event.cancelled else []
    words.append(short(clean(event.title), LETTERS))
    if event.status == "tentative":
        words.append("(tentative)")
    if basis and placed.basis == "inferred":
        words.append("(inferred)")
    elif basis and placed.basis == "open":
        words.append("(order only)")
    if differs(placed, timeline):
        words.append("(sources differ)")
    return " ".join(words)


def differs(placed: Placed, timeline: Timeline) -> bool:
    """Whether its sources cannot all be right."""
    event = placed.event
    for number in event.statements:
        claim = timeline.statements[number].claim
        if isinstance(claim, Accounts) and agree(event, claim) is None:
            return True
    return False


def marks(placed: Sequence[Placed], timeline: Timeline) -> list[tuple[str, str]]:
    """The marks that occur, each with what it means."""
    told = []
    if any(p.approximate for p in placed):
        told.append(("~", "approximate"))
    if any(p.uncertain for p in placed):
        told.append(("?", "uncertain"))
    if any(p.label.lstrip("~").startswith("by ") or ", by " in p.label for p in placed):
        told.append(("by …", "at the latest"))
    if any(p.basis == "inferred" for p in placed):
        told.append(("(inferred)", "no date of its own, placed by the order"))
    if any(p.basis == "open" for p in placed):
        told.append(("(order only)", "no date of its own, one side open"))
    if any(differs(p, timeline) for p in placed):
        told.append(("(sources differ)", "the time covers what they say"))
    return told
