"""YAML's traps: what a scalar says, where it stands, and what is refused."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.diagnostics import DeckgenError, Diagnostics, Source
from deckgen.reading.source import (
    MOST_CONTROL_CHARACTERS,
    Mapping,
    Node,
    Scalar,
    Sequence,
    parse,
    read_source,
    walk,
)


def node(text: str) -> Node:
    """Return the root of *text*, in which nothing is wrong."""
    diagnostics = Diagnostics()
    root = parse(Source("o.yaml", text), diagnostics)
    assert not diagnostics.found
    return root


def plain(root: Node) -> object:
    """Return *root* as texts, lists and dicts; an empty value is None."""
    match root:
        case Scalar():
            return None if root.is_null else root.text
        case Sequence():
            return [plain(item) for item in root.items]
        case Mapping():
            return {name: plain(value) for name, (_, value) in root.items.items()}


def value(text: str) -> object:
    """Return what *text* says, nothing being wrong in it."""
    return plain(node(text))


def findings(text: str) -> list[str]:
    """Return what is wrong in *text*, as `id line:column+length`."""
    diagnostics = Diagnostics()
    with suppress(DeckgenError):
        parse(Source("o.yaml", text), diagnostics)
    return [
        f"{found.id} {found.span.line}:{found.span.column}+{found.span.length}"
        for found in diagnostics
        if found.span
    ]


TRAPS = """10:30 9:05 No no on off Yes y 2026-01-05 2026-01-05T10:00:00Z 017 0o17 0x1F 1_000 1e3
.inf .nan = <<x +5 5.0 true"""


class TestScalars:
    """A scalar stays the text that its author wrote."""

    @pytest.mark.parametrize(
        "written",
        TRAPS.split(),
    )
    def test_what_yaml_1_1_would_convert_stays_text(self, written: str) -> None:
        assert value(f"a: {written}") == {"a": written}
        assert value(f"a: '{written}'") == {"a": written}
        assert value(f'a: "{written}"') == {"a": written}
        assert value(f"{written}: a") == {written: "a"}

    @pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL"])
    def test_an_empty_value_is_null(self, written: str) -> None:
        assert value(f"a: {written}") == {"a": None}

    @pytest.mark.parametrize("written", ["''", '""', "'~'", "'null'", "nULL", "|\n  null"])
    def test_a_quoted_or_block_text_is_not(self, written: str) -> None:
        assert value(f"a: {written}") != {"a": None}

    def test_block_texts_keep_or_fold_their_lines(self) -> None:
        assert value("a: |\n  one\n  two\nb: >\n  one\n  two\n") == {
            "a": "one\ntwo\n",
            "b": "one two\n",
        }

    def test_escapes_in_double_quotes_are_read(self) -> None:
        assert value(r'a: "\u00e9\t\U0001F600"') == {"a": "é\t😀"}


class TestPlaces:
    """Every node and every name knows its line, its column and its length."""

    @pytest.mark.parametrize(
        ("text", "line", "column", "length"),
        [
            ("a: word", 1, 4, 4),
            ("a:   'two words'", 1, 6, 11),
            ('# c\n\na: "x"', 3, 4, 3),
            ("a: x # note", 1, 4, 1),
            ("a: 😀 é b", 1, 4, 5),
            ("a: '日本'", 1, 4, 4),
            ("a: !!str x", 1, 4, 7),
            ("a: &n word", 1, 4, 7),
            ("a:", 1, 3, 1),
            ("a: ''", 1, 4, 2),
            ("a: |\n  x", 1, 4, 1),
            ("a: one\n  two", 1, 4, 1),
            ("\ufeffa: x", 1, 4, 1),
            ("b: 1\r\na: word", 2, 4, 4),
            ("b: 1\ra: word", 2, 4, 4),
            ("---\na: x\n...\n", 2, 4, 1),
        ],
    )
    def test_a_scalar(self, text: str, line: int, column: int, length: int) -> None:
        root = node(text)
        assert isinstance(root, Mapping)
        span = root.items["a"][1].span
        assert (span.line, span.column, span.length) == (line, column, length)

    def test_a_name(self) -> None:
        root = node("a: {long name: 1,\n    'quoted': 2}")
        assert isinstance(root, Mapping)
        inner = root.items["a"][1]
        assert isinstance(inner, Mapping)
        places = {name: (s.line, s.column, s.length) for name, (s, _) in inner.items.items()}
        assert places == {"long name": (1, 5, 9), "quoted": (2, 5, 8)}

    def test_a_list_and_a_mapping_begin_where_they_are_written(self) -> None:
        starts = [(n.span.line, n.span.column) for n in walk(node("a:\n  - b\n  - {c: d}\n"))]
        assert starts == [(1, 1), (2, 3), (2, 5), (3, 5), (3, 9)]

    def test_an_alias_stands_where_its_anchor_stands(self) -> None:
        root = node("a: &n word\nb: *n\n")
        assert isinstance(root, Mapping)
        assert root.get("a") is root.get("b")

    @given(st.lists(st.sampled_from(["a", "é", "😀", "日"]), min_size=1), st.integers(0, 5))
    def test_the_span_of_a_plain_scalar_cuts_it_out_of_its_line(
        self, letters: list[str], lines: int
    ) -> None:
        word = "".join(letters)
        source = Source("o.yaml", "# é\n" * lines + f"x: {word}")
        root = parse(source, Diagnostics())
        assert isinstance(root, Mapping)
        span = root.items["x"][1].span
        start = span.column - 1
        assert source.line(span.line)[start : start + span.length] == word


class TestLines:
    """Lines are counted as the parser counts them, so a finding shows the line it means."""

    @pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
    def test_every_line_break_of_yaml_ends_a_line(self, ending: str) -> None:
        source = Source("o.yaml", f"a: 1{ending}b: 2{ending}a: 3")
        diagnostics = Diagnostics()
        parse(source, diagnostics)
        [duplicate] = diagnostics
        assert duplicate.span is not None
        assert source.line(duplicate.span.line) == "a: 3"

    def test_a_line_past_the_end_is_empty(self) -> None:
        assert Source("o.yaml", "a: 1").line(2) == ""


class TestRefused:
    """What is not an outline is told at its place, and never raises anything else."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("a: 1\nb: 2\na: 3", ["duplicate-key 3:1+1"]),
            ("a: 1\n'a': 2", ["duplicate-key 2:1+3"]),
            ("a: {b: 1, b: 2, b: 3}", ["duplicate-key 1:11+1", "duplicate-key 1:17+1"]),
            ("a: !!python/name:os.system x", ["unsupported-tag 1:4+25"]),
            ("a: !mine [b]", ["unsupported-tag 1:4+7"]),
            ("- !important", ["unsupported-tag 1:3+10"]),
            ("a: !!int 5", ["unsupported-tag 1:4+7"]),
            ("!!binary a: b", ["unsupported-tag 1:1+10"]),
            ("[a, b]: c", ["wrong-type 1:1+1"]),
            ("? {a: b}\n: c", ["wrong-type 1:3+1"]),
            ("a: 'open\n", ["invalid-yaml 1:4+5"]),
            ("a: [b\n", ["invalid-yaml 1:4+1"]),
            ("a: b: c", ["invalid-yaml 1:4+4"]),
            ("a:\n\tb: 1", ["invalid-yaml 2:1+1"]),
            ("a: @b", ["invalid-yaml 1:4+2"]),
            ("a: `b`", ["invalid-yaml 1:4+3"]),
            ("- **bold** b", ["invalid-yaml 1:3+10"]),
            (r'a: "\q"', ["invalid-yaml 1:5+1"]),
            (r'a: "\ud800"', ["invalid-yaml 1:7+1"]),
            ("a: *b", ["invalid-yaml 1:4+2"]),
            ("a: &x [*x]", ["invalid-yaml 1:8+2"]),
            ("a: &x {b: *x}", ["invalid-yaml 1:11+2"]),
            ("a: 1\n---\nb: 2", ["invalid-yaml 2:1+3"]),
            ("a: 1\n...\nb", ["invalid-yaml 3:1+1"]),
            ("%YAML 2.0\n---\na: 1", ["invalid-yaml 1:1+1"]),
            ("{{ template }}", ["wrong-type 1:1+2"]),
        ],
    )
    def test_at_its_place(self, text: str, expected: list[str]) -> None:
        assert findings(text) == expected

    def test_a_duplicate_key_names_the_first(self) -> None:
        diagnostics = Diagnostics()
        parse(Source("o.yaml", "a: 1\na: 2"), diagnostics)
        [found] = diagnostics
        assert [str(span) for span, _ in found.related] == ["o.yaml:1:1"]

    def test_a_colon_in_a_text_is_explained(self) -> None:
        with pytest.raises(DeckgenError, match="a text that contains `: ` needs quotes"):
            parse(Source("o.yaml", "title: Warm up: names"), Diagnostics())

    def test_the_standard_tags_of_texts_and_collections_are_allowed(self) -> None:
        assert value("a: !!str 5\nb: !!seq [!!map {c: d}]\ne: ! 5") == {
            "a": "5",
            "b": [{"c": "d"}],
            "e": "5",
        }


class TestBounds:
    """Neither nesting nor aliases nor size can exhaust us."""

    @pytest.mark.parametrize(
        "text",
        [
            "[" * 100_000,
            "[" * 100_000 + "]" * 100_000,
            "{a: " * 100_000,
            "- " * 100_000,
            "? " * 100_000,
            "a: " + "[[" * 50_000,
            "\n".join(" " * k + "a:" for k in range(200)),
        ],
        ids=["open", "closed", "braces", "dashes", "questions", "in a field", "indented"],
    )
    def test_nesting(self, text: str) -> None:
        [found] = findings(text)
        assert found.startswith("too-large ")

    def test_forty_levels_are_fine(self) -> None:
        assert value("[" * 40 + "]" * 40)
        assert findings("[" * 42 + "]" * 42) == ["too-large 1:42+1"]

    def test_an_alias_bomb(self) -> None:
        lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
        lines += [f"a{k}: &a{k} [{', '.join([f'*a{k - 1}'] * 9)}]" for k in range(1, 12)]
        [found] = findings("\n".join(lines))
        assert found.startswith("too-large 7:")

    def test_a_bomb_of_merge_keys(self) -> None:
        lines = ["a0: &a0 {x: [y, y, y, y, y, y, y, y, y, y]}"]
        lines += [f"a{k}: &a{k} {{<<: *a{k - 1}, b: *a{k - 1}}}" for k in range(1, 30)]
        [found] = findings("\n".join(lines))
        assert found.startswith("too-large ")

    def test_a_chain_of_aliases_counts_as_nesting(self) -> None:
        chain = "\n".join(f"a{k}: &a{k} [*a{k - 1}]" for k in range(1, 1200))
        assert findings(f"a0: &a0 [x]\n{chain}") == ["too-large 40:12+4"]

    def test_an_alias_used_often_is_fine(self) -> None:
        root = node("a: &a [x, y]\nb: [*a, *a]\nc: {d: *a}")
        assert plain(root) == {
            "a": ["x", "y"],
            "b": [["x", "y"], ["x", "y"]],
            "c": {"d": ["x", "y"]},
        }


class TestMergeKeys:
    """`<<` brings in a mapping's fields; the mapping's own ones win."""

    def test_own_fields_win_wherever_they_stand(self) -> None:
        text = "a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\nc: {y: 3, <<: *a}"
        assert value(text) == {
            "a": {"x": "1", "y": "2"},
            "b": {"x": "1", "y": "3"},
            "c": {"x": "1", "y": "3"},
        }

    def test_of_a_list_the_first_wins(self) -> None:
        text = "a: &a {x: 1}\nb: &b {x: 2, z: 3}\nc: {<<: [*a, *b]}"
        assert value(text)["c"] == {"x": "1", "z": "3"}  # type: ignore[index]

    def test_merged_fields_stand_where_they_were_written(self) -> None:
        root = node("a: &a {x: 1}\nb: {<<: *a}")
        assert isinstance(root, Mapping)
        merged = root.items["b"][1]
        assert isinstance(merged, Mapping)
        assert str(merged.items["x"][0]) == "o.yaml:1:8"

    @pytest.mark.parametrize("text", ["a: {<<: 3}", "a: {<<: [3]}", "a: {<<: }"])
    def test_only_mappings_merge(self, text: str) -> None:
        [found] = findings(text)
        assert found.startswith("wrong-type 1:")


class TestControlCharacters:
    """What no .pptx may hold is removed, and its author told."""

    @pytest.mark.parametrize("char", ["\x00", "\x07", "\x1b", "\x7f", "\x80", "\ufffe", "\uffff"])
    def test_raw(self, char: str) -> None:
        diagnostics = Diagnostics()
        root = parse(Source("o.yaml", f"b: 1\na: x{char}y"), diagnostics)
        assert plain(root) == {"b": "1", "a": "xy"}
        assert findings(f"b: 1\na: x{char}y") == ["control-character 2:5+1"]

    def test_escaped(self) -> None:
        diagnostics = Diagnostics()
        root = parse(Source("o.yaml", r'a: "x\x07\u0001y"'), diagnostics)
        assert plain(root) == {"a": "xy"}
        assert [f"{f.id} {f.span}" for f in diagnostics] == ["control-character o.yaml:1:4"]

    def test_a_lone_surrogate(self) -> None:
        assert findings("a: x\ud800") == ["control-character 1:5+1"]

    @pytest.mark.parametrize("char", ["\x0b", "\x0c"])
    def test_a_vertical_tab_or_form_feed_becomes_a_space(self, char: str) -> None:
        assert plain(parse(Source("o.yaml", f"a: x{char}y"), Diagnostics())) == {"a": "x y"}

    @pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\u2028"])
    def test_the_place_counts_lines_as_yaml_does(self, ending: str) -> None:
        assert findings(f"a: 1{ending}b: x\x07") == ["control-character 2:5+1"]

    def test_a_file_full_of_them_gives_a_bounded_report(self) -> None:
        assert len(findings("\x00" * 100_000)) == MOST_CONTROL_CHARACTERS

    @given(st.text(alphabet=st.characters(), max_size=40))
    def test_no_parsed_text_holds_one(self, text: str) -> None:
        try:
            root = parse(Source("o.yaml", text), Diagnostics())
        except DeckgenError:
            return
        texts = [item.text for item in walk(root) if isinstance(item, Scalar)]
        assert all(char in "\t\n\r" or ord(char) >= 32 for part in texts for char in part)


class TestFiles:
    """A file that cannot be read is told by its path."""

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"\xff\xfea\x00:\x00", "is UTF-16, not UTF-8 text"),
            (b"\xfe\xff\x00a\x00:", "is UTF-16, not UTF-8 text"),
        ],
    )
    def test_that_is_not_utf_8(self, tmp_path: Path, content: bytes, says: str) -> None:
        path = tmp_path / "o.yaml"
        path.write_bytes(content)
        assert self.refusal(path) == ("cannot-read", f"{path} {says}")

    @pytest.mark.parametrize(
        ("content", "place", "byte"),
        [
            ("a: é".encode("latin-1"), "1:4", "byte 3 is E9"),
            ("é: 1\nb: ".encode() + b"\x96", "2:4", "byte 9 is 96"),
            (b"PK\x03\x04\x99\x88", "1:5", "byte 4 is 99"),
        ],
    )
    def test_that_is_not_utf_8_at_its_first_such_byte(
        self, tmp_path: Path, content: bytes, place: str, byte: str
    ) -> None:
        path = tmp_path / "o.yaml"
        path.write_bytes(content)
        with pytest.raises(DeckgenError) as refused:
            read_source(path, Diagnostics())
        [found] = refused.value.diagnostics
        assert str(found.span) == f"{path}:{place}"
        assert found.message == f"the file is not UTF-8 text: {byte}"

    def test_that_is_missing(self, tmp_path: Path) -> None:
        path = tmp_path / "o.yaml"
        assert self.refusal(path) == (
            "cannot-read",
            f"cannot read {path}: No such file or directory",
        )

    def test_that_is_a_folder(self, tmp_path: Path) -> None:
        assert self.refusal(tmp_path) == (
            "cannot-read",
            f"cannot read {tmp_path}: Is a directory",
        )

    def test_that_is_too_large(self, tmp_path: Path) -> None:
        path = tmp_path / "o.yaml"
        with path.open("wb") as file:
            file.truncate(16_000_001)
        assert self.refusal(path) == ("too-large", f"{path} is larger than 16 MB")

    def test_a_byte_order_mark_is_no_text(self, tmp_path: Path) -> None:
        path = tmp_path / "o.yaml"
        path.write_bytes("\ufeffa: é".encode())
        assert read_source(path, Diagnostics()).text == "a: é"

    @pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
    def test_an_empty_file_is_an_empty_mapping(self, text: str) -> None:
        assert value(text) == {}

    def refusal(self, path: Path) -> tuple[str, str]:
        with pytest.raises(DeckgenError) as refused:
            read_source(path, Diagnostics())
        [found] = refused.value.diagnostics
        return found.id, found.message
