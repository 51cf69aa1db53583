"""Turns a `Plan` into its Markdown documents.

Views are made in Python and filled into templates; jinja2 is imported only then, since a build that
writes no document should not pay for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from deckgen.languages import day_text
from deckgen.plan.model import Plan
from deckgen.render.documents.facilitator_notes import facilitator_notes
from deckgen.render.documents.handout import handout
from deckgen.render.documents.markdown import tidied
from deckgen.render.documents.options import USUAL, DocumentOptions
from deckgen.render.documents.programme import programme
from deckgen.render.documents.role_sheets import role_sheets
from deckgen.render.documents.run_sheet import run_sheet
from deckgen.render.documents.schedule import Slides

Render = Callable[[str, Mapping[str, Any]], str]


def write_documents(plan: Plan, slides: Slides, options: DocumentOptions = USUAL) -> dict[str, str]:
    """Return the documents of *plan* by file name; participants get the handout only.

    Each text is Markdown that ends in one newline. Raises TemplateProblem where a template of the
    author's own fails.
    """
    shown = handout(plan, with_answers=options.with_answers)
    views = [
        (name, template, _values(view)) for name, template, view in _views(plan, slides, options)
    ]
    views.append(("handout", "handout", _values(shown)))
    render, further = _templates(options.templates)
    views += [(name, name, _values(shown) | _facts(plan)) for name in further]
    return {
        f"{name}.md": tidied(render(f"{template}.md.j2", values))
        for name, template, values in views
    }


def write_programme(plans: Sequence[Plan], options: DocumentOptions = USUAL) -> str:
    """Return the programme of a workshop of several sessions; it is for everybody."""
    render, _ = _templates(options.templates)
    return tidied(render("programme.md.j2", _values(programme(plans))))


def _templates(folder: Path | None) -> tuple[Render, tuple[str, ...]]:
    """Return what fills in a template, and the names of the documents that only *folder* has."""
    if folder is None:
        from deckgen.render.documents.environment import environment  # noqa: PLC0415 (jinja2)

        shipped = environment()
        return lambda name, values: shipped.get_template(name).render(values), ()
    from deckgen.render.documents.own import OwnTemplates  # noqa: PLC0415 (few have a folder)

    own = OwnTemplates(folder)
    return own.render, tuple(own.documents())


def _views(plan: Plan, slides: Slides, options: DocumentOptions) -> Iterator[tuple[str, str, Any]]:
    """Yield what only facilitators get: names, the templates that write them, what these show."""
    if options.edition == "participant":
        return
    yield "facilitator-notes", "facilitator-notes", facilitator_notes(plan, slides, options.detail)
    yield "run-sheet", "run-sheet", run_sheet(plan)
    for name, sheet in role_sheets(plan, asked=options.roles):
        yield f"role-{name}", "role-sheet", sheet


def _values(view: Any) -> dict[str, Any]:
    return {field.name: getattr(view, field.name) for field in fields(view)}


def _facts(plan: Plan) -> dict[str, Any]:
    """Return what a document of one's own gets beside all that the handout shows."""
    date = plan.workshop.date
    return {
        "day": day_text(date) if date else "",
        "start": str(plan.start),
        "end": str(plan.end),
        "minutes": plan.minutes,
    }
