"""Writes a deck into a company's template: its parts as they are, its sample slides left out.

Of the template only the main part is changed (the list of slides), and what names a sample slide. A
part is kept if a relationship leads to it from what is kept, so media of sample slides go with them.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from deckgen.layout.frames import Deck
from deckgen.render.pptx.drawing import NAMESPACES
from deckgen.render.pptx.master import theme_xml
from deckgen.render.pptx.notes import notes_master_xml
from deckgen.render.pptx.package import (
    DECLARATION,
    DEFAULTS,
    OFFICE,
    PACKAGE,
    Part,
    PartContent,
    relationships_xml,
    zipped,
)
from deckgen.render.pptx.presentation import (
    FIRST_SLIDE_ID,
    MASTER_COLOURS,
    PML,
    SECTION_URI,
    Builder,
    Media,
    app_properties,
    core_properties,
)
from deckgen.template.brand import Brand
from deckgen.template.package import Package, Relation, presentation_of, rels_name

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = f"{{{OFFICE}}}"
PREFIX = "deckgen-"
VIEW = "ppt/deckgen-viewProps.xml"
THEME_TYPE = "application/vnd.openxmlformats-officedocument.theme+xml"
# Relationships of the main part that slides go by, or that say how an author last looked at them.
DROPPED = frozenset({"slide", "viewProps", "printerSettings", "vbaProject", "commentAuthors"})
# and elements of it: in the order of the schema (ECMA-376 part 1, 19.2.1.26).
ORDER = ("sldMasterIdLst", "notesMasterIdLst", "handoutMasterIdLst", "sldIdLst", "sldSz", "notesSz")
GONE = ("sldIdLst", "custShowLst", "photoAlbum")
ROOT_KINDS = ("officeDocument", "custom-properties")
OF_SLIDES = (b"custShow", b"sldRg")  # what properties can name slides by


def write_branded(deck: Deck, brand: Brand) -> bytes:
    """Return the presentation file of *deck* on the template of *brand*."""
    return _Branded(deck, deck.properties.language, brand).file()


@dataclass(frozen=True, slots=True)
class _Branded(Builder):
    """Builds slides as for our own slide layouts, and the rest from the template."""

    brand: Brand

    @property
    def package(self) -> Package:
        """The template's parts."""
        return self.brand.template.package

    @property
    def main(self) -> str:
        """The name of the main part."""
        return presentation_of(self.package)

    @property
    def notes_master(self) -> str:
        """The name of the notes master: the template's own, else ours."""
        return self.brand.template.notes_master or "ppt/notesMasters/deckgen-master.xml"

    def file(self) -> bytes:
        """Return the whole file."""
        media = Media(self.deck.jump_targets(), prefix=PREFIX)
        slides = [
            part
            for number, slide in enumerate(self.deck.slides(), 1)
            for part in self._slide(slide, number, media)
        ]
        parts = [*slides, *media.parts, *self._notes_master_parts(), *self._property_files()]
        entries = self._kept_entries()
        types = {name: self.package.type_of(name) for name in entries if not name.endswith(".rels")}
        for part in parts:
            name = part.name.lstrip("/")
            entries[name] = part.content
            types[name] = part.content_type
            if part.relationships:
                entries[rels_name(name)] = relationships_xml(part)
        types[self.main] = f"{PML}.presentation.main+xml"
        entries["_rels/.rels"] = self._root_relationships()
        entries["[Content_Types].xml"] = self._content_types(types)
        return zipped(entries)

    @property
    def kerning(self) -> str:
        """What runs say of kerning: letters are kerned as PowerPoint's own templates have it."""
        return ' kern="1200"'

    # what slides name --------------------------------------------------------------------------

    def layout_target(self, name: str) -> str:
        """Return where the slide layout is, as seen from a slide."""
        return posixpath.relpath(self.brand.matches[name].layout.part, "ppt/slides")

    def colour_map(self, name: str) -> str:
        """Return what slides of a slide layout say of the colour map: as it does."""
        return self.brand.matches[name].layout.override or MASTER_COLOURS

    def notes_master_target(self) -> str:
        """Return where the notes master is, as seen from a notes slide."""
        return posixpath.relpath(self.notes_master, "ppt/notesSlides")

    # the template's parts ----------------------------------------------------------------------

    def _kept_entries(self) -> dict[str, PartContent]:
        """Return the parts of the template that are kept, and their relationships."""
        relations = self._main_relations()
        kept = self.package.reached([r.target for r in relations if not r.is_external])
        for relation in self.package.relations("").values():
            if relation.kind == "custom-properties" and self.package.has(relation.target):
                kept.add(relation.target)
        kept.discard(self.main)
        entries: dict[str, PartContent] = {}
        for name in sorted(kept):
            entries[name] = self._content(name)
            if self.package.has(rels_name(name)):
                entries[rels_name(name)] = self._relationships(name)
        entries[self.main] = self._main_xml(relations)
        entries[rels_name(self.main)] = _relationships(
            [*relations, *self._slide_relations(relations)], posixpath.dirname(self.main)
        )
        return entries

    def _content(self, name: str) -> str | bytes:
        content = self.package.read(name)
        is_presentation = "presProps" in self.package.type_of(name)
        if is_presentation and any(mark in content for mark in OF_SLIDES):
            return f"{DECLARATION}<p:presentationPr {NAMESPACES}/>"
        return content

    def _relationships(self, name: str) -> str | bytes:
        """Return the relationships of a kept part; a jump to a sample slide leads to the first."""
        relations = list(self.package.relations(name).values())
        if not any(r.kind in ("slide", "notesSlide") for r in relations):
            return self.package.read(rels_name(name))
        moved = [
            r._replace(target="ppt/slides/slide1.xml") if r.kind == "slide" else r
            for r in relations
        ]
        return _relationships(moved, posixpath.dirname(name))

    def _main_relations(self) -> list[Relation]:
        """Return the relationships of the main part that are kept."""
        own_notes = self.brand.template.notes_master
        return [
            relation
            for relation in self.package.relations(self.main).values()
            if relation.kind not in DROPPED
            and (relation.is_external or self.package.has(relation.target))
            and (own_notes or relation.kind != "notesMaster")
        ]

    def _slide_relations(self, kept: list[Relation]) -> list[Relation]:
        """Return new relationships of the main part: to our slides, to our notes master."""
        taken = {relation.id for relation in kept}
        free = (rid for k in range(1, 1_000_000) if (rid := f"rId{k}") not in taken)
        count = sum(1 for _ in self.deck.slides())
        found = [
            Relation(next(free), f"{OFFICE}/slide", f"ppt/slides/slide{k}.xml", False)
            for k in range(1, count + 1)
        ]
        found.append(Relation(next(free), f"{OFFICE}/viewProps", VIEW, False))
        if not self.brand.template.notes_master:
            found.append(Relation(next(free), f"{OFFICE}/notesMaster", self.notes_master, False))
        return found

    def _main_xml(self, kept: list[Relation]) -> bytes:
        root = deepcopy(self.package.xml(self.main))
        new = self._slide_relations(kept)
        for name in GONE:
            for found in root.findall(f"{P}{name}"):
                root.remove(found)
        slides = etree.SubElement(root, f"{P}sldIdLst")
        for k, relation in enumerate(r for r in new if r.kind == "slide"):
            item = etree.SubElement(slides, f"{P}sldId", id=str(FIRST_SLIDE_ID + k))
            item.set(f"{R}id", relation.id)
        if len(slides) == 0:
            root.remove(slides)
        for relation in new:
            if relation.kind == "notesMaster":
                for found in root.findall(f"{P}notesMasterIdLst"):
                    root.remove(found)
                listed = etree.SubElement(root, f"{P}notesMasterIdLst")
                etree.SubElement(listed, f"{P}notesMasterId").set(f"{R}id", relation.id)
        self._replace_sections(root)
        _sort(root)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _replace_sections(self, root: etree._Element) -> None:
        extensions = root.find(f"{P}extLst")
        for found in root.findall(f"{P}extLst/{P}ext"):
            if found.get("uri") == SECTION_URI and extensions is not None:
                extensions.remove(found)
        text = self._sections()
        if text:
            own = etree.fromstring(f"<w {NAMESPACES}>{text}</w>")[0]
            if extensions is None:
                extensions = etree.SubElement(root, f"{P}extLst")
            for found in list(own):
                extensions.append(found)
        if extensions is not None and len(extensions) == 0:
            root.remove(extensions)
        etree.cleanup_namespaces(root, keep_ns_prefixes=["a", "r", "p"])

    # new parts ---------------------------------------------------------------------------------

    def _notes_master_parts(self) -> list[Part]:
        """Return our notes master and its theme where the template has none to write on."""
        if self.brand.template.notes_master:
            return []
        notes = Part(f"/{self.notes_master}", f"{PML}.notesMaster+xml")
        notes.relate("theme", "../theme/deckgen-notes.xml")
        notes.xml = notes_master_xml(self.language)
        xml = theme_xml(self.deck.theme, name=str(self.deck.theme.name))
        return [notes, Part("/ppt/theme/deckgen-notes.xml", THEME_TYPE, xml)]

    def _property_files(self) -> Iterator[Part]:
        yield Part(f"/{VIEW}", f"{PML}.viewProps+xml", f"<p:viewPr {NAMESPACES}/>")
        yield core_properties(self.deck.properties)
        app = app_properties(sum(1 for _ in self.deck.slides()))
        assert isinstance(app.xml, str)
        app.xml = app.xml.replace("Widescreen", "Custom")
        yield app

    def _root_relationships(self) -> str:
        root = Part("", "")
        for relation in self.package.relations("").values():
            if relation.kind in ROOT_KINDS and self.package.has(relation.target):
                root.relate(relation.type, relation.target)
        root.relate(f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")
        root.relate("extended-properties", "docProps/app.xml")
        return relationships_xml(root)

    def _content_types(self, types: dict[str, str]) -> str:
        defaults = dict(DEFAULTS)
        for name, kind in sorted(types.items()):
            extension = posixpath.splitext(name)[1].lstrip(".").lower()
            if extension and extension not in defaults and kind:
                defaults[extension] = kind
        rows = "".join(
            f'<Default Extension="{extension}" ContentType="{kind}"/>'
            for extension, kind in defaults.items()
        )
        rows += "".join(
            f'<Override PartName="/{name}" ContentType="{kind}"/>'
            for name, kind in sorted(types.items())
            if kind and defaults.get(posixpath.splitext(name)[1].lstrip(".").lower()) != kind
        )
        return f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">{rows}</Types>'


def _relationships(relations: list[Relation], folder: str) -> str:
    rows = "".join(
        f'<Relationship Id="{relation.id}" Type="{relation.type}" '
        f'Target="{_attribute(_target(relation, folder))}"'
        + (' TargetMode="External"/>' if relation.is_external else "/>")
        for relation in relations
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def _target(relation: Relation, folder: str) -> str:
    return relation.target if relation.is_external else posixpath.relpath(relation.target, folder)


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _sort(root: etree._Element) -> None:
    """Put the lists of the main part into the order of the schema; the rest keeps its own."""
    listed = {name: root.find(f"{P}{name}") for name in ORDER}
    found = [element for element in listed.values() if element is not None]
    for element in found:
        root.remove(element)
    for k, element in enumerate(found):
        root.insert(k, element)
    extensions = root.find(f"{P}extLst")
    if extensions is not None:
        root.remove(extensions)
        root.append(extensions)
