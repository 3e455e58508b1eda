"""Text fitted to a terminal's columns: safe to print, cut, wrapped; all by display width."""

from __future__ import annotations

from bisect import bisect_right

from timeline.width import visible, width
from timeline.words import MONTHS

_LEAST = 8  # columns beside the indentation that a line takes, however narrow the terminal
LONGEST = 2_000  # code points of a single text that are shown at most
_NO_START = (  # JIS X 4051, and its Latin fellows
    "、。，．・：；？！ー」』）】〉》〕｝”’…々ぁぃぅぇぉっゃゅょァィゥェォッャュョ\"')]},.;:!?"
)
_NO_END = "「『（【〈《〔｛“‘\"'([{`"
_COUNTED = frozenset((*MONTHS, "day", "days", "h", "min", "s", "%"))
_SEAMS = ("..", "/", ",", ";", "&", "?", "=")  # where a long word of symbols comes apart


def shown(text: str) -> str:
    """`text` as one line that is safe to print, an immoderate one cut."""
    return visible(text if len(text) <= LONGEST else text[:LONGEST] + "…")


def head(text: str, columns: int) -> str:
    """As much of the beginning of a printable text as fits into so many columns."""
    if columns <= 0:
        return ""
    if text.isascii():
        return text[:columns]
    kept = bisect_right(range(len(text) + 1), columns, key=lambda i: width(text[:i])) - 1
    return text[:kept].rstrip("\u200d\u200c")


def tail(text: str, columns: int) -> str:
    """As much of the end of a printable text as fits into so many columns."""
    if columns <= 0:
        return ""
    if text.isascii():
        return text[-columns:]
    size = len(text)
    kept = bisect_right(range(size + 1), columns, key=lambda i: width(text[size - i :])) - 1
    return _without_marks(text[size - kept :])


def _without_marks(text: str) -> str:
    """A text without the marks at its beginning, whose letter stands elsewhere."""
    start = 0
    while start < len(text) and width(text[start]) == 0:
        start += 1
    return text[start:]


def cut(text: str, columns: int) -> str:
    """A printable text in no more than so many columns, an ellipsis in place of the rest."""
    return text if width(text) <= columns else head(text, columns - 1) + "…" * (columns > 0)


def pad(text: str, columns: int) -> str:
    """A printable text filled up with blanks to so many columns."""
    return text + " " * (columns - width(text))


def wrap(text: str, columns: int, first: str = "", rest: str | None = None) -> list[str]:
    """A printable text as lines of at most so many columns, the first and the others indented.

    Lines break at blanks, between East Asian wide characters, and within a word only where that is
    too long for a whole line. A number stays with its unit, a day with its month and year. `rest`
    is blanks as wide as `first` unless it is given.
    """
    rest = " " * width(first) if rest is None else rest
    columns = max(columns, width(first) + _LEAST, width(rest) + _LEAST)
    lines: list[str] = []
    line, used = first, width(first)
    empty = True  # nothing but the indentation stands in the line
    for word in _words(text):
        size = width(word)
        gap = 0 if empty else 1
        while used + gap + size > columns:
            part = _break(word, columns - used - gap, whole=empty)
            if part:
                lines.append(line + " " * gap + part)
                word = _without_marks(word[len(part) :].lstrip(" "))
                size = width(word)
            else:
                lines.append(line)
            line, used, empty, gap = rest, width(rest), True, 0
        line, used, empty = line + " " * gap + word, used + gap + size, False
    return [one.rstrip() for one in [*lines, line]]


def _words(text: str) -> list[str]:
    """What no line is broken within: words, and numbers with what they count."""
    words: list[str] = []
    last = ""
    for word in text.split(" "):
        bare = word.rstrip(",.;:)")
        if (last[-1:].isdigit() and bare in _COUNTED) or (last in MONTHS and bare.isdigit()):
            words[-1] += " " + word
        else:
            words.append(word)
        last = word
    return words


def joined(facts: list[str], columns: int, indent: str = "") -> list[str]:
    """Facts set apart by dots; a line ends between two of them where that is possible."""
    lines = [facts[0]]
    for fact in facts[1:]:
        if width(indent) + width(lines[-1]) + 3 + width(fact) <= columns:
            lines[-1] += f" · {fact}"
        else:
            lines.append(fact)
    return [one for line in lines for one in wrap(line, columns, indent)]


def _break(word: str, room: int, whole: bool) -> str:
    """The part of a word that may stay on a line with so much room; all that fits, if `whole`."""
    part = head(word, room)
    if word.isascii():
        seam = max((at + len(s) for s in _SEAMS if (at := part.rfind(s)) >= 0), default=0)
        return "" if not whole else part[:seam] if seam > room // 2 else part
    for i in range(len(part), 0, -1):
        if _may_part(word[i - 1], word[i]):
            return word[:i]
    return part if whole else ""


def _may_part(before: str, after: str) -> bool:
    """Whether a line may end between two characters: at a wide one, but not within a picture, nor
    where a mark of punctuation would be left alone."""
    if before == "\u200d" or "\U0001f3fb" <= after <= "\U0001f3ff" or width(after) == 0:
        return False
    if width(before) < 2 and width(after) < 2:
        return False
    return after not in _NO_START and before not in _NO_END
