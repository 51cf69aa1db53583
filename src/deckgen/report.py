"""Prints diagnostics: full (with the line and a caret), concise (one line each) or json."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator

from deckgen.catalogue import Severity
from deckgen.diagnostics import Diagnostic, Diagnostics, Span

Style = Callable[[str, str], str]  # text and role -> text as the terminal shows it
TAB = "    "


def report(diagnostics: Diagnostics, format: str, style: Style = lambda text, _role: text) -> str:
    """Return *diagnostics* in *format*: full, concise or json; *style* colours texts by role."""
    if format == "json":
        return json.dumps([as_dict(diagnostic) for diagnostic in diagnostics], indent=2)
    if format == "concise":
        return "\n".join(concise(diagnostic) for diagnostic in diagnostics)
    return "\n\n".join("\n".join(_full(diagnostic, style)) for diagnostic in diagnostics)


def concise(diagnostic: Diagnostic) -> str:
    """Return `file:line:col: severity[id]: message` and the hints."""
    place = f"{diagnostic.span}: " if diagnostic.span else ""
    hints = "".join(f" ({hint})" for hint in diagnostic.hints)
    return f"{place}{diagnostic.severity}[{diagnostic.id}]: {diagnostic.message}{hints}"


def as_dict(diagnostic: Diagnostic) -> dict[str, object]:
    """Return the diagnostic as JSON values."""
    return {
        "id": diagnostic.id,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        "place": _place(diagnostic.span),
        "hints": list(diagnostic.hints),
        "related": [{"place": _place(span), "note": note} for span, note in diagnostic.related],
    }


def summary(diagnostics: Diagnostics) -> str:
    """Return how many errors, warnings and notes there are, or an empty text for none."""
    counts = [
        (diagnostics.count(severity), name)
        for severity, name in (
            (Severity.ERROR, "error"),
            (Severity.WARNING, "warning"),
            (Severity.INFO, "note"),
        )
    ]
    return ", ".join(f"{count} {name}{'s' * (count != 1)}" for count, name in counts if count)


def _place(span: Span | None) -> dict[str, object] | None:
    if span is None:
        return None
    return {
        "file": span.source.name,
        "line": span.line,
        "column": span.column,
        "length": span.length,
    }


def _full(diagnostic: Diagnostic, style: Style) -> Iterator[str]:
    severity = str(diagnostic.severity)
    yield f"{style(f'{severity}[{diagnostic.id}]', severity)}: {diagnostic.message}"
    width = len(str(diagnostic.span.line)) if diagnostic.span else 1
    margin = " " * width
    if diagnostic.span:
        yield from _excerpt(diagnostic.span, margin, "-->", style)
    for span, note in diagnostic.related:
        yield f"{margin} = {note}: {span}"
    for hint in diagnostic.hints:
        yield f"{margin} = help: {hint}"


def _excerpt(span: Span, margin: str, arrow: str, style: Style) -> Iterator[str]:
    line = span.source.line(span.line)
    start, stop = span.column - 1, span.column - 1 + span.length
    before, marked = _shown(line[:start]), _shown(line[start:stop])
    carets = "^" * max(1, _width(marked))
    yield f"{margin}{style(arrow, 'place')} {span}"
    yield f"{margin} |"
    yield f"{span.line} | {_shown(line)}"
    yield f"{margin} | {' ' * _width(before)}{style(carets, str(Severity.ERROR))}"


def _shown(text: str) -> str:
    """Return *text* as a terminal may show it: no tabs, no characters that steer it."""
    spaced = text.replace("\t", TAB)
    return "".join("\ufffd" if unicodedata.category(char) == "Cc" else char for char in spaced)


def _width(text: str) -> int:
    """Return the columns that *text* takes in a terminal (Unicode Standard Annex 11)."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    marks = sum(unicodedata.category(char) in ("Mn", "Me", "Cf") for char in text)
    return len(text) + wide - marks
