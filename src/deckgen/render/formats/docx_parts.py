"""Parts of a Word document that python-docx has no words for: boxes to tick, rows and columns."""

from __future__ import annotations

from typing import Any

from deckgen.document import nodes
from deckgen.document.texts import BLANK
from deckgen.render.formats.docx_styles import parsed
from deckgen.render.formats.elements import told

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
LETTER_WIDTH, CELL_MARGIN = 110, 190


def box(*, is_ticked: bool) -> Any:
    """Return a box to tick, with the mouse as well as with a pen."""
    mark = "\u2612" if is_ticked else "\u2610"
    face = 'w:ascii="MS Gothic" w:hAnsi="MS Gothic" w:eastAsia="MS Gothic" w:hint="eastAsia"'
    states = "".join(
        f'<w14:{name} w14:val="{code}" w14:font="MS Gothic"/>'
        for name, code in (("checkedState", "2612"), ("uncheckedState", "2610"))
    )
    return parsed(
        f'<w:sdt xmlns:w14="{W14}"><w:sdtPr><w14:checkbox><w14:checked w14:val="{int(is_ticked)}"/>'
        f"{states}</w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr><w:rFonts {face}/></w:rPr>"
        f"<w:t>{mark}</w:t></w:r></w:sdtContent></w:sdt>"
    )[0]


def widths_of(table: nodes.Table, whole: int) -> list[int]:
    """Return the widths of columns by their weights; the widest gives others room for their words."""
    weights = [column.weight for column in table.columns]
    widths = [whole * weight // sum(weights) for weight in weights]
    for k, cells in enumerate(zip(table.head, *table.rows, strict=True)):
        words = (word for cell in cells if cell != BLANK for word in told(cell).split())
        need = max(map(len, words), default=0) * LETTER_WIDTH + CELL_MARGIN
        widest = widths.index(max(widths))
        if k != widest and need > widths[k] and widths[widest] > 2 * (need - widths[k]):
            widths[widest] -= need - widths[k]
            widths[k] = need
    return widths


def keep_whole(row: Any, *, is_head: bool = False) -> None:
    """Keep a row on one page; one of heads stands on each page of its table."""
    form = row._tr.get_or_add_trPr()
    form.append(parsed("<w:cantSplit/>")[0])
    if is_head:
        form.append(parsed("<w:tblHeader/>")[0])


def set_style(paragraph: Any, name: str) -> None:
    """Give *paragraph* the style *name*: at once, where the library would look through all of them."""
    paragraph._p.style = name.replace(" ", "")


def set_height(row: Any, height: int) -> None:
    """Let a row be *height* twentieths of a point high, or more."""
    from docx.shared import Twips  # noqa: PLC0415

    row.height = Twips(height)


def rule_columns(made: Any) -> None:
    """Part the columns of a table to write in, where its cells hold nothing."""
    form = made._tbl.tblPr
    borders = '<w:tblBorders><w:insideV w:val="single" w:sz="4" w:space="0"/></w:tblBorders>'
    margins = '<w:tblCellMar><w:left w:w="80" w:type="dxa"/></w:tblCellMar>'
    layout = next(each for each in form if each.tag.endswith("}tblLayout"))
    layout.addprevious(parsed(borders)[0])
    layout.addnext(parsed(margins)[0])
