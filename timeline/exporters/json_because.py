"""Why each bound lies where it lies, as the JSON export tells it: the last step of its chain.

Whole chains would grow with the square of the file, and so each bound gives its last step and names
the bound that this rests on. A statement stands behind several bounds, and so does a bound behind
others: each is put in words once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.exporters.json_values import REASON_AT, VIA_AT, at, names, path, quoted
from timeline.solver import last_steps
from timeline.stn import ORIGIN, STRUCTURAL
from timeline.words import claim_words

if TYPE_CHECKING:
    from timeline.schedule import Schedule
    from timeline.window import Window

SOURCES = 100
"""A statement that rests on more sources names the first hundred (its event names them all): many
statements may inherit one long list."""
WORDS = 400
"""A statement's words are cut here: many may name one long title."""

_STATEMENT_KEY, _PATH_KEY, _SOURCES_KEY, _VIA_KEY, _END = REASON_AT.split("%s")
_EVENT_KEY, _END_KEY, _AT_KEY, _CLOSE = VIA_AT.split("%s")


class Reasons:
    """The reasons of one schedule; `cited` are the sources of those told so far."""

    def __init__(self, schedule: Schedule) -> None:
        self.cited: set[str] = set()
        self._solution = schedule.solution
        self._timeline = schedule.timeline
        bounds = schedule.solution.bounds
        self._values = bounds.earliest, bounds.latest
        self._ends = [
            (quoted(name), end) for name in self._timeline.events for end in ('"start"', '"end"')
        ]
        self._last = [last_steps(bounds, schedule.solution.network, side) for side in (0, 1)]
        self._said = {STRUCTURAL: f"{_STATEMENT_KEY}null{_PATH_KEY}null{_SOURCES_KEY}[]{_VIA_KEY}"}
        self._via = {ORIGIN: f"null{_END}"}, {ORIGIN: f"null{_END}"}

    def behind(self, point: int, window: Window) -> tuple[str, str]:
        """The reasons why a point is not earlier and not later than its window; null where that is
        open."""
        low, high = window
        earliest = latest = "null"
        below, above = self._last[0][point], self._last[1][point]
        if low is not None:
            assert below is not None
            earliest = self._reason(below[0], below[3], 0)
        if high is not None:
            assert above is not None
            tail, _, _, statement = above
            if (
                low == high and below is not None and below[3] == statement
                and below[0] == tail < len(self._ends)
                and self._values[0][tail] == self._values[1][tail]
            ):  # fmt: skip
                latest = earliest  # one reason serves for both, as in most plans
            else:
                latest = self._reason(tail, statement, 1)
        return earliest, latest

    def made_of(self, point: int, window: Window) -> list[object]:
        """All that both reasons hang on: by which statement, and which bound it comes from. Notes the
        sources that they name."""
        found: list[object] = []
        for side in (0, 1):
            step = self._last[side][point]
            if step is None or window[side] is None:
                found.append(None)
                continue
            tail, _, _, number = step
            statement = None
            if number >= 0:
                statement = self._timeline.statements[number]
                if statement.sources:
                    self.cited.update(statement.sources[:SOURCES])
            via = None
            if tail != ORIGIN:
                other = self._event_point(tail, side)
                via = self._ends[other], self._values[side][other]
            found.append((statement and statement[1:], via))
        return found

    def _reason(self, tail: int, statement: int, side: int) -> str:
        """The reason for one bound, not earlier (side 0) or not later (side 1), by its last step."""
        said = self._said.get(statement) or self._statement(statement)
        return said + (self._via[side].get(tail) or self._rests_on(tail, side))

    def _statement(self, number: int) -> str:
        """A statement's words, path and sources, up to what it rests on."""
        statement = self._timeline.statements[number]
        words = claim_words(self._timeline, statement)
        if len(words) > WORDS:
            words = words[: WORDS - 1] + "…"
        cited = statement.sources[:SOURCES]
        if cited:
            self.cited.update(cited)
        where, named = path(statement), names(cited)
        said = f"{_STATEMENT_KEY}{quoted(words)}{_PATH_KEY}{where}{_SOURCES_KEY}{named}{_VIA_KEY}"
        self._said[number] = said
        return said

    def _rests_on(self, tail: int, side: int) -> str:
        """The bound of the same side that a step starts from, to the end of the reason."""
        point = self._event_point(tail, side)
        name, end = self._ends[point]
        value = at(self._values[side][point])
        via = f"{_EVENT_KEY}{name}{_END_KEY}{end}{_AT_KEY}{value}{_CLOSE}{_END}"
        self._via[side][tail] = via
        return via

    def _event_point(self, point: int, side: int) -> int:
        """The point of an event that a bound comes from: between two groups of a sequence are points of
        no event, without a date."""
        while point >= len(self._ends):
            step = self._last[side][point]
            assert step is not None
            point = step[0]
        return point
