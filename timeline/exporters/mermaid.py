"""A Mermaid `timeline` diagram: months as headings, days as periods, several events to a period.

Certainty is said in words, not only in colour: `~` approximate, `?` uncertain, `26 to 28 Oct` somewhere
within, `by …` a deadline, `(inferred)` placed by order alone. A key explains the marks that occur.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from timeline.civil import local
from timeline.exporters import Output
from timeline.exporters.mermaid_text import (
    timeline_event,
    timeline_period,
    timeline_section,
    timeline_title,
    wrap,
)
from timeline.gregorian import ymd
from timeline.words import MONTHS, zone_words

if TYPE_CHECKING:
    from timeline.exporters import Occasion
    from timeline.model import View
    from timeline.schedule import Placed, Schedule

CHARACTERS = 50_000
"""What Mermaid draws at most; a longer diagram becomes an error box in the page."""

_MOST_MONTHS = 14
_UNDATED = "No date"


@frozen(eq=False)
class _Period:
    """One column of the diagram: its heading and the events below it."""

    heading: str
    events: list[str]


def export(schedule: Schedule, view: View | None, occasion: Occasion) -> Output:
    """The diagram of the whole timeline or of a view."""
    placed = schedule.select(view)
    timeline = schedule.timeline
    title = timeline.title or timeline.id
    if view is not None:
        title = f"{title}: {view.title}"
    dated = [p.start.earliest for p in placed if p.start.earliest is not None]
    zones = zone_words(dated[0] if dated else None, timeline.tz)
    lines = [
        "%%{init: {'theme': 'forest', 'timeline': {'disableMulticolor': true}}}%%",
        "timeline",
        f"    title {timeline_title(f'{title} (times: {zones})')}",
    ]
    for section, periods in _sections(schedule, placed):
        lines.append(f"    section {timeline_section(section)}")
        for period in periods:
            lines.append(f"        {wrap(timeline_period, period.heading)}")
            lines += [f"            : {wrap(timeline_event, event)}" for event in period.events]
    lines += _key(placed)
    text = "\n".join(lines) + "\n"
    notes: tuple[str, ...] = ()
    if len(text) > CHARACTERS:
        size = f"the diagram has {len(text):,} characters"
        notes = (f"{size}, and Mermaid draws at most {CHARACTERS:,}: choose a view",)
    return Output(text, notes=notes)


def _sections(schedule: Schedule, placed: tuple[Placed, ...]) -> list[tuple[str, list[_Period]]]:
    """The events under headings that run with time; the order of the schedule is kept."""
    tz = schedule.timeline.tz
    months: list[tuple[int, int] | None] = []
    for event in placed:
        first, last = event.start.earliest, event.end.latest
        begun, unfinished = event.start.latest, event.end.earliest
        at = next((b for b in (first, last, begun, unfinished) if b is not None), None)
        month = None
        if at is not None:  # the midnight that ends a period belongs to it
            month = ymd(local(at - (at == last), event.event.tz)[0])[:2]
        months.append(month)
    by_year = len({m for m in months if m is not None}) > _MOST_MONTHS
    sections: list[tuple[str, list[_Period]]] = []
    reached: tuple[int, int] | None = (0, 0)
    for event, month in zip(placed, months, strict=True):
        if reached is not None:  # never back: a heading used twice is drawn as two
            reached = None if month is None else max(reached, month)
        name = _UNDATED if reached is None else str(reached[0]) if by_year else (
            f"{MONTHS[reached[1] - 1]} {reached[0]}")  # fmt: skip
        if not sections or sections[-1][0] != name:
            sections.append((name, []))
        periods = sections[-1][1]
        heading, clock = _parted(event)
        if reached is not None:  # the section says it
            heading = heading.replace(f" {reached[0]}", "")
        if not periods or periods[-1].heading != heading:
            periods.append(_Period(heading, []))
        periods[-1].events.append(_event(event, clock, str(tz.key)))
    return sections


def _parted(placed: Placed) -> tuple[str, str]:
    """The window in words as a period's heading, and what is left to the event below it: the time
    of day where all lies within one day, so that the events of a day share its period."""
    body = placed.label.removeprefix("~").removesuffix("?")
    day, comma, clock = body.partition(", ")
    if not comma or ", " in clock or not day[:1].isdigit() or " to " in day or "–" in day:
        return placed.label, ""
    about = "~" if placed.label.startswith("~") else ""
    doubted = "?" if placed.label.endswith("?") else ""
    return day, about + clock + doubted


def _event(placed: Placed, clock: str, zone: str) -> str:
    parts = [placed.event.title]
    if clock:
        own = "" if placed.event.zone == zone else f" {placed.event.zone.rpartition('/')[2]} time"
        parts.insert(0, f"{clock}{own.replace('_', ' ')}:")
    if placed.event.cancelled:
        parts.insert(0, "Cancelled:")
    if placed.event.status == "tentative":
        parts.append("(tentative)")
    if placed.basis in ("inferred", "open"):
        parts.append("(inferred)" if placed.basis == "inferred" else "(order only)")
    return " ".join(parts)


def _key(placed: tuple[Placed, ...]) -> list[str]:
    """What the marks mean, of those that occur."""
    told = []
    if any(p.approximate for p in placed):
        told.append(("~", "approximate"))
    if any(p.uncertain for p in placed):
        told.append(("?", "uncertain"))
    if any(" to " in p.label for p in placed):
        told.append(("… to …", "some time between the two"))
    if any(p.label.lstrip("~").startswith("by ") for p in placed):
        told.append(("by …", "then at the latest"))
    if any(p.basis == "inferred" for p in placed):
        told.append(("(inferred)", "no date of its own: placed by the order"))
    if any(p.basis == "open" for p in placed):
        told.append(("(order only)", "no date of its own, and one side open"))
    if not told:
        return []
    rows = [f"            : {wrap(timeline_event, f'{mark} {words}')}" for mark, words in told]
    return ["    section Key", "        Marks", *rows]
