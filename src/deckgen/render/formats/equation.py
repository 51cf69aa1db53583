"""Writes equations into documents: MathML and a picture for print into pages, Office Math into Word.

Browsers set MathML; WeasyPrint, which prints pages, knows none, and takes the picture, as does a browser that
prints. The LaTeX is what both are called.
"""

from __future__ import annotations

import base64
import io
from html import escape
from typing import TYPE_CHECKING, Any

from deckgen.boxes import PROPERTIES, Drawn, Formula
from deckgen.equations import is_installed
from deckgen.equations.read import UnreadableError

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph as WordParagraph

INK = "000000"
POINTS = 11.0  # size of text in a Word document, where its style does not say
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FACE = f'<w:rPr {WORD}><w:rFonts w:ascii="Cambria Math" w:hAnsi="Cambria Math"/></w:rPr>'
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def equation(formula: Formula) -> str:
    """Return an equation for a page; its LaTeX as code where it cannot be read."""
    from deckgen.equations.draw import svg  # noqa: PLC0415 (few documents hold one)
    from deckgen.equations.read import mathml  # noqa: PLC0415

    shape = _drawn(formula)
    if shape is None:
        return f"<code>{escape(formula.latex, quote=False)}</code>"
    told = escape(formula.latex)
    source = base64.b64encode(svg(shape, ink=INK).encode()).decode()
    height, descent = shape.ascent + shape.descent, shape.descent
    size = f"width:{shape.width:.3f}em;height:{height:.3f}em;vertical-align:{-descent:.3f}em"
    picture = f'<img src="data:image/svg+xml;base64,{source}" alt="{told}" style="{size}">'
    math = mathml(formula.latex, is_display=formula.is_display)
    return f'<span class="math" role="math" aria-label="{told}">{math}{picture}</span>'


def add_equation(made: WordParagraph, formula: Formula, *, alone: bool = False) -> bool:
    """Append an equation to a paragraph of Word, as Office Math or as a picture; False where neither is.

    Standing *alone* it is set as a display equation.
    """
    from docx.oxml import parse_xml  # noqa: PLC0415 (an extra)

    from deckgen.equations.office import office_math  # noqa: PLC0415

    asked = (formula.latex, formula.is_display)
    office = office_math([asked])[asked]
    if not office:
        return _add_picture(made, formula)
    math = office.replace(PROPERTIES, FACE)
    if alone:
        math = f'<m:oMathPara xmlns:m="{MATH}">{math}</m:oMathPara>'
    element: Any = made._p
    element.append(parse_xml(math))
    return True


def _add_picture(made: WordParagraph, formula: Formula) -> bool:
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    from deckgen.equations.draw import picture  # noqa: PLC0415

    shape = _drawn(formula)
    if shape is None:
        return False
    image = picture(formula._replace(drawn=shape), INK, POINTS)
    run = made.add_run()
    shown = run.add_picture(io.BytesIO(image.content), Pt(shape.width * POINTS))
    shown._inline.docPr.set("descr", formula.latex)
    lowered: Any = run._r.get_or_add_rPr()
    position = lowered.makeelement(
        qn("w:position"), {qn("w:val"): str(-round(2 * shape.descent * POINTS))}
    )
    lowered.append(position)
    return True


def _drawn(formula: Formula) -> Drawn | None:
    from deckgen.equations.draw import drawn  # noqa: PLC0415

    if not is_installed():
        return None
    try:
        return drawn(formula.latex, is_display=formula.is_display)
    except UnreadableError:  # a template's own
        return None
