"""Whatever an author types into any field stands in the documents as typed, and breaks nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from deckgen.boxes import plain
from deckgen.diagnostics import Diagnostics
from deckgen.inline import parse_inline
from deckgen.outline.load import load
from deckgen.plan.make import make_plan
from deckgen.reading.fields import HANDOUT
from deckgen.render.documents.options import DocumentOptions
from deckgen.render.documents.schedule import Slides
from deckgen.render.documents.write import write_documents
from planting import planted

HANDOUT_ONLY = frozenset({HANDOUT})
FORMS = [
    "| {word} | b || c |",
    "*{word} _and_ **more",
    "{word} `tick | tock` `` ` ``",
    "<script>alert({word})</script> <b>x</b> <!-- {word} -->",
    "{{ {word} }} {% if x %} {# no #}",
    "# {word} heading #",
    "1. {word}",
    "- {word}",
    "> {word}",
    "+ {word}",
    "=== {word}",
    "--- {word} ---",
    "~~~ {word}",
    "[ ] {word}",
    "[{word}]: https://example.org",
    "![{word}](https://example.org/x.png) [y] (z)",
    "{word}: https://example.org/a_b_c|d *x*",
    "    {word} indented",
    "&lt;{word}&gt; &copy; &#35;",
    "$x_{word} @{word} ^up^ ~down~ {#id} :smile:",
    "{word}\\| \\* \\",
]


def documents(
    tmp_path: Path, form: str, blocks: str = ""
) -> tuple[dict[str, str], list[str], set[str]]:
    """Return the documents of an outline with *form* in every field, and the words in it.

    The last are the words of texts that may be block Markdown; *blocks* is the form of these.
    """
    tmp_path.mkdir()
    path, planter = planted(tmp_path, HANDOUT_ONLY, form, blocks)
    diagnostics = Diagnostics()
    outline = load(path, diagnostics)
    assert outline is not None, [found.message for found in diagnostics]
    plan = make_plan(outline, "planted", diagnostics)
    assert plan is not None
    options = DocumentOptions(with_answers=True)
    made = write_documents(plan, Slides(), options)
    # Each block names a guest of its own, so these have a sheet each, under names that differ.
    made = {
        name: text for name, text in made.items() if not re.match("role-(open|hush|.*hush)", name)
    }
    places = planter.open | planter.secrets
    words = [word for word, place in places.items() if "(" not in place and "alt." not in place]
    return made, words, planter.prose


def tokens(text: str) -> list[Token]:
    return MarkdownIt("commonmark").enable(["table", "strikethrough", "linkify"]).parse(text)


def flat(found: list[Token]) -> Iterator[Token]:
    for token in found:
        yield token
        yield from flat(token.children or [])


def read(text: str) -> str:
    """Return the characters that a reader sees, without spaces."""
    seen = "".join(
        token.content if token.type in ("text", "code_inline", "text_special") else ""
        for token in flat(tokens(text))
    )
    return "".join(seen.split())


@pytest.mark.parametrize("form", FORMS)
def test_every_field_of_every_kind_stands_as_typed(tmp_path: Path, form: str) -> None:
    usual, *_ = documents(tmp_path / "usual", "{word} plain")
    hostile, words, prose = documents(tmp_path / "hostile", form)
    assert set(usual) == set(hostile)
    found = 0
    for name, text in hostile.items():
        seen = read(text)
        for word in words:
            if word in usual[name] and f"{word} " in f"{usual[name]} ":
                meant = "".join(
                    plain(parse_inline(" ".join(form.replace("{word}", word).split()))).split()
                )
                as_blocks = read(form.replace("{word}", word))
                is_seen = meant in seen or (word in prose and as_blocks in seen)
                assert is_seen or "run-sheet" in name, (name, word)
                found += is_seen
    assert found > 250


@pytest.mark.parametrize("form", FORMS)
def test_no_table_list_or_heading_breaks(tmp_path: Path, form: str) -> None:
    """What an author means as a list is one: where block Markdown may be, it is there in both."""
    blocks = "{word} plain\n\nplain\n- plain" if "\n" in form else ""
    usual, *_ = documents(tmp_path / "usual", "{word} plain", blocks)
    hostile, *_ = documents(tmp_path / "hostile", form)
    for name, text in hostile.items():
        made = Counter(token.type for token in tokens(text))
        assert made == Counter(token.type for token in tokens(usual[name])), name
        for kind in ("html_block", "html_inline", "image"):
            assert kind not in {token.type for token in flat(tokens(text))}


def test_what_links_to_a_heading_finds_it(tmp_path: Path) -> None:
    made, *_ = documents(tmp_path / "usual", "{word} plain")
    for text in made.values():
        headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
        slugs = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
        assert set(re.findall(r"\]\(#([^)]*)\)", text)) <= slugs
