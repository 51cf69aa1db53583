"""The hook for pre-commit is one that it can read, takes outlines alone, and finds what is wrong."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from deckgen import cli

ROOT = Path(__file__).resolve().parents[1]
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
# What pre-commit takes; a key that it does not know is a warning to everyone who uses the hook.
KEYS = {"id", "name", "description", "entry", "language", "files", "types"}


def test_it_is_a_hook_for_yaml_files() -> None:
    assert set(HOOK) == KEYS
    assert (HOOK["id"], HOOK["language"], HOOK["types"]) == ("deckgen-check", "python", ["yaml"])


def test_its_program_is_one_that_installing_gives() -> None:
    program = shlex.split(HOOK["entry"])[0]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert program in project["scripts"]


@pytest.mark.parametrize(
    ("path", "is_taken"),
    [
        ("outlines/retro.yaml", True),
        ("team/outlines/retro.yml", True),
        ("outlines/parts/warm-up.yaml", False),
        ("my-outlines/retro.yaml", False),
        (".github/workflows/test.yaml", False),
        ("outlines/retro.yaml.txt", False),
    ],
)
def test_it_takes_outlines_and_not_what_they_include(path: str, is_taken: bool) -> None:
    assert bool(re.search(HOOK["files"], path)) is is_taken


def test_it_passes_sound_outlines_and_stops_at_a_broken_one(tmp_path: Path) -> None:
    arguments = shlex.split(HOOK["entry"])[1:]
    sound = sorted(map(str, (ROOT / "outlines").glob("*.yaml")))
    assert all(re.search(HOOK["files"], path) for path in sound)
    assert CliRunner().invoke(cli.main, [*arguments, *sound]).exit_code == 0
    broken = tmp_path / "broken.yaml"
    broken.write_text("workshop: {title: T}\nblocks:\n  - {kind: recp, title: R}\n", "utf-8")
    result = CliRunner().invoke(cli.main, [*arguments, *sound, str(broken)])
    assert result.exit_code == 1
    assert "did you mean `recap`?" in result.stderr


def test_the_readme_names_it() -> None:
    assert f"id: {HOOK['id']}" in (ROOT / "README.md").read_text(encoding="utf-8")
