"""`deckgen new`: writes a starter outline."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("name", required=False)
@click.option(
    "--from",
    "start",
    type=click.Choice(["first-workshop", "phd-in-ml"]),
    default="first-workshop",
    show_default=True,
    help="The outline to start from.",
)
@click.option(
    "--templates",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to copy the document templates to.",
)
@click.option("--force", is_flag=True, help="Overwrite existing files.")
def command(name: str | None, start: str, templates: Path | None, *, force: bool) -> None:
    """Write a starter outline to NAME.yaml, or copy the document templates, for you to edit.

    \b
    Example:
      deckgen new my-workshop
      deckgen build my-workshop.yaml
      deckgen new --templates my-templates
      deckgen build my-workshop.yaml --templates my-templates
    """
    if not name and templates is None:
        raise click.UsageError("give the name of an outline, or a folder with --templates")
    if templates is not None:
        _copy_templates(templates, force=force)
    if name:
        _write_outline(name, start, force=force)


def _copy_templates(folder: Path, *, force: bool) -> None:
    """Copy the shipped templates into *folder*; all or none where a file is there already."""
    from deckgen.render.documents.options import SHIPPED  # noqa: PLC0415

    sources = sorted(SHIPPED.rglob("*.j2"))
    targets = [folder / source.relative_to(SHIPPED) for source in sources]
    there = [target for target in targets if target.exists()]
    if there and not force:
        raise click.ClickException(f"{there[0]} already exists; use --force to overwrite it")
    try:
        for source, target in zip(sources, targets, strict=True):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    except OSError as error:
        raise click.ClickException(f"cannot write {folder}: {error.strerror}") from None
    click.echo(f"wrote {len(targets)} templates to {folder}")
    click.echo(f"next: deckgen build OUTLINE --templates {folder}")


def _write_outline(name: str, start: str, *, force: bool) -> None:
    from deckgen.theme.places import data_file  # noqa: PLC0415

    path = Path(name)
    if not path.name:
        raise click.BadParameter("a file name is missing", param_hint="NAME")
    if path.suffix not in (".yaml", ".yml"):
        path = path.with_name(f"{path.name}.yaml")
    try:
        with path.open("w" if force else "x", encoding="utf-8") as file:
            file.write(data_file("outlines", f"{start}.yaml"))
    except FileExistsError:
        raise click.ClickException(f"{path} already exists; use --force to overwrite it") from None
    except OSError as error:
        raise click.ClickException(f"cannot write {path}: {error.strerror}") from None
    click.echo(f"wrote {path}\nnext: deckgen build {path}")
