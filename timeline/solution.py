"""A timeline that can be true: its network, the tightest bounds of every point, and what a view shows of
it. Apart from the schedule, so that a check does not load what only the telling of one needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from timeline.civil import FIRST, LAST
from timeline.model import Accounts, Dated, new
from timeline.window import OPEN, Ends, Window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.model import Event, Timeline, View
    from timeline.solver import Bounds
    from timeline.stn import Network


@frozen(eq=False, repr=False)
class Solution:
    """A timeline that can be true, its network, and the tightest bounds of every point."""

    timeline: Timeline
    network: Network
    bounds: Bounds

    def ends(self, name: str) -> Ends:
        """The windows of an event, by its id. Bounds outside the years 1 to 9999 are open."""
        point = 2 * self.timeline.numbers[name]
        earliest, latest = self.bounds.earliest, self.bounds.latest
        start = new(Window, (earliest[point], latest[point]))
        end = new(Window, (earliest[point + 1], latest[point + 1]))
        since, until = start[0], end[1]
        if since is not None and until is not None and since >= FIRST and until <= LAST:
            return new(Ends, (start, end))  # what lies between the two does so too
        return Ends(in_calendar(start), in_calendar(end))


def in_calendar(window: Window) -> Window:
    """A window whose limits lie in the years 1 to 9999; those beyond are open."""
    low, high = window
    early = low is None or FIRST <= low <= LAST
    late = high is None or FIRST <= high <= LAST
    return window if early and late else Window(low if early else None, high if late else None)


def dates_of(timeline: Timeline, event: Event) -> list[Dated]:
    """An event's own dates, and those of its accounts, as they stand in the file."""
    dates: list[Dated] = []
    statements = timeline.statements
    for number in event.statements:
        claim = statements[number].claim
        if isinstance(claim, Dated):
            dates.append(claim)
        elif isinstance(claim, Accounts):
            dates += [dated for account in claim.accounts for dated in account.dates]
    return dates


def shown_ends(alone: Ends, ends: Ends, dates: Sequence[Dated]) -> Ends:
    """The windows of an event that say when it was. Where the author dates its start and says
    nothing of its end, that other events came later is no news of how long it lasted: the latest
    end, which only follows from them, is left out."""
    start = alone.start
    if start.earliest is None or start.latest is None or alone.end.latest is not None:
        return ends
    if any(dated.date.kind == "interval" for dated in dates):
        return ends
    return Ends(ends.start, Window(ends.end.earliest, None))


def shows(view: View, event: Event, ends: Ends, dates: Sequence[Dated]) -> bool:
    """Whether a view shows an event whose windows are `ends`, and whose own dates `dates`.

    A moment, of which nothing says how long it lasted, is sought where it began.
    """
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
    if last is None and any(d.key == "when" and d.date.kind == "single" for d in dates):
        last = ends.start.latest
    if first is None and last is None and ends == Ends(OPEN, OPEN):
        return False  # nothing at all is known of when: it is in no period
    if high is not None and first is not None and first >= high and first != low:
        return False
    return not (low is not None and last is not None and last <= low and first != low)
