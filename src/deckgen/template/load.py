"""From a path to a template that the engine can lay slides out on."""

from __future__ import annotations

from pathlib import Path

from deckgen.diagnostics import Diagnostics, Span
from deckgen.template.arrange import make_brand
from deckgen.template.brand import Brand
from deckgen.template.mapping import read_mapping
from deckgen.template.match import RARE
from deckgen.template.package import TemplateError, report
from deckgen.template.read import load_template
from deckgen.theme.load import load_theme
from deckgen.theme.model import Theme

SIZES = "clear"  # the theme whose sizes hold for what the template has no style for


def load_brand(
    path: Path, diagnostics: Diagnostics, span: Span | None = None, mapping: Path | None = None
) -> tuple[Brand | None, Theme | None]:
    """Return the template at *path* and the theme made of it; nothing where anything is wrong.

    *mapping* is a file that says which slide layouts to take.
    """
    template = load_template(path, diagnostics, span)
    if template is None:
        return None, None
    chosen = read_mapping(mapping, template, diagnostics) if mapping else {}
    clear = load_theme(SIZES, diagnostics)
    if chosen is None or clear is None:
        return None, None
    try:
        brand, theme = make_brand(template, clear, chosen)
    except TemplateError as error:
        report(error, path, diagnostics, span)
        return None, None
    report_fallbacks(brand, diagnostics, span)
    return brand, theme


def report_fallbacks(brand: Brand, diagnostics: Diagnostics, span: Span | None) -> None:
    """Add a note for each of our usual slide layouts that the template has no like of."""
    if brand.template.added:
        diagnostics.add("template-layout", f"{brand.template.added}: one is added", span)
    by_reason: dict[tuple[str, str], list[str]] = {}
    for name, found in brand.matches.items():
        if found.is_fallback and name not in RARE:
            key = ("; ".join(found.why_not), found.layout.name)
            by_reason.setdefault(key, []).append(name)
    for (why, layout), names in by_reason.items():
        message = f"{', '.join(names)}: {why}; `{layout}` is used instead"
        diagnostics.add("template-layout", message, span)
