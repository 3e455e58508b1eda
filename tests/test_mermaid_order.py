"""The arrows of a flowchart: all of the order follows from them, and none follows from the others."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from mermaid_stories import schedule_of, stories

from timeline.api import load
from timeline.exporters.mermaid_order import Arrow, Junction, arrows
from timeline.model import Related
from timeline.schedule import Placed, Schedule

ROOT = Path(__file__).parent.parent
Pairs = set[tuple[int, int]]


def reached(pairs: Pairs) -> Pairs:
    """All that follows of an order, the slow way."""
    found = set(pairs)
    while True:
        more = {(a, d) for a, b in found for c, d in found if b == c} - found
        if not more:
            return found
        found |= more


def by_dates(shown: tuple[Placed, ...]) -> Pairs:
    """Which events are over, at the latest, when others begin, at the earliest."""
    found = set()
    for i, one in enumerate(shown):
        over = one.end.latest
        if over is None and one.start.exact:
            over = one.start.latest
        for j, other in enumerate(shown[i + 1 :], start=i + 1):
            begins = other.start.earliest
            if over is not None and begins is not None and over <= begins != one.start.earliest:
                found.add((i, j))
    return found


def stated(schedule: Schedule, shown: tuple[Placed, ...]) -> Pairs:
    """What is stated as an order: plain relations, as the stories here have them."""
    number = {p.id: i for i, p in enumerate(schedule.events)}
    found = set()
    for statement in schedule.timeline.statements:
        claim = statement.claim
        if not isinstance(claim, Related) or claim.end:
            continue
        relation, other = claim.relation, claim.other
        if relation in ("after", "before", "meets", "overlaps"):
            events = schedule.timeline.events
            if not (events[statement.event].cancelled or events[other].cancelled):
                a, b = number[statement.event], number[other]
                found.add((b, a) if relation == "after" else (a, b))
    whole = reached({(a, b) for a, b in found if a < b})
    place = {number[p.id]: i for i, p in enumerate(shown)}
    return {(place[a], place[b]) for a, b in whole if a in place and b in place}


def told(found: list[Arrow], junctions: list[Junction], *kinds: str) -> Pairs:
    pairs = {(a.tail, a.head) for a in found if a.kind in kinds}
    if "dated" in kinds:
        pairs |= {(a, b) for j in junctions for a in j.earlier for b in j.later}
    return pairs


@given(schedule=stories(st.just("x"), most=9), some=st.sets(st.integers(0, 8), min_size=1))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_whole_order_follows_from_the_arrows_and_no_more(
    schedule: Schedule | None, some: set[int]
) -> None:
    assume(schedule is not None)
    assert schedule is not None
    shown = tuple(p for i, p in enumerate(schedule.events) if i in some)
    found, junctions = arrows(schedule, shown)
    solid = stated(schedule, shown)
    assert reached(told(found, [], "stated")) == solid
    both = reached(solid | by_dates(shown))
    drawn = told(found, junctions, "stated", "dated")
    assert reached(drawn) == both
    dashed = told(found, junctions, "dated")
    assert not dashed & solid
    for pair in dashed:  # the arrow is needed
        assert pair not in reached(both - {pair})
    for junction in junctions:
        assert len(junction.earlier) > 1
        assert len(junction.later) > 1


def test_a_solid_arrow_that_follows_from_others_is_left_out() -> None:
    schedule = load(b"[events.a]\n[events.b]\nafter='a'\n[events.c]\nafter=['a', 'b']\n")
    found, _ = arrows(schedule, schedule.events)
    assert [(a.tail, a.head, a.kind) for a in found] == [(0, 1, "stated"), (1, 2, "stated")]


def test_an_order_through_events_that_are_not_shown_is_kept() -> None:
    schedule = load(b"[events.a]\n[events.b]\nafter='a'\n[events.c]\nafter='b'\n")
    found, _ = arrows(schedule, (schedule.events[0], schedule.events[2]))
    assert [(a.tail, a.head, a.kind) for a in found] == [(0, 1, "stated")]


def test_what_arrows_say() -> None:
    schedule = load(
        b"[events.a]\nwhen=2025-10-01\n"
        b"[events.b]\nafter={event='a', lag='1d..3d'}\n"
        b"[events.c]\nafter={event='b', lag='2h..'}\n"
        b"[events.d]\nafter={event='c', lag='..4d'}\n"
        b"[events.e]\nafter={event='d', lag='5d'}\n"
        b"[events.f]\nafter='e.start'\n"
        b"[events.g]\nbefore='f.end'\n"
        b"[events.h]\nduring='a'\n"
        b"[events.i]\nfinished_by='h'\n"
        b"[events.j]\nequals='i'\n"
        b"[events.k]\nmeets='b'\n"
        b"[events.l]\noverlapped_by='k'\n"
        b"[events.m]\nduring='a'\nstatus='cancelled'\n"
    )
    names = [p.id for p in schedule.events]
    found, _ = arrows(schedule, schedule.events)
    said = {(names[a.tail], names[a.head]): (a.kind, a.words) for a in found if a.words}
    assert said == {
        ("a", "b"): ("stated", "1d to 3d"), ("b", "c"): ("stated", "at least 2h"),
        ("c", "d"): ("stated", "at most 4d"), ("d", "e"): ("stated", "5d"),
        ("e", "f"): ("partly", "after its start"), ("g", "f"): ("partly", "before its end"),
        ("a", "h"): ("within", "during"), ("i", "h"): ("within", "same end"),
        ("i", "j"): ("within", "same time"), ("k", "b"): ("stated", "meets"),
        ("k", "l"): ("stated", "overlaps"),
    }  # fmt: skip


def test_a_tie_never_hides_an_order() -> None:
    schedule = load(
        b"[events.a]\nwhen='2025-10-01/2025-10-05'\n[events.b]\nafter=['a', 'a.start']\n"
        b"[events.c]\nwhen=2025-10-09\nafter='a.start'\n[events.d]\nafter={event='a', lag='9d..'}\n"
        b"[[sequences]]\nevents=['a', 'b', 'd']\n"
    )
    names = [p.id for p in schedule.events]
    found = {(names[a.tail], names[a.head]): (a.kind, a.words)
             for a in arrows(schedule, schedule.events)[0]}  # fmt: skip
    assert found["a", "b"] == ("stated", "")
    assert found["a", "c"] == ("dated", "")
    assert found["a", "d"] == ("stated", "at least 9d")  # drawn though it follows: its words do not


def test_sequences_are_stated() -> None:
    schedule = load(
        b"[events.a]\n[events.b]\n[events.c]\n[events.d]\n"
        b"[[sequences]]\nevents=['a', ['b', 'c'], 'd']\n"
    )
    found, _ = arrows(schedule, schedule.events)
    assert {(a.tail, a.head) for a in found} == {(0, 1), (0, 2), (1, 3), (2, 3)}
    assert {a.kind for a in found} == {"stated"}


def test_two_moments_of_one_second_are_in_no_order() -> None:
    schedule = load(b"[events.a]\nwhen=2025-10-01T10:00:00Z\n[events.b]\nwhen=2025-10-01T10:00:00Z\n")
    assert arrows(schedule, schedule.events) == ([], [])


def test_many_before_many_are_few_arrows() -> None:
    events = {f"a{i}": {"when": "2025-10-01"} for i in range(9)}
    events |= {f"b{i}": {"when": "2025-10-02"} for i in range(9)}
    schedule = schedule_of(events)
    assert schedule is not None
    found, junctions = arrows(schedule, schedule.events)
    assert found == []
    assert [(j.earlier, j.later) for j in junctions] == [(tuple(range(9)), tuple(range(9, 18)))]


def test_the_example() -> None:
    schedule = load(ROOT / "events.toml")
    found, _ = arrows(schedule, schedule.events)
    ids = [p.id for p in schedule.events]
    pairs = {(ids[a.tail], ids[a.head]): a.kind for a in found}
    assert pairs["audience", "talks"] == "stated"
    assert pairs["abe-killed", "tariff-deal"] == "dated"
    assert pairs["xi-state-visit", "xi-meeting"] == "within"
    assert ("truce", "talks") not in pairs
