"""Where columns, their heads and their captions stand.

Heads are as tall as the tallest of them, so that all columns begin level; the columns have what heads
and captions leave. Each caption stands right under what its column holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from deckgen.boxes import Content, SlideBoxes, TextBox
from deckgen.geometry import Rect, inches
from deckgen.layout import text_box
from deckgen.layout.frames import Frame, TextFrame
from deckgen.theme.model import Theme
from deckgen.theme.places import SPARE, Place, SlideLayout, columns_of

HEAD_SHIFT = inches(0.16)  # from the rule over a column to its head
GAP = inches(0.16)  # between head and column
CAPTION_GAP = inches(0.1)
MOST = 0.3  # of the height of a column, for its head and for its caption


def column_rects(theme: Theme, layout: SlideLayout, boxes: SlideBoxes) -> dict[str, Rect]:
    """Return where columns, heads and captions go, by place; nothing on slides without columns."""
    names = columns_of(layout)
    if not any(name in boxes.boxes for name in names):
        return {}
    areas = _areas(layout, boxes, names)
    grid = layout.grid
    heads = _heights(theme, layout, boxes, "head", areas)
    captions = _heights(theme, layout, boxes, "caption", areas)
    shift = grid.scaled(HEAD_SHIFT) if heads else 0
    above = shift + max(heads.values(), default=0) + (grid.scaled(GAP) if heads else 0)
    under = max(captions.values(), default=0) + (grid.scaled(CAPTION_GAP) if captions else 0)
    found: dict[str, Rect] = {}
    for k, (name, area) in enumerate(zip(names, areas, strict=True), 1):
        wide = _wide(layout, f"head_{k}", area)
        high = max(heads.values(), default=1)
        found[f"head_{k}"] = Rect(area.x, area.y + shift, wide, high)
        found[name] = area._replace(y=area.y + above, h=max(1, area.h - above - under))
        own = captions.get(k, 1)
        found[f"caption_{k}"] = Rect(area.x, area.bottom - own, wide, own)
    return found


def under_content(rect: Rect, frames: Sequence[Frame], gap: int) -> Rect:
    """Return the place of a caption right under the *frames* of its column, at the lowest at *rect*."""
    bottom = max((_bottom(frame) for frame in frames), default=rect.y)
    return rect._replace(y=min(rect.y, bottom + gap))


def as_tall_as_text(layout: SlideLayout, boxes: SlideBoxes, name: str, frame: Frame) -> Frame:
    """Return the text of the column called *name*, no taller than its words where a caption follows."""
    columns = columns_of(layout)
    if not isinstance(frame, TextFrame) or name not in columns:
        return frame
    if f"caption_{columns.index(name) + 1}" not in boxes.boxes:
        return frame
    return frame._replace(rect=frame.rect._replace(h=max(1, frame.height)), is_moved=True)


def without_strays(boxes: dict[str, Content], layout: SlideLayout) -> dict[str, Content]:
    """Return *boxes* without the heads and captions of columns that end on an earlier slide."""
    ended = [k for k, name in enumerate(columns_of(layout), 1) if name not in boxes]
    strays = {f"{kind}_{k}" for k in ended for kind in ("head", "caption")}
    return {name: box for name, box in boxes.items() if name not in strays}


def _bottom(frame: Frame) -> int:
    return frame.rect.y + frame.height if isinstance(frame, TextFrame) else frame.rect.bottom


def _areas(layout: SlideLayout, boxes: SlideBoxes, names: Sequence[str]) -> list[Rect]:
    """Return the room of each column with its head and its caption, in the widths that are wanted."""
    places = [[layout.places[f"head_{k}"], layout.places[name], layout.places[f"caption_{k}"]]
              for k, name in enumerate(names, 1)]  # fmt: skip
    areas = [_around([place.rect for place in column]) for column in places]
    areas = [_from(area, layout.grid.column_rule) for area in areas]
    if "source" in places[0][1].over and "source" not in boxes.boxes:
        source = layout.places["source"].rect
        areas = [area._replace(h=max(area.bottom, source.bottom) - area.y) for area in areas]
    is_beside = all(one.right <= two.x for one, two in pairwise(areas))
    if len(set(boxes.shares)) < 2 or not is_beside:
        return areas
    return _shared(areas, boxes.shares)


def _from(area: Rect, top: int) -> Rect:
    """Return *area* from the line of the rules on, where that is just above it."""
    return (
        area._replace(y=top, h=area.bottom - top) if area.y - HEAD_SHIFT <= top < area.y else area
    )


def _around(rects: Sequence[Rect]) -> Rect:
    y = min(rect.y for rect in rects)
    return rects[1]._replace(y=y, h=max(rect.bottom for rect in rects) - y)


def _shared(areas: list[Rect], shares: Sequence[float]) -> list[Rect]:
    """Return *areas* with their gaps, and their widths in proportion to *shares*."""
    gaps = [two.x - one.right for one, two in pairwise(areas)]
    room = areas[-1].right - areas[0].x - sum(gaps)
    found, x = [], areas[0].x
    for area, share, gap in zip(areas, shares, [*gaps, 0], strict=True):
        width = round(room * share / sum(shares))
        found.append(area._replace(x=x, w=width))
        x += width + gap
    return found


def _heights(
    theme: Theme, layout: SlideLayout, boxes: SlideBoxes, kind: str, areas: Sequence[Rect]
) -> dict[int, int]:
    """Return the heights of the heads or the captions, by the number of their column, in one size."""
    used = {
        k: (
            layout.places[f"{kind}_{k}"],
            box,
            area._replace(w=_wide(layout, f"{kind}_{k}", area), h=round(area.h * MOST)),
        )
        for k, area in enumerate(areas, 1)
        if isinstance(box := boxes.boxes.get(f"{kind}_{k}"), TextBox)
    }
    steps = max((_steps(theme, *each) for each in used.values()), default=0)
    return {
        k: min(area.h, text_box.height_at(theme, place, box, area.w, steps))
        for k, (place, box, area) in used.items()
    }


def _wide(layout: SlideLayout, name: str, area: Rect) -> int:
    """Return the width of a head or a caption, less what a text box needs to spare."""
    return area.w if layout.places[name].is_placeholder else area.w - SPARE


def _steps(theme: Theme, place: Place, box: TextBox, rect: Rect) -> int:
    steps = text_box.steps_to_fit(theme, place, box, rect)
    return text_box.floor_steps(theme, place, box) if steps is None else steps
