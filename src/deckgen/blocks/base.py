"""What every block has, and what a block may know of the plan when it composes its slides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Annotated, ClassVar, Literal, NamedTuple

from deckgen.boxes import (
    Bar,
    Cell,
    Column,
    Content,
    Fill,
    Paragraph,
    Run,
    Segment,
    SlideBoxes,
    SpeakerNote,
    State,
    Table,
    TextBox,
)
from deckgen.diagnostics import Lint, Span
from deckgen.inline import parse_inline, unmarked
from deckgen.languages import say
from deckgen.reading.fields import (
    FACILITATOR,
    Bounds,
    Clock,
    Problem,
    Ratio,
    Text,
    TimeRange,
    declared,
    given,
)

Texts = tuple[Text, ...]
Phase = Literal["connect", "concept", "practice", "conclude"]
PHASES: tuple[str, ...] = ("connect", "concept", "practice", "conclude")
FITS = ("shrink", "split", "error")
Minutes = Annotated[int, Bounds(0, 1440)]


@declared
class Misconception:
    """A wrong belief that will come up, and what to say to it."""

    claim: Text = given(help="what people will say")
    response: Text = given(help="what you answer")


@declared
class Notes:
    """What only the facilitator sees of a block."""

    purpose: Text | None = given(None, sees=FACILITATOR, help="why this block is there")
    say: Texts = given((), sees=FACILITATOR, help="sentences to speak")
    do: Texts = given((), sees=FACILITATOR, help="what you do")
    ask: Texts = given((), sees=FACILITATOR, help="questions to put")
    probes: Texts = given((), sees=FACILITATOR, help="follow-up questions when talk stalls")
    expect: Texts = given((), sees=FACILITATOR, help="answers to expect")
    misconception: Misconception | None = given(
        None, sees=FACILITATOR, help="a wrong belief that comes up, and your response"
    )
    watch: Texts = given((), sees=FACILITATOR, help="what to watch out for")
    transition: Text | None = given(None, sees=FACILITATOR, help="the bridge to the next block")
    seated: Text | None = given(
        None, sees=FACILITATOR, help="how those take part who stay seated, where others walk"
    )
    online: Text | None = given(None, sees=FACILITATOR, help="how to run it online")
    hybrid: Text | None = given(None, sees=FACILITATOR, help="how to run it for both at once")
    if_short: Text | None = given(None, sees=FACILITATOR, help="how to save time")
    if_long: Text | None = given(None, sees=FACILITATOR, help="what to add with time left")
    contingency: Text | None = given(None, sees=FACILITATOR, help="what to do when it goes wrong")
    background: Texts = given((), sees=FACILITATOR, help="what to read the night before")


@declared
class Step:
    """One step of an activity."""

    SCALAR: ClassVar[tuple[str, ...]] = ("do",)

    do: Text = given(help="what people do in this step")
    min: Annotated[float, Bounds(0, 600)] | None = given(None, help="its minutes")
    per_group: Annotated[float, Bounds(0, 60)] = given(
        0.0, sees=FACILITATOR, help="minutes that each reporting group needs"
    )
    max_reports: Annotated[int, Bounds(1, 1000)] | None = given(
        None, sees=FACILITATOR, help="how many groups report at most"
    )


@declared
class Debrief:
    """Three questions after an activity: What? So what? Now what?"""

    title: Text | None = given(None, help="title of the debrief slide")
    what: Text | None = given(None, help="what happened?")
    so_what: Text | None = given(None, help="what does it mean?")
    now_what: Text | None = given(None, help="what follows for you?")


@declared
class Material:
    """Something to bring, counted from the head count."""

    SCALAR: ClassVar[tuple[str, ...]] = ("item",)

    item: Text = given(help="what to bring")
    per: Literal["person", "group", "session"] = given("session", help="who each needs one")
    qty: Annotated[int, Bounds(1, 10_000)] = given(1, help="how many for each")
    spare: Ratio = given(Ratio(0), sees=FACILITATOR, help="share to bring on top, such as 10%")


@declared
class Condition:
    """When a block takes part; every part given must hold."""

    audience: Texts = given((), sees=FACILITATOR, help="names of audiences")
    budget: Text | None = given(None, sees=FACILITATOR, help="minutes, such as `>=150`")
    people: Text | None = given(None, sees=FACILITATOR, help="head count, such as `<8`")
    mode: tuple[Literal["in_person", "online", "hybrid"], ...] = given(
        (), sees=FACILITATOR, help="in_person, online or hybrid"
    )

    def problems(self) -> Iterator[Problem]:
        """Yield comparisons that cannot be read."""
        for name, text in (("budget", self.budget), ("people", self.people)):
            if text is not None and parse_comparison(text) is None:
                message = f"`{name}` takes a comparison such as `>=150`, not `{text}`"
                yield Problem(name, "wrong-value", message)


def parse_comparison(text: str) -> tuple[str, int] | None:
    """Return the operator and the number of a text such as `>= 150`, or None."""
    operator = text.strip().rstrip("0123456789 ")
    number = text.strip()[len(operator) :].strip()
    operator = operator.strip() or "=="
    if operator not in (">=", "<=", ">", "<", "==", "!=") or not number.isdigit():
        return None
    return operator, int(number)


@declared
class Block:
    """A piece of the workshop; each kind is a subclass in a module of its own."""

    KIND: ClassVar[str]
    MINUTES: ClassVar[int] = 5
    WORKS: ClassVar[bool] = False  # people work: the time chip is solid

    id: Text = given(help="name of the block, to refer to it; made from the kind if missing")
    title: Text = given(help="title of its slides")
    short: Text | None = given(None, help="shorter title for the agenda")
    phase: Phase | None = given(None, help="connect, concept, practice or conclude (4Cs)")
    objectives: Texts = given((), help="ids of the objectives that it serves")
    time: TimeRange | None = given(None, help="minutes: one number, or [min, ideal, max]")
    priority: Literal["must", "should", "could"] = given(
        "must", sees=FACILITATOR, help="must, should or could"
    )
    cut: Annotated[int, Bounds(1, 999)] | None = given(
        None, sees=FACILITATOR, help="order in which optional blocks go; 1 goes first"
    )
    when: Condition | None = given(None, sees=FACILITATOR, help="condition to take part")
    needs: Texts = given((), sees=FACILITATOR, help="ids of blocks that it depends on")
    at: Clock | None = given(None, help="locked clock time of its start")
    session: Text | None = given(
        None, help="id of its session, or `each`; that of the block before if missing"
    )
    lead: Text | None = given(None, sees=FACILITATOR, help="who leads it")
    group: Annotated[int, Bounds(1, 1000)] | None = given(None, help="people in a group")
    groups: Annotated[int, Bounds(1, 1000)] | None = given(None, help="number of groups")
    materials: tuple[Material, ...] = given((), help="what to bring")
    fit: Literal["shrink", "split", "error"] | None = given(
        None,
        help="what to do with too much text: shrink (never split), split (rather than shrink by "
        "more than a step), error (full size or nothing); else shrink, then split",
    )
    imported: bool = given(
        False, sees=FACILITATOR, help="true while its sentences are not your own words yet"
    )
    ignore: tuple[Lint, ...] = given((), sees=FACILITATOR, help="advice to switch off, by id")
    notes: Notes = given(sees=FACILITATOR, help="what only the facilitator sees", factory=Notes)
    short_form: Block | None = None  # `alt` in the outline: tried before the block is dropped
    span: Span | None = None

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the block's slides, in order; none is an answer too."""
        raise NotImplementedError(self.KIND)

    def own_cues(self) -> Iterator[tuple[str, Texts]]:
        """Yield texts of the kind's own fields that only the facilitator sees.

        Each has the key of its label (`cue.KEY` in the languages), or a `Text` to be shown as it is.
        """
        yield from ()


@declared
class PracticeBlock(Block):
    """A block in which people do something in steps."""

    WORKS: ClassVar[bool] = True

    method: Text | None = given(None, help="facilitation method, such as think_pair_share")
    steps: tuple[Step, ...] = given((), help="what people do, in order")
    debrief: Debrief | None = given(None, help="what, so what, now what")
    produce: Text | None = given(None, help="what each group or person will have made")


class PlannedStep(NamedTuple):
    """A step with its planned minutes."""

    text: Text
    minutes: int


class Entry(NamedTuple):
    """A row of the agenda: a block, the buffer or a break, with its planned time."""

    start: Clock
    minutes: int
    title: str
    block_id: str | None  # None: the buffer


class Fact(NamedTuple):
    """A label and what it says, for the strip under the horizon."""

    label: str
    text: str


class Context(NamedTuple):
    """What a block may know of the plan; only what people may see."""

    minutes: int
    start: Clock
    end: Clock
    agenda: tuple[Entry, ...]
    steps: tuple[PlannedStep, ...] = ()
    groups: str = ""
    method: str = ""
    objectives: tuple[Text, ...] = ()
    facts: tuple[Fact, ...] = ()
    session: Text | None = None  # which one of several
    purpose: Text | None = None
    source: str = ""
    next_title: str = ""
    phase: str | None = None
    notes: tuple[SpeakerNote, ...] = ()
    timers: bool = True


def minutes_text(minutes: int) -> str:
    """Return minutes as a time chip shows them."""
    return say("minutes_chip", minutes=minutes)


def slide(
    block: Block,
    context: Context,
    slide_layout: str,
    boxes: Mapping[str, Content],
    *,
    key: str = "",
    title: Text | str | None = None,
    bar: Bar | None = None,
    minutes: int | None = None,
    works: bool | None = None,
    numerals: int = 0,
    squares: int = 0,
    rule: bool = False,
    timer: bool = False,
    build: bool = False,
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
        bar=bar,
        phase=context.phase,
        chip=minutes_text(shown) if shown else None,
        chip_is_solid=block.WORKS if works is None else works,
        numerals=numerals,
        squares=squares,
        rule=rule,
        timer=timer and context.timers and bar is not None,
        build=build,
        notes=context.notes if notes is None else notes,
        fit=block.fit if block.fit in FITS else "",
    )


def _is_empty(box: Content) -> bool:
    match box:
        case TextBox():
            return not box.paragraphs
        case Table():
            return not box.rows
        case _:
            return False


def paragraph(
    text: str, *, style: str | None = None, level: int = 0, lead: str = "", tail: str = ""
) -> Paragraph:
    """Return *text* as a paragraph after a bold lead; an author's text keeps its place."""
    runs = (*bold(lead), *parse_inline(text), *((Run(tail),) if tail else ()))
    return Paragraph(runs, style, level, getattr(text, "span", None))


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


def listed(items: Iterable[str]) -> str:
    """Return *items* in a row; only the first keeps its capital, unless more than that is one."""
    first, *rest = [*items] or [""]
    return ", ".join([first, *(_lower_first(item) for item in rest)])


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def step_boxes(steps: tuple[PlannedStep, ...], place: str = "step") -> dict[str, Content]:
    """Return the steps for the strip: minutes over words."""
    return {
        f"{place}_{k}": TextBox(
            (
                paragraph(minutes_text(step.minutes), style="minutes"),
                paragraph(step.text, style="fact", level=1),
            )
        )
        for k, step in enumerate(steps, 1)
    }


def step_bar(steps: tuple[PlannedStep, ...]) -> Bar | None:
    """Return the horizon bar of steps, as long as their minutes."""
    if not steps:
        return None
    parts = [
        say("alt.step", number=k, text=unmarked(step.text), minutes=step.minutes)
        for k, step in enumerate(steps, 1)
    ]
    segments = tuple(Segment(step.minutes, str(k)) for k, step in enumerate(steps, 1))
    return Bar(segments, say("alt.time_bar", parts=say("comma").join(parts)))


def step_table(steps: tuple[PlannedStep, ...]) -> Table:
    """Return the steps as a table of number, words and minutes."""
    rows = tuple(
        (
            cell(str(k), style="numeral", colour="time_ink"),
            cell(step.text, style="body"),
            cell(minutes_text(step.minutes), style="minutes", fill=Fill.TIME),
        )
        for k, step in enumerate(steps, 1)
    )
    columns = (Column(0.6), Column(), Column(1.36, "ctr"))
    return Table(columns, rows, description=say("alt.steps"), tallest=0.68)


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


def part_bar(count: int, current: int, what: str) -> Bar:
    """Return a bar of *count* equal parts with part *current* (from 1) solid."""
    segments = tuple(
        Segment(1, str(k), State.BAR if k == current else State.IDLE) for k in range(1, count + 1)
    )
    description = say("alt.part", what=what, number=current, count=count)
    return Bar(segments, description, even=True)


def debrief_slides(block: Block, debrief: Debrief | None, context: Context) -> list[SlideBoxes]:
    """Return the debrief slide of an activity, or nothing."""
    if debrief is None:
        return []
    rows = debrief_rows(debrief)
    if not rows:
        return []
    last = context.steps[-1] if context.steps else None
    minutes = last.minutes if last and is_debrief(last.text) else 0
    title = debrief.title or say("look_back", title=block.title)
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


def is_debrief(text: str) -> bool:
    """Return whether a step's words say that it is the debrief."""
    return text.lower().startswith(("debrief", say("debrief").lower()))


def part_title(title: str, number: int, count: int) -> Text:
    """Return the title of one of *count* slides that share it."""
    said = say("part_of", title=title, number=number, count=count)
    return Text(said, getattr(title, "span", None))


def debrief_rows(debrief: Debrief) -> Table | None:
    """Return the debrief's questions as rows after What?, So what? and Now what?"""
    asked = (
        (say("what"), debrief.what),
        (say("so_what"), debrief.so_what),
        (say("now_what"), debrief.now_what),
    )
    rows = tuple(
        (cell(lead, style="column_head"), cell(text, style="message", colour="text"))
        for lead, text in asked
        if text
    )
    if not rows:
        return None
    return Table((Column(2.82), Column()), rows, description=say("alt.debrief"), tallest=1.34)


def chunks(items: tuple[Text, ...], size: int) -> list[tuple[Text, ...]]:
    """Return *items* in runs of at most *size*, as equal as can be, in order."""
    parts = -(-len(items) // size) if items else 0
    bounds = [round(k * len(items) / parts) for k in range(parts + 1)] if parts else []
    return [items[a:b] for a, b in pairwise(bounds)]
