"""The parking lot: where questions wait that would lead away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from deckgen.blocks.base import Block, Context, Fact, WorksheetContext
from deckgen.blocks.pieces import label_and_fact, slide, text_box
from deckgen.boxes import Content, SlideBoxes
from deckgen.document.nodes import Node, paragraphs
from deckgen.document.texts import LINE, Markdown
from deckgen.document.words import DocumentWords
from deckgen.reading.fields import Text, declared, given, needed


@declared
class ParkingLotBlock(Block):
    """A slide that says where side questions go and when they are answered."""

    KIND: ClassVar[str] = "parking_lot"
    MINUTES: ClassVar[int] = 1
    CLOSES: ClassVar[bool] = True
    PARKS: ClassVar[bool] = True

    prompt: Text = needed(help="what people do with a side question")
    review_in: Text | None = given(None, help="when the questions are answered")

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the prompt as the question of the slide."""
        boxes: dict[str, Content] = {"question": text_box(self.prompt)}
        if self.review_in:
            boxes["step_1"] = label_and_fact(Fact(context.say("we_take_up"), self.review_in))
        return [slide(self, context, "Question", boxes)]

    @staticmethod
    def worksheet(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:
        """Yield a line to write a question on."""
        yield from paragraphs(shown.prompt, line_to_park(sheet.words))
        if shown.review_in:
            yield sheet.words.led("we_take_up", shown.review_in)


def line_to_park(words: DocumentWords) -> Markdown:
    """Return a line to write a question for the parking lot on."""
    return Markdown(f"**{words.say('park_mine')}:** {LINE}")
