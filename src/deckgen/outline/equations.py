"""Finds the equations of an outline's texts, and reports those that cannot be read at their place."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any, NamedTuple

from deckgen.boxes import Formula
from deckgen.diagnostics import Diagnostics, Span
from deckgen.equations import INSTALL, is_installed
from deckgen.equations.markup import loose_equation, place_in, place_of
from deckgen.equations.office import find_pandoc, office_math
from deckgen.equations.read import problem_with
from deckgen.equations.scan import Flaw, flaw_of
from deckgen.inline import equations_in, leaves_of
from deckgen.reading.fields import Prose, Raw, Text
from deckgen.reading.reader import declared_fields

MOST_SHOWN = 40  # characters of an equation in a message


class WrittenEquation(NamedTuple):
    """An equation, and where it was written."""

    formula: Formula
    span: Span | None


def written_equations(value: Any) -> Iterator[WrittenEquation]:
    """Yield the equations in the texts that *value* holds, however deep."""
    for text in _texts(value):
        yield from (WrittenEquation(found, text.span) for found in equations_in(text))


def report_loose_dollars(value: Any, diagnostics: Diagnostics) -> None:
    """Report each text in *value* with a dollar before LaTeX that begins no equation, once."""
    for text in _texts(value):
        is_in_blocks = isinstance(text, Prose) and text.has_blocks
        found = map(loose_equation, leaves_of(text) if is_in_blocks else (text,))
        for written, hint in filter(None, found if "$" in text else ()):
            message = f"`{_shown(' '.join(written.split()))}` begins no equation: it stays as typed"
            place = place_of(text.span, written) if text.span else None
            diagnostics.add("dollar-as-text", message, place, hints=(hint,))


def _texts(value: Any) -> Iterator[Text]:
    """Yield the texts that *value* holds, however deep; no code."""
    if isinstance(value, Text):
        if not isinstance(value, Raw):
            yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        yield from _texts(tuple(value.values()))
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for name in declared_fields(type(value)):
            yield from _texts(getattr(value, name))


def check_equations(
    equations: tuple[WrittenEquation, ...], diagnostics: Diagnostics
) -> tuple[WrittenEquation, ...]:
    """Report each equation that cannot be read, and return the others.

    Where nothing is installed that reads them, one note says so, and their signs alone are looked at.
    """
    sound = []
    for equation in equations:
        flaw = _flaw(equation.formula)
        if flaw is None:
            sound.append(equation)
        else:
            _report(equation, flaw, diagnostics)
    if sound and not is_installed():
        message = "equations stay as their LaTeX: what reads and draws them is not installed"
        diagnostics.add("equation-as-text", message, _place(sound[0], 0, 1), hints=(INSTALL,))
    return tuple(sound)


def report_not_native(equations: tuple[WrittenEquation, ...], diagnostics: Diagnostics) -> None:
    """Add one note where pandoc is missing, or one for each equation that it cannot read."""
    if not is_installed():
        return
    if find_pandoc() is None:
        message = "equations become pictures, or characters within a text: pandoc is not installed"
        diagnostics.add(
            "equation-not-native", message, _place(equations[0], 0, 1), hints=(INSTALL,)
        )
        return
    made = office_math((one.formula.latex, one.formula.is_display) for one in equations)
    for one in equations:
        if not made[one.formula.latex, one.formula.is_display]:
            becomes = "a picture" if one.formula.is_display else "characters"
            message = f"the equation `{_shown(one.formula.latex)}` becomes {becomes}: pandoc cannot read it"
            diagnostics.add("equation-not-native", message, _place(one, 0, 1))


def _flaw(formula: Formula) -> Flaw | None:
    if not is_installed():
        return flaw_of(formula.latex)
    return problem_with(formula.latex, is_display=formula.is_display)


def _report(equation: WrittenEquation, flaw: Flaw, diagnostics: Diagnostics) -> None:
    message = f"cannot read the equation `{_shown(equation.formula.latex)}`: {flaw.message}"
    place = _place(equation, flaw.offset, flaw.length)
    hints = (flaw.hint,) if flaw.hint else ()
    diagnostics.add("unreadable-equation", message, place, hints=hints)


def _shown(latex: str) -> str:
    return latex if len(latex) <= MOST_SHOWN else f"{latex[: MOST_SHOWN - 1]}…"


def _place(equation: WrittenEquation, offset: int, length: int) -> Span | None:
    span = equation.span
    return place_in(span, equation.formula.latex, offset, length) if span else None
