"""The pages: made once for each state and address, with a policy that lets nothing else run."""

from __future__ import annotations

import re
from threading import Lock
from typing import TYPE_CHECKING

from attrs import frozen

from timeline.exporters import html
from timeline.exporters.html import Feed, Link, Site
from timeline.serve.edition import body
from timeline.serve.stand_in import POLICY, stand_in
from timeline.words import instant_words

if TYPE_CHECKING:
    from timeline.serve.edition import Body, Edition
    from timeline.serve.faults import Fault
    from timeline.serve.live import Live

REMEMBERED = 64
"""How many pages are remembered: strangers choose what they call this server."""

_NAME = re.compile(rb"^NAME:(.*?)\r?$", re.MULTILINE)
_FORMATS = {"ics": "Calendar file", "json": "JSON", "mmd": "Mermaid", "svg": "Picture"}


@frozen(eq=False)
class Page:
    """A page and the Content-Security-Policy that it is sent with."""

    body: Body
    policy: str


class Pages:
    """The pages of one server, by the address under which it is asked, and the view."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._made: dict[tuple[str, str], Page] = {}
        self._state: tuple[Edition, Fault | None] | None = None
        self._modified = 0

    def made(self, live: Live, address: str, view: str = "all") -> Page | None:
        """The page, where it is made already."""
        state = self._state
        if state is None or state[0] is not live.edition or state[1] is not live.fault:
            return None
        return self._made.get((address, view))

    def page(self, live: Live, address: str, view: str = "all") -> Page | None:
        """The page of a view; `address` is that of the folder it stands in, with a slash at its
        end. None for a view that there is not."""
        with self._lock:
            edition, fault = live.edition, live.fault
            if edition.schedule and view not in ("all", *edition.schedule.timeline.views):
                return None
            if self._state is None or self._state[0] is not edition or self._state[1] is not fault:
                now = max(edition.published, fault.since if fault else 0)
                self._modified = max(self._modified + 1, now)
                self._made, self._state = {}, (edition, fault)
            key = address, view
            if key not in self._made:
                text, policy = _written(edition, fault, address, view)
                data = text.encode("utf-8", "replace")
                while len(self._made) >= REMEMBERED:
                    del self._made[next(iter(self._made))]
                made = body("index.html", data, self._modified, pack=live.pack)
                self._made[key] = Page(made, f"{policy}; frame-ancestors 'none'")
            return self._made[key]


def _written(edition: Edition, fault: Fault | None, address: str, view: str) -> tuple[str, str]:
    """The text of a page, and its own policy."""
    told = notice(edition, fault)
    schedule = edition.schedule
    if schedule is None:
        kept = [Link(feed.title, f"{feed.view}.html") for feed in feeds(edition, address)
                if f"{feed.view}.html" in edition.bodies]  # fmt: skip
        return stand_in(feeds(edition, address), kept, told), POLICY
    views = schedule.timeline.views
    shown = None if view == "all" else views[view]
    links = tuple(
        Link(_format(name), name) for name in edition.bodies
        if name.partition(".")[0] == view and not name.endswith(".html")
    )  # fmt: skip
    site = Site(tuple(feeds(edition, address)), told, links, {"all": "./"}, address)
    return html.page(schedule, shown, site), html.policy()


def _format(name: str) -> str:
    """What a file is, and which part of it."""
    part, _, extension = name.partition(".")[2].replace("-", " ").rpartition(".")
    return f"{_FORMATS.get(extension, extension)} {part}".rstrip()


def feeds(edition: Edition, address: str) -> list[Feed]:
    """The calendars of an edition, the whole timeline first, by their public addresses."""
    names = sorted((name.removesuffix(".ics") for name in edition.bodies if name.endswith(".ics")),
                   key=lambda name: (name != "all", name))  # fmt: skip
    return [Feed(name, _title(name, edition), f"{address}{name}.ics") for name in names]


def _title(view: str, edition: Edition) -> str:
    """What a calendar calls itself."""
    if edition.schedule is not None:
        timeline = edition.schedule.timeline
        if view == "all":
            return timeline.calendar.name or timeline.title or timeline.id
        return timeline.views[view].title
    found = _NAME.search(edition.bodies[f"{view}.ics"].data.replace(b"\r\n ", b"")[:10_000])
    return found[1].decode("utf-8", "replace") if found else view


def notice(edition: Edition, fault: Fault | None) -> str:
    """What a visitor is to know of an edit that is not shown; "" where there is none."""
    if fault is None:
        return ""
    since = ""
    if edition.schedule is not None:
        timeline = edition.schedule.timeline
        minute = fault.since - fault.since % 60
        since = f" of {instant_words(minute, timeline.tz)} ({timeline.zone})"
    return (
        f"The latest edit{since} could not be published. {fault.summary} "
        "What you see here, and what calendars receive, is the state before it."
    )
