"""The picture in the page: a drawing for wide windows, one for narrow ones, and the script's tools.

The drawings' style sheet is one for all pictures and stands with the page's own, so that the page's
policy can name it. Ids of the page begin with a capital letter, which no event's does; so those of the
drawings do here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.exporters.markup import Markup, element
from timeline.exporters.picture_style import style
from timeline.exporters.svg import draw

if TYPE_CHECKING:
    from timeline.memo import Memo
    from timeline.model import View
    from timeline.schedule import Schedule

WIDTHS = {"wide": 920, "middle": 660, "narrow": 340}
"""In pixels: the most that the page's column has, a tablet's, a phone's. The style sheet shows one."""
TALL = 40
"""A picture of more events gets a frame in which it can be scrolled, and has no middle width: each
drawing is as large as the rest of the page."""

# No quotation mark stands in a text of the drawing as it is, and so none of these does.
_IDS = re.compile('( id="|="url\\(#| aria-labelledby="| aria-describedby="| href="#)')
_BUTTONS = (("out", "Zoom out", "−"), ("in", "Zoom in", "+"), ("all", "Whole picture", "Whole"))


def picture(schedule: Schedule, view: View | None, memo: Memo | None = None) -> Markup:
    """The section of the picture; nothing where no event is shown."""
    shown = len(schedule.select(view))
    if not shown:
        return Markup()
    drawings = [
        element("div", _drawn(schedule, view, width, memo), class_=f"drawing {name}")
        for name, width in WIDTHS.items() if shown <= TALL or name != "middle"
    ]  # fmt: skip
    buttons = [
        element("button", sign, type="button", data_zoom=act, aria_label=name, title=name)
        for act, name, sign in _BUTTONS
    ]
    tools = element("div", element("output", "100 %"), *buttons, class_="tools", hidden=True)
    frame = element("div", *drawings, class_="frame tall" if shown > TALL else "frame", tabindex="0",
                    role="group", aria_label="Picture of the events")  # fmt: skip
    heading = element("h2", "Picture", class_="unseen")
    return element("section", heading, tools, frame, id="Picture")


def sheet() -> str:
    """The style sheet of every drawing."""
    return style().removeprefix("<style>").removesuffix("</style>")


def _drawn(schedule: Schedule, view: View | None, width: int, memo: Memo | None) -> Markup:
    drawn = draw(schedule, view, width=width, embedded=True, heading=False, memo=memo)
    return Markup(_IDS.sub(r"\g<1>Picture-", drawn.replace(style(), "", 1)))
