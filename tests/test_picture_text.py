"""Widths of text without a font, and lines that fit."""

from __future__ import annotations

from functools import cache
from typing import Any

import browser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.exporters.picture_text import clusters, ems, fit, leading, lines, right_to_left

texts = st.text(max_size=60) | st.text("abc def-/日本語한국 العربية👍🏽🇯🇵e\u0301", max_size=60)


@given(texts)
def test_clusters_are_all_of_the_text(text: str) -> None:
    assert "".join(clusters(text)) == text


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("ab", 2),
        ("e\u0301a", 2),
        ("👍🏽", 1),
        ("🇯🇵🇺🇸", 2),
        ("🇯", 1),
        ("👨‍👩‍👧", 1),
        ("\u0301", 1),
        ("", 0),
    ],
)
def test_what_is_never_torn_apart(text: str, parts: int) -> None:
    assert len(clusters(text)) == parts


@given(texts, st.floats(20, 400), st.sampled_from((10, 13)), st.booleans())
def test_what_is_fitted_fits_and_begins_as_the_text(
    text: str, room: float, size: float, bold: bool
) -> None:
    shown = fit(text, room, size, bold)
    if shown == text:
        assert ems(text, bold) * size <= room
    else:
        assert shown.endswith("…")
        assert text.startswith(shown.removesuffix("…"))
        assert ems(shown, bold) * size <= room + 1e-6 or shown == "…"
        assert ems(text, bold) * size > room


@given(texts.map(lambda t: " ".join(t.split())), st.floats(40, 400), st.integers(1, 3))
def test_lines_fit_and_lose_nothing_unsaid(text: str, room: float, most: int) -> None:
    broken = lines(text, room, 13, most)
    assert 1 <= len(broken) <= most
    shown = "".join("".join(broken).split())
    whole = "".join(text.split())
    if broken[-1].endswith("…") and not text.endswith("…"):
        assert whole.startswith(shown.removesuffix("…"))
    else:
        assert shown == whole
    for line in broken:
        assert ems(line) * 13 <= room + 1e-6 or len(clusters(line.removesuffix("…"))) <= 1


def test_where_lines_break() -> None:
    assert lines("one two three", 50, 13, 3) == ["one two", "three"]
    assert lines("one two three", 50, 13, 1) == ["one t…"]
    assert lines("https://example.org/path/to", 95, 13, 3) == [
        "https://",
        "example.",
        "org/path/to",
    ]
    assert lines("会談、赤坂迎賓館", 58, 13, 3) == ["会談、", "赤坂迎", "賓館"]
    assert lines("", 50, 13, 2) == [""]


def test_which_way_a_line_runs() -> None:
    assert right_to_left("(פגישה) in Tokyo")
    assert right_to_left("12 لقاء")
    assert not right_to_left("Tokyo לקא")
    assert not right_to_left("12:00")


def test_other_scripts_stand_taller() -> None:
    assert leading("Ångström Ω Ж – 5 %…") < leading("日本") < leading("ไทย")
    assert leading("🎌") == leading("日")


@cache
def _measured(words: tuple[str, ...]) -> list[float]:
    browser.tab("canvas")
    driver = browser.driver()
    driver.get("data:text/html,<meta charset=utf-8><canvas></canvas>")
    found: Any = driver.execute_script(
        "const pen = document.querySelector('canvas').getContext('2d');"
        "pen.font = \"100px 'Helvetica Neue', Helvetica, Arial, 'Noto Sans', sans-serif\";"
        "return arguments[0].map(one => pen.measureText(one).width / 100)",
        list(words),
    )
    return list(found)


SAMPLES = (
    "Takaichi and Trump hold their first talks", "MMMMWWWW@@@@%%%%", "iiiillll....,,,,'''",
    "0123456789 – 27 Oct 2025, 18:05 to 19:00", "ÀÉÎÕÜ çñøßæœ ŁŻŹ", "Ελληνική Δημοκρατία",
    "Переговоры президентов ЖШЩ", "פגישה ראשונה בטוקיו", "لقاء الرئيس الأمريكي دونالد ترامب",
    "भारत के प्रधानमंत्री ने शिखर सम्मेलन", "การประชุมสุดยอดอาเซียน", "高市首相とトランプ大統領",
    "한국 경주에서 열린 회의", "👍🏽🇯🇵👨‍👩‍👧‍👦❤️1️⃣✈️🎌", "தமிழ்நாடு", "বাংলাদেশ", "ქართული", "հայերեն", "አማርኛ",
    "ＦＵＬＬ ＷＩＤＴＨ", "﷽", "e\u0301a\u0300", "𝕄𝕒𝕥𝕙", "→⇒∑√∞≠", "①②③✓✗★",
)  # fmt: skip


@pytest.mark.parametrize("text", SAMPLES)
def test_no_text_is_wider_than_it_is_taken_for(text: str) -> None:
    browser.needs_fonts()
    shown = _measured(SAMPLES)[SAMPLES.index(text)]
    assert shown <= ems(text) + 1e-6
    assert ems(text) < 2.3 * shown + 0.2, "nor is room thrown away"
