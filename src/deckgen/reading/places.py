"""Finds where in an author's file a place in a text stands, whatever style YAML wrote the text in.

Folding, indents and quotes change the spaces of a text and nothing else, but for escapes in quotes: so
the n-th character that is no space stands where the n-th one does in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from deckgen.diagnostics import LINE_BREAK, Span

_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_ESCAPED = {"0": "\0", "a": "\a", "b": "\b", "v": "\v", "f": "\f", "e": "\x1b", "_": "\xa0"}
_SPACES = "ntrNLP \t\n"  # escapes of spaces, or of a line that goes on


class _Seen(NamedTuple):
    """A character of a text, and where it stands: line and column from 0."""

    character: str
    line: int
    column: int


def place_in(span: Span, style: str, text: str, offset: int) -> Span:
    """Return where the character at *offset* of *text* stands, which begins at *span*.

    *style* is `|`, `>`, a quote or empty. Where the file says something else, as after a param was
    filled in, it is the last place at which it says the same.
    """
    wanted = [char for char in text[: offset + 1] if not char.isspace()]
    place = span._replace(length=1)
    seen = _seen(_lines_from(span), span, style)
    for char in wanted:
        found = next(seen, None)
        if found is None or found.character != char:
            return place
        place = Span(span.source, found.line + 1, found.column + 1)
    return place


def _lines_from(span: Span) -> list[str]:
    return LINE_BREAK.split(span.source.text)[span.line - 1 :]


def _seen(lines: list[str], span: Span, style: str) -> Iterator[_Seen]:
    """Yield the characters of a text but for spaces."""
    begins = 1 if style in ("|", ">") else 0  # after the line of the indicator
    for number, line in enumerate(lines[begins:], begins):
        column = span.column - 1 + (style in ("'", '"')) if number == 0 else 0
        while column < len(line):
            char, length = _at(line, column, style)
            if not char.isspace():
                yield _Seen(char, span.line - 1 + number, column)
            column += length


def _at(line: str, column: int, style: str) -> tuple[str, int]:
    """Return the character that is written at *column*, and how long it is written."""
    if style == "'" and line.startswith("''", column):
        return "'", 2
    if style == '"' and (found := _ESCAPE.match(line, column)):
        code = found[1] or found[2] or found[3]
        char = chr(int(code, 16)) if code else _ESCAPED.get(found[4], found[4])
        return " " if found[4] and found[4] in _SPACES else char, len(found[0])
    return line[column], 1
