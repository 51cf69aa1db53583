"""`deckgen doctor`: what is there, what is missing, and with which code it ends."""

from __future__ import annotations

import json
import sys
from importlib import metadata
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from deckgen import __version__
from deckgen.cli import doctor, main
from deckgen.layout import fonts
from deckgen.render.formats import needs

REQUIRES = [
    "click>=8.2",
    "segno>=1.6",
    "tzdata>=2024.1; sys_platform == 'nowhere'",
    "weasyprint>=70; extra == 'pdf'",
]
VERSIONS = {"click": "8.2.1", "segno": "1.6"}


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let there be click and segno, a font, and no program."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(metadata, "requires", lambda _name: REQUIRES)
    monkeypatch.setattr(metadata, "version", version)
    monkeypatch.setattr(needs, "find_libreoffice", lambda: None)
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts/Carlito-Regular.ttf").touch()
    monkeypatch.setattr(fonts, "_folders", lambda: iter([tmp_path / "fonts"]))
    fonts._font_files.cache_clear()


def version(name: str) -> str:
    if name not in VERSIONS:
        raise metadata.PackageNotFoundError(name)
    return VERSIONS[name]


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["doctor", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def program(tmp_path: Path, text: str) -> str:
    """Return the path of a program that runs *text* in a shell."""
    path = tmp_path / "soffice"
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_what_is_missing_is_told_with_its_purpose_and_how_to_get_it() -> None:
    result = run()
    assert result.exit_code == 0
    assert f"deckgen {__version__}, Python 3." in result.output
    assert "  ok       click 8.2.1\n" in result.output
    assert (
        "  missing  weasyprint [pdf]: for PDF documents (--to pdf)\n"
        '           pip install "weasyprint>=70"\n'
    ) in result.output
    assert "  missing  LibreOffice: for the deck as PDF" in result.output
    assert "apt install libreoffice-impress" in result.output
    assert "  ok       Calibri replaced by Carlito\n" in result.output
    assert "  missing  Arial: for" in result.output
    assert "install Arial or Liberation Sans" in result.output
    assert "tzdata" not in result.output
    assert result.output.endswith("\nReady to build.\n")


def test_a_build_needs_its_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(VERSIONS, "segno")
    result = run()
    assert result.exit_code == 1
    assert 'missing  segno: for every build\n           pip install "segno' in result.output
    assert result.output.endswith("\nNot ready: install what is missing above.\n")


@pytest.mark.parametrize(
    ("there", "is_old"),
    [("8.1.8", True), ("8.2", False), ("8.2rc1", True), ("10", False), ("8", True)],
)
def test_a_library_that_is_too_old_is_missing(
    monkeypatch: pytest.MonkeyPatch, there: str, is_old: bool
) -> None:
    monkeypatch.setitem(VERSIONS, "click", there)
    result = run()
    assert result.exit_code == is_old
    assert (f"missing  click {there}, not >=8.2: for" in result.output) is is_old


def test_a_package_without_metadata_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(name: str) -> list[str]:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "requires", none)
    result = run()
    assert result.exit_code == 1
    assert "missing  workshop-deckgen" in result.output


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('echo "LibreOffice 24.2.7.2 420"', "ok       LibreOffice 24.2.7.2 ("),
        ("echo what", "ok       LibreOffice of unknown version ("),
        ("exit 3", "missing  LibreOffice "),
        ("sleep 60", "missing  LibreOffice "),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
def test_libreoffice_is_asked_for_its_version(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str, shown: str
) -> None:
    path = program(tmp_path, text)
    monkeypatch.setattr(needs, "find_libreoffice", lambda: path)
    monkeypatch.setattr(doctor, "SECONDS", 1)
    result = run()
    assert result.exit_code == 0
    assert shown in result.output
    assert path in result.output


def test_a_program_that_cannot_be_started_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "soffice").write_bytes(b"\x00")
    monkeypatch.setattr(needs, "find_libreoffice", lambda: str(tmp_path / "soffice"))
    assert "soffice does not run: for" in run().output


def test_a_theme_of_ones_own_that_is_broken_is_left_to_its_command(tmp_path: Path) -> None:
    (tmp_path / "themes/ours").mkdir(parents=True)
    (tmp_path / "themes/ours/theme.yaml").write_bytes(b"\xff\xfe: {")
    assert run().exit_code == 0


def test_json_says_the_same() -> None:
    told = json.loads(run("--json").stdout)
    assert (told["ok"], told["deckgen"]) == (True, __version__)
    items = {item["name"]: item for item in told["items"]}
    assert items["click"]["ok"] is True
    assert items["LibreOffice"]["ok"] is False
    assert items["weasyprint [pdf]"]["mend"] == 'pip install "weasyprint>=70"'
    assert {item["group"] for item in told["items"]} == {"library", "extra", "program", "font"}


def test_every_extra_has_a_purpose() -> None:
    import tomllib

    root = Path(__file__).resolve().parents[1]
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert doctor.EXTRAS.keys() == project["optional-dependencies"].keys()


def test_here_and_now_all_that_a_build_needs_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert run().exit_code == 0
