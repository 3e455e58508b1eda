"""A calendar feed (RFC 5545, 7986, 9253) that people subscribe to, and that stays theirs for years.

`entries` says which entry an event becomes, `entry_times` when that is, `entry_words` what it tells,
`ics_lines` how it is spelled, `timeline.feed` what was published before; here they become one file.
What a subscriber sees of an entry is its content; DTSTAMP, CREATED, LAST-MODIFIED and SEQUENCE are
its revision, which moves only where the content does.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache, partial
from io import BytesIO
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

from timeline.civil import FIRST, LAST
from timeline.exporters import Output
from timeline.exporters.addresses import beside
from timeline.exporters.entries import entries, status
from timeline.exporters.entry_times import components, ends
from timeline.exporters.entry_words import (
    ADDRESS,
    before,
    cut,
    description,
    sources,
    stated,
    stated_order,
)
from timeline.exporters.front import with_front
from timeline.exporters.ics_lines import (
    CRLF,
    Content,
    clean,
    component,
    date_time,
    duration,
    escaped,
    fold,
    geo,
    text_line,
    uri,
)
from timeline.exporters.tombstones import CANCELLED, is_tombstone, tombstone
from timeline.feed import (
    GONE,
    IDENTITY,
    PRODID,
    Revision,
    departed,
    recall,
    revise,
    trace,
    unchanged,
    unfolded,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from timeline.exporters import Occasion
    from timeline.exporters.entries import Entry
    from timeline.exporters.entry_times import Zones
    from timeline.feed import Past
    from timeline.memo import Memo
    from timeline.model import Event, Place, Tag, Timeline, View
    from timeline.schedule import Placed, Schedule

EVENTS = 1_100
OCTETS = 1_000_000
"""What Google Calendar takes of a feed, by what its users report."""
_REPEATED = 4096
"""So many lists of sources are remembered: memory stays flat where every event has its own."""


def export(schedule: Schedule, view: View | None, occasion: Occasion) -> Output:
    """The feed of the whole timeline, or of one view.

    The clock is asked once at most, and only where something changed. Raises
    `timeline.feed.Foreign` where what lies at the destination is not whole, or no feed of this
    timeline.

    An entry that leaves the feed is gone, since its clients replace the whole. With `removed =
    "cancel"` one whose event was taken out of the file, and not only of the view, stays as
    cancelled until the feed changes in anything else.
    """
    timeline = schedule.timeline
    identity = timeline.id if timeline.id_stated else ""
    past = recall(occasion.previous, identity)

    @cache
    def moment() -> str:
        now = date_time(min(max(occasion.clock(), FIRST), LAST - 1)) + "Z"
        return max(now, past.modified)

    @cache
    def whole() -> Past:
        """The feed of everything, asked where an entry is new to this one."""
        return recall(occasion.whole, identity)

    def told_by(uid: str) -> Past:
        """The feed that tells how often an entry has changed."""
        if view is None or uid in past.entries or (past.gone and trace(uid) in past.gone):
            return past
        return whole() if uid in whole().entries else past

    memo = occasion.memo
    chosen, shown = entries(schedule, memo), schedule.select(view)
    told = (placed.event for placed in shown)
    uids = {e.id: _uid(timeline, e) for e in told if not isinstance(chosen[e.id], str)}
    writer = _Writer(schedule, uids)
    pieces = _Pieces(writer, memo, view) if memo is not None else None
    omitted: list[tuple[str, str]] = []
    zones: Zones = {}
    file = BytesIO()  # it grows by an entry at a time, so that memory stays flat
    for placed in shown:
        event = placed.event
        entry = chosen[event.id]
        if isinstance(entry, str):
            omitted.append((event.id, entry))
            continue
        uid = uids[event.id]
        times = ends(entry, event, zones)
        if pieces is None:
            content = writer.content(placed, entry, times, writer.order(event.id))
            file.write(_entry(told_by(uid), uid, content, moment))
        else:
            file.write(pieces.entry(told_by(uid), uid, placed, entry, times, moment))

    lost = _taken_out(past, timeline) if timeline.calendar.removed == "cancel" else []
    older = {uid for uid in lost if is_tombstone(past, uid)}
    head = "".join(fold(line) + CRLF for line in _head(timeline, view))
    for kept in (lost, [uid for uid in lost if uid not in older])[: 2 if older else 1]:
        tombs = {uid: made for uid in kept if (made := tombstone(past, uid)) is not None}
        front = "".join((*_memory(timeline, past, chain(uids.values(), tombs)), *components(zones)))
        back = b"".join([_entry(past, uid, tomb, moment) for uid, tomb in tombs.items()])
        after = back + b"END:VCALENDAR\r\n"
        if past.modified and not moment.cache_info().misses:  # no entry has changed; has anything?
            modified = past.modified
            before = _before(head, modified, front)
            if _holds(occasion.previous or b"", before, file.getvalue(), after):
                break
            text = f"{head}{front}{file.getvalue().decode()}{back.decode()}END:VCALENDAR"
            if unchanged(past, unfolded(text)):
                break  # only by its line ends or folds it is another file
    else:
        modified = moment()
    file.write(after)
    data = with_front(file, _before(head, modified, front))
    return Output(data, tuple(omitted), _too_large(len(uids), len(data)))


def _before(head: str, modified: str, front: str) -> bytes:
    """What stands before the entries."""
    return f"{head}LAST-MODIFIED:{modified}{CRLF}{front}".encode()


def _holds(data: bytes, *parts: bytes) -> bool:
    """Whether a file is these parts, one after the other, and nothing else."""
    at = 0
    for part in parts:
        if not data.startswith(part, at):
            return False
        at += len(part)
    return at == len(data)


def _too_large(events: int, octets: int) -> tuple[str, ...]:
    """What is to be said of a feed that is more than Google Calendar takes."""
    if events <= EVENTS and octets <= OCTETS:
        return ()
    size = f"{events:,} events in {octets / 1e6:.1f} MB"
    limit = f"about {EVENTS:,} events and {OCTETS / 1e6:.0f} MB"
    return (f"the feed has {size}, and Google Calendar takes {limit}: choose a view",)


def _uid(timeline: Timeline, event: Event) -> str:
    """The UID of an event's entry, the same whatever of the event is edited but its id."""
    return event.uid or f"{event.id}@{timeline.id}"


def _taken_out(past: Past, timeline: Timeline) -> list[str]:
    """The UIDs of entries in the feed whose events no longer stand in the file."""
    standing = {_uid(timeline, event) for event in timeline.events.values()}
    return sorted(uid for uid in past.entries if uid not in standing)


def _entry(past: Past, uid: str, content: Content, moment: Callable[[], str]) -> bytes:
    """A VEVENT of its content and of the revision that follows from what was before."""
    if uid in past.entries:
        revision = _revision(revise(past, uid, content.lines(), moment))
    elif past.gone:
        revision = _revision(revise(past, uid, [], moment))
    else:
        revision = _first(moment())
    (first, *front), description, back = content
    told = CRLF.join((first, *revision, *front)).encode()
    return component(b"VEVENT", told, description, CRLF.join(back).encode())


def _revision(revision: Revision) -> tuple[str, ...]:
    """DTSTAMP, CREATED, LAST-MODIFIED and SEQUENCE."""
    return (
        f"DTSTAMP:{revision.modified}",
        f"CREATED:{revision.created}",
        f"LAST-MODIFIED:{revision.modified}",
        f"SEQUENCE:{revision.sequence}",
    )


@lru_cache(maxsize=16)
def _first(now: str) -> tuple[str, ...]:
    """The same of an entry that was never published before."""
    return _revision(Revision(0, now, now))


class _Writer:
    """Writes the content of entries, and remembers what many of them repeat. `uids` are those of the
    events that have one, by the event's id."""

    def __init__(self, schedule: Schedule, uids: dict[str, str]) -> None:
        self.timeline = schedule.timeline
        self._order = stated_order(schedule)
        self._uids = uids
        self._known: dict[tuple[str, ...], tuple[list[str], list[str]]] = {(): ([], [])}

    def order(self, name: str) -> tuple[list[str], list[str]]:
        """The stated order of an event: in words, and the UIDs of what it comes wholly after."""
        mentions = self._order.mentions(name)
        if not mentions:
            return [], []
        earlier = before(mentions, self._uids) if self.timeline.calendar.links else []
        return self._order.words(mentions), [self._uids[other] for other in earlier]

    def content(
        self, placed: Placed, chosen: Entry, times: list[str], order: tuple[list[str], list[str]]
    ) -> Content:
        """All that an entry says; `times` are its DTSTART and DTEND, `order` is its stated order."""
        timeline, event = self.timeline, placed.event
        name, title, _, _, _, _, url, place, _, tags, _, state, kept, _, _, _ = event
        sources, dates, differing = stated(timeline, event)
        told, attached = self._known.get(sources) or self._cited(sources)
        words = description(timeline, placed, chosen, differing, order[0], told)
        front = [
            fold(f"UID:{escaped(kept) if kept else self._uids[name]}"),  # ids need no escapes
            *times,
            fold(f"SUMMARY:{escaped(CANCELLED + title if state == 'cancelled' else title)}"),
        ]
        lines: list[str] = []
        if place is not None:
            lines += _where(place)
        if tags:
            lines.append(_kinds(tags))
        if url:
            lines.append(fold(f"URL:{uri(url)}"))
        lines += (f"STATUS:{status(placed, chosen)}", "TRANSP:TRANSPARENT", "CLASS:PUBLIC")
        for tag in tags:
            if tag.colour:
                lines.append(f"COLOR:{tag.colour}")
                break
        lines += [_link(uid) for uid in order[1]]
        lines += attached
        for dated in dates:
            lines.append(fold(f"X-TIMELINE-EDTF;X-KEY={dated.key}:{escaped(dated.date.text)}"))
        lines.append(f"X-TIMELINE-BASIS:{placed.basis}")
        return Content(front, text_line("DESCRIPTION", words), lines)

    def _cited(self, names: tuple[str, ...]) -> tuple[list[str], list[str]]:
        """The words of sources by their ids, and the lines that attach them."""
        found = [self.timeline.sources[name] for name in names]
        attached = [
            fold(f"ATTACH:{uri(address)}")  # not LINK (RFC 9253): a fault to libical to this day
            for address in dict.fromkeys([source.url for source in found])
            if 0 < len(address) <= ADDRESS
        ]
        cited = sources(found), attached
        if len(self._known) < _REPEATED:
            self._known[names] = cited
        return cited


class _Pieces:
    """The entries of a feed as a memo knows them: what each says, and how it stood in the file that
    lay there, where it was published as it had been (else it hangs on the clock)."""

    def __init__(self, writer: _Writer, memo: Memo, view: View | None) -> None:
        timeline, name = writer.timeline, view and view.id
        self._writer = writer
        self._contents = memo.room(("ical", name), (timeline.sources, timeline.id))
        self._entries = memo.room(("ical entries", name), None)

    def entry(
        self, past: Past, uid: str, placed: Placed, chosen: Entry, times: list[str],
        moment: Callable[[], str],
    ) -> bytes:  # fmt: skip
        """A VEVENT."""
        writer, name = self._writer, placed.event.id
        order = writer.order(name)
        made_of = placed, chosen, times, order
        content = self._contents.kept(
            name, made_of, partial(writer.content, placed, chosen, times, order)
        )
        lies = past.lines(uid) if uid in past.entries else None

        def made() -> tuple[bytes, bool]:
            asked = False

            def noted() -> str:
                nonlocal asked
                asked = True
                return moment()

            return _entry(past, uid, content, noted), not asked

        told, _ = self._entries.kept(name, (content, lies, bool(past.gone)), made, itemgetter(1))
        return told


@lru_cache(maxsize=4096)
def _link(earlier: str) -> str:
    """RELATED-TO, on the later of two events."""
    return fold(f"RELATED-TO;RELTYPE=DEPENDS-ON:{escaped(earlier)}")


@lru_cache(maxsize=4096)
def _where(place: Place) -> tuple[str, ...]:
    """LOCATION, and GEO where it is known."""
    location = fold(f"LOCATION:{escaped(cut(place.name))}")
    return (location,) if place.geo is None else (location, f"GEO:{geo(*place.geo)}")


@lru_cache(maxsize=4096)
def _kinds(tags: tuple[Tag, ...]) -> str:
    """CATEGORIES."""
    return fold("CATEGORIES:" + ",".join(escaped(cut(tag.label)) for tag in tags))


def _head(timeline: Timeline, view: View | None) -> Iterator[str]:
    """BEGIN:VCALENDAR and what the feed says of itself, but for its LAST-MODIFIED."""
    calendar = timeline.calendar
    name = view.title if view is not None else calendar.name or timeline.title
    named = _name(name) or timeline.id
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:{PRODID}"
    yield "CALSCALE:GREGORIAN"
    yield f"NAME:{named}"
    yield f"X-WR-CALNAME:{named}"
    if timeline.description:
        yield f"DESCRIPTION:{escaped(timeline.description)}"
        yield f"X-WR-CALDESC:{escaped(timeline.description)}"
    yield f"X-WR-TIMEZONE:{timeline.zone}"
    yield f"REFRESH-INTERVAL;VALUE=DURATION:{duration(calendar.refresh)}"
    yield f"X-PUBLISHED-TTL:{duration(calendar.refresh)}"
    if calendar.url:
        address = calendar.url if view is None else beside(calendar.url, view.id)
        yield f"SOURCE;VALUE=URI:{uri(address)}"
    if timeline.url:
        yield f"URL:{uri(timeline.url)}"
    if calendar.colour:
        yield f"COLOR:{calendar.colour}"


def _name(text: str) -> str:
    """A calendar's name without what readers show as an escape (trap 3): `,` and `;` become dashes,
    a backslash a slash."""
    line = " ".join(clean(text).replace("\\", "/").split())
    return re.sub(r"(?: ?[,;])+ ?", " – ", line).strip(" –")


def _memory(timeline: Timeline, past: Past, present: Iterable[str]) -> Iterator[str]:
    """What the feed keeps for its own next time: whose it is, and the numbers of who left it."""
    if timeline.id_stated:
        yield f"{IDENTITY}:{timeline.id}{CRLF}"
    for known_by, number in sorted(departed(past, present).items()):
        yield f"{GONE}:{known_by}={number}{CRLF}"
