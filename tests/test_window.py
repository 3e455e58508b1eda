"""Windows: what a date says of both ends of its event."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline import edtf
from timeline.civil import LocalTimeError, zone
from timeline.duration import Amount
from timeline.window import OPEN, Ends, Window, hull, meet, stated, tighten

DAY = 86_400
TOKYO = zone("Asia/Tokyo")


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def says(key: str, text: str, throughout: bool = False, by: Amount | None = None) -> Ends:
    return stated(key, edtf.parse(text), zone("UTC"), throughout, by)


D26, D27, D28 = at("2025-10-26"), at("2025-10-27"), at("2025-10-28")


@pytest.mark.parametrize(
    ("key", "text", "start", "end"),
    [
        ("when", "2025-10-27", (D27, D28 - 1), (None, D28)),
        ("when", "2025-10-27T00:00", (D27, D27), (None, None)),
        ("when", "2025-10-26/2025-10-27", (D26, D27 - 1), (D27 + 1, D28)),
        ("when", "2025-10-26T00:00/2025-10-27T00:00", (D26, D26), (D27, D27)),
        ("when", "2025-10-26/..", (D26, D27 - 1), (None, None)),
        ("when", "../2025-10-27", (None, None), (D27 + 1, D28)),
        ("when", "[2025-10-26..2025-10-27]", (D26, D28 - 1), (None, D28)),
        ("when", "[..2025-10-27]", (None, D28 - 1), (None, D28)),
        ("when", "[2025-10-27..]", (D27, None), (None, None)),
        ("when", "[2025-10-26T00:00..2025-10-27T00:00]", (D26, D27), (None, D27)),
        ("when", "XXXX", (None, None), (None, None)),
        ("start", "2025-10-27", (D27, D28 - 1), (None, None)),
        ("start", "[2025-10-26T00:00..2025-10-27T00:00]", (D26, D27), (None, None)),
        ("start", "[2025-10-26T00:00..2025-10-27]", (D26, D28 - 1), (None, None)),
        ("end", "[2025-10-26T00:00..2025-10-27T00:00]", (None, None), (D26, D27)),
        ("end", "[2025-10-26..2025-10-27T00:00]", (None, None), (D26 + 1, D27)),
        ("end", "2025-10-27", (None, None), (D27 + 1, D28)),
        ("end", "2025-10-27T00:00", (None, None), (D27, D27)),
        ("earliest", "2025-10-27", (D27, None), (None, None)),
        ("latest", "2025-10-27", (None, None), (None, D28)),
        ("latest", "2025-10-27T00:00", (None, None), (None, D27)),
    ],
)
def test_what_a_date_says(
    key: str, text: str, start: tuple[int | None, int | None], end: tuple[int | None, int | None]
) -> None:
    assert says(key, text) == Ends(Window(*start), Window(*end))


def test_throughout_fills_the_period() -> None:
    assert says("when", "2025-10-27", True) == Ends(Window(D27, D27), Window(D28, D28))
    assert says("when", "2025-10-26/2025-10-27", True) == Ends(Window(D26, D26), Window(D28, D28))
    assert says("start", "2025-10-27", True).start == Window(D27, D27)
    assert says("end", "2025-10-27", True).end == Window(D28, D28)


def test_a_tolerance_widens_both_ways() -> None:
    wider = says("when", "2025-10-27", by=Amount(0, DAY))
    assert wider == Ends(Window(D26, D28 - 1 + DAY), Window(None, D28 + DAY))
    months = says("start", "2025-03-31", by=Amount(1, 0))
    assert months.start == Window(at("2025-02-28"), at("2025-04-30T23:59:59"))
    assert says("start", "9999-12-31", by=Amount(12, 0)).start.latest is None


def test_offsets_beat_the_zone() -> None:
    read = stated("when", edtf.parse("2025-10-27T09:00+09:00"), zone("UTC"), False, None)
    assert read.start == Window(D27, D27)
    read = stated("when", edtf.parse("2025-10-27T09:00"), TOKYO, False, None)
    assert read.start == Window(D27, D27)


def test_a_day_that_does_not_exist() -> None:
    with pytest.raises(LocalTimeError) as error:
        stated("when", edtf.parse("2011-12-30"), zone("Pacific/Apia"), False, None)
    assert error.value.reason == "skipped-day"


limits = st.none() | st.integers(0, 12)


@given(limits, limits, limits, limits, st.integers(0, 6), st.none() | st.integers(0, 8))
def test_tighten_is_exactly_what_fits(
    low: int | None, high: int | None, first: int | None, last: int | None, least: int,
    most: int | None,
) -> None:  # fmt: skip
    space = range(-20, 33)

    def within(value: int, a: int | None, b: int | None) -> bool:
        return (a is None or value >= a) and (b is None or value <= b)

    pairs = [
        (s, e) for s in space for e in space
        if within(s, low, high) and within(e, first, last) and within(e - s, least, most)
    ]  # fmt: skip
    found = tighten(Ends(Window(low, high), Window(first, last)), least, most)
    assert (found is None) == (not pairs)
    if found is not None:
        for place, window in ((0, found.start), (1, found.end)):
            values = [pair[place] for pair in pairs]
            if window.earliest is not None:
                assert window.earliest == min(values)
            if window.latest is not None:
                assert window.latest == max(values)


windows = st.builds(Window, limits, limits)


@given(windows, windows, st.integers(-1, 13))
def test_meet_and_hull(one: Window, two: Window, value: int) -> None:
    def holds(window: Window) -> bool:
        return (window.earliest is None or window.earliest <= value) and (
            window.latest is None or value <= window.latest
        )

    assert holds(meet(one, two)) == (holds(one) and holds(two))
    if holds(one) or holds(two):
        assert holds(hull(one, two))
    assert hull(one, OPEN) == OPEN
    assert meet(one, OPEN) == one
