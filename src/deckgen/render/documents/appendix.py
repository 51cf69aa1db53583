"""The facilitator notes' appendix: answers, sources, names to check, the way online."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deckgen.blocks.base import Block
from deckgen.outline.model import Name
from deckgen.plan.model import Plan
from deckgen.render.documents.answers import answers_of
from deckgen.render.documents.items import Item, Part, item, told
from deckgen.render.documents.labels import listed, say, sentence
from deckgen.render.documents.markdown import (
    Markdown,
    address,
    joined,
    markdown,
)
from deckgen.render.documents.schedule import named


def appendix_of(plan: Plan) -> tuple[Part, ...]:
    """Return the appendix's parts that have a content; one that says so if there is none."""
    parts = (
        Part(say("answers"), body=answers_of(_named(plan))),
        Part(say("fit_decisions"), told(_decisions(plan)), _fit_to(plan)),
        Part(say("where_from"), told(_sources(plan))),
        Part(say("unchecked"), told(_names(plan, is_unchecked=True)), say("unchecked_how")),
        Part(say("go_online"), told(_online(plan))),
    )
    return tuple(part for part in parts if part.items or (part.body and part is parts[0]))


def _named(plan: Plan) -> Iterator[tuple[Markdown, Block]]:
    for planned in plan.blocks:
        yield named(planned), planned.block


def _decisions(plan: Plan) -> Iterator[Item]:
    """Yield which blocks the budget made shorter or longer; what it cut stands under the run sheet."""
    refs = {str(planned.block.id): planned.ref for planned in plan.blocks}
    for decision in plan.fit.decisions:
        if decision.action in ("shortened", "lengthened"):
            action = say(f"fit_{decision.action}", minutes=decision.minutes)
            line = say("fit_changed", action=action, why=plan.words.tell(decision.why))
            yield Item(Markdown(refs[str(decision.block.id)]), (line,))


def _fit_to(plan: Plan) -> Markdown:
    people = say("people", count=plan.workshop.people.expected)
    return say("fit_to", budget=plan.fit.budget, people=people)


def name_line(names: Iterable[Name]) -> Markdown:
    """Return names with their other forms and what they are."""
    return listed(_name(name) for name in names)


def _sources(plan: Plan) -> Iterator[Item]:
    source = plan.workshop.source
    if source is not None:
        where = address(source.url) if source.url else Markdown("")
        yield item("credit", markdown(source.credit), where, markdown(source.caveat or ""))
    yield from _names(plan, is_unchecked=False)


def _names(plan: Plan, *, is_unchecked: bool) -> Iterator[Item]:
    for heading, names in plan.outline.mentioned.groups():
        line = name_line(name for name in names if name.verify is is_unchecked)
        if line:
            yield Item(say(heading), (sentence(line),))


def _name(name: Name) -> Markdown:
    more = joined(say("semicolon"), (listed(map(markdown, name.aka)), markdown(name.note or "")))
    return Markdown(f"{markdown(name.name)} ({more})") if more else markdown(name.name)


def _online(plan: Plan) -> Iterator[Item]:
    """Yield how each block runs online, for a workshop planned in a room."""
    if plan.workshop.mode != "in_person":
        return
    for planned in plan.blocks:
        texts = [markdown(t) for cue in planned.cues if cue.key == "online" for t in cue.texts]
        yield Item(Markdown(planned.ref), tuple(texts))
