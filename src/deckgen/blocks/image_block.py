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
        yield from alt_problems(self, "an `image` block")

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
        alt = None if self.decorative else self.alt
        return picture_at(self.file, alt, self.fit or usual, self.focus)

    @staticmethod
    def worksheet(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:
        """Yield the points, and what the picture shows."""
        yield from bullets(shown.points)
        if shown.alt:
            yield sheet.words.led("picture", shown.alt)


def alt_problems(block: Any, noun: str) -> Iterator[Problem]:
    """Yield that the picture of *block* is neither described nor decorative, or both."""
    if not block.alt and not block.decorative:
        yield Problem("file", "missing-alt", f"{noun} needs `alt`, or `decorative: true`")
    if block.alt and block.decorative:
        yield Problem("alt", "wrong-value", "a decorative picture takes no `alt`")


def picture_at(
    file: Text, alt: str | None, fit: str, focus: tuple[float, ...] = (0.5, 0.5)
) -> Picture:
    """Return the picture in *file*, which lies beside the outline that names it."""
    x, y = focus
    return Picture(beside(file), str(alt) if alt else None, fit, (x, y), file.span)


def beside(file: Text) -> Path:
    """Return where *file* is, as seen from the outline that names it."""
    folder = Path(file.span.source.name).parent if file.span else Path()
    return folder / file
