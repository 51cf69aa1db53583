"""`deckgen themes`: what decks can look like; shows, starts and exports themes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import dropwhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import click

from deckgen.cli.completion import themes
from deckgen.cli.options import print_json, show
from deckgen.cli.writing import overwrite_options, write_or_fail
from deckgen.diagnostics import DeckgenError, Diagnostics, Source

if TYPE_CHECKING:
    from deckgen.render.files.choose import Changed
    from deckgen.theme.model import Theme

NAME = re.compile(r"[\w-]+")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # BCP 47
HEAD = """\
# The theme {name}, started as a copy of {start}. Change values, keep names; then try it:
#   deckgen themes show {shown}
#   deckgen build my-workshop.yaml --theme {shown}
# What each part means and what is checked: see docs/themes.md of deckgen.
"""


@click.group()
def command() -> None:
    """List the themes, show one, start one of your own, or export one to PowerPoint.

    \b
    Example:
      deckgen themes list
      deckgen themes new ours -o themes
      deckgen themes show ours

    A theme of your own is found by its path, or by its name if it is themes/NAME/theme.yaml next
    to the outline or in the current folder. Use it with --theme, or `theme:` in an outline.
    """


# list -----------------------------------------------------------------------------------------


class Listed(NamedTuple):
    """A theme as the list shows it; `path` is where the author's own is."""

    name: str
    character: str
    path: str | None


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for scripts.")
def list_themes(*, as_json: bool) -> None:
    """List the themes that come with deckgen, and your own in the folder themes/.

    \b
    Example:
      deckgen themes list
    """
    rows = list(_listed())
    if as_json:
        click.echo(json.dumps([row._asdict() for row in rows], indent=2, ensure_ascii=False))
        return
    width = max(len(row.name) for row in rows)
    for name, character, path in rows:
        click.echo(f"{name:{width}}  {character}" + (f" (yours: {path})" if path else ""))


def _listed() -> Iterator[Listed]:
    from deckgen.theme.load import own_themes, theme_names  # noqa: PLC0415

    own = own_themes()
    for name in sorted({*own, *theme_names()}):
        path = own[name].as_posix() if name in own else None
        yield Listed(name, _character(name), path)


def _character(name: str) -> str:
    from deckgen.theme.load import load_theme  # noqa: PLC0415

    try:
        theme = load_theme(name, Diagnostics())
    except DeckgenError:
        theme = None
    return str(theme.character) if theme else f"Cannot be used: deckgen themes show {name}"


# show -----------------------------------------------------------------------------------------


@command.command("show")
@click.argument("name", shell_complete=themes)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for scripts.")
def show_theme(name: str, *, as_json: bool) -> None:
    """Show the colours, fonts and sizes of a theme, and the contrast of its colour pairs.

    NAME is the name of a theme, or the path to its file or folder.

    \b
    Example:
      deckgen themes show clear

    Exit code 0: the theme is valid; 1: it is not, for the reasons shown; 2: wrong usage.
    """
    from deckgen.theme.check import check_contrast  # noqa: PLC0415

    diagnostics = Diagnostics()
    theme = _read(name, diagnostics)[0]
    if theme:
        check_contrast(theme, diagnostics)
    if as_json:
        values = _as_dict(theme) if theme else {}
        print_json(diagnostics, ok=not diagnostics.has_errors, **values)
    else:
        for line in _lines(theme) if theme else ():
            click.echo(line)
        show(diagnostics, "full", quiet=False)
    if diagnostics.has_errors:
        raise SystemExit(1)


def _as_dict(theme: Theme) -> dict[str, Any]:
    from deckgen.theme.contrast import contrasts  # noqa: PLC0415

    return {
        "name": theme.name,
        "character": theme.character,
        "colours": theme.colours,
        "areas": theme.areas,
        "fonts": {face: font.office for face, font in theme.fonts.items()},
        "type": {
            name: {
                "face": style.face,
                "size": style.size,
                "least": theme.floor(name),
                "bold": style.bold,
                "italic": style.italic,
                "colour": style.colour,
            }
            for name, style in theme.type.items()
        },
        "contrast": [
            {**pair._asdict(), "ratio": round(pair.ratio, 3), "ok": pair.is_enough}
            for pair in contrasts(theme)
        ],
    }


def _lines(theme: Theme) -> Iterator[str]:
    """Yield the lines that show *theme*; colours are painted where the terminal can."""
    from deckgen.layout.text import is_measured  # noqa: PLC0415

    yield f"{theme.name}: {theme.character}"
    yield "\nColours"
    for slot, colour in theme.colours.items():
        yield f"  {_painted(colour)} {slot:9} {colour}"
    yield "\nFonts"
    for face, font in theme.fonts.items():
        known = "" if is_measured(font.office) else " (not measured: a wide font is assumed)"
        yield f"  {face:10} {font.office}{known}"
    yield "\nType, in points"
    for name, style in theme.type.items():
        look = f"{style.face}{' bold' * style.bold}{' italic' * style.italic}"
        least = theme.floor(name)
        yield f"  {name:12} {style.size:4g}{f', least {least:g}' if least < style.size else '':12}{look}"
    yield "\nContrast"
    yield from _contrast_lines(theme)


def _painted(colour: str) -> str:
    red, green, blue = (int(colour[k : k + 2], 16) for k in (0, 2, 4))
    return click.style("    ", bg=(red, green, blue))


def _contrast_lines(theme: Theme) -> Iterator[str]:
    from deckgen.theme.check import shown_ratio  # noqa: PLC0415
    from deckgen.theme.contrast import contrasts  # noqa: PLC0415

    yield f"  {'ground':7} {'ink':9} {'on':7} {'colours':17} {'ratio':>5} {'need':>4}     for"
    for pair in contrasts(theme):
        colours = f"{pair.ink_colour} on {pair.fill_colour}"
        yield (
            f"  {pair.area:7} {pair.ink:9} {pair.fill:7} {colours:17} {shown_ratio(pair.ratio):>5} "
            f"{pair.need:>4g} {'ok ' if pair.is_enough else 'LOW'} {pair.use}"
        )


# new ------------------------------------------------------------------------------------------


@command.command("new")
@click.argument("name")
@click.option(
    "--from",
    "start",
    default="clear",
    shell_complete=themes,
    show_default=True,
    help="The theme to start from.",
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    show_default=True,
    help="Output folder; the theme gets a subfolder of its own.",
)
@overwrite_options
def new_theme(name: str, start: str, out: Path, changed: Changed) -> None:
    """Write a theme of your own to NAME/theme.yaml: one commented file for you to edit.

    \b
    Example:
      deckgen themes new ours -o themes
      deckgen themes show ours
    """
    if not NAME.fullmatch(name):
        raise click.BadParameter("may contain only letters, digits, - and _", param_hint="NAME")
    shown = name if out in (Path(), Path("themes")) else (out / name).as_posix()
    theme, source = _found(start)
    text = _begun(theme, source, HEAD.format(name=name, start=start, shown=shown), name)
    path = out / name / "theme.yaml"
    write_or_fail(path.parent, {path.name: text.encode()}, changed)
    click.echo(f"wrote {path}\nnext: deckgen themes show {shown}")


def _begun(theme: Theme, source: Source, head: str, name: str) -> str:
    """Return the text of *source* with another name, and *head* for the comment it begins with."""
    span = theme.name.span
    assert span is not None
    lines = source.text.splitlines(keepends=True)
    line = lines[span.line - 1]
    lines[span.line - 1] = (
        f'{line[: span.column - 1]}"{name}"{line[span.column - 1 + span.length :]}'
    )
    rest = dropwhile(lambda line: line.startswith("#"), lines)
    return head + "".join(rest)


# export ---------------------------------------------------------------------------------------


@command.command("export")
@click.argument("name", shell_complete=themes)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The .potx file to write.",
)
@click.option(
    "--lang", default="en-GB", show_default=True, help="Language of the placeholder prompts."
)
@overwrite_options
def export_theme(name: str, out: Path, lang: str, changed: Changed) -> None:
    """Write a theme as a PowerPoint template: its slide master and slide layouts, without slides.

    \b
    Example:
      deckgen themes export clear -o clear.potx
    """
    from deckgen.render.pptx.template import write_template  # noqa: PLC0415
    from deckgen.theme.load import load_theme  # noqa: PLC0415

    if out.suffix.lower() != ".potx":
        raise click.BadParameter("the file name must end in .potx", param_hint="--out")
    if not LANGUAGE.fullmatch(lang):
        raise click.BadParameter("must be a language such as en-GB", param_hint="--lang")
    diagnostics = Diagnostics()
    try:
        theme = load_theme(name, diagnostics)
        if not theme:
            _fail(diagnostics)
    except DeckgenError:
        _fail(diagnostics)
    write_or_fail(out.parent, {out.name: write_template(theme, lang)}, changed)
    click.echo(f"wrote {out}")


# reading --------------------------------------------------------------------------------------


def _read(name: str, diagnostics: Diagnostics) -> tuple[Theme | None, Source | None]:
    """Return the theme if its tokens are sound, whatever its contrast, and its file."""
    from deckgen.theme.load import find_theme, read_theme  # noqa: PLC0415

    try:
        source = find_theme(name, diagnostics)
        return read_theme(source, diagnostics) if source else None, source
    except DeckgenError:
        return None, None


def _found(name: str) -> tuple[Theme, Source]:
    """Return a theme and its file, or end the command with what is wrong."""
    diagnostics = Diagnostics()
    theme, source = _read(name, diagnostics)
    if not theme or not source:
        _fail(diagnostics)
    return theme, source


def _fail(diagnostics: Diagnostics) -> NoReturn:
    show(diagnostics, "full", quiet=False)
    raise SystemExit(1)
