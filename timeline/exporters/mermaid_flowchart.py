"""A Mermaid `flowchart`: the order of the events, each arrow from the earlier to the later.

A solid arrow is stated, a dashed one follows from the dates alone; what follows from other arrows is
left out. A box's colour is its basis: stated, narrowed by the order, inferred, open; deadlines are
sand, cancelled events grey; a thick edge where the sources differ. Lines are broken here, since the
versions of Mermaid disagree on where.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from timeline.exporters import Output
from timeline.exporters.mermaid_days import days, only_year, split
from timeline.exporters.mermaid_lanes import lanes
from timeline.exporters.mermaid_order import arrows
from timeline.exporters.mermaid_style import (
    BLUE,
    BLUE_EDGE,
    GREY,
    INK,
    PALE,
    SAND,
    SAND_EDGE,
    STONE,
    STONE_EDGE,
    directive,
    lines,
)
from timeline.exporters.mermaid_text import (
    accessible_line,
    edge_label,
    flowchart_title,
    node_label,
    stacked,
    subgraph_label,
)
from timeline.exporters.mermaid_words import (
    CHARACTERS,
    chosen,
    dated,
    differs,
    heading,
    marks,
    numbered,
    titled,
    zone_row,
    zone_told,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from timeline.exporters import Look, Occasion
    from timeline.exporters.mermaid_order import Arrow, Junction
    from timeline.model import Timeline, View
    from timeline.schedule import Placed, Schedule

ARROWS = 500
"""So many arrows Mermaid draws; it refuses a diagram of more."""

_EVENTS = 40  # in one diagram
_LINE = 235  # pixels of a box's text, reckoned amply
_LETTERS = 16

_BASIS = {
    "stated": ("stated", f"fill:{BLUE},stroke:{BLUE_EDGE},color:{INK}"),
    "narrowed": ("date narrowed by the order", f"fill:{PALE},stroke:{BLUE_EDGE},color:{INK}"),
    "inferred": (
        "inferred from the order",
        f"fill:#ffffff,stroke:{BLUE_EDGE},color:{INK},stroke-dasharray:5 4",
    ),
    "undated": (
        "order only: one side open",
        f"fill:#ffffff,stroke:{STONE_EDGE},color:{INK},stroke-dasharray:2 4",
    ),
    "deadline": ("deadline", f"fill:{SAND},stroke:{SAND_EDGE},color:{INK}"),
    "tentative": (
        "tentative",
        f"fill:{BLUE},stroke:{BLUE_EDGE},color:{INK},stroke-dasharray:5 4",
    ),
    "cancelled": ("cancelled", f"fill:{STONE},stroke:{STONE_EDGE},color:{INK}"),
}
_ARROWS = {"stated": ("-->", "stated"), "dated": ("-.->", "by dates"), "within": ("--o", "within")}


def export(schedule: Schedule, view: View | None, occasion: Occasion) -> Output:
    """The order of the whole timeline or of a view; in parts where it is too much for one."""
    look, timeline = occasion.look, schedule.timeline
    shown = chosen(schedule, view, look)
    most = _EVENTS
    while True:
        runs = split(days(shown), most)
        parts = [shown[run.start : run.stop] for run in runs]
        orders = [arrows(schedule, part) for part in parts]
        texts = [
            _diagram(
                timeline, heading(timeline, view, look, numbered(n, len(parts))), look, part, *order
            )
            for n, (part, order) in enumerate(zip(parts, orders, strict=True), start=1)
        ]
        fits = all(len(text) <= CHARACTERS for text in texts)
        if fits and all(_count(*order) <= ARROWS for order in orders):
            break
        most = -(-most // 2)
    notes = []
    if len(parts) > 1:
        notes.append("arrows from one part to another are not drawn")
    return Output(texts[0].encode(), notes=tuple(notes), more=tuple(texts[1:]))


def _count(found: list[Arrow], junctions: list[Junction]) -> int:
    """How many arrows are drawn, those of the key among them."""
    through = sum(len(j.earlier) + len(j.later) for j in junctions)
    return len(found) + through + len(_BASIS) + len(_ARROWS)


def _diagram(timeline: Timeline, title: str, look: Look, shown: Sequence[Placed],
             found: list[Arrow], junctions: list[Junction]) -> str:  # fmt: skip
    count = f"{len(shown)} event{'s' * (len(shown) != 1)}"
    told = f"{count}; an arrow runs from the earlier to the later; times: {zone_told(shown, timeline)}"
    direction = look.direction or "TB"
    groups = lanes(shown, look.lanes) if look.lanes else {}
    out = [
        "---",
        f"title: {flowchart_title(title)}",
        "---",
        _directive(look.theme, max((len(_lane(name)) for name in groups), default=0)),
        f"flowchart {direction}",
        f"    accTitle: {accessible_line(title)}",
        f"    accDescr: {accessible_line(told)}",
    ]
    year = only_year(days(shown))
    kinds: dict[str, list[str]] = {}
    names = [f"e{i}" for i in range(1, len(shown) + 1)]
    boxes = []
    for name, p in zip(names, shown, strict=True):
        boxes.append(f'{name}["{_box(p, timeline, year)}"]')
        kinds.setdefault(_kind(p), []).append(name)
    if groups:
        for number, (lane, group) in enumerate(groups.items(), start=1):
            out += [f'    subgraph s{number}["{stacked(subgraph_label, _lane(lane))}"]']
            out += [f"        direction {direction}", *(f"        {boxes[i]}" for i in group)]
            out += ["    end"]
    else:
        out += [f"    {box}" for box in boxes]
    for arrow in found:
        sign = _ARROWS.get(arrow.kind, _ARROWS["stated"])[0]
        label = f'|"{edge_label(arrow.words)}"|' if arrow.words else ""
        out.append(f"    {names[arrow.tail]} {sign}{label} {names[arrow.head]}")
    for number, junction in enumerate(junctions, start=1):
        out.append(f'    j{number}(("#160;"))')
        earlier, later = (" & ".join(names[i] for i in of) for of in (junction.earlier, junction.later))
        out.append(f"    {earlier} -.- j{number} -.-> {later}")
    key, classes = _key(timeline, shown, list(kinds), {a.kind for a in found}, bool(junctions))
    out += key
    if found:  # else it is one tall box, and a gap as tall opens beside it
        out.append(f"    kz ~~~ {names[max(a.head for a in found)]}")
    for kind, members in kinds.items():
        out.append(f"    class {','.join([*members, classes[kind]])} {kind}")
    out += [f"    classDef {kind} {_BASIS[kind][1]}" for kind in kinds]
    torn = [name for name, p in zip(names, shown, strict=True) if differs(p, timeline)]
    if torn:
        out += ["    classDef differing stroke-width:4px", f"    class {','.join(torn)} differing"]
    out += [f"    classDef words fill:none,stroke:none,color:{INK}", "    class kz words"]
    if junctions:
        dots = ",".join(f"j{n}" for n in range(1, len(junctions) + 1))
        out += [f"    classDef junction fill:{GREY},stroke:{GREY}", f"    class {dots} junction"]
    return "\n".join(out) + "\n"


def _box(placed: Placed, timeline: Timeline, year: int | None) -> str:
    return _broken(node_label, dated(placed, timeline, year), titled(placed, timeline))


def _broken(slot: Callable[[str], str], *texts: str) -> str:
    return stacked(slot, [row for text in texts for row in lines(text, _LETTERS, _LINE)])


def _lane(name: str) -> list[str]:
    """A lane's name in at most two lines."""
    rows = lines(name, _LETTERS, _LINE)
    return rows if len(rows) < 3 else [rows[0], rows[1] + "…"]


def _kind(placed: Placed) -> str:
    if placed.event.status != "confirmed":
        return placed.event.status
    if placed.start.earliest is None and placed.told.end.latest is not None and placed.dates:
        return "deadline"
    return "undated" if placed.basis == "open" else placed.basis


def _key(timeline: Timeline, shown: Sequence[Placed], kinds: list[str], drawn: set[str],
         junctions: bool) -> tuple[list[str], dict[str, str]]:  # fmt: skip
    """The key, a column of boxes of its own; and which box stands for which kind. It says `direction`
    itself: it would lie flat and widen the picture."""
    present = [kind for kind in _BASIS if kind in kinds]
    names = {kind: f"k{i}" for i, kind in enumerate(present, start=1)}
    rows = [zone_row(shown, timeline, only_year(days(shown)))]
    rows += [
        f"{mark} {words}" for mark, words in marks(shown, timeline)
        if mark not in ("by …", "(inferred)", "(order only)")
    ]  # fmt: skip
    if junctions:
        rows.append("through a dot: all above it before all below")
    out = ['    subgraph k0["Key"]', "        direction TB"]
    text = _broken(node_label, *rows)
    chain = [(names[kind], _BASIS[kind][0]) for kind in present]
    out += [f'        {name}["{_broken(node_label, words)}"]' for name, words in chain]
    out.append(f'        kz["{text}"]')
    signs = [_ARROWS[kind] for kind in _ARROWS if kind in drawn]
    if "partly" in drawn and _ARROWS["stated"] not in signs:
        signs.insert(0, _ARROWS["stated"])
    stops = [*(name for name, _ in chain), "kz"]
    for i, (tail, head) in enumerate(pairwise(stops)):
        sign = f'{signs[i][0]}|"{edge_label(signs[i][1])}"|' if i < len(signs) else "~~~"
        out.append(f"        {tail} {sign} {head}")
    return [*out, "    end"], names


def _directive(theme: str, rows: int) -> str:
    """`rows` is how many lines the name of a lane takes: Mermaid leaves room for one, and none for the
    words on an arrow that leads to it."""
    layout = {
        "layout": "dagre", "htmlLabels": True,
        "flowchart": {
            "htmlLabels": True, "curve": "basis", "nodeSpacing": 30, "rankSpacing": 70 if rows else 40,
            "wrappingWidth": 260, "defaultRenderer": "dagre-wrapper",
            "subGraphTitleMargin": {"top": 0, "bottom": 24 * max(rows - 1, 0)},
        },
    }  # fmt: skip
    variables = {
        "fontSize": f"{_LETTERS}px", "textColor": GREY, "titleColor": INK, "lineColor": GREY,
        "primaryTextColor": INK, "edgeLabelBackground": "#f2f2f2", "clusterBkg": "#f2f2f2",
        "clusterBorder": STONE_EDGE,
    }  # fmt: skip
    css = (
        f".flowchartTitleText{{fill:{GREY} !important;font-size:18px}}"
        " .edge-pattern-dotted{stroke-dasharray:7 5 !important} .flowchart-link{stroke-width:1.5px}"
    )
    return directive(theme, layout, variables, css)
