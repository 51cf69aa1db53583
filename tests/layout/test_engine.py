"""Whole slides: what is fitted together, parted, reported; and what holds for any text at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckgen.blocks.activity_block import ActivityBlock, Card
from deckgen.blocks.base import Block, Debrief, Step
from deckgen.blocks.briefing_block import BriefingBlock
from deckgen.blocks.case_block import Case, CaseBlock
from deckgen.blocks.checklist_block import ChecklistBlock, ChecklistItem
from deckgen.blocks.comparison_block import ComparisonBlock
from deckgen.blocks.content_block import ContentBlock, ContentColumn, Point
from deckgen.blocks.discussion_block import DiscussionBlock
from deckgen.blocks.exit_ticket_block import ExitTicketBlock
from deckgen.blocks.framework_block import Criterion, FrameworkBlock
from deckgen.blocks.highlight_block import HighlightBlock
from deckgen.blocks.pieces import cell, text_box
from deckgen.blocks.poll_block import PollBlock
from deckgen.blocks.quiz_block import QuizBlock, QuizItem
from deckgen.blocks.recap_block import Action, RecapBlock
from deckgen.blocks.title_block import TitleBlock
from deckgen.boxes import Column, Paragraph, Run, Section, SlideBoxes, SpeakerNote, Table, TextBox
from deckgen.catalogue import Severity
from deckgen.diagnostics import Diagnostics
from deckgen.layout.engine import lay_out
from deckgen.layout.frames import (
    Deck,
    DeckSection,
    FramedSlide,
    FrameParagraph,
    GroupFrame,
    ShapeFrame,
    TableFrame,
    TextFrame,
)
from deckgen.pictures import with_pictures
from deckgen.plan.compose import compose
from deckgen.plan.make import make_plan
from deckgen.plan.model import Plan
from deckgen.reading.fields import Text, TimeRange
from deckgen.theme.load import theme_names
from deckgen.theme.model import Theme
from deckgen.theme.places import SLIDE
from stages import deck, ids, lay_out_plan, lay_out_slides, outline_of, plan, setting, theme

WORD = "bandage"


THEMES = {name: theme(name) for name in theme_names()}


def words(count: int) -> str:
    """Return a text of so many words."""
    return " ".join([WORD] * count)


def boxes_of(layout: str, title: str = "Title", **boxes: TextBox | Table) -> SlideBoxes:
    """Return a slide with these boxes."""
    note = SpeakerNote("Say.", (Run("Hello"),))
    return SlideBoxes(layout, (Run(title),), "one", boxes, notes=(note,))


def only(slide: FramedSlide, name: str) -> TextFrame:
    """Return the text frame of this name."""
    (found,) = [frame for frame in texts(slide) if frame.name == name]
    return found


def texts(slide: FramedSlide) -> list[TextFrame]:
    """Return the text frames of a slide."""
    return [frame for frame in slide.frames if isinstance(frame, TextFrame)]


def sizes(frame: TextFrame) -> set[float | None]:
    """Return the sizes that the runs of a frame give; None: the full size."""
    return {run.form.size for part in frame.paragraphs for run in part.runs}


class TestFitting:
    def test_what_fits_has_its_full_size_and_gives_no_finding(self) -> None:
        made, found = lay_out_slides(boxes_of("Content", content=text_box("One", "Two")))
        (slide,) = made.slides()
        assert sizes(only(slide, "content")) == {None}
        assert ids(found) == []

    def test_what_does_not_fit_is_set_smaller_and_reported(self) -> None:
        box = text_box(*[words(18)] * 4)
        made, found = lay_out_slides(boxes_of("Content", content=box))
        (slide,) = made.slides()
        assert sizes(only(slide, "content")) == {22}
        assert ids(found) == ["text-shrunk"]

    def test_siblings_are_set_alike(self) -> None:
        long, short = text_box("a " * 35), text_box("b")
        made, _ = lay_out_slides(
            boxes_of("Options", question=text_box("Q"), option_1=long, option_2=short)
        )
        (slide,) = made.slides()
        assert sizes(only(slide, "option_1")) == sizes(only(slide, "option_2")) == {22}
        assert sizes(only(slide, "question")) == {None}

    def test_tables_side_by_side_are_set_alike(self) -> None:
        def column(text: str) -> Table:
            row = (cell("09:00", style="minutes"), cell(text, style="agenda"))
            return Table((Column(0.96), Column()), (row,) * 6, description="A", tallest=0.46)

        long, short = column("An agenda item that is too long for a line of it"), column("b")
        made, _ = lay_out_slides(boxes_of("Two Columns", left=long, right=short))
        found = [f for s in made.slides() for f in s.frames if isinstance(f, TableFrame)]
        types = [{c[1].paragraph.runs[0].form.size for _, c in frame.rows} for frame in found]
        assert types == [{18}, {18}]

    def test_a_title_takes_a_second_line_where_no_task_follows(self) -> None:
        title = "A title of an activity that needs two lines, and not one more word"
        content, task = text_box("x"), text_box("t")
        made, found = lay_out_slides(boxes_of("Activity", title, content=content))
        assert ids(found) == []  # by design
        assert sizes(only(next(made.slides()), "title")) == {34}
        _, found = lay_out_slides(boxes_of("Activity", title, task=task, content=content))
        assert ids(found) == ["text-overflow"]

    def test_a_column_with_a_head_has_a_rule_and_begins_level_with_the_others(self) -> None:
        boxes = {"head_1": text_box("Head"), "left": text_box("Point"), "right": text_box("Point")}
        made, _ = lay_out_slides(boxes_of("Two Columns", **boxes))
        (slide,) = made.slides()
        assert only(slide, "left").rect.y == only(slide, "right").rect.y
        assert only(slide, "head_1").rect.bottom < only(slide, "left").rect.y
        assert [f.name for f in slide.frames if isinstance(f, ShapeFrame)] == ["head 1 rule"]


class TestSplitting:
    def test_a_long_list_takes_further_slides_with_numbered_titles(self) -> None:
        box = text_box(*(f"{k} {words(18)}" for k in range(12)))
        made, found = lay_out_slides(boxes_of("Content", content=box))
        slides = list(made.slides())
        assert [slide.title for slide in slides] == [
            "Title (1 of 3)", "Title (2 of 3)", "Title (3 of 3)",
        ]  # fmt: skip
        assert [len(only(slide, "content").paragraphs) for slide in slides] == [4, 4, 4]
        assert ids(found)[0] == "slide-split"

    def test_keys_stay_apart_and_the_first_is_kept(self) -> None:
        box = text_box(*[words(18)] * 12)
        made, _ = lay_out_slides(boxes_of("Content", content=box))
        assert [slide.key for slide in made.slides()] == ["one", "one#2", "one#3"]

    def test_notes_stand_on_the_first_part_and_the_others_point_to_them(self) -> None:
        box = text_box(*[words(18)] * 8)
        made, _ = lay_out_slides(boxes_of("Content", content=text_box("x")),
                                 boxes_of("Content", content=box))  # fmt: skip
        spoken = [slide.notes[0].text[0].text for slide in made.slides()]
        assert spoken == ["Hello", "Hello", "Same block: see the notes of slide 1."]

    def test_what_stands_beside_a_list_is_repeated(self) -> None:
        box = text_box(*[words(18)] * 8)
        made, _ = lay_out_slides(boxes_of("Content", content=box, source=text_box("Source")))
        shown = [only(slide, "source").paragraphs[0].runs[0].text for slide in made.slides()]
        assert shown == ["Source", "Source"]

    def test_a_table_is_parted_with_its_head(self) -> None:
        head = (cell("A", style="table_head"), cell("B", style="table_head"))
        rows = tuple((cell(f"Row {k}"), cell("x")) for k in range(20))
        box = Table((Column(), Column()), rows, head, description="T")
        made, _ = lay_out_slides(boxes_of("Content", content=box))
        tables = [f for s in made.slides() for f in s.frames if isinstance(f, TableFrame)]
        assert [len(frame.rows) for frame in tables] == [8, 8, 7]
        assert all(frame.has_head for frame in tables)

    def test_a_title_is_never_given_twice(self) -> None:
        box = text_box("x")
        made, _ = lay_out_slides(*[boxes_of("Content", content=box)] * 3)
        assert [slide.title for slide in made.slides()] == ["Title", "Title (2)", "Title (3)"]


class TestErrors:
    def at(self, blocks: str, *, line: int, id: str) -> None:
        """Check that laying out *blocks* gives this finding at this line of the outline."""
        diagnostics = Diagnostics()
        lay_out_plan(plan(blocks), diagnostics)
        found = [(d.id, d.span.line if d.span else None) for d in diagnostics
                 if d.severity is Severity.ERROR]  # fmt: skip
        assert found == [(id, line)]

    def test_a_text_that_cannot_fit_is_an_error_where_it_was_written(self) -> None:
        blocks = f"- kind: discussion\n  title: T\n  question: {words(90)}"
        self.at(blocks, line=5, id="text-overflow")

    def test_a_list_that_cannot_fit_is_an_error_where_it_begins(self) -> None:
        blocks = (
            "- kind: activity\n  title: T\n  debrief: {what: W}\n  roles:\n"
            f"    - {{name: {words(90)}, text: a}}"
        )
        self.at(blocks, line=7, id="text-overflow")

    def test_the_message_says_how_much_to_cut(self) -> None:
        diagnostics = Diagnostics()
        lay_out_plan(plan(f"- {{kind: discussion, title: T, question: {words(90)}}}"), diagnostics)
        message = next(d.message for d in diagnostics if d.id == "text-overflow")
        assert "shorten its 719 characters by about" in message
        assert 100 < int(message.rsplit(" ", 1)[1]) < 700

    def test_a_point_that_alone_is_too_long_is_an_error(self) -> None:
        blocks = f"- kind: content\n  title: T\n  points:\n    - short\n    - {words(300)}"
        diagnostics = Diagnostics()
        lay_out_plan(plan(blocks), diagnostics)
        assert "text-overflow" in ids(diagnostics)

    def test_a_word_that_is_too_wide_is_an_error_and_no_crash(self) -> None:
        blocks = f"- kind: briefing\n  title: T\n  key_message: short\n  points: [a, {'n' * 60}]"
        self.at(blocks, line=6, id="word-too-wide")

    def test_a_row_that_is_too_tall_is_an_error(self) -> None:
        blocks = (
            "- kind: comparison\n  title: T\n  columns: [A, B]\n  rows:\n"
            f"    - [One, x, {words(300)}]"
        )
        self.at(blocks, line=7, id="text-overflow")

    def test_a_title_that_is_too_long_is_an_error_at_its_block(self) -> None:
        blocks = f"- kind: content\n  title: {words(40)}\n  text: [x]"
        self.at(blocks, line=3, id="text-overflow")

    def test_a_footer_that_is_too_long_is_an_error(self) -> None:
        diagnostics = Diagnostics()
        frame = f"workshop:\n  title: T\n  footer: {words(40)}"
        lay_out_plan(plan("- {kind: content, title: A, text: [x]}", frame=frame), diagnostics)
        assert [(d.id, d.span and d.span.line) for d in diagnostics] == [("text-overflow", 3)]

    def test_all_that_is_wrong_is_found_in_one_run(self) -> None:
        blocks = "\n".join(
            f"- {{kind: discussion, title: T{k}, question: {words(90)}}}" for k in "abc"
        )
        diagnostics = Diagnostics()
        lay_out_plan(plan(blocks), diagnostics)
        assert ids(diagnostics) == ["text-overflow"] * 3


class TestMarksOfTime:
    STEPS = "steps: [{do: One, min: 1}, {do: Two, min: 9}, {do: Three, min: 20}]"

    def bar(self, made: Deck) -> GroupFrame:
        frames = next(made.slides()).frames
        return next(f for f in frames if isinstance(f, GroupFrame) and f.name == "Time bar")

    def test_lengths_are_as_the_minutes_but_for_a_floor(self) -> None:
        slide = next(deck(f"- {{kind: discussion, title: D, question: Q, {self.STEPS}}}").slides())
        timers = [frame.rect.w for frame in slide.frames if frame.name.startswith("timer")]
        one, two, three = (width / 914_400 for width in timers)
        assert one == pytest.approx(0.4)
        assert three / two == pytest.approx(20 / 9, rel=0.001)

    def test_a_timer_stands_on_the_idle_bar_and_runs_for_its_minutes(self) -> None:
        made = deck(f"- {{kind: discussion, title: D, question: Q, {self.STEPS}}}")
        timers = [f for f in next(made.slides()).frames if isinstance(f, ShapeFrame) and f.timer]
        assert [frame.timer for frame in timers] == [60_000, 540_000, 1_200_000]
        assert all(shape.fill is None for shape in self.bar(made).shapes)

    def test_each_step_has_its_square(self) -> None:
        made = deck(f"- {{kind: discussion, title: D, question: Q, {self.STEPS}}}")
        frames = next(made.slides()).frames
        squares = [f for f in frames if isinstance(f, ShapeFrame) and f.name.startswith("step")]
        assert [shape.paragraph.runs[0].text for shape in squares if shape.paragraph] == list("123")

    @pytest.mark.parametrize("count", [40, 300])
    def test_many_segments_stay_inside_the_slide(self, count: int) -> None:
        blocks = "\n".join(
            ["- {kind: title, title: T, time: 5}"]
            + [f"- {{kind: cornell, time: 5, cues: [c], id: c{k}}}" for k in range(count)]
        )
        rects = [shape.rect for shape in self.bar(deck(blocks)).shapes]
        assert len(rects) == count + 1
        assert all(rect.w > 0 and SLIDE.contains(rect) for rect in rects)
        assert all(one.right <= two.x for one, two in pairwise(rects))

    @pytest.mark.parametrize(("kind", "solid"), [("content, text: [x]", False), ("activity", True)])
    def test_the_chip_is_solid_while_people_work(self, kind: str, solid: bool) -> None:
        slide = next(deck(f"- {{kind: {kind}, title: T, time: 5}}").slides())
        chip = only(slide, "time_chip")
        assert (chip.fill is not None or chip.place.style == "chip") is solid

    def test_the_phase_stands_on_work_slides_and_not_on_pauses(self) -> None:
        text = """
        - {kind: content, title: T, text: [x], phase: concept}
        - {kind: break, phase: concept}
        """
        talk, pause = deck(text).slides()
        assert "Phase marker" in [frame.name for frame in talk.frames]
        assert "Phase marker" not in [frame.name for frame in pause.frames]


def test_frames_come_in_reading_order() -> None:
    made = deck(
        "- {kind: poll, title: T, question: Q, options: [A, B], phase: connect, method: poll}"
    )
    assert [frame.name for frame in next(made.slides()).frames] == [
        "title", "Phase marker", "phase_name", "time_chip", "question", "option_1", "option_2",
        "option number 1", "option number 2", "Time bar", "timer 1", "timer 2", "step_1",
        "step_2", "step 1", "step 2",
        "footer_title", "slide_number",
    ]  # fmt: skip


# any text at all ------------------------------------------------------------------------------

LATIN = ("abcdefghij  ,.-", "äöüßÀñçÉ ’“”–…  ", "*_`[]()<>&|\\#~ ab")
OTHERS = (  # their line breaks cost half a millisecond a character, so they stay short here
    "漢字仮名交じり文、。「」",
    "مرحبا بالعالم ،؟",
    "😀👩‍👩‍👧‍👦🏴👍🏽 ",
    "\u00a0\u200b\u00ad\u202e\u2028ก่ำ ខ្មែរ",
)


def drawn_from(alphabets: tuple[str, ...], most: int) -> st.SearchStrategy[str]:
    """Return texts of up to *most* characters of one alphabet."""
    return st.sampled_from(alphabets).flatmap(
        lambda alphabet: st.text(alphabet=alphabet, min_size=1, max_size=most)
    )


def repeated(texts: st.SearchStrategy[str], between: str, most: int) -> st.SearchStrategy[str]:
    """Return texts that say the same up to *most* times."""
    return st.builds(lambda text, times: between.join([text] * times), texts, st.integers(1, most))


WRITTEN = st.one_of(
    drawn_from(LATIN + OTHERS, 15),
    drawn_from(LATIN, 60),
    repeated(drawn_from(LATIN, 12), " ", 60),
    repeated(drawn_from(LATIN, 12), "", 90),
    repeated(drawn_from(OTHERS, 8), " ", 8),
)
TEXTS = WRITTEN.map(lambda text: Text(re.sub(" +", " ", text).strip() or "x"))


def many(
    least: int, most: int, texts: st.SearchStrategy[Text] = TEXTS
) -> st.SearchStrategy[tuple[Text, ...]]:
    """Return tuples of texts."""
    return st.lists(texts, min_size=least, max_size=most).map(tuple)


def optional(texts: st.SearchStrategy[Text] = TEXTS) -> st.SearchStrategy[Text | None]:
    return st.none() | texts


STEPS = st.lists(
    st.builds(Step, do=TEXTS, min=st.none() | st.integers(0, 30).map(float)), max_size=6
).map(tuple)
POINTS = st.builds(
    Point, text=TEXTS, points=st.lists(st.builds(Point, text=TEXTS), max_size=3).map(tuple)
)
LISTS = st.lists(POINTS, min_size=1, max_size=8).map(tuple)
COLUMN = st.builds(ContentColumn, title=optional(), points=LISTS)
DEBRIEF = st.builds(Debrief, what=optional(), so_what=optional(), now_what=optional())
FIELDS = {
    ContentBlock: {"text": many(0, 3), "points": LISTS, "source": optional()},
    BriefingBlock: {"key_message": TEXTS, "points": many(0, 4)},
    HighlightBlock: {"text": TEXTS, "credit": optional(), "paraphrase": st.booleans()},
    DiscussionBlock: {"question": TEXTS, "steps": STEPS, "debrief": DEBRIEF},
    ActivityBlock: {
        "task": optional(), "options": many(0, 6), "steps": STEPS, "produce": optional(),
        "cards": st.builds(Card, text=TEXTS).map(lambda card: (card,)),
    },
    PollBlock: {"question": TEXTS, "options": many(2, 8), "steps": STEPS},
    ChecklistBlock: {
        "items": st.lists(
            st.builds(ChecklistItem, text=TEXTS, owner=optional(), by=optional()),
            min_size=1, max_size=12,
        ).map(tuple)
    },
    ComparisonBlock: {
        "columns": many(2, 2), "rows": st.lists(many(3, 3), min_size=1, max_size=12).map(tuple),
    },
    FrameworkBlock: {
        "criteria": st.lists(st.builds(Criterion, name=TEXTS), min_size=1, max_size=5).map(tuple),
        "bands": st.dictionaries(st.sampled_from(["0-1", "2-3", "4-5", "6"]), TEXTS, max_size=4),
    },
    QuizBlock: {
        "items": st.lists(
            st.builds(QuizItem, q=TEXTS, a=TEXTS, options=st.just(()) | many(2, 4)),
            min_size=1, max_size=3,
        ).map(tuple)
    },
    CaseBlock: {
        "question": TEXTS, "steps": STEPS,
        "cases": st.lists(st.builds(Case, text=TEXTS), min_size=1, max_size=4).map(tuple),
    },
    ExitTicketBlock: {"prompts": many(1, 8)},
    RecapBlock: {
        "takeaways": many(1, 6), "follow_up": optional(),
        "actions": st.lists(st.builds(Action, do=TEXTS, by=optional()), max_size=3).map(tuple),
    },
    TitleBlock: {
        "subtitle": optional(), "presenters": many(0, 2), "ground_rules": many(0, 4),
        "slides": st.just(("title", "objectives", "agenda", "ground_rules")),
    },
}  # fmt: skip


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    """Draw a block of any kind with any texts."""
    kind = draw(st.sampled_from(sorted(FIELDS, key=lambda cls: cls.KIND)))
    minutes = draw(st.integers(0, 90))
    return kind(
        id=Text(f"b{draw(st.integers(0, 10**9))}"),
        title=draw(TEXTS),
        phase=draw(st.sampled_from([None, "connect", "conclude"])),
        time=TimeRange(min=minutes, ideal=minutes, max=minutes),
        **{name: draw(values) for name, values in FIELDS[kind].items()},
    )


@st.composite
def laid_out(draw: st.DrawFn) -> tuple[list[Section], Deck, Diagnostics]:
    """Draw boxes, the deck laid out from them, and what was found."""
    drawn = draw(st.lists(blocks(), min_size=1, max_size=3))
    made, name = plan_of(drawn), draw(st.sampled_from(theme_names()))
    diagnostics = Diagnostics()
    return compose(made), lay_out_in(made, name, diagnostics), diagnostics


def lay_out_in(made: Plan, name: str, diagnostics: Diagnostics) -> Deck:
    """Return the deck of a plan in a theme that ships with deckgen."""
    read = with_pictures(compose(made), diagnostics)
    return lay_out(read, setting(str(made.workshop.title), THEMES[name]), diagnostics)


def plan_of(drawn: list[Block]) -> Plan:
    """Return the plan of these blocks."""
    made = make_plan(outline_of(*drawn), "outline", Diagnostics())
    assert made is not None
    return made


@settings(max_examples=150)
@given(laid_out())
def test_whatever_people_write(made: tuple[list[Section], Deck, Diagnostics]) -> None:
    sections, deck, found = made
    for slide in deck.slides():
        check_inside(slide, found)
        check_apart(slide)
        check_type(slide, deck.theme)
    for section, framed in zip(sections, deck.sections, strict=True):
        check_words(section, framed, found)
    titles = [slide.title for slide in deck.slides()]
    assert len(titles) == len(set(titles))


def check_inside(slide: FramedSlide, found: Diagnostics) -> None:
    """No frame is outside the slide, and no text outside its frame unless that is an error."""
    for frame in slide.frames:
        assert SLIDE.contains(frame.rect), frame.name
        if isinstance(frame, TextFrame):
            assert found.has_errors or frame.height <= frame.rect.h, frame.name


# A numeral stands inside its option, a square inside its step.
MARKS = ("option number ", "step ")


def check_apart(slide: FramedSlide) -> None:
    """No two frames overlap, but for marks inside what they mark, and timers on their bar."""
    plain_frames = [frame for frame in slide.frames if not frame.name.startswith(MARKS)]
    if any(frame.name.startswith("timer ") for frame in plain_frames):
        plain_frames = [frame for frame in plain_frames if frame.name != "Time bar"]
    for one, two in combinations(plain_frames, 2):
        assert not one.rect.overlaps(two.rect), (slide.slide_layout, one.name, two.name)
    for frame in slide.frames:
        if frame.name.startswith(MARKS):
            assert any(hold.rect.contains(frame.rect) for hold in texts(slide)), frame.name


def check_type(slide: FramedSlide, theme: Theme) -> None:
    """No text is set under the floor of its place's style; labels have a size of their own."""
    for frame in texts(slide):
        for part in frame.paragraphs:
            floor = theme.floor(frame.place.levels[part.level])
            given_sizes = [run.form.size for run in part.runs if run.form.size is not None]
            label = theme.type["label"].size
            assert all(size >= floor or size == label for size in given_sizes), frame.name


def check_words(section: Section, framed: DeckSection, found: Diagnostics) -> None:
    """Every word of the boxes is kept, in order, over the slides that a box was parted to."""
    slides = list(framed.slides)
    for boxes in section.slides:
        own = [slides.pop(0)]
        while slides and slides[0].key.startswith(f"{boxes.key}#"):
            own.append(slides.pop(0))
        for name, box in boxes.boxes.items():
            parts = [shown(slide, name) for slide in own]
            together = [word for part in parts for word in part]
            whole = wanted(box)
            assert (
                together == whole
                or all(part == whole for part in parts)
                or (isinstance(box, Table) and found.has_errors)
            ), name
    assert slides == []


def wanted(box: TextBox | Table) -> list[str]:
    """Return the words of a box, without a table's head, which is repeated."""
    if isinstance(box, TextBox):
        return [word for part in box.paragraphs for word in plain_words(part.text)]
    return [word for row in box.rows for c in row for word in plain_words(c.paragraph.text)]


def shown(slide: FramedSlide, name: str) -> list[str]:
    """Return the words that a slide shows in a place, a table's head left out."""
    for frame in slide.frames:
        if frame.name == name and isinstance(frame, TextFrame):
            return list(words_of(frame.paragraphs))
        if frame.name == name and isinstance(frame, TableFrame):
            rows = frame.rows[1:] if frame.has_head else frame.rows
            return list(words_of(c.paragraph for _, cells in rows for c in cells))
    return []


def words_of(paragraphs: Iterable[FrameParagraph]) -> Iterator[str]:
    """Yield the words of paragraphs."""
    for part in paragraphs:
        yield from plain_words("".join(run.text for run in part.runs))


def plain_words(text: str) -> list[str]:
    """Return the words of a text without the zero-width spaces that let a long one break."""
    return text.replace("\u200b", "").split()


@settings(max_examples=30)
@given(st.lists(blocks(), min_size=1, max_size=2))
def test_the_same_outline_gives_the_same_deck(drawn: list[Block]) -> None:
    one, two = Diagnostics(), Diagnostics()
    first = lay_out_plan(plan_of(drawn), one)
    assert first.sections == lay_out_plan(plan_of(drawn), two).sections
    assert [(d.id, d.message) for d in one] == [(d.id, d.message) for d in two]


@pytest.mark.parametrize("alphabet", [*LATIN, *OTHERS])
def test_a_text_of_any_script_that_is_far_too_long_is_an_error(alphabet: str) -> None:
    text = (alphabet.strip(" -") * 60)[:600]
    boxes = boxes_of("Question", question=TextBox((Paragraph((Run(text),)),)))
    made, found = lay_out_slides(boxes)
    assert set(ids(found)) <= {"text-overflow", "word-too-wide"}
    assert found.has_errors
    assert len(list(made.slides())) == 1
