from __future__ import annotations

import json as standard
from collections.abc import Callable

from hypothesis import given
from render_cases import CIRCLE, CLASHING, FAULTS, FAULTY, NUMBERS, patiently, reports

from timeline.diagnostics import Diagnostic
from timeline.render.json import json
from timeline.source import Document, Span

KEYS = ["code", "name", "severity", "message", "filename", "location", "end_location", "path",
        "related", "help", "url"]  # fmt: skip


def test_findings_as_the_issue_has_them(snapshot: Callable[[str, str], None]) -> None:
    shown = json(FAULTS, FAULTY)
    snapshot("findings.json", shown)
    found = standard.loads(shown)
    assert [list(one) for one in found] == [KEYS] * len(FAULTS)
    month = found[1]
    assert month["location"] == {"row": 7, "column": 18}
    assert month["end_location"] == {"row": 7, "column": 20}
    assert month["path"] == ["events", "audience", "when"]
    assert month["url"] == "docs/rules.md#tl202"
    related = found[5]["related"]
    assert [list(one) for one in related] == [
        ["message", "filename", "location", "end_location", "path"]
    ] * 2
    assert found[3]["path"] == ["events", "talks", "after", 0]
    assert found[9]["help"] is None


def test_only_a_contradiction_has_its_figures() -> None:
    plain = Diagnostic("TL101", "m", details={"kind": "secret"})
    found = standard.loads(json([NUMBERS, CIRCLE, plain], CLASHING))
    assert found[0]["contradiction"] == NUMBERS.details
    assert found[1]["contradiction"]["kind"] == "circle"
    assert list(found[2]) == KEYS
    assert len(found[0]["related"]) == 3
    assert json([], CLASHING) == "[]\n"


def test_no_lone_surrogate_is_written() -> None:
    document = Document("x\udcff.toml", "é = 1", {})
    found = standard.loads(json([Diagnostic("TL002", "é", span=Span(1, 1, 1, 2))], document))
    assert found[0]["filename"] == "x\ufffd.toml"
    assert found[0]["message"] == "é"


@patiently
@given(reports())
def test_any_finding_is_json_that_can_be_printed(report: tuple[list[Diagnostic], Document]) -> None:
    found, document = report
    shown = json(found, document)
    assert shown.replace("\n", "").isprintable()
    assert shown.isascii()
    read = standard.loads(shown)
    assert [one["code"] for one in read] == [one.code for one in found]
    for one in read:
        assert one["location"]["row"] >= 1 <= one["location"]["column"]
