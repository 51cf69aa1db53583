"""Reads a Markdown document that a template of the author's own wrote into the nodes of a document.

The one place where Markdown becomes structure: CommonMark with the tables and boxes to tick of GFM.
A cell that holds a no-break space (`&nbsp;`) is there to be written in, the dashes under a table's
head are the widths of its columns, a list item that begins with a bold word is a cue. A heading
that is one of the plan's own, such as `B4 Two colleagues`, is about that block. Raw HTML is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from deckgen.document.nodes import (
    Align,
    Bullet,
    Bullets,
    CheckList,
    CodeLines,
    Column,
    Document,
    LabelledText,
    LabelledTexts,
    Node,
    Nodes,
    Paragraph,
    Quote,
    Rule,
    Section,
    SlidePictures,
    Table,
)
from deckgen.document.texts import BLANK, Markdown
from deckgen.reading.source import clean

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

ILLUSTRATED = "facilitator-notes"  # the document whose blocks have places for slides
BLANKS = frozenset({BLANK, "&#160;", "&#xa0;", "\u00a0"})

_BOX = re.compile(r"\[([ xX])\]\s+")
_CUE = re.compile(r"(\*\*|__)(?=\S)((?:\\.|[^\\])+?)(?<=\S)\1\s*", re.DOTALL)


def read(text: str, kind: str, refs: Mapping[str, str]) -> Document:
    """Return the Markdown document *text* as nodes.

    *kind* is its name, such as `run-sheet`; *refs* are the numbers of blocks by their headings.
    """
    from markdown_it.tree import SyntaxTreeNode  # noqa: PLC0415 (30 ms)

    text = clean(text)  # a template may hold characters that no document may
    lines = text.split("\n")
    found = SyntaxTreeNode(_parser().parse(text)).children
    place = next((k for k, node in enumerate(found) if node.tag == "h1"), None)
    if place is None:
        title, before, rest = Markdown(""), [], found
    else:
        title, before, rest = _leaf(found[place]), found[:place], found[place + 1 :]
    count = next((k for k, node in enumerate(rest) if node.type != "paragraph"), len(rest))
    intro = rest[:count] if place is not None else []
    body = [*before, *rest[len(intro) :]]
    nodes = Nodes(_sections(body, lines, kind, refs))
    return Document(kind, title, Nodes(_nodes(intro, lines)), {"text": nodes})


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415

    return MarkdownIt("commonmark", {"html": False}).enable(["table"])


def _leaf(node: SyntaxTreeNode) -> Markdown:
    """Return the source of a node that holds a text."""
    inline = next((child for child in node.children if child.type == "inline"), None)
    return Markdown(inline.content.strip() if inline else "")


def _sections(
    found: Sequence[SyntaxTreeNode], lines: Sequence[str], kind: str, refs: Mapping[str, str]
) -> Iterator[Node]:
    """Yield what stands before the first heading, then each highest heading with all under it."""
    starts = [k for k, node in enumerate(found) if node.type == "heading"]
    yield from _nodes(found[: starts[0]] if starts else found, lines)
    while starts:
        start, level = starts[0], int(found[starts[0]].tag[1:])
        end = next((k for k in starts[1:] if int(found[k].tag[1:]) <= level), len(found))
        yield _section(found[start], tuple(_sections(found[start + 1 : end], lines, kind, refs)), kind, refs)  # fmt: skip
        starts = [k for k in starts if k >= end]


def _section(
    heading: SyntaxTreeNode, nodes: tuple[Node, ...], kind: str, refs: Mapping[str, str]
) -> Section:
    """Return a section; one of a block begins a page, and so does a chapter with others in it."""
    title, level = _leaf(heading), int(heading.tag[1:])
    ref = refs.get(title, "")
    is_illustrated = kind == ILLUSTRATED
    is_chapter = level == 2 and (is_illustrated or any(isinstance(n, Section) for n in nodes))
    if ref and is_illustrated:
        count = 1 if nodes and isinstance(nodes[0], Paragraph) else 0
        nodes = (*nodes[:count], SlidePictures(ref), *nodes[count:])
    return Section(title, level, nodes, ref, begins_page=bool(ref) or is_chapter)


def _nodes(found: Sequence[SyntaxTreeNode], lines: Sequence[str]) -> Iterator[Node]:
    for node in found:
        match node.type:
            case "bullet_list" | "ordered_list":
                yield from _list(node, lines)
            case "table":
                yield _table(node, lines)
            case "blockquote":
                for held in _nodes(node.children, lines):
                    yield Quote(held.text) if isinstance(held, Paragraph) else held
            case _:
                yield from _plain(node)


def _plain(node: SyntaxTreeNode) -> Iterator[Node]:
    """Yield a node that holds no others."""
    match node.type:
        case "paragraph":
            yield Paragraph(_leaf(node))
        case "heading":  # in a list or a quotation
            yield Paragraph(Markdown(f"**{_leaf(node)}**"))
        case "fence" | "code_block":
            yield CodeLines(node.content.rstrip("\n"), node.info.split(" ")[0])
        case "hr":
            yield Rule()


# lists -----------------------------------------------------------------------------------------


def _list(found: SyntaxTreeNode, lines: Sequence[str]) -> Iterator[Node]:
    """Yield a list, cut where boxes to tick, cues and points follow each other; then what is in it."""
    if found.type == "ordered_list":
        yield Bullets(tuple(map(_bullet, found.children)), is_numbered=True)
    else:
        for form, group in groupby(found.children, key=_form):
            yield FORMS[form](list(group))
    for item in _items(found):
        held = [node for node in item.children if node.type not in IN_ITEMS]
        yield from _nodes(held, lines)


def _items(found: SyntaxTreeNode) -> Iterator[SyntaxTreeNode]:
    for node in found.walk():
        if node.type == "list_item":
            yield node


IN_ITEMS = frozenset({"paragraph", "bullet_list", "ordered_list"})


def _form(item: SyntaxTreeNode) -> str:
    """Return what an item of a list is: `task`, `cue` or `point`."""
    types = [node.type for node in item.children]
    text = _said(item)
    if types == ["paragraph"] and _BOX.match(text):
        return "task"
    cue = _CUE.match(text)
    is_simple = types in (
        ["paragraph"],
        ["paragraph", "bullet_list"],
        ["paragraph", "ordered_list"],
    )
    if cue is None or not is_simple:
        return "point"
    if len(types) == 1:
        return "cue"
    is_flat = all(len(under.children) == 1 for under in item.children[1].children)
    return "cue" if is_flat and not text[cue.end() :] else "point"


def _said(item: SyntaxTreeNode) -> Markdown:
    texts = (_leaf(node) for node in item.children if node.type == "paragraph")
    return Markdown(" ".join(texts))


def _points(items: Sequence[SyntaxTreeNode]) -> Node:
    return Bullets(tuple(map(_bullet, items)))


def _bullet(item: SyntaxTreeNode) -> Bullet:
    lists = [node for node in item.children if node.type in ("bullet_list", "ordered_list")]
    under = tuple(_bullet(child) for found in lists for child in found.children)
    is_numbered = bool(lists) and all(found.type == "ordered_list" for found in lists)
    return Bullet(_said(item), under, is_numbered)


def _tasks(items: Sequence[SyntaxTreeNode]) -> Node:
    boxes = [_BOX.match(_said(item)) for item in items]
    done = frozenset(k for k, box in enumerate(boxes) if box and box[1] != " ")
    return CheckList(tuple(Markdown(_BOX.sub("", _said(item), count=1)) for item in items), done)


def _cues(items: Sequence[SyntaxTreeNode]) -> Node:
    return LabelledTexts(map(_cue, items))


def _cue(item: SyntaxTreeNode) -> LabelledText:
    text = _said(item)
    found = _CUE.match(text)
    assert found is not None
    lead, beside = Markdown(found[2]), Markdown(text[found.end() :])
    if len(item.children) == 1:
        return LabelledText(lead, lead, (beside,))
    under = item.children[1]
    return LabelledText(lead, lead, tuple(map(_said, under.children)), under.type == "ordered_list")


FORMS = {"task": _tasks, "cue": _cues, "point": _points}


# tables ----------------------------------------------------------------------------------------


def _table(found: SyntaxTreeNode, lines: Sequence[str]) -> Table:
    head, *rows = [
        [_cell(cell) for cell in row.children] for part in found.children for row in part.children
    ]
    assert found.map is not None
    rule = lines[found.map[0] + 1].strip().strip("|").split("|")
    weights = [len(dashes.strip()) for dashes in rule]
    aligned = [_align(cell) for cell in found.children[0].children[0].children]
    columns = tuple(map(Column, weights, aligned))
    return Table(columns, tuple(head), tuple(map(tuple, rows)))


def _cell(cell: SyntaxTreeNode) -> Markdown:
    text = _leaf(cell)
    return (
        BLANK if text in BLANKS else Markdown(text.replace("|", "\\|"))
    )  # escaped, it stood there


def _align(cell: SyntaxTreeNode) -> Align:
    style = str(cell.attrs.get("style", ""))
    return "right" if style.endswith("right") else "centre" if style.endswith("center") else "left"
