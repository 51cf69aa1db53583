"""Free content: paragraphs, a list, or two columns of lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from deckgen.blocks.base import Block, Context, Texts, WorksheetContext
from deckgen.blocks.pieces import paragraph, slide, text_box
from deckgen.boxes import Content, Paragraph, SlideBoxes, TextBox
from deckgen.document.nodes import Node, listed_points, paragraphs
from deckgen.document.texts import Markdown, unmarked
from deckgen.reading.fields import Count, Problem, Text, declared, given, needed


@declared
class Point:
    """A point of a list, with points under it."""

    SCALAR: ClassVar[tuple[str, ...]] = ("text",)

    text: Text = needed(help="the point")
    points: tuple[Point, ...] = given((), help="points under it")


@declared
class PointColumn:
    """A column: its heading and its points."""

    title: Text | None = given(None, help="heading of the column")
    points: tuple[Point, ...] = needed(help="its points")


@declared
class ContentBlock(Block):
    """A slide of your own: text, points or two columns."""

    KIND: ClassVar[str] = "content"

    text: Texts = given((), help="paragraphs without bullets")
    points: tuple[Point, ...] = given((), help="a list, at most three levels deep")
    columns: Annotated[tuple[PointColumn, ...], Count(2, 2)] = given(
        (), help="two columns of lists"
    )
    source: Text | None = given(None, help="where it comes from")

    build: bool = given(False, help="whether points appear click by click")

    def problems(self) -> Iterator[Problem]:
        """Yield an empty block, and columns beside other content."""
        if not (self.text or self.points or self.columns):
            yield Problem("", "missing-field", "a `content` block needs text, points or columns")
        if self.columns and (self.text or self.points):
            yield Problem(
                "columns",
                "wrong-value",
                "`columns` cannot be combined with text or points",
            )

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the content as given."""
        if self.columns:
            sides = zip(("left", "right"), self.columns, strict=False)
            boxes: dict[str, Content] = {name: _column(column) for name, column in sides}
            return [slide(self, context, "Two Columns", boxes)._replace(build=self.build)]
        paragraphs = tuple(paragraph(text, style="plain") for text in self.text)
        content = TextBox(paragraphs + tuple(_list(self.points, 0)))
        boxes = {"content": content, "source": text_box(self.source)}
        return [slide(self, context, "Content", boxes)._replace(build=self.build)]

    @staticmethod
    def worksheet(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:  # noqa: ARG004
        """Yield texts, points and columns, and their source."""
        yield from paragraphs(*shown.text)
        yield from listed_points(shown.points)
        for column in shown.columns:
            if column.title:
                yield from paragraphs(Markdown(f"**{unmarked(column.title)}**"))
            yield from listed_points(column.points)
        yield from paragraphs(shown.source)


def _column(column: PointColumn) -> TextBox:
    head = (paragraph(column.title, style="column_head"),) if column.title else ()
    return TextBox(head + tuple(_list(column.points, 0)))


def _list(points: tuple[Point, ...], level: int) -> Iterator[Paragraph]:
    for point in points:
        yield paragraph(point.text, level=min(level, 2))
        yield from _list(point.points, level + 1)
