"""Stories for the diagrams: any titles, any dates, as data and not as TOML, so that every text that a
file may hold can stand in one."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from test_mermaid_text import TEXT

from timeline.exporters import EXPORTERS, Look, Occasion, Output
from timeline.exporters.mermaid_text import clean
from timeline.network import build
from timeline.reader import read
from timeline.schedule import Schedule, place
from timeline.solution import Solution
from timeline.solver import solve


def schedule_of(events: dict[str, dict[str, Any]], **tables: Any) -> Schedule | None:
    """A solved story; None where the texts are none that a file may hold, or the dates clash."""
    timeline, _ = read({"timeline": {"timezone": "Asia/Tokyo"}, "events": events} | tables, "t.toml")
    if timeline is None:
        return None
    network = build(timeline)
    bounds = solve(network)
    return None if bounds is None else place(Solution(timeline, network, bounds))


def drawn(schedule: Schedule, kind: str, view: str = "all", **look: Any) -> Output:
    """A diagram of a kind (`mermaid` or what follows `mermaid-`)."""
    name = kind if kind == "mermaid" else f"mermaid-{kind}"
    chosen = schedule.timeline.views.get(view)
    return EXPORTERS[name].export(schedule, chosen, Occasion(lambda: 0, None, Look(**look)))


def shown(text: str) -> str:
    """A text as any slot shows it, without white space: where a line breaks is of no matter."""
    return "".join(clean(text).split()).replace("\u200a", "")


_days = st.integers(1, 28).map(lambda day: f"2025-10-{day:02}")
_dates = st.one_of(
    _days.map(lambda day: {"when": day}),
    _days.map(lambda day: {"when": f"{day}~"}),
    _days.map(lambda day: {"when": f"{day}T18:30:00?"}),
    _days.map(lambda day: {"when": f"{day}T18:30", "duration": "90m", "timezone": "Europe/Oslo"}),
    _days.map(lambda day: {"latest": day}),
    _days.map(lambda day: {"earliest": day}),
    _days.map(lambda day: {"when": f"[{day}..2025-10-28]"}),
    _days.map(lambda day: {"when": f"{day}/2026-02-01"}),
    _days.map(lambda day: {"accounts": [{"when": day}, {"when": "2025-10-29T08:00"}]}),
    st.integers(1, 9999).map(lambda year: {"when": f"{year:04}"}),
    st.integers(1900, 2100).map(lambda year: {"when": f"{year}-05"}),
    st.just({"when": "XXXX"}),
    st.just({}),
)
_status = st.sampled_from(({}, {}, {"status": "tentative"}, {"status": "cancelled"}))


@st.composite
def stories(draw: st.DrawFn, texts: st.SearchStrategy[str] = TEXT, most: int = 5) -> Any:
    """A solved story of a few events, or None."""
    events: dict[str, dict[str, Any]] = {}
    for i in range(draw(st.integers(1, most))):
        event = {"title": draw(texts), **draw(_dates), **draw(_status)}
        if draw(st.booleans()):
            event["place"] = draw(texts)
        if i and draw(st.booleans()):
            relation = draw(st.sampled_from(("after", "before", "during", "meets", "overlaps")))
            event[relation] = f"e{draw(st.integers(0, i - 1))}" + (
                draw(st.sampled_from(("", ".start"))) if relation == "after" else "")  # fmt: skip
        events[f"e{i}"] = event
    title = draw(texts)
    views = {"v": {"title": draw(texts), "events": list(events)}}
    return schedule_of(
        events, timeline={"timezone": "Asia/Tokyo", "title": title}, views=views
    )
