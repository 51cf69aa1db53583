"""Turns a theme and a slide layout into what slides stand on: ground, bands, rules, boxes, bullets.

Slides inherit it; a writer draws it where its format has slide masters, or else under each slide.
Colours are scheme colours, lengths EMU.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from deckgen.geometry import Rect, inches, points
from deckgen.layout.frames import Bullet, ShapeFrame
from deckgen.theme.model import Theme
from deckgen.theme.places import COLUMN_RULE, FULL, HORIZON, SLIDE, STRIP, Place, SlideLayout

BULLET = "\u25a0"
DASH = "\u2013"
TITLE_RULE_Y = inches(2.14)
HEAD_RULE_Y = inches(0.90)
RULE = inches(12.0)
EDGE = inches(0.14)
FRAME, FRAME_BOTTOM = inches(0.34), inches(6.78)


class Ground(NamedTuple):
    """What slides of a slide layout stand on: the colour, and shapes on it from back to front."""

    colour: str
    shapes: tuple[ShapeFrame, ...]


class Box(NamedTuple):
    """The box of a placeholder: its fill, its line (points, colour), the radius of its corners."""

    fill: str | None
    line: tuple[float, str] | None
    radius: int


def page_ground(theme: Theme) -> str:
    """Return the colour of slides whose layout has no ground of its own."""
    return theme.scheme("page", "ground")


def own_ground(theme: Theme, layout: SlideLayout) -> str | None:
    """Return the colour of slides of *layout* where it is not that of the page."""
    is_full = layout.name in FULL and theme.decoration.full == "fill"
    return theme.scheme("full", "ground") if is_full else None


def ground(theme: Theme, layout: SlideLayout) -> Ground:
    """Return what slides of *layout* stand on."""
    colour = own_ground(theme, layout) or page_ground(theme)
    return Ground(colour, tuple(_shapes(theme, layout)))


def box_of(theme: Theme, place: Place) -> Box | None:
    """Return the box of a chip or an option; an outlined theme draws a line instead of a fill."""
    if place.name != "time_chip" and place.style != "option":
        return None
    radius = inches(theme.shape.radius)
    if theme.decoration.chip == "outline":
        role = "line" if place.style == "option" else "time_ink"
        return Box(None, (theme.shape.rule, theme.scheme(place.area, role)), radius)
    role = "time" if place.style == "chip" else "panel"
    return Box(theme.scheme(place.area, role), None, radius)


def bullet_of(theme: Theme, place: Place, level: int) -> Bullet:
    """Return the bullet of a list level: a square, below it a dash."""
    colour = theme.scheme(place.area, "key")
    return Bullet(BULLET, colour, 70) if level == 0 else Bullet(DASH, colour, 100)


def _shapes(theme: Theme, layout: SlideLayout) -> Iterator[ShapeFrame]:
    look = theme.decoration
    if layout.name == "Statement" and look.full == "frame":
        rect = Rect(FRAME, FRAME, SLIDE.w - 2 * FRAME, FRAME_BOTTOM - FRAME)
        yield ShapeFrame("frame", rect, line=(theme.shape.heavy, theme.scheme("full", "key")))
    if layout.mode == "pause" and layout.name not in FULL:
        yield from _pause_grounds(theme)
    below_strip = Rect(0, STRIP, SLIDE.w, SLIDE.h - STRIP)
    if layout.name == "Answer":
        yield ShapeFrame("answer ground", below_strip, theme.scheme("answer", "ground"))
    elif layout.mode == "do" and look.strip == "fill":
        yield ShapeFrame("strip", below_strip, theme.scheme("strip", "ground"))
    if look.top_rule == "edge":
        yield ShapeFrame("edge", Rect(0, 0, SLIDE.w, EDGE), theme.scheme("page", "text"))
    if layout.mode != "pause":
        yield from _rules(theme, layout)


def _pause_grounds(theme: Theme) -> Iterator[ShapeFrame]:
    """Yield the grounds above and below the horizon."""
    if theme.decoration.sky == "fill":
        yield ShapeFrame("sky", Rect(0, 0, SLIDE.w, HORIZON), theme.scheme("sky", "ground"))
    below = theme.scheme("below", "ground")
    if below != page_ground(theme):
        yield ShapeFrame("below", Rect(0, HORIZON, SLIDE.w, SLIDE.h - HORIZON), below)


def _rules(theme: Theme, layout: SlideLayout) -> Iterator[ShapeFrame]:
    """Yield the rules of slides that people listen to or work with."""
    look, hairline = theme.decoration, points(theme.shape.hairline)
    line, x = theme.scheme("page", "line"), layout.title.rect.x
    if look.top_rule == "head":
        yield ShapeFrame("head rule", Rect(x, HEAD_RULE_Y, RULE, hairline), line)
    if look.title_rule == "below" and layout.mode == "talk":
        width = layout.title.rect.w if "picture" in layout.places else RULE
        yield ShapeFrame("title rule", Rect(x, TITLE_RULE_Y, width, hairline), line)
    if layout.name == "Key Message" and look.column_rule:
        message, side = layout.places["message"].rect, layout.places["points"].rect
        heavy = Rect(message.x, COLUMN_RULE, message.w, points(theme.shape.heavy))
        yield ShapeFrame("message rule", heavy, theme.scheme("page", "key"))
        yield ShapeFrame("points rule", Rect(side.x, COLUMN_RULE, side.w, hairline), line)
