"""The grounds of an event's window: for each of its four bounds, the statements that give it, as one
tells them. Bounds that the same statements give are told together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline.civil import local
from timeline.words import bound_words, instant_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.schedule import Placed, Reason, Schedule

BOUNDS = (("start", "earliest"), ("start", "latest"), ("end", "earliest"), ("end", "latest"))
_VERBS = {"start": "starts", "end": "ends"}
_LIMITS = {"earliest": "no earlier than", "latest": "no later than"}


class Step(NamedTuple):
    """A statement of a chain: after it, these ends of an event (the one, or the one by way of the
    other) have a bound."""

    statement: int
    event: str
    ends: tuple[str, ...]
    at: int  # seconds UTC


class Ground(NamedTuple):
    """What gives some bounds of an event: the bounds in words, and the statements from a stated date
    to it. None where nothing bounds it. `rests` is the step before the first that is told, where
    earlier ones are left out."""

    bounds: tuple[str, ...]
    side: str  # "earliest" | "latest"
    steps: tuple[Step, ...]
    rests: Step | None = None


def grounds(schedule: Schedule, placed: Placed, most: int | None = None) -> list[Ground]:
    """Why an event lies where it lies. With `most`, no more than so many statements of each chain are
    told, those nearest to the event."""
    found: list[Ground] = []
    for end, side in BOUNDS:
        window = placed.start if end == "start" else placed.end
        words = bound(placed, end, side, window.earliest if side == "earliest" else window.latest)
        reach = None if most is None else links(most)
        steps = _steps(schedule.because(placed.id, end, side, reach))
        rests = None
        if most is not None and len(steps) > most:
            rests, steps = steps[-most - 1], steps[-most:]
        for i, known in enumerate(found):
            if known.rests == rests and _alike(known.steps, steps, side == known.side):
                found[i] = known._replace(bounds=(*known.bounds, words))
                break
        else:
            found.append(Ground((words,), side, tuple(steps), rests))
    return found


def links(most: int) -> int:
    """So many links of a chain hold any `most` statements and one more: a statement may come with a
    step to the other end and one between groups of a sequence."""
    return 3 * most + 3


def bound(placed: Placed, end: str, side: str, at: int | None) -> str:
    """One bound in words, in the event's own zone; None is open."""
    if at is None:
        how = "early" if side == "earliest" else "late"
        return f"How {how} it {_VERBS[end]} is open: no statement bounds it."
    return f"It {_VERBS[end]} {_until(placed, end, side, at)}"


def comes_to(placed: Placed, side: str, step: Step, event: str) -> str:
    """What a step of the chain behind a bound of `placed` comes to, in its zone: `talks starts and
    ends no earlier than …`, with the step's event named as given."""
    verbs = " and ".join(_VERBS[end] for end in step.ends)
    return f"{event} {verbs} {_until(placed, step.ends[-1], side, step.at)}"


def _until(placed: Placed, end: str, side: str, at: int) -> str:
    """`no earlier than …`. What ends at midnight ends by the day before; what starts at midnight does
    not."""
    tz = placed.event.tz
    midnight = side == "latest" and end == "start" and local(at, tz)[1] == 0
    return f"{_LIMITS[side]} " + (instant_words(at, tz) if midnight else bound_words(at, tz, side))


def _alike(first: Sequence[Step], second: Sequence[Step], same_side: bool) -> bool:
    """Whether two chains read alike: a single statement, or the same ones by the same instants."""
    if [step.statement for step in first] != [step.statement for step in second]:
        return False
    on_the_way = all(a.at == b.at for a, b in zip(first[:-1], second[:-1], strict=True))
    return len(first) == 1 or (len(first) > 1 and same_side and on_the_way)


def _steps(chain: tuple[Reason, ...]) -> list[Step]:
    """The chain by statements, from the first that it holds."""
    steps: list[Step] = []
    for reason in chain:
        if reason.statement is not None:
            steps.append(Step(reason.statement, reason.event, (reason.end,), reason.at))
        elif steps:  # no event ends before it starts
            last = steps[-1]
            steps[-1] = Step(last.statement, reason.event, (*last.ends, reason.end), reason.at)
    return steps
