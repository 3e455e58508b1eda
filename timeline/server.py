"""The feed as a web application: any ASGI server runs what `create` makes.

    app = timeline.server.create("events.toml")

All that it answers is looked up in the edition that is served at that moment; no address reaches
the file system. It serves people and programs that it knows nothing of: it sets no cookie, and
takes GET and HEAD alone.
"""

from __future__ import annotations

import json
import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from timeline import api
from timeline.civil import rfc3339
from timeline.exporters import html
from timeline.serve.conditions import http_date, judge, takes_gzip
from timeline.serve.live import Live
from timeline.serve.page import Pages

if TYPE_CHECKING:
    import os
    from collections.abc import AsyncIterator, Callable, Iterable

    from starlette.types import Receive, Scope, Send

    from timeline.serve.edition import Body, Edition

PLAIN = "text/plain; charset=utf-8"
FEED_CACHE = "public, max-age=300, must-revalidate"
PAGE_CACHE = "public, no-cache"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"
DRAWN = f"{NOTHING}; style-src 'unsafe-inline'"
KEPT_PAGE = f"{html.policy()}; frame-ancestors 'none'"
ROBOTS = b"User-agent: *\nDisallow:\n"

_HOST = re.compile(r"(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?", re.ASCII)


def create(
    file: str | os.PathLike[str] = "events.toml",
    *,
    exports: str | os.PathLike[str] | None = None,
    keep: bool = True,
    retired: Iterable[str] = (),
    gzip: bool = False,
    clock: Callable[[], int] = api.now,
) -> Starlette:
    """An ASGI application that serves a file, and follows it.

    `exports` is the folder in which what is published is kept (beside the file, `exports`, where it
    is not named); with `keep=False` it is only read. `retired` are views, or single files of one,
    that were taken down for good: they answer 410. Raises as `Live` does.
    """
    return application(Live(file, exports, keep=keep, pack=gzip, clock=clock), retired)


def application(live: Live, retired: Iterable[str] = ()) -> Starlette:
    """The application over a live state of one's own making."""
    site = _Site(live, frozenset(retired))

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        live.start()
        yield
        live.stop()

    app = Starlette(
        routes=[Route("/{path:path}", endpoint=site)],
        lifespan=lifespan,
        exception_handlers={404: lambda request, _: _unrouted(request)},
    )
    app.router.redirect_slashes = False
    app.state.live = live
    return app


class _Site:
    """Answers requests from the live state."""

    def __init__(self, live: Live, retired: frozenset[str]) -> None:
        self.live = live
        self.retired = retired
        self.pages = Pages()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI: one request."""
        self.live.start()  # for servers that know no lifespan
        request = Request(scope, receive)
        response = await self._answer(request)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if request.method not in ("GET", "HEAD"):
            return _respond(request, 405, b"Only GET and HEAD are answered here.\n",
                            {"Allow": "GET, HEAD"})  # fmt: skip
        path = _path(request.scope)
        edition = self.live.edition
        name = path.removeprefix("/")
        view = _page_of(name, edition)
        if view:
            at = _address(request, edition.schedule)
            page = self.pages.made(self.live, at, view)
            if page is None:
                page = await run_in_threadpool(self.pages.page, self.live, at, view)
            if page is None:  # an edit took the view out this very moment
                return _missing(request)
            return _conditional(request, self.live.now(), page.body, PAGE_CACHE, {
                "Content-Security-Policy": page.policy})  # fmt: skip
        if name in edition.bodies:
            return _conditional(request, self.live.now(), edition.bodies[name], FEED_CACHE, {
                "Content-Security-Policy": KEPT_PAGE if name.endswith(".html") else DRAWN,
                "Access-Control-Allow-Origin": "*",
                "Cross-Origin-Resource-Policy": "cross-origin"})  # fmt: skip
        if path == "/healthz":
            return _respond(request, 200, self._health(), {
                "Content-Type": "application/json; charset=utf-8"})  # fmt: skip
        if path == "/robots.txt":
            return _respond(request, 200, ROBOTS, {"Cache-Control": "public, max-age=86400"})
        if name in self.retired or name.partition(".")[0] in self.retired:
            return _respond(request, 410, b"This calendar was taken down for good.\n",
                            {"Cache-Control": FEED_CACHE})  # fmt: skip
        return _missing(request)

    def _health(self) -> bytes:
        live = self.live
        edition, fault, unkept = live.edition, live.fault, live.unkept
        told: dict[str, Any] = {
            "status": "degraded" if fault or unkept else "ok",
            "published": rfc3339(edition.published),
            "exports": live.exports,
            "files": sorted(edition.bodies),
            "events": len(edition.schedule.events) if edition.schedule else None,
            "kept": live.keep and not unkept,
            "fault": fault and {
                "since": rfc3339(fault.since),
                "summary": fault.summary,
                "findings": [
                    {"code": code, "row": row, "column": column}
                    for code, row, column in fault.findings
                ],
            },
        }  # fmt: skip
        return json.dumps(told, indent=2).encode() + b"\n"


def _page_of(name: str, edition: Edition) -> str:
    """The view whose page stands at an address, "" for none. Pages are made for the address by which
    they are asked; only where the file has no use, those that an earlier run left are files."""
    if name == "":
        return "all"
    view = name.removesuffix(".html")
    if view == name or edition.schedule is None:
        return ""
    return view if view == "all" or view in edition.schedule.timeline.views else ""


def _path(scope: Scope) -> str:
    """What is asked for, below the prefix, whether the proxy takes the prefix off or not."""
    path, root = str(scope["path"]), str(scope.get("root_path", "")).rstrip("/")
    for _ in range(2 if root else 0):
        if path == root or path.startswith(f"{root}/"):
            path = path[len(root):]  # fmt: skip
    return path


def _address(request: Request, schedule: Any) -> str:
    """The address of the page as its readers know it, with a slash at its end: that which the file
    states for its calendar, else that of the request."""
    stated = schedule.timeline.calendar.url if schedule is not None else ""
    if stated:
        return str(re.sub(r"[?#].*", "", stated, flags=re.DOTALL).rpartition("/")[0]) + "/"
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        name, port = request.scope.get("server") or ("localhost", None)
        name = f"[{name}]" if ":" in name else name
        host = f"{name}:{port}" if port else name
    scheme = "https" if request.scope.get("scheme") == "https" else "http"
    return f"{scheme}://{host}{request.scope.get('root_path', '').rstrip('/')}/"


def _conditional(
    request: Request, now: int, body: Body, cache: str, more: dict[str, str]
) -> Response:
    """A body, or word that the client has it (RFC 9110 13.2.2)."""
    fields = {
        name: ", ".join(request.headers.getlist(name)) if name in request.headers else None
        for name in ("if-match", "if-none-match", "if-modified-since", "if-unmodified-since",
                     "accept-encoding")
    }  # fmt: skip
    packed = body.packed if takes_gzip(fields["accept-encoding"]) else None
    etag = body.etag if packed is None else body.packed_etag
    status = judge(
        etag,
        body.modified,
        match=fields["if-match"],
        unmodified_since=fields["if-unmodified-since"],
        none_match=fields["if-none-match"],
        modified_since=fields["if-modified-since"],
    )
    headers = {**more, "ETag": etag, "Cache-Control": cache}
    if body.modified <= now:  # RFC 9110 8.8.2.1: never later than the answer itself
        headers["Last-Modified"] = http_date(body.modified)
    if body.packed is not None:
        headers["Vary"] = "Accept-Encoding"
    if status == 412:
        return _respond(request, 412, b"It has changed.\n", {})
    if status == 304:
        return _respond(request, 304, b"", headers)
    headers["Content-Type"] = body.type
    if packed is not None:
        headers["Content-Encoding"] = "gzip"
    return _respond(request, 200, body.data if packed is None else packed, headers)


def _respond(request: Request, status: int, data: bytes, headers: dict[str, str]) -> Response:
    """Any answer: what is said in each, and of a HEAD no more than its header."""
    said = {
        **HEADERS, "Content-Type": PLAIN, "Cache-Control": "no-store",
        "Content-Security-Policy": NOTHING, **headers,
    }  # fmt: skip
    if status == 304:
        del said["Content-Type"]
    else:
        said["Content-Length"] = str(len(data))
    return Response(b"" if request.method == "HEAD" else data, status, said)


def _unrouted(request: Request) -> Response:
    """An address that no route has: the prefix alone leads to the page."""
    if _path(request.scope) == "":
        home = f"{str(request.scope.get('root_path', '')).rstrip('/')}/"
        return _respond(request, 308, b"", {"Location": home})
    return _missing(request)


def _missing(request: Request) -> Response:
    return _respond(request, 404, b"There is nothing at this address.\n", {})
