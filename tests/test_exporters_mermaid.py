"""The Mermaid diagrams as they are written, read back by Mermaid itself: each holds what the schedule
holds, whatever its texts; and the one that fits is chosen."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from mermaid_host import VERSIONS, needs_reader, read_back, said_of_events
from mermaid_stories import drawn, schedule_of, shown, stories

from timeline.api import export, load
from timeline.exporters import EXPORTERS, THEMES, USUAL, Look, LookError, look
from timeline.exporters.mermaid import kind
from timeline.exporters.mermaid_words import titled
from timeline.schedule import Schedule

ROOT = Path(__file__).parent.parent
EXAMPLE = load(ROOT / "events.toml")
UNDATED = load(ROOT / "tests" / "undated.toml")
KINDS = ("timeline", "gantt", "flowchart")
SIGNS = {"timeline": ":;", "gantt": "<:", "flowchart": "[*"}  # each takes five letters as an escape


@pytest.fixture(scope="module")
def reader() -> None:
    needs_reader()


def many(count: int, **more: Any) -> Schedule:
    """A story of as many events, one a day."""
    head = '[timeline]\ntimezone = "Asia/Tokyo"\n'
    days = [f"{2025 + i // 336}-{i // 28 % 12 + 1:02}-{i % 28 + 1:02}" for i in range(count)]
    return load((head + "".join(f"[events.e{i}]\nwhen = {d}\n" for i, d in enumerate(days))).encode())


def is_told(title: str, said: str) -> bool:
    """Whether a text ends in a title, white space aside; or in what a chart cuts it to."""
    if "…" in said and said.endswith("…"):
        return True
    return "".join(said.split()).endswith("".join(title.split()))


# --- the same for all three ----------------------------------------------------------------------


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind_of", KINDS)
@pytest.mark.parametrize(
    ("schedule", "view"),
    [(EXAMPLE, "all"), (EXAMPLE, "trip"), (EXAMPLE, "first-month"), (UNDATED, "all")],
)
def test_every_event_stands_in_the_diagram_once(
    kind_of: str, version: str, schedule: Schedule, view: str
) -> None:
    made = drawn(schedule, kind_of, view)
    told = [t for text in (made.text, *made.more) for t in said_of_events(read_back(text, version))]
    chosen = [
        p for p in schedule.select(schedule.timeline.views.get(view))
        if p.id not in dict(made.omitted)
    ]  # fmt: skip
    assert len(told) == len(chosen)
    for placed in chosen:
        meant = titled(placed, schedule.timeline)
        assert sum(is_told(meant, one) for one in told) == 1, meant
    assert "Tokyo, UTC+9" in made.text


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind_of", KINDS)
@given(schedule=stories(), by=st.sampled_from(("", "place")), view=st.sampled_from(("all", "v")))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_shows_as_itself(
    kind_of: str, version: str, schedule: Schedule | None, by: str, view: str
) -> None:
    assume(schedule is not None)
    assert schedule is not None
    made = drawn(schedule, kind_of, view, lanes=by)
    models = [read_back(text, version) for text in (made.text, *made.more)]
    told = sorted("".join(t.split()) for model in models for t in said_of_events(model))
    left = dict(made.omitted)
    meant = [p for p in schedule.events if p.id not in left]
    assert len(told) == len(meant)
    if "titles too long for a chart are cut" not in made.notes:
        for placed in meant:
            title = shown(titled(placed, schedule.timeline))
            assert any(one.endswith(title) for one in told), (title, told)
    name = shown(schedule.timeline.title or "t")
    for text, model in zip((made.text, *made.more), models, strict=True):
        assert len(text) <= 50_000
        if kind_of != "flowchart" and len(name) < 40:
            assert "".join(model["title"].split()).startswith(name)
        if kind_of != "timeline":
            assert model["accessible"][1]
        if kind_of == "flowchart":
            assert all(v["link"] is None for v in model["vertices"])
        if kind_of == "gantt":
            assert model["links"] == []


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize("kind_of", ["gantt", "flowchart"])
@given(names=st.lists(
    st.sampled_from(["2025", "__proto__", "constructor", "Key", "No place", "a b", "a  b", "10", "9"]),
    min_size=1, max_size=6))  # fmt: skip
@settings(max_examples=10, deadline=None)
def test_lanes_are_the_places_in_the_order_of_the_events(kind_of: str, names: list[str]) -> None:
    events = {f"e{i}": {"when": f"2025-10-{i + 1:02}", "place": n} for i, n in enumerate(names)}
    schedule = schedule_of(events)
    assert schedule is not None
    for version in VERSIONS:
        model = read_back(drawn(schedule, kind_of, lanes="place").text, version)
        if kind_of == "gantt":
            found = list(dict.fromkeys(t["section"] for t in model["tasks"]))[:-1]
        else:
            found = [s["text"] for s in model["subgraphs"] if s["id"] != "k0"]
        wanted = list(dict.fromkeys(" ".join(n.split()) for n in names))
        clear = [n.replace("\u2060", "") for n in found]
        assert sorted(clear) == sorted(wanted)
        if kind_of == "gantt":
            assert clear == wanted
            by_lane = [t["section"].replace("\u2060", "") for t in model["tasks"][: len(names)]]
            assert sorted(by_lane) == sorted(" ".join(n.split()) for n in names)


@pytest.mark.parametrize("kind_of", KINDS)
def test_certainty_is_said_in_words(kind_of: str) -> None:
    made = drawn(EXAMPLE, kind_of)
    text = "".join((made.text, *made.more)).replace("<br>", " ")
    assert "by 31 Mar" in text
    assert "(inferred)" in text
    assert "approximate" in text
    assert "(sources differ)" in text
    assert "Key" in text


@pytest.mark.parametrize("kind_of", ["mermaid", *KINDS])
def test_nothing_depends_on_the_clock_or_the_run(kind_of: str) -> None:
    assert drawn(EXAMPLE, kind_of).text == drawn(load(ROOT / "events.toml"), kind_of).text


@pytest.mark.parametrize("kind_of", KINDS)
@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_of_mermaids_keeps_its_colours(kind_of: str, theme: str) -> None:
    text = drawn(EXAMPLE, kind_of, "trip", theme=theme).text
    assert f'"theme": "{theme}"' in text
    assert ("themeVariables" in text) == (theme == "base")


@pytest.mark.parametrize("kind_of", KINDS)
def test_an_empty_view_is_a_diagram_all_the_same(kind_of: str) -> None:
    needs_reader()
    schedule = load(b"[events.a]\nwhen = 2025\n[views.v]\ntags = ['none']\n")
    for version in VERSIONS:
        assert said_of_events(read_back(drawn(schedule, kind_of, "v").text, version)) == []


# --- parts and names -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind_of", KINDS)
def test_a_long_story_comes_in_parts_that_say_so(kind_of: str) -> None:
    needs_reader()
    made = drawn(many(500), kind_of)
    every = (made.text, *made.more)
    assert len(every) > 8
    told: list[str] = []
    for number, text in enumerate(every, start=1):
        assert f"part {number} of {len(every)}" in text
        assert len(text) <= 50_000
        model = read_back(text, VERSIONS[-1])
        assert len(said_of_events(model)) <= 60
        told += said_of_events(model)
        if kind_of == "flowchart":
            assert len(model["edges"]) <= 500
    ids = [int(re.findall("[0-9]+", one)[-1]) for one in told]
    assert ids == sorted(ids)
    assert len(ids) == 500


@pytest.mark.parametrize("kind_of", KINDS)
def test_the_longest_titles_make_no_diagram_too_long(kind_of: str) -> None:
    needs_reader()
    events = {f"e{i}": {"when": "2025-10-27", "title": SIGNS[kind_of] * 900} for i in range(40)}
    schedule = schedule_of(events)
    assert schedule is not None
    made = drawn(schedule, kind_of)
    every = (made.text, *made.more)
    assert all(len(text) <= 50_000 for text in every)
    told = [t for text in every for t in said_of_events(read_back(text, VERSIONS[-1]))]
    assert len(told) == 40
    assert all(t.endswith("…") for t in told)
    assert (len(every) > 1) == (kind_of != "gantt")


def test_the_names_of_parts() -> None:
    assert set(USUAL) == {"ical", "json", "mermaid", "svg", "html"}
    gantt, plain = EXPORTERS["mermaid-gantt"], EXPORTERS["mermaid"]
    assert gantt.names("trip", 1) == ["trip.gantt.mmd"]
    assert gantt.names("trip", 2) == ["trip.gantt-1.mmd", "trip.gantt-2.mmd"]
    assert plain.names("trip", 2) == ["trip.part-1.mmd", "trip.part-2.mmd"]
    for exporter in EXPORTERS.values():
        for name in ("trip.gantt-0.mmd", "trip.gantt-01.mmd", "trip.gantt-x.mmd", "trap.mmd", "trip."):
            assert not exporter.is_name("trip", name)


@given(st.sampled_from(list(EXPORTERS)), st.sampled_from(list(EXPORTERS)), st.integers(1, 30),
       st.sampled_from(("trip", "trip-1", "all")), st.sampled_from(("trip", "trip-1", "all")))  # fmt: skip
def test_a_name_belongs_to_one_view_and_one_format(
    one: str, other: str, parts: int, view: str, another: str
) -> None:
    for name in EXPORTERS[one].names(view, parts):
        assert EXPORTERS[other].is_name(another, name) == (one == other and view == another)


def test_parts_are_files_of_their_own() -> None:
    files = export(many(100), ["mermaid-gantt"], ["all"])
    assert list(files) == [f"all.gantt-{n}.mmd" for n in range(1, len(files) + 1)]
    assert len(files) > 1
    assert all(output.text and not output.more for output in files.values())


# --- looks ---------------------------------------------------------------------------------------


def test_looks_are_read_from_texts() -> None:
    assert look() == Look() == Look("", "", "base", None)
    chosen = look("tb", "Place", "Forest", "2025-10")
    assert (chosen.direction, chosen.lanes, chosen.theme) == ("TB", "place", "forest")
    assert chosen.span is not None
    for wish, told in (
        ({"direction": "up"}, "direction .*LR, TB"), ({"lanes": "x"}, "lanes .*place, person, tag"),
        ({"theme": "x"}, "theme .*base"), ({"span": "2025-13"}, "span .*no month 13"),
    ):  # fmt: skip
        with pytest.raises(LookError, match=told):
            look(**wish)


@pytest.mark.parametrize("kind_of", KINDS)
def test_a_span_limits_what_is_drawn_and_is_named(kind_of: str) -> None:
    text = drawn(EXAMPLE, kind_of, span=look(span="2016/2019").span).text
    assert "2016–2019" in text
    assert "Trump Tower" in text.replace("<br>", " ")
    assert "assassinated" not in text
    half = drawn(EXAMPLE, kind_of, span=look(span="2026-06/..").span)
    assert "2026-06/.." in half.text
    open_start = drawn(EXAMPLE, kind_of, span=look(span="../2016").span)
    assert "first presidential" in open_start.text.replace("<br>", " ")


def test_a_span_at_a_time_that_the_zone_skips() -> None:
    schedule = load(b"[timeline]\ntimezone = 'Europe/Oslo'\n[events.a]\nwhen = 2025\n")
    with pytest.raises(LookError, match="Europe/Oslo skips"):
        drawn(schedule, "gantt", span=look(span="2025-03-30T02:30").span)


def test_what_a_kind_does_not_have_is_said() -> None:
    assert "no lanes" in drawn(EXAMPLE, "timeline", lanes="place").notes[0]
    assert "11.14" in drawn(EXAMPLE, "timeline", direction="TB").notes[0]
    assert "timeline TD\n" in drawn(EXAMPLE, "timeline", direction="TB").text
    assert "one direction" in drawn(EXAMPLE, "gantt", direction="TB").notes[0]
    assert "flowchart LR\n" in drawn(EXAMPLE, "flowchart", direction="LR").text


# --- the one that fits ---------------------------------------------------------------------------


def test_the_one_that_fits() -> None:
    assert kind(EXAMPLE, None, Look()) == "timeline"
    assert kind(EXAMPLE, None, Look(lanes="place")) == "gantt"
    assert kind(UNDATED, None, Look()) == "flowchart"
    assert kind(many(40), None, Look()) == "timeline"
    assert kind(many(41), None, Look()) == "gantt"
    for schedule in (EXAMPLE, UNDATED, many(41)):
        name = kind(schedule, None, Look())
        assert drawn(schedule, "mermaid").text == drawn(schedule, name).text
