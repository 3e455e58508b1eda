"""The schedule: windows, basis, reasons and views, on the example and its undated twin."""

from __future__ import annotations

from pathlib import Path

import pytest

from timeline.api import check, load
from timeline.civil import rfc3339
from timeline.schedule import Schedule
from timeline.solver import because
from timeline.window import Ends, Window

ROOT = Path(__file__).parent.parent
EXAMPLE = load(ROOT / "events.toml")
UNDATED = load(ROOT / "tests" / "undated.toml")


def told(seconds: int | None) -> str:
    return "–" if seconds is None else rfc3339(seconds)


TRIP = ("2025-10-26T15:00:00Z", "2025-11-01T15:00:00Z")


@pytest.mark.parametrize(
    ("event", "earliest", "latest"),
    [
        ("asean-debut", "2025-10-25T16:00:00Z", "2025-10-27T14:59:59Z"),
        ("truce", "–", "2025-10-27T14:59:59Z"),
        ("prime-minister", "–", "2025-10-27T14:59:59Z"),
        ("ldp-leader", "–", "2025-10-27T14:59:59Z"),
        ("coalition", "–", "2025-10-27T14:59:59Z"),
        ("audience", *TRIP),
        ("talks", *TRIP),
        ("to-korea", *TRIP),
        ("xi-meeting", *TRIP),
        ("defence-2-percent", "–", "2026-03-31T15:00:00Z"),
        ("earlier-talks", "–", "2025-10-27T14:59:59Z"),
    ],
)
def test_the_undated_twin(event: str, earliest: str, latest: str) -> None:
    placed = UNDATED.by_id[event]
    assert (told(placed.start.earliest), told(placed.end.latest)) == (earliest, latest)


def test_the_twin_keeps_the_order_of_the_trip() -> None:
    ids = [e.id for e in UNDATED.events]
    trip = ["truce", "audience", "talks", "to-korea", "xi-meeting"]
    assert [i for i in ids if i in trip] == trip


def test_the_example_is_clean_but_for_what_its_sources_dispute() -> None:
    report = check(ROOT / "events.toml")
    assert [d.code for d in report.diagnostics] == ["TL503"]
    assert "25 min" in report.diagnostics[0].message


def test_the_example_shows_every_basis() -> None:
    found = {e.basis for e in EXAMPLE.events}
    assert found == {"stated", "narrowed", "inferred", "open"}
    assert len([e for e in EXAMPLE.events if not e.dates]) >= 3


def test_two_accounts_in_two_zones_are_one_instant() -> None:
    meeting = EXAMPLE.by_id["xi-meeting"]
    assert meeting.start.exact
    assert told(meeting.start.earliest) == "2025-10-30T02:00:00Z"
    assert told(meeting.end.latest) == "2025-10-30T03:40:00Z"


@pytest.mark.parametrize("schedule", [EXAMPLE, UNDATED])
def test_every_bound_has_reasons_that_lead_to_it(schedule: Schedule) -> None:
    for placed in schedule.events:
        for end, window in (("start", placed.start), ("end", placed.end)):
            for side, value in (("earliest", window.earliest), ("latest", window.latest)):
                chain = schedule.because(placed.id, end, side)
                assert bool(chain) == (value is not None)
                if chain:
                    assert (chain[-1].event, chain[-1].end, chain[-1].at) == (placed.id, end, value)
                    assert chain[0].statement is not None


def test_reasons_add_up() -> None:
    solution = EXAMPLE.solution
    for point, value in enumerate(solution.bounds.earliest):
        if value is not None:
            steps = because(solution.bounds, solution.network, point, 0)
            assert sum(step[2] for step in steps) == value


def one(text: str) -> Schedule:
    return load(f'[timeline]\ntimezone = "UTC"\n{text}'.encode())


@pytest.mark.parametrize(
    ("text", "basis", "label"),
    [
        ("when = 2025-10-27", "stated", "27 Oct 2025"),
        ('when = "2025-10-27T18:30~"', "stated", "~27 Oct 2025, 18:30"),
        ('when = "2025-10?"', "stated", "Oct 2025?"),
        ('when = "2025-10-26/2025-10-28"', "stated", "26–28 Oct 2025"),
        ('when = "2025-10-31/2025-11-02"', "stated", "31 Oct – 2 Nov 2025"),
        ('when = "[2025-10-26..2025-10-28]"', "stated", "26 to 28 Oct 2025"),
        ('when = "2025-09/2025-10"', "stated", "Sep–Oct 2025"),
        ('when = "2024-12/2025-01"', "stated", "Dec 2024 – Jan 2025"),
        ("when = 2025", "stated", "2025"),
        ('when = "202X"', "stated", "2020 to 2029"),
        ('when = "XXXX"', "open", "date unknown"),
        ("latest = 2025-10-27", "stated", "by 27 Oct 2025"),
        ("earliest = 2025-10-27", "stated", "from 27 Oct 2025"),
        ("start = 2025-10-27", "stated", "starts 27 Oct 2025"),
        ('start = "2025-10-27T10:00:05"', "stated", "27 Oct 2025, 10:00:05"),
        ('when = 2025-10-27T10:00:00\nduration = "30m"', "stated", "27 Oct 2025, 10:00–10:30"),
        ('when = 2025-10-27T10:00:00\nduration = "20h"', "stated",
         "27 Oct, 10:00 – 28 Oct 2025, 06:00"),
        ('when = 2025-10-27T10:00:00\nduration = "0s"', "stated", "27 Oct 2025, 10:00"),
        ('when = 2025-12-31T10:00:00\nduration = "20h"', "stated",
         "31 Dec 2025, 10:00 – 1 Jan 2026, 06:00"),
        ("after = 'x'\nbefore = 'y'", "inferred", "20 to 30 Oct 2025"),
        ("after = 'x'", "open", "from 20 Oct 2025"),
        ("when = 2025-10-20\nafter = 'z'", "narrowed", "20 Oct 2025, from 12:00"),
        ("when = 2025-10-20\nbefore = 'z'", "narrowed", "20 Oct 2025, by 12:00"),
        ("contains = 'z'", "open", "begun by 20 Oct 2025, 12:00"),
        ("after = 'x.start'\nbefore = 'y.end'", "inferred", "20 to 30 Oct 2025"),
        ("", "open", "date unknown"),
    ],
)  # fmt: skip
def test_basis_and_label(text: str, basis: str, label: str) -> None:
    around = ("\n[events.x]\nwhen = 2025-10-20\n[events.y]\nwhen = 2025-10-30\n"
              "[events.z]\nwhen = 2025-10-20T12:00:00\nduration = '0s'\n")  # fmt: skip
    placed = one(f"[events.e]\n{text}{around}").by_id["e"]
    assert (placed.basis, placed.label) == (basis, label)


def test_bounds_beyond_the_calendar_are_open() -> None:
    found = one("""
        [events.a]
        when = 9999-12-30
        [events.b]
        after = { event = "a", lag = "1y.." }
        [events.c]
        when = 0001-01-02
        after = { event = "d", lag = "1y" }
        [events.d]
        """)
    assert found.by_id["b"].start.earliest is None
    assert found.because("b", "start", "earliest") == ()
    assert found.by_id["d"].end.latest is None


VIEWS = """
    [people.p]
    name = "Pat"
    [places.h]
    name = "Home"
    [tags.t]
    label = "Talks"
    [events.a]
    who = ["p"]
    place = "h"
    tags = ["t"]
    when = 2025-10-27
    [events.b]
    who = ["Pat", "Q"]
    when = 2025-11-02
    [events.c]
    latest = 2025-10-27
    [events.d]
    earliest = 2025-10-27
    [events.e]
"""


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        ("who = ['p']", ["a"]),
        ("who = ['Pat']", ["a", "b"]),
        ("who = ['p', 'Q']", ["a", "b"]),
        ("place = 'h'", ["a"]),
        ("place = 'Home'", ["a"]),
        ("tags = ['Talks']", ["a"]),
        ("events = ['c', 'e']", ["c", "e"]),
        ("who = ['Pat']\nwithin = '2025-11'", ["b"]),
        ("within = '2025-10'", ["a", "c", "d"]),
        ("within = '2025-11'", ["b", "d"]),
        ("within = 2025-10-26", ["c"]),
        ("within = '2025-12/..'", ["d"]),
        ("within = '../2025-10-26'", ["c"]),
        ("within = 2025-10-27T10:00:00", ["a", "c", "d"]),
    ],
)
def test_views(view: str, shown: list[str]) -> None:
    found = one(f"{VIEWS}\n[views.v]\n{view}\n")
    assert sorted(e.id for e in found.select(found.timeline.views["v"])) == shown
    assert len(found.select(None)) == 5


MOMENT = """
[timeline]
timezone = "UTC"
[events.leaves]
when = {}
[events.arrives]
after = "leaves"
when = 2025-11-20
"""


def test_what_came_later_is_no_news_of_how_long_it_lasted() -> None:
    leaves = load(MOMENT.format("2025-10-27T17:00:00").encode()).by_id["leaves"]
    assert leaves.end.latest is not None, "the bound itself holds"
    assert (leaves.label, leaves.basis) == ("27 Oct 2025, 17:00", "stated")
    assert leaves.told == Ends(leaves.start, Window(leaves.end.earliest, None))
    about = '{ date = 2025-10-27T17:00:00, tolerance = "5m" }'
    leaves = load(MOMENT.format(about).encode()).by_id["leaves"]
    assert (leaves.label, leaves.basis) == ("starts 27 Oct 2025, 16:55 to 17:05", "stated")
    leaves = load(MOMENT.format('"2025-10-27/.."').encode()).by_id["leaves"]
    assert leaves.told.end.latest is not None, "of a span that is open, an end is looked for"
    squeezed = MOMENT.format("2025-10-27") .replace("2025-11-20", "2025-10-27T09:00:00")
    leaves = load(squeezed.encode()).by_id["leaves"]
    assert (leaves.label, leaves.basis) == ("27 Oct 2025, by 09:00", "narrowed")


@pytest.mark.parametrize(
    ("dates", "seen"),
    [
        ("when = 2020-01-01T10:00:00", False), ("when = 2025-12-31T10:00:00", True),
        ("when = 2025-01-01T00:00:00", True), ("when = 2026-01-01T00:00:00", False),
        ('when = "2020-01-01/.."', True), ("start = 2020-01-01", True),
        ('when = 2020-01-01T10:00:00\nduration = "9000d"', True), ("latest = 2020-01-01", False),
    ],
)  # fmt: skip
def test_a_view_within_a_year_shows_what_can_touch_it(dates: str, seen: bool) -> None:
    text = f'[timeline]\ntimezone = "UTC"\n[views.v]\nwithin = "2025"\n[events.a]\n{dates}\n'
    schedule = load(text.encode())
    assert bool(schedule.select(schedule.timeline.views["v"])) == seen
    report = check(text.encode())
    assert ("TL506" not in {d.code for d in report.diagnostics}) == seen


@pytest.mark.parametrize("schedule", [EXAMPLE, UNDATED])
def test_the_last_links_of_a_chain(schedule: Schedule) -> None:
    for placed in schedule.events:
        for end in ("start", "end"):
            for side in ("earliest", "latest"):
                whole = [(r.statement, r.event, r.end, r.at)
                         for r in schedule.because(placed.id, end, side)]  # fmt: skip
                for most in (1, 2, 5):
                    last = schedule.because(placed.id, end, side, most)
                    told = [(r.statement, r.event, r.end, r.at) for r in last]
                    assert len(told) <= most
                    assert told == whole[len(whole) - len(told) :]
