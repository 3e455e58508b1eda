"""Durations, lags and tolerances."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.duration import (
    DAY,
    Amount,
    DurationError,
    as_written,
    in_words,
    parse_amount,
    parse_range,
)


@pytest.mark.parametrize(
    ("text", "months", "seconds"),
    [
        ("30m", 0, 1800),
        ("1h30m", 0, 5400),
        ("2y", 24, 0),
        ("1y2mo3w4d5h6m7s", 14, 25 * DAY + 5 * 3600 + 367),
        ("P1DT2H", 0, DAY + 7200),
        ("P1M", 1, 0),
        ("PT1M", 0, 60),
        ("P2W", 0, 14 * DAY),
        ("-2d", 0, -2 * DAY),
        ("-P1M", -1, 0),
        ("0s", 0, 0),
    ],
)
def test_amounts(text: str, months: int, seconds: int) -> None:
    assert parse_amount(text) == Amount(months, seconds)


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("", "whole numbers"),
        ("P", "whole numbers"),
        ("PT", "whole numbers"),
        ("P1DT", "whole numbers"),
        ("1.5h", "smaller unit"),
        ("30", '"30m"'),
        ("30 min", '"30m"'),
        ("2 hours 5 minutes", '"2h5m"'),
        ("1m1h", '"1m1h"'),
        ("soon", "whole numbers"),
        ("٣m", "whole numbers"),
        ("1d" * 50, "whole numbers"),
    ],
)
def test_what_is_no_length(text: str, help: str) -> None:
    with pytest.raises(DurationError) as error:
        parse_amount(text)
    assert error.value.message
    if text != "1d" * 50 and text != "1m1h":
        assert help in error.value.help


def test_longer_than_the_calendar() -> None:
    with pytest.raises(DurationError, match="9999 years"):
        parse_amount("99999999999y")
    with pytest.raises(DurationError, match="9999 years"):
        parse_amount("999999999999999999s")


def test_ranges() -> None:
    assert parse_range("25m..40m").least == Amount(0, 1500)
    assert parse_range("25m..40m").most == Amount(0, 2400)
    assert parse_range("1s..").most is None
    assert parse_range("..3d").least is None
    assert parse_range("3d").exact
    assert not parse_range("3d..4d").exact
    assert parse_range("30d..1mo").least == Amount(0, 30 * DAY)
    with pytest.raises(DurationError, match="more than one"):
        parse_range("1h..2h..3h")
    for text, reason in (("40m..25m", "reversed"), ("1mo..27d", "reversed"), ("..", "syntax")):
        with pytest.raises(DurationError) as error:
            parse_range(text)
        assert error.value.reason == reason


@given(st.text() | st.text(alphabet="0123456789ymowdhsPT.-", max_size=20))
def test_nothing_but_duration_errors(text: str) -> None:
    try:
        parse_range(text)
    except DurationError as error:
        assert error.message


@given(st.integers(-(10**11), 10**11))
def test_what_is_written_reads_back(seconds: int) -> None:
    assert parse_amount(as_written(seconds)) == Amount(0, seconds)
    assert in_words(seconds)


@given(
    st.integers(0, 30),
    st.dates(date(1700, 1, 1), date(2300, 1, 1)),
)
def test_months_lie_between_the_shortest_and_the_longest_run(count: int, day: date) -> None:
    first = day.replace(day=1)
    month = first.month - 1 + count
    later = first.replace(year=first.year + month // 12, month=month % 12 + 1)
    run = (later - first) // timedelta(seconds=1)
    assert Amount(count, 0).shortest() <= run <= Amount(count, 0).longest()
    assert Amount(-count, 0).shortest() == -Amount(count, 0).longest()


@pytest.mark.parametrize(
    ("count", "least", "most"),
    [(0, 0, 0), (1, 28, 31), (2, 59, 62), (12, 365, 366), (4800, 146_097, 146_097)],
)
def test_runs_of_months(count: int, least: int, most: int) -> None:
    amount = Amount(count, 0)
    assert (amount.shortest(), amount.longest()) == (least * DAY, most * DAY)


def test_words() -> None:
    assert in_words(0) == "0 s"
    assert in_words(DAY) == "1 day"
    assert in_words(2 * DAY + 4 * 3600 + 60) == "2 days 4 h"
    assert in_words(-90) == "minus 1 min 30 s"
    assert as_written(0) == "0s"
    assert as_written(-DAY - 4 * 3600) == "-1d4h"
