"""Advice on the craft of a workshop, read off its plan; `ignore` switches each of them off.

Each function here looks at one thing and yields what it finds. None of it stops a build. Only what
runs is judged, so another budget or audience may bring other findings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from deckgen.blocks.base import Block, PracticeBlock
from deckgen.catalogue import Lint
from deckgen.diagnostics import Diagnostic, Diagnostics, Span
from deckgen.inline import unmarked
from deckgen.plan.conditions import Situation
from deckgen.plan.model import Plan, PlannedBlock
from deckgen.plan.timing import BREAK, method_of

LONGEST_TALK = 15  # minutes
LEAST_ACTIVE = 60  # per cent
LEAST_PROBES = LEAST_ANSWERS = 2

# Before the verb: words that say nothing of it.
_OPENING = re.compile(
    r"(?:(?:you|people|participants|learners|they)\s+)?(?:(?:will|can)\s+)?(?:be\s+able\s+to\s+|to\s+)?",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    r"(know|understand|appreciate|learn|grasp|reali[sz]e|believe|comprehend|internali[sz]e|value|"
    r"(?:be|become|get)\s+(?:aware|familiar|acquainted|comfortable)|"
    r"(?:gain|get|have)\s+(?:an?\s+)?(?:\w+\s+)?(?:understanding|awareness|insights?|knowledge|overview))\b",
    re.IGNORECASE,
)
_SILENT = re.compile(
    r"\b(silen\w*|alone|quiet\w*|think|note|write|jot|read|reflect|yourself|individual\w*)\b",
    re.IGNORECASE,
)


def check_craft(plan: Plan, diagnostics: Diagnostics) -> None:
    """Add all advice on *plan* that its author has not switched off."""
    for rule in RULES:
        for finding in rule(plan):
            diagnostics.add(
                finding.id,
                finding.message,
                finding.span,
                hints=finding.hints,
                related=finding.related,
            )


def is_wanted(lint: Lint, plan: Plan, *blocks: Block) -> bool:
    """Return whether neither the workshop nor one of *blocks* ignores *lint*."""
    return lint not in plan.workshop.ignore and not any(lint in block.ignore for block in blocks)


def active_share(plan: Plan) -> int | None:
    """Return in what part of the time people do something, in per cent; breaks do not count."""
    return _share(_timed(plan))


# objectives -----------------------------------------------------------------------------------


def objective_verbs(plan: Plan) -> Iterator[Diagnostic]:
    """Yield objectives that begin with a verb nobody can observe; English only."""
    if not is_wanted("objective-verb", plan) or not _is_english(plan):
        return
    for objective in plan.workshop.objectives:
        text = unmarked(objective.text).strip()
        verb = _UNSEEN.match(text, _end_of_opening(text))
        if verb:
            message = f"objective {objective.id} begins with `{verb[1]}`, which nobody can observe"
            hints = ("say what people will do: explain, sort, compare, write, decide",)
            yield Diagnostic("objective-verb", message, objective.text.span, hints)


def _end_of_opening(text: str) -> int:
    found = _OPENING.match(text)
    return found.end() if found else 0


# time -----------------------------------------------------------------------------------------


def long_talks(plan: Plan) -> Iterator[Diagnostic]:
    """Yield runs of blocks in which people only listen for longer than they can."""
    for run in _runs(plan.blocks, lambda planned: planned.block.WORKS):
        minutes = sum(planned.minutes for planned in run)
        if minutes > LONGEST_TALK and is_wanted("long-talk", plan, *_blocks(run)):
            message = (
                f"{minutes} min of talk in a row; after {LONGEST_TALK} people need something to do"
            )
            yield Diagnostic("long-talk", message, run[0].block.span, (), _others(run))


def few_active_minutes(plan: Plan) -> Iterator[Diagnostic]:
    """Yield a session of more than a short talk in which people mostly listen."""
    judged = [p for p in _timed(plan) if "low-active-share" not in p.block.ignore]
    share = _share(judged)
    is_short = sum(planned.minutes for planned in judged) <= LONGEST_TALK
    if share is None or is_short or share >= LEAST_ACTIVE:
        return
    if is_wanted("low-active-share", plan):
        message = f"people do something in {share} % of the time; {LEAST_ACTIVE} % is a good share"
        hints = (
            "turn a talk into a task, or give exercises more time",
            "where people come to listen, `ignore: [low-active-share]` in `workshop` switches it off",
        )
        yield Diagnostic("low-active-share", message, _frame_place(plan), hints)


def missing_breaks(plan: Plan) -> Iterator[Diagnostic]:
    """Yield stretches without a break; one that is over by less than a break may stay."""
    limit = Situation.of(plan.outline).stretch
    for run in _runs(plan.blocks, lambda planned: planned.block.RESTS):
        last = run[-1] is plan.blocks[-1]
        minutes = (plan.end if last else run[-1].end) - run[0].start
        if minutes >= limit + BREAK and is_wanted("no-break", plan, *_blocks(run)):
            message = f"{minutes} min without a break; the limit is {limit}"
            yield Diagnostic("no-break", message, run[0].block.span)


# what a block lacks ---------------------------------------------------------------------------


def missing_debriefs(plan: Plan) -> Iterator[Diagnostic]:
    """Yield activities and cases without a debrief in them, after them or from their method."""
    for k, planned in enumerate(plan.blocks):
        block = planned.block
        if not block.WANTS_DEBRIEF or getattr(block, "debrief", None) or planned.method:
            continue
        after = next((p.block for p in plan.blocks[k + 1 :] if not p.block.RESTS), None)
        if not (after and after.DEBRIEFS) and is_wanted("no-debrief", plan, block):
            message = f"`{block.id}` has no debrief: what, so what, now what"
            yield Diagnostic("no-debrief", message, block.span)


def few_probes(plan: Plan) -> Iterator[Diagnostic]:
    """Yield discussions that a facilitator cannot restart, or whose answers are a surprise.

    A method brings probes; what answers to expect only the author knows.
    """
    for planned in plan.blocks:
        block = planned.block
        if not block.WANTS_PROBES or not is_wanted("few-probes", plan, block):
            continue
        probes = block.notes.probes or (planned.method.probes if planned.method else ())
        counted = (
            ("probes", len(probes), LEAST_PROBES),
            ("expect", len(block.notes.expect), LEAST_ANSWERS),
        )
        lacking = [f"{have} of {least} `{name}`" for name, have, least in counted if have < least]
        if lacking:
            message = f"`{block.id}` has {' and '.join(lacking)} in its notes"
            yield Diagnostic("few-probes", message, block.span)


def no_silent_start(plan: Plan) -> Iterator[Diagnostic]:
    """Yield discussions, and stands on a statement, that begin with talk.

    The words of an author's own steps are judged in English only.
    """
    for planned in plan.blocks:
        block = planned.block
        if not block.asks_for_opinions:
            continue
        if not _begins_in_silence(planned, plan) and is_wanted("no-silent-start", plan, block):
            message = f"`{block.id}` begins with talk; a silent minute lets everyone have a say"
            yield Diagnostic("no-silent-start", message, block.span)


def _begins_in_silence(planned: PlannedBlock, plan: Plan) -> bool:
    steps = planned.block.steps if isinstance(planned.block, PracticeBlock) else ()
    if not steps:
        return planned.method is not None and planned.method.is_silent_first
    return not _is_english(plan) or _SILENT.search(unmarked(steps[0].do)) is not None


def missing_seated_forms(plan: Plan) -> Iterator[Diagnostic]:
    """Yield blocks that make people walk, where nothing is said for those who stay seated."""
    if plan.workshop.mode == "online":
        return
    for planned in plan.blocks:
        block, method = planned.block, planned.method
        if method is None or not method.moves or block.notes.seated or _has_seated_alt(block):
            continue
        if is_wanted("no-seated-form", plan, block):
            message = f"`{block.id}` makes people walk ({method.name}); not everyone can"
            place: Span | None = getattr(getattr(block, "method", None), "span", None)
            yield Diagnostic("no-seated-form", message, place or block.span)


def _has_seated_alt(block: Block) -> bool:
    short = block.short_form
    if short is None:
        return False
    method = method_of(short)
    return method is None or not method.moves


def imported_texts(plan: Plan) -> Iterator[Diagnostic]:
    """Yield blocks whose sentences nobody has rewritten yet."""
    for planned in plan.blocks:
        block = planned.block
        if block.imported and is_wanted("imported-text", plan, block):
            message = f"`{block.id}` contains imported sentences: rewrite them in your own words"
            yield Diagnostic("imported-text", message, block.span)


def unverified_names(plan: Plan) -> Iterator[Diagnostic]:
    """Yield what nobody has checked: the names mentioned, and the links of a block."""
    if not is_wanted("unverified-name", plan):
        return
    groups = [names for _, names in plan.outline.mentioned.groups()]
    yield from _unverified([item.name for names in groups for item in names if item.verify])
    for planned in plan.blocks:
        links = getattr(planned.block, "links", ())
        if is_wanted("unverified-name", plan, planned.block):
            yield from _unverified([link.name for link in links if link.verify])


def _unverified(names: Sequence[str]) -> Iterator[Diagnostic]:
    if names:
        listed = ", ".join(names)
        message = f"not yet verified, so on no slide and in no handout: {listed}"
        yield Diagnostic("unverified-name", message, getattr(names[0], "span", None))


RULES: tuple[Callable[[Plan], Iterator[Diagnostic]], ...] = (
    objective_verbs,
    long_talks,
    few_active_minutes,
    missing_breaks,
    missing_debriefs,
    few_probes,
    no_silent_start,
    missing_seated_forms,
    imported_texts,
    unverified_names,
)


# shared ---------------------------------------------------------------------------------------


def _is_english(plan: Plan) -> bool:
    return plan.workshop.lang.lower().split("-")[0] == "en"


def _timed(plan: Plan) -> list[PlannedBlock]:
    """Return the blocks with minutes, without the breaks."""
    return [p for p in plan.blocks if p.minutes and not p.block.RESTS]


def _share(blocks: Sequence[PlannedBlock]) -> int | None:
    minutes = sum(planned.minutes for planned in blocks)
    active = sum(planned.minutes for planned in blocks if planned.block.WORKS)
    return 100 * active // minutes if minutes else None


def _runs(
    blocks: Sequence[PlannedBlock], parts: Callable[[PlannedBlock], bool]
) -> Iterator[list[PlannedBlock]]:
    """Yield the runs of blocks between those that part them; blocks without minutes are left out."""
    run: list[PlannedBlock] = []
    for planned in blocks:
        if not planned.minutes:
            continue
        if not parts(planned):
            run.append(planned)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _blocks(run: Sequence[PlannedBlock]) -> list[Block]:
    return [planned.block for planned in run]


def _others(run: Sequence[PlannedBlock]) -> tuple[tuple[Span, str], ...]:
    """Return the places of all blocks of a run but the first."""
    return tuple(
        (planned.block.span, f"`{planned.block.id}`, {planned.minutes} min, follows")
        for planned in run[1:]
        if planned.block.span
    )


def _frame_place(plan: Plan) -> Span | None:
    places = plan.outline.places
    return places.get("budget") or places.get("title")
