"""Turns TOML text into nodes that know their place, as `reading/source.py` does for YAML.

The standard library's parser (TOML 1.0) gives the values, but says of mistakes alone where they stand. So keys
are looked for once more, by their tokens: only where they are, never what they hold.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

from deckgen.diagnostics import Diagnostics, Source, Span
from deckgen.reading.source import Mapping, Node, Scalar, Sequence, clean

DEEPEST = 20

_KEY = r"""(?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*')"""
_KEYS = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_TEXT = r'''"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*\''''
_TOKEN = re.compile(
    rf"^[ \t]*\[\[?[ \t]*(?P<table>{_KEYS})[ \t]*\]\]?"
    rf"|^[ \t]*(?P<key>{_KEYS})[ \t]*=[ \t]*"
    rf"|(?<=[{{,])[ \t]*(?P<inner>{_KEYS})[ \t]*=[ \t]*"
    rf"|{_TEXT}|#[^\n]*|[][{{}}]",
    re.MULTILINE | re.DOTALL,
)
_VALUE = re.compile(rf"{_TEXT}|[][{{}}]|[^\s#,\]}}]+", re.DOTALL)

Path = tuple[str, ...]


def parse_toml(source: Source, diagnostics: Diagnostics) -> Mapping | None:
    """Return what stands in *source*, or None where it is not TOML, which is reported with its place."""
    try:
        values = tomllib.loads(source.text)
        return Mapping(Span(source, 1, 1), dict(_pairs(values, (), _Places.of(source))))
    except RecursionError:
        diagnostics.add("too-large", "nested too deeply", Span(source, 1, 1))
    except ValueError as error:  # also of a number with too many digits
        said, span = _explained(str(error), source)
        diagnostics.add("invalid-toml", said, span)
    return None


def _explained(said: str, source: Source) -> tuple[str, Span]:
    """Return what the parser *said* without the place in it, and the place."""
    found = re.fullmatch(
        r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", said, re.DOTALL
    )
    if found is None:
        return f"cannot parse: {said}", Span(source, 1, 1)
    message = found[1][:1].lower() + found[1][1:]
    if found[2] is None:
        return f"{message} at the end of the file", source.place(len(source.text.rstrip()))
    if message == "invalid value":
        message += "; a text needs quotes"
    return message, Span(source, int(found[2]), int(found[3]))


class _Place(NamedTuple):
    """Where a key and the first token of its value stand."""

    key: Span
    value: Span


class _Places(NamedTuple):
    """The places of a file's keys by their paths, such as `("team", "lead")`."""

    found: dict[Path, _Place]
    start: _Place

    @classmethod
    def of(cls, source: Source) -> _Places:
        """Return the places of all keys of *source*, which is TOML."""
        lines = [0, *(match.end() for match in re.finditer("\n", source.text))]
        found: dict[Path, _Place] = {}
        for path, start, length, value in _keys(source.text):
            first = _VALUE.match(source.text, value)
            end = first.end() if first else value + 1
            is_table = value == start
            written = _span(source, lines, start, length)
            place = _Place(
                written, written if is_table else _span(source, lines, value, end - value)
            )
            found.setdefault(path, place)
        begin = Span(source, 1, 1)
        return cls(found, _Place(begin, begin))

    def at(self, path: Path) -> _Place:
        """Return the place of *path*, or of what it stands in."""
        for length in range(len(path), 0, -1):
            if place := self.found.get(path[:length]):
                return place
        return self.start


def _span(source: Source, lines: list[int], index: int, length: int) -> Span:
    line = bisect_right(lines, index)
    within = source.text[index : index + length].partition("\n")[0]
    return Span(source, line, index - lines[line - 1] + 1, max(1, len(within)))


def _keys(text: str) -> Iterator[tuple[Path, int, int, int]]:
    """Yield path, start and length of each key, and where its value starts; a table's is the key itself."""
    table: Path = ()
    entry: Path = ()
    depth = 0
    for token in _TOKEN.finditer(text):
        name = token.lastgroup
        if name == "table" and not depth:
            table = _path(token[name])
            yield table, token.start(name), len(token[name]), token.start(name)
        elif name == "key" and not depth:
            entry = (*table, *_path(token[name]))
            yield entry, token.start(name), len(token[name]), token.end()
        elif name == "inner" and depth == 1:
            path = (*entry, *_path(token[name]))
            yield path, token.start(name), len(token[name]), token.end()
        elif name == "table" or token[0] in "[]{}":
            depth += sum((c in "[{") - (c in "]}") for c in token[0])


def _path(keys: str) -> Path:
    return tuple(part.strip("\"'") for part in re.findall(_KEY, keys))


def _pairs(
    values: dict[str, Any], path: Path, places: _Places
) -> Iterator[tuple[str, tuple[Span, Node]]]:
    for name, value in values.items():
        below = (*path, name)
        yield name, (places.at(below).key, _node(value, below, places))


def _node(value: Any, path: Path, places: _Places) -> Node:
    """Return *value* as the node that YAML would give for it."""
    if len(path) > DEEPEST:
        raise RecursionError
    span = places.at(path).value
    if isinstance(value, dict):
        return Mapping(span, dict(_pairs(value, path, places)))
    if isinstance(value, list):
        return Sequence(span, tuple(_node(item, (*path, ""), places) for item in value))
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return Scalar(span, clean(text), is_null=False)
