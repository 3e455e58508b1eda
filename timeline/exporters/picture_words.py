"""What a picture says of an event in words: its label, and for those who cannot see it all the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from timeline.exporters.entry_words import cut
from timeline.exporters.mermaid_text import clean
from timeline.exporters.picture_scale import offset_words
from timeline.model import Accounts
from timeline.network import agree
from timeline.network import said as said_by
from timeline.words import dated_words, label

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from timeline.model import Account, Event, Timeline
    from timeline.schedule import Placed
    from timeline.window import Ends

ACCOUNTS = 5
"""So many accounts of one event are drawn; the others are counted."""
_SOURCES = 6
_BASIS = {
    "stated": "The date is stated.",
    "narrowed": "The date is stated, and the order makes it tighter.",
    "inferred": "No date is stated: the order of events places it.",
    "open": "No date is stated, and the order bounds it on one side at most.",
}


@frozen(eq=False)
class Told:
    """One account among several that differ: its window, None where it contradicts itself, and in
    words what it says and who says it."""

    ends: Ends | None
    words: str
    sources: str


def when(placed: Placed, tz: ZoneInfo) -> str:
    """The window in words; with its offset where that is not the one of the picture's zone."""
    if placed.event.tz is tz:
        return placed.label
    start, end = placed.told
    bounds = (start.earliest, end.latest, start.latest, end.earliest)
    at = next((b for b in bounds if b is not None), None)
    if at is None or offset_words(at, placed.event.tz) == offset_words(at, tz):
        return placed.label
    return f"{placed.label} ({offset_words(at, placed.event.tz)})"


def facts(placed: Placed, tz: ZoneInfo, differing: int = 0) -> list[str]:
    """The line below a title, in parts: when, on what basis, and what else limits it."""
    parts = [when(placed, tz)]
    if placed.event.status != "confirmed":
        parts.insert(0, placed.event.status)
    if placed.basis != "stated":
        parts.append({"open": "order only"}.get(placed.basis, placed.basis))
    if placed.uncertain:
        parts.append("uncertain")
    if differing:
        parts.append(f"{differing} accounts differ")
    return parts


def differing(timeline: Timeline, event: Event) -> tuple[Told, ...]:
    """The accounts of an event, where they cannot all hold."""
    for number in event.statements:
        claim = timeline.statements[number].claim
        if isinstance(claim, Accounts) and agree(event, claim) is None:
            return tuple(_told(timeline, event, account) for account in claim.accounts)
    return ()


def _told(timeline: Timeline, event: Event, account: Account) -> Told:
    alone = said_by(event, account)
    if alone is not None and account.dates:
        words = label(alone[0], event.tz, account.dates)
    else:
        parts = [f"{dated.key} {dated_words(dated)}" for dated in account.dates]
        words = ", ".join(parts + ([account.length.text] if account.length is not None else []))
    return Told(None if alone is None else alone[0], clean(words), sources(timeline, account.sources))


def sources(timeline: Timeline, ids: Iterable[str]) -> str:
    """Who says so: the titles of sources, the first few of them."""
    names = [cut(clean(timeline.sources[name].title)) for name in ids]
    more = f"; and {len(names) - _SOURCES} more" if len(names) > _SOURCES else ""
    return "; ".join(names[:_SOURCES]) + more


def description(timeline: Timeline, placed: Placed, accounts: tuple[Told, ...]) -> str:
    """All that a picture shows of an event, and who says so, for a screen reader."""
    event = placed.event
    parts = [f"{when(placed, timeline.tz)}. {_BASIS[placed.basis]}"]
    if event.status != "confirmed":
        parts.append(f"It is {event.status}.")
    if placed.approximate:
        parts.append("The date is approximate.")
    if placed.uncertain:
        parts.append("The date is uncertain.")
    if event.description:
        parts.append(clean(event.description))
    if event.place is not None:
        parts.append(f"Where: {cut(clean(event.place.name))}.")
    if event.who:
        parts.append(f"Who: {'; '.join(cut(clean(person.name)) for person in event.who)}.")
    for told in accounts:
        parts.append(f"By one account: {told.words} ({told.sources or 'no source'}).")
    cited = list(event.sources)
    for number in event.statements:
        cited += timeline.statements[number].sources
    if cited:
        parts.append(f"Sources: {sources(timeline, dict.fromkeys(cited))}.")
    return " ".join(parts)
