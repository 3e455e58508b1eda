"""All that the item of an event in a page hangs on, as values: where they are equal, so is its text.

What the whole file says (its sources, people, zones) and what a page is stands for all items of it;
of the event, of what it rests on, and of the events that are named there, all values are given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.grounds import BOUNDS, links
from timeline.model import Lagged, Linked, Related

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.model import Claim, Timeline
    from timeline.schedule import Placed, Schedule

_NAMED = 4
"""So many events of a group are named in a statement; the others are counted."""


def common(timeline: Timeline, most: int, shown: Sequence[Placed] | None) -> object:
    """What all items of a page hang on: the file but for its events and statements, how much is told
    of a chain, and, where not all events are shown, which are."""
    here = None if shown is None else [placed.id for placed in shown]
    return timeline._replace(events={}, numbers={}, statements=()), most, here


def item(schedule: Schedule, placed: Placed, most: int) -> object:
    """What the item of one event hangs on besides."""
    timeline = schedule.timeline
    chains = [schedule.because(placed.id, end, side, links(most)) for end, side in BOUNDS]
    numbers = [*placed.event.statements]
    names = [placed.id]
    for chain in chains:
        for reason in chain:
            names.append(reason.event)
            if reason.statement is not None:
                numbers.append(reason.statement)
    statements = [timeline.statements[number] for number in dict.fromkeys(numbers)]
    for statement in statements:
        if statement.event:
            names.append(statement.event)
        names += _named(statement.claim)
    events = [timeline.events[name] for name in dict.fromkeys(names)]
    return placed.start, placed.end, placed.basis, placed.label, chains, statements, events


def _named(claim: Claim) -> tuple[str, ...]:
    """The events that a statement names besides its own."""
    if isinstance(claim, Related):
        return (claim.other,)
    if isinstance(claim, Linked):
        return *claim.earlier[:_NAMED], *claim.later[:_NAMED]
    return (claim.tail[0], claim.head[0]) if isinstance(claim, Lagged) else ()
