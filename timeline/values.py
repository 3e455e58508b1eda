"""Plain values of the file: texts, names, zones, dates, lengths. Each is read strictly, and every
fault is gathered with the path at which it stands; a faulty value reads as None.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from timeline import edtf
from timeline.civil import LocalTimeError, UnknownZone, rfc3339, zone, zone_names
from timeline.diagnostics import Diagnostic, Path, closest
from timeline.duration import Amount, DurationError, Range, parse_range
from timeline.schema import COLOURS, ID_TEXT, REQUIRED, SLIPS, TABLES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from zoneinfo import ZoneInfo

# Compiled when first used, not at each start of the program.
_CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]"
_BREAKS = "[\r\n\x85\u2028\u2029]"
_LANGUAGE = r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*"
_SCHEMES = ("https://", "http://", "webcal://", "webcals://")
_CODES = {
    "impossible": "TL202", "reversed": "TL203", "year-range": "TL204", "fraction": "TL207",
    "season": "TL213", "nothing": "TL217",
}  # fmt: skip


class Faults:
    """The faults found so far: the one thing that reading adds to.

    `guesses` is how many more names may be guessed at: a hostile file could ask for any number.
    """

    __slots__ = ("found", "guesses")

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []
        self.guesses = 100

    def add(self, code: str, message: str, path: Path, help: str = "", **more: Any) -> None:
        """Note one fault."""
        self.found.append(Diagnostic(code, message, path, help=help, **more))

    def closest(self, word: str, known: Iterable[str]) -> str | None:
        """The known word nearest to one that is not known, for "did you mean"."""
        self.guesses -= 1
        return closest(word, known) if self.guesses >= 0 else None


def kind_of(value: object) -> str:
    """What a TOML value is, in words."""
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, dt.datetime):
        return "a date-time"
    names: tuple[tuple[type, str], ...] = (
        (str, "a text"), (int, "a whole number"), (float, "a number"), (dt.date, "a date"),
        (dt.time, "a time of day"), (dict, "a table"), (list, "a list"),
    )  # fmt: skip
    return next(words for kind, words in names if isinstance(value, kind))


def wrong_type(faults: Faults, value: object, path: Path, wanted: str, help: str = "") -> None:
    """Note that a value is of another type than its key takes."""
    where = f"`{path[-1]}`" if isinstance(path[-1], str) else f"entry {path[-1] + 1}"
    faults.add("TL102", f"{where} takes {wanted}, not {kind_of(value)}", path, help)


def text(faults: Faults, value: object, path: Path) -> str | None:
    """A text; line breaks are welcome, other control characters are not."""
    if not isinstance(value, str):
        wrong_type(faults, value, path, "a text", _quote_hint(value))
        return None
    found = None if value.isprintable() else re.search(_CONTROL, value)
    if found is not None:
        faults.add("TL109", f"the text holds the control character U+{ord(found[0]):04X}", path,
                   "take it out: no reader of the exports could show it")  # fmt: skip
        return None
    return value


def line(faults: Faults, value: object, path: Path) -> str | None:
    """A text on one line, not blank."""
    if isinstance(value, str) and value.isprintable() and (plain := value.strip()):
        return plain
    read = text(faults, value, path)
    if read is None:
        return None
    if not read.strip():
        faults.add("TL109", f"`{path[-1]}` is blank", path, "write something, or leave the key out")
        return None
    if re.search(_BREAKS, read):
        faults.add("TL109", f"`{path[-1]}` is one line and holds a line break", path,
                   "keep it to one line; `description` may be long")  # fmt: skip
        return None
    return read.strip()


def _quote_hint(value: object) -> str:
    return "put it between quotes" if isinstance(value, (int, float, dt.date)) else ""


def url(faults: Faults, value: object, path: Path) -> str | None:
    """An address on the web."""
    read = line(faults, value, path)
    if read is None:
        return None
    host = read.partition("://")[2]
    plain = read.isascii() and read.isprintable() and " " not in read
    if not plain or not read.startswith(_SCHEMES) or host[:1] in ("", "/", "?", "#"):
        faults.add("TL107", "this is not an address on the web", path,
                   "write it whole, with https:// and without spaces; encode other letters as %xx")
        return None
    return read  # fmt: skip


def boolean(faults: Faults, value: object, path: Path) -> bool | None:
    """true or false."""
    if not isinstance(value, bool):
        wrong_type(faults, value, path, "true or false", "write it without quotes")
        return None
    return value


def choice(faults: Faults, value: object, path: Path, options: tuple[str, ...]) -> str | None:
    """One of a few words."""
    if isinstance(value, str) and value in options:
        return value
    listed = ", ".join(f'"{o}"' for o in options)
    if not isinstance(value, str):
        wrong_type(faults, value, path, f"one of {listed}")
        return None
    near = faults.closest(value, options)
    faults.add("TL107", f"`{path[-1]}` takes one of {listed}", path,
               f'did you mean "{near}"?' if near else "")  # fmt: skip
    return None


def colour(faults: Faults, value: object, path: Path) -> str | None:
    """A CSS3 colour name (RFC 7986 §5.9 allows no other)."""
    read = line(faults, value, path)
    if read is None or read.lower() in COLOURS:
        return read.lower() if read else None
    near = faults.closest(read.lower(), COLOURS)
    faults.add("TL107", "this is not one of the CSS3 colour names that calendars know", path,
               f'did you mean "{near}"?' if near else 'write a name such as "steelblue"')
    return None  # fmt: skip


def language(faults: Faults, value: object, path: Path) -> str | None:
    """A BCP 47 language tag."""
    read = line(faults, value, path)
    if read is None or (read.isascii() and read.isalpha() and 2 <= len(read) <= 8):
        return read
    if not re.fullmatch(_LANGUAGE, read):
        faults.add("TL107", "this is not a language tag", path, 'write one such as "en" or "pt-BR"')
        return None
    return read


def geo(faults: Faults, value: object, path: Path) -> tuple[float, float] | None:
    """Latitude and longitude in degrees."""
    if (
        isinstance(value, list)
        and len(value) == 2
        and all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in value)
        and abs(value[0]) <= 90
        and abs(value[1]) <= 180
    ):
        return float(value[0]), float(value[1])
    if not isinstance(value, list):
        wrong_type(faults, value, path, "a list of two numbers")
        return None
    faults.add("TL107", "`geo` is [latitude, longitude] in degrees: -90 to 90, -180 to 180", path)
    return None


def strings(faults: Faults, value: object, path: Path) -> list[tuple[str, Path]]:
    """One text or a list of texts, each with its path; faulty entries are left out."""
    if isinstance(value, str):
        read = line(faults, value, path)
        return [] if read is None else [(read, path)]
    if isinstance(value, list):
        paths = [(*path, i) for i in range(len(value))]
    else:
        wrong_type(faults, value, path, "a text or a list of texts", _quote_hint(value))
        return []
    listed = ((line(faults, v, p), p) for v, p in zip(value, paths, strict=True))
    return [(v, p) for v, p in listed if v is not None]


@cache
def id_pattern() -> re.Pattern[str]:
    """What a table's name must match whole to serve as an id."""
    return re.compile(ID_TEXT)


def identifier(faults: Faults, name: str, path: Path) -> bool:
    """Whether a table's name may serve as an id; notes a fault where not."""
    if id_pattern().fullmatch(name):
        return True
    plain = re.sub("[^a-z0-9_-]+", "-", name.lower()).strip("-_")[:64]
    faults.add("TL104", f"`{name[:70]}` cannot be an id", path,
               "ids are lower-case ASCII letters, digits, `-` and `_`, at most 64"
               + (f': write "{plain}"' if plain else ""), part="key")  # fmt: skip
    return False


def load_zone(faults: Faults, value: object, path: Path) -> tuple[str, ZoneInfo] | None:
    """An IANA zone by its name."""
    if not isinstance(value, str):
        wrong_type(faults, value, path, 'the name of a zone, such as "Asia/Tokyo"')
        return None
    try:
        return value, zone(value)
    except UnknownZone:
        names = zone_names()
        near = faults.closest(value, names) or next(
            (n for n in names if n.rpartition("/")[2].casefold() == value.casefold()), None
        )
        help = f'did you mean "{near}"?' if near else 'zones are named as in "Europe/Berlin"'
        if re.match(r"(?:UTC|GMT)?[+-]\d", value):
            help = "a fixed offset goes into the date: 2025-10-27T18:30:00+09:00"
        faults.add("TL208", f'there is no time zone "{value[:64]}"', path, help)
        return None


@lru_cache(maxsize=65_536)
def _parse(value: str) -> edtf.Date | edtf.DateError:
    try:
        return edtf.parse(value)
    except edtf.DateError as error:
        return error


def date(faults: Faults, value: object, path: Path, *, span: bool = True) -> edtf.Date | None:
    """A date: a TOML date or date-time, a year, or an EDTF text; `span` allows a `/`."""
    read: edtf.Date | edtf.DateError
    if isinstance(value, str):
        read = _parse(value)
    elif isinstance(value, (dt.date, int)) and not isinstance(value, bool):
        try:
            if isinstance(value, dt.datetime):
                read = edtf.from_datetime(value)
            elif isinstance(value, dt.date):
                read = edtf.from_date(value)
            else:
                read = edtf.from_year(value)
        except edtf.DateError as error:
            read = error
    else:
        help = "a time of day needs its day: 2025-10-27T18:30:00" if isinstance(value, dt.time) else ""
        wrong_type(faults, value, path, "a date", help or 'such as 2025-10-27 or "2025-10"')
        return None
    if isinstance(read, edtf.DateError):
        within = (read.column, read.length) if isinstance(value, str) else None
        code = _CODES.get(read.reason, "TL201")
        faults.add(code, _phrase(read.message), path, _phrase(read.help), within=within)
        return None
    if read.kind == "interval" and not span:
        instead = "`when`" if path[-1] in ("start", "end") else "`earliest` and `latest`"
        faults.add("TL215", f"`{path[-1]}` takes one date, not a span", path,
                   f"a span goes into {instead}")  # fmt: skip
        return None
    return read


def _phrase(sentence: str) -> str:
    """A sentence of the date parser in the manner of all findings: no capital, no full stop."""
    if sentence[1:2].islower() or sentence[1:2] == " ":
        sentence = sentence[:1].lower() + sentence[1:]
    return sentence if ". " in sentence else sentence.removesuffix(".")


def local_time_fault(
    faults: Faults, error: LocalTimeError, path: Path, zone_name: str, written: str
) -> None:
    """Note a local time that its zone skips or repeats, with both readings."""
    early, late = sorted(error.readings)
    if error.reason == "skipped-day":
        faults.add("TL205", f"{written} does not exist in {zone_name}: its clocks skipped the day",
                   path, "name another day, or the zone that is meant")  # fmt: skip
        return
    first, second = rfc3339(early), rfc3339(late)
    if error.reason == "skipped":
        faults.add("TL205", f"{written} does not exist in {zone_name}: its clocks skip that hour",
                   path, f"add the offset that is meant, or write {first} or {second}")
    else:
        faults.add("TL206", f"{written} happens twice in {zone_name}", path,
                   f"add the offset that is meant: it is {first} or {second}")  # fmt: skip


def length(faults: Faults, value: object, path: Path, *, negative: bool = False) -> Range | None:
    """A duration, a lag or one of their ranges."""
    if not isinstance(value, str):
        wrong_type(faults, value, path, 'a length of time such as "1h30m"',
                          _quote_hint(value) and 'write it as a text with its unit: "30m"')
        return None
    try:
        read = parse_range(value)
    except DurationError as error:
        faults.add("TL210" if error.reason == "reversed" else "TL209", error.message, path,
                   error.help)
        return None  # fmt: skip
    if not negative and _negative(read):
        known = "lag" if path[-1] == "lag" else "duration"
        faults.add("TL306", f"a {known} is never negative", path,
                   "turn the relation round, or write `[[constraints]]`, whose lag may be negative"
                   if known == "lag" else "")  # fmt: skip
        return None
    return read


def _negative(length: Range) -> bool:
    low, high = length.least, length.most
    return (low is not None and min(low) < 0) or (high is not None and min(high) < 0)


def span(faults: Faults, value: object, path: Path) -> Amount | None:
    """One length of time, not a range."""
    read = length(faults, value, path)
    if read is not None and not read.exact:
        faults.add("TL209", f"`{path[-1]}` takes one length, not a range", path)
        return None
    return read.least if read else None


def declaring(kind: str, name: str, called: str) -> str:
    """How to declare what is named: by its id, or under one where the name can be none."""
    if id_pattern().fullmatch(name):
        return f"declare it: [{kind}.{name}]"
    plain = re.sub("[^a-z0-9_-]+", "-", name[:64].lower()).strip("-_")
    return f'declare it: [{kind}.{plain}] with its {called}, and name it "{plain}"' if plain else ""


def known_keys(faults: Faults, table: dict[str, Any], kind: str, path: Path) -> None:
    """Note every key that a table of this kind does not have, and every one that it must have."""
    keys = TABLES[kind]
    if not table.keys() <= keys.keys():
        for name in table:
            if name not in keys:
                _unknown_key(faults, name, kind, (*path, name), keys)
    for name in REQUIRED[kind]:
        if name not in table:
            faults.add("TL103", f"`{name}` is missing here", path,
                       f"such as {name} = {keys[name].example}", part="key")  # fmt: skip


def _unknown_key(
    faults: Faults, name: str, kind: str, path: Path, keys: Collection[str]
) -> None:
    meant = SLIPS.get(kind, {}).get(name.lower().replace(" ", "_"))
    if meant is not None:
        faults.add("TL105", f"`{name}` is called `{meant}` here", path, f"write `{meant}`",
                   part="key")  # fmt: skip
        return
    near = faults.closest(name, keys)
    help = f"did you mean `{near}`?" if near else ""
    if kind == "event" and name.lower() in ("color", "colour"):
        help = 'an event has the colour of its first tag that has one: [tags.x] colour = "steelblue"'
    elif not near and kind != "file":
        help = "known keys: " + ", ".join(sorted(keys))
    named = kind.removesuffix(" table")
    article = "an" if named[0] in "aeiou" else "a"
    what = "at the top of the file" if kind == "file" else f"of {article} {named}"
    faults.add("TL101", f"`{name[:70]}` is not a key {what}", path, help, part="key")


