"""The nodes of a document: immutable, in the order of reading; their leaves are inline Markdown.

A leaf is a `Markdown` text (`texts.py`): an author's or ours, escaped so that every reader takes it
alike. What stands around it, lists, tables, boxes to tick, is a node and never a character; a line to
write on within a text is `LINE`, which no author can type.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeAlias

from deckgen.boxes import Formula
from deckgen.document.texts import BLANK, Markdown, show
from deckgen.inline import equation_alone

Align = Literal["left", "centre", "right"]


class Paragraph(NamedTuple):
    """A paragraph."""

    text: Markdown


class Quote(NamedTuple):
    """What someone said: a text, and what else belongs to it, below."""

    text: Markdown
    nodes: tuple[Node, ...] = ()

    def parts(self) -> tuple[Node, ...]:
        """Return all that it says, in order."""
        return (*((Paragraph(self.text),) if self.text else ()), *self.nodes)


class CodeLines(NamedTuple):
    """Lines of code as they are, and the language that they are in."""

    code: str
    language: str = ""


class Equation(NamedTuple):
    """An equation that stands alone."""

    formula: Formula


class LabelledText(NamedTuple):
    """A bold word and what it leads to: one text beside it, or several below; one in blocks is nodes.

    `label` is the word alone, `lead` with the stop after it; `key` names what it is about.
    """

    label: Markdown
    lead: Markdown
    texts: tuple[Markdown | Nodes, ...]
    is_numbered: bool = False
    key: str = ""


class LabelledTexts(tuple[LabelledText, ...]):
    """LabelledTexts in a list."""

    __slots__ = ()


class Bullet(NamedTuple):
    """A point, and the points under it; `is_numbered` says whether these have numbers, from `start`.

    `nodes` are what else belongs to it, below its text.
    """

    text: Markdown
    bullets: tuple[Bullet, ...] = ()
    is_numbered: bool = False
    start: int = 1
    nodes: tuple[Node, ...] = ()


class Bullets(NamedTuple):
    """Points in a list; with numbers, from `start`, they are steps, or else in an order that matters."""

    bullets: tuple[Bullet, ...]
    is_numbered: bool = False
    start: int = 1


class CheckList(NamedTuple):
    """Things to tick, and the numbers, from 0, of those that are ticked."""

    tasks: tuple[Markdown, ...]
    done: frozenset[int] = frozenset()


class Column(NamedTuple):
    """A column of a table: its share of the width beside the others', and where its cells stand."""

    weight: int
    align: Align = "left"


class Table(NamedTuple):
    """A table with one row of heads; a cell that is `BLANK` is there to be written in."""

    columns: tuple[Column, ...]
    head: tuple[Markdown, ...]
    rows: tuple[tuple[Markdown, ...], ...]

    @property
    def is_to_fill(self) -> bool:
        """Whether there is a cell to write in."""
        return any(BLANK in row for row in self.rows)


class Card(NamedTuple):
    """What a card says line by line; a line that is `BLANK` is there to be written on."""

    head: Markdown
    lines: tuple[Markdown, ...]


class Cards(NamedTuple):
    """Cards to cut out, two side by side."""

    cards: tuple[Card, ...]

    def pairs(self) -> Iterator[tuple[Card, ...]]:
        """Yield the cards that stand side by side."""
        yield from (self.cards[k : k + 2] for k in range(0, len(self.cards), 2))


class Rule(NamedTuple):
    """A line across the page, such as one to tear along."""

    mark: str = "---"


class SlidePictures(NamedTuple):
    """The place for pictures of the slides of a block, such as B4, where they are asked for."""

    ref: str


class Section(NamedTuple):
    """A heading and what stands under it; `ref` is the number of the block that it is about."""

    heading: Markdown
    level: int
    nodes: tuple[Node, ...]
    ref: str = ""
    begins_page: bool = False


Node: TypeAlias = (
    Paragraph
    | Quote
    | CodeLines
    | Equation
    | LabelledTexts
    | Bullets
    | CheckList
    | Table
    | Cards
    | Rule
    | SlidePictures
    | Section
)


class Nodes(tuple[Node, ...]):
    """Nodes that follow each other."""

    __slots__ = ()


class Document(NamedTuple):
    """A document: its title, what it says at once, and its parts by name, in order.

    `kind` is its name among the documents, such as `run-sheet`. `values` are what templates may use
    beside the parts, under the names that they call them.
    """

    kind: str
    title: Markdown
    intro: Nodes
    parts: Mapping[str, Nodes]
    values: Mapping[str, Any] = MappingProxyType({})

    def nodes(self) -> Iterator[Node]:
        """Yield the nodes of all parts."""
        for part in self.parts.values():
            yield from part


class ShownSection(NamedTuple):
    """A section as a page shows it: what stands under its heading up to the next heading.

    It begins a page unless it would leave a page with nothing, or with a heading alone.
    """

    section: Section
    nodes: tuple[Node, ...]
    begins_page: bool


def in_parts(document: Document) -> tuple[tuple[Node, ...], list[ShownSection]]:
    """Return the nodes before the first heading of a document, and its sections one by one."""
    before: list[Node] = []
    parts: list[ShownSection] = []
    for section, node in _unfolded(document.nodes(), None):
        if section is None:
            before.append(node)
        elif node is section:
            is_bare = not (parts[-1].nodes if parts else before)
            parts.append(ShownSection(section, (), section.begins_page and not is_bare))
        else:
            parts[-1] = parts[-1]._replace(nodes=(*parts[-1].nodes, node))
    return tuple(before), parts


def has_place_for_slides(document: Document) -> bool:
    """Return whether *document* shows slides where these are asked for."""
    found = (node for _, node in _unfolded(document.nodes(), None))
    return any(isinstance(node, SlidePictures) for node in found)


def _unfolded(
    nodes: Iterable[Node], section: Section | None
) -> Iterator[tuple[Section | None, Node]]:
    """Yield each node with the section that it stands in, a section first with itself."""
    for node in nodes:
        if isinstance(node, Section):
            section = node
            yield section, section
            yield from _unfolded(section.nodes, section)
        else:
            yield section, node


def paragraphs(*texts: object) -> Nodes:
    """Return the texts, Markdown or an author's, that say something as paragraphs, or equations."""
    return Nodes(_paragraph(text) for text in texts if text)


def _paragraph(text: object) -> Paragraph | Equation:
    formula = equation_alone(text) if isinstance(text, str) else None
    return Equation(formula) if formula else Paragraph(leaf(text))


def told(cues: Iterable[LabelledText]) -> LabelledTexts:
    """Return the cues that have a text."""
    return LabelledTexts(cue for cue in cues if cue.texts)


def listed_points(points: Iterable[Any]) -> tuple[Node, ...]:
    """Return an author's points, with the points under them, as a list, or nothing without any."""
    bullets = tuple(_bullet(point) for point in points)
    return (Bullets(bullets),) if bullets else ()


def bullets(texts: Iterable[object]) -> tuple[Node, ...]:
    """Return *texts* as a list, or nothing without any."""
    made = tuple(Bullet(leaf(text)) for text in texts)
    return (Bullets(made),) if made else ()


def steps(texts: Iterable[Markdown]) -> tuple[Node, ...]:
    """Return *texts* as a numbered list, or nothing without any."""
    made = tuple(map(Bullet, texts))
    return (Bullets(made, is_numbered=True),) if made else ()


def check_list(texts: Iterable[object]) -> tuple[Node, ...]:
    """Return *texts* as things to tick, or nothing without any."""
    made = tuple(map(leaf, texts))
    return (CheckList(made),) if made else ()


def leaf(value: object) -> Markdown:
    """Return Markdown, or an author's text as such, as a document holds it."""
    shown = show(value)
    return shown if isinstance(shown, Markdown) else Markdown(shown)


def _bullet(point: Any) -> Bullet:
    return Bullet(leaf(point.text), tuple(_bullet(under) for under in point.points))
