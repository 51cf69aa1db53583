"""Makes one HTML page of one document: everything in it, nothing fetched, no script.

A page is a header (title and what it says of the session), a navigation of its headings, and the
text in sections. It says only what the document says; its style comes from `style.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import NamedTuple

from deckgen.document.nodes import Document, Node, ShownSection, SlidePictures, in_parts
from deckgen.render.formats.elements import html, inline, told
from deckgen.render.formats.look import PageLook, SessionPiece
from deckgen.render.formats.style import style

_NOT_IN_ANCHOR = re.compile(r"[^\w\- ]")


class Picture(NamedTuple):
    """A slide as a picture: its number, its title for those who do not see it, a data URI."""

    number: int
    title: str
    uri: str
    width: int
    height: int


Pictures = Mapping[str, Sequence[Picture]]  # by the number of a block, such as B4


def page(document: Document, look: PageLook, pictures: Pictures | None = None) -> str:
    """Return *document* as an HTML page; *pictures* stand where it has a place for them."""
    before, parts = in_parts(document)
    title = told(document.title)
    anchors = list(_anchors([title, *(told(part.section.heading) for part in parts)]))
    lines = [
        "<!doctype html>",
        f'<html lang="{escape(look.language)}" dir="{look.direction}">',
        "<head>",
        '<meta charset="utf-8">',
        f"<title>{escape(title or document.kind)}</title>",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>\n{style(look)}</style>",
        "</head>",
        f'<body class="{escape(document.kind)}">',
        *_header(title, anchors[0], html(document.intro), look.bar),
        *_navigation(anchors[0] if title else "", parts, anchors[1:]),
        "<main>",
        html(before),
        *_sections(parts, anchors[1:], pictures or {}),
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(line for line in lines if line) + "\n"


def anchor(heading: str) -> str:
    """Return the anchor of a heading as GitHub and pandoc's `gfm` make it."""
    return _NOT_IN_ANCHOR.sub("", heading.strip().lower()).replace(" ", "-")


def _anchors(headings: Iterable[str]) -> Iterator[str]:
    """Yield an anchor of its own for each heading."""
    used: set[str] = set()
    for heading in headings:
        name = base = anchor(heading) or "section"
        k = 0
        while name in used:
            k += 1
            name = f"{base}-{k}"
        used.add(name)
        yield name


def _header(title: str, anchor: str, intro: str, bar: Sequence[SessionPiece]) -> Iterator[str]:
    yield "<header>"
    if title:
        yield f'<h1 id="{escape(anchor)}">{escape(title)}</h1>'
    yield intro
    yield _bar(bar)
    yield "</header>"


def _bar(bar: Sequence[SessionPiece]) -> str:
    """Return the session as a bar of minutes; its clock times stand in the text."""
    segments = "".join(
        f'<i{" class=open" if segment.is_open else ""} style="flex-grow:{segment.minutes}"></i>'
        for segment in bar
        if segment.minutes
    )
    return f'<div class="bar" aria-hidden="true">{segments}</div>' if segments else ""


def _navigation(
    titled: str, parts: Sequence[ShownSection], anchors: Sequence[str]
) -> Iterator[str]:
    """Yield the list of headings, named by the title: that needs no word in any language."""
    if len(parts) < 2:
        return
    named = f' aria-labelledby="{escape(titled)}"' if titled else ""
    yield f"<nav{named}>"
    yield "<ul>"
    for part, name in zip(parts, anchors, strict=True):
        section = part.section
        if section.level > 3:
            continue
        ref = section.ref
        number = f"<b>{escape(ref)}</b> " if ref else ""
        text = escape(told(section.heading).removeprefix(ref).strip())
        yield (
            f'<li class="level-{section.level}{" block" if ref else ""}">'
            f'<a href="#{escape(name)}">{number}<span>{text}</span></a></li>'
        )
    yield "</ul>"
    yield "</nav>"


def _sections(
    parts: Sequence[ShownSection], anchors: Sequence[str], pictures: Pictures
) -> Iterator[str]:
    for part, name in zip(parts, anchors, strict=True):
        level = part.section.level
        yield f'<section class="{" ".join(_kinds(part))}">'
        yield f'<h{level} id="{escape(name)}">{inline(part.section.heading)}</h{level}>'
        yield from _illustrated(part.nodes, pictures)
        yield "</section>"


def _kinds(part: ShownSection) -> Iterator[str]:
    """Yield the classes of a section: its level, whether it is a block, and begins a page."""
    yield f"level-{part.section.level}"
    if part.section.ref:
        yield "block"
    if part.begins_page:
        yield "page"


def _illustrated(nodes: Iterable[Node], pictures: Pictures) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, SlidePictures):
            yield _figures(pictures.get(node.ref, ()))
        else:
            yield html((node,))


def _figures(pictures: Sequence[Picture]) -> str:
    figures = "".join(
        f'<figure><img src="{picture.uri}" alt="{escape(picture.title)}" width="{picture.width}" '
        f'height="{picture.height}"><figcaption>{picture.number}</figcaption></figure>'
        for picture in pictures
    )
    return f'<div class="slides">{figures}</div>' if figures else ""
