"""Code: lines as real text, weighted by what they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from deckgen.blocks.base import Block, Context, WorksheetContext
from deckgen.blocks.pieces import slide, text_box
from deckgen.boxes import Code, Content, Run, SlideBoxes
from deckgen.document.nodes import CodeLines, Node, paragraphs
from deckgen.reading.fields import Bounds, Problem, Raw, Text, declared, given, needed, shared

Line = Annotated[int, Bounds(1, 1000)]


@shared
class Listing:
    """Lines of code, in the weights of their language."""

    SCALAR: ClassVar[tuple[str, ...]] = ("code",)

    code: Raw = needed(help="the lines, as a YAML block (`|`)")
    language: Text | None = given(None, help="language, such as python; by default plain text")
    highlight: tuple[Line, ...] = given((), help="numbers of the lines to highlight")

    def problems(self) -> Iterator[Problem]:
        """Yield a language that Pygments does not know, and lines that are not there."""
        if self.language and not knows_language(self.language):
            message = f"`{self.language}` is not a language that Pygments knows"
            yield Problem("language", "wrong-value", message)
        count = len(self.lines())
        for number in self.highlight:
            if number > count:
                message = f"line {number} cannot be highlighted: there are only {count}"
                yield Problem("highlight", "wrong-value", message)

    def lines(self) -> list[str]:
        """Return the lines of the code, tabs as four spaces."""
        return self.code.expandtabs(4).strip("\n").split("\n")

    def listing(self) -> Code:
        """Return the lines: keywords bold, comments italic, strings in the key colour."""
        return Code(
            lines=tuple(weighted_lines(self.lines(), self.language)),
            emphasised=frozenset(number - 1 for number in self.highlight),
            span=self.code.span,
        )


@declared
class CodeBlock(Listing, Block):
    """A listing in a fixed-width face; chosen lines stand out."""

    KIND: ClassVar[str] = "code"
    AS_ON_PAPER: ClassVar[bool] = True
    MINUTES: ClassVar[int] = 3

    caption: Text | None = given(None, help="line under the code")

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the listing, and the line under it."""
        boxes: dict[str, Content] = {"content": self.listing(), "source": text_box(self.caption)}
        return [slide(self, context, "Content", boxes)]

    @staticmethod
    def worksheet(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:  # noqa: ARG004
        """Yield the code and its caption."""
        yield listing_told(shown)
        yield from paragraphs(shown.caption)


def listing_told(shown: Any) -> CodeLines:
    """Return a listing as a page shows it."""
    return CodeLines(shown.code.strip("\n"), shown.language or "")


def knows_language(name: str) -> bool:
    """Return whether Pygments has a lexer of this name."""
    from pygments.lexers import find_lexer_class_by_name  # noqa: PLC0415
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        find_lexer_class_by_name(name)
    except ClassNotFound:
        return False
    return True


def weighted_lines(lines: list[str], language: str | None) -> Iterator[tuple[Run, ...]]:
    """Yield each line as runs; told apart by weight and slant as well as colour."""
    if language is None:
        yield from ((_run(line),) for line in lines)
        return
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415

    held: list[Run] = []
    for kind, text in get_lexer_by_name(language, stripnl=False).get_tokens("\n".join(lines)):
        pieces = text.split("\n")
        for number, piece in enumerate(pieces):
            if number:
                yield tuple(held) or (_run(""),)
                held = []
            if piece:
                held.append(_weighted(piece, str(kind)))
    if held:
        yield tuple(held)


def _weighted(text: str, kind: str) -> Run:
    name = kind.removeprefix("Token.")
    return Run(
        _kept(text),
        bold=name.startswith("Keyword"),
        italic=name.startswith("Comment"),
        code=True,
        colour="key" if name.startswith(("Literal.String", "Literal.Number")) else None,
    )


def _run(text: str) -> Run:
    return Run(_kept(text), code=True)


def _kept(text: str) -> str:
    """Return *text* with spaces that no renderer collapses or breaks at."""
    return text.replace(" ", " ")
