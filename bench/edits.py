"""One edit of a file under `serve`: until the new edition is up and kept, against a full cold export."""

from __future__ import annotations

import logging
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from bench import calendars, files
from bench.measure import anew, process, ratio
from bench.table import Found
from timeline.serve.live import Live


def rows(small: bool) -> Iterator[Found]:
    """A title, and a date, of one event in the middle."""
    events, rounds = (200, 2) if small else (10_000, 3)
    middle = f"Event number {events // 2}"
    dated = calendars.story(events)
    ordered = files.story(events)
    day = ordered.partition(f'"{middle}"')[2].partition("when = ")[2][:10]
    edits = {
        "a title, of dated events": (dated, middle, f"{middle} "),
        "a date, among ordered events": (ordered, f"when = {day}", f"when = {day}T0"),
    }
    logging.getLogger("timeline.serve").setLevel(logging.CRITICAL)
    for what, (text, old, new) in edits.items():
        with tempfile.TemporaryDirectory() as name:
            file = Path(name) / "events.toml"
            file.write_text(text, "utf-8")
            live = Live(file, settled=0)
            cold = process("-m", "timeline", "export", str(file), "-o", f"{name}/cold")
            yield (f"one edit under `serve`, {what}, {events:,}", "a full cold export",
                   ratio(_edit(live, text, old, new), anew(cold, Path(name) / "cold"), rounds),
                   "≤ 0.4")  # fmt: skip


def _edit(live: Live, text: str, old: str, new: str) -> Callable[[], object]:
    """Change the file, each time to another text, and take it in."""
    numbers = count()

    def edit() -> None:
        added = f"{new}{next(numbers) % 10}"
        added += ":00:00" if "when" in old else ""
        live.file.write_text(text.replace(old, added, 1), "utf-8")
        taken = live.tend(time.monotonic())
        assert taken
        assert live.fault is None
        assert not live.unkept

    return edit
