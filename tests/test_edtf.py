"""EDTF texts: every row of the table of dates, what is refused and with which advice, and laws."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timeline import edtf
from timeline.edtf import (
    PRECISIONS,
    Date,
    DateError,
    Period,
    day_text,
    from_date,
    from_datetime,
    from_year,
    parse,
    parse_period,
)

LAST_DAY = date.max.toordinal()
DAYS = st.integers(1, LAST_DAY)
YEARS = st.integers(1, 9999)
MINUTES_OFF = st.integers(-(15 * 60 + 59), 15 * 60 + 59)


def number(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def refused(text: str) -> DateError:
    with pytest.raises(DateError) as caught:
        parse(text)
    return caught.value


def attempt(text: str) -> Date | DateError:
    try:
        return parse(text)
    except DateError as fault:
        return fault


def pointed(text: str) -> str:
    fault = refused(text)
    return text[fault.column : fault.column + fault.length]


def proposed(text: str) -> list[str]:
    """What the help puts in backquotes."""
    return re.findall("`([^`]+)`", refused(text).help)


def span(text: str) -> tuple[int, int]:
    period = parse_period(text)
    assert period.first is not None
    assert period.last is not None
    return period.first, period.last


# -- One date ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2025-10-27", "2025-10-27", "2025-10-27", "day"),
        ("0001-01-01", "0001-01-01", "0001-01-01", "day"),
        ("9999-12-31", "9999-12-31", "9999-12-31", "day"),
        ("2024-02-29", "2024-02-29", "2024-02-29", "day"),
        ("2025-10", "2025-10-01", "2025-10-31", "month"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("1900-02", "1900-02-01", "1900-02-28", "month"),
        ("2025", "2025-01-01", "2025-12-31", "year"),
        ("9999", "9999-01-01", "9999-12-31", "year"),
        ("202X", "2020-01-01", "2029-12-31", "decade"),
        ("001X", "0010-01-01", "0019-12-31", "decade"),
        ("20XX", "2000-01-01", "2099-12-31", "century"),
        ("2XXX", "2000-01-01", "2999-12-31", "millennium"),
        ("9XXX", "9000-01-01", "9999-12-31", "millennium"),
        ("2025-XX", "2025-01-01", "2025-12-31", "year"),
        ("2025-XX-XX", "2025-01-01", "2025-12-31", "year"),
        ("2025-0X", "2025-01-01", "2025-09-30", "year"),
        ("2025-1X", "2025-10-01", "2025-12-31", "quarter"),
        ("2025-10-XX", "2025-10-01", "2025-10-31", "month"),
        ("2025-10-0X", "2025-10-01", "2025-10-09", "month"),
        ("2025-10-2X", "2025-10-20", "2025-10-29", "month"),
        ("2025-02-2X", "2025-02-20", "2025-02-28", "month"),
        ("2025-10-3X", "2025-10-30", "2025-10-31", "month"),
        ("2025-04-3X", "2025-04-30", "2025-04-30", "month"),
        ("2025-W43", "2025-10-20", "2025-10-26", "week"),
        ("2025-W01", "2024-12-30", "2025-01-05", "week"),
        ("2026-W53", "2026-12-28", "2027-01-03", "week"),
        ("2025-W43-2", "2025-10-21", "2025-10-21", "day"),
        ("9999-W52-5", "9999-12-31", "9999-12-31", "day"),
        ("2025-25", "2025-03-01", "2025-05-31", "season"),
        ("2025-26", "2025-06-01", "2025-08-31", "season"),
        ("2025-27", "2025-09-01", "2025-11-30", "season"),
        ("2025-28", "2025-12-01", "2026-02-28", "season"),
        ("2023-28", "2023-12-01", "2024-02-29", "season"),
        ("2025-29", "2025-09-01", "2025-11-30", "season"),
        ("2025-30", "2025-12-01", "2026-02-28", "season"),
        ("2025-31", "2025-03-01", "2025-05-31", "season"),
        ("2025-32", "2025-06-01", "2025-08-31", "season"),
        ("2025-33", "2025-01-01", "2025-03-31", "quarter"),
        ("2025-34", "2025-04-01", "2025-06-30", "quarter"),
        ("2025-35", "2025-07-01", "2025-09-30", "quarter"),
        ("2025-36", "2025-10-01", "2025-12-31", "quarter"),
        ("2025-37", "2025-01-01", "2025-04-30", "quadrimester"),
        ("2025-38", "2025-05-01", "2025-08-31", "quadrimester"),
        ("2025-39", "2025-09-01", "2025-12-31", "quadrimester"),
        ("2025-40", "2025-01-01", "2025-06-30", "half"),
        ("2025-41", "2025-07-01", "2025-12-31", "half"),
    ],
)
def test_a_period(text: str, first: str, last: str, precision: str) -> None:
    read = parse(text)
    period = Period(number(first), number(last), None, None, precision, False, False, text)
    assert read == Date("single", period, period, False, False, text)
    assert read.start is read.end
    assert parse_period(text) == period
    assert read.precision == precision
    assert precision in PRECISIONS
    assert not read.approximate
    assert not read.uncertain


@pytest.mark.parametrize("text", ["XXXX", "XXXX-XX", "XXXX-XX-XX"])
def test_an_unknown_date_has_no_bound(text: str) -> None:
    period = Period(None, None, None, None, "unknown", False, False, text)
    assert parse(text) == Date("single", period, period, False, False, text)


@pytest.mark.parametrize(
    ("clock", "time", "offset", "precision"),
    [
        ("18:30", 66_600, None, "minute"),
        ("18:30:05", 66_605, None, "second"),
        ("00:00", 0, None, "minute"),
        ("23:59:59", 86_399, None, "second"),
        ("18:30Z", 66_600, 0, "minute"),
        ("18:30:05Z", 66_605, 0, "second"),
        ("18:30+00:00", 66_600, 0, "minute"),
        ("18:30+09:00", 66_600, 32_400, "minute"),
        ("18:30:05-03:30", 66_605, -12_600, "second"),
        ("18:30+09", 66_600, 32_400, "minute"),
        ("18:30-04", 66_600, -14_400, "minute"),
        ("18:30+15:59", 66_600, 57_540, "minute"),
        ("18:30-15:59", 66_600, -57_540, "minute"),
    ],
)
@pytest.mark.parametrize("day", ["2025-10-27", "2025-W44-1"])
def test_a_time(day: str, clock: str, time: int, offset: int | None, precision: str) -> None:
    text = f"{day}T{clock}"
    day_number = number("2025-10-27")
    expected = Period(day_number, day_number, time, offset, precision, False, False, text)
    assert parse_period(text) == expected


@pytest.mark.parametrize("body", ["1984", "202X", "2025-10-27", "2025-W43", "2025-28", "XXXX"])
@pytest.mark.parametrize(
    ("mark", "approximate", "uncertain"),
    [("~", True, False), ("?", False, True), ("%", True, True)],
)
def test_a_qualifier(body: str, mark: str, approximate: bool, uncertain: bool) -> None:
    plain, marked = parse_period(body), parse(body + mark)
    assert marked.start is not None
    assert (marked.start.approximate, marked.start.uncertain) == (approximate, uncertain)
    assert (marked.approximate, marked.uncertain) == (approximate, uncertain)
    assert (marked.start.first, marked.start.last) == (plain.first, plain.last)
    assert marked.start.precision == plain.precision
    assert marked.start.text == marked.text == body + mark


def test_a_qualifier_stands_after_the_time() -> None:
    period = parse_period("2025-10-27T18:30+09:00~")
    assert (period.time, period.offset, period.approximate) == (66_600, 32_400, True)


# -- Intervals and sets ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "start", "end", "open_start", "open_end"),
    [
        ("2025-10-26/2025-10-28", "2025-10-26", "2025-10-28", False, False),
        ("2025/2025-10", "2025", "2025-10", False, False),
        ("1984~/1986-1X?", "1984~", "1986-1X?", False, False),
        ("2025-10-27T18:30/2025-10-27T18:30", "2025-10-27T18:30", "2025-10-27T18:30", False, False),
        ("2025-10-27T18:30/2025-10-27", "2025-10-27T18:30", "2025-10-27", False, False),
        ("2025-10-26/..", "2025-10-26", None, False, True),
        ("../2026-03-31", None, "2026-03-31", True, False),
        ("2025-10-26/", "2025-10-26", None, False, False),
        ("/2026-03-31", None, "2026-03-31", False, False),
        ("2025/XXXX", "2025", "XXXX", False, False),
        ("XXXX/2025", "XXXX", "2025", False, False),
    ],
)
def test_an_interval(
    text: str, start: str | None, end: str | None, open_start: bool, open_end: bool
) -> None:
    first = parse_period(start) if start else None
    last = parse_period(end) if end else None
    assert parse(text) == Date("interval", first, last, open_start, open_end, text)


@pytest.mark.parametrize("text", ["/2025-10", "../2025-10", "[..2025-10]"])
def test_the_precision_is_that_of_the_end_where_no_start_is_told(text: str) -> None:
    assert parse(text).precision == "month"


def test_a_date_without_parts_has_no_precision() -> None:
    assert Date("interval", None, None, True, True, "").precision == "unknown"


def test_a_qualifier_of_either_end_is_one_of_the_interval() -> None:
    read = parse("1984~/1986?")
    assert read.approximate
    assert read.uncertain
    assert read.start is not None
    assert not read.start.uncertain


@pytest.mark.parametrize(
    ("text", "start", "end", "open_start", "open_end"),
    [
        ("[2025-10-26..2025-10-28]", "2025-10-26", "2025-10-28", False, False),
        ("{2025-10-26..2025-10-28}", "2025-10-26", "2025-10-28", False, False),
        ("[..2026-03-31]", None, "2026-03-31", True, False),
        ("[2026-03-31..]", "2026-03-31", None, False, True),
        ("[2025]", "2025", "2025", False, False),
        ("[1984,1980,1982]", "1980", "1984", False, False),
        ("[1984~,1980?]", "1980?", "1984~", False, False),
        ("[1667,1668,1670..1672]", "1667", "1672", False, False),
        ("[..1983,1985,1990..]", None, None, True, True),
        ("[..1983,1985]", None, "1985", True, False),
        ("[1985,1990..]", "1985", None, False, True),
        ("[2025,2025-03]", "2025", "2025", False, False),
        ("[2025-12,2025]", "2025", "2025-12", False, False),
        ("[2025..2025-03]", "2025", "2025-03", False, False),
        ("[XXXX..1984,1985]", "XXXX", "1985", False, False),
        ("[1984..XXXX,1983]", "1983", "XXXX", False, False),
        (
            "[2025-10-28T06:00..2025-10-28T12:00]", "2025-10-28T06:00", "2025-10-28T12:00",
            False, False,
        ),
        ("[2025-10-28T12:00,2025-10-28]", "2025-10-28", "2025-10-28", False, False),
        ("[2025-10-28T12:00,2025-10-28T13:00]", "2025-10-28T12:00", "2025-10-28T13:00",
         False, False),
        # 12:00+09:00 is earlier than 10:00Z
        ("[2025-10-28T10:00Z,2025-10-28T12:00+09:00]", "2025-10-28T12:00+09:00",
         "2025-10-28T10:00Z", False, False),
        # far enough apart, whatever the zone of the one without an offset
        ("[2025-10-28T10:00Z,2025-10-26]", "2025-10-26", "2025-10-28T10:00Z", False, False),
        ("[2025-10-28T10:00Z..2025-10-28]", "2025-10-28T10:00Z", "2025-10-28", False, False),
    ],
)  # fmt: skip
def test_a_set(
    text: str, start: str | None, end: str | None, open_start: bool, open_end: bool
) -> None:
    if start is None and end is None:
        assert refused(text).reason == "nothing"
        return
    first = parse_period(start) if start else None
    last = parse_period(end) if end else None
    assert parse(text) == Date("set", first, last, open_start, open_end, text)


def test_a_qualifier_of_a_middle_member_is_one_of_the_set() -> None:
    read = parse("[1984,1985%,1986]")
    assert read.approximate
    assert read.uncertain
    assert read.start == parse_period("1984")


@pytest.mark.parametrize(
    "text",
    [
        "2026/2025", "2025-10-28/2025-10-27", "2025/2024-12", "2025-11/2025-10-31", "202X/2019",
        "2025-10-27T18:31/2025-10-27T18:30", "2025-10-27T18:30:01/2025-10-27T18:30",
        "2025-10-27T18:30Z/2025-10-27T18:30+09:00", "2025-10-27T12:00Z/2025-10-25",
        "[2026..2025]", "[2020,2026..2025,2030]", "1986~/1984~",
    ],
)  # fmt: skip
def test_an_end_before_its_start(text: str) -> None:
    fault = refused(text)
    assert fault.reason == "reversed"
    assert fault.help
    assert pointed(text) == ("2026..2025" if "." in text else text)


@pytest.mark.parametrize(
    "text",
    [
        "2025-10-28T00:30+09:00/2025-10-27T23:30Z",  # eight hours, though the day is the lower one
        "2025-10-28T00:30+09:00/2025-10-27",  # in New York it is still the 27th
        "2025-10-28/2025-10-27T10:00Z",  # at +14:00 the 28th begins at that instant
        "2025/2025-03",
        "2025-10-27/2025-10-27",
        "2025-10-27/2025-10-27T00:00",
        "2025-10-27T23:59:59/2025-10-27",
    ],
)
def test_no_end_is_called_early_that_may_be_late_enough(text: str) -> None:
    assert parse(text).kind == "interval"


@pytest.mark.parametrize(
    "text",
    ["../..", "/", "../", "/..", "XXXX/", "../XXXX", "XXXX/XXXX~", "[..]", "{..}", "[XXXX]",
     "[XXXX,1984]", "[1984,XXXX]", "[XXXX..]", "[..1983,1985..]"],
)  # fmt: skip
def test_a_text_that_says_nothing(text: str) -> None:
    fault = refused(text)
    assert fault.reason == "nothing"
    assert "says nothing" in fault.message
    assert pointed(text) == text


@pytest.mark.parametrize(
    ("text", "which"),
    [
        ("[2025-10-27T10:00Z,2025-10-27]", "begins first"),
        ("[2025-10-27,2025-10-27T10:00Z]", "begins first"),
        ("[2025-10-20T10:00Z,2025-10-20T23:00,2025-10-27]", "begins first"),
        ("[2025-10-27T23:00Z,2025-10-27T10:00,2025-10-20]", "ends last"),
    ],
)
def test_a_set_whose_hull_depends_on_the_zone(text: str, which: str) -> None:
    fault = refused(text)
    assert (fault.reason, pointed(text)) == ("offset", text)
    assert fault.message == f"Which date {which} depends on the zone."
    assert fault.help


# -- What is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reason", "where", "help"),
    [
        ("2023-02-29", "impossible", "29", ""),
        ("1900-02-29", "impossible", "29", ""),
        ("2025-04-31", "impossible", "31", ""),
        ("2025-10-00", "impossible", "00", ""),
        ("2025-10-32", "impossible", "32", ""),
        ("2025-02-3X", "impossible", "3X", ""),
        ("2025-10-4X", "impossible", "4X", ""),
        ("2025-00", "impossible", "00", "Months"),
        ("2025-13", "impossible", "13", "Months"),
        ("2025-42", "impossible", "42", "2025/2042"),
        ("2025-42/2026", "impossible", "42", "2025/2042"),
        ("2025/2025-13", "impossible", "13", "Months"),
        ("[2024,2025-13..2026]", "impossible", "13", "Months"),
        ("[2024..2025-13,2026]", "impossible", "13", "Months"),
        ("1984-86", "impossible", "86", "`1984/1986`"),
        ("1914-18", "impossible", "18", "`1914/1918`"),
        ("1918-18", "impossible", "18", "Months"),
        ("2025-2X", "impossible", "2X", "Months"),
        ("2025-9X", "impossible", "9X", "Months"),
        ("2025-13-01", "impossible", "13", "`2025-01-13`"),
        ("2025-27-10", "impossible", "27", "`2025-10-27`"),
        ("2025-28-XX", "impossible", "28", ""),
        ("2025-29-10", "impossible", "29", ""),
        ("2025-13-13", "impossible", "13", ""),
        ("2025-00-10", "impossible", "00", ""),
        ("2025-W00", "impossible", "00", ""),
        ("2025-W53", "impossible", "53", ""),
        ("2025-W54", "impossible", "54", ""),
        ("2025-W43-0", "impossible", "0", ""),
        ("2025-W43-8", "impossible", "8", ""),
        ("2025-10-27T24:00", "impossible", "24", "`2025-10-28T00:00`"),
        ("2025-12-31T24:00:00", "impossible", "24", "`2026-01-01T00:00`"),
        ("9999-12-31T24:00", "impossible", "24", ""),
        ("2025-10-27T24:01", "impossible", "24", ""),
        ("2025-10-27T25:00", "impossible", "25", ""),
        ("2025-10-27T23:60", "impossible", "60", ""),
        ("2016-12-31T23:59:60Z", "impossible", "60", ""),
        ("2025-21", "season", "21", "`2025-25` for the northern spring, or `2025-29`"),
        ("2025-22", "season", "22", "`2025-26` for the northern summer, or `2025-30`"),
        ("2025-23", "season", "23", "`2025-27` for the northern autumn, or `2025-31`"),
        ("2025-24", "season", "24", "`2025-28` for the northern winter, or `2025-32`"),
        ("2025-24-01", "impossible", "24", "`2025-01-24`"),
        ("2025-10-27T18:30:05.5", "fraction", ".5", "`2025-10-27T18:30:05`"),
        ("2025-10-27T18:30:05,25+09:00", "fraction", ",25", "`2025-10-27T18:30:05+09:00`"),
        ("2025-10-27T18:30.5Z~", "fraction", ".5", "`2025-10-27T18:30Z~`"),
        ("2025-10-27T18:30+16:00", "offset", "+16:00", "+09:00"),
        ("2025-10-27T18:30-16:00", "offset", "-16:00", "+09:00"),
        ("2025-10-27T18:30+09:60", "offset", "+09:60", "+09:00"),
        ("2025-10-27T18:30-00:00", "offset", "-00:00", "`Z`"),
        ("2025-10-27T18:30-00", "offset", "-00", "`Z`"),
        ("0000", "year-range", "0000", ""),
        ("0000-12-31", "year-range", "0000", ""),
        ("0000-W01", "year-range", "0000", ""),
        ("000X", "year-range", "000X", "`[0001..0009]`"),
        ("00XX", "year-range", "00XX", "`[0001..0099]`"),
        ("0XXX", "year-range", "0XXX", "`[0001..0999]`"),
        ("-0044", "year-range", "-0044", ""),
        ("-0044-03-15", "year-range", "-0044-03-15", ""),
        ("-44~", "year-range", "-44~", ""),
        ("12345", "year-range", "12345", ""),
        ("12345-10-27", "year-range", "12345-10-27", ""),
        ("Y12345", "year-range", "Y12345", ""),
        ("Y-12345", "year-range", "Y-12345", ""),
        ("Y17E8", "year-range", "Y17E8", ""),
        ("44 BC", "year-range", "44 BC", ""),
        ("2025/12345", "year-range", "12345", ""),
        ("9999-28", "year-range", "28", ""),
        ("9999-30", "year-range", "30", ""),
        ("9999-W52", "year-range", "52", ""),
        ("9999-W52-6", "year-range", "52", ""),
        ("XXXX-10", "unspecified", "XXXX-10", "202X"),
        ("XXXX-12-XX", "unspecified", "XXXX-12-XX", "202X"),
        ("202X-10", "unspecified", "202X-10", "202X"),
        ("202X-XX", "unspecified", "202X-XX", "202X"),
        ("202X-W10", "unspecified", "202X-W10", "202X"),
        ("XXXX-W10", "unspecified", "XXXX-W10", "202X"),
        ("2X25", "unspecified", "2X25", "202X"),
        ("X025-10-27", "unspecified", "X025-10-27", "202X"),
        ("2025-X1", "unspecified", "2025-X1", "2025-1X"),
        ("2025-1X-XX", "unspecified", "2025-1X-XX", "2025-1X"),
        ("2025-XX-10", "unspecified", "2025-XX-10", "2025-XX"),
        ("2025-10-X7", "unspecified", "2025-10-X7", "2025-10-XX"),
        ("~1984", "qualifier", "~", "`1984~`"),
        ("?2004", "qualifier", "?", "`2004?`"),
        ("2004-06~-11", "qualifier", "~", "`2004-06-11~`"),
        ("2004?-06-11~", "qualifier", "?", "`2004-06-11%`"),
        ("1984?~", "qualifier", "?", "`1984%`"),
        ("1984~~", "qualifier", "~", "`1984~`"),
        ("2025-10-27~T18:30", "qualifier", "~", "`2025-10-27T18:30~`"),
        ("[1984~~,1985]", "qualifier", "~", ""),
        ("2025-10T18:30", "syntax", "2025-10", ""),
        ("2025-W43T18:30", "syntax", "2025-W43", ""),
        ("2025-10-XXT18:30", "syntax", "2025-10-XX", ""),
        ("XXXXT18:30", "syntax", "XXXX", ""),
        ("2025-10-27T18:30 JST", "syntax", " JST", "as in"),
        ("2025-10-27Z", "syntax", "Z", "as in"),
        ("tomorrow", "syntax", "tomorrow", "as in"),
        ("27 октября 2025", "syntax", "27 октября 2025", "as in"),
        ("room 2025", "syntax", "room 2025", "as in"),
        ("1950S2", "syntax", "S2", "as in"),
        ("/2025/10", "syntax", "/", ""),
        ("2025/2026/2027", "syntax", "/", ""),
        ("2025/[2026..2027]", "syntax", "[2026..2027]", ""),
        ("[2025", "syntax", "[2025", ""),
        ("[2025}", "syntax", "[2025}", ""),
        ("[2025]~", "syntax", "[2025]~", ""),
        ("[2025][2026]", "syntax", "[2025][2026]", ""),
        ("[", "syntax", "[", ""),
        ("[]", "syntax", "]", ""),
        ("[2025,]", "syntax", "]", ""),
        ("[,2025]", "syntax", ",", ""),
        ("[2025,x,2026]", "syntax", "x", ""),
        ("[2025..2026..2027]", "syntax", "..2027", ""),
        ("[2025,..2027]", "syntax", "[2025,..2027]", ""),
        ("[2025..,2027]", "syntax", "[2025..,2027]", ""),
        ("", "empty", "", "XXXX"),
        (" \t", "empty", " \t", "XXXX"),
    ],
)
def test_a_text_that_is_refused(text: str, reason: str, where: str, help: str) -> None:
    fault = refused(text)
    assert (fault.reason, pointed(text)) == (reason, where)
    assert help in fault.help
    assert bool(help) == bool(fault.help) or reason == "syntax"
    assert str(fault) == fault.message
    assert fault.message.endswith(".")


def test_the_days_of_the_month_are_told() -> None:
    assert refused("2023-02-29").message == "The days of February 2023 are 01 to 28."


@pytest.mark.parametrize(
    ("text", "proposals"),
    [
        ("2025/10/27", ["2025-10-27"]),
        ("2025.10.27", ["2025-10-27"]),
        ("2025/10", ["2025-10"]),
        ("2025/27", ["2025-27", "2025/2027"]),
        ("10/2025", ["2025-10"]),
        ("27.10.2025", ["2025-10-27"]),
        ("10/27/2025", ["2025-10-27"]),
        ("27/10/2025", ["2025-10-27"]),
        ("27-10-2025", ["2025-10-27"]),
        ("3/4/2025", ["2025-04-03", "2025-03-04"]),
        ("2025-10-7", ["2025-10-07"]),
        ("2025-1", ["2025-01"]),
        ("20251027", ["2025-10-27"]),
        ("202510", ["2025-10"]),
        ("20251027T183000Z", ["2025-10-27T18:30:00Z"]),
        ("2025-10-27 18:30", ["2025-10-27T18:30"]),
        ("2025-10-27, 9:30", ["2025-10-27T09:30"]),
        ("2025-10-27T9:30", ["2025-10-27T09:30"]),
        ("2025-10-27T18", ["2025-10-27T18:00"]),
        ("2025-10-27T1830", ["2025-10-27T18:30"]),
        ("2025-10-27T18:30+0900", ["2025-10-27T18:30+09:00"]),
        ("2025-10-27 18:30:05 UTC", ["2025-10-27T18:30:05Z"]),
        ("2025-10-27t18:30z", ["2025-10-27T18:30Z"]),
        ("27.10.2025 9:30", ["2025-10-27T09:30"]),
        ("202x", ["202X"]),
        ("2025-w43", ["2025-W43"]),
        ("Oct 2025", ["2025-10"]),
        ("october 2025", ["2025-10"]),
        ("Sept. 2025", ["2025-09"]),
        ("27 Oct 2025", ["2025-10-27"]),
        ("October 27th, 2025", ["2025-10-27"]),
        ("7 May 2025", ["2025-05-07"]),
        ("2025-Oct-27", ["2025-10-27"]),
        ("27 Oct 2025 18:30", ["2025-10-27T18:30"]),
        ("2025年10月27日", ["2025-10-27"]),
        ("c. 1984", ["1984~"]),
        ("C1984", ["1984~"]),
        ("ca. Oct 1984", ["1984-10~"]),
        ("circa 1984", ["1984~"]),
        ("about 1984?", ["1984%"]),
        ("probably 1984", ["1984?"]),
        ("1984-1986", ["1984/1986"]),
        ("1984–1986", ["1984/1986"]),
        ("1984/86", ["1984/1986"]),
        ("1984..1986", ["1984/1986"]),
        ("2025-10-26 – 2025-10-28", ["2025-10-26/2025-10-28"]),
        ("from Oct 2025 to Nov 2025", ["2025-10/2025-11"]),
        ("Oct 2025/Nov 2025", ["2025-10/2025-11"]),
        ("before 2025", ["2024-12-31", "latest"]),
        ("Before Oct 2025", ["2025-09-30", "latest"]),
        ("after 2025-10", ["2025-11-01", "earliest"]),
        ("2025–10–27", ["2025-10-27"]),
        ("２０２５-１０-２７", ["2025-10-27"]),
        ("２０２５", ["2025"]),
        ("\u3000 2025-10-27 ", ["2025-10-27"]),
        ("2025-10-27\n", ["2025-10-27"]),
        ("2025 / 2026", ["2025/2026"]),
        ("[2025, 2026]", ["[2025,2026]"]),
        ("2025//2026", ["2025/2026"]),
    ],
)
def test_a_near_miss_is_told_what_to_write(text: str, proposals: list[str]) -> None:
    assert refused(text).reason in ("syntax", "qualifier")
    assert proposed(text) == proposals


@pytest.mark.parametrize(
    "text",
    ["before 0001", "after 9999", "before XXXX", "before ../..", "before noon", "10/27/25",
     "2025/13/45", "Octo 2025 May", "123456", "٢٠٢٥-١٠-٢٧", "a - b - c",
     "2025-10-7" + " " * 100],
)  # fmt: skip
def test_where_nothing_fits_the_help_is_general(text: str) -> None:
    assert refused(text).help in (
        "", "Write it as in `2025-10-27`, `2025-10`, `2025`, or `2025-10-27T18:30`.",
    )  # fmt: skip


def test_before_something_open_at_its_end() -> None:
    assert proposed("before 2025/..") == ["2024-12-31", "latest"]
    assert proposed("after ../2025") == ["2026-01-01", "earliest"]


@pytest.mark.parametrize("text", ["٢٠٢٥", "²025", "2025-10-2７", "２025", "２０２５"])
def test_only_ascii_digits_count(text: str) -> None:
    assert refused(text).reason == "syntax"


@pytest.mark.parametrize("text", ["2025/2026", "2025/..", "[2025]", "{2025,2026}", "../2025"])
def test_one_date_is_neither_interval_nor_set(text: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_period(text)
    assert caught.value.reason == "not-single"
    assert "when" in caught.value.help
    assert (caught.value.column, caught.value.length) == (0, len(text))


def test_one_date_is_refused_like_any_other() -> None:
    with pytest.raises(DateError, match="February 2023"):
        parse_period("2023-02-29")
    with pytest.raises(DateError) as caught:
        parse_period("2025/10/27")
    assert caught.value.help == "Write `2025-10-27`."


def test_a_long_text_is_refused_without_being_repeated() -> None:
    for text in ("2" * 201, "x" * 1_000_000, "/" * 1_000_000, " " * 1_000_000):
        fault = refused(text)
        assert (fault.reason, fault.column, fault.length) == ("length", 200, len(text) - 200)
        assert len(fault.message) + len(fault.help) < 200
    fault = refused("[" + "2025," * 1_000_000 + "2025]")
    assert (fault.reason, fault.column) == ("length", 4_000)
    assert len(fault.message) + len(fault.help) < 200


def test_the_longest_texts_that_are_read() -> None:
    longest = "[" + "2025," * 798 + "2025-10]"
    assert len(longest) == 3_999
    assert parse(longest).start == parse_period("2025")
    assert refused("x" * 200).reason == "syntax"
    assert refused("x" * 40).message == f"`{'x' * 40}` is not written as a date."
    assert refused("x" * 41).message == f"`{'x' * 39}…` is not written as a date."
    assert refused("x" * 200).message == f"`{'x' * 39}…` is not written as a date."


def test_a_message_repeats_no_control_character() -> None:
    assert refused("20\x1b[2J\u202e25").message == "`20�[2J�25` is not written as a date."


# -- TOML values -------------------------------------------------------------------------------


@given(st.dates())
def test_a_toml_date(day: date) -> None:
    read = from_date(day)
    period = Period(day.toordinal(), day.toordinal(), None, None, "day", False, False, str(day))
    assert read == Date("single", period, period, False, False, str(day)) == parse(str(day))


@given(st.datetimes(), st.none() | MINUTES_OFF)
def test_a_toml_date_time(moment: datetime, minutes: int | None) -> None:
    moment = moment.replace(microsecond=0)
    if minutes is not None:
        moment = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    read = from_datetime(moment)
    assert read == parse(moment.isoformat())
    assert read.text == moment.isoformat()
    assert read.start is not None
    assert read.start.first == read.start.last == moment.toordinal()
    assert read.start.time == moment.hour * 3600 + moment.minute * 60 + moment.second
    assert read.start.offset == (None if minutes is None else minutes * 60)
    assert read.precision == "second"


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        (datetime(2025, 10, 27, 18, 30, 5, 1), "fraction"),
        (datetime(2025, 10, 27, 18, 30, 5, 500_000, tzinfo=UTC), "fraction"),
        (datetime(2025, 10, 27, 18, 30, tzinfo=timezone(timedelta(hours=23))), "offset"),
        (datetime(2025, 10, 27, 18, 30, tzinfo=timezone(timedelta(seconds=1))), "syntax"),
    ],
)
def test_a_toml_date_time_that_is_refused(moment: datetime, reason: str) -> None:
    with pytest.raises(DateError) as caught:
        from_datetime(moment)
    assert caught.value.reason == reason


def test_a_toml_year() -> None:
    assert from_year(2025) == parse("2025")
    assert from_year(44) == parse("0044")
    assert from_year(1) == parse("0001")
    assert from_year(9999) == parse("9999")


def test_a_toml_year_out_of_range() -> None:
    for year in (0, -44, 10_000, 10**5_000):
        with pytest.raises(DateError) as caught:
            from_year(year)
        fault = caught.value
        assert (fault.reason, fault.column, fault.length) == ("year-range", 0, 1)


# -- Laws --------------------------------------------------------------------------------------

CHARACTERS = "0123456789-XTZ:+/.[]{}~?%W ,"
WORDS = [
    "2025", "1984", "10", "27", "7", "-", "/", "..", ",", " ", "[", "]", "{", "}", "T", "t", ":",
    "18:30", "Z", "+09:00", "-00:00", ".5", "~", "?", "%", "X", "XX", "XXXX", "W43", "c. ", "Oct",
    "before ", " to ", "–", "２", "2025-10-27", "2025-10-27T18:30", "9999", "0001", "-28",
]  # fmt: skip
TEXTS = st.text() | st.text(CHARACTERS) | st.lists(st.sampled_from(WORDS), max_size=12).map("".join)

whole = st.one_of(
    YEARS.map("{:04}".format),
    st.dates().map("{:%Y-%m}".format).map(lambda text: text.zfill(7)),
    DAYS.map(day_text),
    YEARS.map(lambda year: f"{max(year, 10):04}"[:3] + "X"),
    st.builds("{:04}-{}".format, st.integers(1, 9998), st.integers(25, 41)),
    st.builds("{:04}-W{:02}".format, st.integers(1, 9998), st.integers(1, 52)),
    st.builds("{:04}-{}X".format, YEARS, st.integers(0, 1)),
    st.builds(
        "{}T{:%H:%M}{}".format,
        DAYS.map(day_text), st.times(), st.sampled_from(["", "Z", "+09:00", "-03:30"]),
    ),
)  # fmt: skip
PERIODS = st.builds("{}{}".format, whole, st.sampled_from(["", "", "~", "?", "%"]))


def bounds(text: str) -> tuple[int, int]:
    """First and last second of one date, as in UTC where it tells no offset."""
    period = parse_period(text)
    assert period.first is not None
    assert period.last is not None
    if period.time is None:
        return period.first * 86_400, period.last * 86_400 + 86_399
    second = period.first * 86_400 + period.time - (period.offset or 0)
    return second, second


def check_sound(text: str, read: Date) -> None:
    assert read.text == text
    for part in (read.start, read.end):
        if part is None:
            continue
        assert part.text in text
        assert part.precision in PRECISIONS
        if part.first is None or part.last is None:
            assert part.first is part.last is part.time is None
            assert part.precision == "unknown"
            continue
        assert 1 <= part.first <= part.last <= LAST_DAY
        assert part.offset is None or part.time is not None
        assert part.offset is None or abs(part.offset) < 16 * 3600
        if part.time is not None:
            assert 0 <= part.time < 86_400
            assert part.first == part.last
        assert part.approximate <= read.approximate
        assert part.uncertain <= read.uncertain
    if read.kind == "single":
        assert read.start is read.end
        assert read.start is not None
        return
    start, end = read.start, read.end
    assert start is not None or end is not None
    assert not (read.open_start and start)
    assert not (read.open_end and end)
    if start and end and start.first is not None and end.last is not None:
        slack = 0 if (start.offset is None) == (end.offset is None) else 16 * 3600
        assert bounds(start.text)[0] <= bounds(end.text)[1] + slack


@given(TEXTS)
@example("0001-W01-1")
@example("2025-10-27T25:00.5")
@example("2025-10-27T18:30.5+99:00")
def test_any_text_is_read_soundly_or_refused_with_reason(text: str) -> None:
    read = attempt(text)
    if isinstance(read, Date):
        check_sound(text, read)
        return
    assert 0 <= read.column < max(len(text), 1)
    assert 1 <= read.length <= max(len(text), 1) - read.column
    assert read.message.isprintable()
    assert read.help.isprintable()
    assert len(read.message) + len(read.help) < 600
    for proposal in re.findall("`([^`]+)`", read.help):
        # Of the seasons of 9999 two end in 10000, and are proposed all the same.
        if proposal not in ("latest", "earliest", "Z", "9999-28", "9999-30"):
            parse(proposal)


@given(TEXTS)
def test_one_date_is_what_reads_as_a_single_date(text: str) -> None:
    read = attempt(text)
    if isinstance(read, Date) and read.kind == "single":
        assert parse_period(text) == read.start
    else:
        with pytest.raises(DateError) as caught:
            parse_period(text)
        assert caught.value.column + caught.value.length <= max(len(text), 1)


@given(DAYS)
def test_a_day_covers_itself(day: int) -> None:
    text = day_text(day)
    assert text == date.fromordinal(day).isoformat()
    assert parse_period(text) == Period(day, day, None, None, "day", False, False, text)


@given(YEARS, st.integers(1, 12))
def test_a_month_is_the_one_of_datetime(year: int, month: int) -> None:
    length = monthrange(year, month)[1]
    first = date(year, month, 1).toordinal()
    assert span(f"{year:04}-{month:02}") == (first, first + length - 1)
    assert refused(f"{year:04}-{month:02}-{length + 1:02}").reason == "impossible"


@given(st.dates())
def test_a_week_is_the_one_of_datetime(day: date) -> None:
    year, week, weekday = day.isocalendar()
    first = day.toordinal() - weekday + 1
    assert span(f"{year:04}-W{week:02}-{weekday}") == (day.toordinal(), day.toordinal())
    if first + 6 <= LAST_DAY:
        assert span(f"{year:04}-W{week:02}") == (first, first + 6)


def is_partition(whole: tuple[int, int], parts: list[tuple[int, int]]) -> bool:
    return (parts[0][0], parts[-1][1]) == whole and all(
        before[1] + 1 == after[0] for before, after in pairwise(parts)
    )


@given(st.integers(1, 9998))
def test_a_year_is_the_sum_of_its_parts(year: int) -> None:
    name = f"{year:04}"
    whole = span(name)
    assert whole == (date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())

    def parts(*codes: object) -> list[tuple[int, int]]:
        return [span(f"{name}-{code}") for code in codes]

    assert is_partition(whole, parts(*(f"{month:02}" for month in range(1, 13))))
    assert is_partition(whole, parts("0X", "1X"))
    assert is_partition(whole, parts(33, 34, 35, 36))
    assert is_partition(whole, parts(37, 38, 39))
    assert is_partition(whole, parts(40, 41))
    assert parts("XX", "XX-XX") == [whole, whole]
    # Meteorological years: March to February, in both hemispheres.
    march = (span(f"{name}-03")[0], span(f"{year + 1:04}-02")[1])
    assert is_partition(march, parts(25, 26, 27, 28))
    assert is_partition(march, parts(31, 32, 29, 30))


@given(YEARS, st.integers(1, 12))
def test_a_month_is_the_sum_of_its_tens(year: int, month: int) -> None:
    name = f"{year:04}-{month:02}"
    tens = 3 if monthrange(year, month)[1] < 30 else 4
    assert is_partition(span(name), [span(f"{name}-{ten}X") for ten in range(tens)])
    assert span(f"{name}-XX") == span(name)


@given(st.integers(10, 9999))
def test_a_decade_is_the_sum_of_its_years(year: int) -> None:
    decade = f"{year:04}"[:3]
    assert is_partition(span(f"{decade}X"), [span(f"{decade}{last}") for last in range(10)])


@given(st.integers(1, 99))
def test_a_century_is_the_sum_of_its_decades(century: int) -> None:
    parts = [span(f"{century:02}{decade}X") for decade in range(10)]
    assert is_partition(span(f"{century:02}XX"), parts)


@given(st.integers(1, 9))
def test_a_millennium_is_the_sum_of_its_centuries(millennium: int) -> None:
    parts = [span(f"{millennium}{century}XX") for century in range(10)]
    assert is_partition(span(f"{millennium}XXX"), parts)


@given(PERIODS, PERIODS)
def test_an_interval_joins_two_dates_in_order(left: str, right: str) -> None:
    start, end = parse_period(left), parse_period(right)
    unlike = (start.offset is None) != (end.offset is None)
    early = bounds(right)[1] + (16 * 3600 if unlike else 0) < bounds(left)[0]
    for text in (f"{left}/{right}", f"[{left}..{right}]"):
        if early:
            assert refused(text).reason == "reversed"
        else:
            read = parse(text)
            assert (read.start, read.end) == (start, end)
            check_sound(text, read)


@given(st.datetimes(), st.datetimes(), MINUTES_OFF, MINUTES_OFF)
def test_times_with_offsets_are_compared_as_instants(
    one: datetime, other: datetime, ahead: int, further: int
) -> None:
    start = one.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=ahead)))
    end = other.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=further)))
    text = f"{start.isoformat()}/{end.isoformat()}"
    if start <= end:
        assert parse(text).kind == "interval"
    else:
        assert refused(text).reason == "reversed"


@given(st.lists(PERIODS, min_size=1, max_size=6))
def test_a_set_is_the_hull_of_its_members_in_any_order(members: list[str]) -> None:
    alike = len({parse_period(member).offset is None for member in members}) == 1
    read, turned = attempt(f"[{','.join(members)}]"), attempt(f"{{{','.join(members[::-1])}}}")
    if isinstance(read, DateError):
        assert isinstance(turned, DateError)
        assert (read.reason, turned.reason, alike) == ("offset", "offset", False)
        return
    assert isinstance(turned, Date)
    for date_read in (read, turned):
        check_sound(date_read.text, date_read)
        assert date_read.start is not None
        assert date_read.end is not None
        first, last = bounds(date_read.start.text)[0], bounds(date_read.end.text)[1]
        assert first == min(bounds(member)[0] for member in members)
        assert last == max(bounds(member)[1] for member in members)


@given(PERIODS)
def test_an_open_end_leaves_the_other_as_it_is(text: str) -> None:
    period = parse_period(text)
    assert parse(f"{text}/..") == Date("interval", period, None, False, True, f"{text}/..")
    assert parse(f"../{text}") == Date("interval", None, period, True, False, f"../{text}")
    assert parse(f"{text}/") == Date("interval", period, None, False, False, f"{text}/")
    assert parse(f"/{text}") == Date("interval", None, period, False, False, f"/{text}")
    assert parse(f"[{text}..]") == Date("set", period, None, False, True, f"[{text}..]")
    assert parse(f"[..{text}]") == Date("set", None, period, True, False, f"[..{text}]")


def test_the_calendar_is_at_hand() -> None:
    assert edtf.ymd(edtf.ordinal(2025, 10, 27)) == (2025, 10, 27)
    assert edtf.days_in_month(2024, 2) == 29
    assert edtf.day_text(LAST_DAY + 1) == "10000-01-01"
