"""What a slide holds before it has places and sizes: the words between blocks and layout.

A block composes `SlideBoxes`: the name of a slide layout, and for each of its placeholders a
`TextBox`, a `Table` or another content, or several in a `Stack`; on the horizon a `Bar`. Styles and colours are named by role
(`docs/themes.md`), never by font or number; the layout stage gives them frames.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from deckgen.diagnostics import Span

NBSP = "\u00a0"
NUMBER = "number"  # the style of a paragraph that is set in the largest of the theme's that fits


class Drawn(NamedTuple):
    """An equation as drawn: SVG shapes, 1,000 units to the em, the baseline at 0; sizes in ems."""

    shapes: str
    left: float  # how far left of its place the ink begins; what it takes is `width` from there
    width: float
    ascent: float
    descent: float


class Formula(NamedTuple):
    """An equation: its LaTeX, what it says in characters, and what a deck needs of it.

    `office` is Office Math with `PROPERTIES` where properties of runs go; empty: it has none.
    """

    latex: str
    text: str
    is_display: bool = False
    drawn: Drawn | None = None
    office: str = ""


PROPERTIES = "\x01"
# What an equation is to whatever breaks lines: one character that nothing parts, of its own width.
OBJECT = "\u2b1a"


class Run(NamedTuple):
    """Characters set alike. `colour` names a role of the theme and overrides the style's.

    A newline in `text` is a line break.
    An `equation` in one says itself in characters until it is drawn; then it is `OBJECT`.
    """

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str | None = None
    colour: str | None = None
    struck: bool = False
    equation: Formula | None = None

    @property
    def said(self) -> str:
        """What it says in characters."""
        return self.equation.text if self.equation else self.text


class Paragraph(NamedTuple):
    """Runs under one style; `level` counts from 0 and picks the placeholder's list level.

    In a list it has its `number` or a bullet, or `continues` the item above it.
    """

    runs: tuple[Run, ...]
    style: str | None = None
    level: int = 0
    span: Span | None = None
    number: int | None = None
    continues: bool = False

    @property
    def text(self) -> str:
        """The characters of all runs."""
        return plain(self.runs)


class TextBox(NamedTuple):
    """Paragraphs for one placeholder; a part of a split box is `least_steps` down the type scale."""

    paragraphs: tuple[Paragraph, ...]
    least_steps: int = 0


class Fill(StrEnum):
    """How a table cell stands out: plain, a time block, or the time block of now."""

    NONE = "none"
    TIME = "time"
    NOW = "now"
    PAST = "past"


class Cell(NamedTuple):
    """One cell of a table, in one text style of the theme."""

    paragraph: Paragraph
    style: str = "table_cell"
    fill: Fill = Fill.NONE
    mark: str | None = None  # "box": an empty tick box drawn at its left


class Column(NamedTuple):
    """A table column: `width` in inches, or None to share what is left by its content."""

    width: float | None = None
    align: str = "l"


class Table(NamedTuple):
    """Rows of cells; row heights are the largest of the theme's steps that fits, up to `tallest`."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    head: tuple[Cell, ...] = ()
    description: str = ""
    tallest: float = 1.34
    ruled: bool = True
    least_steps: int = 0  # a part of a split table: as far down the type scale as its siblings
    widths: tuple[int, ...] = ()  # and as wide in its columns, in EMU


class State(StrEnum):
    """How a segment of the horizon bar looks."""

    TIME = "time"
    BAR = "bar"
    PAST = "past"
    IDLE = "idle"
    PHASE = "phase"


class BarSegment(NamedTuple):
    """A piece of the horizon bar; `weight` is its share, mostly minutes."""

    weight: float
    label: str = ""
    state: State = State.TIME
    name: str = ""


class Bar(NamedTuple):
    """The horizon bar: segments in proportion to their weights.

    `even` segments are categories: all alike and set apart by the wide gap. `marks` stand under
    the bar: a text at its left, at its right, and under one segment.
    """

    segments: tuple[BarSegment, ...]
    description: str
    even: bool = False
    left: str = ""
    right: str = ""
    now: str = ""
    low: bool = False


class Image(NamedTuple):
    """A picture ready for a file: its bytes, `png`, `jpeg` or `gif`, and its size in pixels.

    `vector` is the SVG that it was drawn from.
    """

    content: bytes
    extension: str
    width: int
    height: int
    vector: bytes | None = None


class Picture(NamedTuple):
    """A picture file for a placeholder; without a description it is decorative.

    `fit` is cover (crop to fill, keeping `focus`, shares from the top left, in view) or contain;
    `image` is what the file holds, once it is read (`pictures.py`).
    """

    file: Path
    description: str | None
    fit: str = "cover"
    focus: tuple[float, float] = (0.5, 0.5)
    span: Span | None = None
    image: Image | None = None


class Recording(NamedTuple):
    """A video or a sound recording that a deck may hold, by what its file says of itself.

    `extension` is mp4, mov, mp3, m4a or wav; width and height are 0 for sound alone, milliseconds where
    they are not told.
    """

    file: Path
    extension: str
    width: int
    height: int
    milliseconds: int


class Player(NamedTuple):
    """A video or a sound recording: a `file` to embed, or the address that a click leads to.

    `poster` is the picture that stands for it until it plays; without one its place has a mark.
    `recording` is what the file holds, once it is read (`recordings.py`).
    """

    description: str
    file: Path | None = None
    link: str | None = None
    is_sound: bool = False
    starts_itself: bool = False
    poster: Picture | None = None
    span: Span | None = None
    recording: Recording | None = None


class Series(NamedTuple):
    """A named row of values, one for each category; None: no value."""

    name: str
    values: tuple[float | None, ...]


class Chart(NamedTuple):
    """Numbers as a native chart: `form` is bar, column, line, pie or doughnut."""

    form: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    description: str
    is_stacked: bool = False
    highlight: str | None = None
    number_format: str = "General"
    category_title: str = ""
    value_title: str = ""


class Code(NamedTuple):
    """Lines of code as runs; `emphasised` counts lines from 0."""

    lines: tuple[tuple[Run, ...], ...]
    emphasised: frozenset[int] = frozenset()
    span: Span | None = None


class Symbol(NamedTuple):
    """A QR code: rows of modules, true is dark."""

    modules: tuple[tuple[bool, ...], ...]
    description: str


class Node(NamedTuple):
    """A box of a diagram at a column and a row of its grid; `style` is a text style of the theme."""

    runs: tuple[Run, ...]
    column: float
    row: int
    span_columns: float = 1
    style: str = "body2"
    fill: str | None = None
    is_framed: bool = True
    place: Span | None = None


class Link(NamedTuple):
    """A line between two nodes (by index) with a label."""

    start: int
    end: int
    label: str = ""


class Diagram(NamedTuple):
    """Native shapes on a grid of `columns` by `rows`, joined by lines."""

    columns: float
    rows: int
    nodes: tuple[Node, ...]
    links: tuple[Link, ...] = ()
    description: str = ""
    gap: float = 0.30  # inches between rows


class Equation(NamedTuple):
    """An equation that stands alone; it is drawn (`equations/draw.py`) before layout."""

    formula: Formula
    span: Span | None = None


Single = TextBox | Table | Picture | Player | Chart | Code | Symbol | Diagram | Equation


class Stack(NamedTuple):
    """Contents under each other in one place, as far down the type scale as each other.

    The first text, or else the first of all, goes into the placeholder; a part of a split stack is
    `least_steps` down the type scale.
    """

    contents: tuple[Single, ...]
    least_steps: int = 0


Content = Single | Stack


class SpeakerNote(NamedTuple):
    """A paragraph of the speaker notes, with its bold lead-in, or an item of a list in them."""

    lead: str
    text: tuple[Run, ...]
    level: int = 0
    is_item: bool = False
    number: int | None = None


class SlideBoxes(NamedTuple):
    """A slide before layout.

    `boxes` go into the placeholders of `slide_layout` by name (`themes/slide-layouts.yaml`);
    `key` is unique within its block and stays the same from build to build; `numerals` draws the
    numbers beside options; `squares` the numbers beside steps; `rule` the short heavy rule.
    `overflow` is the block's own way with too much text (shrink, split or error; empty: the common one),
    `shares` the widths of columns beside each other, `title_steps` how far the title of a part is down
    the type scale, as its siblings are, and `is_judged` whether the author wants to hear that it says
    too much; a slide that `is_hidden` is skipped when the deck is shown.
    """

    slide_layout: str
    title: tuple[Run, ...]
    key: str
    boxes: Mapping[str, Content] = MappingProxyType({})
    span: Span | None = None
    bar: Bar | None = None
    phase: str | None = None
    chip: str | None = None
    chip_is_solid: bool = False
    numerals: int = 0
    squares: int = 0
    rule: bool = False
    timer: bool = False
    build: bool = False
    notes: tuple[SpeakerNote, ...] = ()
    overflow: str = ""
    title_steps: int = 0
    shares: tuple[float, ...] = ()
    is_judged: bool = True
    is_hidden: bool = False


class Section(NamedTuple):
    """The slides of one block, before layout; `opens` says that those of later blocks go with them."""

    id: str
    title: str
    slides: tuple[SlideBoxes, ...]
    opens: bool = False


def jump_to(block_id: str) -> str:
    """Return the link of a run that leads to the first slide of a block."""
    return f"#{block_id}"


def is_jump(link: str) -> bool:
    """Return whether *link* leads to a slide of the same deck."""
    return link.startswith("#")


def plain(runs: Iterable[Run]) -> str:
    """Return the characters of *runs*."""
    return "".join(piece.said for piece in runs)
