"""Every finding, at its place: each input in `diagnostics/` carries what is to be found in it.

An expectation is a comment such as `# error[unknown-field]: 9:9`; `nowhere` stands for a finding
without a place. A comment `# --audience NAME` or `# --theme NAME` is an option of the run.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from deckgen.catalogue import CATALOGUE, LINTS, Severity
from deckgen.compiler import Options, check
from deckgen.diagnostics import DeckgenError, Diagnostics, Source, Span, did_you_mean
from deckgen.report import report, summary

FOLDER = Path(__file__).parent / "diagnostics"
INPUTS = sorted(FOLDER.glob("*.yaml"))
EXPECTATION = re.compile(
    r"^# ((?:error|warning|info)\[[a-z-]+\]: (?:\d+:\d+|nowhere))$", re.MULTILINE
)
OPTION = re.compile(r"^# --(theme|audience) (\S+)$", re.MULTILINE)

# Ids that no outline can cause alone, and where they are tested.
ELSEWHERE = {
    "cannot-write": "depends on the folder: render/test_files.py, test_cli.py",
    "would-overwrite": "depends on the folder: test_rebuilding.py",
    "left-over": "depends on the folder: test_rebuilding.py",
    "missing-program": "depends on the machine: render/test_formats.py",
    "cannot-convert": "depends on a program: render/test_formats.py",
    "missing-token": "depends on a theme: below",
    "unknown-token": "depends on a theme: theme/test_load.py",
    "font-not-measured": "depends on a theme: layout/test_fonts.py",
    "retired-token": "depends on a theme: theme/test_load.py",
    "low-contrast": "depends on a theme: theme/test_load.py",
    "invalid-toml": "depends on defaults: outline/test_defaults.py",
    "no-date": "depends on an option: test_variants.py",
    "equation-as-text": "depends on the machine: render/test_equations.py",
    "which-session": "depends on an option: test_sessions.py",
    "leak": "depends on a template: render/test_leaks.py",
    "template": "depends on a template: render/test_own_templates.py",
    **{
        id: "depends on a PowerPoint file: template/test_template.py"
        for id in CATALOGUE
        if id.startswith("template-") or id == "not-a-template"
    },
}


def expected(text: str) -> list[str]:
    """Return the findings that the comments of *text* announce."""
    return EXPECTATION.findall(text)


def found(diagnostics: Diagnostics) -> list[str]:
    """Return findings as expectations are written."""
    return [
        f"{each.severity}[{each.id}]: "
        + (f"{each.span.line}:{each.span.column}" if each.span else "nowhere")
        for each in diagnostics
    ]


def checked(path: Path, **options: str) -> Diagnostics:
    """Return what is found in the outline at *path*."""
    diagnostics = Diagnostics()
    try:
        check(path, diagnostics, Options(**options))
    except DeckgenError:
        assert diagnostics.has_errors
    else:
        assert not diagnostics.has_errors
    return diagnostics


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.stem)
def test_everything_is_found_and_nothing_else(path: Path) -> None:
    text = path.read_text(encoding="utf-8", errors="replace")
    assert sorted(found(checked(path, **dict(OPTION.findall(text))))) == sorted(expected(text))


def test_every_id_has_an_input_or_a_reason() -> None:
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in INPUTS]
    covered = {re.findall(r"\[(.*)\]", line)[0] for text in texts for line in expected(text)}
    assert covered | set(ELSEWHERE) == set(CATALOGUE)
    assert not covered & set(ELSEWHERE)


def test_ten_mistakes_are_ten_different_ones() -> None:
    ids = [finding.id for finding in checked(FOLDER / "ten-mistakes.yaml")]
    assert len(set(ids)) == len(ids) == 10


def test_a_token_that_a_theme_lacks(tmp_path: Path) -> None:
    clear = Path(__file__).parents[1] / "themes" / "clear" / "theme.yaml"
    lines = clear.read_text(encoding="utf-8").splitlines(keepends=True)
    theme = tmp_path / "theme.yaml"
    theme.write_text("".join(line for line in lines if "hlink:" not in line), encoding="utf-8")
    ids = {finding.id for finding in checked(FOLDER / "nothing-wrong.yaml", theme=str(theme))}
    assert ids == {"missing-token"}


@pytest.mark.parametrize("id", CATALOGUE)
def test_ids_are_words_and_say_what_to_do(id: str) -> None:
    rule = CATALOGUE[id]
    assert re.fullmatch("[a-z]+(-[a-z]+)*", id)
    assert rule.meaning.endswith(".")
    assert rule.mend.endswith(".")


class TestFull:
    """The full report: the line, a caret under the place, then notes and hints."""

    def test_a_field_with_a_hint_and_a_related_place(self) -> None:
        source = Source("outlines/retro.yaml", "a: 1\n\n\n\n\n\n\n\n        minuets: 10\n")
        hints = ("did you mean `minutes`?",)
        text = full("unknown-field", Span(source, 9, 9, 7), hints, [(Span(source, 1, 1), "first")])
        assert text == (
            "error[unknown-field]: What is wrong\n"
            " --> outlines/retro.yaml:9:9\n"
            "  |\n"
            "9 |         minuets: 10\n"
            "  |         ^^^^^^^\n"
            "  = first: outlines/retro.yaml:1:1\n"
            "  = help: did you mean `minutes`?"
        )

    def test_the_margin_grows_with_the_line_number(self) -> None:
        source = Source("o.yaml", "\n" * 99 + "a: b")
        assert full("wrong-value", Span(source, 100, 4)) == (
            "error[wrong-value]: What is wrong\n   --> o.yaml:100:4\n    |\n100 | a: b\n    |    ^"
        )

    def test_without_a_place(self) -> None:
        hints = ("known: clear",)
        assert full("unknown-theme", None, hints) == (
            "error[unknown-theme]: What is wrong\n  = help: known: clear"
        )

    @pytest.mark.parametrize(
        ("line", "column", "length", "shown", "carets"),
        [
            ("a:\tb", 4, 1, "a:    b", "      ^"),
            ("\ta\tb: c", 2, 3, "    a    b: c", "    ^^^^^^"),
            ("日本: b", 5, 1, "日本: b", "      ^"),
            ("a: 日本", 4, 2, "a: 日本", "   ^^^^"),
            ("e\u0301: b", 5, 1, "e\u0301: b", "   ^"),
            ("😀: b", 4, 1, "😀: b", "    ^"),
            ("a: b", 4, 99, "a: b", "   ^"),
            ("a:", 3, 1, "a:", "  ^"),
            ("", 1, 1, "", "^"),
            ("a: \x1b[31mb", 4, 6, "a: \ufffd[31mb", "   ^^^^^^"),
        ],
    )
    def test_the_caret_stands_under_the_place(
        self, line: str, column: int, length: int, shown: str, carets: str
    ) -> None:
        text = full("wrong-type", Span(Source("o.yaml", line), 1, column, length))
        assert text.splitlines()[3:] == [f"1 | {shown}", f"  | {carets}"]

    @pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\u2028"])
    def test_a_line_is_shown_without_its_end(self, ending: str) -> None:
        source = Source("o.yaml", f"a: 1{ending}b: 2{ending}")
        assert full("wrong-type", Span(source, 2, 4)).splitlines()[3] == "2 | b: 2"

    def test_findings_are_parted_and_in_the_order_of_the_file(self) -> None:
        source = Source("o.yaml", "a: 1\nb: 2\n")
        diagnostics = Diagnostics()
        diagnostics.add("wrong-type", "second", Span(source, 2, 1))
        diagnostics.add("wrong-type", "first", Span(source, 1, 1))
        parts = report(diagnostics, "full").split("\n\n")
        assert [part.splitlines()[0] for part in parts] == [
            "error[wrong-type]: first",
            "error[wrong-type]: second",
        ]

    def test_colour_goes_to_the_severity_the_place_and_the_caret(self) -> None:
        diagnostics = Diagnostics()
        diagnostics.add("text-shrunk", "What", Span(Source("o.yaml", "a"), 1, 1))
        text = report(diagnostics, "full", lambda text, role: f"<{role}>{text}</>")
        assert text == (
            "<info>info[text-shrunk]</>: What\n <place>--></> o.yaml:1:1\n  |\n1 | a\n  | <error>^</>"
        )


def full(
    id: str,
    span: Span | None,
    hints: tuple[str, ...] = (),
    related: list[tuple[Span, str]] | None = None,
) -> str:
    """Return the full report of one finding."""
    diagnostics = Diagnostics()
    diagnostics.add(id, "What is wrong", span, hints=hints, related=related or [])
    return report(diagnostics, "full")


class TestOtherFormats:
    """One line each, and JSON."""

    SPAN = Span(Source("o.yaml", "a: 1\n"), 1, 4, 2)

    def both(self) -> Diagnostics:
        diagnostics = Diagnostics()
        hints = ["did you mean `b`?"]
        diagnostics.add(
            "wrong-value", "Not é", self.SPAN, hints=hints, related=[(self.SPAN, "see")]
        )
        diagnostics.add("unknown-theme", "No theme")
        return diagnostics

    def test_concise(self) -> None:
        assert report(self.both(), "concise") == (
            "error[unknown-theme]: No theme\n"
            "o.yaml:1:4: error[wrong-value]: Not é (did you mean `b`?)"
        )

    def test_json(self) -> None:
        place = {"file": "o.yaml", "line": 1, "column": 4, "length": 2}
        assert json.loads(report(self.both(), "json")) == [
            {
                "id": "unknown-theme",
                "severity": "error",
                "message": "No theme",
                "place": None,
                "hints": [],
                "related": [],
            },
            {
                "id": "wrong-value",
                "severity": "error",
                "message": "Not é",
                "place": place,
                "hints": ["did you mean `b`?"],
                "related": [{"place": place, "note": "see"}],
            },
        ]

    @pytest.mark.parametrize(("format", "empty"), [("full", ""), ("concise", ""), ("json", "[]")])
    def test_nothing_found_is_an_empty_report(self, format: str, empty: str) -> None:
        assert report(Diagnostics(), format) == empty


class TestCounting:
    """What a run found, in numbers."""

    @pytest.mark.parametrize(
        ("ids", "text"),
        [
            ([], ""),
            (["wrong-type"], "1 error"),
            (["wrong-type", "wrong-value"], "2 errors"),
            (
                ["wrong-type", "group-size", "text-shrunk", "slide-split"],
                "1 error, 1 warning, 2 notes",
            ),
        ],
    )
    def test_the_summary(self, ids: list[str], text: str) -> None:
        diagnostics = Diagnostics()
        for id in ids:
            diagnostics.add(id, id)
        assert summary(diagnostics) == text

    def test_the_same_message_at_the_same_place_counts_once(self) -> None:
        diagnostics, again = Diagnostics(), Diagnostics()
        for each in (diagnostics, again, again):
            each.add("wrong-type", "What", Span(Source("o.yaml", "a"), 1, 1))
        diagnostics.extend(again)
        assert len(diagnostics) == diagnostics.count(Severity.ERROR) == 1

    @pytest.mark.parametrize(("id", "stops"), [("group-size", False), ("wrong-type", True)])
    def test_only_errors_stop(self, id: str, *, stops: bool) -> None:
        diagnostics = Diagnostics()
        diagnostics.add(id, "What")
        assert diagnostics.has_errors is stops
        assert diagnostics.has_warnings is not stops
        if stops:
            with pytest.raises(DeckgenError, match="What"):
                diagnostics.stop_on_errors()

    @pytest.mark.parametrize(
        ("word", "hints"),
        [
            ("minuets", ("did you mean `minutes`?",)),
            ("MINUTES", ("did you mean `minutes`?",)),
            ("exit-ticket", ("did you mean `exit_ticket`?",)),
            ("xyz", ("known: minutes, exit_ticket",)),
        ],
    )
    def test_a_hint_names_the_nearest_word_or_all(self, word: str, hints: tuple[str, ...]) -> None:
        assert did_you_mean(word, ["minutes", "exit_ticket", "minutes"]) == hints

    def test_without_known_words_there_is_no_hint(self) -> None:
        assert did_you_mean("word", []) == ()
        assert did_you_mean("word", [str(k) for k in range(31)]) == ()


def test_advice_is_in_the_catalogue_and_never_an_error() -> None:
    assert all(CATALOGUE[id].severity is not Severity.ERROR for id in LINTS)
