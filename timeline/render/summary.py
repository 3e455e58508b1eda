"""The verdict on a file in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.render.fit import shown
from timeline.render.paint import paint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.diagnostics import Diagnostic
    from timeline.source import Document


def summary(
    diagnostics: Sequence[Diagnostic], document: Document, *, colour: bool,
    events: int | None = None,
) -> str:  # fmt: skip
    """`2 errors, 1 advice in events.toml`, or `events.toml: 29 events, consistent`.

    A file with nothing worse than warnings is consistent; what else was found is counted behind it.
    """
    name = shown(document.filename)
    kinds = [(kind, sum(d.severity == kind for d in diagnostics))
             for kind in ("error", "warning", "advice")]  # fmt: skip
    counts = ", ".join(_counted(count, kind) for kind, count in kinds if count)
    if kinds[0][1]:
        return f"{paint(counts, 'error', colour)} in {name}"
    if events is None:
        table = document.data.get("events")
        events = len(table) if isinstance(table, dict) else 0
    held = _counted(events, "event")
    rest = f" ({counts})" if counts else ""
    return f"{name}: {held}, {paint('consistent', 'good', colour)}{rest}"


def _counted(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"
