"""Documents from templates of the author's own, beside and instead of the shipped ones.

What goes wrong in such a template is a finding at its line, never a traceback.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import jinja2
from jinja2.exceptions import SecurityError, TemplateNotFound, TemplateSyntaxError

from deckgen.diagnostics import Diagnostic, Source, Span, did_you_mean
from deckgen.document.nodes import Nodes
from deckgen.document.texts import Markdown
from deckgen.document.words import DocumentWords
from deckgen.render.documents.bounds import BIGGEST, BoundedEnvironment, Budget, Refused
from deckgen.render.documents.environment import OPTIONS, equipped
from deckgen.render.documents.handout import HandoutPart
from deckgen.render.documents.options import SHIPPED
from deckgen.render.documents.problem import TemplateProblem

ENDING = ".md.j2"


class OwnTemplates:
    """The environment of a folder of templates."""

    def __init__(self, folder: Path, words: DocumentWords) -> None:
        """Take templates from *folder*, and from the shipped ones where it has none of a name."""
        self._folder = folder
        options = {name: value for name, value in OPTIONS.items() if name != "finalize"}
        loaders = [_Folder(folder), _Folder(SHIPPED)]
        self._environment = BoundedEnvironment(loader=jinja2.ChoiceLoader(loaders), **options)
        equipped(self._environment, words).globals["worksheet"] = self.worksheet

    def documents(self) -> Iterator[str]:
        """Yield the names of documents that only the folder has; `_name` is a partial."""
        for path in sorted(self._folder.glob(f"*{ENDING}")):
            if not path.name.startswith("_") and not (SHIPPED / path.name).exists():
                yield path.name.removesuffix(ENDING)

    def worksheet(self, part: HandoutPart) -> Markdown | Nodes:
        """Return a block's part of the handout: by the folder's template for its kind, if any."""
        try:
            template = self._environment.get_template(f"handout/{part.kind}.md.j2")
        except TemplateNotFound:
            return part.nodes
        values = {"block": part.block, "steps": part.steps, "groups": part.groups}
        return Markdown(template.render(values).strip("\n"))

    def render(self, name: str, values: Mapping[str, Any]) -> str:
        """Return the document; raises TemplateProblem where a template fails."""
        self._environment.budget = Budget()
        try:
            return self._environment.get_template(name).render(values)
        except Exception as error:
            raise TemplateProblem(self._diagnosed(error, name, values)) from None

    def _diagnosed(self, error: Exception, name: str, values: Mapping[str, Any]) -> Diagnostic:
        where = self._place(error)
        if where is None and not (self._folder / name).is_file():
            raise error  # ours, not the template's
        where = where or self._span(self._folder / name, 1)
        said, hints = _said(error, values)
        message = f"template `{Path(where.source.name).name}`: {said}"
        return Diagnostic("template", message, where, hints)

    def _place(self, error: Exception) -> Span | None:
        """Return the line of the template that failed: the innermost of the author's, else any."""
        if isinstance(error, TemplateSyntaxError) and error.filename:
            return self._span(Path(error.filename), error.lineno)
        frames = [
            (Path(frame.filename), frame.lineno or 1)
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename.endswith(".j2")
        ]
        own = [frame for frame in frames if frame[0].is_relative_to(self._folder)]
        for path, line in reversed(own or frames):
            return self._span(path, line)
        return None

    def _span(self, path: Path, line: int) -> Span:
        shipped = path.is_relative_to(SHIPPED)
        name = f"shipped/{path.relative_to(SHIPPED).as_posix()}" if shipped else path.as_posix()
        source = Source(name, path.read_text(encoding="utf-8", errors="replace"))
        text = source.line(line)
        start = len(text) - len(text.lstrip())
        return Span(source, line, start + 1, max(1, len(text.strip())))


class _Folder(jinja2.BaseLoader):
    """Templates of one folder; nothing outside of it, also not through a link."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get_source(
        self,
        environment: jinja2.Environment,  # noqa: ARG002
        template: str,
    ) -> tuple[str, str, Callable[[], bool] | None]:
        path = self._folder / template
        is_inside = path.resolve().is_relative_to(self._folder.resolve())
        if not is_inside or not path.is_file():
            raise TemplateNotFound(template)
        if path.stat().st_size > 4 * BIGGEST:
            raise Refused(f"template `{template}` is longer than {BIGGEST:,} characters")
        try:
            return path.read_text(encoding="utf-8"), str(path), None
        except UnicodeDecodeError:
            raise Refused(f"template `{template}` is not UTF-8 text") from None


def _said(error: Exception, values: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Return what an error says in plain words, and how to mend it."""
    match error:
        case TemplateNotFound():
            hint = "templates are in your folder or come with deckgen: see `deckgen new --templates DIR`"
            return f"there is no template `{error.name}`", (hint,)
        case SecurityError():
            return str(error.message), ("use the values that the shipped templates use",)
        case RecursionError():
            return "it calls or includes itself endlessly", ("end it with an `if`",)
        case jinja2.UndefinedError():
            message = str(error.message)
            named = message.split("'")[1] if message.count("'") > 1 else ""
            return message, did_you_mean(named, values) if named else ()
        case KeyError():
            return f"there is no {error}", ("the labels are in src/deckgen/languages/en.yaml",)
        case jinja2.TemplateError():
            return str(error.message), ()
        case _:
            return f"{error}", ()
