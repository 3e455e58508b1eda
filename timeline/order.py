"""An order of the events that respects every statement: a topological order of their starts.

Where the statements leave two events free, the one that can start earlier comes first (an unknown
earliest start counts as its latest end, an unknown latest end as the end of time), then by id.
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.solver import Bounds
    from timeline.stn import Network

Edges = list[list[int]]
Rank = tuple[bool, int, str]
_EVER = -(1 << 62)
_NOTHING: Rank = (False, _EVER, "")  # of a component without an event's start: it holds nobody up


def arrange(network: Network, bounds: Bounds, names: list[str]) -> list[int]:
    """The numbers of the events in order; `names` are their ids."""
    successors: Edges = [[] for _ in range(network.size)]
    strict: Edges = [[] for _ in range(network.size)]
    for point in range(0, network.size, 2):
        successors[point].append(point + 1)
    for tail, head, *_ in network.orders:
        successors[tail].append(head)
        strict[tail].append(head)
    for tail, head, gap, _ in network.gaps:
        if gap >= 0:
            successors[tail].append(head)
    component = strong_components(successors)
    members: Edges = [[] for _ in range(max(component, default=-1) + 1)]
    for point, number in enumerate(component):
        members[number].append(point)

    def key(event: int) -> Rank:
        """When an event may come, among those that are free."""
        first, last = bounds.earliest[2 * event], bounds.latest[2 * event + 1]
        at = first if first is not None else last
        return at is None, at or 0, names[event]

    ordered: list[int] = []
    for number in _merge(successors, component, members, bounds, key, len(names)):
        held = members[number]
        starts = [p // 2 for p in held if p % 2 == 0 and p // 2 < len(names)]
        if len(starts) > 1:
            starts = _inside(held, strict, key, len(names))
        ordered += starts
    return ordered


def _merge(successors: Edges, component: list[int], members: Edges, bounds: Bounds,
           key: Callable[[int], Rank], events: int) -> list[int]:  # fmt: skip
    """The components in order, Kahn's way, with the dates' own certain order kept.

    What is free comes by rank. But an event whose earliest start is later than the latest start of
    one still to come (the limit) has to wait for it; then what that one waits for goes first.
    """
    waiting = [0] * len(members)
    before: Edges = [[] for _ in members]
    for tail, heads in enumerate(successors):
        for head in heads:
            if component[head] != component[tail]:
                waiting[component[head]] += 1
                before[component[head]].append(component[tail])
    limits = sorted(
        (latest, component[2 * e])
        for e in range(events)
        if (latest := bounds.latest[2 * e]) is not None
    )
    done, urgent = bytearray(len(members)), bytearray(len(members))
    free: list[tuple[Rank, int, int]] = []  # rank, earliest start (very early: unknown), component
    hurried: list[tuple[Rank, int, int]] = []

    def release(number: int) -> None:
        starts = [p // 2 for p in members[number] if p % 2 == 0 and p // 2 < events]
        rank = min((key(e) for e in starts), default=_NOTHING)
        known = [f for e in starts if (f := bounds.earliest[2 * e]) is not None]
        heappush(hurried if urgent[number] else free, (rank, max(known, default=_EVER), number))

    def hurry(number: int) -> None:
        """Let a component, and all that it waits for, go before what is free."""
        reached = [number]
        while reached:
            reach = reached.pop()
            if not done[reach] and not urgent[reach]:
                urgent[reach] = 1
                if not waiting[reach]:
                    release(reach)
                reached += before[reach]

    for number, count in enumerate(waiting):
        if not count:
            release(number)
    out: list[int] = []
    cursor = 0
    while len(out) < len(members):
        while cursor < len(limits) and done[limits[cursor][1]]:
            cursor += 1
        while free and done[free[0][2]]:
            heappop(free)
        if cursor < len(limits) and (not free or free[0][1] > limits[cursor][0]):
            hurry(limits[cursor][1])
        while hurried and done[hurried[0][2]]:
            heappop(hurried)
        number = heappop(hurried if hurried else free)[2]
        done[number] = 1
        out.append(number)
        for point in members[number]:
            for head in successors[point]:
                other = component[head]
                if other != number:
                    waiting[other] -= 1
                    if not waiting[other]:
                        release(other)
    return out


def _inside(held: list[int], strict: Edges, key: Callable[[int], Rank], events: int) -> list[int]:
    """The events that start within one component (on one second), by order alone, then by key."""
    inside = set(held)
    local = {point: i for i, point in enumerate(held)}
    successors: Edges = [
        [local[h] for h in strict[p] if h in inside]
        + ([local[p + 1]] if p % 2 == 0 and p + 1 in inside else [])
        for p in held
    ]
    component = strong_components(successors)
    count = max(component) + 1
    waiting = [0] * count
    members: Edges = [[] for _ in range(count)]
    for i, number in enumerate(component):
        members[number].append(i)
        for head in successors[i]:
            if component[head] != number:
                waiting[component[head]] += 1

    def starts(number: int) -> list[int]:
        found = [held[i] // 2 for i in members[number] if held[i] % 2 == 0]
        return sorted((e for e in found if e < events), key=key)

    def rank(number: int) -> Rank:
        first = starts(number)
        return key(first[0]) if first else _NOTHING

    heap = [(rank(c), c) for c in range(count) if not waiting[c]]
    heapify(heap)
    out: list[int] = []
    while heap:
        _, number = heappop(heap)
        out += starts(number)
        for i in members[number]:
            for head in successors[i]:
                other = component[head]
                if other != number:
                    waiting[other] -= 1
                    if not waiting[other]:
                        heappush(heap, (rank(other), other))
    return out


def strong_components(successors: Edges) -> list[int]:
    """The strongly connected component of each point (R. Tarjan, 1972), without recursion."""
    count = len(successors)
    index = [0] * count  # 0: not seen; else the order of the visit
    low = [0] * count
    component = [-1] * count
    stack: list[int] = []
    seen = found = 0
    for root in range(count):
        if index[root]:
            continue
        seen += 1
        index[root] = low[root] = seen
        stack.append(root)
        work = [(root, iter(successors[root]))]
        while work:
            point, rest = work[-1]
            for head in rest:
                if not index[head]:
                    seen += 1
                    index[head] = low[head] = seen
                    stack.append(head)
                    work.append((head, iter(successors[head])))
                    break
                if component[head] < 0 and index[head] < low[point]:
                    low[point] = index[head]
            else:
                work.pop()
                if work and low[point] < low[work[-1][0]]:
                    low[work[-1][0]] = low[point]
                if low[point] == index[point]:
                    while True:
                        member = stack.pop()
                        component[member] = found
                        if member == point:
                            break
                    found += 1
    return component
