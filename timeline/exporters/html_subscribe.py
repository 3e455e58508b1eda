"""How to subscribe to a feed: the addresses by which calendar programs take one.

Apple's and most programs follow `webcal:`; Google Calendar and Outlook on the web take the feed's
address as a parameter of a page of theirs. Nothing is asked of any of them before one clicks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from timeline.exporters.markup import Markup, element, isolated, line, link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.exporters.html_site import Feed

_GOOGLE = "https://calendar.google.com/calendar/r?cid="
_OUTLOOK = "https://outlook.live.com/calendar/0/addfromweb?url="
_OFFICE = "https://outlook.office.com/calendar/0/addfromweb?url="


def subscribe(feeds: Sequence[Feed]) -> Markup:
    """The section: the first feed in full, the others behind one step. Nothing without feeds."""
    if not feeds:
        return Markup()
    first, *others = feeds
    parts = [element("h2", "Subscribe"), _offer(first)]
    if others:
        told = [_offer(feed) for feed in others]
        parts.append(element("details", element("summary", "Other calendars"), *told))
    return element("section", *parts, id="Subscribe")


def _offer(feed: Feed) -> Markup:
    plain = _web(feed.url)
    webcal = _calendar(feed.url)
    name = quote(line(feed.title), safe="")
    ways = [
        ("Apple Calendar", webcal),
        ("Google Calendar", _GOOGLE + quote(webcal, safe="")),
        ("Outlook", f"{_OUTLOOK}{quote(plain, safe='')}&name={name}"),
        ("Outlook at work", f"{_OFFICE}{quote(plain, safe='')}&name={name}"),
    ]
    items = [element("li", link(url, word, class_="way")) for word, url in ways]
    copy = element("button", "Copy", element("span", f" the address of {line(feed.title)}", class_="unseen"),
                   type="button", data_copy=plain, hidden=True)  # fmt: skip
    return element(
        "div",
        element("p", isolated(feed.title), class_="feed"),
        element("ul", *items, class_="ways"),
        element("p", "Other programs take this address: ", element("code", plain), " ", copy),
        class_="offer",
    )


def _web(url: str) -> str:
    """The address as the web has it."""
    scheme, mark, rest = url.partition("://")
    return ("https" if scheme.startswith("webcal") else scheme) + mark + rest


def _calendar(url: str) -> str:
    """The address as calendar programs know it."""
    return "webcal://" + url.partition("://")[2]
