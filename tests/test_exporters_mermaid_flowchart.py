"""The flowchart: a box for each event, coloured by its basis; arrows of the order; a key."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from mermaid_host import VERSIONS, needs_reader, read_back
from mermaid_stories import drawn, schedule_of, stories

from timeline.api import load
from timeline.exporters.mermaid_order import arrows
from timeline.schedule import Schedule


@pytest.fixture(scope="module", autouse=True)
def reader() -> None:
    needs_reader()


def read(schedule: Schedule, version: str = VERSIONS[-1], **look: Any) -> dict[str, Any]:
    return read_back(drawn(schedule, "flowchart", **look).text, version)


def own(model: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """The arrows between events and junctions: from, to, stroke, text."""
    return [
        (e["start"], e["end"], e["stroke"], e["text"])
        for e in model["edges"]
        if "k" not in (e["start"] + e["end"])
    ]


@pytest.mark.parametrize("version", VERSIONS)
@given(schedule=stories(st.just("x"), most=8))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_arrows_are_those_of_the_order(version: str, schedule: Schedule | None) -> None:
    assume(schedule is not None)
    assert schedule is not None
    found, junctions = arrows(schedule, schedule.events)
    drawn_arrows = own(read(schedule, version))
    direct = {(a, b, s) for a, b, s, _ in drawn_arrows if "j" not in a + b}
    assert direct == {
        (f"e{a.tail + 1}", f"e{a.head + 1}", "dotted" if a.kind == "dated" else "normal")
        for a in found
    }
    through = [(a, b) for a, b, _, _ in drawn_arrows if "j" in a + b]
    assert len(through) == sum(len(j.earlier) + len(j.later) for j in junctions)


def test_a_box_is_coloured_by_its_basis() -> None:
    schedule = load(
        b"[events.stated]\nwhen=2025-10-01\n[events.late]\nwhen=2025-10-09\nafter='narrow'\n"
        b"[events.narrow]\nwhen='2025-10'\nbefore='late'\n[events.inf]\nafter='stated'\nbefore='late'\n"
        b"[events.undated]\nafter='late'\n[events.due]\nlatest=2026-01-01\n"
        b"[events.off]\nwhen=2025\nstatus='cancelled'\n[events.maybe]\nwhen=2025\nstatus='tentative'\n"
        b"[events.torn]\naccounts=[{when=2025-10-01},{when=2025-10-05}]\n"
    )
    for version in VERSIONS:
        model = read(schedule, version)
        kinds = {v["text"].split("\n")[1].split(" (")[0]: v["classes"] for v in model["vertices"]
                 if v["id"].startswith("e")}  # fmt: skip
        assert kinds == {
            "Stated": ["stated"], "Late": ["stated"], "Narrow": ["narrowed"], "Inf": ["inferred"],
            "Undated": ["undated"], "Due": ["deadline"], "Cancelled: Off": ["cancelled"],
            "Maybe": ["tentative"], "Torn": ["stated", "differing"],
        }  # fmt: skip


def test_the_key_shows_what_occurs_and_no_more() -> None:
    model = read(load(b"[events.a]\nwhen=2025-10-01\n[events.b]\nwhen=2025-10-02\nafter='a'\n"))
    key = next(s for s in model["subgraphs"] if s["id"] == "k0")
    assert key["text"] == "Key"
    boxes = [v["text"] for v in model["vertices"] if v["id"].startswith("k")]
    assert boxes == ["stated", "dates: 2025; times: UTC"]
    assert [e["text"] for e in model["edges"] if e["start"] == "k1"] == ["stated"]
    alone = read(load(b"[events.a]\nwhen=2025-10-01\n"))
    assert [e["stroke"] for e in alone["edges"]] == ["invisible"]
    partly = read(load(b"[events.a]\n[events.b]\nafter='a.start'\n"))
    assert [e["text"] for e in partly["edges"] if e["start"] == "k1"] == ["stated"]


def test_junctions_are_explained() -> None:
    events = {f"e{i}": {"when": f"2025-10-{1 + i // 3:02}"} for i in range(6)}
    schedule = schedule_of(events)
    assert schedule is not None
    for version in VERSIONS:
        model = read(schedule, version)
        assert "through a dot" in " ".join(model["vertices"][-2]["text"].split()) or any(
            "through a dot" in " ".join(v["text"].split()) for v in model["vertices"]
        )
        assert {"j1"} == {v["id"] for v in model["vertices"] if v["id"].startswith("j")}


def test_lanes_are_subgraphs() -> None:
    schedule = schedule_of(
        {"a": {"when": "2025-10-01", "place": "X"}, "b": {"when": "2025-10-02", "place": "Y"},
         "c": {"when": "2025-10-03", "place": "X"}}
    )  # fmt: skip
    assert schedule is not None
    for version in VERSIONS:
        groups = {s["text"]: sorted(s["nodes"]) for s in read(schedule, version, lanes="place")["subgraphs"]}
        assert groups["X"] == ["e1", "e3"]
        assert groups["Y"] == ["e2"]


def test_too_many_arrows_make_more_parts() -> None:
    outer = {f"o{i:02}": {"when": "2025-10-01/2025-10-28"} for i in range(20)}
    inner = {f"p{i:02}": {"when": "2025-10-09", "during": [*outer]} for i in range(20)}
    events: dict[str, Any] = outer | inner | {"q": {"when": "2025-10-09", "during": [*outer, *inner]}}
    events |= {f"r{i}": {"when": "2025-10-09", "during": [*outer, *inner]} for i in range(4)}
    schedule = schedule_of(events)
    assert schedule is not None
    made = drawn(schedule, "flowchart")
    assert made.more
    assert made.notes == ("arrows from one part to another are not drawn",)
    for text in (made.text, *made.more):
        assert len(read_back(text, VERSIONS[-1])["edges"]) <= 500
