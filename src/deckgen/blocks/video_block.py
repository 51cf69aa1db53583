"""A video: a file in the deck, or a link to where it plays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from deckgen.blocks.base import WorksheetContext
from deckgen.blocks.playing import PlayingBlock
from deckgen.document.nodes import Node
from deckgen.reading.fields import declared


@declared
class VideoBlock(PlayingBlock):
    """A video: a file in the deck, or a link to where it plays."""

    KIND: ClassVar[str] = "video"
    MINUTES: ClassVar[int] = 5

    @staticmethod
    def worksheet(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:
        """Yield what it is and where it plays."""
        yield from VideoBlock.told(shown, sheet)
