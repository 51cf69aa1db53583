"""How much a slide can say: each limit, just met and just missed."""

from __future__ import annotations

import pytest

from deckgen.blocks.pieces import cell, paragraph, text_box
from deckgen.boxes import Column, Content, Run, SlideBoxes, Table, TextBox
from deckgen.diagnostics import Diagnostics
from deckgen.layout.density import check_density
from deckgen.layout.overflow import words_of


def told(
    slide_layout: str, title: str = "T", *, is_judged: bool = True, **boxes: Content
) -> list[str]:
    """Return what is said of a slide with these boxes."""
    diagnostics = Diagnostics()
    slide = SlideBoxes(slide_layout, (Run(title),), "key", boxes, is_judged=is_judged)
    check_density(slide, diagnostics)
    return [found.message for found in diagnostics]


def words(count: int) -> str:
    return " ".join(["word"] * count)


def points(count: int, length: int = 3) -> TextBox:
    return text_box(*[words(length)] * count)


@pytest.mark.parametrize(
    ("slide_layout", "most"),
    [("Content", 74), ("Question", 50), ("Answer", 50), ("Statement", 110)],
)
def test_titles(slide_layout: str, most: int) -> None:
    assert told(slide_layout, "x" * most) == []
    assert told(slide_layout, "x" * (most + 1)) == [
        f"the title has {most + 1} characters; {most} read at a glance"
    ]


def test_a_title_over_a_task_is_shorter() -> None:
    task = text_box("Sort the cards")
    assert told("Activity", "x" * 37, task=task) == []
    assert len(told("Activity", "x" * 38, task=task)) == 1


@pytest.mark.parametrize(
    ("slide_layout", "most_points", "most_words"),
    [("Content", 5, 14), ("Two Columns", 5, 14), ("Key Message", 3, 10), ("Picture", 3, 10)],
)
def test_points(slide_layout: str, most_points: int, most_words: int) -> None:
    assert told(slide_layout, points=points(most_points, most_words)) == []
    assert told(slide_layout, points=points(most_points + 1)) == [
        f"{most_points + 1} points on one slide; {most_points} stay in mind"
    ]
    assert told(slide_layout, points=points(1, most_words + 1)) == [
        f"a point has {most_words + 1} words; about {most_words} are enough"
    ]


def test_points_below_others_are_not_counted() -> None:
    below = tuple(paragraph("under", level=1) for _ in range(9))
    assert told("Content", content=TextBox((paragraph("over"), *below))) == []


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("question", 130),
        ("statement", 110),
        ("message", 110),
        ("answer", 120),
        ("fact_1", 60),
        ("step_4", 60),
    ],
)
def test_texts_of_one_place(name: str, most: int) -> None:
    assert told("Content", **{name: text_box("x" * most)}) == []
    (message,) = told("Content", **{name: text_box("x" * (most + 1))})
    assert message == f"{words_of(name)} has {most + 1} characters; {most} are enough"


def test_cells_of_tables() -> None:
    def table(length: int) -> Table:
        return Table((Column(), Column()), ((cell("a"), cell("x" * length)),), description="T")

    assert told("Content", content=table(104)) == []
    assert len(told("Content", content=table(105))) == 1


def test_who_does_not_want_advice_gets_none() -> None:
    assert told("Content", "x" * 200, is_judged=False, points=points(20, 30)) == []
