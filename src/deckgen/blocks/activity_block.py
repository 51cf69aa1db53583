"""An activity: people make, sort, move or decide something, in steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, ClassVar

from deckgen.blocks.base import (
    Answers,
    Context,
    Fact,
    OwnCue,
    PracticeBlock,
    Texts,
    WorksheetContext,
)
from deckgen.blocks.pieces import debrief_slides, listed, numbered_table, text_box
from deckgen.blocks.practice import (
    now_what,
    produce_of,
    question_box,
    question_slides,
    steps_slide,
    strip_of,
    task_slides,
)
from deckgen.boxes import Content, SlideBoxes, TextBox
from deckgen.document.nodes import Node, check_list, paragraphs, steps
from deckgen.document.tables import form
from deckgen.document.texts import BLANK, markdown
from deckgen.languages import Phrase, phrase
from deckgen.reading.fields import FACILITATOR, KEPT, Count, Text, declared, given, needed

MOST_OPTIONS = 4


@declared
class Card:
    """A card to sort; its answer is for the facilitator only."""

    SCALAR: ClassVar[tuple[str, ...]] = ("text",)

    text: Text = needed(help="what the card says")
    answer: Text | None = given(None, sees=KEPT, help="where it belongs")
    why: Text | None = given(None, sees=KEPT, help="why it belongs there")


@declared
class RolePlayed:
    """A part in a role play; its card is for whoever plays it."""

    name: Text = needed(help="who it is; all may know")
    text: Text = needed(sees=FACILITATOR, help="what its card says; only who plays it reads it")


@declared
class ActivityBlock(PracticeBlock):
    """A task with steps and minutes; with options it becomes a choice of up to four."""

    KIND: ClassVar[str] = "activity"
    MINUTES: ClassVar[int] = 10
    WANTS_DEBRIEF: ClassVar[bool] = True

    task: Text | None = given(None, help="the task in one sentence")
    statement: Text | None = given(None, help="the statement that people take a stand on")
    options: Annotated[Texts, Count(2, 12)] = given((), help="the choices, such as corners")
    cards: tuple[Card, ...] = given((), help="cards to sort")
    roles: tuple[RolePlayed, ...] = given(
        (), help="parts of a role play: cards to print, a set for each group"
    )
    early_finishers: Text | None = given(
        None, sees=FACILITATOR, help="what groups that finish early do"
    )

    @property
    def asks_for_opinions(self) -> bool:
        """Whether people say what they think: they do about a statement."""
        return self.statement is not None

    @property
    def done_when(self) -> str:
        """The key of the words that say what one can see when it is done."""
        return "done_when.options" if self.options else f"done_when.{self.KIND}"

    def answers(self) -> Answers:
        """Return where the cards belong, and why."""
        rows = tuple((card.text, card.answer, card.why) for card in self.cards)
        return Answers(("card", "answer", "why_head"), rows)

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the task, then the debrief."""
        return [*self._task(context), *debrief_slides(self, self.debrief, context)]

    def _task(self, context: Context) -> list[SlideBoxes]:
        """Return options or a statement over the steps; without these, the steps alone."""
        needed = [
            Fact(
                context.say("on_your_table"),
                listed(context.words, (m.item for m in self.materials if m.per == "group")),
            ),
            Fact(context.say("roles"), listed(context.words, (role.name for role in self.roles))),
            Fact(
                context.say("you_each_have"),
                listed(context.words, (m.item for m in self.materials if m.per == "person")),
            ),
        ]
        if self.options or self.statement:
            asked = question_box(self.statement or self.task, self.task if self.statement else None)
            return options_slides(self, context, asked, self.options, needed)
        strip = strip_of(
            context.words, (), context.groups, [produce_of(context.words, self), *needed]
        )
        return [steps_slide(self, context, self.task, strip)]

    def own_cues(self) -> Iterator[OwnCue]:
        """Yield the answers of the cards, and work for those who are done early."""
        yield "answers", tuple(_answer(card) for card in self.cards if card.answer)
        yield "roles", tuple(phrase("role_card", name=r.name, text=r.text) for r in self.roles)
        yield "early_finishers", (self.early_finishers,) if self.early_finishers else ()

    @staticmethod
    def worksheet(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:
        """Yield task and steps, and sheets for options, cards and notes."""
        words = sheet.words
        yield from paragraphs(shown.task, shown.statement)
        yield from steps(words.say("step", minutes=s.minutes, text=s.text) for s in sheet.steps)
        if shown.produce:
            yield words.led("you_make", shown.produce)
        if shown.roles:
            yield words.led("roles", words.listed(markdown(role.name) for role in shown.roles))
        yield from check_list(shown.options)
        if shown.cards:
            cards = [(card.text, BLANK, BLANK) for card in shown.cards]
            yield form((29, 15, 29), [words.say(k) for k in ("card", "where", "because")], cards)
        choice = (words.say("my_choice"),) if shown.options else ()
        asked = (*choice, *now_what(shown, words), words.say("my_notes"))
        head = (words.say("cue_head"), words.say("notes"))
        yield form((19, 55), head, [(text, BLANK) for text in asked])


def _answer(card: Card) -> Phrase:
    key = "card_because" if card.why else "card_answer"
    return phrase(key, card=card.text, answer=card.answer, why=card.why)


def options_slides(
    block: PracticeBlock,
    context: Context,
    question: TextBox,
    options: Texts,
    needed: Sequence[Fact] = (),
) -> list[SlideBoxes]:
    """Return a question with its options over what people do; five and more are a numbered list."""
    if not options:
        return question_slides(block, context, "Question", question, needed=needed)
    if len(options) <= MOST_OPTIONS:
        boxes, count = options_boxes(options), len(options)
        return question_slides(
            block, context, "Options", question, boxes, needed=needed, numerals=count
        )
    table = numbered_table(
        options,
        style="body",
        number="numeral",
        width=0.6,
        tallest=0.68,
        what=context.say("alt.options"),
    )
    task = TextBox(tuple(part._replace(level=0) for part in question.paragraphs))
    strip = strip_of(
        context.words, context.steps, context.groups, [produce_of(context.words, block), *needed]
    )
    return task_slides(block, context, "Activity", {"task": task, "content": table}, strip)


def options_boxes(options: Texts) -> dict[str, Content]:
    """Return two to four options in their places."""
    return {f"option_{k}": text_box(option) for k, option in enumerate(options, 1)}
