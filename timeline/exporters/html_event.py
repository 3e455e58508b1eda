"""One event of the page: its date in words and what that rests on, what happened, where and with whom,
who says so, and why it lies where it lies.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from timeline.exporters.entry_words import account_words, stated
from timeline.exporters.markup import Markup, address, element, isolated, joined, link, named
from timeline.window import stated as dates_of
from timeline.words import label, zone_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.model import Account, Event, Source, Timeline
    from timeline.schedule import Placed

_UTC = ZoneInfo("UTC")
_STATUS = {"cancelled": "Cancelled", "tentative": "Tentative"}


def roles_told(shown: Iterable[Placed]) -> dict[str, tuple[str, ...]]:
    """By event what is told of the role of each who takes part; "" where it was told before: once is
    enough, as in a newspaper."""
    told: dict[str, tuple[str, ...]] = {}
    met: set[str] = set()
    for placed in shown:
        own = []
        for person in placed.event.who:
            own.append("" if person.name in met else person.role)
            met.add(person.name)
        told[placed.id] = tuple(own)
    return told


def event_item(
    timeline: Timeline, placed: Placed, roles: tuple[str, ...], because: Markup, found: dict[str, str]
) -> Markup:
    """An event as an item of the list. Its id is the address within the page: `#talks`. `roles` are
    told of those who take part, `because` is why it lies where it lies, `found` are the attributes by
    which it can be found."""
    event = placed.event
    title = isolated(event.title)
    heading = element("h3", _status(event), element("a", title, href=f"#{event.id}"))
    said = stated(timeline, event)
    parts = [
        heading,
        _facts(event, roles),
        element("p", event.description.strip("\n"), class_="description", dir="auto")
        if event.description else Markup(),
        _differing(timeline, event, said.differing),
        _sources([timeline.sources[name] for name in said.sources]),
        element(
            "details",
            element("summary", "Why then?", element("span", " ", title, class_="unseen")),
            because,
            class_="because",
        ),
    ]  # fmt: skip
    return element(
        "li",
        _when(timeline, placed),
        element("div", *parts, class_="what"),
        class_=f"event {placed.basis}" + (" cancelled" if event.cancelled else ""),
        id=event.id,
        **found,
    )


def _when(timeline: Timeline, placed: Placed) -> Markup:
    """The date as the schedule has it; the zone where it is another than the page's."""
    event = placed.event
    parts = [
        element("span", placed.label, class_="label"),
        " ",
        element("span", placed.basis, class_=f"basis {placed.basis}"),
    ]
    if event.zone != timeline.zone:
        windows = (placed.start, placed.end)
        times = [t for w in windows for t in (w.earliest, w.latest) if t is not None]
        zone = zone_words(times[0], event.tz) if times else event.zone
        parts += [" ", element("span", zone, class_="zone")]
    return element("p", *parts, class_="when")


def _status(event: Event) -> Markup:
    word = _STATUS.get(event.status)
    return joined([element("span", word, class_="status"), " "]) if word else Markup()


def _facts(event: Event, roles: tuple[str, ...]) -> Markup:
    """Where, who, about what, and more about it elsewhere: one line."""
    rows: list[tuple[str, list[Markup]]] = []
    if event.place is not None:
        rows.append(("Where", [link(event.place.url, named(event.place.name))]))
    if event.who:
        people = []
        for person, role in zip(event.who, roles, strict=True):
            name = link(person.url, named(person.name))
            if role:
                name = joined([name, element("span", ", ", named(role), class_="role")])
            people.append(name)
        rows.append(("Who", people))
    if event.tags:
        rows.append(("About", [joined([_dot(t.colour), named(t.label)]) for t in event.tags]))
    if address(event.url):
        rows.append(("More", [link(event.url, named(event.url), class_="url")]))
    if not rows:
        return Markup()
    told = [
        element("div", element("dt", name), element("dd", joined(values, "; ")))
        for name, values in rows
    ]
    return element("dl", *told, class_="facts")


def _dot(colour: str) -> Markup:
    """A tag's colour, before its name. (A style would need the policy's leave; `fill` does not.)"""
    if not colour:
        return Markup()
    disc = element("circle", cx="5", cy="5", r="4.5", fill=colour)
    return element("svg", disc, viewBox="0 0 10 10", class_="dot", aria_hidden="true")


def _differing(timeline: Timeline, event: Event, accounts: tuple[Account, ...]) -> Markup:
    if not accounts:
        return Markup()
    rows = []
    for account in accounts:
        names = joined([named(timeline.sources[name].title) for name in account.sources], "; ")
        told = element("b", account_words(event, account))
        rows.append(element("li", told, joined([" — ", names]) if names else ""))
    heading = element("p", "The sources differ:")
    return element("div", heading, element("ul", *rows), class_="differ")


def _sources(sources: list[Source]) -> Markup:
    if not sources:
        return Markup()
    told = [_source(source) for source in sources]
    word = "Source: " if len(told) == 1 else "Sources: "
    return element("p", element("span", word, class_="word"), joined(told, "; "), class_="sources")


@lru_cache(maxsize=4096)
def _source(source: Source) -> Markup:
    """A source by its title, and of when it is."""
    title = link(source.url, named(source.title))
    if source.published is None:
        return title
    words = label(dates_of("when", source.published, _UTC, False, None), _UTC)
    return joined([title, " ", element("span", f"({words})", class_="published")])
