"""The page: made once, guarded by its own hashes, and honest about an edit that is not shown."""

from __future__ import annotations

import base64
import re
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from feed_cases import NOW
from serving import CLASH, STORY

from timeline.exporters.html import Feed, Link
from timeline.serve import live as module
from timeline.serve.live import Live
from timeline.serve.page import Page, Pages
from timeline.serve.stand_in import stand_in

AT = "https://example.org/"


@pytest.fixture
def live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Live:
    monkeypatch.setattr(module, "_wait_until_settled", lambda file, settled, now: None)
    (tmp_path / "events.toml").write_bytes(STORY)
    return Live(tmp_path / "events.toml", clock=lambda: NOW)


def made(pages: Pages, live: Live, address: str, view: str = "all") -> Page:
    page = pages.page(live, address, view)
    assert page is not None
    return page


def edit(live: Live, text: bytes) -> None:
    live.file.write_bytes(text)
    live.tend(1e9)
    live.tend(2e9)


def test_a_page_is_made_once_for_an_address(live: Live) -> None:
    pages = Pages()
    assert pages.made(live, AT) is None
    page = made(pages, live, AT)
    assert pages.made(live, AT) is page
    assert pages.page(live, AT) is page
    other = made(pages, live, "http://localhost/")
    assert other.body.etag != page.body.etag
    assert pages.made(live, AT) is page


def test_strangers_names_for_the_server_fill_no_memory(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timeline.serve.page.REMEMBERED", 4)
    pages = Pages()
    for i in range(12):
        pages.page(live, f"http://h{i}/")
    assert len(pages._made) == 4
    assert pages.made(live, "http://h11/") is not None


def test_each_state_has_its_page_and_a_later_time(live: Live) -> None:
    pages = Pages()
    times = []
    for text in (STORY, CLASH, STORY, STORY.replace(b"dinner", b"supper")):
        edit(live, text)
        body = made(pages, live, AT).body
        times.append(body.modified)
        assert (b"could not be published" in body.data) == (text is CLASH)
    assert times == sorted(set(times))


def test_a_broken_edit_is_said_and_none_of_it_shown(live: Live) -> None:
    edit(live, CLASH.replace(b"[events.before]", b"[events.before]\ntitle = 'Not yet public'"))
    text = made(Pages(), live, AT).body.data.decode()
    assert "The latest edit of 27 Oct 2025, 02:33 (Asia/Tokyo) could not be published." in text
    assert "It has an error (TL402)." in text
    assert "Not yet public" not in text
    assert "The talks" in text


def test_from_an_earlier_run_there_is_a_page_too(live: Live) -> None:
    edit(live, CLASH)
    again = Live(live.file, clock=lambda: NOW)
    text = made(Pages(), again, AT).body.data.decode()
    assert "The latest edit could not be published." in text
    assert "<h1><bdi>A story</bdi></h1>" in text
    assert '<a href="short.html">' in text
    assert f"{AT}short.ics" in text


def test_a_calendar_without_a_name_goes_by_its_file(live: Live) -> None:
    edit(live, CLASH)
    kept = live.folder / "short.ics"
    kept.write_bytes(re.sub(rb"NAME:[^\r]*\r\n", b"", kept.read_bytes()))
    again = Live(live.file, clock=lambda: NOW)
    assert "<bdi>short</bdi>" in made(Pages(), again, AT).body.data.decode()


def test_each_view_has_its_page_and_a_strange_one_has_none(live: Live) -> None:
    pages = Pages()
    assert pages.page(live, AT, "none") is None
    seen = Seen(made(pages, live, AT, "short").body.data.decode())
    assert "In short" in seen.text
    assert seen.links.index(f"webcal://{AT[8:]}short.ics") < seen.links.index(
        f"webcal://{AT[8:]}all.ics")  # fmt: skip
    assert {"./", "short.html", "short.ics", "short.json", "short.mmd"} <= set(seen.links)


def test_policies_name_what_stands_in_the_page(live: Live) -> None:
    """Style and script by their hashes, and nothing else: shown to a browser in test_exporters_html."""
    edited = made(Pages(), live, AT)
    edit(live, CLASH)
    again = Live(live.file, clock=lambda: NOW)
    for page in (edited, made(Pages(), again, AT)):
        for kind in ("style", "script"):
            for found in re.findall(rf"<{kind}>(.*?)</{kind}>", page.body.data.decode(), re.S):
                digest = base64.b64encode(sha256(found.encode()).digest()).decode()
                rule = next(r for r in page.policy.split("; ") if r.startswith(f"{kind}-src"))
                assert f"'sha256-{digest}'" in rule
        assert "unsafe" not in page.policy
        assert page.policy.endswith("frame-ancestors 'none'")


class Seen(HTMLParser):
    """What a browser makes of a page: its text and its links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.links, self.tags = "", [], []  # type: str, list[str], list[str]
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("title", [
    "<script>alert(1)</script>", '"><img src=x onerror=x>', "<!--", "</style>", "&lt;",
])  # fmt: skip
def test_what_stands_in_for_a_page_is_text_and_no_more(title: str) -> None:
    feeds = [Feed("all", title, f"{AT}all.ics")]
    seen = Seen(stand_in(feeds, [Link(title, "all.html")], title))
    assert "script" not in seen.tags
    assert "img" not in seen.tags
    assert seen.text.count(title) >= 4
    assert f"webcal://{AT[8:]}all.ics" in seen.links


def test_a_real_browser_shows_it_under_its_policies(tmp_path: Path) -> None:
    """Nothing of the page is shut out by what it is sent with, and the address can be copied."""
    from browser import driver, needs_browser
    from serving import serve

    needs_browser()
    with serve(tmp_path / "site", "--gzip") as served:
        at = f"http://127.0.0.1:{served.port}/"
        for path in ("", "short.html", "all.svg"):
            driver().get(at + path)
            assert driver().get_log("browser") == []
        driver().get(at)
        seen = driver().execute_script(
            "const b = document.querySelector('[data-copy]'); return [b.dataset.copy, b.hidden,"
            " getComputedStyle(document.querySelector('main')).fontFamily,"
            " [...document.querySelectorAll('a')].map(a => a.href)]"
        )
        assert seen[:2] == [f"{at}all.ics", False]
        assert f"webcal://127.0.0.1:{served.port}/all.ics" in seen[3]
        assert {f"{at}short.html", f"{at}all.json", f"{at}all.mmd", f"{at}all.svg"} <= set(seen[3])
        for link in seen[3]:
            if link.startswith(at) and "#" not in link:
                assert served.get(link.removeprefix(at[:-1])).status == 200, link
