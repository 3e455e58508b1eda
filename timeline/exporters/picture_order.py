"""The order between the events of a picture: who comes wholly before whom, by statements of order
alone, with what follows from the rest left out (the transitive reduction).

Dates give no order here: the axis shows it already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline.exporters.reduction import bits, reduced
from timeline.model import Lagged, Linked, Related
from timeline.order import strong_components

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.schedule import Placed, Schedule
    from timeline.stn import Network


class Link(NamedTuple):
    """`before` comes wholly before `after`: stated, or following from statements on others."""

    before: str
    after: str
    stated: bool


def links(schedule: Schedule, shown: Sequence[Placed]) -> list[Link]:
    """The order of the events shown, reduced: from it all the rest follows. In the order of `shown`."""
    numbers = schedule.timeline.numbers
    every = _reach(schedule.solution.network, [numbers[p.id] for p in shown])
    reach = [  # two that each come after the other are on one instant, in no order
        mask & ~sum(1 << j for j in bits(mask) if every[j] >> i & 1)
        for i, mask in enumerate(every)
    ]
    told = _stated(schedule, {p.id for p in shown})
    pairs = [
        (shown[i].id, shown[j].id)
        for i, mask in enumerate(reduced(reach, reach)) for j in bits(mask)
    ]  # fmt: skip
    return [Link(*pair, pair in told) for pair in pairs]


def _reach(network: Network, events: list[int]) -> list[int]:
    """For each event, as bits, those that start no earlier than it ends, by the relations alone."""
    successors: list[list[int]] = [[] for _ in range(network.size)]
    for point in range(0, network.size, 2):
        successors[point].append(point + 1)
    for tail, head, *_ in network.orders:
        successors[tail].append(head)
    for tail, head, gap, _ in network.gaps:
        if gap >= 0:
            successors[tail].append(head)
    component = strong_components(successors)
    reach = [0] * (max(component, default=-1) + 1)
    for i, event in enumerate(events):
        reach[component[2 * event]] |= 1 << i
    members: list[list[int]] = [[] for _ in reach]
    for point, number in enumerate(component):
        members[number].append(point)
    for number, points in enumerate(members):  # what a component leads to has a lower number
        for point in points:
            for head in successors[point]:
                reach[number] |= reach[component[head]]
    return [reach[component[2 * event + 1]] & ~(1 << i) for i, event in enumerate(events)]


def _stated(schedule: Schedule, shown: set[str]) -> set[tuple[str, str]]:
    """The pairs of events that one statement puts in order, the earlier first."""
    told: set[tuple[str, str]] = set()
    for statement in schedule.timeline.statements:
        claim, event = statement.claim, statement.event
        if isinstance(claim, Linked):
            earlier = [name for name in claim.earlier if name in shown]
            later = [name for name in claim.later if name in shown]
            told.update((before, after) for before in earlier for after in later)
        elif isinstance(claim, Related):
            if claim.relation in ("before", "meets"):
                told.add((event, claim.other))
            elif claim.relation in ("after", "met_by"):
                told.add((claim.other, event))
        elif isinstance(claim, Lagged):
            told.add((claim.tail[0], claim.head[0]))
    return told
