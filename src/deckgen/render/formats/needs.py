"""What a format needs of other people's programs and libraries, and how to install it."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from deckgen.diagnostics import DeckgenError, Diagnostics
from deckgen.layout.fonts import has_fonts

PACKAGE = "workshop-deckgen"  # as installed; no registry has it, so that hints name the libraries
PLACES = (  # where LibreOffice is when no PATH leads to it
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)


class Dependency(NamedTuple):
    """Something that a format needs: its name, and how to get it."""

    name: str
    install: str


WEASYPRINT = Dependency("WeasyPrint", "pip install weasyprint")
PYTHON_DOCX = Dependency("python-docx", "pip install python-docx")
PYPDFIUM = Dependency("pypdfium2", "pip install pypdfium2")
RESVG = Dependency("resvg-py", "pip install resvg-py")
FONT = Dependency("a font", "install fonts, for instance with `apt install fonts-liberation`")
LIBREOFFICE = Dependency(
    "LibreOffice",
    "install it from https://www.libreoffice.org, or with `apt install libreoffice-impress`",
)
MODULES = {
    "python-docx": "docx",
    "resvg-py": "resvg_py",
}  # what is imported, where it is called otherwise
NEEDS = {
    "pdf": (WEASYPRINT, PYPDFIUM),  # PDFium reads them again for the leak gate
    "docx": (PYTHON_DOCX,),
    "deck-pdf": (LIBREOFFICE, PYPDFIUM),
    "deck-png": (RESVG, FONT),  # without any font the pictures would have no words
    "thumbnails": (RESVG, FONT),
    "contact-sheet": (LIBREOFFICE, PYPDFIUM),
}
OWN_OPTIONS = ("thumbnails", "contact-sheet")  # what is not asked for with `--to`


def report_missing(wishes: Sequence[str], diagnostics: Diagnostics) -> None:
    """Add a finding for each thing that one of *wishes* needs and that is not installed."""
    for wish in wishes:
        for need in NEEDS.get(wish, ()):
            if not is_there(need):
                option = f"--{wish}" if wish in OWN_OPTIONS else f"--to {wish}"
                message = f"`{option}` needs {need.name}, which is not installed"
                diagnostics.add("missing-program", message, hints=(need.install,))


def is_there(need: Dependency) -> bool:
    """Return whether what is needed is installed."""
    if need is LIBREOFFICE:
        return find_libreoffice() is not None
    if need is FONT:
        return has_fonts()
    return importlib.util.find_spec(MODULES.get(need.name, need.name.lower())) is not None


def find_libreoffice() -> str | None:
    """Return where LibreOffice is."""
    names = ("soffice", "libreoffice")
    found = next(filter(None, map(shutil.which, names)), None)
    return found or next((place for place in PLACES if Path(place).is_file()), None)


def run(command: Sequence[str], text: bytes, what: str, seconds: int, found: Diagnostics) -> bytes:
    """Return what *command* writes when it reads *text*; it is ended after *seconds*.

    Raises DeckgenError where it fails; *what* says in the message what it should have made.
    """
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        written, complaint = process.communicate(text, timeout=seconds)
    except subprocess.TimeoutExpired:
        fail(what, f"{Path(command[0]).name} did not finish within {seconds} s", found)
    finally:
        if process.poll() is None:
            _end(process)
    if process.returncode != 0:
        words = complaint.decode(errors="replace").strip().splitlines()
        fail(what, words[-1] if words else f"it failed with exit code {process.returncode}", found)
    return written


def fail(what: str, reason: str, found: Diagnostics) -> None:
    """Stop the build, since *what* could not be made."""
    found.add("cannot-convert", f"cannot make {what}: {reason}")
    raise DeckgenError(found)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process that we started, with those it started itself."""
    with suppress(ProcessLookupError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.communicate()
