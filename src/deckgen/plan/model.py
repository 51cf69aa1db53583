"""The plan: which blocks run, when, in which groups. Every output is made from it."""

from __future__ import annotations

from typing import NamedTuple

from deckgen.blocks.base import Block, Context, Entry, PlannedStep
from deckgen.methods import Method
from deckgen.outline.model import Outline, Workshop
from deckgen.plan.groups import Groups
from deckgen.reading.fields import Clock, Text


class Cue(NamedTuple):
    """What the facilitator says, does or expects: a bold word, then texts."""

    label: str
    texts: tuple[Text, ...]


class PlannedBlock(NamedTuple):
    """A block with its time. `start` and `end` are clock times, `minutes` what it lasts."""

    ref: str
    block: Block
    start: Clock
    minutes: int
    latest_start: Clock
    least: int
    most: int
    steps: tuple[PlannedStep, ...]
    groups: Groups | None
    method: Method | None
    cues: tuple[Cue, ...]
    context: Context

    @property
    def end(self) -> Clock:
        """The clock time at which it ends."""
        return Clock(self.start + self.minutes)


class Plan(NamedTuple):
    """The workshop as it will run."""

    name: str
    outline: Outline
    blocks: tuple[PlannedBlock, ...]
    entries: tuple[Entry, ...]  # the agenda: blocks and the buffer, in order
    left_out: tuple[Block, ...]
    buffer: int
    start: Clock
    end: Clock

    @property
    def workshop(self) -> Workshop:
        """The frame that the outline gives."""
        return self.outline.workshop

    @property
    def minutes(self) -> int:
        """Minutes from start to end, the buffer included."""
        return self.end - self.start
