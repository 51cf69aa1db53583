"""The facilitator's page of one block: when, why, what people do and see, what to say and ask."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from deckgen.blocks.base import PHASES, Block, Debrief, PlannedStep, PracticeBlock, Step
from deckgen.boxes import plain
from deckgen.inline import parse_inline
from deckgen.languages import Words
from deckgen.plan.make import phase_names
from deckgen.plan.model import Cue, Plan, PlannedBlock
from deckgen.plan.timing import method_of, time_of
from deckgen.reading.fields import Clock
from deckgen.render.documents.items import Item, Part, item, told
from deckgen.render.documents.labels import listed, say, sentence
from deckgen.render.documents.markdown import Markdown, joined, literal, markdown, unmarked
from deckgen.render.documents.materials import needs_of
from deckgen.render.documents.options import Detail
from deckgen.render.documents.schedule import (
    Slides,
    minutes_range,
    name_of,
    slide_range,
)
from deckgen.render.documents.seen import shown_lines

ELSEWHERE = {"purpose", "bridge", "short_of_time"}  # cues with a place of their own
KEPT = {  # items of a block by level of detail; a script tells all
    "outline": frozenset(
        [
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
) -> Part:
    """Return the block's heading, its line of facts and its items in the order of use."""
    items = told(_items(planned, plan, slides))
    if detail != "script":
        items = tuple(item for item in items if item.key in KEPT[detail])
    return Part(
        Markdown(f"{planned.ref} {markdown(name_of(planned.block))}"),
        items,
        facts_line(planned, plan, slides),
    )


def facts_line(planned: PlannedBlock, plan: Plan, slides: Slides) -> Markdown:
    """Return clock, minutes, priority, phase, objectives, slides and latest start."""
    block = planned.block
    numbers = slide_range(planned, slides)
    key = "slide_numbers" if "-" in numbers else "slide_number" if numbers else "no_slides"
    phases = dict(zip(PHASES, phase_names(plan.outline, plan.words), strict=True))
    parts = (
        *_time(planned),
        say("locked", clock=block.at) if block.at is not None else Markdown(""),
        say(block.priority),
        literal(phases[block.phase] if block.phase else ""),
        literal(" ".join(block.objectives)),
        say(key, slides=numbers),
        say("led_by", name=block.lead) if block.lead else Markdown(""),
        say("latest_start", clock=planned.latest_start) if planned.minutes else Markdown(""),
    )
    return sentence(listed(parts))


def _time(planned: PlannedBlock) -> tuple[Markdown, ...]:
    if not planned.minutes:
        return (say("beside", clock=planned.start),)
    return (say("from_to", start=planned.start, end=planned.end), minutes_range(planned))


def doing(planned: PlannedBlock) -> Markdown:
    """Return what people do, from the method or the kind."""
    return literal(planned.method.doing) if planned.method else say(f"doing.{planned.block.KIND}")


def bring(planned: PlannedBlock, plan: Plan) -> Markdown:
    """Return the block's materials with their counts."""
    return listed(say("times", count=n.quantity, item=n.item) for n in needs_of(planned, plan))


def groups_of(planned: PlannedBlock) -> Markdown:
    """Return the groups with their sizes; where the method lets people choose, without."""
    if planned.groups is None:
        return Markdown("")
    if planned.method and planned.method.group is None and planned.block.groups:
        return say("groups_open", count=planned.groups.count)
    return literal(planned.groups.told(planned.context.words))


def move_on(planned: PlannedBlock) -> Markdown:
    """Return what one can see in the room when the block is done."""
    block = planned.block
    has_options = block.KIND == "activity" and getattr(block, "options", None)
    sign = say("done_when.options" if has_options else f"done_when.{block.KIND}")
    return say("move_on_debrief", sign=sign) if getattr(block, "debrief", None) else sign


def if_late(planned: PlannedBlock, plan: Plan) -> Markdown:
    """Return the way to save time without the block's own advice: short form, cut, or keep."""
    block = planned.block
    if block.short_form is not None:
        minutes = time_of(
            block.short_form, method_of(block.short_form, planned.context.words)
        ).ideal
        return say("try_short", title=unmarked(block.short_form.title), minutes=minutes)
    if str(block.id) in plan.fit.cut_order:
        return say("cut_at", rank=plan.fit.cut_order.index(str(block.id)) + 1)
    if planned.least < planned.minutes:
        return say("keep_least", minutes=planned.least)
    return say("keep")


def cue_items(cues: tuple[Cue, ...], mode: str) -> Iterator[Item]:
    """Yield the cues that hold in *mode* and have no place of their own."""
    for cue in cues:
        if cue.key not in ELSEWHERE and mode in BY_MODE.get(cue.key, (mode,)):
            yield _cue(cue)


def _items(planned: PlannedBlock, plan: Plan, slides: Slides) -> Iterator[Item]:
    block = planned.block
    yield item("background", *map(markdown, block.notes.background))
    yield from _placed(planned, "purpose")
    yield item("people_do", sentence(doing(planned)))
    yield item("slides", joined(say("semicolon"), _slides(planned, slides)))
    yield item("they_see", *_shown(planned), is_numbered=block.KIND == "quiz")
    yield item("groups", sentence(groups_of(planned)), label="groups_label")
    yield item("method", sentence(literal(planned.method.name if planned.method else "")))
    yield item("bring", bring(planned, plan))
    yield item("steps", *_steps(planned), is_numbered=True)
    yield from cue_items(planned.cues, plan.workshop.mode)
    yield item("debrief", *_debrief(getattr(block, "debrief", None)))
    yield item("move_on", say("move_on_when", sign=move_on(planned)))
    yield item("if_late", *_ways_when_late(planned, plan))
    yield from _placed(planned, "bridge")


def _placed(planned: PlannedBlock, key: str) -> Iterator[Item]:
    yield from (_cue(cue) for cue in planned.cues if cue.key == key)


def _cue(cue: Cue) -> Item:
    return Item(unmarked(cue.label), tuple(map(markdown, cue.texts)), key=cue.key)


def _slides(planned: PlannedBlock, slides: Slides) -> Iterator[Markdown]:
    """Yield the slides with their titles, where there is more than one to click through."""
    numbers = slides.of(str(planned.block.id))
    for number in numbers if len(numbers) > 1 else ():
        if title := slides.title(number):
            yield say("slide_is", number=number, title=title)


def _ways_when_late(planned: PlannedBlock, plan: Plan) -> Iterator[Markdown]:
    """Yield the author's advice, the short form, then whether the block may go."""
    block = planned.block
    yield from (markdown(text) for text in (block.notes.if_short,) if text)
    yield _short_form(block.short_form, plan.words)
    if str(block.id) in plan.fit.cut_order:
        yield sentence(say("cut_at", rank=plan.fit.cut_order.index(str(block.id)) + 1))
    elif planned.least < planned.minutes:
        yield sentence(say("keep_least", minutes=planned.least))
    elif planned.minutes:
        yield sentence(say("keep"))


def _shown(planned: PlannedBlock) -> Iterator[Markdown]:
    """Yield what the slides say, but for what a cue repeats, such as a card with its answer."""
    cues = [plain(parse_inline(text)) for cue in planned.cues for text in cue.texts]
    for line in shown_lines(planned.block):
        said = plain(parse_inline(line))
        if not any(cue.startswith(said) for cue in cues):
            yield line


def _steps(planned: PlannedBlock) -> Iterator[Markdown]:
    """Yield the steps with clock and minutes, and the pace of reports where the author set one."""
    block = planned.block
    written = block.steps if isinstance(block, PracticeBlock) else ()
    clock, groups = planned.start, planned.groups.count if planned.groups else 0
    for step, own in zip_longest(planned.steps, written):
        if step is not None:
            yield _step(step, own, clock, groups)
            clock = Clock(clock + step.minutes)


def _step(step: PlannedStep, own: Step | None, clock: Clock, groups: int) -> Markdown:
    if own is None or not own.per_group:
        return say("step_at", clock=clock, minutes=step.minutes, text=step.text)
    seconds = _seconds_each(step.minutes, own.per_group, min(groups, own.max_reports or groups))
    pace = (
        say("pace_minutes", minutes=seconds // 60)
        if seconds % 60 == 0
        else say("pace", seconds=seconds)
    )
    if own.max_reports:
        pace = say("pace_most", pace=pace, most=own.max_reports)
    return say("step_reports", clock=clock, text=step.text, minutes=step.minutes, pace=pace)


def _seconds_each(minutes: int, wanted: float, reports: int) -> int:
    """Return the seconds that a group has: what its author wants, or less in a shortened step."""
    if not reports or reports * wanted <= minutes:
        return round(wanted * 60)
    return max(5, minutes * 60 // reports // 5 * 5)


def _debrief(debrief: Debrief | None) -> Iterator[Markdown]:
    for key in ("what", "so_what", "now_what"):
        if debrief is not None and (question := getattr(debrief, key)):
            yield say("asked", lead=say(key), question=question)


def _short_form(alt: Block | None, words: Words) -> Markdown:
    if alt is None:
        return Markdown("")
    method = method_of(alt, words)
    minutes = time_of(alt, method).ideal
    steps = alt.steps if isinstance(alt, PracticeBlock) else ()
    texts = [markdown(step.do) for step in steps]
    if not texts and method:
        texts = [literal(text) for text, _ in method.steps]
    key = "short_form_by" if texts else "short_form_is"
    return sentence(say(key, title=alt.title, minutes=minutes, steps=joined(" / ", texts)))
