"""A discussion: one question, and the steps in which people take it up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from deckgen.blocks.base import Context, PracticeBlock, WorksheetContext
from deckgen.blocks.pieces import debrief_slides
from deckgen.blocks.practice import (
    MOST_IN_STRIP,
    now_what,
    produce_of,
    question_box,
    question_slides,
    steps_slide,
    strip_of,
)
from deckgen.boxes import SlideBoxes
from deckgen.document.nodes import Node
from deckgen.document.tables import form
from deckgen.document.texts import BLANK
from deckgen.reading.fields import Text, declared, needed


@declared
class DiscussionBlock(PracticeBlock):
    """A question in large type over its steps."""

    KIND: ClassVar[str] = "discussion"
    MINUTES: ClassVar[int] = 10
    WANTS_PROBES: ClassVar[bool] = True

    question: Text = needed(help="the question people discuss")

    @property
    def asks_for_opinions(self) -> bool:
        """Whether people say what they think: here always."""
        return True

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the question over its steps, then the debrief."""
        return [*self._question(context), *debrief_slides(self, self.debrief, context)]

    def _question(self, context: Context) -> list[SlideBoxes]:
        """Return the question in large type; over many steps it is a line above their table."""
        if len(context.steps) <= MOST_IN_STRIP:
            return question_slides(self, context, "Question", question_box(self.question))
        strip = strip_of(context.words, (), context.groups, [produce_of(context.words, self)])
        return [steps_slide(self, context, self.question, strip)]

    @staticmethod
    def worksheet(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:
        """Yield the question, and room for notes beside each step."""
        words = sheet.words
        yield words.led("question", shown.question)
        alone = (words.say("think_alone"), words.say("together"))
        steps = (words.say("step", minutes=s.minutes, text=s.text) for s in sheet.steps)
        asked = [*(steps if sheet.steps else alone), *now_what(shown, words)]
        head = (words.say("step_head"), words.say("my_notes"))
        yield form((19, 55), head, [(text, BLANK) for text in asked])
