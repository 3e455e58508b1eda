"""The shape of the JSON export, and how single values are spelled in it.

Each shape stands below as plain data; `json` itself lays it out once, as a template that every
value of that shape fills. So the text is what `json.dumps(…, indent=2)` would write, in less time.
"""

from __future__ import annotations

import json
from functools import lru_cache
from json.encoder import encode_basestring
from typing import TYPE_CHECKING

from timeline.civil import FIRST, LAST, rfc3339
from timeline.duration import DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.duration import Amount, Range
    from timeline.model import Dated, Path


quoted = encode_basestring
"""A text as JSON has it; letters stand as they are."""


def _layout(shape: object, depth: int) -> str:
    """A template for values of one shape, `%s` at each leaf, as it stands `depth` levels deep."""
    text = json.dumps(shape, indent=2).replace('"%s"', "%s")
    return text.replace("\n", "\n" + "  " * depth)


def _of(*keys: str) -> dict[str, object]:
    return dict.fromkeys(keys, "%s")


_WINDOW = _of("earliest", "latest", "stated")
_QUALIFIERS = _of("approximate", "uncertain", "throughout")
_LENGTH = _of("least", "most", "stated")
_RELATION = _of("relation", "own_end", "event", "end", "lag", "sequence", "element", "sources")
_ACCOUNT = {
    "start": _WINDOW, "end": _WINDOW, "duration": "%s", "qualifiers": _QUALIFIERS, "sources": "%s",
}  # fmt: skip
_REASON = _of("statement", "path", "sources", "via")
_BOUNDS = _of("earliest", "latest")
_EVENT = {
    "id": "%s", "title": "%s", "label": "%s", "start": _WINDOW, "end": _WINDOW, "timezone": "%s",
    "duration": "%s", "basis": "%s", "precision": "%s", "qualifiers": _QUALIFIERS,
    "description": "%s", "url": "%s", "place": "%s", "people": "%s", "tags": "%s", "status": "%s",
    "left_out": "%s",
    "relations": "%s", "sources": "%s", "accounts": "%s",
    "because": {"start": _BOUNDS, "end": _BOUNDS},
}  # fmt: skip

EVENT_AT = _layout(_EVENT, 2)
DURATION_AT = _layout(_LENGTH, 3)
RELATION_AT = _layout(_RELATION, 4)
LAG_AT = _layout(_LENGTH, 5)
ACCOUNT_AT = _layout(_ACCOUNT, 4)
ACCOUNT_DURATION_AT = _layout(_LENGTH, 5)
REASON_AT = _layout(_REASON, 5)
VIA_AT = _layout(_of("event", "end", "at"), 6)
_LINES = ["\n" + "  " * depth for depth in range(9)]


def listed(items: Sequence[str], depth: int) -> str:
    """A list of values that are written already, as it stands `depth` levels deep."""
    if not items:
        return "[]"
    line, end = _LINES[depth + 1], _LINES[depth]
    return f"[{line}{f',{line}'.join(items)}{end}]"


@lru_cache(maxsize=4096)
def names(ids: tuple[str, ...], depth: int) -> str:
    """A list of ids or names."""
    return listed([quoted(name) for name in ids], depth)


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
    return f'"{rfc3339(day * DAY)[:11]}'


@lru_cache(maxsize=4096)
def _clock(second: int) -> str:
    return f'{rfc3339(second)[11:]}"'


def flag(value: bool) -> str:
    """Yes or no."""
    return "true" if value else "false"


def text(value: str | None) -> str:
    """A text; null where the file has none."""
    return quoted(value) if value else "null"


@lru_cache(maxsize=4096)
def length(template: str, length: Range | None) -> str:
    """A duration or a lag; null where the file has none."""
    if length is None:
        return "null"
    return template % (_iso(length.least), _iso(length.most), quoted(length.text))


def _iso(amount: Amount | None) -> str:
    """A length of time in ISO 8601 (5.5.2): `"P1Y2M3DT4H5M6S"`; a minus before it where it is
    negative, as ISO 8601-2 has it; null where open."""
    if amount is None:
        return "null"
    years, months = divmod(abs(amount.months), 12)
    minutes, seconds = divmod(abs(amount.seconds), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    date = "".join(f"{n}{unit}" for n, unit in ((years, "Y"), (months, "M"), (days, "D")) if n)
    time = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if n)
    if not date and not time:
        return '"PT0S"'
    sign = "-" if amount.months < 0 or amount.seconds < 0 else ""
    return f'"{sign}P{date}{"T" + time if time else ""}"'


def path(path: Path) -> str:
    """Where a statement stands, as one writes it: `events.talks.after[0]`."""
    if path[0] == "events":
        return quoted(f"events.{path[1]}{_steps(path[2:])}")
    return quoted(_steps(path)[1:])


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
        key, date = dated.key, dated.date
        if key == "start":
            start = date.text
        elif key == "end":
            end = date.text
        elif key == "earliest":
            since = f"[{date.start.text}..]" if date.start and date.start.first else None
        elif key == "latest":
            until = f"[..{date.end.text}]" if date.end and date.end.last else None
        elif date.kind == "interval":
            start, end = date.text.split("/")
        else:
            start = date.text
            timed = date.kind == "single" and date.start is not None and date.start.time is not None
            end = None if timed else date.text
    return text(start or since), text(end or until)
