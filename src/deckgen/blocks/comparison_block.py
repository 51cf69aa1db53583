"""A comparison, or another table: things row by row, in up to eight columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, ClassVar

from deckgen.blocks.base import Block, Context, OwnCue, Texts, WorksheetContext
from deckgen.blocks.pieces import cell, slide, text_box
from deckgen.boxes import Column, Content, SlideBoxes, Table
from deckgen.document.nodes import Node, paragraphs
from deckgen.document.nodes import Table as DocumentTable
from deckgen.document.tables import table
from deckgen.inline import unmarked
from deckgen.languages import Words
from deckgen.number_format import are_numbers
from deckgen.reading.fields import (
    FACILITATOR,
    Count,
    Problem,
    Text,
    declared,
    given,
    needed,
    shared,
)

MOST_COLUMNS = 8  # that can be read on a slide, with the labels


@shared
class Compared:
    """Things that are compared row by row."""

    columns: Annotated[Texts, Count(1, 8)] = needed(
        help="what is compared: up to seven names; or eight at most, one above the labels too"
    )
    rows: Annotated[tuple[Texts, ...], Count(1, 200)] = needed(
        help="rows: a label, then one text for each column"
    )

    def problems(self) -> Iterator[Problem]:
        """Yield rows whose length does not match the columns."""
        expected = len(heads_of(self))
        if expected > MOST_COLUMNS:
            message = (
                f"a table has at most {MOST_COLUMNS} columns, with the labels; this has {expected}"
            )
            yield Problem("columns", "wrong-value", message)
        odd = [(k, len(row)) for k, row in enumerate(self.rows, 1) if len(row) != expected]
        if odd:
            k, count = odd[0]
            more = f", and {len(odd) - 1} more rows do not match" if odd[1:] else ""
            message = f"row {k} has {count} texts; a label and {expected - 1} make {expected}{more}"
            yield Problem("rows", "wrong-value", message)

    def table(self, words: Words) -> Table:
        """Return the comparison as a table."""
        head = tuple(cell(text, style="table_head") for text in heads_of(self))
        rows = tuple(
            (cell(row[0], colour="muted"), *(cell(text) for text in row[1:])) for row in self.rows
        )
        right = numeric_columns(self.rows)
        columns = tuple(Column(align="r" if k in right else "l") for k in range(len(head)))
        what = words.say("alt.comparison", columns=words.enumerated([*map(unmarked, self.columns)]))
        return Table(columns, rows, head, description=what, tallest=1.02)


@declared
class ComparisonBlock(Compared, Block):
    """A table that compares things row by row, in up to eight columns."""

    KIND: ClassVar[str] = "comparison"

    source: Text | None = given(None, help="where it comes from")
    nuance: Texts = given((), sees=FACILITATOR, help="what each row leaves out")

    def own_cues(self) -> Iterator[OwnCue]:
        """Yield what the rows leave out."""
        yield "nuance", self.nuance

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the table; the layout splits it where it is too long."""
        boxes: dict[str, Content] = {
            "content": self.table(context.words),
            "source": text_box(self.source),
        }
        return [slide(self, context, "Content", boxes)]

    @staticmethod
    def worksheet(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:  # noqa: ARG004
        """Yield the table and its source."""
        yield table_told(shown)
        yield from paragraphs(shown.source)


def table_told(shown: Any) -> DocumentTable:
    """Return a comparison as a page shows it."""
    return table(heads_of(shown), shown.rows, right=numeric_columns(shown.rows))


def heads_of(shown: Any) -> tuple[str, ...]:
    """Return the heads of a table: one for each text of a row, the labels' mostly empty."""
    has_label = len(shown.columns) == len(shown.rows[0])
    return tuple(shown.columns) if has_label else ("", *shown.columns)


def numeric_columns(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the columns that hold numbers, which stand flush right; labels never do."""
    width = min((len(row) for row in rows), default=0)
    return [k for k in range(1, width) if are_numbers([unmarked(row[k]) for row in rows])]
