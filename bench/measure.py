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


@frozen
class Ratio:
    """How much the one costs of the other; `noise` is the widest quarter-to-quarter spread of the
    two, as a share of its median."""

    ratio: float
    noise: float
    seconds: float  # the median of the measured side


def ratio(one: Callable[[], object], other: Callable[[], object], rounds: int) -> Ratio:
    """Run both in turn and compare their medians; a first round, which warms both, does not count.

    Python's search for garbage is off, as it is in the command, and on neither side of a ratio."""
    one()
    other()
    ones, others = [], []
    gc.disable()
    for _ in range(rounds):
        ones.append(_timed(one))
        others.append(_timed(other))
        gc.collect()
    gc.enable()
    noise = max(_spread(ones), _spread(others))
    return Ratio(median(ones) / median(others), noise, median(ones))


def process(*arguments: str) -> Callable[[], object]:
    """A whole Python process with these arguments, its modules compiled as an installation has them."""
    return command(sys.executable, *arguments)


def command(*words: str) -> Callable[[], object]:
    """A whole process; Python in it may keep what it compiles."""
    compiled = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}

    def run() -> None:
        subprocess.run(words, check=False, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, env=compiled)  # fmt: skip

    return run


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


def _timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _spread(values: list[float]) -> float:
    ordered = sorted(values)
    quarter = len(ordered) // 4
    return (ordered[-1 - quarter] - ordered[quarter]) / median(values)
