"""The fonts that tests measure with: open faces out of npm packages, and none of the machine's.

`python tests/faces.py` (`make fonts`) fills `.fonts/`; `hand_over` gives fontconfig, and with it
LibreOffice, Chromium, WeasyPrint and fc-match, that folder and no other. Faces of the widths of
those our themes name stand in for them; what nobody knows is drawn in DejaVu Sans, as on a bare
Debian, which is the widest of common faces.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

FOLDER = Path(__file__).resolve().parents[1] / ".fonts"
FACES, CONFIGURATION, STAMP = FOLDER / "faces", FOLDER / "fonts.conf", FOLDER / "packages.txt"
VARIABLE = "FONTCONFIG_FILE"
# What `ctypes` asks where a library is, in an environment of its own making: it draws nothing.
ASKED_FOR_LIBRARIES = frozenset({"cc", "gcc", "ld", "ldconfig", "objdump"})
SECONDS = 600  # for all of npm's work; most of it is Chinese, Japanese and Korean


class Family(NamedTuple):
    """A family of fonts: its name, the package that holds it, and the families it stands in for."""

    name: str
    package: str
    stands_for: tuple[str, ...] = ()


GOOGLE = "@expo-google-fonts"
FAMILIES = (
    Family("DejaVu Sans", "dejavu-fonts-ttf@2.37.3", ("sans-serif",)),
    Family("Arimo", f"{GOOGLE}/arimo@0.4.3", ("Arial", "Helvetica", "Liberation Sans")),
    Family("Gelasio", f"{GOOGLE}/gelasio@0.4.1", ("Georgia",)),
    Family("Carlito", f"{GOOGLE}/carlito@0.4.1", ("Calibri",)),
    Family("Caladea", f"{GOOGLE}/caladea@0.4.2", ("Cambria",)),
    Family("Tinos", f"{GOOGLE}/tinos@0.4.2", ("Times New Roman", "Liberation Serif", "serif")),
    Family("Cousine", f"{GOOGLE}/cousine@0.4.3", ("Courier New", "Liberation Mono", "monospace")),
    Family("Noto Sans JP", f"{GOOGLE}/noto-sans-jp@0.4.3", ("Noto Sans CJK JP",)),
    Family("Noto Sans SC", f"{GOOGLE}/noto-sans-sc@0.4.3", ("Noto Sans CJK SC",)),
    Family("Noto Sans KR", f"{GOOGLE}/noto-sans-kr@0.4.3", ("Noto Sans CJK KR",)),
    Family("Noto Naskh Arabic", f"{GOOGLE}/noto-naskh-arabic@0.4.5"),
    Family("Noto Sans Hebrew", f"{GOOGLE}/noto-sans-hebrew@0.4.1"),
    Family("Noto Sans Thai", f"{GOOGLE}/noto-sans-thai@0.4.2"),
    Family("Noto Sans Devanagari", f"{GOOGLE}/noto-sans-devanagari@0.4.1"),
    Family("Noto Emoji", f"{GOOGLE}/noto-emoji@0.4.7"),
)
# In a package: four styles of a text face, two of a script without italics.
FILES = ("400Regular*/*.ttf", "700Bold*/*.ttf", "ttf/DejaVuSans*.ttf")
UNWANTED = ("Condensed", "ExtraLight", "Mono")


class ForeignFontsError(Exception):
    """A program was to be started with the fonts of the machine."""


def are_there() -> bool:
    """Return whether the folder holds the fonts of this list."""
    return STAMP.is_file() and STAMP.read_text(encoding="utf-8") == _stamp()


def hand_over() -> None:
    """Let this process, and all that it starts, see no fonts but ours; refuse to start without.

    Whoever starts a program, a test or the code it tests, Python tells its audit hooks: there is
    no list of programs to keep.
    """
    _write_configuration()
    os.environ[VARIABLE] = str(CONFIGURATION)
    sys.addaudithook(_watch)


def configuration() -> str:
    """Return what fontconfig reads: our folder, a cache beside it, who stands in for whom."""
    rules = "".join(
        f'  <alias binding="same"><family>{escape(absent)}</family>'
        f"<prefer><family>{escape(family.name)}</family></prefer></alias>\n"
        for family in FAMILIES
        for absent in family.stands_for
    )
    every = "".join(f"<family>{escape(family.name)}</family>" for family in FAMILIES)
    unknown = (
        '  <match target="pattern"><edit name="family" mode="append_last">'
        "<string>sans-serif</string></edit></match>\n"
        f"  <alias><family>sans-serif</family><default>{every}</default></alias>\n"
    )
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        f"  <dir>{escape(str(FACES))}</dir>\n"
        f"  <cachedir>{escape(str(FOLDER / 'cache'))}</cachedir>\n"
        f"{rules}{unknown}</fontconfig>\n"
    )


def _write_configuration() -> None:
    """Write the configuration if it is not there, whole at once: others may do so as well."""
    text = configuration()
    FOLDER.mkdir(exist_ok=True)
    if CONFIGURATION.is_file() and CONFIGURATION.read_text(encoding="utf-8") == text:
        return
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=FOLDER, delete=False) as file:
        file.write(text)
    Path(file.name).replace(CONFIGURATION)


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse to start a program that would see other fonts (PEP 578, the table of audit events)."""
    if event == "subprocess.Popen":
        environment = arguments[3]
    elif event in ("os.exec", "os.posix_spawn"):
        environment = arguments[2]
    elif event in ("os.system", "os.startfile"):
        environment = None
    else:
        return
    given = os.environ if environment is None else environment
    assert isinstance(given, Mapping)
    is_ours = given.get(VARIABLE) == str(CONFIGURATION)
    if not is_ours and Path(str(arguments[0])).name not in ASKED_FOR_LIBRARIES:
        raise ForeignFontsError(f"{arguments[0]!r} is started without {VARIABLE} of the tests")


def main() -> int:
    """Fill the folder where it is not full; return 1 where that fails though all has to be there."""
    if are_there():
        return 0
    if complaint := _install():
        print(f"no fonts to measure with, such tests are left out: {complaint}", file=sys.stderr)
        return int(os.environ.get("DECKGEN_REQUIRE_PROGRAMS") == "1")
    return 0


def _install() -> str:
    """Fill the folder from npm's packages; return what went wrong, in a line."""
    if not (npm := shutil.which("npm")):
        return "npm is not installed"
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        flags = ("--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=1")
        names = [family.package for family in FAMILIES]
        command = [npm, "install", *flags, "--prefix", folder, *names]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
        except (OSError, subprocess.SubprocessError) as error:
            return f"npm did not install them ({type(error).__name__})"
        FACES.mkdir()
        for path in _files(Path(folder) / "node_modules"):
            shutil.copyfile(path, FACES / path.name)
    STAMP.write_text(_stamp(), encoding="utf-8")
    return ""


def _files(modules: Path) -> Iterator[Path]:
    """Yield the files of all families; fail where a package has none."""
    for family in FAMILIES:
        package = modules / family.package.rpartition("@")[0]
        found = [path for pattern in FILES for path in sorted(package.glob(pattern))]
        wanted = [path for path in found if not any(word in path.name for word in UNWANTED)]
        if not wanted:
            raise FileNotFoundError(f"{family.package} holds no font")
        yield from wanted


def _stamp() -> str:
    return "".join(f"{family.package}\n" for family in FAMILIES)


if __name__ == "__main__":
    raise SystemExit(main())
