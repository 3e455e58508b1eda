from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from render_cases import CLASHING, FAULTS, FAULTY, NUMBERS, patiently, reports

from timeline.diagnostics import Diagnostic
from timeline.render.concise import concise
from timeline.source import Document
from timeline.width import visible


def test_a_line_a_finding(snapshot: Callable[[str, str], None]) -> None:
    assert concise([], FAULTY) == ""
    snapshot("concise", concise(FAULTS, FAULTY) + concise([NUMBERS], CLASHING))


@patiently
@given(reports())
def test_each_finding_is_one_printable_line(report: tuple[list[Diagnostic], Document]) -> None:
    found, document = report
    lines = concise(found, document).split("\n")
    assert len(lines) == len(found) + 1
    for line, one in zip(lines, found, strict=False):
        assert visible(line) == line
        assert line.endswith(f"[{one.name}]")
