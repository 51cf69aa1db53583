"""An activity: people make, sort, move or decide something, in steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from deckgen.blocks.base import (
    Context,
    Fact,
    PracticeBlock,
    Texts,
    debrief_slides,
    facts,
    listed,
    slide,
    step_bar,
    step_boxes,
    step_table,
    text_box,
)
from deckgen.boxes import Content, SlideBoxes
from deckgen.reading.fields import FACILITATOR, Count, Text, declared, given

MOST_OPTIONS = 4


@declared
class Card:
    """A card to sort; its answer reaches the facilitator only."""

    SCALAR: ClassVar[tuple[str, ...]] = ("text",)

    text: Text = given(help="what the card says")
    answer: Text | None = given(None, sees=FACILITATOR, help="where it belongs")
    why: Text | None = given(None, sees=FACILITATOR, help="why it belongs there")


@declared
class ActivityBlock(PracticeBlock):
    """A task with steps and minutes; with options it becomes a choice of up to four."""

    KIND: ClassVar[str] = "activity"
    MINUTES: ClassVar[int] = 10
    PEOPLE_DO: ClassVar[str] = "Work on the task"

    task: Text | None = given(None, help="the task in one sentence")
    statement: Text | None = given(None, help="the statement that people take a stand on")
    options: Annotated[Texts, Count(2, 12)] = given((), help="the choices, such as the corners")
    cards: tuple[Card, ...] = given((), help="cards to sort")
    early_finishers: Text | None = given(
        None, sees=FACILITATOR, help="what a group does that is done early"
    )

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the task, then the debrief."""
        if self.options and fits_options(self.options, context):
            first = options_slide(self, context, self.statement or self.task, self.options)
        else:
            first = self._task(context)
        return [first, *debrief_slides(self, self.debrief, context)]

    def _task(self, context: Context) -> SlideBoxes:
        boxes: dict[str, Content] = {"task": text_box(self.task or self.statement)}
        boxes["content"] = step_table(context.steps) if context.steps else text_box(*self.options)
        boxes |= facts(*self._facts(context))
        return slide(self, context, "Activity", boxes, bar=step_bar(context.steps), timer=True)

    def own_cues(self) -> Iterator[tuple[str, Texts]]:
        """Yield the answers of the cards, and work for those who are done early."""
        yield "Answers", tuple(_answer(card) for card in self.cards if card.answer)
        yield "Early finishers", (self.early_finishers,) if self.early_finishers else ()

    def _facts(self, context: Context) -> list[Fact]:
        table = listed(m.item for m in self.materials if m.per == "group")
        each = listed(m.item for m in self.materials if m.per == "person")
        shown = (
            ("Work in", context.groups),
            ("You will produce", self.produce),
            ("On your table", table),
            ("You each have", each),
        )
        return [Fact(label, text) for label, text in shown if text]


def _answer(card: Card) -> Text:
    why = f" ({card.why})" if card.why else ""
    return Text(f"{card.text}: **{card.answer}**{why}", card.text.span)


def fits_options(options: Texts, context: Context) -> bool:
    """Return whether options and steps have their places on an Options slide."""
    return len(options) <= MOST_OPTIONS and len(context.steps) <= MOST_OPTIONS


def options_slide(
    block: PracticeBlock, context: Context, question: Text | None, options: Texts
) -> SlideBoxes:
    """Return a question with its options over the steps in which people choose."""
    return slide(
        block,
        context,
        "Options",
        options_boxes(question, options) | step_boxes(context.steps),
        bar=step_bar(context.steps),
        timer=True,
        numerals=len(options),
        squares=len(context.steps),
    )


def options_boxes(question: Text | None, options: Texts) -> dict[str, Content]:
    """Return a question and its two to four options in their places."""
    boxes: dict[str, Content] = {"question": text_box(question)}
    boxes |= {f"option_{k}": text_box(option) for k, option in enumerate(options, 1)}
    return boxes
