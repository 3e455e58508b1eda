"""The order of a schedule: it respects every statement, and the rest goes by earliest start."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.network import build
from timeline.order import arrange, strong_components
from timeline.reader import read
from timeline.solver import solve

KEYS = ["after", "before", "during", "contains", "meets", "met_by", "overlaps", "overlapped_by",
        "starts", "started_by", "finishes", "finished_by", "equals"]  # fmt: skip
NAMES = ["a", "b", "c", "d", "e", "f"]


@st.composite
def stories(draw: st.DrawFn) -> dict[str, object]:
    """Small files of days and relations; most of them consistent."""
    events: dict[str, dict[str, object]] = {}
    for name in NAMES[: draw(st.integers(1, 6))]:
        events[name] = {}
        if draw(st.booleans()):
            day = draw(st.integers(1, 9))
            events[name]["when"] = draw(
                st.sampled_from([f"2025-10-0{day}", f"2025-10-0{day}T12:00", f"[..2025-10-0{day}]",
                                 f"2025-10-0{day}/..", "2025-10"])
            )  # fmt: skip
        if draw(st.integers(0, 4)) == 0:
            events[name]["duration"] = draw(st.sampled_from(["0s", "1h", "1d.."]))
    for _ in range(draw(st.integers(0, 5))):
        one, two = draw(st.sampled_from(sorted(events))), draw(st.sampled_from(sorted(events)))
        key = draw(st.sampled_from(KEYS[:2] * 6 + KEYS))
        if one != two:
            listed = events[one].setdefault(key, [])
            assert isinstance(listed, list)
            lag = draw(st.sampled_from(["", "", "0s", "1d.."]))
            listed.append({"event": two, "lag": lag} if lag and key in KEYS[:2] else two)
    return {"timeline": {"timezone": "UTC"}, "events": events}


@given(stories())
@settings(deadline=None, max_examples=400)
def test_the_order_respects_every_statement(data: dict[str, object]) -> None:
    timeline, _ = read(data, "t.toml")
    if timeline is None:
        return
    network = build(timeline)
    bounds = solve(network)
    if bounds is None:
        return
    names = list(timeline.events)
    ordered = arrange(network, bounds, names)
    assert sorted(ordered) == list(range(len(names)))
    rank = {event: i for i, event in enumerate(ordered)}
    for event in timeline.events.values():
        for number in event.statements:
            claim = timeline.statements[number].claim
            relation = getattr(claim, "relation", None)
            if relation is None:
                continue
            one, two = rank[names.index(event.id)], rank[names.index(claim.other)]  # type: ignore[union-attr]
            if relation in ("after", "met_by", "overlapped_by", "finishes"):
                if relation != "met_by":
                    assert one > two, (relation, names, ordered)
            elif relation in ("before", "overlaps", "finished_by"):
                assert one < two, (relation, names, ordered)
    for one in range(len(names)):
        for two in range(len(names)):
            latest, earliest = bounds.latest[2 * one], bounds.earliest[2 * two]
            if latest is not None and earliest is not None and latest < earliest:
                assert rank[one] < rank[two], "certain from the dates alone"


def ordered(text: str) -> list[str]:
    from timeline.api import load

    return [e.id for e in load(text.encode()).events]


def test_free_events_go_by_earliest_start_then_latest_end_then_id() -> None:
    assert ordered(
        "[events.z]\n[events.y]\n[events.m]\nlatest = 2025-10-02\n"
        "[events.c]\nwhen = 2025-10-04\n[events.b]\nwhen = 2025-10-02\n[events.a]\nwhen = 2025-10-02\n"
    ) == ["a", "b", "m", "c", "y", "z"]


def test_an_open_event_goes_before_what_it_precedes() -> None:
    text = (
        "[events.a]\ncontains = 'p'\n[events.p]\nwhen = 2025-10-02\n[events.q]\nwhen = 2025-10-03\n"
        "[events.z]\nlatest = 2026\n"
    )
    assert ordered(text) == ["a", "p", "q", "z"]


def test_of_two_that_a_date_hurries_alike_the_first_by_rank_comes_first() -> None:
    text = (
        "[events.a]\n[events.c]\nafter = 'a.start'\nearliest = 2025-10-01\n"
        "[events.e]\nduring = 'c'\nlatest = 2025-10-02\n[events.d]\nafter = 'c.start'\n"
        "[events.z]\nwhen = 2025-10-04\n"
    )
    assert ordered(text) == ["a", "c", "d", "e", "z"]


def test_what_is_on_one_second_goes_by_order_then_by_rank() -> None:
    text = (
        "[events.d]\nafter = 'c'\nwhen = 2025-10-01T12:00\nduration = '0s'\n"
        "[events.c]\nwhen = 2025-10-01T12:00\nduration = '0s'\nafter = {event = 'b', lag = '0s'}\n"
        "[events.b]\nequals = 'a'\n[events.a]\n[events.e]\nafter = {event = 'b', lag = '0s'}\n"
        "[events.aa]\nafter = {event = 'd', lag = '0s'}\n"
    )
    assert ordered(text) == ["a", "b", "c", "e", "d", "aa"]


@given(st.lists(st.lists(st.integers(0, 7), max_size=4), min_size=8, max_size=8))
def test_components_are_mutual_reach(successors: list[list[int]]) -> None:
    reach = [[i == j or j in successors[i] for j in range(8)] for i in range(8)]
    for k in range(8):
        for i in range(8):
            for j in range(8):
                reach[i][j] = reach[i][j] or (reach[i][k] and reach[k][j])
    found = strong_components(successors)
    for i in range(8):
        for j in range(8):
            assert (found[i] == found[j]) == (reach[i][j] and reach[j][i])
