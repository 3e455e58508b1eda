"""Events packed in rows: as by trying each row in turn, and little work for what finds none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_cases import many, schedule_of

from timeline.exporters import picture_dense
from timeline.exporters.picture_dense import _GAP, _Rows, _Span
from timeline.exporters.svg import draw

spans = st.builds(
    lambda left, width, over: _Span("", 0, float(left), float(left + width), over),
    st.integers(10, 60), st.integers(1, 12), st.booleans(),
)  # fmt: skip
events = st.lists(spans, min_size=8, max_size=30).map(lambda of: sorted(of, key=lambda one: one.left))


def first_fit(wanted: tuple[_Span, ...], ends: list[float]) -> tuple[int, _Span] | None:
    """Every row tried in turn, and with it the next for a title above its mark."""
    for span in wanted:
        for row in range(len(ends) - span.over):
            rows = range(row, row + 1 + span.over)
            if all(ends[i] + _GAP <= span.left for i in rows):
                for i in rows:
                    ends[i] = span.right
                return row, span
    return None


@given(st.integers(0, 5), events, events)
def test_rows_are_taken_first_fit(count: int, best: list[_Span], others: list[_Span]) -> None:
    rows, ends = _Rows(count, 10.0), [10.0 - _GAP] * count
    for wanted in zip(best, others, strict=False):
        assert rows.take(wanted) == first_fit(wanted, ends)
        assert rows.least == min(ends, default=10.0 - _GAP) + _GAP


def test_a_full_picture_measures_no_more_titles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the rows are taken, an event is counted without asking how long its title is."""
    measured: list[str] = []

    def fit(title: str, room: float, size: float) -> str:
        measured.append(title)
        return title[: int(room / size)]

    monkeypatch.setattr(picture_dense, "fit", fit)
    asked = []
    for count in (1500, 6000):
        measured.clear()
        schedule = schedule_of(many(count))
        assert schedule is not None
        draw(schedule, None)
        asked.append(len(measured))
    assert asked[1] < 2 * asked[0]
