"""What the values of a calendar's properties look like, and which properties stand where.

The tables of `ics_validator`: RFC 5545, 7986 and 9253 as far as this project's properties go.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

TEMPORAL = {"FINISHTOSTART", "FINISHTOFINISH", "STARTTOFINISH", "STARTTOSTART"}
RELTYPES = {"PARENT", "CHILD", "SIBLING", "FIRST", "NEXT", "DEPENDS-ON", *TEMPORAL}
# CSS Color Module Level 3, section 4.3.
_COLOURS = """
aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet
brown burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue
darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange
darkorchid darkred darksalmon darkseagreen darkslateblue darkslategray darkslategrey darkturquoise
darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite forestgreen
fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew hotpink indianred
indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan
lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen
lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen magenta
maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue
mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin
navajowhite navy oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen
paleturquoise palevioletred papayawhip peachpuff peru pink plum powderblue purple red rosybrown
royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue slateblue
slategray slategrey snow springgreen steelblue tan teal thistle tomato turquoise violet wheat
white whitesmoke yellow yellowgreen
"""
CSS3 = frozenset(_COLOURS.split())

_TIME = r"(?:[0-9]{1,6}H(?:[0-9]{1,6}M(?:[0-9]{1,6}S)?)?|[0-9]{1,6}M(?:[0-9]{1,6}S)?|[0-9]{1,6}S)"


def _like(pattern: str, what: str) -> Callable[[str], str | None]:
    compiled = re.compile(pattern)
    return lambda value: None if compiled.fullmatch(value) else f"not {what}"


def local_time(value: str) -> datetime | None:
    """Return a DATE-TIME without its Z, None if it is none."""
    if not re.fullmatch(r"[0-9]{8}T[0-9]{6}", value):
        return None
    try:
        day = int(value[:4]), int(value[4:6]), int(value[6:8])
        return datetime(*day, int(value[9:11]), int(value[11:13]), int(value[13:]))
    except ValueError:
        return None


def _utc(value: str) -> str | None:
    return None if value[-1:] == "Z" and local_time(value[:-1]) else "not a UTC date-time"


def _geo(value: str) -> str | None:
    if not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?;[+-]?[0-9]+(\.[0-9]+)?", value):
        return "not two floats"
    latitude, longitude = map(float, value.split(";"))
    return None if abs(latitude) <= 90 and abs(longitude) <= 180 else "not on the earth"


def offset(value: str) -> int | None:
    """Return a UTC-OFFSET in seconds, None if it is none."""
    match = re.fullmatch(r"([+-])([01][0-9]|2[0-3])([0-5][0-9])([0-5][0-9])?", value)
    if match is None or re.fullmatch("-0+", value):
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    return (-1 if match[1] == "-" else 1) * (hours * 3600 + minutes * 60 + seconds)


def rule(value: str) -> dict[str, str] | None:
    """Return the parts of a rule of the one form that all readers take, None if it is not."""
    parts = dict(part.partition("=")[::2] for part in value.split(";"))
    day = re.fullmatch(r"(-1|[1-4])(MO|TU|WE|TH|FR|SA|SU)", parts.get("BYDAY", ""))
    month = re.fullmatch(r"[1-9]|1[0-2]", parts.get("BYMONTH", ""))
    names = {"FREQ", "BYMONTH", "BYDAY"} | parts.keys() & {"UNTIL"}
    if len(parts) != value.count(";") + 1 or parts.keys() != names or parts["FREQ"] != "YEARLY":
        return None
    fits = day and month and ("UNTIL" not in parts or _utc(parts["UNTIL"]) is None)
    return parts if fits else None


_TEXT = r"(?:[^\\;,]|\\[\\;,n])"
VALUES: dict[str, Callable[[str], str | None]] = {
    "TEXT": _like(rf"{_TEXT}*", "TEXT with every , ; \\ escaped"),
    "TEXTS": _like(rf"{_TEXT}+(?:,{_TEXT}+)*", "a list of TEXT"),
    "NAME": _like(r"[^\\,;]+", "a name without , ; \\ (ical.js shows the backslashes)"),
    "ID": _like(rf"{_TEXT}+", "TEXT that is not empty"),
    "URI": _like(
        r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+", "a URI"
    ),
    "UTC": _utc,
    "SPAN": _like(rf"\+?P(?=.*[1-9])(?:[0-9]{{1,6}}[WD]|(?:[0-9]{{1,6}}D)?T{_TIME})", "a length"),
    "COUNT": _like(r"0|[1-9][0-9]{0,8}", "a count from 0"),
    "GEO": _geo,
    "OFFSET": lambda value: None if offset(value) is not None else "not a UTC offset",
    "RULE": lambda value: None if rule(value) else "not FREQ=YEARLY, one BYMONTH, one nth BYDAY",
    "STATUS": _like("TENTATIVE|CONFIRMED|CANCELLED", "a status of an event"),
    "TRANSP": _like("OPAQUE|TRANSPARENT", "a transparency"),
    "CLASS": _like("PUBLIC|PRIVATE|CONFIDENTIAL", "a class"),
    "COLOR": lambda value: None if value.lower() in CSS3 else "not a CSS3 colour name",
    "VERSION": _like(r"2\.0", "2.0"),
    "CALSCALE": _like("GREGORIAN", "GREGORIAN"),
    "ZONE": _like(r"[^\\,;:\"]+", "a zone's name"),
    "ANY": lambda value: None,  # looked at where the component is
}

# name: least, most, value, parameters ("X!" is required); VALUE is the default's where it is given.
_SPOKEN = "LANGUAGE ALTREP"
_ONCE_TEXT = (0, 1, "TEXT", _SPOKEN)
PROPERTIES: dict[str, dict[str, tuple[int, float, str, str]]] = {
    "VCALENDAR": {
        "VERSION": (1, 1, "VERSION", ""),
        "PRODID": (1, 1, "ID", ""),
        "CALSCALE": (0, 1, "CALSCALE", ""),
        "NAME": (0, 1, "NAME", _SPOKEN),
        "X-WR-CALNAME": (0, 1, "NAME", ""),
        "DESCRIPTION": _ONCE_TEXT,
        "X-WR-CALDESC": (0, 1, "TEXT", ""),
        "X-WR-TIMEZONE": (0, 1, "ZONE", ""),
        "REFRESH-INTERVAL": (0, 1, "SPAN", "VALUE=DURATION!"),
        "X-PUBLISHED-TTL": (0, 1, "SPAN", ""),
        "SOURCE": (0, 1, "URI", "VALUE=URI!"),
        "URL": (0, 1, "URI", "VALUE=URI"),
        "COLOR": (0, 1, "COLOR", ""),
        "CATEGORIES": (0, 99, "TEXTS", "LANGUAGE"),
        "LAST-MODIFIED": (0, 1, "UTC", ""),
    },
    "VEVENT": {
        "UID": (1, 1, "ID", ""),
        "DTSTAMP": (1, 1, "UTC", ""),
        "DTSTART": (1, 1, "ANY", "VALUE=DATE VALUE=DATE-TIME TZID"),
        "DTEND": (0, 1, "ANY", "VALUE=DATE VALUE=DATE-TIME TZID"),
        "DURATION": (0, 1, "SPAN", ""),
        "CREATED": (0, 1, "UTC", ""),
        "LAST-MODIFIED": (0, 1, "UTC", ""),
        "SEQUENCE": (0, 1, "COUNT", ""),
        "SUMMARY": _ONCE_TEXT,
        "DESCRIPTION": _ONCE_TEXT,
        "LOCATION": _ONCE_TEXT,
        "GEO": (0, 1, "GEO", ""),
        "URL": (0, 1, "URI", "VALUE=URI"),
        "STATUS": (0, 1, "STATUS", ""),
        "TRANSP": (0, 1, "TRANSP", ""),
        "CLASS": (0, 1, "CLASS", ""),
        "COLOR": (0, 1, "COLOR", ""),
        "CATEGORIES": (0, 99, "TEXTS", "LANGUAGE"),
        "RELATED-TO": (0, float("inf"), "ID", "RELTYPE GAP"),
        "ATTACH": (0, float("inf"), "URI", "VALUE=URI FMTTYPE"),
        "LINK": (0, float("inf"), "URI", "VALUE=URI! LINKREL! FMTTYPE LABEL LANGUAGE"),
    },
    "VTIMEZONE": {"TZID": (1, 1, "ZONE", ""), "LAST-MODIFIED": (0, 1, "UTC", "")},
    "STANDARD": {
        "DTSTART": (1, 1, "ANY", "VALUE=DATE-TIME"),
        "TZOFFSETFROM": (1, 1, "OFFSET", ""),
        "TZOFFSETTO": (1, 1, "OFFSET", ""),
        "TZNAME": (0, 1, "ID", "LANGUAGE"),
        "RRULE": (0, 1, "RULE", ""),
        "RDATE": (0, float("inf"), "ANY", "VALUE=DATE-TIME"),
    },
}
PROPERTIES["DAYLIGHT"] = PROPERTIES["STANDARD"]
