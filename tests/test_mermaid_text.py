"""Any text in any slot of a Mermaid diagram shows as itself: read back, and rendered, in three
versions. The model of a diagram is what Mermaid holds; a picture is what Chromium draws."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mermaid_host import VERSIONS, needs_browser, needs_fonts, needs_reader, read_back, render

from timeline.exporters.mermaid_text import (
    BREAK,
    UNTITLED,
    accessible_line,
    clean,
    edge_label,
    flowchart_title,
    gantt_section,
    gantt_task,
    gantt_title,
    node_label,
    subgraph_label,
    timeline_event,
    timeline_period,
    timeline_section,
    timeline_title,
    wrap,
)

# --- what is thrown at them ----------------------------------------------------------------------

FRAGMENTS = """
timeline title section accTitle accDescr gantt click call href includes excludes dateFormat
axisFormat tickInterval todayMarker topAxis inclusiveEndDates weekday weekend end graph flowchart
subgraph style classDef class linkStyle direction TB default 2025-10-27 % %% %%{ }%% #59; # ; : ::
::: &amp; & &#59; &lt #colon; #x3a; ﬂ° ﬂ°°59¶ß ¶ß ﬂ ° ¶ ß ` " ' \\ \\n $ $$ $$x^2$$ * ** _ __ ~
~~ ~~~ - + > 1. 1) --- === www. www.example.com a@b.co https://x.y [x](y) ![x](y) fa:fa-car @ @{
{{ }} { } [ ] ( ) --> ==> -.-> x--o | < << <b> </b> <br> <br/> <script>alert(1)</script>
<img/src=x/onerror=alert(1)> javascript:alert(1) é 日本 👩‍👩‍👧 🇯🇵 שלום مرحبا 18:30 5 word
""".split()
FRAGMENTS += ['%%{init: {"theme": "dark"}}%%', "accDescr {", "direction TB", "style x:#f;", " "]
FRAGMENTS += [
    "\n",
    "\r\n",
    "\t",
    "\0",
    *"\x85\u00a0\u2028\u200b\u202e\u2066\u3000\ufeff\ufffe\ud800",
]

TEXT = st.one_of(
    st.lists(st.sampled_from(FRAGMENTS), max_size=6).map("".join),
    st.text(st.characters(max_codepoint=126), max_size=20),
    st.text(st.characters(), max_size=20),
)

TITLES = r"""
<script>alert(1)</script>
Talks at the State Guest House, 06:00–12:00
timeline
Title: x
section 2
accTitle: x
accDescr { x }
gantt
end
x direction TB
click e1 "javascript:alert(1)"
click e1 call alert(1)
e1@{ shape: circle, label: "x" }
classDef default fill:#f00;
style e1 fill:#f00;color:#fff;
2025-10-27 : e1, 2025-01-01
%%{init: {"securityLevel": "loose", "theme": "dark"}}%%
%% no comment
2% of GDP
x%%
#59;
&amp; &lt;b&gt; &#59;
#colon; #x3a; #quot; #9829;
AT&T; R&D
::: a
ﬂ°°59¶ß ﬂ°lt¶ß
<img src=x onerror=alert(1)>
<svg/onload=alert(1)>
</text><b>x
<a href="javascript:alert(1)">x</a>
<br>
a<br/>b
<style>*{display:none}</style>
[x](javascript:alert(1)) ![x](x)
https://example.org/?a=1&b=2#c
www.example.org, a@example.org
fa:fa-car
$$x^2$$
`code` **bold** _it_ ~~no~~
- item
1. first
> quoted
# heading
---
a\nb
"quoted"
'
a | b
{{x}} ((x)) [[x]]
--> x
日本国内閣総理大臣高市早苗就任
👩‍👩‍👧 👍🏽 🇯🇵
שלום مرحبا
""".strip().split("\n")
TITLES += ["  spaced \t\n out  ", "", "\u200b", "\u202eesrever", "bell\a", "half \ud800"]


# --- diagrams that hold them ---------------------------------------------------------------------


def timeline(texts: list[str]) -> str:
    title, section, *rest = texts
    lines = ["timeline", f"    title {timeline_title(title)}"]
    lines += [f"    section {timeline_section(section)}"]
    for i in range(0, len(rest), 3):
        period, *events = rest[i : i + 3]
        lines.append(f"        {wrap(timeline_period, period)}")
        lines += [f"            : {wrap(timeline_event, event)}" for event in events]
    return "\n".join(lines) + "\n"


def accessible(texts: list[str]) -> list[str]:
    words = [accessible_line(text) for text in texts[-2:]]
    return [f"    accTitle: {words[0]}", f"    accDescr: {words[1]}"]


def gantt(texts: list[str]) -> str:
    title, section, *rest = texts
    lines = ["gantt", f"    title {gantt_title(title)}", *accessible(texts)]
    lines += ["    dateFormat YYYY-MM-DD"]
    lines += [f"    section {gantt_section(section)}"]
    for i, text in enumerate(rest):
        lines.append(f"        {gantt_task(text)} :e{i}, 2025-10-27, 2025-10-29")
    return "\n".join(lines) + "\n"


def flowchart(texts: list[str]) -> str:
    title, group, edge, *rest = texts
    lines = ["---", f"title: {flowchart_title(title)}", "---", "flowchart TB", *accessible(texts)]
    lines += [f'    subgraph s1["{subgraph_label(group)}"]']
    lines += [f'        e{i}["{node_label(text)}"]' for i, text in enumerate(rest)]
    lines += ["    end", f'    e0 -->|"{edge_label(edge)}"| e1']
    return "\n".join(lines) + "\n"


DIAGRAMS: dict[str, Callable[[list[str]], str]] = {
    "timeline": timeline,
    "gantt": gantt,
    "flowchart": flowchart,
}


def held(model: dict[str, Any]) -> list[str]:
    """The texts of a model in the order in which the diagrams above take them."""
    if model["kind"] == "timeline":
        periods = [text for one in model["periods"] for text in (one["text"], *one["events"])]
        return [model["title"], *model["sections"], *periods]
    if model["kind"] == "gantt":
        return [model["title"], *model["sections"], *(task["text"] for task in model["tasks"])]
    groups = [group["text"] for group in model["subgraphs"]]
    edges = [edge["text"] for edge in model["edges"]]
    return [*groups, *edges, *(vertex["text"] for vertex in model["vertices"])]


@pytest.fixture(scope="module")
def reader() -> None:
    needs_reader()


@pytest.fixture(scope="module")
def browser() -> None:
    needs_browser()


@pytest.fixture(scope="module")
def fonts() -> None:
    needs_fonts()


# --- read back -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind", DIAGRAMS)
@given(texts=st.lists(TEXT, min_size=8, max_size=8))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_text_is_read_back_as_meant(kind: str, version: str, texts: list[str]) -> None:
    model = read_back(DIAGRAMS[kind](texts), version)
    meant = [clean(text) for text in texts]
    assert held(model) == (meant[1:] if kind == "flowchart" else meant)
    if kind != "timeline":
        assert model["accessible"] == meant[-2:]
    if kind == "gantt":
        assert all(task["start"] == [2025, 10, 27, 0, 0] for task in model["tasks"])
        assert not model["links"]
    if kind == "flowchart":
        assert [(v["id"], v["classes"], v["link"]) for v in model["vertices"]] == [
            (f"e{i}", [], None) for i in range(5)
        ]


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    "title", ["#59;", "%%{init: {}}%%x", "<b>x</b>", "a : b", "Title x", "x%% y", "a;b#"]
)
def test_the_reader_sees_what_is_not_escaped(version: str, title: str) -> None:
    source = f"timeline\n    title x\n    section y\n        {title} : an event\n"
    try:
        model = read_back(source, version)
    except Exception as wrong:
        assert "arse error" in str(wrong) or "exical error" in str(wrong)
    else:
        assert held(model) != ["x", "y", title, "an event"]


# --- rendered ------------------------------------------------------------------------------------


def letters(text: str) -> str:
    """A text without white space: where a line is broken is Mermaid's affair."""
    return "".join(text.split())


# An editor calls `mermaid.render`, a page that loads `mermaid.run`, which is one code in all three.
MANNERS = [*((version, False) for version in VERSIONS), (VERSIONS[-1], True)]


@pytest.mark.usefixtures("browser")
@pytest.mark.parametrize(("version", "loaded"), MANNERS)
@pytest.mark.parametrize("kind", DIAGRAMS)
def test_every_text_is_drawn_as_meant_and_nothing_runs(
    kind: str, version: str, loaded: bool
) -> None:
    # What is worst comes first, in the slots that are not one of many: title, group, edge.
    texts = sorted(TITLES, key=lambda title: not re.match("<s(cript|tyle)|%%{", title))
    picture = render(DIAGRAMS[kind](texts), version, 1000, loaded=loaded)
    drawn = [box["text"] for box in picture["boxes"] if box["of"] != "tick"]
    meant = texts if kind == "timeline" else [*texts, *texts[-2:]]
    assert sorted(map(letters, drawn)) == sorted(letters(clean(text)) for text in meant)
    assert picture["errors"] == []


@pytest.mark.usefixtures("browser")
@pytest.mark.parametrize("version", VERSIONS)
def test_the_browser_sees_what_runs(version: str) -> None:
    link = render('flowchart TB\n  e1["x"]\n  click e1 href "javascript:alert(1)"\n', version, 400)
    assert any("javascript:alert(1)" in error for error in link["errors"])
    image = render('flowchart TB\n  e1["<img src=x onerror=alert(1)>"]\n', version, 400)
    assert any("img" in error for error in image["errors"])
    assert render("timeline\n  title x\n  nonsense ;\n", "10.9", 400)["errors"]


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize(("version", "loaded"), MANNERS)
def test_words_too_wide_are_broken_where_wrap_says(version: str, loaded: bool) -> None:
    texts = ["x", "y", *BROKEN]
    picture = render(timeline(texts), version, 200 * len(BROKEN), loaded=loaded)
    drawn = {letters(box["text"]): box for box in picture["boxes"]}
    for text, pieces in BROKEN.items():
        box = drawn[letters(text)]
        assert box["text"].replace("\n", "|").replace(" ", "|") == pieces.replace(" ", "|")
        assert box["width"] * 16 / box["font"] <= 190


# --- cleaning ------------------------------------------------------------------------------------


@given(TEXT)
def test_a_clean_text_is_one_line_that_xml_can_hold(text: str) -> None:
    shown = clean(text)
    assert clean(shown) == shown
    assert shown == " ".join(shown.split()) != ""
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in shown)
    assert not set(shown) & set("\ufffe\uffff\ufeff\u202a\u202b\u202d\u202e\u2066\u2067\u2068")


@given(TEXT)
def test_a_clean_text_hangs_on_nothing_that_is_dropped(text: str) -> None:
    assert clean(f"{text}\0") == clean(text)


@given(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1))
def test_a_text_without_controls_and_space_is_kept(text: str) -> None:
    kept = clean(text).replace("ﬂ\u2060°", "ﬂ°").replace("¶\u2060ß", "¶ß")
    assert kept == re.sub("[\ufffe\uffff]", "\ufffd", text)


@pytest.mark.parametrize("text", ["", " \n", "\0", "\u200b\u2060", "\u202e"])
def test_a_text_that_shows_nothing_is_untitled(text: str) -> None:
    assert clean(text) == UNTITLED


# --- as little as possible -----------------------------------------------------------------------

SLOTS = [
    timeline_title, timeline_section, timeline_event, timeline_period, gantt_title, gantt_section,
    gantt_task, accessible_line, node_label, subgraph_label, edge_label,
]  # fmt: skip


@pytest.mark.parametrize("slot", SLOTS)
@pytest.mark.parametrize(
    "text",
    [
        "Defence spending reaches 2 % of GDP (inferred)",
        "“Audience” with Emperor Naruhito, c. 30 min – it's A & B / C = D + E!",
        "Titles and sections of a lifestyle, not keywords",
        "高市早苗、首相に就任",
        "100%% sure? x > y ‹z› 5 €",
    ],
)
def test_an_ordinary_text_stands_as_it_is(slot: Callable[[str], str], text: str) -> None:
    assert slot(text) == text


@pytest.mark.parametrize(
    ("slot", "text", "source"),
    [
        (timeline_title, "Asia: the story; part #1", "Asia: the story#59; part #35;1"),
        (timeline_title, "a style: b", "a #115;tyle: b"),
        (timeline_section, "18:30", "18#58;30"),
        (timeline_event, "Title: a <b>", "Title#58; a #60;b>"),
        (timeline_period, "Title a", "#84;itle a"),
        (timeline_period, "% 5%", "#37; 5%"),
        (timeline_period, "x%% y", "x#37;% y"),
        (gantt_title, "classDef a:b", "#99;lassDef a:b"),
        (gantt_section, "#1: a; b", "#1: a; b"),
        (gantt_task, "2% #1 #a; 18:30", "2#37; #1 #35;a; 18#58;30"),
        (gantt_task, "Click x", "#67;lick x"),
        (gantt_task, "2025-10", "#50;025-10"),
        (node_label, '18:30 "x" [y] AT&T', "18:30 #34;x#34; #91;y#93; AT#38;T"),
        (node_label, "snake_case _x_ $5", "snake_case #95;x#95; $5"),
        (edge_label, "1. in direction TB", "#49;. in #100;irection TB"),
        (node_label, "-5 to 3.5 #1", "-5 to 3.5 #1"),
        (subgraph_label, "https://www.x.y a@b", "https#58;//www#46;x.y a#64;b"),
        (node_label, "%%{init: {}}%%", "#37;%{init: {}}%%"),
        (flowchart_title, 'a \\ "b" <c> #1', '"a \\\\ \\"b\\" ﬂ°°60¶ßc> #1"'),
    ],
)
def test_what_is_escaped(slot: Callable[[str], str], text: str, source: str) -> None:
    assert slot(text) == source


# --- breaking words ------------------------------------------------------------------------------

# Text -> the pieces, parted by "|".
BROKEN = {
    "Zusammengehörigkeit": "Zusammengehörigkeit",
    "Thai–Cambodian truce accord": "Thai–Cambodian truce accord",
    "日本国内閣総理大臣": "日本国内閣総理大臣",
    "日本国内閣総理大臣高市早苗就任": "日本国内閣総理|大臣高市早苗就任",
    "「石破首相」、退陣を表明、「総裁選」へ": "「石破首相」、退陣|を表明、「総裁選」へ",
    "Bundesverfassungsgerichtsentscheidung": "Bundesverfassungsg|erichtsentscheidung",
    "state-guest-house-talks": "state-guest-|house-talks",
    "https://example.org/a/very/long/path": "https://example.|org/a/very/long/path",
    "WWWWWWWWWWWWWWWW": "WWWWWWWW|WWWWWWWW",
    "🇯🇵" * 12: "🇯🇵" * 6 + "|" + "🇯🇵" * 6,
    "👩‍👩‍👧" * 12: "👩‍👩‍👧" * 6 + "|" + "👩‍👩‍👧" * 6,
    "👍🏽" * 12: "👍🏽" * 6 + "|" + "👍🏽" * 6,
    "e\u0301" * 20: "e\u0301" * 10 + "|" + "e\u0301" * 10,
    "การเลือกตั้งนายกรัฐมนตรีของประเทศไทย": "การเลือกตั้งนายกรัฐม|นตรีของประเทศไทย",
}


@pytest.mark.parametrize(("text", "pieces"), BROKEN.items(), ids=range(len(BROKEN)))
def test_where_words_are_broken(text: str, pieces: str) -> None:
    assert wrap(clean, text).replace(BREAK, "|") == pieces


def test_an_escape_is_never_torn_and_counts_as_what_it_shows() -> None:
    assert wrap(timeline_event, ":" * 33) == "#58;" * 33
    assert wrap(timeline_event, ":" * 36) == "#58;" * 18 + BREAK + "#58;" * 18


@given(TEXT.map(lambda text: text * 8))
def test_breaks_are_all_that_wrap_adds(text: str) -> None:
    for slot in (timeline_period, timeline_event):
        broken = wrap(slot, text)
        assert broken.replace(BREAK, "") == slot(text)
        for word in broken.split(" "):
            pieces = word.split(BREAK)
            assert all(pieces)
            for piece in pieces[1:]:
                assert unicodedata.category(piece[0])[0] != "M"
                assert piece[0] != "\u200d"
