"""`deckgen schema`: prints the JSON schema of outlines."""

from __future__ import annotations

from pathlib import Path

import click

from deckgen.cli.options import OUTLINES
from deckgen.diagnostics import DeckgenError, Diagnostics


@click.command()
@click.argument("outline", required=False, type=OUTLINES)
def command(outline: Path | None) -> None:
    """Print the JSON schema of outlines, for completion and checks in editors.

    \b
    Example:
      deckgen schema > outline.schema.json

    \b
    Then begin your outline with this line:
    # yaml-language-server: $schema=outline.schema.json

    With OUTLINE, its schema also lists the ids of its blocks, objectives, audiences and sessions.
    """
    from deckgen.outline.load import load_outlines  # noqa: PLC0415
    from deckgen.outline.schema import Ids, schema_text  # noqa: PLC0415

    ids = None
    if outline is not None:
        try:
            found = load_outlines(outline, Diagnostics()).by_audience[None]
        except DeckgenError as error:
            raise click.ClickException(str(error)) from None
        ids = Ids.of(found)
    click.echo(schema_text(ids), nl=False)
