"""Key points: a short list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from deckgen.blocks.base import Block, Context, Texts, WorksheetContext
from deckgen.blocks.pieces import chunks, part_title, slide, text_box
from deckgen.boxes import SlideBoxes
from deckgen.document.nodes import Node, bullets, paragraphs
from deckgen.reading.fields import Count, Text, declared, given, needed

MOST_ON_SLIDE = 4


@declared
class KeyPointsBlock(Block):
    """Points to take away, at most four on a slide."""

    KIND: ClassVar[str] = "key_points"

    items: Annotated[Texts, Count(1, 40)] = needed(help="the points")
    source: Text | None = given(None, help="where they come from")

    build: bool = given(False, help="whether points appear click by click")

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the points in parts as equal as can be."""
        parts = chunks(self.items, MOST_ON_SLIDE)
        return [
            slide(
                self,
                context,
                "Content",
                {"content": text_box(*part), "source": text_box(self.source)},
                key="" if k == 1 else str(k),
                title=self.title
                if len(parts) == 1
                else part_title(context.words, self.title, k, len(parts)),
                notes=context.notes if k == 1 else (),
            )._replace(build=self.build)
            for k, part in enumerate(parts, 1)
        ]

    @staticmethod
    def worksheet(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:  # noqa: ARG004
        """Yield the points and their source."""
        yield from bullets(shown.items)
        yield from paragraphs(shown.source)
