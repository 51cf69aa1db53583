"""Plain grounds under texts where a template's artwork would stand behind them."""

from __future__ import annotations

from itertools import chain

from deckgen.geometry import Rect, points
from deckgen.template.look import ground_at
from deckgen.template.model import FOOTERS, Layout, Master, Placeholder
from deckgen.theme.contrast import contrast_ratio
from deckgen.theme.places import Place, Sheet, SlideLayout

BESIDE = 40  # a sheet goes beyond its texts by this part of the slide's height
LOGO = 0.02  # of the slide, at most
SLOTS = ("bg1", "tx1")
TITLED = 0.95  # of a title that has to be on calm ground: it seldom fills its place


def sheet_fill(layout: Layout, master: Master, size: Rect) -> str:
    """Return the slot of a sheet: as light or dark as the slide is on the whole."""
    mean = layout.canvas.at(size).mean
    slots = [master.mapped[name] for name in SLOTS]
    return min(slots, key=lambda slot: contrast_ratio(master.colours[slot], mean))


def title_core(title: Placeholder, rect: Rect) -> Rect:
    """Return where in *rect* the lines of a title are, one or two."""
    height = min(rect.h, points(2 * title.levels[0].size))
    top = {"t": rect.y, "b": rect.bottom - height}.get(
        title.anchor, rect.y + (rect.h - height) // 2
    )
    return rect._replace(y=top, h=height)


def find_sheets(
    arranged: SlideLayout, layout: Layout, master: Master, fill: str, *, is_title_legible: bool
) -> list[Sheet]:
    """Return the sheets that the places of *arranged* need: under its title, under all the rest."""
    rest = [p for p in arranged.places.values() if _is_content(p) and p != arranged.title]
    grid = arranged.grid
    bar = Rect(grid.x, grid.horizon, grid.wide, 1)
    groups = [[arranged.title.rect], [*(place.rect for place in rest), bar]]
    is_busy = (
        not is_title_legible,
        any(ground_at(layout, rect, master) is None for rect in groups[1]),
    )
    busy = [group for group, is_needed in zip(groups, is_busy, strict=True) if is_needed]
    if not busy:
        return []
    under = list(chain.from_iterable(busy))
    beside = [
        *(rect for rect in chain.from_iterable(groups) if rect not in under),
        *(fixed.rect for fixed in layout.fixed if _is_small(fixed.rect, grid.slide)),
        *(p.rect for p in layout.placeholders if p.type in FOOTERS),
    ]
    return [Sheet(_padded(under, beside, grid.slide), fill)]


def _is_small(rect: Rect, slide: Rect) -> bool:
    """Return whether a fixed shape can be a logo, which no sheet may touch."""
    return rect.w * rect.h <= LOGO * slide.w * slide.h


def _is_content(place: Place) -> bool:
    return place.type not in FOOTERS and place.name not in ("logo", "footer_title", "slide_number")


def _padded(rects: list[Rect], beside: list[Rect], slide: Rect) -> Rect:
    """Return the rectangle around *rects* and a little more, but not onto what is *beside* it."""
    x, y = min(rect.x for rect in rects), min(rect.y for rect in rects)
    right, bottom = max(rect.right for rect in rects), max(rect.bottom for rect in rects)
    more = slide.h // BESIDE
    left = max([0, x - more, *(r.right for r in beside if x - more < r.right <= x)])
    top = max([0, y - more, *(r.bottom for r in beside if y - more < r.bottom <= y)])
    right = min([slide.w, right + more, *(r.x for r in beside if right <= r.x < right + more)])
    foot = min([slide.h, bottom + more, *(r.y for r in beside if bottom <= r.y < bottom + more)])
    return Rect(left, top, right - left, foot - top)
