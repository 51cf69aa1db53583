"""A folder holds the old set of files or the new one, whatever fails, and nothing of anybody's is lost."""

from __future__ import annotations

import json
import os
import random
import stat
import unicodedata
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from deckgen.diagnostics import DeckgenError, Diagnostics
from deckgen.render.files import lock
from deckgen.render.files.choose import Build, FileSet
from deckgen.render.files.lock import locked
from deckgen.render.files.manifest import read_manifest
from deckgen.render.files.state import fingerprint
from deckgen.render.files.swap import JOURNAL, STAGING, recover
from deckgen.render.files.write import Written, write_build, write_files

NEW = {"one.txt": b"new one", "two.txt": b"new two"}
MANIFEST = ".deckgen.json"


def build(files: dict[str, bytes], name: str = "talk", *wholes: str) -> Build:
    """Return a build of one set that is all of *wholes*."""
    return Build((FileSet(name, files, frozenset(wholes)),), frozenset({name, *wholes}))


def write(out: Path, made: Build | dict[str, bytes], **options: Any) -> Written:
    """Write into `out/talk`."""
    made = made if isinstance(made, Build) else build(made)
    return write_build(out, "talk", made, Diagnostics(), **options)


def held(folder: Path) -> dict[str, bytes]:
    """Return everything under *folder* by its path; what a link is, not where it leads."""
    return {
        path.relative_to(folder).as_posix(): str(path.readlink()).encode()
        if path.is_symlink()
        else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def seen(folder: Path) -> dict[str, bytes]:
    """Return what people see in *folder*: all but the manifest and unfinished files."""
    ours = (MANIFEST, f"{STAGING}/")
    return {name: found for name, found in held(folder).items() if not name.startswith(ours)}


def refused(out: Path, made: Build | dict[str, bytes], name: str = "talk") -> tuple[str, str]:
    """Return the id and the message of the error that keeps files from being written."""
    diagnostics = Diagnostics()
    made = made if isinstance(made, Build) else build(made)
    with pytest.raises(DeckgenError):
        write_build(out, name, made, diagnostics)
    (found,) = diagnostics
    return found.id, found.message


class TestWriting:
    """What is written, and where."""

    def test_the_folder_is_made(self, tmp_path: Path) -> None:
        done = write(tmp_path / "a/b", NEW)
        folder = tmp_path / "a/b/talk"
        assert done.paths == (folder / "one.txt", folder / "two.txt")
        assert done.unchanged == frozenset()
        assert seen(folder) == NEW

    def test_what_is_the_same_is_not_written_again(self, tmp_path: Path) -> None:
        write(tmp_path, NEW)
        before = {path: path.stat().st_ino for path in (tmp_path / "talk").iterdir()}
        done = write(tmp_path, NEW | {"two.txt": b"newer"})
        two = tmp_path / "talk/two.txt"
        assert done.unchanged == {tmp_path / "talk/one.txt"}
        changed = [path for path, inode in before.items() if path.stat().st_ino != inode]
        assert sorted(changed) == [tmp_path / "talk" / MANIFEST, two]

    def test_of_nothing_there_is_no_record(self, tmp_path: Path) -> None:
        assert write(tmp_path, Build(())) == Written()
        assert held(tmp_path) == {}

    def test_the_manifest_is_the_same_for_the_same_files(self, tmp_path: Path) -> None:
        write(tmp_path / "a", NEW)
        write(tmp_path / "b", {"one.txt": b"old", "three.txt": b""})
        write(tmp_path / "b", dict(reversed(NEW.items())))
        assert held(tmp_path / "a") == held(tmp_path / "b")

    @pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
    def test_permissions_follow_the_umask(self, tmp_path: Path, mask: int, mode: int) -> None:
        before = os.umask(mask)
        try:
            paths = write(tmp_path, NEW).paths
        finally:
            os.umask(before)
        assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {mode}

    def test_a_linked_output_folder_is_the_authors_choice(self, tmp_path: Path) -> None:
        (tmp_path / "real").mkdir()
        (tmp_path / "out").symlink_to(tmp_path / "real")
        write(tmp_path / "out", NEW)
        assert seen(tmp_path / "real/talk") == NEW

    def test_files_that_an_author_names_need_no_manifest(self, tmp_path: Path) -> None:
        files = {"a.txt": b"a", "below/b.txt": b"b"}
        write_files(tmp_path / "mine", files, Diagnostics())
        assert held(tmp_path / "mine") == files
        with pytest.raises(DeckgenError, match=r"would overwrite `.*a\.txt`"):
            write_files(tmp_path / "mine", files | {"a.txt": b"other", "c": b""}, Diagnostics())
        assert held(tmp_path / "mine") == files


class TestChangedFiles:
    """A file that someone changed is not overwritten unless they say so."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """Return a folder in which two files were written; one was changed, and a third is not ours."""
        write(tmp_path, {"one.txt": b"old one", "two.txt": b"old two"})
        (tmp_path / "talk/two.txt").write_bytes(b"my two")
        (tmp_path / "talk/three.txt").write_bytes(b"my three")
        return tmp_path / "talk"

    def test_it_is_named_and_all_stays(self, tmp_path: Path, folder: Path) -> None:
        before = held(folder)
        found = refused(tmp_path, NEW)
        assert found == (
            "would-overwrite",
            f"would overwrite what was changed in `{folder}/two.txt`",
        )
        assert held(folder) == before

    def test_one_that_is_not_ours_is_named_too(self, tmp_path: Path, folder: Path) -> None:
        before = held(folder)
        diagnostics = Diagnostics()
        with pytest.raises(DeckgenError):
            write_build(tmp_path, "talk", build(NEW | {"three.txt": b"new"}), diagnostics)
        edited, other = [found.message for found in diagnostics]
        assert (edited.count("two.txt"), other.count("three.txt")) == (1, 1)
        assert "no record" in other
        assert held(folder) == before

    def test_force_overwrites_both(self, tmp_path: Path, folder: Path) -> None:
        write(tmp_path, NEW | {"three.txt": b"new three"}, changed="overwrite")
        assert seen(folder) == NEW | {"three.txt": b"new three"}
        write(tmp_path, NEW)

    def test_backup_keeps_both_under_free_names(self, tmp_path: Path, folder: Path) -> None:
        (folder / "two.mine.txt").write_bytes(b"an older two")
        files = NEW | {"three.txt": b"new three", "three.mine.txt": b"of the build"}
        done = write(tmp_path, files, changed="backup")
        kept = {"two.mine-2.txt": b"my two", "three.mine-2.txt": b"my three"}
        assert seen(folder) == files | kept | {"two.mine.txt": b"an older two"}
        assert {path.name: to.name for path, to in done.backups.items()} == {
            "two.txt": "two.mine-2.txt",
            "three.txt": "three.mine-2.txt",
        }

    def test_one_that_holds_what_would_be_written_is_ours_from_then_on(
        self, tmp_path: Path
    ) -> None:
        folder = tmp_path / "talk"
        folder.mkdir()
        (folder / "one.txt").write_bytes(NEW["one.txt"])
        write(tmp_path, NEW)
        write(tmp_path, {"one.txt": b"newer", "two.txt": b"newer"})
        assert set(seen(folder).values()) == {b"newer"}

    def test_times_do_not_count_nor_do_line_ends_of_texts(self, tmp_path: Path) -> None:
        write(tmp_path, {"a.md": b"a\nb\n", "a.pptx": b"PK\0\n"})
        folder = tmp_path / "talk"
        (folder / "a.md").write_bytes(b"a\r\nb\r\n")
        os.utime(folder / "a.pptx", (0, 0))
        write(tmp_path, {"a.md": b"a\nc\n", "a.pptx": b"PK\0new\n"})
        (folder / "a.pptx").write_bytes(b"PK\0new\r\n")
        assert refused(tmp_path, {"a.md": b"a\nd\n", "a.pptx": b"PK\0\n"})[0] == "would-overwrite"

    def test_a_file_that_was_deleted_is_written_again(self, tmp_path: Path, folder: Path) -> None:
        (folder / "two.txt").unlink()
        write(tmp_path, NEW)
        assert seen(folder) == NEW | {"three.txt": b"my three"}

    @pytest.mark.parametrize("changed", ["overwrite", "backup"])
    def test_a_link_is_someones_and_is_never_followed(self, tmp_path: Path, changed: str) -> None:
        outside, link = tmp_path / "outside.txt", tmp_path / "talk/two.txt"
        link.parent.mkdir()
        outside.write_bytes(NEW["two.txt"])
        link.symlink_to(outside)
        assert refused(tmp_path, NEW)[0] == "would-overwrite"
        write(tmp_path, NEW | {"two.txt": b"newer"}, changed=changed)
        assert outside.read_bytes() == NEW["two.txt"]
        assert link.read_bytes() == b"newer"
        assert (tmp_path / "talk/two.mine.txt").is_symlink() == (changed == "backup")


class TestLeftovers:
    """What a build no longer makes goes, but nothing that another command made."""

    def test_it_is_removed(self, tmp_path: Path) -> None:
        write(tmp_path, NEW | {"three.txt": b"3"})
        done = write(tmp_path, NEW)
        assert done.removed == (tmp_path / "talk/three.txt",)
        assert seen(tmp_path / "talk") == NEW

    def test_one_that_was_changed_stays_and_is_told_once(self, tmp_path: Path) -> None:
        write(tmp_path, NEW | {"three.txt": b"3", "four.txt": b"4"})
        three = tmp_path / "talk/three.txt"
        three.write_bytes(b"mine")
        (tmp_path / "talk/four.txt").unlink()
        (tmp_path / "talk/four.txt").mkdir()
        told = Diagnostics()
        write_build(tmp_path, "talk", build(NEW), told)
        assert [found.id for found in told] == ["left-over"]
        assert all(name in next(iter(told)).message for name in ("three.txt`", "four.txt`"))
        again = Diagnostics()
        write_build(tmp_path, "talk", build(NEW), again)
        assert len(again) == 0
        assert three.read_bytes() == b"mine"

    def test_other_sets_stay(self, tmp_path: Path) -> None:
        write(tmp_path, build({"talk.a": b""}, "talk"))
        write(tmp_path, build({"talk.60min.a": b""}, "talk.60min"))
        write(tmp_path, build({"talk.b": b""}, "talk"))
        assert set(seen(tmp_path / "talk")) == {"talk.60min.a", "talk.b"}

    def test_a_set_that_its_whole_no_longer_has_goes_with_all_its_files(
        self, tmp_path: Path
    ) -> None:
        days = [
            FileSet(f"talk.{day}", {f"talk.{day}.a": b""}, frozenset({"talk"})) for day in "123"
        ]
        programme = FileSet("talk", {"talk.programme": b""})
        write(tmp_path, Build((*days, programme), frozenset({"talk"})))
        write(tmp_path, build({"talk.1.b": b""}, "talk.1"))  # --session 1
        assert set(seen(tmp_path / "talk")) == {
            "talk.1.b",
            "talk.2.a",
            "talk.3.a",
            "talk.programme",
        }
        write(tmp_path, Build((days[1], programme), frozenset({"talk"})))
        assert set(seen(tmp_path / "talk")) == {"talk.2.a", "talk.programme"}

    def test_nothing_goes_for_a_whole_that_is_not_complete(self, tmp_path: Path) -> None:
        every = [FileSet(name, {f"{name}.a": b""}, frozenset({"all"})) for name in "xyz"]
        write(tmp_path, Build(tuple(every), frozenset({"all"})))
        write(tmp_path, Build((every[0],), frozenset("x")))
        assert set(seen(tmp_path / "talk")) == {"x.a", "y.a", "z.a"}
        write(tmp_path, Build((every[0],), frozenset({"x", "all"})))
        assert set(seen(tmp_path / "talk")) == {"x.a"}

    def test_a_file_that_moves_to_another_set_stays(self, tmp_path: Path) -> None:
        write(tmp_path, build({"a": b"1", "b": b"1"}, "talk"))
        write(tmp_path, build({"a": b"2"}, "other"))
        write(tmp_path, build({"b": b"3"}, "talk"))
        assert seen(tmp_path / "talk") == {"a": b"2", "b": b"3"}


class TestNames:
    def test_two_that_differ_only_in_case_or_accents_are_refused(self, tmp_path: Path) -> None:
        id, message = refused(tmp_path, {"README.md": b"", "readme.md": b""})
        assert id == "cannot-write"
        assert "`README.md` would be the same file on some systems" in message
        decomposed = unicodedata.normalize("NFD", "Rollen für é")
        assert refused(tmp_path, {"Rollen für é": b"", decomposed: b""})[0] == "cannot-write"
        assert seen(tmp_path) == {}

    @pytest.mark.parametrize("old", ["Talk.MD", unicodedata.normalize("NFD", "é.md")])
    def test_a_file_system_to_which_they_are_one(self, tmp_path: Path, old: str) -> None:
        """Stands in for one: a second name of the same file, as macOS and Windows would find it."""
        new = unicodedata.normalize("NFC", old).lower()
        write(tmp_path, {old: b"old"})
        (tmp_path / "talk" / new).hardlink_to(tmp_path / "talk" / old)
        done = write(tmp_path, {new: b"new"})
        assert (done.removed, seen(tmp_path / "talk")[new]) == ((), b"new")

    def test_the_longest_name_that_there_can_be(self, tmp_path: Path) -> None:
        name = "a" * 255
        write(tmp_path, {name: b"long"})
        assert "File name too long" in refused(tmp_path, {name: b"2", f"{name}b": b""})[1]
        assert seen(tmp_path / "talk") == {name: b"long"}


class TestRefusing:
    """Where files cannot be written, what was there stays, and the message says why."""

    def test_a_folder_stands_where_a_file_should(self, tmp_path: Path) -> None:
        (tmp_path / "talk/two.txt").mkdir(parents=True)
        path = tmp_path / "talk/two.txt"
        assert refused(tmp_path, NEW) == ("cannot-write", f"cannot write {path}: it is a folder")
        assert held(tmp_path / "talk") == {}

    def test_a_pipe_stands_where_a_file_should(self, tmp_path: Path) -> None:
        (tmp_path / "talk").mkdir()
        os.mkfifo(tmp_path / "talk/two.txt")
        assert refused(tmp_path, NEW)[1].endswith("two.txt: it is not a file")

    def test_the_folder_leads_out(self, tmp_path: Path) -> None:
        (tmp_path / "elsewhere").mkdir()
        out = tmp_path / "out"
        out.mkdir()
        (out / "talk").symlink_to(tmp_path / "elsewhere")
        assert refused(out, NEW)[1] == f"cannot write {out / 'talk'}: it leads outside {out}"
        assert held(tmp_path / "elsewhere") == {}

    @pytest.mark.parametrize("name", ["..", "../elsewhere"])
    def test_the_name_leads_out(self, tmp_path: Path, name: str) -> None:
        assert "it leads outside" in refused(tmp_path / "out", NEW, name)[1]
        assert list(tmp_path.iterdir()) == []

    def test_a_file_stands_where_the_folder_should(self, tmp_path: Path) -> None:
        (tmp_path / "talk").write_bytes(b"mine")
        assert refused(tmp_path, NEW)[1] == f"cannot write {tmp_path / 'talk'}: File exists"
        assert held(tmp_path) == {"talk": b"mine"}

    def test_the_folder_cannot_be_made(self) -> None:
        assert refused(Path("/dev/null/out"), NEW)[1].startswith("cannot write /dev/null/out")

    def test_the_link_leads_nowhere(self, tmp_path: Path) -> None:
        (tmp_path / "talk").symlink_to(tmp_path / "nowhere")
        assert refused(tmp_path, NEW)[1].startswith(f"cannot write {tmp_path / 'talk'}")
        assert not (tmp_path / "nowhere").exists()

    @pytest.mark.parametrize("kind", ["file", "link"])
    def test_something_of_ones_own_is_called_like_the_folder_of_new_files(
        self, tmp_path: Path, kind: str
    ) -> None:
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "elsewhere/mine").write_bytes(b"mine")
        (tmp_path / "talk").mkdir()
        staging = tmp_path / "talk" / STAGING
        if kind == "file":
            staging.write_bytes(b"mine")
        else:
            staging.symlink_to(tmp_path / "elsewhere")
        assert "it is in the way" in refused(tmp_path, NEW)[1]
        assert (tmp_path / "elsewhere/mine").read_bytes() == b"mine"

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "[]",
            "{}",
            '{"deckgen": 2, "sets": {}}',
            '{"deckgen": 1, "sets": {"talk": {"files": {"../mine": "x"}}}}',
            '{"deckgen": 1, "sets": {"talk": {"files": {"/mine": "x"}}}}',
            "<<<<<<< ours",
        ],
    )
    def test_a_manifest_that_is_none(self, tmp_path: Path, text: str) -> None:
        write(tmp_path, NEW)
        path = tmp_path / "talk" / MANIFEST
        path.write_text(text)
        before = held(tmp_path)
        id, message = refused(tmp_path, {"one.txt": b"newer"})
        assert (id, message.startswith(f"cannot write {path}: it ")) == ("cannot-write", True)
        assert held(tmp_path) == before
        path.unlink()
        assert refused(tmp_path, {"one.txt": b"newer"})[0] == "would-overwrite"
        path.write_text(text)
        write(tmp_path, {"one.txt": b"newer"}, changed="overwrite")
        write(tmp_path, {"one.txt": b"newest"})

    @pytest.mark.parametrize("name", ["../mine", "/etc/hostname", "link/mine"])
    def test_a_journal_of_someone_else_leads_nowhere(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "mine").write_bytes(b"mine")
        staging = tmp_path / "talk" / STAGING
        staging.mkdir(parents=True)
        (tmp_path / "talk/link").symlink_to(tmp_path)
        (staging / "old-0").write_bytes(b"theirs")
        (staging / JOURNAL).write_text(json.dumps([[name, "x", None]]))
        assert "it leads outside" in refused(tmp_path, NEW)[1]
        assert (tmp_path / "mine").read_bytes() == b"mine"

    def test_another_deckgen_is_writing_there(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(lock.locked.__wrapped__, "__defaults__", (0.1,))
        write(tmp_path, NEW)
        before = held(tmp_path)
        with locked(tmp_path / "talk"):
            message = refused(tmp_path, {"one.txt": b"newer"})[1]
        assert message == f"cannot write {tmp_path / 'talk'}: another deckgen is writing there"
        assert held(tmp_path) == before
        write(tmp_path, {"one.txt": b"newer"})


# every call that may fail ---------------------------------------------------------------------


class KilledError(BaseException):
    """The program ends here."""


class Disk:
    """Counts the calls that change a disk; the one numbered *bad* fails, or every one from there on."""

    CALLS = ((os, "mkdir"), (os, "link"), (os, "unlink"), (os, "replace"), (os, "rmdir"))
    WRITES = ((Path, "write_bytes"), (Path, "write_text"))

    def __init__(self, bad: int, error: BaseException, *, for_good: bool) -> None:
        self.count, self.bad, self.error, self.for_good = 0, bad, error, for_good

    def install(self, patch: pytest.MonkeyPatch) -> None:
        for home, name in self.CALLS:
            patch.setattr(home, name, self._checked(getattr(home, name)))
        for home, name in self.WRITES:
            patch.setattr(home, name, self._torn(getattr(home, name)))

    def _is_bad(self) -> bool:
        self.count += 1
        return self.count == self.bad or (self.for_good and self.count > self.bad)

    def _checked(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def checked(*arguments: Any, **options: Any) -> Any:
            if self._is_bad():
                raise self.error
            return call(*arguments, **options)

        return checked

    def _torn(self, write: Callable[..., Any]) -> Callable[..., Any]:
        def torn(path: Path, content: Any, **options: Any) -> Any:
            if self._is_bad():
                write(path, content[: len(content) // 2], **options)
                raise self.error
            return write(path, content, **options)

        return torn


OLD_FILES = {"a": b"old a", "b": b"b", "c": b"old c", "d": b"old d"}
NEW_FILES = {"a": b"new a", "b": b"b", "d": b"new d", "e": b"new e"}


def begin(out: Path) -> Path:
    """Write the old set, change a file of it, add one, and return the folder."""
    write(out, OLD_FILES)
    folder = out / "talk"
    (folder / "d").write_bytes(b"my d")
    (folder / "mine").write_bytes(b"mine")
    return folder


def sets(out: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Return what there is in a folder before and after the new set is written."""
    folder = begin(out)
    before = held(folder)
    write(out, NEW_FILES, changed="backup")
    after = held(folder)
    assert after["d.mine"] == b"my d"
    assert "c" not in after
    return before, after


FAILURES = {
    "one call fails": (OSError(28, "No space left on device"), False),
    "all calls fail from there on": (OSError(30, "Read-only file system"), True),
    "the program is interrupted": (KeyboardInterrupt(), False),
    "the program is killed": (KilledError(), True),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_old_set_or_new_set_whichever_call_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: str
) -> None:
    before, after = sets(tmp_path / "good")
    error, for_good = FAILURES[failure]
    ends = []
    for bad in range(1, 200):
        out = tmp_path / str(bad)
        folder = begin(out)
        disk = Disk(bad, error, for_good=for_good)
        diagnostics = Diagnostics()
        with monkeypatch.context() as patch:
            disk.install(patch)
            try:
                write_build(out, "talk", build(NEW_FILES), diagnostics, "backup")
            except DeckgenError:
                ends.append("told")
                assert [found.id for found in diagnostics] == ["cannot-write"]
            except (KeyboardInterrupt, KilledError):
                ends.append("ended")
            else:
                ends.append("done")
        if ends[-1] == "told" and not for_good:
            assert held(folder) == before, f"after call {bad}"
        recover(folder)
        assert held(folder) in ([after] if ends[-1] == "done" else [before, after]), bad
        write_build(out, "talk", build(NEW_FILES), Diagnostics(), "backup")
        assert held(folder) == after, f"built again after call {bad}"
        if disk.count < bad:
            break
    assert len(ends) > 25, "no call was missed"
    assert ends[-1] == "done"


def kill_before_the_manifest(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kill a build when all its files are in place, but not the record of them."""
    disk = Disk(10**6, KilledError(), for_good=True)
    with monkeypatch.context() as patch:
        disk.install(patch)
        replace = os.replace

        def deadly(source: Any, target: Any, **options: Any) -> None:
            if Path(target).name == MANIFEST:
                disk.bad = disk.count
            replace(source, target, **options)

        patch.setattr(os, "replace", deadly)
        with pytest.raises(KilledError):
            write_build(out, "talk", build(NEW_FILES), Diagnostics(), "backup")
    assert (out / "talk" / STAGING / JOURNAL).exists()


def test_the_undoing_may_be_killed_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, _ = sets(tmp_path / "good")
    for bad in range(1, 60):
        out = tmp_path / str(bad)
        folder = begin(out)
        kill_before_the_manifest(out, monkeypatch)
        disk = Disk(bad, KilledError(), for_good=True)
        with monkeypatch.context() as patch:
            disk.install(patch)
            with suppress(KilledError):
                recover(folder)
        recover(folder)
        assert held(folder) == before
        if disk.count < bad:
            return
    raise AssertionError("the undoing never ended")


def test_where_all_fails_the_message_says_what_comes_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hints = set()
    for bad in range(1, 40):
        out = tmp_path / str(bad)
        begin(out)
        diagnostics = Diagnostics()
        with monkeypatch.context() as patch:
            Disk(bad, OSError(5, "Input/output error"), for_good=True).install(patch)
            with pytest.raises(DeckgenError):
                write_build(out, "talk", build(NEW_FILES), diagnostics, "backup")
        hints |= {hint for found in diagnostics for hint in found.hints}
        if hints:
            break
    assert hints == {"some files are new and some are not: the next build puts the old ones back"}


def test_an_edit_between_a_kill_and_the_next_build_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = begin(tmp_path)
    kill_before_the_manifest(tmp_path, monkeypatch)
    assert (folder / "a").read_bytes() == b"new a"
    (folder / "a").write_bytes(b"my a")
    id, message = refused(tmp_path, NEW_FILES)
    assert (id, f"`{folder}/a`, `{folder}/d`" in message) == ("would-overwrite", True)
    assert seen(folder) == OLD_FILES | {"a": b"my a", "d": b"my d", "mine": b"mine"}


def test_a_file_system_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: Any, **__: Any) -> None:
        raise OSError(95, "Operation not supported")

    before, after = sets(tmp_path / "good")
    monkeypatch.setattr(os, "link", no_links)
    assert sets(tmp_path / "bad") == (before, after)


class Folder:
    """A folder that people edit while builds come, fail and are killed in it."""

    NAMES = ("one", "two", "three", "four", "five")

    def __init__(self, out: Path, seed: int) -> None:
        self.out, self.folder, self.random = out, out / "talk", random.Random(seed)
        self.ever: set[bytes] = set()  # what people wrote
        self.theirs: set[bytes] = set()  # and have not deleted

    def edit(self) -> None:
        """Change, add, rename or delete a file, as people do."""
        self.folder.mkdir(parents=True, exist_ok=True)
        names = [path.name for path in self.folder.glob("[!.]*")]
        name = self.random.choice([*names, *(f"{variant}.one" for variant in "ab"), "mine"])
        path = self.folder / name
        if path.exists():
            self.theirs.discard(path.read_bytes())
        if path.exists() and self.random.random() < 0.2:
            path.unlink()
            return
        content = f"edit {len(self.ever)}".encode()
        path.write_bytes(content)
        self.ever.add(content)
        self.theirs.add(content)

    def build(self, disk: Disk | None, patch: pytest.MonkeyPatch) -> str:
        """Build one or both variants with some of their files; return how it ended."""
        variants = self.random.choice(["a", "b", "ab"])
        sets = []
        for variant in variants:
            names = self.random.sample(self.NAMES, self.random.randint(1, 5))
            files = {f"{variant}.{name}": f"{name} {self.random.randint(1, 3)}" for name in names}
            made = {name: text.encode() for name, text in files.items()}
            sets.append(FileSet(variant, made, frozenset({"all"} if len(variants) > 1 else ())))
        complete = frozenset({*variants, "all"} if len(variants) > 1 else variants)
        made = Build(tuple(sets), complete)
        changed: Any = self.random.choice(["refuse", "backup"])
        with patch.context() as patched:
            if disk:
                disk.install(patched)
            try:
                write_build(self.out, "talk", made, Diagnostics(), changed)
            except DeckgenError:
                return "refused"
            except KilledError:
                return "killed"
        self.check_built(made)
        return "built"

    def check_built(self, made: Build) -> None:
        """All files of the build are there, and else only what other builds made or is someone's."""
        after = seen(self.folder)
        sets = read_manifest(self.folder)
        recorded = {name: found for each in sets.values() for name, found in each.files.items()}
        assert made.files.items() <= after.items()
        for name in after.keys() - made.files.keys():
            is_of_a_set = any(name.startswith(f"{each.name}.") for each in made.sets)
            assert not is_of_a_set or after[name] in self.ever, f"{name} is stale"
            assert after[name] in self.ever or fingerprint(after[name]) == recorded[name]
        assert all(recorded[name] == fingerprint(made.files[name]) for name in made.files)

    def check_kept(self) -> None:
        """Nothing that people wrote is gone, not even until the next build."""
        there = set(seen(self.folder).values())
        assert self.theirs <= there, self.theirs - there


@pytest.mark.parametrize("seed", range(20))
def test_no_edit_is_ever_lost_and_nothing_stale_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    folder = Folder(tmp_path, seed)
    ends: Counter[str] = Counter()
    for _ in range(60):
        for _ in range(folder.random.randint(0, 2)):
            folder.edit()
        disk = None
        if folder.random.random() < 0.5:
            bad, error = folder.random.randint(1, 40), folder.random.random()
            failure = KilledError() if error < 0.6 else OSError(28, "No space left on device")
            disk = Disk(bad, failure, for_good=isinstance(failure, KilledError))
        ends[folder.build(disk, monkeypatch)] += 1
        folder.check_kept()
    assert all(ends[end] for end in ("built", "refused", "killed")), ends
