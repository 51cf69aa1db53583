"""Text in a placeholder: full size where it fits, else smaller down to a floor, else parted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.blocks.pieces import paragraph, text_box
from deckgen.boxes import Paragraph, Run, TextBox
from deckgen.geometry import Rect, inches, points, to_points
from deckgen.layout.frames import FrameParagraph
from deckgen.layout.text_box import (
    floor_steps,
    frame_text,
    height_of,
    split,
    steps_to_fit,
    taken,
)
from deckgen.theme.places import Place, slide_layouts
from stages import CLEAR

LAYOUTS = slide_layouts()
CONTENT = LAYOUTS["Content"].places["content"]
QUESTION = LAYOUTS["Question"].places["question"]
COVER = LAYOUTS["Title"].places["title"]
STEP = LAYOUTS["Question"].places["step_1"]
FULL = 24.0  # points of a point of a list in `clear`, and where it ends
FLOOR = 20.0
LINE = FULL * 1.2 * 0.98  # points that one line of it takes
BEFORE = 12.0

WORDS = st.sampled_from(["a", "list", "of", "few", "words", "and", "one", "longword"])
SENTENCES = st.lists(WORDS, min_size=1, max_size=40).map(" ".join)
LISTS = st.lists(SENTENCES, min_size=1, max_size=12)


def room(lines: int, paragraphs: int = 1) -> Rect:
    """Return a place as wide as the content in which so many lines fit at full size."""
    height = lines * LINE + (paragraphs - 1) * BEFORE + 0.5
    return Rect(CONTENT.rect.x, CONTENT.rect.y, CONTENT.rect.w, points(height))


def sizes(paragraphs: tuple[FrameParagraph, ...]) -> list[float | None]:
    """Return the size that each run gives; None: inherited."""
    return [run.form.size for part in paragraphs for run in part.runs]


class TestFitting:
    def test_a_text_that_fits_has_its_full_size_and_says_nothing_of_it(self) -> None:
        box = text_box("One", "Two")
        assert steps_to_fit(CLEAR, CONTENT, box, room(2, 2)) == 0
        assert sizes(frame_text(CLEAR, CONTENT, box, room(2, 2), 0).paragraphs) == [None, None]

    def test_a_text_that_does_not_goes_down_by_two_points(self) -> None:
        box = text_box("One", "Two", "Three")
        tight = room(3, 3)
        low = Rect(tight.x, tight.y, tight.w, tight.h - points(2))
        assert steps_to_fit(CLEAR, CONTENT, box, low) == 1
        assert sizes(frame_text(CLEAR, CONTENT, box, low, 1).paragraphs) == [FULL - 2] * 3

    def test_it_never_goes_under_the_floor(self) -> None:
        box = text_box("One", "Two", "Three")
        assert floor_steps(CLEAR, CONTENT, box) == 2
        assert sizes(frame_text(CLEAR, CONTENT, box, room(1), 50).paragraphs) == [FLOOR] * 3

    def test_at_no_size_is_told(self) -> None:
        assert steps_to_fit(CLEAR, CONTENT, text_box("One", "Two", "Three"), room(1)) is None

    def test_a_word_that_is_too_wide_fits_at_no_size(self) -> None:
        assert steps_to_fit(CLEAR, CONTENT, text_box("n" * 200), CONTENT.rect) is None

    def test_a_word_may_fit_at_a_smaller_size(self) -> None:
        place = Rect(0, 0, inches(3), inches(4))
        found = [steps_to_fit(CLEAR, QUESTION, text_box("i" * count), place) for count in range(40)]
        fits = [steps for steps in found[1:] if steps is not None]
        assert fits == sorted(fits)
        assert set(fits) == {0, 1, 2, 3, 4, 5}
        assert found[-1] is None

    def test_the_space_between_paragraphs_counts_but_for_the_first(self) -> None:
        parts = [taken(CLEAR, CONTENT, paragraph("One"), CONTENT.rect.w, 0)] * 3
        assert to_points(height_of(parts)) == pytest.approx(3 * LINE + 2 * BEFORE, abs=0.01)

    def test_a_deeper_level_has_its_own_size_and_less_room(self) -> None:
        deep = paragraph("word " * 40, level=1)
        flat = taken(CLEAR, CONTENT, paragraph("word " * 40), CONTENT.rect.w, 0)
        assert taken(CLEAR, CONTENT, deep, CONTENT.rect.w, 0).height < flat.height
        frame = frame_text(CLEAR, CONTENT, TextBox((deep,)), CONTENT.rect, 0)
        assert (frame.paragraphs[0].level, sizes(frame.paragraphs)) == (1, [None])

    @given(LISTS)
    def test_smaller_type_never_takes_more_room(self, texts: list[str]) -> None:
        box = text_box(*texts)
        heights = [
            height_of([taken(CLEAR, CONTENT, p, CONTENT.rect.w, steps) for p in box.paragraphs])
            for steps in range(3)
        ]
        assert heights == sorted(heights, reverse=True)

    @given(LISTS)
    def test_the_steps_found_are_the_fewest(self, texts: list[str]) -> None:
        box = text_box(*texts)
        steps = steps_to_fit(CLEAR, CONTENT, box, CONTENT.rect)
        tried = range(floor_steps(CLEAR, CONTENT, box) + 1)
        fits = [s for s in tried if frame_text(CLEAR, CONTENT, box, CONTENT.rect, s).height
                <= CONTENT.rect.h]  # fmt: skip
        assert steps == (fits[0] if fits else None)


class TestSplitting:
    def test_parts_are_filled_evenly(self) -> None:
        box = text_box(*(f"Point {k}" for k in range(10)))
        parts = split(CLEAR, CONTENT, box, room(4, 4), 0)
        assert parts is not None
        assert [len(part.paragraphs) for part in parts] == [4, 3, 3]

    def test_two_parts_are_as_equal_as_can_be(self) -> None:
        box = text_box(*(f"Point {k}" for k in range(6)))
        parts = split(CLEAR, CONTENT, box, room(5, 5), 0)
        assert parts is not None
        assert [len(part.paragraphs) for part in parts] == [3, 3]

    def test_a_paragraph_taller_than_its_place_cannot_be_parted(self) -> None:
        box = text_box("short", "word " * 200)
        assert split(CLEAR, CONTENT, box, room(2), 2) is None

    def test_a_head_stays_with_what_follows_it(self) -> None:
        head = paragraph("Head", style="column_head")
        box = TextBox((head, paragraph("word " * 30), paragraph("b")))
        tall = sum(height_of([taken(CLEAR, CONTENT, p, CONTENT.rect.w, 2)]) for p in box.paragraphs)
        low = Rect(0, 0, CONTENT.rect.w, tall)
        parts = split(CLEAR, CONTENT, box, low, 2)
        assert parts is not None
        assert [len(part.paragraphs) for part in parts] == [2, 1]

    @given(LISTS, st.integers(2, 6))
    def test_every_part_fits_and_no_word_is_lost(self, texts: list[str], lines: int) -> None:
        box, low = text_box(*texts), room(lines)
        steps = floor_steps(CLEAR, CONTENT, box)
        parts = split(CLEAR, CONTENT, box, low, steps)
        if parts is None:
            tallest = max(taken(CLEAR, CONTENT, p, low.w, steps).height for p in box.paragraphs)
            assert tallest > low.h
            return
        assert tuple(p for part in parts for p in part.paragraphs) == box.paragraphs
        assert all(frame_text(CLEAR, CONTENT, part, low, steps).height <= low.h for part in parts)

    @given(LISTS, st.integers(2, 6))
    def test_no_fewer_parts_would_do(self, texts: list[str], lines: int) -> None:
        box, low = text_box(*texts), room(lines)
        parts = split(CLEAR, CONTENT, box, low, 2)
        assert parts is None or len(parts) == len(greedy(box, low, 2))


def greedy(box: TextBox, rect: Rect, steps: int) -> list[list[Paragraph]]:
    """Return the paragraphs of boxes that are each filled as far as they go."""
    filled: list[list[Paragraph]] = [[]]
    for part in box.paragraphs:
        longer = TextBox((*filled[-1], part))
        if frame_text(CLEAR, CONTENT, longer, rect, steps).height > rect.h and filled[-1]:
            filled.append([part])
        else:
            filled[-1].append(part)
    return filled


class TestLines:
    def test_the_lines_of_a_cover_are_alike(self) -> None:
        box = text_box("A title of some length that takes two lines")
        (part,) = frame_text(CLEAR, COVER, box, COVER.rect, 0).paragraphs
        assert part.runs[0].text == "A title of some length\nthat takes two lines"

    def test_a_title_of_one_line_is_left_alone(self) -> None:
        box = text_box("A title")
        assert shown(COVER, box) == ["A title"]

    def test_a_short_last_word_is_not_alone_on_its_line(self) -> None:
        text = next(t for t in ("word " * k + "a bee" for k in range(30)) if lines(t) == 2)
        assert shown(CONTENT, text_box(text)) == [text.replace("a bee", "a\u00a0bee")]

    def test_a_title_with_marks_is_balanced_as_well(self) -> None:
        box = text_box("A title of *some length that* takes two lines")
        assert "".join(shown(COVER, box)) == "A title of some length\nthat takes two lines"

    @given(SENTENCES)
    def test_breaks_are_only_ever_in_place_of_spaces(self, text: str) -> None:
        for place in (COVER, CONTENT, QUESTION, STEP):
            (found,) = shown(place, text_box(text))
            assert found.replace("\n", " ").replace("\u00a0", " ") == text


def lines(text: str) -> int:
    """Return how many lines a point of a list takes."""
    found = taken(CLEAR, CONTENT, paragraph(text), CONTENT.rect.w, 0)
    return round(to_points(found.height) / LINE)


def shown(place: Place, box: TextBox) -> list[str]:
    """Return the texts of a box in its frame."""
    frame = frame_text(CLEAR, place, box, place.rect, 0)
    return ["".join(run.text for run in part.runs) for part in frame.paragraphs]


class TestForms:
    def test_a_place_of_another_style_tells_what_differs(self) -> None:
        box = TextBox((paragraph("Head", style="column_head"), paragraph("Point")))
        head, point = frame_text(CLEAR, CONTENT, box, CONTENT.rect, 0).paragraphs
        assert (head.form.bullet, head.form.margin, head.runs[0].form.size) == (False, 0, 26)
        assert point.form.bullet is None
        assert point.runs[0].form.size is None

    def test_a_link_keeps_the_colour_of_links(self) -> None:
        box = TextBox((Paragraph((Run("a", link="https://a.org"),)),))
        (part,) = frame_text(CLEAR, CONTENT, box, CONTENT.rect, 0).paragraphs
        assert part.runs[0].form.colour is None
        assert part.runs[0].link == "https://a.org"

    def test_marks_become_forms(self) -> None:
        (part,) = frame_text(
            CLEAR, CONTENT, text_box("a **b** *c* `d`"), CONTENT.rect, 0
        ).paragraphs
        looks = [(run.form.bold, run.form.italic, run.form.face) for run in part.runs]
        assert looks == [
            (None, None, None), (True, None, None), (None, None, None), (None, True, None),
            (None, None, None), (None, None, "mono"),
        ]  # fmt: skip

    def test_a_frame_knows_whether_it_left_its_place(self) -> None:
        box = text_box("One")
        assert not frame_text(CLEAR, CONTENT, box, CONTENT.rect, 0).is_moved
        assert frame_text(CLEAR, CONTENT, box, room(1), 0).is_moved
