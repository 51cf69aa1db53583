"""Where a picture that is shown whole stands in its place, and what is cut away of one that fills it.

It hangs from the top left of its place, as texts do. Beside words its top is level with theirs, unless
it needs the room beside the title, too; its caption stands right under it.
"""

from __future__ import annotations

from deckgen.boxes import Image, Picture, SlideBoxes
from deckgen.geometry import Rect, inches
from deckgen.layout.frames import PictureFrame
from deckgen.theme.places import SlideLayout

WHOLE = 100_000  # thousandths of a percent
GAP = inches(0.1)  # between a picture and its caption
EDGE = 20  # a picture keeps a twentieth of the slide free where its place ends at the slide's edge


def contained(image: Image, rect: Rect) -> Rect:
    """Return the largest rectangle of the picture's proportions at the top left of *rect*."""
    share = min(rect.w / image.width, rect.h / image.height)
    return Rect(rect.x, rect.y, round(image.width * share), round(image.height * share))


def beside_words(layout: SlideLayout, boxes: SlideBoxes) -> dict[str, Rect]:
    """Return where a picture shown whole, and its caption, stand beside words; nothing for others."""
    picture = boxes.boxes.get("picture")
    if not isinstance(picture, Picture) or picture.fit == "cover" or "body" not in layout.places:
        return {}
    assert picture.image is not None, "pictures are read before layout"
    room, level = _inside(layout), layout.places["body"].rect.y
    caption = layout.places["caption"].rect.h if "caption" in boxes.boxes else 0
    found = contained(picture.image, room._replace(h=room.h - caption - bool(caption) * GAP))
    lowest = room.bottom - caption - bool(caption) * GAP - found.h
    found = found._replace(y=max(room.y, min(level, lowest)))
    return {
        "picture": found,
        "caption": Rect(room.x, found.bottom + GAP, room.w, caption or room.h),
    }


def share_cut(frame: PictureFrame) -> float:
    """Return the share of a picture's area that is cut away, from 0 to 1."""
    left, top, right, bottom = (each / WHOLE for each in frame.crop)
    return 1 - (1 - left - right) * (1 - top - bottom)


def _inside(layout: SlideLayout) -> Rect:
    """Return the place of the picture, clear of the slide's edges."""
    rect, slide = layout.places["picture"].rect, layout.grid.slide
    edge = slide.w // EDGE
    x, right = max(rect.x, edge), min(rect.right, slide.w - edge)
    y, bottom = max(rect.y, layout.title.rect.y), min(rect.bottom, slide.h - edge)
    return Rect(x, y, max(1, right - x), max(1, bottom - y))
