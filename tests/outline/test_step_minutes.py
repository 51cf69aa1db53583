"""Steps that begin with their minutes, and those that merely begin with a number."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from deckgen.blocks.base import PracticeBlock
from deckgen.diagnostics import Diagnostics
from deckgen.outline.load import load_outlines


def read(
    tmp_path: Path, steps: list[Any], lang: str = "en", **fields: Any
) -> tuple[list[tuple[str, float | None]], list[str]]:
    """Return the steps as text and minutes, and the findings about numbers."""
    block = {"kind": "activity", "id": "a", "title": "T", "steps": steps, **fields}
    path = tmp_path / "o.yaml"
    path.write_text(
        json.dumps({"workshop": {"title": "T", "lang": lang}, "blocks": [block]}), encoding="utf-8"
    )
    diagnostics = Diagnostics()
    outline = load_outlines(path, diagnostics).of(None, diagnostics)
    assert outline is not None
    made = outline.blocks[0]
    assert isinstance(made, PracticeBlock)
    told = [
        f"{d.span.line}:{d.span.column}" for d in diagnostics if d.id == "step-number" and d.span
    ]
    return [(str(step.do), step.min) for step in made.steps], told


@pytest.mark.parametrize(
    ("text", "do", "minutes"),
    [
        ("5 min: Deal the cards", "Deal the cards", 5),
        ("5 min Deal the cards", "Deal the cards", 5),
        ("5 minutes \u2013 deal the cards", "deal the cards", 5),
        ("5: deal the cards", "deal the cards", 5),
        ("5' **Deal** the cards", "**Deal** the cards", 5),
        ("10 Minuten: Karten austeilen", "Karten austeilen", 10),
        (
            "5\u5206: \u30ab\u30fc\u30c9\u3092\u914d\u308b",
            "\u30ab\u30fc\u30c9\u3092\u914d\u308b",
            5,
        ),
    ],
)
def test_a_number_with_a_unit_or_a_colon_is_minutes(
    tmp_path: Path, text: str, do: str, minutes: int
) -> None:
    assert read(tmp_path, [text, "Talk"]) == ([(do, minutes), ("Talk", None)], [])


@pytest.mark.parametrize(
    "text",
    [
        "3 people present",
        "1-2-4-All on the question",
        "12:30 is lunch",
        "5% of the budget",
        "2nd round",
        "1 - Deal the cards",
        "1. Deal the cards",
        "0 min: nothing",
        "999 min: too much",
        "100 ideas in a minute",
        "5 minutely checks",
        "5",
    ],
)
def test_a_text_that_begins_with_a_number_stays_whole(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, [text, "Talk"]) == ([(text, None), ("Talk", None)], [])


@pytest.mark.parametrize("text", ["5 Whys on the problem", "2 min of silence"])
def test_a_number_that_may_be_meant_is_told_and_kept(tmp_path: Path, text: str) -> None:
    steps, told = read(tmp_path, [text, "Talk"])
    assert steps == [(text, None), ("Talk", None)]
    assert len(told) == 1


def test_numbers_alone_are_minutes_where_each_step_has_one(tmp_path: Path) -> None:
    steps, told = read(tmp_path, ["5 Deal the cards", "10 Sort them", "5 Talk"])
    assert steps == [("Deal the cards", 5), ("Sort them", 10), ("Talk", 5)]
    assert told == []


def test_numbers_alone_are_minutes_where_they_make_the_time_of_the_block(tmp_path: Path) -> None:
    texts = ["5 Karten austeilen", "10 sortieren"]
    assert read(tmp_path, texts, "de", time=15)[0] == [("Karten austeilen", 5), ("sortieren", 10)]
    assert read(tmp_path, texts, "de", time=[10, 15, 20])[0][1] == ("sortieren", 10)
    assert read(tmp_path, texts, "de", time=20)[0] == [(text, None) for text in texts]


def test_minutes_in_a_field_count_beside_numbers_alone(tmp_path: Path) -> None:
    steps = ["5 Deal the cards", "9 Sort them", {"do": "Report", "min": 5}]
    found = [("Deal the cards", 5), ("Sort them", 9), ("Report", 5)]
    assert read(tmp_path, steps) == (found, [])
    assert read(tmp_path, steps, time=19) == (found, [])
    assert len(read(tmp_path, [*steps, "Thank all"])[1]) == 2


def test_german_nouns_have_capitals_so_numbers_alone_say_nothing(tmp_path: Path) -> None:
    texts = ["3 Personen lesen vor", "4 Personen antworten"]
    steps, told = read(tmp_path, texts, "de")
    assert steps == [(text, None) for text in texts]
    assert len(told) == 2


def test_steps_that_are_numbered_by_hand_are_no_minutes(tmp_path: Path) -> None:
    steps, told = read(tmp_path, ["1 Deal", "2 Sort", "3 Talk"])
    assert steps == [("1 Deal", None), ("2 Sort", None), ("3 Talk", None)]
    assert len(told) == 3


def test_a_step_with_fields_is_as_it_says(tmp_path: Path) -> None:
    steps, told = read(tmp_path, [{"do": "5 Whys"}, {"do": "2 min: this", "min": 3}])
    assert steps == [("5 Whys", None), ("2 min: this", 3)]
    assert told == []


def test_the_steps_of_a_short_form_are_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "o.yaml"
    block = {"kind": "activity", "title": "T", "short_form": {"steps": ["3 min: Talk"], "time": 3}}
    path.write_text(json.dumps({"workshop": {"title": "T"}, "blocks": [block]}), encoding="utf-8")
    diagnostics = Diagnostics()
    outline = load_outlines(path, diagnostics).of(None, diagnostics)
    assert outline is not None
    short = outline.blocks[0].short_form
    assert isinstance(short, PracticeBlock)
    assert [(step.do, step.min) for step in short.steps] == [("Talk", 3)]


def test_a_text_keeps_its_place(tmp_path: Path) -> None:
    path = tmp_path / "o.yaml"
    path.write_text(
        "workshop: {title: T}\nblocks:\n- kind: activity\n  title: T\n  steps:\n"
        "  - '5 min: Deal'\n  - 5 min Sort\n",
        encoding="utf-8",
    )
    diagnostics = Diagnostics()
    outline = load_outlines(path, diagnostics).of(None, diagnostics)
    assert outline is not None
    block = outline.blocks[0]
    assert isinstance(block, PracticeBlock)
    places = [(step.do.span.line, step.do.span.column) for step in block.steps if step.do.span]
    assert places == [(6, 13), (7, 11)]


@pytest.mark.parametrize(
    ("notes", "say"), [("One text", ("One text",)), (["One", "Two"], ("One", "Two"))]
)
def test_notes_that_are_texts_are_what_to_say(tmp_path: Path, notes: Any, say: Any) -> None:
    path = tmp_path / "o.yaml"
    block = {"kind": "content", "id": "a", "title": "T", "points": ["P"], "notes": notes}
    audiences = {"few": {"blocks": {"a": {"notes": {"watch": "Out"}}}}}
    outline = {"workshop": {"title": "T"}, "audiences": audiences, "blocks": [block]}
    path.write_text(json.dumps(outline), encoding="utf-8")
    diagnostics = Diagnostics()
    outlines = load_outlines(path, diagnostics)
    for audience, watch in ((None, ()), ("few", ("Out",))):
        made = outlines.of(audience, diagnostics)
        assert made is not None
        assert (made.blocks[0].notes.say, made.blocks[0].notes.watch) == (say, watch)
    assert not list(diagnostics)
