"""`make visual` and `make gallery`: contact sheets of decks as LibreOffice draws them.

`visual` draws the shipped outlines into docs/pictures/, `gallery` every kind of block in every theme into
docs/gallery/. Needs LibreOffice and poppler; Pillow, which python-pptx brings, puts the pages on one sheet.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from deckgen.compiler import Options, check, render
from deckgen.diagnostics import Diagnostics
from deckgen.theme.load import theme_names

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
GAP, COLOURS = 12, 64
GROUND = (226, 228, 230)


def main(what: str) -> None:
    """Write the contact sheets of *what*: visual or gallery."""
    with tempfile.TemporaryDirectory() as folder:
        if what == "gallery":
            for theme in theme_names():
                pages = pages_of(DOCS / "gallery/gallery.yaml", Path(folder), theme)
                save(contact_sheet(pages, wide=270, columns=6), DOCS / "gallery" / f"{theme}.png")
        else:
            for outline in sorted((ROOT / "outlines").glob("*.yaml")):
                pages = pages_of(outline, Path(folder))
                save(
                    contact_sheet(pages, wide=440, columns=4),
                    DOCS / "pictures" / f"{outline.stem}.png",
                )


def pages_of(outline: Path, folder: Path, theme: str | None = None) -> list[Image.Image]:
    """Return the slides of *outline* as LibreOffice draws them."""
    files = render(check(outline, Diagnostics(), Options(theme)))
    name = f"{outline.stem}-{theme}"
    deck = folder / f"{name}.pptx"
    deck.write_bytes(next(iter(files.values())))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*convert, str(deck)], check=True, capture_output=True, timeout=120)
    pages = folder / name
    pages.mkdir(exist_ok=True)
    pdf = folder / f"{name}.pdf"
    subprocess.run(["pdftoppm", "-r", "60", "-png", str(pdf), str(pages / "page")], check=True)
    return [Image.open(page).convert("RGB") for page in sorted(pages.glob("page*.png"))]


def contact_sheet(pages: list[Image.Image], *, wide: int, columns: int) -> Image.Image:
    """Return the pages, *wide* pixels each, *columns* in a row."""
    high = round(wide * 9 / 16)
    rows = -(-len(pages) // columns)
    size = (columns * (wide + GAP) + GAP, rows * (high + GAP) + GAP)
    sheet = Image.new("RGB", size, GROUND)
    for k, page in enumerate(pages):
        row, column = divmod(k, columns)
        small = page.resize((wide, high), Image.Resampling.LANCZOS)
        sheet.paste(small, (GAP + column * (wide + GAP), GAP + row * (high + GAP)))
    return sheet


def save(sheet: Image.Image, target: Path) -> None:
    """Write the sheet as a small PNG file."""
    target.parent.mkdir(exist_ok=True)
    sheet.quantize(COLOURS).save(target, optimize=True)
    print(f"wrote {target.relative_to(ROOT)} ({target.stat().st_size // 1000} kB)")


if __name__ == "__main__":
    main(sys.argv[1])
