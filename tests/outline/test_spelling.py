"""Older spellings of fields go on working, in blocks, short forms and the changes of an audience."""

from __future__ import annotations

import pytest

from deckgen.blocks.base import Block
from deckgen.diagnostics import Diagnostics, Source
from deckgen.outline.load import load_source
from deckgen.outline.model import Outline

FRAME = "workshop: {title: T}\n"


def read(text: str, audience: str | None = None) -> tuple[Outline | None, list[str]]:
    diagnostics = Diagnostics()
    outline = load_source(Source("o.yaml", f"{FRAME}{text}"), diagnostics, audience)
    return outline, [f"{found.id}: {found.message}" for found in diagnostics]


def sound(text: str, audience: str | None = None) -> Outline:
    outline, found = read(text, audience)
    assert outline is not None, found
    return outline


def minutes(block: Block) -> tuple[int, int, int] | None:
    return (block.time.min, block.time.ideal, block.time.max) if block.time else None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "{kind: poll, title: P, question: Q, options: [a, b], alt: {time: 2}}",
            "{kind: poll, title: P, question: Q, options: [a, b], short_form: {time: 2}}",
        ),
        (
            "{kind: content, title: C, text: [a], fit: split}",
            "{kind: content, title: C, text: [a], overflow: split}",
        ),
        (
            "{kind: image, title: I, file: a.png, alt: A hive, fit: error}",
            "{kind: image, title: I, file: a.png, alt: A hive, overflow: error}",
        ),
        (
            "{kind: content, title: C, text: [a], alt: {time: 2, fit: shrink}}",
            "{kind: content, title: C, text: [a], short_form: {time: 2, overflow: shrink}}",
        ),
        (
            "{kind: chart, title: C, categories: [a], data: {b: [1]}, alt: {time: 1}}",
            "{kind: chart, title: C, categories: [a], data: {b: [1]}, short_form: {time: 1}}",
        ),
    ],
)
def test_old_and_new_are_read_alike(old: str, new: str) -> None:
    said, meant = (sound(f"blocks: [{text}]").blocks[0] for text in (old, new))
    assert said.overflow == meant.overflow
    assert (said.short_form is None) is (meant.short_form is None)
    if said.short_form is not None and meant.short_form is not None:
        assert minutes(said.short_form) == minutes(meant.short_form)
        assert said.short_form.overflow == meant.short_form.overflow


def test_a_picture_keeps_its_words_and_its_fit() -> None:
    block = sound("blocks: [{kind: image, title: I, file: a.png, alt: A hive, fit: cover}]").blocks[
        0
    ]
    assert (getattr(block, "alt"), getattr(block, "fit")) == ("A hive", "cover")  # noqa: B009
    assert (block.short_form, block.overflow) == (None, None)


def test_a_picture_may_have_both_in_todays_spelling() -> None:
    text = "{kind: image, title: I, file: a.png, alt: A hive, fit: contain, overflow: split, short_form: {time: 1}}"
    block = sound(f"blocks: [{text}]").blocks[0]
    assert (getattr(block, "fit"), block.overflow) == ("contain", "split")  # noqa: B009
    assert block.short_form is not None


@pytest.mark.parametrize("old", ["alt", "short_form"])
@pytest.mark.parametrize("new", ["alt", "short_form"])
def test_an_audience_changes_a_short_form_in_either_spelling(old: str, new: str) -> None:
    block = f"{{kind: content, id: c, title: C, text: [a], time: 9, {old}: {{time: 3, title: S}}}}"
    change = f"{{a: {{blocks: {{c: {{{new}: {{time: 2}}}}}}}}}}"
    short = sound(f"blocks: [{block}]\naudiences: {change}", "a").blocks[0].short_form
    assert short is not None
    assert short.time is not None
    assert (short.title, short.time.ideal) == ("S", 2)


@pytest.mark.parametrize("old", ["alt", "short_form"])
@pytest.mark.parametrize("new", ["alt", "short_form"])
def test_an_audience_takes_a_short_form_away_in_either_spelling(old: str, new: str) -> None:
    block = f"{{kind: content, id: c, title: C, text: [a], {old}: {{time: 3}}}}"
    text = f"blocks: [{block}]\naudiences: {{a: {{blocks: {{c: {{{new}: ~}}}}}}}}"
    assert sound(text, "a").blocks[0].short_form is None
    assert sound(text).blocks[0].short_form is not None


def test_both_spellings_at_once_are_a_mistake() -> None:
    _, found = read("blocks: [{kind: content, title: C, text: [a], fit: split, overflow: split}]")
    assert found == ["unknown-field: `content` block has no field `fit`"]


def test_names_that_an_author_chose_are_left_alone() -> None:
    text = "blocks: [{kind: resources, title: R, terms: {fit: shrink, alt: b}}]"
    assert dict(getattr(sound(text).blocks[0], "terms")) == {"fit": "shrink", "alt": "b"}  # noqa: B009
