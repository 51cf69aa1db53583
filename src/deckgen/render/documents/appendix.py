"""The facilitator notes' appendix: answers, sources, names to check, the way online."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deckgen.blocks.base import Block
from deckgen.document.nodes import Card, Cards, LabelledText, Nodes, paragraphs, told
from deckgen.document.prose import said
from deckgen.document.texts import Markdown, address, joined, markdown
from deckgen.document.words import DocumentWords
from deckgen.outline.model import Name
from deckgen.plan.model import Plan
from deckgen.render.documents.answers import answers_of
from deckgen.render.documents.schedule import named, words_of
from deckgen.render.documents.topics import Topic


def appendix_of(plan: Plan) -> tuple[Topic, ...]:
    """Return the appendix's parts that have a content; one that says so if there is none."""
    words = words_of(plan)
    parts = (
        Topic(words.say("answers"), body=answers_of(_named(plan), words)),
        Topic(words.say("role_cards"), body=_role_cards(plan)),
        Topic(words.say("fit_decisions"), told(_decisions(plan)), paragraphs(_fit_to(plan))),
        Topic(words.say("where_from"), told(_sources(plan))),
        Topic(
            words.say("unchecked"),
            told(_names(plan, is_unchecked=True)),
            paragraphs(words.say("unchecked_how")),
        ),
        Topic(words.say("go_online"), told(_online(plan))),
    )
    alone = parts[:2]  # they need no items: their bodies say all
    return tuple(part for part in parts if part.items or (part.body and part in alone))


def _named(plan: Plan) -> Iterator[tuple[Markdown, Block]]:
    for planned in plan.blocks:
        yield named(planned), planned.block


def _role_cards(plan: Plan) -> Nodes:
    """Return the cards of role plays, to print and to cut out."""
    words, nodes = words_of(plan), []
    for planned in plan.blocks:
        if roles := getattr(planned.block, "roles", ()):
            cards = (Card(markdown(role.name), (markdown(role.text),)) for role in roles)
            nodes += [*paragraphs(Markdown(f"**{named(planned)}**")), Cards(tuple(cards))]
    return Nodes((*paragraphs(words.say("role_cards_how")), *nodes) if nodes else ())


def _decisions(plan: Plan) -> Iterator[LabelledText]:
    """Yield which blocks the budget made shorter or longer; what it cut stands under the run sheet."""
    words = words_of(plan)
    refs = {str(planned.block.id): planned.ref for planned in plan.blocks}
    for decision in plan.fit.decisions:
        if decision.action in ("shortened", "lengthened"):
            action = words.say(f"fit_{decision.action}", minutes=decision.minutes)
            line = words.say("fit_changed", action=action, why=decision.why)
            ref = Markdown(refs[str(decision.block.id)])
            yield words.cue("", line, label=ref)


def _fit_to(plan: Plan) -> Markdown:
    words = words_of(plan)
    people = words.say("people", count=plan.workshop.people.expected)
    return words.say("fit_to", budget=plan.fit.budget, people=people)


def name_line(names: Iterable[Name], words: DocumentWords) -> Markdown:
    """Return names with their other forms and what they are."""
    return words.listed(_name(name, words) for name in names)


def _sources(plan: Plan) -> Iterator[LabelledText]:
    words = words_of(plan)
    source = plan.workshop.source
    if source is not None:
        where = address(source.url) if source.url else Markdown("")
        yield words.cue("credit", markdown(source.credit), where, markdown(source.caveat or ""))
    yield from _names(plan, is_unchecked=False)


def _names(plan: Plan, *, is_unchecked: bool) -> Iterator[LabelledText]:
    words = words_of(plan)
    for heading, names in plan.outline.mentioned.groups():
        line = name_line((name for name in names if name.verify is is_unchecked), words)
        if line:
            yield words.cue(heading, words.sentence(line))


def _name(name: Name, words: DocumentWords) -> Markdown:
    more = joined(
        words.say("semicolon"), (words.listed(map(markdown, name.aka)), markdown(name.note or ""))
    )
    return Markdown(f"{markdown(name.name)} ({more})") if more else markdown(name.name)


def _online(plan: Plan) -> Iterator[LabelledText]:
    """Yield how each block runs online, or in both ways at once, for a workshop planned in a room."""
    words = words_of(plan)
    if plan.workshop.mode != "in_person":
        return
    for planned in plan.blocks:
        for cue in planned.cues:
            if cue.key in ("online", "hybrid"):
                both = f", {words.say('cue.hybrid')}" if cue.key == "hybrid" else ""
                texts = map(said, cue.texts)
                yield words.cue(cue.key, *texts, label=Markdown(f"{planned.ref}{both}"))
