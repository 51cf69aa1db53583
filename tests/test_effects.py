"""Every field that an outline may have does something: what is built changes when its value does.

The fields come from the declarations (`effects.py`), so a new one is tried by itself. Where it fails
here, it has no effect, or its effect needs values or a setting that `samples.py` has to give.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from deckgen.blocks import KINDS
from deckgen.outline.model import Workshop
from deckgen.render.pptx.template import write_template
from effects import (
    Field,
    Setting,
    declared_in_outlines,
    outcome,
    outline_with,
    try_field,
    values_of,
)
from samples import SAMPLES
from stages import theme

GALLERY = Path(__file__).resolve().parents[1] / "docs/gallery"
GOLDEN = Path(__file__).parent / "golden"
DECLARED = declared_in_outlines()

# Fields whose value changes what the author is told and need not change a file, with the reason.
TOLD = {
    "Block.overflow": "says which text that is too long is an error; others change as they do without it",
    "Block.ignore": "switches advice off",
    "Block.imported": "asks for words of one's own",
    "Pictured.decorative": "stands for the alternative text, without which there is an error",
    "SectionBlock.decorative": "stands for the alternative text, without which there is an error",
    "Objective.id": "is what blocks refer to",
    "Workshop.ignore": "switches advice off",
}
# Fields that change nothing of what one build makes or tells, with the reason.
SILENT = {
    "CornellBlock.overflow": "notes pages have no slide",
    "CornellBlock.id": "notes pages have no slide that it could name; others may refer to it",
    "Workshop.budgets": "names what `build --all` writes, each as `--budget` would",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the files that outlines of the trials name."""
    made = tmp_path_factory.mktemp("outlines")
    shutil.copy(GALLERY / "cards.png", made)
    shutil.copy(GALLERY / "clear.png", made / "other.png")
    for kind, name, ending in (("video", "clip", "mp4"), ("audio", "hum", "mp3")):
        content = (GOLDEN / kind / f"{name}.{ending}").read_bytes()
        (made / f"{name}.{ending}").write_bytes(content)
        (made / f"other.{ending}").write_bytes(content + bytes(64))
    (made / "brand.potx").write_bytes(write_template(theme("stage"), "en-GB"))
    (made / "brand.map.yaml").write_text("layouts: {Content: Two Columns}\n", encoding="utf-8")
    return made


def excused(field: Field, table: dict[str, str]) -> bool:
    return any(name in table for name in field.names)


@pytest.mark.parametrize("root", DECLARED)
def test_every_field_does_something(root: str, folder: Path) -> None:
    dead = []
    for field in DECLARED[root]:
        tried = try_field(field, SAMPLES, folder)
        told = tried.changes_findings and excused(field, TOLD)
        if excused(field, SILENT) == (tried.changes_files or told):
            dead.append(f"{field}\n    " + "\n    ".join(tried.seen))
    assert not dead, "no effect, or not as SILENT says:\n" + "\n".join(dead)


def test_exceptions_are_of_fields_that_there_are() -> None:
    there = {name for fields in DECLARED.values() for field in fields for name in field.names}
    assert {*TOLD, *SILENT, *SAMPLES.values, *SAMPLES.settings} - there == set()


def test_all_kinds_and_frames_are_tried() -> None:
    assert set(DECLARED) == {*KINDS, "workshop", "mentioned"}
    assert {"Notes.say", "Step.per_group", "Name.note", "Stretch.online", "Branch.answers"} <= {
        str(field) for fields in DECLARED.values() for field in fields
    }


class TestTheTrial:
    """A trial sees what has no effect, and is not taken in by what fails."""

    def field(self, name: str, root: str = "workshop") -> Field:
        return next(field for field in DECLARED[root] if str(field) == name)

    def test_a_value_that_is_read_and_forgotten_is_seen(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        title = self.field("Workshop.room")
        assert try_field(title, SAMPLES, folder).changes_files
        forgotten = property(lambda _self: None, lambda _self, _value: None)
        monkeypatch.setattr(Workshop, "room", forgotten)
        assert not try_field(title, SAMPLES, folder).changes_files

    def test_the_same_outline_gives_the_same_files(self, folder: Path) -> None:
        field = self.field("Workshop.purpose")
        outlines = [outline_with(field, "Zebra", Setting(), SAMPLES) for _ in range(2)]
        one, other = (outcome(outline, folder) for outline in outlines)
        assert one.files
        assert one == other

    def test_values_that_all_fail_are_no_effect(self, folder: Path) -> None:
        field = self.field("ThemeChoice.template")
        samples = SAMPLES._replace(values={"ThemeChoice.template": ["nothing.potx", "no.potx"]})
        required = field._replace(is_required=True)
        tried = try_field(required, samples, folder)
        assert not tried.changes_files
        assert not tried.changes_findings
        assert "cannot-read" in tried.seen[0]

    @pytest.mark.parametrize(
        ("name", "root", "values"),
        [
            ("Workshop.phase_slides", "workshop", ["True", "False"]),
            ("People.group", "workshop", ["3", "7"]),
            ("Material.per", "activity", ["'person'", "'group'", "'session'"]),
            ("Criterion.scores", "framework", ["{'One': 'Zebra', 'Two': 'Zebra'}"]),
        ],
    )
    def test_values_follow_from_types(self, name: str, root: str, values: Sequence[str]) -> None:
        found = [repr(value) for value in values_of(self.field(name, root), SAMPLES)]
        assert found[1 : 1 + len(values)] == values  # the first: it is left out
