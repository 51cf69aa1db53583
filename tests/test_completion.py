"""What the shell completes: themes, audiences, sessions, commands."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from deckgen.cli import main
from deckgen.theme.load import theme_names

OUTLINE = """
workshop: {title: T, sessions: [day-1, day-2]}
audiences: {cooks: , guests: }
blocks: [{kind: recap, takeaways: a, session: day-1}]
"""


def completed(*words: str) -> list[str]:
    """Return what is offered for the last of *words*."""
    *before, incomplete = words
    complete = ShellComplete(main, {}, "deckgen", "_DECKGEN_COMPLETE")
    return [item.value for item in complete.get_completions(before, incomplete)]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("o.yaml").write_text(OUTLINE, encoding="utf-8")
    Path("broken.yaml").write_text("workshop: [", encoding="utf-8")


@pytest.mark.parametrize(
    "words",
    [
        ("build", "o.yaml", "--theme", ""),
        ("check", "o.yaml", "--theme", ""),
        ("themes", "show", ""),
        ("themes", "export", ""),
        ("themes", "new", "ours", "--from", ""),
    ],
)
def test_themes(words: tuple[str, ...]) -> None:
    assert completed(*words) == list(theme_names())
    assert completed(*words[:-1], "st") == ["stage"]


def test_themes_beside_the_outline_come_first() -> None:
    Path("themes/ours").mkdir(parents=True)
    Path("themes/ours/theme.yaml").write_text("", encoding="utf-8")
    assert completed("build", "o.yaml", "--theme", "")[0] == "ours"


@pytest.mark.parametrize("command", ["build", "check", "fit"])
def test_audiences_and_sessions_are_those_of_the_outline(command: str) -> None:
    assert completed(command, "o.yaml", "--audience", "") == ["cooks", "guests"]
    assert completed(command, "o.yaml", "--audience", "g") == ["guests"]
    assert completed(command, "o.yaml", "--session", "") == ["day-1", "day-2"]


@pytest.mark.parametrize("name", ["broken.yaml", "none.yaml"])
def test_an_outline_that_cannot_be_read_offers_none(name: str) -> None:
    assert completed("check", name, "--audience", "") == []


def test_commands() -> None:
    assert completed("ch") == ["check"]


def test_kinds_methods_and_findings() -> None:
    assert completed("kinds", "qu") == ["quiz"]
    assert completed("methods", "card") == ["card_sort"]
    assert completed("explain", "no-de") == ["no-debrief"]
