"""The participants' handout: their outcomes, agenda and worksheets; no answers.

Every value of a block passes `seen.seen_by("handout", …)` before a template gets it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from deckgen.blocks.base import Block, PlannedStep, WorksheetContext
from deckgen.blocks.parking_lot_block import line_to_park
from deckgen.boxes import plain
from deckgen.document.nodes import (
    Column,
    Document,
    LabelledText,
    Node,
    Nodes,
    Rule,
    Section,
    Table,
    bullets,
    paragraphs,
    told,
)
from deckgen.document.texts import Markdown, address, joined, markdown, unbold
from deckgen.document.words import DocumentWords
from deckgen.inline import parse_inline
from deckgen.plan.model import Plan, PlannedBlock
from deckgen.render.documents.answers import answers_of
from deckgen.render.documents.appendix import name_line
from deckgen.render.documents.schedule import (
    agenda_rows,
    agenda_table,
    next_session,
    prework,
    session_and_hours,
    words_of,
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
    nodes: Nodes

    def section(self) -> Section:
        """Return it as a section."""
        return Section(self.heading, 3, self.nodes)


def handout(plan: Plan, *, with_answers: bool = False) -> Document:
    """Return the handout of *plan*; *with_answers* they stand on its last page."""
    workshop, words, facts = plan.workshop, words_of(plan), _facts(plan)
    subtitle = markdown(workshop.subtitle or workshop.purpose or "")
    shown = seen_by("handout", workshop)
    running = [p for p in plan.blocks if p.block.ON_PAPER]
    lost = [block for block in plan.lost if block.ON_PAPER]
    values = {
        "subtitle": subtitle,
        "facts": facts,
        "workshop": shown,
        "outcomes": tuple(map(markdown, plan.promised)),
        "agenda": tuple(agenda_rows(plan)),
        "next_session": next_session(plan),
        "ground_rules": tuple(_ground_rules(plan)),
        "worksheets": tuple(_part(planned.block, planned, words) for planned in running),
        "mentioned": told(_mentioned(plan)),
        "credit": _credit(plan),
        "left_out": tuple(_part(block, None, words) for block in lost),
        "answers": _answers(plan) if with_answers else Nodes(),
    }
    return Document(
        "handout",
        words.say("handout_title", title=markdown(workshop.title)),
        Nodes((*paragraphs(subtitle, facts), *prework(shown, words))),
        {name: Nodes(nodes) for name, nodes in _parts(values, words)},
        values,
    )


def _parts(held: Mapping[str, Any], words: DocumentWords) -> Iterator[tuple[str, Iterable[Node]]]:
    """Yield the parts in order, those without a content empty."""
    yield "outcomes", _chapter("able_to", _outcomes(held["outcomes"], words), words)
    yield "agenda", _chapter("agenda_title", _agenda(held, words), words)
    sheets = [part.section() for part in held["worksheets"]]
    yield "worksheets", _chapter("worksheets", sheets, words, begins_page=True)
    yield "mentioned", _chapter("mentioned", filter(None, (held["mentioned"],)), words)
    yield "credit", _chapter("credit", held["credit"], words)
    left_out = [part.section() for part in held["left_out"]]
    yield "left_out", _chapter("not_covered", left_out, words, begins_page=True)
    answers = held["answers"]
    look = paragraphs(words.say("answers_last")) if answers else ()
    last = _chapter("answers", (*look, *answers), words, begins_page=True)
    yield "answers", (Rule(), *last) if last else ()


def _chapter(
    key: str, nodes: Iterable[Node], words: DocumentWords, *, begins_page: bool = False
) -> Nodes:
    held = tuple(nodes)
    return Nodes((Section(words.say(key), 2, held, begins_page=begins_page),) if held else ())


def _outcomes(outcomes: tuple[Markdown, ...], words: DocumentWords) -> Iterator[Node]:
    """Yield a table to rate oneself by, before and after."""
    if not outcomes:
        return
    yield from paragraphs(words.say("rate"))
    columns = (Column(43), Column(15, "centre"), Column(15, "centre"))
    head = tuple(words.say(key) for key in ("outcome_head", "before_head", "after_head"))
    numbers = Markdown("1 2 3 4 5")
    yield Table(columns, head, tuple((outcome, numbers, numbers) for outcome in outcomes))


def _agenda(held: Mapping[str, Any], words: DocumentWords) -> Iterator[Node]:
    """Yield the agenda, and what holds for the whole session."""
    yield agenda_table(held["agenda"], words)
    if held["next_session"]:
        yield words.led("next_session", held["next_session"])
    if rules := held["ground_rules"]:
        yield from paragraphs(Markdown(f"**{words.lead('rules_title')}**"))
        yield from bullets(rules)
    if held["workshop"].parking_lot:
        yield from paragraphs(line_to_park(words))


def _facts(plan: Plan) -> Markdown:
    words = words_of(plan)
    room = markdown(plan.workshop.room or "")
    names = words.listed(markdown(name) for _, name in plan.workshop.team.named())
    team = words.say("team_is", names=names) if names else Markdown("")
    return joined(" ", map(words.sentence, (session_and_hours(plan), room, team)))


def _ground_rules(plan: Plan) -> Iterator[Markdown]:
    for planned in plan.blocks:
        yield from map(markdown, getattr(planned.block, "ground_rules", ()))


def _part(block: Block, planned: PlannedBlock | None, words: DocumentWords) -> HandoutPart:
    shown, steps = seen_by("handout", block), planned.steps if planned else ()
    return HandoutPart(
        heading=_heading(block, words),
        kind=block.KIND,
        block=shown,
        steps=steps,
        groups=planned.groups.told(words.words) if planned and planned.groups else "",
        nodes=Nodes(block.worksheet(shown, WorksheetContext(words, steps))),
    )


def _heading(block: Block, words: DocumentWords) -> Markdown:
    """Return the title; one that begins with no letter gets a word before it, or links break."""
    starts_well = plain(parse_inline(block.title))[:1].isalpha()
    return markdown(block.title) if starts_well else words.say("part", title=block.title)


def _mentioned(plan: Plan) -> Iterator[LabelledText]:
    words = words_of(plan)
    for heading, names in plan.outline.mentioned.groups():
        line = name_line((name for name in names if not name.verify), words)
        if line:
            yield words.cue(heading, words.sentence(line))


def _answers(plan: Plan) -> Nodes:
    words = words_of(plan)
    blocks = (*(planned.block for planned in plan.blocks), *plan.lost)
    return answers_of(((unbold(b.title), b) for b in blocks), words, with_twists=False)


def _credit(plan: Plan) -> Nodes:
    source = plan.workshop.source
    if source is None:
        return Nodes()
    return paragraphs(source.credit, address(source.url) if source.url else "", source.caveat)
