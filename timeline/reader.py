"""A document's plain data → the model. Every fault of the file is gathered in one pass."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from timeline import chains, claims, values
from timeline.book import Book, Subject
from timeline.civil import LocalTimeError
from timeline.diagnostics import Diagnostic, Label, Path
from timeline.duration import Amount
from timeline.model import (
    Calendar,
    Event,
    Person,
    Place,
    Source,
    Tag,
    Timeline,
    View,
    new,
)
from timeline.names import Names
from timeline.rules import RULES
from timeline.schema import STATUSES
from timeline.values import Faults, known_keys
from timeline.window import bounds

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    from timeline.memo import Memo, Room
    from timeline.model import Statement

FORMAT = 1


def read(
    data: dict[str, Any], filename: str, memo: Memo | None = None
) -> tuple[Timeline | None, list[Diagnostic]]:
    """Read a document's data. The timeline is None where there is any fault.

    `filename` gives the timeline its id where the file states none. With a `memo` an event is the very
    one of last time, and so are its statements, where it is written in the same way.
    """
    faults = Faults()
    if not _format(faults, data):
        return None, faults.found
    known_keys(faults, data, "file", ())
    head = _table(faults, data, "timeline", ())
    known_keys(faults, head, "timeline", ("timeline",))
    zone = _zone(faults, head, ("timeline",)) or ("UTC", values.load_zone(faults, "UTC", ())[1])  # type: ignore[index]
    sources = {
        name: _source(faults, name, table, ("sources", name))
        for name, table in _tables(faults, data, "sources", "source")
    }
    places = {
        name: _place(faults, name, table, ("places", name))
        for name, table in _tables(faults, data, "places", "place")
    }
    people = {
        name: _person(faults, name, table, ("people", name))
        for name, table in _tables(faults, data, "people", "person")
    }
    tags = {
        name: _tag(faults, name, table, ("tags", name))
        for name, table in _tables(faults, data, "tags", "tag")
    }
    written = data.get("events")
    book = Book(faults, written if isinstance(written, dict) else {}, sources)
    names = Names(places, people, tags)
    tables = _tables(faults, data, "events", "")
    if memo is None:
        events = {name: _event(book, name, table, names, zone) for name, table in tables}
    else:
        common = zone, sources, places, people, tags, list(book.events)
        room = memo.room("read", common)
        events = {name: _once(book, name, table, names, zone, room) for name, table in tables}
    identity = _id(faults, head) or _named(filename)
    _unique_uids(faults, events, identity)
    sequences = chains.sequences(book, data, events)
    chains.constraints(book, data)
    views = {
        name: _view(book, name, table, ("views", name), zone[1])
        for name, table in _tables(faults, data, "views", "view")
    }
    calendar = _calendar(faults, head)
    get = _getter(faults, head, ("timeline",))
    timeline = Timeline(
        id=identity,
        title=get("title", values.line, ""),
        zone=zone[0],
        tz=zone[1],
        events=events,
        numbers=dict(zip(events, range(len(events)), strict=True)),
        statements=tuple(book.statements),
        description=get("description", values.text, ""),
        url=get("url", values.url, ""),
        language=get("language", values.language, ""),
        organisation=get("organisation", values.line, ""),
        ignore=_codes(faults, head, ("timeline",)),
        calendar=calendar,
        sources=sources,
        places=places,
        people=people,
        tags=tags,
        views=views,
        sequences=sequences,
        id_stated="id" in head,
        zone_stated="timezone" in head,
    )
    return (None if faults.found else timeline), faults.found


def _format(faults: Faults, data: dict[str, Any]) -> bool:
    """Whether the file's format is one that this program reads."""
    number = data.get("format", FORMAT)
    if isinstance(number, bool) or not isinstance(number, int):
        values.wrong_type(faults, number, ("format",), "a whole number", "write format = 1")
    elif number > FORMAT:
        faults.add("TL004", f"this file is of format {str(number)[:20]}, and this program reads up "
                   f"to format {FORMAT}", ("format",), "get a newer version of the program")
        return False  # fmt: skip
    elif number < 1:
        faults.add("TL107", "formats are numbered from 1", ("format",), "write format = 1")
    return True


def _table(faults: Faults, data: dict[str, Any], key: str, path: Path) -> dict[str, Any]:
    value = data.get(key, {})
    if isinstance(value, dict):
        return value
    values.wrong_type(faults, value, (*path, key), "a table")
    return {}


def _tables(
    faults: Faults, data: dict[str, Any], key: str, kind: str
) -> list[tuple[str, dict[str, Any]]]:
    """The tables of one kind, by id, with their keys checked where the kind is named."""
    found = []
    is_id = values.id_pattern().fullmatch
    for name, table in _table(faults, data, key, ()).items():
        if not is_id(name):
            values.identifier(faults, name, (key, name))
        if not isinstance(table, dict):
            help = f"write [{key}.{name}] and put its keys below"
            values.wrong_type(faults, table, (key, name), "a table", help if len(name) < 65 else "")
            continue
        if kind:
            known_keys(faults, table, kind, (key, name))
        found.append((name, table))
    return found


def _getter(faults: Faults, table: dict[str, Any], path: Path) -> Callable[..., Any]:
    """Reads one key of a table by the function for its kind, with a default."""

    def get(key: str, how: Callable[[Faults, object, Path], Any], default: Any = None) -> Any:
        if key not in table:
            return default
        value = how(faults, table[key], (*path, key))
        return default if value is None else value

    return get


def _in_words(name: str) -> str:
    words = " ".join(name.replace("_", "-").replace("-", " ").split())
    return words[:1].upper() + words[1:]


def _zone(faults: Faults, table: dict[str, Any], path: Path) -> tuple[str, ZoneInfo] | None:
    if "timezone" not in table:
        return None
    return values.load_zone(faults, table["timezone"], (*path, "timezone"))


def _id(faults: Faults, head: dict[str, Any]) -> str:
    if "id" not in head:
        return ""
    path: Path = ("timeline", "id")
    value = values.line(faults, head["id"], path)
    if value is not None:
        found = Faults()
        if not values.identifier(found, value, path):
            faults.add("TL104", found.found[0].message, path, found.found[0].help)
    return value or ""


def _named(filename: str) -> str:
    """The id of a timeline that states none: its file's name, as far as an id can be."""
    stem = filename.rpartition("/")[2].lower().removesuffix(".toml")
    return re.sub("[^a-z0-9_-]+", "-", stem).strip("-_")[:64] or "timeline"


def _codes(faults: Faults, table: dict[str, Any], path: Path) -> tuple[str, ...]:
    """The codes of an `ignore`: known ones, of advices and warnings only."""
    if "ignore" not in table:
        return ()
    read = []
    for code, where in values.strings(faults, table["ignore"], (*path, "ignore")):
        rule = RULES.get(code)
        if rule is None:
            near = faults.closest(code, RULES)
            faults.add("TL310", f'there is no rule "{code[:20]}"', where,
                       f'did you mean "{near}"?' if near else "codes are such as TL503")
        elif rule.severity == "error":
            faults.add("TL310", f"{code} is an error and cannot be ignored", where,
                       "only advices and warnings can")  # fmt: skip
        else:
            read.append(code)
    return tuple(read)


def _source(faults: Faults, name: str, table: dict[str, Any], path: Path) -> Source:
    get = _getter(faults, table, path)
    return Source(name, get("title", values.line, _in_words(name)), get("url", values.url, ""),
                  get("published", values.date), path)  # fmt: skip


def _place(faults: Faults, name: str, table: dict[str, Any], path: Path) -> Place:
    get = _getter(faults, table, path)
    zone = _zone(faults, table, path)
    return Place(name, get("name", values.line, _in_words(name)), zone[0] if zone else None,
                 get("geo", values.geo), get("url", values.url, ""))  # fmt: skip


def _person(faults: Faults, name: str, table: dict[str, Any], path: Path) -> Person:
    get = _getter(faults, table, path)
    return Person(name, get("name", values.line, _in_words(name)), get("role", values.line, ""),
                  get("url", values.url, ""))  # fmt: skip


def _tag(faults: Faults, name: str, table: dict[str, Any], path: Path) -> Tag:
    get = _getter(faults, table, path)
    return Tag(name, get("label", values.line, _in_words(name)), get("colour", values.colour, ""))


_SELDOM = frozenset(
    ("description", "note", "url", "status", "uid", "throughout", "place", "who", "tags", "timezone",
     "ignore")
)  # fmt: skip
"""The keys that most events of a large file do not have, but for those that make statements."""


def _event(
    book: Book, name: str, table: dict[str, Any], names: Names, default: tuple[str, ZoneInfo]
) -> Event:
    faults = book.faults
    path = ("events", name)
    known_keys(faults, table, "event", path)
    title = values.line(faults, table["title"], (*path, "title")) if "title" in table else None
    description = note = url = uid = ""
    status, throughout, place, zone = "confirmed", False, None, default
    people: tuple[Person, ...] = ()
    words: tuple[Tag, ...] = ()
    if not _SELDOM.isdisjoint(table):
        get = _getter(faults, table, path)
        description = get("description", values.text, "")
        note = get("note", values.text, "")
        url = get("url", values.url, "")
        status = get("status", _status, "confirmed")
        uid = get("uid", values.line, "")
        throughout = get("throughout", values.boolean, False)
        named = get("place", values.line)
        place = None if named is None else names.place(named)
        if "who" in table:
            who = values.strings(faults, table["who"], (*path, "who"))
            people = tuple(map(names.person, dict.fromkeys(n for n, _ in who)))
        if "tags" in table:
            tags = values.strings(faults, table["tags"], (*path, "tags"))
            words = tuple(map(names.tag, dict.fromkeys(n for n, _ in tags)))
        zone = _zone(faults, table, path) or default
        if zone is default and place is not None and place.timezone:
            zone = values.load_zone(faults, place.timezone, path) or zone
    cited = book.cited(table, path)
    stated = claims.statements(book, table, Subject(name, path, *zone, cited, throughout))
    ignore = _codes(faults, table, path) if "ignore" in table else ()
    return new(Event, (
        name, title or _in_words(name), *zone, description, note, url, place, people, words, cited,
        status, uid, throughout, ignore, stated,
    ))  # fmt: skip


def _once(
    book: Book, name: str, table: dict[str, Any], names: Names, default: tuple[str, ZoneInfo],
    room: Room,
) -> Event:  # fmt: skip
    """An event as `_event` reads it, with its statements, but not again where nothing has changed: what
    its table holds, in which order (`repr` tells 1 from true, and one offset from another), and how
    many statements come before."""
    statements, found = book.statements, book.faults.found
    first, faults = len(statements), len(found)

    def read() -> tuple[Event, list[Statement]]:
        event = _event(book, name, table, names, default)
        return event, statements[first:]

    event, own = room.kept(name, (repr(table), first), read)
    if len(statements) == first:
        statements += own
    if len(found) > faults:
        del room.pieces[name]  # so that its faults are found again
    return event


def _status(faults: Faults, value: object, path: Path) -> str | None:
    return values.choice(faults, value, path, STATUSES)


def _unique_uids(faults: Faults, events: dict[str, Event], identity: str) -> None:
    """Each event has a calendar UID: the one it keeps, else its id with the timeline's."""
    kept = [event for event in events.values() if event.uid]
    if not kept:
        return
    given = {f"{event.id}@{identity}": event for event in events.values() if not event.uid}
    seen: dict[str, Event] = {}
    for event in kept:
        if seen.setdefault(event.uid, event) is not event:
            faults.add("TL108", f"two events keep the same calendar UID, `{event.uid[:80]}`",
                       (*event.path, "uid"), "give one of them another, or none",
                       related=(Label((*seen[event.uid].path, "uid"), "it stands here too"),))
        elif event.uid in given:
            other = given[event.uid]
            faults.add("TL108", f"this is the calendar UID of the event `{other.id}`, which has none "
                       "of its own", (*event.path, "uid"),
                       f"give `{other.id}` another id or a `uid` of its own",
                       related=(Label(other.path, "this event", part="key"),))  # fmt: skip


def _view(book: Book, name: str, table: dict[str, Any], path: Path, tz: ZoneInfo) -> View:
    faults = book.faults
    get = _getter(faults, table, path)
    if name == "all":
        faults.add("TL107", "the view `all` always exists and holds every event", path,
                   "give this view another name", part="key")  # fmt: skip
    chosen: dict[str, tuple[str, ...]] = {
        key: tuple(n for n, _ in values.strings(faults, table[key], (*path, key)))
        for key in ("who", "tags", "place", "events")
        if key in table
    }
    if "events" in table and isinstance(table["events"], (str, list)):
        for member, where in values.strings(Faults(), table["events"], (*path, "events")):
            named = claims.target(book, member, where)
            if named is not None and named[1]:
                faults.add("TL309", "a view takes whole events, not one end", where,
                           f'write "{named[0]}"')  # fmt: skip
    date = get("within", values.date)
    within = None
    if date is not None:
        try:
            within = (
                bounds(date.start, tz)[0] if date.start is not None else None,
                bounds(date.end, tz)[1] if date.end is not None else None,
            )
        except LocalTimeError as error:
            values.local_time_fault(faults, error, (*path, "within"), str(tz.key), date.text)
    return View(name, get("title", values.line, _in_words(name)), within=within,
                within_text=date.text if date else "", path=path, **chosen)  # fmt: skip


def _calendar(faults: Faults, head: dict[str, Any]) -> Calendar:
    path: Path = ("timeline", "calendar")
    table = _table(faults, head, "calendar", ("timeline",))
    known_keys(faults, table, "calendar", path)
    get = _getter(faults, table, path)

    def seconds(key: str, default: int) -> int:
        amount: Amount | None = get(key, values.span)
        if amount is not None and amount.longest() < 1:
            faults.add("TL107", f"`{key}` is longer than nothing", (*path, key), 'such as "12h"')
        return default if amount is None else amount.longest()

    return Calendar(
        name=get("name", values.line, ""),
        colour=get("colour", values.colour, ""),
        refresh=seconds("refresh", Calendar().refresh),
        url=get("url", values.url, ""),
        longest_window=seconds("longest_window", Calendar().longest_window),
        links=get("links", values.boolean, True),
        removed=get("removed", lambda f, v, p: values.choice(f, v, p, ("drop", "cancel")), "drop"),
    )
