"""Splits a session at its locked clocks; each segment has its own minutes, buffer and breaks.

All minutes count from the start of the session.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from deckgen.diagnostics import Diagnostic, Span
from deckgen.plan.candidates import MUST, Candidate
from deckgen.plan.choose import Chosen, choose
from deckgen.plan.conditions import Situation
from deckgen.plan.timing import (
    BREAK,
    break_count,
    buffer_minutes,
    buffer_place,
    least_buffer,
)
from deckgen.reading.fields import Clock


class Segment(NamedTuple):
    """The candidates between two locked clocks; without an `end` they take what they want."""

    candidates: tuple[Candidate, ...]
    begin: int
    end: int | None
    is_last: bool
    buffers: tuple[int, ...] = (0,)  # what to keep free, and what it may shrink to
    breaks: tuple[float, ...] = ()  # where breaks should begin, in minutes without breaks


class Fitted(NamedTuple):
    """A segment with what was chosen for it."""

    segment: Segment
    chosen: Chosen
    minutes: int  # for the blocks alone; the sum of their ideals where there is no end
    buffer: int
    breaks: tuple[float, ...]


def segments_of(
    candidates: Sequence[Candidate], situation: Situation
) -> tuple[list[Segment], list[Diagnostic]]:
    """Return the segments in order, and an error for each lock that stands before another."""
    cuts, problems = _cuts(candidates, situation)
    ends: list[int | None] = [lock for _, lock in cuts[1:]]
    ends.append(situation.budget)
    places = [place for place, _ in cuts[1:]] + [len(candidates)]
    made = [
        Segment(tuple(candidates[place:stop]), begin, end, is_last=stop == len(candidates))
        for (place, begin), stop, end in zip(cuts, places, ends, strict=True)
    ]
    if situation.budget is None:
        return made, problems
    return _with_breaks(_with_buffer(made, candidates, situation), situation), problems


def fit_segment(segment: Segment) -> Fitted | None:
    """Return the segment fitted, or None where its musts need more than it has.

    For want of time first the buffer shrinks, then the musts take their short forms, then the
    breaks go.
    """
    if segment.end is None:
        chosen = Chosen(segment.candidates)
        return Fitted(segment, chosen, chosen.least + chosen.room, 0, ())
    for buffer, breaks, squeeze in _ways(segment):
        minutes = segment.end - segment.begin - buffer - BREAK * len(breaks)
        found = choose(segment.candidates, minutes, squeeze=squeeze)
        if found is not None and len(breaks) > _edges(found, segment):
            fewer = _spread(segment, _edges(found, segment))
            return fit_segment(segment._replace(breaks=fewer))
        if found is not None:
            return Fitted(segment, found, minutes, buffer, breaks)
    return None


def _edges(chosen: Chosen, segment: Segment) -> int:
    """Return how many breaks have a place: between two blocks, or before a locked clock."""
    timed = sum(form.time.ideal > 0 for form in chosen.forms.values())
    return max(0, timed - 1) if segment.is_last else timed


def _spread(segment: Segment, count: int) -> tuple[float, ...]:
    """Return where *count* breaks begin that split the segment into equal parts."""
    free = (segment.end or 0) - segment.begin - BREAK * count
    return tuple(k * free / (count + 1) for k in range(1, count + 1))


def least_minutes(candidates: Sequence[Candidate]) -> int:
    """Return the minutes that the musts take at least, in their short forms where there are."""
    return sum(least_of(c) for c in candidates if c.level == MUST)


def least_of(candidate: Candidate) -> int:
    """Return the minutes that the candidate takes at least, in its shortest form."""
    forms = (candidate.full, candidate.short or candidate.full)
    return min(form.time.min for form in forms)


def too_tight(segment: Segment, following: Candidate, situation: Situation) -> Diagnostic:
    """Return the error for a locked clock that what runs before it cannot reach in time."""
    assert segment.end is not None
    opener = next(iter(segment.candidates), following)
    least, has = least_minutes(segment.candidates), segment.end - segment.begin
    is_locked = opener.lock == segment.begin and opener is not following
    since = f"`{opener.block.id}`" if is_locked else "the start"
    buffer = f", plus {segment.buffers[-1]} of buffer" if segment.buffers[-1] else ""
    message = (
        f"`{following.block.id}` is locked at {_clock(segment.end, situation)}, {has} min after "
        f"{since}; what runs before it needs at least {least} min{buffer}"
    )
    related = related_musts(segment.candidates)
    return Diagnostic("locked-clock", message, following.block.span, related=related)


def related_musts(candidates: Sequence[Candidate], most: int = 12) -> tuple[tuple[Span, str], ...]:
    """Return where the blocks stand that must run, with their least minutes; the longest *most*."""
    musts = [c for c in candidates if c.level == MUST and least_of(c) and c.block.span]
    longest = sorted(musts, key=lambda c: (-least_of(c), c.place))[:most]
    return tuple(
        (c.block.span, f"`{c.block.id}` needs at least {least_of(c)} min")
        for c in sorted(longest, key=lambda c: c.place)
        if c.block.span
    )


def _ways(segment: Segment) -> Iterator[tuple[int, tuple[float, ...], bool]]:
    """Yield what to try: buffer, breaks, and whether musts take their short forms."""
    for buffer in dict.fromkeys(segment.buffers):
        yield buffer, segment.breaks, False
    yield segment.buffers[-1], segment.breaks, True
    for count in range(len(segment.breaks) - 1, -1, -1):
        yield segment.buffers[-1], _spread(segment, count), True


def _cuts(
    candidates: Sequence[Candidate], situation: Situation
) -> tuple[list[tuple[int, int]], list[Diagnostic]]:
    """Return place and begin of each segment; a lock before an earlier block's is an error."""
    cuts, problems = [(0, 0)], []
    opener: Candidate | None = None
    for candidate in candidates:
        if candidate.lock is None:
            continue
        if opener is not None and candidate.lock < cuts[-1][1]:
            problems.append(_out_of_order(candidate, opener, situation))
            continue
        if candidate.place or candidate.lock:
            cuts.append((candidate.place, candidate.lock))
        opener = candidate
    return cuts, problems


def _out_of_order(candidate: Candidate, before: Candidate, situation: Situation) -> Diagnostic:
    block, other = candidate.block, before.block
    clocks = [_clock(c.lock or 0, situation) for c in (candidate, before)]
    message = (
        f"`{block.id}` is locked at {clocks[0]}, but `{other.id}` runs before it and is locked at "
        f"{clocks[1]}"
    )
    related = ((other.span, f"`{other.id}` is here"),) if other.span else ()
    return Diagnostic("locked-clock", message, block.span, related=related)


def _clock(minutes: int, situation: Situation) -> Clock:
    return Clock(situation.start + minutes)


def _with_buffer(
    segments: list[Segment], candidates: Sequence[Candidate], situation: Situation
) -> list[Segment]:
    """Give the buffer to the segment in which the last block before the closing runs."""
    budget, ratio = situation.budget or 0, situation.buffer
    place = buffer_place([c.block for c in candidates]) - 1
    buffers = (buffer_minutes(budget, ratio), least_buffer(budget, ratio))
    return [
        segment._replace(buffers=buffers)
        if any(c.place == place for c in segment.candidates)
        else segment
        for segment in segments
    ]


def _with_breaks(segments: list[Segment], situation: Situation) -> list[Segment]:
    """Give each break that the author has not planned to the segment in which it should begin."""
    budget = situation.budget or 0
    blocks = [c for segment in segments for c in segment.candidates if c.takes_time]
    own = sum(c.block.RESTS for c in blocks)
    count = min(break_count(budget, situation.stretch) - own, len(blocks) - 1)
    if count <= 0:
        return segments
    free = budget - BREAK * count
    begins = [k * free / (count + 1) + BREAK * (k - 1) for k in range(1, count + 1)]
    made = []
    for segment in segments:
        inside = [at for at in begins if segment.begin <= at < (segment.end or 0)]
        places = tuple(at - segment.begin - BREAK * k for k, at in enumerate(inside))
        made.append(segment._replace(breaks=places))
    return made
