"""Why a network cannot hold: all contradictions that share no statement, each irreducible.

In a network of few events each is truly one with the fewest statements, by exact search (see
`timeline.small_conflict`). In a larger one, a contradiction that shows is searched for the smallest
within its own statements, then among the statements around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field, frozen

from timeline.graph_conflict import Budget, Found, Spent, circles, graph, told
from timeline.number_conflict import by_ends, number_conflicts
from timeline.order_conflict import order_conflicts
from timeline.small_conflict import search
from timeline.solver import solve
from timeline.stn import ORIGIN, STRUCTURAL, Network, part
from timeline.sweep import arranged

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from timeline.solver import Step
    from timeline.stn import Part
    from timeline.sweep import Links

_EXACT: Final = 5_000_000
"""How many edges the exact search of a small network may look at."""
_AROUND: Final = 1_000_000
"""How many edges all searches around contradictions of a large network may look at together."""
_ONCE: Final = 50_000
"""How many of these at one contradiction."""
_EACH: Final = 200
"""How many more for each statement among which to find the smallest contradiction."""
_ENOUGH: Final = 1 << 60
_NEAR: Final = 300
"""How many statements count as being around a contradiction."""
_CROWD: Final = 64
"""A statement of more constraints than this stands too wide to be around anything."""


@frozen(eq=False)
class Conflict:
    """An irreducible contradiction: drop any one of its statements, and the others can hold."""

    statements: tuple[int, ...]
    """In order."""
    kind: str
    """"numbers", or "circle": a circle of orders."""
    cycle: tuple[Step, ...]
    """One circle through exactly these statements, told in order: each step says that its head is
    at least so many seconds after its tail, `ORIGIN` standing for 1970-01-01T00:00Z, where it
    starts if it passes there (so an upper bound is a step to `ORIGIN` by less its value). Else it
    starts with its lowest statement. In a circle of orders the number of a step is 1 where it is
    strict, 0 where not."""
    shortfall: int
    """By how many seconds that circle misses: any one step relaxed by so much lets it close. 0 for
    a circle of orders."""


def conflicts(network: Network, *, exact_events: int = 200) -> list[Conflict]:
    """Contradictions that share no statement, the smallest first; empty if there is none.

    With the statements of all of them taken away, the rest is consistent. In a network of up to
    `exact_events` events, each in turn is one with the fewest statements of all that are left.
    Where that costs more than a fixed budget, as it may in a dense network made to be hard, and in
    larger networks, they are irreducible. What is found depends on nothing but the network.
    """
    found: list[Found] = []
    dropped = bytearray(network.statements)
    if not (_small(network, exact_events) and _exactly(network, dropped, found)):
        links = by_ends(network)
        around = _Around(network, links, dropped, found)
        order, position = arranged(network)
        order_conflicts(network.orders, order, position, dropped, around.settle)
        number_conflicts(network, links, order, position, dropped, around.settle)
    found.sort(key=lambda one: (len(one.statements), one.statements))
    return [_conflict(one) for one in found]


def _conflict(found: Found) -> Conflict:
    if found.orders:
        return Conflict(found.statements, "circle", found.cycle, 0)
    return Conflict(
        found.statements, "numbers", found.cycle, sum(step[2] for step in found.cycle)
    )


def _small(network: Network, events: int) -> bool:
    """Whether so few events are spoken of. Points between groups, of no event, do not count."""
    if network.size > 16 * events:
        return False
    by: dict[int, set[int]] = {}
    ends = {point >> 1 for point, _, _, _ in network.bounds}
    for tail, head, _, statement in network.gaps + network.orders:
        for point in (tail, head):
            by.setdefault(point >> 1, set()).add(statement)
            if point & 1:
                ends.add(point >> 1)
    return len(ends | {event for event, own in by.items() if len(own) > 1}) <= events


def _exactly(network: Network, dropped: bytearray, found: list[Found]) -> bool:
    """Find the smallest contradictions one after another; False if that became too much."""
    try:
        searched = search(network, Budget(_EXACT))
        while (smallest := searched.smallest()) is not None:
            found.append(smallest)
            for statement in smallest.statements:
                dropped[statement] = 1
            searched.drop(smallest.statements)
    except Spent:
        return False
    return True


@define(eq=False)
class _Around:
    """A network, in which what is found wrong is made as small as can be and set aside."""

    network: Network
    links: tuple[Links, Links, Links]
    """The gaps by tail and by head, the bounds by point."""
    dropped: bytearray
    found: list[Found]
    left: Budget = field(factory=lambda: Budget(_AROUND))

    def settle(self, statements: Collection[int]) -> tuple[int, ...]:
        """Set a contradiction among these statements, or a smaller one near by, aside."""
        best = self._within(statements)
        if len(best.statements) > 2 and self.left.left > 0:
            best = self._near(best) or best
        self.found.append(best)
        for statement in best.statements:
            self.dropped[statement] = 1
        return best.statements

    def _within(self, statements: Collection[int]) -> Found:
        """An irreducible contradiction of these statements, which contradict one another."""
        own = part(self.network, statements)
        try:
            found = search(own.network, Budget(_ONCE + _EACH * len(statements))).smallest()
        except Spent:
            found = _spared(own.network)
        assert found is not None
        return _renamed(found, own)

    def _near(self, found: Found) -> Found | None:
        """A smaller contradiction among the statements around one, if a short look shows it."""
        near = dict.fromkeys(found.statements)
        events = dict.fromkeys(
            point >> 1 for step in found.cycle for point in step[:2] if point != ORIGIN
        )
        reached = list(events)
        wide = len(near) + _NEAR
        for event in reached:  # grows as it goes
            for point, statement in self._said_of(event):
                if len(near) > wide:
                    break
                if statement in near or self.dropped[statement]:
                    continue
                if sum(map(len, self.network.said_by(statement))) <= _CROWD:
                    near[statement] = None
                    if point >> 1 not in events:
                        events[point >> 1] = None
                        reached.append(point >> 1)
        own = part(self.network, near)
        budget = Budget(min(_ONCE, self.left.left))
        self.left.left -= budget.left
        try:
            smaller = search(own.network, budget).smallest(len(found.statements))
        except Spent:
            smaller = None
        self.left.left += max(0, budget.left)
        return smaller and _renamed(smaller, own)

    def _said_of(self, event: int) -> Iterator[tuple[int, int]]:
        """The statements of an event, each with the point to which it leads."""
        network = self.network
        for links, entries, end in zip(
            self.links, (network.gaps, network.gaps, network.bounds), (1, 0, 0), strict=True
        ):
            first, following = links
            for point in (2 * event, 2 * event + 1):
                at = first[point]
                while at >= 0:
                    yield entries[at][end], entries[at][3]
                    at = following[at]


def _spared(network: Network) -> Found:
    """An irreducible contradiction: one circle's, then by trying to spare each statement in turn."""
    found = _circle(network)
    kept = _only(network, set(found.statements))
    if _ring(kept, found):
        return found
    for statement in found.statements:
        rest = _only(kept, {entry[3] for entry in kept.bounds + kept.gaps + kept.orders} - {statement})
        if solve(rest) is None:
            kept = rest
    return _circle(kept)


def _circle(network: Network) -> Found:
    made = graph(network)
    _, edges = next(circles(made, made.prices, Budget(_ENOUGH)))
    return told(made, edges)


def _only(network: Network, keep: Collection[int]) -> Network:
    bounds, gaps, orders = (
        [entry for entry in entries if entry[3] in keep]
        for entries in (network.bounds, network.gaps, network.orders)
    )
    return Network(network.size, bounds, gaps, orders, network.statements)


def _ring(network: Network, found: Found) -> bool:
    """Whether a circle of orders is seen at once to need each of its statements: one after another
    each leads from one event to the next, and nothing else does, so that every circle goes round."""
    if not found.orders or solve(_numbers(network)) is None:
        return False
    place: dict[int, int] = {}
    leads: dict[int, int] = {}
    for tail, head, _, statement in found.cycle:
        if statement == STRUCTURAL:
            continue
        if statement in leads or tail >> 1 == head >> 1:
            return False
        leads[statement] = place.setdefault(tail >> 1, len(place))
    size = len(leads)
    return len(place) == size and all(
        tail >> 1 in place and head >> 1 in place
        and place[tail >> 1] == leads[statement]
        and place[head >> 1] == (leads[statement] + 1) % size
        for tail, head, _, statement in network.orders
    )  # fmt: skip


def _numbers(network: Network) -> Network:
    return Network(network.size, network.bounds, network.gaps, [], network.statements)


def _renamed(found: Found, own: Part) -> Found:
    """A contradiction of a part, told of the whole."""

    def whole(point: int) -> int:
        return point if point == ORIGIN else own.events[point >> 1] * 2 + (point & 1)

    cycle = [(whole(step[0]), whole(step[1]), step[2], step[3]) for step in found.cycle]
    return Found(found.statements, tuple(cycle), found.orders)
