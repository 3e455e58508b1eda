"""Circles of orders in networks of any size.

Every contradictory circle lies in a strongly connected component that holds a strict order, and
each strict order of one stands on a circle. The nearest ways back are looked for first, not far;
then further, in what is left. A round looks at few times as many orders as there are.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Final

from timeline.circle import tangled
from timeline.stn import STRUCTURAL

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from timeline.stn import Constraint

_NEAR: Final = 32
"""How many points the first look for a way back takes in."""
_FURTHER: Final = 8
"""How many times more the next one does; and how many times its size a round may look through."""


def order_conflicts(
    orders: list[Constraint],
    order: list[int],
    position: list[int],
    dropped: bytearray,
    settle: Callable[[Collection[int]], object],
) -> None:
    """Give the statements of one contradictory circle after another to `settle`.

    It marks as dropped the statements that are set aside on its account, one of them or more, until
    the orders of the rest can hold. `order` and `position` as in `timeline.circle.tangled`.
    """
    reach = _NEAR
    knots = tangled(orders, order, position)
    while knots:
        left = []
        for knot in knots:
            _untie(knot, dropped, reach, settle)
            left += [one for one in knot if one[3] != STRUCTURAL and not dropped[one[3]]]
        knots = tangled(left, order, position)
        reach *= _FURTHER


def _untie(
    knot: list[Constraint],
    dropped: bytearray,
    reach: int,
    settle: Callable[[Collection[int]], object],
) -> None:
    leaving: dict[int, list[Constraint]] = {}
    for order in knot:
        leaving.setdefault(order[0], []).append(order)
    work = 0
    for order in sorted(knot, key=itemgetter(3)):
        if work > _FURTHER * len(knot):
            return
        while order[2] and not dropped[order[3]]:
            back, looked = _way(leaving, dropped, order[1], order[0], reach)
            work += looked
            if back is None:
                break
            settle({order[3], *back} - {STRUCTURAL})


def _way(
    leaving: dict[int, list[Constraint]], dropped: bytearray, start: int, goal: int, reach: int
) -> tuple[list[int] | None, int]:
    """The statements on the shortest way between two points, and how many points were looked at.

    None for the way if there is none within reach.
    """
    by: dict[int, Constraint | None] = {start: None}
    queue = [start]
    for point in queue:  # grows as it goes
        if point == goal:
            way = []
            while (step := by[point]) is not None:
                way.append(step[3])
                point = step[0]
            return way, len(by)
        if len(by) > reach:
            break
        for order in leaving[point]:
            head, statement = order[1], order[3]
            if head not in by and (statement == STRUCTURAL or not dropped[statement]):
                by[head] = order
                queue.append(head)
    return None, len(by)
