"""The answers of quizzes, cards and cases as tables: in the appendix, and last in a handout if asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, cast

from deckgen.blocks.base import Block
from deckgen.document.nodes import Node, Nodes, Paragraph
from deckgen.document.tables import table, without_empty_columns
from deckgen.document.texts import Markdown, markdown
from deckgen.document.words import DocumentWords

if TYPE_CHECKING:
    from deckgen.blocks.activity_block import ActivityBlock
    from deckgen.blocks.case_block import CaseBlock
    from deckgen.blocks.quiz_block import QuizBlock


def answers_of(
    blocks: Iterable[tuple[Markdown, Block]], words: DocumentWords, *, with_twists: bool = True
) -> Nodes:
    """Return the answers of *blocks* under their names; *with_twists*, those of cases too."""
    return Nodes(_tables(blocks, words, with_twists=with_twists))


def _tables(
    blocks: Iterable[tuple[Markdown, Block]], words: DocumentWords, *, with_twists: bool
) -> Iterator[Node]:
    for name, block in blocks:
        keys, rows = _answer_rows(block)
        if not with_twists:
            kept = [k for k, key in enumerate(keys) if key != "twist"]
            keys, rows = [keys[k] for k in kept], [[row[k] for k in kept] for row in rows]
        if any(cell for row in rows for cell in row[1:]):
            yield Paragraph(Markdown(f"**{name}**"))
            yield table(*without_empty_columns([words.say(key) for key in keys], rows))


def _answer_rows(block: Block) -> tuple[list[str], list[list[Markdown]]]:
    match block.KIND:
        case "quiz":
            quiz = cast("QuizBlock", block)
            return ["question", "answer"], [_cells(i.q, i.a) for i in quiz.items]
        case "activity":
            cards = cast("ActivityBlock", block).cards
            rows = [_cells(card.text, card.answer, card.why) for card in cards]
            return ["card", "answer", "why_head"], rows
        case "case":
            cases = cast("CaseBlock", block).cases
            return ["case", "advice", "twist"], [_cells(c.text, c.advice, c.twist) for c in cases]
        case _:
            return [], []


def _cells(*texts: str | None) -> list[Markdown]:
    return [markdown(text or "") for text in texts]
