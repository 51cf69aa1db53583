"""Turns equations into Office Math by the program pandoc: all of a deck's in one run, kept for the next.

pandoc (GPL) is run as a program, never imported. The one that the package `pypandoc_binary` brings comes
first: its version is known. What it writes for Word is Office Math (ECMA-376 part 1, 22.1) but for the
properties of runs, which a deck and a Word document write each in words of their own.
"""

from __future__ import annotations

import importlib.util
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from deckgen.boxes import PROPERTIES

MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SECONDS = 60
# Elements with properties of their own, which end with those of the signs that they draw.
_DRAWN = (
    "acc", "bar", "borderBox", "box", "d", "eqArr", "f", "func", "groupChr", "limLow", "limUpp", "m", "nary",
    "phant", "rad", "sPre", "sSub", "sSubSup", "sSup",
)  # fmt: skip

_OLD = re.compile(r"\{\s*\\(bf|cal|it|rm|sf|tt)(?![A-Za-z])\s*([^{}]*)\}")

Asked = tuple[str, bool]  # LaTeX, and whether it stands alone
_kept: dict[Asked, str] = {}


def office_math(asked: Iterable[Asked]) -> dict[Asked, str]:
    """Return the Office Math of equations; empty for those that pandoc cannot read, or without pandoc."""
    wanted = list(dict.fromkeys(asked))
    new = [one for one in wanted if one not in _kept]
    if new and find_pandoc():
        _kept.update(zip(new, _converted(new), strict=True))
    return {one: _kept.get(one, "") for one in wanted}


@cache
def find_pandoc() -> str | None:
    """Return where pandoc is: the package's own, or one that a PATH leads to."""
    found = importlib.util.find_spec("pypandoc")
    if found and found.origin:
        files = Path(found.origin).parent / "files"
        own = next(
            (path for path in (files / "pandoc", files / "pandoc.exe") if path.is_file()), None
        )
        if own:
            return str(own)
    return shutil.which("pandoc")


def _converted(asked: Sequence[Asked]) -> list[str]:
    """Return the Office Math of each equation; none of any where pandoc fails as a whole."""
    try:
        paragraphs = _paragraphs(_run("".join(_native(asked)).encode()))
    except (
        OSError,
        subprocess.SubprocessError,
        zipfile.BadZipFile,
        KeyError,
        ElementTree.ParseError,
    ):
        return [""] * len(asked)
    if len(paragraphs) != len(asked):
        return [""] * len(asked)
    return [_office(paragraph) for paragraph in paragraphs]


def _native(asked: Sequence[Asked]) -> Iterator[str]:
    """Yield a document in pandoc's native form: that no text can be taken for markup in."""
    yield "["
    for number, (latex, is_display) in enumerate(asked):
        kind = "DisplayMath" if is_display else "InlineMath"
        yield f"{',' if number else ''}Para [Math {kind} {_quoted(_portable(latex))}]"
    yield "]"


def _portable(latex: str) -> str:
    r"""Return *latex* in words that pandoc reads: no `{\cal M}` of old, lines only in an environment."""
    text = _OLD.sub(lambda match: rf"\math{match[1]}{{{match[2]}}}", latex)
    has_lines = r"\\" in text and r"\begin" not in text
    return rf"\begin{{gathered}}{text}\end{{gathered}}" if has_lines else text


def _quoted(latex: str) -> str:
    r"""Return a string as Haskell reads it; `\&` ends a number."""
    return '"' + "".join(
        char if char.isascii() and char.isprintable() and char not in '"\\' else f"\\{ord(char)}\\&"
        for char in latex
    ) + '"'  # fmt: skip


def _run(document: bytes) -> bytes:
    program = find_pandoc()
    assert program is not None
    command = [program, "--from=native", "--to=docx", "--output=-"]
    done = subprocess.run(command, input=document, capture_output=True, timeout=SECONDS, check=True)
    return done.stdout


def _paragraphs(docx: bytes) -> list[ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        root = ElementTree.fromstring(archive.read("word/document.xml"))
    return root.findall(f"{{{WORD}}}body/{{{WORD}}}p")


def _office(paragraph: ElementTree.Element) -> str:
    """Return the equation of a paragraph, a place for properties in each of its runs and signs."""
    found = paragraph.findall(f".//{{{MATH}}}oMath")
    if len(found) != 1:
        return ""
    math = found[0]
    for run in list(math.iter(f"{{{MATH}}}r")):
        _give_run(run)
    for name in _DRAWN:
        for element in list(math.iter(f"{{{MATH}}}{name}")):
            _give_signs(element, name)
    math.tail = None
    ElementTree.register_namespace("m", MATH)
    return ElementTree.tostring(math, encoding="unicode").replace("<m:place />", PROPERTIES)


def _give_run(run: ElementTree.Element) -> None:
    for foreign in [child for child in run if child.tag.startswith(f"{{{WORD}}}")]:
        run.remove(foreign)
    has_own = len(run) > 0 and run[0].tag == f"{{{MATH}}}rPr"
    run.insert(int(has_own), ElementTree.Element(f"{{{MATH}}}place"))


def _give_signs(element: ElementTree.Element, name: str) -> None:
    own = element.find(f"{{{MATH}}}{name}Pr")
    if own is None:
        own = ElementTree.Element(f"{{{MATH}}}{name}Pr")
        element.insert(0, own)
    for old in own.findall(f"{{{MATH}}}ctrlPr"):
        own.remove(old)
    ElementTree.SubElement(ElementTree.SubElement(own, f"{{{MATH}}}ctrlPr"), f"{{{MATH}}}place")
