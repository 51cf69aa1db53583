"""Reads a Word document for tests: its text, its tables."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def body_of(content: bytes) -> Any:
    """Return the document part of a .docx file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))
        return etree.fromstring(archive.read("word/document.xml"))


def text_of(content: bytes) -> str:
    """Return the text, a line for each paragraph."""
    paragraphs = body_of(content).iter(f"{W}p")
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in paragraphs)


def tables_of(content: bytes) -> list[Any]:
    """Return the tables."""
    return list(body_of(content).iter(f"{W}tbl"))
