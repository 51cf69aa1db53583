"""Draws a deck with LibreOffice: as PDF, and page by page as pictures."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from deckgen.diagnostics import Diagnostics
from deckgen.render.formats.needs import fail, find_libreoffice, run

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


def pictures(pdf: bytes, wide: int) -> Iterator[bytes]:
    """Yield the pages of a PDF file as PNG files, *wide* pixels each."""
    import pypdfium2  # noqa: PLC0415 (an extra)

    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            drawn = page.render(scale=wide / page.get_width()).to_pil()
            yield _png(drawn.convert("RGB"))
    finally:
        document.close()


def _png(image: Image) -> bytes:
    """Return a picture in few colours: slides are flat, and photographs stay readable."""
    file = io.BytesIO()
    image.quantize(COLOURS).save(file, "PNG", optimize=True)
    return file.getvalue()


def _undated(pdf: bytes) -> bytes:
    """Return *pdf* without its date and number, every byte at its place."""
    head, trailer, tail = pdf.rpartition(b"trailer")
    head = _DATE.sub(
        lambda match: b"19700101000000Z".ljust(len(match[0]), b"'")[: len(match[0])], head
    )
    return head + trailer + _NUMBER.sub(b"0" * 32, tail)
