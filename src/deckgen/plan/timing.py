"""Minutes: of blocks, of their steps, of the buffer. All sums are exact.

The clock is simple: a block lasts its ideal minutes. Buffer before the first closing block, never
after it.
"""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.blocks.base import Block, PlannedStep, PracticeBlock, Step
from deckgen.geometry import largest_remainder
from deckgen.methods import Method
from deckgen.reading.fields import Text, TimeRange

CLOSING = frozenset({"exit_ticket", "recap", "resources", "parking_lot"})


def time_of(block: Block, method: Method | None) -> TimeRange:
    """Return the block's minutes: its own, else its steps' sum, its method's, its kind's."""
    if block.time:
        return block.time
    steps = block.steps if isinstance(block, PracticeBlock) else ()
    if steps and all(step.min is not None for step in steps):
        minutes = round(sum(step.min or 0 for step in steps))
    else:
        minutes = method.minutes if method else block.MINUTES
    return TimeRange(min=minutes, ideal=minutes, max=minutes)


def plan_steps(block: Block, method: Method | None, minutes: int) -> tuple[PlannedStep, ...]:
    """Return the block's steps, or its method's, with whole minutes that sum to *minutes*.

    No step is under one minute, unless there are more steps than minutes.
    """
    if not isinstance(block, PracticeBlock) or minutes <= 0:
        return ()
    steps: Sequence[Step] = block.steps
    if not steps and method:
        steps = [Step(do=Text(text, block.span), min=float(share)) for text, share in method.steps]
    if not steps:
        return ()
    weights = [_weight(step, steps, minutes) for step in steps]
    shares = _at_least_one(minutes, weights)
    return tuple(PlannedStep(step.do, share) for step, share in zip(steps, shares, strict=True))


def steps_differ(block: Block, minutes: int) -> float | None:
    """Return the sum of the author's step minutes where it is not *minutes*, else None."""
    steps = block.steps if isinstance(block, PracticeBlock) else ()
    if not steps or any(step.min is None for step in steps):
        return None
    total = sum(step.min or 0 for step in steps)
    return total if total != minutes else None


def buffer_minutes(budget: int | None, ratio: float, content: int) -> int:
    """Return the buffer: its share of the budget, or what the blocks leave of it."""
    if budget is None:
        return 0
    return max(0, min(round(budget * ratio), budget - content))


def buffer_place(blocks: Sequence[Block]) -> int:
    """Return the index of the block before which the buffer stands, or the number of blocks.

    Before the closing blocks, but never first: a buffer is for time that was lost.
    """
    place = len(blocks)
    while place > 0 and blocks[place - 1].KIND in CLOSING:
        place -= 1
    return max(1, place if place < len(blocks) else len(blocks) - 1)


def _weight(step: Step, steps: Sequence[Step], minutes: int) -> float:
    """Return the step's minutes; a step without any takes an equal part of what is left."""
    if step.min is not None:
        return step.min
    open_steps = sum(other.min is None for other in steps)
    left = minutes - sum(other.min or 0 for other in steps)
    return max(left / open_steps, 1)


def _at_least_one(minutes: int, weights: list[float]) -> list[int]:
    """Return whole shares of *minutes* in proportion to *weights*, none under one if that can be."""
    shares = largest_remainder(minutes, weights if sum(weights) else [1.0] * len(weights))
    while 0 in shares and max(shares) > 1:
        shares[shares.index(max(shares))] -= 1
        shares[shares.index(0)] += 1
    return shares
