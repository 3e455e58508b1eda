"""Circles of orders in networks of any size.

Every contradictory circle lies in a strongly connected component that holds a strict order, and
some order of each runs against the order in which the points are put. From there the nearest way
back that makes a strict circle is looked for, first not far; then further, in what is left. A round
looks at few times as many orders as there are.
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
            _untie(knot, position, dropped, reach, settle)
            left += [one for one in knot if one[3] != STRUCTURAL and not dropped[one[3]]]
        knots = tangled(left, order, position)
        reach *= _FURTHER


def _untie(
    knot: list[Constraint],
    position: list[int],
    dropped: bytearray,
    reach: int,
    settle: Callable[[Collection[int]], object],
) -> None:
    """Settle the circles within reach of the orders that run back; look further if there is none."""
    leaving: dict[int, list[Constraint]] = {}
    for order in knot:
        leaving.setdefault(order[0], []).append(order)
    back = [order for order in knot if position[order[0]] >= position[order[1]]]
    back.sort(key=itemgetter(3))
    found = False
    while not found:
        work = 0
        for order in back:
            if work > _FURTHER * len(knot):
                break
            while order[3] == STRUCTURAL or not dropped[order[3]]:
                way, looked = _way(leaving, dropped, order, reach)
                work += looked
                if way is None:
                    break
                settle({order[3], *way} - {STRUCTURAL})
                found = True
        if reach > 2 * len(leaving):
            return  # that was all; what was settled of another knot has cleared this one too
        reach *= _FURTHER


def _way(
    leaving: dict[int, list[Constraint]], dropped: bytearray, order: Constraint, reach: int
) -> tuple[list[int] | None, int]:
    """The statements on the shortest way back from the head of an order to its tail, with a strict
    one among them if it is not strict itself; and how many points were looked at.

    None for the way if there is none within reach.
    """
    goal, start, strict, _ = order
    # A place is a point, before and after a strict order has been passed.
    first, last = 2 * start + strict, 2 * goal + 1
    by: dict[int, tuple[int, int] | None] = {first: None}
    queue = [first]
    for place in queue:  # grows as it goes
        if place == last:
            way = []
            while (step := by[place]) is not None:
                place, statement = step
                way.append(statement)
            return way, len(by)
        if len(by) > reach:
            break
        for _, head, strict, statement in leaving[place >> 1]:
            beyond = 2 * head + (place & 1 | strict)
            if beyond not in by and (statement == STRUCTURAL or not dropped[statement]):
                by[beyond] = place, statement
                queue.append(beyond)
    return None, len(by)
