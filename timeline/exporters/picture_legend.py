"""The legend of a picture: what its marks mean, those that occur."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.exporters.picture_marks import Chart, Pen
from timeline.exporters.picture_style import text
from timeline.exporters.picture_text import ems
from timeline.exporters.picture_xml import number, tag

if TYPE_CHECKING:
    from collections.abc import Set

SIZE = 11.0
_SAMPLE = 34.0
_LINE = 19.0
_WORDS = {
    "moment": "exact time",
    "days": "the time or days stated",
    "window": "some time within",
    "deadline": "by then at the latest",
    "since": "no earlier than this",
    "certain": "certainly under way",
    "unbounded": "no date known",
    "inferred": "placed by the order alone",
    "approximate": "approximate (~)",
    "uncertain": "uncertain (?)",
    "tentative": "tentative",
    "cancelled": "cancelled",
    "accounts": "accounts that differ",
    "stated order": "stated order",
    "order that follows": "order that follows from it",
    "fold": "time cut short",
    "counted": "so many more here",
}


def legend(
    kinds: Set[str], left: float, right: float, top: float, prefix: str
) -> tuple[str, float, set[str]]:
    """The legend as XML, its height, and the gradients that it uses."""
    out, fades = [], set()
    x, y = left, top + _LINE / 2
    for kind, words in _WORDS.items():
        if kind not in kinds:
            continue
        wide = _SAMPLE + 7 + ems(words) * SIZE
        if x > left and x + wide > right:
            x, y = left, y + _LINE
        drawn, used = _sample(kind, x, y, prefix)
        fades |= used
        out.append(drawn + text(x + _SAMPLE + 7, y + 4, words, SIZE, "muted"))
        x += wide + 14
    height = y + _LINE / 2 - top if out else 0.0
    return tag("g", *out, class_="legend") if out else "", height, fades


def _sample(kind: str, x: float, y: float, prefix: str) -> tuple[str, set[str]]:
    right = x + _SAMPLE
    hue = {"inferred": "follows", "unbounded": "follows", "cancelled": "cancelled"}.get(kind, "stated")
    pen = Pen(Chart(None, x, right, 10.0, prefix), hue)
    if kind in ("moment", "approximate", "uncertain"):
        pen.diamond(x + _SAMPLE / 2)
    elif kind in ("days", "tentative"):
        pen.bar(x, right)
    elif kind == "certain":
        pen.bar(x, right, "both")
        pen.bar(x + 11, right - 11)
    elif kind == "window":
        pen.bar(x, right, "both")
        pen.edge(x)
        pen.edge(right)
    elif kind == "deadline":
        pen.bar(x, right, "in")
        pen.edge(right)
    elif kind == "since":
        pen.bar(x, right, "out")
        pen.edge(x)
    elif kind == "unbounded":
        pen.bar(x, right, "faint")
        pen.outline(x, right, open_left=True, open_right=True)
    elif kind == "inferred":
        pen.bar(x, right, "both")
        pen.outline(x, right, open_left=False, open_right=False)
    elif kind == "cancelled":
        pen.bar(x + 5, right - 5)
        pen.strike(x, right)
    elif kind == "accounts":
        bars = (
            tag("rect", x=x + at, y=y + down, width=20, height=2.5, fill=pen.colour)
            for at, down in ((0, -4.25), (14, 0.75))
        )
        return tag("g", tag("g", *bars, class_="account"), class_=hue), set()
    elif kind == "fold":
        return fold(x + _SAMPLE / 2, y), set()
    elif kind == "counted":
        return text(x + 10, y + 4, "+12", 10, "muted strong"), set()
    else:
        head = tag("path", class_="head", d=f"M{number(right - 1)} {number(y)}l-6 -3.2v6.4z",
                   fill="#6f757b")  # fmt: skip
        line = tag("path", class_="line", d=f"M{number(x)} {number(y)}H{number(right - 6)}",
                   fill="none", stroke="#6f757b")  # fmt: skip
        follows = " follows" if kind != "stated order" else ""
        return tag("g", line, head, class_=f"order{follows}"), set()
    classes = f"{hue} {kind}" if kind in ("approximate", "uncertain", "tentative") else hue
    return tag("g", *(piece(y) for piece in pen.pieces), class_=classes), pen.fades


def fold(x: float, y: float) -> str:
    """The sign for time cut short, on the axis: two strokes and a gap between them."""
    a, b = number(x - 6.5), number(x + 0.5)
    gap = tag("path", class_="halo", d=f"M{number(x - 3)} {number(y)}h6", stroke="#ffffff",
              stroke_width=4.0)  # fmt: skip
    return gap + tag("path", class_="axis", d=f"M{a} {number(y + 5)}l6 -10M{b} {number(y + 5)}l6 -10",
                     fill="none", stroke="#9aa0a6", stroke_width=1.3)  # fmt: skip
