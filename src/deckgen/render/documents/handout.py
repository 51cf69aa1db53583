"""The participants' handout: their outcomes, agenda and worksheets; no answers.

Every value of a block passes `seen.seen_by("handout", …)` before a template gets it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from deckgen.blocks.base import Block, PlannedStep
from deckgen.boxes import plain
from deckgen.inline import parse_inline
from deckgen.plan.model import Plan, PlannedBlock
from deckgen.render.documents.answers import answers_of
from deckgen.render.documents.appendix import name_line
from deckgen.render.documents.items import Item
from deckgen.render.documents.labels import listed, say, sentence
from deckgen.render.documents.markdown import Markdown, address, joined, markdown, unmarked
from deckgen.render.documents.schedule import (
    WITHOUT_WORKSHEET,
    agenda_rows,
    next_session,
    session_and_hours,
)
from deckgen.render.documents.seen import seen_by


@dataclass(frozen=True, slots=True)
class HandoutPart:
    """What participants get of one block."""

    heading: Markdown
    kind: str
    block: Any  # what the block's fields hold that a handout may show
    steps: tuple[PlannedStep, ...]
    groups: str


@dataclass(frozen=True, slots=True)
class Handout:
    """The parts of the handout in order."""

    title: Markdown
    subtitle: Markdown
    facts: Markdown
    workshop: Any
    outcomes: tuple[Markdown, ...]
    agenda: tuple[tuple[str, Markdown], ...]
    next_session: Markdown
    ground_rules: tuple[Markdown, ...]
    worksheets: tuple[HandoutPart, ...]
    mentioned: tuple[Item, ...]
    credit: Markdown
    left_out: tuple[HandoutPart, ...]
    answers: Markdown


def handout(plan: Plan, *, with_answers: bool = False) -> Handout:
    """Return the handout of *plan*; *with_answers* they stand on its last page."""
    workshop = plan.workshop
    return Handout(
        title=say("handout_title", title=markdown(workshop.title)),
        subtitle=markdown(workshop.subtitle or workshop.purpose or ""),
        facts=_facts(plan),
        workshop=seen_by("handout", workshop),
        outcomes=tuple(map(markdown, plan.promised)),
        agenda=tuple(agenda_rows(plan)),
        next_session=next_session(plan),
        ground_rules=tuple(_ground_rules(plan)),
        worksheets=tuple(
            _part(p.block, p, plan) for p in plan.blocks if p.block.KIND not in WITHOUT_WORKSHEET
        ),
        mentioned=tuple(_mentioned(plan)),
        credit=_credit(plan),
        left_out=tuple(
            _part(block, None, plan) for block in plan.lost if block.KIND not in WITHOUT_WORKSHEET
        ),
        answers=_answers(plan) if with_answers else Markdown(""),
    )


def _facts(plan: Plan) -> Markdown:
    room = markdown(plan.workshop.room or "")
    names = listed(unmarked(name) for _, name in plan.workshop.team.named())
    team = say("team_is", names=names) if names else Markdown("")
    return joined(" ", map(sentence, (session_and_hours(plan), room, team)))


def _ground_rules(plan: Plan) -> Iterator[Markdown]:
    for planned in plan.blocks:
        if planned.block.KIND == "title":
            yield from map(markdown, getattr(planned.block, "ground_rules", ()))


def _part(block: Block, planned: PlannedBlock | None, plan: Plan) -> HandoutPart:
    return HandoutPart(
        heading=_heading(block),
        kind=block.KIND,
        block=seen_by("handout", block),
        steps=planned.steps if planned else (),
        groups=planned.groups.told(plan.words) if planned and planned.groups else "",
    )


def _heading(block: Block) -> Markdown:
    """Return the title; one that begins with no letter gets a word before it, or links break."""
    starts_well = plain(parse_inline(block.title))[:1].isalpha()
    return markdown(block.title) if starts_well else say("part", title=block.title)


def _mentioned(plan: Plan) -> Iterator[Item]:
    for heading, names in plan.outline.mentioned.groups():
        line = name_line(name for name in names if not name.verify)
        if line:
            yield Item(say(heading), (sentence(line),))


def _answers(plan: Plan) -> Markdown:
    blocks = (*(planned.block for planned in plan.blocks), *plan.lost)
    return answers_of(((unmarked(b.title), b) for b in blocks), with_twists=False)


def _credit(plan: Plan) -> Markdown:
    source = plan.workshop.source
    if source is None:
        return Markdown("")
    where = address(source.url) if source.url else Markdown("")
    return joined("\n\n", (markdown(source.credit), where, markdown(source.caveat or "")))
