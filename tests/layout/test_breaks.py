"""Where a text may be parted: joints of long words, ends of sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.boxes import Run, plain
from deckgen.layout.breaks import joined, sentences, softened

URL = "https://example.org/a_long/path.html?first=one&second=two#end"
RUNS = st.lists(
    st.builds(
        Run,
        st.text("ab .!?。/_&", min_size=1, max_size=30),
        bold=st.booleans(),
        equation=st.none(),
    ),
    min_size=1,
).map(tuple)


def test_an_address_may_break_after_its_joints_and_its_link_stays() -> None:
    (run,) = softened((Run(URL, link=URL),))
    assert run.text.split("\u200b") == [
        "https://", "example.", "org/", "a_", "long/", "path.", "html?", "first=", "one&",
        "second=", "two#", "end",
    ]  # fmt: skip
    assert run.link == URL


@pytest.mark.parametrize("text", ["no joints here", "extraordinarilylongword", "a/b c.d 10:30"])
def test_words_without_joints_and_short_ones_stay(text: str) -> None:
    runs = (Run(text),)
    assert softened(runs) is runs


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three? Four", ["One. ", "Two! ", "Three? ", "Four"]),
        ("He said “Stop.” Then he left.", ["He said “Stop.” ", "Then he left."]),
        ("Tools, e.g. saws, cost 3.50 euros.", ["Tools, e.g. saws, cost 3.50 euros."]),
        ("Ask Dr. B. Smith. She knows.", ["Ask Dr. B. Smith. ", "She knows."]),
        ("これは文です。次の文です。", ["これは文です。", "次の文です。"]),
        ("no border", ["no border"]),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, parts: list[str]) -> None:
    assert [plain(part) for part in sentences((Run(text),))] == parts


def test_a_sentence_may_span_runs() -> None:
    runs = (Run("A "), Run("b. C", bold=True), Run(" d."))
    assert sentences(runs) == [
        (Run("A "), Run("b. ", bold=True)),
        (Run("C", bold=True), Run(" d.")),
    ]


@given(RUNS)
def test_sentences_joined_say_the_same(runs: tuple[Run, ...]) -> None:
    parts = sentences(runs)
    assert plain(run for part in parts for run in part) == plain(runs)
    assert plain(joined(parts)) == plain(runs).rstrip(" ")


@given(RUNS)
def test_softened_text_says_the_same(runs: tuple[Run, ...]) -> None:
    assert plain(softened(runs)).replace("\u200b", "") == plain(runs)
