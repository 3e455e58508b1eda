"""The table of rules: code, name, severity, and what each is about in one line."""

from typing import Literal, NamedTuple


class Rule(NamedTuple):
    """One rule; `explanations` tells what it means and how to mend it."""

    code: str
    name: str
    severity: Literal["error", "warning", "advice"]
    summary: str


_E: Literal["error"] = "error"
_W: Literal["warning"] = "warning"
_A: Literal["advice"] = "advice"

_TABLE = (
    Rule("TL001", "not-utf-8", _E, "the file is not UTF-8"),
    Rule("TL002", "toml-syntax", _E, "the file is not valid TOML"),
    Rule("TL003", "too-large", _E, "the file is too large or too deeply nested"),
    Rule("TL004", "newer-format", _E, "the file is of a newer format than the program reads"),
    Rule("TL101", "unknown-key", _E, "a key that this table does not have"),
    Rule("TL102", "wrong-type", _E, "a value of another type than its key takes"),
    Rule("TL103", "missing-key", _E, "a key that this table must have is missing"),
    Rule("TL104", "bad-id", _E, "an id is not made of lower-case letters, digits, - and _"),
    Rule("TL105", "other-name", _E, "a key that goes by another name here"),
    Rule("TL106", "clashing-keys", _E, "two keys that do not go together"),
    Rule("TL107", "bad-value", _E, "a value that its key cannot take"),
    Rule("TL108", "duplicate-uid", _E, "two events have the same calendar UID"),
    Rule("TL109", "bad-text", _E, "a text is blank, broken over lines or holds control characters"),
    Rule("TL201", "date-syntax", _E, "a text is not a date"),
    Rule("TL202", "impossible-date", _E, "a date that no calendar has"),
    Rule("TL203", "reversed-span", _E, "a span or set of dates runs backwards"),
    Rule("TL204", "year-range", _E, "a year outside 1 to 9999"),
    Rule("TL205", "skipped-time", _E, "a local time that its zone skips"),
    Rule("TL206", "repeated-time", _E, "a local time that happens twice in its zone"),
    Rule("TL207", "fractional-seconds", _E, "a time with fractions of a second"),
    Rule("TL208", "unknown-zone", _E, "a time zone that the IANA database does not have"),
    Rule("TL209", "duration-syntax", _E, "a text is not a length of time"),
    Rule("TL210", "reversed-range", _E, "a range of lengths runs backwards"),
    Rule("TL211", "too-long-for-date", _E, "an event lasts longer than the period that holds it"),
    Rule("TL212", "short-day", _E, "`1d` is 24 h and the day it should fill is not"),
    Rule("TL213", "season-hemisphere", _E, "a season without its hemisphere"),
    Rule("TL214", "nothing-to-fill", _E, "`throughout` without a period to fill"),
    Rule("TL215", "span-not-allowed", _E, "a span where one date is taken"),
    Rule("TL217", "says-nothing", _E, "a date that says nothing"),
    Rule("TL301", "unknown-event", _E, "an event that the file does not have"),
    Rule("TL302", "unknown-source", _E, "a source that the file does not declare"),
    Rule("TL303", "self-relation", _E, "an event in relation to itself"),
    Rule("TL305", "bad-sequence", _E, "a sequence that is no chain of groups"),
    Rule("TL306", "bad-lag", _E, "a lag where none is taken, or a negative one"),
    Rule("TL307", "date-for-event", _E, "a date where an event's id is taken"),
    Rule("TL308", "event-for-date", _E, "an event's id where a date is taken"),
    Rule("TL309", "bad-end", _E, "an end of an event named wrongly, or where none is taken"),
    Rule("TL310", "bad-ignore", _E, "`ignore` names an unknown rule, or an error"),
    Rule("TL401", "contradiction", _E, "statements that cannot all be true, by their numbers"),
    Rule("TL402", "circle", _E, "statements that put events before themselves"),
    Rule("TL501", "no-events", _W, "the timeline holds no events"),
    Rule("TL502", "default-zone", _A, "no time zone is stated, so times are read as UTC"),
    Rule("TL503", "accounts-differ", _A, "the accounts of an event cannot all be right"),
    Rule("TL504", "default-id", _A, "no id is stated, so the file's name stands in for it"),
    Rule("TL505", "name-like-id", _W, "a bare name close to a declared id"),
    Rule("TL506", "empty-view", _W, "a view shows no event"),
    Rule("TL507", "unused", _A, "something is declared and never used"),
    Rule("TL508", "cancelled-in-order", _A, "a relation to a cancelled event counts for nothing"),
    Rule("TL509", "adrift", _A, "an event without any date or order"),
    Rule("TL510", "long-day", _A, "`1d` is 24 h and its day is longer"),
)  # fmt: skip

RULES: dict[str, Rule] = {rule.code: rule for rule in _TABLE}
