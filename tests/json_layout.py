"""The layout of the JSON export, said once more and in another way: a line for each value of an event,
and for each of its relations, accounts and reasons."""

from __future__ import annotations

import json
from typing import Any

LISTS = ("relations", "accounts")


def _one(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def laid_event(event: dict[str, Any], indent: str = "") -> str:
    """An event that begins at an indentation."""
    parts = []
    for key, value in event.items():
        if key in LISTS and value:
            told = "[\n    " + ",\n    ".join(map(_one, value)) + "\n  ]"
        elif key == "because":
            ends = [
                f'{_one(end)}: {{\n      ' + ",\n      ".join(
                    f"{_one(side)}: {_one(reason)}" for side, reason in sides.items()
                ) + "\n    }"
                for end, sides in value.items()
            ]  # fmt: skip
            told = "{\n    " + ",\n    ".join(ends) + "\n  }"
        else:
            told = _one(value)
        parts.append(f"  {_one(key)}: {told}")
    return ("{\n" + ",\n".join(parts) + "\n}").replace("\n", f"\n{indent}")


def laid_out(data: dict[str, Any]) -> str:
    """A whole export."""
    told = json.dumps({**data, "events": []}, indent=2, ensure_ascii=False)
    if not data["events"]:
        return told + "\n"
    events = ",\n    ".join(laid_event(event, "    ") for event in data["events"])
    return told.removesuffix("[]\n}") + f"[\n    {events}\n  ]\n}}\n"
