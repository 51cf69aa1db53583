"""The programme of a workshop of several sessions: when each is, and its agenda; for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from deckgen.plan.model import Plan, session_line
from deckgen.render.documents.labels import listed, say, sentence
from deckgen.render.documents.markdown import Markdown, markdown
from deckgen.render.documents.schedule import agenda_rows, day_and_hours
from deckgen.render.documents.seen import seen_by


@dataclass(frozen=True, slots=True)
class ProgrammePart:
    """A session: its name, when and where it is, and its agenda."""

    heading: Markdown
    facts: Markdown
    agenda: tuple[tuple[str, Markdown], ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """The parts of the programme in order."""

    title: Markdown
    subtitle: Markdown
    workshop: Any
    outcomes: tuple[Markdown, ...]
    sessions: tuple[ProgrammePart, ...]


def programme(plans: Sequence[Plan]) -> Programme:
    """Return the programme of the sessions of *plans*, in order."""
    first = plans[0]
    workshop = first.workshop
    promised = {text for plan in plans for text in plan.promised}
    return Programme(
        title=say("programme_title", title=markdown(workshop.title)),
        subtitle=markdown(workshop.subtitle or workshop.purpose or ""),
        workshop=seen_by("handout", workshop),
        outcomes=tuple(markdown(o.text) for o in workshop.objectives if o.text in promised),
        sessions=tuple(map(_part, plans)),
    )


def _part(plan: Plan) -> ProgrammePart:
    facts = (day_and_hours(plan), say(plan.workshop.mode), markdown(plan.workshop.room or ""))
    return ProgrammePart(
        heading=markdown(session_line(plan.outline, plan.words)),
        facts=sentence(listed(facts)),
        agenda=tuple(agenda_rows(plan)),
    )
