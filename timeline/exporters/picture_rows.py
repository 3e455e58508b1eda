"""A picture with a row for each event: its words at the left (in a narrow one above), its mark on the
common axis, and arrows for the order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from timeline.exporters.entry_words import cut
from timeline.exporters.mermaid_text import clean
from timeline.exporters.picture_arrows import Spot, arrow, routes
from timeline.exporters.picture_axis import ticks
from timeline.exporters.picture_frame import axis, axis_height, band, ground, hair
from timeline.exporters.picture_lanes import lanes_of
from timeline.exporters.picture_marks import below, mark
from timeline.exporters.picture_order import links
from timeline.exporters.picture_sheet import MARGIN, Box, Part, event
from timeline.exporters.picture_style import text
from timeline.exporters.picture_text import ems, fit, leading, lines
from timeline.exporters.picture_words import ACCOUNTS, differing, facts, when
from timeline.exporters.picture_xml import tag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from timeline.exporters.picture_marks import Mark
    from timeline.exporters.picture_order import Link
    from timeline.exporters.picture_sheet import Sheet
    from timeline.exporters.picture_words import Told
    from timeline.schedule import Placed

MOST = 120
"""More events than this have no rows of their own."""
FULL = 60
"""Up to so many events have all their words."""
NARROW = 560.0
"""Below this width words stand above their marks, not beside them."""
_REPEATED = 12  # rows from which the axis is drawn below them too
_GUTTERS = (14.0, 32.0, 56.0, 80.0)  # room for arrows left of all marks, as little as does
_DATES = 124.0  # for dates beside titles
_ARROWS = 3  # for each event, at most: more say nothing


@frozen
class Form:
    """Where things stand in a picture of some width and fullness, pixels."""

    narrow: bool
    full: bool
    words_left: float
    words_right: float
    chart_left: float
    chart_right: float
    height: float  # of a mark


def form(width: float, events: int, gutter: float) -> Form:
    """The form of a picture, with a gutter for arrows left of the marks, or of all in a narrow one."""
    narrow, full = width < NARROW, events <= FULL
    right = width - MARGIN
    height = 12.0 if full else 9.0
    if narrow:
        left = MARGIN + gutter
        return Form(narrow, full, left, right, left, right, height)
    words = MARGIN + min(max((0.37 if full else 0.44) * width, 250.0), 520.0)
    return Form(narrow, full, MARGIN, words, words + 12 + gutter, right, height)


@frozen(eq=False)
class Row:
    """A row: an event, or the heading of a lane (`placed` is None). `y` is the middle of its mark."""

    top: float
    height: float
    y: float
    words: str
    placed: Placed | None = None
    accounts: tuple[Told, ...] = field(default=())


def body(sheet: Sheet, top: float) -> Part:
    """The rows of a picture, from `top` down, between two axes."""
    arrows, notes = links(sheet.schedule, sheet.shown), []
    if len(arrows) > _ARROWS * len(sheet.shown):
        notes.append(f"{len(arrows):,} links of order are too many to draw")
        arrows = []
    for gutter in _GUTTERS if arrows else _GUTTERS[:1]:
        shape = form(sheet.width, len(sheet.shown), gutter)
        chart = sheet.chart(shape.chart_left, shape.chart_right, shape.height)
        named = ticks(chart.scale, shape.chart_right + 8) if chart.scale is not None else []
        first = top + axis_height(named)
        rows = _rows(sheet, shape, first)
        marks = {
            row.placed.id: mark(row.placed, chart, row.accounts)
            for row in rows if row.placed is not None
        }  # fmt: skip
        spots = _spots(rows, marks, shape)
        limits = (MARGIN, shape.chart_left - 6)
        if not shape.narrow:
            limits = (shape.words_right + 8, shape.chart_right)
        tracks = routes(arrows, spots, *limits)
        if tracks is not None:
            break
    else:
        notes.append(f"{len(arrows):,} links of order have no room here")
        arrows, tracks = [], {}
    bottom = rows[-1].top + rows[-1].height if rows else first
    right = sheet.width - MARGIN
    under = [ground(chart, named, first, bottom)]
    for row in rows:
        if row.placed is None:
            under.append(band(shape.words_left, right, row.top + 4, row.height - 5))
        if row is not rows[0]:
            under.append(hair(MARGIN, right, row.top))
    out = [tag("g", *under, class_="ground"), axis(chart, named, first, up=True)]
    out.append(_arrows(sheet, arrows, tracks, spots))
    for row in rows:
        if row.placed is None:
            out.append(row.words)
        else:
            box = Box(MARGIN / 2, row.top, sheet.width - MARGIN, row.height)
            drawn = marks[row.placed.id].drawn(row.y)
            out.append(event(sheet, row.placed, row.words, drawn, box, row.accounts))
    if len(rows) >= _REPEATED and named:
        out.append(axis(chart, named, bottom, up=False))
        bottom += axis_height(named)
    kinds = {kind for one in marks.values() for kind in one.kinds}
    kinds |= {"stated order" if link.stated else "order that follows" for link in arrows}
    if chart.scale is not None and any(run.folded for run in chart.scale.runs):
        kinds.add("fold")
    fades = {fade for one in marks.values() for fade in one.fades}
    return Part("".join(out), bottom, frozenset(kinds), frozenset(fades), tuple(notes))


def _rows(sheet: Sheet, shape: Form, top: float) -> list[Row]:
    """All rows, one below the other from `top`."""
    rows: list[Row] = []
    lanes = lanes_of(sheet.shown, sheet.lanes) if sheet.lanes else [("", list(sheet.shown))]
    for label, members in lanes:
        if sheet.lanes:
            rows.append(_heading(label, sheet.width, shape, top))
            top += rows[-1].height
        for placed in members:
            rows.append(_row(sheet, placed, shape, top))
            top += rows[-1].height
    return rows


def _heading(label: str, width: float, shape: Form, top: float) -> Row:
    """The heading of a lane, right of where arrows run."""
    left = shape.words_left + 6
    fitted = fit(clean(label), width - MARGIN - 6 - left, 12, bold=True)
    return Row(top, 26.0, top + 13, text(left, top + 19, fitted, 12, "strong"))


def _row(sheet: Sheet, placed: Placed, shape: Form, top: float) -> Row:
    told = differing(sheet.timeline, placed.event)
    accounts = told[:ACCOUNTS]
    make = _all_words if shape.full else _few_words
    words, height = make(sheet, placed, shape, top, len(told))
    half = shape.height * 0.6
    foot = half + below(len(accounts))
    if shape.narrow:
        y = top + height + half
        return Row(top, height + half + foot + 8, y, words, placed, accounts)
    height = max(height, 20.0)
    y = top + height / 2
    if accounts:
        y = top + 8 + half
        height = max(height, y + foot + 4 - top)
    return Row(top, height, y, words, placed, accounts)


def _all_words(
    sheet: Sheet, placed: Placed, shape: Form, top: float, told: int
) -> tuple[str, float]:
    """The title on two lines at most, and below it what is known, on two as well; their height."""
    room = shape.words_right - shape.words_left
    out = []
    y = top + 6.0
    struck = "strong struck" if placed.event.cancelled else "strong"
    for line in lines(clean(placed.event.title), room, 13, 2, bold=True):
        y += max(15.0, 13 * leading(line))
        out.append(text(shape.words_left, y - 3 - 3 * (leading(line) > 1.4), line, 13, struck))
    known = " · ".join(facts(placed, sheet.timeline.tz, told))
    for line in lines(clean(known), room, 11, 2):
        y += 13.5
        out.append(text(shape.words_left, y - 3, line, 11, "muted"))
    return "".join(out), y + 5 - top


def _few_words(
    sheet: Sheet, placed: Placed, shape: Form, top: float, told: int
) -> tuple[str, float]:
    """The date and the title on one line; its height."""
    del told
    room = shape.words_right - shape.words_left
    dates = min(_DATES, room * 0.4)
    date = fit(clean(when(placed, sheet.timeline.tz)), dates, 10)
    status = "" if placed.event.status == "confirmed" else f" ({placed.event.status})"
    title = fit(clean(placed.event.title), room - dates - 8 - ems(status) * 11.5, 11.5) + status
    struck = "struck" if placed.event.cancelled else ""
    out = text(shape.words_left, top + 14, date, 10, "muted")
    high = max(18.0, 11.5 * leading(title))
    return out + text(shape.words_left + dates + 8, top + 14, title, 11.5, struck), high


def _spots(rows: Sequence[Row], marks: Mapping[str, Mark], shape: Form) -> dict[str, Spot]:
    """Where arrows leave and enter: at the marks, or in a narrow picture at the words, which there
    stand between the marks."""
    spots = {}
    for i, row in enumerate(row for row in rows if row.placed is not None):
        assert row.placed is not None
        drawn = marks[row.placed.id]
        if shape.narrow:
            spots[row.placed.id] = Spot(shape.words_left - 2, row.top + 14, i)
        else:
            pointed = "moment" in drawn.kinds
            spots[row.placed.id] = Spot(drawn.left, row.y, i, drawn.passable, pointed)
    return spots


def _arrows(sheet: Sheet, arrows: Sequence[Link], tracks: Mapping[str, float],
            spots: Mapping[str, Spot]) -> str:  # fmt: skip
    titles = {p.id: cut(clean(p.event.title)) for p in sheet.shown}
    return "".join(
        arrow(link, spots[link.before], spots[link.after], tracks[link.before],
              (titles[link.before], titles[link.after]))
        for link in arrows
    )  # fmt: skip
