"""Lanes: the events of a diagram under headings, by place, by person, by tag, or by their month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.exporters.mermaid_text import clean
from timeline.gregorian import ymd
from timeline.words import MONTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.schedule import Placed

NOWHERE = {"place": "No place", "person": "Nobody named", "tag": "No tag"}
_MONTHS = 8  # more of them, and years stand in their place


def lane(placed: Placed, by: str) -> str:
    """The lane of an event: of several persons or tags the first. Empty where it has none."""
    event = placed.event
    if by == "place":
        name = event.place.name if event.place is not None else ""
    elif by == "person":
        name = event.who[0].name if event.who else ""
    else:
        name = event.tags[0].label if event.tags else ""
    return clean(name) if name else ""


def lanes(placed: Sequence[Placed], by: str) -> dict[str, list[int]]:
    """The numbers of the events by their lane, in the order in which the lanes first occur; those
    without one last."""
    found: dict[str, list[int]] = {}
    for i, one in enumerate(placed):
        found.setdefault(lane(one, by), []).append(i)
    others = found.pop("", [])
    if others:
        name = NOWHERE[by]
        found[name] = sorted(found.get(name, []) + others)
    return found


def periods(of: Sequence[int]) -> dict[str, list[int]]:
    """The numbers of the events by the month of their day, by its year where there are many."""
    months = {ymd(day)[:2] for day in of}
    found: dict[str, list[int]] = {}
    for i, day in enumerate(of):
        year, month, _ = ymd(day)
        name = f"{MONTHS[month - 1]} {year}" if len(months) <= _MONTHS else f"Year {year}"
        found.setdefault(name, []).append(i)
    return found
