"""`deckgen template`: what a company's own PowerPoint file offers, and how it is used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deckgen.cli.options import fails, print_json, show
from deckgen.cli.writing import overwrite_options, write_or_fail
from deckgen.diagnostics import DeckgenError, Diagnostics

if TYPE_CHECKING:
    from deckgen.render.files.choose import Changed
    from deckgen.template.brand import Brand
    from deckgen.template.model import Layout, Placeholder, Template
    from deckgen.theme.model import Theme

FILE = click.Path(path_type=Path, dir_okay=False)
EMU = 914_400


@click.group()
def command() -> None:
    """Inspect a company's PowerPoint template, choose how its slide layouts are used, check it.

    \b
    Example:
      deckgen themes export clear -o brand.potx
      deckgen template inspect brand.potx
      deckgen template map brand.potx -o brand.yaml
      deckgen template check brand.potx --map brand.yaml
    """


@command.command("inspect")
@click.argument("file", type=FILE)
@click.option(
    "--contact-sheet", "sheet", type=FILE, help="Also draw all slide layouts into this .png file."
)
@overwrite_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for scripts.")
def inspect(file: Path, sheet: Path | None, changed: Changed, *, as_json: bool) -> None:
    """Show slide layouts, placeholders, fonts and colours, and which layout is used for what.

    \b
    Example:
      deckgen themes export clear -o brand.potx
      deckgen template inspect brand.potx

    --contact-sheet draws each layout with its name and use; it needs LibreOffice. Exit code 0: the
    template can be used; 1: it cannot, for the reasons shown.
    """
    if changed != "refuse" and not sheet:
        raise click.UsageError("--force and --backup require --contact-sheet")
    diagnostics = Diagnostics()
    brand, theme = _brand(file, diagnostics, None)
    if sheet and brand and theme:
        _write_sheet(brand, theme, sheet, diagnostics, changed)
    if as_json:
        values = _as_dict(brand) if brand else {}
        print_json(diagnostics, ok=not diagnostics.has_errors, **values)
    else:
        for line in _lines(brand) if brand else ():
            click.echo(line)
        show(diagnostics, "full", quiet=False)
    if diagnostics.has_errors:
        raise SystemExit(1)


def _write_sheet(
    brand: Brand, theme: Theme, path: Path, diagnostics: Diagnostics, changed: Changed
) -> None:
    """Draw the slide layouts of a template into the file at *path*."""
    from deckgen.render.formats import deck, sheet  # noqa: PLC0415 (few ask for it)
    from deckgen.render.formats.needs import report_missing  # noqa: PLC0415
    from deckgen.render.pptx.specimens import specimens  # noqa: PLC0415
    from deckgen.render.pptx.write import write_pptx  # noqa: PLC0415

    report_missing(["contact-sheet"], diagnostics)
    if diagnostics.has_errors:
        return
    try:
        pdf = deck.deck_pdf(write_pptx(specimens(brand, theme)), diagnostics)
    except DeckgenError:
        return
    picture = sheet.contact_sheet(list(deck.pages(pdf, sheet.WIDE)))
    write_or_fail(path.parent, {path.name: picture}, changed)


@command.command("map")
@click.argument("file", type=FILE)
@click.option("-o", "--out", type=FILE, required=True, help="The .yaml file to write.")
@overwrite_options
def write_map(file: Path, out: Path, changed: Changed) -> None:
    """Write a file that says which slide layout each kind of slide uses and why, for you to edit.

    \b
    Example:
      deckgen themes export clear -o brand.potx
      deckgen template map brand.potx -o brand.yaml
    """
    from deckgen.template.mapping import write_mapping  # noqa: PLC0415
    from deckgen.template.read import load_template  # noqa: PLC0415

    diagnostics = Diagnostics()
    template = load_template(file, diagnostics)
    if template is None:
        show(diagnostics, "full", quiet=False)
        raise SystemExit(1)
    mapping = write_mapping(template, out.name).encode()
    write_or_fail(out.parent, {out.name: mapping}, changed)
    click.echo(f"wrote {out}")


@command.command("check")
@click.argument("file", type=FILE)
@click.option("--map", "mapping", type=FILE, help="A mapping written by `deckgen template map`.")
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
def check(file: Path, mapping: Path | None, *, strict: bool) -> None:
    """Report what will not work in a template and why; suited to CI.

    \b
    Example:
      deckgen themes export clear -o brand.potx
      deckgen template check brand.potx

    Exit code 0: it can be used; 1: errors, or warnings with --strict.
    """
    from deckgen.layout.fonts import check_fonts  # noqa: PLC0415

    diagnostics = Diagnostics()
    brand, _ = _brand(file, diagnostics, mapping)
    if brand:
        for theme in {id(theme): theme for theme in brand.themes.values()}.values():
            check_fonts(theme, diagnostics)
        _check_contrast(brand, diagnostics)
    show(diagnostics, "full", quiet=False)
    if fails(diagnostics, strict=strict):
        raise SystemExit(1)
    click.echo(f"{file.as_posix()} can be used")


def _brand(
    file: Path, diagnostics: Diagnostics, mapping: Path | None
) -> tuple[Brand | None, Theme | None]:
    from deckgen.template.load import load_brand  # noqa: PLC0415

    try:
        return load_brand(file, diagnostics, None, mapping)
    except DeckgenError:
        return None, None


def _check_contrast(brand: Brand, diagnostics: Diagnostics) -> None:
    """Warn of the template's own texts that cannot be read on their ground."""
    from deckgen.theme.contrast import LARGE, LARGE_TEXT, TEXT, contrast_ratio  # noqa: PLC0415

    for layout in dict.fromkeys(found.layout for found in brand.matches.values()):
        if layout.ground is None or layout.fixed:
            continue
        for held in layout.placeholders:
            level = held.levels[0]
            need = LARGE_TEXT if level.size >= LARGE else TEXT
            if level.colour and contrast_ratio(level.colour, layout.ground) < need:
                ratio = contrast_ratio(level.colour, layout.ground)
                message = (
                    f"`{held.name}` on `{layout.name}`: {level.colour} on {layout.ground} has a "
                    f"contrast of {ratio:.1f}; it needs {need:g}"
                )
                diagnostics.add("template-contrast", message)


def _as_dict(brand: Brand) -> dict[str, Any]:
    template = brand.template
    master = template.masters[0]
    return {
        "name": template.name,
        "inches": _inches(template.size)[2:],
        "fonts": master.fonts,
        "colours": master.colours,
        "layouts": [_layout_dict(layout) for layout in template.layouts],
        "matches": {
            name: {
                "layout": found.layout.name,
                "number": found.layout.number,
                "form": found.form,
                "score": found.score.points,
                "reasons": found.score.reasons,
                "why_not": found.why_not,
            }
            for name, found in brand.matches.items()
        },
    }


def _layout_dict(layout: Layout) -> dict[str, Any]:
    return {
        "number": layout.number,
        "name": layout.name,
        "master": layout.master + 1,
        "placeholders": [
            {
                "type": held.type,
                "idx": held.idx,
                "inches": _inches(held.rect),
                "size": held.levels[0].size,
                "usable": held.is_usable,
            }
            for held in layout.placeholders
        ],
    }


def _lines(brand: Brand) -> Iterator[str]:
    template: Template = brand.template
    _, _, wide, high = _inches(template.size)
    yield f"{template.name}: {wide:g} x {high:g} in, {len(template.masters)} slide master(s)"
    for number, master in enumerate(template.masters, 1):
        yield f"\nSlide master {number}: {master.fonts['heading']}, {master.fonts['body']}"
        yield "  " + "  ".join(f"{slot} {colour}" for slot, colour in master.colours.items())
    yield "\nSlide layouts"
    for layout in template.layouts:
        yield f"  {layout.number:2} {layout.name}"
        for held in layout.placeholders:
            yield f"       {_placeholder_line(held)}"
    yield "\nUsed for"
    for name, found in brand.matches.items():
        yield f"  {name:12} {found.layout.number:2} {found.layout.name} ({found.score.points:.0f} points)"
        for reason in (*found.why_not, *found.score.reasons):
            yield f"                  {reason}"


def _placeholder_line(held: Placeholder) -> str:
    x, y, w, h = _inches(held.rect)
    note = "" if held.is_usable else ", not used: it has no position, or its text is rotated"
    return (
        f"{held.type:8} {held.idx:3}  {w:g} x {h:g} in at {x:g}, {y:g}; "
        f"{held.levels[0].size:g} pt{note}"
    )


def _inches(rect: tuple[int, int, int, int]) -> tuple[float, ...]:
    return tuple(round(value / EMU, 2) for value in rect)
