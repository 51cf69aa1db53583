"""The title over a picture that fills the slide: on a ground of its own, so that any picture will do.

The ground is the theme's, in which its contrasts are checked; it is as large as the words, and begins
at the edge of the slide.
"""

from __future__ import annotations

from typing import NamedTuple

from deckgen.boxes import Picture, SlideBoxes, TextBox
from deckgen.geometry import Rect, inches
from deckgen.layout import text_box
from deckgen.layout.contained import contained
from deckgen.layout.decoration import ground
from deckgen.layout.frames import ShapeFrame
from deckgen.layout.text_format import form_of, level_style, natural_width
from deckgen.theme.model import Theme
from deckgen.theme.places import SlideLayout

NAME = "Full Picture"
PAD = inches(0.28)
GAP = inches(0.08)


def whole(picture: Picture, place: Rect) -> Rect:
    """Return where a picture stands that is shown whole: at the top right, the title is at the bottom left."""
    if picture.fit == "cover" or picture.image is None:
        return place
    found = contained(picture.image, place)
    return found._replace(x=place.right - found.w)


class Titled(NamedTuple):
    """The ground, and the places of title and credit on it."""

    panel: ShapeFrame
    title: Rect
    credit: Rect


def over_picture(theme: Theme, layout: SlideLayout, boxes: SlideBoxes, title: TextBox) -> Titled:
    """Return where the title and the credit stand, at the bottom of their places."""
    pad, gap = layout.grid.scaled(PAD), layout.grid.scaled(GAP)
    place, under = layout.title, layout.places["credit"]
    steps = text_box.steps_to_fit(theme, place, title, place.rect)
    down = text_box.floor_steps(theme, place, title) if steps is None else steps
    high = min(place.rect.h, text_box.height_at(theme, place, title, place.rect.w, down))
    wide = _width(theme, layout, "title", title, down)
    credit, low = boxes.boxes.get("credit"), 0
    if isinstance(credit, TextBox):
        low = min(under.rect.h, text_box.height_at(theme, under, credit, under.rect.w, 0))
        wide = max(wide, _width(theme, layout, "credit", credit, 0))
    bottom = under.rect.bottom
    credit_rect = under.rect._replace(y=bottom - low, h=max(1, low))
    title_rect = place.rect._replace(y=bottom - low - bool(low) * gap - high, h=high)
    right = min(layout.grid.slide.w, title_rect.x + wide + pad)
    top = title_rect.y - pad
    fill = layout.sheets[0].fill if layout.sheets else ground(theme, layout).colour
    panel = ShapeFrame("title ground", Rect(0, top, right, bottom + pad - top), fill)
    return Titled(panel, title_rect, credit_rect)


def _width(theme: Theme, layout: SlideLayout, name: str, box: TextBox, steps: int) -> int:
    """Return the width of a text on one line, no more than its place has."""
    place = layout.places[name]
    form = form_of(theme, level_style(place, 0), place.area, steps)
    if place.align != "l":
        return place.rect.w
    longest = max(natural_width(paragraph.runs, form) for paragraph in box.paragraphs)
    return min(place.rect.w, longest)
