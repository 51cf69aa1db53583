"""Defaults of a person: where they are looked for, what wins, and what is said of mistakes in them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from deckgen.cli import main
from deckgen.compiler import Options, build, check
from deckgen.diagnostics import DeckgenError, Diagnostics, Source
from deckgen.outline.defaults import LARGEST, defaults_for, user_file
from deckgen.outline.load import load, load_outlines
from deckgen.outline.model import Workshop
from deckgen.reading.source import Mapping, Node, Scalar
from deckgen.reading.toml import parse_toml

ROOT = Path(__file__).parents[2]
BARE = "workshop: {title: Knives}\nblocks: [{kind: break}]\n"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a repository, so that nothing above it counts."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "talks").mkdir()


def put(path: str, text: str) -> Path:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def workshop(text: str = BARE) -> Workshop:
    """Return the frame of the outline *text* in talks/, in which nothing is wrong."""
    diagnostics = Diagnostics()
    outline = load(put("talks/o.yaml", text), diagnostics)
    assert outline is not None, [f"{found.span} {found.message}" for found in diagnostics]
    return outline.workshop


def findings(text: str = BARE) -> list[str]:
    """Return what is wrong with the outline *text* in talks/ and its defaults."""
    diagnostics = Diagnostics()
    try:
        load(put("talks/o.yaml", text), diagnostics)
    except DeckgenError:
        assert diagnostics.has_errors
    return [f"{found.id} {found.span or '-'} {found.message}" for found in diagnostics]


class TestWhere:
    """The nearest file holds, alone."""

    def test_beside_the_outline(self) -> None:
        put("talks/deckgen.toml", 'lang = "de-DE"\n')
        assert workshop().lang == "de-DE"

    def test_above_it(self) -> None:
        put("deckgen.toml", 'lang = "fr"\n')
        assert workshop().lang == "fr"

    def test_the_nearest_one_alone(self) -> None:
        put("deckgen.toml", 'lang = "fr"\nteam = {lead = "Ada"}\n')
        put("talks/deckgen.toml", 'team = {host = "Bo"}\n')
        made = workshop()
        assert (made.lang, made.team.lead, made.team.host) == ("en-GB", None, "Bo")

    def test_in_a_project_file(self) -> None:
        put("pyproject.toml", '[project]\nname = "x"\n\n[tool.deckgen]\nlang = "es"\n')
        assert workshop().lang == "es"

    def test_a_file_of_its_own_wins_over_the_project_file(self) -> None:
        put("pyproject.toml", '[tool.deckgen]\nlang = "es"\n')
        put("deckgen.toml", 'lang = "fr"\n')
        assert workshop().lang == "fr"

    @pytest.mark.parametrize("text", ['[project]\nname = "deckgen"\n', "deckgen = [", "\0"])
    def test_a_project_file_that_says_nothing_to_us_is_passed_over(self, text: str) -> None:
        put("talks/pyproject.toml", text)
        put("deckgen.toml", 'lang = "fr"\n')
        assert workshop().lang == "fr"

    def test_nothing_above_a_repository(self) -> None:
        put("deckgen.toml", 'lang = "fr"\n')
        Path("talks/.git").write_text("gitdir: elsewhere\n")  # as in a worktree
        assert workshop().lang == "en-GB"

    def test_the_users_own_where_there_is_no_other(self, monkeypatch: pytest.MonkeyPatch) -> None:
        own = put("home/deckgen/deckgen.toml", 'lang = "ja"\n')
        monkeypatch.delenv("DECKGEN_CONFIG")
        monkeypatch.setenv("XDG_CONFIG_HOME", str(own.parents[1].absolute()))
        assert workshop().lang == "ja"
        put("deckgen.toml", "")
        assert workshop().lang == "en-GB"

    @pytest.mark.parametrize(
        ("named", "folder", "path"),
        [
            (None, "/etc/xdg", "/etc/xdg/deckgen/deckgen.toml"),
            (None, "", "/home/ada/.config/deckgen/deckgen.toml"),
            (None, "relative", "/home/ada/.config/deckgen/deckgen.toml"),
            ("/etc/own.toml", "/etc/xdg", "/etc/own.toml"),
            ("", "/etc/xdg", None),
        ],
    )
    @pytest.mark.skipif(sys.platform == "win32", reason="the paths are of other systems")
    def test_the_users_folder(
        self, monkeypatch: pytest.MonkeyPatch, named: str | None, folder: str, path: str | None
    ) -> None:
        monkeypatch.setenv("HOME", "/home/ada")
        monkeypatch.setenv("XDG_CONFIG_HOME", folder)
        monkeypatch.setenv("DECKGEN_CONFIG", named or "")
        if named is None:
            monkeypatch.delenv("DECKGEN_CONFIG")
        assert user_file() == (Path(path) if path else None)

    def test_tests_read_none_of_a_real_user(self) -> None:
        code = "from deckgen.outline.defaults import user_file; print(user_file())"
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert ran.stdout.strip() == "None"

    def test_our_own_outlines_depend_on_nobody(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DECKGEN_CONFIG", str(put("own.toml", 'lang = "ja"\n').absolute()))
        for folder in ("outlines", "tests/golden/whole", "docs/gallery"):
            assert defaults_for(ROOT / folder, Diagnostics()).file == ROOT / "deckgen.toml"


class TestWhatWins:
    """Options over the outline, the outline over defaults, defaults over ours."""

    def test_the_outline(self) -> None:
        put("deckgen.toml", 'lang = "fr"\ntheme = "folio"\nteam = {lead = "Ada", host = "Bo"}\n')
        head = "workshop: {title: T, lang: de-DE, theme: stage, team: {lead: Cy}}\n"
        made = workshop(head + BARE.splitlines()[1])
        assert (made.lang, made.theme.name) == ("de-DE", "stage")
        assert (made.team.lead, made.team.host) == ("Cy", "Bo")

    def test_a_field_that_is_left_empty_takes_none(self) -> None:
        put("deckgen.toml", 'team = {lead = "Ada", host = "Bo"}\n')
        made = workshop("workshop: {title: T, team: {host: }}\nblocks: [{kind: break}]\n")
        assert (made.team.lead, made.team.host) == ("Ada", None)

    def test_an_audience(self) -> None:
        put("deckgen.toml", 'lang = "fr"\n')
        text = f"{BARE}audiences: {{x: {{workshop: {{lang: es}}}}}}\n"
        outline = load(put("talks/o.yaml", text), Diagnostics(), "x")
        assert outline is not None
        assert outline.workshop.lang == "es"

    @pytest.mark.parametrize(
        ("defaults", "people", "expected", "group"),
        [
            ("people = 20", "", 20, 4),
            ("people = {group = 6}", "", 12, 6),
            ("people = {expected = 20, group = 6}", "people: 30", 30, 6),
            ("people = {expected = 20, group = 6}", "people: {group: 3}", 20, 3),
            ("people = 20", "people: {group: 3}", 20, 3),
        ],
    )
    def test_people(self, defaults: str, people: str, expected: int, group: int) -> None:
        put("deckgen.toml", defaults)
        made = workshop(f"workshop:\n  title: T\n  {people}\nblocks: [{{kind: break}}]\n")
        assert (made.people.expected, made.people.group) == (expected, group)

    @pytest.mark.parametrize(("option", "theme"), [(None, "folio"), ("stage", "stage")])
    def test_an_option(self, option: str | None, theme: str) -> None:
        put("deckgen.toml", 'theme = "folio"\n')
        path = put("talks/o.yaml", BARE)
        compiled = check(path, Diagnostics(), Options(option))
        assert compiled[0].deck.theme.name == theme

    def test_a_theme_of_the_outline_over_a_template(self) -> None:
        put("deckgen.toml", 'template = "brand.potx"\n')
        made = workshop("workshop: {title: T, theme: folio}\nblocks: [{kind: break}]\n")
        assert (made.theme.name, made.theme.template) == ("folio", None)

    def test_output(self) -> None:
        put("deckgen.toml", 'output = "decks"\n')
        path = put("talks/o.yaml", BARE)
        assert {file.parent for file in build(path, None, Diagnostics())} == {Path("decks/o")}
        assert {file.parent for file in build(path, Path("out"), Diagnostics())} == {Path("out/o")}
        assert CliRunner().invoke(main, ["build", "talks/o.yaml", "-o", "x"]).exit_code == 0
        assert CliRunner().invoke(main, ["build", "talks/o.yaml"]).exit_code == 0
        assert Path("x/o/o.pptx").is_file()

    def test_without_any_it_is_as_ever(self) -> None:
        path = put("talks/o.yaml", BARE)
        assert {file.parent for file in build(path, None, Diagnostics())} == {Path("output/o")}


class TestPaths:
    """Paths are relative to the file that holds them."""

    def test_a_theme(self) -> None:
        own = (ROOT / "themes/folio/theme.yaml").read_text(encoding="utf-8")
        put("brand/own.yaml", own.replace("name: folio", "name: house", 1))
        put("deckgen.toml", 'theme = "brand/own.yaml"\n')
        compiled = check(put("talks/o.yaml", BARE), Diagnostics())
        assert compiled[0].deck.theme.name == "house"

    def test_a_template_that_is_missing(self) -> None:
        put("deckgen.toml", '\ntemplate = "brand/house.potx"\n')
        diagnostics = Diagnostics()
        with pytest.raises(DeckgenError):
            check(put("talks/o.yaml", BARE), diagnostics)
        (found,) = diagnostics
        assert str(found.span) == "deckgen.toml:2:12"
        assert "brand/house.potx" in found.message
        assert "talks" not in found.message

    def test_places_are_as_the_outline_is_named(self, tmp_path: Path) -> None:
        put("deckgen.toml", "lang = 5\n")
        put("talks/o.yaml", BARE)
        for path, shown in (
            (Path("talks/o.yaml"), "deckgen.toml"),
            (tmp_path / "talks/o.yaml",) * 2,
        ):
            diagnostics = Diagnostics()
            load(path, diagnostics)
            name = str(next(iter(diagnostics)).span)
            assert name.startswith(str(shown) if shown == "deckgen.toml" else str(tmp_path))
            assert name.endswith("deckgen.toml:1:8")


class TestMistakes:
    """Each with file, line, column, and nothing else lost."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ('x = 1\nlangauge = "de"', "unknown-field deckgen.toml:2:1"),
            ('lang = ["de"]', "wrong-type deckgen.toml:1:8 `lang` takes a text, not a list"),
            ('[team]\n"led" = "x"', "unknown-field deckgen.toml:2:1 `team` has no field `led`"),
            ("people = 'many'", "wrong-type deckgen.toml:1:10 `people`: expected a whole number"),
            ("[people]\nexpected = 0", "wrong-value deckgen.toml:2:12 `expected` must be from 1"),
            ("people = {group = 2.5}", "wrong-type deckgen.toml:1:19 `group`: expected a whole"),
            ('team = "Ada"', "wrong-type deckgen.toml:1:8 `team` takes fields"),
            ("output = 2026-03-14", ""),
            ('lang = ""', "wrong-type deckgen.toml:1:8 `lang`: expected a text"),
            ("lang = de", "invalid-toml deckgen.toml:1:8 invalid value; a text needs quotes"),
            ('lang = "de"\nlang = "fr"', "invalid-toml deckgen.toml:2:"),
            ('# ok\n\nlang = "de', "invalid-toml deckgen.toml:3:"),
            ('lang = """de', "invalid-toml deckgen.toml:1:"),
            ("lang = 1" + "0" * 5000, "invalid-toml deckgen.toml:1:1 cannot parse: "),
            ("x = " + "[" * 5000, "too-large deckgen.toml:1:1 nested too deeply"),
            ("a." * 500 + "b = 1", "too-large deckgen.toml:1:1 nested too deeply"),
            ("\ufeff" + 'lang = "fr"', ""),
        ],
    )
    def test_in_the_file(self, text: str, expected: str) -> None:
        put("deckgen.toml", text)
        found = findings()
        assert (any(expected in one for one in found)) if expected else found == []
        assert len(found) == len(set(found))

    def test_a_near_name_is_named(self) -> None:
        put("deckgen.toml", 'langauge = "de"')
        diagnostics = Diagnostics()
        load(put("talks/o.yaml", BARE), diagnostics)
        assert [found.hints for found in diagnostics] == [("did you mean `lang`?",)]

    def test_each_is_told_once_beside_those_of_the_outline(self) -> None:
        put("deckgen.toml", 'people = "many"\n')
        found = findings("workshop: {title: T, colour: red}\nblocks: [{kind: break}]\n")
        assert [one.split()[:2] for one in found] == [
            ["wrong-type", "deckgen.toml:1:10"],
            ["unknown-field", "talks/o.yaml:1:22"],
        ]

    def test_in_a_project_file(self) -> None:
        put("pyproject.toml", '[tool]\nblack = {x = 1}\n[tool.deckgen]\nlng = "x"\n')
        assert [one.split()[:2] for one in findings()] == [["unknown-field", "pyproject.toml:4:1"]]
        put("pyproject.toml", "[tool.deckgen\n")
        assert [one.split()[:2] for one in findings()] == [["invalid-toml", "pyproject.toml:1:14"]]
        put("pyproject.toml", "[tool]\ndeckgen = 5 # tool.deckgen\n")
        assert [one.split()[:2] for one in findings()] == [["wrong-type", "pyproject.toml:2:11"]]

    def test_a_large_file(self) -> None:
        put("deckgen.toml", "# " + "x" * 1_000_000)
        assert findings() == ["too-large - deckgen.toml is larger than 256 kB"]

    def test_many_wrong_keys_take_no_minute(self) -> None:
        put("deckgen.toml", "".join(f"k{k} = 1\n" for k in range(LARGEST // 12)))
        started = time.perf_counter()
        assert len(findings()) > 20_000
        assert time.perf_counter() - started < 30

    def test_a_folder_of_that_name(self) -> None:
        Path("deckgen.toml").mkdir()
        assert findings() == ["cannot-read - cannot read deckgen.toml: it is not a file"]

    def test_a_link_that_leads_to_itself(self) -> None:
        Path("deckgen.toml").symlink_to("deckgen.toml")
        (found,) = findings()
        assert found.startswith("cannot-read - cannot read deckgen.toml: ")

    def test_a_link_that_leads_nowhere(self) -> None:
        Path("deckgen.toml").symlink_to("gone.toml")
        assert findings() == ["cannot-read - cannot read deckgen.toml: No such file or directory"]

    def test_no_text(self) -> None:
        Path("deckgen.toml").write_bytes(b"lang = '\xff'")
        assert findings() == [
            "cannot-read deckgen.toml:1:9 the file is not UTF-8 text: byte 8 is FF"
        ]

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
    def test_no_permission(self) -> None:
        put("deckgen.toml", "").chmod(0)
        assert findings() == ["cannot-read - cannot read deckgen.toml: Permission denied"]

    def test_a_pipe(self) -> None:
        os.mkfifo("deckgen.toml")
        assert findings() == ["cannot-read - cannot read deckgen.toml: it is not a file"]

    def test_a_file_of_the_user_that_is_named_and_missing(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DECKGEN_CONFIG", "gone.toml")
        assert findings() == ["cannot-read - cannot read gone.toml: No such file or directory"]

    def test_an_unsafe_link_and_braces_are_plain_text(self) -> None:
        put("deckgen.toml", 'team = {lead = "{Ada} [x](file:///etc)"}\n')
        (found,) = findings()
        assert found.startswith("unsafe-link deckgen.toml:1:16")


class TestPlaces:
    """Every key of a TOML file has the place at which it stands."""

    def places(self, text: str) -> dict[str, tuple[int, int]]:
        root = parse_toml(Source("t", text), Diagnostics())
        assert root is not None
        return dict(self._walk(root, ""))

    def _walk(self, node: Mapping, above: str):  # type: ignore[no-untyped-def]
        for name, (key, value) in node.items.items():
            yield f"{above}{name}", (key.line, key.column)
            if isinstance(value, Mapping):
                yield from self._walk(value, f"{above}{name}.")

    def test_of_every_form(self) -> None:
        text = (
            "# a = 1\ntext = \"\"\"\nfake = 1\n[fake]\n\"\"\"\nother = '''\nfake = 2'''\n"
            "list = [\n  [1, 2],\n  [3],\n] # ]\n'quo ted' = 1\nin = {a = 1, b = {c = 2}}\n"
            '[ one . "two" ]\nthree.four = 5\n[[many]]\nx = 1\n[last]\ny = "# [z]"\nz=1'
        )
        places = self.places(text)
        assert places["text"] == (2, 1)
        assert places["other"] == (6, 1)
        assert places["list"] == (8, 1)
        assert places["quo ted"] == (12, 1)
        assert (places["in.a"], places["in.b"]) == ((13, 7), (13, 14))
        assert places["one.two"] == (14, 3)
        assert places["one.two.three.four"] == (15, 1)
        assert (places["last"], places["last.y"], places["last.z"]) == ((18, 2), (19, 1), (20, 1))

    @given(
        st.dictionaries(
            st.text("abc", min_size=1, max_size=3),
            st.one_of(
                st.text(max_size=8),
                st.lists(st.integers(), max_size=3),
                st.dictionaries(st.text("xyz", min_size=1, max_size=2), st.booleans(), max_size=3),
            ),
            max_size=5,
        )
    )
    def test_of_made_files(self, values: dict[str, object]) -> None:
        lines = [f"{name} = {written(value)}" for name, value in values.items()]
        root = parse_toml(Source("t", "\n".join(lines)), Diagnostics())
        assert root is not None
        for k, (name, (key, node)) in enumerate(root.items.items(), 1):
            assert (key.line, key.column, node.span.line) == (k, 1, k)
            assert node.span.column == len(name) + 4
        assert {name: value(node) for name, (_, node) in root.items.items()} == {
            name: as_text(one) for name, one in values.items()
        }


def written(value: object) -> str:
    """Return *value* in TOML."""
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(c):08x}" for c in value) + '"'
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k} = {written(v)}" for k, v in value.items()) + "}"
    return str(value).lower()


def as_text(value: object) -> object:
    from deckgen.reading.source import clean

    if isinstance(value, dict):
        return {name: as_text(one) for name, one in value.items()}
    if isinstance(value, list):
        return [as_text(one) for one in value]
    return clean(value) if isinstance(value, str) else str(value).lower()


def value(node: Node) -> object:
    if isinstance(node, Mapping):
        return {name: value(one) for name, (_, one) in node.items.items()}
    return node.text if isinstance(node, Scalar) else [value(one) for one in node.items]


class TestCommand:
    """`deckgen config` shows what holds and from where."""

    def run(self, *arguments: str) -> tuple[int, list[list[str]]]:
        result = CliRunner().invoke(main, ["config", *arguments])
        return result.exit_code, [line.split() for line in result.stdout.splitlines()]

    def test_what_an_outline_says_and_what_it_leaves(self) -> None:
        put("deckgen.toml", 'lang = "fr"\noutput = "decks"\n[team]\nlead = "Ada"\nhost = "Bo"\n')
        put(
            "talks/o.yaml",
            "workshop:\n  title: T\n  theme: folio\n  team: {lead: Cy}\n"
            + "blocks: [{kind: break}]\n",
        )
        code, lines = self.run("talks/o.yaml")
        assert code == 0
        assert lines[0] == ["defaults:", "deckgen.toml"]
        assert ["lang", "fr", "deckgen.toml:1:8"] in lines
        assert ["theme", "folio", "talks/o.yaml:3:10"] in lines
        assert ["team.lead", "Cy", "talks/o.yaml:4:16"] in lines
        assert ["team.host", "Bo", "deckgen.toml:5:8"] in lines
        assert ["people", "12", "deckgen"] in lines
        assert ["output", "decks", "deckgen.toml:2:10"] in lines

    def test_without_any(self) -> None:
        code, lines = self.run()
        assert code == 0
        assert " ".join(lines[0]) == "there is no deckgen.toml here or above"
        assert ["lang", "en-GB", "deckgen"] in lines

    def test_it_shows_what_a_build_uses(self) -> None:
        put("deckgen.toml", "people = {expected = 30, group = 5}\n")
        path = put("talks/o.yaml", BARE)
        _, lines = self.run("talks/o.yaml")
        outline = load_outlines(path, Diagnostics()).of(None, Diagnostics())
        assert outline is not None
        people = outline.workshop.people
        assert ["people", str(people.expected), "deckgen.toml:1:22"] in lines
        assert ["people.group", str(people.group), "deckgen.toml:1:34"] in lines

    def test_a_mistake(self) -> None:
        put("deckgen.toml", "lang = 5x\n")
        assert self.run()[0] == 1
        assert self.run("gone.yaml")[0] == 1
