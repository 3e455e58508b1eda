"""What the next feed follows: no number that anyone has seen may fall."""

from __future__ import annotations

from pathlib import Path

import pytest
from feed_cases import NOW, feed
from hypothesis import given, settings
from hypothesis import strategies as st
from ics_validator import validate
from serving import STORY

from timeline.exporters import EXPORTERS, USUAL
from timeline.feed import Foreign, recall, trace
from timeline.serve.record import latest, standing

HEAD = '[timeline]\nid = "t"\ntimezone = "UTC"\n'
NAMES = ("a", "b", "c")


def file(titles: dict[str, str]) -> str:
    events = [f'[events.{n}]\ntitle = "{t}"\nwhen = 2025-10-27\n' for n, t in titles.items()]
    return HEAD + "".join(events)


def numbers(data: bytes) -> dict[str, int]:
    """The SEQUENCE that a feed knows of each event, present or gone."""
    past = recall(data, "t")
    known = {}
    for name in NAMES:
        uid = f"{name}@t"
        if uid in past.entries:
            line = next(row for row in past.lines(uid).split("\n") if row.startswith("SEQUENCE:"))
            known[name] = int(line[9:])
        else:
            known[name] = past.gone.get(trace(uid), -1)
    return known


# A life: at each step some events, each with one of two titles; told to one feed, the other, or both.
life = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from(NAMES), st.sampled_from("xy")),
        st.sampled_from(("there", "here", "both")),
    ),
    max_size=6,
)


@settings(deadline=None)
@given(life, st.dictionaries(st.sampled_from(NAMES), st.sampled_from("xy")))
def test_no_number_falls_and_the_record_counts(
    steps: list[tuple[dict[str, str], str]], last: dict[str, str]
) -> None:
    there = here = feed(file({"a": "x"}))
    for i, (titles, told) in enumerate(steps):
        now = NOW + 10 * i
        if told != "here":
            there = feed(file(titles), previous=there, now=now)
        if told != "there":
            here = feed(file(titles), previous=here, now=now)
    record = latest(there, here, "t")
    ours, theirs, both = numbers(here), numbers(there), numbers(record)
    assert both == {name: max(ours[name], theirs[name]) for name in NAMES}
    pairs = [(_entry(there, name), _entry(here, name)) for name in NAMES]
    parted = any(a and b and a[0] == b[0] and a[1] != b[1] for a, b in pairs)
    if not parted and all(theirs[name] >= ours[name] for name in NAMES):
        assert record == there  # to the byte
    published = feed(file(last), previous=record, now=NOW + 999)
    assert validate(published, allow_empty=True) == []
    for name, number in numbers(published).items():
        assert number >= both[name]
        if name in last and both[name] >= 0:  # what a subscriber has seen under that number stays
            for old in (there, here):
                entry, kept = _entry(old, name), _entry(published, name)
                if entry and entry[0] == number:
                    assert kept is not None
                    assert entry[1] == kept[1]


def _entry(data: bytes, name: str) -> tuple[int, str] | None:
    past = recall(data, "t")
    if f"{name}@t" not in past.entries:
        return None
    rows = past.lines(f"{name}@t").split("\n")
    title = next(row for row in rows if row.startswith("SUMMARY:"))
    return int(next(row for row in rows if row.startswith("SEQUENCE:"))[9:]), title


def test_one_number_told_of_two_things_counts_on() -> None:
    base = feed(file({"a": "x"}))
    here = feed(file({"a": "y"}), previous=base)
    there = feed(file({"a": "z"}), previous=base)
    for title in "xyz":
        record = latest(there, here, "t")
        assert numbers(feed(file({"a": title}), previous=record))["a"] == 2


def test_where_there_is_but_one_it_is_that() -> None:
    one = feed(file({"a": "x"}))
    assert latest(None, one) == one
    assert latest(one, one) == one


def test_a_calendar_without_entries_is_a_record_too() -> None:
    full = feed(file({"a": "x"}))
    empty = feed(HEAD, previous=full)
    bumped = feed(file({"a": "y"}), previous=full)
    assert numbers(latest(feed(HEAD), bumped, "t"))["a"] == 1
    assert latest(empty, full, "t") == empty
    assert numbers(latest(empty, bumped, "t"))["a"] == 1


def test_a_stranger_is_refused() -> None:
    with pytest.raises(Foreign):
        latest(b"torn", feed(file({"a": "x"})), "t")


def test_without_a_stamp_none_is_made_up() -> None:
    rows = feed(file({"a": "x"})).split(b"\r\n")
    bare = b"\r\n".join(row for row in rows if not row.startswith(b"LAST-MODIFIED:"))
    newer = b"\r\n".join(
        row.replace(b"SEQUENCE:0", b"SEQUENCE:3") for row in bare.split(b"\r\n"))  # fmt: skip
    merged = latest(bare, newer, "t")
    assert recall(merged, "t").modified == ""
    assert numbers(merged)["a"] == 3


# What an earlier run left ------------------------------------------------------------------------


def left(folder: Path) -> set[str]:
    return set(standing(folder))


def test_what_lies_there_may_stand_in(tmp_path: Path) -> None:
    import timeline

    assert left(tmp_path / "none") == set()
    schedule = timeline.load(STORY)
    every = timeline.export(schedule, clock=lambda: NOW)
    for name, output in every.items():
        (tmp_path / name).write_bytes(output.text.encode())
    (tmp_path / "notes.txt").write_bytes(b"private")
    (tmp_path / ".all.ics.x.part").write_bytes(b"half")
    (tmp_path / "Short.ics").write_bytes((tmp_path / "short.ics").read_bytes())
    (tmp_path / "torn.ics").write_bytes((tmp_path / "short.ics").read_bytes()[:-30])
    assert left(tmp_path) == set(every)
    assert set(standing(tmp_path, {})) == {f"all.{EXPORTERS[usual].extension}" for usual in USUAL}
    assert set(standing(tmp_path, {"short": {}})) == set(every)
    (tmp_path / "all.ics").write_bytes(b"BEGIN:VCALENDAR")
    assert left(tmp_path) == set()  # without the whole timeline there is nothing to stand on


def test_a_timeline_without_an_id_may_stand_in_too(tmp_path: Path) -> None:
    (tmp_path / "all.ics").write_bytes(feed("[events.a]\nwhen = 2025-10-27\n"))
    assert left(tmp_path) == {"all.ics"}
