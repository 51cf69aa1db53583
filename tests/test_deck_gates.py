"""Each gate of `deck_gates` lets a sound deck pass and sees the defect planted in it."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import deck_gates

Parts = dict[str, bytes]

XMLNS = " ".join(f'xmlns:{prefix}="{deck_gates.NS[prefix]}"' for prefix in ("a", "p", "r"))
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PML = "application/vnd.openxmlformats-officedocument.presentationml"
SLIDE_1 = "ppt/slides/slide1.xml"
SLIDE_2 = "ppt/slides/slide2.xml"
LAYOUT = "ppt/slideLayouts/slideLayout1.xml"
PRESENTATION = "ppt/presentation.xml"
TYPES = deck_gates.CONTENT_TYPES


# ---------------------------------------------------------------------------------------------
# A sound deck, written by hand
# ---------------------------------------------------------------------------------------------


def xfrm(x: int, y: int, cx: int, cy: int, prefix: str = "a") -> str:
    return f'<{prefix}:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/></{prefix}:xfrm>'


TITLE_AT = xfrm(600000, 400000, 10900000, 900000)
BODY_AT = xfrm(600000, 1500000, 5200000, 4400000)
NUMBER_AT = xfrm(10000000, 6300000, 1500000, 400000)


def run(text: str) -> str:
    return f'<a:r><a:rPr lang="en-GB"/><a:t>{text}</a:t></a:r>'


def body(*paragraphs: str, properties: str = "<a:bodyPr/>") -> str:
    lines = "".join(f"<a:p>{run(text)}</a:p>" for text in paragraphs)
    return f"<p:txBody>{properties}<a:lstStyle/>{lines}</p:txBody>"


def shape(number: int, name: str, inner: str, ph: str = "", place: str = "") -> str:
    mark = f"<p:ph {ph}/>" if ph else ""
    geometry = "" if ph else '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr/><p:nvPr>{mark}</p:nvPr>'
        f"</p:nvSpPr><p:spPr>{place}{geometry}</p:spPr>{inner}</p:sp>"
    )


def number_field(number: int, place: str = "") -> str:
    inner = (
        '<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:fld id="{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"'
        ' type="slidenum"><a:rPr lang="en-GB"/><a:t>1</a:t></a:fld></a:p></p:txBody>'
    )
    return shape(number, f"Number {number}", inner, 'type="sldNum" idx="12"', place)


def c_sld(*shapes: str, background: str = "") -> str:
    return (
        f'<p:cSld>{background}<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/>'
        '<p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/>'
        '<a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
        f"{''.join(shapes)}</p:spTree></p:cSld>"
    )


COLOUR_MAP = (
    '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2"'
    ' accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink"'
    ' folHlink="folHlink"/>'
)
INHERITED = "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"
WHITE = '<a:solidFill><a:schemeClr val="bg1"/></a:solidFill>'
BACKGROUND = f"<p:bg><p:bgPr>{WHITE}<a:effectLst/></p:bgPr></p:bg>"
DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative'
    f' xmlns:adec="{deck_gates.NS["adec"]}" val="1"/></a:ext></a:extLst>'
)


def text_style(tag: str, size: int) -> str:
    return (
        f'<p:{tag}><a:lvl1pPr algn="l"><a:defRPr sz="{size}"><a:solidFill><a:schemeClr val="tx1"/>'
        f'</a:solidFill><a:latin typeface="+mn-lt"/></a:defRPr></a:lvl1pPr></p:{tag}>'
    )


def master() -> str:
    placeholders = (
        shape(2, "Title", body("Title"), 'type="title"', TITLE_AT),
        shape(3, "Body", body("Text"), 'type="body" idx="1"', BODY_AT),
        number_field(4, NUMBER_AT),
    )
    styles = text_style("titleStyle", 3600) + text_style("bodyStyle", 2000)
    return (
        f"<p:sldMaster {XMLNS}>{c_sld(*placeholders, background=BACKGROUND)}{COLOUR_MAP}"
        '<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst>'
        f"<p:txStyles>{styles}{text_style('otherStyle', 1800)}</p:txStyles></p:sldMaster>"
    )


def layout() -> str:
    placeholders = (
        shape(2, "Title", body("Title"), 'type="title"'),
        shape(3, "Body", body("Text"), 'idx="1"'),
        number_field(4),
    )
    return (
        f'<p:sldLayout {XMLNS} type="obj" preserve="1">{c_sld(*placeholders)}{INHERITED}'
        "</p:sldLayout>"
    )


def notes_master() -> str:
    image = shape(2, "Image", "", 'type="sldImg" idx="2"', xfrm(685800, 1143000, 5486400, 3086100))
    text_at = xfrm(685800, 4400550, 5486400, 3600450)
    text = shape(3, "Notes", body("Text"), 'type="body" sz="quarter" idx="3"', text_at)
    return (
        f"<p:notesMaster {XMLNS}>{c_sld(image, text, background=BACKGROUND)}{COLOUR_MAP}"
        "</p:notesMaster>"
    )


def notes(text: str) -> str:
    image = shape(2, "Image", "", 'type="sldImg"')
    words = shape(3, "Notes", body(text), 'type="body" idx="1"')
    return f"<p:notes {XMLNS}>{c_sld(image, words)}{INHERITED}</p:notes>"


def build(spid: int, paragraph: int) -> str:
    """A click that shows one paragraph."""
    target = f'<p:spTgt spid="{spid}"><p:txEl><p:pRg st="{paragraph}" end="{paragraph}"/></p:txEl>'
    start = '<p:stCondLst><p:cond delay="{}"/></p:stCondLst>'
    return (
        '<p:timing><p:tnLst><p:par><p:cTn id="1" dur="indefinite" restart="never"'
        ' nodeType="tmRoot"><p:childTnLst><p:seq concurrent="1" nextAc="seek"><p:cTn id="2"'
        ' dur="indefinite" nodeType="mainSeq"><p:childTnLst><p:par><p:cTn id="3" fill="hold">'
        f'{start.format("indefinite")}<p:childTnLst><p:par><p:cTn id="4" fill="hold">'
        f'{start.format("0")}<p:childTnLst><p:par><p:cTn id="5" presetID="1"'
        ' presetClass="entr" presetSubtype="0" fill="hold" grpId="0" nodeType="clickEffect">'
        f'{start.format("0")}<p:childTnLst><p:set><p:cBhvr><p:cTn id="6" dur="1"'
        f' fill="hold">{start.format("0")}</p:cTn><p:tgtEl>{target}</p:spTgt></p:tgtEl>'
        "<p:attrNameLst><p:attrName>style.visibility</p:attrName></p:attrNameLst></p:cBhvr><p:to>"
        '<p:strVal val="visible"/></p:to></p:set></p:childTnLst></p:cTn></p:par></p:childTnLst>'
        "</p:cTn></p:par></p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn><p:prevCondLst>"
        '<p:cond evt="onPrev" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond></p:prevCondLst>'
        '<p:nextCondLst><p:cond evt="onNext" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond>'
        "</p:nextCondLst></p:seq></p:childTnLst></p:cTn></p:par></p:tnLst><p:bldLst>"
        f'<p:bldP spid="{spid}" grpId="0" build="p"/></p:bldLst></p:timing>'
    )


def picture(number: int, name: str, explained: str, place: str) -> str:
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="{number}" name="{name}"{explained}</p:cNvPr><p:cNvPicPr/>'
        '<p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="rId3"/><a:stretch><a:fillRect/>'
        f'</a:stretch></p:blipFill><p:spPr>{place}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</p:spPr></p:pic>"
    )


def table() -> str:
    cell = "<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p>{}</a:p></a:txBody><a:tcPr/></a:tc>"
    row = '<a:tr h="500000">' + cell.format(run("Left")) + cell.format(run("Right")) + "</a:tr>"
    uri = "http://schemas.openxmlformats.org/drawingml/2006/table"
    return (
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="3" name="Table" descr="Two columns"/>'
        '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/>'
        f"</p:nvGraphicFramePr>{xfrm(600000, 1500000, 4000000, 1000000, 'p')}<a:graphic>"
        f'<a:graphicData uri="{uri}"><a:tbl><a:tblPr firstRow="1"/><a:tblGrid>'
        f'<a:gridCol w="2000000"/><a:gridCol w="2000000"/></a:tblGrid>{row * 2}</a:tbl>'
        "</a:graphicData></a:graphic></p:graphicFrame>"
    )


def group() -> str:
    inside = shape(6, "Step", body("Step"), place=xfrm(0, 0, 1000, 500))
    connector = (
        f'<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="7" name="Line">{DECORATIVE}</p:cNvPr><p:cNvCxnSpPr/>'
        f'<p:nvPr/></p:nvCxnSpPr><p:spPr>{xfrm(0, 900, 1000, 0)}<a:prstGeom prst="line"><a:avLst/>'
        '</a:prstGeom><a:ln w="12700"/></p:spPr></p:cxnSp>'
    )
    return (
        '<p:grpSp><p:nvGrpSpPr><p:cNvPr id="5" name="Steps" descr="One step"/><p:cNvGrpSpPr/>'
        '<p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="6000000" y="1500000"/>'
        '<a:ext cx="2000000" cy="2000000"/><a:chOff x="0" y="0"/><a:chExt cx="1000" cy="1000"/>'
        f"</a:xfrm></p:grpSpPr>{inside}{connector}</p:grpSp>"
    )


def slide(content: str, timing: str = "") -> str:
    return f"<p:sld {XMLNS}>{content}{INHERITED}{timing}</p:sld>"


def slide_1() -> str:
    title = shape(2, "Title", body("First things"), 'type="title"')
    points = shape(3, "Body", body("One point", "Another point"), 'idx="1"')
    return slide(c_sld(title, points, number_field(4)), build(3, 1))


def slide_2() -> str:
    title = shape(2, "Title", body("Second things"), 'type="title"')
    explained = ' descr="A grey dot">'
    pictures = (
        picture(8, "Dot", explained, xfrm(600000, 4000000, 500000, 500000)),
        picture(9, "Ornament", f">{DECORATIVE}", xfrm(1500000, 4000000, 500000, 500000)),
    )
    return slide(c_sld(title, table(), group(), *pictures))


def presentation() -> str:
    sections = "".join(
        f'<p14:section name="{name}" id="{{{number * 8}-1111-4111-8111-111111111111}}">'
        f'<p14:sldIdLst><p14:sldId id="{slide_id}"/></p14:sldIdLst></p14:section>'
        for name, number, slide_id in (("Start", "1", 256), ("End", "2", 257))
    )
    return (
        f'<p:presentation {XMLNS}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/>'
        '</p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id="rId2"/>'
        '</p:notesMasterIdLst><p:sldIdLst><p:sldId id="256" r:id="rId3"/>'
        '<p:sldId id="257" r:id="rId4"/></p:sldIdLst><p:sldSz cx="12192000" cy="6858000"/>'
        '<p:notesSz cx="6858000" cy="9144000"/><p:extLst>'
        '<p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst'
        f' xmlns:p14="{deck_gates.NS["p14"]}">{sections}</p14:sectionLst></p:ext></p:extLst>'
        "</p:presentation>"
    )


def theme() -> str:
    colours = {"dk1": "000000", "lt1": "FFFFFF", "dk2": "333333", "lt2": "EEEEEE"}
    colours |= {f"accent{n}": f"{n}0{n}0{n}0" for n in range(1, 7)}
    colours |= {"hlink": "0000CC", "folHlink": "660066"}
    scheme = "".join(f'<a:{k}><a:srgbClr val="{v}"/></a:{k}>' for k, v in colours.items())
    face = '<a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>' * 3
    line = '<a:ln w="9525"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>' * 3
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return (
        f'<a:theme xmlns:a="{deck_gates.NS["a"]}" name="Plain"><a:themeElements>'
        f'<a:clrScheme name="Plain">{scheme}</a:clrScheme><a:fontScheme name="Plain">'
        f"<a:majorFont>{face}</a:majorFont><a:minorFont>{face}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="Plain"><a:fillStyleLst>{fill}</a:fillStyleLst><a:lnStyleLst>{line}'
        f"</a:lnStyleLst><a:effectStyleLst>{effect}</a:effectStyleLst><a:bgFillStyleLst>{fill}"
        "</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def rels(*targets: str) -> str:
    """Relationships rId1, rId2, ... given as `kind target`."""
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate((t.split() for t in targets), start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def content_types() -> str:
    kinds = {
        "ppt/notesMasters/notesMaster1.xml": f"{PML}.notesMaster+xml",
        "ppt/notesSlides/notesSlide1.xml": f"{PML}.notesSlide+xml",
        "ppt/notesSlides/notesSlide2.xml": f"{PML}.notesSlide+xml",
        PRESENTATION: f"{PML}.presentation.main+xml",
        "ppt/presProps.xml": f"{PML}.presProps+xml",
        "ppt/viewProps.xml": f"{PML}.viewProps+xml",
        LAYOUT: f"{PML}.slideLayout+xml",
        "ppt/slideMasters/slideMaster1.xml": f"{PML}.slideMaster+xml",
        SLIDE_1: f"{PML}.slide+xml",
        SLIDE_2: f"{PML}.slide+xml",
        "ppt/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "ppt/theme/theme2.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items()
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="png" ContentType="image/png"/>{overrides}</Types>'
    )


def core_properties() -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Somebody</dc:creator>'
        "</cp:coreProperties>"
    )


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\x00\x80")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (chunk(b"IHDR", header), chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    )


def sound_deck() -> Parts:
    core = f"{PACKAGE}/relationships/metadata/core-properties"
    texts = {
        TYPES: content_types(),
        "_rels/.rels": rels(
            "officeDocument ppt/presentation.xml", "core docProps/core.xml"
        ).replace(f"{OFFICE}/core", core),
        "docProps/core.xml": core_properties(),
        PRESENTATION: presentation(),
        "ppt/_rels/presentation.xml.rels": rels(
            "slideMaster slideMasters/slideMaster1.xml",
            "notesMaster notesMasters/notesMaster1.xml",
            "slide slides/slide1.xml",
            "slide slides/slide2.xml",
            "theme theme/theme1.xml",
            "presProps presProps.xml",
            "viewProps viewProps.xml",
        ),
        "ppt/presProps.xml": f"<p:presentationPr {XMLNS}/>",
        "ppt/viewProps.xml": f"<p:viewPr {XMLNS}/>",
        "ppt/slideMasters/slideMaster1.xml": master(),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": rels(
            "slideLayout ../slideLayouts/slideLayout1.xml", "theme ../theme/theme1.xml"
        ),
        LAYOUT: layout(),
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels": rels(
            "slideMaster ../slideMasters/slideMaster1.xml"
        ),
        "ppt/notesMasters/notesMaster1.xml": notes_master(),
        "ppt/notesMasters/_rels/notesMaster1.xml.rels": rels("theme ../theme/theme2.xml"),
        "ppt/theme/theme1.xml": theme(),
        "ppt/theme/theme2.xml": theme(),
        SLIDE_1: slide_1(),
        SLIDE_2: slide_2(),
    }
    for n in (1, 2):
        texts[f"ppt/slides/_rels/slide{n}.xml.rels"] = rels(
            "slideLayout ../slideLayouts/slideLayout1.xml",
            f"notesSlide ../notesSlides/notesSlide{n}.xml",
            *(["image ../media/image1.png"] if n == 2 else []),
        )
        texts[f"ppt/notesSlides/notesSlide{n}.xml"] = notes(f"What to say on slide {n}.")
        texts[f"ppt/notesSlides/_rels/notesSlide{n}.xml.rels"] = rels(
            "notesMaster ../notesMasters/notesMaster1.xml", f"slide ../slides/slide{n}.xml"
        )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return {name: (head + text).encode() for name, text in texts.items()} | {
        "ppt/media/image1.png": png()
    }


Entry = tuple[str, bytes, tuple[int, int, int, int, int, int]]


def entries(parts: Parts) -> list[Entry]:
    return [(name, parts[name], (1980, 1, 1, 0, 0, 0)) for name in sorted(parts)]


def write(listed: list[Entry], path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data, date in listed:
            archive.writestr(zipfile.ZipInfo(name, date), data)
    return path


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(entries(sound_deck()), tmp_path_factory.mktemp("decks") / "sound.pptx")


def planted(parts: Parts, part: str, old: str, new: str, count: int = 1) -> Parts:
    """The parts with one text replaced, which has to be there."""
    text = parts[part].decode()
    assert old in text, f"{old!r} is not in {part}"
    return parts | {part: text.replace(old, new, count).encode()}


# ---------------------------------------------------------------------------------------------
# Our own checks
# ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Defect:
    """Replace `old` by `new` in a part, and expect a finding that holds `expected`."""

    name: str
    part: str
    old: str
    new: str
    expected: str


RELS_1 = "ppt/slides/_rels/slide1.xml.rels"
RELS_2 = "ppt/slides/_rels/slide2.xml.rels"
NOTES_RELS = "ppt/notesSlides/_rels/notesSlide1.xml.rels"
PRESENTATION_RELS = "ppt/_rels/presentation.xml.rels"
FIRST_CELL = (
    '<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang="en-GB"/><a:t>Left</a:t></a:r>'
    "</a:p></a:txBody><a:tcPr/></a:tc>"
)
EMPTY_BODY = "<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody>"
NUMBER = number_field(4)
LINK = '<Relationship Id="rId9" Type="{}/{}" Target="{}" TargetMode="External"/></Relationships>'


def link(kind: str, target: str) -> str:
    return LINK.format(OFFICE, kind, target)


JUMP = '<a:hlinkClick r:id="rId1" action="ppaction://hlinksldjump"/>'

DEFECTS = (
    Defect("malformed", SLIDE_1, "</p:sld>", "", "slide1.xml: not well-formed"),
    Defect("no-presentation", "_rels/.rels", '/officeDocument"', '/other"', "no presentation part"),
    Defect(
        "phantom-override",
        TYPES,
        "</Types>",
        '<Override PartName="/ppt/gone.xml" ContentType="x/y"/></Types>',
        "override for the missing part ppt/gone.xml",
    ),
    Defect(
        "double-override",
        TYPES,
        "</Types>",
        f'<Override PartName="/{SLIDE_1}" ContentType="{PML}.slide+xml"/></Types>',
        f"two overrides for {SLIDE_1}",
    ),
    Defect(
        "no-content-type",
        TYPES,
        '<Default Extension="png" ContentType="image/png"/>',
        "",
        "image1.png: no content type",
    ),
    Defect(
        "missing-target",
        RELS_2,
        "image1.png",
        "image2.png",
        "slide 2: image relationship to the missing part ppt/media/image2.png",
    ),
    Defect(
        "null-target", RELS_2, "../media/image1.png", "NULL", "the missing part ppt/slides/NULL"
    ),
    Defect(
        "missing-relationship", SLIDE_2, 'r:embed="rId3"', 'r:embed="rId7"', "relationship rId7"
    ),
    Defect("orphan", RELS_2, 'Target="../media/image1.png"', 'Target="slide2.xml"', "orphan"),
    Defect("file-link", RELS_1, "</Relationships>", link("hyperlink", "file:///c:/x"), "file:///"),
    Defect("script-link", RELS_1, "</Relationships>", link("hyperlink", "javascript:x"), "javascr"),
    Defect("rooted-link", RELS_1, "</Relationships>", link("hyperlink", "/a.docx"), "'/a.docx'"),
    Defect("author", "docProps/core.xml", "Somebody", "Steve Canny", "Steve Canny"),
    Defect("low-slide-id", PRESENTATION, 'sldId id="256"', 'sldId id="255"', "id 255 is not in"),
    Defect("double-slide-id", PRESENTATION, 'sldId id="257"', 'sldId id="256"', "slide id 256"),
    Defect("slide-twice", PRESENTATION, 'r:id="rId4"', 'r:id="rId3"', "slide1.xml is listed twice"),
    Defect(
        "layout-id",
        "ppt/slideMasters/slideMaster1.xml",
        'id="2147483649"',
        'id="2147483648"',
        "duplicate master or layout id 2147483648",
    ),
    Defect(
        "section-missing-slide",
        PRESENTATION,
        '<p14:sldId id="257"/>',
        '<p14:sldId id="257"/><p14:sldId id="999"/>',
        "a section names the missing slide id 999",
    ),
    Defect("no-section", PRESENTATION, '<p14:sldId id="257"/>', "", "slide 2: in 0 sections"),
    Defect(
        "two-sections",
        PRESENTATION,
        '<p14:sldId id="256"/>',
        '<p14:sldId id="256"/><p14:sldId id="257"/>',
        "slide 2: in 2 sections",
    ),
    Defect("section-id", PRESENTATION, "{22222222-", "{11111111-", "duplicate section id"),
    Defect(
        "no-notes-master-list",
        PRESENTATION,
        '<p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst>',
        "",
        "notes without p:notesMasterIdLst",
    ),
    Defect(
        "wrong-notes-master",
        PRESENTATION,
        '<p:notesMasterId r:id="rId2"/>',
        '<p:notesMasterId r:id="rId1"/>',
        "notes without p:notesMasterIdLst",
    ),
    Defect(
        "notes-without-master",
        NOTES_RELS,
        f'<Relationship Id="rId1" Type="{OFFICE}/notesMaster"'
        ' Target="../notesMasters/notesMaster1.xml"/>',
        "",
        "slide 1 notes: no relationship to the notes master",
    ),
    Defect(
        "notes-back", NOTES_RELS, "slide1.xml", "slide2.xml", "no relationship back to the slide"
    ),
    Defect("no-layout", RELS_1, '/slideLayout"', '/other"', "slide 1: no single slide layout"),
    Defect(
        "no-master",
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels",
        '/slideMaster"',
        '/other"',
        "slideLayout1.xml: no single slide master",
    ),
    Defect("cell-too-few", SLIDE_2, FIRST_CELL, "", "table row 1 has 1 cells for 2 columns"),
    Defect(
        "build", SLIDE_1, 'bldP spid="3"', 'bldP spid="33"', "bldP names the missing shape id 33"
    ),
    Defect("target", SLIDE_1, 'spTgt spid="3"', 'spTgt spid="33"', "spTgt names the missing shape"),
    Defect(
        "paragraph", SLIDE_1, 'end="1"', 'end="2"', "names paragraph 2 of shape id 3, which has 2"
    ),
    Defect("timing-id", SLIDE_1, 'cTn id="6"', 'cTn id="5"', "duplicate timing node id 5"),
    Defect("shape-id", SLIDE_2, 'id="9" name', 'id="8" name', "slide 2: duplicate shape id 8"),
    Defect("tree-id", SLIDE_2, 'id="9" name', 'id="1" name', "slide 2: duplicate shape id 1"),
    Defect("layout-shape-id", LAYOUT, 'id="3" name', 'id="2" name', "xml: duplicate shape id 2"),
    Defect("picture", SLIDE_2, ' descr="A grey dot"', "", "picture 'Dot' has no alt text"),
    Defect("blank-alt", SLIDE_2, "A grey dot", " ", "picture 'Dot' has no alt text"),
    Defect("ornament", SLIDE_2, 'name="Ornament">' + DECORATIVE, 'name="Ornament">', "'Ornament'"),
    Defect(
        "not-decorative",
        SLIDE_2,
        'name="Ornament">' + DECORATIVE,
        'name="Ornament">' + DECORATIVE.replace('val="1"', 'val="0"'),
        "picture 'Ornament' has no alt text",
    ),
    Defect("table", SLIDE_2, ' descr="Two columns"', "", "diagram 'Table' has no alt text"),
    Defect("group", SLIDE_2, ' descr="One step"', "", "group 'Steps' has no alt text"),
    Defect(
        "textless",
        SLIDE_1,
        NUMBER,
        NUMBER + shape(5, "Bar", EMPTY_BODY, place=NUMBER_AT),
        "shape 'Bar' has no text, no alt text",
    ),
    Defect("mark-uri", SLIDE_2, "{C183D7F6", "{C183D7F7", "adec:decorative in the wrong extension"),
    Defect("both", SLIDE_2, 'name="Ornament"', 'name="Ornament" descr="x"', "yet has alt text"),
    Defect(
        "unfilled", SLIDE_1, body("One point", "Another point"), EMPTY_BODY, "'Body' is unfilled"
    ),
    Defect(
        "empty-footer",
        SLIDE_1,
        NUMBER,
        shape(4, "Number 4", EMPTY_BODY, 'type="sldNum" idx="12"'),
        "'Number 4' is unfilled",
    ),
    Defect("no-such-footer", LAYOUT, NUMBER, "", "footer 'Number 4' is not on its slide layout"),
    Defect(
        "no-such-place", LAYOUT, 'idx="1"', 'idx="14"', "placeholder 'Body' is not on its slide"
    ),
    Defect("no-title", SLIDE_1, '<p:ph type="title"/>', '<p:ph idx="1"/>', "slide 1: no title"),
    Defect("empty-title", SLIDE_1, body("First things"), EMPTY_BODY, "slide 1: no title"),
    Defect("same-title", SLIDE_2, "Second things", "First  things", "slides 1, 2: same title"),
    Defect("language", SLIDE_1, '<a:rPr lang="en-GB"/><a:t>One', "<a:rPr/><a:t>One", "'One point'"),
    Defect("field-language", SLIDE_1, '<a:rPr lang="en-GB"/><a:t>1<', "<a:rPr/><a:t>1<", "run '1'"),
    Defect(
        "notes-language",
        "ppt/notesSlides/notesSlide2.xml",
        '<a:rPr lang="en-GB"/>',
        "",
        "slide 2 notes: run 'What to say on slide 2.' has no language",
    ),
    Defect(
        "slide-colour",
        SLIDE_1,
        '<a:rPr lang="en-GB"/>',
        '<a:rPr lang="en-GB"><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill></a:rPr>',
        "slide 1: fixed colour FF0000",
    ),
    Defect(
        "master-colour",
        "ppt/slideMasters/slideMaster1.xml",
        '<a:schemeClr val="bg1"/>',
        '<a:srgbClr val="FAFAFA"/>',
        "slideMaster1.xml: fixed colour FAFAFA",
    ),
    Defect("no-paragraph", SLIDE_2, f"<a:p>{run('Left')}</a:p>", "", "slide 2: text body of"),
    Defect("no-text-body", SLIDE_2, body("Step"), "", "shape 'Step' has no text body"),
    Defect(
        "background",
        "ppt/slideMasters/slideMaster1.xml",
        "<a:effectLst/>",
        "",
        "slideMaster1.xml: bgPr without effectLst",
    ),
    Defect("empty-line", SLIDE_2, '<a:ln w="12700"/>', "<a:ln/>", "slide 2: empty a:ln"),
    Defect("control", SLIDE_1, "One point", "One_x001B_ point", "control character _x001B_"),
    Defect(
        "jump",
        SLIDE_1,
        '<a:rPr lang="en-GB"/>',
        f'<a:rPr lang="en-GB">{JUMP}</a:rPr>',
        "slide jump that leads to no slide",
    ),
    Defect("zero", SLIDE_2, 'cx="500000" cy="500000"', 'cx="500000" cy="0"', "extent 500000 x 0"),
    Defect(
        "autofit",
        SLIDE_1,
        "<a:bodyPr/>",
        "<a:bodyPr><a:normAutofit/></a:bodyPr>",
        "relies on the reader's autofit",
    ),
    Defect("negative", SLIDE_2, 'cx="500000" cy="500000"', 'cx="-5" cy="9"', "the extent -5 x 9"),
    Defect(
        "point-line", SLIDE_2, 'cx="1000" cy="0"', 'cx="0" cy="0"', "'Line' has the extent 0 x 0"
    ),
    Defect(
        "nan", SLIDE_2, 'x="1500000" y="4000000"', 'x="NaN" y="0"', "a position that is no number"
    ),
    Defect("no-position", SLIDE_2, xfrm(0, 0, 1000, 500), "", "shape 'Step' has no position"),
    Defect("right", SLIDE_2, 'x="1500000" y="4', 'x="11755000" y="4', "5.0 pt at the right"),
    Defect(
        "above", SLIDE_2, 'x="1500000" y="4000000"', 'x="1500000" y="-127000"', "10.0 pt at the top"
    ),
    Defect("member", SLIDE_2, xfrm(0, 0, 1000, 500), xfrm(0, 0, 4000, 500), "'Step' is outside"),
    Defect(
        "turned",
        SLIDE_2,
        xfrm(1500000, 4000000, 500000, 500000),
        xfrm(0, 4000000, 500000, 500000).replace("<a:xfrm>", '<a:xfrm rot="2700000">'),
        "at the left",
    ),
    Defect(
        "layout-geometry",
        "ppt/slideMasters/slideMaster1.xml",
        NUMBER_AT,
        xfrm(11000000, 6300000, 1500000, 400000),
        "slideMaster1.xml: shape 'Number 4' is outside the slide",
    ),
)


def test_a_sound_deck_has_no_package_findings(sound: Path) -> None:
    assert deck_gates.package_findings(sound) == []


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_a_planted_defect_is_found(defect: Defect, tmp_path: Path) -> None:
    parts = planted(sound_deck(), defect.part, defect.old, defect.new)
    findings = deck_gates.package_findings(write(entries(parts), tmp_path / "deck.pptx"))
    assert any(defect.expected in finding for finding in findings), findings


def duplicated(listed: list[Entry]) -> list[Entry]:
    return [*listed, listed[-1]]


def dated(listed: list[Entry]) -> list[Entry]:
    return [(name, data, (2024, 5, 6, 0, 0, 0)) for name, data, _ in listed]


def reversed_order(listed: list[Entry]) -> list[Entry]:
    return listed[::-1]


def with_part(name: str) -> Callable[[list[Entry]], list[Entry]]:
    return lambda listed: sorted([*listed, (name, b"", (1980, 1, 1, 0, 0, 0))])


def without_part(name: str) -> Callable[[list[Entry]], list[Entry]]:
    return lambda listed: [entry for entry in listed if entry[0] != name]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(duplicated, "zip entry occurs more than once", id="duplicated"),
        pytest.param(dated, "zip entry dated 2024-5-6", id="dated"),
        pytest.param(reversed_order, "zip entries are not sorted", id="unsorted"),
        pytest.param(with_part("ppt/media/x.png"), "ppt/media/x.png: orphan", id="orphan"),
        pytest.param(with_part("docProps/thumbnail.jpeg"), "left over", id="thumbnail"),
        pytest.param(with_part("ppt/printerSettings/p1.bin"), "left over", id="printer"),
        pytest.param(without_part("ppt/theme/theme2.xml"), "missing part ppt/theme", id="no-part"),
        pytest.param(without_part(TYPES), f"{TYPES}: missing", id="no-types"),
        pytest.param(without_part(SLIDE_2), "relationships of a missing part", id="no-slide"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_defect_of_the_zip_file_is_found(
    change: Callable[[list[Entry]], list[Entry]], expected: str, tmp_path: Path
) -> None:
    path = write(change(entries(sound_deck())), tmp_path / "deck.pptx")
    findings = deck_gates.package_findings(path)
    assert any(expected in finding for finding in findings), findings


def test_a_file_that_is_no_zip_is_found(tmp_path: Path) -> None:
    path = tmp_path / "deck.pptx"
    path.write_bytes(b"no zip")
    assert deck_gates.package_findings(path) == ["deck.pptx: File is not a zip file"]


def test_slides_may_be_sorted_by_number(tmp_path: Path) -> None:
    date = (1980, 1, 1, 0, 0, 0)
    path = write([(f"s{n}.xml", b"<s/>", date) for n in (1, 2, 10)], tmp_path / "deck.pptx")
    assert list(deck_gates._zip_entries(deck_gates.Package(path))) == []


def test_every_check_finds_a_planted_defect() -> None:
    """No check without a defect: the names of the checks that report, over all defects."""
    silent = set(deck_gates.PACKAGE_CHECKS) - {
        deck_gates._zip_entries,
        deck_gates._template_leftovers,
    }
    for defect in DEFECTS:
        parts = planted(sound_deck(), defect.part, defect.old, defect.new)
        package = deck_gates.Package.__new__(deck_gates.Package)
        package.parts, package.entries, package._roots = parts, [], {}
        if not any(list(first(package)) for first in deck_gates.FIRST_CHECKS):
            silent -= {check for check in silent if list(check(package))}
    assert silent == set()


# ---------------------------------------------------------------------------------------------
# Validators and programs
# ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A deck that breaks the schema."""
    parts = planted(sound_deck(), SLIDE_1, "<a:bodyPr/>", '<a:bodyPr anchor="mid"/>')
    return write(entries(parts), tmp_path_factory.mktemp("decks") / "broken.pptx")


def test_openxml_audit(sound: Path, broken: Path) -> None:
    deck_gates.require("openxml-audit")
    assert deck_gates.audit_findings(sound) == []
    assert any("anchor" in finding for finding in deck_gates.audit_findings(broken))


def test_the_open_xml_sdk(sound: Path, broken: Path, tmp_path: Path) -> None:
    deck_gates.require("ooxml-validator")
    no_deck = tmp_path / "no.pptx"
    no_deck.write_bytes(b"no zip")
    findings = deck_gates.sdk_findings([sound, broken, no_deck])
    assert findings[sound] == []
    assert any("anchor" in finding for finding in findings[broken])
    assert findings[no_deck]


def test_reopening(sound: Path, tmp_path: Path) -> None:
    assert deck_gates.reopen_findings(sound) == []
    parts = planted(sound_deck(), RELS_2, '/slideLayout"', '/other"')
    findings = deck_gates.reopen_findings(write(entries(parts), tmp_path / "deck.pptx"))
    assert len(findings) == 1
    assert findings[0].startswith("slide 2: ")


def test_reopening_what_is_no_deck(tmp_path: Path) -> None:
    path = tmp_path / "deck.pptx"
    path.write_bytes(b"no zip")
    assert "deck.pptx" in deck_gates.reopen_findings(path)[0]


def test_a_missing_program_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("OOXML_VALIDATOR_DIR", raising=False)
    monkeypatch.setattr(deck_gates, "REPOSITORY", tmp_path)
    with pytest.raises(deck_gates.ProgramMissingError, match="ooxml-validator is not installed"):
        deck_gates.sdk_findings([])
    with pytest.raises(deck_gates.ProgramMissingError, match="soffice is not installed"):
        deck_gates.render_pdf(tmp_path / "deck.pptx", tmp_path)


def test_a_missing_program_skips_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DECKGEN_REQUIRE_PROGRAMS", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no-such-program is not installed"):
        deck_gates.require("no-such-program")


def test_a_missing_program_fails_the_test_where_it_is_required(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DECKGEN_REQUIRE_PROGRAMS", "1")
    with pytest.raises(pytest.fail.Exception, match="no-such-program is not installed"):
        deck_gates.require("no-such-program")


@pytest.mark.parametrize("where", ["test", "fixture"])
@pytest.mark.parametrize(("required", "outcome"), [("", "1 skipped"), ("1", "1 failed|1 error")])
def test_a_test_that_meets_a_missing_program_is_left_out(
    where: str, required: str, outcome: str, tmp_path: Path
) -> None:
    """Nothing has to be asked for before: a gate without its program is enough."""
    here = Path(__file__).parent
    (tmp_path / "conftest.py").write_bytes((here / "conftest.py").read_bytes())
    asks = {"test": "pass", "fixture": "pass"} | {where: "deck_gates.find_program('no-such')"}
    (tmp_path / "test_it.py").write_text(
        "import deck_gates, pytest\n"
        f"@pytest.fixture\ndef made(): {asks['fixture']}\n"
        f"def test_it(made): {asks['test']}\n"
    )
    environment = os.environ | {"PYTHONPATH": str(here), "DECKGEN_REQUIRE_PROGRAMS": required}
    command = [sys.executable, "-m", "pytest", "--rootdir", str(tmp_path), str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert re.search(rf"^=+ ({outcome}) in", done.stdout, re.MULTILINE), done.stdout + done.stderr
    assert "no-such is not installed" in done.stdout or not required


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(deck_gates.MODULES, "openxml-audit", "no_such_module")
    with pytest.raises(deck_gates.ProgramMissingError, match="openxml-audit is not installed"):
        deck_gates.find_program("openxml-audit")


def test_a_program_that_takes_too_long_is_ended() -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        deck_gates._run(["sleep", "30"], timeout=0.1)


# ---------------------------------------------------------------------------------------------
# Overflow
# ---------------------------------------------------------------------------------------------

POINTS = body("One point", "Another point")
LONG = "A sentence of some length that is said again. " * 3


INTO_INSET = body("Text", properties='<a:bodyPr tIns="2100000" bIns="2100000"/>')


def overflow_of(parts: Parts, path: Path) -> list[str]:
    deck_gates.require("betteroffice-pptx")
    deck_gates.require("fc-match")
    return deck_gates.overflow_findings(write(entries(parts), path))


def overflow(part: str, old: str, new: str, path: Path) -> list[str]:
    return overflow_of(planted(sound_deck(), part, old, new), path)


def test_text_that_fits(tmp_path: Path) -> None:
    ten_lines = body(*["A line of text"] * 10)
    assert overflow(SLIDE_1, POINTS, ten_lines, tmp_path / "deck.pptx") == []


# The body is 346.5 pt high, less 7.2 pt of insets: room for 14 lines of 20 pt, which take 24 pt.
ANCHORS = [f'<a:bodyPr anchor="{anchor}"/>' for anchor in ("t", "ctr", "b")]


@pytest.mark.parametrize("properties", ANCHORS)
def test_text_that_just_fits(properties: str, tmp_path: Path) -> None:
    full = body(*["A line of text"] * 14, properties=properties)
    assert overflow(SLIDE_1, POINTS, full, tmp_path / "deck.pptx") == []


@pytest.mark.parametrize("properties", ANCHORS)
def test_text_that_just_overflows(properties: str, tmp_path: Path) -> None:
    full = body(*["A line of text"] * 15, properties=properties)
    findings = overflow(SLIDE_1, POINTS, full, tmp_path / "deck.pptx")
    assert findings
    assert all("slide 1: text of 'Body' runs" in finding for finding in findings)


@pytest.mark.parametrize(
    ("part", "old", "new", "expected"),
    [
        pytest.param(SLIDE_1, POINTS, body(*[LONG] * 6), "pt below its frame", id="paragraphs"),
        pytest.param(SLIDE_1, POINTS, body("W" * 60), "'Body' breaks the word 'WWW", id="word"),
        pytest.param(SLIDE_1, "First things", LONG, "slide 1: text of 'Title' runs", id="title"),
        pytest.param(
            SLIDE_1,
            POINTS,
            body(LONG, properties='<a:bodyPr wrap="none"/>'),
            "pt right of its frame",
            id="unwrapped",
        ),
        pytest.param(SLIDE_1, POINTS, INTO_INSET, "into the inset of its frame", id="inset"),
        pytest.param(SLIDE_2, ">Step<", f">{LONG}<", "slide 2: text of 'Step' runs", id="group"),
        pytest.param(SLIDE_2, ">Left<", f">{LONG}<", "table 'Table' grows", id="table"),
        pytest.param(SLIDE_2, ">Left<", f">{'W' * 9}<", "'Table' breaks the word", id="cell"),
    ],
)
def test_text_that_overflows(part: str, old: str, new: str, expected: str, tmp_path: Path) -> None:
    findings = overflow(part, old, new, tmp_path / "deck.pptx")
    assert any(expected in finding for finding in findings), findings


def test_a_broken_word_is_told_whole_and_once(tmp_path: Path) -> None:
    words = body(f"A {'W' * 45} word", "B" * 40)
    assert overflow(SLIDE_1, POINTS, words, tmp_path / "deck.pptx") == [
        f"slide 1: text of 'Body' breaks the word {word!r}, wider than its frame"
        for word in ("W" * 45, "B" * 40)
    ]


def test_text_between_whose_characters_lines_break_is_not_broken(tmp_path: Path) -> None:
    assert overflow(SLIDE_1, POINTS, body("\u6f22" * 60), tmp_path / "deck.pptx") == []


def test_a_cell_that_fills_its_row_fits(tmp_path: Path) -> None:
    """Two lines of 18 pt and the margins need 50.4 pt: 640,080 EMU."""
    row = '<a:tr h="500000">'
    two_lines = f"<a:t>Left</a:t></a:r></a:p><a:p>{run('Under it')}</a:p>"
    parts = planted(sound_deck(), SLIDE_2, "<a:t>Left</a:t></a:r></a:p>", two_lines)
    parts = planted(parts, SLIDE_2, 'cy="1000000"', 'cy="1145000"')
    path = tmp_path / "deck.pptx"
    assert overflow_of(planted(parts, SLIDE_2, row, '<a:tr h="640080">'), path) == []
    assert overflow_of(planted(parts, SLIDE_2, row, '<a:tr h="625000">'), path) != []


def test_the_greater_line_height_of_calibri_counts(tmp_path: Path) -> None:
    parts = planted(sound_deck(), SLIDE_1, POINTS, body(*["A line of text"] * 14))
    calibri = planted(parts, "ppt/theme/theme1.xml", '"Arial"', '"Calibri"', count=2)
    findings = overflow_of(calibri, tmp_path / "deck.pptx")
    assert findings == ["slide 1: text of 'Body' runs 2.3 pt into the inset of its frame"]


def test_scaled_text_fits(tmp_path: Path) -> None:
    scaled = '<a:bodyPr><a:normAutofit fontScale="40000"/></a:bodyPr>'
    small = body(*[LONG] * 6, properties=scaled)
    assert overflow(SLIDE_1, POINTS, small, tmp_path / "deck.pptx") == []


# ---------------------------------------------------------------------------------------------
# Rendering
# ---------------------------------------------------------------------------------------------


def test_rendering(sound: Path, tmp_path: Path) -> None:
    for program in ("soffice", "pdfinfo", "pdftotext"):
        deck_gates.require(program)
    spilled = sound_deck()
    spilled = planted(spilled, SLIDE_1, POINTS, body(*[f"Line{n}" for n in range(30)]))
    wide = '<a:bodyPr wrap="none"/>'
    right = xfrm(11900000, 100000, 200000, 400000)
    crossing = shape(9, "Wide", body("Crossing", properties=wide), place=right)
    spilled = planted(spilled, SLIDE_1, NUMBER, NUMBER + crossing)
    decks = [sound, write(entries(spilled), tmp_path / "spilled.pptx")]
    fitting_pdf, spilled_pdf = deck_gates.render_pdfs(decks, tmp_path / "pdf")
    assert deck_gates.page_count(fitting_pdf) == 2
    words = [text for *_, text in deck_gates.word_boxes(fitting_pdf)[1].words]
    assert words[:2] == ["Second", "things"]
    assert deck_gates.outside_findings(fitting_pdf) == []
    assert deck_gates.lost_findings(sound, fitting_pdf) == []
    outside = deck_gates.outside_findings(spilled_pdf)
    assert outside[-1].startswith("page 1: word 'Cr")
    assert outside[-1].endswith("crosses the edge of the page")
    lost = deck_gates.lost_findings(decks[1], spilled_pdf)
    assert "slide 1: word 'Line29' is not on its page" in lost


def test_two_decks_of_one_name_are_refused(tmp_path: Path) -> None:
    deck_gates.require("soffice")
    with pytest.raises(ValueError, match="same name"):
        deck_gates.render_pdfs([tmp_path / "a/x.pptx", tmp_path / "b/x.pptx"], tmp_path)
