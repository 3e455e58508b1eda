"""Python's search for garbage, put off while an edition is made: nearly all that is made then stays, and
each search would go through all of it for nothing."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ONE = Lock()  # what one puts back must not be what another has put off


@contextmanager
def unsearched() -> Iterator[None]:
    """Without a search, in the whole process; afterwards it is as it was. One thread at a time."""
    with _ONE:
        searched = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if searched:
                gc.enable()
