"""The pieces that slides of several kinds of blocks are made of: texts, facts, steps, tables, bars."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from deckgen.blocks.base import Block, Context, Debrief, Fact, PlannedStep
from deckgen.boxes import (
    Bar,
    BarSegment,
    Cell,
    Column,
    Content,
    Equation,
    Fill,
    Formula,
    Paragraph,
    Run,
    SlideBoxes,
    SpeakerNote,
    Stack,
    State,
    Table,
    TextBox,
)
from deckgen.diagnostics import Span
from deckgen.inline import equation_alone, parse_inline, unmarked
from deckgen.languages import Words
from deckgen.reading.fields import Text


def minutes_text(words: Words, minutes: int) -> str:
    """Return minutes as a time chip shows them."""
    return words.say("minutes_chip", minutes=minutes)


def slide(
    block: Block,
    context: Context,
    slide_layout: str,
    boxes: Mapping[str, Content],
    *,
    key: str = "",
    title: Text | str | None = None,
    minutes: int | None = None,
    notes: tuple[SpeakerNote, ...] | None = None,
) -> SlideBoxes:
    """Return a slide of *block* with the marks of time and phase that all its slides carry."""
    shown = context.minutes if minutes is None else minutes
    return SlideBoxes(
        slide_layout=slide_layout,
        title=parse_inline(title if title is not None else block.title),
        key=f"{block.id}/{key}" if key else block.id,
        boxes={name: box for name, box in boxes.items() if not _is_empty(box)},
        span=block.span,
        phase=context.phase,
        chip=minutes_text(context.words, shown) if shown else None,
        chip_is_solid=block.WORKS,
        notes=context.notes if notes is None else notes,
        overflow=block.overflow or "",
    )


def timed(boxes: SlideBoxes, context: Context, bar: Bar | None) -> SlideBoxes:
    """Return a slide over the *bar* of its minutes, which is eaten as they pass where that is wanted."""
    return boxes._replace(bar=bar, timer=context.timers and bar is not None)


def _is_empty(box: Content) -> bool:
    match box:
        case TextBox():
            return not box.paragraphs
        case Table():
            return not box.rows
        case Stack():
            return not box.contents
        case _:
            return False


def paragraph(
    text: str, *, style: str | None = None, level: int = 0, lead: str = "", tail: str = ""
) -> Paragraph:
    """Return *text* as a paragraph after a bold lead; an author's text keeps its place."""
    runs = (*bold(lead), *parse_inline(text), *((Run(tail),) if tail else ()))
    return Paragraph(runs, style, level, getattr(text, "span", None))


def equation_box(text: str) -> Equation | None:
    """Return the equation that *text* is and nothing else, where it can be drawn."""
    formula = equation_alone(text)
    return drawn_box(formula, getattr(text, "span", None)) if formula else None


def drawn_box(formula: Formula, span: Span | None) -> Equation | None:
    """Return a display equation as a box of its own, where it can be drawn."""
    from deckgen.equations import is_installed  # noqa: PLC0415 (few texts are equations)
    from deckgen.equations.read import problem_with  # noqa: PLC0415

    if not is_installed() or problem_with(formula.latex, is_display=True):
        return None
    return Equation(formula, span)


def bold(text: str) -> tuple[Run, ...]:
    """Return *text*, which is no Markdown, as bold runs; none for an empty text."""
    return (Run(text, bold=True),) if text else ()


def text_box(*texts: str | None, style: str | None = None) -> TextBox:
    """Return a box with one paragraph for each text given."""
    return TextBox(tuple(paragraph(text, style=style) for text in texts if text))


def label_and_fact(fact: Fact) -> TextBox:
    """Return a box with a small label over its fact."""
    return TextBox(
        (
            paragraph(fact.label, style="label"),
            paragraph(fact.text, style="fact", level=1),
        )
    )


def facts(*given_facts: Fact, place: str = "fact", first: int = 1) -> dict[str, Content]:
    """Return facts for the strip, in the layout's places from the *first* on."""
    return {f"{place}_{k}": label_and_fact(fact) for k, fact in enumerate(given_facts, first)}


def listed(words: Words, items: Iterable[Text]) -> Text:
    """Return *items* in a row, each as its author wrote it, at the place of the first."""
    held = tuple(items)
    return Text(words.say("comma").join(held), held[0].span if held else None)


def step_boxes(
    words: Words, steps: tuple[PlannedStep, ...], place: str = "step"
) -> dict[str, Content]:
    """Return the steps for the strip: minutes over words."""
    return {
        f"{place}_{k}": TextBox(
            (
                paragraph(minutes_text(words, step.minutes), style="minutes"),
                paragraph(step.text, style="fact", level=1),
            )
        )
        for k, step in enumerate(steps, 1)
    }


def step_bar(words: Words, steps: tuple[PlannedStep, ...]) -> Bar | None:
    """Return the horizon bar of steps, as long as their minutes."""
    if not steps:
        return None
    parts = [
        words.say("alt.step", number=k, text=unmarked(step.text), minutes=step.minutes)
        for k, step in enumerate(steps, 1)
    ]
    segments = tuple(BarSegment(step.minutes, str(k)) for k, step in enumerate(steps, 1))
    return Bar(segments, words.say("alt.time_bar", parts=words.say("comma").join(parts)))


def step_table(words: Words, steps: tuple[PlannedStep, ...]) -> Table:
    """Return the steps as a table of number, words and minutes."""
    rows = tuple(
        (
            cell(str(k), style="numeral", colour="time_ink"),
            cell(step.text, style="body"),
            cell(minutes_text(words, step.minutes), style="minutes", fill=Fill.TIME),
        )
        for k, step in enumerate(steps, 1)
    )
    columns = (Column(0.6), Column(), Column(1.36, "ctr"))
    return Table(columns, rows, description=words.say("alt.steps"), tallest=0.68)


def numbered_table(
    texts: tuple[Text, ...],
    *,
    style: str,
    number: str,
    width: float,
    tallest: float,
    what: str,
    leads: tuple[str, ...] = (),
    ruled: bool = False,
) -> Table:
    """Return texts as rows after their numbers; `leads` are bold words before each text."""
    rows = tuple(
        (
            cell(str(k), style=number, colour="key"),
            cell(text, style=style, lead=leads[k - 1] if leads else ""),
        )
        for k, text in enumerate(texts, 1)
    )
    columns = (Column(width), Column())
    return Table(columns, rows, description=what, tallest=tallest, ruled=ruled)


def cell(
    text: str,
    *,
    style: str = "table_cell",
    colour: str | None = None,
    fill: Fill = Fill.NONE,
    lead: str = "",
    link: str | None = None,
) -> Cell:
    """Return a table cell: a bold lead, then *text* in *colour*, or as a link."""
    runs = (*bold(lead), *(parse_inline(text) if text or not lead else ()))
    if colour:
        runs = tuple(run._replace(colour=colour) for run in runs)
    if link:
        runs = tuple(run._replace(link=link) for run in runs)
    return Cell(Paragraph(runs, style, 0, getattr(text, "span", None)), style, fill)


def part_bar(words: Words, count: int, current: int, what: str) -> Bar:
    """Return a bar of *count* equal parts with part *current* (from 1) solid."""
    segments = tuple(
        BarSegment(1, str(k), State.BAR if k == current else State.IDLE)
        for k in range(1, count + 1)
    )
    description = words.say("alt.part", what=what, number=current, count=count)
    return Bar(segments, description, even=True)


def debrief_slides(block: Block, debrief: Debrief | None, context: Context) -> list[SlideBoxes]:
    """Return the debrief slide of an activity, or nothing."""
    if debrief is None:
        return []
    rows = debrief_rows(context.words, debrief)
    if not rows:
        return []
    last = context.steps[-1] if context.steps else None
    minutes = last.minutes if last and is_debrief(context.words, last.text) else 0
    title = debrief.title or context.say("look_back", title=block.title)
    boxes: dict[str, Content] = {"content": rows}
    return [
        slide(
            block,
            context,
            "Content",
            boxes,
            key="debrief",
            title=title,
            minutes=minutes,
            notes=(),
        )
    ]


def is_debrief(words: Words, text: str) -> bool:
    """Return whether a step's words say that it is the debrief."""
    return text.lower().startswith(("debrief", words.say("debrief").lower()))


def part_title(words: Words, title: str, number: int, count: int) -> Text:
    """Return the title of one of *count* slides that share it."""
    said = words.say("part_of", title=title, number=number, count=count)
    return Text(said, getattr(title, "span", None))


def debrief_rows(words: Words, debrief: Debrief) -> Table | None:
    """Return the debrief's questions as rows after What?, So what? and Now what?"""
    asked = (
        (words.say("what"), debrief.what),
        (words.say("so_what"), debrief.so_what),
        (words.say("now_what"), debrief.now_what),
    )
    rows = tuple(
        (cell(lead, style="column_head"), cell(text, style="message", colour="text"))
        for lead, text in asked
        if text
    )
    if not rows:
        return None
    return Table((Column(2.82), Column()), rows, description=words.say("alt.debrief"), tallest=1.34)


def chunks(items: tuple[Text, ...], size: int) -> list[tuple[Text, ...]]:
    """Return *items* in runs of at most *size*, as equal as can be, in order."""
    parts = -(-len(items) // size) if items else 0
    bounds = [round(k * len(items) / parts) for k in range(parts + 1)] if parts else []
    return [items[a:b] for a, b in pairwise(bounds)]
