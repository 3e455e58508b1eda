"""The Mermaid diagram that fits what there is to show.

- `lanes` are asked for, or there are more than 40 events: a `gantt`, in parts of at most 40.
- fewer than a third of the events have a date: a `flowchart`, since there is an order to show and
  hardly a date.
- else a `timeline`: up to 40 events read well in its five columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.exporters import EXPORTERS
from timeline.exporters.mermaid_words import chosen

if TYPE_CHECKING:
    from timeline.exporters import Look, Occasion, Output
    from timeline.model import View
    from timeline.schedule import Schedule

MOST = 40
"""More events than this are a gantt."""


def kind(schedule: Schedule, view: View | None, look: Look) -> str:
    """`timeline`, `gantt` or `flowchart`."""
    shown = chosen(schedule, view, look)
    if look.lanes or len(shown) > MOST:
        return "gantt"
    dated = sum(p.basis in ("stated", "narrowed") for p in shown)
    return "flowchart" if 3 * dated < len(shown) else "timeline"


def export(schedule: Schedule, view: View | None, occasion: Occasion) -> Output:
    """The fitting diagram of the whole timeline or of a view."""
    return EXPORTERS[f"mermaid-{kind(schedule, view, occasion.look)}"].export(
        schedule, view, occasion
    )
