"""The facilitator's page of one block: when, why, what people do and see, what to say and ask."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from deckgen.blocks.base import PHASES, Block, Debrief, PlannedStep, PracticeBlock, Step
from deckgen.boxes import plain
from deckgen.document.nodes import LabelledText as BoldCue
from deckgen.document.nodes import LabelledTexts, Nodes, paragraphs, told
from deckgen.document.prose import said
from deckgen.document.texts import Markdown, joined, literal, markdown, unbold
from deckgen.document.words import DocumentWords
from deckgen.inline import parse_inline
from deckgen.plan.make import phase_names
from deckgen.plan.model import Cue, Plan, PlannedBlock
from deckgen.plan.timing import method_of, time_of
from deckgen.reading.fields import Clock
from deckgen.render.documents.materials import needs_of
from deckgen.render.documents.options import Detail
from deckgen.render.documents.schedule import (
    Slides,
    minutes_range,
    slide_range,
    words_of,
)
from deckgen.render.documents.seen import shown_lines
from deckgen.render.documents.topics import Topic

ELSEWHERE = {"purpose", "bridge", "short_of_time"}  # cues with a place of their own
KEPT = {  # items of a block by level of detail; a script tells all
    "outline": frozenset(
        [
            "hidden",
            "purpose",
            "people_do",
            "slides",
            "groups",
            "bring",
            "steps",
            "ask",
            "answers",
            "move_on",
            "if_late",
            "bridge",
        ]
    ),
    "toc": frozenset[str](),
}
BY_MODE = {"online": ("online", "hybrid"), "hybrid": ("hybrid",)}


def block_part(
    planned: PlannedBlock, plan: Plan, slides: Slides, detail: Detail = "script"
) -> Topic:
    """Return the block's heading, its line of facts and its items in the order of use."""
    items = told(_items(planned, plan, slides))
    if detail != "script":
        items = LabelledTexts(item for item in items if item.key in KEPT[detail])
    return Topic(
        Markdown(f"{planned.ref} {markdown(planned.block.listed_title)}"),
        items,
        paragraphs(facts_line(planned, plan, slides)),
        planned.ref,
    )


def facts_line(planned: PlannedBlock, plan: Plan, slides: Slides) -> Markdown:
    """Return clock, minutes, priority, phase, objectives, slides and latest start."""
    words = words_of(plan)
    block = planned.block
    numbers = slide_range(planned, slides)
    key = "slide_numbers" if "-" in numbers else "slide_number" if numbers else "no_slides"
    phases = dict(zip(PHASES, phase_names(plan.outline, plan.words), strict=True))
    parts = (
        *_time(planned, words),
        words.say("locked", clock=block.at) if block.at is not None else Markdown(""),
        words.say(block.priority),
        literal(phases[block.phase] if block.phase else ""),
        literal(" ".join(block.objectives)),
        words.say(key, slides=numbers),
        words.say("is_hidden") if block.hidden and numbers else Markdown(""),
        words.say("led_by", name=block.lead) if block.lead else Markdown(""),
        words.say("latest_start", clock=planned.latest_start) if planned.minutes else Markdown(""),
    )
    return words.sentence(words.listed(parts))


def _time(planned: PlannedBlock, words: DocumentWords) -> tuple[Markdown, ...]:
    if not planned.minutes:
        return (words.say("beside", clock=planned.start),)
    return (
        words.say("from_to", start=planned.start, end=planned.end),
        minutes_range(planned, words),
    )


def doing(planned: PlannedBlock, words: DocumentWords) -> Markdown:
    """Return what people do, from the method or the kind."""
    return (
        literal(planned.method.doing)
        if planned.method
        else words.say(f"doing.{planned.block.KIND}")
    )


def bring(planned: PlannedBlock, plan: Plan) -> Markdown:
    """Return the block's materials with their counts; what is brought may have commas of its own."""
    words = words_of(plan)
    return joined(
        words.say("semicolon"),
        (words.say("times", count=n.quantity, item=n.item) for n in needs_of(planned, plan)),
    )


def groups_of(planned: PlannedBlock, words: DocumentWords) -> Markdown:
    """Return the groups with their sizes; where the method lets people choose, without."""
    if planned.groups is None:
        return Markdown("")
    if planned.method and planned.method.group is None and planned.block.groups:
        return words.say("groups_open", count=planned.groups.count)
    return literal(planned.groups.told(words.words))


def move_on(planned: PlannedBlock, words: DocumentWords) -> Markdown:
    """Return what one can see in the room when the block is done."""
    block = planned.block
    sign = words.say(block.done_when)
    return words.say("move_on_debrief", sign=sign) if getattr(block, "debrief", None) else sign


def if_late(planned: PlannedBlock, plan: Plan) -> Markdown:
    """Return the way to save time without the block's own advice: short form, cut, or keep."""
    words = words_of(plan)
    block = planned.block
    if block.short_form is not None:
        minutes = time_of(block.short_form, method_of(block.short_form, plan.words)).ideal
        return words.say("try_short", title=block.short_form.title, minutes=minutes)
    if str(block.id) in plan.fit.cut_order:
        return words.say("cut_at", rank=plan.fit.cut_order.index(str(block.id)) + 1)
    if planned.least < planned.minutes:
        return words.say("keep_least", minutes=planned.least)
    return words.say("keep")


def cue_items(cues: tuple[Cue, ...], mode: str, words: DocumentWords) -> Iterator[BoldCue]:
    """Yield the cues that hold in *mode* and have no place of their own."""
    for cue in cues:
        if cue.key not in ELSEWHERE and mode in BY_MODE.get(cue.key, (mode,)):
            yield _cue(cue, words)


def _items(planned: PlannedBlock, plan: Plan, slides: Slides) -> Iterator[BoldCue]:
    words = words_of(plan)
    block = planned.block
    yield words.cue("background", *map(said, block.notes.background))
    yield from _placed(planned, "purpose", words)
    yield words.cue("people_do", words.sentence(doing(planned, words)))
    yield words.cue("slides", joined(words.say("semicolon"), _slides(planned, slides, words)))
    yield words.cue("they_see", *_shown(planned, words), is_numbered=block.IN_ORDER)
    yield words.cue("groups", words.sentence(groups_of(planned, words)), label="groups_label")
    yield words.cue(
        "method", words.sentence(literal(planned.method.name if planned.method else ""))
    )
    yield words.cue("bring", bring(planned, plan))
    yield words.cue("steps", *_steps(planned, words), is_numbered=True)
    yield from cue_items(planned.cues, plan.workshop.mode, words)
    yield words.cue("debrief", *_debrief(getattr(block, "debrief", None), words))
    yield words.cue("move_on", words.say("move_on_when", sign=move_on(planned, words)))
    yield words.cue("if_late", *_ways_when_late(planned, plan))
    yield from _placed(planned, "bridge", words)


def _placed(planned: PlannedBlock, key: str, words: DocumentWords) -> Iterator[BoldCue]:
    yield from (_cue(cue, words) for cue in planned.cues if cue.key == key)


def _cue(cue: Cue, words: DocumentWords) -> BoldCue:
    return words.cue(cue.key, *map(said, cue.texts), label=unbold(cue.label))


def _slides(planned: PlannedBlock, slides: Slides, words: DocumentWords) -> Iterator[Markdown]:
    """Yield the slides with their titles, where there is more than one to click through."""
    numbers = slides.of(str(planned.block.id))
    for number in numbers if len(numbers) > 1 else ():
        if title := slides.title(number):
            yield words.say("slide_is", number=number, title=title)


def _ways_when_late(planned: PlannedBlock, plan: Plan) -> Iterator[Markdown | Nodes]:
    """Yield the author's advice, the short form, then whether the block may go."""
    words = words_of(plan)
    block = planned.block
    yield from (said(text) for text in (block.notes.if_short,) if text)
    yield _short_form(block.short_form, words)
    if str(block.id) in plan.fit.cut_order:
        yield words.sentence(words.say("cut_at", rank=plan.fit.cut_order.index(str(block.id)) + 1))
    elif planned.least < planned.minutes:
        yield words.sentence(words.say("keep_least", minutes=planned.least))
    elif planned.minutes:
        yield words.sentence(words.say("keep"))


def _shown(planned: PlannedBlock, words: DocumentWords) -> Iterator[Markdown | Nodes]:
    """Yield what the slides say, but for what a cue repeats, such as a card with its answer.

    What stands in an order of its author's own stays whole.
    """
    if planned.block.AS_ON_PAPER:
        yield from shown_lines(planned.block, words)
        return
    cues = [plain(parse_inline(text)) for cue in planned.cues for text in cue.texts]
    for line in shown_lines(planned.block, words):
        shown = None if isinstance(line, Nodes) else plain(parse_inline(line))
        if shown is None or not any(cue.startswith(shown) for cue in cues):
            yield line


def _steps(planned: PlannedBlock, words: DocumentWords) -> Iterator[Markdown]:
    """Yield the steps with clock and minutes, and the pace of reports where the author set one."""
    block = planned.block
    written = block.steps if isinstance(block, PracticeBlock) else ()
    clock, groups = planned.start, planned.groups.count if planned.groups else 0
    for step, own in zip_longest(planned.steps, written):
        if step is not None:
            yield _step(step, own, clock, groups, words)
            clock = Clock(clock + step.minutes)


def _step(
    step: PlannedStep, own: Step | None, clock: Clock, groups: int, words: DocumentWords
) -> Markdown:
    if own is None or not own.per_group:
        return words.say("step_at", clock=clock, minutes=step.minutes, text=step.text)
    seconds = _seconds_each(step.minutes, own.per_group, min(groups, own.max_reports or groups))
    pace = (
        words.say("pace_minutes", minutes=seconds // 60)
        if seconds % 60 == 0
        else words.say("pace", seconds=seconds)
    )
    if own.max_reports:
        pace = words.say("pace_most", pace=pace, most=own.max_reports)
    return words.say("step_reports", clock=clock, text=step.text, minutes=step.minutes, pace=pace)


def _seconds_each(minutes: int, wanted: float, reports: int) -> int:
    """Return the seconds that a group has: what its author wants, or less in a shortened step."""
    if not reports or reports * wanted <= minutes:
        return round(wanted * 60)
    return max(5, minutes * 60 // reports // 5 * 5)


def _debrief(debrief: Debrief | None, words: DocumentWords) -> Iterator[Markdown]:
    for key in ("what", "so_what", "now_what"):
        if debrief is not None and (question := getattr(debrief, key)):
            yield words.say("asked", lead=words.say(key), question=question)


def _short_form(alt: Block | None, words: DocumentWords) -> Markdown:
    if alt is None:
        return Markdown("")
    method = method_of(alt, words.words)
    minutes = time_of(alt, method).ideal
    steps = alt.steps if isinstance(alt, PracticeBlock) else ()
    texts = [markdown(step.do) for step in steps]
    if not texts and method:
        texts = [literal(text) for text, _ in method.steps]
    key = "short_form_by" if texts else "short_form_is"
    return words.sentence(
        words.say(key, title=alt.title, minutes=minutes, steps=joined(" / ", texts))
    )
