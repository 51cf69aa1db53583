"""Turns lines as broken into SVG text: every run at its own x and baseline.

`textLength` holds each run to the width that was measured, so that a face which stands in for another
cannot run into the next words. A paragraph is one `text` element, its characters in order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from html import escape
from unicodedata import bidirectional

from deckgen.boxes import Formula
from deckgen.geometry import Rect, points
from deckgen.layout.fonts import find_font
from deckgen.layout.lines import SetLine, SetParagraph, SetRun, set_text
from deckgen.layout.looks import Look, LookedParagraph, LookedRun, Stands
from deckgen.layout.text import twin_of
from deckgen.render.svg.elements import attributes, described, number, pt, stroke
from deckgen.theme.model import Font

SANS, SERIF, MONO = "sans-serif", "serif", "monospace"
# What stands in where none of the theme's own names is installed: free faces, then what systems ship.
STAND_INS = {
    SANS: ("Liberation Sans", "Arimo", "Arial", "Noto Sans", "DejaVu Sans", "Helvetica"),
    SERIF: ("Liberation Serif", "Tinos", "Times New Roman", "Noto Serif", "DejaVu Serif"),
    MONO: ("Liberation Mono", "Cousine", "Courier New", "Noto Sans Mono", "DejaVu Sans Mono"),
}
WIDE = ("DejaVu Sans", "Verdana", "Noto Sans")  # as wide as what is planned for unknown faces
TURNING = ("DejaVu Sans", "Noto Sans Arabic", "Noto Sans Hebrew")
ANCHORS = {"ctr": "middle", "r": "end"}
RIGHT_TO_LEFT = ("R", "AL")
UNDER, THIN = 0.13, 0.06  # ems: from the baseline to the line under a link, and how thick it is
EM = 1000  # units of the shapes of an equation
UNQUOTED = str.maketrans("", "", "'\\\n")
Follow = Callable[[str], str | None]


def draw_text(paragraphs: Sequence[SetParagraph], follow: Follow) -> str:
    """Return *paragraphs* as text elements; *follow* returns the address of a link."""
    return "".join(_paragraph(paragraph, follow) for paragraph in paragraphs)


def draw_label(text: str, look: Look, rect: Rect, align: str = "l", anchor: str = "m") -> str:
    """Return a text of one look in *rect*, its lines broken where they must be."""
    stands = Stands(align, 100.0, 0.0, 0, 0, None)
    return draw_text(
        set_text([LookedParagraph((LookedRun(text, look),), stands)], rect, anchor), _nowhere
    )


@lru_cache(maxsize=64)
def families(font: Font, *, turns: bool = False) -> str:
    """Return the names to try for a font: Office's, its twin, its fallbacks, then what is common.

    Those with Arabic and Hebrew letters come next to Office's where a text *turns* to the left: resvg
    takes all letters from one face if it can, and else from any.
    """
    twins = str(font.twin), twin_of(str(font.office)) or ""
    named = (str(font.office), *(TURNING if turns else ()), *twins, *map(str, font.fallback))
    own = [name for name in named if name]
    kind = own[-1] if own[-1] in STAND_INS else SANS
    common = [*(WIDE if find_font(font).reason else ()), *STAND_INS[kind]]
    names = dict.fromkeys([*(name for name in own if name not in STAND_INS), *common])
    return ", ".join([*(f"'{name.translate(UNQUOTED)}'" for name in names), kind])


def _nowhere(_link: str) -> None:
    return None


def _paragraph(paragraph: SetParagraph, follow: Follow) -> str:
    lines = [line for line in paragraph.lines if line.runs]
    if not lines:
        return ""
    base = lines[0].runs[0].look
    drawn = [_bullet(line.bullet, line.baseline) for line in lines if line.bullet]
    parts = ["".join(_runs(line, base, follow)) for line in lines]
    equations = "".join(
        draw_equation(run.equation, run.x, line.baseline, run.look.size, run.look.colour)
        for line in lines
        for run in line.runs
        if run.equation and line.is_placed
    )
    gaps = [" " if line.after else "" for line in lines[:-1]]
    text = "".join(part + gap for part, gap in zip(parts, [*gaps, ""], strict=True))
    drawn += [_underline(run, line.baseline) for line in lines for run in _led(line, follow)]
    return "".join(drawn) + f'<text xml:space="preserve"{_look(base)}>{text}</text>{equations}'


def draw_equation(formula: Formula, x: int, baseline: int, size: float, colour: str) -> str:
    """Return an equation with its ink from *x* on, *size* points to the em, *colour* RRGGBB."""
    shape = formula.drawn
    assert shape is not None, "equations are drawn before layout"
    left = x - points(shape.left * size)
    place = f"translate({pt(left)} {pt(baseline)}) scale({size / EM:.5f})"
    content = f"<g{attributes(transform=place, fill=f'#{colour}')}>{shape.shapes}</g>"
    return described(content, formula.latex)


def _runs(line: SetLine, base: Look, follow: Follow) -> Iterator[str]:
    """Yield the runs of a line, each at its place; where that is not known, the line as a whole."""
    for run in line.runs:
        if run.equation and line.is_placed:
            continue  # its shapes are drawn after the text
        if run.equation:
            run = run._replace(text=run.equation.text, is_exact=False)
        place = {}
        if line.is_placed or run is line.runs[0]:
            x = run.x if line.is_placed else line.anchor
            place = {"x": pt(x), "y": pt(line.baseline)}
        if line.is_placed and run.is_exact and run.width > 0:
            place |= {"textLength": pt(run.width), "lengthAdjust": "spacingAndGlyphs"}
        elif place and line.align in ANCHORS:
            place |= {"text_anchor": ANCHORS[line.align]}
        address = follow(run.link) if run.link else None
        look = _look(run.look, base, turns=_turns(run.text))
        if address and not line.is_placed and not run.look.struck:
            look += ' text-decoration="underline"'
        span = f"<tspan{attributes(**place)}{look}>{escape(run.text, quote=False)}</tspan>"
        yield linked(span, address)


def _turns(text: str) -> bool:
    """Return whether some of *text* runs from right to left."""
    return not text.isascii() and any(bidirectional(char) in RIGHT_TO_LEFT for char in text)


def _led(line: SetLine, follow: Follow) -> Iterator[SetRun]:
    """Yield the runs that lead somewhere, where their place is known."""
    for run in line.runs:
        if run.link and line.is_placed and follow(run.link):
            yield run


def _underline(run: SetRun, baseline: int) -> str:
    """Return the line under a link; not every program puts its own where it is clear of letters."""
    y = baseline + points(UNDER * run.look.size)
    return stroke((run.x, y), (run.x + run.width, y), run.look.colour, THIN * run.look.size)


def linked(content: str, address: str | None) -> str:
    """Return *content* as a link where there is an address."""
    return f"<a{attributes(href=address)}>{content}</a>" if address else content


def _bullet(run: SetRun, baseline: int) -> str:
    place = attributes(x=pt(run.x), y=pt(baseline), aria_hidden="true")
    return f"<text{place}{_look(run.look)}>{escape(run.text)}</text>"


def _look(look: Look, base: Look | None = None, *, turns: bool = False) -> str:
    """Return the attributes of *look* that are not those of *base*."""
    own, given = _attributes(look), _attributes(base) if base else USUAL
    own["font_family"] = families(look.font, turns=turns)
    return attributes(**{name: own[name] for name in own if own[name] != given[name]})


USUAL = {
    "font_style": "normal",
    "font_weight": "normal",
    "letter_spacing": "0",
    "text_decoration": "none",
} | dict.fromkeys(("font_family", "font_size", "fill"), "")


def _attributes(look: Look) -> dict[str, str]:
    return {
        "font_family": families(look.font),
        "font_size": number(look.size),
        "font_weight": "bold" if look.bold else "normal",
        "font_style": "italic" if look.italic else "normal",
        "letter_spacing": number(look.track),
        "text_decoration": "line-through" if look.struck else "none",
        "fill": f"#{look.colour}",
    }
