"""What frames the marks of a picture: the axis above and below them, and the lines under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.exporters.picture_axis import SIZE, skipped_words
from timeline.exporters.picture_legend import fold
from timeline.exporters.picture_style import LIGHT, text
from timeline.exporters.picture_xml import escape, number, tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.exporters.picture_axis import Tick
    from timeline.exporters.picture_marks import Chart

_LINE = 12.0  # from one line of names to the next


def axis_height(named: Sequence[Tick]) -> float:
    """How much room the axis takes with its names."""
    return 14.0 + _LINE * len(named[0].names) if named else 8.0


def axis(chart: Chart, named: Sequence[Tick], y: float, *, up: bool) -> str:
    """The axis at `y`, its names above it or below it."""
    if chart.scale is None or not named:
        return ""
    out = [tag("path", class_="axis", fill="none", stroke=LIGHT["tick"],
               d=f"M{number(chart.left)} {number(y)}H{number(chart.right)}")]  # fmt: skip
    side = -1 if up else 1
    for tick in named:
        told = max((n for n, name in enumerate(tick.names) if name), default=0)
        past = _LINE * told + 15.0 if tick.at > tick.x else 3.0  # not through names set left
        d = f"M{number(tick.x)} {number(y)}v{number(side * past)}"
        out.append(tag("path", class_="tick", d=d, fill="none", stroke=LIGHT["tick"],
                       stroke_width=0.8))  # fmt: skip
        for n, name in enumerate(tick.names):
            if name:
                line = y - 7 - _LINE * n if up else y + 14 + _LINE * n
                out.append(text(tick.at, line, name, SIZE, "" if n else "muted"))
    for run in chart.scale.runs:
        if run.folded:
            out.append(fold((run.left + run.right) / 2, y))
    return tag("g", *out, class_="scale", aria_hidden="true")


def ground(chart: Chart, named: Sequence[Tick], top: float, bottom: float) -> str:
    """Under the marks: the stretches that are cut short, and the lines of the axis."""
    out = []
    for run in chart.scale.runs if chart.scale is not None else ():
        if run.folded:
            told = tag("title", escape(f"{skipped_words(run.last - run.first)} cut short"))
            out.append(tag("rect", told, class_="fold", x=run.left, y=top, fill=LIGHT["fold"],
                           width=run.right - run.left, height=bottom - top))  # fmt: skip
    for tick in named:
        d = f"M{number(tick.x)} {number(top)}V{number(bottom)}"
        out.append(tag("path", class_="hair", d=d, stroke=LIGHT["line"], stroke_width=0.8))
    return "".join(out)


def band(left: float, right: float, top: float, height: float) -> str:
    """The ground of a lane's heading."""
    return tag("rect", class_="lane", x=left, y=top, width=right - left, height=height,
               fill=LIGHT["lane"])  # fmt: skip


def hair(left: float, right: float, y: float) -> str:
    """A thin line between two rows."""
    d = f"M{number(left)} {number(y)}H{number(right)}"
    return tag("path", class_="hair", d=d, stroke=LIGHT["line"], stroke_width=0.8)
