"""Circles of orders: the part of a network's consistency that numbers cannot see.

A set of orders can hold if and only if no strongly connected component of their graph, with
start <= end for every event, holds a strict order. Components are found by R. Tarjan, "Depth-first
search and linear graph algorithms", SIAM Journal on Computing 1 (1972), 146-160, without recursion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.stn import Constraint


def can_stand(size: int, orders: Iterable[Constraint]) -> bool:
    """Whether the orders hold together: whether no circle of them holds a strict one."""
    return not tangled(size, orders)


def tangled(size: int, orders: Iterable[Constraint]) -> list[list[Constraint]]:
    """The orders that may stand in a contradictory circle.

    One list for each strongly connected component that holds a strict order: its own orders, as
    they come; the components by their lowest point.
    """
    leaving, knotted = _knotted(size, orders)
    if not knotted:
        return []
    component = _components(knotted, leaving)
    strict = set()
    for tail in knotted:
        for _, head, is_strict, _ in leaving[tail]:
            if is_strict and component[tail] == component.get(head):
                strict.add(component[tail])
    if not strict:
        return []
    found: dict[int, list[Constraint]] = {}
    for tail in knotted:  # in order, so the lowest point comes first
        if component[tail] in strict:
            own = found.setdefault(component[tail], [])
            own += [order for order in leaving[tail] if component.get(order[1]) == component[tail]]
    return list(found.values())


def _knotted(size: int, orders: Iterable[Constraint]) -> tuple[list[list[Constraint]], list[int]]:
    """Orders by tail, and what a topological pass leaves over: every circle lies within that."""
    nothing: list[Constraint] = []
    leaving = [nothing] * size
    waiting = [0, 1] * (size // 2)  # an end waits for its start
    for order in orders:
        tail, head, _, _ = order
        waiting[head] += 1
        if leaving[tail]:
            leaving[tail].append(order)
        else:
            leaving[tail] = [order]
    ready = [point for point in range(0, size, 2) if not waiting[point]]
    for point in ready:  # grows as it goes
        if not point & 1:
            waiting[point + 1] -= 1
            if not waiting[point + 1]:
                ready.append(point + 1)
        for _, head, _, _ in leaving[point]:
            left = waiting[head] - 1
            waiting[head] = left
            if not left:
                ready.append(head)
    return leaving, [point for point in range(size) if waiting[point]]


def _components(points: list[int], leaving: list[list[Constraint]]) -> dict[int, int]:
    """The number of each point's strongly connected component, among these points."""
    unseen = -1
    index = dict.fromkeys(points, unseen)
    low: dict[int, int] = {}
    component: dict[int, int] = {}
    open_points: list[int] = []

    def heads(point: int) -> Iterable[int]:
        if not point & 1:
            yield point + 1
        for _, head, _, _ in leaving[point]:
            yield head

    counter = 0
    for root in points:
        if index[root] != unseen:
            continue
        index[root] = low[root] = counter
        counter += 1
        open_points.append(root)
        path = [(root, iter(heads(root)))]
        while path:
            point, branches = path[-1]
            for head in branches:
                if head not in index or head in component:
                    continue
                if index[head] == unseen:
                    index[head] = low[head] = counter
                    counter += 1
                    open_points.append(head)
                    path.append((head, iter(heads(head))))
                    break
                low[point] = min(low[point], index[head])
            else:
                path.pop()
                if path:
                    above = path[-1][0]
                    low[above] = min(low[above], low[point])
                if low[point] == index[point]:
                    while True:
                        member = open_points.pop()
                        component[member] = index[point]
                        if member == point:
                            break
    return component
