"""Arranges our slide layouts on those of a template.

What the template has a placeholder for goes into it; the rest becomes text boxes in the free area:
the room of the body, or what is left below the title, clear of logos, bands and footers. Times stand
on a horizon inside it. Nothing is moved that fits where the template has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from deckgen.geometry import Rect, inches
from deckgen.template.brand import Brand
from deckgen.template.canvas import WHOLE
from deckgen.template.look import (
    LEAST,
    UNLIKE,
    area_of,
    base_theme,
    font_of,
    ground_at,
    scale_of,
    style_of,
    table_style_on,
)
from deckgen.template.match import Match, match
from deckgen.template.model import Layout, Level, Placeholder, Template
from deckgen.template.regions import GAP, Room
from deckgen.template.sheets import TITLED, find_sheets, sheet_fill, title_core
from deckgen.theme.contrast import MARK, TEXT, contrast_ratio
from deckgen.theme.model import Theme
from deckgen.theme.places import (
    OPTION_INDENT,
    SPARE,
    STEP_INDENT,
    Grid,
    Held,
    Place,
    Sheet,
    SlideLayout,
    Stand,
    columns_of,
    slide_layouts,
)

LEAST_CONTRAST = 3.0  # below it an inherited colour is replaced
ROW = inches(0.40)  # of phase and time
STRIP = inches(1.12)  # of facts and steps
NAMES = inches(0.40)  # of what stands under the bar
SOURCE = inches(0.30)
HEAD = inches(0.50)  # of a column
MARKER = inches(1.62)  # of the phase, with its gap
CHIP = inches(1.36)
LEAST_COLUMN = inches(1.9)  # of a fact
CALM_TITLE = 0.998, 0.98  # of a title that has to be on calm ground, or it is cut beside artwork
LIST = ("body", "body2", "body3")


def make_brand(
    template: Template, clear: Theme, chosen: Mapping[str, Layout] | None = None
) -> tuple[Brand, Theme]:
    """Return *template* made ready for the engine, and the theme that its content slides are set in.

    *clear* gives the sizes of what the template has no style for.
    """
    matches = match(template, chosen)
    used = {found.layout.master for found in matches.values()}
    by_master = {k: base_theme(template, template.masters[k], clear) for k in sorted(used)}
    themes = {name: by_master[found.layout.master] for name, found in matches.items()}
    layouts = {
        name: _Arranger(template, themes[name], ours, matches[name]).arranged()
        for name, ours in slide_layouts().items()
    }
    return Brand(template, layouts, matches, themes), themes["Content"]


class _Stack(NamedTuple):
    """A region from top to bottom: content, the bar's horizon, what stands below it, a row."""

    upper: Rect
    horizon: int
    lower: Rect
    row: Rect


class _Arranger:
    """Arranges one of our slide layouts on the template's that it was matched with."""

    def __init__(self, template: Template, theme: Theme, ours: SlideLayout, found: Match) -> None:
        self.template, self.theme, self.ours, self.match = template, theme, ours, found
        self.layout, self.scale = found.layout, scale_of(template.size)
        self.master = template.masters[self.layout.master]
        self.places: dict[str, Place] = {}
        self.title = found.placeholders["title"]
        self.room = Room(template, ours.name, found)
        self.row: Rect | None = None  # of phase and time
        self.fill = sheet_fill(self.layout, self.master, template.size)
        self.sheets: list[Sheet] = []

    def arranged(self) -> SlideLayout:
        """Return our slide layout with its places on the template's, on sheets where it has artwork."""
        if self.ours.name == "Full Picture":
            return self._full_picture()
        found = self._arranged()
        has_ground = self._has_ground(found.title.rect, TITLED)
        self.sheets = find_sheets(
            found, self.layout, self.master, self.fill, is_title_legible=has_ground
        )
        return self._arranged()._replace(sheets=tuple(self.sheets)) if self.sheets else found

    def _arranged(self) -> SlideLayout:
        self.places, self.head = {}, self.room.head
        name = self.ours.name
        free = self.room.free()
        row_height = self._long(ROW)
        has_row = "time_chip" in self.ours.places or "phase_name" in self.ours.places
        region, row = self.room.with_row(free, row_height) if has_row else (free, None)
        self.row = row
        match name:
            case "Title" | "Section" | "Statement" if self.match.form in ("cover", "section"):
                stack = self._opening()
            case "Title":
                stack = self._stacked(region, self._strip_height(region), row)
                top = self._cut(stack.upper, self._long(inches(1.3)))
                self._put("subtitle", top, self.match.placeholders.get("content"))
            case "Section":
                stack = self._stacked(region, self._long(NAMES), row)
                self._put("subtitle", stack.upper, self.match.placeholders.get("content"))
            case "Statement":
                stack = self._statement(region)
            case "Content":
                stack = self._content(region, row)
            case "Two Columns" | "Three Columns" | "Four Columns" | "Key Message":
                stack = self._columns(region, row)
            case "Picture":
                stack = self._picture(region, row)
            case "Break":
                stack = self._break(region, row)
            case _:
                stack = self._work(region, row)
        self._facts(stack.lower)
        self._furniture()
        self._title()
        return SlideLayout(name, self.ours.mode, self._ordered(), self._grid(stack))

    def _has_ground(self, rect: Rect, whole: float) -> bool:
        """Return whether a title at *rect* can be read on what the template has there."""
        core, canvas = title_core(self.title, rect), self.layout.canvas
        if self._is_legible(self.title, core, whole, TEXT) and canvas.is_even(core, whole, MARK):
            return True
        return ground_at(self.layout, core, self.master, whole) is not None

    def _stacked(self, area: Rect, lower: int, row: Rect | None) -> _Stack:
        """Return *area* with content above the bar, and *lower* EMU below it."""
        bar, gap = inches(self.theme.shape.bar), self._long(inches(0.16))
        horizon = area.bottom - lower - gap - bar
        upper = area._replace(h=horizon - gap - area.y)
        below = Rect(area.x, horizon + bar + gap, area.w, lower)
        return _Stack(upper, horizon, below, row or below)

    def _strip_height(self, area: Rect) -> int:
        rows = 4 // self._fact_columns(area)
        return min(rows * self._long(STRIP), round(area.h * (0.30 if rows == 1 else 0.46)))

    def _fact_columns(self, area: Rect) -> int:
        return 4 if area.w >= 4 * self._long(LEAST_COLUMN) else 2

    @staticmethod
    def _cut(area: Rect, height: int) -> Rect:
        return area._replace(h=min(area.h, height))

    # our slide layouts -------------------------------------------------------------------------

    def _opening(self) -> _Stack:
        """Arrange a cover, a section or a statement: the text under the title gives room for times."""
        name, text = self.ours.name, self.match.placeholders.get("subtitle")
        size, gap = self.template.size, self._long(GAP)
        other = "credit" if name == "Statement" else "subtitle"
        footers = () if name == "Title" else self.room.feet()
        least_y = (text or self.title).rect.y
        bottom = min([size.h - size.h // 20, *(y - gap for y in footers if y > least_y)])
        row = self._long(ROW) + gap if "time_chip" in self.ours.places else 0
        times = bottom - row - self._least_under(name)
        rect = text.rect if text else self._under_opening(times)
        is_above = rect.bottom <= self.title.rect.y + size.h // 50
        if is_above:
            rect = self._raised(rect, times)
        top = self.head.bottom + gap if is_above else rect.y
        x = min(rect.x, self.title.rect.x)
        right = max(rect.right, self.title.rect.right)
        area = self.room.calmed(
            self.room.cleared(Rect(x, top, right - x, max(gap, bottom - top - row)))
        )
        lower = {"Title": self._strip_height(area), "Statement": gap}.get(name, self._long(NAMES))
        stack = self._stacked(area, lower, None)
        least = self._long(inches(0.6))
        if not is_above and stack.upper.h < min(least, rect.h):
            stack = self._squeezed(area, lower, min(least, rect.h))
        if is_above or name == "Statement":
            self._put(other, rect, text)
        else:
            height = min(rect.h, stack.horizon - gap - rect.y)
            beside = _inside(rect, area)
            self._put(other, rect._replace(x=beside.x, w=beside.w, h=height), text)
        foot = Rect(area.x, bottom - row + gap, area.w, max(1, row - gap))
        self.row = foot
        return stack._replace(row=foot)

    def _least_under(self, name: str) -> int:
        """Return the height that the times take under the title of an opening."""
        strip = self._long(STRIP if name == "Title" else NAMES if name == "Section" else GAP)
        return strip + 2 * self._long(inches(0.16)) + inches(self.theme.shape.bar) + self._long(GAP)

    def _under_opening(self, bottom: int) -> Rect:
        """Return room by *bottom* for a text under a title that stands alone: raised, then cut."""
        height, gap = self._long(inches(0.7)), self._long(GAP)
        over = max(0, self.head.bottom + gap + height - bottom)
        up = min(over, max(0, self.head.y - self.template.size.h // 20))
        self.head = self.head._replace(y=self.head.y - up, h=self.head.h - over + up)
        left, _, right, _ = self.title.insets
        x, wide = self.head.x + left, self.head.w - left - right
        return Rect(x, self.head.bottom + gap, wide, height)

    def _raised(self, text: Rect, bottom: int) -> Rect:
        """Move the title up so that it ends by *bottom*; return *text*, which is above it, moved alike."""
        room = text.y - self.template.size.h // 20
        up = max(0, min(self.head.bottom - bottom, room))
        self.head = self.head._replace(y=self.head.y - up)
        return text._replace(y=text.y - up)

    def _squeezed(self, area: Rect, lower: int, least: int) -> _Stack:
        """Return the times as low as they can be, so that a text of *least* EMU keeps its room."""
        size = self.template.size
        more = self.room.cleared(area._replace(h=size.h - size.h // 60 - area.y))
        stack = self._stacked(more, lower, None)
        if stack.upper.h >= least:
            return stack
        return self._stacked(more, max(self._long(NAMES), lower - (least - stack.upper.h)), None)

    def _statement(self, area: Rect) -> _Stack:
        height = self._long(inches(0.6))
        foot = area._replace(y=area.bottom - height, h=height)
        self._put("credit", foot, self.match.placeholders.get("content"))
        rule = area.bottom - height - 2 * self._long(GAP)
        return _Stack(area, rule, area._replace(y=rule, h=1), area)

    def _content(self, area: Rect, row: Rect | None) -> _Stack:
        text, source = self._with_source(area)
        self._put("content", text, over=("source",))
        self._put("source", source)
        return self._stacked(area, self._long(NAMES), row)

    def _with_source(self, area: Rect) -> tuple[Rect, Rect]:
        height = self._long(SOURCE)
        source = area._replace(y=area.bottom - height, h=height)
        return area._replace(h=area.h - height - self._long(GAP) // 2), source

    def _message(self, area: Rect, row: Rect | None) -> _Stack:
        text, source = self._with_source(area)
        left, right = self._beside(text, ("left", "right"))
        own, over = self.match.placeholders, ("source",)
        alone = own.get("content")  # where there are no columns, for a list before a message
        if alone:
            left = alone._replace(rect=left).inner
        self._put("message", left, own.get("left"), over=over)
        self._put("points", right, own.get("right") or alone, over=over)
        self._put("source", source)
        return self._stacked(area, self._long(NAMES), row)

    def _columns(self, area: Rect, row: Rect | None) -> _Stack:
        """Arrange columns: heads over them, captions under them, which the engine makes as tall as need be."""
        if self.ours.name == "Key Message":
            return self._message(area, row)
        names, own = columns_of(self.ours), self.match.placeholders
        text, source = self._with_source(area)
        alone = own.get("content")  # where there are no columns, for the first
        for k, (name, rect) in enumerate(zip(names, self._beside(text, names), strict=True), 1):
            if alone and k > 1:
                rect = alone._replace(rect=rect).inner
            self._put(name, rect, own.get(name) or (alone if k == 1 else None), over=("source",))
            if alone and k > 1:
                levels = self.places[names[0]].levels
                self.places[name] = self.places[name]._replace(levels=levels)
            inner = self.places[name].rect
            head, caption = self._long(HEAD), self._long(SOURCE)
            self._put(f"head_{k}", self._cut(inner, head))
            self._put(f"caption_{k}", inner._replace(y=inner.bottom - caption, h=caption))
        self._put("source", source)
        return self._stacked(area, self._long(NAMES), row)

    def _beside(self, area: Rect, names: tuple[str, ...]) -> list[Rect]:
        """Return columns in *area*: where the template has them, else alike, in a narrow one as rows."""
        count = len(names)
        own = [p for name in names if (p := self.match.placeholders.get(name))]
        if len(own) == count:
            rects = [_inside(p.rect, area) for p in own]
            if min(rect.w for rect in rects) > area.w // (2 * count):
                return rects
        if area.w < area.h * 0.9:  # portrait: one above the other
            gap = 2 * self._long(GAP)
            high = (area.h - gap * (count - 1)) // count
            return [area._replace(y=area.y + k * (high + gap), h=high) for k in range(count)]
        gap = (4 if count < 4 else 3) * self._long(GAP)
        wide = (area.w - gap * (count - 1)) // count
        return [area._replace(x=area.x + k * (wide + gap), w=wide) for k in range(count)]

    def _full_picture(self) -> SlideLayout:
        """Return the slide layout of a picture that fills the slide, a ground under its title."""
        size, own = self.template.size, self.match.placeholders.get("background")
        x, wide = size.w // 20, size.w * 3 // 4
        self.sheets = [Sheet(size, self.fill)]
        self._put("background", size, own)
        self.places["background"] = self.places["background"]._replace(rect=size)
        self._put("title", Rect(x, size.h * 69 // 100, wide, size.h * 14 // 100), self.title)
        self._put("credit", Rect(x, size.h * 85 // 100, wide, self._long(SOURCE)))
        align = self.places["title"].align
        self.places["credit"] = self.places["credit"]._replace(align=align)
        grid = Grid(slide=size, scale=self.scale)
        return SlideLayout(
            self.ours.name, self.ours.mode, self._ordered(), grid, tuple(self.sheets)
        )

    def _picture(self, area: Rect, row: Rect | None) -> _Stack:
        own = self.match.placeholders
        if self.match.form == "picture":
            text, picture = own["body"].rect, own["picture"].rect
            if row and row.overlaps(picture):
                self.row = row._replace(x=text.x, w=text.w)
            text = text._replace(h=min(text.bottom, area.bottom) - text.y)
            caption = self._caption(text)
            self._put("body", text._replace(h=text.h - caption.h), own["body"], over=("caption",))
            self._put("picture", picture, own["picture"])
        else:
            text, right = self._beside(area, ("left", "right"))
            caption = self._caption(text)
            body = own.get("left") or own.get("content")
            self._put("body", text._replace(h=text.h - caption.h), body, over=("caption",))
            self._put("picture", right, own.get("right"))
        self._put("caption", caption)
        return self._stacked(area, self._long(NAMES), row)

    def _caption(self, area: Rect) -> Rect:
        height = self._long(inches(0.5))
        return area._replace(y=area.bottom - height, h=height)

    def _break(self, area: Rect, row: Rect | None) -> _Stack:
        note = self._long(inches(0.8))
        stack = self._stacked(area, note, row)
        self._put("clock", stack.upper, self.match.placeholders.get("content"))
        self._put("note", stack.lower)
        return stack._replace(lower=stack.lower)

    def _work(self, area: Rect, row: Rect | None) -> _Stack:
        """Arrange what people work on: the content, the times, the steps or facts under them."""
        name, gap = self.ours.name, self._long(GAP)
        body = self.match.placeholders.get("content")
        lower = self._strip_height(area)
        stack = self._stacked(area, lower, row)
        upper = stack.upper
        if name == "Options":
            high = min(self._long(inches(1.1)), upper.h * 9 // 20)
            self._put("question", self._cut(upper, high), body)
            self._options(upper._replace(y=upper.y + high + gap, h=upper.h - high - gap))
        elif name == "Exit Ticket":
            side = min(self._long(inches(2.4)), upper.h, upper.w // 3)
            code = Rect(upper.right - side, upper.y, side, side)
            self._put("prompts", upper._replace(w=upper.w - side - 3 * gap), body)
            self._put("code", code)
        elif name == "Activity":
            high = self._long(inches(0.46))
            self._put("task", self._cut(upper, high))
            rest = upper._replace(y=upper.y + high + gap // 2, h=upper.h - high - gap // 2)
            self._put("content", rest, body, over=("task",))
        else:
            self._put("question", upper, body)
        if name == "Answer":
            self._put("answer", stack.lower)
        return stack

    def _options(self, area: Rect) -> None:
        gap = 2 * self._long(GAP)
        columns = 2 if area.w > self._long(inches(6.5)) else 1
        rows = 4 // columns
        w, h = (area.w - gap * (columns - 1)) // columns, (area.h - gap // 2 * (rows - 1)) // rows
        for k in range(4):
            column, line = k % columns, k // columns
            rect = Rect(area.x + column * (w + gap), area.y + line * (h + gap // 2), w, h)
            self._put(f"option_{k + 1}", rect)

    def _facts(self, area: Rect) -> None:
        kind = next((k for k in ("fact", "step") if f"{k}_1" in self.ours.places), None)
        if kind is None:
            return
        columns, gap = self._fact_columns(area), self._long(inches(0.24))
        rows = 4 // columns
        w, h = (area.w - gap * (columns - 1)) // columns, (area.h - gap // 2 * (rows - 1)) // rows
        for k in range(4):
            x, y = area.x + k % columns * (w + gap), area.y + k // columns * (h + gap // 2)
            self._put(f"{kind}_{k + 1}", Rect(x, y, w, h))

    def _furniture(self) -> None:
        row = self.row
        if row and "time_chip" in self.ours.places:
            chip = Rect(row.right - self._long(CHIP), row.y, self._long(CHIP), row.h)
            self._put("time_chip", chip)
        if row and "phase_name" in self.ours.places:
            x = row.x + self._long(MARKER)
            self._put("phase_name", Rect(x, row.y, self._long(inches(3.6)), row.h))
        for name, kind in (("footer_title", "ftr"), ("slide_number", "sldNum")):
            found = next((p for p in self.layout.of(kind)), None)
            if found and name in self.ours.places:
                self._put(name, found.rect, found)
        day = next(iter(self.layout.of("dt")), None)
        if day and "footer_title" in self.ours.places:
            like = self.ours.places["footer_title"]._replace(name="date")
            self.places["date"] = self._held(like, day.rect, day)

    def _title_rect(self) -> Rect:
        """Return where the title goes: its place, cut beside artwork if that helps."""
        for whole in CALM_TITLE:
            rect = self.room.calm(self.head, partial(self._has_ground, whole=whole))
            if self._has_ground(rect, whole):
                return rect
        return self.head

    def _title(self) -> None:
        name = "statement" if self.ours.name == "Statement" else "title"
        rect = self._title_rect()
        if name == "statement" and self.match.form != "section":
            free = self.room.free()
            rect = rect._replace(
                x=free.x, w=free.w, h=free.bottom - rect.y - self._long(inches(1.0))
            )
        self._put(name, rect, self.title)
        if "logo" in self.ours.places:
            self.places["logo"] = self._plain(self.ours.places["logo"], Rect(0, 0, 1, 1))

    # places ------------------------------------------------------------------------------------

    def _put(
        self, name: str, rect: Rect, held: Placeholder | None = None, *, over: tuple[str, ...] = ()
    ) -> None:
        """Put our place *name* at *rect*: into a placeholder, or as a text box."""
        ours = self.ours.places[name]
        if held is None and name in self.match.placeholders and name != "title":
            held = self.match.placeholders[name]
        place = self._held(ours, rect, held) if held else self._plain(ours, rect)
        self.places[name] = place._replace(over=over)

    def _plain(self, ours: Place, rect: Rect) -> Place:
        area = self._area(rect)
        fill = "panel" if ours.style == "option" else None
        stands: tuple[Stand, ...] = (Stand(bullet=False),)
        levels = ours.levels
        if ours.name == "time_chip":
            fill = "time" if ours.style == "chip" else "panel"
        elif ours.name.startswith("step_"):
            stands = (Stand(self._long(STEP_INDENT), 0, False), Stand(bullet=False))
        elif ours.style == "option":
            stands = (Stand(self._long(OPTION_INDENT), 0, False),)
        elif ours.is_list:
            stands = self._bullets()
        held = Held(fill=fill, stands=stands, table_style=self._table_style(area))
        align = ours.align
        rect = rect._replace(w=max(1, rect.w - SPARE))
        return ours._replace(rect=rect, levels=levels, area=area, held=held, align=align)

    def _bullets(self) -> tuple[Stand, ...]:
        step = self._long(inches(0.3))
        return tuple(Stand(step * (level + 1), -step, True) for level in range(3))

    def _held(self, ours: Place, rect: Rect, held: Placeholder) -> Place:
        inner = held._replace(rect=rect).inner
        is_title = held == self.title
        core, whole = (title_core(held, rect), TITLED) if is_title else (rect, WHOLE)
        need = LEAST_CONTRAST if is_title else TEXT
        ink = self._slot_of(held) if self._is_legible(held, core, whole, need) else None
        area = self._area(core, whole, ink)
        is_inherited = held.levels[0] == held.inherits[0]
        keeps = is_inherited and self._is_legible(held, core, whole, LEAST_CONTRAST)
        given = tuple(
            self._style(
                f"{ours.name}@{self.ours.name}.{k}.given", level, "text" if keeps else UNLIKE
            )
            for k, level in enumerate(held.inherits[:3])
        )
        is_list = ours.is_list
        levels = self._levels(ours, held)
        stands = tuple(self._stand(held, k, is_list) for k in range(3))
        return ours._replace(
            type=held.type,
            idx=held.idx,
            rect=inner,
            levels=levels,
            anchor=held.anchor,
            area=area,
            align=held.levels[0].align,
            held=Held(
                held.inner,
                held.insets,
                given,
                stands,
                inks=tuple(level.colour for level in held.inherits[:3]),
                table_style=self._table_style(area),
            ),
        )

    def _table_style(self, area: str) -> str:
        return "" if self.layout.override else table_style_on(area, self.master)

    def _stand(self, held: Placeholder, level: int, is_list: bool) -> Stand:
        shown, given = held.levels[level], held.inherits[level]
        if not is_list:
            return Stand(bullet=False)
        if shown.bullet != given.bullet:
            return Stand(shown.margin, shown.indent, shown.bullet)
        return Stand(shown.margin, shown.indent if shown.bullet else 0, None)

    def _levels(self, ours: Place, held: Placeholder) -> tuple[str, ...]:
        """Return our styles for the levels: the template's look, where it has one for their kind."""
        prefix = f"@{self.ours.name}.{ours.name}"
        if ours.is_list:
            top = 28 * self.scale
            return tuple(
                self._style(
                    f"{kind}{prefix}.{k}",
                    held.levels[k]._replace(size=min(held.levels[k].size, top - 2 * k)),
                )
                for k, kind in enumerate(LIST)
            )
        shown = held.levels[0]
        usual = self.theme.type[ours.style]
        if ours.style in ("title", "kicker", "cover", "section", "lead", "footer"):
            size = (
                shown.size if ours.style in ("footer", "lead") else max(shown.size, 24 * self.scale)
            )
        elif ours.style == "statement":
            size = max(shown.size, 36 * self.scale)
        elif ours.style in ("credit", "caption"):
            size = min(shown.size, usual.size)
        else:
            size = usual.size
        return (self._style(f"{ours.style}{prefix}", shown._replace(size=size)),) * 3

    def _style(self, name: str, level: Level, colour: str = "text") -> str:
        """Add a style for *level* to the theme, and return its name."""
        if level.face not in self.theme.fonts:
            self.theme.fonts[level.face] = font_of(self.template, level.face)
        self.theme.type[name] = style_of(level, self.scale, colour=colour)
        kind = name.partition("@")[0]
        if kind in LEAST:
            self.theme.fit[name] = min(level.size, round(LEAST[kind] * self.scale * 2) / 2)
        return name

    def _slot_of(self, held: Placeholder) -> str | None:
        """Return the slot with the colour that *held* is meant to have, if it is one of its inks."""
        colour = held.levels[0].colour
        slots = (self.master.mapped[name] for name in ("tx1", "bg1", "tx2", "bg2"))
        return next((slot for slot in slots if self.master.colours[slot] == colour), None)

    def _is_legible(self, held: Placeholder, rect: Rect, whole: float, need: float) -> bool:
        """Return whether the colour that *held* is meant to have can be read at *rect*."""
        colour = held.levels[0].colour
        if colour is None:
            return True
        if self._is_on_sheet(rect):
            return contrast_ratio(colour, self.master.colours[self.fill]) >= need
        return self.layout.canvas.legible(rect, colour, need) >= whole

    def _is_on_sheet(self, rect: Rect) -> bool:
        return any(sheet.rect.contains(rect) for sheet in self.sheets)

    def _area(self, rect: Rect, whole: float = WHOLE, ink: str | None = None) -> str:
        """Return the area of what stands at *rect*: on the template's ground, or on a sheet."""
        is_on_sheet = self._is_on_sheet(rect)
        own = None if is_on_sheet else ground_at(self.layout, rect, self.master, whole)
        return area_of(self.theme, own or self.master.colours[self.fill], self.master, ink)

    # the whole ---------------------------------------------------------------------------------

    def _ordered(self) -> dict[str, Place]:
        names = (*self.ours.places, "date")
        return {name: self.places[name] for name in names if name in self.places}

    def _grid(self, stack: _Stack) -> Grid:
        stands = self.row or stack.row
        heads = [self.places[name].rect.y for name in columns_of(self.ours)]
        bar = Rect(stack.lower.x, stack.horizon, stack.lower.w, inches(self.theme.shape.bar))
        return Grid(
            slide=self.template.size,
            x=stack.lower.x,
            wide=stack.lower.w,
            horizon=stack.horizon,
            column_rule=min(heads, default=stack.upper.y),
            short_rule=stack.horizon,
            phase=(stands.x, stands.y + stands.h // 2),
            scale=self.scale,
            area=self._area(bar),
        )

    def _long(self, length: int) -> int:
        return self.room.long(length)


def _inside(column: Rect, area: Rect) -> Rect:
    """Return *column* as tall as *area*, and no further to the sides."""
    x, right = max(column.x, area.x), min(column.right, area.right)
    return Rect(x, area.y, max(1, right - x), area.h)
