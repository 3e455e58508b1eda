"""What an event's table claims of its dates, its duration and its order: keys read into statements."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from timeline import values
from timeline.book import Subject
from timeline.civil import LocalTimeError
from timeline.diagnostics import Label, Path
from timeline.duration import DAY, in_words
from timeline.model import Account, Accounts, Dated, Lasting, Related, new
from timeline.schema import RELATIONS
from timeline.values import Faults
from timeline.window import stated

if TYPE_CHECKING:
    from timeline.book import Book
    from timeline.duration import Range

DATE_KEYS = ("when", "start", "end", "earliest", "latest")
_DATES = frozenset(DATE_KEYS)
_ORDER = frozenset(RELATIONS)
_INSTEAD = {"after": "earliest", "before": "latest", "starts": "start", "started_by": "start",
            "finishes": "end", "finished_by": "end"}  # fmt: skip


def statements(book: Book, table: dict[str, Any], subject: Subject) -> tuple[int, ...]:
    """Enter every statement of one event's table, in file order; return their ids."""
    first = len(book.statements)
    faults, path = book.faults, subject.path
    dates: dict[str, Dated] = {}
    length: Range | None = None
    for key, value in table.items():
        if key in _ORDER:
            _relations(book, key, value, subject)
        elif key in _DATES:
            read = _dated(book, key, value, subject)
            if read is not None:
                dates[key], cited, note = read
                book.enter(subject.id, dates[key], _below(key, value, "date"), cited, note)
        elif key == "duration":
            length = _lasting(book, value, subject)
        elif key == "accounts":
            _accounts(book, value, subject)
    _exclude(faults, table, path)
    if len(dates) > 1:
        _runs_back(faults, dates, table, path)
    if subject.throughout and "accounts" not in table:
        _fills(faults, [d for d in dates.values() if d.key in ("when", "start", "end")],
               any(k in table for k in ("when", "start", "end")), path)  # fmt: skip
    if length is not None and "when" in dates:
        _fits(faults, dates["when"], length, subject.throughout, table, path)
    return tuple([statement.id for statement in book.statements[first:]])


def _below(key: str, value: object, inner: str) -> Path:
    """Where a key's value stands below its table, be it plain or in a table of its own."""
    return (key, inner) if isinstance(value, dict) else (key,)


def _exclude(faults: Faults, table: dict[str, Any], path: Path) -> None:
    """`when` and `start`/`end`, and own dates and `accounts`, do not go together."""
    for key in ("start", "end") if "when" in table else ():
        if key in table:
            faults.add("TL106", f"`{key}` and `when` do not go together", (*path, key),
                       "write `start` and `end` where both are known, else `when`", part="key",
                       related=(Label((*path, "when"), "`when` stands here", "key"),))
    for key in ("when", "start", "end") if "accounts" in table else ():  # fmt: skip
        if key in table:
            faults.add("TL106", f"`accounts` takes the place of `{key}`", (*path, key),
                       "make this date one of the accounts, or drop the accounts", part="key",
                       related=(Label((*path, "accounts"), "the accounts stand here", "key"),))


def _runs_back(
    faults: Faults, dates: dict[str, Dated], table: dict[str, Any], path: Path
) -> None:
    """An event's own dates that end before they begin."""
    for first, last in (("start", "end"), ("earliest", "latest")):
        if first not in dates or last not in dates:
            continue
        one, other = dates[first], dates[last]
        low, high = one.ends.start.earliest, other.ends.end.latest
        if low is None or high is None or low < high:
            continue
        if low > high or not (_timed(one) or _timed(other)):
            begins, ends = ((*path, *_below(k, table[k], "date")) for k in (first, last))
            faults.add("TL203", f"`{last}` lies before `{first}`", ends,
                       "put them the other way round, or correct one; where sources differ, write "
                       "`accounts`", related=(Label(begins, f"`{first}` stands here"),))


def _fills(faults: Faults, dates: list[Dated], any_written: bool, path: Path) -> None:
    """`throughout` needs a period to fill."""
    where = (*path, "throughout")
    if not any_written:
        faults.add("TL214", "`throughout` has no date to fill", where,
                   "add `when`, or drop `throughout`", part="key")  # fmt: skip
    elif dates and all(_timed(d) for d in dates):
        faults.add("TL214", "`throughout` has no period to fill: the date is a time of day", where,
                   "write the day, or a span of two times, or drop `throughout`", part="key")


def _timed(dated: Dated) -> bool:  # fmt: skip
    return (
        dated.date.kind == "single" and dated.date.start is not None
        and dated.date.start.time is not None
    )  # fmt: skip


def _fits(faults: Faults, when: Dated, length: Range, throughout: bool, table: dict[str, Any],
          path: Path) -> None:  # fmt: skip
    """A duration longer than the period that holds the event: most often `start` was meant."""
    low, high = when.ends.start.earliest, when.ends.end.latest
    if low is None or high is None or length.least is None or throughout:
        return
    if when.date.kind != "single" or length.least.shortest() <= high - low:
        return
    where = (*path, "duration")
    period = f"`when` holds the whole event in {in_words(high - low)}"
    if length.exact and length.least.shortest() == DAY and when.date.precision == "day":
        faults.add("TL212", f"that day has only {in_words(high - low)}, and `1d` is 24 h", where,
                   "to fill the day whatever its length, write `throughout = true` instead")
    else:
        faults.add("TL211", f"{period}, and it lasts {in_words(length.least.shortest())}", where,
                   "if it starts in that period, write `start` instead of `when`",
                   related=(Label((*path, *_below("when", table["when"], "date")),
                                  "the date stands here"),))  # fmt: skip


def _dated(book: Book, key: str, value: object, subject: Subject
           ) -> tuple[Dated, tuple[str, ...], str] | None:  # fmt: skip
    """One date key: a date, or a table with a tolerance, a source and a note."""
    same = None
    if type(value) is dt.date or type(value) is str:
        same = (key, value, subject.tz, subject.throughout)
        if same in book.dates:
            return book.dates[same], subject.sources, ""
    path: Path = (*subject.path, key)
    cited, note, tolerance = subject.sources, "", None
    if isinstance(value, dict):
        values.known_keys(book.faults, value, "date table", path)
        cited, note = book.cited_by(value, cited, path)
        if "tolerance" in value:
            tolerance = values.span(book.faults, value["tolerance"], (*path, "tolerance"))
        if "date" not in value:
            return None
        path, value = (*path, "date"), value["date"]
    if isinstance(value, str) and value in book.events and not _reads_as_date(value):
        meant = {"start": "`starts` or `after`", "end": "`finishes` or `before`",
                 "earliest": "`after`", "latest": "`before`"}.get(key, "`equals` or `during`")
        book.faults.add("TL308", f"`{key}` takes a date, and `{value}` is an event", path,
                        f"for the order, write {meant}")  # fmt: skip
        return None
    if isinstance(value, list):
        book.faults.add("TL102", f"`{key}` takes one date, not a list", path,
                        "where sources differ, write `accounts`; for several dates, several events")
        return None  # fmt: skip
    date = values.date(book.faults, value, path, span=key == "when")
    if date is None:
        return None
    try:
        ends = stated(key, date, subject.tz, subject.throughout, tolerance)
    except LocalTimeError as error:
        values.local_time_fault(book.faults, error, path, subject.zone, date.text)
        return None
    claim = Dated(key, date, ends, subject.throughout, tolerance)
    if same is not None:
        book.dates[same] = claim
    return claim, cited, note


def _reads_as_date(text: str) -> bool:
    return values.date(Faults(), text, ("",)) is not None


def _lasting(book: Book, value: object, subject: Subject) -> Range | None:
    cited, note = subject.sources, ""
    below = _below("duration", value, "duration")
    if isinstance(value, dict):
        path = (*subject.path, "duration")
        values.known_keys(book.faults, value, "duration table", path)
        cited, note = book.cited_by(value, cited, path)
        if "duration" not in value:
            return None
        value = value["duration"]
    claim = book.lengths.get(value) if isinstance(value, str) else None
    if claim is None:
        read = values.length(book.faults, value, (*subject.path, *below))
        if read is None:
            return None
        claim = book.lengths[read.text] = Lasting(read)
    book.enter(subject.id, claim, below, cited, note)
    return claim.length


def _relations(book: Book, key: str, value: object, subject: Subject) -> None:
    """A relation key: an event, a table, or a list of both; one statement for each."""
    if isinstance(value, list):
        if not value:
            path = (*subject.path, key)
            book.faults.add("TL107", f"`{key}` is an empty list", path, "leave the key out")
        for i, entry in enumerate(value):
            _relation(book, key, entry, subject, (key, i))
    else:
        _relation(book, key, value, subject, (key,))


def _relation(book: Book, key: str, value: object, subject: Subject, below: Path) -> None:
    cited, note, lag, where = subject.sources, "", None, below
    sound = True
    if isinstance(value, dict):
        path = (*subject.path, *below)
        values.known_keys(book.faults, value, "relation table", path)
        cited, note = book.cited_by(value, cited, path)
        if "lag" in value:
            lag = _lag(book.faults, key, value["lag"], (*path, "lag"))
            sound = lag is not None
        if "event" not in value:
            return
        where, value = (*below, "event"), value["event"]
    other, end = "", ""
    if isinstance(value, str) and value in book.events and value != subject.id and "." not in value:
        other = value
    elif isinstance(value, (dt.date, int, float)) and not isinstance(value, bool):
        _dated_relation(book.faults, key, (*subject.path, *where))
        return
    else:
        named = target(book, value, (*subject.path, *where), subject.id, key)
        if named is None:
            return
        other, end = named
    if not sound:
        return
    if end and key not in ("after", "before"):
        path = (*subject.path, *where)
        book.faults.add("TL309", f"`{key}` relates whole events, not one end", path,
                        f'write "{other}"; `after` and `before` take an end, and so do '
                        "`[[constraints]]`")  # fmt: skip
        return
    book.enter(subject.id, new(Related, (key, other, end, lag)), below, cited, note)


def _dated_relation(faults: Faults, key: str, path: Path) -> None:
    instead = _INSTEAD.get(key, "when")
    faults.add("TL307", f"`{key}` names an event, and this is a date", path,
               f"for a date, write `{instead}`")  # fmt: skip


def _lag(faults: Faults, key: str, value: object, path: Path) -> Range | None:
    if key not in ("after", "before"):
        faults.add("TL306", f"`{key}` takes no lag: only `after` and `before` do", path,
                   "for any other distance write `[[constraints]]`", part="key")  # fmt: skip
        return None
    return values.length(faults, value, path)


def target(book: Book, value: object, path: Path, subject: str = "", key: str = ""
           ) -> tuple[str, str] | None:  # fmt: skip
    """The event, and the end of it where one is named, that a text such as `talks.end` means."""
    if not isinstance(value, str):
        values.wrong_type(book.faults, value, path, "an event's id")
        return None
    name, dot, end = value.partition(".")
    if name not in book.events:
        if key and _reads_as_date(value):
            _dated_relation(book.faults, key, path)
            return None
        near = book.faults.closest(name, book.events)
        book.faults.add("TL301", f'there is no event "{name[:64]}"', path,
                        f'did you mean "{near}{dot}{end}"?' if near else
                        values.declaring("events", name, "title"))  # fmt: skip
        return None
    if name == subject:
        book.faults.add("TL303", f"`{name}` is set in relation to itself", path,
                        "name another event")  # fmt: skip
        return None
    if dot and end not in ("start", "end"):
        book.faults.add("TL309", f'an event has no "{end[:20]}"', path,
                        f'write "{name}.start" or "{name}.end"')  # fmt: skip
        return None
    return name, end


def _accounts(book: Book, value: object, subject: Subject) -> None:
    """All accounts of an event: one statement with several places and sources."""
    path = (*subject.path, "accounts")
    if not isinstance(value, list):
        values.wrong_type(book.faults, value, path, "a list of tables",
                          "write one [[events.….accounts]] for each source")  # fmt: skip
        return
    if not value:
        book.faults.add("TL107", "`accounts` is an empty list", path, "leave the key out")
    read = [
        account
        for i, entry in enumerate(value)
        if (account := _account(book, entry, subject, (*path, i))) is not None
    ]
    if read and len(read) == len(value):
        cited = tuple(dict.fromkeys(s for a in read for s in a.sources))
        book.enter(subject.id, Accounts(tuple(read)), ("accounts",), cited)


def _account(book: Book, entry: object, subject: Subject, path: Path) -> Account | None:
    faults = book.faults
    if not isinstance(entry, dict):
        values.wrong_type(faults, entry, path, "a table", "{ when = …, source = … }")
        return None
    before = len(faults.found)
    values.known_keys(faults, entry, "account", path)
    cited, note = book.cited_by(entry, subject.sources, path)
    throughout = subject.throughout
    if "throughout" in entry:
        throughout = values.boolean(faults, entry["throughout"], (*path, "throughout")) or False
    zone, tz = subject.zone, subject.tz
    if "timezone" in entry:
        found = values.load_zone(faults, entry["timezone"], (*path, "timezone"))
        zone, tz = found or (zone, tz)
    own = Subject(subject.id, path, zone, tz, cited, throughout)
    dates: list[Dated] = []
    for key in DATE_KEYS:
        if key in entry:
            dated = _dated(book, key, entry[key], own)
            if dated is not None:
                dates.append(dated[0])
                cited = tuple(dict.fromkeys((*cited, *dated[1])))
    length = None
    if "duration" in entry:
        length = values.length(faults, entry["duration"], (*path, "duration"))
    _exclude(faults, entry, path)
    if "throughout" in entry and throughout:
        _fills(faults, [d for d in dates if d.key in ("when", "start", "end")],
               any(k in entry for k in ("when", "start", "end")), path)  # fmt: skip
    if not dates and length is None and len(faults.found) == before:
        faults.add("TL103", "this account says nothing of a date or a duration", path,
                   "add `when`, or drop the account", part="key")  # fmt: skip
    return Account(tuple(dates), length, cited, note, path) if len(faults.found) == before else None
