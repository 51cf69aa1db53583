"""Turns the blocks that take part into candidates: their forms in minutes, their worth, their needs.

A block is worth as much as the most valuable block that needs it, so what a must needs stays, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from deckgen.blocks.base import Block
from deckgen.diagnostics import Diagnostic, Span
from deckgen.methods import Method
from deckgen.outline.model import People
from deckgen.plan.conditions import Situation
from deckgen.plan.groups import Groups, form_groups, groups_of
from deckgen.plan.timing import method_of, time_with
from deckgen.reading.fields import TimeRange

COULD, SHOULD, MUST = 0, 1, 2
LEVELS = {"could": COULD, "should": SHOULD, "must": MUST}
UNRANKED = 1000  # a block without `cut` goes after all that have one
DAY = 1440


class Form(NamedTuple):
    """A block as it can run: whole, or by its short form."""

    block: Block
    method: Method | None
    groups: Groups | None
    reporting: int  # how many groups report
    time: TimeRange


@dataclass(frozen=True, slots=True)
class Candidate:
    """A block that may run; `place` is its index among those that take part."""

    place: int
    block: Block
    full: Form
    short: Form | None  # only where it saves time
    level: int
    rank: int
    lock: int | None  # minutes from the start of the session
    needs: tuple[int, ...]  # places
    needed_by: tuple[int, ...]

    @property
    def worth(self) -> tuple[int, int, int]:
        """What is cut first sorts first: by priority, by `cut`, then the later block."""
        return (self.level, self.rank, -self.place)

    @property
    def takes_time(self) -> bool:
        """Whether cutting it would save anything."""
        return self.full.time.ideal > 0


def form_of(block: Block, people: People) -> Form:
    """Return *block* with its groups, and with minutes in which all of them can report."""
    method = method_of(block)
    groups = groups_of(block, method, people)
    tables = groups or form_groups(people.expected, size=people.group)
    return Form(block, method, groups, tables.count, time_with(block, method, tables.count))


def candidates_of(
    running: Sequence[Block], situation: Situation
) -> tuple[tuple[Candidate, ...], list[Diagnostic]]:
    """Return the candidates in order, and an error for each cycle of `needs` (then ignored)."""
    places = {str(block.id): k for k, block in enumerate(running)}
    needs = [tuple(places[n] for n in block.needs if n in places) for block in running]
    problems = []
    if cycle := find_cycle(needs):
        problems.append(_cycle_found([running[k] for k in cycle]))
        needs = [()] * len(running)
    made = [_candidate(k, block, needs, situation) for k, block in enumerate(running)]
    needed_by: list[list[int]] = [[] for _ in running]
    for k, needed in enumerate(needs):
        for n in needed:
            needed_by[n].append(k)
    made = [replace(c, needed_by=tuple(needed_by[c.place])) for c in made]
    return tuple(_promoted(made, situation)), problems


def find_cycle(needs: Sequence[Sequence[int]]) -> list[int]:
    """Return the places of a cycle of needs, each needing the next, or none."""
    order = _needing_first(needs)
    rest = set(range(len(needs))) - set(order)
    if not rest:
        return []
    walked = [min(rest)]
    while True:
        # what is left needs something that is left, or Kahn's walk would have taken it
        following = next((n for n in needs[walked[-1]] if n in rest), None)
        if following is None:  # only needed by the cycle
            rest.discard(walked.pop())
            walked = walked or [min(rest)]
        elif following in walked:
            return walked[walked.index(following) :]
        else:
            walked.append(following)


def place_of(text: object, block: Block) -> Span | None:
    """Return where *text* was written, else where its block begins."""
    return getattr(text, "span", None) or block.span


def _candidate(
    place: int, block: Block, needs: Sequence[tuple[int, ...]], situation: Situation
) -> Candidate:
    full = form_of(block, situation.people)
    short = None
    if block.short_form is not None:
        alt = replace(block.short_form, span=block.short_form.span or block.span)
        short = form_of(alt, situation.people)
    lock = None if block.at is None else (block.at - situation.start) % DAY
    return Candidate(
        place=place,
        block=block,
        full=full,
        short=short if short and short.time.ideal < full.time.ideal else None,
        level=LEVELS[block.priority] if lock is None else MUST,
        rank=block.cut or UNRANKED,
        lock=lock,
        needs=needs[place],
        needed_by=(),
    )


def _promoted(candidates: list[Candidate], situation: Situation) -> list[Candidate]:
    """Return the candidates, each worth no less than what needs it, in later sessions, too."""
    wanted = situation.wanted
    worth = [max((c.level, c.rank), wanted.get(str(c.block.id), (0, 0))) for c in candidates]
    for k in _needing_first([c.needs for c in candidates]):
        for n in candidates[k].needs:
            worth[n] = max(worth[n], worth[k])
    return [
        replace(c, level=level, rank=rank)
        for c, (level, rank) in zip(candidates, worth, strict=True)
    ]


def _needing_first(needs: Sequence[Iterable[int]]) -> list[int]:
    """Return places so that each comes before those that it needs; a cycle's are missing."""
    waiting = [0] * len(needs)
    for needed in needs:
        for n in needed:
            waiting[n] += 1
    order = [k for k, count in enumerate(waiting) if not count]
    for k in order:  # grows while it is walked
        for n in needs[k]:
            waiting[n] -= 1
            if not waiting[n]:
                order.append(n)
    return order


def _cycle_found(cycle: list[Block]) -> Diagnostic:
    first = cycle[0]
    chain = ", which needs ".join(f"`{block.id}`" for block in [*cycle[1:], first])
    message = f"`{first.id}` needs {chain}"
    where = next((name for name in first.needs if name == cycle[1 % len(cycle)].id), None)
    related = tuple((b.span, f"`{b.id}` is here") for b in cycle[1:] if b.span)
    return Diagnostic("needs-cycle", message, place_of(where, first), related=related)
