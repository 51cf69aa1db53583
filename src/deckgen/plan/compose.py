"""Turns a `Plan` into the boxes of its slides, one section for each block."""

from __future__ import annotations

from deckgen.boxes import Section, plain
from deckgen.inline import parse_inline
from deckgen.plan.model import Plan


def compose(plan: Plan) -> list[Section]:
    """Return the sections of *plan* in order; a block without slides has an empty one."""
    return [
        Section(
            str(planned.block.id),
            plain(parse_inline(planned.block.title)),
            tuple(planned.block.compose(planned.context)),
        )
        for planned in plan.blocks
    ]
