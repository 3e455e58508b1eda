"""The page: made once, guarded by its own hashes, and honest about an edit that is not shown."""

from __future__ import annotations

import base64
import re
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from feed_cases import HARD, NOW
from hypothesis import given, settings
from hypothesis import strategies as st
from serving import CLASH, STORY

import timeline
from timeline.serve import live as module
from timeline.serve.live import Live
from timeline.serve.page import ADDRESSES, Pages, policy
from timeline.serve.plain_page import Feed, render

AT = "https://example.org/"


@pytest.fixture
def live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Live:
    monkeypatch.setattr(module, "_wait_until_settled", lambda file, settled: None)
    (tmp_path / "events.toml").write_bytes(STORY)
    return Live(tmp_path / "events.toml", clock=lambda: NOW)


def edit(live: Live, text: bytes) -> None:
    live.file.write_bytes(text)
    live.tend(1e9)
    live.tend(2e9)


def test_a_page_is_made_once_for_an_address(live: Live) -> None:
    pages = Pages()
    assert pages.made(live, AT) is None
    page = pages.page(live, AT)
    assert pages.made(live, AT) is page
    assert pages.page(live, AT) is page
    other = pages.page(live, "http://localhost/")
    assert other.body.etag != page.body.etag
    assert pages.made(live, AT) is page


def test_strangers_names_for_the_server_fill_no_memory(live: Live) -> None:
    pages = Pages()
    for i in range(ADDRESSES * 3):
        pages.page(live, f"http://h{i}/")
    assert len(pages._made) == ADDRESSES
    assert pages.made(live, f"http://h{ADDRESSES * 3 - 1}/") is not None


def test_each_state_has_its_page_and_a_later_time(live: Live) -> None:
    pages = Pages()
    times = []
    for text in (STORY, CLASH, STORY, STORY.replace(b"dinner", b"supper")):
        edit(live, text)
        body = pages.page(live, AT).body
        times.append(body.modified)
        assert (b"could not be published" in body.data) == (text is CLASH)
    assert times == sorted(set(times))


def test_a_broken_edit_is_said_and_none_of_it_shown(live: Live) -> None:
    edit(live, CLASH.replace(b"[events.before]", b"[events.before]\ntitle = 'Not yet public'"))
    text = Pages().page(live, AT).body.data.decode()
    assert "The latest edit of 27 Oct 2025, 02:33 (Asia/Tokyo) could not be published." in text
    assert "It has an error (TL402)." in text
    assert "Not yet public" not in text
    assert "The talks" in text


def test_from_an_earlier_run_there_is_a_page_too(live: Live) -> None:
    edit(live, CLASH)
    again = Live(live.file, clock=lambda: NOW)
    text = Pages().page(again, AT).body.data.decode()
    assert "The latest edit could not be published." in text
    assert "<h1>A story</h1>" in text
    assert f"{AT}short.ics" in text


def test_a_calendar_without_a_name_goes_by_its_file(live: Live) -> None:
    edit(live, CLASH)
    kept = live.folder / "short.ics"
    kept.write_bytes(re.sub(rb"NAME:[^\r]*\r\n", b"", kept.read_bytes()))
    again = Live(live.file, clock=lambda: NOW)
    assert "<h3>short.ics</h3>" in Pages().page(again, AT).body.data.decode()


def test_the_policy_allows_what_stands_in_the_page_and_nothing_else() -> None:
    made = policy(b"<style>a{}</style><script>x()</script><p>")
    for rule, text in (("style-src", b"a{}"), ("script-src", b"x()")):
        digest = base64.b64encode(sha256(text).digest()).decode()
        assert f"{rule} 'sha256-{digest}'" in made
    assert "script-src 'none'; style-src 'none'" in policy(b"<p>")


# The plain page ---------------------------------------------------------------------------------


class Seen(HTMLParser):
    """What a browser makes of a page: its text, its tags, its links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.tags, self.links = "", [], []  # type: str, list[str], list[str]
        self.attributes: set[str] = set()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


texts = st.sampled_from((*HARD, "<script>alert(1)</script>", "</style>", '"><img src=x onerror=x>',
                         "<!--", "]]>", "&lt;", "javascript:alert(1)"))  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(texts, texts, texts)
def test_what_the_file_says_is_text_and_no_more(title: str, event: str, about: str) -> None:
    import json

    def quoted(words: str) -> str:
        return json.dumps(words, ensure_ascii=False)

    schedule = timeline.load(
        f"[timeline]\ntitle = {quoted(title)}\ndescription = {quoted(about)}\n"
        f"[events.a]\nwhen = 2025-10-27\ntitle = {quoted(event)}\n"
        "[events.b]\nafter = 'a'\nbefore = 'c'\n[events.c]\nwhen=2025-10-29\n".encode()
    )
    seen = Seen(render(schedule, [Feed(f"{AT}all.ics", title)], event))
    assert seen.tags.count("script") == seen.tags.count("style") == 1
    assert "img" not in seen.tags
    assert not {name for name in seen.attributes if name.startswith("on")}
    for words in (title, event, about):
        assert schedule.timeline.title in seen.text
        assert words.strip() == "" or schedule.by_id["a"].event.title in seen.text
    assert all(link.startswith(("webcal://", "https://", "data:,")) for link in seen.links)
    assert "(inferred)" in seen.text


def test_without_anything_there_is_still_a_page() -> None:
    assert "<h1>Calendars</h1>" in render(None, [])
