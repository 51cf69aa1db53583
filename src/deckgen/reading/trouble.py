"""Where the YAML parser gave up: the lines around that place, and findings at places in them.

Lines and columns count from 0, as the parser's do; the spans of findings from 1.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from deckgen.diagnostics import Diagnostic, Source, Span

_NAME = r"""[^\s:#'"\[{-][^:#'"\[{]*|"[^"]*"|'[^']*'"""
FIELD = re.compile(rf"(?P<lead> *(?:- +)*)(?P<name>{_NAME}):(?: +(?P<value>.*))?$")


class Trouble(NamedTuple):
    """Where the parser gave up: what it says, the place, and where the part began that it was in."""

    source: Source
    lines: list[str]
    problem: str
    line: int
    column: int
    first_line: int
    first_column: int
    last: Any  # the last token that could be read, a scalar, or None

    def text(self, line: int | None = None) -> str:
        """Return a line, by default the one at which the parser gave up."""
        line = self.line if line is None else line
        return self.lines[line] if 0 <= line < len(self.lines) else ""

    @property
    def text_line(self) -> int:
        """The line in which the text begins that the parser took the place to be in, if any."""
        is_plain = (
            self.last is not None and self.last.plain and self.last.end_mark.line >= self.line - 1
        )
        return int(self.last.start_mark.line) if is_plain else self.line

    def above(self, line: int | None = None) -> int:
        """Return the number of the next line above that holds more than a comment, or -1."""
        line = (self.line if line is None else line) - 1
        while line >= 0 and self.text(line).lstrip()[:1] in ("", "#"):
            line -= 1
        return line

    def told(
        self, message: str, line: int, column: int, length: int = 1, *hints: str
    ) -> Diagnostic:
        """Return the finding at a place."""
        place = Span(self.source, line + 1, column + 1, max(length, 1))
        return Diagnostic("invalid-yaml", message, place, hints)

    def told_of_line(self, message: str, line: int, *hints: str) -> Diagnostic:
        """Return the finding at all that stands in a line."""
        text = self.text(line)
        start = indent_of(text)
        return self.told(message, line, start, len(text.rstrip()) - start, *hints)


def quoted(text: str) -> str:
    """Return *text* in the quotes that suit it."""
    plain = text.strip()
    if '"' not in plain and "\\" not in plain:
        return f'"{plain}"'
    return "'" + plain.replace("'", "''") + "'"


def indent_of(text: str) -> int:
    """Return how many spaces a line begins with."""
    return len(text) - len(text.lstrip(" "))


def key_column(trouble: Trouble, line: int) -> int:
    """Return the column in which the name of the field in a line begins, behind its dashes."""
    found = re.match(r" *(?:- +)*", trouble.text(line))
    return found.end() if found else 0


def brief(text: str, most: int = 40) -> str:
    """Return *text* in at most *most* characters."""
    text = text.strip()
    return text if len(text) <= most else f"{text[: most - 1]}…"
