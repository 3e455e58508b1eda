"""The page as a document: read back by html5lib in its strict manner, it holds what the schedule holds."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from page_reader import by_id, of_class, parsed, words

from timeline.api import load
from timeline.duration import parse_range
from timeline.exporters import EXPORTERS, Occasion
from timeline.exporters.html import Feed, Link, Site, page, policy
from timeline.exporters.html_because import chains, date_words, length_words
from timeline.grounds import BOUNDS
from timeline.schedule import Schedule

ROOT = Path(__file__).parent.parent
EXAMPLE = load(ROOT / "events.toml")


def story(text: str, site: Site | None = None, view: str | None = None) -> Any:
    schedule = load(text.encode())
    chosen = schedule.timeline.views[view] if view else None
    return parsed(page(schedule, chosen, site or Site()))


def test_the_export_is_the_page_of_the_whole_or_of_a_view() -> None:
    def never() -> int:
        raise AssertionError("no clock")

    for view in (None, *EXAMPLE.timeline.views.values()):
        output = EXPORTERS["html"].export(EXAMPLE, view, Occasion(never))
        assert output.text == page(EXAMPLE, view, Site())
        items = list(by_id(parsed(output.text), "List"))
        assert [item.get("id") for item in items] == [p.id for p in EXAMPLE.select(view)]


def test_every_event_tells_what_is_known_of_it() -> None:
    tree = parsed(page(EXAMPLE, None, Site()))
    for placed in EXAMPLE.events:
        event, item = placed.event, by_id(tree, placed.id)
        told = words(item)
        assert words(item.find(".//h3")) == event.title
        assert words(of_class(item, "label")[0]) == placed.label
        assert placed.basis in words(of_class(item, "when")[0])
        assert (event.zone in words(of_class(item, "when")[0])) == (event.zone != "Asia/Tokyo")
        for name in [p.name for p in event.who] + [t.label for t in event.tags]:
            assert name in told
        assert event.description in told
        assert event.note == "" or event.note not in told  # a note stays out of the exports
        for source in event.sources:
            assert EXAMPLE.timeline.sources[source].title in words(of_class(item, "sources")[0])


def test_because_tells_what_why_tells() -> None:
    item = by_id(parsed(page(EXAMPLE, None, Site())), "to-korea")
    [details] = of_class(item, "because")
    told = [" ".join(words(e).split()) for e in details.iter("p")]
    updatem = "Source: Updatem: Trump on the eve of the meeting with Xi"
    assert told == [
        "It starts no earlier than 29 Oct 2025",
        "It ends no earlier than 29 Oct 2025, 00:00:01",
        "Trump departs from Haneda is dated 29 Oct 2025 (Asia/Tokyo).",
        updatem,
        "So Trump departs from Haneda starts no earlier than 29 Oct 2025.",
        "This event starts together with, and ends after, Trump departs from Haneda.",
        updatem,
        "It starts no later than 29 Oct 2025",
        "Trump departs from Haneda is dated 29 Oct 2025 (Asia/Tokyo).",
        updatem,
        "So Trump departs from Haneda starts no later than 29 Oct 2025.",
        "This event starts together with, and ends after, Trump departs from Haneda.",
        updatem,
        "It ends no later than 30 Oct 2025, 09:35",
        "Trump leaves his hotel in Gyeongju for Busan is dated 30 Oct 2025, 09:35.",
        "Source: Korea JoongAng Daily: Trump leaves Gyeongju for Busan",
        "So Trump leaves his hotel in Gyeongju for Busan starts no later than 30 Oct 2025, 09:35.",
        "This event is before Trump leaves his hotel in Gyeongju for Busan.",
        "Source: Korea JoongAng Daily: Trump leaves Gyeongju for Busan",
    ]
    assert "#leaves-haneda" in [a.get("href") for a in details.iter("a")]


def test_accounts_that_agree_are_told_once() -> None:
    item = by_id(parsed(page(EXAMPLE, None, Site())), "xi-meeting")
    assert "The accounts of this event say: ~30 Oct 2025, 11:00–12:40." in words(item)
    assert of_class(item, "differ") == []
    differing = by_id(parsed(page(EXAMPLE, None, Site())), "audience")
    assert "18:30; ~27 Oct 2025, 18:05–18:35." in words(differing)
    [told] = of_class(differing, "differ")
    assert [words(li) for li in told.iter("li")] == [
        "~27 Oct 2025, 18:30 — The Nation Thailand: Trump received by the Emperor",
        "~27 Oct 2025, 18:05–18:35 — Capitol Institute: Trump's audience at the Imperial Palace",
    ]


def test_a_chain_that_leaves_the_view_leads_to_the_page_of_the_whole() -> None:
    schedule = load(b"[events.a]\nwhen = 2025-10-26\n[events.b]\nafter = 'a'\n"
                    b"[views.v]\ntitle = 'V'\nevents = ['b']")  # fmt: skip
    view = schedule.timeline.views["v"]
    for site, start in ((Site(), "all.html"), (Site(pages={"all": "/story"}), "/story")):
        tree = parsed(page(schedule, view, site))
        named = of_class(by_id(tree, "b"), "named")
        assert {(words(a), a.get("href")) for a in named} == {("A", f"{start}#a")}


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("when = 2025-10-26", "is dated 26 Oct 2025"),
        ('when = "2025-10-26/2025-10-28"', "is dated 26–28 Oct 2025"),
        ('when = "2025-10-26/.."', "is dated from 26 Oct 2025"),
        ('when = "2025-10-26?"', "is dated 26 Oct 2025?"),
        ('when = "[2025-10-26..2025-10-28]"', "is dated 26 to 28 Oct 2025"),
        ("when = 2025-10-26\nthroughout = true", "is dated 26 Oct 2025, throughout"),
        ('when = { date = "1984~", tolerance = "2y" }', "is dated ~1982 to 1986 with its tolerance"),
        ('start = "2025-10-26~"\nend = 2025-10-28', "starts ~26 Oct 2025"),
        ("start = 2025-10-26\nend = 2025-10-28", "ends 28 Oct 2025"),
        ("end = 2025-10-28T10:00:00", "ends 28 Oct 2025, 10:00"),
        ("start = 2025-10-28\nend = 2025-10-29\nthroughout = true", "starts 28 Oct 2025, throughout"),
        ("start = 2025-10-28\nend = 2025-10-29\nthroughout = true", "ends 29 Oct 2025, throughout"),
        ("earliest = 2025-10-28", "is no earlier than 28 Oct 2025"),
        ('latest = "2025-10"', "is no later than 31 Oct 2025"),
        ("when = 2025-10-26\nduration = '25m..40m'", "lasts 25 min to 40 min"),
    ],
)
def test_a_date_is_told_as_people_say_it(keys: str, told: str) -> None:
    [details] = of_class(by_id(story(f"[events.a]\n{keys}"), "a"), "because")
    assert f"This event {told}." in [words(p) for p in details.iter("p")]


@pytest.mark.parametrize("key", ["when", "start", "end", "earliest", "latest"])
def test_a_date_that_says_nothing_is_told_as_it_is_written(key: str) -> None:
    schedule = load(f"[events.a]\n{key} = 'XXXX'".encode())
    assert date_words(schedule.by_id["a"].dates[0], schedule.timeline.tz) == "XXXX"


@pytest.mark.parametrize(
    ("written", "told"),
    [("30m", "30 min"), ("25m..40m", "25 min to 40 min"), ("1s..", "at least 1 s"),
     ("..3d", "at most 3 days"), ("1y2mo", "1 year 2 months"), ("P1DT2H", "1 day 2 h")],
)  # fmt: skip
def test_lengths_in_words(written: str, told: str) -> None:
    assert length_words(parse_range(written)) == told


# --- what the script is given -----------------------------------------------------------------------


def test_a_chain_leads_through_the_groups_of_a_sequence() -> None:
    schedule = load(
        b"[[sequences]]\nevents = [['a', 'b', 'c'], ['d', 'e', 'f', 'g', 'h', 'i']]\n"
        b"[events.a]\nwhen = 2025-10-26\n"
        + b"".join(b"[events.%c]\n" % letter for letter in b"bcdefghi")
    )
    assert len(schedule.solution.bounds.earliest) > 2 * len(schedule.events)  # with points of no event
    on = json.loads(chains(schedule, [schedule.by_id["d"]]))
    assert on["d"][0] == "a.end"


@pytest.mark.parametrize("schedule", [EXAMPLE, load(ROOT / "tests" / "undated.toml")])
def test_the_script_can_follow_every_chain_to_its_date(schedule: Schedule) -> None:
    """What lights up is what the schedule gives as reasons: no event more, none less."""
    for view in (None, *schedule.timeline.views.values()):
        shown = schedule.select(view)
        on = json.loads(chains(schedule, shown))
        for placed in shown:
            for number, (end, side) in enumerate(BOUNDS):
                reasons = schedule.because(placed.id, end, side)
                expected = [f"{r.event}.{r.end}" for r in reasons]
                followed, point = [f"{placed.id}.{end}"] * bool(reasons), f"{placed.id}.{end}"
                while True:
                    name, at = point.split(".")
                    point = on.get(name, [""] * 4)[2 * (at == "end") + (side == "latest")]
                    if not point:
                        break
                    followed.insert(0, point)
                assert followed == expected, (placed.id, number)


def test_filters_name_whom_and_what_there_is_with_counts() -> None:
    tree = story(
        "[people.x]\nname = 'Xi'\n[events.a]\nwho = ['x', 'Abe']\nplace = 'Nara'\n"
        "[events.b]\nwho = ['x']\nplace = 'Nara'\ntags = ['t']\n"
    )
    options = {
        s.get("name"): [(words(o), o.get("value")) for o in s] for s in tree.iter("select")
    }
    assert options == {
        "who": [("Everybody", ""), ("Xi (2)", "0"), ("Abe (1)", "1")],
        "place": [("Everywhere", ""), ("Nara (2)", "0")],
        "tag": [("All tags", ""), ("t (1)", "0")],
    }
    assert by_id(tree, "a").get("data-who") == "0 1"
    assert by_id(tree, "a").get("data-tag") is None
    assert by_id(tree, "Filter").get("hidden") == ""  # the script shows what it serves


def test_what_nothing_has_is_no_filter() -> None:
    assert list(story("[events.a]\n").iter("select")) == []


# --- around the list --------------------------------------------------------------------------------


def test_an_empty_view_says_so() -> None:
    tree = story("[events.a]\n[views.v]\ntitle = 'V'\nwho = ['nobody']", view="v")
    assert "No event is shown." in words(tree)
    assert list(by_id(tree, "List")) == []


def test_the_head_of_a_page() -> None:
    text = (
        "[timeline]\ntitle = 'T'\ndescription = 'D'\nlanguage = 'ja'\ntimezone = 'Asia/Tokyo'\n"
        "organisation = 'The desk'\nurl = 'https://t.example/'\n"
        "[events.a]\nwhen = 2025-10-26\n[events.b]\ntimezone = 'Asia/Seoul'\n"
        "[views.v]\ntitle = 'V'\nevents = ['a']\n"
    )
    site = Site(notice="The latest edit has faults.", base="https://t.example/x/",
                links=(Link("JSON", "all.json"),))  # fmt: skip
    tree = story(text, site)
    assert tree.get("lang") == "ja"
    assert words(tree.find(".//title")) == "T"
    assert words(tree.find(".//h1")) == "T"
    [notice] = [e for e in tree.iter() if e.get("role") == "alert"]
    assert words(notice) == "The latest edit has faults."
    told = words(tree.find(".//header"))
    assert "2 events in order; times in Asia/Tokyo, UTC+9, unless an event names another zone." in told
    assert "By The desk" in told
    assert [(words(a), a.get("href"), a.get("aria-current")) for a in tree.find(".//nav").iter("a")] == [
        ("All events", "all.html", "page"), ("V", "v.html", None),
    ]  # fmt: skip
    [canonical] = [e.get("href") for e in tree.iter("link") if e.get("rel") == "canonical"]
    assert canonical == "https://t.example/x/all.html"
    assert [a.get("href") for a in tree.find(".//footer").iter("a")] == [
        "all.json", "https://t.example/",
    ]  # fmt: skip
    tree = story(text, view="v")
    assert words(tree.find(".//h1")) == "V"
    assert words(tree.find(".//title")) == "V – T"
    assert "1 of 2 events in order; times in Asia/Tokyo, UTC+9." in words(tree.find(".//header"))
    assert [e for e in tree.iter("link") if e.get("rel") == "canonical"] == []
    assert [e for e in tree.iter() if e.get("role") == "alert"] == []


def test_without_a_language_it_is_english() -> None:
    tree = story("[events.a]\n")
    assert tree.get("lang") == "en"
    assert "1 event in order" in words(tree)
    assert tree.find(".//nav") is None
    assert tree.find(".//footer") is None


def test_a_role_is_told_once() -> None:
    told = words(by_id(parsed(page(EXAMPLE, None, Site())), "List"))
    assert told.count("President of the United States") == 1


def test_marks_are_explained_where_they_occur() -> None:
    [key] = of_class(parsed(page(EXAMPLE, None, Site())), "key")
    assert [words(dt) for dt in key.iter("dt")] == [
        "stated", "narrowed", "inferred", "open", "~", "… to …", "by …",
    ]  # fmt: skip
    [key] = of_class(story("[events.a]\nwhen = '2025-10-26?'"), "key")
    assert [words(dt) for dt in key.iter("dt")] == ["stated", "?"]


# --- subscribing ------------------------------------------------------------------------------------


def test_no_feed_no_offer() -> None:
    assert "Subscribe" not in page(EXAMPLE, None, Site()).partition("<body>")[2]


@pytest.mark.parametrize("scheme", ["https", "webcal", "webcals"])
def test_a_feed_is_offered_to_every_program(scheme: str) -> None:
    url = f"{scheme}://feeds.example/a%20b/all.ics?x=1&y=2"
    web, webcal = ["https" + url[len(scheme) :], "webcal" + url[len(scheme) :]]
    site = Site(feeds=(Feed("all", "Talks & more", url),))
    section = by_id(parsed(page(EXAMPLE, None, site)), "Subscribe")
    links = {words(a): a.get("href") for a in section.iter("a")}
    assert links.pop("Apple Calendar") == webcal
    google = urlsplit(links.pop("Google Calendar"))
    assert (google.netloc, parse_qs(google.query)) == ("calendar.google.com", {"cid": [webcal]})
    for name, host in (("Outlook", "outlook.live.com"), ("Outlook at work", "outlook.office.com")):
        outlook = urlsplit(links.pop(name))
        assert (outlook.netloc, outlook.path) == (host, "/calendar/0/addfromweb")
        assert parse_qs(outlook.query) == {"url": [web], "name": ["Talks & more"]}
    assert links == {}
    assert words(section.find(".//code")) == web


def test_a_file_offers_the_feeds_that_the_timeline_names() -> None:
    text = (
        "[timeline]\ntitle = 'T'\n[timeline.calendar]\nurl = 'https://f.example/x/all.ics'\n"
        "[events.a]\n[views.v]\ntitle = 'V'\nevents = ['a']"
    )
    schedule = load(text.encode())
    for view, first, rest in (
        (None, "https://f.example/x/all.ics", "https://f.example/x/v.ics"),
        (schedule.timeline.views["v"], "https://f.example/x/v.ics", "https://f.example/x/all.ics"),
    ):
        tree = parsed(EXPORTERS["html"].export(schedule, view, Occasion(lambda: 0)).text)
        assert [words(e) for e in by_id(tree, "Subscribe").iter("code")] == [first, rest]
        alternates = [e.get("href") for e in tree.iter("link") if e.get("rel") == "alternate"]
        assert alternates == [first, rest]


# --- the policy ---------------------------------------------------------------------------------------


def directives(text: str) -> dict[str, list[str]]:
    return {d.split()[0]: d.split()[1:] for d in text.split(";")}


@pytest.mark.parametrize("site", [Site(), Site(notice="x", feeds=(Feed("all", "T", "https://a/b.ics"),))])
def test_the_policy_allows_the_one_style_and_the_one_script(site: Site) -> None:
    tree = parsed(page(EXAMPLE, None, site))
    [sent] = [e.get("content") for e in tree.iter("meta") if e.get("http-equiv")]
    assert sent == policy()
    allowed = directives(policy())
    assert allowed["default-src"] == allowed["base-uri"] == allowed["form-action"] == ["'none'"]
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        [part] = [words(e) for e in tree.iter(tag)]
        digest = base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
        assert allowed[directive] == [f"'sha256-{digest}'"]
    assert set(allowed) == {"default-src", "style-src", "script-src", "img-src", "base-uri", "form-action"}
    assert not [e for e in tree.iter() if e.get("style")]


def test_nothing_in_the_page_is_fetched() -> None:
    source = page(EXAMPLE, None, Site())
    tree = parsed(source)
    assert [e.tag for e in tree.iter() if e.get("src")] == []
    for one in tree.iter("link"):
        assert one.get("rel") in ("icon", "alternate", "canonical")
        assert one.get("rel") != "icon" or one.get("href").startswith("data:")
    assert not re.search(r"@import|url\((?!#)", words(tree.find(".//style")))
