"""The page at `/`: made once for each state and address, with a policy that lets nothing else run."""

from __future__ import annotations

import base64
import re
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING

from attrs import frozen

from timeline.serve.edition import body
from timeline.serve.plain_page import Feed, render
from timeline.words import instant_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.serve.edition import Body, Edition
    from timeline.serve.faults import Fault
    from timeline.serve.live import Live

ADDRESSES = 32
"""How many addresses' pages are remembered: strangers choose what they call this server."""

_INLINE = {
    "style": re.compile(rb"<style[^>]*>(.*?)</style>", re.DOTALL),
    "script": re.compile(rb"<script[^>]*>(.*?)</script>", re.DOTALL),
}
_NAME = re.compile(rb"^NAME:(.*?)\r?$", re.MULTILINE)


@frozen(eq=False)
class Page:
    """A page and the Content-Security-Policy that it is sent with."""

    body: Body
    policy: str


class Pages:
    """The pages of one server, by the address under which it is asked."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._made: dict[str, Page] = {}
        self._state: tuple[Edition, Fault | None] | None = None
        self._modified = 0

    def made(self, live: Live, address: str) -> Page | None:
        """The page, where it is made already."""
        state = self._state
        if state is None or state[0] is not live.edition or state[1] is not live.fault:
            return None
        return self._made.get(address)

    def page(self, live: Live, address: str) -> Page:
        """The page; `address` is that of the folder it stands in, with a slash at its end."""
        with self._lock:
            edition, fault = live.edition, live.fault
            if self._state is None or self._state[0] is not edition or self._state[1] is not fault:
                now = max(edition.published, fault.since if fault else 0)
                self._modified = max(self._modified + 1, now)
                self._made, self._state = {}, (edition, fault)
            if address not in self._made:
                text = render(edition.schedule, feeds(edition, address), notice(edition, fault))
                data = text.encode("utf-8", "replace")
                while len(self._made) >= ADDRESSES:
                    del self._made[next(iter(self._made))]
                made = body("index.html", data, self._modified, pack=live.pack)
                self._made[address] = Page(made, policy(data))
            return self._made[address]


def policy(data: bytes) -> str:
    """What a page of ours may do: show its own styles, run its own script, both by their hashes."""
    allowed = {
        kind: " ".join(
            f"'sha256-{base64.b64encode(sha256(found).digest()).decode()}'"
            for found in dict.fromkeys(pattern.findall(data))
        ) or "'none'"
        for kind, pattern in _INLINE.items()
    }
    return (
        f"default-src 'none'; script-src {allowed['script']}; "
        f"style-src {allowed['style']}; img-src data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )


def feeds(edition: Edition, address: str) -> list[Feed]:
    """The calendars of an edition, the whole timeline first, by their public addresses."""
    return [
        Feed(f"{address}{name}", _title(name, edition.bodies))
        for name in sorted(edition.bodies, key=lambda name: (name != "all.ics", name))
        if name.endswith(".ics")
    ]


def _title(name: str, bodies: Mapping[str, Body]) -> str:
    """What a calendar calls itself."""
    found = _NAME.search(bodies[name].data.replace(b"\r\n ", b"")[:10_000])
    return found[1].decode("utf-8", "replace") if found else name


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
