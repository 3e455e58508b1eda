"""The picture in the page, in real Chromium: what is lit in it, zoom and pan by every means."""

from __future__ import annotations

import pytest
from page_host import Page, opened
from page_sample import (
    DOWN,
    END,
    ENTER,
    ESCAPE,
    HOME,
    IDS,
    LEFT,
    RIGHT,
    SPACE,
    TAB,
    UP,
    choose,
    chosen,
    crowd,
    example,
    having,
    reasons,
)

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
