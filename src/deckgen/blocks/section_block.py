"""A section: a slide that says what begins, such as a part of the day or a topic."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from deckgen.blocks.base import Block, Context, Texts, WorksheetContext
from deckgen.blocks.image_block import Share, alt_problems, picture_at, picture_told
from deckgen.blocks.pieces import slide, text_box
from deckgen.boxes import Content, SlideBoxes
from deckgen.document.nodes import Node, paragraphs
from deckgen.reading.fields import Count, Problem, Text, declared, given


@declared
class SectionBlock(Block):
    """A slide that opens a part of the workshop; in PowerPoint the slides after it are its section."""

    KIND: ClassVar[str] = "section"
    AS_ON_PAPER: ClassVar[bool] = True
    MINUTES: ClassVar[int] = 0
    OPENS_SECTION: ClassVar[bool] = True

    subtitle: Text | None = given(None, help="line under the title")
    text: Texts = given((), help="paragraphs under it")
    file: Text | None = given(
        None, help="path of a picture for the right half, relative to the outline"
    )
    alt: Text | None = given(None, help="what the picture shows, for people who cannot see it")
    decorative: bool = given(False, help="true if the picture carries no meaning that needs words")
    focus: Annotated[tuple[Share, ...], Count(2, 2)] = given(
        (0.5, 0.5), help="point to keep in view when cropped: fractions from left and top"
    )
    credit: Text | None = given(None, help="whose picture it is")

    def problems(self) -> Iterator[Problem]:
        """Yield a picture that nobody described, and what is said of a picture that is not there."""
        if self.file:
            yield from alt_problems(self, "a `section` block with a picture")
            return
        for name in ("alt", "decorative", "credit"):
            if getattr(self, name):
                yield Problem(name, "wrong-value", f"`{name}` is about a picture: it needs `file`")

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the slide: as that of a phase, or beside its picture."""
        texts = (*((self.subtitle,) if self.subtitle else ()), *self.text)
        if self.file is None:
            boxes: dict[str, Content] = {"subtitle": text_box(*texts)}
            return [slide(self, context, "Section", boxes)]
        picture = picture_at(self.file, None if self.decorative else self.alt, "cover", self.focus)
        boxes = {
            "body": text_box(*texts, style="plain"),
            "caption": text_box(self.credit),
            "picture": picture,
        }
        return [slide(self, context, "Picture", boxes)]

    @staticmethod
    def worksheet(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:
        """Yield the texts, what the picture shows, and whose it is."""
        yield from paragraphs(shown.subtitle, *shown.text)
        yield from picture_told(shown, sheet)
        yield from paragraphs(shown.credit)
