"""Measure the program against its peers: a table of ratios, from one run.

    python -m bench            all of it, written to bench/RESULTS.md
    python -m bench --small    small sizes: it runs; nothing is written, nothing fails on time
    python -m bench --only web …   some groups of rows; nothing is written
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bench import checks, edits, networks, peers, web
from bench.table import HEAD, document, row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.table import Found

GROUPS: dict[str, Callable[[bool], Iterator[Found]]] = {
    "starts": checks.starts,
    "files": checks.files,
    "networks": networks.shapes,
    "exports": peers.exports,
    "planned": peers.planned,
    "web": web.rows,
    "edits": edits.rows,
    "memory": checks.memory,
}


def main() -> None:
    """Measure, print each row as it is found, and write the results."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--small", action="store_true", help="small sizes, nothing written")
    parser.add_argument("--only", nargs="+", choices=GROUPS, help="some groups, nothing written")
    asked = parser.parse_args()
    print(HEAD)
    rows = []
    for name in asked.only or GROUPS:
        for found in GROUPS[name](asked.small):
            rows.append(row(found))
            print(rows[-1], flush=True)
    if not (asked.small or asked.only):
        results = Path(__file__).parent / "RESULTS.md"
        results.write_text(document(rows, datetime.now(UTC).date()), "utf-8")


if __name__ == "__main__":
    main()
