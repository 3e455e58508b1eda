"""Word that nothing changed: our server against the least that could say so, under the same load.

Both run as processes of their own on the loopback, under the settings of `timeline serve`; the load
goes to each in turn. `python -m bench.web` is the bare one.
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from threading import Timer

from bench import calendars
from bench.measure import Ratio, spread
from bench.table import Found

ROOT = Path(__file__).parent.parent
HOST = "127.0.0.1"
CONNECTIONS = 8
STARTED = 120.0
"""Seconds in which a server must have started."""
BARE_ETAG = '"bare"'


def rows(small: bool) -> Iterator[Found]:
    """The rate of answers to conditional requests, as a share of the bare application's."""
    texts = {"the example": (ROOT / "events.toml").read_text("utf-8")}
    if not small:
        texts["10,000 events"] = calendars.story(10_000)
    for what, text in texts.items():
        with ExitStack() as running:
            folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
            (folder / "events.toml").write_text(text, "utf-8")
            ours = running.enter_context(_served(folder, "-m", "timeline", "serve", "--port", "0",
                                                 "events.toml"))  # fmt: skip
            bare = running.enter_context(_served(folder, "-m", "bench.web"))
            found = _rates(ours, bare, small)
        yield f"unchanged feed of {what}, conditional GET", "a bare Starlette 304", found, "≥ 0.6"


def _rates(ours: int, bare: int, small: bool) -> Ratio:
    """Answers a second at two ports, in turn; a first round warms both."""
    mine = _etag(ours)
    rates: dict[int, list[float]] = {ours: [], bare: []}
    for counts in range(4 if small else 6):
        for port, etag in ((ours, mine), (bare, BARE_ETAG)):
            rate = _by_sockets(port, etag, 0.1) if small else _by_wrk(port, etag, 1)
            rates[port] += [rate] * bool(counts)
    one, other = rates[ours], rates[bare]
    return Ratio(median(one) / median(other), max(spread(one), spread(other)), 1 / median(one))


def _etag(port: int) -> str:
    """The feed's ETag, with which its server says that nothing changed."""
    connection = http.client.HTTPConnection(HOST, port, timeout=STARTED)
    try:
        connection.request("GET", "/all.ics")
        first = connection.getresponse()
        first.read()
        etag = first.headers["etag"]
        connection.request("GET", "/all.ics", headers={"If-None-Match": etag})
        assert connection.getresponse().status == 304
    finally:
        connection.close()
    return str(etag)


# The load ---------------------------------------------------------------------------------------


def _by_wrk(port: int, etag: str, seconds: int) -> float:
    """Answers a second under wrk; where that is not installed, under a client of our own."""
    if shutil.which("wrk") is None:
        return _by_sockets(port, etag, seconds)
    told = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-H", f"If-None-Match: {etag}",
         f"http://{HOST}:{port}/all.ics"],
        check=True, capture_output=True, text=True, timeout=seconds + 30,
    ).stdout  # fmt: skip
    found = re.search(r"Requests/sec: *([0-9.]+)", told)
    assert found is not None, told
    assert "Non-2xx" not in told, told
    return float(found[1])


def _by_sockets(port: int, etag: str, seconds: float) -> float:
    """Answers a second on a few connections that each always wait for one."""
    request = f"GET /all.ics HTTP/1.1\r\nHost: {HOST}\r\nIf-None-Match: {etag}\r\n\r\n".encode()
    with ExitStack() as open_ones:
        wires = [
            open_ones.enter_context(socket.create_connection((HOST, port), timeout=30))
            for _ in range(CONNECTIONS)
        ]
        for wire in wires:
            wire.sendall(request)
        answered, start = 0, time.perf_counter()
        while time.perf_counter() - start < seconds:
            for wire in wires:
                answer = b""
                while not answer.endswith(b"\r\n\r\n"):  # a 304 has no more than its header
                    received = wire.recv(65536)
                    assert received, "the server ended the connection"
                    answer += received
                assert answer.startswith(b"HTTP/1.1 304 "), answer
                wire.sendall(request)
                answered += 1
        return answered / (time.perf_counter() - start)


# The servers ------------------------------------------------------------------------------------


@contextmanager
def _served(folder: Path, *arguments: str) -> Iterator[int]:
    """A Python process that serves, and says at which port in its first line; ended at the end."""
    with subprocess.Popen(
        [sys.executable, *arguments], cwd=folder, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:  # fmt: skip
        late = Timer(STARTED, process.kill)
        late.start()
        try:
            assert process.stdout is not None
            found = re.search(r":(\d+)/", process.stdout.readline())
            assert found is not None, "it did not start"
            late.cancel()
            yield int(found[1])
        finally:
            late.cancel()
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def bare() -> None:
    """Serve an application that knows one answer."""
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from timeline.serve import process

    async def unchanged(_: Request) -> Response:
        return Response(status_code=304, headers={"ETag": BARE_ETAG})

    with process.listen(HOST, 0) as waiting:
        print(f"http://{HOST}:{waiting.getsockname()[1]}/", flush=True)
        process.run(Starlette(routes=[Route("/all.ics", unchanged)]), waiting)


if __name__ == "__main__":
    bare()
