"""Findings one to a line, for editors and for grep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.render.fit import shown
from timeline.render.places import place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.diagnostics import Diagnostic
    from timeline.source import Document


def concise(diagnostics: Sequence[Diagnostic], document: Document) -> str:
    """One line a finding: `events.toml:12:15: TL201 the message [date-syntax]`."""
    lines = []
    for found in diagnostics:
        span = place(found, document)
        where = f"{shown(document.filename)}:{span.row}:{span.column}"
        lines.append(f"{where}: {found.code} {shown(found.message)} [{found.name}]\n")
    return "".join(lines)
