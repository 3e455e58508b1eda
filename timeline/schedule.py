"""The solved timeline: a window for both ends of every event, its basis, the reasons, and an order that
respects every statement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from timeline.civil import FIRST, LAST
from timeline.model import Accounts, Dated
from timeline.network import own
from timeline.order import arrange
from timeline.solver import because
from timeline.window import OPEN, Ends, Window
from timeline.words import label

if TYPE_CHECKING:
    from timeline.model import Event, Timeline, View
    from timeline.solver import Bounds
    from timeline.stn import Network

BASES = ("stated", "narrowed", "inferred", "open")


@frozen(eq=False, repr=False)
class Solution:
    """A timeline that can be true, its network, and the tightest bounds of every point."""

    timeline: Timeline
    network: Network
    bounds: Bounds

    def ends(self, name: str) -> Ends:
        """The windows of an event, by its id. Bounds outside the years 1 to 9999 are open."""
        point = 2 * self.timeline.index[name]
        return Ends(self._window(point), self._window(point + 1))

    def _window(self, point: int) -> Window:
        return _in_calendar(Window(self.bounds.earliest[point], self.bounds.latest[point]))


@frozen(eq=False, repr=False)
class Reason:
    """One link of the chain behind a bound: after it, `event`'s `end` has the bound `at`.

    `statement` is the id of the statement that makes the link; None where it is only that no event
    ends before it starts.
    """

    statement: int | None
    event: str
    end: str  # "start" | "end"
    at: int  # seconds UTC


@frozen(eq=False, repr=False)
class Placed:
    """One event of the solved timeline."""

    event: Event
    start: Window
    end: Window
    own: Ends
    basis: str  # one of BASES
    dates: tuple[Dated, ...]
    precision: str  # of its own date, "" without one
    approximate: bool
    uncertain: bool
    label: str

    @property
    def id(self) -> str:
        """The event's id."""
        return self.event.id


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

    def because(self, name: str, end: str, side: str) -> tuple[Reason, ...]:
        """Why the `start` or `end` of an event is no `earliest` or `latest` other than it is: the
        statements from a stated date to it. Empty where that side is open."""
        point = 2 * self.timeline.index[name] + (end == "end")
        window = self.by_id[name].end if end == "end" else self.by_id[name].start
        if (window.earliest if side == "earliest" else window.latest) is None:
            return ()
        names = self._names
        reasons, at = [], 0
        upper = side == "latest"
        steps = because(self.solution.bounds, self.solution.network, point, int(upper))
        for tail, head, gap, statement in steps:
            reached, at = head, at + gap
            if reached < len(names):
                number = None if statement < 0 else statement
                kind = "end" if reached % 2 else "start"
                reasons.append(Reason(number, names[reached], kind, at))
        return tuple(reasons)

    @property
    def _names(self) -> list[str]:
        return [name for name in self.timeline.events for _ in (0, 1)]

    def select(self, view: View | None) -> tuple[Placed, ...]:
        """The events of a view, in order; all of them without one."""
        if view is None:
            return self.events
        return tuple(p for p in self.events if shows(view, p.event, Ends(p.start, p.end)))


def shows(view: View, event: Event, ends: Ends) -> bool:
    """Whether a view shows an event whose windows are `ends`."""
    if view.who and not any(p.id in view.who or p.name in view.who for p in event.who):
        return False
    if view.tags and not any(t.id in view.tags or t.label in view.tags for t in event.tags):
        return False
    if view.place and (
        event.place is None
        or (event.place.id not in view.place and event.place.name not in view.place)
    ):
        return False
    if view.events and event.id not in view.events:
        return False
    if view.within is None:
        return True
    low, high = view.within
    first, last = ends.start.earliest, ends.end.latest
    if first is None and last is None and ends == Ends(OPEN, OPEN):
        return False  # nothing at all is known of when: it is in no period
    if high is not None and first is not None and first >= high and first != low:
        return False
    return not (low is not None and last is not None and last <= low and first != low)


def place(solution: Solution) -> Schedule:
    """Every event with its windows, its basis and its label, in order."""
    timeline = solution.timeline
    names = list(timeline.events)
    placed = {}
    for i in arrange(solution.network, solution.bounds, names):
        name = names[i]
        placed[name] = _place(solution, timeline.events[name])
    return Schedule(solution, tuple(placed.values()), placed)


def _place(solution: Solution, event: Event) -> Placed:
    timeline = solution.timeline
    ends = solution.ends(event.id)
    dates: list[Dated] = []
    for number in event.statements:
        claim = timeline.statements[number].claim
        if isinstance(claim, Dated):
            dates.append(claim)
        elif isinstance(claim, Accounts):
            dates += [d for account in claim.accounts for d in account.dates]
    alone = own(timeline, event) or Ends(OPEN, OPEN)
    alone = Ends(_in_calendar(alone.start), _in_calendar(alone.end))
    told = dates[0].date if dates else None
    return Placed(
        event=event,
        start=ends.start,
        end=ends.end,
        own=alone,
        basis=basis(bool(dates) and any(d.ends != Ends(OPEN, OPEN) for d in dates), alone, ends),
        dates=tuple(dates),
        precision=told.precision if told is not None else "",
        approximate=any(d.date.approximate for d in dates),
        uncertain=any(d.date.uncertain for d in dates),
        label=label(ends, event.tz, dates),
    )


def _in_calendar(window: Window) -> Window:
    """A window whose limits lie in the years 1 to 9999; those beyond are open."""
    low, high = window.earliest, window.latest
    return Window(
        low if low is None or FIRST <= low <= LAST else None,
        high if high is None or FIRST <= high <= LAST else None,
    )


def basis(dated: bool, alone: Ends, ends: Ends) -> str:
    """stated: its own date is all there is; narrowed: order made it tighter; inferred: no date of
    its own, and bounded on both sides; open: neither."""
    if dated:
        return "stated" if alone == ends else "narrowed"
    if ends.start.earliest is not None and ends.end.latest is not None:
        return "inferred"
    return "open"

