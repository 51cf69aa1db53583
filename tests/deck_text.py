"""Turns a written .pptx into text that shows in a diff what moved: the golden `deck.txt`.

Read back with python-pptx, so it tells what a reader of the file finds, not what we meant. One line
for each shape (placeholder type and idx, or its kind; rectangle as x y w h in inches), under it its
paragraphs (level, where not the first) with what their runs say of themselves, table rows, notes.

    ## 2  Content                            slide number, slide layout
    title 0     1.0 1.0 9.0 1.0              shape; `(inherited)`: it has no rectangle of its own
        Text                                 paragraph
        L1 20pt b: Text                      level 1, 20 points, bold
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Pptx
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.util import Emu

MARKS = {"\v": "⏎", "\u00a0": "⍽", "\u200b": "␣", "\u00ad": "‧"}
MARKS |= {"\u202e": "⟸", "\u202c": "⟹"}
CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
EQUATION = "{http://schemas.microsoft.com/office/drawing/2010/main}m"
_SHOWN = str.maketrans(MARKS)


def deck_text(pptx: bytes) -> str:
    """Return the whole deck as text."""
    presentation = Presentation(io.BytesIO(pptx))
    return "\n".join(_deck(presentation)) + "\n"


def _deck(presentation: Pptx) -> Iterator[str]:
    properties = presentation.core_properties
    for name in ("title", "subject", "author", "language"):
        if value := getattr(properties, name):
            yield f"{name}: {value}"
    starts = _section_starts(presentation)
    for number, slide in enumerate(presentation.slides, 1):
        if slide.slide_id in starts:
            yield f"\n# {starts[slide.slide_id]}"
        yield from _slide(number, slide)


def _played(shape: BaseShape) -> Iterator[str]:
    """Yield what a picture plays, or the address that a click on it leads to."""
    for tag in ("a:videoFile", "a:audioFile"):
        for found in shape._element.iter(qn(tag)):
            part = shape.part.related_part(found.get(qn("r:link")))
            yield f"    plays {part.partname} ({part.content_type}, {len(part.blob)} bytes)"
    for click in shape._element.iter(qn("a:hlinkClick")):
        if link := click.get(qn("r:id")):
            yield f"    leads to {shape.part.target_ref(link)}"


def _section_starts(presentation: Pptx) -> dict[int, str]:
    """Return the names of the sections by the id of their first slide."""
    element = presentation.part._element
    starts = {}
    for section in element.iter(
        "{http://schemas.microsoft.com/office/powerpoint/2010/main}section"
    ):
        first = next(iter(section[0]))
        starts[int(first.get("id"))] = section.get("name")
    return starts


def _slide(number: int, slide: Slide) -> Iterator[str]:
    hidden = ", hidden" if slide._element.get("show") == "0" else ""
    yield f"\n## {number}  {slide.slide_layout.name}{hidden}"
    for shape in _shapes(slide):
        yield from _shape(shape)
    if steps := _animated(slide):
        yield f"animated: {', '.join(steps)}"
    if slide.has_notes_slide:
        yield "notes"
        frame = slide.notes_slide.notes_text_frame
        assert frame is not None
        yield from (f"    {_runs(paragraph)}" for paragraph in frame.paragraphs)


def _shapes(slide: Slide) -> Iterator[BaseShape]:
    """Yield the shapes of a slide; one with equations, which python-pptx passes over, as it is native."""
    for element in slide.shapes._spTree.iterchildren():
        choice = element.find(CHOICE)
        if choice is not None:
            yield slide.shapes._shape_factory(choice[0])
        elif element in list(slide.shapes._spTree.iter_shape_elms()):
            yield slide.shapes._shape_factory(element)


def _animated(slide: Slide) -> list[str]:
    """Return what the slide's animations move, in order: name of the shape, its paragraph."""
    names = {shape.shape_id: shape.name for shape in _shapes(slide)}
    steps = []
    for target in slide._element.iter(qn("p:spTgt")):
        lines = target.find(f".//{qn('p:pRg')}")
        part = "" if lines is None else f" paragraph {lines.get('st')}"
        steps.append(f"{names[int(target.get('spid'))]}{part}")
    return list(dict.fromkeys(steps))


def _shape(shape: BaseShape, indent: str = "") -> Iterator[str]:
    yield f"{indent}{_kind(shape):<14} {_rectangle(shape)}{_description(shape)}"
    if shape.shape_type is not None and hasattr(shape, "shapes"):
        for member in shape.shapes:
            yield from _shape(member, indent + "    ")
    elif getattr(shape, "has_table", False):
        yield from _table(shape)
    elif getattr(shape, "has_chart", False):
        yield from _chart(shape.chart)
    elif hasattr(shape, "crop_left"):
        sides = (shape.crop_left, shape.crop_top, shape.crop_right, shape.crop_bottom)
        yield f"    picture cropped by {' '.join(f'{side:.3f}' for side in sides)}"
        yield from _played(shape)
    elif getattr(shape, "has_text_frame", False) and _says(shape):
        for paragraph in shape.text_frame.paragraphs:
            yield f"{indent}    {_paragraph(paragraph)}"


def _says(shape: Any) -> bool:
    return bool(shape.text_frame.text) or next(shape._element.iter(MATH), None) is not None


def _kind(shape: BaseShape) -> str:
    if shape.is_placeholder:
        mark = shape._element.xpath(".//p:nvPr/p:ph")[0]
        table = "table in " if getattr(shape, "has_table", False) else ""
        return f"{table}{mark.get('type', 'obj')} {mark.get('idx', '0')}"
    kind = "group" if hasattr(shape, "shapes") else "shape"
    return f'{kind} "{shape.name}"'


def _rectangle(shape: BaseShape) -> str:
    own = (
        shape._element.find(f".//{qn('a:off')}") is not None
        or shape._element.find(qn("p:xfrm")) is not None
    )
    sides = (Emu(side).inches for side in (shape.left, shape.top, shape.width, shape.height))
    where = " ".join(f"{side:.2f}" for side in sides)
    return where if own else f"{where} (inherited)"


def _description(shape: BaseShape) -> str:
    mark = shape._element.xpath("./*[1]/p:cNvPr")[0]
    if mark.xpath(".//*[local-name()='decorative']"):
        return "  decorative"
    return f"  alt: {mark.get('descr')}" if mark.get("descr") else ""


def _chart(chart: Any) -> Iterator[str]:
    yield f"    chart {chart.chart_type.name}"
    for plot in chart.plots:
        yield f"    {' │ '.join(['', *map(str, plot.categories)])}"
        for series in plot.series:
            yield f"    {' │ '.join([series.name, *(f'{value:g}' for value in series.values)])}"


def _table(shape: Any) -> Iterator[str]:
    table = shape.table
    widths = " ".join(f"{Emu(column.width).inches:.2f}" for column in table.columns)
    yield f"    columns {widths}{'; first row is the head' if table.first_row else ''}"
    for row in table.rows:
        cells = " │ ".join(_paragraph(cell.text_frame.paragraphs[0]) for cell in row.cells)
        yield f"    {Emu(row.height).inches:.2f}  {cells}"


def _paragraph(paragraph: Any) -> str:
    """Return a paragraph: its level, the sizes that it gives, its runs."""
    level = f"L{paragraph.level} " if paragraph.level else ""
    sizes = {run.font.size.pt for run in paragraph.runs if run.font.size}
    size = "/".join(f"{size:g}" for size in sorted(sizes))
    before = f"{level}{size}pt" if size else level.strip()
    return f"{before}: {_runs(paragraph)}" if before else _runs(paragraph)


def _runs(paragraph: Any) -> str:
    """Return the text of a paragraph, runs that are bold, italic, code or links marked."""
    shown = ""
    for element in paragraph._p:
        if element.tag == qn("a:br"):
            shown += MARKS["\v"]
        elif element.tag == qn("a:fld"):
            shown += f"<{element.get('type')} {element.findtext(qn('a:t'))}>"
        elif element.tag == EQUATION:
            shown += f"⟦{''.join(sign.text or '' for sign in element.iter(MATH))}⟧"
        elif element.tag == qn("a:r"):
            shown += _run(element, paragraph.part)
    return shown


def _run(element: Any, part: Any) -> str:
    text = (element.findtext(qn("a:t")) or "").translate(_SHOWN)
    if not text:
        return ""
    look = element.find(qn("a:rPr"))
    if look.get("b") == "1":
        text = f"**{text}**"
    if look.get("i") == "1":
        text = f"*{text}*"
    face = look.find(qn("a:latin"))
    if face is not None and not face.get("typeface").startswith("+"):
        text = f"`{text}`"
    link = look.find(qn("a:hlinkClick"))
    if link is not None:
        target = part.rels[link.get(qn("r:id"))].target_ref
        text = f"[{text}]({target})"
    return text
