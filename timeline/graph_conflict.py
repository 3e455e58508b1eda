"""A network as one graph, in which every contradiction is a circle of positive length.

Its points are those of the network, for the numbers; as many again, for the orders, where a strict
one has the length 1 and any other 0; and the origin of time, from which and to which dates lead.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from attrs import define, field, frozen

from timeline.label_conflict import NOTHING, SHARE, UNIT, WHOLE, label
from timeline.stn import ORIGIN, STRUCTURAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.label_conflict import Label
    from timeline.solver import Step
    from timeline.stn import Network

NEVER: Final = 1 << 60
"""The price of what may not be used; above all that can be paid."""


@define(eq=False)
class Budget:
    """How many edges may still be looked at."""

    left: int

    def spend(self, edges: int) -> None:
        """Count some. Raises Spent when there are none left."""
        self.left -= edges
        if self.left < 0:
            raise Spent


class Spent(Exception):
    """The budget is used up."""


@frozen(eq=False)
class Found:
    """A contradictory set of statements, and a circle through exactly these.

    The circle starts at the origin if it passes there, else with its lowest statement.
    """

    statements: tuple[int, ...]
    cycle: tuple[Step, ...]
    orders: bool
    """Whether it is a circle of orders."""


@frozen(eq=False)
class Graph:
    """Edges are numbered; a point lists those that leave and arrive as (other point, length, edge).

    A label is what one statement says in one of the two halves.
    """

    size: int
    labels: list[Label]
    edges_of: list[range]
    """The edges of each label."""
    tails: list[int] = field(factory=list)
    label_of: list[int] = field(factory=list)
    sides: list[int] = field(factory=list)
    prices: list[int] = field(factory=list)
    ways: list[tuple[Step, ...]] = field(factory=list)
    """The steps that each edge is made of, in the graph's points."""
    leaving: list[list[tuple[int, int, int]]] = field(factory=list)
    arriving: list[list[tuple[int, int, int]]] = field(factory=list)


def graph(network: Network) -> Graph:
    """The graph of a network, each edge at its price."""
    size = network.size
    labels = _labels(network)
    made = Graph(size, labels, [])
    for _ in range(2 * size + 1):
        made.leaving.append([])
        made.arriving.append([])
    for number, own in enumerate(labels):
        part = {WHOLE: UNIT, NOTHING: 0, SHARE: UNIT // own.uses}
        first = len(made.tails)
        for tail, head, length, side, way in own.edges:
            _edge(made, tail, head, length, number, side, part.get(side, UNIT // 2), way)
        made.edges_of.append(range(first, len(made.tails)))
    for start in range(0, 2 * size, 2):
        free = ((start, start + 1, 0, STRUCTURAL),)
        _edge(made, start, start + 1, 0, STRUCTURAL, NOTHING, 0, free)
    return made


def _edge(
    made: Graph,
    tail: int,
    head: int,
    length: int,
    number: int,
    side: int,
    price: int,
    way: tuple[Step, ...],
) -> None:
    edge = len(made.tails)
    made.tails.append(tail)
    made.label_of.append(number)
    made.sides.append(side)
    made.prices.append(price)
    made.ways.append(way)
    made.leaving[tail].append((head, length, edge))
    made.arriving[head].append((tail, length, edge))


def _labels(network: Network) -> list[Label]:
    """What each statement says in numbers, then what it says in orders."""
    size = network.size
    origin = 2 * size
    numbers: dict[int, list[Step]] = {}
    orders: dict[int, list[Step]] = {}
    for point, side, value, statement in network.bounds:
        step = (point, origin, -value) if side else (origin, point, value)
        numbers.setdefault(statement, []).append((*step, statement))
    for gap in network.gaps:
        numbers.setdefault(gap[3], []).append(gap)
    for tail, head, strict, statement in network.orders:
        orders.setdefault(statement, []).append((size + tail, size + head, strict, statement))
    touched: dict[int, int] = {}
    for half in (numbers, orders):
        for steps in half.values():
            for point in {step[0] for step in steps} | {step[1] for step in steps}:
                touched[point] = touched.get(point, 0) + 1
    private = {
        point
        for point, count in touched.items()
        if count == 1 and not point & 1 and point != origin and point + 1 not in touched
    }
    return [
        label(statement, half[statement], private, enough)
        for half, enough in ((numbers, NEVER), (orders, 1))
        for statement in sorted(half)
    ]


def circles(made: Graph, prices: list[int], budget: Budget) -> Iterator[tuple[int, list[int]]]:
    """Circles of positive length, as a point and the edges in order from it, until none is left.

    Each time, the point is taken out of the graph: every circle of positive length passes one of
    them. Edges at the price `NEVER` do not count.
    """
    value = [0] * len(made.leaving)
    by = [-1] * len(value)  # the edge that last raised each point
    gone = bytearray(len(value))
    queued = bytearray(b"\1" * len(value))
    queue = deque(range(len(value)))
    due = len(value)
    while queue:
        point = queue.popleft()
        queued[point] = 0
        due -= 1
        if not gone[point]:
            budget.spend(len(made.leaving[point]) + 1)
            for head, length, edge in made.leaving[point]:
                if value[point] + length > value[head] and prices[edge] < NEVER and not gone[head]:
                    value[head] = value[point] + length
                    by[head] = edge
                    if not queued[head]:
                        queued[head] = 1
                        queue.append(head)
        if due > 0 and queue:
            continue
        due = len(value)
        for circle in _closed(made, by):
            place = _busiest(made, circle)
            out = made.tails[circle[place]]
            yield out, circle[place:] + circle[:place]
            gone[out] = 1
            for other, edge in enumerate(by):
                if edge >= 0 and (other == out or made.tails[edge] == out):
                    by[other] = -1


def _closed(made: Graph, by: list[int]) -> list[list[int]]:
    """The circles in the graph of which edge last raised which point."""
    seen: dict[int, int] = {}
    found = []
    for start in range(len(by)):
        point = start
        while by[point] >= 0 and point not in seen:
            seen[point] = start
            point = made.tails[by[point]]
        if seen.get(point) == start and by[point] >= 0:
            circle = [by[point]]
            while made.tails[circle[-1]] != point:
                circle.append(by[made.tails[circle[-1]]])
            circle.reverse()
            found.append(circle)
    return found


def _busiest(made: Graph, circle: list[int]) -> int:
    """The place on a circle of the point with most edges: the origin above all."""
    origin = 2 * made.size

    def rank(place: int) -> tuple[bool, int]:
        point = made.tails[circle[place]]
        return point == origin, len(made.leaving[point]) + len(made.arriving[point])

    return max(range(len(circle)), key=rank)


def told(made: Graph, edges: list[int]) -> Found:
    """The contradiction on a closed trail of positive length, as the network's own steps."""
    steps: list[Step] = []
    places: dict[int, int] = {}
    for step in (step for edge in edges for step in made.ways[edge]):
        places[step[0]] = len(steps)
        steps.append(step)
        back = places.get(step[1])
        if back is None:
            continue
        loop = steps[back:]
        if sum(one[2] for one in loop) > 0:
            steps = loop
            break
        for one in loop:
            del places[one[0]]
        del steps[back:]
    size = made.size
    orders = size <= steps[0][0] < 2 * size
    cycle = [
        (
            ORIGIN if tail == 2 * size else tail % size,
            ORIGIN if head == 2 * size else head % size,
            length,
            statement,
        )
        for tail, head, length, statement in steps
    ]
    first = min(
        range(len(cycle)),
        key=lambda i: (cycle[i][0] != ORIGIN, cycle[i][3] == STRUCTURAL, cycle[i][3]),
    )
    statements = sorted({step[3] for step in cycle} - {STRUCTURAL})
    return Found(tuple(statements), tuple(cycle[first:] + cycle[:first]), orders)
