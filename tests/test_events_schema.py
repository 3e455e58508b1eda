"""The schema of events.toml: it takes what the reader takes, and catches what people mistype."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from timeline import reader
from timeline.events_schema import events_schema, text
from timeline.rules import RULES
from timeline.schema import COLOURS, RELATIONS, SLIPS, TABLES

ROOT = Path(__file__).parent.parent
SCHEMA = events_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


def as_json(value: Any) -> Any:
    """TOML as an editor hands it to a validator: dates are texts."""
    if isinstance(value, dict):
        return {name: as_json(held) for name, held in value.items()}
    if isinstance(value, list):
        return [as_json(held) for held in value]
    return value.isoformat() if isinstance(value, (dt.date, dt.time)) else value


def valid(document: Any) -> bool:
    return bool(VALIDATOR.is_valid(as_json(document)))


def accepted(document: dict[str, Any]) -> bool:
    return not reader.read(document, "events.toml")[1]


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(text()) == SCHEMA
    assert text().endswith("}\n")
    assert SCHEMA["properties"]["format"]["maximum"] == reader.FORMAT


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for held in value.values() if isinstance(value, dict) else value:
        if isinstance(held, (dict, list)):
            yield from nodes(held)


def test_every_reference_leads_somewhere_and_every_definition_is_used() -> None:
    named = {node["$ref"] for node in nodes(SCHEMA) if "$ref" in node}
    assert named == {f"#/$defs/{name}" for name in SCHEMA["$defs"]}


def test_older_editors_see_every_description() -> None:
    # Until draft 2019-09 all that stands beside a $ref counts for nothing.
    assert all(len(node) == 1 for node in nodes(SCHEMA) if "$ref" in node)


def test_every_key_says_what_it_means() -> None:
    for kind, keys in TABLES.items():
        held = spread(kind)["properties"]
        assert set(held) == set(keys), kind
        for name, key in keys.items():
            assert held[name]["description"] == key.meaning


def spread(kind: str) -> dict[str, Any]:
    """The schema of one kind of table, wherever it stands."""
    found: dict[str, Any]
    head = SCHEMA["properties"]["timeline"]
    match kind:
        case "file":
            found = SCHEMA
        case "timeline":
            found = head
        case "calendar":
            found = head["properties"]["calendar"]
        case "relation table":
            found = SCHEMA["$defs"]["order"]["anyOf"][1]
        case _:
            found = SCHEMA["$defs"][kind.replace(" ", "-")]
    return found


@pytest.mark.parametrize("name", ["events.toml", "tests/undated.toml"])
def test_the_example_is_valid(name: str) -> None:
    document = as_json(tomli.loads((ROOT / name).read_text(encoding="utf-8")))
    assert [error.message for error in VALIDATOR.iter_errors(document)] == []


def test_every_example_of_the_table_is_valid() -> None:
    for node in nodes(SCHEMA):
        if isinstance(node.get("examples"), list):
            local = Draft202012Validator({"$defs": SCHEMA["$defs"], **node})
            for example in node["examples"]:
                assert [e.message for e in local.iter_errors(example)] == []


# -- Where each kind of table stands in a file ---------------------------------------------------

DAY = dt.date(2025, 10, 27)
PARTS: dict[str, dict[str, Any]] = {
    "date table": {"date": DAY},
    "duration table": {"duration": "1h"},
    "relation table": {"event": "b"},
    "constraint": {"from": "a.start", "to": "b.end", "lag": "1h"},
    "sequence": {"events": ["a", "b"]},
    "account": {"when": DAY},
}


def file_with(kind: str, extra: dict[str, Any]) -> dict[str, Any]:
    """A small file with one table of a kind: what it must hold, and these keys."""
    table = {**PARTS.get(kind, {}), **extra}
    document: dict[str, Any] = {
        "timeline": {"id": "t"},
        "sources": {"s": {}},
        "events": {"a": {}, "b": {}},
    }
    a = document["events"]["a"]
    match kind:
        case "file":
            document |= table
        case "timeline":
            document["timeline"] = table
        case "calendar":
            document["timeline"]["calendar"] = table
        case "event":
            a |= table
        case "account":
            a["accounts"] = [table]
        case "date table":
            a["when"] = table
        case "duration table":
            a["duration"] = table
        case "relation table":
            a["after"] = table
        case "sequence" | "constraint":
            document[f"{kind}s"] = [table]
        case _:
            document[{"person": "people"}.get(kind, f"{kind}s")] = {"x": table}
    return document


@pytest.mark.parametrize("kind", TABLES)
def test_each_kind_of_table_closes(kind: str) -> None:
    assert valid(file_with(kind, {}))
    assert not valid(file_with(kind, {"nonsense": 1}))


@pytest.mark.parametrize(
    ("kind", "slip"), [(kind, slip) for kind, slips in SLIPS.items() for slip in slips]
)
def test_no_slip_passes(kind: str, slip: str) -> None:
    values: tuple[Any, ...] = ("2025-10-27", "x", True, {}, [])
    for value in values:
        assert not valid(file_with(kind, {slip: value}))


KEYS = [(kind, name) for kind, keys in TABLES.items() for name in keys]


@pytest.mark.parametrize(("kind", "name"), [(k, n) for k, n in KEYS if TABLES[k][n].required])
def test_what_must_stand_must_stand(kind: str, name: str) -> None:
    document = file_with(kind, {})
    table = next(t for t in nodes(document) if t == PARTS[kind])
    del table[name]
    assert not valid(document)


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("event", {"when": "27 October 2025"}),
        ("event", {"when": "27.10.2025"}),
        ("event", {"when": "2025-10-27T18"}),
        ("event", {"when": "yesterday"}),
        ("event", {"when": ""}),
        ("event", {"when": 0}),
        ("event", {"when": 10_000}),
        ("event", {"when": True}),
        ("event", {"when": ["2025", "2026"]}),
        ("event", {"start": "2025/2026"}),
        ("event", {"duration": 30}),
        ("event", {"duration": "30"}),
        ("event", {"duration": "1.5h"}),
        ("event", {"duration": "P"}),
        ("event", {"duration": "PT"}),
        ("event", {"duration": "two days"}),
        ("event", {"throughout": "true"}),
        ("event", {"status": "canceled"}),
        ("event", {"ignore": ["503"]}),
        ("event", {"source": "The Times"}),
        ("event", {"after": "The Talks"}),
        ("event", {"after": "b.middle"}),
        ("event", {"after": []}),
        ("event", {"after": {"event": "b", "delay": "1d"}}),
        ("event", {"during": "b.start"}),
        ("event", {"during": {"event": "b", "lag": "1d"}}),
        ("event", {"accounts": []}),
        ("account", {"duration": {"duration": "1h"}}),
        ("event", {"title": ""}),
        ("event", {"url": "example.org"}),
        ("event", {"timezone": "+09:00:"}),
        ("place", {"geo": [35.68]}),
        ("place", {"geo": [35.68, 181]}),
        ("place", {"geo": ["35.68", "139.73"]}),
        ("tag", {"colour": "#ff0000"}),
        ("timeline", {"id": "My timeline"}),
        ("timeline", {"language": "english!"}),
        ("calendar", {"removed": "keep"}),
        ("calendar", {"links": "no"}),
        ("constraint", {"from": "a"}),
        ("sequence", {"events": ["a"]}),
        ("sequence", {"events": ["a", []]}),
        ("sequence", {"events": ["a", ["b", ["c"]]]}),
        ("file", {"format": 2}),
        ("file", {"views": {"all": {}}}),
        ("file", {"events": {"No Id": {}}}),
        ("file", {"events": []}),
        ("file", {"sequences": {}}),
    ],
)
def test_it_catches_what_people_mistype(kind: str, wrong: dict[str, Any]) -> None:
    document = file_with(kind, wrong)
    assert not valid(document)
    assert not accepted(document)  # it is no stricter than the reader


@pytest.mark.parametrize(
    "date",
    [
        "2025", "2025-10", "2025-10-27", "2025-W43", "2025-W43-2", "202X", "20XX", "2025-1X",
        "2025-XX", "2025-10-XX", "2025-XX-XX", "2025-25", "2025-41", "1984~", "1984?", "1984%",
        "2025-10-27T18:30", "2025-10-27T18:30:00Z", "2025-10-27T18:30+09:00", "2025-10-27T18:30+09",
        "2025-10-26/2025-10-28", "2025-10-26/..", "../2025-10-26", "2025-10-26/", "/2025-10-26",
        "2025-10-26T10:00~/2025-10-28?", "[2025-10-26..2025-10-28]", "[..2025]", "{2024,2025}",
        "[2025..]", "[2025-10-28T06:00..2025-10-28T12:00]", "[..2023,2024,2025~..2026,2027]",
        "XXXX",
    ],
)  # fmt: skip
def test_every_form_of_date_that_is_read(date: str) -> None:
    document = file_with("event", {"when": date})
    assert accepted(document)
    assert valid(document)


@pytest.mark.parametrize(
    "written",
    ["2025-10-27", "2025-10-27T18:30:00", "2025-10-27 18:30:00.000", "2025-10-27t18:30:00z",
     "2025-10-27 18:30:00.000000+09:00", "2025-10-27 18:30"],
)  # fmt: skip
def test_every_way_that_toml_writes_a_date(written: str) -> None:
    # An editor hands on the text as it stands in the file, which the reader never sees.
    assert accepted(tomli.loads(f"events.a.when = {written}"))
    assert valid({"events": {"a": {"when": written}}})


# -- The law: what the reader accepts is valid ----------------------------------------------------

IDS = ("a", "b", "c", "d-1", "e_2")
SPACE = st.sampled_from(["", "", "", " ", "\t", "\u3000", "\xa0"])
ANY_TEXT = st.text(max_size=12)
DATES: list[Any] = [
    2025, 1, 9999, DAY, dt.datetime(2025, 10, 27, 18, 30), "2025", "2025-10-27T18:30~",
    dt.datetime(2025, 10, 27, 18, 30, tzinfo=dt.UTC), "2025-W43-2", "[..2025]", "2025-10-XX",
    "{2025-10-26,2025-10-28}", dt.datetime(2025, 10, 27, 18, 30, 5, 0, dt.timezone(dt.timedelta(
        hours=-9, minutes=-30))),
]  # fmt: skip
LENGTHS = ["30m", "1h30m", "25m..40m", "1s..", "..3d", "P1DT2H", "PT0S", "-0s", "1y2mo3w4d5h6m7s"]


def spaced(plain: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Texts that are read without the space around them."""
    return st.tuples(SPACE, plain, SPACE).map("".join)


def one_or_more(single: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return single | st.lists(single, max_size=3)


def of_kind(table: str, name: str, kind: str) -> st.SearchStrategy[Any]:
    """Mostly what a key of the kind takes: drawn from the table, as the schema is."""
    kind, _, argument = kind.partition(":")
    if kind == "table":
        return table_of(argument)
    if kind == "tables":
        ids = st.sampled_from(IDS)
        return st.dictionaries(ids, table_of(argument), max_size=3)
    if kind == "array":
        return st.lists(table_of(argument), max_size=2)
    if kind == "choice":
        return st.sampled_from(argument.split(","))
    dates = st.sampled_from(DATES + (["2025/2026", "2025-10-26/.."] if kind == "date" else []))
    if kind in ("date", "point"):
        return dates | table_of("date table") if table in ("event", "account") else dates
    if kind == "duration":
        plain = st.sampled_from(LENGTHS)
        return plain | table_of("duration table") if table == "event" else plain
    if kind == "relation":
        entry = st.sampled_from(IDS) | table_of("relation table")
        if name in ("after", "before"):
            entry |= st.sampled_from(["a.start", "b.end"])
        return entry | st.lists(entry, max_size=2)
    return PLAIN[kind]


def table_of(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """A table of one kind, with all that it must hold and a few more keys."""
    return st.deferred(lambda: _table_of(kind))


def _table_of(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    keys = {name: of_kind(kind, name, key.kind) for name, key in TABLES[kind].items()}
    must = {name: keys[name] for name, key in TABLES[kind].items() if key.required}
    may = [name for name in keys if name not in must]
    chosen = st.lists(st.sampled_from(may), max_size=3, unique=True) if may else st.just([])
    return chosen.flatmap(
        lambda names: st.fixed_dictionaries({**must, **{name: keys[name] for name in names}})
    )


ID = st.sampled_from(IDS)
LENGTH = st.sampled_from(LENGTHS)
NAME = spaced(st.sampled_from(["Tokyo", "東京", "O'Hare", "\ufeff", "x" * 300])) | ANY_TEXT
PLAIN: dict[str, st.SearchStrategy[Any]] = {
    "format": st.just(1),
    "id": spaced(ID),
    "line": NAME,
    "text": ANY_TEXT | st.just("two\nlines"),
    "zone": st.sampled_from(["UTC", "Asia/Tokyo", "America/Argentina/Buenos_Aires", "Etc/GMT+9"]),
    "url": spaced(st.sampled_from(["https://example.org", "http://例え.jp/a\u3000b?c#d"])),
    "language": spaced(st.sampled_from(["en", "pt-BR", "zh-Hant-TW"])),
    "codes": one_or_more(
        spaced(st.sampled_from([c for c, rule in RULES.items() if rule.severity != "error"]))
    ),
    "colour": spaced(st.sampled_from([*sorted(COLOURS)[:3], "SteelBlue"])),
    "bool": st.booleans(),
    "geo": st.sampled_from([[35.68, 139.73], [90, -180], [0, 0.0]]),
    "span": st.sampled_from(["12h", "P1D", "1d..24h", "2y"]),
    "length": LENGTH,
    "lag": LENGTH,
    "any lag": LENGTH | st.sampled_from(["-2d..5d", "-P1M"]),
    "accounts": st.lists(table_of("account"), min_size=1, max_size=2),
    "place": NAME,
    "people": one_or_more(NAME),
    "tags": one_or_more(NAME),
    "strings": one_or_more(NAME),
    "sources": one_or_more(spaced(ID)),
    "event ids": one_or_more(spaced(ID)),
    "uid": NAME,
    "end": ID,
    "both ends": st.tuples(ID, st.sampled_from([".start", ".end"])).map("".join),
    "chain": st.lists(ID | st.lists(ID, min_size=1, max_size=2), min_size=2, max_size=3),
}


def test_the_law_draws_every_kind() -> None:
    kinds = {key.kind.partition(":")[0] for keys in TABLES.values() for key in keys.values()}
    assert kinds - set(PLAIN) == {
        "table", "tables", "array", "choice", "date", "point", "duration", "relation",
    }  # fmt: skip


def settled(document: dict[str, Any]) -> dict[str, Any]:
    """The file with every id that it may name declared."""
    for section in ("events", "sources"):
        held = document.get(section, {})
        if isinstance(held, dict):
            document[section] = {name: {} for name in IDS} | held
    return document


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_what_the_reader_accepts_is_valid_key_by_key(data: st.DataObject) -> None:
    kind, name = data.draw(st.sampled_from(KEYS))
    value = data.draw(of_kind(kind, name, TABLES[kind][name].kind))
    document = settled(file_with(kind, {name: value}))
    taken = accepted(document)
    event(f"accepted: {taken}")
    assert not taken or valid(document), document


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(table_of("file"))
def test_what_the_reader_accepts_is_valid_as_a_whole(document: dict[str, Any]) -> None:
    assume(accepted(settled(document)))
    assert valid(document), document


@settings(deadline=None)
@given(st.sampled_from(KEYS), ANY_TEXT | st.from_regex(r"[0-9XTWZ:~?%\[\]{}.,/+-]{1,20}"))
def test_whatever_text_is_accepted_is_valid(at: tuple[str, str], value: str) -> None:
    document = settled(file_with(at[0], {at[1]: value}))
    assert not accepted(document) or valid(document), document


def test_patterns_are_plain() -> None:
    # No look-around, no named groups, no \d and \w: read alike by ECMAScript, Python and Rust.
    for node in nodes(SCHEMA):
        pattern = node.get("pattern")
        if isinstance(pattern, str):
            assert not re.search(r"\(\?[^:]|\\[dwbAZ]", pattern)


def test_relations_differ_in_what_they_take() -> None:
    for name in RELATIONS:
        ends = name in ("after", "before")
        assert valid(file_with("event", {name: "b.start"})) is ends
        assert valid(file_with("event", {name: {"event": "b", "lag": "1h"}})) is ends
        assert valid(file_with("event", {name: ["b", {"event": "b", "source": "s", "note": "n"}]}))
