"""Measure the program against its peers: a table of ratios, from one run.

    python -m bench            all of it, written to bench/RESULTS.md
    python -m bench --small    small sizes: it runs; nothing is written, nothing fails on time
"""

from __future__ import annotations

import argparse
import platform
import tempfile
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

import rustworkx
import tomli

from bench import peers
from bench.files import clashing, story
from bench.measure import Ratio, peak, process, ratio
from bench.shapes import SHAPES
from timeline import api
from timeline.solver import solve
from timeline.stn import Network

Row = tuple[str, str, str, str, str]
ROOT = Path(__file__).parent.parent
BASE = process("-c", "import click, attrs, tomli")


def main() -> None:
    """Measure, print, and write the results."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--small", action="store_true", help="small sizes, nothing written")
    small = parser.parse_args().small
    rows = [*starts(small), *files(small), *networks(small), *memory(small)]
    rows += [row(*found) for found in (*peers.exports(small), *peers.planned(small))]
    table = "\n".join(
        ["| what | against | ratio | goal | noise |", "| --- | --- | --- | --- | --- |"]
        + ["| " + " | ".join(row) + " |" for row in rows]
    )
    print(table)
    if not small:
        versions = ", ".join(
            f"{name} {version(name)}" for name in ("attrs", "click", "tomli", "icalendar", "rustworkx")
        )
        when = datetime.now(UTC).date()
        head = (
            f"# Results\n\nMeasured {when}, Python {platform.python_version()} on "
            f"{platform.machine()}, {versions}.\nHow: [README](README.md).\n\n"
        )
        (ROOT / "bench" / "RESULTS.md").write_text(head + table + "\n", "utf-8")


def row(what: str, against: str, found: Ratio, goal: str) -> Row:
    return what, against, f"{found.ratio:.2f}", goal, f"±{found.noise / 2:.0%}"


def starts(small: bool) -> list[Row]:
    """What it costs to start."""
    rounds = 3 if small else 15
    example = str(ROOT / "events.toml")
    base = "`import click, attrs, tomli`"
    return [
        row("`timeline check` on the example", base,
            ratio(process("-m", "timeline", "check", example), BASE, rounds), "≤ 1.6"),
        row("`timeline --help`", base, ratio(process("-m", "timeline", "--help"), BASE, rounds),
            "≤ 1.2"),
        row("`timeline check --help`", base,
            ratio(process("-m", "timeline", "check", "--help"), BASE, rounds), "≤ 1.2"),
    ]  # fmt: skip


def files(small: bool) -> list[Row]:
    """Whole files, from text to verdict."""
    tenth, rounds = (500, 3) if small else (10_000, 5)
    text = story(tenth)
    raw = text.encode()
    large = story(10 * tenth).encode()
    clash = clashing(10 * tenth).encode()
    assert api.check(raw).consistent
    (contradiction,) = api.check(clash).contradictions
    count = len(contradiction.statements)
    sizes = f"{tenth:,} events / {3 * tenth:,} statements"
    more = f"{10 * tenth:,} / {30 * tenth:,}"
    return [
        row(f"check, {sizes}", "`tomli.loads` of that file",
            ratio(lambda: api.check(raw), lambda: tomli.loads(text), rounds), "≤ 4"),
        row(f"check, {more}", "itself at a tenth of the size",
            ratio(lambda: api.check(large), lambda: api.check(raw), rounds // 2 + 1), "≤ 11"),
        row(f"a contradiction of {count} statements among {10 * tenth:,} events",
            "the consistent check of that size",
            ratio(lambda: api.check(clash), lambda: api.check(large), rounds // 2 + 1), "≤ 2"),
    ]  # fmt: skip


def networks(small: bool) -> list[Row]:
    """Every shape: all bounds, against rustworkx; and each against the random one per statement."""
    events, rounds = (1_000, 1) if small else (100_000, 3)
    rows: list[Row] = []
    random_cost = 0.0
    for name, make in SHAPES.items():
        network = make(events, 1)
        found = ratio(partial(solve, network), partial(_rustworkx, network), rounds)
        cost = found.seconds / network.statements
        random_cost = random_cost or cost
        what = f"network → all bounds, {events:,} events, {name}"
        rows.append(row(what, "rustworkx, both ways, its graph building included", found, "≤ 2.5"))
        if cost is not random_cost:
            share = Ratio(cost / random_cost, found.noise, found.seconds)
            rows.append(row(f"… {name}, per statement", "random layered", share, "≤ 3"))
    return rows


def _rustworkx(network: Network) -> None:
    """The same bounds by Bellman-Ford: one point for the origin, both directions."""
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


def memory(small: bool) -> list[Row]:
    """Peak memory, whole processes."""
    events = 2_000 if small else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.toml"
        path.write_text(story(events), "utf-8")
        loads = peak(f"import tomli\ntomli.loads(open({str(path)!r}).read())")
        check = peak(f"import timeline\ntimeline.check({str(path)!r})")
        export = peak(f"import timeline\ntimeline.export({str(path)!r}, ['ical'], ['all'])")
    found = Ratio(check / loads, 0.0, 0.0)
    written = Ratio(export / check, 0.0, 0.0)
    return [
        row(f"peak memory, check at {events:,}", "`tomli.loads` of that file", found, "≤ 2.5"),
        row(f"peak memory, `.ics` at {events:,}", "that of check", written, "≤ 1.3"),
    ]


if __name__ == "__main__":
    main()
