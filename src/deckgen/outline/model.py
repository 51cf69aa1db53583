"""What an author wrote, typed: the workshop, its blocks, its audiences."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, NamedTuple

from deckgen.blocks.base import PHASES, Block, Minutes, Texts
from deckgen.catalogue import Lint
from deckgen.diagnostics import Diagnostics, Source, Span, did_you_mean
from deckgen.reading.fields import (
    FACILITATOR,
    ON_PAPER,
    Bounds,
    Clock,
    Problem,
    Ratio,
    Text,
    declared,
    given,
    needed,
)

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from deckgen.outline.equations import WrittenEquation

Mode = Literal["in_person", "online", "hybrid"]
GROUP = 4  # people in a group, where nothing else is said
EACH = "each"  # the session of a block that runs in every one


def offset_minutes(text: str) -> int | None:
    """Return the minutes that a UTC offset such as `+05:30` or `-3:00` names, or None."""
    found = re.fullmatch(r"([+-\u2212])(\d{1,2}):([0-5]\d)", text.strip())
    if found is None or int(found[2]) > 14:
        return None
    minutes = int(found[2]) * 60 + int(found[3])
    return minutes if found[1] == "+" else -minutes


def time_zone(name: str) -> ZoneInfo | None:
    """Return the IANA time zone of this name, such as `Europe/Berlin`, or None."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 (few outlines name one)

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # OSError: `Europe` is a folder
        return None


def _date_problems(day: str | None) -> Iterator[Problem]:
    """Yield a date that is none."""
    if day is None:
        return
    try:
        datetime.date.fromisoformat(day)
    except ValueError:
        message = f"`date` takes a date such as {_day_of(day) or '2026-03-14'}, not `{day}`"
        yield Problem("date", "wrong-value", message)


def _day_of(day: str) -> str:
    """Return the day that a text such as `14.03.2026` or `3/14/2026` means, where that is plain."""
    if found := re.fullmatch(r"(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4})", day.strip()):
        one, other = int(found[1]), int(found[3])
        month, date = (other, one) if found[2] == "." or one > 12 else (one, other)
        if found[2] == "." or max(one, other) > 12:
            return f"{found[4]}-{month:02d}-{date:02d}" if month <= 12 and date <= 31 else ""
    return ""


@declared
class Objective:
    """Something people will be able to do; a text alone gets an id from its position."""

    SCALAR: ClassVar[tuple[str, ...]] = ("text",)

    text: Text = needed(help="one skill, beginning with a verb")
    id: Text | None = given(None, help="its id, such as O1")


@declared
class People:
    """How many people come, and how they are grouped; a number alone is the expected count."""

    SCALAR: ClassVar[tuple[str, ...]] = ("expected",)

    expected: Annotated[int, Bounds(1, 100_000)] = given(12, help="how many are expected")
    min: Annotated[int, Bounds(1, 100_000)] | None = given(None, help="how many at least")
    max: Annotated[int, Bounds(1, 100_000)] | None = given(None, help="how many at most")
    group: Annotated[int, Bounds(1, 1000)] = given(GROUP, help="people in a group")

    def problems(self) -> Iterator[Problem]:
        """Yield an order other than min <= expected <= max."""
        least, greatest = self.min or self.expected, self.max or self.expected
        if not least <= self.expected <= greatest:
            message = f"`expected` {self.expected} is outside min {least} and max {greatest}"
            yield Problem("expected", "wrong-value", message)
        if self.group > self.expected and self.group != GROUP:
            message = f"a group of {self.group} is larger than the {self.expected} people expected"
            yield Problem("group", "group-size", message)


@declared
class Team:
    """Who runs the room; names or roles."""

    lead: Text | None = given(None, help="clock, framing, debriefs")
    host: Text | None = given(None, help="doors, technology, late joiners, access")
    scribe: Text | None = given(None, help="parking lot, decisions, actual times")
    timekeeper: Text | None = given(None, help="two-minute warnings, latest starts")

    def named(self) -> Iterator[tuple[str, Text]]:
        """Yield the roles that are filled."""
        for role in ("lead", "host", "scribe", "timekeeper"):
            if name := getattr(self, role):
                yield role, name


@declared
class Credit:
    """Where the content comes from, and what to keep in mind about it."""

    SCALAR: ClassVar[tuple[str, ...]] = ("credit",)

    credit: Text = needed(sees=ON_PAPER, help="the source, as named in notes and handout")
    url: Text | None = given(None, sees=ON_PAPER, help="its address")
    caveat: Text | None = given(None, sees=ON_PAPER, help="its limitations")


@declared
class Prework:
    """What people do before they come."""

    SCALAR: ClassVar[tuple[str, ...]] = ("ask",)

    ask: Text = needed(help="what to do or bring")
    minutes: Minutes = given(5, help="how long it takes")


@declared
class ParkingLot:
    """Where side questions go."""

    SCALAR: ClassVar[tuple[str, ...]] = ("prompt",)

    prompt: Text = needed(help="what to say when you park a question")
    review_in: Text | None = given(None, help="id of the block that returns to them")


@declared
class Stretch:
    """The longest time without a break, by mode."""

    in_person: Minutes = given(90, help="minutes in a room")
    online: Minutes = given(60, help="minutes online")


@declared
class ThemeChoice:
    """What the deck looks like: a theme, or a company's own PowerPoint file."""

    SCALAR: ClassVar[tuple[str, ...]] = ("name",)

    name: Text = given(Text("clear"), help="name of the theme, or the path of its file")
    template: Text | None = given(
        None, help="path of a .pptx or .potx file, relative to the outline; used instead of a theme"
    )
    map: Text | None = given(
        None, help="mapping of its slide layouts, written by `deckgen template map`"
    )

    def problems(self) -> Iterator[Problem]:
        """Yield a mapping of no template."""
        if self.map and not self.template:
            yield Problem("map", "template-map", "`map` does nothing without a `template`")


@declared
class Session:
    """One session of a workshop that has several; anything it omits is taken from the workshop."""

    SCALAR: ClassVar[tuple[str, ...]] = ("id",)

    id: Text = needed(help="its name, used in file names, such as day-1")
    title: Text | None = given(None, help="what it is about")
    date: Text | None = given(None, help="day, such as 2026-03-14")
    start: Clock | None = given(None, help="time of day, such as 10:00")
    budget: Annotated[int, Bounds(1, 1440)] | None = given(None, help="minutes of this session")
    mode: Mode | None = given(None, help="in_person, online or hybrid")
    room: Text | None = given(None, help="where it takes place")
    people: People | None = given(None, help="how many people come")

    def problems(self) -> Iterator[Problem]:
        """Yield an id that no file name can carry, and a date that is none."""
        if not re.fullmatch(r"[\w-]+", self.id) or self.id == EACH:
            message = f"a session's id takes letters, digits, - and _, not `{self.id}`"
            if self.id == EACH:
                message = f"`{EACH}` means all sessions: choose another id for this one"
            yield Problem("id", "wrong-value", message)
        yield from _date_problems(self.date)


@declared
class Workshop:
    """The frame: what, when, for whom, with whom."""

    title: Text = needed(help="title of the workshop")
    subtitle: Text | None = given(None, help="line under the title")
    start: Clock = given(Clock(540), help="time of day, such as 10:00")
    date: Text | None = given(None, help="day, such as 2026-03-14")
    utc_offset: Text | None = given(
        None, help="how far local time is ahead of UTC, such as +01:00; shown online"
    )
    timezone: Text | None = given(
        None,
        help="time zone, such as Europe/Berlin, instead of utc_offset; with a date, it "
        "accounts for summer time",
    )
    budget: Annotated[int, Bounds(1, 1440)] | None = given(
        None, help="total minutes, at most a day"
    )
    budgets: tuple[Annotated[int, Bounds(1, 1440)], ...] = given(
        (), sees=FACILITATOR, help="budgets for `build --all`, such as [30, 60, 90]"
    )
    sessions: tuple[Session, ...] = given(
        (), help="its sessions, if it has several; blocks name theirs with `session`"
    )
    buffer: Ratio = given(
        Ratio(0.1), sees=FACILITATOR, help="share of the budget kept in reserve for running late"
    )
    max_stretch: Stretch = given(
        sees=FACILITATOR, help="longest time without a break", factory=Stretch
    )
    people: People = given(help="how many people come", factory=People)
    mode: Mode = given("in_person", help="in_person, online or hybrid")
    audience: Text | None = given(None, help="one of the audiences below")
    theme: ThemeChoice = given(
        help="a theme's name, or a company's own template", factory=ThemeChoice
    )
    lang: Text = given(Text("en-GB"), help="language of the texts, such as en-GB or de-DE")
    team: Team = given(help="who runs the room", factory=Team)
    purpose: Text | None = given(None, help="what people leave with, in a sentence")
    objectives: tuple[Objective, ...] = given((), help="what people will be able to do")
    source: Credit | None = given(
        None,
        sees=ON_PAPER,
        help="where the content comes from; on a slide, its block's own `source` says so",
    )
    prework: Prework | None = given(None, help="what people do before")
    parking_lot: ParkingLot | None = given(None, help="where side questions are collected")
    room: Text | None = given(None, help="where it takes place")
    phases: dict[str, Text] = given(help="your own names for the four phases", factory=dict)
    phase_slides: bool = given(False, help="whether a slide announces each new phase")
    cover: bool = given(
        True, help="whether there is a cover where no `title` block stands in `blocks`"
    )
    timers: bool = given(True, help="whether a click starts the time bar of a slide")
    footer: Text | None = given(None, help="text at the foot of slides; by default the title")
    ignore: tuple[Lint, ...] = given((), sees=FACILITATOR, help="advice to switch off, by id")

    def problems(self) -> Iterator[Problem]:
        """Yield a date that is none, a language that is none (BCP 47), an unknown phase."""
        for name in self.phases:
            if name not in PHASES:
                message = f"there is no phase `{name}`; the phases are {', '.join(PHASES)}"
                yield Problem("phases", "wrong-value", message)
        if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", self.lang):
            message = f"`lang` takes a language such as en-GB, not `{self.lang}`"
            yield Problem("lang", "wrong-value", message)
        if self.utc_offset is not None and offset_minutes(self.utc_offset) is None:
            message = (
                f"`utc_offset` takes hours and minutes such as +01:00, not `{self.utc_offset}`"
            )
            yield Problem("utc_offset", "wrong-value", message)
        yield from self._zone_problems()
        yield from _date_problems(self.date)

    def _zone_problems(self) -> Iterator[Problem]:
        """Yield a time zone that does not exist, and one beside an offset."""
        if self.timezone is None:
            return
        if self.utc_offset is not None:
            yield Problem("timezone", "wrong-value", "give `timezone` or `utc_offset`, not both")
        if time_zone(self.timezone) is None:
            from zoneinfo import available_timezones  # noqa: PLC0415

            zones = sorted(available_timezones())
            city = self.timezone.strip().replace(" ", "_").casefold()
            near = [zone for zone in zones if zone.rpartition("/")[2].casefold() == city]
            hints = did_you_mean(near[0] if near else self.timezone, zones)
            hint = "".join(f"; {hint}" for hint in hints)
            message = f"there is no time zone `{self.timezone}`{hint}"
            yield Problem("timezone", "wrong-value", message)


@declared
class Name:
    """A name that was mentioned; unverified ones stay off slides and handouts."""

    SCALAR: ClassVar[tuple[str, ...]] = ("name",)

    name: Text = needed(help="the name")
    aka: Texts = given((), help="other forms of it")
    verify: bool = given(False, help="true until somebody has checked the name")
    note: Text | None = given(None, help="what it is")


@declared
class Mentioned:
    """Names that came up."""

    orgs: tuple[Name, ...] = given((), help="organisations")
    tools: tuple[Name, ...] = given((), help="tools")
    people: tuple[Name, ...] = given((), help="people")
    acronyms: tuple[Name, ...] = given((), help="acronyms")

    def groups(self) -> Iterator[tuple[str, tuple[Name, ...]]]:
        """Yield the groups that hold a name, with the keys of their headings."""
        for heading, names in (
            ("orgs", self.orgs),
            ("tools", self.tools),
            ("people_named", self.people),
            ("acronyms", self.acronyms),
        ):
            if names:
                yield heading, names


class Damage(NamedTuple):
    """The names of fields in which something is wrong: of the frame, and of blocks by their ids."""

    frame: frozenset[str] = frozenset()
    blocks: Mapping[str, frozenset[str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Outline:
    """An outline for one audience; or what of it is one session's.

    Where it has errors, it holds what could be read, for the rest to be judged: see `damage`.
    """

    source: Source
    workshop: Workshop
    blocks: tuple[Block, ...]
    audiences: tuple[str, ...]
    audience: str | None
    mentioned: Mentioned
    places: dict[str, Span]  # where `start`, `budget`, an objective … was written
    session: Session | None = None  # the one whose outline this is
    others: tuple[Block, ...] = ()  # blocks of the other sessions
    damage: Damage = Damage()
    given: frozenset[str] = frozenset()  # fields of the frame that somebody set: `people.group`
    makes_cover: bool = False  # no block is the cover, and one is wanted
    equations: tuple[WrittenEquation, ...] = ()  # in all of its texts

    @property
    def tracks_objectives(self) -> bool:
        """Whether any block of the workshop names an objective that it serves."""
        return any(block.objectives for block in (*self.blocks, *self.others))

    @property
    def session_number(self) -> int:
        """The place of its session among all, from 1; 0 where the workshop has none."""
        return 1 + self.workshop.sessions.index(self.session) if self.session else 0


class Outlines(NamedTuple):
    """What an outline file holds: an outline for each audience, and for none."""

    source: Source
    by_audience: Mapping[str | None, Outline]  # as far as they could be read
    audiences: tuple[str, ...]  # all that are declared
    default: str | None  # the audience that the workshop names
    default_place: Span | None = None
    output: Path | None = None  # the folder that the defaults name

    @property
    def path(self) -> Path:
        """The path of the file as it was given."""
        return Path(self.source.name)

    def of(self, audience: str | None, diagnostics: Diagnostics) -> Outline | None:
        """Return the outline for *audience*, else for the default one; None where there are errors."""
        found = self.as_far_as_read(audience)
        chosen = audience or self.default
        if chosen is not None and chosen not in self.audiences:
            hints = did_you_mean(chosen, self.audiences)
            place = None if audience else self.default_place
            message = f"audience `{chosen}` is not declared under `audiences`"
            diagnostics.add("unknown-audience", message, place, hints=hints)
        return None if diagnostics.has_errors else found

    def as_far_as_read(self, audience: str | None) -> Outline | None:
        """Return the outline for *audience*, else for the default one, whatever is wrong in it."""
        return self.by_audience.get(audience or self.default)
