"""The terminal: where bytes come in and go out, for every command."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from timeline.api import Report

LONG, FEW = 30, 10
"""Of a list of more than LONG lines, FEW are told."""

FILE = click.argument("file", default="events.toml", type=click.Path(), required=False)


def colour_option(command: Any) -> Any:
    return click.option(
        "--color", "--colour", "colour", type=click.Choice(["auto", "always", "never"]),
        default="auto", help="Colour the output: auto asks the terminal and NO_COLOR.",
    )(command)  # fmt: skip


def colours(choice: str) -> bool:
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout is not None and sys.stdout.isatty()


def columns() -> int:
    """Columns of the terminal, or as COLUMNS has it; 80 where there is none."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 5 and int(asked):
        return max(20, int(asked))
    if sys.__stdout__ is None:
        return 80
    try:
        width = os.get_terminal_size(sys.__stdout__.fileno()).columns
    except (ValueError, OSError):
        return 80
    return max(20, width) if width else 80  # some pseudo-terminals say that they have none


def say(text: str) -> None:
    """Write text to standard output as UTF-8, whatever the locale."""
    write(text.encode("utf-8", "backslashreplace"))


def write(data: bytes) -> None:
    """Write bytes to standard output."""
    if sys.stdout is None:
        unwritten("standard output is closed")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _discard()
        sys.exit(1)
    except OSError as error:
        unwritten(error.strerror or str(error))


def few(lines: list[str], more: str) -> list[str]:
    """A list as people are told it: whole, or where it is longer than a screen its beginning, and
    how many more there are, in the words of `more`."""
    if len(lines) <= LONG:
        return lines
    return [*lines[:FEW], more.format(f"{len(lines) - FEW:,}")]


def unwritten(reason: str) -> NoReturn:
    """Give up where nothing can be said on standard output: exit 2."""
    if sys.stdout is not None:
        _discard()
    with suppress(OSError):
        complain(f"cannot write standard output: {reason}")
    sys.exit(2)


def leave(end: SystemExit) -> NoReturn:
    """End the process with its exit code, and at once: Python would first take apart every value
    that was made, which costs a tenth of a run. Not where a thread still works, or somebody looks
    on (coverage, a profiler) who has to say something at the end."""
    watched = sys.gettrace() or sys.getprofile()
    if watched or threading.active_count() > 1 or not isinstance(end.code, int):
        raise end
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except OSError as error:
        unwritten(error.strerror or str(error))
    os._exit(end.code)


def _discard() -> None:
    """What still waits to be written goes nowhere, so that the end of the process can flush it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(message: str) -> None:
    click.echo(f"timeline: {message}", err=True)


def read(file: str) -> bytes:
    """The bytes of a file, or of standard input for `-`, as far as any are looked at; exit 2 where
    that cannot be."""
    from timeline.source import SIZE

    try:
        if file == "-":
            if sys.stdin is None:
                raise OSError("standard input is closed")
            return sys.stdin.buffer.read(SIZE + 1)
        with open(file, "rb") as stream:
            return stream.read(SIZE + 1)
    except OSError as error:
        from timeline.width import visible

        name = visible(file)
        hint = ""
        if isinstance(error, FileNotFoundError) and file == "events.toml":
            hint = "; `timeline init` makes one to start from"
        complain(f"cannot read {name}: {error.strerror or error}{hint}")
        sys.exit(2)
    except ValueError:
        complain("cannot read a file of that name")
        sys.exit(2)


def report_on(file: str) -> Report:
    from timeline.api import check

    return check(read(file), filename=file)


def usable(file: str, colour: bool, *, quiet: bool = False) -> Any:
    """The solved file; where it has none, what is wrong is printed and the program ends with 1."""
    from timeline.schedule import place

    report = report_on(file)
    if report.solution is None:
        from timeline.render.text import text

        stream = text(report.diagnostics, report.document, colour=colour, width=columns())
        click.echo(stream.rstrip("\n"), err=True, color=colour)
        sys.exit(1)
    return report, place(report.solution)


def differ(path: str, held: str, wanted: str) -> None:
    """Print the difference between a file as it lies and as it should be."""
    from difflib import unified_diff

    from timeline.width import visible

    before, after = held.splitlines(), wanted.splitlines()
    if len(before) + len(after) > 20_000:
        say("(too long to compare line by line)\n")
        return
    path = visible(path)
    rows = unified_diff(before, after, f"{path} (as it lies)", f"{path} (as it should be)",
                        lineterm="")  # fmt: skip
    say("".join(visible(row) + "\n" for row in rows))


def no_id(name: str) -> str:
    """Advice TL504, where calendars are made of a file that states no id."""
    return (f"advice TL504: no id is stated, so calendar entries carry `{name}`, from the file's "
            f'name; write id = "{name}" in [timeline] before you publish')  # fmt: skip
