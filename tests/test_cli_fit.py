"""`deckgen fit`, and the options that win over an outline's frame."""

from __future__ import annotations

import json
import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

from deckgen.cli import main

ROOT = Path(__file__).parents[1]
PANEL = ROOT / "tests" / "reference" / "panel.yaml"
SHIPPED = str(ROOT / "outlines" / "phd-in-ml.yaml")


@pytest.fixture(autouse=True)
def in_tmp_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run every command in a folder of its own, which holds the reference outline."""
    monkeypatch.chdir(tmp_path)
    Path("panel.yaml").write_text(PANEL.read_text(encoding="utf-8"), encoding="utf-8")


def run(*arguments: str) -> Result:
    """Return how the command ended."""
    result = CliRunner().invoke(main, arguments, prog_name="deckgen")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def cells(text: str) -> dict[str, list[str]]:
    """Return the rows of a table by their first word."""
    return {line.split()[0]: line.split()[1:] for line in text.splitlines() if line}


class TestFit:
    def test_a_row_for_each_block_with_minutes_and_reason(self) -> None:
        result = run("fit", "panel.yaml", "--budget", "60")
        assert result.exit_code == 0
        rows = cells(result.stdout)
        assert rows["corners"][:3] == ["shortened", "9", "10:04"]
        assert rows["settings"][:2] == ["cut", "-"]
        assert rows["buffer"] == ["6", "10:50"]
        assert "54 min of blocks, 6 of buffer: 60 min" in result.stdout
        assert result.stdout.startswith("A PhD for ML work?\n24 people, in person\n")

    def test_the_budget_of_the_outline(self) -> None:
        assert "81 min of blocks, 9 of buffer: 90 min" in run("fit", "panel.yaml").stdout

    def test_breaks_and_free_minutes(self) -> None:
        text = run("fit", "panel.yaml", "--budget", "240").stdout
        assert (
            "24 of buffer, 20 of breaks, 37 free (every block is at its maximum): 240 min" in text
        )
        assert "break-2" in text

    def test_a_budget_that_is_too_small(self) -> None:
        result = run("fit", "panel.yaml", "--budget", "20")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "error[does-not-fit]" in result.stderr
        assert "the smallest possible budget is 23 min" in result.stderr
        assert "= `sort` needs at least 7 min: panel.yaml:57:5" in result.stderr

    def test_an_outline_without_a_budget(self) -> None:
        text = PANEL.read_text(encoding="utf-8").replace("  budget: 90\n", "")
        Path("open.yaml").write_text(text, encoding="utf-8")
        result = run("fit", "open.yaml")
        assert (result.exit_code, "use --budget or --compare" in result.stderr) == (2, True)

    def test_it_says_what_a_shorter_session_keeps(self) -> None:
        text = run("fit", "panel.yaml", "--budget", "58").stdout
        assert "advice is cut at 58 min but kept at 57 min: corners takes its place" in text

    def test_people_audience_and_mode(self) -> None:
        result = run("fit", "panel.yaml", "--people", "12", "--audience", "engineers")
        assert "12 people, in person, audience engineers" in result.stdout
        assert "break" in cells(run("fit", "panel.yaml", "--mode", "online").stdout)

    def test_an_unknown_audience_is_an_error(self) -> None:
        result = run("fit", "panel.yaml", "--audience", "pilots")
        assert (result.exit_code, "error[unknown-audience]" in result.stderr) == (1, True)

    def test_several_budgets_side_by_side(self) -> None:
        result = run("fit", "panel.yaml", "--compare", "20,45,58,180,240")
        rows = cells(result.stdout)
        assert result.exit_code == 0
        assert rows["block"] == ["20", "45", "58", "180", "240"]
        assert rows["corners"] == ["x", "3*", "8", "14", "14"]
        assert rows["clinic"] == ["x", "-", "-", "30", "30"]
        assert rows["breaks"] == ["10", "20"]
        assert rows["free"] == ["37"]
        assert "20 min is too short: the smallest possible budget is 23 min" in result.stdout
        assert "advice is cut at 58 min but kept at 45 min" in result.stdout

    @pytest.mark.parametrize("budgets", ["", "a", "0,30", "30,10000"])
    def test_wrong_budgets(self, budgets: str) -> None:
        assert run("fit", "panel.yaml", "--compare", budgets).exit_code == 2

    def test_json(self) -> None:
        result = run("fit", "panel.yaml", "--budget", "60", "--json")
        printed = json.loads(result.stdout)
        (fit,) = printed["fits"]
        assert (printed["ok"], fit["budget"], fit["buffer"], fit["minutes"]) == (True, 60, 6, 60)
        assert sum(row["minutes"] for row in fit["rows"]) == 60
        assert len(fit["decisions"]) == 12
        failed = json.loads(run("fit", "panel.yaml", "--compare", "20", "--json").stdout)
        assert (failed["ok"], failed["fits"][0]["smallest"]) == (False, 23)


class TestOptions:
    def test_files_carry_the_audience_and_the_minutes_that_were_asked_for(self) -> None:
        assert run("build", SHIPPED, "--audience", "engineers", "--budget", "60").exit_code == 0
        names = {path.name for path in Path("output/phd-in-ml").iterdir()}
        assert "phd-in-ml.engineers.60min.pptx" in names
        assert "phd-in-ml.engineers.60min.run-sheet.md" in names

    def test_other_options_leave_the_name(self) -> None:
        assert run("build", "panel.yaml", "--people", "12", "--start", "14:00").exit_code == 0
        assert Path("output/panel/panel.pptx").exists()

    def test_they_win_over_the_outline(self) -> None:
        options = ["--budget", "45", "--people", "16", "--mode", "online"]
        options += ["--start", "13:00", "--date", "2026-03-14"]
        assert run("build", "panel.yaml", *options).exit_code == 0
        sheet = Path("output/panel/panel.45min.run-sheet.md").read_text(encoding="utf-8")
        assert "14 March 2026, 13:00 to 13:45, 16 people, online." in sheet

    def test_check_takes_them(self) -> None:
        assert "panel.yaml: 7 blocks, 45 min" in run("check", "panel.yaml", "--budget", "45").stdout
        assert run("check", "panel.yaml", "--budget", "20").exit_code == 1

    def test_a_break_that_was_put_in_is_a_slide_and_a_row(self) -> None:
        assert run("build", "panel.yaml", "--budget", "120").exit_code == 0
        sheet = Path("output/panel/panel.120min.run-sheet.md").read_text(encoding="utf-8")
        assert re.search(r"\| 10:51 \| 10 \| B7 Break \|", sheet)
        with ZipFile("output/panel/panel.120min.pptx") as deck:
            slides = [deck.read(n).decode() for n in deck.namelist() if "slides/slide" in n]
        assert sum("Back at" in slide and "11:01" in slide for slide in slides) == 1

    @pytest.mark.parametrize(
        "option",
        [
            ("--budget", "0"),
            ("--budget", "10000"),
            ("--people", "0"),
            ("--mode", "space"),
            ("--start", "25:00"),
            ("--date", "yesterday"),
        ],
    )
    @pytest.mark.parametrize("command", ["build", "check", "fit"])
    def test_wrong_values_are_wrong_use(self, command: str, option: tuple[str, str]) -> None:
        assert run(command, "panel.yaml", *option).exit_code == 2

    def test_an_online_session_shows_utc(self) -> None:
        text = PANEL.read_text(encoding="utf-8").replace(
            "  mode: in_person\n", '  mode: online\n  utc_offset: "+05:30"\n'
        )
        Path("far.yaml").write_text(text, encoding="utf-8")
        assert run("build", "far.yaml", "--start", "02:00").exit_code == 0
        sheet = Path("output/far/far.run-sheet.md").read_text(encoding="utf-8")
        assert "02:00 to 03:30 (20:30 to 22:00 UTC), " in sheet

    def test_a_wrong_offset_is_an_error_at_its_place(self) -> None:
        text = PANEL.read_text(encoding="utf-8").replace("buffer: 10%", "utc_offset: east")
        Path("far.yaml").write_text(text, encoding="utf-8")
        assert "far.yaml:9:15" in run("check", "far.yaml").stderr


class TestConsequences:
    """What the budget costs stands in the documents."""

    @pytest.fixture
    def documents(self) -> dict[str, str]:
        run("build", "panel.yaml", "--budget", "45")
        return {
            path.name.split(".")[2]: path.read_text(encoding="utf-8")
            for path in Path("output/panel").glob("*.md")
        }

    def test_the_handout_holds_what_was_cut_in_full(self, documents: dict[str, str]) -> None:
        missed = documents["handout"].partition("## Not covered today")[2]
        for title in ("Degree or job", "Two places", "Signal or noise", "Before you go", "Clinic"):
            assert title in missed
        assert "| Pay | Low for years | Higher |" in missed
        assert "Where do you stand?" not in missed

    def test_the_notes_say_what_was_cut_and_why(self, documents: dict[str, str]) -> None:
        notes = documents["facilitator-notes"]
        assert (
            "- **Cut for time.**\n  - Degree or job: the trade (find it in the handout): " in notes
        )
        assert "- **In short form.** Where do you stand? (3 min): short form “Hands up”" in notes
        assert "### Fit decisions\n\nFitted to 45 min for 24 people.\n" in notes
        assert "- **B3.** Shortened to 6 min, from 7 min (least 4)" in notes

    def test_the_short_form_is_what_slides_and_run_sheet_show(
        self, documents: dict[str, str]
    ) -> None:
        assert "| B2 Hands up |" in documents["run-sheet"]
        assert "Where do you stand?" not in documents["run-sheet"]
        with ZipFile("output/panel/panel.45min.pptx") as deck:
            slides = "".join(deck.read(n).decode() for n in deck.namelist() if "slides/" in n)
        assert "Hands up" in slides
        assert "Where do you stand?" not in slides

    def test_nothing_of_the_reasons_reaches_participants(self, documents: dict[str, str]) -> None:
        assert not re.search(r"\b(cut|should asks|could asks|short form)\b", documents["handout"])

    def test_ideal_minutes_need_no_word(self) -> None:
        run("build", SHIPPED)
        notes = Path("output/phd-in-ml/phd-in-ml.facilitator-notes.md").read_text(encoding="utf-8")
        assert "Cut for time" not in notes
        assert "Fit decisions" not in notes
