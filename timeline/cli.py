"""The command line: moves bytes and sets exit codes; it holds no rule.

Exit codes: 0 all is well; 1 the file has faults, contradicts itself or is stale; 2 the call was wrong
or a file cannot be read or written.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from timeline import __version__

if TYPE_CHECKING:
    from timeline.api import Report
    from timeline.exporters import Output

FILE = click.argument("file", default="events.toml", type=click.Path(), required=False)


def _colour_option(command: Any) -> Any:
    return click.option(
        "--color", "--colour", "colour", type=click.Choice(["auto", "always", "never"]),
        default="auto", help="Colour the output: auto asks the terminal and NO_COLOR.",
    )(command)  # fmt: skip


def _coloured(choice: str) -> bool:
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty()


def _width() -> int:
    """Columns of the terminal, or as COLUMNS has it; 80 where there is none."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 5 and int(asked):
        return max(20, int(asked))
    try:
        return max(20, os.get_terminal_size(sys.__stdout__.fileno()).columns)  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return 80


def _say(text: str) -> None:
    """Write text to standard output as UTF-8, whatever the locale."""
    sys.stdout.flush()
    stream = sys.stdout.buffer
    try:
        stream.write(text.encode("utf-8", "backslashreplace"))
        stream.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def _complain(message: str) -> None:
    click.echo(f"timeline: {message}", err=True)


def _read(file: str) -> bytes:
    """The bytes of a file, or of standard input for `-`; exit 2 where that cannot be."""
    try:
        if file == "-":
            return sys.stdin.buffer.read()
        with open(file, "rb") as stream:
            return stream.read()
    except OSError as error:
        from timeline.width import visible

        name = visible(file)
        hint = ""
        if isinstance(error, FileNotFoundError) and file == "events.toml":
            hint = "; `timeline init` makes one to start from"
        _complain(f"cannot read {name}: {error.strerror or error}{hint}")
        sys.exit(2)
    except ValueError:
        _complain("cannot read a file of that name")
        sys.exit(2)


def _check(file: str) -> Report:
    from timeline.api import check

    return check(_read(file), filename=file)


def _usable(file: str, colour: bool, *, quiet: bool = False) -> Any:
    """The solved file; where it has none, what is wrong is printed and the program ends with 1."""
    from timeline.schedule import place

    report = _check(file)
    if report.solution is None:
        from timeline.render.text import text

        stream = text(report.diagnostics, report.document, colour=colour, width=_width())
        click.echo(stream.rstrip("\n"), err=True, color=colour)
        sys.exit(1)
    return report, place(report.solution)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="timeline")
def main() -> None:
    """Check what happened when, infer what follows, and export it.

    One file, events.toml, holds the events, what is known of their dates, their order and the
    sources.
    """


@main.command("check")
@FILE
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--output-format", "layout", default="text", show_default=True,
              type=click.Choice(["text", "concise", "json", "github", "sarif"]))
@_colour_option
def check_command(file: str, strict: bool, layout: str, colour: str) -> None:
    """Say whether all that FILE states can be true, and where not, why."""
    report = _check(file)
    _say(_rendered(report, layout, _coloured(colour)))
    failing = ("error", "warning") if strict else ("error",)
    sys.exit(1 if any(d.severity in failing for d in report.diagnostics) else 0)


def _rendered(report: Report, layout: str, colour: bool) -> str:
    if layout == "text":
        from timeline.render.text import text

        width = _width()
        counted = None if report.timeline is None else len(report.timeline.events)
        return text(report.diagnostics, report.document, colour=colour, width=width,
                    events=counted)  # fmt: skip
    from importlib import import_module

    render = getattr(import_module(f"timeline.render.{layout}"), layout)
    rendered: str = render(report.diagnostics, report.document)
    return rendered


@main.command("show")
@FILE
@click.option("--view", metavar="ID", help="Only the events of this view.")
@_colour_option
def show_command(file: str, view: str | None, colour: str) -> None:
    """Show the solved timeline: order, window and basis of every event."""
    from timeline.render.show import show

    coloured = _coloured(colour)
    _, schedule = _usable(file, coloured)
    chosen = _view(schedule, view) if view else None
    _say(show(schedule, chosen, colour=coloured, width=_width()))


def _view(schedule: Any, name: str) -> Any:
    """A view by its id, None for `all`; exit 2 where there is none."""
    views = schedule.timeline.views
    if name == "all" or name in views:
        return views.get(name)
    from timeline.diagnostics import closest

    near = closest(name, ["all", *views])
    hint = f'; did you mean "{near}"?' if near else f"; there are: {', '.join(['all', *views])}"
    _complain(f'there is no view "{name}"{hint}')
    sys.exit(2)


@main.command("why")
@click.argument("event")
@FILE
@_colour_option
def why_command(event: str, file: str, colour: str) -> None:
    """Say why EVENT lies where it lies: the statements behind each of its bounds."""
    from timeline.render.why import why

    coloured = _coloured(colour)
    report, schedule = _usable(file, coloured)
    if event not in schedule.by_id:
        from timeline.diagnostics import closest

        near = closest(event, schedule.by_id)
        _complain(f'there is no event "{event}"' + (f'; did you mean "{near}"?' if near else ""))
        sys.exit(2)
    _say(why(schedule, event, report.document, colour=coloured, width=_width()))


@main.command("export")
@FILE
@click.option("-o", "--output", "folder", default="exports", show_default=True, metavar="DIR",
              help="Where to write; - is standard output, for one format and one view.")
@click.option("-f", "--format", "formats", multiple=True, metavar="FORMAT",
              help="ical, json or mermaid; all when left out. May be given again.")
@click.option("--view", "views", multiple=True, metavar="ID",
              help="A view; all of them when left out. May be given again.")
@click.option("--check", "compare", is_flag=True,
              help="Write nothing; fail with a diff where what lies there is stale.")
@_colour_option
def export_command(file: str, folder: str, formats: tuple[str, ...], views: tuple[str, ...],
                   compare: bool, colour: str) -> None:  # fmt: skip
    """Write FILE as calendars, JSON and diagrams: DIR/<view>.<extension>."""
    from pathlib import Path

    from timeline.api import DestinationError, export
    from timeline.exporters import EXPORTERS

    for name in formats:
        if name not in EXPORTERS:
            _complain(f'there is no format "{name}"; there are: {", ".join(EXPORTERS)}')
            sys.exit(2)
    report, schedule = _usable(file, _coloured(colour))
    for name in views:
        _view(schedule, name)
    if folder == "-" and (len(formats) != 1 or len(views or schedule.timeline.views or "1") != 1):
        if len(formats) != 1 or len(views) > 1:
            _complain("standard output takes one format and one view: -f FORMAT --view ID")
            sys.exit(2)
        views = views or ("all",)
    into = Path(folder)
    try:
        lying = {} if folder == "-" else _lying(into, schedule, formats)
        exports = export(schedule, formats or None, views or None, previous=lying)
        if folder == "-":
            _say(next(iter(exports.values())).text)
        elif compare:
            _compare(into, exports, lying)
        else:
            _write(into, exports)
    except DestinationError as error:
        _complain(f"{into / str(error)}")
        sys.exit(1)
    except OSError as error:
        name = error.filename if isinstance(error.filename, str) else str(into)
        _complain(f"cannot write {name}: {error.strerror or error}")
        sys.exit(2)
    _name_omitted(report, exports)


def _lying(folder: Any, schedule: Any, formats: tuple[str, ...]) -> dict[str, bytes]:
    """What lies at the destination, by name."""
    from timeline.exporters import EXPORTERS
    from timeline.files import read

    names = [f"{view}.{EXPORTERS[f].extension}" for view in ("all", *schedule.timeline.views)
             for f in formats or EXPORTERS]  # fmt: skip
    return {name: data for name in names if (data := read(folder / name)) is not None}


def _write(folder: Any, exports: dict[str, Output]) -> None:
    from timeline.files import write_all

    changed = write_all(folder, {n: o.text.encode() for n, o in exports.items()})
    for name in exports:
        _say(f"{folder / name}{'' if name in changed else ' (unchanged)'}\n")


def _compare(folder: Any, exports: dict[str, Output], lying: dict[str, bytes]) -> None:
    """Say what is stale, and end with 1 if anything is."""
    from difflib import unified_diff

    from timeline.width import visible

    stale = False
    for name, output in exports.items():
        held = lying.get(name, b"")
        if held == output.text.encode():
            continue
        stale = True
        path = str(folder / name)
        before = held.decode("utf-8", "replace").splitlines()
        after = output.text.splitlines()
        told = f"{path} is missing" if name not in lying else f"{path} is stale"
        _say(f"{told}\n")
        if len(before) + len(after) > 20_000:
            _say("(too long to compare line by line)\n")
            continue
        rows = unified_diff(before, after, f"{path} (as it lies)", f"{path} (as it should be)",
                            lineterm="")  # fmt: skip
        _say("".join(visible(row) + "\n" for row in rows))
    if stale:
        _complain("run `timeline export` and commit what it writes")
        sys.exit(1)


def _name_omitted(report: Report, exports: dict[str, Output]) -> None:
    """Name what an export leaves out, and a calendar's id that only stands in."""
    for name, output in exports.items():
        for event, reason in output.omitted:
            click.echo(f"{name}: {event} is left out: {reason}", err=True)
        for note in output.notes:
            click.echo(f"{name}: {note}", err=True)
    timeline = report.timeline
    if timeline is None or timeline.id_stated or "TL504" in timeline.ignore:
        return
    if any(name.endswith(".ics") for name in exports):
        click.echo(
            f"advice TL504: no id is stated, so calendar entries carry `{timeline.id}`, from the "
            f'file\'s name; write id = "{timeline.id}" in [timeline] before you publish',
            err=True,
        )


@main.command("explain")
@click.argument("code")
@_colour_option
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
        _complain(f'there is no rule "{code}"' + (f"; did you mean {near}?" if near else ""))
        sys.exit(2)
    _say(explain(wanted, colour=_coloured(colour), width=_width()))


@main.command("init")
@click.argument("folder", default=".", type=click.Path(file_okay=False), metavar="[DIR]")
def init_command(folder: str) -> None:
    """Make a small, commented, working events.toml to start from, with its schema."""
    from pathlib import Path

    from timeline.starter import starter

    into = Path(folder)
    contents = starter()
    try:
        for name in contents:
            if (into / name).exists() and name == "events.toml":
                _complain(f"{into / name} exists; nothing was written")
                sys.exit(2)
        from timeline.files import read, write_all

        kept = read(into / ".gitattributes")
        if kept is not None:
            own = contents[".gitattributes"]
            contents[".gitattributes"] = kept if own.strip() in kept else (
                kept + (b"" if kept.endswith(b"\n") or not kept else b"\n") + own)  # fmt: skip
        write_all(into, contents)
    except OSError as error:
        _complain(f"cannot write {into}: {error.strerror or error}")
        sys.exit(2)
    for name in contents:
        _say(f"{into / name}\n")


@main.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of events.toml, by which editors complete and check."""
    from timeline.events_schema import text

    _say(text())
