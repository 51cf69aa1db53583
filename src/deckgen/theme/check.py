"""Judges the tokens of a theme file: names, slots, colours, and colours that meet.

Every finding stands at its token in the file, so an author of a theme goes from line to line.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from collections.abc import Mapping as Named
from typing import Any

from deckgen.diagnostics import Diagnostics, Span, did_you_mean
from deckgen.reading.fields import Text
from deckgen.reading.reader import INVALID
from deckgen.reading.source import Mapping
from deckgen.theme.contrast import Contrast, contrasts
from deckgen.theme.model import (
    AREAS,
    BAR_ROLES,
    FACES,
    MAPPED,
    ROLES,
    SLOTS,
    STYLES,
    TextStyle,
    Theme,
    roles_of,
)

# Fields that hold named tokens: the names that must be there, and those that may.
TOKENS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "clr_map": (MAPPED, ()),
    "colours": (SLOTS, ()),
    "areas": (AREAS, ()),
    "fonts": (FACES, ()),
    "type": (STYLES, ()),
    "fit": ((), STYLES),
}

# Tokens that themes had and that nothing was drawn by: one's own theme may still give them.
RETIRED: dict[str, tuple[str, ...]] = {
    "space": ("margin", "gutter", "cell_left", "cell_top", "text_inset", "number_indent"),
    "decoration": ("bar",),
}


def without_retired(root: Mapping, diagnostics: Diagnostics) -> Mapping:
    """Return the theme at *root* without the tokens of `RETIRED`, warning of each."""
    items = dict(root.items)
    for field, names in RETIRED.items():
        key, node = items.get(field, (root.span, None))
        if not isinstance(node, Mapping):
            continue
        for name in (name for name in names if name in node.items):
            message = f"`{field}.{name}` no longer has any effect"
            diagnostics.add("retired-token", message, node.items[name][0], hints=("remove it",))
        kept = {name: item for name, item in node.items.items() if name not in names}
        items[field] = (key, node._replace(items=kept))
    return root._replace(items=items)


def check_tokens(root: Mapping, values: Named[str, Any], diagnostics: Diagnostics) -> None:
    """Add what is wrong with the tokens of the theme at *root*, whose fields were read as *values*.

    What could not be read has its finding already and is passed over.
    """
    for field, (needed, optional) in TOKENS.items():
        _check_names(root, field, field, needed, optional, diagnostics)
    if isinstance(areas := root.get("areas"), Mapping):
        for area in AREAS:
            at = f"areas.{area}"
            _check_names(areas, area, at, roles_of(area), BAR_ROLES, diagnostics)
    read = {field: value for field, value in values.items() if value is not INVALID}
    for slot, colour in read.get("colours", {}).items():
        _check_colour(f"colours.{slot}", colour, diagnostics)
    for at, slot in _slots(read):
        _check_slot(at, slot, diagnostics)
    for name, style in read.get("type", {}).items():
        _check_style(f"type.{name}", style, diagnostics)


def check_contrast(theme: Theme, diagnostics: Diagnostics) -> bool:
    """Return whether all colours of *theme* that meet can be told apart; add those that cannot.

    The theme must have all its tokens.
    """
    low = [found for found in contrasts(theme) if not found.is_enough]
    for found in low:
        ink = theme.areas[found.area].get(found.ink, theme.colours[found.ink_slot])
        related = _colours(theme, found)
        diagnostics.add("low-contrast", _too_close(found), _span(ink), related=related)
    return not low


def shown_ratio(ratio: float) -> str:
    """Return a contrast ratio with two digits, cut and not rounded: 4.499 is not 4.5."""
    return f"{math.floor(ratio * 100) / 100:.2f}"


# names and values ------------------------------------------------------------------------------


def _check_names(
    parent: Mapping,
    field: str,
    at: str,
    needed: tuple[str, ...],
    optional: tuple[str, ...],
    diagnostics: Diagnostics,
) -> None:
    """Add the tokens of *field* that do not exist, and those that lack (*at* is its address)."""
    key, node = parent.items.get(field, (parent.span, None))
    if not isinstance(node, Mapping):
        return
    known = tuple(dict.fromkeys((*needed, *optional)))
    meant: list[str] = []
    for name, (place, _) in node.items.items():
        if name not in known:
            hints = did_you_mean(name, known)
            meant += hints
            diagnostics.add("unknown-token", f"`{at}` has no `{name}`", place, hints=hints)
    for name in needed:
        if name not in node.items and f"did you mean `{name}`?" not in meant:
            diagnostics.add("missing-token", f"`{at}` lacks `{name}`", key)


def _slots(read: Named[str, Any]) -> Iterator[tuple[str, Text]]:
    """Yield address and value of everything that names a slot."""
    for name, slot in read.get("clr_map", {}).items():
        yield f"clr_map.{name}", slot
    for area, roles in read.get("areas", {}).items():
        for role, slot in roles.items():
            yield f"areas.{area}.{role}", slot


def _check_slot(at: str, slot: Text, diagnostics: Diagnostics) -> None:
    if slot not in SLOTS:
        message = f"`{at}` names `{slot}`, which is not a slot"
        diagnostics.add("wrong-value", message, slot.span, hints=did_you_mean(slot, SLOTS))


def _check_colour(at: str, colour: Text, diagnostics: Diagnostics) -> None:
    if not re.fullmatch("[0-9A-Fa-f]{6}", colour):
        message = f"`{at}` takes six hexadecimal digits (RRGGBB), not `{colour}`"
        diagnostics.add("wrong-value", message, colour.span, hints=_colour_hint(colour))


def _colour_hint(colour: str) -> tuple[str, ...]:
    """Return the colour that was meant by `#RRGGBB` or `#RGB`."""
    digits = colour.removeprefix("#")
    if re.fullmatch("[0-9A-Fa-f]{3}", digits):
        digits = "".join(digit * 2 for digit in digits)
    is_colour = re.fullmatch("[0-9A-Fa-f]{6}", digits)
    return (f'did you mean "{digits.upper()}"?',) if is_colour else ()


def _check_style(at: str, style: TextStyle, diagnostics: Diagnostics) -> None:
    if style.colour not in ROLES:
        message = f"`{at}` has the colour `{style.colour}`, which is not a role"
        hints = did_you_mean(style.colour, ROLES)
        diagnostics.add("wrong-value", message, style.colour.span, hints=hints)


# contrast --------------------------------------------------------------------------------------


def _too_close(found: Contrast) -> str:
    ink = f"`{found.ink}`" + (f" ({found.ink_slot})" if found.ink != found.ink_slot else "")
    return (
        f"on {found.area}, {ink} {found.ink_colour} on `{found.fill}` ({found.fill_slot}) "
        f"{found.fill_colour} has a contrast of {shown_ratio(found.ratio)}:1; "
        f"{found.need:g}:1 is needed for {found.use}"
    )


def _colours(theme: Theme, found: Contrast) -> Iterator[tuple[Span, str]]:
    """Yield where the two colours are given."""
    for slot in dict.fromkeys((found.ink_slot, found.fill_slot)):
        if span := _span(theme.colours[slot]):
            yield span, f"{slot} is given here"


def _span(text: str) -> Span | None:
    return getattr(text, "span", None)
