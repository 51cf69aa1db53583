"""A chart: numbers that say one thing, which is its title."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from deckgen.blocks.base import Block, Context, OwnCue, Texts, WorksheetContext
from deckgen.blocks.pieces import slide, text_box
from deckgen.boxes import Chart, Content, Series, SlideBoxes
from deckgen.document.nodes import Node, Table, paragraphs
from deckgen.document.tables import table
from deckgen.document.texts import joined, literal, markdown
from deckgen.inline import unmarked
from deckgen.languages import Words
from deckgen.number_format import is_percentage, with_unit, written
from deckgen.reading.fields import (
    FACILITATOR,
    Count,
    Problem,
    Raw,
    Text,
    declared,
    given,
    needed,
    shared,
)

UNLIKELY = 10  # ten times as much is 1000 %: rather a percentage that was meant as it stands
Values = Annotated[tuple[float, ...], Count(1, 60)]


@declared
class ChartAxes:
    """What the axes of a chart tell."""

    x: Text | None = given(None, help="title of the axis that runs across")
    y: Text | None = given(None, help="title of the axis that runs up")


@shared
class Charted:
    """Numbers, and the type of chart that shows them."""

    type: Literal["bar", "column", "line", "pie", "doughnut"] = given("bar", help="type of chart")
    categories: Annotated[Texts, Count(1, 60)] = needed(help="what is counted, in order")
    data: dict[str, Values] = needed(help="values by name of their series: `2024: [3, 5]`")
    stacked: bool = given(False, help="whether several series are stacked")
    highlight: Text | None = given(None, help="the category that the title refers to")
    number_format: Text = given(Text("General"), help="how numbers are written, such as 0.0")
    unit: Raw | None = given(
        None, help="what follows each number, such as `%`, ` %` or `min`; it changes no number"
    )
    axes: ChartAxes | None = given(None, help="titles of the axes, `{x: …, y: …}`")
    alt: Text | None = given(None, help="what the chart shows; by default made from the numbers")

    def problems(self) -> Iterator[Problem]:
        """Yield series of another length than the categories, and forms that cannot be."""
        if not self.data:
            yield Problem("data", "wrong-value", "`data` needs at least one series of values")
        for name, values in self.data.items():
            if len(values) != len(self.categories):
                count = len(self.categories)
                message = f"series `{name}` has {len(values)} values for {count} categories"
                yield Problem("data", "wrong-value", message)
        if self.type in ("pie", "doughnut") and (len(self.data) > 1 or self.stacked):
            yield Problem("type", "wrong-value", f"a {self.type} chart shows only one series")
        if self.type in ("pie", "doughnut") and self.axes:
            yield Problem("axes", "wrong-value", f"a {self.type} chart has no axes")
        most = max((abs(value) for values in self.data.values() for value in values), default=0)
        if is_percentage(self.number_format) and most >= UNLIKELY:
            message = (
                f"`{self.number_format}` shows {most:g} as {written(most, self.number_format)}; for "
                "numbers that are percent already write `unit: '%'` instead"
            )
            yield Problem("number_format", "percent-twice", message)
        if self.highlight and self.highlight not in self.categories:
            message = f"`{self.highlight}` is not one of the categories"
            yield Problem("highlight", "wrong-value", message)

    def chart(self, words: Words) -> Chart:
        """Return the numbers as a chart."""
        return Chart(
            form=self.type,
            categories=tuple(str(unmarked(category)) for category in self.categories),
            series=tuple(Series(str(unmarked(n)), values) for n, values in self.data.items()),
            description=str(unmarked(self.alt or "") or self._described(words)),
            is_stacked=self.stacked,
            highlight=str(unmarked(self.highlight)) if self.highlight else None,
            number_format=full_format(self),
            category_title=unmarked(self._titles()[0]),
            value_title=unmarked(self._titles()[1]),
        )

    def _titles(self) -> tuple[Text, Text]:
        """Return the titles of the category axis, which runs up beside bars, and of the value axis."""
        axes = self.axes or ChartAxes()
        titles = axes.x or Text(""), axes.y or Text("")
        return titles[::-1] if self.type == "bar" else titles

    def _described(self, words: Words) -> str:
        """Return the numbers in words, for those who do not see the chart."""
        said = full_format(self)
        rows = [
            f"{unmarked(name)}: "
            + ", ".join(
                f"{unmarked(c)} {written(v, said)}"
                for c, v in zip(self.categories, values, strict=False)
            )
            for name, values in self.data.items()
        ]
        numbers = words.say("semicolon").join(rows)
        form = words.say(f"chart.{self.type}")
        if what := " / ".join(unmarked(title) for title in self._titles()[::-1] if title):
            return words.say("alt.chart_of", form=form, what=what, numbers=numbers)
        return words.say("alt.chart", form=form, numbers=numbers)


@declared
class ChartBlock(Charted, Block):
    """Numbers as a native chart that PowerPoint can edit; the title states the finding."""

    KIND: ClassVar[str] = "chart"
    AS_ON_PAPER: ClassVar[bool] = True
    MINUTES: ClassVar[int] = 3

    source: Text | None = given(None, help="where the numbers come from")
    reading: Texts = given((), sees=FACILITATOR, help="how to talk people through it")

    def own_cues(self) -> Iterator[OwnCue]:
        """Yield how to read the chart."""
        yield "reading", self.reading

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the chart under its finding."""
        boxes: dict[str, Content] = {
            "content": self.chart(context.words),
            "source": text_box(self.source),
        }
        return [slide(self, context, "Content", boxes)]

    @staticmethod
    def worksheet(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:  # noqa: ARG004
        """Yield the numbers, since a page shows no chart, and their source."""
        yield data_table(shown)
        yield from paragraphs(shown.source)


def data_table(shown: Any) -> Table:
    """Return a chart's numbers as they are written: a row for each category, a column for each series.

    The heads name the axes: that of the categories, and that of the values beside a series.
    """
    said = full_format(shown)
    rows = [
        (category, *(literal(written(values[k], said)) for values in shown.data.values()))
        for k, category in enumerate(shown.categories)
    ]
    axes = shown.axes or ChartAxes()
    across, up = (axes.y, axes.x) if shown.type == "bar" else (axes.x, axes.y)
    heads = [joined(", ", (markdown(name), markdown(up or ""))) for name in shown.data]
    right = range(1, len(shown.data) + 1)
    return table((across or "", *heads), rows, right=right)


def full_format(shown: Any) -> str:
    """Return the number format with the unit in it."""
    return with_unit(str(shown.number_format), str(shown.unit or ""))
