"""Documents with diagrams in them: what lies outside the markers is never touched, what is written is
read back by real parsers, and a wrong marker is named by its place."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mermaid_stories import stories
from test_mermaid_text import FRAGMENTS

from timeline.api import load
from timeline.embed import EmbedError, embed
from timeline.embed_text import fence, markdown, rst
from timeline.exporters.mermaid_text import clean
from timeline.exporters.mermaid_words import titled
from timeline.schedule import Schedule

ROOT = Path(__file__).parent.parent
EXAMPLE = load(ROOT / "events.toml")

HOSTILE = [
    "```", "~~~~", "-->", "<!-- /timeline -->", "<!-- timeline: view=all -->", "--!>", "`x`", "*x*",
    "_x_", "[a](javascript:alert(1))", "![i](x)", "<script>alert(1)</script>", "<b>", "&lt;", "&#60;",
    "|", "a | b", "\\|", "\\", "# x", "- x", "1. x", "> x", "$x$", "~~x~~", "https://x.y/z", "www.x.y",
    "a@b.co", ":smile:", ".. /timeline", ".. raw:: html", ":math:`x`", "|x|", "x_", "`x`__", "[1]_",
    "::", "x::", ">>> x", "====", "+---+", ":field: x", "| line", "{: .x}", "==x==", "x^2^", "**", "日本",
    "javascript:alert(1)", "mailto:x", "18:30", "(c)", "---", "***", "a\\", "\\*", "http\u200b://x.y",
]  # fmt: skip
TEXT = st.one_of(
    st.lists(st.sampled_from(HOSTILE + FRAGMENTS), min_size=1, max_size=4).map(" ".join),
    st.lists(st.sampled_from(HOSTILE + FRAGMENTS), min_size=1, max_size=4).map("".join),
    st.text(st.characters(max_codepoint=126), min_size=1, max_size=20),
    st.text(min_size=1, max_size=20),
)


def find(_: str) -> Schedule:
    return EXAMPLE


def made(text: str, name: str = "a.md", schedule: Schedule = EXAMPLE) -> str:
    return embed(text, name, lambda _: schedule).text


def marked(attributes: str = "view=trip", name: str = "a.md") -> str:
    if name.endswith(".rst"):
        return f".. timeline: {attributes}\n\n.. /timeline\n"
    return f"<!-- timeline: {attributes} -->\n<!-- /timeline -->\n"


# --- what is written -----------------------------------------------------------------------------


def fences(text: str) -> list[tuple[str, str]]:
    tokens = MarkdownIt("commonmark").parse(text)
    return [(t.info, t.content) for t in tokens if t.type == "fence"]


@pytest.mark.parametrize("diagram", ["auto", "timeline", "gantt", "flowchart"])
def test_a_diagram_is_a_fenced_block(diagram: str) -> None:
    from timeline.api import export

    name = "mermaid" if diagram == "auto" else f"mermaid-{diagram}"
    wanted = [output.text for output in export(EXAMPLE, [name], ["trip"]).values()]
    found = fences(made(f"before\n\n{marked(f'view=trip diagram={diagram}')}\nafter\n"))
    assert found == [("mermaid", text) for text in wanted]


def test_all_parts_stand_after_each_other_or_one_is_chosen() -> None:
    every = fences(made(marked("diagram=gantt")))
    assert len(every) > 1
    assert fences(made(marked("diagram=gantt part=2"))) == [every[1]]


def test_options_reach_the_diagram() -> None:
    text = made(marked("view=trip diagram=flowchart lanes=place direction=LR theme=forest"))
    assert "flowchart LR" in text
    assert '"theme": "forest"' in text
    assert 'subgraph s1["Kuala Lumpur"]' in text
    assert "2016–2019" in made(marked('span="2016/2019"'))


def test_a_list_and_a_table_stand_beside_it() -> None:
    text = made(marked("view=trip diagram=none list=yes table=yes"))
    assert "```" not in text
    assert "- **29 Oct 2025** – Trump departs from Haneda – stated\n" in text
    assert "| &#126;30 Oct 2025, 11:00–12:40 (Asia/Seoul) | Trump and Xi meet in Busan | stated |\n" in text
    assert "\nTimes in Asia/Tokyo, UTC+9, unless another zone is named.\n" in text
    html = MarkdownIt("gfm-like", {"linkify": False}).render(text)
    assert html.count("<li>") == 10
    assert html.count("<tr>") == 11


def test_in_restructuredtext() -> None:
    text = made(marked("view=trip diagram=gantt table=yes list=yes", "a.rst"), "a.rst")
    assert "\n.. mermaid::\n\n   %%{init" in text
    assert "\n\n.. /timeline\n" in text
    document = parsed_rst(text)
    assert len(list(document.findall(nodes().row))) == 11
    assert len(list(document.findall(nodes().list_item))) == 10
    assert "part" in made(marked("diagram=gantt", "a.rst"), "a.rst")


def test_notes_name_the_marker() -> None:
    done = embed("\n\n" + marked("diagram=timeline lanes=place"), "a.md", find)
    assert done.notes == ("a.md:3: a timeline has no lanes; a gantt and a flowchart have",)
    schedule = load(b"[events.a]\nwhen=2025\n[events.b]\n")
    done = embed(marked("view=all diagram=gantt"), "a.md", lambda _: schedule)
    assert done.notes[0].startswith("a.md:1: b is left out: ")
    assert done.markers == 1


# --- everything else is kept ---------------------------------------------------------------------

PIECES = st.lists(
    st.sampled_from([
        "text", "", "    code", "```", "~~~", "> ```", "- ```", "<pre>", "</pre>", "<!-- x -->", "<div>",
        "# h", "\ufeff", "日本", "<!-- timelines -->", "\x0c", "\x85 \u2028", "a::", ".. x", "\\",
    ]),
    max_size=6,
)  # fmt: skip
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@given(PIECES, PIECES, ENDS, st.booleans(), st.sampled_from(["a.md", "a.rst"]),
       st.sampled_from(["", "old", "old\n\n* * *"]))  # fmt: skip
@settings(deadline=None)
def test_what_is_outside_is_kept_and_twice_is_once(
    before: list[str], after: list[str], end: str, final: bool, name: str, old: str
) -> None:
    opening, closing = (
        (".. timeline: view=trip", ".. /timeline")
        if name == "a.rst"
        else ("<!-- timeline: view=trip -->", "<!-- /timeline -->")
    )
    head = "".join(line + end for line in before)
    inner = "".join(line + end for line in old.split("\n")) if old else ""
    tail = "".join(line + end for line in after)
    tail = tail if final else tail.removesuffix(end)
    text = f"{head}{opening}{end}{inner}{closing}{end}{tail}"
    try:
        once = embed(text, name, find)
    except EmbedError:  # the head leaves a block open, so that the tail opens ours or closes none
        assume(False)
    if not once.markers:
        assert once.text == text
        return
    assert once.text.startswith(head + opening + end)
    assert once.text.endswith(closing + end + tail)
    middle = once.text[len(head) + len(opening) : len(once.text) - len(closing + end + tail)]
    assert end.join(re.split("\r\n|\r|\n", middle)) == middle  # one kind of line end
    assert "timeline" in middle
    assert embed(once.text, name, find).text == once.text


def test_byte_order_mark_and_line_ends() -> None:
    text = made("\ufeff" + marked().replace("\n", "\r\n") + "no end")
    assert text.startswith("\ufeff<!-- timeline: view=trip -->\r\n\r\n```mermaid\r\n")
    assert text.endswith("```\r\n\r\n<!-- /timeline -->\r\nno end")
    assert "\n" not in text.replace("\r\n", "")
    last = made("<!-- timeline: view=trip -->\n<!-- /timeline -->")
    assert last.endswith("\n<!-- /timeline -->")


LINES = st.lists(
    st.sampled_from([
        "<!-- timeline: view=trip -->", "<!-- /timeline -->", ".. timeline: view=trip", ".. /timeline",
        "```", "~~~~", "> ```", "- ```", "  ```", "<!--", "-->", "<pre>", "</pre>", "a::", "", "  x", "x",
    ]),
    max_size=12,
)  # fmt: skip


@given(LINES, ENDS, st.sampled_from(["a.md", "a.rst"]))
@settings(deadline=None)
def test_any_document_is_written_or_refused(lines: list[str], end: str, name: str) -> None:
    text = end.join(lines)
    try:
        once = embed(text, name, find)
    except EmbedError as error:
        assert 1 <= error.row <= len(lines)
        assert lines[error.row - 1].startswith(("<!--", "..", " <!--"))
        return
    assert embed(once.text, name, find).text == once.text
    if not once.markers:
        assert once.text == text


@pytest.mark.parametrize(
    "line", ["-    " * 9000, "> " * 9000, "`" * 90_000 + "x`", "<!--" * 9000, "1. " * 9000]
)
def test_no_line_takes_for_ever(line: str) -> None:
    assert made(line) == line
    assert made(line, "a.rst") == line


# --- where a marker is none ----------------------------------------------------------------------


@pytest.mark.parametrize("text", [
    "```\n{}```\n", "~~~~ md\n```\n{}~~~~\n", "   ```\n{}   ```\n", "````\n```\n{}````\n",
    "<pre>\n{}</pre>\n", "<script>\n{}</script>\n", "<!-- a\n{}-->\n", "```\n{}",
    "<textarea>\n{}</textarea>\n", "<?php\n{}?>\n", "<![CDATA[\n{}]]>\n", "<!DOCTYPE\n{}>\n",
])  # fmt: skip
def test_in_code_and_html_a_marker_is_text(text: str) -> None:
    inner = "<!-- timeline: vew=nothing -->\n"
    whole = text.format(inner)
    assert made(whole) == whole
    html = MarkdownIt("commonmark").parse(whole)
    assert not any(t.type == "html_block" and t.content == inner for t in html)


@pytest.mark.parametrize("before", [
    "``` a`b\n", "`````x\n`````\n", "<pre></pre>\n", "<!-- a -->\n", "text\n", "- ```\n  x\n  ```\n",
    "> ```\n> x\n", "> ```\n> ```\n", "1. - ~~~\n     x\n     ~~~\n", "- ```\n  x\n", "- > ```\n",
    "    ```\n", "<div>\n\n", "~~~\n~~~  \n", "<!-- a\n-->\n",
])  # fmt: skip
def test_after_code_and_html_a_marker_is_one(before: str) -> None:
    assert "```mermaid" in made(before + marked())


def test_in_restructuredtext_quoted_literals_are_text() -> None:
    quoted = "As in::\n\n.. timeline: vew=nothing\n.. /timeline\n"
    assert made(quoted, "a.rst") == quoted
    assert "mermaid" in made("As in::\n\n   x\n\n" + marked(name="a.rst"), "a.rst")
    assert "mermaid" in made(quoted + "\n" + marked(name="a.rst"), "a.rst")
    assert "mermaid" in made(".. code::\n\n" + marked(name="a.rst"), "a.rst")
    indented = "::\n\n   .. timeline: vew=nothing\n"
    assert made(indented, "a.rst") == indented
    directive = ".. timeline:: x\n"
    assert made(directive, "a.rst") == directive


# --- wrong markers -------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "place", "told"), [
    ("x\n<!-- timeline: view=trip -->\n", (2, 1), "not closed: write <!-- /timeline -->"),
    ("x\n<!-- /timeline -->\n", (2, 1), "none is open"),
    (f"<!-- timeline: view=trip -->\n{marked()}", (2, 1), "within the one of line 1"),
    (marked("view=trop"), (1, 16), 'did you mean "trip"?'),
    (marked("view=zzzz"), (1, 16), "there are: all, trip, first-month"),
    (marked("view=trip vew=x"), (1, 26), 'did you mean "view"?'),
    (marked("zzz=x"), (1, 16), "there are: view, diagram"),
    (marked("view=trip  view=trip"), (1, 27), "given twice"),
    (marked("view=trip trip"), (1, 26), "key=value"),
    (marked('view="trip'), (1, 16), "key=value"),
    (marked('view="trip"x'), (1, 16), "key=value"),
    (marked("diagram=pie"), (1, 16), "there are: auto, timeline"),
    (marked("view=trip diagram=none"), (1, 26), "list=yes or table=yes"),
    (marked("list=maybe"), (1, 16), "there are: no, yes"),
    (marked("part=0"), (1, 16), "numbered from 1"),
    (marked("part=9"), (1, 16), "the diagram has 1"),
    (marked("view=trip lanes=x"), (1, 26), "place, person, tag"),
    (marked("view=trip direction=x"), (1, 26), "LR, TB"),
    (marked("view=trip theme=x"), (1, 26), "forest"),
    (marked("view=trip span=x"), (1, 26), "span cannot be"),
    ("a <!-- timeline: x -->\n<!-- timeline: view=trip --> b\n", (2, 1), "is alone on it"),
    (" <!-- timeline: view=trip -->\n", (1, 2), "begins its line"),
    ("<!-- /timeline: -->\n", (1, 1), "is alone on it"),
    ("\ufeff<!-- timeline: vew=x -->\n", (1, 17), "did you mean"),
])  # fmt: skip
def test_a_wrong_marker_is_named_by_its_place(text: str, place: tuple[int, int], told: str) -> None:
    with pytest.raises(EmbedError) as caught:
        made(text)
    assert (caught.value.row, caught.value.column) == place
    assert told in caught.value.message
    assert str(caught.value).startswith(f"a.md:{place[0]}:{place[1]}: ")


def test_a_wrong_marker_in_restructuredtext() -> None:
    with pytest.raises(EmbedError, match=r"a.rst:1:1: .*write .. /timeline"):
        made(".. timeline: view=trip\n", "a.rst")
    with pytest.raises(EmbedError, match=r"a\.rst:1:14: .*did you mean"):
        made(marked("vew=trip", "a.rst"), "a.rst")


def test_what_the_events_cannot_give() -> None:
    def refuse(name: str) -> Schedule:
        raise ValueError(f"no {name}")

    with pytest.raises(EmbedError, match=r"a\.md:1:26: no x"):
        embed(marked("view=trip file=x"), "a.md", refuse)
    oslo = load(b"[timeline]\ntimezone = 'Europe/Oslo'\n[events.a]\nwhen = 2025\n")
    with pytest.raises(EmbedError, match=r"a\.md:1:16: .*skips"):
        made(marked("span=2025-03-30T02:30"), schedule=oslo)


# --- no title is markup --------------------------------------------------------------------------


def nodes() -> Any:
    from docutils import nodes

    return nodes


def parsed_rst(text: str) -> Any:
    """A document as docutils reads it, warnings as errors; `mermaid` is a directive that keeps its
    body."""
    from docutils.core import publish_doctree
    from docutils.parsers.rst import Directive, directives

    class Mermaid(Directive):  # type: ignore[misc]  # docutils tells no types
        has_content = True

        def run(self) -> list[Any]:
            body = "\n".join(self.content)
            return [nodes().literal_block(body, body)]

    directives.register_directive("mermaid", Mermaid)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return publish_doctree(text, settings_overrides={"halt_level": 2, "report_level": 5,
                               "raw_enabled": False, "file_insertion_enabled": False})  # fmt: skip


def inline(text: str, dialect: str) -> list[Any]:
    made = MarkdownIt(dialect, {"linkify": True} if dialect == "gfm-like" else {})
    return [child for token in made.parse(text) for child in token.children or []]


@given(TEXT)
@settings(deadline=None, max_examples=120)
def test_any_text_in_markdown_shows_as_itself(text: str) -> None:
    for dialect in ("commonmark", "js-default"):
        found = inline(f"- **x** – {markdown(text)} – y", dialect)
        kinds = [c.type for c in found]
        assert set(kinds) <= {"text", "text_special", "strong_open", "strong_close"}, (kinds, text)
        said = "".join(c.content for c in found)
        assert said == f"x – {clean(text)} – y"
    table = MarkdownIt("js-default").parse(f"| a | b |\n| --- | --- |\n| {markdown(text)} | y |\n")
    cells = [t for t in table if t.type == "inline"]
    assert len(cells) == 4
    assert "".join(c.content for c in cells[2].children or []) == clean(text)


@given(TEXT)
@settings(deadline=None, max_examples=80)
def test_any_text_in_restructuredtext_shows_as_itself(text: str) -> None:
    cell = f".. list-table::\n\n   * - {rst(text)}\n     - y\n"
    (first, _) = parsed_rst(cell).findall(nodes().entry)
    assert [type(child).__name__ for child in first.children] == ["paragraph"]
    assert [type(child).__name__ for child in first.children[0].children] == ["Text"]
    assert first.astext() == clean(text)
    escaped = rst(text).removeprefix("\\ ")
    (item,) = parsed_rst(f"- **x** – {escaped} – y\n").findall(nodes().list_item)
    assert item.astext() == f"x – {clean(text)} – y"


@given(stories(TEXT, most=3), st.sampled_from(["timeline", "gantt", "flowchart"]))
@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
def test_no_title_closes_a_fence_or_a_comment_or_is_markup(
    schedule: Schedule | None, diagram: str
) -> None:
    assume(schedule is not None)
    assert schedule is not None
    text = made(marked(f"diagram={diagram} list=yes table=yes"), "a.md", schedule)
    tokens = MarkdownIt("js-default", {"html": True}).parse(text)
    kinds = [t.type for t in tokens if t.level == 0 and not t.type.endswith("close")]
    parts = kinds.count("fence")
    assert kinds == ["html_block", *["fence"] * parts, "bullet_list_open", "paragraph_open",
                     "table_open", "paragraph_open", "html_block"]  # fmt: skip
    said = [
        "".join(c.content for c in t.children or []) for t in tokens if t.type == "inline" and t.level > 1
    ]
    for placed in schedule.events:
        title = clean(titled(placed, schedule.timeline, basis=False))
        assert title in said
        assert any(f" – {title} – " in one for one in said)
    assert made(text, "a.md", schedule) == text
    written = made(marked(f"diagram={diagram} list=yes table=yes", "a.rst"), "a.rst", schedule)
    document = parsed_rst(written)
    assert [type(n).__name__ for n in document.children] == [
        "comment", *["literal_block"] * parts, "bullet_list", "paragraph", "table", "paragraph", "comment",
    ]  # fmt: skip
    assert made(written, "a.rst", schedule) == written


def test_a_fence_is_longer_than_any_in_it() -> None:
    assert fence("a ```` b")[0] == "`````mermaid"
    assert fence("a")[0] == "```mermaid"


def test_the_readme_is_in_step() -> None:
    text = (ROOT / "README.md").read_bytes().decode()
    done = embed(text, "README.md", find)
    assert done.markers
    assert done.text == text


