"""DrawingML for frames: paragraphs, shapes, groups, tables (ECMA-376 part 1, chapters 20 and 21)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import count

from deckgen.geometry import EMU_PER_POINT, Rect
from deckgen.layout.frames import (
    CellFrame,
    Frame,
    FrameParagraph,
    FrameRun,
    GroupFrame,
    ParagraphForm,
    RunForm,
    ShapeFrame,
    TableFrame,
    TextFrame,
)

NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
TABLE_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # No Style, No Grid
TABLE_URI = "http://schemas.openxmlformats.org/drawingml/2006/table"
DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)
SLIDE_NUMBER_FIELD = "{7E3C0F5B-6A0D-4E5C-9B4B-2D1A90C7F1E4}"
TREE_HEAD = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/>'
    '<a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)
ANCHORS = {"t": "t", "m": "ctr", "b": "b", "ctr": "ctr"}
FACES = {"heading": "+mj-lt", "body": "+mn-lt"}
ALIGNS = {"l": "l", "ctr": "ctr", "r": "r"}


@dataclass(frozen=True, slots=True)
class Pen:
    """What drawing a slide needs besides its frames.

    `relate` returns the id of a relationship to a link's address; `radius` is the corner radius of
    filled placeholders in EMU.
    """

    language: str
    mono: str
    relate: Callable[[str], str]
    number: int = 0
    ids: Iterator[int] = field(default_factory=lambda: count(2))

    def frame(self, frame: Frame) -> str:
        """Return the XML of *frame*."""
        match frame:
            case TextFrame():
                return self._placeholder(frame)
            case TableFrame():
                return self._table(frame)
            case GroupFrame():
                return self._group(frame)
            case ShapeFrame():
                return self._shape(frame, is_member=False)

    # text --------------------------------------------------------------------------------------

    def paragraph(self, paragraph: FrameParagraph) -> str:
        """Return a paragraph; a newline in a run becomes a line break."""
        runs = "".join(self._run(run) for run in paragraph.runs)
        return f"<a:p>{_paragraph_properties(paragraph.form, paragraph.level)}{runs}</a:p>"

    def _run(self, run: FrameRun) -> str:
        properties = self._run_properties("rPr", run.form, run.link)
        pieces = run.text.split("\n")
        line_break = f"<a:br>{self._run_properties('rPr', run.form, None)}</a:br>"
        return line_break.join(
            f"<a:r>{properties}<a:t>{escape(piece, quote=False)}</a:t></a:r>" for piece in pieces
        )

    def _run_properties(self, tag: str, form: RunForm, link: str | None) -> str:
        inner = color_fill(form.colour) if form.colour else ""
        if form.face:
            inner += f'<a:latin typeface="{escape(FACES.get(form.face, self.mono))}"/>'
        if link:
            inner += f'<a:hlinkClick r:id="{self.relate(link)}"/>'
        return f'<a:{tag} lang="{self.language}"{run_attributes(form)} dirty="0">{inner}</a:{tag}>'

    # frames ------------------------------------------------------------------------------------

    def _placeholder(self, frame: TextFrame) -> str:
        place = frame.place
        if place.type == "sldNum":
            body = self._slide_number()
        else:
            body = "".join(self.paragraph(paragraph) for paragraph in frame.paragraphs)
        moved = transform(frame.rect) if frame.is_moved else ""
        fill = color_fill(frame.fill) if frame.fill else ""
        name = escape(place.name.replace("_", " ").capitalize())
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{next(self.ids)}" name="{name}"/>'
            f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>{placeholder(place.type, place.idx)}'
            f"</p:nvPr></p:nvSpPr><p:spPr>{moved}{fill}</p:spPr>"
            f"<p:txBody><a:bodyPr/><a:lstStyle/>{body}</p:txBody></p:sp>"
        )

    def _slide_number(self) -> str:
        return (
            f'<a:p><a:fld id="{SLIDE_NUMBER_FIELD}" type="slidenum"><a:rPr lang="{self.language}" '
            f'dirty="0"/><a:t>{self.number}</a:t></a:fld></a:p>'
        )

    def _shape(self, shape: ShapeFrame, *, is_member: bool) -> str:
        mark = "" if is_member or shape.paragraph else DECORATIVE
        text_box = ' txBox="1"' if shape.paragraph and not shape.fill and not shape.line else ""
        fill = color_fill(shape.fill) if shape.fill else "<a:noFill/>"
        line = _line("ln", shape.line) if shape.line else "<a:ln><a:noFill/></a:ln>"
        body = self.paragraph(shape.paragraph) if shape.paragraph else self._empty()
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{next(self.ids)}" name="{escape(shape.name)}">{mark}</p:cNvPr>'
            f"<p:cNvSpPr{text_box}/><p:nvPr/></p:nvSpPr><p:spPr>{transform(shape.rect)}"
            f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}{line}</p:spPr>'
            f"<p:txBody>{body_properties(shape.anchor)}<a:lstStyle/>{body}</p:txBody></p:sp>"
        )

    def _empty(self) -> str:
        return f'<a:p><a:endParaRPr lang="{self.language}" dirty="0"/></a:p>'

    def _group(self, group: GroupFrame) -> str:
        number = next(self.ids)
        described = f' descr="{escape(group.description)}"' if group.description else ""
        mark = "" if group.description else DECORATIVE
        rect = group.rect
        shapes = "".join(self._shape(shape, is_member=True) for shape in group.shapes)
        child = f'<a:chOff x="{rect.x}" y="{rect.y}"/><a:chExt cx="{rect.w}" cy="{rect.h}"/>'
        return (
            f'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="{number}" name="{escape(group.name)}"{described}>{mark}'
            f"</p:cNvPr><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>"
            f'<a:off x="{rect.x}" y="{rect.y}"/><a:ext cx="{rect.w}" cy="{rect.h}"/>{child}</a:xfrm>'
            f"</p:grpSpPr>{shapes}</p:grpSp>"
        )

    def _table(self, table: TableFrame) -> str:
        head = ' firstRow="1"' if table.has_head else ""
        columns = "".join(f'<a:gridCol w="{width}"/>' for width in table.columns)
        rows = "".join(
            f'<a:tr h="{height}">{"".join(self._cell(cell) for cell in cells)}</a:tr>'
            for height, cells in table.rows
        )
        name = escape(table.name.replace("_", " ").capitalize())
        rect = table.rect
        return (
            f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{next(self.ids)}" name="{name}" '
            f'descr="{escape(table.description)}"/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/>'
            f"</p:cNvGraphicFramePr><p:nvPr>{placeholder(table.place.type, table.place.idx)}</p:nvPr>"
            f'</p:nvGraphicFramePr><p:xfrm><a:off x="{rect.x}" y="{rect.y}"/>'
            f'<a:ext cx="{rect.w}" cy="{rect.h}"/></p:xfrm><a:graphic><a:graphicData uri="{TABLE_URI}">'
            f"<a:tbl><a:tblPr{head}><a:tableStyleId>{TABLE_STYLE}</a:tableStyleId></a:tblPr>"
            f"<a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
        )

    def _cell(self, cell: CellFrame) -> str:
        lines = _line("lnT", cell.top) if cell.top else ""
        lines += _line("lnB", cell.bottom) if cell.bottom else ""
        fill = color_fill(cell.fill) if cell.fill else "<a:noFill/>"
        return (
            f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{self.paragraph(cell.paragraph)}</a:txBody>"
            f'<a:tcPr marL="{cell.left}" marR="{cell.right}" marT="0" marB="0" anchor="ctr">{lines}{fill}</a:tcPr></a:tc>'
        )


def color_fill(scheme: str) -> str:
    """Return a solid fill in a theme colour."""
    return f'<a:solidFill><a:schemeClr val="{scheme}"/></a:solidFill>'


def transform(rect: Rect) -> str:
    """Return where a shape is."""
    return (
        f'<a:xfrm><a:off x="{rect.x}" y="{rect.y}"/><a:ext cx="{rect.w}" cy="{rect.h}"/></a:xfrm>'
    )


def body_properties(anchor: str) -> str:
    """Return a text body without insets and autofit: sizes are fitted before."""
    return (
        f'<a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0" '
        f'anchor="{ANCHORS[anchor]}"><a:noAutofit/></a:bodyPr>'
    )


def placeholder(type: str, idx: int) -> str:
    """Return the placeholder mark; `obj` is the default type and idx 0 the default index."""
    kind = "" if type == "obj" else f' type="{type}"'
    small = ' sz="quarter"' if type in ("ftr", "sldNum") else ""
    index = f' idx="{idx}"' if idx else ""
    return f"<p:ph{kind}{small}{index}/>"


def run_attributes(form: RunForm) -> str:
    """Return the attributes of run properties that *form* gives, sizes in hundredths of points."""
    attributes = ""
    if form.size is not None:
        attributes += f' sz="{round(form.size * 100)}"'
    if form.bold is not None:
        attributes += f' b="{int(form.bold)}"'
    if form.italic is not None:
        attributes += f' i="{int(form.italic)}"'
    if form.track is not None:
        attributes += f' spc="{round(form.track)}"'
    return attributes


def _paragraph_properties(form: ParagraphForm, level: int) -> str:
    attributes = "" if form.margin is None else f' marL="{form.margin}"'
    attributes += "" if form.indent is None else f' indent="{form.indent}"'
    attributes += "" if form.align is None else f' algn="{ALIGNS[form.align]}"'
    attributes += f' lvl="{level}"' if level else ""
    inner = paragraph_spacing(form)
    if form.bullet is False:
        inner += "<a:buNone/>"
    return f"<a:pPr{attributes}>{inner}</a:pPr>" if attributes or inner else ""


def paragraph_spacing(form: ParagraphForm) -> str:
    """Return line spacing and the space before."""
    line = (
        ""
        if form.line is None
        else f'<a:lnSpc><a:spcPct val="{round(form.line * 1000)}"/></a:lnSpc>'
    )
    before = ""
    if form.before is not None:
        before = f'<a:spcBef><a:spcPts val="{round(form.before * 100)}"/></a:spcBef>'
    return line + before


def _line(tag: str, line: tuple[float, str]) -> str:
    weight, colour = line
    width = round(weight * EMU_PER_POINT)
    return f'<a:{tag} w="{width}" cap="flat" cmpd="sng" algn="ctr">{color_fill(colour)}<a:prstDash val="solid"/></a:{tag}>'
