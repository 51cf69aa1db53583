"""What is an equation, what is none and why, and that hostile LaTeX costs little."""

from __future__ import annotations

import time
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.equations.linear import linear
from deckgen.equations.read import UnreadableError, mathml, problem_with
from deckgen.equations.scan import LONGEST, flaw_of

READABLE = r"""
\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}
\sum_{i=1}^n \hat{y}_i \cdot \vec{v} \neq 50\%
\begin{aligned} a &= b \\ c &= d \end{aligned}
\begin{cases} 1 & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}
\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}
\left( \frac{a}{b} \middle| c \right]^2
\mathbb{R}^n \to \mathcal{L}, \mathbf{x}^\top, \mathrm{d}x
\underbrace{a + b}_{c} \xrightarrow{f} \overline{z}
\operatorname*{argmax}_\theta \log p(x \mid \theta)
f''(x) \pm \binom{n}{k}, \{a, b\}, \|x\|
x<y, x>y, \text{Größe}
a \label{eq:one} \nonumber
\boldsymbol{\theta}, \bm{x}, \color{red}{y}
""".strip().splitlines()
UNREADABLE = {
    r"\foo{x}": (0, "there is no command"),
    r"a + \alpha\fooo": (10, "there is no command"),
    r"\frac{a}{": (8, "is not closed"),
    "a}b": (1, "closes nothing"),
    r"\left( x": (0, "is not closed"),
    r"x \right)": (2, "closes nothing"),
    r"\left( \{ \frac{1}{2 \right)": (18, "is not closed"),
    r"\begin{aligned} a": (0, "is not closed"),
    r"\begin{aligned} a \end{cases}": (18, "closes nothing"),
    r"\begin{tabular}{c} a \end{tabular}": (0, "there is no environment"),
    "a & b": (2, "outside of any table"),
    "50% of": (2, "hides what follows"),
    r"\newcommand{\a}{b}\a": (0, "has no place"),
    r"\href{javascript:alert(1)}{x}": (0, "has no place"),
    r"\frac{a}": (0, "is missing"),
    r"\sqrt": (0, "is missing"),
    "x^": (0, "with nothing after it"),
    "x_1_2": (0, "follows on"),
    "日": (0, "no font"),
    " ": (0, "is empty"),
}
BOMBS = {
    "long": "a" * 100_000,
    "braces": "{" * 100_000,
    "closing": "}" * 100_000,
    "groups": "{" * 20 + "x" + "}" * 20,
    "powers": "x^{" * 24 + "y" + "}" * 24,
    "roots": r"\sqrt{" * 24 + "x" + "}" * 24,
    "fractions": r"\frac{" * 24 + "x" + "}{y}" * 24,
    "fences": r"\left(" * 20 + "x" + r"\right)" * 20,
    "few fences": r"\left(" * 7 + "x" + r"\right)" * 7,
    "lefts": r"\left" * 20_000,
    "begins": r"\begin{aligned}" * 5_000,
    "macros": r"\def\a{\b\b}\def\b{\c\c}" + r"\a" * 100,
    "accents": r"\hat" * 400 + "x",
    "primes": "x" + "'" * 1_500,
    "scripts": "x_" * 900 + "x",
    "rows": r"\begin{matrix}" + r"a&" * 400 + r"a\end{matrix}",
}


@pytest.mark.parametrize("latex", READABLE)
def test_what_lecturers_write_is_read(latex: str) -> None:
    assert problem_with(latex, is_display=True) is None
    assert problem_with(latex, is_display=False) is None


@pytest.mark.parametrize("latex", UNREADABLE)
def test_what_is_wrong_is_told_with_its_place(latex: str) -> None:
    flaw = problem_with(latex, is_display=False)
    assert flaw is not None
    offset, words = UNREADABLE[latex]
    assert flaw.offset == offset
    assert words in flaw.message


@pytest.mark.parametrize("name", BOMBS)
def test_hostile_latex_ends_soon(name: str) -> None:
    started = time.perf_counter()
    problem_with(BOMBS[name], is_display=True)
    assert time.perf_counter() - started < 10


@given(st.text("\\{}^_&%ab1 ()[]'|#~<>\"éleftrighfacbgn", max_size=60))
def test_any_latex_is_read_or_refused(latex: str) -> None:
    flaw = problem_with(latex, is_display=True)
    assert flaw is None or 0 <= flaw.offset <= len(latex)
    assert linear(latex) or not latex


@given(st.lists(st.sampled_from(["{", "}", r"\left", r"\right", "(", "x", "^", "_", "&", r"\\", r"\frac", r"\sqrt", r"\begin{cases}", r"\end{cases}", r"\text{", r"\hat", r"\sum"]), max_size=25))  # fmt: skip
def test_any_row_of_signs_is_read_or_refused(signs: list[str]) -> None:
    flaw = problem_with("".join(signs), is_display=True)
    assert flaw is None or flaw.message


def test_no_element_of_another_language_comes_through() -> None:
    for latex in (
        r"\text{</mtext><script>alert(1)</script><mtext>}",
        r"\color{red\" onclick=\"alert(1)}{x}",
        "<script>alert(1)</script>",
    ):
        try:
            text = mathml(latex, is_display=False)
        except UnreadableError:
            continue
        tags = {element.tag for element in ElementTree.fromstring(text).iter()}
        assert all(tag.startswith("m") for tag in tags)


def test_the_signs_are_judged_without_what_reads_them() -> None:
    assert flaw_of(r"\foo{x}") is None  # nobody knows the commands there
    assert flaw_of("{x") is not None
    assert flaw_of("x" * LONGEST) is None


@pytest.mark.parametrize(
    ("latex", "said"),
    [
        (r"E = mc^2", "E = mc²"),
        (r"e^{i\pi} + 1 = 0", "e^(iπ) + 1 = 0"),
        (r"\frac{a+b}{2}", "(a + b)/2"),
        (r"\sum_{i=1}^n x_i^2", "∑ᵢ₌₁ⁿ xᵢ²"),
        (r"\sqrt[3]{x+1}", "³√(x + 1)"),
        (r"\hat{y} = \bar x", "ŷ = x̄"),
        (r"\lim_{x\to 0}\frac{\sin x}{x}", "lim_(x → 0) (sin x)/x"),
        (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", "(1, 2; 3, 4)"),
        (r"\begin{aligned}a&=b\\c&=d\end{aligned}", "a = b; c = d"),
        (r"\alpha \in \mathbb{R}^n", "α ∈ ℝⁿ"),
        (r"P(A\mid B)", "P(A ∣ B)"),
        (r"-x", "−x"),
        (r"\foo", r"\foo"),
        (r"\frac{\lambda}{2} x^2", "(λ/2)x²"),
        (r"\frac{2}{n} X^\top(Xw - y)", "(2/n)Xᵀ(Xw − y)"),
        (r"\frac{1}{2n}", "1/(2n)"),
        (r"\frac{1}{n}\sum_{i=1}^n \frac{x_i}{2}", "(1/n) ∑ᵢ₌₁ⁿ xᵢ/2"),
        (r"\frac{a}{b+c}d", "(a/(b + c))d"),
        (r"{\frac ab} c = c\frac ab", "(a/b)c = c(a/b)"),
        (r"\frac{P(A, B)}{2} \times \frac12", "P(A, B)/2 × 1/2"),
        (r"\frac{(a)(b + c)}{(d)(e)}", "(a)(b + c)/((d)(e))"),
        (r"\frac{-b \pm \sqrt{b^2 - 4ac}}{2a}", "(−b ± √(b² − 4ac))/(2a)"),
        (r"\frac{dy}{dx} = \frac{\partial^2 f}{\partial x^2}", "dy/dx = ∂²f/∂x²"),
        (r"\log\frac ab, \frac12\text{ if so}", "log(a/b), 1/2 if so"),
        (r"a/\frac bc", "a/(b/c)"),
        (r"\left(\frac{a}{b}\right)^2 c", "(a/b)²c"),
        (r"{\frac ab}^2 \sqrt{x}^2 {(a)(b)}^2", "(a/b)²(√x)²((a)(b))²"),
        (r"y = |\frac12| |x|", "y = |1/2||x|"),
        (r"\sqrt{2}x", "√(2)x"),
        (r"\sqrt 2 + \sqrt{x^2}", "√2 + √(x²)"),
        (r"\binom{n}{k} p^k", "C(n, k)pᵏ"),
        (r"x^\alpha y + x^\alpha", "x^(α)y + x^α"),
        (r"x = -3, -1 - (-2)", "x = −3, −1 − (−2)"),
        (r"\begin{aligned}a&=-b\end{aligned}", "a = −b"),
    ],
)
def test_an_equation_says_itself_on_one_line(latex: str, said: str) -> None:
    assert linear(latex) == said
