"""Draws a deck: as PDF with LibreOffice, slide by slide as pictures with resvg.

resvg takes the fonts of the machine, and those that the theme or the template brings. Where a face is
missing another stands in; the slides keep each run to its place (`render/svg/text.py`).
"""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from deckgen.diagnostics import Diagnostics
from deckgen.layout.fonts import font_files
from deckgen.render.formats.needs import fail, find_libreoffice, run
from deckgen.theme.model import EmbeddedFont, Font

if TYPE_CHECKING:
    from PIL.Image import Image

SECONDS = 180
WIDE = 1600  # pixels of a slide for `--to deck-png`
THUMBNAIL = 480  # and of a thumbnail, which is shown at half that
COLOURS = 128

# What differs from run to run in a PDF file by LibreOffice: its date, its number, its checksum.
_DATE = re.compile(rb"(?<=/CreationDate\(D:)\d{14}[^)]*(?=\))")
_NUMBER = re.compile(rb"(?<=[<])[0-9A-F]{32}(?=>)|(?<=/DocChecksum /)[0-9A-F]{32}")


def deck_pdf(deck: bytes, found: Diagnostics) -> bytes:
    """Return the .pptx file *deck* as PDF.

    LibreOffice runs with a profile of its own, so it leaves a running one and its settings alone.
    """
    program = find_libreoffice()
    assert program is not None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        folder = Path(place)
        (folder / "deck.pptx").write_bytes(deck)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        convert = ("--headless", "--convert-to", "pdf", "--outdir", place)
        command = (program, profile, *convert, str(folder / "deck.pptx"))
        run(command, b"", "a PDF file of the deck", SECONDS, found)
        written = folder / "deck.pdf"
        if not written.is_file():
            fail("a PDF file of the deck", "LibreOffice wrote none", found)
        return _undated(written.read_bytes())


class Drawing(NamedTuple):
    """A deck to be drawn: its slides as SVG, made when they are asked for, and its fonts."""

    slides: Callable[[], Iterable[str]]
    fonts: Sequence[Font] = ()


def pictures(drawing: Drawing, wide: int) -> Iterator[bytes]:
    """Yield the slides of a deck as PNG files, *wide* pixels each."""
    import resvg_py  # noqa: PLC0415 (an extra)

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        files = list(_font_files(drawing.fonts, Path(place)))
        for slide in drawing.slides():
            drawn = resvg_py.svg_to_bytes(svg_string=slide, width=wide, font_files=files)
            yield _png(_opened(bytes(drawn)))


def pages(pdf: bytes, wide: int) -> Iterator[bytes]:
    """Yield the pages of a PDF file as PNG files, *wide* pixels each."""
    import pypdfium2  # noqa: PLC0415 (an extra)

    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            yield _png(page.render(scale=wide / page.get_width()).to_pil())
    finally:
        document.close()


def _font_files(fonts: Iterable[Font], folder: Path) -> Iterator[str]:
    """Yield the files of fonts that need not be installed; those in a template go to *folder*."""
    for number, font in enumerate(fonts):
        yield from (str(path) for path in font_files(font) if path.is_file())
        for part, data in enumerate(font.data if isinstance(font, EmbeddedFont) else ()):
            file = folder / f"{number}-{part}.ttf"
            file.write_bytes(data)
            yield str(file)


def _opened(png: bytes) -> Image:
    from PIL import Image as Pillow  # noqa: PLC0415 (few ask for it)

    return Pillow.open(io.BytesIO(png))


def _png(image: Image) -> bytes:
    """Return a picture in few colours: slides are flat, and photographs stay readable."""
    file = io.BytesIO()
    image.convert("RGB").quantize(COLOURS).save(file, "PNG", optimize=True)
    return file.getvalue()


def _undated(pdf: bytes) -> bytes:
    """Return *pdf* without its date and number, every byte at its place."""
    head, trailer, tail = pdf.rpartition(b"trailer")
    head = _DATE.sub(
        lambda match: b"19700101000000Z".ljust(len(match[0]), b"'")[: len(match[0])], head
    )
    return head + trailer + _NUMBER.sub(b"0" * 32, tail)
