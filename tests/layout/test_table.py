"""Tables: columns by their content, rows by measured lines, smaller type, then further slides."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from deckgen.blocks.pieces import cell
from deckgen.boxes import Column, Fill, Table
from deckgen.geometry import EMU_PER_INCH, Rect, inches
from deckgen.layout.frames import TableFrame
from deckgen.layout.table import (
    HEAD_HEIGHT,
    ROW_HEIGHTS,
    column_widths,
    fit_table,
    frame_table,
    split_table,
)
from deckgen.theme.places import slide_layouts
from stages import CLEAR

CONTENT = slide_layouts()["Content"].places["content"]
WIDE = CONTENT.rect.w
WORDS = "a few words of mixed length and one extraordinarily long"
TEXTS = st.lists(st.sampled_from(WORDS.split()), max_size=14).map(" ".join)


def table(rows: Sequence[Sequence[str]], *, head: bool = True, tallest: float = 1.02) -> Table:
    """Return a table of these texts, the first row as its head."""
    cells = [tuple(cell(text) for text in row) for row in rows]
    first = tuple(cell(text, style="table_head") for text in rows[0]) if head else ()
    return Table(
        tuple(Column() for _ in rows[0]),
        tuple(cells[1:] if head else cells),
        first,
        description="T",
        tallest=tallest,
    )


@st.composite
def tables(draw: st.DrawFn, most: int = 4) -> Table:
    """Draw a table of two to *most* columns and up to thirty rows."""
    count = draw(st.integers(2, most))
    row = st.lists(TEXTS, min_size=count, max_size=count)
    rows = draw(st.lists(row, min_size=2, max_size=30))
    return table(rows, head=draw(st.booleans()))


def low(height: float) -> Rect:
    """Return the place of a table with less height, in inches."""
    return Rect(CONTENT.rect.x, CONTENT.rect.y, WIDE, inches(height))


def framed(made: Table, rect: Rect = CONTENT.rect) -> TableFrame:
    """Return the table's frame."""
    fitted = fit_table(CLEAR, CONTENT, made, rect)
    assert fitted is not None
    return frame_table(CLEAR, CONTENT, fitted, rect)


def sizes(frame: TableFrame) -> set[float | None]:
    """Return the sizes of the type in the rows, the head left out."""
    rows = frame.rows[1:] if frame.has_head else frame.rows
    return {run.form.size for _, cells in rows for c in cells for run in c.paragraph.runs}


THREE = [["", "A", "B"], ["One", "x", "y"], ["Two", "x", "y"], ["Three", "x", "y"]]


class TestRows:
    def test_rows_are_as_tall_as_fits_up_to_the_tallest(self) -> None:
        frame = framed(table(THREE, tallest=0.82))
        assert [height for height, _ in frame.rows] == [HEAD_HEIGHT, *[inches(0.82)] * 3]

    @pytest.mark.parametrize(
        ("height", "row"), [(4.2, 1.02), (3.4, 0.82), (2.5, 0.68), (2.0, 0.46)]
    )
    def test_less_room_makes_lower_rows_at_the_same_type(self, height: float, row: float) -> None:
        frame = framed(table(THREE), low(height))
        assert {h for h, _ in frame.rows[1:]} == {inches(row)}
        assert sizes(frame) == {22}

    def test_a_row_of_more_lines_is_taller_than_the_others(self) -> None:
        rows = [*THREE, ["Four", "word " * 30, "y"]]
        heights = [h for h, _ in framed(table(rows, tallest=0.46)).rows[1:]]
        assert len(set(heights[:3])) == 1
        assert heights[3] > 2 * heights[0]

    def test_type_steps_down_by_two_points_and_not_under_its_floor(self) -> None:
        rows = [THREE[0], *([f"Row {k}", "word " * 12, "y"] for k in range(5))]
        found = {}
        for tenths in range(42, 10, -1):
            fitted = fit_table(CLEAR, CONTENT, table(rows), low(tenths / 10))
            if fitted:
                found[fitted.steps] = sizes(framed(table(rows), low(tenths / 10)))
        assert found == {0: {22}, 1: {20}, 2: {18}}

    def test_no_size_is_told(self) -> None:
        assert fit_table(CLEAR, CONTENT, table(THREE), low(0.5)) is None

    def test_siblings_may_ask_for_smaller_type(self) -> None:
        fitted = fit_table(CLEAR, CONTENT, table(THREE), CONTENT.rect, 1)
        assert fitted is not None
        assert fitted.steps == 1


class TestColumns:
    def widths(self, *columns: Column, texts: Sequence[str]) -> list[float] | None:
        made = Table(columns, (tuple(cell(text) for text in texts),), description="T")
        found = column_widths(CLEAR, CONTENT, made, WIDE, 0)
        return [round(width / 914_400, 2) for width in found] if found else None

    def test_a_fixed_column_keeps_its_width(self) -> None:
        assert self.widths(Column(0.6), Column(), texts=["1", "x"]) == [0.6, 11.4]

    def test_columns_after_the_labels_share_evenly(self) -> None:
        label, *others = self.widths(Column(), Column(), Column(), texts=["L", "x", "y"]) or []
        assert label == pytest.approx(0.18 * 12, abs=0.01)
        assert others == pytest.approx([4.92, 4.92], abs=0.01)

    def test_a_label_takes_what_it_needs_up_to_a_share(self) -> None:
        needs = self.widths(Column(), Column(), texts=["A label of some words", "x"]) or []
        most = self.widths(Column(), Column(), texts=["A label of some words " * 5, "x"]) or []
        assert 0.18 * 12 < needs[0] < 0.36 * 12
        assert most[0] == pytest.approx(0.36 * 12, abs=0.01)

    def test_a_column_with_a_wide_word_gets_what_the_word_needs(self) -> None:
        _, wide, rest = self.widths(Column(), Column(), Column(), texts=["L", "n" * 40, "y"]) or []
        assert wide > 4.92 > rest
        assert wide + rest == pytest.approx(0.82 * 12, abs=0.02)

    @given(tables(most=8))
    def test_a_wide_table_is_as_wide_as_its_place_or_has_words_that_are_too_wide(
        self, made: Table
    ) -> None:
        found = column_widths(CLEAR, CONTENT, made, WIDE, 0)
        assume(found is not None)
        assert abs(sum(found or ()) - WIDE) <= len(made.columns)
        assert min(found or ()) > 0

    def test_in_a_wide_table_short_columns_leave_their_room_to_long_ones(self) -> None:
        long = "a text that goes on for rather more words than its numbers"
        rows = [
            ["A", "B", "C", "D", "E", "F", "G", "H"],
            ["a", "1", "2", "3", "4", "5", long, long],
        ]
        widths = column_widths(CLEAR, CONTENT, table(rows), WIDE, 0)
        assert widths is not None
        assert sum(widths) == WIDE
        assert max(widths[:6]) < inches(0.6)
        assert min(widths[6:]) > inches(4)

    def test_a_wide_table_of_short_texts_is_spread_over_the_whole(self) -> None:
        rows = [["A", "B", "C", "D", "E", "F"], ["a", "bb", "ccc", "d", "e", "f"]]
        widths = column_widths(CLEAR, CONTENT, table(rows), WIDE, 0)
        assert widths is not None
        assert sum(widths) == WIDE
        assert max(widths) - min(widths) < inches(0.5)

    def test_a_word_wider_than_its_column_fits_nowhere(self) -> None:
        assert self.widths(Column(0.6), Column(), texts=["1", "n" * 120]) is None
        assert (
            fit_table(CLEAR, CONTENT, table([["a", "b"], ["x", "n" * 120]]), CONTENT.rect) is None
        )
        assert (
            split_table(CLEAR, CONTENT, table([["a", "b"], ["x", "n" * 120]]), CONTENT.rect) is None
        )

    @given(tables())
    def test_widths_sum_to_the_whole(self, made: Table) -> None:
        found = column_widths(CLEAR, CONTENT, made, WIDE, 0)
        assert found is not None
        assert abs(sum(found) - WIDE) <= len(found)
        assert min(found) > 0


class TestSplitting:
    def test_a_long_table_is_parted_evenly_with_its_head_on_each_part(self) -> None:
        made = table([["", "A"], *([f"Row {k}", "x"] for k in range(20))])
        parts = split_table(CLEAR, CONTENT, made, CONTENT.rect)
        assert parts is not None
        assert [len(part.rows) for part in parts] == [7, 7, 6]
        assert all(part.head == made.head for part in parts)

    def test_a_row_taller_than_the_place_cannot_be_parted(self) -> None:
        made = table([["", "A"], ["One", "word " * 400]])
        assert split_table(CLEAR, CONTENT, made, CONTENT.rect) is None

    @given(tables(), st.sampled_from([2.0, 3.0, 4.2]))
    def test_every_part_fits_and_no_row_is_lost(self, made: Table, height: float) -> None:
        fits = fit_table(CLEAR, CONTENT, made, low(height))
        parts = [made] if fits else split_table(CLEAR, CONTENT, made, low(height))
        if parts is None:
            widths = column_widths(CLEAR, CONTENT, made, WIDE, 2) or ()
            columns = tuple(Column(width / EMU_PER_INCH) for width in widths)
            alone = [made._replace(columns=columns, rows=(row,)) for row in made.rows]
            assert not all(fit_table(CLEAR, CONTENT, row, low(height)) for row in alone)
            return
        assert tuple(row for part in parts for row in part.rows) == made.rows
        assert all(framed(part, low(height)).rect.h <= inches(height) for part in parts)

    @given(st.integers(2, 60))
    def test_parts_of_rows_that_are_alike_differ_by_at_most_one_row(self, count: int) -> None:
        made = table([["", "A"], *([f"Row {k}", "x"] for k in range(count))])
        parts = split_table(CLEAR, CONTENT, made, low(2)) or [made]
        counts = [len(part.rows) for part in parts]
        assert max(counts) - min(counts) <= 1


class TestFrames:
    @given(tables())
    def test_a_frame_is_as_large_as_its_rows_and_columns(self, made: Table) -> None:
        fitted = fit_table(CLEAR, CONTENT, made, CONTENT.rect)
        assume(fitted is not None)
        frame = frame_table(CLEAR, CONTENT, fitted, CONTENT.rect)
        assert frame.rect.w == sum(frame.columns) <= CONTENT.rect.w
        assert frame.rect.h == sum(height for height, _ in frame.rows) <= CONTENT.rect.h
        assert all(height >= ROW_HEIGHTS[0] for height, _ in frame.rows)

    def test_the_head_has_a_rule_and_rows_have_hairlines(self) -> None:
        frame = framed(table(THREE))
        head, first, second, _ = [cells[0] for _, cells in frame.rows]
        assert (head.top, head.bottom) == (None, (1.5, CLEAR.scheme("page", "key")))
        assert first.top == head.bottom
        assert first.bottom == second.top == (0.75, CLEAR.scheme("page", "line"))

    @pytest.mark.parametrize(
        ("fill", "ground", "ink"),
        [
            (Fill.TIME, "panel", "time_ink"),
            (Fill.NOW, "time", "on_time"),
            (Fill.PAST, "panel", "muted"),
        ],
    )
    def test_a_time_block_is_filled_and_its_gaps_are_lines(
        self, fill: Fill, ground: str, ink: str
    ) -> None:
        row = (cell("10:00", style="minutes", fill=fill), cell("x"))
        made = Table((Column(0.96, "ctr"), Column()), (row, row), description="T")
        block, text = framed(made).rows[0][1]
        assert block.fill == CLEAR.scheme("page", ground)
        assert block.paragraph.runs[0].form.colour == CLEAR.scheme("page", ink)
        assert block.top == block.bottom == (3.0, CLEAR.scheme("page", "ground"))
        assert block.paragraph.form.align == "ctr"
        assert text.left > 0

    def test_cells_tell_everything_for_a_table_inherits_nothing(self) -> None:
        for _, cells in framed(table(THREE)).rows:
            for made in cells:
                for run in made.paragraph.runs:
                    assert None not in (
                        run.form.size,
                        run.form.bold,
                        run.form.colour,
                        run.form.face,
                    )
