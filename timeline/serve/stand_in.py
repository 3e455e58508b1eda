"""The page for as long as the file has no use and an earlier run's exports stand in: what is wrong, how
to subscribe, and the pages as they were."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from timeline.exporters.html_subscribe import subscribe
from timeline.exporters.markup import Markup, element, isolated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.exporters.html import Feed, Link

_STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}"
    "[role=alert]{border-left:.3rem solid #b45309;padding:.5rem 1rem}code{overflow-wrap:anywhere}"
)
_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)


def stand_in(feeds: Sequence[Feed], links: Sequence[Link], notice: str) -> str:
    """The page, whole."""
    title = feeds[0].title
    kept = [element("li", element("a", isolated(link.title), href=link.url)) for link in links]
    return "<!doctype html>\n" + element(
        "html",
        element("head", Markup('<meta charset="utf-8">'), element("title", title),
                element("meta", name="viewport", content="width=device-width, initial-scale=1"),
                element("link", rel="icon", href="data:,"), element("style", Markup(_STYLE))),
        element("body", element("main", element("h1", isolated(title)),
                                element("p", notice, role="alert"), *_kept(kept), subscribe(feeds))),
        lang="en",
    ) + "\n"  # fmt: skip


def _kept(items: list[Markup]) -> list[Markup]:
    return [element("h2", "As it was before"), element("ul", *items)] if items else []
