"""What is wrong in a template of the author's; this module imports no jinja2."""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic


class TemplateProblem(Exception):  # noqa: N818 (its diagnostic is what counts)
    """A template cannot be filled; `diagnostic` says where and why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic
