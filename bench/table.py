"""The table of what was measured, and how it is written down."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from importlib.metadata import PackageNotFoundError, version

from bench.measure import Ratio

Found = tuple[str, str, Ratio, str]
"""What was measured, against what, the ratio, and the goal."""

HEAD = "| what | against | ratio | goal | met | noise |\n| --- | --- | --- | --- | --- | --- |"
PACKAGES = ("attrs", "click", "tomli", "icalendar", "rustworkx", "ics", "vobject", "ical", "starlette",
            "uvicorn")  # fmt: skip


def row(found: Found) -> str:
    """One row; `met` says whether the ratio keeps to its goal."""
    what, against, ratio, goal = found
    told, noise = ratio.told()
    return f"| {what} | {against} | {told} | {goal} | {'yes' if met(ratio, goal) else 'no'} | {noise} |"


def met(ratio: Ratio, goal: str) -> bool:
    """Whether a ratio keeps to a goal such as `≤ 1.6` or `≥ 0.6`."""
    sign, limit = goal.split()
    return ratio.ratio <= float(limit) if sign == "≤" else ratio.ratio >= float(limit)


def document(rows: Iterable[str], today: date) -> str:
    """RESULTS.md: when and where, with which versions, and the table."""
    return (
        f"# Results\n\nMeasured {today} by `python -m bench` in one run. How: [README](README.md).\n\n"
        f"- Machine: {machine()}\n- Versions: {', '.join(versions())}\n\n"
        + "\n".join([HEAD, *rows])
        + "\n"
    )


def machine() -> str:
    """Processor, count and memory, as far as Linux tells them."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            found = re.search(r"model name\s*: (.+)", file.read())
    except OSError:
        found = None
    name = found[1] if found else platform.machine()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{name}, {os.cpu_count()} of it, {memory:.0f} GiB, {platform.system()}"


def versions() -> list[str]:
    """Python's, and whose build it is; that of each package and each program that is compared with."""
    found = [f"Python {platform.python_version()} (the build in {sys.base_prefix})"]
    for name in PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    for program, asked in (("node", "--version"), ("tj3", "--version"), ("wrk", "--version")):
        if shutil.which(program):
            told = subprocess.run([program, asked], capture_output=True, text=True, check=False)
            number = re.search(r"\d+\.\d+(?:\.\d+)*", told.stdout + told.stderr)
            found.append(f"{program} {number[0]}" if number else program)
    return found
