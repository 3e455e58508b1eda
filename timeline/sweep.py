"""The work of the solver: putting points in order and raising them until every gap holds.

Points are put in topological order over the gaps that are not negative, so that one pass settles
nearly all of them. What the negative gaps leave to do is done in sweeps of alternating direction
(J. Y. Yen, "An algorithm for finding shortest routes from all source nodes to a given destination
in general networks", Quarterly of Applied Mathematics 27 (1970), 526-530) that touch only the
points whose value has changed. A contradiction shows as a value above its limit, or as a circle in
the graph of which point last raised which (B. V. Cherkassky and A. V. Goldberg, "Negative-cycle
detection algorithms", Mathematical Programming 85 (1999), 277-311), looked for whenever as much
work was done as the last look cost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.stn import Constraint, Network

FAR: Final = 1 << 62
"""Further than any date: the value of a point of which nothing is known, less or plus gaps."""
_NO_LIMIT: Final = FAR << 2
"""Longer than anything: less this, no value raises another."""
_WINDOW: Final = 512
"""How many points a sweep takes in at first. Any number is right, hundreds to thousands fast."""

Links = tuple[list[int], list[int]]
"""Gaps chained by one of their points: the first of each point, and which follows each gap; -1
ends a chain. Two lists of numbers are made sooner than a list for each point."""


def edges(network: Network) -> tuple[list[int], Links, list[int], list[int], list[int]]:
    """The gaps, sorted out.

    Those within an event, by the point they leave: how long it lasts at least, and less how long
    it lasts at most; start <= end is among them. The others >= 0, by tail, and how many of them
    arrive at each point, where an end waits for its start too. Which run against the order: the
    others < 0, and the second of two that make points equal. And which of these follow their exact
    opposite, with which they hold two points at a fixed distance.
    """
    size = network.size
    lengths = [0, -_NO_LIMIT] * (size // 2)
    leaving = first, following = [-1] * size, [-1] * len(network.gaps)
    waiting = [0, 1] * (size // 2)
    against: list[int] = []
    fixed: list[int] = []
    gaps = network.gaps
    at = before = -1
    for tail, head, gap, _ in gaps:
        at += 1
        if tail ^ head == 1:
            if gap > lengths[tail]:
                lengths[tail] = gap
        elif gap <= 0 and tail == before and gaps[at - 1][:3] == (head, tail, -gap):
            against.append(at)
            fixed.append(at)
        elif gap < 0:
            against.append(at)
        else:
            waiting[head] += 1
            following[at] = first[tail]
            first[tail] = at
        before = head
    return lengths, leaving, waiting, against, fixed


def link(gaps: list[Constraint], which: Iterable[int], end: int, links: Links) -> None:
    """Put these gaps where their point at this end (0 tail, 1 head) finds them."""
    first, following = links
    for at in which:
        point = gaps[at][end]
        following[at] = first[point]
        first[point] = at


def first_pass(
    low: list[int],
    lengths: list[int],
    gaps: list[Constraint],
    leaving: Links,
    waiting: list[int],
) -> tuple[list[int], list[int]]:
    """Raise points in topological order over the gaps >= 0, as far as that goes.

    Gives the order, and the points that rose after their turn. What is on or behind a circle of
    gaps >= 0 stays waiting.
    """
    first, following = leaving
    late: list[int] = []
    order = [point for point in range(0, len(low), 2) if not waiting[point]]
    for point in order:  # grows as it goes
        value = low[point]
        if point & 1:
            if value + lengths[point] > low[point - 1]:
                low[point - 1] = value + lengths[point]
                late.append(point - 1)
        else:
            end = point + 1
            if value + lengths[point] > low[end]:
                low[end] = value + lengths[point]
            if waiting[end] == 1:
                order.append(end)
            waiting[end] -= 1
        at = first[point]
        while at >= 0:
            _, head, gap, _ = gaps[at]
            at = following[at]
            if value + gap > low[head]:
                low[head] = value + gap
            if waiting[head] == 1:
                order.append(head)
            waiting[head] -= 1
    return order, late


def depth_first(gaps: list[Constraint], leaving: Links, waiting: list[int]) -> list[int]:
    """The points still waiting, in reverse postorder."""
    first, following = leaving
    done: list[int] = []
    for root in range(len(waiting)):
        if not waiting[root]:
            continue
        waiting[root] = 0
        path = [root]
        ahead = [first[root]]
        while path:
            point = path[-1]
            at = ahead[-1]
            if not point & 1 and waiting[point + 1]:
                head = point + 1
            elif at >= 0:
                head = gaps[at][1]
                ahead[-1] = following[at]
            else:
                done.append(path.pop())
                ahead.pop()
                continue
            if waiting[head]:
                waiting[head] = 0
                path.append(head)
                ahead.append(first[head])
    done.reverse()
    return done


def carry(
    low: list[int],
    lengths: list[int],
    gaps: list[Constraint],
    leaving: Links,
    points: list[int],
) -> list[int]:
    """Raise what follows from these points, one after another.

    Gives those of their events whose end was not raised as far as its start demands: the end had
    its turn before.
    """
    first, following = leaving
    for point in points:
        value = low[point]
        other = point ^ 1
        if value + lengths[point] > low[other]:
            low[other] = value + lengths[point]
        at = first[point]
        while at >= 0:
            _, head, gap, _ = gaps[at]
            at = following[at]
            if value + gap > low[head]:
                low[head] = value + gap
    return [point for point in points if low[point] + lengths[point] > low[point ^ 1]]


def lower_onwards(
    high: list[int], lengths: list[int], gaps: list[Constraint], fixed: Links, order: list[int]
) -> None:
    """Lower what lies at a fixed distance after a point, one after another, from the first on."""
    first, following = fixed
    for point in order:
        value = high[point]
        at = first[point]
        while at >= 0:
            _, head, gap, _ = gaps[at]
            at = following[at]
            if high[head] - gap < value:
                value = high[head] - gap
        high[point] = value
        if value - lengths[point ^ 1] < high[point ^ 1]:
            high[point ^ 1] = value - lengths[point ^ 1]


def arranged(network: Network) -> tuple[list[int], list[int]]:
    """All points in order, and the place of each in it."""
    size = network.size
    _, leaving, waiting, _, _ = edges(network)
    order, _ = first_pass([0] * size, [0] * size, network.gaps, leaving, waiting)
    order += depth_first(network.gaps, leaving, waiting)
    return order, places(order)


def places(order: list[int]) -> list[int]:
    """The place of each point in an order of all of them."""
    position = [0] * len(order)
    for place, point in enumerate(order):
        position[point] = place
    return position


def settle(
    values: list[int],
    limits: list[int],
    lengths: list[int],
    gaps: list[Constraint],
    links: Links,
    far_end: int,
    order: list[int],
    position: list[int],
    changed: list[int],
) -> bool:
    """Raise values until every gap holds, starting from the points that have changed.

    `far_end` is 1 where gaps are followed from tail to head; 0 from head to tail, where `order`
    and `position` count from the other side. Each turn sweeps up through a window of the order
    from the first point that has changed, and down again, so that a stretch is at rest before its
    changes are carried on to what follows. The window grows with the work done: in the end it
    takes in everything, which bounds the turns.
    False: a value passed its limit, or a circle keeps raising itself.
    """
    size = len(order)
    first, following = links
    dirty = bytearray(size)
    for point in changed:
        dirty[position[point]] = 1
    within = lengths if far_end else [lengths[point ^ 1] for point in range(size)]
    raised_by = [-1] * size
    width = _WINDOW
    work = due = grown = 0
    rising = False
    place = last = 0
    while True:
        place = dirty.find(1, place + 1, last) if rising else dirty.rfind(1, 0, place)
        if place >= 0:
            dirty[place] = 0
            work += 1
            point = order[place]
            value = values[point]
            other = point ^ 1
            risen = value + within[point]
            if risen > values[other]:
                if risen > limits[other]:
                    return False
                values[other] = risen
                raised_by[other] = point
                dirty[position[other]] = 1
            at = first[point]
            while at >= 0:
                gap = gaps[at]
                at = following[at]
                risen = value + gap[2]
                other = gap[far_end]
                if risen > values[other]:
                    if risen > limits[other]:
                        return False
                    values[other] = risen
                    raised_by[other] = point
                    dirty[position[other]] = 1
        elif rising:
            rising = False
            place = last
        else:
            rising = True
            place = dirty.find(1) - 1
            if place < -1:
                return True
            if work >= due:
                due = _look(raised_by, order, dirty, place + 1)
                if due < 0:
                    return False
                due += work + _WINDOW
            if work - grown > size:
                grown = work
                width *= 2
            last = min(place + 1 + width, size)


def _look(raised_by: list[int], order: list[int], dirty: bytearray, place: int) -> int:
    """Whether following who raised whom ever comes back: -1, or how many points were looked at.

    A circle that keeps raising itself has a point that has just been raised.
    """
    seen: dict[int, int] = {}
    while place >= 0:
        start = point = order[place]
        while point >= 0 and point not in seen:
            seen[point] = start
            point = raised_by[point]
        if point >= 0 and seen[point] == start:
            return -1
        place = dirty.find(1, place + 1)
    return len(seen)
