"""Every reader takes our VTIMEZONE as zoneinfo takes the zone, for all zones with daylight saving.

The readers find the offset in three ways, so the proof has three parts: a TZID that nobody knows
leaves only the VTIMEZONE to read; the IANA name lets them use their own table; and `ics_zones`
works the VTIMEZONE out by the letter of RFC 5545.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ics_readers import INSTALL, READERS, available, node_table_year
from ics_validator import starts, validate
from real_parts import require

from timeline.civil import FIRST, LAST
from timeline.exporters.vtimezone import changes, local_form_safe, vtimezone

DAY = 86_400
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ZONEINFO = files("tzdata").joinpath("zoneinfo")
NAMES = files("tzdata").joinpath("zones").read_text().split()


def at(year: int, month: int, day: int, *clock: int) -> int:
    hour, minute, second = (*clock, 0, 0, 0)[:3]
    return int(datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp())


@cache
def zone(name: str) -> ZoneInfo:
    with ZONEINFO.joinpath(*name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


@cache
def data(name: str) -> bytes:
    return ZONEINFO.joinpath(*name.split("/")).read_bytes()


def tabled(name: str) -> list[tuple[int, int]]:
    """The changes of offset in a zone's TZif table (RFC 8536): instant, offset from then on."""
    raw = data(name)
    header = struct.Struct(">4sc15x6L")
    isut, isstd, leap, times, types, chars = header.unpack_from(raw)[2:]
    begin = header.size + times * 5 + types * 6 + chars + leap * 8 + isstd + isut
    times, types = header.unpack_from(raw, begin)[5:7]
    begin += header.size
    instants = struct.unpack_from(f">{times}q", raw, begin)
    kinds = struct.unpack_from(f">{times}B", raw, begin + 8 * times)
    offsets = [
        struct.unpack_from(">l", raw, begin + 9 * times + 6 * kind)[0] for kind in range(types)
    ]
    found, before = [], offsets[0]
    for instant, kind in zip(instants, kinds, strict=True):
        if offsets[kind] != before:
            before = offsets[kind]
            found.append((instant, before))
    return found


def one_each(names: list[str]) -> list[str]:
    """One name of those that share a table: aliases are the same zone."""
    return list({data(name): name for name in reversed(names)}.values())


@cache
def proved() -> list[str]:
    """Every zone whose offset changed in 2016-2026, and some whose did not."""
    changing = [name for name in NAMES if changes(zone(name), at(2016, 1, 1), at(2027, 1, 1))]
    assert len(changing) > 200
    return [*changing, "Asia/Tokyo", "Asia/Seoul", "Asia/Kuala_Lumpur", "UTC"]


def written(name: str, first: int, last: int, key: str | None = None) -> str:
    return vtimezone(key or name, first, last, zone(name)).replace("\r\n", "\n")


def local(name: str, instant: int) -> str:
    moment = (EPOCH + timedelta(seconds=instant)).astimezone(zone(name))
    return f"{moment.year:04}{moment:%m%dT%H%M%S}"


def feed(samples: Mapping[str, Sequence[int]], prefix: str = "") -> tuple[bytes, dict[str, int]]:
    """A feed with an event at each instant, in its zone's local time; and the instants by UID."""
    zones, events, expected = [], [], {}
    for name, instants in samples.items():
        zones.append(written(name, min(instants), max(instants), prefix + name))
        for instant in instants:
            uid = f"{name} {instant}"
            expected[uid] = instant
            start = f"DTSTART;TZID={prefix}{name}:{local(name, instant)}"
            events.append(
                f"BEGIN:VEVENT\nUID:{uid}\nDTSTAMP:20250101T000000Z\n{start}\nEND:VEVENT\n"
            )
    head = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//timeline//zones//EN\n"
    text = head + "".join(zones) + "".join(events) + "END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode(), expected


@cache
def around_changes(name: str) -> tuple[int, ...]:
    """Both sides of each change in 2016-2026, and a day each half year without one."""
    instants, halves = set(), {(year, month) for year in range(2016, 2027) for month in (1, 7)}
    for change in changes(zone(name), at(2016, 1, 1), at(2027, 1, 1)):
        # Clocks that go back repeat as much local time before and after the change.
        repeated = max(change.before - change.after, 0)
        instants |= {change.at - repeated - 1, change.at + repeated}
        day = EPOCH + timedelta(seconds=change.at)
        halves.discard((day.year, 1 if day.month < 7 else 7))
    instants |= {at(year, month, 15, 12) for year, month in halves}
    assert all(local_form_safe(instant, zone(name)) for instant in instants)
    return tuple(sorted(instants))


@settings(max_examples=200)
@given(st.sampled_from(NAMES), st.integers(FIRST, LAST - 1), st.integers(0, 10**9))
def test_it_is_written_as_by_icalendar(name: str, first: int, length: int) -> None:
    text = vtimezone(name, first, min(first + length, LAST - 1), zone(name))
    assert icalendar.Timezone.from_ical(text).to_ical(sorted=False).decode() == text


def disagreements(reader: str, feed: bytes, expected: dict[str, int]) -> set[str]:
    """The UIDs of events whose start the reader takes for another instant."""
    require(INSTALL[reader], available(reader))
    read = {event["uid"]: event["start"] for event in READERS[reader](feed)}
    assert read.keys() == expected.keys()
    return {uid for uid, instant in expected.items() if read[uid] != ("utc", instant)}


# Readers ----------------------------------------------------------------------------------------


@cache
def unlike() -> list[str]:
    """One name of those for which the same VTIMEZONE and instants would be tried."""
    tried = {}
    for name in proved():
        instants = around_changes(name)
        tried[written(name, instants[0], instants[-1], "Same"), instants] = name
    return sorted(tried.values())


@cache
def nameless_feed() -> tuple[bytes, dict[str, int]]:
    return feed({name: around_changes(name) for name in unlike()}, "Unknown/")


@cache
def named_feed() -> tuple[bytes, dict[str, int]]:
    two_years = (at(2023, 7, 1), at(2025, 7, 1))
    samples = {
        name: [day for day in around_changes(name) if two_years[0] < day < two_years[1]]
        for name in proved()
    }
    return feed(samples | {name: around_changes(name)[::3] for name in unlike()})


# node-ical never reads a VTIMEZONE: with a name of ours it would take the reader's local time.
@pytest.mark.parametrize("reader", [name for name in READERS if name != "node-ical"])
def test_the_vtimezone_alone_says_what_zoneinfo_says(reader: str) -> None:
    wrong = disagreements(reader, *nameless_feed())
    if reader == "vobject":
        # It takes a zone that is always at 0 for UTC, forgets it, and asks pytz for its name.
        wrong = {uid for uid in wrong if not uid.startswith("UTC ")}
    assert wrong == set()


# What stands in for Temporal in node-ical misses changes; node's own Intl has them.
_POLYFILL = "temporal-polyfill misses some of its changes"
MISREAD_BY_NODE_ICAL = {
    "Africa/Casablanca": _POLYFILL,
    "Africa/El_Aaiun": _POLYFILL,
    "Pacific/Fiji": _POLYFILL,
    "Europe/Chisinau": "tzdata 2026 mends its past, node 20 has the table of 2025",
    "Europe/Tiraspol": "as Europe/Chisinau",
}


@pytest.mark.parametrize("reader", READERS)
def test_with_the_iana_name_too(reader: str) -> None:
    wrong = disagreements(reader, *named_feed())
    if reader == "node-ical":
        # It has node's table, that does not know what countries have decided since.
        unknown = at(node_table_year(), 1, 1)
        for uid in [*wrong]:
            name, instant = uid.split()
            if int(instant) >= unknown or name in MISREAD_BY_NODE_ICAL:
                wrong.discard(uid)
    assert wrong == set()


@pytest.mark.parametrize("prefix", ["", "Unknown/"])
def test_by_the_letter_too(prefix: str) -> None:
    data, expected = nameless_feed() if prefix else named_feed()
    assert validate(data) == []
    assert starts(data) == expected


OLD_AND_FAR = {
    "America/New_York": (1884, 2099),
    "Europe/London": (1848, 2099),
    "Asia/Jerusalem": (1918, 2060),
    "Asia/Gaza": (1990, 2090),
    "Asia/Tokyo": (1900, 1960),
    "America/Sao_Paulo": (1960, 2030),
    "Pacific/Apia": (2009, 2013),
}


# `ical` and icalendar give the same, but need minutes for hundreds of observances.
@pytest.mark.parametrize("reader", ["ical.js", "libical", "vobject"])
def test_readers_agree_over_centuries(reader: str) -> None:
    samples = {}
    for name, (first, last) in OLD_AND_FAR.items():
        days = range(at(first, 1, 1), at(last, 12, 31), 197 * DAY + 3607)
        samples[name] = [day for day in days if local_form_safe(day, zone(name))]
    assert disagreements(reader, *feed(samples)) == set()


REPEATED = at(2025, 11, 2, 5, 30)  # 01:30 in New York, for the first time that day


def test_readers_do_not_agree_on_a_repeated_local_time() -> None:
    """Why `local_form_safe` says no to it, and UTC is written."""
    data, expected = feed({"America/New_York": [REPEATED]})
    second_pass = {"ical.js", "libical", "node-ical"}
    for reader in READERS:
        assert bool(disagreements(reader, data, expected)) is (reader in second_pass)


# Laws -------------------------------------------------------------------------------------------

_instants = st.integers(at(1844, 1, 1), at(2100, 1, 1) - 1)


@settings(deadline=None)
@given(
    st.sampled_from(NAMES),
    st.lists(_instants, min_size=1, max_size=3)
    | st.lists(st.integers(at(2000, 1, 1), at(2040, 1, 1)), min_size=1, max_size=6),
)
def test_what_is_written_reads_as_the_same_instant(name: str, instants: list[int]) -> None:
    safe = {instant for instant in instants if local_form_safe(instant, zone(name))}
    if safe:
        data, expected = feed({name: sorted(safe)})
        assert validate(data) == []
        assert starts(data) == expected


@settings(deadline=None)
@given(st.sampled_from(NAMES), _instants)
def test_safe_is_what_zoneinfo_reads_only_one_way(name: str, instant: int) -> None:
    moment = (EPOCH + timedelta(seconds=instant)).astimezone(zone(name))
    there = {moment.replace(fold=fold).astimezone(UTC) for fold in (0, 1)}
    seconds = (moment.utcoffset() or timedelta()) % timedelta(minutes=1)
    assert local_form_safe(instant, zone(name)) == (len(there) == 1 and not seconds)


def test_safe_is_not_the_local_time_that_comes_twice() -> None:
    back, forth = at(2025, 11, 2, 6), at(2025, 3, 9, 7)
    safe = {
        step: local_form_safe(back + step, zone("America/New_York"))
        for step in (-3601, -3600, -1, 0, 3599, 3600)
    }
    assert safe == {-3601: True, -3600: False, -1: False, 0: False, 3599: False, 3600: True}
    assert all(local_form_safe(forth + step, zone("America/New_York")) for step in (-1, 0))


def test_safe_ends_with_the_years_that_readers_hold() -> None:
    assert not local_form_safe(at(1843, 12, 31, 23, 59, 59), zone("Asia/Tokyo"))
    assert local_form_safe(at(2099, 12, 31, 23, 59, 59), zone("Asia/Tokyo"))
    assert not local_form_safe(at(2100, 1, 1), zone("Asia/Tokyo"))


def test_changes_are_those_of_the_tables() -> None:
    """Over all that a table tells; and no table breaks what the search relies on."""
    first, last = at(2012, 1, 1), at(2027, 1, 1)
    for name in one_each(NAMES):
        table = tabled(name)
        assert all(after - before > 6 * DAY for (before, _), (after, _) in pairwise(table)), name
        assert all(at(1844, 1, 1) < instant < at(2087, 1, 1) for instant, _ in table), name
        found = [(change.at, change.after) for change in changes(zone(name), first, last)]
        end = min(last, table[-1][0]) if table else first
        expected = [entry for entry in table if first < entry[0] <= end]
        assert found[: len(expected)] == expected, name


# Shapes -----------------------------------------------------------------------------------------


def test_plain_daylight_saving_is_one_standard_and_one_daylight() -> None:
    assert written("America/New_York", at(2025, 6, 1), at(2025, 6, 30)) == (
        "BEGIN:VTIMEZONE\n"
        "TZID:America/New_York\n"
        "BEGIN:DAYLIGHT\n"
        "DTSTART:20250309T020000\n"
        "TZOFFSETFROM:-0500\n"
        "TZOFFSETTO:-0400\n"
        "TZNAME:EDT\n"
        "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\n"
        "END:DAYLIGHT\n"
        "BEGIN:STANDARD\n"
        "DTSTART:20251102T020000\n"
        "TZOFFSETFROM:-0400\n"
        "TZOFFSETTO:-0500\n"
        "TZNAME:EST\n"
        "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\n"
        "END:STANDARD\n"
        "END:VTIMEZONE\n"
    )


@pytest.mark.parametrize("month", range(1, 13))
def test_both_halves_are_told_whatever_months_are_used(month: int) -> None:
    """Exchange wants one STANDARD and makes what it can of several."""
    text = written("America/New_York", at(2025, month, 2), at(2025, month, 28))
    assert (text.count("BEGIN:STANDARD"), text.count("BEGIN:DAYLIGHT")) == (1, 1)
    assert text.count("RRULE") == 2


def test_a_zone_without_changes_is_one_standard() -> None:
    assert written("Asia/Tokyo", at(2025, 6, 1), at(2025, 6, 30)) == (
        "BEGIN:VTIMEZONE\n"
        "TZID:Asia/Tokyo\n"
        "BEGIN:STANDARD\n"
        "DTSTART:19700101T000000\n"
        "TZOFFSETFROM:+0900\n"
        "TZOFFSETTO:+0900\n"
        "TZNAME:JST\n"
        "RDATE:19700101T000000\n"
        "END:STANDARD\n"
        "END:VTIMEZONE\n"
    )
    assert "DTSTART:19570101T000000" in written("Asia/Tokyo", at(1958, 6, 1), at(1958, 6, 2))


def test_the_last_sunday_is_preferred_to_the_fourth() -> None:
    """2025 and 2026 leave both open; 2027 and 2028 too."""
    text = written("Europe/Berlin", at(2025, 1, 1), at(2025, 12, 31))
    assert [line for line in text.split("\n") if line.startswith("RRULE")] == [
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
    ]


def test_a_negative_saving_is_told_as_summer_time() -> None:
    text = written("Europe/Dublin", at(2025, 1, 1), at(2025, 12, 31))
    assert "BEGIN:DAYLIGHT\nDTSTART:20250330T010000\n" in text
    assert text.count("BEGIN:STANDARD") == 1


def test_changes_that_come_once_stand_alone() -> None:
    text = written("Asia/Pyongyang", at(2015, 8, 16), at(2025, 1, 1))
    assert "RRULE" not in text
    assert [line for line in text.split("\n") if line.startswith(("DTSTART", "RDATE"))] == [
        "DTSTART:20150815T000000",
        "RDATE:20150815T000000",
        "DTSTART:20180504T233000",
        "RDATE:20180504T233000",
    ]


def test_a_rule_that_was_given_up_is_not_told_as_one() -> None:
    text = written("America/Mexico_City", at(2020, 1, 1), at(2024, 1, 1))
    assert "RRULE" not in text
    assert text.count("BEGIN:DAYLIGHT") == 3
    assert text.count("BEGIN:STANDARD") == 4


def test_instants_out_of_reach_do_no_harm() -> None:
    """The writer does not ask for them; hostile years must not run long or fail."""
    for first, last in ((-62_135_596_800, -62_135_596_800), (at(9999, 1, 1), at(9999, 12, 31))):
        assert written("Asia/Gaza", first, last).startswith("BEGIN:VTIMEZONE\nTZID:Asia/Gaza\n")
    whole = written("America/New_York", -62_135_596_800, at(9999, 12, 31))
    assert "DTSTART:00010101T000000\n" in whole
