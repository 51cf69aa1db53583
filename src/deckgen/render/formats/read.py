"""Reads a Markdown document that a template of the author's own wrote into the nodes of a document.

A heading that is one of the plan's own, such as `B4 Two colleagues`, is about that block.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from deckgen.document.nodes import Document, Node, Nodes, Paragraph, Section, SlidePictures
from deckgen.document.prose import Blocks
from deckgen.document.texts import Markdown
from deckgen.inline import block_parser
from deckgen.reading.source import clean

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

ILLUSTRATED = "facilitator-notes"  # the document whose blocks have places for slides


def read(text: str, kind: str, refs: Mapping[str, str]) -> Document:
    """Return the Markdown document *text* as nodes.

    *kind* is its name, such as `run-sheet`; *refs* are the numbers of blocks by their headings.
    """
    from markdown_it.tree import SyntaxTreeNode  # noqa: PLC0415 (30 ms)

    text = clean(text)  # a template may hold characters that no document may
    blocks = Blocks(text.split("\n"), lambda source, _: Markdown(source), is_document=True)
    found = SyntaxTreeNode(block_parser().parse(text)).children
    place = next((k for k, node in enumerate(found) if node.tag == "h1"), None)
    if place is None:
        title, before, rest = Markdown(""), [], found
    else:
        title, before, rest = blocks.text(found[place]), found[:place], found[place + 1 :]
    count = next((k for k, node in enumerate(rest) if node.type != "paragraph"), len(rest))
    intro = rest[:count] if place is not None else []
    body = [*before, *rest[len(intro) :]]
    nodes = Nodes(_sections(body, blocks, kind, refs))
    return Document(kind, title, Nodes(blocks.nodes(intro)), {"text": nodes})


def _sections(
    found: Sequence[SyntaxTreeNode], blocks: Blocks, kind: str, refs: Mapping[str, str]
) -> Iterator[Node]:
    """Yield what stands before the first heading, then each highest heading with all under it."""
    starts = [k for k, node in enumerate(found) if node.type == "heading"]
    yield from blocks.nodes(found[: starts[0]] if starts else found)
    while starts:
        start, level = starts[0], int(found[starts[0]].tag[1:])
        end = next((k for k in starts[1:] if int(found[k].tag[1:]) <= level), len(found))
        yield _section(found[start], tuple(_sections(found[start + 1 : end], blocks, kind, refs)), blocks, kind, refs)  # fmt: skip
        starts = [k for k in starts if k >= end]


def _section(
    heading: SyntaxTreeNode,
    nodes: tuple[Node, ...],
    blocks: Blocks,
    kind: str,
    refs: Mapping[str, str],
) -> Section:
    """Return a section; one of a block begins a page, and so does a chapter with others in it."""
    title, level = blocks.text(heading), int(heading.tag[1:])
    ref = refs.get(title, "")
    is_illustrated = kind == ILLUSTRATED
    is_chapter = level == 2 and (is_illustrated or any(isinstance(n, Section) for n in nodes))
    if ref and is_illustrated:
        count = 1 if nodes and isinstance(nodes[0], Paragraph) else 0
        nodes = (*nodes[:count], SlidePictures(ref), *nodes[count:])
    return Section(title, level, nodes, ref, begins_page=bool(ref) or is_chapter)
