"""`timeline serve` to ask: as a process over HTTP, and as an application called with no wire between."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from starlette.types import Message

ROOT = Path(__file__).parent.parent
PATIENCE = 30.0  # seconds after which what does not come is a failure
STORY = b"""[timeline]
id = "story"
title = "A story"
timezone = "Asia/Tokyo"
[events.talks]
title = "The talks"
when = 2025-10-27T18:30:00
tags = ["x"]
[events.dinner]
when = 2025-10-28
after = "talks"
[views.short]
title = "In short"
tags = ["x"]
"""
CLASH = STORY + b'[events.before]\nafter = "dinner"\nbefore = "talks"\n'


class Answer(NamedTuple):
    """A response; the names of its header fields are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


# Over no wire -----------------------------------------------------------------------------------


def ask(
    app: Any,
    path: str = "/",
    method: str = "GET",
    headers: Mapping[str, str] | list[tuple[str, str]] | None = None,
    *,
    root_path: str = "",
    scheme: str = "http",
    server: tuple[str, int | None] | None = ("testserver", 80),
) -> Answer:
    """One request, as any ASGI server would make it."""
    given = list(headers.items()) if isinstance(headers, Mapping) else headers or []
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method,
        "scheme": scheme, "path": root_path + path, "raw_path": path.encode("utf-8", "replace"),
        "query_string": b"", "root_path": root_path, "client": ("127.0.0.1", 1), "server": server,
        "headers": [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in given],
    }  # fmt: skip
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    start = sent[0]
    body = b"".join(m.get("body", b"") for m in sent[1:])
    fields = {k.decode("latin-1"): v.decode("latin-1") for k, v in start["headers"]}
    assert len(fields) == len(start["headers"]), "a field stands twice"
    return Answer(start["status"], fields, body)


# As a process -----------------------------------------------------------------------------------


class Served:
    """A running `timeline serve`."""

    def __init__(self, folder: Path, *options: str, file: str = "events.toml") -> None:
        self.folder = folder
        self.file = folder / file
        self.log = folder.parent / f"{folder.name}.log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "timeline", "serve", file, "--port", "0", *options],
                cwd=folder, stdout=subprocess.PIPE, stderr=log,
                env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80"},
            )  # fmt: skip
        assert self.process.stdout is not None
        self.said = self.process.stdout.readline().decode()
        if not self.said.startswith("Page:"):
            self.stop(signal.SIGKILL)
            raise AssertionError(f"it did not start: {self.told()}")
        self.port = int(self.said.rpartition(":")[2].partition("/")[0])

    def get(
        self, path: str = "/", method: str = "GET", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request over a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, headers=dict(headers or {}))
            response = connection.getresponse()
            body = response.read()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, body)
        finally:
            connection.close()

    def raw(self, request: bytes) -> bytes:
        """What comes back for these very bytes, up to where the server ends the connection."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as wire:
            wire.sendall(request)
            found = b""
            while chunk := wire.recv(65536):
                found += chunk
        return found

    def health(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.get("/healthz").body)
        return told

    def until(self, what: Callable[[], Any]) -> None:
        """Wait until something holds, and no longer than anyone would."""
        end = time.monotonic() + PATIENCE
        while not what():
            assert time.monotonic() < end, f"it never came: {self.told()}"
            time.sleep(0.05)

    def told(self) -> str:
        """The log."""
        return self.log.read_text("utf-8")

    def stop(self, number: int = signal.SIGTERM) -> int:
        """End it, and its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(PATIENCE)
        if self.process.stdout is not None:
            self.process.stdout.close()
        return code


@contextmanager
def serve(folder: Path, *options: str, text: bytes | None = STORY) -> Iterator[Served]:
    """A server over `folder`, which gets `text` as its file; killed at the end if it still runs."""
    folder.mkdir(exist_ok=True)
    if text is not None:
        (folder / "events.toml").write_bytes(text)
    served = Served(folder, *options)
    try:
        yield served
    finally:
        served.stop(signal.SIGKILL)
