"""Paints a slide layout small: its background and fixed shapes, as far as their colours matter.

Shapes are polygons, gradients and pictures as they are; what cannot be drawn here is striped, so that
nothing is taken to be legible on it.
"""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from deckgen.geometry import Rect
from deckgen.template.colours import colour_in, number, opacity_of
from deckgen.template.package import Package, TemplateError

if TYPE_CHECKING:
    from PIL import Image as Pillow

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WIDE = 320  # pixels across the slide
SHOWN = 1600  # and of a picture to look at, which is painted twice as large
MOST_PIXELS = 40_000_000  # of a picture that is looked at
FARTHEST = (
    1_000_000.0  # pixels from the slide's corner; what lies further out is taken to lie there
)
HAIRLINE = 9525.0  # EMU
STRIPE = 3
FILLS = ("noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill")
TRUE = ("1", "true", "on")
Point = tuple[float, float]
Move = Callable[[Point], Point]
Polygon = list[Point]
Box = tuple[int, int, int, int]  # left, top, right, bottom in pixels
Colour = tuple[float, float, float, float]  # red, green, blue, opacity: 0 to 255


class Layer(NamedTuple):
    """A part, the colours that its names stand for, and whether its shapes are shown."""

    part: str
    colours: Mapping[str, str]
    mapped: Mapping[str, str]
    has_shapes: bool = True


def painted(package: Package, size: Rect, layers: tuple[Layer, ...]) -> Pillow.Image:
    """Return the picture of *layers*: the last background, then all shapes."""
    return _Painter(package, size, WIDE).painted(layers)


def drawn(package: Package, size: Rect, layers: tuple[Layer, ...]) -> tuple[bytes, str]:
    """Return *layers* as a picture to look at, and its format: png, or jpeg where that is smaller.

    What cannot be painted (texts, charts) is left out of it.
    """
    image = _Painter(package, size, 2 * SHOWN, shows_unknown=False).painted(layers)
    image = image.reduce(2)
    flat, rich = io.BytesIO(), io.BytesIO()
    image.save(flat, "PNG")
    image.save(rich, "JPEG", quality=90)
    if len(rich.getvalue()) < len(flat.getvalue()) / 2:
        return rich.getvalue(), "jpeg"
    return flat.getvalue(), "png"


class _Painter:
    """Paints layers onto a small picture of the slide."""

    def __init__(
        self, package: Package, size: Rect, wide: int, *, shows_unknown: bool = True
    ) -> None:
        from PIL import Image, ImageChops, ImageDraw, ImageOps  # noqa: PLC0415 (for templates)

        self.pillow, self.chops, self.draw, self.ops = Image, ImageChops, ImageDraw, ImageOps
        self.package, self.scale = package, wide / size.w
        self.shows_unknown = shows_unknown
        self.image = Image.new("RGB", (wide, max(1, round(size.h * self.scale))), "white")

    def painted(self, layers: tuple[Layer, ...]) -> Pillow.Image:
        """Return the picture of *layers*."""
        for layer in reversed(layers):
            found = self.package.xml(layer.part).find(f"{P}cSld/{P}bg")
            if found is not None:
                self._background(found, layer)
                break
        for layer in (layer for layer in layers if layer.has_shapes):
            tree = self.package.xml(layer.part).find(f"{P}cSld/{P}spTree")
            self._shapes(tree if tree is not None else (), lambda point: point, layer)
        return self.image

    def _background(self, found: etree._Element, layer: Layer) -> None:
        own, named = found.find(f"{P}bgPr"), found.find(f"{P}bgRef")
        fill = None if own is None else _fill(own)
        wide, high = map(float, self.image.size)
        if fill is not None:
            self._fill(fill, [[(0.0, 0.0), (wide, 0.0), (wide, high), (0.0, high)]], layer)
        elif named is not None and (colour := colour_in(named, layer.colours, layer.mapped)):
            self.image.paste("#" + colour, (0, 0, *self.image.size))

    # shapes ------------------------------------------------------------------------------------

    def _shapes(self, tree: Iterable[etree._Element], move: Move, layer: Layer) -> None:
        for shape in tree:
            if shape.find(f"*/{P}nvPr/{P}ph") is not None or is_hidden(shape):
                continue
            if shape.tag == f"{P}grpSp":
                self._shapes(shape, _within(shape, move), layer)
            elif shape.tag in (f"{P}sp", f"{P}pic", f"{P}cxnSp", f"{P}graphicFrame"):
                self._shape(shape, move, layer)

    def _shape(self, shape: etree._Element, move: Move, layer: Layer) -> None:
        own, frame = shape.find(f"{P}spPr"), _transform(shape)
        if frame is None:
            return
        outlines = [
            [self._pixel(move(point)) for point in outline] for outline in _outlines(own, frame)
        ]
        fill = _fill(shape if shape.tag == f"{P}pic" else own)
        if fill is None and (style := shape.find(f"{P}style/{A}fillRef")) is not None:
            fill = style if style.get("idx", "0") != "0" else None
        is_unknown = shape.tag == f"{P}graphicFrame" or _has_text(shape)
        if is_unknown and self.shows_unknown:
            self._stripes(outlines)
        elif fill is not None and shape.tag != f"{P}cxnSp":
            self._fill(fill, outlines, layer, frame)
        self._line(shape, outlines, layer)

    def _pixel(self, point: Point) -> Point:
        return _bounded(point[0] * self.scale), _bounded(point[1] * self.scale)

    def _line(self, shape: etree._Element, outlines: list[Polygon], layer: Layer) -> None:
        line = shape.find(f"{P}spPr/{A}ln")
        fill = None if line is None else _fill(line)
        if fill is None and (style := shape.find(f"{P}style/{A}lnRef")) is not None:
            fill = style if style.get("idx", "0") != "0" else None
        colour = colour_in(fill, layer.colours, layer.mapped)
        wide = number(None if line is None else line.get("w")) or HAIRLINE
        if colour:
            pen = self.draw.Draw(self.image, "RGBA")  # of a thin line, as much as a pixel has
            opaque = round(255 * min(1.0, wide * self.scale))
            for outline in outlines:
                closed = [*outline, outline[0]]
                width = max(1, round(wide * self.scale))
                pen.line(closed, fill=f"#{colour}{opaque:02X}", width=width)

    # fills -------------------------------------------------------------------------------------

    def _fill(
        self,
        fill: etree._Element,
        outlines: list[Polygon],
        layer: Layer,
        frame: _Transform | None = None,
    ) -> None:
        whole = _around(outlines)
        seen = _common(whole, (0, 0, *self.image.size))
        kind, size = etree.QName(fill).localname, (seen[2] - seen[0], seen[3] - seen[1])
        if kind == "noFill" or min(size) <= 0:
            return
        source: Pillow.Image | None
        if kind == "gradFill":
            source = self._gradient(fill, layer)
        elif kind == "blipFill":
            picture = self._picture(fill, layer, max(whole[2] - whole[0], whole[3] - whole[1]))
            source = picture and self._turned(picture, frame)
        else:
            colours = _colours(fill, layer)
            source = self.pillow.new("RGBA", (1, 1), _mean(colours) if colours else (0, 0, 0, 0))
        if source is None:
            self._stripes(outlines)
        else:
            paint = source.resize(size, box=_share(seen, whole, source.size))
            self.image.paste(paint, seen[:2], self._mask(paint, seen, outlines))

    def _mask(self, paint: Pillow.Image, box: Box, outlines: list[Polygon]) -> Pillow.Image:
        """Return where *paint* is seen: inside the outlines, as far as it is opaque."""
        inside = self.pillow.new("L", paint.size, 0)
        pen = self.draw.Draw(inside)
        for outline in outlines:
            if len(outline) > 2:
                corners = [(x - box[0], y - box[1]) for x, y in outline]
                pen.polygon(corners, fill=255, outline=255)  # the outline shows what is thin
        return self.chops.multiply(inside, paint.getchannel("A"))

    def _gradient(self, fill: etree._Element, layer: Layer) -> Pillow.Image:
        stops = sorted(
            (number(stop.get("pos")) / 100_000, colour)
            for stop in fill.iterfind(f"{A}gsLst/{A}gs")
            for colour in _colours(stop, layer)
        )
        if not stops:
            return self.pillow.new("RGBA", (1, 1), (0, 0, 0, 0))
        if fill.find(f"{A}path") is not None:
            shade = self.pillow.radial_gradient("L")
        else:
            line = fill.find(f"{A}lin")
            turn = number(None if line is None else line.get("ang")) / 60_000
            shade = self.pillow.linear_gradient("L").rotate(90 - 90 * round(turn / 90))
        ramp = [_between(stops, value / 255) for value in range(256)]
        bands = [shade.point([round(colour[k]) for colour in ramp]) for k in range(4)]
        return self.pillow.merge("RGBA", bands)

    def _picture(self, fill: etree._Element, layer: Layer, most: int) -> Pillow.Image | None:
        """Return the picture of a fill, no larger than needed for *most* pixels; None: unreadable."""
        blip = fill.find(f"{A}blip")
        key = "" if blip is None else blip.get(f"{R}embed", "")
        relation = self.package.relations(layer.part).get(key)
        if blip is None or relation is None or not self.package.has(relation.target):
            return None
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # Pillow's of many pixels
                found = self.pillow.open(io.BytesIO(self.package.read(relation.target)))
            if math.prod(found.size) > MOST_PIXELS:
                return None
            found.draft("RGB", (2 * most, 2 * most))
            picture = found.convert("RGBA")
            picture.thumbnail((2 * most, 2 * most))
        except (
            OSError,
            ValueError,
            SyntaxError,
            TemplateError,
            self.pillow.DecompressionBombError,
        ):
            return None
        if (faded := blip.find(f"{A}alphaModFix")) is not None:
            share = number(faded.get("amt", "100000")) / 100_000
            picture.putalpha(picture.getchannel("A").point([round(v * share) for v in range(256)]))
        return picture

    def _turned(self, picture: Pillow.Image, frame: _Transform | None) -> Pillow.Image:
        """Return *picture* mirrored as its shape is, and turned by the nearest quarter."""
        if frame is None:
            return picture
        picture = self.ops.mirror(picture) if frame.flip_h else picture
        picture = self.ops.flip(picture) if frame.flip_v else picture
        return picture.rotate(-90 * round(math.degrees(frame.angle) / 90), expand=True)

    def _stripes(self, outlines: list[Polygon]) -> None:
        """Paint what is not known, so that no ink is legible on it."""
        if not self.shows_unknown:
            return
        left, top, right, bottom = _around(outlines)
        pen = self.draw.Draw(self.image)
        left, right = max(0, left), min(self.image.width, right)
        top, bottom = max(0, top), min(self.image.height, bottom)
        for k, y in enumerate(range(top, bottom, STRIPE)):
            ink = "black" if k % 2 else "white"
            if left < right:
                pen.rectangle((left, y, right, min(bottom, y + STRIPE - 1)), fill=ink)


# shapes and their outlines --------------------------------------------------------------------


class _Transform(NamedTuple):
    """Where a shape is in its parent's coordinates: turned by *angle*, mirrored."""

    x: float
    y: float
    w: float
    h: float
    angle: float = 0.0
    flip_h: bool = False
    flip_v: bool = False

    def place(self, x: float, y: float) -> Point:
        """Return where a point at these shares of the width and height is."""
        dx = (x - 0.5) * self.w * (-1 if self.flip_h else 1)
        dy = (y - 0.5) * self.h * (-1 if self.flip_v else 1)
        cos, sin = math.cos(self.angle), math.sin(self.angle)
        middle = self.x + self.w / 2, self.y + self.h / 2
        return middle[0] + dx * cos - dy * sin, middle[1] + dx * sin + dy * cos


def _transform(shape: etree._Element) -> _Transform | None:
    for path in (f"{P}spPr/{A}xfrm", f"{P}grpSpPr/{A}xfrm", f"{P}xfrm"):
        xfrm = shape.find(path)
        off, ext = (None if xfrm is None else xfrm.find(f"{A}{tag}") for tag in ("off", "ext"))
        if xfrm is not None and off is not None and ext is not None:
            return _Transform(
                number(off.get("x")),
                number(off.get("y")),
                number(ext.get("cx")),
                number(ext.get("cy")),
                math.radians(number(xfrm.get("rot")) / 60_000),
                xfrm.get("flipH", "0") in TRUE,
                xfrm.get("flipV", "0") in TRUE,
            )
    return None


def _within(group: etree._Element, move: Move) -> Move:
    """Return how coordinates of the members of *group* become those of the slide."""
    frame, xfrm = _transform(group), group.find(f"{P}grpSpPr/{A}xfrm")
    off, ext = (None if xfrm is None else xfrm.find(f"{A}{tag}") for tag in ("chOff", "chExt"))
    if frame is None or off is None or ext is None:
        return move
    x, y = number(off.get("x")), number(off.get("y"))
    w, h = number(ext.get("cx")) or 1.0, number(ext.get("cy")) or 1.0
    return lambda point: move(frame.place((point[0] - x) / w, (point[1] - y) / h))


def _outlines(own: etree._Element | None, frame: _Transform) -> list[Polygon]:
    """Return the outlines of a shape as polygons; of curves, the points that they are drawn by."""
    paths = [] if own is None else own.findall(f"{A}custGeom/{A}pathLst/{A}path")
    found = [
        [frame.place(x, y) for x, y in outline] for path in paths for outline in _drawn(path, frame)
    ]
    if found:
        return found
    preset = None if own is None else own.find(f"{A}prstGeom")
    kind = "rect" if preset is None else preset.get("prst", "rect")
    if kind in ("line", "straightConnector1"):
        shares = [(0.0, 0.0), (1.0, 1.0)]
    elif kind == "ellipse":
        turns = (k * math.pi / 12 for k in range(24))
        shares = [(0.5 + math.cos(turn) / 2, 0.5 + math.sin(turn) / 2) for turn in turns]
    else:
        shares = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
    return [[frame.place(x, y) for x, y in shares]]


def _drawn(path: etree._Element, frame: _Transform) -> Iterator[Polygon]:
    """Yield the outlines of a path in shares of its width and height."""
    w, h = number(path.get("w")) or frame.w or 1.0, number(path.get("h")) or frame.h or 1.0
    outline: Polygon = []
    for step in path:
        if step.tag == f"{A}moveTo" and outline:
            yield outline
            outline = []
        outline += [(number(p.get("x")) / w, number(p.get("y")) / h) for p in step.iter(f"{A}pt")]
    if outline:
        yield outline


def _around(outlines: list[Polygon]) -> Box:
    xs = [x for outline in outlines for x, _ in outline]
    ys = [y for outline in outlines for _, y in outline]
    return math.floor(min(xs)), math.floor(min(ys)), math.ceil(max(xs)), math.ceil(max(ys))


def _common(one: Box, other: Box) -> Box:
    """Return what two boxes share; one without width or height where that is nothing."""
    left, top = max(one[0], other[0]), max(one[1], other[1])
    return left, top, min(one[2], other[2]), min(one[3], other[3])


def _share(seen: Box, whole: Box, size: tuple[int, int]) -> tuple[float, float, float, float]:
    """Return which part of a picture of *size* that fills *whole* fills *seen*, a box in it."""
    across, down = size[0] / (whole[2] - whole[0]), size[1] / (whole[3] - whole[1])
    left, top = (seen[0] - whole[0]) * across, (seen[1] - whole[1]) * down
    right, bottom = (seen[2] - whole[0]) * across, (seen[3] - whole[1]) * down
    return left, top, min(size[0], right), min(size[1], bottom)


def _bounded(pixels: float) -> float:
    return max(-FARTHEST, min(FARTHEST, pixels))


def is_hidden(shape: etree._Element) -> bool:
    """Return whether a shape is not shown."""
    properties = shape.find(f"*/{P}cNvPr")
    return properties is not None and properties.get("hidden", "0") in TRUE


def _has_text(shape: etree._Element) -> bool:
    return any((text.text or "").strip() for text in shape.iterfind(f"{P}txBody//{A}t"))


# colours --------------------------------------------------------------------------------------


def _fill(element: etree._Element | None) -> etree._Element | None:
    """Return the fill among the children of *element*."""
    for child in element if element is not None else ():
        if isinstance(child.tag, str) and etree.QName(child).localname in FILLS:
            return child
    return None


def _colours(fill: etree._Element, layer: Layer) -> list[Colour]:
    """Return the colour of a fill, of a pattern both."""
    holders = [fill.find(f"{A}{tag}") for tag in ("fgClr", "bgClr")]
    found: list[Colour] = []
    for holder in [held for held in holders if held is not None] or [fill]:
        colour = colour_in(holder, layer.colours, layer.mapped, sees_all=True)
        if colour:
            red, green, blue = (int(colour[k : k + 2], 16) for k in (0, 2, 4))
            found.append((red, green, blue, 255 * opacity_of(holder)))
    return found


def _mean(colours: list[Colour]) -> tuple[int, ...]:
    return tuple(round(sum(parts) / len(colours)) for parts in zip(*colours, strict=True))


def _between(stops: list[tuple[float, Colour]], share: float) -> Colour:
    """Return the colour of a gradient at *share* of its way."""
    if share <= stops[0][0]:
        return stops[0][1]
    for (start, one), (end, other) in pairwise(stops):
        if share <= end:
            way = (share - start) / ((end - start) or 1)
            red, green, blue, opaque = (a + (b - a) * way for a, b in zip(one, other, strict=True))
            return red, green, blue, opaque
    return stops[-1][1]
