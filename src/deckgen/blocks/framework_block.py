"""A framework: criteria to judge by, and bands that say what a score suggests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from deckgen.blocks.base import (
    Block,
    Context,
    Texts,
    cell,
    numbered_table,
    paragraph,
    slide,
)
from deckgen.boxes import (
    Bar,
    Column,
    Content,
    Segment,
    SlideBoxes,
    State,
    Table,
    TextBox,
)
from deckgen.reading.fields import FACILITATOR, Count, Problem, Text, declared, given


@declared
class Criterion:
    """One question of the framework, and what each score of it means."""

    SCALAR: ClassVar[tuple[str, ...]] = ("name",)

    name: Text = given(help="what is judged")
    scores: dict[str, Text] = given(help="what each score means: `2: text`", factory=dict)


@declared
class FrameworkBlock(Block):
    """A test that people apply to their own case."""

    KIND: ClassVar[str] = "framework"
    MINUTES: ClassVar[int] = 10
    WORKS: ClassVar[bool] = True
    PEOPLE_DO: ClassVar[str] = "Apply the test to their own case"

    criteria: Annotated[tuple[Criterion, ...], Count(1, 12)] = given(help="what to judge by")
    bands: dict[str, Text] = given(help="what a total suggests: `5-6: text`", factory=dict)
    source: Literal["ours", "theirs"] = given("ours", help="who made the framework")
    limits: Texts = given((), sees=FACILITATOR, help="what the framework cannot tell")

    def problems(self) -> Iterator[Problem]:
        """Yield criteria whose scores differ: a table needs the same ones."""
        keys = {tuple(sorted(criterion.scores)) for criterion in self.criteria}
        if len(keys) > 1:
            yield Problem("criteria", "wrong-value", "every criterion needs the same scores")
        if len(self.bands) > 4:
            yield Problem("bands", "wrong-value", "a framework has at most four bands")

    def own_cues(self) -> Iterator[tuple[str, Texts]]:
        """Yield the limits of the framework."""
        yield "Limits", self.limits

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return criteria over bands."""
        boxes: dict[str, Content] = {"content": self._criteria()}
        boxes |= {
            f"fact_{k}": TextBox(
                (
                    paragraph(_points(name), style="band"),
                    paragraph(text, style="fact", level=1),
                )
            )
            for k, (name, text) in enumerate(self.bands.items(), 1)
        }
        return [slide(self, context, "Activity", boxes, bar=self._bar())]

    def _criteria(self) -> Table:
        scores = list(self.criteria[0].scores)
        if not scores:
            names = tuple(criterion.name for criterion in self.criteria)
            return numbered_table(
                names,
                style="body",
                number="numeral",
                width=0.6,
                tallest=0.82,
                what="Criteria",
            )
        head = tuple(cell(text, style="table_head") for text in ("", *scores))
        rows = tuple(
            (cell(c.name), *(cell(c.scores.get(score, "")) for score in scores))
            for c in self.criteria
        )
        columns = tuple(Column() for _ in head)
        return Table(columns, rows, head, description="Criteria and scores", tallest=0.82)

    def _bar(self) -> Bar | None:
        if not self.bands:
            return None
        segments = tuple(Segment(1, _dashed(name), State.BAR) for name in self.bands)
        return Bar(segments, f"Bands: {', '.join(self.bands)}", even=True)


def _dashed(name: str) -> str:
    return name.replace("-", "\u2013")


def _points(name: str) -> str:
    digits = name.replace("-", "").replace(" ", "")
    return f"{_dashed(name)} points" if digits.isdigit() else name
