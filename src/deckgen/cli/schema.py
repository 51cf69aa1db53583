"""`deckgen schema`: prints the JSON schema of outlines."""

from __future__ import annotations

import json

import click


@click.command()
def command() -> None:
    """Print the JSON schema of outlines: editors complete and check with it.

    \b
    Example:
      deckgen schema > outline.schema.json

    In an outline, the first line then is:
    # yaml-language-server: $schema=outline.schema.json
    """
    from deckgen.outline.schema import outline_schema  # noqa: PLC0415

    click.echo(json.dumps(outline_schema(), indent=2, ensure_ascii=False))
