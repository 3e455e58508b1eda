"""Programs that nobody here wrote take the feed from `timeline serve`, over HTTP, and hold its events."""

from __future__ import annotations

import asyncio
import base64
import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from feed_cases import entries, value, written
from feed_life import Life
from ics_validator import validate
from real_parts import require
from serving import PATIENCE, ROOT, Served, serve

from timeline.serve import live as module
from timeline.serve.live import Live
from timeline.server import application

Held = Counter[tuple[str, str, str]]


def held(*calendars: bytes) -> Held:
    """Title, start and end (UTC or days) of each event in these calendars."""
    return Counter(event for data in calendars for event in _events(data))


@lru_cache(maxsize=1024)
def _events(calendar: bytes) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (str(event["SUMMARY"]), _said(event["DTSTART"].dt),
         _said(event["DTEND"].dt) if "DTEND" in event else "")
        for event in walked(calendar)
    )  # fmt: skip


def walked(calendar: bytes) -> Any:
    return icalendar.Calendar.from_ical(calendar).walk("VEVENT")


def _said(value: date | datetime) -> str:
    if isinstance(value, datetime):
        return value.astimezone(ZoneInfo("UTC")).isoformat()
    return value.isoformat()


@contextmanager
def example(folder: Path) -> Iterator[Served]:
    with serve(folder, text=(ROOT / "events.toml").read_bytes()) as served:
        yield served


# vdirsyncer and khal -----------------------------------------------------------------------------


class Subscriber:
    """vdirsyncer keeps a folder in step with a feed; khal lists it."""

    def __init__(self, home: Path, address: str) -> None:
        require("khal and vdirsyncer (PyPI)", bool(find_spec("khal") and find_spec("vdirsyncer")))
        self.home = home
        self.events = home / "events"
        self.events.mkdir(parents=True)
        (home / "vdirsyncer").write_text(
            f'[general]\nstatus_path = "{home}/status/"\n'
            '[pair feed]\na = "web"\nb = "here"\ncollections = null\n'
            f'[storage web]\ntype = "http"\nurl = "{address}"\n'
            f'[storage here]\ntype = "filesystem"\npath = "{self.events}/"\nfileext = ".ics"\n'
        )
        (home / "khal").write_text(
            f"[calendars]\n[[feed]]\npath = {self.events}\nreadonly = True\n"
            f"[sqlite]\npath = {home}/khal.db\n"
            "[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%dT%H:%M\nlongdatetimeformat = %Y-%m-%dT%H:%M\n"
            "local_timezone = Asia/Tokyo\ndefault_timezone = Asia/Tokyo\n"
        )
        self._run("vdirsyncer", "discover")

    def sync(self) -> Held:
        """Fetch the feed; what lies in the folder then."""
        self._run("vdirsyncer", "sync")
        return held(*(path.read_bytes() for path in self.events.glob("*.ics")))

    def listed(self, first: str, last: str) -> list[str]:
        """What khal says there is between two days: start, end and title."""
        form = "{start-long-full} {end-long-full} {title}"
        told = self._run("khal", "list", "--once", "--day-format", "", "--format", form, first, last)
        return [line for line in told.splitlines() if line]

    def _run(self, program: str, *arguments: str) -> str:
        module = {"vdirsyncer": "vdirsyncer.cli:app", "khal": "khal.cli:main_khal"}[program]
        name, _, function = module.partition(":")
        code = f"import sys; from {name} import {function} as main; sys.argv[0] = '{program}'; main()"
        done = subprocess.run(
            [sys.executable, "-c", code, "-c", str(self.home / program), *arguments],
            input=b"y\n" * 9, capture_output=True, timeout=120, check=False,
            env={**os.environ, "HOME": str(self.home), "LC_ALL": "C.UTF-8", "COLUMNS": "300"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()


def test_khal_shows_what_vdirsyncer_fetched_and_follows_an_edit(tmp_path: Path) -> None:
    with example(tmp_path / "site") as served:
        feed = served.get("/all.ics")
        subscriber = Subscriber(tmp_path / "home", f"http://127.0.0.1:{served.port}/all.ics")
        assert subscriber.sync() == held(feed.body)
        listed = subscriber.listed("2025-10-27", "2025-10-31")
        for line in (
            "2025-10-27T18:05 2025-10-27T19:00 Emperor Naruhito receives Trump",
            "2025-10-28T06:00 2025-10-28T12:00 Takaichi and Trump hold their first talks",
            "2025-10-29T00:00 2025-10-29T00:00 Trump departs from Haneda",
            "2025-10-30T11:00 2025-10-30T12:40 Trump and Xi meet in Busan",
        ):
            assert listed.count(line) == 1, listed
        text = served.file.read_text("utf-8")
        assert '"Trump and Xi meet in Busan"' in text
        served.file.write_text(text.replace('"Trump and Xi meet in Busan"', '"Busan talks"'), "utf-8")
        etag = feed.headers["etag"]
        served.until(lambda: served.get("/all.ics").headers["etag"] != etag)
        assert subscriber.sync() == held(served.get("/all.ics").body)
        listed = subscriber.listed("2025-10-30", "2025-10-31")
        assert "2025-10-30T11:00 2025-10-30T12:40 Busan talks" in listed
        assert not any("Trump and Xi meet in Busan" in line for line in listed)


# The life of a feed ------------------------------------------------------------------------------


@contextmanager
def running(live: Live) -> Iterator[str]:
    """The application on a real port of a thread; the test takes the place of its watch."""
    import uvicorn

    live.start = lambda: None  # type: ignore[method-assign]  # its watch would race with the test's
    config = uvicorn.Config(application(live), log_config=None, access_log=False)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as waiting:
        thread = threading.Thread(target=lambda: server.run(sockets=[waiting]))
        thread.start()
        try:
            yield f"http://127.0.0.1:{waiting.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_subscriber_holds_the_file_after_each_edit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """vdirsyncer's own storages, over HTTP, after each of thirty random edits; now and then the server
    starts anew. (test_feed_life follows the exporter for two hundred.)"""
    require("vdirsyncer (PyPI)", bool(find_spec("vdirsyncer")))
    import aiohttp
    from vdirsyncer.storage.filesystem import FilesystemStorage
    from vdirsyncer.storage.http import HttpStorage
    from vdirsyncer.sync import sync
    from vdirsyncer.sync.status import SqliteStatus

    monkeypatch.setattr(module, "_wait_until_settled", lambda file, settled, now: None)
    life, file, here = Life(25), tmp_path / "events.toml", tmp_path / "events"
    here.mkdir()
    status = SqliteStatus(":memory:")

    async def synced(address: str) -> Held:
        async with aiohttp.TCPConnector() as connector:
            web = HttpStorage(url=f"{address}/all.ics", connector=connector)
            local = FilesystemStorage(path=str(here), fileext=".ics")
            await sync(web, local, status, force_delete=True, conflict_resolution="a wins")
        return held(*(path.read_bytes() for path in here.iterdir()))

    highest: dict[str, int] = {}
    before: dict[str, list[str]] = {}
    for _ in range(3):
        file.write_text(written(life.file), "utf-8")
        live = Live(file, clock=lambda: life.now)
        if before:  # the restart took nothing back
            assert entries(live.edition.bodies["all.ics"].data) == before
        with running(live) as address:
            for step in range(10):
                changed = {f"{name}@t" for name in life.edit()}
                life.now += life.random.choice((0, 1, 60, 86_400, -7200))
                file.write_text(written(life.file), "utf-8")
                live.tend(step * 10.0)
                live.tend(step * 10.0 + 5)
                assert live.fault is None
                feed = live.edition.bodies["all.ics"].data
                assert validate(feed) == []
                subscribed = asyncio.run(synced(address))
                assert subscribed == held(feed)
                assert max(subscribed.values()) == 1
                shown = entries(feed)
                for uid, lines in shown.items():
                    number = int(value(lines, "SEQUENCE"))
                    assert number >= highest.get(uid, 0)
                    if lines != before.get(uid, lines):
                        assert uid in changed or "X-TIMELINE-BASIS:removed" in lines
                        assert number > highest[uid]
                    highest[uid] = number
                before = shown
    assert max(highest.values()) > 1
    status.close()


# Radicale ----------------------------------------------------------------------------------------


def test_a_whole_feed_is_put_into_radicale_and_comes_back(tmp_path: Path) -> None:
    require("Radicale (PyPI)", bool(find_spec("radicale")))
    with example(tmp_path / "site") as served:
        feed = served.get("/all.ics").body
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = (tmp_path / "radicale.log").open("wb")
    radicale = subprocess.Popen(
        [sys.executable, "-m", "radicale", "--config", "", "--server-hosts", f"127.0.0.1:{port}",
         "--auth-type", "none", "--storage-filesystem-folder", str(tmp_path / "store")],
        stdout=log, stderr=log, cwd=tmp_path,
    )  # fmt: skip
    who = {"Authorization": "Basic " + base64.b64encode(b"me:").decode()}

    def ask(method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
        wire = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            wire.request(method, path, body, {**who, **headers})
            response = wire.getresponse()
            return response.status, response.read()
        finally:
            wire.close()

    try:
        end = time.monotonic() + PATIENCE
        while True:
            assert radicale.poll() is None, (tmp_path / "radicale.log").read_text()
            assert time.monotonic() < end
            try:
                ask("GET", "/")
                break
            except OSError:
                time.sleep(0.05)
        kind = {"Content-Type": "text/calendar; charset=utf-8"}
        status, told = ask("PUT", "/me/story/", feed, **kind)
        assert status == 201, told
        status, back = ask("GET", "/me/story/")
        assert status == 200
        status, listed = ask("PROPFIND", "/me/story/", Depth="1")
        assert status == 207
    finally:
        radicale.terminate()
        radicale.wait(PATIENCE)
        log.close()
    assert held(back) == held(feed)
    assert _revisions(back) == _revisions(feed)
    assert listed.count(b"text/calendar") or listed.count(b".ics") >= len(_revisions(feed))


def _revisions(feed: bytes) -> dict[str, tuple[int, str, str]]:
    """SEQUENCE, STATUS and DESCRIPTION of each event by its UID."""
    return {
        str(event["UID"]): (int(event["SEQUENCE"]), str(event["STATUS"]), str(event["DESCRIPTION"]))
        for event in walked(feed)
    }


# recurring-ical-events -----------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_recurring_ical_events_sees_each_event_once(tmp_path: Path) -> None:
    require("recurring-ical-events (PyPI)", bool(find_spec("recurring_ical_events")))
    import recurring_ical_events

    with example(tmp_path / "site") as served:
        feed = served.get("/all.ics").body
    calendar = icalendar.Calendar.from_ical(feed)
    seen: Held = Counter()
    for event in recurring_ical_events.of(calendar).all():
        start, end = _said(event["DTSTART"].dt), _said(event["DTEND"].dt)
        seen[str(event["SUMMARY"]), start, "" if end == start else end] += 1
    assert seen == held(feed)
    on_the_day = recurring_ical_events.of(calendar).at("20251030")
    titles = {str(event["SUMMARY"]) for event in on_the_day}
    assert "Trump and Xi meet in Busan" in titles
    assert "Emperor Naruhito receives Trump" not in titles
