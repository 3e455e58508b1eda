"""Whole files of events, as text, from a seed: what `timeline check` is measured on."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

HEAD = '[timeline]\nid = "bench"\ntimezone = "Europe/Berlin"\n[sources.s]\ntitle = "A source"\n\n'
FIRST = date(2012, 1, 1)


def story(events: int, seed: int = 0) -> str:
    """A consistent file with three statements an event: every other event is dated to a day, the
    others have a duration; each comes after two events of the days before it."""
    random = Random(seed)
    parts = [HEAD]
    a_day = max(1, events // 3000)  # events that share a day
    for i in range(events):
        lines = [f"[events.e{i}]", f'title = "Event number {i}"', 'source = "s"']
        if i % 2 == 0:
            lines.append(f"when = {FIRST + timedelta(days=i // a_day)}")
        else:
            lines.append(f'duration = "{random.randint(1, 50)}m..20h"')
        nearest = i - 2 * a_day
        earlier = {nearest - random.randint(0, 6 * a_day) for _ in range(2)}
        listed = ", ".join(f'"e{e}"' for e in sorted(earlier) if e >= 0)
        if listed:
            lines.append(f"after = [{listed}]")
        parts.append("\n".join(lines) + "\n\n")
    return "".join(parts)


def clashing(events: int, length: int = 44, seed: int = 0) -> str:
    """The same with one contradiction of `length` + 6 statements: a chain of events of two days each,
    from a date to another that is too near for five of them."""
    chain = [
        f'[events.c{i}]\nduration = "2d"\n' + (f'after = "c{i - 1}"\n' if i else "")
        for i in range(length - 1)
    ]
    last = f'[events.c{length - 1}]\nwhen = 2015-02-10\nafter = "c{length - 2}"\n'
    start = chain[0].replace("duration", "earliest = 2015-02-01\nduration")
    return story(events, seed) + start + "".join(chain[1:]) + last


def circling(events: int, length: int = 50, seed: int = 0) -> str:
    """The same with a circle of so many events without a date, each after the one before it."""
    circle = [f'[events.c{i}]\nafter = "c{(i - 1) % length}"\n' for i in range(length)]
    return story(events, seed) + "".join(circle)
