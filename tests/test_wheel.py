"""What is published: the source distribution holds all of the project, the wheel works alone."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[1]


def run(*command: str | Path, cwd: Path) -> str:
    result = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


class Built(NamedTuple):
    """The source distribution, and the wheel that was built from it."""

    sdist: Path
    wheel: Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", folder, ROOT, cwd=folder)
    (sdist,) = folder.glob("workshop_deckgen-*.tar.gz")
    (wheel,) = folder.glob("workshop_deckgen-*.whl")
    return Built(sdist, wheel)


@pytest.fixture(scope="module")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the programs of an empty virtual environment away from the checkout, with the wheel."""
    folder = tmp_path_factory.mktemp("env")
    venv.create(folder, with_pip=True)
    bin = folder / "bin"
    lock = ROOT / "requirements.lock"
    run(bin / "pip", "install", "--quiet", "--constraint", lock, built.wheel, cwd=folder)
    return bin


def test_the_source_distribution_holds_what_git_holds(built: Built) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout: git does not say what the project is")
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    tracked = run("git", "ls-files", "-z", cwd=ROOT).split("\0")
    with tarfile.open(built.sdist) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    assert {path for path in tracked if path and (ROOT / path).exists()} - held == set()


def test_the_wheel_holds_themes_outlines_and_templates(built: Built) -> None:
    names = zipfile.ZipFile(built.wheel).namelist()
    assert "deckgen/data/themes/clear/theme.yaml" in names
    assert "deckgen/data/outlines/phd-in-ml.yaml" in names
    assert "deckgen/render/documents/templates/handout.md.j2" in names
    assert not [name for name in names if name.endswith((".pyc", ".jinja"))]


def test_the_installed_wheel_builds_the_demo_outline(installed: Path, tmp_path: Path) -> None:
    run(installed / "deckgen", "new", "demo", "--from", "phd-in-ml", cwd=tmp_path)
    output = run(installed / "deckgen", "build", "demo.yaml", cwd=tmp_path)
    assert "files in" in output
    assert (tmp_path / "output/demo/demo.pptx").read_bytes().startswith(b"PK")
    assert "clear" in run(installed / "deckgen", "themes", "list", cwd=tmp_path)


PROGRAM = """\
from pathlib import Path
from deckgen.compiler import check
from deckgen.diagnostics import Diagnostics
minutes: {type} = check(Path("demo.yaml"), Diagnostics())[0].plan.minutes
"""


@pytest.mark.parametrize(("type", "is_right"), [("int", True), ("str", False)])
def test_programs_that_use_the_installed_wheel_are_type_checked(
    installed: Path, tmp_path: Path, type: str, is_right: bool
) -> None:
    (tmp_path / "program.py").write_text(PROGRAM.format(type=type), encoding="utf-8")
    mypy = (sys.executable, "-m", "mypy", "--strict", "--python-executable", installed / "python")
    cache = installed.parent / "mypy"
    result = subprocess.run(
        (*mypy, "--cache-dir", cache, "program.py"), cwd=tmp_path, capture_output=True, text=True
    )
    assert (result.returncode == 0) is is_right, result.stdout + result.stderr
    if not is_right:
        assert 'expression has type "int", variable has type "str"' in result.stdout
