"""Turns an `Outline` into a `Plan`: which blocks run, from when to when, in which groups."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from deckgen.blocks.base import (
    PHASES,
    Block,
    Context,
    Entry,
    Fact,
    PracticeBlock,
    parse_comparison,
)
from deckgen.diagnostics import Diagnostics, did_you_mean
from deckgen.inline import unmarked
from deckgen.methods import Method, load_methods
from deckgen.outline.model import Outline
from deckgen.plan.cues import cues_of, speaker_notes
from deckgen.plan.groups import Groups, form_groups
from deckgen.plan.model import Plan, PlannedBlock
from deckgen.plan.timing import (
    buffer_minutes,
    buffer_place,
    plan_steps,
    steps_differ,
    time_of,
)
from deckgen.reading.fields import Clock, Text, TimeRange

COMPARE = {
    ">=": int.__ge__,
    "<=": int.__le__,
    ">": int.__gt__,
    "<": int.__lt__,
    "==": int.__eq__,
    "!=": int.__ne__,
}


def make_plan(outline: Outline, name: str, diagnostics: Diagnostics) -> Plan | None:
    """Return the plan of *outline*, or None where nothing of it can run."""
    running = tuple(block for block in outline.blocks if _holds(block, outline))
    left_out = tuple(block for block in outline.blocks if block not in running)
    if not running:
        diagnostics.add("empty-outline", "no block takes part", outline.places.get("title"))
        return None
    people = outline.workshop.people.expected
    methods = [_method_of(block, people, diagnostics) for block in running]
    times = [time_of(block, method) for block, method in zip(running, methods, strict=True)]
    content = sum(time.ideal for time in times)
    buffer = _buffer(outline, content, diagnostics)
    clock = _Schedule.of(outline.workshop.start, running, times, buffer)
    _check_objectives(outline, running, diagnostics)
    frame = _Frame(outline, clock, _facts(outline, clock))
    planned = tuple(
        frame.plan_block(k, block, method, diagnostics)
        for k, (block, method) in enumerate(zip(running, methods, strict=True))
    )
    return Plan(
        name=name,
        outline=outline,
        blocks=planned,
        entries=clock.entries,
        left_out=left_out,
        buffer=buffer,
        start=outline.workshop.start,
        end=clock.end,
    )


class _Schedule(NamedTuple):
    """Clock times of the blocks and the buffer."""

    blocks: Sequence[Block]
    times: Sequence[TimeRange]
    starts: Sequence[Clock]
    latest: Sequence[Clock]
    entries: tuple[Entry, ...]
    end: Clock

    @classmethod
    def of(
        cls,
        start: Clock,
        blocks: Sequence[Block],
        times: Sequence[TimeRange],
        buffer: int,
    ) -> _Schedule:
        place = buffer_place(blocks)
        before = list(accumulate((time.ideal for time in times), initial=0))
        starts = [
            Clock(start + before[k] + (buffer if k >= place else 0)) for k in range(len(blocks))
        ]
        end = Clock(start + before[-1] + buffer)
        rest = list(accumulate(time.min for time in reversed(times)))[::-1]
        latest = [Clock(end - minutes) for minutes in rest]
        entries = [
            Entry(starts[k], times[k].ideal, str(block.short or block.title), str(block.id))
            for k, block in enumerate(blocks)
        ]
        if buffer:
            entries.insert(place, Entry(Clock(start + before[place]), buffer, "Buffer", None))
        return cls(blocks, times, starts, latest, tuple(entries), end)

    def next_title(self, k: int) -> str:
        """Return the title of the next block with minutes."""
        after = zip(self.blocks[k + 1 :], self.times[k + 1 :], strict=True)
        return next((str(block.title) for block, time in after if time.ideal), "")


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all blocks of a plan share."""

    outline: Outline
    clock: _Schedule
    facts: tuple[Fact, ...]

    def plan_block(
        self, k: int, block: Block, method: Method | None, diagnostics: Diagnostics
    ) -> PlannedBlock:
        """Return block number *k* with its time, steps, groups and context."""
        time, start = self.clock.times[k], self.clock.starts[k]
        _check_steps(block, time.ideal, diagnostics)
        steps = plan_steps(block, method, time.ideal)
        groups = self._groups(block, method)
        cues = cues_of(block, method)
        latest = self.clock.latest[k]
        workshop = self.outline.workshop
        context = Context(
            minutes=time.ideal,
            start=start,
            end=self.clock.end,
            agenda=self.clock.entries,
            steps=steps,
            groups=str(groups) if groups else "",
            method=method.name if method else "",
            objectives=tuple(objective.text for objective in workshop.objectives),
            facts=self.facts,
            purpose=workshop.subtitle or workshop.purpose,
            source=workshop.source.credit if workshop.source else "",
            next_title=self.clock.next_title(k),
            phase=block.phase,
            timers=workshop.timers,
            notes=speaker_notes(start, time.ideal, latest, cues),
        )
        return PlannedBlock(
            ref=f"B{k + 1}",
            block=block,
            start=start,
            minutes=time.ideal,
            latest_start=latest,
            least=time.min,
            most=time.max,
            steps=steps,
            groups=groups,
            method=method,
            cues=cues,
            context=context,
        )

    def _groups(self, block: Block, method: Method | None) -> Groups | None:
        people = self.outline.workshop.people
        if block.groups:
            return form_groups(people.expected, count=block.groups)
        if block.group:
            return form_groups(people.expected, size=block.group)
        works = isinstance(block, PracticeBlock)
        if method is None:
            return (
                form_groups(people.expected, size=people.group)
                if works and block.KIND == "case"
                else None
            )
        if method.group is None:
            return None
        return form_groups(people.expected, size=method.group or people.group)


def phase_names(outline: Outline) -> tuple[str, ...]:
    """Return the names of the four phases as slides show them."""
    return tuple(unmarked(outline.workshop.phases.get(phase, phase.title())) for phase in PHASES)


def day_text(date: str) -> str:
    """Return an ISO date as people read it, such as `14 March 2026`."""
    day = datetime.date.fromisoformat(date)
    return f"{day.day} {day:%B} {day.year}"


def _holds(block: Block, outline: Outline) -> bool:
    """Return whether the block's condition holds for this outline."""
    condition, workshop = block.when, outline.workshop
    if condition is None:
        return True
    measured = (
        (condition.budget, workshop.budget),
        (condition.people, workshop.people.expected),
    )
    return (
        (not condition.audience or outline.audience in condition.audience)
        and (not condition.mode or workshop.mode in condition.mode)
        and all(_compares(text, value) for text, value in measured)
    )


def _compares(text: Text | None, value: int | None) -> bool:
    comparison = parse_comparison(text) if text else None
    if comparison is None:
        return True
    operator, number = comparison
    return value is not None and COMPARE[operator](value, number)


def _method_of(block: Block, people: int, diagnostics: Diagnostics) -> Method | None:
    name = block.method if isinstance(block, PracticeBlock) else None
    if name is None:
        return None
    methods = load_methods()
    if name not in methods:
        message = f"there is no method `{name}`"
        diagnostics.add("unknown-method", message, name.span, hints=did_you_mean(name, methods))
        return None
    method = methods[name]
    if not method.least_people <= people <= method.most_people:
        message = (
            f"{method.name} works with {method.least_people} to {method.most_people} people, "
            f"not {people}"
        )
        diagnostics.add("group-size", message, name.span)
    return method


def _buffer(outline: Outline, content: int, diagnostics: Diagnostics) -> int:
    """Return the buffer's minutes; report where blocks and budget disagree."""
    workshop = outline.workshop
    buffer = buffer_minutes(workshop.budget, workshop.buffer, content)
    if workshop.budget is None:
        return 0
    place = outline.places.get("budget")
    wanted = round(workshop.budget * workshop.buffer)
    if content + wanted > workshop.budget:
        over = content + wanted - workshop.budget
        message = (
            f"blocks take {content} min and the buffer {wanted}: "
            f"{over} more than the budget of {workshop.budget}"
        )
        diagnostics.add("over-budget", message, place)
    elif content + buffer < workshop.budget:
        rest = workshop.budget - content - buffer
        message = f"{rest} of the {workshop.budget} budgeted minutes are not planned"
        diagnostics.add("under-budget", message, place)
    return buffer


def _check_steps(block: Block, minutes: int, diagnostics: Diagnostics) -> None:
    total = steps_differ(block, minutes)
    if total is not None:
        message = f"the steps of `{block.id}` take {total:g} min, the block {minutes}"
        diagnostics.add("step-minutes", message, block.span)


def _check_objectives(outline: Outline, running: Sequence[Block], diagnostics: Diagnostics) -> None:
    served = {str(name) for block in running for name in block.objectives}
    for objective in outline.workshop.objectives:
        if served and str(objective.id) not in served:
            message = f"no block serves objective {objective.id}"
            diagnostics.add("unserved-objective", message, objective.text.span)


def _facts(outline: Outline, clock: _Schedule) -> tuple[Fact, ...]:
    """Return the facts of the cover: when, how long, where, with whom."""
    workshop = outline.workshop
    times = f"{workshop.start}\u2013{clock.end}"
    when = f"{day_text(workshop.date)},\n{times}" if workshop.date else times
    seats = f"{workshop.people.expected} people, groups of {workshop.people.group}"
    names = ", ".join(str(name) for _, name in workshop.team.named())
    shown = (
        ("When", when),
        ("How long", f"{clock.end - workshop.start} minutes"),
        ("Room", str(workshop.room or seats)),
        ("Team", names),
    )
    return tuple(Fact(label, text) for label, text in shown if text)
