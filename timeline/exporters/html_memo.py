"""All that the item of an event in a page hangs on, as values: where they are equal, so is its text.

What the whole file says (its sources, people, zones) and what a page is stands for all items of it;
of the event, of what it rests on, and of the events that are named there, all values are given. A
statement goes by what it says and where it stands, since others move its number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.exporters.event_values import event_values
from timeline.grounds import BOUNDS, links
from timeline.model import Lagged, Linked, Related
from timeline.solver import last_steps
from timeline.stn import ORIGIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.memo import Memo
    from timeline.model import Claim, Timeline
    from timeline.schedule import Placed, Schedule

_NAMED = 4
"""So many events of a group are named in a statement; the others are counted."""


def common(timeline: Timeline, most: int, shown: Sequence[Placed] | None) -> object:
    """What all items of a page hang on: the file but for its events and statements, how much is told
    of a chain, and, where not all events are shown, which are."""
    here = None if shown is None else [placed.id for placed in shown]
    return timeline._replace(events={}, numbers={}, statements=()), most, here


class Items:
    """The values of the items of a page; `most` statements are told of a chain. `name` is the page's.

    Many items lead through one event: what it says is the same object as last time where it is the
    same, so that chains are compared at once. A statement is where it stands below its event.
    """

    def __init__(self, schedule: Schedule, most: int, memo: Memo, name: str) -> None:
        self._timeline = schedule.timeline
        self._ids = tuple(schedule.timeline.events)
        self._most = links(most)
        solution = schedule.solution
        self._last = [last_steps(solution.bounds, solution.network, side) for side in (0, 1)]
        self._at = solution.bounds.earliest, solution.bounds.latest
        self._events = event_values(schedule, memo)
        room = memo.room(("reasons", name), None)
        self._own = {name: room.same(name, self._says(name)) for name in self._ids}
        self._links: dict[tuple[int, int], object] = {}

    def item(self, placed: Placed) -> object:
        """What the item of one event hangs on besides."""
        first = 2 * self._timeline.numbers[placed.id]
        return (
            self._own[placed.id],
            *[self._chain(first + (end == "end"), int(side == "latest")) for end, side in BOUNDS],
        )

    def _says(self, name: str) -> tuple[object, ...]:
        """An event, its statements, and the events that these name."""
        every = self._timeline.statements
        statements = [every[number] for number in self._timeline.events[name].statements]
        named = [self._events[other][0] for one in statements for other in _named(one.claim)]
        return self._events[name], [one[1:] for one in statements], named

    def _chain(self, point: int, side: int) -> object:
        """What gives a bound."""
        last = self._last[side]
        step = last[point]
        chain: list[object] = []
        while step is not None and len(chain) < self._most:
            tail, head, _, number = step
            link = self._links.get((head, side))
            if link is None:
                link = self._links[head, side] = self._link(head, side, number)
            chain.append(link)
            step = last[tail] if tail != ORIGIN else None
        return chain

    def _link(self, head: int, side: int, number: int) -> object:
        """An event, which end of it has which bound, and the statement by which."""
        if head >= 2 * len(self._ids):
            return "between groups of a sequence"  # nothing is told of it
        own = self._own[self._ids[head // 2]]
        return own, head % 2, self._at[side][head], *self._statement(number)

    def _statement(self, number: int) -> tuple[object, ...]:
        if number < 0:
            return ()
        statement = self._timeline.statements[number]
        if statement.event:
            return self._own[statement.event], statement.below
        return statement[1:], [self._events[name][0] for name in _named(statement.claim)]


def _named(claim: Claim) -> tuple[str, ...]:
    """The events that a statement names besides its own."""
    if isinstance(claim, Related):
        return (claim.other,)
    if isinstance(claim, Linked):
        return *claim.earlier[:_NAMED], *claim.later[:_NAMED]
    return (claim.tail[0], claim.head[0]) if isinstance(claim, Lagged) else ()
