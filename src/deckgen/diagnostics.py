"""What is wrong in an author's file: where, what, and how to mend it.

A stage adds its findings to a `Diagnostics` and goes on, so that ten mistakes give ten errors in one
run. `catalogue.CATALOGUE` lists every id; a bug of ours is never a diagnostic but a traceback.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import NamedTuple

from deckgen.catalogue import CATALOGUE, FindingId, Severity

NEAR = 0.7  # how alike two words are, from 0 to 1, before one is taken for the other
MOST_KNOWN = 16  # words that are listed where none is near

# YAML 1.1, 4.2: what ends a line; the parser counts lines by it.
LINE_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A text file as its author sees it: the name they gave, and its text."""

    name: str
    text: str

    def line(self, number: int) -> str:
        """Return line *number*, counted from 1, without its line break."""
        lines = LINE_BREAK.split(self.text, number)
        return lines[number - 1] if number <= len(lines) else ""

    def place(self, index: int) -> Span:
        """Return where the character at *index* of the text stands."""
        breaks = [match.end() for match in LINE_BREAK.finditer(self.text, 0, index)]
        return Span(self, len(breaks) + 1, index - (breaks[-1] if breaks else 0) + 1)


class Span(NamedTuple):
    """A place in a source: line and column count from 1, length in characters."""

    source: Source
    line: int
    column: int
    length: int = 1

    def __str__(self) -> str:
        return f"{self.source.name}:{self.line}:{self.column}"


class Diagnostic(NamedTuple):
    """One finding; `span` is None only where no file is to blame."""

    id: FindingId
    message: str
    span: Span | None = None
    hints: tuple[str, ...] = ()
    related: tuple[tuple[Span, str], ...] = ()

    @property
    def severity(self) -> Severity:
        """The severity that the catalogue gives this id."""
        return CATALOGUE[self.id].severity


@dataclass(slots=True)
class Diagnostics:
    """The findings of one run, in the order found, each once."""

    found: list[Diagnostic] = field(default_factory=list)
    _seen: set[tuple[object, ...]] = field(default_factory=set)

    def add(
        self,
        id: FindingId,
        message: str,
        span: Span | None = None,
        *,
        hints: Iterable[str] = (),
        related: Iterable[tuple[Span, str]] = (),
    ) -> None:
        """Add a finding; the same message at the same place counts once."""
        self.put(Diagnostic(id, message, span, tuple(hints), tuple(related)))

    def put(self, finding: Diagnostic) -> None:
        """Add a *finding* that a stage returned."""
        key = (finding.id, finding.message, str(finding.span))
        if key not in self._seen:
            self._seen.add(key)
            self.found.append(finding)

    def extend(self, others: Diagnostics) -> None:
        """Add what *others* hold."""
        for other in others.found:
            self.put(other)

    def __iter__(self) -> Iterator[Diagnostic]:
        """Yield the findings by file and line, those without a place first."""
        return iter(sorted(self.found, key=_place))

    def __len__(self) -> int:
        return len(self.found)

    def count(self, severity: Severity) -> int:
        """Return how many findings have *severity*."""
        return sum(diagnostic.severity is severity for diagnostic in self.found)

    def count_errors(self) -> int:
        """Return how many findings forbid writing."""
        return self.count(Severity.ERROR)

    @property
    def has_errors(self) -> bool:
        """Whether anything found forbids writing."""
        return self.count_errors() > 0

    @property
    def has_warnings(self) -> bool:
        """Whether anything found forbids writing under --strict."""
        return self.count(Severity.WARNING) > 0

    def stop_on_errors(self) -> None:
        """Raise `DeckgenError` where anything found forbids going on."""
        if self.has_errors:
            raise DeckgenError(self)


class DeckgenError(Exception):
    """The outline cannot become a deck; `diagnostics` say why."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        super().__init__("; ".join(d.message for d in diagnostics if d.severity is Severity.ERROR))
        self.diagnostics = diagnostics


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the *known* word nearest to *word*, or None: alike, one letter off, or the same beginning."""
    names = list(known)
    if near := get_close_matches(word, names, n=1, cutoff=NEAR):
        return near[0]
    alike = [name for name in names if _is_near(word, name)]
    return alike[0] if len(alike) == 1 else None


def _is_near(word: str, name: str) -> bool:
    if len(word) == len(name) > 2:
        return sum(a != b for a, b in zip(word, name, strict=True)) == 1
    return min(len(word), len(name)) > 3 and (word.startswith(name) or name.startswith(word))


def did_you_mean(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return a hint that names the nearest known word, or the few words that there are, or nothing."""
    known = list(dict.fromkeys(known))
    near = nearest(word.lower().replace("-", "_"), known)
    if near:
        return (f"did you mean `{near}`?",)
    return (f"known: {', '.join(known)}",) if 0 < len(known) <= MOST_KNOWN else ()


def _place(diagnostic: Diagnostic) -> tuple[str, int, int]:
    span = diagnostic.span
    return (span.source.name, span.line, span.column) if span else ("", 0, 0)
