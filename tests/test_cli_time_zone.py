"""`timezone` of the workshop: clocks in UTC by zone and date."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

import stages
from deckgen.cli import main
from deckgen.plan.model import starts_at

OUTLINE = """
workshop:
  title: Knives
  start: "{start}"
  date: "{date}"
  mode: online
  people: 8
  {zone}
blocks:
  - {{kind: briefing, title: Grip, time: 90, key_message: Hold on}}
"""


@pytest.fixture(autouse=True)
def in_tmp_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run every command in a folder of its own."""
    monkeypatch.chdir(tmp_path)


def run(
    command: str, zone: str, date: str = "2026-03-14", start: str = "09:00", *options: str
) -> Result:
    """Return how the command ended for an outline in this zone."""
    text = OUTLINE.format(zone=zone, date=date, start=start)
    Path("knives.yaml").write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, [command, "knives.yaml", *options], prog_name="deckgen")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.mark.parametrize(
    ("zone", "date", "clocks"),
    [
        ("timezone: Europe/Berlin", "2026-03-14", "08:00 to 09:30"),
        ("timezone: Europe/Berlin", "2026-07-14", "07:00 to 08:30"),  # summer time
        ("timezone: Asia/Kolkata", "2026-03-14", "03:30 to 05:00"),
        ('utc_offset: "-03:00"', "2026-03-14", "12:00 to 13:30"),
    ],
)
def test_an_online_session_shows_utc_by_its_date(zone: str, date: str, clocks: str) -> None:
    assert run("build", zone, date).exit_code == 0
    sheet = Path("output/knives/knives.run-sheet.md").read_text(encoding="utf-8")
    assert f"09:00 to 10:30 ({clocks} UTC), " in sheet


@pytest.mark.parametrize(
    ("zone", "date", "start", "begins"),
    [
        ("timezone: Europe/Berlin", "2026-03-29", "01:30", datetime(2026, 3, 29, 0, 30, tzinfo=UTC)),
        ("timezone: Europe/Berlin", "2026-03-29", "09:00", datetime(2026, 3, 29, 7, tzinfo=UTC)),
        ("timezone: Asia/Kolkata", "2026-03-14", "02:00", datetime(2026, 3, 13, 20, 30, tzinfo=UTC)),
        ('utc_offset: "-03:00"', "2026-03-14", "22:00", datetime(2026, 3, 15, 1, tzinfo=UTC)),
        ("x-zone: none", "2026-03-14", "09:00", datetime(2026, 3, 14, 9)),
    ],
)  # fmt: skip
def test_the_moment_of_the_start(zone: str, date: str, start: str, begins: datetime) -> None:
    frame = OUTLINE.format(zone=zone, date=date, start=start).partition("blocks:")[0]
    found = stages.outline("- {kind: briefing, title: A, key_message: B}", frame=frame)
    assert starts_at(found.workshop) == begins


def test_without_a_date_a_zone_tells_no_offset_and_no_moment() -> None:
    found = stages.outline(
        "- {kind: briefing, title: A, key_message: B}",
        frame="workshop: {title: A, mode: online, timezone: Europe/Berlin}",
    )
    assert starts_at(found.workshop) is None
    assert stages.plan(found).in_utc is None


@pytest.mark.parametrize(
    ("zone", "place", "message"),
    [
        ("timezone: Europe/Berln", "8:13", "no time zone `Europe/Berln`; did you mean `Europe/Berlin`?"),
        ("timezone: Europe", "8:13", "there is no time zone `Europe`"),
        ("timezone: ../etc/passwd", "8:13", "there is no time zone `../etc/passwd`"),
        ('utc_offset: "+01:00"\n  timezone: UTC', "9:13", "give `timezone` or `utc_offset`, not both"),
    ],
)  # fmt: skip
def test_a_wrong_zone_is_an_error_at_its_place(zone: str, place: str, message: str) -> None:
    result = run("check", zone)
    assert (result.exit_code, f"knives.yaml:{place}" in result.stderr) == (1, True)
    assert message in result.stderr


@pytest.mark.parametrize(
    ("zone", "begins"),
    [
        ("timezone: Europe/Berlin", "20260329T003000Z"),
        ('utc_offset: "-03:00"', "20260329T043000Z"),
        ("x-zone: none", "20260329T013000"),
    ],
)
def test_a_calendar_keeps_its_minutes_while_the_clocks_change(zone: str, begins: str) -> None:
    assert run("build", zone, "2026-03-29", "01:30", "--to", "ics").exit_code == 0
    (path,) = Path("output/knives").glob("*.ics")
    (event,) = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert event["dtstart"].to_ical().decode() == begins
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=90)
