"""Opens a .pptx or .potx file: an Open Packaging Conventions file that may be broken or hostile.

ECMA-376 part 2. Sizes are judged by the zip file's directory, before anything is unpacked.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from deckgen.catalogue import FindingId
from deckgen.diagnostics import Diagnostics, Span

CONTENT_TYPES = "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/"
CT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a compound file: encrypted, or of before 2007
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OF_A_SLIDE = ("slide", "notesSlide")  # relationships that lead to sample slides and their notes
XML = (".xml", ".rels", ".vml")
MAIN_TYPES = ("presentationml.", "ms-powerpoint.")
MOST_BYTES = 200_000_000  # of the file, and of all its parts unpacked
MOST_XML = 30_000_000  # of one part of XML
MOST_PARTS = 20_000
UNREADABLE = (  # what zipfile raises for damage
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    OverflowError,
)
MOST_RATIO = 400  # unpacked to packed, of a part over `LEAST_BOMB`
LEAST_BOMB = 5_000_000
SAVE_AS = "open it in PowerPoint and save it as .pptx or .potx"


class TemplateError(Exception):
    """The file cannot serve as a template; `id` is of the catalogue of diagnostics."""

    def __init__(self, id: FindingId, message: str, *hints: str) -> None:
        super().__init__(message)
        self.id, self.hints = id, hints


class Relation(NamedTuple):
    """A relationship of a part: `kind` is the last segment of its type, `target` a part or address."""

    id: str
    type: str
    target: str
    is_external: bool

    @property
    def kind(self) -> str:
        """The last segment of the type."""
        return self.type.rpartition("/")[2]


class Package:
    """The parts of an opened file by name, without the leading slash."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {unquote(name): name for name in archive.namelist() if name[-1:] != "/"}
        self._folded = {name.casefold(): name for name in self._names}
        self._added: dict[str, bytes] = {}
        self._roots: dict[str, etree._Element] = {}
        self._relations: dict[str, dict[str, Relation]] = {}
        self.defaults, self.overrides = self._types()

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return sorted({*self._names, *self._added})

    def has(self, name: str) -> bool:
        """Return whether there is a part of this name."""
        return name in self._added or name in self._names

    def read(self, name: str) -> bytes:
        """Return the bytes of a part."""
        if name in self._added:
            return self._added[name]
        try:
            return self._archive.read(self._names[name])
        except (KeyError, NotImplementedError):
            raise TemplateError("template-damaged", f"its part {name} is missing") from None
        except UNREADABLE as error:
            raise TemplateError(
                "template-damaged", f"its part {name} cannot be read: {error}", SAVE_AS
            ) from None

    def xml(self, name: str) -> etree._Element:
        """Return the root element of a part; the same one each time."""
        if name not in self._roots:
            self._roots[name] = _parsed(self.read(name), name)
        return self._roots[name]

    def relations(self, name: str) -> dict[str, Relation]:
        """Return the relationships of a part by id; of the package, where *name* is empty."""
        if name not in self._relations:
            rels = rels_name(name)
            found = self._each_relation(name, rels) if self.has(rels) else ()
            self._relations[name] = {relation.id: relation for relation in found}
        return self._relations[name]

    def related(self, name: str, kind: str) -> list[str]:
        """Return the parts that *name* has a relationship of this kind to."""
        found = (r for r in self.relations(name).values() if r.kind == kind and not r.is_external)
        return [relation.target for relation in found if self.has(relation.target)]

    def reached(self, first: Iterable[str]) -> set[str]:
        """Return the parts that relationships lead to from *first*, but for slides and their notes."""
        reached: set[str] = set()
        waiting = list(first)
        while waiting:
            name = waiting.pop()
            if name in reached or not self.has(name):
                continue
            reached.add(name)
            waiting += [
                relation.target
                for relation in self.relations(name).values()
                if not relation.is_external and relation.kind not in OF_A_SLIDE
            ]
        return reached

    def check(self, names: Iterable[str]) -> None:
        """Read every part, and parse those of XML: raises TemplateError for the first that is damaged."""
        for name in sorted(names):
            if name.endswith(XML) or self.type_of(name).endswith("+xml"):
                self.xml(name)
            else:
                self.read(name)

    def type_of(self, name: str) -> str:
        """Return the content type of a part; empty where the file gives none."""
        extension = posixpath.splitext(name)[1].lstrip(".").casefold()
        return self.overrides.get(name.casefold()) or self.defaults.get(extension, "")

    def put(self, name: str, content: bytes, content_type: str = "") -> None:
        """Add or replace a part."""
        self._added[name] = content
        self._roots.pop(name, None)
        for source in [key for key in self._relations if rels_name(key) == name]:
            del self._relations[source]
        if content_type:
            self.overrides[name.casefold()] = content_type

    def _each_relation(self, name: str, rels: str) -> Iterator[Relation]:
        base = "/" + posixpath.dirname(name)
        for element in self.xml(rels):
            if not isinstance(element.tag, str):
                continue
            target = element.get("Target", "")
            is_external = element.get("TargetMode") == "External"
            if not is_external:
                path = unquote(target.partition("#")[0])
                target = posixpath.normpath(posixpath.join(base, path)).lstrip("/")
                target = self._folded.get(target.casefold(), target)
            yield Relation(element.get("Id", ""), element.get("Type", ""), target, is_external)

    def _types(self) -> tuple[dict[str, str], dict[str, str]]:
        defaults: dict[str, str] = {}
        overrides: dict[str, str] = {}
        for element in self.xml(CONTENT_TYPES):
            if element.tag == f"{CT}Default":
                defaults[element.get("Extension", "").casefold()] = element.get("ContentType", "")
            elif element.tag == f"{CT}Override":
                name = unquote(element.get("PartName", "")).lstrip("/").casefold()
                overrides[name] = element.get("ContentType", "")
        return defaults, overrides


def open_package(path: Path, diagnostics: Diagnostics, span: Span | None = None) -> Package | None:
    """Return the opened file at *path*, or None where anything is wrong with it."""
    try:
        return _opened(path)
    except TemplateError as error:
        report(error, path, diagnostics, span)
        return None


def report(error: TemplateError, path: Path, diagnostics: Diagnostics, span: Span | None) -> None:
    """Add *error* as a finding about the file at *path*."""
    diagnostics.add(error.id, f"{path.as_posix()}: {error}", span, hints=error.hints)


def rels_name(name: str) -> str:
    """Return the name of the part that holds the relationships of a part."""
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels".lstrip("/")


def _opened(path: Path) -> Package:
    try:
        if path.is_dir():
            raise TemplateError("cannot-read", "is a folder")
        if path.stat().st_size > MOST_BYTES:
            raise _too_large(f"the file has {path.stat().st_size // 1_000_000} MB")
        data = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise TemplateError("cannot-read", f"cannot be read: {reason}") from None
    if data.startswith(OLE):
        raise _compound(data)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (*UNREADABLE, NotImplementedError):
        raise TemplateError("not-a-template", "is not a PowerPoint file", SAVE_AS) from None
    _check_directory(archive)
    package = Package(archive)
    _check_main(package)
    return package


def _compound(data: bytes) -> TemplateError:
    if ENCRYPTED in data:
        hint = "remove the password in PowerPoint: File, Info, Protect Presentation"
        return TemplateError("template-encrypted", "is encrypted with a password", hint)
    return TemplateError("not-a-template", "is not a .pptx or .potx file", SAVE_AS)


def _check_directory(archive: zipfile.ZipFile) -> None:
    """Refuse what is too large or packed too well, by the zip file's own directory."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if any(entry.flag_bits & 1 for entry in entries):
        raise TemplateError("template-encrypted", "has parts that are encrypted", SAVE_AS)
    if CONTENT_TYPES not in names:
        is_open_document = "mimetype" in names
        hint = "open it in LibreOffice and save it as .pptx" if is_open_document else SAVE_AS
        raise TemplateError("not-a-template", "is a zip file, but not a PowerPoint file", hint)
    if len(entries) > MOST_PARTS:
        raise _too_large(f"it has {len(entries)} parts")
    if len(set(names)) < len(names):
        raise TemplateError("template-damaged", "has two parts of the same name", SAVE_AS)
    total = sum(entry.file_size for entry in entries)
    if total > MOST_BYTES:
        raise _too_large(f"its parts have {total // 1_000_000} MB unpacked")
    for entry in entries:
        is_xml = entry.filename.endswith(XML)
        if is_xml and entry.file_size > MOST_XML:
            raise _too_large(f"its part {entry.filename} has {entry.file_size // 1_000_000} MB")
        packed = max(1, entry.compress_size)
        if entry.file_size > LEAST_BOMB and entry.file_size / packed > MOST_RATIO:
            raise _too_large(f"its part {entry.filename} is compressed like a zip bomb")


def _too_large(message: str) -> TemplateError:
    hint = f"{MOST_BYTES // 1_000_000} MB is the limit; compress its pictures or remove its media"
    return TemplateError("template-too-large", message, hint)


def _check_main(package: Package) -> None:
    try:
        main = presentation_of(package)
    except TemplateError:
        raise TemplateError("not-a-template", "contains no presentation", SAVE_AS) from None
    kind = package.type_of(main)
    if not any(part in kind for part in MAIN_TYPES):
        raise TemplateError("not-a-template", "is an Office file, but not a presentation", SAVE_AS)
    if etree.QName(package.xml(main)).namespace.startswith(STRICT):
        hint = "save it in PowerPoint as “PowerPoint Presentation (.pptx)”, not as Strict Open XML"
        raise TemplateError("not-a-template", "is in the Strict Open XML format", hint)


def presentation_of(package: Package) -> str:
    """Return the name of the main part."""
    relations = package.relations("").values()
    mains = [r.target for r in relations if r.kind == "officeDocument" and package.has(r.target)]
    if not mains:
        raise TemplateError("not-a-template", "contains no presentation", SAVE_AS)
    return mains[0]


def _parsed(data: bytes, name: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=False
    )
    try:
        root = etree.fromstring(data, parser)
        if (
            root.getroottree().docinfo.internalDTD is not None
        ):  # ECMA-376 part 2, 7.4: no part may have one
            message = f"its part {name} has a document type declaration"
            raise TemplateError("template-damaged", message, SAVE_AS)
        return root
    except (etree.XMLSyntaxError, ValueError) as error:
        message = f"its part {name} is not valid XML: {getattr(error, 'msg', error)}"
        raise TemplateError("template-damaged", message, SAVE_AS) from None
