"""Findings as workflow commands of GitHub Actions, which puts them beside the lines of a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.render.fit import shown
from timeline.render.places import place, place_related

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.diagnostics import Diagnostic
    from timeline.source import Document

_COMMANDS = {"error": "error", "warning": "warning", "advice": "notice"}


def github(diagnostics: Sequence[Diagnostic], document: Document) -> str:
    """One command a finding, `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=…::message`.

    The message has the other places, the notes and the help on lines of their own. Columns are
    given only for what stands on one line, since GitHub takes them for nothing else.
    """
    return "".join(_command(diagnostic, document) + "\n" for diagnostic in diagnostics)


def _command(diagnostic: Diagnostic, document: Document) -> str:
    span = place(diagnostic, document)
    place_of: dict[str, str] = {"file": shown(document.filename), "line": str(span.row)}
    if span.end_row == span.row:
        place_of["col"] = str(span.column)
        place_of["endLine"] = str(span.end_row)
        place_of["endColumn"] = str(max(span.end_column, span.column + 1))
    else:
        place_of["endLine"] = str(span.end_row)
    place_of["title"] = f"{diagnostic.code} {diagnostic.name}"
    lines = [diagnostic.message]
    for label in diagnostic.related:
        other = place_related(label, document)
        lines.append(f"{document.filename}:{other.row}:{other.column}: {label.message}")
    lines += [f"note: {note}" for note in diagnostic.notes]
    if diagnostic.help:
        lines.append(f"help: {diagnostic.help}")
    properties = ",".join(f"{key}={_property(value)}" for key, value in place_of.items())
    message = _data("\n".join(shown(one) for one in lines))
    return f"::{_COMMANDS[diagnostic.severity]} {properties}::{message}"


def _data(text: str) -> str:
    """A message, escaped as the runner's own toolkit does it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
