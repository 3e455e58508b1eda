"""The law of positions: what stands where the scan says is what the document says."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import tomli
from hypothesis import example, given, settings
from hypothesis import strategies as st
from toml_documents import documents

from timeline.source import Document, Path, SourceError, locate, parse, position, positions


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    yield path
    below = value.items() if isinstance(value, dict) else ()
    for name, item in enumerate(value) if isinstance(value, list) else below:
        yield from paths(item, (*path, name))


def at(data: Any, path: Path) -> Any:
    for name in path:
        data = data[name]
    return data


def replaced(data: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    copy = data.copy()
    copy[path[0]] = replaced(data[path[0]], path[1:], value)
    return copy


def renamed(data: Any, path: Path, name: str) -> Any:
    parent = dict(at(data, path[:-1]))
    parent[name] = parent.pop(path[-1])
    return replaced(data, path[:-1], parent)


def offsets(document: Document, path: Path, part: Any = "value") -> tuple[int, int]:
    """The span as offsets, counted independently of the module."""
    span = locate(document, path, part)
    starts = [0]
    for row in document.text.split("\n"):
        starts.append(starts[-1] + len(row) + 1)
    start = starts[span.row - 1] + span.column - 1
    end = starts[span.end_row - 1] + span.end_column - 1
    assert 0 <= start <= end <= len(document.text)
    return start, end


def names(chain: Any) -> list[str]:
    """The only chain of names in the data of a lone header or dotted key."""
    found: list[str] = []
    while chain and isinstance(chain, dict | list):
        if isinstance(chain, list):
            chain = chain[0]
        else:
            found += chain
            chain = next(iter(chain.values()))
    return found


def same(one: Any, other: Any) -> bool:
    """Equal in value and in type, whatever the order of keys."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and repr(one) == repr(other)


@settings(max_examples=200, deadline=None)
@given(documents(), st.integers(0, 2**32))
def test_every_path_stands_where_it_is_located(written: Any, seed: int) -> None:
    """The value cut out says the same; put another in its place, and nothing else changes."""
    text, data = written
    document = parse(text.encode(), "random.toml")
    assert same(document.data, data)
    every = list(paths(data))
    assert positions(document, every) == [position(document, path) for path in every]
    for path in Random(seed).sample(every, min(len(every), 12)):
        value = at(data, path)
        start, end = offsets(document, path)
        cut = text[start:end]
        key_start, key_end = offsets(document, path, "key")
        key = text[key_start:key_end]
        if not path:
            assert (start, end, position(document, path)) == (0, 0, 0)
            continue
        if not isinstance(value, dict | list):
            closed = True
        else:  # a header and a nested array look alike: only one of them says the value
            try:
                closed = cut[0] in "[{" and same(tomli.loads(f"x = {cut}")["x"], value)
            except tomli.TOMLDecodeError:
                closed = False
        in_table = isinstance(path[-1], str)
        assert position(document, path) == (min(start, key_start) if in_table else start)
        if in_table:
            assert tomli.loads(f"{key} = 0") == {path[-1]: 0}
        else:
            assert (key_start, key_end) == (start, end)
        if closed:
            assert same(tomli.loads(f"x = {cut}")["x"], value)
            marked = tomli.loads(f'{text[:start]}"\\u0001"{text[end:]}')
            assert same(marked, replaced(data, path, "\1"))
            if in_table:
                marked = tomli.loads(f'{text[:key_start]}"\\u0001"{text[key_end:]}')
                assert same(marked, renamed(data, path, "\1"))
        else:
            words = [name for name in path if isinstance(name, str)]
            chain = names(tomli.loads(cut if cut[0] == "[" else f"{cut} = 0"))
            if cut[0] == "[":
                assert chain[: len(words)] == words
                assert text[:start].rpartition("\n")[2].strip(" \t") == ""
            else:
                assert chain[0] == words[-1]
            if in_table:
                assert start <= key_start < key_end <= end


@settings(max_examples=50, deadline=None)
@given(documents())
def test_positions_follow_the_text(written: Any) -> None:
    text, data = written
    document = parse(text.encode(), "random.toml")
    for path in paths(data):
        if path and isinstance(path[-1], str):
            start, _ = offsets(document, path, "key")
            before = text[position(document, path) : start]
            assert before == "" or before[0] == "["  # the key, or the header that it stands in


def cut(text: str, *path: Any, part: Any = "value") -> str:
    document = parse(text.encode(), "t.toml")
    start, end = offsets(document, path, part)
    return text[start:end]


STORY = r'''# A story
[events.talks] # [not.this]
title = 'a "title" # [x]'
when.date = 2025-10-28 06:00:00 # at six
when.source = "x"
after = ["a", { event = "b", "la\u0067" = "1d" }, [[1], [[]]]]

[[sequences]]
events = ["a", [
  "b", # "c",
  "c",
]]
[sequences.more]
x = """a ""quoted"" \""" ]""""
[[sequences]]
events = []
[sequences.more]
x = QQQ ' QQQ'

[events]
other = {}
[[views.trip.within]]
'''.replace("QQQ", "'''")


def test_a_story_in_every_form() -> None:
    assert cut(STORY, "events", "talks") == "[events.talks]"
    assert cut(STORY, "events", "talks", part="key") == "talks"
    assert cut(STORY, "events", "talks", "title") == "'a \"title\" # [x]'"
    assert cut(STORY, "events", "talks", "when") == "when.date"
    assert cut(STORY, "events", "talks", "when", part="key") == "when"
    assert cut(STORY, "events", "talks", "when", "date") == "2025-10-28 06:00:00"
    assert cut(STORY, "events", "talks", "when", "date", part="key") == "date"
    assert cut(STORY, "events", "talks", "after", 1, "lag") == '"1d"'
    assert cut(STORY, "events", "talks", "after", 1, "lag", part="key") == r'"la\u0067"'
    assert cut(STORY, "events", "talks", "after", 0, part="key") == '"a"'
    assert cut(STORY, "events", "talks", "after", 2, 0, 0) == "1"
    assert cut(STORY, "events", "talks", "after", 2, 1) == "[[]]"
    assert cut(STORY, "events", "talks", "after", 2, 1, 0) == "[]"
    assert cut(STORY, "sequences") == cut(STORY, "sequences", 0) == "[[sequences]]"
    assert cut(STORY, "sequences", part="key") == "sequences"
    assert cut(STORY, "sequences", 0, part="key") == "[[sequences]]"
    assert cut(STORY, "sequences", 0, "events", 1, 1) == '"c"'
    assert cut(STORY, "sequences", 0, "more", "x") == r'"""a ""quoted"" \""" ]""""'
    assert cut(STORY, "sequences", 1, "more", "x") == "''' ' ''''"
    assert cut(STORY, "events") == "[events]"  # its own header, though it comes later
    assert cut(STORY, "views") == cut(STORY, "views", "trip") == "[[views.trip.within]]"
    assert cut(STORY, "views", "trip", part="key") == "trip"


def test_what_does_not_exist_stands_where_its_ancestor_does() -> None:
    assert cut(STORY, "events", "talks", "title", "none", 3) == "'a \"title\" # [x]'"
    assert cut(STORY, "events", "talks", "after", 9) == cut(STORY, "events", "talks", "after")
    assert cut(STORY, "events", "talks", "after", -1) == cut(STORY, "events", "talks", "after")
    assert cut(STORY, "events", "talks", "none", part="key") == "talks"
    assert cut(STORY, "sequences", 2) == "[[sequences]]"
    assert cut(STORY, "none") == cut(STORY) == ""
    assert position(parse(STORY.encode(), ""), ("none",)) == 0


# What looks like a header and is none, and headers of other tables of the same names.
_ROWS = ("[e.a]", "[e.b]", "[e.a.b]", "[[e]]", "[x.a]", "[e]", "[true]", "k = [", "]", "  [true]",
         "  [e.a]", "a = {}", "b.a = 1", '"a.b" = {}', '["e.a"]', "[e.'a']", "[ e.a ]", "[e.a] # b",
         "s = \"\"\"", '"""', "s = '''", "'''", "# [e.a]", "[1.5]", "1.5 = {}", "")  # fmt: skip


@settings(max_examples=2000, deadline=None)
@example(["", "[e.a.b]", "[e]", '"a.b" = {}'], "\n")
@example(["", "[[e]]", "[e.a]"], "\n")
@given(st.lists(st.sampled_from(_ROWS), max_size=8), st.sampled_from(("\n", "\r\n")))
def test_plain_headers_are_where_the_scan_finds_them(rows: list[str], newline: str) -> None:
    text = newline.join(rows)
    try:
        document = parse(text.encode(), "t")
    except SourceError:
        return
    every = [("e", "none"), ("e", "a"), ("e", "a", "b"), ("e.a",), *paths(document.data)]
    for asked in (every, every[::-1]):
        assert positions(document, asked) == [position(document, path) for path in asked]


def test_paths_sort_in_the_order_of_the_file() -> None:
    document = parse(STORY.encode(), "t.toml")
    inside = ("events", "talks")
    order: list[Path] = [
        (),
        inside,
        (*inside, "title"),
        (*inside, "when"),
        (*inside, "when", "date"),
        (*inside, "when", "source"),
        (*inside, "after"),
        (*inside, "after", 0),
        (*inside, "after", 1, "event"),
        ("sequences", 0, "events"),
        ("sequences", 0, "more"),
        ("sequences", 1),
        ("events",),
        ("events", "other"),
    ]
    shuffled = Random(1).sample(order, len(order))
    assert sorted(shuffled, key=lambda path: position(document, path)) == order
