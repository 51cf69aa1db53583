"""Writes a document's nodes as portable Markdown: read alike by GitHub, pandoc and any editor.

Dashes under a table's head are in proportion to its columns, because pandoc takes their widths from
them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest
from typing import Any

from deckgen.document import nodes, texts
from deckgen.document.tables import form
from deckgen.document.texts import Markdown

CARD = 37  # dashes of a card

_FENCED = re.compile(r"^((`{3,})[^`\n]*\n.*?^\2$)", re.DOTALL | re.MULTILINE)
_LINE_ENDS = re.compile(r"[ \t]+\n")


def printed(document: nodes.Document) -> str:
    """Return *document* as a file holds it."""
    title = nodes.Paragraph(Markdown(f"# {document.title}"))
    return tidied(_together((title, *document.intro, *document.nodes())))


def show(value: object) -> object:
    """Return *value* as templates write it: nodes and texts as Markdown, nothing for None."""
    if type(value) in WRITERS:
        return Markdown(WRITERS[type(value)](value))
    return texts.show(value)


def tidied(text: str) -> str:
    """Return *text* without spaces at line ends, with single blank lines and one newline last.

    What stands between fences is code and stays as it is.
    """
    parts = _FENCED.split(text)  # prose, fenced part, its fence, prose ...
    prose = [re.sub(r"\n{3,}", "\n\n", _LINE_ENDS.sub("\n", part)) for part in parts[::3]]
    fenced = parts[1::3]
    whole = "".join(a + b for a, b in zip(prose, [*fenced, ""], strict=True))
    return whole.strip() + "\n"


def _together(held: Iterable[nodes.Node]) -> str:
    return "\n\n".join(filter(None, (WRITERS[type(node)](node) for node in held)))


def _section(section: nodes.Section) -> str:
    heading = f"{'#' * section.level} {section.heading}"
    return "\n\n".join(filter(None, (heading, _together(section.nodes))))


def _code(lines: nodes.CodeLines) -> str:
    """Return code between fences longer than any run of backticks in it (CommonMark 4.5)."""
    longest = max((len(run) for run in re.findall("`+", lines.code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{lines.language}\n{lines.code}\n{fence}"


def _cues(cues: nodes.LabelledTexts) -> str:
    return "\n".join(line for cue in cues for line in _cue(cue))


def _cue(cue: nodes.LabelledText) -> Iterator[str]:
    if len(cue.texts) == 1:
        yield _item("- ", _led(f"**{cue.lead}**", cue.texts[0]))
        return
    yield f"- **{cue.lead}**"
    for number, text in enumerate(cue.texts, 1):
        item = _item(f"{number}. " if cue.is_numbered else "- ", _told(text))
        yield _indented(item, 2)


def _led(lead: str, text: Markdown | nodes.Nodes) -> str:
    """Return a text after its *lead*, in the same paragraph where it begins with one."""
    if isinstance(text, Markdown):
        return f"{lead} {text}"
    is_beside = text and isinstance(text[0], nodes.Paragraph)
    return f"{lead} {_told(text)}" if is_beside else f"{lead}\n\n{_told(text)}"


def _told(text: Markdown | nodes.Nodes) -> str:
    return _together(text) if isinstance(text, nodes.Nodes) else text


def _item(mark: str, text: str) -> str:
    """Return an item of a list: *text* after its mark, further lines under its beginning."""
    return mark + _indented(text, len(mark), is_first_held=True)


def _indented(text: str, width: int, *, is_first_held: bool = False) -> str:
    """Return *text* with its lines *width* spaces to the right, but for the first if that is held."""
    pad = " " * width
    rows = [f"{pad}{row}" if row else row for row in text.split("\n")]
    return "\n".join(rows)[width if is_first_held and rows[0] else 0 :]


def _bullets(points: nodes.Bullets | nodes.Bullet) -> Iterator[str]:
    for number, point in enumerate(points.bullets, points.start):
        mark = f"{number}. " if points.is_numbered else "- "
        under = "\n".join(_bullets(point))
        text = "\n".join(filter(None, (point.text, under)))
        yield _item(mark, "\n\n".join(filter(None, (text, _together(point.nodes)))))


def _quoted(text: str) -> str:
    return "\n".join(f"> {row}" if row else ">" for row in text.split("\n"))


def _check_list(tasks: nodes.CheckList) -> str:
    marks = ("x" if k in tasks.done else " " for k in range(len(tasks.tasks)))
    return "\n".join(f"- [{mark}] {task}" for mark, task in zip(marks, tasks.tasks, strict=True))


def _table(table: nodes.Table) -> str:
    rule = "|".join(map(_rule, table.columns))
    return "\n".join((_row(table.head), f"|{rule}|", *map(_row, table.rows)))


def _rule(column: nodes.Column) -> str:
    ends = {"left": (":", ""), "right": ("", ":"), "centre": (":", ":")}
    first, last = ends[column.align]
    return f"{first}{'-' * (column.weight - len(first + last))}{last}"


def _row(cells: Iterable[str]) -> str:
    return f"|{'|'.join(f' {texts.in_cell(cell)} ' if cell else ' ' for cell in cells)}|"


def _cards(cards: nodes.Cards) -> str:
    """Return cards as tables, those side by side as the columns of one."""
    return "\n\n".join(_table(_side_by_side(pair)) for pair in cards.pairs())


def _side_by_side(pair: tuple[nodes.Card, ...]) -> nodes.Table:
    rows = zip_longest(*(card.lines for card in pair), fillvalue=Markdown(""))
    return form([CARD] * len(pair), [card.head for card in pair], list(rows))


WRITERS: dict[type, Callable[[Any], str]] = {
    nodes.Paragraph: lambda node: node.text,
    nodes.Quote: lambda node: _quoted(_together(node.parts())),
    nodes.CodeLines: _code,
    nodes.Equation: lambda node: texts.dollars(node.formula),
    nodes.LabelledTexts: _cues,
    nodes.Bullets: lambda node: "\n".join(_bullets(node)),
    nodes.CheckList: _check_list,
    nodes.Table: _table,
    nodes.Cards: _cards,
    nodes.Rule: lambda node: node.mark,
    nodes.SlidePictures: lambda _: "",
    nodes.Section: _section,
    nodes.Nodes: _together,
}
