"""Name badges: a card for everyone who is expected, and spare ones, to print, cut out and fill in."""

from __future__ import annotations

import math
from collections.abc import Iterator

from deckgen.document.nodes import Card, Cards, Document, Nodes, paragraphs
from deckgen.document.texts import BLANK, Markdown, markdown, unbold, unmarked
from deckgen.plan.model import Plan
from deckgen.render.documents.materials import group_count
from deckgen.render.documents.schedule import words_of

SPARE = 0.1  # of the people expected: who comes unannounced, and who spoils a badge
SHORT_LINE = Markdown("_" * 20)


def badges(plan: Plan) -> Document:
    """Return the badges of *plan*: the team's first, then those of people by their table."""
    words = words_of(plan)
    expected = plan.workshop.people.expected
    spare = math.ceil(expected * SPARE)
    cards = (*_team(plan), *_people(plan, expected), *_people(plan, 0, spare))
    how = words.say("badges_how", count=len(cards), spare=spare)
    return Document(
        "badges",
        words.say("badges_title", title=markdown(plan.workshop.title)),
        paragraphs(how),
        {"badges": Nodes((Cards(cards),))},
        {"how": how},
    )


def _team(plan: Plan) -> Iterator[Card]:
    """Yield a badge for each of the team; whose name is open writes it."""
    words, head = words_of(plan), unmarked(plan.workshop.title)
    for role, name in plan.workshop.team.named():
        is_open = name.casefold() == role
        called = BLANK if is_open else Markdown(f"**{unbold(name)}**")
        yield Card(head, (called, words.say(f"role_{role}")))


def _people(plan: Plan, expected: int, spare: int = 0) -> Iterator[Card]:
    """Yield badges to write a name on, dealt to the tables in turn; spare ones name none."""
    words, head = words_of(plan), unmarked(plan.workshop.title)
    ask = Markdown(f"{words.say('ask_me')} {SHORT_LINE}")
    tables = group_count(None, plan)
    has_tables = tables > 1 and plan.workshop.mode != "online"
    for k in range(expected + spare):
        is_dealt = has_tables and k < expected
        seat = (words.say("table_number", number=k % tables + 1),) if is_dealt else ()
        yield Card(head, (BLANK, ask, *seat))
