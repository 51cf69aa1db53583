"""What the README and docs/ say is what the program does."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from deckgen import cli
from deckgen.blocks import KINDS
from deckgen.cli.new import STARTERS
from deckgen.methods import load_methods

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted(ROOT.glob("docs/*.md"))


def blocks_of(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


def test_readme_commands_work_as_pasted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "outlines").symlink_to(ROOT / "outlines")
    lines = [line for block in blocks_of("sh") for line in block.splitlines()]
    commands = [shlex.split(line)[1:] for line in lines if line.startswith("deckgen ")]
    assert len(commands) == 4
    for command in commands:
        result = CliRunner().invoke(cli.main, command)
        assert result.exit_code == 0, result.output
    assert (tmp_path / "output/phd-in-ml/phd-in-ml.handout.md").exists()
    assert (tmp_path / "output/my-workshop/my-workshop.pptx").exists()


def test_readme_leads_with_what_new_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(cli.main, ["new", "my-workshop"]).exit_code == 0
    assert blocks_of("yaml") == [Path("my-workshop.yaml").read_text(encoding="utf-8")]
    result = CliRunner().invoke(cli.main, ["check", "--strict", "my-workshop.yaml"])
    assert result.exit_code == 0, result.output


def test_readme_names_the_files_that_its_outline_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("my-workshop.yaml").write_text(blocks_of("yaml")[0], encoding="utf-8")
    assert CliRunner().invoke(cli.main, ["build", "my-workshop.yaml"]).exit_code == 0
    told = set(re.findall(r"^\| `(my-workshop[^`]*)`", README, re.MULTILINE))
    made = {path.name for path in Path("output/my-workshop").glob("[!.]*")}  # without the manifest
    assert made == {name for name in told if "role" not in name}


def test_readme_names_every_starter() -> None:
    named = re.search(r"There are seven starters: (.*?)\.", README, re.DOTALL)
    assert named
    assert set(re.findall("`(.*?)`", named[1])) == set(STARTERS) - {"phd-in-ml"}


def test_readme_shows_a_diagnostic_as_it_is(tmp_path: Path) -> None:
    outline = tmp_path / "retro.yaml"
    head = "workshop:\n  title: T\nblocks:\n  - kind: activity\n    title: A\n"
    outline.write_text(f"{head}\n\n\n    minuets: 10\n", encoding="utf-8")
    result = CliRunner().invoke(cli.main, ["check", str(outline)])
    shown = blocks_of("text")[0].replace("\n  ", "\n").strip()
    assert shown in result.stderr.replace(f"{tmp_path}/", "")


def test_readme_counts_kinds_and_methods() -> None:
    assert len(KINDS) > 24
    assert "over two dozen kinds of block" in README
    assert f"{len(load_methods())} facilitation\nmethods" in README


def test_readme_names_every_command() -> None:
    for command in cli.COMMANDS:
        assert f"deckgen {command}" in README


@pytest.mark.parametrize("page", [ROOT / "README.md", *PAGES], ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub("```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub("`[^`\n]*`", "", text)  # how a link is written is none
    for target in re.findall(r"\]\(([^)#]+)", text):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target


def test_generated_pages_are_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs/generate.py")
    assert spec
    assert spec.loader
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    for name, text in generate.pages().items():
        assert (ROOT / "docs" / name).read_text(encoding="utf-8") == text, (
            f"run `make docs`: {name}"
        )


def test_pictures_are_small() -> None:
    pictures = list((ROOT / "docs").rglob("*.png"))
    assert pictures
    assert all(picture.stat().st_size < 300_000 for picture in pictures)


def test_completion_works_as_documented() -> None:
    source = subprocess.run(
        [sys.executable, "-m", "deckgen"],
        env=os.environ | {"_DECKGEN_COMPLETE": "bash_source"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "deckgen" in source.stdout
    assert "_DECKGEN_COMPLETE" in README


def test_every_extra_is_named_where_it_is_installed() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    page = (ROOT / "docs/formats.md").read_text(encoding="utf-8")
    (named,) = re.findall(r'pip install "\.\[([a-z,]+)\]"', page)
    assert sorted(named.split(",")) == sorted(extras["optional-dependencies"])


def test_no_line_installs_deckgen_from_a_registry() -> None:
    """None has it: a line names a folder, or the libraries that an extra consists of."""
    sources = [*ROOT.glob("src/**/*.py"), ROOT / "README.md", *PAGES]
    lines = [line for path in sources for line in path.read_text("utf-8").splitlines()]
    assert [line for line in lines if re.search(r"pip install .*workshop-deckgen", line)] == []
