"""A conflict of the network, told to a person: which statements, why they clash, what mends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from timeline.civil import local
from timeline.conflict import conflicts
from timeline.diagnostics import Diagnostic, Label
from timeline.duration import DAY, in_words
from timeline.mend import Mend, knot, mend
from timeline.model import Linked, Related
from timeline.words import bound_words, claim_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.conflict import Conflict
    from timeline.model import Statement, Timeline
    from timeline.stn import Network

_ROWS = 60_000
"""So many constraints, each asked once for each statement that clashes: about a second of work."""


@frozen(eq=False)
class Contradiction:
    """Statements that cannot all be true; drop any one of them and the others can.

    They stand in the order in which the argument runs; `mends` has one for each. `short_by` is by
    how many seconds they miss, 0 for a circle of order alone.
    """

    statements: tuple[Statement, ...]
    mends: tuple[Mend, ...]
    kind: str  # "numbers" | "circle"
    short_by: int
    verdict: str


def contradictions(timeline: Timeline, network: Network) -> tuple[Contradiction, ...]:
    """All contradictions that share no statement: with theirs taken away, the rest is consistent."""
    clashes = conflicts(network)
    clashing = {number for found in clashes for number in found.statements}
    rows = len(network.bounds) + len(network.gaps) + len(network.orders)
    heeded = len(clashing) * rows <= _ROWS  # the rest of the file is asked of each mend
    rest = [n for n in range(network.statements) if n not in clashing] if heeded else None
    names = [name for name in timeline.events for _ in (0, 1)]
    return tuple(_tell(timeline, network, found, rest, names) for found in clashes)


def _tell(
    timeline: Timeline, network: Network, found: Conflict, rest: list[int] | None,
    names: list[str],
) -> Contradiction:
    """`rest` are the statements that clash with none; None where they are too many to be asked."""
    told = dict.fromkeys(statement for *_, statement in found.cycle if statement >= 0)
    numbers = list(told) + [n for n in found.statements if n not in told]
    statements = tuple(timeline.statements[n] for n in numbers)
    alone = knot(network, numbers)
    whole = knot(network, [*numbers, *rest]) if rest else alone
    mends: dict[int, Mend] = {}
    left = _ROWS // (1 + len(alone.bounds) + len(alone.gaps) + len(alone.orders))
    for statement in sorted(statements, key=_unmeasured):
        if len(mends) >= max(left, 1):
            mends[statement.id] = Mend("drop it")
            continue
        enough = rest is not None and whole.without(statement.id).solve() is not None
        remedy = mend(timeline, whole if enough else alone, statement)
        mends[statement.id] = evolve(remedy, enough=enough)
    return Contradiction(
        statements, tuple(mends[statement.id] for statement in statements),
        found.kind, found.shortfall, _verdict(timeline, found, names),
    )  # fmt: skip


def _unmeasured(statement: Statement) -> bool:
    """Whether there is nothing in a statement that could be changed by more or less: of a very long
    contradiction these are mended last, if there is time."""
    return isinstance(statement.claim, (Related, Linked))


def _verdict(timeline: Timeline, found: Conflict, names: list[str]) -> str:
    """By how much the set misses, in a person's terms; `names` has each point's event."""
    if found.kind == "circle":
        circle = [
            names[head]
            for _, head, _, statement in found.cycle
            if statement >= 0 and 0 <= head < len(names)
        ]
        around = [n for i, n in enumerate(circle) if i == 0 or n != circle[i - 1]]
        if len(around) > 1 and around[0] == around[-1]:
            around.pop()
        shown = around if len(around) <= 8 else [*around[:4], "…", *around[-3:]]
        return "in a circle: " + " → ".join([*shown, shown[0]]) if len(shown) > 1 else "in a circle"
    low = high = None
    at, point = 0, -1
    for tail, head, gap, _ in found.cycle:
        if tail < 0:
            at = low = gap
        elif head < 0:
            high, point = -gap, tail
        else:
            at += gap
    if low is None or high is None or not 0 <= point < len(names):
        return f"{in_words(found.shortfall)} short"
    tz = timeline.events[names[point]].tz
    return f"{names[point]} would {'end' if point % 2 else 'start'} " + _late(at, high, tz, point % 2)


def _late(at: int, limit: int, tz: Any, ending: int) -> str:
    """Two bounds that clash: `no earlier than 27 Oct 2025 and no later than 26 Oct 2025`. An end on
    the midnight after a day is an end on that day."""
    (day, second), (last_day, last_second) = local(at, tz), local(limit, tz)
    first = bound_words(at, tz, "latest" if ending and second == 0 else "earliest")
    last = bound_words(limit, tz, "latest", "end" if ending else "start")
    told = f"no earlier than {first} and no later than {last}"
    over = last_second == 0 and ending
    if second == 0 and (over or last_second == DAY - 1):  # both are told as days
        days = day - (1 if ending else 0) - (last_day - over)
        short = in_words(days * DAY) if days > 1 else ""
    else:
        end = limit + 1 if last_second == DAY - 1 else limit
        short = in_words(at - end) if at > end else ""
    return f"{told}: {short} short" if short else f"{told}: the one is after the other"


def diagnose(timeline: Timeline, found: Contradiction) -> Diagnostic:
    """A contradiction as a diagnostic: its first statement, the others as related places."""
    count = len(found.statements)
    sizes = [m.seconds for m in found.mends if m.seconds is not None]
    least = min(sizes, default=None)
    best = next((i for i, m in enumerate(found.mends) if m.seconds == least), 0)
    told = list(_told(timeline, found))
    labels = tuple(
        Label(statement.path, entry["message"], notes=(entry["mend"],))
        for statement, entry in zip(found.statements[1:], told[1:], strict=True)
    )
    which = "this statement" if count == 1 else f"these {count} statements"
    cannot = "cannot be true" if count == 1 else "cannot all be true"
    return Diagnostic(
        "TL402" if found.kind == "circle" else "TL401",
        f"{which} {cannot}: {found.verdict}",
        found.statements[0].path,
        help=f"the least change: ({best + 1}) {found.mends[best].text}" if sizes else "",
        related=labels,
        details={
            "kind": found.kind, "short_by": found.short_by, "verdict": found.verdict,
            "statements": told,
        },
        events=tuple(dict.fromkeys(s.event for s in found.statements if s.event)),
    )  # fmt: skip


def _told(timeline: Timeline, found: Contradiction) -> Iterator[dict[str, Any]]:
    for statement, remedy in zip(found.statements, found.mends, strict=True):
        yield {
            "message": claim_words(timeline, statement),
            "sources": [timeline.sources[s].title for s in statement.sources],
            "mend": remedy.text,
            "change_seconds": remedy.seconds,
            "enough": remedy.enough,
            "path": ".".join(str(p) for p in statement.path),
        }
