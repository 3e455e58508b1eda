"""Civil time and zones to seconds UTC, and back.

Zones come from the `tzdata` package and never from the system, so that two machines agree. Seconds
count from 1970-01-01T00:00Z, leap seconds left out; days are proleptic Gregorian ordinals.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from timeline.duration import DAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.duration import Amount

EPOCH_DAY = 719_163  # the ordinal of 1970-01-01
FIRST = (1 - EPOCH_DAY) * DAY  # 0001-01-01T00:00Z
LAST = (3_652_060 - EPOCH_DAY) * DAY  # 10000-01-01T00:00Z
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class UnknownZone(ValueError):
    """A name that the zone database does not have."""


class LocalTimeError(ValueError):
    """A local time that its zone skips or repeats, with the instants that it might mean."""

    def __init__(self, reason: str, readings: tuple[int, int]) -> None:
        super().__init__(reason)
        self.reason = reason  # "skipped" | "repeated"
        self.readings = readings  # seconds UTC by the offset before the change, and after it


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """The zone of an IANA name, as the `tzdata` package has it; raise UnknownZone."""
    import tzdata  # type: ignore[import-untyped]

    if name == "UTC":
        key = "Etc/UTC"
    elif len(name) <= 64 and name.isascii() and all(map(_is_plain, name.split("/"))):
        key = name
    else:
        raise UnknownZone(name)
    loader = tzdata.__spec__.loader
    base = tzdata.__path__[0]
    try:
        data = loader.get_data(f"{base}/zoneinfo/{key}")
        return ZoneInfo.from_file(BytesIO(data), key=name)
    except (OSError, ValueError):
        raise UnknownZone(name) from None


def _is_plain(part: str) -> bool:
    """Whether a part of a zone's name is letters, digits, `_`, `+` and `-`: it leads to no other file."""
    return part.replace("_", "a").replace("-", "a").replace("+", "a").isalnum()


def zone_names() -> Sequence[str]:
    """Every name in the zone database."""
    import tzdata

    listing = tzdata.__spec__.loader.get_data(
        f"{tzdata.__path__[0]}/zones"
    )
    return tuple(str(listing, "ascii").split())


def _naive(day: int, second: int) -> datetime:
    """A civil time as a datetime; days outside its range use the nearest day that it has."""
    return datetime.fromordinal(min(max(day, 1), 3_652_059)) + timedelta(seconds=second)


def _offset(local: datetime, tz: ZoneInfo, fold: int) -> int:
    shift = tz.utcoffset(local.replace(fold=1) if fold else local)
    assert shift is not None
    return shift.days * DAY + shift.seconds


@lru_cache(maxsize=1024)
def fixed_offset(tz: ZoneInfo) -> int | None:
    """Seconds east of UTC of a zone whose clocks never change, such as UTC; None for another."""
    shift = tz.utcoffset(None)
    return None if shift is None else shift.days * DAY + shift.seconds


def instant(day: int, second: int, tz: ZoneInfo) -> int:
    """Seconds UTC of a civil time; raise LocalTimeError where the zone skips or repeats it."""
    plain = (day - EPOCH_DAY) * DAY + second
    fixed = fixed_offset(tz)
    if fixed is not None:
        return plain - fixed
    local = _naive(day, second)
    before, after = _offset(local, tz, 0), _offset(local, tz, 1)
    if before != after:
        reason = "skipped" if before < after else "repeated"
        raise LocalTimeError(reason, (plain - before, plain - after))
    return plain - before


def instant_after_skip(day: int, second: int, tz: ZoneInfo) -> int:
    """Like `instant`, with a skipped time read by the offset before the gap, a repeated one as the
    first of the two (RFC 5545 §3.3.5)."""
    return (day - EPOCH_DAY) * DAY + second - _offset(_naive(day, second), tz, 0)


@lru_cache(maxsize=65536)
def day_start(day: int, tz: ZoneInfo) -> int:
    """Seconds UTC at which a civil day begins: its first instant, where midnight is skipped."""
    plain = (day - EPOCH_DAY) * DAY
    fixed = fixed_offset(tz)
    if fixed is not None:
        return plain - fixed
    midnight = _naive(day, 0)
    before, after = _offset(midnight, tz, 0), _offset(midnight, tz, 1)
    if before >= after:
        return plain - before
    low, high = plain - after, plain - before  # the change lies after `low`, at `high` or earlier
    while high - low > 1:
        middle = (low + high) // 2
        if offset_at(middle, tz) == before:
            low = middle
        else:
            high = middle
    return high


@lru_cache(maxsize=32768)
def offset_at(seconds: int, tz: ZoneInfo) -> int:
    """Seconds east of UTC that hold in a zone at an instant (the nearest one that a date has)."""
    fixed = fixed_offset(tz)
    if fixed is not None:
        return fixed
    seconds = min(max(seconds, FIRST + 2 * DAY), LAST - 2 * DAY)
    shift = (_EPOCH + timedelta(seconds=seconds)).astimezone(tz).utcoffset()
    assert shift is not None
    return shift.days * DAY + shift.seconds


def local(seconds: int, tz: ZoneInfo) -> tuple[int, int]:
    """The civil day and the second of that day which a zone's clocks show at an instant."""
    fixed = fixed_offset(tz)
    day, second = divmod(seconds + (offset_at(seconds, tz) if fixed is None else fixed), DAY)
    return day + EPOCH_DAY, second


def shift_day(day: int, months: int) -> int | None:
    """A day moved by calendar months, the month's last day where it is shorter; None outside the
    years 1 to 9999."""
    from dateutil.relativedelta import relativedelta

    try:
        return (datetime.fromordinal(day) + relativedelta(months=months)).toordinal()
    except (ValueError, OverflowError):
        return None


def shift(seconds: int, amount: Amount, tz: ZoneInfo) -> int | None:
    """An instant moved by calendar arithmetic in a zone (case 9 of the worked cases); None outside
    the years 1 to 9999."""
    if amount.months:
        day, second = local(seconds, tz)
        moved = shift_day(day, amount.months) if 1 <= day <= 3_652_059 else None
        if moved is None:
            return None
        seconds = instant_after_skip(moved, second, tz)
    return seconds + amount.seconds


def rfc3339(seconds: int) -> str:
    """An instant as RFC 3339 UTC text, `2025-10-27T09:30:00Z`; years outside 1 to 9999 as ends."""
    when = _EPOCH + timedelta(seconds=min(max(seconds, FIRST), LAST - 1))
    return when.replace(tzinfo=None).isoformat() + "Z"
