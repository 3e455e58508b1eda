"""The worked cases of the format: the reference answers, each a test of meaning."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from timeline import api

if TYPE_CHECKING:
    from timeline.contradiction import Contradiction
    from timeline.schedule import Schedule


def story(text: str, zone: str = "UTC") -> bytes:
    return f'[timeline]\nid = "t"\ntimezone = "{zone}"\n{text}'.encode()


def solved(text: str, zone: str = "UTC") -> Schedule:
    return api.load(story(text, zone))


def clashes(text: str, zone: str = "UTC") -> list[Contradiction]:
    report = api.check(story(text, zone))
    assert report.timeline is not None, [d.message for d in report.diagnostics]
    assert not report.consistent
    return list(report.contradictions)


def paths(clash: Contradiction) -> set[str]:
    return {".".join(map(str, s.path)) for s in clash.statements}


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def local(text: str, hours: int) -> int:
    return at(text) - hours * 3600


def test_neighbouring_days_never_touch() -> None:
    (clash,) = clashes("""
        [events.a]
        when = 2025-10-26
        [events.b]
        when = 2025-10-27
        before = "a"
        """)
    assert paths(clash) == {"events.a.when", "events.b.when", "events.b.before"}
    assert clash.short_by == 1
    assert "27 Oct 2025" in clash.verdict
    assert "26 Oct 2025" in clash.verdict


@pytest.mark.parametrize(
    ("one", "two"),
    [('"2025-10"', '"2025-11"'), ("2025", "2026"), ('"2025-W43"', '"2025-W44"'),
     ('"2025-33"', '"2025-34"'), ('"199X"', '"200X"')],
)  # fmt: skip
def test_neighbouring_periods_never_touch(one: str, two: str) -> None:
    (clash,) = clashes(f'[events.a]\nwhen = {one}\n[events.b]\nwhen = {two}\nbefore = "a"\n')
    assert len(clash.statements) == 3
    assert clash.short_by == 1


def test_1_same_day_order() -> None:
    found = solved("""
        [events.b]
        when = 2025-10-27
        after = "a"
        [events.a]
        when = 2025-10-27
        """)
    assert [e.id for e in found.events] == ["a", "b"]
    b = found.by_id["b"]
    assert (b.start.earliest, b.start.latest) == (at("2025-10-27"), at("2025-10-27T23:59:59"))


def test_2_adjacent_days() -> None:
    found = solved("[events.b]\nwhen = 2025-10-27\n[events.a]\nwhen = 2025-10-26\n")
    assert [e.id for e in found.events] == ["a", "b"]
    a, b = found.by_id["a"], found.by_id["b"]
    assert a.start.latest is not None
    assert b.start.earliest is not None
    assert a.start.latest < b.start.earliest


SQUEEZED = """
    [events.a]
    when = 2025-10-26
    [events.c]
    when = 2025-10-28
    [events.b]
    after = "a"
    before = "c"
    """


def test_3_squeezed() -> None:
    b = solved(SQUEEZED).by_id["b"]
    assert b.start.earliest == at("2025-10-26")
    assert b.end.latest == at("2025-10-28T23:59:59")
    assert b.basis == "inferred"
    assert b.label == "26 to 28 Oct 2025"


def test_3_squeezed_with_a_duration() -> None:
    b = solved(SQUEEZED + 'duration = "36h"\n').by_id["b"]
    assert b.start.latest == at("2025-10-27T11:59:59")


def test_4_deadline() -> None:
    x = solved('[events.x]\nlatest = "2026-03"\n', "Asia/Tokyo").by_id["x"]
    assert x.end.latest == at("2026-03-31T15:00:00")
    assert x.label == "by 31 Mar 2026"


def across(hour: int) -> str:
    return f"""
        [events.x]
        when = 2025-10-30T11:00:00
        timezone = "Asia/Seoul"
        duration = "100m"
        equals = "y"
        [events.y]
        when = 2025-10-30T{hour}:00:00
        timezone = "Asia/Macau"
        duration = "100m"
        """


def test_5_across_zones() -> None:
    found = solved(across(10))
    assert found.by_id["x"].start == found.by_id["y"].start
    (clash,) = clashes(across(11))
    assert paths(clash) == {"events.x.when", "events.y.when", "events.x.equals"}
    assert clash.short_by == 3600


def test_6_circle() -> None:
    circle = '[events.a]\nafter = "b"\n[events.b]\nafter = "c"\n[events.c]\nafter = "a"\n'
    (clash,) = clashes(circle)
    assert paths(clash) == {"events.a.after", "events.b.after", "events.c.after"}
    timed = circle.replace("\nafter", '\nduration = "1h"\nafter')
    (clash,) = clashes(timed)
    assert paths(clash) == {"events.a.after", "events.b.after", "events.c.after"}


def test_6_moments_at_one_second_may_be_in_order() -> None:
    found = solved("""
        [events.a]
        when = 2025-10-27T18:30:00
        after = "b"
        [events.b]
        when = 2025-10-27T18:30:00
        """)
    assert [e.id for e in found.events] == ["b", "a"]


def test_6_after_and_equals() -> None:
    (clash,) = clashes('[events.a]\nafter = "b"\nequals = "b"\n[events.b]\n')
    assert paths(clash) == {"events.a.after", "events.a.equals"}


def test_6_moment_and_zero_lag() -> None:
    found = solved("""
        [events.flight]
        after = { event = "launch", lag = "0s" }
        [events.launch]
        duration = "0s"
        """)
    assert [e.id for e in found.events] == ["launch", "flight"]


def test_7_chain_too_long() -> None:
    days = "".join(f'[events.d{i}]\nduration = "1d"\nduring = "span"\n' for i in range(5))
    (clash,) = clashes(
        '[events.span]\nwhen = "2025-10-26/2025-10-28"\n'
        + days
        + '[[sequences]]\nevents = ["d0", "d1", "d2", "d3", "d4"]\n'
    )
    found = paths(clash)
    assert len(found) == 10
    assert sum(".duration" in p for p in found) == 4
    assert sum(p.startswith("sequences") for p in found) == 3
    assert sum(".during" in p for p in found) == 2
    assert "events.span.when" in found
    assert clash.short_by == 86_400


def accounts(one: str, two: str) -> str:
    return f"""
        [sources.one]
        [sources.two]
        [events.x]
        accounts = [{{ when = {one}, source = "one" }}, {{ when = {two}, source = "two" }}]
        """


EARLY, LATE = "2025-10-27T18:05:00", "2025-10-27T18:30:00"


def advice(text: str) -> list[str]:
    return [d.message for d in api.check(story(text)).diagnostics if d.code == "TL503"]


def test_8_two_accounts() -> None:
    text = accounts(EARLY, LATE)
    x = solved(text).by_id["x"]
    assert (x.start.earliest, x.start.latest) == (at(EARLY), at(LATE))
    (said,) = advice(text)
    assert "25 min" in said
    assert "One" in said
    assert "Two" in said
    assert "rules out" not in said


def test_8_accounts_that_can_both_hold() -> None:
    text = accounts("2025-10-27", LATE)
    x = solved(text).by_id["x"]
    assert (x.start.earliest, x.start.latest) == (at(LATE), at(LATE))
    assert advice(text) == []


def test_8_the_rest_rules_one_out() -> None:
    text = accounts(EARLY, LATE) + 'before = "y"\n[events.y]\nwhen = 2025-10-27T18:20:00\n'
    (said,) = advice(text)
    assert "rules out Two" in said
    assert "18:30" in said


def lagged(when: str) -> str:
    return f"""
        [events.a]
        when = {when}
        [events.b]
        [[constraints]]
        from = "a.start"
        to = "b.start"
        lag = "1mo"
        """


def test_9_month_lag() -> None:
    b = solved(lagged("2025-01-31T09:00:00")).by_id["b"]
    assert b.start.earliest == b.start.latest == at("2025-02-28T09:00:00")
    b = solved(lagged('"2025-01"')).by_id["b"]
    assert b.start.earliest == at("2025-01-01") + 28 * 86_400
    assert b.start.latest == at("2025-02-01") - 1 + 31 * 86_400


def test_10_two_knots() -> None:
    found = clashes("""
        [events.a]
        after = "b"
        [events.b]
        after = "a"
        [events.c]
        when = 2025-10-26
        [events.d]
        when = 2025-10-25
        after = "c"
        """)
    assert sorted(len(c.statements) for c in found) == [2, 3]


def test_11_long_way_round() -> None:
    (clash, *_) = clashes("""
        [events.a]
        when = 2025-10-26
        [events.b]
        when = 2025-10-25
        after = "b2"
        [events.b2]
        after = "a"
        [events.c]
        when = 2025-10-25
        after = "a"
        [events.d]
        when = 2025-10-25
        after = "d2"
        [events.d2]
        after = "d3"
        [events.d3]
        after = "a"
        """)
    assert paths(clash) == {"events.a.when", "events.c.when", "events.c.after"}


def test_13_cancelled_in_the_middle() -> None:
    found = solved("""
        [events.a]
        when = 2025-10-26
        [events.b]
        status = "cancelled"
        when = 2025-10-20
        [events.c]
        [[sequences]]
        events = ["a", "b", "c"]
        """)
    assert found.by_id["c"].start.earliest == at("2025-10-26")
    assert [e.id for e in found.events] == ["b", "a", "c"]


def test_14_no_events() -> None:
    report = api.check(b"")
    assert report.consistent
    assert [d.code for d in report.diagnostics] == ["TL501"]
    assert report.diagnostics[0].severity == "warning"
