"""The commands but for `check`: each reads, asks the library, and writes. Loaded when one is asked for."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from timeline import terminal
from timeline.embed_command import embed_command
from timeline.serve_command import serve_command

if TYPE_CHECKING:

    from timeline.api import Report
    from timeline.exporters import Output


@click.command("show")
@terminal.FILE
@click.option("--view", metavar="ID", help="Only the events of this view.")
@terminal.colour_option
def show_command(file: str, view: str | None, colour: str) -> None:
    """Show the solved timeline: order, window and basis of every event."""
    from timeline.render.show import show

    coloured = terminal.colours(colour)
    _, schedule = terminal.usable(file, coloured)
    chosen = _view(schedule, view) if view else None
    terminal.say(show(schedule, chosen, colour=coloured, width=terminal.columns()))


def _view(schedule: Any, name: str) -> Any:
    """A view by its id, None for `all`; exit 2 where there is none."""
    views = schedule.timeline.views
    if name == "all" or name in views:
        return views.get(name)
    from timeline.diagnostics import closest

    near = closest(name, ["all", *views])
    hint = f'; did you mean "{near}"?' if near else f"; there are: {', '.join(['all', *views])}"
    terminal.complain(f'there is no view "{name}"{hint}')
    sys.exit(2)


@click.command("why")
@click.argument("event")
@terminal.FILE
@terminal.colour_option
def why_command(event: str, file: str, colour: str) -> None:
    """Say why EVENT lies where it lies.

    The statements behind each of its bounds, with their places and sources.
    """
    from timeline.render.why import why

    coloured = terminal.colours(colour)
    report, schedule = terminal.usable(file, coloured)
    if event not in schedule.by_id:
        from timeline.diagnostics import closest

        near = closest(event, schedule.by_id)
        terminal.complain(f'there is no event "{event}"' + (f'; did you mean "{near}"?' if near else ""))
        sys.exit(2)
    terminal.say(why(schedule, event, report.document, colour=coloured, width=terminal.columns()))


@click.command("export")
@terminal.FILE
@click.option("-o", "--output", "folder", default="exports", show_default=True, metavar="DIR",
              help="Where to write; - is standard output, for one format and one view.")
@click.option("-f", "--format", "formats", multiple=True, metavar="FORMAT",
              help="html (a page), ical, json, mermaid (the fitting diagram), svg (a picture), "
                   "mermaid-timeline, mermaid-gantt or mermaid-flowchart; the first five when left "
                   "out. May be given again.")
@click.option("--view", "views", multiple=True, metavar="ID",
              help="A view; all of them when left out. May be given again.")
@click.option("--check", "compare", is_flag=True,
              help="Write nothing; fail with a diff where what lies there is stale.")
@click.option("--strict", is_flag=True,
              help="Write nothing, and fail, where an event would be left out of a calendar.")
@click.option("--direction", default="", metavar="LR|TB", help="Pictures: across, or down the page.")
@click.option("--lanes", default="", metavar="place|person|tag", help="Pictures: events grouped by it.")
@click.option("--theme", default="", metavar="NAME",
              help="Pictures: base (for light pages and dark ones), or Mermaid's default, neutral, "
                   "forest, dark.")
@click.option("--span", default="", metavar="DATE",
              help="Pictures: only what can lie in this period, such as 2025-10.")
@terminal.colour_option
def export_command(file: str, folder: str, formats: tuple[str, ...], views: tuple[str, ...],
                   compare: bool, strict: bool, colour: str, **looks: str) -> None:  # fmt: skip
    """Write FILE as calendars, JSON, diagrams, pictures and pages.

    Each is DIR/<view>.<extension>; `all` is the view of everything.
    """
    from timeline import published
    from timeline.api import DestinationError, export
    from timeline.exporters import EXPORTERS, USUAL, LookError, look
    from timeline.width import visible

    for name in formats:
        if name not in EXPORTERS:
            told = f'there is no format "{visible(name)}"; there are: {", ".join(EXPORTERS)}'
            terminal.complain(told)
            sys.exit(2)
    try:
        chosen = look(**looks)
    except LookError as error:
        terminal.complain(f"--{visible(str(error))}")
        sys.exit(2)
    report, schedule = terminal.usable(file, terminal.colours(colour))
    for name in views:
        _view(schedule, name)
    if folder == "-":
        if len(formats) != 1 or len(views) > 1:
            terminal.complain("standard output takes one format and one view: -f FORMAT --view ID")
            sys.exit(2)
        views = views or ("all",)
    try:
        every, wanted = ("all", *schedule.timeline.views), formats or USUAL
        names = published.names(every, wanted) + published.parts(folder, every, wanted)
        before = published.present(folder, names)
        # Only calendars go on from what lay there; the others are read where they are compared.
        asked = names if compare else [name for name in before if name.endswith(".ics")]
        lying = {} if folder == "-" else published.lying(folder, asked)
        exports = export(schedule, formats or None, views or None, previous=lying, look=chosen)
        left = [n for n in published.parts(folder, views or every, wanted) if n not in exports]
        if not (views or formats):
            left += published.of_gone_views(folder, schedule.timeline)
        if strict and any(output.omitted for output in exports.values()):
            _name_omitted(report, exports)
            terminal.complain("nothing was written: --strict leaves no event out; narrow its window, "
                              "or widen `longest_window` in [timeline.calendar]")  # fmt: skip
            sys.exit(1)
        if folder == "-":
            _print(exports)
        elif compare:
            _compare(folder, exports, lying, left)
        else:
            _write(folder, exports)
            for name in published.begun_anew(before, exports):
                path = os.path.join(folder, name)
                terminal.complain(f"{path} was missing, so the revisions of its entries begin "
                                  "at 0: if it was published before, put its last copy there and "
                                  "export again")  # fmt: skip
            for line in _left(folder, left):
                terminal.complain(line)
    except LookError as error:
        terminal.complain(f"--{visible(str(error))}")
        sys.exit(2)
    except DestinationError as error:
        terminal.complain(os.path.join(folder, str(error)))
        sys.exit(1)
    except OSError as error:
        name = error.filename if isinstance(error.filename, str) else folder
        terminal.complain(f"cannot write {name}: {error.strerror or error}")
        sys.exit(2)
    _name_omitted(report, exports)


def _print(exports: dict[str, Output]) -> None:
    """One export on standard output; exit 2 where it comes in parts."""
    if len(exports) > 1:
        terminal.complain(
            f"this diagram comes in {len(exports)} parts, and standard output takes one: write to a "
            "folder, or narrow it with --view or --span"
        )
        sys.exit(2)
    terminal.write(next(iter(exports.values())).data)


def _write(folder: str, exports: dict[str, Output]) -> None:
    from timeline.files import write_all

    changed = write_all(folder, {n: o.data for n, o in exports.items()})
    kept = len(exports) - len(changed)
    lines = [
        os.path.join(folder, name) + ("" if name in changed else " (unchanged)") for name in exports
    ]
    more = "and {} more files" + (f"; {kept:,} of all {len(lines):,} are unchanged" if kept else "")
    told = terminal.few(lines, more)
    terminal.say("".join(f"{line}\n" for line in told))


def _left(folder: str, names: list[str]) -> list[str]:
    """Say which files nobody writes any more."""
    lines = [f"{os.path.join(folder, name)} is left from before: delete it" for name in names]
    return terminal.few(lines, "{} more files like these are left from before: delete them")


def _compare(folder: str, exports: dict[str, Output], lying: dict[str, bytes], left: list[str]
             ) -> None:  # fmt: skip
    """Say what is stale, and end with 1 if anything is."""
    stale = False
    for name, output in exports.items():
        held = lying.get(name, b"")
        if held == output.data:
            continue
        stale = True
        path = os.path.join(folder, name)
        told = f"{path} is missing" if name not in lying else f"{path} is stale"
        terminal.say(f"{told}\n")
        terminal.differ(path, held.decode("utf-8", "replace"), output.text)
    for line in _left(folder, left):
        terminal.say(f"{line}\n")
    if stale:
        terminal.complain("run `timeline export` and commit what it writes")
    if stale or left:
        sys.exit(1)


def _name_omitted(report: Report, exports: dict[str, Output]) -> None:
    """Name what an export leaves out, and a calendar's id that only stands in."""
    for name, output in exports.items():
        lines = [f"{event} is left out: {reason}" for event, reason in output.omitted]
        more = "{} more events are left out"
        if name.endswith(".ics"):
            more += "; `left_out` in the JSON export says why, of each"
        for line in (*terminal.few(lines, more), *output.notes):
            click.echo(f"{name}: {line}", err=True)
    timeline = report.timeline
    if timeline is None or timeline.id_stated or "TL504" in timeline.ignore:
        return
    if any(name.endswith(".ics") for name in exports):
        click.echo(terminal.no_id(timeline.id), err=True)


@click.command("explain")
@click.argument("code")
@terminal.colour_option
def explain_command(code: str, colour: str) -> None:
    """Explain a rule by its code, such as TL203."""
    from timeline.diagnostics import closest
    from timeline.render.explain import explain
    from timeline.rules import RULES

    wanted = code.strip().upper()
    named = {rule.name: rule.code for rule in RULES.values()}
    wanted = named.get(code.strip().lower(), wanted)
    if wanted not in RULES:
        near = closest(wanted, RULES)
        terminal.complain(f'there is no rule "{code}"' + (f"; did you mean {near}?" if near else ""))
        sys.exit(2)
    terminal.say(explain(wanted, colour=terminal.colours(colour), width=terminal.columns()))


@click.command("init")
@click.argument("folder", default=".", type=click.Path(file_okay=False), metavar="[DIR]")
def init_command(folder: str) -> None:
    """Make a small events.toml to start from.

    It is commented and works, and comes with its schema.
    """
    from pathlib import Path

    from timeline.starter import starter

    into = Path(folder)
    contents = starter()
    try:
        for name in contents:
            if (into / name).exists() and name == "events.toml":
                terminal.complain(f"{into / name} exists; nothing was written")
                sys.exit(2)
        from timeline.files import read, write_all

        kept = read(into / ".gitattributes")
        if kept is not None:
            own = contents[".gitattributes"]
            contents[".gitattributes"] = kept if own.strip() in kept else (
                kept + (b"" if kept.endswith(b"\n") or not kept else b"\n") + own)  # fmt: skip
        write_all(into, contents)
    except OSError as error:
        terminal.complain(f"cannot write {into}: {error.strerror or error}")
        sys.exit(2)
    for name in contents:
        terminal.say(f"{into / name}\n")


@click.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of events.toml.

    By it, editors complete and check what is written.
    """
    from timeline.events_schema import text

    terminal.say(text())


COMMANDS = (show_command, why_command, export_command, embed_command, serve_command, explain_command,
            init_command, schema_command)  # fmt: skip
