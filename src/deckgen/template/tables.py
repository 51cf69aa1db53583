"""The table style of a template: what its tables look like where nobody says otherwise.

PowerPoint knows the styles that it ships by their id, files hold only those in use (ECMA-376 part 1,
20.1.4.2). The one that `def` names is read if the file holds it; else it is PowerPoint's usual one.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from deckgen.template.colours import colour_in, fill_in
from deckgen.template.model import Shade, TableStyle
from deckgen.template.package import Package

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
USUAL = "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"  # Medium Style 2 - Accent 1
USUAL_XML = f"""
<a:tblStyle xmlns:a="{A[1:-1]}" styleId="{USUAL}" styleName="Medium Style 2 - Accent 1">
  <a:wholeTbl><a:tcTxStyle><a:schemeClr val="dk1"/></a:tcTxStyle><a:tcStyle><a:fill><a:solidFill>
    <a:schemeClr val="accent1"><a:tint val="20000"/></a:schemeClr></a:solidFill></a:fill></a:tcStyle></a:wholeTbl>
  <a:band1H><a:tcStyle><a:fill><a:solidFill>
    <a:schemeClr val="accent1"><a:tint val="40000"/></a:schemeClr></a:solidFill></a:fill></a:tcStyle></a:band1H>
  <a:firstRow><a:tcTxStyle b="on"><a:schemeClr val="lt1"/></a:tcTxStyle><a:tcStyle><a:fill><a:solidFill>
    <a:schemeClr val="accent1"/></a:solidFill></a:fill></a:tcStyle></a:firstRow>
</a:tblStyle>"""


def table_style(
    package: Package, main: str, colours: Mapping[str, str], mapped: Mapping[str, str]
) -> TableStyle | None:
    """Return the style that tables take in the *colours* of a slide master.

    None where the file has no list of styles: not every reader then knows PowerPoint's usual one.
    """
    if not package.related(main, "tableStyles"):
        return None
    style = _named(package, main)
    if style is None:
        style = etree.fromstring(USUAL_XML)
    whole = _shade(style, "wholeTbl", colours, mapped, Shade(None, colours[mapped["tx1"]]))
    background = style.find(f"{A}tblBg")
    if whole.fill is None and background is not None:
        whole = whole._replace(fill=_fill(background, colours, mapped))
    bands = (_shade(style, band, colours, mapped, whole) for band in ("band1H", "band2H"))
    head = _shade(style, "firstRow", colours, mapped, whole)
    return TableStyle(str(style.get("styleId")), head, (whole, *bands))


def _named(package: Package, main: str) -> etree._Element | None:
    """Return the style that the file names as its own, where it holds it."""
    for part in package.related(main, "tableStyles"):
        root = package.xml(part)
        for style in root.iterfind(f"{A}tblStyle"):
            if style.get("styleId") == root.get("def"):
                return style
    return None


def _shade(
    style: etree._Element,
    part: str,
    colours: Mapping[str, str],
    mapped: Mapping[str, str],
    whole: Shade,
) -> Shade:
    """Return how a part of a table looks: what it does not say is as in the *whole*."""
    text = colour_in(style.find(f"{A}{part}/{A}tcTxStyle"), colours, mapped)
    cell = style.find(f"{A}{part}/{A}tcStyle")
    return Shade(_fill(cell, colours, mapped) or whole.fill, text or whole.text)


def _fill(
    cell: etree._Element | None, colours: Mapping[str, str], mapped: Mapping[str, str]
) -> str | None:
    if cell is None:
        return None
    return fill_in(cell.find(f"{A}fill"), colours, mapped) or colour_in(
        cell.find(f"{A}fillRef"), colours, mapped
    )
