"""Turns boxes into a deck: every text measured, fitted, placed.

One policy: full size, else down the type scale to the theme's floor (siblings together), else
split over further slides, else an error at the author's line. A block's `overflow` may narrow it. Nothing
is dropped and nothing relies on a reader's autofit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from deckgen.boxes import (
    Content,
    Paragraph,
    Picture,
    Run,
    Section,
    SlideBoxes,
    SpeakerNote,
    Stack,
    Table,
    TextBox,
    plain,
)
from deckgen.catalogue import FindingId
from deckgen.diagnostics import Diagnostics, Span
from deckgen.geometry import Rect, inches
from deckgen.languages import Words
from deckgen.layout import bars, columns, contents, full_picture, text_box
from deckgen.layout.contained import beside_words, share_cut
from deckgen.layout.density import check_density
from deckgen.layout.frames import (
    Deck,
    DeckSection,
    Frame,
    FramedSlide,
    PictureFrame,
    Properties,
    ShapeFrame,
    TextFrame,
)
from deckgen.layout.numbers import with_numbers
from deckgen.layout.overflow import words_of
from deckgen.theme.model import Theme
from deckgen.theme.places import COLUMNS, SLIDE, SPARE, Place, SlideLayout, slide_layouts

if TYPE_CHECKING:  # it imports lxml, which few decks need
    from deckgen.template.brand import Brand

SPLITS = frozenset({"content", *COLUMNS, "prompts", "points", "body"})
AGENDA = "agenda"
ABOVE_HORIZON = inches(0.18)
LET_IT_SPLIT = "without `overflow: shrink`, it may continue on further slides"


class Setting(NamedTuple):
    """What all slides of a deck share, whatever their blocks hold.

    With `is_strict`, whatever had to be set smaller or split is an error, as with `overflow: error`. On a
    company's template, `brand` has the slide layouts and `theme` is made from it; those with a place
    for a date show `date`.
    """

    theme: Theme
    properties: Properties
    footer: str
    phase_names: Mapping[str, str]
    words: Words
    is_strict: bool = False
    brand: Brand | None = None
    date: str = ""


def lay_out(composed: Sequence[Section], setting: Setting, diagnostics: Diagnostics) -> Deck:
    """Return the deck of the *composed* sections; what does not fit becomes a diagnostic.

    Nothing is read here: pictures are in the sections, fonts known (`check_fonts`), as is the template.
    """
    theme, brand = setting.theme, setting.brand
    layouts = brand.layouts if brand else slide_layouts()
    themes = brand.themes if brand else dict.fromkeys(layouts, theme)
    engines = {
        name: _Engine(setting._replace(theme=themes[name]), layouts, diagnostics)
        for name in layouts
    }
    titles: Counter[str] = Counter()
    framed = []
    number = 1
    for section in composed:
        parts = [part for one in section.slides for part in engines[one.slide_layout].split(one)]
        unique = [_with_unique_title(part, titles) for part in parts]
        noted = next((number + k for k, part in enumerate(unique) if part.notes), 0)
        slides = tuple(
            engines[part.slide_layout].frame(
                _pointing(part, noted, setting.words) if k > noted - number >= 0 else part
            )
            for k, part in enumerate(unique)
        )
        number += len(slides)
        framed.append(DeckSection(section.id, section.title, slides, section.opens))
    sections = list(_with_way_back(framed))
    if theme.decoration.footlight:
        sections = list(_with_footlight(theme, sections))
    return Deck(theme, setting.properties, setting.footer, tuple(sections), brand)


@dataclass(frozen=True, slots=True)
class _Engine:
    setting: Setting
    layouts: Mapping[str, SlideLayout]
    diagnostics: Diagnostics

    @property
    def theme(self) -> Theme:
        """The theme of this engine's slide layout."""
        return self.setting.theme

    # splitting ---------------------------------------------------------------------------------

    def split(self, boxes: SlideBoxes) -> list[SlideBoxes]:
        """Return *boxes* as the slides that it takes, each of which fits.

        What cannot be parted, such as a picture beside a text, stands on all of them.
        """
        layout = self.layouts[boxes.slide_layout]
        boxes = self._with_numbers(layout, boxes)
        parts: dict[str, Sequence[Content]] = {}
        for name, box in boxes.boxes.items():
            if isinstance(box, Stack) or (name in SPLITS and isinstance(box, TextBox | Table)):
                rect = self._rect(layout, boxes, name)
                place = layout.places[name]
                parts[name] = contents.split(self.theme, place, box, rect, boxes.overflow)
        count = max((len(part) for part in parts.values()), default=1)
        if count == 1:
            check_density(boxes, self.diagnostics)
            return [boxes]
        self._report_split(f"`{plain(boxes.title)}` takes {count} slides", boxes.span)
        return self._alike(layout, [self._part(boxes, parts, k, count) for k in range(count)])

    def _with_numbers(self, layout: SlideLayout, boxes: SlideBoxes) -> SlideBoxes:
        """Return *boxes* with big numbers as large as they can be, the same on all of a slide."""
        held = {
            name: (layout.places[name], box, self._rect(layout, boxes, name))
            for name, box in boxes.boxes.items()
            if name in SPLITS
        }
        return with_numbers(self.theme, boxes, held)

    def _alike(self, layout: SlideLayout, parts: list[SlideBoxes]) -> list[SlideBoxes]:
        """Return the parts of a slide, each place and the title in one size on all of them."""
        each = [self._found(layout, part) for part in parts]
        names = {name for found in each for name in found}
        most = {name: max(found.get(name, 0) for found in each) for name in names}
        titles = [self._steps_of_title(layout, part) for part in parts]
        return [
            part._replace(
                boxes={
                    name: contents.at_least(box, most[name]) for name, box in part.boxes.items()
                },
                title_steps=max(titles),
            )
            for part in parts
        ]

    def _found(self, layout: SlideLayout, boxes: SlideBoxes) -> dict[str, int]:
        """Return the steps down the type scale by place, siblings alike; nothing is reported."""
        own = {}
        for name, box in boxes.boxes.items():
            rect = self._rect(layout, boxes, name)
            own[name] = contents.steps_to_fit(self.theme, layout.places[name], box, rect) or 0
        return _shared(layout, boxes, own)

    def _steps_of_title(self, layout: SlideLayout, boxes: SlideBoxes) -> int:
        title, rect = _title_box(boxes), self._title_rect(layout, boxes)
        return contents.steps_to_fit(self.theme, layout.title, title, rect) or 0

    def _part(
        self, boxes: SlideBoxes, parts: dict[str, Sequence[Content]], k: int, count: int
    ) -> SlideBoxes:
        others = {name: box for name, box in boxes.boxes.items() if name not in parts}
        own = {name: part[k] for name, part in parts.items() if k < len(part)}
        held = {name: (own | others)[name] for name in boxes.boxes if name in own | others}
        return boxes._replace(
            boxes=columns.without_strays(held, self.layouts[boxes.slide_layout]),
            title=_numbered_title(self.setting.words, boxes.title, k + 1, count),
            key=boxes.key if k == 0 else f"{boxes.key}#{k + 1}",
            notes=boxes.notes if k == 0 else (),
        )

    # framing -----------------------------------------------------------------------------------

    def frame(self, boxes: SlideBoxes) -> FramedSlide:
        """Return the slide with every box in its frame, in reading order."""
        layout = self.layouts[boxes.slide_layout]
        if layout.name == full_picture.NAME:
            frames = self._over_picture(layout, boxes)
        else:
            title, rect = _title_box(boxes), self._title_rect(layout, boxes)
            frames = [ShapeFrame("sheet", *sheet) for sheet in layout.sheets]
            frames.append(self._text(layout.title, title, rect, boxes))
            frames += self._furniture(layout, boxes)
            frames += self._content(layout, boxes)
            frames += self._footers(layout)
        return FramedSlide(
            boxes.slide_layout,
            plain(boxes.title),
            boxes.key,
            tuple(frames),
            boxes.notes,
            boxes.span,
            boxes.is_hidden,
        )

    def _over_picture(self, layout: SlideLayout, boxes: SlideBoxes) -> list[Frame]:
        """Return the picture that fills the slide, and what stands on it."""
        title = _title_box(boxes)
        found = full_picture.over_picture(self.theme, layout, boxes, title)
        frames: list[Frame] = []
        for name, box in boxes.boxes.items():
            place = layout.places[name]
            rect = found.credit if name == "credit" else place.rect
            if isinstance(box, Picture):
                rect = full_picture.whole(box, rect)
            steps = self._fit(place, box, rect, boxes.span, boxes.overflow)
            frames += self._frames(place, box, rect, steps, boxes)
        text = self._text(layout.title, title, layout.title.rect, boxes)
        text = text._replace(rect=found.title, is_moved=True)
        return [*frames[:1], found.panel, text, *frames[1:]]

    def _furniture(self, layout: SlideLayout, boxes: SlideBoxes) -> list[Frame]:
        frames: list[Frame] = []
        if boxes.phase and "phase_name" in layout.places:
            place = layout.places["phase_name"]
            name = TextBox((Paragraph((Run(self.setting.phase_names[boxes.phase]),)),))
            frames += [
                bars.frame_phase(self.theme, layout, boxes.phase),
                self._text(place, name, place.rect, boxes),
            ]
        if boxes.chip and "time_chip" in layout.places:
            frames.append(self._chip(layout, boxes))
        return frames

    def _chip(self, layout: SlideLayout, boxes: SlideBoxes) -> TextFrame:
        """Return the time chip: solid while people work, quiet while they listen."""
        place = layout.places["time_chip"]
        # An outlined chip looks the same in both modes.
        is_filled = self.theme.decoration.chip == "fill"
        makes_solid = is_filled and boxes.chip_is_solid and place.kind != "chip"
        runs = (Run(boxes.chip or ""),)
        chip = TextBox((Paragraph(runs, "chip" if makes_solid else None),))
        frame = self._text(place, chip, place.rect, boxes)
        return frame._replace(fill=self.theme.scheme(place.area, "time")) if makes_solid else frame

    def _content(self, layout: SlideLayout, boxes: SlideBoxes) -> list[Frame]:
        """Return what the block put on the slide: above the horizon, the bar, then below it."""
        steps = self._steps(layout, boxes)
        above: list[Frame] = []
        below: list[Frame] = []
        held: Sequence[Frame] = ()  # what stands over a caption
        for name, box in boxes.boxes.items():
            place, rect = layout.places[name], self._rect(layout, boxes, name)
            if name.startswith("caption_") or (name == "source" and _is_picture_alone(boxes)):
                gap = layout.grid.scaled(columns.CAPTION_GAP)
                rect = columns.under_content(rect, held, gap)
            side = above if rect.y < layout.grid.horizon else below
            if name.startswith("head_"):
                side.append(bars.frame_column_rule(self.theme, layout.grid, name, rect, place.area))
            found = self._frames(place, box, rect, steps[name], boxes)
            held = [columns.as_tall_as_text(layout, boxes, name, frame) for frame in found]
            side += held
        above += bars.frame_numerals(
            self.theme, layout.grid, _numbered(layout, "option", boxes.numerals)
        )
        below += bars.frame_squares(self.theme, layout.grid, _squared(layout, boxes))
        if boxes.rule:
            below.insert(0, bars.frame_short_rule(self.theme, layout))
        middle: list[Frame] = []
        if boxes.bar:
            middle += bars.frame_bar(self.theme, layout, boxes.bar, is_timer=boxes.timer)
            middle += bars.frame_bar_marks(self.theme, layout, boxes.bar)
        return above + middle + below

    def _footers(self, layout: SlideLayout) -> list[Frame]:
        frames: list[Frame] = []
        texts = {"footer_title": self.setting.footer, "slide_number": ""}
        if self._has_room_for_date(layout):
            texts = {"date": self.setting.date, **texts}
        for name, text in texts.items():
            if name in layout.places:
                place = layout.places[name]
                span = getattr(text, "span", None)
                box = TextBox((Paragraph((Run(text),), span=span),))
                steps = self._fit(place, box, place.rect, span, "")
                frames.append(text_box.frame_text(self.theme, place, box, place.rect, steps))
        return frames

    def _has_room_for_date(self, layout: SlideLayout) -> bool:
        """Return whether there is a date that fits where a template has it: else it is left out."""
        place = layout.places.get("date")
        if not self.setting.date or place is None:
            return False
        box = TextBox((Paragraph((Run(self.setting.date),)),))
        return contents.steps_to_fit(self.theme, place, box, place.rect) is not None

    def _frames(
        self, place: Place, box: Content, rect: Rect, steps: int, boxes: SlideBoxes
    ) -> Sequence[Frame]:
        frames = contents.frames_of(self.theme, place, box, rect, steps)
        for frame in frames:
            self._report_cut(frame, contents.span_of(box) or boxes.span)
        if not boxes.build or not place.is_list:
            return frames
        return [f._replace(build=True) if isinstance(f, TextFrame) else f for f in frames]

    def _text(self, place: Place, box: TextBox, rect: Rect, boxes: SlideBoxes) -> TextFrame:
        steps = self._fit(place, box, rect, boxes.span, boxes.overflow)
        return text_box.frame_text(self.theme, place, box, rect, steps)

    # fitting -----------------------------------------------------------------------------------

    def _steps(self, layout: SlideLayout, boxes: SlideBoxes) -> dict[str, int]:
        """Return the steps down the type scale by place; siblings share the largest."""
        own = {}
        for name, box in boxes.boxes.items():
            place, rect = layout.places[name], self._rect(layout, boxes, name)
            own[name] = self._fit(place, box, rect, boxes.span, boxes.overflow)
        return _shared(layout, boxes, own)

    def _fit(self, place: Place, box: Content, rect: Rect, span: Span | None, overflow: str) -> int:
        """Return how many steps down *box* fits, reporting where it had to shrink or cannot fit."""
        told_at = span if isinstance(box, Table) else contents.span_of(box) or span  # once a table
        span = contents.span_of(box) or span
        steps = contents.steps_to_fit(self.theme, place, box, rect)
        if steps is None:
            found = contents.explain_overflow(self.theme, place, box, rect)
            hints = found.hints + (LET_IT_SPLIT,) * (
                overflow == "shrink" and (place.name in SPLITS or isinstance(box, Stack))
            )
            self.diagnostics.add(found.id, found.message, found.span or span, hints=hints)
            if isinstance(box, TextBox):
                return text_box.floor_steps(self.theme, place, box)
            return 0
        if steps > text_box.usual_steps(self.theme, place, rect):
            size = contents.size_told(self.theme, place, box, steps)
            named = "the table" if isinstance(box, Table) else words_of(place.name)
            self._report_smaller(named, size, told_at, overflow)
        return steps

    def _report_smaller(self, named: str, size: str, span: Span | None, overflow: str) -> None:
        if self.setting.is_strict or overflow == "error":
            self._report(
                "not-full-size", f"{named} does not fit at full size: it needs {size}", span
            )
        else:
            self._report("text-shrunk", f"{named} is set smaller to fit: {size}", span)

    def _report_split(self, message: str, span: Span | None) -> None:
        self._report("not-full-size" if self.setting.is_strict else "slide-split", message, span)

    def _report_cut(self, frame: Frame, span: Span | None) -> None:
        """Say how much of a picture is cut away, so that it can fill its place."""
        percent = round(100 * share_cut(frame)) if isinstance(frame, PictureFrame) else 0
        if percent:
            message = f"{percent} % of the picture is cut away so that it fills its place"
            self._report("picture-cropped", message, span)

    def _report(self, id: FindingId, message: str, span: Span | None) -> None:
        self.diagnostics.add(id, message, span)

    # places ------------------------------------------------------------------------------------

    def _rect(self, layout: SlideLayout, boxes: SlideBoxes, name: str) -> Rect:
        """Return where a box goes: its place, less what a bar or a rule takes of it."""
        place, grid = layout.places[name], layout.grid
        found = beside_words(layout, boxes) or columns.column_rects(self.theme, layout, boxes)
        rect = found.get(name, place.rect)
        for below in () if name in found else place.over:
            if below in layout.places and not _is_used(boxes, below):
                other = layout.places[below].rect
                top, bottom = min(rect.y, other.y), max(rect.bottom, other.bottom)
                rect = rect._replace(y=top, h=bottom - top)
        if boxes.bar and rect.y < grid.horizon < rect.bottom:
            rect = rect._replace(h=grid.horizon - grid.scaled(ABOVE_HORIZON) - rect.y)
        if boxes.bar and boxes.bar.even and name.startswith("fact_"):
            under = bars.segment_rects(self.theme, grid, boxes.bar)[int(name[-1]) - 1]
            spare = 0 if place.is_placeholder else SPARE
            rect = rect._replace(x=under.x, w=under.w - spare)
        return rect

    def _title_rect(self, layout: SlideLayout, boxes: SlideBoxes) -> Rect:
        """Return the title's place; where no task follows, it may take the task's line too."""
        rect = layout.title.rect
        task = layout.places.get("task")
        if task and "task" not in boxes.boxes and layout.title.held is None:
            return rect._replace(h=task.rect.bottom - rect.y)
        return rect


def _is_used(boxes: SlideBoxes, name: str) -> bool:
    """Return whether the slide puts something into the place called *name*."""
    used = {"time_chip": boxes.chip, "phase_name": boxes.phase}
    return bool(used[name]) if name in used else name in boxes.boxes


def _is_picture_alone(boxes: SlideBoxes) -> bool:
    """Return whether the line at the foot of a slide is the caption of its picture."""
    return isinstance(boxes.boxes.get("content"), Picture)


def _title_box(boxes: SlideBoxes) -> TextBox:
    return TextBox((Paragraph(boxes.title, span=boxes.span),), boxes.title_steps)


def _shared(layout: SlideLayout, boxes: SlideBoxes, own: dict[str, int]) -> dict[str, int]:
    """Return steps by place, the same for siblings: those of one style with content of one type."""
    kinds = {
        name: (layout.places[name].levels, TextBox if isinstance(box, Stack) else type(box))
        for name, box in boxes.boxes.items()
    }
    most: dict[object, int] = {}
    for name, steps in own.items():
        most[kinds[name]] = max(steps, most.get(kinds[name], 0))
    return {name: most[kinds[name]] for name in own}


def _numbered(layout: SlideLayout, kind: str, count: int) -> list[Place]:
    return [layout.places[f"{kind}_{k}"] for k in range(1, count + 1)]


def _squared(layout: SlideLayout, boxes: SlideBoxes) -> list[Place]:
    kind = "step" if "step_1" in layout.places else "fact"
    return _numbered(layout, kind, boxes.squares)


def _numbered_title(
    words: Words, title: tuple[Run, ...], number: int, count: int
) -> tuple[Run, ...]:
    """Return *title* as that of part *number* of *count*."""
    before, after = words.say("part_of", title="\0", number=number, count=count).split("\0")
    return (*((Run(before),) if before else ()), *title, *((Run(after),) if after else ()))


def _with_unique_title(boxes: SlideBoxes, titles: Counter[str]) -> SlideBoxes:
    """Return *boxes* under a title that no slide before has: screen readers list slides by it."""
    title = plain(boxes.title)
    titles[title] += 1
    if titles[title] == 1:
        return boxes
    return _with_unique_title(
        boxes._replace(title=(*boxes.title, Run(f" ({titles[title]})"))), titles
    )


def _pointing(boxes: SlideBoxes, first: int, words: Words) -> SlideBoxes:
    """Return *boxes* with notes: a slide without any points to slide *first*, which has its block's."""
    if boxes.notes:
        return boxes
    note = SpeakerNote("", (Run(words.say("same_block", number=first)),))
    return boxes._replace(notes=(note,))


def _with_way_back(sections: list[DeckSection]) -> Iterator[DeckSection]:
    """Yield the sections with footers that lead back to the first agenda slide."""
    keys = (slide.key for section in sections for slide in section.slides)
    agenda = next((key for key in keys if key.split("/")[-1].split("#")[0] == AGENDA), None)
    for section in sections:
        slides = tuple(_jumping(slide, agenda) if agenda else slide for slide in section.slides)
        yield section._replace(slides=slides)


def _with_footlight(theme: Theme, sections: list[DeckSection]) -> Iterator[DeckSection]:
    """Yield the sections with a light on each slide that says how much of the deck is done."""
    count = sum(len(section.slides) for section in sections)
    numbers = iter(range(1, count + 1))
    for section in sections:
        slides = (
            slide._replace(
                frames=(
                    *slide.frames,
                    bars.frame_footlight(theme, SLIDE, _foot(slide), next(numbers), count),
                )
            )
            for slide in section.slides
        )
        yield section._replace(slides=tuple(slides))


def _foot(slide: FramedSlide) -> str:
    """Return the ground at the bottom edge of a slide."""
    return "answer" if slide.slide_layout == "Answer" else "page"


def _jumping(slide: FramedSlide, agenda: str) -> FramedSlide:
    if slide.key == agenda:
        return slide
    frames = (
        frame._replace(jump=agenda)
        if isinstance(frame, TextFrame) and frame.place.type == "ftr"
        else frame
        for frame in slide.frames
    )
    return slide._replace(frames=tuple(frames))
