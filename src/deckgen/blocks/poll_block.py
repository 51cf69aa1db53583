"""A poll: a question with options, then the room's answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from deckgen.blocks.activity_block import fits_options, options_slide
from deckgen.blocks.base import (
    Context,
    PracticeBlock,
    Texts,
    debrief_slides,
    numbered_table,
    slide,
    step_bar,
    text_box,
)
from deckgen.boxes import Content, SlideBoxes
from deckgen.reading.fields import FACILITATOR, Count, Text, declared, given


@declared
class PollBlock(PracticeBlock):
    """A vote; how to read each result is for the facilitator."""

    KIND: ClassVar[str] = "poll"
    MINUTES: ClassVar[int] = 3
    PEOPLE_DO: ClassVar[str] = "Vote, then look at the result"

    question: Text = given(help="what people vote on")
    options: Annotated[Texts, Count(2, 8)] = given(help="the choices")
    anonymous: bool = given(False, help="whether votes stay unnamed")
    reading: Texts = given((), sees=FACILITATOR, help="how to read each result")

    def own_cues(self) -> Iterator[tuple[str, Texts]]:
        """Yield how to read the results."""
        yield "Read it so", self.reading

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the options; five and more become a numbered list."""
        if fits_options(self.options, context):
            first = options_slide(self, context, self.question, self.options)
        else:
            table = numbered_table(
                self.options,
                style="body",
                number="numeral",
                width=0.6,
                tallest=0.68,
                what="Options",
            )
            boxes: dict[str, Content] = {"task": text_box(self.question), "content": table}
            first = slide(self, context, "Activity", boxes, bar=step_bar(context.steps), timer=True)
        return [first, *debrief_slides(self, self.debrief, context)]
