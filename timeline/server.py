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
from starlette.websockets import WebSocketClose

from timeline import api
from timeline.civil import rfc3339
from timeline.exporters import html
from timeline.serve.answer import NOTHING, Answer, Conditional, answer
from timeline.serve.live import Live
from timeline.serve.page import Pages

if TYPE_CHECKING:
    import os
    from collections.abc import AsyncIterator, Callable, Iterable, Mapping

    from starlette.types import Receive, Scope, Send

    from timeline.serve.edition import Edition

FEED_CACHE = "public, max-age=300, must-revalidate"
PAGE_CACHE = "public, no-cache"
DRAWN = f"{NOTHING}; style-src 'unsafe-inline'"
KEPT_PAGE = f"{html.policy()}; frame-ancestors 'none'"
FILE = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": FEED_CACHE,
}

ROBOTS = answer(200, b"User-agent: *\nDisallow:\n", {"Cache-Control": "public, max-age=86400"})
NOT_ALLOWED = answer(405, b"Only GET and HEAD are answered here.\n", {"Allow": "GET, HEAD"})
GONE = answer(410, b"This calendar was taken down for good.\n", {"Cache-Control": FEED_CACHE})
MISSING = answer(404, b"There is nothing at this address.\n", {})

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

    app = Starlette(lifespan=lifespan)
    app.router.redirect_slashes = False
    app.router.default = site  # it knows all addresses itself
    app.state.live = live
    return app


class _Site:
    """Answers requests from the live state."""

    def __init__(self, live: Live, retired: frozenset[str]) -> None:
        self.live = live
        self.retired = retired
        self.pages = Pages()
        self._files: tuple[Edition, Mapping[str, Conditional]] = live.edition, _files(live.edition)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI: one request."""
        if scope["type"] != "http":
            await WebSocketClose()(scope, receive, send)
            return
        self.live.start()  # for servers that know no lifespan
        status, header, body = await self._answer(scope)
        await send({"type": "http.response.start", "status": status, "headers": header.copy()})
        sent = b"" if scope["method"] == "HEAD" else body
        await send({"type": "http.response.body", "body": sent})

    async def _answer(self, scope: Scope) -> Answer:
        path = _path(scope)
        if path == "":  # the prefix alone
            return answer(308, b"", {"Location": f"{str(scope.get('root_path', '')).rstrip('/')}/"})
        if path[0] != "/":  # as in `OPTIONS *`
            return MISSING
        if scope["method"] not in ("GET", "HEAD"):
            return NOT_ALLOWED
        name = path[1:]
        edition, files = self._files
        if edition is not self.live.edition:
            edition = self.live.edition
            files = _files(edition)
            self._files = edition, files
        if name in files:
            return files[name].answer(scope["headers"], self.live.now())
        view = _page_of(name, edition)
        if view:
            at = _address(scope, edition.schedule)
            page = self.pages.made(self.live, at, view)
            if page is None:
                page = await run_in_threadpool(self.pages.page, self.live, at, view)
            if page is None:  # an edit took the view out this very moment
                return MISSING
            said = {"Content-Security-Policy": page.policy, "Cache-Control": PAGE_CACHE}
            return Conditional(page.body, said).answer(scope["headers"], self.live.now())
        if path == "/healthz":
            return answer(200, self._health(), {"Content-Type": "application/json; charset=utf-8"})
        if path == "/robots.txt":
            return ROBOTS
        if name in self.retired or name.partition(".")[0] in self.retired:
            return GONE
        return MISSING

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


def _files(edition: Edition) -> dict[str, Conditional]:
    """What is served of an edition as it is, by its name."""
    return {
        name: Conditional(body, {
            "Content-Security-Policy": KEPT_PAGE if name.endswith(".html") else DRAWN, **FILE})
        for name, body in edition.bodies.items() if not _page_of(name, edition)
    }  # fmt: skip


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


def _address(scope: Scope, schedule: Any) -> str:
    """The address of the page as its readers know it, with a slash at its end: that which the file
    states for its calendar, else that of the request."""
    stated = schedule.timeline.calendar.url if schedule is not None else ""
    if stated:
        return str(re.sub(r"[?#].*", "", stated, flags=re.DOTALL).rpartition("/")[0]) + "/"
    host = next((value for name, value in scope["headers"] if name == b"host"), b"").decode("latin-1")
    if not _HOST.fullmatch(host):
        name, port = scope.get("server") or ("localhost", None)
        name = f"[{name}]" if ":" in name else name
        host = f"{name}:{port}" if port else name
    scheme = "https" if scope.get("scheme") == "https" else "http"
    return f"{scheme}://{host}{scope.get('root_path', '').rstrip('/')}/"
