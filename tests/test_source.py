"""Reading bytes: what is refused, how it is said, and where."""

from __future__ import annotations

import sys
from typing import Any

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st
from toml_documents import documents

from timeline import source
from timeline.source import Document, SourceError, Span, line, locate, parse, refuse_deep


def refused(raw: bytes | str) -> SourceError:
    with pytest.raises(SourceError) as caught:
        refuse_deep(parse(raw.encode() if isinstance(raw, str) else raw, "events.toml"))
    error = caught.value
    rows = error.text.split("\n")
    span = error.span
    assert (1, 1) <= (span.row, span.column) <= (span.end_row, span.end_column)
    assert span.end_row <= len(rows)
    assert span.column <= len(rows[span.row - 1]) + 1
    assert span.end_column <= len(rows[span.end_row - 1]) + 1
    assert error.message == str(error)
    assert error.message.split()
    assert error.help.split()
    assert "\n" not in error.message + error.help
    return error


def test_a_document_is_its_name_its_text_and_its_data() -> None:
    document = parse(b'\xef\xbb\xbfa = "\xc3\xa9"\r\n', "-")
    assert document.filename == "<stdin>"
    assert document.text == 'a = "é"\r\n'
    assert document.data == {"a": "é"}
    assert locate(document, ("a",)) == Span(1, 5, 1, 8)
    assert parse(b"", "x").filename == "x"


def test_lines_are_rows_without_their_ends() -> None:
    document = Document("t", "a\r\n\nb\u2028\x85c\n", {})
    rows = [line(document, row) for row in range(-1, 6)]
    assert rows == ["", "", "a", "", "b\u2028\x85c", "", ""]


def test_a_value_of_several_rows() -> None:
    document = parse('"é" = [\r\n  "é", # 日\r\n]'.encode(), "t")
    assert locate(document, ("é",)) == Span(1, 7, 3, 2)
    assert locate(document, ("é", 0)) == Span(2, 3, 2, 6)


@pytest.mark.parametrize(
    ("value", "within", "columns"),
    [
        ('"2025-10-27"', (5, 2), (10, 12)),
        ("'a\\b'", (1, 1), (6, 7)),
        ('"abc"', (1, 99), (6, 8)),
        ('"abc"', (99, 1), (8, 8)),
        ('"abc"', (0, 0), (5, 5)),
        (r'"a\u0062"', (0, 1), (4, 13)),
        ('"""abc"""', (0, 1), (4, 13)),
        ("'''abc'''", (0, 1), (4, 13)),
        ("12345", (0, 1), (4, 9)),
    ],
)
def test_a_piece_of_a_text(value: str, within: tuple[int, int], columns: tuple[int, int]) -> None:
    document = parse(f"a= {value}".encode(), "t")
    start, end = columns
    assert locate(document, ("a",), within=within) == Span(1, start, 1, end)
    assert locate(document, ("a",), "key", within=within) == Span(1, 1, 1, 2)


@pytest.mark.parametrize(
    ("raw", "span", "message"),
    [
        (b"a = 1\nb = '\xc3\xa9\xe9t\xe9'\n", (2, 7), "the byte 0xE9 is not UTF-8; in Latin-1 or"),
        (b"\xef\xbb\xbf\xff", (1, 1), "the byte 0xFF is not UTF-8: the file ends within a char"),
        (b"a = '\x93\xfa\x96\x7b'", (1, 6), "the byte 0x93 is not UTF-8; the file has another"),
        (b"a = '\x81'", (1, 6), "the byte 0x81 is not UTF-8; the file has another encoding"),
        (b"a = '\xed\xa0\x80'", (1, 6), "the byte 0xED is not UTF-8; the file has another"),
        ("a = 1\n".encode("utf-16"), (1, 1), "the file is UTF-16, not UTF-8"),
        (b"a = '\xe6\x97", (1, 6), "the byte 0xE6 is not UTF-8"),
    ],
)
def test_bytes_that_are_not_utf8(raw: bytes, span: tuple[int, int], message: str) -> None:
    error = refused(raw)
    assert error.reason == "encoding"
    assert (error.span.row, error.span.column) == span
    assert error.span == Span(*span, span[0], span[1] + 1)
    assert error.message.startswith(message)
    assert line(Document("", error.text, {}), span[0])[span[1] - 1] == "\ufffd"


def test_utf16_without_a_mark_is_named() -> None:
    error = refused("a = 1".encode("utf-16-le"))
    assert (error.reason, error.span) == ("syntax", Span(1, 2, 1, 3))
    assert "U+0000" in error.message
    assert "UTF-16" in error.help


def test_the_size_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "SIZE", 10)
    assert parse(b"# 3456789\n", "t").data == {}
    error = refused(b"# 3456789\n#")
    assert (error.reason, error.span) == ("size", Span(1, 1, 1, 1))
    assert error.message == "the file has 11 bytes; at most 10 are read"


def test_a_number_of_too_many_digits() -> None:
    limit = sys.get_int_max_str_digits()
    assert parse(f"a = {'1' * limit}".encode(), "t").data["a"] > 0
    others = f'b = "{"1" * 9000}" # {"2" * 9000}\nc = [0x{"f" * 9000}'
    error = refused(f"{others}, -{'3' * (limit + 1)}]")
    assert error.reason == "size"
    assert error.message == f"a number of {limit + 1:,} digits is too large"
    assert (error.span.row, error.span.end_column - error.span.column) == (2, limit + 1)
    assert refused(f"a = {'1' * 5000}z").span == Span(1, 5, 1, 5005)


DEEP = source.NESTING


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("a = " + "[" * DEEP + "]" * DEEP, (1, 4 + DEEP)),
        ("a = " + "[\n" * DEEP + "]" * DEEP, (DEEP, 1)),
        ("b = '['\na = " + "[" * 999 + "]" * 999, (2, 4 + DEEP)),
        ("\na = " + "{a=" * 999 + "1" + "}" * 999, (2, 2 + 3 * DEEP)),
        ("[" + "a." * DEEP + "a]", (1, 1)),
        ("[" + "a." * 20 + "a]\n" + "b." * 20 + "b = 1", (2, 1 + 2 * (DEEP - 22))),
        ("[[a]]\n" + "[[a.a]]\n[[a.a.a]]\n[" + "a." * 31 + "a]", (4, 1)),
        ("#" * 2**15 + "\n'a.'.b = 1\n[[" + "a . " * 999 + "a]]", (3, 3 + 4 * DEEP)),
        ("#" * 2**15 + "\n" + '"a".' * 999 + "a = 1", (2, 1 + 4 * DEEP)),
    ],
)
def test_the_depth_has_a_limit(text: str, span: tuple[int, int]) -> None:
    error = refused(text)
    assert error.reason == "nesting"
    assert (error.span.row, error.span.column) == span
    assert error.span.end_row == span[0]


def test_a_key_in_braces_is_not_too_long_either() -> None:
    error = refused("'#' = 1\na = {" + "a." * 1001 + "a = 1}")
    assert (error.reason, error.span.row) == ("nesting", 2)  # how far tomli reads on, differs


def test_what_is_just_not_too_deep() -> None:
    refuse_deep(parse(("a = " + "[" * (DEEP - 1) + "]" * (DEEP - 1)).encode(), "t"))
    refuse_deep(parse(("#" * 2**15 + "\n" + "a." * (DEEP - 1) + "a = 1").encode(), "t"))
    told = "#" * 2**15 + '\na = """\n' + "so." * 99 + '\n"""'  # a text, not a key
    assert parse(told.encode(), "t").data == {"a": "so." * 99 + "\n"}


def test_a_stack_that_is_nearly_used_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def shallow(_: str) -> Any:
        raise RecursionError

    monkeypatch.setattr(tomli, "loads", shallow)
    assert (refused("a = [1]").reason, refused("a = [1]").span) == ("nesting", Span(1, 1, 1, 1))


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode()))
def test_no_bytes_raise_anything_else(raw: bytes) -> None:
    try:
        parse(raw, "random.toml")
    except SourceError:
        refused(raw)


_PIECES = st.sampled_from(
    ("", "", "=", "[", "]", "{", "}", ",", '"', "'", '"""', "'''", "#", "\\", "\\q", "\n", "\r",
     "\x00", "“", "é", "\u00a0", " ", "a", ".", "0", "-", "\n[a]\n", "\n[[a]]\n", "\na = 1\n",
     "a.b = 1\n", "2025-1-7", "1 2", "yes", "\n[a.b]\n", "x = {a = 1, a = 2}\n")
)
_edit = st.tuples(st.integers(0, 400), st.integers(0, 6), _PIECES)
_edits = st.lists(_edit, min_size=1, max_size=3)


@settings(max_examples=200, deadline=None)
@given(documents(), _edits)
def test_no_broken_document_raises_anything_else(written: Any, edits: Any) -> None:
    text, _ = written
    for start, length, piece in edits:
        start = min(start, len(text))
        text = text[:start] + piece + text[start + length :]
    try:
        document = parse(text.encode(), "random.toml")
    except SourceError:
        refused(text)
    else:
        assert document.data == tomli.loads(text)
