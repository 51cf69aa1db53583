"""A debrief: What? So what? Now what?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from deckgen.blocks.base import Block, Context, Debrief, WorksheetContext
from deckgen.blocks.pieces import debrief_rows, slide
from deckgen.boxes import SlideBoxes
from deckgen.document.nodes import Node
from deckgen.document.tables import form
from deckgen.document.texts import BLANK
from deckgen.reading.fields import Problem, Text, declared, given


@declared
class DebriefBlock(Block):
    """Three questions that turn an experience into a plan."""

    KIND: ClassVar[str] = "debrief"
    WORKS: ClassVar[bool] = True
    DEBRIEFS: ClassVar[bool] = True

    what: Text | None = given(None, help="what happened?")
    so_what: Text | None = given(None, help="what does it mean?")
    now_what: Text | None = given(None, help="what follows for you?")

    def problems(self) -> Iterator[Problem]:
        """Yield a debrief without a question."""
        if not (self.what or self.so_what or self.now_what):
            yield Problem("", "missing-field", "a `debrief` block needs what, so_what or now_what")

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the questions given."""
        asked = Debrief(what=self.what, so_what=self.so_what, now_what=self.now_what)
        rows = debrief_rows(context.words, asked)
        return [slide(self, context, "Content", {"content": rows})] if rows else []

    @staticmethod
    def worksheet(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:
        """Yield the questions with room for notes."""
        asked = filter(None, (shown.what, shown.so_what, shown.now_what))
        head = (sheet.words.say("cue_head"), sheet.words.say("notes"))
        yield form((19, 55), head, [(text, BLANK) for text in asked])
