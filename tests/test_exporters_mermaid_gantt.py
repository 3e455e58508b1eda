"""The gantt: its bars are where the windows are, to the minute, and what they are is said by tags."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from mermaid_host import VERSIONS, needs_reader, read_back
from mermaid_stories import drawn, schedule_of, stories

from timeline.api import load
from timeline.civil import local, zone
from timeline.gregorian import ymd
from timeline.schedule import Schedule

TOKYO = zone("Asia/Tokyo")


@pytest.fixture(scope="module", autouse=True)
def reader() -> None:
    needs_reader()


def tasks(schedule: Schedule, version: str = VERSIONS[-1], **look: Any) -> list[dict[str, Any]]:
    """The bars of all parts, the key left out."""
    made = drawn(schedule, "gantt", **look)
    found = [t for text in (made.text, *made.more) for t in read_back(text, version)["tasks"]]
    return [t for t in found if t["section"] != "Key"]


def one(*events: str, zone: str = "Asia/Tokyo") -> list[dict[str, Any]]:
    return tasks(load((f'[timeline]\ntimezone = "{zone}"\n' + "\n".join(events)).encode()))


def minute(at: int) -> list[int]:
    day, second = local(at, TOKYO)
    return [*ymd(day), second // 3600, second // 60 % 60]


@pytest.mark.parametrize("version", VERSIONS)
@given(schedule=stories(most=4))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_bar_is_the_window(version: str, schedule: Schedule | None) -> None:
    assume(schedule is not None)
    assert schedule is not None
    left = dict(drawn(schedule, "gantt").omitted)
    meant = [p for p in schedule.events if p.id not in left]
    found = tasks(schedule, version)
    assert len(found) == len(meant)
    spans = sorted((t["start"], t["end"]) for t in found)
    for start, end in spans:
        assert start <= end
    for placed in meant:
        low, high = placed.start.earliest, placed.told.end.latest
        if low is not None and high is not None:
            end = min(minute(high), [9999, 12, 31, 23, 59])
            assert (minute(low), end) in spans
        elif low is not None and placed.start.exact:
            assert (minute(low), minute(low)) in spans
        elif low is not None:
            assert minute(low) in [start for start, _ in spans]
        elif high is not None:
            assert min(minute(high), [9999, 12, 31, 23, 59]) in [end for _, end in spans]


def tagged(found: list[dict[str, Any]]) -> dict[str, tuple[str, ...]]:
    return {t["text"].rpartition(" · ")[2]: tuple(t["tags"]) for t in found}


def test_tags_say_what_a_bar_is() -> None:
    found = one(
        "[events.stated]\nwhen = 2025-10-20",
        "[events.lasting]\nwhen = '2025-10-20/2025-10-25'",
        "[events.window]\nwhen = '[2025-10-20..2025-10-25]'",
        "[events.inferred]\nafter = 'stated'\nbefore = 'late'",
        "[events.late]\nwhen = 2025-10-30",
        "[events.deadline]\nlatest = 2025-10-28",
        "[events.since]\nearliest = 2025-10-28",
        "[events.moment]\nwhen = 2025-10-28T10:00:00",
        "[events.maybe]\nwhen = 2025-10-28\nstatus = 'tentative'",
        "[events.off]\nwhen = 2025-10-28\nstatus = 'cancelled'",
        "[events.begun]\ncontains = 'moment'",
    )
    assert tagged(found) == {
        "Stated": (), "Lasting": (), "Window": ("active",), "Inferred (inferred)": ("active",),
        "Late": (), "Deadline": ("crit",), "Since": ("active",), "Moment": ("milestone",),
        "Maybe (tentative)": ("active",), "Cancelled: Off": ("done",),
        "Begun (order only)": ("active",),
    }  # fmt: skip


def test_ends_are_exclusive_in_the_source_and_inclusive_in_words() -> None:
    (task,) = one("[events.a]\nwhen = '2025-10-20/2025-10-25'")
    assert task["text"] == "20–25 Oct · A"
    assert (task["start"], task["end"]) == ([2025, 10, 20, 0, 0], [2025, 10, 26, 0, 0])


def test_times_are_those_of_the_timelines_zone() -> None:
    (task,) = one("[events.a]\nwhen = 2025-10-20T10:00:00\nduration = '1h'\ntimezone = 'Europe/Oslo'")
    assert task["text"] == "20 Oct, 10:00–11:00 (Oslo) · A"
    assert task["start"] == [2025, 10, 20, 17, 0]


def test_what_has_no_place_on_an_axis_is_named() -> None:
    schedule = load(b"[events.a]\nwhen = 2025\n[events.b]\n[events.c]\nwhen = '0099'\n")
    made = drawn(schedule, "gantt")
    assert [name for name, _ in made.omitted] == ["c", "b"]
    assert len(tasks(schedule)) == 1
    assert tasks(load(b"[events.b]\n")) == []


def test_the_ends_of_the_calendar() -> None:
    found = one("[events.a]\nwhen = '0100'", "[events.b]\nwhen = '9999'")
    assert [(t["start"][0], t["end"][0]) for t in found] == [(100, 101), (9999, 9999)]


def test_a_deadline_months_away_has_a_chart_of_its_own() -> None:
    days = "".join(f"[events.e{i}]\nwhen = 2025-10-{i + 1:02}\n" for i in range(9))
    made = drawn(load((days + "[events.last]\nlatest = 2026-06-30\n").encode()), "gantt")
    assert len(made.more) == 1
    assert "by 30 Jun" in made.more[0]
    assert "part 2 of 2" in made.more[0]


def test_two_crowds_far_apart_are_two_charts() -> None:
    events = {f"a{i}": {"when": f"2016-11-{i + 1:02}"} for i in range(8)}
    events |= {f"b{i}": {"when": f"2025-10-{i + 1:02}"} for i in range(8)}
    events["c"] = {"when": "2025-09-25"}
    schedule = schedule_of(events)
    assert schedule is not None
    made = drawn(schedule, "gantt")
    every = [made.text, *made.more]
    assert len(every) == 2
    assert "· A7" in every[0]
    assert "· C\n" not in every[0]


def test_a_label_too_long_is_cut_and_that_is_said() -> None:
    schedule = schedule_of({"e": {"when": "2025", "title": "long " * 60}, "f": {"when": "2026"}})
    assert schedule is not None
    made = drawn(schedule, "gantt")
    assert made.notes == ("titles too long for a chart are cut",)
    assert tasks(schedule)[0]["text"].endswith("…")


def test_sections_are_months_then_years() -> None:
    few = one(*(f"[events.e{i}]\nwhen = 2025-0{i + 1}-01" for i in range(3)))
    assert [t["section"] for t in few] == ["Jan 2025", "Feb 2025", "Mar 2025"]
    many = one(*(f"[events.e{i}]\nwhen = {1900 + i}-01-01" for i in range(9)))
    assert {t["section"] for t in many} == {f"Year {1900 + i}" for i in range(9)}


def test_long_names_of_lanes_take_two_lines() -> None:
    name = "State Guest House, Akasaka Palace, at the heart of Tokyo"
    schedule = schedule_of({"e": {"when": "2025", "place": name}, "f": {"when": "2026", "place": "日" * 30}})
    assert schedule is not None
    sections = [t["section"] for t in tasks(schedule, lanes="place")]
    assert all(section.count("\n") == 1 and section.endswith("…") for section in sections)


def test_lanes_by_person_and_by_tag() -> None:
    schedule = schedule_of(
        {"a": {"when": "2025-10-01", "who": ["X", "Y"], "tags": ["t"]}, "b": {"when": "2025-10-02"}}
    )
    assert schedule is not None
    assert [t["section"] for t in tasks(schedule, lanes="person")] == ["X", "Nobody named"]
    assert [t["section"] for t in tasks(schedule, lanes="tag")] == ["t", "No tag"]


