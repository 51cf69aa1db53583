"""What a page takes from the theme: colours that can be read, fonts, and the session's bar.

WCAG 2.2, 1.4.3 asks for a contrast of 4.5 where text is small. A theme is checked for slides, where
most text is large; so a colour that is too faint for a page gives way to the colour of text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from deckgen.theme.contrast import MARK, TEXT, contrast_ratio
from deckgen.theme.model import Theme

RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"}
)
LETTER = frozenset({"US", "CA", "MX", "CL", "CO", "PH", "PR", "VE"})  # regions that print on it
PAPER, INK = "FFFFFF", "111111"


class SessionPiece(NamedTuple):
    """A piece of the session on its bar: a block, or a buffer, which is drawn open."""

    minutes: int
    is_open: bool = False


class PageLook(NamedTuple):
    """How the pages of one build look."""

    theme: Theme
    language: str
    bar: tuple[SessionPiece, ...] = ()

    @property
    def direction(self) -> str:
        """In which direction the language is written, as HTML says it."""
        return "rtl" if self.language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"

    @property
    def paper(self) -> str:
        """The paper that the language's region prints on."""
        regions = {part.upper() for part in self.language.split("-")[1:]}
        return "Letter" if regions & LETTER else "A4"


def screen_colours(theme: Theme) -> dict[str, str]:
    """Return the colours of a page on a screen as RRGGBB, by role."""
    page = _area(theme, "page")
    sky = _area(theme, "page" if theme.decoration.sky == "open" else "sky")
    colours = _on(page["ground"], page["panel"], page)
    head = _on(sky["ground"], sky["ground"], sky)
    return colours | {f"head-{role}": head[role] for role in ("ground", "text", "key", "time")}


def paper_colours(theme: Theme) -> dict[str, str]:
    """Return the colours of a printed page: no grounds, and inks that a grey printer keeps dark."""
    page = _area(theme, "page")
    dark = _ink((page["text"], page["ground"], INK), (PAPER,), INK)
    inks = {role: _ink((colour, dark), (PAPER,), dark) for role, colour in page.items()}
    colours = _on(PAPER, PAPER, inks | {"text": dark, "line": _line(page["line"], PAPER)})
    head = {"ground": PAPER, "text": dark, "key": colours["key"], "time": colours["time"]}
    return colours | {f"head-{role}": colour for role, colour in head.items()}


def fonts(theme: Theme) -> dict[str, str]:
    """Return the font families of headings, text and code as CSS lists."""
    return {face: ", ".join(_families(theme, face)) for face in ("heading", "body", "mono")}


def _area(theme: Theme, area: str) -> dict[str, str]:
    return {role: str(theme.colours[slot]) for role, slot in theme.areas[area].items()}


def _on(ground: str, panel: str, wanted: dict[str, str]) -> dict[str, str]:
    """Return the roles of a page with this ground and panel; every ink can be read on both."""
    text = _ink((wanted["text"],), (ground,), _strongest(ground))
    panel = panel if contrast_ratio(text, panel) >= TEXT else ground
    grounds = (ground, panel)
    inks = {
        role: _ink((wanted[role],), grounds, text)
        for role in ("muted", "key", "time", "time_ink", "link")
    }
    line = wanted["line"] if contrast_ratio(wanted["line"], ground) >= MARK else text
    roles = {"ground": ground, "panel": panel, "text": text, "line": line, **inks}
    return {role.replace("_", "-"): colour for role, colour in roles.items()}


def _ink(colours: tuple[str, ...], grounds: tuple[str, ...], otherwise: str) -> str:
    """Return the first of *colours* that small text can have on all *grounds*."""
    for colour in colours:
        if all(contrast_ratio(colour, ground) >= TEXT for ground in grounds):
            return colour
    return otherwise


def _strongest(ground: str) -> str:
    """Return black or white: one of them has a contrast of 4.5 and more on any ground."""
    return max(("000000", "FFFFFF"), key=lambda colour: contrast_ratio(colour, ground))


def _line(colour: str, ground: str) -> str:
    return colour if contrast_ratio(colour, ground) >= MARK else INK


def _families(theme: Theme, face: str) -> Iterator[str]:
    font = theme.fonts[face]
    for name in (font.office, font.twin, *font.fallback):
        generic = name in {"serif", "sans-serif", "monospace", "system-ui"}
        yield str(name) if generic else f'"{_plain(name)}"'


def _plain(name: str) -> str:
    """Return a font's name without what could end a CSS string or a style element."""
    return "".join(c for c in name if c.isalnum() or c in " -_.")
