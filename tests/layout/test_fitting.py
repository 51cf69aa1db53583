"""The policy of fitting: full size, smaller, split, error; and what holds in every theme."""

from __future__ import annotations

import time
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckgen.blocks.pieces import cell, paragraph, text_box
from deckgen.boxes import Column, Run, Section, SlideBoxes, SpeakerNote, Table, TextBox
from deckgen.catalogue import Severity
from deckgen.diagnostics import Diagnostics
from deckgen.layout.engine import lay_out
from deckgen.layout.frames import Deck, FramedSlide, TableFrame, TextFrame
from deckgen.layout.lines import set_text
from deckgen.layout.looks import looked
from deckgen.layout.text_format import form_of, measure
from deckgen.theme.load import theme_names
from deckgen.theme.model import Theme
from deckgen.theme.places import SLIDE
from stages import CLEAR, ids, lay_out_plan, lay_out_slides, plan, setting, theme

THEMES = {name: theme(name) for name in theme_names()}


def words(count: int, word: str = "bandage") -> str:
    """Return a text of so many words."""
    return " ".join([word] * count)


def told(count: int, length: int = 12) -> str:
    """Return a text of so many sentences of *length* words."""
    return " ".join(f"S{k} {words(length - 1)}." for k in range(count))


def boxes_of(
    layout: str, title: str = "Title", *, overflow: str = "", **boxes: TextBox | Table
) -> SlideBoxes:
    """Return a slide with these boxes."""
    return SlideBoxes(
        layout,
        (Run(title),),
        "one",
        boxes,
        notes=(SpeakerNote("", (Run("N"),)),),
        overflow=overflow,
    )


def deck_in(name: str, *boxes: SlideBoxes) -> tuple[Deck, Diagnostics]:
    """Return the deck of slides in a theme, and what was found."""
    found = Diagnostics()
    section = Section("one", "One", boxes)
    return lay_out([section], setting("F", THEMES[name]), found), found


def frames(slide: FramedSlide, name: str) -> list[TextFrame]:
    """Return the text frames of this name, one or none."""
    return [f for f in slide.frames if isinstance(f, TextFrame) and f.name == name]


def text_of(frame: TextFrame) -> str:
    """Return what a frame shows, a space between paragraphs."""
    runs = (" ".join("".join(run.text for run in part.runs) for part in frame.paragraphs)).split()
    return " ".join(runs).replace("\u200b", "")


def sizes(made: Deck, name: str) -> set[float | None]:
    """Return the sizes of all runs in a place over all slides."""
    return {
        run.form.size
        for slide in made.slides()
        for frame in frames(slide, name)
        for part in frame.paragraphs
        for run in part.runs
    }


MANY = text_box(*[words(18)] * 12)  # three slides at the floor
FEW = text_box(*[words(18)] * 5)  # one slide at two steps down


class TestPolicy:
    def test_shrink_never_splits_and_says_what_would_help(self) -> None:
        made, found = lay_out_slides(boxes_of("Content", content=MANY, overflow="shrink"))
        assert len(list(made.slides())) == 1
        (error,) = (d for d in found if d.severity is Severity.ERROR)
        assert error.id == "text-overflow"
        assert error.hints[-1] == "without `overflow: shrink`, it may continue on further slides"

    def test_split_keeps_the_full_size(self) -> None:
        made, found = lay_out_slides(boxes_of("Content", content=FEW, overflow="split"))
        assert len(list(made.slides())) == 2
        assert sizes(made, "content") == {None}
        assert ids(found) == ["slide-split"]
        made, found = lay_out_slides(boxes_of("Content", content=FEW))
        assert len(list(made.slides())) == 1
        assert ids(found) == ["text-shrunk"]

    def test_split_may_shrink_by_one_step(self) -> None:
        made, found = lay_out_slides(
            boxes_of("Content", content=text_box(*[words(18)] * 4), overflow="split")
        )
        assert (len(list(made.slides())), sizes(made, "content")) == (1, {22})
        assert ids(found) == ["text-shrunk"]

    @pytest.mark.parametrize(("box", "id"), [(FEW, "not-full-size"), (MANY, "text-overflow")])
    def test_error_takes_nothing_but_the_full_size(self, box: TextBox, id: str) -> None:
        _, found = lay_out_slides(boxes_of("Content", content=box, overflow="error"))
        assert ids(found) == [id]
        _, found = lay_out_slides(boxes_of("Content", content=text_box("x"), overflow="error"))
        assert ids(found) == []

    def test_a_block_says_it_in_the_outline(self) -> None:
        points = f"[{', '.join([words(18)] * 5)}]"
        for fit, slides in (("split", 2), ("shrink", 1)):
            found = Diagnostics()
            made = lay_out_plan(
                plan(f"- {{kind: content, title: T, overflow: {fit}, points: {points}}}"), found
            )
            assert len(list(made.slides())) == slides

    @pytest.mark.parametrize("layout", ["Title", "Section", "Content", "Question", "Activity"])
    def test_a_title_takes_two_lines_at_most(self, layout: str) -> None:
        most = 0
        for count in range(2, 24):
            made, found = lay_out_slides(boxes_of(layout, f"T {words(count)}"))
            (slide,) = made.slides()
            if "text-overflow" not in ids(found):
                title = next(f for f in slide.frames if isinstance(f, TextFrame))
                text = looked(CLEAR, title.paragraphs, title.place)
                (paragraph,) = set_text(text, title.rect, "t")
                most = max(most, len(paragraph.lines))
        assert most == {"Section": 1, "Question": 1}.get(layout, 2)

    def test_titles_of_all_parts_are_as_small_as_the_one_that_needs_it(self) -> None:
        """Part 10 has a digit more than part 9: where that takes a second line, all titles shrink."""
        several = text_box(*[words(18)] * 40)
        differ = 0
        for length in range(40, 90):
            title = f"A title {'i' * length}"
            made, _ = lay_out_slides(boxes_of("Content", title, content=several, overflow="split"))
            titles = [slide.title for slide in made.slides()]
            assert len(titles) >= 10
            alone = [
                lay_out_slides(boxes_of("Content", titles[k], content=text_box("x")))[0]
                for k in (8, 9)
            ]
            differ += sizes(alone[0], "title") != sizes(alone[1], "title")
            assert sizes(made, "title") == sizes(alone[1], "title"), title
        assert differ > 0

    def test_strict_fitting_makes_errors_of_both(self) -> None:
        for box, count in ((FEW, 1), (MANY, 1)):
            found = Diagnostics()
            section = Section("one", "One", (boxes_of("Content", content=box),))
            lay_out([section], setting("F")._replace(is_strict=True), found)
            assert ids(found).count("not-full-size") >= count
            assert set(ids(found)) == {"not-full-size"}

    def test_the_note_says_both_sizes(self) -> None:
        _, found = lay_out_slides(boxes_of("Content", content=text_box(*[words(18)] * 4)))
        assert [d.message for d in found if d.id == "text-shrunk"] == [
            "the content is set smaller to fit: 22 pt instead of 24"
        ]


class TestParts:
    def test_a_paragraph_too_tall_goes_on_where_a_sentence_ends(self) -> None:
        made, found = lay_out_slides(boxes_of("Content", content=text_box(told(30))))
        shown = [text_of(frames(slide, "content")[0]) for slide in made.slides()]
        assert len(shown) == 4
        assert all(text.startswith("S") and text.endswith(".") for text in shown)
        assert " ".join(shown) == told(30)
        assert ids(found)[0] == "slide-split"

    def test_its_parts_are_about_alike(self) -> None:
        made, _ = lay_out_slides(boxes_of("Content", content=text_box(told(31))))
        lengths = [len(text_of(frames(slide, "content")[0])) for slide in made.slides()]
        assert max(lengths) < 1.5 * min(lengths)

    def test_a_sentence_too_tall_is_an_error(self) -> None:
        _, found = lay_out_slides(boxes_of("Content", content=text_box("A b. " + words(300))))
        assert ids(found) == ["text-overflow"]

    def test_a_head_goes_with_the_first_part(self) -> None:
        head = paragraph("Head", style="column_head")
        box = TextBox((paragraph("Point"), head, paragraph(told(40, 8))))
        made, _ = lay_out_slides(boxes_of("Two Columns", left=box, right=text_box("x")))
        shown = [text_of(f) for slide in made.slides() for f in frames(slide, "left")]
        assert shown[0] == "Point"
        assert shown[1].startswith("Head S0")

    def test_all_parts_are_in_one_size_with_their_titles(self) -> None:
        title = "A title of some length that needs to go down a little for its second line"
        box = text_box(*[words(18)] * 12, words(4))
        made, _ = lay_out_slides(boxes_of("Content", title, content=box))
        assert len(list(made.slides())) > 1
        assert len(sizes(made, "content")) == len(sizes(made, "title")) == 1

    def test_two_columns_stay_alike_on_the_slide_that_only_one_of_them_reaches(self) -> None:
        left, right = text_box(*[words(9)] * 12), text_box(*[words(8)] * 3)
        made, _ = lay_out_slides(boxes_of("Two Columns", left=left, right=right))
        assert len(list(made.slides())) > 1
        assert len(sizes(made, "left") | sizes(made, "right")) == 1


class TestTitles:
    TEXTS = ("A title that is rather long and takes a second line", "Title " * 11, "Why? " * 13)

    @pytest.mark.parametrize("name", THEMES)
    @pytest.mark.parametrize("text", TEXTS)
    def test_lines_are_alike_and_end_with_more_than_a_word(self, name: str, text: str) -> None:
        made, _ = deck_in(name, boxes_of("Content", text.strip(), content=text_box("x")))
        shown = text_break(frames(next(made.slides()), "title")[0])
        if len(shown) > 1:
            assert len(shown) == 2
            assert len(shown[-1].split()) > 1
            assert len(shown[0]) < 1.6 * len(shown[1])

    def test_a_third_line_is_an_error_even_where_there_is_room(self) -> None:
        _, found = lay_out_slides(boxes_of("Picture", words(11), body=text_box("x")))
        (error,) = (d for d in found if d.severity is Severity.ERROR)
        assert error.id == "text-overflow"
        assert "room for 2" in error.message
        assert "two lines" in error.hints[0]

    def test_a_question_of_two_or_three_lines_is_balanced(self) -> None:
        text = "Which of these would you rather tell a friend, and which one not at all?"
        made, _ = lay_out_slides(boxes_of("Question", question=text_box(text)))
        shown = text_break(frames(next(made.slides()), "question")[0])
        assert len(shown) == 2
        assert abs(len(shown[0]) - len(shown[1])) < 12


def text_break(frame: TextFrame) -> list[str]:
    """Return the lines that a frame's text was given."""
    return "".join(run.text for part in frame.paragraphs for run in part.runs).split("\n")


class TestWords:
    URL = "https://example.org/workshops/2025/autumn/" + "/".join(["section"] * 12)

    def test_a_long_address_breaks_after_its_joints(self) -> None:
        box = TextBox((paragraph("See ")._replace(runs=(Run(self.URL, link=self.URL),)),))
        made, found = lay_out_slides(boxes_of("Content", content=box))
        (run,) = frames(next(made.slides()), "content")[0].paragraphs[0].runs
        assert run.text.replace("\u200b", "") == run.link == self.URL
        assert "/\u200bsection" in run.text
        assert ids(found) == []

    def test_an_address_that_fits_stays_as_it_is(self) -> None:
        box = text_box("See https://example.org/workshops/2025")
        made, _ = lay_out_slides(boxes_of("Content", content=box))
        assert "\u200b" not in text_of(frames(next(made.slides()), "content")[0])

    def test_an_address_in_a_table_breaks_as_well(self) -> None:
        row = (cell("Link"), cell(self.URL), cell("x"))
        made, found = lay_out_slides(
            boxes_of("Content", content=Table((Column(),) * 3, (row,), description="T"))
        )
        (frame,) = (f for f in next(made.slides()).frames if isinstance(f, TableFrame))
        assert ids(found) == []
        assert "\u200b" in frame.rows[0][1][1].paragraph.runs[0].text

    def test_a_word_too_wide_says_by_how_much(self) -> None:
        _, found = lay_out_slides(boxes_of("Content", content=text_box("n" * 90)))
        (error,) = (d for d in found if d.severity is Severity.ERROR)
        assert error.id == "word-too-wide"
        assert " in wider than the content" in error.message
        assert "soft hyphen" in error.hints[0]


class TestTables:
    def test_a_row_too_tall_is_named_with_its_cell(self) -> None:
        found = Diagnostics()
        blocks = (
            "- kind: comparison\n  title: T\n  columns: [A, B]\n  rows:\n    - [One, x, y]\n"
            f"    - [Two, x, {words(300)}]"
        )
        lay_out_plan(plan(blocks), found)
        (error,) = (d for d in found if d.severity is Severity.ERROR)
        assert error.span is not None
        assert (error.span.line, error.span.column) == (8, 18)
        assert error.message.startswith("row 2 of the table does not fit a slide: it is ")
        assert "shorten the cell's" in error.hints[0]

    def test_a_word_too_wide_is_named_with_its_row(self) -> None:
        found = Diagnostics()
        blocks = (
            "- kind: comparison\n  title: T\n  columns: [A, B]\n  rows:\n    - [One, x, y]\n"
            f"    - [Two, x, {'n' * 150}]"
        )
        lay_out_plan(plan(blocks), found)
        (error,) = (d for d in found if d.severity is Severity.ERROR)
        assert error.id == "word-too-wide"
        assert "in row 2 of the table" in error.message
        assert error.span is not None
        assert error.span.line == 8

    def test_split_keeps_the_full_size_of_a_table(self) -> None:
        rows = tuple((cell(f"Row {k}"), cell(words(20))) for k in range(5))
        box = Table((Column(), Column()), rows, description="T")
        made, _ = lay_out_slides(boxes_of("Content", content=box, overflow="split"))
        tables = [f for s in made.slides() for f in s.frames if isinstance(f, TableFrame)]
        types = {
            c.paragraph.runs[0].form.size for f in tables for _, cells in f.rows for c in cells
        }
        assert types == {22}
        assert len(tables) == 2


class TestScale:
    @pytest.mark.parametrize("script", ["漢字、", "مرحبا ", "ที่นี่", "n", "a.", "....."])
    def test_nine_thousand_characters_take_no_second(self, script: str) -> None:
        text = (script * 9000)[:9000]
        started = time.process_time()
        found = measure((Run(text),), form_of(CLEAR, "body", "page"), 5_000_000)
        assert found.lines > 30
        assert time.process_time() - started < 2.5

    def test_a_word_of_any_length_breaks_in_time_that_grows_with_it(self) -> None:
        times = []
        for length in (20_000, 80_000):
            started = time.process_time()
            measure((Run("xy" * (length // 2)),), form_of(CLEAR, "body", "page"), 5_000_000)
            times.append(time.process_time() - started)
        assert times[1] < 12 * times[0] + 0.1

    @pytest.mark.parametrize(
        ("size", "floor"), [(400.0, 0.0), (400.0, 400.0), (0.0, 0.0), (1.0, 400.0)]
    )
    def test_the_type_scale_ends_for_absurd_tokens(self, size: float, floor: float) -> None:
        made = absurd(size, floor)
        found = Diagnostics()
        rows = ((cell("a"), cell(words(30))),)
        boxes = (
            boxes_of("Content", content=MANY),
            boxes_of("Content", "Two", content=Table((Column(), Column()), rows, description="T")),
        )
        lay_out([Section("o", "O", boxes)], setting("F", made), found)


def absurd(size: float, floor: float) -> Theme:
    """Return a theme whose body and cells have this size and floor."""
    values = {name: getattr(CLEAR, name) for name in CLEAR.__slots__}
    styles = {}
    for name, style in CLEAR.type.items():
        tokens = {field: getattr(style, field) for field in style.__slots__}
        styles[name] = type(style)(**{**tokens, "size": size})
    return Theme(**{**values, "type": styles, "fit": dict.fromkeys(CLEAR.type, floor)})


# what holds for any list and any table, in every theme -----------------------------------------

WORD = st.sampled_from(
    ["a", "to", "list", "words", "longer", "extraordinarily", "https://example.org/a/b?c=d"]
)
POINT = st.lists(WORD, min_size=1, max_size=45)
POINTS = st.lists(POINT, min_size=1, max_size=14)
FIT = st.sampled_from(["", "split"])
NAME = st.sampled_from(theme_names())
PLACES = {"Content": "content", "Key Message": "points", "Two Columns": "left", "Picture": "body"}


def listed(points: list[list[str]], layout: str, fit: str) -> SlideBoxes:
    """Return a slide with a list."""
    box = text_box(*(" ".join(point) for point in points))
    return boxes_of(layout, overflow=fit, **{PLACES[layout]: box})


@settings(max_examples=100)
@given(POINTS, NAME, st.sampled_from(sorted(PLACES)), FIT)
def test_a_list_is_whole_on_its_slides(
    points: list[list[str]], name: str, layout: str, fit: str
) -> None:
    made, found = deck_in(name, listed(points, layout, fit))
    slides = list(made.slides())
    shown = [text_of(frame) for slide in slides for frame in frames(slide, PLACES[layout])]
    assert " ".join(shown) == " ".join(word for point in points for word in point)
    for slide in slides:
        for frame in slide.frames:
            assert SLIDE.contains(frame.rect)
            if isinstance(frame, TextFrame):
                assert found.has_errors or frame.height <= frame.rect.h
        for one, two in combinations(slide.frames, 2):
            assert not one.rect.overlaps(two.rect)
    assert len(sizes(made, PLACES[layout])) == 1
    assert (len(slides) > 1) == ("slide-split" in ids(found))


@settings(max_examples=100)
@given(POINTS, NAME, st.sampled_from(sorted(PLACES)), FIT, st.data())
def test_fewer_words_never_take_more_slides(
    points: list[list[str]], name: str, layout: str, fit: str, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(points) - 1))
    fewer = data.draw(st.integers(0, len(points[cut])))
    less = [*points[:cut], *([points[cut][:fewer]] if fewer else []), *points[cut + 1 :]]
    before, found = deck_in(name, listed(points, layout, fit))
    if found.has_errors:  # then nothing is split
        return
    after, _ = deck_in(name, listed(less or [["a"]], layout, fit))
    count, fewer_slides = len(list(before.slides())), len(list(after.slides()))
    # A point too long for a slide at full size makes the type of all smaller under `fit: split`.
    is_smaller = sizes(before, PLACES[layout]) != sizes(after, PLACES[layout])
    assert fewer_slides <= count or (fit == "split" and is_smaller)


@settings(max_examples=50)
@given(st.lists(st.tuples(POINT, POINT), min_size=1, max_size=20), NAME, FIT)
def test_a_table_is_whole_on_its_slides(
    rows: list[tuple[list[str], list[str]]], name: str, fit: str
) -> None:
    cells = tuple((cell("R"), *(cell(" ".join(text)) for text in row)) for row in rows)
    head = tuple(cell(text, style="table_head") for text in ("", "A", "B"))
    box = Table((Column(),) * 3, cells, head, description="T")
    made, found = deck_in(name, boxes_of("Content", content=box, overflow=fit))
    again, _ = deck_in(name, boxes_of("Content", content=box, overflow=fit))
    assert made.sections == again.sections
    tables = [f for s in made.slides() for f in s.frames if isinstance(f, TableFrame)]
    if found.has_errors:
        return
    shown = [row for frame in tables for _, row in frame.rows[1:]]
    assert len(shown) == len(rows)
    assert all(frame.has_head and SLIDE.contains(frame.rect) for frame in tables)
    assert len({frame.columns for frame in tables}) == 1
    texts = [[run.text for c in row for run in c.paragraph.runs] for row in shown]
    wanted = [["R", " ".join(a), " ".join(b)] for a, b in rows]
    assert [
        [t.replace("\u200b", "").replace("\u00a0", " ") for t in row] for row in texts
    ] == wanted
