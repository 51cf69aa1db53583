"""Turns inline Markdown into runs: bold, italic, code and links, and nothing else.

CommonMark's rules through markdown-it-py, imported only for a text that holds a mark; raw HTML is
text, and a link that leads elsewhere than `SCHEMES` becomes plain text (`unsafe_links` tells).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from deckgen.boxes import Run, plain
from deckgen.languages import Phrase, Words
from deckgen.reading.fields import Text
from deckgen.reading.source import clean

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SCHEMES = frozenset({"http", "https", "mailto"})
# What may begin markup; an underscore inside a word and a lone `&` do not (CommonMark 6.2, 6.4).
_MARKS = re.compile(r"[*`\[<\\]|(?<!\w)_|_(?!\w)|&#?\w+;")
_LEFT_OVER = re.compile(r"[*_`\[\]<&\\]")
_LINKS = re.compile(r"[\[<]")
_SPACES = str.maketrans("\t\n\r", "   ")


def parse_inline(text: str, *, in_page: bool = False) -> tuple[Run, ...]:
    """Return the runs of *text*; neighbouring runs differ.

    *in_page*, links to a heading of the same page (`#agenda`) are links, too.
    """
    if not _MARKS.search(text):
        return (Run(text),)
    return tuple(_merged(_runs(_tokens(text), in_page=in_page)))


def unmarked(text: str) -> Text:
    """Return *text* without its marks, for places that show none; an author's keeps its place."""
    return Text(plain(parse_inline(text)), getattr(text, "span", None))


def composed(words: Words, phrase: Phrase) -> Text:
    """Return what *phrase* says; its values are inline texts, and the first has its place.

    Where marks are left over in one that could reach into the next, all stand without theirs.
    """
    given = {name: str(text or "") for name, text in phrase.values}
    form = words.open(phrase.key, given)
    if any(_LEFT_OVER.search(unmarked(text)) for text in given.values()):
        given = {name: _escaped(text) for name, text in given.items()}
    first = next((text for _, text in phrase.values if isinstance(text, Text)), None)
    return Text(form.format_map(given), first.span if first is not None else None)


def _escaped(text: str) -> str:
    """Return inline Markdown that shows the characters of *text* without its marks."""
    return re.sub(r"[!-/:-@\[-`{-~]", r"\\\g<0>", unmarked(text))


def unsafe_links(text: str) -> tuple[str, ...]:
    """Return the targets in *text* that are not http, https or mailto."""
    if not _LINKS.search(text):
        return ()
    hrefs = (str(token.attrs["href"]) for token in _tokens(text) if token.type == "link_open")
    return tuple(href for href in hrefs if not is_safe_link(href))


def is_safe_link(target: str) -> bool:
    """Return whether *target* is an absolute http, https or mailto address."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    if re.search(r"[\s<>]", target):
        return False
    if parts.scheme.lower() == "mailto":
        return bool(parts.path)
    return parts.scheme.lower() in SCHEMES and bool(parts.netloc)


def _tokens(text: str) -> list[Token]:
    return _parser().parseInline(text)[0].children or []


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 (30 ms, for marked texts only)

    parser = MarkdownIt("zero").enable(
        ["emphasis", "backticks", "link", "escape", "entity", "autolink"]
    )
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    return parser


def _runs(tokens: list[Token], *, in_page: bool) -> Iterator[Run]:
    bold = italic = 0
    links: list[str | None] = []
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "link_open":
                href = str(token.attrs["href"])
                is_in_page = in_page and href.startswith("#")
                links.append(href if is_in_page or is_safe_link(href) else None)
            case "link_close":
                links.pop()
            case _:
                link = links[-1] if links else None
                text = " " if token.type in ("softbreak", "hardbreak") else _clean(token.content)
                yield Run(text, bold > 0, italic > 0, token.type == "code_inline", link)


def _clean(text: str) -> str:
    """Return *text* on one line, without what an entity such as `&#12;` smuggled in."""
    return clean(text).translate(_SPACES)


def _merged(runs: Iterator[Run]) -> Iterator[Run]:
    held: Run | None = None
    for run in runs:
        if not run.text:
            continue
        if held and _look(held) == _look(run):
            held = Run(held.text + run.text, *_look(held))
        else:
            if held:
                yield held
            held = run
    if held:
        yield held


def _look(run: Run) -> tuple[bool, bool, bool, str | None]:
    return run.bold, run.italic, run.code, run.link
