"""A chart: numbers that say one thing, which is its title."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from deckgen.blocks.base import Block, Context, OwnCue, Texts, WorksheetContext
from deckgen.blocks.pieces import slide, text_box
from deckgen.boxes import Chart, Content, Series, SlideBoxes
from deckgen.document.nodes import Node, Table, paragraphs
from deckgen.document.tables import table
from deckgen.document.texts import Markdown
from deckgen.inline import unmarked
from deckgen.languages import Words
from deckgen.reading.fields import (
    FACILITATOR,
    Count,
    Problem,
    Text,
    declared,
    given,
    needed,
    shared,
)

Values = Annotated[tuple[float, ...], Count(1, 60)]


@shared
class Charted:
    """Numbers, and the type of chart that shows them."""

    type: Literal["bar", "column", "line", "pie", "doughnut"] = given("bar", help="type of chart")
    categories: Annotated[Texts, Count(1, 60)] = needed(help="what is counted, in order")
    data: dict[str, Values] = needed(help="values by name of their series: `2024: [3, 5]`")
    stacked: bool = given(False, help="whether several series are stacked")
    highlight: Text | None = given(None, help="the category that the title refers to")
    number_format: Text = given(Text("General"), help="how numbers are written, such as 0%")
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
            number_format=str(self.number_format),
        )

    def _described(self, words: Words) -> str:
        """Return the numbers in words, for those who do not see the chart."""
        rows = [
            f"{unmarked(name)}: "
            + ", ".join(
                f"{unmarked(c)} {v:g}" for c, v in zip(self.categories, values, strict=False)
            )
            for name, values in self.data.items()
        ]
        numbers = words.say("semicolon").join(rows)
        return words.say("alt.chart", form=words.say(f"chart.{self.type}"), numbers=numbers)


@declared
class ChartBlock(Charted, Block):
    """Numbers as a native chart that PowerPoint can edit; the title states the finding."""

    KIND: ClassVar[str] = "chart"
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
    """Return a chart's numbers: a row for each category, a column for each series."""
    rows = [
        (category, *(Markdown(f"{values[k]:g}") for values in shown.data.values()))
        for k, category in enumerate(shown.categories)
    ]
    return table(("", *shown.data), rows)
