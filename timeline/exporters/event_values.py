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
    from timeline.schedule import Schedule


@lru_cache(maxsize=1)
def event_values(schedule: Schedule, memo: Memo) -> dict[str, tuple[object, ...]]:
    """The values of every event by its id, those of last time where they are equal: several exporters
    ask, and each for every view. The first is the event as it is written, but for the numbers of its
    statements, which others move."""
    timeline = schedule.timeline
    room = memo.room("event values", None)
    return {
        name: room.same(name, (
            p.event[:-1], p.start, p.end, p.told, p.basis, p.label, p.approximate, p.uncertain,
            dated(p), _accounts(timeline, p.event),
        ))
        for name, p in schedule.by_id.items()
    }  # fmt: skip


def _accounts(timeline: Timeline, event: Event) -> list[Accounts]:
    """The accounts of an event, which may differ."""
    claims = [timeline.statements[number].claim for number in event.statements]
    return [claim for claim in claims if isinstance(claim, Accounts)]
