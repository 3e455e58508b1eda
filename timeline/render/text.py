"""Findings for a person at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.render.summary import summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.diagnostics import Diagnostic
    from timeline.source import Document


def text(
    diagnostics: Sequence[Diagnostic], document: Document, *, colour: bool, width: int,
    events: int | None = None,
) -> str:  # fmt: skip
    """All findings, each with its excerpts, its notes and its help, and a line that sums up.

    Lines break at `width` columns wherever they can (a file's name is never broken). `events` is
    how many the file holds; they are counted in its data where nobody has counted them.
    """
    out: list[str] = []
    if diagnostics:
        from timeline.render.finding import finding  # a clean run shows no excerpt

        for diagnostic in diagnostics:
            out += [*finding(diagnostic, document, colour=colour, columns=width), ""]
    return "\n".join([*out, summary(diagnostics, document, colour=colour, events=events), ""])
