"""A discussion: one question, and the steps in which people take it up."""

from __future__ import annotations

from typing import ClassVar

from deckgen.blocks.base import Context, PracticeBlock
from deckgen.blocks.pieces import debrief_slides
from deckgen.blocks.practice import (
    MOST_IN_STRIP,
    produce_of,
    question_box,
    question_slides,
    steps_slide,
    strip_of,
)
from deckgen.boxes import SlideBoxes
from deckgen.reading.fields import Text, declared, given


@declared
class DiscussionBlock(PracticeBlock):
    """A question in large type over its steps."""

    KIND: ClassVar[str] = "discussion"
    MINUTES: ClassVar[int] = 10
    WANTS_PROBES: ClassVar[bool] = True

    question: Text = given(help="the question people discuss")

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
