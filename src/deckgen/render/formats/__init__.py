"""Turns what a build wrote, Markdown documents and the deck, into the formats of `--to`.

Nothing here knows what a document says: any file that ends in `.md` is converted. Programs and
libraries of other people are asked for only where a format needs them (`needs.py`).
"""

from __future__ import annotations

RUN_SHEET_FORMATS = ("csv", "ics")
FORMATS = ("html", "pdf", "docx", "deck-pdf", "deck-png", *RUN_SHEET_FORMATS)  # what `--to` takes
