"""One date of EDTF, neither interval nor set: the days that its text may mean, without any time zone.

The grammar stands in `timeline.edtf`: this is its `period`. `X` stands for the last digits of a part.
"""

# Annotations are evaluated here: as texts, `NamedTuple` would compile each at every start.
import re
from functools import cache
from typing import NamedTuple

from timeline import gregorian
from timeline.gregorian import CalendarError, day_text

# Finest first. A text with `X` has the precision of the smallest named unit that holds it.
PRECISIONS = (
    "second", "minute", "day", "week", "month", "season", "quarter", "quadrimester", "half",
    "year", "decade", "century", "millennium", "unknown",
)  # fmt: skip


class Period(NamedTuple):
    """One date as written: the days that it may cover, both inclusive (0001-01-01 is day 1).

    1 <= first <= last <= 3652059, or both are None for the unknown `XXXX`. `time` is in seconds
    after midnight, `offset` in seconds east of UTC; each is None where it is not written. An offset
    comes only with a time, a time only with first == last.
    """

    first: int | None
    last: int | None
    time: int | None
    offset: int | None
    precision: str
    approximate: bool
    uncertain: bool
    text: str


class DateError(ValueError):
    """Why a text is no date.

    `message` and `help` ("" for none) are sentences for a person. `column` and `length` (at least
    1) count code points within the text. `reason` is "syntax", "empty", "length", "qualifier",
    "unspecified" (of `X`), "impossible", "season", "fraction", "offset", "year-range", "nothing"
    (neither end has a bound), "reversed", or "not-single".
    """

    def __init__(self, message: str, column: int, length: int, help: str, reason: str) -> None:
        super().__init__(message)
        self.message, self.help, self.reason = message, help, reason
        self.column, self.length = column, length


_PERIOD = (
    r"(?P<days>(?P<year>[0-9X]{4})(?:-W(?P<week>[0-9]{2})(?:-(?P<weekday>[0-9]))?"
    r"|-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2}))?)?)"
    r"(?P<clock>T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
    r"(?P<fraction>[.,][0-9]+)?"
    r"(?P<offset>Z|[+-][0-9]{2}(?::[0-9]{2})?)?)?"
    r"(?P<mark>[~?%])?"
)
_TOLD_AFTER_MASK = r"X-?W?[0-9]|[0-9]X+-"
_FAR_YEAR = r"[0-9]{5}(?:-.*)?|-[0-9]{1,5}(?:-.*)?|Y-?[0-9]{5,}|Y-?[0-9]+E.*|.* BCE?"


@cache
def _shape() -> re.Pattern[str]:
    """The pattern of a date, compiled at the first that is written as a text."""
    return re.compile(_PERIOD)


def read_period(text: str, at: int) -> Period:
    """Read one date; `at` is where it stands in the whole text. Raises `DateError`."""
    found = _shape().fullmatch(text)
    if found is None:
        raise _unreadable(text, at)
    time = offset = None
    try:
        first, last, precision = _days(found)
        if found["clock"]:
            if precision != "day":
                message = "A time needs a whole day before it, as in `2025-10-27T18:30`."
                raise CalendarError("days", "syntax", message)
            offset = gregorian.offset_seconds(found["offset"]) if found["offset"] else None
            time = _time(found, last)
            precision = "second" if found["second"] else "minute"
    except CalendarError as fault:
        start, end = found.span(fault.part)
        raise DateError(fault.message, at + start, end - start, fault.help, fault.reason) from None
    approximate, uncertain = found["mark"] in ("~", "%"), found["mark"] in ("?", "%")
    return Period(first, last, time, offset, precision, approximate, uncertain, text)


def _days(found: re.Match[str]) -> tuple[int | None, int | None, str]:
    if "X" in found["days"] and re.search(_TOLD_AFTER_MASK, found["days"]):
        message = "`X` stands for the last digits of a date, and nothing else follows."
        help = "Write `202X`, `20XX`, `2025-1X`, `2025-XX`, or `2025-10-XX`."
        raise CalendarError("days", "unspecified", message, help)
    if found["year"] == "XXXX":
        return None, None, "unknown"
    if found["week"]:
        return gregorian.week_span(found["year"], found["week"], found["weekday"])
    return gregorian.day_span(found["year"], found["month"], found["day"])


def _time(found: re.Match[str], day: int | None) -> int:
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    if day and (hour, minute, second) == (24, 0, 0):  # abolished in ISO 8601-1:2019
        help = f"Write `{day_text(day + 1)}T00:00`." if day < gregorian.LAST_DAY else ""
        raise CalendarError("hour", "impossible", "24:00 is 00:00 of the next day.", help)
    seconds = gregorian.clock_seconds(hour, minute, second)
    if found["fraction"]:
        help = f"Write `{found.string.replace(found['fraction'], '', 1)}`."
        raise CalendarError("fraction", "fraction", "Time is counted in whole seconds.", help)
    return seconds


def _unreadable(text: str, at: int) -> DateError:
    """The error for a text that has not the shape of a date."""
    if not text:
        return DateError("A date is missing here.", at, 1, "", "syntax")
    if re.fullmatch(_FAR_YEAR, text.rstrip("~?%")):
        return DateError("The years 0001 to 9999 can be read.", at, len(text), "", "year-range")
    mark = re.search("[~?%]", text[:-1])
    if mark:
        message = "One qualifier closes a date: `~` approximate, `?` uncertain, or `%` for both."
        return DateError(message, at + mark.start(), 1, "", "qualifier")
    start = _shape().match(text)
    stop = start.end() if start else 0
    message = f"`{shown(text)}` is not written as a date."
    help = "Write it as in `2025-10-27`, `2025-10`, `2025`, or `2025-10-27T18:30`."
    return DateError(message, at + stop, len(text) - stop, help, "syntax")


def shown(text: str) -> str:
    """A text as a message may quote it: short, and without what would upset a terminal."""
    short = text if len(text) <= 40 else text[:39] + "…"
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in short)
