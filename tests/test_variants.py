"""`deckgen build --all`: every variant is sound, and all its clocks are those of its plan."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from pptx import Presentation

import deck_gates as gates
from deckgen import cli
from deckgen.compiler import Options, check
from deckgen.diagnostics import Diagnostics
from deckgen.outline.changes import Changes
from deckgen.plan.model import Plan

ROOT = Path(__file__).resolve().parents[1]
OUTLINE = ROOT / "outlines/phd-in-ml.yaml"
VARIANTS = [
    (audience, budget)
    for audience in ("students", "engineers", "hiring_managers")
    for budget in (30, 60, 90, 180)
]
CLOCK = r"\d\d:\d\d"
SMALL = """
workshop: {title: Tea, budgets: [20, 40], start: "10:00"}
blocks:
  - {kind: content, title: Leaves, points: [Green], time: [10, 15, 30]}
  - {kind: content, title: Water, points: [Hot], time: [5, 10, 30]}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("all")
    result = CliRunner().invoke(cli.main, ["build", str(OUTLINE), "--all", "-o", str(out), "-q"])
    assert result.exit_code == 0, result.output
    return out / "phd-in-ml"


def test_three_audiences_with_four_budgets_are_twelve_decks(folder: Path) -> None:
    names = {f"phd-in-ml.{audience}.{budget}min.pptx" for audience, budget in VARIANTS}
    assert {path.name for path in folder.glob("*.pptx")} == names


def test_all_decks_are_sound(folder: Path) -> None:
    decks = sorted(folder.glob("*.pptx"))
    assert [f for deck in decks for f in gates.package_findings(deck)] == []
    assert [f for deck in decks for f in gates.audit_findings(deck)] == []
    assert [f for found in gates.sdk_findings(decks).values() for f in found] == []
    assert [f for deck in decks for f in gates.overflow_findings(deck)] == []


@pytest.mark.parametrize(("audience", "budget"), VARIANTS)
def test_all_clocks_agree_with_the_plan(folder: Path, audience: str, budget: int) -> None:
    options = Options(audience=audience, changes=Changes(budget=budget))
    plan = check(OUTLINE, Diagnostics(), options)[0].plan
    name = f"phd-in-ml.{audience}.{budget}min"
    deck = Presentation(str(folder / f"{name}.pptx"))

    def read(document: str) -> str:
        return (folder / f"{name}.{document}.md").read_text(encoding="utf-8")

    exact = [(str(e.start), str(e.minutes)) for e in plan.entries if e.minutes]
    assert plan.minutes <= budget
    assert re.findall(rf"^\| ({CLOCK}) \| (\d+)\b", read("run-sheet"), re.M) == exact
    notes = read("facilitator-notes")
    assert re.findall(rf"^\| ({CLOCK}) \(\d+:\d\d\) \| (\d+)\b", notes, re.M) == exact
    for planned in plan.blocks:
        if planned.minutes:
            head = f"{planned.start} to {planned.end}, {planned.minutes} min"
            assert head in notes
            assert f"latest start {planned.latest_start}" in notes
    assert f"{plan.start} to {plan.end}" in read("handout")
    assert (
        _starts(plan)
        == re.findall(rf"^\| ({CLOCK}) \|", read("handout"), re.M)[: len(_starts(plan))]
    )
    _check_slides(plan, deck)


def _starts(plan: Plan) -> list[str]:
    """Return the agenda's clocks: those of the run sheet, without the buffer."""
    return [f"{p.start // 60:02d}:{p.start % 60:02d}" for p in plan.blocks if p.minutes]


def _check_slides(plan: Plan, deck: object) -> None:
    slides = list(deck.slides)  # type: ignore[attr-defined]
    tables = [
        row.cells[0].text
        for slide in slides
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
        if re.fullmatch(CLOCK, row.cells[0].text)
    ]
    ends = {f"{plan.end // 60:02d}:{plan.end % 60:02d}"}
    assert tables
    assert set(tables) <= set(_starts(plan)) | ends
    assert set(_starts(plan)) <= set(tables)
    said = "\n".join(s.notes_slide.notes_text_frame.text for s in slides if s.has_notes_slide)
    shown = {s.text_frame.text for slide in slides for s in slide.shapes if s.has_text_frame}
    for planned in plan.blocks:
        if planned.minutes and planned.block.KIND != "agenda":
            assert str(planned.start) in said
        if planned.block.KIND == "break":
            assert str(planned.end) in shown


def run(tmp_path: Path, text: str, *options: str) -> tuple[int, str, list[str]]:
    path = tmp_path / "tea.yaml"
    path.write_text(text, encoding="utf-8")
    words = ["build", str(path), "-o", str(tmp_path / "out"), *options]
    result = CliRunner().invoke(cli.main, words)
    decks = sorted(p.name for p in tmp_path.glob("out/tea/*.pptx"))
    return result.exit_code, result.output, decks


def test_an_outline_without_a_default_audience_is_built_for_none_too(tmp_path: Path) -> None:
    text = SMALL + "audiences: {cooks: {workshop: {subtitle: For cooks}}}\n"
    code, _, decks = run(tmp_path, text, "--all")
    assert code == 0
    assert decks == [
        "tea.20min.pptx",
        "tea.40min.pptx",
        "tea.cooks.20min.pptx",
        "tea.cooks.40min.pptx",
    ]


def test_an_error_names_its_variant_and_the_others_are_built(tmp_path: Path) -> None:
    text = SMALL.replace("[10, 15, 30]", "[10, 15, 30], priority: must").replace(
        "[5, 10, 30]", "[5, 10, 30], priority: must"
    )
    code, output, decks = run(tmp_path, text, "--all", "--budgets", "5,30", "--json")
    assert code == 1
    assert decks == ["tea.30min.pptx"]
    messages = [d["message"] for d in json.loads(output)["diagnostics"]]
    assert [m for m in messages if m.startswith("tea.5min: ")] == messages[:1]


@pytest.mark.parametrize("options", [("--budgets", "30"), ("--all", "--budget", "30")])
def test_options_that_do_not_go_together_are_refused(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    code, _, decks = run(tmp_path, SMALL, *options)
    assert code == 2
    assert decks == []


def test_a_budget_of_nothing_is_an_error(tmp_path: Path) -> None:
    code, output, _ = run(tmp_path, SMALL.replace("[20, 40]", "[0, 40]"), "--all")
    assert code == 1
    assert "tea.yaml:2" in output


class TestTo:
    def test_the_csv_holds_the_plan_and_runs_nothing(self, tmp_path: Path) -> None:
        text = SMALL.replace("title: Water", 'title: "=1+1"')
        assert run(tmp_path, text, "--to", "csv", "--budget", "40")[0] == 0
        rows = (tmp_path / "out/tea/tea.40min.run-sheet.csv").read_text().splitlines()
        assert rows[0].startswith("start,end,elapsed,minutes,latest start,block,kind")
        assert rows[1].startswith("10:00,10:")
        assert ",'=1+1,content," in "\n".join(rows)
        assert sum(int(row.split(",")[3]) for row in rows[1:]) == 40

    def test_the_calendar_holds_one_session_over_midnight_in_the_same_bytes(
        self, tmp_path: Path
    ) -> None:
        from icalendar import Calendar

        options = ("--to", "ics", "--date", "2026-03-14", "--start", "23:50", "--budget", "40")
        written = []
        for _ in range(2):
            assert run(tmp_path, SMALL, *options)[0] == 0
            written.append((tmp_path / "out/tea/tea.40min.run-sheet.ics").read_bytes())
        assert written[0] == written[1]
        (event,) = Calendar.from_ical(written[0]).walk("VEVENT")
        assert event["dtstart"].to_ical() == b"20260314T235000"
        assert event["dtend"].to_ical() == b"20260315T003000"
        assert "23:50 Leaves" in event["description"]

    def test_a_calendar_without_a_day_is_an_error_at_the_workshop(self, tmp_path: Path) -> None:
        code, output, decks = run(tmp_path, SMALL, "--to", "ics", "--format", "concise")
        assert (code, decks) == (1, [])
        assert "no-date" in output
        assert "tea.yaml:2:" in output
