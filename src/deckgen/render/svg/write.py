"""Turns a `Deck` into SVG pictures, one a slide: standalone, with nothing to fetch or to break.

Units are points. A jump leads to `#slide-3`, the mark of that slide's own root, for pages that hold
several. Same deck, same text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from deckgen.geometry import Rect
from deckgen.layout.decoration import ground
from deckgen.layout.frames import Deck, FramedSlide
from deckgen.render.svg.elements import attributes, box, pt
from deckgen.render.svg.frames import Easel, data_uri
from deckgen.render.svg.text import families
from deckgen.theme.places import SLIDE, slide_layouts


def write_svg(deck: Deck) -> Sequence[str]:
    """Return each slide of *deck* as the text of an SVG file."""
    return tuple(iter_svg(deck))


def iter_svg(deck: Deck) -> Iterator[str]:
    """Yield each slide of *deck* as the text of an SVG file, drawn when it is asked for."""
    targets = deck.jump_targets()
    for number, slide in enumerate(deck.slides(), 1):
        yield _slide(deck, slide, number, targets)


def _slide(deck: Deck, slide: FramedSlide, number: int, targets: dict[str, int]) -> str:
    theme = deck.theme_of(slide)
    size = deck.brand.template.size if deck.brand else SLIDE
    tables = None
    if deck.brand:
        master = deck.brand.matches[slide.slide_layout].layout.master
        tables = deck.brand.template.masters[master].tables
    easel = Easel(theme, number, targets, tables)
    drawn = "".join(easel.draw(frame) for frame in slide.frames)
    root = attributes(
        id=f"slide-{number}",
        viewBox=f"0 0 {pt(size.w)} {pt(size.h)}",
        width=pt(size.w),
        height=pt(size.h),
        font_family=families(theme.fonts["body"]),
        lang=deck.properties.language,
    )
    told = f"<title>{escape(slide.title)}</title><desc>{escape(deck.properties.title)}</desc>"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg"{root}>{told}'
        f"{_ground(deck, slide, easel, size)}{drawn}</svg>"
    )


def _ground(deck: Deck, slide: FramedSlide, easel: Easel, size: Rect) -> str:
    """Return what is behind a slide: what the slide layout draws, or a picture of a template's."""
    if deck.brand:
        canvas = deck.brand.matches[slide.slide_layout].layout.canvas
        if canvas.plain:
            return box(size, fill=f"#{canvas.plain}")
        source = attributes(href=data_uri(*canvas.artwork))
        place = attributes(width=pt(size.w), height=pt(size.h), preserveAspectRatio="none")
        return f'<image aria-hidden="true"{place}{source}/>'
    behind = ground(easel.theme, slide_layouts()[slide.slide_layout])
    shapes = "".join(map(easel.shape, behind.shapes))
    page = box(size, fill=f"#{easel.theme.rgb(behind.colour)}")
    return f'<g aria-hidden="true">{page}{shapes}</g>'
