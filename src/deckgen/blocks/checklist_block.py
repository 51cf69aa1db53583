"""A checklist: what to do after the session, or in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from deckgen.blocks.base import Block, Context, OwnCue, WorksheetContext
from deckgen.blocks.pieces import cell, slide
from deckgen.boxes import Cell, Column, SlideBoxes, Table
from deckgen.document.nodes import Node, check_list
from deckgen.reading.fields import FACILITATOR, Count, Text, declared, given, needed


@declared
class ChecklistItem:
    """One thing to do, who does it and by when."""

    SCALAR: ClassVar[tuple[str, ...]] = ("text",)

    text: Text = needed(help="what to do")
    owner: Text | None = given(None, help="who does it")
    by: Text | None = given(None, help="by when")


@declared
class ChecklistBlock(Block):
    """Items with a box to tick."""

    KIND: ClassVar[str] = "checklist"

    items: Annotated[tuple[ChecklistItem, ...], Count(1, 60)] = needed(help="what to do")
    often_skipped: Text | None = given(
        None, sees=FACILITATOR, help="which item people tend to skip"
    )

    def own_cues(self) -> Iterator[OwnCue]:
        """Yield the item that people skip."""
        yield "often_skipped", (self.often_skipped,) if self.often_skipped else ()

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the items as rows; owner and date get columns where any is given."""
        rows = tuple(self._row(item) for item in self.items)
        columns = (Column(0.6), Column(), *(Column() for _ in range(len(rows[0]) - 2)))
        table = Table(columns, rows, description=context.say("title.checklist"), tallest=0.82)
        return [slide(self, context, "Content", {"content": table})]

    def _row(self, item: ChecklistItem) -> tuple[Cell, ...]:
        row = [
            cell("\u25a1", style="numeral", colour="key"),
            cell(item.text, style="body"),
        ]
        if any(other.owner for other in self.items):
            row.append(cell(item.owner or "", colour="muted"))
        if any(other.by for other in self.items):
            row.append(cell(item.by or "", colour="muted"))
        return tuple(row)

    @staticmethod
    def worksheet(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:
        """Yield the items to tick, with who does each and by when."""
        yield from check_list(
            sheet.words.detailed(item.text, item.owner, item.by) for item in shown.items
        )
