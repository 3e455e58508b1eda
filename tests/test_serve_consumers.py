"""Programs that nobody here wrote take the feed from `timeline serve`, over HTTP, and hold its events."""

from __future__ import annotations

import asyncio
import base64
import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from feed_cases import NOW
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


class Story:
    """A story that is edited at random, and what calendars should hold of it by the table of
    certainty: a day is an all-day entry, a time with a length a timed one."""

    ZONES = ("Asia/Tokyo", "Europe/Berlin", "America/New_York", "UTC")

    def __init__(self, random: Random) -> None:
        self.random = random
        self.made = 0
        self.standing: dict[str, dict[str, Any]] = {}
        self.removed: dict[str, dict[str, Any]] = {}
        for _ in range(8):
            self.add()

    def add(self) -> None:
        self.made += 1
        self.standing[f"e{self.made}"] = {
            "title": f"Event {self.made}", "day": date(2025, 10, 1) + timedelta(self.made),
            "hour": self.random.choice((None, 0, 9, 23)), "zone": self.random.choice(self.ZONES),
        }  # fmt: skip

    def edit(self) -> set[str]:
        """One edit; the events that it changes."""
        kind = self.random.choice(
            ("add", "retitle", "move", "re-date", "zone", "reorder", "remove", "bring back"))  # fmt: skip
        if len(self.standing) > 12:
            kind = "remove"
        if kind == "add" or len(self.standing) < 2:
            self.add()
            return {f"e{self.made}"}
        if kind == "reorder":
            names = list(self.standing)
            self.random.shuffle(names)
            self.standing = {name: self.standing[name] for name in names}
            return set()
        if kind == "bring back" and self.removed:
            name = self.random.choice(sorted(self.removed))
            self.standing[name] = self.removed.pop(name)
            return {name}
        name = self.random.choice(sorted(self.standing))
        event = self.standing[name]
        if kind == "remove":
            self.removed[name] = self.standing.pop(name)
        elif kind == "move":
            event["day"] += timedelta(self.random.randint(1, 40))
        elif kind == "re-date":
            event["hour"] = self.random.choice([h for h in (None, 2, 12, 18) if h != event["hour"]])
        elif kind == "zone":
            event["zone"] = self.random.choice([z for z in self.ZONES if z != event["zone"]])
        else:
            event["title"] += self.random.choice("!?é会")
        return {name}

    def written(self) -> bytes:
        rows = ['[timeline]\nid = "t"\ntimezone = "UTC"']
        for name, event in self.standing.items():
            hour = "" if event["hour"] is None else f"T{event['hour']:02}:00:00"
            rows += [f"[events.{name}]", f"title = {json.dumps(event['title'], ensure_ascii=False)}",
                     f"when = {event['day']}{hour}", f'timezone = "{event["zone"]}"']  # fmt: skip
            if hour:
                rows.append('duration = "90m"')
        return ("\n".join(rows) + "\n").encode()

    def expected(self) -> Held:
        found: Held = Counter()
        for event in self.standing.values():
            day = event["day"]
            if event["hour"] is None:
                ends = day, day + timedelta(1)
            else:
                start = datetime(day.year, day.month, day.day, event["hour"],
                                 tzinfo=ZoneInfo(event["zone"])).astimezone(ZoneInfo("UTC"))  # fmt: skip
                ends = start, start + timedelta(minutes=90)
            found[event["title"], _said(ends[0]), _said(ends[1])] += 1
        return found


@contextmanager
def running(live: Live) -> Iterator[str]:
    """The application on a real port of a thread; the test takes the place of its watch."""
    import uvicorn

    live.start = lambda: None  # type: ignore[method-assign]
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


def entries(feed: bytes) -> dict[str, bytes]:
    """The bytes of each entry by its UID."""
    found = {}
    for block in feed.split(b"BEGIN:VEVENT\r\n")[1:]:
        uid = block.partition(b"UID:")[2].partition(b"\r\n")[0].decode()
        assert uid not in found
        found[uid] = block.partition(b"END:VEVENT")[0]
    return found


def number(entry: bytes) -> int:
    return int(entry.partition(b"\r\nSEQUENCE:")[2].partition(b"\r\n")[0])


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_two_hundred_edits_reach_a_subscriber_each_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """vdirsyncer's own storages, over HTTP, after each of 200 random edits; restarts in between.

    Its HTTP storage knows an entry by its content, SEQUENCE included, and not by its UID."""
    require("vdirsyncer (PyPI)", bool(find_spec("vdirsyncer")))
    import aiohttp
    from vdirsyncer.storage.filesystem import FilesystemStorage
    from vdirsyncer.storage.http import HttpStorage
    from vdirsyncer.sync import sync
    from vdirsyncer.sync.status import SqliteStatus

    monkeypatch.setattr(module, "_wait_until_settled", lambda file, settled: None)
    random, now = Random(25), [NOW]
    story = Story(random)
    file, here = tmp_path / "events.toml", tmp_path / "events"
    file.write_bytes(story.written())
    here.mkdir()
    live = Live(file, clock=lambda: now[0])

    async def synced(address: str) -> Held:
        async with aiohttp.TCPConnector() as connector:
            web = HttpStorage(url=f"{address}/all.ics", connector=connector)
            local = FilesystemStorage(path=str(here), fileext=".ics")
            await sync(web, local, status, force_delete=True)
        return held(*(path.read_bytes() for path in here.glob("*.ics")))

    status = SqliteStatus(str(tmp_path / "status"))
    highest: dict[str, int] = {}
    before = entries(live.edition.bodies["all.ics"].data)
    with running(live) as address:
        for step in range(200):
            changed = {f"{name}@t" for name in story.edit()}
            now[0] += random.choice((0, 1, 60, 86_400))
            file.write_bytes(story.written())
            live.tend(step * 10.0)
            live.tend(step * 10.0 + 5)
            assert live.fault is None
            assert asyncio.run(synced(address)) == story.expected()
            feed = live.edition.bodies["all.ics"].data
            if step % 20 == 0:
                assert validate(feed) == []
                fresh = Live(file, clock=lambda: now[0] + 999)  # a restart tells the same
                assert fresh.edition.bodies["all.ics"].data == feed
            after = entries(feed)
            for uid, entry in after.items():
                assert number(entry) >= highest.get(uid, 0)
                if uid in before and uid not in changed:
                    assert entry == before[uid]
                elif uid in highest:
                    assert number(entry) > highest[uid]
                highest[uid] = number(entry)
            before = after
    assert max(highest.values()) > 5
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
