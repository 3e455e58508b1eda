"""Why an event lies where it lies: the statements behind each of its four bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.grounds import comes_to, grounds
from timeline.render.argument import cited
from timeline.render.fit import joined, shown, wrap
from timeline.render.paint import paint
from timeline.source import locate
from timeline.words import claim_words, zone_words

if TYPE_CHECKING:
    from timeline.grounds import Ground
    from timeline.schedule import Placed, Schedule
    from timeline.source import Document

_LONGEST = 12  # steps of a chain that are shown in full
_FIRST, _LAST = 5, 5  # of a longer one

def why(schedule: Schedule, event_id: str, document: Document, *, colour: bool, width: int) -> str:
    """Both bounds of both ends of an event, each with the chain of statements that makes it: from a
    stated date to the event, with the line and the sources of each and the bound so far, in the
    event's own zone. Bounds that the same statements give are told together.

    Raises KeyError for an event that the timeline does not have.
    """
    placed = schedule.by_id[event_id]
    out = _heading(placed, colour, width)
    for ground in grounds(schedule, placed):
        out.append("")
        for line in ground.bounds:
            out += [paint(one, "bold", colour) for one in wrap(line, width, "", "  ")]
        out += _chain(schedule, placed, ground, document, colour, width)
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


def _chain(schedule: Schedule, placed: Placed, ground: Ground, document: Document, colour: bool,
           columns: int) -> list[str]:  # fmt: skip
    """The statements, numbered where there are several, each but the last with what it comes to."""
    steps = ground.steps
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
            so_far = f"so {comes_to(placed, ground.side, step, step.event)}"
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
