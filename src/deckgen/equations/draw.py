"""Draws an equation as vector shapes whose size is known: what layout measures, and pictures hold.

ziamath sets it in STIX Two Math, which it brings: no font of the machine has a say, and the same LaTeX
gives the same shapes.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from functools import cache, lru_cache
from html import escape
from typing import Any

from deckgen.boxes import Drawn, Formula, Image
from deckgen.equations.read import KEPT, Element, UnreadableError, mathml, root_of
from deckgen.equations.scan import Flaw

EM = 1000  # units of a drawing
SCALE = 4  # pixels to a point in a picture: sharp on a wall of 4 K
MOST_PIXELS = 6_000
MOST_EFFORT = 20_000  # parts, some seconds
_MARKS = {
    "^": ("\u02c6", "\u0302"),
    "~": ("\u02dc", "\u0303"),
}  # a hat; one as wide as what it covers
_LENGTHS = (
    "width",
    "height",
    "depth",
    "lspace",
    "rspace",
    "voffset",
    "rowspacing",
    "columnspacing",
)
_LENGTH = re.compile(r"(-?\d*\.?\d+)(pt|in|cm|mm|pc|bp|px)")
_POINTS = {"pt": 1.0, "in": 72.27, "cm": 28.45, "mm": 2.845, "pc": 12.0, "bp": 1.0, "px": 0.75}
TEXT_SIZE = 10.0  # points to the em where an author gives points, as in LaTeX
_FIXED = frozenset("↑↓⟨⟩")
_OWN_INK = re.compile(r' fill="black"')
_SHAPES = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


@lru_cache(maxsize=KEPT)
def drawn(latex: str, *, is_display: bool) -> Drawn:
    """Return the shapes of an equation in the ink of what they stand in; raise UnreadableError."""
    text = mathml(latex, is_display=is_display)
    try:
        return _drawn(text)
    except UnreadableError:
        raise
    except Exception as error:  # whatever ziamath meets in MathML
        message = "it cannot be drawn: a command in it is not known, or lacks something"
        raise UnreadableError(Flaw(0, 1, message)) from error


def picture(formula: Formula, ink: str, size: float) -> Image:
    """Return a drawn equation at *size* points in *ink* (RRGGBB) as PNG, with the SVG beside it."""
    import resvg_py  # noqa: PLC0415 (an extra)

    shape = formula.drawn
    assert shape is not None, "equations are drawn before layout"
    high = shape.ascent + shape.descent
    width = max(1, min(MOST_PIXELS, round(shape.width * size * SCALE)))
    source = svg(shape, ink=ink, title=formula.latex)
    content = bytes(resvg_py.svg_to_bytes(svg_string=source, width=width))
    height = max(1, round(width * high / shape.width))
    return Image(content, "png", width, height, source.encode())


def svg(shape: Drawn, *, ink: str = "", title: str = "", size: float = 0.0) -> str:
    """Return an equation as an SVG file; *size* points to the em, or as large as its place.

    Without *ink* (RRGGBB) it takes the colour of the text around it.
    """
    high = shape.ascent + shape.descent
    view = " ".join(_number(value * EM) for value in (shape.left, -shape.ascent, shape.width, high))
    fixed = f' width="{shape.width * size:.2f}pt" height="{high * size:.2f}pt"' if size else ""
    told = f"<title>{escape(title, quote=False)}</title>" if title else ""
    colour = f"#{ink}" if ink else "currentColor"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}"{fixed}>{told}'
        f'<g fill="{colour}">{shape.shapes}</g></svg>'
    )


def _drawn(text: str) -> Drawn:
    setter = _setter()
    if effort(root_of(text)) > MOST_EFFORT:
        raise UnreadableError(Flaw(0, 1, "too much in it stands in each other"))
    math = setter(_drawable(root_of(text)), size=EM, margin=0)
    for leaf in math.mathml.iter():
        for char in (leaf.text or "").replace("\u00a0", " "):
            if char.isprintable() and not math.font.glyphindex(char):
                hint = "write it beside the equation, not in it"
                raise UnreadableError(
                    Flaw(0, 1, f"no font for equations has the character `{char}`", hint)
                )
    box = math.node.bbox
    found = _SHAPES.search(math.svg())
    assert found is not None
    shapes = _OWN_INK.sub("", found[1])
    left, right = box.xmin / EM, box.xmax / EM
    return Drawn(shapes, left, max(right - left, 0.01), box.ymax / EM, -box.ymin / EM)


@cache
def _setter() -> Callable[..., Any]:
    """Return ziamath's class of equations: as paths that stand for themselves, without symbols by name."""
    from deckgen.equations.rows import lighten  # noqa: PLC0415 (ziamath)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of how it finds its own font
        from ziamath.config import config  # noqa: PLC0415 (an extra, and 0.2 s)
        from ziamath.zmath import Math  # noqa: PLC0415

    lighten()
    config.svg2 = False
    config.precision = 1
    return Math


def _drawable(root: Element) -> Element:
    """Return MathML with signs as ziamath draws them best: it stretches what TeX does not."""
    for element in root.iter():
        sign = element.text or ""
        if element.tag == "mo" and sign in _MARKS:
            element.text = _MARKS[sign][element.get("stretchy") != "false"]
        elif sign in _FIXED:
            element.set("stretchy", "false")
        for name, value in element.items():
            element.set(name, _LENGTH.sub(_ems, value) if name in _LENGTHS else value)
        if element.get("columnspacing") == "0em 2em":
            element.set("columnspacing", "0em 0.3em")
    return root


def _ems(length: re.Match[str]) -> str:
    """Return a length in inches, say, in ems: a drawing knows no other size than that of its text."""
    return f"{float(length[1]) * _POINTS[length[2]] / TEXT_SIZE:.3f}em"


def effort(element: Element) -> int:
    """Return how many parts ziamath sets for an element: those of a row with fences twice."""
    parts = sum(map(effort, element)) or 1
    return 2 * parts if element.tag == "mrow" and any(map(_may_stretch, element)) else parts


def _may_stretch(element: Element) -> bool:
    return element.tag == "mo" or any(map(_may_stretch, element) if element.tag != "mrow" else ())


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
