"""`deckgen config`: shows which defaults hold for an outline, and where each is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from deckgen.cli.options import OUTLINES, Reporting, diagnostic_options

if TYPE_CHECKING:
    from deckgen.outline.defaults import Defaults
    from deckgen.reading.source import Mapping, Node

OURS = "deckgen"  # what is written nowhere


class ShownDefault(NamedTuple):
    """A setting, the value that holds, and the place where it is written."""

    name: str
    value: str
    place: str


@click.command()
@click.argument("outline", required=False, type=OUTLINES)
@diagnostic_options
def command(outline: Path | None, reporting: Reporting) -> None:
    """Show which defaults hold for OUTLINE, or in the current folder, and where each is written.

    \b
    Example:
      deckgen new my-workshop
      deckgen config my-workshop.yaml

    Defaults stand in `deckgen.toml`, or under `[tool.deckgen]` in `pyproject.toml`: the nearest file
    upwards from the outline, else the one in your configuration folder. The outline wins over them,
    and options win over both.

    \b
      lang = "de-DE"
      template = "brand.potx"
      output = "decks"
      team = {lead = "Ada"}
      people = {expected = 16, group = 4}
    """
    from deckgen.diagnostics import DeckgenError, Diagnostics  # noqa: PLC0415 (help needs none)
    from deckgen.outline.defaults import NO_DEFAULTS, defaults_for  # noqa: PLC0415

    found = Diagnostics()
    defaults, workshop = NO_DEFAULTS, None
    try:
        defaults = defaults_for(outline.parent if outline else Path(), found)
        workshop = _workshop(outline, defaults, found) if outline else defaults.workshop
    except DeckgenError:
        pass
    settings = list(_settings(workshop, defaults))
    file = str(defaults.file) if defaults.file else None
    rows = [setting._asdict() for setting in settings]
    reporting.tell(found, ok=not found.has_errors, file=file, settings=rows)
    if not (reporting.as_json or reporting.is_quiet):
        _show(settings, defaults)
    if found.has_errors:
        raise SystemExit(1)


def _workshop(path: Path, defaults: Defaults, found: object) -> Mapping | None:
    """Return the frame of the outline at *path* with its defaults."""
    from deckgen.diagnostics import Diagnostics  # noqa: PLC0415
    from deckgen.reading.source import Mapping, parse, read_source  # noqa: PLC0415

    assert isinstance(found, Diagnostics)
    root = parse(read_source(path, found), found)
    node = defaults.under(root).get("workshop") if isinstance(root, Mapping) else None
    return node if isinstance(node, Mapping) else defaults.workshop


def _settings(workshop: Mapping | None, defaults: Defaults) -> Iterator[ShownDefault]:
    """Yield each setting that defaults may have."""
    from deckgen.compiler import OUTPUT  # noqa: PLC0415
    from deckgen.outline.model import People, Workshop  # noqa: PLC0415
    from deckgen.reading.fields import Text  # noqa: PLC0415

    usual = Workshop(title=Text(""))
    yield _shown("lang", _node(workshop, "lang"), usual.lang)
    theme = _node(workshop, "theme")
    yield _shown("theme", _inner(theme, "name"), usual.theme.name)
    yield _shown("template", _part(theme, "template"), "none")
    yield _shown("template_map", _part(theme, "map"), "none")
    people = _node(workshop, "people")
    yield _shown("people", _inner(people, "expected"), str(People().expected))
    yield _shown("people.group", _part(people, "group"), str(People().group))
    for role in ("lead", "host", "scribe", "timekeeper"):
        yield _shown(f"team.{role}", _part(_node(workshop, "team"), role), "nobody")
    output = defaults.output
    place = str(output.span) if output and output.span else OURS
    yield ShownDefault("output", str(defaults.folder or OUTPUT), place)


def _node(workshop: Mapping | None, name: str) -> Node | None:
    return workshop.get(name) if workshop else None


def _part(node: Node | None, name: str) -> Node | None:
    from deckgen.reading.source import Mapping  # noqa: PLC0415

    return node.get(name) if isinstance(node, Mapping) else None


def _inner(node: Node | None, name: str) -> Node | None:
    """Return the field *name* of *node*, or *node* where it is the short form of it."""
    from deckgen.reading.source import Scalar  # noqa: PLC0415

    return node if isinstance(node, Scalar) else _part(node, name)


def _shown(name: str, node: Node | None, usual: str) -> ShownDefault:
    from deckgen.reading.source import Scalar  # noqa: PLC0415

    if isinstance(node, Scalar) and not node.is_null:
        return ShownDefault(name, node.text, str(node.span))
    return ShownDefault(name, str(usual), OURS)


def _show(settings: list[ShownDefault], defaults: Defaults) -> None:
    from deckgen.outline.defaults import FILE, user_file  # noqa: PLC0415

    if defaults.file is None:
        own = user_file()
        also = f", nor {own}" if own else ""
        click.echo(f"there is no {FILE} here or above{also}")
    else:
        click.echo(f"defaults: {defaults.file}")
    names = max(len(setting.name) for setting in settings)
    values = max(len(setting.value) for setting in settings)
    for setting in settings:
        click.echo(f"  {setting.name:{names}}  {setting.value:{values}}  {setting.place}")
