"""Circles of orders: the part of a network's consistency that numbers cannot see.

A set of orders can hold if and only if no strongly connected component of their graph, with
start <= end for every event, holds a strict order. Where the points are in an order with which
nearly all constraints run, a circle can only lie where some run against it: between the ends of
those. Components are found there, by R. Tarjan, "Depth-first search and linear graph algorithms",
SIAM Journal on Computing 1 (1972), 146-160, without recursion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.stn import STRUCTURAL

if TYPE_CHECKING:
    from collections.abc import Collection

    from timeline.stn import Constraint


def tangled(
    orders: Collection[Constraint], order: list[int], position: list[int]
) -> list[list[Constraint]]:
    """The orders that may stand in a contradictory circle; none if they can hold together.

    `order` are all points in any order, `position` is the place of each in it. Gives one list for
    each strongly connected component that holds a strict order: all orders within it, start <= end
    among them.
    """
    spans = []
    for tail, head, _, _ in orders:  # a loop: a comprehension costs more than twice as much here
        if position[tail] >= position[head]:
            spans.append((position[head], position[tail]))
    if not spans or _ranked(orders, position):
        return []
    leaving = _between(orders, order, position, spans)
    component = _components(leaving)
    inner: dict[int, list[Constraint]] = {}
    for tail, edges in leaving.items():
        for edge in edges:
            if component[edge[1]] == component[tail]:
                inner.setdefault(component[tail], []).append(edge)
    return [edges for edges in inner.values() if any(edge[2] for edge in edges)]


def _ranked(orders: Collection[Constraint], position: list[int]) -> bool:
    """Whether ranks show that all orders can hold; False is no proof that they cannot.

    A rank is a place, and what some order asks for against the places shares the lowest of them,
    as points do that are said to be equal.
    """
    rank = list(position)
    above = list(range(len(position)))

    def lowest(point: int) -> int:
        while above[point] != point:
            above[point] = above[above[point]]
            point = above[point]
        return point

    for tail, head, strict, _ in orders:
        if position[tail] >= position[head]:
            if strict:
                return False
            one, two = lowest(tail), lowest(head)
            if rank[one] > rank[two]:
                one, two = two, one
            above[two] = one
    for point in range(len(rank)):
        rank[point] = position[lowest(point)]
    for tail, head, strict, _ in orders:
        if rank[tail] + strict > rank[head]:
            return False
    return all(rank[start] <= rank[start + 1] for start in range(0, len(rank), 2))


def _between(
    orders: Collection[Constraint],
    order: list[int],
    position: list[int],
    spans: list[tuple[int, int]],
) -> dict[int, list[Constraint]]:
    """The points that lie where some order runs against the given one, with the orders there."""
    spans += [
        (position[start + 1], position[start])
        for start in range(0, len(order), 2)
        if position[start] > position[start + 1]
    ]
    spans.sort()
    leaving: dict[int, list[Constraint]] = {}
    done = 0
    for first, last in spans:
        for place in range(max(first, done), last + 1):
            leaving[order[place]] = []
        done = max(done, last + 1)
    for edge in orders:
        if edge[0] in leaving and edge[1] in leaving:
            leaving[edge[0]].append(edge)
    for point, edges in leaving.items():
        if not point & 1 and point + 1 in leaving:
            edges.append((point, point + 1, 0, STRUCTURAL))
    return leaving


def _components(leaving: dict[int, list[Constraint]]) -> dict[int, int]:
    """The number of each point's strongly connected component."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    component: dict[int, int] = {}
    open_points: list[int] = []
    for root in leaving:
        path = [] if root in index else [root]
        ahead = []
        while path:
            point = path[-1]
            if point not in index:
                index[point] = low[point] = len(index)
                open_points.append(point)
                ahead.append(iter(leaving[point]))
            for _, head, _, _ in ahead[-1]:
                if head not in index:
                    path.append(head)
                    break
                if head not in component and index[head] < low[point]:
                    low[point] = index[head]
            else:
                path.pop()
                ahead.pop()
                if path and low[point] < low[path[-1]]:
                    low[path[-1]] = low[point]
                if low[point] == index[point]:
                    while point not in component:
                        component[open_points.pop()] = index[point]
    return component
