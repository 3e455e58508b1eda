"""What HTTP says of the bytes that are served."""

from __future__ import annotations

import gzip
from itertools import pairwise

import pytest
from feed_cases import NOW, feed
from hypothesis import given
from hypothesis import strategies as st
from serving import STORY

from timeline.serve.edition import Body, body

CALENDAR = feed(STORY.decode())


@given(st.lists(st.tuples(st.binary(max_size=3), st.integers(0, 5)), min_size=1, max_size=8))
def test_an_etag_is_its_bytes_and_time_never_stands_still(states: list[tuple[bytes, int]]) -> None:
    """However fast it changes, and whatever the clock does: other bytes, later."""
    bodies: list[Body] = []
    for data, now in states:
        bodies.append(body("all.json", data, now, bodies[-1] if bodies else None))
    for i, before in enumerate(bodies):
        for after in bodies[i + 1 :]:
            assert (before.etag == after.etag) == (before.data == after.data)
            assert after.modified >= before.modified
    for before, after in pairwise(bodies):
        assert (before is after) == (before.data == after.data)
        assert before is after or after.modified > before.modified


def test_a_calendar_says_itself_when_it_was_modified() -> None:
    assert body("all.ics", CALENDAR, NOW + 99).modified == NOW
    assert body("all.json", CALENDAR, NOW + 99).modified == NOW + 99


@pytest.mark.parametrize("stamp", [b"", b"LAST-MODIFIED:20251399T000000Z\r\n"])
def test_where_it_does_not_say_the_clock_does(stamp: bytes) -> None:
    head, _, rest = CALENDAR.partition(b"LAST-MODIFIED:")
    told = head + stamp + rest.partition(b"\r\n")[2]
    assert body("all.ics", told, NOW + 99).modified == NOW + 99


def test_an_entrys_stamp_is_not_the_calendars() -> None:
    head, _, rest = CALENDAR.partition(b"LAST-MODIFIED:")
    told = head + rest.partition(b"\r\n")[2]
    assert b"LAST-MODIFIED:" in told
    assert body("all.ics", told, 5).modified == 5


def test_compressed_it_is_other_bytes_with_another_tag() -> None:
    plain, made = body("all.ics", CALENDAR, 1), body("all.ics", CALENDAR, 1, pack=True)
    assert plain.packed is None
    assert made.packed is not None
    assert len(made.packed) < len(CALENDAR)
    assert gzip.decompress(made.packed) == CALENDAR
    assert made.etag == plain.etag != made.packed_etag
    assert made.packed == body("all.ics", CALENDAR, 999, pack=True).packed
    assert body("all.ics", b"x", 1, pack=True).packed is None  # it would only grow


@pytest.mark.parametrize(("name", "kind"), [
    ("all.ics", "text/calendar; charset=utf-8"), ("all.json", "application/json; charset=utf-8"),
    ("all.mmd", "text/plain; charset=utf-8"), ("all.svg", "image/svg+xml; charset=utf-8"),
    ("all.html", "text/html; charset=utf-8"), ("all.new", "text/plain; charset=utf-8"),
])  # fmt: skip
def test_types(name: str, kind: str) -> None:
    assert body(name, b"", 1).type == kind
