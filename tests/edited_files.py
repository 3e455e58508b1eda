"""Files that are edited at random: what an event tells may hang on any other table."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

Edit = tuple[str, str, Any]
"""A table, a key of it, and its new value, None for none."""
NAMES = [f"e{i}" for i in range(7)]
HEAD: dict[str, list[str]] = {
    "timeline": ['timezone = "Asia/Tokyo"', 'title = "A story"', 'timezone = "UTC"',
                 'calendar = {url = "https://t.example/all.ics"}'],
    "sources.s": ['title = "One"', 'title = "Another"', 'url = "https://s.example/"'],
    "people.p": ['name = "P"', 'role = "Minister"', 'name = "Q"'],
    "views.v": ['title = "V"\ntags = ["x"]', 'title = "V"\nwho = ["p"]', 'title = "W"\ntags = ["x"]'],
}  # fmt: skip
HEAD_LINES = {"timeline": 'id = "t"', "sources.s": "", "people.p": 'name = "P"', "views.v": ""}
FIELDS: dict[str, list[Any]] = {
    "title": ["One", "Two", "<b>", "高市首相"],
    "when": ["2025-10-26", "2025-10-27T18:30", "2025-10~", "2025-10?", "2025-10",
             "2025-10-28/2025-10-29", "2025-10-20"],
    "duration": ["30m", "1h..2d"],
    "description": ["Told", "Told again"],
    "timezone": ["Europe/Berlin"],
    "status": ["cancelled", "tentative"],
    "source": ["s"],
    "who": [["p"], ["Somebody"]],
    "tags": [["x"], ["y"]],
    "place": ["Here", "There"],
    "after": [],  # those before it
}


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    """One edit: of an event, mostly."""
    table = draw(st.sampled_from([*NAMES, *NAMES, *NAMES, "sequence", *HEAD]))
    if table in HEAD:
        return table, "", draw(st.sampled_from(HEAD[table]))
    if table == "sequence":
        return table, "", draw(st.sampled_from([None, NAMES[:3], NAMES[2:6]]))
    key = draw(st.sampled_from(["", "title", "when", "tags", "tags", "who", "who", *FIELDS]))
    if key == "":  # the event itself goes or comes
        return table, key, None
    earlier = [[name] for name in NAMES[: NAMES.index(table)]]
    return table, key, draw(st.sampled_from([None, *FIELDS[key], *(earlier if key == "after" else [])]))


class File:
    """A file as tables, to be edited."""

    def __init__(self) -> None:
        self.head = {table: "\n".join([HEAD_LINES[table], lines[0]]) for table, lines in HEAD.items()}
        self.head["people.p"] = 'name = "P"\nrole = "Minister"'
        self.events: dict[str, dict[str, Any]] = {
            name: {"title": f"Event {name}"} for name in NAMES
        }
        for i, name in enumerate(NAMES[1:], 1):
            self.events[name]["after"] = NAMES[i - 1 : i]
        self.events["e0"] |= {"when": "2025-10-20", "who": ["p"], "tags": ["x"]}
        self.events["e3"] |= {"when": "2025-10-25", "who": ["p"], "tags": ["x"], "source": ["s"]}
        self.events["e5"] |= {"who": ["p"], "tags": ["y"]}
        self.sequence: list[str] | None = None

    def edit(self, table: str, key: str, value: Any) -> None:
        if table == "sequence":
            self.sequence = value
        elif table in HEAD:
            line = HEAD_LINES[table]
            self.head[table] = value if value.split()[0] in line else f"{line}\n{value}"
            if table == "sources.s" and "title" not in value:
                self.head[table] += '\ntitle = "One"'
            if table == "timeline" and "timezone" not in value:
                self.head[table] += '\ntimezone = "Asia/Tokyo"'
        elif key == "":
            if self.events.pop(table, None) is None:
                self.events[table] = {"title": "It is back"}
        elif table in self.events:
            self.events[table].pop(key, None)
            if value is not None:
                self.events[table][key] = value

    def text(self) -> bytes:
        parts = [f"[{table}]\n{lines}\n" for table, lines in self.head.items()]
        if self.sequence is not None:
            parts.insert(0, f"sequences = [{{events = {json.dumps(self.sequence)}}}]\n")
        for name, event in self.events.items():
            parts.append(f"[events.{name}]\n")
            parts += [f"{key} = {json.dumps(value)}\n" for key, value in event.items()]
        return "".join(parts).encode()
