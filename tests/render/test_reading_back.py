"""What the shipped templates write, read as a document of the author's own would be: the same page."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.compiler import Options, check, rendered
from deckgen.diagnostics import Diagnostics
from deckgen.document.markdown import printed
from deckgen.document.nodes import (
    Bullets,
    CheckList,
    LabelledTexts,
    Quote,
    Section,
    Table,
    in_parts,
)
from deckgen.render.documents.options import DocumentOptions
from deckgen.render.formats.look import PageLook
from deckgen.render.formats.page import page
from deckgen.render.formats.read import read
from stages import theme

ROOT = Path(__file__).parents[2]
OUTLINES = [
    *sorted((ROOT / "outlines").glob("*.yaml")),
    *sorted((ROOT / "tests/golden").glob("*/outline.yaml")),
]
LOOK = PageLook(theme(), "en-GB")
OTHER = {  # documents in which characters alone cannot tell what the nodes can
    "activity/facilitator-notes": "cards to cut out are tables side by side",
    "equations/handout": "bars of an equation have another name in a table cell",
    "ground_rules/handout": "its access note is a point of the list, and reads like a cue",
    "resources/facilitator-notes": "a run sheet without a row is no table",
    "resources/role-alone": "without a table, all is what the sheet says at once",
    "title/role-host": "without a table, all is what the sheet says at once",
}


def documents(path: Path) -> dict[str, tuple[object, str]]:
    """Return tree and Markdown of each document by its name."""
    options = Options(documents=DocumentOptions(roles=True))
    compiled = check(path, Diagnostics(), options)[0]
    files, trees = rendered(compiled, options)
    start = len(compiled.plan.name) + 1
    return {
        name[start:].removesuffix(".md"): (tree, files[name].decode())
        for name, tree in trees.items()
    }


@pytest.mark.parametrize("path", OUTLINES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_template_writes_what_the_document_holds(path: Path) -> None:
    for name, (tree, text) in documents(path).items():
        assert printed(tree) == text, name


@pytest.mark.parametrize("path", OUTLINES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_document_read_back_gives_the_same_page(path: Path) -> None:
    made = documents(path)
    refs = {
        str(part.section.heading): part.section.ref
        for tree, _ in made.values()
        for part in in_parts(tree)[1]
        if part.section.ref
    }
    for name, (tree, text) in made.items():
        found = read(text, tree.kind, refs)
        if f"{path.parent.name}/{name}" in OTHER:
            assert page(found, LOOK) != page(tree, LOOK), f"{name} is no exception any more"
            continue
        assert page(found, LOOK) == page(tree, LOOK), name
        assert printed(found) == text, name


OWN = """Before.

# Own *title*

Said at once,
on two lines.

Again, ____________________

## Lists

- **Cue.** one
- **LabelledTexts.**
  - two
  - three
- **Steps.**
  1. four
- [ ] open
- [x] done
- point
  1. under
     - deeper

    | held | in |
    |:-----|:---|
    | a | list |

## B1 One

10:00

### Deeper

> quoted

| A | B \\| C |
|:------|--:|
| `x` \\| y | &nbsp; |

```python
x = "______"
```

---

## B12 One
"""


def test_no_text_of_a_template_gets_lost() -> None:
    found = read(OWN, "certificate", {"B1 One": "B1"})
    assert found.title == "Own *title*"
    assert [node.text for node in found.intro] == [
        "Said at once,\non two lines.",
        "Again, ____________________",
    ]
    before, parts = in_parts(found)
    assert [node.text for node in before] == ["Before."]
    assert [(p.section.heading, p.section.level, p.section.ref) for p in parts] == [
        ("Lists", 2, ""),
        ("B1 One", 2, "B1"),
        ("Deeper", 3, ""),
        ("B12 One", 2, ""),
    ]
    cues, tasks, points = parts[0].nodes
    assert isinstance(cues, LabelledTexts)
    assert [(cue.lead, cue.texts, cue.is_numbered) for cue in cues] == [
        ("Cue.", ("one",), False),
        ("LabelledTexts.", ("two", "three"), False),
        ("Steps.", ("four",), True),
    ]
    assert tasks == CheckList(("open", "done"), frozenset({1}))
    assert isinstance(points, Bullets)
    (point,) = points.bullets
    assert (point.text, point.is_numbered) == ("point", True)
    assert point.bullets[0].bullets[0].text == "deeper"
    (held,) = point.nodes
    assert isinstance(held, Table)
    assert held.rows == (("a", "list"),)
    quote, table, code, _ = parts[2].nodes
    assert quote == Quote("quoted")
    assert isinstance(table, Table)
    assert [(column.weight, column.align) for column in table.columns] == [
        (7, "left"),
        (3, "right"),
    ]
    assert table.rows == (("`x` \\| y", "&nbsp;"),)
    assert table.is_to_fill
    assert code.code == 'x = "______"'
    html = page(found, LOOK).split("</style>")[1]
    assert html.count('class="line"') == 1
    assert "B \\|" not in html


def test_sections_hold_what_is_under_them() -> None:
    (one, other) = read("## A\n\n### B\n\n## C\n", "x", {}).nodes()
    assert isinstance(one, Section)
    assert isinstance(other, Section)
    assert one.begins_page
    assert not other.begins_page
