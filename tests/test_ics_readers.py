"""Every real reader takes one hand-written feed the same way, but for what is named here."""

from __future__ import annotations

from typing import cast

import pytest
from ics_readers import INSTALL, READERS, Event, RefusedError, available
from ics_validator import validate
from real_parts import require

FEED = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//timeline//reader sample//EN
NAME:The story
BEGIN:VTIMEZONE
TZID:America/New_York
BEGIN:DAYLIGHT
DTSTART:20240310T020000
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
TZNAME:EDT
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20241103T020000
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
TZNAME:EST
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:summer@story
DTSTAMP:20251101T000000Z
DTSTART;TZID=America/New_York:20250704T093000
DTEND;TZID=America/New_York:20250704T101500
SEQUENCE:3
SUMMARY:Bread\\, wine\\; "cheese" \\\\ 天皇
DESCRIPTION:One\\nTwo and a line that is long enough to be folded between tw
 o words
LOCATION:Tōkyō\\, Japan
STATUS:TENTATIVE
CATEGORIES:summit,trade
CATEGORIES:talks
END:VEVENT
BEGIN:VEVENT
UID:winter@story
DTSTAMP:20251101T000000Z
DTSTART;TZID=America/New_York:20250105T093000
STATUS:CONFIRMED
RELATED-TO;RELTYPE=DEPENDS-ON:summer@story
END:VEVENT
BEGIN:VEVENT
UID:day@story
DTSTAMP:20251101T000000Z
DTSTART;VALUE=DATE:20251027
DTEND;VALUE=DATE:20251029
STATUS:CANCELLED
RELATED-TO:summer@story
RELATED-TO;RELTYPE=FINISHTOSTART;GAP=P1D:winter@story
END:VEVENT
BEGIN:VEVENT
UID:utc@story
DTSTAMP:20251101T000000Z
DTSTART:20251027T080000Z
DTEND:20251027T083000Z
CATEGORIES:a\\,b
END:VEVENT
END:VCALENDAR
"""
DATA = FEED.replace("\n", "\r\n").encode()


def event(uid: str, **said: object) -> Event:
    plain: dict[str, object] = {
        "uid": uid,
        "summary": None,
        "description": None,
        "location": None,
        "status": None,
        "sequence": 0,
        "start": None,
        "end": None,
        "categories": [],
        "related": [],
    }
    assert said.keys() <= plain.keys()
    return cast(Event, plain | said)


EXPECTED = [
    event(
        "summer@story",
        summary='Bread, wine; "cheese" \\ 天皇',
        description="One\nTwo and a line that is long enough to be folded between two words",
        location="Tōkyō, Japan",
        status="TENTATIVE",
        sequence=3,
        start=("utc", 1751635800),
        end=("utc", 1751638500),
        categories=["summit", "trade", "talks"],
    ),
    event(
        "winter@story",
        status="CONFIRMED",
        start=("utc", 1736087400),
        related=[("DEPENDS-ON", "summer@story")],
    ),
    event(
        "day@story",
        status="CANCELLED",
        start=("date", "2025-10-27"),
        end=("date", "2025-10-29"),
        related=[("PARENT", "summer@story"), ("FINISHTOSTART", "winter@story")],
    ),
    event(
        "utc@story",
        start=("utc", 1761552000),
        end=("utc", 1761553800),
        categories=["a,b"],
    ),
]

# reader: [(UID, key, what it says instead, why)]
DEVIATIONS: dict[str, list[tuple[str, str, object, str]]] = {
    "node-ical": [
        ("winter@story", "end", ("utc", 1736087400), "gives a moment an end: its start"),
        ("utc@story", "categories", ["a\\", "b"], "splits at an escaped comma"),
    ],
    "ical": [
        ("winter@story", "related", [("PARENT", "summer@story")], "knows no RFC 9253"),
        (
            "day@story",
            "related",
            [("PARENT", "summer@story"), ("PARENT", "winter@story")],
            "knows no RFC 9253",
        ),
        ("utc@story", "categories", ["a\\", "b"], "splits at an escaped comma"),
    ],
}


def test_the_sample_is_valid() -> None:
    assert validate(DATA) == []


@pytest.mark.parametrize("reader", READERS)
def test_reads_the_sample(reader: str) -> None:
    require(INSTALL[reader], available(reader))
    expected = {said["uid"]: dict(said) for said in EXPECTED}
    for uid, key, instead, _why in DEVIATIONS.get(reader, []):
        expected[uid][key] = instead
    assert READERS[reader](DATA) == list(expected.values())


# node-ical never reads a VTIMEZONE with a name of its own.
@pytest.mark.parametrize("reader", [name for name in READERS if name != "node-ical"])
def test_takes_nothing_from_an_earlier_file(reader: str) -> None:
    """A name defined otherwise in the next file is read by the next file's definition."""
    require(INSTALL[reader], available(reader))
    own = DATA.replace(b"America/New_York", b"Own/Zone")
    other = own.replace(b"-0500", b"+0100").replace(b"-0400", b"+0200")
    assert READERS[reader](own)[0]["start"] == ("utc", 1751635800)
    assert READERS[reader](other)[0]["start"] == ("utc", 1751635800 - 6 * 3600)


@pytest.mark.parametrize("reader", READERS)
def test_refuses_what_is_no_calendar(reader: str) -> None:
    require(INSTALL[reader], available(reader))
    if reader == "node-ical":
        assert READERS[reader](b"nothing") == []  # it never refuses
    else:
        with pytest.raises(RefusedError):
            READERS[reader](b"nothing")


def test_libical_refuses_a_method_without_an_organizer() -> None:
    require(INSTALL["libical"], available("libical"))
    data = DATA.replace(b"VERSION:2.0\r\n", b"VERSION:2.0\r\nMETHOD:PUBLISH\r\n")
    with pytest.raises(RefusedError, match="ORGANIZER"):
        READERS["libical"](data)


def test_ical_js_misreads_a_list_of_rdates() -> None:
    """Why no VTIMEZONE of ours has one: the first of a list is all that ical.js takes."""
    require(INSTALL["ical.js"], available("ical.js"))
    dates = "RDATE:20240310T020000,20250309T020000"
    listed = FEED.replace("RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3", dates)
    summer = READERS["ical.js"](listed.replace("\n", "\r\n").encode())[0]
    assert summer["start"] == ("utc", 1751635800 + 3600)


def test_an_absent_tool_skips_here_and_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    require("a tool", True)
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="needs a tool"):
        require("a tool", False)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="must have a tool"):
        require("a tool", False)
