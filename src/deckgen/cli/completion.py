"""What the shell completes: names of ours, and audiences and sessions of the outline in the command line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from deckgen.outline.model import Outline


def themes(
    _context: click.Context, _option: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the themes that ship with deckgen and those in the working folder, then files."""
    from deckgen.theme.load import own_themes, theme_names  # noqa: PLC0415 (help needs none)

    named = _beginning([*own_themes(), *theme_names()], incomplete)
    return named or [CompletionItem(incomplete, type="file")]


def audiences(
    context: click.Context, _option: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the audiences of the outlines in the command line."""
    names = [name for outline in _outlines(context) for name in outline.audiences]
    return _beginning(names, incomplete)


def sessions(
    context: click.Context, _option: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the sessions of the outlines in the command line."""
    found = (session for outline in _outlines(context) for session in outline.workshop.sessions)
    return _beginning([str(session.id) for session in found], incomplete)


def kinds(
    _context: click.Context, _argument: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the kinds of blocks."""
    from deckgen.blocks import KINDS  # noqa: PLC0415 (help needs none)

    return _beginning(KINDS, incomplete)


def methods(
    _context: click.Context, _argument: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the facilitation methods."""
    from deckgen.methods import load_methods  # noqa: PLC0415 (help needs none)

    return _beginning(load_methods(), incomplete)


def findings(
    _context: click.Context, _argument: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the ids of findings."""
    from deckgen.catalogue import CATALOGUE  # noqa: PLC0415 (help needs none)

    return _beginning(CATALOGUE, incomplete)


def _beginning(names: Iterable[str], incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(n) for n in dict.fromkeys(names) if n.startswith(incomplete)]


def _outlines(context: click.Context) -> Iterable[Outline]:
    """Yield the outlines that the command line names, as far as they can be read."""
    from deckgen.diagnostics import DeckgenError, Diagnostics  # noqa: PLC0415
    from deckgen.outline.load import load_outlines  # noqa: PLC0415

    named = context.params.get("outlines") or context.params.get("outline") or ()
    paths = [*(named if isinstance(named, tuple) else (named,)), *context.args]  # not yet parsed
    for path in map(Path, paths):
        try:
            if path.suffix in (".yaml", ".yml"):
                yield load_outlines(path, Diagnostics()).by_audience[None]
        except DeckgenError:
            continue
