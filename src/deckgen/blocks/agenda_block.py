"""The agenda, computed from the plan: the clock times that every document names, to the minute."""

from __future__ import annotations

from typing import ClassVar

from deckgen.blocks.base import Block, Context, Entry
from deckgen.blocks.pieces import cell, part_title, slide
from deckgen.boxes import (
    Bar,
    BarSegment,
    Cell,
    Column,
    Content,
    Fill,
    SlideBoxes,
    SpeakerNote,
    State,
    Table,
    jump_to,
)
from deckgen.inline import unmarked
from deckgen.languages import Words, has_words
from deckgen.reading.fields import Clock, Text, declared

ROWS_IN_COLUMN = 6


@declared
class AgendaBlock(Block):
    """An agenda slide; mid-session, it shows how far the session has got."""

    KIND: ClassVar[str] = "agenda"
    MINUTES: ClassVar[int] = 0
    ON_PAPER: ClassVar[bool] = False

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return one slide for every twelve rows; past rows are muted once some time has passed."""
        started = any(entry.start < context.start for entry in context.agenda)
        now = context.start if started else None
        return slides_of(self, context, self.title, context.notes, now)


def title_of(context: Context) -> str:
    """Return the computed title of an agenda."""
    minutes = sum(entry.minutes for entry in context.agenda)
    return context.say("our_minutes", count=minutes)


def slides_of(
    block: Block,
    context: Context,
    title: Text | str,
    notes: tuple[SpeakerNote, ...],
    now: Clock | None = None,
) -> list[SlideBoxes]:
    """Return agenda slides; *now* marks the entry that runs at this time."""
    entries = [entry for entry in context.agenda if entry.block_id and entry.minutes]
    current = _current(entries, now)
    rows = [_row(entry, current, now) for entry in entries]
    rows.append((_clock_cell(context.end, Fill.TIME), cell(context.say("finish"), style="agenda")))
    per_slide = 2 * ROWS_IN_COLUMN
    parts = [rows[k : k + per_slide] for k in range(0, len(rows), per_slide)]
    if current:  # where people are, and no other part of the day
        parts = [parts[entries.index(current) // per_slide]]
    return [
        slide(
            block,
            context,
            "Two Columns",
            _columns(context.words, part),
            key="agenda" if k == 0 else f"agenda-{k + 1}",
            title=title if len(parts) == 1 else part_title(context.words, title, k + 1, len(parts)),
            minutes=sum(entry.minutes for entry in context.agenda),
            notes=notes if k == 0 else (),
        )._replace(bar=_bar(context, current, now), chip_is_solid=False)
        for k, part in enumerate(parts)
    ]


def _current(entries: list[Entry], now: Clock | None) -> Entry | None:
    if now is None:
        return None
    return next((entry for entry in entries if entry.start >= now), None)


def _row(entry: Entry, current: Entry | None, now: Clock | None) -> tuple[Cell, ...]:
    start = entry.start
    if entry is current:
        clock = _clock_cell(start, Fill.NOW)
        title = cell(entry.title, style="agenda")
        runs = tuple(run._replace(bold=True) for run in title.paragraph.runs)
        return (clock, title._replace(paragraph=title.paragraph._replace(runs=runs)))
    link = jump_to(entry.block_id) if entry.block_id else None
    if now is not None and entry.start < now:
        clock = _clock_cell(start, Fill.PAST, link)
        return (clock, cell(entry.title, style="agenda", colour="muted"))
    return (_clock_cell(start, Fill.TIME, link), cell(entry.title, style="agenda"))


def _clock_cell(clock: Clock, fill: Fill, link: str | None = None) -> Cell:
    """Return the clock time; a click on it leads to the block's first slide."""
    return cell(str(clock), style="minutes", fill=fill, link=link)


def _columns(words: Words, rows: list[tuple[Cell, ...]]) -> dict[str, Content]:
    half = len(rows) if len(rows) <= ROWS_IN_COLUMN else -(-len(rows) // 2)
    columns = (Column(0.96, "ctr"), Column())
    return {
        place: Table(
            columns, tuple(part), description=words.say("agenda_title"), tallest=0.46, ruled=False
        )
        for place, part in (("left", rows[:half]), ("right", rows[half:]))
        if part
    }


def _bar(context: Context, current: Entry | None, now: Clock | None) -> Bar | None:
    segments = tuple(
        BarSegment(entry.minutes, "", _state(entry, current, now), entry.title)
        for entry in context.agenda
        if entry.minutes
    )
    start = str(context.agenda[0].start) if context.agenda else ""
    low = now is not None
    if not segments:
        return None
    return Bar(
        segments,
        session_parts(context),
        left=start,
        right=str(context.end),
        now=context.say("now") if current else "",
        low=low,
    )


def session_parts(context: Context) -> str:
    """Return the blocks with their minutes in words, for those who do not see the bar."""
    parts = (
        context.say(
            "alt.entry", title=unmarked(entry_title(context.words, entry)), minutes=entry.minutes
        )
        for entry in context.agenda
        if entry.minutes
    )
    return context.say("alt.session_bar", parts=context.say("comma").join(parts))


def entry_title(words: Words, entry: Entry) -> str:
    """Return the title of an entry; the buffer and free minutes have names of ours."""
    key = entry.title.lower()
    return entry.title if entry.block_id or not has_words(key) else words.say(key)


def _state(entry: Entry, current: Entry | None, now: Clock | None) -> State:
    if now is None:
        return State.TIME if entry.block_id else State.IDLE
    if entry is current:
        return State.TIME
    return State.PAST if entry.start < now else State.IDLE
