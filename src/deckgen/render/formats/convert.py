"""Makes the files of `--to` from those of a build: one for each document, or for the deck."""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import count
from typing import NamedTuple

from deckgen.diagnostics import Diagnostics
from deckgen.document.markdown import printed
from deckgen.document.nodes import Document, has_place_for_slides, in_parts
from deckgen.render.formats import deck
from deckgen.render.formats.look import PageLook
from deckgen.render.formats.needs import report_missing
from deckgen.render.formats.page import Picture, Pictures, page

DOCUMENT, DECK = ".md", ".pptx"


class BlockSlides(NamedTuple):
    """The slides of a block: the block's number, such as B4, and the slides' titles."""

    ref: str
    titles: tuple[str, ...]


def check_needs(formats: Sequence[str], diagnostics: Diagnostics, *, thumbnails: bool) -> None:
    """Raise DeckgenError where what *formats* need is not installed."""
    report_missing([*formats, *(("thumbnails",) if thumbnails else ())], diagnostics)
    diagnostics.stop_on_errors()


class Converter:
    """The files of a build, and what was made of them so far: each step is taken once."""

    def __init__(
        self,
        files: Mapping[str, bytes],
        documents: Mapping[str, Document],
        look: PageLook,
        slides: Sequence[BlockSlides],
        drawing: deck.Drawing,
        found: Diagnostics,
    ) -> None:
        """Take *files* by name, and what those of them are made of that are documents of ours."""
        self._files = files
        self._documents = documents
        self._look = look
        self._slides = slides
        self._drawing = drawing
        self._found = found

    def convert(self, formats: Sequence[str], *, thumbnails: bool = False) -> dict[str, bytes]:
        """Return the files of *formats* by name; *thumbnails* puts slides into the notes."""
        made: dict[str, bytes] = {}
        documents = {n.removesuffix(DOCUMENT): n for n in self._files if n.endswith(DOCUMENT)}
        for stem, name in documents.items():
            made |= dict(self._converted(stem, self._document(name), formats, thumbnails))
        if not self._deck_name:
            return made
        if "deck-pdf" in formats:
            made[f"{self._stem}.pdf"] = self._deck_pdf
        if "deck-png" in formats:
            pictures = list(deck.pictures(self._drawing, deck.WIDE))
            digits = len(str(len(pictures)))
            for number, picture in enumerate(pictures, 1):
                made[f"{self._stem}.slide-{number:0{digits}}.png"] = picture
        return made

    def _document(self, name: str) -> Document:
        """Return what the file *name* holds: as it was made, or read where a template changed it."""
        text, made = self._files[name].decode(), self._documents.get(name)
        if made is not None and printed(made) == text:
            return made
        from deckgen.render.formats.read import read  # noqa: PLC0415 (for templates of one's own)

        return read(text, name.removesuffix(DOCUMENT).rpartition(".")[2], self._refs)

    @cached_property
    def _refs(self) -> dict[str, str]:
        """The numbers of blocks by the headings that the plan gives them."""
        return {
            str(part.section.heading): part.section.ref
            for document in self._documents.values()
            for part in in_parts(document)[1]
            if part.section.ref
        }

    def _converted(
        self, stem: str, document: Document, formats: Sequence[str], thumbnails: bool
    ) -> Iterator[tuple[str, bytes]]:
        if "html" in formats or "pdf" in formats:
            is_illustrated = thumbnails and has_place_for_slides(document)
            html = page(document, self._look, self._thumbnails if is_illustrated else None)
            if "html" in formats:
                yield f"{stem}.html", html.encode()
            if "pdf" in formats:
                from deckgen.render.formats.pdf import pdf  # noqa: PLC0415

                yield f"{stem}.pdf", pdf(html, self._look.paper, f"{stem}.pdf", self._found)
        if "docx" in formats:
            from deckgen.render.formats.docx import docx  # noqa: PLC0415

            yield f"{stem}.docx", docx(document, self._look)

    @cached_property
    def _deck_name(self) -> str:
        return next((name for name in self._files if name.endswith(DECK)), "")

    @property
    def _stem(self) -> str:
        return self._deck_name.removesuffix(DECK)

    @cached_property
    def _deck_pdf(self) -> bytes:
        return deck.deck_pdf(self._files[self._deck_name], self._found)

    @cached_property
    def _thumbnails(self) -> Pictures:
        drawn = deck.pictures(self._drawing, deck.THUMBNAIL)
        numbers = count(1)
        return {
            slides.ref: [
                _picture(number, title, png)
                for title, png, number in zip(slides.titles, drawn, numbers, strict=False)
            ]
            for slides in self._slides
        }


def _picture(number: int, title: str, png: bytes) -> Picture:
    width, height = struct.unpack(">II", png[16:24])
    uri = f"data:image/png;base64,{base64.b64encode(png).decode()}"
    return Picture(number, title, uri, width, height)
