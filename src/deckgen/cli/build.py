"""`deckgen build`: writes the deck and the documents of outlines."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

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
from deckgen.cli.writing import overwrite_options
from deckgen.compiler import Options, make_build, name_of, write, write_outline
from deckgen.diagnostics import DeckgenError, Diagnostics
from deckgen.render.files.choose import Build, Changed
from deckgen.render.files.write import Written
from deckgen.render.formats import FORMATS, RUN_SHEET_FORMATS

if TYPE_CHECKING:
    from deckgen.outline.model import Outline, Outlines


class Target(NamedTuple):
    """Where files go: their folder, if one is named, and what becomes of those that someone changed."""

    out: Path | None
    changed: Changed


def _target_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say where files go; *command* gets them as `target`."""

    @wraps(command)
    def with_target(out: Path | None, changed: Changed, **others: Any) -> None:
        command(**others, target=Target(out, changed))

    decorated: Callable[..., None] = with_target
    option = click.option(
        "-o",
        "--out",
        type=click.Path(path_type=Path, file_okay=False),
        help="Output folder; each outline gets a subfolder of its own.  [default: output]",
    )
    return option(overwrite_options(decorated))


@click.command()
@click.argument("outlines", nargs=-1, required=True, type=OUTLINES)
@_target_options
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
    target: Target,
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

    Nothing is written for an outline with errors, or over a file that you changed. Files that the
    last build made and this one does not are removed. Exit code 0: everything was written; 1:
    errors, warnings with --strict, or text that does not fit at full size with --strict-fit; 2:
    wrong usage.
    """
    started = time.perf_counter()
    _refuse_same_names(outlines)
    options = options._replace(formats=formats, thumbnails=thumbnails)
    _refuse_contradictions(options, budgets, every=every)
    is_shown = sys.stderr.isatty() and not (reporting.is_quiet or reporting.as_json)
    diagnostics, written = Diagnostics(), []
    failed = False
    for outline in outlines:
        if every:
            wanted = All(options, budgets, is_shown)
            files, found, is_whole = _build_all(outline, target, wanted)
        else:
            files, found, is_whole = _build(outline, target, options)
        written.append(files)
        failed = failed or not is_whole or fails(found, strict=options.strict)
        diagnostics.extend(found)
    seconds = time.perf_counter() - started
    reporting.tell(diagnostics, ok=not failed, **_as_dict(written), seconds=round(seconds, 3))
    if not (reporting.is_quiet or reporting.as_json):
        _show_written(written, seconds)
    if failed:
        raise SystemExit(1)


def _build(outline: Path, target: Target, options: Options) -> tuple[Written, Diagnostics, bool]:
    """Build an outline; return the files, what was found, and whether there were no errors."""
    found = Diagnostics()
    try:
        written = write_outline(outline, target.out, found, options, target.changed)
        return written, found, True
    except DeckgenError:
        return Written(), found, False


class All(NamedTuple):
    """What `--all` asks for: every variant of *options*."""

    options: Options
    budgets: list[int] | None
    is_shown: bool  # the progress


def _build_all(outline: Path, target: Target, wanted: All) -> tuple[Written, Diagnostics, bool]:
    """Build every variant; return the files, what was found, and whether all are written.

    They are written together; those with errors are as they were.
    """
    from deckgen.outline.load import load_outlines  # noqa: PLC0415 (help needs none)
    from deckgen.variants import merged, one_build  # noqa: PLC0415

    found = Diagnostics()
    options = wanted.options
    try:
        outlines = load_outlines(outline, found)
    except DeckgenError:
        return Written(), found, False
    loaded = outlines.of(options.audience, found)
    if loaded is None:
        with suppress(DeckgenError):
            make_build(outlines, found, options)  # it tells what else is wrong
        return Written(), found, False
    builds, by_variant = _variants(outlines, loaded, wanted, found)
    found = merged(by_variant)
    is_whole = len(builds) == len(by_variant)
    if not builds:
        return Written(), found, is_whole
    name = f"{name_of(outline, options, options.session)} --all"
    joined = one_build(builds, name, is_whole=is_whole)
    try:
        return write(outlines, joined, target.out, found, target.changed), found, is_whole
    except DeckgenError:
        return Written(), found, False


def _variants(
    outlines: Outlines, loaded: Outline, wanted: All, found: Diagnostics
) -> tuple[list[Build], list[tuple[str, Diagnostics]]]:
    """Return what each variant without errors is made of, and what was found in each by its name."""
    from deckgen.variants import variants_of  # noqa: PLC0415 (help needs none)

    path = outlines.path
    builds: list[Build] = []
    by_variant: list[tuple[str, Diagnostics]] = []
    variants = variants_of(loaded, wanted.options, wanted.budgets)
    with click.progressbar(
        variants, label=path.stem, file=sys.stderr, hidden=not wanted.is_shown
    ) as bar:
        for variant in bar:
            diagnostics = Diagnostics()
            diagnostics.extend(found)
            with suppress(DeckgenError):
                builds.append(make_build(outlines, diagnostics, variant))
            by_variant.append((name_of(path, variant, variant.session), diagnostics))
    return builds, by_variant


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


def _as_dict(written: Iterable[Written]) -> dict[str, object]:
    """Return what was written for scripts: paths by what became of them."""
    backups: Mapping[str, str] = {
        path.as_posix(): kept.as_posix() for each in written for path, kept in each.backups.items()
    }
    return {
        "written": [path.as_posix() for each in written for path in each.paths],
        "removed": [path.as_posix() for each in written for path in each.removed],
        "backups": backups,
    }


def _show_written(written: Iterable[Written], seconds: float) -> None:
    count = 0
    for each in written:
        for path, kept in each.backups.items():
            click.echo(f"kept your {path.as_posix()} as {kept.name}")
        for path in each.paths:
            size = _size(path.stat().st_size)
            done = "same " if path in each.unchanged else "wrote"
            click.echo(f"{done} {path.as_posix()} ({size})")
        for path in each.removed:
            click.echo(f"removed {path.as_posix()}: this build no longer makes it")
        count += len(each.paths)
    if count:
        click.echo(f"{count} files in {seconds:.2f} s")


def _size(size: int) -> str:
    return f"{size / 1000:.0f} kB" if size >= 1000 else f"{size} B"
