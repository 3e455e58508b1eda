"""A picture of many events: packed on a common axis, named where there is room, else counted.

Each event is drawn once, with its title beside its mark or without it, or is one of those that a
count such as `+12` stands for. No order is drawn: hundreds of arrows say nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from timeline.exporters.entry_words import cut
from timeline.exporters.mermaid_text import clean
from timeline.exporters.picture_axis import ticks
from timeline.exporters.picture_frame import axis, axis_height, band, ground
from timeline.exporters.picture_lanes import lanes_of, merged
from timeline.exporters.picture_marks import Mark, mark
from timeline.exporters.picture_sheet import MARGIN, Box, Part, event
from timeline.exporters.picture_style import text
from timeline.exporters.picture_text import ems, fit, leading
from timeline.exporters.picture_xml import escape, tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.exporters.picture_marks import Chart
    from timeline.exporters.picture_sheet import Sheet
    from timeline.schedule import Placed

SIZE = 10.0
_ROW = 14.0  # how high a row is at least, pixels
ROWS = 110
"""So many rows all lanes have together, about: so high and no higher is a picture."""
_BARE = 4  # rows with titles for each one of marks alone
_HEAD = 24.0  # of a lane
_LEAST = 3  # rows that a lane may have at least
_MARK = 7.0
_FADE = 44.0  # over so much what has no limit fades out
_GAP, _BESIDE = 6.0, 4.0  # between two events; between a mark and its title
_NAMED = (100.0, 260.0)  # a title is cut to this, by how many events there are
_SHORTER = 0.65  # of that, where there is no room for more
_ROOM = 90.0  # for titles past the last instant
_BIN = 52.0  # counts stand so far apart
_UNDATED = "No date"


@frozen
class _Span:
    """What an event takes of a row: from `left` to `right`, its title (empty: none) from `at` on;
    `over` where that stands in a row of its own above a long mark."""

    title: str
    at: float
    left: float
    right: float
    over: bool = False


@frozen(eq=False)
class _Item:
    """An event in a row of its lane."""

    placed: Placed
    row: int
    span: _Span


def body(sheet: Sheet, top: float) -> Part:
    """The lanes of a picture, from `top` down, between two axes."""
    left, right = MARGIN, sheet.width - MARGIN
    chart = sheet.chart(left, right, _MARK, reach=_FADE, beside=_ROOM)
    named = ticks(chart.scale, right + 8) if chart.scale is not None else []
    y = first = top + axis_height(named)
    out: list[str] = []
    bands: list[str] = []
    kinds: set[str] = set()
    fades: set[str] = set()
    drawn = 0
    high = max(_ROW, *(SIZE * leading(clean(p.event.title)) - 1 for p in sheet.shown))
    longest = min(max(_NAMED[0], 80_000 / len(sheet.shown)), _NAMED[1], (right - left) / 3)
    for label, members in _lanes(sheet):
        if label:
            heading = fit(f"{clean(label)} · {len(members):,}", right - left - 12, 11.5, bold=True)
            bands.append(band(left, right, y + 4, _HEAD - 6))
            out.append(text(left + 6, y + 17, heading, 11.5, "strong"))
            y += _HEAD
        else:
            y += 6
        most = max(_LEAST, round(ROWS * _ROW / high * len(members) / len(sheet.shown)))
        items, counted = _packed(members, chart, most, longest)
        for item in items:
            at = y + item.row * high
            middle = at + high / 2 + high * item.span.over
            made = Mark("", 0, 0, frozenset()) if _undated(item.placed) else (
                mark(item.placed, chart, middle))  # fmt: skip
            kinds |= made.kinds
            fades |= made.fades
            out.append(_event(sheet, item, made, at, high))
        drawn += len(items)
        y += high * (max((item.row + item.span.over for item in items), default=-1) + 1) + 2
        if counted:
            out.append(_counts(counted, chart, y))
            y += _ROW + 2
    under = ground(chart, named, first, y) + "".join(bands)
    out[:0] = [tag("g", under, class_="ground"), axis(chart, named, first, up=True)]
    if named:
        out.append(axis(chart, named, y, up=False))
        y += axis_height(named)
    if chart.scale is not None and any(run.folded for run in chart.scale.runs):
        kinds.add("fold")
    notes = ["no arrows for so many events"]
    if drawn < len(sheet.shown):
        kinds.add("counted")
        notes.append(f"{len(sheet.shown) - drawn:,} are counted, not drawn")
    return Part("".join(out), y, frozenset(kinds), frozenset(fades), tuple(notes))


def _lanes(sheet: Sheet) -> list[tuple[str, list[Placed]]]:
    """The lanes, the largest dozen of them; what has no limit at all in one of its own, at the end."""
    dated: list[Placed] = []
    undated: list[Placed] = []
    for placed in sheet.shown:
        (undated if _undated(placed) else dated).append(placed)
    lanes: list[tuple[str, list[Placed]]] = [("", dated)] if dated else []
    if sheet.lanes:
        lanes = merged(lanes_of(dated, sheet.lanes), 12)
    return lanes + ([(_UNDATED, undated)] if undated else [])


def _undated(placed: Placed) -> bool:
    start, end = placed.told
    return start.earliest is None and end.latest is None


def _packed(
    members: Sequence[Placed], chart: Chart, most: int, longest: float
) -> tuple[list[_Item], list[tuple[float, Placed]]]:
    """Events in rows, first fit, each row filled from the left: with its title, else in further
    rows its mark alone, else counted where it would stand."""
    ends = [chart.left - _GAP] * most
    items: list[_Item] = []
    rest: list[tuple[_Span, Placed]] = []
    for placed in members:
        if _undated(placed):
            *spans, bare = _flowing(placed, chart, ends, longest)
        else:
            *spans, bare = _spans(placed, chart, longest)
        row, span = _first(spans, ends)
        if span is None:
            rest.append((bare, placed))
        else:
            items.append(_Item(placed, row, span))
    used = max((item.row + item.span.over for item in items), default=-1) + 1
    ends = [chart.left - _GAP] * (most // _BARE)
    counted = []
    for bare, placed in rest:
        row, span = _first([] if _undated(placed) else [bare], ends)
        if span is None:
            counted.append((bare.left, placed))
        else:
            items.append(_Item(placed, used + row, span))
    return items, counted


def _first(spans: Sequence[_Span], ends: list[float]) -> tuple[int, _Span | None]:
    """The first row that one of these fits in, which is then taken up to its end."""
    for span in spans:
        rows = 1 + span.over
        for row in range(len(ends) - span.over):
            if all(end + _GAP <= span.left for end in ends[row : row + rows]):
                ends[row : row + rows] = [span.right] * rows
                return row, span
    return 0, None


def _spans(placed: Placed, chart: Chart, longest: float) -> list[_Span]:
    """The ways to draw an event, the best first, the last without its title."""
    bare = mark(placed, chart, 0.0)
    left, right = max(bare.left, chart.left), bare.right
    found = []
    for room in (longest, longest * _SHORTER):
        title = fit(clean(placed.event.title), room, SIZE)
        wide = ems(title) * SIZE
        if right - left > wide:
            found.append(_Span(title, left, left, right, over=True))
        if right + _BESIDE + wide <= chart.right:
            found.append(_Span(title, right + _BESIDE, left, right + _BESIDE + wide))
        if left - _BESIDE - wide >= chart.left:
            found.append(_Span(title, left - _BESIDE - wide, left - _BESIDE - wide, right))
    return [*found, _Span("", 0, left, right)]


def _flowing(
    placed: Placed, chart: Chart, ends: Sequence[float], longest: float
) -> list[_Span]:
    """A title alone, in the row with most room: nothing says where on the axis it belongs. The last
    of the ways is none."""
    title = fit(clean(placed.event.title), longest, SIZE)
    at = min(ends) + _GAP
    right = at + ems(title) * SIZE
    bare = _Span("", 0, chart.left, chart.left)
    return [_Span(title, at, at, right), bare] if right <= chart.right else [bare]


def _event(sheet: Sheet, item: _Item, made: Mark, top: float, high: float) -> str:
    span = item.span
    words = ""
    if span.title:
        struck = "struck" if item.placed.event.cancelled else ""
        words = text(span.at, top + high / 2 + 3.5, span.title, SIZE, struck)
    box = Box(span.left, top, span.right - span.left, high * (1 + span.over))
    return event(sheet, item.placed, words, made, box, None)


def _counts(counted: Sequence[tuple[float, Placed]], chart: Chart, top: float) -> str:
    """A row of counts, each where the events stand that it counts."""
    bins: dict[int, list[Placed]] = {}
    last = max(int((chart.right - chart.left) / _BIN) - 1, 0)
    for x, placed in counted:
        bins.setdefault(min(max(int((x - chart.left) / _BIN), 0), last), []).append(placed)
    out = []
    for number, members in sorted(bins.items()):
        names = "; ".join(cut(clean(placed.event.title)) for placed in members[:3])
        more = f"; and {len(members) - 3:,} more" if len(members) > 3 else ""
        told = tag("title", escape(f"{len(members):,} more here: {names}{more}"))
        words = text(chart.left + number * _BIN, top + _ROW / 2 + 3.5, f"+{len(members):,}", SIZE,
                     "muted strong")  # fmt: skip
        out.append(tag("g", told, words, class_="more", data_count=str(len(members))))
    return tag("g", *out, class_="counts")
