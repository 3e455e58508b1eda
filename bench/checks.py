"""`timeline check`: what it costs to start, and of whole files, in time and memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import tomli

from bench.files import circling, clashing, story
from bench.measure import Ratio, peak, process, ratio
from bench.table import Found
from timeline import api

ROOT = Path(__file__).parent.parent
BASE = process("-c", "import click, attrs, tomli")


def starts(small: bool) -> Iterator[Found]:
    """Whole processes, on the example."""
    rounds = 3 if small else 25
    example = str(ROOT / "events.toml")
    base = "`python -c 'import click, attrs, tomli'`"
    for words, goal in ((("check", example), "≤ 1.6"), (("--help",), "≤ 1.2"),
                        (("check", "--help"), "≤ 1.2")):  # fmt: skip
        told = "`timeline check` on the example" if example in words else f"`timeline {' '.join(words)}`"
        yield told, base, ratio(process("-m", "timeline", *words), BASE, rounds), goal


def files(small: bool) -> Iterator[Found]:
    """From text to verdict."""
    tenth, rounds = (500, 3) if small else (10_000, 7)
    text = story(tenth)
    raw = text.encode()
    large = story(10 * tenth).encode()
    assert api.check(raw).consistent
    yield (
        f"check, {tenth:,} events / {3 * tenth:,} statements", "`tomli.loads` of that file",
        ratio(lambda: api.check(raw), lambda: tomli.loads(text), 2 * rounds), "≤ 4",
    )  # fmt: skip
    yield (
        f"check, {10 * tenth:,} / {30 * tenth:,}", "itself at a tenth of the size",
        ratio(lambda: api.check(large), lambda: api.check(raw), rounds), "≤ 11",
    )  # fmt: skip
    for kind, made in (("numbers", clashing), ("order alone", circling)):
        clash = made(10 * tenth).encode()
        (found,) = api.check(clash).contradictions
        count = len(found.statements)
        yield (
            f"a contradiction of {count} statements, by {kind}, among {10 * tenth:,} events",
            "the consistent check of that size",
            ratio(partial(api.check, clash), lambda: api.check(large), rounds // 2), "≤ 2",
        )  # fmt: skip


def memory(small: bool) -> Iterator[Found]:
    """Peak memory, whole processes."""
    events = 2_000 if small else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.toml"
        path.write_text(story(events), "utf-8")
        loads = peak(f"import tomli\ntomli.loads(open({str(path)!r}).read())")
        check = peak(f"import timeline\ntimeline.check({str(path)!r})")
        export = peak(f"import timeline\ntimeline.export({str(path)!r}, ['ical'], ['all'])")
    yield (
        f"peak memory, check at {events:,}", "`tomli.loads` of that file",
        Ratio(check / loads, None, 0.0), "≤ 2.5",
    )  # fmt: skip
    yield (
        f"peak memory, `.ics` at {events:,}", "that of check",
        Ratio(export / check, None, 0.0), "≤ 1.3",
    )  # fmt: skip
