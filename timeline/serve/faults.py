"""What keeps a file from being published, and what is told of it to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from timeline import api
from timeline.render.concise import concise
from timeline.render.places import place as place_of
from timeline.schedule import place

if TYPE_CHECKING:
    from timeline.memo import Memo
    from timeline.schedule import Schedule


@frozen
class Fault:
    """Why the file as it is now is not what is served, and since when (seconds UTC).

    `findings` are code, row and column of each error; `message` says it for the log. Neither the
    texts of an unpublished edit nor paths are meant for strangers: those see `summary` alone.
    """

    since: int
    summary: str
    message: str
    findings: tuple[tuple[str, int, int], ...] = ()


class Refused(Exception):
    """The file as it is cannot be published."""

    def __init__(
        self, summary: str, message: str, findings: tuple[tuple[str, int, int], ...] = ()
    ) -> None:
        super().__init__(message)
        self.summary, self.message, self.findings = summary, message, findings


def solved(raw: bytes, filename: str, memo: Memo) -> Schedule:
    """The solved file. Raises Refused, with what is wrong of it."""
    memo.begin()
    report = api.check(raw, filename=filename, memo=memo)
    if report.solution is not None:
        return place(report.solution, memo)
    memo.undo()
    errors = [d for d in report.diagnostics if d.severity == "error"]
    spans = [place_of(d, report.document) for d in errors]
    findings = tuple((d.code, s.row, s.column) for d, s in zip(errors, spans, strict=True))
    count = "an error" if len(errors) == 1 else f"{len(errors)} errors"
    codes = ", ".join(dict.fromkeys(d.code for d in errors))
    told = concise(errors, report.document).rstrip("\n")
    raise Refused(f"It has {count} ({codes}).", f"it has {count}\n{told}", findings)
