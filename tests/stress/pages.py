"""Whether what LibreOffice drew stands where the deck says: words of a page against frames."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, TypeAlias

from pptx.oxml.ns import qn
from pptx.parts.slide import SlideLayoutPart
from pptx.shapes.base import BaseShape
from pptx.slide import Slide, SlideLayout

from deck_gates import Page, WordBox

TOLERANCE = 0.07 * 72
EMU_PER_POINT = 12700
Sides: TypeAlias = tuple[int, int, int, int]  # left, top, width, height
BULLETS = frozenset("•–▪■–—")
# pdftotext gives every word a box from 0.95 em above its baseline to 0.35 em under it; capitals
# rise 0.75 em and tails hang 0.22 em. So of a box these shares are empty at its top and its foot.
BOX_EM, OVER_CAPITALS, UNDER_TAILS = 1.3, 0.20 / 1.3, 0.13 / 1.3
HANGING = tuple("。、，．")  # may stand in the margin: `hangingPunct` in a deck
SELECTOR = "\ufe0f"  # is not seen, and an em wide to pdftotext


class Frame(NamedTuple):
    """Where a text may stand, in points; of a chart the text is not known."""

    name: str
    left: float
    top: float
    right: float
    bottom: float
    text: str | None

    def holds(self, word: str) -> bool:
        """Whether the word is of this frame's text; of other scripts, whether its letters are."""
        if self.text is None:
            return True
        letters = {char for char in word if char.isalpha()}
        return word in self.text or (not is_latin(word) and letters <= set(self.text))

    def beyond(self, box: WordBox, taller: float = 0.0) -> float:
        """By how much the word leaves the frame, in points; down, less what is drawn *taller*."""
        x0, y0, x1, y1, word = box
        high = y1 - y0
        top, bottom = y0 + OVER_CAPITALS * high, y1 - UNDER_TAILS * high
        hanging = high / BOX_EM if word.endswith((*HANGING, SELECTOR)) else 0.0
        return max(
            self.left - x0,
            x1 - hanging - self.right,
            self.top - top,
            bottom - self.bottom - taller * (self.bottom - self.top),
        )


def squeezed(text: str) -> str:
    """Return *text* without spaces and what has no width, in small letters."""
    shown = (char for char in text if not char.isspace() and _is_seen(char))
    return "".join(shown).casefold()


def _is_seen(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cf") and not "\ufe00" <= char <= "\ufe0f"


def is_latin(word: str) -> bool:
    return all(char < "\u0250" or "\u2010" <= char <= "\u2027" for char in word)


def paragraphs(slide: Slide) -> list[str]:
    """Return the squeezed texts of all paragraphs of a slide, fields among them."""
    return [squeezed(_text(p)) for p in slide._element.iter(qn("a:p"))]


def seen(slide: Slide) -> str:
    """Return what is seen of a slide: of a timer's two layers, which say the same, the lower."""
    shapes = (shape for shape in slide.shapes if not shape.name.startswith("timer "))
    return squeezed("".join(_text(shape._element) for shape in shapes))


def frames(slide: Slide) -> list[Frame]:
    """Return the frames of a slide: shapes, members of groups, cells of tables, charts."""
    return [frame for shape in slide.shapes for frame in _frames(shape, slide.slide_layout)]


def _frames(shape: BaseShape, layout: SlideLayout) -> Iterator[Frame]:
    if hasattr(shape, "shapes"):
        for member in shape.shapes:  # the writer gives groups the slide's coordinates
            yield from _frames(member, layout)
    elif getattr(shape, "has_table", False):
        yield from _cells(shape, _sides(shape, layout))
    elif getattr(shape, "has_chart", False):
        yield _frame(shape.name, _sides(shape, layout), None)
    elif text := squeezed(_text(shape._element)):
        yield _frame(shape.name, _sides(shape, layout), text)


def _cells(shape: BaseShape, sides: Sides) -> Iterator[Frame]:
    table, top = shape.table, sides[1]
    widths = [column.width for column in table.columns]
    for number, row in enumerate(table.rows, 1):
        left = sides[0]
        for width, cell in zip(widths, row.cells, strict=True):
            text = squeezed(_text(cell._tc))
            yield _frame(f"{shape.name} row {number}", (left, top, width, row.height), text)
            left += width
        top += row.height


def _sides(shape: BaseShape, layout: SlideLayout) -> Sides:
    """Return the left, top, width and height of a shape, its own or its placeholder's."""
    if shape.is_placeholder and next(shape._element.iter(qn("a:off")), None) is None:
        return _places(layout.part)[shape.placeholder_format.idx]
    return _own(shape)


@cache
def _places(part: SlideLayoutPart) -> dict[int, Sides]:
    places = part.slide_layout.placeholders
    return {place.placeholder_format.idx: _own(place) for place in places}


def _own(shape: BaseShape) -> Sides:
    return shape.left, shape.top, shape.width, shape.height


def _frame(name: str, sides: Sides, text: str | None) -> Frame:
    left, top, width, height = (side / EMU_PER_POINT for side in sides)
    return Frame(name, left, top, left + width, top + height, text)


def _text(element: object) -> str:
    return "".join(t.text or "" for t in element.iter(qn("a:t")))  # type: ignore[attr-defined]


def spills(slide: Slide, page: Page, taller: float = 0.0) -> Iterator[str]:
    """Yield each word on the page that is in no frame which it is of.

    A text that is drawn *taller* than planned, by this share, may leave its frame by as much.
    """
    known = frames(slide)
    for box in page.words:
        word = squeezed(box[4])
        if set(word) <= BULLETS:  # nothing but joiners, too
            continue
        own = [frame for frame in known if frame.holds(word)]
        if not own:
            yield f"{box[4]!r} stands on the page and in no frame"
            continue
        beyond, name = min((frame.beyond(box, taller), frame.name) for frame in own)
        if beyond > TOLERANCE:
            yield f"{box[4]!r} is {beyond:.1f} pt out of {name!r}"
