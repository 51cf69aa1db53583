"""Draws the picture that stands for a video or a sound recording without a poster, in the theme's colours."""

from __future__ import annotations

import io
from functools import cache

from deckgen.boxes import Image
from deckgen.geometry import Rect
from deckgen.layout.frames import PlayerFrame
from deckgen.layout.player import mark_of
from deckgen.theme.model import Theme

WIDE = 1280  # pixels
FINER = 2  # times as large it is drawn, for smooth edges


def draw_mark(frame: PlayerFrame, theme: Theme) -> Image:
    """Return the picture of a play mark in the shape of *frame*."""
    high = max(1, round(WIDE * frame.rect.h / frame.rect.w))
    return _drawn(high, theme.rgb(frame.ground), theme.rgb(frame.ink), frame.is_sound)


@cache
def _drawn(high: int, ground: str, ink: str, is_sound: bool) -> Image:
    from PIL import Image as Pillow  # noqa: PLC0415 (few decks need it)
    from PIL import ImageDraw  # noqa: PLC0415

    size = WIDE * FINER, high * FINER
    picture = Pillow.new("RGB", size, f"#{ground}")
    draw = ImageDraw.Draw(picture)
    mark = mark_of(Rect(0, 0, *size), is_sound=is_sound)
    (x, y), r = mark.middle, mark.radius
    draw.ellipse((x - r, y - r, x + r, y + r), fill=f"#{ink}")
    draw.polygon(list(mark.triangle), fill=f"#{ground}")
    for bar in mark.bars:
        draw.rectangle((bar.x, bar.y, bar.right, bar.bottom), fill=f"#{ink}")
    buffer = io.BytesIO()
    small = picture.resize((WIDE, high), Pillow.Resampling.LANCZOS)
    small.quantize(64).save(buffer, "PNG", optimize=True)
    return Image(buffer.getvalue(), "png", WIDE, high)
