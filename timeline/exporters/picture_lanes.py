"""Lanes: the events of a picture by place, person or tag."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.schedule import Placed

BY = ("place", "person", "tag")
MANY = 60
"""From so many events a picture has lanes of its own accord, where the events know any."""
_LANES = range(2, 9)  # so many lanes help a reader
_OTHERS = "Others"


def lanes_of(shown: Sequence[Placed], by: str) -> list[tuple[str, list[Placed]]]:
    """Lanes with their events, each event in one, in the order in which they begin.

    Of several people or tags the one counts that most events have. What has none comes last.
    Raises ValueError for a `by` that is not in BY.
    """
    if by not in BY:
        raise ValueError(f"lanes are by {', '.join(BY)}, not {by!r}")
    often = Counter(label for placed in shown for label in _labels(placed, by))
    if not often:
        return [(_OTHERS, list(shown))] if shown else []
    lanes: dict[str, list[Placed]] = {}
    for placed in shown:
        labels = sorted(_labels(placed, by), key=lambda label: (-often[label], label))
        lanes.setdefault(labels[0] if labels else "", []).append(placed)
    rest = lanes.pop("", None)
    return [*lanes.items(), *([(_OTHERS, rest)] if rest else [])]


def merged(lanes: list[tuple[str, list[Placed]]], most: int) -> list[tuple[str, list[Placed]]]:
    """No more lanes than `most`: the smallest become one with what is in none, in order."""
    if len(lanes) <= most:
        return lanes
    ranked = sorted(range(len(lanes)), key=lambda i: (lanes[i][0] == _OTHERS, -len(lanes[i][1]), i))
    kept = sorted(ranked[: most - 1])
    rest = sorted(ranked[most - 1 :])
    return [*(lanes[i] for i in kept), (_OTHERS, [p for i in rest for p in lanes[i][1]])]


def sensible(shown: Sequence[Placed]) -> str:
    """What lanes help most: none for few events; else what puts most of them in few lanes."""
    if len(shown) < MANY:
        return ""
    best, most = "", 0.6 * len(shown)
    for by in ("tag", "place", "person"):
        lanes = lanes_of(shown, by)
        held = sum(len(members) for label, members in lanes if label != _OTHERS)
        if len(lanes) in _LANES and held > most:
            best, most = by, held
    return best


def _labels(placed: Placed, by: str) -> list[str]:
    event = placed.event
    if by == "place":
        return [event.place.name] if event.place is not None else []
    if by == "person":
        return [person.name for person in event.who]
    return [tag.label for tag in event.tags]
