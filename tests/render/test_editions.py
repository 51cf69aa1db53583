"""What is written for whom: levels of detail, role sheets, answers, one page of run sheet."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from deckgen import cli
from deckgen.render.documents.options import DocumentOptions
from deckgen.render.documents.schedule import Slides
from deckgen.render.documents.write import write_documents
from stages import plan

ROOT = Path(__file__).resolve().parents[2]
OUTLINES = ROOT / "outlines"
BLOCKS = """
- {kind: title, id: open, title: Opening, time: 5, notes: {purpose: Begin, say: Hello there, transition: Onward}}
- {kind: activity, id: work, title: Work, time: [5, 10, 15], cards: [{text: Red card, answer: stop, why: it is red}],
   materials: [{item: Card set, per: group}], produce: A pile, notes: {ask: Why red?, background: Read this,
   if_short: Two cards}, lead: LEAD}
- {kind: quiz, title: Check, time: 5, items: [{q: What now?, a: Onward at once}]}
- {kind: case, title: Two people, time: 5, question: What to say?, cases: [{text: "Bo, new", advice: Wait first,
   twist: He left already}]}
- {kind: checklist, title: Ticks, time: 5, priority: could, items: [One, Two]}
"""


def written(team: str = "{}", lead: str = "", frame: str = "", **options: Any) -> dict[str, str]:
    blocks = BLOCKS.replace("lead: LEAD", f"lead: {lead}" if lead else "group: 4")
    head = f"workshop: {{title: Signs, team: {team}, people: 12{frame}}}"
    made = plan(
        blocks,
        frame=head,
        expect=("cut-for-time", "unfilled", "objective-dropped")[: 1 if frame else 0],
    )
    return write_documents(made, Slides(), DocumentOptions(**options))


def sheets(documents: dict[str, str]) -> set[str]:
    return {name.removeprefix("role-").removesuffix(".md") for name in documents if "role-" in name}


def test_a_script_tells_all_an_outline_what_runs_a_toc_the_plan() -> None:
    script, outline, toc = (
        written(detail=detail)["facilitator-notes.md"] for detail in ("script", "outline", "toc")
    )
    for text in (script, outline, toc):
        assert "## Run sheet" in text
        assert "### B2 Work" in text
        assert "| Card set |" in text
    assert "Hello there" in script
    assert "Read this" in script
    assert "Hello there" not in outline
    assert "Read this" not in outline
    for said in ("Why red?", "Onward", "Two cards", "Red card"):
        assert said in outline
    assert "Why red?" not in toc
    assert "Answers" not in toc.split("## Run sheet")[1]
    assert len(script) > len(outline) > len(toc)


def test_several_people_get_a_sheet_each() -> None:
    assert sheets(written()) == set()
    assert sheets(written("{lead: Ana}")) == set()
    team = "{lead: Ana, host: Host, scribe: Cy, timekeeper: Di}"
    assert sheets(written(team)) == {"lead", "host", "scribe", "timekeeper"}
    assert sheets(written(team, roles=False)) == set()
    assert sheets(written("{lead: Ana}", lead="Guest Gil")) == {"lead", "guest-gil"}


@pytest.mark.parametrize("team", ["{}", "{lead: Ana}"])
def test_one_alone_gets_a_sheet_that_says_what_to_drop(team: str) -> None:
    documents = written(team, roles=True)
    assert sheets(documents) == {"alone"}
    text = documents["role-alone.md"]
    assert text.startswith("# Role sheet, alone: Signs\n")
    assert "**What you will drop.** If late, cut in this order" in text
    assert "B5 (5 min)" in text


@pytest.mark.parametrize("lead", ["Bo", "bo", "Host", "host"])
def test_a_block_is_on_the_sheet_of_who_leads_it(lead: str) -> None:
    documents = written("{lead: Ana, host: Bo}", lead=lead)
    assert sheets(documents) == {"lead", "host"}
    assert "You lead. Work on the task" in documents["role-host.md"]
    row = next(line for line in documents["role-lead.md"].split("\n") if "B2 Work" in line)
    assert f"led by {lead}" in row
    assert "B1" not in documents["role-host.md"]
    assert "Set out 3 × Card set" in documents["role-host.md"]


def test_a_guest_sees_only_their_own_blocks() -> None:
    text = written("{lead: Ana}", lead="Guest Gil")["role-guest-gil.md"]
    assert re.findall(r"B\d", text) == ["B2"]


def test_answers_are_opt_in_and_last() -> None:
    plain = written()["handout.md"]
    for said in ("it is red", "Onward at once", "Wait first"):
        assert said not in plain
    text = written(with_answers=True)["handout.md"]
    before, _, answers = text.partition("\n## Answers\n")
    for said in ("it is red", "Onward at once", "Wait first"):
        assert said not in before
        assert said in answers
    assert "He left already" not in text
    assert "\n## " not in answers


def test_what_was_cut_is_in_the_handout_in_full() -> None:
    text = written(frame=", budget: 25, buffer: 0")["handout.md"]
    after = text.split("## Not covered today: read here")[1]
    assert "- [ ] One\n- [ ] Two" in after


def test_a_run_sheet_of_fourteen_blocks_fits_a_page() -> None:
    """About 60 lines of 9 pt stand on A4; a cell of 60 characters takes three lines of its column."""
    long = "Say the first thing in a long sentence without an end that goes on and on and on"
    blocks = "\n".join(
        f"- {{kind: discussion, title: A title that is rather long for a table {k}, time: [4, 5, 6], priority: could, "
        f"question: Why?, notes: {{if_short: {long}}}}}"
        for k in range(14)
    )
    text = write_documents(plan(blocks), Slides())["run-sheet.md"]
    rows = [line for line in text.split("\n") if line.startswith("| 0") or line.startswith("| 1")]
    assert len(rows) == 14
    lines = sum(max(-(-len(cell) // 22) for cell in row.split("|")) for row in rows)
    assert lines + 14 < 60


def test_the_template_in_the_documentation_works(tmp_path: Path) -> None:
    text = (ROOT / "docs/documents.md").read_text(encoding="utf-8")
    (tmp_path / "own").mkdir()
    template = re.findall(r"```jinja\n(.*?)```", text, re.DOTALL)[0]
    (tmp_path / "own/certificate.md.j2").write_text(template, encoding="utf-8")
    command = [
        "build",
        str(OUTLINES / "phd-in-ml.yaml"),
        "-o",
        str(tmp_path),
        "--date",
        "2026-03-14",
    ]
    result = CliRunner().invoke(cli.main, [*command, "--templates", str(tmp_path / "own")])
    assert result.exit_code == 0, result.output
    made = (tmp_path / "phd-in-ml/phd-in-ml.certificate.md").read_text(encoding="utf-8")
    assert "took part in *Do I need a PhD to work in ML?* on 14 March 2026 (90 min)." in made
    assert "- Commit to one action for the next two weeks" in made


def test_slides_and_steps_say_when_and_which() -> None:
    made = plan("- {kind: activity, title: Sort, time: 9, method: card_sort, debrief: {what: So?}}")
    slides = Slides({"activity": (4, 5)}, ("A", "B", "C", "Sort", "Look back: Sort"))
    notes = write_documents(made, slides)["facilitator-notes.md"]
    assert "- **Slides.** Slide 4: Sort; Slide 5: Look back: Sort\n" in notes
    assert "  1. 09:00 Deal and sort the cards (4 min)\n" in notes
    assert "  2. 09:04 Mark the card you argued about most (1 min)\n" in notes
