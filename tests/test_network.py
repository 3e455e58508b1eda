"""Statements become the constraints that they mean."""

from __future__ import annotations

from timeline.api import check, load
from timeline.network import build
from timeline.reader import read

HEAD = '[timeline]\ntimezone = "UTC"\n'


def windows(text: str) -> dict[str, tuple[object, object]]:
    schedule = load((HEAD + text).encode())
    return {e.id: (e.start, e.end) for e in schedule.events}


def group(prefix: str, count: int) -> str:
    return "[" + ", ".join(f'"{prefix}{i}"' for i in range(count)) + "]"


def members(prefix: str, count: int, day: int) -> str:
    return "".join(
        f"[events.{prefix}{i}]\n" + (f"when = 2025-10-{day + i % 3:02}\n" if i % 2 else "")
        for i in range(count)
    )


def test_links_between_large_groups_mean_every_pair() -> None:
    """A link of 6 x 6 goes through points of its own; the same said pair by pair is the same."""
    events = members("a", 6, 10) + members("b", 6, 13)
    linked = f'{events}[[sequences]]\nevents = [{group("a", 6)}, {group("b", 6)}]\n'
    paired = events
    for i in range(6):
        paired = paired.replace(f"[events.b{i}]\n", f"[events.b{i}]\nafter = {group('a', 6)}\n")
    assert windows(linked) == windows(paired)


def test_a_large_link_costs_the_sum_of_its_groups() -> None:
    timeline, _ = read(
        {
            "events": {f"{p}{i}": {} for p in "ab" for i in range(300)},
            "sequences": [{"events": [[f"{p}{i}" for i in range(300)] for p in "ab"]}],
        },
        "t",
    )
    assert timeline is not None
    network = build(timeline)
    assert len(network.gaps) + len(network.orders) < 5000


def test_a_circle_through_a_large_link() -> None:
    text = members("a", 6, 10).replace("when", "#") + members("b", 6, 10).replace("when", "#")
    text += f'[[sequences]]\nevents = [{group("a", 6)}, {group("b", 6)}]\n'
    text = text.replace("[events.a0]\n", '[events.a0]\nafter = "b5"\n')
    (clash,) = check((HEAD + text).encode()).contradictions
    assert (clash.kind, len(clash.statements)) == ("circle", 2)
    equal = text.replace('after = "b5"', 'equals = "b5"')
    (clash,) = check((HEAD + equal).encode()).contradictions
    assert (clash.kind, len(clash.statements)) == ("circle", 2)


def test_order_by_one_end() -> None:
    found = windows("""
        [events.x]
        start = 2025-10-10T00:00:00
        end = 2025-10-20T00:00:00
        [events.a]
        after = "x.start"
        before = "x.end"
        [events.b]
        after = { event = "x.start", lag = "1d..2d" }
        """)
    x, a, b = found["x"], found["a"], found["b"]
    assert a[0].earliest == x[0].earliest  # type: ignore[attr-defined]
    assert a[1].latest == x[1].latest  # type: ignore[attr-defined]
    assert b[0].earliest - x[0].earliest == 86_400  # type: ignore[attr-defined]
    assert b[0].latest - x[0].earliest == 2 * 86_400  # type: ignore[attr-defined]


def test_month_lags_are_calendar_arithmetic_only_from_an_exact_end() -> None:
    found = windows("""
        [events.a]
        when = 2024-01-31T00:00:00
        duration = "0s"
        [events.b]
        after = { event = "a.start", lag = "1mo" }
        [events.c]
        after = { event = "a", lag = "1mo" }
        [events.d]
        accounts = [{ when = 2024-01-31T00:00:00 }]
        [events.e]
        after = { event = "d.start", lag = "1y" }
        [events.f]
        start = 2024-01-31T00:00:00
        duration = "1mo"
        """)
    start = found["a"][0].earliest  # type: ignore[attr-defined]
    day = 86_400
    b, c, e, f = (found[n] for n in "bcef")
    assert (b[0].earliest - start, b[0].latest - start) == (29 * day, 29 * day)  # type: ignore[attr-defined]
    # the end of `a` follows from its duration, which is another statement: 28 to 31 days
    assert (c[0].earliest - start, c[0].latest - start) == (28 * day, 31 * day)  # type: ignore[attr-defined]
    assert (e[0].earliest - start, e[0].latest - start) == (366 * day, 366 * day)  # type: ignore[attr-defined]
    assert f[1].earliest - start == 29 * day  # type: ignore[attr-defined]


def test_negative_months_are_a_range() -> None:
    found = windows("""
        [events.a]
        when = 2024-03-31T00:00:00
        [events.b]
        [[constraints]]
        from = "a.start"
        to = "b.start"
        lag = "-1mo"
        """)
    a, b = found["a"][0].earliest, found["b"][0]  # type: ignore[attr-defined]
    assert (a - b.latest, a - b.earliest) == (28 * 86_400, 31 * 86_400)  # type: ignore[attr-defined]


def test_constraints_with_one_side_open() -> None:
    found = windows("""
        [events.a]
        when = 2025-10-10T00:00:00
        [events.b]
        [events.c]
        status = "cancelled"
        [[constraints]]
        from = "a.start"
        to = "b.end"
        lag = "..3d"
        [[constraints]]
        from = "a.start"
        to = "c.end"
        lag = "3d.."
        """)
    a, b = found["a"][0].earliest, found["b"]  # type: ignore[attr-defined]
    assert b[1].latest - a == 3 * 86_400  # type: ignore[attr-defined]
    assert b[0].earliest is None  # type: ignore[attr-defined]
    assert found["c"][1].earliest is None  # type: ignore[attr-defined]


def test_accounts_take_the_hull_of_what_they_say_of_each_end() -> None:
    found = windows("""
        [events.a]
        accounts = [
          { start = 2025-10-10T10:00:00, end = 2025-10-10T11:00:00 },
          { start = 2025-10-10T12:00:00 },
        ]
        [events.b]
        accounts = [
          { when = 2025-10-10T10:00:00, duration = "1h" },
          { when = 2025-10-10T12:00:00, duration = "2h" },
        ]
        """)
    assert found["a"][1].latest is None  # type: ignore[attr-defined]
    start, end = found["b"]
    assert start.latest - start.earliest == 7200  # type: ignore[attr-defined]
    assert end.latest - start.earliest == 4 * 3600  # type: ignore[attr-defined]


def test_a_month_that_would_pass_the_calendar_is_counted_in_days() -> None:
    schedule = load(b"""
        [timeline]
        timezone = "UTC"
        [events.a]
        when = 9999-12-20T09:00:00
        duration = "0s"
        [events.b]
        after = { event = "a.start", lag = "1mo" }
        """)
    assert schedule.by_id["b"].start.earliest is None, "beyond the year 9999 a bound is open"
    assert schedule.by_id["b"].basis == "open"
