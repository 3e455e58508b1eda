"""Any text, and much of it: the page shows it as itself, changes no element for it, and grows with its
file.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from page_cases import MARKUP, WILD, everywhere, many, schedule_of
from page_reader import by_id, of_class, parsed, words

from timeline.api import load
from timeline.exporters import EXPORTERS, Occasion, html_because
from timeline.exporters.html import Feed, Site, page
from timeline.exporters.html_because import Telling
from timeline.exporters.markup import clean, line
from timeline.model import Event, Statement, Timeline
from timeline.schedule import Schedule

EXAMPLE = load(Path(__file__).parent.parent / "events.toml")


def skeleton(element: Any) -> Any:
    """Elements and the names of their attributes, without what they hold. A picture has as many lines
    of text as the text needs: of it, only that it holds nothing but a picture."""
    if element.tag in ("script", "style"):
        return element.tag
    if "timeline-picture" in element.get("class", ""):
        parts = {e.tag.rpartition("}")[2] for e in element.iter()}
        names = {name for e in element.iter() for name in e.attrib}
        assert parts <= DRAWN, parts
        assert not [n for n in names if n.startswith(("on", "style", "href", "src"))]
        return "picture"
    return (element.tag, sorted(element.attrib), [skeleton(e) for e in element])


DRAWN = {"svg", "title", "desc", "defs", "linearGradient", "stop", "g", "rect", "path", "text", "circle"}


@cache
def plain() -> dict[str | None, Any]:
    schedule = schedule_of(everywhere("x"))
    assert schedule is not None
    return {view: skeleton(parsed(told(schedule, view))) for view in (None, "v")}


def told(schedule: Schedule, view: str | None) -> str:
    return EXPORTERS["html"].export(
        schedule, schedule.timeline.views[view] if view else None, Occasion(lambda: 0)
    ).text  # fmt: skip


@given(WILD)
@settings(deadline=None, max_examples=25)
def test_any_text_shows_as_itself_and_changes_no_element(text: str) -> None:
    schedule = schedule_of(everywhere(text))
    if schedule is None:  # a text that no file may hold
        return
    for view in (None, "v"):
        tree = parsed(told(schedule, view))
        assert skeleton(tree) == plain()[view]
        for placed in schedule.select(schedule.timeline.views[view] if view else None):
            item = by_id(tree, placed.id)
            assert words(item.find(".//h3/a")) == line(text.strip())
            assert words(of_class(item, "description")[0]) == clean(text.strip("\n")) if (
                placed.event.description) else True  # fmt: skip


def test_markup_in_every_place_changes_no_element() -> None:
    kept = [text for text in MARKUP if schedule_of(everywhere(text)) is not None]
    texts = list({line(text): text for text in kept}.values())  # two that look alike are one to choose
    assert len(texts) > 20
    made = []
    for written in (texts, [f"plain {i}" for i in range(len(texts))]):
        data = everywhere(" ".join(written))
        data["events"] |= {
            f"w{i}": {"title": text, "description": text, "who": ["p", text], "place": text,
                      "tags": [text], "when": "2025-10-26", "source": "s"}
            for i, text in enumerate(written)
        }  # fmt: skip
        schedule = schedule_of(data)
        assert schedule is not None
        made.append(skeleton(parsed(told(schedule, None))))
    assert made[0] == made[1]


def test_what_is_repeated_is_cut() -> None:
    """A page grows with its file, however long the names are that it repeats."""
    long = "W" * 5_000
    data = everywhere("x")
    data["events"] |= {
        f"w{i}": {"title": "W", "who": ["p"], "place": "l", "tags": ["g"], "source": ["s", "u"],
                  "after": "a"} for i in range(50)
    }  # fmt: skip
    short = schedule_of(data)
    for kind in ("people", "places", "tags", "sources"):
        for entry in data[kind].values():
            entry.update({k: long for k in ("name", "role", "label", "title") if k in entry})
    data["sources"]["s"]["url"] = "https://s.example/" + long
    data["events"]["a"]["title"] = data["sequences"][0]["title"] = long
    schedule = schedule_of(data)
    assert short is not None
    assert schedule is not None
    grown = len(page(schedule, None, Site())) - len(page(short, None, Site()))
    assert grown < 50 * 30 * 200 + 20 * 5_000  # not 50 * 8 * 5,000 and more


def test_many_sources_and_accounts_are_counted() -> None:
    data = everywhere("x")
    data["sources"] |= {f"s{i}": {"title": f"Paper {i}"} for i in range(8)}
    data["events"]["m"] = {
        "accounts": [{"when": f"2025-10-{11 + i}", "source": f"s{i}"} for i in range(8)],
        "source": [f"s{i}" for i in range(8)],
    }
    schedule = schedule_of(data)
    assert schedule is not None
    [details] = of_class(by_id(parsed(page(schedule, None, Site())), "m"), "because")
    told = words(details)
    days = "; ".join(f"{day} Oct 2025" for day in range(11, 16))
    assert f"The accounts of this event say: {days}; and 3 more." in told
    assert "Paper 4; and 3 more" in told


def test_ids_of_the_page_are_none_that_an_event_can_have() -> None:
    tree = parsed(page(EXAMPLE, None, Site(feeds=(Feed("all", "T", "https://a/b.ics"),))))
    ids = [e.get("id") for e in tree.iter() if e.get("id")]
    assert len(set(ids)) == len(ids)
    assert all(i in EXAMPLE.by_id or re.match("[A-Z]", i) for i in ids)


def test_many_events_make_a_page_in_proportion() -> None:
    sizes = []
    for count in (50, 100, 200):
        schedule = schedule_of(many(count))
        assert schedule is not None
        source = page(schedule, None, Site())
        assert len(list(by_id(parsed(source), "List"))) == count
        sizes.append(len(source))
    assert sizes[2] / sizes[1] < 2.2
    assert sizes[1] / sizes[0] < 2.2


def test_a_statement_is_put_in_words_once_for_all_chains_through_it(
    monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    put = html_because._words

    def counted(timeline: Timeline, statement: Statement, reader: Event) -> str:
        asked.append(statement.id)
        return put(timeline, statement, reader)

    monkeypatch.setattr(html_because, "_words", counted)
    schedule = schedule_of(many(60))
    assert schedule is not None
    page(schedule, None, Site())
    assert asked
    assert len(asked) == len(set(asked))


def test_a_long_chain_is_told_to_its_nearest_steps() -> None:
    schedule = schedule_of(many(3000))
    assert schedule is not None
    telling = Telling(schedule, "#{}".format, 3000)
    told = parsed(f"<!doctype html><title>x</title>{telling.because(schedule.by_id['e4'])}")
    steps = [words(li) for li in told.iter("li")]
    assert steps[0] == (
        "Event 2: the delegates meet starts and ends no earlier than 1 Jan 2020, "
        "for the reasons that are told there."
    )
    assert len(steps) == 5  # the last two of four, and both of two
    assert [a.get("href") for a in next(told.iter("li")).iter("a")] == ["#e2"]
