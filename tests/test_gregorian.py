"""Calendar arithmetic, against `datetime` as the oracle and beyond its range by law."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.gregorian import (
    LAST_DAY,
    CalendarError,
    clock_seconds,
    day_span,
    day_text,
    days_in_month,
    month_span,
    offset_seconds,
    ordinal,
    week_span,
    week_start,
    weeks_in_year,
    ymd,
)

ANY_DAY = st.integers(-4_000_000, 8_000_000)
ANY_YEAR = st.integers(-9_999, 19_999)
YEAR = st.integers(1, 9_999)


def test_every_month_that_datetime_knows() -> None:
    number = 1
    for year in range(1, 10_000):
        for month in range(1, 13):
            assert date(year, month, 1).toordinal() == number == ordinal(year, month, 1)
            length = days_in_month(year, month)
            assert ymd(number) == (year, month, 1)
            assert ymd(number + length - 1) == (year, month, length)
            number += length
    assert number == LAST_DAY + 1 == date.max.toordinal() + 1


def test_every_day_of_a_whole_cycle() -> None:
    # All 3,652,059 days agree too; 400 years are enough here, since the calendar repeats (below).
    for number in range(date(1_801, 1, 1).toordinal(), date(2_201, 1, 1).toordinal()):
        day = date.fromordinal(number)
        assert ymd(number) == (day.year, day.month, day.day)
        assert ordinal(day.year, day.month, day.day) == number


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "0001-01-01"),
        (739551, "2025-10-27"),
        (LAST_DAY, "9999-12-31"),
        (LAST_DAY + 1, "10000-01-01"),
        (0, "0000-12-31"),
        (-365, "0000-01-01"),
        (-366, "-0001-12-31"),
    ],
)
def test_day_text(number: int, text: str) -> None:
    assert day_text(number) == text


@given(ANY_DAY)
def test_ymd_and_ordinal_are_inverse_for_any_integer(number: int) -> None:
    year, month, day = ymd(number)
    assert ordinal(year, month, day) == number
    assert 1 <= month <= 12
    assert 1 <= day <= days_in_month(year, month)


@given(ANY_DAY)
def test_the_calendar_repeats_after_400_years(number: int) -> None:
    year, month, day = ymd(number)
    assert ymd(number + 146_097) == (year + 400, month, day)


@given(ANY_DAY)
def test_days_follow_each_other(number: int) -> None:
    assert ymd(number) < ymd(number + 1)


@given(ANY_YEAR)
def test_months_make_up_the_year(year: int) -> None:
    length = sum(days_in_month(year, month) for month in range(1, 13))
    assert length == ordinal(year + 1, 1, 1) - ordinal(year, 1, 1)


@given(ANY_YEAR, st.integers(1, 12), st.integers(1, 40))
def test_a_run_of_months_is_its_months_one_after_the_other(
    year: int, month: int, months: int
) -> None:
    first, last = month_span(year, month, months)
    assert ymd(first) == (year, month, 1)
    after = ymd(last + 1)
    assert after[2] == 1
    assert (after[0] - year) * 12 + after[1] - month == months


@given(st.dates())
def test_weeks_agree_with_datetime(day: date) -> None:
    year, week, weekday = day.isocalendar()
    assert week_start(year, week) + weekday - 1 == day.toordinal()
    assert 1 <= week <= weeks_in_year(year)


@given(YEAR)
def test_28_december_lies_in_the_last_week(year: int) -> None:
    assert weeks_in_year(year) == date(year, 12, 28).isocalendar().week


@pytest.mark.parametrize(
    ("parts", "part", "reason"),
    [
        (("0000", None, None), "year", "year-range"),
        (("00XX", None, None), "year", "year-range"),
        (("9999", "28", None), "month", "year-range"),
        (("2025", "13", None), "month", "impossible"),
        (("2025", "21", None), "month", "season"),
        (("2025", "13", "01"), "month", "impossible"),
        (("2025", "02", "29"), "day", "impossible"),
    ],
)
def test_the_part_of_a_day_that_is_at_fault(
    parts: tuple[str, str | None, str | None], part: str, reason: str
) -> None:
    with pytest.raises(CalendarError) as caught:
        day_span(*parts)
    assert (caught.value.part, caught.value.reason) == (part, reason)
    assert str(caught.value) == caught.value.message


@given(st.dates())
def test_a_written_day_is_its_number(day: date) -> None:
    first, last, precision = day_span(f"{day:%Y}".zfill(4), f"{day:%m}", f"{day:%d}")
    assert (first, last, precision) == (day.toordinal(), day.toordinal(), "day")


@given(YEAR)
def test_a_year_ends_with_its_last_week_and_no_other(year: int) -> None:
    name, weeks = f"{year:04}", weeks_in_year(year)
    assert week_span(name, f"{weeks:02}", "1")[0] == week_start(year, weeks)
    with pytest.raises(CalendarError) as caught:
        week_span(name, f"{weeks + 1:02}", None)
    assert (caught.value.part, caught.value.reason) == ("week", "impossible")


@given(st.times())
def test_a_clock_counts_the_seconds(clock: time) -> None:
    seconds = clock_seconds(clock.hour, clock.minute, clock.second)
    assert divmod(seconds, 60)[1] == clock.second
    assert divmod(seconds // 60, 60) == (clock.hour, clock.minute)


@pytest.mark.parametrize(
    ("clock", "part"), [((24, 0, 0), "hour"), ((0, 60, 0), "minute"), ((23, 59, 60), "second")]
)
def test_a_clock_ends_at_midnight(clock: tuple[int, int, int], part: str) -> None:
    with pytest.raises(CalendarError) as caught:
        clock_seconds(*clock)
    assert caught.value.part == part


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Z", 0),
        ("+00:00", 0),
        ("+00", 0),
        ("+09:30", 34_200),
        ("-04", -14_400),
        ("-15:59", -57_540),
    ],
)
def test_an_offset(text: str, seconds: int) -> None:
    assert offset_seconds(text) == seconds


@pytest.mark.parametrize("text", ["-00:00", "-00", "+09:60", "+16:00", "-16", "-99:99"])
def test_an_offset_that_no_zone_has(text: str) -> None:
    with pytest.raises(CalendarError) as caught:
        offset_seconds(text)
    assert (caught.value.part, caught.value.reason) == ("offset", "offset")
