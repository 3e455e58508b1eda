"""The sheet that a picture is drawn on: what is shown on it and how wide it is; and one event on it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from attrs import frozen

from timeline.exporters.mermaid_text import clean
from timeline.exporters.picture_marks import OPEN_ROOM, Chart, hue
from timeline.exporters.picture_scale import Covered, instants, longest_first, scale
from timeline.exporters.picture_words import description, when
from timeline.exporters.picture_xml import escape, tag

if TYPE_CHECKING:
    from timeline.exporters.picture_words import Told
    from timeline.memo import Memo
    from timeline.model import Timeline
    from timeline.schedule import Placed, Schedule

MARGIN = 16.0
"""From the edge of the picture to what is in it, pixels."""


@frozen(eq=False)
class Sheet:
    """What is shown, how wide (pixels), in which lanes; `name` begins the ids of this picture. A `memo`
    holds pieces of pictures by their names."""

    schedule: Schedule
    shown: tuple[Placed, ...]
    width: float
    lanes: str
    name: str
    memo: Memo | None = None

    @property
    def timeline(self) -> Timeline:
        """The timeline whose picture this is."""
        return self.schedule.timeline

    def chart(self, left: float, right: float, height: float, *, reach: float = 1e9,
              beside: float = 6.0) -> Chart:  # fmt: skip
        """A chart between two pixels, with room at an edge past which some window is open. Marks
        are `height` high, what has no limit fades out over at most `reach`, and the last instant
        leaves `beside` free at its right."""
        times, gaps, covered, open_left, open_right = _reaches(self.shown)
        made = None
        if times:
            first = left + OPEN_ROOM * open_left + 6
            last = right - max(OPEN_ROOM * open_right + 6, beside)
            made = scale(times, gaps, covered, first, last, self.timeline.tz)
        return Chart(made, left, right, height, f"{self.name}-", reach)


@lru_cache(maxsize=1)
def _reaches(
    shown: tuple[Placed, ...],
) -> tuple[tuple[int, ...], list[tuple[int, int, int]], Covered, bool, bool]:
    """The instants of some events, the gaps between them, what their spans cover, and whether one has
    no limit at its left, or at its right: each picture of them asks."""
    spans = []
    open_left = open_right = False
    for placed in shown:
        start, end = placed.told
        if start.earliest is not None and end.latest is not None:
            spans.append((start.earliest, end.latest))
        open_left = open_left or placed.start.earliest is None
        open_right = open_right or (end.latest is None and not placed.start.exact)
    times = instants(shown)
    return times, longest_first(times), Covered(spans), open_left, open_right


@frozen(eq=False)
class Part:
    """A part of a picture: its XML, where it ends, what of the legend and which gradients it uses,
    and what is to be said at the foot."""

    drawn: str
    bottom: float
    kinds: frozenset[str]
    fades: frozenset[str]
    notes: tuple[str, ...] = ()


@frozen(eq=False)
class Box:
    """A rectangle, pixels."""

    left: float
    top: float
    width: float
    height: float


def event(sheet: Sheet, placed: Placed, words: str, mark: str, box: Box,
          accounts: tuple[Told, ...] | None) -> str:  # fmt: skip
    """One event: its words and its mark as XML, with what a screen reader says of it. `accounts` None
    leaves the description out, where events are too many for one."""
    what = clean(placed.event.title)
    kinds = ["event", placed.basis, hue(placed)]
    if placed.event.status == "tentative":
        kinds.append("tentative")
    kinds += ["approximate"] * placed.approximate + ["uncertain"] * placed.uncertain
    told = ""
    if accounts is not None:
        told = tag("desc", escape(description(sheet.timeline, placed, accounts)))
    return tag(
        "g",
        tag("title", escape(f"{what}: {when(placed, sheet.timeline.tz)}")),
        told,
        tag("rect", class_="hit", x=box.left, y=box.top, width=box.width, height=box.height,
            fill="none", pointer_events="all"),
        words,
        tag("g", mark, class_="mark"),
        class_=" ".join(kinds),
        id=f"e-{sheet.name}-{placed.id}",
        data_event=placed.id,
        role="graphics-symbol",
    )  # fmt: skip
