"""The mark of one event on a time scale: its shape says what is known.

A diamond is an exact time, a full bar the stated days; a bar that fades to both sides is a window
within which the event lies, one that fades to a hard edge ends or begins there at the latest or
earliest; a dashed outline is a window that only the order gives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from timeline.exporters.picture_xml import escape, number, tag
from timeline.schedule import dated

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from timeline.exporters.picture_scale import Scale
    from timeline.exporters.picture_words import Told
    from timeline.schedule import Placed

OPEN_ROOM = 34.0
"""Pixels at an edge past which some window is open: there its mark fades out."""
COLOURS = {"stated": "#0b5ea8", "follows": "#b04a00", "cancelled": "#6b6b6b"}
_LEAST = 4.0  # pixels that a bar has at least
_AFTER = 18.0  # what is drawn of a time after the last one that is certain
_THIN = 5.0  # from one account's mark to the next


@frozen
class Chart:
    """Where marks stand: from `left` to `right`, `height` high, ids of gradients after `prefix`. What
    has no limit fades out over at most `reach` pixels."""

    scale: Scale | None
    left: float
    right: float
    height: float
    prefix: str
    reach: float = 1e9


@frozen(eq=False)
class Mark:
    """The pieces of a mark, each XML once it is told how far down the middle of the mark is; where it
    reaches, and what of the legend it uses. (Of many events most marks are only measured.)"""

    pieces: Sequence[Callable[[float], str]]
    left: float
    right: float
    kinds: frozenset[str]
    fades: frozenset[str] = field(default=frozenset())
    passable: bool = False  # it fades in from the edge: an arrow may pass there

    def drawn(self, y: float) -> str:
        """The mark as XML, its middle at `y`."""
        return "".join(piece(y) for piece in self.pieces)


class Pen:
    """Gathers the pieces of one mark; `hue` is one of COLOURS."""

    def __init__(self, chart: Chart, hue: str) -> None:
        self.chart, self.hue = chart, hue
        self.colour = COLOURS[hue]
        self.pieces: list[Callable[[float], str]] = []
        self.kinds: set[str] = set()
        self.fades: set[str] = set()
        self.left, self.right = chart.right, chart.left

    def reach(self, left: float, right: float) -> None:
        self.left, self.right = min(self.left, left), max(self.right, right)

    def bar(self, left: float, right: float, fade: str = "") -> None:
        """A bar with hard ends, or one that fades `in`, `out` or on `both` sides."""
        height = self.chart.height
        if right - left < _LEAST and not fade:
            left, right = (left + right - _LEAST) / 2, (left + right + _LEAST) / 2
        fill = self.colour
        if fade:
            name = f"{fade}-{self.hue}"
            self.fades.add(name)
            fill = f"url(#{self.chart.prefix}{name})"
        self.pieces.append(lambda y: tag(
            "rect", class_="fading" if fade else "solid", x=left, y=y - height / 2,
            width=right - left, height=height, fill=fill,
        ))  # fmt: skip
        self.reach(left, right)

    def edge(self, x: float) -> None:
        """A limit: the instant is known."""
        half = self.chart.height / 2
        self.pieces.append(lambda y: tag(
            "path", class_="edge", d=f"M{number(x)} {number(y - half)}v{number(2 * half)}",
            stroke=self.colour, stroke_width=1.6,
        ))  # fmt: skip
        self.reach(x, x)

    def outline(self, left: float, right: float, *, open_left: bool, open_right: bool) -> None:
        """A dashed outline: only the order says so. An open side has no edge."""
        half = self.chart.height / 2

        def path(y: float) -> str:
            a, b, t, u = map(number, (left, right, y - half, y + half))
            if open_left:
                return f"M{a} {t}H{b}M{a} {u}H{b}" if open_right else f"M{a} {t}H{b}V{u}H{a}"
            return f"M{b} {t}H{a}V{u}H{b}" + ("" if open_right else "z")

        self.pieces.append(lambda y: tag(
            "path", class_="outline", d=path(y), fill="none", stroke=self.colour,
            stroke_width=1.2, stroke_dasharray="4 2.5",
        ))  # fmt: skip
        self.kinds.add("inferred")

    def diamond(self, x: float) -> None:
        """An exact time."""
        half = self.chart.height * 0.58

        def path(y: float) -> str:
            n = number(half)
            return f"M{number(x - half)} {number(y)}l{n} -{n} {n} {n} -{n} {n}z"

        self.pieces.append(lambda y: tag("path", class_="solid point", d=path(y), fill=self.colour))
        self.kinds.add("moment")
        self.reach(x - half, x + half)

    def strike(self, left: float, right: float) -> None:
        """A line through it all: called off."""
        self.pieces.append(lambda y: tag(
            "path", class_="strike", d=f"M{number(left)} {number(y)}H{number(right)}",
            stroke=self.colour, stroke_width=1.6,
        ))  # fmt: skip
        self.kinds.add("cancelled")

    def account(self, left: float, right: float, number: int, told: Told) -> None:
        """The thin mark of an account that differs, the first of them numbered 0."""
        if right - left < _LEAST:
            left, right = (left + right - _LEAST) / 2, (left + right + _LEAST) / 2
        below = self.chart.height * 0.58
        self.pieces.append(lambda y: tag(
            "g",
            tag("title", escape(f"By one account: {_said(told)}")),
            tag("rect", x=left, y=y + below + 4 + _THIN * number - 1.25, width=right - left,
                height=2.5, fill=self.colour),
            class_="account",
        ))  # fmt: skip
        self.reach(left, right)
        self.kinds.add("accounts")


def hue(placed: Placed) -> str:
    """The colour of a mark: by its own date, by the order alone, or grey."""
    if placed.event.cancelled:
        return "cancelled"
    return "stated" if placed.basis in ("stated", "narrowed") else "follows"


def mark(placed: Placed, chart: Chart, accounts: Sequence[Told] = ()) -> Mark:
    """The mark of an event; below it a thin one for each account that differs."""
    pen = Pen(chart, hue(placed))
    if chart.scale is None:
        _open(pen, placed, None, None)
    else:
        _draw(pen, placed, chart.scale)
    kinds = pen.kinds
    if placed.event.cancelled:
        pen.strike(pen.left - 5, pen.right + 5)
    for name, told in (("approximate", placed.approximate), ("uncertain", placed.uncertain)):
        if told:
            kinds.add(name)
    if placed.event.status == "tentative":
        kinds.add("tentative")
    if accounts and chart.scale is not None:
        _accounts(pen, accounts, chart.scale)
    return Mark(pen.pieces, pen.left, pen.right, frozenset(kinds), frozenset(pen.fades),
                not kinds.isdisjoint(("deadline", "unbounded")))


def _draw(pen: Pen, placed: Placed, scale: Scale) -> None:
    start, end = placed.told
    low, high = start.earliest, end.latest
    sure = end.earliest
    if low is not None and start.exact and (high is None or (end.exact and high == low)):
        if sure is not None and scale.x(sure) - scale.x(low) > pen.chart.height:
            pen.bar(scale.x(low), scale.x(sure))
            pen.bar(scale.x(sure), min(scale.x(sure) + _AFTER, pen.chart.right), "out")
            pen.kinds.add("days")
        else:
            pen.diamond(scale.x(low))
    elif low is not None and high is not None:
        _bounded(pen, placed, scale, low, high)
    else:
        _open(pen, placed, None if low is None else scale.x(low), None if high is None else scale.x(high))
    begun = start.latest
    full = dated(placed) and low is not None and high is not None
    if begun is not None and sure is not None and begun < sure and not (start.exact or full):
        pen.bar(scale.x(begun), scale.x(sure))
        pen.kinds.add("certain")


def _bounded(pen: Pen, placed: Placed, scale: Scale, low: int, high: int) -> None:
    """A mark with a known limit on both sides."""
    left, right = scale.x(low), scale.x(high)
    start, end = placed.told
    exact = start.exact and end.exact
    if exact and right - left < pen.chart.height:
        pen.reach(left, right)
        pen.diamond((left + right) / 2)
    elif start.exact and not exact:
        sure = scale.x(end.earliest if end.earliest is not None else low)
        pen.bar(sure, right, "out")
        pen.edge(right)
        pen.kinds.add("window")
        if sure - left > pen.chart.height:
            pen.bar(left, sure)
            pen.kinds.add("certain")
        else:
            pen.diamond(left)
    elif exact or dated(placed):
        pen.bar(left, right)
        pen.kinds.add("days")
        if exact and not placed.event.throughout:
            pen.diamond(left)
    else:
        middle = (left + right) / 2
        if right - left < 3:  # too narrow to fade
            left, right = middle - 1.5, middle + 1.5
        pen.bar(left, right, "both")
        if placed.basis == "inferred":
            pen.outline(left, right, open_left=False, open_right=False)
        else:
            pen.edge(left)
            pen.edge(right)
        pen.kinds.add("window")


def _open(pen: Pen, placed: Placed, left: float | None, right: float | None) -> None:
    """A mark without a limit on one side or on both: it fades out there."""
    chart = pen.chart
    first = left if left is not None else chart.left
    last = right if right is not None else chart.right
    if left is None and right is not None:
        first = max(first, right - chart.reach)
    elif right is None and left is not None:
        last = min(last, left + chart.reach)
    if left is None and right is None:
        pen.bar(first, last, "faint")
        pen.kinds.add("unbounded")
    elif left is None:
        pen.bar(first, last, "in")
        pen.kinds.add("deadline")
    else:
        pen.bar(first, last, "out")
        pen.kinds.add("since")
        begun = placed.start.latest
        if chart.scale is not None and begun is not None and first < chart.scale.x(begun) < last:
            pen.edge(chart.scale.x(begun))  # it starts between the two
    if placed.basis == "open":
        pen.outline(first, last, open_left=left is None, open_right=right is None)
    if right is not None:
        pen.edge(right)
    if left is not None:
        pen.edge(left)


def _accounts(pen: Pen, accounts: Sequence[Told], scale: Scale) -> None:
    """A thin mark for each account, with its sources."""
    for place, told in enumerate(accounts):
        if told.ends is not None:
            known = [at for w in told.ends for at in (w.earliest, w.latest) if at is not None]
            if known:
                pen.account(scale.x(min(known)), scale.x(max(known)), place, told)


def _said(told: Told) -> str:
    return f"{told.words} ({told.sources})" if told.sources else told.words


def below(accounts: int) -> float:
    """How much room the thin marks of accounts take below the middle of a mark's foot."""
    return 4 + _THIN * accounts if accounts else 0.0
