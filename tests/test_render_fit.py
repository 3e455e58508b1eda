from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render_cases import texts

from timeline.render.fit import LONGEST, cut, head, pad, shown, tail, wrap
from timeline.width import visible, width

_printable = texts.map(shown)


def test_what_cannot_be_printed_is_shown_as_an_escape() -> None:
    assert shown("a\x1b[31m\u202eb\n") == "a\\u001b[31m\\u202eb\\n"
    assert shown("x" * LONGEST) == "x" * LONGEST
    assert shown("x" * (LONGEST + 1)) == "x" * LONGEST + "…"


def test_cutting_counts_columns() -> None:
    assert head("日本語", 5) == "日本"
    assert head("abc", 2) == "ab"
    assert head("日本語", 0) == head("abc", -1) == tail("abc", 0) == ""
    assert tail("日本語", 5) == "本語"
    assert tail("abc", 2) == "bc"
    assert cut("日本語", 6) == "日本語"
    assert cut("日本語", 5) == "日本…"
    assert cut("abc", 0) == ""
    assert pad("日本", 6) == "日本  "


def test_pictures_stay_whole() -> None:
    assert head("a👨\u200d👩\u200d👧", 2) == "a"
    assert head("👨\u200d👩x", 2) == "👨\u200d👩"
    assert tail("e\u0301e\u0301", 1) == "e\u0301"
    assert wrap("a本👍🏽本👍🏽本", 8) == ["a本👍🏽本", "👍🏽本"]


def test_lines_break_at_blanks() -> None:
    assert wrap("one two three", 9) == ["one two", "three"]
    assert wrap("one two three", 11, "1. ") == ["1. one two", "   three"]
    assert wrap("one two three", 12, "", "    ") == ["one two", "    three"]
    assert wrap("", 9, "x ") == ["x"]
    assert wrap("abcdefghijkl mn", 8) == ["abcdefgh", "ijkl mn"]
    assert wrap("ab cdefghijklmn", 8) == ["ab", "cdefghij", "klmn"]
    assert wrap("ab cdé_ghijklmn", 8) == ["ab", "cdé_ghij", "klmn"]


def test_numbers_stay_with_what_they_count() -> None:
    assert wrap("no later than 27 Oct 2025, 18:45", 20) == ["no later than", "27 Oct 2025, 18:45"]
    assert wrap("it is 1 day 4 h short", 14) == ["it is 1 day", "4 h short"]
    assert wrap("spending at 2 % of GDP", 13) == ["spending at", "2 % of GDP"]
    assert wrap("1 hour", 8) == ["1 hour"]
    assert wrap("12345678 days", 8) == ["12345678", "days"]


def test_east_asian_text_breaks_between_its_letters() -> None:
    assert wrap("高市首相とトランプ大統領の会談", 10) == ["高市首相と", "トランプ大", "統領の会談"]
    assert wrap("ab 高市首相と", 9) == ["ab 高市首", "相と"]
    assert wrap("高市首相、会談", 8) == ["高市首", "相、会談"]
    assert wrap("高市首「会談」", 8) == ["高市首", "「会談」"]
    assert wrap('"赤坂迎賓" is', 9) == ['"赤坂迎', '賓" is']
    assert wrap("高市ABCDEFG", 9) == ["高市", "ABCDEFG"]


def test_a_narrow_terminal_still_gets_words() -> None:
    assert wrap("one two three", 1, "note: ") == ["note: one two", "      three"]


@given(_printable, st.integers(-1, 60))
def test_pieces_fit(text: str, columns: int) -> None:
    for piece in (head(text, columns), tail(text, columns), cut(text, columns)):
        assert width(piece) <= max(columns, 0)
        assert visible(piece) == piece
    assert text.startswith(head(text, columns))
    assert text.endswith(tail(text, columns))


@given(_printable, st.integers(8, 60), st.sampled_from(["", "1. ", "note: "]))
def test_wrapping_keeps_every_visible_letter(text: str, columns: int, first: str) -> None:
    lines = wrap(text, columns, first)
    assert all(width(line) <= max(columns, len(first) + 8) for line in lines)
    assert all(visible(line) == line for line in lines)
    kept = "".join(line[len(first) :] for line in lines)

    def inked(one: str) -> str:
        return "".join(c for c in one if width(c) and c not in " \u00a0")

    assert inked(kept) == inked(text)


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_no_width_is_too_narrow(columns: int) -> None:
    assert "".join(wrap("日本 e\u0301 👨\u200d👩 abc", columns)).replace(" ", "") != ""
