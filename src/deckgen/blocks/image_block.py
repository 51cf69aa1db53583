"""A picture, with or without words beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from deckgen.blocks.base import Block, Context, Texts, WorksheetContext
from deckgen.blocks.pieces import slide, text_box
from deckgen.boxes import Content, Picture, SlideBoxes
from deckgen.document.nodes import Node, bullets
from deckgen.reading.fields import Bounds, Count, Problem, Text, declared, given, needed

Share = Annotated[float, Bounds(0, 1)]


@declared
class ImageBlock(Block):
    """A picture file; with words beside it, it fills the right of the slide."""

    KIND: ClassVar[str] = "image"
    MINUTES: ClassVar[int] = 2

    file: Text = needed(help="path of a PNG, JPEG, GIF, WebP or SVG file, relative to the outline")
    alt: Text | None = given(None, help="what the picture shows, for people who cannot see it")
    decorative: bool = given(False, help="true if the picture carries no meaning that needs words")
    fit: Literal["cover", "contain"] | None = given(
        None,
        help="cover fills the picture's place and crops, contain shows all of it; by default cover "
        "beside words, contain alone",
    )
    focus: Annotated[tuple[Share, ...], Count(2, 2)] = given(
        (0.5, 0.5), help="point to keep in view when cropped: fractions from left and top"
    )
    points: Texts = given((), help="words beside the picture")
    caption: Text | None = given(None, help="line under the picture")
    credit: Text | None = given(None, help="whose picture it is")

    def problems(self) -> Iterator[Problem]:
        """Yield a picture that nobody described (WCAG 2.2, 1.1.1)."""
        if not self.alt and not self.decorative:
            message = "an `image` block needs `alt`, or `decorative: true`"
            yield Problem("file", "missing-alt", message)
        if self.alt and self.decorative:
            yield Problem("alt", "wrong-value", "a decorative picture takes no `alt`")

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the picture beside its words, or alone in the whole width."""
        lines = " · ".join(text for text in (self.caption, self.credit) if text)
        if self.points:
            boxes: dict[str, Content] = {
                "body": text_box(*self.points),
                "caption": text_box(lines),
                "picture": self._picture("cover"),
            }
            return [slide(self, context, "Picture", boxes)]
        boxes = {"content": self._picture("contain"), "source": text_box(lines)}
        return [slide(self, context, "Content", boxes)]

    def _picture(self, usual: str) -> Picture:
        beside = Path(self.file.span.source.name).parent if self.file.span else Path()
        x, y = self.focus
        return Picture(
            beside / self.file,
            None if self.decorative else str(self.alt),
            self.fit or usual,
            (x, y),
            self.file.span,
        )

    @staticmethod
    def worksheet(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:
        """Yield the points, and what the picture shows."""
        yield from bullets(shown.points)
        if shown.alt:
            yield sheet.words.led("picture", shown.alt)
