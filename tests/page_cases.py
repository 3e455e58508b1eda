"""Timelines for the page: one with any text in every place that takes one, one with many events."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from timeline.network import build
from timeline.reader import read
from timeline.schedule import Schedule, place
from timeline.solution import Solution
from timeline.solver import solve

MARKUP = (
    "<script>fired.push('ran')</script>", "</script><script>fired.push('ran')</script>", "-->", "<!--",
    "]]>", "</style>", "</title><b>", '" onmouseover="fired.push(1)', "' x='", "&amp; &lt;b&gt; &#x3c;",
    "<img src=x onerror=fired.push(1)>", "</bdi></a></li></ol>", "<svg/onload=fired.push(1)>", "`${1}`",
    "<a href=javascript:fired.push(1)>x</a>", "\u202eright to left", "\u2067\u2066", "高市首相", "حادثة",
    "👩‍🚀🇯🇵", "e\u0301", "10\u00a0%", "\U000e0041", "a  b", "\\", "%s {0} {x}", "\x01a\x02",
    "</details></summary>", "<plaintext>", "</template>", "<textarea>", "\ufffe",
)  # fmt: skip

WILD = st.sampled_from(MARKUP) | st.text(max_size=30)


def schedule_of(data: dict[str, Any]) -> Schedule | None:
    """The schedule of a file's plain data; None where the file may not hold it."""
    timeline, _ = read(data, "t.toml")
    if timeline is None:
        return None
    network = build(timeline)
    bounds = solve(network)
    assert bounds is not None
    return place(Solution(timeline, network, bounds))


def everywhere(text: str) -> dict[str, Any]:
    """A timeline with one text wherever a file takes a free one, and every kind of statement."""
    return {
        "timeline": {"id": "t", "title": text, "description": text, "organisation": text,
                     "timezone": "Asia/Tokyo", "url": "https://t.example/",
                     "calendar": {"name": text, "url": "https://t.example/feeds/all.ics"}},
        "sources": {"s": {"title": text, "url": "https://s.example/?a=1&b=2", "published": "2025-10"},
                    "u": {"title": text}},
        "people": {"p": {"name": text, "role": text, "url": "https://p.example/"}},
        "places": {"l": {"name": text, "timezone": "Asia/Seoul", "url": "https://l.example/"}},
        "tags": {"g": {"label": text, "colour": "crimson"}},
        "events": {
            "a": {"title": text, "description": text, "when": "2025-10-26", "who": ["p"], "place": "l",
                  "tags": ["g"], "source": ["s", "u"], "url": "https://a.example/"},
            "b": {"title": text, "status": "cancelled", "when": "2025-10-27T10:00~", "note": text},
            "c": {"title": text, "after": {"event": "a", "lag": "1h..2d", "source": "s", "note": text},
                  "before": "d"},
            "d": {"title": text, "duration": "30m",
                  "accounts": [{"when": "2025-10-28", "source": "s"},
                               {"when": "2025-10-30", "source": "u"}]},
            "e": {"title": text, "status": "tentative"},
        },
        "sequences": [{"title": text, "events": ["a", "d", "e"], "source": "s"}],
        "views": {"v": {"title": text, "events": ["c", "d"]}},
    }  # fmt: skip


def many(count: int) -> dict[str, Any]:
    """A story of many events: every fifth has a date, the others follow one another."""
    events: dict[str, Any] = {}
    for i in range(count):
        event: dict[str, Any] = {
            "title": f"Event {i}: the delegates meet", "who": [f"Person {i % 7}"],
            "place": f"Place {i % 5}", "tags": [f"tag {i % 3}"], "source": "s",
        }  # fmt: skip
        if i % 5 == 0:
            event["when"] = f"{2020 + i // 300}-{1 + i // 25 % 12:02}-{1 + i % 25:02}"
        if i:
            event["after"] = f"e{i - 1}"
        events[f"e{i}"] = event
    return {"timeline": {"id": "many", "timezone": "UTC"}, "sources": {"s": {"title": "The Gazette"}},
            "events": events}  # fmt: skip
