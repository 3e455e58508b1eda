"""What an entry tells in words: its window first, then what that rests on, what happened, the order
as the author states it, who takes part, and who says so.

What one event repeats of another (a title, a source) is cut to a length, so that a feed grows with
its file and not with its square.
"""

from __future__ import annotations

from itertools import count, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from timeline.claims import DATE_KEYS
from timeline.model import Accounts, Dated, Linked, Related
from timeline.network import agree
from timeline.network import said as said_by
from timeline.words import dated_words, label, zone_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from timeline.exporters.entries import Entry
    from timeline.model import Account, Event, Source, Timeline
    from timeline.schedule import Placed, Schedule

NAMED = 12
"""So many events are named after "After:" and the like; the others are counted."""
GROUP = 50
"""So many of a sequence's group are taken for each member of the next; all would be the product."""
CITED = 200
"""What is repeated of a title or a name, code points."""
ADDRESS = 2_000
"""A longer web address of a source is left out."""

_BASIS = {
    "stated": "The date is stated.",
    "narrowed": "The date is stated, and narrowed by the order of the events.",
    "inferred": "No date is stated: this follows from the order of the events.",
    "open": "No date is stated: this follows from the order of the events.",
}
_COVERS = {
    "short window": " The entry covers all of this time; the event lies somewhere within it.",
    "window": " The entry covers all of this time; the event lies somewhere within it.",
    "last day": " The entry stands on the last possible day.",
}
_HEADINGS = {
    "after": "After", "before": "Before", "during": "During", "contains": "Contains",
    "meets": "Ends at the start of", "met_by": "Starts at the end of", "overlaps": "Overlaps",
    "overlapped_by": "Overlapped by", "starts": "Starts together with",
    "started_by": "Starts together with", "finishes": "Ends together with",
    "finished_by": "Ends together with", "equals": "At the same time as",
}  # fmt: skip

Mention = tuple[str, str, str, str]
"""An event as another names it: under which heading, its id, the end that is meant or "", the lag as
written or ""."""


class Order(NamedTuple):
    """The order as the author states it, between events that take part in it.

    `told` are the mentions to put in words, by event: its own statements, and "After" also where
    the earlier event or a sequence states it. What is told
    "After", and no end of it, comes wholly before the event.
    """

    events: Mapping[str, Event]
    rank: Mapping[str, int]
    """The place of each event in the schedule, by which all are sorted, so that nothing hangs on the
    order of the file."""
    told: dict[str, list[Mention]]

    def tell(self, event: str, mention: Mention) -> None:
        """Note a mention."""
        known = self.told.get(event)
        if known is None:
            self.told[event] = [mention]
        else:
            known.append(mention)

    def mentions(self, event: str) -> list[Mention]:
        """The stated order of an event by headings, and below each in the order of the schedule; each
        mention once, and with its lag where one is stated."""
        told = self.told.get(event, [])
        if len(told) < 2:
            return told
        if len({mention[1] for mention in told}) < len(told):
            lagged = {mention[:3] for mention in told if mention[3]}
            told = list({m for m in told if m[3] or m[:3] not in lagged})
        rank = self.rank
        return sorted(told, key=lambda m: (m[0], rank[m[1]], m))

    def words(self, mentions: list[Mention]) -> list[str]:
        """A line for each heading."""
        if not mentions:
            return []
        if mentions[0][0] == mentions[-1][0]:
            return [self._line(mentions)]
        return [self._line(list(group)) for _, group in groupby(mentions, itemgetter(0))]

    def _line(self, mentions: list[Mention]) -> str:
        """A line for mentions under one heading."""
        named = [self._named(mention) for mention in mentions[:NAMED]]
        if len(mentions) > NAMED:
            named.append(f"and {len(mentions) - NAMED} more")
        return f"{mentions[0][0]}: {'; '.join(named)}"

    def _named(self, mention: Mention) -> str:
        _, name, end, lag = mention
        named = cut(self.events[name].title)
        if end:
            named = f"the {end} of {named}"
        return f"{named} (by {lag})" if lag else named


def before(mentions: list[Mention], published: Mapping[str, object]) -> list[str]:
    """The published events that the one of these mentions comes wholly after."""
    names = [m[1] for m in mentions if m[0] == "After" and not m[2] and m[1] in published]
    return list(dict.fromkeys(names)) if len(names) > 1 else names


def stated_order(schedule: Schedule) -> Order:
    """The order that the whole file states, whatever of it is shown."""
    events = schedule.timeline.events
    order = Order(events, dict(zip(schedule.by_id, count())), {})
    cancelled = {name for name, event in events.items() if event.cancelled}
    for _, event, claim, _, _, _ in schedule.timeline.statements:
        if isinstance(claim, Related):
            relation, other, end, length = claim
            if cancelled and (event in cancelled or other in cancelled):
                continue
            lag = length.text if length is not None else ""
            if relation == "after" and end != "start":
                order.tell(event, ("After", other, "", lag))
                continue
            wholly = relation == "before" and end != "end"
            order.tell(event, (_HEADINGS[relation], other, "" if wholly else end, lag))
            if wholly:
                order.tell(other, ("After", event, "", lag))
        elif isinstance(claim, Linked):
            for later in claim.later:
                for earlier in claim.earlier[:GROUP]:
                    order.tell(later, ("After", earlier, "", ""))
    return order


class Stated(NamedTuple):
    """What is stated of one event: who says so (by id), its own dates in the order of their keys and those
    of its accounts as the author lists them, and the accounts where they cannot all hold."""

    sources: tuple[str, ...]
    dates: list[Dated]
    differing: tuple[Account, ...]


def stated(timeline: Timeline, event: Event) -> Stated:
    """Gather what is stated of an event. Its own sources come first, as its author lists them."""
    dates: list[Dated] = []
    told: list[Dated] = []
    differing: tuple[Account, ...] = ()
    names, statements = event.sources, timeline.statements
    cited: set[str] = set()
    for number in event.statements:
        _, _, claim, _, named, _ = statements[number]
        if named is not names:
            cited.update(named)
        if isinstance(claim, Dated):
            dates.append(claim)
        elif isinstance(claim, Accounts):
            told += [dated for account in claim.accounts for dated in account.dates]
            differing = claim.accounts if agree(event, claim) is None else ()
    if len(dates) > 1:
        dates.sort(key=lambda dated: DATE_KEYS.index(dated.key))
    if cited:
        names += tuple(sorted(cited.difference(names)))
    return Stated(names, dates + told if told else dates, differing)


def description(
    timeline: Timeline, placed: Placed, entry: Entry, differing: Sequence[Account],
    order: list[str], cited: Sequence[str],
) -> list[str]:  # fmt: skip
    """The DESCRIPTION of an entry: paragraphs, the window in words first; line by line. `differing` are
    its accounts where they cannot all hold, `order` the lines that tell the stated order, `cited`
    those of its sources (see `sources`)."""
    _, event, _, _, _, _, basis, _, _, _, _, told = placed
    lines = [f"{told} ({_zone(placed)})", _BASIS[basis] + _COVERS.get(entry.row, "")]
    about, who = event.description, event.who
    if about:
        lines += ("", *about.strip("\n").split("\n"))
    facts = order
    if who:
        named = (f"{cut(p.name)} ({cut(p.role)})" if p.role else cut(p.name) for p in who)
        facts = [*order, "Who: " + "; ".join(named)]
    if facts:
        lines += ("", *facts)
    if differing:
        lines += ("", "The sources differ:")
        lines += [_account(timeline, event, account) for account in differing]
    if cited:
        lines += ("", *cited)
    return lines


def sources(told: Sequence[Source]) -> list[str]:
    """The lines that tell who says so."""
    return ["Sources:" if len(told) > 1 else "Source:", *map(_source, told)] if told else []


def _zone(placed: Placed) -> str:
    """The event's zone; with its offset where the window is told by times of day."""
    tz = placed.event.tz
    if ":" not in placed.label:
        return placed.event.zone
    at = placed.start.earliest
    if at is None:
        at = placed.start.latest if placed.end.latest is None else placed.end.latest
    assert at is not None  # a label that tells a time of day has a bound
    return zone_words(at, tz)


def _source(source: Source) -> str:
    published = f" ({source.published.text})" if source.published is not None else ""
    address = f" {source.url}" if 0 < len(source.url) <= ADDRESS else ""
    return f"- {cut(source.title)}{published}{address}"


def _account(timeline: Timeline, event: Event, account: Account) -> str:
    """What one account says, and whose it is."""
    words = account_words(event, account)
    names = ", ".join(cut(timeline.sources[name].title) for name in account.sources)
    return f"- {words}: {names}" if names else f"- {words}"


def account_words(event: Event, account: Account) -> str:
    """The window that one account gives alone, in the event's zone, else what it states."""
    alone = said_by(event, account)
    if alone is not None and account.dates:
        return label(alone[0], event.tz, account.dates)
    stated = [f"{dated.key} {dated_words(dated)}" for dated in account.dates]
    return ", ".join(stated + ([account.length.text] if account.length is not None else []))


def cut(text: str) -> str:
    """A text that stands in other entries than its own, cut to a length."""
    return text if len(text) <= CITED else text[: CITED - 1].rstrip() + "…"
