"""Type checkers know which fields of an outline's classes must be given."""

from __future__ import annotations

from pathlib import Path

import pytest
from mypy import api

ROOT = Path(__file__).resolve().parents[2]
HEAD = "from deckgen.blocks.quiz_block import QuizItem\nfrom deckgen.reading.fields import Text\n"


def complaints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> list[str]:
    """Return what mypy says of a program that ends with *line*."""
    program = tmp_path / "program.py"
    program.write_text(HEAD + line + "\n", encoding="utf-8")
    monkeypatch.chdir(ROOT)
    said, failed, _ = api.run(["--strict", "--no-error-summary", str(program)])
    assert not failed, failed
    return [text.partition("error: ")[2] for text in said.splitlines() if "error: " in text]


def test_a_field_that_may_be_left_out_may_be_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = 'QuizItem(q=Text("Who?"), a=Text("You"))'
    assert complaints(tmp_path, monkeypatch, made) == []


def test_a_field_that_must_be_given_is_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = complaints(tmp_path, monkeypatch, "QuizItem()")
    assert [text.split(" for ")[0] for text in found] == [
        'Missing named argument "q"',
        'Missing named argument "a"',
    ]


def test_a_field_takes_only_what_is_declared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (found,) = complaints(tmp_path, monkeypatch, 'QuizItem(q=Text("Who?"), a=7)')
    assert found.startswith('Argument "a" to "QuizItem" has incompatible type "int"')


def test_a_default_is_not_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`given` without one would be a field that must be given, and mypy would not know."""
    line = "from deckgen.reading.fields import given\ngiven(help='what for')"
    (found,) = complaints(tmp_path, monkeypatch, line)
    assert found.startswith('No overload variant of "given"')
