"""One event as a bar on a time axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.schedule import dated

if TYPE_CHECKING:
    from timeline.render.axis import Axis
    from timeline.schedule import Placed

SOLID, SHADED, OPEN, LEFT, RIGHT, LIMIT = "█", "░", "─", "◄", "►", "┤├"


def bar(axis: Axis, placed: Placed) -> str:
    """A bar: solid where the event is dated or certainly goes on, shaded where it may lie, and an
    arrow to each side on which nothing bounds it. A moment is one solid column."""
    start, end = placed.told
    low, high = start.earliest, end.latest
    cells = [" "] * axis.columns
    if low is not None and start.exact and high is None:
        _fill(cells, axis, low, end.earliest if end.earliest is not None else low, SOLID)
        return "".join(cells).rstrip()
    if low is not None and high is not None:
        _fill(cells, axis, low, high, SOLID if dated(placed) else SHADED)
    else:
        _open(cells, axis, placed)
    if start.latest is not None and end.earliest is not None:
        certain = end.earliest - start.latest
        if certain > 0 or (certain == 0 and start.exact and end.exact):
            _fill(cells, axis, start.latest, end.earliest, SOLID)
    return "".join(cells).rstrip()


def _open(cells: list[str], axis: Axis, placed: Placed) -> None:
    """A bar that is open on one side or on both."""
    start, end = placed.told
    low, high = start.earliest, end.latest
    first, last = 0, len(cells) - 1
    if low is not None:
        first = axis.cell(low)
    if high is not None:
        last = axis.final(high)
    cells[first : last + 1] = OPEN * (last + 1 - first)
    if low is None:
        cells[0] = LEFT
        if end.earliest is not None and high is not None:
            _fill(cells, axis, end.earliest, high, SHADED)
        elif high is not None:
            cells[last] = LIMIT[0]
    if high is None:
        if start.latest is not None and low is not None:
            _fill(cells, axis, low, start.latest, SHADED)
        elif low is not None:
            cells[first] = LIMIT[1]
        cells[-1] = RIGHT


def _fill(cells: list[str], axis: Axis, low: int, high: int, sign: str) -> None:
    for column in axis.cells(low, high):
        cells[column] = sign
