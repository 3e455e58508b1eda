from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render_cases import (
    CIRCLE,
    CLASHING,
    FAULTS,
    FAULTY,
    NUMBERS,
    long_circle,
    patiently,
    reports,
)  # fmt: skip

from timeline.diagnostics import Diagnostic, Label
from timeline.render.text import text
from timeline.source import Document, Span, parse
from timeline.width import visible, width

Snapshot = Callable[[str, str], None]


@pytest.mark.parametrize("columns", [80, 40])
@pytest.mark.parametrize("colour", [False, True])
def test_faults_are_shown(columns: int, colour: bool, snapshot: Snapshot) -> None:
    shown = text(FAULTS, FAULTY, colour=colour, width=columns)
    snapshot(f"faults-{columns}{'-colour' * colour}", shown)


@pytest.mark.parametrize("columns", [80, 40])
@pytest.mark.parametrize("colour", [False, True])
def test_contradictions_are_argued(columns: int, colour: bool, snapshot: Snapshot) -> None:
    shown = text((NUMBERS, CIRCLE), CLASHING, colour=colour, width=columns)
    snapshot(f"contradictions-{columns}{'-colour' * colour}", shown)


def test_colour_adds_nothing_but_colour() -> None:
    plain = text((*FAULTS, NUMBERS), FAULTY, colour=False, width=60)
    coloured = text((*FAULTS, NUMBERS), FAULTY, colour=True, width=60)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    assert plain != coloured


def test_a_long_argument_is_shown_in_part() -> None:
    document, found = long_circle(200)
    shown = text([found], document, colour=False, width=80)
    assert "  … 178 more statements …" in shown
    assert "\n 16. e15 is after e14\n" in shown
    assert "e16 is after" not in shown
    assert "\n195. e194 is after e193\n" in shown
    assert "So they run in a circle." in shown
    document, found = long_circle(23)
    assert "more statements" not in text([found], document, colour=False, width=80)


def test_a_verdict_in_numbers_alone() -> None:
    found = Diagnostic(
        "TL401", "these 1 statements cannot all be true: 1 day 4 h short", (),
        details={"kind": "numbers", "short_by": 100_800, "statements": [{"message": "a"}]},
    )  # fmt: skip
    shown = text([found], parse(b"", "e"), colour=False, width=80)
    assert "these 1 statements cannot all be true\n" in shown
    assert "So they cannot all be true: 1 day 4 h short." in shown
    assert "To mend it" not in shown


@pytest.mark.parametrize(
    ("sizes", "least"),
    [((5, 7), [0]), ((7, 5, 5), [1, 2]), ((5, 5), []), ((5, 5, None), []), ((5, None), [])],
)
def test_the_least_change_is_named_where_there_is_a_choice(
    sizes: tuple[int | None, ...], least: list[int]
) -> None:
    told = [{"message": "m", "mend": f"mend {i}", "change_seconds": s} for i, s in enumerate(sizes)]
    found = Diagnostic("TL401", "m", details={"kind": "numbers", "statements": told},
                       related=tuple(Label((), "m") for _ in sizes[1:]))  # fmt: skip
    shown = text([found], parse(b"", "e"), colour=False, width=80)
    marked = [i for i in range(len(sizes)) if f"mend {i} — the least change\n" in shown]
    assert marked == least


def test_notes_follow_an_argument() -> None:

    shown = text([CIRCLE._replace(notes=("and more",))], CLASHING, colour=False, width=80)
    assert shown.endswith("drop it\n\nnote: and more\n\n1 error in events.toml\n")


@pytest.mark.parametrize(
    ("raw", "codes", "events", "line"),
    [
        (b"[events.a]\n[events.b]\n", [], None, "e.toml: 2 events, consistent"),
        (b"[events.a]\n", ["TL509"], None, "e.toml: 1 event, consistent (1 advice)"),
        (b"", ["TL501"], None, "e.toml: no events, consistent (1 warning)"),
        (b"events = 3", [], None, "e.toml: no events, consistent"),
        (b"", [], 7, "e.toml: 7 events, consistent"),
        (b"", ["TL101", "TL101", "TL509"], None, "2 errors, 1 advice in e.toml"),
        (b"", ["TL509", "TL510"], 3, "e.toml: 3 events, consistent (2 advices)"),
    ],
)
def test_the_last_line_sums_up(raw: bytes, codes: list[str], events: int | None, line: str) -> None:
    found = [Diagnostic(code, "m") for code in codes]
    shown = text(found, parse(raw, "e.toml"), colour=False, width=80, events=events)
    assert shown.endswith(line + "\n")
    assert shown.count("\n\n") == len(codes)


def test_a_document_without_text_has_no_excerpt() -> None:
    found = Diagnostic("TL003", "too large", help="split it", span=Span(1, 1, 1, 1))
    shown = text([found], Document("e.toml", "", {}), colour=False, width=80)
    assert shown == (
        "error[TL003] too-large: too large\n --> e.toml:1:1\nhelp: split it\n\n1 error in e.toml\n"
    )


@patiently
@given(reports(), st.integers(1, 130))
def test_nothing_in_a_file_can_drive_the_terminal(
    report: tuple[list[Diagnostic], Document], columns: int
) -> None:
    found, document = report
    plain = text(found, document, colour=False, width=columns)
    for line in plain.split("\n"):
        assert visible(line) == line
        assert width(line) <= max(columns, 40) or visible(document.filename) in line
    coloured = text(found, document, colour=True, width=columns)
    assert re.sub(r"\x1b\[(?:[0-9]+;?)+m", "", coloured) == plain
