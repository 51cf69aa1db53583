"""Builds the parts of a .pptx file from a `Deck`.

Every part has a name and a relationship id of our choosing, so building is linear in slides and the
same deck gives the same bytes (ECMA-376 parts 1 and 2).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from html import escape
from pathlib import Path

from deckgen.boxes import Recording, is_jump
from deckgen.layout.frames import (
    ChartFrame,
    Deck,
    DeckSection,
    FramedSlide,
    PlayerFrame,
    Properties,
)
from deckgen.render.pptx.drawing import NAMESPACES, P14, TREE_HEAD, Pen
from deckgen.render.pptx.master import layout_xml, master_xml, theme_xml
from deckgen.render.pptx.notes import notes_master_xml, notes_slide_xml
from deckgen.render.pptx.package import PACKAGE, Part
from deckgen.render.pptx.player import draw_mark
from deckgen.render.pptx.timing import timing_xml
from deckgen.theme.places import SLIDE, slide_layouts
from deckgen.version import __version__

PML = "application/vnd.openxmlformats-officedocument.presentationml"
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PICTURE_TYPES = {
    "png": "image/png",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "svg": "image/svg+xml",
}
RECORDING_TYPES = {
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "wav": "audio/x-wav",
}
MEDIA = "http://schemas.microsoft.com/office/2007/relationships/media"
SECTION_URI = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
FIRST_SLIDE_ID = 256
HIDDEN = ' show="0"'  # the show skips the slide (ECMA-376 part 1, 19.3.1.38)
MASTER_COLOURS = "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"
MASTER_ID = 2_147_483_648
NAMESPACE = uuid.UUID("5f1d5d0e-9d0c-5b52-8a1b-6f0a8f3f7a11")  # of our section ids


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds the parts of a deck whose language is a BCP 47 tag."""

    deck: Deck
    language: str

    def parts(self) -> tuple[Part, list[Part]]:
        """Return the package's own relationships, and all parts."""
        slides = list(self.deck.slides())
        root = Part("", "")
        root.relate("officeDocument", "ppt/presentation.xml")
        root.relate(f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")
        root.relate("extended-properties", "docProps/app.xml")
        parts = [self._presentation(slides), *self._frame_parts()]
        media = Media(self.deck.jump_targets())
        for number, slide in enumerate(slides, 1):
            parts += self._slide(slide, number, media)
        return root, parts + media.parts

    # presentation ------------------------------------------------------------------------------

    def _presentation(self, slides: list[FramedSlide]) -> Part:
        part = Part("/ppt/presentation.xml", f"{PML}.presentation.main+xml")
        master = part.relate("slideMaster", "slideMasters/slideMaster1.xml")
        notes = part.relate("notesMaster", "notesMasters/notesMaster1.xml")
        ids = [part.relate("slide", f"slides/slide{k}.xml") for k in range(1, len(slides) + 1)]
        for kind, target in (
            ("presProps", "presProps.xml"),
            ("viewProps", "viewProps.xml"),
            ("theme", "theme/theme1.xml"),
            ("tableStyles", "tableStyles.xml"),
        ):
            part.relate(kind, target)
        listed = "".join(
            f'<p:sldId id="{FIRST_SLIDE_ID + k}" r:id="{id}"/>' for k, id in enumerate(ids)
        )
        part.xml = (
            f'<p:presentation {NAMESPACES} saveSubsetFonts="1" autoCompressPictures="0"><p:sldMasterIdLst>'
            f'<p:sldMasterId id="{MASTER_ID}" r:id="{master}"/></p:sldMasterIdLst><p:notesMasterIdLst>'
            f'<p:notesMasterId r:id="{notes}"/></p:notesMasterIdLst>'
            f"{f'<p:sldIdLst>{listed}</p:sldIdLst>' if listed else ''}"
            f'<p:sldSz cx="{SLIDE.w}" cy="{SLIDE.h}"/><p:notesSz cx="6858000" cy="9144000"/>'
            f"<p:defaultTextStyle>{self._default_text()}</p:defaultTextStyle>{self._sections()}"
            f"</p:presentation>"
        )
        return part

    def _default_text(self) -> str:
        return "".join(
            f'<a:lvl{level}pPr marL="{(level - 1) * 457_200}" algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" '
            f'latinLnBrk="0" hangingPunct="1"><a:defRPr sz="1800" kern="1200"><a:solidFill>'
            f'<a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/>'
            f'<a:cs typeface="+mn-cs"/></a:defRPr></a:lvl{level}pPr>'
            for level in range(1, 10)
        )

    def _sections(self) -> str:
        """Return one PowerPoint section for each block that has slides, or for each that opens one."""
        rows, number = [], FIRST_SLIDE_ID
        for run in _runs(self.deck.sections):
            ids = range(number, number + sum(len(section.slides) for section in run))
            number = ids.stop
            listed = "".join(f'<p14:sldId id="{id}"/>' for id in ids)
            guid = str(uuid.uuid5(NAMESPACE, run[0].id)).upper()
            rows.append(
                f'<p14:section name="{escape(run[0].title)}" id="{{{guid}}}">'
                f"<p14:sldIdLst>{listed}</p14:sldIdLst></p14:section>"
            )
        if not rows:
            return ""
        return (
            f'<p:extLst><p:ext uri="{SECTION_URI}"><p14:sectionLst xmlns:p14="{P14}">{"".join(rows)}'
            f"</p14:sectionLst></p:ext></p:extLst>"
        )

    # master, layouts, properties ---------------------------------------------------------------

    def _frame_parts(self) -> list[Part]:
        theme, layouts = self.deck.theme, slide_layouts()
        master = Part("/ppt/slideMasters/slideMaster1.xml", f"{PML}.slideMaster+xml")
        parts = [master]
        for number, layout in enumerate(layouts.values(), 1):
            name = f"slideLayout{number}.xml"
            master.relate("slideLayout", f"../slideLayouts/{name}")
            part = Part(f"/ppt/slideLayouts/{name}", f"{PML}.slideLayout+xml")
            part.relate("slideMaster", "../slideMasters/slideMaster1.xml")
            part.xml = layout_xml(theme, layout, self.language, self.deck.footer)
            parts.append(part)
        master.relate("theme", "../theme/theme1.xml")
        master.xml = master_xml(theme, self.language, self.deck.footer)
        notes = Part("/ppt/notesMasters/notesMaster1.xml", f"{PML}.notesMaster+xml")
        notes.relate("theme", "../theme/theme2.xml")
        notes.xml = notes_master_xml(self.language)
        return [*parts, notes, *self._theme_parts(), *self._property_parts()]

    def _theme_parts(self) -> list[Part]:
        kind = "application/vnd.openxmlformats-officedocument.theme+xml"
        xml = theme_xml(self.deck.theme, name=str(self.deck.theme.name))
        return [Part(f"/ppt/theme/theme{k}.xml", kind, xml) for k in (1, 2)]

    def _property_parts(self) -> list[Part]:
        xmlns = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        style = "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"
        return [
            Part(
                "/ppt/presProps.xml",
                f"{PML}.presProps+xml",
                f"<p:presentationPr {NAMESPACES}/>",
            ),
            Part(
                "/ppt/viewProps.xml",
                f"{PML}.viewProps+xml",
                f"<p:viewPr {NAMESPACES}/>",
            ),
            Part(
                "/ppt/tableStyles.xml",
                f"{PML}.tableStyles+xml",
                f'<a:tblStyleLst {xmlns} def="{style}"/>',
            ),
            core_properties(self.deck.properties),
            app_properties(sum(1 for _ in self.deck.slides())),
        ]

    # what a company's template has elsewhere, or does not say ------------------------------------

    @property
    def kerning(self) -> str:
        """What runs say of kerning: nothing, the slide master does."""
        return ""

    def layout_target(self, name: str) -> str:
        """Return where the slide layout is, as seen from a slide."""
        return f"../slideLayouts/slideLayout{list(slide_layouts()).index(name) + 1}.xml"

    def colour_map(self, _name: str) -> str:
        """Return what slides of a slide layout say of the colour map."""
        return MASTER_COLOURS

    def notes_master_target(self) -> str:
        """Return where the notes master is, as seen from a notes slide."""
        return "../notesMasters/notesMaster1.xml"

    # slides ------------------------------------------------------------------------------------

    def _slide(self, slide: FramedSlide, number: int, media: Media) -> list[Part]:
        part = Part(f"/ppt/slides/slide{number}.xml", f"{PML}.slide+xml")
        part.relate("slideLayout", self.layout_target(slide.slide_layout))
        pen = Pen(
            language=self.language,
            mono=str(self.deck.theme.fonts["mono"].office),
            relate=partial(_relate, part, media.slides),
            picture=lambda content, kind: part.relate("image", media.picture(content, kind)),
            chart=lambda frame: part.relate("chart", media.chart(frame, self.language)),
            recording=lambda frame: _recording(part, media, frame),
            mark=lambda frame: draw_mark(frame, self.deck.theme_of(slide)),
            number=number,
            kerning=self.kerning,
        )
        notes = [self._notes(slide, part, number)] if slide.notes else []
        shapes = "".join(pen.frame(frame) for frame in slide.frames)
        part.xml = (
            f"<p:sld {NAMESPACES}{HIDDEN if slide.is_hidden else ''}><p:cSld><p:spTree>{TREE_HEAD}{shapes}</p:spTree></p:cSld>"
            f"{self.colour_map(slide.slide_layout)}"
            f"{timing_xml(pen.timers, pen.builds, pen.players)}</p:sld>"
        )
        return [part, *notes]

    def _notes(self, slide: FramedSlide, part: Part, number: int) -> Part:
        part.relate("notesSlide", f"../notesSlides/notesSlide{number}.xml")
        notes = Part(f"/ppt/notesSlides/notesSlide{number}.xml", f"{PML}.notesSlide+xml")
        notes.relate("notesMaster", self.notes_master_target())
        notes.relate("slide", f"../slides/slide{number}.xml")
        notes.xml = notes_slide_xml(slide.notes, self.language)
        return notes


def _runs(sections: Iterable[DeckSection]) -> list[list[DeckSection]]:
    """Return the sections that have slides: each alone, or all that follow one that opens together."""
    runs: list[list[DeckSection]] = []
    for section in sections:
        if section.slides and runs and runs[-1][0].opens and not section.opens:
            runs[-1].append(section)
        elif section.slides:
            runs.append([section])
    return runs


@dataclass(frozen=True, slots=True)
class Media:
    """Parts that slides share or own: pictures once each, charts with their workbooks.

    `slides` gives the number of each slide key, and of each block's first slide.
    """

    slides: dict[str, int]
    parts: list[Part] = field(default_factory=list)
    pictures: dict[bytes, str] = field(default_factory=dict)
    charts: list[Part] = field(default_factory=list)
    recordings: dict[Path, str] = field(default_factory=dict)
    prefix: str = ""  # of names, where a template has parts of its own

    def picture(self, content: bytes, extension: str) -> str:
        """Return where the picture is, as seen from a slide; equal pictures are one part."""
        if content not in self.pictures:
            name = f"{self.prefix}image{len(self.pictures) + 1}.{extension}"
            self.pictures[content] = f"../media/{name}"
            self.parts.append(Part(f"/ppt/media/{name}", PICTURE_TYPES[extension], content))
        return self.pictures[content]

    def recording(self, recording: Recording) -> str:
        """Return where the recording is, as seen from a slide; a file that plays twice is one part."""
        if recording.file not in self.recordings:
            name = f"{self.prefix}media{len(self.recordings) + 1}.{recording.extension}"
            kind = RECORDING_TYPES[recording.extension]
            self.recordings[recording.file] = f"../media/{name}"
            self.parts.append(Part(f"/ppt/media/{name}", kind, recording.file))
        return self.recordings[recording.file]

    def chart(self, frame: ChartFrame, language: str) -> str:
        """Return where the new chart is, as seen from a slide."""
        from deckgen.render.pptx.chart import chart_parts  # noqa: PLC0415 (python-pptx: 0.1 s)

        number = len(self.charts) + 1
        part = Part(f"/ppt/charts/{self.prefix}chart{number}.xml", CHART_TYPE)
        workbook = f"{self.prefix}Microsoft_Excel_Sheet{number}.xlsx"
        part.relate("package", f"../embeddings/{workbook}")
        part.xml, content = chart_parts(frame, language)
        self.charts.append(part)
        self.parts.extend((part, Part(f"/ppt/embeddings/{workbook}", WORKBOOK_TYPE, content)))
        return f"../charts/{self.prefix}chart{number}.xml"


def _relate(part: Part, slides: dict[str, int], link: str) -> str | None:
    """Return the relationship to an address or a slide; None where no slide has the key."""
    if not is_jump(link):
        return part.relate("hyperlink", link, is_external=True)
    number = slides.get(link[1:])
    return None if number is None else part.relate("slide", f"slide{number}.xml")


def _recording(part: Part, media: Media, frame: PlayerFrame) -> tuple[str, str]:
    """Return the relationships to what a frame plays: as before 2010, and as today."""
    assert frame.recording is not None
    target = media.recording(frame.recording)
    return part.relate("audio" if frame.is_sound else "video", target), part.relate(MEDIA, target)


def core_properties(properties: Properties) -> Part:
    """Return title, author and dates of a file (ECMA-376 part 2, core properties)."""
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{properties.created}</dcterms:{name}>'
        for name in ("created", "modified")
        if properties.created
    )
    author = escape(properties.author)
    xml = (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(properties.title)}</dc:title><dc:subject>{escape(properties.subject)}"
        f"</dc:subject><dc:creator>{author}</dc:creator><cp:lastModifiedBy>{author}"
        f"</cp:lastModifiedBy>{dates}<dc:language>{escape(properties.language)}</dc:language>"
        "</cp:coreProperties>"
    )
    kind = "application/vnd.openxmlformats-package.core-properties+xml"
    return Part("/docProps/core.xml", kind, xml)


def app_properties(slides: int) -> Part:
    """Return what wrote the file, and its number of slides."""
    xml = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>deckgen {__version__}</Application><PresentationFormat>Widescreen"
        f"</PresentationFormat><Slides>{slides}</Slides></Properties>"
    )
    kind = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    return Part("/docProps/app.xml", kind, xml)
