"""Every YAML snippet of the README and of docs/ builds, so none can rot.

What a snippet lacks of an outline follows from what it holds: a list is of blocks, a mapping with
`workshop` and no `blocks` gets one, one with `blocks` alone is a part that another snippet of its
page includes, and anything else is of a theme. Files that snippets name lie beside them.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from deckgen.compiler import make_build
from deckgen.diagnostics import DeckgenError, Diagnostics
from deckgen.outline.load import load_outlines
from deckgen.render.pptx.template import write_template
from deckgen.theme.load import load_theme
from made_fonts import write_font
from stages import theme

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))]
FENCE = re.compile(r"^```ya?ml\n(.*?)^```$", re.DOTALL | re.MULTILINE)
FRAME = "workshop: {title: Snippet}\n"
BLOCK = "blocks:\n  - {kind: content, title: One, points: [Two]}\n"


class Snippet(NamedTuple):
    """A snippet and where it stands."""

    page: Path
    line: int
    text: str

    @property
    def held(self) -> Any:
        """What it holds."""
        return yaml.safe_load(self.text)

    @property
    def is_part(self) -> bool:
        """Whether it is a part for `include`."""
        return isinstance(self.held, dict) and "workshop" not in self.held and "blocks" in self.held


def snippets_of(page: Path) -> Iterator[Snippet]:
    text = page.read_text(encoding="utf-8")
    for found in FENCE.finditer(text):
        yield Snippet(page, 1 + text.count("\n", 0, found.start()), found[1])


SNIPPETS = [snippet for page in PAGES for snippet in snippets_of(page)]


def outline_of(snippet: Snippet, folder: Path) -> str:
    """Return the outline that a snippet is, or is a piece of; its parts lie in *folder*."""
    if isinstance(snippet.held, list):
        return f"{FRAME}blocks:\n" + "".join(f"  {line}\n" for line in snippet.text.splitlines())
    if snippet.is_part:
        (folder / "part.yaml").write_text(snippet.text, encoding="utf-8")
        wanted = {
            name: "x" for name, value in (snippet.held.get("params") or {}).items() if not value
        }
        return f"{FRAME}blocks:\n  - {{include: part.yaml, params: {wanted}}}\n"
    return snippet.text if "blocks" in snippet.held else f"{snippet.text}{BLOCK}"


def put_files(snippet: Snippet, folder: Path) -> None:
    """Put what the snippet names into *folder*: the parts of its page, a template, fonts, a picture."""
    parts = [other.text for other in snippets_of(snippet.page) if other.is_part]
    for name in re.findall(r"include: (\S+)", snippet.text):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(parts[0], encoding="utf-8")
    for name in re.findall(r"template: (\S+?)[,}\s]", snippet.text):
        (folder / name).write_bytes(write_template(theme("stage"), "en-GB"))
    for name in re.findall(r"map: (\S+?)[,}\s]", snippet.text):
        (folder / name).write_text("layouts: {Content: Two Columns}\n", encoding="utf-8")
    for name in re.findall(r"[\w/-]+\.(?:png|jpg)", snippet.text):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / "docs/gallery/cards.png", folder / name)
    for name in re.findall(r"[\w/-]+\.ttf", snippet.text):
        write_font(folder / name, width=500, bold="Bold" in name)


def with_theme(snippet: Snippet, folder: Path) -> None:
    """Load the theme that a piece of one makes when it is laid on a theme of ours."""
    whole = yaml.safe_load((ROOT / "themes/clear/theme.yaml").read_text(encoding="utf-8"))
    path = folder / "theme.yaml"
    path.write_text(yaml.safe_dump(merged(whole, snippet.held)), encoding="utf-8")
    diagnostics = Diagnostics()
    assert load_theme(str(path), diagnostics) is not None, [*diagnostics]
    assert not diagnostics.has_errors


def merged(whole: Any, piece: Any) -> Any:
    if not isinstance(whole, dict) or not isinstance(piece, dict):
        return piece
    return whole | {name: merged(whole.get(name), held) for name, held in piece.items()}


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda s: f"{s.page.name}:{s.line}")
def test_a_snippet_builds(snippet: Snippet, tmp_path: Path) -> None:
    put_files(snippet, tmp_path)
    if isinstance(snippet.held, dict) and not {"workshop", "blocks"} & set(snippet.held):
        with_theme(snippet, tmp_path)
        return
    path = tmp_path / "outline.yaml"
    path.write_text(outline_of(snippet, tmp_path), encoding="utf-8")
    diagnostics = Diagnostics()
    try:
        files = make_build(load_outlines(path, diagnostics), diagnostics).files
    except DeckgenError:
        files = {}
    told = [f"{d.span.line if d.span else ''} {d.id}: {d.message}" for d in diagnostics]
    assert not diagnostics.has_errors, told
    assert any(name.endswith(".pptx") for name in files), told


def test_snippets_are_found() -> None:
    assert {snippet.page.name for snippet in SNIPPETS} >= {"README.md", "outline.md", "timing.md"}
    fences = sum(len(re.findall("^```ya?ml", p.read_text(encoding="utf-8"), re.M)) for p in PAGES)
    assert len(SNIPPETS) == fences


def test_a_snippet_that_is_wrong_is_found(tmp_path: Path) -> None:
    wrong = Snippet(ROOT / "README.md", 1, "- {kind: activity, title: T, minuets: 5}\n")
    with pytest.raises(AssertionError, match="minuets"):
        test_a_snippet_builds(wrong, tmp_path)
