"""What stays of an entry whose event was taken out, made of a file that anyone may have touched."""

from __future__ import annotations

import pytest

from timeline.exporters.tombstones import is_tombstone, tombstone
from timeline.feed import PRODID, recall


def made(*lines: str) -> list[str] | None:
    text = "\n".join(["BEGIN:VCALENDAR", f"PRODID:{PRODID}", "BEGIN:VEVENT", "UID:a@t", *lines,
                      "END:VEVENT", "END:VCALENDAR"])  # fmt: skip
    past = recall(text.encode())
    found = tombstone(past, "a@t")
    assert not is_tombstone(past, "a@t")
    if found is None:
        return None
    told = found.lines()  # and of these the same is made again
    again = recall(text.replace("\n".join(["UID:a@t", *lines]), "\n".join(told)).encode())
    assert is_tombstone(again, "a@t")
    assert tombstone(again, "a@t") == found
    return told


def test_it_says_what_was_and_that_it_is_cancelled() -> None:
    assert made(
        "DTSTART;VALUE=DATE:20251027", "DTEND;VALUE=DATE:20251029", "SUMMARY:Talks\\, at last",
        "DESCRIPTION:long", "STATUS:TENTATIVE", "RELATED-TO;RELTYPE=DEPENDS-ON:b@t", "GEO:1;2",
    ) == [
        "UID:a@t", "DTSTART;VALUE=DATE:20251027", "DTEND;VALUE=DATE:20251029",
        "SUMMARY:Cancelled: Talks\\, at last", "DESCRIPTION:Taken out of the timeline.",
        "STATUS:CANCELLED", "TRANSP:TRANSPARENT", "CLASS:PUBLIC", "X-TIMELINE-BASIS:removed",
    ]  # fmt: skip


def test_a_cancelled_event_says_so_once() -> None:
    found = made("DTSTART:20251027T183000Z", "SUMMARY:Cancelled: Talks")
    assert found is not None
    assert "SUMMARY:Cancelled: Talks" in found


TIMES = {
    ("DTSTART:20251027T183000Z",): ["DTSTART:20251027T183000Z"],
    ("DTSTART:20251027T183000Z", "DTEND:20251027T190000Z"):
        ["DTSTART:20251027T183000Z", "DTEND:20251027T190000Z"],
    ("DTSTART;TZID=Asia/Tokyo:20251027T183000", "DTEND;TZID=Asia/Tokyo:20251027T190000"):
        ["DTSTART:20251027T093000Z", "DTEND:20251027T100000Z"],
    ("DTSTART:20251027T183000Z", "DTEND:20251027T183000Z"): ["DTSTART:20251027T183000Z"],
    ("DTSTART:20251027T183000Z", "DTEND;VALUE=DATE:20251028"): ["DTSTART:20251027T183000Z"],
    ("DTSTART;VALUE=DATE:20251027", "DTEND:20251027T190000Z"): ["DTSTART;VALUE=DATE:20251027"],
}  # fmt: skip


@pytest.mark.parametrize("lines", TIMES)
def test_its_time_is_kept_in_utc(lines: tuple[str, ...]) -> None:
    found = made(*lines, "SUMMARY:Talks")
    assert found is not None
    assert found[1 : found.index("SUMMARY:Cancelled: Talks")] == TIMES[lines]


@pytest.mark.parametrize(
    "start",
    ["", "DTSTART:20251301T000000Z", "DTSTART:20251027T250000Z", "DTSTART;VALUE=DATE:20250230",
     "DTSTART:20251027T183000", "DTSTART;TZID=Mars/Olympus:20251027T183000",
     "DTSTART;TZID=America/New_York:20250309T023000", "DTSTART;TZID=Asia/Tokyo:20251027T183000Z"],
)  # fmt: skip
def test_what_has_no_clear_beginning_leaves_silently(start: str) -> None:
    assert made(*filter(None, [start]), "SUMMARY:Talks") is None


def test_it_needs_no_summary() -> None:
    found = made("DTSTART:20251027T183000Z")
    assert found is not None
    assert "SUMMARY:Cancelled: " in found
