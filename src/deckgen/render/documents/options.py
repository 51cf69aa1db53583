"""What a run asks of the documents; this module imports nothing that a check would have to pay for."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

SHIPPED = Path(__file__).parent / "templates"
Edition = Literal["facilitator", "participant"]
Detail = Literal["script", "outline", "toc"]


class DocumentOptions(NamedTuple):
    """Which documents are written, and how much they tell."""

    edition: Edition = "facilitator"
    detail: Detail = "script"  # of the facilitator notes
    roles: bool | None = None  # a sheet for each role; None: where several people run the room
    with_answers: bool = False  # as the last page of the handout
    badges: bool = False  # to print and cut out
    templates: Path | None = None  # a folder of one's own


USUAL = DocumentOptions()
