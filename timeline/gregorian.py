"""The proleptic Gregorian calendar and the 24-hour clock, in plain integers.

Days are numbered from 0001-01-01 = 1, a Monday, as by `datetime.date.toordinal`. Unlike there, the
numbering does not end at 0001 or 9999: years run on through 0 (1 BC) and below, so an exclusive
end such as 10000-01-01 (day 3652060), or the day before day 1, is a number like any other.

The second half says what the written parts of a date and a time mean, and refuses the impossible.
"""

from __future__ import annotations

from datetime import date

LAST_DAY = 3_652_059  # 9999-12-31
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

_DAYS_IN_400_YEARS = 146_097
_DAYS_IN_100_YEARS = 36_524  # a century that ends without a leap day
_DAYS_IN_4_YEARS = 1_461

# Days of a year that lie before its month m, at index m - 1; the last entry is the whole year.
_BEFORE_MONTH = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365)
_BEFORE_MONTH_LEAP = (0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366)


def _before_month(year: int) -> tuple[int, ...]:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _BEFORE_MONTH_LEAP if leap else _BEFORE_MONTH


def days_in_month(year: int, month: int) -> int:
    """The number of days in a month, 28 to 31. `month` is 1 to 12."""
    before = _before_month(year)
    return before[month] - before[month - 1]


def ordinal(year: int, month: int, day: int) -> int:
    """The number of a day. `month` is 1 to 12; `day` is not checked and may run past the month."""
    past = year - 1
    return past * 365 + past // 4 - past // 100 + past // 400 + _before_month(year)[month - 1] + day


def ymd(ordinal: int) -> tuple[int, int, int]:
    """Year, month and day of a day's number: the inverse of `ordinal`, for any integer."""
    if 1 <= ordinal <= LAST_DAY:
        day = date.fromordinal(ordinal)
        return day.year, day.month, day.day
    cycles, rest = divmod(ordinal - 1, _DAYS_IN_400_YEARS)
    # The leap day that ends a cycle (or four years) would open a fifth century (or year).
    centuries = min(rest // _DAYS_IN_100_YEARS, 3)
    fours, rest = divmod(rest - centuries * _DAYS_IN_100_YEARS, _DAYS_IN_4_YEARS)
    years = min(rest // 365, 3)
    rest -= years * 365
    year = cycles * 400 + centuries * 100 + fours * 4 + years + 1
    before = _before_month(year)
    month = rest // 31 + 1  # never too late, and too early by one month at most
    if rest >= before[month]:
        month += 1
    return year, month, rest - before[month - 1] + 1


def day_text(ordinal: int) -> str:
    """A day as `2025-10-27`. Outside the years 0001 to 9999 (`10000-01-01`, `-0001-12-31`) the text
    is for the eye only: `edtf.parse` refuses it."""
    year, month, day = ymd(ordinal)
    sign = "-" if year < 0 else ""
    return f"{sign}{abs(year):04}-{month:02}-{day:02}"


def month_span(year: int, month: int, months: int) -> tuple[int, int]:
    """First and last day of a run of months that begins in `month` (1 to 12) of `year` and may pass
    the year's end."""
    past = year * 12 + month - 1 + months
    return ordinal(year, month, 1), ordinal(past // 12, past % 12 + 1, 1) - 1


def week_start(year: int, week: int) -> int:
    """The Monday of an ISO 8601 week. Week 1 is the one that holds 4 January; `week` is not checked
    and may run past the year."""
    fourth = ordinal(year, 1, 4)
    return fourth - (fourth - 1) % 7 + (week - 1) * 7


def weeks_in_year(year: int) -> int:
    """The number of ISO 8601 weeks in a year: 52 or 53."""
    return (week_start(year + 1, 1) - week_start(year, 1)) // 7


# -- What written parts mean -------------------------------------------------------------------

# The parts of a year by their codes (EDTF level 2, "sub-year groupings"): what they are, their
# first month, and how many months they last. The standard leaves the months of a season open: these
# are those of meteorology. 25 to 28 are spring to winter in the north, 29 to 32 in the south; the
# two that begin in December pass into the next year.
_DIVISIONS = {
    25: ("season", 3, 3), 26: ("season", 6, 3), 27: ("season", 9, 3), 28: ("season", 12, 3),
    29: ("season", 9, 3), 30: ("season", 12, 3), 31: ("season", 3, 3), 32: ("season", 6, 3),
    33: ("quarter", 1, 3), 34: ("quarter", 4, 3), 35: ("quarter", 7, 3), 36: ("quarter", 10, 3),
    37: ("quadrimester", 1, 4), 38: ("quadrimester", 5, 4), 39: ("quadrimester", 9, 4),
    40: ("half", 1, 6), 41: ("half", 7, 6),
}  # fmt: skip

# Local mean time at Manila was 15:56:08 behind UTC until 1844: tzdata has nothing further off.
FURTHEST_OFFSET = 16 * 3_600


class CalendarError(ValueError):
    """Why parts do not make a date. `part` names the one at fault, as the parameters here do;
    `reason`, `message` and `help` are as in `edtf.DateError`."""

    def __init__(self, part: str, reason: str, message: str, help: str = "") -> None:
        super().__init__(message)
        self.part = part
        self.reason = reason
        self.message = message
        self.help = help


def day_span(year: str, month: str | None, day: str | None) -> tuple[int, int, str]:
    """First day, last day and precision of a written date.

    `year` has four digits, the others two; the last ones may be `X`, not told. The precision is the
    smallest named unit that holds the span: a month for 2025-10-2X, a quarter for 2025-1X (October
    to December), a year for 2025-0X and 2025-XX. Raises `CalendarError`, also past the year 9999.
    """
    low, high = _told(year)
    if low == 0:
        help = f"Write `[0001..{high:04}]`." if high else ""
        message = f"The years 0001 to 9999 can be read; {year} holds the year 0."
        raise CalendarError("year", "year-range", message, help)
    if low < high:
        unit = {10: "decade", 100: "century", 1_000: "millennium"}[high - low + 1]
        return *month_span(low, 1, (high - low + 1) * 12), unit
    if month is None or month == "XX":
        return *month_span(low, 1, 12), "year"
    return _month_span(low, month) if day is None else _day_span(low, month, day)


def _told(digits: str) -> tuple[int, int]:
    """The least and the greatest number that the digits can stand for."""
    return int(digits.replace("X", "0")), int(digits.replace("X", "9"))


def _month_span(year: int, text: str) -> tuple[int, int, str]:
    low, high = _told(text)
    if low == high and low in _DIVISIONS:
        unit, month, months = _DIVISIONS[low]
        first, last = month_span(year, month, months)
        if last > LAST_DAY:
            message = f"The years 0001 to 9999 can be read; {year}-{text} ends in the year 10000."
            raise CalendarError("month", "year-range", message)
        return first, last, unit
    if low == high and 21 <= low <= 24:
        season = ("spring", "summer", "autumn", "winter")[low - 21]
        message = f"Code {low} is {season} without its hemisphere, so its months are not told."
        help = f"Write `{year:04}-{low + 4}` for the northern {season}, or `{year:04}-{low + 8}`"
        raise CalendarError("month", "season", message, f"{help} for the southern one.")
    start, end = max(low, 1), min(high, 12)
    if start > end:
        help = "Months are 01 to 12; 25 to 41 are seasons, quarters, thirds and halves of a year."
        if low == high and low > year % 100:  # 1984-86
            help = f"For an interval of years write `{year:04}/{year // 100:02}{low:02}`."
        raise CalendarError("month", "impossible", f"There is no month {text}.", help)
    unit = {1: "month", 3: "quarter", 9: "year"}[end - start + 1]
    return *month_span(year, start, end - start + 1), unit


def _day_span(year: int, month_text: str, text: str) -> tuple[int, int, str]:
    month, (low, high) = int(month_text), _told(text)
    if not 1 <= month <= 12:
        swapped = 13 <= month <= 28 and low == high and 1 <= low <= 12
        help = f"Write `{year:04}-{low:02}-{month:02}`." if swapped else ""
        message = f"There is no month {month_text} that has days."
        raise CalendarError("month", "impossible", message, help)
    length = days_in_month(year, month)
    start, end = max(low, 1), min(high, length)
    if start > end:
        message = f"The days of {MONTHS[month - 1]} {year:04} are 01 to {length}."
        raise CalendarError("day", "impossible", message)
    before = ordinal(year, month, 0)
    return before + start, before + end, "day" if low == high else "month"


def week_span(year_text: str, week_text: str, weekday_text: str | None) -> tuple[int, int, str]:
    """First day, last day and precision of a written ISO 8601 week, or of a day in it (1 is
    Monday). Raises `CalendarError`, also past the year 9999."""
    year, week, weekday = int(year_text), int(week_text), int(weekday_text or 1)
    if year == 0:
        raise CalendarError("year", "year-range", "The years 0001 to 9999 can be read.")
    weeks = weeks_in_year(year)
    if not 1 <= week <= weeks:
        message = f"The weeks of {year_text} are W01 to W{weeks}."
        raise CalendarError("week", "impossible", message)
    if not 1 <= weekday <= 7:
        message = "The days of a week are 1 (Monday) to 7 (Sunday)."
        raise CalendarError("weekday", "impossible", message)
    first = week_start(year, week) + weekday - 1
    last = first if weekday_text else first + 6
    if last > LAST_DAY:
        message = "The years 0001 to 9999 can be read; this ends in the year 10000."
        raise CalendarError("week", "year-range", message)
    return first, last, "day" if weekday_text else "week"


def clock_seconds(hour: int, minute: int, second: int) -> int:
    """Seconds after midnight. 24:00 and leap seconds are refused: raises `CalendarError`."""
    if hour > 23:
        raise CalendarError("hour", "impossible", "Hours are 00 to 23.")
    if minute > 59:
        raise CalendarError("minute", "impossible", "Minutes are 00 to 59.")
    if second > 59:
        message = "Seconds are 00 to 59; leap seconds are not counted."
        raise CalendarError("second", "impossible", message)
    return hour * 3_600 + minute * 60 + second


def offset_seconds(text: str) -> int:
    """Seconds east of UTC, of `Z` or an offset such as `+09:00` or `-04`.

    Raises `CalendarError` for -00:00, which ISO 8601 does not have (RFC 3339 does), and for more
    than any zone has ever had.
    """
    if text == "Z":
        return 0
    minute = int(text[4:] or 0)
    offset = int(text[1:3]) * 3_600 + minute * 60
    if minute > 59 or offset >= FURTHEST_OFFSET:
        message = "An offset has at most 59 minutes, and no zone was ever 16 hours from UTC."
        raise CalendarError("offset", "offset", message, "Write it as in `2025-10-27T18:30+09:00`.")
    if text[0] == "-" and offset == 0:
        raise CalendarError("offset", "offset", "ISO 8601 has no offset -00:00.", "Write `Z`.")
    return offset if text[0] == "+" else -offset
