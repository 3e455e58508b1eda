"""HTML that cannot be broken by what it holds: elements, and one small function for each slot.

What a file says comes from strangers. `text` fills the room between tags, `attribute` that between
quotes, `address` a link. `element` puts every plain text through them; what is already `Markup` it
takes as it is, and nothing else makes `Markup` of a text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING
from unicodedata import category

from timeline.exporters.entry_words import cut

if TYPE_CHECKING:
    from collections.abc import Iterable

UNTITLED = "(untitled)"
ADDRESS = 2_000
"""A longer address is no link: nobody wrote it by hand, and many statements may repeat it."""

# Gone: controls that are not white space; embeddings, overrides and isolates, which could turn round
# what we write beside a title (each title is isolated besides); U+FEFF.
_DROPPED = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
# What UTF-8 cannot hold, and the noncharacters, which HTML calls errors.
_NEVER = re.compile(
    "[\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17))
    + "]"
)
_BREAK = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_SPACE = re.compile("[ \t\n]+")
_PLAIN = re.compile("[ !#-%(-;=?-~]*").fullmatch  # nothing to clean, and nothing to escape
_SCHEME = re.compile("(?:https?|webcals?|mailto):", re.IGNORECASE | re.ASCII)
_VOID = frozenset(("link", "meta", "input", "br"))


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def clean(words: str) -> str:
    """What a reader is to see of a text: no controls and nothing that turns other text round; line
    breaks stay."""
    if words.isprintable():
        return words
    return _BREAK.sub("\n", _NEVER.sub("\ufffd", _DROPPED.sub("", words)))


def line(words: str) -> str:
    """What a reader is to see of a text that stands on one line; "(untitled)" where nothing of it can
    be seen."""
    if words.isprintable():  # so white space is spaces, and all else can be seen
        return " ".join(words.split()) or UNTITLED
    shown = _SPACE.sub(" ", clean(words)).strip()
    return shown if any(category(c) not in ("Cf", "Zs") for c in shown) else UNTITLED


def text(words: str) -> Markup:
    """A text between tags."""
    if _PLAIN(words):
        return Markup(words)
    return Markup(escape(clean(words), quote=False))


def attribute(value: str) -> Markup:
    """A text as the value of an attribute, between double quotes."""
    if _PLAIN(value):
        return Markup(value)
    return Markup(escape(clean(value), quote=True))


def address(url: str) -> str:
    """An address that a link may have, else "": one on the web, of a calendar or of mail, never one
    that is a script."""
    plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= ADDRESS
    return url if plain and _SCHEME.match(url) else ""


def element(tag: str, *children: str, **attributes: str | bool | None) -> Markup:
    """An element. Children that are not `Markup` are texts; an attribute that is None or False is left
    out, one that is True stands alone. Names are written `class_`, `aria_label`, `data_who`.

    >>> element("a", "<b>", href="#x", hidden=True)
    '<a href="#x" hidden>&lt;b&gt;</a>'
    """
    opened = begin(tag, **attributes)
    if tag in _VOID:
        return opened
    inner = "".join([child if isinstance(child, Markup) else text(child) for child in children])
    return Markup(f"{opened}{inner}</{tag}>")


def begin(tag: str, **attributes: str | bool | None) -> Markup:
    """The tag that an element begins with, its attributes as `element` takes them: for what is too
    large to be copied for each element around it."""
    opened = f"<{tag}"
    for name, value in attributes.items():
        if value is True:
            opened += f" {_written(name)}"
        elif value is not None and value is not False:
            opened += f' {_written(name)}="{attribute(value)}"'
    return Markup(f"{opened}>")


@lru_cache(maxsize=256)
def _written(name: str) -> str:
    """The name of an attribute, as HTML has it."""
    return name.rstrip("_").replace("_", "-")


def link(url: str, *children: str, **attributes: str | bool | None) -> Markup:
    """A link out of the page; where the address is not one to follow, what it would hold alone.

    Where it leads learns nothing of the page, and gains nothing by being named there.
    """
    if not address(url):
        return joined(children)
    rel = "noopener noreferrer nofollow"
    return element("a", *children, href=url, rel=rel, **attributes)


def isolated(words: str) -> Markup:
    """A name or a title among other words: its direction of writing stays its own."""
    return Markup(f"<bdi>{text(line(words))}</bdi>")


@lru_cache(maxsize=4096)
def named(words: str) -> Markup:
    """What also stands elsewhere, by its name: a person, a source, another event. A long one is cut:
    many events may name it, and a page grows with its file and not with its square."""
    return isolated(cut(line(words)))


def joined(parts: Iterable[str], between: str = "") -> Markup:
    """Parts one after another, those that are not `Markup` taken as texts."""
    return Markup(text(between).join([p if isinstance(p, Markup) else text(p) for p in parts]))
