"""A briefing: one message and the points behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from deckgen.blocks.base import Block, Context, OwnCue, Proses, Texts, WorksheetContext
from deckgen.blocks.pieces import slide, text_box
from deckgen.boxes import SlideBoxes
from deckgen.document.nodes import Node, bullets, paragraphs
from deckgen.document.prose import prose
from deckgen.document.tables import form
from deckgen.document.texts import BLANK
from deckgen.reading.fields import FACILITATOR, ON_PAPER, Prose, Text, declared, given, needed


@declared
class BriefingBlock(Block):
    """A talk of a few minutes around one message."""

    KIND: ClassVar[str] = "briefing"

    key_message: Text = needed(help="the one sentence to remember")
    points: Texts = given((), help="up to three supporting points")
    analogy: Prose | None = given(
        None,
        sees=ON_PAPER,
        help="a comparison that makes it stick, to tell; the handout keeps it",
    )
    source: Text | None = given(None, help="where it comes from")
    caveats: Proses = given((), sees=FACILITATOR, help="what the message does not say")

    build: bool = given(False, help="whether points appear click by click")

    def own_cues(self) -> Iterator[OwnCue]:
        """Yield the caveats, and the analogy to tell."""
        yield "analogy", (self.analogy,) if self.analogy else ()
        yield "caveats", self.caveats

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return message and points side by side."""
        boxes = {
            "message": text_box(self.key_message),
            "points": text_box(*self.points),
            "source": text_box(self.source),
        }
        return [slide(self, context, "Key Message", boxes)._replace(build=self.build)]

    @staticmethod
    def worksheet(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:
        """Yield message, points and room for notes."""
        yield sheet.words.led("message", shown.key_message)
        yield from bullets(shown.points)
        yield from prose(shown.analogy)
        yield form((74,), (sheet.words.say("my_notes"),), [(BLANK,)] * 3)
        yield from paragraphs(shown.source)
