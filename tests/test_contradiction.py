"""Contradictions as they are told: irreducible, independent, and every mend does what it says."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from hypothesis import assume, given, settings
from test_order import stories

from timeline.api import check
from timeline.contradiction import Contradiction, contradictions, diagnose
from timeline.model import Timeline
from timeline.network import build
from timeline.reader import read
from timeline.render.text import text
from timeline.solver import solve
from timeline.stn import Network


def only(network: Network, keep: set[int]) -> bool:
    """Whether some statements of a network can all hold."""

    def rows(listed: list[Any]) -> list[Any]:
        return [row for row in listed if row[3] in keep]

    kept = Network(network.size, rows(network.bounds), rows(network.gaps), rows(network.orders),
                   network.statements)  # fmt: skip
    return solve(kept) is not None


def clashing(data: dict[str, object]) -> tuple[Timeline, Network, tuple[Contradiction, ...]]:
    timeline, _ = read(data, "t.toml")
    assume(timeline is not None)
    assert timeline is not None
    network = build(timeline)
    assume(solve(network) is None)
    return timeline, network, contradictions(timeline, network)


def mended(data: dict[str, Any], path: tuple[str | int, ...], written: str) -> dict[str, Any]:
    """The file with one statement changed as a mend says."""
    changed = copy.deepcopy(data)
    inner: Any = changed
    for step in path[:-1]:
        inner = inner[step]
    found = re.fullmatch(r'(\w+) = "(.*)"', written)
    if found is None:
        inner[path[-1]] = written
    elif found[1] in ("duration", "lag") and not isinstance(inner[path[-1]], dict):
        inner[path[-1]] = found[2]
    elif found[1] == "tolerance":
        inner[path[-1]] = {"date": inner[path[-1]], "tolerance": found[2]}
    else:
        inner[path[-1]][found[1]] = found[2]
    return changed


@given(stories())
@settings(deadline=None, max_examples=200)
def test_every_contradiction_is_irreducible_and_every_mend_works(data: dict[str, Any]) -> None:
    timeline, network, found = clashing(data)
    assert found
    shown: set[int] = set()
    for clash in found:
        numbers = {s.id for s in clash.statements}
        assert not numbers & shown, "contradictions share no statement"
        shown |= numbers
        assert not only(network, numbers)
        for number in numbers:
            assert only(network, numbers - {number})
        assert (clash.kind == "circle") == (clash.short_by == 0)
        diagnostic = diagnose(timeline, clash)
        assert diagnostic.details is not None
        assert len(diagnostic.related) == len(clash.statements) - 1
        for statement, remedy in zip(clash.statements, clash.mends, strict=True):
            assert remedy.text
            if not remedy.written:
                continue
            again, faults = read(mended(data, statement.path, remedy.written), "t.toml")
            assert again is not None, (remedy.written, [f.message for f in faults])
            assert [s.path for s in again.statements] == [s.path for s in timeline.statements] or (
                "tolerance" in remedy.written
            )
            assert only(build(again), numbers), (remedy.written, remedy.text)
    everything = set(range(len(timeline.statements)))
    assert only(network, everything - shown), "with all of them taken away, the rest can be true"


def remedies(text: str) -> list[tuple[str, str]]:
    report = check(f'[timeline]\ntimezone = "UTC"\n{text}'.encode())
    (clash,) = report.contradictions
    return [
        (".".join(map(str, s.path)), m.text)
        for s, m in zip(clash.statements, clash.mends, strict=True)
    ]


PAIR = '[events.a]\nwhen = {}\n[events.b]\nwhen = {}\nafter = "a"\n'


@pytest.mark.parametrize(
    ("one", "two", "first", "second"),
    [
        ("2025-10-27", "2025-10-26", "write 2025-10-26 (or earlier)", "write 2025-10-27 (or later)"),
        ('"2025-11"', '"2025-10"', "write 2025-10 (or earlier)", "write 2025-11 (or later)"),
        ("2026", "2025", "write 2025 (or earlier)", "write 2026 (or later)"),
        ("2025-10-27T10:00:00", "2025-10-27T09:00:00", "write 2025-10-27T09:00:00 (or earlier)",
         "write 2025-10-27T10:00:00 (or later)"),
        ('"2025-10-27T10:00+02:00"', '"2025-10-27T07:00Z"',
         "write 2025-10-27T09:00+02:00 (or earlier)", "write 2025-10-27T08:00Z (or later)"),
        ('"2025-10-27~"', '"2025-10-25?"',
         'it is approximate: write when = { date = "2025-10-27~", tolerance = "2d" }',
         "write 2025-10-27? (or later)"),
        ('"2025-W44"', '"2025-W43"', "write 2025-W43 (or earlier)", "write 2025-W44 (or later)"),
        ('"2025-26"', '"2025-25"', "move 1 day earlier", "move 1 day later"),
        ('"2025-10-26/2025-10-28"', "2025-10-27",
         "write 2025-10-26/2025-10-27 (or earlier)", "write 2025-10-28 (or later)"),
        ('"[2025-10-27..2025-10-28]"', "2025-10-26", "move 1 day earlier",
         "write 2025-10-27 (or later)"),
    ],
)  # fmt: skip
def test_another_date(one: str, two: str, first: str, second: str) -> None:
    told = dict(remedies(PAIR.format(one, two)))
    assert (told["events.a.when"], told["events.b.when"]) == (first, second)
    round = "drop it" if "/" in one else 'turn it round (before = "a"), or drop it'
    assert told["events.b.after"] == round


def test_another_duration() -> None:
    told = dict(remedies("""
        [events.a]
        start = 2025-10-26T10:00:00
        end = 2025-10-26T11:30:00
        duration = "2h..3h"
        """))
    assert told["events.a.duration"] == (
        'let it be as little as 1 h 30 min: write duration = "1h30m..3h"'
    )
    assert told["events.a.end"] == "write 2025-10-26T12:00:00 (or later)"
    assert told["events.a.start"] == "write 2025-10-26T09:30:00 (or earlier)"


def test_another_lag() -> None:
    told = dict(remedies("""
        [events.a]
        when = 2025-10-26T10:00:00
        duration = "0s"
        [events.b]
        when = 2025-10-26T12:00:00
        after = { event = "a", lag = "3h.." }
        """))
    assert told["events.b.after"] == 'let it be 2 h at most: write lag = "2h"'
    told = dict(remedies("""
        [events.a]
        when = 2025-10-26T10:00:00
        [events.b]
        when = 2025-10-26T12:00:00
        [[constraints]]
        from = "b.start"
        to = "a.start"
        lag = "..-3h"
        """))
    assert told["constraints.0"] == 'let it be minus 2 h at least: write lag = "-2h"'


def test_a_sequence_turned_round() -> None:
    told = dict(remedies("""
        [events.a]
        when = 2025-10-27
        [events.b]
        when = 2025-10-26
        [[sequences]]
        events = ["a", "b"]
        """))
    assert told["sequences.0.events.1"] == "put b before a, or part them"


def test_accounts_that_fit_nowhere() -> None:
    told = dict(remedies("""
        [events.a]
        accounts = [{ when = 2025-10-25T10:00:00 }, { when = 2025-10-25T12:00:00 }]
        after = "b"
        [events.b]
        when = 2025-10-27
        """))
    assert told["events.a.accounts"].startswith("an account 1 day 12 h later would do")


def test_mends_heed_the_rest_of_the_file() -> None:
    """The smallest set leaves the duration out, and a mend that forgot it would not do."""
    text = """
        [timeline]
        timezone = "UTC"
        [events.a]
        when = 2025-10-27T18:30:00
        duration = "30m"
        [events.b]
        when = 2025-10-27T18:00:00
        after = "a"
        """
    (clash,) = check(text.encode()).contradictions
    assert len(clash.statements) == 3
    assert all(remedy.enough for remedy in clash.mends)
    told = {s.path[-1]: m for s, m in zip(clash.statements, clash.mends, strict=True)}
    assert clash.mends[0].text == "write 2025-10-27T17:30:00 (or earlier)"
    assert told["after"].text.startswith("turn it round")


def test_a_mend_that_is_not_enough_says_so() -> None:
    """The two clashes share the date of `a`; only it mends both, and it alone knows it."""
    text = """
        [timeline]
        timezone = "UTC"
        [events.a]
        when = 2025-10-27
        [events.b]
        when = 2025-10-20
        after = "a"
        [events.c]
        when = 2025-10-21
        after = "a"
        """
    (clash,) = check(text.encode()).contradictions
    enough = [(s.path[-2:], m.enough) for s, m in zip(clash.statements, clash.mends, strict=True)]
    assert enough[0] == (("a", "when"), True)
    assert clash.mends[0].text == "write 2025-10-20 (or earlier)"
    assert not all(remedy.enough for remedy in clash.mends)


@pytest.mark.parametrize(
    ("one", "two", "told"),
    [
        ("2025-10-05", "2025-10-04", "5 Oct 2025 and no later than 4 Oct 2025: the one is after"),
        ("2025-10-05", "2025-10-02", "5 Oct 2025 and no later than 2 Oct 2025: 3 days short"),
        ("2025-10-26", "2025-03-30", "26 Oct 2025 and no later than 30 Mar 2025: 210 days short"),
        ("2025-10-05T10:00:00", "2025-10-05", "no later than 5 Oct 2025, 09:00: 1 h short"),
    ],
)
def test_by_how_much_days_miss(one: str, two: str, told: str) -> None:
    later = f"start = {two}" if "T" not in one else "start = 2025-10-05T09:00:00"
    report = check(f"""
        [timeline]
        timezone = "Europe/Berlin"
        [events.a]
        start = {one}
        [events.b]
        {later}
        after = "a.start"
        """.encode())
    assert told in report.contradictions[0].verdict


def test_a_circle_names_its_events() -> None:
    report = check(b'[events.a]\nafter = "b"\n[events.b]\nafter = "c"\n[events.c]\nafter = "a"\n')
    (clash,) = report.contradictions
    assert clash.verdict.startswith("in a circle: ")
    assert {"a", "b", "c"} <= set(re.findall(r"\w+", clash.verdict))


def test_of_a_very_long_circle_the_rest_is_only_dropped() -> None:
    size = 300
    lines = "".join(f'[events.e{i}]\nafter = "e{(i + 1) % size}"\n' for i in range(size))
    report = check(lines.encode())
    (clash,) = report.contradictions
    assert len(clash.statements) == size
    assert [m.text for m in clash.mends].count("drop it") > 200
    shown = text(report.diagnostics, report.document, colour=False, width=80)
    assert "To mend it, one of these (numbered as above; more may clash then):" in shown


def test_lags_that_go_round_miss_by_their_sum() -> None:
    there = "[[constraints]]\nfrom = \"{}.start\"\nto = \"{}.start\"\nlag = \"1d..\"\n"
    both = there.format("a", "b") + there.format("b", "a")
    (clash,) = check(f"[events.a]\n[events.b]\n{both}".encode()).contradictions
    assert clash.verdict == "2 days short"
    assert {m.text for m in clash.mends} == {'let it be minus 1 day at most: write lag = "-1d"'}


def test_a_span_that_cannot_be_moved_whole() -> None:
    told = dict(remedies("""
        [events.a]
        when = "2025-10-26/2025-10-30"
        [events.b]
        when = 2025-10-27
        during = "a"
        [events.c]
        when = 2025-10-28
        after = "a"
        """))
    assert told["events.a.when"] == "write 2025-10-26/2025-10-28 (or earlier)"
