"""Gives the equations of composed slides what layout and writers need: their shapes, and Office Math.

An equation within a text stands there as Office Math, or in characters where there is none (its LaTeX, where
nothing is installed that reads it); one that stands alone is always drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from deckgen.boxes import OBJECT, Formula, Run, Section
from deckgen.equations import is_installed
from deckgen.equations.office import office_math
from deckgen.equations.read import problem_with


def completed(formulas: Iterable[Formula]) -> dict[Formula, Formula]:
    """Return each of *formulas* with its shapes, and Office Math where pandoc makes it."""
    from deckgen.equations.draw import drawn  # noqa: PLC0415 (an extra)

    wanted = list(dict.fromkeys(formulas))
    office = office_math((one.latex, one.is_display) for one in wanted)
    return {
        one: one._replace(
            drawn=drawn(one.latex, is_display=one.is_display),
            office=office[one.latex, one.is_display],
        )
        for one in wanted
    }


def with_equations(sections: list[Section]) -> list[Section]:
    """Return *sections* with the equations on their slides completed; what cannot be drawn is text."""
    ready = completed(_formulas(tuple(sections))) if is_installed() else {}
    return [_completed(section, ready) for section in sections]


def _formulas(value: Any) -> Iterator[Formula]:
    """Yield the equations in boxes, or in what they are made of, that can be drawn."""
    if isinstance(value, Formula):
        if problem_with(value.latex, is_display=value.is_display) is None:
            yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _formulas(part)
    elif isinstance(value, Mapping):
        yield from _formulas(tuple(value.values()))


def _completed(value: Any, ready: Mapping[Formula, Formula]) -> Any:
    """Return boxes, or what they are made of, with each equation as *ready* has it."""
    if isinstance(value, Run):
        return _run(value, ready)
    if isinstance(value, Formula):
        return ready[value]
    if isinstance(value, tuple):
        parts = [_completed(part, ready) for part in value]
        if all(new is old for new, old in zip(parts, value, strict=True)):
            return value
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    if isinstance(value, Mapping):
        return MappingProxyType({key: _completed(part, ready) for key, part in value.items()})
    return value


def _run(run: Run, ready: Mapping[Formula, Formula]) -> Run:
    if run.equation is None:
        return run
    formula = ready.get(run.equation)
    if formula is None or not formula.office:
        return run._replace(equation=None)
    return run._replace(text=OBJECT, equation=formula)
