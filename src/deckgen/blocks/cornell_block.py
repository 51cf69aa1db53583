"""Cornell notes: cues for the handout; the room sees no slide of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from deckgen.blocks.base import Block, Context, OwnCue, Texts, WorksheetContext
from deckgen.boxes import SlideBoxes
from deckgen.document.nodes import Node, paragraphs
from deckgen.document.tables import form
from deckgen.document.texts import BLANK, Markdown, unbold
from deckgen.reading.fields import FACILITATOR, Count, Text, declared, given, needed


@declared
class CornellBlock(Block):
    """Questions beside room to write, and a summary box."""

    KIND: ClassVar[str] = "cornell"
    MINUTES: ClassVar[int] = 0

    cues: Annotated[Texts, Count(1, 20)] = needed(help="questions for the cue column")
    summary: Text | None = given(None, help="prompt of the summary box")
    model_summary: Text | None = given(None, sees=FACILITATOR, help="a summary to compare with")

    def own_cues(self) -> Iterator[OwnCue]:
        """Yield the summary to compare with."""
        yield "model_summary", (self.model_summary,) if self.model_summary else ()

    def compose(self, context: Context) -> list[SlideBoxes]:  # noqa: ARG002
        """Return no slide: this block lives in the handout."""
        return []

    @staticmethod
    def worksheet(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:
        """Yield the cues with room for notes, and a box for a summary."""
        words = sheet.words
        head = (words.say("cue_head"), words.say("notes"))
        yield form((19, 55), head, [(cue, BLANK) for cue in shown.cues])
        called = unbold(shown.summary) if shown.summary else words.say("my_summary")
        yield from paragraphs(Markdown(f"**{called}**"))
        yield form((74,), (BLANK,), [(BLANK,)] * 2)
