"""The picture: every event once, nothing on anything else, nothing that runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import browser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import ROOT, SVG, groups, harbour, look, parse, words
from render_cases import EVERY_KIND, solved

from timeline import export, load
from timeline.exporters import EXPORTERS, Occasion
from timeline.exporters import look as ask
from timeline.exporters.mermaid_text import clean
from timeline.exporters.picture_lanes import BY
from timeline.exporters.picture_rows import FULL, MOST
from timeline.exporters.svg import LEAST, draw
from timeline.schedule import Schedule

EXAMPLE = load(ROOT / "events.toml")
UNDATED = load(ROOT / "tests" / "undated.toml")
KINDS = solved(EVERY_KIND)[0]

HARD = """\
[timeline]
title = "日本の外交 🇯🇵 and مقابلة الرئيس"
timezone = "Asia/Tokyo"
[sources.s]
title = "<b>&amp; ]]> source"
[events.cjk]
title = "高市首相とトランプ大統領の会談、赤坂迎賓館にて行われた歴史的な会談であり、日米関係の新たな章を開いた"
when = 2025-10-27T18:30:00
[events.korean]
title = "한국 경주에서 열린 아시아태평양경제협력체 정상회의에서 두 정상이 만나다"
when = 2025-10-28
after = "cjk"
[events.arabic]
title = "لقاء الرئيس الأمريكي دونالد ترامب مع رئيسة الوزراء اليابانية في طوكيو (2025)"
when = "2025-10-28~"
[events.hebrew]
title = "פגישה ראשונה בטוקיו, 28.10"
after = "arabic"
before = "emoji"
[events.emoji]
title = "👨‍👩‍👧‍👦🏳️‍🌈👍🏽🇯🇵🇺🇸🎌🎎🎏🎐🎑🎆🎇🧨✨🎉🎊🎋🎍👨‍👩‍👧‍👦🏳️‍🌈👍🏽🇯🇵🇺🇸 fireworks"
when = 2025-10-30
[events.word]
title = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
when = 2025-10-31
after = "hebrew"
[events.address]
title = "https://example.org/a/very/long/address/that/has/no/space/at/all?query=1&other=<2>"
when = 2025-11-01
source = "s"
[events.thai]
title = "การประชุมสุดยอดอาเซียนครั้งที่ 47 กรุงกัวลาลัมเปอร์ ประเทศมาเลเซีย"
when = 2025-11-02
[events.hindi]
title = "भारत के प्रधानमंत्री ने शिखर सम्मेलन में भाग लिया और द्विपक्षीय वार्ता की"
when = 2025-11-03
status = "cancelled"
[events.zalgo]
title = "Z̸̢̛͎͚a̶̡͓l̷̢͙g̴̨͔o̵͎ W̷i̶d̵e̴ ＦＵＬＬ ＷＩＤＴＨ ﷽"
when = "2025-11-04?"
status = "tentative"
"""
HARDEST = load(HARD.encode())


def kinds_of_picture() -> list[tuple[str, Schedule, str, str]]:
    """Pictures of every kind: a name, what is shown, a view, lanes."""
    return [
        ("example", EXAMPLE, "", ""), ("trip", EXAMPLE, "trip", ""),
        ("first-month", EXAMPLE, "first-month", ""), ("by place", EXAMPLE, "", "place"),
        ("by person", EXAMPLE, "", "person"), ("undated", UNDATED, "", ""),
        ("every kind", KINDS, "", ""), ("nothing", KINDS, "none", ""), ("few", KINDS, "few", ""),
        ("hard titles", HARDEST, "", ""), ("five", harbour(5), "", ""),
        ("fifty", harbour(50), "", ""), ("hundred", harbour(100), "", "tag"),
        ("five hundred", harbour(500), "", "tag"), ("in one lane", harbour(500), "", ""),
    ]  # fmt: skip


PICTURES = kinds_of_picture()
each_picture = pytest.mark.parametrize(
    ("schedule", "view", "lanes"), [p[1:] for p in PICTURES], ids=[p[0] for p in PICTURES]
)


def drawn(schedule: Schedule, view: str = "", width: int = 800, lanes: str = "") -> str:
    chosen = schedule.timeline.views[view] if view else None
    return draw(schedule, chosen, width=width, lanes=lanes, embedded=True)


@pytest.mark.parametrize("width", [380, 800, 1200])
@each_picture
def test_each_event_is_drawn_or_counted_once(
    schedule: Schedule, view: str, lanes: str, width: int
) -> None:
    root = parse(drawn(schedule, view, width, lanes))
    shown = schedule.select(schedule.timeline.views[view] if view else None)
    ids = [g.get("data-event") for g in groups(root, "event")]
    counted = sum(int(g.get("data-count") or 0) for g in groups(root, "more"))
    assert len(set(ids)) == len(ids)
    assert set(ids) <= {p.id for p in shown}
    assert len(ids) + counted == len(shown)
    if len(shown) <= MOST:
        assert not counted
        if not lanes:
            assert ids == [p.id for p in shown], "in the order of the schedule"
    height = float(root.get("height") or 0)
    assert root.get("viewBox") == f"0 0 {width} {root.get('height')}"
    assert height < 5600  # 60 events with two lines each of title and date, above their marks


@each_picture
def test_ids_stand_alone_in_a_page(schedule: Schedule, view: str, lanes: str) -> None:
    both = [parse(drawn(schedule, view, width, lanes)) for width in (380, 800)]
    ids = [e.get("id") for root in both for e in root.iter() if e.get("id")]
    assert len(set(ids)) == len(ids)
    for root in both:
        own = {e.get("id") for e in root.iter()}
        used = re.findall(r"url\(#([^)]+)\)", " ".join(v for e in root.iter() for v in e.attrib.values()))
        assert set(used) <= own
        assert set((root.get("aria-labelledby") or "").split()) <= own


_SAFE = {
    "svg", "title", "desc", "style", "defs", "linearGradient", "stop", "g", "rect", "path", "text",
}  # fmt: skip


def assert_plain(svg: str) -> None:
    """No script, no handler, no link, no style attribute: nothing but shapes and words."""
    root = parse(svg)
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in _SAFE
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert "href" not in name
            assert name != "style"
            assert "url(" not in value or value.startswith("url(#")
    assert len(list(root.iter(f"{SVG}style"))) == 1


@each_picture
def test_nothing_but_shapes_and_words(schedule: Schedule, view: str, lanes: str) -> None:
    assert_plain(drawn(schedule, view, 800, lanes))


titles = st.text(min_size=1, max_size=90) | st.sampled_from(
    ["</title><script>alert(1)</script>", "]]>", "<!-- -->", "&lt;", "a\x00b", '" onload="x', "\u202eabc"]
)


@given(st.lists(titles, min_size=1, max_size=4), st.sampled_from((380, 800)))
@settings(deadline=None, max_examples=80)
def test_any_title_is_told_whole_and_shown_as_itself(written: list[str], width: int) -> None:
    from timeline.network import build
    from timeline.reader import read
    from timeline.schedule import place
    from timeline.solution import Solution
    from timeline.solver import solve

    data = {"events": {f"e{i}": {"title": t, "when": f"2025-10-{11 + i}"}
                       for i, t in enumerate(written)}}  # fmt: skip
    timeline, _ = read(data, "t.toml")
    if timeline is None:  # a title that no file may hold
        return
    network = build(timeline)
    bounds = solve(network)
    assert bounds is not None
    svg = drawn(place(Solution(timeline, network, bounds)), width=width)
    assert_plain(svg)
    for group, title in zip(groups(parse(svg), "event"), written, strict=True):
        meant = clean(title.strip())
        told = group.findtext(f"{SVG}title") or ""
        assert told.startswith(f"{meant}: ")
        *lines, date = words(group)
        shown = "".join(lines).replace(" ", "")
        if lines[-1].endswith("…") and not meant.endswith("…"):
            assert meant.replace(" ", "").startswith(shown.removesuffix("…"))
        else:
            assert shown == meant.replace(" ", "")
        assert "Oct 2025" in date


def test_certainty_is_said_in_words_and_in_the_legend() -> None:
    root = parse(drawn(KINDS))
    told = {g.get("data-event"): " ".join(words(g)) for g in groups(root, "event")}
    assert "cancelled" in told["off"]
    assert "tentative" in told["maybe"]
    assert "28 Oct 2025?" in told["maybe"]
    assert "uncertain" in told["maybe"]
    assert "~27 Oct" in told["fuzzy"] or "~26" in told["fuzzy"]
    assert "narrowed" in told["narrow"]
    assert "order only" in told["adrift"]
    assert "UTC−4" in told["newyork"]
    legend = words(groups(root, "legend")[0])
    assert {"exact time", "some time within", "cancelled", "tentative", "uncertain (?)"} <= set(legend)
    struck = [t for t in root.iter(f"{SVG}text") if t.get("text-decoration") == "line-through"]
    assert ["".join(t.itertext()) for t in struck] == ["Called off"]


@each_picture
def test_the_legend_has_what_occurs(schedule: Schedule, view: str, lanes: str) -> None:
    root = parse(drawn(schedule, view, 800, lanes))
    legend = {word for g in groups(root, "legend") for word in words(g)}
    shown = groups(root, "event")
    for kind, told in (("cancelled", "cancelled"), ("tentative", "tentative"),
                       ("approximate", "approximate (~)"), ("uncertain", "uncertain (?)")):
        occurs = any(kind in (g.get("class") or "").split() for g in shown)
        assert (told in legend) == occurs
    orders = [g for g in groups(root, "order") if g.get("data-from")]
    assert ("stated order" in legend) == any(g.get("data-stated") == "true" for g in orders)
    assert ("order that follows from it" in legend) == any(
        g.get("data-stated") == "false" for g in orders
    )
    assert ("time cut short" in legend) == any(
        e.get("class") == "fold" for e in root.iter(f"{SVG}rect")
    )


def test_accounts_that_differ_stand_apart_with_their_sources() -> None:
    root = parse(drawn(EXAMPLE, "trip"))
    group = next(g for g in groups(root, "event") if g.get("data-event") == "audience")
    accounts = groups(group, "account")
    assert len(accounts) == 2
    told = [a.findtext(f"{SVG}title") or "" for a in accounts]
    assert "Nation Thailand" in told[0]
    assert "Capitol Institute" in told[1]
    desc = group.findtext(f"{SVG}desc") or ""
    assert "Nation Thailand" in desc
    assert "Imperial Palace" in desc
    assert "2 accounts differ" in " ".join(words(group))


def test_the_zone_is_named_with_its_offset() -> None:
    foot = words(parse(drawn(EXAMPLE)))[-1]
    assert "Asia/Tokyo, UTC+9" in foot
    zone = '[timeline]\ntimezone = "Europe/Berlin"\n'
    events = "[events.a]\nwhen = 2025-03-01\n[events.b]\nwhen = 2025-07-01\n"
    foot = words(parse(drawn(solved(zone + events)[0])))[-1]
    assert "Europe/Berlin (UTC+1, UTC+2)" in foot


def test_few_words_and_many() -> None:
    told = [w for g in groups(parse(drawn(harbour(100))), "event") for w in words(g)]
    assert any(w.endswith("(cancelled)") for w in told)
    assert any("…" in w for g in groups(parse(drawn(harbour(100))), "event") for w in words(g))
    assert FULL < 100 < MOST
    many = parse(drawn(harbour(500), lanes="tag"))
    named = [g for g in groups(many, "event") if words(g)]
    assert len(named) > 300
    assert "Council · 102" in words(many)
    assert not groups(many, "order")


def test_many_long_windows_and_many_without_a_date() -> None:
    spans = "".join(
        f'[events.e{i}]\nwhen = "{1900 + i}/{1960 + i}"\ntitle = "Reign {i}"\n' for i in range(130)
    )
    root = parse(drawn(solved(spans)[0]))
    assert sum("Reign" in word for word in words(root)) > 40
    undated = "".join(f'[events.e{i}]\ntitle = "An event without a date, {i}"\n' for i in range(900))
    root = parse(drawn(solved(undated)[0]))
    assert words(root)[1] == "No date · 900"
    counted = sum(int(g.get("data-count") or 0) for g in groups(root, "more"))
    assert len(groups(root, "event")) + counted == 900
    assert counted
    assert not groups(root, "scale")


def test_views_lanes_and_widths() -> None:
    assert parse(drawn(EXAMPLE, "trip")).findtext(f"{SVG}title") == (
        "Takaichi and Trump, October 2025: Trump's trip to Asia")  # fmt: skip
    for by in BY:
        assert len(groups(parse(drawn(EXAMPLE, lanes=by)), "event")) == 29
    with pytest.raises(ValueError, match="lanes are by"):
        drawn(EXAMPLE, lanes="colour")
    assert parse(drawn(EXAMPLE, width=10)).get("width") == str(LEAST)
    whole = draw(EXAMPLE, None)
    assert whole.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<svg ')
    assert whole.endswith("</svg>\n")


def test_the_exporter_writes_it() -> None:
    made = export(EXAMPLE, ["svg"])
    assert set(made) == {"all.svg", "trip.svg", "first-month.svg"}
    assert made["trip.svg"].text == draw(EXAMPLE, EXAMPLE.timeline.views["trip"])
    many = EXPORTERS["svg"].export(harbour(500), None, Occasion(lambda: 0)).text
    assert many == draw(harbour(500), None, lanes="tag")


def test_a_look_asks_for_lanes_and_for_a_span() -> None:
    made = export(EXAMPLE, ["svg"], ["trip"], look=ask(lanes="place", span="2025-10-28"))
    root = parse(made["trip.svg"].text)
    assert words(root)[1] == "Trump's trip to Asia · 2025-10-28"
    assert "USS George Washington, Yokosuka" in words(root)
    assert [g.get("data-event") for g in groups(root, "event")] == ["talks", "carrier-speech", "lunch"]


def test_the_same_story_gives_the_same_bytes() -> None:
    code = ("import sys; from timeline import load; from timeline.exporters.svg import draw;"
            "sys.stdout.buffer.write(draw(load('events.toml'), None, lanes='person').encode())")
    made = {
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True,
                       env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert made == {draw(EXAMPLE, None, lanes="person").encode()}


def contrast(one: str, other: str) -> float:
    """WCAG 2, 1.4.3."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def test_words_and_marks_stand_out_in_light_and_in_dark() -> None:
    from timeline.exporters.picture_style import DARK, LIGHT

    for colours in (LIGHT, DARK):
        for ground in ("paper", "fold", "lane"):
            for ink in ("ink", "muted"):
                assert contrast(colours[ink], colours[ground]) >= 4.5
            for mark in ("stated", "follows", "cancelled", "arrow"):
                assert contrast(colours[mark], colours[ground]) >= 3


# -- in a real browser ----------------------------------------------------------------------------


@pytest.mark.parametrize("width", [380, 800])
@each_picture
def test_nothing_lies_on_a_label(schedule: Schedule, view: str, lanes: str, width: int) -> None:
    browser.needs_fonts()
    seen = look(drawn(schedule, view, width, lanes), width)
    assert seen["errors"] == []
    assert seen["found"] == []
    assert seen["texts"] > 1


def test_alone_in_dark_and_on_paper(tmp_path: Path) -> None:
    browser.needs_browser()
    browser.tab("picture alone")
    driver = browser.driver()
    file = tmp_path / "all.svg"
    file.write_text(draw(EXAMPLE, None), encoding="utf-8")
    driver.get_log("browser")
    colours = {}
    for media, scheme in (("screen", "light"), ("screen", "dark"), ("print", "dark")):
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "media": media, "features": [{"name": "prefers-color-scheme", "value": scheme}],
        })  # fmt: skip
        driver.get(file.as_uri())
        colours[media, scheme] = driver.execute_script(
            "const of = (what) => getComputedStyle(document.querySelector(what)).fill;"
            "return [of('.paper'), of('text'), of('.stated .solid')]"
        )
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
    assert driver.get_log("browser") == []
    assert colours["screen", "light"][0] == "rgb(255, 255, 255)"
    assert colours["screen", "dark"][0] == "rgb(21, 24, 28)"
    assert colours["screen", "dark"][1] == "rgb(236, 238, 240)"
    assert colours["screen", "dark"][2] != colours["screen", "light"][2]
    assert colours["print", "dark"] == colours["screen", "light"]
