"""Templates of one's own: what they may do, and how they are stopped."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from deckgen import cli
from deckgen.compiler import Options, build
from deckgen.diagnostics import DeckgenError, Diagnostic, Diagnostics
from deckgen.render.documents.options import SHIPPED, DocumentOptions
from docx_text import text_of

OUTLINES = Path(__file__).resolve().parents[2] / "outlines"
OUTLINE = OUTLINES / "talk.yaml"


def built(tmp_path: Path, outline: Path = OUTLINE, **templates: str) -> dict[str, str]:
    """Return the documents built with *templates*; `__` in a name is a slash."""
    folder = tmp_path / "own"
    for name, text in templates.items():
        path = folder / f"{name.replace('__', '/')}.md.j2"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    folder.mkdir(exist_ok=True)
    options = Options(documents=DocumentOptions(templates=folder))
    written = build(outline, tmp_path / "out", Diagnostics(), options)
    stem = f"{outline.stem}."
    return {
        file.name.removeprefix(stem): file.read_text(encoding="utf-8")
        for file in written
        if file.suffix == ".md"
    }


def stopped(tmp_path: Path, text: str, **templates: str) -> Diagnostic:
    """Return why the template *text* was stopped; it took no time, and nothing was written."""
    started = time.process_time()
    with pytest.raises(DeckgenError) as raised:
        built(tmp_path, certificate=text, **templates)
    assert time.process_time() - started < 6  # a second or two on a free machine
    assert not (tmp_path / "out").exists()
    (found,) = raised.value.diagnostics
    assert found.id == "template"
    assert found.span is not None
    return found


def test_an_empty_folder_changes_nothing(tmp_path: Path) -> None:
    build(OUTLINE, tmp_path / "plain", Diagnostics())
    for name, text in built(tmp_path).items():
        plain = tmp_path / "plain/talk" / f"talk.{name}"
        assert text == plain.read_text(encoding="utf-8")


def test_copies_of_all_templates_change_nothing(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli.main, ["new", "--templates", str(tmp_path / "own")])
    assert result.exit_code == 0, result.output
    outline = OUTLINES / "phd-in-ml.yaml"
    build(outline, tmp_path / "plain", Diagnostics())
    for name, text in built(tmp_path, outline).items():
        plain = tmp_path / "plain/phd-in-ml" / f"phd-in-ml.{name}"
        assert text == plain.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["phd-in-ml", "whole", "german", "hostile", "framework"])
@pytest.mark.parametrize("wish", [{}, {"detail": "toc", "roles": True, "with_answers": True}])
def test_templates_copied_from_an_earlier_version_write_the_same(
    tmp_path: Path, name: str, wish: dict[str, Any]
) -> None:
    """They walk what the parts are made of, where the shipped ones print the parts."""
    golden = OUTLINES.parent / "tests/golden" / name / "outline.yaml"
    outline = golden if golden.is_file() else OUTLINES / f"{name}.yaml"
    texts = []
    for folder in (None, Path(__file__).with_name("earlier_templates")):
        options = Options(documents=DocumentOptions(**wish, templates=folder))
        written = build(outline, tmp_path / f"{folder is None}", Diagnostics(), options)
        texts.append({path.name: path.read_text() for path in written if path.suffix == ".md"})
    assert texts[0] == texts[1]


def test_the_copies_are_not_replaced_without_force(tmp_path: Path) -> None:
    command = ["new", "--templates", str(tmp_path)]
    assert CliRunner().invoke(cli.main, command).exit_code == 0
    own = tmp_path / "handout.md.j2"
    own.write_text("mine")
    assert CliRunner().invoke(cli.main, command).exit_code == 1
    assert own.read_text() == "mine"
    assert CliRunner().invoke(cli.main, [*command, "--force"]).exit_code == 0
    assert own.read_text() == (SHIPPED / "handout.md.j2").read_text()


def test_a_partial_is_replaced_by_its_name(tmp_path: Path) -> None:
    texts = built(
        tmp_path,
        OUTLINES / "phd-in-ml.yaml",
        handout__quiz="Only {{ block.items|length }} questions",
    )
    assert "Only 3 questions" in texts["handout.md"]
    assert "| Card | Where it goes |" in texts["handout.md"]


def test_a_document_of_ones_own_is_written_for_both_editions(tmp_path: Path) -> None:
    text = "# Certificate\n\n{{ workshop.title }}, {{ minutes }} min\n{% include '_foot.md.j2' %}"
    written = built(tmp_path, certificate=text, _foot="*{{ start }} to {{ end }}*")
    assert "30 min\n*09:00 to 09:30*" in written["certificate.md"]
    options = Options(documents=DocumentOptions(edition="participant", templates=tmp_path / "own"))
    names = {path.name for path in build(OUTLINE, tmp_path / "out", Diagnostics(), options)}
    assert "talk.participant.certificate.md" in names


def formats_of(tmp_path: Path, outline: Path, *formats: str) -> dict[str, bytes]:
    """Return what is built with the templates in `own`, by file name without the outline's."""
    options = Options(
        documents=DocumentOptions(templates=tmp_path / "own"), formats=formats, theme="clear"
    )
    written = build(outline, tmp_path / "formats", Diagnostics(), options)
    return {path.name.removeprefix(f"{outline.stem}."): path.read_bytes() for path in written}


def test_templates_of_ones_own_reach_html_and_word(tmp_path: Path) -> None:
    pytest.importorskip("docx")
    built(
        tmp_path,
        certificate="# Certificate\n\n____________________ took part.\n\n- [ ] *{{ workshop.title }}*",
        handout="# {{ title }}\n\n## Mine\n\n{{ parts.agenda }}",
    )
    made = formats_of(tmp_path, OUTLINE, "html", "docx")
    certificate = made["certificate.html"].decode().split("</style>")[1]
    assert '<span class="line"></span> took part.' in certificate
    assert '<input type="checkbox"><em>Code review that people welcome</em>' in certificate
    handout = made["handout.html"].decode()
    assert '<h2 id="mine">Mine</h2>' in handout
    assert '<h2 id="agenda">Agenda</h2>' in handout
    assert "Certificate" in text_of(made["certificate.docx"])
    assert "Mine\nAgenda\nFrom\n" in text_of(made["handout.docx"])


def test_a_handout_with_a_partial_of_ones_own_is_read_with_it(tmp_path: Path) -> None:
    outline = OUTLINES / "phd-in-ml.yaml"
    built(tmp_path, outline, handout__quiz="**Mine.** Write ____________________")
    made = formats_of(tmp_path, outline, "html")
    html = made["handout.html"].decode().split("</style>")[1]
    assert '<p><strong>Mine.</strong> Write <span class="line"></span></p>' in html
    plain = build(outline, tmp_path / "plain", Diagnostics(), Options(formats=("html",)))
    notes = next(path for path in plain if path.name.endswith("facilitator-notes.html"))
    assert made["facilitator-notes.html"] == notes.read_bytes()


def test_parts_can_be_left_out_and_set_in_another_order(tmp_path: Path) -> None:
    text = "# {{ title }}\n\n{{ parts.materials }}\n\n{{ parts.cuts }}\n"
    outline = OUTLINES / "phd-in-ml.yaml"
    made = built(tmp_path, outline, **{"run-sheet": text})["run-sheet.md"]
    assert made.index("**Bring.**") < made.index("If late, cut")
    assert "| Clock" not in made


def test_an_authors_text_stays_literal_in_ones_own_template(tmp_path: Path) -> None:
    outline = tmp_path / "o.yaml"
    outline.write_text('workshop: {title: "a | b <script> {{ x }}"}\nblocks: [{kind: break}]\n')
    text = "| {{ workshop.title }} | {{ 'x' ~ workshop.title ~ 1 }} |"
    written = built(tmp_path, outline, certificate=text)["certificate.md"]
    assert written == "| a \\| b \\<script> {{ x }} | xa \\| b \\<script> {{ x }}1 |\n".replace(
        "{{", "\\{\\{"
    )


@pytest.fixture
def usual_recursion() -> Iterator[None]:
    """Let a program call itself as deep as Python lets it; hypothesis may have raised that."""
    raised = sys.getrecursionlimit()
    sys.setrecursionlimit(1000)
    yield
    sys.setrecursionlimit(raised)


@pytest.mark.usefixtures("usual_recursion")
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ ''.__class__ }}", "unsafe"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "unsafe"),
        ("{{ workshop['__class__'] }}", "unsafe"),
        ("{{ workshop|attr('__class__') }}", "No filter named 'attr'"),
        ("{{ workshop.title.span.source.text }}", "unsafe"),
        ("{{ say.__globals__ }}", "unsafe"),
        ("{{ worksheet.__self__ }}", "unsafe"),
        ("{{ say.__self__.words }}", "unsafe"),
        ("{{ range(10**9)|list }}", "at most 10,000"),
        ("{% for i in range(10**9) %}{% endfor %}", "at most 10,000"),
        (
            "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}"
            "{% endfor %}{% endfor %}{% endfor %}",
            "steps",
        ),
        ("{{ 'a' * 10**9 }}", "longer than"),
        ("{{ [1] * 10**9 }}", "longer than"),
        ("{{ 10 ** (10 ** 8) }}", "too large"),
        ("{% set x = 2 ** 400 %}{{ x * x * x }}", "too large"),
        ("{{ '%999999999d' % 1 }}", "join texts with `~`"),
        ("{{ 'a'.ljust(10**9) }}", "unsafe"),
        ("{{ '{:>999999999}'.format(1) }}", "unsafe"),
        ("{{ 'a'|center(10**9) }}", "No filter named 'center'"),
        ("{{ 1|round(10**9) }}{{ 'a'|replace('a', 'b' * 10**6)|replace('b', 'c' * 9**6) }}", "longer"),
        ("{% set a = 'a' * 1000 %}" + "{% set a = a ~ a %}" * 40, "longer than"),
        ("{% set a = 'a' * 1000 %}" + "{% set a = a + a %}" * 40, "longer than"),
        ("{% set a = 'a' * 99999 %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 40, "characters"),
        ("{% set a = [1] %}" + "{% set a = [a, a] %}" * 40 + "{{ a == a }}", "4 deep"),
        ("{% set a = [1] %}{{ a }}", "a list cannot be printed"),
        ("{{ lipsum(n=10**6) }}", "'lipsum' is undefined"),
        ("{% include '/etc/passwd' %}", "there is no template `/etc/passwd`"),
        ("{% include '../../../../etc/passwd' %}", "there is no template"),
        ("{% import '../secret.md.j2' as x %}", "there is no template"),
        ("{% include 'certificate.md.j2' %}", "endlessly"),
        ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "endlessly"),
        (
            "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}",
            "steps",
        ),
        ("{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}", "recursive"),
        ("{{ titel }}", "'titel' is undefined"),
        ("{{ workshop.notes }}", "has no attribute 'notes'"),
        ("{% if %}", "Expected an expression"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{ say('nothing_of_this') }}", "nothing_of_this"),
        ("{{ say(1) }}", ""),
        ("{{ namespace(a=1).a.real }}", "unsafe"),
        ("{% set ns = namespace() %}{% set ns.__class__ = 1 %}{{ ns.__init__ }}", ""),
        ("{% for i in range(9999) %}" + "x" * 9999 + "{% endfor %}", "characters"),
        ("{{ [3, 1]|sort|join('x' * 10**6) }}", "longer than"),
        ("(" * 3000 + "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", ""),
        ("{{ workshop.title.encode().hex() }}", "unsafe"),
        ("{{ dict(a=1) }}", "'dict' is undefined"),
        ("{% for x in 'a' * 10**6 %}{% for y in range(99) %}{% endfor %}{% endfor %}", "steps"),
    ],
)  # fmt: skip
def test_hostile_and_mistaken_templates_are_stopped(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "secret.md.j2").write_text("secret")
    found = stopped(tmp_path, f"# A certificate\n{text}")
    assert said in found.message
    assert "certificate.md.j2" in found.message
    assert found.span
    assert found.span.line == (1 if text.startswith("(((") else 2)


def test_a_template_may_not_lead_out_of_its_folder_by_a_link(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "linked.txt").symlink_to(secret)
    found = stopped(tmp_path, "{% include 'linked.txt' %}")
    assert "there is no template `linked.txt`" in found.message


def test_a_finding_names_the_partial_and_its_line(tmp_path: Path) -> None:
    found = stopped(tmp_path, "{% include '_foot.md.j2' %}", _foot="\n\n  {{ nmae }}\n")
    assert found.span
    assert (Path(found.span.source.name).name, found.span.line, found.span.column) == (
        "_foot.md.j2",
        3,
        3,
    )


def test_a_mistyped_value_gets_a_hint(tmp_path: Path) -> None:
    assert stopped(tmp_path, "{{ titel }}").hints == ("did you mean `title`?",)


def test_a_long_outline_stays_within_the_bounds(tmp_path: Path) -> None:
    outline = tmp_path / "long.yaml"
    blocks = "\n".join(
        f'  - {{kind: activity, title: "Part {k}", time: 1, task: "Do {k}", notes: {{say: [a, b, c]}}}}'
        for k in range(400)
    )
    outline.write_text(f"workshop: {{title: Long}}\nblocks:\n{blocks}\n")
    assert "Part 399" in built(tmp_path, outline)["facilitator-notes.md"]
