"""The book that a reader keeps: the statements read so far, what they may name, and who said so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from timeline import values
from timeline.model import Statement, new

if TYPE_CHECKING:
    from collections.abc import Collection
    from zoneinfo import ZoneInfo

    from timeline.diagnostics import Path
    from timeline.model import Claim, Dated, Lasting
    from timeline.values import Faults


class Book:
    """The statements read so far, and the ids that they may name.

    What many statements say alike is made once: `dates` holds the date keys without a table of
    their own, by key, value, zone and `throughout`; `lengths` the durations by their texts.
    """

    __slots__ = ("_paths", "dates", "events", "faults", "lengths", "sources", "statements")

    def __init__(self, faults: Faults, events: Collection[str], sources: Collection[str]) -> None:
        self.faults = faults
        self.events = events
        self.sources = {name: (name,) for name in sources}
        self.statements: list[Statement] = []
        self.dates: dict[tuple[str, object, ZoneInfo, bool], Dated] = {}
        self.lengths: dict[str, Lasting] = {}
        self._paths: dict[Path, Path] = {}

    def enter(self, event: str, claim: Claim, below: Path, sources: tuple[str, ...],
              note: str = "") -> None:  # fmt: skip
        """Add a statement, at a path below its event's table (whole where it has no event)."""
        statements = self.statements
        below = self._paths.setdefault(below, below)
        statements.append(new(Statement, (len(statements), event, claim, below, sources, note)))

    def cited(self, table: dict[str, Any], path: Path) -> tuple[str, ...]:
        """The declared sources that the `source` key of a table names."""
        if "source" not in table:
            return ()
        value = table["source"]
        if isinstance(value, str) and value in self.sources:
            return self.sources[value]
        found = []
        for name, where in values.strings(self.faults, value, (*path, "source")):
            if name in self.sources:
                found.append(name)
                continue
            near = self.faults.closest(name, self.sources)
            help = f'did you mean "{near}"?' if near else values.declaring("sources", name, "title")
            self.faults.add("TL302", f'there is no source "{name[:64]}"', where, help)
        return tuple(dict.fromkeys(found))

    def cited_by(self, table: dict[str, Any], default: tuple[str, ...], path: Path
                 ) -> tuple[tuple[str, ...], str]:  # fmt: skip
        """The `source` and `note` of a table."""
        note = None
        own = self.cited(table, path) or default
        if "note" in table:
            note = values.text(self.faults, table["note"], (*path, "note"))
        return own, note or ""


class Subject(NamedTuple):
    """The event that is being read: what its statements take from it where they say nothing."""

    id: str
    path: Path
    zone: str
    tz: ZoneInfo
    sources: tuple[str, ...]
    throughout: bool
