"""`deckgen doctor`: says what is installed of all that deckgen can use, and how to get the rest."""

from __future__ import annotations

import json
import platform
import re
import sys
from collections.abc import Iterable, Iterator
from importlib import metadata
from typing import TYPE_CHECKING, NamedTuple

import click

from deckgen import __version__

if TYPE_CHECKING:
    from packaging.requirements import Requirement

EVERY_BUILD = "every build"
# What the extras of pyproject.toml are for.
EXTRAS = {
    "docx": "Word documents (--to docx)",
    "equations": "equations as Office Math, and pictures of them",
    "fonts": "themes whose fonts are not bundled",
    "pdf": "PDF documents (--to pdf)",
    "png": "pictures of slides (--to deck-png, --thumbnails)",
    "svg": "SVG pictures",
}
SLIDES = (
    "the deck as PDF (--to deck-pdf, with the extra pdf), and `template inspect --contact-sheet`"
)
EQUATIONS = "equations that PowerPoint and Word can edit"
SECONDS = 10  # that LibreOffice has to say its version
# Files of Office's fonts on Windows that are not called as the font is.
FILES = {"Courier New": "cour", "Times New Roman": "times"}
HEADINGS = {"library": "Libraries", "extra": "Extras", "program": "Programs", "font": "Fonts"}


class Item(NamedTuple):
    """Something that deckgen uses: whether it is there, what for, and how to get it."""

    group: str  # library, extra, program or font
    name: str
    found: str  # its version or place; empty: it is missing
    purpose: str
    mend: str = ""

    @property
    def is_there(self) -> bool:
        """Whether nothing needs to be done."""
        return not self.mend


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for scripts.")
def command(*, as_json: bool) -> None:
    """Show what deckgen can use: what is installed, what the rest is for, and how to get it.

    \b
    Example:
      deckgen doctor

    Exit code 0: everything needed to build the deck and the Markdown documents is installed; 1:
    something is missing.
    """
    items = list(_items())
    is_fine = all(item.is_there for item in items if item.group == "library")
    if as_json:
        print_items(items, is_fine=is_fine)
    else:
        click.echo(f"deckgen {__version__}, Python {platform.python_version()} on {sys.platform}")
        for line in _lines(items):
            click.echo(line)
        click.echo(
            "\nReady to build." if is_fine else "\nNot ready: install what is missing above."
        )
    if not is_fine:
        raise SystemExit(1)


def print_items(items: list[Item], *, is_fine: bool) -> None:
    """Print one JSON object with all that was looked for."""
    shown = {
        "ok": is_fine,
        "deckgen": __version__,
        "python": platform.python_version(),
        "items": [{**item._asdict(), "ok": item.is_there} for item in items],
    }
    click.echo(json.dumps(shown, indent=2, ensure_ascii=False))


def _lines(items: list[Item]) -> Iterator[str]:
    for group, heading in HEADINGS.items():
        yield f"\n{heading}"
        for item in (item for item in items if item.group == group):
            found = f" {item.found}" if item.found else ""
            if item.is_there:
                yield f"  ok       {item.name}{found}"
            else:
                yield f"  missing  {item.name}{found}: for {item.purpose}\n           {item.mend}"


def _items() -> Iterator[Item]:
    yield from _libraries()
    yield from _programs()
    yield from _fonts()


# libraries -------------------------------------------------------------------------------------


def _libraries() -> Iterator[Item]:
    """Yield the libraries that the package's metadata names, those of the extras last."""
    from deckgen.render.formats.needs import PACKAGE  # noqa: PLC0415 (help needs none)

    try:
        texts = metadata.requires(PACKAGE) or []
    except metadata.PackageNotFoundError:
        mend = "pip install . in its folder: it is running from source, so its requirements are unknown"
        yield Item("library", PACKAGE, "", EVERY_BUILD, mend)
        return
    for extra, wanted in sorted(_asked(texts), key=lambda each: each[0]):
        purpose = EXTRAS.get(extra, extra) if extra else EVERY_BUILD
        name = f"{wanted.name} [{extra}]" if extra else wanted.name
        version = _version(wanted.name)
        is_fine = bool(version) and wanted.specifier.contains(version, prereleases=True)
        shown = f"{version}, not {wanted.specifier}" if version and not is_fine else version
        mend = "" if is_fine else f'pip install "{wanted.name}{wanted.specifier}"'
        yield Item("extra" if extra else "library", name, shown, purpose, mend)


def _asked(texts: Iterable[str]) -> Iterator[tuple[str, Requirement]]:
    """Yield what is asked of this machine, with the extra that asks for it (none: every build)."""
    from packaging.requirements import Requirement  # noqa: PLC0415

    for text in texts:
        wanted = Requirement(text)
        for extra in ("", *EXTRAS):
            if wanted.marker is None or wanted.marker.evaluate({"extra": extra}):
                yield extra, wanted
                break


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


# programs --------------------------------------------------------------------------------------


def _programs() -> Iterator[Item]:
    from deckgen.equations import INSTALL  # noqa: PLC0415 (help needs none)
    from deckgen.equations.office import find_pandoc  # noqa: PLC0415
    from deckgen.render.formats import needs  # noqa: PLC0415

    office = needs.find_libreoffice()
    version = _office_version(office) if office else ""
    mend = "" if version else needs.LIBREOFFICE.install
    found = f"{version} ({office})" if version else f"{office} does not run" if office else ""
    yield Item("program", "LibreOffice", found, SLIDES, mend)
    pandoc = find_pandoc() or ""
    yield Item("program", "pandoc", pandoc, EQUATIONS, "" if pandoc else INSTALL)


def _office_version(path: str) -> str:
    """Return the version that LibreOffice says it has; empty where it does not run."""
    from deckgen.diagnostics import DeckgenError, Diagnostics  # noqa: PLC0415
    from deckgen.render.formats.needs import run  # noqa: PLC0415

    try:
        said = run([path, "--version"], b"", "a version", SECONDS, Diagnostics())
    except (DeckgenError, OSError):
        return ""
    words = said.decode(errors="replace").split()
    return next((word for word in words if re.match(r"\d+\.\d", word)), "of unknown version")


# fonts -----------------------------------------------------------------------------------------


def _fonts() -> Iterator[Item]:
    """Yield each font of the themes: itself, the twin that stands in for it, or what to install."""
    from deckgen.diagnostics import DeckgenError, Diagnostics  # noqa: PLC0415
    from deckgen.theme.load import load_theme, own_themes, theme_names  # noqa: PLC0415

    twins: dict[str, str] = {}
    for name in dict.fromkeys((*theme_names(), *own_themes())):
        try:
            theme = load_theme(name, Diagnostics())
        except DeckgenError:
            continue  # `deckgen themes show` says what is wrong with it
        for font in theme.fonts.values() if theme else ():
            twins.setdefault(str(font.office), str(font.twin))
    yield from (_font(office, twin) for office, twin in sorted(twins.items()))


def _font(office: str, twin: str) -> Item:
    from deckgen.layout.fonts import is_installed  # noqa: PLC0415

    purpose = (
        "pictures of slides that look as they do in PowerPoint; decks themselves need no fonts here"
    )
    if is_installed(office) or (
        sys.platform == "win32" and is_installed(FILES.get(office, office))
    ):
        return Item("font", office, "installed", purpose)
    if is_installed(twin):
        return Item("font", office, f"replaced by {twin}", purpose)
    mend = f"install {office} or {twin}, which is free and has the same widths"
    return Item("font", office, "", purpose, mend)
