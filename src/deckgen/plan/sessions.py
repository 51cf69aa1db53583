"""Fits the sessions of a workshop, each to its own budget, with what one means for another.

What a later session needs is worth as much as what needs it, so no earlier session cuts it first;
what an earlier session does not run, no later one can build on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from deckgen.outline.model import Outline
from deckgen.plan.candidates import candidates_of
from deckgen.plan.conditions import Absent, Situation, holds
from deckgen.plan.fit import Fit, fit_to

Worth = tuple[int, int]  # level and rank, as candidates have them


def fit_sessions(sessions: Sequence[Outline]) -> list[Fit]:
    """Return the fit of each session, in order."""
    fits: list[Fit] = []
    absent: tuple[Absent, ...] = ()
    for outline, wanted in zip(sessions, _wanted(sessions), strict=True):
        own = {str(block.id) for block in outline.blocks}
        missing = tuple(one for one in absent if str(one.block.id) not in own)
        situation = replace(Situation.of(outline), absent=missing, wanted=wanted)
        fitted = fit_to(outline.blocks, situation)
        fits.append(fitted)
        absent += tuple(
            Absent(decision.block, decision.is_lost_for_time)
            for decision in fitted.decisions
            if decision.is_out
        )
    return fits


def _wanted(sessions: Sequence[Outline]) -> list[Mapping[str, Worth]]:
    """Return for each session what its blocks are worth to later ones, by id."""
    wanted: dict[str, Worth] = {}
    found: list[Mapping[str, Worth]] = []
    for outline in reversed(sessions):
        found.append(dict(wanted))
        if len(found) < len(sessions):
            situation = replace(Situation.of(outline), wanted=found[-1])
            running = [block for block in outline.blocks if holds(block, situation)]
            for candidate in candidates_of(running, situation)[0]:
                for name in candidate.block.needs:
                    worth = (candidate.level, candidate.rank)
                    wanted[str(name)] = max(worth, wanted.get(str(name), worth))
    return found[::-1]
