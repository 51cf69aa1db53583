"""`deckgen doctor`: says what is installed of all that deckgen can use, and how to get the rest."""

from __future__ import annotations

import json
import platform
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from typing import NamedTuple

import click

from deckgen import __version__

EVERY_BUILD = "every build"
# What the extras of pyproject.toml are for.
EXTRAS = {
    "docx": "documents for Word (--to docx)",
    "fonts": "themes whose fonts are not bundled",
    "pdf": "documents as PDF (--to pdf)",
    "png": "the deck as PDF or pictures (--to deck-pdf, deck-png; --thumbnails)",
    "svg": "pictures in SVG",
}
SLIDES = "the deck as PDF or pictures, as LibreOffice draws it"
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
    """Say what is installed of all that deckgen can use, what the rest is for and how to get it.

    \b
    Example:
      deckgen doctor

    Exit code 0: all that a build of the deck and the Markdown documents needs is there; 1: not so.
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


class Requirement(NamedTuple):
    """A line of the package's own metadata: a package, its lowest version, the extra it is for."""

    name: str
    least: str
    extra: str


def read_requirement(text: str) -> Requirement | None:
    """Return what *text*, such as `a>=1; extra == 'x'`, asks of this machine; None if nothing."""
    wanted, _, marker = text.partition(";")
    system = re.search(r"sys_platform == [\"'](\w+)", marker)
    if system and system[1] != sys.platform:
        return None
    name = re.match(r"[\w.-]+", wanted.strip())
    least = re.search(r">=\s*([\w.]+)", wanted)
    extra = re.search(r"extra == [\"']([\w-]+)", marker)
    return Requirement(
        name[0] if name else wanted.strip(), least[1] if least else "", extra[1] if extra else ""
    )


def _libraries() -> Iterator[Item]:
    """Yield the libraries that the package's metadata names, those of the extras last."""
    from deckgen.render.formats.needs import PACKAGE  # noqa: PLC0415 (help needs none)

    try:
        texts = metadata.requires(PACKAGE) or []
    except metadata.PackageNotFoundError:
        mend = f"pip install {PACKAGE}: it runs from its source, and says not what it needs"
        yield Item("library", PACKAGE, "", EVERY_BUILD, mend)
        return
    found = sorted(filter(None, map(read_requirement, texts)), key=lambda each: each.extra)
    for needed in found:
        package = f'"{PACKAGE}[{needed.extra}]"' if needed.extra else PACKAGE
        purpose = EXTRAS.get(needed.extra, needed.extra) if needed.extra else EVERY_BUILD
        name = f"{needed.name} [{needed.extra}]" if needed.extra else needed.name
        version = _version(needed.name)
        mend = "" if version and not _is_older(version, needed.least) else f"pip install {package}"
        shown = f"{version}, older than {needed.least}" if version and mend else version
        yield Item("extra" if needed.extra else "library", name, shown, purpose, mend)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _is_older(version: str, least: str) -> bool:
    """Return whether *version* is lower than *least*, by their leading numbers."""
    one, other = (
        [int(part) for part in re.findall(r"\d+", re.split(r"[^\d.]", text)[0])]
        for text in (version, least)
    )
    length = max(len(one), len(other))
    return one + [0] * (length - len(one)) < other + [0] * (length - len(other))


# programs --------------------------------------------------------------------------------------


def _programs() -> Iterator[Item]:
    from deckgen.render.formats import needs  # noqa: PLC0415

    office = needs.find_libreoffice()
    version = _office_version(office) if office else ""
    mend = "" if version else needs.LIBREOFFICE.install
    found = f"{version} ({office})" if version else f"{office} does not run" if office else ""
    yield Item("program", "LibreOffice", found, SLIDES, mend)


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

    purpose = "pictures of slides that look as in PowerPoint; decks need no font here"
    if is_installed(office) or (
        sys.platform == "win32" and is_installed(FILES.get(office, office))
    ):
        return Item("font", office, "itself", purpose)
    if is_installed(twin):
        return Item("font", office, f"by its twin {twin}", purpose)
    mend = f"install {office} or {twin}, which is free and has the same widths"
    return Item("font", office, "", purpose, mend)
