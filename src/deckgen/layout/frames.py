"""What a deck is once everything has its place and its size; all that a writer needs.

Lengths are EMU, sizes points. A form's field that is None is inherited: from the placeholder's
slide layout, or, in tables and shapes, from nothing, so there every field is given, but for colours
in a table that has a style.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from deckgen.boxes import Chart, Formula, Image, Recording, SpeakerNote
from deckgen.diagnostics import Span
from deckgen.geometry import Rect
from deckgen.theme.model import Font, Theme
from deckgen.theme.places import Place

if TYPE_CHECKING:  # it imports lxml, which few decks need
    from deckgen.template.brand import Brand


class RunFormat(NamedTuple):
    """How characters look; `colour` is a scheme colour, `face` heading, body or mono."""

    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    colour: str | None = None
    face: str | None = None
    track: float | None = None
    caps: bool | None = None
    struck: bool | None = None


class Bullet(NamedTuple):
    """The bullet of a list level; `percent` of the size of its text."""

    char: str
    colour: str
    percent: int


class ParagraphFormat(NamedTuple):
    """How a paragraph stands; `line` in percent, `before` in points, indents in EMU.

    `bullet`: whether there is one, or which; `number`: its own in a list, and that of the list's first.
    """

    align: str | None = None
    line: float | None = None
    before: float | None = None
    margin: int | None = None
    indent: int | None = None
    bullet: bool | Bullet | None = None
    after: float | None = None
    number: tuple[int, int] | None = None


class FrameRun(NamedTuple):
    """Characters in one form; a newline in `text` is a line break."""

    text: str
    form: RunFormat = RunFormat()
    link: str | None = None
    equation: Formula | None = None


class FrameParagraph(NamedTuple):
    """Runs in one paragraph."""

    runs: tuple[FrameRun, ...]
    form: ParagraphFormat = ParagraphFormat()
    level: int = 0


class TextFrame(NamedTuple):
    """Text in a placeholder; `is_moved` where its place differs from the slide layout's.

    `fill` replaces the layout's fill, for a time chip; `height` is what the text takes.
    """

    name: str
    place: Place
    rect: Rect
    paragraphs: tuple[FrameParagraph, ...]
    is_moved: bool = False
    fill: str | None = None
    height: int = 0
    jump: str | None = None  # key of the slide that a click on it leads to
    build: bool = False  # its paragraphs come click by click


class CellFrame(NamedTuple):
    """A table cell; lines are (points, scheme colour), None: none."""

    paragraph: FrameParagraph
    fill: str | None = None
    top: tuple[float, str] | None = None
    bottom: tuple[float, str] | None = None
    left: int = 0
    right: int = 0


class TableFrame(NamedTuple):
    """A table in a placeholder."""

    name: str
    place: Place
    rect: Rect
    columns: tuple[int, ...]
    rows: tuple[tuple[int, tuple[CellFrame, ...]], ...]
    has_head: bool
    description: str
    style: str = ""  # id of a table style, which then colours its cells


class ShapeFrame(NamedTuple):
    """A rectangle or line of the slide itself, without a meaning of its own (decorative)."""

    name: str
    rect: Rect
    fill: str | None = None
    line: tuple[float, str] | None = None
    paragraph: FrameParagraph | None = None
    anchor: str = "ctr"
    inset: int = 0
    timer: int | None = None  # milliseconds in which it is wiped away, after the one before it


class GroupFrame(NamedTuple):
    """Shapes that belong together; without a description they are decorative."""

    name: str
    shapes: tuple[ShapeFrame | LineFrame, ...]
    description: str | None

    @property
    def rect(self) -> Rect:
        """The smallest rectangle around its shapes."""
        rects = [shape.rect for shape in self.shapes]
        x, y = min(rect.x for rect in rects), min(rect.y for rect in rects)
        right, bottom = max(rect.right for rect in rects), max(rect.bottom for rect in rects)
        return Rect(x, y, right - x, bottom - y)


class PictureFrame(NamedTuple):
    """A picture; `crop` in thousandths of a percent from left, top, right, bottom.

    `image` is as it was read: a writer takes no more pixels of it than its place needs.
    """

    name: str
    place: Place
    rect: Rect
    image: Image
    crop: tuple[int, int, int, int]
    description: str | None


class PlayerFrame(NamedTuple):
    """A video or a sound recording in a placeholder: the file to embed, or the address of a click.

    `poster` is the picture that stands for it, cropped to its place; without one a mark is drawn in
    the scheme colours `ground` and `ink` (`layout/player.py`).
    """

    name: str
    place: Place
    rect: Rect
    description: str
    poster: PictureFrame | None
    recording: Recording | None
    link: str | None
    is_sound: bool
    starts_itself: bool
    ground: str
    ink: str


class ChartFrame(NamedTuple):
    """A chart in a placeholder, with what it needs of the theme."""

    name: str
    place: Place
    rect: Rect
    chart: Chart
    size: float
    colours: ChartColours


class ChartColours(NamedTuple):
    """Scheme colours of a chart: its ground, texts, lines, highlighted point, series."""

    ground: str
    text: str
    line: str
    key: str
    series: tuple[str, ...]


class SymbolFrame(NamedTuple):
    """A QR code as one native shape on a light field."""

    name: str
    rect: Rect
    modules: tuple[tuple[bool, ...], ...]
    description: str


class EquationFrame(NamedTuple):
    """An equation that stands alone: the box of its text, and in it the place of its ink.

    `colour` is a scheme colour, `ink` the same as RRGGBB; `align` is l, ctr or r.
    """

    name: str
    rect: Rect
    inner: Rect
    formula: Formula
    size: float
    colour: str
    ink: str
    align: str


class LineFrame(NamedTuple):
    """A straight line between two shapes, from one point to another."""

    name: str
    start: tuple[int, int]
    end: tuple[int, int]
    line: tuple[float, str]
    joins: tuple[int, int] | None = None  # shapes of its group, from bottom to top

    @property
    def rect(self) -> Rect:
        """The rectangle between its ends."""
        (x, y), (right, bottom) = self.start, self.end
        return Rect(min(x, right), min(y, bottom), abs(right - x), abs(bottom - y))


CommonFrame = (
    TextFrame
    | TableFrame
    | ShapeFrame
    | GroupFrame
    | PictureFrame
    | PlayerFrame
    | ChartFrame
    | SymbolFrame
    | LineFrame
)
Frame = CommonFrame | EquationFrame


class FramedSlide(NamedTuple):
    """A slide with all its frames in reading order; `key` stays the same from build to build."""

    slide_layout: str
    title: str
    key: str
    frames: tuple[Frame, ...]
    notes: tuple[SpeakerNote, ...]
    span: Span | None = None
    is_hidden: bool = False


class DeckSection(NamedTuple):
    """Slides that belong to one block; `opens` says that those of later blocks go with them."""

    id: str
    title: str
    slides: tuple[FramedSlide, ...]
    opens: bool = False


class Properties(NamedTuple):
    """What a file says of itself."""

    title: str
    author: str = ""
    subject: str = ""
    language: str = "en-GB"
    created: str = ""  # ISO 8601 in UTC; empty: not told, so that builds stay the same


class Deck(NamedTuple):
    """A whole presentation before it is written."""

    theme: Theme
    properties: Properties
    footer: str
    sections: tuple[DeckSection, ...] = ()
    brand: Brand | None = None  # of a deck on a company's template

    def slides(self) -> Iterator[FramedSlide]:
        """Yield all slides in order."""
        for section in self.sections:
            yield from section.slides

    def theme_of(self, slide: FramedSlide) -> Theme:
        """Return what *slide* is set in: on a template, its slide layout's own theme."""
        return self.brand.themes[slide.slide_layout] if self.brand else self.theme

    def fonts(self) -> list[Font]:
        """Return the fonts that its slides are set in, each once."""
        themes = self.brand.themes.values() if self.brand else (self.theme,)
        return list(dict.fromkeys(font for theme in themes for font in theme.fonts.values()))

    def jump_targets(self) -> dict[str, int]:
        """Return the number of each slide by its key, and of each block's first slide by its id."""
        numbers = {slide.key: number for number, slide in enumerate(self.slides(), 1)}
        blocks = {block: first for block, (first, _) in self.slide_numbers().items()}
        return blocks | numbers

    def slide_numbers(self) -> dict[str, tuple[int, int]]:
        """Return the first and last slide number of each block that has slides."""
        numbers: dict[str, tuple[int, int]] = {}
        number = 1
        for section in self.sections:
            if section.slides:
                numbers[section.id] = (number, number + len(section.slides) - 1)
                number += len(section.slides)
        return numbers
