"""`deckgen themes`: what decks can look like."""

from __future__ import annotations

import json

import click


@click.group()
def command() -> None:
    """List the themes.

    \b
    Example:
      deckgen themes list
    """


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for scripts.")
def list_themes(*, as_json: bool) -> None:
    """List the themes that ship with deckgen.

    \b
    Example:
      deckgen themes list
    """
    from deckgen.diagnostics import Diagnostics  # noqa: PLC0415
    from deckgen.theme.load import load_theme, theme_names  # noqa: PLC0415

    themes = [load_theme(name, Diagnostics()) for name in theme_names()]
    rows = [(str(theme.name), str(theme.character)) for theme in themes if theme]
    if as_json:
        listed = [{"name": name, "character": character} for name, character in rows]
        click.echo(json.dumps(listed, indent=2))
        return
    for name, character in rows:
        click.echo(f"{name:10} {character}")
