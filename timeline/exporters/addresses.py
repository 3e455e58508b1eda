"""Where the feeds of a timeline's views lie, once it is known where that of the whole lies."""

from __future__ import annotations

import re


def beside(address: str, view: str) -> str:
    """The address of a view's feed: that of the whole, with the view for its last segment."""
    found = re.fullmatch(r"(\w+://[^/?#]*)(/[^?#]*)?(\?[^#]*)?(#.*)?", address, re.ASCII)
    assert found is not None  # the reader takes nothing else for an address
    folder = (found[2] or "/").rpartition("/")[0]
    return f"{found[1]}{folder}/{view}.ics{found[3] or ''}"
