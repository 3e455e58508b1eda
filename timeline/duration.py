"""Durations, lags and tolerances: `30m`, `1h30m`, `25m..40m`, `1s..`, `P1DT2H`.

An amount keeps calendar months apart from seconds, since a month has no fixed length
(ISO 8601-1 §5.5.2; RFC 5545 §3.3.6 for the units). `d` is 24 hours and `w` seven days.
"""

# Annotations are evaluated here: as texts, `NamedTuple` would compile each at every start.
import re
from functools import cache, lru_cache
from typing import NamedTuple

DAY = 86_400
_UNITS = {"y": (12, 0), "mo": (1, 0), "w": (0, 7 * DAY), "d": (0, DAY), "h": (0, 3600),
          "m": (0, 60), "s": (0, 1)}  # fmt: skip
# Compiled when first used, not at each start of the program.
_PLAIN = r"(?:(\d+)y)?(?:(\d+)mo)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?"
_ISO = r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?"
_WORDY = r"(\d+(?:[.,]\d+)?)\s*([A-Za-z]+)"
_SPELLED = {
    "year": "y", "years": "y", "yr": "y", "yrs": "y", "month": "mo", "months": "mo", "mon": "mo",
    "week": "w", "weeks": "w", "day": "d", "days": "d", "hour": "h", "hours": "h", "hr": "h",
    "hrs": "h", "minute": "m", "minutes": "m", "min": "m", "mins": "m", "second": "s",
    "seconds": "s", "sec": "s", "secs": "s",
}  # fmt: skip
_LONGEST = 9_999 * 12  # months; and the same in days: nothing in a calendar of 9999 years is longer
_LENGTH = 80


class DurationError(ValueError):
    """A text that is no duration; says where and what to write instead."""

    def __init__(self, message: str, help: str = "", reason: str = "syntax") -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.reason = reason


class Amount(NamedTuple):
    """A length of time: whole calendar months and whole seconds, of one sign."""

    months: int
    seconds: int

    def shortest(self) -> int:
        """The least number of seconds that it can be, over every place in the calendar."""
        if not self.months:
            return self.seconds
        return _months(self.months)[0 if self.months >= 0 else 1] + self.seconds

    def longest(self) -> int:
        """The greatest number of seconds that it can be."""
        if not self.months:
            return self.seconds
        return _months(self.months)[1 if self.months >= 0 else 0] + self.seconds


class Range(NamedTuple):
    """A least and a greatest amount; None where that side is open. `text` as written."""

    least: Amount | None
    most: Amount | None
    text: str

    @property
    def exact(self) -> bool:
        """Written as one amount rather than a range."""
        return self.least is not None and self.least == self.most


def _months(count: int) -> tuple[int, int]:
    """Seconds in the shortest and the longest run of `count` calendar months (sign kept)."""
    whole, rest = divmod(abs(count), 4800)
    least, most = _run(rest)
    sign = -1 if count < 0 else 1
    return sign * (whole * 146_097 + least) * DAY, sign * (whole * 146_097 + most) * DAY


@cache
def _run(count: int) -> tuple[int, int]:
    """Days in the shortest and the longest run of fewer than 4,800 calendar months.

    The Gregorian calendar repeats after 4,800 months, 146,097 days.
    """
    lengths = _month_lengths()
    total = sum(lengths[:count])
    least = most = total
    for i in range(4800 if count else 0):
        total += lengths[i + count] - lengths[i]
        least = min(least, total)
        most = max(most, total)
    return least, most


@lru_cache(maxsize=1)
def _month_lengths() -> tuple[int, ...]:
    """Days of each month of two runs of the 400-year cycle, from January of a leap year 2000."""
    cycle: list[int] = []
    for year in range(2000, 2400):
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        cycle += [31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return tuple(cycle + cycle)


def parse_amount(text: str) -> Amount:
    """Read one amount such as `1h30m`, `2y`, `-2d` or `P1DT2H`; raise DurationError."""
    sign, body = (-1, text[1:]) if text[:1] == "-" else (1, text)
    found = re.fullmatch(_PLAIN, body, re.ASCII) or re.fullmatch(_ISO, body, re.ASCII)
    if len(text) > _LENGTH or found is None or not any(found.groups()) or body.endswith("T"):
        raise _explain(text)
    months = seconds = 0
    for digits, (unit_months, unit_seconds) in zip(found.groups(), _UNITS.values(), strict=True):
        if digits:
            months += int(digits) * unit_months
            seconds += int(digits) * unit_seconds
    if months > _LONGEST or seconds > _LONGEST * 31 * DAY:
        raise DurationError(f"`{text}` is longer than 9999 years", reason="too-long")
    return Amount(sign * months, sign * seconds)


@lru_cache(maxsize=4096)
def parse_range(text: str) -> Range:
    """Read an amount, or a range of two: `25m..40m`, `1s..`, `..3d`; raise DurationError.

    A range whose least amount is certainly longer than its greatest is refused (`reversed`).
    """
    if ".." not in text:
        amount = parse_amount(text)
        return Range(amount, amount, text)
    low, _, high = text.partition("..")
    if ".." in high:
        raise DurationError(f"`{text[:40]}` has more than one `..`", "write a least and a greatest length")
    if not low and not high:
        raise DurationError("`..` names neither a least nor a greatest length", "leave it out")
    least = parse_amount(low) if low else None
    most = parse_amount(high) if high else None
    if least is not None and most is not None and least.shortest() > most.longest():
        raise DurationError(
            f"`{text}` runs backwards: {low} is longer than {high}", f"write `{high}..{low}`",
            "reversed",
        )  # fmt: skip
    return Range(least, most, text)


def _explain(text: str) -> DurationError:
    shown = text if len(text) <= 40 else text[:37] + "…"
    help = 'write whole numbers with the units y mo w d h m s, as in "1h30m" or "25m..40m"'
    if re.search(r"\d[.,]\d", text):
        return DurationError(f"`{shown}` has a fraction; lengths are whole units",
                             'write it in a smaller unit: "90m" rather than "1.5h"')  # fmt: skip
    said = f"`{shown}` is not how a length of time is written"
    parts = [_plainly(part) for part in re.split(r"\s*(?:\.{2,}|…|–|—|-|\bto\b)\s*", text)]
    if all(parts) and len(parts) <= 2:
        return DurationError(said, 'write "' + "..".join(filter(None, parts)) + '"')
    if re.fullmatch(r"\d+", text):
        return DurationError(f"`{shown}` has no unit", f'write "{shown}m", "{shown}h" or the like')
    return DurationError(f"`{shown}` is not a length of time", help)


def _plainly(text: str) -> str:
    """An amount in words as the file writes it, its units from the greatest down; else nothing."""
    if len(text) > _LENGTH or not re.fullmatch(rf"(?:\s*{_WORDY}(?:,|\s+and\b)?)+\s*", text, re.ASCII):
        return ""
    counts: dict[str, str] = {}
    for number, word in re.findall(_WORDY, text, re.ASCII):
        unit = _SPELLED.get(word.lower(), word.lower())
        if unit not in _UNITS or unit in counts:
            return ""
        counts[unit] = number
    return "".join(counts[unit] + unit for unit in _UNITS if unit in counts)


def in_words(seconds: int) -> str:
    """A number of seconds as a person says it, by its two largest units: `1 day 4 h`."""
    if seconds < 0:
        return "minus " + in_words(-seconds)
    days, rest = divmod(seconds, DAY)
    hours, rest = divmod(rest, 3600)
    minutes, secs = divmod(rest, 60)
    units = [
        (days, "1 day" if days == 1 else f"{days:,} days"),
        (hours, f"{hours} h"),
        (minutes, f"{minutes} min"),
        (secs, f"{secs} s"),
    ]
    parts = [words for count, words in units if count]
    return " ".join(parts[:2]) if parts else "0 s"


def as_written(seconds: int) -> str:
    """A number of seconds in the units of the file, exactly: `1d4h`."""
    if seconds == 0:
        return "0s"
    out, rest = ("-" if seconds < 0 else ""), abs(seconds)
    for unit, size in (("d", DAY), ("h", 3600), ("m", 60), ("s", 1)):
        count, rest = divmod(rest, size)
        out += f"{count}{unit}" if count else ""
    return out
