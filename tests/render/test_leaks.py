"""What participants get holds nothing of the facilitator's, and the gate sees it if it ever does."""

from __future__ import annotations

import dataclasses
import io
import itertools
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
import yaml
from click.testing import CliRunner

from deckgen import cli
from deckgen.blocks import KINDS, load_kind
from deckgen.compiler import Options, build, check, render
from deckgen.diagnostics import DeckgenError, Diagnostics
from deckgen.outline.model import Mentioned, Workshop
from deckgen.reading.fields import ANSWERS, HANDOUT, Bounds, Clock, Count, Ratio, Raw, Text
from deckgen.reading.reader import declared_fields, unwrap
from deckgen.render.documents.options import DocumentOptions
from deckgen.render.leaks import Words, check_clean, secrets_of

OUTLINES = Path(__file__).resolve().parents[2] / "outlines"
PARTICIPANT = Options(documents=DocumentOptions(edition="participant"))
WITH_ANSWERS = Options(documents=DocumentOptions(edition="participant", with_answers=True))
KNOWN: dict[str, Any] = {  # fields whose values must mean something
    "kind": None, "id": None, "method": "card_sort", "theme": "clear", "lang": "en-GB",
    "date": "2026-03-14", "utc_offset": "+01:00", "url": "https://example.org/open",
    "link": "https://example.org/form", "number_format": "General", "code": "print(1)",
    "language": "python", "audience": None, "objectives": None, "review_in": None, "needs": None,
    "when": None, "at": None, "budget": None, "phases": None, "highlight": None, "tree": None,
    "axes": None, "cells": None, "time": 8, "priority": "must", "cut": None, "fit": None,
    "groups": None, "group": None, "buffer": None, "max_stretch": None, "start": "09:00",
    "people": 12, "columns": None, "rows": None, "points": None, "decorative": None,
    "people_named": None, "mode": "in_person", "file": "pixel.png", "verify": None,
}  # fmt: skip


class Planter:
    """Fills every field of the declarations with a text of its own; secret where the handout has none."""

    def __init__(self, open_to: frozenset[str]) -> None:
        self.open_to = open_to
        self.numbers = itertools.count(1)
        self.secrets: dict[str, str] = {}
        self.open: dict[str, str] = {}

    def fields(self, cls: type, path: str, *, hidden: bool = False, **own: Any) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, declared in declared_fields(cls).items():
            if name in own:
                values[name] = own[name]
                continue
            is_hidden = hidden or not declared.sees & self.open_to
            value = self.value(declared.kind, f"{path}.{name}", name, hidden=is_hidden)
            if value is not None:
                values[name] = value
        return values

    def value(self, kind: Any, path: str, name: str, *, hidden: bool) -> Any:
        if name in KNOWN and path != "mentioned.people":
            return KNOWN[name]
        kind, limits = unwrap(kind)
        if dataclasses.is_dataclass(kind):
            return self.fields(kind, path, hidden=hidden)  # type: ignore[arg-type]
        origin = get_origin(kind)
        if origin is tuple:
            least = next((limit.least for limit in limits if isinstance(limit, Count)), 1)
            item = get_args(kind)[0]
            return [self.value(item, path, "", hidden=hidden) for _ in range(max(least, 1))]
        if origin is dict:
            return {"1": self.value(get_args(kind)[1], path, "", hidden=hidden)}
        if origin is Literal:
            return get_args(kind)[0]
        return self.scalar(kind, limits, path, hidden=hidden)

    def scalar(self, kind: Any, limits: Any, path: str, *, hidden: bool) -> Any:
        if kind in (Text, Raw):
            word = f"{'hush' if hidden else 'open'}{next(self.numbers)}q"
            (self.secrets if hidden else self.open)[word] = path
            return word if path.startswith("workshop") else f"{word} said of it"
        least = next((limit.least for limit in limits if isinstance(limit, Bounds)), 1)
        return {int: max(1, int(least)), float: 1.0, bool: False, Ratio: 0.1, Clock: "09:00"}[kind]


OWN: dict[str, dict[str, Any]] = {
    "comparison": {"columns": ["One", "Two"], "rows": [["a", "b", "c"]]},
    "content": {"points": [{"text": "A point"}]},
    "chart": {"categories": ["A"], "data": {"B": [1]}},
    "framework": {"criteria": [{"name": "Risk", "scores": {"1": "low"}}], "bands": {"1": "Go"}},
    "highlight": {"text": "A sentence"},
    "image": {"alt": "A grey point"},
}


def planted(tmp_path: Path, open_to: frozenset[str]) -> tuple[Path, Planter]:
    """Return an outline with every field of every kind filled, and what is secret in it."""
    planter = Planter(open_to)
    blocks = [
        {
            "kind": kind,
            "id": kind,
            **planter.fields(load_kind(kind), kind, title=f"Part {k}", **OWN.get(kind, {})),
        }
        for k, kind in enumerate(KINDS)
    ]
    blocks[0]["slides"] = ["title", "objectives", "agenda", "ground_rules"]
    blocks.append({"kind": "activity", "title": "Short", "time": [5, 6, 7], "priority": "could",
                   "alt": {"title": "Shorter", "time": 2, "notes": {"say": "hush0q said"}}})  # fmt: skip
    planter.secrets["hush0q"] = "alt.notes.say"
    workshop = planter.fields(Workshop, "workshop", objectives=["Tell one from two"])
    mentioned = planter.fields(Mentioned, "mentioned")
    for names in mentioned.values():
        word = f"hush{next(planter.numbers)}q"
        names.append({"name": word, "verify": True, "note": f"{word} noted"})
        planter.secrets[word] = "mentioned (unverified)"
    resources = next(block for block in blocks if block["kind"] == "resources")
    resources["links"].append({"name": "hush00q", "url": "https://hush00q.org", "verify": True})
    planter.secrets["hush00q"] = "links (unverified)"
    path = tmp_path / "planted.yaml"
    outline = {"workshop": workshop, "blocks": blocks, "mentioned": mentioned}
    path.write_text(yaml.safe_dump(outline, allow_unicode=True, sort_keys=False), encoding="utf-8")
    from PIL import Image

    Image.new("RGB", (4, 4)).save(tmp_path / "pixel.png")
    return path, planter


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
    outline = check(path, Diagnostics()).plan.outline
    known = " ".join(secret.text for secret in secrets_of(outline))
    assert not [field for word, field in planter.secrets.items() if word not in known]


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
    compiled = check(OUTLINES / "phd-in-ml.yaml", diagnostics, PARTICIPANT)
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
    from deckgen.render.leaks import parts_of

    text = "<a:p><a:r><a:rPr b='1'/><a:t>Ne</a:t></a:r><a:r><a:t>ver say</a:t></a:r></a:p>"
    part = next(parts_of("x", text.encode()))
    assert part.holds(Words.of("never say"))
    assert not part.holds(Words.of("ever say"))


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
