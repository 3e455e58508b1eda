"""The value that the solver works on: a simple temporal network over whole seconds.

Every event is two points, its start and its end; every statement of the file is a few constraints
between points, or between a point and the calendar. Nothing here knows of events, dates or text.

A set of statements is consistent if and only if

1. its bounds and gaps, with start <= end for every event, have a solution in whole seconds, and
2. no circle of its orders (again with start <= end) holds a strict one: nothing precedes itself.

The first is a system of difference constraints: by R. Dechter, I. Meiri and J. Pearl, "Temporal
constraint networks", Artificial Intelligence 49 (1991), 61-95, it has a solution if and only if the
graph of its constraints has no cycle of positive length (of negative length, in their sign), and
the tightest bounds are the longest (their shortest) paths.
"""

# Annotations are evaluated here: as texts, `NamedTuple` would compile each at every start.
from bisect import bisect_left
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Collection

ORIGIN: Final = -1
"""Stands where a point could: the origin of time, 1970-01-01T00:00:00 UTC, the instant 0."""

STRUCTURAL: Final = -1
"""Stands where a statement could: start <= end, which nobody states and nobody can take back."""

Constraint = tuple[int, int, int, int]
"""One entry of a network's lists; its last member is its statement."""

_statement = itemgetter(3)


@frozen(eq=False, repr=False)
class Network:
    """Points and what is said of them.

    Even point 2i is the start of event i, 2i + 1 its end; that the start is not after the end is
    implied. Times are seconds UTC. The lists belong to the network once it is made.
    """

    size: int
    """The number of points, twice the number of events."""
    bounds: list[Constraint]
    """(point, side, value, statement): side 0 is point >= value, side 1 is point <= value."""
    gaps: list[Constraint]
    """(tail, head, gap, statement): head - tail >= gap. A negative gap limits tail - head."""
    orders: list[Constraint]
    """(tail, head, strict, statement): tail is not after head; strict 1: it is before it, by as
    little as you like. Numbers never enter: the seconds of a relation stand among the gaps."""
    statements: int
    """Statements are 0 to this less one; a lower one stands earlier in the file."""
    _grouped: list[list[Constraint]] = field(init=False, factory=list, repr=False)

    def said_by(self, statement: int) -> tuple[list[Constraint], ...]:
        """The bounds, gaps and orders of one statement, in time logarithmic in the network.

        The first question sorts the lists by statement, unless they are so already.
        """
        if not self._grouped:
            for entries in (self.bounds, self.gaps, self.orders):
                self._grouped.append(sorted(entries, key=_statement))
        return tuple(
            entries[
                bisect_left(entries, statement, key=_statement) : bisect_left(
                    entries, statement + 1, key=_statement
                )
            ]
            for entries in self._grouped
        )


class Part(NamedTuple):
    """Some statements of a network as a network of its own, over the events they touch."""

    network: Network
    """Its points are numbered anew, its statements are not."""
    events: list[int]
    """The event of the whole that each event of the part is."""


def part(network: Network, statements: "Collection[int]") -> Part:
    """What these statements alone say. Costs in proportion to them, not to the network."""
    bounds: list[Constraint] = []
    gaps: list[Constraint] = []
    orders: list[Constraint] = []
    for statement in sorted(statements):
        own = network.said_by(statement)
        bounds += own[0]
        gaps += own[1]
        orders += own[2]
    touched = {point >> 1 for point, _, _, _ in bounds}
    for tail, head, _, _ in gaps + orders:
        touched.add(tail >> 1)
        touched.add(head >> 1)
    events = sorted(touched)
    new = {event: place for place, event in enumerate(events)}

    def between(entries: list[Constraint]) -> list[Constraint]:
        return [
            (new[tail >> 1] * 2 + (tail & 1), new[head >> 1] * 2 + (head & 1), number, statement)
            for tail, head, number, statement in entries
        ]

    return Part(
        Network(
            len(events) * 2,
            [(new[p >> 1] * 2 + (p & 1), side, value, s) for p, side, value, s in bounds],
            between(gaps),
            between(orders),
            network.statements,
        ),
        events,
    )
