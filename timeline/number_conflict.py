"""Contradictions of dates and gaps in networks of any size.

Every point holds the instant before which it cannot lie, as far as that is known by now, and the
constraint that says so. Where that passes what is stated of the point, or where these constraints
go in a circle, there is a contradiction. When statements are set aside on its account, the points
that lean on them fall back to what the rest says, and the work goes on from there; what stands in
the end proves that the rest is consistent.

The points are gone through in sweeps along the order of `timeline.sweep`, which is fast where ways
are long. Where many contradictions show, the work starts anew and points take their turns as they
come: values spread step by step, and contradictions show close to their cause, so that little leans
on them. When that has cost as much as it may, sweeps do the rest.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from attrs import define, field

from timeline.stn import ORIGIN, STRUCTURAL
from timeline.sweep import FAR, link

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from timeline.stn import Constraint, Network
    from timeline.sweep import Links

_PATIENCE: Final = 2
"""How many times the number of constraints the first part may look at."""
_WINDOW: Final = 512
"""How many points a sweep takes in at first."""
_MANY: Final = 16
"""So many contradictions make the work start anew."""


def number_conflicts(
    network: Network,
    links: tuple[Links, Links, Links],
    order: list[int],
    position: list[int],
    dropped: bytearray,
    settle: Callable[[Collection[int]], Collection[int]],
) -> None:
    """Give the statements of one contradiction after another to `settle`.

    It marks as dropped the statements that are set aside on its account, one of them or more, and
    gives them back, until the numbers of the rest can hold. `links` are from `by_ends`; `order` are
    all points in an order that suits sweeps, `position` is the place of each in it.
    """
    size = network.size
    nothing: list[Constraint | None] = [None]
    board = _Board(
        network, dropped, settle, *links,
        [-FAR] * size, nothing * size, [FAR] * size, [STRUCTURAL] * size,
    )  # fmt: skip
    _state(board)
    everything = range(size)
    if not _by_sweeps(board, order, position, everything, _MANY):
        for point in everything:
            board.floor(point)
        left = _by_turns(board)
        undated = [point for point in everything if board.low[point] <= -FAR]
        _by_sweeps(board, order, position, left + undated, len(dropped))


@define(eq=False)
class _Board:
    network: Network
    dropped: bytearray
    settle: Callable[[Collection[int]], Collection[int]]
    leaving: Links
    arriving: Links
    stated: Links
    low: list[int]
    by: list[Constraint | None]
    """What says so: a gap, or (ORIGIN, point, value, statement) for a date."""
    high: list[int]
    top: list[int]
    """What is stated as the latest of each point, and by which statement."""
    risen: list[int] = field(factory=list)
    """Points that have changed and have not been told on."""
    pending: list[Constraint] = field(factory=list)
    """Gaps to look at on their own."""
    falls: int = 0
    """How many contradictions have shown."""

    def tell(self, point: int) -> int:
        """Raise what follows from a point; gives how many constraints were looked at."""
        gaps = self.network.gaps
        first, following = self.leaving
        low = self.low
        looked = 1
        if not point & 1 and low[point] > low[point + 1]:
            self.lift((point, point + 1, 0, STRUCTURAL))
        at = first[point]
        while at >= 0:
            gap = gaps[at]
            at = following[at]
            looked += 1
            if low[point] + gap[2] > low[gap[1]]:
                self.lift(gap)
        while self.pending:
            looked += 1
            self.lift(self.pending.pop())
        return looked

    def lift(self, gap: Constraint) -> None:
        """Raise the head of a gap as far as its tail demands."""
        tail, head, least, statement = gap
        value = self.low[tail] + least
        if value <= self.low[head] or (statement != STRUCTURAL and self.dropped[statement]):
            return
        if value <= self.high[head]:
            self.low[head] = value
            self.by[head] = gap
            self.risen.append(head)
            return
        self.pending.append(gap)
        chain = self._chain(tail)
        if chain[-1][0] == ORIGIN:
            chain.append((head, ORIGIN, 0, self.top[head]))
            chain.append(gap)
        self._clear(chain)

    def _chain(self, point: int) -> list[Constraint]:
        """What a point leans on, back to a date, or a circle that it leans on."""
        chain: list[Constraint] = []
        places: dict[int, int] = {}
        while point not in places:
            places[point] = len(chain)
            step = self.by[point]
            assert step is not None  # nothing undated is above a limit
            chain.append(step)
            if step[0] == ORIGIN:
                return chain
            point = step[0]
        return chain[places[point] :]

    def _clear(self, chain: Iterable[Constraint]) -> None:
        self.fall(self.settle({step[3] for step in chain} - {STRUCTURAL}))

    def fall(self, statements: Collection[int]) -> None:
        """Let what leans on statements that were dropped fall back."""
        self.falls += 1
        by = self.by
        falling: dict[int, None] = {}
        for statement in statements:
            bounds, gaps, _ = self.network.said_by(statement)
            for point, side, _, _ in bounds:
                if side:
                    self.limit(point)
                elif (step := by[point]) is not None and step[3] == statement:
                    falling[point] = None
            for _, head, _, _ in gaps:
                if (step := by[head]) is not None and step[3] == statement:
                    falling[head] = None
        reached = list(falling)
        for point in reached:  # grows as it goes
            for head in [point ^ 1, *(gap[1] for gap in self._gaps(self.leaving, point))]:
                step = by[head]
                if step is not None and step[0] == point and head not in falling:
                    falling[head] = None
                    reached.append(head)
        for point in reached:
            self.floor(point)
        for point in reached:
            self.risen.append(point)
            if point & 1 and point - 1 not in falling:
                self.pending.append((point - 1, point, 0, STRUCTURAL))
            for gap in self._gaps(self.arriving, point):
                if gap[0] not in falling:
                    self.pending.append(gap)

    def _gaps(self, links: Links, point: int) -> Iterable[Constraint]:
        at = links[0][point]
        while at >= 0:
            yield self.network.gaps[at]
            at = links[1][at]

    def floor(self, point: int) -> None:
        """Set a point to the latest earliest date that is stated of it."""
        self.low[point] = -FAR
        self.by[point] = None
        at = self.stated[0][point]
        while at >= 0:
            _, side, value, statement = self.network.bounds[at]
            at = self.stated[1][at]
            if not side and value > self.low[point] and not self.dropped[statement]:
                self.low[point] = value
                self.by[point] = (ORIGIN, point, value, statement)

    def limit(self, point: int) -> None:
        """Set the limit of a point to the earliest latest date that is stated of it."""
        self.high[point] = FAR
        at = self.stated[0][point]
        while at >= 0:
            _, side, value, statement = self.network.bounds[at]
            at = self.stated[1][at]
            if side and value < self.high[point] and not self.dropped[statement]:
                self.high[point] = value
                self.top[point] = statement

    def look(self, points: Iterable[int]) -> int:
        """Clear the circles that these points lean on; gives how many points were looked at."""
        seen: dict[int, int] = {}
        for start in points:
            point = start
            while point not in seen:
                seen[point] = start
                step = self.by[point]
                if step is None or step[0] == ORIGIN:
                    break
                point = step[0]
            else:
                if seen[point] == start:
                    self._clear(self._chain(point))
        return len(seen)


def by_ends(network: Network) -> tuple[Links, Links, Links]:
    """The gaps by their tails and by their heads, the bounds by their points."""
    gaps, bounds = network.gaps, network.bounds
    leaving = [-1] * network.size, [-1] * len(gaps)
    arriving = [-1] * network.size, [-1] * len(gaps)
    stated = [-1] * network.size, [-1] * len(bounds)
    link(gaps, range(len(gaps)), 0, leaving)
    link(gaps, range(len(gaps)), 1, arriving)
    link(bounds, range(len(bounds)), 0, stated)
    return leaving, arriving, stated


def _state(board: _Board) -> None:
    """Put every point where its dates have it; clear those that contradict one another."""
    for point, side, value, statement in board.network.bounds:
        if board.dropped[statement]:
            continue
        if side and value < board.high[point]:
            board.high[point] = value
            board.top[point] = statement
        elif not side and value > board.low[point]:
            board.low[point] = value
            board.by[point] = (ORIGIN, point, value, statement)
    for point in range(board.network.size):
        while board.low[point] > board.high[point]:
            floor = board.by[point]
            assert floor is not None
            board.fall(board.settle({floor[3], board.top[point]}))
    board.falls = 0
    board.risen.clear()
    board.pending.clear()


def _by_turns(board: _Board) -> list[int]:
    """Tell on what is dated, in turns, within a limit; gives the points still to be told on."""
    network = board.network
    queue = deque(point for point in range(network.size) if board.low[point] > -FAR)
    waiting = bytearray(network.size)
    for point in queue:
        waiting[point] = 1
    patience = _PATIENCE * (len(network.gaps) + network.size)
    due = patience - network.size
    while queue and patience > 0:
        point = queue.popleft()
        waiting[point] = 0
        patience -= board.tell(point)
        if patience < due:
            due = patience - 4 * board.look(queue) - _WINDOW
        for head in board.risen:
            if not waiting[head]:
                waiting[head] = 1
                queue.append(head)
        board.risen.clear()
    return list(queue)


def _by_sweeps(
    board: _Board, order: list[int], position: list[int], changed: Iterable[int], many: int
) -> bool:
    """Tell on these points, until nothing changes. False: so many contradictions showed."""
    low, high, by, dropped = board.low, board.high, board.by, board.dropped
    gaps = board.network.gaps
    first, following = board.leaving
    size = len(order)
    dirty = bytearray(size)
    for point in changed:
        dirty[position[point]] = 1
    width = _WINDOW
    work = due = grown = 0
    rising = False
    place = last = 0
    while board.falls < many:
        place = dirty.find(1, place + 1, last) if rising else dirty.rfind(1, 0, place)
        if place >= 0:
            dirty[place] = 0
            work += 1
            point = order[place]
            if not point & 1 and low[point] > low[point + 1]:
                board.lift((point, point + 1, 0, STRUCTURAL))
            at = first[point]
            while at >= 0:
                gap = gaps[at]
                at = following[at]
                risen = low[point] + gap[2]
                head = gap[1]
                if risen > low[head]:
                    if risen > high[head] or dropped[gap[3]]:
                        board.lift(gap)
                    else:
                        low[head] = risen
                        by[head] = gap
                        dirty[position[head]] = 1
            while board.pending:
                board.lift(board.pending.pop())
        elif rising:
            rising = False
            place = last
        else:
            rising = True
            place = dirty.find(1) - 1
            if place < -1:
                return True
            if work >= due:
                raised = [order[at] for at in range(place + 1, size) if dirty[at]]
                due = work + _WINDOW + 4 * board.look(raised)
            if work - grown > size:
                grown = work
                width *= 2
            last = min(place + 1 + width, size)
        for head in board.risen:
            dirty[position[head]] = 1
        board.risen.clear()
    return False
