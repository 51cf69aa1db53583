"""Themes: those that ship are whole and readable, and a broken one says what it lacks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from deckgen.diagnostics import DeckgenError, Diagnostics, Source, Span
from deckgen.layout.text import is_measured
from deckgen.theme.load import load_theme, own_themes, theme_names
from deckgen.theme.model import AREAS, SLOTS, STYLES, Theme
from deckgen.theme.places import data_file
from stages import ids, theme

THEMES = theme_names()
SOURCE = data_file("themes", "clear", "theme.yaml")


def test_the_default_theme_ships() -> None:
    assert "clear" in THEMES


@pytest.mark.parametrize("name", THEMES)
class TestEveryTheme:
    def test_it_loads_without_findings_and_is_called_like_its_folder(self, name: str) -> None:
        assert theme(name).name == name

    def test_its_fonts_have_exact_widths(self, name: str) -> None:
        assert all(is_measured(font.office) for font in theme(name).fonts.values())

    def test_no_floor_is_above_the_full_size_or_too_small_to_read(self, name: str) -> None:
        made = theme(name)
        for style in STYLES:
            least = {"caption": 12, "footer": 12, "label": 14, "code": 14}.get(style, 16)
            assert least <= made.floor(style) <= made.type[style].size

    def test_styles_are_coloured_by_roles_of_every_ground_or_of_the_page(self, name: str) -> None:
        made = theme(name)
        assert all(str(style.colour) in made.areas["page"] for style in made.type.values())


class TestABrokenTheme:
    def load(self, tmp_path: Path, text: str) -> tuple[Theme | None, Diagnostics]:
        path = tmp_path / "theme.yaml"
        path.write_text(text, encoding="utf-8")
        diagnostics = Diagnostics()
        return load_theme(str(path), diagnostics), diagnostics

    def test_a_theme_of_your_own_loads_from_its_file_or_its_folder(self, tmp_path: Path) -> None:
        found, diagnostics = self.load(tmp_path, SOURCE.replace("name: clear", "name: mine"))
        assert found is not None
        assert load_theme(str(tmp_path), diagnostics) is not None
        assert (found.name, len(diagnostics)) == ("mine", 0)

    @pytest.mark.parametrize(
        ("line", "message"),
        [
            *[(f'  {slot}: "', f"`colours` lacks `{slot}`") for slot in SLOTS],
            *[(f"  {area}: {{ground", f"`areas` lacks `{area}`") for area in AREAS],
            *[(f"  {style}: {{face", f"`type` lacks `{style}`") for style in STYLES],
            ("  mono: {office", "`fonts` lacks `mono`"),
        ],
    )
    def test_a_token_that_is_missing_is_named(
        self, tmp_path: Path, line: str, message: str
    ) -> None:
        rows = [re.sub(": +", ": ", row) for row in SOURCE.splitlines()]
        kept = [row for row in rows if not row.startswith(line)]
        assert len(kept) == len(rows) - 1
        found, diagnostics = self.load(tmp_path, "\n".join(kept))
        assert found is None
        assert [d.message for d in diagnostics if d.id == "missing-token"] == [message]

    @pytest.mark.parametrize(
        ("old", "new", "id", "at", "hint"),
        [
            ('dk1: "15211E"', 'dk1: "15211"', "wrong-value", '"15211"', ""),
            ('dk1: "15211E"', 'dk1: "#15211e"', "wrong-value", '"#15211e"', '"15211E"'),
            ('lt1: "FFFFFF"', "lt1: fff", "wrong-value", "fff ", '"FFFFFF"'),
            ("line: accent5", "line: acent5", "wrong-value", "acent5", "`accent5`"),
            ("{bg1: lt1", "{bg1: paper", "wrong-value", "paper", ""),
            ("colour: muted}", "colour: mutd}", "wrong-value", "mutd", "`muted`"),
            ("sky: fill", "sky: full", "wrong-value", "full ", "`fill`"),
            ("radius: 0", "radius: 21", "wrong-value", "21", ""),
            ("radius: 0", "radius: round", "wrong-type", "round", ""),
            ("character:", "charakter:", "unknown-field", "charakter", "`character`"),
            ("{face: body, size: 24", "{face: body, sise: 24", "unknown-field", "sise", "`size`"),
            ("  hlink:", "  hlnk:", "unknown-token", "hlnk", "`hlink`"),
            ("tx2: dk2", "tx3: dk2", "unknown-token", "tx3", "tx2"),
            ("  sky:     {ground", "  skye:    {ground", "unknown-token", "skye", "`sky`"),
            ("time_ink: accent2", "tme_ink: accent2", "unknown-token", "tme_ink", "`time_ink`"),
            ("  mono:", "  monospace:", "unknown-token", "monospace", "`mono`"),
            ("  lead: ", "  leed: ", "unknown-token", "leed", "`lead`"),
            ("{cover: 44", "{covr: 44", "unknown-token", "covr", "`cover`"),
        ],
    )
    def test_a_token_that_is_wrong_is_found_where_it_stands(
        self, tmp_path: Path, old: str, new: str, id: str, at: str, hint: str
    ) -> None:
        assert old in SOURCE
        text = SOURCE.replace(old, new, 1)
        found, diagnostics = self.load(tmp_path, text)
        assert found is None
        finding = next(d for d in diagnostics if d.id == id)
        assert finding.span is not None
        start = text.index(new) + new.index(at.strip())
        assert finding.span[1:3] == finding.span.source.place(start)[1:3]
        assert hint in "".join(finding.hints)

    def test_a_wrong_name_is_not_told_twice(self, tmp_path: Path) -> None:
        _, diagnostics = self.load(tmp_path, SOURCE.replace("  lead: ", "  leed: "))
        assert ids(diagnostics) == ["unknown-token"]

    def test_what_lacks_is_told_at_its_mapping(self, tmp_path: Path) -> None:
        text = SOURCE.replace(", link: hlink}", "}", 1)
        _, diagnostics = self.load(tmp_path, text)
        (finding,) = diagnostics
        assert (finding.id, finding.message) == ("missing-token", "`areas.page` lacks `link`")
        assert finding.span is not None
        line, column = finding.span[1:3]
        assert text.splitlines()[line - 1][column - 1 :].startswith("page: ")

    def test_a_ground_that_bars_stand_on_needs_their_colours(self, tmp_path: Path) -> None:
        _, diagnostics = self.load(tmp_path, SOURCE.replace("bar: accent1, on_bar: lt1, ", ""))
        assert [finding.message for finding in diagnostics] == [
            f"`areas.{area}` lacks `{role}`"
            for area in ("page", "below")
            for role in ("bar", "on_bar")
        ]

    def test_a_token_that_is_retired_is_a_warning_where_it_stands(self, tmp_path: Path) -> None:
        text = SOURCE.replace("space: {", "space: {margin: 0.6, gutter: none, ")
        text = text.replace("  sky: fill", "  bar: outline\n  sky: fill", 1)
        found, diagnostics = self.load(tmp_path, text)
        assert found is not None
        assert [(finding.id, finding.message) for finding in diagnostics] == [
            ("retired-token", "`space.margin` no longer has any effect"),
            ("retired-token", "`space.gutter` no longer has any effect"),
            ("retired-token", "`decoration.bar` no longer has any effect"),
        ]
        places = [finding.span for finding in diagnostics]
        shown = [s.source.line(s.line)[s.column - 1 :] for s in places if s]
        assert [text.split(":")[0] for text in shown] == ["margin", "gutter", "bar"]
        assert not diagnostics.has_errors

    def test_everything_wrong_is_told_in_one_run(self, tmp_path: Path) -> None:
        text = SOURCE
        for old, new in (
            ("radius: 0", "radius: 21"),
            ("  lead: ", "  leed: "),
            ('"15211E"', '"15211"'),
            ("line: accent5", "line: accent7"),
        ):
            text = text.replace(old, new, 1)
        _, diagnostics = self.load(tmp_path, text)
        assert ids(diagnostics) == ["wrong-value", "wrong-value", "unknown-token", "wrong-value"]

    def test_colours_that_are_too_close_are_found_at_the_ink_of_the_ground(
        self, tmp_path: Path
    ) -> None:
        text = SOURCE.replace('lt2: "EDF2EF"', 'lt2: "C8D2CD"')
        found, diagnostics = self.load(tmp_path, text)
        assert found is None
        assert set(ids(diagnostics)) == {"low-contrast"}
        finding = next(d for d in diagnostics if "`muted`" in d.message)
        assert finding.message == (
            "on page, `muted` (accent6) 51605B on `panel` (lt2) C8D2CD has a contrast of 4.27:1; "
            "4.5:1 is needed for `code` at 14 pt"
        )
        assert finding.span is not None
        assert finding.span.source.line(finding.span.line).startswith("  page:")
        assert finding.span.length == len("accent6")
        assert [note for _, note in finding.related] == [
            "accent6 is given here",
            "lt2 is given here",
        ]

    def test_a_visited_link_is_found_at_its_colour(self, tmp_path: Path) -> None:
        _, diagnostics = self.load(tmp_path, SOURCE.replace("6B4A86", "B9A6CC"))
        (finding,) = diagnostics
        assert finding.message.startswith("on page, `folHlink` B9A6CC on `ground` (lt1) FFFFFF")
        assert finding.span is not None
        assert finding.span.source.line(finding.span.line) == '  folHlink: "B9A6CC"'

    def test_an_error_in_an_outline_is_no_error_of_the_theme(self) -> None:
        diagnostics = Diagnostics()
        diagnostics.add("wrong-type", "in the outline")
        assert load_theme("clear", diagnostics) is not None

    def test_an_unknown_theme_is_an_error_where_the_outline_names_it(self) -> None:
        diagnostics, span = Diagnostics(), Span(Source("o.yaml", "theme: cleer"), 1, 8)
        assert load_theme("cleer", diagnostics, span) is None
        (finding,) = diagnostics
        assert (finding.id, finding.span) == ("unknown-theme", span)
        assert finding.hints == ("did you mean `clear`?",)

    def test_a_list_is_no_theme(self, tmp_path: Path) -> None:
        found, diagnostics = self.load(tmp_path, "- a\n- b\n")
        assert (found, ids(diagnostics)) == (None, ["wrong-type"])

    def test_a_file_that_is_not_text_is_an_error(self, tmp_path: Path) -> None:
        path = tmp_path / "theme.yaml"
        path.write_bytes(b"\xff\xfe\x00")
        diagnostics = Diagnostics()
        with pytest.raises(DeckgenError):
            load_theme(str(path), diagnostics)
        assert ids(diagnostics) == ["cannot-read"]


class TestWhereAThemeIsLookedFor:
    """A path, beside the outline, in the current folder, among those that ship: the first wins."""

    @pytest.fixture(autouse=True)
    def in_tmp_path(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "here").mkdir()
        (tmp_path / "outlines").mkdir()
        monkeypatch.chdir(tmp_path / "here")

    def put(self, path: str) -> None:
        file = Path(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(SOURCE.replace("character: ", f"character: {path} "), encoding="utf-8")

    def named(self, name: str) -> str:
        """Return which file the outline ../outlines/o.yaml gets by `theme: NAME`."""
        span = Span(Source("../outlines/o.yaml", ""), 1, 8)
        return self.loaded(name, span)

    def loaded(self, name: str, span: Span | None = None) -> str:
        diagnostics = Diagnostics()
        found = load_theme(name, diagnostics, span, beside=Path("../outlines"))
        assert found is not None, list(diagnostics)
        return found.character.split()[0]

    ORDER = ("../outlines/themes/clear/theme.yaml", "themes/clear/theme.yaml")

    def test_by_name_from_the_nearest_to_those_that_ship(self) -> None:
        for path in reversed(self.ORDER):
            self.put(path)
            assert self.named("clear") == self.loaded("clear") == path
        for path in self.ORDER:
            assert self.named("clear") == path
            Path(path).unlink()
        assert self.named("clear") == self.loaded("clear") == "Light,"

    def test_a_path_in_an_outline_is_seen_from_the_outline(self) -> None:
        self.put("../outlines/ours/theme.yaml")
        assert self.named("ours") == self.named("ours/theme.yaml") == "../outlines/ours/theme.yaml"
        assert load_theme("ours", Diagnostics(), beside=Path("../outlines")) is None

    def test_a_path_of_the_command_is_seen_from_the_current_folder(self) -> None:
        self.put("ours/theme.yaml")
        self.put("one.yml")
        assert self.loaded("ours") == "ours/theme.yaml"
        assert self.loaded("./ours") == "ours/theme.yaml"
        assert self.loaded("one.yml") == "one.yml"

    def test_a_path_wins_over_a_name(self) -> None:
        self.put("themes/ours/theme.yaml")
        self.put("ours/theme.yaml")
        assert self.loaded("ours") == "ours/theme.yaml"

    def test_a_path_is_not_looked_for_in_folders_of_themes(self) -> None:
        self.put("themes/a/b/theme.yaml")
        assert load_theme("a/b", Diagnostics()) is None

    def test_own_themes_are_known_and_hinted(self) -> None:
        self.put("themes/ours/theme.yaml")
        Path("themes/nothing").mkdir()
        assert list(own_themes()) == ["ours"]
        assert own_themes(Path("nowhere")) == {}
        diagnostics = Diagnostics()
        assert load_theme("ourz", diagnostics) is None
        assert [finding.hints for finding in diagnostics] == [("did you mean `ours`?",)]

    def test_those_that_ship_are_not_the_authors_own(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(Path(__file__).parents[2])
        assert own_themes() == {}
