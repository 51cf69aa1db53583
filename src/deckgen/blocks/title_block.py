"""The opening: a cover, and the slides that set the frame of the session."""

from __future__ import annotations

from typing import ClassVar, Literal

from deckgen.blocks import agenda_block, ground_rules_block, objectives_block
from deckgen.blocks.base import Block, Context, Texts
from deckgen.blocks.pieces import facts, slide, text_box
from deckgen.boxes import Bar, BarSegment, Content, SlideBoxes, SpeakerNote, State
from deckgen.reading.fields import Text, declared, given


@declared
class TitleBlock(Block):
    """The cover, in place of the one that a deck has anyway; `slides` adds objectives, agenda, rules."""

    KIND: ClassVar[str] = "title"
    IS_COVER: ClassVar[bool] = True
    ON_PAPER: ClassVar[bool] = False

    subtitle: Text | None = given(
        None, help="line under the title; by default the workshop's purpose"
    )
    presenters: Texts = given((), help="who presents")
    slides: tuple[Literal["title", "objectives", "agenda", "ground_rules"], ...] = given(
        ("title",), help="slides of the opening, in order"
    )
    ground_rules: Texts = given((), help="rules for the ground_rules slide")

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the slides that `slides` names; the speaker notes stand on the first."""
        return [
            part
            for k, name in enumerate(self.slides)
            for part in self._part(name, context, is_first=k == 0)
        ]

    def _part(self, name: str, context: Context, *, is_first: bool) -> list[SlideBoxes]:
        notes = context.notes if is_first else ()
        match name:
            case "title":
                return [self._cover(context, notes)]
            case "objectives":
                title = objectives_block.title_of(context)
                return [objectives_block.slide_of(self, context, title, context.objectives, notes)]
            case "agenda":
                return agenda_block.slides_of(self, context, agenda_block.title_of(context), notes)
            case _:
                title = context.say("title.ground_rules")
                return [ground_rules_block.slide_of(self, context, title, self.ground_rules, notes)]

    def _cover(self, context: Context, notes: tuple[SpeakerNote, ...]) -> SlideBoxes:
        under = [self.subtitle or context.purpose]
        if context.session:
            under = [context.session, self.subtitle]
        boxes: dict[str, Content] = {"subtitle": text_box(*under, ", ".join(self.presenters))}
        boxes |= facts(*context.facts)
        cover = slide(self, context, "Title", boxes, notes=notes)._replace(bar=session_bar(context))
        return cover._replace(chip=None, phase=None)


def session_bar(context: Context) -> Bar | None:
    """Return the bar of all blocks, as long as their minutes; the buffer is outlined."""
    segments = tuple(
        BarSegment(entry.minutes, "", State.TIME if entry.block_id else State.IDLE, entry.title)
        for entry in context.agenda
        if entry.minutes
    )
    return Bar(segments, agenda_block.session_parts(context)) if segments else None
