"""Which colours meet on the slides of a written .pptx: every text, and every mark with a meaning.

Read as PowerPoint reads them: a run says its colour, size and weight, or else the list style of its
shape, of the placeholder on the slide layout, of the one on the master, of the master's text
styles; a scheme colour goes through the colour map to the theme. Behind a text is the topmost fill
under its rectangle: its own, a shape below it on the slide, on the slide layout, on the master, or
the background. Where two fills are under it, it meets both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from lxml import etree

import deck_gates as gates
from deckgen.theme.contrast import contrast_ratio

Element: TypeAlias = etree._Element

TEXT, LARGE_TEXT, MARK = 4.5, 3.0, 3.0
LARGE, LARGE_BOLD = 24.0, 18.66
TOUCH = 12700.0  # a point in EMU
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
FILLS = ("solidFill", "noFill", "gradFill", "blipFill", "pattFill", "grpFill")
GROUNDS = {"sky", "below", "strip", "answer ground"}  # on slide layouts; texts stand on them
ORNAMENTS = {"edge"}  # on slide layouts; means nothing, and is not seen on a ground of its colour
FIELDS = ("code field", "QR code field", "node")  # a fill behind a text or a code, no mark
BESIDE = ("outEnd", "t", "b", "l", "r")  # positions of labels that are not on their bar
EXTENSIONS = {"{A12FA001-AC4F-418D-AE19-62706E023703}"}


@dataclass(frozen=True)
class Row:
    """An ink on a ground (RRGGBB), the ratio they need, and where they meet: in which shape."""

    place: str
    kind: str
    name: str
    ink: str
    ground: str
    need: float
    text: str = ""

    @property
    def ratio(self) -> float:
        return contrast_ratio(self.ink, self.ground)

    @property
    def is_enough(self) -> bool:
        return self.ratio >= self.need

    def __str__(self) -> str:
        shown = f" {self.text!r}" if self.text else ""
        pair = f"{self.ink} on {self.ground}, {self.place}"
        return f"{self.ratio:5.2f} of {self.need:g}, {pair}: {self.kind}{shown} in {self.name}"


def contrast_table(path: Path) -> list[Row]:
    """Return all pairs of colours of a deck, slide by slide."""
    package = gates.Package(path)
    return [row for name in package.slides for row in _Slide(package, name).rows()]


def theme_colours(path: Path) -> dict[str, str]:
    """Return the twelve colours of the deck's theme by slot."""
    package = gates.Package(path)
    return _theme_colours(package, package.masters[0])


def _theme_colours(package: gates.Package, master: str) -> dict[str, str]:
    (theme,) = package.related(master, "theme")
    (scheme,) = gates._all(package.xml(theme), "a:themeElements/a:clrScheme")
    return {_local(slot): str(slot[0].get("val")) for slot in scheme}


def _local(element: Element) -> str:
    return str(etree.QName(element).localname)


@dataclass(frozen=True)
class _Layer:
    """What a text or a mark may stand on; `colour` is none of a picture."""

    box: gates.Rectangle
    colour: str | None
    name: str


class _Slide:
    """A slide with all that it inherits."""

    def __init__(self, package: gates.Package, name: str) -> None:
        self.package, self.name = package, name
        self.root = package.xml(name)
        self.layout = package.layout_of(name) or ""
        (self.master,) = package.related(self.layout, "slideMaster")
        self.theme = _theme_colours(package, self.master)
        self.map = self._colour_map()
        self.shapes = gates.placed_shapes(package, name)
        self.below = [*self._drawn(self.master), *self._drawn(self.layout)]

    def rows(self) -> Iterator[Row]:
        for number, placed in enumerate(self.shapes):
            if charts := gates._all(placed.shape, f".//*[namespace-uri()='{C[1:-1]}']"):
                yield from self._chart(placed, charts[0], number)
            yield from self._table(placed, number)
            yield from self._texts(placed, number)
            yield from self._marks(placed, number)
        for number, placed in enumerate(self.below):
            if placed.name not in (*GROUNDS, *ORNAMENTS):
                yield from self._mark(placed, self._grounds(placed.box, self.below[:number]))

    def _on(
        self,
        grounds: Iterable[str | None],
        kind: str,
        name: str,
        ink: str,
        need: float = MARK,
        text: str = "",
    ) -> Iterator[Row]:
        """Yield an ink on each of the grounds."""
        place = self.package.place(self.name)
        for ground in grounds:
            if ground is None:
                raise ValueError(f"{place}: {name} stands on a picture")
            yield Row(place, kind, name, ink, ground, need, text)

    # colours -----------------------------------------------------------------------------------

    def _colour_map(self) -> dict[str, str]:
        (found,) = gates._all(self.package.xml(self.master), "p:clrMap")
        for part in (self.layout, self.name):
            own = gates._one(self.package.xml(part), "p:clrMapOvr/a:overrideClrMapping")
            found = found if own is None else own
        return {str(key): str(value) for key, value in found.attrib.items()}

    def colour(self, fill: Element) -> str:
        """Return the colour of `a:solidFill` or `a:buClr`."""
        (colour,) = fill
        if _local(colour) == "srgbClr" and not len(colour):
            return str(colour.get("val"))
        if _local(colour) != "schemeClr" or len(colour):
            raise ValueError(f"{self.name}: {etree.tostring(colour)!r} is no plain theme colour")
        name = str(colour.get("val"))
        return self.theme[self.map.get(name, name)]

    # grounds -----------------------------------------------------------------------------------

    def _drawn(self, part: str) -> list[gates.Placed]:
        """Return what a slide layout or a master draws on slides: all but its placeholders."""
        shapes = gates.placed_shapes(self.package, part)
        return [placed for placed in shapes if gates._placeholder(placed.shape) is None]

    def _layers(self, shapes: Iterable[gates.Placed]) -> Iterator[_Layer]:
        for placed in shapes:
            fill = _fill(placed)
            if placed.shape.tag == gates._tag("p:pic"):
                yield _Layer(placed.box, None, placed.name)
            elif fill is not None and _local(fill) == "solidFill" and not _is_drawing(placed):
                yield _Layer(placed.box, self.colour(fill), placed.name)

    def _grounds(self, box: gates.Rectangle, under: Iterable[gates.Placed]) -> list[str | None]:
        """Return the fills under a rectangle, from the top down to the first that fills it."""
        found: list[str | None] = []
        for layer in reversed(list(self._layers(under))):
            if gates.meet(layer.box, box, min(TOUCH, box.cx / 2, box.cy / 2)):
                found.append(layer.colour)
                if _surrounds(layer.box, box):
                    return found
        return [*found, self._background()]

    def _background(self) -> str:
        for part in (self.name, self.layout, self.master):
            found = gates._one(self.package.xml(part), "p:cSld/p:bg/p:bgPr/a:solidFill")
            if found is not None:
                return self.colour(found)
        raise ValueError(f"{self.name}: no background")

    def _under(self, number: int) -> list[gates.Placed]:
        return [*self.below, *self.shapes[:number]]

    # texts -------------------------------------------------------------------------------------

    def _texts(self, placed: gates.Placed, number: int) -> Iterator[Row]:
        body = gates._one(placed.shape, "p:txBody")
        if body is not None:
            grounds = self._grounds(placed.box, [*self._under(number), placed])
            yield from self._body(body, placed, grounds)

    def _table(self, placed: gates.Placed, number: int) -> Iterator[Row]:
        for cell, box in gates.table_cells(placed):
            fill = gates._one(cell, "a:tcPr/a:solidFill")
            around = self._grounds(box, self._under(number))
            grounds = around if fill is None else [self.colour(fill)]
            (body,) = gates._all(cell, "a:txBody")
            yield from self._body(body, placed, grounds)
            for side in gates._all(cell, "a:tcPr/*[self::a:lnT or self::a:lnB]/a:solidFill"):
                line = self.colour(side)
                if [line] != around:  # a line in the colour of the ground is a gap between fills
                    yield from self._on(around, "line", placed.name, line)

    def _body(
        self, body: Element, placed: gates.Placed, grounds: list[str | None]
    ) -> Iterator[Row]:
        for paragraph in gates._all(body, "a:p"):
            levels = self._levels(body, placed, paragraph)
            runs = gates._all(paragraph, "*[self::a:r or self::a:fld][normalize-space(a:t)]")
            for run in runs:
                for kind, ink, need in self._looks(run, levels):
                    text = gates._text(run)[:30]
                    yield from self._on(grounds, kind, placed.name, ink, need, text)
            if runs and (bullet := self._bullet(paragraph, levels)) is not None:
                yield from self._on(grounds, "bullet", placed.name, bullet)

    def _levels(self, body: Element, placed: gates.Placed, paragraph: Element) -> list[Element]:
        """Return the level styles of a paragraph, the nearest first."""
        own = gates._one(paragraph, "a:pPr")
        level = 1 if own is None else int(own.get("lvl", 0)) + 1
        kind = gates._placeholder_type(placed.shape)
        is_text = gates._one(body, "self::p:txBody") is not None
        lists = gates._all(body, "a:lstStyle")
        if is_text:
            lists += [el for up in placed.inherits for el in gates._all(up, "p:txBody/a:lstStyle")]
        style = "otherStyle"
        if is_text and kind is not None and kind not in gates.FOOTERS:
            style = "titleStyle" if kind in ("title", "ctrTitle") else "bodyStyle"
        lists += gates._all(self.package.xml(self.master), f"p:txStyles/p:{style}")
        root = self.package.xml(self.package.presentation)
        lists += gates._all(root, "p:defaultTextStyle")
        return [el for each in lists for el in gates._all(each, f"a:lvl{level}pPr")]

    def _looks(self, run: Element, levels: list[Element]) -> Iterator[tuple[str, str, float]]:
        """Yield kind, colour and need of a run; a link has a second colour once it was visited."""
        own = gates._all(run, "a:rPr")
        chain = [*own, *(el for level in levels for el in gates._all(level, "a:defRPr"))]
        need = needed(chain)
        link = gates._one(run, "a:rPr/a:hlinkClick")
        if link is not None and not _keeps_colour(link):
            yield "link", self.theme[self.map["hlink"]], need
            yield "visited link", self.theme[self.map["folHlink"]], need
            return
        yield "text", self._ink(chain), need

    def _ink(self, chain: list[Element]) -> str:
        fills = (fill for el in chain if (fill := _first_fill(el)) is not None)
        return self.colour(next(fills))

    def _bullet(self, paragraph: Element, levels: list[Element]) -> str | None:
        chain = [*gates._all(paragraph, "a:pPr"), *levels]
        kinds = "*[self::a:buNone or self::a:buChar or self::a:buAutoNum]"
        marks = (mark for el in chain if (mark := gates._one(el, kinds)) is not None)
        mark = next(marks, None)
        if mark is None or _local(mark) == "buNone":
            return None
        colours = (found for el in chain if (found := gates._one(el, "a:buClr")) is not None)
        return self.colour(next(colours))

    # marks -------------------------------------------------------------------------------------

    def _marks(self, placed: gates.Placed, number: int) -> Iterator[Row]:
        """Yield bars, squares, rules, lines, outlines; a fill behind a text is no mark."""
        if placed.shape.tag in (gates._tag("p:sp"), gates._tag("p:cxnSp")):
            yield from self._mark(placed, self._grounds(placed.box, self._under(number)))

    def _mark(self, placed: gates.Placed, grounds: list[str | None]) -> Iterator[Row]:
        line, fill = _line(placed), _fill(placed)
        is_behind = placed.name.startswith(FIELDS) or gates._placeholder(placed.shape) is not None
        if line is None and fill is not None and _local(fill) == "solidFill" and not is_behind:
            line = fill
        if line is not None:
            yield from self._on(grounds, "mark", placed.name, self.colour(line))

    # charts ------------------------------------------------------------------------------------

    def _chart(self, placed: gates.Placed, mark: Element, number: int) -> Iterator[Row]:
        root = self.package.xml(self.package.rels(self.name)[gates._rid(mark)].target)
        grounds = self._grounds(placed.box, self._under(number))
        for kind, ink, need, on in self._chart_texts(root):
            yield from self._on(on or grounds, kind, placed.name, ink, need)
        for kind, ink in self._chart_marks(root):
            yield from self._on(grounds, kind, placed.name, ink)

    def _chart_texts(self, root: Element) -> Iterator[tuple[str, str, float, list[str]]]:
        """Yield kind, colour, need and, for a label on its bar, the colours of the bars."""
        basic = _text_properties(root)
        for axis in root.iter(f"{C}catAx", f"{C}valAx"):
            if _flag(axis, "delete") != "1":
                chain = [*_text_properties(axis), *basic]
                yield "axis text", self._ink(chain), needed(chain), []
        for legend in root.iter(f"{C}legend"):
            chain = [*_text_properties(legend), *basic]
            yield "legend", self._ink(chain), needed(chain), []
        for labels in root.iter(f"{C}dLbls"):
            if _flag(labels, "showVal") == "1":
                position = labels.find(f"{C}dLblPos")
                is_beside = position is not None and position.get("val") in BESIDE
                on: list[str] = [] if is_beside else [ink for _, ink in self._series(root)]
                chain = [*_text_properties(labels), *basic]
                yield "value", self._ink(chain), needed(chain), on

    def _chart_marks(self, root: Element) -> Iterator[tuple[str, str]]:
        yield from self._series(root)
        for axis in root.iter(f"{C}catAx", f"{C}valAx"):
            line = gates._one(axis, "*[local-name()='spPr']/a:ln/a:solidFill")
            if _flag(axis, "delete") != "1" and line is not None:
                yield "axis", self.colour(line)

    def _series(self, root: Element) -> Iterator[tuple[str, str]]:
        """Yield the colours of series and of their points."""
        for series in root.iter(f"{C}ser"):
            is_line = _local(series.getparent()) == "lineChart"
            path = "*[local-name()='spPr']/" + ("a:ln/a:solidFill" if is_line else "a:solidFill")
            fills = gates._all(series, f"{path}|*[local-name()='dPt']/{path}")
            if not fills:
                raise ValueError(f"{self.name}: a series of a chart says no colour")
            yield from (("series", self.colour(fill)) for fill in fills)


def needed(chain: list[Element]) -> float:
    """Return what a text needs whose properties are the first to be found in *chain*."""
    size = next((int(el.get("sz", 0)) for el in chain if el.get("sz")), 1800) / 100
    bold = next((el.get("b") for el in chain if el.get("b")), "0") in ("1", "true")
    return LARGE_TEXT if size >= (LARGE_BOLD if bold else LARGE) else TEXT


def _keeps_colour(link: Element) -> bool:
    marks = gates._all(link, "a:extLst/a:ext/*[local-name()='hlinkClr'][@val='tx']")
    return any(mark.getparent().get("uri") in EXTENSIONS for mark in marks)


def _first_fill(properties: Element) -> Element | None:
    return next((child for child in properties if _local(child) in FILLS), None)


def _fill(placed: gates.Placed) -> Element | None:
    """Return the fill of a shape: its own, or its placeholder's."""
    for shape in (placed.shape, *placed.inherits):
        properties = gates._one(shape, "p:spPr")
        fill = None if properties is None else _first_fill(properties)
        if fill is not None:
            return fill
    return None


def _line(placed: gates.Placed) -> Element | None:
    """Return the fill of a shape's outline, none where there is no outline."""
    for shape in (placed.shape, *placed.inherits):
        line = gates._one(shape, "p:spPr/a:ln")
        if line is not None:
            return gates._one(line, "a:solidFill")
    return None


def _is_drawing(placed: gates.Placed) -> bool:
    """Whether a shape is a drawing of its own, which does not fill its rectangle."""
    return gates._one(placed.shape, "p:spPr/a:custGeom") is not None


def _surrounds(outer: gates.Rectangle, inner: gates.Rectangle) -> bool:
    beyond = (outer.x - inner.x, inner.x + inner.cx - outer.x - outer.cx)
    above = (outer.y - inner.y, inner.y + inner.cy - outer.y - outer.cy)
    return max(*beyond, *above) <= TOUCH


def _text_properties(element: Element) -> list[Element]:
    return gates._all(element, "*[local-name()='txPr']//a:defRPr")


def _flag(element: Element, name: str) -> str:
    found = element.find(f"{C}{name}")
    return "0" if found is None else found.get("val", "1")
