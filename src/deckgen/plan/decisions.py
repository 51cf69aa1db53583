"""One plain sentence for each block: kept, shortened, swapped, cut, and why."""

from __future__ import annotations

from typing import Literal, NamedTuple

from deckgen.blocks.base import Block
from deckgen.inline import unmarked
from deckgen.languages import Phrase, phrase
from deckgen.plan.candidates import LEVELS, Candidate, Form
from deckgen.plan.choose import QUARTERS, Chosen

Action = Literal["kept", "shortened", "lengthened", "swapped", "cut", "left out"]
NAMES = {level: name for name, level in LEVELS.items()}


class Decision(NamedTuple):
    """What the fit did with a block of the outline."""

    action: Action
    block: Block  # as written; a short form in its place is named in `why`
    minutes: int
    why: Phrase
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
        why = phrase("why.needs_cut", title=title_of(missing))
    else:
        form = candidate.short or candidate.full
        why = _too_little(candidate, chosen, has, form, "with")
        if candidate.short:
            why = phrase("why.even_short", why=why)
    return Decision("cut", candidate.block, 0, why, is_lost_for_time=True)


def left_out(block: Block, why: Phrase, *, for_time: bool) -> Decision:
    """Return the decision on a block that does not take part; *for_time*: in a longer session it may."""
    return Decision("left out", block, 0, why, is_lost_for_time=for_time)


def share_text(minutes: int, least: int, room: int) -> str:
    """Return what part of the way from least to ideal *minutes* give, in per cent."""
    return f"{max(0, 100 * (minutes - least) // room) if room else 0} %"


def _kept(
    candidate: Candidate, form: Form, minutes: int, chosen: Chosen, has: int
) -> tuple[Action, Phrase]:
    time = form.time
    if form is candidate.short:
        return "swapped", _swapped(candidate, form, chosen, has)
    if not time.max:
        return "kept", phrase("why.no_minutes")
    if time.min == time.max:
        return "kept", phrase("why.fixed", minutes=minutes)
    if minutes < time.ideal:
        share = share_text(has, chosen.least, chosen.room)
        why = phrase("why.shortened", ideal=time.ideal, least=time.min, share=share)
        return "shortened", why
    if minutes > time.ideal:
        return "lengthened", phrase("why.lengthened", ideal=time.ideal, most=time.max)
    return "kept", phrase("why.ideal")


def _swapped(candidate: Candidate, form: Form, chosen: Chosen, has: int) -> Phrase:
    full = candidate.full.time
    reason = _too_little(candidate, chosen, has, candidate.full, "whole", instead=form)
    title = title_of(form.block)
    return phrase("why.swapped", title=title, minutes=full.ideal, reason=reason)


def _too_little(
    candidate: Candidate,
    chosen: Chosen,
    has: int,
    form: Form,
    lead: str,
    *,
    instead: Form | None = None,
) -> Phrase:
    """Return why *form* finds no place beside what was chosen."""
    least = chosen.least + form.time.min - (instead.time.min if instead else 0)
    room = chosen.room + _room(form) - (_room(instead) if instead else 0)
    if least > has:
        return phrase(f"why.exceed_{lead}", minutes=least - has)
    level = min(candidate.level, chosen.level)
    asked = 25 * QUARTERS[level]
    share = share_text(has, least, room)
    return phrase(f"why.share_{lead}", share=share, level=Phrase(NAMES[level]), asked=asked)


def _room(form: Form) -> int:
    return form.time.ideal - form.time.min


def title_of(block: Block) -> Phrase:
    """Return the block's title in quotation marks."""
    return phrase("quoted", text=unmarked(block.title))
