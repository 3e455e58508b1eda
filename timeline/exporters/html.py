"""The page: picture, list, filter and reasons in one HTML file that asks nothing of anybody.

It is read without scripts: they add the filter, zoom, and the chain of reasons that lights up when an
event is chosen. Its policy allows the one style and the one script that stand in it, by their hashes,
and no request at all. The same schedule gives the same bytes.

`export` writes it as a file; a server calls `page` with what it knows of itself (`Site`), and sends
`policy()` as a header too, with `frame-ancestors` added, which a page cannot say of itself.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from timeline.exporters import Output, html_memo
from timeline.exporters.addresses import beside
from timeline.exporters.html_because import Telling, chains
from timeline.exporters.html_event import event_item, roles_told
from timeline.exporters.html_facets import Facets
from timeline.exporters.html_picture import picture, sheet
from timeline.exporters.html_site import Feed, Link, Site
from timeline.exporters.html_subscribe import subscribe
from timeline.exporters.markup import (
    Markup,
    address,
    begin,
    element,
    isolated,
    joined,
    line,
    named,
    text,
)
from timeline.render.show import BASIS_WORDS, shared_zone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.exporters import Occasion
    from timeline.memo import Memo
    from timeline.model import Timeline, View
    from timeline.schedule import Placed, Schedule


__all__ = ["Feed", "Link", "Site", "export", "page", "policy"]

LONG = 150
"""Of a longer list the browser lays out only what is near the part that is seen."""
ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath "
    "fill='none' stroke='%23777' stroke-width='2' d='M4 1v14'/%3E%3Cg fill='%230a6c8f'%3E%3Ccircle "
    "cx='4' cy='4' r='2.5'/%3E%3Ccircle cx='4' cy='12' r='2.5'/%3E%3Cpath d='M8 3h7v2H8zm0 8h5v2H8z'/"
    "%3E%3C/g%3E%3C/svg%3E"
)
"""A page without one makes browsers ask for /favicon.ico."""


def export(schedule: Schedule, view: View | None, occasion: Occasion) -> Output:
    """The page of the whole timeline, or of a view, as a file beside those of the other views."""
    parts = _parts(schedule, view, _beside_each_other(schedule.timeline), occasion.memo)
    return Output(b"".join([one if isinstance(one, bytes) else one.encode() for one in parts]))


def page(schedule: Schedule, view: View | None, site: Site, memo: Memo | None = None) -> str:
    """The page, whole: HTML with style, script and pictures in it. Pure; a `memo` is of pages with
    this very site."""
    parts = _parts(schedule, view, site, memo)
    return "".join([one.decode() if isinstance(one, bytes) else one for one in parts])


def _parts(
    schedule: Schedule, view: View | None, site: Site, memo: Memo | None
) -> list[str | bytes]:
    """The page in parts, which are joined once, since of many events it is large. What a memo keeps is
    encoded."""
    timeline = schedule.timeline
    shown = schedule.select(view)
    return [
        "<!doctype html>\n",
        begin("html", lang=timeline.language or "en"),
        "\n",
        element("head", *_head(timeline, view, site)),
        "\n<body>",
        element("a", "Skip to the events", class_="skip", href="#List"),
        "\n",
        _masthead(schedule, view, shown, site),
        "\n<main>",
        element("p", site.notice, class_="notice", role="alert") if site.notice else "",
        picture(schedule, view, memo),
        "\n",
        *_events(schedule, view, shown, site, memo),
        subscribe(_feeds(site, view)),
        "</main>\n",
        _footer(timeline, site),
        _chosen(),
        "\n",
        element("script", Markup(_part("page.js"))),
        "</body></html>\n",
    ]  # fmt: skip


@cache
def policy() -> str:
    """The Content-Security-Policy of every page: its own style and script, pictures that stand in it,
    and nothing from anywhere."""
    return (
        f"default-src 'none'; style-src {_hash(_style())}; "
        f"script-src {_hash(_part('page.js'))}; img-src data:; base-uri 'none'; form-action 'none'"
    )


@cache
def _part(name: str) -> str:
    return (files("timeline.exporters") / name).read_text("utf-8")


@cache
def _style() -> str:
    return _part("page.css") + sheet() + "\n"


def _hash(part: str) -> str:
    return f"'sha256-{b64encode(sha256(part.encode()).digest()).decode()}'"


def _beside_each_other(timeline: Timeline) -> Site:
    """What is known where the pages lie as files in one folder."""
    url = timeline.calendar.url
    if not url:
        return Site()
    feeds = [Feed("all", timeline.calendar.name or _title(timeline, None), url)]
    feeds += [Feed(v.id, _title(timeline, v), beside(url, v.id)) for v in timeline.views.values()]
    return Site(tuple(feeds))


def _feeds(site: Site, view: View | None) -> list[Feed]:
    """The feeds, that of the page's own view first, then that of the whole."""
    own = view.id if view is not None else "all"
    return sorted(site.feeds, key=lambda feed: (feed.view != own, feed.view != "all"))


def _title(timeline: Timeline, view: View | None) -> str:
    title = line(timeline.title or timeline.id)
    return title if view is None else f"{line(view.title)} – {title}"


def _head(timeline: Timeline, view: View | None, site: Site) -> list[Markup]:
    here = urljoin(site.base, site.page(view.id if view is not None else "all"))
    parts = [
        element("meta", charset="utf-8"),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{text(policy())}">'),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="generator", content="timeline"),
        element("title", _title(timeline, view)),
        element("link", rel="icon", href=ICON),
    ]
    if timeline.description:
        parts.append(element("meta", name="description", content=line(timeline.description)))
    if site.base and address(here):
        parts.append(element("link", rel="canonical", href=here))
    parts += [
        element("link", rel="alternate", type="text/calendar", title=line(feed.title), href=feed.url)
        for feed in _feeds(site, view) if address(feed.url)
    ]  # fmt: skip
    parts.append(element("style", Markup(_style())))
    return [Markup(f"\n{part}") for part in parts]


def _masthead(
    schedule: Schedule, view: View | None, shown: Sequence[Placed], site: Site
) -> Markup:
    timeline = schedule.timeline
    title = isolated(timeline.title or timeline.id)
    count = len(schedule.events)
    told = "1 event" if count == 1 else f"{count:,} events"
    if view is not None:
        told = f"{len(shown):,} of {told}"
    if shown:
        others = any(one.event.zone != timeline.zone for one in shown)
        told += f" in order; times in {shared_zone(shown, timeline.zone, timeline.tz)}"
        told += ", unless an event names another zone" * others
    description = element("p", timeline.description.strip("\n"), class_="description", dir="auto")
    by = [element("p", "By ", isolated(timeline.organisation), class_="by")] * bool(
        timeline.organisation
    )
    return element(
        "header",
        element("p", title, class_="kicker") if view is not None else "",
        element("h1", title if view is None else isolated(view.title)),
        description if timeline.description else "",
        *by,
        element("p", told, ".", class_="told"),
        _views(timeline, view, site),
    )


def _views(timeline: Timeline, view: View | None, site: Site) -> Markup:
    """The pages of the other views, and the way to subscribe; nothing where there is neither."""
    own = view.id if view is not None else "all"
    titles = {"all": "All events", **{v.id: v.title for v in timeline.views.values()}}
    items = [
        element("li", element("a", named(title), href=site.page(name),
                              aria_current="page" if name == own else None))
        for name, title in titles.items() if timeline.views
    ]  # fmt: skip
    if _feeds(site, view):
        items.append(element("li", element("a", "Subscribe", href="#Subscribe")))
    if not items:
        return Markup()
    return element("nav", element("ul", *items), class_="views", aria_label="Views")


def _events(
    schedule: Schedule, view: View | None, shown: Sequence[Placed], site: Site, memo: Memo | None
) -> list[str | bytes]:
    """The section of the events, in parts."""
    timeline = schedule.timeline
    facets = Facets(shown)
    here = {placed.id for placed in shown}

    def where(event: str) -> str:
        return f"#{event}" if event in here else f"{site.page('all')}#{event}"

    telling = Telling(schedule, where, len(shown))
    told = roles_told(shown)

    def item(one: Placed) -> Markup:
        because, found = telling.because(one), facets.of(one.event)
        return joined(["\n", event_item(timeline, one, told[one.id], because, found)])

    items: list[str | bytes] = []
    if memo is None:
        items += [item(one) for one in shown]
    else:
        common = html_memo.common(timeline, telling.most, shown if view is not None else None)
        name = view.id if view is not None else "all"
        values = html_memo.Items(schedule, telling.most, memo, name)
        known = memo.room(("html", name), common).each(
            ((one.id, (values.item(one), facets.of(one.event), told[one.id])) for one in shown),
            lambda name: item(schedule.by_id[name]).encode(),
        )
        items += known.values()
    parts = [begin("section", id="Events"), element("h2", "Events")]
    if shown:
        parts += [_filter(facets), element("p", id="Count", role="status"), _key(shown)]
    else:
        parts.append(element("p", "No event is shown."))
    listed = begin("ol", id="List", class_="long" if len(shown) > LONG else None, tabindex="-1",
                   data_because=chains(schedule, shown))  # fmt: skip
    return [*parts, listed, *items, Markup("</ol></section>")]


def _filter(facets: Facets) -> Markup:
    """Shown by the script that serves it."""
    search = element("input", type="search", name="text", autocomplete="off", spellcheck="false")
    controls = [
        element("label", element("span", "Search"), search),
        *facets.controls(),
        element("button", "Show all", type="reset", hidden=True),
    ]
    return element("form", *controls, id="Filter", role="search", aria_label="Events", hidden=True)


def _key(shown: Sequence[Placed]) -> Markup:
    """What the words and marks mean, those that occur."""
    rows = [
        (element("span", basis, class_=f"basis {basis}"), words)
        for basis, words in BASIS_WORDS.items() if any(one.basis == basis for one in shown)
    ]  # fmt: skip
    labels = [one.label for one in shown]
    marks = (
        ("~", "about then: the date is approximate", any(w.startswith("~") for w in labels)),
        ("?", "the date is uncertain", any(w.endswith("?") for w in labels)),
        ("… to …", "some time between the two", any(" to " in w for w in labels)),
        ("by …", "then at the latest", any(w.lstrip("~").startswith("by ") for w in labels)),
    )
    rows += [(text(mark), words) for mark, words, there in marks if there]
    told = [element("div", element("dt", sign), element("dd", words)) for sign, words in rows]
    return element("details", element("summary", "How to read the dates"),
                   element("dl", *told), class_="key")  # fmt: skip


def _footer(timeline: Timeline, site: Site) -> Markup:
    parts = []
    if site.links:
        items = [element("li", element("a", one.title, href=one.url)) for one in site.links]
        parts.append(element("nav", element("h2", "Other formats"), element("ul", *items),
                             class_="formats", aria_label="Other formats"))  # fmt: skip
    if address(timeline.url):
        more = element("a", timeline.url, href=timeline.url, rel="noopener noreferrer nofollow")
        parts.append(element("p", "More: ", more))
    return element("footer", *parts) if parts else Markup()


def _chosen() -> Markup:
    """What the script fills when an event is chosen, and its ways on."""
    buttons = [
        element("button", words, type="button", data_do=act)
        for act, words in (("picture", "In the picture"), ("list", "In the list"),
                           ("copy", "Copy link"), ("clear", "Clear"))
    ]  # fmt: skip
    return element(
        "div",
        element("p", id="Said", role="status"),
        element("div", *buttons, class_="acts", hidden=True),
        id="Chosen",
    )
