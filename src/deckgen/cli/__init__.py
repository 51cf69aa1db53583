"""The command line: options in, diagnostics and an exit code out. One module for each command."""

from __future__ import annotations

import gc
from importlib import import_module

import click

from deckgen.version import __version__

COMMANDS = {
    "build": "write the deck and the documents of an outline",
    "check": "report all problems in outlines, and write nothing",
    "config": "show which defaults hold, and where they are written",
    "diff-variants": "show how two variants of an outline differ",
    "doctor": "check what is installed, and how to get the rest",
    "explain": "say what a finding means, and how to fix it",
    "fit": "show what a time budget keeps and cuts, and why",
    "kinds": "list the kinds of block, or explain one",
    "methods": "list the facilitation methods, or explain one",
    "new": "write a starter outline",
    "schema": "print the JSON schema of outlines, for editors",
    "template": "inspect, map and check a company's PowerPoint template",
    "themes": "list, show, create and export themes",
}


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command of this name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"deckgen.cli.{cmd_name.replace('-', '_')}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="deckgen")
def main() -> None:
    """One YAML outline in; a complete workshop out: a PowerPoint deck and its documents.

    \b
    Start with:
      deckgen new my-workshop
      deckgen build my-workshop.yaml
    """


def run() -> None:
    """Run the command line as a program of its own.

    A run keeps what it makes to its end: to look for garbage would take an eighth of its time.
    """
    gc.disable()
    main(prog_name="deckgen")
