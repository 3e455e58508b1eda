"""The solved timeline for a terminal: every event in order, its window, its basis and a bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.civil import offset_at
from timeline.render.axis import axis, scale
from timeline.render.bar import LEFT, OPEN, RIGHT, SHADED, SOLID, bar
from timeline.render.fit import cut, joined, pad, shown, wrap
from timeline.render.paint import paint
from timeline.words import zone_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from timeline.model import View
    from timeline.render.axis import Axis
    from timeline.schedule import Placed, Schedule

_WIDEST = 132  # columns that are used at most
_BESIDE = 72  # columns from which the bars have room beside the words
_LEAST = 24  # columns below which a bar says nothing
_ROWS = 3  # rows of a title at most
_REPEATED = 12  # events from which the axis is drawn below them too

BASIS_WORDS = {
    "stated": "by its own date alone",
    "narrowed": "its own date, made tighter by the order",
    "inferred": "no date of its own; the order places it",
    "open": "no date of its own, and no bound on at least one side",
}


def show(schedule: Schedule, view: View | None = None, *, colour: bool, width: int) -> str:
    """The events of a view (all without one), in order.

    Times are in each event's zone: the heading names the timeline's, a row names its own where that
    is another. Bars stand on one axis, which shortens empty stretches; below 72 columns each has a
    line of its own, and below 24 there are none.
    """
    columns = min(width, _WIDEST)
    placed = schedule.select(view)
    out = _heading(schedule, view, placed, colour, columns)
    if not placed:
        return "\n".join([*out, "", *wrap("No event is shown.", columns), ""])
    beside = columns >= _BESIDE
    digits = len(str(len(placed)))
    indent = digits + 2
    room = columns * 2 // 5 if beside else columns - indent
    line = axis(placed, room) if room >= _LEAST else None
    if line is None:
        beside = False
    words = columns - room - 2 if beside else columns
    at = words + 2 if beside else indent
    marks = [] if line is None else scale(line, placed, schedule.timeline.tz)
    if marks:
        out += ["", *(" " * at + row for row in marks)]
    for number, one in enumerate(placed, 1):
        if not beside:
            out.append("")
        rows = _words(schedule, one, f"{number:>{digits}}. ", words, colour)
        if line is not None:
            drawn = paint(bar(line, one), _style(one), colour)
            if beside:
                plain, painted = rows[0]
                rows[0] = (plain, painted + pad(plain, at)[len(plain) :] + drawn)
            else:
                rows.append(("", " " * at + drawn))
        out += [painted.rstrip() for _, painted in rows]
    if marks and len(placed) >= _REPEATED:
        out += [""] * (not beside)
        out += [" " * at + row for row in [marks[-1].replace("┬", "┴"), *marks[-2::-1]]]
    out += ["", *_legend(placed, line, colour, columns)]
    return "\n".join([*out, ""])


def _heading(schedule: Schedule, view: View | None, placed: Sequence[Placed], colour: bool,
             columns: int) -> list[str]:  # fmt: skip
    timeline = schedule.timeline
    title = timeline.title or timeline.id
    out = [paint(one, "bold", colour) for one in _titled(title, columns)]
    count = len(schedule.events)
    told = "1 event" if count == 1 else f"{count:,} events"
    if view is not None:
        out += [paint(one, "bold", colour) for one in _titled(view.title, columns)]
        told = f"{len(placed):,} of {told}"
    others = any(one.event.zone != timeline.zone for one in placed)
    if placed:
        told += f" in order; times in {shared_zone(placed, timeline.zone, timeline.tz)}"
    return out + wrap(told + ", unless a row names another zone" * others, columns)


def shared_zone(placed: Sequence[Placed], name: str, tz: ZoneInfo) -> str:
    """The timeline's zone, with its offset where that is one for all that is shown in it."""
    times = [t for one in placed if one.event.zone == name for t in _bounds(one)]
    offsets = {offset_at(t, tz) for t in times}
    return zone_words(times[0], tz) if len(offsets) == 1 else name


def _bounds(placed: Placed) -> list[int]:
    windows = placed.told
    return [t for w in windows for t in (w.earliest, w.latest) if t is not None]


def _words(schedule: Schedule, placed: Placed, lead: str, columns: int, colour: bool
           ) -> list[tuple[str, str]]:  # fmt: skip
    """The title, and below it what is known: rows as they are, and painted."""
    event = placed.event
    rows = []
    style = "cancelled" if event.cancelled else "bold"
    for plain in _titled(event.title, columns, lead):
        number = paint(plain[: len(lead)], "faint", colour)
        rows.append((plain, number + paint(plain[len(lead) :], style, colour)))
    facts = [placed.label, placed.basis]
    if event.status != "confirmed":
        facts.insert(0, event.status.upper())
    if event.zone != schedule.timeline.zone:
        times = _bounds(placed)
        facts.append(zone_words(times[0], event.tz) if times else event.zone)
    indent = " " * len(lead)
    for plain in joined(facts, columns, indent):
        text = plain.replace(f" {placed.basis}", " " + paint(placed.basis, placed.basis, colour), 1)
        rows.append((plain, text))
    return rows


def _titled(title: str, columns: int, lead: str = "") -> list[str]:
    """A title in a few rows at most."""
    rows = wrap(shown(title), columns, lead)
    if len(rows) > _ROWS:
        rows[_ROWS - 1 :] = [cut(f"{rows[_ROWS - 1]} …", columns)]
    return rows


def _style(placed: Placed) -> str:
    return "faint" if placed.event.cancelled else placed.basis


def _legend(placed: Sequence[Placed], line: Axis | None, colour: bool, columns: int) -> list[str]:
    """What the words and the signs mean, those that were used."""
    out = []
    for basis, words in BASIS_WORDS.items():
        if any(one.basis == basis for one in placed):
            lead = pad(basis, 10)
            rows = wrap(words, columns, lead)
            out.append(paint(basis, basis, colour) + rows[0][len(basis) :])
            out += rows[1:]
    if line is None:
        return out
    drawn = "".join(bar(line, one) for one in placed)
    signs = (
        (SOLID, SOLID * 3, "its date, or when it is certainly under way"),
        (SHADED, SHADED * 3, "some time in this window"),
        (OPEN, LEFT + OPEN + RIGHT, "nothing bounds it on this side"),
        ("┄", "┄┄┄", "time shortened: the axis is not to scale"),
    )
    drawn += scale(line, placed, placed[0].event.tz)[-1].replace("─", "")
    for sign, shape, words in signs:
        if sign in drawn:
            out += wrap(words, columns, pad(shape, 10))
    return out
