"""How an outline's classes declare their fields, and the values that fields hold.

A class of the outline is a frozen dataclass; its annotations say what a field may hold, `needed()`
or `given()` says whether it may be left out, who may see it and what it is for. `reading/reader.py`
reads YAML by these declarations and `outline/schema.py` writes the editor schema from them, so each
fact stands once.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import (
    Annotated,
    Any,
    ClassVar,
    NamedTuple,
    Protocol,
    TypeVar,
    dataclass_transform,
    overload,
)

from deckgen.catalogue import FindingId
from deckgen.diagnostics import Span
from deckgen.reading.places import place_in


class Text(str):
    """A text by the author in inline Markdown; `span` is where they wrote it."""

    __slots__ = ("span",)
    span: Span | None

    def __new__(cls, value: str, span: Span | None = None) -> Text:
        """Return *value* as a text that remembers its place."""
        text = super().__new__(cls, value)
        text.span = span
        return text


class Prose(Text):
    """A text in block Markdown: paragraphs, lists, tables, code; one of a single line is a `Text`.

    `style` is how YAML wrote it: `|`, `>`, a quote, or nothing.
    """

    __slots__ = ("style",)
    style: str

    def __new__(cls, value: str, span: Span | None = None, style: str = "") -> Prose:
        """Return *value* as a text that remembers its place, and the place of what stands in it."""
        text = super().__new__(cls, value, span)
        assert isinstance(text, Prose)
        text.style = style
        return text

    @property
    def has_blocks(self) -> bool:
        """Whether it may be more than one paragraph without line breaks."""
        return "\n" in self

    def place(self, offset: int) -> Span | None:
        """Return where the character at *offset* was written."""
        return self.span and place_in(self.span, self.style, self, offset)

    def line_place(self, number: int) -> Span | None:
        """Return where line *number* of it, from 0, was written: its first character that is no space."""
        lines = self.split("\n")
        before = sum(len(line) + 1 for line in lines[:number])
        return self.place(before + len(lines[number]) - len(lines[number].lstrip()))


class Raw(Text):
    """A text that keeps its spaces and line breaks, such as code; no Markdown."""

    __slots__ = ()


class Clock(int):
    """A time of day in minutes after midnight; may pass 24 hours."""

    __slots__ = ()

    def __str__(self) -> str:
        hours, minutes = divmod(int(self), 60)
        return f"{hours % 24:02d}:{minutes:02d}"

    @classmethod
    def parse(cls, text: str) -> Clock:
        """Return the time that *text* such as `9:05` names, else raise ValueError."""
        match = re.fullmatch(r"([01]?\d|2[0-3])[:.h]([0-5]\d)", text.strip())
        if not match:
            raise ValueError(f"expected a time of day such as {_clock_of(text) or '09:30'}")
        return cls(int(match[1]) * 60 + int(match[2]))


def _clock_of(text: str) -> str:
    """Return the time of day that a text such as `9am` or `14 Uhr` means, or nothing."""
    found = re.fullmatch(r"(\d{1,2})(?:[:.](\d\d))?\s*([ap]\.?m\.?|uhr|h)?", text.strip().lower())
    if found is None or int(found[1]) > (12 if (found[3] or "u")[0] in "ap" else 23):
        return ""
    hours = int(found[1]) % 12 if (found[3] or "u")[0] in "ap" else int(found[1])
    hours += 12 if (found[3] or "")[:1] == "p" else 0
    return f"{hours:02d}:{found[2] or '00'}"


class Ratio(float):
    """A share from 0 to 1, written `10%` or `0.1`."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Ratio:
        """Return the share that *text* names, else raise ValueError."""
        number = text.strip().removesuffix("%")
        try:
            value = float(number) / (100 if text.strip().endswith("%") else 1)
        except ValueError:
            value = -1.0
        if not 0 <= value <= 1:
            such = f"{number}%" if re.fullmatch(r"\d{1,2}", number) else "10%"
            raise ValueError(f"expected a share such as {such}, from 0 to 100 %")
        return cls(value)


ALL = "slide facilitator handout"
FACILITATOR, HANDOUT = "facilitator", "handout"
ANSWERS = "answers"  # the last page of a handout, where it is asked for
KEPT = f"{FACILITATOR} {ANSWERS}"  # what participants may look up afterwards
ON_PAPER = f"{FACILITATOR} {HANDOUT}"  # notes and handout, no slide


def needed(*, help: str, sees: str = ALL) -> Any:
    """Declare a field that must be given: who may see it, what it is for."""
    return dataclasses.field(metadata=_metadata(help, sees))


@overload
def given(default: object, *, help: str, sees: str = ALL) -> Any: ...
@overload
def given(*, factory: Callable[[], object], help: str, sees: str = ALL) -> Any: ...
def given(
    default: object = dataclasses.MISSING,
    *,
    help: str,
    sees: str = ALL,
    factory: Any = dataclasses.MISSING,
) -> Any:
    """Declare a field that may be left out: its default, who may see it, what it is for."""
    metadata = _metadata(help, sees)
    if factory is not dataclasses.MISSING:
        return dataclasses.field(default_factory=factory, metadata=metadata)
    return dataclasses.field(default=default, metadata=metadata)


def _metadata(help: str, sees: str) -> dict[str, Any]:
    return {"help": help, "sees": frozenset(sees.split())}


Class = TypeVar("Class")


# Type checkers take every value for a default but a call of a specifier: so `needed` alone is one.
@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(needed,))
def declared(cls: type[Class]) -> type[Class]:
    """Make *cls* a frozen dataclass whose fields `given` declares.

    Without comparison: what an outline holds is told apart by where it stands, and a class costs a
    third less to make.
    """
    return dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)(cls)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(needed,))
def shared(cls: type[Class]) -> type[Class]:
    """Make *cls* as `declared` does, so that a class that has another base can take its fields, too.

    Python lets only one base have slots.
    """
    return dataclass(frozen=True, kw_only=True, eq=False, repr=False)(cls)


class Bounds(NamedTuple):
    """The least and the greatest number that a field may hold, for `Annotated`."""

    least: float
    greatest: float


class Count(NamedTuple):
    """The least and the greatest number of entries of a list, for `Annotated`."""

    least: int
    greatest: int


class Problem(NamedTuple):
    """What is wrong with a value once it is read: which field, which diagnostic, why."""

    field: str
    id: FindingId
    message: str


class Judged(Protocol):
    """A class that judges its own values once they are read."""

    def problems(self) -> Iterator[Problem]: ...


@declared
class TimeRange:
    """The minutes of a block: never under `min`, planned as `ideal`, never over `max`."""

    SCALAR: ClassVar[tuple[str, ...]] = ("min", "ideal", "max")
    POSITIONAL: ClassVar[tuple[str, ...]] = ("min", "ideal", "max")

    min: Annotated[int, Bounds(0, 1440)] = needed(help="minutes at least")
    ideal: Annotated[int, Bounds(0, 1440)] = needed(help="minutes as planned")
    max: Annotated[int, Bounds(0, 1440)] = needed(help="minutes at most")

    def problems(self) -> Iterator[Problem]:
        """Yield an order other than 0 <= min <= ideal <= max."""
        if not 0 <= self.min <= self.ideal <= self.max:
            message = (
                f"`time` must increase from min through ideal to max, not {self.min}, {self.ideal}, "
                f"{self.max}"
            )
            yield Problem("", "time-order", message)
