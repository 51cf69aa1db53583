"""Makes font files whose widths a test knows."""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph

EM = 1000
LETTERS = "abcdefghijklmnopqrstuvwxyz "


def write_font(path: Path, *, width: int, family: str = "House Sans", bold: bool = False) -> None:
    """Write a font whose letters are all *width* thousandths of an em wide."""
    glyphs = [".notdef", *(f"g{k}" for k in range(len(LETTERS)))]
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap({ord(char): glyph for char, glyph in zip(LETTERS, glyphs[1:], strict=True)})  # fmt: skip
    builder.setupGlyf({glyph: Glyph() for glyph in glyphs})
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (width, 0)))
    builder.setupHorizontalHeader(ascent=1100, descent=-300)
    builder.setupNameTable({"familyName": family, "styleName": "Bold" if bold else "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.font["head"].macStyle = int(bold)
    path.parent.mkdir(exist_ok=True, parents=True)
    builder.save(path)
