"""Fits blocks to a budget of minutes: what runs, in which form, from when to when, and why.

`fit` is pure: the same blocks in the same situation give the same result, and what is wrong comes
back as problems. Its order is that of docs/timing.md:

1. Take the blocks whose conditions hold, with the minutes that their methods and groups ask for.
2. Reserve the buffer before the closing, and the breaks.
3. Split at locked clocks; fit each segment alone.
4. Cut by priority, short forms first; add back what fits; share out the minutes.
5. Place breaks and buffer; say for each block what was done, and why.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, count
from typing import NamedTuple

from deckgen.blocks.base import Block
from deckgen.diagnostics import Diagnostic
from deckgen.languages import Phrase, Words, phrase
from deckgen.outline.model import Outline, People, Stretch
from deckgen.plan.candidates import DAY, MUST, Candidate, Form, candidates_of, place_of
from deckgen.plan.conditions import Situation, holds, told, wants_time
from deckgen.plan.decisions import Decision, cut, kept, left_out, title_of
from deckgen.plan.segments import (
    Fitted,
    Segment,
    fit_segment,
    least_minutes,
    related_musts,
    segments_of,
    too_tight,
)
from deckgen.plan.timing import BREAK, buffer_place, fill, least_buffer
from deckgen.reading.fields import Clock, Ratio, Text, TimeRange

UNTITLED = Text("")  # of a break that the fit put in: the plan has words for it
BUFFER, FREE = "Buffer", "Free"
LONGEST = 720  # minutes after the start at which a lock without a budget still makes sense


class Timed(NamedTuple):
    """A stretch of the session; minutes count from its start. Without a form: buffer or free."""

    start: int
    minutes: int
    latest: int
    form: Form | None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """The fitted session, or why there is none; `smallest` is then the least budget that would do."""

    rows: tuple[Timed, ...]
    decisions: tuple[Decision, ...]
    situation: Situation
    cut_order: tuple[str, ...] = ()  # ids of the blocks that run and may go, the first first
    problems: tuple[Diagnostic, ...] = ()
    smallest: int | None = None

    @property
    def budget(self) -> int | None:
        """Minutes that there are, or None."""
        return self.situation.budget

    @property
    def minutes(self) -> int:
        """Minutes from start to end."""
        return self.rows[-1].start + self.rows[-1].minutes if self.rows else 0

    @property
    def buffer(self) -> int:
        """Minutes kept for running late."""
        return sum(row.minutes for row in self.rows if row.label == BUFFER)

    @property
    def unfilled(self) -> int:
        """Minutes of the budget that no block can take."""
        free = sum(row.minutes for row in self.rows if row.label == FREE)
        return free + (0 if self.budget is None else self.budget - self.minutes)

    @property
    def fits(self) -> bool:
        """Whether there is a session."""
        return bool(self.rows)


def fit(
    blocks: Sequence[Block],
    budget: int | None,
    people: People,
    mode: str = "in_person",
    *,
    audience: str | None = None,
    start: int = 540,
    buffer: float = 0.1,
    max_stretch: Stretch | None = None,
) -> Fit:
    """Return *blocks* fitted to *budget* minutes with *people*; None lets them take their ideal."""
    stretch = max_stretch or Stretch()
    return fit_to(
        blocks,
        Situation(budget, people, mode, audience, Clock(start), Ratio(buffer), stretch),
    )


def fit_outline(outline: Outline, budget: int | None = None) -> Fit:
    """Return the blocks of *outline* fitted to its own situation, or to another *budget*."""
    situation = Situation.of(outline)
    if budget is not None:
        situation = replace(situation, budget=budget)
    return fit_to(outline.blocks, situation)


def fit_to(blocks: Sequence[Block], situation: Situation) -> Fit:
    """Return *blocks* fitted to *situation*."""
    made = _attempt(blocks, situation)
    is_all_cut = not made.fits and any(d.action == "cut" for d in made.decisions)
    if is_all_cut and not problems_stop(made.problems):
        return _nothing_runs(blocks, situation, made)
    return made


def _attempt(blocks: Sequence[Block], situation: Situation) -> Fit:
    running, out, problems = _taking_part(blocks, situation)
    candidates, found = candidates_of(running, situation)
    problems += found
    if not candidates:
        return Fit((), tuple(out.values()), situation, problems=tuple(problems))
    segments, found = segments_of(candidates, situation)
    problems += found
    if problems_stop(problems):
        return Fit((), tuple(out.values()), situation, problems=tuple(problems))
    fitted = _fitted(segments, candidates)
    if any(one is None for one in fitted):
        return _failed(blocks, segments, candidates, fitted, situation, problems)
    whole = [one for one in fitted if one is not None]
    is_empty = not any(one.chosen.forms for one in whole)
    rows = () if is_empty else tuple(_rows(whole, blocks))
    decided = {str(d.block.id): d for d in _decisions(segments, whole, rows, candidates)}
    every = decided | out
    return Fit(
        rows,
        tuple(every[str(block.id)] for block in blocks),
        situation,
        cut_order=_cut_order(candidates, whole),
        problems=tuple(problems),
    )


def problems_stop(problems: Sequence[Diagnostic]) -> bool:
    """Return whether a problem forbids fitting."""
    return any(problem.severity == "error" for problem in problems)


def smallest_budget(blocks: Sequence[Block], situation: Situation) -> int | None:
    """Return the least budget in which all musts run, or None within a day."""
    varying = [b for b in blocks if b.when and b.when.budget]
    known: dict[tuple[bool, ...], int] = {}
    for budget in range(1, DAY + 1):
        there = replace(situation, budget=budget)
        key = tuple(holds(block, there) for block in varying)
        if key not in known:
            known[key] = _least_end(blocks, there)
        if known[key] + least_buffer(budget, situation.buffer) <= budget:
            return budget
    return None


# which blocks take part -----------------------------------------------------------------------


def _taking_part(
    blocks: Sequence[Block], situation: Situation
) -> tuple[list[Block], dict[str, Decision], list[Diagnostic]]:
    """Return the blocks that take part, the decisions on others, and what is wrong."""
    out: dict[str, Decision] = {}
    problems: list[Diagnostic] = []
    for block in blocks:
        if not holds(block, situation):
            for_time = wants_time(block, situation)
            out[str(block.id)] = left_out(block, _condition(block), for_time=for_time)
        elif why := _outside(block, situation):
            if block.priority == "must":
                message = f"`{block.id}` is {Words().tell(why)}"
                problems.append(Diagnostic("locked-clock", message, block.span))
            out[str(block.id)] = Decision("cut", block, 0, why, is_lost_for_time=True)
    running = [block for block in blocks if str(block.id) not in out]
    missing = [] if situation.budget is None else list(out.values())
    missing += [
        left_out(block, Phrase("why.needs_absent"), for_time=late)
        for block, late in situation.absent
    ]
    return _without_unmet(running, missing, out, problems), out, problems


def _outside(block: Block, situation: Situation) -> Phrase | None:
    """Return why the block's locked clock lies outside the session, or nothing."""
    if block.at is None:
        return None
    minutes = (block.at - situation.start) % DAY
    if minutes < (situation.budget or LONGEST):
        return None
    if situation.budget is None:
        return phrase("why.locked_before", at=block.at, start=situation.start)
    end = Clock(situation.start + situation.budget)
    return phrase("why.locked_outside", at=block.at, start=situation.start, end=end)


def _without_unmet(
    running: list[Block],
    missing: list[Decision],
    out: dict[str, Decision],
    problems: list[Diagnostic],
) -> list[Block]:
    """Leave out what needs a block that is *missing*; a must stays, with a warning."""
    needing: dict[str, list[Block]] = {}
    for block in running:
        for name in block.needs:
            needing.setdefault(str(name), []).append(block)
    for lost in missing:  # grows while it is walked
        for block in needing.get(str(lost.block.id), ()):
            if block.priority == "must":
                problems.append(_unmet(block, lost.block))
            elif str(block.id) not in out:
                why = phrase("why.needs_absent", title=title_of(lost.block))
                out[str(block.id)] = left_out(block, why, for_time=lost.is_lost_for_time)
                missing.append(out[str(block.id)])
    return [block for block in running if str(block.id) not in out]


def _unmet(block: Block, lost: Block) -> Diagnostic:
    message = f"`{block.id}` needs `{lost.id}`, which is left out"
    where = next(name for name in block.needs if name == lost.id)
    return Diagnostic("unmet-need", message, place_of(where, block))


def _condition(block: Block) -> Phrase:
    return phrase("why.only", condition=told(block.when) if block.when else [])


# fitting --------------------------------------------------------------------------------------


def _fitted(segments: Sequence[Segment], candidates: Sequence[Candidate]) -> list[Fitted | None]:
    """Return each segment fitted; what needs a block that another segment lost goes, too."""
    gone: set[int] = set()
    fitted: dict[int, Fitted | None] = {}
    todo = list(range(len(segments)))
    while todo:
        for k in todo:
            left = tuple(c for c in segments[k].candidates if c.place not in gone)
            fitted[k] = fit_segment(segments[k]._replace(candidates=left))
        runs = {p for one in fitted.values() if one for p in one.chosen.forms}
        lost = _lost(candidates, runs) if all(fitted.values()) else set()
        gone |= lost
        todo = [k for k, one in enumerate(segments) if any(c.place in lost for c in one.candidates)]
    return [fitted[k] for k in range(len(segments))]


def _lost(candidates: Sequence[Candidate], runs: set[int]) -> set[int]:
    """Return the places that run although what they need does not."""
    return {c.place for c in candidates if c.place in runs and not runs.issuperset(c.needs)}


def _least_end(blocks: Sequence[Block], situation: Situation) -> int:
    """Return the minute in which the session can end at the earliest, the buffer not counted."""
    running = [block for block in blocks if holds(block, situation)]
    candidates, _ = candidates_of(running, situation)
    segments, _ = segments_of(candidates, replace(situation, budget=None))
    last = segments[-1]
    return last.begin + least_minutes(last.candidates)


def _failed(
    blocks: Sequence[Block],
    segments: Sequence[Segment],
    candidates: Sequence[Candidate],
    fitted: Sequence[Fitted | None],
    situation: Situation,
    problems: list[Diagnostic],
) -> Fit:
    """Return a fit without a session: which clock or which budget cannot hold."""
    smallest = None
    for segment, one in zip(segments, fitted, strict=True):
        if one is not None:
            continue
        if not segment.is_last:
            stop = sum(len(s.candidates) for s in segments[: segments.index(segment) + 1])
            problems.append(too_tight(segment, candidates[stop], situation))
        else:
            smallest = smallest_budget(blocks, situation)
            problems.append(_does_not_fit(segment, smallest, situation))
    return Fit((), (), situation, problems=tuple(problems), smallest=smallest)


def _nothing_runs(blocks: Sequence[Block], situation: Situation, made: Fit) -> Fit:
    """Return *made* with the error that not even one of the optional blocks finds time."""
    budget = situation.budget or 0
    longer = (replace(situation, budget=minutes) for minutes in range(budget + 1, DAY + 1))
    smallest = next((there.budget for there in longer if _attempt(blocks, there).fits), None)
    message = f"{budget} min is too short for any block"
    message += f"; the smallest possible budget is {smallest} min" if smallest else ""
    problem = Diagnostic("does-not-fit", message)
    return replace(made, problems=(*made.problems, problem), smallest=smallest)


def _does_not_fit(segment: Segment, smallest: int | None, situation: Situation) -> Diagnostic:
    least, budget = least_minutes(segment.candidates), situation.budget or 0
    buffer = f", plus {segment.buffers[-1]} of buffer" if segment.buffers[-1] else ""
    since = f" from {Clock(situation.start + segment.begin)}" if segment.begin else ""
    message = (
        f"{budget} min is too short: the blocks that must run need at least {least} min{since}"
        f"{buffer}"
    )
    message += f"; the smallest possible budget is {smallest} min" if smallest else ""
    related = related_musts(segment.candidates)
    hints = ("shorten a block, make one `should` or `could`, or give one a `short_form`",)
    return Diagnostic("does-not-fit", message, None, hints=hints, related=related)


# the session ----------------------------------------------------------------------------------

Slot = tuple[int, "Form | None", str]  # minutes, form, label


def _rows(fitted: Sequence[Fitted], blocks: Sequence[Block]) -> Iterator[Timed]:
    """Yield the stretches of all segments in order."""
    taken = {str(block.id) for block in blocks}
    numbered = ("break" if k == 1 else f"break-{k}" for k in count(1))
    names = (name for name in numbered if name not in taken)
    kept_before = 0
    place = buffer_place([form.block for one in fitted for form in _forms(one)])
    for one in fitted:
        yield from _with_clocks(_stretches(one, place - kept_before, kept_before, names), one)
        kept_before += len(one.chosen.forms)


def _forms(one: Fitted) -> list[Form]:
    return [one.chosen.forms[place] for place in sorted(one.chosen.forms)]


def _stretches(
    one: Fitted, buffer_place: int, kept_before: int, names: Iterator[str]
) -> list[Slot]:
    """Return minutes, form and label of each stretch of a segment."""
    forms = _forms(one)
    minutes = _minutes(one, forms)
    stretches: list[Slot] = [(m, f, "") for m, f in zip(minutes, forms, strict=True)]
    if one.buffer:
        least = 0 if kept_before else 1
        index = min(max(buffer_place, least), len(forms))
        stretches.insert(index, (one.buffer, None, BUFFER))
    for shift, index in enumerate(_break_places(stretches, one)):
        stretches.insert(index + shift, (BREAK, _break_form(next(names)), ""))
    if not one.segment.is_last and (free := one.minutes - sum(minutes)):
        stretches.append((free, None, FREE))
    return stretches


def _minutes(one: Fitted, forms: Sequence[Form]) -> list[int]:
    """Return the minutes of the forms that a segment keeps, in order."""
    if one.segment.end is None:
        return [form.time.ideal for form in forms]
    talks = [not form.block.WORKS for form in forms]
    return fill([form.time for form in forms], talks, one.minutes)


def _break_places(stretches: Sequence[Slot], one: Fitted) -> list[int]:
    """Return the indices at which breaks go: the block edges nearest to where they should be."""
    ends = list(accumulate(minutes for minutes, _, _ in stretches))
    edges = [k for k, (_, form, _) in enumerate(stretches) if form and form.time.ideal]
    if one.segment.is_last:
        edges = edges[:-1]
    places: list[int] = []
    for n, wanted in enumerate(one.breaks):
        first = edges.index(places[-1] - 1) + 1 if places else 0
        free = edges[first : len(edges) - (len(one.breaks) - n - 1)]
        places.append(min(free, key=lambda k: (abs(ends[k] - wanted), k)) + 1)
    return places


def _break_form(name: str) -> Form:
    from deckgen.blocks.break_block import BreakBlock  # noqa: PLC0415 (few sessions need one)

    time = TimeRange(min=BREAK, ideal=BREAK, max=BREAK)
    block = BreakBlock(id=Text(name), title=UNTITLED, time=time)
    return Form(block, None, None, 0, time)


def _with_clocks(stretches: Sequence[Slot], one: Fitted) -> list[Timed]:
    """Return the stretches with their starts, and the latest start of each.

    From its latest start on, the least minutes of what follows just reach the end of the session,
    or the next locked clock.
    """
    starts = list(accumulate((m for m, _, _ in stretches), initial=one.segment.begin))
    end = starts[-1] if one.segment.is_last or one.segment.end is None else one.segment.end
    needed = [form.time.min if form else 0 for _, form, _ in stretches]
    following = list(accumulate(reversed(needed)))[::-1]
    return [
        Timed(start, minutes, end - rest, form, label)
        for (minutes, form, label), start, rest in zip(stretches, starts, following, strict=False)
    ]


# decisions ------------------------------------------------------------------------------------


def _decisions(
    segments: Sequence[Segment],
    fitted: Sequence[Fitted],
    rows: Sequence[Timed],
    candidates: Sequence[Candidate],
) -> Iterator[Decision]:
    """Yield what was done with each candidate."""
    minutes = {str(row.form.block.id): row.minutes for row in rows if row.form}
    runs = {place for one in fitted for place in one.chosen.forms}
    for segment, one in zip(segments, fitted, strict=True):
        for candidate in segment.candidates:
            form = one.chosen.forms.get(candidate.place)
            if form is not None:
                has = minutes[str(candidate.block.id)]
                yield kept(candidate, form, has, one.chosen, one.minutes)
            else:
                missing = [candidates[n].block for n in candidate.needs if n not in runs]
                yield cut(candidate, one.chosen, one.minutes, missing[0] if missing else None)


def _cut_order(candidates: Sequence[Candidate], fitted: Sequence[Fitted]) -> tuple[str, ...]:
    """Return the ids of the blocks that run and may still go, the first to go first."""
    runs = {place for one in fitted for place in one.chosen.forms}
    optional = [c for c in candidates if c.place in runs and c.level < MUST]
    return tuple(str(c.block.id) for c in sorted(optional, key=lambda c: c.worth))
