"""The slide master, the slide layouts and the theme part, made from a theme's tokens."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import count

from deckgen.geometry import Rect, points
from deckgen.layout.decoration import Box, box_of, bullet_of, ground, own_ground, page_ground
from deckgen.layout.frames import ParagraphFormat, RunFormat, ShapeFrame
from deckgen.layout.text_format import form_of, paragraph_form, place_form
from deckgen.render.pptx.drawing import (
    DECORATIVE,
    FACES,
    NAMESPACES,
    TREE_HEAD,
    body_properties,
    bullet_properties,
    color_fill,
    paragraph_spacing,
    placeholder,
    run_attributes,
    transform,
)
from deckgen.theme.model import SLOTS, Theme
from deckgen.theme.places import Place, SlideLayout, slide_layouts

LEVELS = 5
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
        f"<p:sldMaster {NAMESPACES}><p:cSld>{_background(page_ground(theme))}<p:spTree>{TREE_HEAD}{shapes}"
        f"</p:spTree></p:cSld><p:clrMap {mapped} {accents}/><p:sldLayoutIdLst>{layout_ids}"
        f"</p:sldLayoutIdLst><p:txStyles><p:titleStyle>{_levels(theme, title)}</p:titleStyle>"
        f"<p:bodyStyle>{_levels(theme, body)}</p:bodyStyle><p:otherStyle>{_other_style(theme)}"
        f"</p:otherStyle></p:txStyles></p:sldMaster>"
    )


def layout_xml(theme: Theme, layout: SlideLayout, language: str, footer: str) -> str:
    """Return a slide layout: its grounds and rules, then its placeholders."""
    ids = count(2)
    decoration = "".join(_decoration_xml(shape, ids) for shape in ground(theme, layout).shapes)
    shapes = "".join(
        _placeholder_xml(theme, place, language, footer, ids) for place in layout.places.values()
    )
    colour = own_ground(theme, layout)
    background = _background(colour) if colour else ""
    kind = ' type="title"' if layout.name == "Title" else ""
    return (
        f'<p:sldLayout {NAMESPACES}{kind} preserve="1" userDrawn="1"><p:cSld name="{escape(layout.name)}">'
        f"{background}<p:spTree>{TREE_HEAD}{decoration}{shapes}</p:spTree></p:cSld><p:clrMapOvr>"
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


def _decoration_xml(shape: ShapeFrame, ids: Iterator[int]) -> str:
    """Return a shape that a slide layout carries: filled, or the frame around a statement."""
    if shape.line:
        weight, colour = shape.line
        line = f'<a:ln w="{points(weight)}">{color_fill(colour)}</a:ln>'
    else:
        line = "<a:ln><a:noFill/></a:ln>"
    fill = color_fill(shape.fill) if shape.fill else "<a:noFill/>"
    return _box_xml(shape.name, shape.rect, fill + line, ids)


def _box_xml(name: str, rect: Rect, look: str, ids: Iterator[int]) -> str:
    """Return a decorative rectangle of a slide layout; *look* is its fill and its line."""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{next(ids)}" name="{name}">{DECORATIVE}</p:cNvPr>'
        f'<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{transform(rect)}'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{look}'
        f'</p:spPr><p:txBody><a:bodyPr rtlCol="0" anchor="ctr"/><a:lstStyle/><a:p>'
        f"<a:endParaRPr/></a:p></p:txBody></p:sp>"
    )


def _background(colour: str) -> str:
    return f"<p:bg><p:bgPr>{color_fill(colour)}<a:effectLst/></p:bgPr></p:bg>"


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
    box = box_of(theme, place)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{next(ids)}" name="{escape(name)}"/><p:cNvSpPr>'
        f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>{_prompted(kind, idx)}</p:nvPr></p:nvSpPr>'
        f"<p:spPr>{transform(place.rect)}{_geometry(box, place)}{_fill(box)}</p:spPr><p:txBody>"
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


def _geometry(box: Box | None, place: Place) -> str:
    if box is None or not box.radius:
        return '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    adjust = round(box.radius / min(place.rect.w, place.rect.h) * 100_000)
    guide = f'<a:gd name="adj" fmla="val {adjust}"/>'
    return f'<a:prstGeom prst="roundRect"><a:avLst>{guide}</a:avLst></a:prstGeom>'


def _fill(box: Box | None) -> str:
    """Return the fill of chips and options, or their line."""
    if box is None:
        return ""
    if box.line:
        weight, colour = box.line
        return f'<a:noFill/><a:ln w="{points(weight)}">{color_fill(colour)}</a:ln>'
    return color_fill(box.fill) if box.fill else ""


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


def _default_run(look: RunFormat) -> str:
    face = FACES.get(look.face or "body", FACES["body"])
    east, complex_script = face.replace("-lt", "-ea"), face.replace("-lt", "-cs")
    return (
        f'<a:defRPr{run_attributes(look)} kern="1200">{color_fill(look.colour or "tx1")}'
        f'<a:latin typeface="{face}"/><a:ea typeface="{east}"/><a:cs typeface="{complex_script}"/></a:defRPr>'
    )


def _bullet(theme: Theme, place: Place, stands: ParagraphFormat, level: int) -> str:
    if not stands.bullet:
        return "<a:buNone/>"
    return bullet_properties(bullet_of(theme, place, level))


def _other_style(theme: Theme) -> str:
    """Return the style of text boxes that a person adds."""
    look = form_of(theme, "body2", "page").plain
    default = _default_run(RunFormat(18.0, colour=look.colour, face="body"))
    return "".join(
        f'<a:lvl{level}pPr marL="{(level - 1) * 457_200}" algn="l" defTabSz="914400" rtl="0" '
        f'eaLnBrk="1" latinLnBrk="0" hangingPunct="1">{default}</a:lvl{level}pPr>'
        for level in range(1, LEVELS + 1)
    )
