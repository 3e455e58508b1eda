"""What a text that is not TOML probably means to be: a sentence, a help, and the place of the slip.

tomli says where it stopped and what it expected there. A person wants to know what to change, which
is often elsewhere: at the quote that was never closed, at the date without its quotes, in the line
where the key stood before. Offsets are into the text; nothing here raises, whatever the text.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from itertools import takewhile

from timeline.scan import (
    DOT,
    KEY,
    PART,
    STRING,
    Node,
    Statement,
    after,
    elements,
    pattern,
    put,
    statements,
    tree,
)
from timeline.width import visible

Slip = tuple[str, str, int, int]  # message, help, and the offsets that it is about

_ASSIGNS = rf"{KEY}[ \t]*+="
_HEADER = rf"\[{{1,2}}+{KEY}\]{{1,2}}+[ \t]*+(?:[#\r\n]|\Z)"
_UTF8 = "save it as UTF-8"
_VALUE = 'after `=` comes a "text", a number, a date, true or false, a [list] or a {table}'
_NAMES = "a name with other signs than the letters a to z, digits, - and _ stands in quotes"
# What tomli said, what stands there, and what to say to a person; the first that fits.
_SLIPS = (
    ("", r"(<{7}|={7}|>{7}|\|{7})", "a merge left its conflict marker here",
     "keep one side and delete the marker lines"),
    ("Expected '='", r":", "`:` does not join a key and its value", 'write `key = "value"`'),
    ("Expected '='", r"[\r\n#}]|\Z", "a key stands here without a value",
     'write `key = "value"`, or # before a remark'),
    ("Expected '='", r"", "there is no `=` after the key",
     f'write `key = "value"`, or # before a remark; {_NAMES}'),
    ("Expected ']", r"[\]\r\n#]|\Z", "the header is not closed",
     "close `[` with `]`, and `[[` with `]]`"),
    ("Expected ']", r"", "this cannot stand in a header", _NAMES),
    ("Invalid statement", r"//|/\*|;|--|%", "a remark does not begin like this", "begin it with #"),
    ("Invalid statement", r"\w", "a key cannot be written like this without quotes", _NAMES),
    ("Invalid initial", r"\w", "a name cannot be written like this without quotes", _NAMES),
    ("Invalid initial", r"", "a name is missing here", _NAMES),
    ("Invalid statement", r"", "a line cannot begin like this",
     "a line is `key = value`, a [header], or a remark after #"),
    ("Expected newline", r"", "only a remark may follow on this line",
     "begin a new line, or a remark with #"),
)
_WORDS = {
    **dict.fromkeys(("true", "false"), "write it in small letters, true or false"),
    **dict.fromkeys(("yes", "on"), "write true"),
    **dict.fromkeys(("no", "off"), "write false"),
    **dict.fromkeys(("null", "none", "nil"), "leave the key out"),
}


def encoding(raw: bytes, at: int) -> tuple[str, str]:
    """Message and help for bytes that are no UTF-8 from `at` on."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "the file is UTF-16, not UTF-8", _UTF8
    message = f"the byte 0x{raw[at]:02X} is not UTF-8"
    following = raw[at + 1 : at + 2]
    if not following:
        return f"{message}: the file ends within a character", "see whether it was cut short"
    letter = raw[at : at + 1].decode("cp1252", "replace")
    if following < b"\x80" and letter.isprintable() and letter != "\ufffd":
        return f"{message}; in Latin-1 or Windows-1252 it is `{letter}`", _UTF8
    return f"{message}; the file has another encoding", _UTF8


def digits(text: str) -> Slip:
    """For an integer of more digits than Python reads."""
    tokens = rf"{STRING}|#[^\n]*+|(?<![\w.])([0-9][0-9_]*+)|\Z"
    longest = max(pattern(tokens).finditer(text), key=lambda found: len(found[1] or ""))
    message = f"a number of {len(longest[0]):,} digits is too large"
    return message, "put it in quotes if it is a text", *longest.span()


def nesting(text: str, limit: int) -> tuple[int, int]:
    """Where the first bracket or dotted key stands that makes more levels than `limit`."""
    chain = rf"(?:{PART}{DOT}){{{limit + 1}}}{PART}"
    tokens = rf"({chain})|([\[{{])|([\]}}])|{STRING}|#[^\n]*+|[\w-]++"
    depth = 0
    for found in pattern(tokens).finditer(text):
        depth += (found.lastindex == 2) - (found.lastindex == 3)
        if depth > limit or found[1]:
            return found.span()
    return 0, 0


def syntax(text: str, at: int, said: str) -> Slip:
    """For what tomli refused at the offset `at`, with what it `said`."""
    here = text[at : at + 1]
    found = list(takewhile(lambda statement: statement[0] <= at, statements(text)))
    *earlier, last = found or [(at, [], at, at, 0)]
    if said.startswith(("Cannot ", "Duplicate ")):
        return _repeated(text, at, earlier, last)
    if said.startswith(("Unescaped", "Invalid hex", "Escaped")):
        return _escape(text, at)
    if unicodedata.category(here or "x") == "Cc" and not pattern(r"[\t\n]|\r\n").match(text, at):
        return *_control(here), at, at + 1
    if said.startswith(("Unterminated", "Illegal", "Found", 'Expected "')):
        return _unclosed(text, at)
    if strange := _stranger(here):
        return *strange, at, at + 1
    of_value = said.startswith(("Invalid value", "Invalid date", "Unclosed", "Expected newline"))
    if of_value and not last[4] and (slip := _value(text, at, last[2])):
        return slip
    end = max(after(r"[^\s\[\]{},#=:]*+", text, at), at + (here not in ("", "\r", "\n")))
    for opening, follows, message, help in _SLIPS:
        if said.startswith(opening) and (match := pattern(follows).match(text, at)):
            return message, help, at, match.end(1) if match.lastindex else end
    return f"this is not TOML: {visible(said)}", "see toml.io for how it is written", at, end


def _control(char: str) -> tuple[str, str]:
    message = f"the control character U+{ord(char):04X} cannot stand in TOML"
    if char == "\0":
        return message, f"if the file was saved as UTF-16, {_UTF8}"
    if char == "\r":
        return f"{message} without a line feed", "save the file with the line endings LF or CRLF"
    return message, f"delete it, or write it within double quotes as \\u{ord(char):04x}"


def _stranger(char: str) -> tuple[str, str] | None:
    """For a character that looks like one of TOML's, or like nothing, and is another."""
    if char.isascii():
        return None
    name = f"(U+{ord(char):04X}, {unicodedata.name(char, 'without a name')})"
    if char in "“”„‟‘’‚‛«»‹›「」『』＂＇":
        return f"`{char}` {name} does not quote a text", 'write straight quotes, "…"'
    plain = unicodedata.normalize("NFKC", char)
    if unicodedata.category(char) in ("Cf", "Zs", "Zl", "Zp"):
        return f"an invisible character {name} stands here", "delete it, or type a plain space"
    if plain.isascii() and not plain.isalnum():
        return f"`{char}` {name} has no meaning in TOML", f"write `{plain}`"
    return None


def _escape(text: str, at: int) -> Slip:
    start = max(text.rfind("\\", 0, at), 0)
    begun = _shown(text[start : start + 2].strip())
    message = f"`{begun}` begins no escape that TOML knows"
    if begun in (r"\u", r"\U"):
        digits = 4 if begun == r"\u" else 8
        message = f"`{begun}` begins no escape here: {digits} hex digits of a character have to follow"
    help = r"write \\ for a backslash, or put the text between single quotes, where it is itself"
    return message, help, start, max(after(r"\\[^\s]?", text, start), start + 1)


def _unclosed(text: str, at: int) -> Slip:
    """For the first text that is still open at the end of its line, or at `at`."""
    first, token = next(
        (found.start(), found[0])
        for found in pattern(rf"{STRING}|#[^\n]*+").finditer(text)
        if found.end() >= at or re.fullmatch("'[^']*", found[0])  # the latter ended with its line
    )
    quote = token[0]
    if token.startswith(quote * 3):
        return "this text is never closed", f"close it with {quote * 3}", first, first + 3
    several = quote * 3
    help = f"end it with {quote}; a text of several lines stands between {several} and {several}"
    return "this text is not closed on its line", help, first, after(r"[^\r\n]*+", text, first)


def _repeated(text: str, at: int, earlier: list[Statement], last: Statement) -> Slip:
    """For a name that is taken, or a table that is complete: where it first stands."""
    start, parts, begin, end, brackets = last
    root, table = tree(earlier)
    node = root if brackets else table
    while end > at and not brackets:  # it is within the value, in braces: which ones?
        table = Node(None, (0, 0), "table")
        for names, first, stop in elements(text, begin):
            if stop >= at:
                break
            if names:
                put(table, names, first, stop)
        else:
            break
        node, parts, begin, end = table, names or parts, first, stop
    found, depth = node, 0
    for name, _, _ in parts:
        if found.kind == "tables":
            found = found.inner[len(found.inner) - 1]
        if name not in found.inner:
            break
        found, depth = found.inner[name], depth + 1
    row = text.count("\n", 0, (found.key or found.place)[0]) + 1
    name = _shown(parts[max(depth, 1) - 1][0])
    first, stop = parts[max(depth, 1) - 1][1:]
    if depth < len(parts):
        message = f"nothing can be added to `{name}` here: it stands in line {row}"
        return message, "write all of it in one place", first, stop
    if brackets:
        dotted = _shown(text[parts[0][1] : parts[-1][2]])
        message = f"the table [{dotted}] stands twice, first in line {row}"
        return message, "put all of it under one header, or rename one of the two", start, end
    message = f"the key `{name}` stands twice, first in line {row}"
    return message, "keep one of the two, or rename one", first, stop


def _value(text: str, at: int, begin: int) -> Slip | None:
    """For a value, or what follows it; `begin` is where the whole value of the key begins."""
    stack = _open(text, begin, at)
    if stack:
        return _listed(text, at, stack)
    raw = text[begin : after(r"[^#\n]*+", text, begin)].rstrip()
    if not raw:
        return "a value is missing here", _VALUE, at, at
    if raw[0] in "'\"":
        help = 'put a backslash before a " within a text'
        if raw[0] == "'":
            help = 'put a text with an apostrophe between double quotes, "…"'
        end = after(r"[^\r\n]*+", text, at)
        return "the text ends before this, and the line goes on", help, at, end
    if raw[0] in "[{" or (at > begin and pattern(_ASSIGNS).match(text, at)):
        return None
    return *_bare(raw, False), begin, begin + len(raw)


def _listed(text: str, at: int, stack: list[int]) -> Slip:
    """For a value, or what follows it, in brackets; the `stack` tells which are open."""
    first = stack[-1] + 1
    for _, start, _ in elements(text, stack[-1]):
        first = start if start <= at else first
    raw = text[first : after(r"[^,\]}#\n]*+", text, first)].rstrip()
    row = text.rfind("\n", 0, at) + 1
    header = pattern(_HEADER).match(text, row)
    outer = [offset for offset in stack if header and offset < row]
    unclosed = _open(text, stack[0], len(text))
    within = first <= at < first + len(raw) and raw[0] not in "'\"[{"
    if within and not pattern(_ASSIGNS).match(text, at) and not (outer and unclosed):
        return *_bare(raw, True), first, first + len(raw)
    if unclosed:
        first = (outer or stack)[-1]
        help = "close it with ]" if text[first] == "[" else "close it with }"
        return f"this `{text[first]}` is never closed", help, first, first + 1
    if not raw:
        return "a value is missing here", _VALUE, at, at + 1
    help = "put a comma between two values; `[` is closed by `]`, `{` by `}`"
    return "a comma or a closing bracket is missing here", help, at, at + 1


def _bare(raw: str, listed: bool) -> tuple[str, str]:
    """For a value without quotes that is no number, no date, true or false."""
    shown = _shown(raw)
    day = re.match(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9])", raw)
    if day or re.match(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}(?![0-9])", raw):
        written = _day(*(int(figure) for figure in day.groups())) if day else None
        if day and not written:
            return f"`{shown}` is no day of the calendar", "days look like 2025-01-07"
        if not raw.startswith(written or raw):
            return f"`{shown}` is not how TOML writes a day", f"write {written}"
        if not day:
            return f"`{shown}` is not how TOML writes a day", "put the year first, as in 2025-01-07"
        if re.match(r"[Tt ]\d", raw[10:]):
            times = "2025-01-07T18:30:00 or 2025-01-07T18:30:00+09:00"
            return f"`{shown}` is no date and time", f"write it like {times}"
    if raw.lower() in _WORDS:
        return f"`{shown}` is not a value in TOML", _WORDS[raw.lower()]
    if re.fullmatch(r"[+-]?0[0-9_]+", raw):
        return f"the number `{shown}` begins with 0", "leave the 0 out, or put it in quotes"
    plain = raw.strip("'\"")
    safe = len(shown) == len(raw) and not re.search(r"[\"\\]", plain)
    help = f'write "{visible(plain)}"' if safe else "put it between quotes"
    if listed and " " in raw:
        help += ", or a comma between two values"
    return f"`{shown}` has no quotes around it", help


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


_SEALED = rf"(?:[^\"'#\[\]{{}}]++|#[^\n]*+|{STRING})*"  # all that neither opens nor closes


def _open(text: str, start: int, end: int) -> list[int]:
    """Offsets of the brackets between `start` and `end` that are open at `end`."""
    stack: list[int] = []
    while (start := after(_SEALED, text, start, end)) < end:
        if text[start] in "[{":
            stack.append(start)
        else:
            del stack[-1:]
        start += 1
    return stack


def _shown(text: str) -> str:
    return visible(text if len(text) <= 60 else text[:59] + "…")
