"""The solved timeline for programs: JSON, format 1. Reference: docs/json.md; its JSON Schema is
schemas/timeline.schema.json in this package.

The shape of each value stands below as plain data; `json` itself lays it out once, as a template
that every event fills. So the text is what `json.dumps(…, indent=2)` would write, in less time.
It grows in proportion to the file. Whole chains of reasons would grow with its square, and so each
bound gives its last step, and names the bound that this rests on.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from timeline.civil import FIRST, LAST, rfc3339
from timeline.exporters import Output
from timeline.exporters.entries import entry
from timeline.model import Accounts, Dated, Lagged, Lasting, Linked, Related
from timeline.network import said
from timeline.solver import last_steps
from timeline.window import OPEN, Ends
from timeline.words import claim_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.duration import Amount, Range
    from timeline.exporters import Occasion
    from timeline.model import Account, Event, Path, Statement, Timeline, View
    from timeline.schedule import Placed, Schedule
    from timeline.solver import Step
    from timeline.window import Window

FORMAT = 1
SOURCES = 100
"""A statement that rests on more sources names the first hundred (its event names them all): many
statements may inherit one long list."""
WORDS = 400
"""A statement's words are cut here: many may name one long title."""


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

_EVENT_AT = _layout(_EVENT, 2)
_DURATION_AT = _layout(_LENGTH, 3)
_RELATION_AT = _layout(_RELATION, 4)
_LAG_AT = _layout(_LENGTH, 5)
_ACCOUNT_AT = _layout(_ACCOUNT, 4)
_ACCOUNT_DURATION_AT = _layout(_LENGTH, 5)
_REASON_AT = _layout(_REASON, 5)
_VIA_AT = _layout(_of("event", "end", "at"), 6)

_quoted = json.JSONEncoder(ensure_ascii=False).encode


def export(schedule: Schedule, view: View | None, occasion: Occasion) -> Output:
    """Everything that is known of the events of a view (None: of all), as JSON.

    The same schedule gives the same text: no clock enters.
    """
    del occasion
    shown = schedule.select(view)
    writer = _Writer(schedule)
    events = _listed([writer.event(placed) for placed in shown], 1)
    head = json.dumps(writer.head(view, shown), indent=2, ensure_ascii=False)
    head = head.replace("\n", "\n  ")
    return Output(f'{{\n  "format": {FORMAT},\n  "timeline": {head},\n  "events": {events}\n}}\n')


def _listed(items: Sequence[str], depth: int) -> str:
    """A list of values that are written already, as it stands `depth` levels deep."""
    if not items:
        return "[]"
    pad = "\n" + "  " * (depth + 1)
    return f"[{pad}{f',{pad}'.join(items)}\n{'  ' * depth}]"


@lru_cache(maxsize=4096)
def _ids(ids: tuple[str, ...], depth: int) -> str:
    return _listed([_quoted(name) for name in ids], depth)


@lru_cache(maxsize=65_536)
def _at(seconds: int | None) -> str:
    """An instant; null where it is open or outside the years 1 to 9999."""
    if seconds is None or not FIRST <= seconds <= LAST:
        return "null"
    return f'"{rfc3339(seconds)}"'


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _text(value: str | None) -> str:
    """A text; null where the file has none."""
    return _quoted(value) if value else "null"


def _window(window: Window, stated: str | None) -> tuple[str, str, str]:
    return _at(window.earliest), _at(window.latest), _text(stated)


def _length(template: str, length: Range | None) -> str:
    if length is None:
        return "null"
    return template % (_iso(length.least), _iso(length.most), _quoted(length.text))


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


def _path(path: Path) -> str:
    """Where a statement stands, as one writes it: `events.talks.after[0]`."""
    text = "".join(f".{part}" if isinstance(part, str) else f"[{part}]" for part in path)
    return _quoted(text[1:])


def _told(dates: Iterable[Dated]) -> tuple[str | None, str | None]:
    """What date keys state of the start and of the end, as written.

    `when` speaks of both; of a span each end gets its side. `earliest` and `latest` bound an end
    and do not date it: in EDTF, `[2025..]` and `[..2026]`. Where both stand, the date goes first.
    """
    start = end = since = until = None
    for dated in dates:
        date = dated.date
        if dated.key == "earliest":
            since = f"[{date.start.text}..]" if date.start and date.start.first else None
        elif dated.key == "latest":
            until = f"[..{date.end.text}]" if date.end and date.end.last else None
        elif dated.key == "start":
            start = date.text
        elif dated.key == "end":
            end = date.text
        elif date.kind == "interval":
            start, end = date.text.split("/")
        else:
            start = date.text
            timed = date.kind == "single" and date.start is not None and date.start.time is not None
            end = None if timed else date.text
    return start or since, end or until


class _Writer:
    """Writes the events of one schedule, and remembers what they name."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self.timeline: Timeline = schedule.timeline
        self.cited: set[str] = set()
        self.chains: set[int] = set()
        self._bounds = schedule.solution.bounds
        self._ends = [
            (f'"{name}"', end) for name in self.timeline.events for end in ('"start"', '"end"')
        ]
        self._last: dict[int, list[Step | None]] = {}
        self._said: dict[int, tuple[str, str, str]] = {}
        self._elements: dict[int, int] = {}
        self._joined = _joined(self.timeline)

    def event(self, placed: Placed) -> str:
        """One event, two levels deep."""
        event = placed.event
        statements = [self.timeline.statements[number] for number in event.statements]
        claims = [statement.claim for statement in statements]
        start, end = _told(claim for claim in claims if isinstance(claim, Dated))
        cited = dict.fromkeys(event.sources)
        for statement in statements:
            if statement.sources is not event.sources:
                cited.update(dict.fromkeys(statement.sources))
        self.cited.update(cited)
        length = next((claim.length for claim in claims if isinstance(claim, Lasting)), None)
        accounts = [
            self._account(event, account)
            for claim in claims if isinstance(claim, Accounts) for account in claim.accounts
        ]  # fmt: skip
        relations = [
            self._relation(statement)
            for statement in (*statements, *self._joined.get(event.id, ()))
            if isinstance(statement.claim, (Related, Linked, Lagged))
        ]
        chosen = entry(placed, self.timeline.calendar.longest_window)
        return _EVENT_AT % (
            _quoted(event.id),
            _quoted(event.title),
            _quoted(placed.label),
            *_window(placed.start, start),
            *_window(placed.end, end),
            _quoted(event.zone),
            _length(_DURATION_AT, length),
            _quoted(placed.basis),
            _text(placed.precision),
            _flag(placed.approximate),
            _flag(placed.uncertain),
            _flag(event.throughout),
            _text(event.description),
            _text(event.url),
            _text(event.place.id or event.place.name if event.place else None),
            _ids(tuple(p.id or p.name for p in event.who), 3),
            _ids(tuple(t.id or t.label for t in event.tags), 3),
            _quoted(event.status),
            _text(chosen if isinstance(chosen, str) else None),
            _listed(relations, 3),
            _ids(tuple(cited), 3),
            _listed(accounts, 3),
            self._because(event.id, 0, 0, placed.start.earliest),
            self._because(event.id, 0, 1, placed.start.latest),
            self._because(event.id, 1, 0, placed.end.earliest),
            self._because(event.id, 1, 1, placed.end.latest),
        )

    def _relation(self, statement: Statement) -> str:
        """A relation of the event's own, a link of a sequence to it, or a constraint on it."""
        claim = statement.claim
        own_end = end = lag = sequence = element = "null"
        other: str | None
        if isinstance(claim, Related):
            relation, other, end = claim.relation, claim.other, _text(claim.end)
            lag = _length(_LAG_AT, claim.lag)
        elif isinstance(claim, Linked):
            relation, other = "after", claim.earlier[0] if len(claim.earlier) == 1 else None
            sequence = _path(statement.path[:2])
            element = self._element(statement, claim)
        else:
            assert isinstance(claim, Lagged)
            relation, (other, end), own_end = "constraint", claim.tail, claim.head[1]
            end, own_end, lag = _quoted(end), _quoted(own_end), _length(_LAG_AT, claim.lag)
        self.cited.update(statement.sources[:SOURCES])
        return _RELATION_AT % (
            _quoted(relation), own_end, _text(other), end, lag, sequence, element,
            _ids(statement.sources[:SOURCES], 5),
        )  # fmt: skip

    def _element(self, statement: Statement, claim: Linked) -> str:
        """The number of the element that a link comes from: the nearest before it that holds an
        event which is not cancelled."""
        known = self._elements.get(statement.id)
        if known is None:
            chain = self.timeline.sequences[claim.sequence]
            self.chains.add(claim.sequence)
            self.cited.update(chain.sources)
            known = cast("int", statement.path[-1]) - 1
            while claim.earlier[0] not in chain.elements[known]:
                known -= 1
            self._elements[statement.id] = known
        return str(known)

    def _account(self, event: Event, account: Account) -> str:
        """What one account says on its own."""
        alone = said(event, account)
        ends = Ends(OPEN, OPEN) if alone is None else alone[0]
        start, end = _told(account.dates)
        return _ACCOUNT_AT % (
            *_window(ends.start, start),
            *_window(ends.end, end),
            _length(_ACCOUNT_DURATION_AT, account.length),
            _flag(any(d.date.approximate for d in account.dates)),
            _flag(any(d.date.uncertain for d in account.dates)),
            _flag(any(d.throughout for d in account.dates)),
            _ids(account.sources[:SOURCES], 5),
        )

    def _because(self, name: str, end: int, side: int, bound: int | None) -> str:
        """The last step of the chain that gives a bound; null where that is shown as open."""
        if _at(bound) == "null":
            return "null"
        tail, _, _, number = self._step(2 * self.timeline.numbers[name] + end, side)
        while tail >= len(self._ends):  # a point between two groups of a sequence: no event's
            tail = self._step(tail, side)[0]
        via = "null"
        if tail >= 0:
            at = (self._bounds.latest if side else self._bounds.earliest)[tail]
            via = _VIA_AT % (*self._ends[tail], _at(at))
        return _REASON_AT % (*self._statement(number), via)

    def _step(self, point: int, side: int) -> Step:
        """The last step of the chain behind a bound, which is not open."""
        if side not in self._last:
            network = self.schedule.solution.network
            self._last[side] = last_steps(self._bounds, network, side)
        step = self._last[side][point]
        assert step is not None
        return step

    def _statement(self, number: int) -> tuple[str, str, str]:
        """A statement's words, path and sources; none where no event ends before it starts."""
        if number < 0:
            return "null", "null", "[]"
        known = self._said.get(number)
        if known is None:
            statement = self.timeline.statements[number]
            words = claim_words(self.timeline, statement)
            if len(words) > WORDS:
                words = words[: WORDS - 1] + "…"
            cited = statement.sources[:SOURCES]
            self.cited.update(cited)
            known = self._said[number] = _quoted(words), _path(statement.path), _ids(cited, 6)
        return known

    def head(self, view: View | None, shown: Sequence[Placed]) -> dict[str, Any]:
        """The timeline as a whole, with what the events written so far name."""
        timeline = self.timeline
        places = {p.id or p.name: p for e in shown if (p := e.event.place) is not None}
        people = {p.id or p.name: p for e in shown for p in e.event.who}
        tags = {t.id or t.label: t for e in shown for t in e.event.tags}
        return {
            "id": timeline.id,
            "title": timeline.title or None,
            "description": timeline.description or None,
            "url": timeline.url or None,
            "language": timeline.language or None,
            "organisation": timeline.organisation or None,
            "timezone": timeline.zone,
            "view": {"id": view.id, "title": view.title} if view else {"id": "all", "title": None},
            "sources": {
                s.id: {"title": s.title, "url": s.url or None,
                       "published": s.published.text if s.published else None}
                for s in timeline.sources.values() if s.id in self.cited
            },
            "places": {
                name: {"name": p.name, "timezone": p.timezone, "geo": p.geo, "url": p.url or None}
                for name, p in sorted(places.items())
            },
            "people": {
                name: {"name": p.name, "role": p.role or None, "url": p.url or None}
                for name, p in sorted(people.items())
            },
            "tags": {
                name: {"label": t.label, "colour": t.colour or None}
                for name, t in sorted(tags.items())
            },
            "sequences": {
                f"sequences[{number}]": {
                    "title": chain.title or None,
                    "events": chain.elements,
                    "sources": chain.sources,
                }
                for number, chain in enumerate(timeline.sequences) if number in self.chains
            },
        }  # fmt: skip


def _joined(timeline: Timeline) -> dict[str, list[Statement]]:
    """The statements that stand outside the events, by the event that each comes to: a link by each
    of its later events, a constraint by the event of its `to`."""
    found: dict[str, list[Statement]] = {}
    for statement in timeline.statements:
        claim = statement.claim
        if isinstance(claim, Linked):
            for name in claim.later:
                found.setdefault(name, []).append(statement)
        elif isinstance(claim, Lagged):
            found.setdefault(claim.head[0], []).append(statement)
    return found
