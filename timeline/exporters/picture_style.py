"""How a picture looks: one style sheet for light, dark and paper, and the gradients of its marks.

Colours also stand as attributes on what they colour, for programs that read no style sheet. They
are apart for colour-blind eyes (blue, orange-brown, grey, each with a shape of its own), and text
has a contrast of 4.5 or more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.exporters.picture_marks import COLOURS
from timeline.exporters.picture_text import right_to_left
from timeline.exporters.picture_xml import escape, tag

if TYPE_CHECKING:
    from collections.abc import Iterable

FONTS = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'Noto Sans', sans-serif"

LIGHT = {
    "paper": "#ffffff", "ink": "#1a1a1a", "muted": "#565b61", "line": "#dfe2e5", "tick": "#9aa0a6",
    "fold": "#f1f2f4", "lane": "#eef1f4", "arrow": "#6f757b", **COLOURS,
}  # fmt: skip
DARK = {
    "paper": "#15181c", "ink": "#eceef0", "muted": "#a9b1b9", "line": "#2c3238", "tick": "#6b747d",
    "fold": "#1e2328", "lane": "#20262c", "arrow": "#949ca4", "stated": "#6cb3f2",
    "follows": "#f2a35e", "cancelled": "#9aa0a6",
}  # fmt: skip


def _rules(of: dict[str, str]) -> str:
    """The colours as rules."""
    rules = (
        f".paper{{fill:{of['paper']}}}text{{fill:{of['ink']}}}"
        f".muted{{fill:{of['muted']}}}.fold{{fill:{of['fold']}}}.lane{{fill:{of['lane']}}}"
        f".hair{{stroke:{of['line']}}}.tick,.axis{{stroke:{of['tick']}}}"
        f".order .line{{stroke:{of['arrow']}}}.order .head{{fill:{of['arrow']}}}"
        f".halo{{stroke:{of['paper']}}}"
    )
    for hue in COLOURS:
        rules += (
            f".{hue} .solid,.{hue} .account rect{{fill:{of[hue]};stroke:{of[hue]}}}"
            f".{hue} .edge,.{hue} .outline,.{hue} .strike{{stroke:{of[hue]}}}"
            f".stop-{hue}{{stop-color:{of[hue]}}}"
        )
    return _scoped(rules)


def _scoped(rules: str) -> str:
    """Rules for this picture alone, whatever else is on its page."""
    out = []
    for rule in rules.split("}"):
        if rule:
            selectors, _, body = rule.partition("{")
            scoped = ",".join(f"svg.timeline-picture {one}" for one in selectors.split(","))
            out.append(f"{scoped}{{{body}}}")
    return "".join(out)


def style() -> str:
    """The style sheet, one element. Dark follows the reader's setting; print is always light."""
    fixed = (
        f"text{{font-family:{FONTS}}}"
        ".strong{font-weight:600}.struck{text-decoration:line-through}"
        ".order .line{stroke-width:1.1}.follows.order .line{stroke-dasharray:3 2.5}"
        ".solid{stroke-width:0}"
        ".approximate .solid{fill-opacity:.3;stroke-width:1.5}"
        ".uncertain .solid{fill-opacity:.3;stroke-width:1.5;stroke-dasharray:1.5 1.8}"
        ".tentative .solid{fill-opacity:.12;stroke-width:1.5}"
    )
    own = "svg.timeline-picture{max-width:100%;height:auto}"
    dark = f"@media screen and (prefers-color-scheme:dark){{{_rules(DARK)}}}"
    printed = (
        "@media print{svg.timeline-picture{print-color-adjust:exact;"
        "-webkit-print-color-adjust:exact}}"
    )
    return tag("style", own + _scoped(fixed) + _rules(LIGHT) + dark + printed)


_STOPS = {
    "in": ((0, 0.0), (0.25, 0.12), (1, 0.85)),
    "out": ((0, 0.85), (0.75, 0.12), (1, 0.0)),
    "both": ((0, 0.1), (0.5, 0.8), (1, 0.1)),
    "faint": ((0, 0.0), (0.5, 0.3), (1, 0.0)),
}


def gradients(fades: Iterable[str], prefix: str) -> str:
    """The gradients that marks use, by names such as `both-stated`."""
    made = []
    for name in sorted(fades):
        shape, _, hue = name.partition("-")
        stops = [
            tag("stop", class_=f"stop-{hue}", offset=f"{at:g}", stop_color=COLOURS[hue],
                stop_opacity=f"{opacity:g}")
            for at, opacity in _STOPS[shape]
        ]  # fmt: skip
        made.append(tag("linearGradient", *stops, id=prefix + name))
    return tag("defs", *made) if made else ""


def text(x: float, y: float, words: str, size: float, kind: str = "") -> str:
    """A line of text that begins at `x`, whichever way it runs. `kind` is its classes."""
    muted = "muted" in kind.split()
    attributes: dict[str, str | float] = {
        "class_": kind, "x": x, "y": y, "font_size": size, "font_family": FONTS,
        "fill": LIGHT["muted" if muted else "ink"],
    }  # fmt: skip
    if "strong" in kind.split():
        attributes["font_weight"] = "600"
    if "struck" in kind.split():
        attributes["text_decoration"] = "line-through"
    if right_to_left(words):
        attributes |= {"direction": "rtl", "text_anchor": "end"}
    return tag("text", escape(words), **attributes)
