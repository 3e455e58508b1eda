from __future__ import annotations

import pytest

from timeline.diagnostics import Diagnostic, Label
from timeline.render.places import place, place_related, value_at
from timeline.source import Span, line, parse

TEXT = r'''
plain = "2025-13-27"
literal = '2025-13-27'
escaped = "2025-13\u002D27, 2025-14"
twice = "\u0041 AA A"
long = """
2025-13"""
date = 2025-10-27
list = ["a", { b = "\tcd" }]
'''
DOCUMENT = parse(TEXT.encode(), "e.toml")


def piece(name: str, within: tuple[int, int] | None, *more: str | int) -> str:
    span = place(Diagnostic("TL202", "m", (name, *more), within=within), DOCUMENT)
    assert span.row == span.end_row
    return line(DOCUMENT, span.row)[span.column - 1 : span.end_column - 1]


@pytest.mark.parametrize(
    ("name", "within", "marked"),
    [
        ("plain", (5, 2), "13"),
        ("plain", None, '"2025-13-27"'),
        ("literal", (5, 2), "13"),
        ("escaped", (12, 7), "2025-14"),
        ("escaped", (0, 10), r'"2025-13\u002D27, 2025-14"'),  # not as it is written
        ("escaped", (0, 0), r'"2025-13\u002D27, 2025-14"'),
        ("escaped", (99, 2), r'"2025-13\u002D27, 2025-14"'),
        ("twice", (2, 1), r'"\u0041 AA A"'),  # which of them?
        ("date", (0, 4), "2025-10-27"),
    ],
)
def test_a_piece_of_a_text(name: str, within: tuple[int, int] | None, marked: str) -> None:
    assert piece(name, within) == marked


def test_a_piece_deeper_down() -> None:
    assert piece("list", (1, 2), 1, "b") == "cd"


def test_a_text_of_several_rows_is_marked_as_a_whole() -> None:
    span = place(Diagnostic("TL202", "m", ("long",), within=(5, 2)), DOCUMENT)
    assert (span.row, span.end_row) == (6, 7)


def test_a_key_has_no_pieces() -> None:
    found = Diagnostic("TL202", "m", ("plain",), part="key", within=(1, 1))
    assert place(found, DOCUMENT) == Span(2, 1, 2, 6)


def test_a_span_that_is_known_stands() -> None:
    span = Span(3, 1, 3, 2)
    assert place(Diagnostic("TL002", "m", ("plain",), span=span), DOCUMENT) == span


def test_other_places() -> None:
    assert place_related(Label(("plain",), "m", "key"), DOCUMENT) == Span(2, 1, 2, 6)
    assert place_related(Label(("plain",), "m"), DOCUMENT) == Span(2, 9, 2, 21)


def test_values_by_path() -> None:
    assert value_at(DOCUMENT, ("list", 1, "b")) == "\tcd"
    assert value_at(DOCUMENT, ("list", 2)) is None
    assert value_at(DOCUMENT, ("list", "b")) is None
    assert value_at(DOCUMENT, ("none",)) is None
    assert value_at(DOCUMENT, ("plain", 0)) is None
