"""What the handout's partials cannot say plainly: tables of varying width, details in brackets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from deckgen.reading.fields import Text
from deckgen.render.documents.labels import say
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


def with_details(text: Text, *details: Text | None) -> Markdown:
    """Return *text* with the details given in brackets, such as who does it and by when."""
    given = joined(", ", (markdown(detail) for detail in details if detail))
    return say("task_of", task=text, details=given) if given else markdown(text)


def with_choices(question: Text, options: tuple[Text, ...]) -> Markdown:
    """Return a question with the options to choose from."""
    if not options:
        return markdown(question)
    return say("choices", question=question, options=joined(" / ", map(markdown, options)))


def _scores(scores: dict[Text, Text]) -> Markdown:
    return joined("; ", (say("one_score", score=s, text=t) for s, t in scores.items()))


FUNCTIONS: dict[str, Callable[..., Markdown]] = {
    "address": address,
    "criteria_table": criteria_table,
    "nested": nested,
    "unmarked": unmarked,
    "with_choices": with_choices,
    "with_details": with_details,
}
