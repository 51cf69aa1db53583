"""Judges what is sound of an outline that has errors, so that one run tells everything.

What an error elsewhere brings about must not be told: minutes are judged only where the frame is
sound, and by the blocks whose own minutes are, whose sum can only grow. Slides are judged without
clocks, budget and sessions: every block is there, whether or not it would run.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from deckgen.blocks.base import Block
from deckgen.diagnostics import Diagnostic
from deckgen.outline.model import Outline
from deckgen.plan.sessions import fit_sessions

# What the fit of a session is computed from: fields of the frame, and of each block.
FRAME = frozenset({"start", "budget", "buffer", "max_stretch", "people", "mode", "sessions"})
TIMED = frozenset(
    {"time", "method", "steps", "group", "groups", "when", "priority", "at", "needs", "short_form"}
)
SURE = frozenset(
    {"does-not-fit", "locked-clock", "needs-cycle"}
)  # more blocks change none of these


def sure_problems(sessions: Sequence[Outline]) -> Iterator[Diagnostic]:
    """Yield what is wrong with the minutes of *sessions*, whatever their damaged blocks would take."""
    sound = [dataclasses.replace(o, blocks=_with_sound_minutes(o)) for o in sessions]
    if any(outline.damage.frame & FRAME for outline in sound):
        return
    for outline, fitted in zip(sound, fit_sessions(sound), strict=True):
        for problem in fitted.problems:
            if problem.id in SURE:
                yield problem._replace(span=problem.span or outline.places.get("budget"))


def _with_sound_minutes(outline: Outline) -> tuple[Block, ...]:
    damaged = outline.damage.blocks
    return tuple(b for b in outline.blocks if not damaged.get(str(b.id), frozenset()) & TIMED)


def all_running(outline: Outline) -> Outline:
    """Return *outline* as one session without an end, in which every block runs at its ideal length."""
    workshop = dataclasses.replace(outline.workshop, budget=None, sessions=())
    blocks = tuple(
        dataclasses.replace(b, at=None, needs=(), session=None, objectives=(), short_form=None)
        for b in outline.blocks
    )
    return dataclasses.replace(outline, workshop=workshop, blocks=blocks)


def is_sure(problem: Diagnostic, outline: Outline) -> bool:
    """Return whether a *problem* of the plan of `all_running` would be there without the errors, too."""
    if problem.id == "group-size":
        return "people" not in outline.damage.frame
    damaged = outline.damage.blocks
    places = (b.span for b in outline.blocks if damaged.get(str(b.id), frozenset()) & TIMED)
    return problem.id == "step-minutes" and problem.span not in list(places)
