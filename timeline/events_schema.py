"""The JSON Schema of events.toml (draft 2020-12), drawn from the table of keys.

Editors complete and check by it (`#:schema ./events.schema.json`). It refuses unknown keys and
wrong shapes and never what the reader accepts; what takes the whole file to judge is left to
`timeline check`.

A TOML date reaches most validators (Taplo) as the text that stands in the file; others (Tombi) want
it named as a format. Descriptions stand beside `anyOf` and never beside `$ref`, where drafts before
2019-09 take no notice of them; patterns use what ECMAScript, Python and Rust read alike.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import tomli

from timeline.rules import RULES
from timeline.schema import COLOURS, ID_TEXT, TABLES

if TYPE_CHECKING:
    from timeline.schema import Key

Schema = dict[str, Any]

FORMAT = int(TABLES["file"]["format"].example)

_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"[Tt ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"  # TOML has more ways than EDTF
_OFFSET = "(?:[Zz]|[+-][0-9]{2}(?::[0-9]{2})?)"
_PERIOD = (
    "[0-9X]{4}(?:-W[0-9]{2}(?:-[0-9])?|-[0-9X]{2}(?:-[0-9X]{2})?)?"
    f"(?:{_TIME}{_OFFSET}?)?[~?%]?"
)
_SIDE = rf"(?:{_PERIOD}|\.\.)?"
_MEMBER = rf"(?:{_PERIOD})?(?:\.\.(?:{_PERIOD})?)?"
_SET = rf"[\[{{]{_MEMBER}(?:,{_MEMBER})*[\]}}]"
_CLOCK = r"T(?:[0-9]+[HMS])+"
_AMOUNT = rf"-?(?:(?:[0-9]+(?:mo|[ymwdhs]))+|P(?:{_CLOCK}|(?:[0-9]+[YMWD])+(?:{_CLOCK})?))"


def events_schema() -> Schema:
    """The whole schema, as plain values."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "events.toml",
        "description": f"A timeline: what happened, when, in what order, and who says so "
        f"(format {FORMAT}).",
        **_table("file"),
        "$defs": {
            "date": _date(_PERIOD, f"{_SIDE}/{_SIDE}", _SET),
            "point": _date(_PERIOD, _SET),
            "colour": {"anyOf": [{"enum": sorted(COLOURS)}, _text(r"^\s*[A-Za-z]+\s*$")]},
            "date-table": _table("date table"),
            "duration-table": _table("duration table"),
            "order": _related(r"(?:\.start|\.end)?", _table("relation table")),
            "relation": _related("", _table("relation table", without="lag")),
            **{
                kind: _table(kind)
                for kind in ("source", "place", "person", "tag", "event", "account", "sequence",
                             "constraint", "view")
            },
        },
    }  # fmt: skip


def text() -> str:
    """The schema as the content of events.schema.json."""
    return json.dumps(events_schema(), indent=2, ensure_ascii=False) + "\n"


def _table(kind: str, without: str = "") -> Schema:
    """One kind of table: its keys, and no others."""
    keys = {name: key for name, key in TABLES[kind].items() if name != without}
    required = [name for name, key in keys.items() if key.required]
    return {
        "type": "object",
        "properties": {name: _key(kind, name, key) for name, key in keys.items()},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _key(table: str, name: str, key: Key) -> Schema:
    """One key, with its meaning; every example is one that the reader takes."""
    kind, _, argument = key.kind.partition(":")
    if kind == "table":
        return {"description": key.meaning, **_table(argument)}
    if kind == "tables":
        names: Schema = {"pattern": f"^{ID_TEXT}$"}
        if name == "views":
            names["not"] = {"const": "all"}
        entry = {"$ref": f"#/$defs/{argument}"}
        return {"description": key.meaning, "type": "object", "propertyNames": names,
                "additionalProperties": entry}  # fmt: skip
    if kind == "array":
        return {"description": key.meaning, "type": "array",
                "items": {"$ref": f"#/$defs/{argument}"}}  # fmt: skip
    example = json.loads(json.dumps(tomli.loads(f"x = {key.example}")["x"], default=str))
    return {
        "description": key.meaning,
        **_value(table, name, kind, argument),
        "examples": [example],
    }


def _value(table: str, name: str, kind: str, argument: str) -> Schema:
    """What a key of this kind takes. Where dates stand alone, a table may take their place."""
    if kind == "choice":
        return {"enum": argument.split(",")}
    if kind in ("date", "point") and table in ("event", "account"):
        return {"anyOf": [{"$ref": f"#/$defs/{kind}"}, {"$ref": "#/$defs/date-table"}]}
    if kind == "duration" and table == "event":
        return {"anyOf": [_length(), {"$ref": "#/$defs/duration-table"}]}
    if kind == "relation":
        one = {"$ref": f"#/$defs/{'order' if name in ('after', 'before') else 'relation'}"}
        return {"anyOf": [one, {"type": "array", "minItems": 1, "items": one}]}
    return _KINDS[kind]


def _text(pattern: str) -> Schema:
    return {"type": "string", "pattern": pattern}


def _several(one: Schema) -> Schema:
    """One text, or a list of them."""
    return {"anyOf": [one, {"type": "array", "items": one}]}


def _date(*patterns: str) -> Schema:
    """A date in any of these forms as a text, or as TOML has it."""
    toml = {
        "date": _DAY,
        "date-time-local": _DAY + _TIME,
        "date-time": _DAY + _TIME + _OFFSET,
    }
    return {
        "anyOf": [
            *(_text(f"^{pattern}$") for pattern in patterns),
            {"type": "integer", "minimum": 1, "maximum": 9999},
            *(_text(f"^{pattern}$") | {"format": name} for name, pattern in toml.items()),
        ]
    }


def _length() -> Schema:
    return _text(rf"^(?:{_AMOUNT}|(?:{_AMOUNT})?\.\.(?:{_AMOUNT})?)$")


def _related(end: str, table: Schema) -> Schema:
    """One entry of a relation: an event or, for `order`, one end of it; or a table."""
    target = _text(f"^{ID_TEXT}{end}$")
    event = table["properties"]["event"]
    table["properties"]["event"] = event | target
    return {"anyOf": [target, table]}


_LINE = _text(r"^[^\r\n]+$")
_ID = _text(rf"^\s*{ID_TEXT}\s*$")
_END = _text(rf"^{ID_TEXT}\.(?:start|end)$")
_EVENT = _text(f"^{ID_TEXT}$")
_CODES = sorted(code for code, rule in RULES.items() if rule.severity != "error")

_KINDS: dict[str, Schema] = {
    "format": {"type": "integer", "minimum": 1, "maximum": FORMAT},
    "id": _ID,
    "line": _LINE,
    "text": {"type": "string"},
    "zone": _text(r"^[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)*$") | {"maxLength": 64},
    "url": _text(r"^\s*(?:https?|webcals?)://[^ \t/?#][^ \t]*\s*$"),
    "language": _text(r"^\s*[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*\s*$"),
    "codes": _several({"anyOf": [{"enum": _CODES}, _text(r"^\s*TL[0-9]{3}\s*$")]}),
    "colour": {"anyOf": [{"$ref": "#/$defs/colour"}]},
    "bool": {"type": "boolean"},
    "geo": {
        "type": "array", "items": {"type": "number", "minimum": -180, "maximum": 180},
        "minItems": 2, "maxItems": 2,
    },
    "date": {"anyOf": [{"$ref": "#/$defs/date"}]},
    "span": _length(),
    "length": _length(),
    "duration": _length(),
    "lag": _length(),
    "any lag": _length(),
    "accounts": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/account"}},
    "place": _LINE,
    "people": _several(_LINE),
    "tags": _several(_LINE),
    "strings": _several(_LINE),
    "sources": _several(_ID),
    "event ids": _several(_ID),
    "uid": _LINE,
    "end": _EVENT,
    "both ends": _END,
    "chain": {
        "type": "array", "minItems": 2,
        "items": {"anyOf": [_EVENT, {"type": "array", "minItems": 1, "items": _EVENT}]},
    },
}  # fmt: skip
