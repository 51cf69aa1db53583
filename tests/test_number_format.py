"""Numbers as a format writes them, with their units."""

from __future__ import annotations

import pytest

from deckgen.number_format import is_percentage, with_unit, written


@pytest.mark.parametrize(
    ("value", "number_format", "unit", "said"),
    [
        (45, "General", "%", "45%"),
        (45, "General", " %", "45\u00a0%"),
        (45.25, "0.0", "%", "45.2%"),
        (5, "General", "min", "5\u00a0min"),
        (1250, "#,##0", "\u20ac", "1,250\u00a0\u20ac"),
        (1250, "#,##0.00", "$", "$1,250.00"),
        (-3, "0;(0)", "kg", "(3)\u00a0kg"),
        (1234567, "General", "", "1234567"),
        (0.5, "0%", "", "50%"),
        (3, "General", 'a"b', "3\u00a0ab"),
        (21, "General", "\u00b0C", "21\u00b0C"),
        (2, "General", "General", "2\u00a0General"),
    ],
)
def test_a_number_is_written_with_its_unit(
    value: float, number_format: str, unit: str, said: str
) -> None:
    assert written(value, with_unit(number_format, unit)) == said


def test_a_percent_sign_that_is_only_shown_multiplies_nothing() -> None:
    assert not is_percentage(with_unit("General", "%"))
    assert is_percentage("0.0 %")
