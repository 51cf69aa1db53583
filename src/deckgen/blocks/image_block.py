"""A picture, with or without words beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from deckgen.blocks.base import Block, Context, Texts, WorksheetContext
from deckgen.blocks.pieces import slide, text_box
from deckgen.boxes import Content, Picture, SlideBoxes
from deckgen.document.nodes import Node, bullets, paragraphs
from deckgen.inline import unmarked
from deckgen.reading.beside import seen_from
from deckgen.reading.fields import Bounds, Count, Problem, Text, declared, given, needed, shared

Share = Annotated[float, Bounds(0, 1)]


@shared
class Pictured:
    """A picture file, what it shows, and how it takes its place."""

    file: Text = needed(help="path of a PNG, JPEG, GIF, WebP or SVG file, relative to the outline")
    alt: Text | None = given(None, help="what the picture shows, for people who cannot see it")
    decorative: bool = given(False, help="true if the picture carries no meaning that needs words")
    fit: Literal["contain", "cover"] = given(
        "contain", help="contain shows all of the picture, cover crops it to fill its place"
    )
    focus: Annotated[tuple[Share, ...], Count(2, 2)] = given(
        (0.5, 0.5), help="point to keep in view when cropped: fractions from left and top"
    )
    credit: Text | None = given(None, help="whose picture it is")

    def problems(self) -> Iterator[Problem]:
        """Yield a picture that nobody described (WCAG 2.2, 1.1.1)."""
        yield from alt_problems(self, "a picture")

    def picture(self) -> Picture:
        """Return the picture; its file is looked for beside the outline that names it."""
        alt = None if self.decorative else self.alt
        return picture_at(self.file, alt, self.fit, self.focus)


@declared
class ImageBlock(Pictured, Block):
    """A picture file, alone or beside words."""

    KIND: ClassVar[str] = "image"
    AS_ON_PAPER: ClassVar[bool] = True
    MINUTES: ClassVar[int] = 2

    points: Texts = given((), help="words beside the picture")
    caption: Text | None = given(None, help="line under the picture")

    def compose(self, context: Context) -> list[SlideBoxes]:
        """Return the picture beside its words, or alone in the whole width."""
        lines = text_box(on_one_line(self.caption, self.credit))
        if self.points:
            boxes: dict[str, Content] = {
                "body": text_box(*self.points),
                "caption": lines,
                "picture": self.picture(),
            }
            return [slide(self, context, "Picture", boxes)]
        boxes = {"content": self.picture(), "source": lines}
        return [slide(self, context, "Content", boxes)]

    @staticmethod
    def worksheet(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:
        """Yield the points, what the picture shows, and the line under it."""
        yield from bullets(shown.points)
        yield from picture_told(shown, sheet)
        yield from paragraphs(on_one_line(shown.caption, shown.credit))


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
    return Picture(beside(file), str(unmarked(alt)) if alt else None, fit, (x, y), file.span)


def beside(file: Text) -> Path:
    """Return where *file* is, as seen from the outline that names it."""
    return seen_from(Path(file.span.source.name if file.span else ""), file)


def on_one_line(*texts: Text | None) -> Text | None:
    """Return the texts given as one line, at the place of the first, or None."""
    given_texts = [text for text in texts if text]
    return Text(" · ".join(given_texts), given_texts[0].span) if given_texts else None


def picture_told(shown: Any, sheet: WorksheetContext) -> Iterator[Node]:
    """Yield what a picture shows, where it shows something: a page has no picture."""
    if shown.alt:
        yield sheet.words.led("picture", shown.alt)
