"""Texts are taken again only where they would be written the same, and no more of them are kept."""

from __future__ import annotations

from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from timeline.memo import Memo

exports = st.lists(st.tuples(
    st.integers(0, 1), st.dictionaries(st.sampled_from("abc"), st.integers(0, 2)),
))  # fmt: skip


def noted(made: list[str], name: str) -> str:
    made.append(name)
    return name


def told(holds: bool, piece: str) -> bool:
    assert piece == "a"
    return holds


@given(exports)
def test_a_text_is_that_of_its_values(runs: list[tuple[int, dict[str, int]]]) -> None:
    memo = Memo()
    for common, texts in runs:
        memo.begin()
        room = memo.room("page", common)
        for name, value in texts.items():
            told = room.kept(name, (value,), partial("{} {} {}".format, common, name, value))
            assert told == f"{common} {name} {value}"


@given(exports)
def test_what_is_as_it_was_last_time_is_not_made_again(
    runs: list[tuple[int, dict[str, int]]],
) -> None:
    memo = Memo()
    before: tuple[int | None, dict[str, int]] = None, {}
    for common, texts in runs:
        memo.begin()
        room = memo.room("page", common)
        made: list[str] = []
        for name, value in texts.items():
            room.kept(name, value, partial(noted, made, name))
        known = before[1] if before[0] == common else {}
        assert made == [name for name, value in texts.items() if known.get(name) != value]
        before = common, texts


def test_rooms_are_apart_and_go_with_what_nobody_asks_for() -> None:
    memo = Memo()
    for made in (["x", "y"], [], ["x", "y"]):
        memo.begin()
        found: list[str] = []
        for name in "xy":
            memo.room(name, 0).kept("a", 0, partial(noted, found, name))
        assert found == made
        if found == []:
            memo.begin()  # an export that asks for neither
            memo.begin()


def test_a_piece_may_say_itself_what_more_it_hangs_on() -> None:
    memo = Memo()
    made: list[str] = []
    for holds in (True, True, False, True):
        memo.begin()
        room = memo.room("page", None)
        room.kept("a", 0, partial(noted, made, "a"), partial(told, holds))
    assert made == ["a", "a"]


def test_a_room_that_is_left_is_there_the_time_after() -> None:
    memo = Memo()
    made: list[str] = []
    memo.begin()
    memo.room("page", 0).kept("a", 0, partial(noted, made, "a"))
    memo.begin()
    memo.leave("page")
    memo.begin()
    memo.room("page", 0).kept("a", 0, partial(noted, made, "a"))
    memo.leave("page")  # it is in use
    assert made == ["a"]
