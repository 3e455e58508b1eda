from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from render_cases import EVERY_KIND, solved

from timeline.civil import FIRST, LAST, zone
from timeline.render.axis import Axis, axis, scale
from timeline.schedule import Placed

UTC = zone("UTC")


def placed(*dates: str, more: str = "") -> tuple[Placed, ...]:
    text = "".join(f'[events.e{i}]\nwhen = "{date}"\n' for i, date in enumerate(dates))
    return solved(text + more)[0].events


def made(events: tuple[Placed, ...], columns: int) -> Axis:
    found = axis(events, columns)
    assert found is not None
    return found


def test_too_little_is_known_for_an_axis() -> None:
    assert axis((), 30) is None
    assert axis(placed("XXXX"), 30) is None
    assert axis(placed("2025-10-27T18:30", "2025-10-27T18:30"), 30) is None


def test_a_long_stretch_is_no_wider_than_a_short_one() -> None:
    events = placed("2015-10-27", "2025-10-26", "2025-10-27", "2025-10-28")
    line = made(events, 25)
    assert line.step == 90_000
    assert [line.cell(p.start.earliest or 0) for p in events] == [0, 10, 15, 20]
    assert scale(line, events, UTC) == [
        "2015      2025",
        "Oct       Oct",
        "27        26   27   28",
        "┬────┄┄┄┄┄┬────┬────┬────",
    ]


def test_within_a_day_the_labels_are_hours() -> None:
    events = placed("2025-10-27T18:00", "2025-10-27T18:10", "2025-10-27T18:20")
    rows = scale(made(events, 27), events, UTC)
    assert rows[:3] == ["Oct 2025", "27", "18:00         18:10   18:20"]
    events = placed("2025-10-27T18:00", "2025-10-27T18:00:30")
    assert scale(made(events, 24), events, UTC)[2] == "18:00"


def test_over_years_the_labels_are_years() -> None:
    events = placed("1999", "2005", "2012")
    line = made(events, 30)
    assert scale(line, events, UTC)[0] == "1999        2005        2012"
    assert len(scale(line, events, UTC)) == 2
    events = placed("2025-01", "2025-03", "2025-04")
    assert scale(made(events, 30), events, UTC)[:2] == ["2025", "Jan            Mar     Apr"]


def test_a_label_without_room_is_left_out_with_all_below_it() -> None:
    events = placed("2024-12-31", "2025-01-01", "2025-01-02", "2025-01-03")
    rows = scale(made(events, 8), events, UTC)
    assert rows[:3] == ["2024", "Dec", "31"]
    rows = scale(made(events, 16), events, UTC)
    assert rows[:3] == ["2024    2025", "Dec     Jan", "31      2   3"]  # 1 Jan has no year


def test_the_last_labels_stay_within_the_axis() -> None:
    events = placed("2025-10-26", "2025-10-27", more='[events.x]\nlatest = "2026-03"\n')
    rows = scale(made(events, 20), events, UTC)
    assert [len(row) for row in rows] == [20, 20, 20, 20]
    assert rows[0].endswith("2026")
    assert rows[2].endswith(" 31")


def test_edges_are_kept_free_where_something_is_open() -> None:
    dates = ("2025-10-26", "2025-10-27")
    assert (made(placed(*dates), 20).first, made(placed(*dates), 20).last) == (0, 20)
    early = made(placed(*dates, more="[events.x]\nlatest = 2025-10-28\n"), 20)
    assert (early.first, early.last) == (2, 20)
    late = made(placed(*dates, more="[events.x]\nearliest = 2025-10-28\n"), 20)
    assert (late.first, late.last) == (0, 18)


def test_a_moment_leaves_no_side_open() -> None:
    line = made(placed("2025-10-26T12:00", "2025-10-27"), 20)
    assert (line.first, line.last) == (0, 20)


def test_the_ends_of_time() -> None:
    events = placed("0001", "9999", more='[events.x]\nlatest = "9999"\n')
    line = made(events, 40)
    assert line.cells(FIRST, LAST) == range(2, 40)
    assert scale(line, events, UTC)[0].split() == ["1", "9999"]


@given(st.lists(st.integers(FIRST, LAST), min_size=2, max_size=40, unique=True),
       st.integers(10, 90), st.integers(FIRST, LAST), st.integers(0, 10**10))  # fmt: skip
def test_columns_keep_the_order(times: list[int], columns: int, low: int, length: int) -> None:
    times.sort()
    step = 86_400
    spots = [0.0]
    for i in range(len(times) - 1):
        spots.append(spots[-1] + min(times[i + 1] - times[i], step) / step)
    line = Axis(columns, step, 2, columns - 2, tuple(times), tuple(spots))
    places = [line.at(t) for t in times]
    assert places == sorted(places)
    assert places[0] == 2
    assert abs(places[-1] - (columns - 2)) < 1e-6
    cells = line.cells(low, low + length)
    assert len(cells) >= 1
    assert cells[0] >= 2
    assert cells[-1] < columns - 2
    assert line.cell(low) <= line.cell(low + length)


def test_neighbours_do_not_overlap() -> None:
    events = placed(*(f"2025-10-{day}" for day in range(10, 31)))
    line = made(events, 33)
    ends = [line.cells(p.start.earliest or 0, p.end.latest or 0) for p in events]
    assert all(one[-1] + 1 == other[0] for one, other in pairwise(ends))


def test_every_kind_of_event_has_a_scale() -> None:
    schedule, _ = solved(EVERY_KIND)
    line = made(schedule.events, 32)
    rows = scale(line, schedule.events, schedule.timeline.tz)
    assert rows[0] == "  Oct 2025"
    assert rows[-1].count("┬") == 5
