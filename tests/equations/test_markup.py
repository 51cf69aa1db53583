"""Which dollars are equations: pandoc's rules, and money stays money."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.boxes import plain
from deckgen.diagnostics import Source, Span
from deckgen.document.texts import dollars, in_cell, markdown, pieces
from deckgen.equations.markup import loose_equation, place_in
from deckgen.inline import equation_alone, equations_in, parse_inline

MONEY = """
costs $5 and $7
between $5-$7 a day
US$5 and US$7
from $5M to €7 or A$
from $20k–$30k
it is $5.
cash ($5, $6)
$3 million in 2020, $4 million in 2021
the $1 house and the $2,000 car
$1,000-$2,000
5$ bis 7$
5 $ und 7 $
spent $5, earned $6 (net $1)
$5/$10 plans
Price: $10/month, $100/year
$1 to $2 or $3 per $
A$AP and Ke$ha
cost in US-$ or CA-$ only
pay $5 now or$ later
restaurants from $$ to $$$
between $$ and $$ a head
$HOME and $PATH
$HOME/$USER
$20 and a$b$
$x
x$
$ x $
$$
""".strip().splitlines()
EQUATIONS = {
    "$x$": ["x"],
    "$x$ is 5": ["x"],
    "($x$, $y$)": ["x", "y"],
    "the $n$th, and $k$-means": ["n", "k"],
    "$2x$ and $3y+1$": ["2x", "3y+1"],
    r"$100\%$ of $\$5$": [r"100\%", r"\$5"],
    "$O(n log n)$": ["O(n log n)"],
    r"\$x\$ and $y$": ["y"],
    "`$x$` and $z$": ["z"],
    "**bold $x$**, *$a_1 * b_2$*": ["x", "a_1 * b_2"],
    "[$x$](https://a.example)": ["x"],
    "$[a](b)$": ["[a](b)"],
    "costs $5; $x=5$ though": ["x=5"],
    r"$3 \text{ apples and pears}$": [r"3 \text{ apples and pears}"],
    "see $$E = mc^2$$ there": ["E = mc^2"],
}


@pytest.mark.parametrize("text", MONEY)
def test_money_stays_as_it_was_written(text: str) -> None:
    assert list(equations_in(text)) == []
    assert plain(parse_inline(text)) == text


@pytest.mark.parametrize("text", EQUATIONS)
def test_an_equation_is_found(text: str) -> None:
    assert [found.latex for found in equations_in(text)] == EQUATIONS[text]


def test_an_equation_alone_is_a_display_one_and_nothing_beside_it() -> None:
    assert equation_alone("$$x$$") is not None
    assert equation_alone("$$x$$.") is None
    assert equation_alone("$x$") is None


@pytest.mark.parametrize("text", [text for text in EQUATIONS if "**" not in text])
def test_an_equation_comes_out_of_a_document_as_it_went_in(text: str) -> None:
    written = markdown(text)
    read = [run.equation.latex for run in pieces(written) if run and run.equation]
    assert read == EQUATIONS[text]


@pytest.mark.parametrize("text", MONEY)
def test_no_money_comes_out_of_a_document_as_an_equation(text: str) -> None:
    read = [run for run in pieces(markdown(text)) if run]
    assert not any(run.equation for run in read)
    assert plain(read) == text


def test_a_bar_in_an_equation_ends_no_cell_of_a_table_and_else_stays() -> None:
    text = r"the $|x| \le \|y\|$ of \$5, `$|x|$` and a\|b $$|x|$$"
    (first, second) = equations_in(text)
    assert dollars(first) == r"$|x| \le \|y\|$"
    assert dollars(second) == "$$|x|$$"
    said = r"the $\vert x\vert \le \Vert y\Vert$ of \$5, `$|x|$` and a\|b $$\vert x\vert$$"
    assert in_cell(text) == in_cell(in_cell(text)) == said
    array = in_cell(r"$\begin{array}{c|c} a & |b| \end{array}$")
    assert r"{array}{c|c} a & \vert b\vert \end" in array


@given(st.text("$ab 5\\{}^_*`[]()", max_size=40))
def test_any_text_is_read_and_written_without_loss(text: str) -> None:
    said = plain(parse_inline(text))
    again = plain(run for run in pieces(markdown(text)) if run)
    assert "".join(again.split()) == "".join(said.split())


def test_many_dollars_cost_no_more_than_they_should() -> None:
    started = time.perf_counter()
    for text in ("$" * 20_000, "$5 " * 20_000, "$a" * 20_000, r"$\$" * 20_000):
        parse_inline(text)
    assert time.perf_counter() - started < 20


@pytest.mark.parametrize(
    ("written", "column"),
    [
        (r"a: 'x $\frac{\foo}{b}$'", 14),
        (r'a: "x $\\frac{\\foo}{b}$"', 15),
        (r"a: x $\frac{\foo}{b}$", 13),
    ],
)
def test_a_place_in_an_equation_is_a_column_of_the_file(written: str, column: int) -> None:
    source = Source("a.yaml", f"# a comment\n{written}\n")
    span = Span(source, 2, 4, len(written) - 3)
    found = place_in(span, r"\frac{\foo}{b}", 6, 4)
    length = 5 if written.startswith('a: "') else 4  # with both of its backslashes
    assert (found.line, found.column, found.length) == (2, column, length)


def test_a_place_in_a_folded_text_is_on_its_own_line() -> None:
    source = Source("a.yaml", "a: >\n  one two\n  three $x +\n  \\foo$ four\n")
    found = place_in(Span(source, 1, 4), r"x + \foo", 4, 4)
    assert (found.line, found.column) == (4, 3)


def test_what_is_not_found_again_is_placed_at_its_text() -> None:
    span = Span(Source("a.yaml", "a: &b 'c'\n"), 1, 4)
    assert place_in(span, "x", 0, 1) == span


@pytest.mark.parametrize(
    "text",
    [*MONEY, *EQUATIONS, r"$5 in C:\temp or $6", r"$5 (C:\temp), $6", r"\$\eta", "$A \\& $B"],
)
def test_money_and_equations_are_no_loose_dollars(text: str) -> None:
    assert loose_equation(text) is None


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (r"$\eta = $ so", "before its last"),
        (r"$ \eta$", "after its first"),
        (r"$x_{\text{max}} on", "close it"),
        (r"so $2 x + \alpha $, a", "before its last"),
        (r"A$\eta$", "outside"),
        (r"$\eta$2", "outside"),
        (r"$x$ and $\beta $", "before its last"),
    ],
)
def test_a_dollar_before_latex_that_begins_nothing_is_told(text: str, hint: str) -> None:
    found = loose_equation(text)
    assert found is not None
    assert hint in found[1]


def test_loose_dollars_are_found_in_time() -> None:
    start = time.perf_counter()
    for text in ("$" + " " * 20_000, "$ " * 10_000, "$a " * 10_000, "$1" * 10_000 + "\\eta"):
        loose_equation(text)
    assert time.perf_counter() - start < 3
