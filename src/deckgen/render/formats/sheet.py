"""Puts pictures of slides on one sheet."""

from __future__ import annotations

import io
from collections.abc import Sequence

COLUMNS, GAP = 4, 12
WIDE = 400  # pixels of a slide
GROUND = (226, 228, 230)
COLOURS = 256


def contact_sheet(pages: Sequence[bytes]) -> bytes:
    """Return a PNG file with *pages*, PNG files of one size, in rows."""
    from PIL import Image  # noqa: PLC0415 (few ask for it)

    opened = [Image.open(io.BytesIO(page)).convert("RGB") for page in pages]
    columns = min(COLUMNS, len(opened))
    rows = -(-len(opened) // columns)
    wide, high = opened[0].size
    sheet = Image.new("RGB", (columns * (wide + GAP) + GAP, rows * (high + GAP) + GAP), GROUND)
    for k, page in enumerate(opened):
        row, column = divmod(k, columns)
        sheet.paste(page, (GAP + column * (wide + GAP), GAP + row * (high + GAP)))
    file = io.BytesIO()
    sheet.quantize(COLOURS).save(file, "PNG", optimize=True)
    return file.getvalue()
