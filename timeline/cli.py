"""The command line: moves bytes and sets exit codes; it holds no rule.

Exit codes: 0 all is well; 1 the file has faults, contradicts itself or is stale; 2 the call was wrong or
a file cannot be read or written.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from timeline import __version__, terminal

if TYPE_CHECKING:
    from timeline.api import Report


class _Commands(click.Group):
    """`check` runs at each save and commit, so the other commands are loaded when one is asked for."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.commands:
            self._load()
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        self._load()
        return super().list_commands(ctx)

    def _load(self) -> None:
        from timeline.commands import COMMANDS

        for command in COMMANDS:
            self.add_command(command)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="timeline")
def main() -> None:
    """Check what happened when, infer what follows, and export it.

    One file, events.toml, holds the events, what is known of their dates, their order and the
    sources.
    """


def run() -> None:
    """One command, and out."""
    try:
        main()
    except SystemExit as end:
        terminal.leave(end)
    except OSError as error:  # click's own words, such as those of --help
        terminal.unwritten(error.strerror or str(error))


@main.command("check")
@terminal.FILE
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--output-format", "layout", default="text", show_default=True,
              type=click.Choice(["text", "concise", "json", "github", "sarif"]))
@terminal.colour_option
def check_command(file: str, strict: bool, layout: str, colour: str) -> None:
    """Say whether all that FILE states can be true, and where not, why."""
    report = terminal.report_on(file)
    terminal.say(_rendered(report, layout, terminal.colours(colour)))
    failing = ("error", "warning") if strict else ("error",)
    sys.exit(1 if any(d.severity in failing for d in report.diagnostics) else 0)


def _rendered(report: Report, layout: str, colour: bool) -> str:
    if layout == "text":
        from timeline.render.text import text

        width = terminal.columns()
        counted = None if report.timeline is None else len(report.timeline.events)
        return text(report.diagnostics, report.document, colour=colour, width=width,
                    events=counted)  # fmt: skip
    from importlib import import_module

    render = getattr(import_module(f"timeline.render.{layout}"), layout)
    rendered: str = render(report.diagnostics, report.document)
    return rendered
