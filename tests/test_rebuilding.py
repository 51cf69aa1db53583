"""Building again: no edit is lost, nothing stale stays, and a killed build is none."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import deckgen
from deckgen import cli

ROOT = Path(__file__).resolve().parents[1]
KILLS = Path(__file__).with_name("kills.py")
OUTLINE = """
workshop:
  title: Tea
  budgets: [20, 40]
  team: {host: Ann, timekeeper: Bob}
blocks:
  - {kind: content, title: Leaves, points: [Green], time: [10, 15, 30]}
  - {kind: content, title: Water, points: [Hot], time: [5, 10, 30]}
audiences:
  cooks: {workshop: {subtitle: For cooks}}
  guests: {workshop: {subtitle: For guests}}
"""
WITHOUT_BOB = OUTLINE.replace(", timekeeper: Bob", "")
SESSIONS = """
workshop:
  title: Series
  sessions: [{id: one, title: One}, {id: two, title: Two}, {id: three, title: Three}]
blocks:
  - {kind: content, title: Leaves, points: [Green], time: 10, session: one}
  - {kind: content, title: Water, points: [Hot], time: 10, session: two}
  - {kind: content, title: Milk, points: [Cold], time: 10, session: three}
"""
ENDINGS = ["facilitator-notes.md", "handout.md", "pptx", "run-sheet.md"]
ROLES = ["role-host.md", "role-timekeeper.md"]


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(text: str, *options: str) -> Result:
    Path("tea.yaml").write_text(text, encoding="utf-8")
    return CliRunner().invoke(cli.main, ["build", "tea.yaml", *options])


def built(text: str, *options: str) -> dict[str, Any]:
    """Build without errors, and return what was told as JSON."""
    result = run(text, *options, "--json")
    assert result.exit_code == 0, result.output
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def held(folder: str = "output/tea") -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(Path(folder).glob("[!.]*"))}


def files(*variants: str, endings: list[str] = ENDINGS + ROLES) -> list[str]:
    """Return the names of the files of variants: '' is the usual one."""
    return sorted(f"tea{variant}.{ending}" for variant in variants for ending in endings)


class TestEdited:
    """A deck that was changed in PowerPoint."""

    @pytest.fixture
    def edited(self) -> bytes:
        from pptx import Presentation

        built(OUTLINE)
        deck = Presentation("output/tea/tea.pptx")
        deck.slides[0].shapes[0].text_frame.text = "My own title"
        deck.save("output/tea/tea.pptx")
        return Path("output/tea/tea.pptx").read_bytes()

    def test_nothing_is_written_over_it(self, edited: bytes) -> None:
        before = held()
        result = run(OUTLINE.replace("Green", "Black"))
        assert (result.exit_code, result.stdout) == (1, "")
        told = "error[would-overwrite]: would overwrite what was changed in `output/tea/tea.pptx`\n"
        assert told in result.stderr
        for way in ("--force", "--backup", "another place"):
            assert way in result.stderr
        assert held() == before
        assert before["tea.pptx"] == edited

    def test_each_way_out_is_one(self, edited: bytes) -> None:
        text = OUTLINE.replace("Green", "Black")
        built(text, "-o", "elsewhere")
        result = run(text, "--backup")
        assert "kept your output/tea/tea.pptx as tea.mine.pptx\n" in result.stdout
        assert held().pop("tea.mine.pptx") == edited
        assert held("elsewhere/tea") == {k: v for k, v in held().items() if ".mine." not in k}
        Path("output/tea/tea.pptx").write_bytes(edited)
        built(text, "--force")
        assert held("elsewhere/tea") == {k: v for k, v in held().items() if ".mine." not in k}
        assert run(text, "--force", "--backup").exit_code == 2

    def test_programs_are_told_too(self, edited: bytes) -> None:
        made = deckgen.build(deckgen.load("tea.yaml"))
        with pytest.raises(deckgen.DeckgenError, match="would overwrite"):
            deckgen.write(made, "output")
        deckgen.write(made, "output", changed="backup")
        assert held()["tea.mine.pptx"] == edited

    def test_all_variants_stay_as_they_were(self) -> None:
        built(OUTLINE, "--all")
        deck = Path("output/tea/tea.cooks.20min.pptx")
        deck.write_bytes(b"mine")
        before = held()
        assert run(OUTLINE.replace("Green", "Black"), "--all").exit_code == 1
        assert held() == before


class TestStale:
    """Files that a build no longer makes."""

    def test_a_role_is_removed(self) -> None:
        built(OUTLINE)
        assert sorted(held()) == files("")
        told = built(WITHOUT_BOB)
        assert told["removed"] == [f"output/tea/tea.{role}" for role in ROLES]
        assert sorted(held()) == files("", endings=ENDINGS)
        assert "removed" not in run(WITHOUT_BOB).stdout

    def test_a_role_sheet_that_was_changed_stays_and_is_told(self) -> None:
        built(OUTLINE)
        Path("output/tea/tea.role-timekeeper.md").write_text("mine")
        told = built(WITHOUT_BOB)
        (found,) = [each for each in told["diagnostics"] if each["id"] == "left-over"]
        assert "`output/tea/tea.role-timekeeper.md`" in found["message"]
        assert held()["tea.role-timekeeper.md"] == b"mine"

    def test_formats_that_are_not_asked_for_any_more(self) -> None:
        built(OUTLINE, "--to", "csv", "--to", "html")
        html = [f"tea.{ending.replace('.md', '.html')}" for ending in ENDINGS + ROLES]
        htmls = [name for name in html if name.endswith("html")]
        assert sorted(held()) == sorted([*files(""), "tea.run-sheet.csv", *htmls])
        built(OUTLINE, "--to", "csv")
        assert sorted(held()) == sorted([*files(""), "tea.run-sheet.csv"])
        told = built(OUTLINE)
        assert told["removed"] == ["output/tea/tea.run-sheet.csv"]

    def test_pictures_of_slides_that_are_gone(self) -> None:
        pytest.importorskip("resvg_py")
        built(OUTLINE, "--to", "deck-png")
        before = len(held())
        text = OUTLINE.replace(
            "  - {kind: content, title: Water, points: [Hot], time: [5, 10, 30]}", ""
        )
        assert built(text, "--to", "deck-png")["removed"] != []
        assert len(held()) < before


class TestVariants:
    """A command removes what it made itself, and of no other variant."""

    def test_each_audience_budget_and_edition_has_its_own(self) -> None:
        built(OUTLINE)
        built(OUTLINE, "--audience", "cooks")
        built(OUTLINE, "--budget", "30")
        built(OUTLINE, "--edition", "participant")
        both = ["handout.md", "pptx"]
        every = files("", ".cooks", ".30min") + files(".participant", endings=both)
        assert sorted(held()) == sorted(every)
        assert built(WITHOUT_BOB)["removed"] == [f"output/tea/tea.{role}" for role in ROLES]
        assert set(files(".cooks", ".30min")) <= set(held())

    def test_all_leaves_what_others_made_and_others_what_all_made(self) -> None:
        built(OUTLINE, "--budget", "30")
        every = [f"{a}.{b}min" for a in ("", ".cooks", ".guests") for b in (20, 40)]
        built(OUTLINE, "--all")
        assert sorted(held()) == files(".30min", *every)
        for options in (["--audience", "cooks"], ["--audience", "cooks", "--budget", "20"], []):
            assert built(OUTLINE, *options)["removed"] == []
        assert set(files(".30min", *every)) <= set(held())

    def test_all_removes_what_all_made_of_an_audience_and_a_budget_that_are_gone(self) -> None:
        built(OUTLINE, "--budget", "30")
        built(OUTLINE, "--all")
        text = OUTLINE.replace("[20, 40]", "[40]").split("  guests")[0]
        built(text, "--all")
        assert sorted(held()) == files(".30min", ".40min", ".cooks.40min")

    def test_all_of_one_audience_or_for_participants_leaves_the_others(self) -> None:
        built(OUTLINE, "--all")
        built(OUTLINE, "--all", "--audience", "cooks", "--budgets", "60")
        built(OUTLINE, "--all", "--edition", "participant")
        every = [f"{a}.{b}min" for a in ("", ".cooks", ".guests") for b in (20, 40)]
        assert set(files(*every, ".cooks.60min")) <= set(held())

    def test_a_variant_with_errors_keeps_its_files(self) -> None:
        text = OUTLINE.replace("[10, 15, 30]}", "[10, 15, 30], priority: must}")
        built(text, "--all")
        before = held()
        broken = text.replace("[5, 10, 30]}", "[15, 20, 30], priority: must}")
        result = run(broken, "--all")
        assert result.exit_code == 1
        after = held()
        assert set(after) == set(before)
        assert {name for name in after if after[name] != before[name]} <= set(
            files(".40min", ".cooks.40min", ".guests.40min")
        )
        assert after["tea.40min.pptx"] != before["tea.40min.pptx"]

    def test_a_session_leaves_the_others_and_the_programme(self) -> None:
        built(SESSIONS)
        before = held()
        assert "tea.programme.md" in before
        assert built(SESSIONS, "--session", "two", "--to", "csv")["removed"] == []
        assert set(held()) == {*before, "tea.two.run-sheet.csv"}
        told = built(SESSIONS)
        assert told["removed"] == ["output/tea/tea.two.run-sheet.csv"]

    def test_a_session_that_is_gone(self) -> None:
        built(SESSIONS)
        text = SESSIONS.replace(", {id: three, title: Three}", "").split(
            "  - {kind: content, title: Milk"
        )
        removed = built(text[0])["removed"]
        assert removed == [f"output/tea/tea.three.{ending}" for ending in ENDINGS]

    def test_a_workshop_that_has_no_sessions_any_more(self) -> None:
        built(SESSIONS)
        built(WITHOUT_BOB)
        assert sorted(held()) == files("", endings=ENDINGS)

    def test_the_record_is_the_same_whatever_was_built_before(self) -> None:
        built(OUTLINE, "--all", "--to", "csv")
        built(WITHOUT_BOB, "--all")
        built(WITHOUT_BOB, "--all", "-o", "fresh")
        records = [Path(out, "tea/.deckgen.json").read_bytes() for out in ("output", "fresh")]
        assert records[0] == records[1]


class TestGit:
    """Outputs that are kept in git."""

    def test_a_fresh_checkout_with_the_line_ends_of_windows_is_not_an_edit(self) -> None:
        built(OUTLINE)
        git = [
            "git",
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@example.org",
            "-c",
            "core.autocrlf=true",
        ]
        for words in (["init", "-q", "."], ["add", "output"], ["commit", "-qm", "Build"]):
            subprocess.run([*git, *words], check=True, capture_output=True)
        subprocess.run([*git, "clone", "-q", ".", "copy", "-c", "core.autocrlf=true"], check=True)
        assert b"\r\n" in Path("copy/output/tea/tea.handout.md").read_bytes()
        built(OUTLINE.replace("Green", "Black"), "-o", "copy/output")


class TestDisk:
    """Where there is no room, or no permission."""

    def test_a_full_disk(self, tmp_path: Path) -> None:
        disk = tmp_path / "disk"
        disk.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)]
        if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
            pytest.skip("a small disk can only be made where mounting is allowed")
        try:
            built(OUTLINE, "-o", "disk")
            before = held("disk/tea")
            Path("disk/others").write_bytes(bytes(shutil.disk_usage("disk").free - 20_000))
            result = run(OUTLINE.replace("Green", "Black"), "-o", "disk")
            assert "No space left on device" in result.stderr
            assert (result.exit_code, held("disk/tea")) == (1, before)
            assert sorted(path.name for path in Path("disk/tea").glob(".*")) == [".deckgen.json"]
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
            result = run(OUTLINE.replace("Green", "Black"), "-o", "disk")
            assert "Read-only file system" in result.stderr
            assert (result.exit_code, held("disk/tea")) == (1, before)
            assert run(OUTLINE, "-o", "disk").exit_code == 0, "there is nothing to write"
        finally:
            subprocess.run(["umount", str(disk)], check=True)

    def test_a_folder_that_one_may_not_write(self) -> None:
        if os.geteuid() == 0:
            pytest.skip("root may write everywhere")
        built(OUTLINE)
        before = held()
        Path("output/tea").chmod(0o555)
        result = run(OUTLINE.replace("Green", "Black"))
        Path("output/tea").chmod(0o755)
        assert "Permission denied" in result.stderr
        assert (result.exit_code, held()) == (1, before)

    def test_files_that_may_not_grow_so_large(self) -> None:
        built(OUTLINE)
        before = held()
        Path("tea.yaml").write_text(OUTLINE.replace("Green", "Black"), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "deckgen", "build", "tea.yaml"],
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
            capture_output=True,
            text=True,
            check=False,
        )
        told = "error[cannot-write]: cannot write output/tea/tea.pptx: File too large"
        assert (done.returncode, told in done.stderr) == (1, True), done.stderr
        assert held() == before


class TestKilled:
    """Builds that end in the middle, and several at once."""

    def test_200_builds_killed_at_random_moments(self, tmp_path: Path) -> None:
        found = self.told("kill", tmp_path, 200)
        assert found["builds"] > 150
        assert found["old"] + found["new"] == found["builds"]
        assert found["unfinished"], "no build was killed while files were renamed"

    def test_four_builds_at_once(self, tmp_path: Path) -> None:
        found = self.told("race", tmp_path, 20)
        assert (found["failed"], found["mixed"], found["unfinished"]) == (0, 0, 0)

    def told(self, task: str, folder: Path, count: int) -> dict[str, int]:
        done = subprocess.run(
            [sys.executable, str(KILLS), task, str(folder / "out"), str(count)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        found: dict[str, int] = json.loads(done.stdout)
        return found

    def test_whole_commands(self) -> None:
        texts = [OUTLINE, WITHOUT_BOB.replace("Green", "Black")]
        sets = []
        for number, text in enumerate(texts):
            built(text, "-o", str(number))
            sets.append(held(f"{number}/tea"))
        built(texts[0])
        moments = random.Random(5)
        for number in range(8):
            Path("tea.yaml").write_text(texts[(number + 1) % 2], encoding="utf-8")
            process = subprocess.Popen(
                [sys.executable, "-m", "deckgen", "build", "tea.yaml"], stdout=subprocess.DEVNULL
            )
            time.sleep(moments.uniform(0.1, 0.6))
            process.send_signal(signal.SIGKILL)
            process.wait()
            assert held() in sets
        built(texts[0])
        assert held() == sets[0]
