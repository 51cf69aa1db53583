"""The Jinja environment of the documents; this module imports jinja2, so it is imported late.

Compiling the templates takes longer than filling them. Like Python for its modules, we keep the
compiled form in `__pycache__` beside the source where we may write there, and do without elsewhere.
"""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2.bccache import Bucket

from deckgen.document.markdown import show
from deckgen.document.nodes import Nodes
from deckgen.document.tables import table
from deckgen.document.words import DocumentWords
from deckgen.render.documents.handout import HandoutPart
from deckgen.render.documents.options import SHIPPED
from deckgen.render.documents.worksheets import functions

OPTIONS: dict[str, Any] = {
    "undefined": jinja2.StrictUndefined,
    "autoescape": False,  # Markdown; `show` escapes every text of an author
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
    "optimized": False,  # constants are few: looking for them costs more than it saves
    "auto_reload": False,
    "finalize": show,
}


@cache
def environment(words: DocumentWords) -> jinja2.Environment:
    """Return the environment that writes the documents in a language."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(SHIPPED, encoding="utf-8"),
        bytecode_cache=CompiledTemplates(SHIPPED.parent / "__pycache__"),
        **OPTIONS,
    )
    return equipped(made, words)


def equipped(made: jinja2.Environment, words: DocumentWords) -> jinja2.Environment:
    """Return *made* with the functions that templates call."""
    made.globals |= {"say": words.say, "lead": words.lead, "table": table, "worksheet": _worksheet}
    made.globals |= functions(words)
    return made


class CompiledTemplates(jinja2.BytecodeCache):
    """Compiled templates in a folder; a file names what it depends on beyond the source."""

    def __init__(self, folder: Path) -> None:
        """Keep them in *folder*, which need not exist nor be writable."""
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill *bucket* where its template was compiled before; jinja2 checks the source's sum."""
        with suppress(OSError), self._path(bucket).open("rb") as file:
            bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep *bucket*, unless Python was told to write no bytecode."""
        if sys.dont_write_bytecode:
            return
        path = self._path(bucket)
        written = path.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            path.parent.mkdir(exist_ok=True)
            with written.open("wb") as file:
                bucket.write_bytecode(file)
            written.replace(path)  # at once: another run may be reading

    def _path(self, bucket: Bucket) -> Path:
        options = [f"{name} {value is True}" for name, value in OPTIONS.items()]
        depends = f"{bucket.key} {jinja2.__version__} {options}"
        key = hashlib.sha256(depends.encode()).hexdigest()[:16]
        return self._folder / f"template-{key}.{sys.implementation.cache_tag}.jinja"


def _worksheet(part: HandoutPart) -> Nodes:
    return part.nodes
