"""The programme of a workshop of several sessions: when each is, and its agenda; for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from deckgen.document.nodes import Document, Nodes, Section, bullets, paragraphs
from deckgen.document.texts import Markdown, markdown
from deckgen.plan.model import Plan, session_line
from deckgen.render.documents.schedule import (
    agenda_rows,
    agenda_table,
    day_and_hours,
    given_mode,
    prework,
    words_of,
)
from deckgen.render.documents.seen import seen_by


class Programmed(NamedTuple):
    """A session: its name, when and where it is, and its agenda."""

    heading: Markdown
    facts: Markdown
    agenda: tuple[tuple[str, Markdown], ...]


def programme(plans: Sequence[Plan]) -> Document:
    """Return the programme of the sessions of *plans*, in order."""
    first, words = plans[0], words_of(plans[0])
    workshop, shown = first.workshop, seen_by("handout", first.workshop)
    subtitle = markdown(workshop.subtitle or workshop.purpose or "")
    promised = {text for plan in plans for text in plan.promised}
    outcomes = tuple(markdown(o.text) for o in workshop.objectives if o.text in promised)
    sessions = tuple(map(_programmed, plans))
    able_to = Section(words.say("able_to"), 2, bullets(outcomes))
    return Document(
        "programme",
        words.say("programme_title", title=markdown(workshop.title)),
        Nodes((*paragraphs(subtitle), *prework(shown, words))),
        {
            "outcomes": Nodes((able_to,) if outcomes else ()),
            "sessions": Nodes(
                Section(s.heading, 2, (*paragraphs(s.facts), agenda_table(s.agenda, words)))
                for s in sessions
            ),
        },
        {
            "subtitle": subtitle,
            "workshop": shown,
            "outcomes": outcomes,
            "sessions": sessions,
        },
    )


def _programmed(plan: Plan) -> Programmed:
    words = words_of(plan)
    facts = (day_and_hours(plan), given_mode(plan), markdown(plan.workshop.room or ""))
    return Programmed(
        heading=markdown(session_line(plan.outline, plan.words)),
        facts=words.sentence(words.listed(facts)),
        agenda=tuple(agenda_rows(plan)),
    )
