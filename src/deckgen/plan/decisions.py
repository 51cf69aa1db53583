"""One plain sentence for each block: kept, shortened, swapped, cut, and why."""

from __future__ import annotations

from typing import Literal, NamedTuple

from deckgen.blocks.base import Block
from deckgen.inline import unmarked
from deckgen.plan.candidates import LEVELS, Candidate, Form
from deckgen.plan.choose import QUARTERS, Chosen

Action = Literal["kept", "shortened", "lengthened", "swapped", "cut", "left out"]
NAMES = {level: name for name, level in LEVELS.items()}


class Decision(NamedTuple):
    """What the fit did with a block of the outline."""

    action: Action
    block: Block  # as written; a short form in its place is named in `why`
    minutes: int
    why: str
    is_lost_for_time: bool = False  # with more minutes it would run

    @property
    def is_out(self) -> bool:
        """Whether the block does not run."""
        return self.action in ("cut", "left out")


def kept(candidate: Candidate, form: Form, minutes: int, chosen: Chosen, has: int) -> Decision:
    """Return the decision on a block that runs for *minutes* of the *has* that all share."""
    action, why = _kept(candidate, form, minutes, chosen, has)
    return Decision(action, candidate.block, minutes, why)


def cut(candidate: Candidate, chosen: Chosen, has: int, missing: Block | None) -> Decision:
    """Return the decision on a block that goes: for want of time, or with the block it needs."""
    if missing is not None:
        why = f"it needs {title_of(missing)}, which is cut"
    else:
        form = candidate.short or candidate.full
        why = _too_little(candidate, chosen, has, form, "with it")
        if candidate.short:
            why = f"even in its short form: {why}"
    return Decision("cut", candidate.block, 0, why, is_lost_for_time=True)


def left_out(block: Block, why: str, *, for_time: bool) -> Decision:
    """Return the decision on a block that does not take part; *for_time*: in a longer session it may."""
    return Decision("left out", block, 0, why, is_lost_for_time=for_time)


def share_text(minutes: int, least: int, room: int) -> str:
    """Return what part of the way from least to ideal *minutes* give, in per cent."""
    return f"{max(0, 100 * (minutes - least) // room) if room else 0} %"


def _kept(
    candidate: Candidate, form: Form, minutes: int, chosen: Chosen, has: int
) -> tuple[Action, str]:
    time = form.time
    if form is candidate.short:
        return "swapped", _swapped(candidate, form, chosen, has)
    if not time.max:
        return "kept", "it takes no minutes: pre-work, or on paper"
    if time.min == time.max:
        return "kept", f"its {minutes} min are fixed"
    if minutes < time.ideal:
        share = share_text(has, chosen.least, chosen.room)
        why = f"from {time.ideal} min (least {time.min}): all get {share} of the way to their ideal"
        return "shortened", why
    if minutes > time.ideal:
        return "lengthened", f"from {time.ideal} min (most {time.max}): there is time to spare"
    return "kept", "its ideal minutes"


def _swapped(candidate: Candidate, form: Form, chosen: Chosen, has: int) -> str:
    full = candidate.full.time
    reason = _too_little(candidate, chosen, has, candidate.full, "whole", instead=form)
    return f"short form {title_of(form.block)} in place of {full.ideal} min: {reason}"


def _too_little(
    candidate: Candidate,
    chosen: Chosen,
    has: int,
    form: Form,
    lead: str,
    *,
    instead: Form | None = None,
) -> str:
    """Return why *form* finds no place beside what was chosen."""
    least = chosen.least + form.time.min - (instead.time.min if instead else 0)
    room = chosen.room + _room(form) - (_room(instead) if instead else 0)
    if least > has:
        return f"{lead}, the least minutes of all exceed the time by {least - has}"
    level = min(candidate.level, chosen.level)
    asked = 25 * QUARTERS[level]
    share = share_text(has, least, room)
    return f"{lead}, all would get only {share} of the way to their ideal; a {NAMES[level]} asks for {asked} %"


def _room(form: Form) -> int:
    return form.time.ideal - form.time.min


def title_of(block: Block) -> str:
    """Return the block's title in quotation marks."""
    return f"“{unmarked(block.title)}”"
