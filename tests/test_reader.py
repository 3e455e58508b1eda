"""The reader: every fault of a file in one run, each with its code, its place, and what to do."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.diagnostics import Diagnostic
from timeline.model import Accounts, Dated, Lagged, Lasting, Linked, Related, Timeline
from timeline.reader import read
from timeline.rules import RULES
from timeline.schema import RELATIONS, SLIPS, TABLES


def faults(text: str) -> list[Diagnostic]:
    timeline, found = read(tomli.loads(text), "events.toml")
    assert (timeline is None) == bool(found)
    return found


def fault(text: str) -> Diagnostic:
    found = faults(text)
    assert len(found) == 1, [(d.code, d.message) for d in found]
    return found[0]


def story(text: str) -> Timeline:
    timeline, found = read(tomli.loads(text), "events.toml")
    assert timeline is not None, [(d.code, d.message) for d in found]
    return timeline


def event(line: str) -> str:
    return f"[events.a]\n{line}\n[events.b]\n"


# What people type, and what they are told.
@pytest.mark.parametrize(
    ("text", "code", "path", "help"),
    [
        (event("date = 2025-10-27"), "TL105", "events.a.date", "`when`"),
        (event("day = 2025-10-27"), "TL105", "events.a.day", "`when`"),
        (event("by = 2025-10-27"), "TL105", "events.a.by", "`latest`"),
        (event("deadline = 2025-10-27"), "TL105", "events.a.deadline", "`latest`"),
        (event("until = 2025-10-27"), "TL105", "events.a.until", "`latest`"),
        (event("since = 2025-10-27"), "TL105", "events.a.since", "`earliest`"),
        (event("from = 2025-10-27"), "TL105", "events.a.from", "`earliest`"),
        (event("all_day = true"), "TL105", "events.a.all_day", "`throughout`"),
        (event('location = "x"'), "TL105", "events.a.location", "`place`"),
        (event('where = "x"'), "TL105", "events.a.where", "`place`"),
        (event('people = ["x"]'), "TL105", "events.a.people", "`who`"),
        (event('participants = ["x"]'), "TL105", "events.a.participants", "`who`"),
        (event('name = "x"'), "TL105", "events.a.name", "`title`"),
        ('[tags.x]\ncolor = "red"\n', "TL105", "tags.x.color", "`colour`"),
        ('[timeline.calendar]\ncolor = "red"\n', "TL105", "timeline.calendar.color", "`colour`"),
        (event("after = 2025-10-20"), "TL307", "events.a.after", "`earliest`"),
        (event('after = "2025-10-20"'), "TL307", "events.a.after", "`earliest`"),
        (event("before = 2025-10-20"), "TL307", "events.a.before", "`latest`"),
        (event("starts = 2025-10-20"), "TL307", "events.a.starts", "`start`"),
        (event("finishes = 2025-10-20"), "TL307", "events.a.finishes", "`end`"),
        (event("during = 2025-10-20"), "TL307", "events.a.during", "`when`"),
        (event('start = "b"'), "TL308", "events.a.start", "`starts` or `after`"),
        (event('end = "b"'), "TL308", "events.a.end", "`finishes` or `before`"),
        (event('when = "b"'), "TL308", "events.a.when", "`equals` or `during`"),
        (event('after = "a"'), "TL303", "events.a.after", "another event"),
        (event('after = { event = "b", lag = "-1d" }'), "TL306", "events.a.after.lag",
         "[[constraints]]"),
        (event('during = { event = "b", lag = "1d" }'), "TL306", "events.a.during.lag",
         "[[constraints]]"),
        (event('duration = "-1d"'), "TL306", "events.a.duration", ""),
        (event('when = 2025-10-27\nduration = "3d"'), "TL211", "events.a.duration", "`start`"),
        (event('when = 2025-03-30\nduration = "1d"\ntimezone = "Europe/Berlin"'), "TL212",
         "events.a.duration", "throughout"),
        (event("when = [2025-10-27]"), "TL102", "events.a.when", "accounts"),
        (event("when = 09:30:00"), "TL102", "events.a.when", "day"),
        (event("when = 2025.5"), "TL102", "events.a.when", "such as"),
        (event("titel = 'x'"), "TL101", "events.a.titel", "`title`"),
        (event("qqq = 'x'"), "TL101", "events.a.qqq", "known keys"),
        ("[event.a]\n", "TL105", "event", "`events`"),
        ("[zzz]\n", "TL101", "zzz", ""),
        (event("title = 7"), "TL102", "events.a.title", "quotes"),
        (event("title = ' '"), "TL109", "events.a.title", ""),
        (event('title = "a\\nb"'), "TL109", "events.a.title", "description"),
        (event('title = "\\u001b[31m"'), "TL109", "events.a.title", "take it out"),
        (event('description = "\\u0000"'), "TL109", "events.a.description", "take it out"),
        (event('url = "example.org"'), "TL107", "events.a.url", "https://"),
        (event('status = "maybe"'), "TL107", "events.a.status", ""),
        (event('status = "canceled"'), "TL107", "events.a.status", '"cancelled"'),
        (event("status = 1"), "TL102", "events.a.status", ""),
        (event("throughout = 'yes'"), "TL102", "events.a.throughout", "quotes"),
        (event("throughout = true"), "TL214", "events.a.throughout", "`when`"),
        (event("throughout = true\nlatest = 2025-10-27"), "TL214", "events.a.throughout", ""),
        (event("throughout = true\nwhen = 2025-10-27T10:00:00"), "TL214", "events.a.throughout",
         ""),
        (event("when = 2025-10-27\nend = 2025-10-28"), "TL106", "events.a.end", "`start`"),
        (event("when = 2025-10-27\naccounts = [{ when = 2025-10-28 }]"), "TL106",
         "events.a.when", "accounts"),
        (event("accounts = []"), "TL107", "events.a.accounts", ""),
        (event("accounts = 7"), "TL102", "events.a.accounts", "accounts"),
        (event("accounts = [7]"), "TL102", "events.a.accounts.0", ""),
        (event('accounts = [{ note = "x" }]'), "TL103", "events.a.accounts.0", ""),
        (event("accounts = [{ throughout = true, duration = '1h' }]"), "TL214",
         "events.a.accounts.0.throughout", ""),
        (event('when = { tolerance = "1d" }'), "TL103", "events.a.when", "date"),
        (event('when = { date = 2025, tolerance = "1d..2d" }'), "TL209",
         "events.a.when.tolerance", ""),
        (event('duration = { note = "x" }'), "TL103", "events.a.duration", "duration"),
        (event("duration = 30"), "TL102", "events.a.duration", '"30m"'),
        (event('duration = "1h..1m"'), "TL210", "events.a.duration", ""),
        (event('duration = "soon"'), "TL209", "events.a.duration", ""),
        (event('start = "2025/2026"'), "TL215", "events.a.start", "`when`"),
        (event('latest = "2025/2026"'), "TL215", "events.a.latest", "`latest`"),
        (event('when = "2023-02-29"'), "TL202", "events.a.when", ""),
        (event('when = "2025-10-28/2025-10-26"'), "TL203", "events.a.when", ""),
        (event('when = "Y12345"'), "TL204", "events.a.when", ""),
        (event("when = 0"), "TL204", "events.a.when", ""),
        (event("when = 12345"), "TL204", "events.a.when", ""),
        (event("when = 2025-10-27T10:00:00.25"), "TL207", "events.a.when", ""),
        (event('when = "2025-21"'), "TL213", "events.a.when", "25"),
        (event('when = "../.."'), "TL217", "events.a.when", ""),
        (event('when = "soon"'), "TL201", "events.a.when", ""),
        (event('timezone = "Tokyo"'), "TL208", "events.a.timezone", "Asia/Tokyo"),
        (event('timezone = "Asia/Tokio"'), "TL208", "events.a.timezone", "Asia/Tokyo"),
        (event('timezone = "+09:00"'), "TL208", "events.a.timezone", "offset"),
        (event("timezone = 9"), "TL102", "events.a.timezone", ""),
        (event('after = "c"'), "TL301", "events.a.after", ""),
        (event("after = []"), "TL107", "events.a.after", ""),
        (event("after = true"), "TL102", "events.a.after", ""),
        (event('after = ["b", 7]'), "TL307", "events.a.after.1", ""),
        (event("after = {}"), "TL103", "events.a.after", "event"),
        (event('after = "b.middle"'), "TL309", "events.a.after", "b.start"),
        (event('during = "b.start"'), "TL309", "events.a.during", '"b"'),
        (event('source = "x"'), "TL302", "events.a.source", "[sources.x]"),
        (event('ignore = ["TL401"]'), "TL310", "events.a.ignore.0", ""),
        (event('ignore = ["TL50"]'), "TL310", "events.a.ignore.0", "TL5"),
        (event("ignore = ['quiet']"), "TL310", "events.a.ignore.0", ""),
        ('[events.a]\nuid="u"\n[events.b]\nuid="u"\n', "TL108", "events.b.uid", ""),
        (event("start = 2025-10-27\nend = 2025-10-26"), "TL203", "events.a.end", "other way round"),
        (event("start = 2025-10-27\nend = 2025-10-20"), "TL203", "events.a.end", "accounts"),
        (event("earliest = 2025-10-21\nlatest = 2025-10-20"), "TL203", "events.a.latest", ""),
        (event("start = 2025-10-27T10:00:00\nend = 2025-10-27T09:00:00"), "TL203", "events.a.end", ""),
        ('[events.a]\ncolor="red"\n', "TL101", "events.a.color", "[tags.x] colour"),
        ('[timeline]\nid="t"\n[events.a]\nuid="b@t"\n[events.b]\n', "TL108", "events.a.uid", "`b`"),
        ('[events.a]\nuid="b@events"\n[events.b]\n', "TL108", "events.a.uid", "`b`"),
        ('[events.a]\ntitle="x\\uffff"\n', "TL109", "events.a.title", "take it out"),
        ("[events]\na = 1\n", "TL102", "events.a", "[events.a]"),
        ("events = 1\n", "TL102", "events", ""),
        ("timeline = 1\n", "TL102", "timeline", ""),
        ("[events.Big]\n", "TL104", "events.Big", '"big"'),
        ("[events.'é']\n", "TL104", "events.é", ""),
        ('[timeline]\nid = "A B"\n', "TL104", "timeline.id", '"a-b"'),
        ('[timeline]\nlanguage = "e n"\n', "TL107", "timeline.language", '"en"'),
        ('[tags.x]\ncolour = "#fff"\n', "TL107", "tags.x.colour", ""),
        ('[tags.x]\ncolour = "stelblue"\n', "TL107", "tags.x.colour", "steelblue"),
        ("[places.x]\ngeo = [91, 0]\n", "TL107", "places.x.geo", ""),
        ("[places.x]\ngeo = 1\n", "TL102", "places.x.geo", ""),
        ("[timeline.calendar]\nrefresh = '0s'\n", "TL107", "timeline.calendar.refresh", ""),
        ("[timeline.calendar]\nremoved = 'keep'\n", "TL107", "timeline.calendar.removed", ""),
        ("format = 2\n", "TL004", "format", "newer"),
        ("format = 0\n", "TL107", "format", ""),
        ("format = '1'\n", "TL102", "format", ""),
        ("sequences = 1\n", "TL102", "sequences", "[[sequences]]"),
        ("sequences = [1]\n", "TL102", "sequences.0", "[[sequences]]"),
        ("[[sequences]]\nevents = 'a'\n", "TL102", "sequences.0.events", ""),
        ("[[sequences]]\n", "TL103", "sequences.0", "events"),
        ("[events.a]\n[[sequences]]\nevents = ['a']\n", "TL305", "sequences.0.events", ""),
        ("[events.a]\n[[sequences]]\nevents = ['a', []]\n", "TL305", "sequences.0.events.1", ""),
        ("[events.a]\n[[sequences]]\nevents = ['a', [['a']]]\n", "TL305",
         "sequences.0.events.1.0", ""),
        ("[events.a]\n[[sequences]]\nevents = ['a', 'a']\n", "TL305", "sequences.0.events.1", ""),
        ("[events.a]\n[events.b]\n[[sequences]]\nevents = ['a', 'b.end']\n", "TL309",
         "sequences.0.events.1", ""),
        ("[events.a]\n[[sequences]]\nevents = ['a', 'x']\n", "TL301", "sequences.0.events.1", ""),
        ("[events.a]\n[[constraints]]\nfrom='a'\nto='a.end'\nlag='1d'\n", "TL309",
         "constraints.0.from", "a.start"),
        ("[events.a]\n[[constraints]]\nfrom='a.end'\nto='a.end'\nlag='1d'\n", "TL303",
         "constraints.0.to", ""),
        ("[views.all]\n", "TL107", "views.all", ""),
        ("[views.v]\nevents = ['x']\n", "TL301", "views.v.events.0", ""),
        ("[events.a]\n[views.v]\nevents = 'a.end'\n", "TL309", "views.v.events", ""),
        ("[views.v]\nwithin = 'x'\n", "TL201", "views.v.within", ""),
        ("[timeline]\ntimezone = 'Europe/Berlin'\n[views.v]\nwithin = 2025-03-30T02:30:00\n",
         "TL205", "views.v.within", ""),
        ("[timeline]\ntimezone = 'Europe/Berlin'\n[events.a]\nwhen = 2025-10-26T02:30:00\n",
         "TL206", "events.a.when", "00:30:00Z or 2025-10-26T01:30:00Z"),
        ("[timeline]\ntimezone = 'Pacific/Apia'\n[events.a]\nwhen = 2011-12-30\n",
         "TL205", "events.a.when", ""),
        ("[timeline]\ntitle = ''\n", "TL109", "timeline.title", ""),
        (event("who = 7"), "TL102", "events.a.who", "quotes"),
        (event("who = [7]"), "TL102", "events.a.who.0", "quotes"),
    ],
)  # fmt: skip
def test_a_slip(text: str, code: str, path: str, help: str) -> None:
    found = fault(text)
    assert found.code == code, found.message
    assert ".".join(map(str, found.path)) == path
    assert help in found.help
    assert found.message[0].isalnum() or found.message[0] in '`"'


def test_every_slip_of_the_table_is_told() -> None:
    for kind, slips in SLIPS.items():
        for written, meant in slips.items():
            assert meant in TABLES[kind], (kind, meant)
            assert written not in TABLES[kind], (kind, written)


def test_every_fault_in_one_run() -> None:
    found = faults("""
        format = 1
        [timeline]
        tittle = "x"
        timezone = "Nowhere"
        [events.a]
        when = "2023-02-29"
        after = ["x", "y"]
        duration = "1.5h"
        [events.B]
        [[sequences]]
        events = ["a", "z"]
        """)
    assert sorted(d.code for d in found) == sorted(
        ["TL101", "TL208", "TL202", "TL301", "TL301", "TL209", "TL104", "TL301"]
    )


def test_did_you_mean() -> None:
    found = fault('[events.audience]\n[events.b]\nafter = "audiance.end"\n')
    assert found.help == 'did you mean "audience.end"?'
    found = fault('[sources.gazette]\n[events.b]\nsource = "gazete"\n')
    assert found.help == 'did you mean "gazette"?'


def test_statements_one_each() -> None:
    timeline = story("""
        [sources.s]
        [sources.t]
        [events.a]
        source = "s"
        start = 2025-10-27
        end = { date = 2025-10-28, source = "t", note = "n" }
        duration = "1h"
        after = ["b", { event = "c.start", lag = "1d..", source = ["t", "s"] }]
        [events.b]
        accounts = [{ when = 2025, source = "s" }, { latest = 2025, source = "t" }]
        [events.c]
        [[sequences]]
        source = "t"
        events = ["b", ["a", "c"]]
        [[constraints]]
        from = "a.start"
        to = "b.end"
        lag = "-2d..5d"
        """)
    told = [(type(s.claim), s.event, ".".join(map(str, s.path)), s.sources)
            for s in timeline.statements]  # fmt: skip
    assert told == [
        (Dated, "a", "events.a.start", ("s",)),
        (Dated, "a", "events.a.end.date", ("t",)),
        (Lasting, "a", "events.a.duration", ("s",)),
        (Related, "a", "events.a.after.0", ("s",)),
        (Related, "a", "events.a.after.1", ("t", "s")),
        (Accounts, "b", "events.b.accounts", ("s", "t")),
        (Linked, "", "sequences.0.events.1", ("t",)),
        (Lagged, "", "constraints.0", ()),
    ]
    assert [s.id for s in timeline.statements] == list(range(8))
    assert timeline.events["a"].statements == (0, 1, 2, 3, 4)


def test_a_line_is_told_without_the_spaces_around_it() -> None:
    timeline = story(event('title = " one\\u00a0line\\t"'))
    assert timeline.events["a"].title == "one\u00a0line"
    assert story(event('title = " a "')).events["a"].title == "a"


def test_what_is_said_alike_is_one_value() -> None:
    timeline = story("""
        [events.a]
        when = 2025-10-27
        duration = "1h"
        [events.b]
        when = 2025-10-27
        duration = "1h"
        [events.c]
        when = 2025-10-27
        timezone = "Asia/Tokyo"
        [events.d]
        when = 2025-10-27
        throughout = true
        [events.e]
        start = 2025-10-27
        [events.f]
        when = "2025-10-27"
        """)
    said = {(s.event, type(s.claim)): s for s in timeline.statements}
    dated = {event: said[event, Dated].claim for event in "abcdef"}
    assert said["a", Lasting].claim is said["b", Lasting].claim
    assert dated["a"] is dated["b"]
    assert dated["a"] == dated["f"]
    assert len({repr(claim) for claim in dated.values()}) == 4
    assert said["a", Dated].below is said["f", Dated].below
    assert said["f", Dated].path == ("events", "f", "when")


def test_defaults() -> None:
    timeline = story("[events.first-talks]\n")
    assert (timeline.id, timeline.zone, timeline.id_stated) == ("events", "UTC", False)
    assert timeline.events["first-talks"].title == "First talks"
    assert timeline.calendar.refresh == 12 * 3600


def test_the_id_comes_from_the_name_of_the_file() -> None:
    for name, meant in (("dir/My Story.toml", "my-story"), ("é.toml", "timeline"), ("-", "timeline")):
        timeline, _ = read({}, name)
        assert timeline is not None
        assert timeline.id == meant


def test_zones_of_events() -> None:
    timeline = story("""
        [timeline]
        timezone = "Asia/Tokyo"
        [places.seoul]
        timezone = "Asia/Seoul"
        [events.a]
        [events.b]
        place = "seoul"
        [events.c]
        place = "seoul"
        timezone = "UTC"
        """)
    assert [e.zone for e in timeline.events.values()] == ["Asia/Tokyo", "Asia/Seoul", "UTC"]


def test_a_cancelled_element_is_passed_over() -> None:
    timeline = story("""
        [events.a]
        [events.b]
        status = "cancelled"
        [events.c]
        [[sequences]]
        events = ["a", ["b"], "c"]
        """)
    (link,) = timeline.statements
    assert isinstance(link.claim, Linked)
    assert (link.claim.earlier, link.claim.later) == (("a",), ("c",))
    assert link.path == ("sequences", 0, "events", 2)


# Whatever a file holds, it is read or its faults are named: arbitrary values under known keys.
scalars = (
    st.text(max_size=12)
    | st.integers()
    | st.booleans()
    | st.floats(allow_nan=True)
    | st.dates()
    | st.datetimes(timezones=st.none() | st.just(dt.UTC))
    | st.times()
    | st.sampled_from(["a", "b", "a.start", "2025", "2025-10", "1d", "s", "p", "UTC", "2025/2026"])
)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["date", "source", "event", "lag", "when", "tolerance", "note", "x",
                         "duration"]),
        inner,
        max_size=3,
    ),
    max_leaves=8,
)  # fmt: skip


def table(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from(sorted(TABLES[kind])) | st.text(max_size=5), anything,
                           max_size=5)  # fmt: skip


ids = st.sampled_from(["a", "b", "s", "p", "all"]) | st.text(max_size=4)
documents = st.fixed_dictionaries(
    {},
    optional={
        "format": anything,
        "timeline": table("timeline") | anything,
        "sources": st.dictionaries(ids, table("source") | anything, max_size=2),
        "places": st.dictionaries(ids, table("place") | anything, max_size=2),
        "people": st.dictionaries(ids, table("person") | anything, max_size=2),
        "tags": st.dictionaries(ids, table("tag") | anything, max_size=2),
        "events": st.dictionaries(ids, table("event") | anything, max_size=3),
        "sequences": st.lists(table("sequence") | anything, max_size=2),
        "constraints": st.lists(table("constraint") | anything, max_size=2),
        "views": st.dictionaries(ids, table("view") | anything, max_size=2),
    },
)


@given(documents)
@settings(max_examples=300, deadline=None)
def test_anything_is_read_or_its_faults_are_named(data: dict[str, Any]) -> None:
    timeline, found = read(data, "events.toml")
    assert (timeline is None) == bool(found)
    for fault in found:
        assert RULES[fault.code].severity == "error"
        assert fault.message
        inside: Any = data
        for step in fault.path[:-1]:
            inside = inside[step]  # every path leads somewhere


def test_every_relation_is_read() -> None:
    for name in RELATIONS:
        timeline = story(f'[events.a]\n{name} = "b"\n[events.b]\n')
        (statement,) = timeline.statements
        assert isinstance(statement.claim, Related)
        assert statement.claim.relation == name
