"""Where a finding stands in its document: the one answer that all renderers share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.source import Span, line, locate

if TYPE_CHECKING:
    from timeline.diagnostics import Diagnostic, Label, Path
    from timeline.source import Document


def place(diagnostic: Diagnostic, document: Document) -> Span:
    """Where a diagnostic points.

    Its piece of a text (`within`) is found where the text stands in the file as it reads; one with
    escapes is searched for the piece, and is marked as a whole where that is not found just once.
    """
    if diagnostic.span is not None:
        return diagnostic.span
    whole = locate(document, diagnostic.path, diagnostic.part)
    if diagnostic.within is None or diagnostic.part == "key":
        return whole
    piece = locate(document, diagnostic.path, "value", diagnostic.within)
    return piece if piece != whole else _searched(diagnostic, document, whole)


def place_related(label: Label, document: Document) -> Span:
    """Where one more place of a diagnostic stands."""
    return locate(document, label.path, label.part)


def _searched(diagnostic: Diagnostic, document: Document, whole: Span) -> Span:
    value = value_at(document, diagnostic.path)
    if not isinstance(value, str) or whole.row != whole.end_row or diagnostic.within is None:
        return whole
    offset, length = diagnostic.within
    piece = value[offset : offset + length]
    raw = line(document, whole.row)[whole.column - 1 : whole.end_column - 1]
    if not piece or raw.count(piece) != 1:
        return whole
    start = whole.column + raw.index(piece)
    return Span(whole.row, start, whole.row, start + len(piece))


def value_at(document: Document, path: Path) -> object:
    """The value at a path of a document's data; None where there is none."""
    value: Any = document.data
    for name in path:
        try:
            value = None if isinstance(value, str) else value[name]
        except (LookupError, TypeError):
            return None
    return value
