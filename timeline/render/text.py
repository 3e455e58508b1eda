"""Findings for a person at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.render.fit import shown, wrap
from timeline.render.paint import paint
from timeline.render.summary import summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.diagnostics import Diagnostic
    from timeline.source import Document, Span


def text(
    diagnostics: Sequence[Diagnostic], document: Document, *, colour: bool, width: int,
    events: int | None = None,
) -> str:  # fmt: skip
    """All findings, each with its excerpts, its notes and its help, and a line that sums up.

    Lines break at `width` columns wherever they can (a file's name is never broken). `events` is
    how many the file holds; they are counted in its data where nobody has counted them.
    """
    out: list[str] = []
    for diagnostic in diagnostics:
        out += [*_finding(diagnostic, document, colour, width), ""]
    return "\n".join([*out, summary(diagnostics, document, colour=colour, events=events), ""])


def _finding(diagnostic: Diagnostic, document: Document, colour: bool, columns: int) -> list[str]:
    # Imported here: a run without findings shows no excerpt, and most runs have none.
    from timeline.render.argument import argument, headline, statements
    from timeline.render.excerpt import Mark, excerpt, gutter
    from timeline.render.places import place, place_related

    span = place(diagnostic, document)
    if len(statements(diagnostic)) == 1 + len(diagnostic.related):
        out = _headline(diagnostic, headline(diagnostic), colour, columns)
        out.append(paint(" --> ", "gutter", colour) + at(document, span))
        out += argument(diagnostic, document, colour=colour, columns=columns)
        told = [_worded("note", note, columns, colour) for note in diagnostic.notes]
        return [*out, *(one for lines in told for one in ["", *lines])]
    marks = [Mark(span, "", diagnostic.path, "^", diagnostic.severity)]
    marks += [
        Mark(place_related(label, document), label.message, label.path, "-", "related")
        for label in diagnostic.related
    ]
    room = gutter(marks)
    out = _headline(diagnostic, diagnostic.message, colour, columns)
    out.append(paint(" " * room + "--> ", "gutter", colour) + at(document, span))
    bar = paint(" " * room + " |", "gutter", colour)
    if document.text:
        out += [bar, *excerpt(document, marks, colour=colour, columns=columns, room=room)]
    below = [note for label in diagnostic.related for note in label.notes]
    told = [_worded("note", note, columns, colour) for note in (*below, *diagnostic.notes)]
    if diagnostic.help:
        told.append(_worded("help", diagnostic.help, columns, colour))
    if told and document.text:
        out.append(bar)
    return [*out, *(one for lines in told for one in lines)]


def at(document: Document, span: Span) -> str:
    """A place as people and editors write it: `events.toml:12:15`."""
    return f"{shown(document.filename)}:{span.row}:{span.column}"


def _headline(diagnostic: Diagnostic, message: str, colour: bool, columns: int) -> list[str]:
    mark = f"{diagnostic.severity}[{diagnostic.code}]"
    lines = wrap(f"{mark} {diagnostic.name}: {shown(message)}", columns, "", "  ")
    rest = paint(lines[0].removeprefix(mark), "bold", colour)
    first = paint(lines[0][: len(mark)], diagnostic.severity, colour)
    return [first + rest, *(paint(one, "bold", colour) for one in lines[1:])]


def _worded(word: str, message: str, columns: int, colour: bool) -> list[str]:
    lines = wrap(shown(message), columns, f"{word}: ")
    return [paint(word, "help", colour) + lines[0][len(word) :], *lines[1:]]
