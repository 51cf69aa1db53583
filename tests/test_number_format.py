"""Numbers as a format writes them, with their units."""

from __future__ import annotations

import pytest

from deckgen.number_format import are_numbers, is_percentage, with_unit, written


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


@pytest.mark.parametrize(
    "text",
    ["12", "-3.5", "\u22124", "1,234", "1 234", "82.9%", "4.5G", "\u20ac240", "240 \u20ac", "2.4 kg", "3\u20135",
     "1/2", "09:30", "224x", "~5", "1e-5", "12 km/h", "0.5 \u00b1 0.1", "21\u00b0C", "1'000"],
)  # fmt: skip
def test_a_number_in_a_table_is_known_as_one(text: str) -> None:
    assert are_numbers([text, "", "\u2013"])


@pytest.mark.parametrize(
    "text",
    ["3 people", "B4", "v2.0", "none", "5 min each", "1. First", "ImageNet-1K", "7 of 9", "x"],
)
def test_a_text_in_a_table_is_none(text: str) -> None:
    assert not are_numbers(["1", text])


def test_a_column_of_nothing_holds_no_numbers() -> None:
    assert not are_numbers(["", "-", "n/a"])
