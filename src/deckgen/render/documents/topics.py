"""A heading of the facilitator notes, with a body and the cues under it."""

from __future__ import annotations

from typing import NamedTuple

from deckgen.document.nodes import LabelledTexts, Nodes, Section, SlidePictures
from deckgen.document.texts import Markdown


class Topic(NamedTuple):
    """What is told under a heading; `ref` is the number of the block that it is about."""

    heading: Markdown
    items: LabelledTexts = LabelledTexts()
    body: Nodes = Nodes()
    ref: str = ""

    def section(self) -> Section:
        """Return it as a section; that of a block begins a page and has a place for its slides."""
        pictures = (SlidePictures(self.ref),) if self.ref else ()
        cues = (self.items,) if self.items else ()
        nodes = (*self.body, *pictures, *cues)
        return Section(self.heading, 3, nodes, self.ref, begins_page=bool(self.ref))
