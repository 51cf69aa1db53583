"""Turns a `Plan` into the boxes of its slides, one section for each block."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, takewhile

from deckgen.blocks.base import PHASES
from deckgen.blocks.pieces import minutes_text, text_box
from deckgen.blocks.title_block import TitleBlock
from deckgen.boxes import Bar, BarSegment, Section, SlideBoxes, State, plain
from deckgen.inline import parse_inline
from deckgen.plan.lints import is_wanted
from deckgen.plan.make import phase_names
from deckgen.plan.model import Plan, PlannedBlock
from deckgen.reading.fields import Text

ANSWER = "Answer"  # the layout of slides that participants do not get


def compose(plan: Plan, *, with_answers: bool = True) -> list[Section]:
    """Return the sections of *plan* in order; a block without slides has an empty one.

    Where no block is the cover, it is made of the workshop and comes first; it takes no minutes.
    With `phase_slides`, a block that begins a new phase begins with a slide that says so.
    """
    begins = set(_phase_beginnings(plan)) if plan.workshop.phase_slides else set()
    return [
        *_cover(plan),
        *(_section(plan, k, begins, with_answers=with_answers) for k in range(len(plan.blocks))),
    ]


def _section(plan: Plan, k: int, begins: set[int], *, with_answers: bool) -> Section:
    planned = plan.blocks[k]
    composed = planned.block.compose(planned.context)
    is_judged = is_wanted("too-dense", plan, planned.block)
    shown = (boxes for boxes in composed if with_answers or boxes.slide_layout != ANSWER)
    return Section(
        str(planned.block.id),
        plain(parse_inline(planned.block.title)),
        (
            *_phase_slides(plan, k, begins),
            *(
                boxes._replace(is_judged=is_judged, is_hidden=planned.block.hidden)
                for boxes in shown
            ),
        ),
        planned.block.OPENS_SECTION,
    )


def _cover(plan: Plan) -> list[Section]:
    """Return the cover that no block is, if one is wanted."""
    if not plan.outline.makes_cover:
        return []
    taken = {str(planned.block.id) for planned in plan.blocks}
    name = next(name for k in count(1) if (name := f"cover-{k}" if k > 1 else "cover") not in taken)
    title = plan.workshop.title
    block = TitleBlock(id=Text(name, title.span), title=title, span=title.span)
    context = plan.blocks[0].context._replace(minutes=0, phase=None, notes=())
    return [Section(name, plain(parse_inline(title)), tuple(block.compose(context)))]


def _phase_beginnings(plan: Plan) -> Iterator[int]:
    """Yield the blocks that begin a new phase; the opening needs no slide for that.

    A block without a phase, such as a break, goes with the phase around it.
    """
    last = plan.blocks[0].block.phase
    for k, planned in enumerate(plan.blocks[1:], 1):
        phase = None if planned.block.hidden else planned.block.phase
        if phase is not None and phase != last:
            yield k
        last = phase or last


def _phase_slides(plan: Plan, k: int, begins: set[int]) -> list[SlideBoxes]:
    """Return the slide of the phase that block *k* begins, or nothing."""
    phase = plan.blocks[k].block.phase
    if k not in begins or phase is None:
        return []
    same = (phase, None)
    run = list(takewhile(lambda planned: planned.block.phase in same, plan.blocks[k:]))
    return [_phase_slide(plan, phase, run)]


def _phase_slide(plan: Plan, phase: str, run: list[PlannedBlock]) -> SlideBoxes:
    names = dict(zip(PHASES, phase_names(plan.outline, plan.words), strict=True))
    segments = tuple(
        BarSegment(1, state=State.BAR if name == phase else State.IDLE, name=names[name])
        for name in PHASES
    )
    first = run[0].block
    said = plan.words.say(
        "alt.phase", name=names[phase], names=plan.words.say("comma").join(names.values())
    )
    return SlideBoxes(
        slide_layout="Section",
        title=parse_inline(names[phase]),
        key=f"{first.id}/phase",
        boxes={"subtitle": text_box(first.title)},
        span=first.span,
        bar=Bar(segments, said, even=True),
        chip=minutes_text(plan.words, sum(planned.minutes for planned in run)),
        chip_is_solid=True,
    )
