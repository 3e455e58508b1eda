"""Against other programs: calendars, JSON, projects. Peers are measured where they are installed."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

from bench import calendars, projects
from bench.measure import Ratio, anew, command, process, ratio
from bench.table import Found
from timeline import api
from timeline.exporters import EXPORTERS, Occasion

JS = Path(__file__).parent / "js"


def exports(small: bool) -> Iterator[Found]:
    """Whole exporters against the libraries that write the same."""
    count, rounds = (300, 3) if small else (10_000, 7)
    schedule = api.load(calendars.story(count).encode())
    listed = calendars.rows(count)
    occasion = Occasion(lambda: 1_767_225_600)

    def ours() -> object:
        return EXPORTERS["ical"].export(schedule, None, occasion)

    what = f"`.ics`, {count:,} events × 12 properties, whole exporter"
    yield what, "icalendar `add` + `to_ical`", ratio(ours, lambda: calendars.with_icalendar(listed),
                                                   rounds), "≤ 0.06"  # fmt: skip
    found = {
        name: ratio(ours, partial(write, listed), rounds)
        for name, write in calendars.peers().items()
    }
    generator = _ical_generator(count)
    if generator is not None:
        mine = ratio(ours, ours, rounds)
        found["ical-generator"] = Ratio(mine.seconds / generator, mine.noise, mine.seconds)
    if found:
        fastest = max(found, key=lambda name: found[name].ratio)
        told = ", ".join(f"{name} {one.ratio:.2f}" for name, one in sorted(found.items()))
        yield what, f"the fastest of its peers, {fastest} ({told})", found[fastest], "≤ 0.2"
    data = json.loads(EXPORTERS["json"].export(schedule, None, occasion).text)
    yield f"JSON, {count:,} events", "`json.dumps` of the same data", ratio(
        lambda: EXPORTERS["json"].export(schedule, None, occasion),
        lambda: json.dumps(data, indent=2, ensure_ascii=False), rounds,
    ), "≤ 3"  # fmt: skip


def _ical_generator(count: int) -> float | None:
    """The seconds that it takes in a warm process; None where it is not installed."""
    node = shutil.which("node")
    if node is None or not (JS / "node_modules" / "ical-generator").exists():
        return None
    run = [node, str(JS / "ical-generator.mjs"), str(count)]
    told = [subprocess.run(run, check=True, capture_output=True).stdout for _ in range(3)]
    return median(float(one) for one in told) / 1000


def planned(small: bool) -> Iterator[Found]:
    """A project's tasks: whole processes, from the file to the calendar."""
    for tasks, goal in ((100, "≤ 0.1"),) if small else ((1000, "≤ 0.1"), (3000, "≤ 0.05")):
        made = projects.project(tasks)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            file = folder / "events.toml"
            file.write_text(projects.as_timeline(made))
            into = folder / "exports"
            ours = anew(process("-m", "timeline", "export", str(file), "-o", str(into),
                                "-f", "ical", "-f", "json"), into)  # fmt: skip
            for peer, theirs, wanted in _planners(made, folder, goal):
                what = f"check + `.ics` + JSON, {tasks:,} tasks with dependencies"
                yield what, peer, ratio(ours, theirs, 5), wanted


def _planners(
    made: list[projects.Task], folder: Path, goal: str
) -> Iterator[tuple[str, Callable[[], object], str]]:
    tj3, node = shutil.which("tj3"), shutil.which("node")
    if tj3 is not None:
        plan = folder / "project.tjp"
        plan.write_text(projects.as_taskjuggler(made))
        yield "TaskJuggler 3, its iCal report", command(
            tj3, "--silent", "-o", str(folder), str(plan)
        ), goal
    if node is not None and (JS / "node_modules" / "@markwhen").exists():
        document = folder / "project.mw"
        document.write_text(projects.as_markwhen(made))
        yield "Markwhen's parser alone", command(
            node, str(JS / "markwhen.mjs"), str(document)
        ), "≤ 1"
