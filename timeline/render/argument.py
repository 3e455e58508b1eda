"""A contradiction (TL401, TL402) told as one numbered argument: what is stated, line by line and
with its sources; what follows from it; and what would mend it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.duration import in_words
from timeline.render.excerpt import Mark, excerpt, gutter
from timeline.render.fit import shown, wrap
from timeline.render.paint import paint
from timeline.render.places import place, place_related
from timeline.width import width as columns_of

if TYPE_CHECKING:
    from timeline.diagnostics import Diagnostic
    from timeline.source import Document

_FIRST, _LAST = 16, 6  # statements that are shown of a longer argument


def argument(
    diagnostic: Diagnostic, document: Document, *, colour: bool, columns: int
) -> list[str]:
    """The lines below the headline of a contradiction."""
    told: list[dict[str, Any]] = (diagnostic.details or {})["statements"]
    spans = [place(diagnostic, document)]
    spans += [place_related(label, document) for label in diagnostic.related]
    paths = [diagnostic.path, *(label.path for label in diagnostic.related)]
    marks = [Mark(span, "", path) for span, path in zip(spans, paths, strict=True)]
    room = gutter(marks)
    out: list[str] = []
    for number in _numbers(len(told)):
        out.append("")
        if number is None:
            out.append(f"  … {len(told) - _FIRST - _LAST} more statements …")
            continue
        entry = told[number]
        lead = f"{number + 1:>3}. "
        for i, one in enumerate(wrap(shown(str(entry["message"])), columns, lead)):
            first = paint(one[: len(lead)], "bold", colour) if i == 0 else one[: len(lead)]
            out.append(first + paint(one[len(lead) :], "bold", colour))
        out += excerpt(document, [marks[number]], colour=colour, columns=columns, room=room,
                       lead=" " * len(lead), headers=False)  # fmt: skip
        out += cited(entry.get("sources", ()), columns, " " * len(lead), colour)
    out.append("")
    out += _emphasised(_conclusion(diagnostic), columns, colour)
    mends = [str(entry.get("mend", "")) for entry in told]
    if any(mends):
        enough = all(entry.get("enough", True) for entry in told)
        out += ["", *_mending(mends, _least(told), enough, columns)]
    return out


def cited(titles: Any, columns: int, indent: str, colour: bool) -> list[str]:
    """Who says so: `source: …`, or nothing where nobody is named."""
    names = [shown(str(title)) for title in titles]
    if not names:
        return []
    word = "source: " if len(names) == 1 else "sources: "
    lines = wrap(word + "; ".join(names), columns, indent, indent + "  ")
    return [paint(one, "faint", colour) for one in lines]


def conclusion(diagnostic: Diagnostic) -> str:
    """What a contradiction comes to, without the count of its statements: its verdict."""
    details = diagnostic.details or {}
    if details.get("verdict"):
        return str(details["verdict"])
    if details.get("kind") == "circle":
        return "in a circle"
    return f"{in_words(int(details.get('short_by', 0)))} short"


def headline(diagnostic: Diagnostic) -> str:
    """A contradiction's message without its verdict, which the argument ends with."""
    return diagnostic.message.removesuffix(": " + conclusion(diagnostic))


def _numbers(count: int) -> list[int | None]:
    if count <= _FIRST + _LAST + 1:
        return list(range(count))
    return [*range(_FIRST), None, *range(count - _LAST, count)]


def _conclusion(diagnostic: Diagnostic) -> str:
    told = conclusion(diagnostic)
    if told.startswith("in a circle"):
        return f"So they run {told}."
    if told.endswith(" short") and told[:1].isdigit():
        return f"So they cannot all be true: {told}."
    return f"So {told}."


def _emphasised(text: str, columns: int, colour: bool) -> list[str]:
    return ["  " + paint(one, "error", colour) for one in wrap(shown(text), columns - 2)]


def _least(told: list[dict[str, Any]]) -> set[int]:
    """Which of the mends are the smallest change, where they can be compared and differ."""
    sizes = {i: entry.get("change_seconds") for i, entry in enumerate(told)}
    known = [size for size in sizes.values() if size is not None]
    if len(known) < 2 or min(known) == max(known):
        return set()
    return {i for i, size in sizes.items() if size == min(known)}


def _mending(mends: list[str], least: set[int], enough: bool, columns: int) -> list[str]:
    if len(mends) == 1:
        choice = "To mend it:" if enough else "To mend it (more may clash then):"
    elif enough:
        choice = "To mend it, any one of these is enough (numbered as above):"
    else:
        choice = "To mend it, one of these (numbered as above; more may clash then):"
    out = wrap(choice, columns, "  ")
    digits = columns_of(str(len(mends)))
    for number in _numbers(len(mends)):
        if number is None:
            out.append("    …")
            continue
        text = shown(mends[number]) + (" — the least change" if number in least else "")
        out += wrap(text, columns, f"    {number + 1:>{digits}}. ")
    return out
