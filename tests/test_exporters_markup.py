"""HTML that cannot be broken by what it holds, read back by html5lib in its strict manner."""

from __future__ import annotations

import re
from unicodedata import category

import html5lib
import pytest
from hypothesis import given
from page_cases import WILD

from timeline.exporters import markup
from timeline.exporters.markup import Markup, element


def parsed(fragment: str) -> list[tuple[str, dict[str, str], str]]:
    """Every element of a fragment: its name, its attributes, the text in it. Raises where the HTML
    has any error."""
    reader = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = reader.parse(f"<!doctype html><title>x</title><body>{fragment}</body>")
    body = tree.find("body")
    assert body is not None
    return [(e.tag, dict(e.attrib), "".join(e.itertext())) for e in body.iter() if e is not body]


@given(WILD, WILD)
def test_text_and_attributes_come_back_as_they_are_to_be_seen(words: str, value: str) -> None:
    held = element("p", words, title=value)
    assert parsed(held) == [("p", {"title": markup.clean(value)}, markup.clean(words))]


@given(WILD)
def test_what_can_be_seen_hangs_on_nothing_that_cannot(words: str) -> None:
    assert markup.clean(f"{words}\0") == markup.clean(words)
    assert markup.line(f"{words}\0") == markup.line(words)


@given(WILD)
def test_a_line_is_one_line_and_can_be_seen(words: str) -> None:
    shown = markup.line(words)
    assert re.search("[\n\r\t]", shown) is None
    assert any(category(c) not in ("Cf", "Zs") for c in shown)
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", shown)
    assert markup.line(shown) == shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Talks", "Talks"),
        ("  two \t\n lines ", "two lines"),
        ("10\u00a0%", "10\u00a0%"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("a\x00b\x1b[31m", "ab[31m"),
        ("\u200b\u200d", "(untitled)"),
        ("", "(untitled)"),
        ("\ud800 \ufffe \ufdd0 \U0001ffff", "\ufffd \ufffd \ufffd \ufffd"),
        ("👩‍🚀", "👩‍🚀"),
        ("حادثة", "حادثة"),
    ],
)
def test_lines(words: str, shown: str) -> None:
    assert markup.line(words) == shown


def test_line_breaks_stay_where_there_may_be_some() -> None:
    assert markup.clean("one\r\ntwo\rthree\u2028four\x85five") == "one\ntwo\nthree\nfour\nfive"


def test_only_markup_is_taken_as_it_is() -> None:
    assert element("p", Markup("<b>a</b>"), "<b>b</b>") == "<p><b>a</b>&lt;b&gt;b&lt;/b&gt;</p>"
    assert markup.joined(["<", Markup("<br>")], " & ") == "&lt; &amp; <br>"


def test_attributes_are_left_out_stand_alone_or_have_a_value() -> None:
    made = element("input", type="text", hidden=True, data_a="", class_=None, value=False)
    assert made == '<input type="text" hidden data-a="">'


@pytest.mark.parametrize(
    "url",
    ["https://a.example/?x=1&y=2#z", "HTTP://a.example", "webcal://a.example/all.ics",
     "webcals://a", "mailto:desk@a.example"],
)  # fmt: skip
def test_addresses_that_a_link_may_have(url: str) -> None:
    assert markup.address(url) == url
    [(name, attributes, words)] = parsed(markup.link(url, "there"))
    assert (name, attributes["href"], words) == ("a", url, "there")
    assert attributes["rel"] == "noopener noreferrer nofollow"


@given(WILD)
@pytest.mark.parametrize("before", ["", "javascript:", "data:text/html,", "JaVaScRiPt://", " https:"])
def test_no_other_address_becomes_a_link(before: str, rest: str) -> None:
    url = before + rest
    assert len(url) < markup.ADDRESS
    allowed = re.match(r"(?:https?|webcals?|mailto):[!-~]*\Z", url, re.IGNORECASE | re.ASCII)
    found = parsed(markup.link(url, "there"))
    assert bool(found) == bool(allowed)


def test_an_address_without_end_is_no_link() -> None:
    url = "https://a.example/" + "x" * markup.ADDRESS
    assert parsed(markup.link(url, "there")) == []


def test_a_name_that_stands_elsewhere_too_is_cut() -> None:
    assert markup.named("x" * 1_000) == f"<bdi>{'x' * 199}…</bdi>"
    assert markup.named(" <b> ") == "<bdi>&lt;b&gt;</bdi>"
