"""The feed as a whole: valid by a strict check, the same to every reader, steady over the years."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import icalendar
import pytest
from feed_cases import (
    HARD,
    NOW_WRITTEN,
    Clock,
    calendar,
    entries,
    feed,
    files,
    plan,
    publish,
    unfolded,
    value,
    written,
)
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from ics_readers import INSTALL, READERS, available
from ics_validator import validate
from real_parts import require

from timeline.exporters import Occasion
from timeline.exporters.ical import export
from timeline.feed import Foreign

ROOT = Path(__file__).parent.parent
EXAMPLES = [ROOT / "events.toml", ROOT / "tests" / "undated.toml"]
TOKYO = '[timeline]\nid = "t"\ntimezone = "Asia/Tokyo"\n'
slow = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


def one(keys: str, head: str = TOKYO, name: str = "x") -> list[str]:
    """The lines of the entry of an event with these keys."""
    return entries(feed(f"{head}[events.x]\n{keys}\n"))[f"{name}@t"]


def text_of(lines: list[str], name: str) -> str:
    """A TEXT property as icalendar reads it."""
    block = "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""])
    return str(icalendar.Event.from_ical(block)[name])


def story(keys: str = "") -> list[str]:
    """The paragraphs of a DESCRIPTION."""
    return text_of(one(keys), "DESCRIPTION").split("\n\n")


# What an entry says -------------------------------------------------------------------------------


def test_an_entry_has_what_calendars_need_and_no_more() -> None:
    assert one("when = 2025-10-27T18:30:00") == [
        "UID:x@t",
        f"DTSTAMP:{NOW_WRITTEN}",
        f"CREATED:{NOW_WRITTEN}",
        f"LAST-MODIFIED:{NOW_WRITTEN}",
        "SEQUENCE:0",
        "DTSTART;TZID=Asia/Tokyo:20251027T183000",
        "SUMMARY:X",
        "DESCRIPTION:27 Oct 2025\\, 18:30 (Asia/Tokyo\\, UTC+9)\\nThe date is stated.",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "CLASS:PUBLIC",
        "X-TIMELINE-EDTF;X-KEY=when:2025-10-27T18:30:00",
        "X-TIMELINE-BASIS:stated",
    ]


FULL = """
format = 1
[timeline]
id = "t"
title = "The talks"
timezone = "Asia/Tokyo"
description = "What happened, and when."
url = "https://example.org/talks"
[timeline.calendar]
name = "Talks, and more"
colour = "crimson"
refresh = "6h"
url = "https://example.org/feeds/all.ics"
[sources.s]
title = "The News"
url = "https://example.org/1028"
published = 2025-10-28
[sources.q]
title = "The Quiet Paper"
[places.akasaka]
name = "Akasaka Palace, Tokyo"
geo = [35.68, 139.73]
[people.ann]
name = "Ann Example"
role = "Minister"
[tags.plain]
label = "Plain"
[tags.summit]
label = "Summits; talks"
colour = "steelblue"
[views.v]
title = "A view"
events = ["talks"]
[events.first]
title = "The first"
when = 2025-10-27
[events.talks]
title = "The talks, at last"
description = "They met.\\nThey spoke."
note = "Not for readers"
when = { date = 2025-10-28T10:00:00, source = "q" }
duration = "1h"
after = "first"
place = "akasaka"
who = ["ann", "Someone Else"]
tags = ["plain", "summit", "bare"]
url = "https://example.org/e"
source = "s"
"""


def test_an_entry_tells_all_that_the_file_does_but_its_notes() -> None:
    lines = entries(feed(FULL))["talks@t"]
    assert [line for line in lines if not line.startswith(("DT", "CREATED", "LAST", "DESC"))] == [
        "UID:talks@t",
        "SEQUENCE:0",
        "SUMMARY:The talks\\, at last",
        "LOCATION:Akasaka Palace\\, Tokyo",
        "GEO:35.68;139.73",
        "CATEGORIES:Plain,Summits\\; talks,bare",
        "URL:https://example.org/e",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "CLASS:PUBLIC",
        "COLOR:steelblue",
        "RELATED-TO;RELTYPE=DEPENDS-ON:first@t",
        "ATTACH:https://example.org/1028",
        "X-TIMELINE-EDTF;X-KEY=when:2025-10-28T10:00:00",
        "X-TIMELINE-BASIS:stated",
    ]
    assert text_of(lines, "DESCRIPTION").split("\n\n") == [
        "28 Oct 2025, 10:00–11:00 (Asia/Tokyo, UTC+9)\nThe date is stated.",
        "They met.\nThey spoke.",
        "After: The first\nWho: Ann Example (Minister); Someone Else",
        "Sources:\n- The News (2025-10-28) https://example.org/1028\n- The Quiet Paper",
    ]
    assert "Not for readers" not in unfolded(feed(FULL))


def test_the_calendar_says_what_it_is() -> None:
    assert calendar(feed(FULL)) == [
        "VERSION:2.0",
        "PRODID:-//timeline-exporter//timeline//EN",
        "CALSCALE:GREGORIAN",
        "NAME:Talks – and more",
        "X-WR-CALNAME:Talks – and more",
        "DESCRIPTION:What happened\\, and when.",
        "X-WR-CALDESC:What happened\\, and when.",
        "X-WR-TIMEZONE:Asia/Tokyo",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        "SOURCE;VALUE=URI:https://example.org/feeds/all.ics",
        "URL:https://example.org/talks",
        "COLOR:crimson",
        f"LAST-MODIFIED:{NOW_WRITTEN}",
        "X-TIMELINE-ID:t",
    ]
    view = calendar(feed(FULL, "v"))
    assert "NAME:A view" in view
    assert "SOURCE;VALUE=URI:https://example.org/feeds/v.ics" in view


def test_a_bare_file_gives_a_bare_calendar() -> None:
    assert calendar(feed("[events.x]\nwhen = 2025-10-27\n")) == [
        "VERSION:2.0",
        "PRODID:-//timeline-exporter//timeline//EN",
        "CALSCALE:GREGORIAN",
        "NAME:events",
        "X-WR-CALNAME:events",
        "X-WR-TIMEZONE:UTC",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
        f"LAST-MODIFIED:{NOW_WRITTEN}",
    ]


@pytest.mark.parametrize(
    ("address", "beside"),
    [("https://example.org", "https://example.org/v.ics"),
     ("https://example.org/", "https://example.org/v.ics"),
     ("https://example.org/a/b/all.ics?key=a/b#c", "https://example.org/a/b/v.ics?key=a/b"),
     ("webcal://example.org:8080/cal/", "webcal://example.org:8080/cal/v.ics"),
     ("https://example.org?x", "https://example.org/v.ics?x")],
)  # fmt: skip
def test_a_view_lies_beside_the_whole(address: str, beside: str) -> None:
    text = f'[timeline.calendar]\nurl = "{address}"\n[views.v]\n[events.x]\nwhen = 2025-10-27\n'
    assert f"SOURCE;VALUE=URI:{beside}" in calendar(feed(text, "v"))


def test_a_cancelled_event_stays_and_says_so() -> None:
    lines = one('title = "Talks"\nwhen = 2025-10-27\nstatus = "cancelled"')
    assert value(lines, "SUMMARY") == "Cancelled: Talks"
    assert value(lines, "STATUS") == "CANCELLED"


def test_an_event_keeps_the_uid_that_it_states() -> None:
    assert "4f1c@example.org" in entries(feed(f'{TOKYO}[events.x]\nwhen = 2025\nuid = "a"\n'
                                              '[events.y]\nwhen = 2025-10-27\n'
                                              'uid = "4f1c@example.org"\n'))  # fmt: skip


def test_what_is_left_out_is_named_with_the_reason() -> None:
    output = publish(plan(f'{TOKYO}[events.x]\nwhen = "2025"\n[events.y]\nwhen = 2025-10-27\n'))
    assert output.omitted == (("x", "its window, 2025, is longer than 31 days"),)
    assert list(entries(output.text.encode())) == ["y@t"]


# The order ----------------------------------------------------------------------------------------

LINKS = """
[events.a]
when = 2025-10-20
[events.b]
when = 2025-10-21
after = [{ event = "a", lag = "1h..3d" }, "gone"]
[events.c]
when = "[2025-10-22..2025-10-24]"
[events.d]
when = 2025-10-26
after = "c.start"
during = "e"
[events.e]
when = "2025-10-25/2025-10-27"
[events.f]
when = "2029"
after = "a"
[events.g]
when = 2025-10-30
after = ["f", "e.end"]
[events.gone]
when = 2025-10-19
status = "cancelled"
[[sequences]]
events = ["b", ["c", "e"], "gone", "h"]
[events.h]
when = 2025-10-29
before = ["g.start", "g.end"]
"""


def related(text: str, uid: str, view: str = "all") -> list[str]:
    lines = entries(feed(text, view))[uid]
    return [line.partition(":")[2].removesuffix("@t") for line in lines if "RELATED-TO" in line]


def test_the_later_event_names_the_earlier() -> None:
    text = TOKYO + LINKS.replace("2029", "[2025-10-28..2025-10-29]").replace(
        '[events.g]\nwhen = 2025-10-30', '[events.g]\nwhen = "2025-10-30"')  # fmt: skip
    assert related(text, "a@t") == []
    assert related(text, "b@t") == ["a"]
    assert related(text, "c@t") == ["b"]
    assert related(text, "d@t") == []
    assert related(text, "h@t") == ["c", "e"]
    assert related(text, "g@t") == ["e", "f", "h"]
    assert all(
        line.startswith("RELATED-TO;RELTYPE=DEPENDS-ON:")
        for lines in entries(feed(text)).values() for line in lines if "RELATED" in line
    )  # fmt: skip


def test_only_entries_of_the_same_feed_are_named() -> None:
    text = TOKYO + LINKS.replace('"2029"', '"2025-10-28/.."').replace(
        "[events.e]", '[views.v]\nevents = ["g", "h"]\n[events.e]')  # fmt: skip
    assert related(text, "g@t", "v") == ["h"]
    assert related(text, "h@t", "v") == []
    assert "RELATED-TO" not in unfolded(feed(text + "[timeline.calendar]\nlinks = false\n"))
    assert "After: " in unfolded(feed(text + "[timeline.calendar]\nlinks = false\n"))


# The traps of design/ical.md, by their numbers ----------------------------------------------------


def test_trap_1_a_zone_has_one_vtimezone_with_rules_and_an_offset_has_none() -> None:
    text = (f'{TOKYO}[events.x]\nwhen = 2025-07-01T12:00:00\ntimezone = "America/New_York"\n'
            '[events.y]\nwhen = 2025-12-01T12:00:00\ntimezone = "America/New_York"\n'
            "[events.z]\nwhen = 2025-12-01T12:00:00+09:00\n")  # fmt: skip
    data = unfolded(feed(text))
    assert data.count("BEGIN:VTIMEZONE") == 1
    assert data.count("RRULE:FREQ=YEARLY") == 2
    assert "," not in data.partition("BEGIN:VEVENT")[0].partition("BEGIN:VTIMEZONE")[2]
    assert value(entries(feed(text))["z@t"], "DTSTART") == "20251201T030000Z"


@pytest.mark.parametrize("zone", ["UTC", "Etc/GMT-9", "Etc/UTC", "Zulu"])
def test_trap_1_a_fixed_offset_is_written_in_utc(zone: str) -> None:
    lines = one(f'when = 2025-10-27T18:30:00\ntimezone = "{zone}"')
    assert value(lines, "DTSTART").endswith("Z")


def test_trap_1_a_repeated_hour_is_written_in_utc_at_both_ends() -> None:
    head = '[timeline]\nid = "t"\ntimezone = "Europe/Berlin"\n'
    lines = one('start = "2025-10-26T02:30+02:00"\nend = 2025-10-26T05:00:00', head)
    assert value(lines, "DTSTART") == "20251026T003000Z"
    assert value(lines, "DTEND") == "20251026T040000Z"
    lines = one('start = 2025-10-26T01:30:00\nend = "2025-10-26T02:30+02:00"', head)
    assert value(lines, "DTSTART") == "20251025T233000Z"
    assert value(lines, "DTEND") == "20251026T003000Z"


def test_trap_2_the_calendar_has_no_uid() -> None:
    assert not [line for line in calendar(feed(FULL)) if line.startswith("UID")]


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Berlin, Paris; Rome", "Berlin – Paris – Rome"), ("a\\b", "a/b"), (",;", "t"), ("\\", "/"),
     ("Talks,", "Talks"), ("a,, b", "a – b"), ("tab\\there", "tab/there")],
)  # fmt: skip
def test_trap_3_names_have_nothing_to_escape(name: str, shown: str) -> None:
    file = {"timeline": {"id": "t", "title": name}, "events": {"x": {"when": "2025-10-27"}}}
    assert f"NAME:{shown}" in calendar(feed(written(file)))
    assert f"X-WR-CALNAME:{shown}" in calendar(feed(written(file)))


def test_trap_4_durations_and_addresses_name_their_type() -> None:
    head = calendar(feed(FULL))
    assert [line for line in head if line.startswith(("REFRESH-INTERVAL;VALUE=DURATION:P",
                                                      "SOURCE;VALUE=URI:https:"))]  # fmt: skip


@pytest.mark.parametrize("title", HARD)
def test_trap_5_a_text_comes_through_as_it_is(title: str) -> None:
    file = {"timeline": {"id": "t"}, "events": {"x": {"title": title, "when": "2025-10-27"}}}
    data = feed(written(file))
    assert text_of(entries(data)["x@t"], "SUMMARY") == title
    assert validate(data) == []


def test_trap_5_what_no_reader_takes_is_stripped() -> None:
    event = {"title": "ab", "when": "2025-10-27",
             "description": "one\r\ntwo\u2028three\tfour"}  # fmt: skip
    file = {"timeline": {"id": "t"}, "events": {"x": event}}
    lines = entries(feed(written(file)))["x@t"]
    assert value(lines, "DESCRIPTION").endswith("one\\ntwo\\nthree\tfour")


@given(files())
@slow
def test_trap_6_whatever_the_file_holds_the_feed_is_valid(file: dict[str, Any]) -> None:
    schedule = plan(written(file))
    for view in ("all", "v"):
        data = publish(schedule, view).text.encode()
        assert validate(data, allow_empty=b"BEGIN:V" not in data[1:]) == []


def test_trap_7_a_feed_is_no_message() -> None:
    assert "METHOD" not in unfolded(feed(FULL))


def test_trap_8_nothing_is_random() -> None:
    assert feed(FULL) == feed(FULL)
    code = (
        "import sys; sys.path[:0] = ['tests', '.']; import feed_cases as f;"
        "sys.stdout.buffer.write(f.feed(open('events.toml', encoding='utf-8').read()))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "2")
    }  # fmt: skip
    assert outputs == {feed((ROOT / "events.toml").read_text("utf-8"))}


def test_trap_9_lines_fold_at_75_octets() -> None:
    file = {"timeline": {"id": "t"},
            "events": {"x": {"title": "会" * 60 + ";" * 60, "when": "2025-10-27"}}}  # fmt: skip
    data = feed(written(file))
    assert max(map(len, data.split(b"\r\n"))) in (74, 75)
    assert validate(data) == []


def test_trap_10_whole_days_end_the_day_after_and_a_moment_has_no_end() -> None:
    lines = one("when = 2025-10-27")
    assert "DTSTART;VALUE=DATE:20251027" in lines
    assert "DTEND;VALUE=DATE:20251028" in lines
    moment = one('when = 2025-10-27T18:30:00\nduration = "0s"')
    assert not [line for line in moment if line.startswith(("DTEND", "DURATION"))]


# Every reader -------------------------------------------------------------------------------------


def seen(data: bytes, name: str, like: str = "") -> dict[str, tuple[object, ...]]:
    """What a reader tells of each entry, as far as the reader `like` could tell it.

    node-ical gives an event without an end its start, and takes an escaped backslash before an `n`
    for a line break.
    """
    found: dict[str, tuple[object, ...]] = {}
    for event in READERS[name](data):
        start, end, summary = event["start"], event["end"], event["summary"] or ""
        if "node-ical" in (name, like):
            end = None if end == start else end
            summary = re.sub(r"\\[nN]|\\?\n", "?", summary)
        found[event["uid"]] = (start, end, summary, event["status"], event["sequence"])
    return found


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_reader_sees_the_example_alike(path: Path, name: str) -> None:
    require(INSTALL[name], available(name))
    schedule = plan(path.read_text("utf-8"))
    for view in ("all", *schedule.timeline.views):
        data = publish(schedule, view).text.encode()
        assert validate(data) == []
        assert seen(data, name) == seen(data, "icalendar", name)
        assert len(seen(data, name)) == data.count(b"BEGIN:VEVENT")


@pytest.mark.parametrize("name", [name for name in READERS if name != "icalendar"])
@given(file=files(most=12))
@settings(slow, max_examples=12, phases=(Phase.explicit, Phase.generate))  # slow to shrink
def test_every_reader_sees_a_feed_alike(name: str, file: dict[str, Any]) -> None:
    require(INSTALL[name], available(name))
    data = feed(written(file))
    assume(b"BEGIN:VEVENT" in data)
    assert seen(data, name) == seen(data, "icalendar", name)


# Its life -----------------------------------------------------------------------------------------


@given(files(), st.sampled_from(["all", "v"]))
@slow
def test_what_did_not_change_is_not_written_anew(file: dict[str, Any], view: str) -> None:
    schedule = plan(written(file))
    first = publish(schedule, view).text.encode()
    for lying in (first, first.replace(b"\r\n", b"\n")):
        clock = Clock(0)
        chosen = schedule.timeline.views.get(view)
        assert export(schedule, chosen, Occasion(clock, lying)).text.encode() == first
        assert clock.asked == 0


def test_the_clock_is_asked_once() -> None:
    clock = Clock()
    schedule = plan(FULL)
    export(schedule, None, Occasion(clock))
    assert clock.asked == 1


@pytest.mark.parametrize("now", [-(10**15), 10**15])
def test_a_mad_clock_still_gives_a_valid_feed(now: int) -> None:
    assert validate(publish(plan(FULL), now=now).text.encode()) == []


def test_an_edit_moves_its_entry_alone() -> None:
    first = feed(FULL)
    edited = FULL.replace("They met.", "They met at last.")
    second = feed(edited, previous=first, now=1_800_000_000)
    before, after = entries(first), entries(second)
    assert before["first@t"] == after["first@t"]
    assert value(after["talks@t"], "SEQUENCE") == "1"
    assert value(after["talks@t"], "CREATED") == NOW_WRITTEN
    for name in ("DTSTAMP", "LAST-MODIFIED"):
        assert value(after["talks@t"], name) == "20270115T080000Z"
    assert "LAST-MODIFIED:20270115T080000Z" in calendar(second)
    assert feed(edited, previous=second, now=0) == second


@pytest.mark.parametrize(
    ("old", "new"),
    [("Not for readers", "Still not"), ("format = 1", "# a comment"),
     ('[events.first]\ntitle = "The first"\nwhen = 2025-10-27\n', "")],
)  # fmt: skip
def test_what_no_subscriber_sees_moves_nothing(old: str, new: str) -> None:
    moved = FULL.replace(old, new) + ("" if new else old)  # the event goes to the end of the file
    first = feed(FULL)
    assert feed(moved, previous=first, now=1_800_000_000) == first


def test_what_the_calendar_says_moves_no_entry() -> None:
    first = feed(FULL)
    second = feed(FULL.replace("crimson", "navy"), previous=first, now=1_800_000_000)
    assert entries(second) == entries(first)
    assert "LAST-MODIFIED:20270115T080000Z" in calendar(second)


def test_a_clock_behind_the_last_feed_moves_nothing_back() -> None:
    first = feed(FULL)
    second = feed(FULL.replace("They met.", "They sat."), previous=first, now=0)
    assert value(entries(second)["talks@t"], "LAST-MODIFIED") == NOW_WRITTEN
    assert value(entries(second)["talks@t"], "SEQUENCE") == "1"
    assert f"LAST-MODIFIED:{NOW_WRITTEN}" in calendar(second)


TWO = TOKYO + "[events.a]\nwhen = 2025-10-27\n[events.b]\nwhen = 2025-10-28T10:00:00\n"
ONE = TOKYO + "[events.a]\nwhen = 2025-10-27\n"
CANCEL = '[timeline.calendar]\nremoved = "cancel"\n'


def test_who_is_taken_out_is_gone_and_counts_on_when_back() -> None:
    first = feed(TWO)
    second = feed(ONE, previous=first)
    assert list(entries(second)) == ["a@t"]
    assert b"b@t" not in second
    assert validate(second) == []
    assert feed(ONE, previous=second, now=0) == second
    third = feed(TWO, previous=second)
    assert value(entries(third)["b@t"], "SEQUENCE") == "1"
    assert value(entries(third)["a@t"], "SEQUENCE") == "0"
    assert "X-TIMELINE-GONE" not in unfolded(third)


def test_a_tombstone_stays_until_the_feed_changes() -> None:
    first = feed(TWO + CANCEL)
    second = feed(ONE + CANCEL, previous=first, now=1_800_000_000)
    assert entries(second)["a@t"] == entries(first)["a@t"]
    assert entries(second)["b@t"] == [
        "UID:b@t",
        "DTSTAMP:20270115T080000Z",
        f"CREATED:{NOW_WRITTEN}",
        "LAST-MODIFIED:20270115T080000Z",
        "SEQUENCE:1",
        "DTSTART:20251028T010000Z",
        "SUMMARY:Cancelled: B",
        "DESCRIPTION:Taken out of the timeline.",
        "STATUS:CANCELLED",
        "TRANSP:TRANSPARENT",
        "CLASS:PUBLIC",
        "X-TIMELINE-BASIS:removed",
    ]
    assert validate(second) == []
    assert feed(ONE + CANCEL, previous=second, now=0) == second
    third = feed(ONE.replace("-27", "-26") + CANCEL, previous=second)
    assert list(entries(third)) == ["a@t"]
    fourth = feed(TWO + CANCEL, previous=third)
    assert value(entries(fourth)["b@t"], "SEQUENCE") == "2"
    assert value(entries(feed(TWO + CANCEL, previous=second))["b@t"], "SEQUENCE") == "2"


def test_a_second_removal_takes_the_place_of_the_first() -> None:
    three = TWO + "[events.c]\nwhen = 2025-10-29\n" + CANCEL
    first = feed(three)
    second = feed(TWO + CANCEL, previous=first)
    assert value(entries(second)["c@t"], "STATUS") == "CANCELLED"
    third = feed(ONE + CANCEL, previous=second)
    assert list(entries(third)) == ["a@t", "b@t"]
    assert value(entries(third)["b@t"], "STATUS") == "CANCELLED"
    assert list(entries(feed(ONE, previous=third))) == ["a@t"]  # "drop" again


def test_who_leaves_a_view_or_has_no_entry_any_more_leaves_silently() -> None:
    view = '[views.v]\ntags = ["t"]\n' + CANCEL
    tagged = TWO.replace("10:00:00\n", '10:00:00\ntags = ["t"]\n') + view
    first = feed(tagged, "v")
    assert list(entries(first)) == ["b@t"]
    assert list(entries(feed(TWO + view, "v", previous=first))) == []
    wide = TWO.replace("2025-10-28T10:00:00", '"2025"') + CANCEL
    assert list(entries(feed(wide, previous=feed(TWO + CANCEL)))) == ["a@t"]
    gone = feed(ONE + view, "v", previous=first)  # out of the file, and so out of the view
    assert value(entries(gone)["b@t"], "STATUS") == "CANCELLED"


@pytest.mark.parametrize("data", [b"", b"BEGIN:VCALENDAR\r\n", b"hello"])
def test_what_is_no_feed_of_ours_is_never_written_over(data: bytes) -> None:
    with pytest.raises(Foreign):
        feed(TWO, previous=data)


def test_the_feed_of_another_timeline_is_not_written_over() -> None:
    with pytest.raises(Foreign, match="of the timeline `t`, and this one is `u`"):
        feed(TWO.replace('"t"', '"u"'), previous=feed(TWO))


def test_more_than_google_takes_is_said() -> None:
    day = "\nwhen = 2025-10-27\n"
    events = [f"[events.e{i}]{day}" for i in range(1_101)]
    assert publish(plan(TOKYO + "".join(events[:1_100]))).notes == ()
    (note,) = publish(plan(TOKYO + "".join(events))).notes
    assert note.startswith("the feed has 1,101 events in 0.")
    assert note.endswith("Google Calendar takes about 1,100 events and 1 MB: choose a view")
    long = f'description = "{"é" * 3_000}"'
    heavy = [f"[events.e{i}]{day}{long}\n" for i in range(200)]
    (note,) = publish(plan(TOKYO + "".join(heavy))).notes
    assert note.startswith("the feed has 200 events in 1.")
