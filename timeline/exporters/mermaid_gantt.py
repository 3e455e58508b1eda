"""A Mermaid `gantt`: a bar for each event along one axis, in the timeline's zone.

Plain bars are stated, pale ones windows (some time within), inferred or tentative, sand ones deadlines,
grey ones cancelled; a diamond is a moment. The label beside each bar says the same in words. Dates are
resolved, ends exclusive, times local without a zone: Mermaid would shift the others to the reader's.
The width is pinned, so that the layout is the same in every page; where a stretch without events
would crush the rest, the chart is cut there.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from timeline.civil import local
from timeline.duration import DAY
from timeline.exporters import Output
from timeline.exporters.event_values import event_values
from timeline.exporters.mermaid_charts import PLOT, charts, reach
from timeline.exporters.mermaid_days import days, only_year
from timeline.exporters.mermaid_lanes import lanes, periods
from timeline.exporters.mermaid_style import (
    BLUE,
    BLUE_EDGE,
    GREY,
    INK,
    PALE,
    SAND,
    SAND_EDGE,
    STONE,
    STONE_EDGE,
    directive,
    lines,
    width,
)
from timeline.exporters.mermaid_text import (
    accessible_line,
    gantt_section,
    gantt_task,
    gantt_title,
    stacked,
)
from timeline.exporters.mermaid_words import (
    chosen,
    dated,
    heading,
    marks,
    numbered,
    short,
    titled,
    zone_row,
    zone_told,
)
from timeline.gregorian import LAST_DAY, day_text
from timeline.words import day_words

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from timeline.exporters import Look, Occasion
    from timeline.model import Timeline, View
    from timeline.schedule import Placed, Schedule

_WIDTHS = range(800, 1120, 20)  # pixels of the picture, as its labels ask
_LETTERS, _SECTION = 12, 12  # pixels
_ESCAPE = re.compile(r"#\d+;")
_ESCAPED = "nnnnnn"  # as wide as the stand-in that Mermaid measures in place of an escape
_LANE = 130  # pixels that a section's name may have
_BAR, _GAP = 20, 8  # pixels
_THIN = 2  # pixels: a bar that is no wider is drawn as a diamond

# Of seconds, at least so many to a chart's whole span: what lies between two ticks, and their text.
_TICKS = (
    (0, "1hour", "%H:%M"), (10 * 3600, "3hour", "%H:%M"), (30 * 3600, "6hour", "%H:%M"),
    (3 * DAY, "1day", "%-d %b"), (11 * DAY, "1week", "%-d %b"), (60 * DAY, "1month", "%b %Y"),
    (270 * DAY, "3month", "%b %Y"), (720 * DAY, "12month", "%Y"), (10 * 365 * DAY, "24month", "%Y"),
    (20 * 365 * DAY, "60month", "%Y"), (50 * 365 * DAY, "120month", "%Y"),
    (110 * 365 * DAY, "240month", "%Y"), (240 * 365 * DAY, "600month", "%Y"),
    (600 * 365 * DAY, "1200month", "%Y"), (1200 * 365 * DAY, "2400month", "%Y"),
)  # fmt: skip

_KEY = {
    "": "stated",
    "active": "some time within, inferred or tentative",
    "crit": "deadline: at the latest",
    "done": "cancelled",
}


class _Label(NamedTuple):
    """What stands beside a bar, how it is written, and how wide Mermaid takes it for, pixels."""

    text: str
    written: str
    width: float


@frozen(eq=False)
class _Bar:
    """An event's bar [start, end) in seconds UTC, its tag (a key of _KEY), and what it is called.
    What is `bare` has no bar at all."""

    start: int
    end: int
    tag: str
    label: _Label
    bare: bool = False


def export(schedule: Schedule, view: View | None, occasion: Occasion) -> Output:
    """The chart of the whole timeline or of a view; in parts where one would be too long or would
    crush its bars. Events of which nothing is known are left out, and named."""
    look, timeline = occasion.look, schedule.timeline
    every = chosen(schedule, view, look)
    memo = occasion.memo
    if memo is None:
        reaches = {p.id: reach(p, timeline.tz) for p in every}
    else:
        reaches = memo.room(("reach", view and view.id), timeline.tz).each(
            ((p.id, p) for p in every), lambda name: reach(schedule.by_id[name], timeline.tz)
        )
    reached = {name: known for name, known in reaches.items() if known is not None}
    drawn = [p for p in every if p.id in reached]
    omitted = tuple(
        (p.id, "a chart has no place for an event without a date, or before the year 100")
        for p in every
        if p.id not in reached
    )
    parts = charts(drawn, reached)
    made = []
    room = memo.room(("gantt", view and view.id), None) if memo else None
    values = event_values(schedule, memo) if memo else {}
    for number, chart in enumerate(parts, start=1):
        title = heading(timeline, view, look, numbered(number, len(parts)))
        spans = [reached[p.id] for p in chart]
        make = partial(_chart, timeline, title, look, chart, spans)
        if room is None:
            made.append(make())
        else:  # of the timeline a chart takes its zone, and whose accounts differ
            made_of = title, look, timeline.zone, timeline.tz, spans, [values[p.id] for p in chart]
            made.append(room.kept(chart[0].id if chart else "", made_of, make))
    texts = [text for text, _ in made]
    notes = []
    if look.direction:
        notes.append("a gantt has one direction only")
    if any(cut for _, cut in made):
        notes.append("titles too long for a chart are cut")
    return Output(texts[0].encode(), omitted, tuple(notes), tuple(texts[1:]))


# --- what is drawn where --------------------------------------------------------------------------


def _bar(placed: Placed, reached: tuple[int, int], timeline: Timeline, unit: int,
         year: int | None) -> _Bar:  # fmt: skip
    low, high = reached
    start, end = placed.told
    tag = "active"
    if start.earliest is None and end.latest is not None:
        low, tag = high - unit, "crit"
    elif start.earliest is None:
        low = high - unit
    elif end.latest is None and low == high and not start.exact:
        high = low + unit
    elif (end.latest is None and start.exact) or (
        placed.basis == "stated" and " to " not in placed.label
    ):
        tag = ""
    if placed.event.status != "confirmed":
        tag = "done" if placed.event.cancelled else "active"
    # The date, a dot and the title: a colon would be measured as seven letters.
    label = f"{dated(placed, timeline, year)} · {titled(placed, timeline)}"
    return _Bar(low, high, tag, _labelled(label))


# --- how it is written ---------------------------------------------------------------------------


def _chart(timeline: Timeline, title: str, look: Look, shown: list[Placed],
           reached: list[tuple[int, int]]) -> tuple[str, bool]:  # fmt: skip
    """A chart, and whether a label in it is cut."""
    tz = timeline.tz
    of = [day for day in days(shown) if day is not None]  # one for each: they all have a date
    year = only_year(of)
    first = min((low for low, _ in reached), default=0)
    span = max((high for _, high in reached), default=0) - first
    unit = max(_unit(span), 60)
    bars = [_bar(p, known, timeline, unit, year) for p, known in zip(shown, reached, strict=True)]
    first = min((b.start for b in bars), default=first)
    _, second = local(first, tz)
    origin = first - second if span >= DAY else first - second % 3600
    key = _key(timeline, shown, bars, origin, unit, span, year)
    groups = lanes(shown, look.lanes) if look.lanes else periods(of)
    rows = {_apart(name): [bars[i] for i in group] for name, group in groups.items()}
    last = max((b.end for b in (*bars, *key)), default=origin)
    sizes = _sizes([*bars, *key], list(rows), origin, last)
    pixels = sizes["useWidth"] - sizes["leftPadding"] - sizes["rightPadding"]
    scale = pixels / max(last - origin, 60)
    when = f"{day_words(local(first, tz)[0])} to {day_words(local(max(first, last - 1), tz)[0])}"
    count = f"{len(bars)} event{'s' * (len(bars) != 1)}"
    tick = next(t for t in reversed(_TICKS) if last - origin >= t[0])
    out = [
        _directive(look.theme, sizes, title),
        "gantt",
        f"    title {gantt_title(title)}",
        f"    accTitle: {accessible_line(title)}",
        f"    accDescr: {accessible_line(f'{count}, {when}; times: {zone_told(shown, timeline)}')}",
        "    dateFormat YYYY-MM-DD HH:mm",
        f"    axisFormat {tick[2]}",
        f"    tickInterval {tick[1]}",
        "    weekday monday",
        "    todayMarker off",
    ]
    number, cut = 0, False
    for name, group in [*rows.items(), ("Key", key)]:
        out.append(f"    section {_section(name)}")
        for bar in group:
            number += 1
            thin = not bar.bare and (bar.end - bar.start) * scale <= _THIN
            tags = "".join(f"{tag}, " for tag in ("milestone" * thin, bar.tag) if tag)
            room = pixels - (bar.end - origin) * scale + _beside(sizes)
            label = _cut(bar.label, max(room, (bar.end - bar.start) * scale))
            cut = cut or label != bar.label
            start, end = _at(bar.start, tz), _at(bar.end, tz)
            out.append(f"        {label.written} :{tags}e{number}, {start}, {end}")
    return "\n".join(out) + "\n", cut


def _beside(sizes: dict[str, int]) -> float:
    """Pixels that a label has to the right of the axis: else Mermaid puts it left of its bar."""
    return sizes["rightPadding"] - sizes["leftPadding"] / 2 - _BAR / 2


def _labelled(text: str) -> _Label:
    """A label. Mermaid measures its escapes as they stand before they are decoded."""
    written = gantt_task(text)
    return _Label(text, written, width(_ESCAPE.sub(_ESCAPED, written), _LETTERS))


def _cut(label: _Label, room: float) -> _Label:
    """A label cut to a room, with `…` where it is."""
    if label.width <= room:
        return label
    low, high = 1, len(label.text)
    while low < high:  # the longest that fits
        middle = (low + high + 1) // 2
        if _labelled(short(label.text, middle)).width <= room:
            low = middle
        else:
            high = middle - 1
    return _labelled(short(label.text, low))


def _unit(span: int) -> int:
    """How long the mark of an open side is, and those of the key: a fiftieth of the chart, in whole
    days where that is more than half of one."""
    part = span // 50
    return max(round(part / DAY), 1) * DAY if part * 2 > DAY else part


def _key(timeline: Timeline, shown: list[Placed], bars: list[_Bar], origin: int, unit: int,
         span: int, year: int | None) -> list[_Bar]:  # fmt: skip
    told = [
        _Bar(origin, origin + unit, tag, _labelled(words))
        for tag, words in _KEY.items()
        if any(b.tag == tag for b in bars)
    ]
    if any((b.end - b.start) * PLOT <= _THIN * span for b in bars):
        told.append(_Bar(origin, origin, "", _labelled("a moment, or too short for a bar")))
    for mark, words in marks(shown, timeline):
        if mark not in ("by …", "(inferred)"):
            told.append(_Bar(origin, origin, "", _labelled(f"{mark} {words}"), bare=True))
    zone = _labelled(zone_row(shown, timeline, year))
    return [*told, _Bar(origin, origin, "", zone, bare=True)]


def _at(at: int, tz: ZoneInfo) -> str:
    day, second = local(at, tz)
    if day > LAST_DAY:
        return "9999-12-31 23:59"
    return f"{day_text(day)} {second // 3600:02}:{second // 60 % 60:02}"


def _apart(name: str) -> str:
    """A lane's name that is none of ours. Mermaid puts names of digits alone first, and takes
    `__proto__` for what all names have; a word joiner, which nobody sees, makes them like others."""
    return f"\u2060{name}" if name.isdigit() or name.startswith("__") or name == "Key" else name


def _section(name: str) -> str:
    """A section's name in at most two lines."""
    rows = lines(name, _SECTION, _LANE)
    if len(rows) > 2:
        rows = [rows[0], rows[1] + "…"]
    return stacked(gantt_section, rows)


def _sizes(bars: list[_Bar], names: list[str], origin: int, last: int) -> dict[str, int]:
    """The measures of the chart: as wide as lets each label stand to the right of its bar."""
    rows = [row for name in names for row in lines(name, _SECTION, _LANE)]
    left = round(max([60.0, *(min(width(row, _SECTION), _LANE) for row in rows)])) + 20
    span = max(60, last - origin)
    for whole in _WIDTHS:
        plot = float(whole - left - 40)
        for bar in bars:
            label = bar.label.width
            if (bar.end - bar.start) / span * PLOT > label:
                continue  # it stands inside
            share = (bar.end - origin) / span
            free = whole - 1.5 * left - label - _BAR
            plot = min(plot, free / share if share else plot if free > 0 else 0)
        if plot >= PLOT:
            break
    plot = max(plot, PLOT)
    return {"useWidth": whole, "leftPadding": left, "rightPadding": round(whole - left - plot)}


def _directive(theme: str, sizes: dict[str, int], title: str) -> str:
    whole = sizes["useWidth"]
    size = min(18.0, 18 * (whole - 20) / max(width(title, 18), 1))
    layout = {"gantt": {
        **sizes, "barHeight": _BAR, "barGap": _GAP, "fontSize": _LETTERS,
        "sectionFontSize": _SECTION, "topPadding": 50, "gridLineStartPadding": 40,
    }}  # fmt: skip
    variables = {
        "textColor": GREY, "titleColor": GREY, "gridColor": "#9a9a9a",
        "taskBkgColor": BLUE, "taskBorderColor": BLUE_EDGE,
        "activeTaskBkgColor": PALE, "activeTaskBorderColor": BLUE_EDGE,
        "doneTaskBkgColor": STONE, "doneTaskBorderColor": STONE_EDGE,
        "critBkgColor": SAND, "critBorderColor": SAND_EDGE,
        "taskTextColor": INK, "taskTextDarkColor": INK, "taskTextLightColor": INK,
        "taskTextOutsideColor": GREY,
        "sectionBkgColor": "#8aa4bf", "sectionBkgColor2": "#8aa4bf", "altSectionBkgColor": "#ffffff00",
    }  # fmt: skip
    css = (
        ".grid line{stroke:#9a9a9a;stroke-opacity:.35} .grid path{stroke:none}"
        f" .taskTextOutsideRight,.taskTextOutsideLeft{{fill:{GREY} !important}}"
        f" .taskText{{fill:{INK} !important}} .milestoneText{{font-style:normal}}"
        f" .section{{width:{whole}px;opacity:.1}} .titleText{{font-size:{size:.0f}px}}"
    )
    return directive(theme, layout, variables, css)
