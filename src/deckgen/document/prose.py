"""Turns block Markdown into the nodes of a document: the one place where Markdown becomes structure.

CommonMark with the tables and boxes to tick of GFM (`inline.block_parser`). Raw HTML is text. Whatever a
text holds stands in its nodes, in the same order: a list item keeps its paragraphs, code and tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from deckgen.document.nodes import (
    Align,
    Bullet,
    Bullets,
    CheckList,
    CodeLines,
    Column,
    LabelledText,
    LabelledTexts,
    Node,
    Nodes,
    Paragraph,
    Quote,
    Rule,
    Table,
    paragraphs,
)
from deckgen.document.tables import table
from deckgen.document.texts import BLANK, Markdown, lines, markdown
from deckgen.inline import block_parser
from deckgen.reading.fields import Prose, Text

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

BLANKS = frozenset({BLANK, "&#160;", "&#xa0;", "\u00a0"})
LISTS = ("bullet_list", "ordered_list")

_BOX = re.compile(r"\[([ xX])\]\s+")
_CUE = re.compile(r"(\*\*|__)(?=\S)((?:\\.|[^\\])+?)(?<=\S)\1\s*", re.DOTALL)

Leaf = Callable[[str, int], Markdown]  # of a source text, and the line that it begins in, from 0


def said(text: Text) -> Markdown | Nodes:
    """Return an author's text as a leaf, or as nodes where it is more than a paragraph."""
    if not (isinstance(text, Prose) and text.has_blocks):
        return markdown(text)
    nodes = prose_nodes(text)
    is_leaf = len(nodes) == 1 and isinstance(nodes[0], Paragraph)
    return nodes[0].text if is_leaf and isinstance(nodes[0], Paragraph) else nodes


def prose(*texts: Text | None) -> Nodes:
    """Return the nodes of the texts given, in order."""
    found = (said(text) for text in texts if text)
    return Nodes(
        node for one in found for node in (one if isinstance(one, Nodes) else paragraphs(one))
    )


def prose_nodes(text: str, leaf: Leaf = lambda source, _: lines(source)) -> Nodes:
    """Return the nodes of an author's block Markdown; *leaf* makes its leaves, portable by default."""
    from markdown_it.tree import SyntaxTreeNode  # noqa: PLC0415 (30 ms, for texts in blocks only)

    tree = SyntaxTreeNode(block_parser().parse(text))
    return Nodes(Blocks(text.split("\n"), leaf).nodes(tree.children))


class Blocks(NamedTuple):
    """Makes nodes of blocks whose source is `lines`.

    `is_document`: it is a document that a template wrote, not an author's text. There a cell that holds
    a no-break space (`&nbsp;`) is there to be written in, the dashes under a table's head are the widths
    of its columns, a list item that begins with a bold word is a cue.
    """

    lines: Sequence[str]
    leaf: Leaf
    is_document: bool = False

    def nodes(self, found: Sequence[SyntaxTreeNode]) -> Iterator[Node]:
        """Yield the nodes of blocks."""
        for node in found:
            match node.type:
                case "bullet_list" | "ordered_list":
                    yield from self._list(node)
                case "table":
                    yield self._table(node)
                case "blockquote":
                    yield _quote(tuple(self.nodes(node.children)))
                case _:
                    yield from self._plain(node)

    def text(self, node: SyntaxTreeNode) -> Markdown:
        """Return the leaf of a node that holds a text."""
        return self.leaf(_source(node), _line(node))

    def _plain(self, node: SyntaxTreeNode) -> Iterator[Node]:
        """Yield a node that holds no others."""
        match node.type:
            case "paragraph" | "equation_block":
                yield from paragraphs(self.text(node))
            case "heading":  # in a list, a quotation or an author's text
                source = f"**{_source(node)}**" if _source(node) else ""
                yield Paragraph(self.leaf(source, _line(node)))
            case "fence" | "code_block":
                first = _line(node) + (node.type == "fence")
                code = PlacedMarkdown(node.content.rstrip("\n"), first)
                yield CodeLines(code, node.info.split(" ")[0])
            case "hr":
                yield Rule()

    # lists -------------------------------------------------------------------------------------

    def _list(self, found: SyntaxTreeNode) -> Iterator[Node]:
        """Yield a list, cut where boxes to tick, cues and points follow each other."""
        if found.type == "ordered_list":
            items = tuple(map(self._bullet, found.children))
            yield Bullets(items, is_numbered=True, start=_start(found))
            return
        for form, group in groupby(found.children, key=self._form):
            yield getattr(self, f"_{form}s")(list(group))

    def _form(self, item: SyntaxTreeNode) -> str:
        """Return what an item of a list is: `task`, `cue` or `point`."""
        types = [node.type for node in item.children]
        text = _first(item)
        if types == ["paragraph"] and _BOX.match(text):
            return "task"
        cue = _CUE.match(text) if self.is_document else None
        return "cue" if cue and _is_told(item, text[cue.end() :]) else "point"

    def _points(self, items: Sequence[SyntaxTreeNode]) -> Node:
        return Bullets(tuple(map(self._bullet, items)))

    def _bullet(self, item: SyntaxTreeNode) -> Bullet:
        """Return an item: its first text, the points right under it, then all that follows as nodes."""
        text = self.leaf(_first(item), _line(item))
        rest = item.children[1:] if _begins_with_text(item) else item.children
        if rest and rest[0].type in LISTS:
            bullets, more = tuple(map(self._bullet, rest[0].children)), tuple(self.nodes(rest[1:]))
            return Bullet(text, bullets, rest[0].type == "ordered_list", _start(rest[0]), more)
        return Bullet(text, nodes=tuple(self.nodes(rest)))

    def _tasks(self, items: Sequence[SyntaxTreeNode]) -> Node:
        boxes = [_BOX.match(_first(item)) for item in items]
        done = frozenset(k for k, box in enumerate(boxes) if box and box[1] != " ")
        texts = ((_BOX.sub("", _first(item), count=1), _line(item)) for item in items)
        return CheckList(tuple(self.leaf(*text) for text in texts), done)

    def _cues(self, items: Sequence[SyntaxTreeNode]) -> Node:
        return LabelledTexts(map(self._cue, items))

    def _cue(self, item: SyntaxTreeNode) -> LabelledText:
        text = _first(item)
        found = _CUE.match(text)
        assert found is not None
        lead, beside = Markdown(found[2]), Markdown(text[found.end() :])
        if _leads_to_list(item):
            under = item.children[1]
            texts = tuple(map(self._cue_text, under.children))
            return LabelledText(lead, lead, texts, under.type == "ordered_list")
        more = tuple(self.nodes(item.children[1:]))
        told = Nodes((*paragraphs(beside), *more)) if more else beside
        return LabelledText(lead, lead, (told,))

    def _cue_text(self, item: SyntaxTreeNode) -> Markdown | Nodes:
        """Return one of the texts of a cue: a leaf, or nodes where it is more than a paragraph."""
        is_leaf = [node.type for node in item.children] == ["paragraph"]
        return Markdown(_first(item)) if is_leaf else Nodes(self.nodes(item.children))

    # tables ------------------------------------------------------------------------------------

    def _table(self, found: SyntaxTreeNode) -> Table:
        head, *rows = [
            [self._cell(cell, row.map) for cell in row.children]
            for part in found.children
            for row in part.children
        ]
        aligned = [_align(cell) for cell in found.children[0].children[0].children]
        if not self.is_document:
            made = table(head, rows)
            columns = zip(made.columns, aligned, strict=True)
            return made._replace(columns=tuple(c._replace(align=a) for c, a in columns))
        assert found.map is not None
        rule = self.lines[found.map[0] + 1].strip().strip("|").split("|")
        weights = [len(dashes.strip()) for dashes in rule]
        return Table(tuple(map(Column, weights, aligned)), tuple(head), tuple(map(tuple, rows)))

    def _cell(self, cell: SyntaxTreeNode, row: tuple[int, int] | None) -> Markdown:
        text = _source(cell)
        if not self.is_document:
            return self.leaf(text, (row or (0, 0))[0])
        return (
            BLANK if text in BLANKS else Markdown(text.replace("|", "\\|"))
        )  # escaped, it stood there


class PlacedMarkdown(Markdown):
    """A leaf that knows the line, from 0, in which it begins in its author's text."""

    __slots__ = ("line",)
    line: int

    def __new__(cls, value: str, line: int) -> PlacedMarkdown:
        """Return *value* as a leaf that begins in *line*."""
        text = super().__new__(cls, value)
        text.line = line
        return text


def _quote(held: tuple[Node, ...]) -> Quote:
    first = held[0] if held else None
    return (
        Quote(first.text, held[1:]) if isinstance(first, Paragraph) else Quote(Markdown(""), held)
    )


def _source(node: SyntaxTreeNode) -> str:
    """Return the source of a node that holds a text."""
    inline = next((child for child in node.children if child.type == "inline"), None)
    return inline.content.strip() if inline else node.content


def _line(node: SyntaxTreeNode) -> int:
    return (node.map or (0, 0))[0]


def _begins_with_text(item: SyntaxTreeNode) -> bool:
    return bool(item.children) and item.children[0].type == "paragraph"


def _first(item: SyntaxTreeNode) -> str:
    """Return the text that an item of a list begins with."""
    return _source(item.children[0]) if _begins_with_text(item) else ""


def _is_told(item: SyntaxTreeNode, beside: str) -> bool:
    """Return whether all that an item holds is what its bold word leads to, *beside* it or below."""
    if len(item.children) == 1:
        return True
    if _leads_to_list(item):
        held = item.children[1].children
        return not beside and not any(map(_leads_to_list, held))
    return bool(beside) or item.children[1].type != "paragraph"


def _leads_to_list(item: SyntaxTreeNode) -> bool:
    """Return whether an item is a text with a list right below it, without an empty line between."""
    if [node.type for node in item.children[:1]] != ["paragraph"] or len(item.children) != 2:
        return False
    text, under = item.children
    assert text.map is not None
    return under.type in LISTS and _line(under) == text.map[1]


def _start(found: SyntaxTreeNode) -> int:
    return int(found.attrs.get("start", 1))


def _align(cell: SyntaxTreeNode) -> Align:
    style = str(cell.attrs.get("style", ""))
    return "right" if style.endswith("right") else "centre" if style.endswith("center") else "left"
