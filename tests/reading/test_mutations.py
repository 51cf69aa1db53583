"""A shipped outline, broken at every line in the ways that hands break YAML: what is told is near."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from deckgen.catalogue import Severity
from deckgen.diagnostics import DeckgenError, Diagnostics, Source
from deckgen.outline.load import outlines_in
from deckgen.reading.source import Mapping, Node, Scalar, parse

OUTLINE = Path(__file__).parents[2] / "outlines" / "training.yaml"
LINES = OUTLINE.read_text(encoding="utf-8").split("\n")
KEY = re.compile(r"\s*(?:- )?[a-z_]+: ")


def broken(line: str) -> Iterator[tuple[str, str]]:
    """Yield *line* broken, and how."""
    indent = len(line) - len(line.lstrip())
    if line.lstrip().startswith("- "):
        yield "dash", line.replace("- ", "", 1)
        yield "glued dash", line.replace("- ", "-", 1)
    if KEY.match(line):
        yield "colon", line.replace(": ", " ", 1)
        yield "glued colon", line.replace(": ", ":", 1)
        yield "space", line.replace(": ", ":\u00a0", 1)
    if '"' in line:
        yield "last quote", line[: (at := line.rindex('"'))] + line[at + 1 :]
        yield "first quote", line.replace('"', "", 1)
    if indent:
        yield "tab", "\t" + line.lstrip()
        yield "space", "\u00a0" * indent + line.lstrip()
        yield "less", line[1:]
    yield "more", f"  {line}"
    for bracket in "]}":
        if bracket in line:
            yield "bracket", line[: (at := line.rindex(bracket))] + line[at + 1 :]


MUTANTS = [
    (number, how, new)
    for number, line in enumerate(LINES, 1)
    if line.strip() and not line.lstrip().startswith("#")
    for how, new in broken(line)
]


def told(text: str) -> list[int] | None:
    """Return the lines of what is told of *text*, or None where nothing is."""
    diagnostics = Diagnostics()
    source = Source("o.yaml", text)
    try:
        outlines_in(source, diagnostics)
    except DeckgenError:
        assert diagnostics.has_errors
    found = [f for f in diagnostics if f.severity is not Severity.INFO]
    return [f.span.line if f.span else 0 for f in found] or None


def words(text: str) -> str:
    """Return all that *text* says, its spaces and punctuation left out."""
    return re.sub(r"\W+", "", " ".join(_texts(parse(Source("o.yaml", text), Diagnostics()))))


def _texts(node: Node) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield node.text
    elif isinstance(node, Mapping):
        for name, (_, value) in node.items.items():
            yield name
            yield from _texts(value)
    else:
        for item in node.items:
            yield from _texts(item)


@pytest.mark.parametrize("how", sorted({how for _, how, _ in MUTANTS}))
def test_what_is_broken_is_told_within_two_lines(how: str) -> None:
    sound = words("\n".join(LINES))
    far, silent, count = [], [], 0
    for number, name, new in MUTANTS:
        if name != how:
            continue
        count += 1
        text = "\n".join([*LINES[: number - 1], new, *LINES[number:]])
        lines = told(text)
        if lines is None:
            silent += [] if words(text) == sound else [(number, new)]
        elif min(abs(line - number) for line in lines) > 2:
            far.append((number, new, lines))
    assert count >= 7
    assert not silent
    assert len(far) <= count // 20, far
