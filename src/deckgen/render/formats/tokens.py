"""Reads a Markdown document into tokens and marks what HTML should say of them.

Tables, boxes to tick, cues, lines to write on: what the documents show with plain Markdown gets a
class or an element here. Raw HTML in a document is text (`html: False`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MANY_COLUMNS = 4  # from here a table turns into cards on a narrow screen
SHORT = 14  # characters of the longest cell of a column whose lines do not break
WIDE_WORDS = 30  # characters of the longest words of all columns that a phone has room for
RULED = 6  # underscores in a row that stand for a line to write on

_BOX = re.compile(r"\[([ xX])\]\s+")
_BLANK = re.compile(rf"_{{{RULED},}}")
_BLOCK = re.compile(r"[A-Z]+\d+(?=\s|$)")  # B4, as the documents number blocks
_NOT_IN_ANCHOR = re.compile(r"[^\w\- ]")
_CELLS = {"td_open": "td_close", "th_open": "th_close"}


def read(text: str) -> list[Token]:
    """Return the marked tokens of the Markdown document *text*."""
    tokens = parser().parse(text)
    _mark_headings(tokens)
    _mark_tables(tokens, text.splitlines())
    _mark_items(tokens)
    for token in tokens:
        if token.type == "inline":
            token.children = list(_with_lines(token.children or []))
            _mark_links(token.children)
    return tokens


@cache
def parser() -> MarkdownIt:
    """Return the parser: CommonMark with GFM's tables and strikethrough, without raw HTML."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 (30 ms)

    options = {"html": False}
    return MarkdownIt("commonmark", options).enable(["table", "strikethrough"])


def shown(token: Token) -> str:
    """Return the text that an inline *token* shows, without its marks."""
    children = token.children or []
    return "".join(" " if child.type == "softbreak" else child.content for child in children)


def block_ref(heading: str) -> str | None:
    """Return the number of the block that a heading is about, such as B4."""
    match = _BLOCK.match(heading)
    return match[0] if match else None


def anchor(heading: str) -> str:
    """Return the anchor of a heading as GitHub and pandoc's `gfm` make it."""
    return _NOT_IN_ANCHOR.sub("", heading.strip().lower()).replace(" ", "-")


# headings and links ----------------------------------------------------------------------------


def _mark_headings(tokens: list[Token]) -> None:
    used: set[str] = set()
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            name = base = anchor(shown(inline)) or "section"
            k = 0
            while name in used:
                k += 1
                name = f"{base}-{k}"
            used.add(name)
            opening.attrSet("id", name)


def _mark_links(tokens: Sequence[Token]) -> None:
    """Let no page tell where its reader came from."""
    for token in tokens:
        if token.type == "link_open" and not str(token.attrs["href"]).startswith("#"):
            token.attrSet("rel", "noreferrer")


# tables ----------------------------------------------------------------------------------------


def _mark_tables(tokens: list[Token], lines: Sequence[str]) -> None:
    starts = [k for k, token in enumerate(tokens) if token.type == "table_open"]
    for start in reversed(starts):
        end = next(k for k in range(start, len(tokens)) if tokens[k].type == "table_close")
        columns = _mark_table(tokens[start : end + 1], lines)
        tokens.insert(end + 1, _raw("</div>\n"))
        tokens[start : start + 1] = [_raw('<div class="table">'), tokens[start], *columns]


def _mark_table(tokens: Sequence[Token], lines: Sequence[str]) -> list[Token]:
    """Mark a table and its cells; return what gives its columns their widths, if anything."""
    table = tokens[0]
    rows = list(_rows(tokens))
    head, body = rows[0], rows[1:]
    names = [_text(inline) for _, inline, _ in head]
    blanks = any(_is_blank(inline) for row in body for _, inline, _ in row)
    if _is_wide(rows):
        table.attrJoin("class", "cards")
        _say_roles(tokens)
    _mark_short_columns(rows)
    for opening, _, _ in (cell for row in rows for cell in row):
        _align(opening)
    for k, (opening, inline, closing) in enumerate(head):
        if names[k]:
            opening.attrSet("scope", "col")
        else:
            _rename(opening, closing, "td")
            opening.attrJoin("class", "blank" if _is_blank(inline) else "none")
    names_rows = not names[0] and len(names) > 1
    for row in body:
        _mark_row(row, names, names_rows=names_rows)
    if blanks or not any(names):
        table.attrJoin("class", "writing")
    if len(names) == 1:
        table.attrJoin("class", "box")
    shares = _shares(lines[table.map[0] + 1]) if table.map and blanks else []
    return [_raw(_columns(shares))] if len(shares) == len(names) else []


def _mark_row(
    row: list[tuple[Token, Token, Token]], names: Sequence[str], *, names_rows: bool
) -> None:
    for k, (opening, inline, _) in enumerate(row):
        if _is_blank(inline):
            opening.attrJoin("class", "blank")
        if k < len(names) and names[k]:
            opening.attrSet("data-label", names[k])
    if names_rows and _text(row[0][1]):
        opening, _, closing = row[0]
        _rename(opening, closing, "th")
        opening.attrSet("scope", "row")


def _rows(tokens: Sequence[Token]) -> Iterator[list[tuple[Token, Token, Token]]]:
    """Yield the rows of a table: opening, inline and closing token of each cell."""
    row: list[tuple[Token, Token, Token]] = []
    for k, token in enumerate(tokens):
        if token.type in _CELLS:
            row.append((token, tokens[k + 1], tokens[k + 2]))
        elif token.type == "tr_close":
            yield row
            row = []


def _text(inline: Token) -> str:
    return shown(inline).replace("\xa0", " ").strip()


def _is_blank(inline: Token) -> bool:
    """Return whether a cell is there to be written in: it holds a no-break space."""
    return "\xa0" in shown(inline) and not _text(inline)


def _is_wide(rows: Sequence[Sequence[tuple[Token, Token, Token]]]) -> bool:
    columns = list(zip(*rows, strict=True))
    longest = [
        max((len(word) for _, inline, _ in column for word in _text(inline).split()), default=1)
        for column in columns
    ]
    return len(columns) >= MANY_COLUMNS or (len(columns) > 1 and sum(longest) > WIDE_WORDS)


def _mark_short_columns(rows: Sequence[Sequence[tuple[Token, Token, Token]]]) -> None:
    for column in zip(*rows[1:], strict=True):
        if max(len(_text(inline)) for _, inline, _ in column) <= SHORT:
            for opening, inline, _ in column:
                if not _is_blank(inline):
                    opening.attrJoin("class", "short")


def _say_roles(tokens: Sequence[Token]) -> None:
    """Give a table its roles in words: laid out as cards, some browsers forget that it is one."""
    roles = {
        "table_open": "table",
        "thead_open": "rowgroup",
        "tbody_open": "rowgroup",
        "tr_open": "row",
        "th_open": "columnheader",
        "td_open": "cell",
    }
    for token in tokens:
        if role := roles.get(token.type):
            token.attrSet("role", role)


def _align(opening: Token) -> None:
    """Say where a cell's text stands so that it holds from right to left as well."""
    style = opening.attrs.pop("style", "")
    if str(style).endswith(("right", "center")):
        opening.attrJoin("class", "number" if str(style).endswith("right") else "middle")


def _rename(opening: Token, closing: Token, tag: str) -> None:
    opening.tag = closing.tag = tag
    if "role" in opening.attrs:
        opening.attrSet("role", "cell" if tag == "td" else "rowheader")


def _shares(rule: str) -> list[float]:
    """Return the shares of the columns in percent, from the dashes under the table's head."""
    dashes = [len(part.strip()) for part in rule.strip().strip("|").split("|")]
    return [100 * count / sum(dashes) for count in dashes] if all(dashes) else []


def _columns(shares: Sequence[float]) -> str:
    columns = "".join(f'<col style="width:{share:.0f}%">' for share in shares)
    return f"<colgroup>{columns}</colgroup>\n"


# list items and lines --------------------------------------------------------------------------


def _mark_items(tokens: list[Token]) -> None:
    for item, paragraph, inline in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if (item.type, paragraph.type) != ("list_item_open", "paragraph_open"):
            continue
        children = inline.children or []
        box = _BOX.match(children[0].content) if children else None
        if box:
            children[0].content = children[0].content[box.end() :]
            item.attrJoin("class", "task")
            checked = " checked" if box[1] != " " else ""
            opening = _raw(f'<label><input type="checkbox"{checked}>', "html_inline")
            inline.children = [opening, *children, _raw("</label>", "html_inline")]
        elif _begins_bold(children):
            item.attrJoin("class", "cue")


def _begins_bold(children: Sequence[Token]) -> bool:
    first = next((child for child in children if child.content or child.nesting), None)
    return first is not None and first.type == "strong_open"


def _with_lines(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield inline *tokens* with a line to write on for a row of underscores."""
    for is_text, group in groupby(tokens, key=lambda token: token.type == "text"):
        if not is_text:
            yield from group
            continue
        text = "".join(token.content for token in group)  # the parser cuts at each mark
        place = 0
        for match in _BLANK.finditer(text):
            yield from _said(text[place : match.start()])
            yield _raw('<span class="line"></span>', "html_inline")
            place = match.end()
        yield from _said(text[place:])


def _said(text: str) -> Iterator[Token]:
    from markdown_it.token import Token  # noqa: PLC0415

    if text:
        yield Token("text", "", 0, content=text)


def _raw(html: str, type: str = "html_block") -> Token:
    from markdown_it.token import Token  # noqa: PLC0415

    return Token(type, "", 0, content=html)
