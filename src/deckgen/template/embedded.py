"""The fonts in a template: .fntdata parts, which are Embedded OpenType files (W3C submission, 2008).

Those that are compressed (MicroType Express) are not read: fontTools cannot.
"""

from __future__ import annotations

import struct

from deckgen.reading.fields import Text
from deckgen.template.package import OFFICE, Package
from deckgen.theme.model import EmbeddedFont

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
HEAD = 36  # bytes up to the end of the magic number
MAGIC = 0x504C
PACKED, CLOAKED = 0x4, 0x1000_0000
KEY = 0x50
STARTS = (b"\0\1\0\0", b"OTTO", b"true")


def embedded_fonts(package: Package, main: str) -> dict[str, EmbeddedFont]:
    """Return the fonts in a template that can be read, by their names."""
    relations = package.relations(main)
    found: dict[str, EmbeddedFont] = {}
    for listed in package.xml(main).iterfind(f"{P}embeddedFontLst/{P}embeddedFont"):
        named = listed.find(f"{P}font")
        name = "" if named is None else str(named.get("typeface", ""))
        ids = [face.get(f"{{{OFFICE}}}id", "") for face in listed if isinstance(face.tag, str)]
        parts = [relations[id].target for id in ids if id in relations]
        files = tuple(
            font
            for part in parts
            if package.has(part) and (font := plain_font(package.read(part))) is not None
        )
        if name and files:
            found[name] = EmbeddedFont(office=Text(name), twin=Text(name), line=1.22, data=files)
    return found


def plain_font(file: bytes) -> bytes | None:
    """Return the OpenType font in an Embedded OpenType file, or None where it is packed or broken."""
    if len(file) < HEAD:
        return None
    _, size, _, flags = struct.unpack_from("<4I", file)
    (magic,) = struct.unpack_from("<H", file, HEAD - 2)
    if magic != MAGIC or flags & PACKED or not 0 < size < len(file):
        return None
    font = file[-size:]
    if flags & CLOAKED:
        font = bytes(byte ^ KEY for byte in font)
    return font if font.startswith(STARTS) else None
