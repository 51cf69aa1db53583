"""The public functions, used as a program would: nothing of deckgen but what `deckgen.__all__` names."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import deckgen

ROOT = Path(__file__).resolve().parents[1]
PANEL = ROOT / "outlines/phd-in-ml.yaml"


@pytest.fixture(scope="module")
def loaded() -> deckgen.Loaded:
    return deckgen.load(PANEL)


def outline(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "talk.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_holds_an_outline_for_each_audience(loaded: deckgen.Loaded) -> None:
    assert loaded.is_sound
    assert loaded.outlines is not None
    assert loaded.outlines.audiences == ("students", "engineers", "hiring_managers")
    assert set(loaded.outlines.by_audience) == {None, *loaded.outlines.audiences}


def test_sessions_have_a_plan_and_a_deck(loaded: deckgen.Loaded) -> None:
    options = deckgen.Options(audience="engineers", changes=deckgen.Changes(budget=60))
    (session,) = deckgen.check(loaded, options).sessions
    assert session.plan.minutes == 60
    assert len(list(session.deck.slides())) > 5


def test_files_are_built_and_then_written(loaded: deckgen.Loaded, tmp_path: Path) -> None:
    built = deckgen.build(loaded, deckgen.Options(theme="folio", audience="students"))
    assert (built.is_sound, built.name) == (True, "phd-in-ml")
    assert not list(tmp_path.iterdir())
    paths = deckgen.write(built, tmp_path)
    assert [path.name for path in paths] == list(built.files)
    assert [path.read_bytes() for path in paths] == list(built.files.values())
    deck = next(path for path in paths if path.suffix == ".pptx")
    assert zipfile.ZipFile(io.BytesIO(deck.read_bytes())).testzip() is None


def test_a_file_is_loaded_once_for_many_builds(loaded: deckgen.Loaded) -> None:
    short, long = (
        deckgen.build(loaded, deckgen.Options(changes=deckgen.Changes(budget=minutes)))
        for minutes in (30, 90)
    )
    assert set(short.files).isdisjoint(long.files)
    assert deckgen.build(loaded) == deckgen.build(loaded)


def test_mistakes_are_findings_with_a_place(tmp_path: Path) -> None:
    path = outline(tmp_path, "workshop: {title: T}\nblocks:\n  - {kind: activity, titel: A}\n")
    loaded = deckgen.load(path)
    checked, built = deckgen.check(loaded), deckgen.build(loaded)
    assert (loaded.is_sound, checked.is_sound, built.is_sound) == (False, False, False)
    assert (checked.sessions, dict(built.files)) == ((), {})
    first = next(found for found in checked.findings if found.id == "unknown-field")
    assert isinstance(first.span, deckgen.Span)
    assert (first.span.line, first.span.column, first.severity) == (3, 22, deckgen.Severity.ERROR)
    assert first.hints == ("did you mean `title`?",)


def test_findings_of_reading_stand_with_those_of_planning_once(tmp_path: Path) -> None:
    text = "workshop: {title: T, lang: nl}\nblocks:\n  - {kind: break, time: 5}\n"
    checked = deckgen.check(deckgen.load(outline(tmp_path, text)))
    assert [found.id for found in checked.findings].count("no-labels") == 1


def test_what_cannot_be_read_has_no_outlines(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.yaml", outline(tmp_path, "{")):
        loaded = deckgen.load(path)
        assert loaded.outlines is None
        assert not loaded.is_sound
        assert deckgen.build(loaded).findings == loaded.findings
        assert deckgen.check(loaded).findings == loaded.findings


def test_an_audience_that_is_not_there_is_a_finding(loaded: deckgen.Loaded) -> None:
    built = deckgen.build(loaded, deckgen.Options(audience="student"))
    assert [found.id for found in built.findings if found.severity == "error"] == [
        "unknown-audience"
    ]


def test_a_folder_that_cannot_be_written_is_told(loaded: deckgen.Loaded, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file")
    with pytest.raises(deckgen.DeckgenError, match="cannot write"):
        deckgen.write(deckgen.build(loaded), taken)


def test_the_names_are_all_there_and_sorted() -> None:
    assert all(getattr(deckgen, name) for name in deckgen.__all__)
    assert set(deckgen.__all__) <= set(dir(deckgen))
    with pytest.raises(AttributeError, match="no attribute `nothing`"):
        deckgen.nothing  # noqa: B018


def test_the_example_of_the_docs_works_as_it_stands(tmp_path: Path) -> None:
    page = (ROOT / "docs/api.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    text = (ROOT / "outlines/talk.yaml").read_text(encoding="utf-8")
    (tmp_path / "my-workshop.yaml").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "slides" in done.stdout
    assert "output/my-workshop/my-workshop.60min.pptx" in done.stdout


def test_every_public_name_of_the_docs_is_one() -> None:
    page = (ROOT / "docs/api.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([A-Z]\w+)`", page))
    assert named - {"NAME"} <= set(deckgen.__all__)
