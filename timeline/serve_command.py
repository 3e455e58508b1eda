"""`timeline serve`: says where the feeds are, and serves them until it is told to end."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from timeline import terminal


@click.command("serve")
@terminal.FILE
@click.option("--host", default="127.0.0.1", show_default=True,
              help="The address of this machine to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535),
              help="0 takes any that is free.")
@click.option("--exports", "folder", metavar="DIR",
              help="Where what is published is kept; `exports` beside FILE when left out.")
@click.option("--read-only", is_flag=True, help="Read DIR, and write nothing.")
@click.option("--root-path", default="", metavar="PREFIX",
              help="The path under which a proxy shows this server, such as /calendar.")
@click.option("--retired", multiple=True, metavar="VIEW",
              help="A view that was taken down for good: its addresses answer 410. May be given again.")
@click.option("--gzip", "pack", is_flag=True, help="Compress for clients that ask for it.")
def serve_command(file: str, host: str, port: int, folder: str | None, read_only: bool,
                  root_path: str, retired: tuple[str, ...], pack: bool) -> None:  # fmt: skip
    """Serve FILE as feeds to subscribe to, and follow its edits.

    What is published is kept in DIR as `timeline export` would keep it; a broken edit leaves up
    what was published before it.
    """
    from importlib.util import find_spec

    if not (find_spec("starlette") and find_spec("uvicorn")):
        terminal.complain("to serve, more is needed: pip install 'timeline-exporter[serve]'")
        sys.exit(2)
    if root_path and not root_path.startswith("/"):
        terminal.complain(f'--root-path starts with a slash, as "/{root_path}"')
        sys.exit(2)
    from timeline import server
    from timeline.api import DestinationError, TimelineError
    from timeline.serve import process

    odd = os.path.exists(file) and not (os.path.isfile(file) or os.path.isdir(file))
    if file == "-" or odd:  # a pipe, say
        terminal.complain(f"what is served is a file whose edits can be followed; {file} is none")
        sys.exit(2)
    terminal.read(file)  # says why, and ends, where it cannot be read
    try:
        waiting = process.listen(host, port)
    except (OSError, UnicodeError) as error:
        import errno

        taken = getattr(error, "errno", None) in (errno.EADDRINUSE, errno.EACCES)
        why = getattr(error, "strerror", None) or str(error)
        terminal.complain(f'cannot listen at "{host}", port {port}: {why}; choose another '
                          f"{'--port' if taken else '--host'}")  # fmt: skip
        sys.exit(2)
    _log_to_terminal()
    with waiting:
        try:
            app = server.create(file, exports=folder, keep=not read_only, retired=retired, gzip=pack)
        except TimelineError as error:
            from timeline.render.text import text

            told = error.report
            stream = text(told.diagnostics, told.document, colour=False, width=terminal.columns())
            click.echo(stream.rstrip("\n"), err=True)
            sys.exit(1)
        except DestinationError as error:
            terminal.complain(str(error))
            sys.exit(1)
        except OSError as error:
            terminal.complain(f"cannot read {file}: {error.strerror or error}")
            sys.exit(2)
        _announce(app.state.live, host, waiting.getsockname()[1], root_path.rstrip("/"))
        process.run(app, waiting, root_path.rstrip("/"))


def _log_to_terminal() -> None:
    """What the server has to say goes to standard error, a line each with the time UTC."""
    import logging
    import time

    from timeline.width import visible

    class Line(logging.Formatter):
        converter = staticmethod(time.gmtime)

        def format(self, record: logging.LogRecord) -> str:
            return "\n".join(map(visible, super().format(record).split("\n")))

    handler = logging.StreamHandler()
    handler.setFormatter(Line("%(asctime)s %(message)s", "%Y-%m-%dT%H:%M:%SZ"))
    logging.basicConfig(level=logging.ERROR, handlers=[handler])
    logging.getLogger("timeline").setLevel(logging.INFO)


def _announce(live: Any, host: str, port: int, prefix: str) -> None:
    """Say where the feeds are, and what should be known before strangers come."""
    shown = f"[{host}]" if ":" in host else host
    place = f"{shown}:{port}{prefix}/"
    terminal.say(f"Page:      http://{place}\n")
    for name in sorted(live.edition.bodies, key=lambda name: (name != "all.ics", name)):
        if name.endswith(".ics"):
            terminal.say(f"Subscribe: webcal://{place}{name}\n")
    if host not in ("localhost", "::1") and not host.startswith("127."):
        terminal.complain(f"{host} can be reached from other machines, and this server speaks no "
                          "TLS: put a proxy in front of it (docs/serve.md)")  # fmt: skip
    if not live.keep:
        terminal.complain(f"nothing is written to {live.folder}: run `timeline export` with each "
                          "edit, or a restart may set revisions back")  # fmt: skip
    schedule = live.edition.schedule
    if schedule is not None and not schedule.timeline.id_stated:
        terminal.complain(terminal.no_id(schedule.timeline.id))
