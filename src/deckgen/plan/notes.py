"""How much the speaker notes of the deck say: all cues, the clock and the bridge, or nothing."""

from __future__ import annotations

from typing import Literal

from deckgen.boxes import SpeakerNote
from deckgen.plan.cues import speaker_notes
from deckgen.plan.model import Plan, PlannedBlock

SpeakerNotes = Literal["full", "brief", "none"]


def with_speaker_notes(plan: Plan, level: SpeakerNotes) -> Plan:
    """Return *plan* with speaker notes of this *level*; a plan is made with full ones."""
    if level == "full":
        return plan
    return plan._replace(blocks=tuple(_noted(planned, level) for planned in plan.blocks))


def _noted(planned: PlannedBlock, level: SpeakerNotes) -> PlannedBlock:
    notes: tuple[SpeakerNote, ...] = ()
    if level == "brief":
        kept = tuple(cue for cue in planned.cues if cue.key in ("hidden", "bridge"))
        words = planned.context.words
        notes = speaker_notes(words, planned.start, planned.minutes, planned.latest_start, kept)
    return planned._replace(context=planned.context._replace(notes=notes))
