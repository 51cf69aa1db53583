"""How commands write files: over nothing that is there, unless an option allows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deckgen.cli.options import show
from deckgen.diagnostics import DeckgenError, Diagnostics

if TYPE_CHECKING:
    from deckgen.render.files.choose import Changed

FORCE = click.option("--force", is_flag=True, help="Overwrite files that were changed.")
BACKUP = click.option(
    "--backup",
    is_flag=True,
    help="Keep files that were changed under another name, then overwrite them.",
)


def overwrite_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that let a command overwrite what is there; it gets them as `changed`."""

    @wraps(command)
    def with_changed(*, force: bool, backup: bool, **others: Any) -> None:
        if force and backup:
            raise click.UsageError("use --force or --backup, not both")
        command(**others, changed="overwrite" if force else "backup" if backup else "refuse")

    decorated: Callable[..., None] = with_changed
    return FORCE(BACKUP(decorated))


def write_or_fail(folder: Path, files: Mapping[str, bytes], changed: Changed) -> None:
    """Write *files* into *folder*; where that is not possible, end the command and say why."""
    from deckgen.render.files.write import write_files  # noqa: PLC0415 (help needs none)

    diagnostics = Diagnostics()
    try:
        written = write_files(folder, files, diagnostics, changed)
    except DeckgenError:
        show(diagnostics, "full", quiet=False)
        raise SystemExit(1) from None
    for path, kept in written.backups.items():
        click.echo(f"kept your {path.as_posix()} as {kept.name}", err=True)  # JSON stays JSON
