"""Why a network cannot hold: all contradictions that share no statement, each irreducible.

In a network of few events each is truly one with the fewest statements, by exact search (see
`timeline.small_conflict`). In a larger one, a contradiction that shows is searched for the smallest
within its own statements, then among the statements around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from timeline.circle import can_stand
from timeline.graph_conflict import Budget, Found, Spent, circles, graph, told
from timeline.number_conflict import number_conflicts
from timeline.order_conflict import order_conflicts
from timeline.small_conflict import search
from timeline.solver import feasible
from timeline.stn import ORIGIN, part

if TYPE_CHECKING:
    from collections.abc import Collection

    from timeline.solver import Step
    from timeline.stn import Network

_EXACT: Final = 3_000_000
"""How many edges the exact search of a small network may look at."""
_AROUND: Final = 1_000_000
"""How many edges all searches around contradictions of a large network may look at together."""
_ONCE: Final = 50_000
"""How many of these at one contradiction."""
_NEAR: Final = 300
"""How many statements count as being around a contradiction."""
_CROWD: Final = 64
"""A statement of more constraints than this stands too wide to be around anything."""


@frozen(eq=False)
class Conflict:
    """An irreducible contradiction: drop any one of its statements, and the others can hold."""

    statements: tuple[int, ...]
    """In order."""
    kind: str
    """"numbers", or "circle": a circle of orders."""
    cycle: tuple[Step, ...]
    """One circle through exactly these statements, told in order: each step says that its head is
    at least so many seconds after its tail, `ORIGIN` standing for 1970-01-01T00:00Z, where it
    starts if it passes there (so an upper bound is a step to `ORIGIN` by less its value). Else it
    starts with its lowest statement. In a circle of orders the number of a step is 1 where it is
    strict, 0 where not."""
    shortfall: int
    """By how many seconds that circle misses: any one step relaxed by so much lets it close. 0 for
    a circle of orders."""


def conflicts(network: Network, *, exact_events: int = 200) -> list[Conflict]:
    """Contradictions that share no statement, the smallest first; empty if there is none.

    With the statements of all of them taken away, the rest is consistent. In a network of up to
    `exact_events` events, each in turn is one with the fewest statements of all that are left. Where
    that costs more than a fixed budget, as it may in a dense network made to be hard, and in larger
    networks, they are irreducible. What is found depends on nothing but the network.
    """
    dropped = bytearray(network.statements)
    found: list[Found] = []
    if not _few_events(network, exact_events) or not _exactly(network, dropped, found):
        around = _Around(network, dropped, found)
        order_conflicts(network, dropped, around.settle)
        number_conflicts(network, dropped, around.settle)
    found.sort(key=lambda one: (len(one.statements), one.statements))
    return [_conflict(one) for one in found]
