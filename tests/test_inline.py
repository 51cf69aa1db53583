"""Inline Markdown: which characters are marks, and that nothing else gets lost."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.boxes import Run, plain
from deckgen.inline import (
    composed,
    is_followed,
    is_safe_link,
    jumps_in,
    on_one_line,
    parse_inline,
    parse_lines,
    unsafe_links,
)
from deckgen.languages import Words, phrase
from deckgen.reading.fields import Prose, Text

MARKED = st.text(alphabet="ab *_`[]()<>\\&#;1:/", max_size=40)


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("plain", (Run("plain"),)),
        ("a **b** c", (Run("a "), Run("b", bold=True), Run(" c"))),
        ("*a* b", (Run("a", italic=True), Run(" b"))),
        ("***a***", (Run("a", bold=True, italic=True),)),
        ("`a*b*`", (Run("a*b*", code=True),)),
        ("[a](https://b.org)", (Run("a", link="https://b.org"),)),
        (
            "[a **b**](https://b.org)",
            (Run("a ", link="https://b.org"), Run("b", bold=True, link="https://b.org")),
        ),
        ("<https://b.org>", (Run("https://b.org", link="https://b.org"),)),
        (r"\*a\*", (Run("*a*"),)),
        ("AT&amp;T", (Run("AT&T"),)),
        ("2 * 3 * 4", (Run("2 * 3 * 4"),)),
        ("snake_case_name", (Run("snake_case_name"),)),
        ("a_b _c_", (Run("a_b "), Run("c", italic=True))),
        ("R&D; &copy; &nosuch;", (Run("R&D; © &nosuch;"),)),
        ("<script>x</script> & <b>", (Run("<script>x</script> & <b>"),)),
        ("![a](b.png)", (Run("!"), Run("a", link="b.png"))),
        ("~~a~~ **~~b~~**", (Run("a", struck=True), Run(" "), Run("b", bold=True, struck=True))),
        ("~a~ a ~~ b", (Run("~a~ a ~~ b"),)),
        ("a  \nb\\\nc", (Run("a\nb\nc"),)),
    ],
)
def test_marks_become_runs(text: str, runs: tuple[Run, ...]) -> None:
    assert parse_inline(text) == runs


@pytest.mark.parametrize(
    "target",
    [
        *("javascript:alert(1)", "file:///etc/passwd", "data:x", "/etc/passwd", "c:/x", "%2Fx"),
        *("//a.org/x", "www.a.org", "example.org/b", "\\\\x", "c%3A/x", "?"),
    ],
)
def test_a_link_that_leads_elsewhere_is_plain_text(target: str) -> None:
    assert parse_inline(f"[a]({target})") == (Run("a"),)
    (told,) = unsafe_links(f"see [a]({target})")
    assert told == target or told.startswith("%5C")


@pytest.mark.parametrize("target", ["notes.md", "../x/y.pdf", "./a%20b.txt", "a?b#c", "a.md#part"])
def test_a_link_leads_to_a_file_beside(target: str) -> None:
    assert parse_inline(f"[a]({target})") == (Run("a", link=target),)
    assert unsafe_links(f"see [a]({target})") == ()


def test_of_line_breaks_only_hard_ones_stay() -> None:
    assert parse_lines("a\nb **c\nd**  \ne\\\\\nf") == (
        Run("a b "),
        Run("c d", bold=True),
        Run("\ne\\ f"),
    )


def test_a_link_leads_to_a_block() -> None:
    assert parse_inline("[a](#quiz)") == (Run("a", link="#quiz"),)
    assert jumps_in("see [a](#quiz) and [b](c.md)") == ("quiz",)


@pytest.mark.parametrize(
    ("target", "is_safe"),
    [
        ("https://a.org/b?c=d#e", True),
        ("HTTP://a.org", True),
        ("mailto:a@b.org", True),
        ("mailto:", False),
        ("https://", False),
        ("//a.org", False),
        ("a.org", False),
        ("http://[", False),
        ("https://a.org/b c", False),
        ("https://a.org/<b>", False),
        ("", False),
    ],
)
def test_only_web_and_mail_addresses_are_safe(target: str, is_safe: bool) -> None:
    assert is_safe_link(target) is is_safe


@pytest.mark.parametrize("entity", ["&#1;", "&#12;", "&#x85;", "&#xD800;", "&#xFFFE;", "&#0;"])
def test_an_entity_brings_no_character_that_xml_forbids(entity: str) -> None:
    text = plain(parse_inline(f"a{entity}b"))
    assert not re.search("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", text)
    assert (text[0], text[-1]) == ("a", "b")


@pytest.mark.parametrize("entity", ["&#10;", "&NewLine;", "&#13;", "&Tab;"])
def test_an_entity_brings_no_line_break(entity: str) -> None:
    assert plain(parse_inline(f"a{entity}b")) == "a b"


UNMARKED = "abcäß 漢字😀مرحبا.,;:!?'\"()/-–#+=~^|{}@%"


@given(st.text(alphabet=UNMARKED, min_size=1, max_size=60))
def test_a_text_without_marks_is_one_run(text: str) -> None:
    assert parse_inline(text) == (Run(text),)


@given(MARKED)
def test_neighbouring_runs_differ_and_none_is_empty(text: str) -> None:
    runs = parse_inline(text) if text else ()
    looks = [run._replace(text="") for run in runs]
    assert all(left != right for left, right in itertools.pairwise(looks))
    assert all(run.text for run in runs)


@given(MARKED)
def test_letters_stay_in_order_but_for_link_targets(text: str) -> None:
    shown = plain(parse_inline(text))
    rest = iter(text.replace("&#1;", "\ufffd").replace("&#11;", "\ufffd"))
    assert all(letter in rest for letter in shown if letter in "ab")


@given(MARKED)
def test_a_link_in_a_run_is_safe(text: str) -> None:
    assert all(is_followed(run.link) for run in parse_inline(text) if run.link is not None)


@pytest.mark.parametrize(
    ("blocks", "row"),
    [
        ("Safer, not better:\n- one\n- two", "Safer, not better: one; two"),
        ("Drop\n\n1. one.\n2. two\n\nThen go", "Drop: one. two; Then go"),
        ("- one\n  - under\n- **two.**\n- three", "one: under; **two.** three"),
        ("| a | b |\n|---|---|\n| | d |\n| e | f |", "a / b; d; e / f"),
        ("See\n```\nx = 1\n\ny\n```", "See; ` x = 1 `; ` y `"),
        ("One sentence\nthat goes on.\n\nNext", "One sentence that goes on. Next"),
    ],
)
def test_what_stands_apart_in_blocks_stays_apart_on_one_line(blocks: str, row: str) -> None:
    assert on_one_line(Prose(blocks)) == row


class TestAPhraseThatEndsInBlocks:
    def test_it_stays_in_blocks_after_the_words_before_it(self) -> None:
        answer = Prose("Safer:\n- one\n- two")
        said = composed(
            Words("en"), phrase("claim_answer", claim=Text("It is *so*"), answer=answer)
        )
        assert isinstance(said, Prose)
        assert said == "“It is *so*” Answer: Safer:\n- one\n- two"

    def test_what_begins_with_a_list_begins_below(self) -> None:
        told = phrase("claim_answer", claim=Text("a * b"), answer=Prose("- one\n- two"))
        assert composed(Words("en"), told) == "“a \\* b” Answer:\n\n- one\n- two"

    def test_in_the_middle_it_stands_on_one_line(self) -> None:
        told = phrase("claim_answer", answer=Text("yes"), claim=Prose("a:\n- one\n- two"))
        assert composed(Words("en"), told) == "“a: one; two” Answer: yes"
