"""What is behind a slide of a slide layout: which colours are where.

Where a text goes, there is one colour, or several on which some ink can be read, or artwork that no
text may stand on. The slide layout is painted small (`paint.py`) when it is first asked.
"""

from __future__ import annotations

import math
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from deckgen.geometry import Rect
from deckgen.template.package import Package
from deckgen.template.paint import Layer, drawn, painted
from deckgen.theme.contrast import TEXT, luminance

if TYPE_CHECKING:
    from PIL import Image as Pillow

MOST_COLOURS = 4096  # of a place, before it counts as a picture
ALIKE = 12  # of 255, each way: colours that are one to the eye
EVEN = 1.9  # the contrast within a place from which there is a figure on it
WHOLE = 0.99  # of a place, that counts as all of it: a speck is no artwork


class Shown(NamedTuple):
    """What is behind a place: its main colour RRGGBB, on which share of it, and the mean of all."""

    main: str
    share: float
    mean: str


class Canvas:
    """The layers of a slide layout, painted when they are first looked at."""

    def __init__(self, package: Package, size: Rect, layers: tuple[Layer, ...]) -> None:
        self._package, self._size, self._layers = package, size, layers
        self._shown: dict[Rect, Shown] = {}

    @cached_property
    def _image(self) -> Pillow.Image:
        return painted(self._package, self._size, self._layers)

    @cached_property
    def plain(self) -> str | None:
        """The colour RRGGBB behind the whole slide; None where there is more than one."""
        counts = self._image.getcolors(1)
        return _hex(next(iter(_colours(self._image)))) if counts else None

    @cached_property
    def artwork(self) -> tuple[bytes, str]:
        """What a slide has behind it as a picture to look at, and its format: png or jpeg."""
        return drawn(self._package, self._size, self._layers)

    @cached_property
    def _light(self) -> Pillow.Image:
        """The relative luminance of each pixel (WCAG 2.2)."""
        linear = self._image.point([_linear(value) for value in range(256)] * 3)
        return linear.convert("L", (0.2126, 0.7152, 0.0722, 0))

    def at(self, rect: Rect) -> Shown:
        """Return what is behind *rect*."""
        if rect not in self._shown:
            self._shown[rect] = _shown(self._image.crop(self._box(rect)))
        return self._shown[rect]

    def legible(self, rect: Rect, ink: str, need: float = TEXT) -> float:
        """Return on how much of *rect* the colour *ink* has the contrast *need*."""
        counts = self._light.crop(self._box(rect)).histogram()
        own = luminance(ink) + 0.05
        good = sum(
            count
            for value, count in enumerate(counts)
            if max(own, value / 255 + 0.05) >= need * min(own, value / 255 + 0.05) - 0.02
        )
        return good / sum(counts)

    def is_even(self, rect: Rect, whole: float = WHOLE, most: float = EVEN) -> bool:
        """Return whether *rect* is about as light all over, but for specks: to the contrast *most*."""
        counts = self._light.crop(self._box(rect)).histogram()
        least = (1 - whole) * sum(counts)
        dark, light = (_beyond(values, least) for values in (counts, counts[::-1]))
        return (255 - light) / 255 + 0.05 <= most * (dark / 255 + 0.05)

    def calm(self, rect: Rect) -> float:
        """Return how well any text can be read on *rect*: 1 is one colour, less is artwork."""
        best = max(self.legible(rect, ink) for ink in ("000000", "FFFFFF"))
        share = self.at(rect).share
        if share >= WHOLE:
            return best
        return best * (0.9 if self.is_even(rect) else 0.4 + share / 2)

    def _box(self, rect: Rect) -> tuple[int, int, int, int]:
        """Return the pixels that are wholly inside *rect*, at least one."""
        scale, (wide, high) = self._image.width / self._size.w, self._image.size
        left = min(max(0, math.ceil(rect.x * scale)), wide - 1)
        top = min(max(0, math.ceil(rect.y * scale)), high - 1)
        right = min(max(left + 1, math.floor(rect.right * scale)), wide)
        bottom = min(max(top + 1, math.floor(rect.bottom * scale)), high)
        return left, top, right, bottom


def _shown(image: Pillow.Image) -> Shown:
    (mean,) = _colours(image.resize((1, 1), resample=4))  # 4: box
    counts = _colours(image)
    if len(counts) > MOST_COLOURS:
        return Shown(_hex(mean), 0.0, _hex(mean))
    main = max(counts, key=lambda colour: (counts[colour], colour))
    near = sum(
        count
        for colour, count in counts.items()
        if all(abs(a - b) <= ALIKE for a, b in zip(colour, main, strict=True))
    )
    return Shown(_hex(main), near / sum(counts.values()), _hex(mean))


def _colours(image: Pillow.Image) -> dict[tuple[int, ...], int]:
    """Return how often each colour is in *image*."""
    found: Any = image.getcolors(image.width * image.height)
    return {colour: count for count, colour in found}


def _beyond(counts: list[int], least: float) -> int:
    """Return the first value with more than *least* up to it."""
    return next(k for k, total in enumerate(accumulate(counts)) if total > least)


def _linear(value: int) -> int:
    part = value / 255
    return round(255 * (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4))


def _hex(colour: tuple[int, ...]) -> str:
    return "".join(f"{part:02X}" for part in colour[:3])
