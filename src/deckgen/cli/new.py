"""`deckgen new`: writes a starter outline."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("name")
@click.option(
    "--from",
    "start",
    type=click.Choice(["first-workshop", "phd-in-ml"]),
    default="first-workshop",
    show_default=True,
    help="The outline to start from.",
)
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
def command(name: str, start: str, *, force: bool) -> None:
    """Write a starter outline to NAME.yaml, to be changed.

    \b
    Example:
      deckgen new my-workshop
      deckgen build my-workshop.yaml
    """
    from deckgen.theme.places import data_file  # noqa: PLC0415

    path = Path(name)
    if not path.name:
        raise click.BadParameter("a file needs a name", param_hint="NAME")
    if path.suffix not in (".yaml", ".yml"):
        path = path.with_name(f"{path.name}.yaml")
    try:
        with path.open("w" if force else "x", encoding="utf-8") as file:
            file.write(data_file("outlines", f"{start}.yaml"))
    except FileExistsError:
        raise click.ClickException(f"{path} is there already; --force replaces it") from None
    except OSError as error:
        raise click.ClickException(f"cannot write {path}: {error.strerror}") from None
    click.echo(f"wrote {path}\nnext: deckgen build {path}")
