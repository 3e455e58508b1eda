"""The validator accepts a full feed, and catches every rule's breach in it."""

from __future__ import annotations

import inspect
import re

import ics_validator
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ics_validator import validate
from ics_values import VALUES

FEED = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//timeline//validator sample//EN
CALSCALE:GREGORIAN
NAME:The story
X-WR-CALNAME:The story
DESCRIPTION:What happened\\, and when
X-WR-CALDESC:What happened\\, and when
X-WR-TIMEZONE:America/New_York
REFRESH-INTERVAL;VALUE=DURATION:PT12H
X-PUBLISHED-TTL:PT12H
SOURCE;VALUE=URI:https://example.org/all.ics
URL:https://example.org/
COLOR:steelblue
LAST-MODIFIED:20251101T000000Z
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
BEGIN:VTIMEZONE
TZID:Asia/Pyongyang
BEGIN:STANDARD
DTSTART:20150815T000000
RDATE:20150815T000000
TZNAME:KST
TZOFFSETFROM:+0900
TZOFFSETTO:+0830
END:STANDARD
BEGIN:STANDARD
DTSTART:20180504T233000
RDATE:20180504T233000
TZNAME:KST
TZOFFSETFROM:+0830
TZOFFSETTO:+0900
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:first@story
DTSTAMP:20251101T000000Z
DTSTART;TZID=America/New_York:20251027T183000
DTEND;TZID=America/New_York:20251027T190000
CREATED:20251001T000000Z
LAST-MODIFIED:20251101T000000Z
SEQUENCE:2
SUMMARY:Audience\\; 天皇 "in state"
DESCRIPTION;LANGUAGE=en;ALTREP="https://example.org/a":One\\n
 Two \\\\ three
LOCATION:Tōkyō\\, Japan
GEO:35.6825;139.7521
CATEGORIES:summit,a\\,b
URL:https://example.org/first?q=%C3%A9
STATUS:TENTATIVE
TRANSP:TRANSPARENT
CLASS:PUBLIC
COLOR:Tomato
ATTACH;FMTTYPE=text/html:https://example.org/source
LINK;VALUE=URI;LINKREL=describedby;LABEL="Nation: 27 Oct, p. 1":https://e
 xample.org/n
X-TIMELINE-EDTF:[2025-10-26..2025-10-28]
X-TIMELINE-PAGE;VALUE=URI;X-NOTE=kept:https://example.org/a,b
END:VEVENT
BEGIN:VEVENT
UID:day@story
DTSTAMP:20251101T000000Z
DTSTART;VALUE=DATE:20251028
DTEND;VALUE=DATE:20251030
SUMMARY:A day
RELATED-TO;RELTYPE=DEPENDS-ON:first@story
RELATED-TO;RELTYPE=FINISHTOSTART;GAP=P1D:moment@story
END:VEVENT
BEGIN:VEVENT
UID:moment@story
DTSTAMP:20251101T000000Z
DTSTART:20251026T120000Z
SUMMARY:A moment
RELATED-TO:first@story
END:VEVENT
BEGIN:VEVENT
UID:length@story
DTSTAMP:20251101T000000Z
DTSTART;TZID=Asia/Pyongyang:20170101T120000
DURATION:P1DT2H
SUMMARY:A length
END:VEVENT
END:VCALENDAR
"""


def crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


SAMPLE = crlf(FEED)


def changed(old: str, new: str) -> bytes:
    assert FEED.count(old) >= 1, old
    return crlf(FEED.replace(old, new, 1))


def test_a_full_feed_is_valid() -> None:
    assert validate(SAMPLE) == []


def test_a_folded_feed_is_valid() -> None:
    folded = changed("SUMMARY:A day\n", f"SUMMARY:{'天' * 22}\n {'皇' * 24}\n\tand more\n")
    assert validate(folded) == []


# (rule, text in the sample, what stands there instead)
BREACHES = [
    ("length", "SUMMARY:A day\n", f"SUMMARY:{'x' * 68}\n"),
    ("control", "SUMMARY:A day\n", "SUMMARY:A\x07day\n"),
    ("control", "SUMMARY:A day\n", "SUMMARY:A\x7fday\n"),
    ("control", "SUMMARY:A day\n", "SUMMARY:A\x85day\n"),
    ("blank", "SUMMARY:A day\n", "SUMMARY:A day\n\n"),
    ("fold-escape", "SUMMARY:A day\n", "SUMMARY:A\\\n \\day\n"),
    ("syntax", "SUMMARY:A day\n", "SUMMARY\n"),
    ("syntax", "SUMMARY:A day\n", "SÜMMARY:A day\n"),
    ("syntax", "BEGIN:VCALENDAR\n", " BEGIN:VCALENDAR\n"),
    ("syntax", 'LABEL="Nation: 27 Oct, p. 1"', 'LABEL="Nation: 27 Oct, p. 1'),
    ("syntax", ";RELTYPE=DEPENDS-ON", ";RELTYPE="),
    ("structure", "END:VCALENDAR\n", ""),
    ("structure", "END:VCALENDAR\n", "END:VCALENDAR\nBEGIN:VCALENDAR\nEND:VCALENDAR\n"),
    ("structure", "END:VCALENDAR\n", "END:VCALENDAR\nX-OUTSIDE:1\n"),
    ("structure", "BEGIN:VCALENDAR\n", "BEGIN:VCALENDAR\nEND:VEVENT\n"),
    ("structure", "END:STANDARD\n", ""),
    ("structure", "END:DAYLIGHT\n", "END:STANDARD\n"),
    ("structure", "SUMMARY:A day\n", "BEGIN:VALARM\nEND:VALARM\n"),
    ("structure", "BEGIN:VEVENT\n", "BEGIN:VTODO\nEND:VTODO\nBEGIN:VEVENT\n"),
    ("structure", "BEGIN:VEVENT\n", "BEGIN;X-A=1:VEVENT\n"),
    ("structure", "TZID:Asia/Pyongyang\n", "TZID:Asia/Pyongyang\nBEGIN:VEVENT\nEND:VEVENT\n"),
    ("structure", "VERSION:2.0\n", "VERSION:2.0\nBEGIN:VTIMEZONE\nTZID:x\nEND:VTIMEZONE\n"),
    ("structure", "TZNAME:EDT\n", "BEGIN:STANDARD\nEND:STANDARD\n"),
    ("count", "VERSION:2.0\n", ""),
    ("count", "VERSION:2.0\n", "VERSION:2.0\nVERSION:2.0\n"),
    ("count", "PRODID:-//timeline//validator sample//EN\n", ""),
    ("count", "UID:day@story\n", ""),
    ("count", "DTSTAMP:20251101T000000Z\n", ""),
    ("count", "DTSTART:20251026T120000Z\n", ""),
    ("count", "SUMMARY:A day\n", "SUMMARY:A day\nSUMMARY:A day\n"),
    ("count", "SEQUENCE:2\n", "SEQUENCE:2\nSEQUENCE:3\n"),
    ("count", "TZID:Asia/Pyongyang\n", ""),
    ("count", "TZOFFSETTO:-0400\n", ""),
    ("count", "X-PUBLISHED-TTL:PT12H\n", "X-PUBLISHED-TTL:PT12H\n" * 2),
    ("forbidden", "VERSION:2.0\n", "VERSION:2.0\nMETHOD:PUBLISH\n"),
    ("forbidden", "VERSION:2.0\n", "VERSION:2.0\nUID:calendar@story\n"),
    ("forbidden", "SUMMARY:A day\n", "SUMMARY:A day\nATTENDEE:mailto:a@example.org\n"),
    ("forbidden", "SUMMARY:A day\n", "SUMMARY:A day\nORGANIZER:mailto:a@example.org\n"),
    ("unknown", "SUMMARY:A day\n", "SUMMARY:A day\nRRULE:FREQ=DAILY\n"),
    ("unknown", "SUMMARY:A day\n", "SUMMARY:A day\nMOOD:good\n"),
    ("unknown", "TZNAME:EDT\n", "TZNAME:EDT\nSUMMARY:x\n"),
    ("parameter", "REFRESH-INTERVAL;VALUE=DURATION:", "REFRESH-INTERVAL:"),
    ("parameter", "SOURCE;VALUE=URI:", "SOURCE:"),
    ("parameter", "SOURCE;VALUE=URI:", "SOURCE;VALUE=TEXT:"),
    ("parameter", "LINK;VALUE=URI;", "LINK;"),
    ("parameter", ";LINKREL=describedby", ""),
    ("parameter", "SUMMARY:A day\n", "SUMMARY;FOO=1:A day\n"),
    ("parameter", "SUMMARY:A day\n", "SUMMARY;LANGUAGE=en;LANGUAGE=de:A day\n"),
    ("parameter", "SUMMARY:A day\n", "SUMMARY;LANGUAGE=en,de:A day\n"),
    ("parameter", "SUMMARY:A day\n", "SUMMARY;LANGUAGE=e:A day\n"),
    ("parameter", "SUMMARY:A day\n", 'SUMMARY;LANGUAGE="":A day\n'),
    ("parameter", 'ALTREP="https://example.org/a"', "ALTREP=nothing"),
    ("parameter", "UID:day@story\n", "UID;LANGUAGE=en:day@story\n"),
    ("parameter", "SEQUENCE:2\n", "SEQUENCE;TZID=America/New_York:2\n"),
    ("TEXT", "SUMMARY:A day\n", "SUMMARY:A, day\n"),
    ("TEXT", "SUMMARY:A day\n", "SUMMARY:A; day\n"),
    ("TEXT", "SUMMARY:A day\n", "SUMMARY:C:\\New\n"),
    ("TEXT", "SUMMARY:A day\n", "SUMMARY:A\\Nday\n"),
    ("TEXT", "SUMMARY:A day\n", "SUMMARY:A day\\\n"),
    ("TEXT", "X-TIMELINE-EDTF:[2025-10-26..2025-10-28]", "X-TIMELINE-EDTF:{2025,2026}"),
    ("TEXTS", "CATEGORIES:summit,a\\,b\n", "CATEGORIES:summit,,b\n"),
    ("TEXTS", "CATEGORIES:summit,a\\,b\n", "CATEGORIES:summit;b\n"),
    ("NAME", "NAME:The story", "NAME:The story\\, told"),
    ("NAME", "X-WR-CALNAME:The story", "X-WR-CALNAME:The story, told"),
    ("ID", "UID:day@story\n", "UID:\n"),
    ("URI", "URL:https://example.org/\n", "URL:example.org\n"),
    ("URI", "URL:https://example.org/\n", "URL:https://example.org/é\n"),
    ("URI", "URL:https://example.org/\n", "URL:https://example.org/a b\n"),
    ("URI", "URL:https://example.org/\n", "URL:https://example.org/%zz\n"),
    ("URI", "https://example.org/a,b", "a,b"),
    ("UTC", "DTSTAMP:20251101T000000Z\n", "DTSTAMP:20251101T000000\n"),
    ("UTC", "CREATED:20251001T000000Z", "CREATED:20250231T000000Z"),
    ("UTC", "LAST-MODIFIED:20251101T000000Z\nSEQ", "LAST-MODIFIED:20251101T250000Z\nSEQ"),
    ("UTC", "LAST-MODIFIED:20251101T000000Z\nBEGIN", "LAST-MODIFIED:20251101\nBEGIN"),
    ("SPAN", "VALUE=DURATION:PT12H", "VALUE=DURATION:12h"),
    ("SPAN", "VALUE=DURATION:PT12H", "VALUE=DURATION:PT0S"),
    ("SPAN", "X-PUBLISHED-TTL:PT12H", "X-PUBLISHED-TTL:PT1H5S"),
    ("SPAN", "DURATION:P1DT2H", "DURATION:-P1D"),
    ("COUNT", "SEQUENCE:2", "SEQUENCE:-1"),
    ("COUNT", "SEQUENCE:2", "SEQUENCE:02"),
    ("GEO", "GEO:35.6825;139.7521", "GEO:35.6825,139.7521"),
    ("GEO", "GEO:35.6825;139.7521", "GEO:135.6825;139.7521"),
    ("STATUS", "STATUS:TENTATIVE", "STATUS:NEEDS-ACTION"),
    ("TRANSP", "TRANSP:TRANSPARENT", "TRANSP:FREE"),
    ("CLASS", "CLASS:PUBLIC", "CLASS:SECRET"),
    ("COLOR", "COLOR:steelblue", "COLOR:#4682b4"),
    ("VERSION", "VERSION:2.0", "VERSION:1.0"),
    ("CALSCALE", "CALSCALE:GREGORIAN", "CALSCALE:HEBREW"),
    ("ZONE", "X-WR-TIMEZONE:America/New_York", "X-WR-TIMEZONE:"),
    ("OFFSET", "TZOFFSETTO:-0500", "TZOFFSETTO:-500"),
    ("OFFSET", "TZOFFSETTO:-0500", "TZOFFSETTO:-0000"),
    ("OFFSET", "TZOFFSETTO:-0500", "TZOFFSETTO:-0560"),
    ("RULE", "FREQ=YEARLY;BYDAY=2SU;BYMONTH=3", "FREQ=MONTHLY;BYDAY=2SU;BYMONTH=3"),
    ("RULE", "FREQ=YEARLY;BYDAY=2SU;BYMONTH=3", "FREQ=YEARLY;BYDAY=SU;BYMONTH=3"),
    ("RULE", "FREQ=YEARLY;BYDAY=2SU;BYMONTH=3", "FREQ=YEARLY;BYDAY=2SU;BYMONTH=3,4"),
    ("RULE", "BYDAY=2SU;BYMONTH=3", "BYDAY=2SU;BYMONTH=3;BYMONTH=3"),
    ("RULE", "BYDAY=2SU;BYMONTH=3", "BYDAY=2SU;BYMONTH=3;UNTIL=20300101T000000"),
    ("RULE", "BYDAY=2SU;BYMONTH=3", "BYDAY=2SU;BYMONTH=3;COUNT=3"),
    ("rrule-start", "DTSTART:20240310T020000", "DTSTART:20240311T020000"),
    ("rrule-start", "BYDAY=2SU;BYMONTH=3", "BYDAY=2SU;BYMONTH=3;UNTIL=20240310T065959Z"),
    ("rdate", "RDATE:20150815T000000", "RDATE:20160815T000000"),
    ("rdate", "TZNAME:EDT\n", "TZNAME:EDT\nRDATE:20240310T020000\n"),
    ("observance", "RDATE:20150815T000000", "RDATE:20150815T000000,20160815T000000"),
    ("observance", "DTSTART:20240310T020000", "DTSTART:20240310T020000Z"),
    ("observance", "DTSTART:20240310T020000", "DTSTART;VALUE=DATE-TIME:20240310"),
    ("uid-twice", "UID:day@story", "UID:moment@story"),
    ("tzid", "TZID:Asia/Pyongyang", "TZID:America/New_York"),
    ("tzid", "TZID:Asia/Pyongyang", "TZID:Asia/Seoul"),
    ("tzid", "DTSTART;TZID=Asia/Pyongyang:", "DTSTART;TZID=Asia/Seoul:"),
    ("tzid", "DTSTART:20251026T120000Z", "DTSTART;TZID=America/New_York:20251026T120000Z"),
    ("tzid", "DTSTART;VALUE=DATE:20251028", "DTSTART;VALUE=DATE;TZID=Asia/Pyongyang:20251028"),
    ("time", "DTSTART;VALUE=DATE:20251028", "DTSTART;VALUE=DATE:20250229"),
    ("time", "DTSTART;VALUE=DATE:20251028", "DTSTART;VALUE=DATE:20251028T000000"),
    ("time", "DTSTART:20251026T120000Z", "DTSTART:20251026"),
    ("time", "DTSTART:20251026T120000Z", "DTSTART:20251026T126000Z"),
    ("floating", "DTSTART:20251026T120000Z", "DTSTART:20251026T120000"),
    ("local", "20251027T183000", "20250309T023000"),  # skipped
    ("local", "20251027T183000", "20251102T013000"),  # repeated
    ("local", "20251027T183000", "20240310T015959"),  # before the zone's first onset
    ("local", "20170101T120000", "20180504T233000"),  # skipped by a change that comes once
    ("dtend", "DTEND;TZID=America/New_York:20251027T190000", "DTEND:20251027T223000Z"),
    ("dtend", "DTEND;VALUE=DATE:20251030", "DTEND;VALUE=DATE:20251028"),
    ("dtend", "DURATION:P1DT2H", "DURATION:P1D\nDTEND:20170201T000000Z"),
    ("all-day", "DTEND;VALUE=DATE:20251030", "DTEND:20251030T000000Z"),
    ("all-day", "DTEND;VALUE=DATE:20251030", "DURATION:PT36H"),
    ("related", ";RELTYPE=DEPENDS-ON:first@story", ";RELTYPE=DEPENDS-ON:gone@story"),
    ("related", ";RELTYPE=DEPENDS-ON:first@story", ";RELTYPE=DEPENDS-ON:day@story"),
    ("related", ";RELTYPE=DEPENDS-ON:first@story", ";RELTYPE=AFTER:first@story"),
    ("gap", "RELTYPE=FINISHTOSTART;GAP", "RELTYPE=DEPENDS-ON;GAP"),
    ("gap", "GAP=P1D", "GAP=1d"),
]


@pytest.mark.parametrize(("rule", "old", "new"), BREACHES)
def test_each_breach_is_caught(rule: str, old: str, new: str) -> None:
    assert any(f": {rule}: " in fault for fault in validate(changed(old, new)))


RAW_BREACHES = [
    ("bom", b"\xef\xbb\xbf" + SAMPLE),
    ("line-ending", SAMPLE.replace(b"\r\n", b"\n")),
    ("line-ending", SAMPLE.replace(b"A day", b"A\rday")),
    ("line-ending", SAMPLE.removesuffix(b"\r\n")),
    ("utf-8", SAMPLE.replace("天".encode(), b"\xe5\xa4")),
    ("utf-8", SAMPLE.replace("天".encode(), b"\xe5\r\n \xa4\xa9")),
    ("structure", b""),
    ("structure", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n"),
]


@pytest.mark.parametrize(("rule", "data"), RAW_BREACHES)
def test_each_breach_of_bytes_is_caught(rule: str, data: bytes) -> None:
    assert any(f": {rule}: " in fault for fault in validate(data))


def test_an_empty_calendar_passes_only_where_it_may() -> None:
    empty = RAW_BREACHES[-1][1]
    assert validate(empty, allow_empty=True) == []


def test_every_rule_is_breached_here() -> None:
    """Each rule that the validator can name, and each kind of value, has a breach above."""
    source = inspect.getsource(ics_validator)
    named = set(re.findall(r'(?:number|len\(physical\) \+ 1|\(1), "([a-z0-9-]+)"', source))
    assert len(named) > 20
    rules = named | VALUES.keys() - {"ANY"}
    assert rules - {rule for rule, *_ in BREACHES + RAW_BREACHES} == set()


def test_a_fault_names_its_line_and_comes_in_order() -> None:
    faults = validate(changed("SEQUENCE:2", "SEQUENCE:x").replace(b"STATUS:TEN", b"STATUS:ten"))
    assert [fault.split(": ")[:2] for fault in faults] == [
        ["line 57", "COUNT"],
        ["line 65", "STATUS"],
    ]


@pytest.mark.parametrize("gap", ["-P1D", "PT15M", "P2W"])
def test_a_gap_may_be_any_duration(gap: str) -> None:
    assert validate(changed("GAP=P1D", f"GAP={gap}")) == []


def test_a_rule_that_ends_leaves_the_zone_in_its_last_offset() -> None:
    """With UNTIL the rules stop, and July 2026 is New York's standard time."""
    ended = (
        FEED.replace("BYDAY=2SU;BYMONTH=3", "UNTIL=20250309T070000Z;BYDAY=2SU;BYMONTH=3")
        .replace("BYDAY=1SU;BYMONTH=11", "UNTIL=20251102T060000Z;BYDAY=1SU;BYMONTH=11")
        .replace("New_York:20251027T183000", "New_York:20260701T120000")
    )
    for end, valid in (("20260701T170000Z", False), ("20260701T170001Z", True)):
        data = crlf(ended.replace("DTEND;TZID=America/New_York:20251027T190000", f"DTEND:{end}"))
        assert (validate(data) == []) is valid


@settings(deadline=None)
@given(st.data())
def test_no_mutation_of_bytes_crashes_it(data: st.DataObject) -> None:
    mutated = bytearray(SAMPLE)
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(mutated) - 1))
        length = data.draw(st.integers(0, 40))
        mutated[at : at + length] = data.draw(st.binary(max_size=8) | st.sampled_from(_PIECES))
    assert all(fault.startswith("line ") for fault in validate(bytes(mutated)))


_PIECES = [line + b"\r\n" for line in SAMPLE.splitlines()] + [b"0001", b"9999", b"\r\n", b";", b":"]


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_crash_it(data: bytes) -> None:
    assert validate(data)
