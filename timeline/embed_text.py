"""What stands between the markers of a document: a diagram as a block, a list or a table of the
events, in Markdown and in reStructuredText.

Titles come from strangers: none may close a fence or a comment, begin a block, or be markup. In
Markdown all that any dialect obeys is written as a character reference, which each of them decodes
(a backslash before it is not known to all); in reStructuredText it takes a backslash.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.exporters.mermaid_text import clean
from timeline.exporters.mermaid_words import titled
from timeline.words import zone_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from timeline.schedule import Placed, Schedule

_BASIS = {"stated": "stated", "narrowed": "narrowed", "inferred": "inferred", "open": "order only"}

# A colon that is neither in a time of day nor before a space may make an address, a role, an emoji.
_COLON = r"(?<!\d):(?=\S|\Z)|:(?!\d|\s)"
_MARKDOWN = re.compile(r"[\\`*_\[\]<>&|~$^={}]|(?<=\S)@|(?<=www)\.|" + _COLON, re.IGNORECASE)
_RST = re.compile(r"[\\`*_|<>]|(?<=\S)@|" + _COLON)


def markdown(text: str) -> str:
    """A text within a line of Markdown: it shows as itself (controls gone, see `clean`)."""
    return _MARKDOWN.sub(lambda found: f"&#{ord(found[0])};", clean(text))


def rst(text: str) -> str:
    """A text within a line of reStructuredText, or as a block of its own."""
    escaped = _RST.sub(r"\\\g<0>", clean(text))
    return f"\\ {escaped}"  # an empty escape: what begins with it begins no block


def fence(diagram: str) -> list[str]:
    """A diagram as a fenced block of Markdown."""
    runs = [len(run) for run in re.findall("`+", diagram)]
    ticks = "`" * max([3, *(run + 1 for run in runs)])
    return [f"{ticks}mermaid", *diagram.rstrip("\n").split("\n"), ticks]


def directive(diagram: str) -> list[str]:
    """A diagram as the directive of Sphinx's Mermaid extension."""
    rows = diagram.rstrip("\n").split("\n")
    return [".. mermaid::", "", *(f"   {row}" if row else "" for row in rows)]


def bullets(schedule: Schedule, placed: Sequence[Placed], escape: Callable[[str], str]) -> list[str]:
    """The events as a list: date, title, basis. The same in both markups."""
    strong = "**"
    rows = []
    for p in placed:
        when, title, basis = _told(schedule, p)
        date = escape(when).removeprefix("\\ ")
        name = escape(title).removeprefix("\\ ")
        rows.append(f"- {strong}{date}{strong} – {name} – {basis}")
    return [*rows, "", _zone(schedule, placed, escape)]


def markdown_table(schedule: Schedule, placed: Sequence[Placed]) -> list[str]:
    """The events as a table of Markdown."""
    rows = ["| date | event | basis |", "| --- | --- | --- |"]
    for p in placed:
        when, title, basis = _told(schedule, p)
        rows.append(f"| {markdown(when)} | {markdown(title)} | {basis} |")
    return [*rows, "", _zone(schedule, placed, markdown)]


def rst_table(schedule: Schedule, placed: Sequence[Placed]) -> list[str]:
    """The events as a list-table."""
    rows = [".. list-table::", "   :header-rows: 1", "", "   * - date", "     - event", "     - basis"]
    for p in placed:
        when, title, basis = _told(schedule, p)
        rows += [f"   * - {rst(when)}", f"     - {rst(title)}", f"     - {basis}"]
    return [*rows, "", _zone(schedule, placed, rst)]


def _told(schedule: Schedule, placed: Placed) -> tuple[str, str, str]:
    elsewhere = ":" in placed.label and placed.event.zone != schedule.timeline.zone
    when = f"{placed.label} ({placed.event.zone})" if elsewhere else placed.label
    return when, titled(placed, schedule.timeline, basis=False), _BASIS[placed.basis]


def _zone(schedule: Schedule, placed: Sequence[Placed], escape: Callable[[str], str]) -> str:
    known = (at for p in placed for at in (p.start.earliest, p.told.end.latest) if at is not None)
    zone = zone_words(next(known, None), schedule.timeline.tz)
    told = escape(zone).removeprefix("\\ ")
    return f"Times in {told}, unless another zone is named."
