"""A strict check of a calendar feed's bytes, sharing no code with the writer or any library.

It holds a feed to RFC 5545, 7986 and 9253 as far as the properties that this project writes go, and
to what real readers were found to need (design/ical.md).  Anything else, standard or not, that is
no X- property is a fault: a new property is added here before it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from attrs import Factory, frozen
from ics_values import PROPERTIES, RELTYPES, TEMPORAL, VALUES, local_time, offset, rule
from ics_zones import Observance, Zone, instants, onsets, seconds

_FORBIDDEN = {
    ("VCALENDAR", "METHOD"): "a feed is no message; libical wants an ORGANIZER with it",
    ("VCALENDAR", "UID"): "vdirsyncer then keeps one event of all",
    ("VEVENT", "ATTENDEE"): "it invites",
    ("VEVENT", "ORGANIZER"): "it invites",
}


@frozen
class Line:
    """One content line: its number in the file, upper-case names, parameter values unquoted."""

    number: int
    name: str
    params: dict[str, list[str]]
    value: str

    def param(self, name: str) -> str | None:
        """Return the parameter's value, None where it is absent."""
        return self.params[name][0] if name in self.params else None


@frozen
class Component:
    """A component with what stands directly in it."""

    name: str
    number: int
    lines: list[Line] = Factory(list)
    parts: list[Component] = Factory(list)

    def first(self, name: str) -> Line | None:
        """Return the first property of that name."""
        return next((line for line in self.lines if line.name == name), None)


Fault = tuple[int, str, str]  # line, rule, what is wrong


def validate(data: bytes, *, allow_empty: bool = False) -> list[str]:
    """Return every fault as "line N: rule: what is wrong", in file order; empty means valid.

    `allow_empty` lets a calendar without any component pass, which RFC 5545 3.6 does not.
    """
    faults: list[Fault] = []
    lines = [*_content_lines(_unfolded(data, faults), faults)]
    roots = _components(lines, faults)
    if [root.name for root in roots] != ["VCALENDAR"]:
        faults.append((1, "structure", "the file is not exactly one VCALENDAR"))
    for root in roots:
        faults.extend(_calendar(root, allow_empty))
    return [f"line {number}: {rule}: {what}" for number, rule, what in sorted(set(faults))]


def starts(data: bytes) -> dict[str, int]:
    """Return DTSTART of each event of a valid feed by its UID: seconds UTC, or its midnight's."""
    faults: list[Fault] = []
    (calendar,) = _components([*_content_lines(_unfolded(data, faults), faults)], faults)
    zones = [_zone(part, faults) for part in calendar.parts if part.name == "VTIMEZONE"]
    named = {zone.name: zone for zone in zones}
    found: dict[str, int] = {}
    for part in calendar.parts:
        uid, start = part.first("UID"), _moment(part.first("DTSTART"), named, faults)
        if uid and start:
            found[uid.value] = start[1]
    return found


# Lines --------------------------------------------------------------------------------------------


def _unfolded(data: bytes, faults: list[Fault]) -> Iterator[tuple[int, str]]:
    """Yield the logical lines with the number of their first physical line (RFC 5545 3.1)."""
    if data.startswith(b"\xef\xbb\xbf"):
        faults.append((1, "bom", "the file begins with a byte order mark"))
        data = data[3:]
    *physical, rest = data.split(b"\r\n")
    if rest:
        faults.append((len(physical) + 1, "line-ending", "the last line does not end in CRLF"))
        physical.append(rest)
    start, logical = 0, ""
    for number, raw in enumerate(physical, 1):
        if b"\r" in raw or b"\n" in raw:
            faults.append((number, "line-ending", "a bare CR or LF"))
        if len(raw) > 75:
            faults.append((number, "length", f"{len(raw)} octets"))
        try:
            text = raw.decode()
        except UnicodeDecodeError as error:
            faults.append((number, "utf-8", str(error)))
            text = raw.decode(errors="replace")
        if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", text):
            faults.append((number, "control", "a control character"))
        if not text:
            faults.append((number, "blank", "an empty line"))
        if text[:1] in (" ", "\t") and start:
            if (len(logical) - len(logical.rstrip("\\"))) % 2:
                faults.append((number, "fold-escape", "the fold parts a backslash from its letter"))
            logical += text[1:]
            continue
        if start:
            yield start, logical
        start, logical = number, text
    if start:
        yield start, logical


def _content_lines(logical: Iterable[tuple[int, str]], faults: list[Fault]) -> Iterator[Line]:
    """Yield name *(";" parameter) ":" value of each logical line."""
    for number, text in logical:
        head = re.match(r"[A-Za-z0-9-]+", text)
        params: dict[str, list[str]] = {}
        position = head.end() if head else 0
        while head and text[position : position + 1] == ";":
            found = re.compile(r';([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:,]+)(?:,(?:"[^"]*"|[^";:,]+))*)')
            match = found.match(text, position)
            if match is None:
                break
            if match[1].upper() in params:
                faults.append((number, "parameter", f"{match[1]} twice"))
            values = re.findall(r'"[^"]*"|[^,]+', match[2])
            params[match[1].upper()] = [value.strip('"') for value in values]
            position = match.end()
        if head is None or text[position : position + 1] != ":":
            faults.append((number, "syntax", "not a content line"))
        else:
            yield Line(number, head[0].upper(), params, text[position + 1 :])


def _components(lines: list[Line], faults: list[Fault]) -> list[Component]:
    """Return the tree that BEGIN and END make."""
    top = Component("", 0)
    stack = [top]
    for line in lines:
        if line.name in ("BEGIN", "END") and line.params:
            faults.append((line.number, "structure", f"{line.name} with parameters"))
        if line.name == "BEGIN":
            component = Component(line.value, line.number)
            stack[-1].parts.append(component)
            stack.append(component)
        elif line.name != "END":
            stack[-1].lines.append(line)
        elif stack[-1].name == line.value and len(stack) > 1:
            stack.pop()
        else:
            faults.append((line.number, "structure", f"END:{line.value} closes nothing"))
    faults.extend((open_.number, "structure", f"{open_.name} is not closed") for open_ in stack[1:])
    faults.extend((line.number, "structure", "outside of VCALENDAR") for line in top.lines)
    return top.parts


# Components ---------------------------------------------------------------------------------------


def _calendar(calendar: Component, allow_empty: bool) -> Iterator[Fault]:
    yield from _properties(calendar)
    if not calendar.parts and not allow_empty:
        yield calendar.number, "structure", "a VCALENDAR without any component"
    zones: dict[str, Zone] = {}
    uids: dict[str, int] = {}
    for part in calendar.parts:
        if part.name not in ("VEVENT", "VTIMEZONE"):
            yield part.number, "structure", f"{part.name} in VCALENDAR"
            continue
        yield from _properties(part)
        if part.name == "VTIMEZONE":
            faults: list[Fault] = []
            zone = _zone(part, faults)
            yield from faults
            if zone.name in zones:
                yield part.number, "tzid", f"{zone.name} is defined twice"
            zones[zone.name] = zone
        elif uid := part.first("UID"):
            if uid.value in uids:
                yield uid.number, "uid-twice", f"as on line {uids[uid.value]}"
            uids.setdefault(uid.value, uid.number)
    used: set[str] = set()
    for part in calendar.parts:
        if part.name == "VEVENT":
            used.update(line.param("TZID") or "" for line in part.lines)
            yield from ((deep.number, "structure", f"{deep.name} in VEVENT") for deep in part.parts)
            yield from _event(part, zones)
            yield from _relations(part, uids)
    for zone in zones.values():
        if zone.name not in used:
            yield zone.number, "tzid", f"{zone.name} is not used"


def _properties(component: Component) -> Iterator[Fault]:
    """Check names, counts, parameters and values of what stands directly in `component`."""
    table = PROPERTIES.get(component.name, {})
    counts = dict.fromkeys(table, 0)
    for line in component.lines:
        if line.name in table:
            counts[line.name] += 1
            kind, known = table[line.name][2:]
            yield from _parameters(line, known.split())
        elif line.name.startswith("X-"):
            kind = "URI" if line.param("VALUE") == "URI" else "TEXT"
            yield from _parameters(line, ["VALUE=TEXT", "VALUE=URI", "LANGUAGE"])
        else:
            why = _FORBIDDEN.get((component.name, line.name))
            rule_name = "forbidden" if why else "unknown"
            yield line.number, rule_name, f"{line.name} in {component.name}: {why or 'not ours'}"
            continue
        if wrong := VALUES[kind](line.value):
            yield line.number, kind, f"{line.name} is {wrong}"
    for name, count in counts.items():
        least, most = table[name][:2]
        if not least <= count <= most:
            yield component.number, "count", f"{name} {count} times in {component.name}"


def _parameters(line: Line, known: list[str]) -> Iterator[Fault]:
    for name, values in line.params.items():
        said = f"VALUE={values[0]}" if name == "VALUE" else name
        if not (said in known or f"{said}!" in known or name.startswith("X-")):
            yield line.number, "parameter", f"{said} on {line.name}"
        if len(values) > 1 or not values[0]:
            yield line.number, "parameter", f"{name} has not one value"
        if name == "ALTREP" and VALUES["URI"](values[0]):
            yield line.number, "parameter", "ALTREP is no URI"
        if name == "LANGUAGE" and not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", values[0]):
            yield line.number, "parameter", "LANGUAGE is no language tag"
    for token in known:
        if token.endswith("!") and token.partition("=")[0].rstrip("!") not in line.params:
            yield line.number, "parameter", f"{line.name} without {token[:-1]}"


def _event(event: Component, zones: dict[str, Zone]) -> Iterator[Fault]:
    """Check what the times of an event say together."""
    faults: list[Fault] = []
    start, end = (_moment(event.first(name), zones, faults) for name in ("DTSTART", "DTEND"))
    yield from faults
    length = event.first("DURATION")
    if length and event.first("DTEND"):
        yield length.number, "dtend", "DURATION together with DTEND"
    if length and start and start[0] and "T" in length.value:
        yield length.number, "all-day", "DURATION of an all-day event in hours"
    if start and end and start[0] != end[0]:
        yield event.number, "all-day", "DTSTART and DTEND are a date and a time"
    elif start and end and end[1] <= start[1]:
        yield event.number, "dtend", "DTEND is not after DTSTART"


def _moment(
    line: Line | None, zones: dict[str, Zone], faults: list[Fault]
) -> tuple[bool, int] | None:
    """Return whether it is a whole day, and its midnight or its instant in seconds UTC."""
    if line is None:
        return None
    whole, tzid, value = line.param("VALUE") == "DATE", line.param("TZID"), line.value
    utc = value.endswith("Z") and not whole
    moment = local_time(f"{value}T000000" if whole else value.removesuffix("Z"))
    if moment is None:
        faults.append((line.number, "time", f"{line.name} is no {'date' if whole else 'time'}"))
    elif whole or utc:
        if tzid is not None:
            faults.append((line.number, "tzid", f"{line.name} with a TZID is a date or in UTC"))
        return whole, seconds(moment)
    elif tzid is None:
        faults.append((line.number, "floating", f"{line.name} has neither Z nor TZID"))
    elif tzid not in zones:
        faults.append((line.number, "tzid", f"{tzid} is not defined"))
    else:
        possible = instants(moment, zones[tzid])
        if len(possible) == 1:
            return False, possible[0]
        faults.append((line.number, "local", f"{value} is {len(possible)} instants of {tzid}"))
    return None


def _relations(event: Component, uids: dict[str, int]) -> Iterator[Fault]:
    own = event.first("UID")
    for line in event.lines:
        if line.name != "RELATED-TO":
            continue
        reltype, gap = line.param("RELTYPE") or "PARENT", line.param("GAP")
        if line.value not in uids:
            yield line.number, "related", f"no event has the UID {line.value}"
        if own and line.value == own.value:
            yield line.number, "related", "an event related to itself"
        if reltype not in RELTYPES and not reltype.startswith("X-"):
            yield line.number, "related", f"RELTYPE={reltype}"
        if gap is not None and (reltype not in TEMPORAL or VALUES["SPAN"](gap.removeprefix("-"))):
            yield line.number, "gap", "GAP is no duration, or not with a temporal RELTYPE"


# Zones --------------------------------------------------------------------------------------------


def _zone(component: Component, faults: list[Fault]) -> Zone:
    observances = []
    for part in component.parts:
        if part.name not in ("STANDARD", "DAYLIGHT"):
            faults.append((part.number, "structure", f"{part.name} in VTIMEZONE"))
            continue
        faults.extend(_properties(part))
        faults.extend((deep.number, "structure", "too deep") for deep in part.parts)
        if observance := _observance(part, faults):
            observances.append(observance)
    if not component.parts:
        faults.append((component.number, "structure", "a VTIMEZONE without an observance"))
    name = component.first("TZID")
    return Zone(name.value if name else "", component.number, tuple(observances))


def _observance(part: Component, faults: list[Fault]) -> Observance | None:
    lines = {line.name: line for line in part.lines}
    texts = {name: line.value for name, line in lines.items()}
    start = local_time(texts.get("DTSTART", ""))
    before, after = offset(texts.get("TZOFFSETFROM", "")), offset(texts.get("TZOFFSETTO", ""))
    dates = [local_time(line.value) for line in part.lines if line.name == "RDATE"]
    if start is None or before is None or after is None or None in dates:
        faults.append((part.number, "observance", "DTSTART or RDATE is no local time"))
        return None
    yearly = rule(texts["RRULE"]) if "RRULE" in texts else None
    if dates and (start not in dates or "RRULE" in texts):
        # ical.js forgets DTSTART where there is an RDATE; Exchange takes no RDATE beside an RRULE.
        faults.append((part.number, "rdate", "RDATE beside RRULE, or DTSTART not among the RDATEs"))
    observance = Observance(start, before, after, yearly, (start, *filter(None, dates)))
    if yearly and start not in onsets(observance, start.year):
        faults.append((part.number, "rrule-start", "DTSTART is no instance of RRULE"))
    return observance
