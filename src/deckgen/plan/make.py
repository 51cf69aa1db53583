"""Turns an `Outline` into a `Plan`: which blocks run, from when to when, in which groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import NamedTuple

from deckgen.blocks.base import PHASES, Block, Context, Entry, Fact
from deckgen.diagnostics import Diagnostic, Diagnostics
from deckgen.inline import unmarked
from deckgen.languages import Words
from deckgen.outline.model import Outline
from deckgen.plan.candidates import Form
from deckgen.plan.cues import cues_of, speaker_notes
from deckgen.plan.fit import FREE, Fit, Timed
from deckgen.plan.model import (
    Plan,
    PlannedBlock,
    offset_after,
    promised,
    session_line,
    starts_at,
    utc_clocks,
)
from deckgen.plan.sessions import fit_sessions
from deckgen.plan.timing import method_of, plan_steps, steps_differ, time_if_shown
from deckgen.reading.fields import Clock, Text

FACT_LINE = 22  # characters that a fact of the cover holds in a line


def make_plan(outline: Outline, name: str, diagnostics: Diagnostics) -> Plan | None:
    """Return the plan of *outline*, or None where nothing of it can run, or not in its budget."""
    return make_plans([outline], fit_sessions([outline]), [name], diagnostics)[0]


def make_plans(
    sessions: Sequence[Outline],
    fits: Sequence[Fit],
    names: Sequence[str],
    diagnostics: Diagnostics,
) -> list[Plan | None]:
    """Return the plan of each session; None where nothing of it can run, or not in its budget."""
    plans = [
        _plan(session, name, fitted, diagnostics)
        for session, name, fitted in zip(sessions, names, fits, strict=True)
    ]
    if all(plans):
        _check_objectives(sessions, fits, diagnostics)
        _check_overlaps(sessions, fits, diagnostics)
    return plans


def _plan(outline: Outline, name: str, fitted: Fit, diagnostics: Diagnostics) -> Plan | None:
    for problem in fitted.problems:
        place = problem.span or outline.places.get("budget")
        diagnostics.put(problem._replace(span=place))
    for row in fitted.rows:
        if row.form:
            _check_people(row.form, outline.workshop.people.expected, diagnostics)
    if not fitted.fits:
        if not fitted.problems:
            place = outline.places.get("title")
            diagnostics.add("empty-outline", "no blocks are left to run", place)
        return None
    _tell_consequences(outline, fitted, diagnostics)
    _check_clock_change(outline, fitted, diagnostics)
    words = Words(str(outline.workshop.lang))
    fitted = replace(fitted, rows=tuple(_titled(row, words) for row in fitted.rows))
    clock = _Schedule.of(outline.workshop.start, fitted)
    rows = [row for row in fitted.rows if row.form]
    objectives = promised(outline, [row.form.block for row in rows if row.form])
    frame = _Frame(outline, words, clock, _facts(outline, words, clock), objectives)
    return Plan(
        name=name,
        outline=outline,
        blocks=tuple(
            frame.plan_block(k, row, row.form, diagnostics)
            for k, row in enumerate(rows)
            if row.form
        ),
        entries=clock.entries,
        fit=fitted,
        buffer=fitted.buffer,
        start=outline.workshop.start,
        end=clock.end,
    )


def _titled(row: Timed, words: Words) -> Timed:
    """Return *row* with words for a block that the fit put in, which has none."""
    if row.form is None or row.form.block.title:
        return row
    kind = row.form.block.KIND
    title, short = (Text(words.say(f"{name}.{kind}")) for name in ("title", "short"))
    block = replace(row.form.block, title=title, short=short)
    return row._replace(form=row.form._replace(block=block))


class _Schedule(NamedTuple):
    """Clock times of what was fitted."""

    rows: Sequence[Timed]  # those with a block
    start: Clock
    entries: tuple[Entry, ...]
    end: Clock

    @classmethod
    def of(cls, start: Clock, fitted: Fit) -> _Schedule:
        entries = [
            Entry(
                Clock(start + row.start),
                row.minutes,
                str(row.form.block.short or row.form.block.title) if row.form else row.label,
                str(row.form.block.id) if row.form else None,
            )
            for row in fitted.rows
        ]
        rows = [row for row in fitted.rows if row.form]
        return cls(rows, start, tuple(entries), Clock(start + fitted.minutes))

    def next_title(self, k: int) -> str:
        """Return the title of the next block with minutes."""
        after = self.rows[k + 1 :]
        return next((str(r.form.block.title) for r in after if r.form and r.minutes), "")

    def is_debriefed(self, k: int) -> bool:
        """Return whether the next block, breaks left out, is the debrief of block *k*."""
        after = (r.form.block for r in self.rows[k + 1 :] if r.form)
        following = next((block for block in after if not block.RESTS), None)
        return following is not None and following.DEBRIEFS


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all blocks of a plan share."""

    outline: Outline
    words: Words
    clock: _Schedule
    facts: tuple[Fact, ...]
    objectives: tuple[Text, ...]

    def plan_block(self, k: int, row: Timed, form: Form, diagnostics: Diagnostics) -> PlannedBlock:
        """Return block number *k* with its time, steps, groups and context."""
        block, method = form.block, method_of(form.block, self.words)
        usual = time_if_shown(block, method).ideal
        _check_steps(block, usual, diagnostics)
        shown = usual if block.hidden and not row.minutes else row.minutes
        start, latest = Clock(self.clock.start + row.start), Clock(self.clock.start + row.latest)
        steps = plan_steps(block, method, shown, form.reporting)
        workshop, words = self.outline.workshop, self.words
        cues = cues_of(block, method, words, is_debriefed=self.clock.is_debriefed(k))
        context = Context(
            minutes=shown,
            start=start,
            end=self.clock.end,
            agenda=self.clock.entries,
            words=words,
            steps=steps,
            groups=form.groups.told(words) if form.groups else "",
            method=method.name if method else "",
            objectives=self.objectives,
            facts=self.facts,
            session=session_line(self.outline, words) or None,
            purpose=workshop.subtitle or workshop.purpose,
            next_title=self.clock.next_title(k),
            phase=block.phase,
            timers=workshop.timers,
            notes=speaker_notes(words, start, row.minutes, latest, cues),
        )
        return PlannedBlock(
            ref=f"B{k + 1}",
            block=block,
            start=start,
            minutes=row.minutes,
            latest_start=latest,
            least=form.time.min,
            most=form.time.max,
            steps=steps,
            groups=form.groups,
            method=method,
            cues=cues,
            context=context,
        )


def phase_names(outline: Outline, words: Words) -> tuple[str, ...]:
    """Return the names of the four phases as slides show them."""
    return tuple(
        unmarked(outline.workshop.phases.get(phase, words.say(f"phase.{phase}")))
        for phase in PHASES
    )


# what is wrong, and what the budget costs -----------------------------------------------------


def _check_people(form: Form, people: int, diagnostics: Diagnostics) -> None:
    """Report a group, and a method, that does not suit the head count."""
    if form.block.group and form.block.group > people:
        message = f"a group of {form.block.group} is larger than the {people} people expected"
        diagnostics.add("group-size", message, form.block.span)
    method = form.method
    if method is None or method.least_people <= people <= method.most_people:
        return
    message = (
        f"{method.name} is for {method.least_people} to {method.most_people} people, not {people}"
    )
    place = getattr(form.block, "method", None)
    diagnostics.add("group-size", message, place.span if place else form.block.span)


def _check_steps(block: Block, minutes: int, diagnostics: Diagnostics) -> None:
    total = steps_differ(block, minutes)
    if total is not None:
        message = f"the steps of `{block.id}` take {total:g} min, but the block has {minutes}"
        diagnostics.add("step-minutes", message, block.span)


def _tell_consequences(outline: Outline, fitted: Fit, diagnostics: Diagnostics) -> None:
    """Tell what the budget cuts, and what it leaves free."""
    place = outline.places.get("budget")
    cut = [decision.block for decision in fitted.decisions if decision.action == "cut"]
    if cut:
        names = ", ".join(f"`{block.id}`" for block in cut)
        message = f"cut to fit {fitted.minutes} min: {names}"
        related = [(block.span, f"`{block.id}` is here") for block in cut if block.span]
        diagnostics.add("cut-for-time", message, place, related=related)
    for free in _free(fitted):
        diagnostics.add(free.id, free.message, free.span or place)


def _free(fitted: Fit) -> Iterator[Diagnostic]:
    """Yield where minutes stay over although every block before takes its most."""
    over = 0 if fitted.budget is None else fitted.budget - fitted.minutes
    if over:
        message = f"{over} of {fitted.budget} min stay free: every block has its most minutes"
        yield Diagnostic("unfilled", message)
    for row, after in zip(fitted.rows, fitted.rows[1:], strict=False):
        if row.label == FREE and after.form:
            block = after.form.block
            message = f"{row.minutes} min stay free before `{block.id}`, which is locked"
            yield Diagnostic("unfilled", message, block.span)


def _check_objectives(
    sessions: Sequence[Outline], fits: Sequence[Fit], diagnostics: Diagnostics
) -> None:
    """Report objectives that no block serves, and those whose blocks were cut for time."""
    first = sessions[0]
    if not first.tracks_objectives:
        return
    is_wanted = "unserved-objective" not in first.workshop.ignore
    served = {name for fitted in fits for name in _served(fitted)}
    decisions = [decision for fitted in fits for decision in fitted.decisions]
    lost = {str(n) for d in decisions if d.is_lost_for_time for n in d.block.objectives}
    for objective in first.workshop.objectives:
        if str(objective.id) in served:
            continue
        if str(objective.id) in lost:
            message = f"objective {objective.id} is left out: all blocks that serve it are cut"
            diagnostics.add("objective-dropped", message, objective.text.span)
        elif is_wanted:
            message = f"no block serves objective {objective.id}"
            diagnostics.add("unserved-objective", message, objective.text.span)


def _check_clock_change(outline: Outline, fitted: Fit, diagnostics: Diagnostics) -> None:
    """Report a session during which summer time begins or ends."""
    workshop = outline.workshop
    before, after = offset_after(workshop), offset_after(workshop, fitted.minutes)
    if before != after and before is not None and after is not None:
        message = (
            f"the clocks change by {after - before:+} min during the session: the times after "
            "that do not take it into account"
        )
        diagnostics.add("clock-change", message, outline.places.get("date"))


def _check_overlaps(
    sessions: Sequence[Outline], fits: Sequence[Fit], diagnostics: Diagnostics
) -> None:
    """Report sessions that begin before the one above has ended."""
    for (before, fitted), after in zip(
        zip(sessions, fits, strict=True), sessions[1:], strict=False
    ):
        begun, begins = starts_at(before.workshop), starts_at(after.workshop)
        if begun is None or begins is None or before.session is None or after.session is None:
            continue
        ends = begun + timedelta(minutes=fitted.minutes)
        if begins < ends:
            early = (ends - begins) // timedelta(minutes=1)
            one, other = before.session.id, after.session.id
            message = f"`{other}` begins {early} min before `{one}` ends"
            related = [(one.span, f"`{one}` is here")] if one.span else []
            diagnostics.add("session-overlap", message, other.span, related=related)


def _served(fitted: Fit) -> set[str]:
    """Return the ids of the objectives that a running block serves."""
    return {str(name) for row in fitted.rows if row.form for name in row.form.block.objectives}


def _facts(outline: Outline, words: Words, clock: _Schedule) -> tuple[Fact, ...]:
    """Return the facts of the cover: when, how long, where, with whom; only what somebody gave."""
    workshop, given = outline.workshop, outline.given
    hours = f"{workshop.start}\u2013{clock.end}" if "start" in given else ""
    day = words.day(workshop.date, most=FACT_LINE) if workshop.date else ""
    how_long = words.say("minutes_long", count=clock.end - workshop.start)
    utc = utc_clocks(workshop, workshop.start, clock.end)
    if utc and hours:
        how_long += f",\n{utc[0]}\u2013{utc[1]} UTC"
    names = ", ".join(str(name) for _, name in workshop.team.named())
    where = (words.say("room"), str(workshop.room or ""))
    shown = (
        (words.say("when"), ",\n".join(filter(None, (day, hours)))),
        (words.say("how_long"), how_long),
        where if workshop.room else (words.say("who_comes"), _seats(outline, words)),
        (words.say("team"), names),
    )
    return tuple(Fact(label, text) for label, text in shown if text)


def _seats(outline: Outline, words: Words) -> str:
    """Return how many come, and in groups of how many, as far as somebody said so."""
    people = words.say("people", count=outline.workshop.people.expected)
    if "people" not in outline.given:
        return ""
    if "people.group" not in outline.given:
        return people
    return words.say("seats", people=people, size=outline.workshop.people.group)
