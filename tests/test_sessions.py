"""A workshop of several evenings from one outline: files, clocks, programme, commands."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

import deck_gates as gates
from deck_text import deck_text
from deckgen.cli import main

OUTLINE = """
deckgen: 1
workshop:
  title: Reading code together
  subtitle: Three evenings on reviews
  timezone: Europe/Berlin
  mode: hybrid
  start: "18:00"
  budget: 60
  sessions:
    - {id: evening-1, title: What a review is for, date: 2026-03-19, room: Library}
    - {id: evening-2, title: Saying it well, date: 2026-03-26, room: Library}
    - {id: evening-3, title: Keeping *it* up, date: 2026-04-02, start: "17:30", mode: online}
  objectives:
    - {id: O1, text: Name what a review is for}
    - {id: O2, text: Write a comment that helps}
  prework: {ask: Bring one review, minutes: 10}
  parking_lot: {prompt: For the wall, review_in: rules}
  ignore: [no-debrief, unfilled-time]
blocks:
  - {kind: title, title: Reading code together, session: each}
  - {kind: agenda, session: each}
  - kind: activity
    id: sort
    title: Sort the comments
    time: [10, 40, 60]
    objectives: [O1]
    task: Sort the comments
    notes: {say: ["The secret of evening one"]}
  - kind: activity
    id: rewrite
    session: evening-2
    title: Write it again
    time: [20, 40, 60]
    objectives: [O2]
    task: Rewrite two comments
    notes: {say: ["The secret of evening two"]}
  - {kind: activity, id: rules, session: evening-3, title: Three rules, time: [15, 40, 60],
     task: Agree on three rules}
  - {kind: exit_ticket, session: each, prompts: [One thing you will try]}
audiences:
  students: {blocks: {rules: {title: Rules of your course}}}
""".replace(", unfilled-time", "")
IDS = ("evening-1", "evening-2", "evening-3")


def run(folder: Path, *arguments: str) -> Result:
    """Run a command on the outline, written into *folder*."""
    path = folder / "series.yaml"
    if not path.exists():
        path.write_text(OUTLINE, encoding="utf-8")
    command, *options = arguments
    return CliRunner().invoke(main, [command, str(path), *options])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with all files of the outline."""
    folder = tmp_path_factory.mktemp("series")
    result = run(folder, "build", "-o", str(folder / "out"), "--to", "ics", "--to", "html")
    assert result.exit_code == 0, result.output
    return folder / "out" / "series"


def test_every_session_has_its_files_and_all_have_one_programme(built: Path) -> None:
    names = {path.name for path in built.iterdir()}
    endings = ("pptx", "handout.md", "facilitator-notes.md", "run-sheet.md", "run-sheet.ics")
    wanted = {f"series.{id}.{ending}" for id in IDS for ending in endings}
    assert wanted | {"series.programme.md", "series.programme.html"} <= names
    assert not [name for name in names if name.startswith(("series.pptx", "series.handout"))]


def test_decks_pass_the_gates(built: Path) -> None:
    for id in IDS:
        deck = built / f"series.{id}.pptx"
        assert gates.package_findings(deck) == []
        assert gates.frame_findings(deck) == []


def test_the_cover_names_the_session_and_the_deck_holds_no_other(built: Path) -> None:
    text = deck_text((built / "series.evening-2.pptx").read_bytes())
    assert "Session 2 of 3: Saying it well" in text
    assert "Write it again" in text
    assert "Sort the comments" not in text
    assert "Three rules" not in text


def test_the_programme_has_each_day_and_clocks_follow_summer_time(built: Path) -> None:
    text = (built / "series.programme.md").read_text(encoding="utf-8")
    days = re.findall(r"^## (Session .*)\n\n(.*)$", text, re.MULTILINE)
    assert days == [
        (
            "Session 1 of 3: What a review is for",
            "19 March 2026, 18:00 to 19:00 (17:00 to 18:00 UTC), hybrid, Library.",
        ),
        (
            "Session 2 of 3: Saying it well",
            "26 March 2026, 18:00 to 19:00 (17:00 to 18:00 UTC), hybrid, Library.",
        ),
        (
            "Session 3 of 3: Keeping *it* up",
            "2 April 2026, 17:30 to 18:30 (15:30 to 16:30 UTC), online.",
        ),
    ]
    assert text.count("Bring one review (10 min)") == 1
    assert "secret" not in text
    assert "| 18:05 | Sort the comments |" in text
    assert "- Name what a review is for\n- Write a comment that helps\n" in text


def test_documents_name_session_and_next_session(built: Path) -> None:
    notes, handout, sheet = (
        (built / f"series.evening-2.{name}.md").read_text(encoding="utf-8")
        for name in ("facilitator-notes", "handout", "run-sheet")
    )
    line = "Session 2 of 3: Saying it well, 26 March 2026, 18:00 to 19:00"
    assert all(line in text for text in (notes, handout, sheet))
    assert "**Next session.** Keeping *it* up, 2 April 2026, 17:30" in handout
    assert "Cleared in Three rules (session 3)." in notes
    assert "O1 Name what a review is for (in another session)." in notes
    assert "Bring one review" not in handout
    last = (built / "series.evening-3.handout.md").read_text(encoding="utf-8")
    assert "Next session" not in last


def test_each_session_is_an_event_of_its_own(built: Path) -> None:
    events = [
        event
        for id in IDS
        for event in Calendar.from_ical((built / f"series.{id}.run-sheet.ics").read_bytes()).events
    ]
    assert [event.start.isoformat() for event in events] == [
        "2026-03-19T17:00:00+00:00",
        "2026-03-26T17:00:00+00:00",
        "2026-04-02T15:30:00+00:00",
    ]
    assert len({str(event["uid"]) for event in events}) == 3
    assert str(events[2]["summary"]) == "Reading code together, Session 3 of 3: Keeping it up"


def test_the_same_bytes_each_time(tmp_path: Path, built: Path) -> None:
    run(tmp_path, "build", "-o", str(tmp_path / "out"), "--to", "ics", "--to", "html")
    for path in built.iterdir():
        assert (tmp_path / "out" / "series" / path.name).read_bytes() == path.read_bytes()


def test_participants_get_their_files_and_the_programme(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(tmp_path, "build", "-o", str(out), "--edition", "participant").exit_code == 0
    names = sorted(path.name for path in (out / "series").glob("[!.]*"))
    assert names == sorted(
        [f"series.{id}.participant.{end}" for id in IDS for end in ("pptx", "handout.md")]
        + ["series.participant.programme.md"]
    )


def test_a_secret_of_another_session_is_a_leak(tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    text = "# {{ title }}\n\nThe secret of evening two\n"
    (templates / "programme.md.j2").write_text(text, encoding="utf-8")
    options = ("--edition", "participant", "--templates", str(templates))
    result = run(tmp_path, "build", "-o", str(tmp_path / "out"), *options)
    assert result.exit_code == 1
    assert "error[leak]" in result.stderr
    assert not (tmp_path / "out").exists()


def test_one_session_can_be_built_with_another_budget(tmp_path: Path) -> None:
    out = tmp_path / "out"
    options = ("--session", "evening-3", "--budget", "40", "--audience", "students")
    assert run(tmp_path, "build", "-o", str(out), *options).exit_code == 0
    names = {path.name for path in (out / "series").glob("[!.]*")}
    assert "series.evening-3.students.40min.pptx" in names
    assert all(name.startswith("series.evening-3.students.40min.") for name in names)
    sheet = (out / "series" / "series.evening-3.students.40min.run-sheet.md").read_text("utf-8")
    assert "17:30 to 18:10" in sheet
    assert "Rules of your course" in sheet


def test_a_budget_needs_a_session(tmp_path: Path) -> None:
    result = run(tmp_path, "build", "-o", str(tmp_path / "out"), "--budget", "40")
    assert result.exit_code == 1
    assert "error[which-session]" in result.stderr
    assert "sessions: evening-1, evening-2, evening-3" in result.stderr


def test_all_is_audiences_by_budgets_by_sessions(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(tmp_path, "build", "-o", str(out), "--all", "--budgets", "50,60").exit_code == 0
    decks = {path.name for path in (out / "series").glob("*.pptx")}
    assert decks == {
        f"series.{id}{audience}.{budget}min.pptx"
        for id in IDS
        for audience in ("", ".students")
        for budget in (50, 60)
    }


def test_all_without_budgets_is_audiences_with_all_sessions(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(tmp_path, "build", "-o", str(out), "--all").exit_code == 0
    programmes = {path.name for path in (out / "series").glob("*.programme.md")}
    assert programmes == {"series.programme.md", "series.students.programme.md"}


def test_check_sums_up_each_session(tmp_path: Path) -> None:
    result = run(tmp_path, "check")
    assert result.exit_code == 0
    assert re.findall(r"session (\S+), (\d+) blocks, (\d+) min", result.stdout) == [
        (id, "4", "60") for id in IDS
    ]


def test_fit_shows_each_session_or_one(tmp_path: Path) -> None:
    every = run(tmp_path, "fit")
    assert every.exit_code == 0
    assert every.stdout.count("60 min\n") == 3
    assert "Session 2 of 3: Saying it well" in every.stdout
    one = run(tmp_path, "fit", "--session", "evening-2", "--budget", "45", "--json")
    assert [(fit["session"], fit["budget"]) for fit in json.loads(one.stdout)["fits"]] == [
        ("evening-2", 45)
    ]
    compared = run(tmp_path, "fit", "--session", "evening-2", "--compare", "45,60")
    assert compared.exit_code == 0
    assert "rewrite" in compared.stdout
    assert "sort" not in compared.stdout


def test_commands_that_look_at_one_session_ask_for_it(tmp_path: Path) -> None:
    assert run(tmp_path, "fit", "--compare", "45,60").exit_code == 2
    assert run(tmp_path, "diff-variants", "students", "students").exit_code == 2
    found = run(tmp_path, "diff-variants", "@50", "@60", "--session", "evening-1")
    assert found.exit_code == 0
    assert "sort" in found.stdout
