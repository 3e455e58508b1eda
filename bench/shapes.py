"""Networks of every shape that a file can take, from a seed.

Each is consistent: it is drawn around a hidden story, a start and an end for every event, and says
only what is true of it. Sizes are in events; every shape has about three statements an event, but
where its nature allows fewer.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from timeline.stn import Constraint, Network

if TYPE_CHECKING:
    from collections.abc import Callable

HOUR = 3600
DAY = 24 * HOUR
EPOCH = 1_700_000_000


class Story:
    """A hidden story, and what has been stated of it so far."""

    def __init__(self, starts: list[int], ends: list[int]) -> None:
        self.starts = starts
        self.ends = ends
        self.bounds: list[Constraint] = []
        self.gaps: list[Constraint] = []
        self.orders: list[Constraint] = []
        self.statements = 0

    def network(self) -> Network:
        size = 2 * len(self.starts)
        return Network(size, self.bounds, self.gaps, self.orders, self.statements)

    def _next(self) -> int:
        self.statements += 1
        return self.statements - 1

    def day(self, event: int) -> None:
        """`when` a day, or as many days as the event touches."""
        statement = self._next()
        first = self.starts[event] // DAY * DAY
        last = self.ends[event] // DAY * DAY + DAY
        self.bounds += [
            (2 * event, 0, first, statement),
            (2 * event, 1, last - 1, statement),
            (2 * event + 1, 1, last, statement),
        ]

    def earliest(self, event: int) -> None:
        self.bounds.append((2 * event, 0, self.starts[event] // HOUR * HOUR, self._next()))

    def latest(self, event: int) -> None:
        self.bounds.append((2 * event + 1, 1, self.ends[event] // HOUR * HOUR + HOUR, self._next()))

    def moment(self, event: int) -> None:
        """`start` to the second."""
        statement = self._next()
        self.bounds += [(2 * event, side, self.starts[event], statement) for side in (0, 1)]

    def duration(self, event: int, slack: int = 0) -> None:
        statement = self._next()
        length = self.ends[event] - self.starts[event]
        self.gaps += [
            (2 * event, 2 * event + 1, max(0, length - slack), statement),
            (2 * event + 1, 2 * event, -length - slack, statement),
        ]

    def after(self, event: int, other: int, lag: tuple[int, int] | None = None) -> None:
        """`event` after `other`; with a lag, by its least and its greatest."""
        statement = self._next()
        self.gaps.append((2 * other + 1, 2 * event, lag[0] if lag else 0, statement))
        if lag:
            self.gaps.append((2 * event, 2 * other + 1, -lag[1], statement))
        self.orders += [
            (2 * other + 1, 2 * event, 0, statement),
            (2 * other, 2 * event, 1, statement),
            (2 * other + 1, 2 * event + 1, 1, statement),
        ]

    def during(self, event: int, other: int) -> None:
        statement = self._next()
        pairs = [(2 * other, 2 * event), (2 * event + 1, 2 * other + 1)]
        self.gaps += [(tail, head, 0, statement) for tail, head in pairs]
        self.orders += [(tail, head, 0, statement) for tail, head in pairs]


def layered(events: int, seed: int = 0, dated: float = 0.5) -> Network:
    """Random layers: dates, durations and relations of every kind to events of earlier layers."""
    random = Random(seed)
    width = max(1, min(100, events // 4))
    starts: list[int] = []
    ends: list[int] = []
    for event in range(events):
        starts.append(EPOCH + event // width * 6 * HOUR + random.randrange(2 * HOUR))
        ends.append(starts[-1] + random.randrange(1, 3 * HOUR))
    story = Story(starts, ends)
    for event in range(events):
        if random.random() < dated:
            story.day(event)
        else:
            story.duration(event, random.choice((0, HOUR)))
        for _ in range(2):
            if event < width:
                story.duration(event, HOUR)
                continue
            other = random.randrange(max(0, event // width - 3) * width, event // width * width)
            if random.random() < 0.2:
                lag = starts[event] - ends[other]
                story.after(event, other, (max(0, lag - HOUR), lag + HOUR))
            else:
                story.after(event, other)
    return story.network()


def undated(events: int, seed: int = 0) -> Network:
    """Random layers without any date."""
    return layered(events, seed, dated=0)


def _line(events: int, names: list[int], date_every: int) -> Story:
    """A chain through the events in the order of these names."""
    starts = [0] * events
    for place, event in enumerate(names):
        starts[event] = EPOCH + place * 6 * HOUR
    story = Story(starts, [start + HOUR for start in starts])
    for place, event in enumerate(names):
        if place % date_every == 0:
            story.day(event)
        story.duration(event)
        if place:
            story.after(event, names[place - 1])
        if place > 1:
            story.after(event, names[place - 2])
    return story


def chain(events: int, seed: int = 0) -> Network:
    """One chain in the order of the file."""
    return _line(events, list(range(events)), 100).network()


def chain_reversed(events: int, seed: int = 0) -> Network:
    """One chain against the order of the file."""
    return _line(events, list(range(events))[::-1], 100).network()


def chain_shuffled(events: int, seed: int = 0) -> Network:
    """One chain in no order."""
    names = list(range(events))
    Random(seed).shuffle(names)
    return _line(events, names, 100).network()


def chain_lagged(events: int, seed: int = 0) -> Network:
    """One chain with least and greatest lags: a single large circle of constraints."""
    random = Random(seed)
    starts: list[int] = [EPOCH]
    ends: list[int] = []
    for _ in range(events):
        ends.append(starts[-1] + random.randrange(HOUR, 2 * HOUR))
        starts.append(ends[-1] + random.randrange(HOUR, 3 * DAY))
    story = Story(starts[:events], ends)
    for event in range(events):
        if event == events // 2:
            story.day(event)
        story.duration(event, random.choice((0, HOUR)))
        if event:
            lag = starts[event] - ends[event - 1]
            story.after(event, event - 1, (lag // 2, lag * 2))
        if event > 1:
            story.after(event, event - 2)
    return story.network()


def exact_lags(events: int, seed: int = 0) -> Network:
    """A project of exact durations: each task at once after one earlier task and after another."""
    random = Random(seed)
    roots = max(1, min(50, events // 4))
    starts: list[int] = []
    ends: list[int] = []
    before: list[list[int]] = []
    for event in range(events):
        earlier = {event - random.randint(1, roots) for _ in range(2)} if event >= roots else set()
        before.append(sorted(earlier, key=lambda other: -ends[other]))
        starts.append(ends[before[-1][0]] if earlier else EPOCH + event * DAY)
        ends.append(starts[-1] + random.randint(1, 5) * DAY)
    story = Story(starts, ends)
    for event in range(events):
        story.duration(event)
        if event < roots:
            story.moment(event)
        for place, other in enumerate(before[event]):
            story.after(event, other, None if place else (0, 0))
    return story.network()


def star_in(events: int, seed: int = 0) -> Network:
    """Everything before one event."""
    return _star(events, seed, inwards=True)


def star_out(events: int, seed: int = 0) -> Network:
    """Everything after one event."""
    return _star(events, seed, inwards=False)


def _star(events: int, seed: int, inwards: bool) -> Network:
    random = Random(seed)
    hub = events // 2
    starts = [EPOCH + random.randrange(900 * DAY) for _ in range(events)]
    starts[hub] = EPOCH + 1000 * DAY if inwards else EPOCH - 100 * DAY
    story = Story(starts, [start + HOUR for start in starts])
    for event in range(events):
        story.duration(event, HOUR)
        story.day(event)
        if event != hub:
            story.after(*((hub, event) if inwards else (event, hub)))
    return story.network()


def grid(events: int, seed: int = 0) -> Network:
    """A square: each event after its neighbours to the left and above."""
    side = max(1, int(events**0.5))
    starts = [EPOCH + (event % side + event // side) * DAY for event in range(events)]
    story = Story(starts, [start + HOUR for start in starts])
    for event in range(events):
        if event % (10 * side) == 0:
            story.day(event)
        story.duration(event)
        if event % side:
            story.after(event, event - 1)
        if event >= side:
            story.after(event, event - side)
    return story.network()


def islands(events: int, seed: int = 0) -> Network:
    """Many small stories of ten events that have nothing to do with one another."""
    random = Random(seed)
    starts = [EPOCH + random.randrange(100) * DAY + event % 10 * DAY for event in range(events)]
    for event in range(events):
        if event % 10:
            starts[event] = starts[event - 1] + 6 * HOUR
    story = Story(starts, [start + HOUR for start in starts])
    for event in range(events):
        story.duration(event)
        if event % 5 == 0:
            story.day(event)
        if event % 10:
            story.after(event, event - 1)
        if event % 10 > 3:
            story.after(event, event - random.randrange(2, 4))
    return story.network()


def comb(events: int, seed: int = 0) -> Network:
    """A thousand long chains that start from one event."""
    teeth = min(1000, max(1, events // 10))
    starts = [EPOCH + (event + teeth - 1) // teeth * 6 * HOUR for event in range(events)]
    story = Story(starts, [start + HOUR for start in starts])
    story.day(0)
    for event in range(events):
        story.duration(event)
        if event:
            story.after(event, max(0, event - teeth))
        if event > 2 * teeth:
            story.after(event, event - 2 * teeth)
    return story.network()


def nested(events: int, seed: int = 0) -> Network:
    """Everything during one event."""
    random = Random(seed)
    starts = [EPOCH + DAY + random.randrange(1000 * DAY) for _ in range(events)]
    ends = [start + random.randrange(1, DAY) for start in starts]
    starts[0] = EPOCH
    ends[0] = EPOCH + 1010 * DAY
    story = Story(starts, ends)
    for event in range(events):
        story.duration(event, HOUR)
        if event % 2 == 0:
            story.day(event)
        else:
            story.latest(event)
        if event:
            story.during(event, 0)
    return story.network()


def dense(events: int, seed: int = 0) -> Network:
    """Dates of every kind on every event, and some order."""
    random = Random(seed)
    starts = [EPOCH + event * HOUR + random.randrange(HOUR) for event in range(events)]
    story = Story(starts, [start + random.randrange(HOUR) for start in starts])
    for event in range(events):
        story.day(event)
        story.earliest(event)
        if event % 2:
            story.latest(event)
        elif event > 50:
            story.after(event, event - random.randrange(2, 50))
    return story.network()


SHAPES: dict[str, Callable[[int, int], Network]] = {
    "random layered": layered,
    "chain in order": chain,
    "chain reversed": chain_reversed,
    "chain shuffled": chain_shuffled,
    "chain with least and greatest lags": chain_lagged,
    "exact lags": exact_lags,
    "star in": star_in,
    "star out": star_out,
    "grid": grid,
    "many islands": islands,
    "comb": comb,
    "everything during one": nested,
    "dense dates": dense,
    "no dates": undated,
}
