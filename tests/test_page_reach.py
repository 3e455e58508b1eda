"""The page for everybody, in real Chromium: without scripts, on a phone, in the dark, on paper, by
assistive technology; and it asks nothing of anybody, whatever it holds.
"""

from __future__ import annotations

from functools import cache

import pytest
from page_cases import MARKUP, everywhere, schedule_of
from page_host import Page, needs_axe, opened
from page_sample import (
    EXAMPLE,
    IDS,
    SITE,
    choose,
    crowd,
    example,
    trip,
)

from timeline.exporters.html import page
from timeline.exporters.markup import line


@pytest.mark.parametrize("view", [None, "trip"])
def test_a_page_asks_for_nothing_and_complains_of_nothing(view: str | None) -> None:
    seen = opened(page(EXAMPLE, EXAMPLE.timeline.views.get(view or ""), SITE))
    assert seen.run("return performance.getEntriesByType('resource').map(e => e.name)") == []
    assert seen.faults() == []
    assert seen.asked() == ["/page.html"]


def test_the_policy_is_in_force() -> None:
    """The page's own watch sees what its policy forbids."""
    seen = opened(example().replace("</main>", "<img src=/spy.png><p style='color:red'>x</p></main>"))
    violations = {f.split()[1] for f in seen.faults() if f.startswith("violation")}
    assert violations == {"style-src-attr", "img-src"}
    assert seen.asked() == ["/page.html"]


@cache
def wild() -> tuple[str, list[str]]:
    """A page with all that is dangerous, an event for each, and the titles that it should show."""
    data = everywhere("x")
    kept = [text for text in MARKUP if schedule_of(everywhere(text)) is not None]
    for i, text in enumerate(kept):
        data["events"][f"w{i}"] = {
            "title": text, "description": text, "who": [text], "place": text, "tags": [text],
            "after": {"event": "a", "note": text},
        }  # fmt: skip
        data["sources"][f"w{i}"] = {"title": text}
    data["timeline"]["title"] = data["timeline"]["description"] = " ".join(kept)
    schedule = schedule_of(data)
    assert schedule is not None
    titles = [line(placed.event.title) for placed in schedule.events]
    return page(schedule, None, SITE), titles


@pytest.mark.parametrize("scripts", [True, False])
def test_any_text_shows_as_itself_and_nothing_runs(scripts: bool) -> None:
    source, titles = wild()
    seen = opened(source, scripts=scripts)
    shown = "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)"
    assert seen.run(shown, "#List h3 a") == titles
    assert set(seen.run(shown, "#List .facts bdi")) >= set(titles) - {"x"}
    if scripts:
        assert seen.faults() == []
        seen.run("document.querySelectorAll('#List h3 a').forEach(a => a.click())")
        assert seen.faults() == []
    assert seen.asked() == ["/page.html"]


def test_without_scripts_the_list_is_whole_and_links_work() -> None:
    seen = opened(example(), anchor="#talks", scripts=False)
    assert seen.shown() == IDS
    for hidden in ("#Filter", "#Chosen .acts"):
        assert not seen.find(hidden).is_displayed()
    assert seen.run("return document.querySelector(':target').id") == "talks"
    washed = "return getComputedStyle(document.getElementById(arguments[0])).backgroundColor"
    assert seen.run(washed, "talks") != seen.run(washed, "lunch")
    seen.find("#lunch summary").click()
    assert seen.find("#lunch .chain").is_displayed()
    seen.find("#lunch .because a[href='#talks']").click()
    assert seen.run("return document.querySelector(':target').id") == "talks"


@pytest.mark.parametrize("width", [320, 360, 800, 1280])
@pytest.mark.parametrize("anchor", ["", "#xi-meeting"])
def test_nothing_is_wider_than_the_window(width: int, anchor: str) -> None:
    seen = opened(example(), width=width, anchor=anchor)
    assert seen.run("return document.documentElement.scrollWidth") <= width
    assert seen.run("return innerWidth") == width


def test_a_word_without_end_is_broken() -> None:
    schedule = schedule_of(everywhere("W" * 400))
    assert schedule is not None
    seen = opened(page(schedule, None, SITE), width=320)
    assert seen.run("return document.documentElement.scrollWidth") <= 320


def luminance(seen: Page, what: str) -> float:
    colour = seen.run(f"return getComputedStyle(document.body).{what}")
    numbers = [float(n) for n in colour.partition("(")[2].rstrip(")").split(",")[:3]]
    return sum(numbers) / 3 / 255


def test_dark_is_dark_and_light_is_light() -> None:
    for dark in (False, True):
        seen = opened(example(), dark=dark)
        paper, ink = luminance(seen, "backgroundColor"), luminance(seen, "color")
        assert (paper < 0.2, ink > 0.8) == (dark, dark)


def test_paper_has_the_list_and_no_controls() -> None:
    seen = opened(example(), dark=True, print_=True)
    assert luminance(seen, "backgroundColor") > 0.9
    assert not seen.find("#Filter").is_displayed()
    assert not seen.find(".skip").is_displayed()
    assert seen.shown() == IDS
    after = "return getComputedStyle(document.querySelector('.sources a'), '::after').content"
    assert "http" in seen.run(after)


@pytest.mark.parametrize(
    ("width", "dark", "anchor"),
    [(1280, False, ""), (1280, True, ""), (360, False, ""), (360, True, "#to-korea"),
     (1280, False, "#to-korea"), (1280, True, "#to-korea")],
)  # fmt: skip
def test_axe_finds_nothing(width: int, dark: bool, anchor: str) -> None:
    needs_axe()
    seen = opened(trip(), width=width, dark=dark, anchor=anchor)
    seen.run("for (const one of document.querySelectorAll('details')) one.open = true")
    assert seen.axe() == []


def test_five_hundred_events() -> None:
    seen = opened(crowd(), anchor="#e250")
    assert len(seen.run("return [...document.querySelectorAll('#List > li')]")) == 500
    assert seen.marked("chosen") == {"e250"}
    top = seen.run("return document.getElementById('e250').getBoundingClientRect().top")
    assert 0 <= top < 150
    choose(seen, "who", "Person 3")
    assert len(seen.run("return [...document.querySelectorAll('#List > li:not([hidden])')]")) == 71
    assert seen.faults() == []
    assert seen.asked() == ["/page.html"]
