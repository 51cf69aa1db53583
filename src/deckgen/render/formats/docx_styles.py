"""Dresses a Word document: the theme's fonts and inks in Word's own styles, its paper, its lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from deckgen.render.formats.look import PageLook, paper_colours

if TYPE_CHECKING:
    from docx.document import Document as Word

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PAPERS = {"A4": (11906, 16838), "Letter": (12240, 15840)}  # twentieths of a point
MARGIN, NARROW_MARGIN = 851, 567
TABLE, CARDS, CODE, CUE, TASK = "Filled", "Cards", "Code Lines", "Cue", "Task"  # styles of ours
RULE, LINED, GAP, CELL = "Rule", "Line To Write On", "Gap", "Cell"
BULLETS, NUMBERS = 90, 91  # of our lists, beyond those of the template
INDENT, BOX = 340, 400  # of a level of a list, of a text beside a box to tick
BESIDE = 1500  # where the texts of cues stand, beside their bold words
MARKS = ("\u2022", "\u2013", "\u2022")


def dress(word: Word, look: PageLook, *, is_dense: bool) -> None:
    """Set styles, lists, paper and language of *word*; a dense one has one page to fit."""
    _drop_looks_of_tables(word)
    for name, (kind, content) in _styles(look, is_dense=is_dense).items():
        _set_style(word, name, kind, content)
    _set_lists(word)
    _set_language(word, look)
    _set_version(word)
    wide, high = PAPERS[look.paper]
    margin = NARROW_MARGIN if is_dense else MARGIN
    section: Any = word.sections[0]._sectPr
    size = {"w": wide, "h": high}
    sides = dict.fromkeys(("top", "right", "bottom", "left", "header", "footer"), margin)
    for tag, values in (("pgSz", size), ("pgMar", sides | {"gutter": 0})):
        element = section.find(f"{{{W}}}{tag}")
        element.attrib.clear()
        for key, value in values.items():
            element.set(f"{{{W}}}{key}", str(value))


def text_width(look: PageLook, *, is_dense: bool) -> int:
    """Return how wide the text is, in twentieths of a point."""
    return PAPERS[look.paper][0] - 2 * (NARROW_MARGIN if is_dense else MARGIN)


def new_numbers(word: Word, level: int = 0, start: int = 1) -> int:
    """Return the id of a list with numbers that begins at *start* on its *level*."""
    numbering: Any = word.part.numbering_part.element
    number = numbering.add_num(NUMBERS)
    number.add_lvlOverride(ilvl=level).add_startOverride(start)
    return int(number.numId)


def bullets_of(word: Word) -> int:
    """Return the id of the lists with bullets."""
    numbering: Any = word.part.numbering_part.element
    found = numbering.xpath(f'./w:num[w:abstractNumId/@w:val="{BULLETS}"]/@w:numId')
    return int(found[0])


def parsed(content: str) -> Any:
    """Return the elements of *content*, whose prefix is `w`."""
    from docx.oxml import parse_xml  # noqa: PLC0415

    return parse_xml(f'<w:x xmlns:w="{W}">{content}</w:x>')


# styles ----------------------------------------------------------------------------------------


def _drop_looks_of_tables(word: Word) -> None:
    """Drop the hundred looks of tables that the library's template brings along."""
    styles: Any = word.styles.element
    for style in list(styles):
        is_look = style.get(f"{{{W}}}type") == "table"
        if is_look and style.get(f"{{{W}}}styleId") != "TableNormal":
            styles.remove(style)


def _set_style(word: Word, name: str, kind: str, content: str) -> None:
    styles: Any = word.styles.element
    style = styles.get_by_name(name)
    if style is None:
        id = name.replace(" ", "")
        based = "TableNormal" if kind == "table" else "Normal"
        named = f'<w:name w:val="{name}"/><w:basedOn w:val="{based}"/>'
        made = f'<w:style w:type="{kind}" w:customStyle="1" w:styleId="{id}">{named}</w:style>'
        style = parsed(made)[0]
        styles.append(style)
    for tag in ("pPr", "rPr", "tblPr", "tblStylePr"):
        for old in style.findall(f"{{{W}}}{tag}"):
            style.remove(old)
    for element in list(parsed(content)):
        style.append(element)


def _styles(look: PageLook, *, is_dense: bool) -> dict[str, tuple[str, str]]:
    """Return kind and content of styles by their name."""
    colours = paper_colours(look.theme)
    text, key, line = colours["text"], colours["key"], colours["line"]
    bold = look.theme.type["title"].bold
    is_from_right = look.direction == "rtl"
    size = 17 if is_dense else 20  # half points
    bidi = "<w:bidi/>" if is_from_right else ""
    normal = f'{bidi}<w:spacing w:before="0" w:after="100" w:line="264" w:lineRule="auto"/>'
    thick = f'w:val="single" w:sz="12" w:space="4" w:color="{key}"'
    quoted = (
        f'<w:pBdr><w:{_start(look)} w:val="single" w:sz="18" w:space="8" w:color="{key}"/></w:pBdr>'
    )
    return {
        "Normal": ("paragraph", f"<w:pPr>{normal}</w:pPr>{_face(look, 'body', text, size)}"),
        "heading 1": _heading(look, 1, 40, before=0, bold=bold, colour=text),
        "heading 2": _heading(look, 2, 30, before=360, bold=bold, colour=text, rule=thick),
        "heading 3": _heading(look, 3, 25, before=240, bold=bold, colour=key),
        "heading 4": _heading(look, 4, 22, before=200, bold=bold, colour=text),
        "List Paragraph": (
            "paragraph",
            '<w:pPr><w:spacing w:before="0" w:after="20"/></w:pPr>',
        ),
        "Quote": ("paragraph", f'<w:pPr>{quoted}<w:ind w:left="240"/></w:pPr>'),
        **_own_styles(look, line, size),
        TABLE: ("table", _table(line, key, 20 if is_dense else 40)),
        CARDS: ("table", _cards(line)),
    }  # fmt: skip


def _own_styles(look: PageLook, line: str, size: int) -> dict[str, tuple[str, str]]:
    """Return kind and content of the styles of paragraphs that Word has none for."""
    left_to_right = '<w:bidi w:val="0"/>' if look.direction == "rtl" else ""
    ruled = '<w:pBdr><w:{side} w:val="{form}" w:sz="4" w:space="1" w:color="{line}"/></w:pBdr>'
    forms = {
        CODE: f'<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>{left_to_right}'
        '<w:spacing w:before="80" w:after="120"/>',
        CUE: f'<w:tabs><w:tab w:val="left" w:pos="{BESIDE}"/></w:tabs>'
        f'<w:spacing w:before="40" w:after="20"/><w:ind w:left="{BESIDE}" w:hanging="{BESIDE}"/>',
        TASK: f'<w:tabs><w:tab w:val="left" w:pos="{BOX}"/></w:tabs>'
        f'<w:spacing w:before="20" w:after="40"/><w:ind w:left="{BOX}" w:hanging="{BOX}"/>',
        RULE: ruled.format(side="bottom", form="dashed", line=line),
        LINED: ruled.format(side="bottom", form="single", line=line),
        CELL: '<w:spacing w:before="0" w:after="0"/>',
        GAP: '<w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/>',
    }
    faces = {CODE: _face(look, "mono", paper_colours(look.theme)["text"], size - 1)}
    return {
        name: ("paragraph", f"<w:pPr>{form}</w:pPr>{faces.get(name, '')}")
        for name, form in forms.items()
    }


def _start(look: PageLook) -> str:
    return "right" if look.direction == "rtl" else "left"


def _table(line: str, key: str, cells: int) -> str:
    rule = f'w:val="single" w:sz="4" w:space="0" w:color="{line}"'
    thick = f'w:val="single" w:sz="12" w:space="0" w:color="{key}"'
    return (
        f"<w:tblPr><w:tblBorders><w:bottom {rule}/><w:insideH {rule}/></w:tblBorders>"
        f'<w:tblCellMar><w:top w:w="{cells}" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
        f'<w:bottom w:w="{cells}" w:type="dxa"/><w:right w:w="120" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/><w:color w:val="{key}"/></w:rPr>'
        f"<w:tcPr><w:tcBorders><w:bottom {thick}/></w:tcBorders>"
        '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    )


def _cards(line: str) -> str:
    """Return the style of cards: lines to cut along."""
    cut = f'w:val="dashed" w:sz="4" w:space="0" w:color="{line}"'
    sides = "".join(
        f"<w:{side} {cut}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(
        f'<w:{side} w:w="200" w:type="dxa"/>' for side in ("top", "left", "bottom", "right")
    )
    return (
        f"<w:tblPr><w:tblBorders>{sides}</w:tblBorders>"
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
    )


def _heading(
    look: PageLook, level: int, size: int, *, before: int, bold: bool, colour: str, rule: str = ""
) -> tuple[str, str]:
    border = f"<w:pBdr><w:top {rule}/></w:pBdr>" if rule else ""
    form = (
        f'<w:pPr><w:keepNext/><w:keepLines/>{border}<w:spacing w:before="{before}" w:after="100"/>'
        f'<w:outlineLvl w:val="{level - 1}"/></w:pPr>'
    )
    face = _face(look, "heading", colour, size, bold=bold)
    return "paragraph", form + face


def _face(look: PageLook, face: str, colour: str, size: int, *, bold: bool = False) -> str:
    font = quoteattr(str(look.theme.fonts[face].office))
    weight = "<w:b/><w:bCs/>" if bold else ""
    return (
        f"<w:rPr><w:rFonts w:ascii={font} w:hAnsi={font} w:eastAsia={font} w:cs={font}/>{weight}"
        f'<w:color w:val="{colour}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    )


# lists and language ----------------------------------------------------------------------------


def _set_lists(word: Word) -> None:
    """Add a list with bullets, and one with numbers that others begin anew."""
    numbering: Any = word.part.numbering_part.element
    bullets = [("bullet", mark) for mark in MARKS]
    numbers = [("decimal", "%1."), ("lowerLetter", "%2."), ("decimal", "%3.")]
    first = numbering.find(f"{{{W}}}num")
    for id, levels in ((BULLETS, bullets), (NUMBERS, numbers)):
        content = "".join(_level(k, form, mark) for k, (form, mark) in enumerate(levels))
        made = parsed(
            f'<w:abstractNum w:abstractNumId="{id}"><w:multiLevelType w:val="hybridMultilevel"/>'
            f"{content}</w:abstractNum>"
        )[0]
        if first is None:
            numbering.append(made)
        else:
            first.addprevious(made)
    numbering.add_num(BULLETS)


def _level(level: int, form: str, mark: str) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/><w:pPr>'
        f'<w:ind w:left="{INDENT * (level + 1)}" w:hanging="{INDENT}"/></w:pPr></w:lvl>'
    )


def _set_version(word: Word) -> None:
    """Let Word lay the document out as it does its own of today, and not in compatibility mode."""
    settings: Any = word.settings.element
    for setting in settings.iter(f"{{{W}}}compatSetting"):
        if setting.get(f"{{{W}}}name") == "compatibilityMode":
            setting.set(f"{{{W}}}val", "15")


def _set_language(word: Word, look: PageLook) -> None:
    """Say in which language the text is, for spelling and for reading aloud."""
    form: Any = word.styles.element.find(f"{{{W}}}docDefaults/{{{W}}}rPrDefault/{{{W}}}rPr")
    for old in form.findall(f"{{{W}}}lang"):
        form.remove(old)
    tag = quoteattr(look.language)
    form.append(parsed(f"<w:lang w:val={tag} w:eastAsia={tag} w:bidi={tag}/>")[0])
