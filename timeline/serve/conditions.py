"""What a request asks for: preconditions and content codings (RFC 9110 12.5.3, 13).

Pure functions over the values of header fields; None where a request has no such field. What is
not understood is ignored, as the RFC has it, so that no request can make these raise.
"""

from __future__ import annotations

import calendar
import re
from email.utils import formatdate, parsedate_tz

_TAG = re.compile(r'(W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_QUALITY = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.ASCII | re.IGNORECASE)


def judge(
    etag: str,
    modified: int,
    *,
    match: str | None = None,
    unmodified_since: str | None = None,
    none_match: str | None = None,
    modified_since: str | None = None,
) -> int:
    """The status of a GET or HEAD of what has that strong ETag, last modified then (seconds UTC):
    200, 304 where the client has it, 412 where the client wants another (RFC 9110 13.2.2)."""
    if match is not None:
        if match.strip() != "*" and (False, etag) not in tags(match):
            return 412
    elif (at := instant(unmodified_since)) is not None and modified > at:
        return 412
    if none_match is not None:
        known = none_match.strip() == "*" or etag in {tag for _, tag in tags(none_match)}
        return 304 if known else 200
    at = instant(modified_since)
    return 304 if at is not None and modified <= at else 200


def tags(value: str) -> list[tuple[bool, str]]:
    """The entity tags of a list: whether weak, and the tag with its quotes (RFC 9110 8.8.3)."""
    return [(bool(weak), tag) for weak, tag in _TAG.findall(value)]


def instant(value: str | None) -> int | None:
    """Seconds UTC of an HTTP date in any of its three forms (RFC 9110 5.6.7); None for what is none."""
    if value is None or len(value) > 64:
        return None
    try:
        read = parsedate_tz(value)
        if read is None or read[9] or read[0] < 1900:
            return None
        return calendar.timegm((*read[:6], 0, 0, 0))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def http_date(seconds: int) -> str:
    """An instant as HTTP writes it: `Sun, 26 Oct 2025 17:33:20 GMT`."""
    return formatdate(seconds, usegmt=True)


def takes_gzip(value: str | None) -> bool:
    """Whether a client would rather have it compressed, by its Accept-Encoding."""
    wanted: dict[str, float] = {}
    for part in (value or "")[:1000].lower().split(","):
        name, _, rest = part.partition(";")
        found = _QUALITY.fullmatch(rest.strip())
        if found or not rest.strip():
            wanted[name.strip()] = float(found[1]) if found else 1.0
    packed = wanted.get("gzip", wanted.get("x-gzip", wanted.get("*", 0.0)))
    return packed > 0 and packed >= wanted.get("identity", 0.0)
