"""The table of relations means what the format says, on every small pair of intervals."""

from __future__ import annotations

from itertools import product

import pytest

from timeline.allen import INVERSE, RELATIONS, anchor
from timeline.schema import RELATIONS as KEYS

MEANING = {
    "after": lambda a, A, b, B: a >= B,
    "before": lambda a, A, b, B: b >= A,
    "during": lambda a, A, b, B: b <= a and A <= B,
    "contains": lambda a, A, b, B: a <= b and B <= A,
    "meets": lambda a, A, b, B: b == A,
    "met_by": lambda a, A, b, B: a == B,
    "overlaps": lambda a, A, b, B: a < b < A < B,
    "overlapped_by": lambda a, A, b, B: b < a < B < A,
    "starts": lambda a, A, b, B: a == b and A < B,
    "started_by": lambda a, A, b, B: a == b and B < A,
    "finishes": lambda a, A, b, B: A == B and b < a,
    "finished_by": lambda a, A, b, B: A == B and a < b,
    "equals": lambda a, A, b, B: a == b and A == B,
}
INTERVALS = [(s, e) for s, e in product(range(5), repeat=2) if s <= e]


def test_all_thirteen() -> None:
    assert set(RELATIONS) == set(KEYS) == set(MEANING) == set(INVERSE)
    assert len(RELATIONS) == 13


@pytest.mark.parametrize("name", sorted(RELATIONS))
def test_rows_say_what_the_relation_means(name: str) -> None:
    for (a, a_end), (b, b_end) in product(INTERVALS, repeat=2):
        points = (a, a_end, b, b_end)
        holds = all(points[head] - points[tail] >= gap for tail, head, gap, _ in RELATIONS[name])
        assert holds == MEANING[name](a, a_end, b, b_end), points


@pytest.mark.parametrize("name", sorted(RELATIONS))
def test_strict_rows_are_orders_between_longer_intervals(name: str) -> None:
    """Where both events last, whatever holds in seconds holds in the order too."""
    for (a, a_end), (b, b_end) in product(INTERVALS, repeat=2):
        if a < a_end and b < b_end and MEANING[name](a, a_end, b, b_end):
            points = (a, a_end, b, b_end)
            for tail, head, _, strict in RELATIONS[name]:
                assert points[head] >= points[tail] + strict


def test_inverses_are_each_others() -> None:
    for name, inverse in INVERSE.items():
        assert INVERSE[inverse] == name
        for (a, a_end), (b, b_end) in product(INTERVALS, repeat=2):
            assert MEANING[name](a, a_end, b, b_end) == MEANING[inverse](b, b_end, a, a_end)


def test_anchors() -> None:
    assert anchor("after", "") == anchor("after", "end") == (3, 0)
    assert anchor("after", "start") == (2, 0)
    assert anchor("before", "") == anchor("before", "start") == (1, 2)
    assert anchor("before", "end") == (1, 3)
