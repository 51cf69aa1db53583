"""The plan: which blocks run, when, in which groups. Every output is made from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from deckgen.blocks.base import Block, Context, Entry, PlannedStep
from deckgen.inline import unmarked
from deckgen.languages import Words
from deckgen.methods import Method
from deckgen.outline.model import Outline, Workshop, offset_minutes, time_zone
from deckgen.plan.fit import Fit
from deckgen.plan.groups import Groups
from deckgen.reading.fields import Clock, Text


class Cue(NamedTuple):
    """What the facilitator says, does or expects: a bold word, then texts."""

    key: str
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
    entries: tuple[Entry, ...]  # the agenda: blocks, buffer and free minutes, in order
    fit: Fit
    buffer: int
    start: Clock
    end: Clock

    @property
    def workshop(self) -> Workshop:
        """The frame that the outline gives."""
        return self.outline.workshop

    @property
    def words(self) -> Words:
        """The words of ours in the language of the workshop."""
        return Words(str(self.workshop.lang))

    @property
    def full_title(self) -> str:
        """The title without marks, and which session it is where there are several."""
        parts = (self.workshop.title, session_line(self.outline, self.words))
        return ", ".join(unmarked(part) for part in parts if part)

    @property
    def left_out(self) -> tuple[Block, ...]:
        """The blocks whose conditions do not hold."""
        return tuple(d.block for d in self.fit.decisions if d.action == "left out")

    @property
    def lost(self) -> tuple[Block, ...]:
        """The blocks for which there is no time, in the outline's order."""
        return tuple(d.block for d in self.fit.decisions if d.is_lost_for_time)

    @property
    def promised(self) -> tuple[Text, ...]:
        """The objectives that this session serves."""
        return promised(self.outline, [planned.block for planned in self.blocks])

    @property
    def in_utc(self) -> tuple[Clock, ...] | None:
        """Start and end in UTC, for an online or hybrid session whose offset is given."""
        return utc_clocks(self.workshop, self.start, self.end)

    @property
    def minutes(self) -> int:
        """Minutes from start to end, the buffer included."""
        return self.end - self.start


def utc_clocks(workshop: Workshop, *clocks: Clock) -> tuple[Clock, ...] | None:
    """Return *clocks* in UTC where people come online and the workshop gives its offset or zone."""
    offset = offset_after(workshop)
    if offset is None or workshop.mode == "in_person":
        return None
    return tuple(Clock(clock - offset) for clock in clocks)


def promised(outline: Outline, running: Sequence[Block]) -> tuple[Text, ...]:
    """Return the objectives that a running block serves, or all where no block names any."""
    served = {str(name) for block in running for name in block.objectives}
    return tuple(
        objective.text
        for objective in outline.workshop.objectives
        if not outline.tracks_objectives or str(objective.id) in served
    )


def session_line(outline: Outline, words: Words) -> Text:
    """Return which session of how many an outline is, such as `Session 2 of 3: Practice`, or nothing."""
    session = outline.session
    if session is None:
        return Text("")
    values = {"number": outline.session_number, "count": len(outline.workshop.sessions)}
    if session.title is None:
        return Text(words.say("session_of", **values))
    return Text(words.say("session_named", **values, title=session.title))


def starts_at(workshop: Workshop) -> datetime | None:
    """Return day and time of the start: in UTC where its offset is known, else of no zone.

    None without a date.
    """
    if workshop.date is None:
        return None
    day = date.fromisoformat(workshop.date)
    local = datetime(day.year, day.month, day.day) + timedelta(minutes=workshop.start)
    offset = offset_after(workshop)
    return local if offset is None else (local - timedelta(minutes=offset)).replace(tzinfo=UTC)


def offset_after(workshop: Workshop, minutes: int = 0) -> int | None:
    """Return the minutes by which the clock is ahead of UTC when *minutes* have passed.

    A zone says so for a date only.
    """
    if workshop.utc_offset:
        return offset_minutes(workshop.utc_offset)
    zone = time_zone(workshop.timezone) if workshop.timezone else None
    if zone is None or workshop.date is None:
        return None
    day = date.fromisoformat(workshop.date)
    begin = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(minutes=workshop.start)
    then = (
        (begin.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(zone) if minutes else begin
    )
    ahead = then.utcoffset()
    return None if ahead is None else round(ahead.total_seconds() / 60)
