"""Parts and their relationships, written as an Open Packaging Conventions file.

ECMA-376 part 2. The same parts always give the same bytes: entries sorted, dated 1980-01-01, one
level of compression. Written here and not with python-pptx, which looks through all parts for every
part it adds and takes a tenth of a second to import: see `docs/architecture.md`.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PIECE = 1 << 20  # bytes
EPOCH = (1980, 1, 1, 0, 0, 0)
DEFAULTS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
}

PartContent = str | bytes | Path


@dataclass(slots=True)
class Part:
    """A part: where it is (`/ppt/slides/slide1.xml`), its content type, its relationships.

    `xml` is its text, the bytes of a part that is no XML, or the file that holds them.
    """

    name: str
    content_type: str
    xml: str | bytes | Path = ""
    relationships: list[tuple[str, str, bool]] = field(default_factory=list)

    @property
    def content(self) -> PartContent:
        """What a package holds of it."""
        return DECLARATION + self.xml if isinstance(self.xml, str) else self.xml

    def relate(self, kind: str, target: str, *, is_external: bool = False) -> str:
        """Return the id of a new relationship of *kind* to a part name or an address."""
        kind = kind if kind.startswith("http") else f"{OFFICE}/{kind}"
        self.relationships.append((kind, target, is_external))
        return f"rId{len(self.relationships)}"


def write_package(root: Part, parts: list[Part]) -> bytes:
    """Return the package whose own relationships are those of *root*."""
    entries: dict[str, PartContent] = {
        "[Content_Types].xml": _content_types(parts),
        "_rels/.rels": relationships_xml(root),
    }
    for part in parts:
        entries[part.name.lstrip("/")] = part.content
        if part.relationships:
            folder, _, name = part.name.lstrip("/").rpartition("/")
            entries[f"{folder}/_rels/{name}.rels"] = relationships_xml(part)
    return zipped(entries)


def zipped(entries: Mapping[str, PartContent]) -> bytes:
    """Return the zip file of *entries*: the same ones always give the same bytes.

    What is in a file, a video say, goes in piece by piece and as it is: it is packed already.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
        for name in sorted(entries):
            info = zipfile.ZipInfo(name, EPOCH)
            info.external_attr = 0o600 << 16
            content = entries[name]
            if isinstance(content, Path):
                info.file_size = content.stat().st_size
                with content.open("rb") as source, file.open(info, "w") as target:
                    shutil.copyfileobj(source, target, PIECE)
                continue
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, content.encode() if isinstance(content, str) else content)
    return buffer.getvalue()


def _content_types(parts: list[Part]) -> str:
    defaults = "".join(
        f'<Default Extension="{extension}" ContentType="{kind}"/>'
        for extension, kind in (DEFAULTS | _media_types(parts)).items()
    )
    overrides = "".join(
        f'<Override PartName="{part.name}" ContentType="{part.content_type}"/>'
        for part in parts
        if not _is_media(part)
    )
    return f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">{defaults}{overrides}</Types>'


def _is_media(part: Part) -> bool:
    """Return whether a part is named by its extension, as PowerPoint does for pictures."""
    return part.name.startswith("/ppt/media/")


def _media_types(parts: list[Part]) -> dict[str, str]:
    media = {part.name.rpartition(".")[2]: part.content_type for part in parts if _is_media(part)}
    return dict(sorted(media.items()))


def relationships_xml(part: Part) -> str:
    """Return the part that holds the relationships of *part*."""
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{escape(target)}"'
        + (' TargetMode="External"/>' if is_external else "/>")
        for number, (kind, target, is_external) in enumerate(part.relationships, 1)
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'
