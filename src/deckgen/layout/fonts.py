"""Finds the metrics of a theme's fonts: bundled, from the file that the theme names, or installed.

Bundled metrics are the same everywhere. A file, or a font in a company's template, is read through
fontTools (the extra `fonts`), only for a font that is not bundled; without it a wide font stands in, and
the theme's author is warned. Kerning of such a file is left out: text is then rather planned too wide
than too narrow.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache, lru_cache
from importlib import import_module
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from deckgen.diagnostics import Diagnostics
from deckgen.layout.text import FontMetrics, is_measured, load_metrics
from deckgen.reading.beside import seen_from
from deckgen.theme.model import EmbeddedFont, Font, Theme

SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})
WIDE = ("Arial", "Georgia", "Cambria")
WIDER = 1.1  # DejaVu Sans and Verdana, which readers put in place of others, beside those of `WIDE`
UNSEEN_LINE = 1.36  # ems: Noto Sans and Open Sans, the tallest of common faces
FAKE = 1.06  # a bold that no file gives is drawn wider than the regular face, by less than this
INSTALL = "pip install fonttools to read font files"
MOST_FILES = 40  # of one family
FAMILY, SUBFAMILY, TYPOGRAPHIC_FAMILY = 1, 2, 16  # ids of the name table


class Found(NamedTuple):
    """The faces of a font by (bold, italic); without any, why there are none and what would help."""

    faces: Mapping[tuple[bool, bool], FontMetrics]
    reason: str = ""
    hint: str = ""


def check_fonts(theme: Theme, diagnostics: Diagnostics) -> None:
    """Warn of each font of *theme* whose widths are not known, where it is named."""
    for font in theme.fonts.values():
        found = find_font(font)
        if found.reason:
            message = f"`{font.office}` is not measured: {found.reason}"
            span = font.office.span
            diagnostics.add("font-not-measured", message, span, hints=(found.hint,))


def face_metrics(font: Font, *, bold: bool, italic: bool) -> FontMetrics:
    """Return the metrics of a face of *font*, of the nearest there is, or of a wide stand-in."""
    faces = find_font(font).faces
    if not faces and is_measured(font.office):
        return load_metrics(str(font.office), bold=bold, italic=italic)
    if not faces:
        return _stand_in(bold=bold, italic=italic)
    if (bold, italic) in faces:
        return faces[bold, italic]
    if (bold, not italic) in faces:
        return faces[bold, not italic]
    regular = faces.get((False, italic)) or faces.get((False, False)) or next(iter(faces.values()))
    return _widened(regular) if bold else regular


def line_height(font: Font) -> float:
    """Return the ems to plan for a line at 100 %: the theme's, or more where the font's is taller."""
    found = find_font(font)
    lines = (face.ascent + face.descent + face.line_gap for face in found.faces.values())
    return max((font.line, UNSEEN_LINE if found.reason else 0.0, *lines))


@lru_cache(maxsize=64)
def find_font(font: Font) -> Found:
    """Return the faces of *font* that are not bundled."""
    if is_measured(font.office):
        return Found({})
    try:
        open_font = import_module("fontTools.ttLib")
    except ImportError:
        return Found({}, "font files cannot be read", INSTALL)
    if embedded := _embedded(open_font, font):
        return Found(embedded)
    named = font_files(font)
    paths = named or list(islice(_installed(str(font.office)), MOST_FILES))
    faces: dict[tuple[bool, bool], FontMetrics] = {}
    for path in paths:
        for opened in _open(open_font, path):
            if named or _is_family(opened, str(font.office)):
                faces.setdefault(_style(opened), _metrics(opened, str(font.office)))
    if faces:
        return Found(faces)
    if named:
        reason = f"`{font.file[0]}` is not a readable font file"
        return Found(
            {}, reason, "`file` takes the path of a .ttf or .otf file, relative to the theme"
        )
    hint = "give its file with `file:` under the font, or install it"
    return Found({}, "it is not installed", hint)


def is_installed(family: str) -> bool:
    """Return whether a font file on this machine is called as *family* is."""
    return next(_installed(family), None) is not None


def has_fonts() -> bool:
    """Return whether there is any font file on this machine."""
    return bool(_font_files())


def _embedded(library: Any, font: Font) -> dict[tuple[bool, bool], FontMetrics]:
    """Return the faces of a font that a template holds; a broken one is as good as none."""
    faces: dict[tuple[bool, bool], FontMetrics] = {}
    for data in font.data if isinstance(font, EmbeddedFont) else ():
        with suppress(Exception):  # fontTools has no error of its own for each way to be broken
            opened = library.TTFont(BytesIO(data))
            faces.setdefault(_style(opened), _metrics(opened, str(font.office)))
    return faces


def font_files(font: Font) -> list[Path]:
    """Return the paths of the files that a theme names for *font*."""
    return [_beside(font, name) for name in font.file]


def _beside(font: Font, name: str) -> Path:
    """Return the path of a file as seen from the theme that names it."""
    span = font.office.span
    return seen_from(Path(span.source.name if span else ""), name)


def _installed(family: str) -> Iterator[Path]:
    """Yield the installed files whose names begin like *family*, in order."""
    start = _plain(family)
    return (path for path in _font_files() if _plain(path.stem).startswith(start))


@cache
def _font_files() -> tuple[Path, ...]:
    """Return all installed font files, those of the user first."""
    found: list[Path] = []
    for folder in _folders():
        for parent, _, names in os.walk(folder):
            paths = (Path(parent, name) for name in sorted(names))
            found += [path for path in paths if path.suffix.lower() in SUFFIXES]
    return tuple(found)


def _folders() -> Iterator[Path]:
    home = Path.home()
    if sys.platform == "win32":
        yield Path(os.environ.get("LOCALAPPDATA", home)) / "Microsoft/Windows/Fonts"
        yield Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"
    elif sys.platform == "darwin":
        yield from (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    else:
        yield from (home / ".local/share/fonts", home / ".fonts")
        yield from (Path("/usr/local/share/fonts"), Path("/usr/share/fonts"))


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def _open(library: Any, path: Path) -> Iterable[Any]:
    """Return the fonts in a file, none where it cannot be read."""
    try:
        file = BytesIO(path.read_bytes())
        if path.suffix.lower() in (".ttc", ".otc"):
            return list(library.TTCollection(file).fonts)
        return [library.TTFont(file)]
    except (OSError, ValueError, library.TTLibError):
        return []


def _is_family(opened: Any, family: str) -> bool:
    names = (opened["name"].getDebugName(id) for id in (FAMILY, TYPOGRAPHIC_FAMILY))
    return family.casefold() in {name.casefold() for name in names if name}


def _style(opened: Any) -> tuple[bool, bool]:
    """Return whether a font is bold and italic (OpenType, head.macStyle)."""
    style = opened["head"].macStyle
    return bool(style & 1), bool(style & 2)


def _metrics(opened: Any, family: str) -> FontMetrics:
    """Return the metrics of an opened font, without kerning; heights as LibreOffice takes them."""
    bold, italic = _style(opened)
    em, widths = opened["head"].unitsPerEm, opened["hmtx"].metrics
    os2, hhea = opened["OS/2"], opened["hhea"]
    is_typographic = bool(os2.fsSelection & 1 << 7)
    heights = (
        (os2.sTypoAscender, -os2.sTypoDescender, os2.sTypoLineGap)
        if is_typographic
        else (hhea.ascent, -hhea.descent, hhea.lineGap)
    )
    ascent, descent, line_gap = (height / em for height in heights)
    advances = {chr(code): widths[glyph][0] for code, glyph in opened.getBestCmap().items()}
    return FontMetrics(
        family, bold, italic, ascent, descent, line_gap, em, _with_letters(advances, em), {}
    )


def _with_letters(advances: dict[str, int], em: int) -> dict[str, int]:
    """Return *advances* with those Latin letters that a stand-in is made of."""
    return dict.fromkeys("abcdefghijklmnopqrstuvwxyz", em) | advances


@cache
def _stand_in(*, bold: bool, italic: bool) -> FontMetrics:
    """Return a face whose every character is wider than the widest of the bundled text faces."""
    faces = [load_metrics(family, bold=bold, italic=italic) for family in WIDE]
    em = faces[0].units_per_em
    widths: dict[str, int] = {}
    for face in faces:
        for char, width in face.advances.items():
            widths[char] = max(widths.get(char, 0), round(WIDER * width * em / face.units_per_em))
    first = faces[0]
    return FontMetrics(
        first.family, bold, italic, first.ascent, first.descent, first.line_gap, em, widths, {}
    )


@cache
def _widened(face: FontMetrics) -> FontMetrics:
    advances = {char: round(width * FAKE) for char, width in face.advances.items()}
    return FontMetrics(
        face.family,
        True,
        face.italic,
        face.ascent,
        face.descent,
        face.line_gap,
        face.units_per_em,
        advances,
        {},
    )
