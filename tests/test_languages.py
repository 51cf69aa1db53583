"""Every language has every word, with the same places for values."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from deckgen.compiler import Options, build, check
from deckgen.diagnostics import Diagnostics
from deckgen.languages import (
    FOLDER,
    Words,
    catalogue,
    code_of,
    is_known,
    known,
    method_words,
    plural_form,
)
from deckgen.methods import load_methods
from deckgen.plan.groups import form_groups

OUTLINES = Path(__file__).resolve().parents[1] / "outlines"
LANGUAGES = sorted(known())
OTHERS = [code for code in LANGUAGES if code != "en"]
FORMS = {"ar": {"zero", "one", "two", "few", "many", "other"}, "ja": {"other"}}


def places(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


def test_six_languages_are_there() -> None:
    assert LANGUAGES == ["ar", "de", "en", "es", "fr", "ja"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_key_is_written_twice(code: str) -> None:
    class Loader(yaml.SafeLoader):
        pass

    def mapping(loader: Loader, node: yaml.MappingNode) -> dict[str, object]:
        keys = [loader.construct_object(key) for key, _ in node.value]  # type: ignore[no-untyped-call]
        assert len(keys) == len(set(keys)), [key for key in keys if keys.count(key) > 1]
        return dict(
            zip(keys, (loader.construct_object(v, deep=True) for _, v in node.value), strict=True)
        )  # type: ignore[no-untyped-call]

    Loader.add_constructor("tag:yaml.org,2002:map", mapping)  # type: ignore[no-untyped-call]
    assert yaml.load((FOLDER / f"{code}.yaml").read_text(encoding="utf-8"), Loader=Loader)  # noqa: S506


@pytest.mark.parametrize("code", OTHERS)
def test_keys_are_complete(code: str) -> None:
    assert set(catalogue(code)) == set(catalogue("en"))


@pytest.mark.parametrize("code", OTHERS)
def test_no_place_for_a_value_is_missing(code: str) -> None:
    for key, english in catalogue("en").items():
        held = catalogue(code)[key]
        if isinstance(english, str):
            assert isinstance(held, str), key
            assert places(held) == places(english), key
        else:
            assert not isinstance(held, str), key
            assert set(held) == FORMS.get(code, {"one", "other"}), key
            wanted = places(english["other"])
            assert places(held["other"]) == wanted, key
            for form, text in held.items():
                assert wanted - places(text) <= (
                    {"count"} if form in ("zero", "one", "two") else set()
                ), key


@pytest.mark.parametrize("code", OTHERS)
def test_words_are_translated(code: str) -> None:
    """What reads as in English is a sign, a number, or a word that the languages share."""
    shared = {"ar": 22, "de": 49, "es": 39, "fr": 46, "ja": 22}
    same = [k for k, text in catalogue("en").items() if catalogue(code)[k] == text and len(k) > 1]
    assert len(same) <= shared[code], same


@pytest.mark.parametrize("code", OTHERS)
def test_methods_are_complete(code: str) -> None:
    english, there = load_methods(), load_methods(code)
    assert set(method_words(code)) == set(english)
    for name, method in there.items():
        for field in ("doing", "online", "trap", "name"):
            assert getattr(method, field), name
        assert method.doing != english[name].doing
        assert len(method.probes) == len(english[name].probes) == 2
        assert len(method.debrief) == len(english[name].debrief) == 3
        assert not {*method.probes, *method.debrief} & {
            *english[name].probes,
            *english[name].debrief,
        }
        assert len(method.steps) == len(english[name].steps)
        assert [share for _, share in method.steps] == [share for _, share in english[name].steps]
        assert not {text for text, _ in method.steps} & {text for text, _ in english[name].steps}


@pytest.mark.parametrize("code", OTHERS)
def test_debriefs_of_methods_are_known_as_such(code: str) -> None:
    debrief = Words(code).say("debrief").lower()
    for name in ("four_corners", "card_sort", "gallery_walk", "jigsaw"):
        assert load_methods(code)[name].steps[-1][0].lower().startswith(debrief)


@pytest.mark.parametrize("code", LANGUAGES)
def test_plural_forms_are_those_of_cldr(code: str) -> None:
    from babel import Locale

    rule = Locale(code).plural_form
    for count in (*range(3000), 10_000, 99_999):
        assert plural_form(code, count) == rule(count), count


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("de-Latn-CH", "de"),
        ("EN-us", "en"),
        ("nl", "en"),
        ("ar-EG", "ar"),
    ],
)
def test_regions_fall_back_to_their_language_then_to_english(tag: str, code: str) -> None:
    assert code_of(tag) == code
    assert is_known(tag) == (tag != "nl")


def test_english_counts_right() -> None:
    english, arabic = Words(), Words("ar")
    assert english.say("groups", count=1) == "1 group"
    assert form_groups(3, size=4).told(english) == "1 group of 3"
    assert form_groups(7, size=4).told(english) == "1 group of 3 and 1 group of 4"
    assert english.say("people", count=1) == "1 person"
    assert form_groups(9, count=2).told(Words("de")) == "1 Gruppe zu 4 und 1 Gruppe zu 5"
    assert arabic.say("groups", count=2) == "مجموعتان"
    assert arabic.say("groups", count=3) == "3 مجموعات"


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en-GB", "4 March 2026"),
        ("en-US", "March 4, 2026"),
        ("de-DE", "4. März 2026"),
        ("fr-CA", "4 mars 2026"),
        ("es", "4 de marzo de 2026"),
        ("ja-JP", "2026年3月4日"),
        ("nl", "March 4, 2026"),
        ("de-XX", "4. März 2026"),
    ],
)
def test_dates_are_written_as_people_of_the_region_do(tag: str, text: str) -> None:
    assert Words(tag).day("2026-03-04") == text


def test_english_without_a_region_is_written_as_in_britain() -> None:
    assert Words("en").day("2026-03-04") == Words("en-GB").day("2026-03-04")
    assert Words("EN").day("2026-09-04", most=11) == "4 Sept 2026"


@pytest.mark.skipif(not os.access(FOLDER, os.W_OK), reason="parsed words cannot be kept here")
def test_a_build_without_a_date_imports_no_babel(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from deckgen.compiler import build; "
        "from deckgen.diagnostics import Diagnostics; "
        f"build(Path({str(OUTLINES / 'phd-in-ml.yaml')!r}), Path({str(tmp_path)!r}), Diagnostics()); "
        "sys.exit('babel' in sys.modules)"
    )
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    _, second = (subprocess.run([sys.executable, "-c", code], env=kept) for _ in range(2))
    assert second.returncode == 0


def in_language(tmp_path: Path, tag: str, source: Path, name: str = "o.yaml") -> Path:
    """Return an outline in another language: only our words tell which, so the author's stay."""
    text = source.read_text(encoding="utf-8")
    path = tmp_path / name
    text = re.sub(r"^  lang: .*\n", "", text, flags=re.MULTILINE)
    path.write_text(text.replace("workshop:\n", f"workshop:\n  lang: {tag}\n", 1), encoding="utf-8")
    return path


def english_texts() -> Iterator[str]:
    """Yield what only the English catalogue says: three words and more, cut at places for values."""
    for held in catalogue("en").values():
        for text in (held,) if isinstance(held, str) else held.values():
            for piece in re.split(r"{\w+}", text):
                if len(piece.split()) >= 2 and len(piece.strip()) > 9:
                    yield piece.strip()


@pytest.mark.parametrize("tag", ["de-AT", "fr-FR", "es-MX", "ja", "ar"])
def test_no_english_of_ours_is_left(tmp_path: Path, tag: str) -> None:
    folder = tmp_path / tag
    folder.mkdir()
    for source in (OUTLINES / "phd-in-ml.yaml", OUTLINES / "talk.yaml"):
        authors = " ".join(source.read_text(encoding="utf-8").split())
        path = in_language(folder, tag, source, source.name)
        diagnostics = Diagnostics()
        written = build(path, folder / "out", diagnostics, Options())
        assert not diagnostics.has_errors
        assert "no-labels" not in {found.id for found in diagnostics}
        held = [
            (file.name, file.read_text(encoding="utf-8"))
            for file in written
            if file.suffix == ".md"
        ]
        held.append(("deck", deck_words(next(file for file in written if file.suffix == ".pptx"))))
        left = [
            (n, t) for n, text in held for t in english_texts() if t in text and t not in authors
        ]
        assert not left


def deck_words(path: Path) -> str:
    """Return all that a deck shows, says in its notes and describes."""
    from pptx import Presentation

    lines = []
    for slide in Presentation(str(path)).slides:
        lines += re.findall(r'descr="([^"]*)"', slide.element.xml)
        lines += re.findall(r"<a:t>([^<]*)</a:t>", slide.element.xml)
        if slide.has_notes_slide:
            lines.append(slide.notes_slide.notes_text_frame.text)
    return "\n".join(lines)


def test_titles_left_to_us_are_in_the_outlines_language(tmp_path: Path) -> None:
    path = tmp_path / "o.yaml"
    path.write_text(
        "workshop: {title: T, lang: fr}\nblocks: [{kind: quiz, items: [{q: A, a: B}]}, {kind: break}]\n"
    )
    plan = check(path, Diagnostics())[0].plan
    assert [planned.block.title for planned in plan.blocks] == ["Quiz", "Reprise à"]


def test_an_unknown_language_gets_english_labels_and_a_note(tmp_path: Path) -> None:
    path = tmp_path / "o.yaml"
    path.write_text("workshop:\n  title: T\n  lang: nl-BE\nblocks: [{kind: break}]\n")
    diagnostics = Diagnostics()
    assert str(check(path, diagnostics)[0].plan.blocks[0].block.title) == "Back at"
    found = next(found for found in diagnostics if found.id == "no-labels")
    assert found.span
    assert (found.span.line, found.severity) == (3, "info")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_same_outline_gives_the_same_bytes(tmp_path: Path, code: str) -> None:
    path = in_language(tmp_path, code, OUTLINES / "talk.yaml")
    made = [
        [file.read_bytes() for file in build(path, tmp_path / name, Diagnostics())]
        for name in ("a", "b")
    ]
    assert made[0] == made[1]


@pytest.mark.parametrize("tag", ["en-GB", "en-US", "de-DE", "fr-FR", "es-ES", "ja-JP", "ar-EG"])
def test_facts_of_the_cover_fit_in_every_language(tag: str, tmp_path: Path) -> None:
    path = tmp_path / "outline.yaml"
    path.write_text(
        f'workshop: {{title: T, date: 2026-09-23, start: "18:00", lang: {tag}, mode: online, '
        "timezone: Europe/Berlin}\nblocks: [{kind: title, title: T, time: 90}]\n",
        encoding="utf-8",
    )
    for theme in ("clear", "folio", "quiet", "signal", "stage"):
        diagnostics = Diagnostics()
        check(path, diagnostics, Options(theme))
        assert not [found for found in diagnostics if "fit" in found.id or "full" in found.id]


def test_marks_that_a_text_brings_take_the_place_of_ours() -> None:
    german = Words("de-DE")
    assert german.say("quoted", text="Git ist kaputt.") == "\u201eGit ist kaputt.\u201c"
    assert (
        german.say("quoted", text="\u201eGut\u201c \u2013 bitte") == "\u201eGut\u201c \u2013 bitte"
    )
    assert Words("fr").say("quoted", text="\u00ab Oui \u00bb") == "\u00ab Oui \u00bb"
