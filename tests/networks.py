"""Small random networks of every kind of statement, and what brute force says of them."""

from __future__ import annotations

from itertools import combinations

from hypothesis import strategies as st

from timeline.allen import RELATIONS
from timeline.stn import Network

Row = tuple[int, int, int, int]
INFINITE = float("inf")


@st.composite
def networks(draw: st.DrawFn, events: int = 4, statements: int = 8) -> Network:
    """A few events and statements with small numbers, so that clashes are common."""
    count = draw(st.integers(1, events))
    bounds: list[Row] = []
    gaps: list[Row] = []
    orders: list[Row] = []
    number = draw(st.integers(0, statements))
    for s in range(number):
        a = draw(st.integers(0, count - 1))
        b = draw(st.integers(0, count - 1))
        points = (2 * a, 2 * a + 1, 2 * b, 2 * b + 1)
        kind = draw(st.sampled_from(["day", "exact", "duration", "relation", "relation", "lagged",
                                     "constraint", "accounts", "deadline", "group"]))  # fmt: skip
        value = draw(st.integers(-6, 6))
        if kind == "day":
            bounds += [(2 * a, 0, value, s), (2 * a, 1, value + 2, s), (2 * a + 1, 1, value + 3, s)]
        elif kind == "exact":
            bounds += [(2 * a, 0, value, s), (2 * a, 1, value, s)]
        elif kind == "deadline":
            bounds.append((2 * a + 1, 1, value, s))
        elif kind == "accounts":
            bounds += [(2 * a, 0, value, s), (2 * a + 1, 1, value + 4, s)]
            gaps.append((2 * a, 2 * a + 1, draw(st.integers(0, 5)), s))
        elif kind == "duration":
            low = draw(st.integers(0, 4))
            gaps += [(2 * a, 2 * a + 1, low, s),
                     (2 * a + 1, 2 * a, -low - draw(st.integers(0, 2)), s)]  # fmt: skip
        elif kind == "constraint":
            tail, head = draw(st.sampled_from(points)), draw(st.sampled_from(points))
            gaps.append((tail, head, value if tail != head else 0, s))
        elif a == b:
            continue
        elif kind == "group":
            for c in range(count):
                if c != a:
                    gaps.append((2 * a + 1, 2 * c, 0, s))
                    orders += [(2 * a + 1, 2 * c, 0, s), (2 * a, 2 * c, 1, s),
                               (2 * a + 1, 2 * c + 1, 1, s)]  # fmt: skip
        elif kind == "lagged":
            low = draw(st.integers(0, 3))
            gaps += [(points[3], points[0], low, s), (points[0], points[3], -low - 1, s)]
            orders += [(points[t], points[h], x, s) for t, h, _, x in RELATIONS["after"]]
        else:
            rows = RELATIONS[draw(st.sampled_from(sorted(RELATIONS)))]
            gaps += [(points[t], points[h], g, s) for t, h, g, _ in rows]
            orders += [(points[t], points[h], x, s) for t, h, _, x in rows]
    return Network(2 * count, bounds, gaps, orders, number)


@st.composite
def ties(draw: st.DrawFn, events: int = 6, statements: int = 12) -> Network:
    """Events tied to one another at fixed distances, by a hidden story: exact durations, exact lags
    and what meets or is equal, in trees and circles of them. Now and then one misses by a second."""
    count = draw(st.integers(2, events))
    at = []
    for _ in range(count):
        start = draw(st.integers(0, 6))
        at += [start, start + draw(st.integers(0, 4))]
    bounds: list[Row] = []
    gaps: list[Row] = []
    orders: list[Row] = []
    number = draw(st.integers(1, statements))
    off = draw(st.integers(0, number))  # which statement, if any
    for s in range(number):
        kind = draw(st.sampled_from(["lag", "lag", "lag", "duration", "both ends", "after", "date"]))
        a, b = draw(st.integers(0, 2 * count - 1)), draw(st.integers(0, 2 * count - 1))
        miss = draw(st.sampled_from([-1, 1])) if s == off else 0
        if kind == "date":
            bounds += [(a, side, at[a] + miss, s) for side in (0, 1)][draw(st.integers(0, 1)) :]
            continue
        if kind == "duration":
            b = a | 1
            a = b - 1
        elif a >> 1 == b >> 1:
            continue
        pairs = [(a, b)]
        if kind == "both ends":
            pairs = [(a & ~1, b & ~1), (a | 1, b | 1)]
        for tail, head in pairs:
            gap = at[head] - at[tail] + miss
            gaps.append((tail, head, min(gap, miss) if kind == "after" else gap, s))
            if kind != "after":
                gaps.append((head, tail, -gap, s))
            if gap >= 0:
                orders.append((tail, head, int(gap > 0), s))
    return Network(2 * count, bounds, gaps, orders, number)


def closure(network: Network, keep: frozenset[int]) -> list[list[float]] | None:
    """Least distances from each point to each (the last is the origin), by Floyd and Warshall; None
    where some statements cannot all hold, by their numbers or by their order."""
    size = network.size + 1
    far = [[-INFINITE] * size for _ in range(size)]
    reach = [[-1] * size for _ in range(size)]  # -1 none, 0 weak, 1 with a strict step
    for point in range(size):
        far[point][point] = 0
    for start in range(0, network.size, 2):
        far[start][start + 1] = max(far[start][start + 1], 0)
        reach[start][start + 1] = 0
    for point, side, value, s in network.bounds:
        if s in keep:
            tail, head = (point, size - 1) if side else (size - 1, point)
            far[tail][head] = max(far[tail][head], -value if side else value)
    for tail, head, gap, s in network.gaps:
        if s in keep:
            far[tail][head] = max(far[tail][head], gap)
    for tail, head, strict, s in network.orders:
        if s in keep:
            reach[tail][head] = max(reach[tail][head], strict)
    for k in range(size):
        for i in range(size):
            for j in range(size):
                far[i][j] = max(far[i][j], far[i][k] + far[k][j])
                if reach[i][k] >= 0 and reach[k][j] >= 0:
                    reach[i][j] = max(reach[i][j], reach[i][k], reach[k][j])
    if any(far[i][i] > 0 or reach[i][i] == 1 for i in range(size)):
        return None
    return far


def smallest(network: Network, keep: frozenset[int]) -> int | None:
    """How many statements the smallest contradiction among some has; None without any."""
    for size in range(1, len(keep) + 1):
        for chosen in combinations(sorted(keep), size):
            if closure(network, frozenset(chosen)) is None:
                return size
    return None
