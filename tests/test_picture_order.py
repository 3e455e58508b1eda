"""The order of a picture: all that is stated follows from its arrows, and none is too many."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import groups, harbour, parse
from render_cases import solved

from timeline.exporters.picture_arrows import TRACK, Spot, routes
from timeline.exporters.picture_order import Link, links
from timeline.exporters.svg import draw


def order(text: str, view: str = "") -> list[tuple[str, str, bool]]:
    schedule = solved('[timeline]\ntimezone = "UTC"\n' + text)[0]
    chosen = schedule.timeline.views[view] if view else None
    return [(a, b, told) for a, b, told in links(schedule, schedule.select(chosen))]


def reached(pairs: set[tuple[int, int]], size: int) -> set[tuple[int, int]]:
    closed = set(pairs)
    for k in range(size):
        closed |= {(i, j) for i in range(size) for j in range(size)
                   if (i, k) in closed and (k, j) in closed}  # fmt: skip
    return closed


@st.composite
def stories(draw: st.DrawFn) -> tuple[int, set[tuple[int, int]], str]:
    """Events in some order that is stated in every way: pairs (earlier, later), and the file."""
    size = draw(st.integers(1, 8))
    pairs = draw(
        st.sets(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)), max_size=12)
    )
    stated = {(min(p), max(p)) for p in pairs if p[0] != p[1]}
    tables: dict[int, dict[str, list[str]]] = {i: {} for i in range(size)}
    chains = ""
    for early, late in sorted(stated):
        way = draw(st.sampled_from(("after", "before", "sequence")))
        if way == "after":
            tables[late].setdefault("after", []).append(f"e{early}")
        elif way == "before":
            tables[early].setdefault("before", []).append(f"e{late}")
        else:
            chains += f'[[sequences]]\nevents = ["e{early}", "e{late}"]\n'
    text = ""
    for i, table in tables.items():
        text += f"[events.e{i}]\n"
        for key, named in table.items():
            text += f"{key} = [{', '.join(repr(n) for n in named)}]\n".replace("'", '"')
    return size, stated, text + chains


@settings(deadline=None, max_examples=120)
@given(stories())
def test_arrows_are_the_least_that_says_all(story: tuple[int, set[tuple[int, int]], str]) -> None:
    size, stated, text = story
    found = {(int(a[1:]), int(b[1:])): told for a, b, told in order(text)}
    closed = reached(stated, size)
    assert reached(set(found), size) == closed
    for link in found:
        assert reached(set(found) - {link}, size) != closed, "one too many"
    assert all(found[link] == (link in stated) for link in found)


def test_what_follows_is_told_apart() -> None:
    hidden = '[events.a]\n[events.b]\nafter = "a"\n[events.c]\nafter = "b"\n[views.v]\nevents = ["a", "c"]'
    assert order(hidden, "v") == [("a", "c", False)]
    inside = '[events.a]\nbefore = "b"\n[events.b]\n[events.c]\nduring = "b"\n'
    assert order(inside) == [("a", "b", True), ("a", "c", False)]


def test_every_way_to_state_an_order() -> None:
    meets = '[events.a]\nmeets = "b"\n[events.b]\n[events.c]\nmet_by = "b"\n'
    assert order(meets) == [("a", "b", True), ("b", "c", True)]
    lag = '[events.a]\n[events.b]\n[[constraints]]\nfrom = "a.end"\nto = "b.start"\nlag = "1d.."\n'
    assert order(lag) == [("a", "b", True)]
    group = '[events.a]\n[events.b]\n[events.c]\n[[sequences]]\nevents = [["a", "b"], "c"]\n'
    assert order(group) == [("a", "c", True), ("b", "c", True)]


def test_dates_and_the_cancelled_are_no_order() -> None:
    assert order("[events.a]\nwhen = 2025-10-01\n[events.b]\nwhen = 2025-10-02\n") == []
    assert order('[events.a]\nstatus = "cancelled"\n[events.b]\nafter = "a"\n') == []


def test_on_one_instant_nothing_is_before_anything() -> None:
    circle = "".join(
        f'[[constraints]]\nfrom = "{a}.end"\nto = "{b}.start"\nlag = "0s.."\n'
        for a, b in ("ab", "ba")
    )
    assert order("[events.a]\n[events.b]\n" + circle) == []


# -- their ways -----------------------------------------------------------------------------------


@given(st.lists(st.floats(100, 500), min_size=2, max_size=12), st.data())
def test_tracks_pass_left_of_all_marks_and_apart(lefts: list[float], data: st.DataObject) -> None:
    spots = {f"e{i}": Spot(left, 20.0 * i, i) for i, left in enumerate(lefts)}
    pairs = data.draw(st.sets(st.tuples(st.integers(0, len(lefts) - 1), st.integers(0, len(lefts) - 1)),
                              max_size=12))  # fmt: skip
    chosen = [Link(f"e{a}", f"e{b}", True) for a, b in sorted(pairs) if a != b]
    tracks = routes(chosen, spots, 10, 600)
    assert tracks is not None
    spans: dict[str, tuple[int, int]] = {}
    for link in chosen:
        ends = spots[link.before].row, spots[link.after].row
        low, high = spans.get(link.before, ends)
        spans[link.before] = min(low, *ends), max(high, *ends)
    for name, (low, high) in spans.items():
        assert all(tracks[name] < left for left in lefts[low : high + 1])
        assert tracks[name] >= 10
    for one, (low, high) in spans.items():
        for other, (start, end) in spans.items():
            if one != other and low <= end and start <= high:
                assert abs(tracks[one] - tracks[other]) >= TRACK - 0.1


def test_no_room_for_tracks_is_said() -> None:
    spots = {f"e{i}": Spot(30.0, 20.0 * i, i) for i in range(6)}
    assert routes([Link(f"e{i}", "e5", True) for i in range(5)], spots, 10, 600) is None
    near = {f"e{i}": Spot(30.0, 20.0 * i, i, passable=i == 1) for i in range(3)}
    assert routes([Link("e0", "e2", True)], near, 10, 600) == {"e0": 21.0}


def test_too_many_links_are_counted_at_the_foot() -> None:
    first = "".join(f"[events.a{i}]\n" for i in range(12))
    names = ", ".join(f'"a{i}"' for i in range(12))
    last = "".join(f"[events.b{i}]\nafter = [{names}]\n" for i in range(12))
    schedule = solved(first + last)[0]
    svg = draw(schedule, None)
    assert "144 links of order are too many to draw" in svg
    assert not [g for g in groups(parse(svg), "order") if g.get("data-from")]


def test_arrows_without_room_are_counted_at_the_foot() -> None:
    pairs = [(i, i + 20) for i in range(20)]
    text = "".join(f"[events.e{i:02}]\n" for i in range(20))
    text += "".join(f'[events.e{late:02}]\nafter = "e{early:02}"\n' for early, late in pairs)
    assert "20 links of order have no room here" in draw(solved(text)[0], None)


def test_arrows_say_what_they_say() -> None:
    root = parse(draw(harbour(50), None))
    arrows = [g for g in groups(root, "order") if g.get("data-from")]
    assert arrows
    told = arrows[0].findtext("{http://www.w3.org/2000/svg}title") or ""
    assert ": after " in told
    rows = {g.get("data-event"): i for i, g in enumerate(groups(root, "event"))}
    assert all(rows[g.get("data-from")] < rows[g.get("data-to")] for g in arrows)
