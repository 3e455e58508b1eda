from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from render_cases import texts

from timeline.diagnostics import Path
from timeline.render.excerpt import Mark, excerpt, gutter
from timeline.source import Document, Span, locate, parse
from timeline.width import visible, width


def drawn(raw: str, *marks: tuple[Path, str], columns: int = 50, headers: bool = True) -> list[str]:
    document = parse(raw.encode(), "e.toml")
    made = [Mark(locate(document, path), said, path) for path, said in marks]
    room = gutter(made)
    return excerpt(document, made, colour=False, columns=columns, room=room, headers=headers)


def around(text: str, start: int, stop: int, columns: int) -> list[str]:
    """One row, which need not be TOML, with a span in it."""
    mark = Mark(Span(1, start + 1, 1, stop + 1), "", ())
    lines = excerpt(Document("e", text, {}), [mark], colour=False, columns=columns + 4, room=1)
    return [line[4:] for line in lines]


def test_the_header_of_the_table_stands_above() -> None:
    raw = '[events.a]\ntitle = "A"\n[events.a.when]\ndate = 2025-10-27\n'
    assert drawn(raw, (("events", "a", "title"), "here")) == [
        "1 | [events.a]",
        '2 | title = "A"',
        "  |         ^^^ here",
    ]
    assert drawn(raw, (("events", "a", "title"), "here"), headers=False)[0] == '2 | title = "A"'
    assert drawn(raw, (("events", "a", "when", "date"), ""))[:2] == ["1 | [events.a]", "… |"]


def test_a_header_is_shown_once_and_only_above() -> None:
    raw = "[a]\nx = 1\ny = 2\nz.w = 3\n[[b]]\nv = 4\n"
    assert drawn(raw, (("a", "x"), "p"), (("a", "y"), "q")) == [
        "1 | [a]",
        "2 | x = 1",
        "  |     ^ p",
        "3 | y = 2",
        "  |     ^ q",
    ]
    assert drawn(raw, (("b", 0, "v"), ""))[0] == "5 | [[b]]"
    assert drawn(raw, (("a", "z", "w"), ""))[0] == "4 | z.w = 3"  # whose table is a dotted key
    assert drawn(raw, (("a",), "")) == ["1 | [a]", "  | ^^^"]
    assert drawn("x = { y = 1 }", (("x", "y"), "")) == ["1 | x = { y = 1 }", "  |           ^"]


def test_tables_of_one_name_above_no_header() -> None:
    raw = "events.a.when = 2025\n[[b]]\n[b.c]\nd = 1\n"
    assert drawn(raw, (("events", "a", "when"), "")) == ["1 | events.a.when = 2025",
                                                         "  |                 ^^^^"]  # fmt: skip
    assert drawn(raw, (("b", 0, "c", "d"), ""))[0] == "2 | [[b]]"


def test_rows_left_out_are_told() -> None:
    raw = "a = 1\nb = 2\nc = 3\n"
    assert drawn(raw, (("c",), ""), (("a",), ""), (("b",), "")) == [
        "3 | c = 3", "  |     ^",
        "… |",
        "1 | a = 1", "  |     ^",
        "2 | b = 2", "  |     ^",
    ]  # fmt: skip


def test_two_marks_on_one_row() -> None:
    raw = "x = { a = 1, b = 2 }"
    assert drawn(raw, (("x", "b"), "this"), (("x", "a"), "and this")) == [
        "1 | x = { a = 1, b = 2 }",
        "  |                  ^ this",
        "  |           ^ and this",
    ]


def test_two_marks_on_one_long_row() -> None:
    raw = "x = { a = 1, " + ", ".join(f"b{i} = 2" for i in range(30)) + " }"
    lines = drawn(raw, (("x", "a"), ""), (("x", "b29"), ""), columns=34)
    assert [line[:3] for line in lines] == ["1 |", "  |", "1 |", "  |"]
    assert lines[0][lines[1].index("^")] == "1"
    assert lines[2][lines[3].index("^")] == "2"


def test_a_message_goes_below_where_it_has_no_room_beside() -> None:
    raw = 'x = { key = "value", other = "a longer value" }'
    lines = drawn(raw, (("x", "other"), "too long to stand beside the carets"), columns=52)
    assert lines == [
        "1 | " + raw,
        "  | " + " " * 29 + "^" * 16,
        "  | " + " " * 16 + "too long to stand beside the",
        "  | " + " " * 16 + "carets",
    ]


def test_wide_letters_and_tabs_keep_the_carets_in_place() -> None:
    assert around('\tx = "日本", 7', 10, 11, 40) == ['    x = "日本", 7', " " * 15 + "^"]
    assert around("日本", 0, 1, 40) == ["日本", "^^"]
    assert around("a\x1b[31m = 1", 9, 10, 40) == ["a\\u001b[31m = 1", " " * 14 + "^"]


def test_spans_at_and_past_the_end_of_a_row() -> None:
    assert around("abc", 3, 3, 20) == ["abc", "   ^"]
    assert around("abc", 9, 12, 20) == ["abc", "   ^"]
    assert around("abc", 2, 9, 20) == ["abc", "  ^"]
    assert around("", 0, 0, 20) == ["", "^"]


def test_a_long_row_is_cut_around_its_span() -> None:
    row = "abcdefghij" * 10
    assert around(row, 0, 3, 20) == ["abcdefghijabcdefghi…", "^^^"]
    assert around(row, 97, 100, 20) == ["…bcdefghijabcdefghij", " " * 17 + "^^^"]
    shown, carets = around(row, 50, 53, 21)
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert shown[carets.index("^") :].startswith("abcdefg")
    assert (width(shown), carets.count("^")) == (21, 3)


def test_a_long_span_shows_its_beginning_and_its_end() -> None:
    row = 'key = "' + "x" * 50 + "END\"   # and a comment"
    shown, carets = around(row, 6, 61, 30)
    assert 'END"' in shown
    assert "…" in carets.replace("^", "…")
    marked = shown[carets.index("^") : len(carets)]
    assert marked.startswith('"xxx')
    assert marked.endswith('END"')


def test_a_span_of_several_rows() -> None:
    raw = "x = [\n  1,\n  2,\n  3,\n]\n"
    rows = ["1 | > x = [", "2 | >   1,", "3 | >   2,", "4 | >   3,", "5 | > ]"]
    assert drawn(raw, (("x",), "")) == rows
    assert drawn(raw, (("x",), "said")) == [*rows, "  | said"]
    raw = "x = [\n" + "  1,\n" * 20 + "]\n"
    assert drawn(raw, (("x",), "")) == [
        " 1 | > x = [", *(f" {i} | >   1," for i in range(2, 6)), " … |", "22 | > ]"
    ]  # fmt: skip
    assert drawn('x = """\n' + "y" * 60 + '"""\n', (("x",), ""), columns=24) == [
        '1 | > x = """', "2 | > " + "y" * 17 + "…"
    ]  # fmt: skip


def test_a_list_is_marked_at_its_key_where_its_entries_are() -> None:
    raw = "x = [\n  1,\n  2,\n]\ny = 3\n"
    assert drawn(raw, (("x",), ""), (("x", 1), "this")) == [
        "1 | x = [",
        "  | ^",
        "… |",
        "3 |   2,",
        "  |   ^ this",
    ]
    assert drawn(raw, (("x",), ""), (("y",), "that"))[0] == "1 | > x = ["


@given(texts, st.integers(0, 90), st.integers(0, 90), st.integers(1, 60))
def test_what_is_shown_of_a_row_fits(text: str, one: int, other: int, columns: int) -> None:
    row = text.replace("\n", " ").replace("\r", " ")
    lines = around(row, min(one, other), max(one, other), columns)
    assert len(lines) == 2
    assert all(visible(line) == line for line in lines)
    assert all(width(line) <= max(columns, 12) or line.strip("^ ") == "" for line in lines)
    assert "^" in lines[1]
