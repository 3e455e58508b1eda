"""The registry of exporters: a name, a file extension, and a pure function of a schedule.

Each member is a module of its own with `export(schedule, view, occasion) -> Output`; it is imported
only when it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.model import View
    from timeline.schedule import Schedule


@frozen(eq=False)
class Occasion:
    """What an export may depend on besides the schedule: the one clock (seconds UTC, asked only where
    something new is written), and what lies at the destination from the last time."""

    clock: Callable[[], int]
    previous: bytes | None = None


@frozen(eq=False)
class Output:
    """An exported file: its text, the events that it leaves out (by id, each with the reason), and
    what else is to be said of it."""

    text: str
    omitted: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


@frozen(eq=False)
class Exporter:
    """One format."""

    name: str
    extension: str
    module: str
    summary: str

    def export(self, schedule: Schedule, view: View | None, occasion: Occasion) -> Output:
        """Write the whole timeline, or one view of it."""
        output: Output = import_module(self.module).export(schedule, view, occasion)
        return output


EXPORTERS: dict[str, Exporter] = {
    e.name: e
    for e in (
        Exporter("ical", "ics", "timeline.exporters.ical", "a calendar feed (RFC 5545)"),
        Exporter("json", "json", "timeline.exporters.json", "everything, for programs"),
        Exporter("mermaid", "mmd", "timeline.exporters.mermaid", "a timeline diagram (Mermaid)"),
    )
}
