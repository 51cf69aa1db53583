"""Slide layouts: every placeholder has its place, and none stands on another."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest

from deckgen.geometry import inches
from deckgen.theme.model import AREAS, STYLES
from deckgen.theme.places import FULL, HORIZON, SLIDE, STRIP, SlideLayout, slide_layouts

LAYOUTS = slide_layouts()
EVERY = pytest.mark.parametrize("layout", LAYOUTS.values(), ids=list(LAYOUTS))
FURNITURE = {"time_chip", "phase_name", "footer_title", "slide_number"}

# On purpose: an optional logo reaches into the empty upper part of a title that stands at the
# bottom of its place; a picture bleeds to the slide's edges, under the title where it fills the slide.
OVERLAPS = {
    ("Title", "logo", "title"),
    ("Full Picture", "background", "title"),
    ("Full Picture", "background", "credit"),
}


def test_they_are_in_the_order_of_the_menu() -> None:
    assert list(LAYOUTS) == [
        "Title", "Section", "Content", "Two Columns", "Three Columns", "Four Columns", "Key Message",
        "Statement", "Picture", "Full Picture", "Question", "Answer", "Activity", "Options", "Exit Ticket", "Break",
    ]  # fmt: skip


@EVERY
def test_every_place_is_inside_the_slide(layout: SlideLayout) -> None:
    assert all(SLIDE.contains(place.rect) for place in layout.places.values())


@EVERY
def test_no_place_stands_on_another(layout: SlideLayout) -> None:
    overlaps = {
        (layout.name, *sorted((one.name, two.name)))
        for one, two in combinations(layout.places.values(), 2)
        if one.rect.overlaps(two.rect)
    }
    assert overlaps == {pair for pair in OVERLAPS if pair[0] == layout.name}


@EVERY
def test_a_type_and_idx_is_there_once(layout: SlideLayout) -> None:
    counts = Counter(place.idx for place in layout.places.values())
    assert max(counts.values()) == 1


@EVERY
def test_there_is_one_title(layout: SlideLayout) -> None:
    titles = [place for place in layout.places.values() if place.type in ("title", "ctrTitle")]
    assert titles == [layout.title]
    assert layout.title.idx == 0


@EVERY
def test_a_place_has_styles_and_a_ground_that_themes_know(layout: SlideLayout) -> None:
    for place in layout.places.values():
        assert set(place.levels) <= set(STYLES)
        assert len(place.levels) == 3
        assert place.area in AREAS
        assert place.anchor in ("t", "m", "b")


@EVERY
def test_a_place_under_the_horizon_stands_on_another_ground_but_for_talk(
    layout: SlideLayout,
) -> None:
    for place in layout.places.values():
        above = {"pause": "sky", "do": "page", "talk": "page"}[layout.mode]
        below = {"pause": "below", "do": "strip", "talk": "page"}[layout.mode]
        if layout.name in FULL:
            above = below = "full"
        if layout.name == "Answer" and place.rect.y >= STRIP:
            below = "answer"
        assert place.area == (above if place.rect.y < HORIZON else below)


@EVERY
def test_the_margins_are_kept_but_by_pictures(layout: SlideLayout) -> None:
    margin = inches(0.667)
    for place in layout.places.values():
        if place.type != "pic":
            assert place.rect.x >= margin
            assert place.rect.right <= SLIDE.w - margin + inches(0.001)


def test_the_title_does_not_jump_between_slides_that_people_work_on() -> None:
    corners = {
        (layout.title.rect.x, layout.title.rect.y, layout.title.anchor)
        for layout in LAYOUTS.values()
        if layout.mode in ("talk", "do")
    }
    assert len(corners) == 1


def test_nothing_moves_from_question_to_answer() -> None:
    question, answer = LAYOUTS["Question"].places, LAYOUTS["Answer"].places
    for name in ("title", "question", "time_chip", "phase_name"):
        assert question[name] == answer[name]


def test_furniture_stands_in_one_place_but_beside_a_picture() -> None:
    for name in FURNITURE:
        found = {
            layout.places[name].rect
            for layout in LAYOUTS.values()
            if name in layout.places and layout.name != "Picture"
        }
        assert len(found) == 1


@pytest.mark.parametrize(
    ("layout", "name", "type", "idx"),
    [
        ("Title", "title", "ctrTitle", 0),
        ("Title", "subtitle", "subTitle", 1),
        ("Section", "subtitle", "body", 1),
        ("Content", "content", "obj", 10),
        ("Two Columns", "right", "obj", 11),
        ("Four Columns", "column_4", "obj", 14),
        ("Options", "option_4", "body", 34),
        ("Question", "step_1", "body", 21),
        ("Activity", "fact_4", "body", 24),
        ("Picture", "picture", "pic", 40),
        ("Break", "footer_title", "ftr", 90),
        ("Break", "slide_number", "sldNum", 91),
    ],
)
def test_type_and_idx_are_the_contract_with_slides(
    layout: str, name: str, type: str, idx: int
) -> None:
    place = LAYOUTS[layout].places[name]
    assert (place.type, place.idx) == (type, idx)


def test_a_time_chip_is_quiet_while_people_listen() -> None:
    styles = {layout.mode: layout.places["time_chip"].style for layout in LAYOUTS.values()
              if "time_chip" in layout.places}  # fmt: skip
    assert styles == {"talk": "minutes", "do": "chip", "pause": "chip"}
