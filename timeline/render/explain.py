"""What a rule means (`timeline explain TL203`): its Markdown, set for a terminal."""

from __future__ import annotations

from timeline.explanations import EXPLANATIONS
from timeline.render.fit import shown, wrap
from timeline.render.paint import paint
from timeline.rules import RULES

_GRADES = {
    "error": "an error: the check fails",
    "warning": "a warning: the check fails with --strict",
    "advice": "an advice: the check does not fail",
}


def explain(code: str, *, colour: bool, width: int) -> str:
    """A rule's code, name, severity, summary and explanation, with a file that breaks it and one
    that keeps it. Raises KeyError for an unknown code.

    Paragraphs and list entries are wrapped to `width`; what stands in a fence or is indented by
    four blanks is an example, and stays as it is written.
    """
    rule, told = RULES[code], EXPLANATIONS[code]
    out = [paint(f"{rule.code} {rule.name}", rule.severity, colour)]
    out += wrap(_GRADES[rule.severity], width)
    out += ["", *wrap(f"{rule.summary[:1].upper()}{rule.summary[1:]}.", width)]
    out += ["", *_set(told.why, colour, width)]
    for heading, example in (("Broken by:", told.bad), ("Kept by:", told.good)):
        if example:
            out += ["", paint(heading, "bold", colour), "", *_example(example, colour)]
    return "\n".join([*out, ""])


def _example(text: str, colour: bool) -> list[str]:
    lines = text.strip("\n").split("\n")
    return [paint("    " + shown(line), "help", colour) if line.strip() else "" for line in lines]


def _set(markdown: str, colour: bool, columns: int) -> list[str]:
    out: list[str] = []
    paragraph: list[str] = []
    fenced = False

    def flush() -> None:
        if paragraph:
            out.extend(_paragraph(paragraph, columns))
            paragraph.clear()

    for line in markdown.strip("\n").split("\n"):
        bare = line.strip()
        if bare.startswith("```"):
            flush()
            fenced = not fenced
        elif fenced or (line.startswith("    ") and not paragraph):
            out += _example(line if fenced else line[4:], colour)
        elif not bare:
            flush()
            if out and out[-1]:
                out.append("")
        elif bare.startswith("#"):
            flush()
            out.append(paint(bare.lstrip("# "), "bold", colour))
        elif bare.startswith(("- ", "* ")):
            flush()
            paragraph.append("- " + bare[2:])
        else:
            paragraph.append(bare)
    flush()
    return out


def _paragraph(lines: list[str], columns: int) -> list[str]:
    text = shown(" ".join(lines))
    if text.startswith("- "):
        return wrap(text[2:], columns, "  - ")
    return wrap(text, columns)
