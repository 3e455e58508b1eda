"""A file that is edited at random for a long time."""

from __future__ import annotations

import random
from typing import Any

from feed_cases import ZONES


class Life:
    """A file that is edited at random, and its feed, published after each edit."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.file: dict[str, Any] = {
            "timeline": {"id": "t", "timezone": "Asia/Tokyo"},
            "events": {f"e{i}": self.event() for i in range(12)},
        }
        self.taken: dict[str, Any] = {}
        self.now = 1_761_500_000

    def event(self) -> dict[str, Any]:
        day = f"2025-10-{self.random.randrange(1, 28):02}"
        dates = (day, f"{day}T18:30", f"[{day}T06:00..{day}T09:00]", f"{day}T10:00+02:00", "2025")
        return {"title": f"Title {self.random.random()}", "when": self.random.choice(dates)}

    def edit(self) -> set[str]:
        """Make one edit and return the ids of the events whose entries may change by it."""
        events = self.file["events"]
        names = list(events)
        name = self.random.choice(names) if names else ""
        kind = self.random.choice(
            "title move zone reorder remove back new note nothing setting".split()
        )
        if kind == "title" and name:
            events[name]["title"] = f"Title {self.random.random()}"
        elif kind == "move" and name:
            events[name].update(self.event())
        elif kind == "zone" and name:
            events[name]["timezone"] = self.random.choice(ZONES)
        elif kind == "note" and name:
            events[name]["note"] = f"Note {self.random.random()}"
            return set()
        elif kind == "reorder":
            self.random.shuffle(names)
            self.file["events"] = {name: events[name] for name in names}
            return set()
        elif kind == "remove" and name:
            self.taken[name] = events.pop(name)
        elif kind == "back" and self.taken:
            name = self.random.choice(list(self.taken))
            events[name] = self.taken.pop(name)
        elif kind == "new":
            name = f"n{len(events) + len(self.taken)}x{self.random.randrange(10**9)}"
            events[name] = self.event()
        elif kind == "setting":
            removed = self.random.choice(["drop", "cancel"])
            self.file["timeline"]["calendar"] = {"removed": removed}
            return set()
        else:
            return set()
        return {name}
