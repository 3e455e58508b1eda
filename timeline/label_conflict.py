"""What one statement is in the search for the smallest contradiction: edges, and what they cost.

A circle costs as many statements as it uses, however many edges of each. So that edges of one
statement that follow one another cost once, what they say together is added as an edge of its own.
What is left is a statement that a circle uses, leaves and uses again. Where two edges can be
crossed over (a to b and c to d give way to a to d and c to b, which are as long together), the
circle falls into two, one of them no worse: no smallest circle needs both. Of orders, which have
no negative length, it is enough that one of the two is strict. Edges that cannot be crossed over
are the two sides of the statement, as the starts and the ends are of `during`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from timeline.stn import STRUCTURAL

if TYPE_CHECKING:
    from collections.abc import Collection

    from timeline.solver import Step

UNIT: Final = 1 << 16
"""The price of a whole statement."""
WHOLE: Final = 0
"""An edge that costs the whole statement: no smallest circle uses another of its edges too."""
ONE, OTHER = 1, 2
"""An edge on the one or the other side: one of each side cost the statement between them."""
SHARE: Final = 3
"""An edge of a statement that may be used several times, that costs a part of it."""
NOTHING: Final = 4
"""An edge that can only follow another of the statement, which is paid."""

_FEW: Final = 10
"""Statements of so few points are composed edge by edge."""

Edge = tuple[int, int, int, int, tuple["Step", ...]]
"""(tail, head, length, side, the steps that it is made of)."""


@frozen(eq=False)
class Label:
    """One statement in one of the two graphs."""

    statement: int
    edges: list[Edge]
    uses: int
    """Into how many parts the statement is divided where an edge costs a `SHARE`."""


def label(statement: int, steps: list[Step], private: Collection[int], enough: int) -> Label:
    """Price the edges of a statement.

    Points are even for starts; `private` ones serve this statement alone. A circle that holds an
    edge of the length `enough` is of positive length (1 for orders, `NEVER` for numbers).
    """
    points = sorted({step[0] for step in steps} | {step[1] for step in steps})
    if len(points) <= _FEW:
        return _composed(statement, steps, points, enough)
    hubs = {point for point in points if point in private}
    if all((tail in hubs) != (head in hubs) for tail, head, _, _ in steps):
        ways = _ways(steps, hubs)
        side, uses = (WHOLE, 1) if _crosses(ways, enough) else (SHARE, len(hubs))
        return Label(
            statement,
            [(s[0], s[1], s[2], NOTHING if s[0] in hubs else side, (s,)) for s in steps],
            uses,
        )
    tails = {step[0] for step in steps}
    apart = not any(s[1] in tails or (not s[1] & 1 and s[1] + 1 in tails) for s in steps)
    single = apart and _crosses({(s[0], s[1]): s[2] for s in steps}, enough)
    return Label(
        statement,
        [(s[0], s[1], s[2], WHOLE if single else SHARE, (s,)) for s in steps],
        1 if single else len(points),
    )


def _composed(statement: int, steps: list[Step], points: list[int], enough: int) -> Label:
    """All that a statement's edges say together (S. Warshall's and R. W. Floyd's closure)."""
    best: dict[tuple[int, int], tuple[int, tuple[Step, ...]]] = {}
    for step in steps:
        known = best.get(step[:2])
        if known is None or step[2] > known[0]:
            best[step[:2]] = step[2], (step,)
    for start in points:
        if not start & 1 and start + 1 in points and best.get((start, start + 1), (-1,))[0] <= 0:
            best[start, start + 1] = 0, ((start, start + 1, 0, STRUCTURAL),)
    for through in points:
        for tail in points:
            before = best.get((tail, through))
            if before is None or tail == through:
                continue
            for head in points:
                beyond = best.get((through, head))
                if beyond is None or head == through:
                    continue
                length = before[0] + beyond[0]
                known = best.get((tail, head))
                if length > (known[0] if known else 0 if tail == head else length - 1):
                    best[tail, head] = length, before[1] + beyond[1]
    own = [
        (tail, head, length, way)
        for (tail, head), (length, way) in best.items()
        if way[0][3] == statement == way[-1][3]  # else it is an edge and a free one
    ]
    sides = _sides(own, {pair: length for pair, (length, _) in best.items()}, enough)
    return Label(
        statement,
        [
            (tail, head, length, side, way)
            for (tail, head, length, way), side in zip(own, sides, strict=True)
        ],
        len(points) // 2 if SHARE in sides else 2,
    )


def _sides(
    own: list[tuple[int, int, int, tuple[Step, ...]]], best: dict[tuple[int, int], int], enough: int
) -> list[int]:
    """The side of each edge; all of them `SHARE` where there are more than two sides."""
    against: list[list[int]] = [[] for _ in own]
    for i, (tail, head, length, _) in enumerate(own):
        for j in range(i):
            other_tail, other_head, other, _ = own[j]
            if len({tail, head, other_tail, other_head}) < 4:
                continue  # a simple circle that uses both uses them in a row
            one, two = best.get((tail, other_head)), best.get((other_tail, head))
            if one is None or two is None or one + two < min(length + other, enough):
                against[i].append(j)
                against[j].append(i)
    sides = [WHOLE] * len(own)
    for root in range(len(own)):
        if sides[root] != WHOLE or not against[root]:
            continue
        sides[root] = ONE
        reached = [root]
        for i in reached:
            for j in against[i]:
                if sides[j] == WHOLE:
                    sides[j] = ONE + OTHER - sides[i]
                    reached.append(j)
                elif sides[j] == sides[i]:
                    return [SHARE] * len(own)
    return sides


def _ways(steps: list[Step], hubs: set[int]) -> dict[tuple[int, int], int]:
    """The longest way from each point into the hubs to each point out of them.

    Points that reach the same hubs at the same length count as one, so that this stays small.
    """
    into: dict[int, dict[int, int]] = {}
    out: dict[int, dict[int, int]] = {}
    for tail, head, length, _ in steps:
        own, hub = (into.setdefault(tail, {}), head) if head in hubs else (
            out.setdefault(head, {}), tail)  # fmt: skip
        own[hub] = max(length, own.get(hub, length))
    for point in into:
        for hub, length in into.get(point + 1, {}).items() if not point & 1 else ():
            into[point][hub] = max(length, into[point].get(hub, length))
    for point in out:
        for hub, length in out.get(point - 1, {}).items() if point & 1 else ():
            out[point][hub] = max(length, out[point].get(hub, length))
    tails = {tuple(sorted(reach.items())): point for point, reach in into.items()}
    heads = {tuple(sorted(reach.items())): point for point, reach in out.items()}
    ways: dict[tuple[int, int], int] = {}
    for reach, tail in tails.items():
        for reached, head in heads.items():
            there = dict(reached)
            lengths = [length + there[hub] for hub, length in reach if hub in there]
            if lengths:
                ways[tail, head] = max(lengths)
    return ways


def _crosses(ways: dict[tuple[int, int], int], enough: int) -> bool:
    """Whether any two of these can be crossed over. Looks at classes of points that are alike."""
    rows: dict[int, dict[int, int]] = {}
    for (tail, head), length in ways.items():
        rows.setdefault(tail, {})[head] = length
    alike = {tuple(sorted(row.items())): row for row in rows.values()}
    kinds = list(alike.values())
    if len(kinds) > _FEW:
        return False
    for one in kinds:
        for two in kinds:
            for head, length in one.items():
                for other_head, other in two.items():
                    there, back = one.get(other_head), two.get(head)
                    if there is None or back is None:
                        return False
                    if there + back < min(length + other, enough):
                        return False
    return True
