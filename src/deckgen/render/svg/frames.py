"""Turns frames into SVG: text, tables, shapes, groups, pictures, QR codes, lines (`layout/frames.py`)."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, NamedTuple, assert_never

from deckgen.boxes import is_jump
from deckgen.geometry import EMU_PER_POINT, Rect, points
from deckgen.layout.decoration import box_of
from deckgen.layout.frames import (
    CellFrame,
    ChartFrame,
    CommonFrame,
    EquationFrame,
    Frame,
    FrameParagraph,
    FrameRun,
    GroupFrame,
    LineFrame,
    PictureFrame,
    PlayerFrame,
    ShapeFrame,
    SymbolFrame,
    TableFrame,
    TextFrame,
)
from deckgen.layout.lines import set_text
from deckgen.layout.looks import looked
from deckgen.layout.player import mark_of
from deckgen.pictures import fit_pixels
from deckgen.render.svg.chart import draw_chart
from deckgen.render.svg.elements import attributes, box, described, number, path, pt, stroke
from deckgen.render.svg.text import draw_equation, draw_text, linked
from deckgen.theme.model import Theme

if TYPE_CHECKING:  # it imports lxml, which few decks need
    from deckgen.template.model import Shade, TableStyle

WHOLE = 100_000  # thousandths of a percent
QUIET = 4  # modules of light around a QR code (ISO/IEC 18004, 9.1)


class Easel(NamedTuple):
    """What drawing the frames of one slide needs besides them.

    `targets` has slide numbers by what a jump names, `tables` the style of tables on a template.
    """

    theme: Theme
    number: int
    targets: dict[str, int]
    tables: TableStyle | None = None

    def follow(self, link: str) -> str | None:
        """Return the address of a link: of a jump, the slide's mark (`#slide-3`); None: nowhere."""
        if not is_jump(link):
            return link
        target = self.targets.get(link[1:])
        return None if target is None else f"#slide-{target}"

    def draw(self, frame: Frame) -> str:
        """Return *frame* as SVG."""
        return _equation(frame) if isinstance(frame, EquationFrame) else self._drawn(frame)

    def _drawn(self, frame: CommonFrame) -> str:
        match frame:
            case TextFrame():
                return self._text(frame)
            case TableFrame():
                return described(self._table(frame), frame.description)
            case GroupFrame():
                return described("".join(map(self.draw, frame.shapes)), frame.description)
            case ShapeFrame():
                return self.shape(frame)
            case PictureFrame() | PlayerFrame():
                return self._seen(frame)
            case ChartFrame():
                return described(draw_chart(self.theme, frame), frame.chart.description)
            case SymbolFrame():
                return described(self._symbol(frame), frame.description)
            case LineFrame():
                weight, colour = frame.line
                return stroke(frame.start, frame.end, self.theme.rgb(colour), weight)
            case _:
                assert_never(frame)

    def shape(self, shape: ShapeFrame) -> str:
        """Return a rectangle with its text."""
        drawn = self._box(shape.rect, shape.fill, shape.line)
        if shape.paragraph is None:
            return drawn
        x, y, w, h = shape.rect
        inner = Rect(x + shape.inset, y, w - 2 * shape.inset, h)
        return drawn + draw_text(
            set_text(looked(self.theme, [shape.paragraph]), inner, shape.anchor), self.follow
        )

    def _text(self, frame: TextFrame) -> str:
        place, paragraphs = frame.place, frame.paragraphs
        if place.type == "sldNum":
            paragraphs = tuple(map(self._numbered, paragraphs))
        own = None if place.held else box_of(self.theme, place)
        fill, line, radius = own or (None, None, 0)
        drawn = self._box(frame.rect, frame.fill or fill, line, radius)
        lines = set_text(looked(self.theme, paragraphs, place), frame.rect, place.anchor)
        drawn += draw_text(lines, self.follow)
        return linked(drawn, self.follow(f"#{frame.jump}") if frame.jump else None)

    def _numbered(self, paragraph: FrameParagraph) -> FrameParagraph:
        """Return the paragraph of a slide number with its number, which looks as its place does."""
        return paragraph._replace(runs=(FrameRun(str(self.number)),))

    def _box(
        self, rect: Rect, fill: str | None, line: tuple[float, str] | None, radius: int = 0
    ) -> str:
        if not fill and not line:
            return ""
        look: dict[str, str | None] = {"fill": f"#{self.theme.rgb(fill)}" if fill else "none"}
        if line:
            look |= {"stroke": f"#{self.theme.rgb(line[1])}", "stroke_width": number(line[0])}
        return box(rect, radius=radius, **look)

    # tables ------------------------------------------------------------------------------------

    def _table(self, table: TableFrame) -> str:
        """Return the cells of a table, then its lines, which lie over all fills."""
        style = self.tables if table.style else None
        fills, lines, texts, y = "", "", "", table.rect.y
        for number_, (height, cells) in enumerate(table.rows):
            shade = _shade(style, number_, has_head=table.has_head)
            x = table.rect.x
            for width, cell in zip(table.columns, cells, strict=True):
                rect = Rect(x, y, width, height)
                fills += self._cell_fill(cell, rect, shade)
                lines += self._cell_lines(cell, rect)
                texts += self._cell_text(cell, rect, shade)
                x += width
            y += height
        return fills + lines + texts

    def _cell_fill(self, cell: CellFrame, rect: Rect, shade: Shade | None) -> str:
        colour = self.theme.rgb(cell.fill) if cell.fill else shade.fill if shade else None
        return box(rect, fill=f"#{colour}") if colour else ""

    def _cell_lines(self, cell: CellFrame, rect: Rect) -> str:
        drawn = ""
        for line, y in ((cell.top, rect.y), (cell.bottom, rect.bottom)):
            if line:
                ends = (rect.x, y), (rect.right, y)
                drawn += stroke(*ends, self.theme.rgb(line[1]), line[0])
        return drawn

    def _cell_text(self, cell: CellFrame, rect: Rect, shade: Shade | None) -> str:
        inner = Rect(rect.x + cell.left, rect.y, rect.w - cell.left - cell.right, rect.h)
        found = looked(self.theme, [cell.paragraph], ink=shade.text if shade else None)
        return draw_text(set_text(found, inner, "ctr"), self.follow)

    # pictures and players ----------------------------------------------------------------------

    def _seen(self, frame: PictureFrame | PlayerFrame) -> str:
        if isinstance(frame, PictureFrame):
            return described(_picture(frame), frame.description)
        return linked(described(self._player(frame), frame.description), frame.link)

    def _player(self, frame: PlayerFrame) -> str:
        """Return the poster of what plays, or a mark in its place."""
        if frame.poster:
            return _picture(frame.poster)
        ground, ink = (f"#{self.theme.rgb(colour)}" for colour in (frame.ground, frame.ink))
        mark = mark_of(frame.rect, is_sound=frame.is_sound)
        x, y = mark.middle
        disc = attributes(cx=pt(x), cy=pt(y), r=pt(mark.radius), fill=ink)
        corners = "L".join(f"{pt(a)} {pt(b)}" for a, b in mark.triangle)
        bars = "".join(box(bar, fill=ink) for bar in mark.bars)
        triangle = path(f"M{corners}Z", fill=ground)
        return f"{box(frame.rect, fill=ground)}<circle{disc}/>{triangle}{bars}"

    # QR codes ----------------------------------------------------------------------------------

    def _symbol(self, frame: SymbolFrame) -> str:
        side = len(frame.modules) + 2 * QUIET
        module = frame.rect.w / side
        drawn = "".join(
            f"M{number(x + QUIET)} {number(y + QUIET)}h1v1h-1z"
            for y, row in enumerate(frame.modules)
            for x, is_dark in enumerate(row)
            if is_dark
        )
        scale = number_precise(module / EMU_PER_POINT)
        moved = f"translate({pt(frame.rect.x)} {pt(frame.rect.y)}) scale({scale})"
        dark = path(
            drawn,
            fill=f"#{self.theme.rgb('dk1')}",
            transform=moved,
            shape_rendering="crispEdges",
        )
        return box(frame.rect, fill=f"#{self.theme.rgb('lt1')}") + dark


def number_precise(value: float) -> str:
    """Return a scale to a hundred-thousandth: what is scaled has hundreds of steps."""
    return f"{value:.5f}"


def _shade(style: TableStyle | None, row: int, *, has_head: bool) -> Shade | None:
    """Return how a row of a table with a style looks: its head, then bands in turn."""
    if style is None:
        return None
    if has_head and row == 0:
        return style.head
    bands = style.rows[1:] or style.rows
    return bands[(row - has_head) % len(bands)]


def _equation(frame: EquationFrame) -> str:
    shape = frame.formula.drawn
    baseline = frame.inner.y + (points(shape.ascent * frame.size) if shape else 0)
    return draw_equation(frame.formula, frame.inner.x, baseline, frame.size, frame.ink)


def _picture(frame: PictureFrame) -> str:
    """Return a picture, embedded and cropped."""
    image = fit_pixels(frame.image, frame.rect.w, frame.rect.h)
    left, top, right, bottom = (part / WHOLE for part in frame.crop)
    wide, high = image.width * (1 - left - right), image.height * (1 - top - bottom)
    corner = image.width * left, image.height * top
    view = " ".join(map(number, (*corner, wide, high)))
    rect = frame.rect
    outer = attributes(
        x=pt(rect.x), y=pt(rect.y), width=pt(rect.w), height=pt(rect.h), viewBox=view
    )
    size = attributes(width=str(image.width), height=str(image.height))
    source = data_uri(image.content, image.extension)
    stretch = ' preserveAspectRatio="none"'
    return f"<svg{outer}{stretch}><image{size}{stretch}{attributes(href=source)}/></svg>"


def data_uri(content: bytes, extension: str) -> str:
    """Return the bytes of a picture as an address that holds them."""
    return f"data:image/{extension};base64,{b64encode(content).decode()}"
