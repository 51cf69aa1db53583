"""The map: what `check` and `build` do, stage by stage."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from deckgen.blocks.base import PHASES
from deckgen.diagnostics import DeckgenError, Diagnostics
from deckgen.inline import unmarked
from deckgen.layout.engine import lay_out
from deckgen.layout.frames import Deck, Properties
from deckgen.outline.changes import UNCHANGED, Changes, variant_name
from deckgen.outline.load import load
from deckgen.plan.compose import compose
from deckgen.plan.make import make_plan, phase_names
from deckgen.plan.model import Plan
from deckgen.render.files import write_files
from deckgen.theme.load import load_theme


class Options(NamedTuple):
    """What a run asks for; where it asks for nothing, the outline's own values hold."""

    theme: str | None = None
    audience: str | None = None
    changes: Changes = UNCHANGED
    strict: bool = False  # warnings let it fail
    strict_fit: bool = False  # and so does text that is set smaller or split


USUAL = Options()


class Compiled(NamedTuple):
    """A plan and the deck laid out from it."""

    plan: Plan
    deck: Deck


def check(path: Path, diagnostics: Diagnostics, options: Options = USUAL) -> Compiled:
    """Return the outline at *path* as plan and deck; everything wrong goes into *diagnostics*.

    Raises DeckgenError once a stage has found errors that the next cannot work with.
    """
    outline = load(path, diagnostics, options.audience)
    diagnostics.stop_on_errors()
    assert outline is not None
    outline = options.changes.laid_on(outline)
    name = options.theme or str(outline.workshop.theme)
    span = None if options.theme else outline.workshop.theme.span
    found = load_theme(name, diagnostics, span, beside=path.parent)
    variant = variant_name(_stem(path), options.audience, options.changes)
    plan = make_plan(outline, variant, diagnostics)
    diagnostics.stop_on_errors()
    assert found is not None
    assert plan is not None
    names = dict(zip(PHASES, phase_names(outline), strict=True))
    footer = unmarked(outline.workshop.footer or outline.workshop.title)
    deck = lay_out(
        compose(plan),
        found,
        _properties(plan),
        footer,
        names,
        diagnostics,
        strict=options.strict_fit,
    )
    diagnostics.stop_on_errors()
    return Compiled(plan, deck)


def render(compiled: Compiled) -> Mapping[str, bytes]:
    """Return the files of a workshop by name."""
    from deckgen.render.documents.write import write_documents  # noqa: PLC0415 (`check` needs none)
    from deckgen.render.pptx.write import write_pptx  # noqa: PLC0415

    name = compiled.plan.name
    documents = write_documents(compiled.plan, compiled.deck.slide_numbers())
    files = {f"{name}.pptx": write_pptx(compiled.deck)}
    return files | {f"{name}.{ending}": text.encode() for ending, text in documents.items()}


def build(path: Path, out: Path, diagnostics: Diagnostics, options: Options = USUAL) -> list[Path]:
    """Write all files of the outline at *path* into `out/NAME/` and return their paths.

    Nothing is written where there are errors, or warnings under `strict`: DeckgenError.
    """
    compiled = check(path, diagnostics, options)
    if options.strict and diagnostics.has_warnings:
        raise DeckgenError(diagnostics)
    return write_files(out, _stem(path), render(compiled), diagnostics)


def _stem(path: Path) -> str:
    return path.stem.strip(".") or "workshop"


def _properties(plan: Plan) -> Properties:
    workshop = plan.workshop
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    created = ""
    if epoch.isdecimal() and len(epoch) < 12:  # until the year 5138
        created = datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Properties(
        title=unmarked(workshop.title),
        author=unmarked(workshop.team.lead or ""),
        subject=unmarked(workshop.purpose or workshop.subtitle or ""),
        language=str(workshop.lang),
        created=created,
    )
