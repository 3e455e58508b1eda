"""The page as people use it, in real Chromium: with and without scripts, by keyboard, on a phone."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from page_cases import MARKUP, everywhere, many, schedule_of
from page_host import Page, needs_axe, opened

from timeline.api import load
from timeline.exporters.html import Feed, Link, Site, page
from timeline.exporters.markup import line

ROOT = Path(__file__).parent.parent
EXAMPLE = load(ROOT / "events.toml")
IDS = [placed.id for placed in EXAMPLE.events]
SITE = Site(
    feeds=(Feed("all", "All", "https://f.example/all.ics"), Feed("trip", "T", "https://f.example/t.ics")),
    notice="The latest edit has faults.",
    links=(Link("JSON", "all.json"),),
)
ENTER, ESCAPE, TAB, SPACE, HOME, END = "\ue007", "\ue00c", "\ue004", " ", "\ue011", "\ue010"
LEFT, UP, RIGHT, DOWN = "\ue012", "\ue013", "\ue014", "\ue015"


@cache
def example() -> str:
    return page(EXAMPLE, None, SITE)


@cache
def trip() -> str:
    return page(EXAMPLE, EXAMPLE.timeline.views["trip"], SITE)


@cache
def crowd() -> str:
    schedule = schedule_of(many(500))
    assert schedule is not None
    return page(schedule, None, Site())


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


# --- choosing -------------------------------------------------------------------------------------


def reasons(name: str) -> set[str]:
    """The other events on the chains behind an event's bounds."""
    chain = [
        reason.event for end in ("start", "end") for side in ("earliest", "latest")
        for reason in EXAMPLE.because(name, end, side)
    ]  # fmt: skip
    return set(chain) - {name}


def chosen(seen: Page, name: str) -> None:
    """One event is chosen, and what it rests on is lit."""
    assert seen.marked("chosen") == {name}
    assert seen.marked("lit") == reasons(name)
    assert seen.find(f"[id='{name}'] details").get_attribute("open")
    told = "return [...document.querySelectorAll('#List [aria-current=true]')].map(e => e.id)"
    assert seen.run(told) == [name]
    assert EXAMPLE.by_id[name].event.title in seen.find("#Said").text


@pytest.mark.parametrize("name", ["to-korea", "lunch", "audience", "asean-debut"])
def test_a_link_to_an_event_opens_it_chosen(name: str) -> None:
    seen = opened(example(), anchor=f"#{name}")
    chosen(seen, name)
    top = seen.run(f"return document.getElementById('{name}').getBoundingClientRect().top")
    assert 0 <= top < 100
    assert seen.faults() == []


def test_events_are_chosen_by_click_and_let_go_by_escape() -> None:
    seen = opened(example())
    assert seen.marked("chosen") == set()
    seen.find("#lunch h3 a").click()
    chosen(seen, "lunch")
    seen.find("#talks .when").click()  # anywhere on it
    chosen(seen, "talks")
    assert seen.run("return location.hash") == "#talks"
    seen.keys(ESCAPE)
    assert seen.marked("chosen") | seen.marked("lit") == set()
    assert seen.run("return location.hash + document.body.className") == ""
    seen.keys(ESCAPE)  # once more does nothing
    assert seen.run("return history.length") > 0
    assert seen.faults() == []


def test_a_reason_leads_to_its_event_and_back() -> None:
    seen = opened(example(), anchor="#lunch")
    seen.find("#lunch .because a[href='#talks']").click()
    chosen(seen, "talks")
    seen.driver.back()
    chosen(seen, "lunch")


def test_the_bar_clears_goes_to_the_list_and_copies_the_link() -> None:
    seen = opened(example(), anchor="#lunch")
    seen.driver.execute_cdp_cmd("Browser.grantPermissions", {
        "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]})  # fmt: skip
    seen.find("[data-do=copy]").click()
    assert seen.find("#Said").text == "The link is copied."
    copied = seen.driver.execute_async_script("navigator.clipboard.readText().then(arguments[0])")
    assert copied == seen.driver.current_url
    assert copied.endswith("/page.html#lunch")
    seen.run("scrollTo(0, 0)")
    seen.find("[data-do=list]").click()
    assert seen.run("return document.activeElement.hash") == "#lunch"
    assert seen.run("return scrollY") > 500
    seen.find("[data-do=clear]").click()
    assert seen.marked("chosen") == set()
    assert not seen.find("[data-do=clear]").is_displayed()


def test_without_a_clipboard_the_link_is_copied_all_the_same() -> None:
    seen = opened(example(), anchor="#lunch")
    seen.run("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    seen.run("document.execCommand = what => fired.push(what + ' ' + document.activeElement.value)")
    seen.find("[data-do=copy]").click()
    assert seen.find("#Said").text == "The link is copied."
    assert seen.run("return fired") == [f"copy {seen.driver.current_url}"]
    assert seen.run("return document.querySelectorAll('textarea').length") == 0


def test_a_feeds_address_can_be_copied() -> None:
    seen = opened(example())
    seen.run("Object.defineProperty(navigator, 'clipboard', {value: {writeText: t => fired.push(t)}})")
    seen.find("#Subscribe .offer > p > button").click()
    assert seen.run("return fired") == ["https://f.example/all.ics"]


def test_everything_can_be_done_by_keyboard() -> None:
    seen = opened(example())
    seen.keys(TAB)
    assert seen.run("return document.activeElement.textContent") == "Skip to the events"
    assert seen.run("return document.activeElement.getBoundingClientRect().left") >= 0
    seen.keys(ENTER, TAB)
    first = IDS[0]
    assert seen.run("return document.activeElement.hash") == f"#{first}"
    outline = seen.run("return getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    seen.keys(ENTER)
    chosen(seen, first)
    for _ in range(40):
        seen.keys(TAB)
        if seen.run("return document.activeElement.hash") == f"#{IDS[1]}":
            break
    else:
        pytest.fail("the next event is not reached")
    seen.keys(ENTER)
    chosen(seen, IDS[1])
    seen.keys(ESCAPE)
    assert seen.marked("chosen") == set()
    assert seen.run("return document.activeElement.hash") == f"#{IDS[1]}"  # the place is kept
    seen.find("#lunch summary").click()
    seen.keys(TAB)
    assert seen.run("return document.activeElement.hash") == "#talks"
    seen.keys(ENTER)
    chosen(seen, "talks")
    assert seen.run("return document.activeElement.closest('li').id") == "talks"


def test_a_file_works_as_a_page_does(tmp_path: Path) -> None:
    seen = opened(example())
    (tmp_path / "all.html").write_text(example(), "utf-8")
    seen.driver.get((tmp_path / "all.html").as_uri())
    seen.find("#lunch h3 a").click()
    chosen(seen, "lunch")
    assert seen.driver.current_url.endswith("all.html#lunch")
    seen.keys(ESCAPE)
    assert seen.driver.current_url.endswith("all.html")
    assert seen.faults() == []


def test_a_preview_in_a_sandbox_works_without_an_address() -> None:
    seen = opened(example())
    seen.run("history.pushState = history.replaceState = () => { throw new DOMException('no'); }")
    seen.find("#lunch h3 a").click()
    chosen(seen, "lunch")
    seen.keys(ESCAPE)
    assert seen.marked("chosen") == set()
    assert seen.faults() == []


# --- the filter ------------------------------------------------------------------------------------


def having(**wanted: str) -> list[str]:
    def fits(placed: object) -> bool:
        event = placed.event  # type: ignore[attr-defined]
        return (
            wanted.get("who", "") in ["", *[p.name for p in event.who]]
            and wanted.get("tag", "") in ["", *[t.label for t in event.tags]]
            and wanted.get("place", "") in ["", event.place.name if event.place else None]
        )

    return [placed.id for placed in EXAMPLE.events if fits(placed)]


def choose(seen: Page, kind: str, name: str) -> None:
    from selenium.webdriver.support.select import Select

    select = Select(seen.find(f"select[name={kind}]"))
    [option] = [o.text for o in select.options if o.text.startswith(f"{name} (") or o.text == name]
    select.select_by_visible_text(option)


def test_each_filter_and_all_together() -> None:
    seen = opened(example())
    assert seen.shown() == IDS
    assert seen.find("#Count").text == "29 events"
    choose(seen, "who", "Donald Trump")
    expected = having(who="Donald Trump")
    assert seen.shown() == expected
    assert seen.find("#Count").text == f"{len(expected)} of 29 events"
    choose(seen, "tag", "Diplomacy")
    expected = having(who="Donald Trump", tag="Diplomacy")
    assert seen.shown() == expected
    choose(seen, "place", "State Guest House, Akasaka Palace, Tokyo")
    expected = having(
        who="Donald Trump", tag="Diplomacy", place="State Guest House, Akasaka Palace, Tokyo"
    )
    assert seen.shown() == expected
    assert len(expected) == 3
    seen.find("#Filter input").send_keys("BANQUET")
    assert seen.shown() == ["talks-2017"]
    seen.find("#Filter button").click()
    assert seen.shown() == IDS
    assert not seen.find("#Filter button").is_displayed()
    assert seen.faults() == []


def test_counts_say_what_a_choice_would_leave() -> None:
    seen = opened(example())
    choose(seen, "who", "Shinzo Abe")
    options = seen.run("return [...document.querySelector('[name=tag]').options].slice(1)"
                       ".map(o => [o.textContent, o.disabled])")  # fmt: skip
    for text, disabled in options:
        name, _, count = text.rpartition(" (")
        expected = len(having(who="Shinzo Abe", tag=name))
        assert (int(count[:-1]), disabled) == (expected, expected == 0)
    persons = seen.run("return [...document.querySelector('[name=who]').options].slice(1)"
                       ".map(o => o.textContent)")  # fmt: skip
    for text in persons:
        name, _, count = text.rpartition(" (")
        assert int(count[:-1]) == len(having(who=name))


@pytest.mark.parametrize(
    ("typed", "found"),
    [("haneda", ["leaves-haneda"]), ("  NARUHITO   palace ", ["audience"]),
     ("particle speeds", ["defence-2-percent", "security-documents"]), ("no such thing", [])],
)  # fmt: skip
def test_text_is_found_in_what_is_shown_of_an_event(typed: str, found: list[str]) -> None:
    seen = opened(example())
    seen.find("#Filter input").send_keys(typed)
    assert seen.shown() == found
    told = seen.find("#Count").text
    assert told == (f"{len(found)} of 29 events" if found else "No event fits. Show all, or choose less.")
    assert seen.run("return document.getElementById('Count').getAttribute('role')") == "status"


def test_marks_and_case_of_letters_do_not_matter() -> None:
    schedule = schedule_of({"events": {"a": {"title": "Élysée ＰＬＡＮ"}, "b": {"title": "Elsewhere"}}})
    assert schedule is not None
    seen = opened(page(schedule, None, Site()))
    seen.find("#Filter input").send_keys("elysee plan")
    assert seen.shown() == ["a"]


def test_a_link_to_an_event_that_is_filtered_away_shows_it() -> None:
    seen = opened(example())
    choose(seen, "who", "Shinzo Abe")
    seen.run("location.hash = 'talks'")
    seen.run("return new Promise(done => setTimeout(done, 0))")
    chosen(seen, "talks")
    assert "talks" in seen.shown()


def test_escape_in_the_search_empties_it_first() -> None:
    seen = opened(example(), anchor="#lunch")
    seen.find("#Filter input").send_keys("lunch")
    seen.keys(ESCAPE)
    assert seen.find("#Filter input").get_attribute("value") == ""
    assert seen.marked("chosen") == {"lunch"}
    assert seen.shown() == IDS
    seen.keys(ESCAPE)
    assert seen.marked("chosen") == set()


# --- the picture -----------------------------------------------------------------------------------

DRAWN = "#Picture .wide [data-event]"


def box(seen: Page, drawing: str = "wide") -> list[float]:
    """What is seen of the drawing: x, y, width, height."""
    value = seen.run(f"return document.querySelector('.{drawing} svg').getAttribute('viewBox')")
    return [float(part) for part in value.split()]


@pytest.mark.parametrize(("width", "drawing"), [(1280, "wide"), (800, "middle"), (360, "narrow")])
def test_one_drawing_is_shown_by_the_width(width: int, drawing: str) -> None:
    seen = opened(example(), width=width)
    shown = "return [...document.querySelectorAll('.drawing')].filter(d => d.checkVisibility())"
    assert seen.run(shown + ".map(d => d.className)") == [f"drawing {drawing}"]
    scale = seen.run(f"const r = document.querySelector('.{drawing} svg').getBoundingClientRect();"
                     f"return r.width / {box(seen, drawing)[2]}")  # fmt: skip
    assert 0.85 < scale < 1.3  # letters stay letters


def test_the_picture_shows_what_is_chosen_and_what_it_rests_on() -> None:
    seen = opened(example(), width=1280, anchor="#to-korea")
    assert seen.marked("chosen", DRAWN) == {"to-korea"}
    assert seen.marked("lit", DRAWN) == reasons("to-korea")
    arrows = seen.run("return [...document.querySelectorAll('.wide [data-from].lit')]"
                      ".map(a => [a.dataset.from, a.dataset.to])")  # fmt: skip
    assert ["to-korea", "leaves-gyeongju"] in arrows
    assert all({one, other} <= reasons("to-korea") | {"to-korea"} for one, other in arrows)
    opacity = "return getComputedStyle(document.querySelector(arguments[0])).opacity"
    assert float(seen.run(opacity, ".wide [data-event=lunch]")) < 0.5
    assert float(seen.run(opacity, ".wide [data-event=leaves-haneda]")) == 1


def test_a_click_in_the_picture_chooses_and_stays_there() -> None:
    seen = opened(example(), width=1280)
    before = seen.run("return scrollY")
    seen.run("document.querySelector('.wide [data-event=talks]').scrollIntoView({block: 'center'})")
    before = seen.run("return scrollY")
    seen.find(".wide [data-event=talks] text").click()
    chosen(seen, "talks")
    assert seen.run("return scrollY") == before
    seen.find("[data-do=list]").click()
    assert seen.run("return document.activeElement.hash") == "#talks"
    seen.find("[data-do=picture]").click()
    assert abs(seen.run("return document.getElementById('Picture').getBoundingClientRect().top")) < 50


def test_the_events_of_the_picture_are_walked_by_keyboard() -> None:
    seen = opened(example(), width=1280)
    seen.find("[data-zoom=all]").send_keys(TAB)
    assert seen.run("return document.activeElement.className") == "frame"
    seen.keys(TAB)
    at = "return document.activeElement.dataset.event"
    assert seen.run(at) == IDS[0]
    seen.keys(DOWN, DOWN)
    assert seen.run(at) == IDS[2]
    ring = "return getComputedStyle(document.activeElement.querySelector('.hit')).strokeWidth"
    assert seen.run(ring) == "2px"
    seen.keys(UP, ENTER)
    chosen(seen, IDS[1])
    seen.keys(END)
    assert seen.run(at) == IDS[-1]
    seen.keys(DOWN)
    assert seen.run(at) == IDS[-1]
    seen.keys(HOME, SPACE)
    chosen(seen, IDS[0])
    seen.keys(ESCAPE)
    assert seen.marked("chosen") == set()
    seen.keys(TAB)  # one stop, however many events
    assert not seen.run("return document.activeElement.closest('.frame')")
    assert seen.faults() == []


def test_zoom_and_pan_by_buttons_and_keys() -> None:
    seen = opened(example(), width=1280)
    whole = box(seen)
    seen.find("[data-zoom=in]").click()
    nearer = box(seen)
    assert nearer[2] == pytest.approx(whole[2] / 1.5)
    assert nearer[3] == pytest.approx(whole[3] / 1.5)
    assert seen.find("#Picture output").text == "150 %"
    seen.run("document.querySelector('.frame').focus()")
    seen.keys("+")
    assert box(seen)[2] == pytest.approx(whole[2] / 2.25)
    x, y = box(seen)[:2]
    seen.keys(RIGHT)
    assert box(seen)[0] > x
    seen.keys(LEFT, UP)
    assert box(seen)[0] == pytest.approx(x)
    assert box(seen)[1] < y
    for key in (UP, LEFT) * 20:
        seen.keys(key)
    assert box(seen)[:2] == [0, 0]  # never past the edge
    seen.keys("-", "-", "-")
    assert box(seen) == pytest.approx(whole)
    for _ in range(12):
        seen.keys("+")
    assert box(seen)[2] == pytest.approx(whole[2] / 16)
    seen.keys("0")
    assert box(seen) == pytest.approx(whole)
    assert seen.faults() == []


def mouse(seen: Page, kind: str, x: float, y: float, **more: object) -> None:
    seen.driver.execute_cdp_cmd(
        "Input.dispatchMouseEvent",
        {"type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1, **more},
    )


def test_the_wheel_zooms_with_control_about_the_pointer_and_a_drag_pans() -> None:
    seen = opened(example(), width=1280)
    whole = box(seen)
    rect = seen.run("const r = document.querySelector('.wide svg').getBoundingClientRect();"
                    "return [r.left, r.top, r.width, r.height]")  # fmt: skip
    x, y = rect[0] + rect[2] / 4, rect[1] + 300

    def under() -> tuple[float, float]:
        left, top, width, height = box(seen)
        return left + (x - rect[0]) / rect[2] * width, top + (y - rect[1]) / rect[3] * height

    point = under()
    wheel = {"button": "none", "buttons": 0, "clickCount": 0, "deltaX": 0, "deltaY": -200}
    mouse(seen, "mouseWheel", x, y, modifiers=2, **wheel)
    assert box(seen)[2] < whole[2]
    assert under() == pytest.approx(point, abs=1)
    nearer = box(seen)
    mouse(seen, "mousePressed", x, y)
    mouse(seen, "mouseMoved", x - 40, y - 30)
    mouse(seen, "mouseMoved", x - 80, y - 60)
    mouse(seen, "mouseReleased", x - 80, y - 60)
    moved = box(seen)
    assert moved[0] == pytest.approx(nearer[0] + 80 * nearer[2] / rect[2], abs=0.5)
    assert moved[1] == pytest.approx(nearer[1] + 60 * nearer[2] / rect[2], abs=0.5)
    assert seen.marked("chosen") == set()  # a drag is no click
    seen.find("[data-zoom=all]").click()
    mouse(seen, "mouseWheel", x, y, **{**wheel, "deltaY": 200})
    assert box(seen) == pytest.approx(whole)  # without control the page scrolls


def touch(seen: Page, kind: str, *points: tuple[float, float]) -> None:
    seen.settle()
    told = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]
    seen.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": told})


_PINCH = """
const frame = document.querySelector('.frame');
const at = (kind, id, x) => frame.dispatchEvent(new PointerEvent(
  kind, {pointerId: id, pointerType: 'touch', clientX: x, clientY: 300, bubbles: true}));
at('pointerdown', 1, 160); at('pointerdown', 2, 200);
for (const spread of [20, 40, 60]) { at('pointermove', 1, 160 - spread); at('pointermove', 2, 200 + spread); }
at('pointerup', 1, 100); at('pointerup', 2, 260);
"""


def test_two_fingers_zoom_on_a_phone() -> None:
    """By events of our own making: the driver's second finger stays down for the tests after this."""
    seen = opened(example(), width=360)
    seen.run("document.querySelector('.frame').scrollIntoView()")
    whole = box(seen, "narrow")
    seen.run(_PINCH)
    assert box(seen, "narrow")[2] == pytest.approx(whole[2] / 4, rel=0.01)
    assert seen.run("return getComputedStyle(document.querySelector('.frame')).touchAction") == "none"
    seen.find("[data-zoom=all]").click()
    assert box(seen, "narrow") == pytest.approx(whole)
    allowed = seen.run("return getComputedStyle(document.querySelector('.frame')).touchAction")
    assert allowed == "pan-x pan-y"  # two fingers are ours, one is the page's
    assert seen.faults() == []


def test_one_finger_pans_what_is_zoomed_and_else_scrolls_the_page() -> None:
    seen = opened(example(), width=360)
    seen.run("document.querySelector('.frame').scrollIntoView()")

    def swiped() -> tuple[bool, bool]:
        before = box(seen, "narrow")
        touch(seen, "touchStart", (200, 300))
        for step in (10, 20, 40):
            touch(seen, "touchMove", (200 - step, 300 - step))
        touch(seen, "touchEnd")
        seen.settle()
        after = box(seen, "narrow")
        return after[0] > before[0], after[1] > before[1]

    assert swiped() == (False, False)
    seen.run("document.querySelector('[data-zoom=in]').click()")
    place = seen.run("return scrollY")
    assert swiped() == (True, True)
    assert seen.run("return scrollY") == place
    assert seen.marked("chosen") == set()


def test_the_filter_thins_the_picture_out() -> None:
    seen = opened(example(), width=1280)
    choose(seen, "who", "Shinzo Abe")
    assert seen.marked("out", DRAWN) == set(IDS) - set(having(who="Shinzo Abe"))
    seen.find("#Filter button").click()
    assert seen.marked("out", DRAWN) == set()


def test_a_tall_picture_scrolls_in_its_frame_to_what_is_chosen() -> None:
    seen = opened(crowd(), width=1280, height=900)
    frame = "return document.querySelector('.frame')"
    assert seen.run(frame + ".clientHeight") <= 0.8 * 900
    seen.run("location.hash = 'e400'")
    seen.run("return new Promise(done => setTimeout(done, 0))")
    inside = (
        "const e = document.querySelector('.wide [data-event=e400]').getBoundingClientRect(),"
        "f = document.querySelector('.frame').getBoundingClientRect();"
        "return e.top >= f.top && e.bottom <= f.bottom"
    )
    assert seen.run(inside)
    seen.run("document.querySelector('.frame').focus()")
    seen.keys("+")
    seen.run("location.hash = 'e20'")
    seen.run("return new Promise(done => setTimeout(done, 0))")
    assert seen.run(inside.replace("e400", "e20"))


# --- without scripts, on a phone, in the dark, on paper -------------------------------------------------


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
