"""Thunderbird, headless, subscribes to a feed over HTTP, and sees its edits at the next start."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import icalendar
from feed_cases import Clock
from real_parts import require
from web_folder import published

from timeline import api
from timeline.files import write_all

CALENDAR = "5d4e9a3c-0000-4000-8000-000000000001"
PREFERENCES = """
user_pref("calendar.registry.{id}.type", "ics");
user_pref("calendar.registry.{id}.uri", "{address}");
user_pref("calendar.registry.{id}.name", "feed");
user_pref("calendar.registry.{id}.cache.enabled", true);
user_pref("calendar.registry.{id}.readOnly", true);
user_pref("calendar.list.sortOrder", "{id}");
user_pref("calendar.timezone.local", "America/New_York");
user_pref("app.update.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("mail.provider.suppress_dialog_on_startup", true);
user_pref("mailnews.start_page.enabled", false);
"""
STORY = """
[timeline]
id = "t"
timezone = "America/New_York"
[events.summer]
title = "Summer; in New York, 10 a.m."
when = 2025-07-04T10:00:00
duration = "1h"
[events.winter]
title = "Winter"
when = 2025-12-04T10:00:00
duration = "1h"
[events.day]
title = "祝日 \\\\ a day"
when = 2025-10-26
[events.window]
title = "Some time in the morning"
when = "[2025-10-28T06:00..2025-10-28T12:00]"
"""
EDITED = STORY.replace("when = 2025-10-26", "when = 2025-10-27").replace(
    '[events.winter]\ntitle = "Winter"\nwhen = 2025-12-04T10:00:00\nduration = "1h"\n', ""
).replace("Summer; in New York", "Midsummer; in New York")  # fmt: skip

Seen = dict[str, tuple[str, int, int, str]]


def seen_by(profile: Path) -> Seen:
    """What its calendar cache holds, read from a copy: title, start and end (seconds UTC; days as
    if in UTC) and status by UID."""
    copy = profile.parent / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    try:
        shutil.copytree(profile / "calendar-data", copy)
        with sqlite3.connect(copy / "cache.sqlite") as base:
            rows = base.execute("select id, title, event_start, event_end, ical_status from cal_events")
            return {uid: (title, start // 10**6, end // 10**6, status)
                    for uid, title, start, end, status in rows}  # fmt: skip
    except (OSError, shutil.Error, sqlite3.Error):
        return {}  # it is being written


def meant(feed: bytes) -> Seen:
    """The same, as icalendar reads the feed."""

    def seconds(value: Any) -> int:
        if not isinstance(value, datetime):
            assert isinstance(value, date)
            return int(datetime(value.year, value.month, value.day, tzinfo=UTC).timestamp())
        return int(value.timestamp())

    entries: list[Any] = icalendar.Calendar.from_ical(feed).walk("VEVENT")
    return {
        str(e["UID"]): (str(e["SUMMARY"]), seconds(e["DTSTART"].dt), seconds(e["DTEND"].dt),
                        str(e["STATUS"]))
        for e in entries
    }  # fmt: skip


def subscribed(profile: Path, wanted: Seen) -> Seen:
    """Run it until it holds what is wanted, or for a minute and a half; what it holds then."""
    environment = {**os.environ, "MOZ_HEADLESS": "1", "HOME": str(profile.parent)}
    process = subprocess.Popen(
        ["thunderbird", "--headless", "--no-remote", "--profile", str(profile)], env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    until = time.monotonic() + 90
    try:
        while (found := seen_by(profile)) != wanted and time.monotonic() < until:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.2)  # it stays up; should it end, there is nothing to wait for
                break
        return found
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def test_a_subscriber_sees_the_feed_and_its_edits(tmp_path: Path) -> None:
    require("Thunderbird (Debian's thunderbird)", bool(shutil.which("thunderbird")))
    feeds, profile = tmp_path / "exports", tmp_path / "profile"
    profile.mkdir()
    feeds.mkdir()
    feed = b""
    with published(feeds) as address:
        preferences = PREFERENCES.format(id=CALENDAR, address=f"{address}/all.ics")
        (profile / "user.js").write_text(preferences)
        for now, story in ((1_761_500_000, STORY), (1_761_600_000, EDITED)):
            before = {"all.ics": feed} if feed else {}
            made = api.export(story.encode(), ["ical"], ["all"], clock=Clock(now), previous=before)
            feed = made["all.ics"].text.encode()
            write_all(feeds, {"all.ics": feed})
            wanted = meant(feed)
            assert len(wanted) == story.count("[events.")
            assert subscribed(profile, wanted) == wanted
