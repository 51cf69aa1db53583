"""Slides of blocks in which people work: a task or a question, over steps and facts.

Under the horizon are four places, the strip. Whatever the author wrote is on one of the slides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from deckgen.blocks.base import Context, Fact, PlannedStep, PracticeBlock
from deckgen.blocks.pieces import (
    facts,
    paragraph,
    slide,
    step_bar,
    step_boxes,
    step_table,
    text_box,
    timed,
)
from deckgen.boxes import Content, SlideBoxes, SpeakerNote, TextBox
from deckgen.document.texts import Markdown, markdown
from deckgen.document.words import DocumentWords
from deckgen.languages import Words
from deckgen.reading.fields import Text

MOST_IN_STRIP = 4  # places under the horizon


class Strip(NamedTuple):
    """What stands under the horizon of a task: steps, then facts in the places left."""

    steps: tuple[PlannedStep, ...]
    facts: tuple[Fact, ...]

    def boxes(self, words: Words, place: str) -> dict[str, Content]:
        """Return steps and facts in the layout's places."""
        return step_boxes(words, self.steps, place) | facts(
            *self.facts, place=place, first=len(self.steps) + 1
        )


NO_STRIP = Strip((), ())


def strip_of(
    words: Words,
    steps: tuple[PlannedStep, ...],
    groups: str,
    needed: Iterable[Fact],
    extra: Sequence[Fact] = (),
) -> Strip:
    """Return the strip of a task; where not all have a place in it, it has none of the steps.

    What is *needed* has a place in any case; the groups and *extra* facts where one is left.
    """
    told = [fact for fact in needed if fact.text]
    shown = steps if len(steps) + len(told) <= MOST_IN_STRIP else ()
    work_in = [Fact(words.say("work_in"), groups)] if groups else []
    kept = [*work_in, *extra][: MOST_IN_STRIP - len(shown) - len(told)]
    wanted = (*work_in, *told, *extra)
    return Strip(shown, tuple(fact for fact in wanted if fact in told or fact in kept))


def task_slides(
    block: PracticeBlock,
    context: Context,
    slide_layout: str,
    boxes: Mapping[str, Content],
    strip: Strip,
    *,
    numerals: int = 0,
) -> list[SlideBoxes]:
    """Return a task over its strip; steps that have no place in it follow on a slide of their own."""
    place = "fact" if slide_layout == "Activity" else "step"
    whole = {**boxes, **strip.boxes(context.words, place)}
    bar = step_bar(context.words, strip.steps)
    task = timed(slide(block, context, slide_layout, whole), context, bar)
    task = task._replace(numerals=numerals, squares=len(strip.steps))
    if strip.steps == context.steps:
        return [task]
    return [task, steps_slide(block, context, key="steps", notes=())]


def steps_slide(
    block: PracticeBlock,
    context: Context,
    task: Text | None = None,
    strip: Strip = NO_STRIP,
    *,
    key: str = "",
    notes: tuple[SpeakerNote, ...] | None = None,
) -> SlideBoxes:
    """Return the steps of a block as a table, over the bar of their minutes."""
    boxes: dict[str, Content] = {
        "task": text_box(task),
        "content": step_table(context.words, context.steps),
        **strip.boxes(context.words, "fact"),
    }
    bar = step_bar(context.words, context.steps)
    shown = slide(block, context, "Activity", boxes, key=key, notes=notes)
    return timed(shown, context, bar)


def produce_of(words: Words, block: PracticeBlock) -> Fact:
    """Return what people will have made."""
    return Fact(words.say("you_produce"), block.produce or "")


def question_box(question: Text | None, task: Text | None = None, lead: str = "") -> TextBox:
    """Return a question in large type, and under it what to do about it."""
    asked = [paragraph(question)] if question else []
    return TextBox((*asked, *([paragraph(task, level=1, lead=lead)] if task else [])))


def question_slides(
    block: PracticeBlock,
    context: Context,
    slide_layout: str,
    question: TextBox,
    boxes: Mapping[str, Content] | None = None,
    *,
    needed: Sequence[Fact] = (),
    numerals: int = 0,
) -> list[SlideBoxes]:
    """Return a question over its strip; where that is full, what people produce is a line under it."""
    produce = produce_of(context.words, block)
    strip = strip_of(context.words, context.steps, context.groups, [produce, *needed])
    fuller = strip_of(context.words, context.steps, context.groups, needed)
    is_alone = len(question.paragraphs) == 1
    if is_alone and strip.steps != context.steps and fuller.steps == context.steps:
        line = paragraph(block.produce or "", level=1, lead=f"{produce.label}: ")
        question, strip = TextBox((*question.paragraphs, line)), fuller
    whole = {"question": question, **(boxes or {})}
    return task_slides(block, context, slide_layout, whole, strip, numerals=numerals)


def now_what(shown: Any, words: DocumentWords) -> Iterator[Markdown]:
    """Yield the last question of the debrief that a handout shows, for a sheet to answer it on."""
    if shown.debrief and shown.debrief.now_what:
        yield Markdown(f"{words.say('now_what')} {markdown(shown.debrief.now_what)}")
