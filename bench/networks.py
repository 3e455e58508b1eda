"""Networks of every shape → all bounds: against rustworkx, and each against the random one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial

import rustworkx

from bench.measure import Ratio, ratio
from bench.shapes import SHAPES
from bench.table import Found
from timeline.solver import solve
from timeline.stn import Network

STACK = 2**30
"""Bytes of stack: rustworkx recurses as deep as a path is long."""


def shapes(small: bool) -> Iterator[Found]:
    """A row for each shape against rustworkx, and one against the random shape, per statement."""
    events, rounds = (1_000, 1) if small else (100_000, 3)
    random_cost = 0.0
    for name, make in SHAPES.items():
        network = make(events, 1)
        found = _roomy(partial(ratio, partial(solve, network), partial(bellman_ford, network), rounds))
        what = f"network → all bounds, {events:,} events / {network.statements:,} statements, {name}"
        yield what, "rustworkx Bellman-Ford both ways, its graph building included", found, "≤ 2.5"
        cost = found.seconds / network.statements
        if not random_cost:
            random_cost = cost
            continue
        yield f"… {name}, per statement", "random layered", Ratio(
            cost / random_cost, found.noise, found.seconds
        ), "≤ 3"  # fmt: skip


def bellman_ford(network: Network) -> None:
    """The same bounds by rustworkx: one point for the origin, both directions."""
    graph = rustworkx.PyDiGraph()
    graph.add_nodes_from(range(network.size + 1))
    origin = network.size
    edges = [(tail, head, -float(gap)) for tail, head, gap, _ in network.gaps]
    edges += [(start, start + 1, 0.0) for start in range(0, network.size, 2)]
    edges += [
        (point, origin, float(value)) if side else (origin, point, -float(value))
        for point, side, value, _ in network.bounds
    ]
    graph.add_edges_from(edges)
    rustworkx.bellman_ford_shortest_path_lengths(graph, origin, float)
    graph.reverse()
    rustworkx.bellman_ford_shortest_path_lengths(graph, origin, float)


def _roomy(work: Callable[[], Ratio]) -> Ratio:
    """Do the work in a thread with a stack that deep recursion fits in."""
    found: list[Ratio] = []
    before = threading.stack_size(STACK)
    thread = threading.Thread(target=lambda: found.append(work()))
    thread.start()
    threading.stack_size(before)
    thread.join()
    return found[0]
