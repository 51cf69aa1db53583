"""The slide master, the slide layouts and the theme part, made from a theme's tokens."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import count

from deckgen.geometry import Rect, inches, points
from deckgen.layout.forms import form_of, paragraph_form, place_form
from deckgen.layout.frames import ParagraphForm, RunForm
from deckgen.render.pptx.drawing import (
    DECORATIVE,
    FACES,
    NAMESPACES,
    TREE_HEAD,
    body_properties,
    color_fill,
    paragraph_spacing,
    placeholder,
    run_attributes,
    transform,
)
from deckgen.theme.model import SLOTS, Theme
from deckgen.theme.places import (
    COLUMN_RULE,
    HORIZON,
    SLIDE,
    STRIP,
    Place,
    SlideLayout,
    slide_layouts,
)

BULLET = "\u25a0"
DASH = "\u2013"
LEVELS = 5
TITLE_RULE_Y = inches(2.14)
HEAD_RULE_Y = inches(0.90)
EDGE = inches(0.14)
FRAME, FRAME_BOTTOM = inches(0.34), inches(6.78)
FIRST_LAYOUT_ID = 2_147_483_649


def master_xml(theme: Theme, language: str, footer: str) -> str:
    """Return the slide master; its layouts are related as rId1, rId2 … in menu order."""
    layouts = slide_layouts()
    content = layouts["Content"]
    ids = count(2)
    title, body = content.places["title"], content.places["content"]
    foot, number = content.places["footer_title"], content.places["slide_number"]
    shapes = "".join(
        _placeholder_xml(theme, place, language, footer, ids, type=type)
        for place, type in (
            (title, "title"),
            (body, "body"),
            (foot, "ftr"),
            (number, "sldNum"),
        )
    )
    layout_ids = "".join(
        f'<p:sldLayoutId id="{FIRST_LAYOUT_ID + k}" r:id="rId{k + 1}"/>'
        for k in range(len(layouts))
    )
    mapped = " ".join(f'{name}="{theme.clr_map[name]}"' for name in ("bg1", "tx1", "bg2", "tx2"))
    accents = " ".join(f'{slot}="{slot}"' for slot in SLOTS[4:])
    return (
        f"<p:sldMaster {NAMESPACES}><p:cSld>{_background(theme, 'page')}<p:spTree>{TREE_HEAD}{shapes}"
        f"</p:spTree></p:cSld><p:clrMap {mapped} {accents}/><p:sldLayoutIdLst>{layout_ids}"
        f"</p:sldLayoutIdLst><p:txStyles><p:titleStyle>{_levels(theme, title)}</p:titleStyle>"
        f"<p:bodyStyle>{_levels(theme, body)}</p:bodyStyle><p:otherStyle>{_other_style(theme)}"
        f"</p:otherStyle></p:txStyles></p:sldMaster>"
    )


def layout_xml(theme: Theme, layout: SlideLayout, language: str, footer: str) -> str:
    """Return a slide layout: its grounds and rules, then its placeholders."""
    ids = count(2)
    frame = _frame_xml(theme, ids) if _is_framed(theme, layout) else ""
    decoration = frame + "".join(
        _decoration_xml(name, rect, scheme, ids)
        for name, rect, scheme in _decoration(theme, layout)
    )
    shapes = "".join(
        _placeholder_xml(theme, place, language, footer, ids) for place in layout.places.values()
    )
    ground = ""
    if layout.name == "Statement" and theme.decoration.full == "fill":
        ground = _background(theme, "full")
    kind = ' type="title"' if layout.name == "Title" else ""
    return (
        f'<p:sldLayout {NAMESPACES}{kind} preserve="1" userDrawn="1"><p:cSld name="{escape(layout.name)}">'
        f"{ground}<p:spTree>{TREE_HEAD}{decoration}{shapes}</p:spTree></p:cSld><p:clrMapOvr>"
        f"<a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def theme_xml(theme: Theme, *, name: str) -> str:
    """Return the theme part: colours, fonts, and plain fills, lines and effects."""
    colours = "".join(
        f'<a:{slot}><a:srgbClr val="{theme.colours[slot].upper()}"/></a:{slot}>' for slot in SLOTS
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = "".join(
        f'<a:ln w="{width}" cap="flat" cmpd="sng" algn="ctr">{fill}<a:prstDash val="solid"/></a:ln>'
        for width in (9525, 19050, 38100)
    )
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="{escape(name)}">'
        f'<a:themeElements><a:clrScheme name="{escape(name)}">{colours}</a:clrScheme>'
        f'<a:fontScheme name="{escape(name)}">{_font(theme, "major", "heading")}'
        f'{_font(theme, "minor", "body")}</a:fontScheme><a:fmtScheme name="{escape(name)}">'
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}"
        f"</a:bgFillStyleLst></a:fmtScheme></a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/>"
        f"</a:theme>"
    )


def _font(theme: Theme, tag: str, face: str) -> str:
    typeface = escape(theme.fonts[face].office)
    return (
        f'<a:{tag}Font><a:latin typeface="{typeface}"/><a:ea typeface=""/><a:cs typeface=""/>'
        f"</a:{tag}Font>"
    )


# decoration -----------------------------------------------------------------------------------


def _decoration(theme: Theme, layout: SlideLayout) -> Iterator[tuple[str, Rect, str]]:
    """Yield name, place and scheme colour of the shapes that a slide layout carries."""
    look = theme.decoration
    if layout.mode == "pause" and layout.name != "Statement" and look.sky == "fill":
        yield "sky", Rect(0, 0, SLIDE.w, HORIZON), theme.scheme("sky", "ground")
    below = theme.scheme("below", "ground")
    if (
        layout.mode == "pause"
        and layout.name != "Statement"
        and below != theme.scheme("page", "ground")
    ):
        yield "below", Rect(0, HORIZON, SLIDE.w, SLIDE.h - HORIZON), below
    if layout.name == "Answer":
        yield (
            "answer ground",
            Rect(0, STRIP, SLIDE.w, SLIDE.h - STRIP),
            theme.scheme("answer", "ground"),
        )
    elif layout.mode == "do" and look.strip == "fill":
        yield (
            "strip",
            Rect(0, STRIP, SLIDE.w, SLIDE.h - STRIP),
            theme.scheme("strip", "ground"),
        )
    yield from _rules(theme, layout)


def _is_framed(theme: Theme, layout: SlideLayout) -> bool:
    return layout.name == "Statement" and theme.decoration.full == "frame"


def _frame_xml(theme: Theme, ids: Iterator[int]) -> str:
    """Return the frame around a statement, for a theme without grounds."""
    line = f'<a:ln w="{points(theme.shape.heavy)}">{color_fill(theme.scheme("full", "key"))}</a:ln>'
    rect = Rect(FRAME, FRAME, SLIDE.w - 2 * FRAME, FRAME_BOTTOM - FRAME)
    return _box_xml("frame", rect, f"<a:noFill/>{line}", ids)


def _rules(theme: Theme, layout: SlideLayout) -> Iterator[tuple[str, Rect, str]]:
    look, hairline = theme.decoration, points(theme.shape.hairline)
    page_line = theme.scheme("page", "line")
    if look.top_rule == "edge":
        yield "edge", Rect(0, 0, SLIDE.w, EDGE), theme.scheme("page", "text")
    if layout.mode == "pause":
        return
    title = layout.title.rect
    if look.top_rule == "head":
        yield "head rule", Rect(title.x, HEAD_RULE_Y, inches(12.0), hairline), page_line
    if look.title_rule == "below" and layout.mode == "talk":
        yield (
            "title rule",
            Rect(title.x, TITLE_RULE_Y, inches(12.0), hairline),
            page_line,
        )
    if layout.name == "Key Message" and look.column_rule:
        message, side = layout.places["message"].rect, layout.places["points"].rect
        heavy = points(theme.shape.heavy)
        yield (
            "message rule",
            Rect(message.x, COLUMN_RULE, message.w, heavy),
            theme.scheme("page", "key"),
        )
        yield "points rule", Rect(side.x, COLUMN_RULE, side.w, hairline), page_line


def _decoration_xml(name: str, rect: Rect, scheme: str, ids: Iterator[int]) -> str:
    return _box_xml(name, rect, f"{color_fill(scheme)}<a:ln><a:noFill/></a:ln>", ids)


def _box_xml(name: str, rect: Rect, look: str, ids: Iterator[int]) -> str:
    """Return a decorative rectangle of a slide layout; *look* is its fill and its line."""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{next(ids)}" name="{name}">{DECORATIVE}</p:cNvPr>'
        f'<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{transform(rect)}'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{look}'
        f'</p:spPr><p:txBody><a:bodyPr rtlCol="0" anchor="ctr"/><a:lstStyle/><a:p>'
        f"<a:endParaRPr/></a:p></p:txBody></p:sp>"
    )


def _background(theme: Theme, area: str) -> str:
    fill = color_fill(theme.scheme(area, "ground"))
    return f"<p:bg><p:bgPr>{fill}<a:effectLst/></p:bgPr></p:bg>"


# placeholders ---------------------------------------------------------------------------------


def _placeholder_xml(
    theme: Theme,
    place: Place,
    language: str,
    footer: str,
    ids: Iterator[int],
    *,
    type: str | None = None,
) -> str:
    """Return a placeholder of the master (*type* given) or of a layout, with its level styles."""
    kind = type or place.type
    name = place.name.replace("_", " ").capitalize()
    idx = {"title": 0, "body": 1, "ftr": 3, "sldNum": 4}[kind] if type else place.idx
    levels = "" if type in ("title", "body") else _levels(theme, place)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{next(ids)}" name="{escape(name)}"/><p:cNvSpPr>'
        f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>{_prompted(kind, idx)}</p:nvPr></p:nvSpPr>'
        f"<p:spPr>{transform(place.rect)}{_geometry(theme, place)}{_fill(theme, place)}</p:spPr><p:txBody>"
        f"{body_properties(place.anchor)}<a:lstStyle>{levels}</a:lstStyle>"
        f"{_prompt(kind, footer if kind == 'ftr' else name, language)}</p:txBody></p:sp>"
    )


def _prompted(kind: str, idx: int) -> str:
    mark = placeholder(kind, idx)
    return mark if kind in ("ftr", "sldNum") else mark.replace("/>", ' hasCustomPrompt="1"/>')


def _prompt(kind: str, name: str, language: str) -> str:
    if kind == "sldNum":
        return (
            '<a:p><a:fld id="{7E3C0F5B-6A0D-4E5C-9B4B-2D1A90C7F1E4}" type="slidenum">'
            f'<a:rPr lang="{language}"/><a:t>\u2039#\u203a</a:t></a:fld></a:p>'
        )
    return f'<a:p><a:r><a:rPr lang="{language}"/><a:t>{escape(name)}</a:t></a:r></a:p>'


def _geometry(theme: Theme, place: Place) -> str:
    radius = inches(theme.shape.radius)
    if not radius or not _is_filled(place):
        return '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    adjust = round(radius / min(place.rect.w, place.rect.h) * 100_000)
    guide = f'<a:gd name="adj" fmla="val {adjust}"/>'
    return f'<a:prstGeom prst="roundRect"><a:avLst>{guide}</a:avLst></a:prstGeom>'


def _is_filled(place: Place) -> bool:
    return place.name == "time_chip" or place.style == "option"


def _fill(theme: Theme, place: Place) -> str:
    """Return the fill of chips and options; an outlined theme draws a line instead."""
    if not _is_filled(place):
        return ""
    role = "time" if place.style == "chip" else "panel"
    if theme.decoration.chip == "outline":
        line = theme.scheme(place.area, "line" if place.style == "option" else "time_ink")
        return f'<a:noFill/><a:ln w="{points(theme.shape.rule)}">{color_fill(line)}</a:ln>'
    return color_fill(theme.scheme(place.area, role))


def _levels(theme: Theme, place: Place) -> str:
    """Return `a:lvl1pPr` to `a:lvl5pPr` of a placeholder."""
    return "".join(_level(theme, place, level, f"lvl{level + 1}pPr") for level in range(LEVELS))


def _level(theme: Theme, place: Place, level: int, tag: str) -> str:
    depth = min(level, 2)
    stands = paragraph_form(theme, place, depth)
    form = place_form(theme, place, depth)
    return (
        f'<a:{tag} marL="{stands.margin}" indent="{stands.indent}" algn="{stands.align}" '
        f'defTabSz="914400" rtl="0" eaLnBrk="1" latinLnBrk="0" hangingPunct="1">'
        f"{paragraph_spacing(stands)}{_bullet(theme, place, stands, depth)}{_default_run(form.plain)}</a:{tag}>"
    )


def _default_run(look: RunForm) -> str:
    face = FACES.get(look.face or "body", FACES["body"])
    east, complex_script = face.replace("-lt", "-ea"), face.replace("-lt", "-cs")
    return (
        f'<a:defRPr{run_attributes(look)} kern="1200">{color_fill(look.colour or "tx1")}'
        f'<a:latin typeface="{face}"/><a:ea typeface="{east}"/><a:cs typeface="{complex_script}"/></a:defRPr>'
    )


def _bullet(theme: Theme, place: Place, stands: ParagraphForm, level: int) -> str:
    if not stands.bullet:
        return "<a:buNone/>"
    colour = f'<a:buClr><a:schemeClr val="{theme.scheme(place.area, "key")}"/></a:buClr>'
    size, char = ("70000", BULLET) if level == 0 else ("100000", DASH)
    return f'{colour}<a:buSzPct val="{size}"/><a:buFont typeface="Arial"/><a:buChar char="{char}"/>'


def _other_style(theme: Theme) -> str:
    """Return the style of text boxes that a person adds."""
    look = form_of(theme, "body2", "page").plain
    default = _default_run(RunForm(18.0, colour=look.colour, face="body"))
    return "".join(
        f'<a:lvl{level}pPr marL="{(level - 1) * 457_200}" algn="l" defTabSz="914400" rtl="0" '
        f'eaLnBrk="1" latinLnBrk="0" hangingPunct="1">{default}</a:lvl{level}pPr>'
        for level in range(1, LEVELS + 1)
    )
