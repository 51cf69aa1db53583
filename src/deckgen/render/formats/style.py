"""Fills the theme's colours and fonts into the one style sheet of all pages, `page.css`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from deckgen.render.formats.look import PageLook, fonts, paper_colours, screen_colours


def style(look: PageLook) -> str:
    """Return the style of a page: the theme's values as CSS properties, then the sheet."""
    families = {f"font-{face}": names for face, names in fonts(look.theme).items()}
    heading = look.theme.type["title"]
    weight = {"heading-weight": "700" if heading.bold else "400"}
    screen = _colours(screen_colours(look.theme))
    paper = _colours(paper_colours(look.theme))
    return (
        f"{_rule(':root', screen | families | weight)}"
        f"@media print {{\n{_rule(':root', paper)}}}\n"
        f"{_sheet()}"
    )


def _colours(colours: dict[str, str]) -> dict[str, str]:
    return {role: f"#{colour}" for role, colour in colours.items()}


def _rule(selector: str, values: dict[str, str]) -> str:
    lines = "".join(f"  --{name}: {value};\n" for name, value in values.items())
    return f"{selector} {{\n{lines}}}\n"


@cache
def _sheet() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")
