"""Cornell notes: cues for the handout; the room sees no slide of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from deckgen.blocks.base import Block, Context, OwnCue, Texts
from deckgen.boxes import SlideBoxes
from deckgen.reading.fields import FACILITATOR, Count, Text, declared, given


@declared
class CornellBlock(Block):
    """Questions beside room to write, and a summary box."""

    KIND: ClassVar[str] = "cornell"
    MINUTES: ClassVar[int] = 0

    cues: Annotated[Texts, Count(1, 20)] = given(help="questions for the cue column")
    summary: Text | None = given(None, help="prompt of the summary box")
    model_summary: Text | None = given(None, sees=FACILITATOR, help="a summary to compare with")

    def own_cues(self) -> Iterator[OwnCue]:
        """Yield the summary to compare with."""
        yield "model_summary", (self.model_summary,) if self.model_summary else ()

    def compose(self, context: Context) -> list[SlideBoxes]:  # noqa: ARG002
        """Return no slide: this block lives in the handout."""
        return []
