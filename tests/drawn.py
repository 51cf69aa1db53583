"""Reads slides drawn as SVG: their runs by place, their words and equations, and what LibreOffice draws."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

import pypdfium2
from lxml import etree
from pypdfium2 import raw

from deckgen.equations.linear import linear

S = "{http://www.w3.org/2000/svg}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
UNSEEN = re.compile("[\u00ad\u200b]")
LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}


class Drawn(NamedTuple):
    """A run as it is placed: points from the top left of the slide."""

    text: str
    x: float
    y: float
    width: float
    size: float
    in_picture: bool  # a chart, whose places are ours to choose


class Char(NamedTuple):
    """A character where LibreOffice draws it: its origin in points."""

    text: str
    x: float
    y: float


def root_of(svg: str) -> etree._Element:
    """Return the SVG element of a slide; it must be well-formed and refer to no entity."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=False)
    root = etree.fromstring(svg.encode(), parser)
    assert root.tag == f"{S}svg"
    return root


def is_seen(text: etree._Element) -> bool:
    return text.get("aria-hidden") is None


def runs_of(svg: str, described: str = "") -> Iterator[Drawn]:
    """Yield the placed runs of a slide; *described*: the alternative text of its chart."""
    root = root_of(svg)
    for text in filter(is_seen, root.iter(f"{S}text")):
        groups = [group.get("aria-label") for group in text.iterancestors(f"{S}g")]
        for span in text.iter(f"{S}tspan"):
            if span.get("x") is not None:
                size = span.get("font-size") or text.get("font-size")
                yield Drawn(
                    span.text or "",
                    float(span.get("x", "")),
                    float(span.get("y", "")),
                    float(span.get("textLength", "0")),
                    float(size or 0),
                    bool(described) and described in groups,
                )


def words_of(svg: str) -> Counter[str]:
    """Return the words of a slide as a reader copies them."""
    texts = filter(is_seen, root_of(svg).iter(f"{S}text"))
    return Counter(word for text in texts for word in "".join(map(str, text.itertext())).split())


def written_words(slide: etree._Element) -> Counter[str]:
    """Return the words of a slide in a .pptx file as PowerPoint shows it; a line break is a space."""
    words: Counter[str] = Counter()
    for paragraph in _native(slide, f"{A}p"):
        parts = [
            " " if part.tag == f"{A}br" else part.text or ""
            for part in paragraph.iter(f"{A}t", f"{A}br")
        ]
        words.update(UNSEEN.sub("", "".join(parts)).split())
    return words


def equations_of(svg: str) -> Counter[str]:
    """Return the signs of each equation of a slide, as it is read out to those who do not see it."""
    groups = root_of(svg).iter(f"{S}g")
    return Counter(_signs(linear(group.get("aria-label"))) for group in groups if _is_drawn(group))


def written_equations(slide: etree._Element) -> Counter[str]:
    """Return the signs of each equation of a slide in a .pptx file: Office Math, or its picture."""
    maths = ["".join(m.itertext(f"{M}t")) for m in _native(slide, f"{M}oMath")]
    pictures = [
        linear(named.get("descr"))
        for picture in _native(slide, f"{P}pic")
        for named in picture.iter(f"{P}cNvPr")
        if named.get("name") == "Equation"
    ]
    return Counter(map(_signs, (*maths, *pictures)))


def _native(slide: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield elements but for those that PowerPoint passes over."""
    return (e for e in slide.iter(tag) if next(e.iterancestors(FALLBACK), None) is None)


def _is_drawn(group: etree._Element) -> bool:
    """Return whether a group is an equation: under its title nothing but shapes in another scale."""
    scaled = [child.get("transform", "").count(" scale(") for child in group.iter(f"{S}g")]
    return scaled == [0, 1] and [child.tag for child in group] == [f"{S}title", f"{S}g"]


def _signs(text: str) -> str:
    """Return the letters and digits of an equation, in no order: limits of a sum stand anywhere."""
    flat = normalize("NFKD", text)  # a raised or lowered character is one
    return "".join(sorted(char for char in flat if char.isascii() and char.isalnum()))


def chars_of(pdf: Path) -> Iterator[list[Char]]:
    """Yield the characters of each page of a PDF file, spaces left out, ligatures parted."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            yield list(_chars(page))
    finally:
        document.close()


def _chars(page: pypdfium2.PdfPage) -> Iterator[Char]:
    text, high = page.get_textpage(), page.get_height()
    for index in range(raw.FPDFText_CountChars(text)):
        char = chr(raw.FPDFText_GetUnicode(text, index))
        x, y = ctypes.c_double(), ctypes.c_double()
        if raw.FPDFText_GetCharOrigin(text, index, x, y) and not char.isspace():
            for part in UNSEEN.sub("", LIGATURES.get(char, char)):
                yield Char(part, x.value, high - y.value)


def found_at(run: Drawn, chars: list[Char]) -> list[Char]:
    """Return the characters of *run* where they stand in a row, the nearest to its place."""
    wanted = "".join(UNSEEN.sub("", run.text).split())
    text = "".join(char.text for char in chars)
    starts = [match.start() for match in re.finditer(f"(?={re.escape(wanted)})", text)]
    rows = [chars[start : start + len(wanted)] for start in starts]
    return min(rows, key=lambda row: abs(row[0].x - run.x) + abs(row[0].y - run.y), default=[])
