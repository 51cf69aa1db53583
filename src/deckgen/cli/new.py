"""`deckgen new`: writes a starter outline."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckgen.cli.writing import overwrite_options, write_or_fail

if TYPE_CHECKING:
    from deckgen.render.files.choose import Changed

STARTERS = {
    "talk": "half an hour with one question; the shortest",
    "lecture": "45 minutes with a poll, code, a chart and a quiz",
    "panel": "an hour around a panel, for two audiences",
    "retro": "an hour in which a team looks back",
    "training": "two hours of practice, with cases and a role play",
    "half-day": "four hours in four phases, with breaks",
    "two-days": "two sessions with a programme for both",
    "phd-in-ml": "90 minutes in full, for three audiences",
}
USUAL_STARTER = "talk"
SCHEMA = "outline.schema.json"  # named by the first line of each starter


class _Command(click.Command):
    """A command that lists the starters in its help."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the starters, then the options."""
        with formatter.section("Starters"):
            formatter.write_dl(list(STARTERS.items()))
        super().format_options(ctx, formatter)


@click.command(cls=_Command)
@click.argument("name", required=False)
@click.option(
    "--from",
    "start",
    metavar="STARTER",
    type=click.Choice(list(STARTERS)),
    default=USUAL_STARTER,
    show_default=True,
    help="The outline to start from.",
)
@click.option(
    "--templates",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to copy the document templates to.",
)
@overwrite_options
def command(name: str | None, start: str, templates: Path | None, changed: Changed) -> None:
    """Write a starter outline to NAME.yaml, or copy the document templates, for you to edit.

    \b
    Example:
      deckgen new my-workshop
      deckgen new my-training --from training
      deckgen build my-workshop.yaml
      deckgen new --templates my-templates
      deckgen build my-workshop.yaml --templates my-templates

    Beside the outline it writes outline.schema.json, unless there is one: with it, editors that know
    YAML complete the outline and check it.
    """
    if not name and templates is None:
        raise click.UsageError("give the name of an outline, or a folder with --templates")
    if templates is not None:
        _copy_templates(templates, changed)
    if name:
        _write_outline(name, start, changed)


def _copy_templates(folder: Path, changed: Changed) -> None:
    """Copy the shipped templates into *folder*: all or none."""
    from deckgen.render.documents.options import SHIPPED  # noqa: PLC0415

    sources = sorted(SHIPPED.rglob("*.j2"))
    files = {source.relative_to(SHIPPED).as_posix(): source.read_bytes() for source in sources}
    write_or_fail(folder, files, changed)
    click.echo(f"wrote {len(files)} templates to {folder}")
    click.echo(f"next: deckgen build OUTLINE --templates {folder}")


def _write_outline(name: str, start: str, changed: Changed) -> None:
    from deckgen.theme.places import data_file  # noqa: PLC0415

    path = Path(name)
    if not path.name:
        raise click.BadParameter("a file name is missing", param_hint="NAME")
    if path.suffix not in (".yaml", ".yml"):
        path = path.with_name(f"{path.name}.yaml")
    files = {path.name: data_file("outlines", f"{start}.yaml").encode()}
    if not os.path.lexists(path.with_name(SCHEMA)):
        from deckgen.outline.schema import schema_text  # noqa: PLC0415

        files[SCHEMA] = schema_text().encode()
    write_or_fail(path.parent, files, changed)
    for written in files:
        click.echo(f"wrote {path.with_name(written)}")
    click.echo("next:")
    for line in _commands(path):
        click.echo(f"  {line}")


def _commands(path: Path) -> Iterator[str]:
    """Yield what can be done with the outline at *path*, as lines for a shell."""
    from deckgen.diagnostics import Diagnostics  # noqa: PLC0415 (help needs none)
    from deckgen.outline.load import load_outlines  # noqa: PLC0415

    file = shlex.quote(f"./{path}" if str(path).startswith("-") else str(path))
    yield f"deckgen check {file}"
    yield f"deckgen build {file}"
    found = Diagnostics()
    outline = load_outlines(path, found).of(None, found)
    if outline is None:  # the defaults of whoever runs it are wrong, which `check` tells
        return
    workshop = outline.workshop
    for session in workshop.sessions[:1]:
        yield f"deckgen build {file} --session {session.id}"
    for audience in outline.audiences[-1:]:
        yield f"deckgen build {file} --audience {audience}"
    if workshop.budgets and not workshop.sessions:
        minutes = ",".join(map(str, workshop.budgets))
        yield f"deckgen fit {file} --compare {minutes}"
    if workshop.budgets:
        yield f"deckgen build {file} --all"
