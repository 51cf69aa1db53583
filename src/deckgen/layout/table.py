"""Fits a table: columns by content, rows by measured lines, then smaller type, then further slides."""

from __future__ import annotations

from itertools import count
from typing import NamedTuple

from deckgen.boxes import Cell, Fill, Run, Table
from deckgen.geometry import Rect, inches, points
from deckgen.layout.breaks import softened
from deckgen.layout.frames import CellFrame, FrameParagraph, ParagraphFormat, TableFrame
from deckgen.layout.overflow import Overflow, in_inches, shown, too_wide
from deckgen.layout.parts import even_parts
from deckgen.layout.text_format import (
    TextFormat,
    form_of,
    frame_runs,
    least_width,
    measure,
    natural_width,
    parted,
    without_orphan,
)
from deckgen.theme.model import Theme
from deckgen.theme.places import Place

ROW_HEIGHTS = tuple(inches(h) for h in (0.40, 0.46, 0.56, 0.68, 0.82, 1.02, 1.16, 1.34))
HEAD_HEIGHT = inches(0.46)
ROW_PADDING = inches(0.10)
LABEL_SHARES = 0.18, 0.36  # of the table, that a column of labels takes at least and at most
WIDE = 5  # columns from which each takes what its texts need, and none an even share
AFTER_BLOCK = inches(0.18)
STYLED_MARGIN = inches(0.1)  # at both sides of a cell that a table style fills
BLOCK_GAP = 3.0  # points
BLOCK_COLOURS = {Fill.NOW: "on_time", Fill.PAST: "muted"}


class FittedTable(NamedTuple):
    """A table with its sizes: column widths, the height of its head and rows, in EMU."""

    table: Table
    steps: int
    columns: tuple[int, ...]
    head: int
    rows: tuple[int, ...]

    @property
    def height(self) -> int:
        """The height of the whole."""
        return self.head + sum(self.rows)


def fit_table(
    theme: Theme, place: Place, table: Table, rect: Rect, first: int = 0
) -> FittedTable | None:
    """Return *table* at the largest type, *first* steps down or more, at which it fits, or None."""
    place = _taken(place, table)
    for steps in count(max(first, table.least_steps)):
        columns = table.widths or column_widths(theme, place, table, rect.w, steps)
        least = None if columns is None else _least_rows(theme, place, table, columns, steps)
        if columns and least and sum(least) <= rect.h:
            return _roomy(table, steps, columns, least, rect.h)
        if _at_floor(theme, place, table, steps):
            return None
    return None


def split_table(
    theme: Theme, place: Place, table: Table, rect: Rect, steps: int | None = None
) -> list[Table] | None:
    """Return *table* in the fewest parts that fit *rect* at *steps* down (None: the smallest type).

    Each part has the head, the columns of the whole, and one size of type. None: a row is too tall
    or a word too wide.
    """
    place = _taken(place, table)
    floor = floor_steps(theme, place, table)
    steps = floor if steps is None else steps
    columns = table.widths or column_widths(theme, place, table, rect.w, steps)
    if columns is None:
        return None
    head, *rows = _least_rows(theme, place, table, columns, steps)
    if any(head + row > rect.h for row in rows):
        return None
    bounds = even_parts(rows, [0] * len(rows), rect.h - head)
    parts = [table._replace(rows=table.rows[a:b]) for a, b in bounds]
    return next(
        (
            alike
            for down in range(steps + 1)
            if (alike := _alike(theme, place, parts, table, rect, down))
        ),
        parts,
    )


def _alike(
    theme: Theme, place: Place, parts: list[Table], whole: Table, rect: Rect, steps: int
) -> list[Table]:
    """Return the parts of a table at *steps* down with the columns of the whole; none: one is too tall."""
    widths = whole.widths or column_widths(theme, place, whole, rect.w, steps)
    if widths is None:
        return []
    least = (sum(_least_rows(theme, place, part, widths, steps)) for part in parts)
    if any(height > rect.h for height in least):
        return []
    return [part._replace(least_steps=steps, widths=widths) for part in parts]


def least_height(theme: Theme, place: Place, table: Table, width: int, steps: int) -> int | None:
    """Return the height of *table* with rows as low as can be, or None: a word is too wide."""
    place = _taken(place, table)
    columns = table.widths or column_widths(theme, place, table, width, steps)
    return None if columns is None else sum(_least_rows(theme, place, table, columns, steps))


def with_widths(theme: Theme, place: Place, table: Table, width: int, steps: int) -> Table:
    """Return *table* with the columns that it has *width* EMU wide, for what is parted of it."""
    columns = column_widths(theme, _taken(place, table), table, width, steps)
    return table._replace(widths=table.widths or columns or ())


def floor_steps(theme: Theme, place: Place, table: Table) -> int:
    """Return the number of steps at which all text of *table* is at its smallest."""
    return next(steps for steps in count() if _at_floor(theme, place, table, steps))


def sizes(theme: Theme, place: Place, table: Table, steps: int) -> list[float]:
    """Return the point size of each cell of *table*."""
    return [cell_form(theme, place, cell, steps).size for row in table.rows for cell in row]


def explain_overflow(theme: Theme, place: Place, table: Table, rect: Rect) -> Overflow:
    """Return the finding for a *table* that does not fit: the row, its cell, by how much."""
    place = _taken(place, table)
    steps = floor_steps(theme, place, table)
    columns = column_widths(theme, place, table, rect.w, steps)
    if columns is None:
        return _too_wide(theme, place, table, rect.w, steps)
    head, *rows = _least_rows(theme, place, table, columns, steps)
    excess, k = max((head + row - rect.h, k) for k, row in enumerate(rows))
    if excess <= 0:
        more = in_inches(head + sum(rows) - rect.h)
        message = f"the table does not fit: it is {more} too tall even at the smallest size"
        hint = "remove rows, or let it continue on further slides (`overflow: split`)"
        spans = (cell.paragraph.span for row in table.rows for cell in row if cell.paragraph.span)
        return Overflow("text-overflow", message, next(spans, None), (hint,))
    cells = table.rows[k]
    heights = [_cell_height(theme, place, cells, c, columns, steps) for c in range(len(cells))]
    cell = cells[heights.index(max(heights))]
    message = (
        f"row {k + 1} of the table does not fit a slide: it is {in_inches(excess)} too "
        f"tall even at the smallest size, because of its cell `{shown(cell.paragraph.text)}`"
    )
    hint = f"shorten the cell's {len(cell.paragraph.text)} characters, or split it into two rows"
    return Overflow("text-overflow", message, cell.paragraph.span, (hint,))


def _too_wide(theme: Theme, place: Place, table: Table, width: int, steps: int) -> Overflow:
    """Return the finding for the cell whose word is widest beside the room that its column has."""
    fixed = [inches(column.width) if column.width else 0 for column in table.columns]
    open_columns = [k for k, room in enumerate(fixed) if not room]
    even = (width - sum(fixed)) // max(1, len(open_columns))
    label = int((width - sum(fixed)) * LABEL_SHARES[1]) if len(open_columns) > 1 else even
    rooms = [room or (label if [k] == open_columns[:1] else even) for k, room in enumerate(fixed)]
    worst: tuple[int, int, Cell] | None = None
    for number, row in enumerate((table.head, *table.rows)):
        for k, cell in enumerate(row):
            excess = _least(theme, place, row, k, steps) - rooms[k]
            if worst is None or excess > worst[0]:
                worst = (excess, number, cell)
    assert worst is not None
    excess, number, cell = worst
    where = f"its column allows, in {f'row {number}' if number else 'the head'} of the table"
    return too_wide(cell.paragraph, cell_form(theme, place, cell, steps), where, max(excess, 1))


def frame_table(theme: Theme, place: Place, fitted: FittedTable, rect: Rect) -> TableFrame:
    """Return the fitted table as a frame at the top of *rect*."""
    table = fitted.table
    place = _taken(place, table)
    rows = [(fitted.head, table.head)] if table.head else []
    rows += list(zip(fitted.rows, table.rows, strict=True))
    framed = tuple(
        (height, _frame_row(theme, place, fitted, k, cells))
        for k, (height, cells) in enumerate(rows)
    )
    return TableFrame(
        name=place.name,
        place=place,
        rect=Rect(rect.x, rect.y, sum(fitted.columns), fitted.height),
        columns=fitted.columns,
        rows=framed,
        has_head=bool(table.head),
        description=table.description,
        style=_style(place),
    )


def _taken(place: Place, table: Table) -> Place:
    """Return *place* without its table style where *table* cannot show it.

    It has no head, or colours of its own: time blocks, or links, whose contrast is not known.
    """
    cells = [cell for row in (table.head, *table.rows) for cell in row]
    has_links = any(run.link for cell in cells for run in cell.paragraph.runs)
    if not _style(place) or (table.head and not has_links and not any(map(_is_block, cells))):
        return place
    assert place.held
    return place._replace(held=place.held._replace(table_style=""))


def _style(place: Place) -> str:
    """Return the id of the style that tables take in a place on a template."""
    return place.held.table_style if place.held else ""


def column_widths(
    theme: Theme, place: Place, table: Table, width: int, steps: int
) -> tuple[int, ...] | None:
    """Return column widths that sum to *width*, or None where a word is wider than its column.

    Fixed columns keep their width, unless a word is wider. Of the others the first, which names the rows, takes what its
    texts need within `LABEL_SHARES`, and the rest share what is left. In a `WIDE` table numbers and
    short words leave their room to long texts.
    """
    fixed = [inches(column.width) if column.width else 0 for column in table.columns]
    left = width - sum(fixed)
    small = int(left * min(LABEL_SHARES[0], 1 / len(fixed))) if fixed else 0
    return _widths(theme, place, table, width, steps, fixed, small) or _widths(
        theme, place, table, width, steps, fixed, 0
    )


def _widths(
    theme: Theme,
    place: Place,
    table: Table,
    width: int,
    steps: int,
    fixed: list[int],
    small: int,
) -> tuple[int, ...] | None:
    """Return column widths; of texts narrower than *small* EMU the words are not looked at."""
    needs = {k: _needs(theme, place, table, k, steps, own or small) for k, own in enumerate(fixed)}
    widths = [max(own, needs[k][1]) if own else 0 for k, own in enumerate(fixed)]
    open_columns = [k for k, own in enumerate(fixed) if not own]
    left = width - sum(widths)
    if len(open_columns) >= WIDE:
        levelled = _levelled(left, [needs[k] for k in open_columns])
        for k, room in zip(open_columns, levelled, strict=True):
            widths[k] = room
        open_columns = []
    if len(open_columns) > 1:
        label = open_columns[0]
        natural, _ = needs[label]
        least, most = (int(left * share) for share in LABEL_SHARES)
        widths[label] = max(least, min(natural, most))
        open_columns = open_columns[1:]
        left -= widths[label]
    for k, share in zip(open_columns, _shares(left, [needs[k] for k in open_columns]), strict=True):
        widths[k] = share
    fits = all(widths[k] >= need[1] for k, need in needs.items()) and sum(widths) <= width
    return tuple(widths) if fits else None


def _shares(room: int, needs: list[tuple[int, int]]) -> list[int]:
    """Return widths that sum to *room* for columns of natural and least widths.

    Even ones, unless a text would break there that need not, or a word would not fit.
    """
    if not needs:
        return []
    even = room // len(needs)
    naturals = [natural for natural, _ in needs]
    if max(naturals) > even and sum(naturals) <= room:
        spare = (room - sum(naturals)) // len(needs)
        widths = [natural + spare for natural in naturals]
    elif (wide := [least for _, least in needs if least > even]) and len(wide) < len(needs):
        rest = (room - sum(wide)) // (len(needs) - len(wide))
        widths = [least if least > even else rest for _, least in needs]
    else:
        widths = [even] * len(needs)
    return [*widths[:-1], room - sum(widths[:-1])]


def _levelled(room: int, needs: list[tuple[int, int]]) -> list[int]:
    """Return widths that sum to *room*: as wide as the texts, but none wider than a common level.

    None is narrower than its widest word; what no text needs is shared out evenly.
    """
    naturals = [max(natural, least) for natural, least in needs]
    if sum(naturals) <= room:
        spare = (room - sum(naturals)) // len(needs)
        widths = [natural + spare for natural in naturals]
        return [*widths[:-1], room - sum(widths[:-1])]
    low, high = 0, room
    while high - low > 1:
        level = (low + high) // 2
        taken = sum(max(least, min(natural, level)) for natural, least in needs)
        low, high = (level, high) if taken <= room else (low, level)
    widths = [max(least, min(natural, low)) for natural, least in needs]
    widest = widths.index(max(widths))
    widths[widest] += max(0, room - sum(widths))
    return widths


def cell_form(theme: Theme, place: Place, cell: Cell, steps: int) -> TextFormat:
    """Return the form of a cell's text."""
    return form_of(theme, cell.style, place.area, steps)


def _needs(
    theme: Theme, place: Place, table: Table, column: int, steps: int, small: int
) -> tuple[int, int]:
    """Return the natural width and the least width of a column, margin included."""
    natural = least = 0
    for row in (table.head, *table.rows):
        if row and row[column].paragraph.text:
            form = cell_form(theme, place, row[column], steps)
            runs, margins = row[column].paragraph.runs, _margins(theme, place, row, column)
            whole = natural_width(runs, form) + margins
            natural = max(natural, whole)
            is_small = whole <= small
            least = max(least, whole if is_small else _least(theme, place, row, column, steps))
    slack = points(1)
    return natural + slack, least + slack


def _least(theme: Theme, place: Place, row: tuple[Cell, ...], column: int, steps: int) -> int:
    """Return the width of a cell's widest word, margins included; addresses may be parted."""
    form = cell_form(theme, place, row[column], steps)
    runs = softened(row[column].paragraph.runs)
    return least_width(runs, form) + _margins(theme, place, row, column)


def _least_rows(
    theme: Theme, place: Place, table: Table, columns: tuple[int, ...], steps: int
) -> list[int]:
    """Return the least height of the head (0: none), then of each row."""
    head = (
        max(HEAD_HEIGHT, _row_height(theme, place, table.head, columns, steps)) if table.head else 0
    )
    rows = [
        max(ROW_HEIGHTS[0], _row_height(theme, place, row, columns, steps)) for row in table.rows
    ]
    return [head, *rows]


def _row_height(
    theme: Theme,
    place: Place,
    row: tuple[Cell, ...],
    columns: tuple[int, ...],
    steps: int,
) -> int:
    heights = (_cell_height(theme, place, row, k, columns, steps) for k in range(len(row)))
    return max(heights) + ROW_PADDING


def _cell_height(
    theme: Theme, place: Place, row: tuple[Cell, ...], k: int, columns: tuple[int, ...], steps: int
) -> int:
    form, width = (
        cell_form(theme, place, row[k], steps),
        columns[k] - _margins(theme, place, row, k),
    )
    runs = parted(row[k].paragraph.runs, form, width)
    return measure(runs, form, width, in_table=True).height


def _roomy(
    table: Table, steps: int, columns: tuple[int, ...], least: list[int], height: int
) -> FittedTable:
    """Return the table with the largest common row height that fits, up to its tallest."""
    head, *rows = least
    steps_down = [h for h in reversed(ROW_HEIGHTS) if h <= inches(table.tallest)]
    for common in steps_down:
        grown = tuple(max(row, common) for row in rows)
        if head + sum(grown) <= height:
            return FittedTable(table, steps, columns, head, grown)
    return FittedTable(table, steps, columns, head, tuple(rows))


def _at_floor(theme: Theme, place: Place, table: Table, steps: int) -> bool:
    styles = {cell.style for row in (table.head, *table.rows) for cell in row}
    return all(
        form_of(theme, style, place.area, steps).size
        == form_of(theme, style, place.area, steps + 1).size
        for style in styles
    )


def _is_block(cell: Cell) -> bool:
    return cell.fill is not Fill.NONE


def _frame_row(
    theme: Theme, place: Place, fitted: FittedTable, index: int, cells: tuple[Cell, ...]
) -> tuple[CellFrame, ...]:
    above = _edge(theme, place, fitted.table, index - 1)
    below = _edge(theme, place, fitted.table, index)
    return tuple(
        _time_block(theme, place, fitted, cell, column)
        if _is_block(cell)
        else CellFrame(
            _cell_paragraph(theme, place, fitted, cells, column),
            top=above,
            bottom=below,
            left=_left(place, cells, column),
            right=_right(theme, place, cells, column),
        )
        for column, cell in enumerate(cells)
    )


def _edge(theme: Theme, place: Place, table: Table, index: int) -> tuple[float, str] | None:
    """Return the line under row *index*; the next row's top is the same edge."""
    if index < 0 or _style(place):
        return None
    if table.head and index == 0:
        return (theme.shape.rule, theme.scheme(place.area, "key"))
    return (theme.shape.hairline, theme.scheme(place.area, "line")) if table.ruled else None


def _time_block(
    theme: Theme, place: Place, fitted: FittedTable, cell: Cell, column: int
) -> CellFrame:
    """Return a cell that is a time block; thick lines in the ground's colour read as gaps."""
    role = "time" if cell.fill is Fill.NOW else "panel"
    gap = (BLOCK_GAP, theme.scheme(place.area, "ground"))
    paragraph = _cell_paragraph(theme, place, fitted, (cell,) * (column + 1), column)
    return CellFrame(paragraph, fill=theme.scheme(place.area, role), top=gap, bottom=gap)


def _cell_paragraph(
    theme: Theme, place: Place, fitted: FittedTable, cells: tuple[Cell, ...], column: int
) -> FrameParagraph:
    cell = cells[column]
    form = cell_form(theme, place, cell, fitted.steps)
    runs = _without_orphan(
        cell.paragraph.runs, form, fitted.columns[column] - _margins(theme, place, cells, column)
    )
    if cell.fill in BLOCK_COLOURS:
        runs = tuple(run._replace(colour=BLOCK_COLOURS[cell.fill]) for run in runs)
    align = fitted.table.columns[column].align
    whole = ParagraphFormat(align, form.style.line, 0, 0, 0, bullet=False)
    framed = frame_runs(runs, form, None)
    if _style(place):
        framed = tuple(run._replace(form=run.form._replace(colour=None)) for run in framed)
    return FrameParagraph(framed, whole)


def _without_orphan(runs: tuple[Run, ...], form: TextFormat, width: int) -> tuple[Run, ...]:
    runs = parted(runs, form, width)
    before = measure(runs, form, width)
    if before.lines < 2:
        return runs
    joined = without_orphan(runs)
    after = measure(joined, form, width)
    return joined if after.lines <= before.lines and after.widest <= width else runs


def _left(place: Place, cells: tuple[Cell, ...], column: int) -> int:
    """Return the left margin of a cell: a text keeps off the time block before it."""
    if _style(place):
        return STYLED_MARGIN
    return AFTER_BLOCK if column and _is_block(cells[column - 1]) else 0


def _right(theme: Theme, place: Place, cells: tuple[Cell, ...], column: int) -> int:
    """Return the right margin of a cell: none at the table's edge."""
    if _style(place):
        return STYLED_MARGIN
    return inches(theme.space.cell_right) if column < len(cells) - 1 else 0


def _margins(theme: Theme, place: Place, cells: tuple[Cell, ...], column: int) -> int:
    """Return the left and right margin of a cell together; a time block has none."""
    if _is_block(cells[column]):
        return 0
    return _left(place, cells, column) + _right(theme, place, cells, column)
