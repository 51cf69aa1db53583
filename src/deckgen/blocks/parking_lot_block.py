"""The parking lot: where questions wait that would lead away."""

from __future__ import annotations

from typing import ClassVar

from deckgen.blocks.base import Block, Context, Fact
from deckgen.blocks.pieces import label_and_fact, slide, text_box
from deckgen.boxes import Content, SlideBoxes
from deckgen.reading.fields import Text, declared, given


@declared
class ParkingLotBlock(Block):
    """A slide that says where side questions go and when they are answered."""

    KIND: ClassVar[str] = "parking_lot"
    MINUTES: ClassVar[int] = 1
    CLOSES: ClassVar[bool] = True

    prompt: Text = given(help="what people do with a side question")
    review_in: Text | None = given(None, help="when the questions are taken up")

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the prompt as the question of the slide."""
        boxes: dict[str, Content] = {"question": text_box(self.prompt)}
        if self.review_in:
            boxes["step_1"] = label_and_fact(Fact(context.say("we_take_up"), self.review_in))
        return [slide(self, context, "Question", boxes)]
