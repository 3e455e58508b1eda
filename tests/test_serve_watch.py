"""A change counts once, and only after the file has lain still."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from timeline.serve.watch import Look, Watch, look

steps = st.lists(st.tuples(st.integers(0, 3), st.floats(0, 0.6)), min_size=1, max_size=30)


def seen(number: int) -> Look:
    return ((number,),)


@given(steps)
def test_due_only_after_stillness_and_once(found: list[tuple[int, float]]) -> None:
    """Against the definition: the last looks that cover half a second are all the same, and are not
    what was taken."""
    watch, now, taken = Watch(seen(0), 0.5), 0.0, 0
    past: list[tuple[float, int]] = []
    for number, wait in found:
        now += wait
        past.append((now, number))
        since = now
        for at, other in reversed(past):
            if other != number or other == taken:
                break
            since = at
        due = number != taken and now - since >= 0.5
        assert watch.due(seen(number), now) is due
        if due:
            watch.take(seen(number))
            taken = number
            assert not watch.due(seen(number), now)


def test_an_edit_settles_however_long_nobody_looked() -> None:
    watch = Watch(seen(0), 0.5)
    assert not watch.due(seen(1), 100.0)
    assert watch.due(seen(1), 100.5)


def test_back_to_what_was_taken_is_no_change() -> None:
    watch = Watch(seen(0), 0.5)
    assert not watch.due(seen(1), 1.0)
    assert not watch.due(seen(0), 1.2)
    assert not watch.due(seen(1), 1.6)


def test_what_files_look_like(tmp_path: Path) -> None:
    one = tmp_path / "a"
    assert look([one]) == (None,)
    assert look(["a\0b"]) == (None,)
    one.write_bytes(b"1")
    before = look([one])
    os.utime(one, ns=(1, 1))
    one.write_bytes(b"2")
    os.utime(one, ns=(1, 1))
    assert look([one]) != before
    other = tmp_path / "b"
    other.write_bytes(b"2")
    os.utime(other, ns=(1, 1))
    now = look([one])
    os.replace(other, one)
    assert look([one]) != now
