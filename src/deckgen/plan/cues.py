"""The facilitator's cues of a block, in the order of use; for notes in the deck and on paper."""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.blocks.base import Block
from deckgen.boxes import Run, SpeakerNote
from deckgen.inline import parse_inline
from deckgen.methods import Method
from deckgen.plan.model import Cue
from deckgen.reading.fields import Clock, Text


def cues_of(block: Block, method: Method | None) -> tuple[Cue, ...]:
    """Return the cues that have texts."""
    return tuple(Cue(label, texts) for label, texts in _cues(block, method) if texts)


def speaker_notes(
    start: Clock, minutes: int, latest_start: Clock, cues: tuple[Cue, ...]
) -> tuple[SpeakerNote, ...]:
    """Return the speaker notes of a block: its time, then its cues, leads in bold."""
    end = Clock(start + minutes)
    time = f"{start} to {end}, {minutes} min. Start by {latest_start} at the latest."
    notes = [SpeakerNote("Time.", (Run(time),))]
    for cue in cues:
        notes += [
            SpeakerNote(f"{cue.label}." if k == 0 else "", parse_inline(text))
            for k, text in enumerate(cue.texts)
        ]
    return tuple(notes)


def _cues(block: Block, method: Method | None) -> Iterator[tuple[str, tuple[Text, ...]]]:
    notes = block.notes
    yield "Purpose", _one(notes.purpose)
    yield "Say", notes.say
    yield "Do", notes.do
    yield "Ask", notes.ask
    yield "Expect", notes.expect
    yield from block.own_cues()
    yield "If stuck", notes.probes
    if notes.misconception:
        claim, response = notes.misconception.claim, notes.misconception.response
        yield "They may say", (Text(f"{claim} - {response}", claim.span),)
    yield (
        "Watch out",
        notes.watch + (_one(method.trap) if method and not notes.watch else ()),
    )
    yield "Online", _one(notes.online or (method.online if method else None))
    yield "Hybrid", _one(notes.hybrid)
    yield "Short of time", _one(notes.if_short)
    yield "Time left", _one(notes.if_long)
    yield "Goes wrong", _one(notes.contingency)
    yield "Bridge", _one(notes.transition)


def _one(text: str | None) -> tuple[Text, ...]:
    return (Text(text),) if text else ()
