"""Sets fits of one outline side by side: what a budget brings, and what it takes away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from deckgen.blocks.base import Block
from deckgen.plan.conditions import Situation
from deckgen.plan.fit import Fit, fit_to

LOOK_BACK = 60  # minutes


class Loss(NamedTuple):
    """A block that a longer session cuts although a shorter one keeps it."""

    block_id: str
    kept_at: int
    cut_at: int
    returns: tuple[str, ...]  # ids of the blocks that take its place


def fits_at(blocks: Sequence[Block], situation: Situation, budgets: Sequence[int]) -> list[Fit]:
    """Return *blocks* fitted to *situation* with each of *budgets*."""
    return [fit_to(blocks, replace(situation, budget=budget)) for budget in budgets]


def losses(fits: Sequence[Fit]) -> Iterator[Loss]:
    """Yield what each of *fits*, the shortest session first, loses to the one before it."""
    held = [fit for fit in fits if fit.fits]
    for before, after in pairwise(held):
        yield from _losses(before, after)


def losses_of(blocks: Sequence[Block], fit: Fit) -> Iterator[Loss]:
    """Yield the blocks that *fit* cuts although some session that is little shorter keeps them."""
    cut = {str(decision.block.id) for decision in fit.decisions if decision.action == "cut"}
    for budget in range((fit.budget or 0) - 1, max(0, (fit.budget or 0) - LOOK_BACK), -1):
        if not cut:
            return
        before = fit_to(blocks, replace(fit.situation, budget=budget))
        if not before.fits:
            return
        for loss in _losses(before, fit):
            if loss.block_id in cut:
                cut.remove(loss.block_id)
                yield loss


def _losses(before: Fit, after: Fit) -> Iterator[Loss]:
    had, has = _running(before), _running(after)
    returns = tuple(name for name in has if has[name] > had.get(name, 0))
    for decision in after.decisions:
        name = str(decision.block.id)
        if decision.action == "cut" and name in had:
            yield Loss(name, before.budget or 0, after.budget or 0, returns)


def _running(fit: Fit) -> dict[str, int]:
    """Return the ideal minutes of the forms in which the outline's blocks run."""
    written = {str(decision.block.id) for decision in fit.decisions}
    forms = [row.form for row in fit.rows if row.form]
    return {str(f.block.id): f.time.ideal for f in forms if str(f.block.id) in written}
