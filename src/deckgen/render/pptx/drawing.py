"""DrawingML for frames: paragraphs, shapes, groups, tables (ECMA-376 part 1, chapters 20 and 21)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import count
from typing import assert_never

from deckgen.boxes import Image, is_jump
from deckgen.geometry import EMU_PER_POINT, Rect
from deckgen.layout.frames import (
    Bullet,
    CellFrame,
    ChartFrame,
    CommonFrame,
    EquationFrame,
    Frame,
    FrameParagraph,
    FrameRun,
    GroupFrame,
    LineFrame,
    ParagraphFormat,
    PictureFrame,
    PlayerFrame,
    RunFormat,
    ShapeFrame,
    SymbolFrame,
    TableFrame,
    TextFrame,
)
from deckgen.pictures import fit_pixels
from deckgen.render.pptx.equation import alternates, either, office_math, office_paragraph
from deckgen.render.pptx.timing import Playing
from deckgen.theme.places import SPARE, Place

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
KEEP_TEXT_COLOUR = (
    '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr '
    'xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/></a:ext>'
    "</a:extLst>"
)
P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
MEDIA_URI = "{DAA4B4D4-6D71-4841-9C94-3DE7FCFB9230}"
NO_CROP = (0, 0, 0, 0)
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
SVG_URI = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
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

    `relate` returns the id of a relationship: to a link's address, to another slide (`#key`; None
    where no slide has it), to a part that `media` names. What moves is noted in `timers`,
    `builds` and `players`, by shape id, for the slide's timing.
    """

    language: str
    mono: str
    relate: Callable[[str], str | None]
    picture: Callable[[bytes, str], str]
    chart: Callable[[ChartFrame], str]
    recording: Callable[[PlayerFrame], tuple[str, str]]
    mark: Callable[[PlayerFrame], Image]
    number: int = 0
    kerning: str = ""  # of runs, where their styles do not say that letters are kerned, as measured
    timers: list[tuple[int, int]] = field(default_factory=list)
    builds: list[tuple[int, int]] = field(default_factory=list)
    players: list[Playing] = field(default_factory=list)
    ids: Iterator[int] = field(default_factory=lambda: count(2))

    def frame(self, frame: Frame) -> str:
        """Return the XML of *frame*."""
        if isinstance(frame, EquationFrame):
            return alternates(self._equation(frame))
        return alternates(self._drawn(frame))

    def _drawn(self, frame: CommonFrame) -> str:
        match frame:
            case TextFrame():
                return self._placeholder(frame)
            case TableFrame():
                return self._table(frame)
            case GroupFrame():
                return self._group(frame)
            case ShapeFrame():
                return self._shape(frame, is_member=False)
            case PictureFrame() | PlayerFrame():
                return self._seen(frame)
            case ChartFrame():
                return self._chart(frame)
            case SymbolFrame():
                return self._symbol(frame)
            case LineFrame():
                return self._line(frame)
            case _:
                assert_never(frame)

    # text --------------------------------------------------------------------------------------

    def paragraph(self, paragraph: FrameParagraph) -> str:
        """Return a paragraph; a newline in a run becomes a line break."""
        if not any(run.text for run in paragraph.runs):
            form = paragraph.runs[0].form if paragraph.runs else RunFormat()
            end = self._run_properties("endParaRPr", form, None)
            return f"<a:p>{_paragraph_properties(paragraph.form, paragraph.level)}{end}</a:p>"
        runs = "".join(self._run(run) for run in paragraph.runs)
        return f"<a:p>{_paragraph_properties(paragraph.form, paragraph.level)}{runs}</a:p>"

    def _run(self, run: FrameRun) -> str:
        if run.equation and run.equation.office:
            other = self._run(run._replace(text=run.equation.text, equation=None))
            form = run.form._replace(italic=None, caps=None, track=None)
            fill = color_fill(form.colour) if form.colour else ""
            return either(office_math(run.equation.office, self._attributes(form), fill), other)
        properties = self._run_properties("rPr", run.form, run.link)
        pieces = run.text.split("\n")
        line_break = f"<a:br>{self._run_properties('rPr', run.form, None)}</a:br>"
        return line_break.join(
            f"<a:r>{properties}<a:t>{escape(piece, quote=False)}</a:t></a:r>" for piece in pieces
        )

    def _run_properties(self, tag: str, form: RunFormat, link: str | None) -> str:
        inner = color_fill(form.colour) if form.colour else ""
        if form.face:
            named = self.mono if form.face == "mono" else form.face  # a template's font by its name
            inner += f'<a:latin typeface="{escape(FACES.get(form.face, named))}"/>'
        inner += self._click(link, keeps_colour=form.colour is not None) if link else ""
        return f'<a:{tag} {self._attributes(form)} dirty="0">{inner}</a:{tag}>'

    def _attributes(self, form: RunFormat) -> str:
        return f'lang="{self.language}"{run_attributes(form)}{self.kerning}'

    def _click(self, link: str, *, keeps_colour: bool) -> str:
        """Return what a click on a run or a shape does; empty where a jump leads nowhere."""
        target = self.relate(link)
        if target is None:
            return ""
        kept = KEEP_TEXT_COLOUR if keeps_colour else ""
        action = ' action="ppaction://hlinksldjump"' if is_jump(link) else ""
        return f'<a:hlinkClick r:id="{target}"{action}>{kept}</a:hlinkClick>'

    # frames ------------------------------------------------------------------------------------

    def _placeholder(self, frame: TextFrame) -> str:
        place = frame.place
        if place.type == "sldNum":
            body = self._slide_number()
        else:
            body = "".join(self.paragraph(paragraph) for paragraph in frame.paragraphs)
        moved = transform(_with_insets(frame.rect, place)) if frame.is_moved else ""
        fill = color_fill(frame.fill) if frame.fill else ""
        name = escape(place.name.replace("_", " ").capitalize())
        number = next(self.ids)
        if frame.build:
            self.builds.append((number, len(frame.paragraphs)))
        click = self._click(f"#{frame.jump}", keeps_colour=False) if frame.jump else ""
        if not place.is_placeholder:
            return self._text_box(frame, number, name, body)
        told = '<a:bodyPr wrap="square" numCol="1"><a:noAutofit/></a:bodyPr>'
        properties = told if place.held else "<a:bodyPr/>"
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}">{click}</p:cNvPr>'
            f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>{placeholder(place.type, place.idx)}'
            f"</p:nvPr></p:nvSpPr><p:spPr>{moved}{fill}</p:spPr>"
            f"<p:txBody>{properties}<a:lstStyle/>{body}</p:txBody></p:sp>"
        )

    def _text_box(self, frame: TextFrame, number: int, name: str, body: str) -> str:
        """Return a text box for what a company's template has no placeholder for."""
        fill = color_fill(frame.fill) if frame.fill else "<a:noFill/>"
        rect = frame.rect._replace(w=frame.rect.w + SPARE)
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr txBox="1"/><p:nvPr/>'
            f"</p:nvSpPr><p:spPr>{transform(rect)}"
            f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}</p:spPr>'
            f"<p:txBody>{body_properties(frame.place.anchor)}<a:lstStyle/>{body}</p:txBody></p:sp>"
        )

    def _slide_number(self) -> str:
        return (
            f'<a:p><a:fld id="{SLIDE_NUMBER_FIELD}" type="slidenum"><a:rPr lang="{self.language}" '
            f'dirty="0"/><a:t>{self.number}</a:t></a:fld></a:p>'
        )

    def _shape(self, shape: ShapeFrame, *, is_member: bool) -> str:
        mark = "" if is_member or (shape.paragraph and shape.timer is None) else DECORATIVE
        number = next(self.ids)
        if shape.timer is not None:
            self.timers.append((number, shape.timer))
        text_box = ' txBox="1"' if shape.paragraph and not shape.fill and not shape.line else ""
        fill = color_fill(shape.fill) if shape.fill else "<a:noFill/>"
        line = _line("ln", shape.line) if shape.line else "<a:ln><a:noFill/></a:ln>"
        body = self.paragraph(shape.paragraph) if shape.paragraph else self._empty()
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{escape(shape.name)}">{mark}</p:cNvPr>'
            f"<p:cNvSpPr{text_box}/><p:nvPr/></p:nvSpPr><p:spPr>{transform(shape.rect)}"
            f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}{line}</p:spPr>'
            f"<p:txBody>{body_properties(shape.anchor, shape.inset)}<a:lstStyle/>{body}</p:txBody></p:sp>"
        )

    def _empty(self) -> str:
        return f'<a:p><a:endParaRPr lang="{self.language}" dirty="0"/></a:p>'

    def _group(self, group: GroupFrame) -> str:
        number = next(self.ids)
        described = f' descr="{escape(group.description)}"' if group.description else ""
        mark = "" if group.description else DECORATIVE
        rect = group.rect
        shapes = "".join(
            self._line(shape, first=number + 1)
            if isinstance(shape, LineFrame)
            else self._shape(shape, is_member=True)
            for shape in group.shapes
        )
        child = f'<a:chOff x="{rect.x}" y="{rect.y}"/><a:chExt cx="{rect.w}" cy="{rect.h}"/>'
        return (
            f'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="{number}" name="{escape(group.name)}"{described}>{mark}'
            f"</p:cNvPr><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>"
            f'<a:off x="{rect.x}" y="{rect.y}"/><a:ext cx="{rect.w}" cy="{rect.h}"/>{child}</a:xfrm>'
            f"</p:grpSpPr>{shapes}</p:grpSp>"
        )

    def _table(self, table: TableFrame) -> str:
        head = ' firstRow="1"' if table.has_head else ""
        bands = ' bandRow="1"' if table.style else ""
        style = table.style or TABLE_STYLE
        columns = "".join(f'<a:gridCol w="{width}"/>' for width in table.columns)
        rows = "".join(
            f'<a:tr h="{height}">'
            f"{''.join(self._cell(cell, is_styled=bool(table.style)) for cell in cells)}</a:tr>"
            for height, cells in table.rows
        )
        name = escape(table.name.replace("_", " ").capitalize())
        rect = table.rect
        return (
            f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{next(self.ids)}" name="{name}" '
            f'descr="{escape(table.description)}"/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/>'
            f"</p:cNvGraphicFramePr>{_object_mark(table.place)}"
            f'</p:nvGraphicFramePr><p:xfrm><a:off x="{rect.x}" y="{rect.y}"/>'
            f'<a:ext cx="{rect.w}" cy="{rect.h}"/></p:xfrm><a:graphic><a:graphicData uri="{TABLE_URI}">'
            f"<a:tbl><a:tblPr{head}{bands}><a:tableStyleId>{style}</a:tableStyleId></a:tblPr>"
            f"<a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
        )

    def _seen(self, frame: PictureFrame | PlayerFrame) -> str:
        return self._player(frame) if isinstance(frame, PlayerFrame) else self._picture(frame)

    def _picture(self, frame: PictureFrame) -> str:
        image = fit_pixels(frame.image, frame.rect.w, frame.rect.h)
        named = self._named(frame.name.capitalize(), frame.description)
        return self._pic(named, image, frame.rect, frame.crop, _object_mark(frame.place))

    def _named(self, name: str, description: str | None) -> str:
        """Return what a picture is called, its description or the mark that it is decorative."""
        described, mark = _described(description)
        return f'<p:cNvPr id="{next(self.ids)}" name="{escape(name)}"{described}>{mark}</p:cNvPr>'

    def _pic(
        self,
        named: str,
        image: Image,
        rect: Rect,
        cropped: tuple[int, int, int, int] = (0, 0, 0, 0),
        mark: str = "<p:nvPr/>",
    ) -> str:
        vector = ""
        if image.vector:
            target = self.picture(image.vector, "svg")
            vector = f'<a:extLst><a:ext uri="{SVG_URI}"><asvg:svgBlip xmlns:asvg="{SVG}" r:embed="{target}"/></a:ext></a:extLst>'
        main = self.picture(image.content, image.extension)
        left, top, right, bottom = cropped
        crop = f'<a:srcRect l="{left}" t="{top}" r="{right}" b="{bottom}"/>' if any(cropped) else ""
        return (
            f'<p:pic><p:nvPicPr>{named}<p:cNvPicPr><a:picLocks noGrp="1" noChangeAspect="1"/></p:cNvPicPr>'
            f'{mark}</p:nvPicPr><p:blipFill><a:blip r:embed="{main}">'
            f"{vector}</a:blip>{crop}<a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>"
            f'{transform(rect)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
        )

    def _player(self, frame: PlayerFrame) -> str:
        """Return a picture that a click plays, or that leads to where it plays (as PowerPoint does)."""
        number, held, click = next(self.ids), "", ""
        if frame.recording:
            old, new = self.recording(frame)
            tag = "audioFile" if frame.is_sound else "videoFile"
            held = (
                f'<a:{tag} r:link="{old}"/><p:extLst><p:ext uri="{MEDIA_URI}"><p14:media '
                f'xmlns:p14="{P14}" r:embed="{new}"/></p:ext></p:extLst>'
            )
            click = '<a:hlinkClick r:id="" action="ppaction://media"/>'
            length = frame.recording.milliseconds
            self.players.append(Playing(number, frame.is_sound, frame.starts_itself, length))
        elif frame.link:
            click = self._click(frame.link, keeps_colour=False)
        shown = frame.poster or PictureFrame(
            frame.name, frame.place, frame.rect, self.mark(frame), NO_CROP, None
        )
        named = (
            f'<p:cNvPr id="{number}" name="{frame.name}" '
            f'descr="{escape(frame.description)}">{click}</p:cNvPr>'
        )
        image = fit_pixels(shown.image, shown.rect.w, shown.rect.h)
        return self._pic(named, image, shown.rect, shown.crop, _object_mark(frame.place, held))

    def _equation(self, frame: EquationFrame) -> str:
        """Return an equation as Office Math, with its picture for others; as a picture without it."""
        from deckgen.equations.draw import picture  # noqa: PLC0415 (few decks hold one)

        named = self._named(frame.name, frame.formula.latex)
        drawn = self._pic(named, picture(frame.formula, frame.ink, frame.size), frame.inner)
        if not frame.formula.office:
            return drawn
        attributes = self._attributes(RunFormat(size=frame.size))
        native = (
            f'<p:sp><p:nvSpPr>{named}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>'
            f'{transform(frame.rect)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
            f"<p:txBody>{body_properties('ctr')}<a:lstStyle/>"
            f"{office_paragraph(frame, attributes, color_fill(frame.colour))}</p:txBody></p:sp>"
        )
        return either(native, drawn)

    def _chart(self, frame: ChartFrame) -> str:
        rect, place = frame.rect, frame.place
        return (
            f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{next(self.ids)}" name="Chart" '
            f'descr="{escape(frame.chart.description)}"/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/>'
            f"</p:cNvGraphicFramePr>{_object_mark(place)}"
            f'</p:nvGraphicFramePr><p:xfrm><a:off x="{rect.x}" y="{rect.y}"/>'
            f'<a:ext cx="{rect.w}" cy="{rect.h}"/></p:xfrm><a:graphic><a:graphicData uri="{CHART}">'
            f'<c:chart xmlns:c="{CHART}" r:id="{self.chart(frame)}"/></a:graphicData></a:graphic>'
            f"</p:graphicFrame>"
        )

    def _symbol(self, frame: SymbolFrame) -> str:
        """Return a QR code as one shape: dark modules on a light field, by name in every theme."""
        quiet = 4  # modules of light around it (ISO/IEC 18004, 9.1)
        side = len(frame.modules) + 2 * quiet
        runs = "".join(
            _module_path(x + quiet, y + quiet, length)
            for y, row in enumerate(frame.modules)
            for x, length in _dark_runs(row)
        )
        field = self._field(frame.rect)
        return field + (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{next(self.ids)}" name="QR code" '
            f'descr="{escape(frame.description)}"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>'
            f"{transform(frame.rect)}<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
            f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="{side}" h="{side}">{runs}</a:path>'
            f"</a:pathLst></a:custGeom>{color_fill('dk1')}<a:ln><a:noFill/></a:ln></p:spPr>"
            f"<p:txBody>{body_properties('ctr')}<a:lstStyle/>{self._empty()}</p:txBody></p:sp>"
        )

    def _field(self, rect: Rect) -> str:
        return self._shape(ShapeFrame("QR code field", rect, "lt1"), is_member=False)

    def _line(self, line: LineFrame, *, first: int = 0) -> str:
        """Return a line; in a group, whose shapes are numbered from *first*, it holds on to two."""
        joined = ""
        if line.joins:  # connection sites of a rectangle: 0 top, 2 bottom
            start, end = (first + index for index in line.joins)
            joined = f'<a:stCxn id="{start}" idx="2"/><a:endCxn id="{end}" idx="0"/>'
        (x, y), (right, bottom) = line.start, line.end
        flip = ' flipH="1"' if right < x else ""
        flip += ' flipV="1"' if bottom < y else ""
        rect = line.rect
        return (
            f'<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="{next(self.ids)}" name="{escape(line.name)}"/><p:cNvCxnSpPr>{joined}</p:cNvCxnSpPr>'
            f'<p:nvPr/></p:nvCxnSpPr><p:spPr><a:xfrm{flip}><a:off x="{rect.x}" y="{rect.y}"/>'
            f'<a:ext cx="{rect.w}" cy="{rect.h}"/></a:xfrm><a:prstGeom prst="straightConnector1"><a:avLst/></a:prstGeom>'
            f"{_line('ln', line.line)}</p:spPr></p:cxnSp>"
        )

    def _cell(self, cell: CellFrame, *, is_styled: bool) -> str:
        lines = _line("lnT", cell.top) if cell.top else ""
        lines += _line("lnB", cell.bottom) if cell.bottom else ""
        fill = color_fill(cell.fill) if cell.fill else "" if is_styled else "<a:noFill/>"
        return (
            f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{self.paragraph(cell.paragraph)}</a:txBody>"
            f'<a:tcPr marL="{cell.left}" marR="{cell.right}" marT="0" marB="0" anchor="ctr">{lines}{fill}</a:tcPr></a:tc>'
        )


def _object_mark(place: Place, held: str = "") -> str:
    """Return the mark of a table, chart or picture: a placeholder for text alone takes none.

    *held* is what else the mark says: the files that a picture plays.
    """
    is_for_text = place.held is not None and place.type in ("body", "subTitle")
    own = "" if not place.is_placeholder or is_for_text else placeholder(place.type, place.idx)
    return f"<p:nvPr>{own}{held}</p:nvPr>" if own or held else "<p:nvPr/>"


def _with_insets(rect: Rect, place: Place) -> Rect:
    """Return the frame around the text of a placeholder of a template."""
    if place.held is None:
        return rect
    left, top, right, bottom = place.held.insets
    return Rect(rect.x - left, rect.y - top, rect.w + left + right, rect.h + top + bottom)


def _described(description: str | None) -> tuple[str, str]:
    """Return the attribute and the mark of a described or decorative object."""
    return (f' descr="{escape(description)}"', "") if description else ("", DECORATIVE)


def color_fill(scheme: str) -> str:
    """Return a solid fill in a theme colour."""
    return f'<a:solidFill><a:schemeClr val="{scheme}"/></a:solidFill>'


def transform(rect: Rect) -> str:
    """Return where a shape is."""
    return (
        f'<a:xfrm><a:off x="{rect.x}" y="{rect.y}"/><a:ext cx="{rect.w}" cy="{rect.h}"/></a:xfrm>'
    )


def body_properties(anchor: str, inset: int = 0) -> str:
    """Return a text body without autofit: sizes are fitted before; *inset* in EMU at the sides."""
    return (
        f'<a:bodyPr wrap="square" lIns="{inset}" tIns="0" rIns="{inset}" bIns="0" rtlCol="0" '
        f'anchor="{ANCHORS[anchor]}"><a:noAutofit/></a:bodyPr>'
    )


def placeholder(type: str, idx: int) -> str:
    """Return the placeholder mark; `obj` is the default type and idx 0 the default index."""
    kind = "" if type == "obj" else f' type="{type}"'
    small = ' sz="quarter"' if type in ("ftr", "sldNum") else ""
    index = f' idx="{idx}"' if idx else ""
    return f"<p:ph{kind}{small}{index}/>"


def run_attributes(form: RunFormat) -> str:
    """Return the attributes of run properties that *form* gives, sizes in hundredths of points."""
    attributes = ""
    if form.size is not None:
        attributes += f' sz="{round(form.size * 100)}"'
    if form.bold is not None:
        attributes += f' b="{int(form.bold)}"'
    if form.italic is not None:
        attributes += f' i="{int(form.italic)}"'
    if form.struck:
        attributes += ' strike="sngStrike"'
    if form.caps is not None:
        attributes += f' cap="{"all" if form.caps else "none"}"'
    if form.track is not None:
        attributes += f' spc="{round(form.track)}"'
    return attributes


def _paragraph_properties(form: ParagraphFormat, level: int) -> str:
    attributes = "" if form.margin is None else f' marL="{form.margin}"'
    attributes += "" if form.indent is None else f' indent="{form.indent}"'
    attributes += "" if form.align is None else f' algn="{ALIGNS[form.align]}"'
    attributes += f' lvl="{level}"' if level else ""
    inner = paragraph_spacing(form)
    if form.number:
        inner += '<a:buSzPct val="100000"/><a:buFont typeface="+mj-lt"/>'
        inner += f'<a:buAutoNum type="arabicPeriod"{_starting(form.number[1])}/>'
    elif form.bullet is False:
        inner += "<a:buNone/>"
    elif isinstance(form.bullet, Bullet):
        inner += bullet_properties(form.bullet)
    elif form.bullet:
        inner += '<a:buFont typeface="Arial"/><a:buChar char="\u2022"/>'
    return f"<a:pPr{attributes}>{inner}</a:pPr>" if attributes or inner else ""


def _starting(number: int) -> str:
    return f' startAt="{number}"' if number != 1 else ""


def bullet_properties(bullet: Bullet) -> str:
    """Return the bullet of a paragraph or a list level."""
    return (
        f'<a:buClr><a:schemeClr val="{bullet.colour}"/></a:buClr>'
        f'<a:buSzPct val="{bullet.percent * 1000}"/><a:buFont typeface="Arial"/>'
        f'<a:buChar char="{bullet.char}"/>'
    )


def paragraph_spacing(form: ParagraphFormat) -> str:
    """Return line spacing and the space before."""
    line = (
        ""
        if form.line is None
        else f'<a:lnSpc><a:spcPct val="{round(form.line * 1000)}"/></a:lnSpc>'
    )
    before = ""
    if form.before is not None:
        before = f'<a:spcBef><a:spcPts val="{round(form.before * 100)}"/></a:spcBef>'
    if form.after is not None:
        before += f'<a:spcAft><a:spcPts val="{round(form.after * 100)}"/></a:spcAft>'
    return line + before


def _line(tag: str, line: tuple[float, str]) -> str:
    weight, colour = line
    width = round(weight * EMU_PER_POINT)
    return f'<a:{tag} w="{width}" cap="flat" cmpd="sng" algn="ctr">{color_fill(colour)}<a:prstDash val="solid"/></a:{tag}>'


def _dark_runs(row: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    """Yield start and length of each run of dark modules."""
    start: int | None = None
    for x, is_dark in enumerate((*row, False)):
        if is_dark and start is None:
            start = x
        elif not is_dark and start is not None:
            yield start, x - start
            start = None


def _module_path(x: int, y: int, length: int) -> str:
    points = ((x, y), (x + length, y), (x + length, y + 1), (x, y + 1))
    (first, *rest) = (f'<a:pt x="{px}" y="{py}"/>' for px, py in points)
    lines = "".join(f"<a:lnTo>{point}</a:lnTo>" for point in rest)
    return f"<a:moveTo>{first}</a:moveTo>{lines}<a:close/>"
