"""Colours of a template: from DrawingML to RRGGBB (ECMA-376 part 1, 20.1.2.3)."""

from __future__ import annotations

import colorsys
import math
import re
from collections.abc import Mapping

from lxml import etree

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
KINDS = ("srgbClr", "schemeClr", "sysClr", "prstClr", "scrgbClr", "hslClr")
NAMED = {
    "black": "000000", "white": "FFFFFF", "red": "FF0000", "green": "008000", "blue": "0000FF",
    "yellow": "FFFF00", "gray": "808080", "ltGray": "D3D3D3", "dkGray": "A9A9A9", "orange": "FFA500",
}  # fmt: skip
WHOLE = 100_000
SEEN = 50_000  # what is less opaque does not count as a colour of its own


def colour_in(
    element: etree._Element | None,
    colours: Mapping[str, str],
    mapped: Mapping[str, str],
    *,
    sees_all: bool = False,
) -> str | None:
    """Return the colour that is a child of *element*, or None where it is not known.

    What is hardly opaque counts only where the reader *sees_all*.
    """
    child = _child(element)
    if child is None or (not sees_all and opacity_of(element) * WHOLE < SEEN):
        return None
    return _changed(child, _base(child, colours, mapped))


def opacity_of(element: etree._Element | None) -> float:
    """Return how opaque the colour is that is a child of *element*: 1 is wholly."""
    child = _child(element)
    alpha = None if child is None else child.find(f"{A}alpha")
    return 1.0 if alpha is None else number(alpha.get("val")) / WHOLE


def _child(element: etree._Element | None) -> etree._Element | None:
    for child in element if element is not None else ():
        if isinstance(child.tag, str) and etree.QName(child).localname in KINDS:
            return child
    return None


def fill_in(
    element: etree._Element | None, colours: Mapping[str, str], mapped: Mapping[str, str]
) -> str | None:
    """Return the colour of the fill that is a child of *element*: of a gradient, its middle."""
    if element is None:
        return None
    if (solid := element.find(f"{A}solidFill")) is not None:
        return colour_in(solid, colours, mapped)
    stops = element.findall(f"{A}gradFill/{A}gsLst/{A}gs")
    found = [colour for stop in stops if (colour := colour_in(stop, colours, mapped))]
    return _mean(found) if found else None


def _base(
    element: etree._Element, colours: Mapping[str, str], mapped: Mapping[str, str]
) -> str | None:
    kind, value = etree.QName(element).localname, element.get("val", "")
    match kind:
        case "srgbClr":
            return _hex_digits(value)
        case "schemeClr":
            return colours.get(mapped.get(value, value))
        case "sysClr":
            usual = "FFFFFF" if value == "window" else "000000"
            return _hex_digits(element.get("lastClr", usual))
        case "prstClr":
            return NAMED.get(value)
        case "scrgbClr":
            parts = (number(element.get(key)) / WHOLE for key in "rgb")
            return _hex(*(_gamma(part) for part in parts))
    return None


def _changed(element: etree._Element, colour: str | None) -> str | None:
    """Return *colour* with the changes that stand in its element."""
    if colour is None:
        return None
    red, green, blue = (int(colour[k : k + 2], 16) / 255 for k in (0, 2, 4))
    for child in element:
        if not isinstance(child.tag, str):
            continue
        share = number(child.get("val")) / WHOLE
        hue, light, full = colorsys.rgb_to_hls(red, green, blue)
        match etree.QName(child).localname:
            case "lumMod":
                red, green, blue = colorsys.hls_to_rgb(hue, min(1, light * share), full)
            case "lumOff":
                red, green, blue = colorsys.hls_to_rgb(hue, max(0, min(1, light + share)), full)
            case "satMod":
                red, green, blue = colorsys.hls_to_rgb(hue, light, min(1, full * share))
            case "shade":
                red, green, blue = (part * share for part in (red, green, blue))
            case "tint":
                red, green, blue = (part * share + 1 - share for part in (red, green, blue))
    return _hex(red, green, blue)


def _hex_digits(text: str) -> str | None:
    return text.upper() if re.fullmatch("[0-9A-Fa-f]{6}", text) else None


def number(text: str | None) -> float:
    """Return the number that an attribute holds, 0 where it holds none."""
    try:
        found = float((text or "0").rstrip("%"))
    except ValueError:
        return 0.0
    return found if math.isfinite(found) else 0.0


def _gamma(linear: float) -> float:
    return linear * 12.92 if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055


def _mean(colours: list[str]) -> str:
    parts = [[int(colour[k : k + 2], 16) / 255 for colour in colours] for k in (0, 2, 4)]
    return _hex(*(sum(part) / len(part) for part in parts))


def _hex(red: float, green: float, blue: float) -> str:
    return "".join(f"{round(max(0, min(1, part)) * 255):02X}" for part in (red, green, blue))
