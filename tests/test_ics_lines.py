"""Content lines against icalendar's own: the same bytes, but where those would do harm."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from feed_cases import HARD
from hypothesis import example, given
from hypothesis import strategies as st

from timeline.civil import EPOCH_DAY
from timeline.duration import DAY
from timeline.exporters import ics_lines
from timeline.feed import unescaped

SPECIAL = st.sampled_from([*HARD, *'\\;,\n\r^"é日😀\t', "\r\n"])
anything = st.lists(SPECIAL | st.text(max_size=30), max_size=12).map("".join)
# What icalendar writes as it should be written: see the module's own words on the other cases.
sound = anything.map(ics_lines.clean).filter(lambda text: "\\" not in text and "^^" not in text)


def by_icalendar(name: str, value: object, **parameters: str) -> str:
    """One property of an event as icalendar writes it, folded."""
    event = icalendar.Event()
    event.add(name, value, parameters=parameters)
    lines = str(event.to_ical(), "utf-8")
    return lines.removeprefix("BEGIN:VEVENT\r\n").removesuffix("\r\nEND:VEVENT\r\n")


def ours(line: str) -> str:
    return ics_lines.fold(line)


@given(sound)
def test_text_is_icalendar_s(text: str) -> None:
    for name in ("SUMMARY", "DESCRIPTION", "LOCATION", "NAME", "X-WR-CALDESC", "UID"):
        # Trap 3: what is not a vText goes out unescaped under names that icalendar does not know.
        line = f"{name}:{ics_lines.escaped(text)}"
        assert ours(line) == by_icalendar(name, icalendar.vText(text))


@given(sound)
def test_text_with_a_parameter_is_icalendar_s(text: str) -> None:
    assert ours(f"RELATED-TO;RELTYPE=DEPENDS-ON:{ics_lines.escaped(text)}") == by_icalendar(
        "RELATED-TO", text, RELTYPE="DEPENDS-ON"
    )
    assert ours(f"X-TIMELINE-EDTF;X-KEY=when:{ics_lines.escaped(text)}") == by_icalendar(
        "X-TIMELINE-EDTF", icalendar.vText(text), **{"X-KEY": "when"}
    )


@given(anything)
@example("\u2028")
@example("Tokyo – “Tokyo”；…\n")
@example("\ufffe")
@example("\udc80")
@example("a\x85b")
def test_a_long_text_is_the_same_on_octets(text: str) -> None:
    expected = ics_lines.fold(f"DESCRIPTION:{ics_lines.escaped(text)}")
    assert ics_lines.text_line("DESCRIPTION", text.split("\n")) == expected.encode()


@given(st.lists(sound, min_size=1, max_size=5))
def test_categories_are_icalendar_s(labels: list[str]) -> None:
    line = "CATEGORIES:" + ",".join(map(ics_lines.escaped, labels))
    assert ours(line) == by_icalendar("CATEGORIES", labels)


@given(st.text(st.sampled_from("azAZ09-._~:/?#[]@!$&'()*+,;=%"), min_size=1, max_size=200))
def test_addresses_are_icalendar_s(address: str) -> None:
    assert ours(f"URL:{ics_lines.uri(address)}") == by_icalendar("URL", address)
    assert ours(f"ATTACH:{ics_lines.uri(address)}") == by_icalendar("ATTACH", address)


@given(st.floats(-90, 90), st.floats(-180, 180))
@example(0.0, -0.0)
@example(1e-9, -1e-9)
def test_positions_are_icalendar_s(latitude: float, longitude: float) -> None:
    place = (round(latitude, 6) + 0.0, round(longitude, 6) + 0.0)
    written = ics_lines.geo(latitude, longitude)
    assert re.fullmatch(r"-?\d+\.\d{1,6};-?\d+\.\d{1,6}", written)
    assert tuple(map(float, written.split(";"))) == pytest.approx(place, abs=1e-6)
    if not any("e" in str(part) for part in place):
        assert f"GEO:{written}" == by_icalendar("GEO", place)


@given(st.dates())
def test_days_are_icalendar_s(day: date) -> None:
    start, end = ics_lines.day_ends(day.toordinal(), day.toordinal())
    assert start == by_icalendar("DTSTART", day)
    assert end == by_icalendar("DTEND", day)


@given(st.datetimes())
def test_times_are_icalendar_s(naive: datetime) -> None:
    naive = naive.replace(microsecond=0)
    seconds = (naive - datetime(1970, 1, 1)) // timedelta(seconds=1)
    start, end = ics_lines.utc_ends(seconds, seconds)
    assert start == by_icalendar("DTSTART", naive.replace(tzinfo=UTC))
    assert end == by_icalendar("DTEND", naive.replace(tzinfo=UTC))
    start, end = ics_lines.local_ends(seconds, seconds, "Asia/Tokyo")
    assert start == by_icalendar("DTSTART", naive.replace(tzinfo=ZoneInfo("Asia/Tokyo")))
    assert end == by_icalendar("DTEND", naive.replace(tzinfo=ZoneInfo("Asia/Tokyo")))


def test_an_end_that_is_not_known_is_not_written() -> None:
    writers: tuple[Callable[[int, int | None], list[str]], ...] = (
        ics_lines.day_ends, ics_lines.utc_ends, lambda a, b: ics_lines.local_ends(a, b, "A/B"),
    )  # fmt: skip
    for ends in writers:
        assert [line.partition("T")[0] for line in ends(1, None)] == ["D"]


@given(st.integers(1, 10**7))
@example(3605)
@example(DAY)
def test_lengths_are_icalendar_s(seconds: int) -> None:
    line = f"X-PUBLISHED-TTL:{ics_lines.duration(seconds)}"
    assert line == by_icalendar("X-PUBLISHED-TTL", icalendar.vDuration(timedelta(seconds=seconds)))


def test_a_whole_component_is_icalendar_s() -> None:
    event = icalendar.Event()
    event.add("UID", "a@b")
    event.add("SUMMARY", "x" * 200)
    event.add("LOCATION", "Zürich")
    parts = (f"UID:a@b\r\n{ics_lines.fold('SUMMARY:' + 200 * 'x')}", "LOCATION:Zürich")
    made = ics_lines.component(b"VEVENT", *(part.encode() for part in parts))
    assert made == event.to_ical(sorted=False)


@given(anything)
@example("\\" * 300)
@example("a" * 66 + "\\" * 9)
@example("é" * 40 + "\\" * 60)
@example("é" + ";" * 90)
@example("éa" + ";" * 90)
def test_a_fold_parts_neither_a_letter_nor_an_escape(text: str) -> None:
    line = f"SUMMARY:{ics_lines.escaped(text)}"
    pieces = ics_lines.fold(line).split("\r\n ")
    assert "".join(pieces) == line
    for i, piece in enumerate(pieces):
        assert len(piece.encode()) <= 75 - bool(i)  # the blank counts
        if i < len(pieces) - 1:
            assert (len(piece) - len(piece.rstrip("\\"))) % 2 == 0
            assert len(piece.encode()) > 75 - 6  # no shorter than a letter or an escape demands


@given(anything)
@example("C:\\New\\network")
@example("one\r\ntwo\rthree\u2028four")
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert unescaped(ics_lines.escaped(text)) == ics_lines.clean(text)


def test_clean_keeps_all_but_what_no_reader_takes() -> None:
    kept = "a\tb\nc é 日 😀 \u200d\u202e\ufeff\xa0\xad\U0010ffff"
    assert ics_lines.clean(kept) == kept
    assert ics_lines.clean("a\x00\x07\x0b\x1b\x7f\x9f\ud800\ufffe\uffffb") == "ab"
    assert ics_lines.clean("a\r\nb\rc\x85d\u2028e\u2029f") == "a\nb\nc\nd\ne\nf"


def test_what_has_no_place_in_an_address_is_encoded() -> None:
    assert ics_lines.uri('https://example.org/{"é"}|^`<>\\') == (
        "https://example.org/%7B%22%C3%A9%22%7D%7C%5E%60%3C%3E%5C"
    )


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(1, "PT1S"), (60, "PT1M"), (43_200, "PT12H"), (DAY, "P1D"), (DAY + 61, "P1DT1M1S"),
     (3605, "PT1H0M5S")],
)  # fmt: skip
def test_a_length_passes_over_no_unit(seconds: int, written: str) -> None:
    assert ics_lines.duration(seconds) == written


def test_days_and_instants() -> None:
    assert ics_lines.date(1) == "00010101"
    assert ics_lines.date_time(-1) == "19691231T235959"
    assert ics_lines.date(EPOCH_DAY) == "19700101"
