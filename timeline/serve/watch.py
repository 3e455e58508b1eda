"""When a file has changed, and lies still.

Some editors write a file in pieces. Half a file may well be read as a whole one, and a feed made of
it would take half its entries from every subscriber. So a change counts once the file has looked
the same for a while.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SETTLED = 0.5
"""Seconds for which a file looks the same before it is read."""

Look = tuple[tuple[int, ...] | None, ...]
"""What files look like from outside: of each its inode, size and times; None where there is none."""


def look(paths: Iterable[str | os.PathLike[str]]) -> Look:
    """What these files look like now. Never raises."""
    return tuple(map(_one, paths))


def _one(path: str | os.PathLike[str]) -> tuple[int, ...] | None:
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


class Watch:
    """Remembers what was taken in and what was seen, and decides when there is something to take."""

    def __init__(self, taken: Look | None = None, settled: float = SETTLED) -> None:
        self._taken = taken
        self._settled = settled
        self._seen: Look | None = None
        self._since = 0.0

    def due(self, seen: Look, now: float) -> bool:
        """Whether what is seen at a moment (seconds of a clock that never runs back) differs from
        what was taken, and has been as it is for long enough."""
        if seen == self._taken:
            self._seen = None
            return False
        if seen != self._seen:
            self._seen, self._since = seen, now
        return now - self._since >= self._settled

    def take(self, seen: Look) -> None:
        """What was seen before reading is what was read."""
        self._taken, self._seen = seen, None
