"""The order of events as a picture can show it: no arrow that follows from others.

What is stated goes before what only the dates say. Both are reduced to the arrows from which the rest
follows (the transitive reduction). Where several events are each before several others by their
dates alone, a junction stands between: so many arrows instead of their product.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from timeline.exporters.entry_words import GROUP
from timeline.exporters.reduction import bits, closure, reduced
from timeline.model import Linked, Related

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.schedule import Placed, Schedule

_FIRST = {"after": 1, "met_by": 1, "overlapped_by": 1, "before": 0, "meets": 0, "overlaps": 0}
"""Relations that are an order: whether the other event is the earlier one."""
_INSIDE = {
    "during": 0, "starts": 0, "finishes": 0, "contains": 1, "started_by": 1, "finished_by": 1,
    "equals": 0,
}  # fmt: skip
"""Relations of two events at one time: whether the other event is the inner one."""
_TIED = {
    "during": "during", "contains": "during", "starts": "same start", "started_by": "same start",
    "finishes": "same end", "finished_by": "same end", "equals": "same time",
    "overlaps": "overlaps", "overlapped_by": "overlaps", "meets": "meets", "met_by": "meets",
}  # fmt: skip


@frozen
class Arrow:
    """From the earlier event to the later, by their numbers among those that are shown; `kind` is
    "stated", "dated" (by their dates alone) or "within" (the second lies in the first)."""

    tail: int
    head: int
    kind: str
    words: str = ""


@frozen(eq=False)
class Junction:
    """Each of `earlier` is before each of `later` by their dates alone."""

    earlier: tuple[int, ...]
    later: tuple[int, ...]


def arrows(schedule: Schedule, shown: Sequence[Placed]) -> tuple[list[Arrow], list[Junction]]:
    """The arrows among the shown events. An order that runs through events that are not shown is
    kept; a cancelled event has none that is stated."""
    every = schedule.events
    number = {p.id: i for i, p in enumerate(every)}
    follows = [0] * len(every)  # a bit for each event that is stated to come later
    ties: list[tuple[int, int, str, str]] = []
    for tail, head, kind, words in _statements(schedule, number):
        if kind == "stated" and tail < head:
            follows[tail] |= 1 << head
        if words:
            ties.append((tail, head, kind, words))
    later = closure(follows)
    picked = [number[p.id] for p in shown]
    place = {i: at for at, i in enumerate(picked)}
    stated = [_chosen(later[i], picked) for i in picked]
    dated = _by_dates(shown)
    both = closure([a | b for a, b in zip(stated, dated, strict=True)])
    solid = reduced(stated, closure(stated))
    found = {(a, b): Arrow(a, b, "stated") for a, mask in enumerate(solid) for b in bits(mask)}
    for tail, head, kind, words in ties:
        if tail in place and head in place:
            pair = (place[tail], place[head])
            is_order = stated[pair[0]] >> pair[1] & 1
            if is_order == (kind == "stated"):  # else the plain arrow says more
                found[pair] = Arrow(*pair, kind, words)
    rest = [mask & ~known for mask, known in zip(reduced(both, both), stated, strict=True)]
    junctions, singles = _joined(rest)
    for a, mask in enumerate(singles):
        for b in bits(mask):
            found[a, b] = Arrow(a, b, "dated")
    return sorted(found.values(), key=lambda arrow: (arrow.tail, arrow.head)), junctions


def _statements(schedule: Schedule, number: dict[str, int]) -> Iterator[tuple[int, int, str, str]]:
    """What is stated of pairs of events: tail, head, kind, and what an arrow has to say."""
    events = schedule.timeline.events
    for statement in schedule.timeline.statements:
        claim = statement.claim
        if isinstance(claim, Linked):
            for earlier in claim.earlier[:GROUP]:
                for one in claim.later[:GROUP]:
                    yield number[earlier], number[one], "stated", ""
        elif isinstance(claim, Related):
            if events[statement.event].cancelled or events[claim.other].cancelled:
                continue
            own, other = number[statement.event], number[claim.other]
            relation, end = claim.relation, claim.end
            if relation in _INSIDE:
                outer, inner = (own, other) if _INSIDE[relation] else (other, own)
                yield outer, inner, "within", _TIED[relation]
                continue
            tail, head = (other, own) if _FIRST[relation] else (own, other)
            lag = _lag(claim.lag.text) if claim.lag is not None else ""
            if (relation, end) == ("after", "start"):
                yield tail, head, "partly", _more("after its start", lag)
            elif (relation, end) == ("before", "end"):
                yield tail, head, "partly", _more("before its end", lag)
            else:
                yield tail, head, "stated", _more(_TIED.get(relation, ""), lag)


def _more(words: str, lag: str) -> str:
    return ", ".join(part for part in (words, lag) if part)


def _lag(text: str) -> str:
    """A lag in words: `1d to 3d`, `at least 1h`."""
    least, dots, most = text.partition("..")
    if not dots:
        return text
    return f"{least} to {most}" if least and most else f"at least {least}" if least else f"at most {most}"


def _by_dates(shown: Sequence[Placed]) -> list[int]:
    """For each event those that begin, at the earliest, when it is over at the latest. Only what
    follows it in the schedule; two moments of one second are in no order."""
    dated = []
    for i, p in enumerate(shown):
        over = p.end.latest if p.end.latest is not None else p.start.latest if p.start.exact else None
        mask = 0
        if over is not None:
            for j in range(i + 1, len(shown)):
                begins = shown[j].start.earliest
                if begins is not None and begins >= over and begins != p.start.earliest:
                    mask |= 1 << j
        dated.append(mask)
    return dated


def _chosen(mask: int, picked: Sequence[int]) -> int:
    return sum(1 << at for at, i in enumerate(picked) if mask >> i & 1)


def _joined(rest: Sequence[int]) -> tuple[list[Junction], list[int]]:
    """Junctions for events that have several others next in common; and what is left."""
    groups: dict[int, list[int]] = {}
    for i, mask in enumerate(rest):
        if mask & (mask - 1):
            groups.setdefault(mask, []).append(i)
    junctions, left = [], list(rest)
    for mask, members in groups.items():
        if len(members) > 1 and len(members) * mask.bit_count() > 4:
            junctions.append(Junction(tuple(members), tuple(bits(mask))))
            for i in members:
                left[i] = 0
    return junctions, left
