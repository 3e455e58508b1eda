"""Colour, by ANSI SGR sequences (ECMA-48 §8.3.117) and only where it is asked for.

No colour carries a meaning of its own: whatever it marks is also said in words or in signs.
"""

from __future__ import annotations

STYLES = {
    "bold": "1", "faint": "2", "struck": "9",
    "error": "1;31", "warning": "1;33", "advice": "1;36", "good": "1;32",
    "gutter": "34", "related": "34", "help": "36",
    "stated": "32", "narrowed": "36", "inferred": "33", "open": "35", "cancelled": "2;9",
}  # fmt: skip


def paint(text: str, style: str, colour: bool) -> str:
    """`text` in one of the `STYLES`; as it is where no colour is asked for, or it is blank."""
    if not colour or not text.strip():
        return text
    return f"\x1b[{STYLES[style]}m{text}\x1b[0m"
