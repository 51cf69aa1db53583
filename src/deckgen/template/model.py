"""What a template is once read: masters, slide layouts, placeholders, fixed shapes, colours, fonts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from deckgen.geometry import Rect
from deckgen.template.canvas import Canvas
from deckgen.template.package import Package
from deckgen.theme.model import EmbeddedFont

TITLES = ("title", "ctrTitle")
FOOTERS = ("ftr", "sldNum", "dt")
BODIES = ("body", "obj", "subTitle")  # what takes text
LARGE_MARK = 0.72  # of the slide, each way: a shape that large is ground, not an obstacle


class Level(NamedTuple):
    """How a list level of a placeholder looks, with all that it inherits.

    Sizes and distances in points, line spacing in percent, indents in EMU; `face` is heading, body
    or the name of a font, `colour` RRGGBB where it is known.
    """

    size: float = 18.0
    bold: bool = False
    italic: bool = False
    caps: bool = False
    line: float = 100.0
    before: float = 0.0
    margin: int = 0
    indent: int = 0
    align: str = "l"
    bullet: bool = False
    face: str = "body"
    colour: str | None = None


class Placeholder(NamedTuple):
    """A placeholder of a slide layout; `insets` are left, top, right, bottom.

    `levels` are how its text is meant to look, `inherits` what a slide gets of it without saying so:
    files that LibreOffice writes hold their look in the prompts, which no slide inherits.
    `is_usable`: it has a place on the slide and its text runs across, unturned.
    """

    name: str
    type: str
    idx: int
    rect: Rect
    levels: tuple[Level, ...]
    inherits: tuple[Level, ...]
    anchor: str = "t"
    insets: tuple[int, int, int, int] = (0, 0, 0, 0)
    is_usable: bool = True

    @property
    def inner(self) -> Rect:
        """Where its text goes."""
        left, top, right, bottom = self.insets
        x, y, w, h = self.rect
        return Rect(x + left, y + top, max(1, w - left - right), max(1, h - top - bottom))


class Fixed(NamedTuple):
    """A shape that slides cannot change: a logo, a band, a line."""

    name: str
    rect: Rect


class Shade(NamedTuple):
    """Colours of a part of a table as RRGGBB; without a fill the slide is seen through it."""

    fill: str | None
    text: str


class TableStyle(NamedTuple):
    """How tables look: the id of the style, its head, and its rows in all their colours."""

    id: str
    head: Shade
    rows: tuple[Shade, ...]


class Master(NamedTuple):
    """A slide master: its theme's colours by slot, what its colour map makes of names, its fonts."""

    part: str
    colours: dict[str, str]
    mapped: dict[str, str]
    fonts: dict[str, str]  # heading, body
    tables: TableStyle | None


class Layout(NamedTuple):
    """A slide layout; `ground` is RRGGBB where it is one colour, `number` counts from 1.

    `canvas` is what it shows behind a slide.
    """

    part: str
    name: str
    type: str
    number: int
    master: int
    placeholders: tuple[Placeholder, ...]
    fixed: tuple[Fixed, ...]
    ground: str | None
    canvas: Canvas
    override: str = ""  # the XML of its own colour map

    @property
    def title(self) -> Placeholder | None:
        """The placeholder of the slide's title."""
        return next((p for p in self.placeholders if p.type in TITLES and p.is_usable), None)

    def of(self, *types: str) -> list[Placeholder]:
        """Return the usable placeholders of these types."""
        return [p for p in self.placeholders if p.type in types and p.is_usable]


class Template(NamedTuple):
    """A whole template."""

    name: str
    package: Package
    size: Rect
    masters: tuple[Master, ...]
    layouts: tuple[Layout, ...]
    notes_master: str | None = None  # its part, where notes can be written on it
    slides: int = 0  # sample slides, which decks do not get
    fonts: Mapping[str, EmbeddedFont] = MappingProxyType({})  # those embedded that can be read
    added: str | None = None  # why a slide layout of ours was added


def is_ground(rect: Rect, size: Rect) -> bool:
    """Return whether a shape is so large that slides are meant to stand on it."""
    return rect.w >= LARGE_MARK * size.w and rect.h >= LARGE_MARK * size.h
