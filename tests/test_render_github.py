from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote

from hypothesis import given
from render_cases import FAULTS, FAULTY, patiently, reports

from timeline.diagnostics import Diagnostic
from timeline.render.fit import shown
from timeline.render.github import github
from timeline.source import Document, Span

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::([^\r\n]*)\n")


def test_workflow_commands(snapshot: Callable[[str, str], None]) -> None:
    snapshot("github", github(FAULTS, FAULTY))
    assert github([], FAULTY) == ""


def test_properties_and_messages_are_escaped() -> None:
    document = Document("a,b:c%.toml", "x = 1", {})
    found = Diagnostic("TL510", "100 %, a: b\n::error::c", help="50 %", span=Span(1, 1, 1, 1))
    assert github([found], document) == (
        "::notice file=a%2Cb%3Ac%25.toml,line=1,col=1,endLine=1,endColumn=2,"
        "title=TL510 long-day::100 %25, a: b\\n::error::c%0Ahelp: 50 %25\n"
    )


def test_a_span_of_several_lines_has_no_columns() -> None:
    found = Diagnostic("TL501", "m", span=Span(2, 3, 4, 5))
    assert github([found], FAULTY).startswith(
        "::warning file=story/events.toml,line=2,endLine=4,title=TL501 no-events::m\n"
    )


@patiently
@given(reports())
def test_one_command_a_finding(report: tuple[list[Diagnostic], Document]) -> None:
    found, document = report
    text = github(found, document)
    commands = COMMAND.findall(text)
    assert "".join(f"::{a} {b}::{c}\n" for a, b, c in commands) == text
    assert len(commands) == len(found)
    assert text.replace("\n", "").isprintable() or not text.isascii()
    for (_, properties, message), one in zip(commands, found, strict=True):
        read = dict(pair.split("=", 1) for pair in properties.split(","))
        assert unquote(read["file"]) == shown(document.filename)
        assert "\x1b" not in message
        assert unquote(message).startswith(unquote(shown(one.message)))
