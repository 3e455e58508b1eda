"""One project of tasks with dependencies, written for every tool that reads such: the same network,
the same dates.

Each task lasts some days and begins when the latest of two earlier tasks has ended. Which of the two
that is, the generator knows: this program is told "at once after" of it and "after" of the other.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from attrs import frozen

FIRST = date(2024, 1, 1)


@frozen
class Task:
    """A task: the numbers of those before it, the latest to end first; its days, and its start in
    days after the first."""

    before: tuple[int, ...]
    days: int
    start: int


def project(tasks: int, seed: int = 0) -> list[Task]:
    """Tasks in an order in which each stands after those that it depends on."""
    random = Random(seed)
    made: list[Task] = []
    for number in range(tasks):
        days = random.randint(1, 5)
        if number < 50:
            made.append(Task((), days, number))
            continue
        earlier = sorted({number - random.randint(1, 50) for _ in range(2)})
        earlier.sort(key=lambda n: -made[n].start - made[n].days)
        last = made[earlier[0]]
        made.append(Task(tuple(earlier), days, last.start + last.days))
    return made


def as_timeline(tasks: list[Task]) -> str:
    """events.toml."""
    parts = ['[timeline]\nid = "project"\ntimezone = "UTC"\n']
    for number, task in enumerate(tasks):
        lines = [f"[events.t{number}]", f'title = "Task {number}"', f'duration = "{task.days}d"']
        if task.before:
            first, *rest = (f'"t{n}"' for n in task.before)
            listed = [f'{{ event = {first}, lag = "0s" }}', *rest]
            lines.append(f"after = [{', '.join(listed)}]")
        else:
            lines.append(f"start = {FIRST + timedelta(task.start)}T00:00:00")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def as_taskjuggler(tasks: list[Task]) -> str:
    """A TaskJuggler 3 project with an iCalendar report."""
    years = (tasks[-1].start + 400) // 365 + 2
    lines = [
        f'project p "Project" {FIRST} +{years}y {{',
        '  timezone "UTC"', f"  now {FIRST}", "  timingresolution 60min", "}",
    ]  # fmt: skip
    for number, task in enumerate(tasks):
        depends = ", ".join(f"!t{n}" for n in task.before)
        when = f"depends {depends}" if depends else f"start {FIRST + timedelta(task.start)}"
        lines.append(f'task t{number} "Task {number}" {{ duration {task.days}d {when} }}')
    return "\n".join([*lines, 'icalreport "report" { }', ""])


def as_markwhen(tasks: list[Task]) -> str:
    """A Markwhen document; a range can name one event to begin after, the latest."""
    lines = ["title: Project", ""]
    for number, task in enumerate(tasks):
        begin = f"!t{task.before[0]}" if task.before else str(FIRST + timedelta(task.start))
        lines += [f"{begin} / {task.days} days: Task {number}", f"id: t{number}", ""]
    return "\n".join(lines)
