"""The whole street on one screen: text → checked → inferred → exported.

Library and command line alike go through here. Nothing is printed, and nothing is written but what
`files` is asked to.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from attrs import frozen

from timeline import checks
from timeline.diagnostics import Diagnostic
from timeline.network import build
from timeline.reader import read
from timeline.solution import Solution
from timeline.solver import solve
from timeline.source import SIZE, Document, SourceError, parse, positions, refuse_deep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from timeline.contradiction import Contradiction
    from timeline.exporters import Look, Output
    from timeline.memo import Memo
    from timeline.model import Timeline
    from timeline.schedule import Schedule
    from timeline.solver import Bounds
    from timeline.stn import Network


class TimelineError(ValueError):
    """A file that cannot be used: it has faults, or it contradicts itself. `report` tells all."""

    def __init__(self, report: Report, message: str = "") -> None:
        self.report = report
        errors = [d for d in report.diagnostics if d.severity == "error"]
        first = errors[0] if errors else None
        told = f"{first.code} {first.message}" if first else message
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        super().__init__(f"{report.document.filename}: {told}{more}")


class DestinationError(ValueError):
    """What lies at an export's destination is not this program's own, whole work, so it is not
    written over."""


@frozen(eq=False, repr=False)
class Report:
    """What a check found. `timeline` is None where the file has faults, `solution` also where it
    contradicts itself."""

    document: Document
    diagnostics: tuple[Diagnostic, ...]
    timeline: Timeline | None = None
    solution: Solution | None = None
    contradictions: tuple[Contradiction, ...] = ()

    @property
    def consistent(self) -> bool:
        """Everything that the file states can be true together."""
        return self.solution is not None


def check(
    source: str | os.PathLike[str] | bytes,
    *,
    filename: str | None = None,
    memo: Memo | None = None,
) -> Report:
    """Check a file (a path), or the bytes of one, and say all that there is to say of it.

    Never raises for what a file holds; OSError where it cannot be read. A `memo` of the file, which has
    begun, makes it faster where little has changed since.

    >>> report = check(b'[events.a]\\nafter = "b"\\n[events.b]\\nafter = "a"\\n')
    >>> report.consistent, [d.code for d in report.diagnostics]
    (False, ['TL402'])
    """
    raw, name = _bytes(source, filename)
    try:
        document = parse(raw, name)
        del raw  # it may be large, and what follows needs memory
        timeline, faults = read(document.data, name, memo)
        if timeline is None:
            refuse_deep(document)
            return Report(document, _in_file_order(document, faults))
    except SourceError as error:
        shown = "<stdin>" if name == "-" else name
        return Report(Document(shown, error.text, {}), (_syntax(error),))
    found = [d for of_timeline in checks.OF_TIMELINE for d in of_timeline(timeline)]
    network, bounds = _solved(timeline, memo)
    if bounds is None:
        from timeline.contradiction import contradictions, diagnose

        clashes = contradictions(timeline, network)
        told = [diagnose(timeline, c) for c in clashes]
        advices = _in_file_order(document, checks.heard(timeline, found))
        return Report(document, (*told, *advices), timeline, None, clashes)
    solution = Solution(timeline, network, bounds)
    found += [d for of_solution in checks.OF_SOLUTION for d in of_solution(solution)]
    advices = _in_file_order(document, checks.heard(timeline, found))
    return Report(document, advices, timeline, solution)


def _solved(timeline: Timeline, memo: Memo | None) -> tuple[Network, Bounds | None]:
    """The network of a timeline, and the bounds of its points; None where there are none."""

    def made() -> tuple[Network, Bounds | None]:
        network = build(timeline)
        return network, solve(network)

    if memo is None:
        return made()
    # All that a network is built from: what is stated, and of the events what that hangs on.
    events = [(event.id, event.tz, event.status) for event in timeline.events.values()]
    return memo.room("network", None).kept("", (timeline.statements, events), made)


def load(
    source: str | os.PathLike[str] | bytes,
    *,
    filename: str | None = None,
    memo: Memo | None = None,
) -> Schedule:
    """Read, check and solve a file: every event with its windows, basis and reasons, in order.

    Raises TimelineError where the file has faults or contradicts itself.

    >>> schedule = load(b'[events.a]\\nwhen = 2025-10-26\\n[events.b]\\nafter = "a"\\n')
    >>> [(e.id, e.basis, e.label) for e in schedule.events]
    [('a', 'stated', '26 Oct 2025'), ('b', 'open', 'from 26 Oct 2025')]
    """
    report = check(source, filename=filename, memo=memo)
    if report.solution is None:
        raise TimelineError(report)
    from timeline.schedule import place

    return place(report.solution, memo)


def export(
    source: str | os.PathLike[str] | bytes | Schedule,
    formats: Iterable[str] | None = None,
    views: Iterable[str] | None = None,
    *,
    clock: Callable[[], int] | None = None,
    previous: Mapping[str, bytes] | None = None,
    look: Look | None = None,
    memo: Memo | None = None,
) -> dict[str, Output]:
    """The exports of a file by their names: `{"all.ics": …, "trip.json": …}`.

    The usual formats and all views where none are named; what is too large for one file comes in
    numbered parts. `clock` gives seconds UTC for what is new or changed; `previous` holds what was
    exported before, by name, whose unchanged entries stay as they are; `look` is for pictures; a
    `memo` that is given to each export of a file, and begun before each, makes the next ones faster.
    Raises TimelineError; DestinationError where a calendar among these is torn or is not this
    timeline's; LookError where the look's span falls on a time that the zone skips; KeyError for an
    unknown format or view.
    """
    from timeline.exporters import EXPORTERS, USUAL, Look, Occasion
    from timeline.feed import Foreign
    from timeline.schedule import Schedule

    schedule = source if isinstance(source, Schedule) else load(source, memo=memo)
    known = {"all": None, **schedule.timeline.views}
    chosen = [EXPORTERS[name] for name in dict.fromkeys(formats or USUAL)]
    lying = previous or {}
    exports: dict[str, Output] = {}
    for view in dict.fromkeys(views or known):
        for exporter in chosen:
            name = f"{view}.{exporter.extension}"
            whole = lying.get(f"all.{exporter.extension}")
            occasion = Occasion(clock or now, lying.get(name), look or Look(), whole, memo)
            try:
                exports |= exporter.files(view, schedule, known[view], occasion)
            except Foreign as error:
                raise DestinationError(f"{name}: {error}") from error
    return exports


def now() -> int:
    """The clock, seconds UTC; SOURCE_DATE_EPOCH stands in for it where it is set."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if fixed.isascii() and fixed.isdigit() and len(fixed) < 12:
        return int(fixed)
    import time

    return int(time.time())


def _in_file_order(document: Document, found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Findings as they stand in the file. A file without any is not searched for places."""
    if len(found) < 2:
        return tuple(found)
    at = positions(document, [d.path for d in found])
    return tuple(found[i] for i in sorted(range(len(found)), key=at.__getitem__))


def _bytes(source: str | os.PathLike[str] | bytes, filename: str | None) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, filename or "events.toml"
    with open(source, "rb") as file:
        return file.read(SIZE + 1), filename or os.fspath(source)


def _syntax(error: SourceError) -> Diagnostic:
    code = {"encoding": "TL001", "syntax": "TL002"}.get(error.reason, "TL003")
    return Diagnostic(code, error.message, help=error.help, span=error.span)
