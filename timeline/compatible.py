"""Whether a few constraints more can hold together with a network that is already solved.

What the network says of how far the touched points lie apart is all that matters: with it, the
constraints more make a small network of their own, over those points and the origin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.stn import ORIGIN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.solver import Bounds
    from timeline.stn import Network


def compatible(
    bounds: Bounds,
    network: Network,
    extra_bounds: Iterable[tuple[int, int, int]],
    extra_gaps: Iterable[tuple[int, int, int]],
) -> bool:
    """Whether a network stays consistent with a few constraints more, such as one account's.

    `bounds` are its own; a bound more is (point, side, value), a gap more (tail, head, gap). What
    the network says of how far their points lie apart is looked up only where it may matter, and
    mostly near by; a question costs time in proportion to the network at worst.
    """
    added: dict[tuple[int, int], int] = {}
    for point, side, value in extra_bounds:
        _raise(added, (point, ORIGIN) if side else (ORIGIN, point), -value if side else value)
    for tail, head, gap in extra_gaps:
        _raise(added, (tail, head), gap)
    points = sorted({point for pair in added for point in pair} - {ORIGIN})
    at_most: dict[tuple[int, int], int] = {}
    for tail in points:
        first, last = bounds.earliest[tail], bounds.latest[tail]
        if first is not None:
            at_most[ORIGIN, tail] = first
        if last is not None:
            at_most[tail, ORIGIN] = -last
        for head in points:
            at_most[tail, head] = bounds.solution[head] - bounds.solution[tail]
    closed = _closure([ORIGIN, *points], at_most, added)
    if not _gains(closed):
        return True
    known = dict(at_most)
    for tail in points:
        for head in points:
            del known[tail, head]
            if tail != head and (head, tail) in closed:
                apart = _apart(bounds, network, tail, head, -closed[head, tail])
                if apart is not None:
                    known[tail, head] = apart
    return not _gains(_closure([ORIGIN, *points], known, added))


def _raise(lengths: dict[tuple[int, int], int], pair: tuple[int, int], length: int) -> None:
    lengths[pair] = max(length, lengths.get(pair, length))


def _closure(
    points: list[int], *edges: dict[tuple[int, int], int]
) -> dict[tuple[int, int], int]:
    """The longest ways between a few points; some longer than any if there is a circle that gains."""
    best: dict[tuple[int, int], int] = {}
    for own in edges:
        for pair, length in own.items():
            _raise(best, pair, length)
    for through in points:
        for tail in points:
            for head in points:
                if (tail, through) in best and (through, head) in best:
                    _raise(best, (tail, head), best[tail, through] + best[through, head])
    return best


def _gains(closed: dict[tuple[int, int], int]) -> bool:
    return any(length > 0 for (tail, head), length in closed.items() if tail == head)


def _apart(bounds: Bounds, network: Network, tail: int, head: int, above: int) -> int | None:
    """How long head is after tail at least, by the gaps; None if that is not more than `above`.

    The known solution makes all gaps run one way, so that the nearest point is always next
    (D. B. Johnson, "Efficient algorithms for shortest paths in sparse networks", Journal of the
    ACM 24 (1977), 1-13).
    """
    from heapq import heappop, heappush  # hardly any file comes so far

    place = bounds.solution
    first, following = bounds.leaving(network)
    room = place[head] - place[tail] - above
    done: set[int] = set()
    heap = [(0, tail)]
    while heap:
        slack, point = heappop(heap)
        if point == head:
            return place[head] - place[tail] - slack
        if point in done:
            continue
        done.add(point)
        onward = [] if point & 1 else [(point + 1, 0)]
        at = first[point]
        while at >= 0:
            _, other, gap, _ = network.gaps[at]
            at = following[at]
            onward.append((other, gap))
        for other, gap in onward:
            more = slack + place[other] - place[point] - gap
            if more < room and other not in done:
                heappush(heap, (more, other))
    return None
