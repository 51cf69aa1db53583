"""`deckgen check`: reports everything wrong in outlines, and writes nothing."""

from __future__ import annotations

from pathlib import Path

import click

from deckgen.cli.options import (
    OUTLINES,
    Reporting,
    compiler_options,
    diagnostic_options,
    fails,
)
from deckgen.compiler import Compiled, Options, check
from deckgen.diagnostics import DeckgenError, Diagnostics


@click.command()
@click.argument("outlines", nargs=-1, required=True, type=OUTLINES)
@compiler_options
@diagnostic_options
def command(
    outlines: tuple[Path, ...],
    options: Options,
    reporting: Reporting,
) -> None:
    """Report everything that is wrong in OUTLINES, with its place and how to fix it.

    \b
    Example:
      deckgen new my-workshop
      deckgen check my-workshop.yaml

    The texts of all audiences are read. Minutes and slides are judged for one audience and budget;
    `build --all` judges them for all.

    Exit code 0: no errors; 1: errors, warnings with --strict, or text that does not fit at full size
    with --strict-fit; 2: wrong usage.
    """
    diagnostics = Diagnostics()
    for outline in outlines:
        found = Diagnostics()
        try:
            checked = check(outline, found, options)
        except DeckgenError:
            checked = ()
        diagnostics.extend(found)
        for compiled in () if reporting.is_quiet or reporting.as_json else checked:
            click.echo(f"{outline}: {_sums(compiled)}")
    failed = fails(diagnostics, strict=options.strict)
    reporting.tell(diagnostics, ok=not failed)
    if failed:
        raise SystemExit(1)


def _sums(compiled: Compiled) -> str:
    """Return how much a session holds, and in what part of the time people do something."""
    from deckgen.plan.lints import active_share  # noqa: PLC0415 (help needs none)

    plan, deck = compiled
    slides = sum(1 for _ in deck.slides())
    share = active_share(plan)
    active = "" if share is None else f", {share} % active"
    session = f"session {plan.outline.session.id}, " if plan.outline.session else ""
    return f"{session}{len(plan.blocks)} blocks, {plan.minutes} min, {slides} slides{active}"
