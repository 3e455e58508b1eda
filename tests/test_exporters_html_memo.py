"""The items of a page hang on nothing but what `html_memo` says: pages of a file that is edited, with what
the last one wrote and without it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from edited_files import Edit, File, edits
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline import api
from timeline.exporters import html
from timeline.exporters.html import Site
from timeline.exporters.markup import Markup
from timeline.memo import Memo


@pytest.fixture(autouse=True, scope="module")
def without_pictures() -> Iterator[None]:
    """They take most of the time, and have no part in this."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html, "picture", lambda schedule, view, memo: Markup())
        yield


@settings(max_examples=300, deadline=None)
@given(st.lists(edits(), min_size=3, max_size=12))
def test_pages_are_the_same_with_a_memo_and_without(changes: list[Edit]) -> None:
    file, memo = File(), Memo()
    for change in (None, *changes):
        if change is not None:
            file.edit(*change)
        report = api.check(file.text())
        if not report.consistent:
            continue
        schedule = api.load(file.text())
        memo.begin()
        for view in (None, schedule.timeline.views["v"]):
            assert html.page(schedule, view, Site(), memo) == html.page(schedule, view, Site())


@pytest.mark.parametrize("change", [
    ("e0", "when", "2025-10-20?"),  # another event's date, in the same window
    ("e1", "tags", ["x"]),  # an event that another names comes into the view
    ("e1", "title", "Renamed"),
    ("e0", "who", None),  # another is the first with a role now
    ("people.p", "", 'role = "Witness"'),
])  # fmt: skip
def test_what_one_item_hangs_on_elsewhere(change: Edit) -> None:
    file, memo = File(), Memo()
    file.edit("e2", "tags", ["x"])
    pages = []
    for edit in (None, change):
        if edit is not None:
            file.edit(*edit)
        schedule = api.load(file.text())
        view = schedule.timeline.views["v"]
        memo.begin()
        pages.append(html.page(schedule, view, Site(), memo))
        assert pages[-1] == html.page(schedule, view, Site())
    assert pages[0] != pages[1]
