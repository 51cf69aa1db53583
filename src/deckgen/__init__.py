r"""deckgen: one YAML workshop outline becomes a PowerPoint deck and the documents to run it.

The steps, each with one value and one verb (`compiler.py` runs them):

    outline.yaml -load-> Outlines -make_plan-> Plan -compose-> boxes -lay_out-> Deck -write_pptx-> .pptx
                                                \-write_documents-> facilitator notes, run sheet, handout

Programs call `load`, `check`, `build` and `write` (docs/api.md); they are imported when first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deckgen.version import __version__

if TYPE_CHECKING:
    from deckgen.api import Built, Checked, Loaded, build, check, load, write
    from deckgen.catalogue import Severity
    from deckgen.compiler import Compiled, Options
    from deckgen.diagnostics import DeckgenError, Diagnostic, Span
    from deckgen.outline.changes import Changes
    from deckgen.outline.model import Outline, Outlines
    from deckgen.render.documents.options import DocumentOptions


__all__ = [
    "Built",
    "Changes",
    "Checked",
    "Compiled",
    "DeckgenError",
    "Diagnostic",
    "DocumentOptions",
    "Loaded",
    "Options",
    "Outline",
    "Outlines",
    "Severity",
    "Span",
    "__version__",
    "build",
    "check",
    "load",
    "write",
]

_HOMES = {
    "deckgen.api": ("Built", "Checked", "Loaded", "build", "check", "load", "write"),
    "deckgen.compiler": ("Compiled", "Options"),
    "deckgen.catalogue": ("Severity",),
    "deckgen.diagnostics": ("DeckgenError", "Diagnostic", "Span"),
    "deckgen.outline.changes": ("Changes",),
    "deckgen.outline.model": ("Outline", "Outlines"),
    "deckgen.render.documents.options": ("DocumentOptions",),
}


def __getattr__(name: str) -> Any:
    """Import a public name from its module: the command line starts without the whole compiler."""
    from importlib import import_module  # noqa: PLC0415

    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module `deckgen` has no attribute `{name}`")


def __dir__() -> list[str]:
    return sorted((*globals(), *__all__))
