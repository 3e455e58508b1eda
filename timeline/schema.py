"""The table of keys: what each table of the file may hold.

One table serves the reader (which keys exist, of what kind), the published JSON Schema and the format
reference. A kind names how a value is written; `KINDS` says it in words, `PATTERNS` as a schema.
"""

from typing import NamedTuple

ID_TEXT = "[a-z0-9][a-z0-9_-]{0,63}"
RELATIONS = (
    "after", "before", "during", "contains", "meets", "met_by", "overlaps", "overlapped_by",
    "starts", "started_by", "finishes", "finished_by", "equals",
)  # fmt: skip
STATUSES = ("confirmed", "tentative", "cancelled")
COLOURS = frozenset(
    """aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet
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
    paleturquoise palevioletred papayawhip peachpuff peru pink plum powderblue purple rebeccapurple
    red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue
    slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato turquoise violet
    wheat white whitesmoke yellow yellowgreen""".split()
)


class Key(NamedTuple):
    """One key: how its value is written, what it means, and one value as an example (TOML)."""

    kind: str
    meaning: str
    example: str
    required: bool = False


def _keys(**keys: Key) -> dict[str, Key]:
    return keys


_RELATION_MEANINGS = {
    "after": "starts when the other has ended, or later; it is later than the other even where both "
    "fall on one second. Also one end: `after = \"asean.start\"`",
    "before": "ends when the other starts, or earlier. Also one end: `before = \"apec.end\"`",
    "during": "lies within the other; ends may touch",
    "contains": "the other lies within this one; ends may touch",
    "meets": "ends at the very second at which the other starts",
    "met_by": "starts at the very second at which the other ends",
    "overlaps": "starts first, and the other starts before this one ends and ends after it",
    "overlapped_by": "the other overlaps this one",
    "starts": "both start together; this one ends first",
    "started_by": "both start together; the other ends first",
    "finishes": "both end together; this one starts later",
    "finished_by": "both end together; the other starts later",
    "equals": "both start together and end together",
}

TABLES: dict[str, dict[str, Key]] = {
    "file": _keys(
        format=Key("format", "the version of this format; 1 when left out", "1"),
        timeline=Key("table:timeline", "the timeline as a whole", "{ id = \"trip\" }"),
        sources=Key("tables:source", "who says so, by id", "{}"),
        places=Key("tables:place", "where, by id", "{}"),
        people=Key("tables:person", "who, by id", "{}"),
        tags=Key("tables:tag", "what kind, by id", "{}"),
        events=Key("tables:event", "the events, by id", "{}"),
        sequences=Key("array:sequence", "chains of events in order", "[]"),
        constraints=Key("array:constraint", "one lag between two named ends", "[]"),
        views=Key("tables:view", "selections that are exported on their own; `all` always exists",
                  "{}"),
    ),
    "timeline": _keys(
        id=Key("id", "part of every calendar UID: never changes once published; else the file's "
               "name", '"takaichi-trump-2025"'),
        title=Key("line", "one line", '"The first talks"'),
        description=Key("text", "what the timeline tells", '"…"'),
        timezone=Key("zone", "IANA name of the default zone; UTC when left out", '"Asia/Tokyo"'),
        url=Key("url", "a page about it", '"https://example.org/talks"'),
        language=Key("language", "the language of its texts (BCP 47)", '"en"'),
        organisation=Key("line", "who publishes it", '"The Example Gazette"'),
        ignore=Key("codes", "advices and warnings to silence in the whole file", '["TL503"]'),
        calendar=Key("table:calendar", "how the calendar feed presents itself",
                     '{ refresh = "12h" }'),
    ),
    "calendar": _keys(
        name=Key("line", "the calendar's name; else the timeline's title", '"The talks"'),
        colour=Key("colour", "a CSS3 colour name", '"steelblue"'),
        refresh=Key("span", "how often a subscriber should look; 12h when left out", '"12h"'),
        url=Key("url", "where the feed is published", '"https://example.org/all.ics"'),
        longest_window=Key("span", "events with a wider window stay out of the calendar; 31d when "
                           "left out", '"31d"'),
        links=Key("bool", "false leaves RELATED-TO out", "true"),
        removed=Key("choice:drop,cancel", "what becomes of an entry whose event is taken out",
                    '"drop"'),
    ),
    "source": _keys(
        title=Key("line", "in your own words", '"The Japan News on the summit"'),
        url=Key("url", "its address", '"https://example.org/1028"'),
        published=Key("date", "when it appeared", "2025-10-28"),
    ),
    "place": _keys(
        name=Key("line", "its name; else the id in words", '"Akasaka Palace, Tokyo"'),
        timezone=Key("zone", "IANA name", '"Asia/Tokyo"'),
        geo=Key("geo", "latitude and longitude in degrees", "[35.68, 139.73]"),
        url=Key("url", "a page about it", '"https://example.org/akasaka"'),
    ),
    "person": _keys(
        name=Key("line", "the name; else the id in words", '"Sanae Takaichi"'),
        role=Key("line", "office or part played", '"Prime Minister of Japan"'),
        url=Key("url", "a page about them", '"https://example.org/takaichi"'),
    ),
    "tag": _keys(
        label=Key("line", "how it is shown; else the id in words", '"Summits"'),
        colour=Key("colour", "a CSS3 colour name", '"steelblue"'),
    ),
    "event": _keys(
        title=Key("line", "one line; else the id in words", '"Audience with the emperor"'),
        description=Key("text", "what happened", '"…"'),
        note=Key("text", "for the editors; stays out of the exports", '"check with the desk"'),
        when=Key("date", "when it happened. Not together with `start` or `end`", "2025-10-27"),
        start=Key("point", "when it began, where both ends are told apart", "2025-10-26"),
        end=Key("point", "when it ended: after that period's first instant, at its last at the "
                "latest", "2025-10-28"),
        earliest=Key("point", "it starts no earlier than this period begins", "2025-10-20"),
        latest=Key("point", "it ends no later than this period ends", '"2026-03"'),
        duration=Key("duration", "how long it lasted: exact, or a range open on either side",
                     '"25m..40m"'),
        throughout=Key("bool", "it fills exactly the stated period: what calendars call all-day",
                       "true"),
        accounts=Key("accounts", "what different sources say, where the event has no date of its "
                     "own: date keys, `duration`, `source`, `note`",
                     "[{ when = 2025-10-27T18:30:00, source = \"nation\" }]"),
        timezone=Key("zone", "IANA name; else the place's, else the timeline's", '"Asia/Seoul"'),
        place=Key("place", "a declared place, or a name", '"imperial-palace"'),
        who=Key("people", "declared people, or names", '["trump", "naruhito"]'),
        tags=Key("tags", "declared tags, or words", '["summit"]'),
        url=Key("url", "a page about it", '"https://example.org/audience"'),
        source=Key("sources", "declared sources: one or several", '["nation"]'),
        status=Key("choice:confirmed,tentative,cancelled",
                   "a cancelled event keeps its dates and takes no part in the order",
                   '"confirmed"'),
        uid=Key("uid", "a calendar UID to keep, where an id was renamed or an event imported",
                '"4f1c@example.org"'),
        ignore=Key("codes", "advices and warnings to silence here", '["TL503"]'),
        **{
            name: Key("relation", meaning, '"audience"')
            for name, meaning in _RELATION_MEANINGS.items()
        },
    ),
    "account": _keys(
        when=Key("date", "as of an event", "2025-10-27"),
        start=Key("point", "as of an event", "2025-10-26"),
        end=Key("point", "as of an event", "2025-10-28"),
        earliest=Key("point", "as of an event", "2025-10-20"),
        latest=Key("point", "as of an event", '"2026-03"'),
        duration=Key("duration", "as of an event", '"30m"'),
        throughout=Key("bool", "as of an event", "true"),
        timezone=Key("zone", "IANA name of this account's times; else the event's",
                     '"Asia/Macau"'),
        source=Key("sources", "who says so", '"nation"'),
        note=Key("text", "for the editors", '"…"'),
    ),
    "date table": _keys(
        date=Key("date", "the date itself", '"1984~"', required=True),
        tolerance=Key("span", "widens the date on purpose, both ways", '"2y"'),
        source=Key("sources", "who says so", '"nation"'),
        note=Key("text", "for the editors", '"…"'),
    ),
    "duration table": _keys(
        duration=Key("length", "the duration itself", '"30m"', required=True),
        source=Key("sources", "who says so", '"nation"'),
        note=Key("text", "for the editors", '"…"'),
    ),
    "relation table": _keys(
        event=Key("end", "the other event's id, or one end of it", '"audience"', required=True),
        lag=Key("lag", "how long between the two; with `after` and `before` only, never negative",
                '"1d..3d"'),
        source=Key("sources", "who says so", '"nation"'),
        note=Key("text", "for the editors", '"…"'),
    ),
    "sequence": _keys(
        title=Key("line", "what the chain is", '"The Japan leg"'),
        events=Key("chain", "event ids in order; a nested list is a group without order among its "
                   "own", '["truce", "audience", ["apec", "xi-meeting"]]', required=True),
        source=Key("sources", "who says so", '"article"'),
        note=Key("text", "for the editors", '"…"'),
    ),
    "constraint": {
        "from": Key("both ends", "an end of an event", '"a.start"', required=True),
        "to": Key("both ends", "an end of an event", '"b.end"', required=True),
        "lag": Key("any lag", "how long from the one to the other; may be negative", '"-2d..5d"',
                   required=True),
        "source": Key("sources", "who says so", '"article"'),
        "note": Key("text", "for the editors", '"…"'),
    },
    "view": _keys(
        title=Key("line", "its name; else the id in words", '"The Trump trip"'),
        who=Key("strings", "events with any of these people", '["trump"]'),
        tags=Key("strings", "events with any of these tags", '["summit"]'),
        place=Key("strings", "events at any of these places", '["akasaka"]'),
        within=Key("date", "events whose window can touch this period", '"2025-10"'),
        events=Key("event ids", "these events", '["audience"]'),
    ),
}  # fmt: skip

REQUIRED = {kind: [name for name, key in keys.items() if key.required] for kind, keys in TABLES.items()}
"""The keys that a table of each kind must have."""

# What people type, and the key that they mean.
SLIPS: dict[str, dict[str, str]] = {
    "event": {
        "date": "when", "day": "when", "time": "when", "datetime": "when", "on": "when",
        "by": "latest", "deadline": "latest", "until": "latest", "due": "latest",
        "since": "earliest", "from": "earliest", "not_before": "earliest",
        "all_day": "throughout", "allday": "throughout", "all-day": "throughout",
        "location": "place", "where": "place", "people": "who", "participants": "who",
        "attendees": "who", "name": "title", "summary": "title", "label": "title",
        "sources": "source", "tag": "tags", "tz": "timezone", "zone": "timezone",
        "time_zone": "timezone", "length": "duration", "lasts": "duration", "link": "url",
        "notes": "note", "comment": "note", "follows": "after", "precedes": "before",
        "within": "during", "to": "end", "begin": "start", "finish": "end",
        "account": "accounts",
    },
    "timeline": {"name": "title", "tz": "timezone", "zone": "timezone", "lang": "language",
                 "organization": "organisation"},
    "calendar": {"color": "colour", "interval": "refresh"},
    "tag": {"color": "colour", "name": "label", "title": "label"},
    "place": {"title": "name", "tz": "timezone", "coordinates": "geo", "zone": "timezone"},
    "person": {"title": "name"},
    "source": {"name": "title", "date": "published", "link": "url"},
    "view": {"name": "title", "people": "who", "tag": "tags", "places": "place",
             "location": "place", "event": "events", "during": "within"},
    "sequence": {"name": "title", "sources": "source", "order": "events"},
    "constraint": {"sources": "source", "start": "from", "end": "to"},
    "account": {"date": "when", "day": "when", "sources": "source", "by": "latest",
                "since": "earliest", "all_day": "throughout", "tz": "timezone"},
    "date table": {"when": "date", "sources": "source"},
    "duration table": {"length": "duration", "sources": "source"},
    "relation table": {"id": "event", "sources": "source", "gap": "lag", "delay": "lag"},
    "file": {"event": "events", "source": "sources", "place": "places", "person": "people",
             "tag": "tags", "sequence": "sequences", "constraint": "constraints",
             "view": "views", "version": "format"},
}  # fmt: skip
