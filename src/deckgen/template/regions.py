"""The free areas of a template's slide layout: where a title goes, and what is left for content.

Nothing is moved that fits where the template has it; the rest goes clear of logos, bands, footers and
artwork.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from deckgen.geometry import Rect, inches
from deckgen.template.look import ground_at, scale_of
from deckgen.template.match import Match
from deckgen.template.model import FOOTERS, Template, is_ground

GAP = inches(0.10)  # between what stands above each other
TRIM = 0.7  # of an area that has to be left when it is cut around a small fixed shape
LOW = 0.45  # of the slide: a title with less below it leaves no room for content
LEAST_HIGH, LEAST_WIDE = 0.5, 0.6  # of the slide, that content needs
CUTS = range(7)  # twentieths of an area that are cut off beside artwork
UNDER = 0.25  # of the slide: a fixed shape that large is meant to be written on


class Room:
    """The room on the slide layout that the one called *name* of ours was matched with."""

    def __init__(self, template: Template, name: str, found: Match) -> None:
        self.template, self.name, self.match, self.layout = template, name, found, found.layout
        self.scale = scale_of(template.size)
        self.master = template.masters[self.layout.master]
        self.title = found.placeholders["title"]
        self.head = self._head()

    def long(self, length: int) -> int:
        """Return a length of our slides on slides of this size."""
        return round(length * self.scale)

    def _head(self) -> Rect:
        """Return where the title goes: its place, or the top where that leaves no room below it."""
        size, rect = self.template.size, self.title.rect
        is_opening = self.name in ("Title", "Section", "Statement") and self.match.form != "bare"
        bodies = [p.rect for name, p in self.match.placeholders.items() if name != "title"]
        has_room = bool(bodies) and self._trimmed(_around(bodies)).h >= LEAST_HIGH * size.h
        foot = min([size.h - size.h // 16, *(y for y in self.feet() if y > rect.bottom)])
        if is_opening or has_room or foot - rect.bottom >= LOW * size.h:
            return rect
        side, top = size.w // 16, size.h // 16
        return self.cleared(Rect(side, top, size.w - 2 * side, size.h // 6))

    def free(self) -> Rect:
        """Return where content may stand: the body's room, else what is left under the title."""
        bodies = [p.rect for name, p in self.match.placeholders.items() if name != "title"]
        if self.match.form in ("content", "columns") and bodies:
            area = self._trimmed(_around(bodies))
        else:
            area = self._under_title()
        area, size = self.cleared(area), self.template.size
        if area.h < LEAST_HIGH * size.h or area.w < LEAST_WIDE * size.w:
            area = max(area, self.cleared(self._under_title()), key=_size)
        if area.h < LEAST_HIGH * size.h:  # there is no room beside what the template has
            area = area._replace(h=max(area.h, size.h - size.h // 12 - area.y))
        return self.calmed(area)

    def calmed(self, area: Rect) -> Rect:
        """Return *area* without the sides where content would stand on artwork."""
        return self.calm(area, lambda cut: bool(ground_at(self.layout, cut, self.master)))

    @staticmethod
    def calm(area: Rect, is_calm: Callable[[Rect], bool]) -> Rect:
        """Return *area* without the sides that have artwork, if that is not much of it."""
        for part in CUTS:
            w, h = area.w * part // 20, area.h * part // 20
            for cut in (
                area._replace(w=area.w - w),
                area._replace(x=area.x + w, w=area.w - w),
                area._replace(h=area.h - h),
                area._replace(y=area.y + h, h=area.h - h),
                area._replace(x=area.x + w // 2, w=area.w - w),
            ):
                if is_calm(cut):
                    return cut
        return area

    def _trimmed(self, area: Rect) -> Rect:
        """Return *area* without what of it is off the slide or under footers."""
        size, gap = self.template.size, self.long(GAP)
        x, y = max(0, area.x), max(0, area.y)
        feet = [foot - gap for foot in self.feet() if foot > y + size.h // 5]
        right, bottom = min(size.w, area.right), min([size.h - gap, area.bottom, *feet])
        return Rect(x, y, max(1, right - x), max(1, bottom - y))

    def _under_title(self) -> Rect:
        size, title = self.template.size, self.head
        side = min(title.x, size.w - title.right) if title.w > size.w // 2 else size.w // 16
        side = max(side, size.w // 40)
        top = title.bottom + self.long(GAP)
        bottom = min([size.h - size.h // 16, *(y for y in self.feet() if y > top)])
        x, w = (max(side, title.x), title.w) if title.w > size.w // 2 else (side, size.w - 2 * side)
        return Rect(x, top, min(w, size.w - side - x), max(bottom - top, size.h // 5))

    def feet(self) -> list[int]:
        """Return the tops of footers in the lower half."""
        return [
            p.rect.y
            for p in self.layout.placeholders
            if p.type in FOOTERS and p.rect.y > self.template.size.h // 2
        ]

    def _obstacles(self) -> list[Rect]:
        """Return the fixed shapes that nothing may stand on: those that are not grounds."""
        size = self.template.size
        return [
            fixed.rect
            for fixed in self.layout.fixed
            if not is_ground(fixed.rect, size)
            and fixed.rect.w * fixed.rect.h < UNDER * size.w * size.h
            and fixed.rect.overlaps(size)
        ]

    def cleared(self, area: Rect) -> Rect:
        """Return *area* cut around fixed shapes, as long as most of it is left.

        A shape that takes more is decoration that the template's own texts stand on, too.
        """
        whole = area.w * area.h
        for obstacle in sorted(self._obstacles(), key=lambda rect: (-rect.w * rect.h, rect)):
            if not area.overlaps(obstacle):
                continue
            cuts = [
                area._replace(w=obstacle.x - area.x),
                area._replace(x=obstacle.right, w=area.right - obstacle.right),
                area._replace(h=obstacle.y - area.y),
                area._replace(y=obstacle.bottom, h=area.bottom - obstacle.bottom),
            ]
            best = max((cut for cut in cuts if cut.w > 0 and cut.h > 0), key=_size, default=area)
            if _size(best) >= TRIM * whole:
                area = best
        return area

    def with_row(self, area: Rect, height: int) -> tuple[Rect, Rect]:
        """Return *area* and the row of phase and time under it, taken from it if there is no room."""
        gap = self.long(GAP)
        below = Rect(area.x, area.bottom + gap // 2, area.w, height)
        taken = [
            *self._obstacles(),
            *(p.rect for p in self.layout.placeholders if p.type in FOOTERS),
        ]
        bottom = self.template.size.h - self.long(inches(0.15))
        if below.bottom <= bottom and not any(below.overlaps(rect) for rect in taken):
            return area, below
        row = Rect(area.x, area.bottom - height, area.w, height)
        return area._replace(h=area.h - height - gap), row


def _around(rects: Iterable[Rect]) -> Rect:
    found = list(rects)
    x, y = min(rect.x for rect in found), min(rect.y for rect in found)
    return Rect(x, y, max(r.right for r in found) - x, max(r.bottom for r in found) - y)


def _size(rect: Rect) -> int:
    return rect.w * rect.h
