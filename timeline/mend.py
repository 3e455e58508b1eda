"""The least change to one statement of a contradiction that lets the rest of it stand.

Each mend is tried: the changed statement is put back among the others and the set is solved again. A
mend that cannot be verified is not offered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from timeline import allen, edtf
from timeline.civil import EPOCH_DAY, LocalTimeError, local
from timeline.duration import DAY, as_written, in_words
from timeline.gregorian import ymd
from timeline.model import Accounts, Dated, Lagged, Lasting, Linked, Related
from timeline.solver import solve
from timeline.stn import Network, part
from timeline.window import stated

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from timeline.model import Statement, Timeline
    from timeline.solver import Bounds
    from timeline.window import Ends

Row = tuple[int, int, int, int]


@frozen(eq=False)
class Mend:
    """What would do: `text` says it, `seconds` is the size of the change (None: it has none, the
    statement goes), `written` the change as the file would write it, where it can be written.

    It lets the other statements of its contradiction stand; `enough` where it is known to let all
    of the file stand that no other contradiction speaks of."""

    text: str
    seconds: int | None = None
    written: str = ""
    enough: bool = False


@frozen(eq=False)
class Knot:
    """The constraints of one contradiction, on points of their own: all that a mend has to look at.

    `points` numbers the network's points that these constraints touch; both ends of every event
    among them are there, so that start ≤ end holds as in the whole.
    """

    points: dict[int, int]
    bounds: tuple[Row, ...]
    gaps: tuple[Row, ...]
    orders: tuple[Row, ...]

    def without(self, number: int) -> Knot:
        """The same without one statement."""

        def rest(rows: tuple[Row, ...]) -> tuple[Row, ...]:
            return tuple(row for row in rows if row[3] != number)

        return Knot(self.points, rest(self.bounds), rest(self.gaps), rest(self.orders))

    def solve(
        self,
        bounds: Iterable[Row] = (),
        gaps: Iterable[Row] = (),
        orders: Iterable[Row] = (),
        more: int = 0,
    ) -> Bounds | None:
        """The bounds with a few constraints added (on this knot's points, and `more` new ones);
        None where they cannot all hold."""
        rows = (*self.bounds, *bounds), (*self.gaps, *gaps), (*self.orders, *orders)
        used = sorted({row[3] for part in rows for row in part})
        renumbered = {number: i for i, number in enumerate(used)}
        parts = [[(a, b, c, renumbered[s]) for a, b, c, s in part] for part in rows]
        network = Network(len(self.points) + more, parts[0], parts[1], parts[2], len(used))
        return solve(network)


def knot(network: Network, statements: Collection[int]) -> Knot:
    """The part of a network that a few statements make."""
    own = part(network, statements)
    points = {
        2 * event + side: 2 * i + side for i, event in enumerate(own.events) for side in (0, 1)
    }
    small = own.network
    return Knot(points, tuple(small.bounds), tuple(small.gaps), tuple(small.orders))


def mend(timeline: Timeline, whole: Knot, statement: Statement) -> Mend:
    """The least change to one statement of a contradiction that clears it."""
    claim = statement.claim
    rest = whole.without(statement.id)
    if isinstance(claim, Dated):
        return _redate(timeline, whole, rest, statement, claim) or Mend(
            "no other date would do: drop it"
        )
    if isinstance(claim, Lasting):
        return _relength(timeline, whole, rest, statement)
    if isinstance(claim, Accounts):
        return _reaccount(timeline, whole, rest, statement)
    if isinstance(claim, Lagged):
        return _relag(timeline, whole, rest, claim.tail, claim.head, statement, "lag") or Mend(
            "drop it"
        )
    if isinstance(claim, Related):
        return _unrelate(timeline, whole, rest, statement, claim)
    return _unlink(timeline, whole, rest, claim)


def _shift(whole: Knot, rest: Knot, number: int, points: Collection[int] | None = None
           ) -> int | None:  # fmt: skip
    """By how many seconds the dates of a statement would have to move, the least that does.

    Its bounds are hung on a point of their own, at 0 as it stands; where that point may lie is the
    answer. `points` restricts the move to the bounds on some points, the others staying.
    """
    hook = len(whole.points)
    bounds, gaps = [], []
    for row in whole.bounds:
        point, side, value, owner = row
        if owner != number:
            continue
        if points is not None and point not in points:
            bounds.append(row)
        elif side == 0:
            gaps.append((hook, point, value, number))
        else:
            gaps.append((point, hook, -value, number))
    gaps += [row for row in whole.gaps if row[3] == number]
    solved = rest.solve(bounds, gaps, more=2)
    if solved is None:
        return None
    low, high = solved.earliest[hook], solved.latest[hook]
    if low is not None and low > 0:
        return low
    return high if high is not None and high < 0 else None


def _redate(timeline: Timeline, whole: Knot, rest: Knot, statement: Statement, claim: Dated
            ) -> Mend | None:  # fmt: skip
    """Another date: the nearest of the same precision, or one end of a span moved."""
    event = timeline.events[statement.event]
    start = whole.points[2 * timeline.numbers[event.id]]
    parts: list[Collection[int] | None] = [None]
    if claim.date.kind == "interval":
        parts += [{start}, {start + 1}]
    shifts = [(s, part) for part in parts if (s := _shift(whole, rest, statement.id, part))]
    if not shifts:
        return None
    moved, part = min(shifts, key=lambda pair: (abs(pair[0]), pair[1] is None))
    way = "later" if moved > 0 else "earlier"
    if claim.date.approximate or claim.tolerance is not None:
        wider = _tolerance(timeline, whole, rest, statement, claim, abs(moved))
        if wider is not None:
            return wider
    text = _moved(claim, moved, part, start, event.tz)
    if text is not None:
        ends = _stated(claim, text, event.tz)
        if ends is not None and rest.solve(_rows(ends, start, statement.id)) is not None:
            return Mend(f"write {text} (or {way})", abs(moved), text)
    which = "" if part is None else " its start" if start in part else " its end"
    by = _in_days(whole, rest, statement.id, part, moved) if _by_days(claim) else moved
    return Mend(f"move{which} {in_words(abs(by))} {way}", abs(moved))


def _by_days(claim: Dated) -> bool:
    """Whether no time of day is written, so that a move by less than a day is none to a person."""
    return all(period is None or period.time is None for period in (claim.date.start, claim.date.end))


def _in_days(whole: Knot, rest: Knot, number: int, points: Collection[int] | None, by: int) -> int:
    """A move in whole days, where that does as well."""
    days = -(-abs(by) // DAY) * DAY * (1 if by > 0 else -1)
    rows = [
        (point, side, value + (days if points is None or point in points else 0), owner)
        for point, side, value, owner in whole.bounds if owner == number
    ]  # fmt: skip
    return days if rest.solve(rows) is not None else by


def _stated(claim: Dated, text: str, tz: object) -> Ends | None:
    try:
        return stated(claim.key, edtf.parse(text), tz, claim.throughout, claim.tolerance)  # type: ignore[arg-type]
    except (edtf.DateError, LocalTimeError):
        return None


def _rows(ends: Ends, start: int, number: int) -> list[Row]:
    windows = ((start, ends.start), (start + 1, ends.end))
    lows = [(p, 0, w.earliest, number) for p, w in windows if w.earliest is not None]
    return lows + [(p, 1, w.latest, number) for p, w in windows if w.latest is not None]


def _moved(claim: Dated, by: int, part: Collection[int] | None, start: int, tz: object
           ) -> str | None:  # fmt: skip
    """The date as it would be written after a move, in whole units of its precision."""
    date = claim.date
    if date.kind == "set":
        return None
    periods = [date.start, date.end]
    if date.kind == "single":
        return _period(claim, date.start, by, tz)
    if part is None or start in part:
        periods[0] = None
    if part is None or start not in part:
        periods[1] = None
    texts = [
        old.text if new is not None and old is not None else _period(claim, old, by, tz)
        for old, new in zip((date.start, date.end), periods, strict=True)
    ]
    return None if None in texts else "/".join(t for t in texts if t is not None)


def _period(claim: Dated, period: edtf.Period | None, by: int, tz: object) -> str | None:
    """A period moved by seconds: the one of its kind in which the moved limit falls."""
    if period is None or period.first is None or period.last is None:
        return None
    mark = "%" if period.approximate and period.uncertain else (
        "~" if period.approximate else "?" if period.uncertain else "")  # fmt: skip
    if period.time is not None:
        plain = (period.first - EPOCH_DAY) * DAY + period.time + by
        day, second = divmod(plain, DAY)
        clock = f"{second // 3600:02}:{second // 60 % 60:02}"
        clock += f":{second % 60:02}" if second % 60 or period.precision == "second" else ""
        zone = ""
        if period.offset is not None:
            hours, minutes = divmod(abs(period.offset) // 60, 60)
            sign = "-" if period.offset < 0 else "+"
            zone = f"{sign}{hours:02}:{minutes:02}" if period.offset else "Z"
        return f"{edtf.day_text(day + EPOCH_DAY)}T{clock}{zone}{mark}"
    limit = period.last if by > 0 else period.first
    days = -(-by // DAY) if by > 0 else by // DAY
    day = limit + days
    if not 1 <= day <= 3_652_059:
        return None
    year, month, _ = ymd(day)
    written = {
        "day": edtf.day_text(day), "month": f"{year:04}-{month:02}", "year": f"{year:04}",
        "week": _week(day),
    }.get(period.precision)  # fmt: skip
    plain_form = period.text.rstrip("~?%")
    return written + mark if written and "X" not in plain_form else None


def _week(day: int) -> str:
    """The week of ISO 8601 that holds a day."""
    from datetime import date

    year, week, _ = date.fromordinal(day).isocalendar()
    return f"{year:04}-W{week:02}"


def _tolerance(timeline: Timeline, whole: Knot, rest: Knot, statement: Statement, claim: Dated,
               moved: int) -> Mend | None:  # fmt: skip
    """An approximate date wants a tolerance rather than another date."""
    event = timeline.events[statement.event]
    start = whole.points[2 * timeline.numbers[event.id]]
    unit = 60 if claim.date.precision in ("minute", "second") else DAY
    rounded = -(-moved // unit) * unit
    already = 0 if claim.tolerance is None else claim.tolerance.longest()
    rows = []
    for point, side, value, owner in whole.bounds:
        if owner == statement.id and point in (start, start + 1):
            rows.append((point, side, value - rounded if side == 0 else value + rounded, owner))
    if rest.solve(rows) is None:
        return None
    text = f'tolerance = "{as_written(rounded + already)}"'
    told = f'{claim.key} = {{ date = "{claim.date.text}", {text} }}'
    return Mend(f"it is approximate: write {told}", moved, text)


def _relength(timeline: Timeline, whole: Knot, rest: Knot, statement: Statement) -> Mend:
    event = (statement.event, "start"), (statement.event, "end")
    found = _relag(timeline, whole, rest, *event, statement, "duration")
    return found or Mend("drop it")


def _relag(timeline: Timeline, whole: Knot, rest: Knot, tail: tuple[str, str],
           head: tuple[str, str], statement: Statement, what: str) -> Mend | None:  # fmt: skip
    """The lag or duration between two ends that the rest allows, nearest to what is written."""
    first = whole.points[2 * timeline.numbers[tail[0]] + (tail[1] == "end")]
    second = whole.points[2 * timeline.numbers[head[0]] + (head[1] == "end")]
    rows = [row for row in whole.gaps if row[3] == statement.id]
    least = next((gap for t, h, gap, _ in rows if (t, h) == (first, second)), None)
    most = next((-gap for t, h, gap, _ in rows if (t, h) == (second, first)), None)
    low, high = _distances(rest, first, second)
    if high is not None and least is not None and high < least:
        wanted, word, size = high, "at most", least - high
    elif low is not None and most is not None and low > most:
        wanted, word, size = low, "at least", low - most
    else:
        return None
    if what == "duration" and wanted < 0:
        return None
    kept = least if word == "at least" else most  # the other side, where it can stay
    ranged = kept is not None and (kept < wanted) == (word == "at least") and kept != wanted
    sides = sorted((kept, wanted)) if ranged and kept is not None else [wanted, wanted]
    limits = [(first, second, sides[0], statement.id), (second, first, -sides[1], statement.id)]
    orders = [row for row in whole.orders if row[3] == statement.id]
    if rest.solve((), limits, orders) is None:
        return None
    text = "..".join(dict.fromkeys(map(as_written, sides)))
    written = f'{what} = "{text}"'
    told = f"{in_words(wanted)} {word}"
    if len(set(sides)) > 1:
        told = f"as {'little' if word == 'at most' else 'much'} as {in_words(wanted)}"
    return Mend(f"let it be {told}: write {written}", size, written)


def _distances(rest: Knot, tail: int, head: int) -> tuple[int | None, int | None]:
    """The least and the greatest head − tail that a knot allows: fix the tail at 0 far from any
    date by hanging every date on a point of its own, and read off the head."""
    hook = len(rest.points)
    gaps = [
        (hook, point, value, owner) if side == 0 else (point, hook, -value, owner)
        for point, side, value, owner in rest.bounds
    ]
    free = Knot(rest.points, (), rest.gaps, rest.orders)
    solved = free.solve([(tail, 0, 0, -2), (tail, 1, 0, -2)], gaps, more=2)
    if solved is None:
        return None, None
    return solved.earliest[head], solved.latest[head]


def _unrelate(timeline: Timeline, whole: Knot, rest: Knot, statement: Statement, claim: Related
              ) -> Mend:  # fmt: skip
    """A relation: another lag, the other way round, or none."""
    event, other = statement.event, claim.other
    if claim.lag is not None:
        sides = allen.anchor(claim.relation, claim.end)
        named = [(event if s < allen.B_START else other, "end" if s % 2 else "start") for s in sides]
        found = _relag(timeline, whole, rest, named[0], named[1], statement, "lag")
        if found is not None and found.written and not found.written.startswith('lag = "-'):
            return found
    if not claim.end and claim.relation != "equals":
        inverse = allen.INVERSE[claim.relation]
        if _holds(timeline, whole, rest, event, other, inverse):
            return Mend(f'turn it round ({inverse} = "{other}"), or drop it')
    return Mend("drop it")


def _holds(timeline: Timeline, whole: Knot, rest: Knot, a: str, b: str, relation: str) -> bool:
    one, two = (whole.points[2 * timeline.numbers[name]] for name in (a, b))
    points = (one, one + 1, two, two + 1)
    gaps = [(points[t], points[h], g, -2) for t, h, g, _ in allen.RELATIONS[relation]]
    orders = [(points[t], points[h], s, -2) for t, h, _, s in allen.RELATIONS[relation]]
    if relation in ("after", "before"):
        gaps = gaps[:1]
    return rest.solve((), gaps, orders) is not None


def _unlink(timeline: Timeline, whole: Knot, rest: Knot, claim: Linked) -> Mend:
    """A link of a sequence: the two the other way round, or no link."""
    pairs = [(a, b) for a in claim.later[:4] for b in claim.earlier[:4]]
    known = all(2 * timeline.numbers[n] in whole.points for pair in pairs for n in pair)
    single = len(claim.later) == len(claim.earlier) == 1
    if single and known and _holds(timeline, whole, rest, *pairs[0], "before"):
        return Mend(f"put {claim.later[0]} before {claim.earlier[0]}, or part them")
    return Mend("part the sequence here")


def _reaccount(timeline: Timeline, whole: Knot, rest: Knot, statement: Statement) -> Mend:
    """Accounts: by how much the nearest would have to move."""
    event = timeline.events[statement.event]
    moved = _shift(whole, rest, statement.id)
    if moved is None:
        return Mend("no account of it fits: drop them, or give it a date of its own")
    start = whole.points[2 * timeline.numbers[event.id]]
    solved = rest.solve()
    low = solved.earliest[start] if solved is not None else None
    day = "" if low is None else f", to {edtf.day_text(local(low, event.tz)[0])} or later"
    way = "later" if moved > 0 else "earlier"
    assert isinstance(statement.claim, Accounts)
    dates = [dated for account in statement.claim.accounts for dated in account.dates]
    by = _in_days(whole, rest, statement.id, None, moved) if all(map(_by_days, dates)) else moved
    return Mend(f"an account {in_words(abs(by))} {way} would do{day if moved > 0 else ''}",
                abs(moved))  # fmt: skip
