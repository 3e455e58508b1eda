"""What a page knows of where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import Factory, frozen

if TYPE_CHECKING:
    from collections.abc import Mapping


@frozen
class Feed:
    """A calendar feed that one can subscribe to: the view that it shows ("all" for the whole), its
    title, and the absolute address of its `.ics` (http, https, webcal or webcals)."""

    view: str
    title: str
    url: str


@frozen
class Link:
    """Something else to go to: its title, and its address, absolute or relative to the page."""

    title: str
    url: str


@frozen
class Site:
    """What a page knows of where it stands.

    `feeds`: the feeds that can be subscribed to; the page's own view is offered first. `notice`: what
    a reader must know of the page as a whole (the latest edit has faults, and so this is the one before
    it); "" for nothing. `links`: the page's view in other formats. `pages`: the address of each
    view's page by the view's id, relative to the page or absolute; `<view>.html` where none is given.
    `base`: the absolute address that relative ones are taken from, where it is known.
    """

    feeds: tuple[Feed, ...] = ()
    notice: str = ""
    links: tuple[Link, ...] = ()
    pages: Mapping[str, str] = Factory(dict)
    base: str = ""

    def page(self, view: str) -> str:
        """The address of a view's page."""
        return self.pages.get(view, f"{view}.html")
