"""All that a diagram or a picture tells of an event hangs on, as values: where they are equal, so is what
is told. What leads to them, its dates and the statements on others, is in the windows and the label.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from timeline.model import Accounts
from timeline.schedule import dated

if TYPE_CHECKING:
    from timeline.memo import Memo
    from timeline.model import Event, Timeline
    from timeline.schedule import Placed, Schedule


@lru_cache(maxsize=1)
def event_values(schedule: Schedule, memo: Memo) -> dict[str, tuple[object, ...]]:
    """The values of every event by its id, those of last time where it is placed as then: several
    exporters ask, and each for every view. The first is the event as it is written, but for the numbers
    of its statements, which others move; the second its looks, of which no words but those are told
    that group events or say when they are."""
    timeline, by_id = schedule.timeline, schedule.by_id

    def values(name: str) -> tuple[object, ...]:
        placed = by_id[name]
        return placed.event[:-1], _looks(placed), _accounts(timeline, placed.event)

    return memo.room("event values", None).each(by_id.items(), values)


def _looks(placed: Placed) -> tuple[object, ...]:
    event = placed.event
    return (
        event.id, event.zone, event.tz, event.place, event.who, event.tags, event.status,
        event.throughout, placed.start, placed.end, placed.told, placed.basis, placed.label,
        placed.approximate, placed.uncertain, dated(placed),
    )  # fmt: skip


def _accounts(timeline: Timeline, event: Event) -> list[Accounts]:
    """The accounts of an event, which may differ."""
    claims = [timeline.statements[number].claim for number in event.statements]
    return [claim for claim in claims if isinstance(claim, Accounts)]
