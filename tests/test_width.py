"""Columns of text, and text that is safe to print."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.width import visible, width

_REORDERING = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("abc ~", 5),
        ("é", 1),
        ("e\u0301", 1),
        ("日本", 4),
        ("ＡＢ", 4),
        ("ｱﾟ", 2),
        ("한국", 4),
        ("\u1112\u1161\u11ab", 2),  # one syllable in three letters
        ("\u0e01\u0e33", 2),
        ("a\u200bb\u202e", 2),
        ("\x1b", 0),
        ("👍", 2),
        ("👍🏽", 2),
        ("☝🏽", 2),
        ("🏽", 2),
        ("👨‍👩‍👧", 2),
        ("🧑🏽‍🚀!", 3),
        ("🏳️‍🌈", 2),
        ("👩‍❤️‍👨", 2),
        ("👩\u200dx", 3),
        ("日\u200d👩", 4),
        ("❤", 1),
        ("❤️", 2),
        ("❤️️", 2),
        ("x\ufe0f", 1),
        ("\ufe0f", 0),
        ("1️⃣", 2),
        ("🇯🇵", 2),
        ("🏴\U000e0067\U000e007f", 2),
        ("\U0001fbff", 1),
        ("\U0001faff", 2),
        ("\U0003fffd", 2),
    ],
)
def test_columns(text: str, columns: int) -> None:
    assert width(text) == columns


@given(st.text(), st.text(alphabet=st.characters(categories=["Lu", "Ll", "Lo"]), max_size=5))
def test_letters_add_their_own_columns(text: str, word: str) -> None:
    assert width(f"{text} {word}") == width(text) + 1 + width(word)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain ~", "plain ~"),
        ("日本語\u3000は\u00a0é e\u0301", "日本語\u3000は\u00a0é e\u0301"),
        ("\x1b[31m\x07", r"\u001b[31m\u0007"),
        ("a\tb\r\nc", r"a\tb\r\nc"),
        ("\x9b1m\x7f", r"\u009b1m\u007f"),
        ("\u202eabc\u2066\u200e", r"\u202eabc\u2066\u200e"),
        ("a\u2028b\u2029", r"a\u2028b\u2029"),
        ("a\u200bb\ufeff\u00ad", r"a\u200bb\ufeff\u00ad"),
        ("\ud800", r"\ud800"),
        ("\U000e0061\U000e0100", r"\U000e0061\U000e0100"),
        ("葛\U000e0100\U000e0101", "葛\U000e0100" + r"\U000e0101"),
        ("\u3164\u2800\u034f\u180e", r"\u3164\u2800\u034f\u180e"),
        ("\ufffe\U0001ffff\ufdd0\ufff1\u2065", r"\ufffe\U0001ffff\ufdd0\ufff1\u2065"),
        ("👩‍❤️‍👨 1️⃣ ☎︎ 🧑🏽‍🚀 🇯🇵", "👩‍❤️‍👨 1️⃣ ☎︎ 🧑🏽‍🚀 🇯🇵"),
        ("❤️️", "❤️" + r"\ufe0f"),
        ("☎\ufe00 x\ufe0f", r"☎\ufe00 x\ufe0f"),
        ("\ufe0f", r"\ufe0f"),
        ("☎\u202e\ufe0f", r"☎\u202e\ufe0f"),
        ("☎\u200d\u2800", r"☎\u200d\u2800"),
        ("می‌خواهم", "می‌خواهم"),
        ("क्‍ष", "क्‍ष"),
        ("a\u200cb\u200d", r"a\u200cb\u200d"),
        ("\u200d👩\u200dx", r"\u200d👩\u200dx"),
        ("≠\u200d≠ =\u200d=", "≠\u200d≠ " + r"=\u200d="),
        ("\U0001fafe\u200d\U0001fafe", "\U0001fafe\u200d\U0001fafe"),
        (r"C:\u202e", r"C:\u202e"),
    ],
)
def test_what_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(alphabet=st.characters() | st.sampled_from("\u200d\u200c\ufe0f\u202e\x1b👩❤्ی日")))
def test_what_is_shown_can_do_no_harm(text: str) -> None:
    shown = visible(text)
    shown.encode()
    assert len(shown.splitlines()) <= 1
    for char in shown:
        assert unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp")
        assert unicodedata.category(char) != "Cf" or char in "\u200c\u200d"
        assert unicodedata.bidirectional(char) not in _REORDERING
    assert visible(shown) == shown
