"""The solved timeline: a window for both ends of every event, its basis, the reasons, and an order that
respects every statement.
"""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from timeline.network import own
from timeline.order import arrange
from timeline.solution import dates_of, in_calendar, shown_ends, shows
from timeline.solver import because
from timeline.window import OPEN, Ends
from timeline.words import label, marks

if TYPE_CHECKING:
    from timeline.memo import Memo
    from timeline.model import Dated, Event, Timeline, View
    from timeline.solution import Solution
    from timeline.window import Window

BASES = ("stated", "narrowed", "inferred", "open")
_LIMITS = ("earliest", "latest")  # date keys that name a limit, not the date itself
_UNKNOWN = Ends(OPEN, OPEN)


class Reason(NamedTuple):
    """One link of the chain behind a bound: after it, `event`'s `end` has the bound `at`.

    `statement` is the id of the statement that makes the link; None where it is only that no event
    ends before it starts.
    """

    statement: int | None
    event: str
    end: str  # "start" | "end"
    at: int  # seconds UTC


class Placed(NamedTuple):
    """One event of the solved timeline; equal only to itself."""

    id: str  # of the event
    event: Event
    start: Window
    end: Window
    own: Ends
    told: Ends  # the windows that people are shown: see `shown_ends`
    basis: str  # one of BASES
    dates: tuple[Dated, ...]
    precision: str  # of its own date, "" without one
    approximate: bool
    uncertain: bool
    label: str

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:  # a tuple has its own
        return self is not other

    def __hash__(self) -> int:  # that of all that it holds would be asked for many times
        return object.__hash__(self)


@frozen(eq=False, repr=False)
class Schedule:
    """All events, placed, in an order that respects every statement."""

    solution: Solution
    events: tuple[Placed, ...]
    by_id: dict[str, Placed]

    @property
    def timeline(self) -> Timeline:
        """The timeline that was solved."""
        return self.solution.timeline

    def because(
        self, name: str, end: str, side: str, most: int | None = None
    ) -> tuple[Reason, ...]:
        """Why the `start` or `end` of an event is no `earliest` or `latest` other than it is: the
        statements from a stated date to it. Empty where that side is open. With `most`, no more than
        so many of the last links."""
        placed = self.by_id[name]
        window = placed.end if end == "end" else placed.start
        if (window.earliest if side == "earliest" else window.latest) is None:
            return ()
        point = 2 * self.timeline.numbers[name] + (end == "end")
        bounds, upper = self.solution.bounds, side == "latest"
        values = bounds.latest if upper else bounds.earliest
        reasons = []
        for _, head, _, statement in because(bounds, self.solution.network, point, int(upper), most):
            at = values[head]
            if head < 2 * len(self._ids) and at is not None:
                number = None if statement < 0 else statement
                reasons.append(Reason(number, self._ids[head // 2], _kind(head), at))
        return tuple(reasons)

    @cached_property
    def _ids(self) -> tuple[str, ...]:  # by number
        return tuple(self.timeline.events)

    def select(self, view: View | None) -> tuple[Placed, ...]:
        """The events of a view, in order; all of them without one."""
        if view is None:
            return self.events
        return tuple(p for p in self.events if shows(view, p.event, p.told, p.dates))


def _kind(point: int) -> str:
    return "end" if point % 2 else "start"


def place(solution: Solution, memo: Memo | None = None) -> Schedule:
    """Every event with its windows, its basis and its label, in order.

    With a `memo` an event is the very one of last time where it, its statements and its windows are
    the same."""
    timeline, network, bounds = solution.timeline, solution.network, solution.bounds
    names = list(timeline.events)
    placed: dict[str, Placed] = {}
    if memo is None:
        for i in arrange(network, bounds, names):
            event = timeline.events[names[i]]
            placed[event.id] = _place(solution, event, solution.ends(event.id))
    else:
        order = memo.room("order", None).kept(
            "", (network, bounds, names), partial(arrange, network, bounds, names)
        )
        events, statements = timeline.events, timeline.statements
        low, high = bounds.earliest, bounds.latest

        def made_of(i: int) -> tuple[str, object]:
            event, at = events[names[i]], 2 * i
            own = [statements[number] for number in event.statements]
            return names[i], (event, own, low[at], high[at], low[at + 1], high[at + 1])

        placed = memo.room("placed", None).each(
            map(made_of, order), lambda name: _place(solution, events[name], solution.ends(name))
        )
    return Schedule(solution, tuple(placed.values()), placed)


def _place(solution: Solution, event: Event, ends: Ends) -> Placed:
    timeline = solution.timeline
    dates = tuple(dates_of(timeline, event))
    if not dates:
        words = label(ends, event.tz)
        return Placed(event.id, event, *ends, _UNKNOWN, ends, basis(False, _UNKNOWN, ends), (), "",
                      False, False, words)  # fmt: skip
    start, end = own(timeline, event) or _UNKNOWN
    alone = Ends(in_calendar(start), in_calendar(end))
    if alone == ends:
        alone = ends  # most dates say all that is known: one value serves for both
    shown = shown_ends(alone, ends, dates)
    told = any(d.ends != _UNKNOWN for d in dates)
    approximate, uncertain = marks(dates)
    words = label(shown, event.tz, dates)
    return Placed(event.id, event, *ends, alone, shown, basis(told, alone, shown), dates,
                  dates[0].date.precision, approximate, uncertain, words)  # fmt: skip


def basis(dated: bool, alone: Ends, ends: Ends) -> str:
    """stated: its own date is all there is; narrowed: order made it tighter; inferred: no date of
    its own, and bounded on both sides; open: neither."""
    if dated:
        return "stated" if alone == ends else "narrowed"
    if ends.start.earliest is not None and ends.end.latest is not None:
        return "inferred"
    return "open"



def dated(placed: Placed) -> bool:
    """Whether an event has a date of its own that says when it is, rather than within what."""
    return placed.basis == "stated" and all(
        d.date.kind != "set" and d.key not in _LIMITS and d.tolerance is None for d in placed.dates
    )
