"""Templates as companies have them, and hostile ones: python-pptx's own, changed in one way each."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Sequence
from copy import deepcopy
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from lxml import etree
from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Emu, Inches

import deck_gates as gates

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = f"{{{gates.NS['r']}}}"
FONT = f"{R[1:-1]}/font"
BRAND_FONT = "Brand Bars"
OWN_TABLES = "{0B5F6D1E-3C55-4D0B-9E39-52C6A5B1A001}"
GERMAN = ("Titelfolie", "Titel und Inhalt", "Abschnittsüberschrift", "Zwei Inhalte")
DUTCH = ("Titeldia", "Titel en object", "Sectiekop", "Inhoud van twee")
RUSSIAN = (
    "Обложка",
    "Лист 2",
    "Разделитель",
    "Лист 4",
    "Лист 5",
    "Лист 6",
    "Пустой",
    "Лист 8",
    "Фото",
)
JAPANESE = ("タイトル スライド", "タイトルとコンテンツ", "セクション見出し", "2 つのコンテンツ")


def picture(width: int = 4, height: int = 4) -> bytes:
    """Return a PNG of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    rows = b"".join(b"\0" + b"\x20\x60\xa0" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def resized(deck: object, width: float, height: float) -> None:
    """Give *deck* another slide size, its masters and slide layouts with it."""
    across, down = Inches(width) / deck.slide_width, Inches(height) / deck.slide_height
    deck.slide_width, deck.slide_height = Inches(width), Inches(height)
    master = deck.slide_master
    for page in (master, *master.slide_layouts):
        for xfrm in page._element.iter(f"{A}xfrm"):
            for child, (one, other) in ((xfrm[0], "xy"), (xfrm[1], ("cx", "cy"))):
                child.set(one, str(round(int(child.get(one)) * across)))
                child.set(other, str(round(int(child.get(other)) * down)))


def keep_layouts(deck: object, numbers: Sequence[int]) -> None:
    layouts = deck.slide_master.slide_layouts
    for number, layout in enumerate(list(layouts)):
        if number not in numbers:
            layouts.remove(layout)


def remove_placeholders(deck: object, wanted: Callable[[str], bool] = lambda _kind: True) -> None:
    for layout in deck.slide_master.slide_layouts:
        for shape in list(layout.placeholders):
            mark = shape._element.find(f".//{P}ph")
            if wanted(mark.get("type", "obj")):
                shape._element.getparent().remove(shape._element)


def renamed(names: tuple[str, ...]) -> Callable[[object], None]:
    def change(deck: object) -> None:
        for layout, name in zip(deck.slide_master.slide_layouts, names, strict=False):
            layout._element.find(f"{P}cSld").set("name", name)

    return change


def wide(deck: object) -> None:
    resized(deck, 13.333, 7.5)


def no_layouts(deck: object) -> None:
    keep_layouts(deck, ())


def one_layout(deck: object) -> None:
    keep_layouts(deck, (0,))


def no_footers(deck: object) -> None:
    remove_placeholders(deck, lambda kind: kind in ("ftr", "sldNum", "dt"))


def duplicate_placeholders(deck: object) -> None:
    for layout in deck.slide_master.slide_layouts:
        for shape in list(layout.placeholders):
            twin = etree.fromstring(etree.tostring(shape._element))
            twin.find(f".//{P}cNvPr").set("id", str(900 + shape.shape_id))
            shape._element.addnext(twin)


def locked(deck: object) -> None:
    for layout in deck.slide_master.slide_layouts:
        for locks in layout._element.iter(f"{A}spLocks"):
            for name in ("noMove", "noResize", "noTextEdit"):
                locks.set(name, "1")


def vertical_titles(deck: object) -> None:
    for layout in deck.slide_master.slide_layouts:
        for shape in layout.placeholders:
            if shape._element.find(f".//{P}ph").get("type") in ("title", "ctrTitle"):
                shape._element.find(f".//{A}bodyPr").set("vert", "eaVert")


def drawn_picture(page: object, rect: tuple[int, int, int, int], name: str) -> etree._Element:
    """Return a picture on *page*, a slide master or layout; it is not in its tree yet."""
    _, rid = page.part.get_or_add_image_part(io.BytesIO(picture()))
    x, y, wide, high = rect
    return etree.fromstring(
        f'<p:pic xmlns:p="{P[1:-1]}" xmlns:a="{A[1:-1]}" xmlns:r="{R[1:-1]}"><p:nvPicPr>'
        f'<p:cNvPr id="77" name="{name}"/><p:cNvPicPr/><p:nvPr userDrawn="1"/></p:nvPicPr>'
        f'<p:blipFill><a:blip r:embed="{rid}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
        f'<p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )


def tree_of(page: object) -> etree._Element:
    return page._element.find(f"{P}cSld/{P}spTree")


def logo(deck: object) -> None:
    """A logo in the corner of the body, on every slide."""
    wide(deck)
    rect = (Inches(11.9), Inches(5.6), Inches(1), Inches(1))
    tree_of(deck.slide_master).append(drawn_picture(deck.slide_master, rect, "Logo"))


def light_on_dark(deck: object) -> None:
    """Texts in the light colour of the theme, on grounds in its dark one."""
    mapped = deck.slide_master._element.find(f"{P}clrMap")
    for name, slot in (("bg1", "dk1"), ("tx1", "lt1"), ("bg2", "dk2"), ("tx2", "lt2")):
        mapped.set(name, slot)


def pictures(deck: object) -> None:
    """Photographs behind everything, in a background, in places for them, and on an unused layout."""
    wide(deck)
    light_on_dark(deck)
    whole = (0, 0, deck.slide_width, deck.slide_height)
    master, layouts = deck.slide_master, deck.slide_master.slide_layouts
    tree_of(master).insert(2, drawn_picture(master, whole, "Photograph"))
    cover, two, blank = layouts[0], layouts[3], layouts[6]
    _, rid = cover.part.get_or_add_image_part(io.BytesIO(picture(6)))
    background = etree.fromstring(
        f'<p:bg xmlns:p="{P[1:-1]}" xmlns:a="{A[1:-1]}" xmlns:r="{R[1:-1]}"><p:bgPr><a:blipFill>'
        f'<a:blip r:embed="{rid}"/><a:stretch><a:fillRect/></a:stretch></a:blipFill><a:effectLst/>'
        "</p:bgPr></p:bg>"
    )
    cover._element.find(f"{P}cSld").insert(0, background)
    two.placeholders[2]._element.find(f".//{P}ph").set("type", "pic")
    _, rid = blank.part.get_or_add_image_part(io.BytesIO(picture(8)))
    unused = drawn_picture(blank, whole, "Unused photograph")
    unused.find(f".//{A}blip").set(f"{R}embed", rid)
    tree_of(blank).append(unused)


def sample_slides(deck: object) -> None:
    """Sample slides with pictures of their own, and notes."""
    for k in range(3):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = f"Sample {k}"
        slide.shapes.add_picture(io.BytesIO(picture(10 + k)), Emu(0), Emu(0))
        slide.notes_slide.notes_text_frame.text = "sample notes"


def notes_without_body(deck: object) -> None:
    master = deck.notes_master
    for shape in list(master.placeholders):
        if shape._element.find(f".//{P}ph").get("type") == "body":
            shape._element.getparent().remove(shape._element)


def three_masters(deck: object) -> None:
    """Three slide masters with themes of their own: only the second has most of what is needed."""
    wide(deck)
    keep_layouts(deck, (5, 6))
    main, sections = Presentation(), Presentation()
    wide(main)
    light_on_dark(main)
    keep_layouts(main, (0, 1, 3, 5, 6))
    add_master(deck, main, 2, {b"Calibri": b"Georgia", b"4F81BD": b"FFC000"})
    wide(sections)
    keep_layouts(sections, (2, 8))
    add_master(deck, sections, 3, {b"Calibri": b"Verdana", b"4F81BD": b"7A0019"})


def add_master(deck: object, other: object, number: int, changes: dict[bytes, bytes]) -> None:
    """Give *deck* the slide master of *other* with its slide layouts, its theme changed."""
    master = other.slide_master.part
    master.partname = PackURI(f"/ppt/slideMasters/slideMaster{number}.xml")
    theme = master.part_related_by(RT.THEME)
    theme.partname = PackURI(f"/ppt/theme/theme{number}.xml")
    for old, new in changes.items():
        theme._blob = theme.blob.replace(old, new)
    first = 2**31 + 100 * number
    for k, item in enumerate(master._element.iter(f"{P}sldLayoutId"), 1):
        layout = master.related_part(item.get(f"{R}id"))
        layout.partname = PackURI(f"/ppt/slideLayouts/slideLayout{100 * number + k}.xml")
        item.set("id", str(first + k))
    listed = deck.part._element.find(f"{P}sldMasterIdLst")
    added = etree.SubElement(listed, f"{P}sldMasterId", id=str(first))
    added.set(f"{R}id", deck.part.relate_to(master, RT.SLIDE_MASTER))


def foreign(deck: object) -> None:
    """Slide layouts in another order, with names that tell nothing and without their types."""
    wide(deck)
    renamed(RUSSIAN)(deck)
    listed = deck.slide_master._element.find(f"{P}sldLayoutIdLst")
    listed[:] = reversed(listed)
    for layout in deck.slide_master.slide_layouts:
        layout._element.attrib.pop("type", None)


def embedded_font(deck: object) -> None:
    """A font that is nowhere but in the file, for all texts."""
    wide(deck)
    name = PackURI("/ppt/fonts/font1.fntdata")
    font = Part(name, "application/x-fontdata", deck.part.package, eot(font_file(BRAND_FONT)))
    listed = etree.fromstring(
        f'<p:embeddedFontLst xmlns:p="{P[1:-1]}" xmlns:r="{R[1:-1]}"><p:embeddedFont>'
        f'<p:font typeface="{BRAND_FONT}"/><p:regular r:id="{deck.part.relate_to(font, FONT)}"/>'
        "</p:embeddedFont></p:embeddedFontLst>"
    )
    deck.part._element.find(f"{P}notesSz").addnext(listed)
    theme = deck.slide_master.part.part_related_by(RT.THEME)
    theme._blob = theme.blob.replace(b"Calibri", BRAND_FONT.encode())


def font_file(family: str, advance: int = 700) -> bytes:
    """Return a TrueType font whose every letter is a bar as wide as the others."""
    pen = TTGlyphPen(None)
    corners = ((60, 0), (60, 600), (advance - 60, 600), (advance - 60, 0))
    pen.moveTo(corners[0])
    for corner in corners[1:]:
        pen.lineTo(corner)
    pen.closePath()
    codes = (*range(0x20, 0x7F), *range(0xA0, 0x180), 0x2013, 0x2014, 0x2019, 0x201C, 0x201D)
    names = [".notdef", *(f"u{code:04X}" for code in codes)]
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap({code: f"u{code:04X}" for code in codes})
    font.setupGlyf(dict.fromkeys(names, pen.glyph()))
    font.setupHorizontalMetrics(dict.fromkeys(names, (advance, 60)))
    font.setupHorizontalHeader(ascent=900, descent=-250)
    font.setupNameTable({"familyName": family, "styleName": "Regular"})
    font.setupOS2(sTypoAscender=900, sTypoDescender=-250, fsType=0)
    font.setupPost()
    file = io.BytesIO()
    font.font["head"].created = font.font["head"].modified = 0
    font.font.recalcTimestamp = False
    font.save(file)
    return file.getvalue()


def eot(font: bytes, flags: int = 0) -> bytes:
    """Return an Embedded OpenType file (W3C submission 2008) around *font*, without names."""
    version, charset, magic = 0x00020001, 1, 0x504C
    head = struct.pack(
        "<3I10sBBIHH", len(font), version, flags, bytes(10), charset, 0, 400, 0, magic
    )
    rest = bytes(24 + 4 + 16) + bytes(2) + 4 * struct.pack("<HH", 0, 0) + bytes(2)
    return struct.pack("<I", 4 + len(head) + len(rest) + len(font)) + head + rest + font


def lone_sections(deck: object) -> None:
    """Section headers without a text: a title alone, in the middle of the slide."""
    wide(deck)
    for shape in list(deck.slide_master.slide_layouts[2].placeholders):
        if shape.placeholder_format.idx == 1:
            shape._element.getparent().remove(shape._element)


def numbered_sections(deck: object) -> None:
    """Section headers with a further text, for a number, and titles that fill half of the slide."""
    wide(deck)
    header = deck.slide_master.slide_layouts[2]
    title, text = header.placeholders[0], header.placeholders[1]
    title.left, title.top, title.width, title.height = (Inches(n) for n in (3, 0.8, 9, 3.9))
    text.left, text.top, text.width, text.height = (Inches(n) for n in (3, 4.7, 9, 1.5))
    number = deepcopy(text._element)
    number.find(f".//{P}cNvPr").set("id", "90")
    number.find(f".//{P}ph").set("idx", "13")
    text._element.addnext(number)
    (added,) = (shape for shape in header.placeholders if shape.placeholder_format.idx == 13)
    added.left, added.top, added.width, added.height = (Inches(n) for n in (1, 1, 1.6, 1.6))


def own_tables(deck: object) -> None:
    """A table style of its own: a dark head over rows without fills."""
    wide(deck)
    part = deck.part.part_related_by(RT.TABLE_STYLES)
    line = '<a:ln w="12700"><a:solidFill><a:schemeClr val="dk1"/></a:solidFill></a:ln>'
    part._blob = (
        f'<a:tblStyleLst xmlns:a="{A[1:-1]}" def="{OWN_TABLES}"><a:tblStyle styleId="{OWN_TABLES}" '
        'styleName="Brand"><a:wholeTbl><a:tcTxStyle><a:schemeClr val="tx1"/></a:tcTxStyle>'
        f"<a:tcStyle><a:tcBdr><a:insideH>{line}</a:insideH></a:tcBdr><a:fill><a:noFill/></a:fill>"
        '</a:tcStyle></a:wholeTbl><a:firstRow><a:tcTxStyle b="on"><a:schemeClr val="bg1"/>'
        '</a:tcTxStyle><a:tcStyle><a:tcBdr/><a:fill><a:solidFill><a:schemeClr val="dk2"/>'
        "</a:solidFill></a:fill></a:tcStyle></a:firstRow></a:tblStyle></a:tblStyleLst>"
    ).encode()


HOSTILE: dict[str, Callable[[object], None]] = {
    "usual": wide,
    "four-to-three": lambda _deck: None,
    "portrait": lambda deck: resized(deck, 7.5, 10),
    "small": lambda deck: resized(deck, 10, 5.625),
    "no-layouts": no_layouts,
    "one-layout": one_layout,
    "no-placeholders": remove_placeholders,
    "duplicate-placeholders": duplicate_placeholders,
    "german": renamed(GERMAN),
    "dutch": renamed(DUTCH),
    "japanese": renamed(JAPANESE),
    "no-footers": no_footers,
    "notes-without-body": notes_without_body,
    "locked": locked,
    "vertical-titles": vertical_titles,
    "logo": logo,
    "sample-slides": sample_slides,
    "three-masters": three_masters,
    "foreign": foreign,
    "embedded-font": embedded_font,
    "pictures": pictures,
    "lone-sections": lone_sections,
    "numbered-sections": numbered_sections,
    "own-tables": own_tables,
}
SUFFIX = {"foreign": ".potx"}  # the others are .pptx files


def saved(name: str, folder: Path) -> Path:
    """Return the path of the template of this name, written into *folder*."""
    deck = Presentation()
    HOSTILE[name](deck)
    path = folder / (name + SUFFIX.get(name, ".pptx"))
    if path.suffix == ".potx":
        deck.part._content_type = CT.PML_TEMPLATE_MAIN
    deck.save(str(path))
    return path
