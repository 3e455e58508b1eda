"""A picture of the timeline: one static SVG that needs nothing else, for documents and for print.

Every event has a row: its words, and on a common axis a mark whose shape says what is known of its
time. Arrows give the order that is stated, and what follows from it. The same schedule gives the
same bytes; there is no script, no style attribute and no address in it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from timeline.exporters import Look, Output, picture_dense, picture_rows
from timeline.exporters.mermaid_text import clean
from timeline.exporters.mermaid_words import chosen
from timeline.exporters.picture_lanes import sensible
from timeline.exporters.picture_legend import legend
from timeline.exporters.picture_scale import instants
from timeline.exporters.picture_sheet import MARGIN, Sheet
from timeline.exporters.picture_style import LIGHT, gradients, style, text
from timeline.exporters.picture_text import leading, lines
from timeline.exporters.picture_words import when
from timeline.exporters.picture_xml import escape, number, tag
from timeline.words import zone_words

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from timeline.exporters import Occasion
    from timeline.exporters.picture_sheet import Part
    from timeline.memo import Memo
    from timeline.model import View
    from timeline.schedule import Placed, Schedule

_PLAIN = Look()
WIDTH = 800
LEAST = 320
"""No picture is narrower, whatever is asked for."""


def export(schedule: Schedule, view: View | None, occasion: Occasion) -> Output:
    """The picture of the whole timeline or of a view, as the look asks; in lanes where that helps."""
    look = occasion.look
    lanes = look.lanes or sensible(chosen(schedule, view, look))
    return Output(draw(schedule, view, lanes=lanes, look=look, memo=occasion.memo).encode())


def draw(
    schedule: Schedule,
    view: View | None,
    *,
    width: int = WIDTH,
    lanes: str = "",
    embedded: bool = False,
    heading: bool = True,
    look: Look = _PLAIN,
    memo: Memo | None = None,
) -> str:
    """The picture as SVG, `width` pixels wide or as wide as it is scaled to.

    `lanes` groups the events by `place`, `person` or `tag`; "" leaves them in order. Of a `look` the
    span counts: only what can lie in it is drawn; the other wishes are Mermaid's. `embedded` is
    for a page that it becomes part of: no XML declaration. Ids begin with the view and the width,
    so that several pictures can stand in one page. Without `heading` the titles are only told, not
    drawn: the page has them. A `memo` is of this timeline's pictures. Raises ValueError for other
    lanes than these.
    """
    shown = chosen(schedule, view, look)
    wide = max(width, LEAST)
    name = "-".join(filter(None, (view.id if view else "all", str(wide), lanes)))
    sheet = Sheet(schedule, shown, wide, lanes, name, memo)
    title = clean(schedule.timeline.title or schedule.timeline.id)
    parts = [clean(view.title)] if view is not None else []
    parts += [look.span.text] if look.span is not None else []
    heads = [title, " · ".join(parts)] if parts else [title]
    head, top = _head(sheet, heads) if heading else ("", MARGIN)
    body = picture_rows.body if len(shown) <= picture_rows.MOST else picture_dense.body
    part = body(sheet, top)
    zone = _zone(sheet.timeline.zone, sheet.timeline.tz, shown)
    foot, fades, bottom = _foot(sheet, part, zone)
    svg = tag(
        "svg",
        tag("title", escape(": ".join(heads)), id=f"title-{name}"),
        tag("desc", escape(_description(sheet, zone)), id=f"desc-{name}"),
        style(),
        gradients(part.fades | fades, f"{name}-"),
        tag("rect", class_="paper", x=0, y=0, width=wide, height=bottom, fill=LIGHT["paper"]),
        head,
        part.drawn,
        foot,
        xmlns="http://www.w3.org/2000/svg",
        class_="timeline-picture",
        width=wide,
        height=bottom,
        viewBox=f"0 0 {wide} {number(bottom)}",
        role="graphics-document",
        lang=schedule.timeline.language,
        aria_labelledby=f"title-{name}",
        aria_describedby=f"desc-{name}",
    )
    return svg if embedded else f'<?xml version="1.0" encoding="UTF-8"?>\n{svg}\n'


def _head(sheet: Sheet, heads: list[str]) -> tuple[str, float]:
    """The title, and that of the view."""
    room = sheet.width - 2 * MARGIN
    y = MARGIN
    out = []
    size = 20.0 if sheet.width >= picture_rows.NARROW else 17.0
    for line in lines(heads[0], room, size, 2, bold=True):
        y += size * max(1.2, leading(line))
        out.append(text(MARGIN, y - size * 0.3, line, size, "strong"))
    for line in lines(heads[1], room, 14, 2) if len(heads) > 1 else ():
        y += 14 * max(1.3, leading(line))
        out.append(text(MARGIN, y - 3, line, 14, "muted"))
    return "".join(out), y + 10


def _foot(sheet: Sheet, part: Part, zone: str) -> tuple[str, frozenset[str], float]:
    """The legend, and below it how many events there are and in which zone."""
    y = part.bottom + 14
    right = sheet.width - MARGIN
    drawn, height, fades = legend(part.kinds, MARGIN, right, y, f"{sheet.name}-")
    y += height + (8 if height else 0)
    words = [_count(len(sheet.shown)), zone]
    if any(when(p, sheet.timeline.tz) != p.label for p in sheet.shown):
        words[-1] += ", unless another offset stands with the date"
    out = [drawn]
    for line in lines(" · ".join([*words, *part.notes]), right - MARGIN, 10.5, 4):
        y += 14
        out.append(text(MARGIN, y - 3, line, 10.5, "muted"))
    return "".join(out), frozenset(fades), y + MARGIN - 4


def _description(sheet: Sheet, zone: str) -> str:
    told = f"A timeline of {_count(len(sheet.shown))}, {zone}."
    more = sheet.timeline.description
    return f"{told} {clean(more)}" if more else told


@lru_cache(maxsize=1)
def _zone(zone: str, tz: ZoneInfo, shown: tuple[Placed, ...]) -> str:
    """The zone of the times, with its offset, or with both where the clocks change: each picture of the
    same events asks."""
    own = tuple(p for p in shown if p.event.zone == zone)
    named = {zone_words(at, tz) for at in instants(own) or instants(shown)}
    if len(named) == 1:
        return f"times in {named.pop()}"
    offsets = sorted(words.rpartition(", ")[2] for words in named)
    told = f" ({', '.join(offsets)})" if 0 < len(offsets) < 4 else ""
    return f"times in {zone}{told}"


def _count(events: int) -> str:
    return f"{events:,} event{'' if events == 1 else 's'}"
