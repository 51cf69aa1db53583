"""What participants get holds nothing of the facilitator's, and the gate sees it if it ever does."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
from click.testing import CliRunner

from deckgen import cli
from deckgen.compiler import Options, build, check, render
from deckgen.diagnostics import DeckgenError, Diagnostics
from deckgen.reading.fields import ANSWERS, HANDOUT
from deckgen.render.documents.options import DocumentOptions
from deckgen.render.leaks import Wording, check_clean, secrets_of
from planting import planted
from stages import outline

OUTLINES = Path(__file__).resolve().parents[2] / "outlines"
PARTICIPANT = Options(documents=DocumentOptions(edition="participant"))
WITH_ANSWERS = Options(documents=DocumentOptions(edition="participant", with_answers=True))


def every_byte(content: bytes) -> Iterator[bytes]:
    """Yield what a file holds, archives opened."""
    yield content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from every_byte(archive.read(name))


@pytest.mark.parametrize(
    ("options", "open_to"),
    [(PARTICIPANT, frozenset({HANDOUT})), (WITH_ANSWERS, frozenset({HANDOUT, ANSWERS}))],
    ids=["plain", "with answers"],
)
def test_no_secret_of_any_field_of_any_kind_reaches_participants(
    tmp_path: Path, options: Options, open_to: frozenset[str]
) -> None:
    path, planter = planted(tmp_path, open_to)
    diagnostics = Diagnostics()
    written = build(path, tmp_path / "out", diagnostics, options)
    assert {file.name for file in written} == {
        "planted.participant.pptx",
        "planted.participant.handout.md",
    }
    assert len(planter.secrets) > 300
    held = b"\n".join(part for file in written for part in every_byte(file.read_bytes()))
    leaked = {field for word, field in planter.secrets.items() if word.encode() in held}
    assert not leaked
    shown = sum(word.encode() in held for word in planter.open)
    assert shown > 60  # the search finds what is there


def test_facilitators_get_what_participants_must_not_have(tmp_path: Path) -> None:
    path, planter = planted(tmp_path, frozenset({HANDOUT}))
    written = build(path, tmp_path / "out", Diagnostics())
    held = b"\n".join(part for file in written for part in every_byte(file.read_bytes()))
    missing = [field for word, field in planter.secrets.items() if word.encode() not in held]
    # A cue for hybrid rooms stays out of a room, and a short form that does not run says nothing.
    assert set(missing) <= {"cornell.notes.hybrid", "alt.notes.say"}


def test_every_secret_is_known_to_the_gate(tmp_path: Path) -> None:
    path, planter = planted(tmp_path, frozenset({HANDOUT}))
    outline = check(path, Diagnostics())[0].plan.outline
    known = " ".join(secret.text for secret in secrets_of(outline))
    assert not [field for word, field in planter.secrets.items() if word not in known]


def test_new_kinds_and_parts_are_planted_too(tmp_path: Path) -> None:
    """What excludes each other has a block of its own, so that none is left out."""
    _, planter = planted(tmp_path, frozenset({HANDOUT}))
    assert {
        "video.notes.say",
        "audio.notes.say",
        "section.notes.say",
        "activity.roles.text",
    } <= set(planter.secrets.values())
    assert {
        "video.caption",
        "audio.credit",
        "section.text",
        "activity.roles.name",
        "content.columns.caption",
        "content.columns.table.rows",
        "content.columns.chart.alt",
        "content.background.alt",
        "content.table.columns",
    } <= set(planter.open.values())


@pytest.mark.parametrize(
    "template",
    [
        "{{ block.notes.say[0] }}",  # fails before the gate: the handout cannot reach it
        "<!-- Place your cards without a word. Only then may you argue. -->",
        "Place **your** cards\nwithout a word\\. Only then, may you &#97;rgue!",
        "P\u00adlace",
    ],
    ids=["out of reach", "in a comment", "in disguise", "not at all"],
)
def test_a_template_that_leaks_writes_nothing(tmp_path: Path, template: str) -> None:
    folder = tmp_path / "own"
    (folder / "handout").mkdir(parents=True)
    (folder / "handout/activity.md.j2").write_text(template, encoding="utf-8")
    options = PARTICIPANT._replace(documents=PARTICIPANT.documents._replace(templates=folder))
    diagnostics = Diagnostics()
    if "\u00ad" in template:
        assert build(OUTLINES / "phd-in-ml.yaml", tmp_path / "out", diagnostics, options)
        return
    with pytest.raises(DeckgenError):
        build(OUTLINES / "phd-in-ml.yaml", tmp_path / "out", diagnostics, options)
    assert not (tmp_path / "out").exists()
    found = next(found for found in diagnostics if found.severity == "error")
    if "block.notes" in template:
        assert found.id == "template"
        return
    assert found.id == "leak"
    assert found.span is not None
    line = found.span.source.line(found.span.line)
    assert "Place your cards without a word" in line
    assert "`notes.say` of `sort`" in found.message


def test_the_gate_reads_every_part_of_a_deck() -> None:
    """A secret put into any part of a clean deck is found: slides, notes, properties, comments."""
    diagnostics = Diagnostics()
    compiled = check(OUTLINES / "phd-in-ml.yaml", diagnostics, PARTICIPANT)[0]
    files = render(compiled, PARTICIPANT)
    deck = files["phd-in-ml.participant.pptx"]
    secret = "Place your cards without a word. Only then may you argue."
    for part in (
        "ppt/slides/slide1.xml", "ppt/notesSlides/notesSlide1.xml", "docProps/core.xml",
        "docProps/app.xml", "docProps/custom.xml", "customXml/item1.xml",
        "ppt/comments/comment1.xml", "ppt/media/image1.png",
    ):  # fmt: skip
        for content in (f"<a><b>{secret}</b></a>", f'<a descr="{secret}"/>', f"<!--{secret}-->"):
            out = io.BytesIO()
            with zipfile.ZipFile(io.BytesIO(deck)) as old, zipfile.ZipFile(out, "w") as new:
                for name in old.namelist():
                    if name != part:
                        new.writestr(name, old.read(name))
                new.writestr(part, content)
            found = Diagnostics()
            check_clean({"deck.pptx": out.getvalue()}, compiled.plan.outline, found)
            assert [f.id for f in found] == ["leak"], (part, content)
            assert part in next(iter(found)).message


def test_words_over_several_runs_are_found() -> None:
    from deckgen.render.leaks import passages_of

    text = "<a:p><a:r><a:rPr b='1'/><a:t>Ne</a:t></a:r><a:r><a:t>ver say</a:t></a:r></a:p>"
    part = next(passages_of("x", text.encode()))
    assert part.holds(Wording.of("never say"))
    assert not part.holds(Wording.of("ever say"))


def test_the_command_line_says_where_the_leak_is(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "handout.md.j2").write_text(
        "Place your cards without a word. Only then may you argue."
    )
    shutil.copy(OUTLINES / "phd-in-ml.yaml", tmp_path)
    command = ["build", str(tmp_path / "phd-in-ml.yaml"), "--edition", "participant"]
    command += ["--templates", str(folder), "-o", str(tmp_path / "out"), "--json"]
    result = CliRunner().invoke(cli.main, command)
    assert result.exit_code == 1
    said = json.loads(result.stdout)
    assert said["written"] == []
    assert [d["id"] for d in said["diagnostics"] if d["severity"] == "error"] == ["leak"]


def test_participants_get_no_speaker_notes_author_or_answer_slides(tmp_path: Path) -> None:
    from pptx import Presentation

    build(OUTLINES / "phd-in-ml.yaml", tmp_path, Diagnostics(), PARTICIPANT)
    deck = Presentation(str(tmp_path / "phd-in-ml/phd-in-ml.participant.pptx"))
    assert not any(slide.has_notes_slide for slide in deck.slides)
    assert not any("answer" in slide.slide_layout.name.lower() for slide in deck.slides)
    assert deck.core_properties.author == ""


@pytest.mark.parametrize(
    ("level", "least", "most"), [("full", 20, 99), ("brief", 1, 3), ("none", 0, 0)]
)
def test_speaker_notes_have_three_levels(tmp_path: Path, level: Any, least: int, most: int) -> None:
    from pptx import Presentation

    build(OUTLINES / "phd-in-ml.yaml", tmp_path, Diagnostics(), Options(speaker_notes=level))
    deck = Presentation(str(tmp_path / "phd-in-ml/phd-in-ml.pptx"))
    slide = deck.slides[4]
    notes = slide.notes_slide.notes_text_frame.paragraphs if slide.has_notes_slide else []
    assert least <= len(notes) <= most
    if level == "brief":
        assert [p.text.partition(".")[0] for p in notes] == ["Time", "Bridge"]


def test_participants_and_speaker_notes_exclude_each_other(tmp_path: Path) -> None:
    command = ["build", str(OUTLINES / "phd-in-ml.yaml"), "-o", str(tmp_path)]
    command += ["--edition", "participant", "--speaker-notes", "full"]
    assert CliRunner().invoke(cli.main, command).exit_code == 2


def test_single_words_of_the_format_are_no_leak(tmp_path: Path) -> None:
    words = [
        "content",
        "theme",
        "title",
        "slide",
        "none",
        "answer",
        "vote",
        "layout",
        "master",
        "rect",
        "main",
        "office",
        "text",
        "name",
    ]
    items = "".join(f"{{q: Which one is {k}?, a: {word}}}, " for k, word in enumerate(words))
    path = tmp_path / "o.yaml"
    path.write_text(
        "workshop: {title: Odd words}\nblocks:\n  - {kind: poll, method: poll, title: Hands, question: Why?, "
        f"options: [A, B], time: 3}}\n  - {{kind: quiz, title: Which?, items: [{items}]}}\n"
    )
    assert build(path, tmp_path / "out", Diagnostics(), PARTICIPANT)


def test_a_single_word_that_leaks_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    (folder / "handout").mkdir(parents=True)
    (folder / "handout/quiz.md.j2").write_text("The answer is **Zanzibar**.")
    path = tmp_path / "o.yaml"
    path.write_text(
        "workshop: {title: T}\nblocks: [{kind: quiz, items: [{q: Where?, a: Zanzibar}]}]\n"
    )
    options = PARTICIPANT._replace(documents=PARTICIPANT.documents._replace(templates=folder))
    with pytest.raises(DeckgenError, match=r"`items\.a` of `quiz` is not for participants"):
        build(path, tmp_path / "out", Diagnostics(), options)


def test_a_cell_of_a_table_in_notes_is_found_alone() -> None:
    table = "Say\n\n| Step | Trick |\n|------|-------|\n| one | the thumb hides it |\n"
    block = f"- kind: recap\n  takeaways: [a]\n  notes:\n    say: |\n{indent(table, '      ')}"
    found = Diagnostics()
    check_clean({"a.md": b"He wrote: the *thumb* hides it."}, outline(block), found)
    assert [(each.id, each.message) for each in found] == [
        ("leak", "`notes.say` of `recap` is not for participants, but appears in a.md")
    ]
