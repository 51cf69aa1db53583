"""One run tells everything: what is sound beside errors is judged, too, and no more than that."""

from __future__ import annotations

import copy
import random
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from deckgen.compiler import build, check
from deckgen.diagnostics import DeckgenError, Diagnostics

GOLDEN = Path(__file__).parent / "golden"
FRAME = "workshop: {title: Knife skills, budget: 30}\nblocks:\n"
BRIEFING = "  - {kind: briefing, title: Steel, time: %s, key_message: k, points: [a, b]}\n"


def told(text: str) -> list[str]:
    """Return what `check` tells of the outline *text*, as `id line`."""
    Path("o.yaml").write_text(text, encoding="utf-8")
    diagnostics = Diagnostics()
    try:
        check(Path("o.yaml"), diagnostics)
    except DeckgenError:
        assert diagnostics.has_errors
    return [f"{found.id} {found.span.line if found.span else '-'}" for found in diagnostics]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


WRONG = """workshop:
  title: "Knife skills"
  budget: 30
  speaker: "Anna"
  objectives: ["Hold a knife"]
blocks:
  - kind: briefing
    title: "Steel"
    time: 40
    points: ["Soft", "Hard"]
    colour: red
  - kind: discussion
    title: "Stone"
    method: wombat
  - kind: image
    title: "Grips"
    file: grips.png
    alt: "Three grips"
  - kind: wombat
    title: "Steels"
  - kind: recap
    time: 5-10
    takeaways: ["See [this](ftp://example.org)"]
    objectives: [O7]
    needs: [nobody]
  - kind: highlight
    text: "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
"""


def test_twelve_mistakes_of_every_stage() -> None:
    assert told(WRONG) == [
        "does-not-fit 3",
        "unknown-field 4",
        "missing-field 7",
        "unknown-field 11",
        "missing-field 12",
        "unknown-method 14",
        "cannot-read-picture 17",
        "unknown-kind 19",
        "wrong-type 22",
        "unsafe-link 23",
        "unknown-objective 24",
        "unknown-block 25",
        "word-too-wide 26",
    ]


def test_nothing_is_written(tmp_path: Path) -> None:
    Path("o.yaml").write_text(WRONG, encoding="utf-8")
    with pytest.raises(DeckgenError):
        build(Path("o.yaml"), tmp_path / "out", Diagnostics())
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # minutes that cannot be read may be any: what the others take is too much by itself, or not told
        (FRAME + BRIEFING % 40 + BRIEFING % "soon", ["does-not-fit 1", "wrong-type 4"]),
        (FRAME + BRIEFING % 20 + BRIEFING % "soon", ["wrong-type 4"]),
        (FRAME + BRIEFING % "40, duration: 3", ["does-not-fit 1", "unknown-field 3"]),
        (FRAME + BRIEFING.replace("time", "duration") % 40, ["unknown-field 3"]),
        (FRAME.replace("30", "soon") + BRIEFING % 40, ["wrong-type 1"]),
        (FRAME.replace("30", "30, start: soon") + BRIEFING % 40, ["wrong-type 1"]),
        # a method that does not exist: its steps and minutes are not known
        (
            FRAME + "  - {kind: activity, title: A, task: t, method: wombat, debrief: {what: w}}\n",
            ["unknown-method 3"],
        ),
        # a list that is short for what could not be read of it
        (FRAME + "  - {kind: poll, title: P, question: q, options: [a, ~]}\n", ["wrong-type 3"]),
        (
            FRAME + "  - {kind: chart, title: C, categories: [a], data: {s: [b]}}\n",
            ["wrong-type 3"],
        ),
        # sessions that could not be read
        (
            "workshop: {title: T, sessions: [{id: a, start: soon}]}\nblocks:\n"
            "  - {kind: recap, session: a, takeaways: [x]}\n",
            ["wrong-type 1"],
        ),
        # two objectives are read, and one of them is served
        (
            "workshop: {title: T, objectives: [Cut, [Cook]]}\nblocks:\n"
            "  - {kind: recap, objectives: [O2], takeaways: [x]}\n",
            ["wrong-type 1"],
        ),
        # the theme is not there: what fits none of ours is told
        (
            "workshop: {title: T, theme: wombat}\nblocks:\n"
            f"  - {{kind: content, title: C, points: [{'x' * 200}]}}\n",
            ["unknown-theme 1", "word-too-wide 3"],
        ),
    ],
)
def test_what_an_error_brings_about_is_not_told(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_minutes_that_do_not_fit_hide_no_picture() -> None:
    image = "  - {kind: image, title: I, file: none.png, alt: a}\n"
    assert told(FRAME + BRIEFING % 40 + image) == ["does-not-fit 1", "cannot-read-picture 4"]


def test_an_audience_s_own_mistakes_hide_nothing_of_the_rest() -> None:
    text = (
        FRAME.replace("budget: 30", "audience: cooks")
        + "  - {kind: image, id: grips, title: I, file: none.png, alt: a}\n"
        + "audiences: {cooks: {blocks: {grips: {time: soon}}}}\n"
    )
    assert told(text) == ["cannot-read-picture 3", "wrong-type 4"]


def test_twice_the_blocks_take_twice_the_time() -> None:
    def taken(count: int) -> float:
        text = FRAME + (BRIEFING % "soon") * count
        started = time.process_time()
        assert len(told(text)) >= count
        return time.process_time() - started

    taken(10)
    assert taken(400) < 8 * taken(100)


VALUES: list[Any] = [
    *("", "-5", "5-10", "wombat", "x" * 3000, "2026-99-99", "25:00", "0", "99999", "day 2", "each"),
    *([], {}, [""], ["a"], {"a": "b"}, ["3", "2", "1"], {"a": ["1", "2"]}, "[a](ftp://x)", "O9"),
]
NAMES = [
    "duration",
    "wombat",
    "session",
    "at",
    "needs",
    "when",
    "time",
    "method",
    "sessions",
    "budget",
    "start",
    "date",
]


def broken(outline: Any, chance: random.Random) -> Any:
    """Return *outline* with up to six values changed, removed or added."""
    outline = copy.deepcopy(outline)
    for _ in range(chance.randint(1, 6)):
        places = list(_places(outline))
        if not places:
            break
        holder, key = chance.choice(places)
        do = chance.random()
        if do < 0.6:
            holder[key] = copy.deepcopy(chance.choice(VALUES))
        elif do < 0.8:
            del holder[key]
        elif isinstance(holder, dict):
            holder[chance.choice(NAMES)] = copy.deepcopy(chance.choice(VALUES))
    return outline


def _places(node: Any) -> Any:
    for key in list(node) if isinstance(node, dict) else range(len(node)):
        yield node, key
        if isinstance(node[key], dict | list):
            yield from _places(node[key])


@pytest.mark.parametrize("kind", sorted(path.name for path in GOLDEN.iterdir()))
def test_whatever_is_broken_the_rest_is_judged_without_a_traceback(kind: str) -> None:
    text = (GOLDEN / kind / "outline.yaml").read_text(encoding="utf-8")
    try:
        outline = yaml.load(text, yaml.CBaseLoader)  # noqa: S506 (texts only)
    except yaml.YAMLError:  # `hostile` has control characters
        pytest.skip("no YAML for PyYAML alone")
    chance = random.Random(kind)
    for _ in range(8):
        told(yaml.safe_dump(broken(outline, chance), allow_unicode=True, sort_keys=False))
