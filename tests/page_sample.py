"""The pages that the browser's tests look at, and what is to be seen in them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from page_cases import many, schedule_of
from page_host import Page

from timeline.api import load
from timeline.exporters.html import Feed, Link, Site, page
from timeline.schedule import Placed

ROOT = Path(__file__).parent.parent
EXAMPLE = load(ROOT / "events.toml")
IDS = [placed.id for placed in EXAMPLE.events]
SITE = Site(
    feeds=(Feed("all", "All", "https://f.example/all.ics"), Feed("trip", "T", "https://f.example/t.ics")),
    notice="The latest edit has faults.",
    links=(Link("JSON", "all.json"),),
)
ENTER, ESCAPE, TAB, SPACE, HOME, END = "\ue007", "\ue00c", "\ue004", " ", "\ue011", "\ue010"
LEFT, UP, RIGHT, DOWN = "\ue012", "\ue013", "\ue014", "\ue015"


@cache
def example() -> str:
    return page(EXAMPLE, None, SITE)


@cache
def trip() -> str:
    return page(EXAMPLE, EXAMPLE.timeline.views["trip"], SITE)


@cache
def crowd() -> str:
    schedule = schedule_of(many(500))
    assert schedule is not None
    return page(schedule, None, Site())


def reasons(name: str) -> set[str]:
    """The other events on the chains behind an event's bounds."""
    chain = [
        reason.event for end in ("start", "end") for side in ("earliest", "latest")
        for reason in EXAMPLE.because(name, end, side)
    ]  # fmt: skip
    return set(chain) - {name}


def chosen(seen: Page, name: str) -> None:
    """One event is chosen, and what it rests on is lit."""
    seen.await_marked("chosen", {name})
    assert seen.marked("lit") == reasons(name)
    assert seen.find(f"[id='{name}'] details").get_attribute("open")
    told = "return [...document.querySelectorAll('#List [aria-current=true]')].map(e => e.id)"
    assert seen.run(told) == [name]
    assert EXAMPLE.by_id[name].event.title in seen.find("#Said").text


def having(**wanted: str) -> list[str]:
    def fits(placed: Placed) -> bool:
        event = placed.event
        return (
            wanted.get("who", "") in ["", *[p.name for p in event.who]]
            and wanted.get("tag", "") in ["", *[t.label for t in event.tags]]
            and wanted.get("place", "") in ["", event.place.name if event.place else None]
        )

    return [placed.id for placed in EXAMPLE.events if fits(placed)]


def choose(seen: Page, kind: str, name: str) -> None:
    from selenium.webdriver.support.select import Select

    select = Select(seen.find(f"select[name={kind}]"))
    [option] = [o.text for o in select.options if o.text.startswith(f"{name} (") or o.text == name]
    select.select_by_visible_text(option)
