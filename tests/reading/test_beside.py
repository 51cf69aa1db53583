"""Paths in a file are seen from where it stands: beside a link to it first, then beside the file itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from deckgen.compiler import Compiled, check, render
from deckgen.diagnostics import Diagnostics
from deckgen.reading.beside import seen_from

ROOT = Path(__file__).resolve().parents[2]
OUTLINE = """
workshop: {title: Tea, theme: THEME, ignore: [low-active-share, unserved-objective]}
blocks:
  - include: parts/one.yaml
  - {kind: image, title: Leaves, file: pictures/leaves.png, alt: Leaves}
"""


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """Return a link to an outline in another folder, which has a picture, a part and a theme."""
    home = tmp_path / "home"
    for name in ("parts", "pictures", "themes/ours"):
        (home / name).mkdir(parents=True)
    (home / "tea.yaml").write_text(OUTLINE.replace("THEME", "ours"), encoding="utf-8")
    part = "- {kind: content, title: From home, points: [Green]}\n"
    (home / "parts/one.yaml").write_text(part, encoding="utf-8")
    Image.new("RGB", (20, 10), "green").save(home / "pictures/leaves.png")
    theme = (ROOT / "themes/clear/theme.yaml").read_text(encoding="utf-8")
    (home / "themes/ours/theme.yaml").write_text(theme, encoding="utf-8")
    (tmp_path / "talk").mkdir()
    link = tmp_path / "talk/tea.yaml"
    link.symlink_to("../home/tea.yaml")
    return link


def compiled(path: Path) -> Compiled:
    found = Diagnostics()
    (made,) = check(path, found)
    assert not found.has_errors
    return made


def titles(made: Compiled) -> list[str]:
    return [slide.title for slide in made.deck.slides()]


def test_all_that_a_linked_outline_names_is_found_beside_the_file(linked: Path) -> None:
    assert {"From home", "Leaves"} <= set(titles(compiled(linked)))
    assert render(compiled(linked)) == render(compiled(linked.resolve()))


def test_what_is_beside_the_link_comes_first(linked: Path) -> None:
    parts = linked.parent / "parts"
    parts.mkdir()
    part = "- {kind: content, title: From the talk, points: [Green]}\n"
    (parts / "one.yaml").write_text(part, encoding="utf-8")
    assert "From the talk" in titles(compiled(linked))
    assert "From home" not in titles(compiled(linked))


def test_a_path_in_a_linked_theme_or_template_is_seen_from_it_too(linked: Path) -> None:
    text = linked.read_text(encoding="utf-8").replace("theme: ours", "theme: themes/ours")
    linked.resolve().write_text(text, encoding="utf-8")
    assert compiled(linked)


def test_a_link_to_a_link(linked: Path) -> None:
    other = linked.parent / "other.yaml"
    other.symlink_to(linked.name)
    assert "Leaves" in titles(compiled(other))


@pytest.mark.parametrize("name", ["nowhere.png", "a" * 5000, "nul\0.png", "../nowhere/x"])
def test_what_is_nowhere_is_named_beside_the_link(linked: Path, name: str) -> None:
    assert seen_from(linked, name) == linked.parent / name


def test_a_link_that_leads_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    assert seen_from(tmp_path / "a", "x") == tmp_path / "x"
