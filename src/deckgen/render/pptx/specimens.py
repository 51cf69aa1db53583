"""A deck that shows each slide layout of a template once: its name, and which kinds of slide use it."""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.geometry import Rect
from deckgen.layout.frames import (
    Deck,
    DeckSection,
    Frame,
    FramedSlide,
    FrameParagraph,
    FrameRun,
    Properties,
    RunFormat,
    ShapeFrame,
    TextFrame,
)
from deckgen.template.brand import Brand
from deckgen.template.look import scale_of
from deckgen.template.match import Match, Score
from deckgen.template.model import BODIES, TITLES, Layout, Placeholder
from deckgen.theme.model import Theme
from deckgen.theme.places import Place

UNUSED = "not used"
LABEL = 24.0  # points of what we write ourselves, on slides of our size
KINDS = {"ftr": "Footer", "dt": "Date", "pic": "Picture", "chart": "Chart", "tbl": "Table"}


def specimens(brand: Brand, theme: Theme) -> Deck:
    """Return the deck of all slide layouts of a template, in its order."""
    layouts = brand.template.layouts
    slides = tuple(_slide(brand, layout) for layout in layouts)
    shown = {_key(layout): Match(layout, "", Score(0.0, ()), {}) for layout in layouts}
    title = f"Slide layouts of {brand.template.name}"
    section = DeckSection("layouts", "Slide layouts", slides)
    return Deck(theme, Properties(title), "", (section,), brand._replace(matches=shown))


def _key(layout: Layout) -> str:
    return str(layout.number)


def _slide(brand: Brand, layout: Layout) -> FramedSlide:
    key = _key(layout)
    return FramedSlide(key, layout.name, key, tuple(_frames(brand, layout)), ())


def _frames(brand: Brand, layout: Layout) -> Iterator[Frame]:
    size = brand.template.size
    name = f"{layout.number} {layout.name}"
    users = [ours for ours, found in brand.matches.items() if found.layout == layout] or [UNUSED]
    seen = [held for held in layout.placeholders if _is_seen(held, size)]
    bodies = [held for held in seen if held.type in BODIES]
    if not any(held.type in TITLES for held in seen):
        yield _label(name, Rect(size.w // 20, size.h // 20, size.w * 9 // 10, size.h // 8), size)
    if not bodies:
        band = Rect(size.w // 20, size.h * 2 // 5, size.w * 9 // 10, size.h // 5)
        yield _label(", ".join(users), band, size)
    largest = max(bodies, key=lambda held: held.rect.w * held.rect.h, default=None)
    for held in seen:
        if held.type in TITLES:
            yield _filled(held, [name])
        elif held == largest:
            yield _filled(held, users)
        elif held.type in ("pic", "chart", "tbl", "media", "dgm", "clipArt"):
            yield _label(KINDS.get(held.type, held.type), held.rect, size, has_line=True)
        else:
            yield _filled(held, [KINDS.get(held.type, "Text")])


def _is_seen(held: Placeholder, size: Rect) -> bool:
    return held.rect.w > 1 and held.rect.h > 1 and held.rect.overlaps(size)


def _filled(held: Placeholder, texts: list[str]) -> TextFrame:
    """Return a placeholder with *texts* in the look that the template gives it."""
    place = Place(held.name, held.type, held.idx, held.rect, ("body",), held.anchor, "page")
    paragraphs = tuple(FrameParagraph((FrameRun(text),)) for text in texts)
    return TextFrame(held.name, place, held.rect, paragraphs)


def _label(text: str, rect: Rect, size: Rect, *, has_line: bool = False) -> ShapeFrame:
    """Return a text of ours, where the slide layout has no place for it."""
    form = RunFormat(round(LABEL * scale_of(size)), False, False, "tx1", "body")
    paragraph = FrameParagraph((FrameRun(text, form),))
    line = (1.0, "tx1") if has_line else None
    return ShapeFrame("Label", rect, line=line, paragraph=paragraph, inset=rect.w // 40)
