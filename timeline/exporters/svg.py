"""A picture of the timeline: one static SVG that needs nothing else, for documents and for print.

Every event has a row: its words, and on a common axis a mark whose shape says what is known of its
time. Arrows give the order that is stated, and what follows from it. The same schedule gives the
same bytes; there is no script, no style attribute and no address in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.exporters import Output
from timeline.exporters.mermaid_text import clean
from timeline.exporters.picture_arrows import Spot, arrow, routes
from timeline.exporters.picture_axis import SIZE, skipped_words, ticks
from timeline.exporters.picture_lanes import lanes_of, sensible
from timeline.exporters.picture_legend import fold, legend
from timeline.exporters.picture_marks import OPEN_ROOM, Chart, Mark, hue, mark
from timeline.exporters.picture_order import links
from timeline.exporters.picture_rows import MARGIN, Form, Row, event_rows, form, heading
from timeline.exporters.picture_scale import Scale, instants, scale
from timeline.exporters.picture_style import gradients, style, text
from timeline.exporters.picture_text import lines
from timeline.exporters.picture_words import description, when
from timeline.exporters.picture_xml import escape, number, tag
from timeline.words import zone_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.exporters import Occasion
    from timeline.exporters.picture_axis import Tick
    from timeline.exporters.picture_order import Link
    from timeline.model import View
    from timeline.schedule import Placed, Schedule

WIDTH = 800
LEAST = 320
"""No picture is narrower, whatever is asked for."""
_LINE = 12.0  # of the axis
_GUTTERS = (14.0, 32.0, 56.0, 80.0)
_ARROWS = 3  # so many for each event at most: more say nothing


def export(schedule: Schedule, view: View | None, occasion: Occasion) -> Output:
    """The picture of the whole timeline or of a view."""
    del occasion
    shown = schedule.select(view)
    return Output(draw(schedule, view, lanes=sensible(shown)))


def draw(
    schedule: Schedule,
    view: View | None,
    *,
    width: int = WIDTH,
    lanes: str = "",
    embedded: bool = False,
) -> str:
    """The picture as SVG, `width` pixels wide or as wide as it is scaled to.

    `lanes` groups the events by `place`, `person` or `tag`; "" leaves them in order. `embedded` is
    for a page that it becomes part of: no XML declaration. Ids begin with the view and the width,
    so that several pictures can stand in one page.
    """
    picture = _Picture(schedule, view, max(width, LEAST), lanes)
    svg = picture.whole()
    return svg if embedded else f'<?xml version="1.0" encoding="UTF-8"?>\n{svg}\n'


class _Picture:
    """One picture while it is drawn, from the top down."""

    def __init__(self, schedule: Schedule, view: View | None, width: int, lanes: str) -> None:
        self.schedule, self.view, self.width = schedule, view, width
        self.timeline = schedule.timeline
        self.shown = schedule.select(view)
        self.name = "-".join(filter(None, (view.id if view else "all", str(width), lanes)))
        self.lanes = lanes
        self.times = instants(self.shown)
        self.kinds: set[str] = set()
        self.fades: set[str] = set()
        self.notes: list[str] = []

    def whole(self) -> str:
        head, top = self._head()
        arrows = links(self.schedule, self.shown)
        if len(arrows) > _ARROWS * len(self.shown) + 12:
            self.notes.append(f"{len(arrows)} links of order are not drawn")
            arrows = []
        body, bottom = self._body(top, arrows)
        foot, bottom = self._foot(bottom)
        title = self._title()
        return tag(
            "svg",
            tag("title", escape(title), id=f"title-{self.name}"),
            tag("desc", escape(self._description()), id=f"desc-{self.name}"),
            style(),
            gradients(self.fades, f"{self.name}-"),
            tag("rect", class_="paper", x=0, y=0, width=self.width, height=bottom, fill="#ffffff"),
            head,
            body,
            foot,
            xmlns="http://www.w3.org/2000/svg",
            class_="timeline-picture",
            width=self.width,
            height=bottom,
            viewBox=f"0 0 {self.width} {number(bottom)}",
            role="graphics-document",
            lang=self.timeline.language,
            aria_labelledby=f"title-{self.name}",
            aria_describedby=f"desc-{self.name}",
        )

    # -- above ------------------------------------------------------------------------------------

    def _title(self) -> str:
        title = clean(self.timeline.title or self.timeline.id)
        return f"{title}: {clean(self.view.title)}" if self.view else title

    def _description(self) -> str:
        parts = [f"A timeline of {_count(len(self.shown), 'event')}, {self._zone()}."]
        if self.timeline.description:
            parts.append(clean(self.timeline.description))
        return " ".join(parts)

    def _head(self) -> tuple[str, float]:
        room = self.width - 2 * MARGIN
        y = MARGIN
        out = []
        size = 20.0 if self.width >= 560 else 17.0
        title = clean(self.timeline.title or self.timeline.id)
        for line in lines(title, room, size, 2, bold=True):
            y += size * 1.2
            out.append(text(MARGIN, y - size * 0.25, line, size, "strong"))
        if self.view is not None:
            for line in lines(clean(self.view.title), room, 14, 2):
                y += 18
                out.append(text(MARGIN, y - 3, line, 14, "muted"))
        return "".join(out), y + 10

    def _zone(self) -> str:
        own = [p for p in self.shown if p.event.zone == self.timeline.zone]
        times = instants(own) or self.times
        named = {zone_words(at, self.timeline.tz) for at in times}
        if len(named) > 1:
            offsets = sorted({words.rpartition(", ")[2] for words in named})
            return f"times in {self.timeline.zone} ({', '.join(offsets)})"
        return f"times in {named.pop() if named else self.timeline.zone}"

    # -- the rows ---------------------------------------------------------------------------------

    def _body(self, top: float, arrows: list[Link]) -> tuple[str, float]:
        for gutter in _GUTTERS if arrows else _GUTTERS[:1]:
            shape = form(self.width, len(self.shown), gutter)
            chart = self._chart(shape)
            named = ticks(chart.scale, shape.chart_right + 8) if chart.scale is not None else []
            high = _axis_height(named)
            rows = self._rows(shape, top + high)
            marks = {
                row.placed.id: mark(row.placed, chart, row.y, row.accounts)
                for row in rows if row.placed is not None
            }  # fmt: skip
            spots = _spots(rows, marks, shape)
            first, bound = MARGIN, shape.chart_left - 6
            if not shape.narrow:
                first, bound = shape.words_right + 8, shape.chart_right
            tracks = routes(arrows, spots, first, bound)
            if tracks is not None:
                break
        else:
            self.notes.append(f"{_count(len(arrows), 'link')} of order have no room and are not drawn")
            arrows, tracks = [], {}
        bottom = rows[-1].top + rows[-1].height if rows else top + high
        out = [self._ground(rows, chart, shape, named, top + high, bottom)]
        out.append(_axis(chart, named, top + high, up=True))
        out.append(self._arrows(arrows, tracks, spots))
        for row in rows:
            if row.placed is None:
                out.append(row.words)
            else:
                out.append(self._event(row, row.placed, marks[row.placed.id], shape))
        if len(rows) >= 12 and named:
            out.append(_axis(chart, named, bottom, up=False))
            bottom += high
        return "".join(out), bottom

    def _chart(self, shape: Form) -> Chart:
        prefix = f"{self.name}-"
        made: Scale | None = None
        if self.times:
            left = OPEN_ROOM * any(p.start.earliest is None for p in self.shown)
            right = OPEN_ROOM * any(_unended(p) for p in self.shown)
            made = scale(self.times, shape.chart_left + left + 6, shape.chart_right - right - 6,
                         self.timeline.tz)  # fmt: skip
        return Chart(made, shape.chart_left, shape.chart_right, shape.height, prefix)

    def _rows(self, shape: Form, top: float) -> list[Row]:
        if not self.lanes:
            return event_rows(self.schedule, self.shown, shape, top)
        rows: list[Row] = []
        for label, members in lanes_of(self.shown, self.lanes):
            rows.append(heading(label, shape, top))
            rows += event_rows(self.schedule, members, shape, top + rows[-1].height)
            top = rows[-1].top + rows[-1].height
        return rows

    def _arrows(self, arrows: Sequence[Link], tracks: dict[str, float],
                spots: dict[str, Spot]) -> str:  # fmt: skip
        titles = {p.id: clean(p.event.title) for p in self.shown}
        out = []
        for link in arrows:
            one, other = spots[link.before], spots[link.after]
            named = titles[link.before], titles[link.after]
            out.append(arrow(link, one, other, tracks[link.before], named))
            self.kinds.add("stated order" if link.stated else "order that follows")
        return "".join(out)

    def _event(self, row: Row, placed: Placed, drawn: Mark, shape: Form) -> str:
        self.kinds |= drawn.kinds
        self.fades |= drawn.fades
        marks = [placed.event.status] if placed.event.status != "confirmed" else []
        marks += [w for w, is_ in (("approximate", placed.approximate),
                                   ("uncertain", placed.uncertain)) if is_]  # fmt: skip
        return tag(
            "g",
            tag("title", escape(f"{clean(placed.event.title)}: {when(placed, self.timeline.tz)}")),
            tag("desc", escape(description(self.timeline, placed, row.accounts))),
            tag("rect", class_="hit", x=MARGIN / 2, y=row.top, width=shape.width - MARGIN,
                height=row.height, fill="none", pointer_events="all"),
            row.words,
            tag("g", drawn.drawn, class_="mark"),
            class_=" ".join(["event", placed.basis, hue(placed), *dict.fromkeys(marks)]),
            id=f"e-{self.name}-{placed.id}",
            data_event=placed.id,
            role="graphics-symbol",
        )  # fmt: skip

    def _ground(self, rows: Sequence[Row], chart: Chart, shape: Form, named: Sequence[Tick],
                top: float, bottom: float) -> str:  # fmt: skip
        """What lies under the marks: folded stretches, lines of the axis, lines between rows."""
        out = []
        for run in chart.scale.runs if chart.scale is not None else ():
            if run.folded:
                self.kinds.add("fold")
                told = skipped_words(run.last - run.first)
                out.append(tag(
                    "rect", tag("title", escape(f"{told} left out")), class_="fold", x=run.left,
                    y=top, width=run.right - run.left, height=bottom - top, fill="#f1f2f4",
                ))  # fmt: skip
        for tick in named:
            d = f"M{number(tick.x)} {number(top)}V{number(bottom)}"
            out.append(tag("path", class_="hair", d=d, stroke="#dfe2e5", stroke_width=0.8))
        for row in rows:
            if row.placed is None:
                out.append(tag("rect", class_="lane", x=MARGIN, y=row.top + 4,
                               width=shape.width - 2 * MARGIN, height=row.height - 5,
                               fill="#eef1f4"))  # fmt: skip
            if row is not rows[0]:
                d = f"M{number(MARGIN)} {number(row.top)}H{number(shape.width - MARGIN)}"
                out.append(tag("path", class_="hair", d=d, stroke="#dfe2e5", stroke_width=0.8))
        return tag("g", *out, class_="ground")

    # -- below ------------------------------------------------------------------------------------

    def _foot(self, top: float) -> tuple[str, float]:
        room = self.width - 2 * MARGIN
        y = top + 14
        drawn, height, fades = legend(self.kinds, MARGIN, self.width - MARGIN, y, f"{self.name}-")
        self.fades |= fades
        y += height + (8 if height else 0)
        words = [_count(len(self.shown), "event"), self._zone()]
        if any(when(p, self.timeline.tz) != p.label for p in self.shown):
            words[-1] += ", unless another offset stands with the date"
        out = [drawn]
        for line in lines(" · ".join(words + self.notes), room, 10.5, 4):
            y += 14
            out.append(text(MARGIN, y - 3, line, 10.5, "muted"))
        return "".join(out), y + MARGIN - 4


def _unended(placed: Placed) -> bool:
    return placed.end.latest is None and not placed.start.exact


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _spots(rows: Sequence[Row], marks: dict[str, Mark], shape: Form) -> dict[str, Spot]:
    """Where arrows leave and enter: at the marks, or in a narrow picture at the words, which there
    stand between the marks."""
    spots = {}
    for i, row in enumerate(row for row in rows if row.placed is not None):
        assert row.placed is not None
        drawn = marks[row.placed.id]
        if shape.narrow:
            spots[row.placed.id] = Spot(shape.words_left - 2, row.top + 14, i)
        else:
            spots[row.placed.id] = Spot(drawn.left, row.y, i, drawn.passable)
    return spots


def _axis_height(named: Sequence[Tick]) -> float:
    return 12.0 + _LINE * len(named[0].names) if named else 8.0


def _axis(chart: Chart, named: Sequence[Tick], y: float, *, up: bool) -> str:
    """The axis at `y`, its names above it or below it."""
    if chart.scale is None or not named:
        return ""
    out = [tag("path", class_="axis", fill="none", stroke="#9aa0a6",
               d=f"M{number(chart.left)} {number(y)}H{number(chart.right)}")]  # fmt: skip
    side = -1 if up else 1
    for tick in named:
        told = max((n for n, name in enumerate(tick.names) if name), default=0)
        past = _LINE * (told if tick.at > tick.x else 0) + 12.0
        d = f"M{number(tick.x)} {number(y)}v{number(side * past)}"
        out.append(tag("path", class_="tick", d=d, fill="none", stroke="#9aa0a6", stroke_width=0.8))
        for n, name in enumerate(tick.names):
            if name:
                line = y - 4 - _LINE * n if up else y + 11 + _LINE * n
                out.append(text(tick.at, line, name, SIZE, "" if n else "muted"))
    for run in chart.scale.runs:
        if run.folded:
            out.append(fold((run.left + run.right) / 2, y))
    return tag("g", *out, class_="scale", aria_hidden="true")


