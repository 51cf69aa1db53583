"""The objectives: what people will be able to do."""

from __future__ import annotations

from typing import ClassVar

from deckgen.blocks.base import Block, Context, Texts
from deckgen.blocks.pieces import numbered_table, slide
from deckgen.boxes import SlideBoxes, SpeakerNote
from deckgen.reading.fields import Text, declared


@declared
class ObjectivesBlock(Block):
    """The workshop's objectives on a slide."""

    KIND: ClassVar[str] = "objectives"
    MINUTES: ClassVar[int] = 2
    ON_PAPER: ClassVar[bool] = False

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the objectives with their verbs in bold."""
        return [slide_of(self, context, self.title, context.objectives, context.notes)]


def title_of(context: Context) -> str:
    """Return the computed title: the clock is a promise."""
    return context.say("by_then", clock=context.end)


def slide_of(
    block: Block,
    context: Context,
    title: str,
    objectives: Texts,
    notes: tuple[SpeakerNote, ...],
) -> SlideBoxes:
    """Return the objectives slide of *block*."""
    verbs, rests = zip(*map(_verb_and_rest, objectives), strict=True) if objectives else ((), ())
    table = numbered_table(
        rests,
        leads=verbs,
        style="body",
        number="numeral",
        width=0.6,
        tallest=1.02,
        what=context.say("outcomes"),
    )
    boxes = {"content": table}
    return slide(
        block, context, "Content", boxes, key="objectives", title=title, minutes=0, notes=notes
    )


def _verb_and_rest(text: Text) -> tuple[str, Text]:
    """Return the verb that an objective begins with, and what follows it with its space."""
    verb, space, rest = text.partition(" ")
    return (verb, Text(space + rest, text.span)) if verb.isalpha() else ("", text)
