from __future__ import annotations

import pytest
from render_cases import EVERY_KIND, solved

from timeline.render.axis import axis
from timeline.render.bar import bar

DAYS = "[events.low]\nwhen = 2025-10-20\n[events.high]\nwhen = 2025-10-29\n"
DAYS += "".join(f"[events.d{day}]\nwhen = 2025-10-{day}\n" for day in range(21, 29))


@pytest.mark.parametrize(
    ("keys", "drawn"),
    [  # ten days of two columns each
        ("when = 2025-10-20", "██"),
        ("when = 2025-10-29", "                  ██"),
        ('when = "2025-10-22/2025-10-24"', "    ██████"),
        ("when = 2025-10-23\nthroughout = true", "      ██"),
        ('when = "[2025-10-22..2025-10-24]"', "    ░░░░░░"),
        ('when = { date = "2025-10-23~", tolerance = "1d" }', "    ░░░░░░"),
        ("earliest = 2025-10-22\nlatest = 2025-10-24", "    ░░░░░░"),
        ('after = "d22"\nbefore = "d24"', "    ░░░░░░"),
        ('when = "2025-10"\nafter = "d22"\nbefore = "d24"', "    ░░░░░░"),
        ('after = "d22"\nbefore = "d24"\ncontains = "d23"', "    ░░░░░░"),
        ('contains = "d23"\nafter = "d22"\nbefore = "d24"\nduration = "30h.."', "    ░░░░░░"),
        ("start = 2025-10-22\nend = 2025-10-27", "    ████████████"),
        ("when = 2025-10-23T00:00:00", "      █"),
        ("when = 2025-10-23T00:00:00\nduration = \"2d\"", "      ████"),
        ("when = 2025-10-23T00:00:00\nduration = \"2d..\"", "      ████"),
    ],
)  # fmt: skip
def test_bounded_events(keys: str, drawn: str) -> None:
    schedule, _ = solved(f"{DAYS}[events.x]\n{keys}\n")
    line = axis(schedule.events, 20)
    assert line is not None
    assert bar(line, schedule.by_id["x"]) == drawn


@pytest.mark.parametrize(
    ("keys", "drawn"),
    [  # with two columns more at each side where something is open
        ("earliest = 2025-10-24", "        ├────────────►"),
        ("latest = 2025-10-24", "◄──────────┤"),
        ("start = 2025-10-24", "        ░░───────────►"),
        ("end = 2025-10-24", "◄─────────░░"),
        ('contains = "d24"', "◄──────────────────────►"),
        ('contains = "d24"\nduration = "3d.."', "◄──────────────────────►"),
        ('contains = "long"', "◄─────────████─────────►"),
        ('when = "XXXX"', "◄──────────────────────►"),
        ('earliest = 2025-10-22\ncontains = "long"', "    ░░░░████─────────►"),
        ('earliest = 2025-10-22\ncontains = "d24"', "    ░░░░░░───────────►"),
        ('latest = 2025-10-28\ncontains = "long"', "◄─────────████░░░░░░"),
    ],
)
def test_open_events(keys: str, drawn: str) -> None:
    long = '[events.long]\nwhen = "2025-10-23/2025-10-26"\n'
    schedule, _ = solved(f"{DAYS}{long}[events.x]\n{keys}\n")
    placed = schedule.by_id["x"]
    sides = 2 * (placed.start.earliest is None) + 2 * (placed.end.latest is None)
    line = axis(schedule.events, 20 + sides)
    assert line is not None
    assert bar(line, placed) == drawn


def test_a_cancelled_event_keeps_its_bar() -> None:
    schedule, _ = solved(EVERY_KIND)
    line = axis(schedule.events, 32)
    assert line is not None
    assert "█" in bar(line, schedule.by_id["off"])
