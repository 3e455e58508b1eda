"""The page as people use it, in real Chromium: choosing an event, and finding some."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_cases import schedule_of
from page_host import opened
from page_sample import (
    ENTER,
    ESCAPE,
    IDS,
    TAB,
    choose,
    chosen,
    example,
    having,
)

from timeline.exporters.html import Site, page


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
