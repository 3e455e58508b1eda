"""Why an event lies where it lies: the statements behind each of its four bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline.civil import local
from timeline.render.argument import cited
from timeline.render.fit import joined, shown, wrap
from timeline.render.paint import paint
from timeline.source import locate
from timeline.words import bound_words, claim_words, instant_words, zone_words

if TYPE_CHECKING:
    from timeline.schedule import Placed, Reason, Schedule
    from timeline.source import Document

_LONGEST = 12  # steps of a chain that are shown in full
_FIRST, _LAST = 5, 5  # of a longer one
_BOUNDS = (("start", "earliest"), ("start", "latest"), ("end", "earliest"), ("end", "latest"))
_VERBS = {"start": "starts", "end": "ends"}
_LIMITS = {"earliest": "no earlier than", "latest": "no later than"}


class _Step(NamedTuple):
    """A statement of a chain: after it, these ends of an event (the one, or the one by way of the
    other) have a bound."""

    statement: int
    event: str
    ends: tuple[str, ...]
    at: int


def why(schedule: Schedule, event_id: str, document: Document, *, colour: bool, width: int) -> str:
    """Both bounds of both ends of an event, each with the chain of statements that makes it: from a
    stated date to the event, with the line and the sources of each and the bound so far, in the
    event's own zone. Bounds that the same statements give are told together.

    Raises KeyError for an event that the timeline does not have.
    """
    placed = schedule.by_id[event_id]
    out = _heading(placed, colour, width)
    chains: list[tuple[list[str], str, tuple[Reason, ...]]] = []
    for end, side in _BOUNDS:
        window = placed.start if end == "start" else placed.end
        at = window.earliest if side == "earliest" else window.latest
        line = _bound(placed, end, side, at)
        chain = schedule.because(event_id, end, side)
        for lines, other, told in chains:
            if _alike(told, chain, side == other):
                lines.append(line)
                break
        else:
            chains.append(([line], side, chain))
    for lines, side, chain in chains:
        out.append("")
        for line in lines:
            out += [paint(one, "bold", colour) for one in wrap(line, width, "", "  ")]
        out += _chain(schedule, placed, side, chain, document, colour, width)
    return "\n".join([*out, ""])


def _heading(placed: Placed, colour: bool, columns: int) -> list[str]:
    event = placed.event
    out = [paint(one, "bold", colour) for one in wrap(shown(event.title), columns)]
    times = [t for w in (placed.start, placed.end) for t in (w.earliest, w.latest) if t is not None]
    zone = zone_words(times[0], event.tz) if times else event.zone
    facts = [event.id, placed.label, placed.basis, zone]
    if event.status != "confirmed":
        facts.insert(1, event.status.upper())
    return out + joined(facts, columns)


def _bound(placed: Placed, end: str, side: str, at: int | None) -> str:
    if at is None:
        how = "early" if side == "earliest" else "late"
        return f"How {how} it {_VERBS[end]} is open: no statement bounds it."
    return f"It {_VERBS[end]} {_until(placed, end, side, at)}"


def _until(placed: Placed, end: str, side: str, at: int) -> str:
    """`no earlier than …` in the event's zone. What ends at midnight ends by the day before; what
    starts at midnight does not."""
    tz = placed.event.tz
    midnight = side == "latest" and end == "start" and local(at, tz)[1] == 0
    return f"{_LIMITS[side]} " + (instant_words(at, tz) if midnight else bound_words(at, tz, side))


def _alike(one: tuple[Reason, ...], other: tuple[Reason, ...], same_side: bool) -> bool:
    """Whether two chains read alike: a single statement, or the same ones by the same instants."""
    first, second = _steps(one), _steps(other)
    if [step.statement for step in first] != [step.statement for step in second]:
        return False
    on_the_way = all(a.at == b.at for a, b in zip(first[:-1], second[:-1], strict=True))
    return len(first) == 1 or (len(first) > 1 and same_side and on_the_way)


def _steps(chain: tuple[Reason, ...]) -> list[_Step]:
    """The chain by statements."""
    steps: list[_Step] = []
    for reason in chain:
        if reason.statement is not None:
            steps.append(_Step(reason.statement, reason.event, (reason.end,), reason.at))
        else:  # no event ends before it starts
            last = steps[-1]
            steps[-1] = _Step(last.statement, reason.event, (*last.ends, reason.end), reason.at)
    return steps


def _chain(schedule: Schedule, placed: Placed, side: str, chain: tuple[Reason, ...],
           document: Document, colour: bool, columns: int) -> list[str]:  # fmt: skip
    """The statements, numbered where there are several, each but the last with what it comes to."""
    steps = _steps(chain)
    hidden = len(steps) - _FIRST - _LAST if len(steps) > _LONGEST else 0
    digits = len(str(len(steps)))
    out: list[str] = []
    for number, step in enumerate(steps, 1):
        if hidden and _FIRST < number <= _FIRST + hidden:
            if number == _FIRST + 1:
                out.append(f"  {' ' * digits}  … {hidden:,} more steps …")
            continue
        lead = f"  {number:>{digits}}. " if len(steps) > 1 else "  "
        out += _said(schedule, step.statement, document, colour, columns, lead)
        if number < len(steps):
            verbs = " and ".join(_VERBS[end] for end in step.ends)
            so_far = f"so {step.event} {verbs} {_until(placed, step.ends[-1], side, step.at)}"
            out += wrap(so_far, columns, " " * len(lead))
    return out


def _said(schedule: Schedule, number: int, document: Document, colour: bool, columns: int,
          lead: str) -> list[str]:  # fmt: skip
    """A statement, where it stands, and who says so."""
    timeline = schedule.timeline
    statement = timeline.statements[number]
    where = f"{shown(document.filename)}:{locate(document, statement.path).row}"
    out = wrap(f"{shown(claim_words(timeline, statement))} ({where})", columns, lead)
    indent = " " * len(lead)
    out += cited([timeline.sources[s].title for s in statement.sources], columns, indent, colour)
    if statement.note:
        noted = wrap(f"note: {shown(statement.note)}", columns, indent, indent + "  ")
        out += [paint(one, "faint", colour) for one in noted]
    return out
