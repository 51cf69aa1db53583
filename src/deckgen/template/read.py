"""Reads a template: what each slide layout offers, with all that it inherits.

A placeholder takes its place from its slide layout, else from the master's of the same type; its look
from both, then from the master's text styles, then from the presentation (ECMA-376 part 1, 19.3.1).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from deckgen.diagnostics import Diagnostics, Span
from deckgen.geometry import Rect
from deckgen.reading.source import clean
from deckgen.template.added import add_layout
from deckgen.template.canvas import Canvas
from deckgen.template.colours import colour_in, fill_in, number
from deckgen.template.embedded import embedded_fonts
from deckgen.template.model import (
    FOOTERS,
    TITLES,
    Fixed,
    Layout,
    Level,
    Master,
    Placeholder,
    Template,
)
from deckgen.template.package import (
    Package,
    TemplateError,
    open_package,
    presentation_of,
    report,
)
from deckgen.template.paint import TRUE, Layer, is_hidden
from deckgen.template.tables import table_style
from deckgen.theme.model import SLOTS

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
NS = {"a": A[1:-1], "p": P[1:-1], "r": R[1:-1]}
SHAPES = {f"{P}{tag}" for tag in ("sp", "pic", "graphicFrame", "grpSp", "cxnSp")}
LEVELS = 5
FARTHEST = 27_273_042_316_900  # EMU: ST_CoordinateUnqualified, ECMA-376 part 1, 20.1.10.19
LEAST_SIDE, MOST_SIDE = 914_400, 51_206_400  # EMU: ST_SlideSizeCoordinate, 19.7.18
INSETS = {"lIns": 91_440, "tIns": 45_720, "rIns": 91_440, "bIns": 45_720}
STYLES = {"title": "titleStyle", "other": "otherStyle", "body": "bodyStyle"}
MAPPED = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}


def load_template(
    path: Path, diagnostics: Diagnostics, span: Span | None = None
) -> Template | None:
    """Return the template at *path*, or None where anything is wrong with it."""
    package = open_package(path, diagnostics, span)
    if package is None:
        return None
    try:
        return read_template(package, path.name)
    except TemplateError as error:
        report(error, path, diagnostics, span)
        return None


def read_template(package: Package, name: str) -> Template:
    """Return what *package* offers; raises TemplateError where no slide can be made on it."""
    main = presentation_of(package)
    masters = _masters(package, main)
    if not masters:
        hint = "open it in PowerPoint and save it again, which gives it a slide master"
        raise TemplateError("template-damaged", "has no slide master", hint)
    package.check(package.reached([main]))
    size = _size(package, main)
    defaults = package.xml(main).find(f"{P}defaultTextStyle")
    read = partial(_layouts, package, size, defaults)
    layouts = read(masters)
    added = None
    if not any(layout.title for layout in layouts):
        added = (
            "no slide layout has a title across the slide" if layouts else "it has no slide layout"
        )
        add_layout(package, masters[0].part, size)
        layouts = read(masters)
    return Template(
        name=name,
        package=package,
        size=size,
        masters=tuple(masters),
        layouts=layouts,
        notes_master=_notes_master(package, main),
        slides=len(package.related(main, "slide")),
        fonts=embedded_fonts(package, main),
        added=added,
    )


# masters --------------------------------------------------------------------------------------


def _masters(package: Package, main: str) -> list[Master]:
    listed = package.xml(main).findall(f"{P}sldMasterIdLst/{P}sldMasterId")
    relations = package.relations(main)
    targets = [relations[rid].target for item in listed if (rid := item.get(f"{R}id")) in relations]
    return [_master(package, main, part) for part in targets if package.has(part)]


def _master(package: Package, main: str, part: str) -> Master:
    clr_map = package.xml(part).find(f"{P}clrMap")
    mapped = MAPPED | ({} if clr_map is None else {str(k): str(v) for k, v in clr_map.items()})
    themes = package.related(part, "theme")
    theme = package.xml(themes[0]) if themes else None
    if theme is None:
        raise TemplateError("template-damaged", f"its slide master {part} has no theme")
    scheme = theme.find(f".//{A}clrScheme")
    colours = {
        slot: (None if scheme is None else colour_in(scheme.find(f"{A}{slot}"), {}, {}))
        for slot in SLOTS
    }
    usual = {"lt1": "FFFFFF", "lt2": "FFFFFF", "dk1": "000000", "dk2": "000000"}
    sound = {slot: colour or usual.get(slot, "000000") for slot, colour in colours.items()}
    tables = table_style(package, main, sound, mapped)
    return Master(part, sound, mapped, _fonts(theme), tables)


def _fonts(theme: etree._Element) -> dict[str, str]:
    fonts = {}
    for face, tag in (("heading", "majorFont"), ("body", "minorFont")):
        latin = theme.find(f".//{A}fontScheme/{A}{tag}/{A}latin")
        fonts[face] = ("" if latin is None else latin.get("typeface", "")) or "Arial"
    return fonts


def _size(package: Package, main: str) -> Rect:
    size = package.xml(main).find(f"{P}sldSz")
    if size is None:
        return Rect(0, 0, 9_144_000, 6_858_000)
    found = Rect(0, 0, _int(size.get("cx")), _int(size.get("cy")))
    if not all(LEAST_SIDE <= side <= MOST_SIDE for side in (found.w, found.h)):
        message = (
            f"its slides are {size.get('cx')} by {size.get('cy')} EMU: not from 1 to 56 inches"
        )
        raise TemplateError("template-damaged", message)
    return found


def _notes_master(package: Package, main: str) -> str | None:
    """Return the notes master, if it is listed and its notes have a body to go into."""
    found = package.related(main, "notesMaster")
    listed = package.xml(main).find(f"{P}notesMasterIdLst/{P}notesMasterId")
    if not found or listed is None or not package.related(found[0], "theme"):
        return None
    marks = package.xml(found[0]).findall(f".//{P}ph")
    return found[0] if any(mark.get("type") == "body" for mark in marks) else None


# slide layouts --------------------------------------------------------------------------------


class _Drawn(NamedTuple):
    """A shape with the rectangle it takes on the slide; `shape` may be inherited from."""

    shape: etree._Element
    rect: Rect | None


def _layouts(
    package: Package, size: Rect, defaults: etree._Element | None, masters: Sequence[Master]
) -> tuple[Layout, ...]:
    found: list[Layout] = []
    canvases: dict[str, Canvas] = {}
    for index, master in enumerate(masters):
        listed = package.xml(master.part).findall(f"{P}sldLayoutIdLst/{P}sldLayoutId")
        relations = package.relations(master.part)
        for item in listed:
            relation = relations.get(item.get(f"{R}id", ""))
            if relation and package.has(relation.target):
                layout = _layout(
                    package, size, defaults, (index, master), relation.target, len(found) + 1
                )
                found.append(layout._replace(canvas=_shared(layout, master, package, canvases)))
    return tuple(found)


def _shared(
    layout: Layout, master: Master, package: Package, canvases: dict[str, Canvas]
) -> Canvas:
    """Return the canvas of *layout*: of its slide master, where it adds nothing to that."""
    root = package.xml(layout.part)
    has_own = root.find(f"{P}cSld/{P}bg") is not None or any(
        _mark(drawn.shape) is None for drawn in _shapes(_tree(root))
    )
    if has_own or layout.override or root.get("showMasterSp", "1") not in TRUE:
        return layout.canvas
    return canvases.setdefault(master.part, layout.canvas)


def _layout(
    package: Package,
    size: Rect,
    defaults: etree._Element | None,
    numbered: tuple[int, Master],
    part: str,
    number: int,
) -> Layout:
    index, master = numbered
    root, above = package.xml(part), package.xml(master.part)
    override = root.find(f"{P}clrMapOvr/{A}overrideClrMapping")
    mapped = master.mapped
    if override is not None:
        mapped = mapped | {str(key): str(value) for key, value in override.items()}
    master = master._replace(mapped=mapped)
    reader = _Reader(above, master, defaults)
    shows_master = root.get("showMasterSp", "1") in TRUE
    trees = ([above] if shows_master else []) + [root]
    layers = (
        Layer(master.part, master.colours, mapped, shows_master),
        Layer(part, master.colours, mapped),
    )
    common = root.find(f"{P}cSld")
    return Layout(
        part=part,
        name=_name(common) or f"Layout {number}",
        type=root.get("type", ""),
        number=number,
        master=index,
        placeholders=tuple(reader.placeholders(root, size)),
        fixed=tuple(chain.from_iterable(_fixed(tree, master) for tree in trees)),
        ground=_ground(root, above, master),
        canvas=Canvas(package, size, layers),
        override="" if override is None else _override_xml(override),
    )


def _name(element: etree._Element | None) -> str:
    """Return the name of a slide layout or a shape on one line, without what steers a terminal."""
    name = "" if element is None else element.get("name", "")
    return " ".join("".join(c if c.isprintable() else " " for c in clean(name)).split())


def _override_xml(override: etree._Element) -> str:
    pairs = " ".join(f'{key!s}="{value!s}"' for key, value in override.items())
    return f"<p:clrMapOvr><a:overrideClrMapping {pairs}/></p:clrMapOvr>"


def _shapes(tree: etree._Element | None) -> Iterator[_Drawn]:
    """Yield the shapes of a tree, the members of groups with their place on the slide."""
    for child in tree if tree is not None else ():
        if child.tag in SHAPES:
            yield _Drawn(child, _rect(child))


def _tree(root: etree._Element) -> etree._Element | None:
    return root.find(f"{P}cSld/{P}spTree")


def _rect(shape: etree._Element) -> Rect | None:
    for path in (f"{P}spPr/{A}xfrm", f"{P}grpSpPr/{A}xfrm", f"{P}xfrm"):
        xfrm = shape.find(path)
        if xfrm is None:
            continue
        off, ext = xfrm.find(f"{A}off"), xfrm.find(f"{A}ext")
        if off is None or ext is None:
            return None
        x, y, w, h = (_int(e.get(k)) for e, k in ((off, "x"), (off, "y"), (ext, "cx"), (ext, "cy")))
        if _int(xfrm.get("rot")) % 10_800_000 > 2_700_000:  # turned more than 45 degrees
            x, y, w, h = x + (w - h) // 2, y + (h - w) // 2, h, w
        return Rect(x, y, w, h)
    return None


def _int(text: str | None) -> int:
    return max(-FARTHEST, min(FARTHEST, int(number(text))))


def _mark(shape: etree._Element) -> etree._Element | None:
    return shape.find(f"*/{P}nvPr/{P}ph")


def _fixed(root: etree._Element, master: Master) -> Iterator[Fixed]:
    for shape, rect in _shapes(_tree(root)):
        if _mark(shape) is not None or rect is None or is_hidden(shape):
            continue
        name = _name(shape.find(f"*/{P}cNvPr"))
        if shape.tag == f"{P}sp" and _fill(shape, master) is None and _is_blank(shape):
            continue
        yield Fixed(name, rect)


def _is_blank(shape: etree._Element) -> bool:
    """Return whether a shape shows nothing: no fill, no line, no text."""
    text = "".join(t.text or "" for t in shape.iter(f"{A}t")).strip()
    own = shape.find(f"{P}spPr")
    filled = own is not None and any(
        own.find(f"{A}{tag}") is not None
        for tag in ("solidFill", "gradFill", "blipFill", "pattFill")
    )
    line = None if own is None else own.find(f"{A}ln")
    lined = line is not None and line.find(f"{A}noFill") is None
    styled = shape.find(f"{P}style") is not None
    return not (text or filled or lined or styled)


def _fill(shape: etree._Element, master: Master) -> str | None:
    own = shape.find(f"{P}spPr")
    if own is None or own.find(f"{A}noFill") is not None or shape.tag == f"{P}pic":
        return None
    found = fill_in(own, master.colours, master.mapped)
    if found is None and own.find(f"{A}blipFill") is None:
        style = shape.find(f"{P}style/{A}fillRef")
        if style is not None and style.get("idx", "0") != "0":
            return colour_in(style, master.colours, master.mapped)
    return found


def _ground(root: etree._Element, above: etree._Element, master: Master) -> str | None:
    """Return the colour of the background, or None where it is a picture."""
    for part in (root, above):
        background = part.find(f"{P}cSld/{P}bg")
        if background is None:
            continue
        own, named = background.find(f"{P}bgPr"), background.find(f"{P}bgRef")
        if own is not None:
            return fill_in(own, master.colours, master.mapped)
        return colour_in(named, master.colours, master.mapped)
    return master.colours[master.mapped["bg1"]]


# placeholders ---------------------------------------------------------------------------------


class _Reader(NamedTuple):
    """Reads placeholders of the slide layouts of one master."""

    above: etree._Element
    master: Master
    defaults: etree._Element | None

    def placeholders(self, root: etree._Element, size: Rect) -> Iterator[Placeholder]:
        """Yield the placeholders of a slide layout, those that share type and index once."""
        seen: set[tuple[str, int]] = set()
        shapes = [drawn for drawn in _shapes(_tree(root)) if _mark(drawn.shape) is not None]
        for shape, rect in shapes:
            key = self._key(shape)
            if key not in seen:
                seen.add(key)
                yield self._placeholder(shape, rect, size)

    @staticmethod
    def _key(shape: etree._Element) -> tuple[str, int]:
        mark = _mark(shape)
        assert mark is not None
        kind = mark.get("type", "obj")
        return ("title" if kind in TITLES else kind, _int(mark.get("idx")))

    def _placeholder(self, shape: etree._Element, rect: Rect | None, size: Rect) -> Placeholder:
        mark = _mark(shape)
        assert mark is not None
        kind, idx = mark.get("type", "obj"), _int(mark.get("idx"))
        chain_ = [shape, *self._inherited(kind)]
        rect = next((found for one in chain_ if (found := _rect(one))), None)
        bodies = [one.find(f"{P}txBody/{A}bodyPr") for one in chain_]
        frames = [body for body in bodies if body is not None]
        insets = tuple(_int(_first(frames, key) or str(usual)) for key, usual in INSETS.items())
        runs_across = (_first(frames, "vert") or "horz") == "horz"
        runs_across &= mark.get("orient", "horz") == "horz" and _is_unturned(chain_)
        inherits = tuple(self._levels(kind, chain_))
        fits = rect is not None and rect.w > 0 and rect.h > 0 and rect.overlaps(size)
        return Placeholder(
            name=_name(shape.find(f"*/{P}cNvPr")),
            type=kind,
            idx=idx,
            rect=rect or Rect(0, 0, 1, 1),
            levels=self._shown(kind, chain_) or inherits,
            inherits=inherits,
            anchor={"ctr": "m", "b": "b"}.get(_first(frames, "anchor") or "t", "t"),
            insets=(insets[0], insets[1], insets[2], insets[3]),
            is_usable=fits and runs_across,
        )

    def _inherited(self, kind: str) -> Iterator[etree._Element]:
        wanted = "title" if kind in TITLES else kind if kind in FOOTERS else "body"
        for shape, _ in _shapes(_tree(self.above)):
            mark = _mark(shape)
            if mark is not None and mark.get("type", "obj") == wanted:
                yield shape
                return

    def _levels(self, kind: str, shapes: list[etree._Element]) -> Iterator[Level]:
        group = _group(kind)
        for level in range(1, LEVELS + 1):
            chain_ = list(self._chain(kind, shapes, level))
            runs = [run for one in chain_ if (run := one.find(f"{A}defRPr")) is not None]
            yield self._level(chain_, runs, group)

    def _chain(
        self, kind: str, shapes: list[etree._Element], level: int
    ) -> Iterator[etree._Element]:
        """Yield what a list level inherits from, the nearest first."""
        group = _group(kind)
        lists = [shape.find(f"{P}txBody/{A}lstStyle") for shape in shapes]
        lists.append(self.above.find(f"{P}txStyles/{P}{STYLES[group]}"))
        if group == "other":
            lists.append(self.defaults)
        for one in lists:
            for path in (f"{A}lvl{level}pPr", f"{A}defPPr"):
                found = None if one is None else one.find(path)
                if found is not None:
                    yield found

    def _shown(self, kind: str, shapes: list[etree._Element]) -> tuple[Level, ...]:
        """Return the look of the prompts where no list style says how large text is; else nothing."""
        sized = (one.find(f"{A}defRPr") for one in self._chain(kind, shapes, 1))
        if any(run is not None and run.get("sz") for run in sized):
            return ()
        paragraphs = [p for shape in reversed(shapes) for p in shape.iterfind(f"{P}txBody/{A}p")]
        levels: dict[int, Level] = {}
        for paragraph in paragraphs:
            own, run = paragraph.find(f"{A}pPr"), paragraph.find(f"{A}r/{A}rPr")
            if run is not None and run.get("sz"):
                depth = 0 if own is None else _int(own.get("lvl"))
                found = self._level([] if own is None else [own], [run], _group(kind))
                levels.setdefault(depth, found)
        if 0 not in levels:
            return ()
        filled = [levels[0]]
        for depth in range(1, LEVELS):
            filled.append(levels.get(depth, filled[-1]))
        return tuple(filled)

    def _level(self, chain_: list[etree._Element], runs: list[etree._Element], group: str) -> Level:
        size = _int(_first(runs, "sz") or "1800") / 100
        usual = "heading" if group == "title" else "body"
        return Level(
            size=size,
            bold=(_first(runs, "b") or "0") in TRUE,
            italic=(_first(runs, "i") or "0") in TRUE,
            caps=_first(runs, "cap") == "all",
            line=_spacing(chain_, "lnSpc", size * 1.2, 100.0) / (size * 1.2) * 100 if size else 100,
            before=_spacing(chain_, "spcBef", size, 0.0) + _spacing(chain_, "spcAft", size, 0.0),
            margin=_int(_first(chain_, "marL")),
            indent=_int(_first(chain_, "indent")),
            align={"ctr": "ctr", "r": "r"}.get(_first(chain_, "algn") or "l", "l"),
            bullet=_has_bullet(chain_),
            face=self._face(runs) or usual,
            colour=self._colour(runs),
        )

    def _face(self, runs: list[etree._Element]) -> str | None:
        for run in runs:
            latin = run.find(f"{A}latin")
            if latin is not None and (name := latin.get("typeface")):
                return {"+mj-lt": "heading", "+mn-lt": "body"}.get(name, name)
        return None

    def _colour(self, runs: list[etree._Element]) -> str | None:
        for run in runs:
            if run.find(f"{A}solidFill") is not None or run.find(f"{A}gradFill") is not None:
                return fill_in(run, self.master.colours, self.master.mapped)
        return self.master.colours[self.master.mapped["tx1"]]


def _group(kind: str) -> str:
    """Return which of the master's text styles a placeholder takes."""
    return "title" if kind in TITLES else "other" if kind in FOOTERS else "body"


def _first(elements: list[etree._Element], key: str) -> str | None:
    return next((value for one in elements if (value := one.get(key)) is not None), None)


def _is_unturned(shapes: list[etree._Element]) -> bool:
    for shape in shapes:
        xfrm = shape.find(f"{P}spPr/{A}xfrm")
        if xfrm is not None:
            return _int(xfrm.get("rot")) == 0
    return True


def _spacing(chain_: list[etree._Element], tag: str, whole: float, usual: float) -> float:
    """Return a spacing in points; a percentage is one of *whole* points."""
    for one in chain_:
        found = one.find(f"{A}{tag}")
        if found is None:
            continue
        for child in found:
            text = (child.get("val") or "0").rstrip("%")
            value = float(text) if text.replace(".", "").lstrip("-").isdigit() else 0.0
            if child.tag == f"{A}spcPct":
                return whole * (value if "%" in child.get("val", "") else value / 1000) / 100
            return value / 100
    return whole if tag == "lnSpc" else usual


def _has_bullet(chain_: list[etree._Element]) -> bool:
    for one in chain_:
        for child in one:
            if child.tag == f"{A}buNone":
                return False
            if child.tag in (f"{A}buChar", f"{A}buAutoNum", f"{A}buBlip"):
                return True
    return False
