"""A plain page over a feed: how to subscribe, what else there is, and the events in order.

Every text of the file goes through `html.escape`; the script only copies an address.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.schedule import Schedule

_STYLE = """
:root { color-scheme: light dark; --line: #8886; --mark: #b45309 }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem }
h1 { line-height: 1.2 } h2 { margin-top: 2.5rem } h3 { margin: 1.5rem 0 .3rem }
.notice { border-left: .3rem solid var(--mark); padding: .5rem 1rem; background: #b453091f }
.ways { display: flex; flex-wrap: wrap; gap: .5rem; padding: 0; list-style: none }
.ways a, button { display: block; padding: .4rem .8rem; border: 1px solid var(--line);
  border-radius: .4rem; font: inherit; color: inherit; background: none; text-decoration: none }
.ways a:hover, button:hover { border-color: currentColor; cursor: pointer }
code { overflow-wrap: anywhere } button { display: inline-block; padding: .1rem .6rem }
ol { padding: 0; list-style: none } li.event { padding: .6rem 0; border-top: 1px solid var(--line) }
.when { opacity: .8; font-variant-numeric: tabular-nums }
"""
_SCRIPT = """
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = "Copied";
  });
}
"""


@frozen
class Feed:
    """One calendar: its public address, and what it calls itself."""

    url: str
    title: str


def render(schedule: Schedule | None, feeds: Sequence[Feed], notice: str = "") -> str:
    """The page. Without a schedule it tells how to subscribe, and no more."""
    timeline = schedule.timeline if schedule is not None else None
    title = (timeline.title or timeline.id) if timeline else feeds[0].title if feeds else "Calendars"
    language = (timeline.language if timeline else "") or "en"
    return "".join(_page(schedule, feeds, notice, title, language))


def _page(
    schedule: Schedule | None, feeds: Sequence[Feed], notice: str, title: str, language: str
) -> Iterator[str]:
    shown = escape(title)
    yield f'<!doctype html>\n<html lang="{escape(language)}">\n<meta charset="utf-8">\n'
    yield f"<title>{shown}</title>\n"
    yield '<meta name="viewport" content="width=device-width">\n<link rel="icon" href="data:,">\n'
    yield f"<style>{_STYLE}</style>\n<main>\n<h1>{shown}</h1>\n"
    if notice:
        yield f'<p class="notice" role="status">{escape(notice)}</p>\n'
    if schedule is not None and schedule.timeline.description:
        yield f"<p>{escape(schedule.timeline.description)}</p>\n"
    yield "<h2>Subscribe</h2>\n"
    for feed in feeds:
        yield from _offer(feed)
    if schedule is not None:
        yield "<h2>Events</h2>\n<ol>\n"
        for placed in schedule.events:
            when, name = escape(placed.label), escape(placed.event.title)
            told = " (inferred)" if placed.basis == "inferred" else ""
            yield f'<li class="event"><strong>{name}</strong><br>'
            yield f'<span class="when">{when}{told}</span></li>\n'
        yield "</ol>\n"
    yield f"</main>\n<script>{_SCRIPT}</script>\n</html>\n"


def _offer(feed: Feed) -> Iterator[str]:
    """The ways in which calendar programs take a feed, and what else its view is to be had as."""
    webcal = "webcal://" + feed.url.partition("://")[2]
    ways = {
        "Apple Calendar": webcal,
        "Google Calendar": f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        "Outlook": "https://outlook.live.com/calendar/0/addfromweb"
        f"?url={quote(feed.url, safe='')}&name={quote(feed.title, safe='')}",
    }
    stem = escape(feed.url.removesuffix(".ics"))
    yield f"<h3>{escape(feed.title)}</h3>\n{_listed(ways.items())}"
    yield f'<p><code>{escape(feed.url)}</code> <button type="button" hidden '
    yield f'data-copy="{escape(feed.url)}">Copy</button></p>\n'
    yield f'<p>For programs: <a href="{stem}.json">JSON</a>; for documents: '
    yield f'<a href="{stem}.mmd">Mermaid</a></p>\n'


def _listed(links: Iterable[tuple[str, str]]) -> str:
    items = (f'<li><a href="{escape(to)}">{escape(word)}</a></li>' for word, to in links)
    return f'<ul class="ways">{"".join(items)}</ul>\n'
