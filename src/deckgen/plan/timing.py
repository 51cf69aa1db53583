"""Minutes: of blocks, of their steps, of buffer and breaks. All sums are exact.

What `fit` shares out is shared here, in whole minutes, by largest remainder.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from deckgen.blocks.base import Block, PlannedStep, PracticeBlock, Step
from deckgen.geometry import largest_remainder
from deckgen.languages import Words
from deckgen.methods import Method, load_methods
from deckgen.reading.fields import Text, TimeRange

BREAK = 10  # minutes of a break that the fit puts in
ENGLISH = Words()  # numbers are the same in every language
SHORT_SESSION = 45  # minutes up to which the buffer may shrink to 3 %


def method_of(block: Block, words: Words = ENGLISH) -> Method | None:
    """Return the registry's method that *block* names, in these *words*, or None."""
    name = block.method if isinstance(block, PracticeBlock) else None
    return load_methods(words.code).get(name) if name else None


# blocks ---------------------------------------------------------------------------------------


def time_of(block: Block, method: Method | None) -> TimeRange:
    """Return the block's minutes: its own, else its steps' sum, its method's, its kind's.

    What is hidden takes none but its own: nobody plans to show it.
    """
    if block.time:
        return block.time
    if block.hidden:
        return TimeRange(min=0, ideal=0, max=0)
    return time_if_shown(block, method)


def time_if_shown(block: Block, method: Method | None) -> TimeRange:
    """Return the block's minutes, whether or not it is hidden."""
    if block.time:
        return block.time
    steps = block.steps if isinstance(block, PracticeBlock) else ()
    if steps and all(step.min is not None for step in steps):
        minutes = round(sum(step.min or 0 for step in steps))
    else:
        minutes = method.minutes if method else block.MINUTES
    return TimeRange(min=minutes, ideal=minutes, max=minutes)


def time_with(block: Block, method: Method | None, groups: int) -> TimeRange:
    """Return the block's minutes once each of *groups* has time to report."""
    time = time_of(block, method)
    if not time.max and block.hidden:
        return time
    steps = block.steps if isinstance(block, PracticeBlock) else ()
    more = math.ceil(
        sum(
            max(0, reports(s, groups) - _weight(s, steps, time.ideal)) for s in steps if s.per_group
        )
    )
    return TimeRange(min=time.min + more, ideal=time.ideal + more, max=time.max + more)


def reports(step: Step, groups: int) -> int:
    """Return the minutes that the reports of *groups* take in *step*: `max_reports` at most."""
    count = min(groups, step.max_reports or groups)
    return math.ceil(round(step.per_group * count, 6))


# steps ----------------------------------------------------------------------------------------


def plan_steps(
    block: Block, method: Method | None, minutes: int, groups: int = 0
) -> tuple[PlannedStep, ...]:
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
    weights = [max(_weight(step, steps, minutes), reports(step, groups)) for step in steps]
    shares = _at_least_one(minutes, weights)
    return tuple(PlannedStep(step.do, share) for step, share in zip(steps, shares, strict=True))


def steps_differ(block: Block, minutes: int) -> float | None:
    """Return the sum of the author's step minutes where it is not *minutes*, else None."""
    steps = block.steps if isinstance(block, PracticeBlock) else ()
    if not steps or any(step.min is None for step in steps):
        return None
    total = sum(step.min or 0 for step in steps)
    return total if total != minutes else None


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


# the session ----------------------------------------------------------------------------------


def fill(times: Sequence[TimeRange], talks: Sequence[bool], minutes: int) -> list[int]:
    """Return the minutes of blocks that share *minutes*, each between its least and its most.

    Under the ideal, all get the same share of what lies between least and ideal; over it, of what
    lies between ideal and most: first the blocks in which people work, then those in which they
    listen (*talks*). What exceeds the sum of the most stays over.
    """
    filled = [time.min for time in times]
    rooms = [[time.ideal - time.min for time in times]]
    for is_talk in (False, True):
        grows = zip(times, talks, strict=True)
        rooms.append([t.max - t.ideal if talk is is_talk else 0 for t, talk in grows])
    left = minutes - sum(filled)
    for room in rooms:
        shared = largest_remainder(min(left, sum(room)), [float(r) for r in room])
        filled = [have + more for have, more in zip(filled, shared, strict=True)]
        left -= sum(shared)
    return filled


def buffer_minutes(budget: int, ratio: float) -> int:
    """Return the buffer that *ratio* of *budget* makes, in whole minutes; half of one to even."""
    return round(round(budget * ratio, 6))


def least_buffer(budget: int, ratio: float) -> int:
    """Return the buffer once it has shrunk for want of time: 5 %, or 3 % of a short session."""
    return buffer_minutes(budget, min(ratio, 0.03 if budget <= SHORT_SESSION else 0.05))


def break_count(budget: int, stretch: int) -> int:
    """Return how many breaks a session of *budget* minutes needs after every *stretch*.

    None until the break itself fits behind the first stretch, so that one minute more never makes
    a session hold less than that stretch.
    """
    stretch = max(stretch, 1)
    return 0 if budget < stretch + BREAK else (budget - stretch) // (stretch + BREAK) + 1


def buffer_place(blocks: Sequence[Block]) -> int:
    """Return the index of the block before which the buffer stands, or the number of blocks.

    Before the closing blocks, but never first: a buffer is for time that was lost.
    """
    place = len(blocks)
    while place > 0 and blocks[place - 1].CLOSES:
        place -= 1
    return max(1, place if place < len(blocks) else len(blocks) - 1)
