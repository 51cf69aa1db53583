"""Writes equations as PowerPoint does: Office Math for PowerPoint, and beside it what others can show.

A shape that holds one is written twice (ECMA-376 part 3, 9.3): with Office Math (`a14:m`, [MS-ODRAWXML]
2.6), and with its characters or its picture. PowerPoint asks for `a14` alone; LibreOffice says that it
knows that and then leaves out equations among words, so `p159` is asked for as well: PowerPoint has known it
since 2016, and whoever does not takes what is beside.
"""

from __future__ import annotations

import re

from deckgen.boxes import PROPERTIES
from deckgen.layout.frames import EquationFrame

COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
A14 = "http://schemas.microsoft.com/office/drawing/2010/main"
P159 = "http://schemas.microsoft.com/office/powerpoint/2015/09/main"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
FACE = (
    '<a:latin typeface="Cambria Math" panose="02040503050406030204" pitchFamily="18" charset="0"/>'
)
UPRIGHT = '<m:sty m:val="p" /></m:rPr>'
JUSTIFIED = {"l": "left", "ctr": "center", "r": "right"}
# Around what PowerPoint takes and what others take: no character of XML is one of these (XML 1.0, 2.2).
_ONE, _OTHER, _END = "\x02", "\x03", "\x04"
_BOTH = re.compile(f"{_ONE}([^{_OTHER}]*){_OTHER}([^{_END}]*){_END}")


def either(native: str, other: str) -> str:
    """Return XML of which `alternates` keeps *native* for PowerPoint and *other* for the rest."""
    return f"{_ONE}{native}{_OTHER}{other}{_END}"


def alternates(xml: str) -> str:
    """Return the XML of a shape; one that holds an equation twice, for PowerPoint and for others."""
    if _ONE not in xml:
        return xml
    return (
        f'<mc:AlternateContent xmlns:mc="{COMPATIBILITY}"><mc:Choice xmlns:a14="{A14}" '
        f'xmlns:p159="{P159}" Requires="a14 p159">{_BOTH.sub(_native, xml)}</mc:Choice>'
        f"<mc:Fallback>{_BOTH.sub(_other, xml)}</mc:Fallback></mc:AlternateContent>"
    )


def office_math(office: str, attributes: str, fill: str) -> str:
    """Return Office Math among the runs of a paragraph; *attributes* and *fill* are those of its runs."""
    upright = f'<a:rPr {attributes} i="0">{fill}{FACE}</a:rPr>'
    slanted = f'<a:rPr {attributes} i="1">{fill}{FACE}</a:rPr>'
    whole = office.replace(UPRIGHT + PROPERTIES, UPRIGHT + upright).replace(PROPERTIES, slanted)
    return f"<a14:m>{whole}</a14:m>"


def office_paragraph(frame: EquationFrame, attributes: str, fill: str) -> str:
    """Return a paragraph that is an equation."""
    math = office_math(frame.formula.office, attributes, fill)
    place = f'<m:oMathParaPr><m:jc m:val="{JUSTIFIED[frame.align]}"/></m:oMathParaPr>'
    inner = math.removeprefix("<a14:m>").removesuffix("</a14:m>")
    return (
        f'<a:p><a:pPr marL="0" indent="0" algn="{frame.align}"><a:spcBef><a:spcPts val="0"/></a:spcBef>'
        f'<a:buNone/></a:pPr><a14:m><m:oMathPara xmlns:m="{MATH}">{place}{inner}</m:oMathPara></a14:m></a:p>'
    )


def _native(match: re.Match[str]) -> str:
    return match[1]


def _other(match: re.Match[str]) -> str:
    return match[2]
