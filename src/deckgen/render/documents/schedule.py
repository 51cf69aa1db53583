"""Clocks, minutes, slides and cuts of a plan as the documents name them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from deckgen.blocks.base import Block
from deckgen.document.nodes import Paragraph, Table
from deckgen.document.tables import form
from deckgen.document.texts import Markdown, joined, literal, markdown
from deckgen.document.words import DocumentWords
from deckgen.plan.conditions import told
from deckgen.plan.fit import FREE
from deckgen.plan.model import Plan, PlannedBlock, session_line
from deckgen.reading.fields import Clock


class Slides(NamedTuple):
    """The slides of a deck: the first and the last of a block by its id, and their titles, from 1."""

    numbers: Mapping[str, tuple[int, int]] = MappingProxyType({})
    titles: Sequence[str] = ()

    def of(self, block_id: str) -> range:
        """Return the numbers of the block's slides."""
        first, last = self.numbers.get(block_id, (1, 0))
        return range(first, last + 1)

    def title(self, number: int) -> str:
        """Return the title of slide *number*, or nothing where titles were not given."""
        return self.titles[number - 1] if number <= len(self.titles) else ""


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch of the run sheet: a block; without one the buffer, or time before a lock."""

    start: Clock
    minutes: int
    planned: PlannedBlock | None
    key: str = ""  # of the label, without a block


def words_of(plan: Plan) -> DocumentWords:
    """Return the words of ours in the language of the workshop."""
    return DocumentWords(plan.words)


def rows_of(plan: Plan) -> Iterator[Row]:
    """Yield the blocks that take time and the buffer, in the order of the clock."""
    blocks = {str(planned.block.id): planned for planned in plan.blocks}
    for entry in plan.entries:
        if not entry.minutes:
            continue
        planned = blocks.get(entry.block_id) if entry.block_id else None
        yield Row(entry.start, entry.minutes, planned, "free" if entry.title == FREE else "buffer")


def named(planned: PlannedBlock) -> Markdown:
    """Return a block with its number, such as `B4 Two colleagues`."""
    return Markdown(f"{planned.ref} {markdown(planned.block.listed_title)}")


def elapsed(plan: Plan, clock: Clock) -> str:
    """Return the time since the start, such as `1:05`."""
    hours, minutes = divmod(clock - plan.start, 60)
    return f"{hours}:{minutes:02d}"


def minutes_range(planned: PlannedBlock, words: DocumentWords) -> Markdown:
    """Return the block's minutes, with the least and the most where these differ."""
    minutes, least, most = planned.minutes, planned.least, planned.most
    if least == most:
        return words.say("minutes", minutes=minutes)
    return words.say("minutes_range", minutes=minutes, least=least, most=most)


def slide_range(planned: PlannedBlock, slides: Slides) -> str:
    """Return the numbers of the block's first and last slide, such as `5-6`, or nothing."""
    numbers = slides.of(str(planned.block.id))
    if not numbers:
        return ""
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"


def cut_order(plan: Plan) -> list[PlannedBlock]:
    """Return the blocks that may go, the first to go first, in the order of the fit."""
    runs = {str(planned.block.id): planned for planned in plan.blocks}
    return [runs[name] for name in plan.fit.cut_order]


def cut_line(plan: Plan) -> Markdown:
    """Return the sentence that says what goes when time runs out, and what never does."""
    words = words_of(plan)
    order = cut_order(plan)
    kept = [Markdown(planned.ref) for planned in plan.blocks if planned not in order]
    if not order:
        return words.say("nothing_to_cut")
    cuts = words.listed(words.say("cut_saves", ref=p.ref, minutes=p.minutes) for p in order)
    never = words.say("never_cut", refs=words.listed(kept)) if kept else Markdown("")
    return joined(" ", (words.say("cut_order", cuts=cuts), never, words.say("find_it")))


def left_out_line(plan: Plan) -> Markdown:
    """Return the sentence that names the blocks left out and the condition that each one has."""
    words = words_of(plan)
    if not plan.left_out:
        return Markdown("")
    named = [
        words.say("left_out_block", title=markdown(block.title), condition=condition)
        if (condition := _condition(block, words))
        else markdown(block.title)
        for block in plan.left_out
    ]
    return words.say("left_out", blocks=joined(words.say("semicolon"), named))


def fit_lines(plan: Plan, *actions: str) -> Iterator[Markdown]:
    """Yield what the fit did with blocks, a sentence each; of *actions* only."""
    words = words_of(plan)
    for decision in plan.fit.decisions:
        if decision.action in actions:
            is_gone = decision.action == "cut" and not decision.block.ON_PAPER
            key = "fit_gone" if is_gone else f"fit_{decision.action}"
            action = words.say(key, minutes=decision.minutes)
            title = markdown(decision.block.title)
            yield words.say("fit_line", title=title, action=action, why=decision.why)


def agenda_rows(plan: Plan) -> Iterator[tuple[str, Markdown]]:
    """Yield the blocks with minutes and their starts, as the slide has them, then the end."""
    words = words_of(plan)
    titles = {str(planned.block.id): planned.block.listed_title for planned in plan.blocks}
    for entry in plan.entries:
        if entry.block_id and entry.minutes:
            yield str(entry.start), markdown(titles[entry.block_id])
    yield str(plan.end), words.say("finish")


def agenda_table(rows: Iterable[tuple[str, Markdown]], words: DocumentWords) -> Table:
    """Return the agenda as a table."""
    return form((14, 60), (words.say("from"), words.say("what_happens")), tuple(rows))


def prework(shown: Any, words: DocumentWords) -> Iterator[Paragraph]:
    """Yield what people do before they come, if anything, of what they may see of the workshop."""
    if shown.prework:
        text = words.say("prework", ask=shown.prework.ask, minutes=shown.prework.minutes)
        yield words.led("before_you_come", text)


def next_session(plan: Plan) -> Markdown:
    """Return what the next session is and when it begins, or nothing after the last one."""
    words = words_of(plan)
    sessions, number = plan.workshop.sessions, plan.outline.session_number
    if not 0 < number < len(sessions):
        return Markdown("")
    following = sessions[number]
    day = literal(words.words.day(following.date)) if following.date else Markdown("")
    has_start = {"start", f"{following.id}.start"} & plan.outline.given
    start = literal(str(following.start)) if has_start else Markdown("")
    return words.listed((markdown(following.title or ""), day, start))


def day_and_hours(plan: Plan) -> Markdown:
    """Return the date where there is one, then start and end where somebody set the start."""
    words = words_of(plan)
    has_start = "start" in plan.outline.given
    hours = words.say("from_to", start=plan.start, end=plan.end) if has_start else Markdown("")
    if plan.in_utc and has_start:
        utc = words.say("from_to", start=plan.in_utc[0], end=plan.in_utc[1])
        hours = words.say("with_utc", hours=hours, utc=utc)
    day = plan.workshop.date
    return words.listed((literal(words.words.day(day)) if day else Markdown(""), hours))


def session_and_hours(plan: Plan) -> Markdown:
    """Return which session it is where there are several, then day and hours."""
    words = words_of(plan)
    return words.listed((markdown(session_line(plan.outline, plan.words)), day_and_hours(plan)))


def given_people(plan: Plan) -> Markdown:
    """Return the head count as `people_line` has it, where somebody said how many come."""
    return people_line(plan) if "people" in plan.outline.given else Markdown("")


def given_mode(plan: Plan) -> Markdown:
    """Return whether people meet in a room or online, where somebody said so."""
    mode = words_of(plan).say(plan.workshop.mode)
    return mode if "mode" in plan.outline.given else Markdown("")


def people_count(plan: Plan) -> Markdown:
    """Return how many are expected."""
    words = words_of(plan)
    return words.say("people", count=plan.workshop.people.expected)


def people_line(plan: Plan) -> Markdown:
    """Return the head count, with its limits where they are given."""
    words = words_of(plan)
    people = plan.workshop.people
    least, most = people.min or people.expected, people.max or people.expected
    if least == most:
        return people_count(plan)
    return words.say("people_range", people=people_count(plan), least=least, most=most)


def reference(plan: Plan, block_id: str) -> Markdown:
    """Return `B4 Title` for a block of the plan, or the id where it does not run.

    A block of another session has its title and the session.
    """
    words = words_of(plan)
    for planned in plan.blocks:
        if planned.block.id == block_id:
            return named(planned)
    ids = [session.id for session in plan.workshop.sessions]
    for block in plan.outline.others:
        if block.id == block_id and block.session in ids:
            return words.say("in_session", title=block.title, number=1 + ids.index(block.session))
    return literal(block_id)


def _condition(block: Block, words: DocumentWords) -> Markdown:
    return literal(words.words.tell_all(told(block.when))) if block.when else Markdown("")
