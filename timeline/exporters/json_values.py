"""The shape of the JSON export, and how single values are spelled in it.

Each shape stands below as plain data; `json` itself lays it out once, as a template that every
value of that shape fills. Of an event every value has a line of its own, and so has each relation,
each account and each reason: what changes in the file changes few lines here.
"""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from json.encoder import encode_basestring
from typing import TYPE_CHECKING

from timeline.civil import EPOCH_DAY, FIRST, LAST, rfc3339
from timeline.duration import DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from timeline.duration import Amount, Range
    from timeline.model import Dated, Path, Person, Place, Statement, Tag


quoted = encode_basestring
"""A text as JSON has it; letters stand as they are."""


def _line(shape: object) -> str:
    """A template for values of one shape, `%s` at each leaf, on one line."""
    return json.dumps(shape).replace('"%s"', "%s")


def _of(*keys: str) -> dict[str, object]:
    return dict.fromkeys(keys, "%s")


_WINDOW = _of("earliest", "latest", "stated")
_QUALIFIERS = _of("approximate", "uncertain", "throughout")
_ACCOUNT = {
    "start": _WINDOW, "end": _WINDOW, "duration": "%s", "qualifiers": _QUALIFIERS, "sources": "%s",
}  # fmt: skip
_KIND = {
    "timezone": "%s", "duration": "%s", "basis": "%s", "precision": "%s", "qualifiers": _QUALIFIERS,
}  # fmt: skip
_BOUNDS = json.dumps(dict.fromkeys(("start", "end"), _of("earliest", "latest")), indent=2)

_LINE = "\n      "
"""Before a value of an event."""


def _lines(values: Mapping[str, object]) -> str:
    return f",{_LINE}".join(f'"{key}": {_line(value)}' for key, value in values.items())


_KIND_AT = _lines(_KIND)
_SETTING_AT = _lines(_of("place", "people", "tags", "status"))
NAMED_AT = f"{{{_LINE}{_lines(_of('id', 'title', 'label'))},{_LINE}"
_EVENT_AT = f",{_LINE}".join(
    (
        _lines({"start": _WINDOW, "end": _WINDOW}),
        "%s",  # what `kind` gives
        _lines(_of("description", "url")),
        "%s",  # what `setting` gives
        _lines(_of("left_out", "relations", "sources", "accounts")),
        f'"because": {_BOUNDS}'.replace('"%s"', "%s").replace("\n", _LINE) + "\n    }",
    )
)
"""The template of an event in two parts, of which most often only the first has to be told in other
letters than ASCII: Python lays out a text the faster, the narrower its widest letter."""
_GAPS = [part for text in _EVENT_AT.split("%s") for part in (text, "")][:-1]


def laid(values: Iterable[str]) -> str:
    """The second part of an event with its values, joined: in a third of the time that `%` takes."""
    parts = _GAPS.copy()
    parts[1::2] = values
    return "".join(parts)


LENGTH_AT = _line(_of("least", "most", "stated"))
RELATION_AT = _line(
    _of("relation", "own_end", "event", "end", "lag", "sequence", "element", "sources")
)
ACCOUNT_AT = _line(_ACCOUNT)
REASON_AT = _line(_of("statement", "path", "sources", "via"))
VIA_AT = _line(_of("event", "end", "at"))


def listed(items: Sequence[str]) -> str:
    """A list of values that are written already, a line for each."""
    return f"[{_LINE}  {f',{_LINE}  '.join(items)}{_LINE}]" if items else "[]"


@lru_cache(maxsize=4096)
def names(ids: tuple[str, ...]) -> str:
    """A list of ids or names."""
    return f"[{', '.join([quoted(name) for name in ids])}]"


@lru_cache(maxsize=65_536)
def at(seconds: int | None) -> str:
    """An instant; null where it is open or outside the years 1 to 9999."""
    if seconds is None or not FIRST <= seconds <= LAST:
        return "null"
    if seconds == LAST:  # as the last second that has a name
        seconds -= 1
    day, second = divmod(seconds, DAY)
    return _date(day) + _clock(second)


@lru_cache(maxsize=65_536)
def _date(day: int) -> str:
    return f'"{date.fromordinal(day + EPOCH_DAY)}T'


@lru_cache(maxsize=4096)
def _clock(second: int) -> str:
    return f'{rfc3339(second)[11:]}"'


@lru_cache(maxsize=4096)
def kind(
    zone: str, duration: Range | None, basis: str, precision: str,
    approximate: bool, uncertain: bool, throughout: bool,
) -> str:  # fmt: skip
    """What many events have in common of how their dates are known."""
    return _KIND_AT % (
        quoted(zone), length(duration), quoted(basis), text(precision),
        flag(approximate), flag(uncertain), flag(throughout),
    )  # fmt: skip


@lru_cache(maxsize=4096)
def setting(
    place: Place | None, who: tuple[Person, ...], tags: tuple[Tag, ...], status: str
) -> str:
    """What many events have in common of where they were, who took part, and the like."""
    return _SETTING_AT % (
        "null" if place is None else text(place.id or place.name),
        names(tuple([person.id or person.name for person in who])),
        names(tuple([tag.id or tag.label for tag in tags])),
        quoted(status),
    )


@lru_cache(maxsize=4096)
def related(
    relation: str, end: str, lag: Range | None, sources: tuple[str, ...]
) -> tuple[str, str]:
    """An event's own relation, before and after the id of the other event."""
    before, _, after = (RELATION_AT % (
        quoted(relation), "null", "\0", text(end), length(lag), "null", "null", names(sources),
    )).partition("\0")  # fmt: skip
    return before, after


def flag(value: bool) -> str:
    """Yes or no."""
    return "true" if value else "false"


def text(value: str | None) -> str:
    """A text; null where the file has none."""
    return quoted(value) if value else "null"


@lru_cache(maxsize=4096)
def length(length: Range | None) -> str:
    """A duration or a lag; null where the file has none."""
    if length is None:
        return "null"
    return LENGTH_AT % (_iso(length.least), _iso(length.most), quoted(length.text))


def _iso(amount: Amount | None) -> str:
    """A length of time in ISO 8601 (5.5.2): `"P1Y2M3DT4H5M6S"`; a minus before it where it is
    negative, as ISO 8601-2 has it; null where open."""
    if amount is None:
        return "null"
    years, months = divmod(abs(amount.months), 12)
    minutes, seconds = divmod(abs(amount.seconds), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    date_part = "".join(f"{n}{unit}" for n, unit in ((years, "Y"), (months, "M"), (days, "D")) if n)
    time = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if n)
    if not date_part and not time:
        return '"PT0S"'
    sign = "-" if amount.months < 0 or amount.seconds < 0 else ""
    return f'"{sign}P{date_part}{"T" + time if time else ""}"'


def path(statement: Statement) -> str:
    """Where a statement stands, as one writes it: `events.talks.after[0]`."""
    _, event, _, below, _, _ = statement
    return quoted(f"events.{event}{_steps(below)}" if event else steps(below))


def steps(path: Path) -> str:
    """A path from the top of the document, as one writes it: `sequences[0].events[2]`."""
    return _steps(path)[1:]


@lru_cache(maxsize=4096)
def _steps(path: Path) -> str:
    return "".join([f"[{part}]" if isinstance(part, int) else f".{part}" for part in path])


def told(dates: Iterable[Dated]) -> tuple[str, str]:
    """What date keys state of the start and of the end, as written.

    `when` speaks of both; of a span each end gets its side. `earliest` and `latest` bound an end
    and do not date it: in EDTF, `[2025..]` and `[..2026]`. Where both stand, the date goes first.
    """
    start = end = since = until = None
    for dated in dates:
        key, own = dated.key, dated.date
        if key == "start":
            start = own.text
        elif key == "end":
            end = own.text
        elif key == "earliest":
            since = f"[{own.start.text}..]" if own.start and own.start.first else None
        elif key == "latest":
            until = f"[..{own.end.text}]" if own.end and own.end.last else None
        elif own.kind == "interval":
            start, end = own.text.split("/")
        else:
            start = own.text
            timed = own.kind == "single" and own.start is not None and own.start.time is not None
            end = None if timed else own.text
    return text(start or since), text(end or until)
