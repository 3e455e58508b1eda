"""The server as a process of its own: its socket, its signals, its end."""

from __future__ import annotations

import gc
import signal
import socket
from typing import TYPE_CHECKING

from timeline.serve.garbage import spare

if TYPE_CHECKING:
    from starlette.applications import Starlette


def listen(host: str, port: int) -> socket.socket:
    """A socket that waits for connections. Raises OSError where the port is taken or the host is not
    this machine's."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, kind, protocol, _, address = found[0]
    waiting = socket.socket(family, kind, protocol)  # TCP by name, else asyncio leaves Nagle's delay on
    try:
        waiting.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        waiting.bind(address)
        waiting.listen(2048)
    except OSError:
        waiting.close()
        raise
    return waiting


def run(app: Starlette, waiting: socket.socket, root_path: str = "") -> None:
    """Serve on a socket until SIGTERM or SIGINT; what is being answered then is finished."""
    import uvicorn

    spare()
    gc.enable()  # which a process of one command goes without
    config = uvicorn.Config(
        app, root_path=root_path, log_config=None, access_log=False, server_header=False,
        timeout_graceful_shutdown=5, lifespan="on", ws="none",
    )  # fmt: skip
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)  # uvicorn raises it once more when all is done
    uvicorn.Server(config).run(sockets=[waiting])
