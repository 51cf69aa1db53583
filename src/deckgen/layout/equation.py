"""Fits and frames equations that stand alone: as large as the text of their place, or smaller."""

from __future__ import annotations

from itertools import count, pairwise

from deckgen.boxes import Drawn, Equation
from deckgen.geometry import Rect, points
from deckgen.layout.frames import EquationFrame
from deckgen.layout.overflow import Overflow, shown
from deckgen.layout.text_format import TextFormat, form_of
from deckgen.theme.model import Theme
from deckgen.theme.places import Place

AIR = 0.15  # ems above and below an equation that stands alone: another face is taller


def equation_steps(theme: Theme, place: Place, equation: Equation, rect: Rect) -> int | None:
    """Return how many steps down the type scale *equation* fits *rect*, or None at no size."""
    for steps in range(equation_floor(theme, place) + 1):
        height = equation_height(theme, place, equation, rect.w, steps)
        if height is not None and height <= rect.h:
            return steps
    return None


def equation_height(
    theme: Theme, place: Place, equation: Equation, width: int, steps: int
) -> int | None:
    """Return the height of *equation*, or None where it is wider than *width*."""
    wide, high = _size_of(equation, _form(theme, place, steps))
    return high if wide <= width else None


def equation_floor(theme: Theme, place: Place) -> int:
    """Return the number of steps at which an equation is at its smallest."""
    sizes = (_form(theme, place, steps).size for steps in count())
    return next(steps for steps, (one, two) in enumerate(pairwise(sizes)) if one == two)


def frame_equation(
    theme: Theme, place: Place, equation: Equation, rect: Rect, steps: int
) -> EquationFrame:
    """Return the equation at the top of *rect*, as its place is aligned."""
    form = _form(theme, place, steps)
    width, height = _size_of(equation, form)
    air = points(AIR * form.size)
    spare = {"ctr": (rect.w - width) // 2, "r": rect.w - width}.get(place.align, 0)
    colour = form.plain.colour or theme.scheme(place.area, "text")
    return EquationFrame(
        name="Equation",
        rect=Rect(rect.x, rect.y, rect.w, height),
        inner=Rect(rect.x + spare, rect.y + air, width, height - 2 * air),
        formula=equation.formula,
        size=form.size,
        colour=colour,
        ink=theme.rgb(colour),
        align=place.align,
    )


def explain_equation(theme: Theme, place: Place, equation: Equation, rect: Rect) -> Overflow:
    """Return the finding for an equation that does not fit: by how much, and what would help."""
    width, height = _size_of(equation, _form(theme, place, equation_floor(theme, place)))
    told = f"the equation `{shown(equation.formula.latex)}` does not fit its place even at the smallest size"
    if width > rect.w:
        over = round(100 * (width / rect.w - 1)) or 1
        hint = r"break it: lines between `\begin{aligned}` and `\end{aligned}`, each ended by `\\`"
        return Overflow("text-overflow", f"{told}: {over} % too wide", equation.span, (hint,))
    over = round(100 * (height / rect.h - 1)) or 1
    hint = "give it a block of its own, or make two of it"
    return Overflow("text-overflow", f"{told}: {over} % too tall", equation.span, (hint,))


def _size_of(equation: Equation, form: TextFormat) -> tuple[int, int]:
    """Return what an equation takes in EMU: its width and its height."""
    shape = _shape(equation)
    high = shape.ascent + shape.descent + 2 * AIR
    return points(shape.width * form.size), points(high * form.size)


def _form(theme: Theme, place: Place, steps: int) -> TextFormat:
    return form_of(theme, "plain" if place.is_list else place.style, place.area, steps)


def _shape(equation: Equation) -> Drawn:
    shape = equation.formula.drawn
    assert shape is not None, "equations are drawn before layout"
    return shape
