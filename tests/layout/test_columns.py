"""Columns, pictures shown whole or cropped, big numbers, and a title over a picture."""

from __future__ import annotations

from itertools import pairwise

import pytest

from deckgen.boxes import (
    NUMBER,
    Content,
    Image,
    Paragraph,
    Picture,
    Run,
    Section,
    SlideBoxes,
    TextBox,
)  # fmt: skip
from deckgen.diagnostics import Diagnostics
from deckgen.geometry import inches
from deckgen.layout.engine import lay_out
from deckgen.layout.frames import Deck, FramedSlide, PictureFrame, ShapeFrame, TextFrame
from deckgen.theme.contrast import TEXT, contrast_ratio
from deckgen.theme.load import theme_names
from deckgen.theme.places import SLIDE
from stages import setting, theme

THEMES = theme_names()
COUNTS = {
    "Two Columns": ("left", "right"),
    "Three Columns": ("column_1", "column_2", "column_3"),
    "Four Columns": ("column_1", "column_2", "column_3", "column_4"),
}


def text(*paragraphs: str, style: str | None = None) -> TextBox:
    return TextBox(tuple(Paragraph((Run(each),), style) for each in paragraphs))


def picture(width: int, height: int, fit: str = "contain") -> Picture:
    return Picture(None, "A", fit, image=Image(b"", "png", width, height))  # type: ignore[arg-type]


def slide_of(
    layout: str, boxes: dict[str, Content], name: str = "clear", **more: object
) -> tuple[FramedSlide, Diagnostics]:
    composed = SlideBoxes(layout, (Run("Title"),), "one", boxes)._replace(**more)  # type: ignore[arg-type]
    made, diagnostics = lay_out_slides_of(composed, name)
    (slide,) = made.slides()
    return slide, diagnostics


def lay_out_slides_of(composed: SlideBoxes, name: str = "clear") -> tuple[Deck, Diagnostics]:
    """Return the deck of a slide whose pictures need no file."""
    diagnostics = Diagnostics()
    sections = [Section("one", "One", (composed,))]
    return lay_out(sections, setting("Footer", theme(name)), diagnostics), diagnostics


def frame(slide: FramedSlide, name: str) -> TextFrame | PictureFrame | ShapeFrame:
    (found,) = (each for each in slide.frames if each.name == name)
    assert isinstance(found, TextFrame | PictureFrame | ShapeFrame)
    return found


class TestColumns:
    @pytest.mark.parametrize("layout", COUNTS)
    def test_a_long_head_moves_all_columns_down_alike(self, layout: str) -> None:
        columns: dict[str, Content] = {name: text("Point") for name in COUNTS[layout]}
        heads: dict[str, Content] = {"head_1": text("Short"), "head_2": text("A heading " * 5)}
        plain, _ = slide_of(layout, columns)
        headed, _ = slide_of(layout, columns | heads)
        tops = {frame(headed, name).rect.y for name in columns}
        assert len(tops) == 1
        assert min(tops) > frame(plain, "left" if "left" in columns else "column_1").rect.y
        assert frame(headed, "head_2").rect.bottom < min(tops)

    def test_a_caption_stands_right_under_its_picture(self) -> None:
        boxes: dict[str, Content] = {
            "left": picture(400, 100), "caption_1": text("Wide"),
            "right": picture(100, 400), "caption_2": text("Tall"),
        }  # fmt: skip
        slide, _ = slide_of("Two Columns", boxes)
        for place, caption in (("left", "caption_1"), ("right", "caption_2")):
            gap = frame(slide, caption).rect.y - frame(slide, place).rect.bottom
            assert 0 < gap <= inches(0.11)
        assert frame(slide, "caption_1").rect.y < frame(slide, "caption_2").rect.y

    def test_widths_are_shared_as_wanted_with_the_same_gaps(self) -> None:
        boxes: dict[str, Content] = {name: text("A") for name in COUNTS["Three Columns"]}
        slide, _ = slide_of("Three Columns", boxes, shares=(1.0, 2.0, 3.0))
        rects = [frame(slide, name).rect for name in boxes]
        assert [round(rect.w / rects[0].w, 3) for rect in rects] == [1, 2, 3]
        assert {two.x - one.right for one, two in pairwise(rects)} == {inches(0.6)}
        assert rects[-1].right == pytest.approx(inches(12.667), abs=3)

    def test_columns_are_set_alike_and_split_without_stray_heads(self) -> None:
        boxes: dict[str, Content] = {
            "head_1": text("One"), "column_1": text(*["A point of several words"] * 16),
            "head_2": text("Two"), "column_2": text("Short"), "caption_2": text("Under it"),
        }  # fmt: skip
        composed = SlideBoxes("Four Columns", (Run("Title"),), "one", boxes)
        made, _ = lay_out_slides_of(composed)
        first, *others = made.slides()
        sizes = {
            run.form.size
            for name in ("column_1", "column_2")
            for part in frame(first, name).paragraphs  # type: ignore[union-attr]
            for run in part.runs
        }
        assert len(sizes) == 1
        assert others
        for slide in others:
            names = {each.name for each in slide.frames}
            assert {"head_1", "column_1"} <= names
            assert not names & {"head_2", "column_2", "caption_2"}

    def test_a_picture_stays_beside_a_text_that_continues(self) -> None:
        boxes: dict[str, Content] = {
            "head_1": text("Seen"), "left": picture(400, 300), "caption_1": text("A tile"),
            "head_2": text("Said"), "right": text(*["A point of several words"] * 20),
        }  # fmt: skip
        made, _ = lay_out_slides_of(SlideBoxes("Two Columns", (Run("Title"),), "one", boxes))
        slides = list(made.slides())
        assert len(slides) > 1
        for slide in slides:
            assert set(boxes) <= {each.name for each in slide.frames}


class TestPictures:
    @pytest.mark.parametrize(("width", "height"), [(1600, 900), (900, 1600), (500, 500), (9, 1)])
    def test_by_default_nothing_is_cut_away(self, width: int, height: int) -> None:
        for layout, boxes in (
            ("Picture", {"body": text("A"), "picture": picture(width, height)}),
            ("Content", {"content": picture(width, height)}),
            ("Full Picture", {"background": picture(width, height)}),
        ):
            slide, diagnostics = slide_of(layout, dict(boxes))
            found = next(each for each in slide.frames if isinstance(each, PictureFrame))
            assert found.crop == (0, 0, 0, 0)
            assert found.rect.w / found.rect.h == pytest.approx(width / height, rel=0.001)
            assert SLIDE.contains(found.rect)
            assert not [each for each in diagnostics if each.id == "picture-cropped"]

    def test_beside_words_it_is_level_with_them_and_its_caption_follows(self) -> None:
        boxes: dict[str, Content] = {
            "body": text("A"), "picture": picture(1600, 900), "caption": text("Caption"),
        }  # fmt: skip
        slide, _ = slide_of("Picture", boxes)
        assert frame(slide, "picture").rect.y == frame(slide, "body").rect.y
        assert frame(slide, "caption").rect.x == frame(slide, "picture").rect.x
        tall, _ = slide_of("Picture", boxes | {"picture": picture(900, 1600)})
        assert frame(tall, "picture").rect.y < frame(tall, "body").rect.y
        assert frame(tall, "caption").rect.bottom < SLIDE.h

    def test_a_crop_is_told_in_percent_of_the_area(self) -> None:
        boxes: dict[str, Content] = {"background": picture(1000, 1000, "cover")}
        _, diagnostics = slide_of("Full Picture", boxes)
        (found,) = (each for each in diagnostics if each.id == "picture-cropped")
        assert found.message.startswith("44 %")  # 1 - 9 / 16

    def test_a_crop_of_nothing_is_not_told(self) -> None:
        boxes: dict[str, Content] = {"background": picture(1600, 900, "cover")}
        _, diagnostics = slide_of("Full Picture", boxes)
        assert not [each for each in diagnostics if each.id == "picture-cropped"]


@pytest.mark.parametrize("name", THEMES)
class TestOverAPicture:
    def test_the_title_can_be_read_whatever_is_behind_it(self, name: str) -> None:
        boxes: dict[str, Content] = {
            "background": picture(1600, 900, "cover"), "credit": text("Photo: A. Lee"),
        }  # fmt: skip
        slide, _ = slide_of("Full Picture", boxes, name)
        panel, look = frame(slide, "title ground"), theme(name)
        assert isinstance(panel, ShapeFrame)
        assert panel.fill is not None
        order = [each.name for each in slide.frames]
        assert order[:3] == ["background", "title ground", "title"]
        for shown in (frame(slide, "title"), frame(slide, "credit")):
            assert isinstance(shown, TextFrame)
            assert panel.rect.y <= shown.rect.y
            assert shown.rect.y + shown.height <= panel.rect.bottom
            ink = look.scheme(shown.place.area, look.type[shown.place.style].colour)
            assert contrast_ratio(look.rgb(ink), look.rgb(panel.fill)) >= TEXT

    def test_its_ground_is_no_larger_than_its_words_need(self, name: str) -> None:
        boxes: dict[str, Content] = {"background": picture(1600, 900, "cover")}
        short, _ = slide_of("Full Picture", boxes, name)
        long, _ = slide_of("Full Picture", boxes, name, title=(Run("A title that is longer"),))
        assert frame(short, "title ground").rect.w < frame(long, "title ground").rect.w

    def test_numbers_are_as_large_as_all_of_them_can_be(self, name: str) -> None:
        def sizes(*numbers: str) -> set[float]:
            boxes: dict[str, Content] = {
                f"column_{k}": TextBox((Paragraph((Run(each),), NUMBER), *text("of it").paragraphs))
                for k, each in enumerate(numbers, 1)
            }
            slide, _ = slide_of("Four Columns", boxes, name)
            frames = [frame(slide, place) for place in boxes]
            firsts = [each.paragraphs[0] for each in frames if isinstance(each, TextFrame)]
            assert all(len(part.runs) == 1 for part in firsts), "in one line"
            usual = theme(name).type["body"].size
            return {part.runs[0].form.size or usual for part in firsts}

        (short,), (long,) = sizes("7", "9"), sizes("7", "1,250,000,000")
        assert short > long >= 20
