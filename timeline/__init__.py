"""Check what happened when: events, what is known of their dates and order, and the sources.

`load` reads and solves a file, `check` says what is to be said of one, `export` writes calendars, JSON
and diagrams. See `timeline.api`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from timeline.api import DestinationError, Report, TimelineError, check, export, load

__all__ = ["DestinationError", "Report", "TimelineError", "__version__", "check", "export", "load"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Load the library when it is first asked for: the command line starts without it."""
    if name in __all__:
        from timeline import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
