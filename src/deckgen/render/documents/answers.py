"""The answers of quizzes, cards and cases as tables: in the appendix, and last in a handout if asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deckgen.blocks.base import Block
from deckgen.document.nodes import Node, Nodes, Paragraph
from deckgen.document.tables import table, without_empty_columns
from deckgen.document.texts import Markdown, markdown
from deckgen.document.words import DocumentWords


def answers_of(
    blocks: Iterable[tuple[Markdown, Block]], words: DocumentWords, *, with_twists: bool = True
) -> Nodes:
    """Return the answers of *blocks* under their names; *with_twists*, those of cases too."""
    return Nodes(_tables(blocks, words, with_twists=with_twists))


def _tables(
    blocks: Iterable[tuple[Markdown, Block]], words: DocumentWords, *, with_twists: bool
) -> Iterator[Node]:
    for name, block in blocks:
        found = block.answers()
        kept = [k for k, key in enumerate(found.heads) if with_twists or key != "twist"]
        rows = [[markdown(row[k] or "") for k in kept] for row in found.rows]
        if any(cell for row in rows for cell in row[1:]):
            yield Paragraph(Markdown(f"**{name}**"))
            yield table(*without_empty_columns([words.say(found.heads[k]) for k in kept], rows))
