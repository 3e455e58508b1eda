from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from render_cases import EVERY_KIND, solved

from timeline.render.why import why
from timeline.width import width

ROOT = Path(__file__).parent.parent
Snapshot = Callable[[str, str], None]


def told(raw: str, event: str, columns: int = 80) -> str:
    schedule, document = solved(raw)
    return why(schedule, event, document, colour=False, width=columns)


@pytest.mark.parametrize("columns", [80, 40])
@pytest.mark.parametrize("colour", [False, True])
def test_the_example(columns: int, colour: bool, snapshot: Snapshot) -> None:
    schedule, document = solved((ROOT / "events.toml").read_text("utf-8"))
    shown = [why(schedule, event, document, colour=colour, width=columns)
             for event in ("talks", "lunch", "to-korea", "counterstrike")]  # fmt: skip
    snapshot(f"why-{columns}{'-colour' * colour}", "\n".join(shown))


def test_one_statement_is_told_once() -> None:
    assert told("[events.a]\ntitle = 'A'\nwhen = 2025-10-27\n", "a") == (
        "A\na · 27 Oct 2025 · stated · UTC\n\n"
        "It starts no earlier than 27 Oct 2025\n"
        "It starts no later than 27 Oct 2025\n"
        "It ends no earlier than 27 Oct 2025\n"
        "It ends no later than 27 Oct 2025\n"
        "  a is dated 2025-10-27 (events.toml:3)\n"
    )


def test_nothing_is_known() -> None:
    assert told("[events.a]\n", "a") == (
        "A\na · date unknown · open · UTC\n\n"
        "How early it starts is open: no statement bounds it.\n\n"
        "How late it starts is open: no statement bounds it.\n\n"
        "How early it ends is open: no statement bounds it.\n\n"
        "How late it ends is open: no statement bounds it.\n"
    )


def test_a_chain_runs_from_the_date_to_the_event() -> None:
    raw = """\
[sources.s]
title = "The Times"
[events.a]
when = 2025-10-27T18:30:00
duration = "30m"
[events.b]
after = { event = "a", lag = "1h", source = "s", note = "as planned" }
"""
    shown = told(raw, "b")
    assert """
It starts no earlier than 27 Oct 2025, 20:00
It ends no earlier than 27 Oct 2025, 20:00
  1. a is dated 2025-10-27T18:30:00 (events.toml:4)
     so a starts no earlier than 27 Oct 2025, 18:30
  2. a lasts 30m (events.toml:5)
     so a ends no earlier than 27 Oct 2025, 19:00
  3. b is after a by 1h (events.toml:7)
     source: The Times
     note: as planned
""" in shown
    assert "It starts no later than 27 Oct 2025, 20:00\n" in shown
    assert "How late it ends is open" in shown


def test_bounds_by_way_of_start_and_end() -> None:
    shown = told("[events.a]\nwhen = 2025-10-27\n[events.b]\nafter = 'a'\n", "b")
    assert "so a starts and ends no earlier than 27 Oct 2025\n" in shown
    shown = told("[events.a]\nwhen = 2025-10-27\n[events.b]\nbefore = 'a'\n", "b")
    assert "It starts no later than 27 Oct 2025\nIt ends no later than 27 Oct 2025\n" in shown


def test_times_are_in_the_zone_of_the_event() -> None:
    raw = "[events.a]\nwhen = 2025-10-27T18:00:00\n"
    raw += "[events.b]\ntimezone = 'Asia/Tokyo'\nafter = 'a'\n"
    shown = told(raw, "b")
    assert "b · from 28 Oct 2025, 03:00 · open · Asia/Tokyo, UTC+9\n" in shown
    assert "so a starts and ends no earlier than 28 Oct 2025, 03:00\n" in shown


def test_a_start_at_midnight_is_not_the_day_before() -> None:
    shown = told("[events.a]\nwhen = 2025-10-27T00:00:00\nduration = '1d'\n", "a")
    assert "It starts no later than 27 Oct 2025, 00:00\n" in shown
    assert "It ends no later than 27 Oct 2025\n" in shown


def test_status_is_told() -> None:
    schedule, document = solved(EVERY_KIND)
    shown = why(schedule, "off", document, colour=False, width=80)
    assert "off · CANCELLED · 29 Oct 2025 · stated · Europe/Berlin, UTC+1\n" in shown
    shown = why(schedule, "held", document, colour=False, width=40)
    assert "     note: By its very nature, and\n       whatever comes.\n" in shown


def test_a_long_chain_is_shown_in_part() -> None:
    def chain(count: int) -> str:
        links = (f"[events.e{i}]\nafter = 'e{i - 1}'\n" for i in range(1, count))
        return told("[events.e0]\nwhen = 2025-10-27\n" + "".join(links), f"e{count - 1}")

    shown = chain(250)
    assert "\n       … 240 more steps …\n" in shown
    assert "\n    5. e4 is after e3 " in shown
    assert "e5 is after" not in shown
    assert "\n  246. e245 is after e244 " in shown
    assert "e244 is after" not in shown
    assert "more steps" not in chain(12)
    assert "… 3 more steps …" in chain(13)


def test_an_event_that_does_not_exist() -> None:
    schedule, document = solved(EVERY_KIND)
    with pytest.raises(KeyError):
        why(schedule, "nobody", document, colour=False, width=80)


def test_colour_adds_nothing_but_colour() -> None:
    schedule, document = solved(EVERY_KIND)
    for event in schedule.by_id:
        plain = why(schedule, event, document, colour=False, width=50)
        coloured = why(schedule, event, document, colour=True, width=50)
        assert re.sub(r"\x1b\[(?:[0-9]+;?)+m", "", coloured) == plain
        assert all(width(line) <= 50 for line in plain.split("\n"))
