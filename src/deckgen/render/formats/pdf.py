"""Prints an HTML page to PDF with WeasyPrint: tagged, nothing fetched, the same bytes each time."""

from __future__ import annotations

import logging

from deckgen.diagnostics import Diagnostics
from deckgen.render.formats.needs import fail


def pdf(html: str, paper: str, name: str, found: Diagnostics) -> bytes:
    """Return the page *html* as it prints on *paper*; *name* is the file's, for messages."""
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # it tells of CSS for screens
    logging.getLogger("fontTools").setLevel(logging.CRITICAL)
    try:
        from weasyprint import CSS, HTML  # noqa: PLC0415 (an extra, and half a second)
        from weasyprint.urls import URLFetcher  # noqa: PLC0415
    except OSError as error:  # it is installed, but Pango is not
        fail(name, f"WeasyPrint cannot start: {str(error).splitlines()[0]}", found)
    fetcher = URLFetcher(allowed_protocols={"data"})
    sheet = CSS(string=f"@page {{ size: {paper}; }}")
    document = HTML(string=html, url_fetcher=fetcher)
    written: bytes = document.write_pdf(stylesheets=[sheet], pdf_tags=True)
    return written
