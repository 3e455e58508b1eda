"""One finding for a person: what, where, the lines that it speaks of, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.render.excerpt import Mark, excerpt, gutter
from timeline.render.fit import shown, wrap
from timeline.render.paint import paint
from timeline.render.places import place, place_related

if TYPE_CHECKING:
    from timeline.diagnostics import Diagnostic
    from timeline.source import Document, Span


def finding(diagnostic: Diagnostic, document: Document, *, colour: bool, columns: int) -> list[str]:
    """The lines of one finding. A contradiction whose details tell of each of its statements is
    argued; of all else, every place that belongs to it is shown with its excerpt."""
    span = place(diagnostic, document)
    if len((diagnostic.details or {}).get("statements", ())) == 1 + len(diagnostic.related):
        from timeline.render.argument import argument, headline  # rare, and long

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
