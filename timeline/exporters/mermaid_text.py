"""Text for each slot of a Mermaid diagram: any title shows as itself, and none becomes syntax.

One function a slot, from what a person wrote to what stands in the source. A reader of the picture
sees the *clean* text: control characters and bidirectional overrides gone, every run of white space
one space, an empty text "(untitled)", U+FFFD for what XML cannot hold.

Mermaid turns `#NN;` (decimal) into a character after it has parsed and measured the source. So an
escape is safe in every slot, but counts as seven letters where a `timeline` or `gantt` is laid out,
and reads badly: each slot escapes no more than what would be misread there. Written after the lexer
rules of Mermaid 10.9 to 12.3; proven by reading back and by rendering (tests/test_mermaid_text.py).
"""

from __future__ import annotations

import re
from itertools import accumulate
from math import ceil
from typing import TYPE_CHECKING
from unicodedata import category, east_asian_width

from attrs import evolve, frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

UNTITLED = "(untitled)"

# Gone: C0 and C1 controls that are not white space; embeddings, overrides and isolates, which would
# turn round what we write beside a title; U+FEFF, white space to JavaScript alone.
_DROPPED = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_SPACE = re.compile(r"\s+")
# Mermaid's own stand-ins for `&` and `;`, which it looks for in the finished picture, so that no
# escape hides them in a flowchart: an invisible word joiner parts them.
_STAND_INS = re.compile("ﬂ(?=°)|¶(?=ß)")


def clean(text: str) -> str:
    """The text as a reader is to see it in any slot: one line, nothing that XML cannot hold."""
    if text.isprintable():  # so white space is spaces, and all else can be seen
        shown = " ".join(text.split()) or UNTITLED
        return shown if shown.isascii() else _STAND_INS.sub("\\g<0>\u2060", shown)
    shown = _NOT_XML.sub("\ufffd", _DROPPED.sub("", text))
    shown = _STAND_INS.sub("\\g<0>\u2060", _SPACE.sub(" ", shown).strip())
    return shown if any(category(c) not in ("Cf", "Zs") for c in shown) else UNTITLED


def _escape(*risky: str) -> Callable[[str], str]:
    pattern = re.compile("|".join(risky), re.IGNORECASE | re.ASCII)
    return lambda text: pattern.sub(lambda found: f"#{ord(found[0])};", clean(text))


# What would be read as markup (also a `<br>` that is not ours), as configuration, as an escape.
_EVERYWHERE = r"<|%(?=%\{)"
_ENTITY = r"#(?=\w+;)"
# Mermaid takes a semicolon away after `style …:…#…;`, to mend CSS: our escapes' own.
_CSS = r"s(?=tyle.*:)|c(?=lassdef.*:)"

# --- timeline: 10.9 ends a text at any of `#:;`, later versions at `: ` --------------------------

timeline_title = _escape(_EVERYWHERE, _CSS, "[#;]")
"""After `title `."""

timeline_section = _escape(_EVERYWHERE, "[#:;]")
"""After `section `. Two sections of one name would each draw the periods of both."""

timeline_event = _escape(_EVERYWHERE, "[#:;]")
"""After ` : `, with its spaces."""

timeline_period = _escape(
    _EVERYWHERE,
    "[#:;]",
    r"\A%|(?<=\A.)%(?=%)",
    r"\A(?=(?:timeline|title|section|acctitle|accdescr)\b).",
)
"""First on its line, before ` : `: there a keyword is one, and `%` or `x%%` begins a comment."""

# --- gantt ---------------------------------------------------------------------------------------

gantt_title = _escape(_EVERYWHERE, _CSS, _ENTITY)
"""After `title `."""

gantt_section = _escape(_EVERYWHERE, _CSS, _ENTITY)
"""After `section `. Sections of one name run together, and digits alone are put first."""

_GANTT_WORDS = (
    r"gantt|title|section|acctitle|accdescr|accdescription|dateformat|axisformat|tickinterval"
    r"|inclusiveenddates|topaxis|todaymarker|includes|excludes|weekday|weekend|click|call|href"
)
gantt_task = _escape(
    _EVERYWHERE, _ENTITY, ":", r"\A%|(?<=\A.)%", rf"\A(?=(?:{_GANTT_WORDS})\b).", r"\A\d(?=\d{3}-)"
)
"""First on its line, before ` :e1, start, end`: a keyword, a date or `x%` would be read as one."""

# --- gantt and flowchart: what a screen reader says of the picture -------------------------------

# The lexer of flowcharts takes this wherever it stands in a line, quoted or not.
_DIRECTION = r"d(?=irection (?:tb|bt|rl|lr|td))"

accessible_line = _escape(_EVERYWHERE, _CSS, _ENTITY, _DIRECTION)
"""After `accTitle: ` and `accDescr: `. (A timeline takes both and shows neither.)"""

# --- flowchart: labels in quotes; shown as HTML, up to 11.12 through Markdown --------------------
# (of which 11.4 and its like draw links, lists and quotations as "Unsupported markdown").

_LABEL = (
    _EVERYWHERE,
    _CSS,
    _ENTITY,
    _DIRECTION,
    r"[\"`\\*~\[\]]|\$(?=\$)|(?<!\w)_|_(?!\w)|&(?=[a-z#])",
    r":(?=//|fa-)|(?<=www)\.|@(?=\w)",  # what links itself, and the icons of Font Awesome
    r"\A>|\A[-+#](?=[-+#]*(?: |\Z))|\A\d(?=\d*[.)](?: |\Z))",  # what begins a block
)
node_label = _escape(*_LABEL)
"""Between the quotes of `e1["…"]`; like the other labels, right where `htmlLabels` is true."""

subgraph_label = _escape(*_LABEL)
"""Between the quotes of `subgraph s1["…"]`."""

edge_label = _escape(*_LABEL)
"""Between the quotes of `e1 -->|"…"| e2`."""


def flowchart_title(text: str) -> str:
    """After `title: ` in the front matter, the one place where a flowchart has a title.

    With its quotes. Front matter decodes no `#NN;`, yet the title loses its markup: what passes is
    YAML's quoting, and for `<` Mermaid's stand-in itself.
    """
    quoted = clean(text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + quoted.replace("<", "ﬂ°°60¶ß") + '"'


_ACROSS = re.compile(_CSS, re.IGNORECASE)


def stacked(slot: Callable[[str], str], rows: Sequence[str]) -> str:
    """A text in rows, for the labels of a flowchart and the sections of a gantt: each begins like a
    text of its own, yet all stand on one line of the source, where `style` may be in one row and the
    colon that makes it dangerous in another."""
    joined = "<br>".join(slot(row) for row in rows)
    return _ACROSS.sub(lambda found: f"#{ord(found[0])};", joined)


# --- places to break a line of a timeline --------------------------------------------------------

# A hair space: JavaScript counts it as white space, Mermaid drops it where it breaks a line, and
# since `clean` leaves none in a title, whoever reads a source back can take ours out again. Not
# `<br>`: a page that calls `mermaid.run` makes it `<br/>`, which a timeline shows as it stands.
BREAK = "\u200a"

# In ems of 16 px. A node of a timeline is 190 px wide, its text is broken where it can be at 150: a
# word of 10.2 em stays inside, also in a font a sixth wider than Arial; two pieces of half of it
# cannot share a line, also in a narrower one.
_ROOM = 10.2
_EMS = {
    **dict.fromkeys("ijl'|", 0.22),
    **dict.fromkeys("frtI.,:;!()[]{}/-·", 0.3),
    **dict.fromkeys("mwMW@%", 0.85),
}

_NEVER_FIRST = frozenset(
    "、。，．・：；！？）」』】〉》〕］｝’”…‥ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々〜～,.:;!?)]}%"
)
_NEVER_LAST = frozenset("（「『【〈《〔［｛‘“([{#")
_GOOD_LAST = frozenset("-‐–—/_.,:;@=&?+")
_ZWJ = "\u200d"


@frozen
class _Cluster:
    """What is never torn apart: how it is written, the signs it shows, its width in ems."""

    source: str
    shown: str
    ems: float


def wrap(slot: Callable[[str], str], text: str) -> str:
    """`slot(text)`, a slot of the timeline, with places to break words wider than their box.

    Mermaid breaks at white space alone, so that an address, a long name or a sentence in Chinese or
    Japanese sticks out. Pieces are of like width, and each too wide to share a line with the next.
    """
    return " ".join(BREAK.join(_pieces(word)) for word in slot(text).split(" "))


def _pieces(word: str) -> list[str]:
    clusters = _clusters(word)
    ends = list(accumulate(cluster.ems for cluster in clusters))
    pieces, start, done = [], 0, 0.0
    while ends and ends[-1] - done > _ROOM:
        cut = _cut(clusters, ends, start, done)
        pieces.append("".join(cluster.source for cluster in clusters[start:cut]))
        start, done = cut, ends[cut - 1]
    return [*pieces, "".join(cluster.source for cluster in clusters[start:])]


def _cut(clusters: list[_Cluster], ends: list[float], start: int, done: float) -> int:
    """Where the piece that begins at `start` best ends, between half the room and the room.

    After a hyphen or the like, or between two signs of which one is wide; among equals, nearest to
    pieces of one width.
    """
    left = ends[-1] - done
    aim = done + left / ceil(left / _ROOM)

    def rank(cut: int) -> tuple[int, float]:
        last, following = clusters[cut - 1].shown, clusters[cut].shown
        if following[0] in _NEVER_FIRST or last[-1] in _NEVER_LAST:
            kind = 2
        else:
            kind = int(not (last[-1] in _GOOD_LAST or _is_wide(last[0]) or _is_wide(following[0])))
        return kind, abs(ends[cut - 1] - aim)

    cuts = []
    for cut in range(start + 1, len(clusters)):
        if ends[cut - 1] - done > _ROOM:
            break
        if ends[cut - 1] - done >= _ROOM / 2:
            cuts.append(cut)
    return min(cuts, key=rank)


def _clusters(word: str) -> list[_Cluster]:
    clusters: list[_Cluster] = []
    for atom in re.finditer("#([0-9]+);|.", word):
        char = chr(int(atom[1])) if atom[1] else atom[0]
        before = clusters[-1] if clusters else None
        if before and (char == _ZWJ or before.shown[-1] == _ZWJ or _joins(before.shown, char)):
            source, shown = before.source + atom[0], before.shown + char
            clusters[-1] = evolve(before, source=source, shown=shown)
        else:
            clusters.append(_Cluster(atom[0], char, _ems(char)))
    return clusters


def _joins(shown: str, char: str) -> bool:
    """Whether `char` is a combining mark, a skin tone, or the second letter of a flag."""
    if "\U0001f1e6" <= char <= "\U0001f1ff":
        return len(shown) == 1 and "\U0001f1e6" <= shown <= "\U0001f1ff"
    return category(char)[0] == "M" or "\U0001f3fb" <= char <= "\U0001f3ff"


def _is_wide(char: str) -> bool:
    return east_asian_width(char) in "WF" or "\U0001f1e6" <= char <= "\U0001f1ff"


def _ems(char: str) -> float:
    if _is_wide(char):
        return 1.0
    return _EMS.get(char) or (0.68 if char.isupper() else 0.55)
