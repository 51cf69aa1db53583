"""The wheel, in an empty virtual environment away from the checkout, builds the demo outline."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def run(*command: str | Path, cwd: Path) -> str:
    result = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT, cwd=folder)
    return next(folder.glob("workshop_deckgen-*.whl"))


def test_the_wheel_holds_themes_outlines_and_templates(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "deckgen/data/themes/clear/theme.yaml" in names
    assert "deckgen/data/outlines/phd-in-ml.yaml" in names
    assert "deckgen/render/documents/templates/handout.md.j2" in names
    assert not [name for name in names if name.endswith((".pyc", ".jinja"))]


def test_the_installed_wheel_builds_the_demo_outline(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    bin = tmp_path / "env/bin"
    lock = ROOT / "requirements.lock"
    run(bin / "pip", "install", "--quiet", "--constraint", lock, wheel, cwd=tmp_path)
    run(bin / "deckgen", "new", "demo", "--from", "phd-in-ml", cwd=tmp_path)
    output = run(bin / "deckgen", "build", "demo.yaml", cwd=tmp_path)
    assert "files in" in output
    assert (tmp_path / "output/demo/demo.pptx").read_bytes().startswith(b"PK")
    assert "clear" in run(bin / "deckgen", "themes", "list", cwd=tmp_path)
