"""The solved timeline for programs: JSON, format 1. Reference: docs/json.md; its JSON Schema is
schemas/timeline.schema.json in this package.

The text grows in proportion to the file. Every event fills one template (see `json_values`), and
gives the last step of the reasons for its bounds (see `json_because`).
"""

from __future__ import annotations

import json
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from timeline.exporters import Output
from timeline.exporters.entries import entries
from timeline.exporters.front import with_front
from timeline.exporters.json_because import SOURCES, Reasons
from timeline.exporters.json_values import (
    ACCOUNT_AT,
    NAMED_AT,
    RELATION_AT,
    at,
    flag,
    kind,
    laid,
    length,
    listed,
    names,
    quoted,
    related,
    setting,
    steps,
    told,
)
from timeline.model import Accounts, Dated, Lagged, Lasting, Linked, Related
from timeline.network import said
from timeline.window import OPEN, Ends

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.exporters import Occasion
    from timeline.memo import Memo
    from timeline.model import Account, Event, Statement, Timeline, View
    from timeline.schedule import Placed, Schedule

FORMAT = 1
_FIRST, _NEXT, _LAST, _NONE = b"\n    ", b",\n    ", b"\n  ]\n}\n", b"]\n}\n"
"""Before the first event, before each other, after the last; and where there is none."""


def export(schedule: Schedule, view: View | None, occasion: Occasion) -> Output:
    """Everything that is known of the events of a view (None: of all), as JSON.

    The same schedule gives the same text: no clock enters.
    """
    shown, memo = schedule.select(view), occasion.memo
    writer, by_id = _Writer(schedule, memo), schedule.by_id
    if memo is not None:
        made_of = ((placed.id, writer.made_of(placed)) for placed in shown)
        room = memo.room(("json", view and view.id), schedule.timeline.sequences)
        told = room.each(made_of, lambda name: b"".join(writer.event(by_id[name]))).values()
        parts = [part for one in told for part in (_NEXT, one)]
        events = [_FIRST, *parts[1:], _LAST] if parts else [_NONE]
        return Output(b"".join([_front(writer, view, shown), *events]))
    file = BytesIO()
    between = _FIRST
    for placed in shown:
        file.write(between)
        for part in writer.event(placed):
            file.write(part)
        between = _NEXT
    file.write(_LAST if shown else _NONE)
    return Output(with_front(file, _front(writer, view, shown)))


def _front(writer: _Writer, view: View | None, shown: Sequence[Placed]) -> bytes:
    """What stands before the events, once they are written."""
    head = json.dumps(writer.head(view, shown), indent=2, ensure_ascii=False)
    head = head.replace("\n", "\n  ")
    return f'{{\n  "format": {FORMAT},\n  "timeline": {head},\n  "events": ['.encode()


class _Writer:
    """Writes the events of one schedule, and remembers what they name."""

    def __init__(self, schedule: Schedule, memo: Memo | None = None) -> None:
        self.timeline: Timeline = schedule.timeline
        self.entries = entries(schedule, memo)
        self.reasons = Reasons(schedule)
        self.cited = self.reasons.cited
        self.chains: set[int] = set()
        self._elements: dict[int, int] = {}
        self._joined = _joined(self.timeline)

    def event(self, placed: Placed) -> tuple[bytes, bytes]:
        """One event, two levels deep: its names, and what follows."""
        # Fields are unpacked: a name costs a tenth of an attribute of a named tuple.
        name, event, start, end, _, _, basis, _, precision, approximate, uncertain, label = placed
        _, title, zone, _, description, _, url, place, who, tags, sources, status = event[:12]
        statements = self.timeline.statements
        dates, duration, accounts, relations = [], None, [], []
        others: list[tuple[str, ...]] = []
        for number in event.statements:
            statement = statements[number]
            _, _, claim, _, cited, _ = statement
            if cited is not sources:
                others.append(cited)
            if isinstance(claim, Related):
                relation, other, other_end, lag = claim
                before, after = related(relation, other_end, lag, cited[:SOURCES])
                relations.append(f"{before}{quoted(other)}{after}")
            elif isinstance(claim, Dated):
                dates.append(claim)
            elif isinstance(claim, Lasting):
                duration = claim.length
            elif isinstance(claim, Accounts):
                accounts += [self._account(event, account) for account in claim.accounts]
        for statement in self._joined.get(name, ()):
            relations.append(self._joining(statement))
            self.cited.update(statement.sources[:SOURCES])
        told_start, told_end = told(dates) if dates else ("null", "null")
        if others:
            sources = tuple(dict.fromkeys(chain(sources, *others)))
        if sources:
            self.cited.update(sources)
        entry = self.entries[name]
        point = 2 * self.timeline.numbers[name]
        named = NAMED_AT % (quoted(name), quoted(title), quoted(label))
        rest = laid((
            at(start[0]), at(start[1]), told_start,
            at(end[0]), at(end[1]), told_end,
            kind(zone, duration, basis, precision, approximate, uncertain, event.throughout),
            quoted(description) if description else "null",
            quoted(url) if url else "null",
            setting(place, who, tags, status),
            quoted(entry) if isinstance(entry, str) else "null",
            listed(relations),
            names(sources) if sources else "[]",
            listed(accounts),
            *self.reasons.behind(point, start),
            *self.reasons.behind(point + 1, end),
        ))  # fmt: skip
        return named.encode(), rest.encode()

    def made_of(self, placed: Placed) -> object:
        """All that an event's text hangs on but the sequences: it, as it is placed with its statements,
        what joins it, why it has no entry, and what gives its bounds. Notes what of the head it names,
        as `event` does, which may not be asked again."""
        name, event, start, end = placed[:4]
        if event.sources:
            self.cited.update(event.sources)
        for number in event.statements:
            cited = self.timeline.statements[number].sources
            if cited is not event.sources:
                self.cited.update(cited)
        joined = self._joined.get(name)
        for statement in joined or ():
            self.cited.update(statement.sources[:SOURCES])
            if isinstance(statement.claim, Linked):
                self._element(statement, statement.claim)
        entry = self.entries[name]
        point = 2 * self.timeline.numbers[name]
        return (
            placed, joined, entry if isinstance(entry, str) else None,
            self.reasons.made_of(point, start), self.reasons.made_of(point + 1, end),
        )  # fmt: skip

    def _joining(self, statement: Statement) -> str:
        """A link of a sequence to an event, or a constraint on it."""
        claim = statement.claim
        if isinstance(claim, Linked):
            other = quoted(claim.earlier[0]) if len(claim.earlier) == 1 else "null"
            own_end = end = lag = "null"
            relation = "after"
            sequence = quoted(steps(statement.path[:2]))
            element = self._element(statement, claim)
        else:
            assert isinstance(claim, Lagged)
            relation, own_end, end = "constraint", quoted(claim.head[1]), quoted(claim.tail[1])
            other, lag = quoted(claim.tail[0]), length(claim.lag)
            sequence = element = "null"
        return RELATION_AT % (
            quoted(relation), own_end, other, end, lag, sequence, element,
            names(statement.sources[:SOURCES]),
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
        start, end = told(account.dates)
        return ACCOUNT_AT % (
            at(ends.start.earliest), at(ends.start.latest), start,
            at(ends.end.earliest), at(ends.end.latest), end,
            length(account.length),
            flag(any(d.date.approximate for d in account.dates)),
            flag(any(d.date.uncertain for d in account.dates)),
            flag(any(d.throughout for d in account.dates)),
            names(account.sources[:SOURCES]),
        )  # fmt: skip

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
