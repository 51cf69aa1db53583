"""What columns hold stands in the documents, word for word: no table, code, caption or number is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.compiler import check, render
from deckgen.diagnostics import Diagnostics

OUTLINE = Path(__file__).resolve().parents[1] / "golden" / "content" / "outline.yaml"
SHOWN = (
    "**Look**", "A tile as a button", "Square holes · Photo: the caretaker", "Shirt", "Coats take",
    "A button sewn well outlives the shirt.", "A tailor", "Heard in the shop", "1,250",
    "Counted twice", "are brass", "Horn", "Most are lost", "has a key in it.",
    "Found in the attic", "Pull, then pull again.",
)  # fmt: skip
ELSEWHERE = {"Most are lost"}  # a page has the numbers, and needs no words for the chart


@pytest.fixture(scope="module")
def documents() -> dict[str, str]:
    """Return the documents of the golden outline of `content` by their ending."""
    (compiled,) = check(OUTLINE, Diagnostics())
    files = render(compiled)
    return {name: content.decode() for name, content in files.items() if name.endswith(".md")}


@pytest.mark.parametrize("ending", ["handout", "facilitator-notes"])
def test_all_that_columns_say_is_there(documents: dict[str, str], ending: str) -> None:
    (text,) = (text for name, text in documents.items() if ending in name)
    assert [shown for shown in SHOWN if shown not in text and shown not in ELSEWHERE] == []


def test_a_page_has_tables_code_and_numbers_as_such(documents: dict[str, str]) -> None:
    (text,) = (text for name, text in documents.items() if "handout" in name)
    assert "| Shirt | 4 | 3 |" in text
    assert "| Horn | 3 |" in text
    assert "```python\nfor hole in button:\n    pull(hole)\n```" in text


def test_parts_stand_in_the_order_in_which_they_are_written(documents: dict[str, str]) -> None:
    (text,) = (text for name, text in documents.items() if "handout" in name)
    places = [text.index(each) for each in ("Pull, then pull again", "for hole", "| Thread")]
    assert places == sorted(places)
    assert text.index("| Coat |") < text.index("Coats take")
