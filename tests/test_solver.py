"""The solver: it agrees with brute force on small networks, and with rustworkx on larger ones."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest
import rustworkx
from hypothesis import given, settings
from hypothesis import strategies as st
from networks import INFINITE, closure, networks, ties

from timeline.compatible import compatible
from timeline.solver import Step, because, solve
from timeline.stn import ORIGIN, STRUCTURAL, Network

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.shapes import SHAPES


@given(st.one_of(networks(), ties()))
@settings(deadline=None, max_examples=2000)
def test_verdict_and_bounds_are_those_of_brute_force(network: Network) -> None:
    exact = closure(network, frozenset(range(network.statements)))
    bounds = solve(network)
    assert (bounds is None) == (exact is None)
    if bounds is None or exact is None:
        return
    for point in range(network.size):
        low, high = exact[-1][point], -exact[point][-1]
        assert bounds.earliest[point] == (None if low == -INFINITE else low)
        assert bounds.latest[point] == (None if high == INFINITE else high)


@given(st.one_of(networks(), ties()))
@settings(deadline=None, max_examples=1000)
def test_reasons_have_the_fewest_steps_and_each_the_earliest_statement(network: Network) -> None:
    bounds = solve(network)
    if bounds is None:
        return
    for side, values in enumerate((bounds.earliest, bounds.latest)):
        counts, ways = fewest(network, side, values)
        for point in range(network.size):
            steps = because(bounds, network, point, side)
            assert len(steps) == counts.get(point, 0)
            assert sum(step[2] for step in steps) == (values[point] or 0)
            assert because(bounds, network, point, side, 1) == steps[-1:]
            at = ORIGIN
            for step in steps:
                assert step[0] == at
                at = step[1]
                assert step in ways[at]
                assert step[3] == min(way[3] for way in ways[at])
            assert at == point or not steps


def fewest(
    network: Network, side: int, values: list[int | None]
) -> tuple[dict[int, int], dict[int, list[Step]]]:
    """How many steps are behind each bound of a side at the fewest, and by which steps, the last of
    such, it is reached: by adding a step to all of them until nothing changes."""
    steps = [(ORIGIN, p, value, s) for p, of, value, s in network.bounds if of == side]
    between = [(start, start + 1, 0, STRUCTURAL) for start in range(0, network.size, 2)]
    for tail, head, gap, statement in [*between, *network.gaps]:
        steps.append((head, tail, -gap, statement) if side else (tail, head, gap, statement))
    counts: dict[int, int] = {ORIGIN: 0}
    ways: dict[int, list[Step]] = {}
    known = {ORIGIN: 0, **{p: value for p, value in enumerate(values) if value is not None}}
    for length in range(1, network.size + 1):
        new: dict[int, list[Step]] = {}
        for step in steps:
            tail, head, gap, _ = step
            tight = tail in known and head in known and known[tail] + gap == known[head]
            if tight and counts.get(tail) == length - 1 and head not in counts:
                new.setdefault(head, []).append(step)
        counts |= dict.fromkeys(new, length)
        ways |= new
    return counts, ways


@given(networks(), st.integers(0, 7), st.integers(-6, 6), st.integers(0, 4))
@settings(deadline=None, max_examples=500)
def test_what_is_compatible(network: Network, point: int, value: int, gap: int) -> None:
    bounds = solve(network)
    point %= network.size
    if bounds is None:
        return
    start = point & ~1
    more = [(point, 0, value), (point, 1, value)]
    wider = Network(
        network.size,
        [*network.bounds, *((p, side, v, network.statements) for p, side, v in more)],
        [*network.gaps, (start, start + 1, gap, network.statements)],
        network.orders, network.statements + 1,
    )  # fmt: skip
    expected = solve(wider) is not None
    assert compatible(bounds, network, more, [(start, start + 1, gap)]) == expected


@pytest.mark.parametrize("name", sorted(SHAPES))
@pytest.mark.parametrize("events", [3, 400])
def test_bounds_are_those_of_rustworkx(name: str, events: int) -> None:
    network = SHAPES[name](events, 7)
    bounds = solve(network)
    assert bounds is not None
    origin = network.size
    graph = rustworkx.PyDiGraph()
    graph.add_nodes_from(range(origin + 1))
    edges = [(tail, head, -float(gap)) for tail, head, gap, _ in network.gaps]
    edges += [(start, start + 1, 0.0) for start in range(0, origin, 2)]
    edges += [(p, origin, float(v)) if side else (origin, p, -float(v))
              for p, side, v, _ in network.bounds]  # fmt: skip
    graph.add_edges_from(edges)
    ahead = rustworkx.bellman_ford_shortest_path_lengths(graph, origin, float)
    graph.reverse()
    back = rustworkx.bellman_ford_shortest_path_lengths(graph, origin, float)
    for point in range(origin):
        assert bounds.earliest[point] == (-int(ahead[point]) if point in ahead else None)
        assert bounds.latest[point] == (int(back[point]) if point in back else None)


@given(st.integers(0, 10_000), st.integers(2, 40))
@settings(deadline=None, max_examples=150)
def test_the_earliest_start_of_a_sink_is_the_longest_path(seed: int, tasks: int) -> None:
    """A project network with least and greatest lags, built both ways."""
    dice = random.Random(seed)
    lengths = [dice.randint(0, 9) for _ in range(tasks)]
    arcs = [(i, j, dice.randint(0, 5)) for j in range(tasks) for i in range(j)
            if dice.random() < 0.3]  # fmt: skip
    longest = [0] * tasks
    for i, j, lag in sorted(arcs, key=lambda arc: arc[1]):
        longest[j] = max(longest[j], longest[i] + lengths[i] + lag)
    gaps, statements = [], 1
    for i, length in enumerate(lengths):
        gaps += [(2 * i, 2 * i + 1, length, statements), (2 * i + 1, 2 * i, -length, statements)]
        statements += 1
    for i, j, lag in arcs:
        gaps.append((2 * i + 1, 2 * j, lag, statements))
        slack = longest[j] - longest[i] - lengths[i] + dice.randint(0, 9)
        gaps.append((2 * j, 2 * i + 1, -slack, statements))
        statements += 1
    bounds = [(2 * i, 0, 0, 0) for i in range(tasks)]
    solved = solve(Network(2 * tasks, bounds, gaps, [], statements))
    assert solved is not None
    assert [solved.earliest[2 * i] for i in range(tasks)] == longest


def test_an_upper_bound_that_comes_round_a_circle() -> None:
    """A point on a circle of equals is lowered by its own end after its turn."""
    gaps = [(2, 4, 0, 0), (5, 3, 0, 0), (5, 0, 0, 1), (0, 5, 0, 1), (5, 2, 0, 2), (2, 5, 0, 2)]
    network = Network(6, [(0, 1, 2, 3), (0, 1, 3, 4)], gaps, gaps, 5)
    bounds, exact = solve(network), closure(network, frozenset(range(5)))
    assert bounds is not None
    assert exact is not None
    assert bounds.latest == [None if exact[p][-1] == -INFINITE else -exact[p][-1] for p in range(6)]
