"""What each kind of block puts on its slides, before layout.

`MINIMAL` holds the least that a kind needs, else its example does; its golden outline (`golden/<kind>`) gives every field.
"""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from deckgen.blocks import KINDS, load_kind
from deckgen.blocks.base import Block, PracticeBlock
from deckgen.blocks.pieces import listed
from deckgen.boxes import Chart, Fill, Paragraph, SlideBoxes, State, Table, TextBox, plain
from deckgen.diagnostics import Diagnostics
from deckgen.languages import Words, catalogue, known
from deckgen.outline.load import load
from deckgen.outline.model import Outline
from deckgen.outline.reference import EXAMPLES
from deckgen.reading.fields import FACILITATOR, Text
from deckgen.reading.reader import declared_fields
from deckgen.theme.places import slide_layouts
from examples import least
from stages import deck, plan, slides

GOLDEN = Path(__file__).parent.parent / "golden"

MINIMAL = {
    "title": "title: Bees",
    "agenda": "",
    "objectives": "",
    "ground_rules": "rules: [Move slowly]",
    "briefing": "title: Smoke, key_message: Smoke makes bees eat",
    "comparison": "title: Hives, columns: [Top bar, Frame], rows: [[Weight, Low, High]]",
    "highlight": "text: Every bee has a month",
    "key_points": "items: [Look, Listen]",
    "discussion": "title: Stings, question: What did you do?",
    "activity": "title: Light a smoker",
    "poll": "title: Vote, question: Gloves or not?, options: [Gloves, None]",
    "debrief": "what: What happened?",
    "checklist": "items: [Veil]",
    "framework": "title: Swarm or stay?, criteria: [Space]",
    "quiz": "items: [{q: How many legs?, a: Six}]",
    "case": "title: Advise, question: What now?, cases: ['Ada, found a swarm']",
    "break": "",
    "exit_ticket": "prompts: [I will …]",
    "recap": "takeaways: [Slow hands]",
    "resources": "terms: {Super: A box for honey}",
    "parking_lot": "prompt: On the wall",
    "cornell": "cues: [Why smoke?]",
    "content": "title: Wax, text: [It melts]",
    "section": "title: The other side of the hive",
    "video": "title: A swarm, url: 'https://bees.example/swarm'",
    "audio": "title: A queen, url: 'https://bees.example/queen'",
    "chart": "title: More bees, categories: [May, June], data: {Bees: [3, 5]}",
    "image": "title: A hive, file: hive.png, decorative: true",
    "code": "title: Count, code: bees += 1",
}
LAYOUTS = {
    "title": ["Title"],
    "agenda": ["Two Columns"],
    "objectives": ["Content"],
    "ground_rules": ["Content"],
    "briefing": ["Key Message"],
    "comparison": ["Content"],
    "highlight": ["Statement"],
    "key_points": ["Content"],
    "discussion": ["Question"],
    "activity": ["Activity"],
    "poll": ["Options"],
    "debrief": ["Content"],
    "checklist": ["Content"],
    "framework": ["Activity"],
    "quiz": ["Question", "Answer"],
    "case": ["Activity"],
    "break": ["Break"],
    "exit_ticket": ["Exit Ticket"],
    "recap": ["Two Columns"],
    "resources": ["Content"],
    "parking_lot": ["Question"],
    "cornell": [],
    "content": ["Content"],
    "chart": ["Content"],
    "image": ["Content"],
    "section": ["Section"],
    "video": ["Content"],
    "audio": ["Content"],
    "code": ["Content"],
}


def minimal(kind: str) -> str:
    """Return a block of this kind with the least that it needs."""
    if kind not in MINIMAL:
        return f"- {json.dumps(least(kind), ensure_ascii=False)}"
    fields = ", ".join(part for part in (f"kind: {kind}", MINIMAL[kind]) if part)
    return f"- {{{fields}}}"


def full(kind: str) -> Outline:
    """Return the golden outline of this kind."""
    diagnostics = Diagnostics()
    outline = load(GOLDEN / kind / "outline.yaml", diagnostics)
    assert outline is not None
    return outline


def words(boxes: SlideBoxes) -> str:
    """Return all that stands on a slide: a text for a line, names of styles among them."""
    return "\n".join(strings(boxes._replace(notes=(), span=None)))


def strings(value: Any) -> Iterator[str]:
    """Yield every text under *value*, the runs of a paragraph as one."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Paragraph):
        yield value.text
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from strings(item)


def paragraphs(box: Any) -> Iterator[Paragraph]:
    """Yield the paragraphs of a text or of a table, row by row."""
    if isinstance(box, TextBox):
        yield from box.paragraphs
    elif isinstance(box, Table):
        yield from (cell.paragraph for row in (box.head, *box.rows) for cell in row)


def texts(boxes: SlideBoxes, name: str) -> list[str]:
    """Return the texts of one box, a table's row by row."""
    return [part.text for part in paragraphs(boxes.boxes[name])]


def rows(boxes: SlideBoxes, name: str = "content") -> list[list[str]]:
    """Return the texts of a table's rows without its head."""
    table = boxes.boxes[name]
    assert isinstance(table, Table)
    return [[cell.paragraph.text for cell in row] for row in table.rows]


def facilitator_texts(value: Any) -> Iterator[str]:
    """Yield every text under *value* that only the facilitator may see."""
    if isinstance(value, tuple):
        for item in value:
            yield from facilitator_texts(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for name, declared in declared_fields(type(value)).items():
            found = getattr(value, name)
            yield from (
                all_texts(found) if declared.sees == {FACILITATOR} else (facilitator_texts(found))
            )


def all_texts(value: Any) -> Iterator[str]:
    """Yield every text under *value*."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from all_texts(item)
    elif isinstance(value, Block):
        return  # `alt` repeats what its block says
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for name in declared_fields(type(value)):
            yield from all_texts(getattr(value, name))


# every kind -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_whole(kind: str) -> None:
    """Beside its module a kind needs words in every language, and an example."""
    wanted = [f"words `{key}.{kind}` in {code}.yaml" for code in known() for key in ("doing", "done_when")
              if f"{key}.{kind}" not in catalogue(code)]  # fmt: skip
    has_worksheet = load_kind(kind).worksheet is not Block.worksheet
    if load_kind(kind).ON_PAPER is not has_worksheet:
        wanted.append(f"a `worksheet`, or `ON_PAPER = False`: blocks/{kind}_block.py")
    if not (GOLDEN / kind / "outline.yaml").is_file():
        wanted.append(f"an example: tests/golden/{kind}/outline.yaml")
    if not (EXAMPLES / f"{kind}.yaml").is_file():
        wanted.append(f"a short example to paste: src/deckgen/blocks/examples/{kind}.yaml")
    assert wanted == []


@pytest.mark.parametrize("kind", LAYOUTS)
def test_the_least_of_a_kind_gives_its_slide_layouts(kind: str) -> None:
    assert [boxes.slide_layout for boxes in slides(minimal(kind))] == LAYOUTS[kind]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "image"])
def test_the_least_of_a_kind_can_be_laid_out(kind: str) -> None:
    laid_out = len(list(deck(minimal(kind)).slides()))
    assert laid_out == len(LAYOUTS.get(kind, slides(minimal(kind))))


@pytest.mark.parametrize("kind", KINDS)
def test_its_golden_outline_gives_every_field_of_a_kind(kind: str) -> None:
    cls = load_kind(kind)
    base = PracticeBlock if issubclass(cls, PracticeBlock) else Block
    defaults = {field.name: field.default for field in dataclasses.fields(cls)}
    blocks = [block for block in full(kind).blocks if isinstance(block, cls)]
    for name in set(declared_fields(cls)) - set(declared_fields(base)):
        values = [getattr(block, name) for block in blocks]
        assert any(value not in (defaults[name], (), {}) for value in values), name


@pytest.mark.parametrize("kind", KINDS)
def test_boxes_go_into_places_that_their_slide_layout_has(kind: str) -> None:
    for boxes in slides(full(kind)):
        places = slide_layouts()[boxes.slide_layout].places
        assert set(boxes.boxes) <= set(places)
        used = Counter(places[name].idx for name in boxes.boxes)
        assert not used or max(used.values()) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_every_slide_has_a_title_and_a_key_of_its_own(kind: str) -> None:
    found = slides(full(kind))
    assert all(plain(boxes.title).strip() for boxes in found)
    keys = [boxes.key for boxes in found]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("kind", KINDS)
def test_no_box_is_empty_and_no_paragraph_of_a_text_is(kind: str) -> None:
    for boxes in slides(full(kind)):
        for box in boxes.boxes.values():
            assert isinstance(box, TextBox | Table) is bool(list(paragraphs(box)))
            assert isinstance(box, Table) or all(part.text for part in paragraphs(box))


@pytest.mark.parametrize("kind", KINDS)
def test_rows_have_a_cell_for_each_column(kind: str) -> None:
    for boxes in slides(full(kind)):
        for box in boxes.boxes.values():
            if isinstance(box, Table):
                assert {len(row) for row in (*box.rows, box.head) if row} == {len(box.columns)}
                assert box.description


@pytest.mark.parametrize("kind", KINDS)
def test_the_speaker_notes_stand_on_the_first_slide_of_a_block_and_only_there(kind: str) -> None:
    made = plan(full(kind))
    for planned in made.blocks:
        first, *others = planned.block.compose(planned.context) or [None]
        assert first is None or first.notes[0].lead == "Time."
        assert not any(boxes.notes for boxes in others)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "agenda"])
def test_what_only_the_facilitator_may_see_is_in_no_box(kind: str) -> None:
    outline = full(kind)
    secret = {str(text) for block in outline.blocks for text in facilitator_texts(block)}
    shown = "\n".join(words(boxes) for boxes in slides(outline))
    assert secret, "a golden outline without such a text shows nothing"
    assert [text for text in secret if text in shown] == []


@pytest.mark.parametrize("kind", KINDS)
def test_notes_of_every_sort_stay_with_the_facilitator(kind: str) -> None:
    text = minimal(kind).removesuffix("}") + (
        ", lead: zq0, notes: {purpose: zq1, say: zq2, do: zq3, ask: zq4, probes: zq5, expect: zq6,"
        " misconception: {claim: zq7, response: zq8}, watch: zq9, transition: zqa, online: zqb,"
        " hybrid: zqc, if_short: zqd, if_long: zqe, contingency: zqf, background: zqg}}"
    )
    found = slides(text)
    assert "zq" not in "\n".join(words(boxes) for boxes in found)
    spoken = "".join(plain(note.text) for boxes in found for note in boxes.notes)
    if found:
        assert spoken.count("zq") == 15  # all but who leads and what to read the night before


# some kinds -----------------------------------------------------------------------------------


class TestHighlight:
    def test_a_paraphrase_has_no_quotation_marks(self) -> None:
        (boxes,) = slides("- {kind: highlight, text: Slow is smooth}")
        assert plain(boxes.title) == "Slow is smooth"

    def test_a_quotation_has(self) -> None:
        (boxes,) = slides("- {kind: highlight, text: Slow is smooth, paraphrase: false}")
        assert plain(boxes.title) == "“Slow is smooth”"


class TestOptions:
    OPTIONS = "[One, Two, Three, Four]"
    FIVE = "[One, Two, Three, Four, Five]"

    @pytest.mark.parametrize("kind", ["poll", "activity"])
    def test_up_to_four_have_places_of_their_own(self, kind: str) -> None:
        (boxes,) = slides(self.block(kind, self.OPTIONS))
        assert (boxes.slide_layout, boxes.numerals) == ("Options", 4)
        assert [texts(boxes, f"option_{k}") for k in (1, 2, 3, 4)] == [
            ["One"], ["Two"], ["Three"], ["Four"],
        ]  # fmt: skip

    @pytest.mark.parametrize("kind", ["poll", "activity"])
    def test_five_fall_back_to_a_list(self, kind: str) -> None:
        (boxes,) = slides(self.block(kind, self.FIVE))
        assert (boxes.slide_layout, boxes.numerals) == ("Activity", 0)
        shown = "\n".join(texts(boxes, "content"))
        assert [shown.count(word) for word in ("One", "Two", "Three", "Four", "Five")] == [1] * 5

    def test_five_steps_have_a_slide_after_the_options(self) -> None:
        steps = ", ".join(f"{{do: Step {k}, min: 1}}" for k in range(5))
        text = f"- {{kind: poll, title: P, question: Q, options: {self.OPTIONS}, steps: [{steps}]}}"
        options, boxes = slides(text)
        assert options.slide_layout == "Options"
        assert options.bar is None
        assert boxes.slide_layout == "Activity"
        assert [cells[1] for cells in rows(boxes)] == [f"Step {k}" for k in range(5)]
        assert boxes.notes == ()

    def block(self, kind: str, options: str) -> str:
        asks = "question: Which?" if kind == "poll" else "statement: Choose"
        return f"- {{kind: {kind}, title: P, {asks}, options: {options}}}"


class TestSteps:
    @pytest.mark.parametrize(
        ("count", "layout"), [(1, "Question"), (4, "Question"), (5, "Activity")]
    )
    def test_a_discussion_shows_up_to_four_under_the_horizon(self, count: int, layout: str) -> None:
        steps = ", ".join(f"{{do: Step {k}, min: 2}}" for k in range(1, count + 1))
        (boxes,) = slides(f"- {{kind: discussion, title: D, question: Q, steps: [{steps}]}}")
        assert boxes.slide_layout == layout
        assert boxes.squares == (count if layout == "Question" else 0)
        assert boxes.bar is not None
        assert [segment.weight for segment in boxes.bar.segments] == [2] * count
        shown = words(boxes)
        assert all(f"Step {k}" in shown for k in range(1, count + 1))

    def test_an_activity_shows_them_with_their_minutes(self) -> None:
        steps = "[{do: Light it, min: 3}, {do: Puff, min: 7}]"
        (boxes,) = slides(f"- {{kind: activity, title: A, steps: {steps}}}")
        assert rows(boxes) == [["1", "Light it", "3\u00a0min"], ["2", "Puff", "7\u00a0min"]]

    def test_a_case_puts_steps_before_facts(self) -> None:
        found = slides(full("case"))[0]
        assert texts(found, "fact_1") == ["2\u00a0min", "Read one case"]
        assert texts(found, "fact_4") == ["You will produce", "A first sentence"]
        assert found.squares == 3


class TestDebrief:
    def test_a_debrief_follows_on_a_slide_of_its_own(self) -> None:
        text = "- {kind: activity, title: Try, debrief: {what: What?, now_what: And now?}}"
        _, boxes = slides(text)
        assert plain(boxes.title) == "Look back: Try"
        assert rows(boxes) == [["What?", "What?"], ["Now what?", "And now?"]]

    @pytest.mark.parametrize(("last", "chip"), [("Debrief", "4\u00a0min"), ("Report", None)])
    def test_its_chip_shows_the_minutes_of_the_step_that_is_the_debrief(
        self, last: str, chip: str | None
    ) -> None:
        steps = f"[{{do: Work, min: 6}}, {{do: {last}, min: 4}}]"
        _, boxes = slides(f"- {{kind: activity, title: A, steps: {steps}, debrief: {{what: W}}}}")
        assert boxes.chip == chip

    def test_a_debrief_without_a_question_gives_no_slide(self) -> None:
        (boxes,) = slides("- {kind: activity, title: Try, debrief: {title: Nothing}}")
        assert boxes.slide_layout == "Activity"


class TestQuiz:
    TEXT = """
    - kind: quiz
      title: Q
      items: [{q: One?, a: Yes it is}, {q: Two?, a: "No", options: [A, "No"]}]
    """

    def test_question_and_answer_come_by_turns(self) -> None:
        found = slides(self.TEXT)
        assert [boxes.slide_layout for boxes in found] == [
            "Question",
            "Answer",
            "Options",
            "Answer",
        ]
        assert [plain(boxes.title) for boxes in found] == [
            "Q (1 of 2)", "Q (1 of 2, answer)", "Q (2 of 2)", "Q (2 of 2, answer)",
        ]  # fmt: skip

    def test_no_answer_shows_on_its_question(self) -> None:
        question, answer, *_ = slides(self.TEXT)
        assert "Yes it is" not in words(question)
        assert texts(answer, "answer") == ["Yes it is"]

    def test_nothing_moves_from_question_to_answer(self) -> None:
        question, answer, *_ = slides(self.TEXT)
        assert question.boxes["question"] == answer.boxes["question"]
        assert question.bar == answer.bar

    def test_the_bar_shows_which_question_it_is(self) -> None:
        bars = [boxes.bar for boxes in slides(self.TEXT)]
        states = [[segment.state for segment in bar.segments] for bar in bars if bar]
        assert states == [[State.BAR, State.IDLE]] * 2 + [[State.IDLE, State.BAR]] * 2


class TestAgenda:
    DAY = """
    - {kind: agenda}
    - {kind: content, title: One, text: [a], time: 12}
    - {kind: break, time: 9}
    - {kind: agenda, id: mid}
    - {kind: content, title: Two, text: [b], time: 15}
    """

    def test_its_rows_are_the_blocks_that_take_time_and_the_end(self) -> None:
        first = slides(self.DAY)[0]
        assert rows(first, "left") == [
            ["09:00", "One"], ["09:12", "Break"], ["09:21", "Two"], ["09:36", "Finish"],
        ]  # fmt: skip

    def test_at_the_start_nothing_is_past_and_nothing_is_now(self) -> None:
        first = slides(self.DAY)[0]
        assert fills(first) == [Fill.TIME] * 4
        assert first.bar is not None
        assert first.bar.now == ""

    def test_in_mid_session_it_shows_what_is_past_and_what_is_now(self) -> None:
        mid = slides(self.DAY)[3]
        assert fills(mid) == [Fill.PAST, Fill.PAST, Fill.NOW, Fill.TIME]
        assert mid.bar is not None
        assert [segment.state for segment in mid.bar.segments] == [
            State.PAST, State.PAST, State.TIME,
        ]  # fmt: skip

    @pytest.mark.parametrize(("blocks", "columns"), [(5, [6]), (6, [4, 3]), (11, [6, 6])])
    def test_rows_fill_one_column_then_two(self, blocks: int, columns: list[int]) -> None:
        (first, *_) = slides(self.day(blocks))
        assert [len(rows(first, name)) for name in first.boxes] == columns

    def test_more_rows_take_more_slides(self) -> None:
        found = [boxes for boxes in slides(self.day(12)) if boxes.slide_layout == "Two Columns"]
        assert [plain(boxes.title) for boxes in found] == ["Agenda (1 of 2)", "Agenda (2 of 2)"]

    def test_a_session_without_minutes_has_no_bar(self) -> None:
        (boxes,) = slides("- {kind: agenda}")
        assert boxes.bar is None
        assert rows(boxes, "left") == [["09:00", "Finish"]]

    def day(self, blocks: int) -> str:
        lines = (f"- {{kind: content, title: T{k}, text: [x], time: 5}}" for k in range(blocks))
        return "\n".join(["- {kind: agenda}", *lines])


def fills(boxes: SlideBoxes) -> list[Fill]:
    """Return how the clock times of an agenda stand out."""
    table = boxes.boxes["left"]
    assert isinstance(table, Table)
    return [row[0].fill for row in table.rows]


class TestTitle:
    def test_its_slides_come_in_the_order_given(self) -> None:
        text = "- {kind: title, title: T, time: 5, slides: [agenda, title]}"
        assert [boxes.slide_layout for boxes in slides(text)] == ["Two Columns", "Title"]

    def test_the_cover_shows_neither_chip_nor_phase(self) -> None:
        (cover,) = slides("- {kind: title, title: T, time: 5, phase: connect}")
        assert (cover.chip, cover.phase) == (None, None)

    def test_the_buffer_is_outlined_on_the_bar(self) -> None:
        frame = "workshop: {title: T, budget: 20, buffer: 50%}"
        text = "- {kind: title, title: T, time: 5}\n- {kind: exit_ticket, prompts: [p], time: 5}"
        cover, _ = slides(text, frame=frame)
        assert cover.bar is not None
        assert [(s.weight, s.state) for s in cover.bar.segments] == [
            (5, State.TIME), (10, State.IDLE), (5, State.TIME),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("minutes", "weights"), [(3, [1, 1, 1]), (20, [1] * 20), (21, [5, 5, 5, 5, 1]), (25, [5] * 5)]
)
def test_a_break_has_a_segment_per_minute_or_per_five(minutes: int, weights: list[int]) -> None:
    (boxes,) = slides(f"- {{kind: break, time: {minutes}}}")
    assert boxes.bar is not None
    assert [segment.weight for segment in boxes.bar.segments] == weights


def test_a_break_past_midnight_tells_the_time_of_the_next_day() -> None:
    (boxes,) = slides("- {kind: break, time: 20}", frame="workshop: {title: T, start: 23:50}")
    assert texts(boxes, "clock") == ["00:10"]


def test_objectives_begin_with_a_bold_verb() -> None:
    frame = "workshop: {title: T, objectives: [Open a hive, '3 signs of a swarm']}"
    (boxes,) = slides("- {kind: objectives}", frame=frame)
    table = boxes.boxes["content"]
    assert isinstance(table, Table)
    bold = [[run.text for run in row[1].paragraph.runs if run.bold] for row in table.rows]
    assert bold == [["Open"], []]


def test_key_points_over_four_are_parted_evenly() -> None:
    found = slides("- {kind: key_points, items: [a, b, c, d, e, f]}")
    assert [texts(boxes, "content") for boxes in found] == [["a", "b", "c"], ["d", "e", "f"]]
    assert [plain(boxes.title) for boxes in found] == ["Key points (1 of 2)", "Key points (2 of 2)"]


def test_links_that_nobody_has_checked_stay_off_the_slide() -> None:
    first, alone = slides(full("resources"))
    assert rows(first) == [
        ["Canal bird log", "https://birds.example/log?y=2026&m=4"],
        ["Ask the ringers", "mailto:ringers@birds.example"],
        ["The ringer's manual", "paper, at the desk"],
        ["Song meanings", "with spectrograms https://birds.example/songs"],
        ["Ada, who knows them all", ""],
        ["Contact call", "A short note that says I am here"],
        ["Subsong", "Quiet practice of a young bird"],
    ]
    assert rows(alone) == [["A year on the canal"], ["Rings"]]


def test_a_checklist_has_columns_for_owner_and_date_where_any_is_given() -> None:
    first, second = slides(full("checklist"))
    assert [len(row) for row in rows(first)] == [4, 4, 4]
    assert [len(row) for row in rows(second)] == [2, 2]


def test_cornell_notes_show_nothing_in_the_room() -> None:
    assert slides(full("cornell")) == []


def test_points_deeper_than_three_levels_stay_on_the_third() -> None:
    text = """
    - kind: content
      title: T
      points: [{text: a, points: [{text: b, points: [{text: c, points: [d]}]}]}]
    """
    (boxes,) = slides(text)
    box = boxes.boxes["content"]
    assert isinstance(box, TextBox)
    assert [(part.text, part.level) for part in box.paragraphs] == [
        ("a", 0), ("b", 1), ("c", 2), ("d", 2),
    ]  # fmt: skip


def test_a_person_in_a_case_is_named_before_the_first_comma() -> None:
    (boxes,) = slides(
        "- {kind: case, title: T, question: Q, cases: ['Ada, lost, and late', Ben, '**Cy, 40**, at sea']}"
    )
    assert rows(boxes) == [["Ada", "lost, and late"], ["Ben", ""], ["Cy, 40", "at sea"]]


def test_a_description_for_screen_readers_holds_no_markup() -> None:
    text = """
    - {kind: title, title: A **bold** hive, time: 5}
    - {kind: agenda}
    - {kind: activity, title: B, steps: [{do: Lift *slowly*, min: 5}]}
    - {kind: comparison, title: C, columns: [One `box`, Two], rows: [[a, b, c]]}
    """
    cover, agenda, work, compared = slides(text)
    table = compared.boxes["content"]
    assert isinstance(table, Table)
    bars = [boxes.bar.description for boxes in (cover, agenda, work) if boxes.bar]
    assert bars == [
        "Session bar: A bold hive 5 min, B 5 min, C 5 min",
        "Session bar: A bold hive 5 min, B 5 min, C 5 min",
        "Time bar: 1 Lift slowly 5 min",
    ]
    assert table.description == "Comparison of One box and Two"


def test_things_in_a_row_stand_as_they_were_written() -> None:
    assert (
        listed(Words(), map(Text, ["Pens", "Sticky notes", "eBook"])) == "Pens, Sticky notes, eBook"
    )
    assert listed(Words("ja"), map(Text, ["Pens", "Cards"])) == "Pens、Cards"
    assert listed(Words(), []) == ""


def test_numbers_of_a_comparison_stand_flush_right_and_labels_never() -> None:
    text = "columns: [Mass, Note, Price], rows: [['1', 2 kg, old, '**3**'], ['2', –, '4', '5']]"
    (boxes,) = slides(f"- {{kind: comparison, title: T, {text}}}")
    table = boxes.boxes["content"]
    assert isinstance(table, Table)
    assert [column.align for column in table.columns] == ["l", "r", "l", "r"]


def test_the_labels_of_a_comparison_may_have_a_name() -> None:
    (boxes,) = slides("- {kind: comparison, title: T, columns: [Hive, Mass], rows: [[A, '2']]}")
    table = boxes.boxes["content"]
    assert isinstance(table, Table)
    assert [cell.paragraph.text for cell in table.head] == ["Hive", "Mass"]


def test_a_comparison_has_at_most_eight_columns() -> None:
    names = ", ".join("ABCDEFGH")
    block = f"- {{kind: comparison, title: T, columns: [{names}], rows: [[{names}, I]]}}"
    with pytest.raises(AssertionError, match="at most 8 columns, with the labels; this has 9"):
        slides(block)


@pytest.mark.parametrize("form", ["bar", "column"])
def test_the_axes_of_a_chart_are_as_they_stand_on_the_slide(form: str) -> None:
    fields = "categories: [May, June], data: {Bees: [3, 5]}, unit: k, axes: {x: Across, y: Up}"
    (boxes,) = slides(f"- {{kind: chart, title: T, type: {form}, {fields}}}")
    chart = boxes.boxes["content"]
    assert isinstance(chart, Chart)
    titles = (chart.category_title, chart.value_title)
    assert titles == (("Up", "Across") if form == "bar" else ("Across", "Up"))
    assert chart.description.endswith("Bees: May 3\u00a0k, June 5\u00a0k")
    assert " / ".join(titles[::-1]) in chart.description
