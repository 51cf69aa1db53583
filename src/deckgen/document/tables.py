"""Makes the tables of documents: of what there is to tell, or to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from deckgen.document.nodes import Column, Table, leaf
from deckgen.document.texts import BLANK, Markdown

WIDEST, NARROWEST, TO_WRITE_IN = 30, 3, 20  # the weights that a column gets by its content
FULL = 74  # the weight in all from which a table is as wide as the page


def table(
    head: Sequence[object],
    rows: Sequence[Sequence[object]],
    *,
    right: Sequence[int] = (),
    least: int = 0,
) -> Table:
    """Return a table of cells that are Markdown or an author's text, its columns by their content.

    *right* are the indices of the columns set flush right; the weights are *least* or more in all.
    """
    lines = [tuple(map(leaf, row)) for row in (head, *rows)]
    weights = [_weight(column) for column in zip_longest(*lines, fillvalue="")]
    weights = [max(weight, -(-weight * least // sum(weights))) for weight in weights]
    columns = [
        Column(weight, "right" if k in right else "left") for k, weight in enumerate(weights)
    ]
    return _filled(columns, lines)


def form(weights: Sequence[int], head: Sequence[object], rows: Iterable[Sequence[object]]) -> Table:
    """Return a table whose columns have *weights*, whatever stands in them: a sheet to fill in."""
    lines = [tuple(map(leaf, row)) for row in (head, *rows)]
    return _filled([Column(weight) for weight in weights], lines)


def without_empty_columns(
    head: Sequence[Markdown], rows: Sequence[Sequence[Markdown]]
) -> tuple[list[Markdown], list[list[Markdown]]]:
    """Return *head* and *rows* without the columns in which no row says anything."""
    kept = [k for k in range(len(head)) if any(row[k] for row in rows)]
    return [head[k] for k in kept], [[row[k] for k in kept] for row in rows]


def _filled(columns: Sequence[Column], lines: Sequence[tuple[Markdown, ...]]) -> Table:
    none = Markdown("")
    head, *rows = ((*line, *[none] * (len(columns) - len(line))) for line in lines)
    return Table(tuple(columns), head, tuple(rows))


def _weight(cells: Sequence[str]) -> int:
    longest = max(len(cell) for cell in cells)
    least = TO_WRITE_IN if BLANK in cells else NARROWEST
    return max(least, min(longest + 2, WIDEST))
