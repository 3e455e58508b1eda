"""What an entry tells: paragraphs in one order, each only where there is something to tell."""

from __future__ import annotations

import pytest
from feed_cases import plan

from timeline.exporters.entries import Entry, entry
from timeline.exporters.entry_words import (
    ADDRESS,
    CITED,
    GROUP,
    NAMED,
    before,
    cut,
    description,
    sources,
    stated,
    stated_order,
)

TOKYO = '[timeline]\nid = "t"\ntimezone = "Asia/Tokyo"\n'


def told(text: str, name: str = "x") -> list[str]:
    """The paragraphs of an event's description."""
    schedule = plan(TOKYO + text)
    placed = schedule.by_id[name]
    found = entry(placed, 31 * 86_400)
    assert isinstance(found, Entry)
    said = stated(schedule.timeline, placed.event)
    order = stated_order(schedule)
    words = order.words(order.mentions(name))
    cited = sources([schedule.timeline.sources[name] for name in said.sources])
    lines = description(schedule.timeline, placed, found, said.differing, words, cited)
    return "\n".join(lines).split("\n\n")


COVERS = "The entry covers all of this time; the event lies somewhere within it."
WINDOWS = {
    "when = 2025-10-27": "27 Oct 2025 (Asia/Tokyo)\nThe date is stated.",
    'when = "2025-10-27~"': "~27 Oct 2025 (Asia/Tokyo)\nThe date is stated.",
    "when = 2025-10-27T18:30:00":
        "27 Oct 2025, 18:30 (Asia/Tokyo, UTC+9)\nThe date is stated.",
    'when = 2025-07-27T18:30:00\ntimezone = "America/New_York"':
        "27 Jul 2025, 18:30 (America/New_York, UTC−4)\nThe date is stated.",
    'when = "[2025-10-28T06:00..2025-10-28T12:00]"':
        f"28 Oct 2025, 06:00 to 12:00 (Asia/Tokyo, UTC+9)\nThe date is stated. {COVERS}",
    'when = "2025-10"': f"Oct 2025 (Asia/Tokyo)\nThe date is stated. {COVERS}",
    "start = 2025-10-26": "starts 26 Oct 2025 (Asia/Tokyo)\nThe date is stated.",
    'latest = "2026-03"':
        "by 31 Mar 2026 (Asia/Tokyo)\n"
        "The date is stated. The entry stands on the last possible day.",
    'when = 2025-10-27\nafter = "a"':
        "27 Oct 2025, from 12:00 (Asia/Tokyo, UTC+9)\n"
        "The date is stated, and narrowed by the order of the events.",
    'equals = "a"': "27 Oct 2025, 12:00 (Asia/Tokyo, UTC+9)\n"
                    "No date is stated: this follows from the order of the events.",
}  # fmt: skip


@pytest.mark.parametrize("keys", WINDOWS)
def test_the_window_in_words_comes_first_then_what_it_rests_on(keys: str) -> None:
    text = f'[events.a]\nwhen = 2025-10-27T12:00:00\nduration = "0s"\n[events.x]\n{keys}\n'
    assert told(text)[0] == WINDOWS[keys]


def test_the_description_stands_as_written() -> None:
    text = '[events.x]\nwhen = 2025-10-27\ndescription = """\n\nOne.\nTwo.\n"""\nnote = "no"\n'
    assert told(text)[1:] == ["One.\nTwo."]


ORDER = """
[events.a]
title = "A"
[events.b]
title = "B"
[events.c]
title = "C"
[events.d]
title = "D"
status = "cancelled"
[events.y]
title = "Y"
before = ["x", { event = "z", lag = "1d..30d" }]
[events.z]
title = "Z"
before = "x.end"
after = "y.end"
[events.x]
when = 2025-10-27
after = [{ event = "a", lag = "1h" }, "b.start", "d"]
before = "c.start"
during = "z"
overlaps = "c"
[[sequences]]
events = [["b", "a"], "d", "x"]
"""


def test_the_order_is_told_as_stated_by_title() -> None:
    relaxed = ORDER.replace('during = "z"\noverlaps = "c"\n', "")
    assert told(relaxed)[1].split("\n") == [
        "After: Y; A (by 1h); B; the start of B",
        "Before: C",
    ]
    schedule = plan(TOKYO + relaxed)
    order = stated_order(schedule)
    assert order.words(order.mentions("y")) == ["Before: X; Z (by 1d..30d)"]
    assert order.words(order.mentions("z")) == ["After: Y (by 1d..30d)", "Before: the end of X"]
    assert order.words(order.mentions("c")) == ["After: X"]
    assert order.mentions("a") == order.mentions("d") == []
    everything = dict.fromkeys(schedule.by_id)
    assert before(order.mentions("x"), everything) == ["y", "a", "b"]
    assert before(order.mentions("c"), everything) == ["x"]
    assert before(order.mentions("z"), everything) == ["y"]
    assert before(order.mentions("x"), {"b": None}) == ["b"]
    assert before(order.mentions("d"), everything) == []


@pytest.mark.parametrize(
    ("relation", "words"),
    [("during", "During: The other"), ("contains", "Contains: The other"),
     ("meets", "Ends at the start of: The other"), ("met_by", "Starts at the end of: The other"),
     ("overlaps", "Overlaps: The other"), ("overlapped_by", "Overlapped by: The other"),
     ("starts", "Starts together with: The other"), ("finishes", "Ends together with: The other"),
     ("equals", "At the same time as: The other")],
)  # fmt: skip
def test_each_relation_has_its_words(relation: str, words: str) -> None:
    text = f'[events.o]\ntitle = "The other"\n[events.x]\nwhen = 2025-10-27\n{relation} = "o"\n'
    assert told(text)[1:] == [words]


def test_nothing_hangs_on_the_order_of_the_file() -> None:
    parts = [
        "[events.a]\nwhen = 2025-10-20\n", "[events.b]\nwhen = 2025-10-19\n",
        '[events.x]\nwhen = 2025-10-27\nafter = ["a", "b"]\n',
    ]  # fmt: skip
    swapped = parts[2].replace('["a", "b"]', '["b", "a"]')
    assert told("".join(parts)) == told(swapped + parts[1] + parts[0])
    assert told("".join(parts))[1] == "After: B; A"


def test_who_takes_part_with_their_parts() -> None:
    text = ('[people.ann]\nname = "Ann"\nrole = "Minister"\n[people.bob]\n'
            '[events.x]\nwhen = 2025-10-27\nwho = ["ann", "bob", "Carl"]\n')  # fmt: skip
    assert told(text)[1:] == ["Who: Ann (Minister); Bob; Carl"]


SOURCES = """
[sources.s]
title = "The News"
url = "https://example.org/s"
published = 2025-10-28
[sources.q]
[sources.b]
title = "B"
[sources.a]
title = "A"
"""


def test_who_says_so_the_event_s_own_first() -> None:
    own = """
[events.x]
source = ["s", "q"]
when = { date = 2025-10-27, source = "b" }
latest = { date = 2025-10-28, source = ["a", "s"] }
"""
    assert told(SOURCES + own)[1:] == [
        "Sources:\n- The News (2025-10-28) https://example.org/s\n- Q\n- A\n- B"
    ]
    assert told(SOURCES + '[events.x]\nwhen = 2025-10-27\nsource = "a"\n')[1:] == ["Source:\n- A"]


def test_accounts_that_differ_are_told_apart() -> None:
    text = """
[events.x]
source = "s"
earliest = 2025-10-27
latest = 2025-10-27
accounts = [
  { when = "2025-10-27T18:05~", source = ["a", "b"] },
  { when = 2025-10-27T18:30:00, duration = "30m" },
  { duration = "1h", source = "q" },
  { start = 2025-10-27T19:00:00, end = 2025-10-27T19:10:00, duration = "5m", source = "b" },
]
"""
    assert told(SOURCES + text)[1].split("\n") == [
        "The sources differ:",
        "- ~27 Oct 2025, 18:05: A, B",
        "- 27 Oct 2025, 18:30–19:00: The News",
        "- 1h: Q",
        "- start 2025-10-27T19:00:00, end 2025-10-27T19:10:00, 5m: B",
    ]
    nobody = "[events.x]\naccounts = [{ when = 2025-10-27 }, { when = 2025-10-28 }]\n"
    assert told(nobody)[1] == "The sources differ:\n- 27 Oct 2025\n- 28 Oct 2025"
    agreed = "[events.x]\naccounts = [{ when = 2025-10-27 }, { when = 2025-10-27T18:30:00 }]\n"
    assert len(told(agreed)) == 1


def test_dates_stand_in_the_order_of_their_keys() -> None:
    schedule = plan("[events.x]\nlatest = 2025-10-29\nearliest = 2025-10-26\nwhen = 2025-10-27\n")
    said = stated(schedule.timeline, schedule.timeline.events["x"])
    assert [dated.key for dated in said.dates] == ["when", "earliest", "latest"]


def test_what_many_entries_repeat_is_cut() -> None:
    assert cut("x" * CITED) == "x" * CITED
    assert cut("x" * (CITED + 1)) == "x" * (CITED - 1) + "…"
    assert cut("x " * CITED).endswith("x…")
    long = f'[sources.s]\ntitle = "{"S" * 999}"\nurl = "https://example.org/{"u" * ADDRESS}"\n'
    text = (f'{long}[events.a]\ntitle = "{"A" * 999}"\n'
            '[events.x]\nwhen = 2025-10-27\nafter = "a"\nsource = "s"\n')  # fmt: skip
    assert len("".join(told(text))) < 3 * CITED


def test_a_group_after_a_group_grows_with_their_sum() -> None:
    many = [f"g{i}" for i in range(200)]
    later = [f"l{i}" for i in range(200)]
    events = "".join(f"[events.{name}]\nwhen = 2025-10-{20 if name in many else 27}\n"
                     for name in (*many, *later))  # fmt: skip
    text = f"{events}[[sequences]]\nevents = [{many}, {later}]\n".replace("'", '"')
    order = stated_order(plan(TOKYO + text))
    assert all(len(before(order.mentions(name), dict.fromkeys(many))) == GROUP for name in later)
    assert all(len(order.told[name]) == GROUP for name in later)
    (line,) = order.words(order.mentions("l7"))
    assert line.count(";") == NAMED
    assert line.endswith(f"; and {GROUP - NAMED} more")
