"""A discussion: one question, and the steps in which people take it up."""

from __future__ import annotations

from typing import ClassVar

from deckgen.blocks.base import (
    Context,
    PracticeBlock,
    debrief_slides,
    slide,
    step_bar,
    step_boxes,
    step_table,
    text_box,
)
from deckgen.boxes import Content, SlideBoxes
from deckgen.reading.fields import Text, declared, given

MOST_IN_STRIP = 4


@declared
class DiscussionBlock(PracticeBlock):
    """A question in large type over its steps."""

    KIND: ClassVar[str] = "discussion"
    MINUTES: ClassVar[int] = 10
    PEOPLE_DO: ClassVar[str] = "Think, talk, report"

    question: Text = given(help="the question people discuss")

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the question, then the debrief; five steps and more move into a table."""
        bar = step_bar(context.steps)
        if len(context.steps) > MOST_IN_STRIP:
            boxes: dict[str, Content] = {
                "task": text_box(self.question),
                "content": step_table(context.steps),
            }
            first = slide(self, context, "Activity", boxes, bar=bar, timer=True)
        else:
            boxes = {"question": text_box(self.question), **step_boxes(context.steps)}
            squares = len(context.steps)
            first = slide(self, context, "Question", boxes, bar=bar, squares=squares, timer=True)
        return [first, *debrief_slides(self, self.debrief, context)]
