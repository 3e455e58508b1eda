"""The file as values: a timeline, its events, and the statements that its author made.

Each value knows the path at which it stands in the document. A statement is the unit in which a
person thinks and in which contradictions are shown; its claim says what it means.

They are named tuples rather than attrs classes: there are many kinds of them, and making a class of
this kind costs a third as much at every start of the program, a value of it half as much.
"""

# Annotations are evaluated here: as texts, `NamedTuple` would compile each at every start.
from typing import NamedTuple
from zoneinfo import ZoneInfo

from timeline.duration import Amount, Range
from timeline.edtf import Date
from timeline.window import Ends

Path = tuple[str | int, ...]

new = tuple.__new__
"""Makes a named tuple of all its fields in half the time of its own `__new__`: some values are many."""


class Source(NamedTuple):
    """Who says so."""

    id: str
    title: str
    url: str
    published: Date | None
    path: Path


class Place(NamedTuple):
    """Where: a declared place, or one known by its name alone (`id` is empty)."""

    id: str
    name: str
    timezone: str | None = None
    geo: tuple[float, float] | None = None
    url: str = ""


class Person(NamedTuple):
    """Who: a declared person, or one known by name alone (`id` is empty)."""

    id: str
    name: str
    role: str = ""
    url: str = ""


class Tag(NamedTuple):
    """A declared tag, or a bare one (`id` is empty)."""

    id: str
    label: str
    colour: str = ""


class Dated(NamedTuple):
    """A date key's claim. `key` is when, start, end, earliest or latest; `ends` what it says of
    both ends in seconds UTC."""

    key: str
    date: Date
    ends: Ends
    throughout: bool
    tolerance: Amount | None


class Lasting(NamedTuple):
    """An event's own duration."""

    length: Range


class Account(NamedTuple):
    """What one source says of an event's dates and duration."""

    dates: tuple[Dated, ...]
    length: Range | None
    sources: tuple[str, ...]
    note: str
    path: Path


class Accounts(NamedTuple):
    """All accounts of one event: one claim."""

    accounts: tuple[Account, ...]


class Related(NamedTuple):
    """One relation of the statement's event to another (`relation` is the key as written).

    `end` is `start` or `end` where the other event is named with one of its ends, else empty.
    """

    relation: str
    other: str
    end: str = ""
    lag: Range | None = None


class Linked(NamedTuple):
    """A link of a sequence: each of `later` comes after each of `earlier`."""

    earlier: tuple[str, ...]
    later: tuple[str, ...]
    sequence: int


class Lagged(NamedTuple):
    """A `[[constraints]]` entry: from one named end to another, a lag."""

    tail: tuple[str, str]
    head: tuple[str, str]
    lag: Range


Claim = Dated | Lasting | Accounts | Related | Linked | Lagged


class Statement(NamedTuple):
    """One thing that the author states. `event` is its subject ("" for links and constraints).

    `below` is its path below its event's table, which many statements share, such as ("after", 0);
    the whole path where it has no event.
    """

    id: int
    event: str
    claim: Claim
    below: Path
    sources: tuple[str, ...]
    note: str = ""

    @property
    def path(self) -> Path:
        """Where it stands in the document."""
        return ("events", self.event, *self.below) if self.event else self.below


class Event(NamedTuple):
    """One event as written, its zone resolved, its statements by id."""

    id: str
    title: str
    zone: str
    tz: ZoneInfo
    description: str = ""
    note: str = ""
    url: str = ""
    place: Place | None = None
    who: tuple[Person, ...] = ()
    tags: tuple[Tag, ...] = ()
    sources: tuple[str, ...] = ()
    status: str = "confirmed"
    uid: str = ""
    throughout: bool = False
    ignore: tuple[str, ...] = ()
    statements: tuple[int, ...] = ()

    @property
    def path(self) -> Path:
        """Where its table stands in the document."""
        return "events", self.id

    @property
    def cancelled(self) -> bool:
        """It was called off: it keeps its dates and takes no part in the order."""
        return self.status == "cancelled"


class View(NamedTuple):
    """What subscribers choose from. Different keys must all match; any listed value of one does."""

    id: str
    title: str
    who: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    within: tuple[int | None, int | None] | None = None
    within_text: str = ""
    path: Path = ()


class Calendar(NamedTuple):
    """`[timeline.calendar]`: how the feed presents itself."""

    name: str = ""
    colour: str = ""
    refresh: int = 43_200  # seconds
    url: str = ""
    longest_window: int = 31 * 86_400  # seconds
    links: bool = True
    removed: str = "drop"


class Sequence(NamedTuple):
    """A chain of events: its elements in order, each one event or a group without order."""

    title: str
    elements: tuple[tuple[str, ...], ...]
    sources: tuple[str, ...]
    path: Path


class Timeline(NamedTuple):
    """The whole file."""

    id: str
    title: str
    zone: str
    tz: ZoneInfo
    events: dict[str, Event]
    numbers: dict[str, int]
    """The number of each event, in file order."""
    statements: tuple[Statement, ...]
    sources: dict[str, Source]
    places: dict[str, Place]
    people: dict[str, Person]
    tags: dict[str, Tag]
    views: dict[str, View]
    description: str = ""
    url: str = ""
    language: str = ""
    organisation: str = ""
    ignore: tuple[str, ...] = ()
    calendar: Calendar = Calendar()
    sequences: tuple[Sequence, ...] = ()
    id_stated: bool = True
    zone_stated: bool = True
