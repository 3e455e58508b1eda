"""What each rule means and how to mend it, with a file that breaks it and one that keeps it.

Read by `timeline explain` and by the reference in docs/rules.md; a test runs every example.
"""

from __future__ import annotations

from typing import NamedTuple


class Explanation(NamedTuple):
    """`why` is Markdown; `bad` a file that the rule speaks of, `good` one that it does not ("" where no
    text can show it)."""

    why: str
    bad: str = ""
    good: str = ""


EXPLANATIONS: dict[str, Explanation] = {
    "TL001": Explanation(
        "A TOML file is text in UTF-8. This one holds bytes that UTF-8 does not have, most often because "
        "an editor saved it in another encoding. Open it in your editor and save it as UTF-8."
    ),
    "TL002": Explanation(
        "The file cannot be read as TOML, so nothing else in it could be looked at. The place shown is "
        "where reading stopped; the slip is there or shortly before it. Texts stand between quotes, "
        "and no key or table stands twice.",
        "[events.talks]\ntitle = Talks\n", '[events.talks]\ntitle = "Talks"\n',
    ),
    "TL003": Explanation(
        "The file is larger, or nested deeper, than any timeline needs. The limits keep a stranger's file "
        "from holding up your machine. Split the story into several files."
    ),
    "TL004": Explanation(
        "The file says that it is written in a later format than this program knows. Reading it as if it "
        "were older could lose what it says, so it is not read at all. Get a newer version.",
        "format = 2\n", "format = 1\n",
    ),
    "TL101": Explanation(
        "Nothing in the file is skipped silently, so a key that the format does not have is an error. "
        "It is most often a slip of the pen; the nearest known key is named.",
        "[events.talks]\ntitel = \"Talks\"\n", "[events.talks]\ntitle = \"Talks\"\n",
    ),
    "TL102": Explanation(
        "Values are read as they are written and never converted: a text is not a number, one value is "
        "not a list. Write the value in the form that the key takes.",
        "[events.talks]\ntitle = 7\n", "[events.talks]\ntitle = \"7\"\n",
    ),
    "TL103": Explanation(
        "This table says nothing without the key named. Add it, or take the table out.",
        "[events.a]\n[events.b]\n[[constraints]]\nfrom = \"a.start\"\nto = \"b.end\"\n",
        "[events.a]\n[events.b]\n[[constraints]]\nfrom = \"a.start\"\nto = \"b.end\"\nlag = \"1d\"\n",
    ),
    "TL104": Explanation(
        "An id is part of links, file names and calendar entries, so it is kept plain: it begins with a "
        "lower-case ASCII letter or a digit and goes on with those, `-` and `_`; at most 64 in all. "
        "The title may be anything.",
        "[events.Talks]\n", "[events.talks]\ntitle = \"Talks\"\n",
    ),
    "TL105": Explanation(
        "Many words would do for a key; the format has one for each thing. The one that is meant here "
        "is named: `when` for a date, `latest` for a deadline, `who` for people, and so on.",
        "[events.talks]\ndate = 2025-10-28\n", "[events.talks]\nwhen = 2025-10-28\n",
    ),
    "TL106": Explanation(
        "`when` tells the whole event; `start` and `end` tell its two ends apart. `accounts` stand in "
        "place of a date of the event's own. Choose one way of telling it.",
        "[events.talks]\nwhen = 2025-10-28\nstart = 2025-10-28\n",
        "[events.talks]\nstart = 2025-10-28\nend = 2025-10-29\n",
    ),
    "TL107": Explanation(
        "The value has the right type and is still none that the key can take: an address without "
        "`https://`, a colour that calendars do not know, a status that does not exist.",
        "[events.talks]\nstatus = \"maybe\"\n", "[events.talks]\nstatus = \"tentative\"\n",
    ),
    "TL108": Explanation(
        "A calendar UID names one entry for ever. Two events with the same one would overwrite each "
        "other in every subscriber's calendar. An event without a `uid` has its id, `@` and the "
        "timeline's id: where one was renamed and keeps that, no new event can take the old id.",
        "[events.a]\nuid = \"1@x\"\n[events.b]\nuid = \"1@x\"\n",
        "[events.a]\nuid = \"1@x\"\n[events.b]\nuid = \"2@x\"\n",
    ),
    "TL109": Explanation(
        "Titles and names are one line, and no text holds control characters: calendars refuse them, and "
        "some of them can drive a terminal. Longer text goes into `description`.",
        "[events.talks]\ntitle = \"Talks\\nin Tokyo\"\n", "[events.talks]\ntitle = \"Talks in Tokyo\"\n",
    ),
    "TL201": Explanation(
        "Dates are TOML dates (`2025-10-27`), date-times (`2025-10-27T18:30:00`), or texts in EDTF: "
        "`\"2025-10\"`, `\"2025-W43\"`, `\"2025-10-26/2025-10-28\"`, `\"[..2026-03-31]\"`, `\"1984~\"`. "
        "The caret stands where the text stops being one of them.",
        "[events.talks]\nwhen = \"27.10.2025\"\n", "[events.talks]\nwhen = \"2025-10-27\"\n",
    ),
    "TL202": Explanation(
        "The text has the form of a date, and no calendar has that day, month or time of day.",
        "[events.talks]\nwhen = \"2025-02-29\"\n", "[events.talks]\nwhen = \"2024-02-29\"\n",
    ),
    "TL203": Explanation(
        "A span is written from its start to its end, `2025-10-26/2025-10-28`, and so is a set, "
        "`[2025-10-26..2025-10-28]`. This one ends before it starts: turn it round, or mend the date "
        "that is wrong. The same holds of an event's `start` and `end`, `earliest` and `latest`.",
        "[events.talks]\nwhen = \"2025-10-28/2025-10-26\"\n",
        "[events.talks]\nwhen = \"2025-10-26/2025-10-28\"\n",
    ),
    "TL204": Explanation(
        "Dates are counted in the years 1 to 9999 of the Gregorian calendar. Earlier and later ones "
        "cannot be told.",
        "[events.talks]\nwhen = \"-0044-03-15\"\n", "[events.talks]\nwhen = \"0044-03-15\"\n",
    ),
    "TL205": Explanation(
        "Where clocks are put forward, an hour of the day does not exist; a few zones once skipped a whole "
        "day. Which instant is meant cannot be guessed: add the offset that is meant "
        "(`2025-03-30T02:30:00+01:00`), or mend the time.",
        "[timeline]\ntimezone = \"Europe/Berlin\"\n[events.a]\nwhen = 2025-03-30T02:30:00\n",
        "[timeline]\ntimezone = \"Europe/Berlin\"\n[events.a]\nwhen = 2025-03-30T02:30:00+01:00\n",
    ),
    "TL206": Explanation(
        "Where clocks are put back, an hour of the day happens twice. Add the offset that is meant: the "
        "first is in summer time, the second in standard time.",
        "[timeline]\ntimezone = \"Europe/Berlin\"\n[events.a]\nwhen = 2025-10-26T02:30:00\n",
        "[timeline]\ntimezone = \"Europe/Berlin\"\n[events.a]\nwhen = 2025-10-26T02:30:00+02:00\n",
    ),
    "TL207": Explanation(
        "Time is counted in whole seconds.",
        "[events.talks]\nwhen = 2025-10-28T09:00:00.5\n", "[events.talks]\nwhen = 2025-10-28T09:00:00\n",
    ),
    "TL208": Explanation(
        "Zones go by their IANA names, an area and a city: `Europe/Berlin`. A fixed offset is no zone; it "
        "goes into the date itself.",
        "[timeline]\ntimezone = \"Tokyo\"\n", "[timeline]\ntimezone = \"Asia/Tokyo\"\n",
    ),
    "TL209": Explanation(
        "Lengths of time are whole numbers with the units `y mo w d h m s`, largest first and without "
        "spaces: `1h30m`. A range has two dots: `25m..40m`, `1s..`, `..3d`. ISO 8601 (`PT1H30M`) is read "
        "too.",
        "[events.talks]\nduration = \"1.5h\"\n", "[events.talks]\nduration = \"1h30m\"\n",
    ),
    "TL210": Explanation(
        "A range of lengths is written from the least to the greatest.",
        "[events.talks]\nduration = \"40m..25m\"\n", "[events.talks]\nduration = \"25m..40m\"\n",
    ),
    "TL211": Explanation(
        "`when` says that the whole event lies within that period, from its start to its end. A longer "
        "duration cannot fit. Where only its beginning is meant, write `start`.",
        "[events.fair]\nwhen = 2025-10-28\nduration = \"3d\"\n",
        "[events.fair]\nstart = 2025-10-28\nduration = \"3d\"\n",
    ),
    "TL212": Explanation(
        "`1d` is 24 hours, and the day on which the clocks are put forward has only 23. To say that an "
        "event fills its day, whatever its length, write `throughout = true`.",
        "[timeline]\ntimezone = \"Europe/Berlin\"\n[events.a]\nwhen = 2025-03-30\nduration = \"1d\"\n",
        "[timeline]\ntimezone = \"Europe/Berlin\"\n[events.a]\nwhen = 2025-03-30\nthroughout = true\n",
    ),
    "TL213": Explanation(
        "The codes 21 to 24 mean spring to winter without saying where, and spring in Sydney is autumn in "
        "Oslo. Northern seasons are 25 to 28, southern ones 29 to 32.",
        "[events.talks]\nwhen = \"2025-21\"\n", "[events.talks]\nwhen = \"2025-25\"\n",
    ),
    "TL214": Explanation(
        "`throughout` says that an event fills the stated period. It needs one: a day, a month, a span.",
        "[events.talks]\nthroughout = true\n", "[events.talks]\nwhen = 2025-10-28\nthroughout = true\n",
    ),
    "TL215": Explanation(
        "`start`, `end`, `earliest` and `latest` each tell one date. A span of two goes into `when`, or "
        "into two of these keys.",
        "[events.talks]\nstart = \"2025-10-26/2025-10-28\"\n",
        "[events.talks]\nwhen = \"2025-10-26/2025-10-28\"\n",
    ),
    "TL217": Explanation(
        "A date that is open or unknown on both sides says nothing. Leave the key out; the order can "
        "still place the event.",
        "[events.talks]\nwhen = \"../..\"\n", "[events.talks]\nwhen = \"2025-10-26/..\"\n",
    ),
    "TL301": Explanation(
        "A relation, a sequence, a constraint or a view names an event that the file does not have. Most "
        "often its id is written otherwise; the nearest is named. Order within the file does not matter.",
        "[events.audience]\n[events.talks]\nafter = \"audiense\"\n",
        "[events.audience]\n[events.talks]\nafter = \"audience\"\n",
    ),
    "TL302": Explanation(
        "Sources are declared once, as `[sources.id]` with their title, and named by id. So a slip of the "
        "pen never makes a second source.",
        "[events.talks]\nsource = \"gazette\"\n",
        "[sources.gazette]\ntitle = \"The Gazette\"\n[events.talks]\nsource = \"gazette\"\n",
    ),
    "TL303": Explanation(
        "No event comes before, after or during itself.",
        "[events.talks]\nafter = \"talks\"\n", "[events.a]\n[events.talks]\nafter = \"a\"\n",
    ),
    "TL305": Explanation(
        "A sequence is a list of at least two elements in order: an event's id, or a list of ids that have "
        "no order among their own. No event stands in it twice, no group is empty or holds another.",
        "[events.a]\n[[sequences]]\nevents = [\"a\", \"a\"]\n",
        "[events.a]\n[events.b]\n[[sequences]]\nevents = [\"a\", \"b\"]\n",
    ),
    "TL306": Explanation(
        "`after` and `before` take a lag, how long from the end of the one to the start of the other, and "
        "it is never negative: that would be another order. Any other distance between two ends is a "
        "`[[constraints]]` entry.",
        "[events.a]\n[events.b]\nafter = { event = \"a\", lag = \"-1d\" }\n",
        "[events.a]\n[events.b]\nafter = { event = \"a\", lag = \"1d..\" }\n",
    ),
    "TL307": Explanation(
        "`after` and the other relations name an event. For a date write `earliest` (it starts no earlier), "
        "`latest` (it ends no later), or `when`.",
        "[events.a]\nafter = 2025-10-20\n", "[events.a]\nearliest = 2025-10-20\n",
    ),
    "TL308": Explanation(
        "`when`, `start`, `end`, `earliest` and `latest` take a date. For the order of two events write "
        "`after`, `before`, `during`, `starts` or another relation.",
        "[events.a]\n[events.b]\nstart = \"a\"\n", "[events.a]\n[events.b]\nafter = \"a\"\n",
    ),
    "TL309": Explanation(
        "An event has two ends, `talks.start` and `talks.end`. `after` and `before` take an event or one "
        "of its ends, `[[constraints]]` always an end, all other keys whole events.",
        "[events.a]\n[events.b]\nafter = \"a.middle\"\n", "[events.a]\n[events.b]\nafter = \"a.start\"\n",
    ),
    "TL310": Explanation(
        "`ignore` silences advices and warnings by their codes. Errors cannot be silenced: a story that "
        "cannot be true stays so.",
        "[timeline]\nignore = [\"TL401\"]\n", "[timeline]\nignore = [\"TL502\"]\n",
    ),
    "TL401": Explanation(
        "These statements cannot all be true, in any way. Drop any one of them, and the others can: so "
        "one of them is wrong, or says more than its source does. Each is shown with its place, its "
        "sources, and the least change that would clear it. Nothing is exported until it is mended.",
        "[events.a]\nwhen = 2025-10-26\n[events.b]\nwhen = 2025-10-25\nafter = \"a\"\n",
        "[events.a]\nwhen = 2025-10-25\n[events.b]\nwhen = 2025-10-25\nafter = \"a\"\n",
    ),
    "TL402": Explanation(
        "These statements put an event before itself, by order alone: no date could help. Drop one of them "
        "or turn it round.",
        "[events.a]\nafter = \"b\"\n[events.b]\nafter = \"a\"\n", "[events.a]\nafter = \"b\"\n[events.b]\n",
    ),
    "TL501": Explanation(
        "The file can be read and holds no event.",
        "[timeline]\nid = \"t\"\n", "[events.talks]\nwhen = 2025-10-28T09:00:00Z\n",
    ),
    "TL502": Explanation(
        "Days and times without an offset are read in the timeline's zone, and none is stated, so it is "
        "UTC. A day in Tokyo begins nine hours earlier. State the zone, even if it is UTC.",
        "[events.talks]\nwhen = 2025-10-28\n",
        "[timeline]\ntimezone = \"UTC\"\n[events.talks]\nwhen = 2025-10-28\n",
    ),
    "TL503": Explanation(
        "Sources disagree on this event. It is placed within all that they say, and the disagreement "
        "stays on the record. Where the rest of the file rules one of them out, that is said: it may be "
        "wrong. Silence it with `ignore` once the desk has decided to live with it.",
        "[events.a]\naccounts = [{ when = 2025-10-27 }, { when = 2025-10-28 }]\n",
        "[events.a]\naccounts = [{ when = \"2025-10\" }, { when = 2025-10-28 }]\n",
    ),
    "TL504": Explanation(
        "Calendar entries are known by the timeline's id. It should never change once published, and the "
        "file's name may. Write `id` in `[timeline]` before you publish the calendar."
    ),
    "TL505": Explanation(
        "A name that is not declared is taken as it is. This one is so close to a declared id or name that "
        "it may be a slip, and views and filters would miss it.",
        "[places.akasaka]\n[events.a]\nplace = \"akasaca\"\n[events.b]\nplace = \"akasaka\"\n",
        "[places.akasaka]\n[events.a]\nplace = \"akasaka\"\n",
    ),
    "TL506": Explanation(
        "No event matches what this view asks for. Within one key any listed value matches; different keys "
        "must all match. Its subscribers would see an empty calendar.",
        "[events.a]\n[views.v]\nwho = [\"x\"]\n", "[events.a]\nwho = [\"x\"]\n[views.v]\nwho = [\"x\"]\n",
    ),
    "TL507": Explanation(
        "A source, place, person or tag is declared, and nothing names it. It may be left over, or an id "
        "may be misspelt where it was meant.",
        "[sources.gazette]\n[events.a]\n", "[sources.gazette]\n[events.a]\nsource = \"gazette\"\n",
    ),
    "TL508": Explanation(
        "An event that was called off takes no part in the order: what is after it may have happened at "
        "any time. Relate the events around it to each other instead.",
        "[events.a]\nstatus = \"cancelled\"\n[events.b]\nafter = \"a\"\n",
        "[events.a]\n[events.b]\nafter = \"a\"\n",
    ),
    "TL509": Explanation(
        "Nothing in the file says when this event happened: no date, no order, no sequence. It is shown "
        "last, and it cannot enter a calendar.",
        "[events.a]\n", "[events.a]\nwhen = 2025-10-28T09:00:00Z\n",
    ),
    "TL510": Explanation(
        "`1d` is 24 hours, and the day on which the clocks are put back has 25. To say that an event fills "
        "its day, write `throughout = true`.",
        "[timeline]\ntimezone = \"Europe/Berlin\"\n[events.a]\nwhen = 2025-10-26\nduration = \"1d\"\n",
        "[timeline]\ntimezone = \"Europe/Berlin\"\n[events.a]\nwhen = 2025-10-26\nthroughout = true\n",
    ),
}  # fmt: skip
