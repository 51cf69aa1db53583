"""`deckgen schema`: prints the JSON schema of outlines."""

from __future__ import annotations

import json

import click


@click.command()
def command() -> None:
    """Print the JSON schema of outlines, for completion and checks in editors.

    \b
    Example:
      deckgen schema > outline.schema.json

    \b
    Then begin your outline with this line:
    # yaml-language-server: $schema=outline.schema.json
    """
    from deckgen.outline.schema import outline_schema  # noqa: PLC0415

    click.echo(json.dumps(outline_schema(), indent=2, ensure_ascii=False))
