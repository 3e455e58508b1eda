"""Arrows between rows: down in front of all marks that they pass, and in to the mark that follows.

An arrow leaves its event to the left, runs in a track of its own to the left of every mark between,
and enters the later event from the left. So it crosses neither a label nor a mark; only other
arrows. Arrows from one event share its track.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline.exporters.picture_xml import escape, number, tag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from timeline.exporters.picture_order import Link

TRACK = 6.0
"""How far tracks lie apart, pixels."""
_CLEAR = 9.0  # from a track to the marks that it passes
_HEAD = 5.0
_OUT, _IN = 3.0, -3.0  # arrows leave a little below the middle of a mark, and enter above it
_ROUND = 4.0


class Spot(NamedTuple):
    """Where a mark stands: its left edge, the middle of it, how far down the row it is in, whether
    an arrow may pass over it, and whether it comes to a point at its left."""

    left: float
    y: float
    row: int
    passable: bool = False
    pointed: bool = False


class _Track(NamedTuple):
    x: float
    top: float
    bottom: float


def routes(
    links: Sequence[Link], spots: Mapping[str, Spot], first: float, bound: float
) -> dict[str, float] | None:
    """The x of the track of each event that has later ones; None where there is no room for all.

    Tracks lie right of `first` and left of `bound`.
    """
    later: dict[str, list[str]] = {}
    for link in links:
        later.setdefault(link.before, []).append(link.after)
    ordered = sorted(spots.values(), key=lambda spot: spot.row)
    lefts = [bound + _CLEAR if spot.passable else spot.left for spot in ordered]
    spans = []
    for name, others in later.items():
        rows = [spots[other].row for other in (name, *others)]
        middle = [spots[other].y for other in (name, *others)]
        spans.append((max(rows) - min(rows), min(rows), name, min(middle), max(middle)))
    taken: list[_Track] = []
    found: dict[str, float] = {}
    for length, row, name, top, bottom in sorted(spans):
        own = min(spots[other].left for other in (name, *later[name]))
        x = min(min(lefts[row : row + length + 1]) - _CLEAR, own - _CLEAR, bound)
        while x >= first and any(_meets(track, x, top, bottom) for track in taken):
            x -= TRACK
        if x < first:
            return None
        taken.append(_Track(x, top, bottom))
        found[name] = x
    return found


def _meets(track: _Track, x: float, top: float, bottom: float) -> bool:
    """Whether a track would run beside another one that is too near to tell them apart."""
    return abs(track.x - x) < TRACK - 0.1 and top < track.bottom + 4 and track.top < bottom + 4


def arrow(link: Link, one: Spot, other: Spot, x: float, titles: tuple[str, str]) -> str:
    """One arrow as XML, with what it says as its title."""
    y, to = one.y + _OUT, other.y + _IN
    down = 1 if to > y else -1
    bend = min(_ROUND, abs(to - y) / 2, other.left - _HEAD - x)
    tip = other.left - 1 + other.pointed * _OUT
    line = (
        f"M{number(one.left + one.pointed * _OUT)} {number(y)}H{number(x + bend)}"
        f"Q{number(x)} {number(y)} {number(x)} {number(y + down * bend)}"
        f"V{number(to - down * bend)}"
        f"Q{number(x)} {number(to)} {number(x + bend)} {number(to)}"
        f"H{number(tip - _HEAD + 1)}"
    )
    head = f"M{number(tip)} {number(to)}l-{number(_HEAD + 1)} -3.2v6.4z"
    stated = "true" if link.stated else "false"
    follows = "after" if link.stated else "after (this follows from other statements)"
    return tag(
        "g", tag("title", escape(f"{titles[1]}: {follows} {titles[0]}")),
        tag("path", class_="line", d=line, fill="none", stroke="#767676"),
        tag("path", class_="head", d=head, fill="#767676"),
        class_="order" if link.stated else "order follows",
        data_from=link.before, data_to=link.after, data_stated=stated,
    )  # fmt: skip
