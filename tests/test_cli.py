"""The command line: what it prints and writes, and with which code it ends."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

from deckgen import __version__
from deckgen.cli import COMMANDS, main
from deckgen.theme.load import theme_names

SOUND = """workshop: {title: "Knife skills"}
blocks:
  - {kind: recap, title: "Recap", time: 5, takeaways: [Cut away from yourself]}
"""
WARNED = SOUND.replace('skills"', 'skills", objectives: [Hold, Cut]').replace(
    "5,", "5, objectives: O1,"
)
BROKEN = SOUND.replace("takeaways", "takeway")
ENDINGS = ("facilitator-notes.md", "handout.md", "pptx", "run-sheet.md")
PYTHON = Path(sys.executable)
THEMES = ("list", "show", "new", "export")
HELPS = ((), *((name,) for name in COMMANDS), *(("themes", name) for name in THEMES))


@pytest.fixture(autouse=True)
def in_tmp_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run every command in a folder of its own, which holds three outlines."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    for name, text in (("sound", SOUND), ("warned", WARNED), ("broken", BROKEN)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")


def run(*arguments: str) -> Result:
    """Return how the command ended that the author calls with *arguments*."""
    result = CliRunner().invoke(main, arguments, prog_name="deckgen")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def outputs(name: str, out: str = "output") -> list[str]:
    """Return the files of the outline called *name*."""
    return [f"{out}/{name}/{name}.{ending}" for ending in ENDINGS]


def written(out: str = "output") -> list[str]:
    """Return the files under *out* that people see."""
    files = (path for path in Path(out).rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in files if not path.name.startswith("."))


class TestBuild:
    """`deckgen build` writes four files of a sound outline, and of another none."""

    def test_a_sound_outline(self) -> None:
        result = run("build", "sound.yaml")
        assert (result.exit_code, result.stderr) == (0, "")
        assert written() == outputs("sound")
        lines = result.stdout.splitlines()
        assert sorted(line.split()[1] for line in lines[:-1]) == outputs("sound")
        assert re.fullmatch(r"4 files in \d+\.\d\d s", lines[-1])

    @pytest.mark.parametrize("option", ["-o", "--out"])
    def test_into_another_folder(self, option: str) -> None:
        assert run("build", "sound.yaml", option, "a/b").exit_code == 0
        assert written("a") == outputs("sound", "a/b")

    def test_several_outlines(self) -> None:
        result = run("build", "sound.yaml", "warned.yaml")
        assert result.exit_code == 0
        assert written() == outputs("sound") + outputs("warned")
        assert "8 files in" in result.stdout

    def test_a_broken_outline_does_not_keep_others_from_being_written(self) -> None:
        result = run("build", "broken.yaml", "sound.yaml")
        assert result.exit_code == 1
        assert written() == outputs("sound")

    def test_errors_are_printed_and_nothing_is_written(self) -> None:
        result = run("build", "broken.yaml")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "error[unknown-field]: `recap` block has no field `takeway`" in result.stderr
        assert " --> broken.yaml:3:44\n" in result.stderr
        assert result.stderr.endswith("\n1 error\n")
        assert not Path("output").exists()

    def test_what_was_there_stays(self) -> None:
        run("build", "sound.yaml")
        before = {path: Path(path).read_bytes() for path in written()}
        Path("sound.yaml").write_text(BROKEN, encoding="utf-8")
        assert run("build", "sound.yaml").exit_code == 1
        assert {path: Path(path).read_bytes() for path in written()} == before

    def test_warnings_do_not_fail(self) -> None:
        result = run("build", "warned.yaml")
        assert result.exit_code == 0
        assert result.stderr.endswith("\n1 warning\n")

    def test_under_strict_fit_what_was_set_smaller_or_split_is_an_error(self) -> None:
        tight = SOUND.replace("[Cut", f"[{', '.join(['word ' * 30] * 3)}, Cut")
        Path("tight.yaml").write_text(tight, encoding="utf-8")
        result = run("build", "tight.yaml", "--strict-fit", "-q")
        assert (result.exit_code, written()) == (1, [])
        assert "error[not-full-size]" in result.stderr
        assert run("check", "tight.yaml", "--strict-fit").exit_code == 1
        assert run("build", "tight.yaml").exit_code == 0
        assert run("build", "sound.yaml", "--strict-fit").exit_code == 0

    def test_under_strict_they_do(self) -> None:
        assert run("build", "warned.yaml", "--strict").exit_code == 1
        assert not Path("output").exists()
        assert run("build", "sound.yaml", "--strict").exit_code == 0

    @pytest.mark.parametrize("option", ["-q", "--quiet"])
    def test_quiet_prints_errors_only(self, option: str) -> None:
        result = run("build", "warned.yaml", option)
        assert (result.exit_code, result.output) == (0, "")
        assert "error[unknown-field]" in run("build", "broken.yaml", option).stderr

    def test_json(self) -> None:
        result = run("build", "sound.yaml", "warned.yaml", "--json")
        assert (result.exit_code, result.stderr) == (0, "")
        printed = json.loads(result.stdout)
        assert (printed["ok"], sorted(printed["written"])) == (
            True,
            outputs("sound") + outputs("warned"),
        )
        assert [found["id"] for found in printed["diagnostics"]] == ["unserved-objective"]
        assert printed["seconds"] >= 0

    def test_json_of_a_broken_outline(self) -> None:
        result = run("build", "broken.yaml", "--json")
        printed = json.loads(result.stdout)
        assert (result.exit_code, result.stderr) == (1, "")
        assert (printed["ok"], printed["written"]) == (False, [])
        assert printed["diagnostics"][0]["place"]["line"] == 3

    def test_an_audience_that_is_not_declared(self) -> None:
        result = run("build", "sound.yaml", "--audience", "cooks")
        assert result.exit_code == 1
        assert "error[unknown-audience]" in result.stderr

    def test_a_theme_by_name_or_path(self) -> None:
        assert run("build", "sound.yaml", "--theme", "clear").exit_code == 0
        path = Path(__file__).parents[1] / "themes" / "clear" / "theme.yaml"
        assert run("build", "sound.yaml", "--theme", str(path)).exit_code == 0
        assert run("build", "sound.yaml", "--theme", str(path.parent)).exit_code == 0
        assert "error[unknown-theme]" in run("build", "sound.yaml", "--theme", "clair").stderr


class TestFormats:
    """`--format` decides how findings are printed."""

    def test_concise(self) -> None:
        result = run("check", "broken.yaml", "--format", "concise")
        assert result.stderr.splitlines()[0].startswith("broken.yaml:3:44: error[unknown-field]: ")

    def test_json(self) -> None:
        result = run("check", "broken.yaml", "--format", "json")
        ids = [found["id"] for found in json.loads(result.stderr)]
        assert (result.stdout, ids) == ("", ["unknown-field"])

    def test_another_is_wrong_use(self) -> None:
        assert run("check", "broken.yaml", "--format", "xml").exit_code == 2


class TestCheck:
    """`deckgen check` reports and writes nothing."""

    def test_a_sound_outline(self) -> None:
        result = run("check", "sound.yaml")
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout == "sound.yaml: 1 blocks, 5 min, 2 slides, 0 % active\n"
        assert not Path("output").exists()

    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (["sound.yaml"], 0),
            (["warned.yaml"], 0),
            (["broken.yaml"], 1),
            (["sound.yaml", "broken.yaml"], 1),
            (["warned.yaml", "--strict"], 1),
            (["sound.yaml", "--strict"], 0),
            ([], 2),
            (["sound.yaml", "--nonsense"], 2),
        ],
    )
    def test_the_exit_code(self, arguments: list[str], code: int) -> None:
        assert run("check", *arguments).exit_code == code

    @pytest.mark.parametrize(("name", "ok"), [("sound", True), ("warned", True), ("broken", False)])
    def test_json(self, name: str, *, ok: bool) -> None:
        result = run("check", f"{name}.yaml", "--json")
        assert result.stderr == ""
        assert json.loads(result.stdout)["ok"] is ok

    def test_quiet(self) -> None:
        assert run("check", "sound.yaml", "warned.yaml", "--quiet").output == ""

    def test_findings_of_several_outlines_are_counted_together(self) -> None:
        result = run("check", "broken.yaml", "warned.yaml")
        assert result.stderr.endswith("\n1 error, 1 warning\n")


class TestPaths:
    """A path that cannot be read or written is told, never a traceback."""

    @pytest.mark.parametrize("command", ["build", "check"])
    @pytest.mark.parametrize(
        ("path", "says"),
        [
            ("missing.yaml", "cannot read missing.yaml: No such file or directory"),
            ("folder", "cannot read folder: Is a directory"),
            ("binary.yaml", "the file is not UTF-8 text: byte 4 is FF"),
            ("sound.yaml/x", "cannot read sound.yaml/x: Not a directory"),
            ("a" * 300, f"cannot read {'a' * 300}: File name too long"),
        ],
    )
    def test_of_an_outline(self, command: str, path: str, says: str) -> None:
        Path("folder").mkdir()
        Path("binary.yaml").write_bytes(b"PK\x03\x04\xff\xfe")
        result = run(command, path)
        assert result.exit_code == 1
        assert f"error[cannot-read]: {says}\n" in result.stderr

    def test_a_file_that_looks_like_an_option(self) -> None:
        Path("-x.yaml").write_text(SOUND, encoding="utf-8")
        assert run("build", "--", "-x.yaml").exit_code == 0

    def test_an_outline_without_an_ending(self) -> None:
        Path("plain").write_text(SOUND, encoding="utf-8")
        assert run("build", "plain").exit_code == 0
        assert written() == outputs("plain")

    def test_an_output_folder_that_cannot_be_made(self) -> None:
        result = run("build", "sound.yaml", "-o", "/dev/null/out")
        assert result.exit_code == 1
        assert "error[cannot-write]: cannot write /dev/null/out" in result.stderr

    def test_an_output_folder_that_is_a_file(self) -> None:
        assert run("build", "sound.yaml", "-o", "sound.yaml").exit_code == 2

    def test_a_folder_where_a_file_should_be(self) -> None:
        Path("output/sound/sound.run-sheet.md").mkdir(parents=True)
        result = run("build", "sound.yaml")
        assert result.exit_code == 1
        path = "output/sound/sound.run-sheet.md"
        assert f"error[cannot-write]: cannot write {path}: it is a folder\n" in result.stderr
        assert written() == []

    def test_an_output_folder_that_leads_out(self, tmp_path: Path) -> None:
        (tmp_path / "elsewhere").mkdir()
        Path("output").mkdir()
        Path("output/sound").symlink_to(tmp_path / "elsewhere")
        result = run("build", "sound.yaml")
        assert result.exit_code == 1
        assert "error[cannot-write]: cannot write output/sound: it leads outside" in result.stderr
        assert written("elsewhere") == []

    def test_json_stays_json(self) -> None:
        result = run("build", "missing.yaml", "sound.yaml", "-o", "/dev/null/out", "--json")
        ids = [found["id"] for found in json.loads(result.stdout)["diagnostics"]]
        assert (result.exit_code, result.stderr, ids) == (1, "", ["cannot-read", "cannot-write"])


class TestNew:
    """`deckgen new` writes an outline that builds."""

    def test_the_usual_starter_is_sound(self) -> None:
        result = run("new", "mine")
        assert result.exit_code == 0
        assert result.stdout.startswith("wrote mine.yaml\nwrote outline.schema.json\nnext:\n")
        assert run("check", "mine.yaml", "--strict").exit_code == 0

    @pytest.mark.parametrize("name", ["a.yaml", "a.yml", "a.b"])
    def test_a_yaml_ending_is_kept_another_is_not_taken_for_one(self, name: str) -> None:
        run("new", name)
        assert Path(name if name != "a.b" else "a.b.yaml").is_file()

    def test_a_file_that_is_there_stays(self) -> None:
        result = run("new", "sound")
        assert result.exit_code == 1
        assert "error[would-overwrite]: would overwrite `sound.yaml`\n" in result.stderr
        assert Path("sound.yaml").read_text(encoding="utf-8") == SOUND

    def test_unless_it_is_forced(self) -> None:
        assert run("new", "sound", "--force").exit_code == 0
        assert Path("sound.yaml").read_text(encoding="utf-8") != SOUND

    def test_or_kept_under_another_name(self) -> None:
        result = run("new", "sound", "--backup")
        assert result.stderr == "kept your sound.yaml as sound.mine.yaml\n"
        assert Path("sound.mine.yaml").read_text(encoding="utf-8") == SOUND

    def test_a_folder_that_is_missing_is_made(self) -> None:
        assert run("new", "nowhere/mine").exit_code == 0
        assert Path("nowhere/mine.yaml").is_file()

    def test_a_folder_that_cannot_be_made(self) -> None:
        result = run("new", "sound.yaml/mine")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "error[cannot-write]: cannot write sound.yaml: File exists" in result.stderr

    @pytest.mark.parametrize("arguments", [[], [""], ["."], ["a", "--from", "nothing"]])
    def test_wrong_use(self, arguments: list[str]) -> None:
        assert run("new", *arguments).exit_code == 2


class TestOtherCommands:
    """Schema, themes, version, help."""

    def test_the_schema_is_json(self) -> None:
        result = run("schema")
        assert json.loads(result.stdout)["title"] == "deckgen outline"

    def test_the_themes(self) -> None:
        lines = run("themes", "list").stdout.splitlines()
        assert [line.split()[0] for line in lines] == list(theme_names())

    def test_the_themes_as_json(self) -> None:
        listed = json.loads(run("themes", "list", "--json").stdout)
        assert [theme["name"] for theme in listed] == list(theme_names())
        assert all(theme["character"] for theme in listed)

    def test_the_version(self) -> None:
        assert run("--version").stdout == f"deckgen, version {__version__}\n"

    @pytest.mark.parametrize("arguments", [["bild", "sound.yaml"], ["--nonsense"], ["build"]])
    def test_wrong_use(self, arguments: list[str]) -> None:
        assert run(*arguments).exit_code == 2

    def test_the_help_lists_every_command(self) -> None:
        text = run("--help").stdout
        assert all(f"  {name}" in text and help in text for name, help in COMMANDS.items())

    @pytest.mark.parametrize("command", HELPS[1:], ids=" ".join)
    def test_every_help_has_an_example(self, command: tuple[str, ...]) -> None:
        assert "\n  Example:\n" in run(*command, "--help").stdout
        assert run(*command, "-h").stdout == run(*command, "--help").stdout

    @pytest.mark.parametrize("command", HELPS, ids=lambda command: " ".join(command) or "deckgen")
    def test_every_example_works_as_pasted(self, command: tuple[str, ...]) -> None:
        text = run(*command, "--help").stdout
        lines = re.findall(r"^ {4}(deckgen .*)$", text, re.MULTILINE)
        path = f"{PYTHON.parent}{os.pathsep}{os.environ['PATH']}"
        script = "\n".join(["set -e", *lines])
        assert lines
        subprocess.run(["sh", "-c", script], env={**os.environ, "PATH": path}, check=True)


class TestReproducible:
    """The same outline gives the same bytes, whatever the day, the zone or the run."""

    def build(self, out: str) -> list[bytes]:
        assert run("build", "sound.yaml", "-o", out).exit_code == 0
        return [Path(path).read_bytes() for path in outputs("sound", out)]

    def test_on_another_day(self, monkeypatch: pytest.MonkeyPatch) -> None:
        first = self.build("first")
        monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
        monkeypatch.setenv("TZ", "Pacific/Chatham")
        assert self.build("second") == first

    def test_no_part_of_the_deck_is_dated(self) -> None:
        self.build("output")
        with ZipFile(outputs("sound")[2]) as deck:
            assert {part.date_time for part in deck.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert b"<dcterms:" not in deck.read("docProps/core.xml")

    @pytest.mark.parametrize(
        ("epoch", "dates"),
        [("1700000000", {b"2023-11-14T22:13:20Z"}), ("soon", set()), ("9" * 20, set())],
    )
    def test_unless_the_build_gives_the_date(
        self, monkeypatch: pytest.MonkeyPatch, epoch: str, dates: set[bytes]
    ) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        self.build("output")
        with ZipFile(outputs("sound")[2]) as deck:
            core = deck.read("docProps/core.xml")
        assert set(re.findall(rb">(\d{4}-[^<]*)<", core)) == dates

    def test_in_another_process(self) -> None:
        for seed, zone in (("1", "UTC"), ("2", "Asia/Kathmandu")):
            environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
            command = [PYTHON, "-m", "deckgen", "build", "sound.yaml", "-o", seed]
            subprocess.run(command, env=environment, check=True, capture_output=True)
        first, second = ([Path(p).read_bytes() for p in outputs("sound", out)] for out in "12")
        assert first == second


def test_the_help_imports_nothing_that_it_does_not_need() -> None:
    command = [PYTHON, "-X", "importtime", "-m", "deckgen", "--help"]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    imported = set(re.findall(r"^import time:.*\| +(\w+)", ran.stderr, re.MULTILINE))
    assert "click" in imported
    assert not imported & {"yaml", "jinja2", "pptx", "lxml", "markdown_it"}


def test_two_outlines_of_one_name_are_wrong_use(tmp_path: Path) -> None:
    twins = [tmp_path / folder / "twin.yaml" for folder in ("a", "b")]
    result = CliRunner().invoke(main, ["build", *map(str, twins)])
    assert result.exit_code == 2
    assert "two outlines called twin" in result.stderr
