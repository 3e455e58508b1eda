"""An order of the events that respects every statement: a topological order of their starts.

Where the statements leave two events free, the one that can start earlier comes first (an unknown
earliest start counts as its latest end, an unknown latest end as the end of time), then by id.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.solver import Bounds
    from timeline.stn import Network

Edges = list[list[int]]
_EVER = -(1 << 62)
_NEVER = 1 << 62


def arrange(network: Network, bounds: Bounds, names: list[str]) -> list[int]:
    """The numbers of the events in order; `names` are their ids."""
    events = _by_rank(bounds, names)
    starts = [2 * event for event in events]
    earliest = [_EVER if (at := bounds.earliest[start]) is None else at for start in starts]
    latest = [_NEVER if (at := bounds.latest[start]) is None else at for start in starts]
    successors, circular = _successors(network)
    if not circular and _in_order(successors, starts, earliest, latest):
        return events
    order = [] if circular else _merge(successors, starts, earliest, latest)
    if len(order) < len(events):
        order = _contracted(network, successors, starts, earliest, latest)
    return [events[rank] for rank in order]


def _by_rank(bounds: Bounds, names: list[str]) -> list[int]:
    """The events as they come where all are free."""
    when = []
    for event in range(len(names)):
        at = bounds.earliest[2 * event]
        if at is None:
            at = bounds.latest[2 * event + 1]
        when.append(_NEVER if at is None else at)
    return sorted(sorted(range(len(names)), key=names.__getitem__), key=when.__getitem__)


def _successors(network: Network) -> tuple[Edges, bool]:
    """What no point may come after; and whether a circle of two points was seen on the way, such as
    a lag of exactly nothing makes."""
    size = network.size
    successors: Edges = [[point + 1] if not point & 1 else [] for point in range(size)]
    seen: set[int] = set()
    ended = begun = -1
    for tail, head, _, _ in network.orders:
        if tail | 1 == ended and head & -2 == begun:
            continue  # the one event has ended before the other begins: that says it already
        if tail & 1 and not head & 1:
            ended, begun = tail, head
        successors[tail].append(head)
        seen.add(tail * size + head)
    circular = False
    before = after = -1  # the edge before
    for tail, head, gap, _ in network.gaps:
        if gap >= 0:
            if head == before and tail == after:
                circular = True
            before, after = tail, head
            if tail * size + head not in seen:
                successors[tail].append(head)
    return successors, circular


def _in_order(
    successors: Edges, starts: list[int], earliest: list[int], latest: list[int]
) -> bool:
    """Whether the events as they come by rank are what `_merge` would give, as in most files: each
    is free when its turn comes, and none has to wait for one that by its dates is surely earlier."""
    limit = _NEVER
    for since, until in zip(reversed(earliest), reversed(latest), strict=True):
        limit = min(limit, until)
        if since > limit:
            return False
    begins = bytearray(len(successors))
    for start in starts:
        begins[start] = 1
    waiting = _waiting(successors)
    released = [point for point, count in enumerate(waiting) if not (count or begins[point])]
    for start in starts:
        while released:
            for head in successors[released.pop()]:
                waiting[head] -= 1
                if not (waiting[head] or begins[head]):
                    released.append(head)
        if waiting[start]:
            return False
        released.append(start)
    return True


def _waiting(successors: Edges) -> list[int]:
    """How many edges lead to each node."""
    waiting = [0] * len(successors)
    for heads in successors:
        for head in heads:
            waiting[head] += 1
    return waiting


def _merge(
    successors: Edges, nodes: Sequence[int], earliest: Sequence[int], latest: Sequence[int]
) -> list[int]:
    """The nodes that some event is at, in order, Kahn's way, with the dates' own certain order kept.

    `nodes` are those of the events by rank, with the earliest and the latest start of each event;
    a node counts as the first of its events, which is what stands for it in the answer. What is on
    or behind a circle is left out.

    What is free comes by rank. But an event whose earliest start is later than the latest start of
    one still to come (the limit) has to wait for it; then what that one waits for goes first.
    """
    size = len(successors)
    rank, after = [-1] * size, [_EVER] * size
    for place in range(len(nodes) - 1, -1, -1):
        node = nodes[place]
        rank[node] = place
        after[node] = max(after[node], earliest[place])
    limits = sorted(range(len(nodes)), key=latest.__getitem__)
    passed = 0
    waiting = _waiting(successors)
    done, urgent = bytearray(size), bytearray(size)
    free: list[int] = []
    hurried: list[int] = []
    before: Edges = []
    out: list[int] = []
    released = [node for node in range(size) if not waiting[node]]
    while True:
        while released:
            node = released.pop()
            if rank[node] >= 0:
                heappush(hurried if urgent[node] else free, rank[node])
                continue
            done[node] = 1  # no event is at it: it holds nobody up
            for head in successors[node]:
                waiting[head] -= 1
                if not waiting[head]:
                    released.append(head)
        while free and done[nodes[free[0]]]:
            heappop(free)
        while passed < len(limits) and done[nodes[limits[passed]]]:
            passed += 1
        if free and not hurried and after[nodes[free[0]]] > latest[limits[passed]]:
            before = before or _turned(successors)
            reached = [nodes[limits[passed]]]
            while reached:
                node = reached.pop()
                if not done[node] and not urgent[node]:
                    urgent[node] = 1
                    if not waiting[node]:
                        heappush(hurried, rank[node])
                    reached += before[node]
        if not (hurried or free):
            return out
        place = heappop(hurried or free)
        out.append(place)
        node = nodes[place]
        done[node] = 1
        for head in successors[node]:
            waiting[head] -= 1
            if not waiting[head]:
                released.append(head)


def _turned(successors: Edges) -> Edges:
    """The same edges by their heads."""
    before: Edges = [[] for _ in successors]
    for tail, heads in enumerate(successors):
        for head in heads:
            before[head].append(tail)
    return before


def _contracted(
    network: Network, successors: Edges, starts: list[int], earliest: list[int], latest: list[int]
) -> list[int]:
    """The ranks of the events in order, where some points can only be on one second: one component
    of such points after another, and the events that start within one by the orders alone."""
    component = strong_components(successors)
    groups = _groups(successors, component, starts, earliest, latest)
    within: list[list[tuple[int, int]] | None] = [None] * (max(component) + 1)
    for group in groups:
        if len(group) > 1:
            within[component[starts[group[0]]]] = []
    for tail, head, _, _ in network.orders:
        known = within[component[tail]]
        if known is not None and component[tail] == component[head]:
            known.append((tail, head))
    out: list[int] = []
    for group in groups:
        known = within[component[starts[group[0]]]]
        out += group if known is None else _inside(group, starts, known)
    return out


def _groups(
    successors: Edges, component: list[int], nodes: Sequence[int],
    earliest: Sequence[int], latest: Sequence[int],
) -> Edges:  # fmt: skip
    """The ranks of the events at each component, by rank, one component after another."""
    groups: Edges = [[] for _ in range(max(component) + 1)]
    own = [component[node] for node in nodes]
    for rank, number in enumerate(own):
        groups[number].append(rank)
    edges: Edges = [[] for _ in groups]
    for tail, heads in enumerate(successors):
        number = component[tail]
        for head in heads:
            if component[head] != number:
                edges[number].append(component[head])
    return [groups[own[first]] for first in _merge(edges, own, earliest, latest)]


def _inside(group: list[int], starts: list[int], edges: list[tuple[int, int]]) -> list[int]:
    """The events that start within one component by these orders in it, then by rank."""
    local = {starts[rank]: place for place, rank in enumerate(group)}
    if not any(tail & -2 in local for tail, _ in edges):
        return group  # none of them leads to another
    for edge in edges:
        for point in edge:
            local.setdefault(point, len(local))
    successors: Edges = [
        [local[point + 1]] if not point & 1 and point + 1 in local else [] for point in local
    ]
    for tail, head in edges:
        successors[local[tail]].append(local[head])
    nodes = range(len(group))
    dates = [_EVER] * len(group), [_NEVER] * len(group)
    order = _merge(successors, nodes, *dates)
    if len(order) < len(group):
        tied = _groups(successors, strong_components(successors), nodes, *dates)
        order = [place for one in tied for place in one]
    return [group[place] for place in order]


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
