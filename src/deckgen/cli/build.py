"""`deckgen build`: writes the deck and the documents of outlines."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from deckgen.cli.fit import Budgets
from deckgen.cli.options import (
    OUTLINES,
    Reporting,
    compiler_options,
    diagnostic_options,
    document_options,
    fails,
)
from deckgen.compiler import Options, build, build_from, name_of
from deckgen.diagnostics import DeckgenError, Diagnostics
from deckgen.render.formats import FORMATS, RUN_SHEET_FORMATS


@click.command()
@click.argument("outlines", nargs=-1, required=True, type=OUTLINES)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Output folder; each outline gets a subfolder of its own.  [default: output]",
)
@click.option(
    "--to",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    help="Additional format for documents, deck or run sheet; repeatable.",
)
@click.option(
    "--thumbnails", is_flag=True, help="Show the slides in the HTML and PDF facilitator notes."
)
@click.option(
    "--all", "every", is_flag=True, help="Build every variant: each audience with each budget."
)
@click.option(
    "--budgets", type=Budgets(), metavar="MINUTES", help="Budgets for --all, such as 30,60."
)
@compiler_options
@document_options
@diagnostic_options
def command(
    outlines: tuple[Path, ...],
    out: Path | None,
    options: Options,
    reporting: Reporting,
    formats: tuple[str, ...],
    budgets: list[int] | None,
    *,
    thumbnails: bool,
    every: bool,
) -> None:
    """Write the deck and the documents of OUTLINES.

    \b
    Example:
      deckgen new my-workshop
      deckgen build my-workshop.yaml
      deckgen build my-workshop.yaml --edition participant
      deckgen build my-workshop.yaml --all --budgets 30,60
      deckgen build my-workshop.yaml --to csv --to ics --date 2026-03-14

    Nothing is written for an outline with errors. Exit code 0: everything was written; 1: errors,
    warnings with --strict, or text that does not fit at full size with --strict-fit; 2: wrong
    usage.
    """
    started = time.perf_counter()
    _refuse_same_names(outlines)
    options = options._replace(formats=formats, thumbnails=thumbnails)
    _refuse_contradictions(options, budgets, every=every)
    diagnostics, written = Diagnostics(), []
    failed = False
    for outline in outlines:
        if every:
            is_shown = sys.stderr.isatty() and not (reporting.is_quiet or reporting.as_json)
            files, found, is_whole = _build_all(outline, out, options, budgets, is_shown=is_shown)
        else:
            found = Diagnostics()
            files, is_whole = _tried(partial(build, outline, out, found, options))
        written += files
        failed = failed or not is_whole or fails(found, strict=options.strict)
        diagnostics.extend(found)
    seconds = time.perf_counter() - started
    paths = [path.as_posix() for path in written]
    reporting.tell(diagnostics, ok=not failed, written=paths, seconds=round(seconds, 3))
    if not (reporting.is_quiet or reporting.as_json):
        _show_written(written, seconds)
    if failed:
        raise SystemExit(1)


def _tried(build: Callable[[], list[Path]]) -> tuple[list[Path], bool]:
    """Return the files that *build* wrote, and whether there were no errors."""
    try:
        return build(), True
    except DeckgenError:
        return [], False


def _build_all(
    outline: Path, out: Path | None, options: Options, budgets: list[int] | None, *, is_shown: bool
) -> tuple[list[Path], Diagnostics, bool]:
    """Build every variant; return the files, what was found, and whether all are written."""
    from deckgen.outline.load import load_outlines  # noqa: PLC0415 (help needs none)
    from deckgen.variants import merged, variants_of  # noqa: PLC0415

    found = Diagnostics()
    try:
        outlines = load_outlines(outline, found)
        loaded = outlines.of(options.audience, found)
    except DeckgenError:
        loaded = None
    if loaded is None:
        return [], found, False
    written: list[Path] = []
    by_variant: list[tuple[str, Diagnostics]] = []
    is_whole = True
    variants = variants_of(loaded, options, budgets)
    with click.progressbar(
        variants, label=outline.stem, file=sys.stderr, hidden=not is_shown
    ) as bar:
        for variant in bar:
            diagnostics = Diagnostics()
            diagnostics.extend(found)
            made = partial(build_from, outlines, out, diagnostics, variant)
            paths, is_written = _tried(made)
            written += paths
            is_whole = is_whole and is_written
            by_variant.append((name_of(outline, variant, variant.session), diagnostics))
    return written, merged(by_variant), is_whole


def _refuse_contradictions(options: Options, budgets: list[int] | None, *, every: bool) -> None:
    """Refuse options that make no sense beside each other."""
    formats = set(options.formats)
    if options.thumbnails and not {"html", "pdf"} & formats:
        raise click.UsageError("--thumbnails requires --to html or --to pdf")
    if budgets and not every:
        raise click.UsageError("--budgets requires --all")
    if every and options.changes.budget is not None:
        raise click.UsageError("use --budgets, not --budget, with --all")
    if options.is_for_participants and set(RUN_SHEET_FORMATS) & formats:
        raise click.UsageError("participants get no run sheet: omit --to csv and --to ics")


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
