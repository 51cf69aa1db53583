"""A poll: a question with options, then the room's answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from deckgen.blocks.activity_block import options_slides
from deckgen.blocks.base import Context, Fact, OwnCue, PracticeBlock, Texts
from deckgen.blocks.pieces import debrief_slides
from deckgen.blocks.practice import question_box
from deckgen.boxes import SlideBoxes
from deckgen.languages import phrase
from deckgen.reading.fields import FACILITATOR, Count, Text, declared, given, needed


@declared
class PollBlock(PracticeBlock):
    """A vote; how to interpret each result is for the facilitator only."""

    KIND: ClassVar[str] = "poll"
    MINUTES: ClassVar[int] = 3
    ON_PAPER: ClassVar[bool] = False

    question: Text = needed(help="what people vote on")
    options: Annotated[Texts, Count(2, 8)] = needed(help="the choices")
    anonymous: bool = given(False, help="whether votes are anonymous; slide and notes say so")
    reading: Texts = given((), sees=FACILITATOR, help="how to interpret each result")

    def own_cues(self) -> Iterator[OwnCue]:
        """Yield how to collect votes that stay unnamed, and how to read the results."""
        yield "vote", (phrase("collect_unnamed"),) if self.anonymous else ()
        yield "reading", self.reading

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the options, with what people should know of the vote, then the debrief."""
        unnamed = Fact(context.say("cue.vote"), context.say("vote_unnamed"))
        question, told = question_box(self.question), (unnamed,) if self.anonymous else ()
        slides = options_slides(self, context, question, self.options, told)
        return [*slides, *debrief_slides(self, self.debrief, context)]
