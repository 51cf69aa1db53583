"""Turns block Markdown into what a slide holds: paragraphs, list levels, native tables, code.

Each part knows the line that its author wrote it in. Rules across a text only part what stands around them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from deckgen.blocks.code_block import knows_language, weighted_lines
from deckgen.blocks.pieces import drawn_box, equation_box, paragraph
from deckgen.boxes import (
    Cell,
    Code,
    Column,
    Equation,
    Formula,
    Paragraph,
    Run,
    Single,
    SpeakerNote,
    Table,
    plain,
)
from deckgen.diagnostics import Span
from deckgen.document import nodes
from deckgen.document.prose import PlacedMarkdown, prose_nodes
from deckgen.document.texts import Markdown, dollars
from deckgen.inline import parse_lines
from deckgen.languages import Words
from deckgen.reading.fields import Prose, Text

DEEPEST = 2
TALLEST_ROW = 0.56  # inches: a table in a text is no table of its own
ALIGNS = {"left": "l", "centre": "ctr", "right": "r"}
BULLET = "\u2022"
BOXES = ("\u2610 ", "\u2611 ")


def parts_of(words: Words, text: Text) -> list[Single | Paragraph]:
    """Return what a slide shows of *text*, in block Markdown or not, in order."""
    if not (isinstance(text, Prose) and text.has_blocks):
        return [equation_box(text) or paragraph(text, style="plain")]
    return list(_Maker(words, text).parts(prose_nodes(text, PlacedMarkdown), None))


def notes_of(words: Words, lead: str, text: Text) -> Iterator[SpeakerNote]:
    """Yield the paragraphs of speaker notes for a text after its *lead*; rows of tables are lines."""
    for number, (runs, part) in enumerate(_lines(words, text)):
        is_beside = number == 0 and not part.is_item
        if lead and number == 0 and not is_beside:
            yield SpeakerNote(lead, ())
        yield part._replace(lead=lead if is_beside else "", text=runs)


def _lines(words: Words, text: Text) -> Iterator[tuple[tuple[Run, ...], SpeakerNote]]:
    for part in parts_of(words, text):
        match part:
            case Paragraph():
                is_item = part.style is None and not part.continues
                yield part.runs, SpeakerNote("", (), part.level, is_item, part.number)
            case Table():
                for row in (part.head, *part.rows):
                    yield _joined([cell.paragraph.runs for cell in row]), SpeakerNote("", ())
            case Equation():
                formula = part.formula
                yield (Run(formula.text, equation=formula),), SpeakerNote("", ())
            case Code():
                yield from ((line, SpeakerNote("", ())) for line in part.lines)


def _quoted(part: Single | Paragraph) -> Single | Paragraph:
    """Return a part of a quotation: its texts italic, its points a level below its margin."""
    if not isinstance(part, Paragraph):
        return part
    runs = tuple(run._replace(italic=True) for run in part.runs)
    if part.style == "plain":
        return part._replace(runs=runs, style="quote")
    return part._replace(runs=runs, level=min(part.level + 1, DEEPEST))


def _joined(cells: Sequence[tuple[Run, ...]]) -> tuple[Run, ...]:
    runs: tuple[Run, ...] = ()
    for cell in cells:
        runs += ((Run(" | "),) if runs else ()) + cell
    return runs


class _Item(NamedTuple):
    """Where in lists something stands: `level` from 0."""

    level: int


class _Maker(NamedTuple):
    """Makes the parts of one text."""

    words: Words
    text: Prose

    def parts(self, held: Iterable[nodes.Node], item: _Item | None) -> Iterator[Single | Paragraph]:
        """Yield what *held* says; *item* is the item of a list that it belongs to."""
        for node in held:
            match node:
                case nodes.Paragraph():
                    yield self._paragraph(node.text, item)
                case nodes.Quote():
                    yield from map(_quoted, self.parts(node.parts(), None))
                case nodes.Bullets():
                    yield from self._bullets(node, item.level + 1 if item else 0)
                case nodes.CheckList():
                    yield from self._tasks(node, item.level + 1 if item else 0)
                case nodes.Table():
                    yield self._table(node)
                case nodes.Equation():
                    yield self._equation(node.formula, item)
                case nodes.CodeLines():
                    yield self._code(node)

    def _paragraph(self, text: Markdown, item: _Item | None) -> Paragraph:
        runs, span = parse_lines(text), self._place(text)
        if item is None:
            return Paragraph(runs, "plain", span=span)
        return Paragraph(runs, None, min(item.level, DEEPEST), span, continues=True)

    def _equation(self, formula: Formula, item: _Item | None) -> Equation | Paragraph:
        """Return a display equation; as a text where it cannot be drawn, which is told elsewhere."""
        box = drawn_box(formula, self.text.span)
        return box or self._paragraph(Markdown(dollars(formula)), item)

    def _bullets(
        self, points: nodes.Bullets | nodes.Bullet, level: int
    ) -> Iterator[Single | Paragraph]:
        for number, point in enumerate(points.bullets, points.start):
            if point.text or not point.nodes:
                numbered = number if points.is_numbered else None
                yield Paragraph(
                    parse_lines(point.text),
                    level=min(level, DEEPEST),
                    span=self._place(point.text),
                    number=numbered,
                )
            yield from self._bullets(point, level + 1)
            yield from self.parts(point.nodes, _Item(level))

    def _tasks(self, tasks: nodes.CheckList, level: int) -> Iterator[Paragraph]:
        for k, task in enumerate(tasks.tasks):
            runs = (Run(BOXES[k in tasks.done]), *parse_lines(task))
            yield Paragraph(runs, None, min(level, DEEPEST), self._place(task), continues=True)

    def _table(self, table: nodes.Table) -> Table:
        head = tuple(self._cell(text, "table_head") for text in table.head)
        rows = tuple(tuple(self._cell(text) for text in row) for row in table.rows)
        names = [plain(cell.paragraph.runs) for cell in head]
        columns = self.words.enumerated([name for name in names if name])
        return Table(
            tuple(Column(align=ALIGNS[column.align]) for column in table.columns),
            rows or (tuple(self._cell(Markdown("")) for _ in head),),
            head if any(names) else (),
            self.words.say("alt.table", columns=columns),
            TALLEST_ROW,
        )

    def _cell(self, text: Markdown, style: str = "table_cell") -> Cell:
        return Cell(Paragraph(parse_lines(text), style, span=self._place(text)), style)

    def _code(self, code: nodes.CodeLines) -> Code:
        language = code.language if code.language and knows_language(code.language) else None
        lines = code.code.expandtabs(4).split("\n")
        return Code(tuple(weighted_lines(lines, language)), span=self._place(code.code))

    def _place(self, text: str) -> Span | None:
        return self.text.line_place(text.line) if isinstance(text, PlacedMarkdown) else None
