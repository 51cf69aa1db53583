"""Finds themes by name or path and reads them.

A name is looked for where the author works before where deckgen's own are, so that a theme of
one's own may have the name of one that ships: see `find_theme`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from deckgen.diagnostics import Diagnostics, Source, Span, did_you_mean
from deckgen.reading.beside import seen_from
from deckgen.reading.reader import INVALID, Reader
from deckgen.reading.source import Mapping, Node, parse, read_source
from deckgen.theme.check import check_contrast, check_tokens, without_retired
from deckgen.theme.model import Theme
from deckgen.theme.places import data_file, data_folder

FILE = "theme.yaml"
FOLDER = "themes"


def theme_names() -> tuple[str, ...]:
    """Return the names of the themes that ship with deckgen."""
    return tuple(_themes_in(data_folder(FOLDER)))


def own_themes(beside: Path = Path()) -> dict[str, Path]:
    """Return the author's own themes by name: `themes/NAME/theme.yaml` in *beside*."""
    folder = beside / FOLDER
    is_ours = folder.resolve() == data_folder(FOLDER).resolve()
    return {} if is_ours else _themes_in(folder)


def load_theme(
    name: str, diagnostics: Diagnostics, span: Span | None = None, *, beside: Path = Path()
) -> Theme | None:
    """Return the theme called *name* (see `find_theme`), or None where anything is wrong with it.

    Raises DeckgenError where its file cannot be read or is not YAML.
    """
    source = find_theme(name, diagnostics, span, beside=beside)
    theme = read_theme(source, diagnostics) if source else None
    return theme if theme and check_contrast(theme, diagnostics) else None


def find_theme(
    name: str, diagnostics: Diagnostics, span: Span | None = None, *, beside: Path = Path()
) -> Source | None:
    """Return the file of the theme called *name*, or None.

    It is the first that there is of:

    1. the file, or the folder with a `theme.yaml`, at the path *name*: as seen from the outline
       where an outline names it (*span*), else from the current folder
    2. `themes/NAME/theme.yaml` beside the outline, in the folder *beside*
    3. `themes/NAME/theme.yaml` in the current folder
    4. the theme of this name that ships with deckgen
    """
    named = seen_from(Path(span.source.name), name) if span else Path(name)
    for path in _candidates(name, named, beside):
        if _is_file(path):
            return read_source(path, diagnostics)
    if name in theme_names():
        return Source(f"{FOLDER}/{name}/{FILE}", data_file(FOLDER, name, FILE))
    known = [*own_themes(beside), *own_themes(), *theme_names()]
    message = f"there is no theme `{name}`"
    diagnostics.add("unknown-theme", message, span, hints=did_you_mean(name, known))
    return None


def read_theme(source: Source, diagnostics: Diagnostics) -> Theme | None:
    """Return the theme in *source* if all its tokens are sound; its contrast is not yet judged."""
    root = parse(source, diagnostics)
    found = Diagnostics()  # what else is wrong, in the outline, is not the theme's fault
    theme = _theme(root, found)
    diagnostics.extend(found)
    return None if found.has_errors else theme


def _theme(root: Node, found: Diagnostics) -> Theme | None:
    if not isinstance(root, Mapping):
        found.add("wrong-type", "a theme must consist of fields", root.span)
        return None
    root = without_retired(root, found)
    reader = Reader(found)
    values = reader.fields(root, Theme, "a theme")
    check_tokens(root, values, found)
    theme = reader.build(root, Theme, values)
    return None if theme is INVALID else theme


def _candidates(name: str, path: Path, beside: Path) -> Iterator[Path]:
    if path.suffix in (".yaml", ".yml"):
        yield path
    yield path / FILE
    if Path(name).name == name:
        yield beside / FOLDER / name / FILE
        yield Path(FOLDER) / name / FILE


def _themes_in(folder: Path) -> dict[str, Path]:
    if not folder.is_dir():
        return {}
    files = {item.name: item / FILE for item in sorted(folder.iterdir())}
    return {name: path for name, path in files.items() if _is_file(path)}


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name too long for the file system
        return False
