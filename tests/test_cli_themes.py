"""`deckgen themes`: the list, the table of one theme, one of your own, and a PowerPoint template."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result
from pptx import Presentation

import deck_gates as gates
from deckgen.cli import main
from deckgen.diagnostics import Diagnostics
from deckgen.render.pptx.template import write_template
from deckgen.theme.load import load_theme, theme_names
from deckgen.theme.model import SLOTS
from deckgen.theme.places import data_file, slide_layouts
from stages import theme

SOURCE = data_file("themes", "clear", "theme.yaml")
PALE = SOURCE.replace('accent6: "51605B"', 'accent6: "A1B0AB"')
OUTLINE = """workshop: {title: "Knife skills", theme: ours}
blocks:
  - {kind: recap, title: "Recap", time: 5, takeaways: [Cut away from yourself]}
"""


@pytest.fixture(autouse=True)
def in_tmp_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    """Return how the command ended that the author calls with *arguments*."""
    result = CliRunner().invoke(main, arguments, prog_name="deckgen")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def put(path: str, text: str) -> None:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


class TestList:
    def test_your_own_are_marked(self) -> None:
        put("themes/ours/theme.yaml", SOURCE)
        rows = {line.split()[0]: line for line in run("themes", "list").stdout.splitlines()}
        assert list(rows) == sorted([*theme_names(), "ours"])
        assert rows["ours"].endswith("(yours: themes/ours/theme.yaml)")
        assert not any("yours" in row for name, row in rows.items() if name != "ours")

    def test_a_theme_of_your_own_stands_for_one_that_ships(self) -> None:
        put("themes/clear/theme.yaml", SOURCE)
        listed = json.loads(run("themes", "list", "--json").stdout)
        assert [each["name"] for each in listed] == list(theme_names())
        assert [each["path"] for each in listed if each["name"] == "clear"] == [
            "themes/clear/theme.yaml"
        ]
        assert all(each["path"] is None for each in listed if each["name"] != "clear")

    @pytest.mark.parametrize("text", ["- a", "a: [", "name: x", PALE])
    def test_a_broken_one_is_listed_as_such(self, text: str) -> None:
        put("themes/ours/theme.yaml", text)
        result = run("themes", "list")
        assert result.exit_code == 0
        assert "ours    Cannot be used: deckgen themes show ours (yours: " in result.stdout


class TestShow:
    @pytest.mark.parametrize("name", theme_names())
    def test_the_tokens_and_the_contrast(self, name: str) -> None:
        result = run("themes", "show", name)
        made = theme(name)
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout.startswith(f"{name}: {made.character}\n")
        for slot in SLOTS:
            assert re.search(rf"^ +{slot} +{made.colours[slot]}$", result.stdout, re.MULTILINE)
        for style in made.type:
            assert re.search(
                rf"^  {style} +{made.type[style].size:g}\b", result.stdout, re.MULTILINE
            )
        assert made.fonts["heading"].office in result.stdout
        assert len(re.findall(r" ok  `?\w", result.stdout)) > 40
        assert " LOW " not in result.stdout

    def test_a_pair(self) -> None:
        row = "  page    muted     ground  51605B on FFFFFF   6.61  4.5 ok  `caption` at 12 pt\n"
        assert row in run("themes", "show", "clear").stdout

    def test_a_font_without_known_widths_is_told(self) -> None:
        assert "not known" not in run("themes", "show", "clear").stdout
        put(
            "ours/theme.yaml", SOURCE.replace("body:    {office: Arial", "body: {office: Ours Sans")
        )
        assert "body       Ours Sans (not measured" in run("themes", "show", "ours").stdout

    def test_as_json(self) -> None:
        printed = json.loads(run("themes", "show", "stage", "--json").stdout)
        assert (printed["ok"], printed["name"], printed["diagnostics"]) == (True, "stage", [])
        assert printed["colours"]["dk1"] == "0F1418"
        assert printed["fonts"]["heading"] == "Calibri"
        assert printed["type"]["cover"]["size"] == 76
        assert all(each["ok"] for each in printed["contrast"])
        (found,) = (
            each
            for each in printed["contrast"]
            if (each["area"], each["ink"], each["fill"]) == ("page", "line", "ground")
        )
        assert (found["need"], found["ratio"]) == (3, pytest.approx(5.17, abs=0.005))

    def test_one_that_is_too_pale_is_shown_and_fails(self) -> None:
        put("themes/ours/theme.yaml", PALE)
        result = run("themes", "show", "ours")
        assert result.exit_code == 1
        assert "page    muted     ground  A1B0AB on FFFFFF   2.25  4.5 LOW" in result.stdout
        assert "error[low-contrast]: on page, `muted` (accent6) A1B0AB" in result.stderr
        line = next(k for k, row in enumerate(PALE.splitlines(), 1) if row.startswith("  page:"))
        column = PALE.splitlines()[line - 1].index("accent6") + 1
        assert f" --> themes/ours/theme.yaml:{line}:{column}\n" in result.stderr
        printed = json.loads(run("themes", "show", "ours", "--json").stdout)
        assert printed["ok"] is False
        assert {each["id"] for each in printed["diagnostics"]} == {"low-contrast"}

    @pytest.mark.parametrize(
        ("name", "id"), [("cleer", "unknown-theme"), ("bare", "missing-field"), ("x.yaml", "invalid-yaml")]
    )  # fmt: skip
    def test_one_that_cannot_be_read(self, name: str, id: str) -> None:
        put("bare/theme.yaml", "name: bare\n")
        put("x.yaml", "a: [\n")
        result = run("themes", "show", name)
        assert (result.exit_code, result.stdout) == (1, "")
        assert f"error[{id}]" in result.stderr
        assert json.loads(run("themes", "show", name, "--json").stdout)["ok"] is False


class TestNew:
    @pytest.mark.parametrize("start", theme_names())
    def test_a_copy_is_sound_and_has_its_own_name(self, start: str) -> None:
        result = run("themes", "new", "ours", "--from", start)
        assert (result.exit_code, result.stdout) == (
            0,
            "wrote ours/theme.yaml\nnext: deckgen themes show ours\n",
        )
        text = Path("ours/theme.yaml").read_text(encoding="utf-8")
        assert text.startswith(f"# The theme ours, started as a copy of {start}.")
        assert "slide-layouts.yaml" not in text
        made = load_theme("ours", Diagnostics())
        assert made is not None
        assert (made.name, made.colours) == ("ours", theme(start).colours)

    def test_all_but_the_head_and_the_name_stays(self) -> None:
        run("themes", "new", "ours")
        lines = Path("ours/theme.yaml").read_text(encoding="utf-8").splitlines()
        start = lines.index('name: "ours"')
        assert lines[start + 1 :] == SOURCE.splitlines()[2:]

    def test_a_copy_of_a_copy_has_one_head(self) -> None:
        run("themes", "new", "ours", "-o", "themes")
        run("themes", "new", "theirs", "--from", "ours")
        text = Path("theirs/theme.yaml").read_text(encoding="utf-8")
        assert text.count("started as a copy of") == 1

    @pytest.mark.parametrize(
        ("out", "shown"), [(".", "ours"), ("themes", "ours"), ("a/b", "a/b/ours")]
    )
    def test_it_is_found_as_it_says(self, out: str, shown: str) -> None:
        result = run("themes", "new", "ours", "-o", out)
        assert result.stdout.endswith(f"\nnext: deckgen themes show {shown}\n")
        assert f"--theme {shown}\n" in (Path(out) / "ours/theme.yaml").read_text(encoding="utf-8")
        assert run("themes", "show", shown).stdout.startswith("ours: ")

    @pytest.mark.parametrize("folder", ["themes", "elsewhere/themes", "elsewhere"])
    def test_an_outline_takes_it_by_name(self, folder: str) -> None:
        run("themes", "new", "ours", "-o", folder)
        put("elsewhere/o.yaml", OUTLINE)
        assert run("build", "elsewhere/o.yaml").exit_code == 0
        with ZipFile("output/o/o.pptx") as deck:
            assert b'name="ours"' in deck.read("ppt/theme/theme1.xml")

    def test_so_does_the_option(self) -> None:
        run("themes", "new", "mine", "-o", "elsewhere/themes")
        put("elsewhere/o.yaml", OUTLINE)
        assert run("check", "elsewhere/o.yaml").exit_code == 1
        assert run("check", "elsewhere/o.yaml", "--theme", "mine").exit_code == 0

    def test_a_file_that_is_there_stays_unless_it_is_forced(self) -> None:
        put("ours/theme.yaml", "mine")
        result = run("themes", "new", "ours")
        assert result.exit_code == 1
        assert "error[would-overwrite]: would overwrite `ours/theme.yaml`\n" in result.stderr
        assert Path("ours/theme.yaml").read_text(encoding="utf-8") == "mine"
        assert run("themes", "new", "ours", "--force").exit_code == 0
        assert load_theme("ours", Diagnostics()) is not None

    @pytest.mark.parametrize("name", ["", "a/b", "..", "a: b", 'a"b', "a b"])
    def test_a_name_that_is_none(self, name: str) -> None:
        assert run("themes", "new", name).exit_code == 2

    @pytest.mark.parametrize("name", ["null", "no", "12", "été"])
    def test_a_name_that_yaml_could_mistake(self, name: str) -> None:
        assert run("themes", "new", name).exit_code == 0
        made = load_theme(name, Diagnostics())
        assert made is not None
        assert made.name == name

    def test_a_start_that_is_none(self) -> None:
        result = run("themes", "new", "ours", "--from", "cleer")
        assert (result.exit_code, Path("ours").exists()) == (1, False)
        assert "error[unknown-theme]" in result.stderr

    def test_a_folder_that_cannot_be_made(self) -> None:
        put("file", "")
        result = run("themes", "new", "ours", "-o", "file/x")
        assert result.exit_code == 1
        assert "error[cannot-write]: cannot write file/x/ours: Not a directory" in result.stderr


class TestExport:
    def test_a_template_is_written(self) -> None:
        result = run("themes", "export", "clear", "-o", "a/b.potx")
        assert (result.exit_code, result.stdout) == (0, "wrote a/b.potx\n")
        assert Path("a/b.potx").read_bytes() == write_template(theme("clear"), "en-GB")
        assert [path.name for path in Path("a").iterdir()] == ["b.potx"]

    def test_one_of_your_own_in_another_language(self) -> None:
        put("themes/ours/theme.yaml", SOURCE)
        assert run("themes", "export", "ours", "-o", "o.potx", "--lang", "de-DE").exit_code == 0
        with ZipFile("o.potx") as file:
            assert b'lang="de-DE"' in file.read("ppt/slideMasters/slideMaster1.xml")

    @pytest.mark.parametrize(
        "arguments",
        [
            ["clear"],
            ["clear", "-o", "a.pptx"],
            ["clear", "-o", "a"],
            ["clear", "-o", "a.potx", "--lang", '"><a'],
        ],
    )
    def test_wrong_use(self, arguments: list[str]) -> None:
        assert run("themes", "export", *arguments).exit_code == 2

    def test_nothing_is_written_of_a_broken_theme(self) -> None:
        put("themes/ours/theme.yaml", PALE)
        result = run("themes", "export", "ours", "-o", "o.potx")
        assert (result.exit_code, Path("o.potx").exists()) == (1, False)
        assert "error[low-contrast]" in result.stderr

    def test_a_place_that_cannot_be_written(self) -> None:
        Path("o.potx").mkdir()
        put("file", "")
        assert run("themes", "export", "clear", "-o", "o.potx").exit_code == 2
        result = run("themes", "export", "clear", "-o", "file/o.potx")
        assert result.exit_code == 1
        assert "error[cannot-write]" in result.stderr


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The templates of all themes by name."""
    folder = tmp_path_factory.mktemp("templates")
    paths = {name: folder / f"{name}.potx" for name in theme_names()}
    for name, path in paths.items():
        path.write_bytes(write_template(theme(name), "en-GB"))
    return paths


class TestTemplate:
    def test_the_bytes_are_always_the_same(self, templates: dict[str, Path]) -> None:
        for name, path in templates.items():
            assert write_template(theme(name), "en-GB") == path.read_bytes()

    def test_it_is_a_template_and_has_no_slides(self, templates: dict[str, Path]) -> None:
        for path in templates.values():
            package = gates.Package(path)
            assert package.slides == []
            assert len(package.layouts) == len(slide_layouts())
            assert b".template.main+xml" in package.parts[gates.CONTENT_TYPES]
            assert b".presentation.main+xml" not in package.parts[gates.CONTENT_TYPES]

    def test_powerpoint_s_own_validator_finds_nothing(self, templates: dict[str, Path]) -> None:
        gates.require(gates.SDK)
        found = gates.sdk_findings(templates.values())
        assert {path.stem: each for path, each in found.items() if each} == {}

    def test_openxml_audit_finds_nothing(self, templates: dict[str, Path]) -> None:
        gates.require("openxml-audit")
        assert {n: found for n, p in templates.items() if (found := gates.audit_findings(p))} == {}

    @pytest.mark.parametrize("name", theme_names())
    def test_slides_can_be_made_of_it(self, templates: dict[str, Path], name: str) -> None:
        deck = Presentation(io.BytesIO(as_presentation(templates[name].read_bytes())))
        assert [layout.name for layout in deck.slide_layouts] == list(slide_layouts())
        for layout in deck.slide_layouts:
            slide = deck.slides.add_slide(layout)
            assert slide.shapes.title is not None
        deck.save(io.BytesIO())


def as_presentation(template: bytes) -> bytes:
    """Return a template as a presentation, which is all that python-pptx opens."""
    written = io.BytesIO()
    with ZipFile(io.BytesIO(template)) as old, ZipFile(written, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == gates.CONTENT_TYPES:
                part = part.replace(b".template.main+xml", b".presentation.main+xml")
            new.writestr(name, part)
    return written.getvalue()
