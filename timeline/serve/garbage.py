"""Python's search for garbage, put off while an edition is made, and kept from what stays: nearly all that
is made then is needed until the next one, and each search would go through all of it for nothing."""

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


def spare() -> None:
    """Look once through all that there is, and leave what is in use out of every search from now on,
    until this is called again: else a search of a large edition keeps readers waiting, now and then."""
    with _ONE:
        gc.unfreeze()
        gc.collect()
        gc.freeze()
