"""Block Markdown: every word of a text stands in the deck, its notes and all documents, in its order."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from textwrap import dedent, indent

import docx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pptx import Presentation

from deck_gates import package_findings
from deckgen.compiler import Compiled, Options, check, converter, rendered
from deckgen.diagnostics import Diagnostics
from deckgen.theme.load import theme_names
from docx_text import text_of

WORD = re.compile(r"w\d+x")


@st.composite
def markdown_texts(draw: st.DrawFn) -> str:
    """Return block Markdown whose words are all different: w1x, w2x …"""
    made = iter(f"w{number}x" for number in range(1, 10_000))

    def some(most: int = 5) -> list[str]:
        return [next(made) for _ in range(draw(st.integers(1, most)))]

    def inline(*, breaks: bool = True) -> str:
        forms = [
            "{}",
            "**{}**",
            "*{}*",
            "~~{}~~",
            "`{}`",
            "[{}](notes.md)",
            "<{}",
            "{} & {{}}",
            "{}_a",
        ]
        words = [draw(st.sampled_from(forms)).format(word) for word in some()]
        gaps = [" ", "\n", "  \n", "\\\n"] if breaks else [" "]
        text = words[0]
        for word in words[1:]:
            text += draw(st.sampled_from(gaps)) + word
        return text

    def table() -> str:
        columns = draw(st.integers(1, 3))
        rows = [
            [inline(breaks=False) for _ in range(columns)] for _ in range(draw(st.integers(1, 4)))
        ]
        lines = [f"| {' | '.join(row)} |" for row in rows]
        return "\n".join([lines[0], f"|{'|'.join([':--:'] * columns)}|", *lines[1:]])

    def listed(depth: int) -> str:
        mark = draw(st.sampled_from(["- ", "* ", "1. ", "7) ", "- [ ] "]))
        items = []
        for _ in range(draw(st.integers(1, 3))):
            held = inline(breaks=not mark.endswith("] "))
            if mark != "- [ ] " and depth < 3 and draw(st.booleans()):
                more = block(depth + 1)
                held += ("\n\n" if not more.startswith(("- ", "* ")) else "\n") + more
            width = 2 if mark == "- [ ] " else len(mark)
            items.append(mark + indent(held, " " * width)[width:])
        return "\n".join(items)

    def block(depth: int = 0) -> str:
        kinds: dict[str, Callable[[], str]] = {
            "paragraph": inline,
            "list": lambda: listed(depth),
            "table": table,
            "code": lambda: "```\n" + "\n".join(" ".join(some(3)) for _ in range(2)) + "\n```",
            "quotation": lambda: indent(inline(), "> "),
            "heading": lambda: f"### {inline(breaks=False)}",
            "rule": lambda: f"{inline(breaks=False)}\n\n***\n\n{inline(breaks=False)}",
        }
        return kinds[draw(st.sampled_from(sorted(kinds)))]()

    return "\n\n".join(block() for _ in range(draw(st.integers(1, 5))))


def outline(text: str) -> str:
    """Return an outline with *text* on a slide and in its notes."""
    head = 'workshop: {title: "Knives"}\nblocks:\n  - kind: content\n    title: One\n'
    field = indent(text, " " * 6)
    notes = indent(text, " " * 10)
    return f"{head}    text: |\n{field}\n    notes:\n      say:\n        - |\n{notes}\n"


def compiled(folder: Path, text: str, theme: str = "clear") -> Compiled:
    """Return what *text*, an outline, is."""
    path = folder / "o.yaml"
    path.write_text(text, encoding="utf-8")
    found = Diagnostics()
    (made,) = check(path, found, Options(theme=theme))
    assert {f.id for f in found} <= QUIET, [f"{f.id}: {f.message}" for f in found]
    return made


QUIET = {"slide-split", "text-shrunk", "too-dense", "few-probes", "low-active-share", "no-break", "long-talk", "no-silent-start"}  # fmt: skip


def files_of(made: Compiled) -> dict[str, bytes]:
    """Return the files of an outline in all forms, by the ends of their names."""
    held = rendered(made)
    files = {**held.files, **converter(held, made, Diagnostics()).convert(("html", "docx"))}
    return {name.removeprefix("o."): content for name, content in files.items()}


class Page(HTMLParser):
    """The words of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said = ""
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.said += data


def in_order(text: str) -> list[str]:
    """Return the words of *text*, each where it stands first."""
    return list(dict.fromkeys(WORD.findall(text)))


def shown(deck: bytes) -> str:
    """Return the texts of all slides as python-pptx reads them."""
    return "\n".join(_shown(Presentation(io.BytesIO(deck)).slides))


def _shown(slides: Iterable[object]) -> Iterator[str]:
    for slide in slides:
        for shape in slide.shapes:  # type: ignore[attr-defined]
            if shape.has_text_frame:
                yield shape.text_frame.text
            elif shape.has_table:
                yield " ".join(cell.text for row in shape.table.rows for cell in row.cells)


def noted(deck: bytes) -> str:
    """Return the speaker notes of all slides."""
    slides = Presentation(io.BytesIO(deck)).slides
    return "\n".join(slide.notes_slide.notes_text_frame.text for slide in slides)


@settings(max_examples=60, deadline=None)
@given(text=markdown_texts())
@example(text="### w1x\n\n```\nw2x w3x\n```")  # the notes say at first what the slide says at first
def test_every_word_stands_in_the_deck_and_in_all_documents(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    words = in_order(text)
    files = files_of(compiled(tmp_path_factory.mktemp("prose"), outline(text)))
    assert in_order(shown(files["pptx"])) == words
    assert in_order(noted(files["pptx"])) == words
    for document in ("handout", "facilitator-notes"):
        assert in_order(files[f"{document}.md"].decode()) == words
        assert in_order(Page(files[f"{document}.html"].decode()).said) == words
        assert in_order(text_of(files[f"{document}.docx"])) == words


TEXT = dedent("""\
    A **paragraph** that ~~was~~ is
    long.

    3. three
    4. four
       - under it
       - and so

       goes on
    5. five

    > said

    | a | b |
    |---|--:|
    | c | d |

    ```python
    def e(): pass
    ```
    """)


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the deck of TEXT."""
    return files_of(compiled(tmp_path_factory.mktemp("slides"), outline(TEXT)))["pptx"]


class TestOnSlides:
    def test_lists_are_lists_of_powerpoint(self, deck: bytes) -> None:
        shapes = [s for slide in Presentation(io.BytesIO(deck)).slides for s in slide.shapes]
        texts = [p for s in shapes if s.has_text_frame for p in s.text_frame.paragraphs]
        found = {p.text: (p.level, p._p.pPr) for p in texts}
        numbers = [found[word][1].xpath("a:buAutoNum/@startAt") for word in ("three", "four")]
        assert numbers == [["3"], ["3"]], "PowerPoint counts on"
        assert found["five"][1].xpath("a:buAutoNum/@startAt") == ["5"], "a paragraph stood between"
        assert found["under it"][0] == 1
        assert not found["under it"][1].xpath("a:buNone")
        assert found["goes on"][1].xpath("a:buNone")

    def test_tables_are_native_and_struck_words_struck(self, deck: bytes) -> None:
        slides = Presentation(io.BytesIO(deck)).slides
        (table,) = (shape.table for slide in slides for shape in slide.shapes if shape.has_table)
        assert [[cell.text for cell in row.cells] for row in table.rows] == [["a", "b"], ["c", "d"]]
        xml = "".join(shape._element.xml for slide in slides for shape in slide.shapes)
        assert re.findall(r'strike="sngStrike".*?<a:t>(\w+)', xml, re.DOTALL) == ["was"]

    @pytest.mark.parametrize("name", theme_names())
    def test_the_deck_is_sound_in_every_theme(self, name: str, tmp_path: Path) -> None:
        content = files_of(compiled(tmp_path, outline(TEXT * 3), name))["pptx"]
        (tmp_path / "o.pptx").write_bytes(content)
        assert package_findings(tmp_path / "o.pptx") == []
        assert in_order(shown(content)) == in_order(TEXT)


def test_one_paragraph_is_what_it_was(tmp_path: Path) -> None:
    written = [
        "text: One two three.",
        "text: |\n      One two\n      three.",
        "text: >-\n      One two\n      three.",
        "text: 'One two\n      three.'",
    ]
    head = 'workshop: {title: "Knives"}\nblocks:\n  - kind: content\n    title: One\n    '
    decks = {files_of(compiled(tmp_path, head + one + "\n"))["pptx"] for one in written}
    assert len(decks) == 1


CUES = """\
workshop: {title: "Knives"}
blocks:
  - kind: content
    title: One
    text: Whatever
    notes:
      misconception:
        claim: Sharp is worse
        response: |
          Safer:
          - slips less

          | a | b |
          |---|---|
          | c | d |
      if_short: |
        Drop
        - first
        - second
      online: |
        - pads
        - paper
"""


def test_cues_in_blocks_are_blocks_in_notes_and_one_line_apart_on_the_run_sheet(
    tmp_path: Path,
) -> None:
    files = files_of(compiled(tmp_path, CUES))
    notes = files["facilitator-notes.md"].decode()
    assert "Answer: Safer:\n\n  - slips less\n\n  | a | b |\n" in notes
    assert "  - Drop\n\n    - first\n    - second\n" in notes
    assert "\n\n  - pads\n  - paper" in notes.partition("has to go online")[2]
    assert "<li>slips less</li>" in files["facilitator-notes.html"].decode()
    assert "Drop: first; second" in files["run-sheet.md"].decode()
    spoken = Presentation(io.BytesIO(files["pptx"])).slides[-1].notes_slide
    lines = [paragraph.text for paragraph in spoken.notes_text_frame.paragraphs]
    assert "slips less" in lines
    assert "c | d" in lines


QUOTATION = "Before\n\n> It is so:\n>\n> - one\n>   1. under\n> - two\n>\n> And said.\n\nAfter"


@pytest.fixture(scope="module")
def quotation(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return what comes of QUOTATION on a slide and in notes."""
    return files_of(compiled(tmp_path_factory.mktemp("quotation"), outline(QUOTATION)))


class TestAListInAQuotation:
    """It stays in the quotation, wherever it stands."""

    def test_in_markdown(self, quotation: dict[str, bytes]) -> None:
        assert QUOTATION in quotation["handout.md"].decode()
        notes = quotation["facilitator-notes.md"].decode()
        assert indent(QUOTATION, "  ", lambda _: True).strip().replace("  \n", "\n") in notes

    def test_in_html_and_word(self, quotation: dict[str, bytes]) -> None:
        page = "".join(quotation["handout.html"].decode().split("\n"))
        quoted = "<p>It is so:</p><ul><li>one<ol><li>under</li></ol></li><li>two</li></ul>"
        assert f"<blockquote>{quoted}<p>And said.</p></blockquote>" in page
        word = docx.Document(io.BytesIO(quotation["handout.docx"]))
        styles = {p.text: p.style.name for p in word.paragraphs}
        within = ("It is so:", "one", "under", "two", "And said.")
        assert {styles[text] for text in within} == {"Quote"}
        assert styles["Before"] == styles["After"] == "Normal"
        points = [p for p in word.paragraphs if p.text in ("one", "under", "two")]
        assert all(p._p.pPr.numPr is not None for p in points)

    def test_on_slides(self, quotation: dict[str, bytes]) -> None:
        slides = Presentation(io.BytesIO(quotation["pptx"])).slides
        found = {
            p.text: p
            for slide in slides
            for shape in slide.shapes
            if shape.has_text_frame
            for p in shape.text_frame.paragraphs
        }
        within = ("It is so:", "one", "under", "two", "And said.")
        assert all(run.font.italic for text in within for run in found[text].runs)
        assert [found[text].level for text in ("one", "under", "two")] == [1, 2, 1]
        assert not any(run.font.italic for run in found["After"].runs)
