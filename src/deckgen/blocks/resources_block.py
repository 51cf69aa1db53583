"""Resources: what to read, use or ask, and terms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from deckgen.blocks.base import Block, Context, OwnCue, WorksheetContext
from deckgen.blocks.pieces import cell, slide
from deckgen.boxes import Cell, Column, Run, SlideBoxes, Table
from deckgen.document.nodes import Node, bullets
from deckgen.document.tables import form
from deckgen.document.texts import Markdown, address, joined, markdown
from deckgen.document.words import DocumentWords
from deckgen.reading.fields import Problem, Text, declared, given, needed


@declared
class Link:
    """Something to read, use or ask: an address, a book, a person; a text alone is its name."""

    SCALAR: ClassVar[tuple[str, ...]] = ("name",)

    name: Text = needed(help="what it is")
    url: Text | None = given(None, help="http, https or mailto address, where it has one")
    note: Text | None = given(None, help="what it is about, or where to find it")
    verify: bool = given(False, help="true keeps it off slides and handouts until it is checked")


@declared
class ResourcesBlock(Block):
    """Sources and further reading; unverified entries are for the facilitator only."""

    KIND: ClassVar[str] = "resources"
    AS_ON_PAPER: ClassVar[bool] = True
    MINUTES: ClassVar[int] = 0
    CLOSES: ClassVar[bool] = True

    links: tuple[Link, ...] = given((), help="what to read, use or ask")
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
        rows: list[tuple[Cell, ...]] = [
            *(self._link(link) for link in self.links if not link.verify),
            *((cell(term, colour="muted"), cell(text)) for term, text in self.terms.items()),
        ]
        if not rows:
            return []
        if not any(row[1].paragraph.text for row in rows):
            rows = [(cell(link.name),) for link in self.links if not link.verify]
        columns = tuple(Column() for _ in rows[0])
        table = Table(
            columns, tuple(rows), description=context.say("title.resources"), tallest=0.82
        )
        return [slide(self, context, "Content", {"content": table})]

    def _link(self, link: Link) -> tuple[Cell, Cell]:
        """Return the name, and where it is: its note, then its address."""
        where = cell(link.note or "")
        if link.url:
            address = cell(link.url, link=link.url)
            runs = (*where.paragraph.runs, Run(" ")) if link.note else ()
            where = address._replace(
                paragraph=address.paragraph._replace(runs=(*runs, *address.paragraph.runs))
            )
        return cell(link.name, colour="muted"), where

    @staticmethod
    def worksheet(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:
        """Yield the links with their addresses, and the terms."""
        words = sheet.words
        yield from bullets(_told(link, words) for link in shown.links)
        if shown.terms:
            head = (words.say("term"), words.say("meaning"))
            yield form((19, 55), head, list(shown.terms.items()))


def _told(link: Any, words: DocumentWords) -> Markdown:
    """Return a name, and after it its note and its address."""
    where = address(link.url) if link.url else Markdown("")
    note = markdown(link.note) if link.note else Markdown("")
    return joined(": ", (markdown(link.name), words.listed((note, where))))
