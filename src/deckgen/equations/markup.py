r"""Finds equations in Markdown, `$inline$` and `$$display$$`, and where one was written.

pandoc's rules (its manual, `tex_math_dollars`): no space after the opening `$`, none before the closing one, no
digit after it; `\$` is a dollar. GitHub's besides: no letter or digit before the opening one. And money stays
money: what begins with a number and goes on in words is none, nor is what a word follows (`$HOME/$USER`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from deckgen.diagnostics import LINE_BREAK, Span

_EQUATION = re.compile(
    r"\$\$(?P<display>(?:\\.|[^\\$])+)\$\$(?!\$)"
    r"|\$(?=[^\s$])(?P<inline>(?:\\.|[^\\$])*?)(?<!\s)\$(?![\d$]|[^\W\d_]{4})"
)
_MONEY = re.compile(r"[\s~]*[\d.,]+[^\\^_=]*(?<![^\W\d_])[^\W\d_]{2,}(?=[\s.,;:!?]|$)")
_WORDS = re.compile(r"\s*[^\W\d_]{2,}(?:[\s,]+[^\W\d_]{2,})*[\s,]*")
# What no dollar begins or ends an equation in: code, escapes.
_PASSED = re.compile(r"(?P<code>`+)(?!`).*?(?<!`)(?P=code)(?!`)|\\[^A-Za-z]", re.DOTALL)
# A dollar, then signs and single letters alone, then a command: no path such as `C:\temp`, no words.
_MEANT = re.compile(
    r"\$\$?(?:[^\w$\\`]|[\d_]|(?<![^\W\d_])[^\W\d_](?![^\W\d_:]))*(?<![:\w])\\[A-Za-z]{2,}"
)
_FARTHEST = 100_000  # characters from the beginning of a text to its equation


class Spotted(NamedTuple):
    """An equation in a text: its LaTeX, whether it stands alone, and where it ends."""

    latex: str
    is_display: bool
    end: int


def equation_at(text: str, start: int) -> Spotted | None:
    """Return the equation of Markdown *text* that begins at *start*, or None."""
    before = text[start - 1] if start else ""
    match = None if before.isalnum() or before == "$" else _EQUATION.match(text, start)
    if match is None:
        return None
    latex, is_display = match["display"] or match["inline"], match["display"] is not None
    if "\\" not in latex and (_MONEY.match(latex) or (is_display and _WORDS.fullmatch(latex))):
        return None
    return Spotted(stripped(latex), is_display, match.end()) if latex.strip() else None


def equations_of(text: str) -> Iterator[tuple[int, Spotted]]:
    """Yield where each equation of inline Markdown begins, and it; code holds none."""
    place = 0
    while place < len(text):
        found = equation_at(text, place) if text[place] == "$" else None
        passed = _PASSED.match(text, place) if text[place] in "`\\" else None
        if found:
            yield place, found
        place = found.end if found else passed.end() if passed else place + 1


def loose_equation(text: str) -> tuple[str, str] | None:
    """Return the first dollar in Markdown *text* that was meant to begin an equation and does not, and why."""
    place = 0
    while place < len(text):
        found = equation_at(text, place) if text[place] == "$" else None
        passed = _PASSED.match(text, place) if text[place] in "`\\" else None
        if found is None and passed is None and (meant := _MEANT.match(text, place)):
            return meant[0], _why_loose(text, meant)
        place = found.end if found else passed.end() if passed else place + 1
    return None


def _why_loose(text: str, meant: re.Match[str]) -> str:
    """Return what to mend where an equation was meant."""
    opening = text[meant.start() : meant.end()]
    closing = re.compile(r"(?<!\\)\$").search(text, meant.end())
    if closing is None:
        return r"close it with a dollar; one that is money is written `\$`"
    if opening[1].isspace():
        return "write no space after its first dollar"
    if text[closing.start() - 1].isspace():
        return "write no space before its last dollar"
    return r"write it between two dollars that no letter or digit touches from outside"


def stripped(latex: str) -> str:
    """Return *latex* on one line, without spaces at its ends but for one that a backslash makes."""
    return re.sub(r"^ |(?<!\\) $", "", re.sub(r"\s+", " ", latex))


def place_in(span: Span, latex: str, offset: int, length: int) -> Span:
    """Return where character *offset* of *latex* stands in the file, in the text that begins at *span*.

    YAML may have folded its lines and doubled its backslashes and quotes; where the equation is not
    found again, it is the text's own place.
    """
    source = span.source
    begin = _index(source.text, span)
    end = offset + length
    before, flaw, after = map(_written, (latex[:offset], latex[offset:end], latex[end:]))
    pattern = rf"\$\s*{before}(?P<flaw>{flaw}){after}\s*\$"
    match = re.compile(pattern).search(source.text, begin, begin + _FARTHEST)
    if match is None:
        return span
    return source.place(match.start("flaw"))._replace(length=len(match["flaw"]))


def place_of(span: Span, written: str) -> Span:
    """Return where *written* stands in the text that begins at *span*, or else the text's own place."""
    source = span.source
    begin = _index(source.text, span)
    match = re.compile(_written(written)).search(source.text, begin, begin + _FARTHEST)
    return source.place(match.start())._replace(length=len(match[0])) if match else span


def _index(text: str, span: Span) -> int:
    """Return the index of a place in a text."""
    breaks = LINE_BREAK.finditer(text)
    start = 0
    for _ in range(span.line - 1):
        start = next(breaks).end()
    return start + span.column - 1


def _written(latex: str) -> str:
    """Return a pattern for *latex* as it may stand in YAML."""
    signs = {"\\": r"\\{1,2}", "'": "'{1,2}", '"': r'\\?"', " ": r"\s+"}
    return "".join(signs.get(char) or re.escape(char) for char in latex)
