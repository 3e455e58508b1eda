"""An edition: everything that one state of the file publishes, as bytes, with what HTTP says of them."""

from __future__ import annotations

import gzip
import re
from hashlib import sha256
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from timeline.duration import DAY
from timeline.feed import is_instant
from timeline.gregorian import ordinal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.schedule import Schedule

TYPES = {
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "mmd": "text/plain; charset=utf-8",  # a browser shows it; one of its own it would only save
    "svg": "image/svg+xml; charset=utf-8",
    "html": "text/html; charset=utf-8",
}

_STAMP = re.compile(rb"^LAST-MODIFIED:(\d{8}T\d{6}Z)\r?$", re.MULTILINE)
_EPOCH = ordinal(1970, 1, 1)


@frozen(eq=False)
class Body:
    """What is served at one address. The ETag is strong: two bodies that share one have the same
    bytes. `modified` is in seconds UTC, and later with each body at that address."""

    data: bytes
    type: str
    etag: str
    modified: int
    packed: bytes | None = None

    @property
    def packed_etag(self) -> str:
        """The ETag of its compressed form, which is other bytes (RFC 9110 8.8.3.3)."""
        return f'{self.etag[:-1]}-gzip"'


@frozen(eq=False)
class Edition:
    """What is published at a time: the bodies by their names, as `all.ics`.

    `schedule` is None where only files of an earlier run are served, since the file has no use.
    """

    bodies: Mapping[str, Body]
    published: int  # seconds UTC
    schedule: Schedule | None = None
    omitted: int = 0


def body(
    name: str, data: bytes, now: int, before: Body | None = None, *, pack: bool = False
) -> Body:
    """The body of a file by its name, published now; `before` is what that address had.

    A calendar was modified when it says so itself. Times have whole seconds, so a body that
    replaces another within one counts as a second later: no client may take it for the old one.
    """
    etag = f'"{sha256(data).hexdigest()[:32]}"'
    if before is not None and before.etag == etag:
        return before
    modified = _modified(data) if name.endswith(".ics") else now
    if modified is None:
        modified = now
    if before is not None:
        modified = max(modified, before.modified + 1)
    kind = TYPES.get(name.rpartition(".")[2], "text/plain; charset=utf-8")
    made = Body(data, kind, etag, modified)
    if pack:
        packed = gzip.compress(data, 6, mtime=0)
        if len(packed) < len(data):
            made = evolve(made, packed=packed)
    return made


def _modified(data: bytes) -> int | None:
    """The LAST-MODIFIED of the calendar itself, seconds UTC; None where there is none."""
    head = data[: data.find(b"\nBEGIN:V") + 1]
    found = _STAMP.search(head)
    text = found[1].decode() if found else ""
    if not is_instant(text):
        return None
    day = ordinal(int(text[:4]), int(text[4:6]), int(text[6:8])) - _EPOCH
    return day * DAY + int(text[9:11]) * 3600 + int(text[11:13]) * 60 + int(text[13:15])
