"""The certainty table of a calendar, row by row, and what must hold of every entry."""

from __future__ import annotations

import pytest
from feed_cases import files, plan, written
from hypothesis import given, settings

from timeline.civil import EPOCH_DAY, day_start, local
from timeline.duration import DAY
from timeline.exporters.entries import Entry, entry, status
from timeline.gregorian import day_text, ordinal

TOKYO = '[timeline]\nid = "t"\ntimezone = "Asia/Tokyo"\n'
JST = 9 * 3600


def told(text: str, name: str = "x") -> str:
    """The entry of one event as one line: row, days or times as the zone's clocks show them,
    status; or why it has none."""
    schedule = plan(text)
    placed = schedule.by_id[name]
    found = entry(placed, schedule.timeline.calendar.longest_window)
    if isinstance(found, str):
        return f"none: {found}"

    def shown(at: int | None) -> str:
        if at is None:
            return "-"
        if found.all_day:
            return day_text(at)[5:]
        day, second = local(at, placed.event.tz)
        return f"{day_text(day)[5:]}T{second // 3600:02}:{second // 60 % 60:02}"

    kind = "UTC" if found.utc else ""
    words = (found.row, shown(found.start), shown(found.end), status(placed, found), kind)
    return " ".join(filter(None, words)).replace(" CONFIRMED", "")


ROWS = {
    # whole days: exact midnights that no one wrote as times
    "when = 2025-10-27\nthroughout = true": "whole days 10-27 10-28",
    'when = "2025-10-26/2025-10-28"\nthroughout = true': "whole days 10-26 10-29",
    'when = "2025-10"\nthroughout = true': "whole days 10-01 11-01",
    'when = 2025-10-27\nduration = "24h"': "whole days 10-27 10-28",
    'when = "2025"\nthroughout = true': "whole days 01-01 01-01",
    # an exact start: timed, with the end as far as it is sure
    "when = 2025-10-27T18:30:00": "exact start 10-27T18:30 -",
    'when = 2025-10-27T18:30:00\nduration = "30m"': "exact start 10-27T18:30 10-27T19:00",
    'when = 2025-10-27T18:30:00\nduration = "0s"': "exact start 10-27T18:30 -",
    'when = 2025-10-27T18:30:00\nduration = "25m..40m"': "exact start 10-27T18:30 10-27T18:55",
    'when = 2025-10-27T18:30:00\nduration = "..40m"': "exact start 10-27T18:30 -",
    "start = 2025-10-27T18:30:00\nend = 2025-10-28T07:00:00":
        "exact start 10-27T18:30 10-28T07:00",
    "start = 2025-10-27T18:30:00\nend = 2025-10-29": "exact start 10-27T18:30 10-30T00:00",
    "start = 2025-10-27T18:30:00\nend = 2025-10-27": "exact start 10-27T18:30 -",
    "start = 2025-10-27T00:00:00\nend = 2025-10-28T00:00:00":
        "exact start 10-27T00:00 10-28T00:00",
    "when = 2025-10-27T18:30:00+08:00": "exact start 10-27T19:30 - UTC",
    'when = "2025-10-27T18:30+09:00/2025-10-27T19:30"': "exact start 10-27T18:30 10-27T19:30",
    'when = "2025-10-27T18:30~"': "exact start 10-27T18:30 -",
    'when = "2025-10-27T18:30?"': "exact start 10-27T18:30 - TENTATIVE",
    'end = 2025-10-27\nthroughout = true\nduration = "30m"':
        "exact start 10-27T23:30 10-28T00:00",
    # a stated day
    "when = 2025-10-27": "day 10-27 10-28",
    'when = "2025-W43-1"': "day 10-20 10-21",
    'when = "2025-10-27~"': "day 10-27 10-28",
    'when = "2025-10-27%"': "day 10-27 10-28 TENTATIVE",
    'when = "2025-10-26/2025-10-28"': "day 10-26 10-29",
    'when = 2025-10-27\nduration = "10m"': "day 10-27 10-28",
    "start = 2025-10-26\nend = 2025-10-28": "day 10-26 10-29",
    "start = 2025-10-26": "day 10-26 10-27",
    "start = 2025-10-26\nthroughout = true": "day 10-26 10-27",
    'when = "2025-10-26/.."': "day 10-26 10-27",
    'start = 2025-10-26\nduration = "36h"': "day 10-26 10-28",
    'start = "2025-10"\nthroughout = true': "day 10-01 10-02",
    'when = 2025-10-27\nstatus = "tentative"': "day 10-27 10-28 TENTATIVE",
    'when = 2025-10-27\nstatus = "cancelled"': "day 10-27 10-28 CANCELLED",
    # a window below twelve hours between times
    'when = "[2025-10-28T06:00..2025-10-28T12:00]"':
        "short window 10-28T06:00 10-28T12:00 TENTATIVE",
    "earliest = 2025-10-28T12:00:00\nlatest = 2025-10-28T19:21:00":
        "short window 10-28T12:00 10-28T19:21 TENTATIVE",
    'when = "[2025-10-28T00:00..2025-10-28T06:00]"':
        "short window 10-28T00:00 10-28T06:00 TENTATIVE",
    'when = "[2025-10-28T00:00Z..2025-10-28T06:00Z]"':
        "short window 10-28T09:00 10-28T15:00 TENTATIVE UTC",
    "accounts = [{ start = 2025-10-28T06:00:00 }, { start = 2025-10-28T07:00:00 }]":
        "short window 10-28T06:00 10-28T07:00 TENTATIVE",
    'accounts = [{ when = "2025-10-27T18:05" }, { when = "2025-10-27T18:30" }]\nduration = "30m"':
        "short window 10-27T18:05 10-27T19:00 TENTATIVE",
    'when = 2025-10-28\nearliest = 2025-10-28T18:00:00\nstatus = "cancelled"':
        "window 10-28 10-29 CANCELLED",
    # any other window up to the longest
    'when = "[2025-10-28T06:00..2025-10-28T18:00]"': "window 10-28 10-29 TENTATIVE",
    "earliest = 2025-10-28T18:00:00\nlatest = 2025-10-28": "window 10-28 10-29 TENTATIVE",
    'when = "2025-10"': "window 10-01 11-01 TENTATIVE",
    'when = "2025-W43"': "window 10-20 10-27 TENTATIVE",
    'when = "[2025-10-26..2025-10-28]"': "window 10-26 10-29 TENTATIVE",
    "accounts = [{ when = 2025-10-26 }, { when = 2025-10-28 }]": "window 10-26 10-29 TENTATIVE",
    "earliest = 2025-10-01\nlatest = 2025-10-31": "window 10-01 11-01 TENTATIVE",
    'start = "2025-10"': "window 10-01 11-01 TENTATIVE",
    'when = { date = "2025-10-27", tolerance = "1d" }': "window 10-26 10-29 TENTATIVE",
    # only a last possible day
    'latest = "2026-03"': "last day 03-31 04-01 TENTATIVE",
    "latest = 2026-03-31T12:00:00": "last day 03-31 04-01 TENTATIVE",
    "end = 2026-03-31": "last day 03-31 04-01 TENTATIVE",
    'when = "../2026-03-31"': "last day 03-31 04-01 TENTATIVE",
    # left out
    'when = "2025"': "none: its window, 2025, is longer than 31 days",
    "earliest = 2025-10-01\nlatest = 2025-11-01":
        "none: its window, 1 Oct to 1 Nov 2025, is longer than 31 days",
    "earliest = 2025-10-26": "none: too little is known of its date: from 26 Oct 2025",
    'when = "XXXX"': "none: nothing is known of its date",
    'duration = "1h"': "none: nothing is known of its date",
    "when = 9999-12-31": "none: it passes the last day of the year 9999",
}  # fmt: skip


@pytest.mark.parametrize("keys", ROWS)
def test_a_row_of_the_table(keys: str) -> None:
    assert told(f"{TOKYO}[events.x]\n{keys}\n") == ROWS[keys]


BY_ORDER = {
    "inferred, within a day: an all-day entry": (
        """
[events.a]
when = 2025-10-28T06:00:00
[events.b]
when = 2025-10-28T19:21:00
[events.x]
after = "a"
before = "b"
""",
        "window 10-28 10-29 TENTATIVE",
    ),
    "inferred, below twelve hours": (
        """
[events.a]
when = 2025-10-28T10:00:00
[events.b]
when = 2025-10-28T19:21:00
[events.x]
after = "a"
before = "b"
""",
        "short window 10-28T10:00 10-28T19:21 TENTATIVE",
    ),
    "inferred between two days": (
        """
[events.a]
when = 2025-10-26
[events.b]
when = 2025-10-28
[events.x]
after = "a"
before = "b"
""",
        "window 10-26 10-29 TENTATIVE",
    ),
    "inferred, exact": (
        """
[events.a]
when = 2025-10-28T10:00:00
duration = "1h"
[events.x]
equals = "a"
""",
        "exact start 10-28T10:00 10-28T11:00",
    ),
    "inferred, a whole day": (
        """
[events.a]
when = 2025-10-28
throughout = true
[events.x]
equals = "a"
""",
        "whole days 10-28 10-29",
    ),
    "a stated day stays sure, though hours are left of it": (
        """
[events.a]
when = 2025-10-27T14:00:00
[events.b]
when = 2025-10-27T16:00:00
[events.x]
when = 2025-10-27
after = "a"
before = "b"
""",
        "day 10-27 10-28",
    ),
    "a stated day made exact": (
        """
[events.a]
when = 2025-10-27T14:00:00
[events.x]
when = 2025-10-27
starts = "a"
""",
        "exact start 10-27T14:00 -",
    ),
    "a day that lasts as long as what it holds": (
        """
[events.a]
when = 2025-10-28T14:00:00
[events.x]
start = 2025-10-26
contains = "a"
""",
        "day 10-26 10-29",
    ),
    "a last day that the order moves up": (
        """
[events.a]
when = 2026-02-10T12:00:00
[events.x]
latest = "2026-03"
before = "a"
""",
        "last day 02-10 02-11 TENTATIVE",
    ),
    "a deadline stays one, though the order gives it a distant beginning": (
        """
[events.a]
when = 2025-10-21
[events.x]
latest = "2026-03"
after = "a"
""",
        "last day 03-31 04-01 TENTATIVE",
    ),
    "before the article is no deadline": (
        """
[events.a]
when = 2025-10-27
[events.x]
before = "a"
""",
        "none: its last possible time only follows from the order: by 27 Oct 2025",
    ),
    "begun, and not over": (
        """
[events.a]
when = 2025-10-27
[events.x]
contains = "a"
""",
        "none: too little is known of its date: begun by 27 Oct 2025",
    ),
    "an unknown end makes it neither open nor tentative": (
        """
[events.a]
when = 2025-10-28T10:00:00
[events.x]
started_by = "a"
""",
        "exact start 10-28T10:00 -",
    ),
}


@pytest.mark.parametrize("case", BY_ORDER)
def test_what_the_order_makes_of_it(case: str) -> None:
    text, expected = BY_ORDER[case]
    assert told(TOKYO + text) == expected


def test_a_month_with_one_hour_more_is_a_month() -> None:
    berlin = '[timeline]\ntimezone = "Europe/Berlin"\n'
    assert told(f'{berlin}[events.x]\nwhen = "2025-10"\n') == "window 10-01 11-01 TENTATIVE"


@pytest.mark.parametrize(
    ("longest", "fits"), [("41h", False), ("42h", True), ("2d", True), ("1mo", True)]
)
def test_the_longest_window_is_the_author_s(longest: str, fits: bool) -> None:
    text = (f'{TOKYO}[timeline.calendar]\nlongest_window = "{longest}"\n[events.x]\n'
            "earliest = 2025-10-26T18:00:00\nlatest = 2025-10-28T12:00:00\n")  # fmt: skip
    assert told(text).startswith("window 10-26 10-29" if fits else "none: its window")


def test_days_are_those_of_the_event_s_zone() -> None:
    text = f'{TOKYO}[events.x]\nwhen = 2025-10-27\ntimezone = "America/New_York"\n'
    assert told(text) == "day 10-27 10-28"
    other = (f'{TOKYO}[events.a]\nwhen = 2025-10-27\ntimezone = "America/New_York"\n'
             '[events.x]\nduring = "a"\n')  # fmt: skip
    assert told(other) == "window 10-27 10-29 TENTATIVE"


def test_an_account_in_another_zone_names_another_day() -> None:
    account = '{ when = 2025-10-27, timezone = "America/New_York" }'
    assert told(f"{TOKYO}[events.x]\naccounts = [{account}]\n") == "window 10-27 10-29 TENTATIVE"


@pytest.mark.parametrize("date", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "0001-01-01"])
def test_the_ends_of_the_calendar(date: str) -> None:
    found = told(f'{TOKYO}[events.x]\nwhen = "{date}"\n')
    assert found.startswith(("exact start", "last day 01-01"))


def test_what_ends_after_the_year_9999_has_no_entry() -> None:
    keys = 'when = "9999-12-31T23:30Z"\nduration = "30m"\n'
    assert told(f"{TOKYO}[events.x]\n{keys}") == "none: it passes the last day of the year 9999"


@given(files())
@settings(deadline=None)
def test_an_entry_claims_no_more_than_is_known(file: dict[str, object]) -> None:
    schedule = plan(written(file))
    longest = schedule.timeline.calendar.longest_window
    for placed in schedule.events:
        found = entry(placed, longest)
        if isinstance(found, str):
            assert found
            continue
        assert isinstance(found, Entry)
        assert found.end is None or found.end > found.start
        tz, low = placed.event.tz, placed.start.earliest
        end = found.start + 1 if found.end is None else found.end
        first, last = found.start, end
        if found.all_day:
            first, last = day_start(found.start, tz), day_start(end, tz)
        if found.row == "last day":
            assert placed.end.latest is not None
            assert first < placed.end.latest <= last
        elif found.tentative:  # all of the window, and no day more
            high = placed.start.latest if placed.end.latest is None else placed.end.latest
            assert low is not None
            assert high is not None
            assert first <= low < high <= last
            assert low - first < DAY + 3600
            assert last - high <= DAY + 3600
        else:  # it starts then for sure, and is sure to last
            assert low is not None
            assert first <= low <= first + DAY + 3600
            assert placed.start.latest is None or placed.start.latest < last
            if placed.end.latest is not None:
                assert last <= placed.end.latest + DAY + 3600


def test_an_entry_is_a_plain_value() -> None:
    schedule = plan(f"{TOKYO}[events.x]\nwhen = 2025-10-27T18:30:00\n")
    at = (ordinal(2025, 10, 27) - EPOCH_DAY) * DAY + 18 * 3600 + 1800 - JST
    assert entry(schedule.by_id["x"], DAY) == Entry(False, at, None, False, "exact start")
