"""Findings for programs."""

from __future__ import annotations

import json as standard
from typing import TYPE_CHECKING, Any

from timeline.render.places import place, place_related

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.diagnostics import Diagnostic, Path
    from timeline.source import Document, Span


def json(diagnostics: Sequence[Diagnostic], document: Document) -> str:
    """An array of findings. Rows and columns count from 1, columns in code points; an end location
    is the column after the last code point. `url` is where the rule is explained, within the
    documentation. A contradiction has its exact figures and its mends in `contradiction`.

    The text is ASCII (RFC 8259 §7 escapes the rest), so that it can be printed as it is.
    """
    found = [_finding(diagnostic, document) for diagnostic in diagnostics]
    return standard.dumps(_clean(found), indent=2) + "\n"


def anchor(code: str) -> str:
    """Where a rule is explained, from the root of the project."""
    return f"docs/rules.md#{code.lower()}"


def _finding(diagnostic: Diagnostic, document: Document) -> dict[str, Any]:
    finding: dict[str, Any] = {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        **_where(document, place(diagnostic, document), diagnostic.path),
        "related": [
            {
                "message": label.message,
                **_where(document, place_related(label, document), label.path),
            }
            for label in diagnostic.related
        ],
        "help": diagnostic.help or None,
        "url": anchor(diagnostic.code),
    }
    if diagnostic.code in ("TL401", "TL402") and diagnostic.details is not None:
        finding["contradiction"] = diagnostic.details
    return finding


def _where(document: Document, span: Span, path: Path) -> dict[str, Any]:
    return {
        "filename": document.filename,
        "location": {"row": span.row, "column": span.column},
        "end_location": {"row": span.end_row, "column": span.end_column},
        "path": list(path),
    }


def _clean(value: Any) -> Any:
    """The value with U+FFFD for lone surrogates (a file's name that is not UTF-8 has them), which
    strict readers refuse (RFC 8259 §8.2)."""
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, dict):
        return {key: _clean(one) for key, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, (list, tuple)) else value
