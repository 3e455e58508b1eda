"""Random TOML documents in random style, with the data that they say: a Hypothesis strategy."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from random import Random
from typing import Any

import tomli
from hypothesis import strategies as st

try:
    tomli.loads("a = {\n}")
    MODERN = True  # tomli reads TOML 1.1
except tomli.TOMLDecodeError:
    MODERN = False

# Texts that look like structure, so that a scan that loses its way is noticed.
_NASTY = ("#", '"', "'", '"""', "'''", "]", "[", "}", "{", "= ", ",", "\\", "\n", "\r", "\t", " ",
          ".", "[x]", "a = 1", "日本", "é", "\u2028", "\u0085", "\ufeff", "\x1b", "👩‍👧", "x", "-")
_texts = st.lists(st.sampled_from(_NASTY), max_size=6).map("".join)
_keys = st.one_of(st.sampled_from(("a", "b", "c", "a-1", "2025", "x_y")), _texts)
_offsets = [timezone(timedelta(hours=hours)) for hours in (9, -3.5)]
_zones: Any = st.sampled_from((None, UTC, *_offsets))
_scalars = st.one_of(
    _texts,
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(date(1, 1, 1)),
    st.times().map(lambda t: t.replace(fold=0)),
    st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=_zones).map(
        lambda moment: moment.replace(fold=0)
    ),
)
_values = st.recursive(
    _scalars,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(_keys, below, max_size=4),
    max_leaves=12,
)
_tables = st.dictionaries(_keys, _values, max_size=6)


class _Writer:
    """Writes data as TOML; every choice of style is random."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.newlines = self.one(("\n",), ("\r\n",), ("\n", "\r\n"))

    def one(self, *choices: Any) -> Any:
        return self.random.choice(choices)

    def shuffled(self, things: list[Any]) -> list[Any]:
        return self.random.sample(things, len(things))

    def newline(self) -> str:
        return str(self.one(*self.newlines))

    def space(self) -> str:
        return str(self.one("", "", " ", "\t", "  "))

    def comment(self) -> str:
        return str(self.one("", "", "# [x] = \"''' {", "#", "# ends } ] ''' é日\t"))

    def gap(self, modern: bool = False) -> str:
        """What may stand between the pieces of an array, or (in TOML 1.1) of an inline table."""
        if modern and not MODERN:
            return self.space()
        parts = [self.space()]
        for _ in range(self.one(0, 0, 0, 1, 2)):
            parts += [self.comment(), self.newline(), self.space()]
        return "".join(parts)

    def key(self, name: str) -> str:
        styles = ["basic"]
        if re.fullmatch("[A-Za-z0-9_-]+", name):
            styles += ["bare", "bare", "bare"]
        if not re.search("[\x00-\x08\x0a-\x1f\x7f']", name):
            styles.append("literal")
        style = self.one(*styles)
        return name if style == "bare" else f"'{name}'" if style == "literal" else self.basic(name)

    def dotted(self, names: tuple[str, ...]) -> str:
        return "".join(
            (f"{self.space()}.{self.space()}" if index else "") + self.key(name)
            for index, name in enumerate(names)
        )

    def basic(self, text: str, several: bool = False) -> str:
        out = ""
        for char in text:
            short = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\f": "\\f"}
            if several and char == "\n" and self.one(True, False):
                out += self.newline()
            elif several and char == '"' and not out.endswith('""') and self.one(True, False):
                out += '"'
            elif char in short:
                out += short[char]
            elif char < " " or char == "\x7f" or (not char.isascii() and self.one(True, False)):
                out += f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"
            else:
                out += char
            if several and self.one(*[False] * 8, True):
                out += "\\" + self.space() + self.newline() + self.space()
                if text and char in "\n\t ":
                    return self.basic(text)  # what follows such an end of line is trimmed
        if not several:
            return f'"{out}"'
        if re.search(r"\\[ \t\r\n]*[ \t\n]", out):
            return self.basic(text)
        start = self.newline() if out.startswith(("\n", "\r\n")) or self.one(True, False) else ""
        return f'"""{start}{out}"""'

    def text(self, text: str) -> str:
        styles = ["basic", "several"]
        if not re.search("[\x00-\x08\x0a-\x1f\x7f']", text):
            styles.append("literal")
        if not re.search("[\x00-\x08\x0b-\x1f\x7f]|'''|''''$", text) and not text.endswith("'''"):
            styles.append("literals")
        style = self.one(*styles)
        if style == "literal":
            return f"'{text}'"
        if style == "literals":
            body = "".join(self.newline() if char == "\n" else char for char in text)
            return f"'''{self.newline()}{body}'''"
        return self.basic(text, several=style == "several")

    def value(self, value: Any) -> str:
        match value:
            case bool():
                return "true" if value else "false"
            case str():
                return self.text(value)
            case int():
                wide = re.sub(r"(?<=\d)(?=(\d{3})+$)", "_", str(value))
                return str(self.one(str(value), wide, hex(value) if value >= 0 else str(value)))
            case float():
                return repr(value)
            case datetime():
                return value.isoformat(sep=self.one("T", " ", "t"))
            case date() | time():
                return value.isoformat()
            case list():
                inside = [self.gap() + self.value(item) + self.gap() for item in value]
                end = ("," + self.gap() if inside and self.one(True, False) else self.gap())
                return f"[{','.join(inside)}{end if inside else self.gap()}]"
        inside = []
        for names, below in self.shuffled(self.flat(value)):
            pair = f"{self.dotted(names)}{self.space()}={self.space()}{self.value(below)}"
            inside.append(self.gap(modern=True) + pair + self.gap(modern=True))
        end = "," + self.gap(modern=True) if inside and MODERN and self.one(True, False) else ""
        return f"{{{','.join(inside)}{end or self.gap(modern=True)}}}"

    def flat(self, table: dict[str, Any]) -> list[tuple[tuple[str, ...], Any]]:
        """The keys of a table, some of its tables taken apart into dotted keys."""
        pairs = []
        for name, value in table.items():
            if isinstance(value, dict) and value and self.one(True, False):
                pairs += [((name, *names), below) for names, below in self.flat(value)]
            else:
                pairs.append(((name,), value))
        return pairs

    def statement(self, names: tuple[str, ...], value: Any) -> str:
        key = f"{self.space()}{self.dotted(names)}{self.space()}={self.space()}"
        return key + self.value(value) + self.end()

    def header(self, names: tuple[str, ...], brackets: int) -> str:
        name = f"{self.space()}{self.dotted(names)}{self.space()}"
        return self.space() + "[" * brackets + name + "]" * brackets + self.end()

    def end(self) -> str:
        blank = "".join(
            self.space() + self.comment() + self.newline() for _ in range(self.one(0, 0, 1, 2))
        )
        return self.space() + self.comment() + self.newline() + blank

    def sections(self, path: tuple[str, ...], table: dict[str, Any]) -> tuple[str, list[str]]:
        """The statements of a table itself, and the blocks with headers of their own below it."""
        own: list[tuple[tuple[str, ...], Any]] = []
        blocks: list[str] = []
        for name, value in table.items():
            below = (*path, name)
            if isinstance(value, dict) and self.one(True, True, False):
                body, inner = self.sections(below, value)
                if body or not inner or self.one(True, False):  # else the header may be left out
                    inner.append(self.header(below, 1) + body)
                blocks += inner
            elif (
                isinstance(value, list)
                and value
                and all(isinstance(item, dict) for item in value)
                and self.one(True, True, False)
            ):
                block = ""
                for item in value:
                    body, inner = self.sections(below, item)
                    block += self.header(below, 2) + body
                    block += "".join(self.shuffled(inner))
                blocks.append(block)
            else:
                own += self.flat({name: value})
        body = "".join(self.statement(*pair) for pair in self.shuffled(own))
        return body, blocks


@st.composite
def documents(draw: Any) -> tuple[str, dict[str, Any]]:
    """A text of TOML, and what it says."""
    writer = _Writer(draw(st.integers(0, 2**32)))
    data = draw(_tables)
    body, blocks = writer.sections((), data)
    text = writer.one("", writer.end()) + body + "".join(writer.shuffled(blocks))
    if writer.one(True, False):
        text = text.rstrip("\r\n")
    return text, data
