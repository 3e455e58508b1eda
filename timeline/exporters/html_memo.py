"""All that the item of an event in a page hangs on, as values: where they are equal, so is its text.

What the whole file says (its sources, people, zones) and what a page is stands for all items of it;
of the event, of what it rests on, and of the events that are named there, all values are given. A
statement goes by what it says and where it stands, since others move its number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.exporters.event_values import event_values
from timeline.grounds import links
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
        self._most = links(most)
        solution = schedule.solution
        self._last = [last_steps(solution.bounds, solution.network, side) for side in (0, 1)]
        self._at = solution.bounds.earliest, solution.bounds.latest
        self._events = event_values(schedule, memo)
        room, named = memo.room(("reasons", name), None), memo.room(("named", name), None)
        by_id, events = schedule.by_id, self._events
        others = named.each(by_id.items(), lambda one: self._names(by_id[one]))
        self._own = room.each(
            (
                (one, (placed, [events[other][0] for other in others[one]]))
                for one, placed in by_id.items()
            ),
            lambda one: self._says(by_id[one], [events[other][0] for other in others[one]]),
        )
        self._numbered = [self._own[one] for one in schedule.timeline.events]
        size = solution.network.size
        self._links: tuple[list[object], list[object]] = [None] * size, [None] * size

    def item(self, placed: Placed) -> object:
        """What the item of one event hangs on besides."""
        first, chain = 2 * self._timeline.numbers[placed.id], self._chain
        return (
            self._own[placed.id],
            chain(first, 0), chain(first, 1), chain(first + 1, 0), chain(first + 1, 1),
        )  # fmt: skip

    def _names(self, placed: Placed) -> list[str]:
        """The events that the statements of one name."""
        every = self._timeline.statements
        return [name for number in placed.event.statements for name in _named(every[number].claim)]

    def _says(self, placed: Placed, named: list[object]) -> tuple[object, ...]:
        """An event, its statements, and the events that these name."""
        every = self._timeline.statements
        statements = [every[number][1:] for number in placed.event.statements]
        return self._events[placed.id], statements, named

    def _chain(self, point: int, side: int) -> object:
        """What gives a bound."""
        last, links = self._last[side], self._links[side]
        chain: tuple[object, ...] = ()
        while len(chain) < self._most:
            step = last[point]
            if step is None:
                break
            tail, _, _, number = step
            chain += (links[point] or self._link(point, side, number),)
            if tail == ORIGIN:
                break
            point = tail
        return chain

    def _link(self, head: int, side: int, number: int) -> object:
        """An event, which end of it has which bound, and the statement by which."""
        link: object = "between groups of a sequence"  # nothing is told of it
        if head < 2 * len(self._numbered):
            own, at = self._numbered[head >> 1], self._at[side][head]
            if number < 0:
                link = own, head & 1, at
            else:
                _, name, _, below, _, _ = statement = self._timeline.statements[number]
                if name:
                    link = own, head & 1, at, self._own[name], below
                else:
                    named = [self._events[one][0] for one in _named(statement.claim)]
                    link = own, head & 1, at, statement[1:], named
        self._links[side][head] = link
        return link


def _named(claim: Claim) -> tuple[str, ...]:
    """The events that a statement names besides its own."""
    if isinstance(claim, Related):
        return (claim.other,)
    if isinstance(claim, Linked):
        return *claim.earlier[:_NAMED], *claim.later[:_NAMED]
    return (claim.tail[0], claim.head[0]) if isinstance(claim, Lagged) else ()
