from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render_cases import EVERY_KIND, patiently, solved, texts

from timeline.render.show import show
from timeline.width import visible, width

ROOT = Path(__file__).parent.parent
Snapshot = Callable[[str, str], None]


@pytest.mark.parametrize("columns", [80, 40])
@pytest.mark.parametrize("colour", [False, True])
def test_every_kind_of_event(columns: int, colour: bool, snapshot: Snapshot) -> None:
    schedule, _ = solved(EVERY_KIND)
    shown = show(schedule, colour=colour, width=columns)
    snapshot(f"show-{columns}{'-colour' * colour}", shown)


@pytest.mark.parametrize("columns", [80, 40, 120])
def test_the_example(columns: int, snapshot: Snapshot) -> None:
    schedule, _ = solved((ROOT / "events.toml").read_text("utf-8"))
    snapshot(f"show-example-{columns}", show(schedule, colour=False, width=columns))
    if columns == 80:
        trip = schedule.timeline.views["trip"]
        snapshot("show-example-trip", show(schedule, trip, colour=False, width=columns))


def test_the_undated_twin(snapshot: Snapshot) -> None:
    schedule, _ = solved((ROOT / "tests/undated.toml").read_text("utf-8"))
    snapshot("show-undated-80", show(schedule, colour=False, width=80))


def test_a_view_is_named_and_counted() -> None:
    schedule, _ = solved(EVERY_KIND)
    shown = show(schedule, schedule.timeline.views["few"], colour=False, width=80).split("\n")
    assert shown[:3] == [
        "Of every kind",
        "A few",
        "2 of 16 events in order; times in Europe/Berlin, UTC+1",
    ]
    assert "1. A moment, no more                            █" in shown
    assert f"2. Called off{' ' * 51}{'█' * 16}" in shown
    empty = show(schedule, schedule.timeline.views["none"], colour=False, width=80)
    assert empty == "Of every kind\nNone\n0 of 16 events\n\nNo event is shown.\n"


def test_one_event_needs_no_axis() -> None:
    schedule, _ = solved('[timeline]\nid = "one"\n[events.a]\nwhen = 2025-10-27T18:30:00\n')
    assert show(schedule, colour=False, width=80) == (
        "one\n1 event in order; times in UTC\n\n1. A\n   27 Oct 2025, 18:30 · stated\n\n"
        "stated    by its own date alone\n"
    )
    schedule, _ = solved('[events.a]\nwhen = "XXXX"\ntimezone = "Asia/Tokyo"\n')
    assert "date unknown · open · Asia/Tokyo\n" in show(schedule, colour=False, width=80)


def test_zones_are_named_where_they_differ() -> None:
    schedule, _ = solved(EVERY_KIND)
    shown = show(schedule, colour=False, width=80)
    assert "times in Europe/Berlin, unless a row names another zone" in shown  # summer and winter
    assert shown.count("America/New_York, UTC−4") == 1
    assert shown.count("Europe/Berlin") == 1


def test_a_narrow_terminal_gets_no_bars() -> None:
    schedule, _ = solved(EVERY_KIND)
    shown = show(schedule, colour=False, width=24)
    assert not set("█░◄►┬┄") & set(shown)
    assert all(width(line) <= 24 for line in shown.split("\n"))


def test_the_axis_is_drawn_again_below_many_events() -> None:
    raw = "".join(f"[events.e{i}]\nwhen = 2025-10-{i + 10}\n" for i in range(12))
    schedule, _ = solved(raw)
    assert show(schedule, colour=False, width=80).count("┴") > 1
    assert show(schedule, colour=False, width=40).count("┴") > 1
    schedule, _ = solved(raw.partition("[events.e11]")[0])
    assert "┴" not in show(schedule, colour=False, width=80)


def test_colour_adds_nothing_but_colour() -> None:
    schedule, _ = solved(EVERY_KIND)
    for columns in (30, 60, 100):
        plain = show(schedule, colour=False, width=columns)
        coloured = show(schedule, colour=True, width=columns)
        assert re.sub(r"\x1b\[(?:[0-9]+;?)+m", "", coloured) == plain


def test_a_title_without_end_is_cut() -> None:
    schedule, _ = solved(f'[events.a]\ntitle = "{"long " * 500}"\nwhen = 2025-10-27\n')
    shown = show(schedule, colour=False, width=80).split("\n")
    assert shown[7].startswith("1. long")
    assert shown[9].endswith("long …")
    assert shown[10] == "   27 Oct 2025 · stated"


_titles = texts.filter(lambda text: text.strip() != "")
_dates = st.sampled_from(["2025", "2025-10-27", "2025-10-27T18:30", "XXXX", "0001", "9999-12-31",
                          "2025-10-26/..", "../2025-10-28", "{2025-10-26,2025-10-28}"])  # fmt: skip


def _toml(text: str) -> str:
    """A text as a TOML string; what a title may not hold becomes a blank."""
    safe = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text)
    return '"' + safe.replace("\\", "\\\\").replace('"', '\\"') + '"'


@patiently
@given(st.lists(st.tuples(_titles, _dates), min_size=1, max_size=6), st.integers(20, 140))
def test_any_timeline_can_be_shown(events: list[tuple[str, str]], columns: int) -> None:
    raw = "".join(
        f'[events.e{i}]\ntitle = {_toml(title + "x")}\nwhen = "{date}"\n'
        for i, (title, date) in enumerate(events)
    )
    schedule, _ = solved(raw)
    for line in show(schedule, colour=False, width=columns).split("\n"):
        assert visible(line) == line
        assert width(line) <= columns
