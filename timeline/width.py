"""Text on a terminal: how many columns it takes, and a form of it that can do no harm.

A file comes from strangers, and parts of it are printed. `visible` turns all that a terminal would
obey instead of show (controls, escape sequences, bidirectional overrides) and all that nobody can
see into escapes; `width` counts the columns of what is left, so that carets and columns line up.
"""

from __future__ import annotations

import unicodedata

_JOINER, _NON_JOINER = "\u200d", "\u200c"
_BLANK_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # letters and marks without ink
_EMOJI_BASES = "#*0123456789\u203c\u2049\u2139\u3030"  # no symbols, yet a selector makes them emoji
_SHORT = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}


def width(text: str) -> int:
    """Columns that `text` takes in a terminal; tabs are the caller's to expand beforehand.

    East Asian wide and full-width characters take two (UAX #11; ambiguous ones take one), combining
    and format characters none. An emoji sequence, joined or with a skin tone, takes two, as does a
    pair of regional indicators, and a symbol that a variation selector makes an emoji.
    """
    if text.isascii() and text.isprintable():
        return len(text)
    total = last = 0  # last: the columns of `before`, the character that marks attach to
    before = ""
    joined = False
    for char in text:
        columns = _columns(char)
        selected = char == "\ufe0f" and _takes_selector(before)
        toned = "\U0001f3fb" <= char <= "\U0001f3ff" and _is_picture(before)
        if selected or toned:
            total, last = total + 2 - last, 2
        elif char == _JOINER:
            joined = last == 2 and _is_picture(before)
        elif columns:
            if not (joined and _is_picture(char)):  # else one more part of the same picture
                total, last = total + columns, columns
            before, joined = char, False
    return total


def visible(text: str) -> str:
    r"""`text` as one line that is safe to print: what is unsafe or unseen becomes an escape.

    Escapes look as TOML writes them (`\u202e`, `\u001b`, `\n`); a lone surrogate too, so that the
    result can always be encoded. Joiners and variation selectors stay where they belong to what is
    seen: inside emoji sequences, after a virama and between Arabic letters (RFC 5892, A.1 and A.2),
    and as variants of Han characters. A backslash of the text stays as it is: this is for reading.
    """
    if text.isascii() and text.isprintable():
        return text
    shown = []
    before = ""  # the character before, if it is shown as itself
    for index, char in enumerate(text):
        if _is_safe(char, before, text[index + 1 : index + 2]):
            shown.append(char)
            before = char
        else:
            code = ord(char)
            long = f"\\U{code:08x}" if code > 0xFFFF else f"\\u{code:04x}"
            shown.append(_SHORT.get(char, long))
            before = ""
    return "".join(shown)


def _columns(char: str) -> int:
    code = ord(char)
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf", "Cc", "Cs", "Zl", "Zp"):
        return 0
    if 0x1160 <= code <= 0x11FF or 0xD7B0 <= code <= 0xD7FF:
        return 0  # medial and final letters of a Hangul syllable
    if category == "Cn":  # what Unicode gives later to blocks of emoji and of Han is wide
        return 2 if 0x1F000 <= code <= 0x1FAFF or 0x20000 <= code <= 0x3FFFD else 1
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def _is_safe(char: str, before: str, after: str) -> bool:
    if char in (_JOINER, _NON_JOINER):
        return _joins(char, before, after)
    if "\ufe00" <= char <= "\ufe0f":
        return char >= "\ufe0e" and _takes_selector(before)
    if "\U000e0000" <= char <= "\U000e0fff":
        return "\U000e0100" <= char <= "\U000e01ef" and _is_han(before)
    code = ord(char)
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF or 0xFFF0 <= code <= 0xFFF8:
        return False  # noncharacters, and unassigned ones that are ignored by default
    if char in _BLANK_LETTERS or "\u180b" <= char <= "\u180f":
        return False
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp") and code != 0x2065


def _joins(char: str, before: str, after: str) -> bool:
    if not before or not after:
        return False
    if unicodedata.combining(before) == 9:  # a virama
        return True
    if char == _NON_JOINER:
        return _is_arabic(before) and _is_arabic(after)
    return (before == "\ufe0f" or _is_picture(before)) and _is_picture(after)


def _is_arabic(char: str) -> bool:
    return unicodedata.bidirectional(char) == "AL" and char.isalpha()


def _is_picture(char: str) -> bool:
    """A symbol that emoji are made of, or an emoji newer than this Python; never a blank one."""
    category = unicodedata.category(char) if char else ""
    return (
        (category == "So" and char != "\u2800")
        or (category == "Sm" and char > "\x7f")
        or (category == "Cn" and _columns(char) == 2)
        or "\U0001f3fb" <= char <= "\U0001f3ff"
    )


def _takes_selector(before: str) -> bool:
    return before != "" and (_is_picture(before) or before in _EMOJI_BASES)


def _is_han(before: str) -> bool:
    return before != "" and unicodedata.name(before, "").startswith("CJK ")
