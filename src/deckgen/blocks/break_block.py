"""A break: the time to be back is the largest thing in the deck."""

from __future__ import annotations

from typing import ClassVar

from deckgen.blocks.base import Block, Context
from deckgen.blocks.pieces import slide, text_box, timed
from deckgen.boxes import Bar, BarSegment, Content, SlideBoxes
from deckgen.languages import Words
from deckgen.reading.fields import Clock, Text, declared

MOST_SEGMENTS = 20


@declared
class BreakBlock(Block):
    """A break, with the time it ends."""

    KIND: ClassVar[str] = "break"
    MINUTES: ClassVar[int] = 10
    WORKS: ClassVar[bool] = True
    RESTS: ClassVar[bool] = True
    ON_PAPER: ClassVar[bool] = False

    @property
    def listed_title(self) -> Text:
        """Its short title: the long one says only when it ends."""
        return self.short or self.title

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the back-at slide."""
        back = str(Clock(context.start + context.minutes))
        after = context.say("next", title=context.next_title) if context.next_title else None
        boxes: dict[str, Content] = {"clock": text_box(back), "note": text_box(after)}
        bar = self._bar(context.words, context.minutes)
        return [timed(slide(self, context, "Break", boxes), context, bar)]

    def _bar(self, words: Words, minutes: int) -> Bar | None:
        """Return one segment per minute up to 20, else one per five minutes."""
        if not minutes:
            return None
        size = 1 if minutes <= MOST_SEGMENTS else 5
        weights = [size] * (minutes // size) + ([minutes % size] if minutes % size else [])
        return Bar(
            tuple(BarSegment(weight) for weight in weights),
            words.say("alt.break_bar", minutes=minutes),
        )
