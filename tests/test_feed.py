"""What a feed remembers of its entries, read from a file that anyone may have touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.feed import (
    HIGHEST,
    PRODID,
    Foreign,
    Past,
    Revision,
    departed,
    is_instant,
    recall,
    revise,
    sequence,
    states,
    trace,
    unchanged,
    unescaped,
    unfolded,
)

OLD, NEW = "20250101T000000Z", "20251026T173320Z"
CONTENT = ["UID:a@t", "DTSTART;VALUE=DATE:20251027", "SUMMARY:Talks"]


def entry(*content: str, number: object = 3, created: str = OLD, changed: str = OLD) -> str:
    lines = [f"DTSTAMP:{changed}", f"CREATED:{created}", f"LAST-MODIFIED:{changed}",
             f"SEQUENCE:{number}"]  # fmt: skip
    return "\n".join(["BEGIN:VEVENT", content[0], *lines, *content[1:], "END:VEVENT", ""])


def calendar(*entries: str, head: str = f"LAST-MODIFIED:{OLD}\n") -> bytes:
    start = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:{PRODID}\n{head}"
    return "".join((start, *entries, "END:VCALENDAR\n")).replace("\n", "\r\n").encode()


def never() -> str:
    raise AssertionError("the clock was asked")


def revised(previous: bytes, content: list[str] = CONTENT) -> Revision:
    return revise(recall(previous), "a@t", content, lambda: NEW)


def test_nothing_is_remembered_of_nothing() -> None:
    past = recall(None)
    assert (past.text, past.modified, dict(past.entries), dict(past.gone)) == ("", "", {}, {})
    assert revise(past, "a@t", CONTENT, lambda: NEW) == Revision(0, NEW, NEW)


def test_what_did_not_change_keeps_its_revision_and_asks_no_clock() -> None:
    past = recall(calendar(entry(*CONTENT)))
    assert revise(past, "a@t", CONTENT, never) == Revision(3, OLD, OLD)
    assert revise(past, "a@t", CONTENT[:1] + CONTENT[:0:-1], never) == Revision(3, OLD, OLD)


@pytest.mark.parametrize(
    "content",
    [CONTENT[:2], [*CONTENT, "CLASS:PUBLIC"], [*CONTENT, CONTENT[2]], [*CONTENT[:2], "SUMMARY:A"]],
)
def test_what_changed_counts_on(content: list[str]) -> None:
    assert revised(calendar(entry(*CONTENT)), content) == Revision(4, OLD, NEW)


def test_a_clock_that_runs_backwards_moves_nothing_back() -> None:
    previous = calendar(entry(*CONTENT, changed="20300101T000000Z"))
    assert revised(previous, CONTENT[:2]) == Revision(4, OLD, "20300101T000000Z")


def test_line_ends_and_folds_are_no_content() -> None:
    long = [*CONTENT, "DESCRIPTION:" + "x" * 200]
    whole = calendar(entry(*long))
    folded = whole.replace(b"x" * 50, b"x" * 49 + b"\r\n x")
    lf = folded.replace(b"\r\n", b"\n")
    for data in (whole, folded, lf, folded.replace(b"\n", b"\r\n"), folded.replace(b"\r\n", b"\r"),
                 b"\xef\xbb\xbf" + lf, b"\n" + lf + b"\n\n", lf.replace(b"\n ", b"\n\t"),
                 lf.removesuffix(b"\n")):  # fmt: skip
        assert revise(recall(data), "a@t", long, never) == Revision(3, OLD, OLD)
        assert recall(data).modified == OLD


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("SEQUENCE:3\n", "", Revision(1, OLD, NEW)),
        ("SEQUENCE:3\n", "SEQUENCE:3\nSEQUENCE:7\n", Revision(8, OLD, NEW)),
        ("SEQUENCE:3\n", "sequence;X-A=b:3\n", Revision(4, OLD, NEW)),
        (f"CREATED:{OLD}\n", "", Revision(4, OLD, NEW)),
        (f"CREATED:{OLD}\n", "CREATED:yesterday\n", Revision(4, OLD, NEW)),
        (f"DTSTAMP:{OLD}\n", "", Revision(4, OLD, NEW)),
        (f"DTSTAMP:{OLD}\n", "DTSTAMP:20250102T000000Z\n", Revision(4, OLD, NEW)),
        (f"LAST-MODIFIED:{OLD}\n", "LAST-MODIFIED:20250230T000000Z\n", Revision(4, OLD, NEW)),
        ("END:VEVENT", "BEGIN:VALARM\nEND:VALARM\nEND:VEVENT", Revision(4, OLD, NEW)),
    ],
)
def test_a_revision_that_was_edited_is_recovered_and_counts_on(
    before: str, after: str, expected: Revision
) -> None:
    text = calendar(entry(*CONTENT), head="").decode().replace("\r\n", "\n")
    assert revised(text.replace(before, after).encode()) == expected


def test_other_components_are_passed_over() -> None:
    zone = "BEGIN:VTIMEZONE\nTZID:Asia/Tokyo\nBEGIN:STANDARD\nEND:STANDARD\nEND:VTIMEZONE\n"
    assert list(recall(calendar(zone, entry(*CONTENT))).entries) == ["a@t"]


def test_an_entry_without_any_instant_was_created_now() -> None:
    bare = calendar("\n".join(["BEGIN:VEVENT", *CONTENT, "END:VEVENT\n"]))
    assert revised(bare) == Revision(1, NEW, NEW)


def test_an_entry_that_stands_twice_counts_on_from_the_higher() -> None:
    twice = calendar(entry(*CONTENT, number=3), entry(*CONTENT, number=9))
    assert revised(twice) == Revision(10, OLD, NEW)


@pytest.mark.parametrize("number", ["x", "", "-1", "1e3", "٣", "9" * 5000, HIGHEST + 1])
def test_a_sequence_that_is_no_number_is_not_guessed(number: object) -> None:
    past = recall(calendar(entry(*CONTENT, number=number)))
    with pytest.raises(Foreign, match="entry a@t that lies there has the SEQUENCE"):
        sequence(past, "a@t")
    with pytest.raises(Foreign):
        revise(past, "a@t", CONTENT, never)


def test_a_sequence_stays_an_integer() -> None:
    past = recall(calendar(entry(*CONTENT, number=HIGHEST)))
    assert revise(past, "a@t", CONTENT[:2], lambda: NEW).sequence == HIGHEST


def test_a_uid_is_text() -> None:
    content = [r"UID:a\,b\;c\\d\ne", *CONTENT[1:]]
    past = recall(calendar(entry(*content)))
    assert list(past.entries) == ["a,b;c\\d\ne"]
    assert revise(past, "a,b;c\\d\ne", content, never).sequence == 3
    assert unescaped("a\\") == "a"


def test_who_left_is_remembered_and_counts_on() -> None:
    past = recall(calendar(entry(*CONTENT), entry("UID:b@t", "SUMMARY:B", number=5)))
    gone = departed(past, ["a@t"])
    assert gone == {trace("b@t"): 5}
    head = "".join(f"X-TIMELINE-GONE:{key}={number}\n" for key, number in gone.items())
    later = recall(calendar(entry(*CONTENT), head=head))
    assert later.gone == gone
    assert "b@t" not in later.text
    assert revise(later, "b@t", ["UID:b@t"], lambda: NEW) == Revision(6, NEW, NEW)
    assert departed(later, ["a@t", "b@t"]) == {}
    assert departed(later, []) == {trace("a@t"): 3, trace("b@t"): 5}


def test_whether_a_calendar_says_what_lies_there() -> None:
    data = calendar(entry(*CONTENT))
    past = recall(data)
    text = unfolded(data.decode()).replace(f"\nLAST-MODIFIED:{OLD}\n", "\n", 1)
    assert unchanged(past, text)
    assert not unchanged(past, text.replace("Talks", "talks"))
    unstamped = recall(calendar(entry(*CONTENT), head=""))
    assert not unchanged(unstamped, unstamped.text)
    assert recall(calendar(head="LAST-MODIFIED:soon\n")).modified == ""
    assert not unchanged(Past(), "")


WHOLE = calendar(entry(*CONTENT))
REASONS = {
    b"": "is empty",
    b" \r\n\n": "is empty",
    b"\xff\xfe": "not text in UTF-8",
    b"<html></html>\n": "not a calendar",
    b"BEGIN:VCARD\nEND:VCARD\n": "not a calendar",
    WHOLE[:-15]: "torn: BEGIN:VCALENDAR has no END",
    WHOLE[: WHOLE.index(b"SEQUENCE")]: "torn: BEGIN:VEVENT has no END",
    WHOLE[: WHOLE.index(b"MODIFIED")]: "line 4 of",
    WHOLE.replace(b"END:VEVENT\r\n", b""): "torn: END:VCALENDAR ends nothing",
    WHOLE.replace(b"SUMMARY", b"<<<<<<< HEAD\r\nSUMMARY"): "line 12 of",
    WHOLE.replace(b"SUMMARY", b"=======\r\nSUMMARY"): "line 12 of",
    WHOLE.replace(b"SUMMARY", b">>>>>>> main: edit\r\nSUMMARY"): "line 12 of",
    WHOLE + WHOLE: "more than one calendar",
    WHOLE + b"X-A:b\r\n": "goes on after its end",
    WHOLE.replace(b"UID:a@t\r\n", b""): "has no UID",
    WHOLE.replace(PRODID.encode(), b"-//Other//EN"): "made by -//Other//EN, not by this program",
    WHOLE.replace(f"PRODID:{PRODID}\r\n".encode(), b""): "does not say what made it",
}


@pytest.mark.parametrize("data", REASONS, ids=REASONS.values())
def test_what_is_not_our_whole_feed_is_named(data: bytes) -> None:
    with pytest.raises(Foreign) as caught:
        recall(data)
    assert REASONS[data] in str(caught.value)
    assert str(caught.value).endswith("; move it away, or name another folder")


@pytest.mark.parametrize(
    ("lies", "states", "foreign"),
    [("", "", False), ("", "t", False), ("t", "t", False), ("t", "u", True), ("t", "", True)],
)
def test_a_feed_belongs_to_the_timeline_that_it_names(
    lies: str, states: str, foreign: bool
) -> None:
    data = calendar(entry(*CONTENT), head=f"X-TIMELINE-ID:{lies}\n" if lies else "")
    if foreign:
        with pytest.raises(Foreign, match="of the timeline `t`"):
            recall(data, states)
    else:
        assert list(recall(data, states).entries) == ["a@t"]


lines = st.sampled_from(
    ["BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "UID:a", "UID;X=y:b", " c",
     "", f"PRODID:{PRODID}", "SEQUENCE:1", "SEQUENCE:x", f"DTSTAMP:{OLD}", f"LAST-MODIFIED:{OLD}",
     "BEGIN:VTIMEZONE", "END:VTIMEZONE", "BEGIN:", "END:", "X-TIMELINE-GONE:0123456789ab=4", "\t",
     ":"]
)  # fmt: skip


@given(st.lists(lines, max_size=16), st.sampled_from(["\r\n", "\n", "\r"]), st.binary(max_size=9))
def test_any_file_is_read_or_refused(texts: list[str], ending: str, tail: bytes) -> None:
    whole = ["BEGIN:VCALENDAR", f"PRODID:{PRODID}", *texts, "END:VCALENDAR"]
    for data in (ending.join(texts).encode() + tail, ending.join(whole).encode() + tail):
        try:
            past = recall(data)
            for uid in past.entries:
                revise(past, uid, CONTENT, lambda: NEW)
            departed(past, [])
        except Foreign as error:
            assert "there" in str(error)


def test_a_huge_file_is_read_in_proportion() -> None:
    blank = b"\r\n" * 200_000
    folds = b"\r\n ".join([b"X-A:"] + [b"x"] * 200_000) + b"\r\n"
    doubles = entry(*CONTENT).replace("\n", "\r\n").encode() * 4_000
    for filling in (blank, folds, doubles):
        data = WHOLE.replace(b"BEGIN:VEVENT", filling + b"BEGIN:VEVENT", 1)
        assert revised(data).sequence in (3, 4)


@pytest.mark.parametrize(
    "value", ["20250230T000000Z", "20251301T000000Z", "00000101T000000Z", "20250101T240000Z",
              "20250101T000000", "2025-01-01", "", "２０２５0101T000000Z"]
)  # fmt: skip
def test_not_every_value_is_an_instant(value: str) -> None:
    assert not is_instant(value)
    assert is_instant("20240229T235959Z")


def test_a_feed_states_whose_it_is() -> None:
    data = calendar(head="X-TIMELINE-ID:ab\n")
    assert states(data, "ab")
    assert states(data.replace(b"\r\n", b"\n"), "ab")
    assert not states(data, "a")
    assert not states(b"X-TIMELINE-ID:abc", "ab")
