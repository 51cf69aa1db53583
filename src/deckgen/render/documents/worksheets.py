"""The functions that a template may call to write a block's part of the handout."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from deckgen.blocks.chart_block import data_table
from deckgen.blocks.framework_block import criteria_table, matrix_table, tree_list
from deckgen.blocks.quiz_block import with_choices
from deckgen.document.nodes import CodeLines, Nodes, listed_points
from deckgen.document.texts import address, unmarked
from deckgen.document.words import DocumentWords


def functions(words: DocumentWords) -> Mapping[str, Callable[..., object]]:
    """Return the functions by the names that templates call them."""
    return {
        "address": address,
        "code_lines": lambda code, language: CodeLines(code.strip("\n"), language or ""),
        "criteria_table": partial(criteria_table, words=words),
        "data_table": data_table,
        "matrix_table": matrix_table,
        "tree_list": tree_list,
        "nested": lambda points: Nodes(listed_points(points)),
        "unmarked": unmarked,
        "with_choices": partial(with_choices, words=words),
        "with_details": words.detailed,
    }
