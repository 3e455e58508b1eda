"""A file that is edited is read, solved and exported with what the last time left, or without: no byte
hangs on it, and no finding."""

from __future__ import annotations

import pytest
from edited_files import Edit, File, edits
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from timeline import api
from timeline.exporters import Output
from timeline.memo import Memo

FORMATS = ("ical", "json", "html", "mermaid", "svg")
BROKEN = b'[events.e3]\nwhen = "never"\n'
moments = st.integers(1_700_000_000, 1_700_000_500)


def exported(
    text: bytes, lies: dict[str, bytes], now: int, memo: Memo | None, formats: tuple[str, ...] = FORMATS
) -> tuple[dict[str, Output] | None, list[object]]:
    """The exports of a file and its findings."""
    if memo is not None:
        memo.begin()
    report = api.check(text, memo=memo)
    found: list[object] = list(report.diagnostics)
    if report.solution is None:
        if memo is not None:
            memo.undo()
        return None, found
    from timeline.schedule import place

    schedule = place(report.solution, memo)
    made = api.export(schedule, formats, previous=lies, clock=lambda: now, memo=memo)
    return made, found


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(edits() | st.sampled_from(["broken", "restored"]), moments),
                min_size=3, max_size=10))  # fmt: skip
def test_an_edited_file_is_exported_as_a_new_one(steps: list[tuple[Edit | str, int]]) -> None:
    file, memo = File(), Memo()
    lies: dict[str, bytes] = {}
    older: list[dict[str, bytes]] = [{}]
    for change, now in [(None, 1_700_000_000), *steps]:
        text = file.text()
        if change == "broken":
            text += BROKEN
        elif change == "restored":  # what lay there some time ago lies there again
            lies = older[now % len(older)]
        elif change is not None and not isinstance(change, str):
            file.edit(*change)
            text = file.text()
        cold = exported(text, lies, now, None)
        warm = exported(text, lies, now, memo)
        assert warm == cold
        if warm[0] is not None:
            lies = {name: output.data for name, output in warm[0].items() if name.endswith(".ics")}
            older.append(lies)


@pytest.mark.parametrize(("before", "after"), [
    ("throughout = true", "throughout = 1"),  # equal to Python
    ("when = 2025-10-26T10:00:00Z", "when = 2025-10-26T12:00:00+02:00"),
    ("when = 2025-10-26T10:00:00Z", "when = 2025-10-26"),
    ('earliest = 2025-10-26\nlatest = 2025-10-28', 'latest = 2025-10-28\nearliest = 2025-10-26'),
    ('description = "a"', 'description = "b"'),
])  # fmt: skip
def test_what_python_takes_for_the_same_is_read_again(before: str, after: str) -> None:
    memo = Memo()
    for keys in (before, after, before):
        if "when" not in keys and "earliest" not in keys:
            keys = f"when = 2025-10-26\n{keys}"
        text = f'[timeline]\nid = "t"\ntimezone = "UTC"\n[events.a]\n{keys}\n[events.b]\nafter = "a"\n'
        assert exported(text.encode(), {}, 0, memo) == exported(text.encode(), {}, 0, None)


def test_the_common_parts_of_a_file_are_read_into_every_event() -> None:
    memo = Memo()
    event = ('[events.a]\nwhen = 2025-10-26\nplace = "p"\nwho = "w"\nsource = "s"\ntags = "t"\n'
             'after = "b"\n[events.b]\n')  # fmt: skip
    for head in ("", '[places.p]\nname = "P"\n', '[people.w]\nrole = "R"\n', '[tags.t]\ncolour = "red"\n',
                 '[sources.s]\ntitle = "T"\n', '[timeline]\ntimezone = "Asia/Tokyo"\n'):
        if "[sources.s]" not in head:
            head += "[sources.s]\n"
        text = (head + event).encode()
        assert exported(text, {}, 0, memo) == exported(text, {}, 0, None)


HEAD = '[timeline]\nid = "t"\ntimezone = "UTC"\n[sources.s]\n'
ONE = "[events.a]\nwhen = 2025-10-26\n"
LAG = '[[constraints]]\nfrom = "a.end"\nto = "b.end"\nlag = "-9d..9d"\n'


@pytest.mark.parametrize(("before", "after"), [
    # What stands elsewhere gives the bound of b by another statement, or joins b, and b stays the same.
    (f'{ONE}before = "b"\n[events.b]\n',
     f'{ONE}before = {{ event = "b", source = "s" }}\n[events.b]\n'),
    (f"{ONE}[events.b]\nwhen = 2025-10-27\n{LAG}",
     f'{ONE}[events.b]\nwhen = 2025-10-27\n{LAG}source = "s"\n'),
])  # fmt: skip
def test_what_an_event_hangs_on_elsewhere(before: str, after: str) -> None:
    memo = Memo()
    for text in (before, after, before):
        cold = exported((HEAD + text).encode(), {}, 0, None)
        assert cold[0] is not None
        assert exported((HEAD + text).encode(), {}, 0, memo) == cold


def test_a_calendar_that_is_put_back_counts_on_from_there() -> None:
    memo = Memo()
    lies: list[dict[str, bytes]] = [{}]
    # Which of the titles, and which calendar lies there: an entry that is as published, then the one
    # before it again, twice.
    for now, (title, which) in enumerate([(1, 0), (2, 1), (2, 2), (2, 1), (2, 1)], 1_700_000_000):
        text = f'{HEAD}[events.a]\ntitle = "Number {title}"\nwhen = 2025-10-26\n'.encode()
        cold = exported(text, lies[which], now, None, ("ical",))
        assert exported(text, lies[which], now, memo, ("ical",)) == cold
        assert cold[0] is not None
        lies.append({"all.ics": cold[0]["all.ics"].data})
