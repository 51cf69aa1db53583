"""`deckgen build`: writes the deck and the documents of outlines."""

from __future__ import annotations

import time
from pathlib import Path

import click

from deckgen.cli.options import (
    OUTLINES,
    compiler_options,
    diagnostic_options,
    document_options,
    fails,
    print_json,
    show,
)
from deckgen.compiler import Options, build
from deckgen.diagnostics import DeckgenError, Diagnostics
from deckgen.render.formats import FORMATS


@click.command()
@click.argument("outlines", nargs=-1, required=True, type=OUTLINES)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("output"),
    show_default=True,
    help="Folder to write to; each outline gets a folder of its own in it.",
)
@click.option(
    "--to",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    help="A further format of the documents or the deck; can be given several times.",
)
@click.option(
    "--thumbnails", is_flag=True, help="Show the slides in html and pdf facilitator notes."
)
@compiler_options
@document_options
@diagnostic_options
def command(
    outlines: tuple[Path, ...],
    out: Path,
    options: Options,
    format: str,
    formats: tuple[str, ...],
    *,
    thumbnails: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Write the deck and the documents of OUTLINES.

    \b
    Example:
      deckgen new my-workshop
      deckgen build my-workshop.yaml
      deckgen build my-workshop.yaml --edition participant

    Nothing is written for an outline with errors. Exit code 0: all written; 1: errors, or warnings
    under --strict, or text that does not fit at full size under --strict-fit; 2: wrong use of the
    command.
    """
    started = time.perf_counter()
    _refuse_same_names(outlines)
    if thumbnails and not {"html", "pdf"} & set(formats):
        raise click.UsageError("--thumbnails needs --to html or --to pdf")
    options = options._replace(formats=formats, thumbnails=thumbnails)
    diagnostics, written = Diagnostics(), []
    failed = False
    for outline in outlines:
        found = Diagnostics()
        try:
            written += build(outline, out, found, options)
        except DeckgenError:
            failed = True
        failed = failed or fails(found, strict=options.strict)
        diagnostics.extend(found)
    seconds = time.perf_counter() - started
    if as_json:
        paths = [path.as_posix() for path in written]
        print_json(diagnostics, ok=not failed, written=paths, seconds=round(seconds, 3))
    else:
        show(diagnostics, format, quiet=quiet)
        if not quiet:
            _show_written(written, seconds)
    if failed:
        raise SystemExit(1)


def _refuse_same_names(outlines: tuple[Path, ...]) -> None:
    names = [outline.stem for outline in outlines]
    for name in names:
        if names.count(name) > 1:
            raise click.UsageError(f"two outlines called {name} would write the same files")


def _show_written(written: list[Path], seconds: float) -> None:
    for path in written:
        click.echo(f"wrote {path.as_posix()} ({_size(path.stat().st_size)})")
    if written:
        click.echo(f"{len(written)} files in {seconds:.2f} s")


def _size(size: int) -> str:
    return f"{size / 1000:.0f} kB" if size >= 1000 else f"{size} B"
