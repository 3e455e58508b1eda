"""A picture of many events: packed on a common axis, named where there is room, else counted.

Each event is drawn once, with its title beside its mark or without it, or is one of those that a
count such as `+12` stands for. No order is drawn: hundreds of arrows say nothing.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from timeline.exporters.entry_words import cut
from timeline.exporters.event_values import event_values
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
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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


class _Item(NamedTuple):
    """An event in a row of its lane."""

    placed: Placed
    row: int
    span: _Span


class _Drawn(NamedTuple):
    """An event as XML, and what of the legend and which gradients it uses."""

    xml: str
    kinds: frozenset[str] = frozenset()
    fades: frozenset[str] = frozenset()


class _Marks:
    """The marks of the events on one chart: how far each reaches, and how it is drawn. A memo knows both
    by all that they hang on: the event's values, and where on which chart it stands."""

    def __init__(self, sheet: Sheet, chart: Chart) -> None:
        self.sheet, self.chart = sheet, chart
        self.titles: dict[str, str] = {}
        """The titles that were asked for: a picture hangs on no others, but for their height."""
        self._values: Mapping[str, object] = {}
        self._reaches = self._events = None
        if sheet.memo is not None:
            self._values = event_values(sheet.schedule, sheet.memo)
            common = chart, sheet.timeline.tz
            self._reaches = sheet.memo.room(("reaches", sheet.name), common)
            self._events = sheet.memo.room(("events", sheet.name), common)

    def title(self, placed: Placed) -> str:
        """The title of an event, as a reader is to see it."""
        title = self.titles[placed.event.id] = clean(placed.event.title)
        return title

    def reaches(self, members: Sequence[Placed]) -> Iterable[tuple[float, float]]:
        """From where to where each mark reaches; what has no date has none, at the left."""
        if self._reaches is None:
            return map(self._reach, members)
        values, by_id = self._values, self.sheet.schedule.by_id
        return self._reaches.each(
            ((placed.id, values[placed.id]) for placed in members),
            lambda name: self._reach(by_id[name]),
        ).values()

    def _reach(self, placed: Placed) -> tuple[float, float]:
        if _undated(placed):
            return self.chart.left, self.chart.left
        made = mark(placed, self.chart)
        return max(made.left, self.chart.left), made.right

    def event(self, item: _Item, top: float, high: float) -> _Drawn:
        """An event in a row that begins at `top` and is `high`."""
        if self._events is None:
            return self._event(item, top, high)
        placed = item.placed
        self.title(placed)
        made_of = self._values[placed.id], item.span, top, high
        return self._events.kept(placed.id, made_of, partial(self._event, item, top, high))

    def _event(self, item: _Item, top: float, high: float) -> _Drawn:
        placed, _, span = item
        drawn = _Drawn("")
        if not _undated(placed):
            made = mark(placed, self.chart)
            drawn = _Drawn(made.drawn(top + high / 2 + high * span.over), made.kinds, made.fades)
        words = ""
        if span.title:
            struck = "struck" if placed.event.cancelled else ""
            words = text(span.at, top + high / 2 + 3.5, span.title, SIZE, struck)
        box = Box(span.left, top, span.right - span.left, high * (1 + span.over))
        return drawn._replace(xml=event(self.sheet, placed, words, drawn.xml, box, None))


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
    """The lanes of a picture, from `top` down, between two axes. With a memo it is taken again whole
    where the looks of all events are the same, and the titles that were asked for."""
    high = _high(sheet.shown)
    memo, by_id = sheet.memo, sheet.schedule.by_id
    if memo is None:
        return _body(sheet, top, high)[0]
    values = event_values(sheet.schedule, memo)
    looks = [values[placed.id][1] for placed in sheet.shown]
    made_of = top, high, sheet.width, sheet.lanes, sheet.timeline.tz, looks
    part, _ = memo.room(("picture", sheet.name), None).kept(
        "", made_of, partial(_body, sheet, top, high),
        lambda made: all(clean(by_id[name].event.title) == told for name, told in made[1].items()),
    )  # fmt: skip
    for kind in ("reaches", "events"):
        memo.leave((kind, sheet.name))
    return part


@lru_cache(maxsize=1)
def _high(shown: tuple[Placed, ...]) -> float:
    """How high a row is, by the letters of the titles: each picture of the same events asks."""
    return max(_ROW, *(SIZE * leading(clean(placed.event.title)) - 1 for placed in shown))


def _body(sheet: Sheet, top: float, high: float) -> tuple[Part, dict[str, str]]:
    """The lanes, and the titles that were asked for by event."""
    left, right = MARGIN, sheet.width - MARGIN
    chart = sheet.chart(left, right, _MARK, reach=_FADE, beside=_ROOM)
    marks = _Marks(sheet, chart)
    named = ticks(chart.scale, right + 8) if chart.scale is not None else []
    y = first = top + axis_height(named)
    out: list[str] = []
    bands: list[str] = []
    kinds: set[str] = set()
    fades: set[str] = set()
    count = 0
    longest = min(max(_NAMED[0], 80_000 / len(sheet.shown)), _NAMED[1], (right - left) / 3)
    for label, members, dated in _lanes(sheet):
        if label:
            heading = fit(f"{clean(label)} · {len(members):,}", right - left - 12, 11.5, bold=True)
            bands.append(band(left, right, y + 4, _HEAD - 6))
            out.append(text(left + 6, y + 17, heading, 11.5, "strong"))
            y += _HEAD
        else:
            y += 6
        most = max(_LEAST, round(ROWS * _ROW / high * len(members) / len(sheet.shown)))
        items, counted = _packed(members, marks, most, longest, dated)
        for item in items:
            drawn = marks.event(item, y + item.row * high, high)
            kinds |= drawn.kinds
            fades |= drawn.fades
            out.append(drawn.xml)
        count += len(items)
        y += high * (max((item.row + item.span.over for item in items), default=-1) + 1) + 2
        if counted:
            out.append(_counts(counted, marks, y))
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
    made = Part("".join(out), y, frozenset(kinds), frozenset(fades), tuple(notes))
    return made, marks.titles


def _lanes(sheet: Sheet) -> list[tuple[str, list[Placed], bool]]:
    """The lanes, the largest dozen of them, and whether their events have a date; what has no limit at
    all in one of its own, at the end."""
    dated: list[Placed] = []
    undated: list[Placed] = []
    for placed in sheet.shown:
        (undated if _undated(placed) else dated).append(placed)
    lanes: list[tuple[str, list[Placed]]] = [("", dated)] if dated else []
    if sheet.lanes:
        lanes = merged(lanes_of(dated, sheet.lanes), 12)
    found = [(label, members, True) for label, members in lanes]
    return found + ([(_UNDATED, undated, False)] if undated else [])


def _undated(placed: Placed) -> bool:
    start, end = placed.told
    return start.earliest is None and end.latest is None


def _packed(
    members: Sequence[Placed], marks: _Marks, most: int, longest: float, dated: bool
) -> tuple[list[_Item], list[tuple[float, Placed]]]:
    """Events in rows, first fit, each row filled from the left: with its title, else in further
    rows its mark alone, else counted where it would stand."""
    chart = marks.chart
    rows = _Rows(most, chart.left)
    items: list[_Item] = []
    rest: list[tuple[float, float, Placed]] = []
    for placed, (left, right) in zip(members, marks.reaches(members), strict=True):
        if not dated:
            found = rows.take(_flowing(placed, marks, rows.least, longest))
        else:
            # Where no row is free any more, there is no need to ask how long the title is.
            full = rows.least > left
            found = None if full else rows.take(_titled(placed, left, right, marks, longest))
        if found is None:
            rest.append((left, right, placed))
        else:
            items.append(_Item(placed, *found))
    used = max((item.row + item.span.over for item in items), default=-1) + 1
    rows = _Rows(most // _BARE, chart.left)
    counted = []
    for left, right, placed in rest:
        found = None
        if dated and rows.least <= left:
            found = rows.take([_Span("", 0, left, right)])
        if found is None:
            counted.append((left, placed))
        else:
            row, span = found
            items.append(_Item(placed, used + row, span))
    return items, counted


def _titled(
    placed: Placed, left: float, right: float, marks: _Marks, longest: float
) -> Iterator[_Span]:
    """The ways to draw an event with its title beside its mark, or above a long one; the best first."""
    chart, words = marks.chart, marks.title(placed)
    for room in (longest, longest * _SHORTER):
        title = fit(words, room, SIZE)
        wide = ems(title) * SIZE
        if right - left > wide:
            yield _Span(title, left, left, right, over=True)
        if right + _BESIDE + wide <= chart.right:
            yield _Span(title, right + _BESIDE, left, right + _BESIDE + wide)
        if left - _BESIDE - wide >= chart.left:
            yield _Span(title, left - _BESIDE - wide, left - _BESIDE - wide, right)


def _flowing(placed: Placed, marks: _Marks, free: float, longest: float) -> Iterator[_Span]:
    """A title alone, in the row with most room: nothing says where on the axis it belongs."""
    chart = marks.chart
    title = fit(marks.title(placed), longest, SIZE)
    right = free + ems(title) * SIZE
    if right <= chart.right:
        yield _Span(title, free, free, right)


def _counts(counted: Sequence[tuple[float, Placed]], marks: _Marks, top: float) -> str:
    """A row of counts, each where the events stand that it counts."""
    chart = marks.chart
    bins: dict[int, list[Placed]] = {}
    last = max(int((chart.right - chart.left) / _BIN) - 1, 0)
    for x, placed in counted:
        bins.setdefault(min(max(int((x - chart.left) / _BIN), 0), last), []).append(placed)
    out = []
    for number, members in sorted(bins.items()):
        names = "; ".join(cut(marks.title(placed)) for placed in members[:3])
        more = f"; and {len(members) - 3:,} more" if len(members) > 3 else ""
        told = tag("title", escape(f"{len(members):,} more here: {names}{more}"))
        words = text(chart.left + number * _BIN, top + _ROW / 2 + 3.5, f"+{len(members):,}", SIZE,
                     "muted strong")  # fmt: skip
        out.append(tag("g", told, words, class_="more", data_count=str(len(members))))
    return tag("g", *out, class_="counts")
