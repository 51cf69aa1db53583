"""What docs, schema and command line print of kinds, methods and findings is what holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from PIL import Image

from deckgen.blocks import KINDS, load_kind
from deckgen.blocks.base import Block
from deckgen.catalogue import CATALOGUE, LINTS, Severity
from deckgen.cli import main
from deckgen.compiler import Compiled, Options, check
from deckgen.diagnostics import Diagnostics
from deckgen.methods import load_methods
from deckgen.outline import reference
from deckgen.outline.model import People, Workshop
from deckgen.outline.reference import EXAMPLES, example_of, fields_of, kind_fact, method_example
from deckgen.outline.schema import outline_schema
from deckgen.reading.fields import Text, TimeRange, declared, given
from deckgen.theme.load import theme_names

PAGE = (Path(__file__).parents[2] / "docs/outline.md").read_text(encoding="utf-8")


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def pasted(block: str, tmp_path: Path, theme: str | None = None) -> Compiled:
    """Return *block*, pasted into an outline: no more than notes are found."""
    (tmp_path / "pictures").mkdir(exist_ok=True)
    Image.new("RGB", (400, 300)).save(tmp_path / "pictures/room.png")
    path = tmp_path / "o.yaml"
    head = "workshop:\n  title: T\n  objectives: [Write a plan]\n  ignore: unserved-objective\nblocks:\n"
    path.write_text(head + "".join(f"  {line}\n" for line in block.splitlines()), encoding="utf-8")
    found = Diagnostics()
    (compiled,) = check(path, found, Options(theme))
    assert [str(one.message) for one in found if one.severity is not Severity.INFO] == []
    return compiled


class TestExamples:
    """One for each kind, which builds as pasted."""

    def test_there_is_one_of_each_kind(self) -> None:
        assert {path.stem for path in EXAMPLES.glob("*.yaml")} == set(KINDS)

    @pytest.mark.parametrize("theme", theme_names())
    @pytest.mark.parametrize("kind", KINDS)
    def test_it_builds_as_pasted(self, kind: str, theme: str, tmp_path: Path) -> None:
        compiled = pasted(example_of(kind), tmp_path, theme)
        assert [planned.block.KIND for planned in compiled.plan.blocks] == [kind]

    @pytest.mark.parametrize("kind", KINDS)
    def test_it_is_short_and_shows_a_field_of_its_own(self, kind: str) -> None:
        assert len(example_of(kind).splitlines()) <= 10
        (block,) = yaml.safe_load(example_of(kind))
        own = {field.name for field in kind_fact(kind).fields}
        assert not own or own & set(block)

    @pytest.mark.parametrize("method", load_methods())
    def test_that_of_a_method_builds_as_pasted(self, method: str, tmp_path: Path) -> None:
        text = method_example(load_methods()[method])
        text += "  debrief: {what: A, so_what: B, now_what: C}\n  notes: {seated: D}\n"
        compiled = pasted(text, tmp_path)
        planned = compiled.plan.blocks[0]
        assert planned.method is not None
        assert planned.method.id == method

    def test_docs_and_schema_have_them(self) -> None:
        definitions = outline_schema()["$defs"]
        for kind in KINDS:
            assert f"```yaml\n{example_of(kind)}```" in PAGE
            shown = definitions[load_kind(kind).__name__]["examples"]
            assert shown[0]["kind"] == kind


class TestKinds:
    """`deckgen kinds`."""

    def test_it_lists_all(self) -> None:
        names = [line.split()[0] for line in run("kinds").splitlines() if line[:1].strip()]
        assert names == list(KINDS)

    @pytest.mark.parametrize("kind", KINDS)
    def test_it_explains_one(self, kind: str) -> None:
        shown = run("kinds", kind)
        assert shown.endswith(f"\nExample:\n\n{example_of(kind)}")
        assert f"it takes {load_kind(kind).MINUTES} min." in " ".join(shown.split())
        for field in kind_fact(kind).fields:
            assert re.search(rf"^  {field.name} ", shown, re.MULTILINE)

    def test_a_dash_will_do(self) -> None:
        assert run("kinds", "exit-ticket") == run("kinds", "exit_ticket")

    @pytest.mark.parametrize("command", ["kinds", "methods", "explain"])
    def test_an_unknown_name_is_wrong_use(self, command: str) -> None:
        result = CliRunner().invoke(main, [command, "qiuz"])
        assert result.exit_code == 2
        assert "there is no" in result.stderr
        assert ("did you mean `quiz`?" in result.stderr) is (command == "kinds")


class TestMethods:
    """`deckgen methods`."""

    def test_it_lists_all(self) -> None:
        shown = run("methods")
        assert all(re.search(rf"^{name} ", shown, re.MULTILINE) for name in load_methods())

    @pytest.mark.parametrize("name", load_methods())
    def test_it_explains_one(self, name: str) -> None:
        method, shown = load_methods()[name], run("methods", name)
        assert shown.endswith(method_example(method))
        assert all(step in " ".join(shown.split()) for step, _ in method.steps)
        assert method.trap in " ".join(shown.split())


class TestExplain:
    """`deckgen explain`."""

    @pytest.mark.parametrize("id", CATALOGUE)
    def test_it_says_what_the_page_says(self, id: str) -> None:
        shown = " ".join(run("explain", id).split())
        rule = CATALOGUE[id]  # type: ignore[index]
        said = f"{rule.severity}[{id}]: {rule.meaning} {rule.mend}".replace("`", "")
        assert shown.startswith(" ".join(said.split()))
        assert (f"ignore: [{id}]" in shown) is (id in LINTS)

    def test_it_takes_what_a_finding_begins_with(self) -> None:
        assert run("explain", "warning[long-talk]") == run("explain", "long-talk")

    def test_a_near_id_is_named(self) -> None:
        result = CliRunner().invoke(main, ["explain", "no-debreif"])
        assert "did you mean `no-debrief`?" in result.stderr


class TestFacts:
    """Defaults and redefined fields are those of the classes."""

    def test_defaults_of_the_frame(self) -> None:
        defaults = {field.name: field.default for field in fields_of(Workshop)}
        made = Workshop(title=Text("T"))
        assert defaults["start"] == str(made.start) == "09:00"
        assert defaults["people"] == str(made.people.expected) == "12"
        assert defaults["lang"] == made.lang
        assert defaults["buffer"] == "10%"
        people = {field.name: field.default for field in fields_of(People)}
        assert people == {"expected": "12", "min": "", "max": "", "group": "4"}

    @pytest.mark.parametrize("kind", KINDS)
    def test_a_field_that_a_kind_redefines_is_printed(self, kind: str) -> None:
        usual = {field.name: field for field in fields_of(Block)}
        for field in fields_of(load_kind(kind)):
            is_printed = field in kind_fact(kind).fields
            assert is_printed or field == usual[field.name] or field.name == "title"
            section = PAGE.partition(f"\n### {kind}\n")[2].partition("\n### ")[0]
            assert (f"\n| `{field.name}` | {field.holds} |" in section) or not is_printed

    def test_of_a_kind_that_redefines_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        @declared
        class OvenBlock(Block):
            """Bakes."""

            KIND = "oven"
            time: TimeRange | None = given(None, help="minutes at 180 degrees")
            short: Text | None = given(None, help="shorter title for the agenda")
            tray: Text = given(Text("upper"), help="where it goes")

        monkeypatch.setattr(reference, "load_kind", lambda _kind: OvenBlock)
        assert [(one.name, one.default) for one in kind_fact("oven").fields] == [
            ("time", ""),
            ("tray", "upper"),
        ]

    @pytest.mark.parametrize("kind", KINDS)
    def test_the_page_gives_its_usual_minutes(self, kind: str) -> None:
        section = PAGE.partition(f"\n### {kind}\n")[2].partition("\n```")[0]
        assert f"Usual minutes: {load_kind(kind).MINUTES}" in section
