"""The JSON export: its shape, its laws, and the page that explains it."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from json_layout import laid_event, laid_out
from jsonschema import Draft202012Validator  # type: ignore[import-untyped, unused-ignore]

from timeline import api, edtf
from timeline.civil import zone
from timeline.duration import parse_amount
from timeline.exporters import Occasion
from timeline.exporters.json import export
from timeline.exporters.json_because import SOURCES, WORDS
from timeline.schedule import Reason, Schedule
from timeline.window import stated

ROOT = Path(__file__).parent.parent
SCHEMA = json.loads((ROOT / "timeline/schemas/timeline.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
KEYS = """id title label start end timezone duration basis precision qualifiers description url
place people tags status left_out relations sources accounts because""".split()


def never() -> int:
    raise AssertionError("no clock enters")


def written(schedule: Schedule, view: str = "all") -> str:
    return export(schedule, schedule.timeline.views.get(view), Occasion(never)).text


def load(text: str) -> Schedule:
    return api.load(text.encode(), filename="story.toml")


def exported(text: str, view: str = "all") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written(load(text), view))
    VALIDATOR.validate(found)
    return found


def event(text: str, name: str = "a") -> dict[str, Any]:
    return by_id(exported(text))[name]


def by_id(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {e["id"]: e for e in data["events"]}


# -- The shape ------------------------------------------------------------------------------------


def test_the_schema_is_one_and_strict() -> None:
    Draft202012Validator.check_schema(SCHEMA)

    def visit(node: Any) -> None:
        if isinstance(node, dict):
            if "properties" in node:
                assert node["additionalProperties"] is False
                assert node["required"] == list(node["properties"])
            for inner in node.values():
                visit(inner)
        elif isinstance(node, list):
            for inner in node:
                visit(inner)

    visit(SCHEMA)


@pytest.mark.parametrize("name", ["events.toml", "tests/undated.toml"])
def test_the_example_is_valid_in_every_view(name: str) -> None:
    schedule = api.load(ROOT / name)
    for view in ("all", *schedule.timeline.views):
        text = written(schedule, view)
        data = json.loads(text)
        assert [error.message for error in VALIDATOR.iter_errors(data)] == []
        assert text == laid_out(data)
        assert text == written(api.load(ROOT / name), view)
        assert [list(e) for e in data["events"]] == [KEYS] * len(data["events"])


def test_it_is_registered() -> None:
    outputs = api.export(api.load(ROOT / "events.toml"), ["json"], ["all"])
    assert outputs["all.json"].text == written(api.load(ROOT / "events.toml"))
    assert outputs["all.json"].omitted == ()


def test_nothing_at_all() -> None:
    data = exported("")
    assert data["events"] == []
    assert data["timeline"] == {
        "id": "story", "title": None, "description": None, "url": None, "language": None,
        "organisation": None, "timezone": "UTC", "view": {"id": "all", "title": None},
        "sources": {}, "places": {}, "people": {}, "tags": {}, "sequences": {},
    }  # fmt: skip


def test_an_event_of_which_nothing_is_known() -> None:
    window = {"earliest": None, "latest": None, "stated": None}
    assert event("[events.a-b]", "a-b") == {
        "id": "a-b", "title": "A b", "label": "date unknown", "start": window, "end": window,
        "timezone": "UTC", "duration": None, "basis": "open", "precision": None,
        "qualifiers": {"approximate": False, "uncertain": False, "throughout": False},
        "description": None, "url": None, "place": None, "people": [], "tags": [],
        "status": "confirmed", "left_out": "nothing is known of its date",
        "relations": [], "sources": [], "accounts": [],
        "because": {
            "start": {"earliest": None, "latest": None}, "end": {"earliest": None, "latest": None},
        },
    }  # fmt: skip


FULL = """
format = 1
[timeline]
id = "story"
title = "Die Geschichte"
description = "Zwei\\nZeilen"
url = "https://example.org"
language = "de"
organisation = "Haus"
timezone = "Europe/Berlin"
[sources.one]
title = "Eins"
url = "https://example.org/1"
published = "2025-10-28?"
[sources.two]
[sources.three]
[places.hall]
name = "Hall"
timezone = "Asia/Tokyo"
geo = [35.5, -139]
url = "https://example.org/hall"
[places.unused]
[people.ann]
name = "Ann"
role = "Mayor"
url = "https://example.org/ann"
[people.unused]
[tags.news]
label = "News"
colour = "Tomato"
[tags.unused]
[views.trip]
title = "The trip"
tags = "news"
[events.a]
title = "First"
description = "What happened"
url = "https://example.org/a"
when = { date = "2025-10~", source = "two" }
duration = "1d..1mo"
place = "hall"
who = ["ann", "Bob", "ann"]
tags = ["news", "loud"]
status = "tentative"
source = "one"
[events.b]
place = "Elsewhere"
after = { event = "a", lag = "P1D..", source = "three" }
[events.c]
who = "Zoe"
"""


def test_every_value_is_there() -> None:
    data = exported(FULL)
    a = by_id(data)["a"]
    assert data["timeline"] == {
        "id": "story", "title": "Die Geschichte", "description": "Zwei\nZeilen",
        "url": "https://example.org", "language": "de", "organisation": "Haus",
        "timezone": "Europe/Berlin", "view": {"id": "all", "title": None},
        "sources": {
            "one": {"title": "Eins", "url": "https://example.org/1", "published": "2025-10-28?"},
            "two": {"title": "Two", "url": None, "published": None},
            "three": {"title": "Three", "url": None, "published": None},
        },
        "places": {
            "Elsewhere": {"name": "Elsewhere", "timezone": None, "geo": None, "url": None},
            "hall": {"name": "Hall", "timezone": "Asia/Tokyo", "geo": [35.5, -139.0],
                     "url": "https://example.org/hall"},
        },
        "people": {
            "Bob": {"name": "Bob", "role": None, "url": None},
            "Zoe": {"name": "Zoe", "role": None, "url": None},
            "ann": {"name": "Ann", "role": "Mayor", "url": "https://example.org/ann"},
        },
        "tags": {
            "loud": {"label": "loud", "colour": None},
            "news": {"label": "News", "colour": "tomato"},
        },
        "sequences": {},
    }  # fmt: skip
    assert {key: a[key] for key in KEYS if key not in ("because", "label")} == {
        "id": "a", "title": "First",
        "start": {"earliest": "2025-09-30T15:00:00Z", "latest": "2025-10-30T15:00:00Z",
                  "stated": "2025-10~"},
        "end": {"earliest": "2025-10-01T15:00:00Z", "latest": "2025-10-31T15:00:00Z",
                "stated": "2025-10~"},
        "timezone": "Asia/Tokyo", "duration": {"least": "P1D", "most": "P1M", "stated": "1d..1mo"},
        "basis": "stated", "precision": "month",
        "qualifiers": {"approximate": True, "uncertain": False, "throughout": False},
        "description": "What happened", "url": "https://example.org/a", "place": "hall",
        "people": ["ann", "Bob"], "tags": ["news", "loud"], "status": "tentative", "left_out": None,
        "relations": [],
        "sources": ["one", "two"], "accounts": [],
    }  # fmt: skip


def test_the_end_of_the_calendar_is_its_last_second() -> None:
    a = event("[events.a]\nwhen = 9999\n")
    assert a["end"]["latest"] == "9999-12-31T23:59:59Z"
    assert a["start"]["earliest"] == "9999-01-01T00:00:00Z"


def test_a_view_holds_its_events_and_what_they_name() -> None:
    data = exported(FULL, "trip")
    assert list(by_id(data)) == ["a"]
    head = data["timeline"]
    assert head["view"] == {"id": "trip", "title": "The trip"}
    assert list(head["sources"]) == ["one", "two"]
    assert [list(head[key]) for key in ("places", "people", "tags")] == [
        ["hall"], ["Bob", "ann"], ["loud", "news"],
    ]  # fmt: skip


def test_a_view_keeps_the_bounds_that_hidden_events_give() -> None:
    story = """
        [sources.s]
        [views.v]
        events = "b"
        [events.a]
        when = 2025-10-27
        source = "s"
        [events.b]
        after = "a"
    """
    whole, part = exported(story), exported(story, "v")
    assert part["events"] == [by_id(whole)["b"]]
    (b,) = part["events"]
    assert b["because"]["start"]["earliest"] == {
        "statement": "b is after a", "path": "events.b.after", "sources": [],
        "via": {"event": "a", "end": "end", "at": "2025-10-27T00:00:00Z"},
    }  # fmt: skip
    assert part["timeline"]["sources"] == {}
    assert list(whole["timeline"]["sources"]) == ["s"]


def test_a_view_names_the_sources_of_reasons_that_hidden_events_give() -> None:
    story = """
        [sources.s]
        [sources.t]
        [views.v]
        events = "b"
        [events.a]
        when = 2025-10-27
        after = { event = "b", source = "s" }
        source = "t"
        [events.b]
    """
    assert list(exported(story, "v")["timeline"]["sources"]) == ["s"]


def test_notes_for_the_editors_stay_out() -> None:
    told = written(load("""
        [sources.s]
        [events.a]
        note = "SECRET"
        when = { date = 2025-10-27, note = "SECRET" }
        duration = { duration = "1h", note = "SECRET" }
        after = { event = "b", note = "SECRET" }
        [events.b]
        accounts = [{ when = 2025-10-26, note = "SECRET" }]
        [[sequences]]
        events = ["b", "a"]
        note = "SECRET"
        [[constraints]]
        from = "b.start"
        to = "a.end"
        lag = "1h.."
        note = "SECRET"
    """))  # fmt: skip
    assert "SECRET" not in told
    assert '"note"' not in told


# -- What is stated -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("when = 2025-10-27", "2025-10-27", "2025-10-27"),
        ("when = 2025", "2025", "2025"),
        ('when = "2025-1X?"', "2025-1X?", "2025-1X?"),
        ('when = "XXXX"', "XXXX", "XXXX"),
        ("when = 2025-10-27T18:30:00", "2025-10-27T18:30:00", None),
        ("when = 2025-10-27T18:30:00Z", "2025-10-27T18:30:00+00:00", None),
        ('when = "2025-10-26/2025-10-28~"', "2025-10-26", "2025-10-28~"),
        ('when = "2025-10-26/.."', "2025-10-26", ".."),
        ('when = "/2025-10-26"', None, "2025-10-26"),
        ('when = "[2024,2025-10]"', "[2024,2025-10]", "[2024,2025-10]"),
        ('start = "2025-10-26"\nend = "2025-10-28T10:00"', "2025-10-26", "2025-10-28T10:00"),
        ("end = 2025-10-28", None, "2025-10-28"),
        ('earliest = "2025-10~"', "[2025-10~..]", None),
        ('latest = "2026-03"', None, "[..2026-03]"),
        ('latest = "[2025,2026-03]"', None, "[..2026-03]"),
        ('latest = "[2025..]"', None, None),
        ('earliest = "[..2025]"', None, None),
        ('earliest = "XXXX"\nlatest = "XXXX"', None, None),
        ('when = "2025-10"\nearliest = 2025-10-20\nlatest = 2026', "2025-10", "2025-10"),
        ("start = 2025-10-20\nlatest = 2026", "2025-10-20", "[..2026]"),
        ('when = { date = "1984~", tolerance = "2y" }', "1984~", "1984~"),
    ],
)
def test_stated(written: str, start: str | None, end: str | None) -> None:
    a = event(f"[events.a]\n{written}\n")
    assert (a["start"]["stated"], a["end"]["stated"]) == (start, end)


DATES = [
    "2025", "2025-10", "2025-10-27", "2025-10-27T18:30", "2025-10-27T18:30+09:00", "2025-W43",
    "202X", "1984~", "[2025-10-26..2025-10-28]", "[..2025-10]", "{2024,2025}",
]  # fmt: skip


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from(["start", "end", "earliest", "latest"]), st.sampled_from(DATES))
)
def test_what_is_stated_of_an_end_says_what_the_file_says(keys: dict[str, str]) -> None:
    """Written back as the `start` and `end` of the format, it gives the same windows."""
    assume(not {"start", "earliest"} <= set(keys) and not {"end", "latest"} <= set(keys))
    tz = zone("Asia/Tokyo")
    lines = "".join(f'{key} = "{date}"\n' for key, date in keys.items())
    try:
        a = event(f'[timeline]\ntimezone = "Asia/Tokyo"\n[events.a]\n{lines}')
    except api.TimelineError:
        assume(False)
    for end, other in (("start", "earliest"), ("end", "latest")):
        told = a[end]["stated"]
        for key in {end, other} & set(keys):
            meant = getattr(stated(key, edtf.parse(keys[key]), tz, False, None), end)
            if told is None:
                assert meant.earliest is meant.latest is None
            else:
                again = getattr(stated(end, edtf.parse(told), tz, False, None), end)
                assert again == meant


def test_throughout() -> None:
    a = event("[events.a]\nwhen = 2025-10-27\nthroughout = true\n")
    assert a["qualifiers"] == {"approximate": False, "uncertain": False, "throughout": True}
    assert a["start"]["earliest"] == a["start"]["latest"] == "2025-10-27T00:00:00Z"


@pytest.mark.parametrize(
    ("written", "least", "most"),
    [
        ("30m", "PT30M", "PT30M"),
        ("25m..40m", "PT25M", "PT40M"),
        ("1s..", "PT1S", None),
        ("..3d", None, "P3D"),
        ("0s", "PT0S", "PT0S"),
        ("1y14mo2w36h61m61s", "P2Y2M15DT13H2M1S", "P2Y2M15DT13H2M1S"),
        ("P1DT2H", "P1DT2H", "P1DT2H"),
    ],
)
def test_durations(written: str, least: str | None, most: str | None) -> None:
    a = event(f'[events.a]\nduration = "{written}"\n')
    assert a["duration"] == {"least": least, "most": most, "stated": written}


@settings(deadline=None)
@given(st.integers(0, 9_999), st.integers(0, 400), st.sampled_from(["", "-"]))
def test_lengths_say_exactly_what_was_written(months: int, hours: int, sign: str) -> None:
    text = f"{sign}{months}mo{hours}h{hours}s"
    story = (
        "[events.a]\n[events.b]\n[[constraints]]\nfrom='a.start'\nto='b.start'\n"
        f"lag='{text}'\n"
    )
    (relation,) = event(story, "b")["relations"]
    assert parse_amount(relation["lag"]["least"]) == parse_amount(text)


def test_accounts() -> None:
    story = """
        [sources.x]
        [sources.y]
        [events.a]
        source = "x"
        latest = 2030
        accounts = [
          { when = "2025-10-27T18:30~", duration = "30m" },
          { start = 2025-10-27T18:05:00, end = { date = "2025-10-28?", source = "y" } },
          { when = 2025-10-26, throughout = true, source = "y" },
          { when = 2025-10-26T10:00:00, latest = 2025-10-25 },
        ]
    """
    a = event(story)
    one, two, three, four = a["accounts"]
    assert one == {
        "start": {"earliest": "2025-10-27T18:30:00Z", "latest": "2025-10-27T18:30:00Z",
                  "stated": "2025-10-27T18:30~"},
        "end": {"earliest": "2025-10-27T19:00:00Z", "latest": "2025-10-27T19:00:00Z",
                "stated": None},
        "duration": {"least": "PT30M", "most": "PT30M", "stated": "30m"},
        "qualifiers": {"approximate": True, "uncertain": False, "throughout": False},
        "sources": ["x"],
    }  # fmt: skip
    assert two["start"]["stated"] == "2025-10-27T18:05:00"
    assert two["end"]["stated"] == "2025-10-28?"
    assert two["qualifiers"] == {"approximate": False, "uncertain": True, "throughout": False}
    assert two["sources"] == ["x", "y"]
    assert three["qualifiers"]["throughout"]
    assert three["start"]["latest"] == "2025-10-26T00:00:00Z"
    # It contradicts itself, and so says nothing that could be shown as a window.
    assert four["start"] == {"earliest": None, "latest": None, "stated": "2025-10-26T10:00:00"}
    assert a["start"]["stated"] is None  # that is for the accounts to say
    assert a["end"]["stated"] == "[..2030]"
    assert a["sources"] == ["x", "y"]


def test_bounds_beyond_the_calendar_are_open() -> None:
    a = event("""
        [events.a]
        after = { event = "b", lag = "9000y.." }
        before = { event = "c", lag = "9000y.." }
        [events.b]
        when = 5000
        [events.c]
        when = 5000
        status = "cancelled"
    """)
    assert a["start"]["earliest"] is None
    assert a["because"]["start"]["earliest"] is None


def test_a_reason_may_rest_on_a_bound_beyond_the_calendar() -> None:
    data = by_id(exported("""
        [events.a]
        when = 9000
        [events.b]
        after = { event = "a", lag = "2000y.." }
        [[constraints]]
        from = "b.start"
        to = "c.start"
        lag = "-2000y.."
        [events.c]
    """))
    assert data["b"]["start"]["earliest"] is None
    assert data["c"]["start"]["earliest"] is not None
    via = data["c"]["because"]["start"]["earliest"]["via"]
    assert via == {"event": "b", "end": "start", "at": None}


# -- Relations ------------------------------------------------------------------------------------

NOTHING = {"own_end": None, "end": None, "lag": None, "sequence": None, "element": None}


def test_every_relation_in_one_shape() -> None:
    a = event("""
        [sources.s]
        [sources.t]
        [events.a]
        source = "t"
        during = "b"
        after = ["c", { event = "d.start", lag = "1d..3d", source = "s" }]
        [events.b]
        [events.c]
        [events.d]
        [events.e]
        [events.f]
        [[sequences]]
        title = "A chain"
        source = "s"
        events = ["c", ["e", "d"], "a", "f"]
        [[constraints]]
        from = "d.end"
        to = "a.start"
        lag = "-2d..5d"
    """)
    assert a["relations"] == [
        NOTHING | {"relation": "during", "event": "b", "sources": ["t"]},
        NOTHING | {"relation": "after", "event": "c", "sources": ["t"]},
        NOTHING | {"relation": "after", "event": "d", "end": "start", "sources": ["s"],
                   "lag": {"least": "P1D", "most": "P3D", "stated": "1d..3d"}},
        NOTHING | {"relation": "after", "event": None, "sequence": "sequences[0]", "element": 1,
                   "sources": ["s"]},
        NOTHING | {"relation": "constraint", "own_end": "start", "event": "d", "end": "end",
                   "lag": {"least": "-P2D", "most": "P5D", "stated": "-2d..5d"}, "sources": []},
    ]  # fmt: skip


def test_sequences_pass_over_what_is_cancelled() -> None:
    data = exported("""
        [sources.s]
        [events.a]
        [events.b]
        status = "cancelled"
        [events.c]
        status = "cancelled"
        [events.d]
        [events.e]
        [[sequences]]
        events = ["a", "b"]
        [[sequences]]
        title = "Chain"
        source = "s"
        events = ["a", "b", ["c", "d"], "e"]
    """)
    events = by_id(data)
    (to_d,), (to_e,) = events["d"]["relations"], events["e"]["relations"]
    assert (to_d["event"], to_d["sequence"], to_d["element"]) == ("a", "sequences[1]", 0)
    assert (to_e["event"], to_e["sequence"], to_e["element"]) == ("d", "sequences[1]", 2)
    assert events["b"]["relations"] == events["c"]["relations"] == []
    assert data["timeline"]["sequences"] == {
        "sequences[1]": {"title": "Chain", "events": [["a"], ["b"], ["c", "d"], ["e"]],
                         "sources": ["s"]},
    }  # fmt: skip
    assert list(data["timeline"]["sources"]) == ["s"]


# -- Reasons --------------------------------------------------------------------------------------


def test_the_reasons_of_a_bound() -> None:
    b = event("""
        [sources.s]
        [events.a]
        when = 2025-10-26
        source = "s"
        [events.b]
        after = ["a"]
        duration = "1h"
        latest = 2025-10-28
        """, "b")["because"]  # fmt: skip
    assert b == {
        "start": {
            "earliest": {"statement": "b is after a", "path": "events.b.after[0]", "sources": [],
                         "via": {"event": "a", "end": "end", "at": "2025-10-26T00:00:00Z"}},
            "latest": {"statement": "b lasts 1h", "path": "events.b.duration", "sources": [],
                       "via": {"event": "b", "end": "end", "at": "2025-10-29T00:00:00Z"}},
        },
        "end": {
            "earliest": {"statement": "b lasts 1h", "path": "events.b.duration", "sources": [],
                         "via": {"event": "b", "end": "start", "at": "2025-10-26T00:00:00Z"}},
            "latest": {"statement": "b is no later than 2025-10-28", "path": "events.b.latest",
                       "sources": [], "via": None},
        },
    }  # fmt: skip


def test_no_event_ends_before_it_starts_and_nobody_says_so() -> None:
    a = event("[sources.s]\n[events.a]\nwhen = 2025-10-26\nsource = 's'\n")["because"]
    assert a["end"]["earliest"] == {
        "statement": None, "path": None, "sources": [],
        "via": {"event": "a", "end": "start", "at": "2025-10-26T00:00:00Z"},
    }  # fmt: skip
    assert a["start"]["earliest"] == {
        "statement": "a is dated 2025-10-26", "path": "events.a.when", "sources": ["s"],
        "via": None,
    }  # fmt: skip


def test_between_large_groups_the_reason_is_an_event() -> None:
    """Their link goes through points that are no event's."""
    names = [f"e{n}" for n in range(10)]
    data = by_id(exported(f"""
        [events.e3]
        when = 2025-10-26
        {"".join(f"[events.{n}]{chr(10)}" for n in names if n != "e3")}
        [[sequences]]
        events = [{names[:5]}, {names[5:]}]
    """))
    for name in names[5:]:
        reason = data[name]["because"]["start"]["earliest"]
        assert reason["path"] == "sequences[0].events[1]"
        assert reason["via"] == {"event": "e3", "end": "end", "at": "2025-10-26T00:00:00Z"}


def followed(events: dict[str, Any], name: str, end: str, side: str) -> list[tuple[Any, ...]]:
    """A chain from a stated date to a bound, link by link, as a reader would follow it."""
    links: list[tuple[Any, ...]] = []
    while True:
        step = events[name]["because"][end][side]
        links.append((step["path"], name, end, events[name][end][side]))
        if step["via"] is None:
            return links[::-1]
        name, end = step["via"]["event"], step["via"]["end"]
        assert step["via"]["at"] == events[name][end][side]


# -- Laws -----------------------------------------------------------------------------------------

IDS = [f"e{n}" for n in range(7)]


@st.composite
def stories(draw: st.DrawFn) -> str:
    """Small files, most of them consistent: dates that rise, relations that look back."""
    lines = ["[sources.s]\n[sources.t]\n"]
    cited = st.sampled_from(["", 'source = "s"\n', 'source = ["s", "t"]\n'])
    for number, name in enumerate(draw(st.permutations(IDS))):
        lines.append(f"[events.{name}]\n{draw(cited)}")
        year = f"202{number}"
        key = draw(st.sampled_from(["", "when", "earliest", "latest"]))
        date = draw(st.sampled_from([year, f"{year}-05-0{number + 1}", f"{year}-03-01T10:00",
                                     f"[{year}-02,{year}-04]"]))  # fmt: skip
        lines.append(f'{key} = "{date}"\n' if key else "")
        lines.append(draw(st.sampled_from(["", "", 'duration = "1h"\n', 'duration = "..3d"\n'])))
        lines.append(draw(st.sampled_from(["", "", "", 'status = "cancelled"\n'])))
        earlier = st.sampled_from([line[8:10] for line in lines if line.startswith("[events.")])
        for relation in draw(st.lists(st.sampled_from(
            ["after", "during", "met_by", "started_by", "equals", "overlapped_by"]),
            max_size=2, unique=True)):  # fmt: skip
            other = draw(earlier)
            if other != name:
                lines.append(f'{relation} = "{other}"\n')
    chain = draw(st.lists(st.sampled_from(IDS), min_size=2, max_size=5, unique=True))
    if draw(st.booleans()):
        lines.append(f"[[sequences]]\nevents = {json.dumps([[chain[0]], *chain[1:]])}\n")
    if draw(st.booleans()):
        lines.append(f'[[constraints]]\nfrom = "{chain[0]}.start"\nto = "{chain[1]}.end"\n'
                     'lag = "-1d..9y"\nsource = "t"\n')  # fmt: skip
    return "".join(lines)


def solved(story: str) -> Schedule:
    """The story's schedule; other stories are left aside."""
    report = api.check(story.encode())
    assert report.timeline is not None, [d.message for d in report.diagnostics]
    assume(report.solution is not None)
    return load(story)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(stories())
def test_laws(story: str) -> None:
    schedule = solved(story)
    text = written(schedule)
    data = json.loads(text)
    VALIDATOR.validate(data)
    assert text == laid_out(data)
    events = by_id(data)
    place = {e["id"]: number for number, e in enumerate(data["events"])}
    assert sorted(place) == IDS
    for name, e in events.items():
        start, end = e["start"], e["end"]
        for low, high in (
            (start["earliest"], start["latest"]), (end["earliest"], end["latest"]),
            (start["earliest"], end["earliest"]), (start["latest"], end["latest"]),
        ):  # fmt: skip
            assert low is None or high is None or low <= high  # RFC 3339 in UTC sorts as text
        for other in data["events"][: place[name]]:  # nothing certainly starts before its place
            latest, earliest = start["latest"], other["start"]["earliest"]
            assert latest is None or earliest is None or latest >= earliest
        for relation in e["relations"]:
            cancelled = "cancelled" in (e["status"], events[relation["event"]]["status"])
            if relation["relation"] == "after" and not cancelled:
                assert place[relation["event"]] < place[name]
        for which in ("start", "end"):
            for side in ("earliest", "latest"):
                chain = schedule.because(name, which, side)
                assert (e["because"][which][side] is None) == (not chain)
                if chain:
                    links = followed(events, name, which, side)
                    assert [link[1:3] for link in links] == [(r.event, r.end) for r in chain]
                    assert [link[0] for link in links] == [dotted(schedule, r) for r in chain]
                    assert [seconds(link[3]) for link in links] == [r.at for r in chain]
    assert cited(data) == set(data["timeline"]["sources"])


def cited(data: dict[str, Any]) -> set[str]:
    """Every source that is named anywhere."""

    def visit(node: Any) -> set[str]:
        if isinstance(node, list):
            return {s for inner in node for s in visit(inner)}
        if not isinstance(node, dict):
            return set()
        return set(node.get("sources", ())) | {s for inner in node.values() for s in visit(inner)}

    return visit(data["events"]) | visit(data["timeline"]["sequences"])


def dotted(schedule: Schedule, reason: Reason) -> str | None:
    if reason.statement is None:
        return None
    path = schedule.timeline.statements[reason.statement].path
    return re.sub(r"\.(\d+)", r"[\1]", ".".join(map(str, path)))


def seconds(instant: str) -> int:
    return int(datetime.fromisoformat(instant).timestamp())


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(stories(), st.lists(st.sampled_from(IDS), unique=True))
def test_a_view_is_a_part_of_the_whole(story: str, chosen: list[str]) -> None:
    text = f"{story}[views.v]\nevents = {json.dumps(chosen or IDS)}\n"
    solved(story)
    whole, part = exported(text), exported(text, "v")
    assert part["events"] == [e for e in whole["events"] if e["id"] in (chosen or IDS)]
    assert cited(part) == set(part["timeline"]["sources"])


def test_free_events_go_by_what_is_known_of_them() -> None:
    data = exported("""
        [events.z]
        [events.d]
        when = 2025
        [events.c]
        latest = 2022
        [events.b]
        when = 2024
        [events.a]
        when = 2025
    """)
    assert list(by_id(data)) == ["c", "b", "a", "d", "z"]


@settings(deadline=None)
@given(st.text(min_size=1, max_size=30))
def test_every_title_survives(title: str) -> None:
    story = f"[events.a]\ntitle = {toml(title)}\ndescription = {toml(title)}\nwho = {toml(title)}\n"
    report = api.check(story.encode())
    assume(report.timeline is not None)
    text = written(load(story))
    a = json.loads(text)["events"][0]
    assert a["title"] == title.strip()
    assert a["description"] == title
    assert a["people"] == [title.strip()]
    assert text == laid_out(json.loads(text))
    assert text.encode()


def toml(text: str) -> str:
    return '"' + "".join(
        c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in text
    ) + '"'  # fmt: skip


def test_letters_stand_as_they_are() -> None:
    assert "日本 – “Ärger” 🗾" in written(load('[events.a]\ntitle = "日本 – “Ärger” 🗾"\n'))


# -- In proportion --------------------------------------------------------------------------------


def chain_of(count: int) -> str:
    return "[events.e0]\nwhen = 2025-10-26\n" + "".join(
        f'[events.e{n}]\nafter = "e{n - 1}"\nduration = "1m.."\n' for n in range(1, count)
    )


def test_long_chains_take_no_more_than_their_length() -> None:
    short, long = (len(written(load(chain_of(count)))) / count for count in (100, 1_000))
    assert long < short * 1.1


def test_groups_take_no_more_than_their_members() -> None:
    def size(count: int) -> float:
        names = [f"e{n}" for n in range(1000, 1000 + 2 * count)]
        story = "".join(f"[events.{n}]\n" for n in names)
        return len(written(load(
            f"{story}[[sequences]]\nevents = [{names[:count]}, {names[count:]}]\n"
        ))) / count  # fmt: skip

    assert size(400) < size(40) * 1.1


def test_a_long_title_is_not_told_again_and_again() -> None:
    title = "x" * 100_000
    story = f'[[sequences]]\ntitle = "{title}"\nevents = ["a", "b"]\n'
    text = written(load(f"{story}[events.a]\nwhen = 2025\n[events.b]\n"))
    assert text.count(title) == 1
    reason = by_id(json.loads(text))["b"]["because"]["start"]["earliest"]
    assert len(reason["statement"]) == WORDS
    assert reason["statement"].endswith("x…")


def test_a_long_list_of_sources_is_not_told_again_and_again() -> None:
    names = [f"s{n}" for n in range(SOURCES + 20)]
    data = exported(
        "".join(f"[sources.{n}]\n" for n in names)
        + f"[events.a]\nwhen = 2025\nsource = {names}\nafter = 'b'\n[events.b]\n"
    )
    a = by_id(data)["a"]
    assert a["sources"] == names == list(data["timeline"]["sources"])
    assert a["relations"][0]["sources"] == names[:SOURCES]
    assert a["because"]["start"]["earliest"]["sources"] == names[:SOURCES]


def test_a_sequence_names_all_its_sources() -> None:
    names = [f"s{n}" for n in range(SOURCES + 20)]
    data = exported(
        "".join(f"[sources.{n}]\n" for n in names)
        + f"[events.a]\n[events.b]\n[[sequences]]\nevents = ['a', 'b']\nsource = {names}\n"
    )
    assert list(data["timeline"]["sources"]) == names
    assert data["timeline"]["sequences"]["sequences[0]"]["sources"] == names
    assert by_id(data)["b"]["relations"][0]["sources"] == names[:SOURCES]


# -- The page -------------------------------------------------------------------------------------

PAGE = (ROOT / "docs/json.md").read_text("utf-8")


def test_the_page_shows_a_real_event() -> None:
    (block,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    shown = json.loads(block)
    data = json.loads(written(api.load(ROOT / "events.toml")))
    assert shown == by_id(data)[shown["id"]]
    assert block == laid_event(shown) + "\n"


def test_the_page_names_every_key() -> None:
    keys = {key for node in SCHEMA["$defs"].values() for key in properties(node)}
    keys |= set(SCHEMA["properties"])
    assert {key for key in keys if f"`{key}`" not in PAGE} == set()


def properties(node: Any) -> set[str]:
    if isinstance(node, list):
        return {key for inner in node for key in properties(inner)}
    if not isinstance(node, dict):
        return set()
    found = set(node["properties"]) if isinstance(node.get("properties"), dict) else set()
    return found | {key for inner in node.values() for key in properties(inner)}
