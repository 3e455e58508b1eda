"""Ratios measured in one run: the two sides alternate, medians are compared, and the noise is told."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from statistics import median
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SLOW = 10.0
"""Seconds; where a first round of the two takes longer than this, it is the only one."""


@frozen
class Ratio:
    """How much the one costs of the other; `noise` is the widest quarter-to-quarter spread of the
    two, as a share of its median, None where there was one round only."""

    ratio: float
    noise: float | None
    seconds: float  # the median of the measured side

    def told(self) -> tuple[str, str]:
        """The ratio and its noise, as a table shows them."""
        digits = 3 if self.ratio < 0.1 else 2
        noise = "–" if self.noise is None else f"±{self.noise / 2:.0%}"
        return f"{self.ratio:.{digits}f}", noise


def ratio(one: Callable[[], object], other: Callable[[], object], rounds: int) -> Ratio:
    """Run both in turn and compare their medians; a first round, which warms both, does not count.

    Python's search for garbage is off, as it is in the command, and on neither side of a ratio."""
    ones, others = [_timed(one)], [_timed(other)]
    if ones[0] + others[0] > SLOW:
        return Ratio(ones[0] / others[0], None, ones[0])
    del ones[0], others[0]
    for _ in range(rounds):
        ones.append(_timed(one))
        others.append(_timed(other))
    noise = max(spread(ones), spread(others)) if rounds > 1 else None
    return Ratio(median(ones) / median(others), noise, median(ones))


def process(*arguments: str) -> Callable[[], object]:
    """A whole Python process with these arguments, its modules compiled as an installation has them."""
    return command(sys.executable, *arguments)


def command(*words: str) -> Callable[[], object]:
    """A whole process; Python in it may keep what it compiles. Raises CalledProcessError."""
    compiled = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}

    def run() -> None:
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, env=compiled)  # fmt: skip

    return run


def anew(run: Callable[[], object], folder: Path) -> Callable[[], object]:
    """The same into a folder that is empty each time."""

    def emptied() -> None:
        for path in folder.iterdir() if folder.exists() else ():
            path.unlink()
        run()

    return emptied


def peak(code: str) -> int:
    """Peak memory of a fresh process that runs a piece of Python, in KiB.

    As Linux tells it in /proc: `getrusage` counts what the parent had at the fork."""
    measure = """
for line in open("/proc/self/status"):
    if line.startswith("VmHWM:"):
        print(line.split()[1])
"""
    done = subprocess.run(
        [sys.executable, "-c", code + measure], check=True, capture_output=True, text=True
    )
    return int(done.stdout.split()[-1])


def spread(values: list[float]) -> float:
    """How far the quarters of the values lie apart, as a share of their median."""
    ordered = sorted(values)
    quarter = len(ordered) // 4
    return (ordered[-1 - quarter] - ordered[quarter]) / median(values)


def _timed(call: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()
    start = time.perf_counter()
    call()
    taken = time.perf_counter() - start
    gc.enable()
    return taken
