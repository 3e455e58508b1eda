"""Civil time and zones to seconds UTC, and back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline import civil, gregorian
from timeline.duration import DAY, Amount

ZONES = ["UTC", "Asia/Tokyo", "Europe/Berlin", "America/New_York", "America/St_Johns",
         "Asia/Kathmandu", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Cairo",
         "Pacific/Apia", "Asia/Beirut", "America/Havana"]  # fmt: skip
zones = st.sampled_from(ZONES).map(civil.zone)
days = st.dates(date(1, 1, 2), date(9999, 12, 30)).map(date.toordinal)
recent = st.dates(date(1950, 1, 1), date(2060, 1, 1)).map(date.toordinal)


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def test_zones_come_from_the_package() -> None:
    assert civil.zone("Asia/Tokyo").key == "Asia/Tokyo"
    assert civil.zone("UTC").key == "UTC"
    names = civil.zone_names()
    assert "Europe/Berlin" in names
    assert len(names) > 400
    for name in names:
        civil.zone(name)


@pytest.mark.parametrize(
    "name", ["", "Tokyo", "../../etc/passwd", "/etc/localtime", "Asia", "Asia/", "zone.tab",
             "tzdata.zi", "a" * 100, "Asia/Tokyo\n", "Asia/Tōkyō", ".", "__init__.py"],
)  # fmt: skip
def test_what_is_no_zone(name: str) -> None:
    with pytest.raises(civil.UnknownZone):
        civil.zone(name)


@given(recent, st.integers(0, DAY - 1), zones)
def test_instants_agree_with_zoneinfo(day: int, second: int, tz: ZoneInfo) -> None:
    local = datetime.fromordinal(day) + timedelta(seconds=second)
    readings = {int(local.replace(tzinfo=tz, fold=f).timestamp()) for f in (0, 1)}
    try:
        found = civil.instant(day, second, tz)
    except civil.LocalTimeError as error:
        assert set(error.readings) == readings
        assert len(readings) == 2
        assert error.reason in ("skipped", "repeated")
    else:
        assert {found} == readings
        assert civil.local(found, tz) == (day, second)


def test_clocks_that_never_change() -> None:
    names = ("UTC", "Etc/GMT-9", "Europe/Berlin", "Asia/Tokyo")  # Tokyo had summer time once
    assert [civil.fixed_offset(civil.zone(name)) for name in names] == [0, 32_400, None, None]
    fixed = [tz for tz in map(civil.zone, civil.zone_names()) if civil.fixed_offset(tz) is not None]
    assert len(fixed) > 20
    for tz in fixed:
        for year in range(1, 9999, 7):
            for month in (1, 7):
                local = datetime(year, month, 1, tzinfo=tz)
                assert local.utcoffset() == timedelta(seconds=civil.fixed_offset(tz) or 0)


@given(days, zones)
def test_days_follow_one_another(day: int, tz: ZoneInfo) -> None:
    first, then = civil.day_start(day, tz), civil.day_start(day + 1, tz)
    assert first <= then <= first + 48 * 3600
    if first < then:
        assert civil.local(first, tz)[0] == day
        assert civil.local(first - 1, tz)[0] < day or civil.local(first - 1, tz)[1] == DAY - 1


def test_days_that_begin_late() -> None:
    cairo = civil.zone("Africa/Cairo")  # 2024-04-26: 00:00 goes to 01:00
    start = civil.day_start(date(2024, 4, 26).toordinal(), cairo)
    assert civil.local(start, cairo) == (date(2024, 4, 26).toordinal(), 3600)
    assert civil.day_start(date(2024, 4, 27).toordinal(), cairo) - start == 23 * 3600
    apia = civil.zone("Pacific/Apia")  # 2011-12-30 does not exist there
    skipped = date(2011, 12, 30).toordinal()
    assert civil.day_start(skipped, apia) == civil.day_start(skipped + 1, apia)


def test_skipped_and_repeated() -> None:
    berlin = civil.zone("Europe/Berlin")
    with pytest.raises(civil.LocalTimeError) as error:
        civil.instant(date(2025, 3, 30).toordinal(), 2 * 3600 + 1800, berlin)
    assert error.value.reason == "skipped"
    with pytest.raises(civil.LocalTimeError) as error:
        civil.instant(date(2025, 10, 26).toordinal(), 2 * 3600 + 1800, berlin)
    assert error.value.reason == "repeated"
    assert error.value.readings == (at("2025-10-26T00:30:00+00:00"), at("2025-10-26T01:30:00+00:00"))


def test_calendar_arithmetic() -> None:
    tokyo, berlin = civil.zone("Asia/Tokyo"), civil.zone("Europe/Berlin")
    assert civil.shift(at("2025-01-31T09:00:00+09:00"), Amount(1, 0), tokyo) == at(
        "2025-02-28T09:00:00+09:00"
    )
    # an hour that is skipped is read by the offset before it (RFC 5545 3.3.5)
    assert civil.shift(at("2025-02-28T02:30:00+01:00") + 2 * DAY, Amount(1, -2 * DAY), berlin)
    assert civil.shift(at("2025-01-30T02:30:00+01:00"), Amount(2, 0), berlin) == at(
        "2025-03-30T03:30:00+02:00"
    )
    assert civil.shift(at("9999-12-01T00:00:00+00:00"), Amount(1, 0), tokyo) is None
    assert civil.shift(civil.LAST + 9 * DAY, Amount(1, 0), tokyo) is None
    assert civil.shift(0, Amount(0, 5), tokyo) == 5


@given(st.integers(civil.FIRST, civil.LAST - 1))
def test_rfc3339_reads_back(seconds: int) -> None:
    text = civil.rfc3339(seconds)
    read = datetime.fromisoformat(text.replace("Z", "+00:00"))
    assert (read - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1) == seconds


def test_the_ends_of_the_calendar() -> None:
    tokyo = civil.zone("Asia/Tokyo")
    assert civil.day_start(1, tokyo) < civil.FIRST
    assert civil.day_start(3_652_060, civil.zone("America/New_York")) > civil.LAST
    assert civil.rfc3339(civil.LAST + 5) == "9999-12-31T23:59:59Z"


def test_a_day_whose_midnight_is_skipped_from_before_begins_at_the_change() -> None:
    toronto = civil.zone("America/Toronto")  # 30 March 1919, 23:30: clocks forward to 00:30 on the 31st
    start = civil.day_start(gregorian.ordinal(1919, 3, 31), toronto)
    assert civil.local(start, toronto) == (gregorian.ordinal(1919, 3, 31), 1800)
    assert civil.local(start - 1, toronto) == (gregorian.ordinal(1919, 3, 30), 84_599)
