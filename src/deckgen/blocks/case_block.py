"""A case: people in a situation, and a question about them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from deckgen.blocks.base import Answers, Context, Fact, OwnCue, PracticeBlock, WorksheetContext
from deckgen.blocks.pieces import cell, debrief_slides, text_box
from deckgen.blocks.practice import produce_of, strip_of, task_slides
from deckgen.boxes import Column, Content, SlideBoxes, Table
from deckgen.document.nodes import Node, paragraphs
from deckgen.document.tables import form
from deckgen.document.texts import BLANK
from deckgen.inline import unmarked
from deckgen.languages import Words
from deckgen.reading.fields import FACILITATOR, KEPT, Count, Text, declared, given, needed


@declared
class Case:
    """A person and their situation; in short `Name, situation`."""

    SCALAR: ClassVar[tuple[str, ...]] = ("text",)

    text: Text = needed(help="name and situation, separated by a comma")
    advice: Text | None = given(None, sees=KEPT, help="model advice")
    twist: Text | None = given(
        None, sees=FACILITATOR, help="a complication to add if the discussion is too easy"
    )

    @property
    def name(self) -> Text:
        """What stands before the first comma."""
        return Text(self.text[: self._comma].strip(), self.text.span)

    @property
    def situation(self) -> Text:
        """What stands after the first comma."""
        return Text(self.text[self._comma + 1 :].strip(), self.text.span)

    @property
    def _comma(self) -> int:
        """The place of the first comma, but of none within marks: they would be torn apart."""
        whole = unmarked(self.text)
        places = (k for k, character in enumerate(self.text) if character == ",")
        return next(
            (
                k
                for k in places
                if f"{unmarked(self.text[:k])},{unmarked(self.text[k + 1 :])}" == whole
            ),
            len(self.text),
        )


@declared
class CaseBlock(PracticeBlock):
    """Cases for groups to advise on; invented ones are marked as such."""

    KIND: ClassVar[str] = "case"
    MINUTES: ClassVar[int] = 15
    AT_TABLES: ClassVar[bool] = True
    WANTS_DEBRIEF: ClassVar[bool] = True

    cases: Annotated[tuple[Case, ...], Count(1, 12)] = needed(help="the cases")
    question: Text = needed(help="what to answer for each case")
    invented: bool = given(True, help="whether the people are made up")

    def own_cues(self) -> Iterator[OwnCue]:
        """Yield model advice and twists."""
        for item in self.cases:
            texts = tuple(text for text in (item.advice, item.twist) if text)
            yield item.name, texts

    def answers(self) -> Answers:
        """Return what may be advised in each case, and what may turn it around."""
        rows = tuple((case.text, case.advice, case.twist) for case in self.cases)
        return Answers(("case", "advice", "twist"), rows)

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return question and cases, then the debrief."""
        people = Fact(context.say("people_fact"), context.say("invented"))
        extra = [people] if self.invented else []
        strip = strip_of(
            context.words, context.steps, context.groups, [produce_of(context.words, self)], extra
        )
        boxes: dict[str, Content] = {
            "task": text_box(self.question),
            "content": self._cases(
                context.words, says_invented=self.invented and people not in strip.facts
            ),
        }
        slides = task_slides(self, context, "Activity", boxes, strip)
        return [*slides, *debrief_slides(self, self.debrief, context)]

    def _cases(self, words: Words, *, says_invented: bool) -> Table:
        """Return the cases; a head says that they are invented where the strip has no room to."""
        rows = tuple(
            (cell(c.name, style="column_head"), cell(c.situation, style="body")) for c in self.cases
        )
        head = (cell(""), cell(words.say("invented"), style="table_head")) if says_invented else ()
        return Table(
            (Column(), Column()), rows, head, description=words.say("alt.cases"), tallest=0.90
        )

    @staticmethod
    def worksheet(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:
        """Yield the cases with room for one's advice."""
        yield sheet.words.led("question", shown.question)
        head = (sheet.words.say("case"), sheet.words.say("my_advice"))
        yield form((37, 37), head, [(case.text, BLANK) for case in shown.cases])
        if shown.invented:
            yield from paragraphs(sheet.words.say("people_invented"))
