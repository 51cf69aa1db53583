"""Makes one HTML page of one Markdown document: everything in it, nothing fetched, no script.

A page is a header (title and what it says of the session), a navigation of its headings, and the
text in sections. It says only what the document says; its style comes from `style.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from deckgen.render.formats.look import Look, Segment
from deckgen.render.formats.style import style
from deckgen.render.formats.tokens import block_ref, parser, read, shown

if TYPE_CHECKING:
    from markdown_it.token import Token


class Picture(NamedTuple):
    """A slide as a picture: its number, its title for those who do not see it, a data URI."""

    number: int
    title: str
    uri: str
    width: int
    height: int


class Heading(NamedTuple):
    """A heading of the text: its level, its words, its anchor."""

    level: int
    text: str
    anchor: str


class Part(NamedTuple):
    """A heading and what follows it up to the next; the first part of a page has no heading."""

    heading: Heading | None
    tokens: tuple[Token, ...]


Pictures = Mapping[str, Sequence[Picture]]  # by the number of a block, such as B4


def page(text: str, kind: str, look: Look, pictures: Pictures | None = None) -> str:
    """Return the document *text* as an HTML page; *kind* is its name, such as `run-sheet`.

    *pictures* stand under the headings of their blocks.
    """
    first, *parts = _parts(read(text))
    title, intro, rest = _opening(first)
    lines = [
        "<!doctype html>",
        f'<html lang="{escape(look.language)}" dir="{look.direction}">',
        "<head>",
        '<meta charset="utf-8">',
        f"<title>{escape(title.text or kind)}</title>",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>\n{style(look)}</style>",
        "</head>",
        f'<body class="{escape(kind)}">',
        *_header(title, intro, look.bar),
        *_navigation(title, [part.heading for part in parts if part.heading]),
        "<main>",
        _html(rest),
        *_sections(parts, pictures or {}),
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(line for line in lines if line) + "\n"


def _parts(tokens: Sequence[Token]) -> list[Part]:
    """Return *tokens* cut before each heading; the title and what follows it come first."""
    starts = [k for k, token in enumerate(tokens) if _is_heading(token) and token.tag != "h1"]
    bounds = [0, *starts, len(tokens)]
    cuts = [tokens[one:other] for one, other in pairwise(bounds)]
    parts = [Part(None, tuple(cuts[0]))]
    return parts + [Part(_heading(cut), tuple(cut)) for cut in cuts[1:]]


def _is_heading(token: Token) -> bool:
    return token.type == "heading_open" and token.level == 0


def _heading(tokens: Sequence[Token]) -> Heading:
    opening, inline = tokens[:2]
    return Heading(int(opening.tag[1:]), shown(inline), str(opening.attrs["id"]))


def _opening(part: Part) -> tuple[Heading, tuple[Token, ...], tuple[Token, ...]]:
    """Return the title, the paragraphs under it, and the rest of the first part."""
    tokens = part.tokens
    start = next((k for k, token in enumerate(tokens) if _is_heading(token)), None)
    if start is None:
        return Heading(1, "", ""), (), tokens
    title = _heading(tokens[start:])
    place = begin = start + 3
    while place < len(tokens) and tokens[place].type == "paragraph_open":
        place += 3
    return title, tokens[begin:place], (*tokens[:start], *tokens[place:])


def _header(title: Heading, intro: Sequence[Token], bar: Sequence[Segment]) -> Iterator[str]:
    yield "<header>"
    if title.text:
        yield f'<h1 id="{escape(title.anchor)}">{escape(title.text)}</h1>'
    yield _html(intro)
    yield _bar(bar)
    yield "</header>"


def _bar(bar: Sequence[Segment]) -> str:
    """Return the session as a bar of minutes; its clock times stand in the text."""
    segments = "".join(
        f'<i{" class=open" if segment.is_open else ""} style="flex-grow:{segment.minutes}"></i>'
        for segment in bar
        if segment.minutes
    )
    return f'<div class="bar" aria-hidden="true">{segments}</div>' if segments else ""


def _navigation(title: Heading, headings: Sequence[Heading]) -> Iterator[str]:
    """Yield the list of headings, named by the title: that needs no word in any language."""
    if len(headings) < 2:
        return
    named = f' aria-labelledby="{escape(title.anchor)}"' if title.anchor else ""
    yield f"<nav{named}>"
    yield "<ul>"
    for heading in headings:
        if heading.level > 3:
            continue
        ref = block_ref(heading.text)
        name = heading.text.removeprefix(ref or "").strip() if ref else heading.text
        number = f"<b>{escape(ref)}</b> " if ref else ""
        shown_name = f"<span>{escape(name)}</span>"
        yield (
            f'<li class="level-{heading.level}{" block" if ref else ""}">'
            f'<a href="#{escape(heading.anchor)}">{number}{shown_name}</a></li>'
        )
    yield "</ul>"
    yield "</nav>"


def _sections(parts: Sequence[Part], pictures: Pictures) -> Iterator[str]:
    for part, following in zip_longest(parts, parts[1:]):
        assert part.heading is not None
        ref = block_ref(part.heading.text)
        kind = " ".join(_kinds(part, following, ref))
        yield f'<section class="{kind}">'
        place = _after_first_paragraph(part.tokens)
        yield _html(part.tokens[:place])
        yield _figures(pictures.get(ref or "", ()))
        yield _html(part.tokens[place:])
        yield "</section>"


def _kinds(part: Part, following: Part | None, ref: str | None) -> Iterator[str]:
    """Yield the classes of a section: its level, and whether it is a block or holds others."""
    assert part.heading is not None
    yield f"level-{part.heading.level}"
    if ref:
        yield "block"
    if following and following.heading and following.heading.level > part.heading.level:
        yield "chapter"
        if len(part.tokens) == 3:
            yield "bare"


def _after_first_paragraph(tokens: Sequence[Token]) -> int:
    is_followed = len(tokens) > 3 and tokens[3].type == "paragraph_open"
    return 6 if is_followed else 3


def _figures(pictures: Sequence[Picture]) -> str:
    figures = "".join(
        f'<figure><img src="{picture.uri}" alt="{escape(picture.title)}" width="{picture.width}" '
        f'height="{picture.height}"><figcaption>{picture.number}</figcaption></figure>'
        for picture in pictures
    )
    return f'<div class="slides">{figures}</div>' if figures else ""


def _html(tokens: Sequence[Token]) -> str:
    html: str = parser().renderer.render(list(tokens), parser().options, {})
    return html.rstrip("\n")
