"""Findings as SARIF 2.1.0 (OASIS Standard, 27 March 2020), which code hosts and editors take in.

Clause numbers are that standard's.
"""

from __future__ import annotations

import json as standard
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from timeline import __version__
from timeline.explanations import EXPLANATIONS
from timeline.render.fit import shown
from timeline.render.json import anchor
from timeline.render.places import place, place_related
from timeline.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.diagnostics import Diagnostic, Severity
    from timeline.source import Document, Span

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "advice": "note"}


def sarif(diagnostics: Sequence[Diagnostic], document: Document) -> str:
    """One run of one tool: the rules that were broken, and a result for each finding.

    Columns count in code points (§3.14.17). The other places of a finding are its related
    locations. Pure ASCII, so that it can be printed as it is.
    """
    codes = sorted({diagnostic.code for diagnostic in diagnostics})
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "timeline",
                        "version": __version__,
                        "rules": [_rule(code) for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(d, document, codes.index(d.code)) for d in diagnostics],
            }
        ],
    }
    return standard.dumps(log, indent=2) + "\n"


def _rule(code: str) -> dict[str, Any]:
    rule = RULES[code]
    return {
        "id": code,
        "name": rule.name,
        "shortDescription": {"text": _escaped(rule.summary)},
        "help": {"text": _escaped(EXPLANATIONS[code].why)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"explanation": anchor(code)},
    }


def _result(diagnostic: Diagnostic, document: Document, index: int) -> dict[str, Any]:
    lines = [diagnostic.message, *(f"note: {note}" for note in diagnostic.notes)]
    if diagnostic.help:
        lines.append(f"help: {diagnostic.help}")
    path = ".".join(str(name) for name in diagnostic.path)
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": index,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": _escaped("\n".join(shown(one) for one in lines))},
        "locations": [{"physicalLocation": _physical(document, place(diagnostic, document))}],
    }
    if path:  # what the finding is about, wherever its line moves to (§3.27.17)
        result["partialFingerprints"] = {"path/v1": f"{diagnostic.code}:{shown(path)}"}
    if diagnostic.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": _escaped(shown(label.message))},
                "physicalLocation": _physical(document, place_related(label, document)),
            }
            for number, label in enumerate(diagnostic.related)
        ]
    return result


def _physical(document: Document, span: Span) -> dict[str, Any]:
    return {
        "artifactLocation": {"uri": _uri(document.filename)},
        "region": {
            "startLine": span.row,
            "startColumn": span.column,
            "endLine": span.end_row,
            "endColumn": span.end_column,
        },
    }


def _uri(filename: str) -> str:
    """A file's name as a reference (RFC 3986), so that no name reads as a scheme or a query."""
    path = quote(filename.replace("\\", "/"), safe="/", errors="surrogateescape")
    return f"file://{path}" if path.startswith("/") else path


def _escaped(text: str) -> str:
    """A message without placeholders (§3.11.5) and without embedded links (§3.11.6)."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "\\](")
