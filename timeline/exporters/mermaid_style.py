"""How a diagram looks: the directive at its head, which every Mermaid from 10.9 to 12.3 reads alike.

With the theme `base` the colours are ours: boxes with a fill of their own and dark letters, and what
stands outside boxes in a grey that reads on white and on a dark page (a picture cannot tell which it
is on). Mermaid's own themes are taken as they are.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

INK = "#111111"
GREY = "#7a7a7a"
BLUE, BLUE_EDGE = "#a9c8e6", "#3f6f9f"
PALE = "#e4eef8"
SAND, SAND_EDGE = "#e6d3a3", "#9f7f2f"
STONE, STONE_EDGE = "#d0d0d0", "#8a8a8a"


def directive(theme: str, layout: dict[str, Any], variables: dict[str, Any], css: str) -> str:
    """The first line of a diagram. `variables` and `css` are left out for a theme of Mermaid's."""
    head: dict[str, Any] = {"theme": theme, "look": "classic", **layout}
    if theme == "base":
        head |= {"themeCSS": css, "themeVariables": variables}
    return "%%{init: " + json.dumps(head) + "}%%"


_EMS = {
    **dict.fromkeys("ijl'|", 0.28),
    **dict.fromkeys("frtI.,:;!()[]{}/-· ", 0.38),
    **dict.fromkeys("mwMW@%", 0.95),
}


def width(text: str, pixels: float) -> float:
    """About how wide a text is in letters of a size, rather too much than too little, whatever the
    page's font."""
    ems = 0.0
    for char in text:
        ems += _ems(char)
    return ems * pixels


@lru_cache(maxsize=8192)
def _ems(char: str) -> float:
    from unicodedata import category, east_asian_width

    if category(char) in ("Mn", "Me", "Cf"):
        return 0.0
    if east_asian_width(char) in "WF" or char >= "\U0001f000":
        return 1.15
    return _EMS.get(char) or (0.74 if char.isupper() else 0.61)


def lines(text: str, pixels: float, room: float) -> list[str]:
    """A text in lines that each fit a room; words too wide for one are broken."""
    rows = [""]
    for word in text.split(" "):
        joined = f"{rows[-1]} {word}" if rows[-1] else word
        if width(joined, pixels) <= room or not width(word, pixels):
            rows[-1] = joined  # (no row of signs that nobody sees)
            continue
        if rows[-1]:
            rows.append("")
        for char in word:
            if rows[-1] and width(rows[-1] + char, pixels) > room and not _joins(rows[-1], char):
                rows.append("")
            rows[-1] += char
    return rows


def _joins(row: str, char: str) -> bool:
    """Whether a sign belongs to the one before it."""
    from unicodedata import category

    flags = "\U0001f1e6" <= char <= "\U0001f1ff" and "\U0001f1e6" <= row[-1] <= "\U0001f1ff"
    toned = "\U0001f3fb" <= char <= "\U0001f3ff" or "\u200d" in (char, row[-1])
    return flags or toned or category(char)[0] == "M"
