"""Preconditions and content codings, by the RFC's own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.serve.conditions import http_date, instant, judge, tags, takes_gzip

AT = 784_111_777
ETAG = '"abc"'


@pytest.mark.parametrize("text", [
    "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
])  # fmt: skip
def test_the_three_forms_of_a_date(text: str) -> None:
    assert instant(text) == AT  # RFC 9110 5.6.7 gives all three for one instant


@pytest.mark.parametrize("text", [
    None, "", "soon", "Sun, 06 Nov 1994 08:49:37 +0900", "1994",
    "Sun, 06 Nov " + "9" * 40 + " 08:49:37 GMT", "x" * 5000, "-",
    "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 99999 08:49:37 GMT",
])  # fmt: skip
def test_what_is_no_date_is_none(text: str | None) -> None:
    assert instant(text) is None


@given(st.integers(0, 253_402_300_799))
def test_a_date_comes_back(seconds: int) -> None:
    assert instant(http_date(seconds)) == seconds


@given(st.text() | st.from_regex(r"\A[A-Za-z]{3}, \d+ \w{3} \d+ \d+:\d+:\d+ \w+\Z"))
def test_no_field_can_make_it_raise(text: str) -> None:
    instant(text)
    takes_gzip(text)
    judge(ETAG, AT, match=text, unmodified_since=text, none_match=text, modified_since=text)


EARLIER, THEN, LATER = http_date(AT - 1), http_date(AT), http_date(AT + 1)


@pytest.mark.parametrize(("fields", "status"), [
    ({}, 200),
    ({"none_match": '"abc"'}, 304),
    ({"none_match": 'W/"abc"'}, 304),  # weak comparison, RFC 9110 13.1.2
    ({"none_match": '"x", W/"y" ,"abc"'}, 304),
    ({"none_match": " * "}, 304),
    ({"none_match": '"x"'}, 200),
    ({"none_match": "abc"}, 200),
    ({"none_match": ""}, 200),
    ({"none_match": '"x,\\"abc\\""'}, 200),
    ({"modified_since": THEN}, 304),
    ({"modified_since": LATER}, 304),
    ({"modified_since": EARLIER}, 200),
    ({"modified_since": "yesterday"}, 200),
    ({"none_match": '"x"', "modified_since": LATER}, 200),  # the date is not asked then
    ({"none_match": '"abc"', "modified_since": EARLIER}, 304),
    ({"match": '"abc"'}, 200),
    ({"match": "*"}, 200),
    ({"match": 'W/"abc"'}, 412),  # strong comparison, 13.1.1
    ({"match": '"x"'}, 412),
    ({"match": '"abc"', "unmodified_since": EARLIER}, 200),
    ({"unmodified_since": EARLIER}, 412),
    ({"unmodified_since": THEN}, 200),
    ({"unmodified_since": "?"}, 200),
    ({"match": '"abc"', "none_match": '"abc"'}, 304),
])  # fmt: skip
def test_preconditions_in_their_order(fields: dict[str, str], status: int) -> None:
    assert judge(ETAG, AT, **fields) == status


tag = st.text(st.characters(min_codepoint=0x23, max_codepoint=0x7E), max_size=8)


@given(st.lists(st.tuples(st.booleans(), tag)))
def test_a_list_of_tags_is_read_whole(found: list[tuple[bool, str]]) -> None:
    written = " , ".join(f'{"W/" if weak else ""}"{name}"' for weak, name in found)
    assert tags(written) == [(weak, f'"{name}"') for weak, name in found]


@pytest.mark.parametrize(("value", "wanted"), [
    (None, False), ("", False), ("gzip", True), ("GZIP;Q=1.0", True), ("br, gzip, deflate", True),
    ("gzip;q=0", False), ("gzip;q=0.000", False), ("*", True), ("*;q=0", False), ("identity", False),
    ("gzip;q=0.5, identity;q=0.8", False), ("gzip;q=0.8, identity;q=0.5", True), ("x-gzip", True),
    ("gzip;q=2", False), ("br;q=1.0, *;q=0.1", True), ("*, gzip;q=0", False), ("gzip;", True),
])  # fmt: skip
def test_who_wants_it_compressed(value: str | None, wanted: bool) -> None:
    assert takes_gzip(value) is wanted
