"""What the handout's partials cannot say plainly: tables of varying width, details in brackets."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from deckgen.reading.fields import Text
from deckgen.render.documents.labels import listed, say
from deckgen.render.documents.markdown import (
    BLANK,
    FULL,
    Markdown,
    address,
    joined,
    markdown,
    table,
    unmarked,
)
from deckgen.render.documents.seen import nested

MOST_SCORES = 5  # with criterion and own score a table of seven columns, the most that fits a page


def criteria_table(block: Any) -> Markdown:
    """Return a framework's criteria with their scores and room for one's own, then the total."""
    scores = list(block.criteria[0].scores)
    blank, mine = Markdown(BLANK), say("my_score")
    if not scores:
        head, middle = [say("criterion"), say("because")], [blank]
        rows = [[markdown(c.name), blank, blank] for c in block.criteria]
    elif len(scores) > MOST_SCORES:
        head, middle = [say("criterion"), say("scores")], [Markdown("")]
        rows = [[markdown(c.name), _scores(c.scores), blank] for c in block.criteria]
    else:
        head, middle = [say("criterion"), *map(markdown, scores)], [Markdown("")] * len(scores)
        rows = [[*map(markdown, (c.name, *c.scores.values())), blank] for c in block.criteria]
    total = [[say("total"), *middle, blank]] if block.bands else []
    return table([*head, mine], rows + total, least=FULL)


def matrix_table(block: Any) -> Markdown:
    """Return a 2x2 matrix as a table: the high row first, the ends of its axes at the edges."""
    left, right = map(markdown, block.axes.x)
    low, high = map(markdown, block.axes.y)
    cells = [*map(markdown, block.cells)]
    rows = [[high, *cells[:2]], [low, *cells[2:]]]
    return table(["", left, right], rows, least=FULL)


def tree_list(branch: Any, depth: int = 0, answer: str = "") -> Markdown:
    """Return a decision tree as a nested list: each answer before what follows it."""
    lead = f"**{markdown(answer)}:** " if answer else ""
    lines = [f"{'  ' * depth}- {lead}{markdown(branch.text)}"]
    lines += [tree_list(follower, depth + 1, name) for name, follower in branch.answers.items()]
    return Markdown("\n".join(lines))


def data_table(block: Any) -> Markdown:
    """Return a chart's numbers: a row for each category, a column for each series."""
    rows = [
        [markdown(category), *(Markdown(f"{values[k]:g}") for values in block.data.values())]
        for k, category in enumerate(block.categories)
    ]
    return table(["", *map(markdown, block.data)], rows)


def code_lines(text: str, language: str | None) -> Markdown:
    """Return code between fences longer than any run of backticks in it (CommonMark 4.5)."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return Markdown(f"{fence}{language or ''}\n{text.strip(chr(10))}\n{fence}")


def with_details(text: Text, *details: Text | None) -> Markdown:
    """Return *text* with the details given in brackets, such as who does it and by when."""
    given = listed(markdown(detail) for detail in details if detail)
    return say("task_of", task=text, details=given) if given else markdown(text)


def with_choices(question: Text, options: tuple[Text, ...]) -> Markdown:
    """Return a question with the options to choose from."""
    if not options:
        return markdown(question)
    return say("choices", question=question, options=joined(" / ", map(markdown, options)))


def _scores(scores: dict[Text, Text]) -> Markdown:
    return joined(say("semicolon"), (say("one_score", score=s, text=t) for s, t in scores.items()))


FUNCTIONS: dict[str, Callable[..., Markdown]] = {
    "address": address,
    "code_lines": code_lines,
    "criteria_table": criteria_table,
    "data_table": data_table,
    "matrix_table": matrix_table,
    "tree_list": tree_list,
    "nested": nested,
    "unmarked": unmarked,
    "with_choices": with_choices,
    "with_details": with_details,
}
