"""Why an event lies where it lies, in words: what `timeline why` tells, for a reader of the page.

Events go by their titles, each a link to where it stands, dates and lengths as people say them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.civil import FIRST, LAST
from timeline.duration import in_words
from timeline.exporters.entry_words import account_words, cut
from timeline.exporters.markup import Markup, element, joined, link, named, text
from timeline.grounds import comes_to, grounds
from timeline.model import Accounts
from timeline.solution import in_calendar
from timeline.solver import last_steps
from timeline.stn import ORIGIN
from timeline.window import OPEN, Ends
from timeline.words import (
    Voice,
    bound_words,
    claim_words,
    dated_words,
    instant_words,
    label,
    range_words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from zoneinfo import ZoneInfo

    from timeline.duration import Amount, Range
    from timeline.grounds import Ground, Step
    from timeline.model import Dated, Event, Source, Statement, Timeline
    from timeline.schedule import Placed, Schedule

STEPS = 4_000
"""So many statements are told of the chains behind one bound of each event, over the whole page: of a
long chain the last ones, with a link to where the others are told. Whole chains would grow with the
square of the file."""
_LEAST, _MOST = 2, 12  # of one chain
CITED = 5
"""So many sources are named after a statement; the others are counted."""

_MARKED = "\x01{}\x02"  # an event's id in words that are not HTML yet: no text of a file holds these
_MARK = re.compile("\x01([^\x02]*)\x02")
_THIS = "this event"


class Telling:
    """Tells the reasons of one schedule. `address` gives an event's place in the pages, "" where it
    has none; `shown` is how many events the page shows."""

    def __init__(self, schedule: Schedule, address: Callable[[str], str], shown: int) -> None:
        self.schedule = schedule
        self.address = address
        self.most = min(_MOST, max(_LEAST, STEPS // max(shown, 1)))
        # Many chains lead through one statement: what is told of it again is kept.
        self._titles: dict[str, Markup] = {}
        self._links: dict[str, Markup] = {}
        self._sources: dict[tuple[str, ...], Markup] = {}
        self._words: dict[tuple[int, str], list[str]] = {}
        self._told: dict[tuple[int, str, str], Markup] = {}

    def because(self, placed: Placed) -> Markup:
        """Every bound of an event, each with the statements that it rests on."""
        told = grounds(self.schedule, placed, self.most)
        return joined([self._ground(placed, ground) for ground in told])

    def _ground(self, placed: Placed, ground: Ground) -> Markup:
        bounds = [element("p", words, class_="bound") for words in ground.bounds]
        if not ground.steps:
            return joined(bounds)
        steps = [self._step(placed, ground, step) for step in ground.steps]
        if ground.rests is not None:
            subject = self._named(ground.rests.event, placed.id)
            reached = _comes_to(placed, ground.side, ground.rests, subject)
            steps.insert(0, element("li", *reached, ", for the reasons that are told there."))
        kind = "ol" if len(steps) > 1 else "ul"
        return joined([*bounds, element(kind, *steps, class_="chain")])

    def _step(self, placed: Placed, ground: Ground, step: Step) -> Markup:
        told = self._statement(step.statement, placed.event)
        if step is ground.steps[-1]:
            return element("li", told)
        # Its event has just been named with a link.
        subject = Markup(_THIS) if step.event == placed.id else self._title(step.event)
        so = element("p", "So ", *_comes_to(placed, ground.side, step, subject), ".", class_="so")
        return element("li", told, so)

    def _statement(self, number: int, reader: Event) -> Markup:
        """A statement put to one who reads of an event, and who says so."""
        words = self._words.get((number, reader.zone))
        statement = self.schedule.timeline.statements[number]
        if words is None:
            words = _MARK.split(_words(self.schedule.timeline, statement, reader))
            self._words[number, reader.zone] = words
        key = (number, reader.zone, reader.id if reader.id in words[1::2] else "")
        told = self._told.get(key)
        if told is None:
            told = joined([self._sentence(words, reader.id), self._cited(statement.sources)])
            self._told[key] = told
        return told

    def _sentence(self, words: list[str], reading: str) -> Markup:
        """Words, at every second place the event that is named there, as a sentence."""
        parts = [
            self._named(part, reading) if i % 2 else text(cut(part)) for i, part in enumerate(words)
        ]
        told = joined(parts)
        return element("p", Markup(told[:1].upper() + told[1:]), ".")

    def _named(self, event: str, reading: str) -> Markup:
        """An event by its title, a link to where it stands."""
        if event == reading:
            return Markup(_THIS)
        known = self._links.get(event)
        if known is None:
            title, href = self._title(event), self.address(event)
            known = element("a", title, class_="named", href=href) if href else title
            self._links[event] = known
        return known

    def _title(self, event: str) -> Markup:
        known = self._titles.get(event)
        if known is None:
            known = self._titles[event] = named(self.schedule.timeline.events[event].title)
        return known

    def _cited(self, names: tuple[str, ...]) -> Markup:
        known = self._sources.get(names)
        if known is None:
            known = self._sources[names] = _cited([self.schedule.timeline.sources[n] for n in names])
        return known


def _cited(sources: list[Source]) -> Markup:
    """Who says so, the first few of them; nothing where nobody is named."""
    if not sources:
        return Markup()
    names: list[str] = [link(s.url, named(s.title)) for s in sources[:CITED]]
    if len(sources) > CITED:
        names.append(f"and {len(sources) - CITED} more")
    word = "Source: " if len(sources) == 1 else "Sources: "
    return element("p", word, joined(names, "; "), class_="cited")


def chains(schedule: Schedule, shown: Iterable[Placed]) -> str:
    """For the script, by event: what each of its four bounds (as BOUNDS has them) rests on, `talks.end`,
    or "" for a date and where it is open; JSON. Of the events that are shown, and of all behind them."""
    numbers = schedule.timeline.numbers
    points = [f"{name}.{end}" for name in numbers for end in ("start", "end")]
    low, high = (_rests(schedule, points, side) for side in (0, 1))

    def own(name: str) -> tuple[str, str, str, str]:
        at = 2 * numbers[name]
        return low[at], high[at], low[at + 1], high[at + 1]

    found = {placed.id: own(placed.id) for placed in shown}
    todo = list(found.values()) if len(found) < len(numbers) else []
    while todo:  # what is behind those that are shown may not be
        for one in todo.pop():
            name = one.partition(".")[0]
            if name and name not in found:
                found[name] = own(name)
                todo.append(found[name])
    # As `json` writes it: an id is plain letters.
    needed = [
        f'"{name}":["{a}","{b}","{c}","{d}"]'
        for name, (a, b, c, d) in sorted(found.items()) if a or b or c or d
    ]  # fmt: skip
    return f"{{{','.join(needed)}}}"


def _rests(schedule: Schedule, points: list[str], side: int) -> list[str]:
    """What the bound of each point on one side rests on; "" for a date, and where it is open."""
    bounds = schedule.solution.bounds
    last = last_steps(bounds, schedule.solution.network, side)
    values = bounds.latest if side else bounds.earliest
    found = []
    for step, value in zip(last[: len(points)], values, strict=False):
        if value is None or not FIRST <= value <= LAST:  # beyond the calendar it is open
            step = None
        while step is not None and step[0] >= len(points):  # between groups of a sequence
            step = last[step[0]]
        found.append("" if step is None or step[0] == ORIGIN else points[step[0]])
    return found


def _comes_to(placed: Placed, side: str, step: Step, subject: Markup) -> tuple[str, Markup, str]:
    before, after = comes_to(placed, side, step, _MARKED).split(_MARKED)
    return before, subject, after


def _words(timeline: Timeline, statement: Statement, reader: Event) -> str:
    """A statement put to one who reads of an event."""
    claim = statement.claim
    if not isinstance(claim, Accounts):
        return claim_words(timeline, statement, _voice(timeline, statement.event, reader))
    event = timeline.events[statement.event]
    said = dict.fromkeys(account_words(event, account) for account in claim.accounts[:CITED])
    accounts = list(said)
    if len(claim.accounts) > CITED:
        accounts.append(f"and {len(claim.accounts) - CITED} more")
    zone = "" if event.zone == reader.zone else f" ({event.zone})"
    return f"the accounts of {_MARKED.format(event.id)} say: {'; '.join(accounts)}{zone}"


def _voice(timeline: Timeline, subject: str, reader: Event) -> Voice:
    """How a statement on `subject` is put to one who reads of another event."""
    event = timeline.events.get(subject, reader)

    def dated(claim: Dated) -> str:
        words = date_words(claim, event.tz)
        return words if event.zone == reader.zone else f"{words} ({event.zone})"

    return Voice(_MARKED.format, "the {1} of \x01{0}\x02".format, dated, length_words)


def date_words(claim: Dated, tz: ZoneInfo) -> str:
    """What a date key says, as people say it; as it is written where it says nothing."""
    start, end = in_calendar(claim.ends.start), in_calendar(claim.ends.end)
    if claim.key == "when":
        said = label(Ends(start, end), tz, (claim,)).replace("starts ", "from ")
        words = "" if (start, end) == (OPEN, OPEN) else said
    else:
        words = _limit(claim, tz, *(start if claim.key in ("start", "earliest") else end))
        words = words and "~" * claim.date.approximate + words + "?" * claim.date.uncertain
    if not words:
        return dated_words(claim)
    words += " with its tolerance" * (claim.tolerance is not None)
    return words + ", throughout" * claim.throughout


def _limit(claim: Dated, tz: ZoneInfo, low: int | None, high: int | None) -> str:
    """What a date key says of one end, whose window it states; "" where that is open."""
    if claim.key == "earliest":
        return "" if low is None else bound_words(low, tz, "earliest")
    if claim.key == "latest":
        return "" if high is None else bound_words(high, tz, "latest")
    if low is None or high is None:
        return ""
    if low != high:  # an end within a period is after its first instant
        return range_words(low - (claim.key == "end"), high, tz, " to ")
    side = "earliest" if claim.key == "start" else "latest"
    return bound_words(low, tz, side) if claim.throughout else instant_words(low, tz)


def length_words(length: Range) -> str:
    """A length of time: `30 min`, `25 min to 40 min`, `at least 1 h`."""
    least, most = _amount(length.least), _amount(length.most)
    if least and most:
        return least if least == most else f"{least} to {most}"
    return f"at least {least}" if least else f"at most {most}"


def _amount(amount: Amount | None) -> str:
    if amount is None:
        return ""
    years, months = divmod(abs(amount.months), 12)
    counted = ((years, "year"), (months, "month"))
    parts = [f"{count} {unit}{'s' * (count > 1)}" for count, unit in counted if count]
    if amount.seconds or not parts:
        parts.append(in_words(abs(amount.seconds)))
    minus = "minus " if amount.months < 0 or amount.seconds < 0 else ""
    return minus + " ".join(parts)
