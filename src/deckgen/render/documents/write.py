"""Turns a `Plan` into its Markdown documents.

Views are made in Python and filled into templates; jinja2 is imported only then, since a build that
writes no document should not pay for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from deckgen.plan.model import Plan
from deckgen.render.documents.facilitator_notes import facilitator_notes
from deckgen.render.documents.handout import handout
from deckgen.render.documents.markdown import tidied
from deckgen.render.documents.run_sheet import run_sheet


def write_documents(plan: Plan, slide_numbers: Mapping[str, tuple[int, int]]) -> dict[str, str]:
    """Return the documents of *plan* by file name.

    *slide_numbers* gives the first and the last slide of a block by its id, from 1; a block without
    slides is missing. Each text is Markdown that ends in one newline.
    """
    views = {
        "facilitator-notes.md": facilitator_notes(plan, slide_numbers),
        "run-sheet.md": run_sheet(plan),
        "handout.md": handout(plan),
    }
    return {name: _written(name, view) for name, view in views.items()}


def _written(name: str, view: Any) -> str:
    from deckgen.render.documents.environment import environment  # noqa: PLC0415 (jinja2)

    values = {field.name: getattr(view, field.name) for field in fields(view)}
    return tidied(environment().get_template(f"{name}.j2").render(values))
