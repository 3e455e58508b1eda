"""What of the events has a place on an axis, and which of them share a chart.

A stretch without events that would crush the bars of the others ends a chart; so does a number of
bars that nobody reads.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from timeline.civil import local
from timeline.exporters.mermaid_days import days, split
from timeline.gregorian import ordinal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from timeline.schedule import Placed

PLOT = 280
"""Pixels that an axis has at least."""

_TASKS = 40  # in one chart
_CROWD = 6  # bars
_CRUSHED = 5  # pixels: bars that begin nearer than this to the one before cannot be told apart
_FIRST = ordinal(100, 1, 1)  # JavaScript takes the years before for those of the 20th century


def reach(placed: Placed, tz: ZoneInfo) -> tuple[int, int] | None:
    """From when to when a bar reaches, but for how long a mark of an open side is."""
    start, end = placed.told
    low = start.earliest
    high = end.latest
    if high is None:
        high = start.latest if start.latest is not None else end.earliest
        high = low if low is not None and start.exact else high if high is not None else low
    if low is None:
        low = high
    if low is None or high is None or local(low, tz)[0] < _FIRST:
        return None
    return low, max(low, high)


def charts(drawn: list[Placed], spans: Mapping[str, tuple[int, int]]) -> list[list[Placed]]:
    """The events of each chart, by how far their bars reach. Where most bars of a chart would begin
    within a few pixels of the one before, it is cut at its longest empty stretch; neighbours that fit
    together are joined again; and a chart of too many bars is cut where a year, a month or a day ends.
    """
    order = {p.id: i for i, p in enumerate(drawn)}
    todo = [sorted(drawn, key=lambda p: (spans[p.id], order[p.id]))]
    pieces: list[list[Placed]] = []
    while todo:
        piece = todo.pop()
        gap, cut, span = _emptiest(piece, spans)
        if cut and _is_poor(piece, spans) and 4 * gap > span:
            todo += [piece[cut:], piece[:cut]]
            continue
        if pieces and not _is_poor(pieces[-1] + piece, spans):
            piece = pieces.pop() + piece
        pieces.append(piece)
    charts = []
    for piece in pieces:
        piece.sort(key=lambda p: order[p.id])
        charts += [[piece[i] for i in run] for run in split(days(piece), _TASKS)]
    return charts


def _is_poor(piece: list[Placed], spans: Mapping[str, tuple[int, int]]) -> bool:
    """Whether one stretch without events takes more than four fifths of a chart and leaves the rest
    to many bars, or more than a third of the bars, that begin at different times, would be too near
    to the one before."""
    if len(piece) < 3:
        return False
    gap, cut, span = _emptiest(piece, spans)
    starts = [spans[p.id][0] for p in piece]
    near = sum(0 < (b - a) * PLOT < _CRUSHED * span for a, b in pairwise(starts))
    crowded = max(cut, len(piece) - cut) >= _CROWD
    return (crowded and 5 * gap > 4 * span) or near * 3 > len(piece)


def _emptiest(piece: list[Placed], spans: Mapping[str, tuple[int, int]]) -> tuple[int, int, int]:
    """The longest stretch without events in seconds, before which event it ends (0: there is none),
    and how long the whole is."""
    if not piece:
        return 0, 0, 0
    first, over = spans[piece[0].id]
    longest, cut = 0, 0
    for i, p in enumerate(piece):
        start, end = spans[p.id]
        if start - over > longest:
            longest, cut = start - over, i
        over = max(over, end)
    return longest, cut, over - first
