"""`make visual` and `make gallery`: contact sheets of decks as LibreOffice draws them.

`visual` draws the shortest starter with its documents, the panel workshop and a row of each other starter into
docs/pictures/; `gallery` draws every kind of block in every theme into docs/gallery/. Needs LibreOffice, poppler
and weasyprint; Pillow, which python-pptx brings, puts the pages on one sheet.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from itertools import cycle
from pathlib import Path

from PIL import Image

from deckgen.cli.new import STARTERS, USUAL_STARTER
from deckgen.compiler import Options, check, make_build, render
from deckgen.diagnostics import Diagnostics
from deckgen.outline.load import load_outlines
from deckgen.theme.load import theme_names

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
GAP, COLOURS = 12, 128
SHEET, IN_A_ROW = 1400, 5
SHOWN = 0.45  # of a page
DOCUMENTS = {"facilitator-notes": 4, "run-sheet": 0, "handout": 0}  # and which page is shown
GROUND = (226, 228, 230)


def main(what: str) -> None:
    """Write the contact sheets of *what*: visual or gallery."""
    with tempfile.TemporaryDirectory() as folder:
        if what == "gallery":
            for theme in theme_names():
                pages = pages_of(DOCS / "gallery/gallery.yaml", Path(folder), theme)
                save(contact_sheet(pages, wide=270, columns=6), DOCS / "gallery" / f"{theme}.png")
        else:
            draw_starters(Path(folder))
            pages = pages_of(ROOT / "outlines/phd-in-ml.yaml", Path(folder))
            save(contact_sheet(pages, wide=440, columns=4), DOCS / "pictures/phd-in-ml.png")


def draw_starters(folder: Path) -> None:
    """Draw the shortest starter, slides above documents, and a row of slides of each other one."""
    first = ROOT / f"outlines/{USUAL_STARTER}.yaml"
    slides, documents = pages_of(first, folder), documents_of(first, folder)
    columns = len(slides)
    above = contact_sheet(slides, wide=(SHEET - GAP) // columns - GAP, columns=columns)
    columns = len(documents)
    wide = (SHEET - GAP) // columns - GAP
    below = contact_sheet(documents, wide=wide, columns=columns, ratio=SHOWN * 297 / 210)
    save(stacked([above, below]), DOCS / f"pictures/{USUAL_STARTER}.png")
    rows = []
    others = [name for name in STARTERS if name not in (USUAL_STARTER, "phd-in-ml")]
    for name, theme in zip(others, cycle(theme_names())):
        outline = ROOT / f"outlines/{name}.yaml"
        pages = pages_of(outline, folder, theme)
        shown = [pages[k] for k in of_different_forms(outline)]
        rows.append(contact_sheet(shown, wide=(SHEET - GAP) // IN_A_ROW - GAP, columns=IN_A_ROW))
    save(stacked(rows), DOCS / "pictures/starters.png")


def of_different_forms(outline: Path) -> list[int]:
    """Return which slides of *outline* are the first of their form, as many as go in a row."""
    slides = check(outline, Diagnostics())[0].deck.slides()
    layouts = [slide.slide_layout for slide in slides]
    return sorted({layouts.index(layout) for layout in layouts if layout != "Agenda"})[:IN_A_ROW]


def pages_of(outline: Path, folder: Path, theme: str | None = None) -> list[Image.Image]:
    """Return the slides of *outline* as LibreOffice draws them."""
    files = render(check(outline, Diagnostics(), Options(theme))[0])
    name = f"{outline.stem}-{theme}"
    deck = folder / f"{name}.pptx"
    deck.write_bytes(next(iter(files.values())))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*convert, str(deck)], check=True, capture_output=True, timeout=120)
    return drawn(folder / f"{name}.pdf", resolution=60)


def documents_of(outline: Path, folder: Path) -> list[Image.Image]:
    """Return the top of a page of each document of *outline*, as a PDF file shows it."""
    outlines = load_outlines(outline, Diagnostics())
    files = make_build(outlines, Diagnostics(), Options(formats=("pdf",))).files
    pages = []
    for document, number in DOCUMENTS.items():
        name = f"{outline.stem}.{document}.pdf"
        (folder / name).write_bytes(files[name])
        page = drawn(folder / name, resolution=90)[number]
        pages.append(page.crop((0, 0, page.width, round(SHOWN * page.height))))
    return pages


def drawn(pdf: Path, resolution: int) -> list[Image.Image]:
    """Return the pages of a PDF file as poppler draws them."""
    pages = pdf.with_suffix("")
    pages.mkdir(exist_ok=True)
    command = ["pdftoppm", "-r", str(resolution), "-png", str(pdf), str(pages / "page")]
    subprocess.run(command, check=True)
    return [Image.open(page).convert("RGB") for page in sorted(pages.glob("page*.png"))]


def contact_sheet(
    pages: list[Image.Image], *, wide: int, columns: int, ratio: float = 9 / 16
) -> Image.Image:
    """Return the pages, *wide* pixels each and *ratio* times as high, *columns* in a row."""
    high = round(wide * ratio)
    rows = -(-len(pages) // columns)
    size = (columns * (wide + GAP) + GAP, rows * (high + GAP) + GAP)
    sheet = Image.new("RGB", size, GROUND)
    for k, page in enumerate(pages):
        row, column = divmod(k, columns)
        small = page.resize((wide, high), Image.Resampling.LANCZOS)
        sheet.paste(small, (GAP + column * (wide + GAP), GAP + row * (high + GAP)))
    return sheet


def stacked(sheets: list[Image.Image]) -> Image.Image:
    """Return *sheets* under each other, with one gap between two."""
    high = sum(sheet.height - GAP for sheet in sheets) + GAP
    whole = Image.new("RGB", (max(sheet.width for sheet in sheets), high), GROUND)
    top = 0
    for sheet in sheets:
        whole.paste(sheet, (0, top))
        top += sheet.height - GAP
    return whole


def save(sheet: Image.Image, target: Path) -> None:
    """Write the sheet as a small PNG file."""
    target.parent.mkdir(exist_ok=True)
    sheet.quantize(COLOURS).save(target, optimize=True)
    print(f"wrote {target.relative_to(ROOT)} ({target.stat().st_size // 1000} kB)")


if __name__ == "__main__":
    main(sys.argv[1])
