"""Options that commands share, and how a command ends."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple

import click

from deckgen.cli.completion import audiences, sessions, themes
from deckgen.diagnostics import Diagnostics
from deckgen.outline.changes import Changes
from deckgen.reading.fields import Clock, Text
from deckgen.report import as_dict, report, summary

COLOURS = {"error": "red", "warning": "yellow", "info": "cyan", "place": "blue"}
HYPHEN = "\N{NON-BREAKING HYPHEN}"
OUTLINES = click.Path(path_type=Path)
SESSION = click.option(
    "--session",
    metavar="ID",
    shell_complete=sessions,
    help="Use only this session of the workshop.",
)
AUDIENCE = click.option(
    "--audience",
    metavar="NAME",
    shell_complete=audiences,
    help="Use this audience of the outline.",
)


class Reporting(NamedTuple):
    """How a command tells what it found: as one JSON object, or in a format of readers."""

    as_json: bool = False
    format: str = "full"
    is_quiet: bool = False

    def tell(self, diagnostics: Diagnostics, *, ok: bool, **values: object) -> None:
        """Print *diagnostics*; *values* go into the JSON object."""
        if self.as_json:
            print_json(diagnostics, ok=ok, **values)
        else:
            show(diagnostics, self.format, quiet=self.is_quiet)


DIAGNOSTIC_OPTIONS = (
    click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for scripts."),
    click.option(
        "--format",
        "format",
        type=click.Choice(["full", "concise", "json"]),
        default="full",
        show_default=True,
        help="How to print findings.",
    ),
    click.option("-q", "--quiet", is_flag=True, help="Print errors only."),
)


def diagnostic_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say how findings are printed; *command* gets them as `reporting`."""

    @wraps(command)
    def with_reporting(*, as_json: bool, format: str, quiet: bool, **others: Any) -> None:
        command(**others, reporting=Reporting(as_json, format, quiet))

    decorated: Callable[..., None] = with_reporting
    return _with_options(decorated, DIAGNOSTIC_OPTIONS)


COMPILER_OPTIONS = (
    click.option(
        "--strict-fit",
        is_flag=True,
        help="Treat text that is set smaller or split as an error.",
    ),
    click.option("--strict", is_flag=True, help="Treat warnings as errors."),
    SESSION,
    AUDIENCE,
    click.option(
        "--template-map",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Which slide layouts of the template to use; see `deckgen template map`.",
    ),
    click.option(
        "--template",
        type=click.Path(path_type=Path, dir_okay=False),
        help="A company's .pptx or .potx file, used instead of a theme.",
    ),
    click.option(
        "--theme",
        metavar="NAME",
        shell_complete=themes,
        help="Name of a theme, or path to its file.",
    ),
)


def compiler_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of a compilation; *command* gets them as `options`."""

    @wraps(command)
    def with_options(
        theme: str | None,
        template: Path | None,
        template_map: Path | None,
        audience: str | None,
        session: str | None,
        *,
        strict: bool,
        strict_fit: bool,
        changes: Changes,
        **others: Any,
    ) -> None:
        from deckgen.compiler import Options  # noqa: PLC0415 (other commands need none)

        if theme and template:
            raise click.UsageError("a template replaces the theme: omit --theme")
        options = Options(theme, audience, changes, session, strict, strict_fit)
        options = options._replace(template=template, template_map=template_map)
        command(**others, options=options)

    decorated: Callable[..., None] = session_options(with_options)
    return _with_options(decorated, COMPILER_OPTIONS)


DOCUMENT_OPTIONS = (
    click.option(
        "--templates",
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        help="Folder of your own document templates; see `deckgen new --templates`.",
    ),
    click.option(
        "--badges", is_flag=True, help="Add name badges to cut out, for everyone expected."
    ),
    click.option("--with-answers", is_flag=True, help="Add a page of answers to the handout."),
    click.option(
        "--roles/--no-roles",
        default=None,
        help="Write a sheet for each role.  [default: if the team has several]",
    ),
    click.option(
        "--detail",
        type=click.Choice(["script", "outline", "toc"]),
        default="script",
        show_default=True,
        help="How much the facilitator notes say.",
    ),
    click.option(
        "--speaker-notes",
        type=click.Choice(["full", "brief", "none"]),
        help="In the deck: all cues, only times and transition, or nothing.  [default: full]",
    ),
    click.option(
        "--edition",
        type=click.Choice(["facilitator", "participant"]),
        default="facilitator",
        show_default=True,
        help="All files, or only those for participants, verified to hold nothing else.",
    ),
)


def document_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say which documents are written; *command* gets them in `options`."""

    @wraps(command)
    def with_documents(
        options: Any,
        edition: Any,
        speaker_notes: Any,
        detail: Any,
        templates: Path | None,
        *,
        roles: bool | None,
        with_answers: bool,
        badges: bool,
        **others: Any,
    ) -> None:
        from deckgen.render.documents.options import DocumentOptions  # noqa: PLC0415

        if edition == "participant" and speaker_notes not in (None, "none"):
            raise click.UsageError("participants get no speaker notes: omit --speaker-notes")
        documents = DocumentOptions(edition, detail, roles, with_answers, badges, templates)
        chosen = options._replace(documents=documents, speaker_notes=speaker_notes)
        command(**others, options=chosen)

    decorated: Callable[..., None] = with_documents
    return _with_options(decorated, DOCUMENT_OPTIONS)


def _clock(_context: click.Context, _option: click.Parameter, value: str | None) -> Clock | None:
    try:
        return None if value is None else Clock.parse(value)
    except ValueError as error:
        raise click.BadParameter(f"{error}, not {value}") from None


def _day(_context: click.Context, _option: click.Parameter, value: str | None) -> Text | None:
    try:
        return None if value is None else Text(datetime.date.fromisoformat(value).isoformat())
    except ValueError:
        raise click.BadParameter(f"expected a date such as 2026-03-14, not {value}") from None


SESSION_OPTIONS = (
    click.option("--date", metavar="DAY", callback=_day, help="Date, such as 2026-03-14."),
    click.option("--start", metavar="CLOCK", callback=_clock, help="Start time, such as 10:00."),
    click.option(
        "--mode",
        type=click.Choice(["in_person", "online", "hybrid"]),
        help="Where people take part.",
    ),
    click.option("--people", type=click.IntRange(1, 100_000), help="How many people are expected."),
    click.option("--budget", type=click.IntRange(1, 1440), help="Time budget in minutes."),
)


def session_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that win over the outline's frame; *command* gets them as `changes`."""

    @wraps(command)
    def with_changes(
        budget: int | None,
        people: int | None,
        mode: Any,
        start: Clock | None,
        date: Text | None,
        **options: Any,
    ) -> None:
        command(**options, changes=Changes(budget, people, mode, start, date))

    decorated: Callable[..., None] = with_changes
    return _with_options(decorated, SESSION_OPTIONS)


def _with_options(
    command: Callable[..., None], options: Sequence[Callable[..., Callable[..., None]]]
) -> Callable[..., None]:
    """Return *command* with *options*, the last of which its help shows first."""
    for option in options:
        command = option(command)
    return command


def show(diagnostics: Diagnostics, format: str, *, quiet: bool) -> None:
    """Print diagnostics to standard error; only errors when *quiet*, notes only in full."""
    shown = Diagnostics()
    for diagnostic in diagnostics:
        if not quiet or diagnostic.severity == "error":
            shown.put(diagnostic)
    if len(shown):
        colour = sys.stderr.isatty() and format == "full"
        text = report(shown, format, _styled if colour else lambda text, _role: text)
        click.echo(text, err=True)
        if format == "full":
            click.echo(f"\n{summary(shown)}", err=True)


def print_json(diagnostics: Diagnostics, **values: object) -> None:
    """Print one JSON object with *values* and the diagnostics."""
    found = [as_dict(diagnostic) for diagnostic in diagnostics]
    click.echo(json.dumps({**values, "diagnostics": found}, indent=2))


def named(name: str, known: Collection[str], noun: str) -> str:
    """Return *name* where it is *known*; else the command ends and names the nearest."""
    if name in known:
        return name
    from deckgen.diagnostics import did_you_mean  # noqa: PLC0415

    hints = "".join(f"; {hint}" for hint in did_you_mean(name, known))
    raise click.UsageError(f"there is no {noun} `{name}`{hints}")


def print_page(
    intro: Sequence[str], sections: Mapping[str, Sequence[tuple[str, str]]], example: str = ""
) -> None:
    """Print what a command explains: sentences, sections of names with texts, an *example* to paste."""
    formatter = click.HelpFormatter(max_width=100)
    for sentence in intro:
        formatter.write_text(_whole(sentence))
    for heading, rows in sections.items():
        if heading and rows:
            formatter.write_paragraph()
            formatter.write_text(_whole(heading))
            formatter.indent()
        if rows:
            formatter.write_dl([(name, _whole(text)) for name, text in rows])
        if heading and rows:
            formatter.dedent()
    click.echo(formatter.getvalue().replace(HYPHEN, "-"), nl=False)
    if example:
        click.echo(f"\nExample:\n\n{example}", nl=False)


def _whole(text: str) -> str:
    """Return *text* without marks of code, and so that no line will end inside of `--strict-fit`."""
    return text.replace("`", "").replace("-", HYPHEN)


def fails(diagnostics: Diagnostics, *, strict: bool) -> bool:
    """Return whether the command ends with exit code 1."""
    return diagnostics.has_errors or (strict and diagnostics.has_warnings)


def _styled(text: str, role: str) -> str:
    return click.style(text, fg=COLOURS[role], bold=True)
