"""A Mermaid `timeline`: at most six columns, the last one the key; events stacked below each other.

A column is a day where that is enough, and its events tell their time; else a run of the order with
its first and last day as heading, and each event tells its own date. Six columns are what reads in
a page; below each other there is room. No `<br>` is ever written: a page that calls `mermaid.run`
would show its letters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from timeline.exporters import Output
from timeline.exporters.mermaid_days import columns, days, split
from timeline.exporters.mermaid_style import (
    BLUE,
    BLUE_EDGE,
    GREY,
    INK,
    SAND,
    SAND_EDGE,
    STONE,
    STONE_EDGE,
    directive,
    width,
)
from timeline.exporters.mermaid_text import (
    timeline_event,
    timeline_period,
    timeline_section,
    timeline_title,
    wrap,
)
from timeline.exporters.mermaid_words import (
    CHARACTERS,
    WITHIN,
    chosen,
    clock,
    dated,
    heading,
    marks,
    numbered,
    titled,
    zone_told,
)
from timeline.gregorian import ymd
from timeline.words import MONTHS, day_words

if TYPE_CHECKING:
    from timeline.exporters import Look, Occasion
    from timeline.exporters.mermaid_days import Day
    from timeline.model import Timeline, View
    from timeline.schedule import Placed, Schedule

_COLUMNS = 5  # and the key
_EVENTS = 60  # in one diagram: twelve a column
_UNDATED = "No date"
_COLOURS = ((BLUE, BLUE_EDGE), (SAND, SAND_EDGE))
_TITLE, _LEAST = 22, 14  # pixels
_LINE = 170  # pixels: 150, and what `width` reckons too much
_ESCAPED = "nnnnnn"  # as wide as the stand-in that Mermaid measures in place of an escape


@frozen(eq=False)
class _Column:
    """A period of Mermaid's: its section, its heading, its events."""

    section: str
    heading: str
    events: list[str]


def export(schedule: Schedule, view: View | None, occasion: Occasion) -> Output:
    """The diagram of the whole timeline or of a view; in parts where it is too long for one."""
    look = occasion.look
    placed = chosen(schedule, view, look)
    of = days(placed)
    most = _EVENTS
    while True:
        runs = split(of, most)
        texts = []
        for number, run in enumerate(runs, start=1):
            title = heading(schedule.timeline, view, look, numbered(number, len(runs)))
            shown = placed[run.start : run.stop]
            texts.append(_diagram(schedule.timeline, title, look, shown, of[run.start : run.stop]))
        if max(map(len, texts)) <= CHARACTERS:
            break
        most = -(-most // 2)
    notes = []
    if look.lanes:
        notes.append("a timeline has no lanes; a gantt and a flowchart have")
    if look.direction == "TB":
        notes.append("a timeline that runs down the page needs Mermaid 11.14 or later")
    return Output(texts[0].encode(), notes=tuple(notes), more=tuple(texts[1:]))


def _diagram(timeline: Timeline, title: str, look: Look, placed: tuple[Placed, ...],
             of: list[Day]) -> str:  # fmt: skip
    told = _columns(timeline, placed, of)
    key = _key(timeline, placed)
    sections = list(dict.fromkeys(c.section for c in told))
    across = 200 * (len(told) + 1) + 20
    size = max(min(_TITLE, _TITLE * across / max(width(title, _TITLE), 1)), _LEAST)
    lines = [
        _directive(look.theme, len(sections), size),
        "timeline TD" if look.direction == "TB" else "timeline",
        f"    title {timeline_title(title)}",
    ]
    before = None
    for column in [*told, key]:
        if column.section != before:
            before = column.section
            lines.append(f"    section {timeline_section(before)}")
        lines.append(f"        {wrap(timeline_period, column.heading)}")
        lines += [f"            : {wrap(timeline_event, event)}" for event in column.events]
    return "\n".join(lines) + "\n"


def _columns(timeline: Timeline, placed: tuple[Placed, ...], of: list[Day]) -> list[_Column]:
    """The columns of content; no section's name comes back after another."""
    runs = columns(of, _COLUMNS)
    whole = [_months(of[run.start], of[run.stop - 1]) for run in runs if run]
    monthly = all(first == last for first, last in whole)
    made = []
    for run in runs:
        if not run:
            continue
        first, last = of[run.start], of[run.stop - 1]
        section = _section(first, last, monthly)
        if first is None or last is None:
            head, year = _UNDATED, None
        else:
            years = (ymd(first)[0], ymd(last)[0])
            year = years[0] if years[0] == years[1] else None
            head = _run(first, last, year)
        day = head if first == last else None
        events = [_event(timeline, placed[i], day, year) for i in run]
        made.append(_Column(section, head, events))
    return made


def _months(first: Day, last: Day) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return (ymd(first)[:2] if first is not None else (), ymd(last)[:2] if last is not None else ())


def _section(first: Day, last: Day, monthly: bool) -> str:
    if first is None or last is None:
        return _UNDATED
    if monthly:
        return _month(first)
    y, to_y = ymd(first)[0], ymd(last)[0]
    return str(y) if y == to_y else f"{y}–{to_y}"


def _month(day: int) -> str:
    year, month, _ = ymd(day)
    return f"{MONTHS[month - 1]} {year}"


def _run(first: int, last: int, year: int | None) -> str:
    """The heading of a column: `26 Oct`, `26–27 Oct`, `28 Oct – 1 Nov`, and with years where they
    differ, to the month."""
    if first == last:
        return day_words(first, year=year is None)
    if ymd(first)[:2] == ymd(last)[:2]:
        return f"{ymd(first)[2]}–{day_words(last, year=year is None)}"
    if year is None:
        return f"{_month(first)} – {_month(last)}"
    return f"{day_words(first, year=False)} – {day_words(last, year=False)}"


def _event(timeline: Timeline, placed: Placed, day: str | None, year: int | None) -> str:
    """What stands in a card: the time first where the column is a day, else the date. A range stands
    in one piece and has no colon after it, since it fills a line; elsewhere a colon makes one do so
    (escaped, it is measured as seven letters), so that the date stands above like a heading."""
    title = titled(placed, timeline)
    if placed.label == "date unknown":
        return title
    own, time = clock(placed, timeline)
    if day is None or own != (f"{day} {year}" if year else day):
        time = dated(placed, timeline, year)
        before, joint, after = time.partition(" to ")
        if joint and ", " not in after:
            time = before + WITHIN + after
    if not time:
        return title
    last = time.rpartition(" ")[2]
    ranged = last.count(":") > 1 or (":" in last and ", " not in time)
    if ranged or not time.strip("~?"):
        return f"{time} {title}"
    apart = width(f"{time}{_ESCAPED}", 16) > _LINE > width(f"{time} ·", 16)
    return f"{time}{' ·' if apart else ':'} {title}"


def _key(timeline: Timeline, placed: tuple[Placed, ...]) -> _Column:
    told = marks(placed, timeline)
    if any(" to " in p.label for p in placed):
        told.insert(0, (f"06:00{WITHIN}12:00", "some time within"))
    head = f"Times: {zone_told(placed, timeline)}"
    return _Column("Key", head, [f"{mark} {words}" for mark, words in told])


def _directive(theme: str, sections: int, size: float) -> str:
    """Colours by turns, the key's last. Mermaid counts twelve and begins again; the stems have the
    letters of the twelfth."""
    variables = {"textColor": GREY, "lineColor": GREY}
    for i in range(min(sections + 1, 12)):
        fill, edge = (STONE, STONE_EDGE) if i == sections else _COLOURS[i % 2]
        variables |= {f"cScale{i}": fill, f"cScaleLabel{i}": INK, f"cScaleInv{i}": edge}
    variables.setdefault("cScaleLabel11", GREY)
    layout: dict[str, Any] = {"leftMargin": 20, "timeline": {"leftMargin": 20, "padding": 10}}
    if theme != "base":
        layout["timeline"]["disableMulticolor"] = True
    css = f"text[font-weight]{{font-size:{size:.0f}px;text-anchor:middle}}"
    return directive(theme, layout, variables, css)
