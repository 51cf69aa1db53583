"""Installs Gelasio, the open twin of Georgia, for LibreOffice: no Debian package holds it.

Reads the web fonts of the npm package @fontsource/gelasio in the folder given, and writes
TrueType files to the user's font folder: `python install_gelasio.py NODE_MODULES`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

STYLES = {
    "400-normal": "Regular",
    "700-normal": "Bold",
    "400-italic": "Italic",
    "700-italic": "BoldItalic",
}
SUBSETS = ("latin", "latin-ext")
FONTS = Path.home() / ".local/share/fonts/gelasio"


def main(modules: Path) -> None:
    """Write one font file for each style."""
    FONTS.mkdir(parents=True, exist_ok=True)
    for style, name in STYLES.items():
        parts = [FONTS / f"{subset}-{style}.part" for subset in SUBSETS]
        for subset, part in zip(SUBSETS, parts, strict=True):
            file = modules / "@fontsource/gelasio/files" / f"gelasio-{subset}-{style}.woff2"
            font = TTFont(file)
            font.flavor = None
            font.save(part)
        Merger().merge([str(part) for part in parts]).save(FONTS / f"Gelasio-{name}.ttf")
        for part in parts:
            part.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
