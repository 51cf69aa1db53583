"""Texts in blocks: which lines are kept, where each place of them stands in the file."""

from __future__ import annotations

import json
from textwrap import indent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.diagnostics import Diagnostics, Source
from deckgen.reading.fields import Prose, Text
from deckgen.reading.reader import Reader
from deckgen.reading.source import Mapping, parse

WORDS = st.lists(st.text("abcß漢'\"\\", min_size=1, max_size=5), min_size=1, max_size=4)


def read(written: str, kind: type = Prose) -> tuple[Prose, list[str]]:
    """Return the text of a field as it is *written*, and the ids of what was found."""
    found = Diagnostics()
    root = parse(Source("o.yaml", f"a: 1\nb:\n  text: {written}\n"), found)
    assert isinstance(root, Mapping)
    inner = root.get("b")
    assert isinstance(inner, Mapping)
    node = inner.get("text")
    assert node is not None
    return Reader(found).read(node, kind, "text"), [finding.id for finding in found]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("one two", "one two"),
        ("one\n    two", "one two"),
        ("|\n    one\n    two\n", "one two"),
        (">-\n    one\n    two\n", "one two"),
        ('"one\\ntwo"', "one two"),
        ("|\n    - one\n      - two\n", "- one\n  - two"),
        ("|\n    one\n\n    two\n", "one\n\ntwo"),
        (">\n    one\n    more\n\n    two\n", "one more\n\ntwo"),
        ("one\n    more\n\n    two", "one more\n\ntwo"),
        ("'one\n    more\n\n    two'", "one more\n\ntwo"),
        ('"one\n    more\n\n    two"', "one more\n\ntwo"),
        ('"- one\\n- two"', "- one\n- two"),
        (">\n    one\n\n      code\n\n    two\n", "one\n\n  code\n\ntwo"),
        ("|\n    one  \n    two\n", "one  \ntwo"),
        ("|\n    a | b\n    --|--\n    c | d\n", "a | b\n--|--\nc | d"),
        ("|2\n      code\n\n    two\n", "  code\n\ntwo"),
    ],
)
def test_lines_stay_where_they_matter(written: str, text: str) -> None:
    read_text, found = read(written)
    assert (str(read_text), found) == (text, [])
    assert read_text.has_blocks is ("\n" in text)


def folded(words: list[str]) -> str:
    """Return a text of a paragraph for each word but the last two, which stand in one."""
    return "\n\n".join([*words[:-1], f"{words[-1]} last"])


@pytest.mark.parametrize("style", ["|", "|-", ">", ">+", "'", '"', '"escaped'])
@given(words=WORDS)
def test_every_place_stands_where_it_was_written(style: str, words: list[str]) -> None:
    text = folded([f"x{word}" for word in words])
    if style[0] in "|>":
        written = f"{style}\n{indent(text, '    ')}\n"
    elif style == "'":
        quoted = text.replace("'", "''")
        written = f"'{quoted}'".replace("\n\n", "\n\n    ")
    elif style == '"':
        quoted = text.replace("\\", "\\\\").replace('"', '\\"')
        written = f'"{quoted}"'.replace("\n\n", "\n\n    ")
    else:
        written = json.dumps(text)
    held, _ = read(written)
    assert str(held).split() == text.split()
    for offset, char in enumerate(held):
        span = held.place(offset)
        assert span is not None
        if not char.isspace():
            stands = span.source.line(span.line)[span.column - 1 :]
            assert stands.startswith((char, "\\"))


def test_a_line_of_a_block_has_its_place() -> None:
    held, _ = read("|\n    one\n\n    - two\n      three\n")
    assert [str(held.line_place(k)) for k in (0, 2, 3)] == [
        "o.yaml:4:5",
        "o.yaml:6:5",
        "o.yaml:7:7",
    ]


@pytest.mark.parametrize(
    "written",
    [
        "|\n    - one\n    - two\n",
        "|\n    one\n\n    two\n",
        "|\n    ```\n    one\n    ```\n",
        "|\n    a | b\n    --|--\n",
        "|\n    one\n    > two\n",
        "|\n    1. one\n    2. two\n",
        "one\n\n    two",
    ],
)
def test_a_field_of_one_line_says_so(written: str) -> None:
    text, found = read(written, Text)
    assert found == ["one-line-text"]
    assert "\n" not in text
    assert read(written)[1] == []


@pytest.mark.parametrize("written", ["|\n    one\n    two\n", "3. Oktober", "'# one'"])
def test_a_line_that_looks_like_a_mark_is_none(written: str) -> None:
    assert read(written, Text)[1] == []
