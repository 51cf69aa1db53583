"""Writes the nodes of a document as HTML elements: what a node says, and how wide it may be.

Nothing is read out of characters: only a table's width on a phone follows from its words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Any

from deckgen.boxes import Run
from deckgen.document import nodes
from deckgen.document.texts import BLANK, Markdown, pieces
from deckgen.render.formats.equation import equation

MANY_COLUMNS = 4  # from here a table turns into cards on a narrow screen
SHORT = 14  # characters of the longest cell of a column whose lines do not break
WIDE_WORDS = 30  # characters of the longest words of all columns that a phone has room for
LINE = '<span class="line"></span>'


def html(held: Iterable[nodes.Node]) -> str:
    """Return nodes that are no sections as elements, a line each at least."""
    return "\n".join(filter(None, (WRITERS[type(node)](node) for node in held)))


def inline(text: Markdown) -> str:
    """Return a leaf as HTML."""
    parts = []
    for is_line, group in groupby(pieces(text), key=lambda piece: piece is None):
        runs = [run for run in group if run]
        parts.append(LINE * (len(runs) or 1) if is_line else _nested(runs, MARKS))
    return "".join(parts)


def told(text: Markdown) -> str:
    """Return the characters that a leaf shows."""
    return "".join(run.said for run in pieces(text) if run)


def _nested(runs: Sequence[Run], marks: Sequence[tuple[str, Callable[[Any], str]]]) -> str:
    """Return *runs* with their marks, the first of these outermost."""
    if not marks:
        return "".join(map(_shown, runs))
    (attribute, opening), *inner = marks
    parts = []
    for value, group in groupby(runs, key=lambda run: getattr(run, attribute)):
        text = _nested(list(group), inner)
        tag = opening(value) if value else ""
        parts.append(f"<{tag}>{text}</{tag.split()[0]}>" if tag else text)
    return "".join(parts)


def _shown(run: Run) -> str:
    if run.equation:
        return equation(run.equation)
    return escape(run.text, quote=False).replace("\n", "<br>\n")


def _anchor(link: str) -> str:
    """Return a link that tells nobody where its reader came from."""
    rel = "" if link.startswith("#") else ' rel="noreferrer"'
    return f'a href="{escape(link)}"{rel}'


MARKS: tuple[tuple[str, Callable[[Any], str]], ...] = (
    ("link", _anchor),
    ("struck", lambda _: "s"),
    ("bold", lambda _: "strong"),
    ("italic", lambda _: "em"),
    ("code", lambda _: "code"),
)


# lists -----------------------------------------------------------------------------------------


def _list(tag: str, items: Iterable[str]) -> str:
    return "\n".join((f"<{tag}>", *items, f"</{tag}>"))


def _texts(tag: str, texts: Iterable[Markdown | nodes.Nodes]) -> str:
    return _list(tag, (f"<li>{_said(text)}</li>" for text in texts))


def _said(text: Markdown | nodes.Nodes) -> str:
    return f"\n{html(text)}\n" if isinstance(text, nodes.Nodes) else inline(text)


def _cue(cue: nodes.LabelledText) -> str:
    lead = f'<li class="cue"><strong>{inline(cue.lead)}</strong>'
    if len(cue.texts) == 1:
        return f"{lead} {_said(cue.texts[0])}</li>"
    return f"{lead}\n{_texts('ol' if cue.is_numbered else 'ul', cue.texts)}\n</li>"


def _bullets(points: nodes.Bullets | nodes.Bullet) -> str:
    items = map(_bullet, points.bullets)
    if points.is_numbered and points.start != 1:
        return "\n".join((f'<ol start="{points.start}">', *items, "</ol>"))
    return _list("ol" if points.is_numbered else "ul", items)


def _bullet(point: nodes.Bullet) -> str:
    under = f"\n{_bullets(point)}\n" if point.bullets else ""
    more = f"\n{html(point.nodes)}\n" if point.nodes else ""
    return f"<li>{inline(point.text)}{under}{more}</li>"


def _check_list(tasks: nodes.CheckList) -> str:
    ticked = (" checked" if k in tasks.done else "" for k in range(len(tasks.tasks)))
    return _list(
        "ul",
        (
            f'<li class="task"><label><input type="checkbox"{checked}>{inline(task)}</label></li>'
            for task, checked in zip(tasks.tasks, ticked, strict=True)
        ),
    )


# tables ----------------------------------------------------------------------------------------


def _table(table: nodes.Table) -> str:
    if not table.columns:
        return ""
    texts = [[_plain(cell) for cell in row] for row in (table.head, *table.rows)]
    is_wide = _is_wide(texts)
    classes = " ".join(_kinds(table, texts[0], is_wide=is_wide))
    columns = zip(*texts[1:], strict=True)
    short = [max(map(len, column)) <= SHORT for column in columns] or [False] * len(texts[0])
    rows = ["".join(_cells(table, row, texts[0], short, has_roles=is_wide)) for row in table.rows]
    roles = [f' role="{role}"' if is_wide else "" for role in ("table", "rowgroup", "row")]
    head = "".join(_heads(table, texts[0], has_roles=is_wide))
    return "\n".join(
        (
            f'<div class="table"><table{_attribute("class", classes)}{roles[0]}>',
            *_widths(table),
            f"<thead{roles[1]}>",
            f"<tr{roles[2]}>{head}</tr>",
            "</thead>",
            f"<tbody{roles[1]}>",
            *(f"<tr{roles[2]}>{row}</tr>" for row in rows),
            "</tbody>",
            "</table></div>",
        )
    )


def _plain(cell: Markdown) -> str:
    return "" if cell == BLANK else told(cell).strip()


def _kinds(table: nodes.Table, names: Sequence[str], *, is_wide: bool) -> Iterator[str]:
    if is_wide:
        yield "cards"
    if table.is_to_fill or not any(names):
        yield "writing"
    if len(names) == 1:
        yield "box"


def _is_wide(texts: Sequence[Sequence[str]]) -> bool:
    longest = [
        max((len(word) for cell in column for word in cell.split()), default=1)
        for column in zip(*texts, strict=True)
    ]
    return len(longest) >= MANY_COLUMNS or (len(longest) > 1 and sum(longest) > WIDE_WORDS)


def _widths(table: nodes.Table) -> Iterator[str]:
    """Yield the widths of the columns, where they say how much room there is to write in."""
    if table.is_to_fill:
        whole = sum(column.weight for column in table.columns)
        shares = (100 * column.weight / whole for column in table.columns)
        columns = "".join(f'<col style="width:{share:.0f}%">' for share in shares)
        yield f"<colgroup>{columns}</colgroup>"


def _heads(table: nodes.Table, names: Sequence[str], *, has_roles: bool) -> Iterator[str]:
    for k, cell in enumerate(table.head):
        if names[k]:
            role = ' role="columnheader"' if has_roles else ""
            form = _form(table, k, cell, is_short=False)
            yield f'<th{form} scope="col"{role}>{inline(cell)}</th>'
        else:
            kind = "blank" if cell == BLANK else "none"
            yield f'<td class="{kind}"{_cell_role(has_roles)}></td>'


def _cells(
    table: nodes.Table,
    row: Sequence[Markdown],
    names: Sequence[str],
    short: Sequence[bool],
    *,
    has_roles: bool,
) -> Iterator[str]:
    """Yield the cells of a row; each says the head of its column, for a table laid out as cards."""
    has_row_heads = not names[0] and len(names) > 1
    for k, cell in enumerate(row):
        form = _form(table, k, cell, is_short=short[k]) + _attribute("data-label", names[k])
        if k == 0 and has_row_heads and _plain(cell):
            role = ' role="rowheader"' if has_roles else ""
            yield f'<th{form} scope="row"{role}>{inline(cell)}</th>'
        else:
            text = "" if cell == BLANK else inline(cell)
            yield f"<td{form}{_cell_role(has_roles)}>{text}</td>"


def _form(table: nodes.Table, k: int, cell: Markdown, *, is_short: bool) -> str:
    """Return how a cell is set; where it stands holds from right to left as well."""
    stands = {"left": "", "centre": "middle", "right": "number"}[table.columns[k].align]
    is_blank = cell == BLANK
    kinds = (stands, "blank" if is_blank else "short" if is_short else "")
    return _attribute("class", " ".join(filter(None, kinds)))


def _cell_role(has_roles: bool) -> str:
    """Return a role in words: laid out as cards, some browsers forget that a table is one."""
    return ' role="cell"' if has_roles else ""


def _attribute(name: str, value: str) -> str:
    return f' {name}="{escape(value)}"' if value else ""


def _cards(cards: nodes.Cards) -> str:
    """Return cards side by side: spaces between them would move the second to the next line."""
    return f'<ul class="cut">{"".join(map(_card, cards.cards))}</ul>'


def _card(card: nodes.Card) -> str:
    lines = (
        '<div class="blank"></div>' if line == BLANK else f"<p>{inline(line)}</p>"
        for line in card.lines
    )
    return f'<li class="card"><strong>{inline(card.head)}</strong>{"".join(lines)}</li>'


def _code(lines: nodes.CodeLines) -> str:
    kind = _attribute("class", f"language-{lines.language}" if lines.language else "")
    return f"<pre><code{kind}>{escape(lines.code)}\n</code></pre>"


WRITERS: dict[type, Callable[[Any], str]] = {
    nodes.Paragraph: lambda node: f"<p>{inline(node.text)}</p>",
    nodes.Quote: lambda node: f"<blockquote>\n{html(node.parts())}\n</blockquote>",
    nodes.CodeLines: _code,
    nodes.Equation: lambda node: f'<div class="equation">{equation(node.formula)}</div>',
    nodes.LabelledTexts: lambda cues: _list("ul", map(_cue, cues)),
    nodes.Bullets: _bullets,
    nodes.CheckList: _check_list,
    nodes.Table: _table,
    nodes.Cards: _cards,
    nodes.Rule: lambda _: "<hr>",
    nodes.SlidePictures: lambda _: "",
}
