"""What is worth saying of a file that can be read: a list of pure functions from a timeline, and
from its solution where it has one, to warnings and advices.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.civil import local
from timeline.compatible import compatible
from timeline.diagnostics import Diagnostic, Label, closest
from timeline.duration import DAY, Amount, in_words
from timeline.model import Accounts, Dated, Lagged, Lasting, Linked, Related
from timeline.network import agree, own, said
from timeline.solution import dates_of, shown_ends, shows
from timeline.window import OPEN, Ends

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from timeline.model import Account, Event, Place, Statement, Timeline, View
    from timeline.solution import Solution


_ONE_DAY = Amount(0, DAY)
_GUESSES = 300  # names at most that are compared with the declared ones


def no_events(timeline: Timeline) -> Iterator[Diagnostic]:
    """TL501: nothing to tell."""
    if not timeline.events:
        yield Diagnostic("TL501", "the timeline holds no events",
                         help="add one: [events.first-talks] with when = 2025-10-28")  # fmt: skip


def default_zone(timeline: Timeline) -> Iterator[Diagnostic]:
    """TL502: a date is read in UTC only because no zone is stated."""
    if timeline.zone_stated:
        return
    for statement in timeline.statements:
        if not isinstance(statement.claim, (Dated, Accounts)):
            continue
        if timeline.events[statement.event].tz is timeline.tz:
            yield Diagnostic(
                "TL502", "no time zone is stated, so dates are read as UTC", ("timeline",),
                help='state one: timezone = "Europe/Berlin" in [timeline]; "UTC" keeps it so',
            )  # fmt: skip
            return


def names_like_ids(timeline: Timeline) -> Iterator[Diagnostic]:
    """TL505: a bare name that looks like a slip for a declared id or its name."""
    near: dict[tuple[str, str], str | None] = {}

    def likely(kind: str, name: str, known: dict[str, str]) -> str | None:
        key = (kind, name)
        if key not in near and len(near) >= _GUESSES:
            return None
        if key not in near:
            found = closest(name, known, cutoff=0.8) or closest(name, known.values(), cutoff=0.85)
            near[key] = next((i for i in known if found in (i, known[i])), None) if found else None
        return near[key]

    places = {p.id: p.name for p in timeline.places.values()}
    people = {p.id: p.name for p in timeline.people.values()}
    tags = {t.id: t.label for t in timeline.tags.values()}
    for event in timeline.events.values():
        if not (event.tags or event.who or event.place):
            continue
        used = [("tags", t.label, tags) for t in event.tags if not t.id]
        used += [("who", p.name, people) for p in event.who if not p.id]
        used += [("place", p.name, places) for p in _bare(event.place)]
        for key, name, known in used:
            meant = likely(key, name, known)
            if meant is not None:
                yield Diagnostic(
                    "TL505", f'"{name}" is not declared, and is close to `{meant}`',
                    (*event.path, key), help=f'write "{meant}" if that is meant',
                    events=(event.id,),
                )  # fmt: skip


def _bare(place: Place | None) -> list[Place]:
    return [place] if place is not None and not place.id else []


def unused(timeline: Timeline) -> Iterator[Diagnostic]:
    """TL507: declared, and named nowhere."""
    events, views = timeline.events.values(), timeline.views.values()
    used: dict[str, tuple[Mapping[str, object], Callable[[], set[str]]]] = {
        "sources": (timeline.sources, lambda: _cited(timeline)),
        "places": (timeline.places, lambda: {e.place.id for e in events if e.place is not None}
                   | {p for v in views for p in v.place}),
        "people": (timeline.people, lambda: {p.id for e in events for p in e.who}
                   | {p for v in views for p in v.who}),
        "tags": (timeline.tags, lambda: {t.id for e in events for t in e.tags}
                 | {t for v in views for t in v.tags}),
    }  # fmt: skip
    for kind, (declared, names) in used.items():
        named = names() if declared else set()
        for name in declared:
            if name not in named:
                yield Diagnostic("TL507", f"`{name}` is declared and never used", (kind, name),
                                 part="key", help="use it, or take it out")  # fmt: skip


def _cited(timeline: Timeline) -> set[str]:
    together = {statement.sources for statement in timeline.statements}
    together.update(event.sources for event in timeline.events.values())
    together.update(sequence.sources for sequence in timeline.sequences)
    return {source for sources in together for source in sources}


def cancelled_in_order(timeline: Timeline) -> Iterator[Diagnostic]:
    """TL508: a relation that counts for nothing, since one of its events was called off."""
    cancelled = {name for name, event in timeline.events.items() if event.status == "cancelled"}
    for statement in timeline.statements if cancelled else ():
        for name in _named(statement):
            if name in cancelled and not isinstance(statement.claim, Linked):
                yield Diagnostic(
                    "TL508", f"`{name}` is cancelled, so this relation counts for nothing",
                    statement.path, help="drop it, or relate the events around it",
                    events=(statement.event, name),
                )  # fmt: skip
                break


def _named(statement: Statement) -> tuple[str, ...]:
    claim = statement.claim
    if isinstance(claim, Related):
        return statement.event, claim.other
    if isinstance(claim, Lagged):
        return claim.tail[0], claim.head[0]
    if isinstance(claim, Linked):
        return (*claim.earlier, *claim.later)
    return ()


def adrift(timeline: Timeline) -> Iterator[Diagnostic]:
    """TL509: nothing at all is said of when an event happened."""
    statements = timeline.statements
    alone = set()
    for name, event in timeline.events.items():
        for number in event.statements:
            if not isinstance(statements[number].claim, Lasting):
                break
        else:
            alone.add(name)
    if not alone:
        return
    alone -= {s.claim.other for s in statements
              if isinstance(s.claim, Related) and s.claim.other in alone}  # fmt: skip
    alone.difference_update(n for s in timeline.sequences for e in s.elements for n in e)
    for statement in reversed(statements):
        if statement.event:  # what belongs to no event stands last
            break
        alone.difference_update(_named(statement))
    for name in timeline.events if alone else ():
        if name in alone:
            yield Diagnostic(
                "TL509", f"nothing is said of when `{name}` happened", ("events", name), part="key",
                help="add `when`, or its order: `after`, `before`, `during`", events=(name,),
            )  # fmt: skip


def long_days(timeline: Timeline) -> Iterator[Diagnostic]:
    """TL510: an event of `1d` on a day of 25 hours, where `throughout` may be meant."""
    for statement in timeline.statements:
        claim = statement.claim
        if not isinstance(claim, Lasting):
            continue
        if claim.length.least != _ONE_DAY or claim.length.most != _ONE_DAY:
            continue
        for number in timeline.events[statement.event].statements:
            dated = timeline.statements[number].claim
            if not isinstance(dated, Dated) or dated.date.precision != "day" or dated.throughout:
                continue
            low, high = dated.ends.start.earliest, dated.ends.end.latest
            if dated.date.kind != "single" or dated.tolerance is not None:
                continue
            if low is not None and high is not None and high - low > DAY:
                yield Diagnostic(
                    "TL510", f"that day has {in_words(high - low)}, and `1d` is 24 h",
                    statement.path, help="to fill the day, write `throughout = true` instead",
                    events=(statement.event,),
                )  # fmt: skip


def accounts_differ(solution: Solution) -> Iterator[Diagnostic]:
    """TL503: accounts of one event that cannot all hold; which of them the rest rules out."""
    timeline = solution.timeline
    for statement in timeline.statements:
        claim = statement.claim
        if not isinstance(claim, Accounts):
            continue
        event = timeline.events[statement.event]
        if agree(event, claim) is not None:
            continue
        by = _difference(event, claim)
        out = [a for a in claim.accounts if not _fits(solution, event, a)]
        told = " and ".join(dict.fromkeys(_teller(timeline, a) for a in claim.accounts))
        message = f"the accounts of `{event.id}` differ{by}: {told}"
        if len(out) == len(claim.accounts):
            message += "; with the rest of the file, none of them holds as it stands"
        elif out:
            message += "; the rest of the file rules out " + " and ".join(
                f"{_teller(timeline, a)} ({_account_words(a)})" for a in out
            )
        yield Diagnostic(
            "TL503", message, statement.path, events=(event.id,),
            related=tuple(
                Label(a.path, f"{_teller(timeline, a)}: {_account_words(a)}"
                      + (" — ruled out by the rest" if a in out else ""))
                for a in claim.accounts
            ),
        )  # fmt: skip


def _teller(timeline: Timeline, account: Account) -> str:
    titles = [timeline.sources[s].title for s in account.sources]
    return ", ".join(titles) if titles else "an account without a source"


def _account_words(account: Account) -> str:
    from timeline.words import dated_words  # only where accounts differ

    words = [dated_words(d) if d.key == "when" else f"{d.key} {dated_words(d)}"
             for d in account.dates]  # fmt: skip
    return ", ".join(words + ([f"lasting {account.length.text}"] if account.length else []))


def _difference(event: Event, claim: Accounts) -> str:
    """By how much accounts differ: the widest step between two that do not meet."""
    widest = 0
    dates = [dated.date for account in claim.accounts for dated in account.dates]
    timed = any(p is not None and p.time is not None for d in dates for p in (d.start, d.end))
    told = [s[0] for a in claim.accounts if (s := said(event, a)) is not None]
    for windows in ([e.start for e in told], [e.end for e in told]):
        lows = [w.earliest for w in windows if w.earliest is not None]
        highs = [w.latest for w in windows if w.latest is not None]
        if lows and highs and max(lows) > min(highs):
            widest = max(widest, max(lows) - min(highs))
            if not timed:  # from day to day: the last second of a day lies in it
                first, last = local(min(highs), event.tz)[0], local(max(lows), event.tz)[0]
                widest = (last - first) * DAY
    return f" by {in_words(widest)}" if widest > 0 else ""


def _fits(solution: Solution, event: Event, account: Account) -> bool:
    """Whether one account can hold with everything else."""
    own = said(event, account)
    if own is None:
        return False
    ends, least, most = own
    start = 2 * solution.timeline.numbers[event.id]
    bounds = []
    for point, window in ((start, ends.start), (start + 1, ends.end)):
        if window.earliest is not None:
            bounds.append((point, 0, window.earliest))
        if window.latest is not None:
            bounds.append((point, 1, window.latest))
    gaps = [(start, start + 1, least)]
    if most is not None:
        gaps.append((start + 1, start, -most))
    return compatible(solution.bounds, solution.network, bounds, gaps)


def empty_views(solution: Solution) -> Iterator[Diagnostic]:
    """TL506: a view that shows nothing."""
    timeline = solution.timeline
    for view in timeline.views.values():
        if not any(_shown(solution, view, event) for event in timeline.events.values()):
            yield Diagnostic("TL506", f"the view `{view.id}` shows no event", view.path,
                             part="key", help="look at what it asks for")  # fmt: skip


def _shown(solution: Solution, view: View, event: Event) -> bool:
    ends, dates = solution.ends(event.id), []
    if view.within is not None:
        dates = dates_of(solution.timeline, event)
        ends = shown_ends(own(solution.timeline, event) or Ends(OPEN, OPEN), ends, dates)
    return shows(view, event, ends, dates)


OF_TIMELINE: tuple[Callable[[Timeline], Iterable[Diagnostic]], ...] = (
    no_events, default_zone, names_like_ids, unused, cancelled_in_order, adrift, long_days,
)  # fmt: skip
OF_SOLUTION: tuple[Callable[[Solution], Iterable[Diagnostic]], ...] = (accounts_differ, empty_views)


def heard(timeline: Timeline, findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings that the file does not ignore."""
    quiet = frozenset(timeline.ignore)
    return [
        d
        for d in findings
        if d.code not in quiet
        and not any(name and d.code in timeline.events[name].ignore for name in d.events)
    ]
