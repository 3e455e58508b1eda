"""The registry of exporters: a name, a file extension, and a pure function of a schedule.

Each member is a module of its own with `export(schedule, view, occasion) -> Output`; it is imported
only when it is asked for. Those that are `usual` are written where no format is named.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.edtf import Date
    from timeline.memo import Memo
    from timeline.model import View
    from timeline.schedule import Schedule


DIRECTIONS = ("LR", "TB")
LANES = ("place", "person", "tag")
THEMES = ("base", "default", "neutral", "forest", "dark")


class LookError(ValueError):
    """A wish for a picture that cannot be granted: a value that its option does not have."""


class Look(NamedTuple):
    """How a picture is to look. Empty where the picture is to choose.

    `direction`: one of DIRECTIONS. `lanes`: one of LANES, events grouped by it. `theme`: one of
    THEMES, Mermaid's own; `base` in colours of ours that read on light pages and dark ones. `span`:
    only events whose window can touch this period, in the timeline's zone.
    """

    direction: str = ""
    lanes: str = ""
    theme: str = "base"
    span: Date | None = None


def look(direction: str = "", lanes: str = "", theme: str = "", span: str = "") -> Look:
    """A look from texts, as options and markers give them. Raises LookError, with what there is."""
    chosen = {"direction": direction.upper(), "lanes": lanes.lower(), "theme": theme.lower()}
    for name, known in (("direction", DIRECTIONS), ("lanes", LANES), ("theme", THEMES)):
        if chosen[name] and chosen[name] not in known:
            asked = {"direction": direction, "lanes": lanes, "theme": theme}[name]
            raise LookError(f'{name} cannot be "{asked}"; there are: {", ".join(known)}')
    if not span:
        return Look(chosen["direction"], chosen["lanes"], chosen["theme"] or "base")
    from timeline.edtf import DateError, parse

    try:
        date = parse(span)
    except DateError as error:
        raise LookError(f'span cannot be "{span}": {error.message} {error.help}'.strip()) from None
    return Look(chosen["direction"], chosen["lanes"], chosen["theme"] or "base", date)


class Occasion(NamedTuple):
    """What an export may depend on besides the schedule: the one clock (seconds UTC, asked only where
    something new is written), what lies at the destination from the last time, and how a picture is
    to look. `whole` is what lies there of the whole timeline: a feed that is new, or was lost, has
    from it how often its entries have changed. `memo` holds texts of an earlier export, to be taken
    again; no byte hangs on it."""

    clock: Callable[[], int]
    previous: bytes | None = None
    look: Look = Look()
    whole: bytes | None = None
    memo: Memo | None = None


class Output(NamedTuple):
    """An exported file: its bytes, the events that it leaves out (by id, each with the reason), and
    what else is to be said of it. `more` holds the texts of the further parts of what is too large
    for one file."""

    data: bytes
    omitted: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    more: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The file as text: all of them are UTF-8."""
        return self.data.decode()


class Exporter(NamedTuple):
    """One format. `usual`: it is written where no format is named."""

    name: str
    extension: str
    module: str
    summary: str
    usual: bool = True

    def names(self, view: str, parts: int) -> list[str]:
        """The names of the files for a view, by its id: `trip.gantt.mmd`, or in parts
        `trip.gantt-1.mmd`, `trip.gantt-2.mmd`; `trip.part-1.mmd` where the extension is one word.
        (No id holds a dot, so no two views share a name.)"""
        if parts == 1:
            return [f"{view}.{self.extension}"]
        kind, _, extension = self.extension.rpartition(".")
        return [f"{view}.{kind or 'part'}-{n}.{extension}" for n in range(1, parts + 1)]

    def is_name(self, view: str, name: str) -> bool:
        """Whether a file's name is one that this exporter might give, whole or in parts."""
        kind, _, extension = self.extension.rpartition(".")
        stem = name.removeprefix(f"{view}.{kind or 'part'}-").removesuffix(f".{extension}")
        numbered = stem.isascii() and stem.isdigit() and not stem.startswith("0")
        return name == f"{view}.{self.extension}" or (
            numbered and name == f"{view}.{kind or 'part'}-{stem}.{extension}"
        )

    def export(self, schedule: Schedule, view: View | None, occasion: Occasion) -> Output:
        """Write the whole timeline, or one view of it."""
        output: Output = import_module(self.module).export(schedule, view, occasion)
        return output

    def files(
        self, name: str, schedule: Schedule, view: View | None, occasion: Occasion
    ) -> dict[str, Output]:
        """The same as files by their names; what is to be said stands with the first."""
        output = self.export(schedule, view, occasion)
        first, *others = self.names(name, 1 + len(output.more))
        made = {first: output._replace(more=())}
        parts = zip(others, output.more, strict=True)
        return made | {name: Output(text.encode()) for name, text in parts}


EXPORTERS: dict[str, Exporter] = {
    e.name: e
    for e in (
        Exporter("ical", "ics", "timeline.exporters.ical", "a calendar feed (RFC 5545)"),
        Exporter("html", "html", "timeline.exporters.html", "a page to read, in one file"),
        Exporter("json", "json", "timeline.exporters.json", "everything, for programs"),
        Exporter("mermaid", "mmd", "timeline.exporters.mermaid", "the fitting Mermaid diagram"),
        Exporter("mermaid-timeline", "timeline.mmd", "timeline.exporters.mermaid_timeline",
                 "events in columns (Mermaid)", usual=False),
        Exporter("mermaid-gantt", "gantt.mmd", "timeline.exporters.mermaid_gantt",
                 "bars along an axis (Mermaid)", usual=False),
        Exporter("mermaid-flowchart", "flowchart.mmd", "timeline.exporters.mermaid_flowchart",
                 "the order of the events (Mermaid)", usual=False),
        Exporter("svg", "svg", "timeline.exporters.svg", "a picture (SVG)"),
    )
}  # fmt: skip

USUAL = tuple(e.name for e in EXPORTERS.values() if e.usual)
