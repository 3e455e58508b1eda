"""The Mermaid diagram, read back by Mermaid itself: it holds what the schedule holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mermaid_host import VERSIONS, needs_reader, read_back

from timeline.api import load
from timeline.exporters import EXPORTERS, Occasion, Output
from timeline.exporters.mermaid_text import clean
from timeline.schedule import Schedule

ROOT = Path(__file__).parent.parent
EXAMPLE = load(ROOT / "events.toml")
UNDATED = load(ROOT / "tests" / "undated.toml")


def diagram(schedule: Schedule, view: str | None = None) -> Output:
    chosen = schedule.timeline.views[view] if view else None
    return EXPORTERS["mermaid"].export(schedule, chosen, Occasion(lambda: 0))


def plain(text: str) -> str:
    """Without the breaks that only the layout asks for."""
    return re.sub(r"<br>", "", text)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("schedule", "view"),
    [(EXAMPLE, None), (EXAMPLE, "trip"), (EXAMPLE, "first-month"), (UNDATED, None)],
)
def test_every_event_stands_in_the_diagram_once(
    version: str, schedule: Schedule, view: str | None
) -> None:
    needs_reader()
    read = read_back(diagram(schedule, view).text, version)
    told = [plain(e) for period in read["periods"] for e in period["events"]]
    chosen = schedule.select(schedule.timeline.views[view] if view else None)
    for placed in chosen:
        assert sum(placed.event.title in event for event in told) == 1, placed.event.title
    assert len(set(read["sections"])) == len(read["sections"])
    assert read["title"].startswith(schedule.timeline.title)
    assert "Asia/Tokyo" in read["title"]


def test_the_order_is_that_of_the_schedule() -> None:
    text = diagram(EXAMPLE).text
    titles = [p.event.title for p in EXAMPLE.events]
    found = [text.index(t.replace("'", "'")) for t in titles if t in text]
    assert found == sorted(found)
    assert len(found) > 25


def test_certainty_is_said_in_words() -> None:
    text = diagram(EXAMPLE).text
    assert "by 31 Mar" in text
    assert "(inferred)" in text
    assert ": ~ approximate" in text
    assert "section Key" in text


def one(*events: str) -> str:
    return diagram(load(('[timeline]\ntimezone = "UTC"\n' + "\n".join(events)).encode())).text


def test_events_of_a_day_share_its_period() -> None:
    text = one(
        '[events.a]\nwhen = 2025-10-28\ntitle = "A"',
        '[events.b]\nwhen = 2025-10-28T10:00:00Z\nduration = "1h"\ntitle = "B"',
        '[events.c]\nwhen = "[2025-10-28T11:00..2025-10-28T15:00]"\ntitle = "C"',
        '[events.d]\nwhen = "2025-10-28T16:00?"\ntitle = "D"\nstatus = "cancelled"',
        '[events.e]\nwhen = "2025-10-29~"\ntitle = "E"\nstatus = "tentative"',
    )
    body = text.partition("section Oct 2025\n")[2].partition("    section Key")[0]
    assert [line.strip() for line in body.replace("#58;", ":").splitlines()] == [
        "28 Oct",
        ": A",
        ": 10:00–11:00: B",
        ": 11:00 to 15:00: C",
        ": Cancelled: 16:00?: D",
        "~29 Oct",
        ": E (tentative)",
    ]


def test_sections_run_with_time_and_never_return() -> None:
    text = one(
        "[events.a]\nbefore = 'b'",
        "[events.b]\nwhen = '[2025-09-20..2025-10-28]'",
        "[events.c]\nwhen = 2025-09-25",
        "[events.d]",
    )
    sections = re.findall(r"section (.*)", text)
    assert len(set(sections)) == len(sections)
    assert sections[-2:] == ["No date", "Key"]


def test_many_months_become_years() -> None:
    text = one(*(f"[events.e{i}]\nwhen = {1900 + i}-01-01" for i in range(20)))
    assert "section 1900\n" in text
    assert "section Jan" not in text


def test_a_diagram_that_is_too_long_says_so() -> None:
    many = load("".join(f"[events.e{i}]\nwhen = 2025-10-27\n" for i in range(4000)).encode())
    assert "at most 50,000" in diagram(many).notes[0]


titles = st.text(min_size=1, max_size=40).filter(lambda t: t.strip() != "") | st.sampled_from(
    ["section x", "title: y", "%%{init: {'theme': 'dark'}}%%", "#59; &amp; <br> <b>", "ﬂ°°59¶ß",
     "a : b : c", "end", "x%", "timeline", "2025-10-27", "- a", "1. b", "javascript:alert(1)"]
)  # fmt: skip


@given(st.lists(titles, min_size=1, max_size=4))
@settings(deadline=None, max_examples=60)
def test_any_title_shows_as_itself(written: list[str]) -> None:
    needs_reader()
    names = {f"e{i}": title for i, title in enumerate(written)}
    from timeline.reader import read as read_file

    data = {"events": {n: {"title": t, "when": f"2025-10-{11 + i}"}
                       for i, (n, t) in enumerate(names.items())}}  # fmt: skip
    timeline, _ = read_file(data, "t.toml")
    if timeline is None:  # a title that no file may hold
        return
    from timeline.network import build
    from timeline.schedule import place
    from timeline.solution import Solution
    from timeline.solver import solve

    network = build(timeline)
    bounds = solve(network)
    assert bounds is not None
    text = diagram(place(Solution(timeline, network, bounds))).text
    for version in VERSIONS:
        told = [plain(e) for p in read_back(text, version)["periods"] for e in p["events"]]
        assert told == [plain(clean(t.strip())) for t in written]
