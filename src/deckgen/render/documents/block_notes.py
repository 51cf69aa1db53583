"""The facilitator's page of one block: when, why, what people do and see, what to say and ask."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from deckgen.blocks.base import Block, Debrief, PlannedStep, PracticeBlock, Step
from deckgen.plan.model import Cue, Plan, PlannedBlock
from deckgen.plan.timing import method_of, time_of
from deckgen.render.documents.items import Item, Part, item, told
from deckgen.render.documents.labels import MOVE_ON, MOVE_ON_DEBRIEF, MOVE_ON_OPTIONS, say
from deckgen.render.documents.markdown import Markdown, joined, literal, markdown, unmarked
from deckgen.render.documents.materials import needs_of
from deckgen.render.documents.schedule import (
    SlideNumbers,
    minutes_range,
    slide_range,
)
from deckgen.render.documents.seen import shown_lines

ELSEWHERE = {"Purpose", "Bridge"}  # cues with a place of their own
BY_MODE = {"Online": ("online", "hybrid"), "Hybrid": ("hybrid",)}


def block_part(planned: PlannedBlock, plan: Plan, slide_numbers: SlideNumbers) -> Part:
    """Return the block's heading, its line of facts and its items in the order of use."""
    return Part(
        Markdown(f"{planned.ref} {markdown(planned.block.title)}"),
        told(_items(planned, plan)),
        facts_line(planned, slide_numbers),
    )


def facts_line(planned: PlannedBlock, slide_numbers: SlideNumbers) -> Markdown:
    """Return clock, minutes, priority, phase, objectives, slides and latest start."""
    block = planned.block
    slides = slide_range(planned, slide_numbers)
    key = "slide_numbers" if "-" in slides else "slide_number" if slides else "no_slides"
    parts = (
        say("from_to", start=planned.start, end=planned.end),
        minutes_range(planned),
        say("locked", clock=block.at) if block.at is not None else Markdown(""),
        say(block.priority),
        literal(block.phase or ""),
        literal(" ".join(block.objectives)),
        say(key, slides=slides),
        say("led_by", name=block.lead) if block.lead else Markdown(""),
        say("latest_start", clock=planned.latest_start),
    )
    return Markdown(f"{joined(', ', parts)}.")


def doing(planned: PlannedBlock) -> Markdown:
    """Return what people do, from the method or the kind."""
    return literal(planned.method.doing if planned.method else planned.block.PEOPLE_DO)


def bring(planned: PlannedBlock, plan: Plan) -> Markdown:
    """Return the block's materials with their counts."""
    needs = (say("times", count=n.quantity, item=n.item) for n in needs_of(planned, plan))
    return joined(", ", needs)


def move_on(planned: PlannedBlock) -> Markdown:
    """Return what one can see in the room when the block is done."""
    block = planned.block
    sign = MOVE_ON.get(block.KIND, MOVE_ON["content"])
    if block.KIND == "activity" and getattr(block, "options", None):
        sign = MOVE_ON_OPTIONS
    if getattr(block, "debrief", None):
        sign = MOVE_ON_DEBRIEF.format(sign=sign)
    return literal(sign)


def if_late(planned: PlannedBlock, plan: Plan) -> Markdown:
    """Return the way to save time without the block's own advice: short form, cut, or keep."""
    block = planned.block
    if block.short_form is not None:
        minutes = time_of(block.short_form, method_of(block.short_form)).ideal
        return say("try_short", title=unmarked(block.short_form.title), minutes=minutes)
    if str(block.id) in plan.fit.cut_order:
        return say("cut_at", rank=plan.fit.cut_order.index(str(block.id)) + 1)
    if planned.least < planned.minutes:
        return say("keep_least", minutes=planned.least)
    return say("keep")


def cue_items(cues: tuple[Cue, ...], mode: str) -> Iterator[Item]:
    """Yield the cues that hold in *mode* and have no place of their own."""
    for cue in cues:
        if cue.label not in ELSEWHERE and mode in BY_MODE.get(cue.label, (mode,)):
            yield _cue(cue)


def _items(planned: PlannedBlock, plan: Plan) -> Iterator[Item]:
    block = planned.block
    yield item("background", *map(markdown, block.notes.background))
    yield from _placed(planned, "Purpose")
    yield item("people_do", Markdown(f"{doing(planned)}."))
    yield item("they_see", *_slides(block), *_shown(planned), is_numbered=block.KIND == "quiz")
    yield item("groups", literal(f"{planned.groups}." if planned.groups else ""))
    yield item("method", literal(f"{planned.method.name}." if planned.method else ""))
    yield item("bring", bring(planned, plan))
    yield item("steps", *_steps(planned), is_numbered=True)
    yield from cue_items(planned.cues, plan.workshop.mode)
    yield item("debrief", *_debrief(getattr(block, "debrief", None)))
    yield item("move_on", say("move_on_when", sign=move_on(planned)))
    yield item("if_late", Markdown(f"{if_late(planned, plan)}."))
    yield item("short_form", _short_form(block.short_form))
    yield from _placed(planned, "Bridge")


def _placed(planned: PlannedBlock, label: str) -> Iterator[Item]:
    yield from (_cue(cue) for cue in planned.cues if cue.label == label)


def _cue(cue: Cue) -> Item:
    return Item(unmarked(cue.label), tuple(map(markdown, cue.texts)))


def _slides(block: Block) -> tuple[Markdown, ...]:
    """Return the slides of an opening, which names them itself."""
    if block.KIND != "title":
        return ()
    keys = ("cover" if name == "title" else name for name in getattr(block, "slides", ()))
    return (say("slides_are", names=joined(", ", map(say, keys))),)


def _shown(planned: PlannedBlock) -> Iterator[Markdown]:
    """Yield what the slides say, but for what a cue repeats, such as a card with its answer."""
    cues = [markdown(text) for cue in planned.cues for text in cue.texts]
    for line in shown_lines(planned.block):
        if not any(cue.startswith(line) for cue in cues):
            yield line


def _steps(planned: PlannedBlock) -> Iterator[Markdown]:
    """Yield the steps with their minutes, and the pace of reports where the author set one."""
    block = planned.block
    written = block.steps if isinstance(block, PracticeBlock) else ()
    for step, own in zip_longest(planned.steps, written):
        if step is not None:
            yield _step(step, own)


def _step(step: PlannedStep, own: Step | None) -> Markdown:
    if own is None or not own.per_group:
        return say("step", minutes=step.minutes, text=step.text)
    seconds = round(own.per_group * 60)
    pace = (
        say("pace_minutes", minutes=seconds // 60)
        if seconds % 60 == 0
        else say("pace", seconds=seconds)
    )
    if own.max_reports:
        pace = say("pace_most", pace=pace, most=own.max_reports)
    return say("step_reports", text=step.text, minutes=step.minutes, pace=pace)


def _debrief(debrief: Debrief | None) -> Iterator[Markdown]:
    for key in ("what", "so_what", "now_what"):
        if debrief is not None and (question := getattr(debrief, key)):
            yield say(key, question=question)


def _short_form(alt: Block | None) -> Markdown:
    if alt is None:
        return Markdown("")
    method = method_of(alt)
    minutes = time_of(alt, method).ideal
    steps = alt.steps if isinstance(alt, PracticeBlock) else ()
    texts = [markdown(step.do) for step in steps]
    if not texts and method:
        texts = [literal(text) for text, _ in method.steps]
    key = "short_form_by" if texts else "short_form_is"
    return Markdown(f"{say(key, title=alt.title, minutes=minutes, steps=joined(' / ', texts))}.")
