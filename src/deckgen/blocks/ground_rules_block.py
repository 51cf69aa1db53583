"""The ground rules: how people work together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from deckgen.blocks.base import Block, Context, Texts, WorksheetContext
from deckgen.blocks.pieces import numbered_table, slide
from deckgen.boxes import SlideBoxes, SpeakerNote
from deckgen.document.nodes import Node, bullets
from deckgen.reading.fields import Text, declared, given, needed


@declared
class GroundRulesBlock(Block):
    """Rules for the session, and the access note that everyone should hear."""

    KIND: ClassVar[str] = "ground_rules"
    MINUTES: ClassVar[int] = 2

    rules: Texts = needed(help="the rules, about three")
    access: Text | None = given(None, help="whom to ask about access needs")

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the rules in large type."""
        rules = (*self.rules, self.access) if self.access else self.rules
        return [slide_of(self, context, self.title, rules, context.notes)]

    @staticmethod
    def worksheet(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:
        """Yield the rules."""
        access = (sheet.words.led("access", shown.access).text,) if shown.access else ()
        yield from bullets((*shown.rules, *access))


def slide_of(
    block: Block,
    context: Context,
    title: str,
    rules: Texts,
    notes: tuple[SpeakerNote, ...],
) -> SlideBoxes:
    """Return the ground rules slide of *block*."""
    table = numbered_table(
        rules,
        style="rule",
        number="rule",
        width=0.78,
        tallest=1.16,
        what=context.say("title.ground_rules"),
    )
    return slide(
        block,
        context,
        "Content",
        {"content": table},
        key="rules",
        title=title,
        minutes=0,
        notes=notes,
    )
