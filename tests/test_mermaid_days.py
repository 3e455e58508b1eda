"""Days never run back, and what is cut is cut where little is torn apart."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from mermaid_stories import stories

from timeline.api import load
from timeline.exporters.mermaid_days import columns, days, only_year, split
from timeline.gregorian import ordinal, ymd
from timeline.schedule import Schedule

DAYS = st.lists(st.integers(730_000, 740_000), max_size=80).map(sorted)
WITH_NONE = st.tuples(DAYS, st.integers(0, 3)).map(lambda both: [*both[0], *[None] * both[1]])


@given(stories(st.just("x"), most=8))
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_days_run_on(schedule: Schedule | None) -> None:
    assume(schedule is not None)
    assert schedule is not None
    of = days(schedule.events)
    known = [day for day in of if day is not None]
    assert known == sorted(known)
    assert of == known + [None] * (len(of) - len(known))
    for day, placed in zip(of, schedule.events, strict=True):
        if day is None:
            assert placed.start.earliest is None


def test_under_which_day() -> None:
    schedule = load(
        b"[timeline]\ntimezone='UTC'\n"
        b"[events.a]\nbefore='b'\n"
        b"[events.b]\nwhen='2025-09-20/2025-10-02'\nbefore='c'\n"
        b"[events.c]\nwhen='[2025-09-20..2025-10-28]'\n"
        b"[events.d]\nlatest=2025-10-31\nafter='c'\n"
        b"[events.e]\n"
    )
    found = [ymd(day)[1:] if day is not None else None for day in days(schedule.events)]
    assert found == [(9, 20), (9, 20), (10, 2), (10, 2), None]


def test_an_open_start_stands_where_it_ends() -> None:
    schedule = load(b"[timeline]\ntimezone='UTC'\n[events.a]\nlatest=2025-10-31\n")
    assert days(schedule.events) == [ordinal(2025, 10, 31)]


@given(WITH_NONE, st.integers(1, 20))
def test_parts_hold_everything_once_and_no_more_than_they_may(of: list[int | None], most: int) -> None:
    runs = split(of, most)
    assert [i for run in runs for i in run] == list(range(len(of)))
    assert all(len(run) <= most for run in runs)
    assert len(runs) <= max(1, 2 * -(-len(of) // most))
    assert all(run for run in runs) or not of


def test_a_cut_seeks_the_end_of_a_year_then_of_a_month_then_of_a_day() -> None:
    year = [ordinal(2024, 12, d) for d in range(20, 32)] + [ordinal(2025, 1, d) for d in range(1, 6)]
    assert [len(r) for r in split(year, 14)] == [12, 5]
    month = [ordinal(2025, 9, 26 + d) for d in range(12)]
    assert [len(r) for r in split(month, 8)] == [5, 7]
    day = [ordinal(2025, 9, 1)] * 5 + [ordinal(2025, 9, 2)] * 5
    assert [len(r) for r in split(day, 6)] == [5, 5]
    assert [len(r) for r in split([None] * 4, 3)] == [2, 2]
    assert [len(r) for r in split([1, 1, None, None, None, None], 4)] == [2, 4]


@given(WITH_NONE, st.integers(1, 6))
@settings(deadline=None)
def test_no_day_stands_in_two_columns(of: list[int | None], most: int) -> None:
    runs = columns(of, most)
    assert [i for run in runs for i in run] == list(range(len(of)))
    assert len(runs) <= most
    for one, other in pairwise(runs):
        assert of[one.stop - 1] != of[other.start]
    if len(set(of)) <= most:
        assert len([run for run in runs if run]) == len(set(of))


def test_columns_are_cut_where_most_time_lies_between() -> None:
    of = [ordinal(2016, 11, 8), ordinal(2017, 11, 6), *(ordinal(2025, 10, d) for d in (1, 2, 3, 20, 21))]
    assert [len(run) for run in columns(of, 3)] == [2, 3, 2]


def test_one_year() -> None:
    assert only_year([ordinal(2025, 1, 1), ordinal(2025, 12, 31), None]) == 2025
    assert only_year([ordinal(2025, 1, 1), ordinal(2026, 1, 1)]) is None
    assert only_year([]) is None
