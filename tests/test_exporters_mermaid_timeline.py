"""The timeline: at most six columns, events below each other under their day or with their date."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from mermaid_host import VERSIONS, needs_reader, read_back
from mermaid_stories import drawn, stories

from timeline.api import load
from timeline.schedule import Schedule


@pytest.fixture(scope="module", autouse=True)
def reader() -> None:
    needs_reader()


def read(schedule: Schedule, version: str = VERSIONS[-1]) -> dict[str, Any]:
    return read_back(drawn(schedule, "timeline").text, version)


def one(*events: str) -> list[tuple[str, str, list[str]]]:
    """The columns of a story: section, heading, events; the key left out."""
    model = read(load(('[timeline]\ntimezone = "UTC"\n' + "\n".join(events)).encode()))
    return [(p["section"], p["text"], p["events"]) for p in model["periods"]][:-1]


@pytest.mark.parametrize("version", VERSIONS)
@given(schedule=stories(st.just("x"), most=12))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_six_columns_at_most_and_no_section_returns(version: str, schedule: Schedule | None) -> None:
    assume(schedule is not None)
    assert schedule is not None
    model = read(schedule, version)
    assert len(model["periods"]) <= 6
    assert len(set(model["sections"])) == len(model["sections"])
    assert model["sections"][-1] == model["periods"][-1]["section"] == "Key"
    run = [p["section"] for p in model["periods"]]
    assert list(dict.fromkeys(run)) == model["sections"]
    told = [e for p in model["periods"][:-1] for e in p["events"]]
    assert len(told) == len(schedule.events)


@given(schedule=stories(most=5))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_br_is_ever_written(schedule: Schedule | None) -> None:
    assume(schedule is not None)
    assert schedule is not None
    assert "<" not in drawn(schedule, "timeline").text


def test_events_of_a_day_tell_their_time_below_it() -> None:
    assert one(
        '[events.a]\nwhen = 2025-10-28\ntitle = "A"',
        '[events.b]\nwhen = 2025-10-28T10:00:00Z\nduration = "1h"\ntitle = "B"',
        '[events.c]\nwhen = "[2025-10-28T11:00..2025-10-28T15:00]"\ntitle = "C"',
        '[events.d]\nwhen = "2025-10-28T16:00?"\ntitle = "D"\nstatus = "cancelled"',
        '[events.e]\nwhen = "2025-10-29~"\ntitle = "E"\nstatus = "tentative"',
        '[events.f]\nwhen = "2025-10-29/2025-10-31"\ntitle = "F"',
        '[events.g]\nafter = "c"\nbefore = "f"\ntitle = "G"',
    ) == [
        ("Oct 2025", "28 Oct", [
            "A", "10:00–11:00 B", "11:00…15:00 C",
            "28 Oct, 11:00…29 Oct: G (inferred)", "16:00? Cancelled: D",
        ]),
        ("Oct 2025", "29 Oct", ["~ E (tentative)", "29–31 Oct: F"]),
    ]  # fmt: skip


def test_many_days_become_runs_with_dates_at_the_events() -> None:
    columns = one(
        *(f"[events.a{i}]\nwhen = 2016-11-0{i}" for i in range(1, 4)),
        *(f"[events.b{i}]\nwhen = 2025-10-0{i}" for i in range(1, 8)),
        "[events.c]\nlatest = '2026-03'",
        "[events.d]\nwhen = '2025-09-30/2025-10-02'",
    )
    assert len(columns) == 5
    assert columns[0] == ("2016", "1–3 Nov", ["1 Nov: A1", "2 Nov: A2", "3 Nov: A3"])
    assert columns[-1] == ("2026", "31 Mar", ["by 31 Mar: C"])
    assert ("30 Sep – 2 Oct · D") in [e for _, _, events in columns for e in events]
    assert [section for section, _, _ in columns] == ["2016", "2025", "2025", "2025", "2026"]


def test_runs_over_years_are_told_to_the_month() -> None:
    columns = one(*(f"[events.e{i}]\nwhen = {1900 + i}-01-01" for i in range(20)))
    assert all(section == heading.replace("Jan ", "").replace(" – ", "–")
               for section, heading, _ in columns)  # fmt: skip
    assert columns[0][2][0] == "1 Jan 1900: E0"


def test_what_has_no_date_stands_last() -> None:
    columns = one("[events.a]\nwhen = 2025-10-01", "[events.b]")
    assert columns[-1] == ("No date", "No date", ["B (order only)"])


def test_the_key_names_the_zone_and_the_marks_that_occur() -> None:
    model = read(load(
        b"[timeline]\ntimezone = 'America/New_York'\n"
        b"[events.a]\nwhen = '2025-10-01T10:00?'\n[events.b]\nwhen='2025-01-02T10:00~'\n"
    ))  # fmt: skip
    key = model["periods"][-1]
    assert key["text"] == "Times: New York"  # two offsets
    assert key["events"] == ["~ approximate", "? uncertain"]


def test_titles_fit_by_smaller_letters() -> None:
    short, long = (
        drawn(load(f"[timeline]\ntitle='{'x' * n}'\n[events.a]\nwhen=2025\n".encode()), "timeline")
        for n in (5, 300)
    )
    assert "font-size:22px" in short.text
    assert "font-size:14px" in long.text
    assert "x" * 119 + "…" in long.text


def test_twelve_sections_and_more_keep_the_letters_of_the_twelfth() -> None:
    columns = "".join(f"[events.e{i}]\nwhen = {2000 + i}\n" for i in range(3))
    text = drawn(load(columns.encode()), "timeline").text
    assert '"cScaleLabel11": "#7a7a7a"' in text
