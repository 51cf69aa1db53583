"""A framework: criteria to judge by, and bands that say what a score suggests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from deckgen.blocks.base import Block, Context, OwnCue, Texts, WorksheetContext
from deckgen.blocks.pieces import cell, numbered_table, paragraph, slide
from deckgen.boxes import (
    Bar,
    BarSegment,
    Column,
    Content,
    Diagram,
    Link,
    Node,
    SlideBoxes,
    State,
    Table,
    TextBox,
    plain,
)
from deckgen.document.nodes import Bullet, Bullets, paragraphs
from deckgen.document.nodes import Node as DocumentNode
from deckgen.document.nodes import Table as Grid
from deckgen.document.tables import FULL, form, table
from deckgen.document.texts import BLANK, Markdown, joined, markdown
from deckgen.document.words import DocumentWords
from deckgen.inline import parse_inline, unmarked
from deckgen.languages import Words
from deckgen.reading.fields import FACILITATOR, Count, Problem, Text, declared, given, needed

TREE_GAP = 0.62  # inches, for lines and their labels

MOST_SCORES = 5  # with criterion and own score a table of seven columns, the most that fits a page


@declared
class Criterion:
    """One question of the framework, and what each score of it means."""

    SCALAR: ClassVar[tuple[str, ...]] = ("name",)

    name: Text = needed(help="what is judged")
    scores: dict[str, Text] = given(help="what each score means: `2: text`", factory=dict)


@declared
class Axes:
    """The two axes of a matrix, each with its low and its high end."""

    x: Annotated[Texts, Count(2, 2)] = needed(help="left and right end")
    y: Annotated[Texts, Count(2, 2)] = needed(help="bottom and top end")


@declared
class Branch:
    """A question with its answers, or a result; a result can be a text alone."""

    SCALAR: ClassVar[tuple[str, ...]] = ("text",)

    text: Text = needed(help="the question or the result")
    answers: dict[str, Branch] = given(help="what follows each answer: `Yes: text`", factory=dict)


@declared
class FrameworkBlock(Block):
    """A test that people apply to their own case."""

    KIND: ClassVar[str] = "framework"
    MINUTES: ClassVar[int] = 10
    WORKS: ClassVar[bool] = True

    criteria: Annotated[tuple[Criterion, ...], Count(1, 12)] = given((), help="what to judge by")
    bands: dict[str, Text] = given(help="what a total score suggests: `5-6: text`", factory=dict)
    axes: Axes | None = given(None, help="two axes make it a 2x2 matrix")
    cells: Annotated[Texts, Count(4, 4)] = given(
        (), help="the four fields of the matrix: top left, top right, bottom left, bottom right"
    )
    tree: Branch | None = given(None, help="a decision tree of questions and results")
    source: Literal["ours", "theirs"] = given("ours", help="who made the framework")
    limits: Texts = given((), sees=FACILITATOR, help="what the framework cannot tell")

    def problems(self) -> Iterator[Problem]:
        """Yield criteria whose scores differ: a table needs the same ones."""
        forms = [
            bool(self.criteria),
            self.axes is not None or bool(self.cells),
            self.tree is not None,
        ]
        if sum(forms) != 1:
            message = "a `framework` block needs criteria, or axes with cells, or a tree"
            yield Problem("", "missing-field", message)
        elif forms[1] and not (self.axes and self.cells):
            yield Problem("", "missing-field", "a matrix needs `axes` and four `cells`")
        keys = {tuple(sorted(criterion.scores)) for criterion in self.criteria}
        if len(keys) > 1:
            yield Problem("criteria", "wrong-value", "all criteria need the same scores")
        if len(self.bands) > 4:
            yield Problem("bands", "wrong-value", "a framework has at most four bands")

    def own_cues(self) -> Iterator[OwnCue]:
        """Yield the limits of the framework."""
        yield "limits", self.limits

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return criteria over bands, a 2x2 matrix or a decision tree."""
        if self.axes or self.tree:
            diagram = (
                matrix(context.words, self.axes, self.cells)
                if self.axes
                else tree_diagram(context.words, self.tree)
            )
            return [slide(self, context, "Content", {"content": diagram})]
        boxes: dict[str, Content] = {"content": self._criteria(context.words)}
        boxes |= {
            f"fact_{k}": TextBox(
                (
                    paragraph(_points(context.words, name), style="band"),
                    paragraph(text, style="fact", level=1),
                )
            )
            for k, (name, text) in enumerate(self.bands.items(), 1)
        }
        return [slide(self, context, "Activity", boxes)._replace(bar=self._bar(context.words))]

    def _criteria(self, words: Words) -> Table:
        scores = list(self.criteria[0].scores)
        if not scores:
            names = tuple(criterion.name for criterion in self.criteria)
            return numbered_table(
                names,
                style="body",
                number="numeral",
                width=0.6,
                tallest=0.82,
                what=words.say("alt.criteria_only"),
            )
        head = tuple(cell(text, style="table_head") for text in ("", *scores))
        rows = tuple(
            (cell(c.name), *(cell(c.scores.get(score, "")) for score in scores))
            for c in self.criteria
        )
        columns = tuple(Column() for _ in head)
        return Table(columns, rows, head, description=words.say("alt.criteria"), tallest=0.82)

    def _bar(self, words: Words) -> Bar | None:
        if not self.bands:
            return None
        segments = tuple(BarSegment(1, _dashed(name), State.BAR) for name in self.bands)
        return Bar(
            segments, words.say("alt.bands", bands=words.say("comma").join(self.bands)), even=True
        )

    @staticmethod
    def worksheet(shown: Any, sheet: WorksheetContext) -> Iterator[DocumentNode]:
        """Yield the criteria, the matrix or the tree, with room for one's own scores."""
        words = sheet.words
        if shown.criteria:
            yield criteria_table(shown, words)
            if shown.bands:
                head = (words.say("total"), words.say("suggests"))
                yield form((18, 56), head, list(shown.bands.items()))
        elif shown.axes:
            yield matrix_table(shown)
        else:
            yield tree_list(shown.tree)
        if shown.source == "ours":
            yield from paragraphs(words.say("ours"))


def matrix(words: Words, axes: Axes, cells: Texts) -> Diagram:
    """Return a 2x2 matrix with the ends of its axes at the left and below."""
    nodes = [
        Node(parse_inline(text), 1 + 2 * (k % 2), k // 2, 2, fill="panel", place=text.span)
        for k, text in enumerate(cells)
    ]
    nodes += [
        _axis(axes.y[1], 0, 0, 1),
        _axis(axes.y[0], 0, 1, 1),
        _axis(axes.x[0], 1, 2, 2),
        _axis(axes.x[1], 3, 2, 2),
    ]
    (left, right), (low, high) = map(unmarked, axes.x), map(unmarked, axes.y)
    fields = words.say("semicolon").join(plain(parse_inline(text)) for text in cells)
    said = words.say("alt.matrix", left=left, right=right, low=low, high=high, cells=fields)
    return Diagram(5, 3, tuple(nodes), description=said)


def _axis(text: Text, column: int, row: int, width: int) -> Node:
    runs = tuple(run._replace(colour="key", bold=True) for run in parse_inline(text))
    return Node(runs, column, row, width, "table_head", is_framed=False, place=text.span)


def tree_diagram(words: Words, root: Branch | None) -> Diagram:
    """Return a decision tree: questions above their answers, results on a field."""
    nodes: list[Node] = []
    links: list[Link] = []
    width, depth = _grow(root, 0.0, 0, nodes, links) if root else (1.0, 0)
    said = _said(root) if root else ""
    return Diagram(
        width, depth + 1, tuple(nodes), tuple(links), words.say("alt.tree", branches=said), TREE_GAP
    )


def _said(branch: Branch) -> str:
    """Return a branch in words: its text, then each answer and what follows it."""
    text = plain(parse_inline(branch.text))
    follow = (f"{answer}: {_said(below)}" for answer, below in branch.answers.items())
    return f"{text} {'; '.join(follow)}" if branch.answers else text


def _grow(
    branch: Branch, left: float, row: int, nodes: list[Node], links: list[Link]
) -> tuple[float, int]:
    """Add *branch* and what follows it; return the columns it takes and its deepest row."""
    index = len(nodes)
    is_result = not branch.answers
    fill = "panel" if is_result else None
    nodes.append(
        Node(parse_inline(branch.text), left, row, 1, "body2", fill, place=branch.text.span)
    )
    width, deepest = 0.0, row
    for label, follower in branch.answers.items():
        links.append(Link(index, len(nodes), label))
        taken, depth = _grow(follower, left + width, row + 1, nodes, links)
        width, deepest = width + taken, max(deepest, depth)
    width = max(width, 1.0)
    nodes[index] = nodes[index]._replace(column=left + (width - 1) / 2)
    return width, deepest


def _dashed(name: str) -> str:
    return name.replace("-", "\u2013")


def _points(words: Words, name: str) -> str:
    digits = name.replace("-", "").replace(" ", "")
    if not digits.isdigit():
        return name
    count = int(digits) if digits == name.strip() else 2  # a range is more than one
    return words.say("points", count=count).replace(str(count), _dashed(name), 1)


def criteria_table(shown: Any, words: DocumentWords) -> Grid:
    """Return a framework's criteria with their scores and room for one's own, then the total."""
    scores = list(shown.criteria[0].scores)
    mine, none = words.say("my_score"), Markdown("")
    if not scores:
        head, middle = [words.say("criterion"), words.say("because")], [BLANK]
        rows = [[c.name, BLANK, BLANK] for c in shown.criteria]
    elif len(scores) > MOST_SCORES:
        head, middle = [words.say("criterion"), words.say("scores")], [none]
        rows = [[c.name, _scores(c.scores, words), BLANK] for c in shown.criteria]
    else:
        head, middle = [words.say("criterion"), *map(markdown, scores)], [none] * len(scores)
        rows = [[c.name, *c.scores.values(), BLANK] for c in shown.criteria]
    total = [[words.say("total"), *middle, BLANK]] if shown.bands else []
    return table([*head, mine], rows + total, least=FULL)


def matrix_table(shown: Any) -> Grid:
    """Return a 2x2 matrix as a table: the high row first, the ends of its axes at the edges."""
    low, high = shown.axes.y
    rows = [(high, *shown.cells[:2]), (low, *shown.cells[2:])]
    return table(("", *shown.axes.x), rows, least=FULL)


def tree_list(branch: Any) -> Bullets:
    """Return a decision tree as a nested list: each answer before what follows it."""
    return Bullets((_bullet(branch),))


def _bullet(branch: Any, answer: str = "") -> Bullet:
    lead = f"**{markdown(answer)}:** " if answer else ""
    followers = tuple(_bullet(follower, name) for name, follower in branch.answers.items())
    return Bullet(Markdown(f"{lead}{markdown(branch.text)}"), followers)


def _scores(scores: dict[Text, Text], words: DocumentWords) -> Markdown:
    told = (words.say("one_score", score=score, text=text) for score, text in scores.items())
    return joined(words.say("semicolon"), told)
