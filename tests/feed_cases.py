"""Timelines to publish: from TOML text to a schedule and its feed, and a strategy of such files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from hypothesis import strategies as st

from timeline import api
from timeline.exporters import Occasion, Output
from timeline.exporters.ical import export
from timeline.gregorian import day_text, ordinal
from timeline.schedule import Schedule

NOW = 1_761_500_000  # 2025-10-26T17:33:20Z
NOW_WRITTEN = "20251026T173320Z"


class Clock:
    """The one thing that stands in for the world: a clock that counts how often it is asked."""

    def __init__(self, now: int = NOW) -> None:
        self.now = now
        self.asked = 0

    def __call__(self) -> int:
        self.asked += 1
        return self.now


def plan(text: str) -> Schedule:
    return api.load(text.encode())


def publish(
    schedule: Schedule, view: str = "all", previous: bytes | None = None, now: int = NOW
) -> Output:
    return export(schedule, schedule.timeline.views.get(view), Occasion(Clock(now), previous))


def feed(text: str, view: str = "all", previous: bytes | None = None, now: int = NOW) -> bytes:
    return publish(plan(text), view, previous, now).text.encode()


def unfolded(data: bytes) -> str:
    return data.decode().replace("\r\n", "\n").replace("\n ", "")


def entries(data: bytes) -> dict[str, list[str]]:
    """The unfolded lines of each VEVENT by its UID as written."""
    found = {}
    for block in unfolded(data).split("BEGIN:VEVENT\n")[1:]:
        lines = block.partition("\nEND:VEVENT\n")[0].split("\n")
        found[value(lines, "UID")] = lines
    return found


def value(lines: Iterable[str], name: str) -> str:
    """The value of the only line of that name."""
    (line,) = [line for line in lines if line.startswith((f"{name}:", f"{name};"))]
    return line.partition(":")[2]


def calendar(data: bytes) -> list[str]:
    """The unfolded lines of the calendar itself."""
    return unfolded(data).partition("\nBEGIN:V")[0].split("\n")[1:]


def toml(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {toml(v)}" for key, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def written(file: Mapping[str, Any]) -> str:
    """A file's tables as TOML: those of events and the like by id, sequences as an array."""
    lines = []
    for name, tables in file.items():
        if isinstance(tables, list):
            lines.append(f"{name} = {toml(tables)}")
    for name, tables in file.items():
        if name == "timeline":
            lines += ["[timeline]", *(f"{key} = {toml(v)}" for key, v in tables.items())]
        elif isinstance(tables, Mapping):
            for key, table in tables.items():
                lines += [f"[{name}.{key}]", *(f"{k} = {toml(v)}" for k, v in table.items())]
    return "\n".join(lines) + "\n"


# What makes a reader stumble: escapes, folds, structure, and letters of one to four octets.
HARD = (
    "C:\\New", "a\\nb", "a; b, c", "\\", "\\\\;", "END:VEVENT", "DTSTART:20250101", "é" * 40,
    "会談・東京、第一回", "👩‍👩‍👧 family", 'say "yes"', "a" * 73 + "\\" + "b" * 80, "100 %",
    "^'^n", "a:b=c", "\u202eright to left", "tab\there", "😀" * 30,
    "\ufffd\ufdd0-", "'single'", "\\N\\n", "x" * 200,
)  # fmt: skip
line = st.sampled_from(HARD) | st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp")), min_size=1, max_size=40
).filter(lambda text: text.strip() != "")
text = st.lists(line, max_size=4).map("\n".join) | st.just("one\r\ntwo\u2028three")

ZONES = ("UTC", "Asia/Tokyo", "America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Etc/GMT-9",
         "Africa/Casablanca", "America/Havana", "Australia/Lord_Howe")  # fmt: skip
FIRST_DAY = ordinal(2025, 10, 20)  # clocks go back in the weeks that follow


def _dates(number: int) -> st.SearchStrategy[dict[str, Any]]:
    """Date keys that allow a time near day `number` after the first, whatever lies before."""
    day = FIRST_DAY + 4 * number  # far enough apart for any two zones
    this, next_ = day_text(day), day_text(day + 1)
    clock = st.sampled_from(("00:00", "00:30", "02:30", "12:00", "23:59:59"))
    return st.one_of(
        st.just({}),
        st.just({"when": this}),
        st.just({"when": this, "throughout": True}),
        st.just({"when": f"{this}/{next_}"}),
        st.just({"when": f"[{this}..{next_}]"}),
        st.just({"when": this[:7] + "~"}),
        st.just({"start": this}),
        st.just({"start": this, "end": next_}),
        st.just({"latest": f"{next_}"}),
        st.just({"earliest": this, "latest": next_}),
        st.just({"when": f"[{this}T06:00..{this}T12:00?]"}),
        clock.map(lambda c: {"start": f"{this}T{c}Z", "duration": "25m..40m"}),
        clock.map(lambda c: {"when": f"{this}T{c}+09:00"}),
        clock.map(lambda c: {"when": f"{this}T{c}Z~", "duration": "30m"}),
        st.just({"when": f"{this}T13:00", "duration": "0s"}),
        st.just({"start": f"{this}T13:00", "end": f"{next_}T18:00"}),
        st.just({"start": f"{this}T13:00", "end": next_}),
        st.just({"accounts": [{"when": this, "source": "s"}, {"when": next_}]}),
    )


@st.composite
def files(draw: st.DrawFn, most: int = 7) -> dict[str, Any]:
    """A timeline that can be true: each event may only be after events that lie before it."""
    count = draw(st.integers(0, most))
    events: dict[str, dict[str, Any]] = {}
    for i in range(count):
        extra = draw(st.fixed_dictionaries({}, optional={
            "title": line, "description": text, "note": line, "timezone": st.sampled_from(ZONES),
            "place": line | st.just("p"), "who": st.lists(line | st.just("ann"), max_size=2),
            "tags": st.lists(line | st.just("t"), max_size=3), "source": st.just(["s"]),
            "url": st.sampled_from(("https://example.org/a?b=1,2;c", 'https://example.org/{"a"}|')),
            "status": st.sampled_from(("confirmed", "tentative", "cancelled")),
        }))  # fmt: skip
        earlier = draw(st.lists(st.sampled_from([*events, ""]), max_size=2, unique=True))
        after = [name for name in earlier if name]
        events[f"e{i}"] = {**draw(_dates(i)), **extra, **({"after": after} if after else {})}
    head = draw(st.fixed_dictionaries(
        {"id": st.just("t"), "timezone": st.sampled_from(ZONES)},
        optional={
            "title": line, "description": text, "url": st.just("https://example.org/"),
            "calendar": st.fixed_dictionaries({}, optional={
                "name": line, "colour": st.just("crimson"), "links": st.booleans(),
                "refresh": st.sampled_from(("12h", "1d", "3605s", "90m")),
                "longest_window": st.sampled_from(("31d", "1d", "1h")),
                "removed": st.sampled_from(("drop", "cancel")),
                "url": st.just("https://example.org/feeds/all.ics?key=1"),
            }),
        },
    ))  # fmt: skip
    return {
        "timeline": head,
        "places": {"p": {"name": draw(line), "geo": [35.68, -0.000001]}},
        "people": {"ann": {"name": draw(line), "role": draw(line)}},
        "tags": {"t": {"label": draw(line), "colour": "steelblue"}},
        "sources": {"s": {"title": draw(line), "url": "https://example.org/s"}},
        "views": {"v": {"title": draw(line), "tags": ["t"]}},
        "events": events,
    }
