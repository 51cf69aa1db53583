"""SVG elements in points: numbers, attributes, rectangles, lines, paths (SVG 1.1)."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from deckgen.geometry import EMU_PER_POINT, Rect

Point = tuple[float, float]


def pt(emu: float) -> str:
    """Return *emu* as points, to a hundredth."""
    return number(emu / EMU_PER_POINT)


def number(value: float) -> str:
    """Return *value* to a hundredth, without zeros at its end."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def attributes(**values: str | None) -> str:
    """Return attributes that have a value, escaped; `_` in a name stands for `-`."""
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for name, value in values.items()
        if value is not None
    )


def box(rect: Rect, *, radius: int = 0, **look: str | None) -> str:
    """Return a rectangle."""
    rounded = {"rx": pt(radius)} if radius else {}
    place = {"x": pt(rect.x), "y": pt(rect.y), "width": pt(rect.w), "height": pt(rect.h)}
    return f"<rect{attributes(**place, **rounded, **look)}/>"


def stroke(start: Point, end: Point, colour: str, weight: float) -> str:
    """Return a straight line *weight* points thick between two points in EMU."""
    place = {"x1": pt(start[0]), "y1": pt(start[1]), "x2": pt(end[0]), "y2": pt(end[1])}
    return f"<line{attributes(**place, stroke=f'#{colour}', stroke_width=number(weight))}/>"


def path(drawn: str, **look: str | None) -> str:
    """Return a path of SVG commands."""
    return f"<path{attributes(d=drawn, **look)}/>"


def polyline(points: Iterable[Point]) -> str:
    """Return the commands of a line through points in EMU."""
    return "M" + "L".join(f"{pt(x)} {pt(y)}" for x, y in points)


def described(content: str, description: str | None) -> str:
    """Return a group with its alternative text; without one it is hidden from screen readers."""
    if not description:
        return f'<g aria-hidden="true">{content}</g>'
    told = escape(description)
    return f'<g role="img" aria-label="{told}"><title>{told}</title>{content}</g>'
