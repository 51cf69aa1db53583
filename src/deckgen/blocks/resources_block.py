"""Resources: links and terms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from deckgen.blocks.base import Block, Context, OwnCue, WorksheetContext
from deckgen.blocks.pieces import cell, slide
from deckgen.boxes import Column, SlideBoxes, Table
from deckgen.document.nodes import Node, bullets
from deckgen.document.tables import form
from deckgen.document.texts import Markdown, address, markdown
from deckgen.reading.fields import Problem, Text, declared, given, needed


@declared
class Link:
    """An address with its name."""

    name: Text = needed(help="what it is")
    url: Text = needed(help="http, https or mailto address")
    verify: bool = given(False, help="true keeps it off slides and handouts until it is checked")


@declared
class ResourcesBlock(Block):
    """Sources and further reading; unverified entries are for the facilitator only."""

    KIND: ClassVar[str] = "resources"
    MINUTES: ClassVar[int] = 0
    CLOSES: ClassVar[bool] = True

    links: tuple[Link, ...] = given((), help="addresses")
    terms: dict[str, Text] = given(help="words and what they mean", factory=dict)

    def problems(self) -> Iterator[Problem]:
        """Yield an empty block."""
        if not (self.links or self.terms):
            yield Problem("", "missing-field", "a `resources` block needs links or terms")

    def own_cues(self) -> Iterator[OwnCue]:
        """Yield the entries that nobody has checked yet."""
        yield "unchecked", tuple(link.name for link in self.links if link.verify)

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return verified links and terms as rows."""
        rows = [
            (
                cell(link.name, colour="muted"),
                cell(link.url, link=link.url),
            )
            for link in self.links
            if not link.verify
        ]
        rows += [(cell(term, colour="muted"), cell(text)) for term, text in self.terms.items()]
        if not rows:
            return []
        columns = (Column(2.34), Column())
        table = Table(
            columns, tuple(rows), description=context.say("title.resources"), tallest=0.82
        )
        return [slide(self, context, "Content", {"content": table})]

    @staticmethod
    def worksheet(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:
        """Yield the links with their addresses, and the terms."""
        words = sheet.words
        links = ((markdown(link.name), address(link.url)) for link in shown.links)
        yield from bullets(Markdown(f"{name}: {where}") for name, where in links)
        if shown.terms:
            head = (words.say("term"), words.say("meaning"))
            yield form((19, 55), head, list(shown.terms.items()))
