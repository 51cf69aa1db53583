"""Free content: texts, points, pictures, code, tables, charts, quotations, numbers; in up to four columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar

from deckgen.blocks.base import Block, Context, Proses, WorksheetContext
from deckgen.blocks.chart_block import Charted, data_table
from deckgen.blocks.code_block import Listing, listing_told
from deckgen.blocks.comparison_block import Compared, table_told
from deckgen.blocks.highlight_block import Quoted, quote_told
from deckgen.blocks.image_block import Pictured, on_one_line, picture_told
from deckgen.blocks.pieces import paragraph, slide, text_box
from deckgen.blocks.prose import parts_of
from deckgen.boxes import (
    NUMBER,
    Chart,
    Content,
    Paragraph,
    Picture,
    Single,
    SlideBoxes,
    Stack,
    TextBox,
)
from deckgen.diagnostics import Span
from deckgen.document.nodes import Node, listed_points, paragraphs
from deckgen.document.prose import prose
from deckgen.document.texts import Markdown, unbold
from deckgen.inline import parse_inline
from deckgen.languages import Words
from deckgen.reading.fields import Bounds, Count, Problem, Text, declared, given, needed, shared

LAYOUTS = {2: "Two Columns", 3: "Three Columns", 4: "Four Columns"}
PLACES = {2: ("left", "right"), 3: ("column_1", "column_2", "column_3")}
PLACES[4] = (*PLACES[3], "column_4")


Width = Annotated[float, Bounds(1, 6)]


@declared
class Point:
    """A point of a list, with points under it."""

    SCALAR: ClassVar[tuple[str, ...]] = ("text",)

    text: Text = needed(help="the point")
    points: tuple[Point, ...] = given((), help="points under it")


@shared
class Parts:
    """What a slide or a column of it may hold, under each other in the order in which it is written."""

    text: Proses = given((), help="paragraphs, and whatever block Markdown has")
    points: tuple[Point, ...] = given((), help="a list, at most three levels deep")
    image: Pictured | None = given(None, help="a picture")
    code: Listing | None = given(None, help="lines of code, alone or with their language")
    table: Compared | None = given(None, help="a table, as in `comparison`")
    chart: Charted | None = given(None, help="a chart")
    quote: Quoted | None = given(None, help="what someone said, word for word")
    number: Text | None = given(None, help="a number in the largest type, such as `3 in 4`")


@declared
class ContentColumn(Parts):
    """A column: its heading, what it holds, and the line under it."""

    title: Text | None = given(None, help="heading of the column")
    caption: Text | None = given(None, help="line under the column")

    def problems(self) -> Iterator[Problem]:
        """Yield a column that holds nothing."""
        if not written(self):
            yield Problem("", "missing-field", f"a column needs one of {_named(PARTS)}")


@declared
class ContentBlock(Parts, Block):
    """A slide of your own: anything under its title, in one to four columns, or a picture behind it."""

    KIND: ClassVar[str] = "content"
    AS_ON_PAPER: ClassVar[bool] = True

    columns: Annotated[tuple[ContentColumn, ...], Count(1, 4)] = given(
        (), help="one to four columns, side by side"
    )
    widths: Annotated[tuple[Width, ...], Count(2, 4)] = given(
        (),
        help="how wide the columns are beside each other: `[2, 1]` makes the first twice as wide",
    )
    background: Pictured | None = given(
        None, help="a picture over the whole slide, its title on top; then nothing else"
    )
    source: Text | None = given(None, help="where it comes from")

    build: bool = given(False, help="whether points appear click by click")

    def problems(self) -> Iterator[Problem]:
        """Yield an empty block, and contents that exclude each other."""
        parts = [name for name, _ in written(self)]
        if not (parts or self.columns or self.background):
            options = (*PARTS, "columns", "background")
            message = f"a `content` block needs one of {_named(options)}"
            yield Problem("", "missing-field", message)
        if self.columns and parts:
            message = f"`columns` cannot be combined with {_named(parts)}: move it into a column"
            yield Problem("columns", "wrong-value", message)
        if self.background and (parts or self.columns):
            others = _named([*parts, *(["columns"] if self.columns else [])])
            message = f"`background` cannot be combined with {others}: only the title stands on it"
            yield Problem("background", "wrong-value", message)
        if self.widths and len(self.widths) != len(self.columns):
            message = f"`widths` has {len(self.widths)} numbers for {len(self.columns)} columns"
            yield Problem("widths", "wrong-value", message)

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the content as given."""
        if self.background:
            return [self._over_picture(self.background, context)]
        if len(self.columns) > 1:
            return [self._in_columns(context)]
        held = self.columns[0] if self.columns else self
        contents = [*_contents(held, context.words, 1)]
        if not self.columns and _are_side_by_side(contents):
            return [self._side_by_side(contents, context)]
        boxes: dict[str, Content] = {
            "content": _stacked((*_head(held), *contents, *_caption(held))),
            "source": text_box(self.source),
        }
        return [slide(self, context, "Content", boxes)._replace(build=self.build)]

    def _side_by_side(self, contents: list[Single], context: Context) -> SlideBoxes:
        """Return words beside a picture or a chart, in the order in which they are written."""
        boxes: dict[str, Content] = {}
        for k, (name, content) in enumerate(zip(PLACES[2], contents, strict=True), 1):
            boxes[name] = content
            if isinstance(content, Picture):
                boxes[f"caption_{k}"] = text_box(*_credits(self))
        boxes["source"] = text_box(self.source)
        return slide(self, context, LAYOUTS[2], boxes)._replace(build=self.build)

    def _over_picture(self, picture: Pictured, context: Context) -> SlideBoxes:
        lines = on_one_line(picture.credit, self.source)
        boxes: dict[str, Content] = {"background": picture.picture(), "credit": text_box(lines)}
        return slide(self, context, "Full Picture", boxes)

    def _in_columns(self, context: Context) -> SlideBoxes:
        count = len(self.columns)
        boxes: dict[str, Content] = {}
        for k, (name, column) in enumerate(zip(PLACES[count], self.columns, strict=True), 1):
            boxes[f"head_{k}"] = text_box(column.title)
            boxes[name] = _stacked(_contents(column, context.words, count))
            boxes[f"caption_{k}"] = text_box(on_one_line(column.caption, *_credits(column)))
        boxes["source"] = text_box(self.source)
        made = slide(self, context, LAYOUTS[count], boxes)
        return made._replace(build=self.build, shares=self.widths)

    @staticmethod
    def worksheet(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:
        """Yield what the slide holds, column by column, and its source."""
        yield from _told(shown, sheet)
        yield from paragraphs(*_credits(shown))
        for column in shown.columns:
            if column.title:
                yield from paragraphs(Markdown(f"**{unbold(column.title)}**"))
            yield from _told(column, sheet)
            yield from paragraphs(on_one_line(column.caption, *_credits(column)))
        if shown.background:
            yield from picture_told(shown.background, sheet)
            yield from paragraphs(shown.background.credit)
        yield from paragraphs(shown.source)


def written(holder: Any) -> list[tuple[str, Any]]:
    """Return the parts that *holder* has, by name, in the order in which they were written.

    Parts from several files, by a change to an audience, stand in the order of `PARTS`.
    """
    parts = [(name, getattr(holder, name)) for name in PARTS if getattr(holder, name)]
    spans = [_span(value) for _, value in parts]
    if len({span.source.name if span else None for span in spans}) > 1:
        return parts
    places = [(span.line, span.column) if span else (0, 0) for span in spans]
    order = sorted(range(len(parts)), key=places.__getitem__)
    return [parts[k] for k in order]


def _span(value: Any) -> Span | None:
    """Return where the first text of a part was written, or None."""
    if isinstance(value, tuple):
        return _span(value[0])
    if isinstance(value, Text):
        return value.span
    held = next((getattr(value, name) for name in FIRST if hasattr(value, name)), None)
    return _span(held) if held else None


def _contents(holder: Any, words: Words, count: int) -> Iterator[Single]:
    """Yield what one of *count* columns holds; texts that follow each other are one."""
    texts: tuple[Paragraph, ...] = ()
    for name, value in written(holder):
        for content in COMPOSED[name](value, words, count):
            if isinstance(content, Paragraph):
                texts = (*texts, content)
                continue
            yield from _text(texts)
            texts = ()
            yield content
    yield from _text(texts)


def _text(paragraphs: tuple[Paragraph, ...]) -> Iterator[TextBox]:
    if paragraphs:
        yield TextBox(paragraphs)


def _stacked(contents: Sequence[Single] | Iterator[Single]) -> Content:
    """Return what goes into one place; texts that follow each other are one."""
    held = tuple(contents)
    return held[0] if len(held) == 1 else Stack(held)


def _are_side_by_side(contents: Sequence[Single]) -> bool:
    """Return whether there are words and one picture or chart, which would be small under them."""
    kinds = [isinstance(content, TextBox) for content in contents]
    return sorted(kinds) == [False, True] and any(
        isinstance(content, Picture | Chart) for content in contents
    )


def _head(holder: Any) -> tuple[Single, ...]:
    """Return the heading of a column that is alone on its slide."""
    is_column = isinstance(holder, ContentColumn) and holder.title
    return (text_box(holder.title, style="column_head"),) if is_column else ()


def _caption(holder: Any) -> tuple[Single, ...]:
    """Return the line under what is alone on its slide."""
    caption = holder.caption if isinstance(holder, ContentColumn) else None
    line = on_one_line(caption, *_credits(holder))
    return (text_box(line, style="caption"),) if line else ()


def _credits(holder: Any) -> tuple[Text, ...]:
    """Return whose picture it is, where there is one."""
    return (holder.image.credit,) if holder.image and holder.image.credit else ()


def _points(points: tuple[Point, ...], level: int = 0) -> Iterator[Paragraph]:
    for point in points:
        yield paragraph(point.text, level=min(level, 2))
        yield from _points(point.points, level + 1)


def _quote(quote: Quoted, words: Words, count: int) -> Iterator[Paragraph]:
    yield paragraph(quote.in_marks(words), style="message" if count < FEW else "lead")
    if quote.credit:
        yield paragraph(quote.credit, style="credit")


def _number(number: Text) -> Paragraph:
    runs = tuple(run._replace(colour="key") for run in parse_inline(number))
    return Paragraph(runs, NUMBER, span=number.span)


FEW = 3  # columns from which on they are narrow
FIRST = ("text", "file", "code", "columns", "categories")  # what a part begins with
Composed = Callable[[Any, Words, int], Iterator[Single | Paragraph]]
COMPOSED: Mapping[str, Composed] = {
    "text": lambda texts, words, _: (part for text in texts for part in parts_of(words, text)),
    "points": lambda points, _, __: _points(points),
    "image": lambda image, _, __: iter((image.picture(),)),
    "code": lambda code, _, __: iter((code.listing(),)),
    "table": lambda table, words, _: iter((table.table(words),)),
    "chart": lambda chart, words, _: iter((chart.chart(words),)),
    "quote": _quote,
    "number": lambda number, _, __: iter((_number(number),)),
}
PARTS = tuple(COMPOSED)
TOLD: Mapping[str, Callable[[Any, WorksheetContext], Iterator[Node]]] = {
    "text": lambda texts, _: iter(prose(*texts)),
    "points": lambda points, _: iter(listed_points(points)),
    "image": picture_told,
    "code": lambda code, _: iter((listing_told(code),)),
    "table": lambda table, _: iter((table_told(table),)),
    "chart": lambda chart, _: iter((data_table(chart),)),
    "quote": lambda quote, sheet: quote_told(quote, sheet),
    "number": lambda number, _: iter(paragraphs(Markdown(f"**{unbold(number)}**"))),
}


def _told(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:
    """Yield what a slide or a column holds, as a page shows it."""
    for name, value in written(shown):
        yield from TOLD[name](value, sheet)


def _named(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
