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
from timeline.exporters.picture_marks import mark
from timeline.exporters.picture_sheet import MARGIN, Box, Part, event
from timeline.exporters.picture_style import text
from timeline.exporters.picture_text import ems, fit, leading
from timeline.exporters.picture_xml import escape, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.exporters.picture_marks import Chart, Mark
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
    """An event in a row of its lane; what has no date has no mark."""

    placed: Placed
    row: int
    span: _Span
    mark: Mark | None


class _Rows:
    """The rows of a lane, each filled from the left, and from which pixel on each is free."""

    def __init__(self, count: int, left: float) -> None:
        self._free = [left] * count
        self._both = [left] * max(count - 1, 0)  # a row and the next
        self.least = left  # no row is free before

    def take(self, spans: Iterable[_Span]) -> tuple[int, _Span] | None:
        """The first of these that has room, and the first row that it fits in, which is then taken
        up to its end."""
        for span in spans:
            free = self._both if span.over else self._free
            row = next((row for row, x in enumerate(free) if x <= span.left), None)
            if row is not None:
                self._fill(row, row + span.over, span.right + _GAP)
                return row, span
        return None

    def _fill(self, first: int, last: int, x: float) -> None:
        free = self._free
        free[first] = free[last] = x
        for row in range(max(first - 1, 0), min(last + 1, len(self._both))):
            self._both[row] = max(free[row], free[row + 1])
        self.least = min(free)


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
    count = 0
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
            drawn = ""
            if item.mark is not None:
                drawn = item.mark.drawn(at + high / 2 + high * item.span.over)
                kinds |= item.mark.kinds
                fades |= item.mark.fades
            out.append(_event(sheet, item, drawn, at, high))
        count += len(items)
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
    if count < len(sheet.shown):
        kinds.add("counted")
        notes.append(f"{len(sheet.shown) - count:,} are counted, not drawn")
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
    rows = _Rows(most, chart.left)
    items: list[_Item] = []
    rest: list[tuple[float, Placed, Mark | None]] = []
    for placed in members:
        if _undated(placed):
            left, made = chart.left, None
            found = rows.take(_flowing(placed, chart, rows.least, longest))
        else:
            made = mark(placed, chart)
            left = max(made.left, chart.left)
            # Where no row is free any more, there is no need to ask how long the title is.
            full = rows.least > left
            found = None if full else rows.take(_titled(placed, left, made.right, chart, longest))
        if found is None:
            rest.append((left, placed, made))
        else:
            items.append(_Item(placed, *found, made))
    used = max((item.row + item.span.over for item in items), default=-1) + 1
    rows = _Rows(most // _BARE, chart.left)
    counted = []
    for left, placed, made in rest:
        bare = [] if made is None else [_Span("", 0, left, made.right)]
        found = rows.take(bare) if rows.least <= left else None
        if found is None:
            counted.append((left, placed))
        else:
            row, span = found
            items.append(_Item(placed, used + row, span, made))
    return items, counted


def _titled(
    placed: Placed, left: float, right: float, chart: Chart, longest: float
) -> Iterator[_Span]:
    """The ways to draw an event with its title beside its mark, or above a long one; the best first."""
    for room in (longest, longest * _SHORTER):
        title = fit(clean(placed.event.title), room, SIZE)
        wide = ems(title) * SIZE
        if right - left > wide:
            yield _Span(title, left, left, right, over=True)
        if right + _BESIDE + wide <= chart.right:
            yield _Span(title, right + _BESIDE, left, right + _BESIDE + wide)
        if left - _BESIDE - wide >= chart.left:
            yield _Span(title, left - _BESIDE - wide, left - _BESIDE - wide, right)


def _flowing(placed: Placed, chart: Chart, free: float, longest: float) -> Iterator[_Span]:
    """A title alone, in the row with most room: nothing says where on the axis it belongs."""
    title = fit(clean(placed.event.title), longest, SIZE)
    right = free + ems(title) * SIZE
    if right <= chart.right:
        yield _Span(title, free, free, right)


def _event(sheet: Sheet, item: _Item, drawn: str, top: float, high: float) -> str:
    span = item.span
    words = ""
    if span.title:
        struck = "struck" if item.placed.event.cancelled else ""
        words = text(span.at, top + high / 2 + 3.5, span.title, SIZE, struck)
    box = Box(span.left, top, span.right - span.left, high * (1 + span.over))
    return event(sheet, item.placed, words, drawn, box, None)


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
