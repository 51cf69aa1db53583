"""Equations have a measured place: alone, in a line of text, in a stack; too wide is told."""

from __future__ import annotations

import pytest

from deckgen.boxes import OBJECT, Equation, Formula, Paragraph, Run, Stack, TextBox
from deckgen.diagnostics import Diagnostics
from deckgen.equations.deck import completed
from deckgen.geometry import Rect, inches, to_points
from deckgen.layout.contents import explain_overflow, frames_of, steps_to_fit
from deckgen.layout.engine import SPLITS
from deckgen.layout.frames import EquationFrame
from deckgen.layout.lines import set_text
from deckgen.layout.looks import looked
from deckgen.layout.text_format import form_of, frame_paragraph, measure
from deckgen.theme.places import slide_layouts
from stages import theme

PLACE = slide_layouts()["Content"].places["content"]
THEME = theme()


def formula(latex: str, *, is_display: bool = False) -> Formula:
    asked = Formula(latex, latex, is_display)
    return completed([asked])[asked]


def run(latex: str) -> Run:
    return Run(OBJECT, equation=formula(latex))


def equation(latex: str) -> Equation:
    return Equation(formula(latex, is_display=True))


def test_an_equation_is_as_wide_in_a_line_as_it_is_drawn() -> None:
    form = form_of(THEME, "body", "page")
    one = formula(r"\frac{a+b}{c} = x")
    assert one.drawn is not None
    found = measure((Run(OBJECT, equation=one),), form, inches(10))
    assert to_points(found.longest) == pytest.approx(one.drawn.width * form.size, abs=0.05)


def test_a_tall_equation_makes_its_line_taller_and_no_other() -> None:
    form = form_of(THEME, "body", "page")
    plain = measure((Run("one two"),), form, inches(10)).height
    low = measure((Run("one "), run("x")), form, inches(10)).height
    tall = measure((Run("one "), run(r"\frac{\frac{a}{b}}{\frac{c}{d}}")), form, inches(10)).height
    assert plain == low < tall < 2 * plain
    words = Run("word " * 40)
    many = measure((words, run(r"\frac{\frac{a}{b}}{\frac{c}{d}}")), form, inches(6))
    assert many.height - many.lines * plain == pytest.approx(tall - plain, abs=many.lines)


def test_an_equation_is_never_broken() -> None:
    form = form_of(THEME, "body", "page")
    long = run("a + b + c + d + e + f + g + h + i + j + k + l")
    found = measure((Run("before "), long, Run(", after")), form, inches(4))
    assert found.widest > inches(3)


def test_lines_know_where_their_equations_stand() -> None:
    paragraph = Paragraph((Run("mass "), run("m"), Run(" is energy")))
    frame = frame_paragraph(THEME, PLACE, paragraph, 0)
    (line,) = set_text(looked(THEME, [frame], PLACE), PLACE.rect, "t")[0].lines
    before, one, after = line.runs
    assert one.equation is not None
    assert before.x + before.width == pytest.approx(one.x, abs=2)
    assert one.x + one.width == pytest.approx(after.x, abs=2)


def test_an_equation_alone_is_fitted_like_text() -> None:
    rect = PLACE.rect
    assert steps_to_fit(THEME, PLACE, equation("E = mc^2"), rect) == 0
    sums = (equation(" + ".join(f"a_{{{k}}}" for k in range(n))) for n in range(5, 40))
    wide, steps = next((e, s) for e in sums if (s := steps_to_fit(THEME, PLACE, e, rect)) != 0)
    assert steps is not None
    (frame,) = frames_of(THEME, PLACE, wide, rect, steps)
    assert isinstance(frame, EquationFrame)
    assert frame.rect.contains(frame.inner)
    assert rect.contains(frame.rect)


def test_what_is_too_wide_or_too_tall_is_told() -> None:
    wide = equation(" + ".join(f"a_{{{k}}}" for k in range(60)))
    assert steps_to_fit(THEME, PLACE, wide, PLACE.rect) is None
    assert "% too wide" in explain_overflow(THEME, PLACE, wide, PLACE.rect).message
    low = Rect(0, 0, inches(10), inches(0.3))
    tall = equation(r"\frac{\frac{a}{b}}{\frac{c}{d}}")
    assert "% too tall" in explain_overflow(THEME, PLACE, tall, low).message


def test_a_stack_holds_equations_between_texts() -> None:
    text = TextBox((Paragraph((Run("before it:"),)),))
    stack = Stack((text, equation("E = mc^2"), text))
    assert PLACE.name in SPLITS
    assert steps_to_fit(THEME, PLACE, stack, PLACE.rect) == 0
    first, shown, last = frames_of(THEME, PLACE, stack, PLACE.rect, 0)
    assert first.rect.bottom <= shown.rect.y < shown.rect.bottom <= last.rect.y
    assert not Diagnostics().has_errors
