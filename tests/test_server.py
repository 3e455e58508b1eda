"""The application, by what it answers: called as any ASGI server would, without a wire."""

from __future__ import annotations

import asyncio
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from feed_cases import NOW
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ics_validator import validate
from serving import CLASH, STORY, Answer, ask

from timeline.exporters import EXPORTERS, USUAL
from timeline.serve import live as module
from timeline.serve.conditions import http_date
from timeline.serve.live import Live
from timeline.server import application, create

SECRET = b"nobody may read this"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_wait_until_settled", lambda file, settled, now: None)


class Site:
    """An application over a folder, and what it answers."""

    def __init__(self, folder: Path, text: bytes = STORY, **options: Any) -> None:
        self.file = folder / "events.toml"
        self.file.write_bytes(text)
        (folder / "exports").mkdir(exist_ok=True)
        (folder / "exports" / "private.txt").write_bytes(SECRET)
        retired = options.pop("retired", ())
        self.live = Live(self.file, clock=lambda: NOW, **options)
        self.live.start = lambda: None  # type: ignore[method-assign]  # the tests take its place
        self.app = application(self.live, retired)

    def ask(self, *arguments: Any, **options: Any) -> Answer:
        return ask(self.app, *arguments, **options)

    def edit(self, text: bytes) -> None:
        self.file.write_bytes(text)
        self.live.tend(1e9)
        self.live.tend(2e9)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_every_file_of_every_view(site: Site) -> None:
    for name, body in site.live.edition.bodies.items():
        answer = site.ask(f"/{name}")
        if name.endswith(".html"):  # pages are made for the address by which they are asked
            assert answer.status == 200
            assert answer.headers["content-type"] == body.type
            assert b"webcal://testserver:80/" in answer.body
            continue
        assert (answer.status, answer.body) == (200, body.data)
        assert answer.headers["content-type"] == body.type
        assert answer.headers["content-type"].endswith("charset=utf-8")
        assert answer.headers["cache-control"] == "public, max-age=300, must-revalidate"
        assert answer.headers["access-control-allow-origin"] == "*"
    assert validate(site.ask("/all.ics").body) == []
    assert json.loads(site.ask("/short.json").body)["timeline"]["view"]["id"] == "short"


def test_who_has_it_gets_no_more_than_word_of_that(site: Site) -> None:
    full = site.ask("/all.ics")
    etag, modified = full.headers["etag"], full.headers["last-modified"]
    assert etag.startswith('"')
    assert modified == http_date(NOW)
    for fields in (
        {"If-None-Match": etag}, {"If-None-Match": f'"other", W/{etag}'}, {"If-None-Match": "*"},
        {"If-Modified-Since": modified},
    ):  # fmt: skip
        answer = site.ask("/all.ics", "GET", fields)
        assert (answer.status, answer.body) == (304, b"")
        assert "content-type" not in answer.headers
        assert "content-length" not in answer.headers
        for name in ("etag", "cache-control", "last-modified"):
            assert answer.headers[name] == full.headers[name]
    lines = [("If-None-Match", '"a"'), ("If-None-Match", etag)]
    assert site.ask("/all.ics", "GET", lines).status == 304
    site.edit(STORY.replace(b"The talks", b"Talks"))
    assert site.ask("/all.ics", "GET", {"If-None-Match": etag}).status == 200
    assert site.ask("/all.ics", "GET", {"If-Modified-Since": modified}).status == 200
    assert site.ask("/all.ics", "GET", {"If-Match": etag}).status == 412


def test_a_modification_is_never_later_than_the_answer(site: Site) -> None:
    site.live._clock = lambda: 4_000_000_000
    site.edit(STORY.replace(b"The talks", b"Talks"))
    site.live._clock = lambda: NOW  # the clock was wrong, and is right again
    answer = site.ask("/all.ics")
    assert "last-modified" not in answer.headers
    assert site.ask("/all.ics", "GET", {"If-Modified-Since": http_date(NOW + 5)}).status == 200


@pytest.mark.parametrize("path", [
    "/", "/all.ics", "/healthz", "/robots.txt", "/none", "/old.ics", "/short.json"])  # fmt: skip
def test_head_says_what_get_would(tmp_path: Path, path: str) -> None:
    site = Site(tmp_path, retired=["old"])
    get, head = site.ask(path), site.ask(path, "HEAD")
    assert head.body == b""
    assert (head.status, head.headers) == (get.status, get.headers)
    assert int(get.headers["content-length"]) == len(get.body) > 0


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
def test_nothing_else_is_answered(site: Site, method: str) -> None:
    for path in ("/", "/all.ics", "/none"):
        answer = site.ask(path, method)
        assert answer.status == 405
        assert answer.headers["allow"] == "GET, HEAD"


def test_robots_may_read_everything(site: Site) -> None:
    answer = site.ask("/robots.txt")
    assert answer.body == b"User-agent: *\nDisallow:\n"
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


def test_retired_views_are_gone_for_good(tmp_path: Path) -> None:
    site = Site(tmp_path, retired=["old", "short", "once.ics"])
    for path in ("/old.ics", "/old.json", "/once.ics"):
        assert site.ask(path).status == 410
    assert site.ask("/once.json").status == 404
    assert site.ask("/older.ics").status == 404
    assert site.ask("/short.ics").status == 200  # it is there again
    assert site.ask("/old").status == 410


@pytest.mark.parametrize("wanted", [True, False])
def test_compressed_only_where_both_sides_want_it(tmp_path: Path, wanted: bool) -> None:
    site = Site(tmp_path, pack=wanted)
    for path in ("/all.ics", "/"):
        plain = site.ask(path)
        asked = {"Accept-Encoding": "br, gzip"}
        packed = site.ask(path, "GET", asked)
        assert plain.headers.get("vary") == packed.headers.get("vary")
        if not wanted:
            assert packed == plain
            assert "vary" not in plain.headers
            continue
        assert plain.headers["vary"] == "Accept-Encoding"
        assert packed.headers["content-encoding"] == "gzip"
        assert gzip.decompress(packed.body) == plain.body
        assert packed.headers["etag"] != plain.headers["etag"]
        again = {**asked, "If-None-Match": packed.headers["etag"]}
        assert site.ask(path, "GET", again).status == 304
        assert site.ask(path, "GET", {"If-None-Match": packed.headers["etag"]}).status == 200


@pytest.mark.parametrize("path", ["/", "/all.ics", "/healthz", "/robots.txt", "/none", "/a\nb"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_answer_is_guarded(site: Site, path: str, method: str) -> None:
    headers = site.ask(path, method).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    for rule in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert rule in policy
    assert "unsafe" not in policy.replace("style-src 'unsafe-inline'", "")
    assert "server" not in headers
    assert "set-cookie" not in headers


HOSTILE = (
    "/../events.toml", "/..%2fevents.toml", "//events.toml", "/exports/all.ics", "/private.txt",
    "/exports/private.txt", "/../exports/private.txt", "/\0", "/all.ics\0", "/all.ics/", "/ALL.ICS",
    "/events.toml", "/.all.ics", "/all..ics", "/all.ics.part", "/\\..\\events.toml", "/~", "/*",
    "/" + "a" * 100_000, "/" + "../" * 10_000, "/all", "/all.", "/.ics", "/all.ics?x", "/%2e%2e",
    "/\r\nX-Evil: 1", "/\u202e", "/\udc80",
)  # fmt: skip


@pytest.mark.parametrize("path", HOSTILE)
def test_no_path_reaches_a_file(site: Site, path: str) -> None:
    answer = site.ask(path)
    assert answer.status == 404
    assert answer.body == b"There is nothing at this address.\n"
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "x-evil" not in answer.headers


# On one folder, since nothing of what is asked changes it.
@settings(max_examples=150, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(
    path=st.text(st.characters(exclude_categories=()), max_size=40).map(lambda text: f"/{text}")
    | st.lists(st.sampled_from(["..", "exports", "all.ics", "events.toml", "private.txt", "", "%2e"]))
    .map("/".join).map(lambda text: f"/{text}"),
    method=st.sampled_from(["GET", "HEAD", "POST"]),
    headers=st.lists(st.tuples(
        st.sampled_from(["Host", "If-None-Match", "If-Modified-Since", "Accept-Encoding", "If-Match",
                         "X-Forwarded-Prefix", "X-Forwarded-Host", "Range"]),
        st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=40),
    ), max_size=4),
)  # fmt: skip
def test_whatever_is_asked_is_answered(
    site: Site, path: str, method: str, headers: list[tuple[str, str]]
) -> None:
    answer = site.ask(path, method, headers)
    assert answer.status in (200, 304, 404, 405, 410, 412)
    assert SECRET not in answer.body
    if answer.status == 200 and method == "GET":
        known = {f"/{name}" for name in site.live.edition.bodies}
        assert path in {"/", "/healthz", "/robots.txt", *known}


def test_health(site: Site) -> None:
    def told() -> dict[str, Any]:
        answer = site.ask("/healthz")
        assert answer.status == 200
        assert answer.headers["content-type"] == "application/json; charset=utf-8"
        assert answer.headers["cache-control"] == "no-store"
        found: dict[str, Any] = json.loads(answer.body)
        return found

    assert told() == {
        "status": "ok", "published": "2025-10-26T17:33:20Z", "exports": 1, "events": 2,
        "files": sorted(f"{v}.{EXPORTERS[u].extension}" for v in ("all", "short") for u in USUAL),
        "kept": True, "fault": None,
    }  # fmt: skip
    site.edit(CLASH)
    broken = told()
    assert broken["status"] == "degraded"
    assert broken["exports"] == 1
    assert broken["fault"] == {
        "since": "2025-10-26T17:33:20Z", "summary": "It has an error (TL402).",
        "findings": [{"code": "TL402", "row": 11, "column": 9}],
    }  # fmt: skip
    site.edit(STORY)
    assert told()["status"] == "ok"
    site.live.unkept = "No space left on device"
    assert told()["status"] == "degraded"
    assert told()["kept"] is False


# The page, and where it stands -------------------------------------------------------------------


def test_the_page_names_addresses_as_its_readers_know_them(site: Site) -> None:
    page = site.ask("/", headers={"Host": "cal.example.org"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["cache-control"] == "public, no-cache"
    text = page.body.decode()
    assert 'href="webcal://cal.example.org/all.ics"' in text
    assert "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Fcal.example.org%2Fall.ics" in text
    again = site.ask("/", headers={"Host": "cal.example.org", "If-None-Match": page.headers["etag"]})
    assert again.status == 304
    other = site.ask("/", headers={"Host": "other.example"}, scheme="https", root_path="/cal")
    assert "https://other.example/cal/all.ics" in other.body.decode()


@pytest.mark.parametrize("host", ["", "a b", 'x"><script>', "a/b", "evil.example/", "a" * 300, "é"])
@pytest.mark.parametrize(("server", "shown"), [
    (("10.0.0.1", 8000), "10.0.0.1:8000"), (("::1", 80), "[::1]:80"), (None, "localhost"),
    (("unix", None), "unix"),
])  # fmt: skip
def test_a_host_that_is_none_is_not_repeated(
    site: Site, host: str, server: tuple[str, int | None] | None, shown: str
) -> None:
    page = site.ask("/", headers={"Host": host} if host else {}, server=server)
    assert f"webcal://{shown}/all.ics" in page.body.decode()


def test_the_address_that_the_file_states_goes_first(tmp_path: Path) -> None:
    stated = STORY.replace(
        b"[events.talks]",
        b"[timeline.calendar]\nurl = 'https://example.org/c/all.ics?k=1#x'\n[events.talks]", 1)  # fmt: skip
    page = Site(tmp_path, stated).ask("/", headers={"Host": "127.0.0.1:8000"})
    assert "webcal://example.org/c/short.ics" in page.body.decode()
    assert "127.0.0.1" not in page.body.decode()


@pytest.mark.parametrize("path", ["/", "/all.ics", "/healthz"])
def test_behind_a_prefix_that_the_proxy_takes_off_or_leaves(site: Site, path: str) -> None:
    plain = site.ask(path, headers={"Host": "h"})
    for root in ("/cal", "/cal/"):
        taken_off = site.ask(path, headers={"Host": "h"}, root_path=root.rstrip("/"))
        left = site.ask("/cal" + path, headers={"Host": "h"}, root_path="/cal")
        assert taken_off.status == left.status == plain.status == 200
        assert taken_off.body == left.body
        if path != "/":
            assert taken_off.body == plain.body


def test_a_prefix_without_its_slash_leads_to_the_page(site: Site) -> None:
    answer = site.ask("", root_path="/cal")
    assert (answer.status, answer.headers["location"]) == (308, "/cal/")
    assert site.ask("/calendar", root_path="/cal").status == 404


def test_pages_of_an_earlier_run_are_files(site: Site) -> None:
    site.edit(CLASH)
    again = application(Live(site.file, clock=lambda: NOW))
    answer = ask(again, "/short.html")
    assert answer.body == site.live.edition.bodies["short.html"].data
    assert "script-src 'sha256-" in answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert b"could not be published" in ask(again, "/").body


def test_a_view_that_leaves_while_its_page_is_asked_for(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(live: Live, address: str, view: str) -> None:
        site.edit(STORY.replace(b"[views.short]", b"[views.long]"))

    from timeline.serve.page import Pages

    monkeypatch.setattr(Pages, "made", lambda self, *arguments: late(*arguments))
    assert site.ask("/short.html").status == 404


# As an application among others -----------------------------------------------------------------


def test_create_reads_the_file_and_follows_it_while_it_runs(tmp_path: Path) -> None:
    (tmp_path / "events.toml").write_bytes(STORY)
    app = create(tmp_path / "events.toml", keep=False, clock=lambda: NOW)
    live: Live = app.state.live
    assert live._thread is None

    async def run() -> None:
        async with app.router.lifespan_context(app):
            assert live._thread is not None
            assert live._thread.is_alive()

    asyncio.run(run())
    assert live._thread is not None
    assert not live._thread.is_alive()
    assert ask(app, "/all.ics").status == 200  # where there is no lifespan, a request begins it
    assert live._thread.is_alive()
    live.stop()
    assert not (tmp_path / "exports").exists()


def test_in_a_larger_application_it_stands_under_a_path_of_its_own(site: Site) -> None:
    from starlette.applications import Starlette
    from starlette.routing import Mount

    larger = Starlette(routes=[Mount("/talks", app=site.app)])
    feed = ask(larger, "/talks/all.ics")
    assert (feed.status, feed.body) == (200, site.ask("/all.ics").body)
    page = ask(larger, "/talks/", headers={"Host": "example.org"})
    assert "webcal://example.org/talks/all.ics" in page.body.decode()
    assert ask(larger, "/talks/none").status == 404


def test_what_a_middleware_adds_to_one_answer_stands_in_no_other(site: Site) -> None:
    async def adding(scope: Any, receive: Any, send: Any) -> None:
        async def sending(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"].append((b"x-added", b"1"))
            await send(message)

        await site.app(scope, receive, sending)

    for path in ("/all.ics", "/none", "/all.ics", "/none"):
        assert ask(adding, path).headers["x-added"] == "1"
        assert "x-added" not in site.ask(path).headers


def test_no_web_socket_is_opened(site: Site) -> None:
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "websocket", "path": "/all.ics", "root_path": "", "headers": []}
    asyncio.run(site.app(scope, receive, send))
    assert [message["type"] for message in sent] == ["websocket.close"]
