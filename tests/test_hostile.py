"""Input comes from strangers: nothing that a file holds ends in a traceback, or drives a terminal."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from test_reader import documents

from timeline import api, checks
from timeline.exporters import EXPORTERS, Occasion
from timeline.network import build
from timeline.reader import read
from timeline.render import concise, show, why
from timeline.render import json as as_json
from timeline.render import text as as_text
from timeline.schedule import place
from timeline.solution import Solution
from timeline.solver import solve
from timeline.source import Document


def rendered(report: api.Report) -> None:
    """Every way of telling a report, in every width; no control character gets through."""
    for width in (20, 40, 80):
        told = as_text.text(report.diagnostics, report.document, colour=False, width=width)
        assert not any(ord(c) < 32 and c != "\n" for c in told)
    concise.concise(report.diagnostics, report.document)
    json.loads(as_json.json(report.diagnostics, report.document))


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
@settings(deadline=None)
def test_any_bytes(raw: bytes) -> None:
    rendered(api.check(raw))


pieces = st.sampled_from(
    ["[events.a]\n", "[events.b]\n", "[[sequences]]\n", "[timeline]\n", "when = ", "after = ", '"b"',
     '"a"', "2025-10-27", '"2025-1X"', "\n", "title = ", '"""', "'''", "[", "]", "{", "}", "=", ",",
     "events = ", "lag = ", '"1d.."', "duration = ", "accounts = ", "source = ", "\t", "#", "\\u0000",
     "[views.v]\n", "within = ", "timezone = ", '"Asia/Tokyo"', "T18:30:00", "+09:00", ".start"]
)  # fmt: skip


@given(st.lists(pieces, max_size=25).map("".join))
@settings(deadline=None, max_examples=300)
def test_anything_that_looks_like_a_file(text: str) -> None:
    rendered(api.check(text.encode()))


texts = st.text(min_size=1, max_size=30) | st.sampled_from(
    ["Talks: the first; part #1", "%%{init: {}}%%", "END:VCALENDAR", "a\\nb", "<b>x</b>", "```",
     "会談・東京", "👩‍👩‍👧 family", "\u202eright to left", "x" * 200, "javascript:alert(1)", "section x"]
)  # fmt: skip
words = texts.filter(lambda t: t.strip() != "")
days = st.sampled_from(
    ["2025-10-27", "2025-10", "2025", "2025-10-27T18:30", "2025-10-27/2025-10-29", "2016~", "XXXX",
     "0001-01-01", "9999-12-31", "[..2025-10-28]", "2025-10-26/..", "2025-W43", "2025-28", "20XX",
     "2025-10-26T00:30:00Z", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00+14:00"]
)  # fmt: skip
zones = st.sampled_from(["UTC", "Asia/Tokyo", "America/New_York", "Pacific/Apia", "Africa/Cairo"])
NAMES = ["a", "b", "c", "d"]
relations = st.dictionaries(
    st.sampled_from(["after", "before", "during", "meets", "overlaps", "equals"]),
    st.sampled_from(NAMES), max_size=1,
)  # fmt: skip
events = st.fixed_dictionaries(
    {},
    optional={
        "title": words, "description": texts, "note": texts, "when": days, "timezone": zones,
        "place": words | st.just("p"), "who": st.lists(words, max_size=2), "tags": words,
        "status": st.sampled_from(["confirmed", "tentative", "cancelled"]),
        "duration": st.sampled_from(["1h", "0s", "1mo", "1d..3d", "9000y"]),
        "source": st.just("s"), "uid": words,
    },
)  # fmt: skip
files = st.fixed_dictionaries(
    {
        "events": st.fixed_dictionaries(
            {}, optional={name: st.builds(lambda e, r: {**e, **r}, events, relations)
                          for name in NAMES},
        ),
        "sources": st.just({"s": {"title": "S", "url": "https://example.org/x?a=1&b=2"}}),
        "places": st.just({"p": {"geo": [1, 2]}}),
        "views": st.just({"v": {"within": "2025-10"}, "w": {"who": ["x"]}}),
        "timeline": st.fixed_dictionaries(
            {"id": st.just("t")}, optional={"title": words, "timezone": zones, "description": texts}
        ),
    }
)  # fmt: skip


@given(files)
@settings(deadline=None, max_examples=200)
def test_every_exporter_takes_whatever_can_be_read(data: dict[str, Any]) -> None:
    timeline, faults = read(data, "t.toml")
    document = Document("t.toml", "", data)
    if timeline is None:
        rendered(api.Report(document, tuple(faults)))
        return
    network = build(timeline)
    bounds = solve(network)
    if bounds is None:
        return
    solution = Solution(timeline, network, bounds)
    found = [d for check in checks.OF_SOLUTION for d in check(solution)]
    rendered(api.Report(document, tuple(found), timeline, solution))
    schedule = place(solution)
    for view in (None, *timeline.views.values()):
        for exporter in EXPORTERS.values():
            output = exporter.export(schedule, view, Occasion(lambda: 1_760_000_000))
            assert output.text.endswith("\n")
            again = Occasion(lambda: 1_770_000_000, output.text.encode())
            assert exporter.export(schedule, view, again).text == output.text
        told = show.show(schedule, view, colour=False, width=40)
        assert not any(ord(c) < 32 and c != "\n" for c in told)
    for name in timeline.events:
        why.why(schedule, name, document, colour=False, width=40)


@given(documents)
@settings(deadline=None, max_examples=60)
def test_whatever_is_faulty_can_be_told(data: dict[str, Any]) -> None:
    _, faults = read(data, "t.toml")
    rendered(api.Report(Document("t.toml", "", data), tuple(faults)))
