"""Makes a Word document of a Markdown document: pandoc writes it, the theme and the paper dress it.

Pandoc's own style is replaced by the theme's fonts and inks; cells to write in get their height,
blocks their own page. What would differ from run to run, dates and the order of files, is fixed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import Any

from deckgen.diagnostics import Diagnostics
from deckgen.render.formats.look import Look, paper_colours
from deckgen.render.formats.needs import find_pandoc, run
from deckgen.render.formats.tokens import block_ref

SECONDS = 120
# Texts are escaped for pandoc's own Markdown, which also takes column widths from a table's dashes.
READER = "markdown-raw_html-raw_tex-raw_attribute-yaml_metadata_block-latex_macros-tex_math_dollars"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PAPERS = {"A4": (11906, 16838), "Letter": (12240, 15840)}  # twentieths of a point
MARGIN, NARROW_MARGIN = 851, 567
TO_WRITE_IN = 794  # height of a row that has room for handwriting
LETTER_WIDTH, CELL_MARGIN = 95, 140  # of pandoc's grid, which is narrower than the page
TIME = (1980, 1, 1, 0, 0, 0)  # the first that a zip file can tell
EACH_ON_A_PAGE, ONE_PAGE = "facilitator-notes", "run-sheet"


def docx(text: str, kind: str, look: Look, name: str, found: Diagnostics) -> bytes:
    """Return the Markdown document *text* as a Word document, the same bytes each time.

    *kind* is the document's, such as `run-sheet`; *name* is the file's, for messages.
    """
    program = find_pandoc()
    assert program is not None
    facts = (f"--metadata=lang:{look.language}", f"--metadata=dir:{look.direction}")
    reading = ("--sandbox", f"--from={READER}", "--to=docx", "--output=-")
    written = run((program, *reading, *facts), text.encode(), name, SECONDS, found)
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    title = _dress_document(parts, kind, look)
    _dress_styles(parts, kind, look)
    _say_facts(parts, title)
    return _packed(parts)


def _packed(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, TIME)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # whatever the machine is
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    return file.getvalue()


def _say_facts(parts: dict[str, bytes], title: str) -> None:
    """Give the document its title, and no date."""
    root = _parsed(parts["docProps/core.xml"])
    for element in root:
        tag = element.tag.rpartition("}")[2]
        if tag == "title":
            element.text = title
        elif tag in ("created", "modified"):
            element.text = "1980-01-01T00:00:00Z"
    parts["docProps/core.xml"] = _written(root)


# text ------------------------------------------------------------------------------------------


def _dress_document(parts: dict[str, bytes], kind: str, look: Look) -> str:
    """Set paper, pages and rows of the text; return its title."""
    root = _parsed(parts["word/document.xml"])
    headings = list(_headings(root))
    for (level, text, paragraph), following in zip_longest(headings, headings[1:]):
        is_chapter = following is not None and following[0] > level
        if _begins_page(kind, level, text, is_chapter=is_chapter):
            _add(paragraph[0], "pageBreakBefore", after="pStyle")
    _join_bare_chapters(headings)
    for table in root.iter(f"{{{W}}}tbl"):
        _dress_table(table)
        if look.direction == "rtl":
            _add(table.find(f"{{{W}}}tblPr"), "bidiVisual", after="tblStyle")
    section = next(root.iter(f"{{{W}}}sectPr"))
    wide, high = PAPERS[look.paper]
    margin = str(NARROW_MARGIN if kind == ONE_PAGE else MARGIN)
    sides = dict.fromkeys(("top", "right", "bottom", "left", "header", "footer"), margin)
    _add(section, "pgMar", after="footnotePr", **sides, gutter="0")
    _add(section, "pgSz", after="footnotePr", w=str(wide), h=str(high))
    parts["word/document.xml"] = _written(root)
    return next((text for level, text, _ in headings if level == 1), "")


def _headings(root: Any) -> Iterator[tuple[int, str, Any]]:
    for paragraph in root.iter(f"{{{W}}}p"):
        style = paragraph.find(f"{{{W}}}pPr/{{{W}}}pStyle")
        name = style.get(f"{{{W}}}val") if style is not None else ""
        if name.startswith("Heading"):
            text = "".join(each.text or "" for each in paragraph.iter(f"{{{W}}}t"))
            yield int(name.removeprefix("Heading")), text, paragraph


def _begins_page(kind: str, level: int, text: str, *, is_chapter: bool) -> bool:
    if level == 2:
        return is_chapter or kind == EACH_ON_A_PAGE
    return level == 3 and block_ref(text) is not None


def _join_bare_chapters(headings: Sequence[tuple[int, str, Any]]) -> None:
    """Let no heading stand alone on its page: what follows it at once begins none."""
    for (_, _, paragraph), (_, _, other) in pairwise(headings):
        if _next_text(paragraph) is other:
            for mark in other[0].findall(f"{{{W}}}pageBreakBefore"):
                other[0].remove(mark)


def _next_text(paragraph: Any) -> Any:
    return next(
        (each for each in paragraph.itersiblings() if each.tag in (f"{{{W}}}p", f"{{{W}}}tbl")),
        None,
    )


def _dress_table(table: Any) -> None:
    """Give a table room under it, columns as wide as their words, and lines where one writes."""
    rows = table.findall(f"{{{W}}}tr")
    to_fill = [_dress_row(row) for row in rows]
    properties = table.find(f"{{{W}}}tblPr")
    layout = properties.find(f"{{{W}}}tblLayout")
    if any(to_fill[1:]):
        _add(properties, "tblBorders", after="tblW")
        _add(properties.find(f"{{{W}}}tblBorders"), "insideV", val="single", sz="4", space="0")
        _add(properties, "tblCellMar", after="tblLayout" if layout is not None else "tblBorders")
        _add(properties.find(f"{{{W}}}tblCellMar"), "left", w="80", type="dxa")
    _widen(table)
    following = table.getnext()
    if following is not None and following.tag == f"{{{W}}}p" and len(following):
        _space_before(following[0])


def _widen(table: Any) -> None:
    """Let no column be narrower than its longest word; the widest one gives what that takes."""
    columns = table.findall(f"{{{W}}}tblGrid/{{{W}}}gridCol")
    widths = [int(column.get(f"{{{W}}}w", "0")) for column in columns]
    if not all(widths) or len(widths) < 2:
        return
    for row in table.iter(f"{{{W}}}tr"):
        for k, cell in enumerate(row.findall(f"{{{W}}}tc")[: len(widths)]):
            text = "".join(each.text or "" for each in cell.iter(f"{{{W}}}t"))
            need = max(map(len, text.split()), default=0) * LETTER_WIDTH + CELL_MARGIN
            widest = widths.index(max(widths))
            if k != widest and need > widths[k] and widths[widest] > 2 * (need - widths[k]):
                widths[widest] -= need - widths[k]
                widths[k] = need
    for column, width in zip(columns, widths, strict=True):
        column.set(f"{{{W}}}w", str(width))


def _dress_row(row: Any) -> bool:
    """Keep a row on one page; return whether it is to be filled, and then as high as handwriting."""
    cells = row.findall(f"{{{W}}}tc")
    texts = ["".join(each.text or "" for each in cell.iter(f"{{{W}}}t")) for cell in cells]
    properties = row.find(f"{{{W}}}trPr")
    is_head = properties is not None
    if properties is None:
        properties = row.makeelement(f"{{{W}}}trPr")
        row.insert(0, properties)
    properties.insert(0, properties.makeelement(f"{{{W}}}cantSplit"))
    is_to_fill = not is_head and "\xa0" in texts
    if is_to_fill:
        height = {f"{{{W}}}val": str(TO_WRITE_IN), f"{{{W}}}hRule": "atLeast"}
        properties.insert(1, properties.makeelement(f"{{{W}}}trHeight", height))
    return is_to_fill


def _space_before(form: Any) -> None:
    """Let a paragraph begin a little lower; headings have their own space."""
    style = form.find(f"{{{W}}}pStyle")
    if form.tag != f"{{{W}}}pPr" or (
        style is not None and style.get(f"{{{W}}}val", "").startswith("Heading")
    ):
        return
    spacing = {f"{{{W}}}before": "160", f"{{{W}}}after": "100"}
    element = form.makeelement(f"{{{W}}}spacing", spacing)
    later = {f"{{{W}}}{tag}" for tag in ("ind", "contextualSpacing", "jc", "outlineLvl", "rPr")}
    place = next((k for k, each in enumerate(form) if each.tag in later), len(form))
    form.insert(place, element)


# styles ----------------------------------------------------------------------------------------


def _dress_styles(parts: dict[str, bytes], kind: str, look: Look) -> None:
    root = _parsed(parts["word/styles.xml"])
    found = {style.get(f"{{{W}}}styleId"): style for style in root.findall(f"{{{W}}}style")}
    for id, content in _styles(kind, look).items():
        style = found[id]
        for tag in ("pPr", "rPr", "tblPr", "tblStylePr"):
            for old in style.findall(f"{{{W}}}{tag}"):
                style.remove(old)
        for element in _parsed(f'<x xmlns:w="{W}">{content}</x>'.encode()):
            style.append(element)
    parts["word/styles.xml"] = _written(root)


def _styles(kind: str, look: Look) -> dict[str, str]:
    """Return what the styles of pandoc's document say, by their id."""
    colours = paper_colours(look.theme)
    is_dense = kind == ONE_PAGE
    size = 17 if is_dense else 20  # half points
    text = _run_form(look, "body", colours["text"], size)
    key = colours["key"]
    normal = f'<w:pPr><w:spacing w:before="0" w:after="100" w:line="264" w:lineRule="auto"/></w:pPr>{text}'
    plain = '<w:pPr><w:spacing w:before="0" w:after="100"/></w:pPr>'
    compact = '<w:pPr><w:spacing w:before="20" w:after="20"/></w:pPr>'
    bold = look.theme.type["title"].bold
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{colours["line"]}"'
    rule = f'w:val="single" w:sz="12" w:space="0" w:color="{key}"'
    cells = 20 if is_dense else 40
    return {
        "Normal": normal,
        "BodyText": plain,
        "FirstParagraph": plain,
        "Compact": compact,
        "Heading1": _heading(look, 1, 40, before=0, bold=bold, colour=colours["text"]),
        "Heading2": _heading(look, 2, 30, before=360, bold=bold, colour=colours["text"], rule=rule),
        "Heading3": _heading(look, 3, 25, before=240, bold=bold, colour=key),
        "Table": (
            f'<w:tblPr><w:tblBorders><w:bottom {line}/><w:insideH {line}/></w:tblBorders>'
            f'<w:tblCellMar><w:top w:w="{cells}" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
            f'<w:bottom w:w="{cells}" w:type="dxa"/><w:right w:w="120" w:type="dxa"/>'
            "</w:tblCellMar></w:tblPr>"
            f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/><w:color w:val="{key}"/></w:rPr>'
            f"<w:tcPr><w:tcBorders><w:bottom {rule}/></w:tcBorders>"
            '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
        ),
    }  # fmt: skip


def _heading(
    look: Look, level: int, size: int, *, before: int, bold: bool, colour: str, rule: str = ""
) -> str:
    border = f"<w:pBdr><w:top {rule}/></w:pBdr>" if rule else ""
    return (
        f'<w:pPr><w:keepNext/><w:keepLines/>{border}<w:spacing w:before="{before}" w:after="100"/>'
        f'<w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f"{_run_form(look, 'heading', colour, size, bold=bold)}"
    )


def _run_form(look: Look, face: str, colour: str, size: int, *, bold: bool = False) -> str:
    from xml.sax.saxutils import quoteattr  # noqa: PLC0415

    font = quoteattr(str(look.theme.fonts[face].office))
    weight = "<w:b/><w:bCs/>" if bold else ""
    return (
        f"<w:rPr><w:rFonts w:ascii={font} w:hAnsi={font} w:cs={font}/>{weight}"
        f'<w:color w:val="{colour}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    )


# XML -------------------------------------------------------------------------------------------


def _parsed(content: bytes) -> Any:
    from lxml import etree  # noqa: PLC0415 (30 ms)

    return etree.fromstring(content, etree.XMLParser(resolve_entities=False))


def _written(root: Any) -> bytes:
    from lxml import etree  # noqa: PLC0415

    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _add(parent: Any, tag: str, *, after: str = "", **attributes: str) -> None:
    """Add an element: behind the one called *after*, or last."""
    named = {f"{{{W}}}{name}": value for name, value in attributes.items()}
    element = parent.makeelement(f"{{{W}}}{tag}", named)
    place = parent.find(f"{{{W}}}{after}") if after else None
    if place is None:
        parent.append(element)
    else:
        place.addnext(element)
