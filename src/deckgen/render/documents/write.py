"""Turns a `Plan` into its documents, and these into Markdown.

jinja2 is imported only then, since a build that writes no document should not pay for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from deckgen.document.markdown import tidied
from deckgen.document.nodes import Document
from deckgen.document.words import DocumentWords
from deckgen.plan.model import Plan
from deckgen.render.documents.badges import badges
from deckgen.render.documents.facilitator_notes import facilitator_notes
from deckgen.render.documents.handout import handout
from deckgen.render.documents.options import USUAL, DocumentOptions
from deckgen.render.documents.role_sheets import role_sheets
from deckgen.render.documents.run_sheet import run_sheet
from deckgen.render.documents.schedule import Slides, words_of

Render = Callable[[str, Mapping[str, Any]], str]


def documents_of(
    plan: Plan, slides: Slides, options: DocumentOptions = USUAL
) -> dict[str, Document]:
    """Return the documents of *plan* by name; participants get no other than the handout."""
    return dict(_documents(plan, slides, options))


def write_documents(plan: Plan, slides: Slides, options: DocumentOptions = USUAL) -> dict[str, str]:
    """Return the documents of *plan* by file name, as Markdown that ends in one newline.

    Raises TemplateProblem where a template of the author's own fails.
    """
    return written(documents_of(plan, slides, options), plan, options)


def written(
    documents: Mapping[str, Document], plan: Plan, options: DocumentOptions = USUAL
) -> dict[str, str]:
    """Return *documents* by file name as Markdown, and those that only the author's templates make."""
    render, further = _templates(options.templates, words_of(plan))
    texts = {name: render(document.kind, _values(document)) for name, document in documents.items()}
    own = _values(documents["handout"]) | _facts(plan)
    texts |= {name: render(name, own) for name in further}
    return {f"{name}.md": tidied(text) for name, text in texts.items()}


def write_programme(document: Document, plan: Plan, options: DocumentOptions = USUAL) -> str:
    """Return the programme, made with `programme`, of a workshop with *plan* among its sessions."""
    render, _ = _templates(options.templates, words_of(plan))
    return tidied(render(document.kind, _values(document)))


def _documents(
    plan: Plan, slides: Slides, options: DocumentOptions
) -> Iterator[tuple[str, Document]]:
    """Yield the documents by name: first what only facilitators get."""
    if options.edition != "participant":
        yield "facilitator-notes", facilitator_notes(plan, slides, options.detail)
        yield "run-sheet", run_sheet(plan)
        for name, sheet in role_sheets(plan, asked=options.roles):
            yield f"role-{name}", sheet
        if options.badges:
            yield "badges", badges(plan)
    yield "handout", handout(plan, with_answers=options.with_answers)


def _templates(folder: Path | None, words: DocumentWords) -> tuple[Render, tuple[str, ...]]:
    """Return what fills in a template, and the names of the documents that only *folder* has."""
    if folder is None:
        from deckgen.render.documents.environment import environment  # noqa: PLC0415 (jinja2)

        shipped = environment(words)
        return lambda name, values: shipped.get_template(f"{name}.md.j2").render(values), ()
    from deckgen.render.documents.own import OwnTemplates  # noqa: PLC0415 (few have a folder)

    own = OwnTemplates(folder, words)
    return lambda name, values: own.render(f"{name}.md.j2", values), tuple(own.documents())


def _values(document: Document) -> dict[str, Any]:
    """Return what a template gets of a document."""
    told = {"title": document.title, "intro": document.intro, "parts": document.parts}
    return {**told, **document.values}


def _facts(plan: Plan) -> dict[str, Any]:
    """Return what a document of one's own gets beside all that the handout shows."""
    date = plan.workshop.date
    return {
        "day": plan.words.day(date) if date else "",
        "start": str(plan.start),
        "end": str(plan.end),
        "minutes": plan.minutes,
    }
