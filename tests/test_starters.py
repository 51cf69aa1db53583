"""The starters: each builds for every audience, in every theme and budget, and what `new` prints works."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from deckgen.catalogue import Severity
from deckgen.cli import main
from deckgen.cli.new import SCHEMA, STARTERS, USUAL_STARTER
from deckgen.compiler import Options, compile_sessions
from deckgen.diagnostics import Diagnostics
from deckgen.outline.load import load_outlines
from deckgen.theme.load import theme_names
from deckgen.variants import variants_of

ROOT = Path(__file__).resolve().parents[1]
SHORT = [name for name in STARTERS if name != "phd-in-ml"]
MOST_LINES = 120


def text_of(name: str) -> str:
    return (ROOT / f"outlines/{name}.yaml").read_text(encoding="utf-8")


def test_the_starters_are_the_outlines() -> None:
    assert set(STARTERS) == {path.stem for path in ROOT.glob("outlines/*.yaml")}
    assert {"panel", "talk", "lecture", "training", "retro", "half-day", "two-days"} == set(SHORT)


@pytest.mark.parametrize("theme", theme_names())
@pytest.mark.parametrize("name", SHORT)
def test_nothing_is_wrong_with_any_variant(name: str, theme: str) -> None:
    diagnostics = Diagnostics()
    outlines = load_outlines(ROOT / f"outlines/{name}.yaml", diagnostics)
    outline = outlines.of(None, diagnostics)
    assert outline is not None
    variants = variants_of(outline, Options(theme))
    sessions = len(outline.workshop.sessions) or 1
    assert (
        len(variants) == len(outline.workshop.budgets) * max(1, len(outline.audiences)) * sessions
    )
    for variant in (Options(theme), *variants):
        found = Diagnostics()
        compiled = compile_sessions(outlines, found, variant)
        assert [
            f"{one.span} {one.message}" for one in found if one.severity is not Severity.INFO
        ] == []
        for session in compiled:
            assert session.plan.minutes <= (variant.changes.budget or 1440)


@pytest.mark.parametrize("name", SHORT)
def test_it_is_short_and_says_what_it_is(name: str) -> None:
    lines = text_of(name).splitlines()
    assert len(lines) <= MOST_LINES
    assert lines[0] == f"# yaml-language-server: $schema={SCHEMA}"
    assert re.fullmatch(r"# [A-Z].*", lines[1])
    assert not re.search(
        "outlines/|deckgen build [^`]*yaml", text_of(name)
    )  # it will have another name


@pytest.mark.parametrize("name", SHORT)
def test_people_in_cases_are_invented_and_nobody_is_quoted(name: str) -> None:
    blocks = yaml.safe_load(text_of(name))["blocks"]
    for block in blocks:
        if block["kind"] == "case":
            assert block.get("invented", True)
            assert "invented" in text_of(name)


def test_together_they_show_most_kinds() -> None:
    kinds = {block["kind"] for name in SHORT for block in yaml.safe_load(text_of(name))["blocks"]}
    assert len(kinds) >= 15


@pytest.mark.parametrize("name", SHORT)
def test_new_writes_it_and_prints_commands_that_work(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "my talks"
    folder.mkdir()
    ran = run("new", "it's mine", "--from", name, cwd=folder)
    assert (folder / "it's mine.yaml").read_text(encoding="utf-8") == text_of(name)
    wrote, _, commands = ran.partition("next:\n")
    assert wrote.splitlines() == ["wrote it's mine.yaml", f"wrote {SCHEMA}"]
    lines = [line.strip() for line in commands.splitlines()]
    assert [line.split()[1] for line in lines[:2]] == ["check", "build"]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    script = "\n".join(["set -e", *lines])
    environment = {**os.environ, "PATH": path}
    subprocess.run(
        ["sh", "-c", script], cwd=folder, env=environment, check=True, capture_output=True
    )
    assert len(list(folder.glob("output/it's mine/*.pptx"))) >= 2


def run(*arguments: str, cwd: Path) -> str:
    command = [sys.executable, "-m", "deckgen", *arguments]
    return subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True).stdout


class TestSchema:
    """The first line of a starter names a file that `new` writes beside it."""

    @pytest.fixture(autouse=True)
    def _here(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)

    def new(self, *arguments: str) -> str:
        result = CliRunner().invoke(main, ["new", *arguments])
        assert result.exit_code == 0, result.output
        return result.stdout

    def test_it_is_the_schema(self) -> None:
        self.new("mine")
        printed = CliRunner().invoke(main, ["schema"]).stdout
        assert Path(SCHEMA).read_text(encoding="utf-8") == printed
        assert json.loads(printed)["title"] == "deckgen outline"

    @pytest.mark.parametrize("name", SHORT)
    def test_each_starter_agrees_with_it(self, name: str) -> None:
        import jsonschema

        schema = json.loads(CliRunner().invoke(main, ["schema"]).stdout)
        jsonschema.validate(yaml.safe_load(text_of(name)), schema)

    def test_one_that_is_there_stays(self) -> None:
        Path(SCHEMA).write_text("{}", encoding="utf-8")
        assert self.new("mine", "--force").startswith("wrote mine.yaml\nnext:")
        assert Path(SCHEMA).read_text(encoding="utf-8") == "{}"

    def test_beside_an_outline_in_another_folder(self) -> None:
        Path("a").mkdir()
        assert f"wrote {Path('a') / SCHEMA}" in self.new("a/mine")

    def test_an_outline_that_is_there_stays_and_nothing_is_written_beside_it(self) -> None:
        Path("mine.yaml").write_text("mine", encoding="utf-8")
        result = CliRunner().invoke(main, ["new", "mine"])
        assert result.exit_code == 1
        assert Path("mine.yaml").read_text(encoding="utf-8") == "mine"
        assert not Path(SCHEMA).exists()


def test_help_lists_every_starter() -> None:
    text = CliRunner().invoke(main, ["new", "--help"]).stdout
    for name, what in STARTERS.items():
        assert re.search(rf"^  {name} +{re.escape(what)}$", text, re.MULTILINE)
    assert f"[default: {USUAL_STARTER}]" in text
