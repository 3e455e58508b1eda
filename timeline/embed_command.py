"""`timeline embed`: documents are read, their passages written anew, and only then are any written."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from timeline import terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from timeline.schedule import Schedule


@click.command("embed")
@click.argument("documents", nargs=-1, required=True, type=click.Path(), metavar="DOC...")
@click.option("-f", "--file", "events", metavar="FILE",
              help="The events; when left out, events.toml beside the document, else here.")
@click.option("--check", "compare", is_flag=True,
              help="Write nothing; fail with a diff where a document is stale.")
@terminal.colour_option
def embed_command(documents: tuple[str, ...], events: str | None, compare: bool, colour: str
                  ) -> None:  # fmt: skip
    """Write diagrams and lists of the events into documents.

    Those are Markdown or reStructuredText. What stands between
    <!-- timeline: view=ID diagram=gantt --> and <!-- /timeline --> is written
    anew; in reStructuredText the markers are ".. timeline: …" and ".. /timeline". All else is kept.
    """
    from pathlib import Path

    from timeline.embed import EmbedError, embed
    from timeline.width import visible

    held: dict[Path, bytes] = {}
    made: dict[Path, bytes] = {}
    names: dict[Path, str] = {}
    faulty = False
    schedules: dict[Path, Schedule] = {}
    for name in documents:
        raw = terminal.read(name) if name != "-" else b""
        path = Path(name).resolve()
        if name == "-":
            terminal.complain("embed takes files, not standard input")
            sys.exit(2)
        if path in held:
            continue
        held[path], names[path] = raw, name
        find = _finder(path, events, schedules, terminal.colours(colour))
        try:
            done = embed(raw.decode("utf-8"), name, find)
        except UnicodeDecodeError as error:
            faulty = True
            terminal.complain(f"{visible(name)}: byte {error.start + 1} is not UTF-8")
            continue
        except EmbedError as error:
            faulty = True
            terminal.complain(visible(str(error)))
            continue
        made[path] = done.text.encode("utf-8")
        if not done.markers:
            terminal.complain(f"{visible(name)}: no marker; a picture needs "
                              "<!-- timeline: view=all --> and <!-- /timeline -->")  # fmt: skip
        for note in done.notes:
            terminal.complain(visible(note))
    if faulty:
        terminal.complain("no document was written")
        sys.exit(1)
    if compare:
        _compare(names, held, made)
    else:
        _write(names, held, made)


def _finder(document: Path, events: str | None, schedules: dict[Path, Schedule], colour: bool
            ) -> Callable[[str], Schedule]:  # fmt: skip
    """Where a marker's events come from: its own `file`, from the document's folder, below that or
    below the working folder; else --file; else events.toml beside the document, else here."""
    from pathlib import Path

    def find(named: str) -> Schedule:
        here = Path.cwd().resolve()
        if named:
            path = (document.parent / named).resolve()
            inside = any(path.is_relative_to(folder) for folder in (document.parent, here))
            if Path(named).is_absolute() or not inside:
                raise ValueError(f'file cannot be "{named}": it leads out of the folder')
            if not path.is_file():
                raise ValueError(f'there is no file "{named}"')
        elif events is not None:
            path = Path(events).resolve()
        else:
            beside = document.parent / "events.toml"
            path = beside if beside.is_file() else here / "events.toml"
        if path not in schedules:
            shown = str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
            schedules[path] = terminal.usable(shown, colour)[1]
        return schedules[path]

    return find


def _compare(names: dict[Path, str], held: dict[Path, bytes], made: dict[Path, bytes]) -> None:
    """Say what is stale, and end with 1 if anything is."""
    from timeline.width import visible

    stale = [path for path in made if made[path] != held[path]]
    for path in stale:
        terminal.say(f"{visible(names[path])} is stale\n")
        terminal.differ(names[path], held[path].decode("utf-8"), made[path].decode("utf-8"))
    if stale:
        terminal.complain("run `timeline embed` and commit what it writes")
        sys.exit(1)


def _write(names: dict[Path, str], held: dict[Path, bytes], made: dict[Path, bytes]) -> None:
    """Write the documents that changed, each whole; those of one folder all or none."""
    from timeline.files import write_all
    from timeline.width import visible

    folders: dict[Any, dict[str, bytes]] = {}
    for path, data in made.items():
        if data != held[path]:
            folders.setdefault(path.parent, {})[path.name] = data
    try:
        for folder, contents in folders.items():
            write_all(folder, contents)
    except OSError as error:
        name = error.filename if isinstance(error.filename, str) else "the documents"
        terminal.complain(f"cannot write {visible(name)}: {error.strerror or error}")
        sys.exit(2)
    for path in made:
        unchanged = made[path] == held[path]
        terminal.say(f"{visible(names[path])}{' (unchanged)' if unchanged else ''}\n")
