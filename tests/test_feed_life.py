"""The life of a feed: edited and published two hundred times, and followed by a real subscriber."""

from __future__ import annotations

import asyncio
from collections import Counter
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import icalendar
import pytest
from feed_cases import entries, plan, publish, value, written
from feed_life import Life
from ics_validator import validate
from real_parts import require
from web_folder import published

from timeline.files import write_all

Seen = tuple[str, str, str, str, int]


@pytest.mark.parametrize("seed", range(2))
def test_two_hundred_edits(seed: int) -> None:
    life = Life(seed)
    data: bytes | None = None
    highest: dict[str, int] = {}
    stamps: dict[str, str] = {}
    for _ in range(200):
        touched = {f"{name}@t" for name in life.edit()}
        life.now += life.random.choice([60, 3600, -7200])
        output = publish(plan(written(life.file)), previous=data, now=life.now)
        new = output.text.encode()
        assert validate(new, allow_empty=not life.file["events"]) == []
        shown = entries(new)
        live = {uid for uid, lines in shown.items() if "X-TIMELINE-BASIS:removed" not in lines}
        omitted = {f"{name}@t" for name, _ in output.omitted}
        assert live | omitted == {f"{name}@t" for name in life.file["events"]}
        assert not live & omitted
        before = {} if data is None else entries(data)
        for uid, lines in shown.items():
            number, stamp = int(value(lines, "SEQUENCE")), value(lines, "LAST-MODIFIED")
            if lines != before.get(uid):
                assert uid in touched or data is None
                assert number > highest.get(uid, -1)
            assert number >= highest.get(uid, 0)
            assert stamp >= stamps.get(uid, "")
            highest[uid], stamps[uid] = number, stamp
        assert publish(plan(written(life.file)), previous=new, now=0).text.encode() == new
        data = life.random.choice([new, new, new.replace(b"\r\n", b"\n")])


def seen(component: Any) -> Seen:
    """What a person sees of an entry, and its number."""
    end = component.get("DTEND")
    return (
        str(component["SUMMARY"]), component["DTSTART"].to_ical().decode(),
        end.to_ical().decode() if end else "", str(component["STATUS"]), component["SEQUENCE"],
    )  # fmt: skip


@cache
def shown(data: bytes) -> Counter[Seen]:
    return Counter(seen(e) for e in icalendar.Calendar.from_ical(data).walk("VEVENT"))


def test_a_subscriber_sees_the_file_after_each_edit(tmp_path: Path) -> None:
    """vdirsyncer, whose only way to know an entry again is what the entry says."""
    require("vdirsyncer (PyPI)", bool(find_spec("vdirsyncer")))
    feeds, kept = tmp_path / "exports", tmp_path / "calendar"
    kept.mkdir()
    feeds.mkdir()
    with published(feeds) as address:
        asyncio.run(_follow(Life(7), feeds, kept, f"{address}/all.ics"))


async def _follow(life: Life, feeds: Path, kept: Path, address: str) -> None:
    import aiohttp
    from vdirsyncer.storage.filesystem import FilesystemStorage
    from vdirsyncer.storage.http import HttpStorage
    from vdirsyncer.sync import sync
    from vdirsyncer.sync.status import SqliteStatus

    highest: dict[str, int] = {}
    async with aiohttp.TCPConnector() as connector:
        local = FilesystemStorage(str(kept), ".ics")
        status = SqliteStatus(":memory:")
        for _ in range(200):
            life.edit()
            life.now += life.random.choice([60, 3600, -7200])
            path = feeds / "all.ics"
            before = path.read_bytes() if path.exists() else None
            output = publish(plan(written(life.file)), previous=before, now=life.now)
            write_all(feeds, {"all.ics": output.text.encode()})
            remote = HttpStorage(address, connector=connector)
            await sync(remote, local, status, force_delete=True, conflict_resolution="a wins")
            there = shown(path.read_bytes())
            here: Counter[Seen] = Counter()
            for item in kept.iterdir():
                here += shown(item.read_bytes())
            assert here == there
            assert max(here.values(), default=1) == 1
            titles = Counter(e[0].removeprefix("Cancelled: ") for e in here)
            left_out = {name for name, _ in output.omitted}
            for name, event in life.file["events"].items():
                assert titles[event["title"]] == (name not in left_out)
            for uid, lines in entries(path.read_bytes()).items():
                number = int(value(lines, "SEQUENCE"))
                assert number >= highest.get(uid, 0)
                highest[uid] = number
