"""Answers over HTTP, as values: a status, the header's lines, a body.

What a body can answer differs in few ways, so its header's lines are written once and not for each
who asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline.serve.conditions import http_date, judge, takes_gzip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.serve.edition import Body

Lines = list[tuple[bytes, bytes]]
"""The lines of a header: names in lower case, and values."""

PLAIN = "text/plain; charset=utf-8"
NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Type": PLAIN,
    "Cache-Control": "no-store",
    "Content-Security-Policy": NOTHING,
}
"""What is said in every answer that does not say otherwise."""

_ASKED = frozenset((b"if-match", b"if-none-match", b"if-modified-since", b"if-unmodified-since",
                    b"accept-encoding"))  # fmt: skip


class Answer(NamedTuple):
    """What a GET is answered; a HEAD gets all of it but the body."""

    status: int
    header: Lines
    body: bytes


def answer(status: int, body: bytes, header: Mapping[str, str]) -> Answer:
    """An answer of its own, with what is said in each."""
    return Answer(status, _lines(status, body, header), body)


def _lines(status: int, body: bytes, header: Mapping[str, str]) -> Lines:
    said = {**ALWAYS, **header}
    if status == 304:
        del said["Content-Type"]
    else:
        said["Content-Length"] = str(len(body))
    return [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in said.items()]


CHANGED = answer(412, b"It has changed.\n", {})


class Conditional:
    """A body and what is said with it: the answers to those who ask for it."""

    def __init__(self, body: Body, header: Mapping[str, str]) -> None:
        self.body = body
        self._said = header
        self._written: dict[tuple[int, bool, bool], Lines] = {}

    def answer(self, asked: Lines, now: int) -> Answer:
        """The body, or word that the client has it, or wants another (RFC 9110 13.2.2). `asked` is
        the header of the request; now is in seconds UTC."""
        fields: dict[bytes, str] = {}
        for name, value in asked:
            if name in _ASKED:
                told = value.decode("latin-1")
                fields[name] = f"{fields[name]}, {told}" if name in fields else told
        body = self.body
        packed = body.packed
        if packed is not None and not takes_gzip(fields.get(b"accept-encoding")):
            packed = None
        status = judge(
            body.etag if packed is None else body.packed_etag,
            body.modified,
            match=fields.get(b"if-match"),
            unmodified_since=fields.get(b"if-unmodified-since"),
            none_match=fields.get(b"if-none-match"),
            modified_since=fields.get(b"if-modified-since"),
        )
        if status == 412:
            return CHANGED
        data = b"" if status == 304 else body.data if packed is None else packed
        kind = status, packed is not None, body.modified <= now
        if kind not in self._written:
            self._written[kind] = self._header(*kind, data)
        return Answer(status, self._written[kind], data)

    def _header(self, status: int, packed: bool, past: bool, data: bytes) -> Lines:
        body = self.body
        header = {**self._said, "ETag": body.packed_etag if packed else body.etag}
        if past:  # RFC 9110 8.8.2.1: never later than the answer itself
            header["Last-Modified"] = http_date(body.modified)
        if body.packed is not None:
            header["Vary"] = "Accept-Encoding"
        if status == 200:
            header["Content-Type"] = body.type
            if packed:
                header["Content-Encoding"] = "gzip"
        return _lines(status, data, header)
