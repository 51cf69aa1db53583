"""What every block has, and what a block may know of the plan when it composes its slides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

from deckgen.boxes import (
    SlideBoxes,
    SpeakerNote,
)
from deckgen.catalogue import Lint
from deckgen.diagnostics import Span
from deckgen.document.nodes import Node
from deckgen.document.words import DocumentWords
from deckgen.languages import Phrase, Words
from deckgen.reading.fields import (
    FACILITATOR,
    Bounds,
    Clock,
    Problem,
    Prose,
    Ratio,
    Text,
    TimeRange,
    declared,
    given,
    needed,
)

Texts = tuple[Text, ...]
Proses = tuple[Prose, ...]
Phase = Literal["connect", "concept", "practice", "conclude"]
PHASES: tuple[str, ...] = ("connect", "concept", "practice", "conclude")
Minutes = Annotated[int, Bounds(0, 1440)]


@declared
class Misconception:
    """A wrong belief that will come up, and what to say to it."""

    claim: Text = needed(sees=FACILITATOR, help="what people will say")
    response: Prose = needed(sees=FACILITATOR, help="what you answer")


@declared
class Notes:
    """What only the facilitator sees of a block; texts alone are what to say."""

    SCALAR: ClassVar[tuple[str, ...]] = ("say",)

    purpose: Prose | None = given(None, sees=FACILITATOR, help="why this block is there")
    say: Proses = given((), sees=FACILITATOR, help="what to say")
    do: Proses = given((), sees=FACILITATOR, help="what to do")
    ask: Proses = given((), sees=FACILITATOR, help="what to ask")
    probes: Proses = given(
        (), sees=FACILITATOR, help="follow-up questions if the discussion stalls"
    )
    expect: Proses = given((), sees=FACILITATOR, help="answers to expect")
    misconception: Misconception | None = given(
        None, sees=FACILITATOR, help="a mistaken belief that may come up, and your response"
    )
    watch: Proses = given((), sees=FACILITATOR, help="what to watch out for")
    transition: Prose | None = given(
        None, sees=FACILITATOR, help="the transition to the next block"
    )
    seated: Prose | None = given(
        None, sees=FACILITATOR, help="how people who stay seated take part when others walk"
    )
    online: Prose | None = given(None, sees=FACILITATOR, help="how to run it online")
    hybrid: Prose | None = given(
        None, sees=FACILITATOR, help="how to run it in the room and online at once"
    )
    if_short: Prose | None = given(None, sees=FACILITATOR, help="how to save time")
    if_long: Prose | None = given(None, sees=FACILITATOR, help="what to add if time is left")
    contingency: Prose | None = given(None, sees=FACILITATOR, help="what to do if it goes wrong")
    background: Proses = given((), sees=FACILITATOR, help="what to read the night before")


@declared
class Step:
    """One step of an activity."""

    SCALAR: ClassVar[tuple[str, ...]] = ("do",)

    do: Text = needed(help="what people do in this step")
    min: Annotated[float, Bounds(0, 600)] | None = given(None, help="minutes it takes")
    per_group: Annotated[float, Bounds(0, 60)] = given(
        0.0, sees=FACILITATOR, help="minutes that each reporting group needs"
    )
    max_reports: Annotated[int, Bounds(1, 1000)] | None = given(
        None, sees=FACILITATOR, help="how many groups may report at most"
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

    item: Text = needed(help="what to bring")
    per: Literal["person", "group", "session"] = given("session", help="who each needs one")
    qty: Annotated[int, Bounds(1, 10_000)] = given(1, help="how many for each")
    spare: Ratio = given(Ratio(0), sees=FACILITATOR, help="share of spares to bring, such as 10%")


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


# A cue of a kind: its label, as a key (`cue.KEY` in the languages), a phrase or an author's text; its texts.
OwnCue = tuple[str | Phrase, Sequence[Text | Phrase]]


class Answers(NamedTuple):
    """A table of answers: the keys of its heads, and a row for each thing asked."""

    heads: tuple[str, ...] = ()
    rows: tuple[tuple[Text | None, ...], ...] = ()


@declared
class Block:
    """A piece of the workshop; each kind is a subclass in a module of its own."""

    KIND: ClassVar[str]
    MINUTES: ClassVar[int] = 5
    WORKS: ClassVar[bool] = False  # people work: the time chip is solid
    IS_COVER: ClassVar[bool] = False  # a deck that has one needs no cover made of the workshop
    RESTS: ClassVar[bool] = False  # nobody works or listens: a break
    CLOSES: ClassVar[bool] = False  # at the end of a session the buffer stands before it
    AT_TABLES: ClassVar[bool] = False  # without a method, people work in the workshop's groups
    DEBRIEFS: ClassVar[bool] = False  # it is the debrief of what came before
    WANTS_DEBRIEF: ClassVar[bool] = False  # without one people may not learn from it
    WANTS_PROBES: ClassVar[bool] = False  # its talk may stall: the notes need probes and answers
    IN_ORDER: ClassVar[bool] = False  # what its slides say has numbers in the notes
    ON_PAPER: ClassVar[bool] = True  # the handout has a worksheet of it
    AS_ON_PAPER: ClassVar[bool] = False  # the notes tell of its slides what the worksheet does
    PARKS: ClassVar[bool] = False  # questions are parked, and dealt with afterwards
    COLLECTS_CARDS: ClassVar[bool] = False  # people leave cards, which are read afterwards
    OPENS_SECTION: ClassVar[bool] = (
        False  # a PowerPoint section that goes on to the next such block
    )
    SENDS_ANSWERS: ClassVar[bool] = False  # who asks for its answers gets them afterwards

    id: Text = needed(
        help="name by which other fields refer to the block; by default made from its kind"
    )
    title: Text = needed(help="title of its slides")
    short: Text | None = given(None, help="shorter title for the agenda")
    phase: Phase | None = given(None, help="connect, concept, practice or conclude (4Cs)")
    objectives: Texts = given((), help="ids of the objectives that it serves")
    time: TimeRange | None = given(None, help="minutes: one number, or [min, ideal, max]")
    priority: Literal["must", "should", "could"] = given(
        "must", sees=FACILITATOR, help="must, should or could"
    )
    cut: Annotated[int, Bounds(1, 999)] | None = given(
        None, sees=FACILITATOR, help="order in which optional blocks are cut; 1 goes first"
    )
    when: Condition | None = given(
        None, sees=FACILITATOR, help="condition under which it takes part"
    )
    needs: Texts = given((), sees=FACILITATOR, help="ids of blocks that it depends on")
    at: Clock | None = given(None, help="fixed clock time at which it starts")
    session: Text | None = given(
        None, help="id of its session, or `each`; by default that of the previous block"
    )
    lead: Text | None = given(None, sees=FACILITATOR, help="who leads it")
    group: Annotated[int, Bounds(1, 1000)] | None = given(None, help="people in a group")
    groups: Annotated[int, Bounds(1, 1000)] | None = given(None, help="number of groups")
    materials: tuple[Material, ...] = given((), help="what to bring")
    overflow: Literal["shrink", "split", "error"] | None = given(
        None,
        help="what to do with too much text: shrink (never split), split (rather than shrink by "
        "more than a step), error (full size or nothing); by default shrink, then split",
    )
    hidden: bool = given(
        False,
        help="true hides its slides: the show skips them, and without `time` they take no minutes",
    )
    imported: bool = given(
        False, sees=FACILITATOR, help="true until its sentences are in your own words"
    )
    ignore: tuple[Lint, ...] = given((), sees=FACILITATOR, help="advice to switch off, by id")
    notes: Notes = given(sees=FACILITATOR, help="what only the facilitator sees", factory=Notes)
    short_form: Block | None = None  # tried before the block is dropped
    span: Span | None = None

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the block's slides, in order; none is an answer too."""
        raise NotImplementedError(self.KIND)

    @property
    def listed_title(self) -> Text:
        """Its title in a list of blocks."""
        return self.title

    @property
    def done_when(self) -> str:
        """The key of the words that say what one can see when it is done."""
        return f"done_when.{self.KIND}"

    @property
    def asks_for_opinions(self) -> bool:
        """Whether people say what they think: they need a silent minute first."""
        return False

    @staticmethod
    def worksheet(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:  # noqa: ARG004
        """Yield what the handout holds of a block of this kind; none is an answer too.

        *shown* has the fields that a handout may show, and no others; so this is no method of the
        block, which knows all of them.
        """
        yield from ()

    def answers(self) -> Answers:
        """Return the answers that its fields hold, for the facilitator and whoever may have them."""
        return Answers()

    def own_cues(self) -> Iterator[OwnCue]:
        """Yield texts of the kind's own fields that only the facilitator sees."""
        yield from ()


@declared
class PracticeBlock(Block):
    """A block in which people do something in steps."""

    WORKS: ClassVar[bool] = True

    method: Text | None = given(None, help="facilitation method, such as think_pair_share")
    steps: tuple[Step, ...] = given((), help="what people do, in order")
    debrief: Debrief | None = given(None, help="what, so what, now what")
    produce: Text | None = given(None, help="what each group or person will produce")


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
    words: Words
    steps: tuple[PlannedStep, ...] = ()
    groups: str = ""
    method: str = ""
    objectives: tuple[Text, ...] = ()
    facts: tuple[Fact, ...] = ()
    session: Text | None = None  # which one of several
    purpose: Text | None = None
    next_title: str = ""
    phase: str | None = None
    notes: tuple[SpeakerNote, ...] = ()
    timers: bool = True

    def say(self, key: str, **values: object) -> str:
        """Return the words for *key* with *values* in their places."""
        return self.words.say(key, **values)


class WorksheetContext(NamedTuple):
    """What a worksheet may know beside the block's fields: our words, and the plan's steps."""

    words: DocumentWords
    steps: tuple[PlannedStep, ...] = ()
