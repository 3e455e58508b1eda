"""Statements → a simple temporal network on integers. Every constraint knows its statement.

Event i of the timeline has the points 2i (start) and 2i+1 (end). A cancelled event keeps its own dates
and takes no part in the order. A sequence link between two groups goes through points of its own, so
that its cost is the sum of the groups and not their product.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline import allen
from timeline.civil import shift
from timeline.model import Accounts, Dated, Lagged, Lasting, Linked, Related
from timeline.stn import Constraint, Network
from timeline.window import OPEN, Ends, hull, meet, tighten

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from timeline.duration import Amount, Range
    from timeline.model import Account, Event, Timeline
    from timeline.window import Window

Points = tuple[int, int]
"""An event's two points: its start and its end."""

Said = tuple[Ends, int, int | None]
"""What an account or an event says of itself: windows of both ends, least and greatest duration."""


def build(timeline: Timeline) -> Network:
    """The network of a whole timeline."""
    points = {name: (2 * i, 2 * i + 1) for i, name in enumerate(timeline.events)}
    bounds: list[Constraint] = []
    gaps: list[Constraint] = []
    orders: list[Constraint] = []
    size = 2 * len(points)
    cancelled = {name for name, event in timeline.events.items() if event.status == "cancelled"}
    for number, name, claim, _, _, _ in timeline.statements:
        if isinstance(claim, Related):
            if name not in cancelled and claim.other not in cancelled:
                _relate(timeline, number, name, claim, points, gaps, orders)
        elif isinstance(claim, Dated):
            _bound(bounds, points[name], claim.ends, number)
        elif isinstance(claim, Lasting):
            start, end = points[name]
            least, most = _lag(timeline, claim.length, name, 0)
            _between(gaps, start, end, least, most, number)
        elif isinstance(claim, Accounts):
            start, end = points[name]
            ends, least, most = together(timeline.events[name], claim)
            _bound(bounds, (start, end), ends, number)
            _between(gaps, start, end, least, most, number)
        elif isinstance(claim, Linked):
            size = _link(claim, points, gaps, orders, number, size)
        elif isinstance(claim, Lagged):
            _lagged(timeline, claim, points, gaps, number)
    return Network(size, bounds, gaps, orders, len(timeline.statements))


def _bound(bounds: list[Constraint], points: Points, ends: Ends, number: int) -> None:
    for point, window in ((points[0], ends.start), (points[1], ends.end)):
        if window.earliest is not None:
            bounds.append((point, 0, window.earliest, number))
        if window.latest is not None:
            bounds.append((point, 1, window.latest, number))


def _between(gaps: list[Constraint], tail: int, head: int,
             least: int | None, most: int | None, number: int) -> None:  # fmt: skip
    if least is not None:
        gaps.append((tail, head, least, number))
    if most is not None:
        gaps.append((head, tail, -most, number))


def _relate(timeline: Timeline, number: int, name: str, claim: Related, points: dict[str, Points],
            gaps: list[Constraint], orders: list[Constraint]) -> None:  # fmt: skip
    relation, other, end, lag = claim
    if not end and relation in ("after", "before"):
        earlier, later = (other, name) if relation == "after" else (name, other)
        apart = _precede(points[earlier], points[later], number, orders)
        if lag is None:
            gaps.append(apart)
            return  # with a lag, the seconds follow below
    ends = points[name] + points[other]
    if end:
        tail, head = allen.anchor(relation, end)
        orders.append((ends[tail], ends[head], 1, number))
        if lag is None:
            gaps.append((ends[tail], ends[head], 0, number))
    elif lag is None:
        for tail, head, gap, strict in allen.RELATIONS[relation]:
            gaps.append((ends[tail], ends[head], gap, number))
            orders.append(gaps[-1] if gap == strict else (ends[tail], ends[head], strict, number))
    if lag is not None:
        tail, head = allen.anchor(relation, end)
        first = other if tail >= allen.B_START else name
        least, most = _lag(timeline, lag, first, tail % 2)
        _between(gaps, ends[tail], ends[head], max(least or 0, 0), most, number)


def _precede(earlier: Points, later: Points, number: int, orders: list[Constraint]) -> Constraint:
    """The order of an event that is over before another starts, and no seconds between the two."""
    apart = earlier[1], later[0], 0, number
    orders += apart, (earlier[0], later[0], 1, number), (earlier[1], later[1], 1, number)
    return apart


def _lagged(timeline: Timeline, claim: Lagged, points: dict[str, Points],
            gaps: list[Constraint], number: int) -> None:  # fmt: skip
    (first, first_end), (second, second_end) = claim.tail, claim.head
    if timeline.events[first].cancelled or timeline.events[second].cancelled:
        return
    side = int(first_end == "end")
    least, most = _lag(timeline, claim.lag, first, side)
    tail, head = points[first][side], points[second][second_end == "end"]
    _between(gaps, tail, head, least, most, number)


def _lag(timeline: Timeline, lag: Range, name: str, side: int) -> tuple[int | None, int | None]:
    """A lag from one end (side 0 start, 1 end) of an event, in seconds."""
    low, high, _ = lag
    if (low is not None and low.months) or (high is not None and high.months):
        event = timeline.events[name]
        return _distance(lag, exact_end(timeline, event, side), event.tz)
    return None if low is None else low.seconds, None if high is None else high.seconds


def _distance(length: Range, exact: int | None, tz: ZoneInfo) -> tuple[int | None, int | None]:
    """The least and the greatest seconds of a length; months and years are calendar arithmetic
    forward from an exact instant, else the shortest and the longest run of so many months."""
    low, high = length.least, length.most
    return (
        None if low is None else _forward(low, exact, tz) or low.shortest(),
        None if high is None else _forward(high, exact, tz) or high.longest(),
    )


def _forward(amount: Amount, exact: int | None, tz: ZoneInfo) -> int | None:
    """The seconds (never 0) of an amount from an exact instant on, where it has months."""
    if exact is None or amount.months <= 0:
        return None
    moved = shift(exact, amount, tz)
    return None if moved is None else moved - exact


def exact_end(timeline: Timeline, event: Event, side: int) -> int | None:
    """The instant of one end where a statement of the event's own fixes it; else None."""
    for number in event.statements:
        claim = timeline.statements[number].claim
        if isinstance(claim, Dated):
            ends = claim.ends
        elif isinstance(claim, Accounts):
            ends = together(event, claim)[0]
        else:
            continue
        window = ends.end if side else ends.start
        if window.exact:
            return window.earliest
    return None


def said(event: Event, account: Account) -> Said | None:
    """What one account says on its own; None where it contradicts itself."""
    start, end = OPEN, OPEN
    for dated in account.dates:
        start, end = meet(start, dated.ends.start), meet(end, dated.ends.end)
    least, most = 0, None
    if account.length is not None:
        exact = start.earliest if start.exact else None
        low, most = _distance(account.length, exact, event.tz)
        least = max(low or 0, 0)
    ends = tighten(Ends(start, end), least, most)
    return None if ends is None else (ends, least, most)


def agree(event: Event, claim: Accounts) -> Said | None:
    """All accounts of an event at once; None where they cannot all hold."""
    both: Said = (Ends(OPEN, OPEN), 0, None)
    for account in claim.accounts:
        one = said(event, account)
        if one is None:
            return None
        least, most = max(both[1], one[1]), _least_of(both[2], one[2])
        start = meet(both[0].start, one[0].start)
        end = meet(both[0].end, one[0].end)
        ends = tighten(Ends(start, end), least, most)
        if ends is None:
            return None
        both = (ends, least, most)
    return both


def together(event: Event, claim: Accounts) -> Said:
    """What an event's accounts give: all of them where they can hold together, else of each end the
    hull of what they say, open where one leaves it open."""
    joint = agree(event, claim)
    if joint is not None:
        return joint
    ends: Ends | None = None
    least, most = 0, None
    for i, account in enumerate(claim.accounts):
        one = said(event, account)
        if one is None:  # it contradicts itself: what it states, end by end
            start, end = OPEN, OPEN
            for dated in account.dates:
                start, end = meet(start, dated.ends.start), meet(end, dated.ends.end)
            one = (Ends(_sane(start), _sane(end)), 0, None)
        if ends is None:
            ends, least, most = one
            continue
        ends = Ends(hull(ends.start, one[0].start), hull(ends.end, one[0].end))
        least = min(least, one[1])
        most = None if most is None or one[2] is None else max(most, one[2])
        assert i
    assert ends is not None  # a claim holds at least one account
    return ends, least, most


def _sane(window: Window) -> Window:
    low, high = window.earliest, window.latest
    return OPEN if low is not None and high is not None and low > high else window


def _least_of(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else min(one, other)


def own(timeline: Timeline, event: Event) -> Ends | None:
    """What an event's date keys, accounts and duration give alone; None where they clash."""
    start, end, least, most = OPEN, OPEN, 0, None
    for number in event.statements:
        claim = timeline.statements[number].claim
        if isinstance(claim, Dated):
            start, end = meet(start, claim.ends.start), meet(end, claim.ends.end)
        elif isinstance(claim, Accounts):
            ends, low, high = together(event, claim)
            start, end = meet(start, ends.start), meet(end, ends.end)
            least, most = max(least, low), _least_of(most, high)
        elif isinstance(claim, Lasting):
            shortest, high = _lag(timeline, claim.length, event.id, 0)
            least, most = max(least, shortest or 0), _least_of(most, high)
    return tighten(Ends(start, end), least, most)


def _link(claim: Linked, points: dict[str, Points], gaps: list[Constraint],
          orders: list[Constraint], number: int, size: int) -> int:  # fmt: skip
    """A link of a sequence; returns the network's size, grown by the points between large groups."""
    earlier = [points[name] for name in claim.earlier]
    later = [points[name] for name in claim.later]
    if len(earlier) * len(later) <= 16:
        gaps += [_precede(b, a, number, orders) for b in earlier for a in later]
        return size
    between, starts, ends = size, size + 2, size + 4  # the starts of three events of no one
    for start, end in earlier:
        gaps.append((end, between, 0, number))
        orders += gaps[-1], (start, starts, 1, number), (end, ends, 0, number)
    for start, end in later:
        gaps.append((between, start, 0, number))
        orders += gaps[-1], (starts, start, 0, number), (ends, end, 1, number)
    return size + 6
