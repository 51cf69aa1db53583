"""Makes a Word document of a document's nodes, with Word's own headings, lists, tables and boxes.

python-docx writes it; the theme and the paper dress it (`docx_styles.py`). What would differ from
run to run, dates and the order of files, is fixed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from deckgen.boxes import Run
from deckgen.document import nodes
from deckgen.document.texts import BLANK, Markdown, dollars, pieces
from deckgen.render.formats.docx_parts import (
    box,
    keep_whole,
    rule_columns,
    set_height,
    set_style,
    widths_of,
)
from deckgen.render.formats.docx_styles import (
    BESIDE,
    CARDS,
    CELL,
    CODE,
    CUE,
    GAP,
    INDENT,
    LINED,
    RULE,
    TABLE,
    TASK,
    bullets_of,
    dress,
    new_numbers,
    text_width,
)
from deckgen.render.formats.elements import told
from deckgen.render.formats.equation import add_equation
from deckgen.render.formats.look import PageLook, paper_colours

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph as WordParagraph
    from docx.text.run import Run as WordRun

TO_WRITE_IN = 794  # height of a row that has room for handwriting, in twentieths of a point
CARD = 3118  # height of a card: 55 mm, as name badges are
NAME = 900  # room for a name on it
LINE = "_" * 20  # a line to write on within a text; one at its end goes on to the margin
DAY = datetime(1980, 1, 1)
TIME = (1980, 1, 1, 0, 0, 0)  # the first that a zip file can tell
ONE_PAGE = "run-sheet"
LEFT_OUT = frozenset({"thumbnail", "stylesWithEffects", "customXml"})
DEEPEST = 2  # level of a list
TWIP = 635  # English metric units
ALIGNED = {"centre": 1, "right": 2}  # as python-docx counts them


def docx(document: nodes.Document, look: PageLook) -> bytes:
    """Return *document* as a Word document, the same bytes each time."""
    import docx as library  # noqa: PLC0415 (an extra, and 100 ms)

    word = library.Document()
    _Writer(word, look, is_dense=document.kind == ONE_PAGE).write(document)
    _say_facts(word, told(document.title))
    _leave_out(word)
    file = io.BytesIO()
    word.save(file)
    return _packed(file.getvalue())


def _say_facts(word: Word, title: str) -> None:
    """Give the document its title, no author and no date of ours."""
    facts = word.core_properties
    facts.title = title
    facts.author = facts.comments = facts.last_modified_by = ""
    facts.created = facts.modified = DAY


def _leave_out(word: Word) -> None:
    """Drop what the library's template holds for none: its picture, a second copy of its styles."""
    package: Any = word.part.package
    for rels in (package.rels, word.part.rels):
        for name, rel in list(rels.items()):
            if rel.reltype.rpartition("/")[2] in LEFT_OUT:
                del rels[name]


def _packed(content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(file, "w") as packed:
        for name in made.namelist():
            entry = zipfile.ZipInfo(name, TIME)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # whatever the machine is
            packed.writestr(entry, made.read(name), zipfile.ZIP_DEFLATED, 9)
    return file.getvalue()


class _Writer:
    """Appends nodes to a Word document."""

    def __init__(self, word: Word, look: PageLook, *, is_dense: bool) -> None:
        dress(word, look, is_dense=is_dense)
        self._word = word
        self._width = text_width(look, is_dense=is_dense)
        self._key = paper_colours(look.theme)["key"]
        self._mono = str(look.theme.fonts["mono"].office)
        self._is_from_right = look.direction == "rtl"
        self._bullets = bullets_of(word)
        self._is_quoted = False
        self._indent = 0  # of what stands in an item, in twentieths of a point
        self._writers: dict[type, Callable[[Any], object]] = {
            nodes.Paragraph: lambda node: self._set_in(self._text(node.text)),
            nodes.Quote: self._quote,
            nodes.CodeLines: self._code,
            nodes.Equation: self._equation,
            nodes.LabelledTexts: self._cues,
            nodes.Bullets: self._list,
            nodes.CheckList: self._check_list,
            nodes.Table: self._table,
            nodes.Cards: self._cards,
            nodes.Rule: lambda _: self._paragraph(RULE),
            nodes.SlidePictures: lambda _: None,
        }

    def write(self, document: nodes.Document) -> None:
        """Append all of *document*."""
        before, parts = nodes.in_parts(document)
        if document.title:
            self._text(document.title, "Heading 1")
        self._append((*document.intro, *before))
        for part in parts:
            level = max(1, min(part.section.level, 4))
            heading = self._text(part.section.heading, f"Heading {level}")
            heading.paragraph_format.page_break_before = part.begins_page or None
            self._append(part.nodes)

    def _append(self, held: Iterable[nodes.Node]) -> None:
        for node in held:
            self._writers[type(node)](node)

    # texts ---------------------------------------------------------------------------------

    def _text(self, text: Markdown, style: str | None = None) -> WordParagraph:
        is_quoted = self._is_quoted and style in (None, "List Paragraph")
        made = self._paragraph("Quote" if is_quoted else style)
        self._fill(made, text)
        return made

    def _paragraph(self, style: str | None = None) -> WordParagraph:
        made = self._word.add_paragraph()
        if style:
            set_style(made, style)
        return made

    def _fill(self, made: WordParagraph, text: Markdown, *, is_in_cell: bool = False) -> None:
        found = list(pieces(text))
        for k, piece in enumerate(found):
            if piece is not None:
                self._run(made, piece)
            elif k == len(found) - 1 and not is_in_cell:
                self._line_to_margin(made)
            else:
                self._add(made, LINE)

    def _line_to_margin(self, made: WordParagraph) -> None:
        from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER  # noqa: PLC0415
        from docx.shared import Twips  # noqa: PLC0415

        end = (WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)
        made.paragraph_format.tab_stops.add_tab_stop(Twips(self._width), *end)
        made.add_run("\t")

    def _equation(self, node: nodes.Equation) -> None:
        made = self._paragraph()
        if not add_equation(made, node.formula, alone=True):
            self._add(made, node.formula.latex).font.name = self._mono

    def _run(self, made: WordParagraph, run: Run) -> None:
        if run.equation and add_equation(made, run.equation):
            return
        added = self._add(made, run.text)
        added.bold, added.italic = run.bold or None, run.italic or None
        added.font.strike = run.struck or None
        if run.code:
            added.font.name = self._mono
        if run.link and not run.link.startswith("#"):
            self._link(made, added, run.link)

    def _add(self, made: WordParagraph, text: str) -> WordRun:
        added = made.add_run(text)
        if self._is_from_right:
            added.font.rtl = True
        return added

    def _link(self, made: WordParagraph, run: Any, target: str) -> None:
        from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415
        from docx.oxml import OxmlElement  # noqa: PLC0415
        from docx.oxml.ns import qn  # noqa: PLC0415

        link: Any = OxmlElement("w:hyperlink")
        link.set(
            qn("r:id"),
            made.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True),
        )
        run.underline = True
        run._r.addprevious(link)
        link.append(run._r)

    def _quote(self, quote: nodes.Quote) -> None:
        """Append a quotation: a rule stands beside its paragraphs and points."""
        before, self._is_quoted = self._is_quoted, True
        self._append(quote.parts())
        self._is_quoted = before

    def _code(self, lines: nodes.CodeLines) -> None:
        made = self._set_in(self._paragraph(CODE))
        for k, line in enumerate(lines.code.split("\n")):
            run = made.add_run()
            if k:
                run.add_break()
            run.add_text(line)

    # lists ---------------------------------------------------------------------------------

    def _list(self, points: nodes.Bullets) -> None:
        self._points(points, 0)

    def _points(self, points: nodes.Bullets | nodes.Bullet, level: int) -> None:
        number, depth = self._bullets, min(level, DEEPEST)
        if points.bullets and points.is_numbered:
            number = new_numbers(self._word, depth, points.start)
        for point in points.bullets:
            indent = self._indent + INDENT * (depth + 1) if self._indent else 0
            text, more = point.text, point.nodes
            if not text and not point.bullets:
                text, more = self._said(nodes.Nodes(more))
            self._item(text, number, depth, indent=indent)
            self._points(point, level + 1)
            self._append_under(more, self._indent + INDENT * (depth + 1))

    def _append_under(self, held: Iterable[nodes.Node], indent: int) -> None:
        """Append what stands in an item, *indent* twentieths of a point from the margin."""
        before, self._indent = self._indent, indent
        self._append(held)
        self._indent = before

    def _set_in(self, made: WordParagraph) -> WordParagraph:
        from docx.shared import Twips  # noqa: PLC0415

        if self._indent:
            made.paragraph_format.left_indent = Twips(self._indent)
        return made

    def _said(self, text: Markdown | nodes.Nodes) -> tuple[Markdown, nodes.Nodes]:
        """Return the text that stands beside a mark, and what follows it below."""
        if isinstance(text, Markdown):
            return text, nodes.Nodes()
        first = text[0] if text else None
        if isinstance(first, nodes.Paragraph):
            return first.text, nodes.Nodes(text[1:])
        if isinstance(first, nodes.Equation):
            return Markdown(dollars(first.formula)), nodes.Nodes(text[1:])
        return Markdown(""), text

    def _item(self, text: Markdown, number: int, level: int = 0, *, indent: int = 0) -> None:
        from docx.shared import Twips  # noqa: PLC0415

        made = self._text(text, "List Paragraph")
        paragraph: Any = made._p
        form = paragraph.get_or_add_pPr().get_or_add_numPr()
        form.get_or_add_ilvl().val = level
        form.get_or_add_numId().val = number
        if indent:
            made.paragraph_format.left_indent = Twips(indent)
            made.paragraph_format.first_line_indent = Twips(-INDENT)

    def _cues(self, cues: nodes.LabelledTexts) -> None:
        for cue in cues:
            made = self._paragraph(CUE)
            self._lead(made, cue.lead)
            if len(cue.texts) == 1:
                made.add_run("\t")
                text, more = self._said(cue.texts[0])
                self._fill(made, text)
                self._append_under(more, BESIDE)
                continue
            made.paragraph_format.keep_with_next = True
            made.paragraph_format.space_after = 0
            number = new_numbers(self._word) if cue.is_numbered else self._bullets
            for said in cue.texts:
                text, more = self._said(said)
                self._item(text, number, indent=BESIDE)
                self._append_under(more, BESIDE)

    def _lead(self, made: WordParagraph, lead: Markdown) -> None:
        from docx.shared import RGBColor  # noqa: PLC0415

        run = self._add(made, told(lead))
        run.bold = True
        run.font.color.rgb = RGBColor.from_string(self._key)

    def _check_list(self, tasks: nodes.CheckList) -> None:
        for k, task in enumerate(tasks.tasks):
            made = self._paragraph(TASK)
            made._p.append(box(is_ticked=k in tasks.done))
            made.add_run("\t")
            self._fill(made, task)

    # tables --------------------------------------------------------------------------------

    def _table(self, table: nodes.Table) -> None:
        if not table.columns:
            return
        widths = widths_of(table, self._width)
        made = self._grid(TABLE, widths)
        self._row(made, table.head, table.columns, widths, is_head=True)
        for row in table.rows:
            added = self._row(made, row, table.columns, widths)
            if BLANK in row:
                set_height(added, TO_WRITE_IN)
        if table.is_to_fill and len(table.columns) > 1:
            rule_columns(made)
        self._space()

    def _cards(self, cards: nodes.Cards) -> None:
        from docx.shared import Pt, Twips  # noqa: PLC0415

        made = self._grid(CARDS, [self._width // 2] * 2)
        for pair in cards.pairs():
            row = made.add_row()
            keep_whole(row)
            set_height(row, CARD)
            for cell, card in zip(row.cells, pair, strict=False):
                first, *_ = cell.paragraphs
                self._lead(first, card.head)
                for line in card.lines:
                    added = cell.add_paragraph()
                    if line == BLANK:
                        added.paragraph_format.space_before = Twips(NAME)
                        added.paragraph_format.space_after = Pt(6)
                        set_style(added, LINED)
                    else:
                        self._fill(added, line, is_in_cell=True)
        self._space()

    def _grid(self, style: str, widths: Sequence[int]) -> Any:
        """Return a table without rows, whose columns are as wide as they are told."""
        from docx.shared import Twips  # noqa: PLC0415

        made = self._word.add_table(0, len(widths), style=self._word.styles[style])
        made.autofit = False
        for column, width in zip(made.columns, widths, strict=True):
            column.width = Twips(width)
        if self._is_from_right:
            made.table_direction = 1
        return made

    def _row(
        self,
        made: Any,
        cells: Sequence[Markdown],
        columns: Sequence[nodes.Column],
        widths: Sequence[int],
        *,
        is_head: bool = False,
    ) -> Any:
        row = made.add_row()
        keep_whole(row, is_head=is_head)
        for cell, text, column, width in zip(row.cells, cells, columns, widths, strict=True):
            cell._tc.width = width * TWIP
            paragraph = cell.paragraphs[0]
            set_style(paragraph, CELL)
            if column.align != "left":
                paragraph.alignment = ALIGNED[column.align]
            if text != BLANK:
                self._fill(paragraph, text, is_in_cell=True)
        return row

    def _space(self) -> None:
        """Append what keeps a table from what follows it."""
        self._paragraph(GAP)
