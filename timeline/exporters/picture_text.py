"""Text in a picture that cannot ask how wide it is: widths by a table, and lines that fit.

An SVG has no line breaking, and whoever writes one does not know the reader's fonts. The widths are
those of Helvetica, Arial and their like (Adobe's Helvetica AFM), with a margin for wider ones such
as Noto Sans; those of other scripts are Noto's.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate, takewhile
from unicodedata import bidirectional, category, east_asian_width, normalize

MARGIN = 1.09
"""What a font may be wider than Helvetica: Noto Sans is by 8 %."""
BOLD = 1.09
"""What bold letters are wider than regular ones, at most."""

_HELVETICA = {
    **dict.fromkeys("ijl", 222), "'": 191, "|": 260, **dict.fromkeys(" !,./:;I[]\\ft", 278),
    **dict.fromkeys("()-`r{}", 334), '"': 355, "*": 389, "^": 469, **dict.fromkeys("Jcksvxyz", 500),
    **dict.fromkeys("#$?L_abdeghnopqu0123456789", 556), **dict.fromkeys("+<=>~", 584),
    **dict.fromkeys("FTZ", 611), **dict.fromkeys("&ABEKPSVXY", 667),
    **dict.fromkeys("CDHNRUw", 722), **dict.fromkeys("GOQ", 778), **dict.fromkeys("Mm", 833),
    "%": 889, "W": 944, "@": 1015, "–": 556, "—": 1000, "…": 1000, "·": 334, "“": 334, "”": 334,
    "‘": 222, "’": 222, "•": 350, "→": 1000, "−": 584,
}  # fmt: skip

# Scripts by the first letter of each block, up to the next, in thousandths of an em: of those that
# many write what a text takes on the average with something over, of the others the widest letter.
_BLOCKS = (
    (0x0000, 1000), (0x00A0, 800), (0x0180, 1150), (0x0250, 950), (0x0370, 640), (0x0400, 720),
    (0x0460, 1100), (0x0500, 1250), (0x0590, 680), (0x0600, 680), (0x0700, 1150), (0x0900, 760),
    (0x0980, 900), (0x0B80, 1200), (0x0C00, 1050), (0x0D00, 1200), (0x0E00, 700), (0x0E80, 950),
    (0x0F00, 1300), (0x1000, 1600), (0x10A0, 950), (0x1100, 1000), (0x1200, 1200), (0x13A0, 1150),
    (0x1400, 1450), (0x1780, 1350), (0x1E00, 1000), (0x1F00, 1200), (0x2000, 1000), (0x2100, 1260),
    (0x2E80, 1100), (0xA000, 1300), (0xAC00, 1050), (0xFB00, 1400), (0xFD00, 2100), (0xFE00, 1300),
    (0x10000, 1700), (0x11300, 2450), (0x11400, 1700), (0x12000, 3000), (0x13000, 1700),
    (0x1D400, 900), (0x1D800, 1700), (0x1F000, 1200), (0x20000, 1050),
)  # fmt: skip
_CAPITALS = 170  # what Greek and Cyrillic capitals take more
_WIDE = {
    **dict.fromkeys("ÆŒжмшщюфψω", 1.0), **dict.fromkeys("ЖМФШЩЫЮЉЊ", 1.1),
    **dict.fromkeys("\u0633\u0634\u0635\u0636\u0637\u0638\u0643\u06a9\u06af", 1.0),  # seen to gaf
    **dict.fromkeys("\u0906\u090b\u0911\u0912\u0913\u0914\u0915\u0916\u092b", 1.0),  # aa to pha
    **dict.fromkeys("\u0601\u0604\u102a\u0bcc", 2.3), "\u0bf5": 2.6, "\u2031": 1.4, "\u2e3a": 2.2,
    "\u2e3b": 3.2, "\ua9c3": 1.9, "\ufdfd": 11.0,
}  # fmt: skip
_ZWJ = "\u200d"
_INVISIBLE = "\u034f\u061c\u115f\u1160\u17b4\u17b5\u200b\u200c\u2060"


@lru_cache(maxsize=8192)
def ems(text: str, bold: bool = False) -> float:
    """How wide a text is at most, in ems, whatever sans serif shows it."""
    return sum(map(_cluster_ems, clusters(text))) * MARGIN * (BOLD if bold else 1.0)


@lru_cache(maxsize=8192)
def _cluster_ems(cluster: str) -> float:
    base = cluster[0]
    if len(cluster) == 1:
        return _char_ems(base) or 0.9 * (category(base) in ("Mn", "Me"))  # alone: on a dotted circle
    if base > "\U0001f000" or not {"\ufe0f", _ZWJ, "\u20e3"}.isdisjoint(cluster):
        return 1.2 + 0.4 * cluster.count(_ZWJ)  # most join what is joined; not all do
    return _char_ems(base) + sum(_mark_ems(base, mark) for mark in cluster[1:])


def _mark_ems(base: str, mark: str) -> float:
    """A mark: none of its own on a letter of its script; else it may stand on a dotted circle."""
    if category(mark) == "Mc":
        return 0.6
    if category(mark) not in ("Mn", "Me"):
        return _char_ems(mark)
    if mark < "\u0590" or "\ufe00" <= mark <= "\ufe0f" or mark > "\U000e0000":
        return 0.0
    return 0.12 if ord(mark) >> 7 == ord(base) >> 7 and category(base)[0] in "LM" else 0.9


@lru_cache(maxsize=8192)
def _char_ems(char: str) -> float:
    known = _HELVETICA.get(char)
    if known is not None:
        return known / 1000
    if char in _WIDE:
        return _WIDE[char]
    kind = category(char)
    if kind in ("Mn", "Me") or char in _INVISIBLE:
        return 0.0
    code = ord(char)
    if code < 0x0180 or 0x1E00 <= code < 0x1F00:
        base = normalize("NFD", char)[0]
        if base in _HELVETICA:
            return _HELVETICA[base] / 1000
    size = next(size for first, size in reversed(_BLOCKS) if code >= first)
    if kind == "Lu" and 0x0370 <= code < 0x0460:
        size += _CAPITALS
    return max(size / 1000, 1.0) if east_asian_width(char) in "WF" else size / 1000


@lru_cache(maxsize=4096)
def leading(text: str) -> float:
    """How high a line is, in ems: fonts for other scripts than Latin, Greek and Cyrillic stand
    taller."""
    high = 1.15
    if text.isascii():
        return high
    for char in text:
        if char >= "\u0590" and not "\u2000" <= char < "\u2e80":
            wide = east_asian_width(char) in "WF"
            high = max(high, 1.5 if wide or char >= "\U0001f000" else 1.85)
    return high


def clusters(text: str) -> list[str]:
    """What is never torn apart: a letter with its marks, an emoji sequence, a flag."""
    if text.isascii():
        return list(text)
    found: list[str] = []
    for char in text:
        before = found[-1] if found else ""
        if before and (char == _ZWJ or before[-1] == _ZWJ or _joins(before, char)):
            found[-1] += char
        else:
            found.append(char)
    return found


def _joins(before: str, char: str) -> bool:
    if "\U0001f1e6" <= char <= "\U0001f1ff":
        return len(before) == 1 and "\U0001f1e6" <= before <= "\U0001f1ff"
    return category(char)[0] == "M" or "\U0001f3fb" <= char <= "\U0001f3ff"


def right_to_left(text: str) -> bool:
    """Whether a line begins, for a reader, on the right: by its first letter (UAX #9, P2)."""
    for char in text:
        direction = bidirectional(char)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


_GOOD_LAST = "-‐–—/_.,:;@=&?+|"
_NEVER_FIRST = frozenset(
    "、。，．・：；！？）」』】〉》〕］｝’”…‥ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々〜,.:;!?)]}%"
)


def fit(text: str, room: float, size: float, bold: bool = False) -> str:
    """A text on one line of `room` pixels at `size`: cut with `…` where it is too long."""
    if ems(text, bold) * size <= room:
        return text
    limit = room / size / (MARGIN * (BOLD if bold else 1.0)) - _cluster_ems("…")
    parts = clusters(text)
    widths = accumulate(map(_cluster_ems, parts))
    count = sum(1 for _ in takewhile(lambda width: width <= limit, widths))
    return "".join(parts[:count]).rstrip() + "…"


def lines(text: str, room: float, size: float, most: int, bold: bool = False) -> list[str]:
    """A text on at most `most` lines of `room` pixels at `size`: broken at spaces, a longer word
    where it can be; what is left over is cut with `…`."""
    limit = room / size / (MARGIN * (BOLD if bold else 1.0))
    out = [""]
    width = 0.0
    for piece in _pieces(text, limit):
        wide = sum(map(_cluster_ems, clusters(piece.rstrip())))
        if out[-1] and width + wide > limit:
            if len(out) == most:
                rest = text[sum(map(len, out)) :]
                out[-1] = fit(out[-1] + rest, room, size, bold)
                return [line.strip() for line in out]
            out.append("")
            width = 0.0
        out[-1] += piece
        width += sum(map(_cluster_ems, clusters(piece)))
    return [line.strip() for line in out]


def _pieces(text: str, limit: float) -> list[str]:
    """Where a line may end: after a space, beside a wide sign, and inside a word wider than a line."""
    pieces: list[str] = []
    for word in re.findall(r"\S+\s*|\s+", text):
        if sum(map(_cluster_ems, clusters(word.rstrip()))) <= limit and not _has_wide(word):
            pieces.append(word)
            continue
        part, width = "", 0.0
        for cluster in clusters(word):
            wide = _cluster_ems(cluster)
            if part and (width + wide > limit or _parts(part, cluster, width > limit / 3)):
                pieces.append(part)
                part, width = "", 0.0
            part += cluster
            width += wide
        pieces.append(part)
    return pieces


def _parts(part: str, cluster: str, long: bool) -> bool:
    """Whether a word may be broken between its part so far and what follows."""
    if cluster in _NEVER_FIRST or cluster.isspace():
        return False
    if part[-1] in _GOOD_LAST:
        return long and cluster not in _GOOD_LAST
    return _is_wide(cluster) or _is_wide(part[-1])


def _has_wide(word: str) -> bool:
    return not word.isascii() and any(map(_is_wide, word))


def _is_wide(cluster: str) -> bool:
    return east_asian_width(cluster[0]) in "WF"
