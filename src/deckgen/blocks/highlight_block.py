"""A highlight: one sentence in large type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from deckgen.blocks.base import Block, Context, OwnCue, WorksheetContext
from deckgen.blocks.pieces import slide, text_box
from deckgen.boxes import SlideBoxes
from deckgen.document.nodes import Node, Quote, paragraphs
from deckgen.document.texts import markdown
from deckgen.languages import Words
from deckgen.reading.fields import FACILITATOR, Text, declared, given, needed, shared


@shared
class Quoted:
    """A sentence, and whose it is."""

    SCALAR: ClassVar[tuple[str, ...]] = ("text",)

    text: Text = needed(help="the sentence")
    credit: Text | None = given(None, help="whose words or idea it is")

    def in_marks(self, words: Words) -> Text:
        """Return the sentence in the quotation marks of a language."""
        return Text(words.say("quoted", text=self.text), self.text.span)


@declared
class HighlightBlock(Quoted, Block):
    """A sentence that stands alone; only a quotation gets quotation marks."""

    KIND: ClassVar[str] = "highlight"
    AS_ON_PAPER: ClassVar[bool] = True
    MINUTES: ClassVar[int] = 1

    paraphrase: bool = given(True, help="false for a verbatim quotation")
    evidence: Text | None = given(None, sees=FACILITATOR, help="what it is evidence for")

    def own_cues(self) -> Iterator[OwnCue]:
        """Yield what the sentence is evidence for."""
        yield "evidence", (self.evidence,) if self.evidence else ()

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the sentence as the slide's title."""
        shown = self.text if self.paraphrase else self.in_marks(context.words)
        boxes = {"credit": text_box(self.credit)}
        return [
            slide(self, context, "Statement", boxes, title=shown, minutes=0)._replace(rule=True)
        ]

    @staticmethod
    def worksheet(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:
        """Yield the sentence as a quotation, and whose it is."""
        if shown.paraphrase:
            yield Quote(markdown(shown.text))
            yield from paragraphs(shown.credit)
        else:
            yield from quote_told(shown, sheet)


def quote_told(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:
    """Yield a quotation word for word, and whose it is."""
    yield Quote(sheet.words.say("quoted", text=shown.text))
    yield from paragraphs(shown.credit)
