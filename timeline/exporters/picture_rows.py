"""The rows of a picture: one for each event, its words at the left (or above), its mark at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from timeline.exporters.mermaid_text import clean
from timeline.exporters.picture_marks import below
from timeline.exporters.picture_style import text
from timeline.exporters.picture_text import fit, lines
from timeline.exporters.picture_words import ACCOUNTS, differing, facts, when

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from timeline.exporters.picture_words import Told
    from timeline.schedule import Placed, Schedule

FULL = 40
"""Up to so many events have all their words."""
NARROW = 560.0
"""Below this width words stand above their marks, not beside them."""
MARGIN = 16.0


@frozen(eq=False)
class Form:
    """Where things stand in a picture of some width and fullness, pixels."""

    width: float
    narrow: bool
    full: bool
    words_left: float  # of the words
    words_right: float
    chart_left: float  # of the marks, with their arrows left of it
    chart_right: float
    height: float  # of a mark


def form(width: float, events: int, gutter: float) -> Form:
    """The form of a picture. `gutter` is the room for arrows left of all marks."""
    narrow, full = width < NARROW, events <= FULL
    right = width - MARGIN
    height = 12.0 if full else 9.0
    if narrow:
        left = MARGIN + gutter
        return Form(width, narrow, full, left, right, left, right, height)
    words = MARGIN + min(max(0.37 * width, 250.0), 460.0)
    return Form(width, narrow, full, MARGIN, words, words + 12 + gutter, right, height)


@frozen(eq=False)
class Row:
    """A row: an event, or the heading of a lane (`placed` is None)."""

    top: float
    height: float
    y: float  # the middle of the mark
    words: str
    placed: Placed | None = None
    accounts: tuple[Told, ...] = field(default=())


def event_rows(
    schedule: Schedule, shown: Sequence[Placed], shape: Form, top: float
) -> list[Row]:
    """A row for each event, one below the other from `top`."""
    rows: list[Row] = []
    for placed in shown:
        row = _row(schedule, placed, shape, top)
        rows.append(row)
        top += row.height
    return rows


def heading(label: str, shape: Form, top: float) -> Row:
    """The heading of a lane."""
    room = shape.width - 2 * MARGIN - 12
    left = MARGIN + 6
    words = text(left, top + 19, fit(clean(label), room, 12, bold=True), 12, "strong")
    return Row(top, 26.0, top + 13, words)


def _row(schedule: Schedule, placed: Placed, shape: Form, top: float) -> Row:
    timeline = schedule.timeline
    told = differing(timeline, placed.event)
    accounts = told[:ACCOUNTS]
    make = _full if shape.full else _compact
    words, height = make(placed, shape, timeline.tz, top, len(told))
    foot = shape.height * 0.58 + below(len(accounts))
    if shape.narrow:
        y = top + height + shape.height * 0.6
        return Row(top, height + shape.height * 0.6 + foot + 8, y, words, placed, accounts)
    height = max(height, 2 * shape.height if shape.full else 20.0)
    y = top + height / 2 if not accounts else top + 8 + shape.height * 0.6
    height = max(height, y - top + foot + 4 if accounts else 0)
    return Row(top, height, y, words, placed, accounts)


def _full(
    placed: Placed, shape: Form, tz: ZoneInfo, top: float, told: int
) -> tuple[str, float]:
    """The title on two lines at most, and below it what is known, on two as well."""
    room = shape.words_right - shape.words_left
    out = []
    y = top + 6.0
    struck = "strong struck" if placed.event.cancelled else "strong"
    for line in lines(clean(placed.event.title), room, 13, 2, bold=True):
        y += 15
        out.append(text(shape.words_left, y - 3, line, 13, struck))
    for line in lines(clean(" · ".join(facts(placed, tz, told))), room, 11, 2):
        y += 13.5
        out.append(text(shape.words_left, y - 3, line, 11, "muted"))
    return "".join(out), y + 5 - top


def _compact(
    placed: Placed, shape: Form, tz: ZoneInfo, top: float, told: int
) -> tuple[str, float]:
    """The date and the title on one line."""
    del told
    room = shape.words_right - shape.words_left
    date = fit(clean(when(placed, tz)), room * 0.4, 10)
    struck = "struck" if placed.event.cancelled else ""
    title = fit(clean(placed.event.title), room * 0.6 - 8, 11.5)
    out = text(shape.words_left, top + 14, date, 10, "muted")
    out += text(shape.words_left + room * 0.4 + 8, top + 14, title, 11.5, struck)
    return out, 18.0


