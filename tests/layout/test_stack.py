"""Contents under each other in one place: one size, nothing overlaps, nothing is dropped."""

from __future__ import annotations

from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckgen.blocks.pieces import cell, text_box
from deckgen.boxes import Code, Column, Picture, Run, Single, SlideBoxes, Stack, Table
from deckgen.catalogue import Severity
from deckgen.diagnostics import Diagnostics
from deckgen.layout.frames import (
    Deck,
    FramedSlide,
    PictureFrame,
    ShapeFrame,
    TableFrame,
    TextFrame,
)
from deckgen.theme.places import slide_layouts
from stages import ids, lay_out_slides, pptx

CONTENT = slide_layouts()["Content"].places["content"]


def words(count: int, word: str = "thimble") -> str:
    """Return a sentence of so many words."""
    return f"{' '.join([word] * count).capitalize()}."


def table(rows: int, text: str = "cell") -> Table:
    """Return a table with a head and numbered rows."""
    made = tuple((cell(f"R{k}"), cell(f"{text} {k}")) for k in range(1, rows + 1))
    return Table((Column(), Column()), made, (cell("Name"), cell("Value")), tallest=0.56)


def code(lines: int) -> Code:
    """Return numbered lines of code."""
    return Code(tuple((Run(f"line_{k}()", code=True),) for k in range(1, lines + 1)))


def laid_out(*contents: Single, overflow: str = "") -> tuple[list[FramedSlide], list[str]]:
    """Return the slides of a stack, and the ids of findings."""
    made, found = deck_of(*contents, overflow=overflow)
    return list(made.slides()), ids(found)


def deck_of(*contents: Single, overflow: str = "") -> tuple[Deck, Diagnostics]:
    """Return the deck of a stack, and what was found."""
    boxes = {"content": Stack(contents)}
    return lay_out_slides(SlideBoxes("Content", (Run("T"),), "one", boxes, overflow=overflow))


def held(slide: FramedSlide) -> list[TextFrame | TableFrame | ShapeFrame | PictureFrame]:
    """Return the frames in the place of the stack."""
    return [
        frame
        for frame in slide.frames
        if isinstance(frame, TextFrame | TableFrame | ShapeFrame | PictureFrame)
        and (frame.name in ("content", "code field"))
    ]


def said(slides: list[FramedSlide]) -> str:
    """Return all words of the stack on *slides*, heads of tables left out."""
    found = []
    for slide in slides:
        for frame in held(slide):
            if isinstance(frame, TextFrame):
                found += [run.text for part in frame.paragraphs for run in part.runs]
            elif isinstance(frame, TableFrame):
                found += [
                    run.text
                    for _, cells in frame.rows[1:]
                    for one in cells
                    for run in one.paragraph.runs
                ]
    return " ".join(" ".join(found).replace("\u00a0", " ").split())


ALL = (text_box("Look at this:"), table(1), code(2), text_box("Done."))


class TestOnOneSlide:
    def test_contents_follow_each_other_inside_the_place(self) -> None:
        (slide,), found = laid_out(*ALL)
        frames = held(slide)
        assert [type(frame) for frame in frames] == [TextFrame, TableFrame, ShapeFrame, TextFrame, TextFrame]  # fmt: skip
        tops = [frame.rect.y for frame in frames]
        assert tops == sorted(tops)
        for frame in frames:
            assert CONTENT.rect.contains(frame.rect), frame
        apart = [frame for frame in frames if frame is not frames[2]]
        assert not any(a.rect.overlaps(b.rect) for a, b in combinations(apart, 2))
        assert found in ([], ["text-shrunk"])

    def test_the_first_text_alone_is_in_the_placeholder(self) -> None:
        (slide,), _ = laid_out(table(2), *ALL[:1], code(1))
        frames = [frame for frame in held(slide) if not isinstance(frame, ShapeFrame)]
        assert [frame.place.is_placeholder for frame in frames] == [False, True, False]  # type: ignore[union-attr]
        (slide,), _ = laid_out(table(2), code(1))
        frames = [frame for frame in held(slide) if not isinstance(frame, ShapeFrame)]
        assert [frame.place.is_placeholder for frame in frames] == [True, False]  # type: ignore[union-attr]

    def test_all_are_in_one_size(self) -> None:
        texts = text_box(words(20)), text_box(words(20))
        (slide,), found = laid_out(texts[0], table(3), texts[1])
        sizes = [
            run.form.size
            for frame in held(slide)
            if isinstance(frame, TextFrame)
            for part in frame.paragraphs
            for run in part.runs
        ]
        assert len(set(sizes)) == 1
        assert found == ["text-shrunk"]

    def test_points_beside_the_placeholder_have_the_bullets_of_the_theme(self) -> None:
        made, _ = deck_of(text_box("One"), code(1), text_box("Two"))
        (slide,) = pptx(made).slides
        boxes = [shape for shape in slide.shapes if shape.has_text_frame and shape.text == "Two"]
        assert 'char="\u25a0"' in boxes[0]._element.xml
        assert not boxes[0].is_placeholder

    def test_a_picture_takes_what_the_others_leave(self, tmp_path: Path) -> None:
        from PIL import Image

        Image.new("RGB", (40, 20), "red").save(tmp_path / "a.png")
        picture = Picture(tmp_path / "a.png", "A field", fit="contain")
        (slide,), found = laid_out(text_box("One"), picture, text_box("Two"))
        _, shown, below = held(slide)
        assert isinstance(shown, PictureFrame)
        assert shown.rect.h > CONTENT.rect.h // 2
        assert below.rect.bottom <= CONTENT.rect.bottom
        assert found == []

    def test_a_picture_that_cannot_be_read_is_told_and_left_out(self) -> None:
        made, found = deck_of(text_box("One"), Picture(Path("none.png"), "None"))
        assert ids(found) == ["cannot-read-picture"]
        assert len(held(next(iter(made.slides())))) == 1


class TestSplit:
    def test_a_long_stack_takes_several_slides_in_one_size(self) -> None:
        slides, found = laid_out(text_box(*[words(20)] * 6), table(14), code(6), text_box("End."))
        assert len(slides) > 1
        assert set(found) <= {"slide-split", "text-shrunk"}
        sizes = {
            run.form.size
            for slide in slides
            for frame in held(slide)
            if isinstance(frame, TextFrame) and "_" not in frame.paragraphs[0].runs[0].text
            for part in frame.paragraphs
            for run in part.runs
        }
        assert len(sizes) == 1

    def test_a_table_has_its_head_and_its_columns_on_each_slide(self) -> None:
        slides, _ = laid_out(text_box("Intro:"), table(40))
        tables = [
            frame for slide in slides for frame in held(slide) if isinstance(frame, TableFrame)
        ]
        assert len(tables) > 1
        assert {frame.columns for frame in tables} == {tables[0].columns}
        heads = {frame.rows[0][1][0].paragraph.runs[0].text for frame in tables}
        assert heads == {"Name"}
        assert sum(len(frame.rows) - 1 for frame in tables) == 40

    def test_what_leads_to_a_table_is_on_its_slide(self) -> None:
        for count in range(2, 12):
            slides, _ = laid_out(text_box(*[words(18)] * count, "Look at this:"), table(6))
            for slide in slides:
                frames = held(slide)
                for one, two in pairwise([*frames, None]):
                    if (
                        isinstance(one, TextFrame)
                        and one.paragraphs[-1].runs[-1].text == "Look at this:"
                    ):
                        assert isinstance(two, TableFrame)

    def test_overflow_shrink_never_splits(self) -> None:
        made, found = deck_of(text_box(*[words(20)] * 6), table(14), overflow="shrink")
        assert len(list(made.slides())) == 1
        (error,) = (d for d in found if d.severity is Severity.ERROR)
        assert "too tall together" in error.message
        assert error.hints[-1].startswith("without `overflow: shrink`")

    def test_overflow_split_keeps_the_full_size(self) -> None:
        slides, found = laid_out(text_box(*[words(18)] * 5), table(4), overflow="split")
        assert len(slides) > 1
        assert "text-shrunk" not in found

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (code(60), "the code does not fit its place"),
            (text_box("x" * 400), "wider than the content"),
            (table(2, "y" * 400), "wider than its column"),
        ],
    )
    def test_what_fits_no_slide_is_an_error_of_its_own(self, content: Single, message: str) -> None:
        _, found = deck_of(text_box("Intro."), content)
        (error,) = (d for d in found if d.severity is Severity.ERROR)
        assert message in error.message

    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(
            st.one_of(
                st.lists(st.integers(1, 60), min_size=1, max_size=6).map(
                    lambda counts: text_box(*(words(count) for count in counts))
                ),
                st.integers(1, 25).map(table),
                st.integers(1, 8).map(code),
            ),
            min_size=1,
            max_size=6,
        )
    )
    def test_no_word_is_lost_and_nothing_overlaps(self, contents: list[Single]) -> None:
        slides, found = laid_out(*contents)
        assert set(found) <= {"slide-split", "text-shrunk"}
        expected = []
        for content in contents:
            if isinstance(content, Code):
                expected += [run.text for line in content.lines for run in line]
            elif isinstance(content, Table):
                expected += [one.paragraph.text for row in content.rows for one in row]
            else:
                expected += [part.text for part in content.paragraphs]  # type: ignore[union-attr]
        assert said(slides) == " ".join(expected)
        for slide in slides:
            frames = [frame for frame in held(slide) if not isinstance(frame, ShapeFrame)]
            assert not any(a.rect.overlaps(b.rect) for a, b in combinations(frames, 2))
            assert all(CONTENT.rect.contains(frame.rect) for frame in frames)
