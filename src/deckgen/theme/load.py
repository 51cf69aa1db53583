"""Finds themes by name or path and reads them."""

from __future__ import annotations

from pathlib import Path

from deckgen.diagnostics import Diagnostics, Source, Span, did_you_mean
from deckgen.reading.reader import INVALID, Reader
from deckgen.reading.source import Mapping, parse, read_source
from deckgen.theme.model import Theme
from deckgen.theme.places import data_file, data_folder

FILE = "theme.yaml"


def theme_names() -> tuple[str, ...]:
    """Return the names of the themes that ship with deckgen."""
    folder = data_folder("themes")
    return tuple(sorted(item.name for item in folder.iterdir() if item.joinpath(FILE).is_file()))


def load_theme(name: str, diagnostics: Diagnostics, span: Span | None = None) -> Theme | None:
    """Return the theme called *name*, or in the file or folder at that path; else None.

    *span* is where an outline names it. Raises DeckgenError where the file cannot be read.
    """
    source = _find(name, diagnostics)
    if source is None:
        hints = did_you_mean(name, theme_names())
        diagnostics.add("unknown-theme", f"there is no theme `{name}`", span, hints=hints)
        return None
    root = parse(source, diagnostics)
    reader = Reader(diagnostics)
    if not isinstance(root, Mapping):
        diagnostics.add("wrong-type", "a theme takes fields", root.span)
        return None
    theme = reader.build(root, Theme, reader.fields(root, Theme, "a theme"))
    return None if theme is INVALID or diagnostics.has_errors else theme


def _find(name: str, diagnostics: Diagnostics) -> Source | None:
    if name in theme_names():
        return Source(f"themes/{name}/{FILE}", data_file("themes", name, FILE))
    path = Path(name)
    for candidate in (path, path / FILE):
        if candidate.suffix in (".yaml", ".yml") and _is_file(candidate):
            return read_source(candidate, diagnostics)
    return None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name too long for the file system
        return False
