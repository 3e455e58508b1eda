"""Conflicts: irreducible, independent, and with the fewest statements."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from networks import closure, networks, smallest, ties

from timeline import conflict, number_conflict, order_conflict
from timeline.conflict import conflicts
from timeline.solver import solve
from timeline.stn import Network

ROOT = Path(__file__).parent.parent


def checked(network: Network, exact_events: int) -> list[int]:
    """Find all conflicts, each one with the fewest statements of all that are left, and hold each
    to its laws; return their sizes."""
    found = irreducible(network, exact_events)
    if exact_events:
        kept = frozenset(range(network.statements))
        for own in found:
            assert len(own) == smallest(network, kept)
            kept -= own
    return [len(own) for own in found]


def irreducible(network: Network, exact_events: int) -> list[frozenset[int]]:
    """Find all conflicts and hold each to its laws; return their statements."""
    kept = frozenset(range(network.statements))
    found = conflicts(network, exact_events=exact_events)
    for one in found:
        own = frozenset(one.statements)
        assert own <= kept, "conflicts share no statement"
        assert closure(network, own) is None
        for statement in own:
            assert closure(network, own - {statement}) is not None
        kept -= own
        told = {step[3] for step in one.cycle if step[3] >= 0}
        assert told == own
        for (_, head, _, _), (tail, _, _, _) in zip(
            one.cycle, [*one.cycle[1:], one.cycle[0]], strict=True
        ):
            assert head == tail
        if one.kind == "numbers":
            assert sum(step[2] for step in one.cycle) == one.shortfall > 0
        else:
            assert one.shortfall == 0
            assert any(step[2] for step in one.cycle)
    assert closure(network, kept) is not None, "without all of them the rest can hold"
    return [frozenset(one.statements) for one in found]


@given(st.one_of(networks(), ties()))
@settings(deadline=None, max_examples=1500)
def test_the_smallest_is_shown(network: Network) -> None:
    sizes = checked(network, 200)
    assert bool(sizes) == (solve(network) is None)


@given(st.one_of(networks(), ties()))
@settings(deadline=None, max_examples=600)
def test_conflicts_of_large_networks_are_irreducible(network: Network) -> None:
    checked(network, 0)


@given(networks(5, 10))
@settings(deadline=None, max_examples=500)
def test_trying_each_statement_leaves_an_irreducible_conflict(network: Network) -> None:
    """What serves where the exact search would take too long."""
    every = frozenset(range(network.statements))
    assume(closure(network, every) is None)
    found = frozenset(conflict._spared(network).statements)
    assert closure(network, found) is None
    for statement in found:
        assert closure(network, found - {statement}) is not None


limits = st.sampled_from([0, 1, 2, 5, 60, 10**6])


@given(networks(5, 10), limits, limits, limits, limits, limits)
@settings(deadline=None, max_examples=150)
def test_conflicts_are_irreducible_however_little_may_be_looked_at(
    network: Network, exact: int, once: int, near: int, many: int, reach: int
) -> None:
    """The budgets of the search decide how small a conflict is, and never whether it is one."""
    assume(exact < 10**6 or once < 10**6 or near < 10**6)
    with (
        patch.multiple(conflict, _EXACT=exact, _ONCE=once, _EACH=0, _NEAR=near, _CROWD=1 + 2 * once),
        patch.multiple(number_conflict, _MANY=many, _WINDOW=1 + near, _PATIENCE=min(reach, 2)),
        patch.multiple(order_conflict, _NEAR=1 + reach % 7, _FURTHER=2),
    ):
        irreducible(network, 200 if exact % 2 else 0)


def test_one_among_many() -> None:
    """A circle of twenty lags among two thousand islands of three: found, and nothing else."""
    gaps, orders, statements = [], [], 0
    for island in range(2000):
        first = 6 * island
        for step in (0, 2):
            gaps.append((first + step + 1, first + step + 2, 5, statements))
            orders.append((first + step + 1, first + step + 2, 1, statements))
            statements += 1
    size = 6 * 2000
    ring = [6 * 50 * i for i in range(20)]
    clash = set()
    for here, there in zip(ring, [*ring[1:], ring[0]], strict=True):
        gaps.append((here, there, 1, statements))
        clash.add(statements)
        statements += 1
    (found,) = conflicts(Network(size, [], gaps, orders, statements))
    assert set(found.statements) == clash
    assert found.shortfall == 20


def test_a_late_event_put_before_an_early_one() -> None:
    """The whole file is one knot, and one order of it runs back: the shortest way round is shown."""
    events = 3000
    orders = [(2 * a + 1, 2 * (a + by), 1, 3 * a + by) for a in range(events - 3) for by in (1, 2, 3)]
    last = 3 * events
    orders.append((2 * (events - 3), 0, 1, last))
    gaps = [(tail, head, 0, statement) for tail, head, _, statement in orders]
    (found,) = conflicts(Network(2 * events, [], gaps, orders, last + 1))
    assert found.kind == "circle"
    assert len(found.statements) == 1 + (events - 3) // 3


def test_two_knots_that_one_statement_ties() -> None:
    orders = [(2, 0, 1, 0), (6, 4, 1, 0), (0, 2, 0, 1), (4, 6, 0, 2)]
    (found,) = conflicts(Network(8, [], [], orders, 3), exact_events=0)
    assert found.statements == (0, 1)


def test_a_thousand_contradictions_at_once() -> None:
    gaps = []
    for i in range(1000):
        gaps += [(4 * i, 4 * i + 2, 1, 2 * i), (4 * i + 2, 4 * i, 1, 2 * i + 1)]
    found = conflicts(Network(4000, [], gaps, [], 2000))
    assert sorted(c.statements for c in found) == [(2 * i, 2 * i + 1) for i in range(1000)]


def test_the_hash_seed_changes_nothing() -> None:
    code = (
        "from timeline.conflict import conflicts\nfrom timeline.stn import Network\n"
        "gaps = [(2*a, 2*b, 1, 12*a+b) for a in range(12) for b in range(12) if a != b]\n"
        "print([c.statements for c in conflicts(Network(24, [], gaps, [], 144))])\n"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, cwd=ROOT,
            capture_output=True, check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }  # fmt: skip
    assert len(told) == 1
