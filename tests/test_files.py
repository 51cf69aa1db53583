"""Files are whole or not there: all are staged before the first is renamed."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from deckgen.diagnostics import DeckgenError, Diagnostics
from deckgen.render import files
from deckgen.render.files import write_files

NEW = {"one.txt": b"new one", "two.txt": b"new two"}


def written(out: Path) -> dict[str, bytes]:
    """Return everything under *out* by its path."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def refusal(out: Path, name: str = "talk") -> str:
    """Return why nothing was written to *out*."""
    diagnostics = Diagnostics()
    with pytest.raises(DeckgenError):
        write_files(out, name, NEW, diagnostics)
    [found] = diagnostics
    assert found.id == "cannot-write"
    return found.message


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder that holds an old version of the first file."""
    folder = tmp_path / "talk"
    folder.mkdir()
    (folder / "one.txt").write_bytes(b"old one")
    return folder


class TestWriting:
    """What is written, and where."""

    def test_the_folder_is_made(self, tmp_path: Path) -> None:
        paths = write_files(tmp_path / "a" / "b", "talk", NEW, Diagnostics())
        folder = tmp_path / "a" / "b" / "talk"
        assert paths == [folder / "one.txt", folder / "two.txt"]
        assert written(folder) == NEW

    def test_old_versions_are_replaced(self, tmp_path: Path, folder: Path) -> None:
        write_files(tmp_path, "talk", NEW, Diagnostics())
        assert written(folder) == NEW

    def test_other_files_are_left_alone(self, tmp_path: Path, folder: Path) -> None:
        (folder / "mine.txt").write_bytes(b"mine")
        write_files(tmp_path, "talk", NEW, Diagnostics())
        assert written(folder) == NEW | {"mine.txt": b"mine"}

    @pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
    def test_permissions_follow_the_umask(self, tmp_path: Path, mask: int, mode: int) -> None:
        before = os.umask(mask)
        try:
            paths = write_files(tmp_path, "talk", NEW, Diagnostics())
            assert os.umask(mask) == mask
        finally:
            os.umask(before)
        assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {mode}

    def test_a_linked_output_folder_is_the_authors_choice(self, tmp_path: Path) -> None:
        (tmp_path / "real").mkdir()
        (tmp_path / "out").symlink_to(tmp_path / "real")
        write_files(tmp_path / "out", "talk", NEW, Diagnostics())
        assert written(tmp_path / "real" / "talk") == NEW

    def test_a_link_in_place_of_a_file_is_replaced_not_followed(
        self, tmp_path: Path, folder: Path
    ) -> None:
        outside = tmp_path / "outside.txt"
        outside.write_bytes(b"outside")
        (folder / "two.txt").symlink_to(outside)
        write_files(tmp_path, "talk", NEW, Diagnostics())
        assert outside.read_bytes() == b"outside"
        assert written(folder) == NEW


class TestFailing:
    """Where one file cannot be written, what was there stays, and no temporary file is left."""

    def test_while_the_second_is_written(
        self, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        handles = []

        def full_disk(handle: int, mode: str) -> object:
            handles.append(handle)
            if len(handles) == 2:
                os.close(handle)
                raise OSError(28, "No space left on device")
            return open(handle, mode)

        monkeypatch.setattr(files.os, "fdopen", full_disk)
        assert "No space left on device" in refusal(tmp_path)
        assert written(folder) == {"one.txt": b"old one"}

    def test_while_the_second_is_begun(
        self, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make = files.tempfile.mkstemp

        def no_more(prefix: str, dir: Path) -> tuple[int, str]:
            if prefix.startswith(".two"):
                raise PermissionError(13, "Permission denied", str(dir))
            return make(prefix=prefix, dir=dir)

        monkeypatch.setattr(files.tempfile, "mkstemp", no_more)
        assert refusal(tmp_path) == f"cannot write {folder}: Permission denied"
        assert written(folder) == {"one.txt": b"old one"}

    def test_because_a_folder_stands_where_the_second_should(
        self, tmp_path: Path, folder: Path
    ) -> None:
        (folder / "two.txt").mkdir()
        assert refusal(tmp_path) == f"cannot write {folder / 'two.txt'}: it is a folder"
        assert written(folder) == {"one.txt": b"old one"}

    def test_because_the_folder_leads_out(self, tmp_path: Path) -> None:
        (tmp_path / "elsewhere").mkdir()
        out = tmp_path / "out"
        out.mkdir()
        (out / "talk").symlink_to(tmp_path / "elsewhere")
        assert refusal(out) == f"cannot write {out / 'talk'}: it leads outside {out}"
        assert written(tmp_path) == {}

    @pytest.mark.parametrize("name", ["..", "../elsewhere"])
    def test_because_the_name_leads_out(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "elsewhere").mkdir()
        assert "it leads outside" in refusal(tmp_path / "out", name)
        assert written(tmp_path) == {}

    def test_because_a_file_stands_where_the_folder_should(self, tmp_path: Path) -> None:
        (tmp_path / "talk").write_bytes(b"mine")
        assert refusal(tmp_path) == f"cannot write {tmp_path / 'talk'}: File exists"
        assert written(tmp_path) == {"talk": b"mine"}

    def test_because_the_folder_cannot_be_made(self) -> None:
        assert refusal(Path("/dev/null/out")).startswith("cannot write /dev/null/out")

    def test_because_the_link_leads_nowhere(self, tmp_path: Path) -> None:
        (tmp_path / "talk").symlink_to(tmp_path / "nowhere")
        assert refusal(tmp_path).startswith(f"cannot write {tmp_path / 'talk'}")
        assert not (tmp_path / "nowhere").exists()
