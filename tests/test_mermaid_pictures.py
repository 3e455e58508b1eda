"""How the diagrams look in Chromium: labels that do not touch, nothing outside the picture, each text
as meant, nothing that runs."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from mermaid_host import VERSIONS, needs_browser, needs_fonts, read_back, render
from mermaid_stories import drawn, schedule_of, shown
from test_mermaid_text import TITLES

from timeline.api import load
from timeline.exporters.mermaid_words import titled
from timeline.schedule import Schedule

ROOT = Path(__file__).parent.parent
EXAMPLE = load(ROOT / "events.toml")
UNDATED = load(ROOT / "tests" / "undated.toml")


@pytest.fixture(scope="module", autouse=True)
def browser() -> None:
    needs_browser()


def generated(count: int) -> Schedule:
    """Events of all kinds, some days apart, at places with long and short names."""
    places = ("Tokyo", "State Guest House, Akasaka Palace, Tokyo", "日本国内閣総理大臣官邸", "Nara")
    kinds: tuple[dict[str, Any], ...] = (
        {}, {"status": "tentative"}, {"status": "cancelled"}, {"duration": "90m"},
    )  # fmt: skip
    events: dict[str, dict[str, Any]] = {}
    for i in range(count):
        day = f"2025-{i // 20 % 12 + 1:02}-{i % 20 + 1:02}"
        when = (day, f"{day}~", f"[{day}..2025-12-31]", f"{day}T10:00", f"{day}?")[i % 5]
        more = kinds[i % 4] if "duration" not in kinds[i % 4] or "T" in when else {}
        event = {"title": f"Talks number {i} on the border and the budget", "place": places[i % 4]}
        events[f"e{i:03}"] = event | ({"latest": day} if i % 7 == 3 else {"when": when} | more)
    schedule = schedule_of(events)
    assert schedule is not None
    return schedule


def long_winded() -> Schedule:
    """Titles longer than any line, in several scripts, early and late in the story."""
    title = "A title that goes on and on, past all that a chart has room for, and then some more of it "
    scripts = (title * 2, "日本国内閣総理大臣高市早苗就任、" * 8, "Bundesverfassungsgerichtsentscheidung" * 3)
    events = {
        f"e{i}": {"when": f"2025-10-{3 * i + 1:02}", "title": scripts[i % 3], "place": scripts[-i % 3]}
        for i in range(8)
    }
    schedule = schedule_of(events)
    assert schedule is not None
    return schedule


STORIES: dict[str, tuple[Schedule, str, dict[str, Any]]] = {
    "trip": (EXAMPLE, "trip", {}),
    "all": (EXAMPLE, "all", {}),
    "lanes": (EXAMPLE, "all", {"lanes": "place"}),
    "undated": (UNDATED, "all", {}),
    "five": (generated(5), "all", {}),
    "fifty": (generated(50), "all", {}),
    "long": (long_winded(), "all", {"lanes": "place"}),
}


def apart(boxes: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """The pairs of labels that share more than a hair's breadth."""
    found = []
    for one, other in combinations(boxes, 2):
        across = min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"])
        down = min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
        if across > 1 and down > 1:
            found.append((one["text"], other["text"]))
    return found


def looked_at(picture: dict[str, Any]) -> list[dict[str, Any]]:
    """The labels of a picture that have no fault but may lie wrong."""
    assert picture["errors"] == []
    boxes = [b for b in picture["boxes"] if b["of"] not in ("title", "desc")]
    outside = [
        b["text"] for b in boxes
        if b["x"] < -1 or b["y"] < -1
        or b["x"] + b["width"] > picture["width"] + 1 or b["y"] + b["height"] > picture["height"] + 1
    ]  # fmt: skip
    assert outside == []
    return boxes


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind", ["timeline", "gantt", "flowchart"])
@pytest.mark.parametrize("story", STORIES)
def test_labels_stand_apart_and_within_the_picture(story: str, kind: str, version: str) -> None:
    schedule, view, look = STORIES[story]
    if kind == "timeline" and look:
        return
    made = drawn(schedule, kind, view, **look)
    for text in (made.text, *made.more):
        picture = render(text, version, 800)
        boxes = looked_at(picture)
        assert apart(boxes) == []
        assert picture["width"] <= 800
        model = read_back(text, version)
        meant = {
            "timeline": lambda m: [e for p in m["periods"] for e in (p["text"], *p["events"])],
            "gantt": lambda m: [*m["sections"], *(t["text"] for t in m["tasks"])],
            "flowchart": lambda m: [v["text"] for v in m["vertices"] if v["text"].strip("\xa0 ")],
        }[kind](model)
        seen = ["".join(b["text"].split()) for b in boxes]
        for one in meant:
            assert "".join(one.split()) in seen, one


@pytest.mark.parametrize("version", VERSIONS)
def test_the_layout_of_a_gantt_is_the_same_in_a_narrow_page(version: str) -> None:
    text = drawn(EXAMPLE, "gantt", "trip").text
    wide, narrow = (looked_at(render(text, version, width)) for width in (800, 400))
    for one, other in zip(wide, narrow, strict=True):
        assert one["text"] == other["text"]
        assert abs(one["x"] / 2 - other["x"]) < 3
        assert abs(one["y"] / 2 - other["y"]) < 3
    assert min(b["font"] for b in wide if b["of"] != "tick") > 8.5


@pytest.mark.parametrize("kind", ["timeline", "gantt"])
def test_letters_are_large_enough_to_read(kind: str) -> None:
    for schedule, view in ((EXAMPLE, "all"), (EXAMPLE, "trip"), (generated(50), "all")):
        made = drawn(schedule, kind, view)
        for text in (made.text, *made.more):
            boxes = looked_at(render(text, VERSIONS[-1], 800))
            assert min(b["font"] for b in boxes if b["of"] != "tick") > 8.5


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind", ["timeline", "gantt", "flowchart"])
def test_hostile_titles_are_drawn_as_they_are_and_nothing_runs(kind: str, version: str) -> None:
    needs_fonts()
    names = [" ".join(title.split()) for title in TITLES]
    names = [n for n in names if schedule_of({"e": {"when": "2025", "title": n, "place": n}})]
    assert len(names) > 45
    events = {
        f"e{i:02}": {"when": "2025-10-27", "title": n, "place": n} for i, n in enumerate(names)
    }
    schedule = schedule_of(events, views={"v": {"title": names[0], "events": list(events)}})
    assert schedule is not None
    made = drawn(schedule, kind, "v", lanes="" if kind == "timeline" else "place")
    for loaded in (False, True):
        seen = []
        for text in (made.text, *made.more):
            picture = render(text, version, 1200, loaded=loaded)
            assert picture["errors"] == []
            seen += ["".join(b["text"].split()) for b in picture["boxes"]]
        cut = any("cut" in note for note in made.notes)
        for placed in schedule.events:
            title = shown(titled(placed, schedule.timeline))
            assert any(one.endswith(title) for one in seen) or cut, title
