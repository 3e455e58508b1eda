"""The scale and its axis: true to scale but where it is cut short, left to right in time."""

from __future__ import annotations

from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.civil import FIRST, LAST, day_start, local, zone
from timeline.duration import DAY
from timeline.exporters.picture_axis import SIZE, skipped_words, ticks
from timeline.exporters.picture_scale import (
    BREAK,
    CELLS,
    Covered,
    Scale,
    floor,
    following,
    longest_first,
    scale,
)
from timeline.exporters.picture_text import ems
from timeline.gregorian import ordinal

UTC = zone("UTC")
BERLIN = zone("Europe/Berlin")
TONGA = zone("Pacific/Tongatapu")

instants = st.lists(
    st.integers(FIRST, LAST)
    | st.builds(lambda day, second: day * DAY + second, st.integers(17_000, 17_400), st.integers(0, DAY))
    | st.integers(1_700_000_000, 1_700_003_000),
    min_size=1, max_size=40, unique=True,
).map(sorted)  # fmt: skip
zones = st.sampled_from((UTC, BERLIN, TONGA, zone("America/St_Johns")))


def day(text: str) -> int:
    year, month, date = map(int, text.split("-"))
    return day_start(ordinal(year, month, date), UTC)


def made(*times: int, left: float = 0, right: float = 400) -> Scale:
    return scale(sorted(times), longest_first(sorted(times)), Covered([]), left, right, UTC)


@settings(deadline=None, max_examples=150)
@given(instants, zones, st.sampled_from((260.0, 420.0, 770.0)))
def test_time_runs_to_the_right_and_to_scale(times: list[int], tz: ZoneInfo, width: float) -> None:
    line = scale(times, longest_first(times), Covered([]), 30.0, 30.0 + width, tz)
    assert line.left == 30.0
    assert line.right == pytest.approx(30.0 + width)
    places = [line.x(at) for at in times]
    assert all(30.0 - 1e-6 <= x <= 30.0 + width + 1e-6 for x in places)
    assert all(one <= other for one, other in pairwise(places))
    for before, after in pairwise(line.runs):
        assert (before.last, before.right) == (after.first, after.left)
    for run in line.runs:
        assert run.first < run.last
        if run.folded:
            assert run.right - run.left == pytest.approx(BREAK)
            assert not any(run.first < at < run.last for at in times), "nothing lies in a break"
        else:
            assert run.right - run.left == pytest.approx(line.pace * (run.last - run.first))
    for early, late in pairwise(times):
        same = [run for run in line.runs if run.first <= early and late <= run.last]
        if same and not same[0].folded:
            apart = line.x(late) - line.x(early)
            assert apart == pytest.approx(line.pace * (late - early), abs=1e-6)


def test_an_empty_stretch_is_cut_short() -> None:
    line = made(day("2016-11-08"), day("2025-10-26"), day("2025-10-27"), day("2025-10-28"))
    assert [run.folded for run in line.runs] == [False, True, False]
    assert skipped_words(line.runs[1].last - line.runs[1].first) == "9 years"


def test_what_lies_near_together_is_not_cut() -> None:
    line = made(*(day(f"2025-10-{date}") for date in (20, 22, 23, 25, 28)))
    assert len(line.runs) == 1


def test_breaks_do_not_cut_through_marks() -> None:
    times = [day("2025-01-01"), day("2025-01-02"), day("2025-03-01"), day("2025-03-02")]
    assert any(run.folded for run in scale(times, longest_first(times), Covered([]), 0, 400, UTC).runs)
    whole = scale(times, longest_first(times), Covered([(times[0], times[-1])]), 0, 400, UTC)
    assert not any(run.folded for run in whole.runs)


def test_one_instant_has_a_scale() -> None:
    line = made(day("2025-10-27"))
    assert line.x(day("2025-10-27")) == 0
    assert line.x(day("2026-10-27")) == 400
    assert line.x(day("1900-01-01")) == 0


@given(st.integers(FIRST + DAY * 400, LAST - DAY * 40_000), st.sampled_from((*CELLS, ("day", 5), ("day", 10),
       ("month", 3), ("hour", 12), ("minute", 30))), zones)  # fmt: skip
def test_cells_hold_their_instants(at: int, step: tuple[str, int], tz: ZoneInfo) -> None:
    first = floor(step, at, tz)
    last = following(step, first, tz)
    assert first <= at
    assert first < last
    assert at < last or step[0] in ("hour", "minute"), "an hour may come twice"


def test_days_of_25_hours() -> None:
    start = floor(("day", 1), 1_761_470_000, BERLIN)  # 26 October 2025, when summer time ends
    noon = following(("hour", 12), start, BERLIN)
    assert local(noon, BERLIN)[1] == 12 * 3600
    assert following(("hour", 12), noon, BERLIN) == following(("day", 1), start, BERLIN)
    assert noon - start == 13 * 3600


# -- the axis -------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=100)
@given(instants, zones, st.sampled_from((260.0, 420.0, 770.0)))
def test_names_have_room_and_say_when(times: list[int], tz: ZoneInfo, width: float) -> None:
    line = scale(times, longest_first(times), Covered([]), 0.0, width, tz)
    named = ticks(line, width + 8)
    assert named
    count = len(named[0].names)
    for n in range(count):
        free = -1.0
        for tick in named:
            assert len(tick.names) == count
            if tick.names[n]:
                assert tick.at >= free
                free = tick.at + ems(tick.names[n]) * SIZE
                assert free <= width + 8.1
    assert all(named[0].names), "the first says all"
    assert all(one.x < other.x for one, other in pairwise(named))
    for tick in named:
        news = [bool(name) for name in tick.names]
        assert news[0]
        for low, high in pairwise(news[1:]):
            assert low or not high, "a new year has its month"


def names(*times: int, right: float = 400) -> list[tuple[str, ...]]:
    return [tick.names for tick in ticks(made(*times, right=right), right + 8)]


def test_names_of_days_months_years_and_hours() -> None:
    assert names(day("2025-10-30"), day("2025-11-02"), right=90) == [
        ("30", "Oct", "2025"), ("31", "", ""), ("1", "Nov", "")
    ]  # fmt: skip
    assert names(day("2025-11-01"), day("2026-03-01"), right=100) == [
        ("Nov", "2025"), ("Dec", ""), ("Jan", "2026"), ("Feb", "")
    ]  # fmt: skip
    assert names(day("1990-01-01"), day("2000-01-01"))[:2] == [("1990",), ("1991",)]
    hours = names(day("2025-10-30"), day("2025-10-30") + 6 * 3600)
    assert hours[:2] == [("00:00", "30 Oct", "2025"), ("00:30", "", "")]
    days = names(day("2025-10-26"), day("2025-10-28"), day("2025-10-31"), right=300)
    assert days[0] == ("26", "Oct", "2025"), "not 00:00, day after day"
    seconds = names(day("2025-10-30"), day("2025-10-30") + 5)
    assert seconds[1] == ("00:00:01", "", "")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(3600, "1 h"), (100, "1 h"), (20 * 3600, "1 day"), (12 * DAY, "12 days"), (50 * DAY, "2 months"),
     (400 * DAY, "13 months"), (3000 * DAY, "8 years"), (730_000 * DAY, "1,999 years")],
)  # fmt: skip
def test_how_much_is_cut_short(seconds: int, words: str) -> None:
    assert skipped_words(seconds) == words
