"""Marks: each covers its window, and its shape says what is known."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import harbour, parse
from render_cases import EVERY_KIND, solved

from timeline.exporters.picture_lanes import lanes_of, merged, sensible
from timeline.exporters.picture_marks import Chart, Mark, mark
from timeline.exporters.picture_scale import Covered, instants, longest_first, scale
from timeline.exporters.picture_words import differing
from timeline.schedule import Schedule


def charted(schedule: Schedule, reach: float = 1e9) -> Chart:
    times = instants(schedule.events)
    line = scale(times, longest_first(times), Covered([]), 60, 560, schedule.timeline.tz)
    return Chart(line, 20, 600, 12, "p-", reach)


def drawn(schedule: Schedule, name: str, chart: Chart) -> Mark:
    placed = schedule.by_id[name]
    return mark(placed, chart, differing(schedule.timeline, placed.event))


def one(text: str) -> Mark:
    rest = "[events.far]\nwhen = 2026-01-01\n[events.near]\nwhen = 2025-09-01\n"
    schedule = solved('[timeline]\ntimezone = "UTC"\n[sources.s]\n[events.a]\n' + text + rest)[0]
    return drawn(schedule, "a", charted(schedule))


@settings(deadline=None, max_examples=30)
@given(st.integers(2, 60), st.integers(0, 9))
def test_every_mark_covers_its_window(events: int, seed: int) -> None:
    schedule = harbour(events, seed)
    chart = charted(schedule)
    assert chart.scale is not None
    for placed in schedule.events:
        made = drawn(schedule, placed.id, chart)
        low, high = placed.told.start.earliest, placed.told.end.latest
        if low is not None and high is not None:
            assert made.left <= chart.scale.x(low) + 1e-6
            assert made.right >= chart.scale.x(high) - 1e-6
        elif low is None and high is None:
            assert (made.left, made.right) == (chart.left, chart.right)
        elif low is None and high is not None:
            assert made.left == chart.left
            assert made.right == pytest.approx(chart.scale.x(high))
        elif low is not None and placed.start.exact:
            assert made.left <= chart.scale.x(low) <= made.right
        elif low is not None:
            assert made.left == pytest.approx(chart.scale.x(low))
            assert made.right == chart.right
        assert chart.left - 8 <= made.left <= made.right <= chart.right + 8


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("when = 2025-10-01T10:00:00\n", {"moment"}),
        ('when = 2025-10-01T10:00:00\nduration = "1h"\n', {"moment"}),
        ('when = 2025-10-01T10:00:00\nduration = "9d"\n', {"days", "moment"}),
        ('when = 2025-10-01T10:00:00\nduration = "9d.."\n', {"days"}),
        ('when = 2025-10-01T10:00:00\nduration = "2d..9d"\n', {"window", "certain"}),
        ('when = 2025-10-01T10:00:00\nduration = "1m..9d"\n', {"window", "moment"}),
        ("when = 2025-10-01\n", {"days"}),
        ("when = 2025-10-01\nthroughout = true\n", {"days"}),
        ('when = "2025-10-01/2025-10-20"\n', {"days"}),
        ('when = "[2025-10-01..2025-10-20]"\n', {"window"}),
        ('when = "[2025-10-01T10:00..2025-10-01T10:20]"\n', {"window"}),
        ("latest = 2025-10-01\n", {"deadline"}),
        ("earliest = 2025-10-01\n", {"since"}),
        ("start = 2025-10-01\n", {"since"}),
        ("", {"unbounded", "inferred"}),
        ('before = "far"\n', {"deadline", "inferred"}),
        ('after = "near"\n', {"since", "inferred"}),
        ('after = "near"\nbefore = "far"\n', {"window", "inferred"}),
        ('when = "2025-10-01~"\n', {"days", "approximate"}),
        ('when = "2025-10-01?"\n', {"days", "uncertain"}),
        ('when = 2025-10-01\nstatus = "tentative"\n', {"days", "tentative"}),
        ('when = 2025-10-01\nstatus = "cancelled"\n', {"days", "cancelled"}),
        ('accounts = [{ when = 2025-10-01 }, { when = 2025-10-02, source = "s" }]\n', {"days", "accounts"}),
        ('accounts = [{ when = 2025-10-01 }, { when = "XXXX" }, { when = 2025-10-03 }]\n',
         {"unbounded", "accounts"}),
    ],
)  # fmt: skip
def test_the_shape_says_what_is_known(text: str, kinds: set[str]) -> None:
    assert one(text).kinds == kinds


def test_gradients_are_named_for_what_they_fade() -> None:
    assert one("latest = 2025-10-01\n").fades == {"in-stated"}
    assert one('after = "near"\n').fades == {"out-follows"}
    assert one('latest = 2025-10-01\nstatus = "cancelled"\n').fades == {"in-cancelled"}


def test_an_account_that_contradicts_itself_is_not_drawn() -> None:
    text = 'accounts = [{ start = 2025-10-09, end = 2025-10-01 }, { when = 2025-10-02, source = "s" }]\n'
    made = one(text)
    assert made.drawn(100).count('class="account"') == 1


def test_a_fade_may_be_short() -> None:
    schedule = solved("[events.a]\nlatest = 2025-10-01\n[events.b]\nearliest = 2025-09-01\n")[0]
    made = drawn(schedule, "a", charted(schedule, 40))
    assert made.right - made.left == pytest.approx(40)
    made = drawn(schedule, "b", charted(schedule, 40))
    assert made.right - made.left == pytest.approx(40)


def test_without_any_date_there_is_no_scale() -> None:
    schedule = solved("[events.a]\n")[0]
    made = mark(schedule.events[0], Chart(None, 20, 600, 12, "p-"))
    assert made.kinds == {"unbounded", "inferred"}
    parse(f'<g xmlns="http://www.w3.org/2000/svg">{made.drawn(100)}</g>')


# -- lanes ----------------------------------------------------------------------------------------


def test_lanes_hold_each_event_once() -> None:
    schedule = harbour(100)
    for by in ("place", "person", "tag"):
        lanes = lanes_of(schedule.events, by)
        assert sorted(p.id for _, held in lanes for p in held) == sorted(
            p.id for p in schedule.events
        )
    assert [label for label, _ in lanes_of(schedule.events, "person")] == ["Others"]
    ranks = {p.id: i for i, p in enumerate(schedule.events)}
    for _, held in lanes_of(schedule.events, "tag"):
        assert [p.id for p in held] == sorted((p.id for p in held), key=ranks.__getitem__)


def test_of_several_the_commonest_counts() -> None:
    text = ('[events.a]\nwho = ["X", "Y"]\n[events.b]\nwho = ["Y"]\n[events.c]\nwho = ["X"]\n'
            '[events.d]\nwho = ["Y", "Z"]\n[events.e]\n')  # fmt: skip
    lanes = lanes_of(solved(text)[0].events, "person")
    assert [(label, [p.id for p in held]) for label, held in lanes] == [
        ("Y", ["a", "b", "d"]), ("X", ["c"]), ("Others", ["e"]),
    ]  # fmt: skip


def test_small_lanes_are_merged() -> None:
    text = "".join(f'[events.e{i}]\nplace = "P{min(i, 3)}"\n' for i in range(6)) + "[events.f]\n"
    lanes = lanes_of(solved(text)[0].events, "place")
    assert merged(lanes, 9) == lanes
    assert [(label, len(held)) for label, held in merged(lanes, 3)] == [
        ("P0", 1), ("P3", 3), ("Others", 3),
    ]  # fmt: skip


def test_what_lanes_are_sensible() -> None:
    assert sensible(harbour(50).events) == ""
    assert sensible(harbour(100).events) == "tag"
    many = "".join(f'[events.e{i}]\nplace = "P{i % 3}"\ntags = ["t{i}"]\n' for i in range(90))
    assert sensible(solved(many)[0].events) == "place"
    assert sensible(solved("".join(f"[events.e{i}]\n" for i in range(90)))[0].events) == ""
    assert solved(EVERY_KIND)[0].events
