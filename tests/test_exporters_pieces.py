"""The pieces of diagrams and pictures hang on nothing but the values that are given: each as a file is
edited, with what the last one wrote and without it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from edited_files import Edit, File, edits
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline import api
from timeline.exporters import (
    EXPORTERS,
    Look,
    Occasion,
    mermaid_charts,
    picture_dense,
    picture_rows,
)
from timeline.exporters.svg import draw
from timeline.memo import Memo


@pytest.fixture(autouse=True, scope="module")
def as_for_many() -> Iterator[None]:
    """Pictures as of hundreds of events, most of them counted, and charts of two events each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(picture_rows, "MOST", 0)
        patch.setattr(picture_dense, "ROWS", 1)
        patch.setattr(picture_dense, "_LEAST", 1)
        patch.setattr(mermaid_charts, "_TASKS", 2)
        yield


@settings(max_examples=150, deadline=None)
@given(st.lists(edits(), min_size=3, max_size=12), st.sampled_from(["", "place", "person", "tag"]))
def test_pieces_are_the_same_with_a_memo_and_without(changes: list[Edit], lanes: str) -> None:
    file, memo, look = File(), Memo(), Look(lanes=lanes)
    for change in (None, *changes):
        if change is not None:
            file.edit(*change)
        if not api.check(file.text()).consistent:
            continue
        schedule = api.load(file.text())
        memo.begin()
        for view in (None, schedule.timeline.views["v"]):
            gantt = EXPORTERS["mermaid-gantt"]
            first = gantt.export(schedule, view, Occasion(int, look=look, memo=memo))
            again = gantt.export(schedule, view, Occasion(int, look=look))
            assert (first.text, first.more, first.notes) == (again.text, again.more, again.notes)
            for width in (340, 800):
                kept = draw(schedule, view, width=width, lanes=lanes, memo=memo)
                assert kept == draw(schedule, view, width=width, lanes=lanes)
