"""The smallest contradiction of a small network: truly one with the fewest statements.

A set of statements that cannot hold, and cannot spare one, is always the set of statements on one
simple circle of positive length in the graph of `timeline.graph_conflict`. The circle with the
fewest statements is sought in it.

- A statement is edges, and what they say together; `timeline.label_conflict` prices them so that
  the price of a smallest circle is never above its number of statements, and mostly equals it.
- Circles are sought through one point after another, each of which is then taken out, until no
  circle of positive length remains. Within a search, states leave a queue by their price, and of
  each point only those that are longer than all cheaper ones go on. What can no longer come home
  within the price, or at a positive length, is left.
- Where a circle uses a statement in part, its price is a lower limit only. The price is then moved
  to the side that was used; what that leaves open is branched on: the statement is paid whole
  beforehand and free from then on, or may not be used at all.

The edges looked at are counted. When the budget is used up, the search gives way (`Spent`).
"""

from __future__ import annotations

from collections import deque
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any, Final

from attrs import define, field

from timeline.graph_conflict import NEVER, circles, graph, told
from timeline.label_conflict import ONE, OTHER, SHARE, UNIT

if TYPE_CHECKING:
    from collections.abc import Collection

    from timeline.graph_conflict import Budget, Found, Graph
    from timeline.stn import Network

_PRICINGS: Final = 8
"""How often prices are moved before a branch is opened."""
_PATIENCE: Final = 6
"""How many times the edges of a region may be looked at to learn how much length is to be gained."""


@define(eq=False)
class Search:
    """A graph from which one smallest contradiction after another is taken."""

    graph: Graph
    budget: Budget
    sources: list[int] = field(factory=list)
    """Points that all circles of positive length pass, in the order in which they are taken out."""
    least: dict[int, int] = field(factory=dict)
    """No circle that is sought through a source has fewer statements than this."""
    known: dict[int, Found] = field(factory=dict)
    """A circle through a source, that is still whole."""

    def smallest(self, below: int = NEVER) -> Found | None:
        """A contradiction with the fewest statements, if it has fewer than so many."""
        best: Found | None = None
        below = min(below, len(self.graph.labels) + 1)
        for source in self.sources:
            own = self.known.get(source)
            if own is not None and len(own.statements) < below:
                best = own
                below = len(own.statements)
        rank = {source: place for place, source in enumerate(self.sources)}
        for source in sorted(self.sources, key=lambda point: (self.least[point], rank[point])):
            if self.least[source] >= below:
                break
            gone = set(self.sources[: rank[source]])
            found = self._through(source, gone, below - 1)
            if found is not None:
                self.known[source] = best = found
                below = len(found.statements)
            self.least[source] = below
        return best

    def drop(self, statements: Collection[int]) -> None:
        """Take statements out. What was known of the rest stays true."""
        for own, edges in zip(self.graph.labels, self.graph.edges_of, strict=True):
            if own.statement in statements:
                for edge in edges:
                    self.graph.prices[edge] = NEVER
        for source, found in list(self.known.items()):
            if not set(found.statements).isdisjoint(statements):
                del self.known[source]

    def _through(self, source: int, gone: set[int], limit: int) -> Found | None:
        """The smallest contradiction that passes a point, of at most so many statements."""
        near = self._home(source, None, gone, self.graph.prices, limit * UNIT)
        gain = self._gain(source, near)
        best: Found | None = None
        nothing: frozenset[int] = frozenset()
        branches: list[tuple[dict[int, int], frozenset[int], frozenset[int]]] = [
            ({}, nothing, nothing)
        ]
        while branches:
            lean, paid, barred = branches.pop()
            pricings = 0
            while True:
                prices = self._priced(lean, paid, barred)
                room = (limit - len(paid)) * UNIT
                trail = self._cheapest(source, near, gone, gain, prices, room)
                if trail is None:
                    break
                found = told(self.graph, trail)
                if len(found.statements) <= limit:
                    best = found
                    limit = len(found.statements) - 1
                    room = (limit - len(paid)) * UNIT
                short = self._short(trail, prices)
                if not short or sum(prices[edge] for edge in trail) > room:
                    if self.graph.tails[trail[0]] == source:
                        break  # no other is cheaper, and this one has its full price or is too dear
                    continue
                moved = {
                    number: self._moved(lean.get(number, UNIT // 2), side)
                    for number, side in short.items()
                    if side != SHARE
                }
                pricings += 1
                if moved and pricings < _PRICINGS:
                    lean = {**lean, **moved}
                    continue
                number = min(short)
                branches.append((lean, paid, barred | {number}))
                branches.append((lean, paid | {number}, barred))
                break
        return best

    def _moved(self, price: int, side: int) -> int:
        """The price of the one side, moved half the way to a side that was used."""
        return (price + UNIT) // 2 if side == ONE else (price + 1) // 2

    def _priced(
        self, lean: dict[int, int], paid: Collection[int], barred: Collection[int]
    ) -> list[int]:
        """The prices, with some labels leaning to one side, some paid, some barred."""
        if not (lean or paid or barred):
            return self.graph.prices
        prices = list(self.graph.prices)
        sides = self.graph.sides
        for number, price in lean.items():
            for edge in self.graph.edges_of[number]:
                if sides[edge] == ONE:
                    prices[edge] = price
                elif sides[edge] == OTHER:
                    prices[edge] = UNIT - price
        for number in paid:
            for edge in self.graph.edges_of[number]:
                prices[edge] = 0
        for number in barred:
            for edge in self.graph.edges_of[number]:
                prices[edge] = NEVER
        return prices

    def _short(self, trail: list[int], prices: list[int]) -> dict[int, int]:
        """The labels of which a trail pays a part only, and the side of it that it uses."""
        used: dict[int, list[int]] = {}
        for edge in trail:
            if self.graph.sides[edge] in (ONE, OTHER, SHARE):
                used.setdefault(self.graph.label_of[edge], []).append(edge)
        short = {}
        for number, edges in used.items():
            side = self.graph.sides[edges[0]]
            price = sum(prices[edge] for edge in edges)
            uses = self.graph.labels[number].uses
            if 0 < price < (uses * (UNIT // uses) if side == SHARE else UNIT - 1):
                short[number] = side
        return short

    def _cheapest(
        self,
        source: int,
        near: Collection[int],
        gone: set[int],
        gain: dict[int, int] | None,
        prices: list[int],
        room: int,
    ) -> list[int] | None:
        """The edges of the cheapest circle of positive length through a point, within a price.

        Or of another such circle that comes up on the way and is no dearer.
        """
        home = self._home(source, near, gone, prices, room)
        longest: dict[int, int] = {}
        serial = 0
        heap: list[tuple[int, int, int, int, Any]] = [(0, 0, 0, source, None)]
        while heap:
            price, shorter, _, point, trail = heappop(heap)
            if point == source and trail is not None:
                return self._unwound(trail, source)
            if point in longest:
                if -shorter <= longest[point]:
                    continue
                circle = self._unwound(trail, point)
                if circle:
                    return circle
            longest[point] = -shorter
            self.budget.spend(len(self.graph.leaving[point]) + 1)
            for head, length, edge in self.graph.leaving[point]:
                total = price + prices[edge]
                if head not in home or total + home[head] > room:
                    continue
                reached = length - shorter
                if head == source:
                    if reached <= 0:
                        continue
                elif head in longest and reached <= longest[head]:
                    continue
                elif gain is not None and reached + gain[head] <= 0:
                    continue
                serial += 1
                heappush(heap, (total, -reached, serial, head, (trail, edge)))
        return None

    def _unwound(self, trail: Any, point: int) -> list[int]:
        """The edges of a trail, in order, since it last left a point; none if it never did."""
        edges: list[int] = []
        while trail is not None:
            trail, edge = trail
            edges.append(edge)
            if self.graph.tails[edge] == point:
                edges.reverse()
                return edges
        return []

    def _home(
        self,
        source: int,
        near: Collection[int] | None,
        gone: set[int],
        prices: list[int],
        room: int,
    ) -> dict[int, int]:
        """The least price from each of the near points to the source, if within the room."""
        home: dict[int, int] = {}
        heap = [(0, source)]
        while heap:
            price, point = heappop(heap)
            if point in home:
                continue
            home[point] = price
            self.budget.spend(len(self.graph.arriving[point]) + 1)
            for tail, _, edge in self.graph.arriving[point]:
                total = price + prices[edge]
                if total > room or tail in home or tail in gone:
                    continue
                if near is None or tail in near:
                    heappush(heap, (total, tail))
        return home

    def _gain(self, source: int, near: Collection[int]) -> dict[int, int] | None:
        """The greatest length from each near point to the source.

        None if it has no limit, as where other circles are near, or if it is not soon found.
        """
        gain = {source: 0}
        queue = deque([source])
        queued = {source}
        patience = _PATIENCE * sum(len(self.graph.arriving[point]) + 1 for point in near)
        while queue:
            point = queue.popleft()
            queued.discard(point)
            looked = len(self.graph.arriving[point]) + 1
            self.budget.spend(looked)
            patience -= looked
            if patience < 0:
                return None
            for tail, length, edge in self.graph.arriving[point]:
                if tail == source or tail not in near or self.graph.prices[edge] == NEVER:
                    continue
                if tail not in gain or gain[point] + length > gain[tail]:
                    gain[tail] = gain[point] + length
                    if tail not in queued:
                        queued.add(tail)
                        queue.append(tail)
        return gain


def search(network: Network, budget: Budget) -> Search:
    """Prepare the search in a network. Raises Spent if even that is too much."""
    made = Search(graph(network), budget)
    for source, edges in circles(made.graph, made.graph.prices, budget):
        made.sources.append(source)
        made.known[source] = told(made.graph, edges)
        made.least[source] = 1
    return made
