"""The file that `timeline init` writes: small, commented, and working."""

from __future__ import annotations

EVENTS = """\
#:schema ./events.schema.json
# What happened, when, and in what order. `timeline check` says whether it can all be true.

[timeline]
id       = "my-timeline"       # part of every calendar entry's name: do not change it once published
title    = "My timeline"
timezone = "UTC"               # of every time below that names no other, such as "Europe/Berlin"

[sources.minutes]              # who says so
title = "Minutes of the first meeting"

[events.kick-off]              # the part after the dot is the event's id
title    = "Kick-off meeting"
when     = 2026-03-02T09:00:00 # a day, a time, "2026-03", "2026-03-02/2026-03-04", "2026~", …
duration = "1h30m"
source   = "minutes"

[events.draft]                 # no date: its order places it
title  = "First draft handed in"
after  = "kick-off"
before = "review"

[events.review]
title = "Review"
when  = "2026-03"              # some time in March

[events.launch]
title  = "Launch"
after  = "review"
latest = "2026-06"             # by the end of June
"""


def starter() -> dict[str, bytes]:
    """Name → content: the file, its schema, and git told to leave calendars as they are."""
    from timeline.events_schema import text

    return {
        "events.toml": EVENTS.encode(),
        "events.schema.json": text().encode(),
        ".gitattributes": b"*.ics -text\n",
    }
