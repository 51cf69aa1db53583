"""Fonts that are not bundled: measured from a file, or a wide font in their place and a warning."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.diagnostics import Diagnostics, Source, Span
from deckgen.layout import fonts
from deckgen.layout.fonts import check_fonts, face_metrics, find_font, line_height
from deckgen.layout.text import load_metrics
from deckgen.reading.fields import Text
from deckgen.theme.model import Font
from made_fonts import write_font
from stages import CLEAR


@pytest.fixture(autouse=True)
def _no_fonts_of_the_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "_folders", lambda: iter([tmp_path / "installed"]))
    fonts._font_files.cache_clear()


def font(tmp_path: Path, *files: str, office: str = "House Sans") -> Font:
    """Return a font as the theme beside *files* names it."""
    span = Span(Source(str(tmp_path / "theme.yaml"), f"office: {office}"), 1, 9, len(office))
    return Font(office=Text(office, span), twin=Text("x"), file=tuple(map(Text, files)))


def warnings(made: Font) -> list[tuple[str, int, str]]:
    """Return id, line and hint of what is told of a theme with this font."""
    theme = CLEAR.__class__(
        **{name: getattr(CLEAR, name) for name in CLEAR.__slots__ if name != "fonts"},
        fonts=CLEAR.fonts | {"heading": made},
    )
    found = Diagnostics()
    check_fonts(theme, found)
    return [(d.id, d.span.line if d.span else 0, d.hints[0]) for d in found]


def test_a_bundled_font_is_measured_and_not_looked_for() -> None:
    made = CLEAR.fonts["heading"]
    assert find_font(made).faces == {}
    assert face_metrics(made, bold=True, italic=False) is load_metrics("Arial", bold=True)
    assert line_height(made) == 1.2


def test_a_file_beside_the_theme_is_measured(tmp_path: Path) -> None:
    write_font(tmp_path / "house.ttf", width=700)
    made = font(tmp_path, "house.ttf")
    assert face_metrics(made, bold=False, italic=False).width("abc") == pytest.approx(2.1)
    assert warnings(made) == []


def test_a_line_is_as_tall_as_the_font_says(tmp_path: Path) -> None:
    write_font(tmp_path / "house.ttf", width=700)
    assert line_height(font(tmp_path, "house.ttf")) == pytest.approx(1.4)


def test_each_file_gives_its_face_and_a_missing_bold_is_planned_wider(tmp_path: Path) -> None:
    write_font(tmp_path / "r.ttf", width=500)
    write_font(tmp_path / "b.ttf", width=600, bold=True)
    both, one = font(tmp_path, "r.ttf", "b.ttf"), font(tmp_path, "r.ttf")
    assert face_metrics(both, bold=True, italic=True).width("a") == pytest.approx(0.6)
    assert face_metrics(one, bold=True, italic=False).width("a") == pytest.approx(0.53)


def test_files_of_one_name_are_measured_each(tmp_path: Path) -> None:
    """Another version of a font, beside another theme, has widths of its own."""
    widths = []
    for folder, width in (("old", 500), ("new", 900)):
        write_font(tmp_path / folder / "r.ttf", width=width)
        made = font(tmp_path / folder, "r.ttf")
        faces = (face_metrics(made, bold=bold, italic=False) for bold in (False, True))
        widths.append([face.width("a") for face in faces])
    assert widths == [pytest.approx([0.5, 0.53]), pytest.approx([0.9, 0.954])]


def test_an_installed_font_is_found_by_its_family(tmp_path: Path) -> None:
    write_font(tmp_path / "installed" / "HouseSans-Regular.ttf", width=650)
    write_font(tmp_path / "installed" / "HouseSansWide.ttf", width=900, family="House Sans Wide")
    made = font(tmp_path)
    assert face_metrics(made, bold=False, italic=False).width("a") == pytest.approx(0.65)
    assert warnings(made) == []


def test_what_is_nowhere_has_a_wide_stand_in_and_a_warning_at_its_line(tmp_path: Path) -> None:
    made = font(tmp_path)
    hint = "give its file with `file:` under the font, or install it"
    assert warnings(made) == [("font-not-measured", 1, hint)]
    wide = face_metrics(made, bold=False, italic=False).width("A text of some length")
    assert wide >= 1.1 * load_metrics("Arial").width("A text of some length")
    assert line_height(made) >= 1.36


def test_a_file_that_is_no_font_is_told(tmp_path: Path) -> None:
    (tmp_path / "house.ttf").write_text("no font")
    ((id, _, hint),) = warnings(font(tmp_path, "house.ttf"))
    assert (id, hint.split()[0]) == ("font-not-measured", "`file`")
    assert [id for id, _, _ in warnings(font(tmp_path, "missing.ttf"))] == ["font-not-measured"]


def test_without_the_extra_the_hint_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(fonts, "import_module", refuse)
    ((id, _, hint),) = warnings(font(tmp_path, "house.ttf"))
    assert (id, hint) == ("font-not-measured", fonts.INSTALL)
