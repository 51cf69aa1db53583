"""A recap: what people take along, and what happens next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from deckgen.blocks.base import Block, Context, OwnCue, Texts, WorksheetContext
from deckgen.blocks.pieces import paragraph, slide, text_box
from deckgen.boxes import Content, Paragraph, Run, SlideBoxes, TextBox
from deckgen.document.nodes import Node, bullets
from deckgen.document.tables import form
from deckgen.document.texts import BLANK
from deckgen.inline import parse_inline, unmarked
from deckgen.reading.fields import FACILITATOR, Count, Text, declared, given, needed


@declared
class Action:
    """Something to do after the session."""

    SCALAR: ClassVar[tuple[str, ...]] = ("do",)

    do: Text = needed(help="what to do")
    by: Text | None = given(None, help="by when")
    who: Text | None = given(None, help="who does it")


@declared
class RecapBlock(Block):
    """Takeaways beside actions."""

    KIND: ClassVar[str] = "recap"
    CLOSES: ClassVar[bool] = True

    takeaways: Annotated[Texts, Count(1, 6)] = needed(help="the main findings")
    actions: tuple[Action, ...] = given((), help="what people do next")
    follow_up: Text | None = given(None, help="date or form of the follow-up")
    send: Texts = given((), sees=FACILITATOR, help="what to send, to whom, by when")

    build: bool = given(False, help="whether points appear click by click")

    def own_cues(self) -> Iterator[OwnCue]:
        """Yield what to send afterwards."""
        yield "send", self.send

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return takeaways left, actions right."""
        actions = [_action(action) for action in self.actions]
        if self.follow_up:
            actions.append(paragraph(self.follow_up, lead=f"{context.say('follow_up')}: "))
        boxes: dict[str, Content] = {
            "head_1": text_box(context.say("what_we_found")),
            "left": text_box(*self.takeaways),
        }
        if actions:
            boxes["head_2"] = text_box(context.say("what_you_do"))
            boxes["right"] = TextBox(tuple(actions))
        return [slide(self, context, "Two Columns", boxes, minutes=0)._replace(build=self.build)]

    @staticmethod
    def worksheet(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:
        """Yield the takeaways, and the actions with a row for one's own."""
        words = sheet.words
        yield from bullets(shown.takeaways)
        own = [(action.do, action.who or BLANK, action.by or BLANK) for action in shown.actions]
        head = [words.say(key) for key in ("i_do", "who", "by")]
        yield form((43, 15, 15), head, [*own, (BLANK, BLANK, BLANK)])
        if shown.follow_up:
            yield words.led("follow_up", shown.follow_up)


def _action(action: Action) -> Paragraph:
    lead = f"{unmarked(action.by)}: " if action.by else ""
    who = parse_inline(action.who) if action.who else ()
    said = paragraph(action.do, lead=lead)
    return said._replace(runs=(*said.runs, *((Run(" ("), *who, Run(")")) if who else ())))
