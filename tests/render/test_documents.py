"""The documents: one compact outline with every kind of block, read back as Markdown."""

from __future__ import annotations

import dataclasses
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from textwrap import dedent
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from deckgen.blocks import KINDS, load_kind
from deckgen.blocks.base import PlannedStep, Step, WorksheetContext
from deckgen.blocks.cornell_block import CornellBlock
from deckgen.boxes import plain
from deckgen.diagnostics import Diagnostics, Source
from deckgen.document.markdown import show, tidied
from deckgen.document.nodes import Nodes
from deckgen.document.tables import table
from deckgen.document.texts import literal, markdown, pieces
from deckgen.document.words import DocumentWords
from deckgen.inline import parse_inline
from deckgen.languages import Words
from deckgen.outline.load import load_source
from deckgen.plan.make import make_plan
from deckgen.plan.model import Plan
from deckgen.reading.fields import Clock, Text
from deckgen.reading.reader import declared_fields
from deckgen.render.documents import block_notes
from deckgen.render.documents.materials import totals_of
from deckgen.render.documents.run_sheet import shortened
from deckgen.render.documents.schedule import Slides
from deckgen.render.documents.seen import seen_by
from deckgen.render.documents.write import write_documents

NAMES = ("facilitator-notes.md", "run-sheet.md", "handout.md")
HOSTILE = (
    "# heading | cell <script>alert(1)</script> {{ x }} {% y %} 5 * 3 _a_b_ ~s~ $5 `tick | tock`",
    "1. one | two `` ` `` & &copy; <b> \\[not](javascript:x) !\\[img](x) \\| end\\",
    "- dash *kept",
    "=== | ---",
    "> quoted @name :smile: ^up^ {#id}",
    "(1) first",
    "[ ] box",
)
OUTLINE = """
deckgen: 1
workshop:
  title: "Reviewing code that people read"
  start: "13:30"
  date: "2026-03-14"
  budget: 120
  people: {expected: 20, min: 6, max: 30, group: 4}
  team: {lead: "Ana", scribe: "Scribe"}
  purpose: "Review so that the next review is shorter."
  objectives:
    - {id: O1, text: "Sort remarks by what they cost"}
    - {id: O2, text: "Write a remark that gets acted on"}
    - {id: O3, text: "Fly without wings"}
  source: {credit: "A team handbook", url: "https://example.org/a_b", caveat: "One team only."}
  prework: {minutes: 10, ask: "Bring one review that went wrong"}
  parking_lot: {prompt: "Parked, not lost", review_in: leave}
blocks:
  - {id: open, kind: title, title: "Reviewing code", phase: connect, time: [3, 5, 8],
     slides: [title, objectives], ground_rules: ["Critique code, never coders"],
     notes: {purpose: "Facilitator purpose sentence here", say: ["Secret opening line said aloud"],
             background: ["Secret background for the night before"]}}
  - {id: gist, kind: briefing, title: "Cost decides", time: [4, 6, 9], objectives: [O1],
     key_message: "A remark costs the reader more than the writer.",
     points: ["Reading is slow", "Switching is slower"], analogy: "Like a detour sign",
     caveats: ["Secret caveat about tiny teams"]}
  - {id: sorting, kind: activity, method: card_sort, title: "Cheap or dear?", phase: practice,
     objectives: [O1], time: [8, 14, 20], priority: should, cut: 4,
     alt: {method: poll, title: "Show of hands", time: [2, 3, 4]},
     cards: [{text: "Rename a variable", answer: "Secret cheap answer given",
              why: "Secret reason why so"}, {text: "Split a class"}],
     steps: [{do: "Sort alone", min: 4}, {do: "Compare", min: 6},
             {do: "Report", min: 4, per_group: 0.5, max_reports: 6}],
     debrief: {what: "Which card split you?", now_what: "Which one will you drop?"},
     materials: [{item: "Card set", per: group}, {item: "Marker", per: person, spare: 10%},
                 {item: "Bell", qty: 2}],
     early_finishers: "Secret extra work for fast groups",
     notes: {expect: ["Secret expected answer number one"], probes: ["Secret probe for stuck talk"],
             online: "Secret online form of sorting", if_short: "Two cards only, then report.",
             misconception: {claim: "Secret claim people make", response: "Secret response to it"},
             contingency: "Secret plan when it breaks"}}
  - {id: pause, kind: break, title: "Back at", time: 10}
  - {id: table, kind: comparison, title: "Two ways to say it", time: 6, priority: could, cut: 2,
     columns: ["Order", "Question"], rows: [["Tone", "Fix this", "What if x is empty?"]],
     nuance: ["Secret nuance about irony here"]}
  - {id: talk, kind: discussion, method: think_pair_share, title: "When to let go?", time: 9,
     objectives: [O2], question: "When is a remark not worth it?",
     materials: [{item: "marker", per: person}]}
  - {id: score, kind: framework, title: "Three checks", time: 8,
     criteria: [{name: "Risk", scores: {"0": "none", "2": "high"}},
                {name: "Cost", scores: {"0": "low", "2": "dear"}}],
     bands: {"0-1": "Let it go", "2-4": "Say it"}, limits: ["Secret limit of the three checks"]}
  - {id: list, kind: checklist, title: "2 habits", time: 4, priority: could, cut: 1,
     items: [{text: "Read first", by: "Monday"}, "Praise one thing"],
     often_skipped: "Secret item people skip most"}
  - {id: quiz, kind: quiz, title: "Check", time: 6, priority: could, items:
     [{q: "Who pays?", a: "Secret reader pays mostly always", options: ["Writer", "Reader"],
       why_wrong: ["Secret temptation of the writer"]}]}
  - {id: vote, kind: poll, title: "Hands", time: 3, question: "Enough?", options: ["Yes!", "Not yet"],
     reading: ["Secret reading of a split vote"]}
  - {id: people, kind: case, title: "Two colleagues", time: 10, question: "What do you write?",
     cases: [{text: "Bo, new, in a hurry", advice: "Secret advice for Bo today",
              twist: "Secret twist for easy talk"}]}
  - {id: big, kind: case, title: "The long case", time: 30, when: {budget: ">=200"},
     question: "And at scale?", cases: ["Di, lead, forty open reviews"]}
  - {id: others, kind: highlight, title: "For managers", when: {audience: [managers]},
     text: "Only managers read this"}
  - {id: points, kind: key_points, title: "Remember", time: 2, items: ["Cost first", "Ask, then tell"]}
  - {id: said, kind: highlight, title: "Said", time: 1, text: "Praise scales", paraphrase: false,
     credit: "A reviewer", evidence: "Secret evidence behind the line"}
  - {id: free, kind: content, title: "More", time: 1, points: [{text: "Outer", points: ["Inner"]}]}
  - {id: back, kind: debrief, title: "Look back", time: 4, what: "What struck you?"}
  - {id: more, kind: resources, title: "Read on", links: [{name: "Guide", url: "https://example.org/g"},
     {name: "Secret unverified guide name", url: "https://example.org/secret", verify: true}],
     terms: {"nit": "A remark that can wait"}}
  - {id: rules, kind: ground_rules, title: "Rules", rules: ["One voice"], access: "Ask Ana"}
  - {id: lot, kind: parking_lot, title: "Parked", prompt: "Park it here", review_in: "At the end"}
  - {id: next, kind: recap, title: "Next", time: 2, takeaways: ["Cost decides"],
     actions: [{do: "Drop one rule", by: "Friday"}], send: ["Secret mail to all within two days"]}
  - {id: leave, kind: exit_ticket, title: "One line", time: [2, 4, 6], prompts: ["I will ..."],
     reading: "Secret way to read the cards", materials: [{item: "Exit card", per: person, spare: 10%}]}
audiences:
  managers: {}
mentioned:
  people: [{name: "Verified Vera", aka: ["V. V."]}, {name: "Secret Unchecked Ulf", verify: true}]
"""


def plan_of(text: str) -> Plan:
    diagnostics = Diagnostics()
    outline = load_source(Source("test.yaml", text), diagnostics)
    assert outline is not None, [found.message for found in diagnostics]
    plan = make_plan(outline, "test", diagnostics)
    assert plan is not None
    return plan


def numbers_of(plan: Plan) -> Slides:
    numbers, last = {}, 0
    for planned in plan.blocks:
        count = len(planned.block.compose(planned.context))
        if count:
            numbers[str(planned.block.id)] = (last + 1, last + count)
        last += count
    return Slides(numbers)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_of(OUTLINE)


@pytest.fixture(scope="module")
def documents(plan: Plan) -> dict[str, str]:
    return write_documents(plan, numbers_of(plan))


@pytest.fixture(scope="module")
def hostile() -> dict[str, str]:
    return write_documents(plan_of(hostile_outline()), Slides())


def hostile_outline() -> str:
    """Return the outline with hostile texts in lists, cells, headings and paragraphs."""
    a, b, c, d, e, f, g = ("'" + text.replace("'", "''") + "'" for text in HOSTILE)
    texts = {
        '"Reviewing code that people read"': a,
        '"Review so that the next review is shorter."': b,
        '"Sort remarks by what they cost"': b,
        '"Parked, not lost"': e,
        '"Cheap or dear?"': b,
        '"Critique code, never coders"': c,
        '"Reading is slow"': d,
        '"Secret opening line said aloud"': f,
        '"Rename a variable"': a,
        '"Fix this"': b,
        '"Which one will you drop?"': g,
        'item: "Bell"': f"item: {a}",
        '"I will ..."': a,
        '"Tone"': c,
        '"Two cards only, then report."': '"# short | way"',
        '"Ana"': '"Ana | *Bo"',
    }
    text = OUTLINE
    for old, new in texts.items():
        assert old in text
        text = text.replace(old, new)
    return text


def tokens_of(text: str) -> list[Token]:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)


def flat(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from flat(token.children or [])


def rendered(text: str) -> str:
    """Return what a reader sees of the Markdown *text*, a line for each block or cell."""
    inlines = (token for token in tokens_of(text) if token.type == "inline")
    lines = (
        "".join(
            child.content if child.type in ("text", "code_inline", "text_special") else ""
            for child in token.children or []
        )
        for token in inlines
    )
    return "\n".join(re.sub(r"\s+", " ", line) for line in lines)


def headings(text: str) -> list[tuple[int, str]]:
    tokens = tokens_of(text)
    return [
        (int(opening.tag[1]), rendered(inline.content))
        for opening, inline in pairwise(tokens)
        if opening.type == "heading_open"
    ]


def texts_not_for(reader: str, value: object) -> Iterator[str]:
    """Yield every text under a field that *reader* does not see."""
    if isinstance(value, tuple):
        for item in value:
            yield from texts_not_for(reader, item)
    elif dataclasses.is_dataclass(value):
        for name, declared in declared_fields(type(value)).items():  # type: ignore[arg-type]
            held = getattr(value, name)
            yield from texts_not_for(reader, held) if reader in declared.sees else texts_in(held)


def texts_in(value: object) -> Iterator[str]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_in(item)
    elif isinstance(value, dict):
        yield from texts_in(tuple(value.values()))
    elif isinstance(value, SimpleNamespace):
        yield from texts_in(vars(value))
    elif dataclasses.is_dataclass(value):
        for name in declared_fields(type(value)):  # type: ignore[arg-type]
            yield from texts_in(getattr(value, name))


def test_no_text_of_a_facilitator_only_field_reaches_the_handout(
    plan: Plan, documents: dict[str, str]
) -> None:
    handout = rendered(documents["handout.md"])
    shown = {text for block in plan.outline.blocks for text in texts_in(seen_by("handout", block))}
    hidden = {text for text in texts_not_for("handout", plan.outline.blocks) if " " in text}
    hidden -= shown  # a short form repeats fields of its block
    assert len(hidden) > 20
    leaked = {text for text in hidden if plain(parse_inline(text)) in handout}
    assert not leaked
    assert "Secret" not in handout


def test_the_facilitator_gets_what_the_handout_must_not_have(documents: dict[str, str]) -> None:
    notes = rendered(documents["facilitator-notes.md"])
    missing = {text for text in re.findall(r'"(Secret [^"]*)"', OUTLINE) if text not in notes}
    assert not missing


def test_a_template_cannot_reach_a_field_that_its_reader_does_not_see(plan: Plan) -> None:
    quiz = next(p.block for p in plan.blocks if p.block.id == "quiz")
    seen = seen_by("handout", quiz)
    assert seen.items[0].q == "Who pays?"
    assert not hasattr(seen.items[0], "a")
    assert not hasattr(seen, "notes")


@pytest.mark.parametrize("name", NAMES)
def test_form_of_the_files(documents: dict[str, str], hostile: dict[str, str], name: str) -> None:
    for text in (documents[name], hostile[name]):
        assert text.endswith("\n")
        assert not text.endswith("\n\n")
        assert "\n\n\n" not in text
        assert "\r" not in text
        assert not [line for line in text.split("\n") if line != line.rstrip()]
        assert text == tidied(text)


@pytest.mark.parametrize("name", NAMES)
def test_headings_rules(documents: dict[str, str], hostile: dict[str, str], name: str) -> None:
    for text in (documents[name], hostile[name]):
        found = headings(text)
        assert [level for level, _ in found].count(1) == 1
        assert found[0][0] == 1
        assert {level for level, _ in found} <= {1, 2, 3}
        assert all(heading[0].isalpha() for _, heading in found)
    assert [level for level, _ in headings(documents[name])] == [
        level for level, _ in headings(hostile[name])
    ]


@pytest.mark.parametrize("name", NAMES)
def test_tables_are_tables(documents: dict[str, str], hostile: dict[str, str], name: str) -> None:
    for text in (documents[name], hostile[name]):
        rules = re.findall(r"^ *\|[:|-]+\|$", text, re.MULTILINE)
        tables = [token for token in tokens_of(text) if token.type == "table_open"]
        assert len(tables) == len(rules) > 0
        lines = [line for line in text.split("\n") if line.lstrip(" -").startswith("|")]
        rows = [token for token in tokens_of(text) if token.type == "tr_open"]
        assert len(rows) == len(lines) - len(rules)
        widths = {}
        for token in tokens_of(text):
            if token.type == "table_open" and token.map:
                first, last = token.map
                widths[first] = {len(cells_of(line)) for line in text.split("\n")[first:last]}
        assert all(len(counts) == 1 and max(counts) <= 7 for counts in widths.values())


def cells_of(line: str) -> list[str]:
    return re.split(r"(?<!\\)\|", line)[1:-1]


@pytest.mark.parametrize("name", NAMES)
def test_no_html_no_front_matter(hostile: dict[str, str], name: str) -> None:
    kinds = {token.type for token in flat(tokens_of(hostile[name]))}
    assert not kinds & {"html_block", "html_inline", "image", "code_block", "fence", "s_open"}
    assert not hostile[name].startswith("---")


def test_hostile_texts_stay_as_typed(hostile: dict[str, str]) -> None:
    for name in ("facilitator-notes.md", "handout.md"):
        shown = rendered(hostile[name])
        for text in HOSTILE:
            if (text, name) in ((HOSTILE[4], "handout.md"), (HOSTILE[5], "handout.md")):
                continue  # facilitator only
            assert re.sub(r"\s+", " ", plain(parse_inline(text))) in shown
    targets = {t.attrs.get("href") for t in flat(tokens_of(hostile["handout.md"])) if t.attrs}
    assert not {str(target) for target in targets if "javascript" in str(target)}


def test_lists_keep_their_length_with_hostile_texts(
    documents: dict[str, str], hostile: dict[str, str]
) -> None:
    for name in NAMES:
        counts = [
            [token.type for token in tokens_of(text)].count("list_item_open")
            for text in (documents[name], hostile[name])
        ]
        assert counts[0] == counts[1]


def test_clocks_and_slides_are_those_given(plan: Plan) -> None:
    numbers = {"open": (1, 2), "sorting": (40, 41), "talk": (50, 50)}
    notes = write_documents(plan, Slides(numbers))["facilitator-notes.md"]
    rows = re.findall(r"^\| (\d\d:\d\d) \((\d:\d\d)\) \| (\d+) \| (\S+)(.*)$", notes, re.MULTILINE)
    assert [(row[0], int(row[2])) for row in rows] == [
        (str(entry.start), entry.minutes) for entry in plan.entries if entry.minutes
    ]
    assert [row[1] for row in rows][:3] == ["0:00", "0:06", "0:13"]
    assert sum(int(row[2]) for row in rows) == plan.minutes
    assert "| 1-2 |" in notes
    assert "slides 40-41, latest start" in notes
    assert "slide 50, latest start" in notes
    assert "no slides, latest start" in notes
    for planned in filter(lambda planned: planned.minutes, plan.blocks):
        assert f"{planned.start} to {planned.end}, {planned.minutes} min" in notes


def test_run_sheet_has_latest_starts_and_advice(plan: Plan, documents: dict[str, str]) -> None:
    text = documents["run-sheet.md"]
    for planned in filter(lambda planned: planned.minutes, plan.blocks):
        row = next(line for line in text.split("\n") if f"| {planned.ref} " in line)
        assert cells_of(row)[4].strip() == str(planned.latest_start)
        assert all(cell.strip() for cell in cells_of(row))
    assert "Two cards only, then report" in text
    assert "| Buffer |" in text
    assert len(headings(text)) == 1


def test_cut_order_is_could_before_should_and_never_must(documents: dict[str, str]) -> None:
    line = next(x for x in documents["run-sheet.md"].split("\n") if x.startswith("If late, cut"))
    cuts, never = line.split("Never")
    assert re.findall(r"B\d+", cuts) == ["B8", "B5", "B9", "B3"]
    assert not set(re.findall(r"B\d+", never)) & {"B3", "B5", "B8", "B9"}


def test_materials_are_totalled(plan: Plan, documents: dict[str, str]) -> None:
    totals = {str(total.item): total.quantity for total in totals_of(plan)}
    assert totals == {"Card set": 5, "Marker": 22 + 20, "Bell": 2, "Exit card": 22}
    row = next(x for x in documents["facilitator-notes.md"].split("\n") if x.startswith("| Marker"))
    assert "| 42 |" in row
    assert "B3 (22), B6 (20)" in row


def test_handout_offers_what_time_left_out_and_not_what_is_for_others(
    documents: dict[str, str],
) -> None:
    handout = documents["handout.md"]
    after = handout.split("## Not covered today: read here")[1]
    assert "### The long case" in after
    assert "Only managers" not in handout
    assert "Fly without wings" not in handout
    assert "| 13:30 | Reviewing code |" in handout
    assert "### Part: 2 habits" in handout
    assert "- [ ] Read first (Monday)" in handout
    assert "- **Access.** Ask Ana" in handout
    assert "**We take them up.** At the end" in handout
    assert "- Outer\n  - Inner\n" in handout
    assert "Verified Vera (V. V.)" in rendered(handout)
    assert "<https://example.org/g>" in handout
    assert "<https://example.org/a_b>" in handout


def test_cornell_notes_have_cues_and_a_summary_box() -> None:
    block = SimpleNamespace(cues=(Text("Why | how?"),), summary=None)
    text = show(Nodes(CornellBlock.worksheet(block, WorksheetContext(DocumentWords(Words())))))
    assert isinstance(text, str)
    assert "| Why \\| how? | &nbsp; |" in text
    assert "**Summary in my own words**" in text
    assert [token.type for token in tokens_of(text)].count("table_open") == 2


def test_a_worksheet_reaches_what_it_is_given_and_nothing_else() -> None:
    """A method of the block could read what only the facilitator sees."""
    for kind in KINDS:
        made = inspect.getattr_static(load_kind(kind), "worksheet", None)
        assert made is None or isinstance(made, staticmethod), kind


def test_same_plan_same_bytes(plan: Plan, documents: dict[str, str]) -> None:
    assert write_documents(plan_of(OUTLINE), numbers_of(plan)) == documents


def test_mode_decides_about_room_and_online_cues() -> None:
    online = OUTLINE.replace("  budget: 120", "  mode: online\n  budget: 120")
    notes = write_documents(plan_of(online), Slides())["facilitator-notes.md"]
    assert "- **Online.** 5 breakout rooms" in notes
    assert "- **Online.** Secret online form of sorting" in notes
    assert "**Room.**" not in notes
    assert "If it has to go online" not in notes


@pytest.mark.parametrize(
    ("budget", "said"), [(9, "3 min, 45 s a group"), (6, "2 min, 30 s a group")]
)
def test_a_shortened_step_tells_the_pace_that_it_leaves(budget: int, said: str) -> None:
    plan = plan_of(
        f"workshop: {{title: T, people: 16, buffer: 0, budget: {budget}}}\n"
        "blocks: [{kind: activity, title: A, task: B, time: [6, 9, 9], groups: 4, "
        "steps: [{do: Talk, min: 6}, {do: Report, min: 3, per_group: 0.75}]}]\n"
    )
    notes = write_documents(plan, Slides())["facilitator-notes.md"]
    assert f"Report ({said})" in notes


@pytest.mark.parametrize(
    ("people", "minutes", "wanted", "said"),
    [
        (28, 4, 1, "4 min, 30 s a group"),  # 34 s, down to what people can keep
        (80, 11, 0.55, "11 min, 33 s a group"),  # as its author wants, where it just fits
        (200, 2, 1, "2 min, 5 s a group"),  # never less
    ],
)
def test_a_pace_is_one_that_people_can_keep(
    people: int, minutes: int, wanted: float, said: str
) -> None:
    step = Step(do=Text("Report"), per_group=wanted)
    planned = PlannedStep(Text("Report"), minutes)
    words = DocumentWords(Words())
    assert f"({said})" in block_notes._step(planned, step, Clock(600), people // 4, words)


def test_importing_the_writer_does_not_import_jinja2() -> None:
    code = "import sys, deckgen.render.documents.write; sys.exit('jinja2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_short_advice_ends_with_a_sentence_or_a_word() -> None:
    assert shortened("Skip *it*.") == "Skip *it*."
    assert shortened("Point at the table. Then say the rest of it aloud, slowly.", 30) == (
        "Point at the table. \u2026"
    )
    assert shortened("one two three four", 9) == "one two\u2026"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("R&D in snake_case, a < b, 2 > 1, C#, 5:30", "R&D in snake_case, a < b, 2 > 1, C#, 5:30"),
        ("**bold *both*** and `a | b`", "**bold *both*** and `a `\\|` b`"),
        ("[x](https://a.b/c|d)", "[x](https://a.b/c%7Cd)"),
        ("<https://a.b/c>", "<https://a.b/c>"),
        ("1. first", "1\\. first"),
        ("1.5 million", "1.5 million"),
        ("&copy; &amp;lt;", "\u00a9 \\&lt;"),
        ("Look![x](https://a.b)", "![x](https://a.b)"),
    ],
)
def test_portable_markdown(text: str, expected: str) -> None:
    if text.startswith("Look"):
        assert "Look\\![" in markdown(text)
    else:
        assert markdown(text) == expected


MARKED = st.text(alphabet="ab 1.*_`[]()<>#|\\~&!-+=:@^{}/;x", max_size=24)


@settings(max_examples=400, deadline=None)
@given(MARKED)
def test_what_a_reader_sees_is_what_the_author_meant(text: str) -> None:
    text = " ".join(text.split())
    meant = "".join(plain(parse_inline(text)).split())
    made = markdown(text)
    assert "".join(rendered(made).split()) == meant
    assert "".join(rendered(f"- {made}").split()) == meant
    assert "".join(rendered(show(table((made, "x"), [(made, "y")]))).split()) == f"{meant}x{meant}y"
    assert "".join(rendered(literal(text)).split()) == "".join(text.split())
    assert "".join("".join(run.text if run else "" for run in pieces(made)).split()) == meant


@pytest.mark.parametrize(
    ("block", "seen"),
    [
        (
            'kind: code, language: python, code: "x = 1\\n", caption: Cap',
            "- ```python\n  x = 1\n  ```\n- Cap",
        ),
        (
            'kind: chart, categories: [a], data: {s: [1]}, number_format: "0.0", axes: {y: Grams}',
            "\n\n| Grams | s |\n|:------|----:|\n| a | 1.0 |",
        ),
        ("kind: image, file: x.png, alt: Cards, credit: Me", "- **Picture.** Cards\n- Me"),
        ("kind: section, file: x.png, alt: Cards, credit: Me", "- **Picture.** Cards\n- Me"),
        (
            "kind: resources, links: [{name: A, note: N, url: 'https://a.org'}, B], terms: {T: M}",
            "- A: N, <https://a.org>\n- B\n- | Term | Meaning |",
        ),
        (
            "kind: content, columns: [{points: [{text: a, points: [under]}, b]}]",
            "- a\n\n  - under\n- b",
        ),
        ("kind: highlight, paraphrase: false, text: So, credit: Me", "- > “So”\n- Me"),
    ],
)
def test_notes_tell_what_a_slide_shows_as_it_is_shown(block: str, seen: str) -> None:
    plan = plan_of(f"workshop: {{title: T}}\nblocks: [{{title: A, {block}}}]\n")
    notes = write_documents(plan, Slides())["facilitator-notes.md"]
    told = notes.partition("- **They see.**")[2].partition("\n- **")[0]
    assert dedent(told).strip("\n").startswith(seen.strip("\n"))
    assert "x.png" not in notes


def test_an_analogy_is_told_and_kept_on_paper_and_stands_on_no_slide() -> None:
    plan = plan_of(
        "workshop: {title: T, source: {credit: A handbook}}\n"
        "blocks: [{kind: briefing, title: A, key_message: M, analogy: Like tea}]\n"
    )
    made = write_documents(plan, Slides())
    assert made["facilitator-notes.md"].count("Like tea") == 1
    assert "- **Analogy.** Like tea" in made["facilitator-notes.md"]
    assert "Like tea" in made["handout.md"]
    for holder, name in ((plan.outline.blocks[0], "analogy"), (plan.workshop.source, "credit")):
        assert declared_fields(type(holder))[name].sees == {"facilitator", "handout"}


@pytest.mark.parametrize(("team", "said"), [("{lead: Ada}", 0), ("{lead: Ada, host: Ben}", 1)])
def test_only_a_team_of_several_needs_to_know_who_stands_in(team: str, said: int) -> None:
    plan = plan_of(f"workshop: {{title: T, team: {team}}}\nblocks: [{{kind: break, title: A}}]\n")
    notes = write_documents(plan, Slides())["facilitator-notes.md"]
    assert notes.count("If one of them does not come") == said
