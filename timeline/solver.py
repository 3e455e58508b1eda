"""The tightest bounds of every point, or the verdict that there are none; and why they are so.

Lower bounds are the longest paths from the origin, upper bounds the longest paths to it (see
`timeline.stn` for the theorem, `timeline.sweep` for the work). What is stated in dates serves as
the starting value of a point instead of as an edge, and a point without a date starts at a value
far out, with which plain arithmetic finds a contradiction among undated points just as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from timeline.circle import tangled
from timeline.stn import ORIGIN, STRUCTURAL
from timeline.sweep import (
    FAR,
    carry,
    depth_first,
    edges,
    first_pass,
    link,
    lower_onwards,
    places,
    settle,
)

if TYPE_CHECKING:
    from timeline.stn import Network
    from timeline.sweep import Links

_OPEN: Final = FAR >> 1

Step = tuple[int, int, int, int]
"""(tail, head, gap, statement): one constraint, read from tail to head. See `because`."""


@frozen(eq=False, repr=False)
class Bounds:
    """The tightest bounds that all statements together imply, in seconds UTC; None is open."""

    earliest: list[int | None]
    latest: list[int | None]
    solution: list[int] = field(repr=False)
    """One instant for each point that satisfies every bound and gap (undated points far out)."""
    _reasons: list[list[Step | None]] = field(init=False, factory=list, repr=False)
    _leaving: list[Links] = field(init=False, factory=list, repr=False)

    def leaving(self, network: Network) -> Links:
        """The gaps of its network by their tails, made at the first question."""
        if not self._leaving:
            leaving = [-1] * network.size, [-1] * len(network.gaps)
            link(network.gaps, range(len(network.gaps)), 0, leaving)
            self._leaving.append(leaving)
        return self._leaving[0]


def solve(network: Network) -> Bounds | None:
    """The bounds of every point; None if the statements contradict one another.

    Which ones do, `timeline.conflict.conflicts` tells.
    """
    size, gaps = network.size, network.gaps
    low, high = _stated(network)
    lengths, leaving, waiting, against, fixed = edges(network)
    for start in range(0, size, 2):
        if lengths[start] + lengths[start + 1] > 0:
            return None
    order, late = first_pass(low, lengths, gaps, leaving, waiting)
    rest = depth_first(gaps, leaving, waiting) if len(order) < size else []
    order += rest
    position = places(order)
    late += carry(low, lengths, gaps, leaving, rest)
    for at in range(len(gaps)) if rest else against:
        tail, head, gap, _ = gaps[at]
        if low[tail] + gap > low[head]:
            late.append(tail)
    for point, side, value, _ in network.bounds:
        if side and low[point] > value:
            return None
    if late:
        link(gaps, against, 0, leaving)
        if not settle(low, high, lengths, gaps, leaving, 1, order, position, late):
            return None
    if tangled(network.orders, order, position):
        return None
    if any(side for _, side, _, _ in network.bounds):
        _lower(network, high, lengths, leaving, order, position, rest, fixed)
    return Bounds(_closed(low), _closed(high), low)


def _closed(values: list[int]) -> list[int | None]:
    """The values, None for those far out."""
    closed: list[int | None] = list(values)
    below, above = -_OPEN, _OPEN
    for point, value in enumerate(values):
        if not below < value < above:
            closed[point] = None
    return closed


def _stated(network: Network) -> tuple[list[int], list[int]]:
    """The tightest bounds that are stated of each point itself."""
    low = [-FAR] * network.size
    high = [FAR] * network.size
    for point, side, value, _ in network.bounds:
        if side:
            if value < high[point]:
                high[point] = value
        elif value > low[point]:
            low[point] = value
    return low, high


def _lower(
    network: Network,
    high: list[int],
    lengths: list[int],
    leaving: Links,
    order: list[int],
    position: list[int],
    rest: list[int],
    fixed: list[int],
) -> None:
    """Lower the upper bounds of a network that is known to be consistent.

    `rest` are the points on or behind circles of gaps >= 0, whose order is nothing to rely on.
    """
    size, gaps = network.size, network.gaps
    first, following = leaving
    for point in reversed(order):
        value = high[point]
        at = first[point]
        while at >= 0:
            _, head, gap, _ = gaps[at]
            at = following[at]
            if high[head] - gap < value:
                value = high[head] - gap
        if point & 1:
            high[point] = value
        else:
            end = point + 1
            if high[end] - lengths[point] < value:
                value = high[end] - lengths[point]
            high[point] = value
            if value - lengths[end] < high[end]:
                high[end] = value - lengths[end]
    late = [point for point in rest if not point & 1 and high[point] > high[point + 1]]
    for point in late:
        high[point] = high[point + 1]
    if fixed:
        # The dates of what comes first hold for what is tied to it, to which nothing has led yet.
        back = [-1] * size, [-1] * len(gaps)
        link(gaps, fixed, 0, back)
        lower_onwards(high, lengths, gaps, back, order)
    for tail, head, gap, _ in gaps:
        if high[tail] > high[head] - gap < _OPEN:
            high[tail] = high[head] - gap
            late.append(tail)
    if not late:
        return
    # An upper bound from above is a lower bound from below: the same sweeps on the other sign.
    arriving = [-1] * size, [-1] * len(gaps)
    link(gaps, range(len(gaps)), 1, arriving)
    mirrored = [-value for value in high]
    order.reverse()
    position = [size - 1 - place for place in position]
    settle(mirrored, [FAR << 1] * size, lengths, gaps, arriving, 0, order, position, late)
    high[:] = [-value for value in mirrored]


def because(
    bounds: Bounds, network: Network, point: int, side: int, most: int | None = None
) -> tuple[Step, ...]:
    """Why a point is not earlier (side 0) or not later (side 1) than its bound.

    The steps lead from the stated date to the point: the first has the tail `ORIGIN` and the date
    as its gap; each further one says that its head is at least (side 0) or at most (side 1) that
    many seconds after its tail. Their gaps add up to the bound. A step that nobody states, start
    <= end, has the statement `STRUCTURAL`. Of all chains this is one with the fewest steps, and at
    each step the earliest statement of those that keep it so. Empty if the bound is open. With
    `most`, no more than so many of its last steps.

    The first question costs time in proportion to the network, each answer to its chain.
    """
    last = last_steps(bounds, network, side)
    chain: list[Step] = []
    step = last[point]
    while step is not None and len(chain) != most:
        chain.append(step)
        step = last[step[0]] if step[0] != ORIGIN else None
    chain.reverse()
    return tuple(chain)


def last_steps(bounds: Bounds, network: Network, side: int) -> list[Step | None]:
    """The last step of `because` for every point; None where the bound is open."""
    if not bounds._reasons:
        tight = _tight(bounds, network)
        bounds._reasons.extend(_reasons(bounds, network, of, *tight[of]) for of in (0, 1))
    return bounds._reasons[side]


def _tight(bounds: Bounds, network: Network) -> tuple[tuple[list[Step | None], Links], ...]:
    """For each side the last steps of the points whose own date is their bound, and the gaps that just
    hold and lead to the others."""
    size, gaps = network.size, network.gaps
    low, high = bounds.earliest, bounds.latest
    below: list[Step | None] = [None] * size
    above: list[Step | None] = [None] * size
    for point, side, value, statement in network.bounds:
        reasons = above if side else below
        if value == (high if side else low)[point]:
            known = reasons[point]
            if known is None or statement < known[3]:
                reasons[point] = (ORIGIN, point, value, statement)
    first, following = [-1] * size, [-1] * len(gaps)
    last, preceding = [-1] * size, [-1] * len(gaps)
    at = -1
    for tail, head, gap, _ in gaps:
        at += 1
        before = low[tail]
        if before is not None and before + gap == low[head] and below[head] is None:
            following[at] = first[tail]
            first[tail] = at
        after = high[head]
        if after is not None and after - gap == high[tail] and above[tail] is None:
            preceding[at] = last[head]
            last[head] = at
    return (below, (first, following)), (above, (last, preceding))


def _reasons(
    bounds: Bounds, network: Network, side: int, reasons: list[Step | None], tight: Links
) -> list[Step | None]:
    """The last steps, found from the dates outwards, by the number of steps from them."""
    values = bounds.latest if side else bounds.earliest
    gaps = network.gaps
    first, following = tight
    reached = [point for point, step in enumerate(reasons) if step]
    steps = [0] * network.size
    for point in reached:  # grows as it goes
        count = steps[point] + 1
        other = point ^ 1
        if point & 1 == side and values[other] == values[point]:
            if reasons[other] is None:
                reached.append(other)
                steps[other] = count
            if steps[other] == count:
                reasons[other] = (point, other, 0, STRUCTURAL)
        at = first[point]
        while at >= 0:
            tail, head, gap, statement = gaps[at]
            at = following[at]
            if side:
                tail, head, gap = head, tail, -gap
            known = reasons[head]
            if known is None:
                reached.append(head)
                steps[head] = count
            elif steps[head] != count or statement > known[3]:
                continue
            reasons[head] = (tail, head, gap, statement)
    return reasons
