"""The leak gate: opens what participants get and proves that it holds nothing of the facilitator's.

What is secret follows from the outline's own declarations (`sees`), so a new field is guarded from
the day it is declared. A text is looked for by its words and, where it is long, by its letters alone:
marks of Markdown, escapes and line breaks do not hide it. A text that participants may read elsewhere
in the outline, or in our own labels, is no secret.
"""

from __future__ import annotations

import dataclasses
import io
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any, NamedTuple

from deckgen.blocks.base import Block
from deckgen.diagnostics import Diagnostics
from deckgen.equations.linear import signs
from deckgen.inline import equations_in, leaves_of, parse_inline, unmarked
from deckgen.languages import Words
from deckgen.methods import load_methods
from deckgen.outline.model import Outline
from deckgen.reading.fields import ANSWERS, HANDOUT, Prose, Text
from deckgen.reading.reader import declared_fields
from deckgen.recordings import without_samples

LONG = 12  # letters from which a text is looked for without its word boundaries, too
PNG = b"\x89PNG\r\n\x1a\n"
FEW = 3  # words under which a text is looked for only in what people read
DESCRIBING = frozenset({"alt", "aria-label", "content", "descr", "title"})
# Parts of a deck in which single words of the format and of ours stand, and no text of an author.
FRAME = re.compile(r"ppt/(slideLayouts|slideMasters|notesMasters|theme)/|docProps/app\.xml|\.rels$")
_RUN_ENDS = re.compile(
    r"</\w+:t>(?:(?!</\w+:p>|<\w+:(?:br|tab|fld)\b).)*?<\w+:t(?: [^>]*)?>", re.DOTALL
)
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_TAG = re.compile(r"<[^>]*>")
_ESCAPE = re.compile(r"\\(?=[^\w\s])")
_WORD = re.compile(r"\w+")


class Secret(NamedTuple):
    """A text that participants must not read, and the field that holds it."""

    text: Text
    field: str


class Wording(NamedTuple):
    """A text as its words between spaces, and as its letters alone."""

    words: str
    letters: str

    @classmethod
    def of(cls, text: str) -> Wording:
        """Return the words of *text* without case, marks and punctuation."""
        found = _WORD.findall(text.casefold().replace("_", " "))
        return cls(f" {' '.join(found)} ", "".join(found))

    @property
    def is_telling(self) -> bool:
        """Whether the text has a word at all; numbers stand in every file."""
        return any(letter.isalpha() for letter in self.letters)

    @property
    def is_short(self) -> bool:
        """Whether the words are so few that the names inside a file may hold them by chance."""
        return self.words.count(" ") - 1 < FEW and len(self.letters) < LONG

    def holds(self, other: Wording) -> bool:
        """Return whether *other* stands in this text."""
        if other.words in self.words:
            return True
        return len(other.letters) >= LONG and other.letters in self.letters


class Passage(NamedTuple):
    """A part of a file: its name, what people read in it, and all of it."""

    name: str
    read: Wording
    whole: Wording

    def holds(self, meant: Wording) -> bool:
        """Return whether *meant* stands where it can be found."""
        return (self.read if meant.is_short else self.whole).holds(meant)


def check_clean(
    files: Mapping[str, bytes],
    outline: Outline,
    diagnostics: Diagnostics,
    *,
    with_answers: bool = False,
) -> None:
    """Report each secret of *outline* that one of *files* holds."""
    parts = [part for name, content in files.items() for part in passages_of(name, content)]
    for secret in secrets_of(outline, with_answers=with_answers):
        first, *others = (Wording.of(text) for text in _said(secret.text))
        forms = [first, *(other for other in others if not other.is_short)]
        found = next((p.name for p in parts if any(map(p.holds, forms))), None)
        if found is not None:
            message = f"{secret.field} is not for participants, but appears in {found}"
            diagnostics.add("leak", message, secret.text.span)


def secrets_of(outline: Outline, *, with_answers: bool = False) -> Iterator[Secret]:
    """Yield what participants must not read and can read nowhere else."""
    given = frozenset((HANDOUT, ANSWERS) if with_answers else (HANDOUT,))
    values = (outline.workshop, *outline.blocks, *outline.others, outline.mentioned)
    shown = (text for value in values for text in _shown(value, given))
    words = Words(str(outline.workshop.lang))
    known = Wording.of(" | ".join((*map(unmarked, shown), *_ours(words))))
    for value in values:
        owner = f" of `{value.id}`" if isinstance(value, Block) else ""
        for text, path in _hidden(value, given, ""):
            meant = Wording.of(unmarked(text))
            if meant.is_telling and not known.holds(meant):
                yield Secret(text, f"`{path}`{owner}")


def _said(text: Text) -> Iterator[str]:
    """Yield what *text* says, and where it holds equations what it says with these as files have them."""
    yield unmarked(text)
    if any(True for _ in equations_in(text)):
        runs = parse_inline(text)
        yield "".join(run.equation.latex if run.equation else run.text for run in runs)
        yield "".join(signs(run.equation.latex) if run.equation else run.text for run in runs)


def _ours(words: Words) -> Iterator[str]:
    """Yield the texts of ours that participants may read."""
    yield from words.every()
    for method in load_methods(words.code).values():
        yield from (method.name, *(text for text, _ in method.steps))


def passages_of(name: str, content: bytes) -> Iterator[Passage]:
    """Yield the parts of a file; an archive has many, others are one."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield from passages_of(f"{name}, {member}", archive.read(member))
        return
    if content.startswith(b"%PDF"):
        yield Passage(name, *2 * (Wording.of(f"{name} | {_pdf_text(content)}"),))
        return
    if content.startswith(PNG):
        content = b" | ".join(_png_chunks(content))
    beside = without_samples(content)
    content = content if beside is None else beside
    try:
        text = content.decode()
    except UnicodeDecodeError:  # a picture, say: look at its bytes both ways
        text = content.decode("latin-1") + content.decode("utf-16-le", "replace")
    if text.lstrip("\ufeff \r\n").startswith("<"):
        read, whole = _marked_up(text)
    else:
        read = whole = unescape(_ESCAPE.sub("", text))
    read = "" if FRAME.search(name) else read
    yield Passage(name, Wording.of(read), Wording.of(f"{name} | {whole}"))


def _png_chunks(content: bytes) -> Iterator[bytes]:
    """Yield what a PNG file says beside its picture, whose packed bytes hold short words by chance."""
    place = len(PNG)
    while place < len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        name, data = content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        if name not in (b"IDAT", b"PLTE"):
            yield data
        place += length + 12


def _pdf_text(content: bytes) -> str:
    """Return what a PDF file says: its pages, its outline and what it tells of itself."""
    import pypdfium2  # noqa: PLC0415 (no format with PDF files is made without it)

    document = pypdfium2.PdfDocument(content)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
        heads = [bookmark.get_title() for bookmark in document.get_toc()]
        return " | ".join((*pages, *heads, *document.get_metadata_dict().values()))
    finally:
        document.close()


def _marked_up(text: str) -> tuple[str, str]:
    """Return what people read of XML or HTML, and all its text with attributes and comments."""
    joined = _RUN_ENDS.sub("", text.replace("<!--", " ").replace("-->", " "))
    bare = _TAG.sub(" ", joined)
    attributes = [(key, a or b) for key, a, b in _ATTRIBUTE.findall(text)]
    described = " | ".join(value for key, value in attributes if key in DESCRIBING)
    others = " | ".join(dict.fromkeys(value for _, value in attributes if not value.isdigit()))
    return unescape(f"{bare} | {described}"), unescape(f"{bare} | {others}")


def _shown(value: Any, given: frozenset[str]) -> Iterator[str]:
    """Yield the texts that one of the readers *given* may see."""
    if isinstance(value, Text):
        yield value
    for name, held in _fields(value):
        if name is None or _is_open(value, name, given):
            yield from _shown(held, given)


def _hidden(value: Any, given: frozenset[str], path: str) -> Iterator[tuple[Text, str]]:
    """Yield the texts under every field that none of the readers *given* may see, and its path."""
    for name, held in _fields(value):
        deeper = f"{path}.{name}".strip(".") if name else path
        if name is None or _is_open(value, name, given):
            yield from _hidden(held, given, deeper)
        else:
            yield from _texts(held, deeper)


def _texts(value: Any, path: str) -> Iterator[tuple[Text, str]]:
    """Yield every text that *value* holds, however deep, and its path."""
    if isinstance(value, Text):
        yield value, path
    if isinstance(value, Prose) and value.has_blocks:
        yield from ((leaf, path) for leaf in _telling_leaves(value))
    for name, held in _fields(value):
        yield from _texts(held, f"{path}.{name}" if name else path)


def _telling_leaves(text: Prose) -> Iterator[Text]:
    """Yield the texts in blocks that tell something alone, such as a cell of a few words."""
    for leaf in leaves_of(text):
        if not Wording.of(unmarked(leaf)).is_short:
            yield Text(leaf, text.span)


def _is_open(value: Any, name: str, given: frozenset[str]) -> bool:
    """Return whether a reader sees the field; what nobody has verified is the facilitator's."""
    if getattr(value, "verify", False) is True:
        return False
    declared = declared_fields(type(value))  # type: ignore[arg-type]
    return bool(declared[name].sees & given)


def _fields(value: Any) -> Iterator[tuple[str | None, Any]]:
    """Yield what *value* holds: the fields of a class by name, entries and short forms without."""
    if isinstance(value, tuple):
        yield from ((None, item) for item in value)
    elif isinstance(value, dict):
        yield from ((None, item) for item in value.values())
        yield from ((None, Text(key)) for key in value)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from ((name, getattr(value, name)) for name in declared_fields(type(value)))
        if getattr(value, "short_form", None) is not None:
            yield None, value.short_form  # type: ignore[attr-defined]
