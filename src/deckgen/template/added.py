"""The slide layout that a template gets where none of its own has a title across the slide."""

from __future__ import annotations

from lxml import etree

from deckgen.geometry import Rect
from deckgen.template.colours import number
from deckgen.template.package import OFFICE, SAVE_AS, Package, TemplateError, rels_name

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = OFFICE
TYPE = "application/vnd.openxmlformats-officedocument.presentationml.slideLayout+xml"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
FIRST_ID = 2_147_483_648
BEFORE_LIST = ("cSld", "clrMap")  # what stands before p:sldLayoutIdLst in a master


def add_layout(package: Package, master: str, size: Rect) -> None:
    """Add to *package* a slide layout with a title and a body, under the slide master *master*."""
    name = next(
        name
        for k in range(1, 10_000)
        if not package.has(name := f"ppt/slideLayouts/slideLayout{k}.xml")
    )
    relations = package.relations(master)
    rid = next(rid for k in range(1, 10_000) if (rid := f"rId{k}") not in relations)
    package.put(name, _layout(size).encode(), TYPE)
    package.put(
        rels_name(name),
        _relationships([("rId1", f"{OFFICE}/slideMaster", f"/{master}", False)]),
    )
    rows = [
        (r.id, r.type, r.target if r.is_external else f"/{r.target}", r.is_external)
        for r in relations.values()
    ]
    rows.append((rid, f"{OFFICE}/slideLayout", f"/{name}", False))
    ids = _used_ids(package, master)
    root = package.xml(master)
    listed = root.find(f"{{{P}}}sldLayoutIdLst")
    if listed is None:
        listed = etree.Element(f"{{{P}}}sldLayoutIdLst")
        before = [child for child in root if str(child.tag).rpartition("}")[2] in BEFORE_LIST]
        if not before:
            message = f"its slide master {master} has neither shapes nor a colour map"
            raise TemplateError("template-damaged", message, SAVE_AS)
        before[-1].addnext(listed)
    item = etree.SubElement(listed, f"{{{P}}}sldLayoutId")
    item.set("id", str(next(k for k in range(FIRST_ID, 2**32) if k not in ids)))
    item.set(f"{{{R}}}id", rid)
    package.put(
        master, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    )
    package.put(rels_name(master), _relationships(rows))


def _used_ids(package: Package, master: str) -> set[int]:
    """Return the ids of masters and slide layouts, which share one range."""
    found: set[int] = set()
    for name in package.names():
        is_master = "slideMaster" in name and name.endswith(".xml")
        if is_master or name == "ppt/presentation.xml" or name == master:
            for tag in ("sldLayoutId", "sldMasterId"):
                for element in package.xml(name).iter(f"{{{P}}}{tag}"):
                    found.add(int(number(element.get("id"))))
    return found


def _relationships(rows: list[tuple[str, str, str, bool]]) -> bytes:
    root = etree.fromstring(f'<Relationships xmlns="{RELATIONSHIPS}"/>')
    for id, kind, target, is_external in rows:
        element = etree.SubElement(
            root, f"{{{RELATIONSHIPS}}}Relationship", Id=id, Type=kind, Target=target
        )
        if is_external:
            element.set("TargetMode", "External")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _layout(size: Rect) -> str:
    margin, top = size.w // 16, size.h // 16
    title = _shape(2, "Title", 'type="title"', Rect(margin, top, size.w - 2 * margin, size.h // 6))
    body_y = top + size.h // 6 + top // 2
    rect = Rect(margin, body_y, size.w - 2 * margin, size.h - body_y - 2 * top)
    body = _shape(3, "Content", 'idx="1"', rect)
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<p:sldLayout xmlns:a="{A}" '
        f'xmlns:r="{R}" xmlns:p="{P}" preserve="1" userDrawn="1"><p:cSld name="deckgen"><p:spTree>'
        '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
        f"{title}{body}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"
        "</p:sldLayout>"
    )


def _shape(id: int, name: str, mark: str, rect: Rect) -> str:
    anchor = ' vert="horz" anchor="b"' if id == 2 else ' vert="horz"'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{id}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/>'
        f"</p:cNvSpPr><p:nvPr><p:ph {mark}/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm>"
        f'<a:off x="{rect.x}" y="{rect.y}"/><a:ext cx="{rect.w}" cy="{rect.h}"/></a:xfrm></p:spPr>'
        f"<p:txBody><a:bodyPr{anchor}/><a:lstStyle/><a:p><a:r><a:rPr/><a:t>{name}</a:t></a:r></a:p>"
        "</p:txBody></p:sp>"
    )
