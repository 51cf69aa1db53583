"""The facilitator notes' appendix: answers, sources, names to check, the way online."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, cast

from deckgen.outline.model import Name
from deckgen.plan.model import Plan, PlannedBlock
from deckgen.render.documents.items import Item, Part, item, told
from deckgen.render.documents.labels import say
from deckgen.render.documents.markdown import (
    Markdown,
    address,
    joined,
    literal,
    markdown,
    table,
    unmarked,
    without_empty_columns,
)

if TYPE_CHECKING:
    from deckgen.blocks.activity_block import ActivityBlock
    from deckgen.blocks.case_block import CaseBlock
    from deckgen.blocks.quiz_block import QuizBlock


def appendix_of(plan: Plan) -> tuple[Part, ...]:
    """Return the appendix's parts that have a content; one that says so if there is none."""
    parts = (
        Part(say("answers"), body=joined("\n\n", _answers(plan))),
        Part(say("fit_decisions"), told(_decisions(plan)), _fit_to(plan)),
        Part(say("where_from"), told(_sources(plan))),
        Part(say("unchecked"), told(_names(plan, is_unchecked=True)), say("unchecked_how")),
        Part(say("go_online"), told(_online(plan))),
    )
    return tuple(part for part in parts if part.items or (part.body and part is parts[0]))


def _decisions(plan: Plan) -> Iterator[Item]:
    """Yield which blocks the budget made shorter or longer; what it cut stands under the run sheet."""
    refs = {str(planned.block.id): planned.ref for planned in plan.blocks}
    for decision in plan.fit.decisions:
        if decision.action in ("shortened", "lengthened"):
            action = say(f"fit_{decision.action}", minutes=decision.minutes)
            line = say("fit_changed", action=action, why=decision.why)
            yield Item(Markdown(refs[str(decision.block.id)]), (line,))


def _fit_to(plan: Plan) -> Markdown:
    return say("fit_to", budget=plan.fit.budget, people=plan.workshop.people.expected)


def name_line(names: Iterable[Name]) -> Markdown:
    """Return names with their other forms and what they are."""
    return joined(", ", (_name(name) for name in names))


def _answers(plan: Plan) -> Iterator[Markdown]:
    for planned in plan.blocks:
        keys, rows = _answer_rows(planned)
        if any(cell for row in rows for cell in row[1:]):
            head, kept = without_empty_columns([say(key) for key in keys], rows)
            yield Markdown(f"**{planned.ref} {unmarked(planned.block.title)}**")
            yield table(head, kept)


def _answer_rows(planned: PlannedBlock) -> tuple[tuple[str, ...], list[list[Markdown]]]:
    match planned.block.KIND:
        case "quiz":
            quiz = cast("QuizBlock", planned.block)
            return ("question", "answer"), [_cells(i.q, i.a) for i in quiz.items]
        case "activity":
            activity = cast("ActivityBlock", planned.block)
            rows = [_cells(card.text, card.answer, card.why) for card in activity.cards]
            return ("card", "answer", "why"), rows
        case "case":
            case = cast("CaseBlock", planned.block)
            rows = [_cells(c.text, c.advice, c.twist) for c in case.cases]
            return ("case", "advice", "twist"), rows
        case _:
            return (), []


def _cells(*texts: str | None) -> list[Markdown]:
    return [markdown(text or "") for text in texts]


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
            yield Item(literal(heading), (Markdown(f"{line}."),))


def _name(name: Name) -> Markdown:
    more = joined("; ", (joined(", ", map(markdown, name.aka)), markdown(name.note or "")))
    return Markdown(f"{markdown(name.name)} ({more})") if more else markdown(name.name)


def _online(plan: Plan) -> Iterator[Item]:
    """Yield how each block runs online, for a workshop planned in a room."""
    if plan.workshop.mode != "in_person":
        return
    for planned in plan.blocks:
        texts = [markdown(t) for cue in planned.cues if cue.label == "Online" for t in cue.texts]
        yield Item(Markdown(planned.ref), tuple(texts))
