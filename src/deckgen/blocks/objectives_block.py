"""The objectives: what people will be able to do."""

from __future__ import annotations

from typing import ClassVar

from deckgen.blocks.base import Block, Context, Texts
from deckgen.blocks.pieces import numbered_table, slide
from deckgen.boxes import SlideBoxes, SpeakerNote
from deckgen.inline import unmarked
from deckgen.languages import Words
from deckgen.reading.fields import Text, declared

SHORTEST_VERB = 3  # letters: `To` and `Se` come before the verb


@declared
class ObjectivesBlock(Block):
    """The workshop's objectives on a slide."""

    KIND: ClassVar[str] = "objectives"
    MINUTES: ClassVar[int] = 2
    ON_PAPER: ClassVar[bool] = False

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the objectives, their verbs in bold where they come first."""
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
    verbs, rests = _verbs_and_rests(objectives, context.words)
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


def _verbs_and_rests(objectives: Texts, words: Words) -> tuple[tuple[str, ...], Texts]:
    """Return the verbs that objectives begin with, and what follows each with its space.

    No verb is set apart where the language puts it elsewhere, or where the author's own marks say
    what is bold.
    """
    is_marked = any(unmarked(text) != text for text in objectives)
    if is_marked or not words.puts_verb_first:
        return ("",) * len(objectives), objectives
    found = [_verb_and_rest(text) for text in objectives]
    return tuple(verb for verb, _ in found), tuple(rest for _, rest in found)


def _verb_and_rest(text: Text) -> tuple[str, Text]:
    """Return the first word, unless it is as short as `to` or `se`, and the rest."""
    verb, space, rest = text.partition(" ")
    is_verb = verb.isalpha() and len(verb) >= SHORTEST_VERB
    return (verb, Text(space + rest, text.span)) if is_verb else ("", text)
